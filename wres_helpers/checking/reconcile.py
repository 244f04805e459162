"""Checks a report: every printed figure and worded claim against the data and against each other."""

import pandas as pd

from wres_helpers.analysis.group_comparisons import compare
from wres_helpers.analysis.method import Method
from wres_helpers.analysis.who_speaks import headline_rows
from wres_helpers.checking.addresses import in_words, is_single, make_count, wholes_among
from wres_helpers.checking.check_findings import CANNOT_CHECK, WORDING, Finding, finding_id, findings_table
from wres_helpers.checking.claimed_figures import Claim, claims_of
from wres_helpers.checking.claims_in_words import Sentences
from wres_helpers.checking.figure_checks import check_figure, judged
from wres_helpers.checking.formulas import Formulas
from wres_helpers.checking.printed_page import PrintedPage
from wres_helpers.checking.printed_tables import table_findings
from wres_helpers.checking.reckoning import Missing
from wres_helpers.checking.standard_claims import check_every_indicator, check_label, check_required, check_status, check_unavailable
from wres_helpers.checking.tried_slips import in_print, told
from wres_helpers.intake.register_words import BOARD, COUNT, LABEL, STATUS, UNAVAILABLE, WORDS, WORKFORCE
from wres_helpers.page_model import Count
from wres_helpers.problems import Problem
from wres_helpers.settings.parameters import Parameters
from wres_helpers.standard.catalogue import ReferenceTables, read_reference_tables
from wres_helpers.standard.columns import ALL, COUNT_COLUMNS, ETHNIC_GROUPS, OVERALL
from wres_helpers.standard.question_labels import question_labels


def reconcile(
    counts: pd.DataFrame,
    register: pd.DataFrame,
    parameters: Parameters,
    reference: ReferenceTables | None = None,
    results: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Check the figures of a report against the data and against each other.

    Parameters
    ----------
    counts
        Tidy counts of all years; may be empty, then printed figures are checked against each other only.
    register
        One row per printed figure or worded claim (``published.csv``); may be empty, then only the data are checked.
    parameters
        The report's parameters: year, status rule, survey questions, acknowledgements.
    reference
        The standard's tables; by default those of the project.
    results
        The comparisons made from these counts, where they are at hand; by default they are made anew where needed.

    Returns
    -------
    pandas.DataFrame
        One row per finding, the gravest first, columns of :data:`~wres_helpers.checking.check_findings.FINDING_COLUMNS`.
    """
    counts = counts.reindex(columns=list(COUNT_COLUMNS)) if counts.empty else counts
    claims = claims_of(register, parameters.year)
    data, round_to = data_of(counts), _rounded_to(claims, parameters)
    page = PrintedPage(claims, data, round_to)
    limits = parameters.status_rule.no_adverse_range
    owed = check_required(page, parameters.year)
    findings = [*_figures(page, limits), *_sentences(page, limits, owed)]
    findings += [*table_findings(claims if not round_to else [], page.columns, data, page.complete), *owed]
    findings += _against_the_standard(claims, counts, parameters, reference, results)
    findings += unknown_acknowledgements(findings, parameters)
    order = {claim.id: position for position, claim in enumerate(claims)}
    findings.sort(key=lambda finding: order.get(finding.claim, len(order)))
    return findings_table(findings, parameters.acknowledgements)


def _rounded_to(claims: list[Claim], parameters: Parameters) -> int:
    """Return what the printed counts are rounded to, where the master file rounds and every one of them is such a number."""
    policy = parameters.disclosure
    printed = [claim.printed.value for claim in claims if claim.kind == COUNT and claim.printed and claim.printed.exact]
    return policy.round_to if policy.method == "round" and not any(value % policy.round_to for value in printed) else 0


def data_of(counts: pd.DataFrame) -> dict[Count, int]:
    """Return the counts by what they count."""
    found: dict[Count, int] = {}
    columns = ("item", "breakdown", "category", "ethnic_group", "year", "count")
    for item, breakdown, category, group, year, count in zip(*(counts[column] for column in columns), strict=True):
        # the sum of the bands is a sum to be checked, not a figure somebody supplied; a missing count says nothing
        if (item, breakdown) != (WORKFORCE, OVERALL[0]) and pd.notna(count):
            found[make_count(item, str(breakdown), str(category), group, year)] = int(count)
    return found


def unknown_acknowledgements(findings: list[Finding], parameters: Parameters) -> list[Finding]:
    """Return a finding for each acknowledgement of a finding that does not exist: mistyped, or no longer true."""
    known = {finding.id for finding in findings}
    text = "Cannot be checked: no finding has this identifier; correct it, or take the acknowledgement out of the master file."
    return [
        Finding(finding_id(f"acknowledgement.{each.id}"), WORDING, CANNOT_CHECK, parameters.file, each.id, "", text, rule="acknowledgement")
        for each in parameters.acknowledgements
        if each.id not in known
    ]


def _figures(page: PrintedPage, limits: tuple[float, float]) -> list[Finding]:
    findings = []
    for claim in page.claims:
        if claim.is_figure and (claim.count or not claim.refers_to):
            findings.append(check_figure(claim, page, limits))
        if claim.is_figure and claim.refers_to:
            findings.append(_check_formula(claim, page.formulas))
    return findings


def _check_formula(claim: Claim, formulas: Formulas) -> Finding:
    """Return the finding about one printed figure against the other printed figures its row refers to."""
    blank = Finding.of(claim, "formula")
    if claim.printed is None:
        return blank.cannot("the printed text holds no number that can be read with certainty")
    try:
        measured = formulas.evaluate(claim.refers_to, claim.unit)
    except Missing as reason:
        return blank.cannot(reason)
    found = judged(blank, claim.printed, measured, claim.unit, whole=claim.kind == COUNT)
    explained = told(in_print(claim.printed, measured.value, found.expected)) if found.verdict == "contradicts" else {}
    return found.with_(**explained)


def _sentences(page: PrintedPage, limits: tuple[float, float], owed: list[Finding]) -> list[Finding]:
    sentences = Sentences(page, limits)
    findings = []
    for claim in page.claims:
        if claim.kind == UNAVAILABLE:
            findings.append(check_unavailable(claim, page))
        elif claim.kind == WORDS:
            findings.append(check_every_indicator(claim, owed) or sentences.check(claim))
    return findings


def _against_the_standard(
    claims: list[Claim],
    counts: pd.DataFrame,
    parameters: Parameters,
    reference: ReferenceTables | None,
    results: pd.DataFrame | None,
) -> list[Finding]:
    findings = []
    if any(claim.kind == LABEL for claim in claims):
        labels = question_labels(parameters.reference_folder)
        own = {str(key): str(value) for key, value in parameters.survey.questions.items()}
        findings += [check_label(claim, labels, parameters.edition, own) for claim in claims if claim.kind == LABEL]
    if any(claim.kind == STATUS for claim in claims):
        reference = (reference or read_reference_tables(parameters.reference_folder)).measured_by(parameters.survey.indicator_7_base)
        if results is None or counts.empty:
            known = counts if not counts.empty else _printed_counts(claims, parameters)
            results = compare(known, reference, Method.of(parameters)) if not known.empty else None
        headline = _headline(results, parameters, reference)
        findings += [check_status(claim, headline) for claim in claims if claim.kind == STATUS]
    return findings


def _headline(results: pd.DataFrame | None, parameters: Parameters, reference: ReferenceTables) -> pd.DataFrame:
    if results is None or results.empty:
        return pd.DataFrame({"indicator": [], "status": []})
    chosen = headline_rows(results, reference.catalogue) & results["year"].eq(parameters.year)
    return results[chosen].sort_values("white_base", kind="stable", na_position="last").drop_duplicates("indicator")


def _printed_counts(claims: list[Claim], parameters: Parameters) -> pd.DataFrame:
    """Return the exact printed counts of single cells as tidy counts, the first print of each."""
    rows: dict[Count, tuple] = {}
    for claim in claims:
        count = claim.count
        if claim.kind != COUNT or not count or not (claim.printed and claim.printed.exact) or count.ethnic_group not in ETHNIC_GROUPS:
            continue
        if count.item == BOARD or count.breakdown == "overall" or is_single(count.category):
            name = count.category.replace(" ", "_") if count.item == BOARD else claim.category if count.category != ALL else ALL
            where = (parameters.organisation.code, count.year, count.item, count.breakdown, name or count.category, count.ethnic_group)
            rows.setdefault(count, (*where, int(claim.printed.value)))
    return pd.DataFrame(list(rows.values()), columns=list(COUNT_COLUMNS))


def impossible_counts(counts: pd.DataFrame, parameters: Parameters) -> list[Problem]:
    """Return a problem for each count that exceeds what it is counted among.

    Parameters
    ----------
    counts
        Tidy counts of one organisation.
    """
    data = data_of(counts)
    problems = []
    for count, value in data.items():
        for whole in wholes_among(count):
            if whole in data and value > data[whole]:
                found = f"{value:,} {in_words(count)}"
                expected = f"at most {data[whole]:,}, the number of {in_words(whole)}"
                action = "Correct the counts: a part cannot exceed its whole."
                problems.append(Problem(parameters.shown(parameters.data_folder(count.year)), expected, action, found=found))
    return problems

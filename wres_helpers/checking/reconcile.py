"""Reconciles a report: every printed figure and worded claim against the data and against each other."""

import pandas as pd

from wres_helpers.analysis.group_comparisons import compare
from wres_helpers.analysis.method import Method
from wres_helpers.checking.absent_figures import check_every_indicator, check_required, check_unavailable
from wres_helpers.checking.addresses import Address
from wres_helpers.checking.check_findings import CANNOT_CHECK, WORDING, Finding, finding_id, findings_table
from wres_helpers.checking.claimed_figures import Claim, claims_of
from wres_helpers.checking.claims_in_words import Sentences
from wres_helpers.checking.formulas import Formulas
from wres_helpers.checking.judgements import check_status
from wres_helpers.checking.label_claims import check_label
from wres_helpers.checking.ledger import Ledger, is_single
from wres_helpers.checking.printed_tables import check_tables, supported_by_sums
from wres_helpers.checking.recalculation import Calculator
from wres_helpers.checking.register_figures import check_figure, check_formula
from wres_helpers.checking.unprinted_bases import narrow_bases
from wres_helpers.intake.register_words import BOARD, COUNT, LABEL, STATUS, UNAVAILABLE
from wres_helpers.settings.parameters import Parameters
from wres_helpers.standard.catalogue import ReferenceTables, headline_measures, read_reference_tables
from wres_helpers.standard.columns import ALL, COUNT_COLUMNS
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
        One row per finding, the gravest first, columns of
        :data:`~wres_helpers.checking.check_findings.FINDING_COLUMNS`.
    """
    counts = counts.reindex(columns=list(COUNT_COLUMNS)) if counts.empty else counts
    claims = claims_of(register, parameters.year)
    calculator = Calculator(Ledger(counts, claims), claims, parameters.status_rule.no_adverse_range)
    owed = check_required(claims, calculator, parameters.year)
    tables = check_tables(claims, calculator)
    figures = supported_by_sums(_figures(claims, calculator), tables, claims, calculator)
    findings = [*figures, *_sentences(claims, calculator, owed), *tables, *owed]
    findings += _against_the_standard(claims, counts, parameters, reference, results)
    findings += unknown_acknowledgements(findings, parameters)
    order = {claim.id: position for position, claim in enumerate(claims)}
    findings.sort(key=lambda finding: order.get(finding.claim, len(order)))
    return findings_table(findings, parameters.acknowledgements)


def unknown_acknowledgements(findings: list[Finding], parameters: Parameters) -> list[Finding]:
    """Return a finding for each acknowledgement of a finding that does not exist: mistyped, or no longer true."""
    known = {finding.id for finding in findings}
    text = "Cannot be checked: no finding has this identifier; correct it, or take the acknowledgement out of the master file."
    return [
        Finding(finding_id(f"acknowledgement.{each.id}"), WORDING, CANNOT_CHECK, parameters.file, each.id, "", text, rule="acknowledgement")
        for each in parameters.acknowledgements
        if each.id not in known
    ]


def _figures(claims: list[Claim], calculator: Calculator) -> list[Finding]:
    formulas = Formulas(claims)
    findings = []
    for claim in claims:
        if claim.is_figure and (claim.address or not claim.refers_to):
            findings.append(check_figure(claim, calculator))
        if claim.is_figure and claim.refers_to:
            findings.append(check_formula(claim, formulas))
    return narrow_bases(findings, claims, calculator)


def _sentences(claims: list[Claim], calculator: Calculator, owed: list[Finding]) -> list[Finding]:
    sentences = Sentences(claims, calculator, calculator.no_adverse_range)
    findings = []
    for claim in claims:
        if claim.kind == UNAVAILABLE:
            findings.append(check_unavailable(claim, claims, calculator))
        elif claim.kind == "words":
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
        reference = reference or read_reference_tables(parameters.reference_folder)
        if results is None or counts.empty:
            results = _recalculated(claims, counts, parameters, reference)
        headline = _headline(results, parameters, reference)
        findings += [check_status(claim, headline) for claim in claims if claim.kind == STATUS]
    return findings


def _recalculated(claims: list[Claim], counts: pd.DataFrame, parameters: Parameters, reference: ReferenceTables) -> pd.DataFrame:
    """Compare the groups on every indicator; where there are no data, on the printed counts."""
    known = counts if not counts.empty else _printed_counts(claims, parameters)
    return compare(known, reference, Method.of(parameters)) if not known.empty else known


def _headline(results: pd.DataFrame, parameters: Parameters, reference: ReferenceTables) -> pd.DataFrame:
    if results.empty:
        return pd.DataFrame({"indicator": [], "status": []})
    headline = headline_measures(reference.catalogue)
    whole = results["breakdown"].eq("overall") | results["category"].eq("total")
    chosen = results["measure"].eq(results["indicator"].map(headline)) & results["year"].eq(parameters.year) & whole
    return results[chosen].sort_values("white_base", kind="stable", na_position="last").drop_duplicates("indicator")


def _printed_counts(claims: list[Claim], parameters: Parameters) -> pd.DataFrame:
    rows: dict[Address, tuple[int, str]] = {}
    for claim in claims:
        address = claim.address
        if (
            claim.kind == COUNT
            and address
            and claim.printed
            and address.group != ALL
            and (address.breakdown == "overall" or is_single(address.category))
        ):
            rows.setdefault(address, (int(claim.printed.value), claim.category or address.category))
        elif claim.kind == COUNT and address and claim.printed and address.item == BOARD:
            rows.setdefault(address, (int(claim.printed.value), address.category))
    found = [
        {"organisation": parameters.organisation.code, "year": each.year, "item": each.item, "breakdown": each.breakdown,
         "category": category, "ethnic_group": each.group, "count": value}
        for each, (value, category) in rows.items()
    ]  # fmt: skip
    return pd.DataFrame(found, columns=list(COUNT_COLUMNS))

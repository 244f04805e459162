"""Checks a report: every printed figure and worded claim against the data and against each other."""

import functools
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from wres_helpers.analysis.group_comparisons import compare
from wres_helpers.analysis.status_rule import Method
from wres_helpers.analysis.who_speaks import headline_rows
from wres_helpers.checking.addresses import is_single
from wres_helpers.checking.check_findings import CANNOT_CHECK, CONTRADICTS, WORDING, CheckFinding, finding_id, findings_table
from wres_helpers.checking.claimed_figures import Claim, PlacedClaim, PrintedFigure, as_rounded, claims_of
from wres_helpers.checking.claims_in_words import check_sentence, direction_in
from wres_helpers.checking.figure_checks import check_figure, judged
from wres_helpers.checking.printed_page import PrintedPage
from wres_helpers.checking.read_printed import parse_printed
from wres_helpers.checking.reckoning import Missing
from wres_helpers.checking.standard_claims import (
    better_of,
    check_every_indicator,
    check_label,
    check_required,
    check_status,
    check_unavailable,
)
from wres_helpers.checking.supplied_tables import as_counted, supplied_counts
from wres_helpers.checking.table_checks import table_findings
from wres_helpers.checking.tried_slips import in_print
from wres_helpers.intake.printed.register_words import BOARD, COUNT, FIGURES, LABEL, STATUS, UNAVAILABLE, WORDS
from wres_helpers.page_model import Count
from wres_helpers.settings.parameters import Parameters
from wres_helpers.standard.catalogue import ReferenceTables, in_force, question_labels, read_reference_tables
from wres_helpers.standard.columns import ALL, COUNT_COLUMNS, ETHNIC_GROUPS


def reconcile(counts: pd.DataFrame, register: pd.DataFrame, parameters: Parameters, results: pd.DataFrame | None = None) -> pd.DataFrame:
    """Check the figures of a report against the data and against each other.

    Parameters
    ----------
    counts
        Tidy counts of all years; may be empty, then printed figures are checked against each other only.
    register
        One row per printed figure or worded claim (``published.csv``); may be empty, then only the data are checked.
    parameters
        The report's parameters: year, status rule, survey questions, acknowledgements.
    results
        The comparisons made from these counts, where they are at hand; by default they are made anew where needed.

    Returns
    -------
    pandas.DataFrame
        One row per finding, the gravest first, columns of :data:`~wres_helpers.checking.check_findings.FINDING_COLUMNS`.
    """
    counts = counts.reindex(columns=list(COUNT_COLUMNS)) if counts.empty else counts
    claims = claims_of(register, parameters.year)
    round_to = _rounded_to(claims, parameters)
    claims = claims if round_to else as_rounded(claims)
    supplied = supplied_counts(counts)
    page = PrintedPage(claims, {as_counted(count): value for count, value in supplied.items()}, round_to)
    checks = _Checks(page, counts, parameters, results)
    of_tables = table_findings(page, supplied)
    findings = [*(finding for claim in claims for finding in checks.of(claim)), *of_tables, *checks.owed]
    findings += unknown_acknowledgements(findings, parameters)
    order = {claim.id: position for position, claim in enumerate(claims)}
    findings.sort(key=lambda finding: order.get(finding.claim, len(order)))
    return findings_table([each.in_words(parameters.terms) for each in findings], parameters.acknowledgements)


def _rounded_to(claims: list[Claim], parameters: Parameters) -> int:
    """Return what the printed counts are rounded to, where the master file rounds and every one of them is such a number."""
    policy = parameters.disclosure
    printed = [claim.printed.value for claim in claims if claim.kind == COUNT and claim.printed and claim.printed.exact]
    return policy.round_to if policy.method == "round" and not any(value % policy.round_to for value in printed) else 0


def unknown_acknowledgements(findings: list[CheckFinding], parameters: Parameters) -> list[CheckFinding]:
    """Return a finding for each acknowledgement of a finding that does not exist: mistyped, or no longer true."""
    known = {finding.id for finding in findings}
    rule, text = "acknowledgement", "no finding has this identifier; correct it, or take the acknowledgement out of the master file"
    return [
        CheckFinding(finding_id(f"acknowledgement.{each.id}"), WORDING, where=parameters.file, printed=each.id, rule=rule).cannot(text)
        for each in parameters.acknowledgements
        if each.id not in known
    ]


@dataclass
class _Checks:
    """What is asked of each claim, by its kind."""

    page: PrintedPage
    counts: pd.DataFrame
    parameters: Parameters
    results: pd.DataFrame | None

    def of(self, claim: Claim) -> Iterator[CheckFinding]:
        """Give the findings about one claim."""
        if claim.kind in FIGURES:
            if isinstance(claim, PlacedClaim) or not claim.refers_to:
                yield self._with_its_direction(claim, check_figure(claim, self.page, self.parameters.status_rule.no_adverse_range))
            if claim.refers_to:
                yield self._formula(claim)
        elif claim.kind == WORDS:
            yield check_every_indicator(claim, self.owed) or self._sentence(claim, claim.says)
        elif claim.kind == UNAVAILABLE:
            yield check_unavailable(claim, self.page)
        elif claim.kind == LABEL:
            labels = question_labels(self.parameters.reference_folder)
            yield check_label(claim, labels, self.parameters.edition, self.parameters.survey.questions)
        elif claim.kind == STATUS:
            yield check_status(claim, self._headline)

    def _sentence(self, claim: Claim, says: str) -> CheckFinding:
        """Return the finding about what a claim says in words."""
        return check_sentence(claim, says, self.page, lambda each: better_of(each, self._in_force, self.parameters.survey.questions))

    def _with_its_direction(self, claim: Claim, found: CheckFinding) -> CheckFinding:
        """Hold a figure that agrees in size to what it says: that something improved by so much."""
        agrees = found.verdict not in (CONTRADICTS, CANNOT_CHECK)
        word = direction_in(claim.text) if claim.printed and claim.printed.unsigned and agrees else ""
        said = self._sentence(claim, word) if word else None
        if said and said.verdict == CONTRADICTS:
            return said.with_(id=found.id, rule=found.rule, arithmetic=f"{said.arithmetic}; printed {claim.text}")
        unknown = said and said.verdict == CANNOT_CHECK
        return found.with_(arithmetic=f"{found.arithmetic}; that it {word} cannot be checked") if unknown else found

    @functools.cached_property
    def owed(self) -> list[CheckFinding]:
        """What the definitions ask for and the report never prints."""
        return check_required(self.page, self.parameters.year, self._in_force)

    @functools.cached_property
    def _in_force(self) -> pd.DataFrame:
        return in_force(self._reference.catalogue, self.parameters.edition)

    @functools.cached_property
    def _reference(self) -> ReferenceTables:
        return read_reference_tables(self.parameters.reference_folder).measured_by(self.parameters.survey.indicator_7_base)

    @functools.cached_property
    def _headline(self) -> pd.DataFrame:
        """The overall comparison of each indicator: a row each, columns of results.csv."""
        reference, results = self._reference, self.results
        if results is None or self.counts.empty:
            known = self.counts if not self.counts.empty else _printed_counts(self.page.figures, self.parameters)
            results = compare(known, reference, Method.of(self.parameters)) if not known.empty else None
        if results is None or results.empty:
            return pd.DataFrame({"indicator": [], "status": []})
        chosen = headline_rows(results, reference.catalogue) & results["year"].eq(self.parameters.year)
        return results[chosen].sort_values("white_base", kind="stable", na_position="last").drop_duplicates("indicator")

    def _formula(self, claim: Claim) -> CheckFinding:
        """Return the finding about one printed figure against the other printed figures its row refers to."""
        blank = CheckFinding.of(claim, "formula")
        # an average of two years' counts is no number of people, and can be calculated all the same
        printed = claim.printed or (parse_printed(claim.text, claim.unit) if claim.kind == COUNT else None)
        if printed is None:
            return blank.cannot("the printed text holds no number that can be read with certainty")
        try:
            measured = self.page.formulas.evaluate(claim.refers_to, claim.unit)
        except Missing as reason:
            return blank.cannot(reason)
        found = judged(blank, printed, measured, claim.unit, whole=claim.kind == COUNT)
        return found.explained(in_print(printed, measured.value)) if found.verdict == CONTRADICTS else found


def _printed_counts(figures: list[PrintedFigure], parameters: Parameters) -> pd.DataFrame:
    """Return the exact printed counts of single cells as tidy counts, the first print of each."""
    rows: dict[Count, tuple] = {}
    for figure in figures:
        count = figure.count
        single = count.item == BOARD or count.breakdown == "overall" or is_single(count.category)
        if figure.kind == COUNT and figure.printed.exact and count.ethnic_group in ETHNIC_GROUPS and single:
            name = count.category.replace(" ", "_") if count.item == BOARD else figure.category if count.category != ALL else ALL
            where = (parameters.organisation.code, count.year, count.item, count.breakdown, name or count.category, count.ethnic_group)
            rows.setdefault(count, (*where, int(figure.printed.value)))
    return pd.DataFrame(list(rows.values()), columns=list(COUNT_COLUMNS))

"""Proves a page before it is written: every number in its HTML, its PDF and the tables behind its charts leads to a row."""

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from wres_helpers.analysis import Evidence
from wres_helpers.problems import Problem
from wres_helpers.publishing.safeguards.own_figures import Untraced, untraced_in_figure_data, untraced_numbers
from wres_helpers.publishing.safeguards.page_phrases import indicators_of_page
from wres_helpers.publishing.safeguards.traceable_rows import TraceableRows
from wres_helpers.settings.parameters import Parameters

#: A page with more refusals than this shows the first ones.
_SHOWN = 12


def evidence_rows(evidence: Evidence) -> TraceableRows:
    """Return every row a page may be made from: those of the evidence, and of the standard's own tables."""
    own = {part.name: value for part in dataclasses.fields(evidence) if isinstance(value := getattr(evidence, part.name), pd.DataFrame)}
    reference = evidence.context.reference
    return TraceableRows(own | {"catalogue": reference.catalogue, "grades": reference.grades, "national_figures": reference.benchmarks})


def printed_rules(parameters: Parameters, actions: pd.DataFrame) -> list[str]:
    """Return the texts whose numbers need no row: the action plan, and the rules of the master file that pages print."""
    rule, disclosure = parameters.status_rule, parameters.disclosure
    rules = [*rule.no_adverse_range, 100 * rule.confidence, rule.minimum_expected, disclosure.minimum_count, disclosure.minimum_survey_base]
    written = [f"{number:g}" for number in rules]
    report = parameters.report
    people_wrote = [
        *report.decisions,
        *report.sign_off.committees,
        *(each for each in report.sign_off.model_dump().values() if isinstance(each, str)),
    ]
    return [*actions.astype(str).agg(" ".join, axis=1), *written, str(parameters.organisation.name), *people_wrote]


def unproven(name: str, page: Mapping[str, Any], rows: TraceableRows, texts: list[str]) -> list[Problem]:
    """Return what keeps a page from proving its own figures: each number that leads to no row, or contradicts one.

    Parameters
    ----------
    name
        Name of the section, for messages.
    page
        ``html``; ``document``, the data the PDF is set from, whose text is that of the PDF; and ``figures``, the tables
        behind the charts by the chart's identifier. All without the texts people wrote, whose numbers are their own: so a
        number of ours is not excused because somebody typed the same one, and the proof holds whatever they write next.
    rows
        See :func:`evidence_rows`; the protected ones for the board.
    texts
        See :func:`printed_rules`.
    """
    paper = "\n\n".join(_strings(page["document"]))
    indicators = indicators_of_page(page["html"])
    found = [*untraced_numbers(page["html"], paper, rows, texts), *untraced_in_figure_data(page["figures"], rows, texts, indicators)]
    return [_problem(name, each) for each in found[:_SHOWN]]


def _problem(name: str, untraced: Untraced) -> Problem:
    action = "Make the sentence, table or chart from the rows that may be shown; text people write may hold numbers of its own."
    return Problem(
        f"{name} ({untraced.place})",
        f"a number that leads to a row ({untraced.reason})",
        action,
        found=f"'{untraced.number}' in \"{untraced.phrase}\"",
    )


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if not value.lstrip().startswith("<"):
            yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _strings(each)

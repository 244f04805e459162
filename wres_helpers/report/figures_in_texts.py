"""Figures in written texts: those named in braces, those typed by hand, and those that a correction superseded."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import product
from typing import Any

import pandas as pd

from wres_helpers.analysis.cells import COMPARED_GROUPS
from wres_helpers.analysis.evidence import Evidence
from wres_helpers.intake.named_figures import LIKELIHOOD, PART_OF, NamedFigure, known_figures, names_of, types_figures, with_named
from wres_helpers.problems import Problem
from wres_helpers.report import evidence_rows, headlines, numbers, phrases
from wres_helpers.report.made_tables import short_label
from wres_helpers.report.overview import indicators
from wres_helpers.report.vocabulary import group_label, people_of, year_label
from wres_helpers.standard import statuses
from wres_helpers.standard.columns import ETHNIC_GROUPS

NOT_SHOWN = "a figure that is hidden"
NOT_SUPPLIED = "a figure that was not supplied"
NOT_CALCULABLE = "a figure that cannot be calculated"


def with_figures(texts: Mapping[str, str], shown: Evidence) -> dict[str, str]:
    """Return texts with every figure they name in braces written out from protected evidence.

    A count that is hidden reads as the board's pages have it ("fewer than 5"); of a rate, a value or an interval that is hidden nothing
    is said, since a range of it would be read as what chance allows.
    """
    context = shown.context
    known = known_figures(context.catalogue, context.terms, context.previous_year)
    return {name: with_named(text, lambda named: told(shown, known[named]) if named in known else None) for name, text in texts.items()}


def told(shown: Evidence, figure: NamedFigure) -> str:
    """Return one figure in words that fit into a sentence; also where it is hidden, absent or without limit."""
    year = shown.context.previous_year if figure.last_year else shown.context.year
    if year is None:
        return NOT_SUPPLIED
    if not figure.indicator:
        group, _, field = figure.field.partition("_")
        return _number(evidence_rows.share(shown, "headcount", group, year=year), field)
    if figure.field == "status":
        return short_label(evidence_rows.status_of(shown, figure.indicator, year)[1]).lower()
    row = evidence_rows.headline_row(shown, figure.indicator, year)
    if row is not None and row["status"] != statuses.NOT_SUPPLIED and figure.field == "counts":
        if row["direction"].endswith("workforce"):  # of everybody there, not of each group
            return evidence_rows.counted_among(row, "bme", people_of(shown, row))
        groups = COMPARED_GROUPS.get(row["direction"], ("bme", "white"))
        return " against ".join(headlines.counted_people(shown, row, group) for group in groups)
    return _interval(row) if figure.field == "interval" else _number(row, figure.field)


def _number(row: pd.Series | None, field: str) -> str:
    if field.endswith(("count", "base")) and evidence_rows.is_there(row, field):
        words = evidence_rows.words(row, field, numbers.count)
        return NOT_SHOWN if words == evidence_rows.HIDDEN_IN_WORDS else words
    if row is None or not evidence_rows.has(row, field):
        return _absent(row, field)
    if field.endswith("rate"):
        return numbers.percentage(row[field])
    return numbers.STYLES[row["comparison"]].value(row[field])


def _interval(row: pd.Series | None) -> str:
    if row is None or not evidence_rows.has(row, "lower", "upper"):
        return _absent(row, "lower", "upper")
    return numbers.STYLES[row["comparison"]].interval(row["lower"], row["upper"])


def _absent(row: pd.Series | None, *fields: str) -> str:
    if row is None or row["status"] == statuses.NOT_SUPPLIED:
        return NOT_SUPPLIED
    hidden = row["status"] == statuses.PROTECTED or evidence_rows.is_hidden(row, *fields)
    return NOT_SHOWN if hidden else NOT_CALCULABLE


_PARTS = ("count", "base", "rate")


def superseded(shown: Any, changes: Iterable[Mapping[str, str]]) -> list[str]:
    """Return a line for each indicator whose headline of a year changed, with the earlier figures, and one for all other changes.

    A change has ``indicator``, ``where`` (its measure first), ``year`` ("" of the report's own), ``field`` and ``old``.
    """
    changes = list(changes)
    lines, told = [], 0
    for indicator, year in product(indicators(shown), dict.fromkeys(["", *(each["year"] for each in changes)])):
        row = evidence_rows.headline_row(shown, indicator, year or None)
        # how a change names its comparison: the measure, and the part of it where it is one
        where = (
            ""
            if row is None
            else " ".join(row[name] for name in ("measure", "breakdown", "category") if row[name] not in ("overall", "all"))
        )
        own = [each for each in changes if row is not None and (each["indicator"], each["where"], each["year"]) == (indicator, where, year)]
        was = [f"{name} was {words}" for each in own if (name := _name(shown, row, each["field"])) and (words := _words(row, each))]
        if was:
            title = str(evidence_rows.definition_of(shown, indicator)["plain_title"])
            lines.append(f"Indicator {indicator}, {phrases.small(title)}{year and f', {year_label(year)}'}: {'; '.join(was)}.")
        told += len(was)
    if others := sum(not each["year"].startswith("since") for each in changes) - told:  # what a change became follows from both years
        counted = "1 further figure" if others == 1 else f"{numbers.count(others)} further figures"
        lines.append(f"{counted if lines else counted.replace('further ', '')} of board/data/results.csv.")
    return lines


def _name(shown: Any, row: Any, field: str) -> str:
    """Return what a field is called on a page; empty of those that follow from the others."""
    if field == "value":
        return "relative likelihood" if row["comparison"] == "ratio" else "gap"
    if field == "status":
        return "status"
    group, _, part = field.partition("_")
    return f"{group_label(shown, group)} {part}" if part in _PARTS and group in ("white", "bme") else ""


def _words(row: Any, change: Mapping[str, str]) -> str:
    text, field = change["old"], change["field"]
    if field == "status":
        return short_label(statuses.LABELS.get(text, text)).lower()
    try:
        value = float(text)
    except ValueError:  # what stood in a hidden number's place, or nothing
        return "without a figure" if not text else evidence_rows.HIDDEN if evidence_rows.is_marker(text) else text
    if field.endswith("rate"):
        return numbers.percentage(value)
    return numbers.STYLES[row["comparison"]].value(value) if field == "value" else numbers.count(value)


def typed_figures(texts: Mapping[str, str], file_of: Callable[[str], str], evidence: Callable[[], Evidence]) -> Iterator[Problem]:
    """Give each typed "13 of 37" whose base is one of the section's and whose count is not, and each typed relative likelihood of no row.

    The numbers of a section's name are its indicators; the evidence is asked for only where a text types such a figure.
    """
    for name, text in texts.items():
        indicators = [str(int(number)) for number in re.findall(r"\d+", name)]
        for row, line in enumerate(text.splitlines(), start=1):
            if not types_figures({name: line}):
                continue
            results, year = evidence().results, evidence().context.year
            results = results[results["indicator"].isin(indicators)]
            for typed, given, figure in (*_parts(line, results, year), *_likelihoods(line, results)):
                action = f"Mend it, or name the figure in braces and let the pack write it ({{indicator {figure}}})."
                yield Problem(file_of(name), f"a figure the data give ({given})", action, row=row, found=f"'{typed}'")


def absent_figures(texts: Mapping[str, str], file_of: Callable[[str], str], evidence: Callable[[], Evidence]) -> Iterator[Problem]:
    """Give each figure named in braces that there is none of, with its line; the evidence is asked for only where a text names one."""
    for name, text in texts.items():
        for figure, row in names_of(text):
            context = evidence().context
            known = known_figures(context.catalogue, context.terms, context.previous_year)  # a name of none is told where texts are read
            if figure in known and (said := told(evidence(), known[figure])) in (NOT_SUPPLIED, NOT_CALCULABLE):
                action = f"Supply what it is made from, or write the sentence without it: a page prints '{said}'."
                yield Problem(file_of(name), "a figure that there is", action, row=row, found=f"'{{{figure}}}'")


def _parts(line: str, results: pd.DataFrame, year: str) -> Iterator[tuple[str, str, str]]:
    """Give each "13 of 37" that contradicts the counts of that base, with what they are, this year's first, and the name of such a figure."""
    for match in PART_OF.finditer(line):
        count, base = (float(number.replace(",", "")) for number in match.groups())
        known = dict[tuple[bool, str, float], str]()
        for group in ETHNIC_GROUPS:
            rows = results[results[f"{group}_base"].eq(base) & results[f"{group}_count"].notna()]
            known |= {(row["year"] != year, row["year"], row[f"{group}_count"]): row["indicator"] for _, row in rows.iterrows()}
        if known and count not in {each for *_, each in known}:
            given = [f"{numbers.count(each)} of {match[2]}" + f" in {year_label(of)}" * other for other, of, each in sorted(known)]
            yield match[0], " or ".join(given[:3]), f"{known[min(known)]}: counts"


def _likelihoods(line: str, results: pd.DataFrame) -> Iterator[tuple[str, str, str]]:
    """Give each relative likelihood that is that of no comparison, either way round, to as many decimals as it has."""
    ratios = [
        row["value"] for _, row in results.iterrows() if row["comparison"] == "ratio" and evidence_rows.has(row, "value") and row["value"]
    ]
    for match in LIKELIHOOD.finditer(line) if ratios else ():
        typed = match[1] or match[2]
        decimals = len(typed.partition(".")[2])
        known = (round(each, decimals) for value in ratios for each in (value, 1 / value))
        if float(typed.replace(",", "")) not in known:
            yield match[0], ", ".join(numbers.ratio(value) for value in ratios[:3]), f"{results['indicator'].iloc[0]}: relative likelihood"

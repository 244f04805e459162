"""Figures in written texts: those named in braces, and those typed by hand."""

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping

import pandas as pd

from wres_helpers.analysis.cells import COMPARED_GROUPS
from wres_helpers.analysis.evidence import Evidence
from wres_helpers.checking.tried_slips import transpositions
from wres_helpers.intake.texts.named_figures import (
    LIKELIHOOD,
    PART_OF,
    PERCENT,
    NamedFigure,
    known_figures,
    names_of,
    types_figures,
    with_named,
)
from wres_helpers.problems import Problem
from wres_helpers.report.form import numbers
from wres_helpers.report.words import evidence_rows, headlines
from wres_helpers.report.words.made_tables import short_label
from wres_helpers.report.words.vocabulary import people_of, year_label
from wres_helpers.standard import statuses
from wres_helpers.standard.columns import ETHNIC_GROUPS
from wres_helpers.standard.years import edition_of

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


_YEAR = re.compile(r"\b(20\d\d) ?[-/–] ?(?:20)?(\d\d)\b")


def typed_figures(texts: Mapping[str, str], file_of: Callable[[str], str], evidence: Callable[[], Evidence]) -> Iterator[Problem]:
    """Give each typed "13 of 37" whose base is one of the section's and whose count is not, each likelihood of no row, and each percentage near one's.

    So is a figure of an earlier year whose line does not say so: a text is carried over from year to year. The numbers of a section's name
    are its indicators; a text of none, such as the foreword, is held to all, for counts of an earlier year alone. The evidence is asked
    for only where a text types such a figure.
    """
    for name, text in texts.items():
        indicators = [str(int(number)) for number in re.findall(r"\d+", name)]
        for row, line in enumerate(text.splitlines(), start=1):
            if not types_figures({name: line}):
                continue
            results, year = evidence().results, evidence().context.year
            own = results[results["indicator"].isin(indicators)]
            found = _parts(line, results, year, carried_over_alone=True) if own.empty else _parts(line, own, year)
            for typed, given, figure in (*found, *_likelihoods(line, own, year)):
                yield _contradiction(file_of(name), row, typed, given, f"indicator {figure}")
        if PERCENT.search(text):
            for row, typed, given, figure in _percentages(text, evidence(), indicators):
                yield _contradiction(file_of(name), row, typed, given, figure)


def _contradiction(file: str, row: int, typed: str, given: str, figure: str) -> Problem:
    action = f"Mend it, or name the figure in braces and let the pack write it ({{{figure}}})."
    return Problem(file, f"a figure the data give ({given})", action, row=row, found=f"'{typed}'")


def absent_figures(texts: Mapping[str, str], file_of: Callable[[str], str], evidence: Callable[[], Evidence]) -> Iterator[Problem]:
    """Give each figure named in braces that there is none of, and each of last year beside another year, with its line.

    The evidence is asked for only where a text names one.
    """
    for name, text in texts.items():
        for figure, row in names_of(text):
            context = evidence().context
            known = known_figures(context.catalogue, context.terms, context.previous_year)  # a name of none is told where texts are read
            if figure in known and (said := told(evidence(), known[figure])) in (NOT_SUPPLIED, NOT_CALCULABLE):
                action = f"Supply what it is made from, or write the sentence without it: a page prints '{said}'."
                yield Problem(file_of(name), "a figure that there is", action, row=row, found=f"'{{{figure}}}'")
            typed, before = ["-".join(year) for year in _YEAR.findall(text.splitlines()[row - 1])], context.previous_year
            if figure in known and known[figure].last_year and before and typed and not {context.year, before} & set(typed):
                expected, found = (
                    f"{year_label(before)}, of which the figure is",
                    f"'{year_label(typed[0])}' beside '{{{figure}}}'",
                )
                yield Problem(file_of(name), expected, "Correct the year, or write the sentence without it.", row=row, found=found)


def _parts(line: str, results: pd.DataFrame, year: str, *, carried_over_alone: bool = False) -> Iterator[tuple[str, str, str]]:
    """Give each "13 of 37" that contradicts the counts of that base, with what they are, this year's first, and the name of such a figure."""
    typed = [(match, _counts_of(match, results)) for match in PART_OF.finditer(line)]
    alike = [{of: where for (of, each), where in known.items() if each == float(match[1].replace(",", ""))} for match, known in typed]
    of_today = {each[year][1] for each in alike if year in each}
    for (match, known), years in zip(typed, alike, strict=True):
        if known and not years and not carried_over_alone:
            first = sorted(known, key=lambda told: (told[0] != year, told))
            given = [f"{numbers.count(each)} of {match[2]}" + f" in {year_label(of)}" * (of != year) for of, each in first]
            yield match[0], " or ".join(given[:3]), f"{known[first[0]][0]['indicator']}: counts"
        elif _is_of_another_year(line, years, year) and years[max(years)][1] not in of_today:  # "from 13 of 54 to 9 of 65"
            row, group = years[max(years)]
            now = evidence_rows.first(results, year=year, **{name: row[name] for name in ("measure", "breakdown", "category")})
            told = "" if now is None else evidence_rows.counted(now, group)
            yield match[0], _of_another_year(told, max(years)), f"{row['indicator']}: counts"
        elif (
            not known
            and not carried_over_alone
            and (row_and_group := _but_for_digits_of_its_base(match, results[results["year"].eq(year)]))
        ):
            row, group = row_and_group
            yield match[0], evidence_rows.counted(row, group), f"{row['indicator']}: counts"


def _but_for_digits_of_its_base(match: re.Match, results: pd.DataFrame) -> tuple[pd.Series, str] | None:
    """Return the row and group of a typed count whose base is the typed one but for two digits exchanged; None where there is none."""
    count, base = float(match[1].replace(",", "")), match[2].replace(",", "")
    for group in ETHNIC_GROUPS:
        for _, row in results[results[f"{group}_count"].eq(count)].iterrows():
            if evidence_rows.has(row, f"{group}_base") and base in transpositions(f"{row[f'{group}_base']:.0f}"):
                return row, group
    return None


def _counts_of(match: re.Match, results: pd.DataFrame) -> dict[tuple[str, float], tuple[pd.Series, str]]:
    """Return the counts of a typed base by year, each with its row and group."""
    base, known = float(match[2].replace(",", "")), dict[tuple[str, float], tuple[pd.Series, str]]()
    for group in ETHNIC_GROUPS:
        rows = results[results[f"{group}_base"].eq(base) & results[f"{group}_count"].notna()]
        known |= {(row["year"], row[f"{group}_count"]): (row, group) for _, row in rows.iterrows()}
    return known


def _likelihoods(line: str, results: pd.DataFrame, year: str) -> Iterator[tuple[str, str, str]]:
    """Give each relative likelihood that is that of no comparison, either way round, to as many decimals as it has."""
    this_first = results.sort_values("year", key=lambda years: years.ne(year), kind="stable")
    ratios = [row for _, row in this_first.iterrows() if row["comparison"] == "ratio" and evidence_rows.has(row, "value") and row["value"]]
    for match in LIKELIHOOD.finditer(line) if ratios else ():
        typed = match[1] or match[2]
        number, decimals = float(typed.replace(",", "")), len(typed.partition(".")[2])
        alike = [row["year"] for row in ratios if number in (round(row["value"], decimals), round(1 / row["value"], decimals))]
        today = ", ".join([numbers.ratio(row["value"]) for row in ratios if row["year"] == year or not alike][:3])
        if not alike or _is_of_another_year(line, alike, year):
            told = _of_another_year(today, max(alike)) if alike else today
            yield match[0], told, f"{results['indicator'].iloc[0]}: relative likelihood"


#: A sentence: a full stop within a number does not end it, nor does the end of a line.
_SENTENCE = re.compile(r"(?:[^.;!?\n]|\n(?!\s*\n)|\.(?=\d))+")
#: As near as this, in percentage points, a percentage of a named group is most likely meant to be the group's.
_NEAR = 3


def _percentages(text: str, evidence: Evidence, indicators: list[str]) -> Iterator[tuple[int, str, str, str]]:
    """Give each percentage near the rate of a headline, or the share of staff, of a group that its sentence names, and of no row, with its line.

    One further off is of something else. A category's counts where the sentence names it.
    """
    results, terms = evidence.results, evidence.context.terms
    own = results[results["indicator"].isin(indicators)] if indicators else results
    for sentence in (each for each in _SENTENCE.finditer(text) if PERCENT.search(each[0])):
        meant, known = list(_rates_meant(evidence, sentence[0], indicators)), _rates_known(evidence, own, sentence[0])
        for match in PERCENT.finditer(sentence[0]):
            typed, half = float(match[1]), 0.5 * 10.0 ** -len(match[1].partition(".")[2]) + 1e-9
            if any(abs(100 * rate - other) <= half for rate in known for other in (typed, 100 - typed)):
                continue
            rate, group, name = min(meant, key=lambda each: abs(100 * each[0] - typed), default=(math.inf, "", ""))
            if abs(100 * rate - typed) <= _NEAR:
                row = text.count("\n", 0, sentence.start() + match.start()) + 1
                yield row, match[0], f"{numbers.percentage(rate)}, {terms.named(group)}, {year_label(evidence.context.year)}", name


def _rates_meant(evidence: Evidence, said: str, indicators: list[str]) -> Iterator[tuple[float, str, str]]:
    """Give the rates that a sentence may mean, of the groups that it names, each with its group and its name: headlines', and shares where staff are named."""
    for group in ("bme", "white"):
        called = "|".join(map(re.escape, {group, evidence.context.terms.named(group)}))
        if not re.search(rf"\b(?:{called})\b", said, re.IGNORECASE):
            continue
        for indicator in indicators:
            if evidence_rows.has(row := evidence_rows.headline_row(evidence, indicator), f"{group}_rate"):
                yield row[f"{group}_rate"], group, f"indicator {indicator}: {group} rate"
        of_staff = re.search(r"\b(?:staff|workforce|employees|colleagues)\b", said, re.IGNORECASE)
        if of_staff and evidence_rows.has(row := evidence_rows.workforce_share(evidence, group), "rate"):
            yield row["rate"], group, f"{group} share"


def _rates_known(evidence: Evidence, own: pd.DataFrame, said: str) -> list[float]:
    """Return the rates of both groups that a sentence may give: of what it can be meant to speak of, in any year, and of the staff in post."""
    staff = evidence.shares[evidence.shares["item"].eq("headcount") & evidence.shares["ethnic_group"].isin(["bme", "white"])]
    spoken = own[evidence_rows.spoken_of(own, said)]
    return [rate for rates in (spoken["bme_rate"], spoken["white_rate"], staff["rate"]) for rate in rates.dropna()]


def _is_of_another_year(line: str, years: Iterable[str], year: str) -> bool:
    """Tell whether a figure is one of other years alone and its line names none of them: most likely it was carried over from last year's text."""
    others = [rf"{each[:4]}|{edition_of(each)}(?![-/–]\d)" for each in years]
    return bool(others) and year not in years and not re.search(rf"\b(?:{'|'.join(others)}|{_BEFORE})\b", line, re.IGNORECASE)


#: Words by which a sentence says that it speaks of an earlier year.
_BEFORE = "last year|previous|previously|before|earlier|ago|then"


def _of_another_year(today: str, year: str) -> str:
    return f"{today or 'none of this year'}; it is that of {year_label(year)}, which the line does not say"

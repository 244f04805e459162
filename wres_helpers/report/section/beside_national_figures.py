"""The organisation's figures beside published ones: of the nation, by the same definition and of the nearest year, and of the people served."""

import re
from urllib.parse import urlsplit

import pandas as pd

from wres_helpers.analysis.evidence import Evidence
from wres_helpers.report.form import numbers, phrases
from wres_helpers.report.form.blocks import Prose
from wres_helpers.report.form.topics import topical
from wres_helpers.report.words import evidence_rows
from wres_helpers.report.words.vocabulary import (
    characteristic,
    group_label,
    indicator_named,
    indicators_told,
    metric,
    people_of,
    year_label,
)
from wres_helpers.standard.years import year_of

#: Figures of the groups of a standard, and no others: of one group, or of one divided by the other.
NATIONAL_GROUPS = ("white", "bme", "white/bme", "bme/white")


def compared_with_benchmark(shown: Evidence, *indicators: str) -> Prose:
    """Return the published national figures nearest to this year, with the organisation's own beside them."""
    none = "For {} no national figure of the same definition is known here, so none is shown."
    told = (national_figures(shown, indicator) or none.format(indicators_told(shown, [indicator])) for indicator in indicators)
    return Prose(tuple(topical(shown, text, "benchmarks", tables=["benchmarks"]) for text in told))


def national_figures(shown: Evidence, indicator: str, *, own: bool = True) -> str:
    """Return the figures of the nation and of the peers, a sentence for each year, and the organisation's own beside them; nothing where there is none.

    Without ``own``, which a table above has, with its interval.
    """
    others = [("", shown.context.reference.standard.national or "organisations elsewhere", "benchmarks")]
    others += [(f"{peers}: ", peers, "peers") for peers in shown.context.own.peers["peers"].unique()]
    told, beside, supplied = [], [], []
    for prefix, whose, source in others:
        frame = _published(shown, indicator, prefix)
        told += _told(shown, indicator, frame, whose)
        supplied += [source] * bool(len(frame))
        if prefix or _is_trust(shown):  # for other kinds of organisation England's figures are a background and not a yardstick
            beside.append(phrases.sentence("; ".join(_judged(shown, indicator, frame, whose))))
    text = " ".join(filter(None, [*told, _own_figure(shown, indicator) * own, *beside])) if told else ""
    return topical(shown, text, indicator, *supplied, tables=["benchmarks", "results"], rows=[evidence_rows.headline_row(shown, indicator)])


def of_whom(shown: Evidence, group: str) -> str:
    """Return in which organisations a published figure is one of its group: peers, one by kind and name, those of a region, or of the nation."""
    peers, named, _ = group.rpartition(": ")
    # behind a name stand its counts, or its groups
    kind, one, name = re.sub(r" (\(.*\)|\S+/\S+)$", "", group).partition(":")
    if named or (one and kind != "region"):
        return peers or f"{kind} {name}"
    nation = shown.context.reference.standard.national or "organisations elsewhere"
    return f"{nation}, region {name}" if one else nation


def national_heading(shown: Evidence) -> str:
    """Return whose figures the column of national figures has."""
    return phrases.capital(shown.context.reference.standard.national)


def national_cell(shown: Evidence, row: pd.Series) -> str:
    """Return what is published of the nation beside a headline, for a cell of a table: '0.50 (2022/23)', a board's with whose share it is; or nothing."""
    if row["measure"] != evidence_rows.headline_measure(shown, row["indicator"]):
        return ""
    people, told = f"{people_of(shown, row)} were " * (row["direction"] == "board-workforce"), []
    for edition, group in _published(shown, row["indicator"]).groupby("year", sort=True):
        whose = [
            "" if figure["unit"] == "ratio" else f" of {people}{group_label(shown, figure['group'])}" for _, figure in group.iterrows()
        ]
        each = [f"{_value(figure)}{of}" for (_, figure), of in zip(group.iterrows(), whose, strict=True)]
        when = _survey_of(shown, row["indicator"], int(edition)) or year_label(year_of(int(edition)))
        told.append(f"{phrases.listed(each)} ({when})")
    return "; ".join(told)


def national_note(shown: Evidence, named: list[str]) -> str:
    """Return where the figures of that column were read, and that those of other years are not judged."""
    if not named:
        return ""
    figures = pd.concat([_published(shown, indicator) for indicator in named])
    seen = _seen_in(figures).strip(" ()")
    return f"{national_heading(shown)}: {seen}; full addresses: the workbook, sheet Benchmarks. Figures of other years are not judged beside this one."


def of_the_same_year(shown: Evidence) -> list[str]:
    """Return what is published of the nation for the report's own year, with the organisation's figures; that there is none, where other years have some."""
    nation, year = shown.context.reference.standard.national, year_label(shown.context.year)
    known = {name: _published(shown, name) for name in dict.fromkeys(shown.context.catalogue["indicator"])}
    same = [name for name, frame in known.items() if _judged(shown, name, frame, nation)]
    each = {name: f"{indicator_named(shown, name)}: {national_figures(shown, name, own=False)}" for name in same}
    where = (
        f"stand in the table of the {metric(shown, 2)}"
        if "metrics" in shown.context.parameters.sections
        else f"stand beside each {metric(shown)}"
    )
    none = f"No figure of {nation} for {year} is known here; those of other years {where}, not judged."
    of_other_years = (
        nation and any(map(len, known.values())) and not any(frame["comparable"].astype(bool).any() for frame in known.values())
    )
    told = {"": none} if of_other_years else each
    return [topical(shown, text, "benchmarks", *filter(None, [name]), tables=["benchmarks", "results"]) for name, text in told.items()]


def _told(shown: Evidence, indicator: str, frame: pd.DataFrame, whose: str) -> list[str]:
    """Return a sentence for each year that published figures are of."""
    told, words = [], _words_of(shown, indicator)
    lead = words["lead"].iloc[0].format(bme=group_label(shown, "bme")) if len(frame) else ""
    for edition, group in frame.groupby("year", sort=True):
        found = {str(measure): rows for measure, rows in group.groupby("measure")}
        known = zip(words["measure"], words["says"], strict=True)
        said = phrases.listed([_benchmark_words(shown, text, found[name]) for name, text in known if name in found])
        # an edition bears the year of its 31 March: 2019 is that of 2018/19
        said = f"{lead} {said}{_seen_in(group)}".strip().replace(") (", "; ")
        apart = _survey_of(shown, indicator, int(edition)) or _apart(shown, int(edition))  # a survey says its own season
        told.append(f"{phrases.capital(whose)}, {year_label(year_of(int(edition)))}{f' ({apart})' if apart else ''}: {said}.")
    return told


def _words_of(shown: Evidence, indicator: str) -> pd.DataFrame:
    words = shown.context.reference.benchmark_words
    return words[words["indicator"].eq(indicator) & words["says"].ne("")]


def _seen_in(figures: pd.DataFrame) -> str:
    """Return where figures were read, in brackets: the kind of each source and its place on the web."""
    places = [
        f"{kind}: {place}" if (place := urlsplit(address).netloc.removeprefix("www.")) else kind
        for kind, address in zip(figures["source_kind"], figures["source_url"], strict=True)
    ]
    return f" ({'; '.join(dict.fromkeys(places))})"


def _apart(shown: Evidence, edition: int) -> str:
    """Return in words how far a figure's year is from the report's: 'three years earlier'; nothing where it is the same."""
    years = abs(edition - shown.context.edition)
    side = "earlier" if edition < shown.context.edition else "later"
    return f"{numbers.in_words(years)} year{'s' if years > 1 else ''} {side}" if years else ""


def _survey_of(shown: Evidence, indicator: str, edition: int) -> str:
    """Return which survey a year's figures of an indicator are of, as its definition has that: 'staff survey of autumn 2018'; else nothing."""
    period = str(evidence_rows.definition_of(shown, indicator)["period"]).format(year=year_of(edition)[:4])
    return period[period.index("staff survey of") :] if "staff survey of" in period else ""


@evidence_rows.found_once
def _published(shown: Evidence, indicator: str, whose: str = "") -> pd.DataFrame:
    """Return the figures published of the nation, or of peers, whose name stands before the group."""
    frame, definition = _figures_of(shown, whose), evidence_rows.definition_if_any(shown, indicator)
    other_base = "excl" if definition is not None and "Don't know" in str(definition["base_rule"]) else "incl"
    chosen = (
        frame["indicator"].astype(str).eq(indicator)
        & frame["measure"].isin(_words_of(shown, indicator)["measure"])
        & ~frame["measure"].str.contains(f"_{other_base}_", regex=False)
        & frame["group"].isin(NATIONAL_GROUPS)
    )
    frame = frame[chosen]
    # Two groups of one measure are set side by side: only of the same year, and of all years the nearest.
    distance = (frame["year"].astype(int) - shown.context.edition).abs()
    return frame[distance.eq(distance.groupby(frame["measure"]).transform("min"))]


@evidence_rows.found_once
def _figures_of(shown: Evidence, whose: str) -> pd.DataFrame:
    """Return all figures published of the nation, or of peers, with the groups by the names the pack has for them."""
    frame = shown.benchmarks[shown.benchmarks["group"].str.startswith(whose)]
    return frame.assign(group=frame["group"].str.removeprefix(whose).str.lower().map(shown.context.reference.standard.inside))


def _value(figure: pd.Series) -> str:
    """Return a published figure as it is written here: a ratio, or a percentage with as many decimals as it was printed with."""
    value, decimals = figure["value"], 0 if figure["unit"] == "percent_rounded" else 1
    told = numbers.ratio(value) if figure["unit"] == "ratio" else numbers.percentage(value / 100, decimals)
    return f"{told} (as restated)" if figure.get("restated") == "true" else told


def _benchmark_words(shown: Evidence, text: str, rows: pd.DataFrame) -> str:
    """Return one published measure in words: of both groups in one clause, where both were published."""
    told, in_part = [], rows["unit"].nunique() > 1
    for _, row in rows.iterrows():
        value = _value(row)
        value += " (printed rounded)" if in_part and row["unit"] == "percent_rounded" else ""
        told.append((value, " divided by ".join(group_label(shown, part) for part in str(row["group"]).split("/"))))
    other = {"white": "bme", "bme": "white"}.get(rows["group"].iloc[0]) if "{who}" in text and len(told) == 1 else None
    unseen = f" (that of {group_label(shown, other)} was not seen)" if other else ""
    who = phrases.listed([f"{value} of {label}" for value, label in told])
    rounded = " (printed rounded)" if not in_part and rows["unit"].eq("percent_rounded").any() else ""
    return text.format(who=who, value=told[0][0], group=told[0][1]) + unseen + rounded


def _own_figure(shown: Evidence, indicator: str) -> str:
    """Return the organisation's own ratio, or its percentages where the national figures are such too, with the interval of each."""
    row = evidence_rows.headline_row(shown, indicator)
    if row is None or row["direction"].endswith("workforce") or not evidence_rows.has(row, "value", "lower", "upper"):
        return ""
    told = f"{numbers.ratio(row['value'])} ({numbers.ratio_interval(row['lower'], row['upper'])})"
    if row["direction"] == "bme-white":
        each = []
        for group in ("bme", "white"):
            ends = [f"{group}_lower", f"{group}_upper"]
            interval = f" ({numbers.percentage_interval(*row[ends])})" if evidence_rows.has(row, *ends) else ""
            each.append(f"{group_label(shown, group)} {numbers.percentage(row[f'{group}_rate'])}{interval}")
        told = ", ".join(each)
    level = f" ({numbers.confidence(row['confidence'])} interval{'s' * (',' in told)})" if "(" in told else ""
    return f"{shown.context.parameters.organisation.short_name}{level}: {told}."


def _judged(shown: Evidence, indicator: str, frame: pd.DataFrame, whose: str) -> list[str]:
    """Return whether chance could explain how far figures of the nation, or of peers, are from the organisation's own: of the same year only.

    In other years both moved, so that a verdict on the distance would be one on two unlike things. A figure that was printed rounded is
    judged only where all that it may stand for lies on one side of an end of the interval.
    """
    row, told = evidence_rows.headline_row(shown, indicator), []
    for _, figure in frame[frame["comparable"].astype(bool)].iterrows():
        of_group = "" if figure["unit"] == "ratio" else f"{figure['group']}_"
        ends = [f"{of_group}lower", f"{of_group}upper"]
        if f"{of_group}lower" not in shown.results or not evidence_rows.has(row, "value", *ends) or row["direction"].endswith("workforce"):
            continue
        scale, half = (1, 0) if not of_group else (100, 0.5 * (figure["unit"] == "percent_rounded"))
        low, high = ((figure["value"] + side * half) / scale for side in (-1, 1))
        within, outside = row[ends[0]] <= low and high <= row[ends[1]], high < row[ends[0]] or low > row[ends[1]]
        verdict = "chance could explain the distance" if within else "clearly apart"
        where = f"lies {'within' if within else 'outside'} the organisation's {numbers.confidence(row['confidence'])} interval: {verdict}"
        of = f" for {group_label(shown, figure['group'])} respondents" if of_group else ""
        told.append(f"the figure of {whose}{of} {where if within or outside else 'is printed too coarsely to judge the distance'}")
    return told


def about_national_figures(shown: Evidence) -> Prose:
    """Return how far national figures can be compared, for the one place where a report says so."""
    nearest = f"Where no national figure for {year_label(shown.context.year)} is known here, the nearest year is given, and not judged beside this one."
    addresses = "What kind of source each was read in stands behind it; full addresses: the workbook, sheet Benchmarks."
    organisation = shown.context.parameters.organisation
    background = (
        f"The national figures are of trusts: for {organisation.short_name} ({organisation.kind}) a background and not a yardstick."
    )
    # who the peers of a kind of organisation are, where the standard's table knows
    found = evidence_rows.first(shown.context.reference.peers, kind=organisation.kind.lower())
    peers = "" if found is None else phrases.sentence(str(found["peers"]))
    return Prose((" ".join(filter(None, (nearest, addresses, "" if _is_trust(shown) else background, peers))),))


def _is_trust(shown: Evidence) -> bool:
    return "trust" in shown.context.parameters.organisation.kind.lower()


def population_served(shown: Evidence) -> tuple[Prose, ...]:
    """Return the BME share of the workforce beside that of the people served, both of those whose group is known; nothing without an area."""
    frame, bme = shown.population, group_label(shown, "bme")
    if frame.empty:
        return ()
    told = [
        f"Of those whose {characteristic(shown)} is known, {bme} people are {_staff(row)} and {numbers.percentage(row['rate'])} of the people of "
        f"{row['area']} ({row['source']}, {row['population_year']})."
        for _, row in frame.iterrows()
    ]
    note = "A workforce is not drawn from its neighbourhood alone, so this is a background and not a target."
    return (Prose((*(topical(shown, text, "population", "headcount", tables=["population"]) for text in told), note)),)


def _staff(row: pd.Series) -> str:
    if not evidence_rows.has(row, "staff_rate"):
        return "a share of staff that is hidden"
    counts = f"{numbers.count(row['bme_headcount'])} of {numbers.count(row['known_headcount'])}"
    return f"{numbers.percentage(row['staff_rate'])} of staff ({counts})"

"""An indicator by what the counts carry: cut by it, each part's people in a gap, and the parts in their funnel."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from wres_helpers.analysis.contributions import COMPOSITION
from wres_helpers.analysis.evidence import Evidence
from wres_helpers.disclosure.tables_of_people import TOGETHER
from wres_helpers.report.form import numbers, phrases
from wres_helpers.report.form.blocks import Figure, Notice, Prose, Table
from wres_helpers.report.form.topics import topical
from wres_helpers.report.section import charts, funnel_plots, table_blocks
from wres_helpers.report.words import evidence_rows
from wres_helpers.report.words.made_tables import number, of_groups, table_of, table_or_notice, words_field
from wres_helpers.report.words.vocabulary import MEMBERSHIPS, STAFF_GROUPS, cut_named, group_label, period_label, year_label
from wres_helpers.standard import statuses

#: Breakdowns that a page shows in its own way.
_SHOWN_ELSEWHERE = ("overall", "membership", "cluster", "tier")


#: What stands where an indicator is not cut by anything.
NO_PARTS = "No counts of this indicator by part of the organisation were supplied."


def by_parts(shown: Evidence, indicator: str) -> Prose:
    """Return what its breakdowns say of an indicator, each in a sentence before its table; that of parts in a funnel is the funnel's title."""
    cuts, drawn = _cuts(shown, indicator), _funnels(shown, indicator)
    told = [_answer(shown, indicator, name, part) for name, part in cuts.items() if name not in drawn] if cuts else [NO_PARTS]
    told += [_most_of(shown, indicator, part) for _, part in _gaps(shown, indicator, PARTS)]
    return Prose(tuple(filter(None, told)))


def _answer(shown: Evidence, indicator: str, breakdown: str, part: pd.DataFrame) -> str:
    """Return which parts differ clearly, with the figures of the surest, and what hides the others; nothing where no part can be asked."""
    rows = pd.concat([part, _told_together(shown, part)], ignore_index=True)
    compared = rows[[evidence_rows.is_clear(row) is not None for _, row in rows.iterrows()]]
    hidden, every = int(part["status"].eq(statuses.PROTECTED).sum()), len(part)
    if compared.empty and hidden < every:
        return ""
    if hidden < every:
        told = [
            _compared(shown, rows, compared, "comparison", "shown"),
            _HIDDEN[min(hidden, 2)].format(*map(numbers.in_words, (hidden, every))),
        ]
    else:  # none by itself, so that all that is compared is told together
        told = [_ALL_HIDDEN[min(every, 3)].format(numbers.in_words(every)), _compared(shown, rows, compared, "group", "told together")]
    text = f"By {breakdown.replace('_', ' ')}: {phrases.small(' '.join(map(phrases.sentence, filter(None, told))))}"
    return topical(shown, text, indicator, tables=("results", "together"), rows=[row for _, row in rows.iterrows()])


#: What keeps the most unequal part unnamed: by how many are hidden, some of them or all.
_HIDDEN = ("", "{0} of {1} is hidden, and may be more unequal", "{0} of {1} are hidden, and may be more unequal")
_ALL_HIDDEN = {
    1: "the one part is hidden",
    2: "both are hidden one by one, so that the most unequal cannot be named",
    3: "all {0} are hidden one by one, so that the most unequal cannot be named",
}


def _compared(shown: Evidence, rows: pd.DataFrame, compared: pd.DataFrame, kind: str, how: str) -> str:
    """Return which of the compared parts are clear, with the figures of the surest; that none is; nothing where nothing is compared."""
    clear = compared[compared["clear"].astype(bool)]
    if len(clear):
        surest = clear.sort_values("p_value", kind="stable").iloc[0]
        rates = (f"{group_label(shown, group)} {charts.group_mark(shown, surest, group).text}" for group in ("white", "bme"))
        return f"{_apart(rows, clear)} {category_label(surest['category'])}: {', '.join(rates)}"
    whole = {0: "", 1: f"the one {kind} {how} is not clear by itself", 2: f"neither {kind} {how} is clear by itself"}
    return whole.get(len(compared), f"none of the {numbers.in_words(len(compared))} {kind}s {how} is clear by itself")


def _most_of(shown: Evidence, indicator: str, part: pd.DataFrame) -> str:
    """Return which part has most of the people by whom a group is short of, or beyond, the rate of the other; nothing of less than a person."""
    whole, parts = part["whole_people"].iloc[0], part[part["category"].ne(COMPOSITION)]
    most = parts.loc[(parts["beyond_people"] * np.sign(whole)).idxmax()]
    people, own = (numbers.people_beyond(value).strip(f"+{numbers.MINUS}") for value in (whole, most["beyond_people"]))
    if "0" in (people, own) or most["beyond_people"] * whole < 0:
        return ""
    beside = f"{_beside_rate(whole)} the {group_label(shown, 'white')} rate"
    who = f"{group_label(shown, 'bme', starting=True)} people {beside}"
    text = f"{who}: {people} in all; the largest number of a part is {own}, in {category_label(most['category'])}."
    return topical(shown, text, indicator)


def _beside_rate(people: float) -> str:
    return "short of" if people < 0 else "beyond"


def cut_tables(shown: Evidence, indicator: str) -> tuple[Table | Notice, ...]:
    """Return one table for each breakdown that cuts a relative likelihood: one row per category; none where none does.

    Categories whose figures nobody supplied are left out; hidden ones stay, with what may be said of them, and those told together only
    have a row at the end. The table of parts that are drawn in a funnel stands behind it, so here they have what is told together only.
    :func:`by_parts` says what they come to, so they are opened by who asks.
    """
    drawn = _funnels(shown, indicator)
    cuts = {
        name: pd.concat([part.iloc[:0] if name in drawn else part, _told_together(shown, part)])
        for name, part in _cuts(shown, indicator).items()
    }
    return tuple(_table(shown, indicator, name, part) for name, part in cuts.items() if len(part))


def _told_together(shown: Evidence, part: pd.DataFrame) -> pd.DataFrame:
    """Return the comparisons of categories of a breakdown that are told together only, as the results have theirs."""
    named = {name: str(part[name].iloc[0]) for name in ("year", "measure", "breakdown")}
    return evidence_rows.where(shown.together, named).reindex(columns=part.columns) if len(shown.together) else part.iloc[:0]


@evidence_rows.found_once
def _cuts(shown: Evidence, indicator: str) -> dict[str, pd.DataFrame]:
    frame = evidence_rows.of_indicator(shown, "results", indicator, measure=evidence_rows.headline_measure(shown, indicator))
    frame = frame[~frame["breakdown"].isin(_SHOWN_ELSEWHERE) & frame["status"].ne(statuses.NOT_SUPPLIED)]
    return {str(name): part for name, part in frame.groupby("breakdown", sort=False)}


@evidence_rows.found_once
def _funnels(shown: Evidence, indicator: str) -> dict[str, funnel_plots.Units]:
    """Return what the funnel of each breakdown is drawn from, where enough of its parts can be shown."""
    definition, cuts = evidence_rows.definition_of(shown, indicator), _cuts(shown, indicator)
    found = {
        name: funnel_plots.units_of(shown.context, part.assign(organisation=part["category"]), definition, name, MANY_OF_A_KIND[name])
        for name, part in cuts.items()
        if name in MANY_OF_A_KIND
    }
    return {name: units for name, units in found.items() if units.has_limits}


def _table(shown: Evidence, indicator: str, breakdown: str, part: pd.DataFrame) -> Table | Notice:
    label = breakdown.replace("_", " ")
    direction = table_blocks.value_title(shown, part.iloc[0]).removeprefix("Relative likelihood, ")
    fields = (
        words_field(phrases.capital(label), lambda row: category_label(row["category"])),
        *of_groups(shown, lambda row, group: charts.group_mark(shown, row, group).text),
        funnel_plots.interval_field(phrases.capital(direction), shown.context.status_rule.confidence),
    )
    definition = evidence_rows.definition_of(shown, indicator)
    caption = topical(shown, f"{definition['plain_title']}, by {label}, {period_label(shown.context.year, definition)}", indicator)
    name = "".join(character if character.isalnum() else "-" for character in breakdown).strip("-")
    drawn = bool(part[["value", "lower", "upper"]].notna().all(axis=1).any())
    notes, rows = (table_blocks.interval_key(shown.context.status_rule.confidence) * drawn,), part.assign(adverse=definition["adverse"])
    made = table_or_notice(table_of(f"indicator-{indicator}-by-{name}", caption, fields, rows, notes, keys=int(drawn)))
    return replace(made, behind=True) if isinstance(made, Table) else made


def _apart(part: pd.DataFrame, clear: pd.DataFrame) -> str:
    """Return which parts differ clearly when each is asked by itself, and which of these still do with all of them asked at once."""
    names = {place: category_label(category) for place, category in clear["category"].items()}
    told, still = f"clear by {'themselves' if len(names) > 1 else 'itself'}: {'; '.join(names.values())}", clear_together(part, clear)
    if len(part) < 2 or still is None:
        return f"{told}."
    left = "all of them" if len(still) == len(names) else "; ".join(names[place] for place in still) or "none"
    return f"{told}. With all {numbers.in_words(len(part))} asked at once (Holm's method): {left if len(names) > 1 or not still else 'it still is'}."


def how_many_still(part: pd.DataFrame, of: str) -> str:
    """Return how many of the bands that are clear by themselves are so with all asked together; nothing where none is, or where that is hidden."""
    clear = part[[bool(evidence_rows.is_clear(row)) for _, row in part.iterrows()]]
    if (still := clear_together(part, clear)) is None:
        return ""
    left, of_clear, every = (numbers.in_words(len(bands)) for bands in (still, clear, part))
    return f"Clear bands{of} that stay clear when all {every} are tested together (Holm's method): {left} of {of_clear}."


def clear_together(part: pd.DataFrame, clear: pd.DataFrame) -> list[int] | None:
    """Return which clear parts are so with all asked at once; None without any, or where a test of theirs is hidden; any other hidden one is the least sure."""
    if clear.empty or clear["p_value"].isna().any():
        return None
    ranked = part["p_value"].fillna(1.0).sort_values(kind="stable")
    together = (ranked * np.arange(len(ranked), 0, -1)).cummax()
    return [place for place in clear.index if together[place] <= 1 - clear["confidence"].iloc[0]]


def category_label(category: str) -> str:
    """Return a category as a page prints it: the standard's own names without underscores; of several told together each."""
    names = [phrases.capital(STAFF_GROUPS.get(name, name)) for name in category.split(TOGETHER)]
    return f"{phrases.listed(names)}, together" if len(names) > 1 else names[0]


#: Breakdowns whose categories say themselves what they are parts of.
_KNOWN_CUTS = ("grade", "tier", "membership", "staff_group")


def part_named(breakdown: str, category: str, *, beside_others: bool) -> str:
    """Return what a part is called: 'Lower tier', 'Hill'; beside parts of other breakdowns 'Band 6, non-clinical', 'Hill (site)'."""
    cut, _, staff = cut_named(breakdown).partition(", ")
    label = MEMBERSHIPS.get(category) or category_label(category) + " tier" * breakdown.startswith("tier")
    whose = "" if breakdown.partition(" (")[0] in _KNOWN_CUTS else f" ({cut})"
    return f"{label}{whose}{staff and f', {staff}'}" if beside_others else label


#: Breakdowns that divide an organisation into parts somebody answers for; others are told by their own table.
PARTS = ("directorate", "division", "site", "staff_group")
#: Of those, the ones that are many of a kind; staff groups are few and differ in what they do.
MANY_OF_A_KIND = {"directorate": "directorates", "division": "divisions", "site": "sites"}


def contributions(shown: Evidence, indicator: str, breakdowns: tuple[str, ...] = PARTS) -> tuple[Table, ...]:
    """Return each part's people in an indicator's gap: those beyond what the white people of the part would give; none where hidden.

    Of groups that are equivalent a page divides no gap; whoever asks for a breakdown by name is answered.
    """
    made = (_in_people(shown, indicator, name, part) for name, part in _gaps(shown, indicator, breakdowns))
    return tuple(replace(table, behind=breakdowns == PARTS) for table in made)  # open for who asks for it by name


def _gaps(shown: Evidence, indicator: str, breakdowns: tuple[str, ...]) -> Iterator[tuple[str, pd.DataFrame]]:
    """Give the parts of a gap in people by breakdown."""
    if breakdowns == PARTS and evidence_rows.status_of(shown, indicator)[0] == statuses.EQUIVALENT:
        return
    frame = evidence_rows.of_indicator(shown, "contributions", indicator, measure=evidence_rows.headline_measure(shown, indicator))
    frame = frame[frame["breakdown"].isin(breakdowns) & frame["beyond_people"].notna()]
    yield from ((str(name), part) for name, part in frame.groupby("breakdown", sort=False))


def _in_people(shown: Evidence, indicator: str, breakdown: str, part: pd.DataFrame) -> Table:
    white, bme = group_label(shown, "white"), group_label(shown, "bme", starting=True)
    name, whole = breakdown.replace("_", " "), part["whole_people"].iloc[0]
    # where people are short of a rate their number says how many, without a minus to be turned round
    signs = str.maketrans("+", numbers.MINUS, numbers.MINUS) if whole < 0 else {}
    heading = phrases.capital(f"{_beside_rate(whole)} the {white} rate")
    fields = (
        words_field(name.capitalize(), lambda row: category_label(row["category"])),
        number(
            f"{bme} people counted", lambda row: "does not apply" if row["category"] == COMPOSITION else evidence_rows.counted(row, "bme")
        ),
        number(heading, lambda row: numbers.people_beyond(row["beyond_people"]).translate(signs)),
    )
    definition = evidence_rows.definition_of(shown, indicator)
    caption = topical(
        shown, f"{definition['plain_title']}: each {name}'s part in the difference, {year_label(shown.context.year)}", indicator
    )
    notes = (
        f"{heading}: how many {'fewer' if whole < 0 else 'more'} {bme} people are counted than if each {name} had counted them as often as its "
        f"{white} people; {numbers.people_beyond(whole).translate(signs)} in all, apart from rounding. It says where the difference is counted, "
        "not why; some of it is chance.",
        f"'{COMPOSITION.capitalize()}': {bme} people are more, or fewer, where the rate is high for everybody.",
    )
    return table_of(f"indicator-{indicator}-parts-{breakdown.replace('_', '-')}", caption, fields, part, notes)


def funnel_of_parts(shown: Evidence, indicator: str) -> tuple[Figure, ...]:
    """Return an indicator's directorates, divisions or sites in their funnel; nothing where they are too few for limits."""
    made = (figure for units in _funnels(shown, indicator).values() for figure in funnel_plots.funnel_plot(units))
    return tuple(figure for figure in made if isinstance(figure, Figure))

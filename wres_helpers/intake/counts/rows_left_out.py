"""Rows that a counts table lacks though it has their like: of a group, of a stage that people came through, a cell of a grid."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np
import pandas as pd

from wres_helpers.standard.columns import ETHNIC_CATEGORY, STAGES, UNKNOWN
from wres_helpers.standard.standards import Standard
from wres_helpers.tables.cell_readers import is_hidden
from wres_helpers.tables.declared import Reading

#: How unlikely it must be, in the logarithm, that nobody is where a row lacks.
_NO_CHANCE = 18


def check_left_out(reading: Reading, name: str, standard: Standard, alone: Collection[str]) -> None:
    """Tell rows that a table lacks; of the questions ``alone``, only those of the compared group are asked."""
    *_, count = columns = standard.tables[name]
    told = len(reading.problems)
    _check_sides(reading, name, standard, alone)
    noted = len(reading.notices)
    if len(reading.problems) == told and "stage" in reading.table:
        _check_stages(reading, count, standard)
    if (len(reading.problems), len(reading.notices)) == (told, noted):  # who came through no stage is told
        asked = reading.table[~reading.table["question"].isin(alone)] if "question" in reading.table else reading.table
        tell_left_out(reading, asked, columns, standard.codes, standard.group_column)


def _check_sides(reading: Reading, name: str, standard: Standard, alone: Collection[str]) -> None:
    """Tell wherever one of the two groups is left out: half a comparison cannot be told from a zero.

    A single band without BME staff may be left out of the workforce; of the questions ``alone``, only those of the compared group are asked.
    """
    keys = [column for column in ("stage", "membership", "question") if column in standard.tables[name]]
    table = reading.table
    places = table.groupby(keys, sort=False)["ethnic_group"].agg(set).items() if keys else [("", set(table["ethnic_group"]))]
    for place, groups in places:
        asked = ("bme",) if place in alone else ("white", "bme")
        for group in asked:
            if group not in groups:
                needed = " and for ".join(standard.codes[each] for each in asked)
                expected = f"rows for {needed}{f' where {keys[0]} is {place}' if keys else ''}"
                action, found = "Add the row, with 0 where nobody was counted.", f"no row for {standard.codes[group]}"
                reading.wrong(expected, action, found, column=standard.group_column)
    if name != "staff_survey":
        for column in set(table.columns) - {*standard.tables[name], ETHNIC_CATEGORY}:
            _check_categories(reading, column, keys, standard)


def _check_categories(reading: Reading, column: str, keys: list[str], standard: Standard) -> None:
    """Ask about categories of a breakdown without a group of the two, which may be mistyped; refuse them without a stage that others have.

    Without a whole stage its people are among those of one sum and not of the other.
    """
    of_two = reading.table[reading.table["ethnic_group"].ne(UNKNOWN)]
    stages = of_two[keys[0]] if keys else [""] * len(of_two)
    rows = pd.Series(list(zip(stages, of_two["ethnic_group"].replace(standard.codes), strict=True)), of_two.index, dtype=object)
    there, every = rows.groupby(of_two[column], sort=False).agg(set), set(rows)
    categories = [category for category in reading.table[column].unique() if category != "Not recorded"]
    lacking = {category: gone for category in categories if (gone := sorted(every - there.get(category, set())))}
    if not lacking:
        return
    expected = f"rows for {standard.codes['white']} and for {standard.codes['bme']}"
    expected += "".join(f" of every {key}" for key in keys) + f" in every category of '{column}'"
    named = [f"'{category}' ({', '.join(' '.join(row).strip() for row in gone[:3])})" for category, gone in lacking.items()]
    is_lost = keys and any(len({stage for stage, _ in gone}) < len(gone) < len(every) for gone in lacking.values())
    tell, action = (reading.wrong, "mend it.") if is_lost else (reading.told, "mend it; else leave it.")
    tell(expected, f"Add 0 where nobody was counted; if it is a slip, {action}", f"none for {', '.join(named[:5])}", column=column)


def _check_stages(reading: Reading, count: str, standard: Standard) -> None:
    """Refuse people of a stage who stand in no row of one before it: they came through it; of the undisclosed, who may have said since, ask."""
    table = reading.table.assign(**{count: reading.table[count].mask(reading.table[count].map(is_hidden)).astype(float)})
    places = [name for name in table if name not in ("stage", count)]
    people = table.groupby([*places, "stage"], sort=False)[count].sum().unstack().reindex(columns=STAGES)
    came = people.iloc[:, ::-1].gt(0).cummax(axis=1)
    for stage in STAGES:
        for place in people.index[people[stage].isna() & came[stage] & people[stage].notna().any()]:
            cells = _cells(places, place)
            later = next(name for name in STAGES[STAGES.index(stage) + 1 :] if people.loc[place, name] > 0)
            named = _named(cells, standard.codes)
            tell = reading.told if cells["ethnic_group"] == UNKNOWN else reading.wrong
            row = table.index[table["stage"].eq(later) & table[places].eq(pd.Series(cells)).all(axis=1)][0]
            expected, action = f"a row for '{stage}' of {named}", "Add it: they came that way; or correct this row."
            tell(expected, action, f"{people.loc[place, later]:,.0f} {later} and no such row", int(row), "stage")


def tell_left_out(reading: Reading, table: pd.DataFrame, columns: Sequence[str], codes: Mapping[str, str], heading: str = "") -> None:
    """Ask about a group or an ethnic category without a row in a place where many of it are expected, by the others there.

    So of a breakdown's category, where nothing else of it is left out. A row may have been left out, or stand in another place. The
    count is the last of the table's own ``columns``; ``codes`` name groups, under ``heading``.
    """
    count = columns[-1]
    table = table.assign(**{count: table[count].mask(table[count].map(is_hidden)).astype(float)})
    whose = ETHNIC_CATEGORY if ETHNIC_CATEGORY in table else "ethnic_group"
    places = [name for name in table if name not in (ETHNIC_CATEGORY, "ethnic_group", "response", count)]
    for column in [whose, *(name for name in places if name not in columns)]:
        if not (others := [name for name in places if name != column]):
            continue
        people = table.groupby([*others, column], sort=False)[count].sum().unstack()
        gone, totals = people.isna(), people.sum()
        there, beside = people.sum(axis=1), (~gone * totals).sum(axis=1)
        zeros, odd = set(table.loc[table[count].eq(0), column]), []
        for name in people:
            least = 2 if name in zeros else _NO_CHANCE  # where others of its like say 0
            odd += [(place, name) for place in people.index[gone[name] & is_unlikely(there, totals[name] / beside, least)]]
        if odd and (column == whose or gone.to_numpy().sum() == 1):
            named = [_named({column: name, **_cells(others, place)}, codes) for place, name in odd]
            found = f"none for {'; '.join(named[:3])}" + f" and {len(named) - 3} more" * (len(named) > 3)
            action = "Add it, with 0 where nobody was counted; does it stand under another name or in another place? Else leave it."
            place = heading if heading and column == "ethnic_group" else column
            reading.told("a row for each, as the others have", action, found, column=place)


def _cells(columns: Sequence[str], place: object) -> dict[str, str]:
    """Return what the cells of a place say, by column."""
    return dict(zip(columns, place if isinstance(place, tuple) else (place,), strict=True))


def _named(cells: Mapping[str, str], codes: Mapping[str, str]) -> str:
    """Name what the cells of a row say; an ethnic category's group goes without saying."""
    said = [cell for name, cell in cells.items() if name != "ethnic_group" or ETHNIC_CATEGORY not in cells]
    return ", ".join(repr(codes.get(cell, cell)) for cell in said)


def is_unlikely(people, share, least: float = _NO_CHANCE) -> bool:
    """Tell whether nobody is by no chance of a kind that elsewhere is such a share of the others, beside so many of these."""
    return people * np.log1p(share) > least

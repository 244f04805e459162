"""Rules between the rows of a counts table: categories of breakdowns, parts and wholes."""

import re
from collections.abc import Iterable, Mapping
from itertools import product

from wres_helpers.intake.counts.breakdown_categories import Categories, does_not_count, no_category
from wres_helpers.intake.counts.group_words import GroupWords, holds_numbers, total_label
from wres_helpers.intake.counts.made_up_counts import tell_made_up
from wres_helpers.intake.spellings import spellings
from wres_helpers.standard.columns import ETHNIC_CATEGORY, UNKNOWN
from wres_helpers.standard.years import is_year
from wres_helpers.tables.cell_readers import (
    bare_key,
    count_or_suppressed,
    holds_no_word,
    is_hidden,
    loose_key,
    most_of,
    nearest,
    shown_cell,
)
from wres_helpers.tables.declared import DeclaredTable, Reading

MEMBERSHIPS = ("total", "voting", "non_voting", "executive", "non_executive")

#: A category that is a year or a day, and no part of an organisation: ``2018/19``, ``FY20``, ``31 March 2020``, ``Mar-20``.
_A_TIME = re.compile(
    r"(fy|year|financial year|year ending|year to|as at|at)?[ -]*"
    r"((20)?\d\d *[-/] *(20)?\d\d|20\d\d|fy *\d\d|(\d{1,2}(st|nd|rd|th)?[ ./-]+)?mar(ch)?[ -]+(20)?\d\d|\d{1,4}[./-]\d\d?[./-]\d{1,4})"
)

#: No group has more people on a board: the largest have about twenty members.
LARGEST_BOARD = 50

#: Most breakdowns of a table: each is compared with every other, and of more every row is soon one person.
MOST_BREAKDOWNS = 12

#: So many people in a category that is the sum of all others are no accident.
_NO_ACCIDENT = 100

#: A breakdown of how far somebody came: whoever came further may stand in the rows before too.
_A_STAGE = re.compile(r"(.*_)?(stage|status|outcome|step|result|process)s?")


def refuse_many_breakdowns(reading: Reading, table: DeclaredTable) -> None:
    """Refuse more further columns than anybody counts by, before they are compared."""
    further = [name for name in reading.table.columns if table.column(name) is None]
    if len(further) > MOST_BREAKDOWNS:
        needed = ", ".join(column.name for column in table.columns if column.needed)
        action = "Keep the columns by which people are counted, and remove the others."
        found = f"{len(further):,} further columns, from '{further[0][:60]}' to '{further[-1][:60]}'"
        reading.wrong(f"the columns {needed}, and at most {MOST_BREAKDOWNS} breakdowns", action, found, 1)


def wholes_of_hidden_parts(reading: Reading, cuts: Iterable[str], shares: Iterable[str], count: str, words: GroupWords) -> None:
    """Take the total rows of a breakdown in which a count of one of the two groups is hidden, in its place: its parts add up to nothing known.

    Every combination of the other columns (but ``shares``) must have its total; one that its parts cannot make is a problem.
    """
    for name in cuts if {count, "ethnic_group"} <= set(reading.table) else ():
        table, whole = reading.table, reading.table[name].map(total_label)
        read = table[count].map(lambda cell: count_or_suppressed(cell).value)
        hidden = ~whole & read.map(is_hidden) & table["ethnic_group"].map(words.group_of).ne(UNKNOWN)
        if not hidden.any():
            continue
        others = table.drop(columns=[name, count, *shares]).map(loose_key).agg("/".join, axis=1)
        if read.isna().any() or read[whole].map(is_hidden).any() or set(others) > set(others[whole]):
            continue
        parts, of = read[~whole], others[~whole]
        least, most = (others[whole].map(each.groupby(of).sum()) for each in (parts.mask(parts.map(is_hidden), 0), parts.map(most_of)))
        for row, cell in table.loc[whole, count][((read[whole] < least) | (read[whole] > most)).to_numpy()].items():
            reading.wrong("a total that its parts can make", "Correct the total or the parts.", shown_cell(cell), int(row), count)
        found, action = "hidden counts beside totals", f"The totals are taken, and nothing is told by '{name}'."
        reading.told("counts of every part", action, found, int(table.index[hidden][0]), name)
        reading.table = table[whole].drop(columns=name)


def check_breakdowns(reading: Reading, others: Iterable[str], name: str, count: str, year: str) -> list[str]:
    """Hold a breakdown to words: one category in every row, in one spelling, nobody in two; years, organisations and measures are none.

    Returned are the breakdowns that there are: a column that says the table's own time in every row is left out.
    """
    for column in others:
        cells = reading.table[column].astype(str)
        if holds_numbers(cells, least=0.6):
            expected = "a breakdown (a column beyond those of the table), or nothing"
            action = "Remove the column; a breakdown's categories are words."
            reading.wrong(expected, action, "a column of numbers", int(cells.index[0]), column)
            continue
        for row, cell in cells.items():
            if holds_no_word(cell):
                expected = "a category in every row of a breakdown"
                reading.wrong(expected, "Write 'Not recorded' where nobody knows.", shown_cell(cell), int(row), column)
            elif wrong := no_category(cell):
                reading.wrong(*wrong, int(row), column)
        several = cells.nunique()
        times = loose_key(column) in spellings("heading of a year") or all(_A_TIME.fullmatch(cell.casefold()) for cell in cells.unique())
        told = cells.iloc[0].replace("/", "-")
        named = set(re.findall(r"\b20\d\d\b", told))
        another = (is_year(told) and told != year) or (named and named.isdisjoint((year[:4], f"20{year[-2:]}")))
        if times and (several > 1 or another):
            action = "Keep the rows of this year, and take the column out; each year has a folder of its own."
            found = f"{several} years" if several > 1 else f"'{cells.iloc[0]}'"
            reading.wrong("the counts of one year" if several > 1 else f"the counts of {year}", action, found, int(cells.index[0]), column)
        elif times:
            reading.told("breakdowns", "Left out: the year has a folder of its own.", f"'{cells.iloc[0]}' in every row", column=column)
            reading.table = reading.table.drop(columns=column)
            continue
        if several > 1 and loose_key(column) in spellings("heading of an organisation"):
            action = "Counted together, as one; take out the rows of organisations that do not belong to this report."
            reading.told("the counts of one organisation", action, f"{several} organisations", int(cells.index[0]), column)
        if several > 1 and all(loose_key(cell) in spellings("measure") for cell in cells.unique()):
            found, action = ", ".join(cells.unique()), "Keep the rows that count people, and take the column out."
            reading.wrong("one measure: people", action, found, int(cells.index[0]), column)
        _spell_once(reading, column)
        _check_counted(reading, column, name)
        _check_overlap(reading, column, count)
    left = [name for name in others if name in reading.table]
    _tell_odd_ones(reading, [name for name in left if name != ETHNIC_CATEGORY], count)  # whose labels are known
    return left


def _spell_once(reading: Reading, column: str) -> None:
    """Count a category under one spelling; those that may be slips are asked about."""
    cells = reading.table[column].drop_duplicates()
    categories = Categories(cells)
    for row, cell in cells.items():
        if (spelled := categories.spelled(cell)) != cell:
            reading.told("one spelling a category", f"Counted together as '{spelled}'.", f"'{cell}'", column=column)
        elif doubt := categories.doubt(cell):
            found, action = f"'{cell}', {doubt}", "If it is a slip, mend it; else leave it."
            reading.told(f"a category of '{column}'", action, found, int(row), column)
    reading.table[column] = reading.table[column].map(categories.spelled)


def _tell_odd_ones(reading: Reading, others: list[str], count: str) -> None:
    """Ask about a category that may be a slip: nearly another that stands in other rows only, or once and a category of another column."""
    action = "If it is a slip, or two cells of the row are swapped, mend it; else leave it."
    for column in others:
        expected = f"a category of '{column}'"
        cells, rest = reading.table[column], [name for name in reading.table if name not in (column, count)]
        places = reading.table.groupby(rest, sort=False).ngroup().groupby(cells, sort=False).agg(set)
        for cell, there in places.items():
            alike = [other for other, its in places.items() if 2 * len(there) <= len(its) and there.isdisjoint(its)]
            if near := nearest(cell, alike, 0.8):
                reading.told(expected, action, f"'{cell}', nearly '{near}'", int(cells.index[cells.eq(cell)][0]), column)
        for other in others:
            beside, words = reading.table[other], set(reading.table[other])
            for row, cell in cells[~cells.duplicated(keep=False) & cells.isin(words) & cells.ne(beside)].items():
                reading.told(expected, action, f"'{cell}', a category of '{other}'", int(row), column)


def _check_counted(reading: Reading, column: str, name: str) -> None:
    """Refuse a category of people whom the standard leaves out (informal cases, mandatory courses); ask about others, and a breakdown by stages."""
    cells = reading.table[column]
    refused = [cell for cell in cells.unique() if does_not_count(cell, name)]
    for cell in refused:
        row, action = int(cells.index[cells.eq(cell)][0]), "Take the rows out of whoever does not count: every row is added to the sum."
        reading.wrong(f"people who count in {name} (data/README.md says who)", action, f"'{cell}'", row, column)
    for cell in cells.unique() if name in ("headcount", "workforce") else ():
        if not set(bare_key(cell).split()).isdisjoint(spellings("may not count")):
            action = "Take the rows out if they are no staff of the organisation's own; else leave them."
            reading.told("staff in post", action, f"'{cell}'", int(cells.index[cells.eq(cell)][0]), column)
    if not refused and cells.nunique() > 1 and _A_STAGE.fullmatch(loose_key(column)):
        action = "All rows are added up: leave it where everybody stands in one of them and counts; else keep the rows that count."
        reading.told("categories that hold nobody twice", action, ", ".join(cells.unique()[:5]), int(cells.index[0]), column)


def _check_overlap(reading: Reading, column: str, count: str) -> None:
    """Refuse a category that in every row is the sum of all others (persons, beside women and men): its people would count twice.

    One that is nearly so, or a little more, is asked about: it may be a total of more than the rows, or a large part. Rows of which
    something is hidden tell nothing.
    """
    rest = [name for name in reading.table.columns if name not in (column, count)]
    wide = reading.table.astype({count: float}).groupby([*rest, column], sort=False)[count].sum().unstack(fill_value=0)
    wide = wide[~wide.map(is_hidden).any(axis=1)]
    for category in wide.columns if len(wide.columns) > 2 else ():
        people, others = wide[category], wide.sum(axis=1) - wide[category]
        if people.gt(0).sum() < 2 or people.sum() < _NO_ACCIDENT:
            continue
        row, expected = int(reading.table.index[reading.table[column].eq(category)][0]), "categories that hold nobody twice"
        if people.eq(others).all():
            action = "Take the rows of the one or of the others out: the pack adds up itself."
            reading.wrong(expected, action, f"'{category}', in every row the sum of the others", row, column)
        elif people.between(others * 0.95 - 5, others * 1.25 + 5).all():
            action = "If it holds the people of the others, take its rows out: the pack adds up itself. If not, leave it."
            found = f"'{category}', with {people.sum():,.0f} people about as many as all others together ({others.sum():,.0f})"
            reading.told(expected, action, found, row, column)


def tell_whole_cells(reading: Reading, count: str) -> None:
    """Ask about a cell that is the sum of all others, of its stage or of its group there: it may be a total typed as a part."""
    table = reading.table[reading.table[count].gt(0) & ~reading.table[count].map(is_hidden)].assign(everybody="")
    stages = [name for name in ("stage",) if name in table]
    for beside in ("everybody", "ethnic_group"):
        for _, cells in table.groupby([*stages, beside], sort=False)[count]:
            if len(cells) > 2 and 2 * cells.max() == cells.sum() >= 2 * _NO_ACCIDENT:
                found = f"{cells.max():,.0f}, the sum of all others"
                action = "If it is a total, enter the part in its place; else leave it."
                reading.told("counts that hold nobody twice", action, found, int(cells.idxmax()), count)


def check_doubtful(reading: Reading, count: str, kinds: Mapping[str, str]) -> None:
    """Tell numbers that are nothing but zeros, as of a blank table filled up, and staff groups that their grades contradict."""
    table = reading.table
    if table[count].eq(0).all():
        action = "Take the table out if nobody counted; 0 says that somebody counted and found nobody."
        reading.told("counts of people", action, "nothing but zeros", int(table.index[0]), count)
    tell_made_up(reading, count)
    if "membership" in table:
        known = table[~table[count].map(is_hidden)]
        if (most := known[count].max()) > LARGEST_BOARD:
            action = "Enter the number of members, not their share; if it is their number, leave it."
            reading.told("the members of a board", action, f"{most:,.0f}", int(known[count].idxmax()), count)
        people = known.groupby("membership")[count].sum()
        if (without := people.get("non_voting", 0)) > (voting := people.get("voting", without)):
            found = f"{without:,.0f} without a vote beside {voting:,.0f} with one"
            action = "Check that the two are not exchanged; else leave them."
            row = int(table.index[table["membership"].eq("non_voting")][0])
            reading.told("a board of which most vote", action, found, row, "membership")
        everybody = table.groupby("membership")[count].sum()  # with a hidden one it is not 0
        for part in (name for name in ("voting", "executive", "non_executive") if everybody.get(name) == 0 < everybody.max()):
            row, action = int(table.index[table["membership"].eq(part)][0]), "Check that no part was mistyped; else leave it."
            reading.told("somebody in each part of a board", action, f"nobody '{part}'", row, "membership")
    if "grade" in table:
        for pair in table.assign(row=table.index, kind=table["grade"].map(kinds)).drop_duplicates(["staff_group", "grade"]).itertuples():
            doctors, among = pair.kind == "medical_and_dental", pair.staff_group == "medical_and_dental"
            if (doctors and pair.staff_group in ("clinical", "non_clinical")) or (among and pair.kind == "agenda_for_change"):
                found, action = f"'{pair.grade}' among '{pair.staff_group}'", "Correct the one that is wrong; else leave it."
                reading.told("doctors and dentists among medical staff, and nobody else", action, found, int(pair.row), "grade")


def check_parts(reading: Reading, column: str, count: str, parts: Iterable[tuple[tuple[str, ...], str]], codes: Mapping[str, str]) -> None:
    """Hold parts to the whole whose people they are: none is larger, and several that make it up add up to it.

    ``parts`` are names of a column and the name of their whole: members of the board who vote or do not, a grade counted inside another; ``codes`` name groups.
    """
    counts = reading.table.groupby([column, "ethnic_group"], sort=False)[count].sum()
    for (names, whole), group in product(parts, dict.fromkeys(reading.table["ethnic_group"])):
        known = {name: counts[name, group] for name in names if (name, group) in counts.index and not is_hidden(counts[name, group])}
        total, added = counts.get((whole, group), 0), sum(known.values())
        there = (whole, group) in counts.index or not reading.problems  # else its row is told by itself
        if there and not is_hidden(total) and (added > total or (len(known) > 1 and added != total)):
            rows = reading.table[reading.table["ethnic_group"].eq(group) & reading.table[column].isin(known)]
            found = " and ".join(f"{people:,.0f} '{name}'" for name, people in known.items())
            those = " and ".join(known)
            action = f"Correct the part or the whole: everybody of {those} is counted in '{whole}' too, of which the total is."
            reading.wrong(f"parts of the {total:,.0f} of '{whole}' in group {codes[group]}", action, found, int(rows.index[0]), count)


def check_separated(reading: Reading) -> None:
    """Refuse a grade counted both apart (clinical, non-clinical) and together: nobody can tell whether the one holds the other."""
    for grade, rows in reading.table.groupby("grade", sort=False):
        together = rows["staff_group"].eq("not_separated")
        if together.any() and rows["staff_group"].isin(("clinical", "non_clinical")).any():
            found = f"'{grade}' not separated beside the same grade clinical or non-clinical"
            action = "Take the rows out that hold the others' people; or move the people of 'not_separated' into the other two."
            reading.wrong("a grade counted apart, or together", action, found, int(rows.index[together][0]), "staff_group")


#: Parts of the board that together are the whole.
OF_THE_BOARD = ((("voting", "non_voting"), "total"), (("executive", "non_executive"), "total"))

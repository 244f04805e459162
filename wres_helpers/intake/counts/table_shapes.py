"""Other shapes of a counts table: groups across, ethnic categories in place of groups, rows and columns of totals."""

import re
from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pandas as pd

from wres_helpers.intake.counts.group_words import CATEGORY_HEADINGS, GroupWords, total_label
from wres_helpers.intake.counts.made_up_counts import tell_made_up
from wres_helpers.intake.counts.rows_left_out import tell_left_out
from wres_helpers.intake.counts.survey_questions import each_answers_all
from wres_helpers.intake.counts.words_across import words_across
from wres_helpers.intake.spellings import spellings
from wres_helpers.standard.columns import BME, ETHNIC_CATEGORY, UNKNOWN, WHITE
from wres_helpers.tables.cell_readers import bare_key, clean_text, count_or_suppressed, loose_key, shown_cell, whole_number, written_count
from wres_helpers.tables.declared import DeclaredTable, Reading

#: Categories that by their words hold all others: ``Total clinical``, ``Trust total``, ``All directorates``, ``Whole trust``, ``Staff (all)``.
_A_WHOLE = re.compile(
    r"(grand |sub ?|overall )?totals?( .*)?|.* (sub ?)?totals?|"
    r"(all|both|whole|entire|overall)( of)?( the)? (?P<of>[a-z ]+)|(?P<all>[a-z ]+) (overall|all|combined)"
)


def whole_label(text: str, heading: str, names: Iterable[str]) -> bool:
    """Tell whether a category of a breakdown is by its words all others together; All Saints and all other directorates are not.

    ``names`` are the organisation's own, which name a part where the breakdown is by organisation.
    """
    bare = bare_key(text)
    if found := _A_WHOLE.fullmatch(bare):
        noun = found["of"] or found["all"] or ""
        stem = re.sub("(ie)?s$|y$", "", noun)
        return not noun or noun in spellings("what a whole is of") or (len(stem) > 2 and stem in bare_key(heading.replace("_", " ")))
    by_organisation = heading in spellings("heading of an organisation")
    return not by_organisation and bare.removeprefix("the ") in {"trust", "organisation", "everyone", "everybody", *map(bare_key, names)}


def into_groups(reading: Reading, table: DeclaredTable, words: GroupWords, count: str) -> None:
    """Bring a table into one row a group: words that stand across become rows, categories get their group."""
    words_across(reading, table, words, count)
    headings = ["ethnic_group", *(name for name in reading.table if loose_key(name) in CATEGORY_HEADINGS)]
    heading = next((name for name in headings if name in reading.table), None)
    if heading is None:
        return
    # the cells say what a column is: groups may stand under "Ethnicity", and categories under "ethnic_group"
    others = [cell for cell in reading.table[heading].unique() if cell.strip() and not words.group_of(cell) and not total_label(cell)]
    categories = bool(others) and (heading != "ethnic_group" or all(map(words.category_of, others)))
    reading.table = reading.table.rename(columns={heading: ETHNIC_CATEGORY if categories else "ethnic_group"})
    if categories:
        _groups_of_categories(reading, words, count)
        if table.name in ("staff_survey", "board", "population") and count in reading.table and "percent" not in reading.table:
            _summed_by_group(reading, count)


def _groups_of_categories(reading: Reading, words: GroupWords, count: str) -> None:
    groups = []
    for row, cell in reading.table[ETHNIC_CATEGORY].items():
        found = words.category_of(cell)
        group = found[0] if found else words.group_of(cell) or (cell if total_label(cell) else "")
        if not group:
            action = "Write the category's label in words (data/reference/ethnic_categories.csv lists them); a letter means nothing without its code set."
            reading.wrong("an ethnic category", action, shown_cell(clean_text(cell)[0]), int(row), ETHNIC_CATEGORY)
        groups.append(group)
    raw = reading.table = reading.table.assign(ethnic_group=groups)
    named = raw[ETHNIC_CATEGORY].map(lambda cell: words.group_of(cell) or "")
    parted = raw["ethnic_group"].isin({WHITE, BME}.intersection(raw.loc[named.eq(""), "ethnic_group"])) & named.ne("")
    number = count if count in raw else "base"
    if number in raw:  # a whole group beside its categories is their total; not stated beside not recorded are two parts of the unknown
        unknown = raw["ethnic_group"].eq(UNKNOWN)
        whole = parted | (raw[ETHNIC_CATEGORY].eq(_sum_of_others(raw[unknown], number)) & parted.any())
        _leave_out_totals(reading, whole.to_frame(ETHNIC_CATEGORY), (named.eq("") | unknown) & ~whole, number)
    read = reading.table.copy()
    read[ETHNIC_CATEGORY] = [(words.category_of(cell) or ("", cell))[1] for cell in read[ETHNIC_CATEGORY]]
    found = f"{sum(words.category_of(cell) is not None for cell in read[ETHNIC_CATEGORY].unique())} ethnic categories"
    reading.told("ethnic groups", "Each category is counted in its group.", found, column=ETHNIC_CATEGORY)
    reading.table = read


def _sum_of_others(rows: pd.DataFrame, number: str) -> str:
    """Return the category that everywhere has as many people as all others of these rows together, where there is one."""
    keys = [name for name in rows if name not in (number, ETHNIC_CATEGORY)]
    read = rows.assign(**{number: [whole_number(cell).value or 0 for cell in rows[number]]})
    wide = read.groupby([*keys, ETHNIC_CATEGORY])[number].sum().unstack(fill_value=0)
    return next((name for name in wide if len(wide.columns) > 1 and (2 * wide[name]).eq(wide.sum(axis=1)).all()), "")


def _summed_by_group(reading: Reading, count: str) -> None:
    """Add the categories of a group up, in tables that are not cut by category; with one of them hidden the sum is."""
    reading.table = reading.table.map(lambda cell: clean_text(cell)[0])  # what differs by odd spaces alone is one answer
    if {"question", "response"} <= set(reading.table):
        each_answers_all(reading, reading.table[~reading.table["response"].map(total_label).astype(bool)], ETHNIC_CATEGORY)
    reading.check_key([name for name in reading.table if name != count])
    numbers = [count_or_suppressed(cell) for cell in reading.table[count]]
    parted, raw = reading.table, reading.table.drop(columns=ETHNIC_CATEGORY)
    reading.table = raw
    if any(read.wrong for read in numbers):
        return
    parted = parted.assign(**{count: [read.value for read in numbers]})  # sums show no cell
    tell_made_up(replace(reading, table=parted), count)
    tell_left_out(reading, parted, [*raw.drop(columns=count), count], {})
    keys = [name for name in raw.columns if name != count]
    summed = raw.assign(number=[read.value for read in numbers], row=raw.index).groupby(keys, sort=False, as_index=False)
    table = summed.agg(number=("number", "sum"), row=("row", "first")).set_index("row")
    reading.table = table.rename(columns={"number": count})
    reading.table[count] = reading.table[count].map(written_count)


def without_totals(
    reading: Reading, columns: Iterable[str], count: str, shares: Iterable[str] = (), cuts: Iterable[str] = (), names: Iterable[str] = ()
) -> None:
    """Leave out rows of totals, in one column or in several at once, that are the sum of the rows they sum up; another sum is a problem.

    Columns of ``shares``, which are told as what they are later, tell no rows apart. In the breakdowns (``cuts``) a category may be a
    total by its words, or by one of the organisation's ``names``: with a count hidden nobody can tell, and that is a problem too.
    """
    if count not in reading.table:
        return
    texts = reading.table[list(columns)]
    labels = texts.apply(lambda cells: cells.map(total_label))
    plain = labels.any(axis=1)
    for name in cuts:
        if texts.loc[texts[name].map(bare_key).ne("not recorded"), name].nunique() > 1:  # a whole has parts
            labels[name] = [total or whole_label(cell, name, names) for total, cell in zip(labels[name], texts[name], strict=True)]
    if not labels.to_numpy(bool).any():
        return
    labels = labels.loc[:, ~labels.all() | texts.nunique().gt(1)]  # a column that says nothing else but one total says nothing
    total = labels.any(axis=1)
    if not total.any():
        return
    for name in texts.columns.drop(list(shares)):  # rows that say by those above them what they are: names on the first row only, subtotals
        for row in dict.fromkeys(texts.index[~total & texts[name].eq("")]):
            action = "Fill it in every row, also where the row above says it; take subtotals out."
            reading.wrong("a word that says what the row is", action, "an empty cell", int(row), name)
    empty = texts[labels.columns].eq("").mul(total, axis=0)  # beside its label a grand total has nothing to say
    _leave_out_totals(reading, labels | empty, ~total, count, shares, total & ~plain)


def _leave_out_totals(
    reading: Reading, summed: pd.DataFrame, part: pd.Series, count: str, shares: Iterable[str] = (), by_words: pd.Series | None = None
) -> None:
    """Leave out totals, each the sum of those parts that differ from it in the columns alone that are summed up in its row."""
    total = summed.any(axis=1)
    keys = reading.table.drop(columns=[count, *shares]).astype(str).map(loose_key) if total.any() else reading.table
    for place in np.flatnonzero(total) if not reading.problems else ():  # else nobody knows of which rows a total is the sum
        others = keys.columns.difference(summed.columns[summed.iloc[place]])
        same = reading.table.loc[(part & keys[others].eq(keys[others].iloc[place]).all(axis=1)).to_numpy(), count]
        numbers, typed = [whole_number(cell) for cell in same], reading.table[count].iloc[place]
        named, hidden = by_words is not None and by_words.iloc[place], any(number.wrong for number in numbers)
        if hidden and not named:
            continue  # what is wrong with the parts is told of them
        said, added = whole_number(typed), sum(number.value or 0 for number in numbers)
        expected = f"a total of {added:,}, the sum of its rows"
        action = "Correct the total or the rows; or leave the total out, the pack adds up itself."
        if not numbers or hidden:
            expected = "a total of rows that are there" + ", none of them hidden" * hidden
            action = "Take the row out: the pack adds up itself."
        column, found = count, shown_cell(typed.strip())
        if named:
            column = summed.columns[summed.iloc[place]][0]
            found = f"{shown_cell(reading.table[column].iloc[place])} with {found}"
            action += " If it is a part like the others, give it a name of its own."
        if not numbers or said.wrong or hidden or said.value != added:
            reading.check_key(list(keys.columns))
            if reading.problems and reading.problems[-1].found == "a repeated row":  # which is why
                break
            reading.wrong(expected, action, found, int(keys.index[place]), column)
    if total.any() and not reading.problems:
        first = int(total.to_numpy().argmax())
        column = summed.columns[summed.iloc[first]][0]
        across = keys.index.duplicated(keep=False) & summed.get("ethnic_group", total)  # a column became a row of each of its rows
        rows = keys.index[total & ~across].nunique()
        found = ["a column of totals"] * bool(across.any()) + [f"{rows} row{'s' * (rows > 1)} of totals"] * bool(rows)
        reading.told("rows without totals", "Left out: the pack adds up itself.", " and ".join(found), int(keys.index[first]), column)
    reading.table = reading.table[~total]

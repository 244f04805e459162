"""Other shapes of a counts table: groups across, ethnic categories in place of groups, rows and columns of totals."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from wres_helpers.intake.spellings import spellings
from wres_helpers.intake.survey_questions import is_no_answer, listed
from wres_helpers.settings.parameters import Parameters
from wres_helpers.standard.columns import BME, ETHNIC_CATEGORY, UNKNOWN, WHITE
from wres_helpers.standard.reference_tables import ethnic_categories
from wres_helpers.standard.standards import read_standard
from wres_helpers.tables.cell_readers import SUPPRESSED, bare_key, clean_text, count_or_suppressed, loose_key, shown_cell, whole_number
from wres_helpers.tables.declared import Reading, Table

_CATEGORY_HEADINGS = spellings("heading of a category")
_TOTALS = frozenset(map(loose_key, spellings("total")))


@dataclass(frozen=True)
class GroupWords:
    """What words mean which ethnic group."""

    words: Mapping[str, str]  # another word for a group, as loose_key has it, to the group
    categories: Mapping[str, tuple[str, str]] = field(repr=False)  # a category's label that means one group in all code sets, bare, to both

    def group_of(self, text: str) -> str | None:
        """Return the group a word means, or None."""
        key = loose_key(text)
        return key if key in (WHITE, BME, UNKNOWN) else self.words.get(key)

    def category_of(self, text: str) -> tuple[str, str] | None:
        """Return the group and the label of an ethnic category, or None."""
        return self.categories.get(bare_key(text))


def group_words(parameters: Parameters) -> GroupWords:
    """Return the words for the groups: the pack's, the master file's terms, and the labels of the ethnic categories."""
    terms = parameters.terms
    own = {terms.white: WHITE, terms.bme: BME, terms.bme_long: BME, terms.unknown: UNKNOWN}
    table = ethnic_categories(parameters.reference_folder)
    meant: dict[str, set[str]] = {}
    labels: dict[str, str] = {}
    for label, group in zip(table["label"], table["group"], strict=True):
        meant.setdefault(bare_key(label), set()).add(group)
        labels.setdefault(bare_key(label), label)
    certain = {key: (groups.pop(), labels[key]) for key, groups in meant.items() if len(groups) == 1}
    standard = read_standard(parameters.reference_folder)
    codes = {word: group for words in (standard.codes, standard.labels) for group, word in words.items()}
    words = spellings("group") | own | codes
    return GroupWords({loose_key(word): words[word] for word in reversed(words)}, certain)


def total_label(text: str) -> bool:
    return loose_key(text) in _TOTALS


def into_groups(reading: Reading, table: Table, words: GroupWords) -> None:
    """Bring a table into one row a group: groups or categories across become rows, categories get their group."""
    count = table.columns[-1].name if table.name != "staff_survey" else "respondents"
    _groups_across(reading, count, words)
    heading = next((name for name in reading.table.columns if loose_key(name) in _CATEGORY_HEADINGS), None)
    if "ethnic_group" in reading.table:
        heading = "ethnic_group" if _holds_categories(reading.table["ethnic_group"], words) else None
    if heading is None:
        return
    reading.table = reading.table.rename(columns={heading: ETHNIC_CATEGORY})
    _groups_of_categories(reading, table, words)


def _groups_across(reading: Reading, count: str, words: GroupWords) -> None:
    raw = reading.table
    if "ethnic_group" in raw or count in raw or any(loose_key(name) in _CATEGORY_HEADINGS for name in raw.columns):
        return
    across = [name for name in raw.columns if words.group_of(name) or words.category_of(name)]
    totals = [name for name in raw.columns if total_label(name)]
    empty = [name for name in across if not raw[name].str.strip().any()]
    across = [name for name in across if name not in empty]
    if len(across) < 2:
        return
    kept = [name for name in raw.columns if name not in (*across, *totals, *empty)]
    parts = [{"ethnic_group": name.replace("_", " "), count: raw[name]} for name in (*across, *totals)]
    one_row_each(reading, kept, parts, ("group", across))


def one_row_each(reading: Reading, kept: list[str], parts: list[dict], told: tuple[str, Iterable[str]]) -> None:
    """Give what stands across a row of its own: each part beside the columns kept; what it is, and the headings, are told."""
    what, across = told
    reading.table = pd.concat([reading.table[kept].assign(**part) for part in parts]).fillna("").sort_index(kind="stable")
    reading.told(f"one row a {what}", "Read so.", f"{what.partition(' ')[0]}s across: " + ", ".join(across), 1)


def _holds_categories(cells: pd.Series, words: GroupWords) -> bool:
    distinct = [cell for cell in dict.fromkeys(cells) if not words.group_of(cell) and not total_label(cell)]
    return bool(distinct) and all(words.category_of(cell) for cell in distinct)


def _groups_of_categories(reading: Reading, table: Table, words: GroupWords) -> None:
    groups = []
    for row, cell in reading.table[ETHNIC_CATEGORY].items():
        found = words.category_of(cell)
        group = found[0] if found else words.group_of(cell) or (cell if total_label(cell) else "")
        if not group:
            action = "Write the category's label in words (data/reference/ethnic_categories.csv lists them); a letter means nothing without its code set."
            reading.wrong("an ethnic category", action, shown_cell(clean_text(cell)[0]), int(row), ETHNIC_CATEGORY)
        groups.append(group)
    reading.table = reading.table.assign(ethnic_group=groups)
    for group in (WHITE, BME):  # not stated beside not recorded are two parts of the unknown
        _without_whole_group(reading, table, words, group)
    read = reading.table.copy()
    read[ETHNIC_CATEGORY] = [(words.category_of(cell) or ("", cell))[1] for cell in read[ETHNIC_CATEGORY]]
    found = f"{read[ETHNIC_CATEGORY].nunique()} ethnic categories"
    reading.told("ethnic groups", "Each category is counted in its group.", found, column=ETHNIC_CATEGORY)
    reading.table = read
    if table.name in ("staff_survey", "board"):
        _summed_by_group(reading)


def _without_whole_group(reading: Reading, table: Table, words: GroupWords, group: str) -> None:
    """Leave out rows of a whole group that stand beside its categories, as totals of them; else these people count twice."""
    raw = reading.table
    of_group = raw["ethnic_group"].eq(group)
    whole = of_group & raw[ETHNIC_CATEGORY].map(lambda cell: words.group_of(cell) == group)
    count = next((name for name in (table.columns[-1].name, "respondents") if name in raw), None)
    if count and (of_group & ~whole).any():
        _leave_out_totals(reading, whole, of_group & ~whole, (ETHNIC_CATEGORY, count))


def _summed_by_group(reading: Reading) -> None:
    """Add the categories of a group up, in tables that are not cut by category; with one of them hidden the sum is."""
    raw = reading.table.drop(columns=ETHNIC_CATEGORY)
    count = next((name for name in ("respondents", "members") if name in raw), None)
    if count is None or "percent" in raw:
        return
    if "response" in raw:
        each_category_answers_all(reading)
    numbers = [count_or_suppressed(cell) for cell in raw[count]]
    if any(read.wrong for read in numbers):
        reading.table = raw
        return
    keys = [name for name in raw.columns if name != count]
    summed = raw.assign(number=[read.value for read in numbers], row=raw.index).groupby(keys, sort=False, as_index=False)
    table = summed.agg(number=("number", "sum"), row=("row", "first")).set_index("row")
    reading.table = table.rename(columns={"number": count})
    reading.table[count] = ["[c]" if number == SUPPRESSED else f"{number:.0f}" for number in reading.table[count]]


def each_category_answers_all(reading: Reading) -> None:
    """Tell a category that lacks an answer others gave: its people would be left out of the base as if nobody had given it."""
    said = reading.table[~reading.table["response"].map(lambda text: total_label(text) or is_no_answer(text))]
    for question, rows in said.groupby("question", sort=False):
        for category, own in rows.groupby(ETHNIC_CATEGORY, sort=False):
            missing = [answer for answer in dict.fromkeys(rows["response"]) if answer not in set(own["response"])]
            if missing:
                found, action = f"no row for '{category}' with {listed(missing)}", "Add the rows, with 0 where nobody gave the answer."
                expected = f"a row for each answer to question {question} in each category"
                reading.wrong(expected, action, found, int(own.index[0]), "response")


def without_totals(reading: Reading, column: str, count: str) -> None:
    """Leave out rows of totals that are the sum of the rows they sum up, and tell it; another sum is a problem."""
    raw = reading.table
    if column not in raw or count not in raw or reading.problems:
        return
    total = raw[column].map(total_label)
    if not total.any() or total.all():
        return
    _leave_out_totals(reading, total, ~total, (column, count))


def _leave_out_totals(reading: Reading, total: pd.Series, part: pd.Series, columns: tuple[str, str]) -> None:
    """Leave out totals, each the sum of those parts that differ from it in the first column alone; the second holds the numbers."""
    if not total.any():
        return
    column, count = columns
    totals, parts = reading.table[total], reading.table[part]
    others = [name for name in parts.columns if name not in columns]
    for row, record in totals.iterrows():
        same = parts[parts[others].eq(record[others]).all(axis=1)] if others else parts
        numbers = [whole_number(cell) for cell in same[count]]
        said = whole_number(record[count])
        if any(number.wrong for number in numbers):
            continue  # what is wrong with the parts is told of them
        if not numbers:
            action = "Take the row out: the pack adds up itself."
            reading.wrong("a total of rows that are there", action, shown_cell(record[count].strip()), int(row), count)
            continue
        added = sum(number.value for number in numbers)
        if said.wrong or said.value != added:
            action = "Correct the total or the rows; or leave the total out, the pack adds up itself."
            reading.wrong(f"a total of {added:,}, the sum of its rows", action, shown_cell(record[count].strip()), int(row), count)
    reading.told("rows without totals", "Left out: the pack adds up itself.", f"{len(totals)} rows of totals", int(totals.index[0]), column)
    reading.table = reading.table[~total]

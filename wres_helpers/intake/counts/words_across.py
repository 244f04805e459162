"""Words that stand across: columns headed by groups, stages, questions or years, or by several of these and a measure, become one row a word."""

import re
from collections.abc import Callable, Iterator
from functools import cache

import pandas as pd

from wres_helpers.intake.counts.group_words import CATEGORY_HEADINGS, GroupWords, total_label
from wres_helpers.intake.counts.survey_percentages import is_percentages
from wres_helpers.intake.spellings import spellings
from wres_helpers.standard.years import is_year, year_of
from wres_helpers.tables.cell_readers import LONGEST_SHOWN, loose_key
from wres_helpers.tables.declared import DeclaredTable, Reading

#: A share of whatever it may be, as a heading says it: ``% of total``, ``Percentage of staff``.
_SHARE = re.compile(r"(%|percent|percentage|per_cent|proportion|share)_(of|in)_.*")

Fits = Callable[[str], bool]


def words_across(reading: Reading, table: DeclaredTable, words: GroupWords, count: str, year: str = "", asked: Fits | None = None) -> None:
    """Bring words that stand across into one row a word, each kind of words in its turn; of years that of the table alone is kept.

    A heading may be a word (``White``: how many), a word and a measure (``White %``), or words of several kinds (``Appointed White %``),
    in any order. ``asked`` tells headings that are questions.
    """
    kinds = _kinds(reading, table, words, year, asked)
    percentages = table.column("percent") is not None

    def measure_of(text: str) -> str:
        meant = spellings("measure of a column").get(text, "")
        if percentages:
            return meant
        if meant == "percent" or _SHARE.fullmatch(text):
            return "%"
        return count if meant or text in spellings("heading of a count") or table.heading_of(text) == count or total_label(text) else ""

    @cache
    def known(text: str) -> bool:
        word = bool(measure_of(text)) or any(fits(text) for fits in kinds.values())
        return word or any(known(first) and known(second) for first, second in _parted(text))

    def meant(name: str, fits: Fits) -> tuple[str, str] | None:
        """Return the word that a heading stands for, and what is counted of it: a measure, or what else the heading says."""
        parted = [(word, rest) for word, rest in _parted(name) if fits(word)]
        for word, rest in parted:
            if measure := measure_of(rest):  # before all, White respondents are not a group of that name
                return word, measure
        if fits(name):
            return None if count in raw else (name, "percent" if percentages and is_percentages(raw[name]) else count)
        return next(((word, rest) for word, rest in parted if known(rest)), None)

    for column, fits in kinds.items():
        raw = reading.table
        across = {name: found for name in raw.columns if not table.column(name) and (found := meant(name, fits))}
        _into_rows(reading, column, across)
        if column == "year" in reading.table:
            _of_year(reading, year)
    reading.table = reading.table.fillna("")
    if left := [name for name in reading.joined if name in reading.table]:
        action = "Give each column one heading that says what it counts, such as 'White' and 'White %', or make a row for each of the upper words."
        found = ", ".join(f"'{name.replace('_', ' ')}'" for name in left[:4])
        reading.wrong("two rows of headings of groups, stages or years over what is counted", action, found, 1)


def _kinds(reading: Reading, table: DeclaredTable, words: GroupWords, year: str, asked: Fits | None) -> dict[str, Fits]:
    """Return what tells a word of each kind that no column of the table has."""

    def of_column(read) -> Fits:
        return lambda text: not read(text.replace("_", " ")).wrong

    kinds: dict[str, Fits] = {"year": lambda text: is_year(_year(text))} if year else {}
    kinds |= {"question": asked} if asked else {}
    if not any(loose_key(name) in CATEGORY_HEADINGS for name in reading.table.columns):
        kinds["ethnic_group"] = lambda text: bool(words.group_of(text) or words.category_of(text) or total_label(text))
    closed = {column.name: of_column(column.read) for column in table.columns if column.choices and column.name != "ethnic_group"}
    return {name: fits for name, fits in (kinds | closed | kinds).items() if name not in reading.table}


def _parted(text: str) -> Iterator[tuple[str, str]]:
    """Give each way to part a heading in two, either way round."""
    pieces = text.split("_")
    for at in range(1, len(pieces)):
        first, second = "_".join(pieces[:at]), "_".join(pieces[at:])
        yield from ((first, second), (second, first))


def _year(text: str) -> str:
    """Return the year that a heading tells, in its own form or by its last day: ``31 March 2025``."""
    last_day = re.fullmatch(r"(?:as_at_|year_to_|year_ending_)?(?:31(?:st)?_)?mar(?:ch)?_(20[0-9][0-9])", text)
    return year_of(int(last_day[1])) if last_day else re.sub("[_/ ]", "-", text)


def _into_rows(reading: Reading, column: str, across: dict[str, tuple[str, str]]) -> None:
    """Bring columns of words (heading to word and measure) into one row a word; of one word alone, only where it is a question or a year.

    A word with a share and no number, and a total, make no words across.
    """
    raw = reading.table
    kept, filled = raw.drop(columns=list(across)), raw.columns[raw.fillna("").map(str.strip).ne("").any()]
    across = {name: found for name, found in across.items() if name in filled}
    words = dict.fromkeys(word for word, _ in across.values())
    counted = {word for word, measure in across.values() if measure != "%" and not (column == "ethnic_group" and total_label(word))}
    if len(counted) < (1 if column in ("question", "year") else 2):
        return
    own = {name: ("total", name) for name in dict.fromkeys(measure for _, measure in across.values()) if name in kept}
    if own and column == "ethnic_group":  # a number beside those of the groups is of all of them
        kept, across = kept.drop(columns=list(own)), across | own
    by_word: dict[str, dict[str, str]] = {word: {} for word, _ in across.values()}
    for name, (word, measure) in across.items():
        if (same := measure if measure in kept else by_word[word].get(measure)) is not None:
            found = f"'{same}' and '{name}', which mean the same"
            reading.wrong("one column for each number", "Remove or rename one of them.", found, 1, name)
        by_word[word][measure] = name
        headings = [name] if name == measure else reading.across.pop(name, [name])
        reading.across[measure] = [*reading.across.get(measure, []), *headings]
    made = [{column: word.replace("_", " ")} | {measure: raw[name] for measure, name in names.items()} for word, names in by_word.items()]
    rows = pd.concat([kept.assign(**columns) for columns in made])
    measures = list(dict.fromkeys(measure for _, measure in across.values()))
    # what a word has no column for is no empty cell
    reading.table = rows[rows[measures].notna().any(axis=1)].sort_index(kind="stable")
    shown = [_year(word) if column == "year" else word.replace("_", " ") for word in words]
    named = ", ".join(word[:LONGEST_SHOWN] + "…" * (len(word) > LONGEST_SHOWN) for word in shown)
    what = {"question": "question and answer", "ethnic_group": "group"}.get(column, column)
    reading.told(f"one row a {what}", "Read so.", f"{what.partition(' ')[0]}s across: {named}", 1)


def _of_year(reading: Reading, year: str) -> None:
    """Keep what stands under the table's own year; other years are told."""
    years = reading.table["year"].map(lambda word: _year(word.replace(" ", "_")))
    others, own = sorted({*years} - {year}), years.eq(year)
    if not own.any():
        reading.wrong(f"the counts of {year}", "Keep the columns of this year; each year has a folder of its own.", ", ".join(others), 1)
    elif others:
        reading.told(f"the counts of {year}", "Left out: each year has a folder of its own.", f"columns of {', '.join(others)}", 1)
    reading.table = reading.table[own].drop(columns="year")

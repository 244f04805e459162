"""Survey results printed as a percentage of a base: the one count that fits, and the others of the base."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import chain, combinations
from statistics import median_high

import numpy as np
import pandas as pd

from wres_helpers.intake.counts.group_words import holds_numbers, total_label
from wres_helpers.intake.counts.survey_questions import AT_LEAST_ONCE, NEVER, NO, NO_OR_DONT_KNOW, YES, SurveyQuestions
from wres_helpers.intake.spellings import spellings
from wres_helpers.standard.columns import ETHNIC_CATEGORY
from wres_helpers.tables.cell_readers import SUPPRESSED, Read, clean_text, hidden_number, is_hidden, is_suppressed, loose_key, whole_number
from wres_helpers.tables.declared import Reading


def fitting_counts(percentage: str, base: int) -> list[int]:
    """Return the whole counts that print as this percentage of a base, half up or truncated half down alike.

    Examples
    --------
    >>> fitting_counts("24.57", 3211), fitting_counts("23", 773)[:3], fitting_counts("50.1", 3)
    ([789], [174, 175, 176], [])
    """
    value = Fraction(percentage)
    half = Fraction(1, 2 * 10 ** len(percentage.partition(".")[2]))
    low, high = base * (value - half) / 100, base * (value + half) / 100
    first = max(0, -(-low.numerator // low.denominator))
    return list(range(first, min(base, high.numerator // high.denominator) + 1))


def without_shares(reading: Reading, columns: Iterable[str], count: str) -> None:
    """Leave out columns of numbers whose every cell is a share of the count beside it: among rows like it in some columns, or of another stage's.

    A column beside words that stood across is repeated in the rows of each; it may be of those of one word alone.
    """
    table, columns = reading.table, list(columns)
    if count not in table or not columns:
        return
    counts = pd.Series([whole_number(cell).value for cell in table[count]], table.index)
    if counts.isna().any():
        return
    keys = [name for name in table.columns if name not in (count, *columns)]
    wholes = [*_sums(table, counts, keys), *_of_stages(table, counts, keys)]
    for name in columns:
        several = [np.ones(len(table), dtype=bool)]
        for word in (word for word in ("stage", "membership", "ethnic_group") if word in keys):
            if table.groupby([key for key in keys if key != word] or [table[count] * 0])[name].nunique().eq(1).all():
                several += [table[word].eq(each).to_numpy() for each in table[word].unique()]
        if any(_are_shares(table[name].where(rows, ""), counts, wholes) for rows in several):
            found, action = "the shares of the counts beside them", "Left out: the pack calculates them."
            reading.told("counts", action, found, int(table.index[0]), name)
            reading.table = reading.table.drop(columns=name)


def _sums(table: pd.DataFrame, counts: pd.Series, keys: list[str]) -> Iterator[list[float]]:
    """Give, for each choice of columns, the sum of the rows that are alike in them, beside each row."""
    for names in chain.from_iterable(combinations(keys, size) for size in range(len(keys) + 1)):
        yield list(counts.groupby([table[name] for name in names]).transform("sum") if names else counts * 0 + counts.sum())


def _of_stages(table: pd.DataFrame, counts: pd.Series, keys: list[str]) -> Iterator[list[float]]:
    """Give, beside each row, the count of those like it at each stage, and at the stage before its own."""
    if "stage" in keys:
        like = list(table[[key for key in keys if key != "stage"]].itertuples(index=False, name=None))
        known, order = dict(zip(zip(like, table["stage"], strict=True), counts, strict=True)), list(table["stage"].unique())
        before = dict(zip(order, order[:1] + order, strict=False))
        for of in (before, *(dict.fromkeys(order, stage) for stage in order)):
            yield [known.get((others, of[stage]), 0) for others, stage in zip(like, table["stage"], strict=True)]


def _are_shares(cells: pd.Series, counts: pd.Series, wholes: list[list[float]]) -> bool:
    given = [(place, read_percentage(f"{text.rstrip('% ')}%").value or "0") for place, text in enumerate(cells) if text]
    fitting = (all(counts.iloc[place] in fitting_counts(text, int(whole[place])) for place, text in given) for whole in wholes)
    return bool(given) and any(fitting)


_PERCENTAGE = re.compile(r"^([0-9]{1,3}(?:\.[0-9]+)?) ?(%|per ?cent)?$", re.I)


def read_percentage(text: str) -> Read:
    """Read a percentage as the text of its number; a fraction such as 0.25 without a sign is not certain to be one.

    Examples
    --------
    >>> read_percentage("24.57%").value, read_percentage("0.25").wrong
    ('24.57', 'a share or a percentage')
    """
    clean = clean_text(text)[0]
    if is_suppressed(clean):
        return hidden_number()
    match = _PERCENTAGE.match(clean)
    if not match or float(match[1]) > 100:
        point = "Write a point before the decimals, not a comma."
        return Read(wrong="not a percentage", cure=point if "," in clean else "Enter a percentage from 0 to 100, for example 24.57.")
    if not match[2] and 0 < float(match[1]) <= 1:
        return Read(wrong="a share or a percentage", cure="Write it with its sign, for example 24.57%; a workbook holds 24.57% as 0.2457.")
    # a formula's result has more decimals than it is exact to
    return Read(match[1] if len(match[1].partition(".")[2]) <= 6 else f"{float(match[1]):.6f}")


def is_percentages(cells: pd.Series) -> bool:
    """Tell whether the cells that hold something are percentages and cannot be counts: with their sign, or with decimals."""
    filled = [text for text in cells.fillna("").map(str.strip) if text and not is_suppressed(text)]
    return any(re.search(r"%$|\.0?[1-9]", text) for text in filled) and not any(read_percentage(text).wrong for text in filled)


def without_everybody(reading: Reading, before: pd.DataFrame) -> None:
    """Leave out percentages of all groups together; refuse a base that stood beside several groups ``before``: nobody knows whose it is."""
    table = reading.table
    if not {"ethnic_group", "percent"} <= set(table):
        return
    whole = table["ethnic_group"].map(total_label).astype(bool)
    if whole.any() and not whole.all():
        reading.told("the answers of each group", "Left out.", "percentages of all groups together", int(table.index[whole][0]))
        table = reading.table = table[~whole]
    groups = list(dict.fromkeys(table["ethnic_group"]))
    if "base" in before and "ethnic_group" not in before and "base" not in reading.across and len(groups) > 1:
        action = "Give each group's own base: name the columns " + " and ".join(f"'{group}_base'" for group in groups) + "."
        reading.wrong("a base of each group", action, "one base beside several groups", 1, "base")


def measures_in_rows(reading: Reading, count: str) -> None:
    """Bring a table whose rows say in a column of which measure their number is (percent, base) into one row with both."""
    table, known = reading.table, spellings("measure of a column")
    for name in table.columns if count in table else ():
        measures = table[name].map(lambda cell: known.get(loose_key(cell), ""))
        if set(measures) != {"percent", "base"}:
            continue
        keys = [other for other in table.columns if other not in (name, count)]
        percents, bases = (table.drop(columns=name)[measures.eq(each)].rename(columns={count: each}) for each in ("percent", "base"))
        both = percents.reset_index(names="row").merge(bases, "outer", keys)
        if len(both) != len(percents) or len(both) != len(bases) or both["row"].isna().any():
            action = "Give every question, answer and group one row of either."
            reading.wrong("a percentage and a base of each", action, "one without the other, or twice", 1, name)
            return
        reading.table = both.set_index("row").sort_index(kind="stable").rename_axis(None)
        reading.told("percentage and base side by side", "Read so.", "percentage and base in rows of their own", 1, name)


def unnamed_measures(reading: Reading) -> bool:
    """Tell columns of numbers under headings that nobody knows, each with what it seems to be, where the survey's own are missing."""
    table = reading.table
    known = {"question", "response", "ethnic_group", ETHNIC_CATEGORY, "percent", "base", "respondents"}
    numbers = [name for name in table if name not in known and holds_numbers(table[name].astype(str))]
    shares = [name for name in numbers if "%" in name or "percent" in name or table[name].astype(str).str.contains("[.%]").any()]
    counts = [name for name in numbers if name not in shares]
    meant = [] if "percent" in table else [(name, "percent") for name in shares[:1]]
    if not {"base", "respondents"} & set(table):
        meant += [(name, "base" if shares or "percent" in table else "respondents") for name in counts[:1]]
    if meant:
        renamed = " and ".join(f"'{name.replace('_', ' ')}' to '{measure}'" for name, measure in meant)
        of_nothing = {"base", "respondents"}.isdisjoint({*table, *dict(meant).values()})
        action = f"Rename {renamed}, if it is that." + " A percentage needs its base, the number it is of." * of_nothing
        reading.wrong("respondents; or percent and base", action, ", ".join(f"'{name.replace('_', ' ')}'" for name, _ in meant), 1)
    return bool(meant)


def refuse_exchanged(reading: Reading) -> None:
    """Tell once where percentages stand under 'base', and the numbers they are of under 'percent'."""
    percents, bases = ([*filter(None, reading.table[name])] if name in reading.table else [] for name in ("percent", "base"))
    turned = [*(whole_number(cell).wrong for cell in percents), *(read_percentage(cell).wrong for cell in bases)]
    if percents and any("." in cell for cell in bases) and not any(turned):
        expected, action = "percentages under 'percent', and the number each is of under 'base'", "Exchange the two headings."
        reading.wrong(expected, action, "each under the other's heading", 1, "percent")


def settle_respondents(reading: Reading) -> None:
    """Hold respondents to the percentages beside them: they are the people who gave the answer, or the base, as the percentages say.

    The table has the columns ``respondents`` and ``percent``, and perhaps ``base``. Where they turn out to be the base they are called so;
    what neither reading fits is told: a percentage that was given is never left unread.
    """
    table = reading.table
    whole = table.groupby(_one_group(table), sort=False)["respondents"]
    stated = "base" in table and bool(table["base"].ne("").any())
    given = table.assign(of=table["base"] if stated else whole.transform("sum"))[["percent", "respondents", "of"]]
    # rows may stand twice: groups across
    said = [cells for cells in given.itertuples(name=None) if "" not in cells and not any(map(is_hidden, cells))]
    wrong = [cells for cells in said if cells[2] not in fitting_counts(cells[1], int(cells[3]))]
    if wrong and not stated and not whole.transform("nunique").gt(1).any():
        expected, found = "respondents who gave the answer, or their base", "respondents beside percentages"
        action = "Read as the base: the people the percentages are of, not those who gave the answer."
        reading.told(expected, action, found, 1, "respondents")
        reading.table = table.drop(columns=["base"] if "base" in table else []).rename(columns={"respondents": "base"})
        return
    of = "" if stated else ", the answers of the group together"
    action = "Correct the one that is wrong" + ("." if stated else ", or name the column of all who answered 'base'.")
    for row, text, count, base in wrong:
        reading.wrong(f"{text}% of {base:,.0f}{of}", action, f"{count:,.0f}", int(row), "respondents")
    for _, rows in table[table["base"].ne("")].groupby(_one_group(table), sort=False) if stated else ():
        if rows["respondents"].sum() > max(rows["base"]) and not rows[["respondents", "base"]].map(is_hidden).any(axis=None):
            found, action = f"{rows['respondents'].sum():,.0f} in all its answers", "Correct the respondents or the base."
            reading.wrong(f"no more than the base {max(rows['base']):,.0f}", action, found, int(rows.index[0]), "respondents")


def _one_group(table: pd.DataFrame) -> list[str]:
    """Return the columns that name one question and group, whose answers make up a base."""
    return [name for name in table.columns if name not in ("response", "percent", "base", "respondents")]


def respondents_of_percentages(reading: Reading, survey: SurveyQuestions) -> None:
    """Turn percentages and bases into respondents, and those in the base who gave no answer told into the answer they gave.

    The table has the columns ``percent`` (the number's text) and ``base`` (a whole number) and gets ``respondents``. Of a
    question with one answer a group, all others in the base gave the other one.
    """
    _restore_zeros(reading)
    table = reading.table
    table["respondents"] = [_count(reading, int(row), text, base) for row, text, base in table[["percent", "base"]].itertuples()]
    if reading.problems:
        return
    added = [part for _, rows in table.groupby(_one_group(table), sort=False) for part in _others_in_base(reading, rows, survey)]
    for other, rows in pd.concat(added).groupby("response", sort=False) if added else ():
        rest = ", ".join(f"{count:,.0f}" for count in rows["respondents"] if not is_hidden(count)) or "a hidden number"
        action, found = f"The others of each base are counted as '{other}': {rest}.", "one answer of a base"
        reading.told("every answer", action, found, int(rows.index[0]), "base")
    told = pd.concat([table, *added]).drop(columns=["percent", "base"])
    reading.table = told.astype({"respondents": float if told["respondents"].map(is_hidden).any() else int})


def _restore_zeros(reading: Reading) -> None:
    """Read a percentage that a spreadsheet cut short, 25 for 25.0, with the decimals that half of the column or more show, where at most one count fits."""
    percents = reading.table["percent"].to_list()
    shown = [len(text.partition(".")[2]) for text in percents if not is_hidden(text)]
    for place, (row, text, base) in enumerate(reading.table[["percent", "base"]].itertuples()):
        if not is_hidden(text) and not is_hidden(base) and len(fitting_counts(text, int(base))) > 1:
            longer = f"{Decimal(text):.{max(median_high(shown), len(text.partition('.')[2]))}f}"
            if len(fits := fitting_counts(longer, int(base))) < 2:
                percents[place] = longer
            if len(fits) == 1:
                action = f"Read as {longer}: most of the column has as many decimals."
                reading.told("a percentage that fits one count of its base", action, text, int(row), "percent")
    reading.table["percent"] = percents


def _count(reading: Reading, row: int, text: str, base: int) -> float:
    if is_hidden(text) or is_hidden(base):
        return SUPPRESSED
    base = int(base)  # a column with hidden numbers holds no integers
    fits = fitting_counts(text, base)
    if len(fits) != 1:
        least = int(float(Fraction(text) * base / 100))
        near = [f"{count:,} ({100 * count / base:.2f}%)" for count in (least, least + 1) if count <= base and base]
        found = f"{len(fits)} counts from {fits[0]:,} to {fits[-1]:,}" if fits else "no whole count"
        decimals = ", or for more decimals (in a workbook, with the number format 0.0 or 0.00)."
        cure = decimals if fits else f"; the nearest are {' and '.join(near) or 'none: the base is 0'}."
        expected, action = "a percentage that fits one count of its base", f"Ask for the number of respondents{cure}"
        reading.wrong(expected, action, f"{text}% of {base:,}, which fits {found}", row, "percent")
        return 0
    return fits[0]


def _others_in_base(reading: Reading, rows: pd.DataFrame, survey: SurveyQuestions) -> list[pd.DataFrame]:
    bases, first = set(rows["base"]), int(rows.index[0])
    question = survey.questions[rows["question"].iloc[0]]
    if len(bases) > 1:
        found = ", ".join(f"{base:,.0f}" for base in sorted(bases))
        reading.wrong("one base a question and group", "Correct the base.", found, first, "base")
        return []
    base, said = bases.pop(), rows["respondents"].sum()
    if len(rows) > 1:
        if said != base and not is_hidden(said):
            action = "Add the answers that are missing, or correct the base."
            reading.wrong(f"answers that add up to the base {base:,.0f}", action, f"{said:,.0f}", first, "percent")
        return []
    other = _OTHER_SIDE.get((question.affected, rows["response"].iloc[0]))
    if other is None:
        return []
    if other == NO and question.needs_dont_know:
        other = NO_OR_DONT_KNOW
    rest = SUPPRESSED if is_hidden(said) else base - said  # of a hidden number the others are hidden, too
    return [rows.assign(response=other, respondents=rest)]


_OTHER_SIDE = {(True, AT_LEAST_ONCE): NEVER, (True, NEVER): AT_LEAST_ONCE, (False, YES): NO}

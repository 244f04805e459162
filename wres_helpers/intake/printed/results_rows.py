"""The pack's own ``results.csv``, given as the figures that somebody printed: each of its rows becomes a row of the register for each figure."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Final

import pandas as pd

from wres_helpers.intake.printed import register_words as words
from wres_helpers.standard.columns import OVERALL, RESULT_COLUMNS
from wres_helpers.tables.cell_readers import clean_text, did_you_mean, shown_cell
from wres_helpers.tables.declared import Reading

#: Measures of ``results.csv`` whose counts are items of the register: who is counted, and of whom.
_MEASURES: Final = {
    "appointed_from_shortlisting": ("appointed", "shortlisted"),
    "shortlisted_from_applied": ("shortlisted", "applied"),
    "appointed_from_applied": ("appointed", "applied"),
    "entering_disciplinary": (words.ENTERED, words.HEADCOUNT),
    "accessing_training": ("accessed_training", words.HEADCOUNT),
    "share_of_grade": (words.WORKFORCE, "all groups"),
    "board_share": (words.BOARD, "all groups"),
}
_GROUPS: Final = ("white", "bme", "unknown")
#: Columns of ``results.csv`` from which figures are made; ``value`` is another heading for what is printed.
_OF_RESULTS: Final = ("year", "breakdown", "category", "comparison", "direction", "printed")
#: What a value of ``results.csv`` is of two rates, and what directions it has but two groups.
_COMPARED: Final = ("ratio", "difference")
_OF_ALL: Final = ("grade-workforce", "board-workforce")


def rows_of_results(reading: Reading, measures: Sequence[str]) -> None:
    """Bring rows of the pack's own results into one row a figure; they are held to the ``measures`` of the standard, where these are given."""
    there = dict.fromkeys([*reading.table.columns, *_OF_RESULTS])  # a file cut short in its headings has some of them
    found = reading.table = reading.table.map(lambda cell: clean_text(cell)[0]).reindex(columns=list(there), fill_value="")
    for name in found.columns.difference([*RESULT_COLUMNS, *_OF_RESULTS, *words.REGISTER_COLUMNS]):
        reading.told("the columns of results.csv", "Left out; rename it if it is one of them.", "another heading", 1, name)
    for number, measure in found["measure"].items() if measures else ():
        if measure not in measures:
            cure = did_you_mean(measure, measures, "Correct it, or take the row out.")
            reading.wrong("a measure of the standard (indicators.csv)", cure, shown_cell(measure), int(number), "measure")
    for number, compared, direction in found.loc[found["printed"].ne(""), ["comparison", "direction"]].itertuples():
        if compared not in _COMPARED:
            reading.wrong("ratio or difference beside a value", "Correct the cell.", shown_cell(compared), int(number), "comparison")
        elif direction not in _OF_ALL and not {"/", "-"} & set(words.group_name(direction) or ""):
            expected = f"two groups, for example white/bme, or one of {', '.join(_OF_ALL)}"
            reading.wrong(expected, "Correct the cell.", shown_cell(direction), int(number), "direction")
    for number, breakdown, category in found[["breakdown", "category"]].itertuples():
        if (breakdown in ("", OVERALL[0])) is not (category in ("", OVERALL[1])):
            empty = "category" if breakdown else "breakdown"
            cure = "Fill the cell in; the whole is 'overall' and 'all'."
            reading.wrong("a breakdown and its category", cure, shown_cell(category if breakdown else breakdown), int(number), empty)
    reading.check_key(["year", "measure", "breakdown", "category"])
    once = found[~found.index.isin([problem.row for problem in reading.problems if problem.found == "a repeated row"])]
    records = zip(once.index, once.astype(object).to_dict("records"), strict=True)
    rows = [(number, row) for number, each in records for row in _of_result(each)]
    reading.table = pd.DataFrame([row for _, row in rows], index=[number for number, _ in rows]).fillna("")


def _of_result(row: dict[str, str]) -> list[dict[str, str]]:
    """Return the figures of one row of ``results.csv``: counts, bases, rates and what is compared."""
    measure, year = row["measure"], row["year"]
    item, base = _MEASURES.get(measure, (f"counted in {measure}", f"base of {measure}"))
    cut = {"breakdown": row["breakdown"] if item != words.BOARD else "membership", "category": row["category"]}
    if cut["breakdown"] == "overall":
        cut = {"breakdown": "", "category": ""}
    name = ".".join(part for part in (measure, row["breakdown"], row["category"], year) if part).replace(" ", "-")
    # every row stands for itself: the rows of a breakdown need not be all there are
    place = {"where": f"results.csv, {name}", "year": year} | cut
    found = []
    for group in _GROUPS:
        for column, claim, of_item, of_group in (
            ("count", words.COUNT, item, group),
            ("base", words.COUNT, item if base == "all groups" else base, "all" if base == "all groups" else group),
            ("rate", words.SHARE, item, group),
        ):
            text = _percent(row.get(f"{group}_rate", "")) if column == "rate" else row.get(f"{group}_{column}", "")
            if text:
                what = {"claim": claim, "printed": text, "item": of_item, "ethnic_group": of_group}
                found.append(place | what | {"id": f"{name}.{group}-{column}", "base": base if claim == words.SHARE else ""})
    return found + _compared(row, place | {"id": f"{name}.value", "item": item, "base": base})


def _compared(row: dict[str, str], shared: dict[str, str]) -> list[dict[str, str]]:
    value = row["printed"]  # "value" is another heading for what is printed
    if not value or row["comparison"] not in _COMPARED:
        return []
    kind = words.RATIO if row["comparison"] == "ratio" else words.GAP
    text = value if kind == words.RATIO else _percent(value).replace("%", " points")
    beside = "headcount" if (row["direction"], row["measure"]) == ("grade-workforce", "share_of_grade") else ""
    group = "bme" if beside else row["direction"]
    if not words.group_name(group):
        return []  # a part's share beside that of all staff: the register has no such claim
    return [shared | {"claim": kind, "printed": text, "ethnic_group": group, "compare_with": beside}]


def _percent(text: str) -> str:
    """Write a fraction as a percentage, to the last digit; a text that is none stays as it is."""
    try:
        return f"{Decimal(text).scaleb(2):f}%"
    except InvalidOperation:
        return text

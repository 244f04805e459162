"""Other shapes of a register: a table as printed, with the groups across, and the pack's own ``board/data/results.csv``."""

import re
from decimal import Decimal, InvalidOperation
from typing import Final

import pandas as pd

from wres_helpers.intake.register_words import BOARD, CHANGE, COUNT, ENTERED, GAP, HEADCOUNT, RATIO, SHARE, WORDS, WORKFORCE, group_name
from wres_helpers.tables.declared import Reading, Table

#: Measures of ``results.csv`` whose counts are items of the register: who is counted, and of whom.
_MEASURES: Final = {
    "appointed_from_shortlisting": ("appointed", "shortlisted"),
    "shortlisted_from_applied": ("shortlisted", "applied"),
    "appointed_from_applied": ("appointed", "applied"),
    "entering_disciplinary": (ENTERED, HEADCOUNT),
    "accessing_training": ("accessed_training", HEADCOUNT),
    "share_of_grade": (WORKFORCE, "all groups"),
    "board_share": (BOARD, "all groups"),
}
_GROUPS: Final = ("white", "bme", "unknown")


def reshape(reading: Reading, table: Table) -> None:
    """Bring a register that is set out otherwise into one row a figure, and fill in what a long one may leave out."""
    found = reading.table
    if {"measure", "white_count", "bme_count"} <= set(found.columns):
        rows = [(number, row) for number, each in found.iterrows() for row in _of_result(each)]
        reading.table = pd.DataFrame([row for _, row in rows], index=[number for number, _ in rows]).fillna("")
    elif "printed" not in found.columns and any(group_name(str(name)) for name in found.columns):
        reading.table = _long(found)
    elif "printed" not in found.columns:
        return
    table = reading.table
    numbers = [str(index) for index in table.index]
    for column in ("id", "where", "claim"):
        if column not in table.columns:
            table[column] = ""
    table["id"] = [name.strip() or f"row-{number}" for name, number in zip(table["id"], numbers, strict=True)]
    table["claim"] = [row["claim"].strip() or _kind(row) for row in table.fillna("").to_dict("records")]


def _long(wide: pd.DataFrame) -> pd.DataFrame:
    """Give each cell under a group a row of its own; ``65 (5%)`` is two figures where the row has a base."""
    groups = {name: group for name in wide.columns if (group := group_name(str(name)))}
    rows, numbers = [], []
    for number, record in zip(wide.index, wide.to_dict("records"), strict=True):
        shared = {name: cell for name, cell in record.items() if name not in groups}
        first = str(shared.get("id") or "").strip() or f"row-{number}"
        for name, group in groups.items():
            text = str(record[name]).strip()
            kinds = [COUNT, SHARE] if re.fullmatch(r"[\d, ]+\([\d.]+ ?%\)", text) and shared.get("base") else [""]
            for kind in kinds if text else ():
                identity = f"{first}-{group.replace('/', '-over-')}" + (f"-{kind}" if kind else "")
                claim = kind or str(shared.get("claim") or "")
                rows.append(shared | {"id": identity, "printed": text, "ethnic_group": group, "claim": claim})
                numbers.append(number)
    return pd.DataFrame(rows, index=numbers).fillna("")


def _kind(row: dict[str, str]) -> str:
    """Say what kind of claim a row without one is, from what it prints and compares."""
    text, group = str(row.get("printed", "")).lower(), group_name(str(row.get("ethnic_group", ""))) or ""
    if row.get("says"):
        return WORDS
    if "point" in text or "-" in group:
        return GAP
    if "times" in text or "/" in group:
        return RATIO
    if re.search(r"%|per ?cent", text):
        return CHANGE if re.search(r"20\d\d|year", str(row.get("compare_with", ""))) else SHARE
    return COUNT


def _of_result(row: pd.Series) -> list[dict[str, str]]:
    """Return the figures of one row of ``results.csv``: counts, bases, rates and what is compared."""
    measure, year = row["measure"], row["year"]
    item, base = _MEASURES.get(measure, (f"counted in {measure}", f"base of {measure}"))
    cut = {"breakdown": row["breakdown"] if item != BOARD else "membership", "category": row["category"]}
    if cut["breakdown"] == "overall":
        cut = {"breakdown": "", "category": ""}
    name = ".".join(part for part in (measure, row["breakdown"], row["category"], year) if part).replace(" ", "-")
    # every row stands for itself: the rows of a breakdown need not be all there are
    place = {"where": f"results.csv, {name}", "year": year} | cut
    found = []
    for group in _GROUPS:
        for column, claim, of_item, of_group in (
            ("count", COUNT, item, group),
            ("base", COUNT, item if base == "all groups" else base, "all" if base == "all groups" else group),
            ("rate", SHARE, item, group),
        ):
            text = _percent(row.get(f"{group}_rate", "")) if column == "rate" else row.get(f"{group}_{column}", "")
            if text:
                what = {"claim": claim, "printed": text, "item": of_item, "ethnic_group": of_group}
                found.append(place | what | {"id": f"{name}.{group}-{column}", "base": base if claim == SHARE else ""})
    return found + _compared(row, place | {"id": f"{name}.value", "item": item, "base": base})


def _compared(row: pd.Series, shared: dict[str, str]) -> list[dict[str, str]]:
    value = row["printed"]  # "value" is another heading for what is printed
    if not value or row["comparison"] not in ("ratio", "difference"):
        return []
    kind = RATIO if row["comparison"] == "ratio" else GAP
    text = value if kind == RATIO else _percent(value).replace("%", " points")
    group, beside = row["direction"], ""
    if group == "grade-workforce":
        group, beside = "bme", "headcount" if row["measure"] == "share_of_grade" else ""
    elif not group_name(group):
        return []
    if group == "bme" and not beside:
        return []
    return [shared | {"claim": kind, "printed": text, "ethnic_group": group, "compare_with": beside}]


def _percent(text: str) -> str:
    """Write a fraction as a percentage, to the last digit; a text that is none stays as it is."""
    try:
        return f"{Decimal(text).scaleb(2):f}%"
    except InvalidOperation:
        return text

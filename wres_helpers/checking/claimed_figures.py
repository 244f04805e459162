"""The rows of a register as claims: read once, so that every rule sees the same words."""

import re
from dataclasses import dataclass, field

import pandas as pd

from wres_helpers.checking.addresses import Address, category_key, make_address, question_key, year_key
from wres_helpers.checking.printed_numbers import Printed
from wres_helpers.checking.read_printed import parse_printed
from wres_helpers.intake.register_words import (
    ALL_CATEGORIES,
    BOARD,
    COUNT,
    ENTERED,
    FIGURES,
    GAP,
    RATIO,
    REGISTER_COLUMNS,
    SHARE,
    SURVEY,
    base_name,
    claim_kind,
    group_name,
    item_name,
    unit_name,
)
from wres_helpers.standard.columns import ALL
from wres_helpers.standard.years import is_year


@dataclass(frozen=True)
class Claim:
    """One row of the register.

    Attributes
    ----------
    id, where, kind, text
        Its identifier, its place, its kind of claim and the words or figure as printed.
    printed
        The figure read, or None for words.
    address
        The quantity it speaks of; None where the row names no item.
    pair, sign
        Two groups, for a ratio (``/``) or a gap (``-``) between groups: ``("bme", "white")`` is BME over, or minus, white.
    base
        What a share is a share of; empty for a plain count.
    other
        What the other side of a comparison has that is different: parts of an address by name.
    says, refers_to, indicators, note, category
        As in the register.
    """

    id: str
    where: str
    kind: str
    text: str
    printed: Printed | None
    address: Address | None
    pair: tuple[str, str] | None = None
    sign: str = ""
    base: str = ""
    other: dict[str, str] = field(default_factory=dict)
    says: str = ""
    refers_to: str = ""
    indicators: tuple[str, ...] = ()
    note: str = ""
    category: str = ""

    @property
    def is_figure(self) -> bool:
        """True for a claim whose printed text is a number to be calculated again."""
        return self.kind in FIGURES


def claims_of(register: pd.DataFrame, year: str) -> list[Claim]:
    """Read the rows of a register; rows without an identifier or a kind the vocabulary knows are left out.

    Parameters
    ----------
    register
        One row per claim, columns of :data:`~wres_helpers.intake.register_words.REGISTER_COLUMNS` in any order.
    year
        The year meant where a row names none.
    """
    table = (
        register.reindex(columns=list(REGISTER_COLUMNS)).astype("object").fillna("").astype(str).apply(lambda column: column.str.strip())
    )
    return [claim for row in table.to_dict("records") if (claim := _claim(row, year)) is not None]


def _claim(row: dict[str, str], year: str) -> Claim | None:
    kind = claim_kind(row["claim"])
    if kind is None or not row["id"]:
        return None
    group = group_name(row["ethnic_group"]) or ALL
    item = item_name(row["item"])
    pair, sign = _pair(group, kind, item, bool(row["compare_with"]))
    address = None
    if item:
        address = make_address(item, row["breakdown"], row["category"], pair[0] if pair else group, year_key(row["year"], year))
    return Claim(
        row["id"], row["where"], kind, row["printed"], parse_printed(row["printed"], unit_name(row["unit"]) or _usual_unit(kind), kind),
        address, pair, sign, _base(row["base"], kind, item), _other(row["compare_with"]), row["says"].lower(), row["refers_to"],
        tuple(re.findall(r"\d+", row["indicator"])), row["note"], row["category"].strip("* "),
    )  # fmt: skip


def _pair(group: str, kind: str, item: str | None, has_other: bool) -> tuple[tuple[str, str] | None, str]:
    for sign in "/-":
        first, found, second = group.partition(sign)
        if found:
            return (first, second), {RATIO: "/", GAP: "-"}.get(kind, sign)
    if kind not in (RATIO, GAP):
        return None, ""
    if has_other:
        return None, "/" if kind == RATIO else "-"
    if group in ("white", "bme"):
        return (group, "white" if group == "bme" else "bme"), "/" if kind == RATIO else "-"
    # without groups, the direction in which the standard compares: above 1 is worse for BME staff
    return (("bme", "white") if item in (ENTERED, SURVEY) else ("white", "bme")), "/" if kind == RATIO else "-"


def _usual_unit(kind: str) -> str:
    return {COUNT: "people", SHARE: "percent", RATIO: "times", GAP: "points"}.get(kind, "")


def _base(text: str, kind: str, item: str | None) -> str:
    base = base_name(text) if text else None
    if base is None and not text and item == SURVEY and kind in (SHARE, RATIO, GAP):
        return ALL_CATEGORIES
    if base is None and not text and item == BOARD and kind in (SHARE, GAP):
        return "all groups"
    return base or ""


def _other(text: str) -> dict[str, str]:
    """Read what the other side of a comparison has that is different: ``white``, ``2018-19``, ``headcount; all`` ..."""
    parts: dict[str, str] = {}
    for piece in (part.strip() for part in re.split(r"[;,]", text) if part.strip()):
        if piece.lower() in ("previous year", "last year", "the year before"):
            # the year before is what a change is measured against anyway
            continue
        name, _, value = piece.partition("=")
        if value:
            parts[_part_name(name)] = _part_value(_part_name(name), value.strip())
        elif year := year_key(piece, ""):
            parts["year"] = year
        elif group := group_name(piece):
            parts["group"] = group
        elif item := item_name(piece):
            parts["item"] = item
        else:
            parts["category"] = category_key(piece)
    return parts


def _part_name(name: str) -> str:
    name = name.strip().lower()
    return "group" if name in ("ethnic_group", "ethnic group") else name


def _part_value(name: str, value: str) -> str:
    readers = {"group": group_name, "item": item_name, "category": category_key, "breakdown": question_key, "base": base_name}
    return readers[name](value) or value if name in readers else (value if is_year(value) else year_key(value, value))

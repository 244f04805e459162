"""The rows of a register as claims: as printed, as grounded in counts of people, and as figures that can be calculated again."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import pandas as pd

from wres_helpers.checking.addresses import breakdown_key, category_key, exchanged, make_count, question_key, whole_of, year_key
from wres_helpers.checking.printed_numbers import Printed
from wres_helpers.checking.read_printed import parse_printed
from wres_helpers.intake.printed import register_words as words
from wres_helpers.page_model import Amount, Count, Difference, ratio, share
from wres_helpers.standard.columns import ALL
from wres_helpers.standard.years import is_year, shifted

#: Category of the answers that an indicator counts, where a register names none.
COUNTED = "counted"
_USUAL_UNITS = {words.COUNT: "people", words.SHARE: "percent", words.RATIO: "times", words.GAP: "points"}
#: A breakdown whose categories are the groups themselves.
_BY_GROUP = re.compile(r"ethnic(?:ity|[ _]groups?)")

#: What a sentence may say of one thing in two years.
_TREND = ("increased", "decreased", "improved", "worsened", "narrowed", "widened")


@dataclass(frozen=True)
class Claim:
    """One row of a register as printed; ``printed`` is None where the text holds no number that can be read with certainty."""

    id: str
    where: str
    kind: str
    text: str
    printed: Printed | None = None
    category: str = ""
    base: str = ""
    pair: tuple[str, ...] = ()  # the two groups compared, and whether as ``bme/white`` or as ``bme-white``
    is_of_ratios: bool = False
    says: str = ""
    refers_to: str = ""
    indicators: tuple[str, ...] = ()

    @property
    def unit(self) -> str:
        """The unit a claim of this kind is in."""
        own = "" if self.kind == words.SHARE else _USUAL_UNITS.get(self.kind) or (self.printed and self.printed.unit)
        if own or self.kind != words.CHANGE:
            return own or "percent"
        return "times" if self.is_of_ratios else "points" if self.base else "people"


@dataclass(frozen=True, kw_only=True)
class PlacedClaim(Claim):
    """A claim that names what it speaks of: the count it speaks of first, and the column of a table that count stands in."""

    count: Count
    column: Count
    amounts: tuple[Amount, ...] = ()  # the amount it gives, or the two that it compares; none where it is a share of what is not said

    @property
    def sides(self) -> tuple[Amount, ...]:
        """What stands on the two sides of a comparison."""
        return self.amounts if len(self.amounts) > 1 else ()


@dataclass(frozen=True, kw_only=True)
class PrintedFigure(PlacedClaim):
    """A printed number and the amount it gives; growth is the later amount in per cent of the earlier, less ``less`` (100)."""

    printed: Printed
    unknown: Amount
    less: int = 0


def claims_of(register: pd.DataFrame, year: str) -> list[Claim]:
    """Read the rows of a register, ``year`` being meant where one names none; rows without an identifier or a known kind are left out."""
    table = register.reindex(columns=list(words.REGISTER_COLUMNS)).astype("object").fillna("").astype(str)
    rows = ({name: cell.strip() for name, cell in row.items()} for row in table.to_dict("records"))
    return [claim for row in rows if (claim := _claim(row, year)) is not None]


def as_rounded(claims: list[Claim]) -> list[Claim]:
    """Read counts that are multiples of 10, or else of 5, but for a misprint, as rounded to that: a report says so once, not in every cell."""
    counts = {claim.id: claim.printed for claim in claims if claim.kind == words.COUNT and claim.printed and claim.printed.exact}
    people = [printed.value for printed in counts.values() if printed.value]
    # eight numbers are not all multiples of five by chance, nor sixteen all but one
    to = next((to for to in (10, 5) if len(people) >= 8 * (1 + sum(value % to != 0 for value in people))), 1)
    steps = {name: replace(printed, step=max(printed.step, Fraction(to))) for name, printed in counts.items()}
    return [replace(claim, printed=steps[claim.id]) if claim.id in steps else claim for claim in claims]


def _claim(row: dict[str, str], year: str) -> Claim | None:
    kind = words.read_claim(row["claim"]).value
    if kind is None or not row["id"]:
        return None
    if _BY_GROUP.fullmatch(row["breakdown"].lower()) and (named := words.group_name(row["category"])):
        row |= {"breakdown": "", "category": "", "ethnic_group": named}
    item, group = words.item_name(row["item"]), words.group_name(row["ethnic_group"]) or ALL
    pair = _pair(group, kind, item, bool(row["compare_with"]))
    said = row["says"].lower() or (row["printed"].lower() if kind == words.WORDS else "")
    says = words.SAYING_SYNONYMS.get(said, said) if row["says"] or said in (*words.SAYINGS, *words.SAYING_SYNONYMS) else ""
    told = words.read_unit(row["unit"]).value
    printed = parse_printed(row["printed"], told or _USUAL_UNITS.get(kind, ""), kind, bool(told)) if kind in words.FIGURES else None
    claim = Claim(
        row["id"], row["where"], kind, row["printed"], printed, row["category"].strip("* "), _base(row["base"], kind, item, printed), pair,
        "/" in group, says, row["refers_to"], tuple(re.findall(r"\d+", row["indicator"])),
    )  # fmt: skip
    if not item:
        return claim
    # a percentage of answers that names no answer is one of the answers the indicator counts
    unnamed = item == words.SURVEY and kind != words.COUNT and claim.base == words.ALL_CATEGORIES and row["category"].lower() in ("", ALL)
    category = COUNTED if unnamed else row["category"]
    count = make_count(item, row["breakdown"], category, pair[0] if pair else group, year_key(row["year"], year))
    breakdown = count.breakdown if count.category != ALL or count.item == words.SURVEY else breakdown_key(row["breakdown"]) or "overall"
    of_column = words.WORKFORCE if item == words.HEADCOUNT and breakdown != "overall" else item
    column = count._replace(breakdown=breakdown, category=ALL, item=of_column)
    return _grounded(claim, count, column, _other(row["compare_with"]))


def _grounded(claim: Claim, count: Count, column: Count, other: dict[str, str]) -> PlacedClaim:
    given: dict[str, Any] = {**vars(claim), "count": count, "column": column}
    amount = amount_of(count, claim.base)
    amounts: tuple[Amount, ...] = (amount,)
    if claim.kind == words.SHARE and not claim.base:
        amounts = ()
    elif claim.kind == words.CHANGE or claim.says in _TREND or (claim.kind == words.GAP and claim.pair and "year" in other):
        earlier = count._replace(year=other.get("year") or shifted(count.year, -1))
        amounts = (_of_pair(claim, count), _of_pair(claim, earlier)) if claim.pair else (amount, amount_of(earlier, claim.base))
    elif claim.says == "in line with":
        beside = _other_side(claim, count, other) if other and not claim.base else count._replace(ethnic_group=ALL)
        amounts = tuple(share(each, exchanged(each, year={count.year: shifted(count.year, -1)})) for each in (count, beside))
    elif claim.pair:
        amounts = tuple(amount_of(count._replace(ethnic_group=group), claim.base) for group in claim.pair)
    elif other or claim.kind in (words.GAP, words.RATIO):
        amounts = (amount, _other_side(claim, count, other))
    if not (amounts and claim.kind in words.FIGURES and claim.printed):
        return PlacedClaim(**given, amounts=amounts)
    unknown, less = compared(claim, *amounts) if len(amounts) > 1 else (amount, 0)
    return PrintedFigure(**given, amounts=amounts, unknown=unknown, less=less)


def compared(claim: Claim, one: Amount, two: Amount) -> tuple[Amount, int]:
    if claim.kind == words.CHANGE:
        # without a sign or a word a change is one of people, or of points where a share has changed
        points = not claim.printed or claim.printed.unit != "percent"
        return (Difference(one, two), 0) if points else (share(one, two), 100)
    return (Difference(one, two), 0) if claim.kind == words.GAP else (ratio(one, two), 0)


def only_difference(one: PrintedFigure, other: PrintedFigure) -> str:
    """Return the one part of their counts in which two unlike figures of a table differ, such as ``year``; empty where there are more or none."""
    fields = [field for field in ("ethnic_group", "year", "category", "item") if getattr(one.count, field) != getattr(other.count, field)]
    if (one.kind, one.where, len(fields)) != (other.kind, other.where, 1) or one.printed.value == other.printed.value:
        return ""
    there = exchanged(one.unknown, **{fields[0]: {getattr(one.count, fields[0]): getattr(other.count, fields[0])}})
    return fields[0] if there == other.unknown and one.printed.exact and other.printed.exact else ""


def _of_pair(claim: Claim, count: Count) -> Amount:
    """Return the ratio of or the gap between the two groups of a claim, whose change over time is told."""
    one, two = (amount_of(count._replace(ethnic_group=group), claim.base) for group in claim.pair)
    return ratio(one, two) if claim.is_of_ratios else Difference(one, two)


def amount_of(count: Count, base: str) -> Amount:
    """Return a count, or its share where there is a base."""
    return share(count, base_of(count, base)) if base else count


def base_of(count: Count, base: str) -> Count:
    """Return the base of a share."""
    if base in (words.ALL_GROUPS, words.KNOWN_ETHNICITY):
        return count._replace(ethnic_group=ALL if base == words.ALL_GROUPS else words.KNOWN)
    if base == count.item and base not in (words.SURVEY, words.BOARD):
        return count._replace(ethnic_group=ALL)  # BME staff as a share of the staff
    if base == words.ALL_CATEGORIES or base in (words.SURVEY, words.BOARD):
        return whole_of(count)
    if base in (words.HEADCOUNT, words.WORKFORCE):
        if count.item == words.WORKFORCE:
            return Count(count.year, words.HEADCOUNT, "overall", ALL, ALL)  # of a cell of the staff, a share of them all
        cut = count.breakdown != "overall" and count.item not in (words.SURVEY, words.BOARD)
        everybody = count._replace(item=words.HEADCOUNT, breakdown="overall", category=ALL)
        return count._replace(item=words.WORKFORCE) if cut else everybody
    return count._replace(item=base)


def _other_side(claim: Claim, count: Count, other: dict[str, str]) -> Amount:
    changes = {key: value for key, value in other.items() if key in Count._fields}
    if changes.get("item", count.item) != count.item:
        changed = Count(count.year, changes["item"], "overall", ALL, count.ethnic_group)._replace(**changes)
        return share(changed, changed._replace(ethnic_group=ALL)) if claim.base else changed
    return amount_of(count._replace(**changes), claim.base)


def _pair(group: str, kind: str, item: str | None, has_other: bool) -> tuple[str, ...]:
    for sign in "/-":
        first, found, second = group.partition(sign)
        if found:
            return first, second
    if kind not in (words.RATIO, words.GAP) or has_other or not item:
        return ()
    if group in ("white", "bme"):
        return group, "white" if group == "bme" else "bme"
    # without groups, the direction in which the standard compares: above 1 is worse for BME staff
    return ("bme", "white") if item in (words.ENTERED, words.SURVEY) else ("white", "bme")


def _base(text: str, kind: str, item: str | None, printed: Printed | None) -> str:
    base = words.base_name(text) if text else ""
    of_people = kind == words.CHANGE and printed and printed.unit == "people"
    of_answers = kind in (words.SHARE, words.RATIO, words.GAP, words.WORDS, words.CHANGE) and not of_people
    if not base and item == words.SURVEY and of_answers:
        return words.ALL_CATEGORIES
    if not base and kind in (words.RATIO, words.GAP):
        # a relative likelihood is one of rates, also where the register does not say of what
        base = words.USUAL_BASES.get(item or "", "")
    return base or (words.ALL_GROUPS if item == words.BOARD and kind in (words.SHARE, words.GAP) else "")


def _other(text: str) -> dict[str, str]:
    """Read what the other side of a comparison has that is different: ``white``, ``2018-19``, ``headcount; all`` ..."""
    parts: dict[str, str] = {}
    for piece in (part.strip() for part in re.split(r"[;,]", text) if part.strip()):
        name, _, value = piece.partition("=")
        if piece.lower() in ("previous year", "last year", "the year before"):
            continue  # the year before is what a change is measured against anyway
        if value:
            name = {"group": "ethnic_group", "ethnic group": "ethnic_group"}.get(name.strip().lower(), name.strip().lower())
            value = value.strip()
            parts[name] = (_PARTS[name](value) or value) if name in _PARTS else value if is_year(value) else year_key(value, value)
        elif year := year_key(piece, ""):
            parts["year"] = year
        elif group := words.group_name(piece):
            parts["ethnic_group"] = group
        elif item := words.item_name(piece, strict=True):
            parts["item"] = item
        else:
            parts["category"] = category_key(piece)
    return parts


#: How each named part of the other side of a comparison is read.
_PARTS: dict[str, Callable[[str], str | None]] = {
    "ethnic_group": words.group_name, "item": words.item_name, "category": category_key, "breakdown": question_key,
}  # fmt: skip

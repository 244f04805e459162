"""The address of a quantity: which item, cut how, for whom, in which year; and how analysts write categories."""

import re
from dataclasses import dataclass, replace
from typing import Final

from wres_helpers.intake.register_words import BOARD, HEADCOUNT, SURVEY, WORKFORCE
from wres_helpers.standard.columns import ALL, ETHNIC_GROUPS
from wres_helpers.standard.years import is_year, shifted

_RANGE = re.compile(r"^(?:bands?|grades?)?\s*(\d+[a-d]?)\s*(?:-|to|–)\s*(?:bands?|grades?)?\s*(\d+[a-d]?)$")
_BAND = re.compile(r"^(?:agenda for change |afc )?(?:bands?|grades?)?\s*(\d+)\s*([a-d]?)$")
_YEAR = re.compile(r"(20\d\d)\s*[-/–]\s*(?:20)?(\d\d)(?!\d)")
_DAY = re.compile(r"31(?:st)?\s*(?:[./-]\s*0?3\s*[./-]|march)\s*(?:20)?(\d\d)\b", re.IGNORECASE)

GROUP_WORDS: Final = {"white": "white", "bme": "BME", "unknown": "undisclosed", ALL: "all"}
ITEM_WORDS: Final = {
    HEADCOUNT: "staff", WORKFORCE: "staff", "applied": "applicants", "shortlisted": "shortlisted", "appointed": "appointed",
    "entered_disciplinary": "entering the disciplinary process", "accessed_training": "accessing training",
    SURVEY: "survey answers", BOARD: "board members",
}  # fmt: skip


@dataclass(frozen=True)
class Address:
    """Where a count lives in the tidy counts; ``breakdown`` and ``category`` are written in lower case."""

    item: str
    breakdown: str
    category: str
    group: str
    year: str

    def of(self, **changes: str) -> "Address":
        """Return the same address with some parts changed."""
        return replace(self, **changes)

    def total(self) -> "Address":
        """Return the address of all categories together."""
        if self.item in (SURVEY, BOARD):
            return self.of(category="total" if self.item == BOARD else ALL)
        return Address(HEADCOUNT if self.item == WORKFORCE else self.item, "overall", ALL, self.group, self.year)

    def in_words(self) -> str:
        """Name the quantity in a few words."""
        cut = [] if self.breakdown == "overall" else ([self.breakdown] if self.item == SURVEY else [])
        if self.category != ALL:
            cut.append(self.category)
        place = f" ({', '.join(cut)})" if cut else ""
        return f"{GROUP_WORDS.get(self.group, self.group)} {ITEM_WORDS.get(self.item, self.item)}{place} {self.year}"


def make_address(item: str, breakdown: str, category: str, group: str, year: str) -> Address:
    """Return the address an analyst means, with the parts he may leave out filled in."""
    breakdown, category = breakdown.strip().lower() or "", category_key(category) or ""
    if item == BOARD:
        return Address(item, "membership", "total" if category in ("", ALL) else category, group, year)
    if item == SURVEY:
        return Address(item, question_key(breakdown), category or ALL, group, year)
    if category and category != ALL and not breakdown:
        breakdown = "grade"
    if item == HEADCOUNT and breakdown not in ("", "overall"):
        item = WORKFORCE
    if not breakdown or (category in ("", ALL) and breakdown in ("overall", "all")):
        # all of the workforce is the headcount, whichever table prints it
        return Address(HEADCOUNT if item == WORKFORCE else item, "overall", ALL, group, year)
    return Address(item, breakdown, category or ALL, group, year)


def question_key(text: str) -> str:
    """Write a question number one way: ``13a`` for ``Q13a``, ``q 13a`` and ``Question 13a.``."""
    return re.sub(r"^(?:question|q)\.?\s*(?=\d)", "", text.strip().lower()).rstrip(". ")


def category_key(text: str) -> str:
    """Write a category one way: lower case, bands and ranges of bands in one spelling."""
    text = re.sub(r"\s+", " ", text.replace("*", "").replace("–", "-").strip().lower())
    if text in ("", ALL, "total", "overall", "everyone"):
        return ALL if text else ""
    if text.startswith("not "):
        return "not " + category_key(text[4:])
    parts = text.split(" + ") if " + " in text else _listed_bands(text)
    return " + ".join(_single_key(part) for part in parts or [text])


def _single_key(text: str) -> str:
    if match := _RANGE.match(text):
        return f"bands {match[1]} to {match[2]}"
    if match := _BAND.match(text):
        return f"band {match[1]}{match[2]}"
    return text.replace("very senior managers", "vsm").replace("very senior manager", "vsm")


def _listed_bands(text: str) -> list[str]:
    """Read several bands written in a list: ``bands 5 and 7``, ``band 5, band 6``."""
    parts = re.split(r"\s*(?:,|&|\band\b)\s*", text)
    return parts if len(parts) > 1 and all(_BAND.match(part) for part in parts) else []


def band_position(category: str) -> tuple[int, str] | None:
    """Return where a single band stands in the order of pay, or None if the category is not a single band."""
    match = _BAND.match(category)
    return (int(match[1]), match[2]) if match else None


def range_ends(category: str) -> tuple[tuple[int, str], tuple[int, str]] | None:
    """Return the first and last band of a range such as ``bands 8a to 9``, or None."""
    match = _RANGE.match(category)
    if not match:
        return None
    first, last = band_position(match[1]), band_position(match[2])
    # "bands 1 to 8" holds all of band 8
    return (first, (last[0], last[1] or "z")) if first and last else None


def year_key(text: str, default: str) -> str:
    """Write a reporting year one way: ``2019-20`` for ``2019/20``, ``2019-2020`` and ``31 March 2020``."""
    text = text.strip()
    if is_year(text):
        return text
    if (match := _YEAR.search(text)) and is_year(year := f"{match[1]}-{match[2]}"):
        return year
    if match := _DAY.search(text):
        return f"{2000 + int(match[1]) - 1}-{int(match[1]):02d}"
    return default


def year_before(address: Address) -> Address:
    """Return the same quantity a year earlier."""
    return address.of(year=shifted(address.year, -1))


def other_groups(group: str) -> list[str]:
    """Return the other ethnic groups."""
    return [other for other in ETHNIC_GROUPS if other != group]

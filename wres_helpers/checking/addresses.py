"""Where a count stands: which item, cut how, for whom, in which year; and how analysts write categories."""

import re
from collections.abc import Iterator
from typing import Final

from wres_helpers.intake.printed.register_words import BOARD, ENTERED, HEADCOUNT, KNOWN, NOT_WHITE, STAGES, SURVEY, WORKFORCE
from wres_helpers.page_model import Amount, Count, Difference, Quotient, Unknown
from wres_helpers.standard.columns import ALL, BME, ETHNIC_GROUPS, UNKNOWN, WHITE
from wres_helpers.standard.years import is_year

_RANGE = re.compile(r"^(?:bands?|grades?)?\s*(\d+[a-d]?)\s*(?:-|to|–)\s*(?:bands?|grades?)?\s*(\d+[a-d]?)$")
_UPWARDS = re.compile(r"^(?:bands?|grades?)?\s*(\d+[a-d]?)\s*(?:\+|(?:and|or|&) (?:above|over|higher|up(?:wards)?))$")
#: Rows of a table that repeat people of other rows.
_REPEATED = re.compile(r"^(?:of (?:which|whom|these)|including|sub-?\s?total|total)\b|\btotal$")
_BAND = re.compile(r"^(?:agenda for change |afc )?(?:bands?|grades?)?\s*(\d+)\s*([a-d]?)$")
_YEAR = re.compile(r"(20\d\d)\s*[-/–]\s*(?:20)?(\d\d)(?!\d)")
_DAY = re.compile(r"31(?:st)?\s*(?:[./-]\s*0?3\s*[./-]|march)\s*(?:20)?(\d\d)\b", re.IGNORECASE)
#: Categories whose name begins with "not" and that are answers or ethnic categories of their own.
_OWN_NAMES = re.compile(
    r"^not (?:yet )?(?:stated|known|disclosed|declared|recorded|given|answered|applicable|specified|shared|sure|separated)\b"
)
#: The ladder of Agenda for Change bands. Band 1 closed to new staff in 2018 and is often not printed.
LADDER: Final = ("1", "2", "3", "4", "5", "6", "7", "8a", "8b", "8c", "8d", "9")

#: Ways of cutting the staff in which everybody stands once: the total of such a table is the headcount. The total of any
#: other table (medical grades, clinical bands) is of those who stand in it.
_OF_ALL_STAFF: Final = ("", "overall", "grade", "staff_group", "ethnic_category")

#: What is no number of people or things: the figure of all is not the sum of the figures of the groups.
_NO_NUMBER = re.compile(r"\b(?:median|mean|average|typical|score|percentile|quartile|age|length of service)\b")

#: Groups that are several groups together, and of which.
JOINED: Final = {ALL: ETHNIC_GROUPS, KNOWN: (WHITE, BME), NOT_WHITE: (BME, UNKNOWN)}
GROUP_WORDS: Final = {
    WHITE: "white", BME: "BME", UNKNOWN: "undisclosed", ALL: "all", KNOWN: "white and BME", NOT_WHITE: "BME and undisclosed",
}  # fmt: skip
ITEM_WORDS: Final = {
    HEADCOUNT: "staff", WORKFORCE: "staff", "applied": "applicants", "longlisted": "longlisted", "shortlisted": "shortlisted",
    "offered": "offered a post", "appointed": "appointed", "entered_disciplinary": "entering the disciplinary process",
    "accessed_training": "accessing training", SURVEY: "survey answers", BOARD: "board members",
}  # fmt: skip


def make_count(item: str, breakdown: str, category: str, group: str, year: str) -> Count:
    """Return the count an analyst means, with the parts he may leave out filled in; breakdown and category in lower case."""
    breakdown, category = breakdown_key(breakdown), category_key(category)
    if item == BOARD:
        return Count(year, item, "membership", "total" if category in ("", ALL) else re.sub("[-_–]", " ", category), group)
    if item == SURVEY:
        return Count(year, item, question_key(breakdown), category or ALL, group)
    if category and category != ALL and not breakdown:
        breakdown = "grade"
    if item == HEADCOUNT and breakdown not in ("", "overall"):
        item = WORKFORCE
    if category in ("", ALL):
        if item == WORKFORCE and breakdown not in _OF_ALL_STAFF:
            return Count(year, item, breakdown, ALL, group)
        return Count(year, HEADCOUNT if item == WORKFORCE else item, "overall", ALL, group)
    return Count(year, item, breakdown, category, group)


def whole_of(count: Count) -> Count:
    """Return the count of all categories together."""
    if count.item in (SURVEY, BOARD):
        return count._replace(category="total" if count.item == BOARD else ALL)
    if count.item == WORKFORCE and count.breakdown not in _OF_ALL_STAFF:
        return count._replace(category=ALL)
    return count._replace(item=HEADCOUNT if count.item == WORKFORCE else count.item, breakdown="overall", category=ALL)


def wholes_among(count: Count) -> Iterator[Count]:
    """Give the counts of another item that a count is counted among: the shortlisted of the applicants, the trained of the staff."""
    if count.item in STAGES:
        for earlier in STAGES[: STAGES.index(count.item)]:
            yield count._replace(item=earlier)
    if count.item == WORKFORCE and count.category == ALL:
        yield count._replace(item=HEADCOUNT, breakdown="overall")
    if count.item in (ENTERED, "accessed_training"):
        yield count._replace(item=HEADCOUNT if count.breakdown == "overall" else WORKFORCE)


def adds_up(count: Count) -> bool:
    """Tell whether a count is one of people or things, so that groups and categories add up; a median or a mean is not."""
    return not _NO_NUMBER.search(count.item)


def name_of(count: Count) -> str:
    """Name a count in a few words."""
    cut = [part for part in (count.breakdown if count.item == SURVEY else "", count.category) if part not in ("", ALL)]
    if not cut and count.breakdown not in ("overall", ""):
        cut = [f"by {count.breakdown}"]
    place = f" ({', '.join(cut)})" if cut else ""
    named = f"{GROUP_WORDS.get(count.ethnic_group, count.ethnic_group)} {ITEM_WORDS.get(count.item, count.item)}{place} {count.year}"
    return named.replace("_", " ")


def title_of(category: str) -> str:
    """Write a category as the head of a row."""
    return "VSM" if category == "vsm" else category[:1].upper() + category[1:]


def counts_in(unknown: Unknown) -> list[Count]:
    """Return the counts an unknown is made of."""
    if isinstance(unknown, Count):
        return [unknown]
    return [count for part in unknown[:2] for count in counts_in(part)] if isinstance(unknown, Quotient | Difference) else []


def exchanged(amount: Amount, **changes: dict[str, str]) -> Amount:
    """Return an amount with parts of its counts exchanged, such as ``ethnic_group={"white": "bme"}``; unchanged where none has them."""
    if isinstance(amount, Count):
        return amount._replace(**{field: change.get(getattr(amount, field), getattr(amount, field)) for field, change in changes.items()})
    one, two = (exchanged(part, **changes) for part in amount[:2])
    return Quotient(one, two, amount.scale) if isinstance(amount, Quotient) else Difference(one, two)


def question_key(text: str) -> str:
    """Write a question number one way: ``13a`` for ``Q13a``, ``q 13a`` and ``Question 13a.``."""
    return re.sub(r"^(?:question|q)\.?\s*(?=\d)", "", text.strip().lower()).rstrip(". ")


def breakdown_key(text: str) -> str:
    """Write a breakdown one way: lower case, clusters called grades, ``grade (non_clinical)`` as in the counts."""
    return text.strip().lower().replace("cluster", "grade").replace("non-clinical", "non_clinical")


def category_key(text: str) -> str:
    """Write a category one way: lower case, bands and ranges of bands in one spelling."""
    text = re.sub(r"\s+", " ", text.replace("*", "").replace("–", "-").replace("’", "'").strip().lower())
    if text in ("", ALL, "total", "overall", "everyone"):
        return ALL if text else ""
    if text.startswith("not ") and not _OWN_NAMES.match(text):
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


def rest_of(category: str) -> str | None:
    """Return the category that is left out of a rest such as ``not never``; None for what only begins with "not"."""
    return category[4:] if category.startswith("not ") and not _OWN_NAMES.match(category) else None


def bands_in(category: str) -> list[str] | None:
    """Return the single bands a range such as ``bands 8a to 9`` holds, by the ladder; None for anything else.

    Whether ``bands 8a and above`` holds very senior managers, too, is not said.
    """
    match = _RANGE.match(category) or _UPWARDS.match(category)
    if not match:
        return None
    first, last = (*match.groups(), LADDER[-1])[:2]
    steps, ends = ([at for at, band in enumerate(LADDER) if band == end or band[0] == end == "8"] for end in (first, last))
    return [f"band {band}" for band in LADDER[steps[0] : ends[-1] + 1]] if steps and ends else None


def is_on_ladder(category: str) -> bool:
    """Tell whether a category is a single band, or that of the very senior managers."""
    return category.removeprefix("band ") in (*LADDER, "vsm")


def is_open_ended(category: str) -> bool:
    """Tell whether a range has no upper end, such as ``bands 8a and above``."""
    return bool(_UPWARDS.match(category))


def is_single(category: str) -> bool:
    """Tell whether a category is one cell of a table, not a total, a sum, a range, a rest or a part of other cells."""
    several = " + " in category or rest_of(category) is not None or bands_in(category) is not None
    return category != ALL and not several and not _REPEATED.search(category)


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

"""The vocabulary of ``published.csv``: how a printed figure, or a claim in words, is written down as a row.

The words are few on purpose: an analyst writes such rows by hand for any organisation's report. What each means, with
examples, stands in ``data/REGISTER.md``.
"""

import re
from typing import Final

from wres_helpers.intake.table_shapes import GROUP_WORDS
from wres_helpers.tables.cell_readers import nearest, one_of

COUNT: Final = "count"
SHARE: Final = "share"
RATIO: Final = "ratio"
GAP: Final = "gap"
CHANGE: Final = "change"
WORDS: Final = "words"
STATUS: Final = "status"
LABEL: Final = "label"
UNAVAILABLE: Final = "unavailable"

#: Every kind of claim, and what a row of it says.
CLAIMS: Final[dict[str, str]] = {
    COUNT: "a number of people",
    SHARE: "people as a percentage of a base",
    RATIO: "one group's share divided by the other's (relative likelihood, times as likely)",
    GAP: "one share minus another, in percentage points",
    CHANGE: "growth against an earlier year, in per cent (or in points, for a share)",
    WORDS: "a comparison in words: majority, over twice, increased in line with, equivalent",
    STATUS: "a status given to an indicator",
    LABEL: "an indicator number, question number or key-finding code",
    UNAVAILABLE: "a sentence that says figures of a year were not available",
}
FIGURES: Final = (COUNT, SHARE, RATIO, GAP, CHANGE)

#: Columns of the register, in any order; what is printed must be there, the others may be left out.
REQUIRED_COLUMNS: Final = ("printed",)
REGISTER_COLUMNS: Final = (
    "id", "where", "claim", "printed", "indicator", "year", "item", "breakdown", "category", "ethnic_group", "base",
    "compare_with", "says", "refers_to", "unit", "note",
)  # fmt: skip

CLAIM_SYNONYMS: Final = {
    "number": COUNT, "headcount": COUNT, "sum": COUNT, "total": COUNT,
    "percent": SHARE, "percentage": SHARE, "per cent": SHARE, "rate": SHARE, "proportion": SHARE,
    "relative likelihood": RATIO, "times": RATIO,
    "difference": GAP, "points": GAP,
    "growth": CHANGE, "increase": CHANGE, "decrease": CHANGE,
    "comparison": WORDS, "sentence": WORDS, "text": WORDS,
    "question": LABEL, "not available": UNAVAILABLE,
}  # fmt: skip

HEADCOUNT: Final = "headcount"
WORKFORCE: Final = "workforce"
SURVEY: Final = "survey"
BOARD: Final = "board"
ENTERED: Final = "entered_disciplinary"
#: The stages of recruitment, the first first; a report may print any of them.
STAGES: Final = ("applied", "longlisted", "shortlisted", "interviewed", "offered", "appointed")
ITEMS: Final = (HEADCOUNT, WORKFORCE, *STAGES, ENTERED, "accessed_training", SURVEY, BOARD)

#: What the rate of an item is a share of where the standard compares rates.
USUAL_BASES: Final = {
    "appointed": "shortlisted", "shortlisted": "applied", ENTERED: HEADCOUNT, "accessed_training": HEADCOUNT,
}  # fmt: skip

ITEM_SYNONYMS: Final = {
    "staff": HEADCOUNT, "employees": HEADCOUNT, "people": HEADCOUNT,
    "bands": WORKFORCE, "grades": WORKFORCE,
    "applications": "applied", "applicants": "applied", "application": "applied",
    "longlisting": "longlisted", "longlist": "longlisted", "interviews": "interviewed", "offers": "offered", "offered a post": "offered",
    "shortlisting": "shortlisted", "shortlist": "shortlisted", "shortlistings": "shortlisted",
    "appointments": "appointed", "appointment": "appointed",
    "disciplinary": ENTERED, "entered": ENTERED,
    "training": "accessed_training", "accessed": "accessed_training",
    "staff_survey": SURVEY, "staff survey": SURVEY, "respondents": SURVEY,
    "board members": BOARD, "members": BOARD,
}  # fmt: skip

#: Groups that are two of the three groups together.
KNOWN: Final = "known"
NOT_WHITE: Final = "not_white"
GROUPS: Final = ("white", "bme", "unknown", "all", KNOWN, NOT_WHITE)

GROUP_SYNONYMS: Final = {
    **GROUP_WORDS,
    "known ethnicity": KNOWN, "white and bme": KNOWN, "ethnicity known": KNOWN, "disclosed": KNOWN, "stated": KNOWN,
    "non white": NOT_WHITE, "other than white": NOT_WHITE, "bme and unknown": NOT_WHITE,
    "total": "all", "all staff": "all", "everyone": "all", "overall": "all",
}  # fmt: skip

#: Bases of a share that are not an item: the same count over all ethnic groups, or over all categories.
ALL_GROUPS: Final = "all groups"
ALL_CATEGORIES: Final = "all categories"
KNOWN_ETHNICITY: Final = "known ethnicity"
BASE_SYNONYMS: Final = {
    "all ethnic groups": ALL_GROUPS, "category": ALL_GROUPS, "everyone": ALL_GROUPS,
    "known": KNOWN_ETHNICITY, "ethnicity known": KNOWN_ETHNICITY, "white and bme": KNOWN_ETHNICITY, "all known": KNOWN_ETHNICITY,
    "group": ALL_CATEGORIES, "all answers": ALL_CATEGORIES, "all grades": ALL_CATEGORIES,
}  # fmt: skip

UNITS: Final = ("people", "percent", "points", "times")
UNIT_SYNONYMS: Final = {
    "%": "percent", "per cent": "percent", "percentage": "percent",
    "percentage points": "points", "percentage point": "points", "pp": "points",
    "headcount": "people", "count": "people", "respondents": "people", "number": "people",
    "ratio": "times", "x": "times",
}  # fmt: skip

#: What a sentence may say. Number words and numbers may stand for N ("over twice" is read as "over 2 times").
SAYINGS: Final[dict[str, str]] = {
    "majority": "more than half of the base",
    "largest": "no other category of the same breakdown is larger",
    "over N times": "the ratio is above N",
    "at least N times": "the ratio is N or more",
    "about N times": "the ratio is N, give or take an eighth of it (at most a quarter); of 1.7, to its rounding",
    "less than N times": "the ratio is below N",
    "at most N times": "the ratio is N or less",
    "doubled": "twice as many as in the earlier year; also trebled and halved, each with about, almost, over or more than",
    "over N%": "the share is above N per cent of its base; N% may be half, a third, a quarter, one in five ...",
    "at least N%": "the share is N per cent or more",
    "about N%": "the share is N per cent, within a twentieth of it; one in five is nearer to that than to one in four or six",
    "less than N%": "the share is below N per cent",
    "at most N%": "the share is N per cent or less",
    "higher": "above what it is compared with",
    "lower": "below what it is compared with",
    "increased": "above the earlier year",
    "decreased": "below the earlier year",
    "unchanged": "as in the earlier year, to the whole per cent",
    "in line with": "grew at the same rate as what it is compared with, to within two percentage points",
    "equivalent": "the ratio of the two groups' shares lies within the range of no adverse difference",
    "like for like": "two printed figures are of the same thing",
    "none": "nobody",
    "every indicator": "the report prints what every indicator asks for",
}

STATUS_WORDS: Final = {
    "achieving": "achieving", "equivalent": "achieving", "green": "achieving",
    "progressing": "progressing", "some difference": "progressing", "amber": "progressing",
    "requires focus": "requires_focus", "requires_focus": "requires_focus", "large difference": "requires_focus", "red": "requires_focus",
}  # fmt: skip


_claim = one_of(CLAIMS, CLAIM_SYNONYMS)
_item = one_of(ITEMS, ITEM_SYNONYMS)
_group = one_of(GROUPS, GROUP_SYNONYMS)
_BASES = (ALL_GROUPS, ALL_CATEGORIES, KNOWN_ETHNICITY)
_base = one_of(_BASES, BASE_SYNONYMS)
_unit = one_of(UNITS, UNIT_SYNONYMS)


def _flat(text: str) -> str:
    return " ".join(text.strip().lower().replace("_", " ").replace("-", " ").split())


def claim_kind(text: str) -> str | None:
    return _claim(text).value


def item_name(text: str, strict: bool = False) -> str | None:
    """Return the item of the counts tables, or None.

    Anything else that is counted (``trusts``, ``apprentices``) is an item of its own, unless it looks like a misspelt one
    of the list, or with ``strict``.
    """
    known = _item(text).value
    return known if known or strict else _own_name(text, (*ITEMS, *ITEM_SYNONYMS))


def _own_name(text: str, words: tuple[str, ...]) -> str | None:
    """Return a name that is none of the vocabulary's, in one spelling; None for what looks like a misspelt one of it."""
    name = _flat(text)
    if not re.fullmatch(r"[a-z][a-z0-9 .,'()&/<>%+]*", name):
        return None
    return None if nearest(name, map(_flat, words), 0.75) else name


def group_name(text: str) -> str | None:
    """Return ``white``, ``bme``, ``unknown`` or ``all``; two of them for a comparison (``bme/white``, ``white-bme``); or None."""
    single = _group(text).value
    if single:
        return single
    for sign in ("/", "-", " to ", " minus ", " v "):
        first, found, second = text.partition(sign)
        groups = (group_name(first), group_name(second)) if found else (None, None)
        if all(groups):
            return f"{groups[0]}{'/' if sign in ('/', ' to ', ' v ') else '-'}{groups[1]}"
    return None


def base_name(text: str) -> str | None:
    """Return what a share is a percentage of: an item, ``all groups`` or ``all categories``; or None."""
    known = _base(text).value or item_name(text, strict=True)
    return known or _own_name(text, (*_BASES, *BASE_SYNONYMS, *ITEMS, *ITEM_SYNONYMS))


def unit_name(text: str) -> str | None:
    return _unit(text).value

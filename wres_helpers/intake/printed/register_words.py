"""The vocabulary of ``published.csv``: how a printed figure, or a claim in words, is written down as a row.

The words are few on purpose: an analyst writes such rows by hand for any organisation's report. What each means, with
examples, stands in ``data/REGISTER.md``.
"""

import re
from functools import lru_cache
from typing import Final

from wres_helpers.intake.spellings import spellings
from wres_helpers.tables.cell_readers import Read, line_text, nearest, one_of

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
CLAIMS: Final = spellings("what a claim is")
FIGURES: Final = (COUNT, SHARE, RATIO, GAP, CHANGE)

#: Columns of the register, in any order; what is printed must be there, the others may be left out.

REGISTER_COLUMNS: Final = (
    "id", "where", "claim", "printed", "indicator", "year", "item", "breakdown", "category", "ethnic_group", "base",
    "compare_with", "says", "refers_to", "unit", "note",
)  # fmt: skip

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

ITEM_SYNONYMS: Final = spellings("item")

#: Groups that are two of the three groups together.
KNOWN: Final = "known"
NOT_WHITE: Final = "not_white"
GROUPS: Final = ("white", "bme", "unknown", "all", KNOWN, NOT_WHITE)

#: Bases of a share that are not an item: the same count over all ethnic groups, or over all categories.
ALL_GROUPS: Final = "all groups"
ALL_CATEGORIES: Final = "all categories"
KNOWN_ETHNICITY: Final = "known ethnicity"
BASE_SYNONYMS: Final = spellings("base")

UNITS: Final = ("people", "percent", "points", "times")
#: What a sentence may say. Number words and numbers may stand for N ("over twice" is read as "over 2 times").
SAYINGS: Final = spellings("what a sentence says")
SAYING_SYNONYMS: Final = spellings("another word of a sentence")
STATUS_WORDS: Final = spellings("status")
#: What a register says of a figure whose table has a row for everybody, though no row of their total.
EVERY_PART: Final = "every part"


def read_category(text: str) -> Read:
    """Read a category without the mark of a footnote behind it: ``Bands 6 to 9¹``."""
    read = line_text(text)
    bare = re.sub(r"[*#\u2020\u2021\u00a7\u00b6\u00b9\u00b2\u00b3\u2070-\u2079]+$", "", read.value).rstrip()
    return Read(bare, "read without its footnote mark") if bare not in ("", read.value) else read


read_claim = one_of(CLAIMS, spellings("claim"))
_item = one_of(ITEMS, ITEM_SYNONYMS)
_group = one_of(GROUPS, spellings("group") | spellings("group of a register"))
_BASES = (ALL_GROUPS, ALL_CATEGORIES, KNOWN_ETHNICITY)
_base = one_of(_BASES, BASE_SYNONYMS)
read_unit = one_of(UNITS, spellings("unit"))


def _flat(text: str) -> str:
    return " ".join(text.strip().lower().replace("_", " ").replace("-", " ").split())


@lru_cache(maxsize=1_000)  # the rows of a register name few things
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


@lru_cache(maxsize=1_000)
def group_name(text: str) -> str | None:
    """Return ``white``, ``bme``, ``unknown`` or ``all``; two of them for a comparison (``bme/white``, ``white-bme``); or None."""
    single = _group(text).value
    if single:
        return single
    for sign in ("/", "-", " to ", " minus ", " v "):
        first, found, second = text.partition(sign)
        groups = (_group(first).value, _group(second).value) if found else (None, None)
        if all(groups):
            return f"{groups[0]}{'/' if sign in ('/', ' to ', ' v ') else '-'}{groups[1]}"
    return None


@lru_cache(maxsize=1_000)
def base_name(text: str) -> str | None:
    """Return what a share is a percentage of: an item, ``all groups`` or ``all categories``; or None."""
    known = _base(text).value or item_name(text, strict=True)
    return known or _own_name(text, (*_BASES, *BASE_SYNONYMS, *ITEMS, *ITEM_SYNONYMS))

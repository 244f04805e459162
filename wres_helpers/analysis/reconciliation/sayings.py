"""Reads what a sentence says, from the register's ``says`` or from the words themselves."""

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from wres_helpers.analysis.reconciliation.printed import NUMBER_WORDS

_TIMES = re.compile(
    r"(?:\b(over|more than|at least|about|around|nearly|almost|less than|under|up to)\s+)?"
    r"(?:\b(\w+(?:\.\d+)?)\s+times\b|\b(twice|thrice|double|half)\b)"
)
_LIMITS: Final = {"over": "over", "more than": "over", "at least": "at least", "less than": "under", "under": "under", "up to": "under"}

#: The first pattern that is found decides; the narrower ones come first.
_PATTERNS: Final = (
    ("every indicator", r"\b(every|all)\b.*\bindicators?\b"),
    ("like for like", r"\blike for like\b"),
    ("in line with", r"\bin line with\b|\bat the same rate as\b|\bproportionate(ly)? to\b"),
    ("equivalent", r"\bequivalent\b|\bequal(ly)?\b|\bno (?:real |significant )?difference\b|\bjust as likely\b|\bas likely\b"),
    ("unchanged", r"\bunchanged\b|\bno change\b|\bthe same as\b|\bremained\b"),
    ("increased", r"\bincreas\w*\b|\brisen?\b|\brose\b|\bgr[eo]wn?\b|\bup from\b|\bwiden\w*\b"),
    ("decreased", r"\bdecreas\w*\b|\bfall(?:en|s)?\b|\bfell\b|\breduc\w*\b|\bdown from\b|\bnarrow\w*\b|\bdeclin\w*\b"),
    ("largest", r"\blargest\b|\bbiggest\b|\bmost common\b"),
    ("majority", r"\bmajority\b|\bmost\b|\bmainly\b|\bmore than half\b"),
    ("lower", r"\blower\b|\bless\b|\bfewer\b|\bbelow\b|\bunder-?represented\b"),
    ("higher", r"\bhigher\b|\bmore\b|\bgreater\b|\babove\b|\bover-?represented\b"),
    ("none", r"\bnone\b|\bno\b|\bnobody\b|\bzero\b"),
)


@dataclass(frozen=True)
class Saying:
    """What a sentence says.

    Attributes
    ----------
    kind
        ``times``, or a word of the vocabulary.
    limit
        For ``times``: ``over``, ``at least``, ``under`` or ``about``.
    times
        For ``times``: how many.
    """

    kind: str
    limit: str = ""
    times: Fraction = Fraction(0)
    decimals: int = 0


def saying_of(says: str, text: str) -> Saying | None:
    """Read what a sentence says; the register's own word goes before the sentence's."""
    return (_read(says.lower()) if says else None) or _read(text.lower())


def _read(text: str) -> Saying | None:
    match = _TIMES.search(text)
    if match and (number := _number(match[2] or match[3])) is not None:
        places = len((match[2] or "").partition(".")[2])
        return Saying("times", _LIMITS.get(match[1] or "", "about"), number, places)
    return next((Saying(kind) for kind, pattern in _PATTERNS if re.search(pattern, text)), None)


def _number(word: str) -> Fraction | None:
    if word in ("twice", "double"):
        return Fraction(2)
    if word == "half":
        return Fraction(1, 2)
    if re.fullmatch(r"\d+(?:\.\d+)?", word):
        return Fraction(word)
    value = NUMBER_WORDS.get(word)
    return None if value is None else Fraction(value)

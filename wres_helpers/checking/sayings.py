"""Reads what a sentence says, from the register's ``says`` or from the words themselves."""

import difflib
import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from wres_helpers.checking.number_words import number_in_words
from wres_helpers.checking.printed_numbers import Printed
from wres_helpers.checking.read_printed import parse_printed
from wres_helpers.intake.register_words import SAYINGS

_LIMIT: Final = r"(?:\b(just over|just under|over|more than|above|at least|about|around|roughly|nearly|almost|less than|fewer than|under|below|up to|at most)\s+)?"
_LIMITS: Final = {
    "over": "over", "more than": "over", "above": "over", "at least": "at least", "less than": "under", "fewer than": "under",
    "under": "under", "below": "under", "up to": "at most", "at most": "at most",
}  # fmt: skip
_RATE: Final = r"(?:as\b|that\b|the (?:rate|likelihood|chance|probability|number|figure|share|proportion|level)\b)"
_TIMES = re.compile(
    _LIMIT + rf"(?:\b(\w+(?:\.\d+)?)(?:\s+times\b|[ -]?fold\b)|\b(twice|thrice)\b|\b(half|double) {_RATE}|^(double)$)",
)
_LIKELIER = re.compile(r"\d(?:\.\d+)?\s*(?:%|per ?cent) (?:more|less) likely")
_MULTIPLIED = re.compile(_LIMIT + r"\b(doubl|trebl|tripl|quadrupl|halv)(?:ed|es|ing)\b")
_MULTIPLES: Final = {"doubl": 2, "trebl": 3, "tripl": 3, "quadrupl": 4, "halv": Fraction(1, 2)}
#: A part of a whole: in words, or a percentage that a limit stands before.
_PART = re.compile(
    r"\bhalf\b|\b(?:a|an|one|two|three|four) (?:third|quarter|fifth|sixth|eighth|tenth)s?\b|\b(?:two-thirds|three-quarters)\b|"
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|\d+) (?:in|out of)(?: every)? (?:two|three|four|five|six|seven|eight|nine|ten|\d+)\b|"
    r"\b(?:over|more than|above|at least|about|around|nearly|almost|less than|fewer than|under|below|up to|at most)\s+[\d.]+\s*(?:%|per ?cent)"
)

#: The first pattern that is found decides; the narrower ones come first.
_PATTERNS: Final = (
    ("every indicator", r"\b(every|all)\b.*\bindicators?\b"),
    ("like for like", r"\blike for like\b"),
    ("in line with", r"\bin line with\b|\bat the same rate as\b|\bproportionate(ly)? to\b"),
    ("equivalent", r"\bequivalent\b|\bequal(ly)?\b|\bno (?:real |significant )?difference\b|\bjust as likely\b|\bas likely\b"),
    ("unchanged", r"\bunchanged\b|\bno change\b|\bthe same as\b|\b(?:remain|stay)\w*\s+(?:the same|stable|steady|constant|static|level)\b"),
    ("increased", r"\bincreas\w*\b|\brisen?\b|\brose\b|\bgr[eo]wn?\b|\bup from\b|\bwiden\w*\b"),
    ("decreased", r"\bdecreas\w*\b|\bfall(?:en|s)?\b|\bfell\b|\breduc\w*\b|\bdown from\b|\bnarrow\w*\b|\bdeclin\w*\b"),
    ("largest", r"\blargest\b|\bbiggest\b|\bmost common\b"),
    ("majority", r"\bmajority\b|(?<!at )\bmost\b(?! likely)|\bmainly\b|\bmore than half\b"),
    ("part", _PART.pattern),
    ("lower", r"\blower\b|\bless\b|\bfewer\b|\bbelow\b|\bunder-?represented\b"),
    ("higher", r"\bhigher\b|\bmore\b|\bgreater\b|\babove\b|\bover-?represented\b"),
    (
        "none",
        r"\bnone\b|\bnobody\b|\bno one\b|\bno (?:\w+ ){0,4}?(?:bme|bame|vsm|staff|people|members?|colleagues|candidates|directors?)\b",
    ),
)

#: Words that deny something: what the sentence then claims is for the register to say.
_DENIES = re.compile(
    r"\bnot\b|n['’]t\b|\bnever\b|\bneither\b|\bnor\b|\bwithout\b|"
    r"\bno (?:longer|more|less|fewer|higher|lower|greater|increase|decrease|reduction|rise|fall|majority)\b"
)
#: Words that only look like a claim: staff who did not disclose, equal opportunities, the most senior.
_NAMES = re.compile(
    r"\b(?:not|non|un)[ -]?(?:yet )?(?:disclos\w*|stat(?:ed|ing)|known|declar\w*|record\w*|shar(?:ed|ing))\b|"
    r"\bequal (?:opportunit\w+|access|pay)\b|\bequality\b|\b(?:most|more) (?:senior|recent(?:ly)?)\b"
)


@dataclass(frozen=True)
class Saying:
    """What a sentence says.

    Attributes
    ----------
    kind
        ``times``, ``multiplied``, ``part``, or a word of the vocabulary.
    limit
        For ``times`` and ``multiplied``: ``over``, ``at least``, ``under``, ``at most`` or ``about``.
    times
        How many times.
    decimals
        Places of the number of times.
    part
        For ``part``: the share of a whole.
    """

    kind: str
    limit: str = ""
    times: Fraction = Fraction(0)
    decimals: int = 0
    part: Printed | None = None


def saying_of(says: str, text: str) -> Saying | None:
    """Read what a sentence says; the register's own word goes before the sentence's. None where it cannot be read."""
    if says:
        return _read(says.lower())
    words = _NAMES.sub(" ", text.lower())
    return None if _DENIES.search(words) else _read(words)


def why_unread(says: str, text: str) -> str:
    """Say why a sentence cannot be read, and what to do about it."""
    if says:
        close = difflib.get_close_matches(says.lower(), SAYINGS, n=1, cutoff=0.6)
        return f"'{says}' in the column says is not in the vocabulary" + (f" (did you mean '{close[0]}'?)" if close else "")
    if _DENIES.search(_NAMES.sub(" ", text.lower())):
        return "the sentence denies something; write what it claims into the column says"
    return "the vocabulary has no word for what this sentence says"


def _read(text: str) -> Saying | None:
    return _times(text) or _multiplied(text) or _pattern(text)


def _times(text: str) -> Saying | None:
    if _LIKELIER.search(text) and (likelier := parse_printed(text, "times")):
        return Saying("times", _LIMITS.get(likelier.qualifier, "about"), likelier.value, likelier.decimals)
    match = _TIMES.search(text)
    word = next((each for each in match.groups()[1:] if each), "") if match else ""
    number = _number(word)
    if number is None:
        return None
    return Saying("times", _LIMITS.get(match[1] or "", "about"), number, len(word.partition(".")[2]))


def _multiplied(text: str) -> Saying | None:
    match = _MULTIPLIED.search(text)
    return Saying("multiplied", _LIMITS.get(match[1] or "", "about"), Fraction(_MULTIPLES[match[2]])) if match else None


def _pattern(text: str) -> Saying | None:
    kind = next((kind for kind, pattern in _PATTERNS if re.search(pattern, text)), None)
    if kind != "part":
        return Saying(kind) if kind else None
    part = parse_printed(text, "percent")
    return Saying(kind, part=part) if part else None


def _number(word: str) -> Fraction | None:
    if word in ("double", "half"):
        return Fraction(2) if word == "double" else Fraction(1, 2)
    if re.fullmatch(r"\d+(?:\.\d+)?", word):
        return Fraction(word)
    return (number_in_words(word) or None) if word else None

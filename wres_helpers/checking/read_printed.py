"""Reads figures as people print them: ``9,869``, ``4.61%``, ``forty-two``, ``one in five``, ``3 points lower``, ``doubled``."""

import re
from fractions import Fraction
from typing import Final

from wres_helpers.checking.number_words import NUMBER_WORD, fraction_in, number_in_words
from wres_helpers.checking.printed_numbers import Printed
from wres_helpers.intake.register_words import CHANGE, GAP

_NUMBER = re.compile(r"(?<![\w.])([-−–+]?)\s*(\d{1,3}(?:[,\u00a0\u2009\u202f]\d{3})+|\d+)(?:\.(\d+))?(\s*%|\s*per ?cent)?", re.IGNORECASE)
_SUPPRESSED = re.compile(r"^(?:<|less than|fewer than|under)\s*(\d+)$|^(\*+|\[c\]|-|–|x|n/?a)$", re.IGNORECASE)
_UNITS: Final = (
    (re.compile(r"percentage[ -]points?|\bp\.?p\.?\b|\bpoints?\b|%[ -]points?", re.IGNORECASE), "points"),
    (re.compile(r"%|per ?cent", re.IGNORECASE), "percent"),
    (re.compile(r"\btimes\b|\btwice\b|\bthrice\b|\d\s*x\b|:\s*1\b", re.IGNORECASE), "times"),
    (re.compile(r"\d(?: more| fewer| white| bme| bame)* (?:people|staff|members|employees|colleagues|posts)\b", re.IGNORECASE), "people"),
)
#: What a qualifier has to stand before: "over 5%" and "over half", but not "over the year".
_AMOUNT = rf"(?=\s+(?:an?\s+)?(?:[-−–+]?\d|{NUMBER_WORD}|half|third|quarter|fifth|tenth|doubl|trebl|tripl|halv))"
_QUALIFIERS: Final = (
    (rf"\b(?:about|around|approximately|roughly|circa|nearly|almost|just (?:over|under)|close to){_AMOUNT}|[~≈]", "about"),
    (rf"\bat least{_AMOUNT}|≥", "at least"),
    (rf"\b(?:up to|at most|no more than){_AMOUNT}|≤", "at most"),
    (rf"\b(?:over|more than|above|exceeding){_AMOUNT}|^\s*>", "over"),
    (rf"\b(?:under|less than|fewer than|below){_AMOUNT}|^\s*<", "under"),
)
_LESS = re.compile(
    r"\b(?:lower|less|fewer|smaller|below|behind|down|decreas\w*|fall(?:s|en|ing)?|fell|drop\w*|declin\w*|reduc\w*|shrank|shrunk)\b"
)
_MORE = re.compile(r"\b(?:higher|more|greater|larger|above|up|increas\w*|rise[sn]?|rose|grow\w*|grew)\b")
_SIZE_ONLY = re.compile(r"\b(?:difference|gap|apart|between)\b")
_GROWTH: Final = {"doubl": 100, "trebl": 200, "tripl": 200, "quadrupl": 300, "halv": -50}
_MORE_LIKELY = re.compile(r"(\d+)(?:\.(\d+))?\s*(?:%|per ?cent) (more|less) likely", re.IGNORECASE)


def parse_printed(text: str, unit: str = "", claim: str = "") -> Printed | None:
    """Read a printed figure; None where the text holds no single number (words, a suppressed cell).

    Parameters
    ----------
    text
        As printed.
    unit
        What the register or the kind of claim says; what the text itself shows goes before it.
    claim
        Kind of claim: for a gap or a change "lower" and "fell by" are a minus sign.
    """
    lowered = text.lower()
    qualifier = next((name for pattern, name in _QUALIFIERS if re.search(pattern, lowered)), "")
    shown = unit_of(text) or unit
    found = _of_a_change(text, claim, qualifier) or _likelier(text, unit, qualifier) or _part(text, unit, shown, qualifier)
    if found or (unit == "times" and re.search(r"\d\s*:\s*(?!1(?![\d.]))\d", text)):
        # which side of "1:1.7" belongs to which group is not said
        return found
    return _in_digits(text, unit, (shown, qualifier, claim)) or _in_words(text, shown, qualifier, claim)


def suppressed_below(text: str) -> int | None:
    """Return the bound of a hidden cell: 5 for ``<5``, 0 for a star (which bounds nothing), None for any other text."""
    match = _SUPPRESSED.match(text.strip())
    return None if match is None else int(match[1] or 0)


def unit_of(text: str) -> str:
    """Return the unit a printed text shows: points, percent, times, people, or nothing."""
    return next((unit for pattern, unit in _UNITS if pattern.search(text)), "")


def _of_a_change(text: str, claim: str, qualifier: str) -> Printed | None:
    growth = next((percent for stem, percent in _GROWTH.items() if re.search(rf"\b{stem}", text.lower())), None)
    return Printed(text, Fraction(growth), 0, "percent", qualifier or "about") if claim == CHANGE and growth else None


def _likelier(text: str, unit: str, qualifier: str) -> Printed | None:
    """Read "74% more likely" as a ratio: 1.74."""
    match = _MORE_LIKELY.search(text) if unit == "times" else None
    if match is None:
        return None
    places = len(match[2] or "") + 2
    share = Fraction(int(match[1] + (match[2] or "")), 10**places)
    return Printed(text, 1 + share if match[3].lower() == "more" else 1 - share, places, "times", qualifier)


def _part(text: str, unit: str, shown: str, qualifier: str) -> Printed | None:
    found = fraction_in(text.lower()) if unit in ("percent", "times", "") and shown not in ("people", "points") else None
    if found is None:
        return None
    scale = 1 if shown == "times" else 100
    tolerance = None if found[1] is None else scale * found[1]
    return Printed(text, scale * found[0], 0, shown or "percent", qualifier or "about", tolerance)


def _in_digits(text: str, unit: str, told: tuple[str, str, str]) -> Printed | None:
    shown, qualifier, claim = told
    matches = list(_NUMBER.finditer(text))
    if not matches:
        return None
    # "65 (5%)": a share is the number with the per cent sign, a count the other one
    alike = [match for match in matches if (match[4] is not None) == (unit in ("percent", "points"))] if unit != "times" else []
    match = (alike or matches)[0]
    whole, places = re.sub(r"\D", "", match[2]), match[3] or ""
    value = Fraction(int(whole + places), 10 ** len(places))
    if match[1]:
        return Printed(text, value if match[1] == "+" else -value, len(places), shown, qualifier)
    sign, unsigned = _direction(text.lower(), claim)
    return Printed(text, sign * value, len(places), shown, qualifier, unsigned=unsigned)


def _in_words(text: str, shown: str, qualifier: str, claim: str) -> Printed | None:
    value = number_in_words(text.lower())
    if value is None:
        return None
    sign, unsigned = _direction(text.lower(), claim)
    return Printed(text, sign * value, 0 if value.denominator == 1 else 1, shown, qualifier, unsigned=unsigned)


def _direction(lowered: str, claim: str) -> tuple[int, bool]:
    """Return the sign that words give a gap or a change without one, and whether only its size is told."""
    if claim not in (GAP, CHANGE):
        return 1, False
    for pattern, _ in _QUALIFIERS:
        lowered = re.sub(pattern, " ", lowered)
    less, more = bool(_LESS.search(lowered)), bool(_MORE.search(lowered))
    return -1 if less and not more else 1, claim == GAP and not less and not more and bool(_SIZE_ONLY.search(lowered))

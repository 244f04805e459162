"""Numbers written as words: ``forty-two``, ``one hundred and eleven``, ``two thirds``, ``one in five``."""

import re
from fractions import Fraction
from typing import Final

_NOUGHT: Final = ("no", "none", "nobody", "zero", "nil", "nought")
_ONES: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
                "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")  # fmt: skip
_SMALL: Final = {word: number for number, word in enumerate(_ONES, start=1)} | {"once": 1, "twice": 2, "thrice": 3}
_TENS: Final = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_SCALES: Final = {"hundred": 100, "thousand": 1000}
_PARTS: Final = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}

#: One word of a number, for use inside other patterns.
NUMBER_WORD: Final = "(?:" + "|".join((*_SMALL, *_TENS)) + ")"

_PART = re.compile(rf"\b(?:(an?|{NUMBER_WORD})[ -])?({'|'.join(_PARTS)})s?\b")
_ONE_IN = re.compile(rf"(?<![\w.,%])(\d+|{NUMBER_WORD}) (?:in|out of)(?: every)? (\d+|{NUMBER_WORD})\b")


def number_in_words(text: str) -> Fraction | None:
    """Return the first number a lower-case text writes in words; None where there is none."""
    words = re.findall(r"[a-z]+", text)
    for at, word in enumerate(words):
        if word in _NOUGHT:
            return Fraction(0)
        if word in _SMALL or word in _TENS:
            return _spelled(words[at:])
    return None


def _spelled(words: list[str]) -> Fraction:
    whole, part = 0, 0
    for at, word in enumerate(words):
        if (word in _SMALL or word in _TENS) and (part % 100 == 0 or (part % 100 in _TENS.values() and _SMALL.get(word, 10) < 10)):
            part += _SMALL.get(word) or _TENS[word]
        elif word in _SCALES and part:
            whole, part = (whole, part * 100) if word == "hundred" else (whole + part * 1000, 0)
        elif word == "and" and words[at + 1 : at + 3] == ["a", "half"]:
            return whole + part + Fraction(1, 2)
        elif word != "and" or not _goes_on(words, at):
            break
    return Fraction(whole + part)


def _goes_on(words: list[str], at: int) -> bool:
    """Tell whether "and" joins the parts of one number: one hundred *and* eleven, but not five *and* six."""
    following = words[at + 1] if at + 1 < len(words) else ""
    return words[at - 1] in _SCALES and (following in _SMALL or following in _TENS)


def fraction_in(text: str) -> tuple[Fraction, Fraction | None] | None:
    """Return the part of a whole a lower-case text names, and how far off it may be: a third, three quarters, one in five.

    "One in five" is held to be nearer to it than to one in four or one in six; of the others nothing is said (None).
    """
    if match := _ONE_IN.search(text):
        one, whole = (int(each) if each.isdigit() else int(number_in_words(each)) for each in match.groups())
        if 0 < one < whole <= 100:
            return Fraction(one, whole), Fraction(one, whole) - Fraction(2 * one, 2 * whole + 1)
    match = _PART.search(text)
    if match is None or (match[2] != "half" and not match[1]) or text[: match.start()].endswith("and "):
        # "third" without "a" or "one" is the third of several; "one and a half" is no part of a whole
        return None
    times = 1 if match[1] in (None, "a", "an") else int(number_in_words(match[1]))
    return (Fraction(times, _PARTS[match[2]]), None) if times < _PARTS[match[2]] else None

"""Reads figures as people print them: ``9,869``, ``4.61%``, ``1.3 million``, ``1 to 7``, ``<5``, ``one in five``, ``doubled``.

What has no certain reading is not read: ``1,09``, ``1.093`` people and ``1:1.7`` come back as None, never as another number.
"""

import re
from fractions import Fraction
from typing import Final

from wres_helpers.checking.printed_numbers import Printed
from wres_helpers.intake.printed.register_words import CHANGE, COUNT, GAP, RATIO, SHARE

_NOUGHT: Final = ("no", "none", "nobody", "zero", "nil", "nought")
_ONES: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
                "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")  # fmt: skip
_SMALL: Final = {word: number for number, word in enumerate(_ONES, start=1)} | {"once": 1, "twice": 2, "thrice": 3}
_TENS: Final = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_PARTS: Final = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
#: Parts of a whole that people name sooner than a percentage near to them.
_NAMED: Final = {Fraction(one, whole) for whole in (2, 3, 4, 5) for one in range(whole + 1)} | {Fraction(1, 8), Fraction(1, 10)}

_BELOW_100: Final = {**_SMALL, **_TENS, **{f"{ten} {_ONES[one - 1]}": tens + one for ten, tens in _TENS.items() for one in range(1, 10)}}
_COUNTED = "|".join(sorted(_BELOW_100, key=len, reverse=True))
#: A whole number in words, or with "and a half"; not one of which more words are a part, such as three hundred thousand.
_WORDED = re.compile(
    rf"\b(?:(?P<nought>{'|'.join(_NOUGHT)})|(?:(?P<thousands>{_COUNTED}|an?) thousand(?: and)? ?)?(?:(?P<hundreds>{_COUNTED}|an?) hundred(?: and)? ?)?"
    rf"(?P<ones>{_COUNTED})?(?P<half> and a half)?)\b(?! ?(?:hundred|thousand|million|dozen)\b)"
)

#: One word of a number, for use inside other patterns.
NUMBER_WORD: Final = "(?:" + "|".join((*_SMALL, *_TENS)) + ")"

_PART = re.compile(rf"\b(?:(an?|{NUMBER_WORD})[ -])?({'|'.join(_PARTS)})s?\b")
_ONE_IN = re.compile(rf"(?<![\w.,%])(\d+|{NUMBER_WORD}) (?:in|out of)(?: every)? (\d+|{NUMBER_WORD})\b")


def number_in_words(text: str) -> Fraction | None:
    """Return the first number a lower-case text writes in words; None where there is none."""
    for match in _WORDED.finditer(" ".join(re.findall(r"[a-z]+", text))):
        if match["nought"]:
            return Fraction(0)
        if match[0].strip():
            thousands, hundreds, ones = (_BELOW_100.get(each, 1) if each else 0 for each in match.group("thousands", "hundreds", "ones"))
            return thousands * 1000 + hundreds * 100 + ones + Fraction(1 if match["half"] else 0, 2)
    return None


def fraction_in(text: str) -> tuple[Fraction, Fraction] | None:
    """Return the part of a whole a lower-case text names, and how far off it may be: a third, three quarters, one in five.

    It is nearer to that than to the next part of a whole that has a name: half is 45% to 55%, a quarter 22.5% to 27.5%; "one in seven" is
    nearer to it than to one in eight.
    """
    if match := _ONE_IN.search(text):
        one, whole = (int(each) if each.isdigit() else _BELOW_100[each] for each in match.groups())
        if 0 < one < whole <= 100:
            return Fraction(one, whole), max(_nearest(Fraction(one, whole), whole), Fraction(one, whole) - Fraction(2 * one, 2 * whole + 1))
    match = _PART.search(text)
    if match is None or (match[2] != "half" and not match[1]) or text[: match.start()].endswith("and "):
        # "third" without "a" or "one" is the third of several; "one and a half" is no part of a whole
        return None
    times = 1 if match[1] in (None, "a", "an") else _BELOW_100[match[1]]
    whole = _PARTS[match[2]]
    return (Fraction(times, whole), _nearest(Fraction(times, whole), whole)) if times < whole else None


def _nearest(part: Fraction, whole: int) -> Fraction:
    """Return half the way to the next part that is named in words; nought for a part such as a seventh, which has no such name."""
    return min(abs(part - each) for each in _NAMED if each != part) / 2 if whole in _PARTS.values() else Fraction(0)


_SEPARATED: Final = r"\d{1,3}(?:[, \u00a0\u2009\u202f]\d{3})+(?![\d])"
_SCALES: Final = {"k": 10**3, "thousand": 10**3, "m": 10**6, "mn": 10**6, "million": 10**6, "bn": 10**9, "billion": 10**9}
_NUMBER = re.compile(
    rf"(?<![\w.,:])([-−–+]?)\s*({_SEPARATED}|\d+)(?:\.(\d+))?"
    r"(?:\s?(thousand|million|billion|bn|mn|k)\b|([km])\b)?(\s*%|\s*per ?cent)?(?P<broken>[.,]\d)?",
    re.IGNORECASE,
)
#: Before where a change began or ended, which is not by how much: up from 29.8% (an increase of 1.5 points).
_BEGAN = re.compile(r"\bfrom (?:[\d.,]+ ?(?:%|per ?cent)? to )?$", re.IGNORECASE)
#: What makes a number another one than its digits say: 1·5, 1'200, 1e3, 10³, 12½, 5‰, 5 hundred, 1/5, n<5.
_STUCK_BEFORE = re.compile(r"[·'’/^_½⅓⅔¼¾⅛]\s*$|\w\s*[<>=≤≥]+\s*$|\b(?:hundred|thousand|million|dozen) (?:and )?$", re.IGNORECASE)
_STUCK_BEHIND = re.compile(
    r"[·'’/_]\d|:(?!1\b)\d|\s?[½⅓⅔¼¾⅛‰^¹²³⁰⁴-⁹]|(?!(?:x|age|pps?|p\.p|pts?|pc|pct|wte|fte|fold|percent|per|times|points?)\b)[a-z]"
    r"|\s(?:hundred|lakh|crore|dozen|quarters?|thirds?|fifths?|tenths?|and a (?:half|quarter))\b",
    re.IGNORECASE,
)
#: Behind the number that is in points, among others of one sentence: from 12% to 14.4%, by 2.4 percentage points.
_IN_POINTS = re.compile(r"\s*(?:(?:%|percentage)[ -])?points?\b", re.IGNORECASE)
#: Of how many a rate is: 13.2 per 1,000, 14 cases in every thousand.
_PER = re.compile(r"(?:\s+[a-z]+){0,3}?\s+(?:per|in every|for every)\s+([\d,]+|hundred|thousand)\b", re.IGNORECASE)
#: Between two numbers, what makes them one statement of which neither is the figure: 2 or 3, from 12% to 14%, 1 in 5, 12 12.
_BETWEEN_TWO = re.compile(r"\s*(?:|[-–/:]|or|to|in)\s*", re.IGNORECASE)
_YEAR_OR_DAY = re.compile(r"(?:19|20)\d\d\b|31 march", re.IGNORECASE)
_HIDDEN = re.compile(r"\*+|\[[a-z]\]|[-–—:x]|n/?a|suppressed|not shown|hidden|too (?:few|small) to (?:show|publish)", re.IGNORECASE)
_END: Final = rf"([-−+]?(?:{_SEPARATED}|\d+)(?:\.\d+)?)"
_RANGE = re.compile(
    rf"(?:between\s+)?{_END}\s*%?\s*(?:to|and|-|–)\s*{_END}\s*(%|per ?cent|percentage points?|points?|times|people|staff)?", re.I
)
_NEAREST = re.compile(r"\(?\b(?:rounded )?to (?:the )?nearest (\d+)\)?", re.IGNORECASE)
_UNITS: Final = (
    (re.compile(r"percentage[ -]points?|\bp\.?p\.?\b|\bpoints?\b|%[ -]points?", re.IGNORECASE), "points"),
    (re.compile(r"%|per ?cent", re.IGNORECASE), "percent"),
    (re.compile(r"\btimes\b|\btwice\b|\bthrice\b|\d\s*x\b|:\s*1\b", re.IGNORECASE), "times"),
    (re.compile(r"\d(?: more| fewer| white| bme| bame)* (?:people|staff|members|employees|colleagues|posts)\b", re.IGNORECASE), "people"),
)
#: What a limit has to stand before: "over 5%" and "over half", but not "over the year".
_AMOUNT = rf"(?=\s+(?:an?\s+)?(?:[-−–+]?\d|{NUMBER_WORD}|half|third|quarter|fifth|tenth|doubl|trebl|tripl|halv))"
_LIMITS: Final = (
    (
        rf"\b(?:about|around|approximately|roughly|circa|ca|nearly|almost|just (?:over|under)|close to){_AMOUNT}|\bc\.(?=\s*\d)|[~≈]",
        "about",
    ),
    (rf"\bat least{_AMOUNT}|≥|>=|[\d%]\s*(?:or more|and (?:over|above)|\+)$", "at least"),
    (rf"\b(?:up to|at most|no more than){_AMOUNT}|≤|<=|[\d%]\s*(?:or (?:fewer|less)|and (?:under|below))$", "at most"),
    (rf"\b(?:over|more than|above|exceeding){_AMOUNT}|^\s*>", "over"),
    (rf"\b(?:under|less than|fewer than|below){_AMOUNT}|^\s*<", "under"),
)
_LESS = re.compile(
    r"\b(?:minus|under-?represented|lower|less|fewer|smaller|below|behind|down|decreas\w*|fall(?:s|en|ing)?|fell|drop\w*|declin\w*|reduc\w*|shrank|shrunk)\b"
)
_MORE = re.compile(r"\b(?:over-?represented|higher|more|greater|larger|above|up|increas\w*|rise[sn]?|rose|grow\w*|grew)\b")
_SIZE_ONLY = re.compile(r"\b(?:difference|gap|apart|between|improve\w*|worsen\w*|deteriorat\w*|narrow\w*|widen\w*|chang\w*|better|worse)\b")
#: What may be meant in two ways: below nought, as in accounts; 0.174 for 17.4%; 149% for 1.49 times; 0.49 times more, 1.8 times less.
_TWO_WAYS: Final = {
    GAP: r"\(\d[^()]*\)",
    SHARE: r"0?\.\d+",
    CHANGE: r"[01]?\.\d+",
    RATIO: r"(?!.*(?:%|cent) (?:more|less|higher|lower)\b).*(?:%|per ?cent).*|1 to \d.*|"
    r"half as .* again.*|0?\.\d+ times (?:more|high|great).*|(?:.*\b)?\d[\d.]*(?: times|x) (?:less|low|fewer).*",
}
_GROWTH: Final = {"doubl": 100, "trebl": 200, "tripl": 200, "quadrupl": 300, "halv": -50}
_MORE_LIKELY = re.compile(rf"(?:(\d+(?:\.\d+)?)\s*(?:%|per ?cent)|(?:{'|'.join(_PARTS)})s?) (more|less|higher|lower)\b", re.IGNORECASE)
_TURNED: Final = {"over": "under", "under": "over", "at least": "at most", "at most": "at least"}
_ONE = Fraction(1)


def parse_printed(text: str, unit: str = "", claim: str = "", is_told: bool = False) -> Printed | None:
    """Read a printed figure; None where the text holds no single number that can be read with certainty.

    The unit that the text shows goes before the one given, which may be what is usual or what ``is_told`` of this figure; for a gap or a
    change "lower" and "fell by" are a minus sign.
    """
    text = text.strip()
    lowered = text.lower()
    if re.search(r"\d{30}", text) or (claim in _TWO_WAYS and not is_told and re.fullmatch(_TWO_WAYS[claim], lowered)):
        return None
    if _HIDDEN.fullmatch(text):
        return Printed(text, Fraction(0), _ONE, unit, "hidden")
    limit = next((name for pattern, name in _LIMITS if re.search(pattern, lowered)), "")
    said = next((shown for pattern, shown in _UNITS if pattern.search(text)), unit)  # the unit that the text shows, or else that given
    told = said, limit, claim
    found = _range(text, said) or _multiplied(text, claim, limit) or _likelier(text, unit, limit) or _part(text, unit, told)
    if found is None and not (unit == "times" and re.search(r"\d\s*:\s*(?!1(?![\d.]))\d", text)):
        # which side of "1:1.7" belongs to which group is not said
        found = _in_digits(text, unit, told) or _in_words(text, said, limit, claim)
    return None if found and claim == COUNT and (found.value.denominator != 1 or found.unit == "percent") else found


def _number(text: str) -> tuple[Fraction, Fraction]:
    """Return the value and the step of digits with a sign, a point and separators."""
    whole, _, places = re.sub(r"[^\d.]", "", text).partition(".")
    sign = -1 if text.startswith(("-", "−")) else 1
    return Fraction(sign * int(whole + places), 10 ** len(places)), Fraction(1, 10 ** len(places))


def _range(text: str, said: str) -> Printed | None:
    match = _RANGE.fullmatch(text)
    if match is None:
        return None
    (low, one), (high, two) = _number(match[1]), _number(match[2])
    return Printed(text, low, min(one, two), said, "between", high) if low <= high else None


def _multiplied(text: str, claim: str, limit: str) -> Printed | None:
    """Read "doubled" as growth of 100%, and "almost double the rate" as a ratio of about 2."""
    growth = next((percent for stem, percent in _GROWTH.items() if re.search(rf"\b{stem}", text.lower())), None)
    if growth is None or claim not in (CHANGE, RATIO):
        return None
    times = 1 + Fraction(growth, 100)
    if claim == CHANGE:
        return Printed(text, Fraction(growth), _ONE, "percent", limit or "about")
    return Printed(text, times, Fraction(1, 100), "times", limit or "about", tolerance=times / 8)


def _likelier(text: str, unit: str, limit: str) -> Printed | None:
    """Read "74% more likely" and "a third less likely" as a ratio: 1.74 and two thirds; "over 40% less" is under 0.6."""
    match = _MORE_LIKELY.search(text) if unit == "times" else None
    named = fraction_in(text.lower()) if match and not match[1] else None
    if match is None or not (match[1] or named):
        return None
    part, step = (named[0], Fraction(1, 100)) if named else (each / 100 for each in _number(match[1]))
    more = match[2].lower() in ("more", "higher")
    limit = (limit if more else _TURNED.get(limit, limit)) or ("about" if named else "")
    return Printed(text, 1 + part if more else 1 - part, step, "times", limit, tolerance=named[1] if named else None)


def _part(text: str, unit: str, told: tuple[str, str, str]) -> Printed | None:
    said, limit, claim = told
    found = fraction_in(text.lower()) if unit in ("percent", "times", "") and said not in ("people", "points") else None
    if found is None:
        return None
    if said == "times":
        # as far as "about 0.5 times" reaches
        return Printed(text, found[0], Fraction(1, 100), said, limit or "about", tolerance=found[0] / 8)
    sign, unsigned = _direction(text.lower(), claim)
    return Printed(text, sign * 100 * found[0], _ONE, said or "percent", limit or "about", None, 100 * found[1], unsigned)


def _in_digits(text: str, unit: str, told: tuple[str, str, str]) -> Printed | None:
    said, limit, claim = told
    nearest = _NEAREST.search(text)
    figures = _NEAREST.sub("", text)
    matches = [each for each in _NUMBER.finditer(figures) if claim != CHANGE or not _BEGAN.search(figures[: each.start()])]
    if not matches:
        return None
    # "65 (5%)": a share is the number with the per cent sign, a count the other one
    alike = [match for match in matches if (match[6] is not None) == ((unit or said) in ("percent", "points"))] if unit != "times" else []
    points = [match for match in matches if _IN_POINTS.match(figures, match.end(3) if match[3] else match.end(2))]
    match = (points or alike or matches)[0]
    if match["broken"] or (unit == "people" and not alike) or _is_part_of_another(figures, match, matches, said):
        return None
    value, step = _number(match[2] + (f".{match[3]}" if match[3] else ""))
    scale: Fraction | int = _SCALES[(match[4] or match[5] or "").lower()] if match[4] or match[5] else 1
    if per := _PER.match(figures, match.end()):
        of, said = per[1].lower().replace("hundred", "100").replace("thousand", "1000").replace(",", ""), unit or "percent"
        if said not in ("percent", "points") or of.strip("0") != "1":
            return None
        scale = Fraction(100, int(of))
    value, step = value * scale, Fraction(int(nearest[1])) if nearest else step * scale
    said = "people" if unit == "people" and len(matches) > len(alike) else said
    if match[1] and not (match[1] == "–" and claim not in (GAP, CHANGE)):
        return Printed(text, value if match[1] == "+" else -value, step, said, limit)
    sign, unsigned = _direction(text.lower(), claim)
    return Printed(text, sign * value, step, said, limit, unsigned=unsigned)


def _is_part_of_another(text: str, match: re.Match, matches: list[re.Match], said: str) -> bool:
    """Tell whether digits are only part of what is printed, so that they alone would be another number."""
    before, behind = text[: match.start()], text[match.end() :]
    if _STUCK_BEFORE.search(before) or _STUCK_BEHIND.match(behind):
        return True
    at = matches.index(match)
    following = matches[at + 1] if at + 1 < len(matches) else None
    if following is None or _YEAR_OR_DAY.match(text, following.start()):
        return False
    gap = text[match.end() : following.start()]
    to_one = said == "times" and gap.strip() in ("to", ":") and following[0].strip() == "1"
    return bool(_BETWEEN_TWO.fullmatch(gap)) and not to_one


def _in_words(text: str, said: str, limit: str, claim: str) -> Printed | None:
    if re.search(r"\d", text):
        return None
    value = number_in_words(text.lower())
    if value is None:
        return None
    sign, unsigned = _direction(text.lower(), claim)
    return Printed(text, sign * value, _ONE if value.denominator == 1 else Fraction(1, 10), said, limit, unsigned=unsigned)


def _direction(lowered: str, claim: str) -> tuple[int, bool]:
    """Return the sign that words give a gap or a change without one, and whether only its size is told."""
    if claim not in (GAP, CHANGE):
        return 1, False
    for pattern, _ in _LIMITS:
        lowered = re.sub(pattern, " ", lowered)
    less, more = bool(_LESS.search(lowered)), bool(_MORE.search(lowered))
    return -1 if less and not more else 1, not less and not more and bool(_SIZE_ONLY.search(lowered))

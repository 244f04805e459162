"""How numbers stand in the prose of a page: which are names, which are figures, and which belong together."""

import re

_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"

#: Numbers that are names and lead to no row: addresses, dates and years, bands, indicators, questions, answers, actions, and how many were asked.
NAMES = re.compile(
    "|".join(
        (
            r"https?://\S+|[\w.-]+@[\w.-]+|\b[\w-]+(?:/[\w.-]+)+\.\w+|\b(?:data|params)/\S+",
            r"\b(?=[0-9a-f]*[a-f])(?=[0-9a-f]*\d)[0-9a-f]{7,}\b|\bv?\d+\.\d+\.\d+\w*",
            rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}(?:\s+\d{{4}})?|\b{_MONTH}\s+\d{{4}}",
            r"\b(?:19|20)\d\d\s?[-–/]\s?\d{2,4}\b|\b\d{4}-\d\d-\d\d\b|\b\d{1,2}:\d\d(?::\d\d)?\b",
            r"\b(?:19|20)\d\d\b(?!%| of | people| staff)",
            r"\b(?:[Uu]nder )?[Bb]ands?\s+\d[a-d]?\b(?:\s*(?:to|and|,|or|-|–)\s*\d[a-d]?\b(?! of))*|\b\d[a-d]\b",
            r"\b[Ii]ndicators?\s+\d(?:\s*(?:to|and|,|or|-|–|/|\([^)]*\))\s*\d)*(?:\s*\([^)]*\)\s*and\s+\d)?|^\s*\d\.\s(?=[A-Z])",
            r"\b[Qq]uestions?\s+\d+[a-z]?(?:\s*(?:and|\+|,|or)\s*\d{1,2}[a-z]?(?![\d/]))*|\b\d+[a-z](?:\s*\+\s*\d+[a-z])*\b",
            r"\b\d+-\d+ times\b|\b[Mm]ore than 10 times\b",
            r"\bWith all \d+ asked at once|\ball \d+ are tested together \(Holm's method\): \w+ of \w+",  # so many questions, not people
            r"\b[A-Z]{1,3}\d{1,3}\b|\b[Ll]evel \d\b|\b[Pp]age \d+(?: of \d+)?",
        )
    )
)

_WHOLE = r"\d{1,3}(?:,\d{3})+|\d+"
_PERCENT = r"(?<![\d.])(\d+(?:\.\d+)?)%"
_NOT_A_NUMBER = r"[^0-9()%;]"

#: Any number, with its sign and unit.
NUMBER = re.compile(
    r"(?<![\w.,])(?P<sign>[+\-−–]?)(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?P<unit>\s?%|\s+per cent|\s+percentage points?|\s+points?\b|\s+times\b|\s+of a thousand\b)?(?!\w)"
)
#: "13 of 37", "13 of the 37".
PART_OF = re.compile(rf"(?<![\w.,%])({_WHOLE}) of (?:the )?({_WHOLE})(?![\d.,]*\d)(?!\s*(?:%| to \d))")
#: "65 (4.9%)", "65 people (4.9%)", and "4.9% (65)".
NUMBER_THEN_SHARE = re.compile(rf"(?<! of )(?<![\w.,])({_WHOLE})(?: (?:people|staff|respondents|of them))? \((\d+(?:\.\d+)?)%\)")
SHARE_THEN_NUMBER = re.compile(rf"{_PERCENT} \(({_WHOLE})\)")
#: "95% interval".
INTERVAL = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)% (?:confidence )?intervals?\b")
#: "7.8% to 37.6%", "from 1.19 to 3.86".
RANGE = re.compile(
    r"(?<![\w.,])(\d+\.\d+)(?:%| percentage points?)? (?:to|and) [+\-−–]?(\d+\.\d+)(?![\d.]*\d)"
    r"(?= ?%| percentage| points?|[\s).,;:]|$)"
)

_SHARE_OF_PAIR = re.compile(rf"{_PERCENT}\s*\(({_WHOLE}) of ({_WHOLE})\)")
_SHARE_OF_WHOM = re.compile(rf"{_PERCENT} of {_NOT_A_NUMBER}{{3,160}}\(({_WHOLE}) of ({_WHOLE})(?![\d,]*\d)(?! against)")
_PAIR_THEN_SHARE = re.compile(rf"(?<!\d)({_WHOLE}) of ({_WHOLE})[^()%;.\d]{{0,40}}\((\d+(?:\.\d+)?)%\)")
_TWO_SHARES = re.compile(
    rf"{_PERCENT} of {_NOT_A_NUMBER}{{3,200}} against (\d+(?:\.\d+)?)% of {_NOT_A_NUMBER}{{3,200}}"
    rf"\(({_WHOLE}) of ({_WHOLE}) against ({_WHOLE}) of ({_WHOLE})\)"
)


def shares_with_their_counts(text: str) -> list[tuple[str, str, str]]:
    """Return each percentage that a text gives together with its counts: ``("35.1", "13", "37")``."""
    share_first = [match.groups() for pattern in (_SHARE_OF_PAIR, _SHARE_OF_WHOM) for match in pattern.finditer(text)]
    share_last = [(match[3], match[1], match[2]) for match in _PAIR_THEN_SHARE.finditer(text)]
    both = [found for match in _TWO_SHARES.finditer(text) for found in ((match[1], match[3], match[4]), (match[2], match[5], match[6]))]
    return [*share_first, *share_last, *both]

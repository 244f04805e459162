"""What of a cell a message may show: a wrong code yes, a person's name or number never."""

import re
from collections.abc import Iterable

LONGEST_SHOWN = 60

#: Headings of columns whose cells tell who somebody is; their cells are never shown, wherever they turn up.
_IDENTIFYING_HEADING = re.compile(
    r"\b(names?|surname|forenames?|initials|e-?mail|insurance|nino|birth|dob|address|postcode|phone)\b"
    r"|\b(employee|person|staff|candidate|applicant|payroll|case)\s*(number|no\b|id\b|ref|code)"
)

#: Cells that look like a number of a person, an address, or 'Surname, Forename'.
_LIKE_A_NUMBER = re.compile(r"\d[\d\s-]{4,}\d|@|\b[a-z]{2}\d{6}[a-d]\b", re.IGNORECASE)
_LIKE_A_NAME = re.compile(r"^[^\W\d_][\w'’-]*,\s*[^\W\d_].*$|^(mr|mrs|ms|miss|mx|dr|prof|sir|dame)\b\.?\s", re.IGNORECASE)
_LIKE_A_DATE = re.compile(r"^\d{1,4}[/.\- ]\d{1,2}[/.\- ]\d{1,4}([ T]\d{1,2}:\d\d(:\d\d)?)?$")

HIDDEN = "a value not shown here, because it may tell who somebody is"


def identifies_people(heading: str) -> bool:
    """Tell whether a heading names a column of names or numbers of people."""
    return bool(_IDENTIFYING_HEADING.search(heading.casefold().replace("_", " ")))


def shown(value: str, private: frozenset[str] = frozenset(), known_words: frozenset[str] = frozenset()) -> str:
    """Return how a message shows a cell.

    Parameters
    ----------
    value
        The cell's text.
    private
        Texts (in lower case) that stand in columns of names or numbers of people.
    known_words
        Words (in lower case) of the reference table the value was looked up in; a value that has one is not a name.
    """
    if value == "":
        return "an empty cell"
    text = "".join(character if character.isprintable() else "?" for character in value)
    short = text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + f"… ({len(text):,} characters)"
    if text.casefold() in private or _looks_private(text, known_words):
        return HIDDEN
    return f"'{short}'"


def _looks_private(text: str, known_words: frozenset[str]) -> bool:
    if _LIKE_A_DATE.match(text):
        return False
    if _LIKE_A_NUMBER.search(text):
        return True
    return bool(_LIKE_A_NAME.match(text)) and not (words(text) & known_words)


def words(text: str) -> frozenset[str]:
    """Return the words of a text in lower case."""
    return frozenset(re.findall(r"[a-z]{3,}", text.casefold()))


def vocabulary(texts: Iterable[str]) -> frozenset[str]:
    """Return all words of a reference table."""
    return frozenset().union(*(words(text) for text in texts))

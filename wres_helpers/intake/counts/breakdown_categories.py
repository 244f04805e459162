"""What may be a category of a breakdown, in a table of counts and in an extract: words, in one spelling; what may be a slip is asked about."""

import re
from collections.abc import Iterable

from wres_helpers.intake.spellings import spellings
from wres_helpers.tables.cell_readers import bare_key, loose_key

LONGEST_CATEGORY = 100

#: What a spreadsheet would run; a minus sign before a number or alone is none.
_FORMULA = re.compile(r"[=+@\t\r]|(?!-\s*\d+(\.\d+)?$)-\s*[\w(=+@\"']")

#: What a page or a system marks a text with, what a spreadsheet makes of a code such as ``8E0``, and a word typed over itself.
_MARKUP, _NUMBER = re.compile(r"<[^<>]*>|&[a-z]+;|&#\d+;"), re.compile(r"[-+]?[\d,]*\.?\d+([eE][-+]?\d+)?")
_TWICE = re.compile(r"(\w.{2,}?)[\W_]*\1", re.IGNORECASE | re.DOTALL)
_PART = re.compile(r"\W*(of which|o/w|thereof|including|incl)\b.*", re.IGNORECASE | re.DOTALL)
_NOTE = re.compile(r".*\w ?([*†‡§¶¹²³⁴]+|\[(note )?\w\])", re.IGNORECASE | re.DOTALL)


class Categories:
    """The categories of one column."""

    def __init__(self, cells: Iterable[str]):
        """Take the cells; of several spellings of a category the one that comes first counts."""
        self._spelled: dict[str, str] = {}
        for cell in cells:
            self._spelled.setdefault(loose_key(cell), cell)
            self._spelled.setdefault(_like(cell), cell)

    def spelled(self, cell: str) -> str:
        """Return the spelling under which a category counts."""
        return self._spelled[loose_key(cell)]

    def __contains__(self, cell: str) -> bool:
        return loose_key(cell) in self._spelled

    def doubt(self, cell: str) -> str:
        """Return why a category may be a slip: another but for signs, as a system's markup, a number, a part of others, a word twice, a note's mark."""
        if (beside := self._spelled[_like(cell)]) != cell:
            return f"beside '{beside}'"
        odd = {"a number": _NUMBER, "a part of another row by its words": _PART, "the same twice": _TWICE, "with the mark of a note": _NOTE}
        return next((doubt for doubt, pattern in odd.items() if pattern.fullmatch(cell)), "")


def _like(cell: str) -> str:
    return "like " + bare_key(_MARKUP.sub(" ", cell))


def no_category(cell: str) -> tuple[str, str, str] | None:
    """Return what was expected, what to do and what was found where a cell names no category; None where it may."""
    name = "the name of a category"
    if _FORMULA.match(cell):
        return name, "Replace the cell: a spreadsheet would run it.", f"a text that begins with '{cell[:1]}', as a formula does"
    if len(cell) > LONGEST_CATEGORY:
        longest = f"{name}, at most {LONGEST_CATEGORY} characters"
        return longest, "Shorten the cell, or take another column.", f"a text of {len(cell):,} characters"
    return None if cell.isprintable() else (name, "Mend the cell.", "characters that cannot be printed")


def does_not_count(text: str, name: str) -> bool:
    """Tell whether somebody of whom a text is said (informal, mandatory) does not count in a table by what the standard asks."""
    left_out = (word for word, table in spellings("does not count").items() if table == name)
    return any(re.search(rf"(?<!non )(?<!not )\b{word}\b", bare_key(text)) for word in left_out)

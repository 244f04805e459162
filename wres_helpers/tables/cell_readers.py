"""One cell at a time: what its text was read as, what was odd about it, and why it could not be read."""

import difflib
import math
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import lru_cache
from numbers import Real
from typing import Any, NamedTuple

from wres_helpers.problems import NO_WIDTH

_ODD_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\x85\t\r\n\v\f]")
#: Signs that nobody sees and that turn round the letters behind them, so that a page says what no file does.
TURNING = "\u202a-\u202e"
#: Letters that a page or a PDF joins in one sign (fi, fl, ffi), taken apart by ``str.translate``.
JOINED = {sign: unicodedata.normalize("NFKC", chr(sign)) for sign in range(0xFB00, 0xFB07)}
_BREAKS = re.compile("[\v\f\x85\u2028\u2029]")
#: Latin beside Greek or Cyrillic letters, letters as wide as Chinese ones, and what an accent or a quotation mark is in another encoding.
_MIXED = re.compile("[A-Za-z][\u0370-\u052f]|[\u0370-\u052f][A-Za-z]|[\uff01-\uff5e\ufffd]|\u00c3[\u0080-\u00bf]|\u00e2\u20ac")
#: What a page or a formula is written with, and no text; and what points to another row.
_CODE = re.compile(r"</?[a-z][^<>]*>|&(nbsp|amp|lt|gt|quot|#\d+);|^[=@]\s*\w|^(ditto|as above|\u3003)$", re.I)
_NO_DIGITS = re.compile("[^0-9]")
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_APOSTROPHES = re.compile("[\u2018\u2019\u201b`\u00b4\u02b9\u02bc\u2032\uff07]")

#: Stands for a count that somebody hid before the table came in: a number nobody here knows. Any sum with it is not known either, so that
#: nothing can take it for zero.
SUPPRESSED = math.inf
#: From here on a number stands for hidden counts; what it has above a multiple of this is the most they can be together: "<5" is this and 4.
_HIDDEN = 2.0**40

#: What a spreadsheet writes where it could not calculate, in whatever language: ``#N/A``, ``#VALUE!``, ``#WERT!``, ``#NAME?``, ``###``, ``Err:502``.
ERROR_CELL = re.compile(r"^#([\w/]+[!?]|N/A|NV|GETTING_DATA|#+)$|^Err:[0-9]{3}$", re.I)

#: 093 is the end of an unquoted 1,093; more people than live in the country are no count of staff. A typed space may part two numbers.
_WHOLE = re.compile(r"^(0|[1-9][0-9]{0,7})(\.00?)?$")
_THOUSANDS = re.compile("[1-9][0-9]{0,2}[,\u00a0\u2007\u2009\u202f][0-9]{3}|[1-9][0-9]?(?:[,\u00a0\u2007\u2009\u202f][0-9]{3}){2}")
_SUPPRESSED = re.compile(
    r"^(\*+|\[?c\]?|x|suppressed|(?P<below><|less than|fewer than|under) ?(?P<limit>[0-9]+)|(≤|<=) ?(?P<most>[0-9]+)|(?P<or>[0-9]+) or (less|fewer))$",
    re.I,
)
#: A small number, of which no more is said; 5-9 may be an age.
_BETWEEN = re.compile(r"^(?:between )?[01] ?(?:-|to|and) ?([0-9]{1,2})$", re.I)
_HALF = re.compile(r"^[0-9]+[.,]5$")
_NOTHING = frozenset({"", "-", ".", ":", "n/a", "na", "nil", "none", "null", "nan", "nat", "<na>"})

#: What stands beside a sum of all rows.
_TOTAL = re.compile(
    r"^(grand |sub[- ]?|overall )?totals?( number| count)?( of)?( records| rows| staff| employees| headcount| people| assignments| applications| members| cases)?"
    r"\W*[\d,.]*\W*$",
    re.IGNORECASE,
)

#: Longest text that is one line: a name, a place, a source.
_LONGEST_LINE = 1_000

#: Longest piece of a cell that a message shows.
LONGEST_SHOWN = 60


class Read(NamedTuple):
    """What a cell was read as; ``note`` says what was odd about it, ``wrong`` why it could not be read, ``cure`` what is or is to be done."""

    value: Any = None
    note: str = ""
    wrong: str = ""
    cure: str = ""


Reader = Callable[[str], Read]


def clean_text(text: str) -> tuple[str, str]:
    """Return a cell's text without odd spaces and signs of no width, and what was odd about it ('' where nothing was).

    Examples
    --------
    >>> clean_text("Band\\u00a05 ")
    ('Band 5', 'a non-breaking space')
    """
    if text.isascii() and text.isprintable() and not (text[:1] == " " or text[-1:] == " " or "  " in text):
        return text, ""
    notes = ["letters of two alphabets or encodings in one word"] if _MIXED.search(text) else []
    apart = text.translate(JOINED)
    without = NO_WIDTH.sub("", apart)
    notes += ["letters joined in one sign"] * (apart != text) + ["characters without width"] * (without != apart)
    spaced = _ODD_SPACES.sub(" ", without)
    if "\u00a0" in without:
        notes.append("a non-breaking space")
    elif spaced != without:
        notes.append("odd spaces or line breaks")
    stripped = spaced.strip(" ")
    if not stripped:
        return "", "nothing but spaces"
    if stripped != spaced and "\u00a0" not in without:
        notes.append("spaces before or after the text")
    single = re.sub(" {2,}", " ", stripped)
    if single != stripped:
        notes.append("double spaces")
    return single, " and ".join(notes)


@lru_cache(maxsize=20_000)  # the same headings and words stand in every table
def key_of(text: str) -> str:
    """Return what two spellings of one value have in common: no capitals, no odd spaces, plain dashes and apostrophes."""
    return _APOSTROPHES.sub("'", _DASHES.sub("-", text)).casefold()


@lru_cache(maxsize=20_000)
def loose_key(text: str) -> str:
    """Return what a heading or a word of a closed list has in common however it is set: small letters, single underscores."""
    return "_".join(key_of(clean_text(text)[0]).replace("_", " ").replace("-", " ").replace("&", " and ").split())


def bare_key(text: str) -> str:
    """Return the words of a label in small letters, without any sign between them; a share of a group is not the group."""
    spelled = clean_text(text)[0].casefold().replace("&", " and ").replace("%", " percent ")
    return " ".join("".join(sign if sign.isalnum() else " " for sign in spelled).split())


def nearest(word: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """Return the known word nearest to one that is not known, whatever its capitals, or nothing where none is: Band 10 is no misspelt Band 1."""
    number = _NO_DIGITS.sub("", word)
    meant = {other.casefold(): other for other in known if not number or _NO_DIGITS.sub("", other) in ("", number)} if len(word) > 1 else {}
    return next((meant[close] for close in difflib.get_close_matches(word.casefold(), meant, n=1, cutoff=cutoff)), "")


def did_you_mean(word: str, known: Iterable[str], otherwise: str, cutoff: float = 0.6) -> str:
    """Return what to do about a word that is not known: the question whether the nearest is meant, or else something."""
    close = nearest(word, known, cutoff)
    return f"Did you mean '{close}'?" if close else otherwise


def shown_cell(text: str) -> str:
    """Return a cell as a message shows it: in quotes, printable, and never longer than a line."""
    if text == "":
        return "an empty cell"
    spaced = re.sub(r"[^\S\x00-\x1f\x85\u2028\u2029]", " ", text)  # what nobody sees is named by the message
    plain = "".join(sign if sign.isprintable() or NO_WIDTH.match(sign) else "?" for sign in spaced)
    return f"'{plain}'" if len(plain) <= LONGEST_SHOWN else f"'{plain[:LONGEST_SHOWN]}…' ({len(text):,} characters)"


def is_total(text: str) -> bool:
    """Tell whether a cell says that its row is the sum of others."""
    return bool(_TOTAL.match(text.strip()))


def any_text(text: str) -> Read:
    """Take a text as it stands, without spaces round it."""
    apart = text.translate(JOINED)
    return Read(_BREAKS.sub(" ", NO_WIDTH.sub("", apart)).strip(), "letters joined in one sign" * (apart != text))


def in_words(read: Read) -> Read:
    """Return a cell of words for what it says: what systems write for nothing is nothing, and a broken word is none."""
    if read.wrong or not isinstance(read.value, str):
        return read
    if _MIXED.search(read.value) or re.search("[\x00-\x08\x0e-\x1f]", read.value):
        return Read(wrong="broken", cure="Type the word anew: letters of two alphabets or encodings stand in it.")
    if _CODE.search(read.value):
        return Read(wrong="code", cure="Type it in words: the markup of a page, a formula or 'ditto' stands there.")
    return Read("", "read as nothing" * (key_of(read.value) not in _NOTHING)) if written_for_nothing(read.value) else read


def written_for_nothing(text: str) -> bool:
    """Tell whether a text is what people or systems write where there is none: a dash, ``n/a``, ``NULL``; a tick or a face says something."""
    return key_of(text) in _NOTHING or not any(sign.isalnum() or unicodedata.category(sign) == "So" for sign in text)


def like(pattern: str) -> Reader:
    """Return the reader of texts on one line that a pattern fits whole."""
    matches = re.compile(pattern).fullmatch
    return lambda text: Read(clean) if matches(clean := clean_text(text)[0]) else Read(wrong="of another kind")


def line_text(text: str) -> Read:
    """Take a text on one line, without odd spaces."""
    clean, note = clean_text(text)
    if len(clean) > _LONGEST_LINE:
        return Read(clean, wrong="too long", cure=f"Shorten it to a line, of at most {_LONGEST_LINE:,} characters.")
    return Read(clean, note if any(odd in note for odd in ("width", "breaking", "alphabets", "line breaks", "joined")) else "")


def whole_number(text: str) -> Read:
    """Read a count of people, which a spreadsheet may have written as ``1,093`` or ``1093.0``.

    Examples
    --------
    >>> whole_number("1,093").value, whole_number("1093.0").value, whole_number("14,5").wrong
    (1093, 1093, 'half a person')
    """
    clean = clean_text(text)[0]
    if _WHOLE.match(clean):
        return Read(int(clean.partition(".")[0]))
    if _THOUSANDS.fullmatch(clean) or _THOUSANDS.fullmatch(text.strip()):
        return Read(int(re.sub("[, ]", "", clean)), f"a {'comma' if ',' in clean else 'space'} between thousands")
    wrong, cure = _why_no_count(clean)
    return Read(wrong=wrong, cure=cure)


def count_or_suppressed(text: str) -> Read:
    """Read a count of people, or that whoever made the table hid it: ``<5``, ``*``, ``[c]``, ``fewer than 5``.

    Examples
    --------
    >>> is_hidden(count_or_suppressed("<5").value), most_of(count_or_suppressed("<5").value), count_or_suppressed("7").value
    (True, 4.0, 7)
    """
    if between := _BETWEEN.match(_DASHES.sub("-", clean_text(text)[0])):
        return hidden_number(_HIDDEN + int(between[1]))
    hidden = _SUPPRESSED.match(clean_text(text)[0])
    if not hidden:
        return whole_number(text)
    limit = hidden["limit"] or hidden["most"] or hidden["or"]
    return hidden_number() if limit is None else hidden_number(_HIDDEN + max(int(limit) - bool(hidden["below"]), 0))


def hidden_number(value: float = SUPPRESSED) -> Read:
    """Return what a cell is read as whose number was hidden."""
    return Read(value, "hidden by whoever made the table", cure="Taken as not known: what needs it is not calculable, and says so.")


def is_hidden(value: object) -> bool:
    """Tell whether a value stands for a hidden count, or for a sum with one."""
    return isinstance(value, Real) and float(value) >= _HIDDEN


def most_of(count: float) -> float:
    """Return how many people a count can be at most: itself, or what whoever hid it said; infinite where nothing was said."""
    return count if count == SUPPRESSED else count % _HIDDEN


def written_count(count: float) -> str:
    """Return a count as a table has it, hidden ones too."""
    return f"{count:.0f}" if not is_hidden(count) else "[c]" if count == SUPPRESSED else f"<{most_of(count) + 1:.0f}"


def _why_no_count(clean: str) -> tuple[str, str]:
    """Return why a text is no count of people, and what to do."""
    halves = "Enter whole people: everybody of the period that the year's edition counts (README of the year's folder), never an average of years."
    nobody = "Enter 0 where somebody counted and found nobody; leave the row out where nothing was supplied."
    kinds = (
        (clean == "", "empty", "Enter the count; leave the whole row out where nothing was supplied."),
        (is_suppressed(clean), "suppressed", "Counts must come in unsuppressed; the pack hides small numbers itself."),
        (_HALF.match(clean), "half a person", halves),
        (clean.endswith("%"), "a percentage", "Enter the number of people, not their share."),
        (key_of(clean) in _NOTHING, "no number", nobody),
        (True, "not a whole number", "Enter the count as a whole number, one that was hidden as [c]."),
    )
    return next((wrong, cure) for holds, wrong, cure in kinds if holds)


def holds_no_word(text: str) -> bool:
    """Tell whether a cell that should hold a word holds none: nothing, a sign, or what systems write for nothing.

    >>> [holds_no_word(text) for text in ("", "-", "NULL", "[c]", "C")]
    [True, True, True, True, False]
    """
    return written_for_nothing(text) or not any(map(str.isalnum, text)) or (is_suppressed(text) and not text.isalpha())


def is_suppressed(text: str) -> bool:
    """Tell whether a cell says that a small number was hidden: ``<5``, ``*``, ``[c]``, ``fewer than 5``."""
    return bool(_SUPPRESSED.match(clean_text(text)[0]))


def one_of(
    values: Iterable[str],
    also: Mapping[str, str] | None = None,
    not_meant: Iterable[str] = (),
    cure: str = "",
    beside: Collection[str] = (),
) -> Reader:
    """Return the reader of a closed list; ``also`` has other spellings with one certain meaning, and a message tells how they were read.

    Words that are ``not_meant`` stand near those of the list and mean something else; ``cure`` says what to do about them. Words ``beside``
    one of the list only say what it is a word for: voting board members are those who vote.
    """
    words = tuple(values)
    exact = frozenset(words)
    keyed = {loose_key(word): word for word in words}
    for spelling, word in (also or {}).items():
        keyed.setdefault(loose_key(spelling), word)
    others = frozenset(map(loose_key, not_meant))

    def read(text: str) -> Read:
        clean = clean_text(text)[0]
        if clean in exact:
            return Read(clean)
        word = keyed.get(loose_key(clean)) or keyed.get("_".join(part for part in loose_key(clean).split("_") if part not in beside))
        if loose_key(clean) in others:
            return Read(wrong="another word", cure=cure)
        return Read(word, f"read as '{word}'") if word is not None and clean else Read(wrong="not in the list")

    return read

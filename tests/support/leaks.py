"""The leak test of finished files: looks in everything below a folder for what must not be there.

Two kinds of things are looked for. Canaries are texts that must appear nowhere in any form: names, employee numbers,
free text of records. Hidden numbers are looked for where they would say something: in the row and column of a table
that is about them, in a sentence that names their row and group, and, where a number has enough digits to be
recognised by itself, anywhere a reader looks. A number that the report may show elsewhere under the same name is not a
finding.
"""

import json
import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from html import unescape
from pathlib import Path
from typing import Final
from urllib.parse import unquote

import pandas as pd

from support.leak_texts import Fragment, fragments_of
from wres_helpers.analysis.evidence import Evidence
from wres_helpers.report.form import numbers

CANARY: Final = "canary"
HIDDEN_NUMBER: Final = "hidden number"

#: Shortest canary that is looked for inside other words; shorter ones must stand alone.
_INSIDE_WORDS = 5
#: Digits after the point with which a fraction is recognised wherever it stands.
_TELLING_DIGITS = 6

#: A longer piece of text without a full stop is no sentence.
_LONGEST_SENTENCE = 400
#: Columns whose numbers are names and not counts.
_IDENTIFIERS = ("indicator", "year", "previous year", "edition", "question", "organisation", "confidence")

_RATES = ("rate", "white_rate", "bme_rate", "unknown_share")
_COUNTS = (
    "count", "base", "known", "unknown", "total",
    "white_count", "white_base", "bme_count", "bme_base", "unknown_count", "unknown_base",
)  # fmt: skip
#: Spaces, and letters that take no place: they do not keep a text from being read.
_UNSEEN = re.compile(r"[\s\x00-\x1f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+")
#: What stands for a hidden number and may hold its digits: "14 to 17", also where a line of a page ends within it, "fewer than 5".
_INSTEAD = re.compile(
    r"fewer than \d+|[+\u2212-]?\d[\d,.]*%?\s+to\s+[+\u2212-]?\d[\d,.]*%?(?: percentage points)?|\d+ or more|\d+% interval"
)
_NUMBER = re.compile(r"(?<![\w.,])[+\u2212-]?\d[\d,]*(?:\.\d+)?%?(?![\w])")


@dataclass(frozen=True)
class Leak:
    """Something that must not be where it is.

    Attributes
    ----------
    file
        The file, seen from the searched folder.
    where
        The place inside it.
    kind
        ``canary`` or ``hidden number``.
    what
        Which canary (its place in the list), or which number it is; never the number itself.
    """

    file: str
    where: str
    kind: str
    what: str

    def sentence(self) -> str:
        """Return the finding as one line of plain English."""
        return f"{self.file}, {self.where}: {self.kind}, {self.what}"


@dataclass(frozen=True)
class HiddenNumber:
    """A number that is hidden, and how one would recognise it.

    Attributes
    ----------
    what
        What it is, in words, without the number.
    row, columns
        The heading of a table row that is about it (lower case), and words of the column's heading, any of which will do.
    written
        The ways of writing it with few digits, which say something only beside their headings.
    anywhere
        The ways of writing it that are recognised wherever they stand.
    beginning
        How it begins when it is written in full, or empty.
    """

    what: str
    row: str
    columns: frozenset[str]
    written: frozenset[str]
    anywhere: frozenset[str] = frozenset()
    beginning: str = ""


def find_leaks(folder: Path, canaries: Iterable[str] = (), hidden: Iterable[HiddenNumber] = (), also: Iterable[Path] = ()) -> list[Leak]:
    """Search every file below a folder.

    Parameters
    ----------
    folder
        Usually ``board/``.
    canaries
        Texts that must appear nowhere.
    hidden
        See :func:`hidden_numbers`.
    also
        Further files that lie outside the folder: the receipt, the log.

    Returns
    -------
    list of Leak
        Empty where nothing was found. A file that cannot be read raises; it is never passed over.
    """
    needles = tuple((place, _without_spaces(text), text) for place, text in enumerate(canaries, start=1) if text.strip())
    index = _index(hidden)
    found: dict[Leak, None] = {}
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    for path in [*files, *also]:
        shown = path.relative_to(folder).as_posix() if path in files else path.name
        found |= dict.fromkeys(_canaries_in(Fragment("the file's name", shown), shown, needles))
        for fragment in fragments_of(path.name, path.read_bytes()):
            found |= dict.fromkeys(_canaries_in(fragment, shown, needles))
            if fragment.seen and index:
                found |= dict.fromkeys(_numbers_in(fragment, shown, index))
    return list(found)


def _without_spaces(text: str) -> str:
    alike = text if text.isascii() else unicodedata.normalize("NFKC", text)  # plain letters are what they are
    return _UNSEEN.sub("", alike.casefold())


def _canaries_in(fragment: Fragment, shown: str, needles: tuple[tuple[int, str, str], ...]) -> list[Leak]:
    return [Leak(shown, fragment.where, CANARY, f"number {place} of the list") for place in _places(fragment.text, needles)]


@lru_cache(maxsize=20_000)
def _places(content: str, needles: tuple[tuple[int, str, str], ...]) -> tuple[int, ...]:
    """Return which of the list a text holds; the same texts stand in many files of a report."""
    if not needles:
        return ()
    found, texts = [], {content, unescape(content), unquote(content)}
    packed = [_without_spaces(text) for text in texts]
    for place, needle, canary in needles:
        if len(needle) >= _INSIDE_WORDS:
            there = any(needle in text for text in packed)
        else:
            there = any(re.search(rf"(?<!\w){re.escape(canary)}(?!\w)", text, re.IGNORECASE) for text in texts)
        if there:
            found.append(place)
    return tuple(found)


def _index(hidden: Iterable[HiddenNumber]) -> dict[str, list[HiddenNumber]]:
    """Return hidden numbers by every way of writing them."""
    index: dict[str, list[HiddenNumber]] = {}
    for number in hidden:
        for way in number.written | number.anywhere | ({number.beginning} if number.beginning else set()):
            index.setdefault(way, []).append(number)
    return index


def _numbers_in(fragment: Fragment, shown: str, index: Mapping[str, list[HiddenNumber]]) -> Iterator[Leak]:
    for way in _written(fragment.text):
        beginning = way.lstrip("+-\u2212")[: way.lstrip("+-\u2212").find(".") + 1 + _TELLING_DIGITS]
        for number in [*index.get(way, ()), *(index.get(beginning, ()) if beginning != way else ())]:
            if way in number.anywhere or beginning == number.beginning != "" or _is_about(fragment, number, way):
                yield Leak(shown, fragment.where, HIDDEN_NUMBER, number.what)


@lru_cache(maxsize=20_000)
def _written(text: str) -> set[str]:
    """Return the numbers of a text as they are written, without separators; ranges and limits are left out."""
    return {match.group().replace(",", "") for match in _NUMBER.finditer(_INSTEAD.sub(" ", text))}


def _is_about(fragment: Fragment, number: HiddenNumber, way: str) -> bool:
    """Tell whether a fragment is about a number: its row and column say so, or one sentence names both."""
    if not fragment.prose or way not in number.written:
        return False
    if fragment.row:
        heads = [part.strip().casefold() for part in fragment.row.split(" | ")]
        column = " ".join(re.findall(r"[a-z0-9]+", fragment.column.casefold()))
        if fragment.text.strip().casefold() in heads or column in _IDENTIFIERS:
            return False
        row_fits = number.row in heads or (number.row in _SUBJECTS.values() and number.row in fragment.where.casefold())
        return row_fits and any(words in heads or set(words.split()) <= set(column.split()) for words in number.columns)
    row = re.escape(number.row) + ("" if number.row in _SUBJECTS.values() else r"\b")
    for sentence in re.split(r"(?<=[.!?;])\s", fragment.text.casefold()):
        rest = re.sub(rf"\b{row}", " ", sentence)
        if rest == sentence or len(sentence) >= _LONGEST_SENTENCE or way not in _written(rest):
            continue
        if any(all(re.search(rf"\b{re.escape(word)}\b", rest) for word in words.split()) for words in number.columns):
            return True
    return False


def hidden_numbers(evidence: Evidence, protected: Evidence) -> list[HiddenNumber]:
    """Return the numbers that a protected report hides, with the headings under which they would stand.

    Numbers that are shown somewhere under the same headings (in another year, in another table) are left out: their
    digits prove nothing.
    """
    terms = evidence.context.terms
    labels = {"white": terms.white, "bme": terms.bme, "unknown": terms.unknown, "all": "all"}
    names = dict(zip(evidence.context.reference.grades["grade"], evidence.context.reference.grades["label"], strict=True))
    found, shown = [], _Shown()
    for value in evidence.benchmarks["value"]:
        shown.everywhere.update(_ways("rate", "", value) | _ways("value", "ratio", value) | {f"{value}%", f"{value:.1f}%"})
    for table in ("results", "shares"):
        pairs = zip(getattr(evidence, table).to_dict("records"), getattr(protected, table).to_dict("records"), strict=True)
        for true, board in pairs:
            said = json.loads(board["protection"]) if board["protection"] else {}
            for column, value in true.items():
                if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or column == "confidence":
                    continue
                number = _recognised(table, true, column, float(value), _headings(table, true, column, names, labels))
                if column in said:
                    found.append(number)
                elif not pd.isna(board[column]):
                    shown.add(number)
    return [number for each in found if (number := shown.without(each)) is not None]


class _Shown:
    """The numbers that a report does show, by their headings."""

    def __init__(self) -> None:
        self.by_row: dict[str, set[str]] = {}
        self.everywhere: set[str] = set()

    def add(self, number: HiddenNumber) -> None:
        self.by_row.setdefault(number.row, set()).update(number.written)
        self.everywhere |= number.written | {number.beginning}

    def without(self, number: HiddenNumber) -> HiddenNumber | None:
        written = number.written - self.by_row.get(number.row, set())
        anywhere = number.anywhere - self.everywhere
        beginning = "" if number.beginning in self.everywhere else number.beginning
        if not written and not anywhere and not beginning:
            return None
        return replace(number, written=frozenset(written), anywhere=frozenset(anywhere), beginning=beginning)


def _recognised(table: str, row: Mapping, column: str, value: float, headings: tuple[str, frozenset[str]]) -> HiddenNumber:
    ways = _ways(column, row.get("comparison", ""), value)
    headline = table == "results" and row["breakdown"] in ("overall", "membership") and column != "p_value" and column not in _COUNTS
    anywhere = frozenset(way for way in ways if len(re.sub(r"\D", "", way).lstrip("0")) >= 2 and "." in way) if headline else frozenset()
    return HiddenNumber(_in_words(row, column), *headings, ways, anywhere, _beginning(column, value))


#: A word that every sentence and caption about a whole indicator or item has.
_SUBJECTS = {
    "entering_disciplinary": "disciplinary", "entered_disciplinary": "disciplinary",
    "accessing_training": "training", "accessed_training": "training",
    "appointed_from_shortlisting": "appointed", "appointed_from_applied": "appointed", "appointed": "appointed",
    "shortlisted_from_applied": "shortlisted", "shortlisted": "shortlisted",
    "harassment_public": "harass", "harassment_staff": "harass", "equal_opportunities": "fair", "discrimination_staff": "discriminat",
    "board_share": "board", "board": "board", "senior_share": "senior",
}  # fmt: skip


def _headings(table: str, row: Mapping, column: str, names: Mapping[str, str], labels: Mapping[str, str]) -> tuple[str, frozenset[str]]:
    category = str(row["category"])
    about = str(row.get("measure") or row.get("item"))
    whole = category in ("all", "total") and about in _SUBJECTS
    head = _SUBJECTS[about] if whole else names.get(category, category)
    group = row["ethnic_group"] if table == "shares" else column.split("_", maxsplit=1)[0]
    label = labels.get(group)
    return head.casefold(), frozenset({label.casefold(), str(group)} if label else {column.replace("_", " ")})


def _ways(column: str, comparison: str, value: float) -> frozenset[str]:
    if column in _COUNTS:
        return frozenset({f"{value:.0f}", f"{value:.1f}"})
    if column in _RATES or (column in ("lower", "upper") and not comparison):
        percentages = {numbers.percentage(value, decimals) for decimals in range(3)}
        return frozenset(percentages | {f"{value:.3f}", f"{value:.4f}"})
    if comparison == "ratio":
        return frozenset({f"{value:.2f}", f"{value:.3f}", f"{value:.4f}"})
    return frozenset({f"{100 * value:.1f}", f"{100 * value:.2f}", f"{abs(100 * value):.1f}", f"{value:.3f}", f"{value:.4f}"})


def _beginning(column: str, value: float) -> str:
    """Return how the number begins when it is written in full, if it has enough digits to be recognised anywhere."""
    exact = repr(abs(value))
    if column in _COUNTS or "e" in exact or len(exact.split(".")[-1]) <= _TELLING_DIGITS:
        return ""
    return exact[: exact.index(".") + 1 + _TELLING_DIGITS]


def _in_words(row: Mapping, column: str) -> str:
    about = f"indicator {row['indicator']}" if "indicator" in row else row["item"]
    parts = [about, row["breakdown"], row["category"], row.get("ethnic_group"), row["year"]]
    return f"{column.replace('_', ' ')} of " + ", ".join(str(part) for part in parts if part)

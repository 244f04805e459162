"""Proves a page before it is written: every number that one of its blocks prints leads to a row that may be shown.

A number is written by one of the functions of :mod:`wres_helpers.report.form.numbers`, which remembers the exact value behind it; the
block that prints it cites that value, and here the value is looked up. A number that no block cites, or whose value no row holds, is
refused, and "13 of 37" must stand in one row. Where the finding of an indicator stands, only what its own rows, and those of
the workforce, hold may be printed. Numbers in names (Band 8a, question 14, 2019/20) and in what stands for a hidden number are words of the rows.

What it can't see: a true value of the wrong row of the same indicator; and letters drawn as shapes in a chart, whose alternative text
and data it looks up. Tests read whole pages back for both.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import takewhile
from typing import Any, TypeGuard

import pandas as pd

from wres_helpers import __version__
from wres_helpers.analysis import Evidence
from wres_helpers.problems import Problem
from wres_helpers.report.form.blocks import texts_in
from wres_helpers.report.form.numbers import NUMBER
from wres_helpers.settings.parameters import Parameters
from wres_helpers.standard.columns import hidden_texts
from wres_helpers.standard.standards import read_standard

Block = Mapping[str, Any]
Row = dict[str, object]

#: Columns whose words are sources and addresses, not words of a page.
_UNREAD = frozenset({"source", "source_url", "note", "confidence_mark", "protection"})

#: A page with more refusals than this shows the first ones.
_SHOWN = 12
#: Keys of a block that hold no words of a page: names, a picture's drawing, and what is looked up on its own.
_UNSEEN = frozenset(
    {"kind", "id", "status", "tone", "svg", "cited", "about", "text_name", "value", "lower", "upper", "neutral", "years", "anchor"}
)
#: Days, years and places on the web, which are names and no figures.
_NAMES = re.compile(r"\b(?:\d{1,2} )?(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{4}\b"
                    r"|\b(?:19|20)\d\d(?:[/–-]\d\d)?\b(?! of |%)|\b[a-z][\w-]*(?:\.[\w-]+)*\.(?:com|net|org|uk)\b")  # fmt: skip
#: Nobody and everybody as percentages, which need no row.
_ALWAYS = {"0": 0.0, "100": 1.0}
#: "13 of 37"; what is less, more or up to a number is a hidden number's range.
_PART_OF = re.compile(
    rf"(?<!than )(?<!to )(?<![\d.,])({NUMBER.pattern}) of (?:the )?({NUMBER.pattern})(?!\s*(?:%|per cent| to \d|[\d.,]*\d))"
)


class CitedRows:
    """The rows that numbers on a page may lead to: those of the evidence and of the standard, by table; for a board's page protected."""

    def __init__(self, tables: Mapping[str, pd.DataFrame]):
        self._tables = {name: list(enumerate(table.to_dict("records"))) for name, table in tables.items()}
        self._about: dict[frozenset[str], CitedRows] = {}

    def about(self, indicators: frozenset[str]) -> "CitedRows":
        """Return the rows that a page about some indicators may print: their own, and the workforce's.

        Tables without an indicator or an item count whole, and so do all tables where no catalogue says which items an
        indicator counts.
        """
        if not indicators or "catalogue" not in self._tables:
            return self
        if indicators not in self._about:
            own = [row for _, row in self._tables["catalogue"] if str(row["indicator"]) in indicators]
            items = {"headcount", "workforce", *(row[part] for row in own for part in ("numerator", "base"))}
            some = self._about[indicators] = CitedRows({})
            # how many of all staff an item counts, such as who answered the survey, is about every indicator that counts it
            shared = {row["measure"] for _, row in self._tables["catalogue"] if row["numerator"] in items and row["base"] == "headcount"}
            some._tables = {
                name: [each for each in rows if each[1].get("measure") in shared or _is_about(each[1], indicators, items)]
                for name, rows in self._tables.items()
            }
        return self._about[indicators]

    @cached_property
    def places(self) -> dict[str, set[tuple[str, int]]]:
        """Every value with the rows that hold it: a table of the evidence and the number of its row."""
        found: dict[str, set[tuple[str, int]]] = defaultdict(set)
        for name, rows in self._tables.items():
            for number, row in rows:
                whole = 100 if str(row.get("unit", "")).startswith("percent") else 1
                for value in filter(_is_number, row.values()):
                    found[_exact(float(value) / whole)].add((name, number))
        return found

    @cached_property
    def words(self) -> set[str]:
        """Numbers in the words of the rows: labels, questions, years, and what stands for hidden numbers."""
        texts = {text for rows in self._tables.values() for _, row in rows for text in _words_of(row)}  # most stand in many rows
        return {said for text in texts for said in _said(text)}

    def where(self, value: float) -> set[tuple[str, int]]:
        """Return the rows that hold exactly this value; the sign is the sentence's to say."""
        return self.places.get(_exact(value), set())


def _said(text: str) -> Iterator[str]:
    """Give the numbers of a text that somebody typed, and its pairs such as "7 of 12"."""
    yield from NUMBER.findall(text)
    yield from (pair[0] for pair in _PART_OF.finditer(text))


def _words_of(row: Row) -> Iterator[str]:
    yield from (str(value) for field, value in row.items() if isinstance(value, str) and field not in _UNREAD)
    yield from map(str, hidden_texts(row.get("protection")).values())


def _is_about(row: Row, indicators: frozenset[str], items: set[object]) -> bool:
    if "indicator" in row:
        return str(row["indicator"]) in indicators
    return "item" not in row or row["item"] in items


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _exact(value: float) -> str:
    # a difference taken in another order may differ in its last binary digits
    return f"{abs(value):.12g}"


def evidence_tables(evidence: Evidence) -> dict[str, pd.DataFrame]:
    """Return every table a page may be made from, by name: those of the evidence, and the standard's own."""
    reference = evidence.context.reference
    return evidence.tables() | {"catalogue": reference.catalogue, "grades": reference.grades, "national_figures": reference.benchmarks}


def cited_rows(evidence: Evidence) -> CitedRows:
    return CitedRows(evidence_tables(evidence))


def printed_rules(parameters: Parameters, actions: pd.DataFrame) -> list[str]:
    """Return the texts whose numbers need no row: the action plan, the rules of the master file that pages print, and the standard's day of counting."""
    rule, disclosure = parameters.status_rule, parameters.disclosure
    error = 100 * (1 - rule.confidence)
    rules = [
        *rule.no_adverse_range,
        100 * rule.confidence,
        error,
        error / 2,
        rule.minimum_expected,
        disclosure.minimum_count,
        disclosure.minimum_survey_base,
    ]
    report = parameters.report
    signed = (each for each in report.sign_off.model_dump().values() if isinstance(each, str))
    day = read_standard(parameters.reference_folder).snapshot
    people_wrote = [day, *report.decisions, *report.sign_off.committees, *signed, str(parameters.organisation.name)]
    return [*map(" ".join, actions.astype(str).to_numpy()), *(f"{number:g} {number:.2f}" for number in rules), *people_wrote, __version__]


def unproven(name: str, blocks: Sequence[Block], rows: CitedRows, rules: Sequence[str]) -> list[Problem]:
    """Return what keeps the page of a section from proving its own figures: each number that leads to no row, or contradicts one.

    Blocks come in reading order. Texts that people wrote (``written``), or are still to write (``text_name``), are passed over: their numbers
    are their own, and excuse none of ours. The rows are :func:`cited_rows`, protected for the board; the rules :func:`printed_rules`.
    """
    known = {said for text in rules for said in _said(text)}
    action = "Make the sentence, table or chart from the rows that may be shown; text people write may hold numbers of its own."
    found: dict[Problem, None] = {}
    for indicators, block in _with_indicators(blocks):
        if not (block.get("written") or block.get("text_name")):
            about = rows.about(indicators)
            for number, phrase, reason in _untraced(block, about, known | about.words):
                found[Problem(name, f"a number that leads to a row ({reason})", action, found=f"'{number}' in \"{phrase}\"")] = None
    return list(found)[:_SHOWN]


def _with_indicators(blocks: Sequence[Block]) -> Iterator[tuple[frozenset[str], Block]]:
    """Give each block with the indicators whose findings stand below its heading, or else below the nearest one around it; none without."""
    above: list[tuple[int, frozenset[str]]] = []
    for place, block in enumerate(blocks):
        if block["kind"] == "heading":
            level = block["level"]
            below = takewhile(lambda other, level=level: other["kind"] != "heading" or other["level"] > level, blocks[place + 1 :])  # type: ignore[misc]
            findings = [other["about"][other["text"]]["of"] for other in below if other.get("anchor")]
            above = [each for each in above if each[0] < level] + [(level, frozenset().union(*findings))]
        yield next((found for _, found in reversed(above) if found), frozenset()), block


def _untraced(block: Block, rows: CitedRows, words: set[str]) -> Iterator[tuple[str, str, str]]:
    """Give each number of a block that leads to no row, what stands around it, and the reason."""
    cited = block.get("cited", {})
    for text in (_NAMES.sub("", said) for said in texts_in(block, _UNSEEN)):
        for match in NUMBER.finditer(text):
            values = cited.get(match[0], ())
            if match[0] not in words and not any(rows.where(value) or value == _ALWAYS.get(match[0]) for value in values):
                reason = "no row that may be shown holds its value" if match[0] in cited else "nothing says from which row it was written"
                yield match[0], _around(text, match.start()), reason
        for match in _PART_OF.finditer(text):
            part, whole = ({row for value in cited.get(number, ()) for row in rows.where(value)} for number in match.groups())
            if match[0] not in words and not part & whole:
                yield match[0], _around(text, match.start()), "the two numbers do not stand in one row"


def _around(text: str, at: int) -> str:
    start = max(0, at - 50)
    return ("..." if start else "") + text[start : at + 60] + ("..." if at + 60 < len(text) else "")

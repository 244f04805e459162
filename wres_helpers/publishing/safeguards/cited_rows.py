"""Where each value that may be shown stands: the index in which the numbers of a page are looked up."""

import json
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeGuard

import pandas as pd

from wres_helpers.report.numbers import NUMBER

Row = dict[str, object]

#: Columns whose words are sources and addresses, not words of a page.
_UNREAD = frozenset({"source", "source_url", "note", "confidence_mark", "protection"})


@dataclass(frozen=True, order=True)
class Cell:
    """Where a value stands: a table of the evidence, one of its rows, and the field."""

    table: str
    row: int
    field: str

    @property
    def place(self) -> tuple[str, int]:
        """The row, whichever the field."""
        return self.table, self.row


class CitedRows:
    """The rows that numbers on a page may lead to.

    Parameters
    ----------
    tables
        The evidence of a report and the standard's own tables, by name; for a board's page the protected ones.
    """

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
    def cells(self) -> dict[str, set[Cell]]:
        """Every value with the cells that hold it."""
        found: dict[str, set[Cell]] = defaultdict(set)
        for name, rows in self._tables.items():
            for number, row in rows:
                whole = 100 if str(row.get("unit", "")).startswith("percent") else 1
                for field, value in row.items():
                    if _is_number(value):
                        found[_exact(float(value) / whole)].add(Cell(name, number, field))
        return found

    @cached_property
    def words(self) -> set[str]:
        """Numbers in the words of the rows: labels, questions, years, and what stands for hidden numbers."""
        return {number for rows in self._tables.values() for _, row in rows for text in _words_of(row) for number in NUMBER.findall(text)}

    def where(self, value: float) -> set[Cell]:
        """Return the cells that hold exactly this value; the sign is the sentence's to say."""
        return self.cells.get(_exact(value), set())


def _words_of(row: Row) -> Iterator[str]:
    yield from (str(value) for field, value in row.items() if isinstance(value, str) and field not in _UNREAD)
    if isinstance(row.get("protection"), str) and row["protection"]:
        yield from map(str, json.loads(str(row["protection"])).values())


def _is_about(row: Row, indicators: frozenset[str], items: set[object]) -> bool:
    if "indicator" in row:
        return str(row["indicator"]) in indicators
    return "item" not in row or row["item"] in items


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _exact(value: float) -> str:
    # a difference taken in another order may differ in its last binary digits
    return f"{abs(value):.12g}"

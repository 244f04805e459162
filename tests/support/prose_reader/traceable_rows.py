"""The rows that a page's numbers may lead to, and what numbers they hold, collected once for all pages."""

from collections.abc import Mapping
from functools import cached_property

import pandas as pd

from support.prose_reader.traceable_numbers import Traceable

Row = dict[str, object]


class TraceableRows:
    """The rows of a report's tables, by the table's name.

    Parameters
    ----------
    tables
        The evidence of a report, and the standard's own tables.
    """

    def __init__(self, tables: Mapping[str, pd.DataFrame]):
        self._tables = {name: table.to_dict("records") for name, table in tables.items()}
        self._about: dict[frozenset[str], Traceable] = {}

    @cached_property
    def everything(self) -> Traceable:
        """The numbers of all rows."""
        return Traceable.of(self._tables)

    def about(self, indicators: frozenset[str]) -> Traceable:
        """Return the numbers that a page about some indicators may print: those of their rows, and the workforce's.

        Tables without an indicator or an item count whole, and so do all tables where no catalogue says which items an
        indicator counts.
        """
        if not indicators or "catalogue" not in self._tables:
            return self.everything
        if indicators not in self._about:
            self._about[indicators] = self._collected(indicators)
        return self._about[indicators]

    def _collected(self, indicators: frozenset[str]) -> Traceable:
        own = [row for row in self._tables["catalogue"] if str(row["indicator"]) in indicators]
        items = {"headcount", "workforce", *(row[part] for row in own for part in ("numerator", "base"))}
        # how many of all staff an item counts, such as who answered the survey, is about every indicator that counts it
        measures = {row["measure"] for row in self._tables["catalogue"] if row["numerator"] in items and row["base"] == "headcount"}
        return Traceable.of(
            {name: [row for row in rows if _is_about(row, indicators, items, measures)] for name, rows in self._tables.items()}
        )


def _is_about(row: Row, indicators: frozenset[str], items: set[object], measures: set[object]) -> bool:
    if "indicator" in row:
        return str(row["indicator"]) in indicators or row.get("measure") in measures
    return "item" not in row or row["item"] in items

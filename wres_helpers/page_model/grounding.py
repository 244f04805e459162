"""Statements as arrays: a column for each unknown, a row for each sum, a link for each quotient."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf

import numpy as np

from wres_helpers.page_model.statements import Difference, Quotient, Statement, Unknown, is_whole

#: Lowest and highest value, and cause.
Limit = tuple[float, float, int]
#: Columns, factors, lowest and highest sum, and cause.
Row = tuple[list[int], list[float], float, float, int]
#: Columns of quotient, numerator and denominator, and the scale.
Link = tuple[int, int, int, int]


@dataclass
class Grounded:
    """Statements about one set of unknowns, in the order given; a cause is a position among them (-1: the meaning of an unknown)."""

    statements: tuple[Statement, ...]
    columns: dict[Unknown, int]  # position of each unknown
    whole: np.ndarray  # which unknowns are whole numbers
    limits: dict[int, list[Limit]]  # by column, of each statement about a single unknown
    rows: list[Row]  # of every other relation
    links: list[Link]

    @property
    def size(self) -> int:
        """How many unknowns there are."""
        return len(self.columns)

    @cached_property
    def places_of(self) -> dict[str, list[int]]:
        """The positions of the statements of each name."""
        found: dict[str, list[int]] = defaultdict(list)
        for place, statement in enumerate(self.statements):
            found[statement.name].append(place)
        return found

    @cached_property
    def rows_of(self) -> dict[int, list[Row]]:
        """The rows each column stands in."""
        found: dict[int, list[Row]] = defaultdict(list)
        for row in self.rows:
            for column in row[0]:
                found[column].append(row)
        return found

    @cached_property
    def joined(self) -> np.ndarray:
        """Every column of every sum and then every quotient, in two lines: the column, and the number of what it stands in."""
        groups = [*(row[0] for row in self.rows), *(link[:3] for link in self.links)]
        return np.array([(column, place) for place, group in enumerate(groups) for column in group], dtype=int).reshape(-1, 2).T

    def components(self, is_open: np.ndarray) -> np.ndarray:
        """Return the number of the component of each column: unknowns of different components have nothing to do with each other.

        ``is_open`` says which columns are not known yet; what is known joins nothing.
        """
        from scipy.sparse import coo_array
        from scipy.sparse.csgraph import connected_components

        columns, groups = self.joined[:, is_open[self.joined[0]]]
        beside = groups[1:] == groups[:-1]
        pairs = coo_array((np.ones(beside.sum()), (columns[:-1][beside], columns[1:][beside])), shape=(self.size, self.size))
        return connected_components(pairs, directed=False)[1]


def grounded(statements: Sequence[Statement], unknowns: Iterable[Unknown] = ()) -> Grounded:
    """Lay statements out as arrays, with further unknowns that will be asked for, whether a statement speaks of them or not."""
    columns: dict[Unknown, int] = {}
    rows: list[Row] = []
    links: list[Link] = []
    limits: dict[int, list[Limit]] = defaultdict(list)

    def column(unknown: Unknown) -> int:
        if unknown not in columns:
            parts = [column(part) for part in unknown[:2]] if isinstance(unknown, Quotient | Difference) else []
            columns[unknown] = len(columns)
            if isinstance(unknown, Quotient):
                links.append((columns[unknown], parts[0], parts[1], unknown.scale))
            elif isinstance(unknown, Difference):
                rows.append(([*parts, columns[unknown]], [1.0, -1.0, -1.0], 0.0, 0.0, -1))
        return columns[unknown]

    for cause, statement in enumerate(statements):
        low, high, terms = float(statement.low), float(statement.high), statement.terms
        if len(terms) == 1 and terms[0][1] == 1:
            limits[column(terms[0][0])].append((low, high, cause))
        elif terms:
            rows.append(([column(each) for each, _ in terms], [float(factor) for _, factor in terms], low, high, cause))
    for unknown in unknowns:
        column(unknown)
    whole = np.array([is_whole(unknown) for unknown in columns], dtype=bool)
    for unknown, at in columns.items():
        limits[at].append((-inf if isinstance(unknown, Difference) else 0.0, inf, -1))
    return Grounded(tuple(statements), columns, whole, limits, rows, links)

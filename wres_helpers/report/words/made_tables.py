"""How a table is made of rows: its columns declared, a hidden or absent number always said in words."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd

from wres_helpers.analysis.evidence import Evidence
from wres_helpers.report.form import numbers
from wres_helpers.report.form.blocks import Cell, Column, Notice, StatusCell, Table
from wres_helpers.report.words import evidence_rows
from wres_helpers.report.words.evidence_rows import HIDDEN
from wres_helpers.report.words.vocabulary import group_label
from wres_helpers.standard import statuses


def short_label(label: str) -> str:
    """Return the first words of a status's label: 'Large difference' of 'Large difference (requires focus)'."""
    return label.partition(" (")[0]


def status_cell(code: str, label: str = "") -> StatusCell:
    """Return a cell that shows a status by its first words."""
    return StatusCell(short_label(label or statuses.LABELS.get(code, code)), code)


#: A column of a table: its heading, its kind, and how its cell is made of a row.
Field = tuple[str, str, Callable[[Any], Cell]]


def words_field(heading: str, cell: Callable[[Any], str]) -> Field:
    """Return a column of words."""
    return heading, "text", cell


def number(heading: str, of: str | Callable[[Any], str], style: Callable[[float], str] = numbers.count) -> Field:
    """Return a column of numbers: a field of a row in a style, or what stands in its place; or what a function makes of the row."""
    return heading, "number", of if callable(of) else partial(evidence_rows.cell, field=of, style=style)


def of_groups(shown: Evidence, cell: Callable[..., str], groups: Iterable[str] = ("white", "bme"), ending: str = "") -> list[Field]:
    """Return a column of numbers for each group, its cell made of a row and the ``group``."""
    return [number(f"{group_label(shown, group, starting=True)}{ending}", partial(cell, group=group)) for group in groups]


def table_of(
    name: str,
    caption: str,
    fields: Iterable[Field],
    rows: Iterable[Any],
    notes: Iterable[str] = (),
    ending: Iterable[tuple] = (),
    keys: int = 0,
) -> Table:
    """Return a table with a row for each of some rows (of a frame, or of anything its fields read), and some that are ready at its end."""
    fields = list(fields)
    each = (row for _, row in rows.iterrows()) if isinstance(rows, pd.DataFrame) else rows
    body = [*(tuple(cell(row) for _, _, cell in fields) for row in each), *ending]
    if any(numbers.NO_RATIO in row for row in body):  # a sentence in a column of numbers makes its row three lines high
        body = [tuple("no ratio" if cell == numbers.NO_RATIO else cell for cell in row) for row in body]
        notes = (*notes, "No ratio: one group counts nobody.")
    columns = tuple(Column(heading, kind) for heading, kind, _ in fields)
    return Table(name, caption, columns, tuple(body), notes=tuple(filter(None, notes)), keys=keys)


def told_once(table: Table, names: int = 1, sizes: int = 0) -> Table:
    """Return a table without the rows of which nothing is shown; a note names them once.

    ``names`` is how many cells of a row say what it is, or stand elsewhere too; ``sizes`` how many at its end say only how many there
    are in all, and stand in the note where nothing else is shown.
    """
    rows = tuple(row for row in table.rows if any(cell != HIDDEN for cell in row[names : len(row) - sizes]))
    in_part, labels = {row[0] for row in rows}, dict[str, None]()
    for row in table.rows:
        if row not in rows:
            size = f" ({row[-1]} in all)" if row[-1] != HIDDEN else ""
            labels[f"{row[0]} ({row[1]}){size}" if row[0] in in_part and names > 1 else f"{row[0]}{size}"] = None
    note = f"Hidden, so that nobody can be recognised: {'; '.join(labels)}." if labels else ""
    return replace(table, rows=rows, notes=(*table.notes, *filter(None, [note])))


def table_or_notice(table: Table, names: int = 1) -> Table | Notice:
    """Return a table as :func:`told_once` has it, or one sentence where none of its rows can be shown."""
    told = told_once(table, names)
    return told if told.rows else Notice(title=f"{told.caption}: hidden", text=told.notes[-1])

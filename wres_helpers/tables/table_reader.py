"""The one door for tables: whatever file one lies in, its cells are read by what is declared, and everything wrong is told at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from wres_helpers.problems import InputProblems
from wres_helpers.tables.cell_readers import (
    ERROR_CELL,
    Read,
    any_text,
    clean_text,
    did_you_mean,
    in_words,
    is_hidden,
    is_total,
    line_text,
    loose_key,
    nearest,
    shown_cell,
)
from wres_helpers.tables.declared import DeclaredColumn, DeclaredTable, Reading, as_frame, unreadable
from wres_helpers.tables.grids import TOLD, Grid, bytes_of, merged_problems, text_grid
from wres_helpers.tables.heading_row import ROWS_SEARCHED, heading_row, headings_of, with_their_words

if TYPE_CHECKING:
    import pandas as pd

_A_NOTE = re.compile(
    r"[(*\u2020]*\s*(notes?|n\.?b|source|footnote|data|figures|numbers|counts|extracted|prepared|produced|generated|includes|excludes|based on)\b.*\w"
    r"|(\S+\s+){5,}\S+\.$",
    re.IGNORECASE | re.DOTALL,
)

#: Headings without a letter: a percentage, a year.
_SIGNS = re.compile(r"\(?%\)?|20\d\d[_/](20)?\d\d(_\(?%\)?)?")

#: What is read in a count with a comma where semicolons part the cells.
_COMMA = Read(wrong="a comma, which may stand before decimals there", cure="Write the number without a comma.")


def grid_of(data: bytes, shown: str, table: DeclaredTable) -> Grid:
    """Return the rows of the file that holds a table: a CSV file, or an XLSX file with one sheet or a sheet of its name."""
    from wres_helpers.tables import workbook_grids

    if not workbook_grids.is_workbook(data):
        return text_grid(data, shown, table.headings)
    workbook = workbook_grids.opened(data, shown)
    sheet = workbook_grids.sheet_for(workbook, table.name, shown)
    file = shown if len(workbook.sheet_names) == 1 else f"{shown}, sheet '{sheet}'"
    return workbook_grids.sheet_grid(data, workbook, sheet, file)


def read_table(path: Path, shown: str, table: DeclaredTable, reshape: Callable[[Reading, DeclaredTable], None] | None = None) -> Reading:
    """Read a table through the one door: its cells read, everything wrong with it, and what was read although it was written otherwise.

    It lies in a CSV, XLSX or Parquet file. ``shown`` is the file's name in messages; ``reshape`` brings the raw text of a table that is
    set out otherwise into the declared columns.
    """
    try:
        data = bytes_of(path, shown, table.largest)
        reading = _raw_columns(data, shown, table) if data.startswith(b"PAR1") else _raw_table(grid_of(data, shown, table), table)
    except InputProblems as error:
        return Reading(shown, problems=list(error.problems))
    _leave_out_no_records(reading, table, with_totals=reshape is not None)
    return held_to(reading, table, reshape)


def held_to(reading: Reading, table: DeclaredTable, reshape: Callable[[Reading, DeclaredTable], None] | None = None) -> Reading:
    """Read the text of a table by its declaration; everything wrong is noted. ``reshape`` as in :func:`read_table`."""
    told = len(reading.problems)
    if reshape is not None and len(reading.table.columns):
        reshape(reading, table)
    if len(reading.table.columns) and not any(problem.row == 1 for problem in reading.problems[told:]):
        # of a row that is wrong as a whole nothing else is told, since nobody knows which cell is which
        reading.table = reading.table[~reading.table.index.isin([problem.row for problem in reading.problems])]
        _check_headings(reading, table)
        _read_cells(reading, table)
        reading.cells_read = True
        if reading.table.empty and not reading.problems:
            reading.told("rows below the headings", "Read as not supplied: fill the table in, or delete the file.", "headings only", 1)
        cuts = [name for name in reading.table if table.others == "text" and not table.column(name)]
        if table.key or reshape is None:
            reading.check_key([*table.key, *cuts] if table.key else list(reading.table))
            repeated = [each.row for each in reading.problems if each.found == "a repeated row"]
            reading.table = reading.table[~reading.table.index.isin(repeated)]
    return reading.sorted()


def _raw_columns(data: bytes, shown: str, table: DeclaredTable) -> Reading:
    """Return the text of a Parquet file under its headings: by column, each distinct text once."""
    from wres_helpers.tables.regular_columns import columns_of_parquet

    names, columns = columns_of_parquet(data, shown)
    reading, headings = Reading(shown), list(map(table.heading_of, names))
    texts = {headings[at]: columns[at] for at in _used(reading, headings, 1, [], table)}
    reading.table = as_frame(texts, index=range(2, len(columns[0]) + 2), dtype=object)
    return reading


def _raw_table(grid: Grid, table: DeclaredTable) -> Reading:
    """Return a grid's text under its headings: each heading once, every row as wide as they are."""
    reading = Reading(grid.file, notices=list(grid.notices), decimal_comma=grid.decimal_comma)
    if not grid.rows:
        reading.wrong("a header row and records", "Fill in the table, or remove the file.", "nothing")
        return reading
    at, cells = _headings(reading, grid, table)
    reading.problems += merged_problems(grid.merged, grid.file, grid.rows[at][0])
    headings, body = [table.heading_of(cell) for cell in cells], grid.rows[at + 1 :]
    if table.others == "text" and grid.whole:
        body = _without_notes(reading, body)
        headings = _with_row_labels(reading, headings, body, table)
    reading.table = _records(reading, headings, _used(reading, headings, grid.rows[at][0], body, table), body, grid.whole, table)
    return reading


def _headings(reading: Reading, grid: Grid, table: DeclaredTable) -> tuple[int, list[str]]:
    """Return the place of the row of headings, of several rows that of the lowest, and the headings; what stands above is told."""
    titles = _rows_above(grid, table)
    titles, at, pairs = headings_of([found for _, found in grid.rows[: titles + ROWS_SEARCHED]], titles, table.others == "text")
    cells = [f"{above} {word}".strip() for above, word in pairs]
    reading.joined = [table.heading_of(cell) for cell, (above, _) in zip(cells, pairs, strict=True) if above]
    if at > titles:
        found = f"{('two', 'three')[at - titles > 1]} rows of headings"
        reading.told("one row of headings", f"Read together: {', '.join(map(repr, cells))}.", found, grid.rows[titles][0])
    if titles:
        reading.told("headings in the first row", "Left out.", f"{titles} row{'s' * (titles > 1)} above the headings", grid.rows[0][0])
    return at, with_their_words(cells) if table.others == "text" else cells


def _with_row_labels(reading: Reading, headings: list[str], body: list[tuple[int, list[str]]], table: DeclaredTable) -> list[str]:
    """Return the headings with that of a column that has none, or a pivot table's own: the one closed column whose words stand below."""
    named = list(headings)
    for place in (place for place, heading in enumerate(headings) if heading in ("", "row_labels")):
        words = {word for _, cells in body for word in cells[place : place + 1] if word.strip() and not is_total(word)}
        free = [column for column in table.columns if words and column.choices and column.name not in named]
        if len(fits := [column.name for column in free if not any(column.read(word).wrong for word in words)]) == 1:
            named[place : place + 1] = fits
            reading.told(f"the heading '{fits[0]}'", "Read so, by the words below it.", shown_cell(headings[place]), 1)
    return named


def _without_notes(reading: Reading, body: list[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    """Leave out what stands below the last record and says by its first words, or as a sentence, that it is a note; it is told."""
    kept = list(body)
    while len(kept) > 1 and len(filled := [cell.strip() for cell in kept[-1][1] if cell.strip()]) < 2:
        if filled and not _A_NOTE.match(filled[0]):
            break  # a record whose count is missing
        row, _ = kept.pop()
        if filled:
            reading.told("records only", "Left out.", "a note below the table", row)
    return kept


def _used(reading: Reading, headings: list[str], row: int, body: list[tuple[int, list[str]]], table: DeclaredTable) -> list[int]:
    """Return the places of the columns that are to be read; one that holds something without a heading of its own is told."""
    used, words = [], {word for column in table.columns for word in column.choices}  # a survey's question may be a number
    for place, heading in enumerate(headings):
        if not heading and any(map(str.strip, (cell for _, cells in body for cell in cells[place : place + 1]))):
            found, action = f"cells under no heading (column {place + 1})", "Name the column, or empty it."
            reading.wrong("a heading over every column", action, found, row)
        elif headings.index(heading) < place and heading:
            action = "Rename or remove one of the columns; words that stand above several columns belong before the heading of each ('White headcount')."
            reading.wrong("each heading once", action, "a heading that stands twice", row, heading)
        elif ERROR_CELL.match(heading) or not (
            heading in words or any(map(str.isalpha, heading)) or _SIGNS.fullmatch(heading) or not heading
        ):
            reading.wrong("a heading in words", "Type the column's name over it, or take the column out.", shown_cell(heading), row)
        elif heading:
            used.append(place)
    return used


def _records(
    reading: Reading, headings: list[str], places: list[int], body: list[tuple[int, list[str]]], whole: bool, table: DeclaredTable
) -> pd.DataFrame:
    """Return the rows below the headings, each with a cell for every column that is used; one of another width is told and left out."""
    columns, width = [table.column(headings[place]) for place in places], len(headings)
    # else an unquoted separator may have moved all cells by a place, and the row seems to end in an empty one too many
    ends_filled = bool(columns and columns[-1] and columns[-1].filled)
    # a spreadsheet leaves empty cells at the end of a row out; a file cut short does so in its last row
    optional = {place for place, column in zip(places, columns, strict=True) if column and not column.filled}
    last, rows, numbers = 0 if whole or not body else body[-1][0], [], []
    for number, found in body:
        cells = found[:width] if len(found) > width and ends_filled and not any(map(str.strip, found[width:])) else found
        missing = len(cells) < width and [place for place in places if place >= len(cells) and (number == last or place not in optional)]
        if len(cells) > width or missing:
            action = "Put a text that holds a separator in quotation marks, or remove the cells."
            cure = "Complete the row; take a note out." if missing else action
            reading.wrong(f"{width} cells, as the header row has", cure, f"{len(cells)} cell{'s' * (len(cells) != 1)}", number)
            continue
        rows.append(cells if len(cells) == width else [*cells, *[""] * (width - len(cells))])
        numbers.append(number)
    cells_of = list(zip(*rows, strict=True)) or [()] * width
    return as_frame({headings[place]: cells_of[place] for place in places}, index=numbers, dtype=object)


def _rows_above(grid: Grid, table: DeclaredTable) -> int:
    """Return how many rows of titles stand above the headings: a title has fewer words than there are columns, and counts have numbers."""
    needed = {column.name for column in table.columns if column.needed}
    rows = [cells for _, cells in grid.rows[:ROWS_SEARCHED]]
    filled = [{at for at, cell in enumerate(cells) if cell.strip()} for cells in rows]

    def known(at: int) -> int:
        headings = {table.heading_of(cell) for cell in rows[at]}
        if len(needed) > 1 and needed <= headings:
            return 3
        below = set().union(*filled[at + 1 :]) if table.others == "text" else set()
        if len(below) > 1 and below <= filled[at] and not any(cell.strip(" %").replace(".", "").isdigit() for cell in rows[at]):
            return 2
        return int(len(filled[at]) > 1 or any(map(table.column, headings)))

    return heading_row(rows, known, 3)[0]


def _leave_out_no_records(reading: Reading, table: DeclaredTable, with_totals: bool) -> None:
    """Tell rows that are no records, the headings once more and, where a table may not have them, totals: nothing else is said of them."""
    if not len(reading.table.columns):
        return
    first, headings = reading.table.iloc[:, 0], list(reading.table.columns)
    totals = [] if with_totals else [text for text in first.unique() if is_total(text)]
    odd = [*totals, *(text for text in first.unique() if table.heading_of(text) == headings[0])]
    for row, text in first[first.isin(odd)].items() if odd else ():
        if text in totals or list(map(table.heading_of, reading.table.loc[row])) == headings:
            found = "a row of totals" if text in totals else "the headings again"
            action = "Remove the row; where it begins a second block, say in a column of which block each row is."
            reading.wrong("one row of headings, and records below it", action, found, row)
    reading.table = reading.table[~reading.table.index.isin([problem.row for problem in reading.problems if problem.column is None])]


def _check_headings(reading: Reading, table: DeclaredTable) -> None:
    """Tell which declared columns are missing, and which columns nobody declared."""
    there = list(reading.table.columns)
    spare = [name for name in there if table.column(name) is None]
    needed, optional = ([column.name for column in table.columns if column.needed is asked] for asked in (True, False))
    more = f", and what there is of {', '.join(optional)}" if optional else ""
    for column in table.columns:
        if column.needed and column.name not in there:
            words = set(loose_key(column.name).split("_"))
            close = nearest(column.name, spare) or next((name for name in spare if words < set(loose_key(name).split("_"))), "")
            numbers = [name for name in spare if any(map(re.compile("[0-9][0-9,.]*").fullmatch, reading.table[name]))]
            close = numbers[0] if not close and len(numbers) == 1 and column.holds.startswith("a whole number") else close
            action = f"Rename '{close}' to '{column.name}'." if close else f"Add the column '{column.name}'{column.absent}."
            reading.wrong(f"the columns {', '.join(needed)}{more}", action, "no such column", 1, column.name)
            spare = [name for name in spare if name != close]  # told once
    absent = [column.name for column in table.columns if column.name not in there]
    expected = "one of the columns " + ", ".join(column.name for column in table.columns)
    for name in spare[:TOLD] if table.others != "text" else ():
        if table.others == "refused":
            reading.wrong(expected, did_you_mean(name.lower(), absent or needed, "Remove the column."), "an unknown column", 1, name[:60])
        elif close := nearest(loose_key(name), absent, 0.8):
            reading.told(expected, f"Nobody reads it: did you mean '{close}'?", "an unknown column", 1, name[:60])
    if table.others == "refused" and len(spare) > TOLD:
        reading.wrong(expected, "Remove the columns.", f"{len(spare) - TOLD:,} more unknown columns", 1)


def _read_cells(reading: Reading, table: DeclaredTable) -> None:
    """Read every cell by its column; each distinct text is looked at once."""
    import pandas as pd

    read_columns = {}
    for name in reading.table.columns:
        as_it_stands = line_text if table.others == "text" else any_text
        column = table.column(name) or DeclaredColumn(name, read=as_it_stands, filled=False, verbatim=True)
        texts = reading.table[name]
        codes, distinct = pd.factorize(texts)
        reads = {text: unreadable(text) or column.read(text) for text in distinct}
        if reading.decimal_comma and column.holds.startswith("a whole number"):
            reads |= {text: _COMMA for text in distinct if "," in text}
        reads = reads if column.verbatim or column.choices else {text: in_words(read) for text, read in reads.items()}
        blank = {text for text, read in reads.items() if not clean_text(text)[0] or (read.value == "" and not read.wrong)}
        telling = [text for text, read in reads.items() if read.wrong or is_hidden(read.value) or text in blank]
        for row, text in texts[texts.isin(telling)].items() if telling else ():
            read = reads[text]
            if read.wrong and (text not in blank or column.filled):
                reading.wrong(column.holds, read.cure or _cure(text, column), shown_cell(text.strip()), row, name)
            elif column.filled and text in blank:
                expected = column.holds if column.holds != "text" else "a value"
                reading.wrong(expected, "Fill the cell in; signs alone are no value.", shown_cell(text.strip()), row, name)
            elif is_hidden(read.value):  # somebody will ask for the number: where it is wanted is told
                reading.told(column.holds, read.cure, f"{shown_cell(text)} ({read.note})", row, name)
        reading.tell_odd(column, reads)
        values = pd.Series([read.value if not read.wrong else "" for read in reads.values()], dtype=None if reads else object)
        read_columns[name] = values.array.take(codes)
    reading.table = as_frame(read_columns, index=reading.table.index)


def _cure(text: str, column: DeclaredColumn) -> str:
    """Return what to do about a cell that is not in the list: the nearest word, where there is one."""
    if not column.choices:
        return "Correct the cell."
    words, listed = set(loose_key(text).split("_")), "Use one of the values listed."
    if any(set(loose_key(choice).split("_")) < words for choice in column.choices):
        return listed  # a chief executive is not all executives
    return did_you_mean(text.strip(), column.choices, listed, 0.5)

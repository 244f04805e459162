"""Rows of cells, wherever they came from, become columns: blank rows, totals and footers are told from records."""

import re
from collections.abc import Sequence

import numpy as np

from wres_helpers.intake.extracts.extract_findings import Place
from wres_helpers.intake.extracts.extract_table import Extract, coded, extract_of
from wres_helpers.intake.extracts.headings import HeadingRow, Source
from wres_helpers.tables.cell_readers import is_total

_WORD = re.compile(r"[^\W\d_]{2,}")
_WHOLE_NUMBER = re.compile(r"^\d{1,3}(,\d{3})+$|^\d+$")


def records_of(body: Sequence[Sequence[str]], head: HeadingRow, source: Source, whole: bool = True) -> Extract:
    """Turn the rows below the headings into an extract, column by column: a large file has a few rows that are no records.

    Only where the file ends as a ``whole`` file does may its last row be taken for a footer.
    """
    last, skipped, totals = _without_tail(body, head, source, whole)
    width, grid, other_widths = len(head.cells), list(body[:last]), {}
    for at in np.flatnonzero(np.fromiter(map(len, grid), np.int64, last) != width):
        cells = grid[at]
        grid[at] = [*cells[:width], *[""] * (width - len(cells))]  # read as far as it goes
        if any(map(str.strip, cells if len(cells) < width else cells[width:])):
            other_widths.setdefault(len(cells), []).append(head.row + 1 + int(at))
    cells_of = [coded([row[position] for row in grid]) for position in range(width)]
    blank, again = np.ones(last, dtype=bool), np.ones(last, dtype=bool)
    for column, heading in zip(cells_of, head.cells, strict=True):
        blank &= column.spread(np.array([not text.strip() for text in column.values], dtype=bool))
        again &= column.spread(np.array([text.strip() == heading.strip() for text in column.values], dtype=bool))
    kept = np.flatnonzero(~blank & ~again)
    for kind, rows, expected in (("blank rows", blank, "no blank rows"), ("the headings once more", again, "records only")):
        if number := skipped.get(kind, 0) + int(rows.sum()):
            skipped[kind] = number
            source.findings.handle(Place(source.file), f"{kind} ({number:,})", expected, "left out.")
    for where, said in totals:
        source.findings.handle(where, said, "records only", f"left out; {len(kept):,} records stand above it.")
    for found, where in other_widths.items():
        action = "Mend the row: a text with a separator needs quotes round it; a file cut short must be exported again."
        source.findings.stop(Place(source.file, rows=where), f"{found} cells", f"{width} cells, as the heading row has", action)
    columns = {name: cells_of[position] for name, position in head.positions.items()}
    columns = columns if len(kept) == last else {name: coded(column.at(kept)) for name, column in columns.items()}
    return extract_of(source, head, columns, head.row + 1 + kept, skipped)


def _without_tail(
    body: Sequence[Sequence[str]], head: HeadingRow, source: Source, whole: bool
) -> tuple[int, dict[str, int], list[tuple[Place, str]]]:
    """Return how many rows come before totals and footers, what was left out after them, and where which totals stand."""
    last, skipped, totals = len(body), {}, []
    while last > 0:
        cells = [cell.strip() for cell in body[last - 1]]
        filled = [cell for cell in cells if cell]
        where = Place(source.file, rows=[head.row + last])
        if not filled:
            kind = "blank rows"
        elif any(is_total(cell) for cell in filled[:2]):
            kind = "totals rows"
            numbers = [int(cell.replace(",", "")) for cell in filled if _WHOLE_NUMBER.match(cell)]
            numbers += [int(number) for cell in filled for number in re.findall(r"^\D*\btotals?\b\D*?(\d+)$", cell, re.IGNORECASE)]
            totals.append((where, f"a totals row (says {numbers[0]:,})" if len(numbers) == 1 else "a totals row"))
        elif not (whole and len(head.cells) > 1 and cells[0] and len(filled) == 1 and len(_WORD.findall(filled[0])) > 1):
            break
        elif source.keys:
            kind, found = "footer rows", "a row with one text and nothing else"
            source.findings.handle(where, found, "records only", "left out.")
        else:
            found, expected = "a row with one text and nothing else", "a member with ethnicity, or no row"
            source.findings.stop(where, found, expected, "Fill its cells, or take it out.")
            break
        skipped[kind] = skipped.get(kind, 0) + 1
        last -= 1
    if last == len(body) - skipped.get("blank rows", 0):
        # blank lines at the very end of a file are ordinary
        skipped = {}
    return last, skipped, totals

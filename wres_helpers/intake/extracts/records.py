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
    """Turn the rows below the headings into an extract.

    Only where the file ends as a ``whole`` file does may its last row be taken for a footer.
    """
    last, skipped = _without_tail(body, head, source, whole)
    width, kept, rows = len(head.cells), [], []
    other_widths: dict[int, list[int]] = {}
    headings = [cell.strip() for cell in head.cells]
    for number, cells in enumerate(body[:last], start=head.row + 1):
        if [cell.strip() for cell in cells] == headings:
            skipped["headings again"] = skipped.get("headings again", 0) + 1
        elif any(cell.strip() for cell in cells):
            if len(cells) < width or any(cell.strip() for cell in cells[width:]):  # read as far as it goes
                other_widths.setdefault(len(cells), []).append(number)
            kept.append([*cells[:width], *[""] * (width - len(cells))])
            rows.append(number)
        else:
            skipped["blank rows"] = skipped.get("blank rows", 0) + 1
    if blank := skipped.get("blank rows", 0):
        source.findings.handle(Place(source.file), f"blank rows ({blank:,})", "no blank rows", "left out.")
    if again := skipped.get("headings again", 0):
        source.findings.handle(Place(source.file), f"the headings once more ({again:,})", "records only", "left out.")
    for found, where in other_widths.items():
        action = "Mend the row: a text with a separator needs quotes round it; a file cut short must be exported again."
        source.findings.stop(Place(source.file, rows=where), f"{found} cells", f"{width} cells, as the heading row has", action)
    columns = {name: coded([cells[position] for cells in kept]) for name, position in head.positions.items()}
    return extract_of(source, head, columns, np.array(rows, dtype=np.int64), skipped)


def _without_tail(body: Sequence[Sequence[str]], head: HeadingRow, source: Source, whole: bool) -> tuple[int, dict[str, int]]:
    """Return how many rows come before totals and footers, and what was left out after them."""
    last, skipped, totals = len(body), {}, []
    while last > 0:
        cells = [cell.strip() for cell in body[last - 1]]
        filled = [cell for cell in cells if cell]
        where = Place(source.file, rows=[head.row + last])
        if not filled:
            kind = "blank rows"
        elif any(is_total(cell) for cell in filled[:2]):
            kind = "totals rows"
            totals.append((where, filled))
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
    records = sum(any(cell.strip() for cell in cells) for cells in body[:last])
    for where, filled in totals:
        numbers = [int(cell.replace(",", "")) for cell in filled if _WHOLE_NUMBER.match(cell)]
        numbers += [int(number) for cell in filled for number in re.findall(r"^\D*\btotals?\b\D*?(\d+)$", cell, re.IGNORECASE)]
        said = f"a totals row (says {numbers[0]:,})" if len(numbers) == 1 else "a totals row"
        source.findings.handle(where, said, "records only", f"left out; {records:,} records stand above it.")
    return last, skipped

"""Rows of cells, wherever they came from, become columns: blank rows, totals and footers are told from records."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from wres_helpers.intake.extracts.extract_findings import Place
from wres_helpers.intake.extracts.extract_table import Extract, coded, extract_of
from wres_helpers.intake.extracts.headings import HeadingRow, Source
from wres_helpers.tables.cell_readers import is_total

_WORD = re.compile(r"[^\W\d_]{2,}")
_WHOLE_NUMBER = re.compile(r"^\d{1,3}(,\d{3})+$|^\d+$")


@dataclass(frozen=True)
class Below:
    """What stands below the records of a file: totals, footers and blank rows."""

    begins: int  # position (or row) at which it begins
    skipped: dict[str, int] = field(default_factory=dict)  # what was left out, and how many rows each
    told: list[tuple[int, str, str, str, bool]] = field(
        default_factory=list
    )  # position, what was found and expected, what to do, whether handled
    first: int = 0  # the row at position 0


def records_of(body: Sequence[Sequence[str]], head: HeadingRow, source: Source, whole: bool = True, below: Below | None = None) -> Extract:
    """Turn the rows below the headings into an extract, column by column: a large file has a few rows that are no records.

    Only where the file ends as a ``whole`` file does may its last row be taken for a footer; what stands ``below`` may be parted already.
    """
    parted = below or replace(below_records(body, head, source, whole), first=head.row + 1)
    last, skipped = len(body) if below else parted.begins, dict(parted.skipped)
    width, grid, other_widths = len(head.cells), list(body[:last]), {}
    for at in np.flatnonzero(np.fromiter(map(len, grid), np.int64, last) != width):
        cells = grid[at]
        grid[at] = [*cells[:width], *[""] * (width - len(cells))]  # read as far as it goes
        if any(map(str.strip, cells if len(cells) < width else cells[width:])):
            other_widths.setdefault(len(cells), []).append(head.row + 1 + int(at))
    cells_of = [coded([row[position] for row in grid]) for position in range(width)]
    blank, again = np.ones(last, dtype=bool), np.ones(last, dtype=bool)
    for column, heading in zip(cells_of, head.cells, strict=True):
        blank &= column.where(lambda text: not text.strip())
        again &= column.where(lambda text, heading=heading: text.strip() == heading.strip())
    kept = np.flatnonzero(~blank & ~again)
    for kind, rows in (("blank rows", blank), ("the headings once more", again)):
        tell_left_out(skipped, kind, int(rows.sum()), source)
    tell_below(parted, len(kept), source)
    for found, where in other_widths.items():
        action = "Mend the row: a text with a separator needs quotes round it; a file cut short must be exported again."
        source.findings.stop(Place(source.file, rows=where), f"{found} cells", f"{width} cells, as the heading row has", action)
    columns = {name: cells_of[position] for name, position in head.positions.items()}
    columns = columns if len(kept) == last else {name: coded(column.at(kept)) for name, column in columns.items()}
    return extract_of(source, head, columns, head.row + 1 + kept, skipped)


def tell_left_out(skipped: dict[str, int], kind: str, more: int, source: Source) -> None:
    """Tell how many rows of a kind are no records: those skipped already, and so many more, which are added to them."""
    if number := skipped.get(kind, 0) + more:
        skipped[kind] = number
        expected = "no blank rows" if kind == "blank rows" else "records only"
        source.findings.handle(Place(source.file), f"{kind} ({number:,})", expected, "left out.")


def tell_below(below: Below, records: int, source: Source) -> None:
    """Tell what was left out below so many records."""
    for at, found, expected, action, handled in below.told:
        source.findings.stop(Place(source.file, rows=[below.first + at]), found, expected, action.format(f"{records:,}"), handled)


def below_records(body: Sequence[Sequence[str]], head: HeadingRow, source: Source, whole: bool) -> Below:
    """Find totals, footers and blank rows below the records."""
    last, skipped, told = len(body), {}, []
    while last > 0:
        cells = [cell.strip() for cell in body[last - 1]]
        filled = [cell for cell in cells if cell]
        if not filled:
            kind = "blank rows"
        elif any(is_total(cell) for cell in filled[:2]):
            kind = "totals rows"
            numbers = [int(cell.replace(",", "")) for cell in filled if _WHOLE_NUMBER.match(cell)]
            numbers += [int(number) for cell in filled for number in re.findall(r"^\D*\btotals?\b\D*?(\d+)$", cell, re.IGNORECASE)]
            found = f"a totals row (says {numbers[0]:,})" if len(numbers) == 1 else "a totals row"
            told.append((last - 1, found, "records only", "left out; {} records stand above it.", True))
        elif not (whole and len(head.cells) > 1 and cells[0] and len(filled) == 1 and len(_WORD.findall(filled[0])) > 1):
            break
        elif source.keys:
            kind, found = "footer rows", "a row with one text and nothing else"
            told.append((last - 1, found, "records only", "left out.", True))
        else:
            found, expected = "a row with one text and nothing else", "a member with ethnicity, or no row"
            told.append((last - 1, found, expected, "Fill its cells, or take it out.", False))
            break
        skipped[kind] = skipped.get(kind, 0) + 1
        last -= 1
    # blank lines at the very end of a file are ordinary
    return Below(last, {} if last == len(body) - skipped.get("blank rows", 0) else skipped, told)

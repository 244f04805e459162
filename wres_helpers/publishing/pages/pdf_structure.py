"""Completes the structure of a compiled PDF: which cells head a row, which a column.

The compiler marks the heading row of a table. It cannot yet mark the first column, so a screen reader would read a number
without saying whose it is.
"""

from collections.abc import Iterator, Sequence
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name


class StructureError(RuntimeError):
    """The PDF does not hold the tables that were put into it."""


def complete_structure(content: bytes, row_headers: Sequence[bool]) -> bytes:
    """Return a compiled PDF whose table headings all say what they head.

    `row_headers` tells for each table in reading order whether its first column heads the rows.

    Raises StructureError if the PDF holds another number of tables.
    """
    with pikepdf.open(BytesIO(content)) as pdf:
        root = pdf.Root.get("/StructTreeRoot")
        tables = [] if root is None else list(_tables(root))
        if len(tables) != len(row_headers):
            raise StructureError(f"The PDF holds {len(tables)} tables where the page has {len(row_headers)}.")
        for table, has_row_header in zip(tables, row_headers, strict=True):
            _complete_table(table, has_row_header)
        result = BytesIO()
        pdf.save(result, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return result.getvalue()


#: What a table never stands in; looking into it would cost more than all the rest.
_WITHOUT_TABLES = frozenset({"/P", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6", "/L", "/TOC", "/Title", "/Caption", "/Span", "/Link"})


def _tables(element: Dictionary) -> Iterator[Dictionary]:
    for child in _children(element):
        if Name.Table == child.S:
            yield child
        elif str(child.S) not in _WITHOUT_TABLES:
            yield from _tables(child)


def _children(element: Dictionary) -> list[Dictionary]:
    kids = element.get("/K")
    if kids is None:
        return []
    listed = list(kids) if isinstance(kids, Array) else [kids]
    return [kid for kid in listed if isinstance(kid, Dictionary) and "/S" in kid]


def _complete_table(table: Dictionary, has_row_header: bool) -> None:
    for part in _children(table):
        rows = [part] if part.S == Name.TR else [row for row in _children(part) if row.S == Name.TR]
        for row in rows:
            cells = _children(row)
            # The compiler marks the heading row itself; without any row below it, it leaves out the THead around it.
            if Name.THead == part.S or all(Name.TH == cell.S for cell in cells):
                for cell in cells:
                    _set_scope(cell, "Column")
            elif has_row_header and cells:
                cells[0].S = Name.TH
                _set_scope(cells[0], "Row")


def _set_scope(cell: Dictionary, scope: str) -> None:
    """Put a scope among the attributes of a heading cell, beside what is already there."""
    attribute = Dictionary(O=Name.Table, Scope=Name(f"/{scope}"))
    present = cell.get("/A")
    if present is None:
        cell["/A"] = attribute
        return
    listed = list(present) if isinstance(present, Array) else [present]
    for item in listed:
        if isinstance(item, Dictionary) and item.get("/O") == Name.Table:
            item["/Scope"] = Name(f"/{scope}")
            return
    cell["/A"] = Array([*listed, attribute])

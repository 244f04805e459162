"""The structure of a compiled PDF, completed for who listens: headings of rows, how headings are spoken, the page of each.

The compiler marks the heading row of a table, and its binding cannot yet mark the first column (`pdf.header-cell` asks for a feature
that it does not pass on), so a screen reader would read a number without saying whose it is.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name


def complete_structure(content: bytes, row_headers: Sequence[bool], spoken: Sequence[tuple[str, str]] = ()) -> bytes:
    """Return a compiled PDF whose table headings all say what they head, and whose headings are heard and listed as they are spoken.

    `row_headers` tells for each table in reading order whether its first column heads the rows, `spoken` of each heading of the text what
    stands there and, where they are others, the words for who goes from heading to heading.

    Raises RuntimeError if the PDF holds another number of tables.
    """
    with pikepdf.open(BytesIO(content)) as pdf:
        root = pdf.Root.get("/StructTreeRoot")
        tables = [] if root is None else list(_tables(root))
        if len(tables) != len(row_headers):
            raise RuntimeError(f"The PDF holds {len(tables)} tables where the page has {len(row_headers)}.")
        named = pikepdf.NameTree(root.IDTree) if tables else {}
        for number, (table, has_row_header) in enumerate(zip(tables, row_headers, strict=True)):
            for place, heading in enumerate(_complete_table(table, has_row_header)):
                named[name := f"row-{number}-{place}"] = heading
                _head_row(heading, name)
        _speak(pdf, spoken)
        _name_links(pdf)
        result = BytesIO()
        pdf.save(result, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return result.getvalue()


def pages_of(content: bytes) -> dict[str, int]:
    """Return on which page of a compiled PDF each heading stands, by its identifier."""
    with pikepdf.open(BytesIO(content)) as pdf:
        numbers = {page.objgen: number for number, page in enumerate(pdf.pages, start=1)}
        places = pikepdf.NameTree(pdf.Root.Names.Dests).items() if "/Names" in pdf.Root else ()  # a page without headings has none
        return {str(name): numbers[place[0].objgen] for name, place in places}


def _speak(pdf: pikepdf.Pdf, spoken: Sequence[tuple[str, str]]) -> None:
    """Give headings and bookmarks the words by which they are heard; those of one wording follow one another as on the page."""
    if not any(words for _, words in spoken):
        return
    with pdf.open_outline() as outline:
        marks = [each for item in outline.root for each in (item, *item.children)]
        for (text, words), mark in _in_turn(spoken, marks, lambda mark: str(mark.title)):
            mark.title = words if words.startswith(f"{text}: ") else text  # below its section's, it needs no other's name
    for (_, words), heading in _in_turn(spoken, _headings(pdf.Root.StructTreeRoot), lambda heading: str(heading.get("/T", ""))):
        if words:  # one reader tells headings by their titles, another by their text
            heading.T = heading.ActualText = pikepdf.String(words)


def _name_links(pdf: pikepdf.Pdf) -> None:
    """Give each link among the words the name of its place on the page: a list of tags has 'A16' or '2' otherwise, and not where that leads."""
    notes = [note for page in pdf.pages for note in page.get("/Annots", ()) if note.get("/Contents")]
    parents = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree) if notes else {}
    for note in notes:
        parents[int(note.StructParent)].Alt = note.Contents


def _in_turn(spoken: Sequence[tuple[str, str]], found: Iterable[Any], name: Callable[[Any], str]) -> Iterator[tuple[tuple[str, str], Any]]:
    waiting = list(spoken)
    for each in found:
        if place := next((pair for pair in waiting if pair[0] == name(each)), None):
            waiting.remove(place)
            yield place, each


def _headings(element: Dictionary) -> Iterator[Dictionary]:
    for child in _children(element):
        if str(child.S)[:2] == "/H":
            yield child
        elif child.S not in (Name.Table, Name.P, Name.L):
            yield from _headings(child)


#: What a table never stands in; looking into it would cost more than all the rest.
_WITHOUT_TABLES = frozenset({"/P", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6", "/L", "/TOC", "/Title", "/Caption", "/Span", "/Link"})


def _tables(element: Dictionary) -> Iterator[Dictionary]:
    for child in _children(element):
        if Name.Table == child.S:
            yield child
        elif str(child.S) not in _WITHOUT_TABLES:
            yield from _tables(child)


def _children(element: Dictionary) -> list[Dictionary]:
    kids = element.get("/K", Array())
    return [kid for kid in (kids if isinstance(kids, Array) else [kids]) if isinstance(kid, Dictionary) and "/S" in kid]


def _complete_table(table: Dictionary, has_row_header: bool) -> list[Dictionary]:
    """Give the headings of a table their scope; return those of its rows."""
    headings = []
    for part in _children(table):
        rows = [part] if part.S == Name.TR else [row for row in _children(part) if row.S == Name.TR]
        for row in rows:
            cells = _children(row)
            # The compiler marks the heading row itself; without any row below it, it leaves out the THead around it.
            if Name.THead == part.S or all(Name.TH == cell.S for cell in cells):
                for cell in cells:
                    _own(cell).Scope = Name.Column
            elif has_row_header and cells:
                cells[0].S = Name.TH
                _own(cells[0]).Scope = Name.Row
                headings.append(cells[0])
    return headings


def _head_row(heading: Dictionary, name: str) -> None:
    """Name the heading of a row in each cell of it, behind that of the column: a list of headings takes the place of a search by scope."""
    heading.ID = pikepdf.String(name)
    for cell in _children(heading.P)[1:]:
        attributes = _own(cell)
        attributes.Headers = Array([*attributes.get("/Headers", Array()), pikepdf.String(name)])


def _own(cell: Dictionary) -> Dictionary:
    """Return the attributes of a table that a cell has, beside which others may stand."""
    present = cell.get("/A", Array())
    listed = list(present) if isinstance(present, Array) else [present]
    own = next((item for item in listed if isinstance(item, Dictionary) and item.get("/O") == Name.Table), None)
    if own is None:
        cell.A = Array([*listed, Dictionary(O=Name.Table)])
        own = cell.A[-1]
    return own

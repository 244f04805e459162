"""Sheets of a workbook to rows of cells, and what a sheet hides: errors, formulas without a result, hidden rows, merged cells."""

import errno
import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import reduce
from typing import Any
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum, ZipError

from wres_helpers.problems import InputProblems, Problem
from wres_helpers.tables.cell_readers import loose_key
from wres_helpers.tables.grids import MOST_COLUMNS, TOLD, Grid, column_letters, refuse

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
#: What reading an archive of XML parts raises where it was cut short, changed or locked.
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, KeyError, SyntaxError, OSError, ValueError)
_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([A-Z]{1,3})([0-9]+):([A-Z]{1,3})([0-9]+)"')
_FAR_COLUMN = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{3,}[0-9]+|[A-Z]+[0-9]{8,})"[^>]*(?<!/)>')
_NUMBER = re.compile(rb'\br="([0-9]+)"')
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})([0-9]+)"')
_STYLE = re.compile(rb'\bs="([0-9]+)"')
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_COLUMNS = re.compile(rb'<(?:\w+:)?col\b(?=[^>]*\bmin="([0-9]+)")(?=[^>]*\bmax="([0-9]+)")[^>]*>')
_RESULT = re.compile(rb"<(?:\w+:)?v\b[^>]*>([^<]+)</")
_A_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?(e-[0-9]+)?")
_SHARE = re.compile(r"[0#?](?:\.([0#?]+))?%")
_DECIMALS = re.compile(r"[#,0 ]*0\.(00?)(_.*|;.*)?")
NEVER_CALCULATED = "a formula that was never calculated"
#: What stands for such a formula where cells are texts: an error like those of a spreadsheet.
UNCALCULATED = "#UNCALCULATED!"
CALCULATE = "Open the workbook in Excel so that it calculates, and save it."


@dataclass
class SheetMarks:
    """What a sheet holds beside its values."""

    #: Row, letters and text of cells with an error or a formula never calculated.
    errors: list[tuple[int, str, str]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)  # rows that do not show, as a spreadsheet numbers them
    hidden_columns: list[str] = field(default_factory=list)  # and the letters of columns that do not
    merged: list[tuple[int, int, str, str]] = field(default_factory=list)  # first and last row and columns of every merged block
    #: Row to the places of cells shown as percentages or with one or two decimals: the sign they show, and the decimals.
    formats: dict[int, dict[int, tuple[str, int]]] = field(default_factory=dict)


def save_workbook(book: Any, target: Any) -> None:
    """Write a workbook of openpyxl's to a path or a stream. One created at the same moment has the same bytes whenever it is written.

    Raises OSError: the system takes no more.
    """
    from lxml.etree import SerialisationError
    from openpyxl.writer.excel import ExcelWriter

    try:
        ExcelWriter(book, zipfile.ZipFile(saved := io.BytesIO(), "w")).save()  # not made small here, only to be read again
    except SerialisationError:  # openpyxl writes each sheet to the folder for temporary files first, and lxml hides why it cannot
        raise OSError(errno.ENOSPC, "a disk, or a folder for temporary files, that takes no more", str(target)) from None
    with zipfile.ZipFile(saved) as timed, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as written:
        for name in timed.namelist():
            content = timed.read(name)
            if name == "docProps/core.xml":  # openpyxl notes when it wrote
                created = f"{book.properties.created:%Y-%m-%dT%H:%M:%SZ}".encode()
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + created, content)
            written.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)  # of the first day that the form knows


def is_workbook(data: bytes) -> bool:
    return data.startswith((b"PK\x03\x04", OLE_MAGIC))


def marks_or_refuse(data: bytes, sheet: str, file: str, formats: bool = False) -> SheetMarks:
    """Return what a sheet holds beside its values; ``formats`` asks for those of its numbers too.

    Raises InputProblems where errors cannot be told from empty cells in such a workbook, or a cell lies far outside any table.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            text, styles = archive.read(_part_of(archive, sheet)), _styles_of_numbers(archive) if formats else {}
    except DAMAGED:
        raise refuse(file, "a workbook of another kind", "an XLSX file", "In Excel: File, Save As, 'Excel Workbook (.xlsx)'.") from None
    marks, rows, last = SheetMarks(), 0, 0
    for row in _ROW.finditer(text):
        number = _NUMBER.search(row[1])
        rows, last = rows + 1, int(number[1]) if number else last + 1
        if b"hidden=" in row[1] and _HIDDEN.search(row[1]):
            marks.hidden_rows.append(last)
    for first, end in (map(int, column.groups()) for column in _COLUMNS.finditer(text) if _HIDDEN.search(column[0])):
        marks.hidden_columns += map(column_letters, range(first - 1, min(end, MOST_COLUMNS)))
    far = _FAR_COLUMN.search(text)
    if far or last > 2 * rows + 100_000:
        found = f"something in {f'cell {far[1].decode()}' if far else f'row {last:,}'}, far outside the table"
        action = "Delete everything right of and below the table (select whole columns and rows), and save."
        raise refuse(file, found, "one table and nothing else on the sheet", action)
    marks.merged = [(int(first), int(end), left.decode(), right.decode()) for left, first, right, end in _MERGED.findall(text)]
    if b't="e"' in text or b"<f" in text or b":f" in text:
        marks.errors = _errors(text)
    if styles:
        _note_formats(text, styles, marks)
    return marks


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str:
    """Return the name of the part of an XLSX file that holds a sheet; raise KeyError where there is none."""
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    named = {element.get("name"): element.attrib for element in book.iter() if element.tag.endswith("}sheet")}
    target = targets[next((value for key, value in named[sheet].items() if key.endswith("}id")), None)]
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")


def _styles_of_numbers(archive: zipfile.ZipFile) -> dict[bytes, tuple[str, int]]:
    """Return the numbers of a workbook's styles that show a percentage or decimals: the sign after the number, and how many decimals."""
    if "xl/styles.xml" not in archive.namelist():
        return {}
    styles = ElementTree.fromstring(archive.read("xl/styles.xml"))
    formats = {"2": "0.00", "4": "#,##0.00", "9": "0%", "10": "0.00%"}  # which every spreadsheet knows
    formats |= {each.get("numFmtId", ""): each.get("formatCode", "") for each in styles.iter() if each.tag.endswith("}numFmt")}
    used = next((each for each in styles.iter() if each.tag.endswith("}cellXfs")), ())
    codes = {place: formats.get(style.get("numFmtId", ""), "") for place, style in enumerate(used)}
    shown = {place: _SHARE.search(code) or _DECIMALS.fullmatch(code) for place, code in codes.items()}
    return {b"%d" % place: ("%" if found.re is _SHARE else "", len(found[1] or "")) for place, found in shown.items() if found}


def _note_formats(text: bytes, styles: dict[bytes, tuple[str, int]], marks: SheetMarks) -> None:
    for cell in _CELL.finditer(text):
        style, reference = _STYLE.search(cell[1]), _REFERENCE.search(cell[1])
        if style and reference and style[1] in styles:
            place = reduce(lambda place, letter: 26 * place + letter - ord("A") + 1, reference[1], 0) - 1  # A is 0, AA is 26
            marks.formats.setdefault(int(reference[2]), {})[place] = styles[style[1]]


def _errors(text: bytes) -> list[tuple[int, str, str]]:
    found = []
    for cell in _CELL.finditer(text):
        attributes, content = cell[1], cell[2] or b""
        reference = _REFERENCE.search(attributes)
        if reference is None:
            continue
        result = _RESULT.search(content)
        if b't="e"' in attributes:
            found.append((int(reference[2]), reference[1].decode(), result[1].decode() if result else "an error"))
        elif re.search(rb"<(?:\w+:)?f\b", content) and not result and b't="str"' not in attributes:
            found.append((int(reference[2]), reference[1].decode(), NEVER_CALCULATED))
    return found


def cell_text(cell: object) -> str:
    """Return a typed cell as the text a CSV would hold: whole numbers without decimals, dates with the year first."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ", timespec="seconds")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def opened(data: bytes, file: str) -> CalamineWorkbook:
    """Open a workbook; raise InputProblems where it has a password, is damaged, or is of a kind that cannot tell errors from empty cells."""
    if data.startswith(OLE_MAGIC) and _ENCRYPTED in data:  # a password makes it a container with an encrypted package
        action = "Open it with the password and save a copy without one."
        raise refuse(file, "a workbook protected by a password", "a workbook that opens without one", action)
    if data.startswith(OLE_MAGIC):
        raise refuse(file, "a workbook of the old kind", "an XLSX file", "In Excel: File, Save As, 'Excel Workbook (.xlsx)'.")
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(data))
    except (CalamineError, PasswordError, ZipError, OSError, ValueError):
        action = "Open it in a spreadsheet, save it as XLSX or CSV (UTF-8) and try again."
        raise refuse(file, "a damaged workbook, or none at all", "an XLSX file", action) from None


def visible_sheets(workbook: CalamineWorkbook) -> list[str]:
    there = [sheet for sheet in workbook.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
    return [sheet.name for sheet in there if sheet.typ == SheetTypeEnum.WorkSheet]


def sheet_for(workbook: CalamineWorkbook, table: str, file: str) -> str:
    """Return the sheet that holds a table: the one that bears its name, or the only one; raise InputProblems where neither is certain."""
    names = visible_sheets(workbook)
    called = [name for name in workbook.sheet_names if loose_key(name) == table]
    meant = [name for name in names if name in called] if called else names
    if len(meant) == 1:
        return meant[0]
    if called and not meant:
        action = "Unhide it if it is meant; else delete it, or rename it."
        raise refuse(file, f"a sheet '{table}' that is hidden", "a sheet that shows", action)
    action = f"Name the sheet that holds the table '{table}', or keep one sheet."
    raise refuse(file, f"{len(names)} sheets: " + ", ".join(names)[:100], f"one sheet, or one named '{table}'", action)


def sheet_rows(workbook: CalamineWorkbook, sheet: str, file: str, first: int | None = None) -> list[list[str]]:
    """Return a sheet's rows as text, all of them or the first few; raise InputProblems where it cannot be read."""
    try:
        rows = workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False, nrows=first)
    except (CalamineError, ValueError, OverflowError):
        raise refuse(file, "a sheet that cannot be read", "a sheet of cells", "Copy the table's values into a new workbook.") from None
    return [[cell_text(cell) for cell in cells] for cells in rows]


def sheet_grid(data: bytes, workbook: CalamineWorkbook, sheet: str, file: str) -> Grid:
    """Return the rows of one sheet.

    Raises InputProblems for errors, formulas without a result, and what :func:`marks_or_refuse` refuses.
    """
    marks = marks_or_refuse(data, sheet, file, formats=True)
    InputProblems.raise_if_any(mark_problems(marks, file))
    rows = enumerate(sheet_rows(workbook, sheet, file), start=1)
    filled = [(number, _as_shown(cells, marks.formats.get(number, {}))) for number, cells in rows if any(cell.strip() for cell in cells)]
    columns = {column_letters(place) for _, cells in filled for place, cell in enumerate(cells) if cell.strip()}
    notices = list(hidden_notices(marks, file, {number for number, _ in filled}, columns))
    return Grid(file, filled, notices, merged=marks.merged)


def hidden_notices(marks: SheetMarks, file: str, rows: Container[int], columns: Container[str]) -> Iterator[Problem]:
    """Tell which of the rows and columns that are read do not show."""
    for what, hidden, read in (("rows", marks.hidden_rows, rows), ("columns", marks.hidden_columns, columns)):
        if names := [str(each) for each in hidden if each in read]:
            found = f"hidden {what}: {', '.join(names[:5])}" + (f" and {len(names) - 5:,} more" if len(names) > 5 else "")
            yield Problem(file, f"{what} that show", "Read like all others; delete them if they do not belong.", found=found)


def mark_problems(marks: SheetMarks, file: str) -> list[Problem]:
    """Return what is wrong with cells that hold an error or a formula without a result."""
    problems = []
    for row, letters, text in marks.errors[:TOLD]:
        cure = CALCULATE if text == NEVER_CALCULATED else "Mend the formula, or type the value over it."
        problems.append(Problem(file, "a value", cure, row=row, column=letters, found=text[:40]))
    return problems


def _as_shown(cells: list[str], formats: dict[int, tuple[str, int]]) -> list[str]:
    """Return the cells of a row as they show, 24.57% for 0.2457; the decimals of a format that end in zeros say how exact a number is."""
    shown = list(cells)
    for place, (sign, decimals) in formats.items():
        if place < len(cells) and _A_NUMBER.fullmatch(cells[place]):
            exact = f"{(100 if sign else 1) * float(cells[place]):.10g}"
            rounded = f"{float(exact):.{decimals}f}"
            shown[place] = (rounded if float(rounded) == float(exact) else exact) + sign
    return shown

"""Files to rows of cells: encoding, separator, quotation marks and widths are certain, or one problem says what is not."""

import csv
import io
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from wres_helpers.problems import InputProblems, Problem
from wres_helpers.tables.cell_readers import loose_key
from wres_helpers.tables.heading_row import ROWS_SEARCHED

#: Signs between cells, in words.
SEPARATORS = {",": "a comma", ";": "a semicolon", "\t": "a tab", "|": "a bar"}
_EXPECTED = "a CSV file in UTF-8 with a header row"
_SAVE = "In Excel: File, Save As, 'CSV UTF-8 (comma delimited)'."
_NAMES = {"utf-8": "UTF-8", "utf-16": "UTF-16", "windows-1252": "Windows-1252"}
_BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}

#: So many bytes are the top of a file, and are looked at together.
_TOP = 1 << 18

CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f]")

#: Signs beyond ASCII that Excel's plain CSV holds in English text; any other byte may be another encoding's.
_WESTERN = frozenset("‘’“”–—…•£€°½¼¾\u00a0éèêëáàâäãåíìîïóòôöõúùûüñçøæßÉÈÊËÁÀÂÄÅÍÓÒÔÖÚÙÛÜÑÇØÆ")

#: Signs from which on a cell is no cell, but a file whose quotation marks or line ends are lost.
LONGEST_CELL = 1 << 20

#: A table has no more columns; those of a workbook whose letters are two.
MOST_COLUMNS = 702

#: Problems of one kind in one column that are told one by one.
TOLD = 20


@dataclass(frozen=True)
class Grid:
    """The filled rows of one table, as text."""

    file: str  # the table's name in messages; of a sheet, with the sheet's name
    rows: list[tuple[int, list[str]]] = field(repr=False)  # number of the row as a spreadsheet shows it, and its cells
    notices: list[Problem] = field(default_factory=list)  # what was read although it was not as expected
    decimal_comma: bool = False  # whether the file comes from a machine that writes a comma before decimals
    whole: bool = True  # whether the file ends as a whole one does, with a line end
    merged: list[tuple[int, int, str, str]] = field(default_factory=list)  # first and last row and columns of every merged block


def merged_problems(merged: Iterable[tuple[int, int, str, str]], file: str, above: int) -> list[Problem]:
    """Return what is wrong with merged cells that reach below a row, that of the headings: nobody knows whose the others' values are."""
    action = "Unmerge them (Home, Merge & Center) and fill every cell."
    return [
        Problem(file, "a value in a cell of its own", action, row=first, column=left, found=f"merged cells {left}{first}:{right}{last}")
        for first, last, left, right in [each for each in merged if each[1] > above][:TOLD]
    ]


def refuse(file: str, found: str, expected: str, action: str, row: int | None = None, column: str | None = None) -> InputProblems:
    """Return the exception for a file that cannot be read as a table."""
    return InputProblems([Problem(file, expected, action, row=row, column=column, found=found)])


def bytes_of(path: Path, shown: str, largest: int = 64 << 20) -> bytes:
    """Return a file's bytes; raise InputProblems where it cannot be opened or is larger than such a table is."""
    try:
        if path.stat().st_size > largest:
            raise refuse(shown, f"{path.stat().st_size >> 20:,} MB", "a small table", "Check that this is the right file.")
        if not (path.is_file() or path.is_dir()):
            raise refuse(shown, "a pipe or a device", "a file", "Name a file.")
        return path.read_bytes()
    except FileNotFoundError:
        raise refuse(shown, "no such file", "the file that is named", "Check its name, or name none.") from None
    except OSError as error:
        found = f"a file that cannot be opened ({(error.strerror or 'an error of the disk').lower()})"
        raise refuse(shown, found, "a file you may read", "Close it elsewhere, or ask for access.") from None


def as_utf8(data: Any, encoding: str = "detect") -> tuple[Any, str, int]:
    """Return a text file in UTF-8, without a mark, what it was in, and the line that tells: read as its first bytes say, else as UTF-8 or Windows-1252.

    What was UTF-8 already is not copied. Raises UnicodeError where it is no text in that, or in the ``encoding`` that is declared.
    """
    marked = next((name for mark, name in _BYTE_ORDER_MARKS.items() if bytes(data[:3]).startswith(mark)), None)
    told, row = (marked or "utf-8") if encoding == "detect" else encoding, 1
    if told.startswith("utf-8"):
        try:
            if not all(map(bytes.isascii, _pieces(data))):  # which takes less than to decode it, and no memory
                str(data, "utf-8")
            return (data[3:] if marked == "utf-8-sig" else data), told, 1
        except UnicodeDecodeError as error:
            if marked or encoding != "detect":
                raise
            told, row = "windows-1252", bytes(data[: error.start]).count(b"\n") + 1
    return bytes(data).decode(told).removeprefix("\ufeff").encode(), told, row


def _pieces(content: Any) -> Iterator[bytes]:
    """Give a text of perhaps hundreds of megabytes in pieces."""
    for start in range(0, len(content), _TOP):
        yield bytes(memoryview(content)[start : start + _TOP])


@dataclass(frozen=True)
class Text:
    """A text file whose encoding and separator are known."""

    content: Any = field(repr=False)  # in UTF-8: bytes or a buffer
    top: str = field(repr=False)  # its first rows
    separator: str
    encoding: str
    quoted: bool  # whether a quotation mark stands in it
    whole: bool  # whether it ends as a whole file does, with a line end
    notices: list[Problem]  # what was read although it was not as expected


def opened_text(
    data: Any,
    file: str,
    headings: Iterable[str],
    encoding: str = "detect",
    separators: Collection[str] = tuple(SEPARATORS),
    usual: str = ",",
    settled: bool = False,
) -> Text:
    """Return what a text file is in; raise InputProblems where it is no text, or empty.

    Headings the table may have tell which of the ``separators`` parts cells; encoding and separator may be ``settled`` in a master file.
    """
    try:
        content, told, row = as_utf8(data, encoding)
    except UnicodeError:
        marked = bytes(data[:3]).startswith(tuple(_BYTE_ORDER_MARKS))
        found = "bytes that are not the text their first bytes announce" if marked else "bytes that are not UTF-8"
        raise refuse(file, found if encoding == "detect" else f"bytes that are no text in {_NAMES[encoding]}", _EXPECTED, _SAVE) from None
    top = bytes(memoryview(content)[:_TOP]).decode(errors="ignore")
    if any(b"\0" in piece for piece in _pieces(content)):
        raise refuse(file, "bytes that are no text", _EXPECTED, _SAVE, row=top.partition("\0")[0].count("\n") + 1)
    if not re.search(rb"\S", content) or (len(content) < _TOP and not top.strip()):
        raise refuse(file, "nothing", _EXPECTED, "Export it again." if settled else "Fill in the table, or remove the file.")
    notices = []
    if told == "utf-8-sig" and settled:
        notices.append(Problem(file, "plain UTF-8", "Skipped.", row=1, found="a byte-order mark"))
    elif not told.startswith("utf-8") and encoding == "detect":
        action = f"write 'encoding: {told}' in the master file to settle it." if settled else f"check letters with accents. {_SAVE}"
        notices.append(Problem(file, "UTF-8", f"Read so; {action}", row=row, found=f"text in {_NAMES[told]}"))
    separator, row = separator_of(top, headings, separators)
    if separator != usual and len(separators) > 1:
        words = SEPARATORS[separator].removeprefix("a ")
        action = f"write 'separator: {words}' in the master file to settle it." if settled else "numbers with a comma are not taken."
        found, expected = f"{SEPARATORS[separator]} between cells", f"{SEPARATORS[usual]} between cells"
        notices.append(Problem(file, expected, f"Read so; {action}", row=row, found=found))
    whole = bytes(memoryview(content)[-1:]) in (b"\r", b"\n")
    if not whole:
        how = "if the export may have been cut short, state expected_rows in the master file."
        action = f"Read as it stands; {how if settled else 'look at the last row, if the file may have been cut short.'}"
        notices.append(Problem(file, "a file that ends with a line end", action, found="a last line without line end"))
    quoted = any(b'"' in piece for piece in _pieces(content))
    return Text(content, top, separator, told, quoted, whole, notices)


def text_grid(data: bytes, file: str, headings: Iterable[str]) -> Grid:
    """Return the rows of a CSV file: UTF-8, UTF-16 with its mark, or text that Excel on Windows saved as plain CSV, which is told.

    Raises InputProblems as :func:`opened_text` does, and where a quotation mark leaves open where a cell ends.
    """
    opened = opened_text(data, file, headings)
    text = str(opened.content, "utf-8")
    if opened.encoding == "windows-1252" and not all(sign.isascii() or sign in _WESTERN for sign in text):
        raise refuse(file, "bytes that are not UTF-8", _EXPECTED, _SAVE)
    if control := CONTROL.search(text):
        row = text[: control.start()].count("\n") + 1
        raise refuse(file, "bytes that are no text", _EXPECTED, _SAVE, row=row)
    rows = text_rows(text, opened.separator, file)
    if (widest := max(map(len, rows))) > MOST_COLUMNS:
        raise refuse(file, f"{widest:,} columns", f"a table of at most {MOST_COLUMNS}", "Keep the columns of the table.")
    filled = [(number, cells) for number, cells in enumerate(rows, start=1) if "".join(cells).strip()]
    return Grid(file, filled, opened.notices, decimal_comma=opened.separator == ";", whole=opened.whole)


def separator_of(text: str, headings: Iterable[str], candidates: Collection[str]) -> tuple[str, int]:
    """Return the sign between cells: the one that parts a line near the top, the first if no other does it better, into most of the known headings.

    The number of that line comes with it.
    """
    lines = [(number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip()][:ROWS_SEARCHED]
    known = {loose_key(heading) for heading in headings}

    def fitting(line: str, separator: str) -> tuple[int, int]:
        cells = line.split(separator)
        return sum(loose_key(cell.strip('" ')) in known for cell in cells), 0 if "," in line else len(cells)

    row, first = max(lines, key=lambda line: max(fitting(line[1], separator)[0] for separator in candidates), default=(1, ""))
    return max(candidates, key=lambda separator: fitting(first, separator)), row


def text_rows(text: str, separator: str, file: str) -> list[list[str]]:
    """Return the rows of a text, blank ones too, as a spreadsheet counts them; raise InputProblems where cells cannot be told apart."""
    rows: list[list[str]] = []
    csv.field_size_limit(LONGEST_CELL)
    # a spreadsheet counts a cell with line breaks as one row, and a blank line as a row
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True, skipinitialspace=True)
    try:
        if '"' not in text:  # then no cell holds a line end, and nothing is to be looked for
            return list(reader)
        stray = _stray_quote(text, separator)
        for cells in reader:
            rows.append(cells)
            _refuse_swallowed(cells, separator, len(rows), file)
            if stray is not None and reader.line_num > stray:
                action = "Put the whole text in quotation marks and double those inside it, as a spreadsheet does."
                found = "a quotation mark inside a text without any round it"
                raise refuse(file, found, "cells as a spreadsheet writes them", action, row=len(rows))
    except csv.Error as error:
        if "field larger" in str(error):
            found, row = f"a cell of more than {LONGEST_CELL:,} characters", reader.line_num if '"' not in text else len(rows) + 1
            raise refuse(file, found, "cells as a spreadsheet holds them", "Shorten the cell.", row) from None
        action = "Close the quotation mark, or double it inside a text."
        found = "a quotation mark that is not closed, or stands inside a text"
        raise refuse(file, found, "cells whose quotation marks are closed", action, row=len(rows) + 1) from None
    return rows


def _stray_quote(text: str, separator: str) -> int | None:
    """Return the number of line ends before the first quotation mark that neither opens nor closes a cell, or None."""
    around = re.escape(separator)
    bare = re.sub(rf'(?<![^{around}\r\n]) *"(?:[^"]|"")*" *(?=[{around}\r\n]|$)', lambda match: re.sub(r"[^\r\n]", " ", match[0]), text)
    place = bare.find('"')
    return None if place < 0 else len(re.findall(r"\r\n|\r|\n", bare[:place]))


def _refuse_swallowed(cells: Sequence[str], separator: str, number: int, file: str) -> None:
    """Refuse a quoted cell that holds what looks like further rows: its closing mark belongs to another cell."""
    for cell in cells:
        lines = cell.splitlines()[1:] if "\n" in cell or "\r" in cell else []
        if any(line.count(separator) >= max(2, len(cells) - 1) for line in lines):
            found = "a cell in quotation marks that holds what looks like other rows"
            raise refuse(file, found, "one row a record", "Close the quotation mark where the cell ends.", row=number)


def column_letters(position: int) -> str:
    """Return a column's letters as a spreadsheet shows them, counted from 0: ``A``, ``Z``, ``AA``."""
    return (column_letters(position // 26 - 1) if position >= 26 else "") + chr(65 + position % 26)

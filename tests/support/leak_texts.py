"""Everything that can be read in a finished file, seen or unseen: text, attributes, comments, metadata, hidden sheets."""

import base64
import binascii
import csv
import html
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

from bs4 import BeautifulSoup, Comment, Tag
from bs4.element import PreformattedString

from support.leak_pdf import pdf_texts


@dataclass(frozen=True)
class Fragment:
    """A piece of text and where it stands.

    Attributes
    ----------
    where
        Place inside the file, in words.
    text
        The text.
    row, column
        Heading of the row and of the column, where it is a cell of a table.
    seen
        Whether a reader sees or hears it; drawing instructions and styles are searched for canaries only.
    prose
        Whether what stands together belongs together; on a printed page, read in the order of drawing, it need not.
    """

    where: str
    text: str
    row: str = ""
    column: str = ""
    seen: bool = True
    prose: bool = True


def fragments_of(name: str, content: bytes) -> Iterator[Fragment]:
    """Return every piece of text of a file, by its ending; of any other file its bytes read as text."""
    readers = {
        ".html": _html, ".svg": _html, ".csv": _csv, ".xlsx": _archive, ".zip": _archive,
        ".pdf": _pdf, ".ipynb": _json, ".json": _json, ".log": _lines, ".txt": _lines, ".md": _lines,
    }  # fmt: skip
    reader = readers.get(Path(name).suffix.lower())
    if reader is not None:
        yield from reader(content)
    yield from _bytes(content)


#: Attributes that draw or style and say nothing to a reader.
_DRAWING = re.compile(
    r"^(d|points|[xy][12]?|d[xy]|r|[cr][xy]|width|height|viewbox|transform|style|class|fill|stroke.*|font.*|id|href|xlink:href"
    r"|clip-path|opacity|xmlns.*)$",
    re.IGNORECASE,
)
_BLOCKS = {
    "p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "caption", "dt", "dd", "title", "desc", "text", "summary", "pre",
}  # fmt: skip
_OUTSIDE = {*_BLOCKS, "table", "style", "script"}
#: A cell that holds a number, or what stands for one, heads nothing.
_NO_HEADING = re.compile(r"\[\w\]|(fewer than )?\d[\d ,.%to]*( or more)?")


@lru_cache(maxsize=2_000)
def _html(content: bytes) -> tuple[Fragment, ...]:
    return tuple(_html_fragments(content))  # the same chart or block stands in many files of a report


def _html_fragments(content: bytes) -> Iterator[Fragment]:
    soup = BeautifulSoup(content.decode("utf-8", errors="replace"), "html.parser")
    for part in soup.find_all(string=lambda text: isinstance(text, PreformattedString)):
        yield Fragment("comment" if isinstance(part, Comment) else "declaration", str(part))
    elements = soup.find_all(True)
    for element in elements:
        for attribute, value in element.attrs.items():
            text = " ".join(value) if isinstance(value, list) else str(value)
            yield Fragment(f"attribute {attribute} of {element.name}", text, seen=not _DRAWING.match(attribute))
            yield from _data_uri(text)
        if element.name in ("style", "script"):
            yield Fragment(element.name, element.get_text(), seen=element.name == "script")
    for table in soup.find_all("table"):
        yield from _html_table(table)
    for block in (element for element in elements if element.name in _BLOCKS):
        yield Fragment(block.name, block.get_text(" ", strip=True))
    # what stands outside every block of text and every table
    for text in soup.find_all(string=True):
        if not text.isspace() and not isinstance(text, PreformattedString) and not any(parent.name in _OUTSIDE for parent in text.parents):
            yield Fragment(f"text in {text.parent.name}", str(text))
    yield Fragment("whole page", soup.get_text(" ", strip=True), seen=False)


def _html_table(table: Tag) -> Iterator[Fragment]:
    rows = [[cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])] for row in table.find_all("tr")]
    caption = table.find("caption")
    yield from _grid(f"table '{caption.get_text(' ', strip=True) if caption else ''}'", rows)


def _grid(where: str, rows: list[list[str]]) -> Iterator[Fragment]:
    """Return the cells of a table with their headings; the leading words of a row, up to its first number, head it."""
    if not rows:
        return
    header = rows[0]
    for row in rows[1:]:
        words = [cell for cell in row if re.search("[A-Za-z]", cell) and not _NO_HEADING.fullmatch(cell)]
        for place, cell in enumerate(row):
            column = header[place] if place < len(header) else ""
            yield Fragment(where, cell, row=" | ".join(words), column=column)


def _data_uri(text: str) -> Iterator[Fragment]:
    for kind, encoding, data in re.findall(r"data:([\w/+.-]*)[^,\"']*?(;base64)?,([^\"')\s]+)", text):
        try:
            content = base64.b64decode(data, validate=False) if encoding else unquote_to_bytes(data)
        except (binascii.Error, ValueError):
            continue
        suffix = {"image/svg+xml": ".svg", "text/html": ".html"}.get(kind, "")
        for found in fragments_of(f"embedded{suffix}", content):
            yield Fragment(f"embedded {kind}: {found.where}", found.text, seen=False)


def _csv(content: bytes) -> Iterator[Fragment]:
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig", errors="replace"))))
    yield from _grid("rows", rows)


def _archive(content: bytes) -> Iterator[Fragment]:
    """Return the texts of every member of a workbook: hidden sheets, caches, comments, names and properties included."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for member in archive.infolist():
            data = archive.read(member)
            if member.filename.endswith((".xml", ".rels", ".vml")):
                text = html.unescape(data.decode("utf-8", errors="replace"))
                yield Fragment(member.filename, text, seen=False)
                yield Fragment(f"{member.filename} without tags", re.sub(r"<[^>]*>", "", text), seen=False)
                continue
            for found in fragments_of(member.filename, data):
                yield Fragment(f"{member.filename}: {found.where}", found.text, seen=False)
    yield from _sheets(content)


def _sheets(content: bytes) -> Iterator[Fragment]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(io.BytesIO(content), data_only=False)
    except (KeyError, InvalidFileException, zipfile.BadZipFile):
        return
    for sheet in book.worksheets:
        rows = [["" if value is None else str(value) for value in row] for row in sheet.iter_rows(values_only=True)]
        start = next((place for place, row in enumerate(rows) if sum(bool(cell) for cell in row) > 2), 0)
        yield from _grid(f"sheet '{sheet.title}'{' (hidden)' if sheet.sheet_state != 'visible' else ''}", rows[start:])
        for row in sheet.iter_rows():
            yield from (Fragment(f"comment in sheet '{sheet.title}'", cell.comment.text) for cell in row if cell.comment)


def _pdf(content: bytes) -> Iterator[Fragment]:
    for where, text, seen in pdf_texts(content):
        yield Fragment(where, text, seen=seen, prose=not where.startswith("page"))


def _json(content: bytes) -> Iterator[Fragment]:
    try:
        value = json.loads(content.decode("utf-8", errors="replace"))
    except json.JSONDecodeError:
        return
    yield from _strings(value, "")


def _strings(value: Any, path: str) -> Iterator[Fragment]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield Fragment(f"key in {path or 'the file'}", str(key), seen=False)
            yield from _strings(each, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        if value and all(isinstance(each, str) for each in value):
            yield Fragment(path, "".join(value))
        for place, each in enumerate(value):
            yield from _strings(each, f"{path}[{place}]")
    elif isinstance(value, str):
        yield Fragment(path, value)
        if value.lstrip().startswith("<"):
            for found in _html(value.encode()):
                yield replace(found, where=f"{path}: {found.where}")
    elif value is not None:
        yield Fragment(path, json.dumps(value), seen=False)


def _lines(content: bytes) -> Iterator[Fragment]:
    for number, line in enumerate(content.decode("utf-8", errors="replace").splitlines(), start=1):
        yield Fragment(f"line {number}", line)


def _bytes(content: bytes) -> Iterator[Fragment]:
    # in the other two every letter from A to z has a byte of nought
    for encoding in ("utf-8", *(("utf-16-le", "utf-16-be") if b"\0" in content else ())):
        yield Fragment(f"bytes as {encoding}", content.decode(encoding, errors="ignore"), seen=False)
    if content.startswith(b"\x89PNG"):
        yield from _png(content)


def _png(content: bytes) -> Iterator[Fragment]:
    """Return the texts a PNG image carries, packed ones included."""
    place = 8
    while place + 8 <= len(content):
        length, kind = int.from_bytes(content[place : place + 4]), content[place + 4 : place + 8]
        data = content[place + 8 : place + 8 + length]
        if kind in (b"zTXt", b"iTXt"):
            keyword, _, rest = data.partition(b"\0")
            packed = rest[1:] if kind == b"zTXt" else rest[2:].split(b"\0", 2)[-1]
            try:
                data = keyword + b" " + zlib.decompress(packed)
            except zlib.error:
                data = keyword + b" " + packed
        if kind in (b"tEXt", b"zTXt", b"iTXt", b"eXIf"):
            yield Fragment(f"{kind.decode()} of an image", data.decode("utf-8", errors="ignore"), seen=False)
        place += 12 + length

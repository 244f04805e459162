"""Writes the workbooks of the messy set: byte for byte the same every time, one of them protected by a password."""

import io
import struct
import zipfile
from datetime import datetime

from openpyxl import Workbook

_FIXED = datetime(2020, 4, 1, 9, 0, 0)
_SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def workbook_bytes(sheets: dict[str, list[list[object]]]) -> bytes:
    """Return a workbook of these sheets as bytes that do not depend on the time of writing."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.properties.created = book.properties.modified = _FIXED
    stream = io.BytesIO()
    book.save(stream)
    return _with_fixed_times(stream.getvalue())


def _with_fixed_times(data: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(stream, "w") as target:
        for name in sorted(source.namelist()):
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _with_fixed_properties(content)
            entry = zipfile.ZipInfo(name, _FIXED.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, content)
    return stream.getvalue()


def _with_fixed_properties(content: bytes) -> bytes:
    # openpyxl writes the time of saving over the one set above
    start, end = content.index(b"<dcterms:modified"), content.index(b"</dcterms:modified>")
    opening = content[start : content.index(b">", start) + 1]
    return content[:start] + opening + _FIXED.strftime("%Y-%m-%dT%H:%M:%SZ").encode() + content[end:]


def protected_workbook_bytes() -> bytes:
    """Return a container as spreadsheets write it for a workbook with a password; what is in it is noise.

    The layout is the compound file of [MS-CFB], version 3: a header, one sector of allocations, one of the
    directory, then the two streams every encrypted workbook has.
    """
    streams = [("EncryptionInfo", b"\x04\x00\x04\x00" + bytes(4092)), ("EncryptedPackage", bytes(range(256)) * 16)]
    sectors = [len(content) // _SECTOR for _, content in streams]
    starts = [2, 2 + sectors[0]]
    allocations = [_FAT, _END]
    for start, count in zip(starts, sectors, strict=True):
        allocations += [*range(start + 1, start + count), _END]
    allocations += [_FREE] * (_SECTOR // 4 - len(allocations))
    directory = _entry("Root Entry", 5, child=1)
    directory += _entry("EncryptionInfo", 2, start=starts[0], size=4096, right=2) + _entry(
        "EncryptedPackage", 2, start=starts[1], size=4096
    )
    directory += _entry("", 0)
    return _header() + struct.pack(f"<{_SECTOR // 4}I", *allocations) + directory + b"".join(content for _, content in streams)


def _header() -> bytes:
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIIII", 0, 1, 1, 0, 4096, _END, 0, _END, 0, 0)[: 4 * 9]
    return header.ljust(76, b"\0")[:76] + struct.pack("<109I", 0, *[_FREE] * 108)


def _entry(name: str, kind: int, start: int = 0, size: int = 0, child: int = _FREE, right: int = _FREE) -> bytes:
    encoded = name.encode("utf-16-le") + b"\0\0" if name else b""
    entry = encoded.ljust(64, b"\0") + struct.pack("<HBBIII", len(encoded), kind, 1, _FREE, right, child)
    return entry + bytes(16 + 4 + 8 + 8) + struct.pack("<IQ", start if kind == 2 else (_END if kind == 5 else 0), size)

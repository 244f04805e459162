"""Master files for many organisations: shared keys once, then a list of organisations with what differs.

Such a file has ``organisations`` in place of ``organisation`` and, if it likes, ``years`` in place of ``year``; every other key
is shared by all. ``organisations`` is a list, or the name of a CSV file beside the master file. An entry has the keys of
``organisation``, and may have ``years`` and any other key of a master file, which then holds for it alone; groups of keys
are merged, key by key. ``part_of`` is the code of the organisation of the list that counts its people too, such as a system.
A CSV file has a column a key, dotted where keys are grouped (``survey.kind``).
"""

import copy
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from wres_helpers.problems import ParameterProblems, Problem
from wres_helpers.tables.declared import DeclaredColumn, DeclaredTable
from wres_helpers.tables.table_reader import read_table

ORGANISATION_KEYS = ("code", "name", "short_name", "kind")


@dataclass(frozen=True)
class Entry:
    """One organisation of the list."""

    origin: str  # where it stands: the file, and its row where that is a CSV file
    content: dict[str, Any]  # its keys: those of ``organisation``, and overrides

    @property
    def code(self) -> str:
        return str(self.content.get("code", ""))

    @property
    def part_of(self) -> str:
        """The code of the organisation it is a part of; empty for none."""
        return str(self.content.get("part_of") or "")


class Listed:
    """The organisations of a master file; none where the file is for one organisation.

    ``file`` is its name as messages print it; from its ``folder`` a CSV file is looked for. Raises ParameterProblems where the list
    cannot be used: empty, an organisation without code or named twice, no year, part of something that is no other of the list.
    """

    def __init__(self, content: dict[str, Any], file: str, folder: Path):
        self._content, self._file = content, file
        self._entries = _entries(content, file, folder) if "organisations" in content else []
        codes = [entry.code for entry in self._entries]
        expected, action = "each organisation once, with a code", "Take it out if it stands there twice; else give it a code of its own."
        problems = [
            Problem(entry.origin, expected, action, column="code", found=f"{entry.code!r} a second time" if entry.code else "no code")
            for place, entry in enumerate(self._entries)
            if not entry.code or entry.code in codes[:place]
        ]
        action = "Add 'years' to the file, or to the organisation."
        yearless = [entry for entry in self._entries if not _years(content, entry)]
        problems += [Problem(entry.origin, "a year or years", action, column="years", found="none") for entry in yearless]
        ParameterProblems.raise_if_any([*problems, *_misplaced(self._entries)])

    @property
    def reports(self) -> list[tuple[str, str]]:
        """Organisation code and year of every report, in the order of the file."""
        return [(entry.code, year) for entry in self._entries for year in _years(self._content, entry)]

    @property
    def organisations(self) -> list[dict[str, Any]]:
        """What the list says of each organisation."""
        return [entry.content for entry in self._entries]

    @property
    def wholes(self) -> tuple[str, ...]:
        """The codes of the organisations that others of the list are said to be parts of."""
        return tuple(dict.fromkeys(entry.part_of for entry in self._entries if entry.part_of))

    @property
    def names(self) -> dict[str, str]:
        """The name of each organisation by its code; its code stands where two bear one name."""
        named = {entry.code: str(entry.content.get("short_name") or entry.content.get("name") or entry.code) for entry in self._entries}
        return {code: name if list(named.values()).count(name) == 1 else code for code, name in named.items()}

    def one_report(self, organisation: str | None, year: str | None) -> tuple[dict[str, Any], dict[str, str]]:
        """Return the content of the file as if it were written for one organisation and year, and where keys came from.

        Without ``organisation`` or ``year`` the first of the file is taken; one that is not in the file raises ParameterProblems.
        """
        code = self._entries[0].code if organisation is None else organisation
        entry = next((entry for entry in self._entries if entry.code == code), None)
        if entry is None:
            expected, action = "an organisation of the file's list", "Give a code from the list."
            raise ParameterProblems.of(self._file, expected, action, column="organisations", found=repr(code))
        years = _years(self._content, entry)
        if year is not None and year not in years:
            expected = f"a year listed for '{code}': {', '.join(years)}"
            raise ParameterProblems.of(self._file, expected, "Give one of them.", column="years", found=repr(year))
        shared = {key: copy.deepcopy(value) for key, value in self._content.items() if key not in ("organisations", "years")}
        own = {key: value for key, value in entry.content.items() if key not in ("years", "part_of", *ORGANISATION_KEYS)}
        named = {key: entry.content[key] for key in ORGANISATION_KEYS if key in entry.content}
        named.setdefault("short_name", named.get("name"))
        merged = _merged(shared, {"organisation": named, "year": year or years[0], **own})
        origins = dict.fromkeys(["organisation", "year", *own], entry.origin) if entry.origin != self._file else {}
        return merged, origins


def _misplaced(entries: list[Entry]) -> list[Problem]:
    """Return what is wrong with what organisations are said to be parts of."""
    wholes = {entry.code: entry.part_of for entry in entries}

    def above(code: str) -> list[str]:
        found: list[str] = []
        while (code := wholes.get(code, "")) and code not in found:
            found.append(code)
        return found

    expected, action = "another organisation of the list, and not one of its own parts", "Give the code of the whole, or leave it out."
    return [
        Problem(entry.origin, expected, action, column="part_of", found=repr(entry.part_of))
        for entry in entries
        if entry.part_of and (entry.part_of not in wholes or entry.code in above(entry.code))
    ]


def _entries(content: dict[str, Any], file: str, folder: Path) -> list[Entry]:
    given = content["organisations"]
    ParameterProblems.raise_if_any(
        Problem(file, f"either '{key}' or '{key}s'", f"Keep '{key}s' for many organisations.", column=key, found="both")
        for key in ("organisation", "year")
        if key in content and f"{key}s" in content
    )
    if isinstance(given, str):
        path, expected = folder / given, "a CSV file beside the master file"
        if not path.is_file():
            raise ParameterProblems.of(file, expected, "Check the name.", column="organisations", found=repr(given))
        stamp = path.stat()
        return list(_csv_entries(path, stamp.st_mtime_ns, stamp.st_size))
    if not isinstance(given, list) or not given or not all(isinstance(entry, dict) for entry in given):
        expected = "a list of organisations, each with code and name, or the name of a CSV file"
        raise ParameterProblems.of(file, expected, "Write the list.", column="organisations", found=repr(given)[:80])
    return [Entry(file, entry) for entry in given]


@lru_cache(maxsize=4)
def _csv_entries(path: Path, modified: int, size: int) -> tuple[Entry, ...]:
    # time and size are part of the key, so that an edited list is read again
    reading = read_table(path, path.name, _LIST)
    for heading in reading.table:
        if beside := next((other for other in reading.table if other.startswith(f"{heading}.")), ""):
            expected, action = "a key, or keys grouped below it", "Remove one of the two columns."
            reading.wrong(expected, action, f"'{heading}' beside '{beside}'", 1, heading)
    if not reading.problems and reading.table.empty:
        reading.wrong("a row an organisation", "Add them.", "none")
    ParameterProblems.raise_if_any(reading.problems)
    rows = reading.table.to_dict("records")
    return tuple(Entry(f"{path.name}, row {number}", _nested(row)) for number, row in zip(reading.table.index, rows, strict=True))


#: Further columns are keys of a master file, dotted where they are grouped.
_LIST = DeclaredTable("organisations", (DeclaredColumn("code"),), others="kept")


def _nested(row: dict[str, str | None]) -> dict[str, Any]:
    """Return a row's filled cells as keys, grouped where their headings are dotted."""
    content: dict[str, Any] = {}
    for heading, cell in row.items():
        if cell and cell.strip():
            *groups, key = heading.strip().split(".")
            place = content
            for group in groups:
                place = place.setdefault(group, {})
            place[key] = cell.strip()
    return content


def _years(content: dict[str, Any], entry: Entry) -> list[str]:
    given = entry.content.get("years", content.get("years", content.get("year")))
    if isinstance(given, str):
        given = given.replace(",", ";").split(";")
    return [str(year).strip() for year in given] if isinstance(given, list) else []


def _merged(shared: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    merged = dict(shared)
    for key, value in own.items():
        both = isinstance(value, dict) and isinstance(merged.get(key), dict)
        merged[key] = _merged(merged[key], value) if both else value
    return merged

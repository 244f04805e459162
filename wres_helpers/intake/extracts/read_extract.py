"""The doors in: finds an extract's files, tells by their content what they are, reads them, and takes the rows that are meant."""

import filecmp
import sys
from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
from pyarrow import parquet
from python_calamine import CalamineWorkbook

from wres_helpers.intake.extracts.coded_columns import from_arrow
from wres_helpers.intake.extracts.extract_findings import ExtractFindings, Place
from wres_helpers.intake.extracts.extract_table import SWAPS_LOOKED_FOR, Extract, extract_of, joined_extract
from wres_helpers.intake.extracts.headings import OF_ORGANISATIONS, ONLY, UNMAPPED, HeadingRow, Source, best_row, find_headings
from wres_helpers.intake.extracts.listed_groups import one_row_a_person
from wres_helpers.intake.extracts.records import read_text, records_of
from wres_helpers.problems import InputProblems, collected
from wres_helpers.settings.extract_settings import ExtractFile
from wres_helpers.tables import workbook_grids
from wres_helpers.tables.cell_readers import bare_key, clean_text, did_you_mean, holds_no_word, key_of, nearest
from wres_helpers.tables.grids import column_letters, merged_problems
from wres_helpers.tables.heading_row import ROWS_SEARCHED


def read_workbook(path: Path, source: Source) -> Extract | None:
    """Read one sheet of a workbook, or return None where it cannot be read without repair."""
    try:
        data = path.read_bytes()
        workbook = workbook_grids.opened(data, source.file)
        name = _sheet(data, workbook, source)
        if name is None:
            return None
        marks, rows = workbook_grids.marks_or_refuse(data, name, source.file), workbook_grids.sheet_rows(workbook, name, source.file)
    except InputProblems as error:
        source.findings.problems += error.problems
        return None
    shown = replace(source, file=f"{source.file}, sheet '{name}'") if len(workbook.sheet_names) > 1 else source
    head = find_headings(rows[:ROWS_SEARCHED], shown, source.settings.header_row)
    if head is None:
        return None
    _tell_marks(marks, head, shown)
    places = {column_letters(at): at for at in head.positions.values()}
    for row, letters, text in marks.errors:  # told with all other cells, as an error in a CSV is; a workbook shows them as empty
        if letters in places and head.row < row <= len(rows) and places[letters] < len(rows[row - 1]):
            rows[row - 1][places[letters]] = workbook_grids.UNCALCULATED if text == workbook_grids.NEVER_CALCULATED else text
    return records_of(rows[head.row :], head, shown)


def _tell_marks(marks: workbook_grids.SheetMarks, head: HeadingRow, source: Source) -> None:
    """Tell merged cells, and what of the mapped columns and the rows does not show."""
    headings = {column_letters(at): head.headings()[name] for name, at in head.positions.items() if not name.startswith(UNMAPPED)}
    source.findings.problems += merged_problems(marks.merged, source.file, head.row)
    for told in workbook_grids.hidden_notices(marks, source.file, range(head.row + 1, sys.maxsize), headings):
        source.findings.pass_on(Place(source.file), told)


def _sheet(data: bytes, workbook: CalamineWorkbook, source: Source) -> str | None:
    """Return the sheet that the master file names, the only one, or the only one with the mapped headings; None (told) otherwise."""
    where, settings, findings, names = Place(source.file), source.settings, source.findings, workbook_grids.visible_sheets(workbook)
    if settings.sheet is not None:
        if settings.sheet in workbook.sheet_names:
            return settings.sheet
        action = "Correct 'sheet' in the master file; the workbook has: " + ", ".join(names) + "."
        findings.stop(where, "no such sheet", f"a sheet '{settings.sheet}'", action)
        return None
    holding = names if len(names) == 1 else [name for name in names if _holds_all(data, workbook, name, source)]
    if len(holding) == 1:
        if len(names) > 1:
            how = f"read the sheet '{holding[0]}', the only one with the mapped headings."
            findings.handle(where, f"{len(names)} sheets", "one sheet", how)
        return holding[0]
    found = f"{len(holding)} sheets with the mapped headings" if names else "no sheet that shows"
    action = "Name the sheet under 'sheet' in the master file" + (": one of " + ", ".join(names) if names else "") + "."
    findings.stop(where, found, "one sheet with the mapped headings", action)
    return None


def _holds_all(data: bytes, workbook: CalamineWorkbook, name: str, source: Source) -> bool:
    marks = collected([], workbook_grids.marks_or_refuse, data, name, source.file)  # a cell far outside ends the process that reads so far
    rows = marks and collected([], workbook_grids.sheet_rows, workbook, name, source.file, ROWS_SEARCHED)
    return best_row(rows or [], source, None)[1] == len(source.wanted)


def read_parquet(path: Path, source: Source) -> Extract | None:
    """Read a Parquet file, or return None where it cannot be read without repair."""
    try:
        file = parquet.ParquetFile(path)
        names = file.schema_arrow.names
        head = find_headings([names], source, None)
        if head is None:
            return None
        table = file.read(columns=[names[position] for position in set(head.positions.values())])
        columns = {name: from_arrow(table.column(names[position])) for name, position in head.positions.items()}
    except (pa.ArrowException, OSError, KeyError):
        found, action = "a damaged file, or none of this kind", "Export it again."
        source.findings.stop(Place(source.file), found, "a Parquet file", action)
        return None
    return extract_of(source, head, columns, np.arange(2, 2 + table.num_rows))


_READERS = {"a workbook": read_workbook, "a Parquet file": read_parquet, "a text file": read_text}
_ENDINGS = {**dict.fromkeys((".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"), "a workbook"), ".parquet": "a Parquet file"}

#: At so many records, or rows, systems and spreadsheets cut a list.
_CUT_AT = frozenset({1_000, 5_000, 10_000, 30_000, 50_000, 65_535, 65_536, 100_000, 150_000, 1_048_575, 1_048_576})


def read_extract(
    name: str,
    folder: Path,
    shown_folder: str,
    settings: ExtractFile,
    findings: ExtractFindings,
    month_first: bool = False,
    own_names: Collection[str] = (),
) -> Extract | None:
    """Read one extract, of all its files; None where a file cannot be read without repair (which is told).

    ``shown_folder`` is the extracts folder as messages print it, ``settings`` the extract's part of the master file; ``own_names`` are
    those of the report's organisation.
    """
    sources = [(folder / file, Source(f"{shown_folder}/{file}", name, settings, findings, month_first)) for file in settings.file]
    parts = [_read_file(path, source) for path, source in sources]
    if any(part is None for part in parts):
        return None
    for number, (path, source) in enumerate(sources):
        same = next((other for other, _ in sources[:number] if filecmp.cmp(other, path, shallow=False)), None)
        if same:  # every record would be there twice
            found, expected = f"the same content as '{same.name}'", "another part of the extract"
            findings.stop(Place(source.file), found, expected, "Take one of them out of the master file.")
    records = sum(len(part) for part in parts)
    extract = parts[0] if len(parts) == 1 else joined_extract(parts)
    if settings.only_rows or "count" in settings.columns:
        extract = _selected(extract, own_names)
    _ask_of_organisations(extract)
    if settings.expected_rows is not None and records != settings.expected_rows:
        expected = f"{settings.expected_rows:,} records, as expected_rows says"
        action = "Export the file again in full, or correct expected_rows in the master file."
        findings.stop(Place(extract.file), f"{records:,} records", expected, action)
    if settings.expected_rows is None:
        for part in parts:
            _ask_of_the_end(part)
    return extract


def _ask_of_the_end(part: Extract) -> None:
    """Ask about a file with as many records, or rows with its heading, as a system or a spreadsheet cuts a list at."""
    cut = next((number for number in (len(part), *part.rows[-1:]) if number in _CUT_AT), None)
    if cut:
        found = f"exactly {cut:,} {'records' if cut == len(part) else 'rows, the heading among them'}"
        how = "read as it stands: an export may have been cut there. Say under expected_rows how many records the system has."
        part.findings.handle(Place(part.file), found, "all the records of the system", how)


def _read_file(path: Path, source: Source) -> Extract | None:
    findings = source.findings
    if not path.is_file():
        others = [other.name for other in path.parent.glob("*") if other.is_file()] if path.parent.is_dir() else []
        action = f"{did_you_mean(path.name, others, '', 0.5)} Put the file there or correct its name in the master file.".lstrip()
        findings.stop(Place(source.file), "no such file", "the extract the master file names", action)
        return None
    with path.open("rb") as stream:
        magic = stream.read(8)
    # what a file's first bytes are tells its kind, whatever its name says
    kind = "a workbook" if workbook_grids.is_workbook(magic) else "a Parquet file" if magic.startswith(b"PAR1") else "a text file"
    named = _ENDINGS.get(path.suffix.lower(), "a text file")
    if kind != named and kind == "a text file":
        findings.stop(Place(source.file), f"no {named.removeprefix('a ')}, though its name says so", named, "Export the file again.")
        return None
    if kind != named:
        findings.handle(Place(source.file), kind, f"{named}, as its name says", "read as what it is.")
    extract = _READERS[kind](path, source)
    if extract is not None and not len(extract) and source.settings.expected_rows is None:
        findings.stop(Place(extract.file), "headings and no records", "at least one record", "Export the file again.")
    return extract


def _selected(extract: Extract, own_names: Collection[str]) -> Extract:
    """Return the rows that ``only_rows`` names, each as many times as its count says; what was left out is counted."""
    chosen, others = np.ones(len(extract), dtype=bool), Counter()
    for heading, values in extract.settings.only_rows.items():
        named = _named_rows(extract, f"{ONLY}{heading}", values)
        _ask_whose(extract, f"{ONLY}{heading}", named, own_names)
        others.update(_by_name(extract, f"{ONLY}{heading}", chosen & ~named))
        chosen &= named
    kept = extract.taken(np.flatnonzero(chosen), lambda name: not name.startswith(ONLY))
    if not chosen.all():
        skipped = {f"rows of others, left out: {name}": number for name, number in others.items()}
        kept = replace(kept, skipped={**kept.skipped, **skipped})
    return one_row_a_person(kept) if "count" in kept else kept


def _ask_whose(extract: Extract, field: str, named: np.ndarray, own_names: Collection[str]) -> None:
    """Ask where rows that are the report's own by their name or code are left out, and those that are kept are not."""
    column = extract.columns[field]
    own = {bare_key(name) for name in own_names} - {""}
    there = {int(at): bare_key(column.values[at]) for at in np.flatnonzero(column.used())}
    ours = [at for at, name in there.items() if name in own]
    ours = ours or [at for at, name in there.items() if nearest(name, own, 0.9) or any(f" {each} " in f" {name} " for each in own)]
    left_out = np.isin(column.codes, ours) & ~named
    if left_out.any() and not (np.isin(column.codes, ours) & named).any():
        how = "left out as only_rows says, and another organisation's kept; check which of them is the report's."
        value = extract.shown(column.at(np.flatnonzero(left_out)[:1])[0])
        extract.handle(field, left_out, f"{value}, as the report's organisation is called", "the report's own rows among those kept", how)


def _by_name(extract: Extract, field: str, where: np.ndarray) -> dict[str, int]:
    """Return how many of some rows each organisation has, those with most by name; the cell of a few rows may hold somebody's."""
    column = extract.columns[field]
    rows = np.bincount(column.codes[where], minlength=column.distinct)
    named = [at for at in np.argsort(-rows, kind="stable")[:10] if rows[at] > SWAPS_LOOKED_FOR]
    told = {extract.shown(column.values[at]): int(rows[at]) for at in named}
    rest = int(rows.sum()) - sum(told.values())
    return told | ({f"{np.count_nonzero(rows) - len(named)} more, of other names": rest} if rest else {})


def _ask_of_organisations(extract: Extract) -> None:
    """Ask about a column that is not mapped and by which the rows that are read belong to several organisations."""
    for name, column in extract.columns.items():
        heading = name.removeprefix(UNMAPPED)
        if heading == name or not OF_ORGANISATIONS.match(bare_key(heading)):
            continue
        several = {value for value, rows in zip(column.values, column.used(), strict=True) if rows and not holds_no_word(value)}
        if 1 < len(several) <= len(extract) / 2 and not {bare_key(value) for value in several} <= {"yes", "no", "y", "n"}:
            by_name = _by_name(extract, name, np.ones(len(extract), dtype=bool))
            found = f"rows of {len(several)} organisations: " + ", ".join(f"{each} {number:,}" for each, number in by_name.items())
            how = f"all counted; where one of them is yours, name it in the master file: only_rows: {{{heading}: [...]}}."
            extract.findings.handle(extract.at(name), found, "the rows of one organisation", how)


def _named_rows(extract: Extract, field: str, values: tuple[str, ...]) -> np.ndarray:
    column = extract.columns[field]
    if field in extract.missing:
        return np.ones(len(extract), dtype=bool)
    keys = [key_of(clean_text(value)[0]) for value in column.values]
    for value in values:
        if key_of(value) not in keys:
            action = did_you_mean(value, column.values, "Correct the value under only_rows in the master file.", 0.5)
            extract.findings.stop(extract.at(field), f"no row with '{value}'", "a value that stands in the column", action)
    wanted = set(map(key_of, values))
    bare = {bare_key(value): value for value in values}
    how = "left out as another organisation's; mend it if it is the same."
    mapped, worded = [*extract.settings.columns, *extract.settings.breakdowns], all(any(map(str.isalpha, key)) for key in wanted)
    few = column.used() <= SWAPS_LOOKED_FOR
    for at in range(column.distinct):
        # of many rows only a slip of the pen is asked about: two trusts of one county are called nearly alike
        near, texts = nearest(bare_key(keys[at]), bare, 0.8 if few[at] else 0.9), column.texts[at]
        moved = next((extract.headings[name] for name in mapped if few[at] and extract.columns[name].texts.index(texts).as_py() >= 0), "")
        no_name = few[at] and (holds_no_word(keys[at]) or (worded and not any(map(str.isalpha, keys[at]))))
        odd = near or moved or no_name or "alphabets" in clean_text(column.values[at])[1]
        if keys[at] not in wanted and odd:
            expected = f"'{bare.get(near, values[0])}', or another organisation" + f", and no cell of '{moved}'" * bool(moved)
            extract.handle(field, column.codes == at, extract.shown(column.values[at]), expected, how)
    return column.spread(np.array([key in wanted for key in keys], dtype=bool))

"""Cleans an extract's cells and checks what every extract must hold: filled keys, numbers of people, plain categories."""

import re
from dataclasses import replace

import numpy as np

from wres_helpers.intake.extracts.coded_columns import Coded, Keys, merge, missing_column
from wres_helpers.intake.extracts.column_mapping import KEYS, NOT_RECORDED, NUMBERS, SWAPS_LOOKED_FOR, Extract
from wres_helpers.intake.extracts.extract_findings import HIDDEN, ROWS_TOLD, Findings
from wres_helpers.intake.extracts.raw_tables import RawTable, is_total
from wres_helpers.intake.extracts.values import begins_with_minus_formula, starts_a_formula
from wres_helpers.settings.extract_settings import ExtractFile
from wres_helpers.tables.cell_readers import ERROR_CELL, clean_text, key_of

LONGEST_CATEGORY = 100

#: As many different values, in more than a third of the records, are names or numbers and no breakdown.
_MOST_CATEGORIES = 10

#: What a number of a person, an application or an assignment is made of; lost digits have a plus sign.
_A_NUMBER = re.compile(r"^(?=.*[0-9])[A-Za-z0-9/._-]+$")
_LOST_DIGITS = re.compile(r"^\d(\.\d+)?[eE]\+\d+$")


def cleaned(name: str, settings: ExtractFile, table: RawTable, findings: Findings) -> Extract:
    """Return the extract with odd spaces taken out of its cells; what was taken out is told."""
    columns = {}
    for field_name, column in table.columns.items():
        columns[field_name] = _cleaned_column(column, field_name, table, findings)
    clean = replace(table, columns=columns)
    extract = Extract(name, settings, clean, findings)
    for field_name in KEYS[name]:
        empty, action = extract.column(field_name).blank(), "Fill the cell or remove the record."
        extract.stop("an empty key", field_name, empty, "an empty cell", "a value in every record", action)
    for field_name in NUMBERS:
        if field_name in columns and field_name not in table.missing:
            _check_numbers(extract, field_name)
    for field_name in settings.breakdowns:
        columns[field_name] = _one_spelling(extract, field_name)
    return extract


def _cleaned_column(column: Coded, name: str, table: RawTable, findings: Findings) -> Coded:
    if isinstance(column, Keys):
        return column
    values = list(column.values)
    by_note: dict[str, list[int]] = {}
    for position, value in enumerate(values):
        clean, note = clean_text(value)
        if clean is not value:
            values[position] = clean
            if note:
                by_note.setdefault(note, []).append(position)
    errors = np.array([value[:1] == "#" and bool(ERROR_CELL.match(value)) for value in values], dtype=bool)
    if errors.any() and name not in NUMBERS:
        rows = np.flatnonzero(errors[column.codes])
        findings.stop(
            "an error cell", table.at(name, rows), "an error such as #N/A", "a value", "Mend the formula, or type the value over it."
        )
    for note, positions in by_note.items():
        odd = np.zeros(len(values), dtype=bool)
        odd[positions] = True
        findings.handle("odd spaces", table.at(name, np.flatnonzero(odd[column.codes])), note, "a text without", "read without.")
    return merge(column.codes, values)


def _check_numbers(extract: Extract, name: str) -> None:
    column = extract.column(name)
    if isinstance(column, Keys) and column.are_numbers():
        return
    kinds: dict[str, list[int]] = {}
    for position, value in enumerate(column.values):
        if value and not _A_NUMBER.match(value):
            kind = "digits lost" if _LOST_DIGITS.match(value) else "a totals row between records" if is_total(value) else "no number"
            kinds.setdefault(kind, []).append(position)
    for kind, positions in kinds.items():
        found, expected, action = _NO_NUMBERS[kind]
        # a wrong column is told once, not once a record
        for group in [[position] for position in positions] if len(positions) <= ROWS_TOLD else [positions]:
            chosen = np.zeros(column.distinct, dtype=bool)
            chosen[group] = True
            extract.findings.stop(kind, extract.at(name, np.flatnonzero(chosen[column.codes])), found, expected, action)


#: Kind of a cell that should be a number: what was found, what was expected, what to do.
_NO_NUMBERS = {
    "digits lost": (
        "a number in scientific notation, whose last digits are lost", "the full number",
        "Export again and keep the column as text: a spreadsheet shortened it.",
    ),
    "a totals row between records": ("the word total", "records only", "Remove the row of totals."),
    "no number": (
        HIDDEN, "a number: letters, digits, - / . and _, at least one digit",
        "Mend the cell; if it is so all over, check that the master file maps the right column.",
    ),
}  # fmt: skip


def _one_spelling(extract: Extract, name: str) -> Coded:
    """Return a breakdown whose categories are spelled one way, which a spreadsheet cannot run and which name nobody."""
    column = extract.column(name)
    used = column.used()
    if len(used) >= _MOST_CATEGORIES and len(used) > len(extract) / 3:
        found, expected = f"{len(used):,} different values in {len(extract):,} records", "categories that many records share"
        extract.findings.stop(
            "not a breakdown", extract.at(name), found, expected, "Map another column: this one may hold names or numbers."
        )
        return missing_column(len(extract), each_its_own=False)
    usual = {key_of(column.values[position]): column.values[position] for position in np.argsort(used, kind="stable")}
    for position in range(column.distinct):
        rows = column.where(position) if used[position] <= SWAPS_LOOKED_FOR else None
        _check_category(extract, name, position, rows, usual)
    return column.merged(lambda value: usual[key_of(value)] if value else NOT_RECORDED)


def _check_category(extract: Extract, name: str, position: int, rows: np.ndarray | None, usual: dict[str, str]) -> None:
    column = extract.column(name)
    value, expected, usual_text = column.values[position], "the name of a category", usual[key_of(column.values[position])]
    swapped = extract.swapped_with(rows, lambda text: key_of(text) in usual) if rows is not None and value else None
    wrong = None
    if starts_a_formula(value) or begins_with_minus_formula(value):
        action = "Replace the cell: a spreadsheet would run it."
        wrong = "a formula", f"a text that begins with '{value[0]}', as a formula does", expected, action
    elif len(value) > LONGEST_CATEGORY:
        longest = f"{expected}, at most {LONGEST_CATEGORY} characters"
        wrong = "a huge cell", f"a text of {len(value):,} characters", longest, "Shorten the cell, or map another column."
    elif not value.isprintable():
        wrong = "unprintable characters", "characters that cannot be printed", expected, "Mend the cell."
    elif swapped:
        wrong = "a name for a category", f"a cell that seems swapped with the one under '{swapped}'", expected, "Mend the record."
    if wrong:
        defect, found, expected, action = wrong
        extract.stop(defect, name, column.where(position), found, expected, action)
    elif usual_text != value:
        expected = f"'{usual_text}', as elsewhere in the column"
        extract.handle("mixed case", name, column.where(position), extract.shown(value), expected, "counted with it.")

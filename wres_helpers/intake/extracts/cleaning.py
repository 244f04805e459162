"""Cleans an extract's cells and checks what every extract must hold: filled keys, numbers of people, plain categories."""

import re
from dataclasses import replace

import numpy as np

from wres_helpers.intake.extracts.coded_columns import Coded, coded, constant
from wres_helpers.intake.extracts.extract_findings import HIDDEN, told_apart
from wres_helpers.intake.extracts.extract_table import NOT_RECORDED, SWAPS_LOOKED_FOR, Extract
from wres_helpers.intake.extracts.headings import KEYS, NUMBERS
from wres_helpers.intake.extracts.records import is_total
from wres_helpers.tables.cell_readers import ERROR_CELL, clean_text, key_of

LONGEST_CATEGORY = 100

#: As many different values, in more than a third of the records, are names or numbers and no breakdown.
_MOST_CATEGORIES = 10

#: What a number of a person, an application or an assignment is made of; lost digits have a plus sign.
_A_NUMBER = re.compile(r"^(?=.*[0-9])[A-Za-z0-9/._-]+$")
_LOST_DIGITS = re.compile(r"^\d(\.\d+)?[eE]\+\d+$")

#: The same for a whole column at a time: what ends with a digit, as nearly all numbers do.
_QUICKLY_A_NUMBER = "^[A-Za-z0-9/._-]*[0-9]$"

#: What a spreadsheet would run; a minus sign before a number or alone is none.
_FORMULA = re.compile(r"[=+@\t\r]|(?!-\s*\d+(\.\d+)?$)-\s*[\w(=+@\"']")

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


def cleaned(extract: Extract) -> Extract:
    """Return the extract with odd spaces taken out of its cells; what was taken out is told."""
    numbers = {name for name in NUMBERS if name in extract and extract.columns[name].all_match(_QUICKLY_A_NUMBER)}
    columns = {name: _cleaned_column(extract, name) for name in extract.mapped() if name not in numbers}
    clean = replace(extract, columns={**extract.columns, **columns})
    for name in KEYS[clean.name]:
        empty, action = clean.columns[name].blank(), "Fill the cell or remove the record."
        clean.stop("an empty key", name, empty, "an empty cell", "a value in every record", action)
    for name in NUMBERS:
        if name in clean and name not in numbers and name not in clean.missing:
            _check_numbers(clean, name)
    for name in clean.settings.breakdowns:
        clean.columns[name] = _one_spelling(clean, name)
    return clean


def _cleaned_column(extract: Extract, name: str) -> Coded:
    column = extract.columns[name]
    cleans = [clean_text(value) for value in column.values]
    if name not in NUMBERS:
        errors = np.array([value[:1] == "#" and bool(ERROR_CELL.match(value)) for value in column.values], dtype=bool)
        action = "Mend the formula, or type the value over it."
        extract.stop("an error cell", name, column.spread(errors), "an error such as #N/A", "a value", action)
    for note in dict.fromkeys(note for _, note in cleans if note):
        odd = np.array([said == note for _, said in cleans], dtype=bool)
        extract.handle("odd spaces", name, column.spread(odd), note, "a text without", "read without.")
    return coded([clean for clean, _ in cleans], column.codes)


def _check_numbers(extract: Extract, name: str) -> None:
    column = extract.columns[name]
    kinds: dict[str, list[int]] = {}
    for position, value in enumerate(column.values):
        if value and not _A_NUMBER.match(value):
            kind = "digits lost" if _LOST_DIGITS.match(value) else "a totals row between records" if is_total(value) else "no number"
            kinds.setdefault(kind, []).append(position)
    for kind, positions in kinds.items():
        for group in told_apart(positions):
            extract.stop(kind, name, np.isin(column.codes, group), *_NO_NUMBERS[kind])


def _one_spelling(extract: Extract, name: str) -> Coded:
    """Return a breakdown whose categories are spelled one way, which a spreadsheet cannot run and which name nobody."""
    column = extract.columns[name]
    used = column.used()
    if len(used) >= _MOST_CATEGORIES and len(used) > len(extract) / 3:
        found, expected = f"{len(used):,} different values in {len(extract):,} records", "categories that many records share"
        action = "Map another column: this one may hold names or numbers."
        extract.findings.stop("not a breakdown", extract.at(name), found, expected, action)
        return constant(NOT_RECORDED, len(extract))
    usual = {key_of(column.values[position]): column.values[position] for position in np.argsort(used, kind="stable")}
    for position in range(column.distinct):
        _check_category(extract, name, position, usual, few=used[position] <= SWAPS_LOOKED_FOR)
    return coded([usual[key_of(value)] if value else NOT_RECORDED for value in column.values], column.codes)


def _check_category(extract: Extract, name: str, position: int, usual: dict[str, str], few: bool) -> None:
    column = extract.columns[name]
    value, expected, usual_text = column.values[position], "the name of a category", usual[key_of(column.values[position])]
    swapped = extract.swapped_with(column.where(position), lambda text: key_of(text) in usual) if few and value else None
    wrong = None
    if _FORMULA.match(value):
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

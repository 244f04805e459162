"""Cleans an extract's cells and checks what every extract must hold; corrections as data say what is changed, why, by which role and when."""

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from wres_helpers.intake.counts.breakdown_categories import Categories, no_category
from wres_helpers.intake.counts.group_words import holds_numbers, total_label
from wres_helpers.intake.extracts.coded_columns import Coded, bare_numbers, coded, constant, from_arrow, matching, standing
from wres_helpers.intake.extracts.extract_findings import HIDDEN, ExtractFindings, Place, told_apart
from wres_helpers.intake.extracts.extract_table import NOT_RECORDED, SWAPS_LOOKED_FOR, Extract
from wres_helpers.intake.extracts.headings import KEYS, NUMBERS, PRIVATE
from wres_helpers.problems import READ_ALL_THE_SAME
from wres_helpers.tables.cell_readers import ERROR_CELL, Read, clean_text, holds_no_word, is_total, key_of, nearest
from wres_helpers.tables.declared import DeclaredColumn, DeclaredTable
from wres_helpers.tables.record_readers import read_date, written_day
from wres_helpers.tables.table_reader import read_table
from wres_helpers.tables.workbook_grids import CALCULATE, NEVER_CALCULATED, UNCALCULATED

#: What a number of a person, an application or an assignment is made of; lost digits have a plus sign.
_A_NUMBER = re.compile(r"^[A-Za-z0-9/._-]*[0-9][A-Za-z0-9/._-]*$")
_LOST_DIGITS = re.compile(r"^\d(\.\d+)?[eE]\+\d+$")

#: Fields of the staff list in which not everybody is alike.
_OF_EACH = ("ethnicity", "grade", "fte", "hours", "birth_date", "age", "start_date")

#: So many records do not all belong to one person, or lack the same cell, by chance.
_NO_CHANCE = 10

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
    numbers = {name for name in NUMBERS if name in extract and matching(extract.columns[name].texts, _A_NUMBER.pattern).all()}
    columns = {name: _cleaned_column(extract, name) for name in extract.mapped() if name not in numbers}
    clean = replace(extract, columns={**extract.columns, **columns})
    for name in KEYS[clean.name]:
        empty, action = clean.columns[name].blank(), "Fill the cell or remove the record."
        clean.stop(name, empty, "an empty cell", "a value in every record", action)
    for name in NUMBERS:
        if name in clean and name not in numbers and name not in clean.missing:
            _check_numbers(clean, name)
    for name in clean.mapped():
        empty = np.flatnonzero(clean.columns[name].blank())
        if name in (*KEYS[clean.name], *clean.missing) or len(clean) < _NO_CHANCE:
            continue
        if clean.name == "staff" and name in _OF_EACH and not len(empty) and clean.columns[name].used().max() == len(clean):
            value, how = clean.shown(clean.columns[name].at([0])[0]), "read as it stands; check that the column was not filled down."
            clean.findings.handle(clean.at(name), f"{value} in every record", "a cell of each person's own", how)
        if len(empty) == len(clean):
            # of ethnicity it would make everybody's unknown, of other fields it may be right
            handled, how = name != "ethnicity", "read as it stands; check that the right column is mapped."
            cure = how if handled else "Map the column that holds it, or export it with the file."
            clean.findings.stop(clean.at(name), "no value in any record", "a value in some records", cure, handled)
        elif len(empty) and clean.rows[empty[0]] == clean.rows[empty[-1]] in clean.rows[[0, -1]]:  # groups of people share their row
            found = "the only empty cell of the column, at its very end"
            how = "read as it stands; if the column was moved by a row, each record has the cell of the one beside it: compare a few."
            clean.handle(name, empty[:1], found, "no empty cell, or some between others", how)
    for name in clean.settings.breakdowns:
        clean.columns[name] = _one_spelling(clean, name)
    return clean


def _cleaned_column(extract: Extract, name: str) -> Coded:
    column = extract.columns[name]
    cleans = [clean_text(value) for value in column.values]
    errors = column.where(lambda value: value[:1] in ("#", "E", "e") and bool(ERROR_CELL.match(value)))
    never = column.where(UNCALCULATED.__eq__)
    extract.stop(name, errors & ~never, "an error such as #N/A", "a value", "Mend the formula, or type the value over it.")
    extract.stop(name, never, NEVER_CALCULATED, "a value", CALCULATE)
    for note in dict.fromkeys(note for _, note in cleans if note):
        odd = np.array([said == note for _, said in cleans], dtype=bool)
        extract.handle(name, column.spread(odd), note, "a text without", READ_ALL_THE_SAME)
    return coded([clean for clean, _ in cleans], column.codes) if any(note for _, note in cleans) else column


def _check_numbers(extract: Extract, name: str) -> None:
    column = extract.columns[name]
    kinds: dict[str, list[int]] = {}
    for position, value in enumerate(column.values):
        if value and not _A_NUMBER.match(value) and not ERROR_CELL.match(value):
            kind = "digits lost" if _LOST_DIGITS.match(value) else "a totals row between records" if is_total(value) else "no number"
            kinds.setdefault(kind, []).append(position)
    for kind, positions in kinds.items():
        for group in told_apart(positions):
            extract.stop(name, np.isin(column.codes, group), *_NO_NUMBERS[kind])


def check_keys(extract: Extract) -> None:
    """Tell numbers of people or applications that are nobody's own: stand-ins, and one number in two spellings, which would count twice."""
    for name in KEYS[extract.name]:
        if name not in NUMBERS or name in extract.missing:
            continue
        column, action = extract.columns[name], "Export the column as text, or correct it in corrections.csv."
        stand_in = ("the number of one person or record", "Export the real numbers.")
        zeros, twice = (column.holding(texts) for texts in _odd_numbers(column, name == "person"))
        extract.stop(name, zeros, "a number of nothing but zeros", *stand_in)
        if len(extract) >= _NO_CHANCE and (column.codes == column.codes[0]).all():
            extract.stop(name, np.arange(len(extract)), "the same number in every record", *stand_in)
        lengths = pc.binary_length(column.texts).to_numpy() if name == "person" else np.zeros(0)
        odd = np.flatnonzero(lengths != np.bincount(lengths).argmax()) if len(lengths) >= _NO_CHANCE else lengths[:0]
        if 0 < len(odd) <= SWAPS_LOOKED_FOR and matching(column.texts, r"^[0-9]+$").all():
            where, longer = column.holding(column.texts.take(pa.array(odd))), "a number longer or shorter than all others"
            how = "read as it stands; if a digit was left out or typed twice, it is another person's: correct it in corrections.csv."
            extract.handle(name, where, longer, "numbers of one length", how)
        found = "a number that differs from another one only by leading zeros, capitals, '.0' or punctuation"
        extract.stop(name, twice, found, "each number in one spelling", action)


def _odd_numbers(column: Coded, of_people: bool) -> tuple[pa.Array, pa.Array]:
    """Return the numbers of nothing but zeros, and those that stand in the column in another spelling, too.

    Other spellings are those without punctuation, and of a person's number an assignment's, with ``-2`` behind it.
    """
    bare = bare_numbers(column.texts)
    changed = bare.filter(pc.not_equal(bare, column.texts)).unique()
    alike = column.texts.filter(pc.is_in(bare, value_set=changed)) if len(changed) else column.texts[:0]
    spelled = from_arrow(pa.chunked_array([bare_numbers(alike)]))
    zeros = alike.filter(pa.array(spelled.blank() & pc.not_equal(alike, "").to_numpy(zero_copy_only=False)))
    twice = [alike.filter(pa.array((spelled.used() > 1)[spelled.codes]))]
    marked = matching(bare, r"[-./_]")
    if marked.any() and not marked.all():  # else all of them are written so, or none
        plain, odd, texts = (cells.filter(pa.array(mask)) for cells, mask in ((bare, ~marked), (bare, marked), (column.texts, marked)))
        again = pc.is_in(bare_numbers(pc.replace_substring_regex(odd, r"[-./_]", "")), value_set=plain)
        if of_people:
            again = pc.or_(again, pc.is_in(pc.replace_substring_regex(odd, r"[-./_]\d{1,2}$", ""), value_set=plain))
        twice.append(texts.filter(again))
    return zeros, pa.concat_arrays(twice)


def _one_spelling(extract: Extract, name: str) -> Coded:
    """Return a breakdown whose categories are spelled one way, which a spreadsheet cannot run and which name nobody."""
    column = extract.columns[name]
    first = np.flatnonzero(np.diff(extract.rows, prepend=-1))  # a row that stands for several people is one cell
    used = Coded(column.codes[first], column.texts).used()
    numbers = holds_numbers(pd.Series(column.values, dtype="str"))
    if numbers or len(used) > max(9, len(extract) / 3):  # which many records do not share
        found = "a column of numbers" if numbers else f"{len(used):,} different values in {len(extract):,} records"
        expected = "categories in words, that many records share"
        extract.findings.stop(extract.at(name), found, expected, "Map another column: this one may hold names or numbers.")
        return constant(NOT_RECORDED, len(extract))
    categories = Categories(column.values[position] for position in np.argsort(-used, kind="stable"))
    known = [column.values[at] for at in np.flatnonzero(used > SWAPS_LOOKED_FOR)[:100]]  # more would take long, and are no names
    for position in range(column.distinct):
        _check_category(extract, name, position, categories, known if used[position] <= SWAPS_LOOKED_FOR else None)
    return coded([NOT_RECORDED if holds_no_word(value) else categories.spelled(value) for value in column.values], column.codes)


def _check_category(extract: Extract, name: str, position: int, categories: Categories, beside: list[str] | None) -> None:
    """Tell what is wrong or odd about a category; one of a few records is held to those ``beside`` it, which have more."""
    where, value = np.flatnonzero(extract.columns[name].codes == position), extract.columns[name].values[position]
    swapped = extract.swapped_with(where, categories.__contains__) if beside is not None and value else None
    expected = "the name of a category"
    if wrong := no_category(value):
        extract.stop(name, where, wrong[2], *wrong[:2])
    elif total_label(value):
        extract.stop(name, where, *_NO_NUMBERS["a totals row between records"])
    elif swapped:
        extract.stop(name, where, f"a cell that seems swapped with the one under '{swapped}'", expected, "Mend the record.")
    elif holds_no_word(value):
        extract.handle(name, where, extract.shown(value), expected, f"counted as '{NOT_RECORDED}'.")
    elif (spelled := categories.spelled(value)) != value:
        extract.handle(name, where, extract.shown(value), f"'{spelled}', as elsewhere in the column", READ_ALL_THE_SAME)
    elif near := nearest(value, beside or (), 0.8):
        how = "counted apart; mend it if it is the same."
        extract.handle(name, where, extract.shown(value), f"'{near}', as elsewhere in the column", how)
    elif doubt := categories.doubt(value):
        found = extract.shown(value)
        extract.handle(name, where, found if found == HIDDEN else f"{found}, {doubt}", expected, "counted apart; mend it if it is a slip.")


def read_corrections(path: Path, shown: str, findings: ExtractFindings) -> pd.DataFrame:
    """Read the table of corrections, one row each, indexed by its row in the file; everything wrong with it is told.

    ``extract`` and ``field`` say what is corrected; ``key`` whose record (or an empty text); and by which role, when and why.
    """
    reading = read_table(path, shown, _TABLE)
    findings.problems += reading.problems
    if not reading.told_apart:
        return pd.DataFrame(columns=["extract"])
    # the rows that are good are applied all the same, so that everything else wrong is told in the same pass
    good = reading.table[~reading.table.index.isin({problem.row for problem in reading.problems})]
    what = good["what"].astype("str").str.split(".", n=1)
    return good.reindex(columns=[column.name for column in _TABLE.columns], fill_value="").assign(extract=what.str[0], field=what.str[1])


def _what(text: str) -> Read:
    extract, _, name = clean_text(text)[0].partition(".")
    return Read(f"{extract}.{name}") if extract in KEYS and name else Read(wrong="unclear", cure="Name extract and field.")


def _day(text: str) -> Read:
    return Read(clean_text(text)[0]) if read_date(clean_text(text)[0]).value is not None else Read(wrong="no date", cure="Enter the day.")


_TABLE = DeclaredTable(
    "corrections",
    (
        DeclaredColumn("what", "extract and field, for example staff.grade", _what),
        DeclaredColumn("old_value", filled=False, verbatim=True),
        DeclaredColumn("new_value", "the correction's new value; (empty) empties the cell"),
        DeclaredColumn("reason", "the correction's reason"),
        DeclaredColumn("role", "the correction's role"),
        DeclaredColumn("date", "the date of the correction", _day),
        DeclaredColumn("key", "the number of the person or application, to correct nobody else's record", needed=False, filled=False),
    ),
    others="kept",
)


#: The new value of a correction that empties a cell: an empty cell may have been forgotten.
EMPTIED = "(empty)"


def apply_corrections(extract: Extract, corrections: pd.DataFrame, shown: str) -> tuple[Extract, list[tuple[str, int]]]:
    """Apply an extract's corrections; return the corrected extract, and each correction in words with its number of records."""
    columns, told = dict(extract.columns), []
    for correction in corrections[corrections["extract"].eq(extract.name)].itertuples():
        field = correction.field
        if field not in extract.mapped():
            found, expected = f"'{correction.extract}.{field}'", "a field or breakdown that the master file maps"
            where = Place(shown, "what", [correction.Index])
            extract.findings.stop(where, found, expected, "Mend the cell.")
            continue
        old, day = key_of(correction.old_value), written_day(correction.old_value, extract.month_first)
        chosen = columns[field].where(lambda value, old=old: key_of(value) == old)
        if day:  # however a spreadsheet shows it and the file writes it
            chosen |= columns[field].where(lambda value, day=day: written_day(value, extract.month_first) == day)
        if correction.key:
            of_key = [columns[name].where(lambda value, key=correction.key: value == key) for name in KEYS[extract.name]]
            chosen &= np.logical_or.reduce(of_key) if of_key else False
        if not chosen.any():
            found, action = "no record it applies to", "Remove the correction, or mend its old value."
            where = Place(shown, rows=[correction.Index])
            extract.findings.stop(where, found, "a record with the old value", action)
            continue
        new = "" if correction.new_value == EMPTIED else correction.new_value
        codes = np.where(chosen, columns[field].distinct, columns[field].codes)
        columns[field] = standing(coded([*columns[field].values, new], codes))
        private = field in PRIVATE or bool(correction.key)
        change = "not shown to not shown" if private else f"{correction.old_value or EMPTIED} to {correction.new_value}"
        words = f"{correction.extract}.{field}: {change}; {correction.reason} ({correction.role}, {correction.date})"
        told.append((words, int(chosen.sum())))
    return replace(extract, columns=columns), told

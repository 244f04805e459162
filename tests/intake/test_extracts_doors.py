"""Witnesses: the quick and the careful reader against each other; files whose content is known because the test writes it."""

import csv
import io
from datetime import date, datetime
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.examples import examples
from support.messy_set.write_workbook import protected_workbook_bytes, workbook_bytes

from wres_helpers.intake.extracts import file_guess, records
from wres_helpers.intake.extracts.cleaning import cleaned
from wres_helpers.intake.extracts.extract_findings import ExtractFindings
from wres_helpers.intake.extracts.headings import Source, find_headings
from wres_helpers.intake.extracts.read_extract import read_extract
from wres_helpers.problems import collected
from wres_helpers.settings.extract_settings import CasesFile, StaffFile, SurveyFile
from wres_helpers.settings.master_file_reader import load_parameters
from wres_helpers.tables.declared import DeclaredColumn, DeclaredTable
from wres_helpers.tables.grids import as_utf8
from wres_helpers.tables.table_reader import read_table

COLUMNS = {"person": "Number", "ethnicity": "Ethnic Origin", "grade": "Grade"}
ROWS = [["Number", "Ethnic Origin", "Grade"], ["S1", "A", "Band 5"], ["S2", "Z", "8A"], ["S3", "H", "Band 2"]]


def _staff(name="staff.csv", **more):
    return StaffFile(file=name, columns=COLUMNS, **more)


def _read(folder: Path, name: str, content: bytes, **more):
    (folder / name).write_bytes(content)
    setting, findings = _staff(name, **more), ExtractFindings()
    table = read_extract("staff", folder, "extracts", setting, findings)
    return (cleaned(table) if table else None), findings


def _cells(extract):
    columns = extract.columns
    return [[columns[name].values[columns[name].codes[row]] for name in COLUMNS] for row in range(len(extract))]


def _csv(rows, separator=",", end="\n"):
    return "".join(separator.join(row) + end for row in rows)


@pytest.mark.parametrize(
    "content",
    [
        _csv(ROWS).encode(),
        _csv(ROWS, end="\r\n").encode(),
        _csv(ROWS, ";").encode(),
        _csv(ROWS, "\t").encode(),
        _csv(ROWS, "|").encode(),
        b"\xef\xbb\xbf" + _csv(ROWS).encode(),
        _csv(ROWS).encode("utf-16"),
        _csv([["Staff in post – total", "", ""], ["", "", ""], *ROWS]).encode("windows-1252"),
        _csv([*ROWS, ["", "", ""], ["Total", "3", ""], ["Report run by the HR system", "", ""]]).encode(),
        _csv([*ROWS, ["Report run by the HR system", "", ""]]).encode(),
        _csv([*ROWS[:2], ROWS[0], *ROWS[2:]]).encode(),
        _csv([[f'"{cell}"' for cell in row] for row in ROWS]).encode(),
        _csv([["  Number", "ETHNIC\u00a0ORIGIN ", "grade"], *ROWS[1:]]).encode(),
        _csv(ROWS).rstrip("\n").encode(),
        workbook_bytes({"Export": ROWS}),
        workbook_bytes({"Notes": [["About"]], "Export": [["Title"], [], *ROWS, [], ["Total", 3]]}),
    ],
)
def test_every_form_of_the_same_table_reads_the_same(tmp_path, content):
    extract, findings = _read(tmp_path, "staff.csv", content)
    assert findings.problems == []
    assert _cells(extract) == ROWS[1:]


@pytest.mark.parametrize("between", [[""], []])
@pytest.mark.parametrize("number", ["S1", "1"])
def test_a_table_printed_twice_side_by_side_is_refused_and_breaks_nothing(tmp_path, between, number):
    """Witness: every heading twice and a column of whole numbers, of which the quick reader made numbers: a traceback."""
    rows = [[cell.replace("S", "") if number == "1" else cell for cell in row] for row in ROWS]
    _, findings = _read(tmp_path, "staff.csv", _csv([[*row, *between, *row] for row in rows]).encode())
    assert findings.problems


def test_rows_are_numbered_as_a_spreadsheet_shows_them(tmp_path):
    extract, _ = _read(tmp_path, "staff.csv", b'Title\n"two\nlines",,\n\n' + _csv([*ROWS[:2], ["", "", ""], *ROWS[2:]]).encode())
    assert extract.rows.tolist() == [5, 7, 8]


def test_typed_cells_become_the_texts_a_csv_would_hold(tmp_path):
    rows = [["Number", "Ethnic Origin", "Grade"], [20012345, datetime(2020, 3, 31), 5.0], [1.5, date(2019, 1, 2), True]]
    extract, _ = _read(tmp_path, "staff.xlsx", workbook_bytes({"S": rows}))
    assert _cells(extract) == [["20012345", "2020-03-31", "5"], ["1.5", "2019-01-02", "True"]]


def test_parquet_reads_as_the_same_texts(tmp_path):
    frame = pd.DataFrame({"Number": [1, 2, 3], "Ethnic Origin": ["A", None, "H"], "Grade": pd.Categorical(["Band 5", "8A", "Band 2"])})
    frame.to_parquet(tmp_path / "staff.parquet")
    extract, findings = _read(tmp_path, "staff.parquet", (tmp_path / "staff.parquet").read_bytes())
    assert (findings.problems, findings.notices) == ([], [])
    assert _cells(extract) == [["1", "A", "Band 5"], ["2", "", "8A"], ["3", "H", "Band 2"]]


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("staff.xlsx", protected_workbook_bytes(), "a workbook protected by a password"),
        ("staff.csv", b"", "nothing"),
        ("staff.csv", b" \n\n", "nothing"),
        ("staff.csv", b"\0\0\0\0abc", "bytes that are no text"),
        ("staff.csv", b"a,b\n1,2\n", "none of the mapped headings in any of the first 50 rows"),
        ("staff.csv", _csv(ROWS[:1]).encode(), "headings and no records"),
        ("staff.xlsx", b"PK\x03\x04 not a workbook at all", "a damaged workbook, or none at all"),
        ("staff.xlsx", _csv(ROWS).encode(), "no workbook, though its name says so"),
        ("staff.parquet", b"PAR1 nothing", "a damaged file, or none of this kind"),
        ("staff.csv", b'Number,Ethnic Origin,Grade\nS1,"A,Band 5\n', "a quotation mark that is not closed, or stands inside a text"),
        ("staff.csv", b"Number,Ethnic Origin,Grade\nS1,A\n", "2 cells"),
        ("staff.csv", b"Number,Ethnic Origin,Grade\nS1,A,Band 5,more\n", "4 cells"),
        ("staff.csv", b"Number,Ethnic Origin,Grade,Grade\nS1,A,Band 5,x\n", "2 columns with this heading"),
        ("staff.csv", b"Number,Ethnic Orign,Grade\nS1,A,Band 5\n", "no such heading"),
        ("staff.csv", b"Number,Ethnic Origin,Grade\n,A,Band 5\n", "an empty cell"),
        ("staff.csv", b"Number,Ethnic Origin,Grade\n1.2E+07,A,Band 5\n", "a number in scientific notation, whose last digits are lost"),
        ("staff.csv", b"Number,Ethnic Origin,Grade\nS1,A,Band 5\nSub-total,,\nS2,A,8A\n", "the word total"),
    ],
)
def test_what_cannot_be_read_is_said_plainly(tmp_path, name, content, found):
    _, findings = _read(tmp_path, name, content)
    assert found in [finding.found for finding in findings.problems]


def test_a_missing_file_is_told_with_a_near_name(tmp_path):
    (tmp_path / "staf.csv").write_text("x")
    findings = ExtractFindings()
    setting = _staff()
    assert read_extract("staff", tmp_path, "extracts", setting, findings) is None
    assert "Did you mean 'staf.csv'?" in findings.problems[0].action


def test_expected_rows_catch_a_file_cut_at_the_end_of_a_line(tmp_path):
    _, findings = _read(tmp_path, "staff.csv", _csv(ROWS[:3]).encode(), expected_rows=3)
    assert [(finding.found, finding.expected) for finding in findings.problems] == [("2 records", "3 records, as expected_rows says")]


def test_a_hidden_sheet_is_not_read(tmp_path):
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    hidden = book.create_sheet("old")
    for row in [ROWS[0], ["S9", "A", "Band 9"]]:
        hidden.append(row)
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "staff.xlsx")
    extract, findings = _read(tmp_path, "staff.xlsx", (tmp_path / "staff.xlsx").read_bytes())
    assert findings.problems == []
    assert _cells(extract) == ROWS[1:]


cell = st.text(alphabet='ab1 "\n\r,;\té', max_size=4)
key = st.text(alphabet="ab12\u00a0 ", min_size=1, max_size=3)


@st.composite
def almost_regular_text(draw):
    """Draw a table as a writer of CSV writes it, and now and then a character put in or taken out anywhere."""
    further = st.lists(cell, min_size=2, max_size=2) | st.lists(cell, max_size=4)
    rows = draw(st.lists(st.tuples(key, further).map(lambda row: [row[0], *row[1]]), max_size=5))
    quoting = draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    stream = io.StringIO(newline="")
    csv.writer(stream, quoting=quoting, lineterminator=draw(st.sampled_from(["\n", "\r\n", "\r"]))).writerows(rows)
    body = stream.getvalue()
    if draw(st.booleans()):
        place = draw(st.integers(0, len(body)))
        body = body[:place] + draw(st.sampled_from(['"', ",", "\n", "a", ""])) + body[place + draw(st.integers(0, 1)) :]
    return body if draw(st.integers(0, 3)) else body.rstrip("\r\n")


@settings(max_examples=examples(400), deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(almost_regular_text())
def test_the_quick_reader_agrees_with_the_careful_one_or_leaves_the_file_to_it(body):
    """Two independent parsers, Arrow's and Python's, on any text: the quick one may give up, but never differ."""
    data = ("x,y,z\n" + body).encode()
    whole = data.endswith((b"\n", b"\r"))
    mapping = CasesFile(file="f", columns={"person": "x", "entry_date": "z"}, window_years=1)
    text, (source, other) = pa.py_buffer(data), (Source("f", "cases", mapping, ExtractFindings(), month_first=False) for _ in range(2))
    rows, physical = records._first_rows(data.decode(), ",")
    head = find_headings(rows, source, None)
    quick = records._quick(text, ",", head, physical[head.row - 1], b'"' in data, source)
    read = collected([], records.text_rows, data.decode(), ",", "f")
    careful = None if read is None else records.records_of(read[head.row :], head, other, whole)
    if quick is None:
        return
    assert careful is not None and source.findings == other.findings
    for name in ("person", "entry_date"):
        column, other = quick.columns[name], careful.columns[name]
        # spaces before a cell are left out by the careful one, and of every extract later
        assert [column.values[code].lstrip(" ") for code in column.codes] == [other.values[code].lstrip(" ") for code in other.codes]
    assert quick.rows.tolist() == careful.rows.tolist()


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    "below",
    [
        ["Total,,2400"],
        ["Grand total: 2400"],
        ["", "Total,2400,", "", "Printed by the records office"],
        ["Total,1200,1", "Total,2400,2"],
        ["", ""],
        ["E9,F,Total"],
        ["E9,F"],
        ["Printed by the records office"],
        ["x,y,z", "Total,,9"],
        [",,", "Total,,9"],
    ],
)
def test_what_stands_below_many_records_is_parted_as_row_by_row(tmp_path, monkeypatch, below, line_end):
    """A totals row made 150,000 rows cost three times as much. Witness: the careful reader, which looks at every row."""
    rows = ["Printed list,,", "x,y,z", *(f"E{number},F,{number % 9}" for number in range(2400)), *below]
    (tmp_path / "f.csv").write_text(line_end.join(rows) + line_end, encoding="utf-8", newline="")
    mapping, seen = CasesFile(file="f.csv", columns={"person": "x", "entry_date": "z"}, window_years=1), []
    for parted in (records._parted, lambda text, *_: (pa.py_buffer(text.content), None)):
        monkeypatch.setattr(records, "_parted", parted)
        findings = ExtractFindings()
        extract = records.read_text(tmp_path / "f.csv", Source("f.csv", "cases", mapping, findings, month_first=False))
        cells = [column.at(np.arange(len(extract))) for column in extract.columns.values()]
        seen.append((findings, extract.rows.tolist(), extract.skipped, cells))
    assert seen[0] == seen[1]


def test_a_totals_row_below_many_records_leaves_them_to_the_quick_reader(tmp_path, monkeypatch):
    """Witness: 2,400 records, which the careful reader is not asked to look at."""
    monkeypatch.setattr(records, "records_of", None)
    rows = ["x,y,z", *(f"E{number},F,{number % 9}" for number in range(2400)), "Total,,2400"]
    (tmp_path / "f.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    mapping = CasesFile(file="f.csv", columns={"person": "x", "entry_date": "z"}, window_years=1)
    findings = ExtractFindings()
    extract = records.read_text(tmp_path / "f.csv", Source("f.csv", "cases", mapping, findings, month_first=False))
    told = [(each.row, each.found, each.action) for each in findings.notices]
    assert told == [(2402, "a totals row (says 2,400)", "Handled: left out; 2,400 records stand above it.")]
    assert len(extract) == 2400 and extract.skipped == {"totals rows": 1}


def test_a_text_that_breaks_as_utf8_is_read_as_windows_1252_from_the_line_that_tells():
    """Witness: Python's own decoders, and the row, counted by hand."""
    whole = "x\n\u20ac\n\U0001f600\n".encode()
    assert as_utf8(whole) == (whole, "utf-8", 1)
    broken = b"x\n" * 3 + b"\xe2\x82\n\xff\n"  # a euro sign cut short: such a file is Windows-1252
    assert as_utf8(broken) == (broken.decode("windows-1252").encode(), "windows-1252", 4)
    assert as_utf8(b"x\xe2\x82")[1] == "windows-1252"  # the file ends inside a sign


_SURVEY = "Question,Response,Ethnicity,Respondents\n13a,Never,White - British,607\n13a,Never,White - Irish,55\n"
_TABLE = DeclaredTable("survey", tuple(map(DeclaredColumn, ("question", "response", "ethnicity", "respondents"))), others="text")


@pytest.mark.parametrize(
    ("above", "read"),
    [
        ("", True),
        ("Staff survey of 2019\n", True),
        ("Respondents\n\n", True),
        ("Run by,EDI lead\nRun on,1 April,2020\n", True),
        (",,Ethnicity,\n", True),
        ("13a,Never,White - British,607\n", True),
        ("Filter,Value\n" * 30, True),
        ("Filter,Value\n" * 49, True),
        ("Filter,Value\n" * 50, False),
    ],
)
def test_the_headings_are_found_alike_by_every_door(tmp_path, project, above, read):
    """Witness: with 21 lines above its headings a file was an extract and no table; the same rows, or none, from all three."""
    (tmp_path / "survey.csv").write_text(above + _SURVEY)
    records = [["13a", "Never", "White - British", "607"], ["13a", "Never", "White - Irish", "55"]]
    table = read_table(tmp_path / "survey.csv", "survey.csv", _TABLE)
    columns = dict(zip(("question", "response", "ethnicity", "respondents"), _SURVEY.split("\n", maxsplit=1)[0].split(","), strict=True))
    setting = SurveyFile(file="survey.csv", columns=columns)
    extract = read_extract("survey", tmp_path, "extracts", setting, ExtractFindings())
    guessed = file_guess.guess(
        tmp_path / "survey.csv", "survey.csv", {}, file_guess.KnownCodes.of(load_parameters(project / "params/necs-2019-20.yaml"))
    )
    by_door = (
        [] if table.problems else table.table.to_numpy().tolist(),
        [] if extract is None else [[extract.columns[name].at([row])[0] for name in columns] for row in range(len(extract))],
        [] if guessed is None else [cells for _, cells in guessed.body],
    )
    assert by_door == (records if read else [],) * 3

"""Mutated files: a clear error, or the right answer, or a difference that is told; never a traceback, never a name.

Witness: a second reading of the same bytes, written in plain Python for this test, which knows only clean files. Where it
finds the file clean, the counts must be equal; where it does not, the run must stop or tell what it handled.
"""

import csv
import io
import re
from collections import Counter
from datetime import date
from itertools import islice
from pathlib import Path
from random import Random

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.examples import THOROUGH, examples

from wres_helpers.intake.extracts.preparing import prepare
from wres_helpers.problems import InputProblems
from wres_helpers.settings.master_file_reader import load_parameters

pytestmark = pytest.mark.slow

PROJECT = Path(__file__).parents[2]
SNAPSHOT = date(2020, 3, 31)
GROUPS = {
    "A White - British": "white",
    "CP White Polish": "white",
    "H Asian or Asian British - Indian": "bme",
    "N Black or Black British - African": "bme",
    "Z Not stated": "unknown",
    "": "unknown",
}
GRADES = ("Band 2", "Band 5", "Band 8a", "VSM")
HEADINGS = [
    "Employee Number",
    "Assignment Number",
    "Surname",
    "Ethnic Origin",
    "Pay Grade",
    "Assignment Category",
    "Primary",
    "FTE",
    "Start Date",
    "Leave Date",
    "Directorate",
]
PRIVATE_HEADINGS = ("Employee Number", "Assignment Number", "Surname")
MASTER = {
    "organisation": {"code": "fuzz", "name": "Fuzz", "short_name": "Fuzz"},
    "year": "2019-20",
    "extracts": {
        "ethnicity_codes": "esr",
        "staff": {
            "file": "staff.csv",
            "columns": {
                "person": "Employee Number",
                "assignment": "Assignment Number",
                "ethnicity": "Ethnic Origin",
                "grade": "Pay Grade",
                "employment_type": "Assignment Category",
                "primary": "Primary",
                "fte": "FTE",
                "start_date": "Start Date",
                "leave_date": "Leave Date",
            },
            "breakdowns": {"directorate": "Directorate"},
            "rules": {"employment_type": {"count": ["Permanent"], "leave_out": ["Bank"]}},
        },
    },
}


def _base():
    random = Random(7)
    rows = []
    for number in range(1, 31):
        leave = random.choice(["", "", "", "05/02/2020", "31/03/2020", "09/09/2021"])
        person, name = f"1000{number:04d}", random.choice(["Quillfeather", "Umbrage", "Zephyrine", "Wexcombe"]) + chr(96 + number % 26)
        fte = random.choice(["1.00", "0.60"])
        work = random.choice(["Permanent", "Permanent", "Bank"])
        row = [
            person,
            person,
            name,
            random.choice(list(GROUPS)),
            random.choice(GRADES),
            work,
            "Yes",
            fte,
            f"{number % 28 + 1:02d}/06/2015",
            leave,
            random.choice(["Finance", "Digital"]),
        ]
        rows.append(row)
        if number % 7 == 0:
            rows.append(
                [person, f"{person}-2", name, row[3], random.choice(GRADES), "Permanent", "No", "0.20", "01/07/2016", leave, "Finance"]
            )
    return [HEADINGS, *rows]


BASE = _base()


def _bytes(rows):
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue().encode()


def _day(text):
    text = {"5 May 2019": "05/05/2019"}.get(text, text)
    iso = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text, re.ASCII)
    if iso:
        return date(*(int(part) for part in iso.groups()))
    match = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text, re.ASCII)
    return date(int(match[3]), int(match[2]), int(match[1])) if match else None


def second_reading(data: bytes) -> Counter | None:
    """Return people by grade and ethnic group, or None where anything at all is unlike a clean file."""
    try:
        rows = list(csv.reader(io.StringIO(data.decode("utf-8"), newline=""), strict=True))
        if not data.endswith(b"\n") or b"\0" in data or sum(heading in HEADINGS for heading in rows[0]) < 10:
            return None
        while rows and not rows[-1]:
            rows.pop()
        if any(len(row) != len(rows[0]) for row in rows):
            return None
        lines = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
        return _counted(lines)
    except (csv.Error, UnicodeDecodeError, ValueError, KeyError, IndexError):
        return None


def _is_category(text):
    plain = text.isprintable() and " ".join(text.split(" ")) == text.strip() and "  " not in text
    return plain and len(text) <= 100 and (text[:1] not in ("=", "+", "@", "-") or re.fullmatch(r"-\d+", text))


_NUMBER = r"(?=.*\d)[\w./-]+"


def _counted(lines):  # noqa: PLR0911
    people, assignments, ethnicities = {}, Counter(), {}
    for line in lines:
        # a label may do without its dash
        plain = {name.replace(" -", ""): name for name in GROUPS} | {name: name for name in GROUPS} | {"A": "A White - British"}
        ethnicity = plain[line["Ethnic Origin"]]
        person, group = line["Employee Number"], GROUPS[ethnicity]
        if not re.fullmatch(_NUMBER, person, re.ASCII) or not re.fullmatch(r"\d{1,3}(\.\d{1,6})?|", line["FTE"], re.ASCII):
            return None
        start, leave = _day(line["Start Date"]), _day(line["Leave Date"]) if line["Leave Date"] else None
        if line["Primary"] not in ("Yes", "No", "Y", "N") or line["Assignment Category"] not in ("Permanent", "Bank"):
            return None
        if (
            start is None
            or not date(1940, 1, 1) <= start <= date(2021, 3, 31)
            or (line["Leave Date"] and leave is None)
            or (leave and leave < start)
        ):
            return None
        if not _is_category(line["Directorate"]) or not re.fullmatch(_NUMBER + "|", line["Assignment Number"], re.ASCII):
            return None
        assignments[line["Assignment Number"]] += line["Assignment Number"] != ""
        if line["Assignment Category"] == "Bank" or start > SNAPSHOT or (leave and leave < SNAPSHOT):
            continue
        grade = {"Band 8A": "Band 8a"}.get(line["Pay Grade"], line["Pay Grade"])
        if grade not in GRADES:
            return None
        if ethnicities.setdefault(person, ethnicity) != ethnicity:
            return None
        fte = float(line["FTE"] or 0)
        rank = (line["Primary"][0] != "Y", -fte, -GRADES.index(grade), start)
        if person not in people or rank < people[person][0]:
            people[person] = (rank, grade, group)
    if max(assignments.values(), default=0) > 1 or not people:
        return None
    directorates = {line["Directorate"] for line in lines}
    # ten and more, or names of people among them, are no categories
    spelled_alike = len({name.casefold() for name in directorates}) != len(directorates)
    if spelled_alike or len(directorates) >= 10 or {line.get("Surname") for line in lines} & directorates:
        return None
    return Counter((grade, group) for _, grade, group in people.values())


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    root = tmp_path_factory.mktemp("fuzz")
    (root / "params").mkdir()
    (root / "data" / "fuzz" / "2019-20" / "extracts").mkdir(parents=True)
    (root / "data" / "reference").symlink_to(PROJECT / "data" / "reference")
    (root / "params" / "fuzz.yaml").write_text(yaml.safe_dump(MASTER), encoding="utf-8")
    return root


def run(folder: Path, data: bytes):
    """Prepare the bytes as a staff list; return the counts or None, what was told, and whether anything was handled."""
    (folder / "data" / "fuzz" / "2019-20" / "extracts" / "staff.csv").write_bytes(data)
    try:
        made = prepare(load_parameters(folder / "params" / "fuzz.yaml"))
    except InputProblems as problems:
        return None, str(problems), False
    table = made.tables["workforce"]
    counts = Counter({key: int(number) for key, number in table.groupby(["grade", "ethnic_group"])["headcount"].sum().items() if number})
    return counts, "\n".join(made.report["detail"]), bool(made.handled)


def check(folder: Path, data: bytes) -> None:
    """Hold a mutated file to the three rules."""
    counts, told, handled = run(folder, data)
    expected = second_reading(data)
    if counts is None:
        assert told
        assert expected is None, f"a clean file was refused: {told[:1500]}"
    elif expected is None:
        assert handled, "an unclean file was counted without a word"
    else:
        assert counts == expected
    named = [cell for row in BASE[1:] for heading, cell in zip(HEADINGS, row, strict=True) if heading in PRIVATE_HEADINGS and cell in told]
    assert named == [], told[:1500]


def test_the_base_is_clean_and_counted_right(folder):
    counts, _, handled = run(folder, _bytes(BASE))
    assert counts == second_reading(_bytes(BASE)) and not handled and sum(counts.values()) >= 10


NASTY = [
    "",
    " ",
    "*",
    "<5",
    "=1+1",
    "@SUM(A1)",
    "-2+3",
    "+1",
    "x" * 5000,
    "\u00a0",
    "NULL",
    "N/A",
    "#N/A",
    "43921",
    "99999",
    "1e5",
    "2.0E+07",
    '"',
    "\u200bA",
    "A",
    "a white - british",
    "A White - British ",
    "Band 8A",
    "band 5",
    "Total",
    "31/02/2020",
    "2019-01-05",
    "5 May 2019",
    "01/01/19",
    "12/25/2019",
    "00",
    "-1",
    "1,000",
    "１２",
    "é",
    "\t",
    "Yes\n",
    "4712-12-31",
    "31/12/4712",
    "Robert'); DROP TABLE",
    "<script>alert(1)</script>",
    "🙂",
    "Bank ",
    "nan",
    "None",
    "True",
    "60%",
]


@settings(max_examples=examples(150), deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.integers(1, len(BASE) - 1), st.integers(0, len(HEADINGS) - 1), st.sampled_from(NASTY))
def test_nasty_cells(folder, row, column, text):
    rows = [list(cells) for cells in BASE]
    rows[row][column] = text
    check(folder, _bytes(rows))


@settings(max_examples=examples(100), deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.integers(0, len(_bytes(BASE))))
def test_truncated_files(folder, size):
    check(folder, _bytes(BASE)[:size])


@settings(max_examples=examples(150), deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.integers(0, len(_bytes(BASE))), st.integers(0, 3), st.binary(max_size=3)), min_size=1, max_size=3))
def test_bytes_put_in_and_taken_out(folder, changes):
    data = _bytes(BASE)
    for place, out, put in changes:
        data = data[:place] + put + data[place + out :]
    check(folder, data)


@pytest.mark.parametrize("one", range(len(HEADINGS)))
def test_swapped_columns(folder, one):
    """Every pair of headings swapped, and every pair of columns' cells in one row; in the suite each column with its neighbour and one far off."""
    for other in range(one) if THOROUGH else {*range(one)[-1:], *range(one)[: one // 2][-1:]}:
        rows = [list(cells) for cells in BASE]
        rows[0][one], rows[0][other] = rows[0][other], rows[0][one]
        check(folder, _bytes(rows))
        rows = [list(cells) for cells in BASE]
        rows[9][one], rows[9][other] = rows[9][other], rows[9][one]
        check(folder, _bytes(rows))


@settings(max_examples=examples(60), deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.integers(1, len(BASE) - 1), st.integers(-3, 3), st.integers(0, len(HEADINGS)))
def test_rows_shifted_repeated_and_lost(folder, row, shift, place):
    rows = [list(cells) for cells in BASE]
    rows[row] = rows[row][shift:] + rows[row][:shift]
    check(folder, _bytes(rows))
    rows = [list(cells) for cells in BASE]
    rows.insert(row, list(rows[row]))
    check(folder, _bytes(rows))
    rows = [list(cells) for cells in BASE]
    rows[row] = rows[row][:place]
    check(folder, _bytes(rows))
    del rows[row]
    check(folder, _bytes(rows))


@settings(max_examples=examples(40), deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=400))
def test_any_bytes(folder, data):
    check(folder, data)
    check(folder, b"PK\x03\x04" + data)
    check(folder, b"PAR1" + data + b"PAR1")
    check(folder, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + data)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-8-sig", "windows-1252", "utf-32", "cp037"])
def test_other_encodings(folder, encoding):
    text = _bytes(BASE).decode()
    check(folder, text.encode(encoding))


@pytest.mark.parametrize("column", [3, 4, 5, 6, 7, 8, 9])
def test_a_name_that_strayed_into_another_column_is_never_shown(folder, column):
    """The surname of another record, so that no swap gives it away; and a number of somebody."""
    for strayed in (BASE[6][2], BASE[6][0]):
        rows = [list(cells) for cells in BASE]
        rows[12][column] = strayed
        counts, told, _ = run(folder, _bytes(rows))
        assert counts is None and "row 13" in told and HEADINGS[column] in told
        assert strayed not in told


# the survey stays whole: a question without its last answers stops
SMALL = {
    path.name: list(islice(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))), None if path.name == "survey.csv" else 80))
    for path in (PROJECT / "data" / "synthetic" / "2019-20" / "extracts").glob("*.csv")
}


@pytest.fixture(scope="module")
def whole_folder(tmp_path_factory):
    """A project with a small part of every invented extract."""
    root = tmp_path_factory.mktemp("whole")
    (root / "params").mkdir()
    (root / "data" / "synthetic" / "2019-20" / "extracts").mkdir(parents=True)
    (root / "data" / "reference").symlink_to(PROJECT / "data" / "reference")
    (root / "params" / "synthetic-2019-20.yaml").write_bytes((PROJECT / "params" / "synthetic-2019-20.yaml").read_bytes())
    return root


def _prepared(root: Path, name: str, data: bytes):
    folder = root / "data" / "synthetic" / "2019-20" / "extracts"
    for other, rows in SMALL.items():
        (folder / other).write_bytes(_bytes(rows) if other != name else data)
    try:
        return prepare(load_parameters(root / "params" / "synthetic-2019-20.yaml")), ""
    except InputProblems as problems:
        return None, str(problems)


def test_the_small_set_is_clean(whole_folder):
    made, told = _prepared(whole_folder, "staff.csv", _bytes(SMALL["staff.csv"]))
    # the first records of each file: most who took a course are not among the first of the staff list
    assert told == "" and {finding.found.startswith("a person who is not in the staff list") for finding in made.handled} == {True}


@settings(max_examples=examples(150), deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(sorted(SMALL)), st.data())
def test_no_extract_brings_the_run_down(whole_folder, name, data):
    """Cells replaced, headings swapped, bytes taken out and put in: the run ends with counts or with problems."""
    rows = [list(cells) for cells in SMALL[name]]
    for _ in range(data.draw(st.integers(0, 3))):
        row = data.draw(st.integers(0, len(rows) - 1))
        rows[row][data.draw(st.integers(0, len(rows[0]) - 1))] = data.draw(st.sampled_from(NASTY))
    content = _bytes(rows)
    for _ in range(data.draw(st.integers(0, 2))):
        place = data.draw(st.integers(0, len(content)))
        content = content[:place] + data.draw(st.binary(max_size=3)) + content[place + data.draw(st.integers(0, 40)) :]
    made, told = _prepared(whole_folder, name, content)
    assert (made is None) == bool(told)
    if made is not None:
        assert all((table[table.columns[-1]] >= 0).all() for table in made.tables.values())
    assert not re.search(r"S00\d{5}|Invented\d{5}", told)

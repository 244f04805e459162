"""Every small file somebody types or edits, mutated by a program that shares nothing with the readers.

Witness: what the reader made of the file before. A mutation that only saves the same cells in another way gives the same
content or stops; one that nobody can take for the same file stops, or leaves the content as it was. A traceback is a failure.
"""

import csv
import functools
import io
import random

import pandas as pd
import pytest
from support.as_it_was import as_it_was
from support.examples import THOROUGH
from support.register_files import read_register_file

from wres_helpers import intake
from wres_helpers.intake.tidy_counts import read_tidy_counts
from wres_helpers.problems import InputProblems
from wres_helpers.settings.many_organisations import Listed
from wres_helpers.settings.master_file_reader import load_parameters
from wres_helpers.standard.catalogue import question_labels, read_reference_tables
from wres_helpers.standard.grades import grades
from wres_helpers.standard.reference_tables import read_reference

pytestmark = pytest.mark.slow

NECS, TRUST = "params/necs-2019-20.yaml", "params/harrowmere-2025-26.yaml"
WRES = "data/reference/standards/wres"
TIDY = "organisation,year,item,breakdown,category,ethnic_group,count\n" + "".join(
    f"north,2019-20,{item},overall,all,{group},{count}\n"
    for item, counts in (("headcount", (900, 80, 20)), ("entered_disciplinary", (9, 3, 1)))
    for group, count in zip(("white", "bme", "unknown"), counts, strict=True)
)
LISTED = "code,name,short_name,kind\nnorth,North Trust,North,trust\nsouth,South Trust,South,trust\n"

#: Columns of reference tables that say where a row comes from, or that another standard reads.
REMARKS = ("source", "note", "order", "category_16", "wdes_cluster")


def content_of(thing):
    """Return what was read as plain values that can be compared."""
    if isinstance(thing, pd.DataFrame):
        return thing.astype(str).to_dict("records")
    if hasattr(thing, "__dataclass_fields__"):
        return {name: content_of(getattr(thing, name)) for name in thing.__dataclass_fields__}
    if isinstance(thing, dict):
        return {str(name): content_of(value) for name, value in thing.items()}
    return str(thing)


def listed(folder):
    return Listed({"organisations": "list.csv", "year": "2019-20"}, "params/many.yaml", folder / "params").reports


#: What is mutated, and how it is read.
FILES = {
    "register": ("data/necs/2019-20/published.csv", lambda folder: read_register_file(folder / "data/necs/2019-20/published.csv", "x.csv")),
    "action plan": ("data/necs/2019-20/action_plan.csv", lambda folder: intake.read_action_plan(load_parameters(folder / NECS))),
    "targets": ("data/harrowmere/targets.csv", lambda folder: intake.read_own_tables(load_parameters(folder / TRUST))),
    "breaks": ("data/harrowmere/breaks.csv", lambda folder: intake.read_own_tables(load_parameters(folder / TRUST))),
    "population": ("data/harrowmere/2025-26/population.csv", lambda folder: intake.read_own_tables(load_parameters(folder / TRUST))),
    "organisations": ("params/list.csv", listed),
    "tidy counts": ("counts.csv", lambda folder: read_tidy_counts(folder / "counts.csv")),
    "grades": ("data/reference/grades.csv", lambda folder: grades(folder / WRES)),
    "spellings": ("data/reference/grade_spellings.csv", lambda folder: read_reference(folder / WRES, "grade_spellings")),
    "categories": ("data/reference/ethnic_categories.csv", lambda folder: read_reference(folder / WRES, "ethnic_categories")),
    "labels": (f"{WRES}/question_labels.csv", lambda folder: question_labels(folder / WRES)),
    "benchmarks": (f"{WRES}/benchmarks.csv", lambda folder: read_reference_tables(folder / WRES)),
    "indicators": (f"{WRES}/indicators.csv", lambda folder: read_reference_tables(folder / WRES)),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory, project):
    place = tmp_path_factory.mktemp("mutated")
    as_it_was(place, project, "params", "data/necs", "data/harrowmere", "data/reference")
    with (place / TRUST).open("a", encoding="utf-8") as master:
        master.write("\nhistory: 0\n")  # no table that is mutated here needs ten years of counts
    (place / "params/list.csv").write_text(LISTED, encoding="utf-8")
    (place / "counts.csv").write_text(TIDY, encoding="utf-8")
    return place


def text(rows, separator=",", end="\n", quoting=csv.QUOTE_MINIMAL):
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=separator, lineterminator=end, quoting=quoting).writerows(rows)
    return file.getvalue()


def full_cell(rows, draw):
    """Return the place of a cell that holds something."""
    return draw.choice([(at, column) for at in range(1, len(rows)) for column, cell in enumerate(rows[at]) if cell])


# the same cells, saved in another way ----------------------------------------------------------------------------------
def other_separator(rows, draw):
    return text(rows, draw.choice([";", "\t"])).encode()


def other_encoding(rows, draw):
    return text(rows).encode(draw.choice(["utf-8-sig", "utf-16"]))


def other_line_ends(rows, draw):
    return text(rows, end="\r\n").encode()


def all_in_quotes(rows, draw):
    return text(rows, quoting=csv.QUOTE_ALL).encode()


def blank_lines(rows, draw):
    for _ in range(draw.randint(1, 3)):
        rows.insert(draw.randint(1, len(rows)), [""] * len(rows[0]))
    return text(rows).encode()


def empty_columns_at_the_end(rows, draw):
    return text([[*row, "", ""] for row in rows]).encode()


def spaces_around_a_cell(rows, draw):
    row, column = full_cell(rows, draw)
    rows[row][column] = draw.choice([" {}", "{} ", "\u00a0{}", "{}\u200b"]).format(rows[row][column])
    return text(rows).encode()


def columns_in_another_order(rows, draw):
    order = draw.sample(range(len(rows[0])), len(rows[0]))
    return text([[row[at] for at in order] for row in rows]).encode()


# what nobody can take for the same file -------------------------------------------------------------------------------
def an_error_of_a_spreadsheet(rows, draw):
    row, column = full_cell(rows, draw)
    rows[row][column] = draw.choice(["#N/A", "#REF!", "#VALUE!", "#DIV/0!"])
    return text(rows).encode()


def a_heading_twice(rows, draw):
    column = draw.randrange(len(rows[0]))
    return text([[*row, row[column]] for row in rows]).encode()


def a_heading_misspelt(rows, draw):
    column = draw.choice([at for at, heading in enumerate(rows[0]) if heading not in REMARKS])
    rows[0][column] = rows[0][column][::-1] + "x"
    return text(rows).encode()


def an_open_quotation_mark(rows, draw):
    lines = text(rows).split("\n")
    at = draw.randrange(1, len(rows))
    return (
        "\n".join([*lines[:at], '"' + lines[at], *lines[at + 1 :]]).encode()
        if not lines[at].startswith('"')
        else b'"' + text(rows).encode()
    )


def a_cell_too_many(rows, draw):
    rows[draw.randrange(1, len(rows))].append("9")
    return text(rows).encode()


def a_control_character(rows, draw):
    data = bytearray(text(rows).encode())
    data.insert(draw.randrange(len(data)), draw.choice([0, 1, 7, 0x1B]))
    return bytes(data)


def a_byte_of_no_encoding(rows, draw):
    data = text(rows).encode()
    at = draw.randrange(len(data))
    return data[:at] + b"\x81" + data[at:]


def cut_within_a_row(rows, draw):
    body = text(rows).rstrip("\n")
    return body[: body.rindex("\n") + 1 + len(rows[-1][0])].encode()


def nothing(rows, draw):
    return draw.choice([b"", b"\n\n", b"\xef\xbb\xbf", b"PK\x03\x04nothing", b"\x00" * 40])


KEEPING = (
    other_separator, other_encoding, other_line_ends, all_in_quotes, blank_lines, empty_columns_at_the_end, spaces_around_a_cell,
    columns_in_another_order,
)  # fmt: skip
CHANGING = (
    an_error_of_a_spreadsheet, a_heading_twice, a_heading_misspelt, an_open_quotation_mark, a_cell_too_many, a_control_character,
    a_byte_of_no_encoding, cut_within_a_row, nothing,
)  # fmt: skip


def read(folder, kind):
    """Return what a file says, or None and the problems."""
    try:
        return content_of(FILES[kind][1](folder)), ()
    except InputProblems as error:
        assert error.problems and all(len(problem.sentence()) < 900 for problem in error.problems)
        return None, [problem.sentence() for problem in error.problems]


@functools.cache
def as_shipped(folder, kind):
    """Return what a file says before it is mutated; it is read once."""
    said, problems = read(folder, kind)
    assert said is not None, problems
    return said


@pytest.fixture(params=FILES)
def kind(request, folder):
    path = folder / FILES[request.param][0]
    good = path.read_bytes()
    yield request.param
    path.write_bytes(good)


def mutants(folder, kind, mutate):
    path = folder / FILES[kind][0]
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
    right = as_shipped(folder, kind)
    for seed in range(60 if THOROUGH else 2):
        path.write_bytes(mutate([list(row) for row in rows], random.Random(f"{kind} {mutate.__name__} {seed}")))
        yield seed, right, *read(folder, kind)


@pytest.mark.parametrize("mutate", KEEPING, ids=lambda mutate: mutate.__name__)
def test_the_same_cells_saved_in_another_way_say_the_same(folder, kind, mutate):
    for seed, right, said, problems in mutants(folder, kind, mutate):
        # tidy counts of a whole system come from a program, and in one way
        assert said == right or (kind == "tidy counts" and problems), (seed, problems)


@pytest.mark.parametrize("mutate", CHANGING, ids=lambda mutate: mutate.__name__)
def test_what_nobody_can_take_for_the_same_file_stops_or_changes_nothing(folder, kind, mutate):
    for seed, right, said, problems in mutants(folder, kind, mutate):
        assert said in (None, right), seed
        assert problems or said == right, seed

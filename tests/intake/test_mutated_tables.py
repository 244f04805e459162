"""Tables mutated by a program that shares nothing with the readers: the same counts, or one clear problem; nothing silently different.

Witness: the table before it was mutated, and for each mutation whether it keeps the meaning (then the counts are the same or
the file stops), or changes it in a way that nobody can take for the same table (then it stops). A traceback is a failure.
"""

import csv
import io
import random

import openpyxl
import pytest
from support.examples import examples

from wres_helpers.intake.counts.counts_tables import read_counts_table, words_of
from wres_helpers.settings.master_file_reader import load_parameters

pytestmark = pytest.mark.slow

STAGES = (("applied", (900, 400)), ("shortlisted", (300, 90)), ("appointed", (150, 11)))
BANDS = (("Band 5", (310, 41, 7)), ("Band 8a", (22, 1, 0)))
ANSWERS = (("Never", (660, 140)), ("1-2 times", (200, 50)), ("3-5 times", (40, 10)))
GROUPS = ("white", "bme", "unknown")


def by_group(first, rows):
    return [[*first, word, group, str(number)] for word, numbers in rows for group, number in zip(GROUPS, numbers, strict=False)]


TABLES = {
    "headcount": [["ethnic_group", "headcount"], ["white", "1383"], ["bme", "65"], ["unknown", "157"]],
    "training": [
        ["ethnic_group", "accessed", "site"],
        *(["white", "118", "North"], ["bme", "6", "North"], ["white", "100", "South"], ["bme", "3", "South"]),
    ],
    "recruitment": [["stage", "ethnic_group", "people"], *by_group([], STAGES)],
    "workforce": [["staff_group", "grade", "ethnic_group", "headcount"], *by_group(["clinical"], BANDS)],
    "staff_survey": [["question", "response", "ethnic_group", "respondents"], *by_group(["13a"], ANSWERS)],
    "board": [["membership", "ethnic_group", "members"], *by_group([], (("total", (9, 2)), ("voting", (6, 1))))],
}
COUNTS = {
    "headcount": "headcount",
    "training": "accessed",
    "recruitment": "people",
    "workforce": "headcount",
    "staff_survey": "respondents",
    "board": "members",
}


def key(name, rows):
    """Return what a table says: the count of each combination of its words, whatever the order of rows and columns."""
    head = rows[0]
    return {
        tuple(sorted((h, c) for h, c in zip(head, row, strict=True) if h != head_count(name))): int(row[head.index(head_count(name))])
        for row in rows[1:]
    }


def head_count(name):
    return COUNTS[name]


def text(rows, separator=",", end="\n", quote=False):
    def cell(value):
        return f'"{value}"' if quote or separator in value or '"' in value else value

    return end.join(separator.join(cell(value) for value in row) for row in rows) + end


def count_column(rows, name):
    return rows[0].index(head_count(name))


def cells(rows, name, draw):
    """Return the place of one count."""
    return draw.randrange(1, len(rows)), count_column(rows, name)


# mutations that keep the meaning --------------------------------------------------------------------------------------
def separator(rows, name, draw):
    return text(rows, draw.choice([";", "\t", "|"])).encode()


def encoding(rows, name, draw):
    return text(rows).encode(draw.choice(["utf-8", "utf-8-sig", "utf-16", "cp1252"]))


def line_ends(rows, name, draw):
    return text(rows, end=draw.choice(["\r\n", "\r", "\n"])).encode()


def quoting(rows, name, draw):
    return text(rows, quote=True).encode()


def blank_rows(rows, name, draw):
    for _ in range(draw.randint(1, 3)):
        rows.insert(draw.randint(0, len(rows)), [""] * len(rows[0]))
    return text(rows).encode()


def trailing_columns(rows, name, draw):
    more = [""] * draw.randint(1, 3)
    return text([row + more for row in rows]).encode()


def capitals(rows, name, draw):
    change = draw.choice([str.upper, str.title, str.lower])
    return text(
        [[change(cell) for cell in row] for row in rows] if name != "training" else [[change(cell) for cell in rows[0]], *rows[1:]]
    ).encode()


def spaces(rows, name, draw):
    odd = draw.choice([" {}", "{} ", "\u00a0{}", "{}\u00a0", "{}\u200b", "\ufeff{}"])
    row, column = draw.randrange(len(rows)), draw.randrange(len(rows[0]))
    rows[row][column] = odd.format(rows[row][column])
    return text(rows).encode()


def floats(rows, name, draw):
    place = count_column(rows, name)
    return text([rows[0], *([cell if at != place else f"{cell}.0" for at, cell in enumerate(row)] for row in rows[1:])]).encode()


def thousands(rows, name, draw):
    place = count_column(rows, name)
    return text([rows[0], *([cell if at != place else f"{int(cell):,}" for at, cell in enumerate(row)] for row in rows[1:])]).encode()


def order_of_columns(rows, name, draw):
    order = draw.sample(range(len(rows[0])), len(rows[0]))
    return text([[row[at] for at in order] for row in rows]).encode()


def order_of_rows(rows, name, draw):
    return text([rows[0], *draw.sample(rows[1:], len(rows) - 1)]).encode()


def groups_across(rows, name, draw):
    place, group = count_column(rows, name), rows[0].index("ethnic_group")
    kept = [at for at in range(len(rows[0])) if at not in (place, group)]
    groups = list(dict.fromkeys(row[group] for row in rows[1:]))
    table = {}
    for row in rows[1:]:
        table.setdefault(tuple(row[at] for at in kept), {})[row[group]] = row[place]
    names = {
        "white": "White",
        "bme": draw.choice(["BME", "BAME", "Black and Minority Ethnic"]),
        "unknown": draw.choice(["Unknown", "Not stated"]),
    }
    made = [
        [*(rows[0][at] for at in kept), *(names[group] for group in groups)],
        *([*keys, *(counts[group] for group in groups)] for keys, counts in table.items()),
    ]
    if draw.random() < 0.5:
        made = [[*row, "Total" if at == 0 else str(sum(map(int, row[-len(groups) :])))] for at, row in enumerate(made)]
    return text(made).encode()


def total_row(rows, name, draw):
    place, group = count_column(rows, name), rows[0].index("ethnic_group")
    first = [at for at in range(len(rows[0])) if at not in (place, group)]
    sums = {}
    for row in rows[1:]:
        sums.setdefault(tuple(row[at] for at in first), 0)
        sums[tuple(row[at] for at in first)] += int(row[place])
    for keys, number in sums.items():
        made = [""] * len(rows[0])
        for at, value in zip(first, keys, strict=True):
            made[at] = value
        made[group], made[place] = draw.choice(["Total", "All", "Grand total"]), str(number)
        rows.append(made)
    return text(rows).encode()


NO_NUMBERS = (
    *("", "-", "n/a", "14,5", "1,0,9,3", "6.5", "1e3", "\uff11\uff12", "-3", "12%", "0x1F"),
    *("1 093", "1.093", "nan", "inf", "3rd", "5-9", "=1+1", "1'093", "9" * 30),
)


# mutations that change the meaning ------------------------------------------------------------------------------------
def error_cell(rows, name, draw):
    row, column = draw.randrange(1, len(rows)), draw.randrange(len(rows[0]))
    rows[row][column] = draw.choice(["#N/A", "#VALUE!", "#REF!", "#DIV/0!", "#NAME?", "####"])
    return text(rows).encode()


def no_number(rows, name, draw):
    row, column = cells(rows, name, draw)
    rows[row][column] = draw.choice(NO_NUMBERS)
    return text(rows, draw.choice([",", ";"])).encode()


def unknown_word(rows, name, draw):
    places = [at for at in range(len(rows[0])) if at != count_column(rows, name) and rows[0][at] != "site"]
    rows[draw.randrange(1, len(rows))][draw.choice(places)] = draw.choice(
        ["wite", "x", "Ratio", "Band 55", "Bands", "14a", "Nevr", "99", "A", "Mixed?", "sub"]
    )
    return text(rows).encode()


def repeated_row(rows, name, draw):
    row = draw.randrange(1, len(rows))
    copy = list(rows[row])
    if draw.random() < 0.5:
        copy[count_column(rows, name)] = "7"
    rows.insert(draw.randint(1, len(rows)), copy)
    return text(rows).encode()


def lost_cell(rows, name, draw):
    row = draw.randrange(1, len(rows))
    rows[row] = rows[row][:-1] if rows[0][-1] != "site" else rows[row][: -draw.randint(1, 2)]
    return text(rows).encode()


def extra_cell(rows, name, draw):
    rows[draw.randrange(1, len(rows))].append("9")
    return text(rows).encode()


def repeated_heading(rows, name, draw):
    return text([[*row, row[-1]] for row in rows]).encode()


def open_quote(rows, name, draw):
    body = text(rows)
    at = draw.randrange(body.index("\n"), len(body))
    return (body[:at] + '"' + body[at:]).encode()


def cut(rows, name, draw):
    body = text(rows).rstrip("\n")
    return body[: draw.randrange(body.index("\n") + 1, len(body))].encode()


def odd_bytes(rows, name, draw):
    body = bytearray(text(rows).encode())
    body[draw.randrange(len(body))] = draw.choice([0, 1, 0x81, 0xFE, 0xFF, 0x1B])
    return bytes(body)


def wrong_total(rows, name, draw):
    made = total_row(rows, name, draw).decode().splitlines()
    cells_ = made[-1].split(",")
    place = count_column(rows, name)
    cells_[place] = str(int(cells_[place]) + draw.randint(1, 9))
    return ("\n".join([*made[:-1], ",".join(cells_)]) + "\n").encode()


def one_group_gone(rows, name, draw):
    group = rows[0].index("ethnic_group")
    gone = draw.choice(["white", "bme"])
    return text([rows[0], *(row for row in rows[1:] if row[group] != gone)]).encode()


KEEPING = [
    separator,
    encoding,
    line_ends,
    quoting,
    blank_rows,
    trailing_columns,
    capitals,
    spaces,
    floats,
    thousands,
    order_of_columns,
    order_of_rows,
    groups_across,
    total_row,
]
CHANGING = [
    error_cell,
    no_number,
    unknown_word,
    repeated_row,
    lost_cell,
    extra_cell,
    repeated_heading,
    open_quote,
    cut,
    odd_bytes,
    wrong_total,
    one_group_gone,
]


@pytest.fixture(scope="module")
def words(project):
    return words_of(load_parameters(project / "params" / "synthetic-2019-20.yaml"), "2019-20")


def outcome(name, data, folder, words):
    path = folder / f"{name}.csv"
    path.write_bytes(data)
    reading = read_counts_table(path, name, f"{name}.csv", words)
    if reading.problems:
        assert all(len(problem.sentence()) < 700 for problem in reading.problems)
        return None, reading
    table = reading.table
    said = {}
    for record in table.to_dict("records"):
        place = tuple(sorted((column, str(value)) for column, value in record.items() if column != head_count(name)))
        said[place] = said.get(place, 0) + int(record[head_count(name)])
    return said, reading


@pytest.mark.parametrize("mutate", KEEPING, ids=lambda mutate: mutate.__name__)
def test_a_mutation_that_keeps_the_meaning_keeps_the_counts(mutate, tmp_path, words):
    refused = 0
    for seed in range(examples(60)):
        name = list(TABLES)[seed % len(TABLES)]
        wanted = key(name, TABLES[name])
        said, reading = outcome(
            name, mutate([list(row) for row in TABLES[name]], name, random.Random(f"{mutate.__name__}{seed}")), tmp_path, words
        )
        refused += said is None
        assert said is None or said == wanted, (mutate.__name__, seed, said)
        if said is None and mutate is not total_row:
            raise AssertionError((mutate.__name__, seed, [problem.sentence() for problem in reading.problems]))
    assert refused < examples(60) / 2


@pytest.mark.parametrize("mutate", CHANGING, ids=lambda mutate: mutate.__name__)
def test_a_mutation_that_changes_the_meaning_stops_or_leaves_the_counts_as_they_were(mutate, tmp_path, words):
    stopped = 0
    for seed in range(examples(120)):
        name = list(TABLES)[seed % len(TABLES)]
        wanted = key(name, TABLES[name])
        data = mutate([list(row) for row in TABLES[name]], name, random.Random(f"{mutate.__name__}{seed}"))
        said, reading = outcome(name, data, tmp_path, words)
        if mutate is cut and data.endswith(b"\n"):
            continue  # a file cut at the end of a line cannot be told from a whole one
        if mutate is cut and said is not None:
            assert any("a last line without" in (notice.found or "") for notice in reading.notices)
            continue
        stopped += said is None
        assert said is None or said == wanted, (mutate.__name__, seed, data, said)
    assert stopped > examples(120) / 2


SAME_IN_A_WORKBOOK = [
    blank_rows,
    trailing_columns,
    capitals,
    order_of_columns,
    order_of_rows,
    groups_across,
    total_row,
    wrong_total,
    repeated_row,
    unknown_word,
    one_group_gone,
]


@pytest.mark.parametrize("mutate", SAME_IN_A_WORKBOOK, ids=lambda mutate: mutate.__name__)
def test_a_workbook_says_what_the_csv_file_of_the_same_cells_says(mutate, tmp_path, words):
    for seed in range(12):
        name = list(TABLES)[seed % len(TABLES)]
        data = mutate([list(row) for row in TABLES[name]], name, random.Random(f"{mutate.__name__}{seed}"))
        book = openpyxl.Workbook()
        for row in csv.reader(io.StringIO(data.decode())):
            book.active.append([int(cell) if cell.isdigit() else cell or None for cell in row])
        book.save(tmp_path / f"{name}.xlsx")
        said, reading = outcome(name, data, tmp_path, words)
        other = read_counts_table(tmp_path / f"{name}.xlsx", name, f"{name}.csv", words)
        assert [problem.sentence() for problem in other.problems] == [problem.sentence() for problem in reading.problems], (
            mutate.__name__,
            seed,
        )
        assert said is None or other.table.equals(reading.table)

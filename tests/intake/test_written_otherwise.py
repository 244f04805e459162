"""Tables written down otherwise, by a writer that knows nothing of the readers. Witness: the people, before they are written down.

A table is a list of people's counts; a *hand* writes it as somebody would (semicolons, a workbook, groups across, Excel's dates, curly
quotes, totals), up to three hands one after the other. What keeps its meaning is read as the same counts or stops; what has lost it
stops. Whatever is told can be read by a person. ``make thorough`` takes five thousand tables instead of a sample.
"""

import io
import random
import re

import openpyxl
import pytest
from support.examples import THOROUGH

from wres_helpers.intake.counts.counts_tables import read_counts_table, words_of
from wres_helpers.settings.master_file_reader import load_parameters
from wres_helpers.standard.columns import COUNTS_TABLES

GROUPS = ("white", "bme", "unknown")
PEOPLE = {
    "headcount": {(): (4210, 1093, 157)},
    "workforce": {("clinical", "Band 5"): (1310, 641, 17), ("non_clinical", "Band 8a"): (122, 11, 0), ("medical_and_dental", "Consultant"): (210, 140, 6)},
    "recruitment": {("applied",): (9869, 1880, 213), ("shortlisted",): (1605, 251, 35), ("appointed",): (150, 11, 3)},
    "disciplinary": {(): (15, 12, 1)},
    "training": {(): (1218, 209, 22)},
    "staff_survey": {
        ("14a", "Never"): (1660, 340, 31), ("14a", "1-2 times"): (240, 60, 6), ("14a", "More than 10 times"): (12, 0, 1),
        ("15", "Yes"): (1500, 190, 12), ("15", "No"): (150, 60, 9), ("15", "Don't know"): (262, 150, 17),
    },
    "board": {("total",): (9, 2, 1), ("voting",): (6, 1, 1), ("non_voting",): (3, 1, 0)},
}  # fmt: skip


class Sheet:
    """A table being written: headings, rows of text, and how the file is saved."""

    def __init__(self, name):
        self.name, self.columns = name, list(COUNTS_TABLES[name])
        self.rows = [[*key, group, str(n)] for key, ns in PEOPLE[name].items() for group, n in zip(GROUPS, ns, strict=True)]
        self.separator, self.encoding, self.end, self.quoted, self.above, self.workbook = ",", "utf-8", "\r\n", False, [], False
        self.across = False

    def counts(self):
        return range(len(self.columns) - 3, len(self.columns)) if self.across else [len(self.columns) - 1]

    def change(self, draw, make, some=False):
        """Change one count, or all of them."""
        rows = [draw.choice(self.rows)] if some else self.rows
        for row in rows:
            for at in [draw.choice(list(self.counts()))] if some else self.counts():
                row[at] = make(row[at])

    def saved(self):
        if self.workbook:
            book = openpyxl.Workbook()
            for row in (self.columns, *self.rows):
                book.active.append([int(cell) if cell.isascii() and cell.isdigit() else cell for cell in row])
            stream = io.BytesIO()
            book.save(stream)
            return stream.getvalue()
        lines = [self.separator.join(self.cell(cell) for cell in row) for row in (self.columns, *self.rows)]
        return (self.end.join([*lines, ""])).encode(self.encoding, errors="replace")

    def cell(self, text):
        return f'"{text}"' if self.quoted or self.separator in text else text


# hands that keep what is meant -------------------------------------------------------------------------------------------
def semicolons(sheet, draw):
    sheet.separator = draw.choice([";", "\t", "|"])


def encoded(sheet, draw):
    sheet.encoding = draw.choice(["utf-8-sig", "utf-16", "cp1252"])


def quoted(sheet, draw):
    sheet.quoted, sheet.end = True, draw.choice(["\n", "\r\n"])


def saved_as_workbook(sheet, draw):
    sheet.workbook = True


def headed_otherwise(sheet, draw):
    sheet.columns = [draw.choice([str.title, str.upper])(name.replace("_", draw.choice([" ", "_"]))) for name in sheet.columns]


def with_thousands(sheet, draw):
    sheet.change(draw, lambda cell: f"{int(cell):,}" if cell.isdigit() else cell)


def with_decimals(sheet, draw):
    sheet.change(draw, lambda cell: f"{cell}.0" if cell.isdigit() else cell)


def spaced(sheet, draw):
    sheet.rows = [[f"{draw.choice(['', ' ', chr(0xA0)])}{cell}{draw.choice(['', ' '])}" for cell in row] for row in sheet.rows]


def empty_edges(sheet, draw):
    for row in (sheet.columns, *sheet.rows):
        row.append("")
    sheet.rows += [[""] * len(sheet.columns)] * draw.randint(1, 3)
    sheet.counts = lambda: []


def another_order(sheet, draw):
    draw.shuffle(sheet.rows)


def groups_across(sheet, draw):
    if sheet.across or len(sheet.columns) != len(COUNTS_TABLES[sheet.name]) or sheet.columns[-1] != COUNTS_TABLES[sheet.name][-1]:
        return
    names = draw.choice([("White", "BME", "Unknown"), ("white", "bme", "unknown"), ("White", "BAME", "Not stated")])
    sheet.columns, sheet.across = [*sheet.columns[:-2], *names], True
    sheet.rows = [[*key, *map(str, ns)] for key, ns in PEOPLE[sheet.name].items()]


def trailing_total(sheet, draw):
    if len(sheet.columns) == 2 and not sheet.across:
        numbers = [row[1].replace(",", "").strip().removesuffix(".0") for row in sheet.rows]
        if all(number.isdigit() for number in numbers):
            sheet.rows.append([draw.choice(["Total", "Grand total", "All staff"]), str(sum(map(int, numbers)))])


def dates_of_excel(sheet, draw):
    sheet.rows = [["01-Feb" if cell == "1-2 times" else cell for cell in row] for row in sheet.rows]


def curly(sheet, draw):
    sheet.rows = [[cell.replace("'", "’") for cell in row] for row in sheet.rows]


KEEPING = [semicolons, encoded, quoted, saved_as_workbook, headed_otherwise, with_thousands, with_decimals, spaced, empty_edges, another_order,
           groups_across, trailing_total, dates_of_excel, curly]  # fmt: skip


# hands that lose it --------------------------------------------------------------------------------------------------------
def half_a_person(sheet, draw):
    sheet.change(draw, lambda cell: draw.choice([f"{cell},5", f"{cell}.5", f"{cell},25"]), some=True)


def percent_sign(sheet, draw):
    sheet.change(draw, lambda cell: f"{cell}%", some=True)


def error_cell(sheet, draw):
    row = draw.choice(sheet.rows)
    row[draw.randrange(len(row))] = draw.choice(["#N/A", "#REF!", "#VALUE!", "######"])


def odd_commas(sheet, draw):
    sheet.change(draw, lambda cell: draw.choice(["1,0,9,3", "12,34", "1 093", "1.093.000", "1'093", "O5", "5e2", "-4", "１２"]), some=True)


def emptied(sheet, draw):
    sheet.change(draw, lambda cell: draw.choice(["", "-", "n/a", "?", "nil"]), some=True)


def row_twice(sheet, draw):
    sheet.rows.append(list(draw.choice(sheet.rows)))


def group_lost(sheet, draw):
    if sheet.across:
        sheet.columns[-2] = "Ethnicity"
    else:
        sheet.rows = [row for row in sheet.rows if row[-2].strip().casefold() != "bme"] if sheet.rows[0][-1] else sheet.rows[:0]
        sheet.columns[0] = sheet.columns[0] if {row[0] for row in sheet.rows} else "nothing"


def column_shifted(sheet, draw):
    if len(list(sheet.counts())) == len(sheet.columns):
        error_cell(sheet, draw)  # nothing but numbers: shifted, they are another table that is right
    else:
        row = draw.choice(sheet.rows)
        row.insert(0, row.pop())


def word_unknown(sheet, draw):
    places = [at for at in range(len(sheet.columns)) if at not in sheet.counts() and sheet.columns[at]]
    if places:
        draw.choice(sheet.rows)[draw.choice(places)] = draw.choice(["wite", "Bnd 5", "aplied", "13z", "Mostly", "Totl", "?"])
    else:
        sheet.columns[-1] = "Martian"


def wrong_total(sheet, draw):
    total = "7"
    sheet.rows.append([*["Total"] * (len(sheet.columns) - len(list(sheet.counts()))), *[total] * len(list(sheet.counts()))])


LOSING = [half_a_person, percent_sign, error_cell, odd_commas, emptied, row_twice, group_lost, column_shifted, word_unknown, wrong_total]


@pytest.fixture(scope="module")
def words(tmp_path_factory, project):
    folder = tmp_path_factory.mktemp("written")
    (folder / "params").mkdir()
    (folder / "data").mkdir()
    (folder / "data" / "reference").symlink_to(project / "data" / "reference")
    master = folder / "params" / "trust.yaml"
    master.write_text('organisation: {code: trust, name: Trust, short_name: Trust}\nyear: "2024-25"\nprevious_year: null\n')
    return words_of(load_parameters(master), "2024-25")


def read(content, name, path, words):
    path.write_bytes(content)
    return read_counts_table(path, name, path.name, words)


def meant(name, table):
    columns = [*COUNTS_TABLES[name]]
    return {tuple(row[:-1]): row[-1] for row in table[columns].itertuples(index=False, name=None)}


def people(name):
    return {(*key, group): n for key, ns in PEOPLE[name].items() for group, n in zip(GROUPS, ns, strict=True)}


def fit_to_read(problem):
    told = problem.sentence()
    assert problem.file in told
    assert problem.expected
    assert problem.action.endswith((".", "?")), told
    assert len(told) < 700, told
    assert told.isprintable(), repr(told)
    assert not re.search(r"\\[dwsb.]|\[\^|\(\?|np\.|nan\b|<class|Traceback", told), told


@pytest.mark.parametrize("seed", range(2_500 if THOROUGH else 100))
def test_what_keeps_its_meaning_is_read_as_the_same_counts_or_stops(seed, words, tmp_path):
    draw = random.Random(seed)
    name = draw.choice(list(PEOPLE))
    sheet = Sheet(name)
    hands = draw.sample(KEEPING, draw.randint(1, 3))
    for hand in sorted(hands, key=KEEPING.index):
        hand(sheet, draw)
    reading = read(sheet.saved(), name, tmp_path / f"{name}.csv", words)
    for problem in (*reading.problems, *reading.notices):
        fit_to_read(problem)
    if not reading.problems:
        assert meant(name, reading.table) == people(name), [hand.__name__ for hand in hands]
    elif len(hands) == 1:
        pytest.fail(f"{hands[0].__name__} alone keeps {name} as it was: {reading.problems[0].sentence()}")


@pytest.mark.parametrize("seed", range(2_500 if THOROUGH else 100))
def test_what_lost_its_meaning_stops_with_words_that_can_be_read(seed, words, tmp_path):
    draw = random.Random(seed)
    name = draw.choice(list(PEOPLE))
    sheet = Sheet(name)
    for hand in draw.sample([semicolons, saved_as_workbook, quoted, groups_across, encoded], draw.randint(0, 1)):
        hand(sheet, draw)
    losing = draw.choice(LOSING)
    losing(sheet, draw)
    reading = read(sheet.saved(), name, tmp_path / f"{name}.csv", words)
    assert reading.problems, f"{losing.__name__} entered: {sheet.saved()[:300]!r}"
    for problem in reading.problems:
        fit_to_read(problem)

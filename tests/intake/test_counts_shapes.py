"""The shapes people hold enter, told; nothing enters silently different. Witness: the same counts written plainly, by hand."""

import shutil

import openpyxl
import pytest
from support.as_it_was import as_it_was
from support.doors import parameters_of, refused, told

from wres_helpers.intake import input_notices, read_counts, read_tables
from wres_helpers.intake.supplied_counts import counts_where
from wres_helpers.problems import InputProblems

WORKFORCE = """staff_group,grade,ethnic_group,headcount
not_separated,Band 5,white,1093
not_separated,Band 5,bme,66
not_separated,Band 8a,white,40
not_separated,Band 8a,bme,3
"""
TRAINING = {("white", 218), ("bme", 9)}


@pytest.fixture
def spoilable(tmp_path_factory, project):
    """A copy of as much of the project as its tables are read with, in the same place for every test: what did not change is not read again."""
    return as_it_was(tmp_path_factory.getbasetemp() / "shapes", project, "params", "data/necs", "data/reference")


@pytest.fixture
def year(spoilable):
    """The short tables of the report's year, and nothing beside tables; those of the year before are read where a test is about both."""
    with (spoilable / "params" / "necs-2019-20.yaml").open("a") as master:
        master.write("\nprevious_year: null\n")
    folder = spoilable / "data" / "necs" / "2019-20"
    for name in ("workforce", "staff_survey", "disciplinary", "published", "action_plan"):
        (folder / f"{name}.csv").unlink()
    return folder


def counted(project, item):
    counts = read_counts(parameters_of(project)).query("year == '2019-20' and breakdown == 'overall'")
    return {(row.ethnic_group, row.count_) for row in counts[counts["item"].eq(item)].rename(columns={"count": "count_"}).itertuples()}


@pytest.mark.parametrize(
    "content",
    [
        b"ethnic_group;accessed\r\nwhite;218\r\nbme;9\r\n",
        b"\xef\xbb\xbfEthnic Group,Accessed,,\r\nWhite,218.0,,\r\nBME,9.0,,\r\n,,,\r\n",
        b"White,BME\n218,9\n",
        b"white\tbme\ttotal\n218\t9\t227\n",
        b"ethnic_group,accessed\nwhite,218\nBAME,9\nTotal,227\n",
        b"ethnic_category,accessed\nWhite - British,200\nWhite - Irish,18\nAsian or Asian British - Indian,9\n",
        "ethnic_group,accessed\nwhite,218\nbme,9\n".encode("utf-16"),
        b"ethnic_group,accessed\n\nwhite,218\n\nbme,9,\n",
        b"Staff who took up training\n\nethnic_group,accessed\nwhite,218\nbme,9\n",
        b"Run on,1 April\nBy,HR\nEthnic group,Accessed\nwhite,218\nbme,9\n",
        b"Training,31 March 2020,\nWhite,BME,Total\n218,9,227\n",
        b'"ethnic_group","accessed"\n"white"," 218"\n"bme\xc2\xa0","9"\n',
    ],
)  # fmt: skip
def test_a_table_in_another_shape_gives_the_same_counts(spoilable, year, content):
    (year / "training.csv").write_bytes(content)
    assert counted(spoilable, "accessed_training") == TRAINING


@pytest.mark.parametrize("heading", ["Ethnicity", "Ethnic origin", "ethnic_category"])
def test_groups_under_the_heading_of_categories_are_no_breakdown(spoilable, year, heading):
    """Witness: a page once cut its figures by three ethnic categories called White, BME and Unknown."""
    (year / "training.csv").write_text(f"{heading},accessed\nWhite,218\nBME,9\nTotal,227\n")
    assert counted(spoilable, "accessed_training") == TRAINING
    counts = read_counts(parameters_of(spoilable))
    assert "ethnic_category" not in set(counts.loc[counts["item"].eq("accessed_training"), "breakdown"])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"White,BME\n218,9\n", "groups across"),
        (b"ethnic_group,accessed\nwhite,218\nBAME,9\n", "'BAME' (read as 'bme')"),
        (b"ethnic_group,accessed\nwhite,218\nbme,9\nTotal,227\n", "1 row of totals"),
        (b"ethnic_group;accessed\nwhite;218\nbme;9\n", "a semicolon between cells"),
    ],
)
def test_what_was_read_otherwise_is_told(spoilable, year, content, said):
    (year / "training.csv").write_bytes(content)
    assert said in told(spoilable)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'ethnic_group,accessed\nwhite,"14,5"\nbme,9\n', "row 2, column 'accessed': found '14,5'"),
        (b'ethnic_group,accessed\nwhite,"1,0,9,3"\nbme,9\n', "found '1,0,9,3'"),
        (b"ethnic_group;accessed\nwhite;6,5\nbme;9\n", "found '6,5'"),
        (b"ethnic_group;accessed\nwhite;1,234\nbme;9\n", "found '1,234'"),
        (b"ethnic_group,accessed\nwhite,14.5\nbme,9\n", "never an average of years"),
        (b"ethnic_group,accessed\nwhite,#N/A\nbme,9\n", "row 2, column 'accessed': found '#N/A'"),
        (b"ethnic_group,accessed\nwhite,218\nbme\n", "row 3: found 1 cell; expected 2 cells"),
        (b"ethnic_group,accessed\nwhite,218,7\nbme,9\n", "row 2: found 3 cells"),
        (b"ethnic_group,accessed,accessed\nwhite,218,1\nbme,9,1\n", "a heading that stands twice"),
        (b"ethnic_group,accessed,\nwhite,218,x\nbme,9,\n", "cells under no heading"),
        (b"ethnic_group,accessed\n\n\nwhite,218\nbme,nine\n", "row 5, column 'accessed': found 'nine'"),
        (b"ethnic_group,accessed\nwhite,218\nbme,9\nTotal,228\n", "a total of 227"),
        (b'ethnic_group,accessed\nwhite,"218\nbme,9\n', "a quotation mark"),
        (b'ethnic_group,accessed,team\nwhite,218,"a\nwhite,3,b\nbme,9,c"\n', "looks like other rows"),
        (b"ethnic_group,accessed,share\nwhite,218,13.6\nbme,9,13.8\n", "a column of numbers"),
        # one word among percentages made a breakdown of them, without a word
        (b"directorate,White,BME,White %\nNorth,100,5,95.2%\nSouth,90,3,see note\nWest,28,1,96.6%\n", "a column of numbers"),
        (b"ethnic_group,accessed,team\nwhite,218,A\nbme,9,\n", "a category in every row"),
        ("ethnic_group,accessed\nwhite,\uff12\uff11\nbme,9\n".encode(), "a whole number"),
        (b"ethnic_group,accessed\nwhite,1e19\nbme,9\n", "found '1e19'"),
        (b"White,BME,Unknown\n1,218,9,\n", "row 2: found 4 cells; expected 3 cells"),
        (b"ethnic_group,accessed\nwhite,218\nbme,009\n", "found '009'"),
        (b"ethnic_group,accessed\nwhite,218\nbme,9\n\nWhite Irish\n", "Complete the row; take a note out."),
        (b"ethnic_category,accessed\nA,218\nH,9\n", "a letter means nothing without its code set"),
        (b"ethnic_group,accessed\nwhite,218\x00\nbme,9\n", "no text"),
        (b"ethnic_group,accessed,7\nwhite,218,North\nbme,9,North\n", "row 1: found '7'; expected a heading in words"),
    ],
)
def test_what_has_no_certain_reading_stops_with_row_and_cure(spoilable, year, content, said):
    (year / "training.csv").write_bytes(content)
    assert said in refused(spoilable)


WIDE = "Staff group,Grade,White,BME,Total\n"


@pytest.mark.parametrize(
    "totals",
    ["All staff,All grades,1133,69,1202\n", "Total,,1133,69,1202\n", "Not separated,Sub-total,1133,69,1202\nTotal,Total,1133,69,1202\n"],
)
def test_totals_of_two_columns_at_once_are_left_out_where_they_are_the_sum(spoilable, year, totals):
    rows = "not_separated,Band 5,1093,66,1159\nnot_separated,Band 8a,40,3,43\n"
    (year / "workforce.csv").write_text(WIDE + rows + totals)
    assert counted(spoilable, "workforce") == {("white", 1133), ("bme", 69)}
    (year / "workforce.csv").write_text(WIDE + rows + totals.replace("1133", "1134"))
    assert "found '1134'; expected a total of 1,133" in refused(spoilable)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("Clinical,Band 5,1093,66,1159\n,Band 8a,40,3,43\nTotal,,1133,69,1202\n", "row 3, column 'staff_group': found an empty cell"),
        ("Clinical,Band 5,1093,66,1159\nClinical total,,1093,66,1159\nTotal,,1093,66,1159\n", "take subtotals out"),
        ("Clinical,Band 5,1093,66,1159\nStaff group,Grade,White,BME,Total\nOther,Band 8a,40,3,43\n", "row 3: found the headings again"),
    ],
)
def test_rows_that_lean_on_those_above_them_are_told_and_no_right_total_is_blamed(spoilable, year, rows, said):
    (year / "workforce.csv").write_text(WIDE + rows)
    told = refused(spoilable)
    assert said in told and "expected a total of" not in told


@pytest.mark.parametrize(
    ("table", "row", "said"),
    [
        (
            "recruitment",
            "Longlisted,white,400",
            "found 'Longlisted'; expected one of applied, shortlisted, appointed. No stage of the standard",
        ),
        ("board", "Chief Executive,white,1", "found 'Chief Executive'; expected one of total, voting"),
        ("board", "Executive of the trust,white,1", "found 'Executive of the trust'; expected one of total, voting"),
    ],
)
def test_a_word_that_means_something_else_is_not_taken_for_a_misspelt_one(spoilable, year, table, row, said):
    path = year / f"{table}.csv"
    path.write_text(f"{path.read_text().rstrip()}\n{row}\n")
    told = refused(spoilable)
    assert said in told
    assert "Did you mean" not in told


@pytest.mark.parametrize(
    "content",
    [
        "Directorate,White,BME,White %\nA,1093,66,94.3\nB,40,3,93.0\nTotal,1133,69,94.3\n",
        "ethnic_group,headcount,Percentage\nwhite,1133,94.26%\nbme,69,5.74%\nTotal,1202,100%\n",
    ],
)
def test_a_column_of_shares_beside_counts_is_left_out_where_it_says_the_same(spoilable, year, content):
    """Witness: shares worked out by hand; with one of them wrong nobody knows what the column is, and no total is blamed for it."""
    (year / "headcount.csv").write_text(content)
    assert counted(spoilable, "headcount") == {("white", 1133), ("bme", 69)}
    assert "the shares of the counts beside them" in told(spoilable)
    (year / "headcount.csv").write_text(content.replace(",94.", ",95."))
    said = refused(spoilable)
    assert "found a column of numbers" in said and "expected a total" not in said


def test_stages_and_parts_of_the_board_across_give_the_same_counts(spoilable, year):
    (year / "recruitment.csv").write_text("Ethnic group,Applied,Shortlisted,Appointed\nWhite,9869,1605,150\nBME,1880,251,11\n")
    (year / "board.csv").write_text("Ethnic group,Total,Voting\nWhite,5,4\nBME,0,0\nNot known,1,1\n")
    assert counted(spoilable, "shortlisted") == {("white", 1605), ("bme", 251)}
    assert counted(spoilable, "appointed") == {("white", 150), ("bme", 11)}
    assert "stages across: applied, shortlisted, appointed" in told(spoilable) and "memberships across: total, voting" in told(spoilable)


def test_a_column_that_says_the_tables_own_year_is_no_breakdown(spoilable, year):
    """It became a breakdown of one category. Witness: the year in every row; another year's stays refused."""
    before = counted(spoilable, "headcount")
    lines = (year / "headcount.csv").read_text().splitlines()
    for said in ("2019-20", "2019/20"):
        (year / "headcount.csv").write_text("\n".join([f"year,{lines[0]}", *(f"{said},{line}" for line in lines[1:])]) + "\n")
        assert counted(spoilable, "headcount") == before
        assert f"found '{said}' in every row; expected breakdowns. Left out" in told(spoilable)
    (year / "headcount.csv").write_text((year / "headcount.csv").read_text().replace("2019/20", "31/03/2018"))
    assert "found '31/03/2018'; expected the counts of 2019-20" in refused(spoilable)


def by_parts(heading, parts):
    """Return a table of 218 white and 9 BME people, cut by one column."""
    rows = [
        f"{group},{part},{number}"
        for part, numbers in parts.items()
        for group, number in zip(("white", "bme", "unknown"), numbers, strict=False)
    ]
    return "\n".join([f"ethnic_group,{heading},accessed", *rows]) + "\n"


@pytest.mark.parametrize(
    ("heading", "parts", "said"),
    [
        ("sex", {"Women": (118, 5), "Men": (100, 4), "Persons": (218, 9)}, "found 'Persons', in every row the sum of the others"),
        ("site", {"City": (218, 9), "North": (0, 2), "South": (218, 7)}, "found 'City', in every row the sum of the others"),
        ("sex", {"Women": (118, 5), "Men": (100, 4), "X": (0, 0, "<5"), "Y": (218, 9, 4)}, "found 'Y', in every row the sum of the others"),
        ("FY", {"2018/19": (201, 8), "2019/20": (218, 9)}, "found 2 years"),
        ("as at", {"31 March 2019": (201, 8), "31 March 2020": (218, 9)}, "found 2 years"),
        ("taken", {"2019-03-31": (201, 8), "2020-03-31": (218, 9)}, "found 2 years"),
        ("measure", {"Headcount": (218, 9), "FTE": (190, 7)}, "found Headcount, FTE; expected one measure: people"),
        ("type", {"count": (218, 9), "per cent": (14, 13)}, "found count, per cent"),
    ],
)
def test_a_column_whose_rows_count_the_same_people_again_stops(spoilable, year, heading, parts, said):
    (year / "training.csv").write_text(by_parts(heading, parts))
    assert said in refused(spoilable)


@pytest.mark.parametrize(
    "word",
    ["All directorates", "Trust", "The organisation", "Total clinical", "Trust total", "Whole trust", "Trust (all)", "NECS"],
)  # fmt: skip
def test_a_category_that_is_by_its_words_a_total_is_left_out_where_it_is_the_sum_and_else_stops(spoilable, year, word):
    """Witness: 118 and 100 are 218; with a part that is not listed, or hidden, nobody can tell, and the parts must not count twice."""
    for parts in ({"A": (118, 5), "B": (100, 4)}, {"A": (110, 4), "B": (100, 4), "C": (8, 1)}):
        (year / "training.csv").write_text(by_parts("directorate", parts | {word: (218, 9)}))
        assert counted(spoilable, "accessed_training") == TRAINING
        assert "rows of totals" in told(spoilable)
    for parts in ({"A": (118, 5), "B": (90, 4)}, {"A": (118, "<5"), "B": (100, 4)}, {}):
        (year / "training.csv").write_text(
            by_parts("directorate", parts | {word: (218, 9), "All staff": (218, 9)} if not parts else parts | {word: (218, 9)})
        )
        said = refused(spoilable)
        assert f"'{word}' with '" in said and "give it a name of its own" in said and "column 'directorate'" in said


@pytest.mark.parametrize(
    ("heading", "word"),
    [("site", "All Saints"), ("directorate", "All other directorates"), ("directorate", "Trust HQ"), ("directorate", "Whole Systems"), ("employer", "Trust")],
)  # fmt: skip
def test_a_part_whose_name_only_begins_like_a_total_is_a_part(spoilable, year, heading, word):
    (year / "training.csv").write_text(by_parts(heading, {"A": (118, 5), word: (80, 4), "C": (20, 0)}))
    assert counted(spoilable, "accessed_training") == TRAINING


@pytest.mark.parametrize(
    ("last", "asked"), [({"Hospital": (115, 5)}, True), ({"Hospital": (104, 4)}, True), ({"Hospital": (300, 20)}, False), ({"Men": (40, 1)}, False)]
)  # fmt: skip
def test_a_category_about_as_large_as_all_others_is_asked_about_and_a_large_one_is_a_part(spoilable, year, last, asked):
    (year / "training.csv").write_text(by_parts("directorate", {"A": (60, 2), "B": (45, 3)} | last))
    assert ("about as many as all others together" in told(spoilable)) == asked


@pytest.mark.parametrize(
    "parts",
    [
        {"Women": (118, 5), "Men": (80, 4), "Persons": (20, 0)},
        {"A": (109, 4), "B": (109, 5)},
        {"Band 2 to 4": (118, 5), "Band 5 to 7": (100, 4)},
        {"Apr-Sep": (118, 5), "Oct-Mar": (100, 4)},
        {"Cohort of 2018": (118, 5), "Cohort of 2019": (100, 4)},
    ],
)
def test_parts_that_hold_nobody_twice_add_up(spoilable, year, parts):
    (year / "training.csv").write_text(by_parts("part", parts))
    assert counted(spoilable, "accessed_training") == TRAINING


@pytest.mark.parametrize(
    ("table", "heading", "parts", "said"),
    [
        ("disciplinary", "stage", ("Informal", "Formal"), "column 'stage': found 'Informal'; expected people who count in disciplinary"),
        ("disciplinary", "case type", ("Misconduct", "Grievance"), "found 'Grievance'"),
        ("training", "kind", ("Non-mandatory", "Mandatory"), "found 'Mandatory'"),
    ],
)
def test_a_category_of_people_who_do_not_count_stops(spoilable, year, table, heading, parts, said):
    """Witness: the standard asks for formal disciplinary cases, and for training that is not mandatory."""
    content = by_parts(heading, {parts[0]: (14, 3), parts[1]: (19, 11)}).replace(
        "accessed", "entered" if table == "disciplinary" else "accessed"
    )
    (year / f"{table}.csv").write_text(content)
    assert said in refused(spoilable)


def test_a_breakdown_by_stages_is_asked_about_and_one_by_sex_is_not(spoilable, year):
    for heading, asked in (("case_stage", True), ("sex", False)):
        (year / "disciplinary.csv").write_text(
            by_parts(heading, {"Investigation": (14, 3), "Hearing": (19, 11)}).replace("accessed", "entered")
        )
        assert ("found Investigation, Hearing; expected categories that hold nobody twice" in told(spoilable)) == asked


@pytest.mark.parametrize(
    "note", ["Note: TRAC run on 3 May,", ",\nSource: ESR,", "Only substantive staff are in the figures above.,", '"* Data of 3 May",']
)
def test_a_note_below_a_table_is_left_out_and_told_and_a_count_left_empty_is_no_note(spoilable, year, note):
    (year / "training.csv").write_text(f"ethnic_group,accessed\nwhite,218\nbme,9\n{note}\n")
    assert counted(spoilable, "accessed_training") == TRAINING
    assert "found a note below the table" in told(spoilable)
    (year / "training.csv").write_text("ethnic_group,accessed\nwhite,218\nbme,9\nNot known,\n")
    assert "row 4, column 'accessed': found an empty cell" in refused(spoilable)


def test_a_heading_that_says_more_than_the_column_is_to_be_renamed_and_stages_stand_across_beside_categories(spoilable, year):
    (year / "disciplinary.csv").write_text("ethnic_group,Entered formal process\nwhite,14\nbme,3\n")
    assert "Rename 'entered_formal_process' to 'entered'" in refused(spoilable)
    (year / "disciplinary.csv").unlink()
    (year / "recruitment.csv").write_text("Ethnicity,Applied,Shortlisted,Appointed\nWhite,9869,1605,150\nBME,1880,251,11\nNote: TRAC\n")
    assert counted(spoilable, "shortlisted") == {("white", 1605), ("bme", 251)}


def test_grades_are_known_in_any_capitals_and_by_their_spellings(spoilable, year):
    (year / "workforce.csv").write_text(
        WORKFORCE.replace("Band 8a", "Band 8A").replace("not_separated,Band 5,bme", "not separated,AfC Band 5,BME")
    )
    assert counted(spoilable, "workforce") == {("white", 1133), ("bme", 69)}
    assert "'Band 8A' (read as 'Band 8a')" in told(spoilable)


def test_medical_directors_counted_apart_from_the_consultants_are_told_as_that(spoilable, year):
    """Witness: 2 white and 1 BME of 112 and 32 in post, who stand in no other row: a check once blamed another band for them."""
    (year / "workforce.csv").write_text(
        "staff_group,grade,ethnic_group,headcount\nmedical_and_dental,Consultant,white,110\nmedical_and_dental,Consultant,bme,31\n"
        "medical_and_dental,Medical director,white,2\nmedical_and_dental,Medical director,bme,1\n"
    )
    (year / "headcount.csv").write_text("ethnic_group,headcount\nwhite,112\nbme,32\n")
    assert "found 1 bme and 2 white apart from it; expected 'Senior medical manager' among 'Consultant', too." in told(spoilable)
    (year / "headcount.csv").write_text("ethnic_group,headcount\nwhite,110\nbme,31\n")
    assert "apart from it" not in told(spoilable)


def test_a_part_of_a_grade_must_stand_in_that_grade_too(spoilable, year):
    # one medical director, written apart from the consultants: the total would lose them
    (year / "workforce.csv").write_text(WORKFORCE + "medical_and_dental,Senior medical manager,white,1\n")
    assert "is counted in 'Consultant' too" in refused(spoilable)


def workbook(path, **sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return book


ROWS = [["ethnic_group", "accessed"], ["white", 218], ["bme", 9]]


def test_a_workbook_with_one_sheet_a_table_is_read(spoilable, year):
    for name in ("training", "headcount"):
        (year / f"{name}.csv").unlink()
    workbook(
        year / "counts.xlsx",
        Training=ROWS,
        Headcount=[["ethnic_group", "headcount"], ["white", 1383], ["bme", 65], ["unknown", 157]],
        Notes=[["x"]],
    )
    assert counted(spoilable, "accessed_training") == TRAINING
    assert counted(spoilable, "headcount") == {("white", 1383), ("bme", 65), ("unknown", 157)}


def test_a_blank_table_beside_a_workbook_of_counts_holds_nothing(spoilable, year):
    (year / "training.csv").write_text("ethnic_group,accessed\nwhite,\nbme,\n")
    workbook(year / "counts.xlsx", Training=ROWS)
    assert counted(spoilable, "accessed_training") == TRAINING
    assert "training.csv: found a file that nobody reads" in told(spoilable)
    (year / "training.csv").write_text("ethnic_group,accessed\nwhite,\nbme,0\n")
    assert "one file for 'training'" in refused(spoilable)


def test_two_files_for_one_table_stop(spoilable, year):
    workbook(year / "Training.xlsx", Sheet1=ROWS)
    assert "one file for 'training'" in refused(spoilable)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda sheet: sheet.merge_cells("A2:A3"), "merged cells A2:A3"),
        (lambda sheet: sheet.__setitem__("B3", "=4+5"), "a formula that was never calculated"),
        (lambda sheet: sheet.__setitem__("B3", "#N/A"), "row 3, column 'B': found #N/A"),
        (lambda sheet: sheet.__setitem__("XFD1048576", "x"), "far outside the table"),
        (lambda sheet: sheet.__setitem__("B1048576", "x"), "far outside the table"),
        # hidden columns were counted as the last rows
        (
            lambda sheet: (sheet.__setitem__("B1048576", "x"), setattr(sheet.column_dimensions["D"], "hidden", True)),
            "far outside the table",
        ),
    ],
)
def test_what_a_sheet_hides_stops_at_its_cell(spoilable, year, spoil, said):
    (year / "training.csv").unlink()
    book = workbook(year / "training.xlsx", Sheet1=ROWS)
    spoil(book["Sheet1"])
    if "#N/A" in said:
        book["Sheet1"]["B3"].data_type = "e"
    book.save(year / "training.xlsx")
    assert said in refused(spoilable)


def test_hidden_rows_and_columns_are_counted_and_told(spoilable, year):
    (year / "training.csv").unlink()
    book = workbook(year / "training.xlsx", Sheet1=ROWS)
    book["Sheet1"].row_dimensions[3].hidden = book["Sheet1"].column_dimensions["B"].hidden = True
    book["Sheet1"].column_dimensions["F"].hidden = True  # where nothing stands
    book.save(year / "training.xlsx")
    assert counted(spoilable, "accessed_training") == TRAINING
    assert "hidden rows: 3;" in told(spoilable) and "hidden columns: B;" in told(spoilable)


def test_the_headcount_of_a_staff_group_is_the_sum_of_its_workforce(spoilable, year):
    clinical = "clinical,Band 5,white,100\nclinical,Band 5,bme,30\nclinical,Band 8a,white,10\nclinical,Band 8a,bme,1\n"
    rows = clinical + "non_clinical,Band 5,white,9\nnon_clinical,Band 5,bme,5\n"
    (year / "workforce.csv").write_text("staff_group,grade,ethnic_group,headcount\n" + rows)
    parameters = parameters_of(spoilable)
    counts = counts_where(read_tables(parameters), parameters, {"staff_group": "clinical"}, parameters.years)
    headcount = counts[counts["item"].eq("headcount") & counts["breakdown"].eq("overall") & counts["year"].eq("2019-20")]
    assert dict(zip(headcount["ethnic_group"], headcount["count"], strict=True)) == {"white": 110, "bme": 31}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Recruitment 2024-25.csv", "Name it 'recruitment.csv' if it is that"),
        ("head_counts.csv", "Name it 'headcount.csv' if it is that"),
        ("workforce final.xlsx", "Name it 'workforce.xlsx' if it is that"),
        ("headcount.xls", "Save it as 'headcount.csv' if it is that"),
        ("Action plan.xlsx", "Save it as 'action_plan.csv' if it is that"),
        ("narrative/foreward.md", "Name it 'foreword.md' if it is that"),
        ("narrative/02_recruitment.dun.md", "Name it '02_recruitment.done.md' if it is that"),
        ("minutes.docx", "Leave it, or take it out of the folder"),
        ("notes.txt", "Leave it, or take it out of the folder"),
        ("narrative/about.docx", "Save it as 'about.md' if it is that"),
    ],
)
def test_a_file_that_nobody_reads_is_named_with_the_nearest_name(spoilable, year, name, said):
    (year / name).write_text("x")
    assert f"{name}: found a file that nobody reads" in told(spoilable)
    assert said in told(spoilable)


@pytest.mark.parametrize("name", ["2019-20 copy", "2019-20 (2)", "2019_20", "2019-2020", "Copy of 2019-20", "201920"])
def test_a_folder_called_as_a_year_that_is_none_is_told(spoilable, year, name):
    """What was entered there nobody read, and nobody was told. Witness: names that systems and people give a copy of a year."""
    (year.parent / name).mkdir()
    assert f"data/necs/{name}: found a folder that nobody reads" in told(spoilable)


def test_a_folder_that_nobody_reads_is_told_with_the_tables_in_it(spoilable, year):
    (year / "from HR" / "sent").mkdir(parents=True)
    (year / "from HR" / "sent" / "Training 2019.csv").write_text("x")
    said = told(spoilable)
    assert "from HR: found a folder that nobody reads, with Training 2019.csv in it; expected files that are read. Move out of it" in said


def test_files_that_are_read_are_not_named(spoilable):
    assert "nobody reads" not in told(spoilable)


def test_a_table_equal_to_last_years_to_the_last_number_is_told(spoilable):
    year = spoilable / "data" / "necs" / "2019-20"
    (year / "training.csv").write_text((year.parent / "2018-19" / "training.csv").read_text())
    assert "training.csv: found the counts of 2018-19 to the last number" in told(spoilable)
    assert "headcount.csv: found the counts" not in told(spoilable)


def test_a_breakdown_that_those_counted_among_lack_is_told(spoilable):
    """Witness: the counts of the shipped training, of one place; the headcount says of nobody where they work."""
    year = spoilable / "data" / "necs" / "2019-20"
    assert "a breakdown that" not in told(spoilable)
    table = (year / "training.csv").read_text().splitlines()
    (year / "training.csv").write_text("\n".join(["locality," + table[0], *("Durham," + row for row in table[1:])]) + "\n")
    assert "training.csv, column 'locality': found a breakdown that headcount.csv lacks" in told(spoilable)
    (year / "headcount.csv").write_text("locality,ethnic_group,headcount\nDurham,white,1093\nDurham,bme,65\nDurham,unknown,157\n")
    assert "a breakdown that" not in told(spoilable)


@pytest.mark.parametrize(
    "content",
    [
        "site,white,bme,total\nNorth,100,4,104\nSouth,118,5,123\nSouth,118,5,123\n",
        "site,ethnic_group,accessed\nNorth,white,100\nNorth,bme,4\nNorth,bme,4\nTotal,white,100\nTotal,bme,4\n",
    ],
)
def test_a_row_that_stands_twice_is_told_before_the_total_that_it_makes_wrong(spoilable, content):
    """Witness: the third row of records, which repeats the second; the total is right without it."""
    (spoilable / "data" / "necs" / "2019-20" / "training.csv").write_text(content)
    said = refused(spoilable)
    assert said.count("row 4: found a repeated row") == 1
    assert "expected a total" not in said


@pytest.mark.parametrize("refused_table", ["headcount", "workforce"])
def test_no_note_says_that_a_table_which_could_not_be_read_lacks_something(spoilable, refused_table):
    """Witness: the staff's table has the places of the training, and one row twice, for which it is not read."""
    year = spoilable / "data" / "necs" / "2019-20"
    (year / "training.csv").write_text("locality,ethnic_group,accessed\nDurham,white,218\nDurham,bme,9\n")
    table = (year / f"{refused_table}.csv").read_text().splitlines()
    placed = ["locality," + table[0], *("Durham," + row for row in table[1:])]
    (year / f"{refused_table}.csv").write_text("\n".join(placed) + "\n")
    assert "a breakdown that" not in told(spoilable)
    (year / f"{refused_table}.csv").write_text("\n".join([*placed, placed[-1]]) + "\n")
    assert "a repeated row" in refused(spoilable)
    assert "a breakdown that" not in told(spoilable)


def test_two_names_of_one_place_are_asked_about_and_so_is_a_place_that_one_table_lacks(spoilable):
    """Witness: a fresh stranger's staff list (Medicine) and recruitment export (Division of Medicine); by eye, which of the others are the same."""
    year = spoilable / "data" / "necs" / "2019-20"
    staff = "directorate,ethnic_group,headcount\n{0},white,1000\n{0},bme,60\nSurgery,white,93\nSurgery,bme,5\nSurgery,unknown,157\n"
    (year / "headcount.csv").write_text(staff.format("Medicine"))
    table = (year / "training.csv").read_text().splitlines()
    training = "\n".join(["directorate," + table[0], *("Division of Medicine," + row for row in table[1:])]) + "\n"
    (year / "training.csv").write_text(training)
    said = (
        "training.csv, column 'directorate': found 'Division of Medicine'; expected names that headcount.csv has, as 'Medicine', 'Surgery'"
    )
    assert said in told(spoilable)
    # nobody of Surgery trained, or its rows are missing: in the headline its staff count among all staff
    (year / "training.csv").write_text(training.replace("Division of ", ""))
    assert "training.csv, column 'directorate': found nothing for 'Surgery'; expected every name that headcount.csv has" in told(spoilable)
    assert "names that headcount.csv has" not in told(spoilable)
    (year / "training.csv").write_text(training.replace("Division of ", "") + "Surgery,white,0\nSurgery,bme,0\n")
    assert "that headcount.csv has" not in told(spoilable)


def test_a_place_called_otherwise_than_the_year_before_is_asked_about_once_for_the_staff(spoilable):
    """Witness: by eye, Corporate services and Corporate services and estates may be one; a directorate that was closed has nobody beside it."""
    before, year = (spoilable / "data" / "necs" / name for name in ("2018-19", "2019-20"))
    staff = "directorate,ethnic_group,headcount\n{0},white,1000\n{0},bme,60\nSurgery,white,93\nSurgery,bme,5\nSurgery,unknown,157\n"
    (year / "headcount.csv").write_text(staff.format("Corporate services and estates"))
    (before / "headcount.csv").write_text(staff.format("Corporate services"))
    said = "2019-20/headcount.csv, column 'directorate': found 'Corporate services and estates'; expected names that 2018-19 has, as 'Corporate services'"
    assert told(spoilable).count("expected names that") == 1 and said in told(spoilable)
    (before / "headcount.csv").write_text(staff.format("Corporate services and estates") + "Closed,white,3\n")
    assert "expected names that" not in told(spoilable)


def test_faults_of_shape_and_of_cells_are_told_in_one_pass(spoilable, year):
    """Witness: the rows of the file as a spreadsheet numbers them; nothing else is said of a row of which nobody knows which cell is which."""
    (year / "recruitment.csv").write_text(
        "stage,ethnic_group,people,people\napplied,white,9869,1\napplied,bmee,1880,1\napplied,unknown\nshortlisted,white,1O,1\nTotal,,11749,1\n"
    )
    said = refused(spoilable)
    for told_once in (
        "row 1, column 'people': found a heading that stands twice",
        "row 3, column 'ethnic_group': found 'bmee'",
        "row 5, column 'people': found '1O'",
    ):
        assert said.count(told_once) == 1
    assert said.count("row 4") == 1 and "found 2 cells; expected 4 cells" in said
    assert "row 6" not in said  # the total of rows that are wrong is not blamed


BY_CATEGORY = "ethnic_group,accessed\n{}White - British,200\nWhite - Irish,18\nAsian or Asian British - Indian,9\n"


@pytest.mark.parametrize("whole", ["White,218", "All white,218", "BME,9", "white,218\nbme,9"])
def test_a_whole_group_beside_its_categories_is_their_total_and_counts_nobody_twice(spoilable, year, whole):
    (year / "training.csv").write_text(BY_CATEGORY.format(f"{whole}\n"))
    assert counted(spoilable, "accessed_training") == TRAINING
    assert " of totals" in told(spoilable)


@pytest.mark.parametrize("whole", ["White,219", "BME,10", "White,0", "bme,x"])
def test_a_whole_group_that_is_not_the_sum_of_its_categories_stops(spoilable, year, whole):
    (year / "training.csv").write_text(BY_CATEGORY.format(f"{whole}\n"))
    assert "row 2, column 'accessed'" in refused(spoilable)


@pytest.mark.parametrize(
    ("undisclosed", "people"), [("Unknown,3\nNot stated,3", 3), ("Unknown,5\nNot stated,3\nNot recorded,2", 5), ("Not stated,3\nNot recorded,2", 5)]
)  # fmt: skip
def test_the_undisclosed_as_a_whole_group_beside_their_categories_count_once(spoilable, year, undisclosed, people):
    """Witness: beside the totals of White and BME the 3 not stated once entered twice, under their own name and under Unknown."""
    (year / "training.csv").write_text(BY_CATEGORY.format("White,218\nBME,9\n") + undisclosed + "\n")
    assert counted(spoilable, "accessed_training") == TRAINING | {("unknown", people)}


@pytest.mark.parametrize(
    "others",
    [
        "All other ethnic groups*",
        "Staff from all other ethnic groups combined",
        "Ethnic minorities (excluding White minorities)",
        "BME employees",
        "BAME staff",
    ],
)
def test_a_group_is_known_whatever_says_that_it_is_one_of_staff(spoilable, year, others):
    (year / "training.csv").write_text(f"ethnic_group,accessed\nWhite respondents,218\n{others},9\n")
    assert counted(spoilable, "accessed_training") == TRAINING


@pytest.mark.parametrize(
    ("cell", "stops"), [("H Asian or Asian British - Indian", False), ("J Asian or Asian British - Indian", True), ("H", True)]
)
def test_a_code_before_a_label_must_be_that_labels_own(spoilable, year, cell, stops):
    """Witness: data/reference/ethnic_categories.csv, where H is Indian and J Pakistani."""
    (year / "training.csv").write_text(f"ethnic_category,accessed\nA White - British,218\n{cell},9\n")
    if stops:
        assert f"row 3, column 'ethnic_category': found '{cell}'" in refused(spoilable)
    else:
        assert counted(spoilable, "accessed_training") == TRAINING


def test_a_comma_beside_semicolons_is_told_at_its_cell_and_nothing_else_is(spoilable, year):
    """Witness: the row was once left out and the BME people were told as missing."""
    (year / "training.csv").write_text("ethnic_group;accessed\nwhite;218\nbme;9,5\n")
    assert "row 3, column 'accessed': found '9,5'" in refused(spoilable) and "no row" not in refused(spoilable)


@pytest.mark.parametrize("corner", ["", "Row Labels"])
def test_the_first_column_of_a_pivot_table_is_what_its_words_are(spoilable, year, corner):
    """Witness: the stages as shipped, as a pivot table sets them out."""
    plain = counted(spoilable, "shortlisted")
    rows = [line.split(",") for line in (year / "recruitment.csv").read_text().splitlines()[1:]]
    stages = {stage: {row[1]: row[2] for row in rows if row[0] == stage} for stage in dict.fromkeys(row[0] for row in rows)}
    groups = list(next(iter(stages.values())))
    lines = [",".join([corner, *groups])] + [
        ",".join([stage.title(), *(counts[group] for group in groups)]) for stage, counts in stages.items()
    ]
    (year / "recruitment.csv").write_text("\n".join(lines) + "\n")
    assert counted(spoilable, "shortlisted") == plain
    assert "expected the heading 'stage'. Read so" in told(spoilable)


def test_a_count_under_another_heading_is_to_be_renamed(spoilable, year):
    (year / "training.csv").write_text("ethnic_group,Starters on courses\nwhite,218\nbme,9\n")
    assert "Rename 'starters_on_courses' to 'accessed'." in refused(spoilable)


def test_groups_and_categories_across_count_nobody_twice(spoilable, year):
    (year / "training.csv").write_text("White,BME,Indian\n218,9,7\n")
    assert "a total of 7" in refused(spoilable)


@pytest.mark.parametrize("heading", ["% BME", "BME %", "BME (%)", "Percent BME"])
def test_the_share_of_a_group_is_not_read_as_the_group(spoilable, year, heading):
    (year / "training.csv").write_text(f"White,{heading}\n218,4\n")
    assert "no such column" in refused(spoilable)


@pytest.mark.parametrize("name", ["training.csv", "narrative", "narrative/about.md", "action_plan.csv"])
def test_a_link_that_leads_nowhere_stops_and_is_not_read_as_absent(spoilable, year, name):
    lost = year / name
    shutil.rmtree(lost) if lost.is_dir() else lost.unlink(missing_ok=True)
    lost.symlink_to("gone/away")
    assert f"data/necs/2019-20/{name}: found a link that leads nowhere" in refused(spoilable)


@pytest.mark.parametrize("name", ["training.csv", "Training.xlsx", "action_plan.csv"])
def test_a_folder_called_as_a_table_stops_and_is_not_read_as_absent(spoilable, year, name):
    (year / f"{name.lower().partition('.')[0]}.csv").unlink(missing_ok=True)
    (year / name).mkdir()
    assert f"data/necs/2019-20/{name}: found a folder; expected a file" in refused(spoilable)


def test_a_group_that_does_not_exist_in_the_ethnic_categories_stops_at_its_row(spoilable):
    table = spoilable / "data" / "reference" / "ethnic_categories.csv"
    table.write_text(table.read_text().replace(",white,", ",whyte,", 1))
    assert "ethnic_categories.csv, row 2, column 'group': found 'whyte'; expected one of white, bme, unknown" in refused(spoilable)


def test_a_sheet_of_a_table_that_does_not_show_stops_and_is_named(spoilable, year):
    (year / "training.csv").unlink()
    book = openpyxl.Workbook()
    for name in ("training", "Notes", "Pivot"):
        book.create_sheet(name).append(("ethnic_group", "accessed"))
    book["training"].sheet_state = "hidden"
    book.save(year / "counts.xlsx")
    assert "counts.xlsx: found a sheet 'training' that is hidden" in refused(spoilable)
    (year / "counts.xlsx").unlink()
    for name in ("Sheet", "Notes"):  # where one alone shows it is last year's as well as this one's
        del book[name]
    book.save(year / "training.xlsx")
    assert "training.xlsx: found a sheet 'training' that is hidden" in refused(spoilable)


def test_sheets_that_nobody_reads_are_told_with_the_nearest_table_and_the_notes_are_not(spoilable, year):
    (year / "training.csv").unlink()
    book = openpyxl.Workbook()
    book.active.title = "READ ME"
    for name in ("Training", "recruitment 2", "Pivot"):
        sheet = book.create_sheet(name)
        for row in (("ethnic_group", "accessed"), ("white", 218), ("bme", 9)):
            sheet.append(row)
    book.save(year / "counts.xlsx")
    assert counted(spoilable, "accessed_training") == TRAINING
    said = told(spoilable)
    assert (
        "a sheet 'recruitment 2' that nobody reads; expected sheets called as the tables are. Name it 'recruitment' if it is that" in said
    )
    assert "a sheet 'Pivot' that nobody reads; expected sheets called as the tables are. Leave it" in said
    assert "READ ME" not in said and "counts.xlsx: found a file that nobody reads" not in said


def test_percentages_of_a_group_and_of_its_categories_count_nobody_twice(spoilable, year):
    rows = "13a,At least once,White,24.77,440\n13a,At least once,White - British,25.00,400\n13a,At least once,White - Irish,22.50,40\n"
    head = "question,response,ethnicity,percent,base\n"
    (year / "staff_survey.csv").write_text(head + rows + "13a,At least once,Indian,30.00,40\n")
    assert "row 2, column 'base': found '440'; expected a total of" in refused(spoilable)


@pytest.mark.parametrize("heading", ["year", "Financial year", "period"])
def test_rows_of_several_years_are_not_added_together(spoilable, year, heading):
    rows = "2018-19,white,200\n2018-19,bme,8\n2019-20,white,218\n2019-20,bme,9\n"
    (year / "training.csv").write_text(f"{heading},ethnic_group,accessed\n" + rows)
    assert "found 2 years; expected the counts of one year" in refused(spoilable)


def test_a_table_that_says_it_is_another_years_stops(spoilable, year):
    (year / "training.csv").write_text("ethnic_group,year,accessed\nwhite,2018/19,218\nbme,2018/19,9\n")
    assert "column 'year': found '2018/19'; expected the counts of 2019-20" in refused(spoilable)
    (year / "training.csv").write_text("ethnic_group,year,accessed\nwhite,2019/20,218\nbme,2019/20,9\n")
    assert counted(spoilable, "accessed_training") == TRAINING


def test_what_is_doubtful_in_a_table_is_told_and_read(spoilable, year):
    (year / "training.csv").write_text("ethnic_group,accessed\nwhite,0\nbme,0\n")
    rows = (
        "non_clinical,Consultant,white,1093\nnon_clinical,Consultant,bme,60\nmedical_and_dental,Band 5,bme,5\nclinical,Consultant,bme,1\n"
    )
    (year / "workforce.csv").write_text("staff_group,grade,ethnic_group,headcount\n" + rows)
    said = told(spoilable)
    assert "training.csv, row 2, column 'accessed': found nothing but zeros" in said
    assert "row 2, column 'grade': found 'Consultant' among 'non_clinical'" in said and "'Band 5' among 'medical_and_dental'" in said
    assert "'Consultant' among 'clinical'" in said  # whose figures would stand among the clinical staff's
    # 157 undisclosed staff of the shipped headcount stand in no band
    assert "workforce.csv, column 'ethnic_group': found nothing for 'unknown'; expected every name that headcount.csv has" in said


def test_a_headcount_far_from_last_years_is_told(spoilable):
    # 1,093 white and 65 BME staff in the shipped report; the year before the groups change places
    (spoilable / "data/necs/2018-19/headcount.csv").write_text("ethnic_group,headcount\nwhite,65\nbme,1093\nunknown,1\n")
    said = told(spoilable)
    assert (
        "found 1,093 (white); 65 (bme); expected about the 65, 1,093 of 2018-19. Check them, and that no rows or groups were swapped"
        in said
    )
    assert "(unknown)" not in said
    (spoilable / "data/necs/2018-19/headcount.csv").write_text("ethnic_group,headcount\nwhite,*\nbme,60\nunknown,1\n")
    assert "expected about" not in told(spoilable)


@pytest.mark.parametrize(
    ("table", "now", "found"),
    [
        # a digit lost in one place of two, which the sum of the group does not show
        ("disciplinary", "North,bme,6\nSouth,bme,70\n", "6 (North, bme); expected about the 66 of 2018-19"),
        # rows exchanged: of white and BME staff in one place
        ("training", "North,bme,300\nNorth,white,60\n", "300 (North, bme); 60 (North, white); expected about the 60, 300 of 2018-19"),
        # ten times the year before's
        ("disciplinary", "North,bme,66\nSouth,bme,700\n", "700 (South, bme); expected about the 70 of 2018-19"),
        # nowhere so far, but together: half of either place may be chance
        ("disciplinary", "North,bme,32\nSouth,bme,35\n", "67 (bme); expected about the 136 of 2018-19"),
        # what chance may do is not asked about
        ("disciplinary", "North,bme,40\nSouth,bme,60\n", ""),
    ],
)
def test_a_count_of_any_table_far_from_the_year_befores_is_asked_about(spoilable, table, now, found):
    """Witness: a stranger's mistakes of typing, each of which moved an indicator and was told by nobody."""
    before = {"disciplinary": "North,bme,66\nSouth,bme,70\n", "training": "North,bme,60\nNorth,white,300\n"}[table]
    heading = f"place,ethnic_group,{'entered' if table == 'disciplinary' else 'accessed'}\n"
    heading += "North,white,80\nSouth,white,90\n" if table == "disciplinary" else ""
    for year, rows in (("2018-19", before), ("2019-20", now)):
        (spoilable / f"data/necs/{year}/{table}.csv").write_text(heading + rows)
    said = [line for line in told(spoilable).splitlines() if f"2019-20/{table}.csv" in line and "expected about the" in line]
    assert len(said) == bool(found)
    assert f"found {found}. " in "".join(said) or not found


@pytest.mark.parametrize(
    ("now", "asked"),
    [
        ((400, 300), "found 400 (white); 300 (bme); expected about the 300, 400 of 2018-19"),
        # exchanged, and a little moved besides, as a year does
        ((408, 295), "found 408 (white); 295 (bme); expected about the 300, 400 of 2018-19"),
        # as far as those, and not exchanged: both grew by a third
        ((400, 533), ""),
        # one of them is what the other was, and the other stayed
        ((400, 402), ""),
        ((300, 400), ""),
    ],
)
def test_rows_exchanged_that_moved_less_than_twice_are_asked_about(spoilable, now, asked):
    """Witness: 300 white and 400 BME, each 5.4 standard errors of counts from the other, and neither twice as many."""
    for year, (white, bme) in (("2018-19", (300, 400)), ("2019-20", now)):
        (spoilable / f"data/necs/{year}/training.csv").write_text(f"ethnic_group,accessed\nwhite,{white}\nbme,{bme}\n")
    said = [line for line in told(spoilable).splitlines() if "2019-20/training.csv" in line and "expected about the" in line]
    assert asked in "".join(said) and len(said) == bool(asked)


def test_small_counts_that_were_exchanged_are_asked_about(spoilable):
    """Witness: a stranger's board of 13, of whom 11 vote: in the other rows' places 2 do, and indicator 9 spoke of them."""
    heading, rows = "membership,ethnic_group,members\n", "{0},white,9\n{0},bme,2\n{1},white,2\n{1},bme,0\ntotal,white,11\ntotal,bme,2\n"
    board = [spoilable / f"data/necs/{year}/board.csv" for year in ("2018-19", "2019-20")]
    for path, names in zip(board, (("voting", "non_voting"), ("non_voting", "voting")), strict=True):
        path.write_text(heading + rows.format(*names))
    said = [line for line in told(spoilable).splitlines() if "board.csv" in line and "expected about the" in line]
    assert len(said) == 1 and "found 9 (non_voting, white); 2 (non_voting, bme); 2 (voting, white) and 1 more" in said[0]
    # one member who voted and does not now, and the two groups as they were
    board[1].write_text(
        heading + rows.format("voting", "non_voting").replace("voting,white,9", "voting,white,8").replace("2\nnon", "3\nnon")
    )
    assert "expected about the" not in told(spoilable)
    # so few that chance makes the one of the other: nobody and one of each group
    for year, rows in (("2018-19", "white,0\nbme,1\nunknown,0\n"), ("2019-20", "white,1\nbme,0\nunknown,0\n")):
        (spoilable / f"data/necs/{year}/disciplinary.csv").write_text("ethnic_group,entered\n" + rows)
    assert "expected about the" not in told(spoilable)


@pytest.mark.parametrize(
    ("now", "asked"),
    [
        # few people, and each group is what the other was
        ({"white": 9, "bme": 21}, "9 (white); 21 (bme); expected about the 19, 14 of 2018-19"),
        # as many as these moved, each in its own place
        ({"white": 21, "bme": 9}, ""),
        ({"white": 12, "bme": 17}, ""),
    ],
)
def test_the_groups_of_a_few_people_exchanged_are_asked_about(spoilable, now, asked):
    """Witness: likelihoods by hand. 9 and 21 after 19 and 14 are exp(3.9) times likelier exchanged; 12 and 17 exp(1.5) times, as chance makes them."""
    for year, counts in (("2018-19", {"white": 19, "bme": 14}), ("2019-20", now)):
        rows = "".join(f"{group},{count}\n" for group, count in (counts | {"unknown": 2}).items())
        (spoilable / f"data/necs/{year}/disciplinary.csv").write_text("ethnic_group,entered\n" + rows)
    said = [line for line in told(spoilable).splitlines() if "2019-20/disciplinary.csv" in line and "expected about the" in line]
    assert asked in "".join(said) and len(said) == bool(asked)


@pytest.mark.parametrize(("now", "asked"), [((547, 33), True), ((1000, 52), False), ((1300, 80), False)])
def test_half_of_a_staff_list_is_asked_about(spoilable, now, asked):
    """Witness: 1,093 white and 65 BME staff of the shipped report's year as the year before's; neither of 547 and 33 is less than its half."""
    for year, (white, bme) in (("2018-19", (1093, 65)), ("2019-20", now)):
        (spoilable / f"data/necs/{year}/headcount.csv").write_text(f"ethnic_group,headcount\nwhite,{white}\nbme,{bme}\nunknown,1\n")
    said = "headcount.csv, column 'headcount': found 580 (everybody); expected about the 1,158 of 2018-19"
    assert (said in told(spoilable)) == asked == ("(everybody)" in told(spoilable))


@pytest.mark.parametrize(
    ("cells", "asked"),
    [
        ((90, 25, 115), "found 115, the sum of all others"),
        ((120, 25, 115), ""),
        # chance: few people, of which half are of one group
        ((9, 4, 13), ""),
    ],
)
def test_a_cell_that_is_the_sum_of_all_others_is_asked_about(spoilable, year, cells, asked):
    """Witness: the total of 90 and 25 appointed, typed into the row of the undisclosed."""
    rows = "".join(
        f"{stage},{group},{count * times}\n"
        for stage, times in (("applied", 9), ("shortlisted", 3))
        for group, count in (("white", 130), ("bme", 40), ("unknown", 190))
    )
    rows += "".join(f"appointed,{group},{count}\n" for group, count in zip(("white", "bme", "unknown"), cells, strict=True))
    (year / "recruitment.csv").write_text("stage,ethnic_group,people\n" + rows)
    said = told(spoilable)
    assert ("recruitment.csv, row 10, column 'people': found 115, the sum of all others" in said) == bool(asked)


@pytest.mark.parametrize(
    ("table", "rows", "asked"),
    [
        # the total of an export, 700, typed as the BME applicants who were appointed
        ("recruitment", "appointed,white,300\nappointed,bme,700\n", "found 700 (bme)"),
        ("recruitment", "appointed,white,300\nappointed,bme,40\n", ""),
        # course places in place of people
        ("training", "white,900\nbme,160\n", "found 160 (bme)"),
        ("training", "white,900\nbme,70\n", ""),
    ],
)
def test_more_people_than_the_staff_and_more_appointed_than_half_of_them_are_asked_about(spoilable, year, table, rows, asked):
    """Witness: 65 BME staff of the shipped report; 70 trained may be some who left, 160 are 9 standard errors of counts more than there are."""
    heading = {"recruitment": "stage,ethnic_group,people", "training": "ethnic_group,accessed"}[table]
    before = "applied,white,3000\napplied,bme,1700\nshortlisted,white,900\nshortlisted,bme,950\n" * (table == "recruitment")
    (year / f"{table}.csv").write_text(f"{heading}\n{before}{rows}")
    said = [line for line in told(spoilable).splitlines() if "expected some of the 65 staff" in line]
    assert asked in "".join(said) and len(said) == bool(asked)


def test_headings_that_stand_again_below_a_table_of_percentages_are_told_as_that(spoilable, year):
    """Witness: a page of a printed survey copied below another; its headings were told as four wrong cells."""
    rows = "question,response,ethnic_group,percent,base\n13a,At least once,white,24.57,3211\n"
    (year / "staff_survey.csv").write_text(rows * 2)
    assert "staff_survey.csv, row 3: found the headings again; expected one row of headings, and records below it. Remove" in refused(
        spoilable
    )


def test_rows_of_several_organisations_are_told(spoilable, year):
    (year / "training.csv").write_text("trust,ethnic_group,accessed\nA,white,118\nA,bme,4\nB,white,100\nB,bme,5\n")
    assert counted(spoilable, "accessed_training") == TRAINING
    assert "found 2 organisations; expected the counts of one organisation. Counted together" in told(spoilable)


def test_a_cell_of_another_shape_is_told_by_its_own_sheet_and_heading(spoilable):
    """It was told of 'headcount.csv' and a column 'percent', which nobody has. Witness: the workbook written here; 6.9% of 2,030 fits 3 counts."""
    year = spoilable / "data/necs/2019-20"
    book = openpyxl.Workbook()
    book.active.title = "headcount"
    for row in [("Division", "White", "BME", "Unknown"), ("Medicine", 500, 30, 80), ("Women", 593, 35, 77)]:
        book.active.append(row)
    sheet = book.create_sheet("staff_survey")
    for row in [
        ("question", "response", "white_percent", "white_base", "bme_percent", "bme_base"),
        ("13a", "At least once", "6.9%", 2030, "14.1%", 37),
    ]:
        sheet.append(row)
    book.save(year / "counts.xlsx")
    for name in ("headcount", "staff_survey"):
        (year / f"{name}.csv").unlink()
    with pytest.raises(InputProblems) as refused:
        read_counts(parameters_of(spoilable))
    (told,) = (problem for problem in refused.value.problems if "6.9%" in problem.found)
    assert (told.file, told.column) == ("data/necs/2019-20/counts.xlsx, sheet 'staff_survey'", "white_percent' or 'bme_percent")
    before = spoilable / "data/necs/2018-19/headcount.csv"
    before.write_text("division,ethnic_group,headcount\nMedicine,white,900\nFamily,white,100\nMedicine,bme,54\n")
    sheet["C2"], sheet["D2"], sheet["E2"], sheet["F2"] = "6.90%", 2030, "13.5%", 37
    book.save(year / "counts.xlsx")
    (asked,) = (notice for notice in input_notices(parameters_of(spoilable)) if "'Women'" in (notice.found or ""))
    assert asked.file == "data/necs/2019-20/counts.xlsx, sheet 'headcount'"


def test_a_survey_by_category_of_which_no_row_can_be_read_is_told_by_row(spoilable, year):
    """Witness: a mutator's separator at the end of each row; it ended in a traceback (no such column as 'response')."""
    rows = "question,response,ethnic_category,respondents\n14a,Never,White - British,20,\n14a,At least once,White - British,9,\n"
    (year / "staff_survey.csv").write_text(rows)
    assert "staff_survey.csv, row 3: found 5 cells; expected 4 cells, as the header row has" in refused(spoilable)
    # a mark of another format before the first heading
    (year / "staff_survey.csv").write_text("<a>" + rows.replace(",\n", "\n"))
    assert "column 'question': found no such column" in refused(spoilable) and "Rename '<a>question' to 'question'." in refused(spoilable)


@pytest.mark.parametrize("table", ["staff_survey", "board"])
def test_a_category_that_stands_twice_with_the_same_number_is_not_added_up(spoilable, year, table):
    """Witness: each category's row once; a copied row made 20 white respondents 40, and nobody said so."""
    rows = {
        "staff_survey": [
            "question,response,ethnic_category,respondents",
            "13a,Never,White - British,20",
            "13a,At least once,White - British,9",
        ],
        "board": ["membership,ethnic_category,members", "total,White - British,9", "total,Asian or Asian British - Indian,1"],
    }[table]
    (year / f"{table}.csv").write_text("\n".join([*rows, rows[1]]) + "\n")
    assert f"{table}.csv, row 4: found a repeated row; expected each combination of" in refused(spoilable)

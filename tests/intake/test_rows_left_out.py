"""Rows that a table lacks though it, the year before, or the staff have their like. Witness: tables made up by hand, of which one row is taken out or moved."""

from itertools import product

import pytest
from support.doors import refused, told

CATEGORIES = {"White - British": 40, "Any other White background": 9, "Indian": 24, "African": 18, "Chinese": 0, "Not stated": 12}
PLACES = {"North": 5, "South": 3, "East": 4}


def write(project, table, heading, rows, year="2019-20"):
    path = project / "data" / "necs" / year / f"{table}.csv"
    path.write_text("\n".join([heading, *(",".join(map(str, row)) for row in rows)]) + "\n", encoding="utf-8")


def recruitment(gone=(), moved=(), by="ethnicity", zeros=True):
    rows = []
    for (stage, times), (place, size), (category, people) in product(
        (("applied", 9), ("shortlisted", 3), ("appointed", 1)), PLACES.items(), CATEGORIES.items()
    ):
        row = (stage, place, category)
        if row not in gone and (zeros or people):
            rows.append((stage, dict(moved).get(row, place), category, times * size * people // 4 + 3 * (people > 0)))
    return f"stage,site,{by},people", rows


@pytest.mark.parametrize("place", ["North", "South"])
@pytest.mark.parametrize(("category", "counted"), [("Indian", ("shortlisted", "appointed")), ("African", ("appointed",))])
def test_an_ethnic_category_that_was_appointed_without_having_applied_is_refused(spoilable, category, counted, place):
    """Its people stood in one sum and not in the other. Witness: its rows of the earlier stages left out, at one place or at all."""
    heading, rows = recruitment()
    write(spoilable, "recruitment", heading, rows)
    assert "as the others have" not in told(spoilable)
    kept = [row for row in rows if row[2] != category or row[0] in counted or (place == "South" and row[1] != place)]
    write(spoilable, "recruitment", heading, kept)
    said = refused(spoilable)
    assert f"{counted[0]} and no such row; expected a row for 'applied' of '{place}', '{category}'" in said


def test_of_the_undisclosed_who_may_have_said_since_it_is_asked(spoilable):
    """Witness: those not stated, left out of the applicants; and a whole group in a table by group."""
    heading, rows = recruitment()
    write(spoilable, "recruitment", heading, [row for row in rows if row[:3:2] != ("applied", "Not stated")])
    assert "no such row; expected a row for 'applied' of 'North', 'Not stated'" in told(spoilable)
    by_group = [("applied", "white", 900), ("applied", "bme", 90), ("shortlisted", "white", 300), ("shortlisted", "bme", 30),
                ("appointed", "white", 90), ("appointed", "bme", 9), ("appointed", "unknown", 4)]  # fmt: skip
    write(spoilable, "recruitment", "stage,ethnic_group,people", by_group)
    assert "found 4 appointed and no such row; expected a row for 'applied' of 'unknown'" in told(spoilable)
    write(spoilable, "recruitment", "stage,ethnic_group,people", [*by_group, ("applied", "unknown", 40)])
    assert "found 4 appointed and no such row; expected a row for 'shortlisted' of 'unknown'" in told(spoilable)


@pytest.mark.parametrize("zeros", [True, False])
@pytest.mark.parametrize(
    "cell", [("appointed", "North", "White - British"), ("shortlisted", "East", "Indian"), ("applied", "South", "Not stated")]
)
def test_a_cell_left_out_of_a_grid_is_told(spoilable, cell, zeros):
    """Its place's sum was short without a word. Witness: one row of a grid left out, with nobody written as 0, and left out as a pivot does."""
    write(spoilable, "recruitment", *recruitment(zeros=zeros))
    assert "as the others have" not in told(spoilable)
    write(spoilable, "recruitment", *recruitment([cell], zeros=zeros))
    said = told(spoilable) if cell[0] != "shortlisted" and cell[0] != "applied" else ""
    if cell[0] == "shortlisted":
        said = refused(spoilable)
        assert "expected a row for 'shortlisted' of 'East', 'Indian'" in said
    elif cell[0] == "applied":
        assert "expected a row for 'applied' of 'South', 'Not stated'" in told(spoilable)
    else:
        assert "found none for 'White - British', 'appointed', 'North'; expected a row for each, as the others have" in said


GRADES = {"Band 3": 31, "Band 5": 47, "Band 7": 12, "Band 9": 0}


def workforce(by, moved=()):
    shares = {"white": 20, "bme": 6, "unknown": 1} if by == "ethnic_group" else CATEGORIES
    rows = {(grade, each): size * part // 4 for (grade, size), (each, part) in product(GRADES.items(), shares.items()) if size * part // 4}
    for row, grade in moved:
        rows[grade, row[1]] = rows.pop(row)
    return f"staff_group,grade,{by},headcount", [("clinical", *row, people) for row, people in rows.items()]


@pytest.mark.parametrize(
    ("by", "whose"), [("ethnicity", "Indian"), ("ethnicity", "African"), ("ethnic_group", "bme"), ("ethnic_group", "white")]
)
def test_the_row_of_one_category_under_another_grade_is_told(spoilable, by, whose):
    """It was the only one there, and missing from its own. Witness: one row under a grade that nobody else has."""
    (spoilable / "data" / "necs" / "2018-19" / "workforce.csv").unlink()
    write(spoilable, "workforce", *workforce(by))
    assert "as the others have" not in told(spoilable)
    write(spoilable, "workforce", *workforce(by, [(("Band 5", whose), "Band 9")]))
    said = told(spoilable)
    asked = next(line for line in said.splitlines() if "as the others have" in line)
    assert f"'{whose}', 'clinical', 'Band 5'" in asked or "'Band 9'" in asked, "where it is gone, or what else is not where it stands"


def test_a_cell_of_two_crossed_breakdowns_is_told_where_no_other_is_left_out(spoilable):
    """Witness: all of one sex at one place left out; where several are, a place may well have none of a kind."""
    rows = [(place, sex, group, 5 * size * part) for (place, size), (sex, group), part in
            product(PLACES.items(), product(("Female", "Male", "Other"), ("white", "bme")), (7,))]  # fmt: skip
    for gone, asked in (((), False), ((("South", "Male"),), True), ((("South", "Male"), ("East", "Other")), False)):
        write(spoilable, "training", "site,sex,ethnic_group,accessed", [row for row in rows if row[:2] not in gone])
        assert ("found none for 'Male', 'South'; expected a row for each" in told(spoilable)) is asked


SURVEY = "question,response,{},respondents"


def survey(by, gone=()):
    answers = {
        "13a": ("Never", "At least once"),
        "13b": ("Never", "At least once"),
        "15a": ("Yes", "No"),
        "14": ("Yes", "No", "Don't know"),
    }
    shares = {"white": 60, "bme": 25, "unknown": 14} if by == "ethnic_group" else CATEGORIES
    rows = [(question, answer, each, size + 2 * place) for question, those in answers.items() for place, answer in enumerate(those)
            for each, size in shares.items() if size and (question, each) not in gone and ("", each) not in gone]  # fmt: skip
    return SURVEY.format(by), rows


@pytest.mark.parametrize(("by", "whose"), [("ethnic_group", "unknown"), ("ethnicity", "African"), ("ethnicity", "Not stated")])
def test_answers_of_a_kind_of_people_filtered_away_from_one_question_are_told(spoilable, by, whose):
    """Witness: one question of four without the answers of some."""
    write(spoilable, "staff_survey", *survey(by))
    assert "as the others have" not in told(spoilable)
    write(spoilable, "staff_survey", *survey(by, [("13b", whose)]))
    assert f"found none for '{whose}', '13b'; expected a row for each, as the others have" in told(spoilable)


def test_a_group_that_the_year_before_had_and_nobody_is_of_is_told(spoilable):
    """Witness: those of no known group filtered away from a survey and from applications, whose year before has them."""
    write(spoilable, "staff_survey", *survey("ethnic_group"), year="2018-19")
    write(spoilable, "staff_survey", *survey("ethnic_group", [("", "unknown")]))
    write(spoilable, "recruitment", *recruitment(), year="2018-19")
    write(
        spoilable,
        "recruitment",
        *recruitment([(stage, place, "Not stated") for stage, place in product(("applied", "shortlisted", "appointed"), PLACES)]),
    )
    said = told(spoilable)
    for table, theirs in (("staff_survey", "'unknown'"), ("recruitment", "'Not stated'")):
        line = next(line for line in said.splitlines() if f"{table}.csv" in line and "no row of theirs" in line)
        assert "expected some, as 2018-19 has" in line and theirs in line


def test_a_group_that_the_year_before_lacks_is_told_of_that_year(spoilable):
    """Its changes were told of fewer people without a word. Witness: those of no known group filtered away from last year's survey alone."""
    write(spoilable, "staff_survey", *survey("ethnic_group", [("", "unknown")]), year="2018-19")
    write(spoilable, "staff_survey", *survey("ethnic_group"))
    line = next(line for line in told(spoilable).splitlines() if "no row of theirs" in line)
    assert line.removeprefix("Note: ").startswith("data/necs/2018-19/staff_survey.csv, ") and "as 2019-20 has" in line


def test_a_group_of_the_bands_that_the_headcount_lacks_is_told(spoilable):
    """Of a first year nobody asked. Witness: the undisclosed, who stand in the bands, left out of the headcount."""
    (spoilable / "data" / "necs" / "2018-19" / "headcount.csv").unlink()
    headcount = spoilable / "data" / "necs" / "2019-20" / "headcount.csv"
    assert "no row of theirs" not in told(spoilable)
    headcount.write_text("".join(line for line in headcount.read_text().splitlines(keepends=True) if "unknown" not in line))
    assert "headcount.csv, column 'ethnic_group': found no row of theirs; expected some, as workforce.csv has 156 'unknown'" in told(
        spoilable
    )


def test_an_ethnic_category_of_the_staff_that_a_table_lacks_is_told(spoilable):
    """Witness: a category of many left out of training by category, and out of the headcount itself; the undisclosed are nobody's to expect."""
    (spoilable / "data" / "necs" / "2018-19" / "headcount.csv").unlink()
    (spoilable / "data" / "necs" / "2018-19" / "training.csv").unlink()
    rows = [(category, 11 * people) for category, people in CATEGORIES.items() if people]
    for table, gone, asked in (
        ("training", "", ""),
        ("training", "Indian", "training"),
        ("training", "Not stated", ""),
        ("headcount", "African", "headcount"),
    ):
        for name, part in (("headcount", 1), ("training", 2)):
            kept = [(category, people // part) for category, people in rows if (name, category) != (table, gone)]
            write(spoilable, name, f"ethnicity,{'headcount' if name == 'headcount' else 'accessed'}", kept)
        said = told(spoilable)
        assert (f"{asked}.csv, column 'ethnic_category': found no row of theirs" in said) if asked else "no row of theirs" not in said


def test_a_row_of_the_year_before_that_is_there_no_more_is_told(spoilable):
    """Witness: one directorate's white appointments, though the place, the stage and the group are all there."""
    rows = [(stage, place, group, 20 + number) for number, (stage, place, group) in
            enumerate(product(("applied", "shortlisted", "appointed"), PLACES, ("white", "bme", "unknown")))]  # fmt: skip
    write(spoilable, "recruitment", "stage,site,ethnic_group,people", rows, year="2018-19")
    write(
        spoilable,
        "recruitment",
        "stage,site,ethnic_group,people",
        [(*row[:3], row[3] + 2 + row[3] % 3) for row in rows if row[:3] != ("appointed", "East", "unknown")],
    )
    assert "found 0 (appointed, East, unknown); expected about the 46 of 2018-19" in told(spoilable)


@pytest.mark.parametrize(
    ("counts", "found"),
    [
        (((900, 300, 90), (300, 100, 0)), "nobody appointed of 300 applied (bme)"),
        (((900, 300, 0), (300, 100, 0)), "nobody appointed of 1,200 applied (all)"),
        (((900, 300, 90), (300, 300, 20)), "everybody shortlisted of 300 applied (bme)"),
        (((900, 900, 90), (300, 300, 20)), "everybody shortlisted of 1,200 applied (all)"),
        (((900, 300, 300), (300, 100, 40)), "everybody appointed of 300 shortlisted (white)"),
        (((900, 300, 90), (99, 30, 0)), ""),
        (((900, 300, 90), (99, 99, 20)), ""),
        (((900, 300, 90), (300, 100, 1)), ""),
    ],
)
def test_a_stage_that_nobody_or_everybody_of_hundreds_came_to_is_asked_about(spoilable, counts, found):
    """Outcomes that were lost, or read as another stage, made a likelihood. Witness: counts of two groups at three stages, typed."""
    rows = [(stage, group, people) for group, of in zip(("white", "bme"), counts, strict=True)
            for stage, people in zip(("applied", "shortlisted", "appointed"), of, strict=True)]  # fmt: skip
    write(spoilable, "recruitment", "stage,ethnic_group,people", rows)
    said = [line for line in told(spoilable).splitlines() if "and some not" in line]
    assert len(said) == bool(found)
    assert all(found in line for line in said)

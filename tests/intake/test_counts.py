"""Counts tables: what was supplied comes through unchanged, and every mistake of every file is told at once."""

import pytest
from support.known_results import nothing_known

from wres_helpers.intake import input_files, input_notices, read_action_plan, read_counts, read_narrative
from wres_helpers.intake.counts import counts_tables
from wres_helpers.problems import InputProblems, Problem, told_together
from wres_helpers.settings.master_file_reader import load_parameters
from wres_helpers.standard.columns import COUNT_COLUMNS
from wres_helpers.tables.declared import shortened


def parameters_of(folder):
    return load_parameters(folder / "params" / "necs-2019-20.yaml")


def count_of(counts, **place):
    for column, value in place.items():
        counts = counts[counts[column].eq(value)]
    assert len(counts) == 1
    return counts["count"].iloc[0]


def test_printed_counts_come_through(necs_counts):
    assert tuple(necs_counts.columns) == COUNT_COLUMNS
    assert count_of(necs_counts, year="2019-20", item="headcount", ethnic_group="bme") == 65
    assert count_of(necs_counts, year="2019-20", item="appointed", ethnic_group="bme") == 11
    assert count_of(necs_counts, year="2019-20", item="survey", breakdown="13b", category="Never", ethnic_group="bme") == 24
    assert count_of(necs_counts, year="2018-19", item="accessed_training", ethnic_group="white") == 250


def test_counts_and_what_is_noted_about_their_files_come_of_one_reading(spoilable, monkeypatch):
    """Witness: the files of both years, each read once; and again where one was edited, so that neither is ever of an older file."""
    parameters, read = parameters_of(spoilable), []
    spied = counts_tables.read_table
    monkeypatch.setattr(counts_tables, "read_table", lambda path, *given, **more: read.append(path) or spied(path, *given, **more))
    with nothing_known():  # whatever test read the same counts before
        counts = read_counts(parameters)
        input_notices(parameters)
    assert sorted(read) == sorted(input_files(parameters))
    headcount = parameters.data_folder() / "headcount.csv"
    headcount.write_text(headcount.read_text(encoding="utf-8").replace(",65", ",66"), encoding="utf-8")
    assert count_of(read_counts(parameters), year="2019-20", item="headcount", ethnic_group="bme") == 66
    assert count_of(counts, year="2019-20", item="headcount", ethnic_group="bme") == 65


def test_contradictions_of_the_report_are_kept(necs_counts):
    # the bands print 66 BME staff under a total of 65: both stand, reconciliation says so
    bands = necs_counts.query("year == '2019-20' and item == 'workforce' and breakdown == 'grade' and ethnic_group == 'bme'")
    assert bands["count"].sum() == 66


def test_what_was_not_supplied_has_no_row(necs_counts):
    assert necs_counts.query("item == 'applied' and ethnic_group == 'unknown'").empty


def test_all_mistakes_of_all_files_are_told_at_once(spoilable):
    folder = spoilable / "data" / "necs" / "2019-20"
    (folder / "training.csv").write_text("ethnic_group,accessed\nwite,218\nbme,1.5\nbme,9\n")
    (folder / "board.csv").write_text("membership,ethnic_grp,members\ntotal,white,5\n")
    (folder / "headcount.csv").unlink()
    with pytest.raises(InputProblems) as caught:
        read_counts(parameters_of(spoilable))
    told = str(caught.value)
    assert "training.csv, row 2, column 'ethnic_group': found 'wite'" in told
    assert "Did you mean 'white'?" in told
    assert "training.csv, row 3, column 'accessed': found '1.5'" in told
    assert "Rename 'ethnic_grp' to 'ethnic_group'." in told
    assert "headcount.csv: found no such file" in told


def test_a_repeated_row_is_not_added_twice(spoilable):
    path = spoilable / "data" / "necs" / "2019-20" / "training.csv"
    path.write_text("ethnic_group,accessed\nwhite,218\nbme,9\nbme,9\n")
    with pytest.raises(InputProblems, match="row 4: found a repeated row"):
        read_counts(parameters_of(spoilable))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("training", "ethnic_group,accessed\nwhite,218\n", "found no row for bme"),
        ("headcount", "ethnic_group,headcount\nbme,65\nunknown,157\n", "found no row for white"),
        ("recruitment", "stage,ethnic_group,people\napplied,white,9\napplied,bme,2\nshortlisted,white,3\n", "where stage is shortlisted"),
    ],
)
def test_half_a_comparison_is_not_taken_for_a_zero(spoilable, name, content, said):
    (spoilable / "data" / "necs" / "2019-20" / f"{name}.csv").write_text(content)
    with pytest.raises(InputProblems, match=said):
        read_counts(parameters_of(spoilable))


def test_an_unknown_grade_stops_the_run(spoilable):
    path = spoilable / "data" / "necs" / "2019-20" / "workforce.csv"
    path.write_text(path.read_text().replace("Band 5", "Band 55"))
    with pytest.raises(InputProblems, match=r"grade.*found 'Band 55'"):
        read_counts(parameters_of(spoilable))


def test_a_year_without_data_says_which_years_there_are(spoilable):
    parameters = load_parameters(spoilable / "params" / "necs-2019-20.yaml", year="2021-22", without=("report",))
    with pytest.raises(InputProblems, match=r"data/necs/2021-22: found only 2018-19, 2019-20"):
        read_counts(parameters)


def test_an_edited_file_is_read_again(spoilable):
    parameters = parameters_of(spoilable)
    before = read_counts(parameters)
    path = spoilable / "data" / "necs" / "2019-20" / "training.csv"
    path.write_text("ethnic_group,accessed\nwhite,218\nbme,10\n")
    after = read_counts(parameters)
    assert count_of(before, year="2019-20", item="accessed_training", ethnic_group="bme") == 9
    assert count_of(after, year="2019-20", item="accessed_training", ethnic_group="bme") == 10


def test_an_edited_reference_table_is_read_by_at_once(spoilable):
    """Band 2 of the shipped counts, 12 white and 1 BME, is told as it is spelled; a spelling that is taken away is known no more."""
    read_counts(parameters_of(spoilable))
    spellings = spoilable / "data" / "reference" / "grade_spellings.csv"
    workforce = spoilable / "data" / "necs" / "2019-20" / "workforce.csv"
    workforce.write_text(workforce.read_text().replace(",Band 2,", ",House band,"))
    spellings.write_text(spellings.read_text() + "House band,Band 2\n")
    assert count_of(read_counts(parameters_of(spoilable)), year="2019-20", item="workforce", category="Band 2", ethnic_group="white") == 12
    spellings.write_text(spellings.read_text().replace("House band,Band 2\n", ""))
    with pytest.raises(InputProblems, match="House band"):
        read_counts(parameters_of(spoilable))


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"a,b\n1,2,3\n4,5,6,7\n", b'"unclosed'])
def test_a_broken_file_is_a_sentence_not_a_traceback(spoilable, content):
    (spoilable / "data" / "necs" / "2019-20" / "training.csv").write_bytes(content)
    with pytest.raises(InputProblems, match=r"training\.csv"):
        read_counts(parameters_of(spoilable))


def test_a_subset_grade_is_not_added_to_the_total(spoilable):
    path = spoilable / "data" / "necs" / "2019-20" / "workforce.csv"
    path.write_text(path.read_text() + "not_separated,Consultant,white,4\nnot_separated,Senior medical manager,white,2\n")
    counts = read_counts(parameters_of(spoilable))
    # by hand: 1,093 white in the printed bands and 4 consultants; 2 of the consultants are senior medical managers
    assert count_of(counts, year="2019-20", item="workforce", breakdown="overall", ethnic_group="white") == 1097


def test_text_people_write(necs):
    texts = read_narrative(necs)
    assert {"foreword", "about", "02_recruitment.done", "02_recruitment.planned"} <= set(texts)
    plan = read_action_plan(necs)
    assert len(plan) >= 25
    assert plan["owner_role"].ne("").all()


def test_what_is_found_in_many_rows_is_told_once_with_its_rows():
    """Witness: a blank table of 93 rows; before, its last 73 rows were told as a row of their own."""
    alike = [Problem("w.csv", "a number", "Enter it.", row=row, column="headcount", found="an empty cell") for row in range(2, 95)]
    assert told_together(shortened(alike)) == ["w.csv, rows 2 to 94, column 'headcount': found an empty cell; expected a number. Enter it."]
    different = [Problem("w.csv", "a number", "Enter it.", row=row, column="headcount", found=str(row)) for row in range(2, 95)]
    assert told_together(shortened(different))[-1].startswith("w.csv, row 22, column 'headcount': found 73 more of the kind")

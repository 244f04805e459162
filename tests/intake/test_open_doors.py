"""Shapes and slips that once entered silently, or not at all. Witness: 240 of 900 white and 60 of 200 BME affected, worked by hand."""

import os
import time
from pathlib import Path

import pytest
from support.doors import parameters_of, refused, told

from wres_helpers.intake import input_notices, read_action_plan, read_counts, read_own_tables, read_register
from wres_helpers.intake.texts.narrative_texts import text_problems
from wres_helpers.problems import InputProblems, ParameterProblems
from wres_helpers.settings.master_file_reader import load_parameters
from wres_helpers.standard.reference_tables import read_reference

AFFECTED = {("Never", "white"): 660, ("Never", "bme"): 140, ("At least once", "white"): 240, ("At least once", "bme"): 60}
PLAN = "action_id,indicator,area,action,owner_role,due,progress\n"


def write(project, table, content):
    (project / "data" / "necs" / "2019-20" / f"{table}.csv").write_text(content, encoding="utf-8")


def survey_of(project):
    counts = read_counts(parameters_of(project)).query("item == 'survey' and year == '2019-20' and breakdown == '13a'")
    return {(row.category, row.ethnic_group): row.number for row in counts.rename(columns={"count": "number"}).itertuples()}


@pytest.mark.parametrize(
    "content",
    [
        "response,ethnic_group,13a\nNever,white,660\nNever,bme,140\nAt least once,white,240\nAt least once,bme,60\n",
        "Response,Ethnic group,Q13a,\nNever,White,660,\nNever,BME,140,\nAt least once,White,240,\nAt least once,BME,60,\n",
        "question,response,white_percent,bme_percent,white_base,bme_base\n13a,At least once,26.67,30.00,900,200\n",
        "Question,Response,White %,White base,BME %,BME base\n13a,At least once,26.67%,900,30.00%,200\n",
        "question,response,white_respondents,bme_respondents\n13a,Never,660,140\n13a,At least once,240,60\n",
    ],
)
def test_questions_and_groups_side_by_side_give_the_counts_of_the_plain_table(spoilable, content):
    write(spoilable, "staff_survey", content)
    assert survey_of(spoilable) == AFFECTED
    assert "across" in told(spoilable)


def test_one_base_for_two_groups_has_no_certain_reading(spoilable):
    write(spoilable, "staff_survey", "question,response,white_percent,bme_percent,base\n13a,At least once,26.67,30.00,1100\n")
    assert "name the columns 'white_base' and 'bme_base'" in refused(spoilable)


def test_a_question_across_of_another_edition_stops_with_its_cure(spoilable):
    write(spoilable, "staff_survey", "response,ethnic_group,14a\nNever,white,660\nNever,bme,140\n")
    assert "'14a' is the number of editions" in refused(spoilable)


def test_a_category_that_lacks_an_answer_is_not_read_as_nobody(spoilable):
    head = "question,response,ethnic_category,respondents\n"
    rows = "13a,Never,White - British,600\n13a,Never,White - Irish,60\n13a,At least once,White - British,240\n"
    bme = "13a,Never,Asian or Asian British - Indian,140\n13a,At least once,Asian or Asian British - Indian,60\n"
    write(spoilable, "staff_survey", head + rows + bme)
    assert "no row for 'White - Irish' with 'At least once'" in refused(spoilable)
    write(spoilable, "staff_survey", head + rows + "13a,At least once,White - Irish,0\n" + bme)
    assert survey_of(spoilable) == AFFECTED


def test_a_question_that_is_left_out_is_told(spoilable):
    write(spoilable, "staff_survey", "question,response,white,bme\n13a,Never,660,140\n13a,At least once,240,60\n")
    assert "found no rows for question 15a; expected answers for indicator 8" in told(spoilable)


def test_a_grade_counted_apart_and_together_is_not_added(spoilable):
    write(
        spoilable,
        "workforce",
        "staff_group,grade,ethnic_group,headcount\nclinical,Band 5,white,90\nclinical,Band 5,bme,9\nnot_separated,Band 5,white,190\n"
        "not_separated,Band 5,bme,19\n",
    )
    said = refused(spoilable)
    assert "row 4, column 'staff_group': found 'Band 5' not separated beside the same grade clinical or non-clinical" in said


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("total,white,9\ntotal,bme,0\nvoting,white,10\nvoting,bme,0\n", "found 10 'voting'; expected parts of the 9 of 'total' in group white"),
        ("total,white,9\ntotal,bme,1\nexecutive,white,4\nexecutive,bme,1\nnon_executive,white,4\nnon_executive,bme,0\n",
         "found 4 'executive' and 4 'non_executive'"),
    ],
)  # fmt: skip
def test_no_part_of_the_board_is_larger_than_the_board(spoilable, rows, said):
    write(spoilable, "board", "membership,ethnic_group,members\n" + rows)
    assert said in refused(spoilable)


def test_a_wrong_total_of_the_board_is_told_once_and_its_parts_are_not_called_parts_of_nobody(spoilable):
    """One total typed 13 gave five messages, four of them of 'the 0 of total'. Witness: 9 and 2 are 11, and 8 and 1, 1 and 1 their parts."""
    write(spoilable, "board", "membership,white,bme,total\ntotal,9,2,13\nvoting,8,1,9\nnon_voting,1,1,2\n")
    said = refused(spoilable)
    assert "found '13'; expected a total of 11" in said and "parts of" not in said


def test_an_action_stands_once_and_actions_without_a_number_may_be_many(spoilable):
    write(spoilable, "action_plan", PLAN + ",2,Jobs,Train,HR,March,\n,2,Jobs,Ask,HR,March,\n")
    assert len(read_action_plan(parameters_of(spoilable))) == 2
    write(spoilable, "action_plan", PLAN + "A1,2,Jobs,Train,HR,March,\nA1,2,Jobs,Ask,HR,March,\n")
    with pytest.raises(InputProblems, match="row 3: found a repeated row; expected each combination of action_id once"):
        read_action_plan(parameters_of(spoilable))


@pytest.mark.parametrize("sign", ["\a", "\f", "\v", "\x1b", "\x85", "\u2028"])
def test_a_control_sign_in_a_text_is_refused_by_file_and_line(sign):
    problems = text_problems(f"One.\n\nTwo{sign} three.\n", "foreword.md", final=False)
    assert [(problem.row, problem.found) for problem in problems] == [(3, f"the control sign U+{ord(sign):04X}")]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("code: necs", 'code: "NE CS"', "expected short code in lower case; names the data and output folders"),
        ("code: necs", 'code: "a\\tb"', "found 'a?b'"),
    ],
)
def test_a_text_of_the_wrong_form_is_told_in_words(spoilable, old, new, said):
    path = spoilable / "params" / "necs-2019-20.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputProblems) as caught:
        load_parameters(path)
    assert said in str(caught.value)
    assert "pattern" not in str(caught.value)


TRAINING = (
    "directorate,site,ethnic_group,accessed\nSurgery,North,white,40\nSurgery,North,bme,9\nMedicine,South,white,30\nMedicine,South,bme,8\n"
)


@pytest.mark.parametrize("nothing", ["-", "NULL", "n/a", "?", "*", "<5", "[c]"])
def test_a_sign_that_says_nothing_is_no_category(spoilable, nothing):
    """Witness: one cell of a breakdown, as systems write what they do not know."""
    write(spoilable, "training", TRAINING.replace("Surgery,North,bme", f"{nothing},North,bme"))
    assert f"row 3, column 'directorate': found '{nothing}'; expected a category in every row of a breakdown" in refused(spoilable)


def test_two_swapped_cells_of_breakdowns_are_asked_about(spoilable):
    """Witness: a row whose directorate and site stand in each other's columns."""
    write(spoilable, "training", TRAINING + "South,Medicine,unknown,2\n")
    assert "row 6, column 'directorate': found 'South', a category of 'site'" in told(spoilable)


def test_letters_of_two_alphabets_in_one_word_are_told(spoilable):
    """Witness: a Cyrillic letter that looks like the Latin one, typed by hand."""
    write(spoilable, "training", TRAINING.replace("Surgery,North,bme", "Surg\u0435ry,North,bme"))
    assert "letters of two alphabets or encodings in one word" in told(spoilable)


def test_one_directorate_called_as_the_organisation_is_no_total_of_those_not_recorded(spoilable):
    """Witness: a prepared list whose one directorate is the trust, and people of a log whom the list lacks."""
    rows = "directorate,ethnic_group,accessed\nTrust,white,40\nTrust,bme,9\nNot recorded,white,1\nNot recorded,bme,0\n"
    write(spoilable, "training", rows)
    counts = read_counts(parameters_of(spoilable)).query("item == 'accessed_training' and breakdown == 'overall' and year == '2019-20'")
    assert dict(zip(counts["ethnic_group"], counts["count"], strict=True)) == {"white": 41, "bme": 9}
    write(spoilable, "training", rows.replace("Not recorded", "Surgery"))
    assert "'Trust'" in refused(spoilable)


def test_a_dash_of_a_word_processor_in_a_day_due_is_a_dash(spoilable):
    """Witness: the month written with either dash."""
    write(spoilable, "action_plan", PLAN + "A1,2,Jobs,Do it,HR lead,2019\u201312,\nA2,2,Jobs,Do that,HR lead,2019-12,\n")
    assert read_action_plan(parameters_of(spoilable))["overdue"].tolist() == [True, True]


def test_a_category_that_stands_once_and_is_nearly_another_is_asked_about(spoilable):
    """Witness: one letter of a name mistyped in one row."""
    write(spoilable, "training", TRAINING.replace("Medicine,South,bme", "Medicinne,South,bme"))
    assert "row 5, column 'directorate': found 'Medicinne', nearly 'Medicine'" not in told(spoilable), "both stand once: nobody can tell"
    write(spoilable, "training", TRAINING + "Medicinne,South,unknown,1\n")
    assert "row 6, column 'directorate': found 'Medicinne', nearly 'Medicine'" in told(spoilable)


def test_a_category_longer_than_any_name_stops(spoilable):
    """Witness: a text of 300 characters, as of a note that slipped into the column."""
    write(spoilable, "training", TRAINING.replace("Surgery,North,bme", "x" * 300 + ",North,bme"))
    assert "at most 100 characters" in refused(spoilable)


def test_a_line_break_in_a_category_and_a_short_word_mistyped_are_told(spoilable):
    """Witness: a cell with a second line, and one letter of a short name left out."""
    write(spoilable, "training", TRAINING.replace("Surgery,North,bme", '"Surgery\nmore",North,bme'))
    assert "odd spaces or line breaks" in told(spoilable)
    write(spoilable, "training", TRAINING + "Surgery,Nrth,unknown,1\n")
    assert "found 'Nrth', nearly 'North'" in told(spoilable)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Train panels", "n/a", "row 2, column 'action': found 'n/a'; expected what will be done"),
        ("Train panels", "NULL", "row 2, column 'action': found 'NULL'"),
        ("Train panels", "Train panel\u00c3\u00a9s", "row 2, column 'action': found 'Train panel"),
        ("Train panels", "Err:502", "row 2, column 'action': found 'Err:502'; expected"),
        ("HR", "?", "row 2, column 'owner_role': found '?'"),
    ],
)
def test_a_text_that_says_nothing_or_is_broken_is_no_text_of_a_plan(spoilable, old, new, said):
    """Witness: what pandas, databases, spreadsheets and people write where there is nothing, and UTF-8 read as Windows-1252."""
    write(spoilable, "action_plan", (PLAN + "A1,2,Fair,Train panels,HR,2027-03,Begun\n").replace(old, new))
    with pytest.raises(InputProblems) as caught:
        read_action_plan(parameters_of(spoilable))
    assert said in str(caught.value)


def test_what_says_nothing_in_a_column_that_may_be_empty_is_nothing(spoilable):
    write(spoilable, "action_plan", PLAN + "A1,2,n/a,Train panels,HR,-,nan\n")
    (action,) = read_action_plan(parameters_of(spoilable)).to_dict("records")
    assert (action["area"], action["due"], action["progress"]) == ("", "", "")


def test_a_table_of_the_organisations_own_that_nobody_reads_is_told_and_one_that_is_gone_stops(spoilable):
    """Witness: targets saved as a workbook, and a link whose file was moved: both were read as no targets."""
    folder = spoilable / "data" / "necs"
    (folder / "targets.xlsx").write_bytes(b"PK")
    (folder / "notes of a meeting.docx").write_bytes(b"PK")
    said = told(spoilable)
    assert "data/necs/targets.xlsx: found a file that nobody reads; expected files that are read. Save it as 'targets.csv'" in said
    assert "notes of a meeting" not in said
    (folder / "breaks.csv").symlink_to(folder / "moved.csv")
    assert "data/necs/breaks.csv: found a link that leads nowhere" in refused(spoilable)


def test_what_holds_nothing_stops_also_where_the_counts_were_read_before(spoilable):
    """In an open notebook the counts read before were given again, and no word of it. Witness: the same folder before, meanwhile and after."""
    before, year = read_counts(parameters_of(spoilable)), spoilable / "data/necs/2019-20"
    makes = {"a link that leads nowhere": lambda lost: lost.symlink_to(year / "moved.csv"), "a folder": Path.mkdir}
    if hasattr(os, "mkfifo"):
        makes["a pipe or a device"] = os.mkfifo
    for found, make in makes.items():
        lost = (year.parent / "breaks.csv") if found.startswith("a link") else (year / "population.csv")
        make(lost)
        assert f"{lost.name}: found {found}" in refused(spoilable)
        lost.rmdir() if lost.is_dir() else lost.unlink()
    assert read_counts(parameters_of(spoilable)).equals(before)


def test_a_table_of_headings_only_is_told_as_not_supplied(spoilable):
    """Witness: the shipped table of recruitment without its rows: indicator 2 was gone without a word."""
    write(spoilable, "recruitment", "stage,ethnic_group,people\n")
    assert "recruitment.csv, row 1: found headings only; expected rows below the headings. Read as not supplied" in told(spoilable)


@pytest.mark.parametrize(
    "content", ["ethnic_ca", "ethnic_category", "ethnic_category\n", "ethnic_category,acc", "ethnic_group,ethnic_category,acc"]
)
def test_a_table_cut_off_within_its_headings_stops(spoilable, content):
    """A column without a cell ended in a traceback. Witness: the columns that it should have."""
    write(spoilable, "training", content)
    assert "training.csv, row 1" in refused(spoilable)


@pytest.mark.parametrize(
    ("table", "content", "found"),
    [
        ("training", "ethnic_group,accessed\nwhite,72\nbme,24\nunknown,4\n", "100 in all"),
        ("training", "ethnic_category,accessed\nWhite - British,64\nWhite - Irish,8\nIndian,20\nAfrican,4\nNot stated,4\n", "100 in all"),
        (
            "recruitment",
            "stage,ethnic_group,people\napplied,white,100\napplied,bme,100\nshortlisted,white,33\nshortlisted,bme,24\n"
            "appointed,white,9\nappointed,bme,5\n",
            "100 of each group",
        ),
        (
            "staff_survey",
            "question,response,ethnic_group,respondents\n13a,Never,white,76\n13a,At least once,white,24\n13a,Never,bme,71\n13a,At least once,bme,29\n"
            "14,Yes,white,61\n14,No,white,13\n14,Don't know,white,27\n14,Yes,bme,44\n14,No,bme,28\n14,Don't know,bme,28\n",
            "100 in all",
        ),
    ],
)
def test_shares_in_a_hundred_in_place_of_counts_are_asked_about(spoilable, table, content, found):
    """They were counted as people without a word. Witness: what the shares of a column add up to; one person more is a count like any other."""
    write(spoilable, table, content)
    said = f"found {found}; expected counts of people. If they are shares in a hundred"
    assert said in told(spoilable)
    write(
        spoilable,
        table,
        content.replace(",24\n", ",25\n").replace(",20\n", ",21\n").replace(",76\n", ",79\n").replace("applied,bme,100", "applied,bme,101"),
    )
    assert "shares in a hundred" not in told(spoilable)


def test_a_plan_of_headings_only_is_told(spoilable):
    """Witness: the columns of a plan without an action: the section of actions was empty without a word."""
    write(spoilable, "action_plan", PLAN)
    assert "action_plan.csv, row 1: found headings only; expected rows below the headings. Read as not supplied" in told(spoilable)


def test_a_table_of_the_standard_in_other_bytes_is_read_or_refused_before_anything_else_is_asked_of_it(spoilable):
    """Witness: the standard's own table as UTF-16, which is certain, and as bytes that are no text: both ended in a traceback."""
    path = spoilable / "data" / "reference" / "standards" / "wres" / "standard.csv"
    text = path.read_text(encoding="utf-8")
    path.write_bytes(text.encode("utf-16"))
    assert parameters_of(spoilable).report.title
    path.write_bytes(text.encode("utf-32"))
    with pytest.raises(InputProblems, match=r"standard\.csv.*expected a CSV file in UTF-8"):
        parameters_of(spoilable)


def test_a_sign_that_says_nothing_where_a_cell_may_be_empty_is_told_and_a_dash_is_not(spoilable):
    """Witness: a question mark for a day due, which was read as no day without a word; a dash is how people leave a cell empty."""
    write(spoilable, "action_plan", PLAN + "A1,2,-,Train panels,HR,?,Begun\n")
    said = told(spoilable)
    assert "column 'due': found '?' (read as nothing)" in said
    assert "column 'area'" not in said


@pytest.mark.parametrize("further", [13, 690])  # more than 702 in all stop where the table is read
def test_more_columns_than_anybody_counts_by_stop_at_once_with_one_message(spoilable, further):
    """Witness: columns of one word each beside the shipped board: 3,000 of them took half a minute, each compared with every other."""
    names = [f"cut_{number}" for number in range(further)]
    head, rows = ",".join(names), ",".join("North" for _ in names)
    board = f"membership,ethnic_group,{head},members\n" + "".join(f"total,{group},{rows},9\n" for group in ("white", "bme"))
    write(spoilable, "board", board)
    begun = time.process_time()
    said = refused(spoilable)
    assert time.process_time() - begun < 10
    assert (
        f"board.csv, row 1: found {further:,} further columns, from 'cut_0' to 'cut_{further - 1}'; expected the columns membership" in said
    )
    assert "at most 12 breakdowns. Keep the columns by which people are counted" in said
    assert said.count("board.csv") == 1


def test_as_many_breakdowns_as_a_table_may_have_are_read(spoilable):
    """Witness: the limit itself."""
    names = ",".join(f"cut_{number}" for number in range(12))
    rows = ",".join("North" for _ in range(12))
    write(spoilable, "training", f"{names},ethnic_group,accessed\n{rows},white,40\n{rows},bme,9\n")
    assert set(read_counts(parameters_of(spoilable)).query("breakdown == 'cut_11'")["category"]) == {"North"}


def test_a_cell_of_a_reference_table_that_says_nothing_is_told(spoilable):
    """Witness: a question mark for the grade that the shipped table counts consultants' directors in: read as none without a word."""
    path = spoilable / "data" / "reference" / "grades.csv"
    assert "grades.csv" not in told(spoilable)
    path.write_text(path.read_text(encoding="utf-8").replace(",Consultant,", ",?,", 1), encoding="utf-8")
    assert "data/reference/grades.csv, column 'part_of': found '?' (read as nothing)" in told(spoilable)


@pytest.mark.parametrize(
    ("odd", "said"),
    [
        ("<b>Medicine</b>", "'<b>Medicine</b>', beside 'Medicine'"),
        ("Medicine*", "'Medicine*', beside 'Medicine'"),
        ("8.00E+00", "'8.00E+00', a number; expected a category"),
        ("MEDICINE", "'MEDICINE'; expected one spelling a category. Counted together as 'Medicine'"),
        ("Medicine  ", ""),
    ],
)
def test_a_category_that_differs_by_how_it_is_typed_is_told(spoilable, odd, said):
    """Witness: one of two rows of Medicine, by eye the same place; spaces at its end are nothing."""
    write(spoilable, "training", TRAINING.replace("Medicine,South,bme", f"{odd},South,bme"))
    lines = [line for line in told(spoilable).splitlines() if ("training.csv" in line and "edicine" in line.casefold()) or "8.00" in line]
    assert any(said in line for line in lines) if said else not lines


def test_a_category_that_nobody_of_the_staff_has_is_asked_about(spoilable):
    """Witness: people trained in a directorate where nobody works; what the staff have besides is asked of nobody."""
    write(spoilable, "headcount", TRAINING.replace("accessed", "headcount"))
    write(spoilable, "training", TRAINING.replace("Medicine,South,bme", "Dentistry,South,bme").replace("8\n", "8\nMedicine,South,bme,1\n"))
    said = told(spoilable)
    assert "training.csv, column 'directorate': found 'Dentistry'; expected names that headcount.csv has, as 'Surgery', 'Medicine'" in said
    write(spoilable, "training", TRAINING.replace("Medicine", "Surgery").replace("Surgery,South,bme", "Surgery,North,unknown"))
    assert "names that headcount.csv has" not in told(spoilable)


def test_what_a_register_was_read_without_is_told(spoilable):
    """Witness: a title above the headings, and a register without a row: nothing was compared, and nothing was said."""
    write(spoilable, "published", "Figures of the report,,,,\nid,claim,item,ethnic_group,printed\nP1,count,headcount,white,1093\n")
    assert "published.csv, row 1: found 1 row above the headings" in told(spoilable)
    write(spoilable, "published", "id,claim,item,ethnic_group,printed\n")
    assert "published.csv, row 1: found headings only" in told(spoilable)


def test_a_category_with_one_of_the_two_groups_is_asked_about(spoilable):
    """Witness: one row's directorate mistyped beyond likeness: a part of its own of BME staff alone, beside one without them."""
    assert "none for" not in told(spoilable)
    write(spoilable, "training", TRAINING.replace("Medicine,South,bme", "enicideM,South,bme"))
    said = "training.csv, column 'directorate': found none for 'Medicine' (bme), 'enicideM' (white); expected rows for white and for bme"
    assert said in told(spoilable)


@pytest.mark.parametrize(("table", "keys"), [("training", ("",)), ("recruitment", ("applied,", "shortlisted,", "appointed,"))])
def test_a_category_of_undisclosed_people_alone_is_asked_about(spoilable, table, keys):
    """Witness: a site of which only people without a disclosed ethnicity are counted, in every stage alike: no sum lacks what another has."""
    heading = "site,ethnic_group,accessed" if table == "training" else "stage,site,ethnic_group,people"
    rows = [
        f"{key}{site},{group},{count}" for key in keys for site, group, count in (("A", "white", 60), ("A", "bme", 9), ("B", "unknown", 3))
    ]
    write(spoilable, table, "\n".join([heading, *rows]) + "\n")
    lines = [line for line in told(spoilable).splitlines() if f"{table}.csv" in line and "none for 'B' (" in line]
    assert len(lines) == 1 and "expected rows for white and for bme" in lines[0]


@pytest.mark.parametrize(
    ("mistyped", "said"),
    [
        ("Nroth", ("none for 'North' (shortlisted bme, shortlisted white), 'Nroth' (applied bme, applied white, appointed bme)",)),
        ("Leeds", ("none for 'North' (shortlisted bme, shortlisted white), 'Leeds' (applied bme, applied white, appointed bme)",)),
        ("North", ()),
    ],
)
def test_a_place_without_a_stage_that_others_have_is_refused(spoilable, mistyped, said):
    """Witness: a site of which nobody seemed shortlisted, beside one that shortlisted people who never applied; nothing was told."""
    rows = [
        f"{stage},{mistyped if stage == 'shortlisted' and site == 'North' else site},{group},{count + size}\n"
        for stage, count in (("applied", 300), ("shortlisted", 90), ("appointed", 30))
        for site, size in (("North", 0), ("South", 7))
        for group in ("white", "bme", "unknown")
    ]
    write(spoilable, "recruitment", "stage,site,ethnic_group,people\n" + "".join(rows))
    lines = (refused if said else told)(spoilable).splitlines()
    lines = [line for line in lines if "recruitment.csv" in line and ("nearly" in line or "none for" in line)]
    assert all(any(each in line for line in lines) for each in said) and bool(lines) == bool(said)
    # a row of one stage deleted: its people would stand among those before it, and the headline be another one
    if not said:
        kept = [row for row in rows if not row.startswith("appointed,South")]
        write(spoilable, "recruitment", "stage,site,ethnic_group,people\n" + "".join(kept))
        assert "found none for 'South' (appointed bme, appointed white); expected rows for white and for bme of every stage" in refused(
            spoilable
        )


def test_names_that_are_nearly_one_and_stand_side_by_side_are_two(spoilable):
    """Witness: two sites with rows of their own in every stage, one letter apart: nobody is asked about them."""
    rows = [f"{site},{group},{count}\n" for site, count in (("Theatres A", 40), ("Theatres B", 50)) for group in ("white", "bme")]
    write(spoilable, "training", "site,ethnic_group,accessed\n" + "".join(rows))
    assert "nearly" not in told(spoilable)


@pytest.mark.parametrize("year", ["2072", "1920"])
def test_a_day_due_whose_year_is_mistyped_is_asked_about(spoilable, year):
    """Witness: 2027 and 2020 with two digits exchanged or one wrong."""
    for due in ("30 September 2027", f"30 September {year}"):
        write(spoilable, "action_plan", PLAN + f"A1,2,Jobs,Train panels,HR,{due},Begun\n")
        assert (f"action_plan.csv, row 2, column 'due': found '{due}'; expected a day" in told(spoilable)) == due.endswith(year)


@pytest.mark.parametrize(
    ("table", "heading", "row"),
    [
        ("../breaks", "year,indicator,kind,reason,source", "2072-73,4,wording,Another question,Note"),
        ("../peers", "peers,indicator,measure,year,ethnic_group,value,source", "Councils,2,,2072-73,,1.2,Note"),
        ("population", "area,ethnic_group,people,source,population_year", "Town,white,90,Census,2072"),
        ("population", "area,ethnic_group,people,source,population_year", "Town,white,90,Census,1920"),
    ],
)
def test_a_year_mistyped_in_what_an_organisation_says_of_itself_stops(spoilable, table, heading, row):
    """Witness: 2027 and 2020 mistyped: such a figure met none of the report's own, without a word."""
    write(spoilable, table, f"{heading}\n{row}\n")
    with pytest.raises(InputProblems) as caught:
        read_own_tables(parameters_of(spoilable))
    assert f"{table.removeprefix('../')}.csv, row 2, column '" in str(caught.value) and "year'" in str(caught.value)


def test_a_year_mistyped_beside_a_printed_figure_stops(spoilable):
    """Witness: 2027-28 mistyped: the figure was held to nothing."""
    write(spoilable, "published", "id,claim,item,ethnic_group,printed,year\nP1,count,headcount,white,1093,2072-73\n")
    with pytest.raises(InputProblems, match="row 2, column 'year': found '2072-73'; expected a reporting year"):
        read_register(parameters_of(spoilable))


@pytest.mark.parametrize("key", ["report.date", "report.sign_off.date"])
@pytest.mark.parametrize(("day", "wrong"), [("2072-03-31", True), ("1920-03-31", True), ("2031-03-31", False)])
def test_a_day_of_the_master_file_whose_year_is_mistyped_stops(spoilable, key, day, wrong):
    """Witness: a report signed in 2031 is late; in 2072 or 1920 it is mistyped."""
    path = spoilable / "params" / "necs-2019-20.yaml"
    if not wrong:
        load_parameters(path, change={key: day})
        return
    said = rf"key '{key}': found '{day}'; expected a day that exists, such as 2020-09-30, of a year from 2000 to 2049\."
    with pytest.raises(ParameterProblems, match=said):
        load_parameters(path, change={key: day})


ROW = {
    "area": "Fair jobs",
    "action": "Train every panel and publish who was appointed and why.",
    "owner_role": "Director of people",
    "progress": "Started in May",
}


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("area", "action", "column 'area': found what reads as 'action'"),
        ("owner_role", "action", "column 'owner_role': found what reads as 'action'"),
        ("area", "owner_role", "column 'area': found what reads as 'owner_role'"),
        ("area", "progress", "column 'area': found what reads as 'progress'"),
        ("area", "area", ""),
    ],
)
def test_two_cells_exchanged_in_one_row_of_a_plan_are_asked_about(spoilable, one, other, said):
    """Witness: one row of two, by eye; a page printed the action as a heading and the heading as the action."""
    row = ROW | {one: ROW[other], other: ROW[one]}
    good = "A1,3,Fair process,Put every case before two people who ask whether it was tried.,EDI lead,September 2020,Done\n"
    write(spoilable, "action_plan", PLAN + good + f"A2,2,{row['area']},{row['action']},{row['owner_role']},2020-12,{row['progress']}\n")
    lines = [line for line in told(spoilable).splitlines() if "what reads as" in line]
    assert any(f"row 3, {said}" in line for line in lines) and len(lines) < 3 if said else not lines


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("P1,count,headcount,white,1093,2x", "row 2, column 'indicator': found '2x'; expected indicators of the standard: 1, 2, 3"),
        ("P1,count,n/a,white,1093,2", "row 2, column 'item': found an empty cell; expected an item"),
    ],
)
def test_a_printed_figure_of_no_indicator_or_nothing_stops(spoilable, row, said):
    """Witness: an indicator that no standard has was held to nothing; 'n/a' was an item of its own."""
    write(spoilable, "published", f"id,claim,item,ethnic_group,printed,indicator\n{row}\n")
    with pytest.raises(InputProblems) as caught:
        read_register(parameters_of(spoilable))
    assert said in str(caught.value)


def test_a_measure_that_the_standard_has_not_stops(spoilable):
    """Witness: a row of the pack's own results whose measure lost a letter; its figures were items of their own, held to nothing."""
    heading = "measure,year,breakdown,category,comparison,direction,white_count,bme_count,value\n"
    for measure in ("entering_disciplinary", "entering_disciplinry"):
        write(spoilable, "published", f"{heading}{measure},2019-20,overall,all,ratio,bme/white,15,2,\n")
        if measure == "entering_disciplinary":
            assert set(read_register(parameters_of(spoilable))["item"]) == {"entered_disciplinary"}
    with pytest.raises(InputProblems, match=r"'measure': found 'entering_disciplinry'; expected .* Did you mean 'entering_disciplinary'"):
        read_register(parameters_of(spoilable))


@pytest.mark.parametrize(
    ("table", "old", "new", "said"),
    [
        ("standards/wres/standard", "metric,", "metrik,", "column 'key': found 'metrik'"),
        (
            "standards/wres/standard",
            "\nmetric,",
            "\nmotto,we care,Note,seen\nmetric,",
            "column 'key': found 'motto'; expected one of name, short_name",
        ),
        ("grades", "agenda_for_change", "agenda_for_chang", "column 'kind': found 'agenda_for_chang'"),
        ("grades", "agenda_for_change", "<b>agenda_for_change</b>", "column 'kind': found '<b>agenda_for_change</b>'"),
        ("standards/wres/peers", "ambulance trust,", "<b>ambulance trust</b>,", "column 'kind': found '<b>ambulance trust</b>'"),
        ("standards/wres/words", ",Answered,", ",=Answered,", "found '=Answered'"),
        ("standards/wres/items", "disciplinary,entered", "disciplinary,Grand total", "column 'count': found 'Grand total'"),
        ("standards/wres/items", "training,accessed", "trainin,accessed", "column 'table': found 'trainin'; expected one of "),
        ("standards/wres/benchmark_words", "4,relative_likelihood", "4,", "column 'measure': found an empty cell"),
        ("standards/wres/benchmarks", ",S,", ",as above,", "column 'confidence_mark': found 'as above'"),
        ("standards/wres/question_labels", "15b,", "see note 3,", "column 'label': found 'see note 3'"),
        ("standards/wres/indicators", ",14a,", ",as above,", "column 'survey_question': found 'as above'"),
    ],
)
def test_a_word_that_no_column_of_the_standard_has_stops(spoilable, table, old, new, said):
    """Witness: words typed into the shipped tables, each of which was read: a key that nobody asks, a kind, a measure or a question of nothing."""
    path = spoilable / "data" / "reference" / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputProblems) as caught:
        read_reference(path.parent, path.stem)
    assert said in str(caught.value) and f"{path.name}, row" in str(caught.value)


@pytest.mark.parametrize(
    "content",
    [
        "question,response,ethnic_group,percent,base\n13a,At least once,white,900,26.67\n13a,At least once,bme,200,30.00\n",
        "question,response,white_percent,white_base,bme_percent,bme_base\n13a,At least once,900,26.67%,200,30.00%\n",
    ],
)
def test_percentages_and_bases_exchanged_are_told_once(spoilable, content):
    """Witness: 26.67% of 900 and 30% of 200 under each other's headings: one message a cell, and none said what had happened."""
    write(spoilable, "staff_survey", content)
    said = [line for line in refused(spoilable).splitlines() if "staff_survey.csv" in line]
    assert len(said) == 1
    assert "found each under the other's heading; expected percentages under 'percent', and the number each is of under 'base'" in said[0]


def test_ditto_is_no_word_of_a_plan(spoilable):
    """Witness: a page printed 'ditto' as the action."""
    write(spoilable, "action_plan", PLAN + "A1,2,Jobs,Train panels,HR,2020-12,Begun\nA2,3,Jobs,ditto,HR,2020-12,Begun\n")
    with pytest.raises(InputProblems, match="row 3, column 'action': found 'ditto'"):
        read_action_plan(parameters_of(spoilable))


def test_a_question_that_a_group_answered_far_less_often_than_the_others_is_asked_about(spoilable):
    """Witness: 29 typed for 298 beside bases of 298, 295 and 298; and a share of all 92 of a group, where 45 answered the other questions."""
    head, asked = "question,response,white_percent,white_base,bme_percent,bme_base\n", ("13a", "13b", "14", "15a")
    answers = dict(zip(asked, ("At least once", "At least once", "Yes", "Yes"), strict=True))

    def survey(white, bme):
        rows = [f"{each},{answers[each]},0.00%,{one},0.00%,{other}\n" for each, one, other in zip(asked, white, bme, strict=True)]
        write(spoilable, "staff_survey", head + "".join(rows))
        return [line for line in told(spoilable).split("; else leave it.") if "who answered question" in line]

    assert survey((298, 295, 298, 297), (45, 45, 44, 45)) == []
    (line,) = survey((29, 295, 298, 297), (45, 45, 44, 45))
    assert "found 29 who answered question 13a (white); expected about the 297 who answered the others" in line
    (line,) = survey((298, 295, 298, 297), (45, 45, 44, 92))
    assert "found 92 who answered question 15a (bme); expected about the 45 who answered the others" in line


def test_undisclosed_people_far_from_last_years_are_asked_about(spoilable):
    """Witness: the total of a table typed into its row of undisclosed people: 32 where one stood the year before."""
    (spoilable / "data/necs/2018-19/disciplinary.csv").write_text("ethnic_group,entered\nwhite,19\nbme,14\nunknown,1\n")
    write(spoilable, "disciplinary", "ethnic_group,entered\nwhite,21\nbme,9\nunknown,32\n")
    assert "column 'entered': found 32 (unknown); expected about the 1 of 2018-19" in told(spoilable)


def test_people_of_another_standards_tables_are_held_to_the_staff_too(spoilable):
    """Witness: 325 disabled staff of the shipped report on disability; nothing was said, as only three tables of WRES were asked about."""
    (spoilable / "data/harrowmere-wdes/2025-26/capability.csv").write_text("disability,entered\nnon_disabled,14\ndisabled,500\n")
    notices = input_notices(load_parameters(spoilable / "params/harrowmere-wdes-2025-26.yaml"))
    assert [(each.column, each.found) for each in notices if each.expected == "some of the 325 staff"] == [("entered", "500 (disabled)")]


ASKED = {
    "13a": "Percentage of staff experiencing harassment, bullying or abuse from patients, relatives or the public in last 12 months",
    "13b": "Percentage of staff experiencing harassment, bullying or abuse from staff in last 12 months",
    "14": "Percentage believing that the trust provides equal opportunities for career progression or promotion",
    "15a": "In the last 12 months have you personally experienced discrimination at work from manager/team leader or other colleagues",
}


@pytest.mark.parametrize("across", [True, False])
def test_a_question_in_words_is_told_with_the_one_that_its_words_ask(spoilable, across):
    """Two texts were refused in the same words, cut at sixty signs. Witness: the four texts as the national survey prints them."""
    rows = [f'"{text}",At least once,White,24' for text in ASKED.values()]
    heads = ",".join(f'"{text}"' for text in ASKED.values())
    long, wide = (
        "\n".join(["question,response,ethnic_group,respondents", *rows]),
        f"response,ethnic_group,{heads}\nAt least once,White,24,12,20,3",
    )
    write(spoilable, "staff_survey", wide if across else long)
    said = refused(spoilable)
    for (label, _), indicator in zip(ASKED.items(), (5, 6, 7, 8), strict=True):
        assert f"By its words it is {label} (indicator {indicator}): if so, write '{label}' in its place" in said


@pytest.mark.parametrize(
    ("headings", "cure"),
    [
        (
            "% of respondents,Number of responses",
            "Rename '% of respondents' to 'percent' and 'number of responses' to 'base', if it is that.",
        ),
        ("Result (%),n answering", "Rename 'result (%)' to 'percent' and 'n answering' to 'base', if it is that."),
        ("Score,Respondents", "Rename 'score' to 'percent', if it is that."),
        (
            "Share saying so,Team",
            "Rename 'share saying so' to 'percent', if it is that. A percentage needs its base, the number it is of.",
        ),
    ],
)
def test_columns_of_numbers_of_the_survey_under_other_headings_are_named_with_what_they_seem_to_be(spoilable, headings, cure):
    """ "Fill in 'respondents'" was said, or "Remove the column". Witness: headings of published tables, none of them the pack's."""
    rows = "13a,At least once,white,24.57,3211\n13a,At least once,bme,30.0,140\n"
    rows = rows.replace("3211", "Surgery").replace("140", "Surgery") if "Team" in headings else rows
    write(spoilable, "staff_survey", f"question,response,ethnic_group,{headings}\n{rows}")
    assert cure in refused(spoilable)


def test_a_percentage_cut_short_fits_no_count_where_its_column_has_decimals_with_which_it_does_not(spoilable):
    """ "Fits 8 counts" was said of it. Witness: 25 of 702 beside 24.6: as 25.0 it is between 175 (24.93%) and 176 (25.07%)."""
    rows = "13a,At least once,white,25,702\n13a,At least once,bme,24.6,134\n13b,At least once,white,7,700\n13b,At least once,bme,22.4,134\n"
    write(spoilable, "staff_survey", f"question,response,ethnic_group,percent,base\n{rows}")
    assert "found 25.0% of 702, which fits no whole count" in refused(spoilable)


@pytest.mark.parametrize("heading", ["Row Labels", ""])
def test_a_pivot_tables_own_heading_is_read_wherever_it_stands(spoilable, heading):
    """Witness: the column 'staff_group' written before it, as the message had asked for; the heading understood before was none any more."""
    write(spoilable, "workforce", f"staff_group,{heading},White,BME\nclinical,Band 5,12,3\nnon_clinical,Band 6,10,2\n")
    assert "expected the heading 'grade'. Read so, by the words below it." in told(spoilable)


@pytest.mark.parametrize(
    "content", ["Question,Response,White %,White n,BME %,BME n\n13a,At least once,,,,\n", "question,response,White,BME\n13a,Never,,\n"]
)
def test_a_blank_table_set_out_otherwise_is_called_blank(spoilable, content):
    """ "No such column" was said of 'respondents'. Witness: the blank table that new-year makes of one with groups across."""
    write(spoilable, "staff_survey", content)
    assert "staff_survey.csv: found a blank table; expected the numbers of the year. Fill it in" in refused(spoilable)


def test_a_table_that_another_master_file_of_the_organisation_names_is_no_misnamed_one(spoilable):
    """ "Name it 'breaks.csv' if it is that" was said of it. Witness: grades.csv of the year that maps extracts, seen from the year that does not."""
    own, other = spoilable / "data" / "necs" / "grades.csv", spoilable / "params" / "necs-2020-21.yaml"
    own.write_text("spelling,grade\nBand Five,Band 5\n", encoding="utf-8")
    assert "grades.csv: found a file that nobody reads" in told(spoilable)
    other.write_text("extracts: {grades: grades.csv}\n", encoding="utf-8")
    assert "grades.csv" not in told(spoilable)

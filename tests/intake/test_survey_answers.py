"""Survey counts are held to the edition. Witness: 240 of 900 white and 60 of 200 BME affected, worked by hand."""

import io

import openpyxl
import pytest

from wres_helpers.intake import read_counts
from wres_helpers.intake.asked_about import input_notices
from wres_helpers.intake.counts.counts_tables import _CLOSED
from wres_helpers.intake.counts.survey_percentages import fitting_counts
from wres_helpers.intake.counts.survey_questions import SurveyQuestions, read_question
from wres_helpers.problems import InputProblems
from wres_helpers.settings.master_file_reader import load_parameters

PLAIN = {"Never": (660, 140), "1-2 times": (240, 60)}
CAREERS = {"Yes": (500, 90), "No": (150, 60), "Don't know": (250, 50)}
HEAD = "question,response,ethnic_group,respondents\n"


def rows(question, answers):
    return "".join(
        f"{question},{answer},{group},{number}\n"
        for answer, pair in answers.items()
        for group, number in zip(("white", "bme"), pair, strict=True)
    )


@pytest.fixture
def survey(tmp_path):
    (tmp_path / "params").mkdir()
    (tmp_path / "data" / "trust" / "2024-25").mkdir(parents=True)
    return tmp_path


@pytest.fixture
def read(survey, project):
    (survey / "data" / "reference").symlink_to(project / "data" / "reference", target_is_directory=True)
    (survey / "data" / "trust" / "2024-25" / "headcount.csv").write_text("ethnic_group,headcount\nwhite,4000\nbme,900\nunknown,100\n")

    def reads(content, year="2024-25", more=""):
        folder = survey / "data" / "trust" / year
        if not folder.is_dir():
            (survey / "data" / "trust" / "2024-25").rename(folder)
        (folder / "staff_survey.csv").write_bytes(content if isinstance(content, bytes) else content.encode())
        master = survey / "params" / "trust.yaml"
        master.write_text(f'organisation: {{code: trust, name: Trust, short_name: Trust}}\nyear: "{year}"\nprevious_year: null\n{more}')
        parameters = load_parameters(master)
        counts = read_counts(parameters).query("item == 'survey'")
        table = {
            (row.breakdown, row.category, row.ethnic_group): row.number for row in counts.rename(columns={"count": "number"}).itertuples()
        }
        return table, "\n".join(notice.sentence() for notice in input_notices(parameters))

    return reads


def refused(read, content, **options):
    with pytest.raises(InputProblems) as caught:
        read(content, **options)
    return str(caught.value)


WANTED = {("14a", "Never", "white"): 660, ("14a", "Never", "bme"): 140, ("14a", "1-2 times", "white"): 240, ("14a", "1-2 times", "bme"): 60}


@pytest.mark.parametrize(
    "changed",
    [
        {"never": (660, 140), "1-2 times": (240, 60)},
        {"Never": (660, 140), "01-Feb": (240, 60)},
        {"Never": (660, 140), "2025-02-01": (240, 60)},
        {"Never": (660, 140), "01/02/2026": (240, 60)},
        {"Never": (660, 140), "1 – 2 times": (240, 60)},
        {**PLAIN, "Total": (900, 200)},
        {**PLAIN, "Not answered": (31, 7)},
        {**PLAIN, "Not answered": (31, 7), "All": (900, 200)},
    ],
)
def test_other_spellings_totals_and_silence_leave_the_counts_as_they_are(read, changed):
    table, told = read(HEAD + rows("14a", changed))
    assert table == WANTED
    assert told


@pytest.mark.parametrize("question", ["Q14a", "14A", "question 14a", "Q 14 a", "Indicator 5", "WRES indicator 5", "metric 5"])
def test_a_question_is_known_however_it_is_numbered(read, question):
    assert read(HEAD + rows(question, PLAIN))[0] == WANTED


@pytest.mark.parametrize("printed", ["q14b/c", "Q14b & c", "14b/14c"])
def test_a_printed_label_of_two_questions_is_the_two_joined(printed):
    """Witness: edition 2026, in which indicator 6 joins the two."""
    assert read_question(printed, SurveyQuestions(2026, {"14b+14c": None}, {}, {})).value == "14b+14c"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (rows("14a", {"nevr": (660, 140), "1-2 times": (240, 60)}), "Write the answer in the survey's words"),
        (rows("14a", {"1-2 times": (240, 60)}), "without those never affected"),
        (rows("14a", {"Never": (660, 140)}), "rows for those affected"),
        (rows("14a", PLAIN) + "14a,3-5 times,white,5\n", "no row for bme with '3-5 times'"),
        (rows("14a", {**PLAIN, "Total": (901, 200)}), "a total of 900"),
        (rows("14a", {**PLAIN, "At least once": (240, 60)}), "each person in one answer"),
        (rows("13a", PLAIN), "'13a' is the number of editions 2019 to 2021; edition 2025 has 14a"),
        (rows("14b", PLAIN), "ask for the two joined"),
        (rows("99", PLAIN), "Name the question in the master file"),
        (rows("15", {"Yes": (500, 90), "No": (150, 60)}), "indicator_7_base: exclude_dont_know"),
        (rows("15", {"Yes": (500, 90)}), "rows for 'No' to question 15"),
        (rows("15", {**CAREERS, "Never": (1, 1)}), "an answer to question 15"),
        ("14a,Never,white,660\n14a,1-2 times,white,240\n", "no row for bme"),
    ],
)
def test_an_answer_without_certain_reading_stops_with_its_cure(read, content, said):
    assert said in refused(read, HEAD + content)


def test_a_question_that_some_were_asked_needs_those_who_were_not(read):
    asked = {"Yes": (40, 30), "No": (60, 20)}
    with pytest.raises(InputProblems, match="rows for 'Not asked' to question 16c"):
        read(HEAD + rows("16b", {"Yes": (80, 40), "No": (820, 160)}) + rows("16c", asked))
    content = HEAD + rows("16b", {"Yes": (80, 40), "No": (820, 160), "Not asked": (0, 0)})
    with pytest.raises(InputProblems, match="an answer to question 16b"):
        read(content)


@pytest.mark.parametrize("apostrophe", ["'", "’", "‘", "\u00b4", "\u02bc", "\u2032", "\uff07"])
def test_dont_know_is_known_by_any_apostrophe(read, apostrophe):
    table, _ = read(HEAD + rows("15", {"Yes": (500, 90), "No": (150, 60), f"Don{apostrophe}t know": (250, 50)}))
    assert table["15", "Don't know", "white"] == 250


def test_dont_know_saved_by_excel_as_plain_csv_is_known(read):
    table, told = read((HEAD + rows("15", {"Yes": (500, 90), "No": (150, 60), "Don’t know": (250, 50)})).encode("windows-1252"))
    assert table["15", "Don't know", "bme"] == 50
    assert "Windows-1252" in told


@pytest.mark.parametrize(
    ("question", "more"), [("16b", ""), ("15", "survey: {indicator_7_base: exclude_dont_know}\n")]
)  # fmt: skip
def test_where_the_base_is_yes_and_no_nobody_else_enters_it_unseen(read, question, more):
    """Witness: of 80 who said yes and 820 'no or do not know' the base was once 80, and a page said 100%."""
    told = refused(read, HEAD + rows(question, {"Yes": (80, 40), "No or don't know": (820, 160)}), more=more)
    assert f"rows for 'No' to question {question}" in told
    _, told = read(HEAD + rows(question, {"Yes": (80, 40), "No": (770, 150), "Don't know": (50, 10)}), more=more)
    # the survey offers it to the question of indicator 7, whatever the edition makes of it
    assert ("'Don't know'; expected 'Yes' or 'No' to question 16b. Left out of the base" in told) == (question == "16b")


def test_a_survey_without_dont_know_says_so_in_the_master_file(read):
    table, _ = read(HEAD + rows("15", {"Yes": (500, 90), "No": (150, 60)}), more="survey: {indicator_7_base: exclude_dont_know}\n")
    assert len(table) == 4


def test_percentage_and_base_become_both_sides(read):
    # 789 of 3,211 is 24.572%, so 2,422 are on the other side
    table, told = read(
        "question,response,ethnic_group,percent,base\n14a,experienced it,white,24.57,3211\n14a,experienced it,bme,30.0%,200\n"
    )
    assert table["14a", "At least once", "white"] == 789
    assert table["14a", "Never", "white"] == 2422
    assert table["14a", "Never", "bme"] == 140
    assert told.count("of each base are counted") == 1 and "The others of each base are counted as 'Never': 2,422, 140." in told


@pytest.mark.parametrize(
    "content",
    [
        "measure,response,ethnic_group,14a\nPercentage,At least once,white,26.7%\nBase,At least once,white,900\n"
        "Percentage,At least once,bme,30%\nBase,At least once,bme,200\n",
        "Question,Answer,Measure,White,BME\n14a,At least once,%,26.7,30\n14a,At least once,n,900,200\n",
        "question,response,ethnic_group,figure,respondents\n14a,At least once,white,percent,26.7\n14a,At least once,bme,percent,30\n"
        "14a,At least once,white,base,900\n14a,At least once,bme,base,200\n",
    ],
)
def test_percentage_and_base_in_rows_of_their_own_are_read(read, content):
    """They were refused with a list of columns. Witness: 240 of 900 and 60 of 200, with questions across, with groups across, and with neither."""
    table, said = read(content)
    assert (table["14a", "Never", "white"], table["14a", "Never", "bme"]) == (660, 140)
    assert "percentage and base in rows of their own" in said


def test_a_question_that_is_a_number_stands_across_as_the_others_do(read):
    """'15' was refused as a heading that is no word. Witness: two questions across, and a number that is none of the edition's."""
    content = "response,ethnic_group,14a,15\nNever,white,660,\n1-2 times,white,240,\nNever,bme,140,\n1-2 times,bme,60,\n"
    content += "Yes,white,,500\nNo,white,,150\nDon't know,white,,250\nYes,bme,,90\nNo,bme,,60\nDon't know,bme,,50\n"
    assert read(content)[0] == read(HEAD + rows("14a", PLAIN) + rows("15", CAREERS))[0]
    assert "found '12'; expected a heading in words" in refused(read, content.replace("14a,15", "14a,12"))


def test_a_percentage_without_its_base_in_another_row_stops(read):
    """Witness: the base of the second group left out of such a table."""
    said = refused(
        read, "question,answer,measure,White,BME\n14a,At least once,percent,26.7,30\n15,Yes,percent,40,30\n14a,At least once,base,900,200\n"
    )
    assert "column 'measure': found one without the other, or twice; expected a percentage and a base of each" in said


@pytest.mark.parametrize(
    ("said", "meant"),
    [("Voting board members", "voting"), ("Board members with voting rights", "voting"), ("Non-executive members of the board", "non_executive"),
     ("Executive board", "executive"), ("Voting executive", None), ("Chief executive", None), ("Chair of the board", None), ("Board", None)],
)  # fmt: skip
def test_a_part_of_the_board_is_known_by_its_words(said, meant):
    """Refused with the list, though a word says which. Witness: names as boards have them; two parts at once, posts and the board alone stay refused."""
    assert _CLOSED["membership"].read(said).value == meant


def test_the_labels_of_2021_are_known_without_their_headings(read, survey):
    """Witness: the government's list of 2021, whose nineteen labels are each there once; refused where they are longer than those of 2001."""
    labels = {"English, Welsh, Scottish, Northern Irish or British": 9, "Any other Black, Black British, or Caribbean background": 5, "Arab": 2,
              "Any other Mixed or multiple ethnic background": 3, "Gypsy or Irish Traveller": 1, "White and Asian": 4}  # fmt: skip
    (survey / "data" / "trust" / "2024-25" / "disciplinary.csv").write_text(
        "ethnic_category,entered\n" + "".join(f'"{label}",{number}\n' for label, number in labels.items())
    )
    read(HEAD + rows("14a", PLAIN))
    counts = read_counts(load_parameters(survey / "params" / "trust.yaml")).query(
        "item == 'entered_disciplinary' and breakdown == 'overall'"
    )
    assert dict(zip(counts["ethnic_group"], counts["count"], strict=True)) == {"white": 10, "bme": 14}


def test_a_survey_that_lacks_a_column_is_told_that_percentages_are_taken_and_under_which_headings(read):
    """Witness: a fresh stranger gave question, ethnic_group, percent and base, and guessed the rest."""
    said = refused(read, "question,ethnic_group,percent,base\n14a,white,24.57,3211\n14a,bme,30.0%,200\n")
    assert "the columns question, response, ethnic_group, and what there is of respondents, percent, base" in said
    assert "with the answer that a row's number or percentage is of, such as 'At least once' or 'Yes'" in said
    said = refused(read, "question,response,ethnic_group\n14a,Never,white\n14a,Never,bme\n")
    assert said.count("found no such column") == 1 and "Fill in 'respondents'; or 'percent' and 'base' in every row." in said


def test_the_rest_of_a_percentage_of_yes_is_no_or_dont_know(read):
    table, _ = read("question,response,ethnic_group,percent,base\n15,Yes,white,55.56%,900\n15,Yes,bme,45.0%,200\n")
    assert table["15", "No or don't know", "bme"] == 110


@pytest.mark.parametrize(
    ("percent", "base", "said"),
    [
        ("24.5", "3211", "which fits 3 counts from 786 to 788"),
        ("50.1", "3", "the nearest are 1 (33.33%) and 2 (66.67%)"),
        ("0.25", "400", "a workbook holds 24.57% as 0.2457"),
        ("0.24571783868", "3211", "a workbook holds 24.57% as 0.2457"),
        ('"24,57"', "3211", "Write a point before the decimals"),
        ("124", "400", "a percentage"),
        ("24.57", "", "row 2, column 'base': found an empty cell"),
    ],
)
def test_a_percentage_that_fits_no_single_count_is_told_with_those_nearest(read, percent, base, said):
    content = f"question,response,ethnic_group,percent,base\n14a,At least once,white,{percent},{base}\n14a,At least once,bme,30.0%,200\n"
    assert said in refused(read, content)


def test_a_percentage_that_a_formula_made_is_as_exact_as_its_six_decimals(read):
    # 789 / 3,211 as a spreadsheet holds it
    table, _ = read("question,response,ethnic_group,percent,base\n15,Yes,white,24.571784490812832,3211\n15,Yes,bme,45.0%,200\n")
    assert table["15", "Yes", "white"] == 789


@pytest.mark.parametrize(("style", "fits"), [("0.00", True), ("General", False)])
def test_a_number_of_a_workbook_is_as_exact_as_its_format_says(read, style, fits):
    """Witness: of 2,391 people 1,107 alone are 46.30 per cent, and three counts are 46.3."""
    book = openpyxl.Workbook()
    for row in (["question", "response", "ethnic_group", "percent", "base"], ["14a", "At least once", "white", 46.3, 2391]):
        book.active.append(row)
    book.active.append(["14a", "At least once", "bme", 30, 200])
    for row in (2, 3):
        book.active.cell(row, 4).number_format = style
    book.save(content := io.BytesIO())
    if fits:
        assert read(content.getvalue())[0]["14a", "At least once", "white"] == 1107
    else:
        assert (
            "46.3% of 2,391, which fits 3 counts" in (said := refused(read, content.getvalue())) and "the number format 0.0 or 0.00" in said
        )


def test_a_round_percentage_that_a_workbook_holds_without_its_zero_is_read_with_it_and_told(read):
    """25.0, 60.0 and 6.0 in cells without a format: every trust with a round percentage was refused. Witness: 105 of 420 are 25.0%; others by hand."""
    book = openpyxl.Workbook()
    cells = [("14a", 25.0, 420), ("14b+14c", 24.3, 412), ("15", 60.0, 415), ("16b", 5.6, 410)]
    book.active.append(["question", "response", "ethnic_group", "percent", "base"])
    for group in ("white", "bme"):
        for question, percent, base in cells:
            book.active.append([question, "Yes" if question in ("15", "16b") else "At least once", group, percent, base])
    book.save(content := io.BytesIO())
    table, told = read(content.getvalue(), more="survey: {indicator_7_base: exclude_dont_know}\n")
    assert (table["14a", "At least once", "white"], table["15", "Yes", "bme"], table["14b+14c", "At least once", "bme"]) == (105, 249, 100)
    for row, text in ((2, "25"), (4, "60"), (6, "25"), (8, "60")):
        assert (
            f"row {row}, column 'percent': found {text}; expected a percentage that fits one count of its base. Read as {text}.0: most"
            in told
        )


def test_whole_percentages_beside_one_with_a_decimal_stay_whole(read):
    """23% of 773 is any of seven people; one row of another source must not make it 178. Witness: by hand."""
    content = "14a,At least once,white,23,773\n14a,At least once,bme,24,412\n14b+14c,At least once,white,24.6,773\n14b+14c,At least once,bme,31,412\n"
    assert "23% of 773, which fits 8 counts" in refused(read, f"question,response,ethnic_group,percent,base\n{content}")


@pytest.mark.parametrize("style", ["0.0%", "#,##0.00%"])
def test_a_cell_that_a_spreadsheet_shows_as_a_percentage_is_read_as_one(read, survey, style):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["question", "response", "ethnic_group", "percent", "base"])
    for group, share, base in (("white", 0.2457, 3211), ("bme", 0.3, 200)):  # the second is 30.0%, and no other count prints so
        sheet.append(["14a", "At least once", group, share, base])
        sheet.cell(sheet.max_row, 4).number_format = style
    content = io.BytesIO()
    book.save(content)
    assert read(content.getvalue())[0]["14a", "At least once", "white"] == 789


# 24.6% of 1,102 is 271, 31.2% of 234 is 73: no other whole numbers print so
ACROSS = "question,response,White %,White respondents,BME %,BME respondents\n14a,At least once,24.6,1102,31.2,234\n"


@pytest.mark.parametrize("more", ["", "14a,Never,75.4,1102,68.8,234\n"])
def test_respondents_beside_a_percentage_are_its_base_where_the_percentage_says_so(read, more):
    table, told = read(ACROSS + more)
    assert {place: table[place] for place in table} == {
        ("14a", "At least once", "white"): 271, ("14a", "At least once", "bme"): 73, ("14a", "Never", "white"): 831, ("14a", "Never", "bme"): 161,
    }  # fmt: skip
    assert "Read as the base" in told


def test_respondents_beside_percentages_stay_who_gave_the_answer_where_the_percentages_say_so(read):
    rows = "14a,Never,75.4,831,68.8,161\n14a,At least once,24.6,271,31.2,73\n"
    assert read("question,response,White %,White respondents,BME %,BME respondents\n" + rows)[0]["14a", "Never", "bme"] == 161


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("percent,respondents\n14a,Never,white,75.4,831\n14a,At least once,white,42.6,271", "column 'respondents': found 271; expected 42.6% of 1,102"),
        ("percent,base,respondents\n14a,Never,white,75.4,1102,831\n14a,At least once,white,42.6,1102,271", "found 271; expected 42.6% of 1,102"),
        ("percent,base,respondents\n14a,Never,white,100,1102,1102\n14a,At least once,white,100,1102,1102", "found 2,204 in all its answers"),
    ],
)  # fmt: skip
def test_a_percentage_is_never_left_unread_beside_respondents(read, content, said):
    head, rows = content.split("\n", 1)
    message = refused(read, f"question,response,ethnic_group,{head}\n{rows}\n" + rows.replace("white", "bme") + "\n")
    assert said in message


@pytest.mark.parametrize("row", ["14a,At least once,bme,*,200", "14a,At least once,bme,24.5,*"])
def test_a_hidden_percentage_or_base_leaves_its_question_unknown_and_no_other(read, row):
    other = "15,Yes,white,55.56%,900\n15,Yes,bme,45.0%,200\n"
    table, told = read(f"question,response,ethnic_group,percent,base\n14a,At least once,white,24.57,3211\n{row}\n{other}")
    assert {question for question, _, _ in table} == {"15"}
    assert "hidden by whoever made the table" in told


def test_answers_that_stand_nowhere_are_named(read):
    # 60 people of a group may have said "3-5 times"; a table without a row of it cannot say
    assert "no rows for '3-5 times', '6-10 times', 'More than 10 times'" in read(HEAD + rows("14a", PLAIN))[1]
    scale = {"Never": (1, 1), "1-2 times": (1, 1), "3-5 times": (1, 1), "6-10 times": (1, 1), "More than 10 times": (0, 0)}
    assert "no rows for '" not in read(HEAD + rows("14a", scale))[1].replace("no rows for question", "")


def test_every_percentage_is_inverted_exactly():
    # witness: all counts of small bases, printed by ordinary rounding
    for base in (7, 37, 200):
        for count in range(base + 1):
            assert count in fitting_counts(f"{100 * count / base:.2f}", base)


def test_key_findings_are_known_where_the_edition_has_them(read):
    table, told = read(HEAD + rows("KF25", PLAIN), year="2017-18")
    assert table["15a", "Never", "white"] == 660
    assert "'KF25' (read as '15a')" in told

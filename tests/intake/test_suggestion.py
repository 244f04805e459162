"""A suggested mapping is right where the file says so, and is never acted on. Witness: the shipped mapping of the same files."""

import re
import shutil

import pytest
import yaml

from wres_helpers.commands.prepare_command import prepare_command
from wres_helpers.intake.extracts.preparing import prepare
from wres_helpers.intake.extracts.suggestion import BEGIN, END, _meant, suggested_mapping, write_suggestion
from wres_helpers.problems import InputProblems, ParameterProblems
from wres_helpers.settings.master_file_reader import load_parameters

pytestmark = pytest.mark.slow


@pytest.fixture
def spoilable(spoilable):
    """The project with the first applications of 12,000: reading all of them is most of the time."""
    path = spoilable / "data" / "synthetic" / "2019-20" / "extracts" / "recruitment.csv"
    path.write_text("".join(path.read_text(encoding="utf-8").splitlines(keepends=True)[:600]), encoding="utf-8")
    return spoilable


def confirmed(text):
    """The suggestion with its marks taken away, as somebody would who agrees with every line."""
    lines = [line[1:] for line in text.splitlines()[1:-1]]
    return yaml.safe_load("\n".join(lines))["extracts"]


def test_the_shipped_extracts_are_known_by_their_headings(project):
    parameters = load_parameters(project / "params" / "synthetic-2019-20.yaml")
    made = confirmed(suggested_mapping(parameters))
    shipped = yaml.safe_load((project / "params" / "synthetic-2019-20.yaml").read_text())["extracts"]
    assert set(made) >= {"staff", "recruitment", "cases", "training", "survey", "board"}
    for name in ("staff", "survey", "board", "cases"):
        assert made[name]["file"] == shipped[name]["file"]
        for field, heading in made[name]["columns"].items():
            assert shipped[name]["columns"].get(field, heading) == heading, (name, field)


@pytest.mark.parametrize("separator", [";", "\t", ","])
def test_a_title_above_the_headings_hides_no_separator(spoilable, separator):
    """Witness: the suggestion for the same file without the title, whose one cell has no separator in it."""
    path = spoilable / "data/synthetic/2019-20/extracts/staff.csv"
    parameters = load_parameters(spoilable / "params/synthetic-2019-20.yaml")
    plain, text = confirmed(suggested_mapping(parameters))["staff"], path.read_text(encoding="utf-8")
    assert '"' not in text and ";" not in text
    path.write_text(f"Mereside Hospitals - Staff list\n\nMade on 1 April\n{text.replace(',', separator)}", encoding="utf-8")
    assert confirmed(suggested_mapping(parameters))["staff"] == plain


def test_nothing_of_a_suggestion_is_read_and_nothing_else_of_the_file_changes(spoilable):
    master = spoilable / "params" / "synthetic-2019-20.yaml"
    before, meant = master.read_text(), load_parameters(master).master
    write_suggestion(load_parameters(master))
    once = master.read_text()
    write_suggestion(load_parameters(master))
    assert master.read_text() == once
    assert once.startswith(before.rstrip("\n")) and once.count(BEGIN) == 1
    assert load_parameters(master).master == meant


@pytest.mark.parametrize("marks", ["# ", "## ", "# # "])
def test_a_mapping_confirmed_between_the_marking_lines_is_never_lost(spoilable, marks):
    """Witness: the lines themselves, with their marks taken away where they stand; the two marking lines stay, with fewer marks or all."""
    master = spoilable / "params" / "synthetic-2019-20.yaml"
    text, _, _ = master.read_text().partition("\nextracts:")
    master.write_text(text + "\n")
    write_suggestion(load_parameters(master, without=("extracts",)))
    lines = master.read_text().splitlines()
    first, last = lines.index(BEGIN), lines.index(END)
    own = [line[1:] for line in lines[first + 1 : last]]
    marked = [line.replace("## ", marks) for line in (lines[first], lines[last])]
    master.write_text("\n".join([*lines[:first], marked[0], *own, marked[1], *lines[last + 1 :]]) + "\n")
    write_suggestion(load_parameters(master, without=("extracts",)))
    kept = [line for line in own if line.strip() and not line.startswith("#")]
    assert [line for line in master.read_text().splitlines() if line in kept] == kept
    assert master.read_text().count(BEGIN) == 1


def test_a_suggestion_whose_rules_nobody_read_counts_nothing(spoilable):
    """A rule that counted every kind would count bank staff and grievances without a word."""
    master = spoilable / "params" / "synthetic-2019-20.yaml"
    text, _, _ = master.read_text().partition("\nextracts:")
    master.write_text(text + "\n")
    made = suggested_mapping(load_parameters(master))
    master.write_text(text + "\n" + "\n".join(line[1:] for line in made.splitlines()) + "\n")
    with pytest.raises(ParameterProblems, match=r"rules\..*count"):
        load_parameters(master)


def test_what_a_rule_counts_already_is_counted_by_the_next_suggestion_too(project):
    """A second draft emptied every rule again. Witness: the master file of the shipped extracts counts formal disciplinary cases alone."""
    made = confirmed(suggested_mapping(load_parameters(project / "params" / "synthetic-2019-20.yaml")))
    kind = made["cases"]["rules"]["kind"]
    assert kind["count"] == ["Disciplinary - formal investigation"] and any("Grievance" in value for value in kind["leave_out"])


def test_a_number_of_applications_is_a_count_and_stages_with_a_comma_are_no_names(blind):
    """An export by group had its counts taken for numbers of applications, and none of its stages was listed. Witness: a stranger's export."""
    rows = [f"Band {band},White British,{stage},{15 + band}" for band in (2, 3, 5) for stage in ('"Applied, not shortlisted"', "Appointed")]
    folder = blind.parents[1] / "data" / "synthetic" / "2019-20" / "extracts"
    (folder / "two.csv").write_text("\n".join(["Band,Ethnic Origin,Furthest Stage,Number of applications", *rows]) + "\n")
    made = confirmed(suggested_mapping(load_parameters(blind)))["recruitment"]
    assert made["columns"] == {"count": "Number of applications", "ethnicity": "Ethnic Origin", "stage": "Furthest Stage"}
    assert made["stages"] == {"Applied, not shortlisted": "applied", "Appointed": "appointed"}


def test_a_file_that_is_not_known_is_named(spoilable):
    """It stood in the comments alone. Witness: a file of two columns that nothing tells, and a workbook that is none."""
    folder, unread = spoilable / "data" / "synthetic" / "2019-20" / "extracts", []
    (folder / "LMS report.csv").write_text("Learner,Finished\nA,B\n")
    (folder / "people.xlsx").write_bytes(b"PK\x03\x04 and nothing else")
    text = suggested_mapping(load_parameters(spoilable / "params" / "synthetic-2019-20.yaml"), unread)
    assert "not known, and not read: LMS report.csv, people.xlsx" in text
    assert [(problem.file.rpartition("/")[2], problem.found) for problem in unread] == [
        ("people.xlsx", "a damaged workbook, or none at all"),
        ("LMS report.csv", "none"),
    ]


def test_no_name_or_number_of_a_person_is_written(project):
    text = suggested_mapping(load_parameters(project / "params" / "synthetic-2019-20.yaml"))
    assert not re.search(r"S00\d{5}|Invented\d", text)


def test_grades_that_no_table_knows_are_listed_ready_to_fill_in(spoilable):
    staff = spoilable / "data" / "synthetic" / "2019-20" / "extracts" / "staff.csv"
    staff.write_text(staff.read_text().replace("Band 5", "XX99|Local 5"))
    text = suggested_mapping(load_parameters(spoilable / "params" / "synthetic-2019-20.yaml"))
    assert "XX99|Local 5," in text


def test_what_was_not_guessed_is_said_and_what_is_certain_is_filled_in(spoilable):
    """Witness: the shipped files with headings nobody has met; edition 2020 puts two years of cases together."""
    folder = spoilable / "data" / "synthetic" / "2019-20" / "extracts"
    recruitment = folder / "recruitment.csv"
    recruitment.write_text(recruitment.read_text().replace("Application Ref", "Vorgang").replace("Interviewed", "Met"))
    text = suggested_mapping(load_parameters(spoilable / "params" / "synthetic-2019-20.yaml"))
    made = confirmed(text)
    assert "application: Vorgang   # guessed from its values" in text and made["recruitment"]["stages"]["Met"] == "?"
    assert "not mapped, and not read: Post Band" in text and "not mapped, and not read: Surname, Forename" in text
    assert made["cases"]["window_years"] == 2 and made["training"]["columns"]["outcome"] == "Booking Status"
    assert made["ethnicity_codes"] == "esr" and made["recruitment"]["ethnicity_codes"] == "ethnic_category_text"
    assert "ethnicity_codes" not in made["staff"]
    assert made["staff"]["clinical"]["non_clinical"] == ["Administrative and Clerical"]


def test_a_folder_without_extracts_says_so(spoilable):
    shutil.rmtree(spoilable / "data" / "synthetic" / "2019-20" / "extracts")
    with pytest.raises(InputProblems, match="no files"):
        suggested_mapping(load_parameters(spoilable / "params" / "synthetic-2019-20.yaml"))


_UNUSUAL = {
    "SIP Mar20.csv": "Staff No.,Full Name,Ethnic Background,AfC Band / Pay,Contract Type\n1,Ada Osei,A,Band 5,Permanent\n2,Ben Hill,B,Band 6,Bank\n",
    "ER log.csv": "Ref,Staff No.,Manager,Date of formal hearing,Outcome,Nature of case\n"
    "E1,1,Jane Smith,03/05/2019,Dismissal,Disciplinary\nE2,2,Jo Smith,03/06/2019,Warning,Grievance\nE3,2,Jane Smith,03/06/2019,Warning,Grievance\n"
    "E4,2,Jo Smith,03/06/2019,Warning,Grievance\n",
    "Trac.csv": "Candidate Ref,Heritage,Where they ended,Applied on\nC1,Indian,Not shortlisted,01/05/2019\nC2,Indian,Offer accepted,01/05/2019\n",
    "Learning.csv": "Staff No.,Course,When,Mandatory?,Attendance\n1,First aid,01/05/2019,Y,Attended\n",
}


@pytest.fixture
def unusual(spoilable):
    folder = spoilable / "data" / "synthetic" / "2019-20" / "extracts"
    for path in folder.iterdir():
        path.unlink()
    for name, text in _UNUSUAL.items():
        (folder / name).write_text(text, encoding="utf-8")
    master = spoilable / "params" / "synthetic-2019-20.yaml"
    master.write_text(master.read_text().partition("\nextracts:")[0] + "\n")
    return master


def test_files_with_unusual_headings_are_told_by_their_words_and_every_guess_says_so(unusual):
    """Witness: the headings by eye; a case log is not taken for training because it has an outcome."""
    text = suggested_mapping(load_parameters(unusual))
    made = confirmed(text)
    assert {name: part["file"] for name, part in made.items() if isinstance(part, dict)} == {
        "staff": "SIP Mar20.csv", "cases": "ER log.csv", "recruitment": "Trac.csv", "training": "Learning.csv",
    }  # fmt: skip
    assert made["cases"]["columns"] == {"person": "Staff No.", "entry_date": "Date of formal hearing", "kind": "Nature of case"}
    assert "entry_date: Date of formal hearing   # guessed from its words" in text
    # what is needed is asked, what is usually needed has a mark that says who counts without it
    assert made["recruitment"]["columns"]["stage"] == "Where they ended" and "stage: Where they ended   # guessed from its values" in text
    assert '#leave_date: "?"   # usually needed: without it whoever left' in text
    # the values of other columns help to choose; a column of persons is none of them
    assert "Outcome (Dismissal, Warning)" in text and "Smith" not in text and "Osei" not in text


def test_a_mapping_half_done_is_taken_up_and_its_stages_are_listed(unusual, capsys):
    unusual.write_text(
        unusual.read_text() + "extracts:\n  recruitment: {file: Trac.csv, columns: {stage: Where they ended, ethnicity: '?'}}\n"
    )
    assert prepare_command(unusual, replace=False, suggest=True) == 0
    said, file = capsys.readouterr(), load_parameters(unusual, without=("extracts",)).file
    assert said.out == f"{file}\n" and f"A mapping stands at the end of {file}, as comments" in said.err  # whichever is read first
    text = unusual.read_text()
    made = confirmed(text[text.index(BEGIN) :])["recruitment"]
    assert made["columns"] == {"stage": "Where they ended", "application": "Candidate Ref", "ethnicity": "Heritage", "date": "Applied on"}
    assert made["stages"] == {"Not shortlisted": "applied", "Offer accepted": "appointed"}
    # the message of the half-mapped file names both ways of telling the stage, and the command that lists the values
    with pytest.raises(ParameterProblems, match=r"stages that say .* --suggest lists them"):
        load_parameters(unusual)


@pytest.mark.parametrize(
    ("value", "stage"),
    [
        ("Did not reach shortlist", "applied"), ("Interviewed - unsuccessful", "shortlisted"), ("Offer accepted", "appointed"),
        ("Withdrawn before shortlisting", "applied"), ("Interview - not offered", "shortlisted"), ("Awaiting shortlisting", "'?'"),
        ("Rejected after shortlisting", "shortlisted"), ("Appointment withdrawn", "'?'"), ("Unsuccessful", "'?'"), ("Longlisted", "'?'"),
        ("Not appointed", "'?'"), ("Offer declined", "'?'"), ("Withdrawn", "'?'"), ("Not interviewed", "'?'"),
        ("Applied, not shortlisted", "applied"), ("Shortlisted, not appointed", "shortlisted"),
    ],
)  # fmt: skip
def test_a_stage_is_guessed_only_where_its_words_say_it(value, stage):
    guessed, _, asked = _meant([value], "stages")[0].partition(": ")[2].partition("   # guessed from its words: is ")
    assert guessed == stage and asked == ("it?" if stage != "'?'" else "")


def test_a_stage_that_counts_otherwise_than_its_words_say_is_told(spoilable):
    """Witness: "Rejected at shortlisting" of the shipped mapping, counted as shortlisted."""
    master = spoilable / "params" / "synthetic-2019-20.yaml"
    assert not any("its words say" in note for note in prepare(load_parameters(master)).notes)
    master.write_text(master.read_text().replace("Rejected at shortlisting: applied", "Rejected at shortlisting: shortlisted"))
    (told,) = (note for note in prepare(load_parameters(master)).notes if "its words say" in note)
    assert "'Rejected at shortlisting' counts as shortlisted, and its words say applied" in told


def test_a_column_of_dates_is_a_date_whatever_its_heading_says_and_a_column_of_words_is_none(blind):
    """Witness: the stranger's log, whose column "Completed" holds days and whose "Result" the outcome; a reason for leaving is no leave date."""
    folder = blind.parents[1] / "data" / "synthetic" / "2019-20" / "extracts"
    days = [f"{number},Leadership,{number:02}/05/2019,{'DNA' if number == 2 else 'Attended'}" for number in range(1, 7)]
    (folder / "Training log.csv").write_text("\n".join(["Staff No.,Course,Completed,Result", *days]) + "\n")
    staff = folder / "one.csv"
    staff.write_text(staff.read_text().replace("F,G", "F,Leaving reason").replace("01/02/2020", "Retired").replace("31/03/2020", "Moved"))
    made = confirmed(text := suggested_mapping(load_parameters(blind)))
    assert made["training"]["columns"] == {"person": "Staff No.", "date": "Completed", "outcome": "Result"}
    assert "date: Completed   # guessed from its values: is it?" in text and "leave_date" not in made["staff"]["columns"]


_BLIND = {
    "one.csv": "A,B,C,D,E,F,G\n"
    "1001,White British,Band 5,Permanent,Nursing,01/04/2012,\n1002,Indian,Band 6,Bank,Finance,05/06/2019,01/02/2020\n"
    "1003,White Irish,Band 7,Permanent,Other,07/08/2018,\n1004,Pakistani,Band 5,Fixed term,Nursing,01/04/2012,\n"
    "1005,White British,Band 5,Permanent,Non-clinical support,01/04/2012,\n1006,Indian,Band 3,Permanent,Nursing,01/04/2012,31/03/2020\n",
    "two.csv": "P,Q,R,S\nX91,White,Applied,Y\nX92,BME,Offer accepted,N\nX93,BME,Rejected at shortlisting,N\nX94,White,Applied,N\n",
}  # fmt: skip


@pytest.fixture
def blind(unusual):
    folder = unusual.parents[1] / "data" / "synthetic" / "2019-20" / "extracts"
    for path in folder.iterdir():
        path.unlink()
    for name, text in _BLIND.items():
        (folder / name).write_text(text, encoding="utf-8")
    return unusual


def test_values_say_what_a_column_is_where_its_heading_does_not(blind):
    """Witness: the cells by eye; the headings are letters."""
    text = suggested_mapping(load_parameters(blind))
    made = confirmed(text)
    assert made["staff"]["columns"] == {
        "person": "A", "ethnicity": "B", "grade": "C", "staff_group": "E", "employment_type": "D", "start_date": "F", "leave_date": "G",
    }  # fmt: skip
    assert made["staff"]["clinical"] == {"by": "staff_group", "clinical": ["Nursing"], "non_clinical": ["Finance", "Non-clinical support"]}
    assert "put into one of the two: Other" in text and "grade: C   # guessed from its values: is it?" in text
    assert made["recruitment"]["columns"] == {"application": "P", "ethnicity": "Q", "stage": "R"}
    assert made["recruitment"]["ethnicity_codes"] == "wres_groups" and made["ethnicity_codes"] == "ethnic_category_text"
    assert "not mapped, and not read: S (Y, N)" in text


def test_of_two_columns_with_dates_none_is_chosen_and_both_are_named(blind):
    """Witness: a second date in every row; nothing tells which of them is the start."""
    staff = blind.parents[1] / "data" / "synthetic" / "2019-20" / "extracts" / "one.csv"
    rows = staff.read_text().splitlines()
    staff.write_text("\n".join([rows[0] + ",H", *(row + ",02/03/2015" for row in rows[1:])]) + "\n")
    text = suggested_mapping(load_parameters(blind))
    assert "start_date" not in confirmed(text)["staff"]["columns"] and "not mapped, and not read: F (dates), H (dates)" in text


def test_that_clinical_staff_are_not_told_apart_is_told(blind):
    staff = blind.parents[1] / "data" / "synthetic" / "2019-20" / "extracts" / "one.csv"
    staff.write_text(re.sub("Nursing|Finance|Other|Non-clinical support", "Alpha", staff.read_text()))
    text = suggested_mapping(load_parameters(blind))
    assert "clinical" not in confirmed(text)["staff"] and "without it clinical and non-clinical staff are not told apart" in text


@pytest.mark.parametrize("taken", ["#", "# ?"])
def test_the_suggestion_is_right_however_plainly_its_marks_are_taken_away(unusual, taken):
    """Witness: the same mapping by either way, read by the master file's own reader once the rules are filled in."""
    write_suggestion(load_parameters(unusual))
    text = re.sub(f"^{taken}", "", unusual.read_text().partition(BEGIN)[2], flags=re.MULTILINE)
    text = re.sub(r"count: \[\], leave_out: \[([^\]]*)\]", r"count: [\1]", text)
    unusual.write_text(unusual.read_text().partition(BEGIN)[0] + text.partition("\n")[2])
    read = load_parameters(unusual).extracts
    assert read.cases.columns["entry_date"] == "Date of formal hearing" and read.staff.rules["employment_type"].count == (
        "Permanent",
        "Bank",
    )


_BOARD = [
    "Role,Ethnicity,Vote,Exec or NED",
    *(f"R{number},A,Voting,NED" for number in range(6)),
    "CEO,A,Voting,Exec",
    "MD,H,Non-voting,Exec",
]


def test_a_record_is_never_taken_for_headings(blind):
    """Witness: a board list whose words say more in its records than in its headings, eight members; and a mapping to one of them."""
    (blind.parents[1] / "data/synthetic/2019-20/extracts/board.csv").write_text("\n".join(_BOARD) + "\n")
    made = confirmed(suggested_mapping(load_parameters(blind)))["board"]
    assert made["columns"] == {"ethnicity": "Ethnicity", "voting": "Vote", "executive": "Exec or NED"}
    board = {
        "file": "board.csv",
        "columns": {"ethnicity": "A", "voting": "Voting", "executive": "Exec"},
        "yes": ["Voting"],
        "no": ["Non-voting"],
    }
    blind.write_text(blind.read_text() + yaml.safe_dump({"extracts": {"ethnicity_codes": "esr", "board": board}}))
    with pytest.raises(InputProblems, match="none of the mapped headings in any of the first 50 rows"):
        prepare(load_parameters(blind))


def test_fields_that_only_a_rule_reads_are_guessed_from_their_words(blind):
    """Witness: the headings of three systems by eye."""
    folder = blind.parents[1] / "data/synthetic/2019-20/extracts"
    (folder / "one.csv").write_text((folder / "one.csv").read_text().replace("D,E", "Asg Status,E").replace("Permanent", "Active"))
    (folder / "ER log.csv").write_text("Staff No.,Date opened,Case type,Formal?\n1,03/05/2019,Disciplinary,Y\n2,03/06/2019,Grievance,N\n")
    made = confirmed(suggested_mapping(load_parameters(blind)))
    assert made["staff"]["columns"]["assignment_status"] == "Asg Status" and made["cases"]["columns"]["status"] == "Formal?"


def test_a_status_of_two_values_in_capitals_is_no_list_of_names(blind):
    """Witness: the two states of a staff list, and the column of a case log that says how far a case came, by eye."""
    folder = blind.parents[1] / "data/synthetic/2019-20/extracts"
    rows = (folder / "one.csv").read_text().replace("D,E", "Assignment Status,E")
    assert "Permanent" in rows
    rows = rows.replace("Permanent", "Active Assignment", 1).replace("Permanent", "Inactive Not Worked")
    (folder / "one.csv").write_text(rows)
    (folder / "ER log.csv").write_text(
        "Staff No.,Date opened,Case type,Stage\n1,03/05/2019,Disciplinary,Formal\n2,03/06/2019,Grievance,Informal\n"
    )
    made = confirmed(suggested_mapping(load_parameters(blind)))
    assert {"Active Assignment", "Inactive Not Worked"} <= set(made["staff"]["rules"]["assignment_status"]["leave_out"])
    assert made["cases"]["columns"]["status"] == "Stage" and made["cases"]["rules"]["status"]["leave_out"] == ["Formal", "Informal"]


def test_a_printed_survey_table_is_sent_to_the_door_that_reads_it(blind):
    """Witness: a table with a column or two for each group, whose headings are no ethnicity."""
    folder = blind.parents[1] / "data/synthetic/2019-20/extracts"
    head = "Question,Response,White staff %,White staff n,All other ethnic groups %,All other ethnic groups n\n"
    (folder / "Staff survey.csv").write_text(
        head + "q14a,Never,75.43,1102,68.80,234\nq14b/c,Never,75.43,1102,68.80,234\nq15,Yes,50.00,8,50.00,4\n"
    )
    assert "is no extract: save it as staff_survey.csv" in suggested_mapping(load_parameters(blind))


def test_questions_and_answers_of_a_survey_in_words_of_its_own_are_drafted(blind):
    """Witness: the survey of a fresh stranger, whose four questions he mapped by hand to those of his edition; half a question is asked."""
    folder = blind.parents[1] / "data/synthetic/2019-20/extracts"
    asked = ["Harassment from public", "Harassment from staff", "Fair career progression", "Discrimination from manager/colleague"]
    rows = [
        f"{question},{answer},{group},{number}"
        for question in asked[:2]
        for answer in ("Never experienced", "At least one incident")
        for group, number in (("White", 70), ("BME", 20))
    ]
    rows += [
        f"{question},{answer},{group},{number}"
        for question in asked[2:]
        for answer in ("Yes", "No/Don't know", "Perhaps")
        for group, number in (("White", 60), ("BME", 15))
    ]
    (folder / "survey.csv").write_text("\n".join(["Question,Response,Ethnicity,Number", *rows]) + "\n")
    text = suggested_mapping(load_parameters(blind))
    survey = confirmed(text)["survey"]
    assert survey["questions"] == {question: f"indicator {number}" for number, question in enumerate(asked, start=5)}
    assert survey["responses"] == {
        "Never experienced": "Never", "At least one incident": "At least once", "No/Don't know": "No or don't know", "Perhaps": "?",
    }  # fmt: skip
    assert text.count("is it?") >= 7 and "Perhaps: '?'" in text
    halves, twice = ["Bullying by managers", "Bullying by other colleagues"], ["Bullying by staff", "Abuse by colleagues"]
    assert all(
        line.endswith(": '?'") for some in (halves, twice) for line in _meant(some, "questions")
    )  # of 14b and 14c; two that would be one


def test_cells_that_no_table_knows_are_listed_as_the_rows_of_ones_own_with_a_grade_that_stands_in_them(blind):
    """Witness: spellings of a fresh stranger's staff list, read by eye; Band 5/6 is two grades and a nurse consultant is no doctor."""
    folder = blind.parents[1] / "data/synthetic/2019-20/extracts"
    rows = (
        (folder / "one.csv")
        .read_text()
        .replace("White Irish", "Vulcan")
        .replace("Band 5", "XR05 Band 5")
        .replace("Band 3", "Nurse Consultant")
    )
    (folder / "one.csv").write_text(rows.replace("Band 6", "YC72 Consultant (Post 31 Oct 03)").replace("Band 7", "Band 5/6"))
    text = suggested_mapping(load_parameters(blind))
    listed = ["spelling,grade", "XR05 Band 5,Band 5", "YC72 Consultant (Post 31 Oct 03),Consultant", "Band 5/6,", "Nurse Consultant,"]
    assert "\n".join(f"#  #   {row}" for row in listed) in text and "is guessed from its words: check it" in text
    assert "#  #   code_set,code,label,group\n#  #   ethnic_category_text,Vulcan,Vulcan,\n" in text
    assert "grades" not in confirmed(text) and "ethnic_categories" not in confirmed(text)


def test_a_spelling_that_the_organisations_own_table_knows_is_not_asked_for_again(spoilable):
    """Witness: a stranger's list, whose spellings stood in the grades.csv that his master file named, and were listed as unknown all the same."""
    master, folder = spoilable / "params/synthetic-2019-20.yaml", spoilable / "data/synthetic"
    staff = folder / "2019-20/extracts/staff.csv"
    staff.write_text(staff.read_text().replace("Band 5", "XR05 Five"))
    assert "#   XR05 Five," in suggested_mapping(load_parameters(master))
    (folder / "grades.csv").write_text("spelling,grade\nXR05 Five,Band 5\n")
    master.write_text(master.read_text().replace("extracts:\n", "extracts:\n  grades: grades.csv\n", 1))
    assert "XR05 Five" not in suggested_mapping(load_parameters(master))


def test_columns_to_cut_by_are_proposed_and_none_is_carried_before_somebody_says_so(spoilable):
    """Witness: the further columns of the shipped staff list, by eye; names of people are none of them."""
    text = suggested_mapping(load_parameters(spoilable / "params" / "synthetic-2019-20.yaml"))
    assert "#breakdowns: {directorate: Directorate, gender: Gender, age_band: Age Band, working_pattern: Working Pattern}" in text
    assert "breakdowns" not in confirmed(text)["staff"] and "breakdowns" not in confirmed(text)["training"]


@pytest.mark.parametrize(
    ("own", "kept"),
    [
        ("Invented Commissioning", "Invented Commissioning"),
        ("123 Invented Commissioning Support Unit", "123 Invented Commissioning Support Unit"),
        ("Hill", "?"),
    ],
)
def test_a_file_of_several_organisations_keeps_one_and_days_tell_how_far_an_application_came(blind, own, kept):
    """Witness: a stranger's export, whose stages are days and in which a second trust stands; 'Hill' is no part of this organisation's name."""
    rows = [
        f"T{n},Indian,0{n}/05/2019,{f'1{n}/05/2019' if n > 2 else ''},{'28/05/2019' if n > 5 else ''},{(own, 'Moor')[n % 2]}"
        for n in range(1, 8)
    ]
    text = "\n".join(["Application ID,Ethnic origin,Date applied,Date shortlisted,Date offer accepted,Employer", *rows])
    (blind.parents[1] / "data" / "synthetic" / "2019-20" / "extracts" / "two.csv").write_text(text + "\n", encoding="utf-8")
    made = confirmed(suggested_mapping(load_parameters(blind)))["recruitment"]
    assert made["only_rows"] == {"Employer": [kept]}
    assert (made[True], made[False]) == (["any date"], [""]) and "stages" not in made  # plain YAML reads yes as true, the pack does not
    assert made["columns"] == {
        "application": "Application ID", "ethnicity": "Ethnic origin", "date": "Date applied",
        "shortlisted": "Date shortlisted", "appointed": "Date offer accepted",
    }  # fmt: skip


def test_words_for_yes_and_no_and_a_day_of_withdrawing_are_drafted(blind):
    """Witness: a stranger's board with "Exec" and "NED", and an export in which a day says who withdrew; both took two sentences of the guide."""
    folder = blind.parents[1] / "data" / "synthetic" / "2019-20" / "extracts"
    members = "".join(f"{post},{side},{vote},Indian\n" for post, side, vote in
                      [("Chair", "NED", "Yes"), ("Chief Nurse", "Exec", "Yes"), ("Adviser", "Neither", "No"), ("Chief Executive", "Exec", "Yes")])  # fmt: skip
    (folder / "board.csv").write_text(f"Post,Exec/NED,Voting,Ethnic origin\n{members}", encoding="utf-8")
    rows = "".join(f"T{n},Indian,0{n}/05/2019,{f'1{n}/05/2019' if n > 4 else ''},Applied\n" for n in range(1, 9))
    (folder / "two.csv").write_text(f"Application ID,Ethnic origin,Date applied,Date withdrawn,Stage\n{rows}", encoding="utf-8")
    text = suggested_mapping(load_parameters(blind))
    made = confirmed(text)
    assert (made["board"][True], made["board"][False]) == (["Yes", "Exec"], ["No", "NED"]) and "put into one of the two: Neither" in text
    assert made["recruitment"]["columns"]["status"] == "Date withdrawn"
    assert made["recruitment"]["rules"]["status"] == {"count": [""], "leave_out": ["any date"]}


@pytest.mark.parametrize("heading", ["No. of staff", "Count of employees", "Total of assignments", "Headcount 31 March"])
def test_a_column_that_says_how_many_is_no_number_of_a_person(blind, heading):
    """It was drafted as 'person': a row that repeats a number would be counted once. Witness: a list of groups with a heading nobody has met."""
    rows = "".join(f"{code},Band {band},{number + band}\n" for band in range(2, 9) for code, number in (("A", 31), ("H", 9)))
    folder = blind.parents[1] / "data" / "synthetic" / "2019-20" / "extracts"
    (folder / "two.csv").write_text(f"Ethnic origin,AfC band,{heading}\n{rows}", encoding="utf-8")
    assert confirmed(suggested_mapping(load_parameters(blind)))["staff"]["columns"] == {
        "ethnicity": "Ethnic origin", "grade": "AfC band", "count": heading,
    }  # fmt: skip

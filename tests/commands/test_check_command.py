"""``wres check`` from end to end: what blocks, what an acknowledgement changes, and identifiers that stay.

Witness: the report of 2019/20, whose gravest contradictions are listed in ``tests/checking``; an invented trust of
which nothing is known but four printed figures.
"""

import json
import shutil
from datetime import date

import pytest

from wres_helpers.cli import _code
from wres_helpers.commands.check_command import check_command
from wres_helpers.problems import InputProblems, ParameterProblems
from wres_helpers.publishing.runs import prepared_report
from wres_helpers.publishing.runs.input_notes import _year_to_come
from wres_helpers.publishing.runs.prepared_report import Prepared
from wres_helpers.settings.master_file_reader import load_parameters

BLOCKING = "A contradiction changes a conclusion"
TARGETS = "target,indicator,measure,breakdown,category,start_year,start,goal,goal_year,turnover,owner_role,decided\n"


def checked(capsys, folder, name: str = "necs-2019-20") -> tuple[int, dict[str, dict], str]:
    code = check_command(folder / "params" / f"{name}.yaml", True)
    told = capsys.readouterr()
    return code, {finding["id"]: finding for finding in json.loads(told.out)}, told.err


def grave(findings: dict[str, dict]) -> list[str]:
    return [name for name, each in findings.items() if each["verdict"] == "contradicts" and each["rank"] == "conclusion"]


def acknowledge(folder, names: list[str]) -> None:
    rows = [f'  - {{id: {name}, reason: Printed so in 2020., role: EDI lead, date: "2026-11-23"}}' for name in names]
    master = folder / "params" / "necs-2019-20.yaml"
    master.write_text(master.read_text() + "\nacknowledgements:\n" + "\n".join(rows) + "\n")


def test_what_changes_a_conclusion_blocks_until_somebody_acknowledges_it(capsys, spoilable):
    code, before, errors = checked(capsys, spoilable)
    assert code == 1 and BLOCKING in errors
    names = grave(before)
    assert {"N120.words", "S5.status", "N144.share"} <= set(names)
    acknowledge(spoilable, names)
    code, after, errors = checked(capsys, spoilable)
    assert (code, errors) == (0, "")
    assert list(after) == list(before)
    assert all(after[name]["acknowledged"] and "EDI lead" in after[name]["reason"] for name in names)
    assert check_command(spoilable / "params" / "necs-2019-20.yaml", False) == 0
    told = capsys.readouterr().out
    assert told.count("(acknowledged)") >= len(names)
    # contradictions of numbers are left, and nobody is told that all is in order
    assert "in order" not in told and "contradict the data or each other" in told


@pytest.fixture
def findings_alone(monkeypatch):
    """What is calculated and tried for a board is left out: findings rest on the counts and the register."""
    monkeypatch.setattr("wres_helpers.commands.check_command.check_publication", lambda parameters: None)


@pytest.fixture
def notes_alone(spoilable, findings_alone):
    """Nothing was printed, and a draft has no texts: what is asked about the tables rests on them."""
    master = spoilable / "params" / "necs-2019-20.yaml"
    master.write_text(master.read_text().replace("state: final", "state: draft"))
    folder = spoilable / "data/necs/2019-20"
    (folder / "published.csv").unlink()
    shutil.rmtree(folder / "narrative")


def test_a_note_that_is_settled_is_counted_until_something_in_it_changes(capsys, spoilable, findings_alone):
    """The same seventeen notes stood above every check and run. Witness: two files that nobody reads, settled; a third that comes; all of it in JSON.

    The settled name is then no note's any more, which stood in the master file for ever and was told nowhere.
    """
    master, folder = spoilable / "params" / "necs-2019-20.yaml", spoilable / "data/necs/2019-20"
    for name in ("Costs.csv", "Rooms.csv"):
        (folder / name).write_text("room,pounds\n")
    _, findings, errors = checked(capsys, spoilable)
    [note] = [line for line in errors.splitlines() if line.startswith("Note: ") and "Costs.csv, data" in line]
    name = note[-7:-1]
    assert (
        findings[name]["verdict"] == "note"
        and f"Note: {findings[name]['diagnosis']} [{name}]" == note
        and not findings[name]["acknowledged"]
    )
    text = master.read_text() + f"\nsettled: [{name}]\n"
    master.write_text(text)
    _, findings, errors = checked(capsys, spoilable)
    assert note not in errors and "1 settled note: wres check --all tells it." in errors and findings[name]["acknowledged"] is True
    check_command(master, True, tell_all=True)
    assert note in (told := capsys.readouterr().err) and "settled" not in told and "expected names of notes" not in errors
    (folder / "Seats.csv").write_text("room,seats\n")
    assert "Rooms.csv, data/necs/2019-20/Seats.csv: found a file" in (said := checked(capsys, spoilable)[2]) and "settled note" not in said
    assert f"key 'settled': found {name}; expected names of notes that are told today. Take it out" in said
    (folder / "headcount.csv").write_text("ethnic_group,headcount\nwhite,x\n")  # what stops is told, whatever is settled
    (folder / "Seats.csv").unlink()
    with pytest.raises(InputProblems, match="headcount") as refused:
        check_command(master, True)
    assert note not in refused.value.notes and "1 settled note: wres check --all tells it." in refused.value.notes


def test_an_acknowledgement_of_all_but_one_still_blocks(capsys, spoilable, findings_alone):
    names = grave(checked(capsys, spoilable)[1])
    acknowledge(spoilable, names[1:])
    assert checked(capsys, spoilable)[0] == 1


def test_identifiers_stay_where_unrelated_rows_are_added_before_and_after(capsys, spoilable, findings_alone):
    _, before, _ = checked(capsys, spoilable)
    register = spoilable / "data/necs/2019-20/published.csv"
    header, *rows = register.read_text(encoding="utf-8").splitlines()
    row = "{},An annex,count,7,,2017-18,survey,99,Yes,white,,,,,,"
    register.write_text("\n".join([header, row.format("A000"), *rows, row.format("Z999")]) + "\n", encoding="utf-8")
    _, after, _ = checked(capsys, spoilable)
    assert {name: each for name, each in after.items() if each["where"] != "An annex"} == before


@pytest.mark.parametrize("missing", ["id", "reason", "role", "date"])
def test_an_acknowledgement_says_what_why_who_and_when(spoilable, missing):
    given = {"id": "N022.count", "reason": "A misprint.", "role": "EDI lead", "date": "2026-11-23"}
    lines = [f'    {key}: "{value}"' for key, value in given.items() if key != missing]
    master = spoilable / "params" / "necs-2019-20.yaml"
    master.write_text(master.read_text() + "\nacknowledgements:\n  -\n" + "\n".join(lines) + "\n")
    with pytest.raises(ParameterProblems, match=missing):
        load_parameters(master)


def test_a_register_alone_is_checked(capsys, spoilable):
    # 40 of 200 is 20%, 12 of 100 is 12%: 1.67 times
    (spoilable / "params/eastfold-2021-22.yaml").write_text(
        'organisation: {code: eastfold, name: Eastfold Trust, short_name: Eastfold}\nyear: "2021-22"\n'
    )
    folder = spoilable / "data/eastfold/2021-22"
    folder.mkdir(parents=True)
    (folder / "published.csv").write_text(
        "id,page,claim,printed,item,group,base\n"
        "A,p4,share,20%,appointed,white,shortlisted\nB,p4,share,12%,appointed,Global Majority,shortlisted\n"
        "C,p4,ratio,1.67,appointed,white/bme,shortlisted\nD,p5,ratio,0.60,appointed,white/bme,shortlisted\n"
    )
    code, findings, _ = checked(capsys, spoilable, "eastfold-2021-22")
    assert code == 1 and grave(findings) == ["D.ratio"]
    assert findings["C.ratio"]["verdict"] == "agrees_after_rounding"
    assert "the ratio was inverted" in findings["D.ratio"]["diagnosis"]


def test_more_people_appointed_than_shortlisted_stop_everything(capsys, spoilable):
    # 251 BME people were shortlisted
    table = spoilable / "data/necs/2019-20/recruitment.csv"
    table.write_text(table.read_text().replace("appointed,bme,11", "appointed,bme,4300"))
    for name in ("Board members.csv", "Costs.csv", "Rooms.csv"):
        (spoilable / "data/necs/2019-20" / name).write_text("membership,ethnic_group,members\n")
    with pytest.raises(InputProblems, match="4,300 BME appointed") as told:
        check_command(spoilable / "params" / "necs-2019-20.yaml", True)
    assert all("at most" in problem.expected for problem in told.value.problems)
    # what is only to be known is told in the same pass, after what stops, and once of all that are alike
    assert _code("check", lambda: check_command(spoilable / "params" / "necs-2019-20.yaml", True)) == 1
    lines = capsys.readouterr().err.splitlines()
    first = next(place for place, line in enumerate(lines) if line.startswith("Note: "))
    assert any("4,300 BME appointed" in line for line in lines[:first])
    assert all(line.startswith("Note: ") for line in lines[first:])
    strangers = [line for line in lines if "found a file that nobody reads" in line]
    assert len(strangers) == 2 and "Costs.csv, data/necs/2019-20/Rooms.csv: " in strangers[1]


def test_a_start_in_a_year_whose_bands_history_groups_is_held_to_its_bands(capsys, spoilable, notes_alone):
    """Witness: 2016/17 by hand: 4 BME of 40 in Band 8a; the year before last of a report is history, and history has bands grouped."""
    folder = spoilable / "data/necs"
    early = folder / "2017-18"
    early.mkdir()
    (early / "headcount.csv").write_text("ethnic_group,headcount\nwhite,136\nbme,14\n")
    (early / "workforce.csv").write_text(
        "staff_group,grade,ethnic_group,headcount\nnot_separated,Band 5,white,100\nnot_separated,Band 5,bme,10\n"
        "not_separated,Band 8a,white,36\nnot_separated,Band 8a,bme,4\n"
    )
    row = "Eight,1,share_of_grade,grade,Band 8a,2017-18,{},20%,2029-30,,Chair,Board\n"
    (folder / "targets.csv").write_text(TARGETS + row.format("25%"))
    said = "column 'start': found 25.0% for 'Eight'; expected 10.0%, as the data of 2017-18 have it"
    assert said in checked(capsys, spoilable)[2]
    (folder / "targets.csv").write_text(TARGETS + row.format("10%"))
    assert "column 'start'" not in checked(capsys, spoilable)[2]


def test_a_target_that_the_data_do_not_have_or_have_otherwise_is_told(capsys, spoilable, notes_alone):
    (spoilable / "data/necs/targets.csv").write_text(
        TARGETS + "Band 7,1,share_of_grade,grade,Band7,2018-19,5%,20%,2029-30,,Chair,Board\n"
        "Eight,1,share_of_grade,grade,Band 8a,2019-20,9%,20%,2029-30,,Chair,Board\n"
        "Senior,1,,,,2018-19,4.2%,20%,2029-30,,Chair,Board\nTwo,2,,,,2019-20,2.16,1.25,2029-30,,Chair,Board\nModel Employer,1,model_employer,,,2018-19,,,,,,\n",
        encoding="utf-8",
    )
    told = checked(capsys, spoilable)[2]
    assert "data/necs/targets.csv, column 'category': found 'Band7' of 'grade' for 'Band 7'" in told
    assert "Senior" not in told
    assert "found 2.16 for 'Two'; expected 2.13" in told  # (150 / 1605) / (11 / 251)
    assert "column 'start': found 9.0% for 'Eight'; expected 4.5%, as the data of 2019-20 have it" in told  # 7 of 155
    workforce = spoilable / "data/necs/2019-20/workforce.csv"
    rows = [row for row in workforce.read_text(encoding="utf-8").splitlines() if "Band 9" not in row]
    workforce.write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert "Band 9" not in checked(capsys, spoilable)[2]


def test_texts_of_a_draft_that_are_still_to_be_written_are_listed(capsys, spoilable, findings_alone):
    """Witness: one text as a rolled-forward year begins it; a final report refuses it."""
    master, folder = spoilable / "params" / "harrowmere-2025-26.yaml", spoilable / "data/harrowmere/2025-26/narrative"
    master.write_text(master.read_text().replace("state: final", "state: draft") + "\nhistory: 0\n")  # no text is of earlier years
    (folder / "about.md").write_text("*To be rewritten: this is the text of 2024-25.*\n\nWe are.\n")
    (folder / "foreword.md").write_text("Written. <!-- To be rewritten -->\n")
    told = "1 still to be written: about; expected the texts of a final report."
    assert told in checked(capsys, spoilable, "harrowmere-2025-26")[2]
    # also in the round in which something else is wrong
    (folder / "about.md").write_text("{indicator 77: gap}\n\n*To be rewritten*\n")
    with pytest.raises(InputProblems, match="indicator 77") as refused:
        checked(capsys, spoilable, "harrowmere-2025-26")
    assert any(told in note for note in refused.value.notes)


def test_everything_wrong_in_any_input_is_told_in_one_pass(spoilable):
    """Witness: one fault planted in each kind of input; of a table with a count that cannot be read, the rows are held to the rules all the same."""
    data, master = spoilable / "data/necs/2019-20", spoilable / "params/necs-2019-20.yaml"
    master.write_text(
        master.read_text() + "\ncolour: red\nextracts: {ethnicity_codes: esr, cases: {file: c.csv, columns: {kind: K}, window_years: 1}}\n"
    )

    def spoil(name, old, new, folder=data):
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text, name
        (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    spoil("headcount.csv", "bme,65", "bme,6o5")
    spoil("workforce.csv", "Band 2", "Bnd 2")
    spoil("board.csv", "total,white,", "total,white,q\ntotal,white,")
    spoil("recruitment.csv", "appointed,bme,11", "appointed,bme,4300")
    spoil("action_plan.csv", "A03,2,", "A03,12,")
    spoil("published.csv", "claim", "clam")
    (data / "population.csv").write_text("area,ethnic_group,people,source,population_year\nTyneside,brown,7,Census,2021\n")
    (spoilable / "data/necs/targets.csv").write_text("target,indicator\nMore,99\n")
    spoil("narrative/02_recruitment.done.md", " ", " \x07", data)
    (data / "narrative/09_board.done.md").write_text("An odd sign: \U00013000.", encoding="utf-8")
    spoil("reference/standards/wres/benchmarks.csv", "year", "yaer", spoilable / "data")
    with pytest.raises(ParameterProblems) as told:
        check_command(master, True)
    found = {(problem.file.rpartition("/")[2], problem.column) for problem in told.value.problems}
    assert found >= {
        ("necs-2019-20.yaml", "colour"), ("necs-2019-20.yaml", "extracts.cases"), ("headcount.csv", "headcount"), ("workforce.csv", "grade"),
        ("board.csv", "members"), ("action_plan.csv", "indicator"), ("published.csv", "clam"), ("population.csv", "ethnic_group"),
        ("targets.csv", "indicator"), ("02_recruitment.done.md", None), ("09_board.done.md", None), ("benchmarks.csv", "year"),
        ("recruitment.csv", None),
    }  # fmt: skip
    sentences = str(told.value)
    assert "rules for 'kind'" in sentences and "'person' and 'entry_date'" in sentences  # both things the case log wants
    assert "4,300 BME appointed" in sentences and "a repeated row" in sentences
    assert "no such file" not in sentences


def test_a_goal_farther_from_equality_than_its_start_is_told(capsys, spoilable, notes_alone):
    """Witness: a goal of 1.10 typed 11.0, of which the page said "line 7.30, behind the path"; 0.4 is farther from 1 than 2.13, as 1/0.4 is 2.5."""
    goals = [("2.13", "11.0", "11.00"), ("2.13", "0.4", "0.40"), ("2.13", "1.10", ""), ("0.9", "1.05", ""), ("1.3", "1.4", "1.40")]
    rows = [f"From {start} to {goal},2,,,,2018-19,{start},{goal},2024-25,,Director,Board\n" for start, goal, _ in goals]
    (spoilable / "data/necs/targets.csv").write_text(TARGETS + "".join(rows), encoding="utf-8")
    said = checked(capsys, spoilable)[2]
    for start, goal, told in goals:
        asked = f"column 'goal': found {told} for 'From {start} to {goal}'; expected a goal that is better than its start"
        assert (asked in said) is bool(told), (start, goal)
    assert said.count("expected a goal that is better") == 3


def test_a_goal_in_another_unit_is_asked_about(capsys, spoilable, notes_alone):
    """Witness: a spreadsheet's 0.24 given its sign by hand; without a start the target counted as reached."""
    rows = [f"To {goal},1,senior_share,,,2019-20,,{goal},2024-25,,Director,Board\n" for goal in ("0.20%", "20%")]
    (spoilable / "data/necs/targets.csv").write_text(TARGETS + "".join(rows), encoding="utf-8")
    said = checked(capsys, spoilable)[2]
    assert "column 'goal': found 0.2% for 'To 0.20%'; expected a goal beside the 5.1% of now" in said
    assert said.count("expected a goal beside") == 1


def test_a_share_that_is_that_of_the_other_answer_is_asked_about(capsys, spoilable, notes_alone):
    """A first year has no year before it to be held to. Witness: 26 of 771 white respondents met discrimination; of staff in England in 2019 6.4% did."""
    assert "who answered otherwise" not in checked(capsys, spoilable)[2]
    survey = spoilable / "data/necs/2019-20/staff_survey.csv"
    text = survey.read_text(encoding="utf-8")
    survey.write_text(
        text.replace("15a,Yes,white,26", "15a,Yes,white,745").replace("15a,No,white,745", "15a,No,white,26"), encoding="utf-8"
    )
    told = checked(capsys, spoilable)[2]
    assert "column 'staff_survey': found 96.6% of white respondents for indicator 8" in told
    assert "expected a share of the answer that is asked for (6% nationally). Is it the share of those who answered otherwise?" in told
    text = survey.read_text(encoding="utf-8")  # with the base of a group that is many times as large it is no share of anybody
    survey.write_text(text.replace("13a,Never,white,662", "13a,Never,white,6620"), encoding="utf-8")
    assert "who answered otherwise" not in checked(capsys, spoilable)[2]


@pytest.mark.parametrize(("today", "told"), [("2020-03-30", True), ("2020-03-31", False)])
def test_a_year_whose_snapshot_is_still_to_come_is_told(necs, today, told):
    """Witness: the snapshot of 2019/20 is 31 March 2020."""
    notices = [notice.sentence() for notice in _year_to_come(necs, date.fromisoformat(today))]
    assert bool(notices) is told and all("2019-20, whose snapshot of 31 March 2020 is still to come" in notice for notice in notices)


def test_what_a_clash_with_a_published_version_is_told_with_was_made_once(necs, monkeypatch):
    """Witness: a final report that its own earlier version forbids; everything was read and calculated anew for the same notes."""

    def clash(*_):
        raise InputProblems.of("params/necs-2019-20.yaml", "the counts published before", "Say what was corrected.")

    def again(*_):
        raise AssertionError("made a second time")

    known = Prepared(None, {}, {}, ("Note: one.",))
    monkeypatch.setattr(prepared_report, "versions_with", clash)
    monkeypatch.setattr(prepared_report, "calculated", lambda parameters: known)
    monkeypatch.setattr("wres_helpers.commands.check_command.notes", again)
    with pytest.raises(InputProblems) as caught:
        check_command(necs.path, False)
    assert caught.value.notes == known.notes

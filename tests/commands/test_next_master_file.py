"""A master file rolled forward. Witness: what the file must say is built here, beside the file, from the same drawn values."""

import csv
import json
import shutil

import openpyxl
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.examples import examples

from wres_helpers.commands.new_year import moved_definitions, new_year, new_year_command
from wres_helpers.commands.next_master_file import rolled_forward
from wres_helpers.intake import read_counts
from wres_helpers.intake.year_folder import table_files
from wres_helpers.problems import InputProblems, ParameterProblems
from wres_helpers.settings.master_file_reader import load_parameters

ORGANISATION = {"code": "abc", "name": "An Invented Trust", "short_name": "the trust"}


def _project(folder, text):
    (folder / "params").mkdir(exist_ok=True)
    path = folder / "params" / "abc-2019-20.yaml"
    path.write_bytes(text.encode())
    return load_parameters(path)


def _read(text):
    return yaml.load(text, Loader=yaml.BaseLoader)


@pytest.mark.parametrize("name", ["necs-2019-20", "synthetic-2019-20", "synthetic-messy-2019-20"])
def test_a_shipped_master_file_rolls_forward_and_all_else_stays(project, name):
    parameters = load_parameters(project / "params" / f"{name}.yaml")
    before, after = _read(parameters.path.read_text(encoding="utf-8-sig")), _read(rolled_forward(parameters))
    expected = {key: value for key, value in before.items() if key != "published_statuses"}
    expected["year"] = "2020-21"
    # the day of last year's report, and what it restated, is not this year's
    expected["report"] = {key: value for key, value in before["report"].items() if key not in ("date", "restates", "restated_on")} | {
        "state": "draft"
    }
    assert after == expected


def test_comments_stay_but_those_of_a_key_that_goes(project):
    parameters = load_parameters(project / "params" / "necs-2019-20.yaml")
    comments = [line for line in rolled_forward(parameters).splitlines() if line.startswith("#")]
    assert comments[0] == "# Master parameter file: the WRES report 2020/21 of North of England Commissioning Support (NECS)."
    assert any("local survey in 2019" in line for line in comments)
    assert not any("published by hand" in line for line in comments)


STAFF = {
    "file": "staff.csv",
    "columns": {"person": "Number", "ethnicity": "Origin", "grade": "Grade", "start_date": "Start"},
}
TRAINING = {
    "file": "training.csv",
    "columns": {"person": "Number", "date": "Course Date"},
}


@st.composite
def _masters(draw):
    """A master file's content and what it must say a year on."""
    maybe = lambda strategy: draw(st.none() | strategy)  # noqa: E731
    now, then = {"organisation": dict(ORGANISATION), "year": "2019-20"}, {"organisation": dict(ORGANISATION), "year": "2020-21"}
    report = {
        "title": maybe(
            st.sampled_from(
                [("WRES", "WRES"), ("WRES report 2019/20", "WRES report 2020/21"), ("Year 2019-20: WRES", "Year 2020-21: WRES")]
            )
        ),
        "state": maybe(st.sampled_from([("final", "draft"), ("draft", "draft")])),
        "date": maybe(st.just(("2020-08-14", None))),
        "sign_off": maybe(
            st.just(({"role": "Chair", "date": "2020-08-01", "committees": ["People"], "next_edition": "In 2021"}, {"role": "Chair"}))
        ),
        "restates": maybe(st.just(("the report of August 2020", None))),
        "prepared_by": maybe(st.just(("EDI lead", "EDI lead"))),
        "decisions": maybe(st.just((["Fund the mentors."], None))),
    }
    for side, content in ((0, now), (1, then)):
        kept = {key: pair[side] for key, pair in report.items() if pair and pair[side]}
        if kept:
            content["report"] = kept
    if draw(st.booleans()):
        now["published_statuses"] = {"1": "achieving", "2": "requires_focus"}
    if draw(st.booleans()):
        now["previous_year"] = "2018-19"
    if draw(st.booleans()):
        snapshot = maybe(st.sampled_from([("2020-03-31", "2021-03-31"), ("2020-03-30", "2021-03-30")]))
        for side, content in ((0, now), (1, then)):
            staff = STAFF | ({"snapshot": snapshot[side]} if snapshot else {})
            content["extracts"] = {"ethnicity_codes": "esr", "staff": staff, "training": TRAINING}
    if draw(st.booleans()):
        now["disclosure"] = then["disclosure"] = {"minimum_count": 7}
    order = draw(st.permutations(list(now)))
    return {key: now[key] for key in order}, then


@st.composite
def _texts(draw):
    """The same as text, in one of the ways people write YAML."""
    now, then = draw(_masters())
    way = draw(st.sampled_from(["block", "quoted", "flow", "json", "commented", "windows"]))
    text = yaml.safe_dump(
        now, sort_keys=False, default_flow_style=way == "flow" or None, allow_unicode=True, width=draw(st.sampled_from([40, 200]))
    )
    text = {
        "quoted": yaml.safe_dump(now, sort_keys=False, default_style='"'),
        "json": json.dumps(now, indent=2),
        "block": yaml.safe_dump(now, sort_keys=False, default_flow_style=False),
        "commented": yaml.safe_dump(now, sort_keys=False, default_flow_style=False, width=200),
    }.get(way, text)
    if way == "commented":
        text = "# Master file of the WRES 2019/20\n\n" + "".join(f"{line}  # a remark\n" for line in text.splitlines())
    if way == "windows":
        text = "\ufeff" + text.replace("\n", "\r\n")
    return text, then


@settings(max_examples=examples(200), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(_texts())
def test_however_it_is_written_the_year_rolls_and_all_else_stays(tmp_path, drawn):
    text, then = drawn
    after = _read(rolled_forward(_project(tmp_path, text)))
    assert after == _read(yaml.safe_dump(then))


ROLLING = [
    'organisation: {code: abc, name: A, short_name: A}\nyear: &year "2019-20"\nsurvey: {kind: local}\nterms: {white: *year}\n',
    "organisations:\n- {code: abc, name: A}\nyears: [2018-19, 2019-20]\n",
]


@pytest.mark.parametrize("text", ROLLING)
def test_what_cannot_be_rolled_with_certainty_is_refused_and_nothing_written(tmp_path, text):
    parameters = _project(tmp_path, text)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(ParameterProblems, match="rolled forward with certainty"):
        new_year(parameters)
    assert sorted(tmp_path.rglob("*")) == before


def test_last_years_report_is_never_run_again_as_the_new_one(tmp_path, project):
    """A quoted key in braces stayed last year's, final, and replaced last year's report."""
    shutil.copytree(project / "data" / "reference", tmp_path / "data" / "reference")
    text = '{"organisation": {"code": "abc", "name": "A", "short_name": "A"}, "year": "2019-20", "report": {"state": "final"}}'
    parameters = _project(tmp_path, text)
    after = load_parameters(new_year(parameters)[0])
    assert (after.year, after.master.report.state) == ("2020-21", "draft")


def test_definitions_that_move_between_two_editions_are_told(reference):
    """Witness: data/reference/standards/wres/indicators.csv, read by eye: 2021 made indicator 3 one year, 2022 renumbered the survey."""
    (third,) = moved_definitions(reference.catalogue, 2020, 2021)
    assert third.startswith("  Indicator 3, ") and "two-year rolling average" in third
    survey = moved_definitions(reference.catalogue, 2021, 2022)
    assert any("survey question 14b+14c, which was 13b+13c" in line for line in survey)
    assert not any("Indicator 3" in line for line in survey)
    assert moved_definitions(reference.catalogue, 2017, 2018) == []


def test_tables_of_a_workbook_roll_forward_as_their_keys(spoilable):
    """Witness: the same table as CSV, rolled forward; the headings of a breakdown stand before the count."""
    folder = spoilable / "data" / "necs" / "2019-20"
    rows = [line.split(",") for line in (folder / "training.csv").read_text(encoding="utf-8-sig").split()]
    book = openpyxl.Workbook()
    for row in [["ethnic_group", "site", "accessed"], *([group, "North", int(count)] for group, count in rows[1:])]:
        book.active.append(row)
    book.save(folder / "training.xlsx")
    (folder / "training.csv").unlink()
    new_year(load_parameters(spoilable / "params" / "necs-2019-20.yaml"))
    made = (spoilable / "data" / "necs" / "2020-21" / "training.csv").read_text(encoding="utf-8-sig").split()
    assert sorted(made[0].split(",")) == ["accessed", "ethnic_group", "site"]
    place = made[0].split(",").index("accessed")
    assert len(made) == len(rows) and all(line.split(",")[place] == "" for line in made[1:])


def test_a_table_set_out_otherwise_is_begun_blank_and_nobody_reads_it_beside_a_workbook(spoilable):
    """Witness: a title above the headings and groups across, as spreadsheets have them; then next year's workbook beside the blank file."""
    folder = spoilable / "data" / "necs" / "2019-20"
    (folder / "training.csv").write_text("Staff who took up CPD in 2019/20,,\nmeasure,White,BME\nCPD,218,9\n")
    new_year(load_parameters(spoilable / "params" / "necs-2019-20.yaml"))
    new = spoilable / "data" / "necs" / "2020-21"
    assert (new / "training.csv").read_text(encoding="utf-8-sig").split()[:2] == ["ethnic_group,accessed", "white,"]
    book = openpyxl.Workbook()
    for row in (["ethnic_group", "accessed"], ["white", 218], ["bme", 9]):
        book.active.append(row)
    book.active.title = "training"
    book.save(new / "counts.xlsx")
    assert table_files(new, {"training": ("ethnic_group", "accessed")})["training"] == [new / "counts.xlsx"]


@pytest.mark.parametrize(
    ("rows", "begun"),
    [
        (
            "question,response,ethnic_group,percent,base\n13a,At least once,white,24.57%,3211\n13a,At least once,bme,[c],200\n",
            "question,response,ethnic_group,percent,base\n13a,At least once,white,,\n13a,At least once,bme,,\n",
        ),
        (
            "Question,Response,White %,White base,BME %,BME base\n13a,At least once,26.67%,900,30.00%,200\n14,Yes,66.67%,900,,\n",
            "Question,Response,White %,White base,BME %,BME base\n13a,At least once,,,,\n14,Yes,,,,\n",
        ),
    ],
)
def test_a_survey_in_percentages_rolls_forward_in_percentages_as_the_analyst_set_it_out(spoilable, rows, begun):
    """Witness: the same table by hand without its numbers; a question that the next edition calls otherwise stops there with its cure."""
    (spoilable / "data/necs/2019-20/staff_survey.csv").write_text(rows)
    master = spoilable / "params" / "necs-2019-20.yaml"
    text = master.read_text().replace("kind: local", "kind: national")
    questions = text[text.index("  questions:") : text.index("# Statuses")]
    master.write_text(text.replace(questions, ""))
    new_year(load_parameters(master))
    assert (spoilable / "data/necs/2020-21/staff_survey.csv").read_text(encoding="utf-8-sig").splitlines() == begun.splitlines()


def test_a_workbook_of_counts_stays_one_and_blank_tables_beside_it_are_read_by_nobody(spoilable, tmp_path):
    """One workbook became seven CSV files, whose blank ones were refused beside it where their groups stood across. Witness: the shipped tables."""
    old, new = (spoilable / "data/necs" / year for year in ("2019-20", "2020-21"))
    book, shaped = openpyxl.Workbook(), {}
    book.remove(book.active)
    for path in sorted(old.glob("*.csv")):
        if path.stem in ("headcount", "training", "recruitment", "disciplinary", "workforce"):
            shaped[path.stem] = _groups_across(list(csv.reader(path.open(encoding="utf-8-sig"))))
            for row in shaped[path.stem]:
                (book[path.stem] if path.stem in book.sheetnames else book.create_sheet(path.stem)).append(row)
            path.unlink()
    book.save(old / "counts.xlsx")
    new_year(load_parameters(spoilable / "params" / "necs-2019-20.yaml"))
    begun = openpyxl.load_workbook(new / "counts.xlsx")
    assert set(begun.sheetnames) == {"READ ME", *shaped} and not {f"{name}.csv" for name in shaped} & {path.name for path in new.iterdir()}
    for name, rows in shaped.items():
        keys = len(rows[0]) - 3
        made = list(begun[name].iter_rows(values_only=True))
        assert made == [tuple(rows[0]), *((*row[:keys], None, None, None) for row in rows[1:])]
    columns = {name: ("stage", "ethnic_group", "people") for name in shaped}
    for name, rows in shaped.items():
        (new / f"{name}.csv").write_text("\n".join(",".join([*map(str, row[:-3]), "", "", ""]) for row in rows[1:]) + "\n")
        (new / f"{name}.csv").write_text(",".join(rows[0]) + "\n" + (new / f"{name}.csv").read_text())
    assert {path.name for paths in table_files(new, columns).values() for path in paths} == {"counts.xlsx"}
    (new / "training.csv").write_text("White,BME,Unknown\n5,,\n")
    assert len(table_files(new, columns)["training"]) == 2  # a number stands in it, and nobody can say which is meant


def _groups_across(rows):
    """Return a counts table, whose last two columns are group and count, with a column a group."""
    heads, groups = rows[0][:-2], {"white": "White", "bme": "BME", "unknown": "Unknown"}
    counts = {}
    for *key, group, count in rows[1:]:
        counts.setdefault(tuple(key), {})[group] = int(count)
    return [[*heads, *groups.values()], *([*key, *(found.get(group) for group in groups)] for key, found in counts.items())]


def test_a_rating_of_last_year_does_not_roll_forward(spoilable):
    plan = spoilable / "data/necs/2019-20/action_plan.csv"
    plan.write_text(
        "action_id,indicator,area,action,owner_role,due,progress,rag,cost\nA1,2,A,Train,HR,2021-12,Begun,Green,9\nA2,all,B,Tell,HR,2021-12,,,\n"
    )
    new_year(load_parameters(spoilable / "params" / "necs-2019-20.yaml"))
    row, other = csv.DictReader((spoilable / "data/necs/2020-21/action_plan.csv").open(encoding="utf-8-sig"))
    assert (row["progress"], row["rag"], row["cost"]) == ("Last reported for 2019/20: Begun", "", "9")
    assert (row["indicator"], other["indicator"]) == ("2", "all"), "the second stood there as '1; 2; 3; 4; 5; 6; 7; 8; 9'"


def test_tables_that_a_year_had_none_of_are_blank_in_the_next_and_so_is_a_plan(spoilable, capsys):
    """Witness: whom the command names to ask; survey and board of the shipped year deleted, as where nobody could supply them."""
    old = spoilable / "data" / "necs" / "2019-20"
    for name in ("staff_survey", "board", "action_plan"):
        (old / f"{name}.csv").unlink()
    new_year_command(spoilable / "params" / "necs-2019-20.yaml")
    told = capsys.readouterr().err
    for name in ("headcount", "workforce", "recruitment", "disciplinary", "training", "staff_survey", "board", "action_plan"):
        assert name in told and (spoilable / "data/necs/2020-21" / f"{name}.csv").is_file()
    assert "board.csv, staff_survey.csv: blank, though 2019-20 had none" in told
    board = (spoilable / "data/necs/2020-21/board.csv").read_text(encoding="utf-8-sig").split()
    assert board[0] == "membership,ethnic_group,members" and all(line.endswith(",") for line in board[1:])


def test_what_still_speaks_of_last_year_is_said_and_no_blank_table_stands_where_one_will_be_made(spoilable, capsys):
    """Witness: the shipped master file maps all six extracts, which make all seven tables; a board entered by hand is not among them."""
    master = spoilable / "params" / "synthetic-2019-20.yaml"
    (spoilable / "data/synthetic/2019-20/board.csv").write_text("membership,ethnic_group,members\ntotal,white,5\ntotal,bme,1\n")
    kept = yaml.safe_load(master.read_text())
    del kept["extracts"]["board"]
    kept["extracts"]["corrections"] = "corrections.csv"
    kept["report"] = kept.get("report", {}) | {"decisions": ["Fund the mentors."]}
    master.write_text(yaml.safe_dump(kept, sort_keys=False))
    new_year_command(master)
    made = sorted(path.name for path in (spoilable / "data/synthetic/2020-21").glob("*.csv"))
    assert made == ["action_plan.csv", "board.csv"]
    told = capsys.readouterr().err
    assert "params/synthetic-2020-21.yaml: names last year's extracts (staff: staff.csv; recruitment: recruitment.csv" in told
    assert "headcount.csv, workforce.csv" in told and "board.csv" not in told
    assert "params/synthetic-2020-21.yaml: names corrections.csv" in told
    assert "report.decisions was taken out" in told and "last year: Fund the mentors." in told
    assert "decisions" not in (spoilable / "params/synthetic-2020-21.yaml").read_text()
    # the report reads its extracts directly, so that no counts of it stand beside which the next year's can be set
    assert "wres prepare params/synthetic-2019-20.yaml" in told
    with pytest.raises(InputProblems, match=r"2019-20/headcount\.csv.*`wres prepare params/synthetic-2019-20\.yaml` makes it"):
        read_counts(load_parameters(spoilable / "params" / "synthetic-2020-21.yaml"))


def test_the_tables_of_another_standard_roll_forward_as_their_keys(spoilable):
    """Witness: the shipped tables of the disability standard; its questions of edition 2027 are those of 2026 (its catalogue)."""
    new_year(load_parameters(spoilable / "params" / "harrowmere-wdes-2025-26.yaml"))
    before, after = (spoilable / "data/harrowmere-wdes" / year for year in ("2025-26", "2026-27"))
    found = sorted(before.glob("*.csv"))
    assert found
    for table in found:
        head, *rows = (line.split(",") for line in table.read_text(encoding="utf-8-sig").splitlines())
        made = [line.split(",") for line in (after / table.name).read_text(encoding="utf-8-sig").splitlines()]
        assert made[0] == head
        assert {tuple(row[:-1]) for row in rows} <= {tuple(row[:-1]) for row in made[1:]}
        assert {row[-1] for row in made[1:]} == {""}

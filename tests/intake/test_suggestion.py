"""A suggested mapping is right where the file says so, and is never acted on. Witness: the shipped mapping of the same files."""

import re
import shutil

import pytest
import yaml

from wres_helpers.intake.extracts.suggestion import BEGIN, suggested_mapping, write_suggestion
from wres_helpers.problems import InputProblems
from wres_helpers.settings.parameters import load_parameters


def confirmed(text):
    """The suggestion with its marks taken away, as somebody would who agrees with every line."""
    lines = [line[2:] for line in text.splitlines()[1:-1]]
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


def test_nothing_of_a_suggestion_is_read_and_nothing_else_of_the_file_changes(spoilable):
    master = spoilable / "params" / "synthetic-2019-20.yaml"
    before, meant = master.read_text(), load_parameters(master).master
    write_suggestion(load_parameters(master))
    once = master.read_text()
    write_suggestion(load_parameters(master))
    assert master.read_text() == once
    assert once.startswith(before.rstrip("\n")) and once.count(BEGIN) == 1
    assert load_parameters(master).master == meant


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
    assert made["recruitment"]["columns"]["application"] == "?" and made["recruitment"]["stages"]["Met"] == "?"
    assert "not mapped, and not read: Vorgang, " in text and "not mapped, and not read: Surname, Forename" in text
    assert made["cases"]["window_years"] == 2 and made["training"]["columns"]["outcome"] == "Booking Status"
    assert made["ethnicity_codes"] == "esr" and made["recruitment"]["ethnicity_codes"] == "ethnic_category_text"
    assert "ethnicity_codes" not in made["staff"]
    assert made["staff"]["clinical"]["non_clinical"] == ["Administrative and Clerical"]


def test_a_folder_without_extracts_says_so(spoilable):
    shutil.rmtree(spoilable / "data" / "synthetic" / "2019-20" / "extracts")
    with pytest.raises(InputProblems, match="no files"):
        suggested_mapping(load_parameters(spoilable / "params" / "synthetic-2019-20.yaml"))

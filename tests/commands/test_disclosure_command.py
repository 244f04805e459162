"""What the person who decides on disclosure is told. Witness: the counts of the shipped report."""

import csv
import json

import pytest

from wres_helpers.commands import disclosure_command as command
from wres_helpers.commands.disclosure_command import disclosure_command
from wres_helpers.disclosure import protect
from wres_helpers.problems import InputProblems
from wres_helpers.publishing.files.results_files import published_before, write_results


@pytest.fixture
def published(tmp_path, evidence, necs, reference):
    """Publish the shipped report's results with the small ones in them, and return the folder."""
    path = tmp_path / "published/board/data/results.csv"
    write_results(path, evidence.results, reference.standard)
    return tmp_path / "published"


def test_it_names_small_counts_and_what_they_are_told_with_but_no_number(tmp_path, project, evidence, necs, reference, capsys):
    """Held against the same publication, which gives nothing away."""
    write_results(tmp_path / "board/data/results.csv", protect(evidence, necs).results, reference.standard)
    assert disclosure_command(project / "params/necs-2019-20.yaml", (), tmp_path) == 0
    told = capsys.readouterr().out
    line = next(line for line in told.splitlines() if line.startswith("workforce, grade, Band 2, bme, 2019-20"))
    assert "Band 3, Band 4" in line
    assert "The audit withstands" in told and "national_hospital_statistics" in told
    assert "gives no hidden count away" in told
    assert "Told in pairs" in told and "Could be worked out" not in told
    assert "A board does not see the comparison of indicator 3: BME count fewer than 5." in told
    costs = {line.split("  ")[0]: line.split()[-2:] for line in told.split("Policy  ")[1].splitlines()}
    hidden, with_board = int(costs["as in the master file"][0]), int(costs["public: [board], with public_decided_by (a role) and"][0])
    assert costs["as in the master file"][1] == "3" and with_board < hidden, "the board's numbers, and of no other indicator the comparison"


def test_a_board_that_somebody_made_public_is_not_suggested_again(project, capsys, monkeypatch):
    monkeypatch.setattr(command, "PRESETS", {})
    policy = ("public=[board]", "public_decided_by=Chair", "public_reason=Named on the website")
    disclosure_command(project / "params/necs-2019-20.yaml", policy)
    told = capsys.readouterr().out
    assert "public: [board], with" not in told and "show_everybody: all" in told


def test_another_policy_hides_more(project, capsys, monkeypatch):
    monkeypatch.setattr(command, "PRESETS", {name: command.PRESETS[name] for name in ("five", "ten")})  # what all would cost is told above
    disclosure_command(project / "params/necs-2019-20.yaml", ("minimum_count=10",))
    costs = {line.split("  ")[0]: line.split("  ")[-2:] for line in capsys.readouterr().out.split("Policy  ")[1].splitlines()}
    assert costs["as asked"] == costs["ten"] != costs["five"] and "3, 4, 5, 7, 8" in costs["ten"][-1]


def test_for_a_refusal_the_breakdown_is_named_without_which_it_would_hold(evidence, necs, monkeypatch):
    """Witness: an audit that fails wherever the workforce is cut by grade, and nowhere else; then one that fails whatever is left out."""
    monkeypatch.setattr(command, "protect", lambda evidence, parameters: None)
    monkeypatch.setattr(command, "audit", lambda evidence, shown, parameters: evidence)
    by_grade = {("workforce", "grade")}
    monkeypatch.setattr(command, "failed", lambda seen: by_grade <= set(zip(seen.counts["item"], seen.counts["breakdown"], strict=True)))
    places = [("headcount", "overall"), ("workforce", "grade")]
    assert "without the breakdown 'grade' of workforce" in command._smallest_change(evidence, necs, places)
    monkeypatch.setattr(command, "failed", lambda seen: True)
    assert "No single breakdown left out would help" in command._smallest_change(evidence, necs, places)


@pytest.mark.parametrize("policy", ["10", "public=[board", "{a: *b}", 'marker="\\U00110000"'])
def test_a_policy_that_is_none_is_told(project, policy):
    """Witness: values that YAML cannot read; a bracket forgotten was a traceback."""
    with pytest.raises(InputProblems, match="KEY=VALUE"):
        disclosure_command(project / "params/necs-2019-20.yaml", (policy,))


def test_what_was_published_before_is_held_against_the_report(project, published, capsys, monkeypatch):
    """The earlier results show every pay band: the hidden counts of those bands can be worked out, and the check says so."""
    monkeypatch.setattr(command, "PRESETS", {})  # what other policies would cost is another test's
    assert disclosure_command(project / "params/necs-2019-20.yaml", (), published) == 1
    told = capsys.readouterr().out
    assert "workforce, grade, Band 2, bme, 2019-20" in told.split("With what was published before")[1]


def test_words_in_place_of_numbers_are_read_as_words(tmp_path, evidence, necs, reference):
    write_results(tmp_path / "board/data/results.csv", protect(evidence, necs).results, reference.standard)
    rows = published_before(tmp_path, necs)
    row = next(row for row in rows if row["measure"] == "entering_disciplinary" and row["year"] == "2019-20")
    assert json.loads(row["protection"])["bme_count"] == "fewer than 5" and row["bme_base"] == 65
    assert len(rows) == len(list(csv.DictReader((tmp_path / "board/data/results.csv").open(encoding="utf-8"))))


def test_a_folder_without_results_is_told(tmp_path, necs):
    with pytest.raises(InputProblems, match="no such file"):
        published_before(tmp_path, necs)

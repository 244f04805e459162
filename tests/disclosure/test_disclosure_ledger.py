"""What an organisation published before is held against today's report. Witness: publications written by the test itself."""

import json

import pandas as pd
import pytest

from wres_helpers import analysis, intake
from wres_helpers.analysis.status_rule import Method
from wres_helpers.commands import disclosure_command as disclosure_command_module
from wres_helpers.commands.check_command import check_command
from wres_helpers.commands.disclosure_command import disclosure_command
from wres_helpers.disclosure import protect
from wres_helpers.disclosure.read_as_attacker import Reader, counts_supplied
from wres_helpers.intake.tidy_counts import as_history
from wres_helpers.page_model import Count
from wres_helpers.problems import InputProblems
from wres_helpers.publishing.files.results_files import published_before, write_results
from wres_helpers.publishing.runs.prepared_report import calculated
from wres_helpers.settings.master_file_reader import load_parameters
from wres_helpers.standard.catalogue import read_reference_tables
from wres_helpers.standard.standards import read_standard

MASTER = "params/necs-2019-20.yaml"


@pytest.fixture(autouse=True)
def no_other_policies(monkeypatch):
    """What other policies would cost is told by tests of the command."""
    for name in ("PRESETS", "_CHANGES"):
        monkeypatch.setattr(disclosure_command_module, name, {})


@pytest.fixture
def published(spoilable):
    """Write a publication of the shipped counts to the outputs folder, with a receipt: whole or as a board sees them."""

    def publish(state="final", careful=True, count=None):
        parameters = load_parameters(spoilable / MASTER)
        reference = read_reference_tables(parameters.reference_folder)
        evidence = analysis.analyse(intake.read_counts(parameters), parameters, reference)
        folder = parameters.output_folder
        (folder / "board" / "data").mkdir(parents=True, exist_ok=True)
        rows = (protect(evidence, parameters) if careful else evidence).results
        if count is not None:
            at = rows.index[rows["measure"].eq("accessing_training") & rows["year"].eq("2019-20")][0]
            rows = rows.assign(white_count=rows["white_count"].mask(rows.index == at, count))
        write_results(folder / "board" / "data" / "results.csv", rows, reference.standard)
        values = {"report": {"state": state}, "disclosure": {"method": "suppress"}}
        (folder / "receipt.json").write_text(
            json.dumps({"receipt": 1, "outcome": "complete", "outputs": {}, "parameters": {"values": values}}), encoding="utf-8"
        )
        return spoilable / MASTER

    return publish


def test_the_same_report_again_gives_nothing_away(published, capsys):
    assert disclosure_command(published(), ()) == 0
    assert "With what was published before in outputs/necs/2019-20" in (said := capsys.readouterr().out)
    assert "It gives no hidden count away." in said and "not those of today" not in said


def test_a_final_report_that_hid_less_is_found_without_being_named(published, capsys):
    assert disclosure_command(published(careful=False), ()) == 1
    assert "Keep its policy, or withdraw it." in capsys.readouterr().out


def test_a_draft_was_not_published(published, capsys):
    assert disclosure_command(published(state="draft", careful=False), ()) == 0
    assert "published before" not in capsys.readouterr().out


def test_a_corrected_count_is_told_with_the_cure(published, capsys):
    """One person more was trained in the earlier edition: white staff, overall."""
    rows = pd.read_csv(published().parent.parent / "outputs/necs/2019-20/board/data/results.csv", dtype=str)
    row = rows[rows["measure"].eq("accessing_training") & rows["year"].eq("2019-20")].iloc[0]
    assert disclosure_command(published(count=float(row["white_count"]) + 1), ()) == 1
    said = capsys.readouterr().out
    assert "It was made before 1 corrected count, so" in said, said
    assert "accessed training, overall, all, white, 2019-20" in said and "Withdraw it" in said


def test_a_check_tells_of_a_final_report_whose_numbers_are_no_longer_those_of_the_data(published, capsys):
    """Three people more were trained in the final report: whoever reads "was" in a new one should find the same there. Unchanged, nothing is told."""
    for more in (0, 3):
        path = published().parent.parent / "outputs/necs/2019-20/board/data/results.csv"
        rows = pd.read_csv(path, dtype=str)
        trained = rows[rows["measure"].eq("accessing_training") & rows["year"].eq("2019-20")].iloc[0]
        check_command(published(count=float(trained["white_count"]) + more), False)
        said = capsys.readouterr().err
        assert ("outputs/necs/2019-20" in said and "a final report made before 1 corrected count;" in said) is bool(more), said


@pytest.mark.parametrize("careful", [True, False])
def test_a_year_whose_bands_are_told_in_groups_since_was_not_corrected(published, careful):
    """Two years on, the same counts are history: bands 8c and 8d told together, or the highest posts, cannot be found in 'Bands 8a to 9'. One more is."""
    parameters = load_parameters(published(careful=careful))
    reference, rows = read_reference_tables(parameters.reference_folder), published_before(parameters.output_folder, parameters)
    counts = as_history(intake.read_counts(parameters), ("2019-20",), reference.grades)
    highest = next(row for row in rows if row["breakdown"] == "grade" and row["category"] == "VSM" and row["year"] == "2019-20")
    rows.append(highest | {"category": "Band 9 + VSM", "bme_count": 9, "white_count": 9, "protection": ""})
    assert any(row["measure"] == "leadership_share" and row["year"] == "2019-20" and row["bme_base"] > 0 for row in rows)
    assert Reader(counts, reference, Method.of(parameters)).corrected(rows) == []
    trained = counts["item"].eq("accessed_training") & counts["ethnic_group"].eq("white") & counts["year"].eq("2019-20")
    more = counts.assign(count=counts["count"] + trained)
    assert {cell[:2] for cell in Reader(more, reference, Method.of(parameters)).corrected(rows)} == {("2019-20", "accessed_training")}


def test_one_corrected_count_is_one_however_many_numbers_follow_from_it():
    """A nurse of Band 5 who was counted white, not BME: two counts, which stand in the headcount, in two cuts and in both sums. Typed here."""
    cuts = [("headcount", "overall", "all"), ("workforce", "grade", "Band 5"), ("workforce", "division", "North")]
    wrong = [Count("2025-26", *cut, group) for cut in cuts for group in ("white", "bme")]
    assert counts_supplied(wrong) == 2
    assert counts_supplied([*wrong, Count("2025-26", "workforce", "division", "South", "bme"), Count("2025-26", *cuts[2], "all")]) == 3
    answers = [
        Count("2025-26", "survey", f"indicator {name}", part, "bme") for name in ("bullying", "equal") for part in ("counted", "base")
    ]
    assert counts_supplied(answers) == 2 and counts_supplied([]) == 0
    assert counts_supplied([Count("2025-26", "headcount", "overall", "all", "all")]) == 1


def test_a_final_run_is_refused_where_an_earlier_report_told_what_it_hides(published):
    """Whoever has read both would know: the run stops before anything is written, and names the earlier report."""
    master = published(careful=False)
    text = master.read_text(encoding="utf-8")
    with pytest.raises(InputProblems, match="outputs/necs/2019-20 together give away"):
        calculated(load_parameters(master))
    master.write_text(text.replace("state: final", "state: draft", 1), encoding="utf-8")
    draft = calculated(load_parameters(master)).against["outputs/necs/2019-20"]
    assert draft["exposed"] > 0 and draft["corrected_since"] == 0


@pytest.fixture
def of_disability(spoilable):
    """Publish the disability standard of the same organisation: its board alone, of whom so many more are counted than in the shipped report."""

    def publish(code="necs-wdes", more=0):
        parameters = load_parameters(spoilable / MASTER)
        evidence = analysis.analyse(intake.read_counts(parameters), parameters, read_reference_tables(parameters.reference_folder))
        rows = evidence.results[evidence.results["measure"].eq("board_share") & evidence.results["category"].eq("total")]
        members = rows["bme_base"] + more
        rows = rows.assign(
            white_count=members, bme_count=0.0, unknown_count=0.0, white_base=members, bme_base=members, unknown_base=members
        )
        folder = spoilable / "outputs" / code / "2019-20"
        write_results(folder / "board/data/results.csv", rows, read_standard(parameters.shared_reference_folder / "standards" / "wdes"))
        values = {"standard": "wdes", "report": {"state": "final"}}
        (folder / "receipt.json").write_text(
            json.dumps({"receipt": 1, "outcome": "complete", "outputs": {}, "parameters": {"values": values}}), encoding="utf-8"
        )
        return spoilable / MASTER

    return publish


def test_another_standard_of_the_organisation_counts_the_same_people(of_disability, capsys):
    """The disability report tells of how many members the board has in all: less the white and BME ones, that is who is undisclosed."""
    assert disclosure_command(of_disability(), ()) == 1
    said = capsys.readouterr().out.split("With what was published before in outputs/necs-wdes/2019-20")[1]
    assert "board, membership, total, unknown, 2019-20" in said and "Keep its policy, or withdraw it." in said


def test_a_board_of_another_day_tells_nothing_of_todays(of_disability, capsys):
    assert disclosure_command(of_disability(more=5), ()) == 0
    assert "of its totals are not those of this report" in capsys.readouterr().out


def test_an_organisation_whose_code_begins_alike_is_another(of_disability, capsys):
    assert disclosure_command(of_disability(code="necs-east-wdes"), ()) == 0
    assert "published before" not in capsys.readouterr().out

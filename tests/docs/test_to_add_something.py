"""What docs/architecture.md says to touch is enough, and what is forgotten is told.

Witness: each test does what the document says, on a copy of the project, and nothing else.
"""

import csv
import shutil

import pytest

from wres_helpers import open_report, report
from wres_helpers.problems import InputProblems
from wres_helpers.report.form import numbers
from wres_helpers.report.form.blocks import BlockError, Figure

PARAMS = "params/necs-2019-20.yaml"
CATALOGUE = "data/reference/standards/wres/indicators.csv"
WORDS = "data/reference/standards/wres/words.csv"


def _rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _write(path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)


def _again(path, like, **changes):
    """Add to a table the row of one measure once more, changed."""
    rows = _rows(path)
    _write(path, [*rows, next(row for row in rows if row["measure"] == like) | changes])


def test_a_breakdown_is_a_further_column_and_nothing_else(spoilable):
    for path in spoilable.glob("data/necs/*/training.csv"):
        rows = _rows(path)
        place = list(rows[0]).index("accessed")
        headings = [*list(rows[0])[:place], "site", *list(rows[0])[place:]]
        _write(path, [{heading: ({"site": "North"} | row)[heading] for heading in headings} for row in rows])
    results = open_report(spoilable / PARAMS).evidence.results
    assert results.loc[results["breakdown"].eq("site"), "category"].unique().tolist() == ["North"]
    assert results.loc[results["breakdown"].eq("site"), "indicator"].unique().tolist() == ["4"]


def test_an_indicator_is_a_row_of_the_catalogue_and_a_row_of_words(spoilable):
    _again(spoilable / CATALOGUE, "accessing_training", measure="training_again", role="context")
    with pytest.raises(InputProblems, match=r"words\.csv"):  # forgotten, and told
        _ = open_report(spoilable / PARAMS).evidence
    _again(spoilable / WORDS, "accessing_training", measure="training_again")
    results = open_report(spoilable / PARAMS).evidence.results.set_index(["year", "breakdown", "measure"])["value"]
    assert results["2019-20", "overall", "training_again"] == results["2019-20", "overall", "accessing_training"]


def test_a_standard_is_a_folder_copied_and_a_line_of_the_master_file(spoilable):
    """Witness: the copy's own name stands in the report, whose figures are those of the standard it was copied from."""
    figures = open_report(spoilable / PARAMS).evidence.results
    own = (spoilable / WORDS).parent.with_name("mine")
    shutil.copytree((spoilable / WORDS).parent, own)
    facts = (own / "standard.csv").read_text(encoding="utf-8").replace("Workforce Race Equality Standard", "Standard of Mine")
    (own / "standard.csv").write_text(facts, encoding="utf-8")
    master = spoilable / PARAMS
    master.write_text(f"standard: mine\n{master.read_text(encoding='utf-8')}", encoding="utf-8")
    opened = open_report(master)
    assert opened.reference.standard.name == "Standard of Mine"
    assert opened.evidence.results["value"].tolist() == pytest.approx(figures["value"].tolist(), nan_ok=True)
    (own / "words.csv").unlink()  # forgotten, and told
    with pytest.raises(InputProblems, match=r"mine/words\.csv: found no such file"):
        _ = open_report(master).evidence


def test_a_chart_without_words_or_with_a_missing_number_is_refused_when_it_is_made():
    data = {"columns": ["group", "rate"], "rows": [["BME", 0.2]]}
    with pytest.raises(BlockError, match="alternative text"):
        Figure("c", "BME staff more", "In 2019/20", "<svg/>", "BME staff more", data)
    with pytest.raises(numbers.MissingNumber):
        numbers.percentage(float("nan"))


def test_every_block_a_notebook_may_call_is_named_once_in_the_room(project):
    told = (project / "wres_helpers" / "report" / "__init__.py").read_text(encoding="utf-8")
    assert [name for name in report.__all__ if told.count(f'"{name}"') != 1] == []

"""Standards as folders of data: what each must hold, and that a new indicator or breakdown touches data only.

Witness: a standard of one invented indicator, written row by row in a test.
"""

import csv
from pathlib import Path

import pandas as pd
import pytest

from wres_helpers.problems import InputProblems
from wres_helpers.standard.catalogue import catalogue
from wres_helpers.standard.columns import COUNTS_TABLES

STANDARDS = Path(__file__).resolve().parents[2] / "data" / "reference" / "standards"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def added(path: Path, **cells: str) -> None:
    """Add a row to a table: a copy of its last row with some cells changed."""
    found = rows(path)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(found[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows([*found, found[-1] | cells])


@pytest.mark.parametrize("standard", ["wres", "wdes", "social-care-wres"])
def test_every_standard_names_itself_and_three_groups_with_sources(standard):
    keys = {row["key"] for row in rows(STANDARDS / standard / "standard.csv")}
    assert keys == {"name", "short_name", "characteristic", "group_column", "snapshot", "metric", "first_edition"}
    assert [row["role"] for row in rows(STANDARDS / standard / "groups.csv")] == ["reference", "compared", "unknown"]
    for table in ("standard", "groups"):
        found = rows(STANDARDS / standard / f"{table}.csv")
        assert all(row["source"] for row in found)
        assert not [row for row in found if row["verified"] == "true" and row["source"].lower().startswith("from memory")]


def test_the_items_of_wres_are_those_of_its_counts_tables():
    items = rows(STANDARDS / "wres" / "items.csv")
    assert {row["table"] for row in items} == set(COUNTS_TABLES)
    assert {row["table"]: row["count"] for row in items} == {name: columns[-1] for name, columns in COUNTS_TABLES.items()}
    among = {row["item"]: row["counted_among"] for row in items if row["counted_among"]}
    assert among == {
        "shortlisted": "applied", "appointed": "shortlisted", "entered_disciplinary": "headcount", "accessed_training": "headcount",
    }  # fmt: skip


def test_an_indicator_without_words_is_told_with_the_place_where_they_are_missing(spoilable):
    folder = spoilable / "data" / "reference" / "standards" / "wres"
    added(folder / "indicators.csv", measure="leaving", indicator="9", role="context")
    with pytest.raises(InputProblems) as error:
        catalogue(folder)
    assert "data/reference/standards/wres/words.csv" in str(error.value)
    assert "'leaving'" in str(error.value)


def test_a_new_measure_of_known_counts_touches_the_catalogue_and_one_row_of_words(spoilable):
    from wres_helpers import analysis, intake
    from wres_helpers.report import evidence_rows
    from wres_helpers.report.sentences import reading
    from wres_helpers.settings.parameters import load_parameters
    from wres_helpers.standard.catalogue import read_reference_tables

    folder = spoilable / "data" / "reference" / "standards" / "wres"
    like = next(row for row in rows(folder / "indicators.csv") if row["measure"] == "accessing_training")
    added(folder / "indicators.csv", **(like | {"measure": "training_of_shortlisted", "role": "context", "base": "shortlisted"}))
    added(folder / "words.csv", measure="training_of_shortlisted", people="people", act="train", acted="trained", stage="Training")
    parameters = load_parameters(spoilable / "params" / "necs-2019-20.yaml")
    evidence = analysis.analyse(intake.read_counts(parameters), parameters, read_reference_tables(parameters.reference_folder))
    row = evidence_rows.first(evidence.results, measure="training_of_shortlisted", year="2019-20", breakdown="overall")
    # 218 of 1,605 against 9 of 251
    assert row["value"] == pytest.approx((218 / 1605) / (9 / 251))
    assert reading(evidence, "4") is not None


def test_a_new_breakdown_touches_the_counts_table_and_nothing_else(spoilable):
    from wres_helpers import analysis, intake
    from wres_helpers.settings.parameters import load_parameters
    from wres_helpers.standard.catalogue import read_reference_tables

    path = spoilable / "data" / "necs" / "2019-20" / "recruitment.csv"
    table = pd.read_csv(path)
    halves = [
        table.assign(people=table["people"] // 2, site="North"),
        table.assign(people=table["people"] - table["people"] // 2, site="South"),
    ]
    pd.concat(halves)[["stage", "site", "ethnic_group", "people"]].to_csv(path, index=False)
    parameters = load_parameters(spoilable / "params" / "necs-2019-20.yaml")
    evidence = analysis.analyse(intake.read_counts(parameters), parameters, read_reference_tables(parameters.reference_folder))
    cut = evidence.results[evidence.results["breakdown"].eq("site") & evidence.results["measure"].eq("appointed_from_shortlisting")]
    assert dict(zip(cut["category"], cut["white_count"], strict=True)) == {"North": 75, "South": 75}
    assert set(evidence.contributions["breakdown"]) == {"site"}

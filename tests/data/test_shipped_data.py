"""The data that ship with the pack.

Witness: the WRES report that NECS published in August 2020. Its figures are typed here from the printed tables, as whole columns, so that
a slip in a CSV and a slip in this file would have to be the same slip. The contradictions of the report are stated, not repaired.
"""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from wres_helpers.standard.columns import COUNTS_TABLES, ETHNIC_GROUPS

DATA = Path(__file__).resolve().parents[2] / "data"
NECS = DATA / "necs"
REFERENCE = DATA / "reference"
YEARS = ("2018-19", "2019-20")
SECTIONS = (
    "00_overview", "01_workforce", "02_recruitment", "03_disciplinary",
    "04_training", "05_06_harassment", "07_08_opportunity", "09_board",
)  # fmt: skip


def rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV as text."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def answers(question: str, ethnic_group: str) -> list[int]:
    """Return the printed answers of one group to one question."""
    return column("2019-20", "staff_survey", ethnic_group, question=question)


def column(year: str, table: str, ethnic_group: str, **wanted: str) -> list[int]:
    """Return the counts of one ethnic group, in the order of the file."""
    count = COUNTS_TABLES[table][-1]
    chosen = [row for row in rows(NECS / year / f"{table}.csv") if row["ethnic_group"] == ethnic_group]
    return [int(row[count]) for row in chosen if all(row[key] == value for key, value in wanted.items())]


# ------------------------------------------------------------------ the printed figures of NECS


@pytest.mark.parametrize(
    ("year", "white", "bme", "unknown", "printed_total"), [("2018-19", 1013, 54, 137, 1204), ("2019-20", 1093, 65, 157, 1315)]
)
def test_headcount_is_the_printed_table_and_adds_up_to_the_printed_total(year, white, bme, unknown, printed_total):
    groups = {group: column(year, "headcount", group) for group in ETHNIC_GROUPS}
    assert groups == {"white": [white], "bme": [bme], "unknown": [unknown]}
    assert white + bme + unknown == printed_total


def test_band_table_is_the_printed_one_with_its_contradiction_kept():
    grades = [row["grade"] for row in rows(NECS / "2019-20" / "workforce.csv") if row["ethnic_group"] == "bme"]
    assert grades == [f"Band {band}" for band in ["2", "3", "4", "5", "6", "7", "8a", "8b", "8c", "8d", "9"]] + ["VSM"]
    white, bme, unknown = (column("2019-20", "workforce", group) for group in ETHNIC_GROUPS)
    assert white == [12, 77, 83, 180, 193, 229, 136, 94, 44, 24, 15, 6]
    assert bme == [1, 6, 3, 14, 9, 14, 7, 9, 1, 0, 2, 0]
    assert unknown == [17, 35, 15, 26, 17, 14, 12, 7, 6, 3, 2, 2]
    # printed totals 1093, 65 and 157: the bands have one BME person more and one of unknown ethnicity fewer
    assert (sum(white), sum(bme), sum(unknown)) == (1093, 65 + 1, 157 - 1)


def test_grouped_bands_of_the_year_before_are_the_printed_ones_with_their_contradiction_kept():
    white, bme, unknown = (column("2018-19", "workforce", group) for group in ETHNIC_GROUPS)
    assert (white, bme, unknown) == ([719, 288, 5], [40, 14, 0], [108, 23, 1])
    # printed totals 1013, 54 and 137
    assert (sum(white), sum(bme), sum(unknown)) == (1013 - 1, 54, 137 - 5)


def test_no_group_of_bands_is_counted_again_beside_its_bands():
    grades = {row["grade"] for row in rows(NECS / "2019-20" / "workforce.csv")}
    assert not grades & {"Bands 1 to 7", "Bands 8a to 9"}


def test_recruitment_is_the_printed_table():
    assert column("2019-20", "recruitment", "white") == [9869, 1605, 150]
    assert column("2019-20", "recruitment", "bme") == [1880, 251, 11]
    assert [row["stage"] for row in rows(NECS / "2019-20" / "recruitment.csv")] == ["applied"] * 2 + ["shortlisted"] * 2 + ["appointed"] * 2


def test_disciplinary_counts_are_kept_as_printed_although_the_percentages_beside_them_do_not_follow():
    white, bme = column("2019-20", "disciplinary", "white"), column("2019-20", "disciplinary", "bme")
    assert (white, bme) == ([15], [2])
    assert round(100 * white[0] / 1093, 2) != 2.65
    assert round(100 * bme[0] / 65, 2) != 4.61


@pytest.mark.parametrize(
    ("year", "white", "bme", "percent_white", "percent_bme"), [("2018-19", 250, 13, 25, 24), ("2019-20", 218, 9, 20, 14)]
)
def test_training_is_the_printed_table_and_gives_the_printed_percentages(year, white, bme, percent_white, percent_bme):
    assert column(year, "training", "white") == [white]
    assert column(year, "training", "bme") == [bme]
    assert round(100 * white / column(year, "headcount", "white")[0]) == percent_white
    assert round(100 * bme / column(year, "headcount", "bme")[0]) == percent_bme


@pytest.mark.parametrize(
    ("question", "white", "bme"),
    [
        ("13a", [662, 68, 26, 10, 7], [29, 7, 1, 0, 0]),
        ("13b", [662, 77, 18, 2, 9], [24, 7, 5, 1, 0]),
        ("14", [481, 35], [13, 6]),
        ("15a", [26, 745], [5, 32]),
    ],
)
def test_survey_answers_are_the_printed_tables(question, white, bme):
    assert answers(question, "white") == white
    assert answers(question, "bme") == bme


def test_survey_bases_are_the_printed_ones_except_where_the_text_of_the_report_departs_from_its_table():
    bases = {question: (sum(answers(question, "white")), sum(answers(question, "bme"))) for question in ("13a", "13b", "14", "15a")}
    # the running text gives 797 and 27 for 15a, whose table adds up to 771 and 37
    assert bases == {"13a": (773, 37), "13b": (768, 37), "14": (516, 19), "15a": (771, 37)}


def test_survey_answers_stand_in_the_order_of_their_scale():
    survey = rows(NECS / "2019-20" / "staff_survey.csv")
    scale = [row["response"] for row in survey if row["question"] == "13a" and row["ethnic_group"] == "bme"]
    assert scale == ["Never", "1-2 times", "3-5 times", "6-10 times", "More than 10 times"]


def test_board_is_the_printed_table_and_no_part_of_it_is_invented():
    assert [column("2019-20", "board", group) for group in ETHNIC_GROUPS] == [[5], [0], [1]]
    assert {row["membership"] for row in rows(NECS / "2019-20" / "board.csv")} == {"total"}


# ------------------------------------------------------------------ what was not supplied


def test_tables_that_were_not_supplied_do_not_exist():
    assert {path.stem for path in (NECS / "2018-19").glob("*.csv")} & set(COUNTS_TABLES) == {"headcount", "workforce", "training"}
    assert {path.stem for path in (NECS / "2019-20").glob("*.csv")} >= set(COUNTS_TABLES)


@pytest.mark.parametrize("table", ["recruitment", "disciplinary", "training", "staff_survey"])
def test_unknown_ethnicity_has_no_row_where_it_was_not_supplied(table):
    assert column("2019-20", table, "unknown") == []


# ------------------------------------------------------------------ form


def every_csv() -> list[Path]:
    """Return every CSV that ships in the rooms of NECS and of the standard."""
    return sorted([*NECS.rglob("*.csv"), *REFERENCE.rglob("*.csv")])


@pytest.mark.parametrize("path", every_csv(), ids=lambda path: str(path.relative_to(DATA)))
def test_csv_is_plain(path):
    raw = path.read_bytes()
    raw.decode("utf-8")
    assert b"\r" not in raw
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert raw.endswith(b"\n")
    with path.open(encoding="utf-8", newline="") as file:
        widths = Counter(len(line) for line in csv.reader(file))
    assert len(widths) == 1, "every row has as many cells as the header"


@pytest.mark.parametrize("year", YEARS)
def test_counts_tables_have_exactly_their_columns_and_no_row_twice(year):
    for table, columns in COUNTS_TABLES.items():
        path = NECS / year / f"{table}.csv"
        if not path.is_file():
            continue
        found = rows(path)
        assert tuple(found[0]) == columns
        keys = [tuple(row[key] for key in columns[:-1]) for row in found]
        assert len(set(keys)) == len(keys)
        assert {row["ethnic_group"] for row in found} <= set(ETHNIC_GROUPS)
        assert all(re.fullmatch(r"\d+", row[columns[-1]]) for row in found)


@pytest.mark.parametrize("folder", [DATA, NECS, NECS / "2018-19", NECS / "2019-20", NECS / "2019-20" / "narrative", REFERENCE], ids=str)
def test_every_folder_says_what_it_holds(folder):
    assert len((folder / "README.md").read_text(encoding="utf-8")) > 400


# ------------------------------------------------------------------ what people write


def narrative_files() -> list[Path]:
    """Return the texts of the narrative, without the README."""
    return [path for path in sorted((NECS / "2019-20" / "narrative").glob("*.md")) if path.name != "README.md"]


def test_every_section_has_what_was_done_and_what_is_planned():
    expected = {f"{section}.{part}.md" for section in SECTIONS for part in ("done", "planned")} | {"foreword.md", "about.md"}
    assert {path.name for path in narrative_files()} == expected


@pytest.mark.parametrize("path", narrative_files(), ids=lambda path: path.name)
def test_narrative_is_limited_markdown_without_html_or_headings(path):
    text = path.read_text(encoding="utf-8")
    assert text.strip()
    assert not re.search(r"<[a-zA-Z/!]", text)
    assert not re.search(r"^#", text, flags=re.MULTILINE)


def test_narrative_refers_only_to_actions_that_exist():
    known = {row["action_id"] for row in rows(NECS / "2019-20" / "action_plan.csv")}
    named = {action for path in narrative_files() for action in re.findall(r"\bA\d{2}\b", path.read_text(encoding="utf-8"))}
    assert named
    assert named <= known


def test_what_a_board_is_still_asked_to_agree_is_not_told_as_settled():
    """Witness: the invented trust's plan, where four actions had not started; its texts said of them "will be open" and "will change"."""
    folder = NECS.parent / "harrowmere" / "2025-26"
    to_agree = {row["action_id"] for row in rows(folder / "action_plan.csv") if row["progress"] == "Not started"}
    texts = " ".join(path.read_text(encoding="utf-8") for path in folder.glob("narrative/*.planned.md"))
    of_them = [sentence for sentence in re.split(r"(?<=[.:])\s", texts) if to_agree & set(re.findall(r"\bA\d{2}\b", sentence))]
    assert len(of_them) >= len(to_agree) and all("if the board agrees" in sentence.lower().replace("\n", " ") for sentence in of_them)


def test_action_plan_holds_every_action_of_the_report():
    plan = rows(NECS / "2019-20" / "action_plan.csv")
    assert tuple(plan[0]) == ("action_id", "indicator", "area", "title", "action", "owner_role", "due", "progress")
    # bullets counted in the printed plan, by the box they stand in
    assert Counter(row["indicator"] for row in plan) == {"1;9": 2, "2": 6, "4": 7, "5;6": 3, "7;8": 6, "9": 4}
    assert [row["action_id"] for row in plan] == [f"A{number:02d}" for number in range(1, len(plan) + 1)]
    assert all(row[key].strip() for row in plan for key in row)
    # six of one name were heard as headings one after the other, and none could be told from the next
    assert len({row["title"] for row in plan}) == len(plan)


def test_owners_are_roles_and_never_names():
    roles = {"HR", "OD", "EDI lead", "Health and wellbeing lead", "Director"}
    plan = rows(NECS / "2019-20" / "action_plan.csv")
    assert {role for row in plan for role in row["owner_role"].split("; ")} == roles

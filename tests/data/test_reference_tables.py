"""The standard as tables: indicators by edition, ethnic categories, grades and published national figures.

Witness: the definitions of the standard as they are stated in published reports, and rules that hold whatever the figures are.
"""

import csv
import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from wres_helpers.problems import InputProblems
from wres_helpers.standard.catalogue import (
    breaks_between,
    catalogue,
    in_force,
    pooled_years,
    provenance,
    reference_stamps,
    with_chosen_base,
)
from wres_helpers.standard.columns import ETHNIC_GROUPS
from wres_helpers.standard.reference_tables import TABLES, read_reference, reference_notices
from wres_helpers.standard.standard_folders import first_edition, indicators_of, place_of
from wres_helpers.standard.standards import read_standard

REFERENCE = Path(__file__).resolve().parents[2] / "data" / "reference"
WRES = REFERENCE / "standards" / "wres"


def rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV as text."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_edition_from_2016_on_has_each_measure_once():
    catalogue = rows(WRES / "indicators.csv")
    measures = {row["measure"] for row in catalogue if row["role"] != "optional"}
    for edition in range(2016, 2028):
        held = [row for row in catalogue if int(row["edition_from"]) <= edition <= int(row["edition_to"] or 9999)]
        assert Counter(row["measure"] for row in held if row["role"] != "optional") == dict.fromkeys(measures, 1), edition
        headlines = [row["indicator"] for row in held if row["role"] == "headline"]
        assert headlines == [str(number) for number in range(1, 10)], edition


def test_directions_are_those_of_the_standard():
    # witness: the definitions of the indicators; above 1 is worse for BME in all three ratios
    directions = {row["indicator"]: row["direction"] for row in rows(WRES / "indicators.csv") if row["comparison"] == "ratio"}
    assert directions == {"2": "white/bme", "3": "bme/white", "4": "white/bme"}
    adverse = {row["measure"]: row["adverse"] for row in rows(WRES / "indicators.csv") if row["indicator"] in "5678"}
    assert adverse == {
        "harassment_public": "above_0",
        "harassment_staff": "above_0",
        "equal_opportunities": "below_0",
        "equal_opportunities_of_all": "below_0",
        "survey_response": "below_0",
        "discrimination_staff": "above_0",
        "discrimination_on_ethnic_ground": "above_0",
    }


def test_a_definition_that_moved_says_so_and_only_then():
    catalogue = rows(WRES / "indicators.csv")
    moved = {(row["measure"], row["edition_from"]) for row in catalogue if row["break_note"]}
    assert moved == {("equal_opportunities", "2022"), ("entering_disciplinary", "2021")}
    base = {row["edition_from"]: row["base_rule"] for row in catalogue if row["measure"] == "equal_opportunities"}
    assert base == {"2016": "answers:Yes|No", "2019": "answers:Yes|No", "2022": "answers:Yes|No|Don't know"}
    pooled = {row["edition_from"]: row["years_pooled"] for row in catalogue if row["measure"] == "entering_disciplinary"}
    assert pooled == {"2016": "2", "2021": "1"}


def test_every_definition_says_what_was_seen_where():
    """None was seen in the guidance itself: the research notes say that no edition's body could be read."""
    found = rows(WRES / "indicators.csv")
    assert {row["seen"] for row in found} == {"secondary", "secondary_in_part", "not_seen"}
    assert all(row["source"] for row in found)
    assert not [row for row in found if row["seen"] == "secondary" and "from memory" in row["source"].split(";")[0]]


@pytest.mark.parametrize("table", ["grades", "ethnic_categories", "question_labels"])
def test_nothing_is_called_seen_without_a_source(table):
    found = rows(place_of(WRES, table))
    assert {row["seen"] for row in found} == {"secondary", "not_seen"}
    assert all(row["source"] for row in found)
    assert not [row for row in found if row["seen"] == "secondary" and row["source"].lower().startswith("from memory")]


def test_a_definition_of_which_a_part_is_from_memory_is_not_called_seen():
    """Witness: the row's own source. Page one left indicator 4 out, whose method page said that a part of it 'is from memory'."""
    found = [(row["indicator"], row["source"]) for row in rows(WRES / "indicators.csv") if row["seen"] in ("guidance", "secondary")]
    assert not [name for name, source in found if "from memory" in source or "inferred" in source]


def test_ethnic_codes_mean_one_thing_in_their_set():
    categories = rows(REFERENCE / "ethnic_categories.csv")
    assert {row["group"] for row in categories} == set(ETHNIC_GROUPS)
    keys = [(row["code_set"], row["code"].casefold()) for row in categories]
    assert len(set(keys)) == len(keys)
    group = {(row["code_set"], row["code"]): row["group"] for row in categories}
    label = {(row["code_set"], row["code"]): row["label"] for row in categories}
    assert label["esr", "B"] == "White - Irish"
    assert label["wales", "B"] == "Gypsy or Irish Traveller"
    assert {group["esr", code] for code in "ABC"} == {"white"}
    assert {group["esr", code] for code in "DEFGHJKLMNPRS"} == {"bme"}
    assert {group["esr", code] for code in "XZ"} == {"unknown"}
    assert group["census_2021", "White: Roma"] == "white"
    assert group["census_2021", "Other ethnic group: Arab"] == "bme"
    without_category = ("wales", "wres_groups")
    settled = [row for row in categories if row["group"] != "unknown" and row["code_set"] not in without_category]
    assert settled and [row["code"] for row in settled if not row["category_16"]] == ["0 White"]  # which of the three white ones it was


def test_the_codes_of_the_1990s_are_read_with_their_label_only():
    """Witness: 1 is Black Caribbean in hospital statistics of 1995 to 2001 and white British in the numbers of the 2001 census."""
    of_set = [row for row in rows(REFERENCE / "ethnic_categories.csv") if row["code_set"] == "esr"]
    assert not {row["code"] for row in of_set} & set("0123456789")
    old = {row["code"]: row["group"] for row in of_set if row["code"][:2] in {f"{digit} " for digit in range(10)}}
    assert (old.pop("0 White"), old.pop("9 Not given")) == ("white", "unknown") and set(old.values()) == {"bme"} and len(old) == 8


def test_a_local_sub_code_belongs_to_the_group_of_its_letter():
    group = {row["code"]: row["group"] for row in rows(REFERENCE / "ethnic_categories.csv") if row["code_set"] == "esr"}
    assert all(group[code] == group[code[0]] for code in group if len(code) == 2 and code[0].isalpha())


def test_grades_run_in_the_order_of_pay_and_seniority_starts_at_8a():
    grades = sorted(rows(REFERENCE / "grades.csv"), key=lambda row: int(row["order"]))
    bands = [row["grade"] for row in grades if row["kind"] in ("agenda_for_change", "very_senior_manager")]
    assert bands == [
        "Under Band 1", "Band 1", "Band 2", "Band 3", "Band 4", "Band 5", "Band 6", "Band 7",
        "Band 8a", "Band 8b", "Band 8c", "Band 8d", "Band 9", "VSM",
    ]  # fmt: skip
    senior = [row["grade"] for row in grades if row["senior"] == "true" and row["kind"] != "grouped"]
    assert senior == ["Band 8a", "Band 8b", "Band 8c", "Band 8d", "Band 9", "VSM"]
    assert {row["grade"]: row["part_of"] for row in grades if row["part_of"]} == {"Senior medical manager": "Consultant"}


def test_every_spelling_of_a_grade_leads_to_one_known_grade():
    known = {row["grade"] for row in rows(REFERENCE / "grades.csv")}
    spellings = rows(REFERENCE / "grade_spellings.csv")
    assert {row["grade"] for row in spellings} <= known
    meanings: dict[str, set[str]] = {}
    for row in spellings:
        meanings.setdefault(row["spelling"].casefold(), set()).add(row["grade"])
    assert not [spelling for spelling, grades in meanings.items() if len(grades) > 1]
    assert meanings["nhs|xr08|review body band 8 - range a"] == {"Band 8a"}


def test_benchmarks_have_a_source_and_those_from_memory_stand_apart():
    seen, memory = rows(WRES / "benchmarks.csv"), rows(WRES / "benchmarks_unverified.csv")
    assert {row["confidence_mark"] for row in seen} == {"S"}
    assert all(row["source_url"].startswith(("https://", "http://")) for row in seen)
    assert {row["confidence_mark"] for row in memory} == {"M"}
    keys = [(row["year"], row["indicator"], row["measure"], row["group"]) for row in seen]
    # an edition has a second value only where a later report changed it, or where two sources contradict each other
    twice = [row for key, row in zip(keys, seen, strict=True) if keys.count(key) > 1 and row["restated"] == "false" and not row["conflict"]]
    assert [(row["year"], row["indicator"], row["value"]) for row in twice] == [("2022", "2", "1.54")]
    # a figure that was seen needs no memory, unless the source printed it without decimals
    exact = {key for key, row in zip(keys, seen, strict=True) if row["unit"] != "percent_rounded"}
    assert not exact & {(row["year"], row["indicator"], row["measure"], row["group"]) for row in memory}
    assert all(float(row["value"]) >= 0 for row in seen + memory)


def test_no_benchmark_rests_on_a_page_that_is_not_about_the_nhs():
    # witness: a mirror of a blog on the web page of a hotel stood here as the source of 1.59
    seen = rows(WRES / "benchmarks.csv")
    assert not [row["source_url"] for row in seen if "hotel" in row["source_url"]]
    kinds = {"official", "national body", "copy of an official text", "press", "newspaper", "report of an organisation"}
    kinds |= {"copy of a charity's text", "statement of a charity (its question inferred)"}  # the King's Fund is no official body
    assert {row["source_kind"] for row in seen} <= kinds
    assert {row["kind"] for row in seen} <= {"pooled", "mean_of_means", "median", "count", "share_of_organisations", "not_stated"}


@pytest.mark.parametrize("standard", ["wres", "wdes", "social-care-wres"])
def test_every_published_measure_has_words_of_its_own(standard):
    """Witness: the table. Shares of the workforce, of nurses and of Band 5 were all "Senior posts" in the workbook, the headline of their indicator."""
    folder = WRES.parent / standard
    words = {(row["indicator"], row["measure"]): row["in_words"] for row in rows(folder / "benchmark_words.csv")}
    assert {(row["indicator"], row["measure"]) for row in rows(folder / "benchmarks.csv")} <= words.keys()
    assert "" not in words.values() and len(set(words.values())) == len(words)


def test_counts_that_contradict_each_other_are_all_kept_and_marked():
    # witness: very senior managers 201 (2018), 290 (2021), 341 (2022), 325 (2023), all from official items
    marked = [row for row in rows(WRES / "benchmarks.csv") if row["conflict"]]
    managers = {row["year"]: row["value"] for row in marked if row["measure"] == "bme_headcount_vsm"}
    assert managers == {"2018": "201", "2021": "290", "2022": "341", "2023": "325"}
    assert {row["year"] for row in marked if row["measure"] == "bme_headcount"} == {"2021", "2022"}


def test_a_restated_figure_stands_beside_the_one_first_published():
    # witness: indicator 2 of edition 2022 was published in February 2023 as 1.54 and restated in March 2024 as 1.53
    both = [row for row in rows(WRES / "benchmarks.csv") if (row["year"], row["indicator"], row["group"]) == ("2022", "2", "white/BME")]
    found = {row["published"]: (row["value"], row["restated"]) for row in both if row["measure"] == "relative_likelihood"}
    assert found == {"2023": ("1.54", "false"), "2024": ("1.53", "true")}


def test_senior_leadership_of_the_improvement_plan_starts_at_8c():
    leading = [row["grade"] for row in rows(REFERENCE / "grades.csv") if row["senior_leadership"] == "true"]
    assert leading == ["Band 8c", "Band 8d", "Band 9", "VSM"]


@pytest.mark.parametrize(
    ("choice", "editions", "rules", "notes"),
    [
        ("by_edition", (1, 2, 3), ["Yes|No", "Yes|No", "Yes|No|Don't know"], ["", "number", "base"]),
        ("include_dont_know", (1, 2, 3), ["Yes|No|Don't know"] * 3, ["", "", ""]),
        ("exclude_dont_know", (1, 2, 3), ["Yes|No"] * 3, ["", "", ""]),
        ("exclude_dont_know", (1, 2), ["Yes|No"] * 2, ["", "number"]),  # every edition measures so: nothing was chosen
        ("include_dont_know", (1, 2), ["Yes|No"] * 2, ["", "number"]),  # no edition says how
        ("include_dont_know", (3,), ["Yes|No|Don't know"], ["base"]),
        ("exclude_dont_know", (3,), ["Yes|No|Don't know"], ["base"]),
    ],
)
def test_a_base_of_indicator_7_that_is_chosen_is_that_of_an_edition_that_has_it(choice, editions, rules, notes):
    """Witness: three editions written down by hand. Beside them stand another indicator's row of the same answers, and one that asks everybody."""
    rows = [
        ("7", 1, "answers:Yes|No", "Of yes and no.", ""),
        ("7", 2, "answers:Yes|No", "Of yes and no.", "number"),
        ("7", 3, "answers:Yes|No|Don't know", "Of all three.", "base"),
    ]
    others = [("7", 1, "all_respondents", "Of all.", "of all"), ("8", 2, "answers:Yes|No", "Discrimination.", "eight")]
    columns = ["indicator", "edition_from", "base_rule", "definition", "break_note"]
    given = pd.DataFrame([row for row in rows if row[1] in editions] + others, columns=columns)
    before = given.copy()
    made = with_chosen_base(given, choice)
    assert given.equals(before) and made.iloc[len(editions) :].equals(before.iloc[len(editions) :])
    made, before = made.iloc[: len(editions)], before.iloc[: len(editions)]
    assert made["base_rule"].tolist() == [f"answers:{rule}" for rule in rules]
    assert made["break_note"].tolist() == notes
    meant = {"Yes|No": "Of yes and no.", "Yes|No|Don't know": "Of all three."}
    changed = made["base_rule"].ne(before["base_rule"])
    assert made.loc[changed, "definition"].tolist() == [
        f"{meant[rule]} The organisation chose this base; the edition has another." for rule, new in zip(rules, changed, strict=True) if new
    ]
    assert made.loc[~changed, "definition"].equals(before.loc[~changed, "definition"])


#: Three definitions of one measure, the second of one edition alone, and a measure that never moved.
EDITIONS = pd.DataFrame(
    [("a", 2016, 2018, ""), ("a", 2019, 2019, "One."), ("a", 2020, 9999, "Two."), ("b", 2016, 9999, "")],
    columns=["measure", "edition_from", "edition_to", "break_note"],
)


def test_a_definition_holds_from_its_first_edition_to_its_last_and_breaks_what_lies_on_either_side():
    """Witness: by hand, every edition and every pair of them."""
    held = {2015: [], 2016: [2016, 2016], 2018: [2016, 2016], 2019: [2019, 2016], 2020: [2020, 2016], 2030: [2020, 2016]}
    for edition, starts in held.items():
        rows = in_force(EDITIONS, edition)
        assert rows["edition_from"].tolist() == starts and rows.columns.equals(EDITIONS.columns)
    for earlier in range(2016, 2022):
        for later in range(earlier, 2022):
            notes = [note for edition, note in ((2019, "One."), (2020, "Two.")) if earlier < edition <= later]
            assert breaks_between(EDITIONS, earlier, later) == ({"a": " ".join(notes)} if notes else {})


@pytest.mark.parametrize(
    ("ends", "found"),
    [((2018, 2019), None), ((2019, 2019), "'a' from 2016 to 2019, and again from 2019"), ((2018, 2018), "'a' from 2019 to 2018"),
     ((2018, 2020), "'a' from 2019 to 2020, and again from 2020")],
    ids=str,
)  # fmt: skip
def test_a_measure_that_holds_twice_in_an_edition_or_in_none_is_refused(tmp_path, ends, found):
    """Witness: editions by hand, as rows of the standard's own table in another order."""
    folder = tmp_path / "standards" / "own"
    shutil.copytree(WRES, folder)
    table = pd.read_csv(WRES / "indicators.csv", dtype=str, keep_default_na=False)
    one = table[table["measure"].eq("appointed_from_shortlisting")].iloc[:1]
    made = [
        one.assign(measure="a", edition_from=str(row.edition_from), edition_to=str(end))
        for row, end in zip(EDITIONS.iloc[:3].itertuples(), (*ends, ""), strict=True)
    ]
    pd.concat([table, *made[::-1]]).to_csv(folder / "indicators.csv", index=False)
    words = pd.read_csv(WRES / "words.csv", dtype=str, keep_default_na=False)
    pd.concat([words, words.iloc[:1].assign(measure="a")]).to_csv(folder / "words.csv", index=False)
    if found is None:
        assert pooled_years(folder, 2020) == 2 and pooled_years(folder, 2021) == 1
    else:
        with pytest.raises(InputProblems) as refused:
            catalogue(folder)
        assert [problem.found for problem in refused.value.problems] == [found]


@pytest.fixture
def own(tmp_path):
    """A standard of somebody's own, like WRES, beside the tables that all standards share."""
    shutil.copytree(WRES, tmp_path / "standards" / "own")
    for path in REFERENCE.glob("*.csv"):
        shutil.copy(path, tmp_path)
    return tmp_path / "standards" / "own"


def with_rows(folder: Path, name: str, *changes: dict[str, str]) -> Path:
    """Write a table of copies of its last row, each with some cells changed; return the folder."""
    path = place_of(folder, name)
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    pd.DataFrame([table.iloc[-1].to_dict() | change for change in changes]).to_csv(path, index=False)
    return folder


@pytest.mark.parametrize("unit", ["percent", "percent_rounded"])
@pytest.mark.parametrize(("value", "taken"), [("0", True), ("0.5", True), ("100", True), ("-0.1", False), ("100.5", False)])
def test_a_percentage_lies_from_nobody_to_everybody(own, unit, value, taken):
    with_rows(own, "benchmarks", {"unit": unit, "value": value, "group": "BME"})
    if taken:
        assert read_reference(own, "benchmarks")["value"].tolist() == [value]
    else:
        with pytest.raises(InputProblems, match="a percentage from 0 to 100"):
            read_reference(own, "benchmarks")


def test_a_national_figure_is_of_an_edition_between_the_first_and_this_year(own):
    """Witness: the years on either side of each edge. A ratio or a headcount is no percentage, whatever its number."""
    this = date.today().year
    years = (2015, 2016, this, this + 1)
    rows = [{"year": str(year), "unit": "headcount", "value": "2500", "group": "BME"} for year in years]
    notices = [notice for notice in reference_notices(with_rows(own, "benchmarks", *rows)) if notice.column == "year"]
    assert [notice.found for notice in notices] == [f"'{years[0]}'", f"'{years[-1]}'"]


@pytest.mark.parametrize(
    ("first", "last", "wrong"),
    [("2016", "2018", False), ("2016", "2019", True), ("2019", "2019", True), ("2021", "2021", True), ("2021", "", True), ("2022", "", False), ("", "", None)],
)  # fmt: skip
def test_a_question_is_of_the_indicator_that_asks_it_in_any_of_the_same_editions(own, first, last, wrong):
    """Witness: a question that indicator 5 asks from 2019 to 2021, named under 8 in editions that share one of these with it, or none."""
    asked = pd.read_csv(own / "indicators.csv", dtype=str, keep_default_na=False)
    row = asked[asked["measure"].eq("harassment_public")].iloc[:1]
    more = row.assign(measure="another", role="context", edition_from="2019", edition_to="2021", survey_question="99a+99b")
    pd.concat([asked, more]).to_csv(own / "indicators.csv", index=False)
    with_rows(own, "question_labels", {"label": "99b", "indicator": "8", "edition_from": first, "edition_to": last})
    if wrong is False:
        assert read_reference(own, "question_labels")["label"].tolist() == ["99b"]
    else:
        with pytest.raises(InputProblems, match="column 'edition_from'" if wrong is None else "expected indicator 5, whose question '99b'"):
            read_reference(own, "question_labels")


@pytest.mark.parametrize(
    ("name", "column"),
    [
        (name, column)
        for name, declared in TABLES.items()
        for column in dict.fromkeys((*declared.key, "indicator"))
        if column in declared.needed
    ],
    ids=str,
)
def test_what_a_row_is_found_by_is_never_empty(own, name, column):
    """Witness: the cell of a shipped row emptied. A published figure of no indicator stood beside nothing, without a word."""
    with_rows(own, name, {column: ""})
    if column == "published":  # of a figure whose source does not say when
        assert read_reference(own, name)["published"].tolist() == [""]
    else:
        with pytest.raises(InputProblems, match=f"column '{column}': found an empty cell"):
            read_reference(own, name)


def test_a_table_is_read_as_it_stands_and_again_where_it_changed(own):
    """Witness: the file's own columns and rows; a stamp for what is remembered of the standard's tables, and of those that all share."""
    table = read_reference(own, "peers")
    assert table.columns.tolist() == list(rows(own / "peers.csv")[0]) and table.index.tolist() == list(range(len(table)))
    stamps = [reference_stamps(own)]
    for path in (own / "peers.csv", own.parent.parent / "grades.csv"):
        path.write_bytes(path.read_bytes() + b"\n")
        stamps.append(reference_stamps(own))
    assert stamps[0] != stamps[1] != stamps[2] != stamps[0]
    assert not [path for path, *_ in reference_stamps(own.parent.parent)[1] if path.parent != own.parent.parent]


@pytest.mark.parametrize(("name", "place"), [("grades", "data/reference/grades.csv"), ("words", "data/reference/standards/own/words.csv")])
def test_a_table_that_is_gone_is_told_where_it_belongs(own, name, place):
    place_of(own, name).unlink()
    with pytest.raises(InputProblems) as refused:
        read_reference(own, name)
    assert [problem.file for problem in refused.value.problems] == [place]


def test_of_each_statement_it_is_told_where_it_was_seen_and_from_which_edition_it_holds(own):
    """Witness: one row of each kind by hand. What is about no edition is about all of them; grades are of no indicator."""
    one = {"seen": "guidance", "source": "Its source"}
    definitions = pd.DataFrame([{"indicator": "4a i", "plain_title": "Harassment", "edition_from": 2019, "edition_to": 9999} | one])
    labels = pd.DataFrame([{"indicator": "5", "label": "14a", "edition_from": 2022, "edition_to": 2025} | one])
    ladder = pd.DataFrame([{"label": "Band 2"} | one])
    with_rows(
        own, "ethnic_categories", {"code_set": "esr", "code": "A", "label": "White - British", "seen": "secondary", "source": "Another"}
    )
    told = provenance(own, definitions, labels, ladder, read_standard(own))
    seen = ["seen in the standard's technical guidance"] * 3 + ["seen in a secondary source"]
    pd.testing.assert_frame_equal(
        told,
        pd.DataFrame({
            "statement": ["definition", "question label", "grade", "ethnic category"],
            "indicator": ["4a i", "5", "", ""],
            "name": ["4a i. Harassment, from edition 2019", "Indicator 5: 14a", "Band 2", "esr A: White - British"],
            "seen": seen,
            "source": ["Its source"] * 3 + ["Another"],
            "edition_from": [2019, 2022, 0, 0],
            "edition_to": [9999, 2025, 9999, 9999],
        }),
        check_dtype=False,
    )  # fmt: skip
    with_rows(own, "standard", *({"key": row["key"], "says": row["says"]} for row in rows(WRES / "standard.csv") if row["key"] != "characteristic"),
              {"key": "characteristic", "says": "disability"})  # fmt: skip
    assert provenance(own, definitions, labels, ladder, read_standard(own))["statement"].tolist() == [
        "definition",
        "question label",
        "grade",
    ]


def test_what_is_asked_of_a_standard_before_it_is_read_is_what_its_tables_say(own):
    """Witness: its indicators, of which the survey answers four; a standard that names no first edition has that of the first of all, 2016."""
    assert indicators_of(own) == {str(number): number in (5, 6, 7, 8) for number in range(1, 10)}
    assert first_edition(with_rows(own, "standard", {"key": "name", "says": "Own"}, {"key": "first_edition", "says": "2021"})) == 2021
    assert first_edition(with_rows(own, "standard", {"key": "name", "says": "Own"})) == first_edition(own / "nowhere") == 2016

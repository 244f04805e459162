"""The register of printed figures: forgiving about order and spelling, exact about what it cannot read."""

import re
from pathlib import Path

import pandas as pd
import pytest
from support.doors import parameters_of, told
from support.register_files import read_register_file

from wres_helpers.checking import blocking, reconcile
from wres_helpers.intake.printed.printed_register import read_register, register_notices
from wres_helpers.intake.printed.register_words import CLAIMS, ITEMS, REGISTER_COLUMNS, SAYINGS
from wres_helpers.problems import InputProblems
from wres_helpers.publishing.runs.prepared_report import read_inputs
from wres_helpers.settings.master_file_reader import load_parameters

PROJECT = Path(__file__).parents[2]
MANUAL = (PROJECT / "data" / "REGISTER.md").read_text(encoding="utf-8")


def read(tmp_path: Path, text: str) -> pd.DataFrame:
    path = tmp_path / "published.csv"
    path.write_text(text, encoding="utf-8")
    return read_register_file(path, "data/elsewhere/2019-20/published.csv")


def problems(tmp_path: Path, text: str) -> list:
    with pytest.raises(InputProblems) as told:
        read(tmp_path, text)
    return list(told.value.problems)


def test_columns_in_any_order_and_spellings_in_use(tmp_path):
    table = read(
        tmp_path, "Printed,Ethnic group,Claim,Base,Item,Where,ID,Year\n5 per cent,BAME,percentage,All groups,staff,Page 2,A1,2019/20\n"
    )
    row = table.iloc[0]
    assert (row["claim"], row["item"], row["ethnic_group"], row["base"], row["printed"]) == (
        "share",
        "headcount",
        "bme",
        "all groups",
        "5 per cent",
    )
    assert list(table.columns) == list(REGISTER_COLUMNS)


def test_every_mistake_is_told_at_once(tmp_path):
    text = (
        "id,where,claim,printed,item,ethnic_group,base,year,indicator\n"
        "A1,Page 2,cuont,65,headcount,bme,,2019-20,\n"
        "A1,Page 2,count,,headcount,bme,,2019-20,\n"
        "A2,Page 2,share,5%,headcount,purple,,19/20,\n"
        "A3,Page 2,status,ACHIEVING,,,,,\n"
        "A4,Page 2,count,7,,,,,\n"
    )
    told = {(problem.row, problem.column) for problem in problems(tmp_path, text)}
    assert told == {(2, "claim"), (3, "id"), (3, "printed"), (4, "ethnic_group"), (4, "year"), (4, "base"), (5, "indicator"), (6, "item")}
    sentences = [problem.sentence() for problem in problems(tmp_path, text)]
    assert any("Did you mean 'count'?" in sentence for sentence in sentences)


@pytest.mark.parametrize(("says", "wrong"), [("over 2 times", True), ("every part", False), ("", False)])
def test_what_a_sentence_says_beside_a_printed_number_was_moved_there(tmp_path, says, wrong):
    """Witness: a column moved by a row, so that a count said what the sentence below it claims, and nobody held either to it."""
    text = f"id,where,claim,printed,item,ethnic_group,says\nA1,Page 2,count,65,headcount,bme,{says}\n"
    if wrong:
        (problem,) = problems(tmp_path, text)
        assert (problem.row, problem.column, problem.found) == (2, "says", "'over 2 times'")
    else:
        assert len(read(tmp_path, text)) == 1


def test_results_that_stand_again_and_again_are_refused_before_figures_are_made_of_them(tmp_path):
    """Twenty thousand such rows took nine seconds to be refused, figure by figure. Witness: the message, of one line."""
    row = "2019-20,appointed_from_shortlisting,overall,all,150,1605,11,251\n"
    told = problems(tmp_path, "year,measure,breakdown,category,white_count,white_base,bme_count,bme_base\n" + row * 50)
    assert {problem.found for problem in told} == {"a repeated row"} and len(told) == 49


@pytest.mark.parametrize("mark", ["\u00b9", "\u2020", "*", " \u2021"])
def test_a_footnotes_mark_is_no_part_of_a_category(tmp_path, mark):
    """Witness: the category of a table as printed; with its mark it was a category of its own, and held to nothing."""
    text = f"id,where,claim,printed,item,breakdown,category,ethnic_group\nA1,Page 2,count,65,workforce,grade,Bands 6 to 9{mark},bme\n"
    assert read(tmp_path, text)["category"].tolist() == ["Bands 6 to 9"]


def test_headings(tmp_path):
    (missing,) = problems(tmp_path, "id,where,claim\nA1,Page 2,count\n")
    assert missing.column == "printed"
    (unknown,) = problems(tmp_path, "id,where,claim,printed,item,ethnic_gruop\nA1,Page 2,count,65,headcount,bme\n")
    assert "ethnic_group" in unknown.action


@pytest.mark.parametrize("text", ["", "id,where\n1,2,3,4\n"])
def test_not_a_table(tmp_path, text):
    assert problems(tmp_path, text)


def test_not_text(tmp_path):
    path = tmp_path / "published.csv"
    path.write_bytes(b"id,where,claim,printed\nA1,Page 2,count,\xff\xfe65\n")
    with pytest.raises(InputProblems, match="UTF-8"):
        read_register_file(path, "published.csv")


def test_no_register_is_an_empty_one(tmp_path):
    parameters = load_parameters(PROJECT / "params" / "necs-2019-20.yaml", year="2018-19")
    assert read_register(parameters).empty


def test_the_manual_names_the_whole_vocabulary():
    for word in (*REGISTER_COLUMNS, *CLAIMS, *ITEMS, *SAYINGS):
        assert re.search(rf"\b{re.escape(word)}(?!\w)", MANUAL), f"data/REGISTER.md does not explain '{word}'"


def test_each_form_of_a_register_is_shown_in_ten_lines_that_do_what_the_manual_says(tmp_path):
    """Witness: 371 + 193 + 48 = 612 and 37 of 240 = 15.42%; 218 of 1,093 = 19.945%."""
    parameters = load_parameters(PROJECT / "params" / "necs-2019-20.yaml")
    shown = re.findall(r"```csv\n(.*?)```", MANUAL, re.DOTALL)
    assert [len(text.splitlines()) for text in shown] == [10, 10, 10]
    for text, right in zip(shown[1:], ({"612", "15.4%"}, {"218"}), strict=True):
        findings = reconcile(pd.DataFrame(), read(tmp_path, text), parameters)
        told = findings[findings["verdict"].eq("contradicts") & ~findings["rule"].eq("parts")]
        assert set(told["expected"]) == right, told.to_string()


def test_the_manual_s_own_register_does_what_it_says(tmp_path):
    text = re.search(r"```csv\n(.*?)```", MANUAL, re.DOTALL)[1]
    parameters = load_parameters(PROJECT / "params" / "necs-2019-20.yaml")
    findings = reconcile(pd.DataFrame(), read(tmp_path, text), parameters)
    told = findings[findings["verdict"].eq("contradicts")].set_index("claim")
    assert set(told.index) == {"P3", "P6", "P7"}
    assert "3 of 65" in told.loc["P3", "diagnosis"] and "29 of 1,093" in told.loc["P6", "diagnosis"]
    assert told.loc["P7", "expected"] == "1.74 times"


def test_a_report_of_which_only_the_register_exists_can_be_checked(spoilable):
    folder = spoilable / "data" / "elsewhere" / "2019-20"
    folder.mkdir(parents=True)
    text = re.search(r"```csv\n(.*?)```", MANUAL, re.DOTALL)[1]
    (folder / "published.csv").write_text(text, encoding="utf-8")
    master = spoilable / "params" / "elsewhere-2019-20.yaml"
    master.write_text(
        "organisation: {code: elsewhere, name: Elsewhere NHS Trust, short_name: Elsewhere}\nyear: 2019-20\n", encoding="utf-8"
    )
    parameters = load_parameters(master)
    checked = reconcile(*read_inputs(parameters, figures_may_stand_alone=True), parameters)
    assert set(checked.loc[checked["verdict"].eq("contradicts"), "claim"]) == {"P3", "P6", "P7"} and len(blocking(checked))


@pytest.mark.parametrize(("years", "asked"), [(("2018-19", "2018-19"), True), (("2018-19", ""), False), (("2018-19", "2019-20"), False)])
def test_a_register_of_another_year_alone_is_asked_about(spoilable, years, asked):
    """No count was held to it. Witness: last year's register under this year's name; figures of both years, and of the year by default."""
    register = spoilable / "data" / "necs" / "2019-20" / "published.csv"
    register.write_text("printed,item,year\n" + "".join(f"1,headcount,{year}\n" for year in years))
    said = [each.found for each in register_notices(parameters_of(spoilable))]
    assert ("figures of 2018-19 alone" in said) is asked


@pytest.mark.parametrize("cell", ["TRUE", "1\u00bd", "inf", "2_"])
def test_an_indicator_is_a_number_or_several(project, tmp_path, cell):
    path = tmp_path / "published.csv"
    path.write_text(f"printed,item,indicator\n12,headcount,{cell}\n13,headcount,5-6\n14,headcount,4a\n")
    with pytest.raises(InputProblems) as caught:
        read_register_file(path, path.name)
    (problem,) = caught.value.problems
    assert (problem.row, problem.column) == (2, "indicator")


def test_a_heading_of_nothing_but_dashes_and_slashes_ends_in_words(tmp_path):
    """Witness: a page saved as HTML under the register's name; its first line is a heading of thousands of slashes."""
    path = tmp_path / "published.csv"
    path.write_text("<td>" + "a</td><td>" * 3000 + "\n1\n")
    with pytest.raises(InputProblems):
        read_register_file(path, path.name)


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("12%,headcount,gradc,Band 5,bme,all groups", "column 'breakdown': found 'gradc'; expected a breakdown of the counts tables. Did you mean 'grade'?"),
        ("12%,headcount,Grades,Band 5,bme,all groups", "Did you mean 'grade'?"),
        ("12%,headcount,grade,Bnad 5,bme,all groups", "column 'category': found 'Bnad 5'; expected a category of 'grade'. Did you mean 'Band 5'?"),
        ("12%,headcount,site,Nortth,bme,all groups", "Did you mean 'North'?"),
        ("12,accessed_training,site,,bme,", "column 'category': found an empty cell; expected a category of 'site'. Fill it in"),
        ("12%,headcount,site,South,bme,all groups", ""),
        ("12%,headcount,grade,Band 8,bme,all groups", ""),
        ("12%,headcount,grade,Bands 8a to 9,bme,all groups", ""),
        ("12%,headcount,age,Under 30,bme,all groups", ""),
    ],
)  # fmt: skip
def test_a_figure_of_a_misspelt_breakdown_or_category_is_asked_about(spoilable, row, found):
    """No count was held to it, and nobody was told. Witness: slips in the two cells; names that are none, and those of a page's own."""
    year = spoilable / "data" / "necs" / "2019-20"
    (year / "training.csv").write_text(
        "site,ethnic_group,accessed\nNorth,white,118\nNorth,bme,5\nSouth,white,100\nSouth,bme,4\n", encoding="utf-8"
    )
    (year / "published.csv").write_text(f"printed,item,breakdown,category,ethnic_group,base\n{row}\n", encoding="utf-8")
    said = "\n".join(line for line in told(spoilable).splitlines() if "published.csv" in line)
    assert (found in said) if found else not said


@pytest.mark.parametrize(("cut", "found"), [("grade,", "column 'category': found an empty cell"), (",Band 5", "column 'breakdown': found an empty cell"),
                                            ("overall,Band 5", "found 'overall'"), ("overall,all", ""), (",", "")])  # fmt: skip
def test_a_row_of_results_has_a_breakdown_and_its_category_or_neither(spoilable, cut, found):
    """It was taken for the whole, or held to nothing. Witness: one of the two cells emptied."""
    path = spoilable / "data" / "necs" / "2019-20" / "published.csv"
    path.write_text(
        f"year,measure,breakdown,category,white_count,white_base,bme_count,bme_base\n2019-20,share_of_grade,{cut},14,20,6,20\n",
        encoding="utf-8",
    )
    if not found:
        assert "published.csv" not in told(spoilable), "of a row with several figures, too"
        return
    with pytest.raises(InputProblems, match=re.escape(found) if "overall" not in found else "expected a breakdown and its category"):
        read_register(parameters_of(spoilable))

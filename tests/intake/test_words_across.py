"""Words that stand across, in one row of headings or in two. Witness: the same counts written plainly, by hand; shares worked out by hand."""

import io

import openpyxl
import pytest

from wres_helpers.intake.counts.counts_tables import read_counts_table, words_of
from wres_helpers.settings.master_file_reader import load_parameters

TWO_PLACES = {("North", "white"): 90, ("North", "bme"): 10, ("South", "white"): 40, ("South", "bme"): 10}
STAGES = {("white", "applied"): 1000, ("white", "shortlisted"): 200, ("white", "appointed"): 50,
          ("bme", "applied"): 400, ("bme", "shortlisted"): 50, ("bme", "appointed"): 5}  # fmt: skip
ASKED = {("white", "14a", "At least once"): 240, ("white", "14a", "Never"): 660, ("bme", "14a", "At least once"): 60, ("bme", "14a", "Never"): 140,
         ("white", "15", "Yes"): 500, ("white", "15", "No or don't know"): 400, ("bme", "15", "Yes"): 90, ("bme", "15", "No or don't know"): 110}  # fmt: skip


@pytest.fixture(scope="module")
def words(project, tmp_path_factory):
    folder = tmp_path_factory.mktemp("across")
    (folder / "params").mkdir()
    (folder / "data" / "trust" / "2024-25").mkdir(parents=True)
    (folder / "data" / "reference").symlink_to(project / "data" / "reference")
    (folder / "params" / "trust.yaml").write_text("organisation: {code: trust, name: Trust, short_name: Trust}\nyear: 2024-25\n")
    return words_of(load_parameters(folder / "params" / "trust.yaml"), "2024-25")


@pytest.fixture
def read(tmp_path, words):
    def reads(table, content):
        path = tmp_path / f"{table}.{'csv' if isinstance(content, str) else 'xlsx'}"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_counts_table(path, table, path.name, words)

    return reads


def counted(reading):
    assert not reading.problems, reading.problems
    keys = [name for name in reading.table if name not in ("headcount", "people", "respondents")]
    keys.sort(key=["directorate", "ethnic_group", "stage", "question", "response"].index)
    rows = reading.table.set_index(keys).iloc[:, 0]
    return {place: number for place, number in rows.items() if number}


def said(reading):
    return "\n".join(problem.sentence() for problem in reading.problems)


@pytest.mark.parametrize(
    "content",
    [
        "Directorate,White headcount,White %,BME headcount,BME %\nNorth,90,90.0%,10,10.0%\nSouth,40,80.0%,10,20.0%\n",
        "Directorate,White,%,BME,%\nNorth,90,90.0%,10,10.0%\nSouth,40,80.0%,10,20.0%\n",
        "Directorate,White,BME,%\nNorth,90,10,10.0%\nSouth,40,10,20.0%\n",
        "Directorate,White,,BME,\n,Headcount,%,Headcount,%\nNorth,90,90.0%,10,10.0%\nSouth,40,80.0%,10,20.0%\n",
        "Staff in post\n,White,,BME,,Total\nDirectorate,No.,%,No.,%,\nNorth,90,90%,10,10%,100\nSouth,40,80%,10,20%,50\nTotal,130,86.7%,20,13.3%,150\n",
        "Directorate,Headcount,,%,\n,White,BME,White,BME\nNorth,90,10,90.0%,10.0%\nSouth,40,10,80.0%,20.0%\n",
        "Directorate,Ethnicity,\n,White,BME\nNorth,90,10\nSouth,40,10\n",
        ",2023-24,,2024/25,\nDirectorate,White,BME,White,BME\nNorth,80,9,90,10\nSouth,35,8,40,10\n",
        "Directorate,White 2023-24,White 2024-25,BME 2023-24,BME 2024-25\nNorth,80,90,9,10\nSouth,35,40,8,10\n",
        ",31 March 2024,,31 March 2025,\nDirectorate,White,BME,White,BME\nNorth,80,9,90,10\nSouth,35,8,40,10\n",
        "Directorate,Headcount,White headcount,BME headcount\nNorth,100,90,10\nSouth,50,40,10\n",
    ],
)
def test_groups_over_measures_and_years_over_groups_give_the_plain_counts(read, content):
    """Each was refused: headings that stand twice, cells under no heading, a column of numbers."""
    reading = read("headcount", content)
    assert counted(reading) == TWO_PLACES
    told = "\n".join(notice.sentence() for notice in reading.notices)
    assert "across: " in told and ("2024" not in content or "found columns of 2023-24" in told)
    assert ("%" in content) == ("the shares of the counts beside them" in told)


@pytest.mark.parametrize(
    ("merged", "body"), [(["A1:A2", "B1:C1", "D1:E1"], []), (["B1:C1", "D1:E1"], ["A3:A4"])], ids=["headings", "records, too"]
)
def test_merged_cells_are_read_in_headings_and_nowhere_else(read, merged, body):
    """Merged cells anywhere stopped a table, over a title, too."""
    book = openpyxl.Workbook()
    for row in ("Directorate,White,,BME,", ",Number,%,Number,%", "North,90,90.0%,10,10.0%", "South,40,80.0%,10,20%"):
        book.active.append([cell or None for cell in row.split(",")])
    for cells in (*merged, *body):
        book.active.merge_cells(cells)
    book.save(content := io.BytesIO())
    reading = read("headcount", content.getvalue())
    if body:
        assert "row 3, column 'A': found merged cells A3:A4" in said(reading) and "B1" not in said(reading)
    else:
        assert counted(reading) == TWO_PLACES


@pytest.mark.parametrize(
    "content",
    [
        "Applied,,Shortlisted,,Appointed,\nWhite,BME,White,BME,White,BME\n1000,400,200,50,50,5\n",
        ",White,,,BME,,\n,Applied,Shortlisted,Appointed,Applied,Shortlisted,Appointed\n,1000,200,50,400,50,5\n",
        "Stage,White,,BME,\n,Number,%,Number,%\nApplied,1000,71.4%,400,28.6%\nShortlisted,200,80%,50,20%\nAppointed,50,90.9%,5,9.1%\n",
        ",Applied,,,,Shortlisted,,,,Appointed,,,\n,White,,BME,,White,,BME,,White,,BME,\n,No,%,No,%,No,%,No,%,No,%,No,%\n"
        ",1000,71.4%,400,28.6%,200,80%,50,20%,50,90.9%,5,9.1%\n",
        "Ethnic group,Applied,Shortlisted,% shortlisted,Appointed,% appointed\nWhite,1000,200,20%,50,25%\nBME,400,50,12.5%,5,10%\n",
        "Ethnic group,Applied,Shortlisted,% of applied,Appointed,% of shortlisted,% of applied\nWhite,1000,200,20%,50,25%,5%\nBME,400,50,12.5%,5,10%,1.25%\n",
        "Ethnic group,Applied,%,Shortlisted,%,Appointed,%\nWhite,1000,71.4%,200,80.0%,50,90.9%\nBME,400,28.6%,50,20%,5,9.1%\n",
        "Ethnic group,Applied,Shortlisted,Appointed,Success rate\nWhite,1000,200,50,25%\nBME,400,50,5,10%\n",
        "White appointed %,White applied,BME applied,White shortlisted,BME shortlisted,White appointed,BME appointed\n5%,1000,400,200,50,50,5\n",
    ],
)
def test_stages_and_groups_across_with_the_shares_between_them_give_the_plain_counts(read, content):
    assert counted(read("recruitment", content)) == STAGES


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("Directorate,White,%,BME,%\nNorth,90,90.0%,10,11.0%\nSouth,40,80.0%,10,20.0%\n", "column 'white_%' or 'bme_%': found a column of numbers"),
        (",,White,,,BME,\nDirectorate,N,%,FTE,N,%,FTE\nNorth,90,90%,88,10,10%,9\n", "belong before the heading of each ('White headcount')"),
        (",North,,South,\nSex,White,BME,White,BME\nWomen,90,10,40,10\nMen,45,5,30,8\n", "make a row for each of the upper words"),
        ("Directorate,Headcount,White headcount,BME headcount\nNorth,101,90,10\nSouth,50,40,10\n", "found '101'; expected a total of 100"),
        ("Directorate,White,White headcount,BME\nNorth,90,91,10\n", "'white' and 'white_headcount', which mean the same"),
        ("Ethnic group,2022-23,2023-24\nWhite,900,950\nBME,100,120\n", "found 2022-23, 2023-24; expected the counts of 2024-25"),
    ],
)  # fmt: skip
def test_words_across_that_have_no_certain_reading_stop_with_their_cure(read, content, expected):
    assert expected in said(read("headcount", content))


@pytest.mark.parametrize(
    "content",
    [
        "Ethnic group,response,base,Q14a,Q15\nWhite,Yes,900,26.67,55.6\nBME,Yes,200,30,45\n",
        "Ethnic group,response,base,Q14a,Q15\nWhite,At least once,900,26.67,55.6\nBME,At least once,200,30,45\n",
        "Ethnic group,Q14a %,Q14a base,Q15 %,Q15 base,response\nWhite,26.67%,900,55.6%,900,Yes\nBME,30.0%,200,45.0%,200,Yes\n",
        "Ethnic group,base,Q14a % at least once,Q15 % yes\nWhite,900,26.67,55.6\nBME,200,30,45\n",
        ",Q14a,,Q15,\nEthnic group,% at least once,Base,% yes,Base\nWhite,26.67%,900,55.6%,900\nBME,30%,200,45%,200\n",
        "Question,Response,All %,All n,White %,White n,BME %,BME n\n14a,At least once,27.27%,1100,26.67%,900,30%,200\n15,Yes,53.6%,1100,55.6%,900,45%,200\n",
        "Question,Response,Base,White %,White base,BME %,BME base\n14a,At least once,1100,26.67%,900,30%,200\n15,Yes,1100,55.6%,900,45%,200\n",
        ",,White,,BME,\nQuestion,Response,%,Base,%,Base\nQ14a,At least once,26.67%,900,30%,200\nQ15,Yes,55.6%,900,45%,200\n",
    ],
)
def test_questions_across_in_percentages_are_read_where_the_answer_is_said(read, content):
    """They were told to add a column which a long table alone can have."""
    assert counted(read("staff_survey", content)) == ASKED


def test_questions_across_in_percentages_without_an_answer_are_told_what_says_it(read):
    """Witness: the cure followed, in the test above: a column with one answer for all questions."""
    reading = read("staff_survey", "Ethnic group,base,Q14a,Q15\nWhite,900,26.67,55.6\nBME,200,30.00,45.0\n")
    assert "Add the column 'response'" in said(reading) and "where questions stand across, either says both" in said(reading)

"""Reference tables, lists and tidy counts come through the one door. Witness: the fault planted in a good table, by hand."""

import csv

import pandas as pd
import pytest

from wres_helpers.intake.tidy_counts import TIDY, read_tidy_counts
from wres_helpers.problems import InputProblems
from wres_helpers.settings.master_file_reader import load_parameters
from wres_helpers.standard.catalogue import question_labels, read_reference_tables
from wres_helpers.standard.grades import grades
from wres_helpers.standard.reference_tables import read_reference
from wres_helpers.standard.standard_folders import place_of
from wres_helpers.tables.cell_readers import nearest, whole_number
from wres_helpers.tables.table_reader import read_table

READERS = {
    "grades": grades, "grade_spellings": lambda folder: read_reference(folder, "grade_spellings"), "ethnic_categories":
    lambda folder: read_reference(folder, "ethnic_categories"), 
    "question_labels": question_labels,
    **dict.fromkeys(("peers", "groups", "benchmarks", "indicators", "benchmark_words", "words", "standard", "items"), read_reference_tables),
}  # fmt: skip


def reference(project, name, change):
    path = place_of(project / "data" / "reference" / "standards" / "wres", name)
    path.write_bytes(change(path.read_bytes()))
    return READERS[name](project / "data" / "reference" / "standards" / "wres")


@pytest.mark.parametrize("name", list(READERS))
@pytest.mark.parametrize(
    "change", [lambda data: data.decode().encode("utf-16"), lambda data: data + b"\n\n", lambda data: data.replace(b"\n", b"\r\n")]
)
def test_a_reference_table_saved_in_another_way_says_the_same(spoilable, project, name, change):
    plain = READERS[name](project / "data" / "reference" / "standards" / "wres")
    made = reference(spoilable, name, change)
    if READERS[name] is read_reference_tables:
        plain, made = plain.catalogue, made.catalogue
    assert made.equals(plain)


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("grades", lambda data: data.replace(b"Band 5,Band 5,50", b"Band 5,Band 5,fifty"), "column 'order': found 'fifty'"),
        ("grades", lambda data: data + data.splitlines(keepends=True)[3], "a repeated row"),
        ("grade_spellings", lambda data: data + b"AfC 1,Band 2\n", "'AfC 1' as 'Band 2', above as 'Band 1'"),
        (
            "grade_spellings",
            lambda data: data + b"Grade X,Band 77\n",
            "row 221, column 'grade': found 'Band 77'; expected grades of grades.csv",
        ),
        ("grades", lambda data: data.replace(b",upper,", b",uper,", 1), "row 10, column 'tier': found 'uper'"),
        ("grades", lambda data: data.replace(b",Consultant,", b",Consultants,", 1), "column 'part_of': found 'Consultants'"),
        (
            "grades",
            lambda data: data.replace(b",false,true,", b",false,yes,").replace(b",true,true,", b",true,yes,"),
            "'senior_leadership': found 'yes'",
        ),
        ("benchmarks", lambda data: data.replace(b",percent,", b",per cent,", 1), "column 'unit': found 'per cent'"),
        ("benchmarks", lambda data: data + data.splitlines(keepends=True)[-1].replace(b"official", b"press"), "a repeated row"),
        ("benchmark_words", lambda data: data.replace(b"{value}", b"{valu}", 1), "row 2, column 'says': found"),
        ("benchmark_words", lambda data: data.replace(b"\n1,", b"\n1.0,", 1), "column 'indicator': found '1.0'"),
        ("words", lambda data: data.replace(b"shortlisted candidates", b"", 1), "column 'people': found an empty cell"),
        ("standard", lambda data: data.replace(b"first_edition,2016", b"first_edition,soon"), "column 'says': found 'soon'"),
        ("indicators", lambda data: data.replace(b"above_1", b"abov_1", 1), "column 'adverse': found 'abov_1'"),
        ("indicators", lambda data: data.replace(b",white/bme,", b",white/bame,", 1), "column 'direction': found 'white/bame'"),
        (
            "indicators",
            lambda data: data.replace(b",appointed,shortlisted,", b",appointd,shortlisted,", 1),
            "column 'numerator': found 'appointd'",
        ),
        ("indicators", lambda data: data.replace(b"answers:Yes|No", b"answers:Yes|Noo", 1), "column 'base_rule': found 'answers:Yes|Noo'"),
        ("indicators", lambda data: data.replace(b"headline,2016,2020", b"headline,2016,2022"), "from 2016 to 2022, and again from 2021"),
        ("indicators", lambda data: data.replace(b"headline,2016,2020", b"headline,2016,2015"), "from 2016 to 2015"),
        ("question_labels", lambda data: data.replace(b"14a,5,2022", b"14a,5,soon"), "column 'edition_from': found 'soon'"),
        ("ethnic_categories", lambda data: data + b"esr,A,White - British,white,,1,x,guidance\n", "a repeated row"),
        ("ethnic_categories", lambda data: data.replace(b"esr,B", b'esr,"B', 1), "quotation mark"),
        (
            "benchmarks",
            lambda data: data.replace(b",17.7,", b",#N/A,", 1),
            "column 'value': found '#N/A'; expected a number. Mend the formula",
        ),
        ("indicators", lambda data: b"", "nothing"),
        ("indicators", lambda data: data.replace(b",better,", b",bettr,"), "row 1, column 'better': found no such column"),
        ("items", lambda data: data.replace(b"shortlisted,recruitment,", b"shortlisted,recruitmnt,"), "Did you mean 'recruitment'?"),
        (
            "items",
            lambda data: data.replace(b"headcount,headcount,headcount,,", b"headcount,,headcount,headcount,", 1),
            "column 'table': found an empty cell",
        ),
        ("standard", lambda data: data.replace(b"first_edition,", b",", 1), "column 'key': found an empty cell"),
        (
            "peers",
            lambda data: data.replace(b"kind,in_national_report", b"in_national_report,kind", 1),
            "column 'in_national_report': found",
        ),
        ("items", lambda data: data.replace(b"stage,appointed", b"stage,apointed"), "row 6, column 'where_value': found 'apointed'"),
        ("items", lambda data: data.replace(b"stage,appointed", b"stage,"), "row 6, column 'where_value': found an empty cell"),
        ("question_labels", lambda data: data.replace(b"14b,6,2022", b"14b,5,2022"), "column 'indicator': found '5'; expected indicator 6"),
        ("question_labels", lambda data: data.replace(b"16,7,2016", b"16,8,2016"), "row 8, column 'indicator': found '8'"),
        (
            "benchmarks",
            lambda data: data.replace(b",17.7,", b",254,", 1),
            "column 'value': found '254'; expected a percentage from 0 to 100",
        ),
        ("benchmarks", lambda data: data.replace(b",8,", b",18,", 1), "column 'indicator': found '18'"),
        ("benchmarks", lambda data: data.replace(b",BME,", b",BME*,", 1), "column 'group': found 'BME*'"),
        ("benchmarks", lambda data: data.replace(b",white/BME,", b",whte/BME,", 1), "Did you mean 'white/bme'?"),
        ("groups", lambda data: data.replace(b",Not disclosed,", b",n/a,"), "column 'label': found 'n/a'"),
        ("words", lambda data: data.replace(b",staff,", b",sta\xc3\x83\xc2\xa9ff,", 1), "column 'people': found 'sta"),
    ],
)
def test_a_fault_of_a_reference_table_is_told_by_row(spoilable, name, change, said):
    with pytest.raises(InputProblems) as caught:
        reference(spoilable, name, change)
    assert said in str(caught.value)


LISTS = (
    "grades",
    "grade_spellings",
    "ethnic_categories",
    "benchmarks",
    "indicators",
    "benchmark_words",
    "words",
    "standard",
    "items",
    "question_labels",
)


@pytest.mark.parametrize("name", [*LISTS, "peers", "groups"])
@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda lines: [*lines, lines[0]], "found the headings again"),
        (lambda lines: [*lines, b"Total" + lines[1][lines[1].index(b",") :]], "found a row of totals"),
        (lambda lines: [*lines, lines[1]], "found a repeated row"),
    ],
)
def test_rows_that_are_no_records_stop_in_every_reference_table(spoilable, name, spoil, said):
    """Witness: a row planted at the end of the shipped table."""
    path = place_of(spoilable / "data" / "reference" / "standards" / "wres", name)
    path.write_bytes(b"".join(spoil(path.read_bytes().splitlines(keepends=True))))
    with pytest.raises(InputProblems) as caught:
        read_reference(spoilable / "data" / "reference" / "standards" / "wres", name)
    assert said in str(caught.value)


@pytest.mark.parametrize("name", [*LISTS, "peers", "groups"])
def test_signs_of_no_width_change_nothing_in_a_reference_table(spoilable, name):
    """Witness: the table as it ships; each cell of the row below the headings ends in a sign that nobody sees."""
    folder = spoilable / "data" / "reference" / "standards" / "wres"
    plain, path = read_reference(folder, name), place_of(folder, name)
    head, first, *others = path.read_text(encoding="utf-8").splitlines(keepends=True)
    marked = next(csv.reader([first]))
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write(head)
        csv.writer(stream).writerow([cell + "\u200b" * bool(cell) for cell in marked])
        stream.writelines(others)
    pd.testing.assert_frame_equal(read_reference(folder, name), plain)


def test_a_shifted_row_and_a_missing_column_are_told_in_one_pass(spoilable):
    path = spoilable / "data" / "reference" / "standards" / "wres" / "peers.csv"
    path.write_bytes(path.read_bytes().replace(b"in_national_report", b"in_national", 1) + b"a,b\n")
    with pytest.raises(InputProblems) as caught:
        read_reference(path.parent, "peers")
    assert [problem.found for problem in caught.value.problems] == ["no such column", "2 cells"]


def test_two_groups_of_one_code_are_told_of_the_standard_and_not_of_every_table(spoilable):
    path = spoilable / "data" / "reference" / "standards" / "wres" / "groups.csv"
    path.write_bytes(path.read_bytes().replace(b"compared,bme,", b"compared,white,"))
    with pytest.raises(InputProblems, match=r"groups\.csv, column 'code': found 'white' twice"):
        read_reference_tables(path.parent)


@pytest.mark.parametrize(("word", "near"), [("Band 10", ""), ("12", ""), ("Bannd 9", "Band 9"), ("B", ""), ("senir", "senior")])
def test_a_number_is_no_misspelt_other_number(word, near):
    assert nearest(word, ["Band 1", "Band 9", "2", "bme", "senior"], 0.5) == near


LIST = "code,name,short_name,status_rule.confidence\nnecs,North,NECS,0.9\n\nother,Other,Other,\n"


def listed(project, text):
    (project / "params" / "list.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
    (project / "params" / "many.yaml").write_text('organisations: list.csv\nyears: ["2019-20"]\n')
    return load_parameters(project / "params" / "many.yaml")


def test_a_list_of_organisations_gives_keys_by_its_headings(spoilable):
    assert listed(spoilable, LIST).status_rule.confidence == 0.9


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (LIST.replace("other,Other", ",Other"), "row 4, column 'code': found an empty cell"),
        (LIST + "x,X,X,1,2\n", "row 5: found 5 cells"),
        (LIST.replace("short_name", "name"), "a heading that stands twice"),
        (b"\xff\xfe\x00", "not the text their first bytes announce"),
        (LIST.replace("short_name", "status_rule"), "row 1, column 'status_rule': found 'status_rule' beside 'status_rule.confidence'"),
    ],
)
def test_a_fault_of_a_list_is_told_by_row(spoilable, text, said):
    with pytest.raises(InputProblems) as caught:
        listed(spoilable, text)
    assert said in str(caught.value)


HEAD = "organisation,year,item,breakdown,category,ethnic_group,count\n"
GOOD = "necs,2019-20,headcount,overall,all,white,7\n"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (GOOD.replace(",7", ",1e19"), "row 2, column 'count': found '1e19'"),
        (GOOD.replace(",7", ",9223372036854775808"), "a whole number"),
        (GOOD.replace(",7", ",-1"), "a whole number"),
        (GOOD.replace(",7", ""), "row 2: found 6 cells"),
        (GOOD.replace(",7", ","), "row 2, column 'count': found an empty cell"),
        ("\n" + GOOD.replace("white", "wite"), "row 3, column 'ethnic_group': found 'wite'"),
        (GOOD + GOOD, "row 3: found a repeated row"),
        (GOOD.replace("2019-20", "0019-20"), "a reporting year such as 2025-26"),
        (GOOD + '"a\n', "row 3: found a quotation mark that is not closed"),
        (GOOD + GOOD.replace("all", "x" * (1 << 20) + "y"), "row 3: found a cell of more than 1,048,576 characters"),
        ("", "found none; expected a row a count. Fill in the table."),
        (GOOD.replace(",7", ",7" + "," * 700) * 2, "found 707 columns; expected a table of at most 702"),
        ((GOOD.replace(",7", ",7" + "," * 700)) * 400, "found 707 columns; expected a table of at most 702"),
        (GOOD.replace(",7", ",0"), "found nothing but zeros; expected a row a count."),
    ],
)
def test_a_fault_of_tidy_counts_is_told_by_row(tmp_path, rows, said):
    (tmp_path / "counts.csv").write_text(HEAD + rows)
    with pytest.raises(InputProblems) as caught:
        read_tidy_counts(tmp_path / "counts.csv")
    assert said in str(caught.value)


MORE = GOOD + GOOD.replace("white,7", "bme,1") + GOOD.replace("white,7", "unknown,0") + GOOD.replace("all,white", "part,white")


def test_parquet_of_texts_and_whole_numbers_is_read_as_its_text_would_be(tmp_path):
    plain = read_tidy_counts(_written(tmp_path, "counts.csv", HEAD + MORE))
    for name, table in (("plain", plain), ("coded", plain.astype({"organisation": "category"})), ("text", plain.astype({"count": "str"}))):
        table.to_parquet(tmp_path / f"{name}.parquet")
        pd.testing.assert_frame_equal(read_tidy_counts(tmp_path / f"{name}.parquet"), plain)


@pytest.mark.parametrize("cell", [["overall"], b"overall", {"breakdown": "overall"}])
def test_a_column_of_lists_or_bytes_is_no_column_of_words(tmp_path, cell):
    good = read_tidy_counts(_written(tmp_path, "counts.csv", HEAD + GOOD))
    good.assign(breakdown=pd.Series([cell], dtype=object)).to_parquet(tmp_path / "counts.parquet")
    with pytest.raises(InputProblems, match="column 'breakdown': found a column of the kind"):
        read_tidy_counts(tmp_path / "counts.parquet")


@pytest.mark.parametrize("space", ["\u2028", "\u2029", "\x85", "\u1680"])
def test_a_space_nobody_sees_at_the_end_of_a_number_is_left_out(space):
    assert (whole_number(f"4295{space}").value, whole_number(f"42{space}95").wrong) == (4295, "not a whole number")


@pytest.mark.parametrize("space", ["\u00a0", "\u2007", "\u2009", "\u202f"])
def test_the_space_that_programs_set_between_thousands_parts_no_number(space):
    """Refused as no whole number. Witness: the number as it was typed; a blank, and groups of another length, may be two numbers and stay refused."""
    read = whole_number(f"1{space}093")
    assert (read.value, read.note) == (1093, "a space between thousands")
    assert whole_number(f"2{space}431{space}093").value == 2431093
    assert [whole_number(text).wrong for text in ("1 093", f"10{space}93", f"1{space} 093", f"0{space}093")] == ["not a whole number"] * 4


def test_a_category_that_no_row_has_is_not_told_of(tmp_path):
    good = read_tidy_counts(_written(tmp_path, "counts.csv", HEAD + GOOD))
    good.assign(category=pd.Categorical(["all"], ["all", "a\xa0b"])).to_parquet(tmp_path / "counts.parquet")
    assert read_table(tmp_path / "counts.parquet", "", TIDY).notices == []


def test_numbers_too_large_for_people_stop_in_parquet_too(tmp_path):
    good = read_tidy_counts(_written(tmp_path, "counts.csv", HEAD + GOOD))
    good.assign(count=[1e19]).to_parquet(tmp_path / "counts.parquet")
    with pytest.raises(InputProblems, match="a whole number"):
        read_tidy_counts(tmp_path / "counts.parquet")
    assert good["count"].tolist() == [7]


def _written(folder, name, text):
    (folder / name).write_text(text)
    return folder / name


@pytest.mark.parametrize("name", ["indicators", "words", "standard", "groups", "items", "grades", "ethnic_categories"])
def test_a_reference_table_of_headings_only_stops(spoilable, name):
    """Witness: the shipped table without its rows."""
    with pytest.raises(InputProblems, match="found headings only"):
        reference(spoilable, name, lambda data: data.splitlines(keepends=True)[0])


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("grades", lambda data: data.replace(b"wdes_cluster", b"wdes_clusters", 1), "'wdes_clusters': found an unknown column"),
        ("grades", lambda data: data.replace(b"wdes_cluster", b"wdes_clusters", 1), "Did you mean 'wdes_cluster'?"),
        (
            "ethnic_categories",
            lambda data: b"\n".join(line + b",1" for line in data.splitlines()),
            "found '1'; expected a heading in words",
        ),
    ],
)
def test_a_column_of_a_reference_table_that_nobody_reads_stops(spoilable, name, change, said):
    """Witness: headings that no page of the pack reads: whoever wrote one believed that it counts."""
    with pytest.raises(InputProblems) as caught:
        reference(spoilable, name, change)
    assert said in str(caught.value)

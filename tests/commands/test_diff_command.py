"""``wres diff``: what changed between two reports. Witness: two small reports written here by hand."""

import json

import pytest

from wres_helpers.commands.diff_command import diff_command
from wres_helpers.problems import ParameterProblems
from wres_helpers.publishing.files.changed_in_words import was_and_is

HEADER = "organisation,year,indicator,measure,breakdown,category,white_count,white_base,bme_count,bme_base,value,status\n"


def made(folder, row, headline, year="2019-20"):
    (folder / "board" / "data").mkdir(parents=True)
    (folder / "board" / "data" / "results.csv").write_text(f"{HEADER}x,{year},2,appointed,overall,all,{row}\n", encoding="utf-8-sig")
    page = f'<h2>Indicator 2: appointed</h2><div class="wres-headline"><p class="wres-headline__text">{headline}</p></div>'
    (folder / "board" / "report.html").write_text(page, encoding="utf-8")
    return folder


def told(capsys, *arguments):
    *folders, as_json = arguments
    assert diff_command(*folders, as_json) == 0
    return capsys.readouterr().out


def test_changed_figures_statuses_and_headlines_are_told(tmp_path, capsys):
    old = made(tmp_path / "old", "150,1605,11,251,2.13,large_difference", "2.13 times as likely.")
    new = made(tmp_path / "new", "150,1605,22,251,1.07,no_clear_difference", "1.07 times as likely.", year="2020-21")
    changes = {change["field"]: (change["old"], change["new"]) for change in json.loads(told(capsys, old, new, True))}
    assert changes == {
        "bme_count": ("11", "22"),
        "value": ("2.13", "1.07"),
        "status": ("large_difference", "no_clear_difference"),
        "headline": ("2.13 times as likely.", "1.07 times as likely."),
    }
    assert (
        "Indicator 2: appointed\n" in (said := told(capsys, old, new, False)) and "  Appointed, BME: was 11 of 251, is 22 of 251\n" in said
    )


def test_a_figure_of_an_earlier_year_is_told_with_its_year_where_both_are_one_report(tmp_path, capsys):
    row = "150,1605,{},251,2.13,large_difference"
    old, new = (made(tmp_path / name, row.format(11), "The same.") for name in ("old", "new"))
    for folder, then in ((old, 9), (new, 8)):
        with (folder / "board/data/results.csv").open("a", encoding="utf-8") as file:
            file.write(f"x,2018-19,2,appointed,overall,all,{row.format(then)}\n")
    assert told(capsys, old, new, False) == "Indicator 2: appointed\n  Appointed, 2018/19, BME: was 9 of 251, is 8 of 251\n"


def test_a_figure_is_told_as_pages_print_it_unless_that_tells_no_difference(tmp_path, capsys):
    """150 of 1,605 and 11 of 251 as a computer has them; of the second pair only the last digit differs."""
    old = made(tmp_path / "old", "150,1605,11,251,2.1325646312,x", "The same.")
    new = made(tmp_path / "new", "150,1605,12,251,1.9548509119,x", "The same.")
    assert "relative likelihood: was 2.13, is 1.95" in told(capsys, old, new, False)
    near = made(tmp_path / "near", "150,1605,11,251,2.1325646319,x", "The same.")
    assert "relative likelihood: was 2.132564631, is 2.132564632" in told(capsys, old, near, False)


def test_counts_of_another_standard_are_told_in_its_own_words(tmp_path, capsys):
    """Disabled staff have columns of their own names, which were compared with nothing. Witness: two small reports of WDES, by hand."""
    header = HEADER.replace("white", "non_disabled").replace("bme", "disabled")
    reports = []
    for name, count in (("old", 11), ("new", 22)):
        reports.append(made(tmp_path / name, f"150,1605,{count},251,2.13,large_difference", "The same."))
        results = reports[-1] / "board/data/results.csv"
        results.write_text(results.read_text(encoding="utf-8-sig").replace(HEADER, header), encoding="utf-8")
        receipt = {"receipt": 1, "outputs": {}, "parameters": {"values": {"standard": "wdes"}}}
        (reports[-1] / "receipt.json").write_text(json.dumps(receipt), encoding="utf-8")
    assert told(capsys, *reports, False) == "Metric 2\n  Appointed, disabled: was 11 of 251, is 22 of 251\n"
    assert [change["field"] for change in json.loads(told(capsys, *reports, True))] == ["disabled_count"]


def test_equal_reports_have_no_changes(tmp_path, capsys):
    old = made(tmp_path / "old", "150,1605,11,251,2.13,large_difference", "The same.")
    assert told(capsys, old, old, False) == "No figure, status or headline changed.\n"


@pytest.mark.parametrize(("year", "apart"), [("2019-20", False), ("2020-21", True)])
def test_reports_of_two_years_are_said_to_be_two(tmp_path, capsys, year, apart):
    old = made(tmp_path / "old", "150,1605,11,251,2.13,large_difference", "The same.")
    new = made(tmp_path / "new", "150,1605,22,251,1.07,no_clear_difference", "Another.", year=year)
    assert told(capsys, old, new, False).startswith("Two different reports, x 2019-20 and x 2020-21: ") is apart
    diff_command(old, new, True)
    printed = capsys.readouterr()
    assert json.loads(printed.out) and ("Two different reports" in printed.err) is apart


def test_a_folder_that_is_no_report_is_refused_and_every_one_is_named(tmp_path):
    with pytest.raises(ParameterProblems) as refused:
        diff_command(tmp_path, tmp_path / "nowhere", False)
    assert len(refused.value.problems) == 2
    assert "the folder of a finished report" in str(refused.value)


def test_each_indicator_is_told_under_its_heading_its_headline_and_status_first_and_every_figure_in_a_line(tmp_path, capsys):
    """Two years were 50 lines of up to 500 characters in the program's names. Witness: of one comparison a count, its value and its status, by hand."""
    old = made(tmp_path / "old", "150,1605,11,251,2.13,large_difference", "2.13 times as likely.")
    new = made(tmp_path / "new", "150,1605,22,251,1.07,no_clear_difference", "1.07 times as likely " + 30 * "as they were, " + "then.")
    heading, was, now, *lines = told(capsys, old, new, False).splitlines()
    assert (heading, was) == ("Indicator 2: appointed", "  was: 2.13 times as likely.") and now.startswith("  is: 1.07 times as likely as")
    assert lines[-3:] == [
        "  Appointed, status: was Large difference (requires focus), is No clear difference",
        "  Appointed, BME: was 11 of 251, is 22 of 251",
        "  Appointed, relative likelihood: was 2.13, is 1.07",
    ]
    assert max(map(len, (now, *lines))) <= 110


def test_a_comparison_is_named_as_pages_name_it(tmp_path, capsys):
    """'share of grade grade (clinical) Band 6' is the program's name. Witness: the words of tables, by eye."""
    cells = "[c],[c],{0},251,[c],protected"
    rows = [
        ("1,share_of_grade,grade (non_clinical),Band 6", "Band 6, non-clinical"),
        ("1,share_of_grade,tier,lower", "Lower tier"),
        ("1,share_of_grade,overall,all", "Whole workforce"),
        ("2,appointed_from_shortlisting,site,Hill", "Shortlisting to appointment, Hill (site)"),
        ("9,board_share,membership,non_executive", "Non-executive members"),
    ]
    reports = []
    for name, count in (("old", 11), ("new", 22)):
        reports.append(made(tmp_path / name, "150,1605,11,251,2.13,large_difference", "The same."))
        with (reports[-1] / "board/data/results.csv").open("a", encoding="utf-8") as file:
            file.writelines(f"x,2019-20,{row},{cells.format(count)}\n" for row, _ in rows)
    told_lines = told(capsys, *reports, False).splitlines()
    assert {line for line in told_lines if line.startswith("  ")} == {f"  {said}, BME: was 11 of 251, is 22 of 251" for _, said in rows}


def test_two_figures_that_pages_print_alike_are_told_apart(tmp_path, capsys):
    """A rate was 0.0328552803, is 0.0333767927 beside '3.8%'. Witness: the decimals, by eye."""
    old = made(tmp_path / "old", "150,1605,11,251,2.131,large_difference", "The same.")
    new = made(tmp_path / "new", "150,1605,11,251,2.132,large_difference", "The same.")
    assert told(capsys, old, new, False).splitlines()[-1] == "  Appointed, relative likelihood: was 2.131, is 2.132"
    rows = [{"bme_count": "11", "bme_base": "251", "bme_rate": rate} for rate in ("0.0328552803", "0.0333767927")]
    assert was_and_is(rows, "bme") == "was 3.29% (11 of 251), is 3.34% (11 of 251)"
    rows = [{"direction": "bme-white", "value": "0.01", "lower": lower, "upper": "0.02"} for lower in ("-0.01073", "-0.01074")]
    assert was_and_is(rows, "value") == "was +1.000 points (\u22121.073 to +2.000), is +1.000 points (\u22121.074 to +2.000)"


def test_a_part_that_is_called_otherwise_is_told_once(tmp_path, capsys):
    """Of one year's division renamed in two indicators, and of another that came, there were pairs of 'absent' and 'there'. Witness: by hand."""
    reports = []
    for name, division, more in (("old", "Family", ""), ("new", "Women", "x,2019-20,4,trained,division,Estates,1,2,3,4,5,x\n")):
        reports.append(made(tmp_path / name, "150,1605,11,251,2.13,large_difference", "The same."))
        rows = [f"x,2019-20,{each},measure_{each},division,{division},15,160,1,25,2.34,x\n" for each in (2, 3)]
        with (reports[-1] / "board/data/results.csv").open("a", encoding="utf-8") as file:
            file.writelines([*rows, more])
    assert told(capsys, *reports, False).splitlines() == [
        "Called otherwise, with the same figures, of indicator 2 and 3: Family (division) is 'Women'",
        "Only in the second, of indicator 4: Estates (division)",
    ]


def test_parts_of_one_report_only_are_told_last_and_in_whole_words(tmp_path, capsys):
    """'Grade Band 2', meant of the clinical staff alone, 'Tier lower' and others stood 37 lines above the first change. Witness: by hand."""
    parts = {
        "share_of_grade,grade (clinical),Band 2": "Band 2, clinical",
        "share_of_grade,tier,lower": "Lower tier",
        "share_of_grade,staff_group,medical_and_dental": "Medical and dental",
        "board_share,membership,non_executive": "Non-executive members",
        "share_of_grade,site (lower),Hill": "Hill (site)",
    }
    old = made(tmp_path / "old", "150,1605,11,251,2.13,large_difference", "The same.")
    new = made(tmp_path / "new", "150,1605,22,251,1.07,no_clear_difference", "The same.", year="2020-21")
    with (new / "board/data/results.csv").open("a", encoding="utf-8") as file:
        file.writelines(f"x,2020-21,1,{part},1,2,3,4,5,x\n" for part in parts)
    _, section, *lines = told(capsys, old, new, False).splitlines()
    assert section == "Indicator 2: appointed" and lines[0].startswith("  Appointed, status: was")
    came = " ".join(line.strip() for line in lines[lines.index(next(line for line in lines if line.startswith("Only"))) :])
    assert came.startswith("Only in the second, of indicator 1: ") and set(came.partition(": ")[2].split("; ")) == set(parts.values())


def test_of_two_years_a_part_that_is_gone_is_no_other_name_of_one_that_came(tmp_path, capsys):
    """'Moors is called Moorland, with the same figures' stood beside their other rows: all of it was hidden in both. Witness: two hidden rows, by hand."""
    reports = []
    for year, division in (("2018-19", "Moors"), ("2019-20", "Moorland")):
        reports.append(made(tmp_path / year, "150,1605,11,251,2.13,large_difference", "The same.", year=year))
        with (reports[-1] / "board/data/results.csv").open("a", encoding="utf-8") as file:
            file.write(f"x,{year},3,entered,division,{division},[c],[c],[c],[c],[c],protected\n")
    said = told(capsys, *reports, False)
    assert (
        "Only in the first, of indicator 3: Moors (division)" in said
        and "Only in the second, of indicator 3: Moorland (division)" in said
        and "Called" not in said
    )


def test_a_target_that_stands_elsewhere_is_told(tmp_path, capsys):
    """Witness: the file of the board's table of targets, written by hand; its verdict turned, and diff named counts alone."""
    reports = []
    for name, progress in (("old", "Behind the path"), ("new", "On the path")):
        reports.append(made(tmp_path / name, "150,1605,11,251,2.13,large_difference", "2.13 times as likely."))
        file = reports[-1] / "board" / "data" / "10-action-plan-targets.csv"
        file.write_text(f"Target,Progress\nFair appointment,{progress}\nBoard,Not yet reached\n", encoding="utf-8-sig")
    assert told(capsys, *reports, False) == "Target: Fair appointment\n  was: Behind the path\n  is: On the path\n"

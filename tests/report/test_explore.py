"""An analyst's questions. Witnesses: the counts of the shipped example and of the invented extracts, worked by hand."""

import csv
import errno
import itertools
import re
import sys
from dataclasses import replace

import openpyxl
import pandas as pd
import pytest

from wres_helpers import open_report
from wres_helpers.problems import InputProblems, ParameterProblems
from wres_helpers.report.desk import explore
from wres_helpers.report.form.drawing import PALETTE
from wres_helpers.report.words import evidence_rows
from wres_helpers.standard.columns import COMPARISON_KEYS, ETHNIC_GROUPS

pytestmark = pytest.mark.slow

SYNTHETIC = "params/synthetic-2019-20.yaml"


@pytest.fixture(scope="module")
def necs(project):
    return open_report(project / "params/necs-2019-20.yaml")


@pytest.fixture(scope="module")
def invented(project):
    return open_report(project / SYNTHETIC)


def cells(answer, row=0):
    return [getattr(cell, "text", cell) for cell in answer.table().rows[row]]


def test_the_headline_is_told_with_its_counts_interval_status_and_what_may_be_shown(necs):
    table = necs.ask("2", measure="appointed_from_shortlisting").table()
    assert [column.label for column in table.columns] == [
        "Who", "White", "BME", "Not disclosed", "Relative likelihood, white divided by BME", "95% interval", "Status", "May be shown outside",
    ]  # fmt: skip
    # 150 of 1,605 is 9.35%, 11 of 251 is 4.38%; 0.0935 / 0.0438 is 2.13 (printed in the report of 2019/20 as 2.13)
    told = cells(necs.ask("2", measure="appointed_from_shortlisting"))
    assert told[:5] == ["Everybody", "9.3% (150 of 1,605)", "4.4% (11 of 251)", "not supplied", "2.13"]
    assert told[-1] == "yes"


def test_another_confidence_is_tried_without_editing_the_file(project, necs):
    wider = open_report(project / "params/necs-2019-20.yaml", change={"status_rule.confidence": 0.99})
    narrow, wide = (report.ask("2").to_frame().iloc[0] for report in (necs, wider))
    assert wide["confidence"] == 0.99
    assert wide["lower"] < narrow["lower"] < narrow["value"] == wide["value"] < narrow["upper"] < wide["upper"]
    assert wider.parameters.origins["status_rule.confidence"] == "changed for this run"


def test_a_change_of_an_unknown_key_is_refused_with_the_nearest_one(project):
    with pytest.raises(ParameterProblems, match="Did you mean 'confidence'"):
        open_report(project / "params/necs-2019-20.yaml", change={"status_rule.confidnce": 0.99})


def test_two_more_appointments_are_worked_out_and_nothing_is_changed(necs):
    answer = necs.what_if("2", bme_count=2)
    # (150 / 1605) / (13 / 251) = 1.804
    assert [cells(answer, row)[4] for row in (0, 1)] == ["2.13", "1.80"]
    assert necs.counts_of("2").loc["bme", "appointed"] == 11


def test_an_answer_speaks_of_the_groups_as_the_report_does(project):
    """Witness: the terms of the invented disability report, in whose tables the compared group stands where BME does."""
    report = open_report(project / "params/harrowmere-wdes-2025-26.yaml")
    label = report.parameters.terms.bme
    assert cells(report.what_if("2", bme_count=1), 1)[0] == f"{label} count +1"
    assert "BME" not in repr(report.what_if("2", bme_count=1)) + str(report.ask("2", by="everything").table())


def test_what_if_names_what_it_can_be_asked(necs):
    assert "bme_count=2" in necs.what_if("2", everybody=3).why
    assert "bme_count=2" in necs.what_if("2", bme_count=0.5).why
    assert "-9 of 251, which cannot be counted" in necs.what_if("2", bme_count=-20).why
    assert "511 of 251" in necs.what_if("2", bme_count=500).why
    assert len(necs.what_if("2", bme_count=240).rows) == 2  # everybody: 251 of 251
    assert "indicators 2, 3 and 4" in necs.what_if("9", bme_count=1).why


def test_who_is_in_the_whole_and_in_no_row_of_a_cut_is_told(project):
    """Witness: bands have tiers, medical grades none; 546 of the invented trust's 6,060 staff are of those."""
    answer = open_report(project / "params/harrowmere-2025-26.yaml", change={"history": 0}).ask("1", by="tier")
    assert 286 + 236 + 24 == 546 == 6060 - answer.rows["bme_base"].sum()
    said = "286 of 4,295 (white count, 2025/26), 236 of 1,464 (BME count, 2025/26) and 24 of 301 (Not disclosed count, 2025/26)"
    assert answer.table().notes[1] == f"In the whole, but in none of these rows: {said}."


def test_a_cut_says_what_of_each_small_row_may_be_shown(invented):
    rows = invented.ask("1", by="grade").to_frame()
    small = rows[rows["bme_count"].between(1, 4)]
    assert len(small) > 0
    assert not small["outside"].eq("yes").any()


def test_chosen_people_are_counted_anew_and_never_for_sharing(invented):
    everybody, chosen = invented.ask("2").to_frame(), invented.ask("2", where={"source": ["Internal", "External"]}).to_frame()
    assert chosen["white_base"].iloc[0] < everybody["white_base"].iloc[0]
    assert chosen["outside"].str.startswith("no").all()


def test_rows_as_a_frame_say_what_each_is_of(invented):
    """Three rows all said 'overall' and 'all', and only a code told which was which. Witness: the words of the answer's own table."""
    for answer in (invented.ask("1", where={"gender": "Female"}), invented.ask("1"), invented.ask("2", by="band")):
        assert answer.to_frame()["of"].is_unique
    assert invented.ask("1", where={"gender": "Female"}).to_frame()["of"].iloc[0] == "All who were chosen"


def test_people_counted_by_another_rule_are_never_for_sharing(project, invented):
    """Witness: the report publishes permanent and fixed-term staff together; those on fixed terms alone would give the others away."""
    fixed_term = {"count": ["Fixed Term Temp"], "leave_out": ["Permanent", "Bank", "Agency"]}
    chosen = open_report(project / SYNTHETIC, change={"extracts.staff.rules.employment_type": fixed_term}).ask("1").to_frame()
    assert invented.ask("1").to_frame()["outside"].eq("yes").any() and chosen["outside"].eq("no").all()
    judged = open_report(project / SYNTHETIC, change={"status_rule.confidence": 0.99}).ask("1").to_frame()
    assert list(judged["outside"]) == list(invented.ask("1").to_frame()["outside"])


def test_another_rule_of_the_extracts_is_tried_on_the_extracts_where_the_report_is_made_of_prepared_tables(spoilable):
    """Every such question was answered with 'call wres prepare again', which never helped. Witness: the invented trust read either way."""
    master, fixed_term = spoilable / SYNTHETIC, {"count": ["Fixed Term Temp"], "leave_out": ["Permanent", "Bank", "Agency"]}
    change = {"extracts.staff.rules.employment_type": fixed_term}
    directly = open_report(master, change=change).ask("1").to_frame()
    master.write_text(re.sub(r"use: directly", "use: prepared", master.read_text(encoding="utf-8")), encoding="utf-8")
    assert open_report(master).parameters.extracts.use == "prepared"
    pd.testing.assert_frame_equal(open_report(master, change=change).ask("1").to_frame(), directly)


@pytest.mark.parametrize(
    "name, indicator, chosen",
    [
        ("necs-2019-20", "1", {"grade": "Band 8c"}),
        ("synthetic-2019-20", "3", {"directorate": "Digital"}),
        ("harrowmere-2025-26", "1", {"grade": "Band 2"}),
        ("harrowmere-wdes-2025-26", "1", {"grade": "Band 2"}),
        ("ashcombe-2025-26", "1", {"grade": "Up to 24,999"}),
    ],
)
def test_some_of_the_people_of_every_shipped_report_can_be_asked_about(project, name, indicator, chosen):
    """Witness: categories that the reports' own tables hold; two of the standards count from tables that WRES has not."""
    answer = open_report(project / "params" / f"{name}.yaml", change={"history": 0}).ask(indicator, where=chosen)
    assert len(answer.rows) and (answer.rows["bme_base"] > 0).any(), answer.why


def test_two_breakdowns_crossed_add_up_to_one_of_them(invented):
    crossed, single = invented.ask("2", by=("band", "post_type")).to_frame(), invented.ask("2", by="band").to_frame()
    assert crossed["bme_base"].sum() == single["bme_base"].sum()
    assert crossed["category"].str.contains(", ").all()


def test_an_empty_question_says_why_and_what_can_be_asked(invented, necs):
    assert "band, post_type, source" in invented.ask("2", by="directorate").why
    assert "carry no column" in necs.ask("2", by="directorate").why
    assert "1, 2, 3" in necs.ask("12").why
    assert "the years supplied are 2018-19, 2019-20" in necs.ask("4", years="2011-12").why
    assert "the years supplied are 2019-20." in necs.ask("2", years="2011-12").why
    assert "it has share_of_grade" in necs.ask("1", measure="share").why
    assert "`keep_ethnic_category: as_recorded` (or sixteen_plus_one) under 'extracts'" in necs.ask("2", by="ethnic_category").why
    assert necs.ask(2).title == necs.ask("2").title


@pytest.mark.parametrize("by", [("directorate", "grade"), ("grade", "directorate"), ("source", "grade")])
def test_breakdowns_that_no_table_of_the_indicator_has_are_answered_without_calculating(invented, monkeypatch, by):
    """It took seconds. Witness: the invented recruitment has no directorate and no grade, which only the workforce has."""
    monkeypatch.setattr(explore, "compare", lambda *_: pytest.fail("people of whom nothing can be found are compared"))
    answer = invented.ask("2", by=by)
    assert answer.rows.empty and "It can be asked by band" in answer.why


def test_what_was_asked_is_never_told_as_what_can_be_asked(invented):
    """The reason was 'nothing by band. It can be asked by band'. Witness: the year and the people are what there is nothing of."""
    earlier, others = invented.ask("2", by="band", years="2011-12").why, invented.ask("2", by="band", where={"grade": "Band 2"}).why
    assert "by band in 2011-12; the years supplied are" in earlier and "can be asked" not in earlier
    assert "cannot be asked by band of pay band: Band 2 only, or nobody of them is counted" in others


def test_a_category_that_is_not_there_is_told_in_a_sentence_with_the_nearest_and_all(invented):
    """It was a traceback of six frames. Witness: the three sources of the invented recruitment; no table has a column 'job'."""
    why = invented.ask("2", where={"source": "Interal"}).why
    assert why == (
        "Found 'Interal'; expected a category of the breakdown 'source'. Did you mean 'Internal'? Choose one of: External, Internal, International."
    )
    assert "of band, directorate, ethnic_category, gender" in invented.ask("2", where={"job": "Nurses"}).why


def test_no_row_or_list_is_headed_by_an_inside_word(invented):
    """Witness: the names that the counts tables give their columns and parts (cluster, tier, grade, non_clinical)."""
    who = [getattr(row[0], "text", row[0]) for row in invented.ask("1", by="everything").table().rows]
    assert {
        "Bands 1 to 7 (group of bands)",
        "Lower tier",
        "Band 2",
        "Band 2, non-clinical",
        "Digital (directorate), lower tier",
        "VSM",
    } <= set(who)
    assert len(set(who)) == len(who)
    chosen, _ = invented.choose().children
    offered = [label for child in chosen.children[:3] for label, _ in child.options]
    assert "Band 2 (pay band)" in offered and "pay band, non-clinical" in offered
    inside = ("cluster", "grade", "tier (", "_")
    assert not [label for label in (*who, *offered) if any(word in label for word in inside)]


def test_what_is_saved_is_told_in_a_line(invented, tmp_path):
    assert repr(invented.ask("2").save(tmp_path / "two.csv")) == f"Saved, unprotected: {tmp_path / 'two.csv'}"


def test_what_a_share_is_set_beside_is_said_for_chosen_people_and_crossed_breakdowns(invented):
    """Witness: the answers' own rows; a band of a directorate is compared with all of the band, not with the workforce."""
    of_all, chosen = invented.ask("1", by="directorate"), invented.ask("1", where={"directorate": "Digital"})
    crossed = invented.ask("1", by=("directorate", "grade"))
    headings = [[column.label for column in answer.table().columns if "minus" in column.label] for answer in (of_all, chosen, crossed)]
    ends = ("whole workforce", "all who were chosen", "all of the same pay band")
    assert headings == [[f"BME share minus {end} (points)"] for end in ends]
    assert "Whole workforce" not in [row[0] for row in chosen.table().rows]
    band = crossed.rows[crossed.rows["category"].str.endswith(", Band 6")]
    all_of_the_band = band["bme_count"].sum() / band["bme_base"].sum()
    assert (band["bme_rate"] - all_of_the_band).to_numpy() == pytest.approx(band["value"].to_numpy())


def test_breakdowns_cross_in_either_order_though_other_tables_have_more_categories(invented):
    one, other = (invented.ask("1", by=by).rows for by in (("directorate", "grade"), ("grade", "directorate")))
    assert len(one) == len(other) > 0
    assert invented.ask("2", by=("directorate", "grade")).why


def test_an_answer_without_rows_has_its_reason_in_place_of_table_and_chart(invented):
    answer = invented.ask("4", where={"staff_group": "clinical"})
    assert "cannot be asked of staff group: clinical only" in answer.table().text
    assert answer.chart().text == "No rate to draw."


def test_an_answer_without_rows_is_not_saved(necs, tmp_path):
    with pytest.raises(ValueError, match="nothing to save"):
        necs.ask("2", by="directorate").save(tmp_path / "x.png")
    assert not list(tmp_path.iterdir())


def test_a_file_carries_title_source_and_that_it_is_not_for_sharing(invented, tmp_path):
    answer = invented.ask("2", by="band")
    book = openpyxl.load_workbook(answer.save(tmp_path / "bands.xlsx")).active
    words = " ".join(str(cell.value) for row in book.iter_rows() for cell in row if cell.value)
    assert book["A1"].value == "Indicator 2: Appointment after shortlisting, by band, 2019/20"
    assert "not for sharing" in words
    assert "Koopman" in words
    assert answer.save(tmp_path / "bands.png").read_bytes().startswith(b"\x89PNG")
    assert answer.save(tmp_path / "bands.svg").read_text(encoding="utf-8").startswith("<svg")


@pytest.mark.parametrize("ending", ["csv", "xlsx", "svg"])
def test_a_full_disk_leaves_the_answer_that_was_saved_before(invented, tmp_path, monkeypatch, ending):
    """The file of before was emptied, and a notebook spoke of an Errno. Witness: its bytes; a system that takes no more."""
    path = invented.ask("2").save(tmp_path / f"two.{ending}")
    before = path.read_bytes()

    def full(aside, target):
        raise OSError(errno.ENOSPC, "No space left on device", str(aside))

    monkeypatch.setattr(type(tmp_path), "replace", full)
    with pytest.raises(InputProblems, match=rf"two\.{ending}: found No space left on device; expected free space on the disk\. Free some"):
        invented.ask("3").save(path)
    assert [each.name for each in tmp_path.iterdir()] == [path.name]
    assert path.read_bytes() == before


def test_a_part_that_is_called_like_a_formula_is_saved_as_text(invented, tmp_path):
    """Witness: a directorate called "=1+1"; both kinds of files had a formula in its cell, and a difference above nothing was one to a spreadsheet."""
    asked = invented.ask("1", by="directorate")
    asked = replace(asked, rows=asked.rows.assign(category="=1+1"))
    cells = [cell for row in openpyxl.load_workbook(asked.save(tmp_path / "a.xlsx")).active.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value == "=1+1"} == {"s"}
    written = [cell for row in csv.reader(asked.save(tmp_path / "a.csv").open(encoding="utf-8-sig")) for cell in row]
    assert "'=1+1" in written and not [cell for cell in written if cell.startswith(("=", "+"))]


def test_a_bare_name_is_written_where_git_does_not_look(necs, project, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made = necs.ask("2").save("desk-test.csv")
    assert made.parent == project / "outputs" / "answers"
    made.unlink()


def test_an_ending_that_cannot_be_written_is_told(necs, tmp_path):
    with pytest.raises(ValueError, match=r"must end in one of \.png"):
        necs.ask("2").save(tmp_path / "x.doc")


def test_no_answer_shows_a_missing_number_as_text_or_speaks_of_a_compared_group(invented):
    for indicator, by in itertools.product("123456789", ("everything", "ethnic_category")):
        html = invented.ask(indicator, by=by)._repr_html_()
        assert "compared group" not in html
        assert not [word for word in (">nan<", ">inf<", ">None<", "&lt;NA&gt;") if word in html]


def test_a_cut_tells_the_people_of_each_part_in_the_gap(invented):
    """Witness: the parts and their mix add up to the whole, which is said below; chosen people have no such table."""
    answer = invented.ask("4", by="directorate")
    table = answer.drivers()
    assert [row[0] for row in table.rows][-1] == "Mix of parts"
    assert [row[0] for row in table.rows[:-1]] == list(answer.rows["category"])
    assert "each directorate&#x27;s part in the difference" in answer._repr_html_()
    assert {invented.ask("4").drivers().kind, invented.ask("4", by=("directorate", "gender")).drivers().kind} == {"notice"}


def test_what_a_notebook_shows_of_parameters_and_tables_is_a_few_lines(necs):
    assert "(necs), 2019-20, for " in repr(necs.parameters).splitlines()[0] and len(repr(necs.parameters).splitlines()) == 3
    for thing, table in ((necs.evidence, "results"), (necs.reference, "catalogue")):
        lines = repr(thing).splitlines()
        assert len(lines) < 20 and max(map(len, lines)) < 140
        assert any(line.split()[0] == table for line in lines)
    assert "not for sharing" in repr(necs.evidence)


def test_lists_show_the_line_that_asks_the_same_and_offer_only_what_can_be_asked(invented, capsys):
    """Witness: the columns of the invented extracts; recruitment has no directorate, training has no band."""
    chosen, _ = invented.choose().children
    lists = dict(zip(("indicator", "by", "where", "years"), chosen.children, strict=True))
    lists["indicator"].value, lists["by"].value, lists["where"].value = "2", "band", {"source": "Internal"}
    *_, line, shown = capsys.readouterr().out.splitlines()
    assert line == 'report.ask("2", by="band", where={"source": "Internal"})'
    assert shown == repr(invented.ask("2", by="band", where={"source": "Internal"}))
    lists["indicator"].value = "4"  # what can't be asked of it is not chosen any more
    assert (lists["by"].value, lists["where"].value) == ("", "")
    assert "directorate" in lists["by"]._options_values and "band" not in lists["by"]._options_values
    assert capsys.readouterr().out.splitlines()[-2] == 'report.ask("4")'


def test_without_the_package_of_the_lists_the_line_to_type_is_told(invented, monkeypatch):
    """Without the part of JupyterLab that draws them a widget's own text is all that is seen. Witness: what Jupyter asks an object for."""
    seen = invented.choose()._repr_mimebundle_()
    assert "widget-view" in " ".join(seen) and "jupyterlab-widgets" in seen["text/plain"]
    monkeypatch.setitem(sys.modules, "ipywidgets", None)
    assert 'report.ask("2", by="everything")' in invented.choose().text


def test_a_column_that_tells_no_rows_apart_is_left_out(invented):
    def headings(**question):
        return [column.label for column in invented.ask(**question).table().columns]

    assert headings(indicator="2")[:2] == ["What", "White"]
    assert headings(indicator="4", years="all")[:2] == ["Year", "White"]
    assert headings(indicator="4", by="directorate")[:2] == ["Who", "White"]


def test_a_share_by_ethnic_category_is_compared_with_nothing(invented):
    labels = {number: [column.label for column in invented.ask(number, by="ethnic_category").table().columns] for number in "12"}
    assert "Compared with" in labels["2"] and "Compared with" not in labels["1"]


def test_a_frame_has_whole_counts(invented):
    rows = invented.ask("1", by="grade").to_frame()
    assert {str(rows[name].dtype) for name in ("white_count", "bme_count", "unknown_count", "bme_base")} == {"Int64"}


def test_another_measure_can_be_asked_by_ethnic_category(invented):
    """The headline was told whatever was asked for. Witness: the catalogue's name of that measure, and the people who applied."""
    answer = invented.ask("2", by="ethnic_category", measure="shortlisted_from_applied")
    assert answer.title.startswith("Indicator 2: Being shortlisted after applying, by ethnic category")
    applied = invented.counts.query("item == 'applied' and breakdown == 'ethnic_category' and year == '2019-20'")
    told = answer.rows.set_index("category")["category_base"]
    assert len(told) and (told == applied.set_index("category")["count"].reindex(told.index)).all()
    assert "by ethnic category. It can be asked by" in invented.ask("1", by="ethnic_category", measure="share_of_grade").why


def test_a_frame_by_ethnic_category_calls_no_category_bme(invented):
    """Witness: white categories stand in these rows, too."""
    rows = invented.ask("2", by="ethnic_category").to_frame()
    assert {"category_count", "reference_count"} <= set(rows) and not [name for name in rows if name.startswith(("bme_", "white_"))]


def test_every_figure_of_a_saved_workbook_is_a_number_in_its_format(invented, tmp_path):
    """They were texts, which nobody can sort. Witness: the counts, rates and values of the answer itself, points in hundredths."""
    for asked, by, form in (("2", 1, "0.00"), ("1", 100, "+0.0;-0.0;0.0")):
        answer = invented.ask(asked, by="band" if asked == "2" else "directorate")
        frame, (page,) = answer.to_frame(), openpyxl.load_workbook(answer.save(tmp_path / "bands.xlsx")).worksheets
        columns = {cell.value: [page.cell(row, cell.column) for row in range(3, 3 + len(frame))] for cell in page[2]}
        told = {"BME, counted": "bme_count", "BME, of": "bme_base", "White, rate": "white_rate"}
        for heading, name in told.items():
            assert [cell.value for cell in columns[heading]] == frame[name].tolist()
        value = next(cells for heading, cells in columns.items() if heading.startswith(("Relative", "BME share")))
        assert [cell.value for cell in value] == pytest.approx((frame["value"] * by).tolist())
        assert {cell.number_format for cell in value} == {form} and {cell.number_format for cell in columns["White, rate"]} == {"0.0%"}
        assert all(page.column_dimensions[cells[0].column_letter].width >= 12 for cells in columns.values())


def test_a_chart_for_a_slide_is_wider_than_it_is_high(invented, tmp_path):
    """Of five directorates it was 1,260 by 1,962. Witness: the size that a PNG file states."""
    for answer in (invented.ask("4", by="directorate"), invented.ask("2")):
        size = answer.save(tmp_path / "chart.png").read_bytes()[16:24]
        assert int.from_bytes(size[:4], "big") > 1.5 * int.from_bytes(size[4:], "big")


def test_an_ethnic_category_is_drawn_with_its_interval_and_in_no_colour_of_the_two_groups(invented, monkeypatch):
    """Dark blue and teal are white and BME everywhere else. Witness: the colours of the pack's own charts, Wilson's interval of 4 of 80."""

    def colours(indicator, by):
        drawn = re.sub("<style.*?</style>", "", invented.ask(indicator, by=by).chart().svg.lower(), flags=re.DOTALL)
        return [colour for colour in PALETTE[:2] if colour.lower() in drawn]

    assert PALETTE[0] not in colours("1", "grade")  # BME staff alone stood in white's colour
    assert not colours("2", "ethnic_category")
    drawn = []
    monkeypatch.setattr("wres_helpers.report.form.plots.bars", lambda bars, **_: drawn.extend(bars) or "<svg/>")
    chart = invented.ask("2", by="ethnic_category").chart()
    assert chart.alt.endswith(". The table of its numbers has every value that may be shown."), "too many to be read out"
    (indian,) = (mark for each in drawn if each.label.endswith("Indian") for mark in each.marks if mark.series == "Category")
    assert (indian.text, round(indian.lower, 3), round(indian.upper, 3)) == ("5.0% (4 of 80)", 0.02, 0.122)


def test_an_answer_over_years_says_where_they_cannot_be_compared(spoilable):
    """Witness: the break as the organisation's own table has it; without it nothing of the kind is said."""
    report = open_report(spoilable / "params/necs-2019-20.yaml")
    assert not [note for note in report.ask("4", years="all").table().notes if "cannot be compared" in note]
    (spoilable / "data/necs/breaks.csv").write_text(
        "year,indicator,kind,reason,source\n2019-20,4,restatement,Courses are counted from another system,training team\n"
    )
    notes = open_report(spoilable / "params/necs-2019-20.yaml").ask("4", years="all").table().notes
    assert "The figures from 2019/20 on cannot be compared with those before. Courses are counted from another system." in notes


def test_each_category_says_with_whom_it_is_compared(invented):
    """Witness: a white category is no part of what it is set beside, so that its reference is another than that of the others."""
    table = invented.ask("2", by="ethnic_category").table()
    place = [column.label for column in table.columns].index("Compared with")
    told = {row[0]: row[place] for row in table.rows}
    assert {text.rsplit(", ", 1)[1] for name, text in told.items() if str(name).startswith("White")} == {"all other white people"}
    assert {text.rsplit(", ", 1)[1] for name, text in told.items() if not str(name).startswith("White")} == {"all white people"}


def test_a_row_shown_in_part_says_all_that_is_hidden_of_it(project, necs):
    """A row that told one range was silent about its hidden counts and total, which then read as free to be shown. Witness: the protected rows."""
    seen = 0
    for report in (necs, open_report(project / "params/harrowmere-2025-26.yaml")):
        protected = report.protected().results.set_index(list(COMPARISON_KEYS))
        for _, row in report.ask("9").to_frame().iterrows():
            if not row["outside"].startswith("in part"):
                continue
            hidden = evidence_rows.protection(protected.loc[tuple(row[list(COMPARISON_KEYS)])])
            hidden = {name: text for name, text in hidden.items() if text not in evidence_rows.ABSENT}
            seen += 1
            assert row["outside"].count("hidden") >= sum(
                evidence_rows.is_marker(hidden.get(f"{each}_count", "0")) for each in ETHNIC_GROUPS
            )
            assert ("; of " in row["outside"]) is any(name.endswith("_base") for name in hidden)
            assert ("no comparison" in row["outside"]) is bool(hidden.keys() & {"value", "lower", "upper"})
    assert seen >= 3


def test_a_reason_that_the_interval_contradicts_at_first_sight_is_unfolded(project, necs):
    """Witness: 150 of 1,605 against 11 of 251 is 2.13, 99% interval 1.01 to 4.63, and a further test undoes it."""
    doubtful = open_report(project / "params/necs-2019-20.yaml", change={"status_rule.confidence": 0.99}).ask("2")
    assert "at least one further test" in doubtful.rows["reason"].iloc[0]
    assert "<details open><summary>Why" in doubtful._repr_html_()
    assert "<details open><summary>Why" not in necs.ask("5")._repr_html_()


@pytest.mark.parametrize(
    ("status", "said"), [("protected", "not calculable"), ("too_few_to_judge", "not calculable"), ("not_supplied", "not supplied")]
)
def test_nobody_of_a_hidden_number_was_supplied(status, said):
    """0 of a hidden number and 0 of another have no ratio: that they were not supplied was untrue. Witness: 0 over 0, by hand."""
    assert evidence_rows.absence(pd.Series({"status": status}), "value") == said


def test_what_is_asked_in_other_words_than_the_tables_is_answered_or_told_with_what_there_is(invented):
    """Each ended in a traceback or was called not supplied. Witness: the question in the tables' own words, and the categories of the list."""
    named = invented.ask("2", by="ethnic_category", against="White British")
    assert "Did you mean 'White - British'? Choose one of: " in named.why and "White - Irish" in named.why
    assert 'where={"source": ["Internal", "External"]}' in invented.ask("2", where="Internal").why
    assert invented.ask("2", years="2019/20").to_frame().equals(invented.ask("2", years="2019-20").to_frame())
    assert invented.ask("2", by="").to_frame().equals(invented.ask("2").to_frame())

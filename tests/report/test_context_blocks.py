"""Years, pipeline, parity, targets, population and improvement plan as a board reads them.

Witness: the shipped invented trust and the shipped report, whose counts stand in files, and sentences worked out by hand from them.
"""

import re
from dataclasses import replace

import numpy as np
import openpyxl
import pandas as pd
import pytest
from support.spoken_words import spoken_words

from wres_helpers import analysis, disclosure, intake
from wres_helpers import report as page
from wres_helpers.analysis.history import joined
from wres_helpers.publishing.files.workbook import write_workbook
from wres_helpers.publishing.pages import data_dictionary
from wres_helpers.report.form import drawing, numbers
from wres_helpers.report.section import charts, parity_blocks, pipeline_blocks, year_blocks
from wres_helpers.report.section.part_blocks import clear_together
from wres_helpers.report.words import beside_headlines, evidence_rows
from wres_helpers.settings.master_file_reader import load_parameters
from wres_helpers.standard import statuses
from wres_helpers.standard.catalogue import read_reference_tables

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def trust_evidence(project, reference):
    parameters = load_parameters(project / "params" / "harrowmere-2025-26.yaml", change={"history": 6})
    evidence = analysis.analyse(intake.read_counts(parameters), parameters, reference, intake.read_own_tables(parameters))
    return parameters, evidence


@pytest.fixture(scope="module")
def trust(trust_evidence):
    parameters, evidence = trust_evidence
    return disclosure.protect(evidence, parameters)


@pytest.fixture(scope="module")
def board(necs, evidence):
    return disclosure.protect(evidence, necs)


def words(*blocks) -> str:
    """Return everything a reader sees or hears of some blocks."""
    return " ".join(re.sub(r"<svg.*?</svg>", "", str(block.to_json() | {"about": {}}), flags=re.DOTALL) for block in blocks)


def test_what_follows_from_results_is_made_anew_when_they_are_protected(trust_evidence, trust):
    _, evidence = trust_evidence
    # a hidden count of the results is hidden in all that follows from them
    hidden = trust.results[trust.results["year"].eq("2025-26") & trust.results["bme_count"].isna()]
    keys = ["indicator", "measure", "breakdown", "category"]
    followed = hidden.merge(trust.parity, on=keys, how="inner")
    assert len(followed) > 3
    assert followed[["to_equal_people", "to_range_people", "smallest_shown"]].isna().all().all()
    assert evidence.parity["to_equal_people"].notna().sum() > trust.parity["to_equal_people"].notna().sum()


def test_what_is_hidden_of_a_years_share_is_a_number_in_no_sheet_whatever_column_tells_of_that_year(trust_evidence, trust, tmp_path):
    """Witness: the counts of Harrowmere's board, 10 white and 2 BME voting members of 2022-23, which the results hide; a start of 16.7% tells them."""
    write_workbook(tmp_path / "book.xlsx", trust, trust_evidence[0])
    place = ["Measure", "Breakdown", "Category"]
    hides = trust.results["protection"].str.contains('"bme_rate"')
    hidden = set(trust.results.loc[hides, ["year", *map(str.lower, place)]].itertuples(index=False, name=None))
    assert ("2022-23", "board_share", "membership", "voting") in hidden
    of_its_year = {
        "Year": ("BME rate", "BME lower", "BME upper", "Value", "Lower", "Upper", "P value", "Now"),
        "Start year": ("Start", "Path"),
        "Previous year": ("Previous value", "Change"),
    }
    told, looked_at, book = [], set(), openpyxl.load_workbook(tmp_path / "book.xlsx")
    for sheet in book:
        headings, *rows = list(sheet.iter_rows(min_row=3, values_only=True)) or [()]
        for year in of_its_year.keys() & set(headings) if set(place) <= set(headings) else ():
            looked_at.add(sheet.title)
            for row in (dict(zip(headings, cells, strict=True)) for cells in rows):
                if (row[year], *(row[name] for name in place)) in hidden:
                    told += [(sheet.title, row, name) for name in of_its_year[year] if isinstance(row.get(name), int | float)]
    assert not told
    assert looked_at >= {"Results", "Changes", "Years", "Targets"}
    # and what is made from it is marked as hidden, not as "not supplied"
    steps, beside = (list(book[name].iter_rows(min_row=4, values_only=True)) for name in ("Pay steps", "Beside headlines"))
    assert {"[c]" in row for row in steps if any("hidden" in str(cell) for cell in row)} == {True}
    recruits = [row for row in beside if "without international recruits" in row]
    assert not any("[x]" in row for row in [*steps, *recruits])
    assert {"[c]" in row for row in recruits if any(cell == "[z]" for cell in row)} == {False} and any("[c]" in row for row in recruits)
    (voting,) = [row for row in page.targets(trust)[0].rows if "Voting board members" in str(row[0])] or [page.targets(trust)[0]]
    assert "16.7%" not in str(voting)


def test_no_table_that_follows_from_results_outlives_them(trust_evidence):
    _, evidence = trust_evidence
    blank = evidence.results.assign(
        **{name: np.nan for name in ("white_count", "bme_count", "white_base", "bme_base", "bme_rate", "value")}
    )
    changed = evidence.with_tables(results=blank)
    assert changed.history["value"].isna().all()
    assert changed.pipeline["value"].isna().all()
    assert changed.parity["to_equal_people"].isna().all()
    assert changed.contributions["beyond_people"].isna().all()
    assert changed.targets["now"].isna().all()


def test_the_line_of_years_says_each_year_and_where_it_breaks(trust):
    figure, reading = page.years(trust, "2")
    assert {row[0]: row[1:4] for row in figure.numbers.rows}["2020/21"] == ("1.37", "1.18", "1.60")
    assert {row[0]: row[1:4] for row in figure.numbers.rows}["2025/26"] == ("1.26", "1.11", "1.44")
    # witness: a listener, who was kept from the caution and heard eighty words without the value of this year
    # and one who heard that a line is broken, and neither when nor why
    # and one to whom no year was told
    # and one to whom ten bare numbers were read, of which only the ends had a year
    broken = "from 2021/22, not comparable with before (merger), 1.29, 1.34, 1.13, 1.37, 1.26 in 2025/26"
    assert figure.alt == f"Line chart of relative likelihoods: 1.37 in 2020/21; {broken}."
    assert [note.partition(":")[0] for note in figure.notes[: figure.keys]] == ["Dashed line", "Upright strokes", "Dotted line"]
    # titles of five lines on a telephone, most of them numbers
    assert figure.title == "Appointment after shortlisting: 1.29 in 2021/22, 1.26 in 2025/26"
    assert [column.label for column in figure.numbers.columns][:6] == [
        "Year",
        "Relative likelihood",
        "Interval from",
        "Interval to",
        "White",
        "BME",
    ]
    assert [row[0] for row in figure.numbers.rows] == ["2020/21", "2021/22", "2022/23", "2023/24", "2024/25", "2025/26"]
    assert "Dotted line: not comparable with years before 2021/22 (merger)." in figure.notes
    said = {row[0]: row[1] for row in page.method_table(trust).rows}["Break in the series"]
    assert "Before 2021/22: On 1 April 2021 the trust took over community services" in said, "once, for it breaks every series"
    assert (
        "beside 2021/22, the first year that can be compared: the relative likelihood was 1.29 in 2021/22 and is 1.26"
        in reading.paragraphs[0]
    )


def test_a_break_leads_to_the_year_of_its_indicator_that_tells_of_it(trust):
    """It led to this year's rows, whose reason is [z]. Witness: the row of the invented trust's years that has the words."""
    _, reading = page.years(trust, "7")
    (told,) = [text for text in reading.paragraphs if "before 2021/22: " in text]
    row = trust.history[trust.history["indicator"].isin(told.topic.of) & trust.history["year"].isin(told.topic.years)]
    assert all("they do not know" in reason for reason in row["break_reason"]) and len(row) == 1


@pytest.mark.parametrize("indicator", "12345678")
def test_the_title_of_a_line_of_years_is_borne_out_by_the_line(trust, indicator):
    """Seven of eight said 'lowest' or 'highest' of a value that years before a break, drawn in the same picture, went beyond.

    Witness: the rows of the table behind the picture, from the first year that can be compared on.
    """
    figure = year_blocks.years(trust, indicator)[0]
    rows = [dict(zip([column.label for column in figure.numbers.columns], row, strict=True)) for row in figure.numbers.rows]
    value = next(label for label in rows[0] if label.startswith(("Relative", "Percentage points")))
    told = {
        row["Year"]: float(row[value].replace("\N{MINUS SIGN}", "-"))
        for row in rows
        if row["Year"] >= "2021/22" and row[value][-1].isdigit()
    }
    first, *_, now = told
    assert first in figure.title and now in figure.title
    assert not re.search("lowest|highest|widest|narrowest", " ".join((figure.title, *figure.notes))), "no year is picked after the fact"
    sides = {"lower": -1, "higher": 1, "below": -1, "above": 1}
    named = re.findall(
        r"([\d.]+)(?: points (lower|higher|below|above))?", figure.title.rpartition(":")[2].replace("2021/22", "").replace("2025/26", "")
    )
    assert [float(number) * sides.get(side, 1) for number, side in named] in ([told[first], told[now]], [told[now]])


def test_a_line_of_years_says_at_its_axis_which_way_is_worse_and_sends_nobody_out_of_the_page(trust, monkeypatch):
    """Small lines turn up where it grows worse, these did so or not, and said nothing. Witness: the direction of each indicator in indicators.csv."""
    said = dict[str, str]()
    for indicator in "1267":
        monkeypatch.setattr(year_blocks, "line", lambda frame, neutral, worse, name=indicator: said.update({name: worse}) or "<svg/>")
        figure = year_blocks.year_chart(trust, indicator, year_blocks.history_of(trust, indicator))
        assert "workbook" not in figure.alt and spoken_words(figure.alt) <= 85  # the table stands right behind it
    higher, lower = "\u2191 higher is worse for BME staff", "\u2193 lower is worse for BME staff"
    assert said == {"1": lower, "2": higher, "6": higher, "7": lower}


def test_an_interval_is_said_to_go_on_only_where_it_does(trust):
    """'Cut off at the edge of the picture' stood under every line of years. Witness: the shipped years, and one end made far longer by hand."""
    frame = year_blocks.history_of(trust, "2")
    assert "Upright strokes: 95% intervals." in year_blocks.year_chart(trust, "2", frame).notes
    longer = frame.assign(upper=frame["upper"].mask(frame["year"].eq("2022-23"), 9.0))
    figure = year_blocks.year_chart(trust, "2", longer)
    assert "Upright strokes: 95% intervals; arrow: goes on, to 9.00 in 2022/23." in figure.notes


@pytest.mark.parametrize("indicator", "5678")
def test_a_gap_stands_on_the_line_of_the_ratio_by_which_it_is_judged_with_the_range_that_is_not_large(trust, indicator):
    """'A large difference is ruled out' stood above a picture in which large began nowhere. Witness: the sentence of the finding."""
    row = evidence_rows.headline_row(trust, indicator)
    scale = charts.scale_of(trust, indicator, row)
    assert (scale.neutral, scale.span, scale.worse_side) == (1, (0.8, 1.25), "right")
    told = beside_headlines.as_relative_likelihood(trust, row)
    assert scale.title == f"J{told.partition(' it is ')[0][1:]}"
    assert re.findall(r"[\d.]+", told) == re.findall(r"[\d.]+", scale.text.replace("95% interval ", ""))


def test_a_break_before_this_year_is_said_once_on_a_page(project, reference):
    """Harrowmere's merger fell between 2020/21 and 2021/22: the comparison with the year before gives the reason, the line of years no second time."""
    parameters = load_parameters(project / "params" / "harrowmere-2025-26.yaml", year="2021-22", change={"history": 4})
    evidence = analysis.analyse(intake.read_counts(parameters), parameters, reference, intake.read_own_tables(parameters))
    for indicator in "23":
        told = words(page.compared_with_last_year(evidence, indicator), *page.years(evidence, indicator)[1:])
        assert told.count("community services") == 1
        assert "no clear change" not in told
    assert "2020/21" in words(*page.years(evidence, "3")[1:])  # the break of the definition, a year before, stays


def test_what_is_known_of_indicator_3_is_told_as_it_is(board):
    """Witness: the shipped counts, 15 of 1,093 and a count of 1 to 4 of 65 in two years; of 2018/19 no such figure was supplied."""
    said = "hidden but for a range"
    assert said in page.headline(board, "3").text
    assert said in page.rates_chart(board, "3").title
    assert words(page.compared_with_last_year(board, "3")).count("No two-year figure ending in 2018/19 was supplied for indicator 3.") == 1
    assert "No figure of 2018/19 was supplied for indicator 2." in words(page.compared_with_last_year(board, "2"))


def test_two_years_are_no_line(board):
    assert page.years(board, "4") == ()


def test_of_two_years_that_are_no_neighbours_the_first_is_told_in_words_and_a_gap_has_its_place(project, reference):
    """Witness: the invented trust's own counts of 2021/22, 2022/23 and 2025/26; a year without counts is a year all the same."""
    parameters = load_parameters(project / "params" / "harrowmere-2025-26.yaml", change={"history": 6})
    counts = intake.read_counts(parameters)

    def told(years):
        return page.years(analysis.analyse(counts[counts["year"].isin(years)], parameters, reference), "2")

    (words_alone,) = told(["2021-22", "2025-26"])
    assert words_alone.paragraphs[0].startswith(
        "Indicator 2 beside 2021/22, the first year that can be compared: the relative likelihood was 1.29 in 2021/22"
    )
    figure, reading = told(["2021-22", "2022-23", "2025-26"])
    assert [row[:2] for row in figure.numbers.rows][1:4] == [("2022/23", "1.34"), ("2023/24", "no figure"), ("2024/25", "no figure")]
    assert len(figure.numbers.rows) == 5
    assert "For 2023/24 and 2024/25 there is no figure" in reading.paragraphs[0]


def test_a_change_that_is_not_judged_is_told_on_one_scale_without_a_direction(trust):
    """Witness: Harrowmere's senior posts, 12.5 points below all staff, now 12.8; 'was 2.30 times, and is 2.21' beside it left a board to choose."""
    for told in (words(page.compared_with_last_year(trust, "1")), words(page.years(trust, "1")[1])):
        assert "is 12.8 percentage points below it in 2025/26. That is described and not judged" in told
        assert not re.search(r"\d times|worse|better|wider|narrower", told)


def test_a_year_in_which_a_group_counts_nobody_has_no_dot_and_is_told(trust):
    frame = year_blocks.history_of(trust, "2").copy()
    for year, told in (("2025-26", "in 2025/26 one group counts nobody"), ("2024-25", "1.29, 1.34, 1.13")):
        figure = year_blocks.year_chart(trust, "2", frame.assign(value=frame["value"].where(frame["year"].ne(year), np.inf)))
        assert told.removeprefix("Figures since 2021/22: ").rstrip(".") in f"{figure.title} {figure.alt}"
        assert any(note.startswith("A year without a dot") for note in figure.notes)


def test_a_hidden_year_is_said_to_be_hidden_and_leaves_a_gap(trust):
    frame = year_blocks.history_of(trust, "2").copy()
    frame.loc[frame["year"].eq("2023-24"), ["value", "lower", "upper"]] = np.nan
    frame["protection"] = np.where(frame["year"].eq("2023-24"), '{"value": "[c]"}', "")
    figure = year_blocks.year_chart(trust, "2", frame)
    assert {row[0]: row[1] for row in figure.numbers.rows}["2023/24"] == "hidden"
    assert list(joined(frame)) == [False, False, True, False, False, True]


def test_of_an_interval_with_one_hidden_end_the_other_is_told_and_neither_is_called_none(trust):
    """Witness: the interval of 2020/21 by the figure's own words, 1.18 to 1.60; its upper end is hidden by hand."""
    frame = year_blocks.history_of(trust, "2").copy()
    first = frame["year"].eq("2020-21")
    frame["protection"] = np.where(first, '{"upper": "[c]"}', "")
    figure = year_blocks.year_chart(trust, "2", frame.assign(upper=frame["upper"].mask(first)))
    assert figure.numbers.rows[0][:4] == ("2020/21", "1.37", "1.18", "hidden")


def test_the_years_of_a_board_say_which_part_of_it_they_are_of(trust):
    """Witness: figures of indicator 2 under the name of the board's voting members, whom a report counts."""
    frame = year_blocks.history_of(trust, "2").assign(
        indicator="9", measure="board_share", direction="board-workforce", comparison="difference", category="voting"
    )
    assert year_blocks.year_chart(trust, "9", frame).numbers.caption.endswith(
        "by year, 2020/21 to 2025/26 (BME share: voting board members minus whole workforce)"
    )


def test_the_scorecard_carries_the_line_in_small_and_breaks_it_in_the_same_places(trust, board):
    from wres_helpers.report.form.blocks import YearsCell
    from wres_helpers.report.section.year_blocks import with_years

    cell = with_years(trust, "2", "words")
    assert isinstance(cell, YearsCell)
    # six years, the first before the merger on its own; highest value at the top
    assert [len(stretch) for stretch in cell.years] == [1, 5]
    heights = [down for stretch in cell.years for _, down in stretch]
    assert (min(heights), max(heights), heights.index(max(heights))) == (0, 1, 3)
    assert cell.years[-1][-1][0] == 1
    assert with_years(board, "4", "words") == "words"
    assert any(isinstance(row[-1], YearsCell) for row in page.scorecard(trust).rows)
    # fair careers: a gap of -11.5 points in 2021/22 and of -14.6 now, worse, as up is in every line of the column
    careers = with_years(trust, "7", "words").years[-1]
    assert careers[0][1] > careers[-1][1]
    assert (
        page.scorecard(trust)
        .notes[0]
        .endswith("Small line: the years, up is worse (1 and 7 turned over); a gap: years on its two sides cannot be compared.")
    )


def test_pipeline_of_the_shipped_report_reads_as_worked_by_hand(board):
    reading, table = page.pipeline(board)
    assert reading.paragraphs[0].startswith("At no step from one tier to the next")
    assert [row[1:4] for row in table.rows] == [
        ("352 and 422", "24 and 23", "1.251"), ("422 and 319", "23 and 19", "0.92"), ("352 and 319", "24 and 19", "1.14"),
    ]  # fmt: skip


def test_pipeline_names_the_steps_at_which_groups_part(trust):
    reading, table, _ = page.pipeline(trust)
    assert reading.paragraphs[0].startswith(
        "At the steps from lower to middle and from middle to upper, clearly fewer BME staff are in the higher of the two tiers"
    )
    # whose rows show nothing are named once below
    steps = ("lower to middle", "middle to upper", "lower to upper")
    # on a telephone nine cards had three heads
    assert [row[0] for row in table.rows] == [f"{staff}, {step}" for staff in ("All staff", "Clinical", "Non-clinical") for step in steps]
    assert not any("Hidden" in note for note in table.notes)


def test_an_empty_tier_is_said_in_words_and_one_that_was_not_supplied_is_not_called_hidden(board):
    """Witness: the shipped report's tiers, 352, 422 and 319 white and 24, 23 and 19 BME staff, with the last 19 taken away, or the tier."""
    results = board.results
    upper = results["breakdown"].eq("tier") & results["category"].eq("upper") & results["year"].eq("2019-20")
    reading, table = page.pipeline(board.with_tables(results=results.assign(bme_count=results["bme_count"].mask(upper, 0))))[:2]
    assert reading.paragraphs[0].endswith("No BME staff are in the upper tier, where 319 white staff are.")
    assert [row[3] for row in table.rows] == ["1.251", "not calculable", "not calculable"]
    _, table = page.pipeline(board.with_tables(results=results[~upper]))[:2]
    assert [row[2:4] for row in table.rows] == [
        ("24 and 23", "1.251"),
        ("23 and not supplied", "not supplied"),
        ("24 and not supplied", "not supplied"),
    ]
    assert not any("recognised" in note for note in table.notes)


def test_a_directorates_ratios_stand_in_one_row_by_name_and_small_ones_are_told_together(trust):
    """Witness: data/harrowmere, where Community services has 1 BME member of staff in the upper tier and Women and children 3; (113/576)/(10/92)."""
    table = page.pipeline(trust)[-1]
    assert [row[0] for row in table.rows] == [
        "Corporate", "Medicine", "Surgery", "Women and children, Clinical support and Community services, together",
    ]  # fmt: skip
    assert table.rows[0][1:4] == ("576, 113 and 74", "92, 10 and 6", "1.80 (0.92\u00a0to\u00a03.53)")
    assert not any("Hidden" in note for note in table.notes), "who stands in a sum is not called hidden beside it"


def test_parity_is_said_once_in_whole_people(board):
    """Witness: 150 of 1,605 are 9.35%, so of 251 about 23 are expected; four fifths of it, the range's end, are 19. 11 were appointed."""
    table = page.parity_table(board)
    rows = {row[0][0]: row[1:] for row in table.rows}
    assert rows["2"][:3] == ("more BME people", "12", "8"), (
        "equality first: three more people and all is settled, a reader took from the other"
    )
    assert [column.label for column in table.columns][2:4] == ["People, to be equal", "People, only to be no longer large (0.80 to 1.25)"]
    assert "does not mean none" in table.notes[1]


def test_parity_of_a_hidden_count_says_no_number_and_why(board):
    table = page.parity_table(board)
    rows = {row[0][0]: row[1:] for row in table.rows}
    assert set(rows["3"]) == {"hidden"}


def test_a_share_that_is_compared_with_nothing_has_no_parity_and_other_standards_their_own_tiers(project):
    """Witness: WDES metric 8 has one group; the Social Care WRES has pay bands in pounds."""
    made = {}
    for name in ("harrowmere-wdes-2025-26", "ashcombe-2025-26"):
        parameters = load_parameters(project / "params" / f"{name}.yaml")
        made[name] = analysis.analyse(intake.read_counts(parameters), parameters, read_reference_tables(parameters.reference_folder))
    rows = {row[0][:2]: row[1:] for row in page.parity_table(made["harrowmere-wdes-2025-26"]).rows}
    assert set(rows["8."]) == {"does not apply"}
    assert rows["6."][:3] == ("fewer Disabled people", "37", "17")
    told = pipeline_blocks.formula(made["ashcombe-2025-26"])
    assert "up to 39,999 pounds" in told and "Band" not in told and "medical" not in told


def test_definitions_of_two_indicators_are_two_sentences_although_they_have_one_source(trust):
    """Witness: a PDF, which has once what is said twice word for word, left out that the definition of indicator 6 was seen in no source."""
    first, second = (set(page.definition(trust, name).paragraphs) for name in ("5", "6"))
    assert not [text for text in first & second if text.startswith("Definition")]
    assert [text for text in second if text.startswith("Definition of indicator 6 used for the 2026 edition, ")]


def test_targets_say_where_they_stand(trust):
    (table,) = page.targets(trust)
    senior = next(row for row in table.rows if row[0].startswith("Band 8a and above"))
    # 50 of 439 are 11.4%; 12% is 53 posts; after five of nine years the line from 7.1% stands at 9.8%
    verdict = "n the path{}; chance could change that (interval 8.7% to 14.7%); "
    verdict += "where its line starts is not comparable with today"
    assert senior[2:4] == ("12.0% by 2029/30, from 7.1% in 2020/21", "11.4% (line 9.8%)") and senior[5] == "3 more"
    # the gap grew from 11.8 to 12.8 points; other staff's share is 2.61 and 2.21 times that of senior posts, so that no ground is lost
    assert (
        senior[4]
        == f"O{verdict.format('')} (merger); but the goal itself is below the 24.2% of the whole workforce (56 more people would be equality)"
    )  # read as nearly solved; 106 of 439 would be 24.2%
    # page one asks what follows for what is behind, and leaves the rest to the table
    (told,) = [point for point in page.at_a_glance(trust, pd.DataFrame()).items[0].points if "target" in point]
    assert (
        told == "Decide what follows for the target Appointment after shortlisting: it is behind the path, "
        "1.26 now, where 1.14 was due (Director of people, date open)."
    )
    # 8 of 112 are 7.1%, one fewer 6.3% and the line 6.8%; the year before they were 9 of 111, which is 8.1%
    fell = "On the path; it fell by one person (9 of 111 in 2024/25, now 8 of 112); less than one person from its line"
    assert f"{fell}; chance could change that (interval 3.7% to 13.5%)" in words(table)
    # 1.14, the line from 1.29 to 1.10, lies inside 1.11 to 1.44
    appointed = "ehind the path; chance could change that"
    assert f"B{appointed} (interval 1.11 to 1.44)" in words(table)
    assert "path not confirmed" in words(table)
    # 832 of 5,067 staff of 31 March 2018 are 16.4%, before the merger; where that goal came from was said nowhere
    goals = trust.targets.fillna({"goal": 832 / 5067})
    goals["verdict"] = goals["verdict"].mask(goals["now"].notna() & trust.targets["goal"].isna(), "not yet reached")
    (known,) = page.targets(replace(trust, targets=goals))
    # the note says that the interval is given where chance could undo it, and no band of England's had one: Wilson of 32 of 232 and of 10 of 95
    assert all(
        f"Not yet reached; chance could change that (interval {ends})" in words(known) for ends in ("9.9% to 18.8%", "5.8% to 18.3%")
    )
    told = "Model Employer: the goal of every band is the BME share of all staff in 2017/18, not comparable with today (merger)."
    assert told in known.notes and told not in table.notes
    # 'on the path' to the one and 'not yet reached' of the other, for the same posts, stood on two pages
    asks = "For senior posts NHS England asks for 16.4% by 2027/28; of the organisation's own goals Band 8a and above, 12.0% by 2029/30, is lower and later;"
    assert any(note.startswith(asks) for note in known.notes) and not any("NHS England asks" in note for note in table.notes)
    # in small print alone it was no decision, and a board member who read it there missed it on page one
    whose = "Decide whose goals for senior posts bind, NHS England's or the organisation's own (owner, date open)."
    assert parity_blocks.asked_of_targets(replace(trust, targets=goals))[-1] == whose
    assert whose not in parity_blocks.asked_of_targets(trust), "its goals are not known"
    alike = goals.assign(goal=goals["goal"].where(goals["whose"].ne("the organisation's"), 832 / 5067), goal_year="2027-28")
    assert not any("NHS England asks" in note for note in page.targets(replace(trust, targets=alike))[0].notes), "goals that agree"
    assert "Chief executive" in senior[1]


def test_a_question_that_one_group_left_out_more_often_says_how_many_answered_it(trust, board):
    """Witness: question 14b, which 546 of 612 BME respondents answered and 2,007 of 2,026 white ones; NECS, whose groups answered alike, says nothing."""
    told = "Of at least 612 BME and 2,026 white respondents, 546 and 2,007 answered this question."
    assert told in page.headline(trust, "6").detail
    for shown, indicator in ((board, "6"), (board, "7"), (trust, "2")):
        assert "This question was answered" not in page.headline(shown, indicator).detail


def test_all_that_the_undisclosed_could_make_of_a_difference_is_told_and_what_they_could_not(trust):
    """'The undisclosed could undo it' stood over a table whose lowest gap was +2.3. Witness: bounds of that table; splits tried by a statistician."""
    told = "Knowing the ethnicity of the undisclosed could make it 'some difference' or 'no clear difference', though as counted it would still be worse"
    assert f"{told} for BME staff." in page.headline(trust, "6").detail
    assert "though as counted" not in page.headline(trust, "2").detail, "of what stays clear nothing more"


def test_where_large_begins_is_told_in_points_where_the_gap_is(trust):
    """Witness: a quarter of 21.4% is 5.3 points; of 59.7%, a fifth less is 11.9, and of the other 40.3% a quarter more is 10.1, which comes first."""
    assert "and 1.25 (5.3 percentage points), where large begins, lies inside" in page.headline(trust, "6").detail
    assert "and 1.25 (10.1 percentage points), where large begins, lies inside" in page.headline(trust, "7").detail
    assert "large begins above 1.25 (7.1 percentage points)" in page.headline(trust, "5").detail


def test_parts_of_a_board_whose_people_are_hidden_stand_in_a_note_and_in_the_file(trust):
    """Witness: five blocks of 'hidden' filled a telephone's screen."""
    table = page.board_chart(trust)
    assert [row[0] for row in table.rows] == ["Whole board", "Whole workforce"]
    parts = ["Voting members", "Executive members", "Non-executive members", "Non-voting members"]
    assert [row[0] for row in table.file_rows] == parts
    assert f"how many BME people are among {'; '.join(part[0].lower() + part[1:] for part in parts)}." in table.notes[-2]


def test_a_status_that_is_another_than_the_year_before_is_told_where_nothing_changed_clearly(trust):
    """Witness: indicator 3, a large difference in 2024/25, 2.33 then and 1.83 now: a member who remembers it would think it mended."""
    points = page.at_a_glance(trust, pd.DataFrame()).items[1].points
    # "3 from 'Large difference' to 'No clear difference'" was read as two improvements; without what they were a reader had to look
    assert (
        points[0]
        == "Indicators 2 to 8 did not clearly change since 2024/25; 3 was 'Large difference' (2.33, now 1.83) and 5 was 'No clear difference' "
        "(+2.2, now +2.1 percentage points)."
    )
    assert points[1] == "No change can be told of 1 (many of the same people); of 9 (hidden)."
    then = "The status was 'large difference' in 2024/25; no change of the figures is clear."
    assert then in words(page.compared_with_last_year(trust, "3")).replace("Large", "large")


@pytest.mark.parametrize(("then", "told"), [("too_few_to_judge", "too few to judge"), ("not_supplied", ""), ("not_calculable", "")])
def test_a_status_that_could_not_be_judged_the_year_before_is_told_too(trust, then, told):
    """A board that had read 'too few to judge' saw red without a word. Witness: indicator 3, its status of 2024/25 set to what it is here."""
    frame = trust.statuses.copy()
    frame.loc[frame["indicator"].eq("3") & frame["year"].eq(trust.context.previous_year), ["status", "label"]] = then, statuses.LABELS[then]
    judged = replace(trust, statuses=frame)
    assert (f"; 3 was '{told.capitalize()}' (2.33, now 1.83) and 5" in page.at_a_glance(judged, pd.DataFrame()).items[1].points[0]) == bool(
        told
    )
    assert (f"the status was '{told}' in 2024/25" in words(page.compared_with_last_year(judged, "3")).lower()) == bool(told)


def test_a_target_without_a_figure_is_named_with_its_goal_and_is_no_row(trust):
    """Witness: the targets of the invented trust, two of them without this year's figure."""
    frame = trust.targets
    hidden = frame["target"].isin(["Band 8a and above", "Band 8c and above"])
    (table,) = page.targets(trust.with_tables(targets=frame.assign(now=frame["now"].mask(hidden))))
    assert [row[0] for row in table.rows if row[0].startswith(("Band 8a and", "Band 8c and"))] == []
    assert len(table.rows) == (frame["now"].notna() & ~hidden).sum()
    assert "Band 8a and above: 12.0% by 2029/30, from 7.1% in 2020/21" in " ".join(table.notes)


def test_without_targets_england_is_not_taken_for_one(board):
    (note,) = page.targets(board)
    assert "England's figures are not targets" in note.paragraphs[0]


def test_population_served_is_set_beside_the_workforce_with_its_source(trust, board):
    text = words(*page.population_served(trust))
    assert "20.4% of the people of the invented county of Harrow Mere" in text
    assert "Invented census table, 2021" in text
    assert page.population_served(board) == ()


def test_the_improvement_plan_has_every_metric_of_our_counts_and_names_the_rest(trust, board):
    for shown in (trust, board):
        table, rest = page.improvement_plan(shown)
        assert [row[0] for row in table.rows] == ["2a", "2b in part", "2c", "2d", "2e", "6a", "6b"]
        assert all(metric in words(rest) for metric in ("1a", "2f", "3a", "4a", "5a and 5b"))
    figures = {row[0]: row[2] for row in page.improvement_plan(trust)[0].rows}
    assert (figures["2a"], figures["2c"], figures["2e"]) == ("1.26", "24.2%", "38.5%")
    assert "after this reporting year" in words(page.improvement_plan(board)[1])


def test_nothing_of_it_prints_a_missing_number(trust, board):
    for shown in (trust, board):
        blocks = [
            *page.pipeline(shown),
            page.parity_table(shown),
            *page.targets(shown),
            *page.population_served(shown),
            *page.improvement_plan(shown),
        ]
        for indicator in "123456789":
            blocks += page.years(shown, indicator)
        text = words(*blocks)
        assert not re.search(r"\b(nan|NaN|inf|None)\b", re.sub(r"'(status|numbers)': None", "", text))


def test_the_people_of_each_part_in_a_gap_add_up(trust, board):
    (table,) = page.contributions(trust, "2")
    of = trust.contributions["measure"].eq("appointed_from_shortlisting") & trust.contributions["breakdown"].eq("directorate")
    frame = trust.contributions[of]
    assert frame["beyond_people"].sum() == pytest.approx(frame["whole_people"].iloc[0])
    # Medicine: 85 of 464 BME candidates; 120 of 554 white candidates there would give 100.5, so 16 fewer
    assert ("Medicine", "85 of 464", "16") in table.rows
    # what is printed leads to the row it was rounded from, whatever whole numbers other rows happen to hold
    for (*_, printed), people in zip(table.rows, frame["beyond_people"], strict=True):
        assert people in numbers.cited([printed])[printed.strip("+\u2212")]
    assert page.contributions(board, "4") == ()
    assert page.contributions(trust, "4") == (), "equivalent: a page divides no gap that it does not find"
    (asked,) = page.contributions(trust, "4", ("directorate",))
    assert table.behind and not asked.behind, "whoever asks for it by name is answered, and opens nothing"


def test_an_organisation_outside_the_national_report_hears_who_its_peers_are(board):
    text = words(page.about_national_figures(board))
    assert "a background and not a yardstick" in text
    assert "Its peers are other commissioning support units" in text


def test_the_grades_of_medical_staff_are_told_once_and_clinical_bands_beside_all(trust):
    """Witness: data/harrowmere/2025-26/workforce.csv, where consultants are medical and dental staff alone and Band 4 is of two groups."""
    labels = [row[0] for row in page.band_table(trust).rows]
    assert "Consultants" in labels and "Band 4" in labels
    assert [label for label in labels if label.lower().endswith("medical and dental, together") or "All medical" in label] == [
        "Medical and dental, together"
    ]
    parts = page.band_parts(trust)
    assert [part.caption.partition(" staff")[0] for part in parts] == ["Clinical", "Non-clinical"] and all(part.behind for part in parts)
    assert all("Band 4" in [row[0] for row in part.rows] and "Hidden, so that" in part.notes[-1] for part in parts)


def test_national_figures_are_told_in_the_words_of_their_own_standard(project):
    """Witness: data/reference/standards/wdes/benchmarks.csv, 1.18 of edition 2019, 52.1 and 5.7 of 2023."""
    parameters = load_parameters(project / "params" / "harrowmere-wdes-2025-26.yaml")
    evidence = analysis.analyse(intake.read_counts(parameters), parameters, read_reference_tables(parameters.reference_folder))
    told = page.compared_with_benchmark(evidence, "2", "5", "10").paragraphs
    assert [words[: words.index(". ") if ". " in words else None] for words in told] == [
        "NHS trusts in England, 2018/19 (seven years earlier): the relative likelihood, Non-disabled divided by Disabled, was 1.18 "
        "(copy of an official text: healthbusinessuk.net)",
        "NHS trusts in England, 2022/23 (staff survey of autumn 2022): 52.1% of Disabled respondents believed that careers are fair "
        "(that of Non-disabled was not seen; copy of an official text: healthbusinessuk.net)",
        "NHS trusts in England, 2022/23 (three years earlier): Disabled people were 5.7% of boards (copy of an official text: healthbusinessuk.net).",
    ]
    table = next(block for block in page.metrics(evidence) if getattr(block, "id", "") == "metrics")
    place = [column.label for column in table.columns].index("NHS trusts in England")
    cells = {row[0].partition(".")[0]: row[place] for row in table.rows}
    assert (cells["2"], cells["5"], cells["6"]) == ("1.18 (2018/19)", "52.1% of Disabled (staff survey of autumn 2022)", "not known")
    assert cells["10"] == "5.7% of board members were Disabled (2022/23)", (
        "of members: it read as if of every 18 Disabled people one sat there"
    )


def test_a_restated_national_figure_is_said_to_be(project, reference):
    """Witness: indicator 2 of edition 2022 was published as 1.54, and a year later as 1.53."""
    parameters = load_parameters(project / "params" / "harrowmere-2025-26.yaml", year="2021-22", change={"history": 0})
    evidence = analysis.analyse(intake.read_counts(parameters), parameters, reference)
    assert (
        "NHS trusts in England, 2021/22: the relative likelihood, white divided by BME, was 1.53 (as restated; copy of an official text: "
        in words(page.compared_with_benchmark(evidence, "2"))
    )


def test_a_ratio_below_one_is_told_as_the_rule_compares_it_and_a_gap_with_its_ratio_in_the_scorecard(project, trust, board):
    """Witness: 27.8% over 15.1% is 1.84, which the rule holds against 1.25; 0.54 alone was printed. And 27.5% over 21.4% is 1.29, 6.1 points apart."""
    parameters = load_parameters(project / "params" / "ashcombe-2025-26.yaml")
    council = analysis.analyse(intake.read_counts(parameters), parameters, read_reference_tables(parameters.reference_folder))
    (told,) = [block.detail for block in page.metrics(council) if ": 0.54 (" in getattr(block, "detail", "")]
    assert "turned so that above 1 is worse it is 1.84 (1.41 to 2.40); large begins above 1.25" in told
    # drawn as in a report that has a scorecard: on the side that is worse
    # its survey has no date and the table told a period that no survey has, as if its answers were those of all staff
    periods = {row[0].split(".")[0]: row[2] for row in page.metric_definitions(council).rows}
    undated = "answers of those who replied, to a survey whose date was not supplied"
    assert [name for name, told in periods.items() if undated in told] == ["6", "7a", "7b"]
    table = next(block for block in page.metrics(council) if getattr(block, "id", "") == "metrics")
    drawn = {row[0].split(".")[0]: row[3] for row in table.rows}["2"]
    assert drawn.text == "0.54 (0.42 to 0.71)" and drawn.lower > drawn.neutral
    cells = {row[0].split(".")[0]: row[3] for row in page.scorecard(trust).rows}
    assert cells["6"].text == "6.1 points higher (2.1 to 10.4); as a ratio 1.29 (1.09 to 1.50)"
    assert "ratio" not in cells["2"].text
    (seven,) = [row[3].text for row in page.scorecard(board).rows if row[0].startswith("7")]
    assert seven.endswith("as a ratio of the opposite 4.66 (2.13 to 8.86)")


def test_where_doctors_are_counted_is_said_once_in_plain_words(trust):
    """Witness: the workforce of 6,060 holds 546 doctors and dentists and the 439 senior posts none: a board took consultants to be among them."""
    told = page.headline(trust, "1").detail
    assert "not disclosed included; doctors and dentists, consultants too, count in the workforce and not in senior posts." in told


def test_that_chance_weighs_more_in_a_part_is_told_with_the_rule_and_not_below_every_table(trust):
    """Witness: the same sentence stood five times in one report."""
    assert not any("hance weighs" in note for indicator in "1234" for table in page.cut_tables(trust, indicator) for note in table.notes)
    assert words(page.how_status_is_given(trust)).count("chance weighs more in a part") == 1


def test_of_parts_that_are_clear_by_themselves_is_said_which_still_are_with_all_asked_at_once(trust):
    """Witness: Holm by hand: of six, 0.0004 times 6 and 0.0248 times 5."""
    told = page.by_parts(trust, "2").paragraphs[0]
    assert "clear by themselves: Surgery; Women and children. With all six asked at once (Holm's method): Women and children." in told
    assert told.endswith("Women and children: white 24.8% (72 of 290), BME 13.0% (34 of 262).")


def test_parts_told_together_are_told_with_their_figures_and_stand_in_a_sheet(trust, trust_evidence, tmp_path):
    """'Neither comparison shown' of six hidden directorates: none was shown, and what was told together stood in no file of comparisons.

    Witness: the two groups of Harrowmere's directorates by their counts, 12 of 1,910 white and 11 of 850 BME staff in one; clear is set by hand.
    """
    hidden = "By directorate: all six are hidden one by one, so that the most unequal cannot be named."
    own = trust.together["indicator"].eq("3") & trust.together["breakdown"].eq("directorate")
    for clear, told in (
        (own & False, "Neither group told together is clear by itself."),
        (
            own & trust.together["category"].eq("Medicine + Surgery"),
            "Medicine and Surgery, together: white 0.6% (12 of 1,910), BME 1.3% (11 of 850).",
        ),
    ):
        (said,) = page.by_parts(trust.with_tables(together=trust.together.assign(clear=clear)), "3").paragraphs[:1]
        assert said.startswith(hidden) and said.endswith(told), said
        assert "together" in said.topic.tables
    write_workbook(tmp_path / "book.xlsx", trust, trust_evidence[0])
    _, _, headings, *rows = openpyxl.load_workbook(tmp_path / "book.xlsx")["Told together"].iter_rows(values_only=True)
    found = [dict(zip(headings, row, strict=True)) for row in rows]
    assert (12, 850) in [(row["White count"], row["BME base"]) for row in found if row["Category"] == "Medicine + Surgery"]


def test_the_people_short_of_a_rate_are_told_with_the_part_that_has_most_of_them(trust):
    """Witness: a reader, who took 'Beyond the white rate: -31' for more people, and looked through three tables for where they are."""
    assert page.by_parts(trust, "2").paragraphs[-1] == (
        "BME people short of the white rate: 72 in all; the largest number of a part is 31, in Women and children."
    )
    (table,) = page.contributions(trust, "2")
    assert "Short of the GROUP rate" in data_dictionary._declared()["heading"], "the dictionary of the data explains it"
    assert table.columns[-1].label == "Short of the white rate" and table.notes[0].startswith(
        "Short of the white rate: how many fewer BME people"
    )


def test_a_part_whose_test_is_hidden_makes_no_other_surer_and_bands_say_how_many_still_differ_together(trust):
    """Witness: Holm by hand over six, four of them hidden: 0.012 times 6 is 0.072, where the hidden as the surest made it 0.024."""
    part = pd.DataFrame({"p_value": [float("nan")] * 4 + [0.012, 0.5], "confidence": 0.95})
    assert clear_together(part, part.iloc[4:5]) == [] and clear_together(part.assign(p_value=0.008), part.iloc[4:5]) == [4]
    assert any(
        "Clear bands of all staff that stay clear when all 15 are tested together (Holm's method): 11 of 11." in note
        for note in page.band_chart(trust).notes
    )


def test_a_national_figure_of_a_survey_says_which_and_the_own_figure_has_its_interval(trust, board):
    """Witness: edition 2023 is the year 2022/23, whose survey was that of autumn 2022; and 1.61 lies inside 1.19 to 3.86, which was not printed."""
    (five,) = page.compared_with_benchmark(trust, "5").paragraphs
    assert five.startswith("NHS trusts in England, 2022/23 (staff survey of autumn 2022): ")
    assert page.compared_with_benchmark(board, "2").paragraphs[0].endswith("NECS (95% interval): 2.13 (1.19 to 3.86).")
    # of another year it is not judged, and stood bare beside England's: 1.44, and 8 of 37 beside 111 of 773 (Wilson)
    assert page.compared_with_benchmark(board, "4").paragraphs[0].endswith("NECS (95% interval): 1.44 (0.81 to 2.70).")
    own = "NECS (95% intervals): BME 21.6% (11.4% to 37.2%), white 14.4% (12.1% to 17.0%)."
    assert page.compared_with_benchmark(board, "5").paragraphs[0].endswith(own)


def test_a_claim_names_the_comparisons_that_it_tells_and_no_others(trust):
    """Witness: an inspector, whom '24.2% of the whole workforce' led to a row without it, and one sentence on four groups of bands to 91 rows."""
    rows = dict(page.headline(trust, "1").text.topic.rows)
    assert rows["measure"] == ("senior_share", "share_of_grade", "leadership_share") and rows["breakdown"] == ("overall",)
    assert dict(page.headline(trust, "6").detail.topic.rows)["measure"] == ("harassment_staff", "survey_response")
    assert "Bands 1 to 7" in dict(page.band_reading(trust).paragraphs[0].topic.rows)["category"]


def test_a_value_is_written_beside_its_dot_and_never_on_the_line_of_equality(monkeypatch):
    """Witness: readers; one took +4.7, written at the end of its interval on the line of 0, for a point below nought, others read figures through strokes."""

    def written(*values):
        found = {}
        monkeypatch.setattr(
            drawing, "words_at", lambda axes, text, place, points, **style: found.__setitem__(text, (place[1], style["va"]))
        )
        frame = pd.DataFrame(values, columns=["value", "lower", "upper"]).assign(comparison="ratio", break_kind="", series=0)
        year_blocks.line(frame.assign(year=[f"20{20 + each}-{21 + each}" for each in range(len(values))]), 1.0, "")
        return found

    now = (1.26, 1.1, 1.4)
    assert written((1.29, 1.09, 1.52), (1.35, 1.2, 1.5), now)["1.29"] == (1.52, "bottom")  # below would be on the line of 1
    assert written((1.10, 0.9, 1.52), (1.35, 1.2, 1.5), now)["1.10"] == (1.52, "bottom")
    assert written((1.29, 1.27, 1.52), (1.35, 1.2, 1.5), now)["1.29"] == (
        1.27,
        "top",
    )  # where the line that rises from it leaves room, beyond its stroke


def test_equality_has_its_number_on_the_axis_of_years(monkeypatch):
    """Witness: a reader, whom an axis of 2 and 4 left to guess where 1 lies."""
    frame = pd.DataFrame(
        {"value": [1.8, 2.3, 0.7, 5.5], "lower": [1.0] * 4, "upper": [6.0] * 4, "comparison": "ratio", "break_kind": "", "series": 0}
    )
    axes = []
    monkeypatch.setattr(year_blocks, "_label_values", lambda drawn, *rest: axes.append(drawn))
    year_blocks.line(frame.assign(year=["2022-23", "2023-24", "2024-25", "2025-26"]), 1.0, "")
    assert "1" in [label.get_text() for label in axes[0].get_yticklabels()]


def test_a_heading_of_a_group_in_a_part_of_the_staff_stands_in_the_dictionary():
    """Witness: the years of indicator 1 of ten years, whose 'BME, senior posts' was explained as 'as its heading says'."""
    meaning, unit = data_dictionary._of_heading("GROUP, senior posts")
    assert "of everybody in the part" in meaning and unit == "per cent"
    assert data_dictionary._of_heading("GROUP, share")[0].startswith("the group's percentage of everybody in the row")
    assert data_dictionary._of_heading("Nothing of the kind") == (data_dictionary.AS_HEADED, "")

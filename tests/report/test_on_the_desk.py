"""What an analyst sees on the screen. Witnesses: the lists of fresh readers, who looked at every notebook at 1280 pixels."""

import re
from importlib import resources
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from wres_helpers import open_report, report
from wres_helpers.report.form import block_html
from wres_helpers.report.form.blocks import Table
from wres_helpers.standard.catalogue import catalogue
from wres_helpers.standard.columns import ETHNIC_CATEGORY

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
ASKED = re.compile(r"report\.ask\(\"([^\"]+)\", by=\"([a-z_]+)\"")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def necs(project):
    return open_report(project / "params/necs-2019-20.yaml")


@pytest.fixture(scope="module")
def invented(project):
    return open_report(project / "params/synthetic-2019-20.yaml")


@pytest.fixture(scope="module")
def metrics(project):
    return open_report(project / "params/harrowmere-wdes-2025-26.yaml")


def style(selector):
    """What the notebook's style sheet says of a selector: property to value."""
    sheet = (resources.files("wres_helpers.report") / "templates" / "notebook.css").read_text(encoding="utf-8")
    rules = [(names.strip().split(","), body) for names, body in re.findall(r"([^{}]+)\{([^}]*)\}", sheet)]
    return dict(pair.split(":") for names, body in rules if selector in names for pair in body.split(";") if pair)


def labels(table):
    return [column.label for column in table.columns]


def column(table, label):
    place = labels(table).index(label)
    return [getattr(row[place], "text", row[place]) for row in table.rows]


def test_no_table_of_pandas_is_cut_in_width_rows_or_text(invented):
    """A reader saw 'in part: BME hidden; Not disclosed hidden; no ...'. Witness: every cell of the frame, in what JupyterLab is given."""
    frame = invented.ask("1", by="everything").to_frame()
    longer = pd.concat([invented.evidence.results] * 3, ignore_index=True)
    assert frame["outside"].str.len().max() > 50 and len(longer) > 60 and len(longer.columns) > 20
    for table in (frame, longer):
        html = table._repr_html_()
        assert html.count("<tr") == len(table) + 1 and "..." not in html
        assert html.count("<td") == table.size
    assert not [text for text in frame["outside"] if text not in frame._repr_html_()]


def test_a_ratio_that_is_none_takes_two_words_of_a_narrow_column_and_its_reason_a_note(invented):
    """The sentence in the cell made rows of three and four lines. Witness: of Clinical Quality 0 of 5 took part, by the counts."""
    table = invented.ask("4", by="directorate").table()
    value = dict(zip(column(table, "Who"), column(table, "Relative likelihood, white divided by BME"), strict=True))
    assert value["Clinical Quality"] == "no ratio" and "No ratio: one group counts nobody." in table.notes
    assert "No ratio: one group counts nobody." not in invented.ask("2").table().notes


def test_a_share_that_is_compared_with_nothing_is_not_called_incalculable(necs, metrics):
    """Witness: the whole workforce has no other whole beside it; a question that one group alone was asked likewise."""
    assert column(necs.ask("1").table(), "BME share minus whole workforce (points)")[0] == "does not apply"
    assert "does not apply" in [str(cell) for cell in metrics.ask("8").table().rows[0]]


def test_the_scorecard_gives_its_words_the_width_of_a_notebook(necs):
    """Rows were 98 and 114 pixels tall at 1280: the browser had shared the width; a gap with its ratio had 18 of 100. Witness: the columns' own places."""
    headings = labels(report.scorecard(necs.evidence))
    others = [place for place, label in enumerate(headings, start=1) if label != "What was found"]
    places = [f"#scorecard th:{'first-child' if place == 1 else f'nth-child({place})'}" for place in others]
    widths = [float(style(place)["width"].removesuffix("%")) for place in places]
    assert 100 - sum(widths) >= 40 and style("#scorecard")["table-layout"] == "fixed"
    # of the 828 pixels that a notebook has at 1280, a gap of the senior posts with its ratio needs 230 for four lines
    assert widths[places.index("#scorecard th:nth-child(4)")] * 8.28 >= 230 and headings[3].startswith("Comparison")


def test_numbers_behind_a_chart_have_the_width_of_the_page_and_wrap_between_rate_and_counts():
    """Headings of nine columns stood in the width of the picture, 104 pixels tall; a large trust's last column was cut off. Witness: Chromium at 1280."""
    assert "max-width" not in style(".wres-figure") and "max-width" in style(".wres-figure>:not(details)")
    assert "white-space" not in style(".wres-table__cell--number")


def test_key_facts_stand_beside_one_another_in_a_notebook():
    """They stood below one another without a gap. Witness: JupyterLab's rule of a list (a class and a tag) outweighs one class, not two."""
    assert style(".wres-facts.wres-facts")["display"] == "flex" and "gap" in style(".wres-facts.wres-facts")


def test_a_long_heading_of_an_answer_has_room(necs):
    """'BME share minus whole workforce (points)' took six lines. Witness: the fourth column from the end is the one with that heading."""
    assert labels(necs.ask("1").table())[-4] == "BME share minus whole workforce (points)"
    for table in ("#answer", "#answer-chart-numbers"):
        assert float(style(f"{table} thead th:nth-last-child(4)")["min-width"].removesuffix("em")) >= 7


@pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])
def test_a_notebook_proposes_only_cuts_that_its_indicator_can_be_asked_by(path, project):
    """Survey and board were proposed by directorate, which neither can answer. Witness: what the catalogue says each is counted among."""
    cells = nbformat.read(path, as_version=4).cells
    whole = "\n".join(cell.source for cell in cells)
    opened = open_report(project / re.search(r"params_file = \"(.+)\"", whole)[1])
    headlines = catalogue(opened.parameters.reference_folder).query("role == 'headline'")
    cut_by_all = set(headlines.loc[~headlines["base"].isin(["survey", "board"]), "indicator"])
    asked = [pair for pair in ASKED.findall(whole) if pair[1] not in ("everything", ETHNIC_CATEGORY)]
    assert not [pair for pair in asked if pair[0] not in cut_by_all]
    typed = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
    assert not [pair for pair in ASKED.findall(typed) if opened.ask(pair[0], by=pair[1]).rows.empty]


def test_the_metrics_are_shown_as_a_table_in_words_before_protection(metrics):
    """Three rows were called '1' and '10', with counts as '4574.0'. Witness: the ten metrics of the standard by their names."""
    table = report.scorecard(metrics.evidence)
    assert isinstance(table, Table)
    told = column(table, "Metric")
    assert len(set(told)) == len(told) == 10 and told[0] == "1. Senior posts"
    source = (ROOT / "notebooks/source/metrics.md").read_text(encoding="utf-8")
    assert "page.scorecard(report.evidence)" in source


def test_counts_stay_on_one_line_and_a_plate_is_no_larger_than_its_sentence(metrics):
    """'20.0% (720 of / 3,600)' was split, and a plate stood above its sentence in larger letters. Witness: a space that does not break."""
    blocks = [block.to_json() for block in report.metrics(metrics.protected())]
    html = block_html.in_notebook(*blocks)
    assert "14 of 4,574" in block_html.block_html(blocks[3]) or re.search(r"\d of \d", "".join(map(block_html.block_html, blocks)))
    assert "14\u00a0of\u00a04,574" in html and not re.search(r"\d (of|to) [\d+−]", re.sub(r"<[^>]+>", "", html))
    sizes = [
        float(style(name)["font-size"].removesuffix("em")) for name in (".wres-headline .wres-headline__status", ".wres-headline__text")
    ]
    assert sizes[0] < sizes[1] and style(".wres-status")["display"] == "inline-block"


def test_each_plate_names_its_metric_beside_its_number(metrics):
    """Of eleven links 'On this page' seven read 'Metric 3: No clear difference' and so on. Witness: the names of the catalogue."""
    protected = metrics.protected()
    labels = [block.label for block in report.metrics(protected) if getattr(block, "heads", False)]
    names = protected.context.catalogue.query("role == 'headline'")["plain_title"]
    assert len(labels) > 3 and all(any(f", {name[:1].lower()}{name[1:]}: " in label for name in names) for label in labels)


def test_bands_stand_in_the_order_of_pay_with_shares_as_percentages(invented):
    """They stood as 6, 8b, 8c, 8d, VSM, 7, 8a with row numbers and 0.567. Witness: Agenda for Change; 17 of the 30 in Band 2 are 56.7%."""
    table = report.band_table(invented.evidence)
    bands = [f"Band {name}" for name in ("2", "3", "4", "5", "6", "7", "8a", "8b", "8c", "8d", "9")]
    told = column(table, "Pay band")
    assert told[: len(bands) + 1] == [*bands, "Very senior managers"]
    shares = dict(zip(told, column(table, "Not disclosed, share"), strict=True))
    assert shares["Band 2"] == "56.7%" and all(share.endswith("%") for share in shares.values())


def test_the_how_to_names_calls_that_say_whether_a_change_is_more_than_chance(necs):
    """It named a frame of 18 columns whose verdict was off the screen. Witness: 1.03 and 1.44, of 0.64 to 2.97 times: no clear change."""
    guide = (ROOT / "docs/how-to.md").read_text(encoding="utf-8")
    named = re.search(r"more than chance since last year: `(page\.[^`]+)`.*?`(report\.[^`]+)`", guide, re.DOTALL)
    known = {"page": report, "report": necs}
    told = eval(named[1].replace('"2"', '"4"'), known)
    assert "No clear change" in " ".join(told.paragraphs) and "0.64 to 2.97" in " ".join(told.paragraphs)
    frame = eval(named[2], known)
    assert len(frame.columns) <= 6 and {"verdict", "reason"} <= set(frame)

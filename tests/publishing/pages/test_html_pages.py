"""The HTML pages: self-contained, accessible, and unmoved by whatever people type.

Witness: the rendered page is parsed again with BeautifulSoup and compared with the blocks that went in.
"""

import base64
import dataclasses
import hashlib
import re
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup

from wres_helpers.publishing.pages.html_report import document_html, style_sheet
from wres_helpers.publishing.pages.page import read_page
from wres_helpers.publishing.pages.report_parts import failed_section, report_document, section_document

HOSTILE = '<script>alert(1)</script><img src=x onerror=alert(1)> *bold* #eval("1") ]] $x$ @cite {{ 7*7 }} & "quoted" \'single\''


@pytest.fixture
def section_page(make_notebook, every_block, text_cell, context):
    notebook = make_notebook(*every_block, cells=(text_cell("## Sources"),))
    return document_html(section_document(read_page(notebook, "board"), context))


@pytest.fixture
def report_page(make_notebook, every_block, context):
    pages = [(name, read_page(make_notebook(*every_block, title=name), "board")) for name in ("00_overview", "02_recruitment")]
    missing = ("03_disciplinary", failed_section("The file disciplinary.csv was not found.", "Indicator 3: Disciplinary process"))
    return document_html(report_document([pages[0], missing, pages[1]], "board", context))


@pytest.fixture(params=["section_page", "report_page"])
def page(request) -> BeautifulSoup:
    return BeautifulSoup(request.getfixturevalue(request.param), "html.parser")


def test_one_title_and_no_skipped_level(page):
    levels = [int(heading.name[1]) for heading in page.find_all(re.compile(r"^h[1-6]$"))]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_picture_says_what_it_shows(section_page, every_block):
    pictures = BeautifulSoup(section_page, "html.parser").find_all("img")
    assert [picture["alt"] for picture in pictures] == [block["alt"] for block in every_block if block["kind"] == "figure"]


def test_only_a_long_table_that_is_no_method_is_folded_on_a_narrow_screen(make_notebook, table, context):
    rows = [[f"Band {place}", "1,605", "none"] for place in range(9)]
    blocks = (table("long", rows=rows), table("short", rows=rows[:8]))
    page = BeautifulSoup(document_html(section_document(read_page(make_notebook(*blocks), "board"), context)), "html.parser")
    assert [summary.get_text() for summary in page.select("details.wres-long > summary")] == [
        "Table: Appointed from shortlisting, 2019/20 (9 rows)"
    ]
    assert page.find(id="long").parent.name == "details"
    assert page.find(id="short").parent.name == "div"


def test_what_a_row_hides_is_named_in_one_line_and_from_the_end_of_a_long_fold_a_link_leads_back(make_notebook, figure, table, context):
    """A row of bands was seven lines on a telephone, up to five of them 'hidden', and 14 screens of rows had no way out at their end.

    Witness: the rows given here; a cell that is hidden alone keeps its line.
    """
    columns = [{"key": name, "label": name, "kind": "text"} for name in ("Band", "White", "BME", "All")]
    rows = [["Band 9", "hidden", "hidden", "6"], ["Band 8", "hidden", "4", "5"], *[["Band 2", "1", "1", "2"]] * 6]
    numbers = {
        "kind": "table",
        "id": "chart-numbers",
        "caption": "Staff by band",
        "columns": columns,
        "rows": rows,
        "notes": ["Hidden: Band 9."],
    }
    document = section_document(read_page(make_notebook(figure("bands", numbers=numbers), table()), "board"), context)
    page = BeautifulSoup(document_html(document), "html.parser")
    assert [row.get("data-hidden") for row in page.select("#bands-numbers tbody tr")] == ["Hidden: White; BME", *[None] * 7]
    (back,) = page.select("details .wres-back--far a")
    assert back.get_text() == "Back to the chart of Staff by band" and page.find(id=back["href"][1:]).name == "figure"
    # what is hidden is said before the rows, and a fold leads back at every width
    assert [each.name for each in page.select_one("#bands .wres-table-block").children] == ["p", "table"]
    assert ".wres-back--far { display: none; }" not in style_sheet().replace(".wres-long > .wres-back--far", "")


def test_every_table_has_caption_and_scope(page):
    assert page.find_all("table")
    for table in page.find_all("table"):
        assert table.caption.get_text(strip=True)
        assert all(heading["scope"] == "col" for heading in table.thead.find_all("th"))
        assert all(heading["scope"] == "row" for heading in table.tbody.find_all("th"))
        assert not [heading for heading in table.find_all("th") if not heading.get_text(strip=True)]


def test_as_many_tables_and_figures_come_out_as_go_in(section_page, report_page, every_block):
    charts = sum(block["kind"] == "figure" for block in every_block)
    for kind, tag in (("table", "table"), ("figure", "figure"), ("facts", "dl")):
        # behind each chart stands the table of its numbers
        put_in = sum(block["kind"] == kind for block in every_block) + (charts if kind == "table" else 0)
        assert len(BeautifulSoup(section_page, "html.parser").find_all(tag)) == put_in
        assert len(BeautifulSoup(report_page, "html.parser").find_all(tag)) == 2 * put_in


def test_every_word_of_every_cell_comes_out(section_page, every_block):
    text = BeautifulSoup(section_page, "html.parser").get_text(" ")
    for block in every_block:
        if block["kind"] == "table":
            for cell in [cell for row in block["rows"] for cell in row] + [column["label"] for column in block["columns"]]:
                assert (cell["text"] if isinstance(cell, dict) else cell) in text


def test_numbers_are_set_to_the_right(section_page):
    cells = BeautifulSoup(section_page, "html.parser").select("td.wres-table__cell--number")
    assert {cell.get_text() for cell in cells} == {"1,605", "251", "9.3%", "4.4%"}
    assert ".wres-table__cell--number { text-align: right; }" in style_sheet()


def test_nothing_is_loaded_from_anywhere(page):
    assert not page.find_all(["script", "link", "iframe", "object", "embed", "base", "form"])
    sources = [tag["src"] for tag in page.find_all(src=True)]
    assert all(source.startswith("data:image/svg+xml;base64,") for source in sources)
    addresses = {tag["href"] for tag in page.find_all(href=True) if not tag["href"].startswith("#")}
    files = {"workbook.xlsx", "data/results.csv", "evidence.csv"}  # of the same report, for who asks for them
    assert addresses - files <= {"https://example.org/a?b=1&c=2"}
    assert not re.search(r"url\((?!data:font/woff;base64,)|@import|expression", page.style.get_text())
    assert not [tag for tag in page.find_all(True) if any(name.startswith("on") or name == "style" for name in tag.attrs)]


def test_the_policy_admits_this_pages_own_style_and_nothing_else(page):
    policy = page.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
    digest = base64.b64encode(hashlib.sha256(page.style.get_text().encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'"


def test_identifiers_are_unique_and_every_reference_has_its_target(page):
    identifiers = [tag["id"] for tag in page.find_all(id=True)]
    assert len(identifiers) == len(set(identifiers))
    wanted = [tag["href"][1:] for tag in page.find_all(href=re.compile("^#"))]
    wanted += [tag["aria-labelledby"] for tag in page.find_all(attrs={"aria-labelledby": True})]
    assert wanted
    assert set(wanted) <= set(identifiers)


def test_page_has_language_landmarks_and_a_way_past_them(page):
    assert page.html["lang"] == "en-GB"
    assert all(len(page.find_all(name)) == 1 for name in ("header", "main", "footer", "nav", "title"))
    skip = page.body.find("a")
    assert skip["href"] == f"#{page.main['id']}"
    outside = [part.name for part in page.body.find_all(recursive=False) if part.name not in ("header", "footer", "main", "a")]
    assert not outside


def test_what_scrolls_can_be_reached_and_is_named(page):
    boxes = page.select(".wres-table__scroll, pre")
    assert all(box["tabindex"] == "0" and (box.get("aria-labelledby") or box.get("aria-label")) for box in boxes)
    # Dozens of landmarks would bury the real ones.
    assert not page.find_all(attrs={"role": "region"})


def test_status_is_said_in_words(page):
    chips = page.select(".wres-status")
    assert chips
    assert all(chip.get_text(strip=True) for chip in chips)


def test_title_names_page_organisation_and_year(section_page, report_page):
    assert "<title>Indicator 2: Appointment - Example NHS Trust, 2019/20</title>" in section_page
    assert "<title>Workforce Race Equality Standard report - Example NHS Trust, 2019/20</title>" in report_page


def test_report_lists_its_sections_and_says_what_is_missing(report_page):
    page = BeautifulSoup(report_page, "html.parser")
    assert [link.get_text() for link in page.nav.find_all("a")] == ["00_overview", "Indicator 3: Disciplinary process", "02_recruitment"]
    assert [heading.get_text() for heading in page.main.find_all("h2")] == [link.get_text() for link in page.nav.find_all("a")]
    missing = page.find(id="section-03-disciplinary").parent
    assert "The file disciplinary.csv was not found." in missing.get_text()
    assert "This report is not complete" in page.main.get_text()


def test_whatever_people_type_comes_out_as_text(make_notebook, text_cell, table, context):
    blocks = (
        {"kind": "headline", "status": 'x" onload="y', "label": HOSTILE, "text": HOSTILE, "detail": HOSTILE},
        {"kind": "prose", "paragraphs": [HOSTILE]},
        {"kind": "facts", "items": [{"label": HOSTILE, "value": HOSTILE, "note": HOSTILE}]},
        {"kind": "notice", "tone": "warning", "title": HOSTILE, "text": HOSTILE},
        {"kind": "markdown", "title": HOSTILE, "source": HOSTILE},
        table('t" onload="x', caption=HOSTILE, notes=[HOSTILE], rows=[[HOSTILE, HOSTILE, {"text": HOSTILE, "status": HOSTILE}]]),
    )
    notebook = make_notebook(*blocks, title=HOSTILE, cells=(text_cell(f"## {HOSTILE}\n\n{HOSTILE}"),))
    hostile_context = type(context)(HOSTILE, HOSTILE, context.generated, HOSTILE, HOSTILE, HOSTILE)
    for document in (
        section_document(read_page(notebook, "board"), hostile_context),
        report_document([("a", read_page(notebook, "board")), (HOSTILE, failed_section(HOSTILE, HOSTILE))], "board", hostile_context),
    ):
        page = BeautifulSoup(document_html(document), "html.parser")
        assert not page.find_all("script")
        assert not page.find_all("img")
        assert not [tag for tag in page.find_all(True) if any(name.startswith("on") for name in tag.attrs)]
        assert page.get_text().count("<script>alert(1)</script>") >= 14
        assert "{{ 7*7 }}" in page.get_text()
        assert HOSTILE in page.get_text()


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "#section", "//example.org"])
def test_a_link_can_only_lead_to_a_page_or_an_address(make_notebook, context, url):
    notebook = make_notebook({"kind": "markdown", "title": None, "source": f"See [the words]({url})."})
    page = BeautifulSoup(document_html(section_document(read_page(notebook, "board"), context)), "html.parser")
    assert "See the words." in page.main.get_text()
    assert not page.main.find_all("a")


def test_comments_of_writers_are_not_published(make_notebook, context):
    notebook = make_notebook({"kind": "markdown", "title": None, "source": "Shown.\n\n<!-- ask\n\nNadia -->\n\nAlso shown."})
    html = document_html(section_document(read_page(notebook, "board"), context))
    assert "Nadia" not in html
    assert "Also shown." in html


def test_working_copy_is_marked_and_the_boards_page_is_not(make_notebook, every_block, context):
    notebook = make_notebook(*every_block)
    board, analyst = (document_html(section_document(read_page(notebook, audience), context)) for audience in ("board", "analyst"))
    assert "Working copy - not for sharing" in BeautifulSoup(analyst, "html.parser").get_text()
    assert BeautifulSoup(analyst, "html.parser").title.get_text().startswith("Working copy - not for sharing: "), (
        "tabs and bookmarks tell the two apart"
    )
    assert "secret_setup = 1" in analyst
    assert "alert(1)" not in analyst
    assert "Working copy" not in board
    assert "secret_setup" not in board


def test_marking_stands_on_the_page(make_notebook, every_block, context):
    marked = type(context)(context.organisation, context.year, context.generated, context.version, marking="Synthetic data")
    html = document_html(section_document(read_page(make_notebook(*every_block), "board"), marked))
    assert BeautifulSoup(html, "html.parser").select_one(".wres-marking").get_text() == "Synthetic data"


def relative_luminance(colour: str) -> float:
    """WCAG 2.2, definition of relative luminance."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    light, dark = sorted((relative_luminance(first), relative_luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_formula_against_its_printed_extremes():
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_stands_out_from_its_ground(theme):
    """Every pair of text and ground that a rule of the style sheet sets together reaches 4.5 to 1 (WCAG AA), in both themes."""
    style = style_sheet()
    light, dark = re.findall(r":root \{([^}]*)\}", style)
    names = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", light + (dark if theme == "dark" else "")))
    texts = ("ink", "quiet", "link", "furniture-deep", "some", "good", "bad", "even")
    pairs = [(_hexadecimal(names[text], names), _hexadecimal(names[ground], names)) for text in texts for ground in ("page", "tint")]
    for rule in re.findall(r"\{([^{}]*)\}", style):
        ground = re.search(r"(?<![-\w])background: (#[0-9a-f]{3,6}|var\(--[a-z-]+\))", rule)
        text = re.search(r"(?<![-\w])color: (#[0-9a-f]{3,6}|var\(--[a-z-]+\))", rule)
        if ground and text:
            pairs.append(tuple(_hexadecimal(match[1], names) for match in (text, ground)))
    assert len(pairs) > 14
    assert not [(text, ground) for text, ground in pairs if contrast(text, ground) < 4.5]


def _hexadecimal(value: str, names: dict[str, str]) -> str:
    value = names[value[6:-1]] if value.startswith("var(") else value
    return value if len(value) == 7 else "#" + "".join(2 * letter for letter in value[1:])


def test_who_signed_is_printed_and_what_nobody_gave_is_not(make_notebook, every_block, context):
    signed = dataclasses.replace(
        context, sign_off=(("Signed by", "Chief People Officer"), ("Signed on", "30 September 2026")), marking="In review"
    )
    page = BeautifulSoup(document_html(section_document(read_page(make_notebook(*every_block), "board"), signed)), "html.parser")
    assert "Signed by: Chief People Officer" in page.footer.get_text()
    assert page.select_one(".wres-marking").get_text() == "In review"
    assert "Next report" not in page.get_text()


def test_each_section_leads_back_to_page_one_and_a_pair_of_numbers_stays_on_one_line(make_notebook, every_block, block_cell, context):
    """On a telephone page one is 80 screens away, and 'Indicators 5 and / 6: harassment' broke within its numbers."""
    first = block_cell({"kind": "prose", "paragraphs": ["First."]}, tags=("board", "summary"))
    notebook = make_notebook(*every_block, cells=(first,), title="Indicators 5 and 6: harassment")
    pages = [(name, read_page(notebook, "board", name)) for name in ("05-06", "07-08")]
    made = BeautifulSoup(document_html(report_document(pages, "board", context)), "html.parser")
    assert [link["href"] for link in made.select(".wres-section .wres-back a")] == ["#summary", "#contents"] * 2
    assert [part.text for part in made.select("h2 .wres-together")] == ["5 and 6:"] * 2
    assert made.select_one(".wres-section h2").text == "Indicators 5 and 6: harassment"

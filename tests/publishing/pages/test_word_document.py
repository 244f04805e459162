"""The report as a Word file. Witness: python-docx reading the file back, and the HTML page of the same document."""

import re
from dataclasses import replace
from io import BytesIO

import bs4
import docx
import pytest
from docx.oxml.ns import qn

from wres_helpers.publishing.pages.html_report import document_html
from wres_helpers.publishing.pages.page import read_page
from wres_helpers.publishing.pages.report_parts import failed_section, report_document


@pytest.fixture
def report(make_notebook, every_block, context, text_cell, block_cell):
    measured = (
        text_cell("## How it is counted", "board", "method"),
        block_cell({"kind": "prose", "paragraphs": ["By hand."]}, tags=("board", "method")),
    )
    page = read_page(make_notebook(*every_block, cells=measured), "board", "02_recruitment")
    return report_document([("02_recruitment", page)], "board", context)


@pytest.fixture
def written(report):
    from wres_helpers.publishing.pages.word_document import document_docx

    return document_docx(report)


def words(text: str) -> list[str]:
    return re.findall(r"[\w.,%]*\w", text)


def test_headings_are_words_own_in_the_order_of_the_page(written):
    headings = [
        (part.style.name, part.text) for part in docx.Document(BytesIO(written)).paragraphs if part.style.name.startswith("Heading")
    ]
    assert headings == [
        ("Heading 1", "Indicator 2: Appointment"),
        ("Heading 2", "What the data say: requires focus"),
        ("Heading 2", "How it is counted: indicator 2"),  # seven of one report were called alike
    ]


def test_every_table_repeats_its_heading_row_and_every_chart_has_its_words(written, every_block):
    word = docx.Document(BytesIO(written))
    assert len(word.tables) == sum(block["kind"] in ("table", "figure") for block in every_block)  # the numbers of a chart are a table
    assert all("w:tblHeader" in table.rows[0]._tr.xml for table in word.tables)
    told = [shape._inline.docPr.get("descr") for shape in word.inline_shapes]
    assert told == [block["alt"] for block in every_block if block["kind"] == "figure"]


def test_word_says_every_word_of_the_page(written, report):
    page = bs4.BeautifulSoup(document_html(report), "html.parser").main
    for furniture in page.select("nav, .wres-back, summary"):
        furniture.extract()
    word = docx.Document(BytesIO(written))
    cells = " ".join(cell.text for table in word.tables for row in table.rows for cell in row.cells)
    said = set(words(" ".join(part.text for part in word.paragraphs) + " " + cells))
    assert len(set(words(page.get_text(" ")))) > 40
    assert not set(words(page.get_text(" "))) - said


def test_the_same_report_gives_the_same_file(written, report):
    from wres_helpers.publishing.pages.word_document import document_docx

    assert document_docx(report) == written


def test_a_table_that_people_wrote_is_a_table(make_notebook, context):
    from wres_helpers.publishing.pages.word_document import document_docx

    text = {"kind": "markdown", "source": "| group | people |\n|---|---|\n| white | 65 |"}
    page = read_page(make_notebook(text), "board", "02_recruitment")
    word = docx.Document(BytesIO(document_docx(report_document([("02_recruitment", page)], "board", context))))
    assert [[cell.text for cell in row.cells] for table in word.tables for row in table.rows] == [["group", "people"], ["white", "65"]]


def test_what_leads_within_the_page_leads_there_in_word_and_prints_no_address(make_notebook, context):
    """The file had contents nowhere and not one link. Witness: an action that names its indicator; the bookmarks that the file has."""
    from wres_helpers.publishing.pages.word_document import document_docx

    card = {
        "title": "A1 Panels",
        "text": "Train panels.",
        "status": "done",
        "label": "Done",
        "details": [["Indicator", "2"]],
        "anchor": "action-A1",
    }
    about = {"2": {"of": [], "tables": [], "years": [], "leads_to": ["finding-2"]}}
    found = {"kind": "headline", "text": "Found.", "anchor": "finding-2"}
    page = read_page(
        make_notebook(found, {"kind": "cards", "items": [card], "about": about, "id": "actions", "numbers": {}}), "board", "02_recruitment"
    )
    report = report_document([("02_recruitment", page)], "board", context)
    # on the page a link called "2" is read aloud by what stands there
    assert (
        '<dd><a href="#section-02-recruitment-what-the-data-say" class="wres-short" aria-label="What the data say">2</a></dd>'
        in document_html(report)
    )
    word = docx.Document(BytesIO(document_docx(report)))
    assert "Indicator: 2" in [part.text for part in word.paragraphs]
    assert "A1 Panels, Done" in [part.text for part in word.paragraphs if part.style.name.startswith("Heading")]
    marked = {mark.get(qn("w:name")): mark.getparent() for mark in word.element.iter(qn("w:bookmarkStart"))}
    leads = {
        "".join(run.text for run in link.iter(qn("w:t"))): marked[link.get(qn("w:anchor"))] for link in word.element.iter(qn("w:hyperlink"))
    }
    assert leads["2"].text == "What the data say"


def test_a_list_of_bare_numbers_names_what_they_lead_to_and_every_link_has_its_name_as_a_tip(make_notebook, context, monkeypatch):
    """The list of links of a Word file was '1, 9, 1, 9, 2', and an action in a sentence 'A16'. Witness: python-docx, of a page written here."""
    from wres_helpers.publishing.pages import word_document

    names = {"2": "Indicator 2: being appointed", "9": "Indicator 9: the board", "A16": "Action A16"}
    two, nine, sixteen = (f'<a href="#p{number}" aria-label="{name}">{number}</a>' for number, name in names.items())
    main = (
        '<h2 id="p2">Two</h2><h2 id="p9">Nine</h2><h2 id="pA16">Sixteen</h2>'
        f"<dl><div><dt>Indicators</dt><dd>{two}, {nine}</dd></div></dl><p>Of indicator {two}.</p><p>Agree {sixteen}.</p>"
        # and page one's own led nowhere: a link deeper in a line was words
        f'<ol><li><strong>Few.</strong> <span class="wres-findings__source">{two.replace(">2<", ">indicator 2<")}</span></li></ol>'
        f'<ul><li><span>{nine.replace(">9<", ">9. The board<")}</span> <span class="wres-status wres-status--bad">Hidden</span></li></ul>'
    )
    monkeypatch.setattr(word_document, "document_html", lambda _: f"<html><body><main>{main}</main></body></html>")
    report = report_document([("a", read_page(make_notebook({"kind": "prose", "paragraphs": ["Said."]}), "board", "a"))], "board", context)
    word = docx.Document(BytesIO(word_document.document_docx(report)))
    said = [part.text for part in word.paragraphs]
    assert {"Indicators: Indicator 2, Indicator 9", "Of indicator 2.", "Agree A16.", "Few. (indicator 2)", "9. The board (Hidden)"} <= set(
        said
    )
    assert [link.get(qn("w:tooltip")) for link in word.element.iter(qn("w:hyperlink"))] == [
        names[key] for key in ("2", "9", "2", "A16", "2", "9")
    ]


def test_contents_of_word_lead_to_each_section(make_notebook, every_block, context):
    from wres_helpers.publishing.pages.word_document import document_docx

    pages = [(name, read_page(make_notebook(*every_block, title=title), "board", name)) for name, title in (("02", "Two"), ("03", "Three"))]
    word = docx.Document(BytesIO(document_docx(report_document(pages, "board", context))))
    marked = {mark.get(qn("w:name")): mark.getparent().text for mark in word.element.iter(qn("w:bookmarkStart"))}
    lines = [part for part in word.paragraphs if part.style.name == "List Bullet" and part.hyperlinks]
    assert [marked[part.hyperlinks[0].fragment] for part in lines[:2]] == [part.text for part in lines[:2]] == ["Two", "Three"]
    identifiers = [mark.get(qn("w:id")) for mark in word.element.iter(qn("w:bookmarkStart"))]
    assert sorted(set(identifiers)) == sorted(identifiers)


def test_a_table_of_word_says_which_headings_it_has_and_what_it_is(written):
    """Witness: the two tables of every kind of block, of which the second has no row headings; names that screen readers look for."""
    tables = docx.Document(BytesIO(written)).tables
    first_columns = [table._tbl.tblPr.find(qn("w:tblLook")).get(qn("w:firstColumn")) for table in tables]
    marks = [table.rows[0]._tr.find(f".//{qn('w:bookmarkStart')}").get(qn("w:name")).partition("_")[0] for table in tables]
    assert {*zip(first_columns, marks, strict=True)} == {("1", "Title"), ("0", "ColumnTitle")}
    assert all(table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) for table in tables)


def test_word_explains_no_marks_of_cells_that_it_has_not_and_sets_no_bracket_in_another(make_notebook, table, context):
    """'Dot: comparison, right worse; bar: 95% interval' stood below tables without a dot. Witness: python-docx."""
    from wres_helpers.publishing.pages.word_document import document_docx

    facts = {"kind": "facts", "items": [{"label": "BME staff", "value": "4.9%", "note": "65 of 1,315 (was 54)"}]}
    page = read_page(make_notebook(table(notes=["Dot: comparison.", "Source: records."], keys=1), facts), "board", "02")
    said = [part.text for part in docx.Document(BytesIO(document_docx(report_document([("02", page)], "board", context)))).paragraphs]
    assert "Source: records." in said and "Dot: comparison." not in said
    assert "BME staff: 4.9% (65 of 1,315, was 54)" in said


def test_a_missing_section_is_named_on_top_and_in_its_place_and_a_status_heads_its_indicators(make_notebook, context):
    from wres_helpers.publishing.pages.word_document import document_docx

    items = [{"name": "2. Appointment", "beside": "White 2.13 times as likely"}, {"name": "9. Board"}]
    groups = [{"status": "requires_focus", "label": "Requires focus", "clause": "Clearly worse", "items": items}]
    listed = {"kind": "standings", "title": "The two indicators", "key": "", "lists": groups}
    sections = [("02_recruitment", read_page(make_notebook(listed), "board")), ("gone", failed_section("its notebook failed", "Gone"))]
    lines = [part.text for part in docx.Document(BytesIO(document_docx(report_document(sections, "board", context)))).paragraphs]
    at = lines.index("Requires focus: Clearly worse")
    assert lines[at + 1 : at + 3] == ["2. Appointment: White 2.13 times as likely", "9. Board"]
    assert lines.index("Missing: Gone. Its notebook failed.") < at
    assert lines[lines.index("Gone") :][:3] == ["Gone", "This section is missing", "Its notebook failed."]


def test_a_marking_is_the_first_that_is_read_and_stands_on_every_page(report):
    from wres_helpers.publishing.pages.word_document import document_docx

    word = docx.Document(BytesIO(document_docx(replace(report, context=replace(report.context, marking="Draft")))))
    assert word.paragraphs[0].text == word.sections[0].header.paragraphs[0].text == "Draft"
    assert word.paragraphs[1].style.name == "Title"


def test_a_word_file_says_its_language_everywhere_and_in_its_title_that_it_is_a_draft(report):
    """Witness: python-docx reading back the properties and every language of the styles, the default's among them."""
    from wres_helpers.publishing.pages.word_document import document_docx

    word = docx.Document(BytesIO(document_docx(replace(report, context=replace(report.context, marking="Draft")))))
    assert word.core_properties.title == f"Draft: {report.title}"
    assert "python-docx" not in word.core_properties.comments
    assert {language.get(qn("w:val")) for language in word.styles.element.iter(qn("w:lang"))} == {"en-GB"}


def test_each_numbered_list_of_word_counts_from_its_own_first_number(make_notebook, context):
    """Findings 1 to 3, decisions "4." and "5.", and the contents "7. Indicator 6" were one list. Witness: the starts in Word's numbering part."""
    from wres_helpers.publishing.pages.word_document import document_docx

    texts = [{"kind": "markdown", "source": source} for source in ("1. a\n2. b", "1. c\n   1. d\n2. e", "4. f\n5. g")]
    page = read_page(make_notebook(*texts), "board", "02")
    word = docx.Document(BytesIO(document_docx(report_document([("02", page)], "board", context))))
    starts = {num.numId: [each.val for each in num.iter(qn("w:startOverride"))] for num in word.part.numbering_part.element.num_lst}
    counted: dict[int, str] = {}
    for part in word.paragraphs:
        if part.style.name == "List Number":
            number = part._p.pPr.numPr.numId.val
            counted[number] = counted.get(number, "") + part.text
    assert [(letters, starts[number]) for number, letters in counted.items()] == [("ab", [1]), ("ce", [1]), ("d", [1]), ("fg", [4])]


def test_the_contents_of_word_have_no_numbers_of_their_own_and_headings_that_recur_say_whose_they_are(
    make_notebook, text_cell, block_cell, context
):
    """ "8. Indicator 7" was heard in the contents, and 'What the data say' seven times. Witness: python-docx; two sections with two findings each."""
    from wres_helpers.publishing.pages.word_document import document_docx

    found = {"kind": "headline", "status": "large_difference", "label": "Large difference", "text": "Found."}
    cells = [cell for number in (5, 6) for cell in (text_cell(f"## Indicator {number}: answers"), block_cell(found))]
    pages = [(name, read_page(make_notebook(title=f"Pair {name}", cells=tuple(cells)), "board", name)) for name in ("a", "b")]
    paragraphs = docx.Document(BytesIO(document_docx(report_document(pages, "board", context)))).paragraphs
    assert [part.style.name for part in paragraphs if part.text == "Indicator 5: answers"] == ["List Bullet 2"] * 2
    headings = [part.text for part in paragraphs if part.style.name == "Heading 2"]
    assert [text for text in headings if text.startswith("What the data say")] == [f"What the data say, pair {name}" for name in "ab"]

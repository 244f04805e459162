"""The PDFs: tagged, headed, described, the same bytes each time, and the same words as the HTML page.

Witnesses: page-validation (rules of PDF/UA-1), pypdf (text and outline) and pikepdf (structure tree), none of which made the
file.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import docx
import page as page_validation
import pikepdf
import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader
from support.rendering import failed_section, render_report, render_section

from wres_helpers.problems import InputProblems
from wres_helpers.publishing.pages.html_report import document_html
from wres_helpers.publishing.pages.page import read_page
from wres_helpers.publishing.pages.pdf_structure import complete_structure
from wres_helpers.publishing.pages.report_parts import Document, Section, section_document, summary_document
from wres_helpers.publishing.pages.table_widths import column_widths, table_on_paper
from wres_helpers.publishing.pages.typst_document import BACK_TITLE, document_pdf, pdf_and_claims
from wres_helpers.publishing.pages.word_document import document_docx

HOSTILE = '#eval("1+1") ] [ $x^2$ @cite <label> *bold* _emph_ `raw` = heading \\ // comment /* c */ #let a = 1 ~ -- --- ...'


@pytest.fixture
def section(make_notebook, every_block, context):
    return render_section(make_notebook(*every_block), "board", context, "02_recruitment")


@pytest.fixture
def report(make_notebook, every_block, context):
    parts = [
        ("00_overview", make_notebook(*every_block, title="Overview")),
        ("03_disciplinary", failed_section("The file disciplinary.csv was not found.", "Indicator 3: Disciplinary process")),
        ("02_recruitment", make_notebook(*every_block)),
    ]
    return render_report(parts, "board", context)


def opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(content))


def elements(pdf: pikepdf.Pdf):
    """Yield the structure elements of a PDF in reading order."""

    def below(element):
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield kid
                yield from below(kid)

    yield from below(pdf.Root.StructTreeRoot)


def tags(content: bytes) -> list[str]:
    return [str(element.S)[1:] for element in elements(opened(content))]


def words(text: str) -> Counter:
    return Counter(re.findall(r"\w+", unicodedata.normalize("NFKC", text)))


def pdf_text(content: bytes) -> str:
    return "\n".join(part.extract_text() for part in PdfReader(BytesIO(content)).pages)


def test_conforms_to_the_rules_of_pdf_ua(section, report, tmp_path):
    for name, content in (("section", section["pdf"]), ("report", report[1])):
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(content)
        result = page_validation.validate_pdf(str(path), profile="ua1")
        assert result.is_compliant, str(result)


def test_is_tagged_with_language_title_and_outline(section, report):
    for content, title in (
        (section["pdf"], "Indicator 2: Appointment - Example NHS Trust, 2019/20"),
        (report[1], "Workforce Race Equality Standard report - Example NHS Trust, 2019/20"),
    ):
        with opened(content) as pdf:
            assert pdf.Root.MarkInfo.Marked
            assert str(pdf.Root.Lang) == "en-GB"
            assert pdf.Root.ViewerPreferences.DisplayDocTitle
            with pdf.open_metadata() as metadata:
                assert metadata["dc:title"] == title
                assert metadata["pdfuaid:part"] == "1"


def outline(content: bytes) -> list:
    with opened(content) as pdf, pdf.open_outline() as found:
        return [(str(item.title), [str(child.title) for child in item.children]) for item in found.root]


def test_bookmarks_lead_to_sections_and_their_headings(section, report):
    tables = "Numbers: indicator 2"
    assert outline(section["pdf"]) == [("Indicator 2: Appointment", ["What the data say", tables])]
    assert outline(report[1]) == [
        ("Overview", ["What the data say: requires focus"]),  # its finding's status
        ("Indicator 3: Disciplinary process", []),
        ("Indicator 2: Appointment", ["What the data say: requires focus"]),
        (BACK_TITLE, ["Numbers: overview", tables]),
    ]


def test_headings_are_tagged_without_skipping(section, report):
    for content in (section["pdf"], report[1]):
        levels = [int(tag[1]) for tag in tags(content) if re.fullmatch(r"H\d", tag)]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_headings_of_a_report_are_those_of_its_html_page_at_the_same_levels(report):
    """The title, which has its year in the PDF, is the one heading of level 1; 'Contents' is no heading in either.

    Witness: the titles of the tags, by which a reader lists headings; none of them said a status.
    """
    page = BeautifulSoup(report[0], "html.parser")
    heard = ((element.name.upper(), element.get("aria-label") or element.get_text()) for element in page.find_all(re.compile(r"h\d")))
    on_screen = [(level, " ".join(words.split())) for level, words in heard]
    on_paper = [(str(element.S)[1:], str(element.T)) for element in elements(opened(report[1])) if re.fullmatch(r"/H\d", str(element.S))]
    assert on_paper[0] == ("H1", f"{on_screen[0][1]}, 2019/20")
    appendix = on_paper.index(("H2", BACK_TITLE))  # on the page, folded behind each chart
    assert on_paper[1:appendix] == on_screen[1:]
    assert [heading[0] for heading in on_paper].count("H1") == 1


def test_what_folds_has_one_heading_on_the_page_on_paper_and_in_word(context):
    """Who goes by headings found 'How complete the records are' in Word alone; on the page it was a fold, on paper 'Method: overview'."""

    def block(kind, method=True, **more):
        return {"kind": kind, "method": method} | more

    said = block("prose", paragraphs=["Words."])
    titled = [block("heading", level=3, text=words, children=[{"type": "text", "text": words}], id=words) for words in ("Rules", "Records")]
    section = Section("s", "Overview: where we stand", (block("prose", False, paragraphs=["Found."]), titled[0], said, titled[1], said))
    report = Document("Report", context, "board", (section,), is_report=True)
    wanted = ["Rules: overview", "Records: overview"]
    page = BeautifulSoup(document_html(report), "html.parser")
    assert [(each.name, each["aria-label"]) for each in page.select("summary > *")] == [("h3", words) for words in wanted]
    on_paper = [(str(each.S)[1:], str(each.T)) for each in elements(opened(document_pdf(report))) if str(each.S) in ("/H2", "/H3")]
    assert on_paper[-3:] == [("H2", BACK_TITLE), *(("H3", words) for words in wanted)]
    word = docx.Document(BytesIO(document_docx(report)))
    assert [each.text for each in word.paragraphs if each.style.name.startswith("Heading")] == [section.title, *wanted]
    # the name of the region says no status, which its heading and the finding say
    assert page.select_one(".wres-section")["aria-label"] == section.title


def test_page_one_is_heard_label_first_its_indicators_as_one_list_and_has_a_bookmark(make_notebook, block_cell, context):
    """'6,060 Staff in post' was heard, then nine divisions that were no list, and no bookmark led back. Witness: the tags and the order of the words."""
    facts = {"kind": "facts", "items": [{"label": "Staff in post", "value": "6,060", "note": "31 March"}]}
    items = [{"name": f"{name}. Reached", "beside": "7.3 points higher (3.3 to 23.0)", "heard": "interval"} for name in "1234"]
    groups = [{"status": "equivalent", "label": "Equivalent", "clause": "No large difference", "items": items}]
    listed = {"kind": "standings", "title": "The four indicators", "key": "", "lists": groups}
    cells = (block_cell(facts, listed, tags=("board", "summary")),)
    content = render_report([("00", make_notebook(cells=cells)), ("02", make_notebook())], "board", context)[1]
    heard = PdfReader(BytesIO(content)).pages[0].extract_text()
    assert heard.index("Staff in post") < heard.index("6,060") < heard.index("31 March")
    lists = [[str(item.S) for item in element.K] for element in elements(opened(content)) if element.S == "/L"]
    assert lists == [["/LI"] * 4]
    assert "1. Reached 7.3 points higher interval (3.3 to 23.0)" in " ".join(heard.split()), "each with its own"
    assert outline(content)[0] == ("Summary", [])


def test_a_report_of_one_section_begins_with_it_on_its_first_page(make_notebook, every_block, context):
    _, content = render_report([("metrics", make_notebook(*every_block, title="All metrics"))], "board", context)
    first = PdfReader(BytesIO(content)).pages[0].extract_text()
    assert "All metrics" in first and "What the data say" in first and "Contents" not in first


@pytest.mark.parametrize("paragraphs", [6, 14, 20, 25])
def test_the_hand_out_is_one_page_with_all_who_signed_it(context, paragraphs):
    # witness: pypdf counts the pages and reads the words of each; the longest needs all of its page and is set smaller
    signed = (
        "Director of People",
        "28 July 2026",
        "People committee; Board",
        "https://www.example.org/wres",
        "EDI office",
        "September 2027",
    )
    labels = ("Signed by", "Signed on", "Passed by", "Published at", "For another format", "Next report")
    told = replace(context, sign_off=tuple(zip(labels, signed, strict=True)))
    said = ({"kind": "prose", "paragraphs": ["White candidates were as likely as others to be appointed. " * 3] * paragraphs},)
    pages = PdfReader(BytesIO(document_pdf(summary_document(Document("Report", told, "board", (), is_report=True, summary=said))))).pages
    assert len(pages) == 1
    words_of_page = " ".join(pages[0].extract_text().split())
    assert all(f"{label}: {words}" in words_of_page for label, words in zip(labels, signed, strict=True))


def test_the_hand_out_of_a_full_report_is_one_page_with_every_line_of_its_end(make_notebook, block_cell, context):
    """Witness: pypdf counts the pages. Set as small as letters may be, version and signatories of the longest shipped page one stood alone overleaf."""
    facts = {"kind": "facts", "items": [{"label": "BME staff (Black and minority ethnic)", "value": "4.9%", "note": "65 of 1,315"}] * 4}
    said = "68.4% (13 of 19) of BME respondents who said yes or no believed that careers are fair here; white: 93.2% (481 of 516). 37 answered."
    found = {"kind": "findings", "items": [{"text": said, "source": "indicator 7, autumn 2019"}] * 3, "lead": "The surest three of four:"}
    group = {"status": "large_difference", "label": "Large difference", "clause": "Clearly worse, large as counted"}
    lists = [
        group | {"items": [{"name": f"{n}. Fair careers", "beside": "7.3 points lower (3.3 to 23.0)", "heard": "interval"}]}
        for n in range(9)
    ]
    standings = {
        "kind": "standings",
        "title": "The nine indicators",
        "key": "In brackets: 95% intervals, what chance leaves open.",
        "lists": lists,
    }
    sure, others = (
        {"title": name, "points": ["At the extreme, 1 and 4 could be large; of 2 that is not known."] * 2}
        for name in ("How sure", "Not known")
    )
    decide = {"title": "To decide", "points": ["Agree A19 to A24, a culture of inclusion, for 7 and 8 (four owners)."] * 9, "numbered": 9}
    blocks = (facts, found, standings, *({"kind": "panels", "items": items} for items in ([sure], [decide, others, others])))
    page = read_page(make_notebook(cells=[block_cell(*blocks, tags=("board", "summary"))]), "board")
    labels = ("Prepared by", "Signed by", "Signed on", "Passed by", "Published at", "For another format", "Next report")
    told = replace(
        context,
        restates="the report of August 2020, with new figures",
        sign_off=tuple((label, "Director of People and Board") for label in labels),
    )
    summary = tuple(block | {"summary": True} for block in page.blocks if block["kind"] in ("facts", "findings", "standings", "panels"))
    pages = PdfReader(BytesIO(document_pdf(summary_document(Document("Report", told, "board", (), is_report=True, summary=summary))))).pages
    assert len(pages) == 1 and "Next report: Director of People" in " ".join(pages[0].extract_text().split())


def test_what_is_missing_is_said_above_page_one_also_where_that_is_handed_round(context):
    """Witness: page one of an incomplete report stood on page two, and the hand-out sent a board to a plan that there was not."""
    said = ({"kind": "prose", "paragraphs": ["White candidates were as likely as others to be appointed. "] * 20},)
    missing = Section("10_action_plan", "Action plan", (), failure="Its file is not there.")
    report = Document("Report", context, "board", (missing,), is_report=True, summary=said)
    for document in (report, summary_document(report)):
        first = " ".join(PdfReader(BytesIO(document_pdf(document))).pages[0].extract_text().split())
        told = first.index("This report is not complete Missing: Action plan. Its file is not there.")
        assert told < first.index("White candidates"), "both on page one"


def test_page_one_is_set_smaller_rather_than_run_on_to_the_next_page(make_notebook, every_block, block_cell, context):
    """Witness: pypdf reads which page the last of many words stands on; set in its usual size, all of these need a page and some lines."""
    long = block_cell({"kind": "prose", "paragraphs": ["Many words that fill it. " * 340, "The very last."]}, tags=("board", "summary"))
    _, content = render_report(
        [("00_overview", make_notebook(*every_block, cells=(long,), title="Overview")), ("02_recruitment", make_notebook(*every_block))],
        "board",
        context,
    )
    first, second, *_ = (page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    assert "The very last." in first and "Many words" not in second


def test_contents_that_fall_on_the_second_page_are_followed_by_the_first_section(make_notebook, every_block, block_cell, context):
    long = block_cell({"kind": "prose", "paragraphs": ["Many words that fill it. " * 320]}, tags=("board", "summary"))
    parts = [("00_overview", make_notebook(*every_block, cells=(long,), title="Overview")), ("02_recruitment", make_notebook(*every_block))]
    _, content = render_report(parts, "board", context)
    second = PdfReader(BytesIO(content)).pages[1].extract_text()
    assert "Contents" in second and "What the data say" in second


@pytest.mark.parametrize(("height", "page_of_status"), [(567, 0), (400, 1)])
def test_a_status_waits_for_its_chart_unless_that_is_as_tall_as_a_page(make_notebook, figure, context, height, page_of_status):
    """Witness: the page on which pypdf finds the status, with half of the first page free; 567 pt is the tallest of the shipped charts."""
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 303 {height}" width="303pt" height="{height}pt"><rect width="9" height="9"/></svg>'
    filler = {"kind": "prose", "paragraphs": ["Words before it. " * 260]}
    status = {"kind": "headline", "status": "large_difference", "label": "Requires focus", "text": "The status said.", "detail": ""}
    content = render_section(make_notebook(filler, status, figure(svg=svg), filler), "board", context)["pdf"]
    found = [number for number, page in enumerate(PdfReader(BytesIO(content)).pages) if "The status said." in page.extract_text()]
    assert found == [page_of_status]


#: A drawing that is 213 points tall on paper.
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 303 300" width="303pt" height="300pt"><rect width="9" height="9"/></svg>'


def below(word: str, other: str, pdf: bytes) -> float:
    """How many points below one word pypdf finds another on a page."""
    places: dict[str, float] = {}
    for page in PdfReader(BytesIO(pdf)).pages:
        page.extract_text(
            visitor_text=lambda text, cm, tm, *_: places.update(
                {each: tm[5] * cm[3] + cm[5] for each in (word, other) if each in text and each not in places}
            )
        )
    return places[word] - places[other]


@pytest.mark.parametrize(("words_said", "is_beside"), [(12, True), (400, False)])
def test_what_is_said_of_a_chart_stands_beside_it_where_there_is_room(make_notebook, figure, context, words_said, is_beside):
    """Witness: where pypdf finds the first word of the prose: no farther below the title than the drawing is tall, or below both."""
    said = {"kind": "prose", "paragraphs": [" ".join(["Remarkably", *["said"] * words_said])]}
    content = render_section(make_notebook(figure(svg=DRAWING), said), "board", context)["pdf"]
    assert (below("Fewer", "Remarkably", content) < 213) == is_beside


@pytest.mark.parametrize(("words_said", "is_beside"), [(12, True), (400, False)])
def test_a_heading_stands_beside_a_chart_with_all_that_it_heads_or_else_below(
    make_notebook, figure, text_cell, context, words_said, is_beside
):
    """Charts stood beside white paper, and what followed had a page with an empty foot. Witness: the places that pypdf finds."""
    cells = (text_cell("### Measures"), text_cell(" ".join(["Remarkably", *["said"] * words_said])))
    content = render_section(make_notebook(figure(svg=DRAWING), cells=cells), "board", context)["pdf"]
    assert [below("Fewer", word, content) < 213 for word in ("Measures", "Remarkably")] == [is_beside] * 2


def test_what_is_said_below_a_status_is_read_after_its_chart(make_notebook, figure, context):
    """Witness: the order in which pypdf reads the page; the words stand in the column of the status, the chart in the other."""
    status = {"kind": "headline", "status": "large_difference", "label": "Requires focus", "text": "The status said.", "detail": ""}
    said = {"kind": "prose", "paragraphs": ["Remarkably said."]}
    content = render_section(make_notebook(status, figure(svg=DRAWING), said), "board", context)["pdf"]
    read = pdf_text(content)
    assert read.index("The status") < read.index("Fewer") < read.index("Numbers: page") < read.index("Remarkably")
    assert 0 < below("status", "Remarkably", content) < 213


def test_a_chart_leads_to_its_numbers_in_the_back_part(make_notebook, every_block, context):
    """Witness: what each link is called, and where it leads, as pikepdf reads it; charts of years named a sheet of the workbook alone.

    Two sections have a chart of one name; each leads to its own table.
    """
    parts = [(name, make_notebook(*every_block, title=f"About {name}")) for name in ("02_recruitment", "03_disciplinary")]
    content = render_report(parts, "board", context)[1]
    pages = PdfReader(BytesIO(content)).pages
    with opened(content) as pdf:
        notes = [
            note for page in pdf.pages for note in page.get("/Annots", ()) if "Appointed, by ethnic group" in str(note.get("/Contents"))
        ]
        number_of = {page.objgen: number for number, page in enumerate(pdf.pages, start=1)}
        leads = [(number_of[note.Dest[0].objgen], *map(float, note.Dest[2:4])) for note in notes]
        assert [int(str(note.Contents).rpartition("page ")[2]) for note in notes] == [page for page, *_ in leads]
    assert len(set(leads)) == 4  # two charts of each section
    assert all("Appointed, by ethnic group" in pages[page - 1].extract_text() for page, *_ in leads)


def test_two_parts_of_a_heading_stand_side_by_side_unless_that_takes_more_room(make_notebook, text_cell, context):
    """Each took the whole measure, lines of 130 letters and white paper beside. Witness: the heights at which pypdf finds the two headings."""

    def apart(*lengths: int) -> float:
        texts = [f"### {name}\n\n" + "Words said. " * length for name, length in zip(("Before", "After"), lengths, strict=True)]
        cells = tuple(text_cell(text) for text in ("## Parts", *texts))
        return below("Before", "After", render_section(make_notebook(cells=cells), "board", context)["pdf"])

    assert apart(20, 20) == 0
    assert apart(2, 400) > 20


def test_a_note_is_told_of_the_page_on_which_its_first_word_stands(make_notebook, table, context):
    """Notes of a table follow one another in one paragraph; told before its first word, one overleaf was told of the page before. Witness: pypdf."""
    notes = [f"Claim{number}{'x' * 60} is told here." for number in range(400)]
    rows = [["White", "1", {"status": None, "text": "-"}]] * 9
    notebook = make_notebook(table(rows=rows, notes=notes, behind=True))
    content, pages = pdf_and_claims(section_document(read_page(notebook, "board"), context))
    stands = ["".join(page.extract_text().split()) for page in PdfReader(BytesIO(content)).pages]
    assert len(stands) > 2
    assert [note for note in notes if note.split()[0] not in stands[pages[note][0] - 1]] == []


def test_what_the_marks_of_a_drawing_mean_is_no_text_for_who_listens(make_notebook, table, context):
    """'Dot: comparison, right worse' was heard where no dot is. Witness: what pikepdf finds set apart as furniture in the page's stream."""
    notes = ["Dot: comparison.", "Source: records."]

    def set_apart(keys: int) -> int:
        content = render_section(make_notebook(table(notes=notes, keys=keys)), "board", context, "02")["pdf"]
        assert all(note in pdf_text(content) for note in notes)
        pdf = opened(content)
        return sum(str(each.operands[0]) == "/Artifact" for each in pikepdf.parse_content_stream(pdf.pages[0], "BMC BDC"))

    assert set_apart(1) > set_apart(0)


@pytest.mark.parametrize("long", [0, 2, 7, 12])
def test_contents_whose_entries_turn_over_keep_their_two_columns(make_notebook, block_cell, context, long):
    """Their height was that of entries of one line, and the last stood on one another. Witness: where pypdf finds each: above the first section."""
    titles = [f"Part {number}: " + "of many words that go on " * (4 if number < long else 1) for number in range(12)]
    said = {"kind": "prose", "paragraphs": ["Said."]}
    first = block_cell(said, tags=("board", "summary"))
    notebooks = [make_notebook(said, title=title, cells=() if place else (first,)) for place, title in enumerate(titles)]
    _, content = render_report([(f"part_{place}", each) for place, each in enumerate(notebooks)], "board", context)
    found = []
    PdfReader(BytesIO(content)).pages[1].extract_text(
        visitor_text=lambda text, cm, tm, *_: found.append((text.strip(), tm[4] * cm[0] + cm[4], tm[5] * cm[3] + cm[5]))
    )
    parts = [(words, x, y) for words, x, y in found if words.startswith("Part ")]
    listed, section = parts[:12], parts[12]
    assert section[0].startswith("Part 0") and {x < 297 for _, x, _ in listed} == {True, False}
    assert all(x < 560 and y > section[2] + 18 for _, x, y in listed) and len({(x < 297, y) for _, x, y in listed}) == 12


@pytest.mark.parametrize("lines", range(61, 67))
def test_who_signed_a_report_has_no_page_alone(make_notebook, table, context, lines):
    """Witness: the last page on which pypdf finds words has some of the report, however far it runs; with so many lines one had none."""
    said = {"kind": "prose", "paragraphs": ["Said on paper."] * lines, "behind": True}
    notebook = make_notebook({"kind": "prose", "paragraphs": ["Said."]}, said)
    content = document_pdf(section_document(read_page(notebook, "board"), replace(context, sign_off=(("Signed by", "Director"),))))
    last = PdfReader(BytesIO(content)).pages[-1].extract_text()
    assert "Signed by" in last and "Said" in last


def read_aloud(page) -> list[tuple[bool, str]]:
    """Give the texts of a PDF page, each with whether it is among what a screen reader reads and no furniture of the page."""
    marked, found = [], []
    page.extract_text(
        visitor_operand_before=lambda operator, operands, *_: (
            marked.append(str(operands[0])) if operator in (b"BDC", b"BMC") else operator == b"EMC" and marked.pop()
        ),
        visitor_text=lambda text, *_: found.append(("/Artifact" not in marked, text.strip())) if text.strip() else None,
    )
    return found


def test_a_marking_is_heard_first_and_stands_in_the_title_and_on_every_page(make_notebook, every_block, context):
    """Witness: pypdf's walk over the marked content of each page. What is furniture there is drawn and not read aloud."""
    parts = [("00_overview", make_notebook(*every_block, title="Overview")), ("02_recruitment", make_notebook(*every_block))]
    _, content = render_report(parts, "board", replace(context, marking="In review"))
    pages = PdfReader(BytesIO(content)).pages
    assert read_aloud(pages[0])[0] == (True, "In review")
    assert [read_aloud(page)[0] for page in pages[1:]] == [(False, "In review")] * (len(pages) - 1)
    with opened(content) as pdf, pdf.open_metadata() as metadata:
        assert metadata["dc:title"].startswith("In review: Workforce Race Equality Standard report")


def test_every_figure_carries_its_alternative_text(section, every_block):
    found = [str(element.Alt) for element in elements(opened(section["pdf"])) if pikepdf.Name.Figure == element.S]
    assert found == [block["alt"] for block in every_block if block["kind"] == "figure"]


def scopes(content: bytes) -> list[list[str]]:
    """Return for each table the scope of its heading cells, row by row."""
    tables = []
    for element in elements(opened(content)):
        if pikepdf.Name.Table == element.S:
            tables.append([])
        elif pikepdf.Name.TH == element.S:
            attributes = element.A if isinstance(element.A, pikepdf.Array) else [element.A]
            tables[-1].append(next(str(item.Scope)[1:] for item in attributes if "/Scope" in item))
    return tables


def test_heading_cells_say_what_they_head(section):
    behind_charts = [["Column"] * 2 + ["Row"] * 2] * 2
    assert scopes(section["pdf"]) == [["Column"] * 3 + ["Row"] * 2, ["Column"] * 3, *behind_charts]


def test_each_cell_names_the_heading_of_its_column_and_that_of_its_row(section):
    """Witness: the tree of names, as a reader follows it. A list of headings takes the place of a search, so the band of a share was not heard."""
    with opened(section["pdf"]) as pdf:
        named = {str(name): element.objgen for name, element in pikepdf.NameTree(pdf.Root.StructTreeRoot.IDTree).items()}
        of_ours, of_unheaded, *_ = (each for each in elements(pdf) if pikepdf.Name.Table == each.S)
        for table, is_headed in ((of_ours, True), (of_unheaded, False)):
            head, *body = (each for part in table.K if pikepdf.Name.Caption != part.S for each in part.K)
            assert len(body) == 2
            for row in body:
                for column, cell in list(zip(head.K, row.K, strict=True))[1:]:
                    own = [row.K[0].objgen] if is_headed else []
                    assert [named[str(name)] for name in cell.A[0].Headers] == [column.objgen, *own]


def test_as_many_tables_figures_and_captions_come_out_as_go_in(section, report):
    for content, times in ((section["pdf"], 1), (report[1], 2)):
        found = Counter(tags(content))
        assert (found["Table"], found["Figure"], found["Caption"]) == (4 * times, 2 * times, 6 * times)
        assert found["LI"] == 4 * times


def test_tables_that_people_wrote_come_out_among_ours(make_notebook, table, context):
    """Of ours, the rows are headed; of theirs, the columns alone."""
    written = {"kind": "markdown", "source": "Words.\n\n| a | b |\n|---|---|\n| c | d |"}
    pdf = render_section(make_notebook(written, table()), "board", context, "02_recruitment")["pdf"]
    assert scopes(pdf) == [["Column"] * 2, ["Column"] * 3 + ["Row"] * 2]


def test_missing_table_is_noticed(section):
    with pytest.raises(match="4 tables where the page has 3"):
        complete_structure(section["pdf"], [True, True, True])


def test_same_notebook_gives_the_same_bytes(section, make_notebook, every_block, context):
    again = render_section(make_notebook(*every_block), "board", context, "02_recruitment")
    assert again["pdf"] == section["pdf"]
    assert again["html"] == section["html"]


def test_only_date_is_that_of_the_run(section, context):
    with opened(section["pdf"]) as pdf, pdf.open_metadata() as metadata:
        assert str(pdf.docinfo.CreationDate).startswith("D:20261123000000")
        assert metadata["xmp:CreateDate"].startswith("2026-11-23T00:00:00")


def test_html_and_pdf_say_the_same_words(make_notebook, every_block, text_cell, context):
    source = '### More\n\nSome *people* write `code`, "quotes" -- and dashes...\n\n> quoted\n\n- one\n  - nested\n\n2. two\n3. three'
    rendered = render_section(make_notebook(*every_block, cells=(text_cell(source),)), "board", context, "02_recruitment")
    page = BeautifulSoup(rendered["html"], "html.parser")
    for folded in page.select("summary"):  # what is folded there stands in the appendix here
        folded.extract()
    on_screen = words(page.main.get_text(" "))
    on_paper = words(pdf_text(rendered["pdf"]))
    assert len(on_screen) > 60
    assert not on_screen - on_paper, "words of the HTML page that the PDF does not hold"
    furniture = words(
        page.header.get_text(" ")
        + page.footer.get_text(" ")
        + f" Page 1 2 3 of 1 2 3 {BACK_TITLE} Back to the chart Numbers page indicator"
    )
    assert set(on_paper) <= set(on_screen + furniture), "words of the PDF that the HTML page does not hold"


def test_pages_carry_organisation_report_and_number(report):
    pages = PdfReader(BytesIO(report[1])).pages
    assert len(pages) > 2
    for number, part in enumerate(pages, start=1):
        text = " ".join(part.extract_text().split())
        assert f"Page {number} of {len(pages)}" in text
        assert "Example NHS Trust" in text
        assert "Workforce Race Equality Standard report" in text


def test_contents_give_page_numbers(report):
    first = PdfReader(BytesIO(report[1])).pages[0].extract_text()
    assert "Contents" in first
    for title, page in (("Overview", 2), ("Indicator 2: Appointment", 3)):
        assert re.search(rf"{title}\s*{page}\b", first), first


def test_text_can_be_copied_and_searched(report):
    """No invisible character stands in the text (the compiler's own contents list would put word joiners into numbers)."""
    text = pdf_text(report[1])
    assert "Dated 23 November 2026" in text
    assert not [letter for letter in set(text) if unicodedata.category(letter) == "Cf"]


def test_missing_section_is_named_with_its_reason(report):
    text = " ".join(pdf_text(report[1]).split())
    assert text.count("The file disciplinary.csv was not found.") == 2
    assert "This report is not complete" in text


def test_whatever_people_type_comes_out_as_text(make_notebook, text_cell, table, figure, context):
    blocks = (
        {"kind": "headline", "status": HOSTILE, "label": HOSTILE, "text": HOSTILE, "detail": HOSTILE},
        {"kind": "prose", "paragraphs": [HOSTILE]},
        {"kind": "facts", "items": [{"label": HOSTILE, "value": "1", "note": HOSTILE}]},
        {"kind": "notice", "tone": "warning", "title": HOSTILE, "text": HOSTILE},
        table(caption=HOSTILE, notes=[HOSTILE], rows=[[HOSTILE, "1", {"text": "Achieving", "status": HOSTILE}]]),
        figure(title=HOSTILE, subtitle=HOSTILE, alt=f"Eight words at least, and then this: {HOSTILE}"),
    )
    hostile = type(context)(HOSTILE, HOSTILE, context.generated, HOSTILE, HOSTILE, HOSTILE)
    content = render_section(make_notebook(*blocks), "board", hostile)["pdf"]
    text = "".join(pdf_text(content).split())
    assert text.count("".join(HOSTILE.split())) >= 15
    # In a text people write, Markdown is Markdown, but what is mark-up in Typst stays what was typed.
    typed = '#eval("1+1") $x^2$ @cite #let a = 1 // ...'
    written = render_section(make_notebook({"kind": "markdown", "title": None, "source": typed}), "board", context)["pdf"]
    assert "".join(typed.split()) in "".join(pdf_text(written).split())


@pytest.mark.parametrize(
    ("text", "font"), [("ہم سب کے لیے", "NotoSansArabic"), ("সবার জন্য", "HindSiliguri"), ("सबके लिए", "NotoSansDevanagari")]
)
def test_other_scripts_are_set_in_their_own_font(make_notebook, context, text, font):
    """Witness: the fonts that the PDF holds. A font of a machine's letters stood in for them, in which those of Urdu are not joined."""
    content = render_section(make_notebook({"kind": "markdown", "title": None, "source": text}), "board", context)["pdf"]
    held = {
        str(font["/BaseFont"]) for page in PdfReader(BytesIO(content)).pages for font in page["/Resources"]["/Font"].get_object().values()
    }
    assert [name for name in held if font in name] and not [name for name in held if "Mono" in name]


def test_missing_alternative_text_is_refused_also_by_the_compiler(make_notebook, figure, context):
    document = section_document(read_page(make_notebook(figure()), "board"), context)
    document.sections[0].blocks[1]["alt"] = None
    with pytest.raises(InputProblems, match="alt text"):
        document_pdf(document)


def test_character_that_cannot_be_shown_is_named(make_notebook, context):
    with pytest.raises(InputProblems, match=r"u\{7\}"):
        render_section(make_notebook({"kind": "prose", "paragraphs": ["ring\x07"]}), "board", context)


def test_working_copy_is_marked_on_every_page(make_notebook, every_block, context):
    blocks = [{**block, "id": f"{place}-{time}"} for time in range(3) for place, block in enumerate(every_block)]
    content = render_section(make_notebook(*blocks), "analyst", context)["pdf"]
    pages = PdfReader(BytesIO(content)).pages
    assert len(pages) > 2
    assert all("Working copy - not for sharing" in part.extract_text() for part in pages)


def test_nobodys_machine_is_named(section):
    raw = section["pdf"]
    assert not re.search(rb"/home/|/usr/|/tmp/|C:\\\\", raw)
    with opened(raw) as pdf, pdf.open_metadata() as metadata:
        assert "Example NHS Trust" in str(metadata["dc:creator"])


STATUS = {"text": "Requires focus", "status": "large_difference"}


def test_columns_get_what_they_need_and_long_texts_the_rest():
    columns = [{"label": "Due"}, {"label": "Action"}, {"label": "White", "kind": "number"}, {"label": "Status", "kind": "status"}]
    due, action, number, status = column_widths(columns, [["March 2021", "many words " * 20, "1,605", STATUS]])[0]
    assert action > status > due > number
    assert due >= len("March 2021")
    assert number >= len("1,605")
    assert status >= len("Requires focus")


def test_one_long_text_among_short_ones_does_not_take_the_line():
    columns = [{"label": "Owner"}, {"label": "Action"}]
    rows = [["HR", "word " * 20]] * 9 + [["Head of organisation development and three others of the board", "word " * 20]]
    owner, action = column_widths(columns, rows)[0]
    assert action > 2 * owner


def test_a_heading_of_several_lines_gets_the_room_that_no_text_needs():
    """One row of short numbers stood below headings of four lines, beside a first column half empty."""
    columns = [{"label": "Comparison"}, *({"label": f"If all of them were {group}", "kind": "number"} for group in ("white", "BME"))]
    name, *numbers = column_widths(columns, [["Harassment from the public", "1.2", "1.3"]])[0]
    assert min(numbers) >= len("If all of them were white") and name >= len("Harassment")


def test_type_shrinks_only_where_numbers_would_not_fit():
    def size(text: str, times: int) -> float:
        return column_widths([{"label": "A", "kind": "number"}] * times, [[text] * times])[1]

    assert size("+0.2 percentage points against the year before", 7) == 9.5
    assert size("1,605", 8) == 9.5
    assert 7.0 < size("1,605", 15) < 9.5
    assert size("1,605", 60) == 7.0


def test_a_table_of_the_back_part_stands_in_a_column_where_its_rows_stay_whole():
    """Two numbers stood 15 cm apart; ten years took the whole measure. Witness: columns of years as a chart has them, and names that would turn over."""

    def is_narrow(columns: list[str], rows: list[list[str]], kind: str = "number") -> bool:
        return table_on_paper(
            {"columns": [{"label": columns[0]}, *({"label": each, "kind": kind} for each in columns[1:])], "rows": rows}, True
        )["narrow"]

    years = [[f"20{year}/{year + 1}", "1.29", "1.13", "1.47", "25.1%", "19.4%"] for year in range(16, 26)]
    assert is_narrow(["Year", "Relative likelihood", "Interval from", "Interval to", "White", "BME"], years)
    assert not is_narrow(["Year", "Relative likelihood", "Interval from", "Interval to", "White", "BME"], years, kind="text")
    long = [["A name of many words that would take many lines", *["not supplied"] * 4]] * 8
    assert not is_narrow(["Who", *["Ethnicity known"] * 4], long)


def test_table_too_wide_for_paper_is_set_smaller_with_every_cell(make_notebook, table, context):
    columns = [{"key": f"c{place}", "label": f"column_{place}_of_the_frame"} for place in range(20)]
    rows = [[f"cell{row}x{place}" for place in range(20)] for row in range(3)]
    notebook = make_notebook(table(caption="A frame", columns=columns, rows=rows))
    content = render_section(notebook, "board", context)["pdf"]
    text = "".join(pdf_text(content).split())
    assert all(cell in text for row in rows for cell in row)
    (whole,) = scopes(content)
    assert (whole.count("Column"), whole.count("Row")) == (20, 3)


def test_table_without_rows_is_still_a_table(make_notebook, table, context):
    content = render_section(make_notebook(table(rows=[])), "board", context)["pdf"]
    assert scopes(content) == [["Column"] * 3]

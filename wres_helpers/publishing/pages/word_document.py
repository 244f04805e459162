"""A report as a Word file, for people who comment and edit there: the HTML page, element by element, in Word's own styles.

Headings, lists and tables are Word's, tables repeat their heading row, and every chart carries its alternative text. What a block looks
like is known to the page alone; nothing can stand there and be missing here.
"""

import base64
import json
import zipfile
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import docx
import typst
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm
from lxml import html

from wres_helpers.publishing.pages.html_report import LANGUAGE, document_html
from wres_helpers.publishing.pages.report_parts import Document

_CHART = 11  # centimetres wide
#: Classes of the page that have a style of their own in Word (cards are no list there), and those that are set smaller on the page.
_STYLES = {"wres-headline__text": "Intense Quote", "wres-cards": None}
_IN_BRACKETS = ("wres-findings__source", "wres-facts__note")


def document_docx(document: Document) -> bytes:
    """Return a document as a Word file; the same document gives the same words, dated as the page is."""
    word = docx.Document()
    context = document.context
    properties = word.core_properties
    properties.title = ": ".join((*document.markings, document.title))
    properties.author, properties.language, properties.comments = context.organisation, LANGUAGE, ""
    properties.created = properties.modified = datetime.combine(context.generated, datetime.min.time(), tzinfo=UTC)
    for language in word.styles.element.iter(qn("w:lang")):  # for spelling and for screen readers
        language.set(qn("w:val"), LANGUAGE)
    for marking in document.markings:  # on every page, where no screen reader reads it, and first of all words, where it does
        for paragraph in (word.sections[0].header.paragraphs[0], word.add_paragraph()):
            paragraph.add_run(marking).bold = True
    _number_pages(word.sections[0].footer.paragraphs[0])
    word.add_heading(document.title, 0)
    word.add_paragraph(f"{context.organisation}, {context.year}")
    main = html.document_fromstring(document_html(document)).find(".//main")
    for way in main.xpath(".//nav | .//p[@class='wres-back']"):  # what only helps to move about a page
        way.drop_tree()
    charts = list(main.iter("img"))
    for chart, picture in zip(charts, _pngs([_bytes_of(chart).decode("utf-8") for chart in charts]), strict=True):
        chart.set("src", f"data:image/png;base64,{base64.b64encode(picture).decode('ascii')}")
    _add(word, main)
    for label, words in (*context.closing_lines, ("", context.imprint)):
        word.add_paragraph(f"{label}: {words}" if label else words)
    content = BytesIO()
    word.save(content)
    return _without_times(content)


def _number_pages(paragraph: Any) -> None:
    """Write 'Page 3 of 12' by fields of Word's own, which it fills in."""
    for words, field in (("Page ", "PAGE"), (" of ", "NUMPAGES")):
        paragraph.add_run(words)
        number = OxmlElement("w:fldSimple")
        number.set(qn("w:instr"), field)
        paragraph._p.append(number)


def _without_times(archive: BytesIO) -> bytes:
    """Return a Word file whose parts bear no time of writing, so that the same report gives the same bytes."""
    content = BytesIO()
    with zipfile.ZipFile(archive) as written, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as timeless:
        for name in written.namelist():
            timeless.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), written.read(name), zipfile.ZIP_DEFLATED)
    return content.getvalue()


def _add(word: Any, element: Any, style: str | None = None) -> None:
    """Add what an element of the page holds: blocks one after the other, and the words between them as a paragraph."""
    style, paragraph = _STYLES.get(element.get("class"), style), None
    for node in element.xpath("node()"):
        maker = None if isinstance(node, str) else _MAKERS.get(node.tag)
        if maker:
            paragraph = None
            maker(word, node, style)
        elif paragraph is not None or _words(node).strip():
            paragraph = paragraph or _paragraph(word, style)
            run = paragraph.add_run(_words(node))
            tag = getattr(node, "tag", "")  # a string has none
            run.bold = element.get("class", "").endswith("__title") or tag == "strong" or bool(tag and _is_status(node)) or None
            run.italic = tag == "em" or None


def _paragraph(word: Any, style: str | None, words: str = "") -> Any:
    paragraph = word.add_paragraph(words)
    if style:
        paragraph._p.style = style.replace(" ", "")  # by its identifier: looking names up takes a third of the time
    return paragraph


def _words(node: Any) -> str:
    if isinstance(node, str):
        return node
    words = "" if node.get("class") == "wres-heard" else "\n" if node.tag == "br" else node.text_content()
    if node.get("class") in _IN_BRACKETS or (_is_status(node) and node.getprevious() is not None):
        return f"({words})"
    # a place of the page is none of the Word file's
    return f"{words} ({node.get('href')})" if node.tag == "a" and not node.get("href").startswith("#") else words


def _is_status(node: Any) -> bool:
    return node.get("class", "").startswith("wres-status ")


def _add_heading(word: Any, element: Any, _style: str | None) -> None:
    """Add a heading, Word's own title being that of the page; of what is folded the summary where it is one."""
    if element.tag != "summary" or element.getparent().get("class") == "wres-method":
        words, spoken = "".join(map(_words, element.xpath("node()"))), element.get("aria-label", "")
        level = 2 if element.tag == "summary" else int(element.tag[1]) - 1
        # the status of the finding below it, by which a list of headings answers
        _paragraph(word, f"Heading {level}", spoken if spoken.startswith(f"{words}: ") else words)


def _add_list(word: Any, element: Any, _style: str | None) -> None:
    style = _STYLES.get(element.get("class"), "List Number" if element.tag == "ol" else "List Bullet")
    for item in element:
        _add(word, item, style)


def _add_pairs(word: Any, element: Any, style: str | None) -> None:
    pairs = [f"{label.text_content()}: {''.join(map(_words, words.xpath('node()')))}" for label, words in element]
    for line in pairs if element.get("class") == "wres-facts" else ["; ".join(pairs)]:
        _paragraph(word, style, line)


def _add_picture(word: Any, element: Any, _style: str | None) -> None:
    picture = word.add_picture(BytesIO(_bytes_of(element)), width=Cm(_CHART))
    picture._inline.docPr.set("descr", element.get("alt"))


def _bytes_of(picture: Any) -> bytes:
    return base64.b64decode(picture.get("src").partition(",")[2])


def _pngs(svgs: list[str]) -> list[bytes]:
    """Return charts as pictures that Word shows everywhere, made by the compiler that sets the PDF: all at once, which takes half the time."""
    source = b'#set page(width: auto, height: auto, margin: 0pt)\n#for svg in json(bytes(sys.inputs.svgs)) { page(image(bytes(svg), format: "svg")) }'
    made = typst.compile(source, format="png", ppi=160, ignore_system_fonts=True, sys_inputs={"svgs": json.dumps(svgs)}) if svgs else []
    return made if isinstance(made, list) else [made]


def _add_table(word: Any, element: Any, _style: str | None) -> None:
    for caption in element.findall("caption"):
        _paragraph(word, "Caption", caption.text_content())
    head, *rows = element.iter("tr")
    table = word.add_table(rows=1, cols=len(head))
    table._tbl.tblStyle_val = "LightList-Accent1"  # as in a paragraph, by its identifier
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in (head, *rows):
        for cell, words in zip(table.rows[0].cells if row is head else table.add_row().cells, row, strict=True):
            cell.text = words.text_content()


_MAKERS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "summary"), _add_heading),
    **dict.fromkeys(("ul", "ol"), _add_list),
    **dict.fromkeys(("p", "div", "section", "figure", "details", "pre"), _add),
    "blockquote": lambda word, element, _style: _add(word, element, "Quote"),
    "dl": _add_pairs,
    "figcaption": lambda word, element, _style: [
        _paragraph(word, style, line.text_content()) for style, line in zip(("Caption", *[None] * len(element)), element, strict=False)
    ],
    "img": _add_picture,
    "table": _add_table,
}

"""A report as a Word file, for people who comment and edit there: the HTML page, element by element, in Word's own styles.

Headings, lists and tables are Word's, tables repeat their heading row, and every chart carries its alternative text. What a block looks
like is known to the page alone; nothing can stand there and be missing here.
"""

import base64
import json
import zipfile
import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import docx
import typst
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm
from lxml import html

from wres_helpers.publishing.pages.html_report import LANGUAGE, document_html
from wres_helpers.publishing.pages.page_fonts import font_paths
from wres_helpers.publishing.pages.report_parts import Document

_CHART = 11  # centimetres wide
#: Each chart on a page of its own size, its keys below it in letters of the size of its own.
_PICTURES = b"""
#set page(width: auto, height: auto, margin: 0pt)
#set text(font: "Source Sans Pro", size: 12pt, fill: rgb("#4C6272"))
#for (svg, keys) in json(bytes(sys.inputs.charts)) { page(block(width: 4in, inset: (bottom: 4pt), { image(bytes(svg), format: "svg"); keys })) }
"""
#: Classes of the page that have a style of their own in Word (cards are no list there), and those that are set smaller on the page.
_STYLES = {
    "wres-headline__text": "Intense Quote",
    "wres-cards": None,
    "wres-contents__list": "List Bullet",
    "wres-contents__below": "List Bullet 2",
}
_IN_BRACKETS = ("wres-findings__source", "wres-facts__note")
_AFTER_A_COLON = ("wres-standings__clause", "wres-standings__beside")


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
    charts = list(main.iter("img"))
    keys = [" ".join(each.text_content() for each in chart.xpath("following-sibling::p[@aria-hidden]")) for chart in charts]
    for chart, picture in zip(charts, _pngs([_bytes_of(chart).decode("utf-8") for chart in charts], keys), strict=True):
        chart.set("src", f"data:image/png;base64,{base64.b64encode(picture).decode('ascii')}")
    # what only helps to move about a page; and what is not heard there: keys of drawings, a status that its heading has
    for needless in main.xpath(".//p[contains(@class, 'wres-back') or @aria-hidden]"):
        needless.drop_tree()
    # a bookmark's name may be of forty letters
    targets = sorted({link.get("href") for link in main.iter("a") if link.get("href").startswith("#")})
    _add(_Writing(word, {target[1:]: f"place_{number}" for number, target in enumerate(targets, start=1)}), main)
    for label, words in (*context.closing_lines, ("", context.imprint)):
        word.add_paragraph(f"{label}: {words}" if label else words)
    content = BytesIO()
    word.save(content)
    return _without_times(content)


def _number_pages(paragraph: Any) -> None:
    """Write 'Page 3 of 12' by fields of Word's own, which it fills in."""
    for words, kind in (("Page ", "PAGE"), (" of ", "NUMPAGES")):
        paragraph.add_run(words)
        number = OxmlElement("w:fldSimple")
        number.set(qn("w:instr"), kind)
        paragraph._p.append(number)


def _without_times(archive: BytesIO) -> bytes:
    """Return a Word file whose parts bear no time of writing, so that the same report gives the same bytes."""
    content = BytesIO()
    with zipfile.ZipFile(archive) as written, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as timeless:
        for name in written.namelist():
            timeless.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), written.read(name), zipfile.ZIP_DEFLATED)
    return content.getvalue()


@dataclass
class _Writing:
    """A Word file as it is written: the bookmarks of the places that something leads to, and those that the next paragraph has."""

    document: Any
    places: dict[str, str]
    reached: list[str] = field(default_factory=list)
    tables: int = 0
    counted: int = 0

    def count_from(self, first: int) -> None:
        """Begin to count list items: a list that is not begun anew goes on where the last one of the file ended."""
        numbering = self.document.part.numbering_part.element
        style = self.document.styles["List Number"].element.pPr.numPr.numId.val
        begun = numbering.add_num(numbering.num_having_numId(style).abstractNumId.val)
        begun.add_lvlOverride(ilvl=0).add_startOverride(first)
        self.counted = begun.numId

    def reach(self, element: Any) -> None:
        """Note that the next paragraph is the place of an element, if something leads there."""
        name = self.places.get(element.get("id") or "")
        self.reached += [name] if name else []

    def paragraph(self, style: str | None, words: str = "") -> Any:
        paragraph = self.document.add_paragraph(words)
        if style:
            paragraph._p.style = style.replace(" ", "")  # by its identifier: looking names up takes a third of the time
        if style == "List Number":
            paragraph._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = self.counted
        for name in self.reached:
            _mark(paragraph, name)
        self.reached = []
        return paragraph


def _mark(paragraph: Any, name: str) -> None:
    """Set a bookmark at the beginning of a paragraph."""
    marks = [OxmlElement(f"w:bookmark{which}") for which in ("Start", "End")]
    for mark in marks:
        mark.set(qn("w:id"), str(zlib.crc32(name.encode())))
    marks[0].set(qn("w:name"), name)
    for mark in reversed(marks):
        paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, mark)


def _add_link(word: Any, paragraph: Any, element: Any) -> None:
    """Add a link to a place of the file, or to an address."""
    address, link = element.get("href"), OxmlElement("w:hyperlink")
    if address.startswith("#"):
        link.set(qn("w:anchor"), word.places[address[1:]])
    else:
        link.set(qn("r:id"), word.document.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    # its whole name is its tip; a bare number is called what it is of, where the words before it have not said so
    words, name = _words(element), element.get("aria-label") or element.text_content()
    link.set(qn("w:tooltip"), name)
    called, number = name.partition(":")[0], words[:1].isdigit() and words in name.partition(":")[0].split()
    run = paragraph.add_run(called if number and called.split()[0].casefold() not in _said_before(element) else words)
    run.underline = True
    link.append(run._r)
    paragraph._p.append(link)


def _said_before(link: Any) -> str:
    """Return the words of a sentence before a link."""
    return "".join(link.xpath("preceding-sibling::node()/descendant-or-self::text()")).casefold()


def _add_words(word: Any, paragraph: Any, element: Any) -> None:
    """Add the words of an element to a paragraph, its links as links."""
    opened, closed = "()" if element.get("class") in _IN_BRACKETS else ("", "")
    paragraph.add_run(opened)
    for node in element.xpath("node()"):
        _add_node(word, paragraph, node)
    paragraph.add_run(closed)


def _add_node(word: Any, paragraph: Any, node: Any) -> None:
    tag = getattr(node, "tag", "")  # a string has none
    if tag == "a":
        _add_link(word, paragraph, node)
    elif tag and node.find(".//a") is not None:
        _add_words(word, paragraph, node)
    else:
        run = paragraph.add_run(_words(node))
        run.bold = node.getparent().get("class", "").endswith("__title") or tag == "strong" or bool(tag and _is_status(node)) or None
        run.italic = tag == "em" or None


def _add(word: Any, element: Any, style: str | None = None) -> None:
    """Add what an element of the page holds: blocks one after the other, and the words between them as a paragraph."""
    style, paragraph = _STYLES.get(element.get("class"), style), None
    for node in element.xpath("node()"):
        if not isinstance(node, str):
            word.reach(node)
        maker = None if isinstance(node, str) else _MAKERS.get(node.tag)
        if maker:
            paragraph = None
            maker(word, node, style)
        elif paragraph is not None or _words(node).strip():
            paragraph = paragraph or word.paragraph(style)
            _add_node(word, paragraph, node)


def _words(node: Any) -> str:
    if isinstance(node, str):
        return node
    words = "" if node.get("class") == "wres-heard" else "\n" if node.tag == "br" else node.text_content()
    words = f": {words}" if node.get("class") in _AFTER_A_COLON else words
    if node.get("class") in _IN_BRACKETS or (_is_status(node) and node.getprevious() is not None):
        return f"({words.replace(' (', ', ').replace(')', '')})"  # none within others
    # a place of the page is none of the Word file's
    return f"{words} ({node.get('href')})" if node.tag == "a" and not node.get("href").startswith("#") else words


def _is_status(node: Any) -> bool:
    return node.get("class", "").startswith("wres-status ")


def _add_heading(word: Any, element: Any, _style: str | None) -> None:
    """Add a heading, Word's own title being that of the page."""
    parts = [
        f", {node.text_content()}" if not isinstance(node, str) and _is_status(node) else _words(node) for node in element.xpath("node()")
    ]
    words, spoken = "".join(parts).replace(" , ", ", ").removeprefix(", "), element.get("aria-label", "")
    # the status of the finding below it, or whose it is, by which a list of headings answers
    word.paragraph(f"Heading {int(element.tag[1]) - 1}", spoken if spoken.startswith((f"{words}: ", f"{words}, ")) else words)


def _add_list(word: Any, element: Any, _style: str | None) -> None:
    style = _STYLES.get(element.get("class"), "List Number" if element.tag == "ol" else "List Bullet")
    if style == "List Number":
        word.count_from(int(element.get("start", 1)))
    counted = word.counted
    for item in element:
        word.reach(item)
        word.counted = counted  # of this list, whatever lists the item before holds
        _add(word, item, style)


def _add_pairs(word: Any, element: Any, style: str | None) -> None:
    for label, words in element:
        paragraph = word.paragraph(style if element.get("class") == "wres-facts" else "List Bullet")
        paragraph.add_run(f"{label.text_content()}: ")
        _add_words(word, paragraph, words)


def _add_picture(word: Any, element: Any, _style: str | None) -> None:
    picture = word.document.add_picture(BytesIO(_bytes_of(element)), width=Cm(_CHART))
    picture._inline.docPr.set("descr", element.get("alt"))


def _bytes_of(picture: Any) -> bytes:
    return base64.b64decode(picture.get("src").partition(",")[2])


def _pngs(svgs: list[str], keys: list[str]) -> list[bytes]:
    """Return charts as pictures that Word shows everywhere, above their keys, which are for the eye: all at once by the compiler that sets the PDF."""
    inputs = {"charts": json.dumps(list(zip(svgs, keys, strict=True)), ensure_ascii=False)}
    if not svgs:
        return []
    made = typst.compile(_PICTURES, format="png", ppi=160, font_paths=font_paths(), ignore_system_fonts=True, sys_inputs=inputs)
    return made if isinstance(made, list) else [made]


def _add_table(word: Any, element: Any, _style: str | None) -> None:
    for caption in element.findall("caption"):
        word.paragraph("Caption", caption.text_content())
    head, *rows = element.iter("tr")
    table = word.document.add_table(rows=1, cols=len(head))
    table._tbl.tblStyle_val = "LightList-Accent1"  # as in a paragraph, by its identifier
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in (head, *rows):
        for cell, words in zip(table.rows[0].cells if row is head else table.add_row().cells, row, strict=True):
            if words.find(".//a") is None:
                cell.text = words.text_content()
            else:
                _add_words(word, cell.paragraphs[0], words)
    # by these names a screen reader finds the headings of columns, and those of rows where there are any
    word.tables += 1
    has_row_headings = any(row[0].tag == "th" for row in rows)
    _mark(table.rows[0].cells[0].paragraphs[0], f"{'Title' if has_row_headings else 'ColumnTitle'}_{word.tables}")
    table._tbl.tblPr.find(qn("w:tblLook")).set(qn("w:firstColumn"), str(int(has_row_headings)))
    for caption in element.findall("caption"):  # heard with the table; at the end, as its kind asks
        told = OxmlElement("w:tblCaption")
        told.set(qn("w:val"), caption.text_content())
        table._tbl.tblPr.append(told)


_MAKERS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _add_heading),
    **dict.fromkeys(("ul", "ol"), _add_list),
    **dict.fromkeys(("p", "div", "section", "nav", "figure", "details", "pre"), _add),
    # of what folds, method alone has a heading; a table has its caption below
    "summary": lambda word, element, style: [_add_heading(word, heading, style) for heading in element.xpath("h2 | h3")],
    "blockquote": lambda word, element, _style: _add(word, element, "Quote"),
    "dl": _add_pairs,
    "figcaption": lambda word, element, _style: [
        _add_words(word, word.paragraph(style), line) for style, line in zip(("Caption", *[None] * len(element)), element, strict=False)
    ],
    "img": _add_picture,
    "table": _add_table,
}

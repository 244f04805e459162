"""A report as a Word file, for people who comment and edit there: the same blocks as the page, in Word's own styles.

Headings, lists and tables are Word's, tables repeat their heading row, and every chart carries its alternative text.
"""

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import docx
import typst
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm

from wres_helpers.publishing.pages.page_checks import Block
from wres_helpers.publishing.pages.report_parts import MEASURED, SUMMARY, Document, Part
from wres_helpers.publishing.pages.table_widths import cell_text
from wres_helpers.report.block_html import numbers_of
from wres_helpers.report.limited_markdown import Node, plain_text

_CHART = 11  # centimetres wide
_LANGUAGE = "en-GB"


def document_docx(document: Document) -> bytes:
    """Return a document as a Word file; the same document gives the same words, dated as the page is."""
    word = docx.Document()
    context = document.context
    moment = datetime.combine(context.generated, datetime.min.time(), tzinfo=UTC)
    properties = word.core_properties
    properties.title, properties.author, properties.language = document.title, context.organisation, _LANGUAGE
    properties.created = properties.modified = moment
    _mark_language(word)
    for marking in document.markings:
        word.sections[0].header.paragraphs[0].add_run(marking).bold = True
    word.add_heading(document.title, 0)
    word.add_paragraph(f"{context.organisation}, {context.year}")
    for section in document.missing:
        word.add_paragraph(f"Missing: {section.title}. {section.failure}")
    if document.summary:
        word.add_heading(SUMMARY, 1)
        _add_blocks(word, document.summary, raised=1)
    for section in document.sections:
        word.add_heading(section.title, 1)
        for part in section.parts:
            _add_part(word, part, raised=1 if document.is_report else 0)
    for label, words in (*context.closing_lines, ("", context.imprint)):
        word.add_paragraph(f"{label}: {words}" if label else words)
    content = BytesIO()
    word.save(content)
    return _without_times(content)


def _without_times(archive: BytesIO) -> bytes:
    """Return a Word file whose parts bear no time of writing, so that the same report gives the same bytes."""
    content = BytesIO()
    with zipfile.ZipFile(archive) as written, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as timeless:
        for name in written.namelist():
            timeless.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), written.read(name), zipfile.ZIP_DEFLATED)
    return content.getvalue()


def _mark_language(word: Any) -> None:
    """Say in which language the words are, for spelling and for screen readers."""
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), _LANGUAGE)
    properties = word.styles["Normal"].element.get_or_add_rPr()
    properties.append(language)


def _add_part(word: Any, part: Part, raised: int) -> None:
    if part.method:
        word.add_heading(part.title or MEASURED, 2)
    _add_blocks(word, part.blocks, raised)


def _add_blocks(word: Any, blocks: Iterable[Block], raised: int) -> None:
    for block in blocks:
        maker = _MAKERS.get(block["kind"])
        if maker is not None:
            maker(word, block)
        elif block["kind"] == "heading":
            _add_heading(word, block["text"], block["level"] - raised)
        elif block["kind"] == "panels":
            for item in block["items"]:
                _add_heading(word, item["title"], block.get("level", 3) - raised)
                for point in item["points"]:
                    word.add_paragraph(point, style="List Bullet")
        else:
            for style, strong, words in _lines(block):
                _add_line(word, style, strong, words)


def _add_heading(word: Any, text: str, level: int) -> None:
    word.add_heading(text, min(max(level, 1), 9))


def _add_line(word: Any, style: str | None, strong: str | None, words: str | None) -> None:
    if strong or words:
        paragraph = word.add_paragraph(style=style)
        if strong:
            paragraph.add_run(strong).bold = True
        if words:
            paragraph.add_run(words)


def _lines(block: Block) -> Iterator[tuple[str | None, str | None, str | None]]:
    """Give the paragraphs of a block of words: the style, what is strong, and what follows it; an empty one is none."""
    items = block.get("items", ())
    match block["kind"]:
        case "headline":
            yield None, block.get("label"), None
            yield "Intense Quote", None, block["text"]
            yield None, None, block.get("detail")
        case "prose":
            yield from ((None, None, paragraph) for paragraph in block["paragraphs"])
        case "notice":
            yield None, block["title"], None
            yield None, None, block["text"]
        case "facts":
            yield from (
                (None, None, f"{each['label']}: {each['value']}" + (f" ({each['note']})" if each.get("note") else "")) for each in items
            )
        case "findings":
            yield from (("List Number", each["text"], f" ({each['source']})") for each in items)
        case "strip":
            yield from ((None, None, f"{each['indicator']}. {each['title']}: {each['label']}") for each in items)
        case "cards":
            for each in items:
                yield None, f"{each['title']}: {each['label']}", None
                yield None, None, each["text"]
                yield None, None, "; ".join(f"{label}: {text}" for label, text in each["details"])


def _add_table(word: Any, block: Block) -> None:
    word.add_paragraph(block["caption"], style="Caption")
    _add_grid(word, [column["label"] for column in block["columns"]], [[cell_text(cell) for cell in row] for row in block["rows"]])
    _add_notes(word, block)


def _add_grid(word: Any, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    table = word.add_table(rows=1, cols=len(head), style="Light List Accent 1")
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in (head, *rows):
        for cell, text in zip(table.rows[0].cells if row is head else table.add_row().cells, row, strict=True):
            cell.text = text


def _add_notes(word: Any, block: Block) -> None:
    for note in block.get("notes") or ():
        word.add_paragraph(note)


def _add_figure(word: Any, block: Block) -> None:
    word.add_paragraph(block["title"], style="Caption")
    if block.get("subtitle"):
        word.add_paragraph(block["subtitle"])
    picture = word.add_picture(BytesIO(_png(block["svg"])), width=Cm(_CHART))
    picture._inline.docPr.set("descr", block["alt"])
    _add_notes(word, block)
    _add_table(word, numbers_of(block))


def _png(svg: str) -> bytes:
    """Return a chart as a picture that Word shows everywhere, made by the compiler that sets the PDF."""
    source = b'#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg), format: "svg")'
    return typst.compile(source, format="png", ppi=160, ignore_system_fonts=True, sys_inputs={"svg": svg})


def _add_text(word: Any, block: Block) -> None:
    _add_line(word, None, block["title"], None)
    _add_nodes(word, block["nodes"], None)


def _add_nodes(word: Any, nodes: Iterable[Node], style: str | None) -> None:
    for node in nodes:
        if node["type"] == "list":
            for item in node["items"]:
                _add_nodes(word, item, "List Number" if node["ordered"] else "List Bullet")
        elif node["type"] == "preformatted":
            word.add_paragraph(node["text"], style=style)
        elif node["type"] == "table":
            _add_grid(word, [plain_text(cell) for cell in node["head"]], [[plain_text(cell) for cell in row] for row in node["rows"]])
        elif node["type"] == "quote":
            _add_nodes(word, node["children"], "Quote")
        else:
            _add_inline(word.add_paragraph(style=style), node["children"])


def _add_inline(paragraph: Any, nodes: Iterable[Node]) -> None:
    for node in nodes:
        address = f" ({node['url']})" if node["type"] == "link" else ""
        run = paragraph.add_run(plain_text([node]) + address)
        run.bold, run.italic = node["type"] == "strong" or None, node["type"] == "emphasis" or None


_MAKERS = {"table": _add_table, "figure": _add_figure, "text": _add_text}

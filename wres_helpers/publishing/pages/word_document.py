"""A report as a Word file, for people who comment and edit there: the same blocks as the page, in Word's own styles.

Headings, lists and tables are Word's, tables repeat their heading row, and every chart carries its alternative text.
"""

import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from wres_helpers.publishing.pages.page_checks import Block
from wres_helpers.publishing.pages.report_parts import MEASURED, SUMMARY, Document, Part
from wres_helpers.report.block_html import numbers_of
from wres_helpers.report.limited_markdown import Node, plain_text

_CHART = 11  # centimetres wide
_LANGUAGE = "en-GB"


def document_docx(document: Document) -> bytes:
    """Return a document as a Word file; the same document gives the same words, dated as the page is."""
    import docx

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
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

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
            maker(word, block, raised)


def _heading(word: Any, block: Block, raised: int) -> None:
    word.add_heading(block["text"], min(max(block["level"] - raised, 1), 9))


def _headline(word: Any, block: Block, raised: int) -> None:
    if block.get("label"):
        word.add_paragraph(block["label"]).runs[0].bold = True
    word.add_paragraph(block["text"], style="Intense Quote")
    if block.get("detail"):
        word.add_paragraph(block["detail"])


def _prose(word: Any, block: Block, raised: int) -> None:
    for paragraph in block["paragraphs"]:
        word.add_paragraph(paragraph)


def _facts(word: Any, block: Block, raised: int) -> None:
    for item in block["items"]:
        word.add_paragraph(
            f"{item['label']}: {item['value']} ({item['note']})" if item.get("note") else f"{item['label']}: {item['value']}"
        )


def _notice(word: Any, block: Block, raised: int) -> None:
    word.add_paragraph(block["title"]).runs[0].bold = True
    word.add_paragraph(block["text"])


def _findings(word: Any, block: Block, raised: int) -> None:
    for item in block["items"]:
        paragraph = word.add_paragraph(style="List Number")
        paragraph.add_run(item["text"]).bold = True
        paragraph.add_run(f" ({item['source']})")


def _strip(word: Any, block: Block, raised: int) -> None:
    for item in block["items"]:
        word.add_paragraph(f"{item['indicator']}. {item['title']}: {item['label']}")


def _panels(word: Any, block: Block, raised: int) -> None:
    for item in block["items"]:
        word.add_heading(item["title"], min(max(int(block.get("level", 3)) - raised, 1), 9))
        for point in item["points"]:
            word.add_paragraph(point, style="List Bullet")


def _cards(word: Any, block: Block, raised: int) -> None:
    for item in block["items"]:
        word.add_paragraph(f"{item['title']}: {item['label']}").runs[0].bold = True
        word.add_paragraph(item["text"])
        word.add_paragraph("; ".join(f"{label}: {text}" for label, text in item["details"]))


def _table(word: Any, block: Block, raised: int) -> None:
    from docx.oxml import OxmlElement

    word.add_paragraph(block["caption"], style="Caption")
    table = word.add_table(rows=1, cols=len(block["columns"]), style="Light List Accent 1")
    for cell, column in zip(table.rows[0].cells, block["columns"], strict=True):
        cell.text = column["label"]
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in block["rows"]:
        for cell, content in zip(table.add_row().cells, row, strict=True):
            cell.text = content if isinstance(content, str) else content["text"]
    for note in block.get("notes") or ():
        word.add_paragraph(note)


def _figure(word: Any, block: Block, raised: int) -> None:
    from docx.shared import Cm

    word.add_paragraph(block["title"], style="Caption")
    if block.get("subtitle"):
        word.add_paragraph(block["subtitle"])
    picture = word.add_picture(BytesIO(_png(block["svg"])), width=Cm(_CHART))
    picture._inline.docPr.set("descr", block["alt"])
    for note in block.get("notes") or ():
        word.add_paragraph(note)
    _table(word, numbers_of(block), raised)


def _png(svg: str) -> bytes:
    """Return a chart as a picture that Word shows everywhere, made by the compiler that sets the PDF."""
    import typst

    source = b'#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg), format: "svg")'
    return typst.compile(source, format="png", ppi=160, ignore_system_fonts=True, sys_inputs={"svg": svg})


def _text(word: Any, block: Block, raised: int) -> None:
    if block["title"]:
        word.add_paragraph(block["title"]).runs[0].bold = True
    _add_nodes(word, block["nodes"], None)


def _add_nodes(word: Any, nodes: Iterable[Node], style: str | None) -> None:
    for node in nodes:
        if node["type"] == "list":
            for item in node["items"]:
                _add_nodes(word, item, "List Number" if node["ordered"] else "List Bullet")
        elif node["type"] == "preformatted":
            word.add_paragraph(node["text"], style=style)
        elif node["type"] == "quote":
            _add_nodes(word, node["children"], "Quote")
        else:
            _add_inline(word.add_paragraph(style=style), node["children"])


def _add_inline(paragraph: Any, nodes: Iterable[Node]) -> None:
    for node in nodes:
        address = f" ({node['url']})" if node["type"] == "link" else ""
        run = paragraph.add_run(plain_text([node]) + address)
        run.bold, run.italic = node["type"] == "strong" or None, node["type"] == "emphasis" or None


_MAKERS = {
    "heading": _heading, "headline": _headline, "prose": _prose, "facts": _facts, "notice": _notice, "findings": _findings,
    "strip": _strip, "panels": _panels, "cards": _cards, "table": _table, "figure": _figure, "text": _text,
}  # fmt: skip

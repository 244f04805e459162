"""Compiles a document into a tagged PDF (PDF/UA-1) with the Typst binding: pip only, offline, the same bytes each time.

The template reads the document as JSON. No text of a report ever becomes Typst markup, so nothing a person types (`#eval`, `$x$`,
`@cite`, `*`, `]`) can run or break the page.

The structure of the compiled PDF is completed: the compiler marks the heading row of a table, and cannot yet mark the first column, so a
screen reader would read a number without saying whose it is.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from importlib import resources
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from wres_helpers.problems import InputProblems
from wres_helpers.publishing.pages.page_checks import Block
from wres_helpers.publishing.pages.page_fonts import font_paths
from wres_helpers.publishing.pages.report_parts import MEASURED, SUMMARY, Document, Section
from wres_helpers.publishing.pages.table_widths import table_on_paper
from wres_helpers.report import phrases
from wres_helpers.report.block_html import links_in
from wres_helpers.report.status_looks import look

STANDARD = "ua-1"
APPENDIX = "How the figures were measured"


def document_pdf(document: Document) -> bytes:
    """Return a document as PDF/UA-1.

    The same document gives the same bytes: the only date in it is that of the context, and only fonts that come with the
    packages are used. The compiler starts threads when it first compiles, so a process that forks must not call this.

    Raises InputProblems if the compiler refuses the document (a missing alternative text, a character no font can show).
    """
    data = _on_paper(document)
    blocks = [*data["summary"], *(block for section in data["sections"] for block in section["blocks"])]
    return complete_structure(_compile(data, document), [heads for block in blocks for heads in _row_headers(block)])


def _compile(data: dict[str, Any], document: Document) -> bytes:
    import typst  # not at the top: many processes read pages and set none

    moment = datetime.combine(document.context.generated, datetime.min.time(), tzinfo=UTC)
    template = resources.files("wres_helpers.publishing.pages") / "templates" / "typst" / "report.typ"
    compiled = partial(
        typst.compile, template.read_bytes(), font_paths=font_paths(), pdf_standards=[STANDARD], timestamp=int(moment.timestamp()),
        sys_inputs={"document": json.dumps(data, ensure_ascii=False)},
    )  # fmt: skip
    try:
        try:
            return compiled(ignore_system_fonts=True)
        except typst.TypstError as error:
            if "could not be displayed" not in str(error):
                raise
            # a letter outside the fonts the packages bring (say, of another script): the machine may have one that holds it
            return compiled(ignore_system_fonts=False)
    except typst.TypstError as error:
        action, found = "Mend the text or the figure named, then run again.", (str(error).strip().splitlines() or ["no reason"])[0]
        raise InputProblems.of(document.title, "a page that can be set as an accessible PDF", action, found=found) from error


def _on_paper(document: Document) -> dict[str, Any]:
    """Return a document as paper has it, as plain JSON values: how things are measured in an appendix, and every table fit for a page."""
    context = document.context
    blocks = [*document.summary, *(block for section in document.sections for block in section.blocks)]
    # in the appendix, for each section its folded parts, then the tables behind its charts
    measured = tuple(block for section in document.sections for block in _measured(section, document.is_report))
    appendix = [Section("appendix", APPENDIX, measured)] if measured else []
    sections = [*map(_without_method, document.sections), *appendix]
    return {
        "summary": _blocks_data(document.summary),
        "summary_title": SUMMARY,
        "title": document.title,
        "organisation": context.organisation,
        "year": context.year,
        "report_title": context.report_title,
        "imprint": context.imprint,
        "sign_off": context.closing_lines,
        "markings": document.markings,
        "is_report": document.is_report,
        "links": links_in({text: topic for block in blocks for text, topic in block.get("about", {}).items()}, document.anchors),
        "missing": [{"title": section.title, "failure": section.failure} for section in document.missing],
        "sections": [vars(section) | {"blocks": _blocks_data(section.blocks)} for section in sections],
    }


def _without_method(section: Section) -> Section:
    blocks = [block for part in section.parts if not part.method for block in part.blocks if not block.get("behind")]
    if len(blocks) < len(section.blocks) or any(_own_numbers(block) for block in blocks):
        # below the finding, where a reader asks, else below what the section asks; a line at the end would now and then begin a page
        found = (place for place, block in enumerate(blocks, start=1) if block["kind"] == "headline")
        place = next(found, int(blocks[0]["kind"] == "text"))
        blocks.insert(place, {"kind": "reference", "text": MEASURED, "target": f"{section.id}-measured"})
    return replace(section, blocks=tuple(blocks))


def _measured(section: Section, is_report: bool) -> Iterator[Block]:
    parts = [part for part in section.parts if part.method]
    tables = [table for block in section.blocks if (table := _own_numbers(block))]
    if not parts and not tables:
        return
    # in a report the appendix is a section and the sections are its parts; on a page of one section it is a heading of that page
    title, level = (f"Method: {phrases.small(section.title).replace(': ', ', ')}", 3) if is_report else (APPENDIX, 2)
    yield {"kind": "heading", "level": level, "text": title, "children": [{"type": "text", "text": title}], "id": f"{section.id}-measured"}
    for part in parts:
        for block in part.blocks:
            yield {**block, "level": max(block["level"], level + 1)} if block["kind"] == "heading" else block
    yield from tables


def _own_numbers(block: Block) -> Block | None:
    """Return the table behind a chart or a sentence, which paper has in the appendix; none where a sheet of the workbook has it."""
    if block.get("behind"):
        return block
    return block["numbers"] if block["kind"] == "figure" and block["numbers"]["rows"] and not block.get("sheet") else None


def _row_headers(block: Block) -> list[bool]:
    """Return for each table in a block whether its first column heads the rows."""
    if block["kind"] == "text":  # tables that people wrote have no headed rows
        return [False for node in block["nodes"] if node["type"] == "table"]
    return [block.get("row_header", True)] if block["kind"] == "table" else []


def _blocks_data(blocks: Iterable[Block]) -> list[Block]:
    return [_looked(table_on_paper(block) if block["kind"] == "table" else block) for block in blocks]


def _looked(value: Any) -> Any:
    """Return a value with the look of each status in it, as the template draws it; what no page shows is left out."""
    if isinstance(value, Mapping):
        looks = {"look": look(value["status"]) if value["status"] else None} if "status" in value else {}
        return {key: _looked(each) for key, each in value.items() if key not in ("file_rows", "numbers", "cited", "about")} | looks
    return [_looked(each) for each in value] if isinstance(value, list | tuple) else value


def complete_structure(content: bytes, row_headers: Sequence[bool]) -> bytes:
    """Return a compiled PDF whose table headings all say what they head.

    `row_headers` tells for each table in reading order whether its first column heads the rows.

    Raises RuntimeError if the PDF holds another number of tables.
    """
    with pikepdf.open(BytesIO(content)) as pdf:
        root = pdf.Root.get("/StructTreeRoot")
        tables = [] if root is None else list(_tables(root))
        if len(tables) != len(row_headers):
            raise RuntimeError(f"The PDF holds {len(tables)} tables where the page has {len(row_headers)}.")
        for table, has_row_header in zip(tables, row_headers, strict=True):
            _complete_table(table, has_row_header)
        result = BytesIO()
        pdf.save(result, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return result.getvalue()


def pages_of(content: bytes) -> dict[str, int]:
    """Return on which page of a compiled PDF each heading stands, by its identifier."""
    with pikepdf.open(BytesIO(content)) as pdf:
        numbers = {page.objgen: number for number, page in enumerate(pdf.pages, start=1)}
        places = pikepdf.NameTree(pdf.Root.Names.Dests).items() if "/Names" in pdf.Root else ()  # a page without headings has none
        return {str(name): numbers[place[0].objgen] for name, place in places}


#: What a table never stands in; looking into it would cost more than all the rest.
_WITHOUT_TABLES = frozenset({"/P", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6", "/L", "/TOC", "/Title", "/Caption", "/Span", "/Link"})


def _tables(element: Dictionary) -> Iterator[Dictionary]:
    for child in _children(element):
        if Name.Table == child.S:
            yield child
        elif str(child.S) not in _WITHOUT_TABLES:
            yield from _tables(child)


def _children(element: Dictionary) -> list[Dictionary]:
    kids = element.get("/K", Array())
    return [kid for kid in (kids if isinstance(kids, Array) else [kids]) if isinstance(kid, Dictionary) and "/S" in kid]


def _complete_table(table: Dictionary, has_row_header: bool) -> None:
    for part in _children(table):
        rows = [part] if part.S == Name.TR else [row for row in _children(part) if row.S == Name.TR]
        for row in rows:
            cells = _children(row)
            # The compiler marks the heading row itself; without any row below it, it leaves out the THead around it.
            if Name.THead == part.S or all(Name.TH == cell.S for cell in cells):
                for cell in cells:
                    _set_scope(cell, "Column")
            elif has_row_header and cells:
                cells[0].S = Name.TH
                _set_scope(cells[0], "Row")


def _set_scope(cell: Dictionary, scope: str) -> None:
    """Put a scope among the attributes of a heading cell, beside what is already there."""
    present = cell.get("/A", Array())
    listed = list(present) if isinstance(present, Array) else [present]
    own = next((item for item in listed if isinstance(item, Dictionary) and item.get("/O") == Name.Table), None)
    if own is None:
        cell["/A"] = Array([*listed, Dictionary(O=Name.Table, Scope=Name(f"/{scope}"))])
    else:
        own["/Scope"] = Name(f"/{scope}")

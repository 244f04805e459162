"""Compiles a document into a tagged PDF (PDF/UA-1) with the Typst binding: pip only, offline, the same bytes each time.

The template reads the document as JSON. No text of a report ever becomes Typst markup, so nothing a person types (`#eval`, `$x$`,
`@cite`, `*`, `]`) can run or break the page.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from importlib import resources
from typing import Any

from wres_helpers.problems import InputProblems
from wres_helpers.publishing.pages.page_checks import Block
from wres_helpers.publishing.pages.page_fonts import font_paths
from wres_helpers.publishing.pages.pdf_structure import complete_structure
from wres_helpers.publishing.pages.report_parts import SUMMARY, Document, Part, Section
from wres_helpers.publishing.pages.table_widths import table_on_paper
from wres_helpers.report.form.block_html import links_in
from wres_helpers.report.form.status_looks import look

STANDARD = "ua-1"
BACK, BACK_TITLE, NUMBERS = "appendix", "Method and numbers", "Numbers"


def document_pdf(document: Document) -> bytes:
    """Return a document as PDF/UA-1.

    The same document gives the same bytes: the only date in it is that of the context, and only fonts that come with the
    packages are used. The compiler starts threads when it first compiles, so a process that forks must not call this.

    Raises InputProblems if the compiler refuses the document (a missing alternative text, a character no font can show).
    """
    return pdf_and_claims(document)[0]


def pdf_and_claims(document: Document) -> tuple[bytes, dict[str, list[int]]]:
    """Return a document as PDF/UA-1, and on which of its pages each claim stands: a sentence by its words, a row of a table by the table and its number.

    Raises InputProblems as `document_pdf` does.
    """
    data = _on_paper(document)
    blocks = [*data["summary"], *(block for section in data["sections"] for block in section["blocks"])]
    headings = [each for section in data["sections"] for each in (section, *section["blocks"]) if each.get("kind", "heading") == "heading"]
    spoken = [(each.get("text") or each["title"], each.get("spoken") or "") for each in headings]
    content, told = _set(data, document)
    pages: dict[str, list[int]] = {}
    for claim, page in told:
        pages.setdefault(claim, []).append(page)
    return complete_structure(content, [heads for block in blocks for heads in _row_headers(block)], spoken), pages


def _set(data: dict[str, Any], document: Document) -> tuple[bytes, list[tuple[str, int]]]:
    """Return a document as PDF, and each claim in it with its page: asked of the compiler that has just set it, they cost nothing."""
    import typst  # not at the top: many processes read pages and set none

    moment = int(datetime.combine(document.context.generated, datetime.min.time(), tzinfo=UTC).timestamp())
    inputs = {"document": json.dumps(data, ensure_ascii=False)}
    # a file, for the compiler answers of nothing else what stands where
    with resources.as_file(resources.files("wres_helpers.publishing.pages") / "templates" / "typst" / "report.typ") as template:
        # a letter outside the fonts the packages bring (say, of another script): the machine may have one that holds it
        for ignored in (True, False):
            compiler = typst.Compiler(template, font_paths=font_paths(), ignore_system_fonts=ignored, sys_inputs=inputs)
            try:
                return compiler.compile(pdf_standards=[STANDARD], timestamp=moment), json.loads(compiler.query("<told>", "value"))
            except typst.TypstError as error:
                reason = (str(error).strip().splitlines() or ["no reason"])[0]
                if "could not be displayed" not in str(error):
                    break
    action = "Mend the text or the figure named, then run again."
    raise InputProblems.of(document.title, "a page that can be set as an accessible PDF", action, found=reason)


def _on_paper(document: Document) -> dict[str, Any]:
    """Return a document as paper has it, as plain JSON values: how things are measured in an appendix, and every table fit for a page."""
    context = document.context
    blocks = [*document.summary, *(block for section in document.sections for block in section.blocks)]
    topics = {text: topic for block in blocks for text, topic in block.get("about", {}).items()}
    # in the back part, for each section its folded parts, then the tables behind its charts
    measured = tuple(_told_once(block for section in document.sections for block in _measured(section, document.is_report)))
    back = [Section(BACK, BACK_TITLE, measured)] if measured else []
    sections = [*map(_without_method, document.sections), *back]
    return {
        "summary": _blocks_data(document.summary),
        "summary_title": SUMMARY,
        "title": document.title,
        "organisation": context.organisation,
        "year": context.year,
        "report_title": context.report_title,
        "imprint": context.imprint,
        "dated": f"{context.dated}.",
        "sign_off": context.closing_lines,
        "markings": document.markings,
        "is_report": document.is_report,
        "links": {
            text: {words: document.anchors[anchor][0] for words, anchor in named.items()}
            for text, named in links_in(topics, document.anchors).items()
        },
        "missing": [{"title": section.title, "failure": section.failure} for section in document.missing],
        "sections": [
            vars(section) | {"blocks": _blocks_data(section.blocks, section.id == BACK), "named": section.named} for section in sections
        ],
        "listed": [heading["id"] for section in document.sections for heading in section.listed],
    }


def _without_method(section: Section) -> Section:
    blocks = [block for part in section.parts if not part.method for block in part.blocks if not block.get("behind")]
    method = [part.title for part in section.parts if part.method]
    if method or any(block.get("behind") for block in section.blocks):
        # below the finding, where a reader asks, else below what the section asks; a line at the end would now and then begin a page
        found = (place for place, block in enumerate(blocks, start=1) if block["kind"] == "headline")
        place = next(found, int(blocks[0]["kind"] == "text"))
        blocks.insert(place, {"kind": "reference", "text": [*method, NUMBERS][0], "target": f"{section.id}-measured"})
    return replace(section, blocks=tuple(blocks))


def _told_once(blocks: Iterable[Block]) -> Iterator[Block]:
    """Give blocks without the paragraphs and notes that one before them has said word for word."""
    said = set[str]()
    for block in blocks:
        key = {"prose": "paragraphs", "table": "notes"}.get(block["kind"], "")
        kept = [text for text in block.get(key) or () if text not in said]
        said.update(kept)
        if key != "paragraphs" or kept:
            yield block | {key: kept} if key else block


def _measured(section: Section, is_report: bool) -> Iterator[Block]:
    parts = [part for part in section.parts if part.method]
    tables = tuple(table for block in section.blocks if (table := _own_numbers(block)))
    for number, part in enumerate((*parts, *[Part(True, NUMBERS, tables)] * bool(tables))):
        # in a report the back part is a section of which these are the parts
        heading = {"kind": "heading", "level": 3 if is_report else 2, "id": f"{section.id}-measured" + f"-{number}" * bool(number)}
        yield heading | {"text": section.heard_of(part.title), "children": [{"type": "text", "text": section.heard_of(part.title)}]}
        if is_report and not number:
            yield {"kind": "reference", "text": f"Back to {section.called}", "target": section.id}
        yield from part.blocks


def _own_numbers(block: Block) -> Block | None:
    """Return the table behind a chart, with the place to which that leads and that of the chart, or behind a sentence: paper has both in the back part."""
    if block.get("behind"):
        return block
    is_drawn = block["kind"] == "figure" and block["numbers"]["rows"]
    return block["numbers"] | {"anchor": f"{block['id']}-numbers", "chart": block["id"]} if is_drawn else None


def _row_headers(block: Block) -> list[bool]:
    """Return for each table in a block whether its first column heads the rows."""
    if block["kind"] == "text":  # tables that people wrote have no headed rows
        return [False for node in block["nodes"] if node["type"] == "table"]
    return [block.get("row_header", True)] if block["kind"] == "table" else []


def _blocks_data(blocks: Iterable[Block], is_back: bool = False) -> list[Block]:
    return [_looked(table_on_paper(block, is_back) if block["kind"] == "table" else block) for block in blocks]


def _looked(value: Any) -> Any:
    """Return a value with the look of each status in it, as the template draws it; what no page shows is left out."""
    if isinstance(value, Mapping):
        looks = {"look": look(value["status"]) if value["status"] else None} if "status" in value else {}
        return {key: _looked(each) for key, each in value.items() if key not in ("file_rows", "numbers", "cited", "about")} | looks
    return [_looked(each) for each in value] if isinstance(value, list | tuple) else value

"""The index of evidence, for who inspects a report: each claim with the page and the file it stands in, and the inputs it is made from.

A claim is a text that knows its topic (see `report/topics.py`), or a row of a table of figures. What carries no topic claims nothing.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from wres_helpers.publishing.pages.page_checks import Block, words_of
from wres_helpers.publishing.pages.report_parts import SUMMARY, Document, file_of, is_of_figures
from wres_helpers.report.blocks import texts_in

#: A number in a note, but that of all intervals.
_FIGURE = re.compile(r"\d(?![\d.]*% interval)")
#: An action that a sentence names, or the first and the last of a run: A2, A3 to A8.
_NAMED = re.compile(r"\b([A-Z]+\d+)\b(?: to ([A-Z]+\d+)\b)?")
EVIDENCE_COLUMNS = ("claim", "section", "page", "pdf_page", "file", "rows", "supplied", "dated", "version")


def index_rows(
    document: Document, supplied: Mapping[str, Any], sheets: Mapping[str, str], pages: Mapping[str, int]
) -> Iterator[tuple[str | int, ...]]:
    """Give one row a claim: a computed sentence, a key figure, the finding that heads a chart, or a row of a table.

    `pdf_page` is where the heading stands that a claim stands under (`pages`, by identifiers); `file` names what holds its figures, as seen
    from the index, a sheet of the workbook behind a hash (`sheets`, by the table of the evidence that each shows); `rows` by which
    indicators, or inputs, and years they are found there; `supplied` what they are made from, of the inputs that the receipt tells.
    """
    plan = next((own for _, _, _, own, block in _placed(document) if block["kind"] == "cards"), "")
    files = {table: f"workbook.xlsx#{name}" for table, name in sheets.items()} | {"results": "data/results.csv", "action_plan": plan}
    for title, place, heading, own, block in _placed(document):
        about = block.get("about", {})
        for claim, topic in _claims(block, about):
            named = ([own] if own else []) + [files[table] for table in topic["tables"] if not own or topic.get("noted")]
            yield (
                claim, title, f"report.html#{place}", pages.get(heading, 1), "; ".join(named), _keys(claim, block, topic, supplied), _made_from(topic, supplied),
                document.context.generated.isoformat(), document.context.version,
            )  # fmt: skip


def _keys(claim: str, block: Block, topic: Mapping[str, Any], supplied: Mapping[str, Any]) -> str:
    """Return by which words a claim's rows are found in its file: actions by their numbers, the one row of a finding by its measure and place, too."""
    of = list(topic["of"])
    if of == ["action_plan"]:
        runs = [(_number(first), _number(last or first)) for first, last in _NAMED.findall(claim)]
        names = (anchor.removeprefix("action-") for anchor in topic["leads_to"])
        return ", ".join(name for name in names if any(first <= _number(name) <= last for first, last in runs))
    one = [supplied.get("headlines", {}).get(of[0], "")] if block["kind"] in ("headline", "findings") and len(of) == 1 else []
    return "; ".join((", ".join(of), ", ".join(topic["years"]), *filter(None, one)))


def _number(name: str) -> tuple[str, int]:
    letters = name.rstrip("0123456789")
    return letters, int(name.removeprefix(letters))


def _made_from(topic: Mapping[str, Any], supplied: Mapping[str, Any]) -> str:
    """Return the files that a claim is made from, of every year it is about; none where the figures of the report failed."""
    if not supplied:
        return ""
    tables = {table for name in topic["of"] for table in supplied["tables"].get(name, [name])}
    found = [supplied["others"].get(name, ()) for name in tables]
    found += [supplied["years"][year].get(name, ()) for year in topic["years"] if year in supplied["years"] for name in tables]
    return "; ".join(sorted(set().union(*found)))


def _placed(document: Document) -> Iterator[tuple[str, str, str, str, Block]]:
    """Give each block with its section's title, its place in the page, its heading on paper, and the file of its own."""
    for block in document.summary:
        yield SUMMARY, "summary", "", "", block
    for section in document.sections:
        heading = section.id
        for block in section.blocks:
            if block["kind"] == "heading" and not block.get("method"):  # the heading of what is folded has no place of its own
                heading = block["id"]
            # in a whole report an identifier begins with that of its section
            place = block.get("id", heading)
            own = f"data/{file_of(block | {'id': place.removeprefix(f'{section.id}-')}, section.id)}" if is_of_figures(block) else ""
            on_paper = f"{section.id}-measured" if block.get("method") or block.get("behind") else heading
            yield section.title, place, on_paper, own, block


def _claims(block: Block, about: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Give each claim of a block with its topic: that of a row's name, or else of its table."""
    if block["kind"] == "table" and is_of_figures(block):
        topics = [about.get(words_of(first), about.get(block["caption"])) for first, *_ in block["rows"]]
        for (first, *cells), topic in zip(block["rows"], topics, strict=True):
            told = "; ".join(f"{column['label']}: {words_of(cell)}" for column, cell in zip(block["columns"][1:], cells, strict=True))
            if topic:
                yield f"{block['caption']}. {words_of(first)}: {told}", topic
        # a note with a figure may be of any row, and of what the table's own file leaves out
        parts = ("of", "tables", "years")
        whole = {part: list(dict.fromkeys(each for topic in topics if topic for each in topic[part])) for part in parts}
        noted = (note for note in block.get("notes") or () if whole["of"] and _FIGURE.search(note))
        yield from ((f"{block['caption']}. {note}", whole | {"noted": True}) for note in noted)
    elif block["kind"] == "cards":
        plan = {"of": ["action_plan"], "tables": ["action_plan"], "years": []}
        for item in block["items"]:
            named = f"{item['title']} {item['label']}".rstrip()
            yield f"{named}: {item['text']}", plan | {"leads_to": [f"action-{item['title'].split()[0]}"]}
    elif block["kind"] == "facts":
        yield from ((f"{item['label']}: {item['value']} ({item['note']})", about[item["label"]]) for item in block["items"])
    else:
        # in the order of a page: a notebook that was read back has its topics, and a block its parts, in that of the alphabet
        led = {"figure": ("title",), "headline": ("text", "detail")}.get(block["kind"])
        texts = [block[part] for part in led] if led else dict.fromkeys(texts_in(block, ("about", "cited")))
        yield from ((text, about[text]) for text in texts if about.get(text, {}).get("tables"))

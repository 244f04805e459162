"""The index of evidence, for who inspects a report: each claim with the page and the file it stands in, and the inputs it is made from.

A claim is a text that knows its topic (see `report/form/topics.py`), or a row of a table of figures. What carries no topic claims nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from wres_helpers.publishing.pages.page_checks import Block, words_of
from wres_helpers.publishing.pages.report_parts import SUMMARY, Document, file_of, is_of_figures
from wres_helpers.report.form import phrases
from wres_helpers.report.form.blocks import texts_in
from wres_helpers.report.form.topics import found_by
from wres_helpers.report.words.vocabulary import codes_in_words, group_label
from wres_helpers.standard.columns import ETHNIC_GROUPS, OVERALL, RESULT_COLUMNS, SHARE_OF_GRADE

if TYPE_CHECKING:
    from wres_helpers.report.desk.opened_report import OpenReport

#: A number in a note, but that of all intervals.
_FIGURE = re.compile(r"\d(?![\d.]*% interval)")
#: An action that a sentence names, or the first and the last of a run: A2, A3 to A8.
_NAMED = re.compile(r"\b([A-Z]+\d+)\b(?: to ([A-Z]+\d+)\b)?")
EVIDENCE_COLUMNS = (
    "claim",
    "section",
    "page",
    "pdf_page",
    "file",
    "rows",
    "inputs_not_in_this_folder",
    "dated",
    "report_version",
    "pack_version",
)
#: Stands between values; a bar of a value itself is doubled, and so never stands between spaces alone.
BETWEEN = " | "
#: Rows of a file that is about nothing else.
ALL_ROWS = "all rows"


def index_rows(
    document: Document, supplied: Mapping[str, Any], sheets: Sequence[Any], pages: Mapping[str, Sequence[int]]
) -> Iterator[tuple[str | int, ...]]:
    """Give one row a claim: a computed sentence, a key figure, the finding that heads a chart, or a row of a table.

    `pdf_page` is where the claim begins: of the pages on which it stands the first that is not before its heading (`pages`, by words and by
    identifiers), or the last where paper has it once, before; `file` names what holds its figures, as seen from the index, a sheet of the
    workbook behind a hash; `rows` by which columns they are found in each of those files; then what they are made from, of the inputs that
    the receipt tells.
    """
    plan = next((own for _, _, _, own, block in placed(document) if block["kind"] == "cards"), "")
    by_table, version = {sheet.table: sheet for sheet in sheets}, dict(document.context.closing_lines).get("Version", "not told")
    for title, place, heading, own, block in placed(document):
        about = block.get("about", {})
        for claim, topic, printed in _claims(block, about):
            begins, stands = pages.get(heading, [1])[0], list(pages.get(printed, ()))
            rows = {own: _own_rows(block, printed)} if own else {}
            for table in topic["tables"] if not own or topic.get("noted") else ():
                if table == "action_plan":
                    rows[plan] = _actions(claim, topic)
                elif told := _rows(by_table[table], topic, supplied):
                    rows["data/results.csv" if table == "results" else f"workbook.xlsx#{by_table[table].name}"] = told
            yield (
                claim, title, f"report.html#{place}", next((page for page in stands if page >= begins), [begins, *stands][-1]),
                "; ".join(rows), "; ".join(rows.values()), _made_from(topic, supplied),
                document.context.generated.isoformat(), version, document.context.version,
            )  # fmt: skip


def _own_rows(block: Block, printed: str) -> str:
    """Return by which words a row is found in the file of its own table: its first cell, and as many more as no other row shares."""
    table, _, number = printed.rpartition(" ")
    if block["kind"] == "cards":
        return f"Action {printed.split(maxsplit=1)[0]}"
    if block["kind"] != "table" or table != block["id"] or not number.isdigit():
        return ALL_ROWS
    rows = [[words_of(cell).replace("|", "||") for cell in row] for row in block["rows"]]
    own = rows[int(number)]
    count = next((count for count in range(1, len(own)) if sum(row[:count] == own[:count] for row in rows) == 1), 1)
    return ", ".join(f"{column['label']} {cell}" for column, cell in zip(block["columns"][:count], own, strict=False))


def _actions(claim: str, topic: Mapping[str, Any]) -> str:
    """Return the actions that a claim names, one by one or as a run."""
    runs = [(_number(first), _number(last or first)) for first, last in _NAMED.findall(claim)]
    names = (anchor.removeprefix("action-") for anchor in topic["leads_to"])
    found = [name for name in names if any(first <= _number(name) <= last for first, last in runs)]
    return f"Action {BETWEEN.join(found)}" if found else ALL_ROWS


def _rows(sheet: Any, topic: Mapping[str, Any], supplied: Mapping[str, Any]) -> str:
    """Return by which columns a claim's rows are found in a table, as `indicator 2 | 6`, in a sheet `Indicator 2`; of comparisons that it names by all of theirs.

    Only by values that the table has; empty where it holds none of what the claim is about, as of a figure that stands beside the headlines of other indicators.
    """
    held, of = supplied.get("held", {}).get(sheet.table, {}), topic["of"]
    # all staff are the whole that an indicator's parts are held against
    rows = topic.get("rows") or (supplied.get("whole", ()) if list(of) == ["headcount"] else ())
    named = dict(rows) if "category" in sheet.found_by else {}
    names = tuple(name for name in of if name not in supplied.get("others", ()))
    by_topic = {"year": topic["years"], "indicator": names, "item": names}
    parts = []
    for column in sheet.found_by:
        there, asked = held.get(column, ()), named.get(column) or by_topic.get(column, ())
        found = [name.replace("|", "||") for name in asked if name in there]
        if asked and there and not found:
            return ""
        # a column is called as it is headed there
        parts += [f"{column if sheet.table == 'results' else phrases.capital(column)} {BETWEEN.join(found)}"] if found else []
    return ", ".join(parts) or ALL_ROWS


def _every_row(rows: Sequence[Sequence[tuple[str, Sequence[str]]]]) -> list[tuple[str, list[str]]]:
    """Return by which columns and values the comparisons of several topics are found; nothing where one of them does not say."""
    found: dict[str, dict[str, None]] = {}
    for column, values in (pair for each in rows for pair in each):
        found.setdefault(column, {}).update(dict.fromkeys(values))
    return [(column, [*values]) for column, values in found.items()] if all(rows) else []


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


def placed(document: Document) -> Iterator[tuple[str, str, str, str, Block]]:
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


def _claims(block: Block, about: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any], str]]:
    """Give each claim of a block with its topic, that of a row's name or else of its table, and by which words it is found on paper."""
    if block["kind"] == "table" and is_of_figures(block):
        topics = [about.get(words_of(first), about.get(block["caption"])) for first, *_ in block["rows"]]
        for number, ((first, *cells), topic) in enumerate(zip(block["rows"], topics, strict=True)):
            told = "; ".join(f"{column['label']}: {words_of(cell)}" for column, cell in zip(block["columns"][1:], cells, strict=True))
            if topic:
                yield f"{block['caption']}. {words_of(first)}: {told}", topic, f"{block['id']} {number}"
        # a note with a figure may be of any row, and of what the table's own file leaves out
        parts = ("of", "tables", "years")
        whole: dict[str, Any] = {part: list(dict.fromkeys(each for topic in topics if topic for each in topic[part])) for part in parts}
        whole["rows"] = _every_row([topic.get("rows", ()) for topic in topics if topic])
        noted = (note for note in block.get("notes") or () if whole["of"] and _FIGURE.search(note))
        yield from ((f"{block['caption']}. {note}", about.get(note, whole) | {"noted": True}, note) for note in noted)
    elif block["kind"] == "cards":
        plan = {"of": ["action_plan"], "tables": ["action_plan"], "years": []}
        for item in block["items"]:
            named = f"{item['title']} {item['label']}".rstrip()
            yield f"{named}: {item['text']}", plan | {"leads_to": [f"action-{item['title'].split()[0]}"]}, item["title"]
    elif block["kind"] == "facts":
        yield from ((f"{item['label']}: {item['value']} ({item['note']})", about[item["label"]], item["label"]) for item in block["items"])
    else:
        # in the order of a page: a notebook that was read back has its topics, and a block its parts, in that of the alphabet
        led = {"figure": ("title",), "headline": ("text", "detail")}.get(block["kind"])
        texts = [block[part] for part in led] if led else dict.fromkeys(texts_in(block, ("about", "cited")))
        yield from ((text, about[text], text) for text in texts if about.get(text, {}).get("tables"))


def supplied_to(report: OpenReport, sheets: Sequence[Any]) -> dict[str, Any]:
    """Return the inputs of a calculated report, for its receipt and this index of it: files by table and year (the folder, where none), words, rows."""
    # these calculate, and an index that is written again from the receipt needs none of them
    from wres_helpers.intake.year_folder import table_files
    from wres_helpers.report.words.evidence_rows import first
    from wres_helpers.standard.catalogue import in_force

    parameters = report.parameters
    standard, year, reference = report.reference.standard, parameters.data_folder(), parameters.reference_folder
    tables = {item: table for table in standard.tables for item in standard.items_of[table].values()}
    held = in_force(report.reference.catalogue, parameters.edition)
    held = held[held["numerator"].ne("survey") | held["base"].eq("survey")].copy()  # who answered at all is told beside the headcount
    held["whole"] = held["direction"].map(lambda text: "headcount" if text.endswith("-workforce") else "")
    counted = held.groupby("indicator")[["numerator", "base", "whole"]]
    others = {
        "action_plan": [year / "action_plan.csv"],
        "population": [year / "population.csv"],
        "targets": [year.parent / "targets.csv"],
        "breaks": [year.parent / "breaks.csv", reference / "indicators.csv"],
        "benchmarks": [reference / "benchmarks.csv"],
        "peers": [year.parent / "peers.csv"],
        "master_file": [parameters.path],
    }
    files = {each: table_files(parameters.data_folder(each), standard.tables) for each in parameters.years}
    shown = report.protected()
    whole = first(shown.results, year=parameters.year, measure=SHARE_OF_GRADE, breakdown=OVERALL[0])
    return {
        "words": {
            "groups": [group_label(shown, group, starting=start) for group in ETHNIC_GROUPS for start in (True, False)],
            "codes": [standard.at_the_door(group) for group in ETHNIC_GROUPS],
            "kind": standard.characteristic.capitalize(),
            "nation": phrases.capital(standard.national),
            "results": [standard.at_the_door(column) for column in RESULT_COLUMNS],
            "meanings": codes_in_words(shown),
        },
        "whole": found_by([whole]),
        "held": {
            sheet.table: {column: sorted(set(getattr(shown, sheet.table)[column].astype(str))) for column in sheet.found_by}
            for sheet in sheets
        },
        "tables": {item: [table] for item, table in tables.items()}
        | {str(name): sorted({tables[item] for item in rows.to_numpy().ravel() if item in tables}) for name, rows in counted},
        "years": {
            each: {table: [*map(parameters.shown, found.get(table) or [parameters.data_folder(each)])] for table in standard.tables}
            for each, found in files.items()
        },
        "others": {name: [parameters.shown(path if path.is_file() else path.parent) for path in paths] for name, paths in others.items()},
    }

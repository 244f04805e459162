"""Reads an executed notebook into a page: a neutral list of blocks for one audience.

An allow-list: a board page holds the cells tagged `board`, and of their outputs only the pack's own blocks. Anything
else in such a cell is an error that names the cell, so that nothing is shown by accident and nothing silently dropped.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, count
from pathlib import Path
from typing import Any

from wres_helpers.problems import InputProblems, Problem
from wres_helpers.publishing.pages.page_checks import Block, block_problems, heading_problems, identity_problems
from wres_helpers.publishing.pages.working_outputs import working_blocks
from wres_helpers.report.form.blocks import MIME_TYPE
from wres_helpers.report.form.limited_markdown import parse_markdown, plain_text
from wres_helpers.report.section.written_blocks import narrative

BOARD = "board"
ANALYST = "analyst"
ERROR_TAG = "papermill-error-cell-tag"
#: Tags that say where on the page a board's cell stands: folded away as how something is measured, or on page one.
PLACES = ("method", "summary")
PARAMETER_TAGS = frozenset({"parameters", "injected-parameters"})


@dataclass(frozen=True)
class Page:
    """One section (a notebook's name) as it will be read: its title, for whom, and its blocks in reading order.

    Beside the kinds a notebook makes there are ``heading`` (level, text, children, id), ``text`` (title, nodes: a parsed Markdown text;
    ``written`` where people wrote it for this report), and for analysts ``code`` and ``output`` (text). A block of a cell tagged `method`
    or `summary` says so.
    """

    name: str
    title: str
    audience: str
    blocks: tuple[Block, ...] = field(repr=False)

    @property
    def text_names(self) -> tuple[str, ...]:
        """Names of the texts that people write for this page, of those not written yet too."""
        return tuple(block["text_name"] for block in self.blocks if block.get("text_name"))


def read_page(
    notebook: Mapping[str, Any],
    audience: str,
    name: str = "notebook",
    texts: Mapping[str, str] | None = None,
    in_words: Callable[[str], str] = str,
) -> Page:
    """Return an executed notebook (nbformat 4) as a page: the ``board``'s has cells tagged so, an ``analyst``'s every cell with its code.

    `texts` are those that people wrote, by name, shown in place of what stood under these names when the notebook was executed;
    `in_words` gives a text cell, for the board, the organisation's own words for the two groups.

    Raises InputProblems if the notebook failed or was not run, holds a figure without real alternative text, skips a heading level, or
    shows the board something that is not a block. All problems are listed at once.
    """
    if audience not in (BOARD, ANALYST):
        raise ValueError(f"audience must be {BOARD!r} or {ANALYST!r}, not {audience!r}")
    InputProblems.raise_if_any(_execution_problems(notebook, name))
    problems: list[Problem] = []
    blocks: list[Block] = []
    for number, cell in enumerate(notebook["cells"], start=1):
        if audience == ANALYST or BOARD in _tags(cell):
            place = f"{name}, cell {number}"
            if cell["cell_type"] == "markdown":
                read = _text_blocks(in_words(cell["source"]) if audience == BOARD else cell["source"], place, problems)
            else:
                read = _shown_blocks(cell, audience, place, texts, problems) if cell["cell_type"] == "code" else ()
            places = dict.fromkeys(_tags(cell).intersection(PLACES), True)
            blocks += [block | places for block in read]
    InputProblems.raise_if_any([*problems, *heading_problems(blocks, name), *identity_problems(blocks, name)])
    return Page(name, blocks[0]["text"], audience, tuple(_under_headings(blocks)))


def _tags(cell: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(cell.get("metadata", {}).get("tags", ()))


def _execution_problems(notebook: Mapping[str, Any], name: str) -> list[Problem]:
    """Return why a notebook is not a finished run: an error in it, or no output at all."""
    cells = list(enumerate(notebook["cells"], start=1))
    for number, cell in cells:
        failed = any(output.get("output_type") == "error" for output in cell.get("outputs", ()))
        if failed or ERROR_TAG in _tags(cell):
            action = "Mend the cause named in the run's log, then run again."
            return [Problem(f"{name}, cell {number}", "a notebook that ran to its end", action, found="an error")]
    shown = [cell for _, cell in cells if cell["cell_type"] == "code" and BOARD in _tags(cell)]
    if shown and not any(cell.get("outputs") for cell in shown):
        action = "Run it first: 'wres run', or 'jupyter nbconvert --execute'."
        return [Problem(name, "an executed notebook", action, found="cells without outputs")]
    return []


def _shown_blocks(
    cell: Mapping[str, Any], audience: str, place: str, texts: Mapping[str, str] | None, problems: list[Problem]
) -> Iterator[Block]:
    """Give what a code cell shows, and add to the problems what may not be shown."""
    if audience == ANALYST and cell["source"].strip():
        yield {"kind": "code", "text": cell["source"].rstrip()}
    for position, output in enumerate(cell.get("outputs", ()), start=1):
        block = output.get("data", {}).get(MIME_TYPE)
        if block is not None:
            if texts is not None and block.get("text_name"):
                block = narrative(texts, block["text_name"]).to_json()
            faults = block_problems(block, place)
            problems += faults
            if not faults:
                yield _neutral(block)
        elif audience == ANALYST:
            yield from working_blocks(output, f"{place}, output {position}")
        elif found := _stray(output):
            action = "Show it with wres_helpers.report, or take the tag 'board' off the cell."
            problems.append(Problem(place, "only the pack's own blocks in a cell for the board", action, found=found))


def _neutral(block: Mapping[str, Any]) -> Block:
    """Return a block as both renderers read it: a written text is parsed here, once."""
    if block["kind"] != "markdown":
        return dict(block)
    named = {"text_name": block["text_name"]} if block.get("text_name") else {}
    return {"kind": "text", "title": block.get("title") or "", "nodes": parse_markdown(block["source"]), "written": True} | named


def _text_blocks(source: str, place: str, problems: list[Problem]) -> list[Block]:
    """Split a text cell into headings and the texts between them; a picture in it is added to the problems."""
    nodes = parse_markdown(source)
    if _holds_image(nodes):
        action = "Show the picture as a figure from a code cell, with an alternative text."
        problems.append(Problem(place, "no picture in a text cell", action, found="an image"))
    blocks: list[Block] = []
    for node in nodes:
        if node["type"] == "heading":
            text = plain_text(node["children"]).strip()
            blocks.append({"kind": "heading", "level": node["level"], "text": text, "children": node["children"]})
        elif blocks and blocks[-1]["kind"] == "text":
            blocks[-1]["nodes"].append(node)
        else:
            blocks.append({"kind": "text", "title": "", "nodes": [node]})
    return blocks


def _holds_image(value: Any) -> bool:
    if isinstance(value, dict):
        return value.get("type") == "image" or any(map(_holds_image, value.values()))
    return isinstance(value, list) and any(map(_holds_image, value))


def _stray(output: Mapping[str, Any]) -> str:
    """Return what an output shows that a board page would drop without a word."""
    if output.get("output_type") == "stream":
        # warnings of libraries belong to the log; they were never meant for a reader
        return "printed text" if output.get("name") != "stderr" and output.get("text", "").strip() else ""
    return " and ".join(sorted(output.get("data", ())))


def _under_headings(blocks: list[Block]) -> Iterator[Block]:
    """Give each heading an identifier of its own, and blocks that bring headings of their own a level below the last one."""
    taken = {block["id"] for block in blocks if block["kind"] in ("table", "figure")}
    level = 1
    for block in blocks:
        if block["kind"] == "heading":
            level = block["level"]
            own = slug(block["text"]) or "heading"
            identifier = next(name for name in chain([own], (f"{own}-{number}" for number in count(2))) if name not in taken)
            taken.add(identifier)
            yield {**block, "id": identifier}
        else:
            yield {**block, "level": level + 1} if block["kind"] in ("standings", "panels", "cards") or block.get("heads") else block


def slug(text: str) -> str:
    """Return a text as small letters, digits and hyphens between them."""
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")


def read_executed(path: Path) -> dict[str, Any]:
    """Return an executed notebook of our own making (nbformat 4) as plain dictionaries; texts that are stored as lines are in one piece.

    Without the import and the checks of nbformat: that wrote it and checked it then, and the receipt says that it is as it was written.
    """
    return json.loads(path.read_text(encoding="utf-8"), object_hook=_in_one_piece)


def _in_one_piece(content: dict[str, Any]) -> dict[str, Any]:
    texts = [name for name in content if name in ("source", "text") or ("/" in name and not name.endswith("json"))]
    return content | {name: "".join(content[name]) for name in texts if isinstance(content[name], list)}

"""What a page must be before it may leave: every picture in words, every table whole, headings in order.

The checks look at the neutral blocks of a page, not at HTML or PDF, so that both outputs are held to the same rules.
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

from wres_helpers.problems import Problem
from wres_helpers.report.form.block_faults import faults_of
from wres_helpers.report.form.blocks import KINDS

Block = dict[str, Any]


def words_of(cell: Any) -> str:
    """Return the words of a cell of a table, also of one that is drawn."""
    return cell["text"] if isinstance(cell, dict) else str(cell)


_ACTIVE_ELEMENTS = {"script", "foreignObject", "iframe", "embed", "object", "audio", "video", "a", "animate", "set", "handler"}
_OUTSIDE_STYLE = re.compile(r"@import|url\(\s*['\"]?(?!#|data:image/)", re.IGNORECASE)


def block_problems(block: Block, place: str) -> list[Problem]:
    """Return what keeps one block of a notebook (in JSON form) off the page; `place` names section and cell in messages."""
    kind = block.get("kind")
    if kind not in KINDS:
        known = ", ".join(sorted(KINDS))
        return [Problem(place, f"a block of a known kind ({known})", "Make the block with wres_helpers.report.", found=f"{kind!r}")]
    missing = [key for key in KINDS[kind] if block.get(key) is None]
    if missing:
        return [Problem(place, f"a {kind} with {', '.join(missing)}", "Make the block with wres_helpers.report.", found="none")]
    problems = [Problem(place, expected, action, found=found) for expected, found, action in faults_of(block)]
    if kind == "figure" and (fault := _picture_fault(str(block["svg"]))):
        expected, action = f"a self-contained drawing in figure '{block['id']}'", "Draw the chart with wres_helpers.report."
        problems.append(Problem(place, expected, action, found=fault))
    return problems


def heading_problems(blocks: Sequence[Block], name: str) -> list[Problem]:
    """Return problems of the outline: not exactly one title at the top, or a skipped level."""
    headings = [block for block in blocks if block["kind"] == "heading"]
    titles = sum(block["level"] == 1 for block in headings)
    if titles != 1 or not blocks or blocks[0].get("level") != 1:
        action = "Begin the first text cell with '# ' and use '## ' and '### ' below."
        return [Problem(name, "one title (a heading of level 1), before everything else", action, found=f"{titles} titles")]
    return [
        Problem(
            name,
            "no skipped heading level",
            "Use one more or one less '#'.",
            found=f"level {block['level']} after level {before['level']} ('{block['text']}')",
        )
        for before, block in pairwise(headings)
        if block["level"] > before["level"] + 1
    ]


def identity_problems(blocks: Sequence[Block], name: str) -> list[Problem]:
    """Return problems of tables and figures that share an identifier within a page."""
    expected, action = "every table and figure with its own id", "Give each table and each figure its own id."
    counted = Counter(block["id"] for block in blocks if block["kind"] in ("table", "figure") and block.get("id"))
    return [
        Problem(name, expected, action, found=f"'{identifier}' twice") for identifier, times in counted.items() for _ in range(times - 1)
    ]


@lru_cache(maxsize=256)  # a board's drawing is the analyst's, too
def _picture_fault(svg: str) -> str | None:
    """Return what makes a drawing unfit: not well formed, able to run, or loading from outside."""
    if "<!ENTITY" in svg.upper():
        return "an entity declaration"
    try:
        root = ElementTree.fromstring(svg)
    except ElementTree.ParseError:
        return "a drawing that is not well-formed SVG"
    if not str(root.tag).endswith("svg"):
        return "no SVG"
    return next((fault for element in root.iter() if (fault := _element_fault(element)) is not None), None)


def _element_fault(element: ElementTree.Element) -> str | None:
    name = str(element.tag).rpartition("}")[2]
    if name in _ACTIVE_ELEMENTS:
        return f"an element <{name}>"
    if element.text and name == "style" and _OUTSIDE_STYLE.search(element.text):
        return "a style that loads from outside"
    for key, value in element.attrib.items():
        attribute = key.rpartition("}")[2]
        if attribute.casefold().startswith("on"):
            return f"an attribute {attribute}"
        if attribute == "href" and not value.strip().startswith(("#", "data:image/")):
            return "a link to the outside"
        if _OUTSIDE_STYLE.search(value):
            return "a style that loads from outside"
    return None

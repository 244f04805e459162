"""The Markdown that people may write in a report, read once into a neutral tree.

The HTML page and the PDF are both made from this tree, so a text cannot say one thing on the screen and another on
paper. Paragraphs, lists, tables, emphasis, links, quotations and code are understood; everything else comes out as the text
that was typed. Raw HTML is never passed on, and a comment (`<!-- note to the writer -->`) is not shown at all.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from html import unescape
from typing import Any, cast

import mistune

Node = dict[str, Any]

# A page on the web or a mail address: nothing that could run, load or point into somebody's own machine.
_ALLOWED_LINK = re.compile(r"^(https?://|mailto:)[^\s]+$", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def parse_markdown(source: str) -> list[Node]:
    """Return the blocks of a text, Markdown as typed.

    Blocks are ``paragraph`` (children), ``heading`` (level, children), ``list`` (ordered, start, items: lists of blocks),
    ``table`` (head: cells, rows: lists of cells; a cell is a list of inline nodes), ``quote`` (children: blocks),
    ``preformatted`` (text). Children of a paragraph or heading are ``text`` (text), ``code`` (text), ``strong`` and
    ``emphasis`` (children), ``link`` (url, children), ``image`` (alt, url) and ``break``.
    """
    return _blocks(cast("list[Node]", _reader()(_COMMENT.sub("", source))))  # without a renderer mistune gives tokens


def plain_text(nodes: Iterable[Node]) -> str:
    """Return the words of inline or block nodes, without any mark-up."""
    return "".join(_plain(node) for node in nodes)


@cache
def _reader() -> mistune.Markdown:
    return mistune.create_markdown(renderer=None, plugins=["table"])


def _blocks(tokens: Iterable[Mapping[str, Any]]) -> list[Node]:
    return [node for token in tokens if (node := _block(token)) is not None]


def _block(token: Mapping[str, Any]) -> Node | None:
    if token["type"] in ("blank_line", "thematic_break"):
        return None
    maker = _BLOCK_MAKERS.get(token["type"])
    if maker is not None:
        return maker(token)
    if "children" in token:
        return {"type": "paragraph", "children": _inline(token["children"])}
    raw = token.get("raw", "").strip()
    return {"type": "paragraph", "children": [{"type": "text", "text": raw}]} if raw else None


def _list(token: Mapping[str, Any]) -> Node:
    attributes = token["attrs"]
    items = [_blocks(item["children"]) for item in token["children"]]
    return {"type": "list", "ordered": attributes["ordered"], "start": attributes.get("start") or 1, "items": items}


def _inline(tokens: Iterable[Mapping[str, Any]]) -> list[Node]:
    nodes: list[Node] = []
    for token in tokens:
        maker = _INLINE_MAKERS.get(token["type"])
        for node in maker(token) if maker else [{"type": "text", "text": unescape(token.get("raw", ""))}]:
            # Neighbouring texts are joined, so that a sentence is one run of text in both outputs.
            if node["type"] == "text" and nodes and nodes[-1]["type"] == "text":
                nodes[-1] = {"type": "text", "text": nodes[-1]["text"] + node["text"]}
            else:
                nodes.append(node)
    return nodes


def _link(token: Mapping[str, Any]) -> list[Node]:
    children, url = _inline(token["children"]), unescape(token["attrs"]["url"]).strip()
    return [{"type": "link", "url": url, "children": children}] if _ALLOWED_LINK.match(url) else children


def _table(token: Mapping[str, Any]) -> Node:
    head, *bodies = token["children"]
    rows = [[_inline(cell["children"]) for cell in row["children"]] for body in bodies for row in body["children"]]
    return {"type": "table", "head": [_inline(cell["children"]) for cell in head["children"]], "rows": rows}


_BLOCK_MAKERS: dict[str, Callable[[Mapping[str, Any]], Node]] = {
    "heading": lambda token: {"type": "heading", "level": token["attrs"]["level"], "children": _inline(token["children"])},
    "list": _list,
    "block_quote": lambda token: {"type": "quote", "children": _blocks(token["children"])},
    "block_code": lambda token: {"type": "preformatted", "text": token["raw"].rstrip("\n")},
    "table": _table,
}
_INLINE_MAKERS: dict[str, Callable[[Mapping[str, Any]], list[Node]]] = {
    **dict.fromkeys(("strong", "emphasis"), lambda token: [{"type": token["type"], "children": _inline(token["children"])}]),
    "link": _link,
    "image": lambda token: [{"type": "image", "alt": plain_text(_inline(token["children"])), "url": token["attrs"]["url"]}],
    "codespan": lambda token: [{"type": "code", "text": unescape(token["raw"])}],
    "linebreak": lambda token: [{"type": "break"}],
    "softbreak": lambda token: [{"type": "text", "text": " "}],
    # Raw HTML stays the text that was typed, entities and all.
    "inline_html": lambda token: [{"type": "text", "text": token["raw"]}],
}


def _plain(node: Node) -> str:
    kind = node["type"]
    if kind == "list":
        return "\n".join(plain_text(item) for item in node["items"])
    if kind == "table":
        return "\n".join(" ".join(plain_text(cell) for cell in row) for row in (node["head"], *node["rows"]))
    if kind == "break":
        return "\n"
    if "children" in node:
        return plain_text(node["children"])
    return str(node.get("text", node.get("alt", "")))

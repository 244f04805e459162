"""The Markdown that people may write in a report, read once into a neutral tree.

The HTML page and the PDF are both made from this tree, so a text cannot say one thing on the screen and another on
paper. Paragraphs, lists, emphasis, links, quotations and code are understood; everything else comes out as the text
that was typed. Raw HTML is never passed on, and a comment (`<!-- note to the writer -->`) is not shown at all.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from html import escape, unescape
from typing import Any

import mistune

Node = dict[str, Any]

# A page on the web or a mail address: nothing that could run, load or point into somebody's own machine.
_ALLOWED_LINK = re.compile(r"^(https?://|mailto:)[^\s]+$", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_WRAPPERS = {"strong": "strong", "emphasis": "em"}


def parse_markdown(source: str) -> list[Node]:
    """Return the blocks of a text.

    Parameters
    ----------
    source
        Markdown as typed.

    Returns
    -------
    list of dict
        Blocks ``paragraph`` (children), ``heading`` (level, children), ``list`` (ordered, start, items: lists of blocks),
        ``quote`` (children: blocks), ``preformatted`` (text). Children of a paragraph or heading are ``text`` (text), ``code``
        (text), ``strong`` and ``emphasis`` (children), ``link`` (url, children), ``image`` (alt, url) and ``break``.
    """
    return _blocks(_reader()(_COMMENT.sub("", source)))


def plain_text(nodes: Iterable[Node]) -> str:
    """Return the words of inline or block nodes, without any mark-up."""
    return "".join(_plain(node) for node in nodes)


def nodes_html(nodes: Iterable[Node]) -> str:
    """Return nodes as HTML, every text escaped.

    A heading inside a text becomes a bold line: it would break the outline of the page the text is set into.
    """
    return "".join(_html(node) for node in nodes)


@cache
def _reader() -> mistune.Markdown:
    return mistune.create_markdown(renderer=None)


def _blocks(tokens: Iterable[Mapping[str, Any]]) -> list[Node]:
    return [node for token in tokens if (node := _block(token)) is not None]


def _block(token: Mapping[str, Any]) -> Node | None:
    kind = token["type"]
    if kind in ("blank_line", "thematic_break"):
        return None
    if kind == "heading":
        return {"type": "heading", "level": token["attrs"]["level"], "children": _inline(token["children"])}
    if kind == "list":
        attributes = token["attrs"]
        items = [_blocks(item["children"]) for item in token["children"]]
        return {"type": "list", "ordered": attributes["ordered"], "start": attributes.get("start") or 1, "items": items}
    if kind == "block_quote":
        return {"type": "quote", "children": _blocks(token["children"])}
    if kind == "block_code":
        return {"type": "preformatted", "text": token["raw"].rstrip("\n")}
    if "children" in token:
        return {"type": "paragraph", "children": _inline(token["children"])}
    raw = token.get("raw", "").strip()
    return {"type": "paragraph", "children": [{"type": "text", "text": raw}]} if raw else None


def _inline(tokens: Iterable[Mapping[str, Any]]) -> list[Node]:
    nodes: list[Node] = []
    for token in tokens:
        for node in _inline_nodes(token):
            # Neighbouring texts are joined, so that a sentence is one run of text in both outputs.
            if node["type"] == "text" and nodes and nodes[-1]["type"] == "text":
                nodes[-1] = {"type": "text", "text": nodes[-1]["text"] + node["text"]}
            else:
                nodes.append(node)
    return nodes


def _inline_nodes(token: Mapping[str, Any]) -> list[Node]:
    kind = token["type"]
    if kind in _WRAPPERS:
        return [{"type": kind, "children": _inline(token["children"])}]
    if kind == "link":
        children, url = _inline(token["children"]), unescape(token["attrs"]["url"]).strip()
        return [{"type": "link", "url": url, "children": children}] if _ALLOWED_LINK.match(url) else children
    if kind == "image":
        return [{"type": "image", "alt": plain_text(_inline(token["children"])), "url": token["attrs"]["url"]}]
    if kind == "codespan":
        return [{"type": "code", "text": unescape(token["raw"])}]
    if kind == "linebreak":
        return [{"type": "break"}]
    if kind == "softbreak":
        return [{"type": "text", "text": " "}]
    text = token.get("raw", "")
    return [{"type": "text", "text": text if kind == "inline_html" else unescape(text)}]


def _plain(node: Node) -> str:
    kind = node["type"]
    if kind == "list":
        return "\n".join(plain_text(item) for item in node["items"])
    if kind == "break":
        return "\n"
    if "children" in node:
        return plain_text(node["children"])
    return node.get("text", node.get("alt", ""))


def _html(node: Node) -> str:
    kind = node["type"]
    if kind == "list":
        tag = "ol" if node["ordered"] else "ul"
        start = f' start="{int(node["start"])}"' if node["ordered"] and node["start"] != 1 else ""
        return f"<{tag}{start}>" + "".join(f"<li>{_item_html(item)}</li>" for item in node["items"]) + f"</{tag}>"
    if kind == "code":
        return f"<code>{escape(node['text'])}</code>"
    if kind == "preformatted":
        return f"<pre>{escape(node['text'])}</pre>"
    if kind == "break":
        return "<br>"
    if "children" not in node:
        return escape(node.get("text", node.get("alt", "")))
    inner = nodes_html(node["children"])
    if kind == "link":
        return f'<a href="{escape(node["url"])}">{inner}</a>'
    if kind in _WRAPPERS:
        return f"<{_WRAPPERS[kind]}>{inner}</{_WRAPPERS[kind]}>"
    if kind == "quote":
        return f"<blockquote>{inner}</blockquote>"
    return f"<p><strong>{inner}</strong></p>" if kind == "heading" else f"<p>{inner}</p>"


def _item_html(blocks: list[Node]) -> str:
    """Return a list item; the first paragraph stands without its own mark, as a tight list does."""
    if blocks and blocks[0]["type"] == "paragraph":
        return nodes_html(blocks[0]["children"]) + nodes_html(blocks[1:])
    return nodes_html(blocks)

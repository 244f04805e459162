"""Blocks as HTML: everything escaped, every table headed, every picture in words.

`block_html` makes the fragment that JupyterLab shows and that the section pages are made of. It takes the JSON form
of a block (see `blocks.py`), never a Python object, so that a saved notebook renders like a live one.
"""

import base64
import re
from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from wres_helpers.report.limited_markdown import nodes_html, parse_markdown


def block_html(block: Mapping[str, Any]) -> str:
    """Return one block (its JSON form) as an HTML fragment.

    Raises
    ------
    ValueError
        If the kind of the block is unknown.
    """
    kind = block.get("kind")
    maker = _MAKERS.get(kind)
    if maker is None:
        raise ValueError(f"Unknown kind of block: {kind!r}. Known are {', '.join(sorted(_MAKERS))}.")
    return maker(block)


def status_html(text: str, status: str | None) -> str:
    """Return a status as a labelled span; the words carry the meaning, the class only the colour."""
    code = _identifier(status or "none")
    return f'<span class="wres-status wres-status--{code}">{escape(text)}</span>'


def markdown_html(source: str) -> str:
    """Return limited Markdown as HTML: paragraphs, lists, emphasis and links; raw HTML and images become text."""
    return nodes_html(parse_markdown(source))


def notebook_style() -> str:
    """Return the small style sheet that makes blocks readable inside JupyterLab (never used on a page)."""
    return f"<style>{_NOTEBOOK_CSS}</style>"


def _identifier(text: str) -> str:
    """Return text reduced to letters, digits, hyphens and underscores, safe in an id or a class."""
    return re.sub(r"[^A-Za-z0-9_-]+", "-", text).strip("-") or "block"


def _paragraphs(texts: list[str], css_class: str = "") -> str:
    attribute = f' class="{css_class}"' if css_class else ""
    return "".join(f"<p{attribute}>{escape(text)}</p>" for text in texts if text)


def _headline(block: Mapping[str, Any]) -> str:
    status = block.get("status")
    label = block.get("label") or ""
    code = _identifier(status or "none")
    badge = f'<p class="wres-headline__status">{status_html(label, status)}</p>' if label else ""
    detail = _paragraphs([block.get("detail") or ""], "wres-headline__detail")
    text = _paragraphs([block["text"]], "wres-headline__text")
    return f'<div class="wres-headline wres-headline--{code}">{badge}{text}{detail}</div>'


def _prose(block: Mapping[str, Any]) -> str:
    return f'<div class="wres-prose">{_paragraphs(block["paragraphs"])}</div>'


def _markdown_block(block: Mapping[str, Any]) -> str:
    title = _paragraphs([block.get("title") or ""], "wres-markdown__title")
    return f'<div class="wres-markdown">{title}{markdown_html(block["source"])}</div>'


def _cell(cell: str | Mapping[str, str], column: Mapping[str, str], header: bool, stacks: bool) -> str:
    content = escape(cell) if isinstance(cell, str) else status_html(cell["text"], cell.get("status"))
    attributes = f' class="wres-table__cell--{_identifier(column.get("kind", "text"))}"'
    if header:
        return f'<th scope="row"{_role("rowheader", stacks)}{attributes}>{content}</th>'
    label = f' data-label="{escape(column["label"])}"' if stacks else ""
    return f"<td{_role('cell', stacks)}{attributes}{label}>{content}</td>"


def _role(name: str, stacks: bool) -> str:
    """Return the role of a part of a table that a narrow screen stacks: set in blocks, it would be no table to a screen reader."""
    return f' role="{name}"' if stacks else ""


def _table(block: Mapping[str, Any]) -> str:
    columns = block["columns"]
    identifier = _identifier(block["id"])
    # A table of statuses is the one a board reads on a phone: there each of its rows becomes a short stack.
    stacks = any(column.get("kind") == "status" for column in columns)
    head = "".join(
        f'<th scope="col"{_role("columnheader", stacks)} class="wres-table__cell--{_identifier(column.get("kind", "text"))}">'
        f"{escape(column['label'])}</th>"
        for column in columns
    )
    # A wide table scrolls in a box the keyboard can reach; no landmark, as a report holds dozens of them.
    return (
        f'<div class="wres-table-block"><div class="wres-table__scroll" role="group" '
        f'aria-labelledby="{identifier}-caption" tabindex="0">'
        f'<table class="wres-table{" wres-table--stacks" if stacks else ""}" id="{identifier}"{_role("table", stacks)}>'
        f'<caption id="{identifier}-caption"><span>{escape(block["caption"])}</span></caption>'
        f"<thead{_role('rowgroup', stacks)}><tr{_role('row', stacks)}>{head}</tr></thead>"
        f"<tbody{_role('rowgroup', stacks)}>{_body(block, stacks)}</tbody></table></div>"
        f"{_paragraphs(block.get('notes') or [], 'wres-note')}</div>"
    )


def _body(block: Mapping[str, Any], stacks: bool) -> str:
    columns, row_header = block["columns"], bool(block.get("row_header", True))
    lines = []
    for row in block["rows"]:
        cells = zip(row, columns, strict=True)
        told = "".join(_cell(cell, column, row_header and place == 0, stacks) for place, (cell, column) in enumerate(cells))
        lines.append(f"<tr{_role('row', stacks)}>{told}</tr>")
    return "".join(lines)


def _figure(block: Mapping[str, Any]) -> str:
    picture = base64.b64encode(block["svg"].encode("utf-8")).decode("ascii")
    subtitle = block.get("subtitle") or ""
    caption = f'<span class="wres-figure__title">{escape(block["title"])}</span>' + (
        f' <span class="wres-figure__subtitle">{escape(subtitle)}</span>' if subtitle else ""
    )
    return (
        f'<figure class="wres-figure" id="{_identifier(block["id"])}"><figcaption>{caption}</figcaption>'
        f'<img alt="{escape(block["alt"])}" src="data:image/svg+xml;base64,{picture}">'
        f"{_paragraphs(block.get('notes') or [], 'wres-note')}</figure>"
    )


def _facts(block: Mapping[str, Any]) -> str:
    items = "".join(
        f'<div class="wres-facts__item"><dt>{escape(item["label"])}</dt>'
        f'<dd><span class="wres-facts__value">{escape(item["value"])}</span>'
        + (f' <span class="wres-facts__note">{escape(item["note"])}</span>' if item.get("note") else "")
        + "</dd></div>"
        for item in block["items"]
    )
    return f'<dl class="wres-facts">{items}</dl>'


def _notice(block: Mapping[str, Any]) -> str:
    tone = _identifier(block.get("tone") or "information")
    title = _paragraphs([block.get("title") or ""], "wres-notice__title")
    text = _paragraphs([block["text"]], "wres-notice__text")
    return f'<div class="wres-notice wres-notice--{tone}" role="note">{title}{text}</div>'


_MAKERS: dict[Any, Callable[[Mapping[str, Any]], str]] = {
    "headline": _headline,
    "prose": _prose,
    "markdown": _markdown_block,
    "table": _table,
    "figure": _figure,
    "facts": _facts,
    "notice": _notice,
}

_NOTEBOOK_CSS = (
    ".wres-headline{border-left:6px solid #005EB8;padding:.2em 1em;margin:.5em 0}"
    ".wres-headline__text{font-size:1.25em;font-weight:600}"
    ".wres-status{border:2px solid currentColor;padding:.1em .5em;font-weight:600;white-space:nowrap}"
    ".wres-table{border-collapse:collapse}.wres-table caption{text-align:left;font-weight:600}"
    ".wres-table th,.wres-table td{text-align:left!important;padding:.3em .6em;border-bottom:1px solid #768692}"
    ".wres-table .wres-table__cell--number{text-align:right!important}"
    ".wres-figure{max-width:40em;margin:1em 0}.wres-figure__title{display:block;font-weight:600}"
    ".wres-figure img{width:100%}.wres-note{font-size:.9em}"
    ".wres-facts{display:flex;flex-wrap:wrap;gap:1.5em}.wres-facts dd{margin:0}"
    ".wres-facts__value{font-size:1.8em;font-weight:600;display:block}"
    ".wres-notice{border:2px solid #005EB8;padding:.2em 1em}.wres-notice__title{font-weight:600}"
)

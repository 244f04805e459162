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
from wres_helpers.report.status_looks import look


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


#: The shape of each status, drawn in the colour of its words, so that it stands in dark, forced and printed colours too.
_SHAPES = {
    "circle": '<circle cx="8" cy="8" r="7" fill="currentColor"/>',
    "diamond": '<path d="M8 0l8 8-8 8-8-8z" fill="currentColor"/>',
    "triangle": '<path d="M8 1l8 14H0z" fill="currentColor"/>',
    "pentagon": '<path d="M8 0l8 6-3 10H3L0 6z" fill="currentColor"/>',
    "ring": '<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="2.5"/>',
    "square": '<path d="M1 1h14v14H1z" fill="currentColor"/>',
    "dash": '<path d="M0 6.5h16v3H0z" fill="currentColor"/>',
}


def status_html(text: str, status: str | None) -> str:
    """Return a status as a labelled span; the words carry the meaning, shape and colour repeat it."""
    shape, tone = look(status)
    picture = f'<svg class="wres-shape" viewBox="0 0 16 16" width="12" height="12" aria-hidden="true">{_SHAPES[shape]}</svg>'
    return f'<span class="wres-status wres-status--{tone}">{picture}{escape(text)}</span>'


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
    tone = look(status)[1] if status else "none"
    badge = f'<p class="wres-headline__status">{status_html(label, status)}</p>' if label else ""
    detail = _paragraphs([block.get("detail") or ""], "wres-headline__detail")
    text = _paragraphs([block["text"]], "wres-headline__text")
    return f'<div class="wres-headline wres-headline--{tone}">{badge}{text}{detail}</div>'


def _prose(block: Mapping[str, Any]) -> str:
    return f'<div class="wres-prose">{_paragraphs(block["paragraphs"])}</div>'


def _markdown_block(block: Mapping[str, Any]) -> str:
    title = _paragraphs([block.get("title") or ""], "wres-markdown__title")
    return f'<div class="wres-markdown">{title}{markdown_html(block["source"])}</div>'


def _cell(cell: str | Mapping[str, Any], column: Mapping[str, str], header: bool) -> str:
    content = _cell_content(cell)
    attributes = f' class="wres-table__cell--{_identifier(column.get("kind", "text"))}"'
    if header:
        return f'<th scope="row" role="rowheader"{attributes}>{content}</th>'
    return f'<td role="cell"{attributes} data-label="{escape(column["label"])}">{content}</td>'


def _cell_content(cell: str | Mapping[str, Any]) -> str:
    if isinstance(cell, str):
        return escape(cell)
    if "years" in cell:
        return _years(cell)
    return status_html(cell["text"], cell["status"]) if "status" in cell else _interval(cell)


def _years(cell: Mapping[str, Any]) -> str:
    """Return a small line of years, broken where it may not be joined, this year's place a dot; the words under it say the rest."""
    stretches = [[(round(100 * across, 1), round(20 * down, 1)) for across, down in stretch] for stretch in cell["years"]]
    lines = "".join(
        f'<path d="M{" L".join(f"{across} {down}" for across, down in stretch)}" fill="none" stroke="currentColor" stroke-width="2"/>'
        if len(stretch) > 1 else f'<circle cx="{stretch[0][0]}" cy="{stretch[0][1]}" r="1.6" fill="currentColor"/>'
        for stretch in stretches
    )  # fmt: skip
    across, down = stretches[-1][-1]
    return (
        f'<svg class="wres-interval wres-interval--years" viewBox="-4 -5 108 30" width="80" height="22" aria-hidden="true">{lines}'
        f'<circle cx="{across}" cy="{down}" r="4" fill="currentColor"/></svg><span class="wres-interval__words">{escape(cell["text"])}</span>'
    )


def _interval(cell: Mapping[str, Any]) -> str:
    """Return a value with its interval on a line 100 wide; the words under it say the same."""
    lower, value, upper, neutral = (round(100 * cell[key], 1) for key in ("lower", "value", "upper", "neutral"))
    return (
        '<svg class="wres-interval" viewBox="-4 0 108 16" width="108" height="16" aria-hidden="true">'
        f'<path d="M0 8H100" stroke="currentColor" stroke-width="1" opacity=".35"/>'
        f'<path d="M{neutral} 1V15" stroke="currentColor" stroke-width="1.5"/>'
        f'<path d="M{lower} 8H{upper}" stroke="currentColor" stroke-width="4"/><circle cx="{value}" cy="8" r="5" fill="currentColor"/></svg>'
        f'<span class="wres-interval__words">{escape(cell["text"])}</span>'
    )


def _table(block: Mapping[str, Any]) -> str:
    """Return a table. On a narrow screen each of its rows becomes a short stack; the roles keep it a table when set in blocks."""
    identifier = _identifier(block["id"])
    head = "".join(
        f'<th scope="col" role="columnheader" class="wres-table__cell--{_identifier(column.get("kind", "text"))}">{escape(column["label"])}</th>'
        for column in block["columns"]
    )
    table = (
        f'<table class="wres-table" id="{identifier}" role="table">'
        f'<caption id="{identifier}-caption"><span>{escape(block["caption"])}</span></caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead><tbody role="rowgroup">{_body(block)}</tbody></table>'
    )
    if block.get("working"):  # an analyst's own tables may be of any width: they scroll, and the keyboard reaches them
        table = f'<div class="wres-table__scroll" role="group" aria-labelledby="{identifier}-caption" tabindex="0">{table}</div>'
    return f'<div class="wres-table-block">{table}{_paragraphs(block.get("notes") or [], "wres-note")}</div>'


def _body(block: Mapping[str, Any]) -> str:
    columns, row_header = block["columns"], bool(block.get("row_header", True))
    lines = []
    for row in block["rows"]:
        cells = zip(row, columns, strict=True)
        told = "".join(_cell(cell, column, row_header and place == 0) for place, (cell, column) in enumerate(cells))
        lines.append(f'<tr role="row">{told}</tr>')
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
        f"{_paragraphs(block.get('notes') or [], 'wres-note')}{_numbers(block)}</figure>"
    )


def numbers_of(figure: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the table behind a chart (a table block): its own, or one made of the file of figures."""
    data = figure["data"]
    columns = [
        {"key": name, "label": "BME" if name == "bme" else name.replace("_", " ").capitalize(), "kind": "text"} for name in data["columns"]
    ]
    made = {
        "kind": "table",
        "id": f"{figure['id']}-numbers",
        "caption": figure["title"],
        "columns": columns,
        "row_header": True,
        "notes": [],
    }
    return figure.get("numbers") or {**made, "rows": [["" if cell is None else str(cell) for cell in row] for row in data["rows"]]}


def _numbers(figure: Mapping[str, Any]) -> str:
    table = numbers_of(figure)
    return f'<details class="wres-numbers"><summary>Numbers behind this chart</summary>{_table(table)}</details>' if table["rows"] else ""


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


def _findings(block: Mapping[str, Any]) -> str:
    items = "".join(
        f'<li><strong>{escape(item["text"])}</strong> <span class="wres-findings__source">{escape(item["source"])}</span></li>'
        for item in block["items"]
    )
    return f'<ol class="wres-findings">{items}</ol>'


def _strip(block: Mapping[str, Any]) -> str:
    items = "".join(
        f'<li class="wres-strip__item"><span class="wres-strip__title">{escape(item["indicator"])}. {escape(item["title"])}</span> '
        f"{status_html(item['label'], item['status'])}</li>"
        for item in block["items"]
    )
    return f'<ul class="wres-strip">{items}</ul>'


def _panels(block: Mapping[str, Any]) -> str:
    level = int(block.get("level", 3))
    items = "".join(
        f'<div class="wres-panels__item"><h{level} class="wres-panels__title">{escape(item["title"])}</h{level}>'
        f"<ul>{''.join(f'<li>{escape(point)}</li>' for point in item['points'])}</ul></div>"
        for item in block["items"]
    )
    return f'<div class="wres-panels">{items}</div>'


def _cards(block: Mapping[str, Any]) -> str:
    items = "".join(
        f'<li class="wres-cards__item"><p class="wres-cards__title"><strong>{escape(item["title"])}</strong> '
        f"{status_html(item['label'], item['status'])}</p><p>{escape(item['text'])}</p>"
        f"<dl>{''.join(f'<div><dt>{escape(label)}</dt> <dd>{escape(text)}</dd></div>' for label, text in item['details'])}</dl></li>"
        for item in block["items"]
    )
    return f'<ul class="wres-cards">{items}</ul>'


_MAKERS: dict[Any, Callable[[Mapping[str, Any]], str]] = {
    "headline": _headline,
    "prose": _prose,
    "markdown": _markdown_block,
    "table": _table,
    "figure": _figure,
    "facts": _facts,
    "notice": _notice,
    "findings": _findings,
    "strip": _strip,
    "panels": _panels,
    "cards": _cards,
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

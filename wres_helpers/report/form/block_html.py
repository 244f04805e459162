"""Blocks as HTML: everything escaped, every table headed, every picture in words.

`block_html` makes the fragment that JupyterLab shows and that the section pages are made of. It takes the JSON form of a block (see
`blocks.py`), never a Python object, so that a saved notebook renders like a live one. How each kind looks: `templates/blocks.html.j2`.
"""

import base64
import re
from collections.abc import Mapping
from functools import cache
from html import escape, unescape
from importlib import resources
from typing import Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from wres_helpers.report.form import phrases
from wres_helpers.report.form.limited_markdown import parse_markdown
from wres_helpers.report.form.status_looks import look
from wres_helpers.report.form.topics import anchor_of

#: So few letters are narrower than a thumb.
SHORT = 3


def block_html(block: Mapping[str, Any], anchors: Mapping[str, tuple[str, str]] | None = None) -> str:
    """Return one block (its JSON form) as an HTML fragment, where sentences lead to those ``anchors`` of its page that they name.

    An anchor has its place in the page and what stands there: that is read aloud with a bare number, for a link called "1" says nothing to
    who goes from link to link.

    Raises ValueError: the kind of the block is unknown.
    """
    kind = block.get("kind")
    macro = vars(macros()).get(kind)  # one for each kind that a notebook makes or a page has
    if macro is None:
        raise ValueError(f"Unknown kind of block: {kind!r}.")
    shown = dict(block)
    if kind == "markdown":
        shown["nodes"] = parse_markdown(shown.pop("source"))
    elif kind == "figure":
        picture = base64.b64encode(shown.pop("svg").encode("utf-8")).decode("ascii")
        shown |= {"picture": picture, "numbers": {**block["numbers"], "id": f"{block['id']}-numbers"}}
    anchors = anchors or {}
    links = {
        text: {escape(words): _link(words, *anchors[anchor]) for words, anchor in named.items()}
        for text, named in links_in(shown.pop("about", {}), anchors).items()
    }
    html = str(macro(_escaped(shown, links)))
    return f'<div class="wres-working">{html}</div>' if block.get("working") else html


def in_notebook(*blocks: Mapping[str, Any]) -> str:
    """Return blocks (their JSON form) as JupyterLab shows them, with a small style sheet; "150 of 1,605" stays on one line there."""
    shown = "".join(map(block_html, blocks))
    return f"<style>{_one_line('notebook.css')}</style>" + re.sub(r"(?<=\d) (of|to) (?=[\d+−])", "\u00a0\\1\u00a0", shown)


def links_in(about: Mapping[str, Any], anchors: Mapping[str, tuple[str, str]]) -> dict[str, dict[str, str]]:
    """Return by text the words in it that lead somewhere, each with its anchor: of the texts with topics, those anchors that there are."""
    found = {
        text: {_leading(text, anchor, anchors[anchor][1]): anchor for anchor in topic["leads_to"] if anchor in anchors}
        for text, topic in about.items()
    }
    return {text: words for text, words in found.items() if words}


def _leading(text: str, anchor: str, name: str) -> str:
    """Return the words of a text that lead to a place: all of a row's name ('2. Being appointed', 'indicator 2'), the place's whole name, or its number."""
    number, first = anchor.partition("-")[2].replace("-", " "), text.partition(",")[0]
    if text.startswith(f"{number}. "):
        return text
    is_indicator = anchor == anchor_of(number) and first.partition(" ")[2] == number  # no verb before an action's number is of its name
    return first if is_indicator else name if name in text else number


def _link(words: str, place: str, name: str) -> str:
    spoken = "" if name.startswith(words) or ". " in words else f' aria-label="{escape(name)}"'
    short = ' class="wres-short"' * (len(words) <= SHORT)  # for a thumb
    return f'<a href="#{place}"{short}{spoken}>{escape(words)}</a>'


def together(text: str) -> Markup:
    """Return a heading as HTML whose numbers stay on one line: 'Indicators <5 and 6:> harassment'."""
    return Markup(re.sub(r"\b\w+ and \d\w*:", lambda found: f'<span class="wres-together">{found[0]}</span>', str(escape(text))))


def _escaped(value: Any, links: Mapping[str, Mapping[str, str]]) -> Any:
    """Return a value with every text in it as HTML, and links in the texts that lead somewhere."""
    if isinstance(value, str):
        html, named = escape(value), links.get(value, {})
        words = "|".join(map(re.escape, named))
        return Markup(re.sub(rf"(?<!\w)({words})(?!\w)", lambda word: named[word[0]], html) if named else html)
    if isinstance(value, Mapping):
        return {key: _escaped(each, links) for key, each in value.items()}
    return [_escaped(each, links) for each in value] if isinstance(value, list | tuple) else value


@cache
def macros() -> Any:
    """Return the template of the blocks, a macro for each kind; compiled once in a process and its forks."""
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    environment.globals["look"] = look
    environment.filters |= {"heard": phrases.heard, "small": phrases.small}
    # text (as HTML) reduced to letters, digits, hyphens and underscores, safe in an id or a class
    environment.filters["identifier"] = lambda text: re.sub(r"[^A-Za-z0-9_-]+", "-", unescape(text)).strip("-") or "block"
    return environment.from_string(_one_line("blocks.html.j2")).module


def _one_line(name: str) -> str:
    text = (resources.files("wres_helpers.report") / "templates" / name).read_text(encoding="utf-8")
    return "".join(line.strip() for line in text.splitlines())

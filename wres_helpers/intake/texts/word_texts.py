"""Texts as Word has them: Markdown texts written into a Word file, and such a file read back as the texts under its headings.

A paragraph that Markdown spreads over lines is one paragraph in Word, a point of a list another; what counts by its lines (a table, a quotation,
code, a note to the writer) is one paragraph with breaks. What a text cannot hold, as a footnote, is refused and never left out.
"""

import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.exceptions import InvalidXmlError
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from wres_helpers.problems import InputProblems, Problem
from wres_helpers.tables.cell_readers import shown_cell
from wres_helpers.tables.workbook_grids import DAMAGED

#: What stands under the heading of a text that is yet to be written; read back it is no text.
_BLANK = "Nothing written yet."

#: What stands above the first heading; nobody's text.
_TOLD = (
    "Every heading below names one text of the report (.done: what was done, .planned: what will be); please change what stands under it, with "
    "tracked changes if you like, and leave the headings as they are. A line that begins with '- ' is a point of a list. Once a text is this "
    "year's, take its line 'To be rewritten' out."
)

#: The name of the bookmark in which a heading says what its text was when it went out begins so.
_MARK = "text_as_exported_"

_POINT = re.compile(r"[ ]*(?:[-*+]|\d{1,9}[.)]) ")
_BY_LINES = re.compile(r" {4}|\s*(?:[|>#]|```|~~~|<!--)|[\s|:=-]*(?:--|==)[\s|:=-]*$")
_OPENS = {"```": "```", "~~~": "~~~", "<!--": "-->"}


class WordText(NamedTuple):
    """What stands under one heading: the text, what the heading says it was when it went out (a digest; '' where it does not), comments."""

    text: str
    exported: str
    comments: int


def word_file(title: str, texts: Mapping[str, str]) -> bytes:
    """Return a Word file of texts below their names, with a word for each that is yet to be written.

    A heading holds, where nobody sees it, what its text was (:func:`digest`), so that a change made meanwhile is not written over.
    """
    word = docx.Document()
    word.core_properties.title = title
    word.add_paragraph(_TOLD).runs[0].italic = True
    for name, text in texts.items():
        heading = word.add_heading(name, 1)
        for tag, named in (("w:bookmarkStart", {qn("w:name"): _MARK + digest(text)}), ("w:bookmarkEnd", {})):
            heading._p.append(heading._p.makeelement(qn(tag), {qn("w:id"): str(int(digest(name)[:6], 16)), **named}))
        for paragraph in word_paragraphs(text) or [_BLANK]:
            word.add_paragraph(paragraph)
    word.save(content := io.BytesIO())
    return content.getvalue()


def digest(text: str) -> str:
    """Return a digest of a text, whatever lines it is spread over."""
    return hashlib.sha256(flowing(text).encode()).hexdigest()[:16]


def word_paragraphs(text: str) -> list[str]:
    """Return the paragraphs that a Markdown text has in Word; a line break is one within a paragraph."""
    paragraphs: list[str] = []
    for block in _blocks(text.expandtabs(4)):
        if _counts_by_lines(block):
            paragraphs.append("\n".join(block))
            continue
        for place, line in enumerate(block):
            if not place or _POINT.match(line):
                paragraphs.append(line)
            elif paragraphs[-1].endswith("\\"):
                paragraphs[-1] = f"{paragraphs[-1][:-1].rstrip()}\n{line.strip()}"
            else:
                paragraphs[-1] += f" {line.strip()}"
    return paragraphs


def flowing(text: str) -> str:
    """Return a text as it comes back from Word when nobody changed it: a paragraph a line, whatever lines it was spread over."""
    return _joined(word_paragraphs(text))


def _blocks(text: str) -> Iterator[list[str]]:
    """Give the lines between empty lines; code and comments are whole, empty lines and all. Two spaces at the end, a break, become a backslash."""
    lines, closes = list[str](), ""
    for line in text.splitlines():
        if not closes and not line.strip():
            yield from [lines] * bool(lines)
            lines = []
            continue
        lines.append(line if closes else re.sub(r" {2,}$", r"\\", line).rstrip())
        opened = next((sign for sign in _OPENS if sign in line), "")
        if closes:
            closes = "" if closes in line else closes
        elif opened and _OPENS[opened] not in line.partition(opened)[2]:
            closes = _OPENS[opened]
    yield from [lines] * bool(lines)


def _counts_by_lines(lines: list[str]) -> bool:
    return any(_BY_LINES.match(line) for line in lines)


def _joined(paragraphs: list[str]) -> str:
    """Return the text of paragraphs: points of one list below each other, everything else with an empty line between.

    What is set in below a point is a further paragraph of it, and nothing elsewhere.
    """
    text, in_list, point_before = "", False, False
    for paragraph in paragraphs:
        lines, is_point = paragraph.split("\n"), bool(_POINT.match(paragraph))
        by_lines, in_list = _counts_by_lines(lines), is_point or (in_list and paragraph.startswith("  "))
        within = "\n" if by_lines else "\\\n  " if in_list else "\\\n"
        text += ("\n" if point_before and is_point else "\n\n") + within.join(lines if by_lines or in_list else map(str.strip, lines))
        point_before = is_point
    return text.strip("\n")


def read_word_texts(source: Path) -> dict[str, WordText]:
    """Return the texts of a Word file by their headings, every tracked change accepted; bold, italics, lists, links and lower headings as Markdown.

    Raises InputProblems: the file is not there, is no Word file, has a heading twice, or holds what no text can.
    """
    try:
        above, *parts = _parts(docx.Document(io.BytesIO(source.read_bytes() if source.is_file() else b"")))
    except (PackageNotFoundError, InvalidXmlError, *DAMAGED, AttributeError, TypeError):  # cut short, or of another kind
        raise InputProblems.of(str(source), "a Word file (.docx)", "Save the file as .docx and name it again.") from None
    told = [
        Problem(f"{source}, {part.name}".removesuffix(", "), "words under headings", _TAKE_OUT, found=what + f", {many} times" * (many > 1))
        for part in (above, *parts)
        for what, many in part.no_text.items()
    ]
    for name, many in Counter(part.name for part in parts).items():
        if many > 1:
            action = "Take one out, with its text, or make one text of both."
            told.append(Problem(str(source), "each heading once", action, found=f"{shown_cell(name)}, {many} times"))
    for text in above.paragraphs:
        if text.strip("*") != _TOLD:
            found = f"above the first heading {shown_cell(text)}"
            told.append(Problem(str(source), "words under headings alone", "Put these under the heading of their text.", found=found))
    InputProblems.raise_if_any(told)
    return {part.name: WordText(flowing(_joined(part.paragraphs)), part.exported, part.comments) for part in parts}


@dataclass
class _Part:
    """A heading, with what stands under it; the first of a file has no name."""

    name: str = ""
    exported: str = ""
    paragraphs: list[str] = field(default_factory=list)
    comments: int = 0
    no_text: Counter[str] = field(default_factory=Counter)


def _parts(word: Any) -> list[_Part]:
    parts, before = [_Part()], ""
    for element in _paragraphs_below(word.element.body):
        parts[-1].no_text.update(_NO_TEXT[part.tag] for part in _standing(element, *_NO_TEXT))
        parts[-1].comments += sum(1 for _ in _standing(element, qn("w:commentReference")))
        if element.tag != qn("w:p"):
            continue
        paragraph = Paragraph(element, word._body)
        style = (paragraph.style.name if paragraph.style is not None else "") or ""
        text = before + _words(paragraph, marked=not style.startswith("Heading"))
        before = ""
        if element.find("w:pPr/w:rPr/w:del", element.nsmap) is not None:  # its end was taken out: it goes on in the next
            before = text
        elif style == "Heading 1":
            names = (mark.get(qn("w:name")) or "" for mark in element.iter(qn("w:bookmarkStart")))
            parts.append(_Part(text.strip(), next((name.removeprefix(_MARK) for name in names if name.startswith(_MARK)), "")))
        elif text.strip() not in ("", _BLANK):
            parts[-1].paragraphs.append(_led(paragraph, style, "\n".join(map(str.rstrip, text.strip("\n").split("\n")))))
    parts[-1].paragraphs += [before] * bool(before.strip())
    return parts


#: What is taken out by a tracked change, how something looked before one, and how the end of a paragraph looks.
_GONE = {qn(f"w:{name}") for name in ("del", "moveFrom", "rPrChange", "pPr")}
_HOLDS_PARAGRAPHS = {qn(f"w:{name}") for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo")}
_TAKE_OUT = "Write it in words, or take it out; a table can be written in Markdown."
_NO_TEXT = {
    qn("w:tbl"): "a table",
    qn("w:altChunk"): "another file set in",
    qn("w:drawing"): "a picture or a text box",
    qn("w:pict"): "a picture or a text box",
    qn("w:object"): "an object of another program",
    qn("w:footnoteReference"): "a footnote",
    qn("w:endnoteReference"): "an endnote",
    qn("m:oMath"): "a formula",
    qn("w:sym"): "a sign of a font of its own",
    qn("w:strike"): "words struck through by hand",
    qn("w:dstrike"): "words struck through by hand",
}


def _paragraphs_below(parent: Any) -> Iterator[Any]:
    """Give the paragraphs of a document in their order, those in fields to fill in among them, and whatever else is no paragraph."""
    for child in parent.iterchildren():
        if child.tag in _HOLDS_PARAGRAPHS:
            yield from _paragraphs_below(child)
        elif child.tag == qn("w:p") or child.tag in _NO_TEXT:
            yield child


def _standing(element: Any, *tags: str) -> Iterator[Any]:
    """Give the parts of a paragraph that stand once every tracked change is accepted; a property that is switched off is none."""
    for part in element.iter(*tags):
        off = part.get(qn("w:val")) in ("0", "false", "off") and not len(part)
        if not off and not any(above.tag in _GONE for above in part.iterancestors()):
            yield part


_SIGNS = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): " ", qn("w:noBreakHyphen"): "-"}


def _words(paragraph: Paragraph, marked: bool) -> str:
    """Return the words of a paragraph, ``marked`` as Markdown where they are bold, in italics or a link."""
    parts: list[tuple[str, tuple[str, str]]] = []
    for run in _standing(paragraph._p, qn("w:r")):
        text = "".join(_SIGNS.get(part.tag) or part.text or "" for part in run.iterchildren(qn("w:t"), *_SIGNS))
        parts += [(text, (_emphasis(run), _link(paragraph, run)) if marked else ("", ""))] * bool(text)
    whole = ""
    for (sign, link), run in groupby(parts, lambda part: part[1]):
        text = "".join(piece for piece, _ in run)
        bare = text.strip()
        if bare and link and bare.rstrip("/") != link.rstrip("/"):
            text = text.replace(bare, bare := f"[{bare}]({link})")
        whole += text.replace(bare, f"{sign}{bare}{sign}") if bare and "*" not in bare and "\n" not in bare else text
    return whole


def _emphasis(run: Any) -> str:
    """Return the signs of Markdown around a run: '**' where it is bold, '*' in italics, '***' in both."""
    style = run.find("w:rPr/w:rStyle", run.nsmap)
    named = "" if style is None else style.get(qn("w:val"))
    bold = any(True for _ in _standing(run, qn("w:b"))) or named == "Strong"
    italic = any(True for _ in _standing(run, qn("w:i"))) or named == "Emphasis"
    return "**" * bold + "*" * italic


def _link(paragraph: Paragraph, run: Any) -> str:
    """Return where a run leads, '' where it is in no link, or in one within the file."""
    number = next((link.get(qn("r:id")) for link in run.iterancestors(qn("w:hyperlink"))), None)
    return paragraph.part.rels[number].target_ref if number in paragraph.part.rels else ""


def _led(paragraph: Paragraph, style: str, text: str) -> str:
    """Return the text of a paragraph with what Markdown leads it with: of a point that Word made, or of a lower heading."""
    if level := re.fullmatch(r"Heading ([2-6])", style):
        return "#" * int(level[1]) + f" {text}"
    if _POINT.match(text) or (number := _numbered(paragraph)) is None:
        return text
    ordered, depth = number
    return "  " * depth + ("1. " if ordered else "- ") + text


def _numbered(paragraph: Paragraph) -> tuple[bool, int] | None:
    """Return of a point of a list of Word whether it has a number, and how deep it lies; None of any other paragraph."""
    places, style = [paragraph._p.pPr], paragraph.style
    while style is not None:
        places.append(style.element.pPr)
        style = style.base_style
    found = next((place.numPr for place in places if place is not None and place.numPr is not None), None)
    if found is None or found.numId is None or not found.numId.val:
        return None
    depth = 0 if found.ilvl is None else found.ilvl.val
    lists = next((each.target_part for each in paragraph.part.rels.values() if each.reltype == RELATIONSHIP_TYPE.NUMBERING), None)
    if lists is None:
        return False, depth
    numbering = lists.element
    [of] = numbering.xpath(f"w:num[@w:numId='{found.numId.val}']/w:abstractNumId/@w:val") or [""]
    kinds = numbering.xpath(f"w:abstractNum[@w:abstractNumId='{of}']/w:lvl[@w:ilvl='{depth}']/w:numFmt/@w:val")
    return kinds not in ([], ["bullet"], ["none"]), depth

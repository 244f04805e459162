"""The narrative: what people write for each section of a year's report, one file a text, held to what a page can print."""

import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path

from wres_helpers.intake.texts.named_figures import figure_problems
from wres_helpers.problems import NO_WIDTH, InputProblems, Problem, system_problem
from wres_helpers.settings.master_file import FURTHER_SECTIONS
from wres_helpers.settings.parameters import Parameters
from wres_helpers.tables.cell_readers import JOINED, TURNING
from wres_helpers.tables.declared import Reading
from wres_helpers.tables.grids import bytes_of

#: Bullets that Word sets from its own symbol fonts; in a text they begin list items.
_WORD_BULLETS = "\uf0b7\uf0a7\uf0d8\uf0fc\uf02d\uf076\u2022\u25aa\u25cf"
_BULLET_LINE = re.compile(rf"^([ \t]*)[{_WORD_BULLETS}][ \t]*", re.MULTILINE)
#: Signs that no font has and nobody sees: a bell, a form feed, a line separator of another system, and what turns letters round.
_CONTROL = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029{TURNING}]|^[^\\S\n]*{NO_WIDTH.pattern}(?=[^\\S\n]*[#|>*+-])", re.MULTILINE)
#: How documents of other programs begin that are written in plain signs.
_OTHER_KIND = re.compile(r"\s*(?:\{\\rtf|%PDF-|%!PS|From: .*\nMIME)")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_CODE = re.compile(r"(`++)(?:(?!\1).)*\1")  # a run of these signs as a whole: to try its parts takes for ever

#: What a program that writes Markdown puts above a text: a block between fences, or lines that name who wrote it.
_FENCE = re.compile(r"^\s*(?:-{3,}|\+{3,}|;{3,}|\u2014+)\s*(?:#.*|yaml|toml|json)?$", re.IGNORECASE)
_FIELD = re.compile(r"""^\s*["']?[A-Za-z][\w .-]{0,40}["']?\s*[:=]""")
_WRITER = re.compile(
    r"""^\s*(?:%\s|["']?(?:authors?|written by|editors?|creator|last[ _-]?(?:modified|edited)[ _-]?by|e-?mail)["']?\s*[:=])""",
    re.IGNORECASE,
)

#: Texts that stand where somebody has yet to write.
_PLACEHOLDER = re.compile(
    r"^\W*to be rewritten\b"
    r"|^\W*(?:(?:the |this )?(?:text|section|foreword) )?(?:is |still )?to (?:follow|be (?:written|drafted|completed|confirmed|added|supplied))\W*$"
    r"|^\W*awaiting (?:sign-?off|approval|confirmation|text|wording)\W*$"
    r"|^\W*(?!we |they )(?:[\w'’]+ ){0,2}(?:dates?|names?|figures?|quotes?|venue|owner|lead) to be (?:confirmed|supplied|provided|inserted)\W*$"
    r"|^\W*(?:nothing written yet|text goes here|placeholder(?: text)?|n/?a|x+)\W*$|\bdraft text\b|\b(?:text|wording) to follow\b"
    r"|\bclick (?:or tap )?(?:here )?to (?:enter|add|insert) (?:a |some |your )?text\b"
    r"|\bthis is the text of 20\d\d|\blorem ipsum\b|[\[<](?:insert|add|enter|tbc|todo|xx+)\b[^\]>]*[\]>](?!\()|\b(?:TODO|TBC|TBD|FIXME)\b|\bX{3,}\b"
    r"|\[[^\]]*\bto (?:be )?(?:add|complete|confirm|follow|insert|provide|suppl(?:y|ied)|writ(?:e|ten))(?:e?d)?\b[^\]]*\](?!\()"
    r"|\bX+ ?(?:%|per ?cent)|\?{3}|<<[^<>]*>>|^\W*(?:your |add )?text here\W*$|^\W*draft(?:\s*[-–—:(].*|\W*)$"
    # a letter's field, a reference that Word lost, a picture that post left behind, blanks to be filled in
    r"|^\s*(?:[-*+]\s+)?(?:\.{2,}|…)\s*$|«[^«»]+»|\berror! (?:reference|bookmark)\b|\[cid:[^\]]*\]|_{5,}|…{3,}|\.{6,}",
    re.IGNORECASE,
)

_FINAL, _WRITE_IT = "the text of a final report", "Write the text, or set report.state to draft in the master file."

_TAG = re.compile(
    r"</[a-z][\w-]*>|<[a-z][^<>:]*/>|<(?:a|abbr|b|big|blockquote|br|center|code|div|em|font|h[1-6]|hr|i|iframe|img|li|ol|p|pre|s|script|small|span"
    r"|strong|style|sub|sup|table|tbody|td|th|thead|tr|u|ul)(?:\s[^<>]*)?>",
    re.IGNORECASE,
)

#: Words in square brackets with the beginning of an address, and an address in pointed ones, that do not end as a link does.
_UNFINISHED_LINK = re.compile(
    r"""(?<!\\)\]\((?![ \t]*(?:<[^<>]*>|(?:[^\s()]|\([^\s()]*\))*)(?:[ \t]+(?:"[^"]*"|'[^']*'))?[ \t]*\))|(?<!\()<https?://[^<>]*(?:[ \t][^<>]*>|$)"""
)

_LINE_ACROSS = "a line across the page"

#: Markdown that a page does not print, what it is called, and what to do instead.
_NOT_PRINTED = (
    (re.compile(r"(?<!\\)!\["), "a picture", "Take it out; a report prints no pictures but its charts."),
    (_TAG, "an HTML tag", "Write Markdown: **bold**, *emphasis*, lists, tables."),
    (re.compile(r"\[\^[^\]]+\]"), "a footnote", "Write it into the sentence."),
    (re.compile(r"^[ \t]*[-*+][ \t]+\[[ xX]\]"), "a box to tick", "Write it as a list."),
    (re.compile(r"~~\S.*?~~"), "a text struck through", "Take it out."),
    (re.compile(r"^[ \t]*(?:(?:[-*+]|[0-9]+[.)])[ \t]+)?(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$"), _LINE_ACROSS,
     "Take it out; a heading parts a text."),
    (re.compile(r"[A-Za-z](?![\u0394\u03a9\u03bc\u03c0])[\u0370-\u052f]|(?![\u0394\u03a9\u03bc\u03c0])[\u0370-\u052f][A-Za-z]"),
     "letters of two alphabets in one word", "Type the word anew; a letter of it looks like one of ours and is another."),
    (re.compile(r"==\S.*?==|(?<=\w)(~|\^)\w{1,4}\1"), "a marked, raised or lowered text", "Take the signs out."),
    (re.compile(r"^[ \t]*:::"), "a box", "Write it as a paragraph."),
    (re.compile(r"^:[ \t]"), "a definition", "Write it as a list."),
    (re.compile(r"\\[a-zA-Z]{2,}|\$[^$\s][^$]*[\\^_=][^$]*\$"), "a command or formula of another program", "Write it in words."),
    (re.compile(r"\S\t+[^\t]*\S\t+\S"), "cells parted by tabs", "Write a table with bars: | Heading | Heading |."),
    (re.compile(r"^[ \t]*\|?[ \t]*:?-+:?[ \t]*\+"), "a grid table", "Write a table with bars: | Heading | Heading |."),
    (re.compile(r"^\s*\S.*\|[ \t]*:?-{3,}:?[ \t]*\|.*[^-:|\s]"), "a table on one line", "Write each of its rows on a line of its own."),
    (re.compile(r"[^\s#>-][ \t]+#{2,6}[ \t]+\w"), "a heading within a line", "Begin a line with it, with a blank line above and below."),
    (re.compile(r"^(?:\t| {4})\s*(?:#{1,6}[ \t]+\w|\|.*\|[ \t]*$)"), "a heading or table further in", "Take the spaces before it out."),
    (re.compile(r"[^\W\d_]{100}"), "a word of a hundred letters and more", "Part it; a line of the page holds no such word."),
    (re.compile("(?=[^ \t|]{100})[^ \t|]*[\u00a0\u202f]"), "a hundred signs and more without a place to break the line", "Type its spaces anew."),
    (_UNFINISHED_LINK, "a link that is not finished", "Write [words](https://www.example.org), without spaces in the address."),
    (re.compile(r"^[ \t]*(?:[-*+][ \t]+|[0-9]+[.)][ \t]*)$"), "a point of a list that says nothing", "Take it out, or write it."),
    (re.compile(r"^[ \t]*(?:[-*+]|[0-9]+[.)])[ \t]+[-*+][ \t]+\S"), "a point within a point", "Take one of its two signs out."),
    (re.compile(r"^ {0,3}#{1,6}(?:[ \t]*$|[ \t]+#+(?:[ \t]|$))"), "a heading that says nothing, or is one twice", "Take its signs out, or some of them."),
    (re.compile(rf"https?://\S*{NO_WIDTH.pattern}"), "a sign of no width in an address", "Type the address anew."),
)  # fmt: skip
#: Points of a list as Markdown has them, and as it has not: it takes them for the rest of the line above.
_POINT = re.compile(r"^[ \t]*(?:[-*+]|[0-9]+[.)])[ \t]")
_UNKNOWN_POINT = re.compile(r"^[ \t]*(?:\(?(?:[ivx]{1,4}|[a-h])[.)]|\([0-9]{1,2}\))[ \t]+\S", re.IGNORECASE)
_BOLD = re.compile(r"(?<![\\*])\*\*(?!\*)|(?<![\\*])\*\*\*(?!\*)")
#: More columns than these are no words wide on a page.
_MOST_COLUMNS = 12
_TABLE_LINE = re.compile(r"^[ \t]*\|.*\|[ \t]*$")
_TABLE_RULE = re.compile(r"^[ \t]*\|?[ \t]*:?-+:?[ \t]*(\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")


def narrative_folder(parameters: Parameters) -> Path:
    return parameters.data_folder() / "narrative"


def read_narrative(parameters: Parameters, complete: bool | None = None) -> dict[str, str]:
    """Return the text people wrote for this year, by the name of its file without ending.

    ``02_recruitment.done`` is what was done about recruitment, ``02_recruitment.planned`` what will be. Text nobody
    wrote is simply not there; the page says so. Figures named in braces stand as typed; a page writes them out.
    With ``complete`` every text must be there and none may be a placeholder; None asks it of a final report.

    Raises
    ------
    InputProblems
        A file or the folder cannot be read, or a text holds Markdown or signs that no page prints, or names a figure there is
        none of; in a final report, also a placeholder, or a text that its sections show and nobody wrote.
    """
    texts, problems = texts_and_problems(parameters, complete)
    InputProblems.raise_if_any(problems)
    return texts


def texts_and_problems(parameters: Parameters, complete: bool | None = None) -> tuple[dict[str, str], list[Problem]]:
    """Return the texts that can be read, and what is wrong with these and the others; see :func:`read_narrative`."""
    texts, problems, unread = {}, [], set()
    final = parameters.report.state == "final" if complete is None else complete
    for path in _text_files(parameters):
        shown = parameters.shown(path)
        try:
            written = bytes_of(path, shown).decode("utf-8").lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
            text = _BULLET_LINE.sub(lambda match: f"{match[1]}- ", written.translate(JOINED))
            if _OTHER_KIND.match(text):
                raise UnicodeDecodeError("utf-8", b"", 0, 0, "a document of another kind")
        except (UnicodeDecodeError, InputProblems) as error:
            action, found = "Save the file as plain text, UTF-8.", "other bytes, or a document of another program"
            no_text = Problem(shown, "plain text in UTF-8", action, found=found)
            problems += error.problems if isinstance(error, InputProblems) else [no_text]
            unread.add(shown)
        else:
            problems += text_problems(text, shown, final) + figure_problems(text, shown, parameters)
            texts[path.name.removesuffix(".md")] = text.strip()
    if final:
        folder = parameters.shown(narrative_folder(parameters))
        files = {f"{folder}/{name}.md": name for each in parameters.sections for name in texts_of(each)}
        action = "Write it, or set report.state to draft in the master file."
        lacking = [file for file, name in files.items() if file not in unread and not _says_something(texts.get(name, ""))]
        problems += [Problem(file, "the text of a final report", action, found="no text") for file in lacking]
    return texts, problems


def _text_files(parameters: Parameters) -> list[Path]:
    folder = narrative_folder(parameters)
    try:  # not glob: it passes over a folder that may not be read, and every text would be gone without a word
        files = sorted(folder.iterdir())
    except FileNotFoundError:
        return []
    except OSError as error:
        raise InputProblems([system_problem(error, parameters.shown(folder))]) from None
    return [path for path in files if path.name.endswith(".md") and path.name != "README.md"]


def text_problems(text: str, file: str, final: bool) -> list[Problem]:
    """Return what of a text cannot be printed, by line; of a final report also what somebody has yet to write."""
    controls = {(text.count("\n", 0, match.start()) + 1, match[0][-1]) for match in _CONTROL.finditer(text)}
    if controls:
        action = "Delete the sign (it is not seen), or type the line anew."
        found = [(row, f"the control sign U+{ord(sign):04X}") for row, sign in sorted(controls)]
        return [Problem(file, "text that can be read", action, row=row, found=sign) for row, sign in found]
    lines = _without_comments(text).split("\n")
    above = _front_matter(lines)
    if above:
        action = "Take out the lines down to the end of the block; a report names roles, not who wrote it."
        found = "front matter, which programs write above a text"
        return [Problem(file, "the text, from its first line on", action, row=above, found=found)]
    placeholders = [(row, found) for row, line in enumerate(lines, start=1) if (found := placeholder_in(line))] if final else []
    return [*_markdown_problems(lines, file), *(Problem(file, _FINAL, _WRITE_IT, row=row, found=found) for row, found in placeholders)]


def _front_matter(lines: list[str]) -> int:
    """Return the row in which a block above the text begins, 0 where there is none."""
    written = [(number, line) for number, line in enumerate(lines, start=1) if line.strip()][:2]
    if not written:
        return 0
    number, first = written[0]
    fenced = len(written) > 1 and _FENCE.match(first) and _FIELD.match(written[1][1])
    return number if fenced or _WRITER.match(first) else 0


def _without_comments(text: str) -> str:
    # the lines stay, so that what comes below keeps its number
    return _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), text)


def _markdown_problems(lines: list[str], file: str) -> Iterator[Problem]:
    fenced, expected = False, "Markdown that a page prints: paragraphs, lists, tables, links, bold, emphasis, headings"
    for number, line in enumerate(lines, start=1):
        if line.lstrip().startswith("```"):
            fenced = not fenced
        if fenced:
            continue
        bare = _CODE.sub("", line)
        for pattern, what, action in _NOT_PRINTED:
            if pattern.search(bare) and not (what == _LINE_ACROSS and _makes_a_heading(lines, number)):
                yield Problem(file, expected, action, row=number, found=what)
        if number > 1 and lines[number - 2].strip() and _UNKNOWN_POINT.match(bare):
            found = "a list of letters, which would be one paragraph"
            yield Problem(file, expected, "Begin its points with '- ' or '1. '.", row=number, found=found)
        for sign in dict.fromkeys(_PRIVATE.findall(line)):
            action = "Type the sign anew; Word set it from a font of its own."
            yield Problem(file, "signs that every font knows", action, row=number, found=f"the private sign U+{ord(sign):04X}")
    yield from _table_problems(lines, file)
    for is_text, block in groupby(enumerate(lines, start=1), lambda each: bool(each[1].strip())):
        bold = [number for number, line in block if is_text for _ in _BOLD.finditer(_CODE.sub("", line))]
        if len(bold) % 2:
            yield Problem(file, expected, "Write ** before and behind what is bold.", row=bold[-1], found="bold that is not closed")


def _makes_a_heading(lines: list[str], number: int) -> bool:
    """Tell whether a line of dashes stands right below a text, which is a heading then, and no point of a list."""
    above = lines[number - 2] if number > 1 else ""
    return bool(above.strip() and not _POINT.match(above) and re.fullmatch(r" {0,3}-{3,}[ \t]*", lines[number - 1]))


def _table_problems(lines: list[str], file: str) -> Iterator[Problem]:
    for in_table, numbered in groupby(enumerate(lines, start=1), lambda each: bool(_TABLE_LINE.match(each[1]))):
        (first, *_), block = zip(*numbered, strict=True)
        if not in_table:
            continue
        widths = [len(re.split(r"(?<!\\)\|", line.strip().strip("|"))) for line in block]
        if len(block) < 2 or not _TABLE_RULE.match(block[1]) or widths[1] != widths[0]:
            expected, action = "a table with a line of dashes under its headings", f"Write under the headings: |{'---|' * widths[0]}"
            yield Problem(file, expected, action, row=first, found="rows with bars and no such line")
            continue
        if widths[0] > _MOST_COLUMNS:
            action = "Leave columns out, or part the table in two."
            yield Problem(file, f"a table of at most {_MOST_COLUMNS} columns", action, row=first, found=f"{widths[0]} columns")
        expected = f"{widths[0]} cells, as the headings have"
        for row, width in enumerate(widths, start=first):
            if width != widths[0]:
                yield Problem(file, expected, "Complete the row.", row=row, found=f"{width} cells")


def _says_something(text: str) -> bool:
    """Tell whether there is a word in a text: dots and dashes are where one will stand."""
    return any(map(str.isalnum, _without_comments(text)))


def yet_to_be_written(texts: Mapping[str, str]) -> list[str]:
    """Return the names of the texts in which somebody has yet to write."""
    written = {name: _without_comments(text).split("\n") for name, text in texts.items() if _says_something(text)}
    return [name for name in texts if name not in written or any(map(_PLACEHOLDER.search, written[name]))]


def placeholder_in(text: str) -> str:
    """Return what to say of a text that stands where somebody has yet to write; nothing where none does."""
    match = _PLACEHOLDER.search(text)
    return f"a placeholder: '{match[0].strip()[:40]}'" if match else ""


def tell_placeholders(reading: Reading, parameters: Parameters) -> None:
    """Refuse, in a final report, the cells of a table that a page prints in which somebody has yet to write."""
    for column in reading.table.select_dtypes(("object", "str")) if reading.told_apart and parameters.report.state == "final" else ():
        for row, cell in reading.table[column].items():
            if isinstance(cell, str) and (found := placeholder_in(cell)):
                reading.wrong(_FINAL, _WRITE_IT, found, int(row), column)


def texts_of(section: str) -> tuple[str, ...]:
    """Return the names of the texts that a section shows: a further section has none, nor has the plan."""
    if section in ("10_action_plan", *FURTHER_SECTIONS):
        return ()
    own = ("foreword", "about") if section == "00_overview" else ()
    return (*own, f"{section}.done", f"{section}.planned")

"""``wres narrative``: all texts of a report out to one Word file, and what reviewers changed there back, section by section."""

import difflib
import re
from collections.abc import Collection
from pathlib import Path
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn

from wres_helpers.intake.narrative_texts import narrative_folder, read_narrative
from wres_helpers.problems import InputProblems, Problem
from wres_helpers.settings.parameters import load_parameters
from wres_helpers.tables.cell_readers import did_you_mean

_TOLD = (
    "Every heading below names one text of the report; please change what stands under it, with tracked changes if you like, and leave "
    "the headings as they are. A line that begins with '- ' is a point of a list."
)


def export_command(params: Path, target: Path) -> int:
    """Write all texts of a report into one Word file; return the exit code.

    Raises InputProblems: there is no text, or the file is there already: somebody may have written in it.
    """
    parameters = load_parameters(params)
    texts = read_narrative(parameters)
    if not texts:
        raise InputProblems.of(str(narrative_folder(parameters)), "texts (*.md)", "Write one first.", found="none")
    if target.exists():
        raise InputProblems.of(str(target), "a file that is not there yet", "Name another file.", found="a file of this name")
    word = docx.Document()
    word.core_properties.title = f"Texts of the report {parameters.year}, {parameters.organisation.name}"
    word.add_paragraph(_TOLD).runs[0].italic = True
    for name, text in texts.items():
        word.add_heading(name, 1)
        for line in text.splitlines():
            word.add_paragraph(line)
    word.save(str(target))
    print(f"{len(texts)} texts written to {target}")
    return 0


def import_command(params: Path, source: Path, take: Collection[str], take_all: bool) -> int:
    """Show what a Word file says otherwise than the texts of a report, and write those to take; return the exit code.

    Raises InputProblems: the file cannot be read as Word, or holds a heading, or a name to take is one, that no text has.
    """
    parameters = load_parameters(params)
    texts, read = read_narrative(parameters), texts_of_word(source)
    InputProblems.raise_if_any(_unknown(source, name, texts) for name in [*read, *take] if name not in texts)
    changed = {name: text for name, text in read.items() if text != _lines(texts[name])}
    for name, text in changed.items():
        print(f"\n{name}")
        for line in difflib.unified_diff(_lines(texts[name]).splitlines(), text.splitlines(), lineterm="", n=0):
            if not line.startswith(("---", "+++", "@@")):
                print(f"  {line}")
    taken = [name for name in changed if take_all or name in take]
    for name in taken:
        (narrative_folder(parameters) / f"{name}.md").write_text(changed[name] + "\n", encoding="utf-8", newline="\n")
    left = len(changed) - len(taken)
    print(
        f"\n{len(changed)} of {len(read)} texts changed; {len(taken)} written" + (f"; --take NAME takes the other {left}" if left else "")
    )
    return 0


def texts_of_word(source: Path) -> dict[str, str]:
    """Return the texts of a Word file by their headings, with all tracked changes accepted.

    Raises InputProblems: the file is not there, or is no Word file.
    """
    try:
        word = docx.Document(str(source))
    except (PackageNotFoundError, KeyError, ValueError, OSError):
        raise InputProblems.of(str(source), "a Word file (.docx)", "Save the file as .docx and name it again.") from None
    texts: dict[str, list[str]] = {}
    for paragraph in word.paragraphs:
        if paragraph.style is not None and paragraph.style.name == "Heading 1":
            texts[_accepted(paragraph)] = lines = []
        elif texts:
            lines.append(_accepted(paragraph))
    return {name: _lines("\n".join(lines)) for name, lines in texts.items()}


def _accepted(paragraph: Any) -> str:
    """Return the words of a paragraph as they are once every tracked change is accepted."""
    gone = (qn("w:del"), qn("w:moveFrom"))
    parts = (part for part in paragraph._p.iter(qn("w:t")) if not any(above.tag in gone for above in part.iterancestors()))
    return "".join(part.text or "" for part in parts).strip()


def _lines(text: str) -> str:
    """Return a text without spaces at the ends of lines, and with one empty line where several stood."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in text.splitlines())).strip()


def _unknown(source: Path, name: str, texts: Collection[str]) -> Problem:
    action = did_you_mean(name, texts, "Leave the headings as 'wres narrative export' wrote them.")
    return Problem(str(source), "headings that are names of texts", action, found=f"'{name}'")

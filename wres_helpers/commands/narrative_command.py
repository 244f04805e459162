"""``wres narrative``: all texts of a report out to one Word file, and what reviewers changed there back, section by section."""

import difflib
import os
import re
import sys
from collections.abc import Collection, Iterator
from pathlib import Path

from wres_helpers.intake.texts.named_figures import figure_problems
from wres_helpers.intake.texts.narrative_texts import narrative_folder, read_narrative, text_problems, texts_of
from wres_helpers.intake.texts.word_texts import digest, flowing, read_word_texts, word_file, word_paragraphs
from wres_helpers.intake.texts.written_together import complete_broken_off, write_together, writing
from wres_helpers.problems import InputProblems, Problem, told_together
from wres_helpers.settings.master_file_reader import load_parameters
from wres_helpers.settings.parameters import Parameters
from wres_helpers.tables.cell_readers import did_you_mean, shown_cell
from wres_helpers.tables.whole_file import whole

#: The longest line of a text that is shown whole; what changed of a longer one is shown by sentences.
_LONGEST = 400


def export_command(params: Path, target: Path) -> int:
    """Write all texts of a report into one Word file, with a heading for each that is yet to be written; return the exit code.

    Raises InputProblems: the file is there already: somebody may have written in it.
    """
    parameters = load_parameters(params)
    texts = _texts(parameters)
    if os.path.lexists(target):  # or a link, which would be written through
        raise InputProblems.of(str(target), "a file that is not there yet", "Name another file.", found="a file of this name")
    with whole(target) as aside:
        aside.write_bytes(word_file(f"Texts of the report {parameters.year}, {parameters.organisation.name}", texts))
    waiting = sum(not text for text in texts.values())
    print(f"{len(texts)} texts written to {target}" + f", {waiting} of them yet to be written" * bool(waiting))
    return 0


def _texts(parameters: Parameters) -> dict[str, str]:
    """Return what is written so far, by the names of all texts that the report has a place for, and of any others that are there."""
    places = [name for section in parameters.sections for name in texts_of(section)]
    return dict.fromkeys(places, "") | read_narrative(parameters, complete=False)  # they go out to be written


def import_command(params: Path, source: Path, take: Collection[str], take_all: bool) -> int:
    """Show what a Word file says otherwise than the texts of a report, and write those to take; return the exit code.

    A text that could not be printed, such as one that names a figure there is none of, stays as it is here; then 1 is returned if it was to be taken.

    Raises InputProblems: the file cannot be read as Word, or holds a heading, or a name to take is one, that no text has.
    """
    parameters = load_parameters(params)
    folder, year = narrative_folder(parameters), parameters.data_folder()
    complete_broken_off(year, parameters.shown(year))  # of an earlier import, whose texts read as the file has them now
    texts, marked = _texts(parameters), read_word_texts(source)
    read, exported = ({name: word[part] for name, word in marked.items()} for part in (0, 1))
    kept = "Leave the headings as 'wres narrative export' wrote them."
    InputProblems.raise_if_any(
        [
            *(
                Problem(str(source), "headings that are names of texts", did_you_mean(name, texts, kept), found=shown_cell(name))
                for name in [*read, *take]
                if name not in texts
            ),
            *_under_another_heading(source, texts, read),
        ]
    )
    changed = {name: text for name, text in read.items() if text != flowing(texts[name]) and digest(text) != exported[name]}
    for name, text in changed.items():
        print(f"\n{name}")
        for line in difflib.unified_diff(_pieces(flowing(texts[name])), _pieces(text), lineterm="", n=0):
            if not line.startswith(("---", "+++", "@@")):
                print(f"  {line[:_LONGEST]}" + f"\u2026 ({len(line) - 1:,} characters)" * (len(line) > _LONGEST))
    final, wrong = parameters.report.state == "final", set[str]()
    for name, text in changed.items():
        problems = [*text_problems(text, f"{source}, {name}", final), *figure_problems(text, f"{source}, {name}", parameters)]
        for told in told_together(problems):
            wrong.add(name)
            print(f"\nNot to be taken: {told}", file=sys.stderr)
    also_here = [name for name in changed if exported[name] and exported[name] != digest(texts[name])]
    for name in also_here:
        print(f"\n{name}: changed here too since the file was exported; only --take {name} writes it over", file=sys.stderr)
    wanted = {name for name in changed if name in take or (take_all and name not in also_here)}
    taken = wanted - wrong
    if taken:
        with writing(year, parameters.shown(year)):
            write_together(year, {folder / f"{name}.md": f"{changed[name]}\n".encode() for name in taken})
    left = changed.keys() - (taken | wrong)
    told = {"Written": taken, "Still to be taken, by --take NAME or --take-all": left, "Refused, as told above": wrong}
    named = (f"{what}: {', '.join(sorted(names))}." for what, names in told.items() if names)
    for name, word in marked.items():
        if word.comments:
            print(f"\n{name}: comments in {source.name}: {word.comments}; read them there")
    print(f"\n{len(changed)} of the {len(read)} texts read otherwise in {source.name}.", *named)
    return int(wanted != taken)


def _pieces(text: str) -> list[str]:
    """Return the lines of a text, a long one by its sentences."""
    return [piece for line in text.splitlines() for piece in ([line] if len(line) <= _LONGEST else re.split(r"(?<=[.!?]) ", line))]


def _under_another_heading(source: Path, texts: dict[str, str], read: dict[str, str]) -> Iterator[Problem]:
    """Give each text whose heading is gone from a Word file while its words stand there under another's, which would take them."""
    for name in texts.keys() - read.keys():
        lost = set(word_paragraphs(texts[name]))
        for other, text in read.items():
            if lost & set(word_paragraphs(text)) - set(word_paragraphs(texts.get(other, ""))):
                action = f"Type the heading {name} above its words again, in the style Heading 1."
                yield Problem(str(source), "each text under its own heading", action, found=f"words of {name} under {other}")

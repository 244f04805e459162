"""Whether a text that should name a role reads like a person's name: asked, never decided."""

import re
from collections.abc import Iterator

from wres_helpers.intake.spellings import spellings
from wres_helpers.problems import Problem
from wres_helpers.settings.parameters import Parameters
from wres_helpers.tables.declared import Reading

_TOLD = ("a role, never a person's name", "Is it a person? Then write the role; else leave it.", "what reads like a person's name")

_TITLED = re.compile(r"\b(mr|mrs|ms|miss|mx|dr|prof|professor|sir|dame|lord|lady|cllr|rev)\b\.?\s+[A-Z]", re.I)
_NAME_WORD = re.compile(r"[A-Z][a-z]+(?:['\u2019-][A-Za-z]+)*|[A-Z]['\u2019][A-Z][a-z]+|Mac[A-Z][a-z]+|Mc[A-Z][a-z]+")
_INITIAL = re.compile(r"[A-Z]\.?")


def reads_like_a_person(text: str) -> bool:
    """Tell whether a text, or a part of it, reads like a person's name: a title and a name, or two to four names without a word of a role.

    >>> [reads_like_a_person(text) for text in ("Ada Osei, Head of HR", "Dr Osei", "Chief Nurse", "OD; EDI lead")]
    [True, True, False, False]
    """
    if _TITLED.search(text) or "@" in text:
        return True
    surname_first = re.fullmatch(r"\s*(\S+),\s*(\S+)\s*", text)
    parts = [f"{surname_first[2]} {surname_first[1]}"] if surname_first else re.split(r"[;,/&()\n]|\band\b|\s[-\u2013\u2014]\s", text)
    return any(_is_name(part.split()) for part in parts)


def _is_name(words: list[str]) -> bool:
    names = [word for word in words if _NAME_WORD.fullmatch(word)]
    if not names or not 2 <= len(words) <= 4 or len(names) + sum(bool(_INITIAL.fullmatch(word)) for word in words) < len(words):
        return False
    return not any(part.casefold() in spellings("word of a role") for word in words for part in re.split(r"[-'\u2019]", word))


def tell_persons(reading: Reading, column: str) -> None:
    """Ask, row by row, about the cells of a column of roles that read like a person's name, which no message shows."""
    for row, text in reading.table[column].items() if reading.told_apart and column in reading.table else ():
        if reads_like_a_person(text):
            reading.told(*_TOLD, int(row), column)


def persons_in_master_file(parameters: Parameters) -> Iterator[Problem]:
    """Ask about the keys of a master file that should name roles and read like a person's name."""
    report = parameters.report
    given = {"report.prepared_by": report.prepared_by, "report.sign_off.role": report.sign_off.role or ""}
    given["disclosure.owner_role"] = parameters.disclosure.owner_role or ""
    given |= {f"acknowledgements.{number}.role": each.role for number, each in enumerate(parameters.acknowledgements)}
    expected, action, found = _TOLD
    for key, text in given.items():
        if reads_like_a_person(text):
            yield Problem(parameters.file, expected, action, column=key, found=found)

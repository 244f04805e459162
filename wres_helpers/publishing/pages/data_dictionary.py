"""What every column of every file in the board's folder of data means: made from the blocks that the files are written from.

What a heading means is declared once, in `templates/meanings.csv`, for whatever groups, years and breakdowns stand in it; a heading that nobody declared says so.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any, Final

from wres_helpers.publishing.pages.evidence_index import EVIDENCE_COLUMNS, placed
from wres_helpers.publishing.pages.page_checks import Block, words_of
from wres_helpers.publishing.pages.report_parts import Document

DICTIONARY: Final = "dictionary.csv"
DICTIONARY_COLUMNS: Final = ("file", "column", "meaning", "unit")
AS_HEADED: Final = "as its heading says; nothing more is declared of it"
EVERY_FILE, NOTE, FIRST = "every file", "(note)", "what the row is about"


@cache
def _declared() -> dict[str, dict[str, tuple[str, str]]]:
    """Return meaning and unit by what they are of (every file, a column of results.csv, a heading) and its name.

    In names GROUP stands for the groups of the standard, KIND for what they are told apart by, N for numbers, YEAR for years.
    """
    source = resources.files("wres_helpers.publishing.pages") / "templates" / "meanings.csv"
    found: dict[str, dict[str, tuple[str, str]]] = {}
    with source.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found.setdefault(row["where"], {})[row["name"]] = row["meaning"], row["unit"]
    return found


def dictionary_rows(document: Document, supplied: Mapping[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    """Give one row a column of each file of data, and what stands in its notes; the index and the results first, and before all how numbers are written.

    ``supplied`` has the ``groups`` as pages and as files call them, ``kind``, ``nation``, the columns of ``results`` and the ``meanings`` of codes.
    """
    yield from ((EVERY_FILE, name, *told) for name, told in _declared()[EVERY_FILE].items())
    yield from ((EVERY_FILE, code, meaning, "code") for code, meaning in supplied["meanings"])
    yield from (("evidence.csv", name, *_declared()["evidence.csv"].get(name, (AS_HEADED, ""))) for name in EVIDENCE_COLUMNS)
    codes = sorted(supplied["codes"], key=len, reverse=True)
    for column in supplied["results"]:
        own = next((column.replace(code, "GROUP", 1) for code in codes if column.startswith(f"{code}_")), column)
        yield ("results.csv", column, *_declared()["results.csv"].get(own, (AS_HEADED, "")))
    for _, _, _, own, block in placed(document):
        if own:
            yield from _of_a_file(own.removeprefix("data/"), block, supplied)


def _of_a_file(file: str, block: Block, supplied: Mapping[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    table = block.get("numbers") or block
    labels = [column["label"] for column in table["columns"]]
    for place, label in enumerate(labels):
        found = (FIRST, "words") if place == 0 else _of_heading(_plain(label, supplied))
        if place in (1, 2) and labels[3:4] == ["Percentage"]:  # headed by what happened, and to whom it could
            found = (("people to whom it happened", "people who could be counted: the base of the percentage")[place - 1], "people")
        yield (file, label, *found)
    told = [f"{table['caption']}."] if "caption" in table else []
    yield file, NOTE, " ".join(words_of(text) for text in (*told, *table.get("notes", ()))), ""


def _of_heading(label: str) -> tuple[str, str]:
    """Return meaning and unit of a heading, of a group's percentage of whatever part of the staff it names."""
    of_part = re.sub(r"^GROUP, .*", "GROUP, PART", label)
    return next((known for name in (label, of_part) if (known := _declared()["heading"].get(name))), (AS_HEADED, ""))


def _plain(label: str, supplied: Mapping[str, Any]) -> str:
    """Return a heading without whom, when and how many it is about."""
    label = label.replace(supplied["nation"], "NATION") if supplied["nation"] else label
    label = label.replace(supplied["kind"], "KIND")
    for group in sorted(supplied["groups"], key=len, reverse=True):
        label = re.sub(rf"(?<!\w){re.escape(group)}(?!\w)", "GROUP", label)
    label = re.sub(r"\d{4}/\d{2}", "YEAR", label)
    label = re.sub(r"\d+(?:\.\d+)?%?", "N", label)
    label = re.sub(r"^All \w+ together", "All N together", label)
    return re.sub(r"^GROUP: .*", "GROUP: GROUP", label.removeprefix("Race ").replace("disparity ratio", "Disparity ratio"))

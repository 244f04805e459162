"""Figures that a written text names in braces, ``{indicator 2: relative likelihood}``: which names there are, and where they stand.

What a name stands for is looked up when a page is made (:mod:`wres_helpers.report.words.figures_in_texts`). Braces in code stay as
typed, and ``\\{`` is a brace that is meant.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from wres_helpers.intake.spellings import spellings
from wres_helpers.problems import Problem
from wres_helpers.tables.cell_readers import nearest

if TYPE_CHECKING:  # a text without a brace reads no catalogue
    import pandas as pd

    from wres_helpers.settings.master_file import Terms
    from wres_helpers.settings.parameters import Parameters

#: What stays as typed (comments, code, escaped signs), a name in braces on one line or over lines of one paragraph, a brace alone.
_TOKEN = re.compile(
    r"<!--.*?-->|^[ \t]*```.*?^[ \t]*```|(?P<ticks>`++)(?:(?!(?P=ticks)|\n[ \t]*\n).)+(?P=ticks)|\\."
    r"|\{(?P<name>(?:(?!\n[ \t]*\n)[^{}])*)\}|(?P<alone>\{)",
    re.DOTALL | re.MULTILINE,
)
_NUMBER = r"(\d[\d,]*(?:\.\d+)?)"
#: Figures typed by hand that the data can confirm: 13 of 37, and a relative likelihood.
PART_OF = re.compile(rf"(?<![\d.,]){_NUMBER} (?:out )?of (?:the )?{_NUMBER}(?![\d.,]*\d|%| to )")
LIKELIHOOD = re.compile(rf"(?<![\d.,]){_NUMBER} times (?:as|more|less) likely|relative likelihood (?:of|is|was) {_NUMBER}")
PERCENT = re.compile(r"(?<![\d.,])(\d{1,3}(?:\.\d+)?) ?(?:%|per ?cent\b)(?! ?points?)")
_LAST_YEAR = " last year"
_MEANT = r"A brace that is meant is written \{."


class NamedFigure(NamedTuple):
    """What a name in braces asks for: a field of an indicator, or of the staff in post where ``indicator`` is empty."""

    indicator: str
    field: str
    last_year: bool


def holds_figures(texts: Mapping[str, str]) -> bool:
    return any(any(names_of(text)) for text in texts.values())


def types_figures(texts: Mapping[str, str]) -> bool:
    return any(pattern.search(text) for text in texts.values() for pattern in (PART_OF, LIKELIHOOD, PERCENT))


def names_of(text: str) -> Iterator[tuple[str, int]]:
    """Give each name in braces of a text, and its line."""
    for match in _TOKEN.finditer(text):
        if match["name"] is not None:
            yield _plain(match["name"]), text.count("\n", 0, match.start()) + 1


def with_named(text: str, told: Callable[[str], str | None]) -> str:
    """Return a text with each name in braces replaced by what ``told`` gives for it; None leaves it as typed."""

    def replaced(match: re.Match) -> str:
        words = None if match["name"] is None else told(_plain(match["name"]))
        return match[0] if words is None else words

    return _TOKEN.sub(replaced, text)


def known_figures(catalogue: "pd.DataFrame", terms: "Terms", previous_year: str | None) -> dict[str, NamedFigure]:
    """Return every name that a text of the report may use, in lower case, and what it asks for.

    ``catalogue`` has the measures in force in the edition. Names with the ``terms`` for the groups, and with 'BME' and 'white', are
    all known; without a ``previous_year`` nothing of last year is.
    """
    headlines = catalogue[catalogue["role"] == "headline"]
    labels = [(group, label) for group in ("bme", "white") for label in dict.fromkeys((_plain(getattr(terms, group)), group))]
    parts = {name: name for name in ("interval", "status", "counts")}
    parts |= {f"{label} {part}": f"{group}_{part}" for group, label in labels for part in ("rate", "count", "base")}
    of_staff = {"staff in post": "all_count", "undisclosed": "unknown_count", "undisclosed share": "unknown_rate"}
    of_staff |= {f"{label} {word}": f"{group}_{part}" for group, label in labels for word, part in (("staff", "count"), ("share", "rate"))}
    names: dict[str, NamedFigure] = {}
    for last_year in (False, True) if previous_year else (False,):
        when = _LAST_YEAR if last_year else ""
        for indicator, comparison in zip(headlines["indicator"], headlines["comparison"], strict=True):
            value = {"relative likelihood" if comparison == "ratio" else "gap": "value"}
            for name, field in (value | parts).items():
                names[f"indicator {indicator}{when}: {name}"] = NamedFigure(str(indicator), field, last_year)
        names |= {f"{name}{when}": NamedFigure("", field, last_year) for name, field in of_staff.items()}
    return names


def figure_problems(text: str, file: str, parameters: "Parameters") -> list[Problem]:
    """Return a problem for every name in braces that stands for no figure, and every brace that is not closed, by line."""
    odd = [match for match in _TOKEN.finditer(text) if match["name"] is not None or match["alone"]]
    if not odd:
        return []
    from wres_helpers.standard.catalogue import in_force, read_reference_tables

    catalogue = in_force(read_reference_tables(parameters.reference_folder).catalogue, parameters.edition)
    known = known_figures(catalogue, parameters.terms, parameters.previous_year)
    problems = []
    for match in odd:
        row, name = text.count("\n", 0, match.start()) + 1, _plain(match["name"] or "")
        if match["alone"]:
            expected, found = "braces in pairs, with the name of a figure between them", "a brace that is not closed"
            problems.append(Problem(file, expected, f"Close it: {{indicator 2: BME rate}}. {_MEANT}", row=row, found=found))
        elif name not in known:
            found = f"'{{{' '.join(match['name'].split())}}}'"
            problems.append(Problem(file, "the name of a figure", f"{_advice(name, known)} {_MEANT}", row=row, found=found))
    return problems


def _advice(name: str, known: Mapping[str, NamedFigure]) -> str:
    """Return the nearest name; of an indicator that is named, only one of its own figures, since another's would mislead."""
    heads = list(dict.fromkeys(other.partition(": ")[0] for other in known if ": " in other))
    numbers = re.findall(r"\d+", name.partition(":")[0])
    own = [head for head in heads if re.findall(r"\d+", head) == numbers and (_LAST_YEAR in head) == (_LAST_YEAR in name)]
    if numbers and not own:
        return f"There are: {', '.join(head for head in heads if _LAST_YEAR not in head)}."
    head = own[0] if numbers else ""
    names = [other.removeprefix(f"{head}: ") for other in known if other.partition(": ")[0 if head else 1] == head]
    asked, called = name.removeprefix(head), spellings("what a figure is called")

    def alike(other: str) -> float:
        words = other.split()
        said = sum(bool(re.search(rf"\b({word}|{called.get(word, word)})(?!\w)", asked)) for word in words)
        return said and said - len(words) / 100 + SequenceMatcher(None, asked, other).ratio() / 1000

    near = max(names, key=alike) if max(map(alike, names)) > 0 else nearest(asked.strip(" :"), names)
    meant = f"{head}: {near or names[0]}" if head else near
    told = f"Did you mean {{{meant}}}? " if meant else ""
    everywhere = "An indicator's is named with it, as in {indicator 2: BME rate}; docs/how-to.md lists all names."
    return told + (f"Of {head} there are: {', '.join(names)}." if head else everywhere)


def _plain(name: str) -> str:
    return re.sub(r"\s*:\s*", ": ", " ".join(name.casefold().split()))

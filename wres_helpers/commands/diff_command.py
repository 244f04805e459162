"""``wres diff``: what changed between two finished reports, in figures, statuses and the sentences of their headlines."""

import json
import re
import sys
from collections import defaultdict
from pathlib import Path

from lxml import html

from wres_helpers.problems import ParameterProblems, Problem
from wres_helpers.publishing.files.kept_files import read_receipt, settings_told
from wres_helpers.publishing.files.results_files import BOARD_RESULTS, told_results
from wres_helpers.publishing.files.versions import by_comparison, changed_figures
from wres_helpers.report import numbers, phrases
from wres_helpers.standard.standard_folders import STANDARDS
from wres_helpers.standard.standards import Standard, read_standard
from wres_helpers.standard.statuses import LABELS

#: The changes that are read before all others, in their order.
_READ_FIRST = {"headline": 0, "status": 1}
_FIELDS = {"lower": "lower end of the interval", "upper": "upper end of the interval"}


def diff_command(old: Path, new: Path, as_json: bool) -> int:
    """Print what changed from one report's folder to another's, of two reports in the latest year of each; return the exit code.

    Raises ParameterProblems: a folder is no finished report.
    """
    expected = "the folder of a finished report with board/data/results.csv"
    action = "Name a folder such as outputs/necs/2019-20, or make the report with 'wres run'."
    none = [folder for folder in (old, new) if not (folder / BOARD_RESULTS).is_file()]
    ParameterProblems.raise_if_any(Problem(str(folder), expected, action, found="no such file") for folder in none)
    standards = [_standard_of(folder) for folder in (old, new)]
    reads = [told_results(folder / BOARD_RESULTS, standard) for folder, standard in zip((old, new), standards, strict=True)]
    last = [max((row["year"] for row in rows), default="") for rows in reads]
    if apart := _of_two(reads, last):
        print(apart, file=sys.stderr if as_json else sys.stdout)
    for rows, year in zip(reads, last, strict=True):
        rows[:] = [row | {"year": row["year"].replace(year, "")} for row in rows if not apart or row["year"] == year]
    changed = changed_figures(*map(by_comparison, reads), not apart)
    figures = [change | {"field": standards[1].at_the_door(change["field"])} for change in changed]
    changes = [*figures, *changed_sentences(old, new)]
    print(json.dumps(changes, ensure_ascii=False, indent=2) if as_json else _told(changes, standards[1].metric))
    return 0


def _standard_of(folder: Path) -> Standard:
    """Return the standard that a report's receipt names, in the project it lies in, or else in that of this pack. Raises InputProblems: neither has it."""
    name = settings_told(read_receipt(folder)).get("standard", "wres")
    projects = (*folder.resolve().parents[2:3], Path(__file__).parents[2])
    places = [project / "data" / "reference" / STANDARDS / name for project in projects]
    return read_standard(next((place for place in places if place.is_dir()), places[-1]))


def _of_two(reads: list[list[dict[str, str]]], years: list[str]) -> str:
    """Say that two folders hold reports of two organisations or years; "" where they hold one at two times."""
    whose = [" ".join(filter(None, (rows[0].get("organisation") if rows else "", year))) for rows, year in zip(reads, years, strict=True)]
    if whose[0] == whose[1]:
        return ""
    first, second = (one or "a report without comparisons" for one in whose)
    return f"Two different reports, {first} and {second}: 'was' is the first, 'is' the second, and a difference is no change of one report."


def _headlines(folder: Path) -> dict[str, str]:
    page, found, heading = folder / "board" / "report.html", {}, ""
    for element in html.document_fromstring(page.read_bytes()).iter("h2", "h3", "h4", "p") if page.is_file() else ():
        words = " ".join(element.text_content().split())
        if element.tag != "p":
            heading = words
        elif "wres-headline__text" in element.get("class", ""):
            found[heading] = words
    return found


def changed_sentences(old: Path, new: Path) -> list[dict[str, str]]:
    """Return one change for each headline that reads otherwise, came or went."""
    was, now = _headlines(old), _headlines(new)
    return [
        {"indicator": "", "where": title, "year": "", "field": "headline", "old": was.get(title, ""), "new": now.get(title, "")}
        for title in dict.fromkeys([*was, *now])
        if was.get(title) != now.get(title)
    ]


def _as_printed(change: dict[str, str]) -> list[str]:
    """Return what stood and what stands as pages print it, with as many decimals as tell the two apart."""
    field, stood = change["field"], [change["old"], change["new"]]
    of_value = (numbers.points_value, 1, " percentage points") if "-" in change.get("direction", "") else (numbers.ratio, 2, "")
    style, decimals, unit = (numbers.percentage, 1, "") if field.endswith("_rate") else of_value

    def told(text: str, more: int) -> str:
        try:
            return numbers.count(float(text)) if field.endswith(("_count", "_base")) else style(float(text), decimals + more) + unit
        except ValueError:
            return LABELS.get(text, "hidden" if text.startswith("[") else text.rstrip(".")) or "nothing"

    pairs = ([told(text, more) for text in stood] for more in range(4))
    return next((pair for pair in pairs if pair[0] != pair[1]), stood)


def _came_or_went(change: dict[str, str]) -> str:
    """Return that a part or a year is compared in one of the reports only, or is called otherwise."""
    whole = re.sub(r" \(.*?\)", "", change["where"].partition(" ")[2], count=1)  # a part by pay tier is the same part
    part = phrases.capital(" ".join(filter(None, [whole or "everybody", change["year"]])))
    if change["field"] == "category":
        return f"{part} is called '{change['new']}', with the same figures"
    return f"{part} stands in the {'first' if change['new'] == 'absent' else 'second'} only"


def _place(change: dict[str, str], metric: str) -> str:
    """Name what changed: a comparison by its indicator, a headline by the heading above it."""
    named = change["where"]
    if change["indicator"]:
        named = f"{phrases.capital(metric)} {change['indicator']}, {named.replace('_', ' ')}"
    return f"{named}{change['year'] and ' '}{change['year']}"


def _was_and_is(change: dict[str, str]) -> str:
    was, now = _as_printed(change)
    return f"{_FIELDS.get(change['field'], change['field'].replace('_', ' ').replace('bme', 'BME'))} was {was}, is {now}"


def _told(changes: list[dict[str, str]], metric: str) -> str:
    """Return the changes as lines: headlines and statuses, parts that came or went, then every comparison with all that changed of it."""
    first: list[str] = []
    parts, figures = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
    for change in sorted(changes, key=lambda change: _READ_FIRST.get(change["field"], len(_READ_FIRST))):
        if change["field"] in ("comparison", "category"):
            parts[_came_or_went(change)].append(change["indicator"])
        elif change["field"] in _READ_FIRST:
            first.append(f"{_place(change, metric)}: {_was_and_is(change)}")
        else:
            figures[_place(change, metric)].append(_was_and_is(change))
    of_parts = [f"{part}: comparisons of {metric} {phrases.listed([*dict.fromkeys(of)])} ({len(of)})" for part, of in parts.items()]
    of_figures = [f"{place}: {'; '.join(said)}" for place, said in figures.items()]
    return "\n".join([*first, *of_parts, *of_figures]) or "No figure, status or headline changed."

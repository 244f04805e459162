"""``wres diff``: what changed between two finished reports, in figures, statuses and the sentences of their headlines."""

import csv
import json
import re
import sys
from pathlib import Path

from lxml import html

from wres_helpers.problems import ParameterProblems, Problem
from wres_helpers.publishing.files.versions import by_comparison, changed_figures
from wres_helpers.report import numbers, phrases
from wres_helpers.standard.statuses import LABELS

_RESULTS = Path("board/data/results.csv")
#: The changes that are read before all others, in their order.
_READ_FIRST = {"headline": 0, "status": 1}
_FIELDS = {"lower": "lower end of the interval", "upper": "upper end of the interval"}


def diff_command(old: Path, new: Path, as_json: bool) -> int:
    """Print what changed from one report's folder to another's, of two reports in the latest year of each; return the exit code.

    Raises ParameterProblems: a folder is no finished report.
    """
    expected = "the folder of a finished report with board/data/results.csv"
    action = "Name a folder such as outputs/necs/2019-20, or make the report with 'wres run'."
    none = [folder for folder in (old, new) if not (folder / _RESULTS).is_file()]
    ParameterProblems.raise_if_any(Problem(str(folder), expected, action, found="no such file") for folder in none)
    reads = [_read(folder) for folder in (old, new)]
    if apart := _of_two(reads):
        print(apart, file=sys.stderr if as_json else sys.stdout)
    earlier = not apart  # the years before this one are those of one report
    headlines = [_headlines(folder) for folder in (old, new)]
    kept = ([row | {"year": row["year"].replace(latest, "")} for row in rows if earlier or row["year"] == latest] for rows, latest in reads)
    changes = [*changed_figures(*map(by_comparison, kept)), *changed_sentences(*headlines)]
    metric = next((found[1] for title in headlines[1] if (found := re.match(r"(\w+) \d", title))), "Indicator")  # the standard's own word
    print(json.dumps(changes, ensure_ascii=False, indent=2) if as_json else _told(changes, metric))
    return 0


def _of_two(reads: list[tuple[list[dict[str, str]], str]]) -> str:
    """Say that two folders hold reports of two organisations or years; "" where they hold one at two times."""
    whose = [" ".join(filter(None, (rows[0].get("organisation") if rows else "", year))) for rows, year in reads]
    if whose[0] == whose[1]:
        return ""
    first, second = (one or "a report without comparisons" for one in whose)
    return f"Two different reports, {first} and {second}: 'was' is the first, 'is' the second, and a difference is no change of one report."


def _read(folder: Path) -> tuple[list[dict[str, str]], str]:
    """Return all comparisons and their latest year, "" where there are none."""
    with (folder / _RESULTS).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return rows, max((row["year"] for row in rows), default="")


def _headlines(folder: Path) -> dict[str, str]:
    page, found, heading = folder / "board" / "report.html", {}, ""
    for element in html.document_fromstring(page.read_bytes()).iter("h2", "h3", "h4", "p") if page.is_file() else ():
        words = " ".join(element.text_content().split())
        if element.tag != "p":
            heading = words
        elif "wres-headline__text" in element.get("class", ""):
            found[heading] = words
    return found


def changed_sentences(old: dict[str, str], new: dict[str, str]) -> list[dict[str, str]]:
    """Return one change for each headline that reads otherwise, came or went."""
    return [
        {"indicator": "", "where": title, "year": "", "field": "headline", "old": old.get(title, ""), "new": new.get(title, "")}
        for title in dict.fromkeys([*old, *new])
        if old.get(title) != new.get(title)
    ]


def _as_printed(change: dict[str, str]) -> list[str]:
    """Return what stood and what stands as pages print it; as the files have it where that tells no difference."""
    field, stood = change["field"], [change["old"], change["new"]]
    of_value = numbers.signed_points if "-" in change.get("direction", "") else numbers.ratio
    style = numbers.count if field.endswith(("_count", "_base")) else numbers.percentage if field.endswith("_rate") else of_value

    def told(text: str) -> str:
        try:
            return style(float(text))
        except ValueError:
            return LABELS.get(text, "hidden" if text.startswith("[") else text) or "nothing"

    return stood if told(stood[0]) == told(stood[1]) else list(map(told, stood))


def _came_or_went(change: dict[str, str]) -> str:
    """Return that a part or a year is compared in one of the reports only, or is called otherwise."""
    whole = re.sub(r" \(.*?\)", "", change["where"].partition(" ")[2], count=1)  # a part by pay tier is the same part
    part = phrases.capital(" ".join(filter(None, [whole or "everybody", change["year"]])))
    if change["field"] == "category":
        return f"{part} is called '{change['new']}', with the same figures"
    return f"{part} stands in the {'first' if change['new'] == 'absent' else 'second'} only"


def _told(changes: list[dict[str, str]], metric: str) -> str:
    """Return the changes as lines: headlines and statuses, parts that came or went, then every comparison with all that changed of it."""
    first, parts, figures = dict[str, None](), dict[str, list[str]](), dict[str, list[str]]()
    for change in sorted(changes, key=lambda change: _READ_FIRST.get(change["field"], len(_READ_FIRST))):
        place = f"{metric} {change['indicator']}, {change['where'].replace('_', ' ')}" if change["indicator"] else change["where"]
        place, (old, new) = f"{place}{change['year'] and ' '}{change['year']}", _as_printed(change)
        said = f"{_FIELDS.get(change['field'], change['field'].replace('_', ' ').replace('bme', 'BME'))} was {old}, is {new}"
        if change["field"] in ("comparison", "category"):
            parts.setdefault(_came_or_went(change), []).append(change["indicator"])
        elif change["field"] in _READ_FIRST:
            first[f"{place}: {said}"] = None
        else:
            figures.setdefault(place, []).append(said)
    lines = [
        *first,
        *(f"{part}: comparisons of {metric.lower()} {phrases.listed([*dict.fromkeys(of)])} ({len(of)})" for part, of in parts.items()),
    ]
    return (
        "\n".join([*lines, *(f"{place}: {'; '.join(said)}" for place, said in figures.items())]) or "No figure, status or headline changed."
    )

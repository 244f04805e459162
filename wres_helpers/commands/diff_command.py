"""``wres diff``: what changed between two finished reports, in figures, statuses and the sentences of their headlines."""

import csv
import json
import sys
from pathlib import Path

from lxml import html

from wres_helpers.problems import ParameterProblems, Problem
from wres_helpers.publishing.files.versions import Rows, by_comparison, changed_figures

_RESULTS = Path("board/data/results.csv")
#: The changes that are read before all others, in their order.
_READ_FIRST = {"headline": 0, "status": 1}


def diff_command(old: Path, new: Path, as_json: bool) -> int:
    """Print what changed from one report's folder to another's, of two reports in the latest year of each; return the exit code.

    Raises ParameterProblems: a folder is no finished report.
    """
    expected = "the folder of a finished report with board/data/results.csv"
    action = "Name a folder such as outputs/necs/2019-20, or make the report with 'wres run'."
    none = [folder for folder in (old, new) if not (folder / _RESULTS).is_file()]
    ParameterProblems.raise_if_any(Problem(str(folder), expected, action, found="no such file") for folder in none)
    if apart := _of_two(old, new):
        print(apart, file=sys.stderr if as_json else sys.stdout)
    earlier = not apart  # the years before this one are those of one report
    changes = [*changed_figures(_rows(old, earlier), _rows(new, earlier)), *changed_sentences(_headlines(old), _headlines(new))]
    print(json.dumps(changes, ensure_ascii=False, indent=2) if as_json else _told(changes))
    return 0


def _of_two(old: Path, new: Path) -> str:
    """Say that two folders hold reports of two organisations or years; "" where they hold one at two times."""
    whose = [" ".join(filter(None, (rows[0].get("organisation") if rows else "", year))) for rows, year in map(_read, (old, new))]
    if whose[0] == whose[1]:
        return ""
    first, second = (one or "a report without comparisons" for one in whose)
    return f"Two different reports, {first} and {second}: 'was' is the first, 'is' the second, and a difference is no change of one report."


def _rows(folder: Path, earlier: bool) -> Rows:
    """Return the comparisons of the latest year, and of those before it where they are wanted, by what they compare."""
    rows, latest = _read(folder)
    return by_comparison(row | {"year": row["year"].replace(latest, "")} for row in rows if earlier or row["year"] == latest)


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


def _as_read(change: dict[str, str]) -> tuple[str, str]:
    """Return what changed to four decimals, as exactly as anybody reads a rate or a ratio; whole where that tells no difference."""
    try:
        old, new = (text if text.isdecimal() else f"{float(text):.4f}" for text in (change["old"], change["new"]))
    except ValueError:
        return change["old"], change["new"]
    return (change["old"], change["new"]) if old == new else (old, new)


def _told(changes: list[dict[str, str]]) -> str:
    """Return the changes as lines: what headlines say and statuses are first, then every comparison with all that changed of it."""
    if not changes:
        return "No figure, status or headline changed."
    first, figures = dict[str, None](), dict[str, list[str]]()
    for change in sorted(changes, key=lambda change: _READ_FIRST.get(change["field"], len(_READ_FIRST))):
        place = f"Indicator {change['indicator']}, {change['where']}" if change["indicator"] else change["where"]
        place, (old, new) = f"{place}{change['year'] and ' '}{change['year']}", _as_read(change)
        said = f"{change['field'].replace('_', ' ')} was {old or 'nothing'}, is {new or 'nothing'}"
        if change["field"] in _READ_FIRST:
            first[f"{place}: {said}"] = None
        else:
            figures.setdefault(place, []).append(said)
    return "\n".join([*first, *(f"{place}: {'; '.join(said)}" for place, said in figures.items())])

"""``wres diff``: what changed between two finished reports, in figures, statuses and the sentences of their headlines."""

import csv
import json
from pathlib import Path

from lxml import html

from wres_helpers.problems import ParameterProblems, Problem
from wres_helpers.publishing.files.versions import by_comparison, changed_figures

_RESULTS = Path("board/data/results.csv")


def diff_command(old: Path, new: Path, as_json: bool) -> int:
    """Print what changed from one report's folder to another's, the latest year of each; return the exit code.

    Raises ParameterProblems: a folder is no finished report.
    """
    expected = "the folder of a finished report with board/data/results.csv"
    action = "Name a folder such as outputs/necs/2019-20, or make the report with 'wres run'."
    none = [folder for folder in (old, new) if not (folder / _RESULTS).is_file()]
    ParameterProblems.raise_if_any(Problem(str(folder), expected, action, found="no such file") for folder in none)
    changes = [*changed_figures(_rows(old), _rows(new)), *changed_sentences(_headlines(old), _headlines(new))]
    print(json.dumps(changes, ensure_ascii=False, indent=2) if as_json else _told(changes))
    return 0


def _rows(folder: Path) -> dict[tuple[str, ...], dict[str, str]]:
    """Return the comparisons of the latest year, by what they compare."""
    with (folder / _RESULTS).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    latest = max((row["year"] for row in rows), default="")
    return by_comparison(row for row in rows if row["year"] == latest)


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
        {"indicator": "", "where": title, "field": "headline", "old": old.get(title, ""), "new": new.get(title, "")}
        for title in dict.fromkeys([*old, *new])
        if old.get(title) != new.get(title)
    ]


def _told(changes: list[dict[str, str]]) -> str:
    if not changes:
        return "No figure, status or headline changed."
    lines = []
    for change in changes:
        place = f"Indicator {change['indicator']}, {change['where']}" if change["indicator"] else change["where"]
        lines.append(f"{place}: {change['field'].replace('_', ' ')} was {change['old'] or 'nothing'}, is {change['new'] or 'nothing'}")
    return "\n".join(lines)

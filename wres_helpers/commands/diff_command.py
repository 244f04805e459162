"""``wres diff``: what changed between two finished reports, in figures, statuses and the sentences of their headlines."""

import csv
import json
import sys
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from textwrap import fill

from lxml import html

from wres_helpers.problems import ParameterProblems, Problem
from wres_helpers.publishing.files.changed_in_words import changed_lines, parts_that_came_or_went
from wres_helpers.publishing.files.receipt import read_receipt, settings_told
from wres_helpers.publishing.files.results_files import BOARD_RESULTS, told_results
from wres_helpers.publishing.files.versions import Change, Key, Rows, by_comparison, changed_figures
from wres_helpers.report.form import phrases
from wres_helpers.standard.catalogue import catalogue, stages_of
from wres_helpers.standard.standard_folders import STANDARDS
from wres_helpers.standard.standards import Standard, read_standard

_folded = partial(fill, width=110, initial_indent="  ", subsequent_indent="    ")


def diff_command(old: Path, new: Path, as_json: bool) -> int:
    """Print what changed from one report's folder to another's, of two reports in the latest year of each; return the exit code.

    Raises ParameterProblems: a folder is no finished report.
    """
    expected = "the folder of a finished report with board/data/results.csv"
    action = "Name a folder such as outputs/necs/2019-20, or make the report with 'wres run'."
    none = [folder for folder in (old, new) if not (folder / BOARD_RESULTS).is_file()]
    ParameterProblems.raise_if_any(Problem(str(folder), expected, action, found="no such file") for folder in none)
    standards = [read_standard(_standard_of(folder)) for folder in (old, new)]
    reads = [told_results(folder / BOARD_RESULTS, standard) for folder, standard in zip((old, new), standards, strict=True)]
    last = [max((row["year"] for row in rows), default="") for rows in reads]
    if apart := _of_two(reads, last):
        print(apart, file=sys.stderr if as_json else sys.stdout)
    for rows, year in zip(reads, last, strict=True):
        rows[:] = [row | {"year": row["year"].replace(year, "")} for row in rows if not apart or row["year"] == year]
    rows = [by_comparison(read) for read in reads]
    figures = list(changed_figures(*rows, not apart))
    headlines = tuple(_headlines(folder) | _targets(folder) for folder in (old, new))
    if as_json:
        changes = [*(change for _, change in figures), *changed_sentences(*headlines)]
        told = [change | {"field": standards[1].at_the_door(change["field"])} for change in changes]
        print(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        stages = stages_of(catalogue(_standard_of(new)))
        print("\n".join(_told(headlines, figures, rows, standards[1], stages)) or "No figure, status or headline changed.")
    return 0


def _standard_of(folder: Path) -> Path:
    """Return the folder of the standard that a report's receipt names, in the project it lies in, or else in that of this pack."""
    name = settings_told(read_receipt(folder)).get("standard", "wres")
    projects = (*folder.resolve().parents[2:3], Path(__file__).parents[2])
    places = [project / "data" / "reference" / STANDARDS / name for project in projects]
    return next((place for place in places if place.is_dir()), places[-1])


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


def _targets(folder: Path) -> dict[str, str]:
    """Return where each target stands, by its name."""
    found = {}
    for path in (folder / BOARD_RESULTS).parent.glob("*-targets.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            found |= {f"Target: {row['Target']}": row["Progress"] for row in csv.DictReader(file)}
    return found


def changed_sentences(was: Mapping[str, str], now: Mapping[str, str]) -> list[dict[str, str]]:
    """Return one change for each headline, and for each target's standing, that reads otherwise, came or went."""
    return [
        {"indicator": "", "where": title, "year": "", "field": "headline", "old": was.get(title, ""), "new": now.get(title, "")}
        for title in dict.fromkeys([*was, *now])
        if was.get(title) != now.get(title)
    ]


def _told(
    headlines: tuple[dict, dict], figures: list[tuple[Key, Change]], rows: list[Rows], standard: Standard, stages: dict[str, str]
) -> Iterator[str]:
    """Give the lines of all changes: of each indicator its headline, its statuses and every other figure; then parts that came or went."""
    sections: dict[str, dict[str, None]] = {heading: {} for told in headlines for heading in told}
    for sentence in changed_sentences(*headlines):
        both = (("was", sentence["old"]), ("is", sentence["new"]))
        sections[sentence["where"]] = dict.fromkeys(_folded(f"{at}: {said or 'nothing'}") for at, said in both)
    for indicator, line in changed_lines(figures, rows, standard, stages):
        named = f"{phrases.capital(standard.metric)} {indicator}"
        section = next((heading for heading in sections if heading.partition(":")[0] == named), named)
        sections.setdefault(section, {})[f"  {line}"] = None
    for section, lines in sections.items():
        yield from (section, *lines) if lines else ()
    for line in parts_that_came_or_went(figures, standard, "the first", "the second"):
        yield fill(line, width=110, subsequent_indent="  ", break_on_hyphens=False)

"""``wres diff``: what changed between two finished reports, in figures, statuses and the sentences of their headlines."""

import csv
import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from textwrap import fill

from lxml import html

from wres_helpers.problems import ParameterProblems, Problem
from wres_helpers.publishing.files.kept_files import read_receipt, settings_told
from wres_helpers.publishing.files.results_files import BOARD_RESULTS, told_results
from wres_helpers.publishing.files.versions import Change, Key, Rows, by_comparison, changed_figures
from wres_helpers.report import numbers, phrases
from wres_helpers.report.part_blocks import part_named
from wres_helpers.standard.catalogue import catalogue
from wres_helpers.standard.standard_folders import STANDARDS
from wres_helpers.standard.standards import Standard, read_standard
from wres_helpers.standard.statuses import LABELS

_folded = partial(fill, width=110, initial_indent="  ", subsequent_indent="    ")
#: What a change is of where a whole part came, went or is called otherwise.
_OF_WHOLE_PARTS = ("comparison", "category")


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
        stages = catalogue(_standard_of(new)).drop_duplicates("measure").set_index("measure")["stage"].to_dict()
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
    """Give the lines of all changes: parts that came or went, then each indicator's headline, its statuses, and every other figure in a line."""
    yield from _parts_that_came_or_went(figures, standard)
    sections: dict[str, dict[str, None]] = {heading: {} for told in headlines for heading in told}
    for sentence in changed_sentences(*headlines):
        sections[sentence["where"]] = dict.fromkeys(
            _folded(f"{at}: {sentence[side] or 'nothing'}") for at, side in (("was", "old"), ("is", "new"))
        )
    for key, change in sorted(figures, key=lambda each: each[1]["field"] != "status"):
        figure, named = change["field"].partition("_")[0], f"{phrases.capital(standard.metric)} {change['indicator']}"
        if change["field"] not in _OF_WHOLE_PARTS and (was_and_is := _was_and_is([side[key] for side in rows], figure)):
            section = next((heading for heading in sections if heading.partition(":")[0] == named), named)
            line = f"  {_comparison_named(key, stages)}, {_label(figure, change['direction'], standard)}: {was_and_is}"
            sections.setdefault(section, {})[line] = None  # a count and its rate are one line
    for section, lines in sections.items():
        yield from (section, *lines) if lines else ()


def _parts_that_came_or_went(figures: list[tuple[Key, Change]], standard: Standard) -> Iterator[str]:
    """Give a line for each part or year that is compared in one of the reports only, or is called otherwise, with the indicators it is part of."""
    parts = defaultdict[str, list[str]](list)
    for key, change in figures:
        if change["field"] in _OF_WHOLE_PARTS:
            parts[_came_or_went(change, key)].append(change["indicator"])
    for part, of in parts.items():
        yield f"{part}: comparisons of {standard.metric} {phrases.listed([*dict.fromkeys(of)])} ({len(of)})"


def _label(figure: str, direction: str, standard: Standard) -> str:
    """Return what a figure is called within a line: a group, the status, or the value by its kind."""
    of_value = "difference" if "-" in direction else "relative likelihood"
    label = standard.labels.get(figure) or ("status" if figure == "status" else of_value)
    return label if label.isupper() else phrases.small(label)


def _comparison_named(key: Key, stages: Mapping[str, str]) -> str:
    """Return what a comparison is of, as tables of pages name it: 'Band 5, clinical'; 'Shortlisting to appointment, City (locality)'."""
    _, measure, breakdown, category, year = key
    part = "" if breakdown == "overall" else part_named(breakdown, category, beside_others=True)
    stage = "" if part and measure in ("share_of_grade", "board_share") else stages.get(measure, measure.replace("_", " "))
    return phrases.capital(", ".join(filter(None, [stage, part, year.replace("-", "/")])))


def _came_or_went(change: Change, key: Key) -> str:
    """Return that a part or a year is compared in one of the reports only, or is called otherwise."""
    _, _, breakdown, category, year = key
    cut = breakdown.partition(" (")[0].replace("_", " ")  # a part by pay tier is the same part
    part = phrases.capital(" ".join(filter(None, ["everybody" if breakdown == "overall" else f"{cut} {category}", year])))
    if change["field"] == "category":
        return f"{part} is called '{change['new']}', with the same figures"
    return f"{part} stands in the {'first' if change['new'] == 'absent' else 'second'} only"


def _was_and_is(rows: list[Mapping[str, str]], figure: str) -> str:
    """Return what stood and what stands as pages print it, with as many decimals as tell the two apart; nothing of another base of hidden people."""
    pairs = ([_figure(row, figure, more) for row in rows] for more in range(8))
    was, now = next((pair for pair in pairs if pair[0] != pair[1]), [row.get(figure, "") for row in rows])
    return f"was {was}, is {now}" if was != now else ""


def _figure(row: Mapping[str, str], figure: str, more: int) -> str:
    """Return a group's people and rate, a value with its interval, or a status, with some more decimals than pages print."""
    if f"{figure}_count" in row:
        count, base = (_number(row.get(f"{figure}_{part}", ""), numbers.count) for part in ("count", "base"))
        rate = _number(row.get(f"{figure}_rate", ""), lambda rate: numbers.percentage(rate, 1 + more))
        counted = count if "hidden" in (count, base) or base == "not supplied" else f"{count} of {base}"
        return f"{rate} ({counted})" if rate[-1] == "%" else counted
    if figure == "status":
        return LABELS.get(row[figure], row[figure]) or "not supplied"
    points = "-" in row.get("direction", "")
    style, decimals = (numbers.points_value, 1) if points else (numbers.ratio, 2)
    value, *ends = (_number(row.get(part, ""), lambda number: style(number, decimals + more)) for part in ("value", "lower", "upper"))
    told = value + " points" * (points and value[-1].isdigit())
    return f"{told} ({' to '.join(ends)})" if all(end[-1].isdigit() for end in ends) else told


def _number(text: str, style: Callable[[float], str]) -> str:
    """Return a cell of the results as pages print it; what stands in place of a number in words."""
    try:
        return style(float(text))
    except ValueError:
        return "hidden" if text.startswith("[") else text or "not supplied"

"""Figures that people type into a text and that the board's copy hides: a text is printed as it is typed."""

import re
from collections.abc import Callable, Iterator, Mapping

import pandas as pd

from wres_helpers.analysis.evidence import Evidence
from wres_helpers.intake.texts.named_figures import PART_OF, PERCENT, known_figures
from wres_helpers.problems import Problem
from wres_helpers.report.form import numbers
from wres_helpers.report.words import evidence_rows
from wres_helpers.settings.master_file import Terms
from wres_helpers.standard.columns import ETHNIC_GROUPS, OVERALL

#: What tells one row of the results from another.
_KEY = ["year", "measure", "direction", "comparison", "breakdown", "category"]


def hidden_figures(
    texts: Mapping[str, str], file_of: Callable[[str], str], terms: Terms, evidence: Callable[[], Evidence], shown: Callable[[], Evidence]
) -> Iterator[Problem]:
    """Give each typed count, part of a whole or percentage that is right and that no row of the board's copy shows, with what that has.

    The numbers of a text's name are its indicators; of a text of none (a foreword) parts of a whole, percentages with decimals, and counts
    of people whom a measure counts by that name, are looked for among all. The evidence is asked for only where a text types such a figure, what
    is protected where it is one of the report's.
    """
    labels = {group: terms.named(group) for group in ETHNIC_GROUPS}
    of_group = {
        group: re.compile(rf"(?<![\d.,])(\d+|\b(?:{'|'.join(numbers.WORDS)})) {re.escape(label)} (\w+)", re.I)
        for group, label in labels.items()
    }
    for name, text in texts.items():
        indicators = [str(int(number)) for number in re.findall(r"\d+", name)]
        for line_number, line in enumerate(text.splitlines(), start=1):
            if not any(pattern.search(line) for pattern in (PART_OF, PERCENT, *of_group.values())):
                continue
            results = evidence().results
            own = (
                results[results["indicator"].isin(indicators)]
                if indicators
                else results.assign(people=results["measure"].map(_people(evidence())))
            )
            said: set[str] = set()  # '1 of 6' may be of either group, and is told once
            for typed, fields, rows in _typed(line, own, of_group):
                if typed in said:
                    continue
                board = [row for _, each in rows.iterrows() if (row := _as_shown(each, shown())) is not None]
                if len(rows) and not any(evidence_rows.has(row, *fields) for row in board):
                    told = evidence_rows.HIDDEN_IN_WORDS
                    if board:
                        several = len(fields) > 1
                        told = (
                            evidence_rows.counted(board[0], fields[0].partition("_")[0])
                            if several
                            else evidence_rows.words(board[0], fields[0], str)
                        )
                    said.add(typed)
                    expected, found = f"what it may be shown as ({told})", f"'{typed}', which the board's copy hides"
                    yield Problem(file_of(name), expected, _cure(rows, fields, evidence()), row=line_number, found=found)


def _people(evidence: Evidence) -> dict[str, str]:
    """Return by measure whom it counts, in the last word of their name: 'members' of board members."""
    return {row.measure: row.people.casefold().split()[-1] for row in evidence.context.catalogue.itertuples() if row.people}


def _typed(line: str, results: pd.DataFrame, of_group: Mapping[str, re.Pattern]) -> Iterator[tuple[str, tuple[str, ...], pd.DataFrame]]:
    """Give each figure of a line that rows of the results have: as it is typed, its fields, and those rows.

    Results that say whom they count are those of a text of no section, which speaks of anything.
    """
    of_a_section = "people" not in results
    parts = list(PART_OF.finditer(line))
    main = results["breakdown"].eq(OVERALL[0]) | results["category"].eq("total")
    for group, pattern in of_group.items():
        for match in parts:
            count, base = (float(match[at].replace(",", "")) for at in (1, 2))
            yield (
                match[0],
                (f"{group}_count", f"{group}_base"),
                results[results[f"{group}_count"].eq(count) & results[f"{group}_base"].eq(base)],
            )
        for match in PERCENT.finditer(line):
            decimals = len(match[1].partition(".")[2])
            among = results if decimals else results[main]
            if decimals or of_a_section:
                yield match[0], (f"{group}_rate",), among[(100 * among[f"{group}_rate"]).round(decimals).eq(float(match[1]))]
        for match in pattern.finditer(line):
            count = float(match[1]) if match[1].isdigit() else numbers.WORDS.index(match[1].lower())
            named = evidence_rows.spoken_of(results, line)
            if not of_a_section:
                named &= results["people"].isin([match[2].casefold(), f"{match[2].casefold()}s"])
            if not any(part.start() <= match.start() < part.end() for part in parts):
                yield match[0], (f"{group}_count",), results[named & results[f"{group}_count"].eq(count)]


def _as_shown(row: pd.Series, shown: Evidence) -> pd.Series | None:
    """Return a row of the results as the board's copy has it; None where that has no such row."""
    return evidence_rows.first(shown.results, **{name: row[name] for name in _KEY})


def _cure(rows: pd.DataFrame, fields: tuple[str, ...], evidence: Evidence) -> str:
    """Return what to write in its place: the name in braces of the first of some rows that has one, this year's before others."""
    context, name = evidence.context, ""
    known = {tuple(figure): name for name, figure in known_figures(context.catalogue, context.terms, context.previous_year).items()}
    for _, row in rows.sort_values("year", key=lambda years: years.ne(context.year), kind="stable").iterrows():
        head = evidence_rows.headline_row(evidence, row["indicator"], row["year"])
        if not name and head is not None and all(head[part] == row[part] for part in _KEY):
            name = known.get((row["indicator"], "counts" if len(fields) > 1 else fields[0], row["year"] != context.year), "")
    instead = f"Name it in braces, and a page prints what may be shown ({{{name}}})" if name else "Write it so, or leave it out"
    return f"{instead}: a text is printed as it is typed."

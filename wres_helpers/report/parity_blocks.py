"""What parity would take, in people, and what this year's numbers could have shown."""

import pandas as pd

from wres_helpers.analysis.evidence import Evidence
from wres_helpers.report import evidence_rows as rows
from wres_helpers.report import numbers
from wres_helpers.report.blocks import Column, Table
from wres_helpers.report.overview import indicators
from wres_helpers.report.vocabulary import group_label, year_label


def parity_row(shown: Evidence, indicator: str) -> pd.Series | None:
    """Return the parity of the result that speaks for an indicator."""
    headline = rows.headline_row(shown, indicator)
    if headline is None:
        return None
    place = {name: headline[name] for name in ("year", "indicator", "measure", "breakdown", "category")}
    return rows.first(rows.table(shown, "parity"), **place)


def parity_table(shown: Evidence) -> Table:
    """Return one row per indicator: people to the range, people to equality, and the smallest difference that would have been shown."""
    low, high = (numbers.ratio(end) for end in shown.context.status_rule.no_adverse_range)
    columns = (
        Column("indicator", "Indicator"),
        Column("aim", "For parity"),
        Column("range", f"People, to enter the range of {low} to {high}", "number"),
        Column("equal", "People, to be equal", "number"),
        Column("shown", "Smallest difference this year's numbers could have shown", "number"),
    )
    body = []
    for indicator in indicators(shown):
        definition, row = rows.definition_if_any(shown, indicator), parity_row(shown, indicator)
        if definition is not None:
            body.append((f"{indicator}. {definition['plain_title']}", *_cells(shown, row)))
    notes = [
        "People: by how many those counted would have to be more or fewer, with everybody else as they are.",
        "Could have shown: a true difference of this size would be found in eight years of ten; a smaller one can be there and not be found, so "
        "that no clear difference does not mean none.",
    ]
    if any("not said" in row for row in body):
        notes.append("Not said: a count was not supplied, or is hidden.")
    return Table("what-parity-takes", f"What parity would take, {year_label(shown.context.year)}", columns, tuple(body), notes=tuple(notes))


def _cells(shown: Evidence, row: pd.Series | None) -> tuple[str, ...]:
    if row is None or pd.isna(row["to_equal_people"]):
        return ("not supplied" if row is None else "not said",) * 4
    aim = f"{row['aim']} {group_label(shown, 'bme')} people"
    return (
        aim,
        numbers.count(row["to_range_people"]),
        numbers.count(row["to_equal_people"]),
        _smallest(shown, row) or "none, however large",
    )


def _smallest(shown: Evidence, row: pd.Series) -> str:
    if pd.isna(row["smallest_shown"]):
        return ""
    result = rows.headline_row(shown, row["indicator"])
    ratio = result is not None and result["comparison"] == "ratio"
    text = f"a relative likelihood of {numbers.ratio(row['smallest_shown'])}" if ratio else numbers.points(row["smallest_shown"])
    return text

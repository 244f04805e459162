"""What parity would take, in people, and what this year's numbers could have shown."""

import pandas as pd

from wres_helpers.analysis.evidence import Evidence
from wres_helpers.report import evidence_rows as rows
from wres_helpers.report import numbers
from wres_helpers.report.blocks import Column, Prose, Table
from wres_helpers.report.vocabulary import group_label, wording, year_label


def what_parity_takes(shown: Evidence, indicator: str) -> Prose:
    """Return by how many people an indicator's headline is away from equality, and the smallest difference it could have shown."""
    row = parity_row(shown, indicator)
    if row is None:
        return Prose(("What parity would take cannot be said: the figures were not supplied.",))
    return Prose(tuple(text for text in (_people(shown, row), _could_have_shown(shown, row)) if text))


def parity_row(shown: Evidence, indicator: str) -> pd.Series | None:
    """Return the parity of the result that speaks for an indicator."""
    headline = rows.headline_row(shown, indicator)
    if headline is None:
        return None
    place = {name: headline[name] for name in ("year", "indicator", "measure", "breakdown", "category")}
    return rows.first(rows.table(shown, "parity"), **place)


def parity_table(shown: Evidence, indicators: tuple[str, ...] = tuple("123456789")) -> Table:
    """Return one row per indicator: people to the range, people to equality, and the smallest difference that would have been shown."""
    columns = (
        Column("indicator", "Indicator"),
        Column("aim", "For parity"),
        Column("range", "People, to enter the range", "number"),
        Column("equal", "People, to be equal", "number"),
        Column("shown", "Smallest difference this year's numbers could have shown", "number"),
    )
    body = []
    for indicator in indicators:
        definition, row = rows.definition_if_any(shown, indicator), parity_row(shown, indicator)
        if definition is not None:
            body.append((f"{indicator}. {definition['plain_title']}", *_cells(shown, row)))
    notes = (
        "People: by how many those counted would have to be more or fewer, with everybody else as they are.",
        "Could have shown: a true difference of this size would have been found in eight years of ten.",
    )
    return Table("what-parity-takes", f"What parity would take, {year_label(shown.context.year)}", columns, tuple(body), notes=notes)


def _cells(shown: Evidence, row: pd.Series | None) -> tuple[str, ...]:
    if row is None or pd.isna(row["to_equal_people"]):
        absent = "not supplied" if row is None else "not shown"
        return (absent,) * 4
    aim = f"{row['aim']} {group_label(shown, 'bme')} people"
    return (
        aim,
        numbers.count(row["to_range_people"]),
        numbers.count(row["to_equal_people"]),
        _smallest(shown, row) or "none, however large",
    )


def _people(shown: Evidence, row: pd.Series) -> str:
    bme = group_label(shown, "bme")
    if pd.isna(row["to_equal_people"]):
        return f"How many people parity would take is not said, because {row['reason']}."
    if row["to_equal_people"] == 0:
        return f"{bme} people fare as well or better, so parity asks for nobody more."
    counted = _counted(shown, row)
    low, high = shown.context.status_rule.no_adverse_range
    if row["to_range_people"] == 0:
        near = f"They are within the range of {numbers.ratio(low)} to {numbers.ratio(high)} as it is."
    else:
        near = f"To enter the range of {numbers.ratio(low)} to {numbers.ratio(high)} it would take {numbers.count(row['to_range_people'])}."
    people = numbers.count(row["to_equal_people"])
    return f"To be equal, {people} {row['aim']} {bme} {_noun(shown, row)} would have to be {counted}, everything else as it is. {near}"


def _noun(shown: Evidence, row: pd.Series) -> str:
    again = wording(shown, str(row["measure"])).again
    return again[:-1] if row["to_equal_people"] == 1 and again.endswith("s") else again


def _counted(shown: Evidence, row: pd.Series) -> str:
    acted = wording(shown, str(row["measure"])).acted
    return {"1": "in senior posts", "9": "on the board"}.get(row["indicator"], f"among those who {acted}")


def _could_have_shown(shown: Evidence, row: pd.Series) -> str:
    if pd.isna(row["to_equal_people"]):
        return ""
    smallest = _smallest(shown, row)
    if not smallest:
        return "With so few people no true difference, however large, would have been found reliably: that none was found does not mean there is none."
    return (
        f"The smallest true difference that numbers like these show in eight years of ten is {smallest}. A smaller one can be there and not be "
        "found, so that no clear difference does not mean none."
    )


def _smallest(shown: Evidence, row: pd.Series) -> str:
    if pd.isna(row["smallest_shown"]):
        return ""
    result = rows.headline_row(shown, row["indicator"])
    ratio = result is not None and result["comparison"] == "ratio"
    text = f"a relative likelihood of {numbers.ratio(row['smallest_shown'])}" if ratio else numbers.points(row["smallest_shown"])
    return text

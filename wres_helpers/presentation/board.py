"""Indicator 9: the board beside the workforce."""

from typing import Any

import pandas as pd

from wres_helpers.presentation import charts, numbers, rows, tables
from wres_helpers.presentation.blocks import Column, Figure, Table
from wres_helpers.presentation.drawing import Category, Mark
from wres_helpers.presentation.headlines import counted, workforce_share
from wres_helpers.presentation.vocabulary import MEMBERSHIPS, group_label, snapshot_date


def board_chart(shown: Any) -> Figure | Table:
    """Return each group's share of the board beside its share of the workforce; the table where no board was supplied."""
    row = rows.headline_row(shown, "9")
    if row is None or row["status"] == "not_supplied":
        return board_table(shown)
    groups = [
        group for group in tables.GROUPS if group != "unknown" or not pd.isna(row["unknown_count"]) or rows.is_hidden(row, "unknown_count")
    ]
    categories = tuple(
        Category(group_label(shown, group, starting=True), (_board_mark(shown, row, group), _workforce_mark(shown, group)))
        for group in groups
    )
    data = [[c.label, mark.series, mark.text] for c in categories for mark in c.marks]
    subtitle = (
        f"Share of the board and of the workforce by ethnic group, {shown.context.organisation_name}, {snapshot_date(shown.context.year)}"
    )
    return charts.chart_of(
        "indicator-9-chart",
        charts.finding(shown, row),
        subtitle,
        categories,
        {"columns": ["group", "of", "share"], "rows": data},
        focus=True,
    )


def _board_mark(shown: Any, row: pd.Series, group: str) -> Mark:
    count, base = f"{group}_count", f"{group}_base"
    if rows.has(row, count, base) and row[base]:
        rate = float(row[count] / row[base])
        return Mark("Board", rate, f"{numbers.percentage(rate)} ({counted(row, group)})")
    return Mark("Board", None, charts.absent_text(row, count, f"{group}_rate"), hidden=charts.is_protected(row, count))


def _workforce_mark(shown: Any, group: str) -> Mark:
    row = workforce_share(shown, group)
    if row is None:
        return Mark("Workforce", None, "not supplied")
    if rows.has(row, "rate"):
        count, base = rows.words(row, "count", numbers.count), rows.words(row, "base", numbers.count)
        return Mark("Workforce", float(row["rate"]), f"{numbers.percentage(row['rate'])} ({count} of {base})")
    return Mark("Workforce", None, charts.absent_text(row, "count", "rate"), hidden=charts.is_protected(row, "rate"))


def board_table(shown: Any) -> Table:
    """Return one row per part of the board (whole, voting, executive) and one for the workforce."""
    columns = [Column("part", "Part of the board")]
    columns += [Column(f"{group}_count", group_label(shown, group, starting=True), "number") for group in tables.GROUPS]
    bme = group_label(shown, "bme")
    columns += [
        Column("total", "All", "number"),
        Column("rate", f"{bme} share", "number"),
        Column("value", f"{bme} share minus workforce", "number"),
    ]
    frame = rows.of_indicator(shown, "results", "9", measure="board_share")
    body = []
    for _, row in frame.iterrows():
        counts = [rows.cell(row, f"{group}_count", numbers.count) for group in tables.GROUPS]
        rest = [rows.cell(row, "bme_base", numbers.count), tables.rate_cell(row, "bme"), rows.cell(row, "value", tables.points_cell)]
        body.append((MEMBERSHIPS.get(row["category"], row["category"]), *counts, *rest))
    body.append(_workforce_row(shown))
    notes = ["Points are percentage points; below 0 means that the group is smaller on the board than in the workforce."]
    caption = f"The board by ethnic group, {snapshot_date(shown.context.year)}"
    return Table(
        "indicator-9-board", caption, tuple(columns), tuple(body), notes=tables.with_marker_note(body, notes, tables.marker(shown))
    )


def _workforce_row(shown: Any) -> tuple[str, ...]:
    found = {group: workforce_share(shown, group) for group in (*tables.GROUPS, "all")}
    counts = [rows.cell(found[group], "count", numbers.count) for group in (*tables.GROUPS, "all")]
    return ("Workforce", *counts, rows.cell(found["bme"], "rate", numbers.percentage), "compared with")

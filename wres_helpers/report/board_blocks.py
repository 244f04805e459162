"""Indicator 9: the board beside the workforce."""

from dataclasses import replace

import pandas as pd

from wres_helpers.analysis.evidence import Evidence
from wres_helpers.report import charts, evidence_rows, numbers, plots, table_blocks
from wres_helpers.report.blocks import Figure, Notice, Table, columns_of
from wres_helpers.report.drawing import Category, Mark
from wres_helpers.report.headlines import NOTHING_SUPPLIED
from wres_helpers.report.vocabulary import MEMBERSHIPS, characteristic, group_label, snapshot_date
from wres_helpers.standard import statuses

#: The comparison of a board with the workforce, whichever indicator asks for it.
BOARD = "board-workforce"


def board_chart(shown: Evidence) -> Figure | Notice:
    """Return each group's share of the board beside its share of the workforce; a notice where no board was supplied."""
    boards = shown.context.catalogue.loc[shown.context.catalogue["direction"].eq(BOARD), "indicator"]
    row = evidence_rows.headline_row(shown, boards.iloc[0]) if len(boards) else None
    if row is None or row["status"] == statuses.NOT_SUPPLIED:
        return Notice(title=charts.NO_CHART, text=NOTHING_SUPPLIED)
    groups = [group for group in table_blocks.GROUPS if group != "unknown" or _has_unknown(row)]
    day, table = snapshot_date(shown, shown.context.year), board_table(shown)
    if all(evidence_rows.has(row, f"{group}_count") for group in groups):
        subtitle = f"Board members by {characteristic(shown)}, one dot each, {day}"
        members = tuple(_people(shown, row, group) for group in groups)
        plot = charts.Plot("indicator-9-chart", charts.finding(shown, row), subtitle, table)
        return charts.drawn(plot, "Chart of one dot for each person", plots.people(members), members)
    subtitle = f"Share of the board and of the workforce by {characteristic(shown)}, {day}"
    bars = tuple(_bars(shown, row, group) for group in groups)
    plot = charts.Plot("indicator-9-chart", charts.finding(shown, row), subtitle, table)
    return charts.drawn(plot, "Bar chart", plots.bars(bars, focus=True), bars)


def _has_unknown(row: pd.Series) -> bool:
    return evidence_rows.has(row, "unknown_count") or evidence_rows.is_hidden(row, "unknown_count")


def _people(shown: Evidence, row: pd.Series, group: str) -> Category:
    count = row[f"{group}_count"]
    return Category(group_label(shown, group, starting=True), (Mark("Board", float(count), numbers.count(count)),))


def _bars(shown: Evidence, row: pd.Series, group: str) -> Category:
    board = replace(charts.group_mark(shown, row, group), series="Board", lower=None, upper=None)
    return Category(
        group_label(shown, group, starting=True),
        (board, charts.share_mark("Workforce", evidence_rows.workforce_share(shown, group), "base")),
    )


def board_table(shown: Evidence) -> Table:
    """Return one row per part of the board (whole, voting, executive) and one for the workforce."""
    bme = group_label(shown, "bme")
    columns = columns_of(
        ("Part of the board",),
        (
            *(group_label(shown, group, starting=True) for group in table_blocks.GROUPS),
            "All",
            f"{bme} share",
            f"{bme} share minus workforce",
        ),
    )
    frame = evidence_rows.where(shown.results, {"year": shown.context.year, "direction": BOARD})
    body = [_board_row(shown, row) for _, row in frame.iterrows()]
    body.append(_workforce_row(shown))
    reading = ["A difference below 0 means that the group is smaller on the board than in the workforce."]
    caption = f"The board by {characteristic(shown)}, {snapshot_date(shown, shown.context.year)}"
    notes = table_blocks.with_marker_note(body, reading, table_blocks.marker(shown))
    return Table("indicator-9-board", caption, columns, tuple(body), notes=notes)


def _board_row(shown: Evidence, row: pd.Series) -> tuple[str, ...]:
    counts = [evidence_rows.cell(row, f"{group}_count", numbers.count) for group in table_blocks.GROUPS]
    whole = evidence_rows.cell(row, "bme_base", numbers.count)
    value = evidence_rows.cell(row, "value", numbers.signed_points)
    return (MEMBERSHIPS.get(row["category"], row["category"]), *counts, whole, table_blocks.rate_cell(shown, row, "bme"), value)


def _workforce_row(shown: Evidence) -> tuple[str, ...]:
    found = {group: evidence_rows.workforce_share(shown, group) for group in (*table_blocks.GROUPS, "all")}
    counts = [evidence_rows.cell(found[group], "count", numbers.count) for group in (*table_blocks.GROUPS, "all")]
    return ("Whole workforce", *counts, evidence_rows.cell(found["bme"], "rate", numbers.percentage), "basis of comparison")

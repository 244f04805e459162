"""Indicator 9: the board beside the workforce."""

from dataclasses import replace

import pandas as pd

from wres_helpers.analysis.evidence import Evidence
from wres_helpers.report import charts, evidence_rows, numbers, plots, table_blocks
from wres_helpers.report.blocks import Figure, Notice, Table
from wres_helpers.report.drawing import Category, Mark
from wres_helpers.report.headlines import NOTHING_SUPPLIED
from wres_helpers.report.made_tables import named, number, of_groups, table_of
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
    by = f"by {characteristic(shown)}"
    if all(evidence_rows.has(row, f"{group}_count") for group in groups):
        kind, subtitle = "Chart of one dot for each person", f"Board members {by}, one dot each, {day}"
        categories = tuple(
            _category(shown, group, Mark("Board", float(row[f"{group}_count"]), table_blocks.group_count(row, group))) for group in groups
        )
        picture = plots.people(categories)
    else:
        kind, subtitle = "Bar chart", f"Share of the board and of the workforce {by}, {day}"
        categories = tuple(_category(shown, group, *_shares(shown, row, group)) for group in groups)
        picture = plots.bars(categories, focus=True)
    plot = charts.Plot("indicator-9-chart", charts.finding(shown, row), subtitle, table)
    return charts.drawn(plot, kind, picture, categories)


def _has_unknown(row: pd.Series) -> bool:
    return evidence_rows.has(row, "unknown_count") or evidence_rows.is_hidden(row, "unknown_count")


def _category(shown: Evidence, group: str, *marks: Mark) -> Category:
    return Category(group_label(shown, group, starting=True), marks)


def _shares(shown: Evidence, row: pd.Series, group: str) -> tuple[Mark, Mark]:
    board = replace(charts.group_mark(shown, row, group), series="Board", lower=None, upper=None)
    return board, charts.share_mark("Workforce", evidence_rows.workforce_share(shown, group), "base")


def board_table(shown: Evidence) -> Table:
    """Return one row per part of the board (whole, voting, executive) and one for the workforce."""
    bme, groups = group_label(shown, "bme"), table_blocks.GROUPS
    fields = (
        named("Part of the board", lambda row: MEMBERSHIPS.get(row["category"], row["category"])),
        *of_groups(shown, table_blocks.group_count, groups),
        number("All", "bme_base"),
        number(f"{bme} share", lambda row: table_blocks.rate_cell(shown, row, "bme")),
        number(f"{bme} share minus workforce", "value", numbers.signed_points),
    )
    whole = {group: evidence_rows.workforce_share(shown, group) for group in (*groups, "all")}
    counts = [evidence_rows.cell(row, "count", numbers.count) for row in whole.values()]
    workforce = ("Whole workforce", *counts, evidence_rows.cell(whole["bme"], "rate", numbers.percentage), "basis of comparison")
    parts = evidence_rows.where(shown.results, {"year": shown.context.year, "direction": BOARD})
    caption = f"The board by {characteristic(shown)}, {snapshot_date(shown, shown.context.year)}"
    reading = "A difference below 0 means that the group is smaller on the board than in the workforce."
    return table_of(shown, "indicator-9-board", caption, fields, parts, [reading], [workforce])

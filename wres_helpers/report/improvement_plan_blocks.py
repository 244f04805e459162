"""The NHS equality, diversity and inclusion improvement plan (June 2023): those of its success metrics that our counts answer."""

from typing import Final

import pandas as pd

from wres_helpers.analysis.evidence import Evidence
from wres_helpers.report import evidence_rows as rows
from wres_helpers.report import numbers, phrases
from wres_helpers.report.blocks import Block, Prose, StatusCell, Table, columns_of
from wres_helpers.report.headlines import counted
from wres_helpers.report.table_blocks import status_cell, value_cells
from wres_helpers.report.vocabulary import group_label, year_label

#: Metrics that rest on data the pack does not read, and what they need. Source: the plan's metrics as an integrated care system lists them.
ELSEWHERE: Final = {
    "1a": "yearly appraisal of chair and chief executive on these objectives: a text of the board",
    "2f": "the combined score of the National Education and Training Survey",
    "3a": "pay gaps by gender, race and disability: pay is not read",
    "4a": "a survey question on wellbeing that is not among those read",
    "5a and 5b": "belonging and bullying of international recruits: the survey is not told apart by them",
}
FIRST_EDITION: Final = 2024


def improvement_plan(shown: Evidence) -> tuple[Block, ...]:
    """Return the plan's metrics with this year's figure, counts, interval and status; and which metrics are not answered here.

    The plan measures race equality by the indicators of WRES; of another standard there is nothing to show.
    """
    if shown.context.reference.standard.short_name != "WRES":
        return ()
    columns = columns_of(
        ("Metric", "What it asks"), ("Figure", "Counts", f"{numbers.confidence(shown.context.confidence)} interval"), ("Status",)
    )
    caption = f"Success metrics of the improvement plan, {year_label(shown.context.year)}"
    notes = (
        "The status follows from the rule of this report, which is not part of the plan. 2b is answered in part: one question of those it names.",
    )
    table = Table("improvement-plan", caption, columns, tuple(_row(shown, *metric) for metric in _metrics(shown)), notes=notes)
    elsewhere = phrases.sentence("Not answered from these data: " + "; ".join(f"{name} ({needs})" for name, needs in ELSEWHERE.items()))
    before = shown.context.edition < FIRST_EDITION
    early = ("The plan was published in June 2023, after this reporting year; its metrics are applied backwards here.",) if before else ()
    return table, Prose((*early, elsewhere))


def _metrics(shown: Evidence) -> list[tuple[str, str, pd.Series | None]]:
    bme, start = group_label(shown, "bme"), group_label(shown, "bme", starting=True)
    leading = rows.first(rows.of_indicator(shown, "results", "1", measure="leadership_share"), breakdown="overall")
    return [
        ("2a", "Relative likelihood of being appointed from shortlisting", rows.headline_row(shown, "2")),
        ("2b in part", "Believing that careers are fair", rows.headline_row(shown, "7")),
        ("2c", f"{start} share of the workforce", rows.workforce_share(shown, "bme")),
        ("2d", f"{bme} share of Band 8c and above, beside the workforce", leading),
        ("2e", f"{start} share of shortlisted candidates", rows.share(shown, "shortlisted", "bme")),
        ("6a", "Harassment by managers and colleagues", rows.headline_row(shown, "6")),
        ("6b", "Discrimination by managers and colleagues", rows.headline_row(shown, "8")),
    ]


def _row(shown: Evidence, metric: str, asks: str, row: pd.Series | None) -> tuple[str | StatusCell, ...]:
    if row is None:
        return (metric, asks, *("not supplied",) * 3, status_cell("not_supplied"))
    if "direction" not in row:  # a share, which is compared with nothing
        counts = f"{rows.words(row, 'count', numbers.count)} of {rows.words(row, 'base', numbers.count)}"
        interval = numbers.percentage_interval(row["lower"], row["upper"]) if rows.has(row, "lower", "upper") else "not shown"
        return (metric, asks, rows.cell(row, "rate", numbers.percentage), counts, interval, status_cell(row["status"]))
    groups = ("bme",) if row["direction"].endswith("workforce") else ("bme", "white")
    counts = "; ".join(f"{group_label(shown, group, starting=group == 'bme')} {counted(row, group)}" for group in groups)
    value, interval = value_cells(row)
    return (metric, asks, value, counts, interval, status_cell(row["status"]))

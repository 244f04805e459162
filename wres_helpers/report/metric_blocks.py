"""Metrics as tables: any standard's, made from its catalogue alone; and those of the NHS improvement plan (June 2023) that our counts answer."""

from typing import Final

import pandas as pd

from wres_helpers.analysis.evidence import Evidence
from wres_helpers.report import evidence_rows as rows
from wres_helpers.report import numbers, phrases
from wres_helpers.report.blocks import Block, Headline, Prose, StatusCell, Table, columns_of
from wres_helpers.report.headlines import counted, with_rate
from wres_helpers.report.table_blocks import status_cell, value_cells, value_text, value_title
from wres_helpers.report.vocabulary import group_label, in_terms, share_heading, year_label
from wres_helpers.standard.provenance import SEEN
from wres_helpers.standard.statuses import LABELS


def metrics(shown: Evidence) -> tuple[Block, ...]:
    """Return every metric of the standard: what it found in one sentence each, all of them in one table, and their definitions."""
    found = [(definition, _spoken_for(shown, definition)) for _, definition in shown.context.catalogue.iterrows()]
    known = [(definition, row) for definition, row in found if row is not None]
    headlines = [_headline(shown, definition, row) for definition, row in known if definition["role"] == "headline"]
    return (*headlines, _table(shown, known), *_grades(shown), _definitions(shown))


def _spoken_for(shown: Evidence, definition: pd.Series) -> pd.Series | None:
    """Return the row that speaks for a measure: over everybody, or the whole board."""
    frame = rows.of_indicator(shown, "results", definition["indicator"], measure=definition["measure"])
    whole = rows.first(frame, breakdown="overall")
    return whole if whole is not None else rows.first(frame, category="total")


def _name(shown: Evidence, definition: pd.Series) -> str:
    metric = shown.context.reference.standard.metric
    return f"{metric[0].upper()}{metric[1:]} {definition['indicator']}"


def _headline(shown: Evidence, definition: pd.Series, row: pd.Series) -> Headline:
    told = f"{definition['plain_title']}: {_rates(shown, row)}"
    told += f"; {_what(shown, row)}: {value_text(row)}" if rows.has(row, "value") else ""
    return Headline(
        phrases.sentence(told),
        phrases.sentence(in_terms(shown, str(row["reason"]))),
        row["status"],
        f"{_name(shown, definition)}: {LABELS[row['status']]}",
    )


def _what(shown: Evidence, row: pd.Series) -> str:
    if row["direction"].endswith("workforce"):
        return f"{group_label(shown, 'bme', starting=True)} share minus that of all staff"
    return value_title(shown, row)


def _rates(shown: Evidence, row: pd.Series) -> str:
    groups = ("bme",) if row["comparison"] == "none" or row["direction"].endswith("workforce") else ("white", "bme")
    return phrases.listed([f"{group_label(shown, group, starting=True)} {with_rate(row, group)}" for group in groups])


def _table(shown: Evidence, known: list[tuple[pd.Series, pd.Series]]) -> Table:
    white, bme = (group_label(shown, group, starting=True) for group in ("white", "bme"))
    metric = shown.context.reference.standard.metric
    columns = columns_of(
        (f"{metric[0].upper()}{metric[1:]}",),
        (white, bme, "Comparison", f"{numbers.confidence(shown.context.confidence)} interval"),
        ("Status",),
    )
    caption = f"All metrics, {shown.context.organisation_name}, {year_label(shown.context.year)}"
    return Table("metrics", caption, columns, tuple(_row(shown, definition, row) for definition, row in known))


def _row(shown: Evidence, definition: pd.Series, row: pd.Series) -> tuple[str | StatusCell, ...]:
    alone = row["direction"].endswith("workforce") or row["comparison"] == "none"
    rates = ["does not apply" if alone and group == "white" else with_rate(row, group) for group in ("white", "bme")]
    return (
        f"{definition['indicator']}. {definition['plain_title']}",
        *rates,
        *(("does not apply",) * 2 if row["comparison"] == "none" else value_cells(row)),
        status_cell(row["status"]),
    )


def _grades(shown: Evidence) -> tuple[Table, ...]:
    """Return the groups of grades, where the standard compares them; nothing where none was supplied."""
    frame = shown.results
    frame = frame[frame["measure"].eq("share_of_grade") & frame["breakdown"].eq("cluster") & frame["year"].eq(shown.context.year)]
    if frame.empty:
        return ()
    head, _ = share_heading(shown, "share_of_grade")
    groups = ("white", "bme", "unknown")
    columns = columns_of(("Grades",), [f"{group_label(shown, group, starting=True)}: {head.lower()}" for group in groups])
    body = [(row["category"], *(rows.cell(row, f"{group}_count", numbers.count) for group in groups)) for _, row in frame.iterrows()]
    return (Table("metric-grades", f"Staff by group of grades, {year_label(shown.context.year)}", columns, tuple(body)),)


def _definitions(shown: Evidence) -> Table:
    columns = columns_of(("Metric", "Definition", "Source", "Seen"))
    body = [
        (f"{row['indicator']}. {row['plain_title']}", row["definition"], row["source"], SEEN[row["seen"]])
        for _, row in shown.context.catalogue.iterrows()
    ]
    return Table("metric-definitions", "How each metric is defined here", columns, tuple(body))


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
    table = Table("improvement-plan", caption, columns, tuple(_plan_row(shown, *metric) for metric in _metrics(shown)), notes=notes)
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


def _plan_row(shown: Evidence, metric: str, asks: str, row: pd.Series | None) -> tuple[str | StatusCell, ...]:
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

"""Recruitment in its stages: the indicator, and the steps around it as context."""

from typing import Any

import pandas as pd

from wres_helpers.presentation import charts, numbers, phrases, rows, tables
from wres_helpers.presentation.blocks import Column, Figure, Prose, Table
from wres_helpers.presentation.drawing import Category
from wres_helpers.presentation.vocabulary import group_label, wording, year_label

STAGES = ("shortlisted_from_applied", "appointed_from_shortlisting", "appointed_from_applied")


def _stage_rows(shown: Any) -> list[pd.Series]:
    frame = rows.of_indicator(shown, "results", "2")
    found = (rows.first(frame, measure=measure, breakdown="overall") for measure in STAGES)
    return [row for row in found if row is not None]


def recruitment_funnel(shown: Any) -> tuple[Figure | Prose, ...]:
    """Return each step of recruitment, as a chart, a table and a sentence; only the middle step is the indicator."""
    if not _stage_rows(shown):
        return (Prose(("The stages of recruitment were not supplied.",)),)
    return funnel_chart(shown), funnel_reading(shown), funnel_table(shown)


def funnel_chart(shown: Any) -> Figure:
    """Return the percentage of each group that passed each step, as bars."""
    found = _stage_rows(shown)
    categories = tuple(
        Category(wording(row["measure"]).stage, tuple(charts.group_mark(shown, row, group) for group in ("white", "bme"))) for row in found
    )
    data = []
    for row in found:
        data += charts.rates_data(shown, row)["rows"]
    subtitle = f"Percentage of each group that passed each step of recruitment, {year_label(shown.context.year)}"
    level = numbers.confidence(shown.context.confidence)
    columns = ["category", "series", "count", "base", "value", "lower", "upper"]
    return charts.chart_of(
        "indicator-2-stages", _finding(shown, found), subtitle, categories, {"columns": columns, "rows": data},
        notes=(charts.WHISKERS.format(level=level), "Only the step from shortlisting to appointment is indicator 2; the others are context."),
    )  # fmt: skip


def _finding(shown: Any, found: list[pd.Series]) -> str:
    """Return at how many of the steps white people fared better, as far as values are shown."""
    known = [row for row in found if rows.has(row, "value")]
    ahead = [row for row in known if rows.has(row, "lower") and row["lower"] > 1]
    behind = [row for row in known if rows.has(row, "upper") and row["upper"] < 1]
    white, bme = group_label(shown, "white", starting=True), group_label(shown, "bme")
    if known and len(ahead) == len(known):
        return f"{white} candidates fared better than {bme} candidates at every step"
    if ahead:
        return f"{white} candidates fared clearly better at {numbers.in_words(len(ahead))} of {numbers.in_words(len(known))} steps"
    if behind:
        return f"{bme} candidates fared clearly better at {numbers.in_words(len(behind))} of {numbers.in_words(len(known))} steps"
    return "At no step is there a difference that chance alone could not explain" if known else "The steps of recruitment are not shown"


def funnel_reading(shown: Any) -> Prose:
    """Return each step of recruitment in one sentence."""
    sentences = []
    for row in _stage_rows(shown):
        step = wording(row["measure"]).stage
        if rows.has(row, "value"):
            sentences.append(
                f"{step}: {tables.value_title(shown, row).lower().replace('bme', group_label(shown, 'bme'))} {tables.value_text(row)}."
            )
        else:
            sentences.append(f"{step}: relative likelihood {rows.words(row, 'value', numbers.ratio)}.")
    return Prose(tuple(phrases.sentence(sentence) for sentence in sentences))


def funnel_table(shown: Any) -> Table:
    """Return one row per step: each group's count, base and percentage, and the relative likelihood."""
    columns = [Column("step", "Step")]
    for group in ("white", "bme"):
        label = group_label(shown, group, starting=True)
        columns += [
            Column(f"{group}_count", f"{label}, passed", "number"),
            Column(f"{group}_base", f"{label}, of", "number"),
            Column(f"{group}_rate", f"{label}, share", "number"),
        ]
    columns.append(Column("value", f"Likelihood, {group_label(shown, 'white')} \u00f7 {group_label(shown, 'bme')}", "number"))
    body = []
    for row in _stage_rows(shown):
        cells = [wording(row["measure"]).stage]
        for group in ("white", "bme"):
            cells += [
                rows.cell(row, f"{group}_count", numbers.count),
                rows.cell(row, f"{group}_base", numbers.count),
                tables.rate_cell(row, group),
            ]
        body.append((*cells, rows.cell(row, "value", numbers.ratio)))
    caption = f"Recruitment step by step, {year_label(shown.context.year)}"
    return Table(
        "indicator-2-stages-table", caption, tuple(columns), tuple(body), notes=tables.with_marker_note(body, [], tables.marker(shown))
    )

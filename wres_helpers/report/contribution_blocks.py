"""Which part of an organisation drives a gap, in people; and the parts in their funnel."""

import pandas as pd

from wres_helpers.analysis.contributions import COMPOSITION
from wres_helpers.analysis.evidence import Evidence
from wres_helpers.report import evidence_rows as rows
from wres_helpers.report import funnel_plots, numbers, phrases, table_blocks
from wres_helpers.report.blocks import Column, Figure, Table
from wres_helpers.report.cut_blocks import category_label
from wres_helpers.report.vocabulary import group_label, period_label, worse_for, year_label

#: Breakdowns that divide an organisation into parts somebody answers for; others are told by their own table.
PARTS = ("directorate", "division", "site", "staff_group")
#: Of those, the ones that are many of a kind; staff groups are few and differ in what they do.
MANY_OF_A_KIND = {"directorate": "directorates", "division": "divisions", "site": "sites"}


def contributions(shown: Evidence, indicator: str, breakdowns: tuple[str, ...] = PARTS) -> tuple[Table, ...]:
    """Return which part drives an indicator's gap: people beyond what the white people of each part would give; none where hidden."""
    frame = rows.of_indicator(shown, "contributions", indicator, measure=rows.headline_measure(shown, indicator))
    frame = frame[frame["breakdown"].isin(breakdowns) & frame["beyond_people"].notna()]
    return tuple(_table(shown, indicator, str(name), part) for name, part in frame.groupby("breakdown", sort=False))


def _table(shown: Evidence, indicator: str, breakdown: str, part: pd.DataFrame) -> Table:
    white, bme = group_label(shown, "white"), group_label(shown, "bme", starting=True)
    columns = (
        Column("part", breakdown.replace("_", " ").capitalize()),
        Column("counted", f"{bme} people counted", "number"),
        Column("beyond", f"More or fewer than {white} people of the same part would give", "number"),
    )
    body = tuple(_row(row) for _, row in part.iterrows())
    whole = _signed(part["whole_people"].iloc[0])
    definition = rows.definition_of(shown, indicator)
    caption = f"{definition['plain_title']}: which {breakdown.replace('_', ' ')} drives the difference, {year_label(shown.context.year)}"
    notes = (
        f"All rows add up to {whole} for the whole organisation, apart from rounding. People are rounded, and chance weighs more in a part than in the whole.",
        f"'{COMPOSITION.capitalize()}': what comes of {bme} people working where the rate is high or low for everybody.",
    )
    return Table(f"indicator-{indicator}-drives-{breakdown.replace('_', '-')}", caption, columns, body, notes=notes)


def _row(row: pd.Series) -> tuple[str, ...]:
    counted = "does not apply" if row["category"] == COMPOSITION else rows.cell(row, "bme_count", numbers.count)
    name = COMPOSITION.capitalize() if row["category"] == COMPOSITION else category_label(row["category"])
    return (name, counted, _signed(row["beyond_people"]))


def _signed(people: float) -> str:
    text = numbers.count(abs(people))
    return text if text == "0" else f"{'+' if people > 0 else numbers.MINUS}{text}"


def funnel_of_parts(shown: Evidence, indicator: str) -> tuple[Figure, ...]:
    """Return an indicator's directorates, divisions or sites in their funnel; nothing where fewer than three can be shown."""
    frame = rows.of_indicator(shown, "results", indicator, measure=rows.headline_measure(shown, indicator))
    found = (_funnel(shown, indicator, name, many, frame[frame["breakdown"].eq(name)]) for name, many in MANY_OF_A_KIND.items())
    return tuple(figure for figures in found for figure in figures)


def _funnel(shown: Evidence, indicator: str, one: str, many: str, parts: pd.DataFrame) -> tuple[Figure, ...]:
    if parts.empty:
        return ()
    definition = rows.definition_of(shown, indicator)
    worse = worse_for(shown, definition["adverse"])
    return funnel_plots.funnel_plot(
        funnel_plots.Units(
            id=f"indicator-{indicator}-funnel-{one}",
            one=one,
            many=many,
            subtitle=f"{definition['plain_title']}, by {one}, {period_label(shown.context.year, definition)}",
            value_title=table_blocks.value_title(shown, parts.iloc[0]),
            worse=phrases.sentence(f"{worse[0].upper()}{worse[1:]}"),
            white=group_label(shown, "white", starting=True),
            bme=group_label(shown, "bme", starting=True),
            confidence=shown.context.confidence,
            results=parts.assign(organisation=parts["category"]),
        )
    )

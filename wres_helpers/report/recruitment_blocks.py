"""Recruitment in its stages: the indicator, and the steps around it as context."""

from functools import partial

import pandas as pd

from wres_helpers.analysis.evidence import Evidence
from wres_helpers.report import charts, evidence_rows, phrases, plots, table_blocks
from wres_helpers.report.blocks import Figure, Notice, Table
from wres_helpers.report.drawing import Category
from wres_helpers.report.made_tables import named, of_groups, table_of
from wres_helpers.report.vocabulary import group_label, wording, year_label
from wres_helpers.standard import statuses

WHOLE_WAY = "appointed_from_applied"
STAGES = ("shortlisted_from_applied", "appointed_from_shortlisting", WHOLE_WAY)
ONLY_ONE_STEP = "Only the step from shortlisting to appointment is indicator 2; the others are context."


def _stage_rows(shown: Evidence) -> list[pd.Series]:
    frame = evidence_rows.of_indicator(shown, "results", "2")
    found = (evidence_rows.first(frame, measure=measure, breakdown="overall") for measure in STAGES)
    return [row for row in found if row is not None]


def recruitment_funnel(shown: Evidence) -> tuple[Figure | Notice, ...]:
    """Return each step of recruitment as bars with its table; only the middle step is the indicator."""
    found = _stage_rows(shown)
    if all(row["status"] == statuses.NOT_SUPPLIED for row in found):
        return (Notice(title=charts.NO_CHART, text="The stages of recruitment were not supplied for this year."),)
    categories = tuple(
        Category(wording(shown, row["measure"]).stage, tuple(charts.group_mark(shown, row, group) for group in ("white", "bme")))
        for row in found
    )
    subtitle = f"Percentage of each group that passed each step of recruitment, {year_label(shown.context.year)}"
    notes = (*charts.whisker_note(shown, categories), ONLY_ONE_STEP)
    plot = charts.Plot("indicator-2-stages", _finding(shown, found), subtitle, funnel_table(shown), notes)
    return (charts.drawn(plot, "Bar chart", plots.bars(categories), categories),)


def _finding(shown: Evidence, found: list[pd.Series]) -> str:
    """Return at which of the two steps a group fared clearly better, as far as values are shown; the whole way is no third step."""
    steps = [row for row in found if row["measure"] != WHOLE_WAY]
    known = [row for row in steps if evidence_rows.has(row, "value")]
    if not known:
        return "The steps of recruitment cannot be compared"
    clear = [row for row in known if evidence_rows.is_clear(row) and row["value"] != 1]
    better = {
        group: [wording(shown, row["measure"]).stage for row in clear if (row["value"] > 1) == (group == "white")]
        for group in ("white", "bme")
    }
    told: list[str] = []
    for group, other in (("white", "bme"), ("bme", "white")):
        if better[group]:
            every = len(better[group]) == len(steps)
            where = "at every step" if every else phrases.listed([f"from {phrases.small(stage)}" for stage in better[group]])
            than = "" if better[other] else f" than {group_label(shown, other)} candidates"
            fared = "" if told else " fared clearly better"
            told.append(f"{group_label(shown, group, starting=True)} candidates{fared}{than} {where}")
    shown_steps = "no step" if len(known) == len(steps) else "no step that can be compared"
    return phrases.listed(told) or f"At {shown_steps} is there a difference that chance alone could not explain"


def funnel_table(shown: Evidence) -> Table:
    """Return one row per step: each group's percentage with count and base, and the relative likelihood."""
    ratio = f"{group_label(shown, 'white', starting=True)} ÷ {group_label(shown, 'bme')}"
    fields = (
        named("Step", lambda row: wording(shown, row["measure"]).stage),
        *of_groups(shown, partial(charts.group_text, shown)),
        *table_blocks.with_interval(shown, ratio),
    )
    caption = f"Recruitment step by step: percentage that passed, {year_label(shown.context.year)}"
    return table_of(shown, "indicator-2-stages-table", caption, fields, _stage_rows(shown))

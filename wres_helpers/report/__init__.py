"""Words, tables and charts for the report, each made from rows that may be shown.

Notebooks call the functions named here; each takes the evidence first and returns a block (see `blocks.py`).
"""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

from wres_helpers.lazy_names import looked_up, names_in
from wres_helpers.small_tables import small_tables

UNPROTECTED = "Unprotected: a working copy, not for sharing."

#: Where each function lives (no module bears the name of a function). Looked up when it is first used, so that making
#: pages does not import what draws charts.
_HOMES = {
    "section.workforce_blocks": ("band_chart", "band_parts", "band_reading", "band_table"),
    "form.blocks": ("Block", "show"),
    "section.own_pictures": ("answers_chart", "answers_table", "board_chart", "board_table", "profile_chart", "recruitment_funnel"),
    "section.charts": ("rates_chart",),
    "desk.working_checks": ("attackers_ranges", "contradictions"),
    "section.beside_last_year": ("compared_with_last_year",),
    "section.beside_national_figures": ("about_national_figures", "compared_with_benchmark", "population_served"),
    "section.part_blocks": ("by_parts", "cut_tables", "contributions", "funnel_of_parts"),
    "words.headlines": ("headline",),
    "summary.overview": ("beside_other_figures", "key_facts", "scorecard"),
    "summary.how_sure": ("how_sure", "how_to_read"),
    "summary.page_one": ("at_a_glance", "decisions", "top_findings"),
    "summary.standings": ("standings",),
    "section.written_blocks": ("abbreviations", "action_plan", "actions", "what_became_of", "narrative"),
    "words.sentences": ("definition", "in_people", "certainty", "how_status_is_given", "status_note"),
    "summary.sourcing": ("method_table", "sources"),
    "summary.metric_blocks": ("metrics", "metric_definitions", "improvement_plan"),
    "section.parity_blocks": ("parity_table", "targets"),
    "section.pipeline_blocks": ("pipeline",),
    "section.year_blocks": ("years",),
    "section.table_blocks": ("completeness_table", "profile_table", "rates_table", "undisclosed_table"),
}
__all__ = names_in(_HOMES)  # noqa: PLE0605 the names stand above, once
_look_up, __dir__ = looked_up(__name__, _HOMES)


def __getattr__(name: str) -> Any:
    """Return a function of the room, whose tables and charts say so where they are made of evidence that is not protected."""
    made = _look_up(name)
    return made if made.__module__.endswith(".blocks") else _marking(made)  # those take no evidence


def _marking(made: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function, as editors and the reference know it, that marks what another one makes of unprotected evidence."""

    @small_tables  # as evidence has them
    @wraps(made)
    def marked(shown: Any, *given: Any, **named: Any) -> Any:
        blocks = made(shown, *given, **named)
        if getattr(shown, "protected", True):
            return blocks
        each = blocks if isinstance(blocks, tuple) else (blocks,)
        told = tuple(replace(block, notes=(UNPROTECTED, *block.notes)) if hasattr(block, "notes") else block for block in each)
        return told if isinstance(blocks, tuple) else told[0]

    return marked

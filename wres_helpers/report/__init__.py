"""Words, tables and charts for the report, each made from rows that may be shown.

Notebooks call the functions named here; each takes the evidence first and returns a block (see `blocks.py`).
"""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

from wres_helpers.lazy_names import looked_up, names_in

UNPROTECTED = "Unprotected: a working copy, not for sharing."

#: Where each function lives (no module bears the name of a function). Looked up when it is first used, so that making
#: pages does not import what draws charts.
_HOMES = {
    "workforce_blocks": ("band_chart", "band_reading", "band_table", "profile_chart"),
    "blocks": ("Block", "show"),
    "own_pictures": ("answers_chart", "answers_table", "board_chart", "board_table", "recruitment_funnel"),
    "charts": ("rates_chart",),
    "working_checks": ("attackers_ranges", "contradictions"),
    "beside_last_year": ("compared_with_last_year",),
    "beside_national_figures": ("about_national_figures", "compared_with_benchmark"),
    "part_blocks": ("cut_tables", "contributions", "funnel_of_parts"),
    "headlines": ("headline",),
    "overview": ("key_facts", "scorecard"),
    "page_one": ("at_a_glance", "beside_other_figures", "decisions", "how_sure", "how_to_read", "standings", "top_findings"),
    "written_blocks": ("abbreviations", "action_plan", "actions", "what_became_of", "narrative"),
    "sentences": ("definition", "in_people", "certainty", "how_status_is_given", "status_note"),
    "sourcing": ("method_table", "sources"),
    "metric_blocks": ("metrics", "metric_definitions", "improvement_plan"),
    "parity_blocks": ("parity_table", "population_served", "targets"),
    "pipeline_blocks": ("pipeline",),
    "year_blocks": ("years",),
    "table_blocks": ("completeness_table", "profile_table", "rates_table", "undisclosed_table"),
}
__all__ = names_in(_HOMES)  # noqa: PLE0605 the names stand above, once
_look_up, __dir__ = looked_up(__name__, _HOMES)


def __getattr__(name: str) -> Any:
    """Return a function of the room, whose tables and charts say so where they are made of evidence that is not protected."""
    made = _look_up(name)
    return made if made.__module__.endswith(".blocks") else _marking(made)  # those take no evidence


def _marking(made: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function, as editors and the reference know it, that marks what another one makes of unprotected evidence."""

    @wraps(made)
    def marked(shown: Any, *given: Any, **named: Any) -> Any:
        blocks = made(shown, *given, **named)
        if getattr(shown, "protected", True):
            return blocks
        each = blocks if isinstance(blocks, tuple) else (blocks,)
        told = tuple(replace(block, notes=(UNPROTECTED, *block.notes)) if hasattr(block, "notes") else block for block in each)
        return told if isinstance(blocks, tuple) else told[0]

    return marked

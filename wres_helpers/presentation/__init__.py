"""Words, tables and charts for the report, each made from rows that may be shown.

Notebooks call the functions named here; each takes the evidence first and returns a block (see `blocks.py`).
"""

from wres_helpers.definitions.lazy_names import looked_up, names_in

#: Where each function lives (no module bears the name of a function). Looked up when it is first used, so that making
#: pages does not import what draws charts.
_HOMES = {
    "bands": ("band_chart", "band_reading", "band_table"),
    "blocks": ("Block", "show"),
    "board": ("board_chart", "board_table"),
    "charts": ("rates_chart",),
    "checks": ("attackers_ranges", "contradictions"),
    "comparisons": ("compared_with_benchmark", "compared_with_last_year"),
    "cuts": ("cut_tables",),
    "headlines": ("headline",),
    "how_sure": ("certainty", "status_note"),
    "narratives": ("narrative",),
    "overview": ("key_facts", "likelihood_chart", "scorecard", "top_findings"),
    "plans": ("action_plan_table", "actions"),
    "profile": ("profile_chart", "profile_reading"),
    "recruitment": ("recruitment_funnel",),
    "sentences": ("definition", "reading"),
    "sourcing": ("method_table", "notice", "sources", "working_tables"),
    "survey": ("answers_chart", "answers_table"),
    "tables": ("completeness_table", "profile_table", "rates_table", "undisclosed_table"),
}
__all__ = names_in(_HOMES)  # noqa: PLE0605 the names stand above, once
__getattr__ = looked_up(__name__, _HOMES)


def __dir__() -> list[str]:
    return [*globals(), *__all__]

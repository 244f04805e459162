"""Words, tables and charts for the report, each made from rows that may be shown.

Notebooks call the functions named here; each takes the evidence first and returns a block (see `blocks.py`).
"""

import importlib
from typing import Any

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
    "overview": ("key_facts", "likelihood_chart", "scorecard", "top_findings"),
    "profile": ("profile_chart", "profile_reading"),
    "recruitment": ("recruitment_funnel",),
    "sentences": ("definition", "reading"),
    "sourcing": ("method_table", "notice", "sources", "working_tables"),
    "survey": ("answers_chart", "answers_table"),
    "tables": ("completeness_table", "profile_table", "rates_table", "undisclosed_table"),
    "texts": ("action_plan_table", "actions", "narrative"),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = sorted(_HOME_OF)  # noqa: PLE0605 the names stand above, once


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOME_OF[name]}"), name)


def __dir__() -> list[str]:
    return [*globals(), *__all__]

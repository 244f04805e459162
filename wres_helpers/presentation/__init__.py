"""Words, tables and charts for the report, each made from rows that may be shown.

Notebooks call the functions named here; each takes the evidence first and returns a block (see `blocks.py`).
"""

import importlib
import sys
from types import ModuleType
from typing import Any

#: Where each function lives. Looked up when it is first used, so that making pages does not import what draws charts.
_HOMES = {
    "bands": ("band_chart", "band_reading", "band_table"),
    "blocks": ("Block", "show"),
    "board": ("board_chart", "board_table"),
    "certainty": ("certainty", "status_note"),
    "charts": ("rates_chart",),
    "comparisons": ("compared_with_benchmark", "compared_with_last_year"),
    "headlines": ("headline",),
    "profile": ("profile_chart", "profile_reading"),
    "recruitment": ("recruitment_funnel",),
    "scorecard": ("key_facts", "likelihood_chart", "scorecard", "top_findings"),
    "sentences": ("definition", "reading"),
    "sourcing": ("notice", "sources", "working_tables"),
    "survey": ("answers_chart", "answers_table"),
    "tables": ("completeness_table", "profile_table", "rates_table", "undisclosed_table"),
    "texts": ("action_plan_table", "actions", "narrative"),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = sorted(_HOME_OF)  # noqa: PLE0605 the names stand above, once


class _Lazy(ModuleType):
    """This package, whose functions are imported when they are first used."""

    def __getattr__(self, name: str) -> Any:
        if name not in _HOME_OF:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(importlib.import_module(f"{__name__}.{_HOME_OF[name]}"), name)

    def __setattr__(self, name: str, value: Any) -> None:
        # Python names a module after itself when it is imported; that must not hide a function of the same name
        if not (name in _HOME_OF and isinstance(value, ModuleType)):
            super().__setattr__(name, value)

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *__all__]


sys.modules[__name__].__class__ = _Lazy

"""The doors in: counts tables, extracts, the text people write, and the register of printed figures."""

from wres_helpers.lazy_names import looked_up, names_in

#: Where each function lives. Looked up when it is first used, so that reading a text does not import what reads counts.
_HOMES = {
    "asked_about": ("input_notices",),
    "supplied_counts": ("input_files", "no_counts", "preparation_report", "read_counts", "readable_counts", "read_tables"),
    "printed.printed_register": ("read_register",),
    "texts.narrative_texts": ("read_narrative",),
    "own_tables": ("read_own_tables",),
    "texts.action_plan": ("read_action_plan", "read_actions"),
}
__all__ = names_in(_HOMES)  # noqa: PLE0605 the names stand above, once
__getattr__, __dir__ = looked_up(__name__, _HOMES)

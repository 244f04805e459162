"""How a status looks: a shape and a tone, the same in HTML, PDF and Word. The words beside them carry the meaning."""

from typing import Final

#: Shape and tone of each status; codes of progress of an action stand here too. What is not listed is a quiet dash.
LOOKS: Final[dict[str, tuple[str, str]]] = {
    "equivalent": ("circle", "good"),
    "no_clear_difference": ("ring", "quiet"),
    "some_difference": ("diamond", "some"),
    "large_difference": ("triangle", "bad"),
    "difference_other_way": ("pentagon", "some"),
    "too_few_to_judge": ("ring", "quiet"),
    "not_judged": ("ring", "quiet"),
    "protected": ("square", "quiet"),
    "done": ("circle", "good"),
    "on_track": ("ring", "good"),
    "at_risk": ("diamond", "some"),
    "overdue": ("triangle", "bad"),
}
_NONE: Final = ("dash", "quiet")


def look(status: str | None) -> tuple[str, str]:
    """Return the shape (circle, diamond, triangle, pentagon, ring, square, dash) and tone (good, some, bad, quiet) of a status."""
    return LOOKS.get(status or "", _NONE)

"""What a correction superseded, in words: the earlier figures of the headlines, and how many others changed."""

from collections.abc import Iterable, Mapping
from typing import Any

from wres_helpers.report import evidence_rows, numbers
from wres_helpers.report.overview import indicators, short_label
from wres_helpers.report.vocabulary import group_label
from wres_helpers.standard import statuses

_PARTS = ("count", "base", "rate")


def superseded(shown: Any, changes: Iterable[Mapping[str, str]]) -> list[str]:
    """Return one line for each indicator whose headline changed, with the earlier figures, and one for all other changes.

    Parameters
    ----------
    shown
        The protected evidence of the corrected report.
    changes
        ``indicator``, ``where`` (its measure first), ``field`` and ``old`` of each figure that changed.
    """
    changes = list(changes)
    lines, told = [], 0
    for indicator in indicators(shown):
        row = evidence_rows.headline_row(shown, indicator)
        own = [] if row is None else [each for each in changes if each["indicator"] == indicator and each["where"] == where_of(row)]
        was = [f"{name} was {words}" for each in own if (name := _name(shown, row, each["field"])) and (words := _words(row, each))]
        if was:
            title = str(evidence_rows.definition_of(shown, indicator)["plain_title"])
            lines.append(f"Indicator {indicator}, {title[0].lower()}{title[1:]}: {'; '.join(was)}.")
        told += len(was)
    if others := len(changes) - told:
        counted = "1 further figure" if others == 1 else f"{numbers.count(others)} further figures"
        lines.append(f"{counted if lines else counted.replace('further ', '')} of board/data/results.csv.")
    return lines


def where_of(row: Mapping[str, Any]) -> str:
    """Return how a change names its comparison: the measure, and the part of it where it is one."""
    return " ".join(str(row[name]) for name in ("measure", "breakdown", "category") if row[name] not in ("overall", "all"))


def _name(shown: Any, row: Any, field: str) -> str:
    """Return what a field is called on a page; empty of those that follow from the others."""
    if field == "value":
        return "relative likelihood" if row["comparison"] == "ratio" else "gap"
    if field == "status":
        return "status"
    group, _, part = field.partition("_")
    return f"{group_label(shown, group)} {part}" if part in _PARTS and group in ("white", "bme") else ""


def _words(row: Any, change: Mapping[str, str]) -> str:
    text, field = change["old"], change["field"]
    if field == "status":
        return short_label(statuses.LABELS.get(text, text)).lower()
    try:
        value = float(text)
    except ValueError:  # what stood in a hidden number's place, or nothing
        return "without a figure" if not text else "not shown" if evidence_rows.is_marker(text) else text
    if field.endswith("rate"):
        return numbers.percentage(value)
    if field != "value":
        return numbers.count(value)
    return numbers.ratio(value) if row["comparison"] == "ratio" else numbers.signed_points(value)

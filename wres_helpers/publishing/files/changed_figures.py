"""What changed between two sets of results: which comparison, which field, and what stood there."""

from collections.abc import Iterable, Mapping

#: What names a comparison within a year.
COMPARISON = ("indicator", "measure", "breakdown", "category")
#: What is compared of it: its counts, its rates, its value with its interval, and its status.
COMPARED = (
    "white_count", "white_base", "white_rate", "bme_count", "bme_base", "bme_rate", "unknown_count", "unknown_base", "direction", "value",
    "lower", "upper", "status",
)  # fmt: skip

#: The rows of a year by what they compare; fields as texts.
Rows = Mapping[tuple[str, ...], Mapping[str, str]]


def by_comparison(rows: Iterable[Mapping[str, str]]) -> dict[tuple[str, ...], Mapping[str, str]]:
    """Return rows by what they compare."""
    return {tuple(row[name] for name in COMPARISON): row for row in rows}


def changed_figures(old: Rows, new: Rows) -> list[dict[str, str]]:
    """Return one change for each field of a comparison that differs, and one for each comparison that came or went."""
    changes = []
    for key in sorted({*old, *new}):
        where = {"indicator": key[0], "where": " ".join(part for part in key[1:] if part not in ("overall", "all"))}
        before, after = old.get(key), new.get(key)
        if before is None or after is None:
            changes.append(where | {"field": "comparison", "old": "there" if before else "absent", "new": "there" if after else "absent"})
            continue
        changes += [
            where | {"field": field, "old": before.get(field, ""), "new": after.get(field, "")}
            for field in COMPARED
            if before.get(field, "") != after.get(field, "")
        ]
    return changes

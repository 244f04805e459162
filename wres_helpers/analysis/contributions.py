"""What each part of an organisation has in a gap: the people beyond parity, part by part.

Were BME people to fare as the white people of the whole organisation do, so many of them would be counted. What is beyond that is
split by the parts of a breakdown: within each part, the people beyond what the white people of the same part would give; and once
for all, what comes of BME people working where the rate is high or low for everybody (Oaxaca 1973; Kitagawa 1955). The parts and the
composition add up to the whole exactly.
"""

from typing import Final

import numpy as np
import pandas as pd

from wres_helpers.analysis.cells import COMPARED_GROUPS, TWO_GROUPS

COMPOSITION: Final = "mix of parts"

#: One row per comparison of two groups, breakdown and part, and one for the composition.
CONTRIBUTION_COLUMNS: Final = (
    "organisation", "year", "indicator", "measure", "breakdown", "category",
    "bme_count", "bme_base", "expected", "beyond_people", "whole_people", "reason",
)  # fmt: skip

_PLACE: Final = ["organisation", "year", "indicator", "measure"]
_HIDDEN: Final = "a count of a part was not supplied, or is hidden, so the parts cannot be added up"
_NO_WHOLE: Final = "the parts do not add up to the whole"
_NOBODY: Final = "a part has nobody to compare the compared group with"


def contributions(results: pd.DataFrame) -> pd.DataFrame:
    """Return how many people of the gap each part of a breakdown accounts for.

    Returns
    -------
    pandas.DataFrame
        Columns of :data:`CONTRIBUTION_COLUMNS`, in people, of the comparisons of two separate groups (ratios and gaps). ``beyond_people`` is
        positive where more BME people are counted than expected. Where a part is hidden, or the parts are not the whole, there is no number
        and ``reason`` says why.
    """
    two_groups = results[results["direction"].isin(COMPARED_GROUPS)]
    overall = two_groups[two_groups["breakdown"].eq("overall")].set_index(_PLACE)[TWO_GROUPS].add_prefix("whole_")
    parts = two_groups[two_groups["breakdown"].ne("overall")].merge(overall.reset_index(), on=_PLACE)
    made = [_one(place, rows) for place, rows in parts.groupby([*_PLACE, "breakdown"], sort=False, observed=True)]
    return pd.concat(made, ignore_index=True) if made else pd.DataFrame(columns=list(CONTRIBUTION_COLUMNS))


def _one(place: tuple, rows: pd.DataFrame) -> pd.DataFrame:
    counts = {name: rows[name].to_numpy(float) for name in TWO_GROUPS}
    whole = {name: np.float64(rows[f"whole_{name}"].iloc[0]) for name in TWO_GROUPS}
    named = dict(zip([*_PLACE, "breakdown"], place, strict=True))
    reason = _why_not(counts, whole)
    with np.errstate(divide="ignore", invalid="ignore"):
        rate_here = np.where(counts["bme_base"] > 0, counts["white_count"] / counts["white_base"], 0.0)
        rate = whole["white_count"] / whole["white_base"]
    expected = counts["bme_base"] * rate_here
    beyond = counts["bme_count"] - expected
    composition = float((counts["bme_base"] * (rate_here - rate)).sum())
    table = pd.DataFrame({
        **named,
        "category": [*rows["category"], COMPOSITION],
        "bme_count": [*counts["bme_count"], np.nan],
        "bme_base": [*counts["bme_base"], np.nan],
        "expected": [*expected, np.nan],
        "beyond_people": [*beyond, composition],
        "whole_people": whole["bme_count"] - whole["bme_base"] * rate,
        "reason": reason,
    })  # fmt: skip
    if reason:
        table[["expected", "beyond_people", "whole_people"]] = np.nan
    return table[list(CONTRIBUTION_COLUMNS)]


def _why_not(counts: dict[str, np.ndarray], whole: dict[str, np.float64]) -> str:
    if np.isnan(np.vstack(list(counts.values()))).any() or any(np.isnan(value) for value in whole.values()):
        return _HIDDEN
    if any(counts[name].sum() != whole[name] for name in TWO_GROUPS) or whole["white_base"] == 0:
        return _NO_WHOLE
    return _NOBODY if ((counts["white_base"] == 0) & (counts["bme_base"] > 0)).any() else ""

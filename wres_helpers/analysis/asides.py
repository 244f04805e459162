"""What a headline's figure hides: the likelihood it is judged by, the share outside a part of the workforce, a likelihood without recruits.

International recruits are nearly all appointed and mostly of one group, so that they flatter a relative likelihood. Who they are
is told by the counts: whatever breakdown has a category with their name.
"""

from typing import Final

import numpy as np
import pandas as pd

from wres_helpers.analysis import intervals
from wres_helpers.analysis.cells import TWO_GROUPS
from wres_helpers.analysis.group_comparisons import recalculated, relative_likelihoods, whole_workforce
from wres_helpers.analysis.status_rule import Method
from wres_helpers.standard.columns import OVERALL
from wres_helpers.standard.statuses import WORSE

OTHERS: Final = "all other staff"
WITHOUT_RECRUITS: Final = "without international recruits"
#: The relative likelihood that the rule of the status looks at; of the opposite (who was not counted) where that is farther from 1.
JUDGED_BY: Final = "as a relative likelihood"
JUDGED_BY_OPPOSITE: Final = "as a relative likelihood of the opposite"
#: A likelihood with as many compared people in its base as answered the survey, where they are more than are on record: by whence they are taken.
AS_ANSWERED: Final = "with as many as answered the survey"
ANSWERED_UNDISCLOSED: Final = "with as many as answered the survey, from the undisclosed"
#: From which gap on a difference is large, the other group's rate as counted.
LARGE_GAP: Final = "the gap from which on a difference is large"
_RECRUITS: Final = "international"

#: One row per comparison that has such a figure.
ASIDE_COLUMNS: Final = (
    "organisation", "year", "indicator", "measure", "kind", "white_count", "white_base", "bme_count", "bme_base",
    "value", "lower", "upper", "confidence", "clearly_worse", "low", "high",
)  # fmt: skip

_PLACE: Final = ["organisation", "year", "indicator", "measure"]


def asides(results: pd.DataFrame, headlines: pd.DataFrame, catalogue: pd.DataFrame, method: Method) -> pd.DataFrame:
    """Return the figures beside headlines, as far as the counts they need are known.

    Parameters
    ----------
    headlines
        Those of the results that speak for their indicator.

    Returns
    -------
    pandas.DataFrame
        Columns of :data:`ASIDE_COLUMNS`. ``all other staff``: the compared people outside a part of the workforce, and how many times the
        part's share theirs is, with the score interval. ``as a relative likelihood (of the opposite)``: of a headline, with the score interval,
        turned so that above 1 is worse for the compared group. ``without international recruits``: the whole less that part, with the score interval;
        ``clearly_worse`` where the value with them lies outside that interval, on the side that is not worse. No value where a
        count is hidden, or where nobody is left to compare; of hidden counts ``low`` and ``high``, between which it lies by what is shown.
        ``with as many as answered the survey``: those who answered and are not on record are taken from the others, or from the undisclosed
        where so many are, with no case among them, ``clearly_worse`` where the rule still finds that. ``the gap from which on ...``: a share,
        without a side.
    """
    overall = results[results["breakdown"].eq(OVERALL[0])]
    abroad = results["category"].astype("str").str.lower().str.contains(_RECRUITS, regex=False)
    recruits = results[abroad & results["comparison"].eq("ratio")]
    made = [
        _judged_by(headlines, results, catalogue, method),
        _others(overall, method.confidence),
        _as_answered(headlines, overall, catalogue, method),
        _large_gap(headlines, catalogue, method),
        *([_without_recruits(recruits, overall, catalogue, method)] if len(recruits) else []),
    ]
    parts = [part.reindex(columns=list(ASIDE_COLUMNS)) for part in made if len(part)]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(ASIDE_COLUMNS))


def _judged_by(headlines: pd.DataFrame, results: pd.DataFrame, catalogue: pd.DataFrame, method: Method) -> pd.DataFrame:
    rows = headlines[headlines["comparison"].ne("none") & headlines["value"].notna()].join(
        whole_workforce(results), on=["organisation", "year"]
    )
    adverse = rows["measure"].map(catalogue.drop_duplicates("measure").set_index("measure")["adverse"])
    found = relative_likelihoods(rows.assign(adverse=adverse), method.confidence)
    kind = np.where(found["opposite"], JUDGED_BY_OPPOSITE, JUDGED_BY)
    return rows[_PLACE].join(found).assign(kind=kind, confidence=method.confidence, clearly_worse=False).dropna(subset=["value", "lower"])


def _others(overall: pd.DataFrame, confidence: float) -> pd.DataFrame:
    parts = overall[overall["direction"].eq("grade-workforce")].join(whole_workforce(overall), on=["organisation", "year"])
    count, base = parts["whole_count"] - parts["bme_count"], parts["whole_base"] - parts["bme_base"]
    value = (count / base) / (parts["bme_count"] / parts["bme_base"]).where(parts["bme_count"] > 0)
    cells = count, base, parts["bme_count"], parts["bme_base"]
    lower, upper = (np.where(parts["bme_count"].notna(), end, np.nan) for end in intervals.ratio_interval(*cells, confidence=confidence))
    made = parts[_PLACE].assign(kind=OTHERS, bme_count=count, bme_base=base, value=value, lower=lower, upper=upper)
    return made.assign(confidence=confidence, clearly_worse=False)


def _as_answered(headlines: pd.DataFrame, overall: pd.DataFrame, catalogue: pd.DataFrame, method: Method) -> pd.DataFrame:
    bases = catalogue.drop_duplicates("measure").set_index("measure")
    answers = overall[overall["measure"].map(bases["base"]).eq("survey")].groupby(["organisation", "year"])["bme_base"].max()
    rows = headlines[headlines["comparison"].eq("ratio") & headlines["measure"].map(bases["base"]).eq("headcount")]
    rows = rows.join(answers.rename("answered"), on=["organisation", "year"]).query("answered > bme_base")
    moved = rows["answered"] - rows["bme_base"]
    rows = rows.assign(bme_base=rows["answered"], adverse=rows["measure"].map(bases["adverse"]), whole_count=np.nan, whole_base=np.nan)
    from_others = rows.assign(kind=AS_ANSWERED, white_base=rows["white_base"] - moved)
    undisclosed = rows[rows["unknown_base"].ge(moved)].assign(kind=ANSWERED_UNDISCLOSED)
    made = recalculated(pd.concat([from_others, undisclosed], ignore_index=True), method)
    return made.assign(clearly_worse=made["status"].isin(WORSE)).dropna(subset=["value"])


def _large_gap(headlines: pd.DataFrame, catalogue: pd.DataFrame, method: Method) -> pd.DataFrame:
    rows = headlines[headlines["direction"].eq("bme-white") & headlines["value"].notna()]
    adverse = rows["measure"].map(catalogue.drop_duplicates("measure").set_index("measure")["adverse"]).astype("str")
    rate, beyond = rows["white_count"].astype(float) / rows["white_base"].astype(float), method.rule.no_adverse_range[1]
    # on the answer or on its opposite, whichever is large first: one rate is so many times the other, or the other part of it
    above, rest = adverse.str.startswith("above"), 1 - rate
    times, part = rate.where(above, rest) * (beyond - 1), rest.where(above, rate) * (1 - 1 / beyond)
    return rows[_PLACE].assign(kind=LARGE_GAP, value=np.fmin(times, part), clearly_worse=False).dropna(subset=["value"])


def _without_recruits(recruits: pd.DataFrame, overall: pd.DataFrame, catalogue: pd.DataFrame, method: Method) -> pd.DataFrame:
    rows = recruits.drop_duplicates(_PLACE).merge(overall[[*_PLACE, "value", *TWO_GROUPS]], on=_PLACE, suffixes=("_part", ""))
    low, high = _whatever_is_hidden(rows, recruits, catalogue)
    rows[TWO_GROUPS] = rows[TWO_GROUPS].to_numpy(float) - rows[[f"{name}_part" for name in TWO_GROUPS]].to_numpy(float)
    with_them = rows["value"].to_numpy(float)
    above = rows["measure"].map(catalogue.drop_duplicates("measure").set_index("measure")["adverse"])
    made = recalculated(rows.assign(adverse=above, whole_count=np.nan, whole_base=np.nan), method)
    worse = np.where(above.str.startswith("above"), made["lower"] > with_them, made["upper"] < with_them)
    hidden = made["value"].isna().to_numpy()
    ends = {"low": np.where(hidden, low, np.nan), "high": np.where(hidden, high, np.nan)}
    return made.assign(kind=WITHOUT_RECRUITS, clearly_worse=worse & np.isfinite(made["value"]), **ends)


def _whatever_is_hidden(rows: pd.DataFrame, recruits: pd.DataFrame, catalogue: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return between which values a likelihood without recruits lies, by what is shown: of them no more are counted than the stage before has."""
    stages = catalogue.drop_duplicates("measure").set_index("measure")
    before = recruits.assign(stage=recruits["measure"].map(stages["numerator"])).drop_duplicates([*_PLACE[:3], "category", "stage"])
    places = rows.assign(stage=rows["measure"].map(stages["base"]))[[*_PLACE[:3], "category", "stage"]]
    most = places.merge(before, how="left", on=list(places))
    turned = rows["direction"].eq("bme/white").to_numpy()
    with np.errstate(divide="ignore", invalid="ignore"):  # where nobody is left of a group
        (low, high), (other_low, other_high) = (_rates_of_others(rows, group, most[f"{group}_base"]) for group in ("white", "bme"))
        ends = low / other_high, high / other_low
        return np.where(turned, 1 / ends[1], ends[0]), np.where(turned, 1 / ends[0], ends[1])


def _rates_of_others(rows: pd.DataFrame, group: str, most: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """Return the lowest and the highest rate of a group's others: were all of the part counted, and were none of as many as there may be."""
    count, base, part, of_part = (rows[f"{group}_{kind}"].to_numpy(float) for kind in ("count", "base", "count_part", "base_part"))
    largest = np.where(np.isnan(of_part), most.to_numpy(float), of_part)
    fewest, most_counted = np.nan_to_num(part), np.where(np.isnan(part), np.minimum(largest, count), part)
    return (count - most_counted) / (base - np.fmax(np.nan_to_num(of_part), most_counted)), (count - fewest) / (base - largest)

"""Targets that the organisation set itself: how far on the way, how many people away, and whether turnover lets it be reached.

A target is about a share of people (senior posts, a band, the board) or about the value of an indicator. Its path is a straight
line from start to goal. How likely a share is to be reached is worked out exactly from three things that are stated: the posts of
today, the part of them that fall vacant in a year, and the share of BME people among those who fill them. Each post is taken on its
own; nobody is promoted in the calculation, and the number of posts stays.
"""

from typing import Final

import numpy as np
import pandas as pd

from wres_helpers.analysis.clear_difference import log_ways
from wres_helpers.analysis.group_comparisons import whole_workforce
from wres_helpers.analysis.status_rule import SUPPRESSED
from wres_helpers.intake.own_targets import MODEL_EMPLOYER
from wres_helpers.standard.catalogue import headline_measures
from wres_helpers.standard.columns import OVERALL, PARTS_OF_THE_BOARD, SHARE_OF_GRADE, hidden_texts

#: How sure "reachable" is.
SURE: Final = 0.80
REACHED, NOT_YET, ON_PATH, BEHIND, NO_FIGURE = "reached", "not yet reached", "on the path", "behind the path", "no figure"
MISSED: Final = "not reached in time"
SHARE = "share"
#: Whose a target is.
OWN, OF_ENGLAND = "the organisation's", "NHS England's"
_DECIDED: Final = "NHS England, January 2019; path not confirmed"

#: One row per target.
TARGET_COLUMNS: Final = (
    "target", "indicator", "measure", "breakdown", "category", "of", "comparison", "start_year", "start", "goal", "goal_year", "now", "path",
    "more_people", "base", "turnover", "chance_at_parity", "share_needed", "verdict", "owner_role", "whose", "decided", "reason",
)  # fmt: skip


def progress(targets: pd.DataFrame, results: pd.DataFrame, year: str) -> pd.DataFrame:
    """Return where each target stands in a year.

    Parameters
    ----------
    targets
        One row per target, as read from ``targets.csv``: shares and turnover are fractions.

    Returns
    -------
    pandas.DataFrame
        Columns of :data:`TARGET_COLUMNS`; ``start`` and ``path`` are NaN where protected results hide the figure of the start year.
        ``more_people`` is how many more people would reach the goal with today's posts (0 where it is reached, negative where they have to
        be fewer); ``chance_at_parity`` the chance of reaching it in time if BME people fill vacancies at their share of the workforce;
        ``share_needed`` the share among those who fill vacancies that gives :data:`SURE`, the largest where the goal lies below. Both are
        NaN without a turnover.
    """
    rows = [_one(target, results, year) for _, target in targets.iterrows()]
    return pd.DataFrame(rows, columns=list(TARGET_COLUMNS))


def model_employer(results: pd.DataFrame, grades: pd.DataFrame, start_year: str) -> pd.DataFrame:
    """Return the Model Employer goals as targets: by 2028, each senior band holds the BME share of the workforce of a start year.

    The aim was seen (NHS England, A model employer, January 2019); the yearly path between is not confirmed, so that it is drawn
    straight and said to be so. The goal is NaN where the start year's workforce is not among the results or is hidden.
    """
    whole = whole_workforce(results[results["year"].eq(start_year)])
    share = float((whole["whole_count"] / whole["whole_base"]).iloc[0]) if len(whole) else np.nan
    bands = grades[grades["senior"] & grades["kind"].ne("grouped")]["grade"]
    return pd.DataFrame({
        "target": [f"Model Employer, {band}" for band in bands], "indicator": "1", "measure": SHARE_OF_GRADE, "breakdown": "grade",
        "category": list(bands), "of": SHARE, "start_year": start_year, "start": np.nan, "goal": share, "goal_year": "2027-28",
        "turnover": np.nan, "owner_role": "", "whose": OF_ENGLAND, "decided": _DECIDED,
    })  # fmt: skip


def with_presets(targets: pd.DataFrame, results: pd.DataFrame, catalogue: pd.DataFrame, grades: pd.DataFrame) -> pd.DataFrame:
    """Return targets as read, each about one comparison, with whether more is better: presets band by band, headlines in place of no measure."""
    presets = []
    for _, row in targets[targets["measure"].eq(MODEL_EMPLOYER)].iterrows():
        # the bands of a preset with what its row says of them: turnover, owner, and who decided to follow it
        bands = model_employer(results, grades, row["start_year"])
        decided = "; ".join(part for part in (row["decided"], _DECIDED) if part)
        presets.append(bands.assign(turnover=row["turnover"], owner_role=row["owner_role"], decided=decided, more_is_better=True))
    own = targets[targets["measure"].ne(MODEL_EMPLOYER)].assign(whose=OWN)
    unnamed = own["measure"].eq("")
    own.loc[unnamed, "measure"] = own.loc[unnamed, "indicator"].map(headline_measures(catalogue))
    definitions = catalogue.drop_duplicates("measure").set_index("measure")
    of_value = own["measure"].map(definitions["adverse"]).astype("str").str.startswith("below")
    own["more_is_better"] = of_value.where(own["of"].ne(SHARE), own["measure"].map(definitions["better"]).ne("lower"))
    boards = results[results["breakdown"].eq("membership") & results["bme_base"].notna()]
    for target, measure in own.loc[own["breakdown"].eq(OVERALL[0]), "measure"].items():
        # the board has no row of everybody: the first part that was supplied speaks for it, as it does on pages
        parts = set(boards.loc[boards["measure"].eq(measure), "category"])
        if part := next((name for name in PARTS_OF_THE_BOARD if name in parts), None):
            own.loc[target, ["breakdown", "category"]] = ("membership", part)
    return pd.concat([part for part in (own, *presets) if len(part)], ignore_index=True) if len(targets) else own


def _one(target: pd.Series, results: pd.DataFrame, year: str) -> dict:
    figure = "bme_rate" if target["of"] == SHARE else "value"
    of_place = results[
        (results[["measure", "breakdown", "category"]] == target[["measure", "breakdown", "category"]].to_numpy()).all(axis=1)
    ]
    began, found = (of_place[of_place["year"].eq(each)] for each in (target["start_year"], year))
    # a start typed by hand is the figure of its year: a board that may not see that sees neither the start nor the line that begins there
    hidden = [figure in hidden_texts(told) for told in began["protection"]] if "protection" in began else []
    if any(hidden) or (hidden and began["reason"].eq(SUPPRESSED).any()):
        target = pd.Series(target.to_dict() | {"start": np.nan})
    row = found.iloc[0] if len(found) else None
    now = np.nan if row is None else float(row[figure])
    made = target.to_dict() | {"now": now, "path": _path(target, year), "comparison": "" if row is None else row["comparison"]}
    # the goal lies above: above its start, or where none is known on the better side
    apart = target["goal"] - target["start"]
    rising = bool(apart > 0 if np.isfinite(apart) and apart else target["more_is_better"])
    made |= _people(target, row, results, year, rising) if target["of"] == SHARE else dict.fromkeys(_ABOUT_PEOPLE, np.nan)
    made["verdict"] = _verdict(made, year, rising)
    made["reason"] = "" if made["verdict"] != NO_FIGURE else NOT_IN_DATA if row is None else _no_figure(made)
    return made


#: Why a target has no verdict.
NOT_IN_DATA: Final = "the data of this year have no such breakdown and category"


def _no_figure(made: dict) -> str:
    if np.isnan(made["now"]) or np.isnan(made["goal"]):
        return "the figure of this year or the goal was not supplied, or is hidden"
    return "one group counts nobody this year, so that there is no ratio to set beside the goal"


_ABOUT_PEOPLE: Final = ("more_people", "base", "chance_at_parity", "share_needed")


def _path(target: pd.Series, year: str) -> float:
    """Return where a straight line from start to goal stands in a year; NaN before it begins."""
    first, last, now = (int(name[:4]) for name in (target["start_year"], target["goal_year"], year))
    if now < first:
        return float("nan")
    return float(target["start"] + min((now - first) / (last - first), 1) * (target["goal"] - target["start"]))


def _people(target: pd.Series, row: pd.Series | None, results: pd.DataFrame, year: str, rising: bool) -> dict[str, float]:
    count, base = (np.nan, np.nan) if row is None else (float(row["bme_count"]), float(row["bme_base"]))
    made = dict.fromkeys(_ABOUT_PEOPLE, np.nan)
    if np.isnan(count) or np.isnan(base) or np.isnan(target["goal"]):
        return made
    wanted = np.ceil(target["goal"] * base - 1e-9) if rising else np.floor(target["goal"] * base + 1e-9)
    made |= {"more_people": max(wanted - count, 0.0) if rising else min(wanted - count, 0.0), "base": base}
    years = int(target["goal_year"][:4]) - int(year[:4])
    if np.isnan(target["turnover"]) or years < 1 or made["more_people"] == 0:
        return made
    whole = whole_workforce(results[results["year"].eq(year)])
    vacated = 1 - (1 - target["turnover"]) ** years
    share = float((whole["whole_count"] / whole["whole_base"]).iloc[0]) if len(whole) else np.nan
    # fewer of one group is more of all the others
    held, wanted, share = (count, wanted, share) if rising else (base - count, base - wanted, 1 - share)
    needed = _needed(held, base, wanted, vacated)
    return made | {"chance_at_parity": chance(held, base, wanted, vacated, share), "share_needed": needed if rising else 1 - needed}


def chance(count: float, base: float, wanted: float, vacated: float, share: float) -> float:
    """Return the chance that at least the wanted number of posts are held by BME people at the end.

    Parameters
    ----------
    count, base
        Posts held by BME people now, and all posts.
    wanted
        Posts they should hold.
    vacated
        Part of the posts that fall vacant at least once until then.
    share
        Share of BME people among those who fill them.
    """
    if np.isnan(share):
        return float("nan")
    stay = _binomial(int(count), 1 - vacated + vacated * share)
    come = _binomial(int(base - count), vacated * share)
    return float(np.convolve(stay, come)[int(wanted) :].sum())


def _binomial(tries: int, chance_of_one: float) -> np.ndarray:
    """Return the chance of nought, one, ... and all of some tries."""
    from scipy.special import xlog1py, xlogy

    number = np.arange(tries + 1)
    return np.exp(log_ways(np.asarray(tries), number) + xlogy(number, chance_of_one) + xlog1py(tries - number, -chance_of_one))


def _needed(count: float, base: float, wanted: float, vacated: float) -> float:
    """Return the smallest share among those who fill vacancies, in whole per cent, that reaches the goal surely; NaN where none does."""
    return next((share / 100 for share in range(101) if chance(count, base, wanted, vacated, share / 100) >= SURE), float("nan"))


def _verdict(made: dict, year: str, rising: bool) -> str:
    now, path, goal, ratio = made["now"], made["path"], made["goal"], made["of"] != SHARE and made["comparison"] == "ratio"
    if not (np.isfinite(now) and np.isfinite(goal)) or (ratio and now == 0):
        return NO_FIGURE
    if (now >= goal) if rising else (now <= goal):
        return REACHED
    if year >= made["goal_year"]:
        return MISSED
    if not np.isfinite(path):
        return NOT_YET
    # a line between two figures that were set down rounded is no finer than they are, and two that print alike must not differ
    digits = 2 if ratio else 3
    ahead = round(now, digits) - round(path, digits)
    return ON_PATH if (ahead >= 0 if rising else ahead <= 0) else BEHIND

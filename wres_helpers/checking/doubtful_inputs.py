"""What of the inputs is doubted once it has been compared: it can be right, so nothing stops, and somebody is asked."""

import math
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import pandas as pd

from wres_helpers.analysis.cells import COMPARED_GROUPS
from wres_helpers.analysis.evidence import Evidence
from wres_helpers.analysis.targets import NOT_IN_DATA, SHARE
from wres_helpers.intake.own_targets import MODEL_EMPLOYER
from wres_helpers.problems import Problem
from wres_helpers.settings.parameters import Parameters
from wres_helpers.standard.columns import OVERALL
from wres_helpers.standard.years import edition_of


def other_answers(evidence: Evidence, parameters: Parameters) -> Iterator[Problem]:
    """Give shares of a survey that are far from the nearest national figure, and near to what it leaves: most likely those of the other answer."""
    published = evidence.benchmarks[evidence.benchmarks["unit"].str.startswith("percent")]
    rows = _where(evidence.results, year=parameters.year, direction="bme-white", breakdown=OVERALL[0])
    for (_, row), group in product(rows.iterrows(), COMPARED_GROUPS["bme-white"]):
        known = published[published["indicator"].eq(row["indicator"]) & published["group"].str.lower().eq(group)]
        apart = (known["year"].astype(int) - edition_of(parameters.year)).abs()
        nation, told = known.loc[apart.eq(apart.min()), "value"].median() / 100, row[f"{group}_rate"]
        bases = rows.loc[rows["measure"].ne("survey_response"), f"{group}_base"]
        if bases.max() > 3 * bases.min():
            continue  # one of them is another group's, of which its own note tells: no share of them is anybody's
        if abs(told - nation) > 0.5 and abs(1 - told - nation) < 0.2:
            found = f"{told:.1%} of {parameters.terms.named(group)} respondents for indicator {row['indicator']}"
            expected = f"a share of the answer that is asked for ({nation:.0%} nationally)"
            action = "Is it the share of those who answered otherwise? Then correct it; else leave it."
            yield Problem(parameters.shown(parameters.data_folder()), expected, action, column="staff_survey", found=found)


def doubtful_targets(evidence: Evidence, parameters: Parameters, evidence_of: Callable[[str], Evidence]) -> Iterator[Problem]:
    """Give targets about a part that this year's data do not have, starts that the data of their year have otherwise, and goals that lead away.

    Bands of the preset may be without one another. `evidence_of` gives that of an earlier year, where its bands are grouped as they were then.
    """
    path = parameters.data_folder().parent / "targets.csv"
    if not path.is_file():
        return
    file, own = parameters.shown(path), evidence.context.own.targets
    named = set(own.loc[own["measure"].ne(MODEL_EMPLOYER), "target"])
    better = evidence.context.catalogue.drop_duplicates("measure").set_index("measure")["better"]
    for row in evidence.targets.itertuples():
        if row.target in named and row.reason == NOT_IN_DATA:
            expected, action = "a breakdown and a category of this year's data", "Correct the two cells, or leave both empty for the whole."
            found = f"'{row.category}' of '{row.breakdown}' for '{row.target}'"
            yield Problem(file, expected, action, column="category", found=found)
            continue
        if row.target in named and _leads_away(row, better.get(row.measure) == "lower"):
            expected, action = f"a goal that is better than its start ({_as_typed(row, row.start)})", "Correct whichever was mistyped."
            yield Problem(file, expected, action, column="goal", found=f"{_as_typed(row, row.goal)} for '{row.target}'")
        elif row.target in named and row.of == SHARE and row.now > 0 < row.goal and not 1 / 20 < row.goal / row.now < 20:
            expected, action = f"a goal beside the {row.now:.1%} of now", "Write hundredths as 24%, not 0.24%; else leave it."
            yield Problem(file, expected, action, column="goal", found=f"{_as_typed(row, row.goal)} for '{row.target}'")
        began = _at_the_start(row, evidence, parameters, evidence_of)
        if abs(began - row.start) > _exactness(row):
            expected = f"{_as_typed(row, began)}, as the data of {row.start_year} have it"
            action = "Correct the start, or its year: the path to the goal begins there."
            yield Problem(file, expected, action, column="start", found=f"{_as_typed(row, row.start)} for '{row.target}'")


def _where(frame: pd.DataFrame, **cells: str) -> pd.DataFrame:
    return frame[frame[list(cells)].eq(pd.Series(cells)).all(axis=1)]


def _at_the_start(target: Any, evidence: Evidence, parameters: Parameters, evidence_of: Callable[[str], Evidence]) -> float:
    """Return what the data have for the start of a target; not a number where they have nothing."""
    place = {"year": target.start_year, "measure": target.measure, "breakdown": target.breakdown, "category": target.category}
    began = _where(evidence.results, **place)
    if began.empty and target.start_year in parameters.history and not math.isnan(target.start):
        began = _where(evidence_of(target.start_year).results, **place)
    return began["bme_rate" if target.of == SHARE else "value"].iloc[0] if len(began) else math.nan


def _is_ratio(target: Any) -> bool:
    return target.of != SHARE and target.comparison == "ratio"


def _as_typed(target: Any, value: float) -> str:
    return f"{value:.2f}" if _is_ratio(target) else f"{value:.1%}"


def _exactness(target: Any) -> float:
    """Return by how much the start of a target may differ: it was typed to one decimal or a whole percentage, or to the digits of a page."""
    coarse, fine, digits = (0.05, 0.01, 1) if _is_ratio(target) else (0.005, 0.001, 2)
    return coarse if round(target.start, digits) == target.start else fine


def _leads_away(target: Any, less_is_better: bool) -> bool:
    """Tell whether a goal is worse than its start: a smaller share (a larger one, where less is better), or a value farther from equality."""
    if target.of == SHARE:
        return target.goal > target.start if less_is_better else target.goal < target.start
    if target.comparison != "ratio":
        return abs(target.goal) > abs(target.start)
    return max(target.goal, 1 / target.goal) > max(target.start, 1 / target.start) if target.goal > 0 < target.start else False

"""Which statuses a comparison could have: whatever the undisclosed are, and with one person's case more or less.

Beside hidden counts it is told where it is one and the same for every count within the limits that words tell ("1 to 4"): a set for each
count would tell which it is. It is worked out from these words and from shown counts, so that whoever reads the page could do so as well.

A clear difference must bear one person (:mod:`wres_helpers.analysis.clear_difference`); that a comparison nearly shows one, or nearly
shows that a large one does not fit, is no less worth knowing.
"""

import itertools
import math
from collections.abc import Sequence

import numpy as np
import pandas as pd

from wres_helpers.analysis.bounds import shared_out, undisclosed
from wres_helpers.analysis.cells import CELLS, TWO_GROUPS
from wres_helpers.analysis.group_comparisons import AGAINST_THE_WHOLE, with_statuses
from wres_helpers.analysis.status_rule import Method
from wres_helpers.remembered import remembered
from wres_helpers.standard.columns import COMPARISON_KEYS, hidden_texts, range_told
from wres_helpers.standard.statuses import CLEAR, FINDINGS, HIDDEN_ON_ENTRY

#: Of a comparison, by the column of each hidden count, the smallest and the largest that it may be by what is told.
Limits = dict[str, tuple[float, float]]

#: Where more counts than this could stand behind what is hidden nothing is told: the undisclosed beside each are shared out in many ways.
_MOST = 25
#: Into how many steps a number of undisclosed people is cut where ways of sharing them out are tried; and where all or none of one kind
#: (counted, or not counted) are of one group: there the groups are largest, and a status that only few ways give is found.
_STEPS, _FINE = 9, 257
_NAMES = (*COMPARISON_KEYS, "comparison", "direction", "adverse")


def limits_told(protection: str, zeros_shown: bool) -> Limits:
    """Return what the words in place of hidden counts tell of them; that a count came in hidden, ``most`` speaks of."""
    texts = {field: text for field, text in hidden_texts(protection).items() if field in CELLS and text != HIDDEN_ON_ENTRY}
    least = 1 if zeros_shown else 0
    return {field: (max(low, least), high) for field, (low, high) in zip(texts, map(range_told, texts.values()), strict=True)}


@remembered
def statuses_possible(rows: pd.DataFrame, limits: Sequence[Limits], method: Method) -> list[set[str]]:
    """Return for each comparison which statuses it could have; none where a number it takes is not known, or what is hidden decides.

    Parameters
    ----------
    rows
        With what :func:`whole_workforce` gives of the organisation and year, the ``adverse`` side as the catalogue has it, and ``most``:
        how many of the undisclosed can be among the people counted, where that number is not known.
    """
    counted = rows.astype(dict.fromkeys((*CELLS, "whole_count", "whole_base", "whole_unknown"), float))
    cases = [_cases(row, hidden) for (_, row), hidden in zip(counted.iterrows(), limits, strict=True)]
    found: list[list[set[str]]] = [[] for _ in cases]
    # where the first and the last of what may be hidden already differ, nothing between them is tried
    for part in (slice(2), slice(2, None)):
        asked = [(sets, case) for sets, own in zip(found, cases, strict=True) if not _differ(sets) for case in own[part]]
        for (sets, _), possible in zip(asked, _of_each([case for _, case in asked], method), strict=True):
            sets.append(possible)
    return [sets[0] if sets and not _differ(sets) else set() for sets in found]


def _differ(sets: list[set[str]]) -> bool:
    return any(one != sets[0] for one in sets)


def _cases(row: pd.Series, hidden: Limits) -> list[pd.Series]:
    """Return a comparison with each count that may be hidden, the smallest and the largest first; itself where none is."""
    values = [range(int(low), int(high) + 1) for low, high in hidden.values() if math.isfinite(high)]
    if len(values) < len(hidden) or math.prod(map(len, values)) > _MOST:
        return []
    made = [pd.Series(row.to_dict() | dict(zip(hidden, chosen, strict=True))) for chosen in itertools.product(*values)]
    pairs = list(zip(CELLS[::2], CELLS[1::2], strict=True))
    fits = [case for case in made if not hidden or not any(case[count] > case[base] for count, base in pairs)]
    return [*fits[:1], *fits[1:][-1:], *fits[1:-1]]


def _of_each(cases: list[pd.Series], method: Method) -> list[set[str]]:
    """Return the statuses that each comparison has in one way of sharing out or another."""
    ways = [_ways(case) for case in cases]
    judged = with_statuses(pd.concat(ways, ignore_index=True), method)["status"].to_numpy() if any(map(len, ways)) else ()
    return [set(judged[first:last]) for first, last in itertools.pairwise(np.cumsum([0, *map(len, ways)]))]


def _ways(case: pd.Series) -> pd.DataFrame:
    """Return a comparison with the undisclosed shared out, a row for each way that is tried; none where a number it takes is not known."""
    row = pd.DataFrame([case])
    (counted,), (others,) = undisclosed(row)
    if case["direction"] in AGAINST_THE_WHOLE:
        needed, shared = ["bme_count", "bme_base", "whole_count", "whole_base"], [(counted, others)]
    else:
        unknown = row["unknown_base"].iloc[0]
        tried = _cut(min(unknown, case["most"])) if np.isnan(counted) else [counted]
        needed, shared = TWO_GROUPS, [(some, unknown - some) for some in tried]
    known = shared and row[needed].notna().all(axis=None) and (np.array(shared) >= 0).all()
    ways = np.array([(*kinds, *bme) for kinds in shared for bme in _sharings(*kinds)] if known else np.empty((0, 4)))
    made = row.take(np.zeros(len(ways), dtype=int)).reset_index(drop=True)
    return made[list(_NAMES)].assign(**shared_out(made, *ways.T))


def _sharings(counted: float, others: float) -> list[tuple[float, float]]:
    """Return how many of the counted and of the others may be BME: a grid over all, and its edges in finer steps."""
    inside = itertools.product(_cut(counted), _cut(others))
    edges = itertools.product((0.0, counted), _cut(others, _FINE)), itertools.product(_cut(counted, _FINE), (0.0, others))
    return list(dict.fromkeys(itertools.chain(inside, *edges)))


def _cut(people: float, steps: int = _STEPS) -> list[float]:
    """Return whole numbers of people from none to all, evenly apart; every one of them where they are few."""
    return [] if np.isnan(people) else list(np.unique(np.round(np.linspace(0, people, int(min(people, steps - 1)) + 1))))


#: What changes with one person in either of the groups that are told apart: of a part of the staff, who is BME there is so among all staff.
_IN_GENERAL = ({"bme_count": 1}, {"white_count": 1})
_CHANGED = {
    "grade-workforce": ({"bme_count": 1, "whole_count": 1}, {"whole_count": 1}),
    "board-workforce": ({"bme_count": 1}, {"whole_count": 1}),
}


@remembered
def findings_with_one_person(rows: pd.DataFrame, method: Method) -> list[set[str]]:
    """Return for each comparison without a clear difference which other finding it would be with one person more or less; else none.

    One that is too few to judge would be a finding only where a difference is clear.

    Parameters
    ----------
    rows
        As :func:`statuses_possible` asks for them. Of hidden counts nothing is found.
    """
    counted = rows.astype(dict.fromkeys((*CELLS, "whole_count", "whole_base"), float))
    made = [
        {**row, **{name: row[name] + sign * step for name, step in changed.items()}, "place": place}
        for place, row in enumerate(counted.to_dict("records"))
        if row["status"] not in CLEAR and row["comparison"] != "none"
        for changed in _CHANGED.get(row["direction"], _IN_GENERAL)
        for sign in (1, -1)
        if not any(row[name] + sign * step < 0 for name, step in changed.items())
    ]
    judged = with_statuses(pd.DataFrame(made), method) if made else pd.DataFrame(columns=["status", "place"])
    found = judged.groupby("place")["status"].agg(set)
    return [
        found.get(place, set()).intersection(FINDINGS if status in FINDINGS else CLEAR) - {status}
        for place, status in enumerate(rows["status"])
    ]

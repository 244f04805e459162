"""What one person's case more or less would make of a comparison that shows no clear difference.

A clear difference must bear one person (:mod:`wres_helpers.analysis.clear_difference`); that a comparison nearly shows one, or nearly
shows that a large one does not fit, is no less worth knowing.
"""

import pandas as pd

from wres_helpers.analysis.cells import CELLS
from wres_helpers.analysis.group_comparisons import with_statuses
from wres_helpers.analysis.status_rule import Method
from wres_helpers.remembered import remembered
from wres_helpers.standard.statuses import CLEAR, FINDINGS

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
        As :func:`wres_helpers.analysis.bounds.statuses_possible` asks for them. Of hidden counts nothing is found.
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

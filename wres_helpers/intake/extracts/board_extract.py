"""The board register: members by voting right and executive role."""

import numpy as np
import pandas as pd

from wres_helpers.intake.extracts.column_mapping import Extract
from wres_helpers.intake.extracts.ethnicity_codes import CodeSet, ethnicity_of
from wres_helpers.intake.extracts.fields import counted_by, truth_of
from wres_helpers.standard.columns import ETHNIC_GROUPS

_SPLITS = {"voting": ("non_voting", "voting"), "executive": ("non_executive", "executive")}


def board_table(extract: Extract, known: CodeSet, blank_is_unknown: bool) -> tuple[pd.DataFrame, list[str]]:
    """Return members by membership and ethnic group, and decisions; each split of the board adds up to its total."""
    counted = np.ones(len(extract), dtype=bool)
    for name, rule in extract.settings.rules.items():
        counted &= counted_by(extract, name, rule) != 0
    groups = ethnicity_of(extract, known, blank_is_unknown, only=counted).groups
    memberships = {"total": counted}
    for name, (without, with_it) in _SPLITS.items():
        if name in extract:
            truth = truth_of(extract, name)
            memberships |= {with_it: counted & (truth == 1), without: counted & (truth == 0)}
    rows = [
        (membership, group, int((chosen & (groups == position)).sum()))
        for membership, chosen in memberships.items()
        for position, group in enumerate(ETHNIC_GROUPS)
    ]
    table = pd.DataFrame(rows, columns=["membership", "ethnic_group", "members"]).astype(
        {"membership": "str", "ethnic_group": "str", "members": "int64"}
    )
    return table, [f"Board: {int(counted.sum()):,} members."]

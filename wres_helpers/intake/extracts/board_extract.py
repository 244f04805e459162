"""The board register: members by voting right and executive role."""

import pandas as pd

from wres_helpers.intake.extracts.counting import Counted
from wres_helpers.intake.extracts.ethnicity_codes import CodeSet, ethnicity_of
from wres_helpers.intake.extracts.extract_table import Extract
from wres_helpers.intake.extracts.fields import counted_by_rules, truth_of
from wres_helpers.standard.columns import ETHNIC_GROUPS

_SPLITS = {"voting": ("non_voting", "voting"), "executive": ("non_executive", "executive")}


def board_table(extract: Extract, known: CodeSet, blank_is_unknown: bool) -> Counted:
    """Count members by membership and ethnic group; each split of the board adds up to its total."""
    counted = counted_by_rules(extract)
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
    return Counted({"board": table}, decisions=(f"Board: {int(counted.sum()):,} members.",))

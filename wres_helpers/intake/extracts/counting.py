"""Counts people by what they are: one row per combination that occurs, and its missing ethnic groups as zeros."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from pandas.api.types import union_categoricals

from wres_helpers.intake.extracts.coded_columns import Coded
from wres_helpers.intake.extracts.extract_table import NOT_RECORDED
from wres_helpers.standard.columns import ETHNIC_CATEGORY, ETHNIC_GROUPS
from wres_helpers.tables.cell_readers import key_of

#: What people are by each column of a counts table: one category a person, -1 where nothing is recorded.
Cuts = dict[str, pd.Categorical]

_NOT_COUNTED = len(ETHNIC_GROUPS)


@dataclass(frozen=True)
class Counted:
    """What came of one extract."""

    tables: dict[str, pd.DataFrame]  # counts tables by name
    dropped: dict[str, int] = field(default_factory=dict)  # why records were left out, and how many
    decisions: tuple[str, ...] = ()  # every rule applied, in words
    read: dict[str, dict[str, int]] = field(default_factory=dict)  # what was looked up to how each cell was read and in how many records


def count_people(cuts: Cuts, groups: np.ndarray, name: str, also: Cuts | None = None) -> pd.DataFrame:
    """Count people by every combination of the cuts that occurs, one row for each of them and each ethnic group.

    ``groups`` are positions of ethnic groups; people whose group is not known (-1) are not counted. ``also`` has the same columns
    for a larger set of people, whose combinations stand in the table too, with zeros: so that a directorate without a case has 0
    cases, not none supplied.
    """
    if also:
        cuts = {column: union_categoricals([_recorded(also[column]), _recorded(cut)]) for column, cut in cuts.items()}
        groups = np.concatenate([np.full(len(next(iter(also.values()))), _NOT_COUNTED), groups])
    by_group = pd.Categorical.from_codes(np.where(groups < 0, _NOT_COUNTED, groups), [*ETHNIC_GROUPS, "not counted"])
    frame = pd.DataFrame({column: _recorded(cut) for column, cut in cuts.items()}, index=range(len(groups))).assign(ethnic_group=by_group)
    by_combination = frame.groupby([*cuts, "ethnic_group"], observed=True).size()
    # without cuts there is one combination, whoever there is
    wide = by_combination.unstack(fill_value=0) if cuts else by_combination.to_frame().T
    combinations = wide.index.to_frame(index=False)[list(cuts)].astype("str")
    table = combinations.loc[combinations.index.repeat(len(ETHNIC_GROUPS))].reset_index(drop=True)
    table["ethnic_group"] = pd.Series(np.tile(np.array(ETHNIC_GROUPS, dtype=object), len(combinations)), dtype="str")
    table[name] = wide.reindex(columns=list(ETHNIC_GROUPS), fill_value=0).to_numpy().ravel().astype("int64")
    return table


def cut_of(column: Coded) -> pd.Categorical:
    """Return a breakdown with its categories in alphabetical order."""
    return pd.Categorical.from_codes(column.codes, column.values).reorder_categories(sorted(column.values, key=key_of))


def _recorded(cut: pd.Categorical) -> pd.Categorical:
    """Return a cut in which who has no category is of the category 'Not recorded'."""
    if (cut.codes >= 0).all():
        return cut
    known = cut if NOT_RECORDED in cut.categories else cut.add_categories([NOT_RECORDED])
    return known.fillna(NOT_RECORDED)


def without_impossible(table: pd.DataFrame, group_of: dict[str, str], name: str) -> pd.DataFrame:
    """Take out of a table that is cut by ethnic category the zeros of groups to which a category does not belong.

    A combination that has nobody of a group keeps one zero for it, under the group's first category, so that the
    other breakdowns stay complete.
    """
    if ETHNIC_CATEGORY not in table:
        return table
    whole = [column for column in table.columns if column not in (ETHNIC_CATEGORY, name)]
    belongs = table[ETHNIC_CATEGORY].map(group_of).eq(table["ethnic_group"])
    kept = table[belongs | table[name].gt(0)]
    there = pd.concat([kept[whole], table[whole]]).drop_duplicates()
    missing = there.iloc[len(kept[whole].drop_duplicates()) :]
    first = {group: category for category, group in reversed(group_of.items())}
    zeros = missing.assign(**{ETHNIC_CATEGORY: missing["ethnic_group"].map(first), name: 0})
    return pd.concat([kept, zeros[list(table.columns)]], ignore_index=True)

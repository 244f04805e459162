"""Counts people by what they are: one row per combination that occurs, and its missing ethnic groups as zeros."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from wres_helpers.intake.extracts.coded_columns import Coded
from wres_helpers.intake.extracts.column_mapping import NOT_RECORDED
from wres_helpers.standard.columns import ETHNIC_GROUPS
from wres_helpers.tables.cell_readers import key_of


@dataclass(frozen=True)
class Cut:
    """One column of a counts table: a code for every person and the categories the codes mean."""

    codes: np.ndarray = field(repr=False)
    categories: list[str] = field(repr=False)

    def take(self, chosen: np.ndarray) -> "Cut":
        """Return the column for some of the people."""
        return Cut(self.codes[chosen], self.categories)


def count_people(cuts: dict[str, Cut], groups: np.ndarray, name: str, also: dict[str, Cut] | None = None) -> pd.DataFrame:
    """Count people by every combination of the cuts that occurs, and by ethnic group.

    Parameters
    ----------
    cuts
        Column name to what every person is by it.
    groups
        Position of every person's ethnic group; people whose group is not known (-1) are not counted.
    name
        Name of the column of counts.
    also
        The same columns for a larger set of people, whose combinations stand in the table too, with zeros: so that a
        directorate without a case has 0 cases, not none supplied.

    Returns
    -------
    pandas.DataFrame
        One row per combination and ethnic group; a combination that occurs has all three groups.
    """
    known = groups >= 0
    columns = {column: _together(cut, (also or {}).get(column)) for column, cut in cuts.items()}
    number, combinations = _numbered_combinations(columns, len(groups))
    width = len(ETHNIC_GROUPS)
    counts = np.bincount(number[: len(groups)][known] * width + groups[known], minlength=len(combinations) * width)
    table = pd.DataFrame({column: np.repeat(combinations[column].to_numpy(dtype=object), width) for column in cuts}, dtype="str")
    table["ethnic_group"] = pd.Series(np.tile(np.array(ETHNIC_GROUPS, dtype=object), len(combinations)), dtype="str")
    table[name] = counts.astype("int64")
    return table


def _numbered_combinations(columns: dict[str, Cut], people: int) -> tuple[np.ndarray, pd.DataFrame]:
    """Return each person's number among the combinations that occur, and the combinations in order."""
    if not columns:
        return np.zeros(people, dtype=np.int64), pd.DataFrame(index=range(1))
    number, distinct = np.zeros(len(next(iter(columns.values())).codes), dtype=np.int64), 1
    for cut in columns.values():
        size = max(1, len(cut.categories))
        number, distinct = _renumbered(number * size + cut.codes, distinct * size)
    example = np.zeros(distinct, dtype=np.int64)
    example[number] = np.arange(len(number))
    texts = {column: np.asarray(cut.categories, dtype=object)[cut.codes[example]] for column, cut in columns.items()}
    return number, pd.DataFrame(texts, index=range(distinct))


def _renumbered(key: np.ndarray, largest: int) -> tuple[np.ndarray, int]:
    """Number the distinct keys in their order, so that later products stay small however many columns there are."""
    if largest > 4_000_000:
        number, found = pd.factorize(key, sort=True)
        return number, len(found)
    # a table of marks is quicker than sorting a million and a half keys
    marks = np.zeros(largest, dtype=bool)
    marks[key] = True
    place = np.cumsum(marks) - 1
    return place[key], int(marks.sum())


def cut_of(column: Coded) -> Cut:
    """Return a breakdown's column with its categories in alphabetical order."""
    order = sorted(range(len(column.values)), key=lambda position: key_of(column.values[position]))
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    return Cut(place[column.codes] if order else column.codes, [column.values[position] for position in order])


def with_not_recorded(cut: Cut) -> Cut:
    """Return a column in which the code -1 means that nothing is recorded."""
    if not (cut.codes < 0).any():
        return cut
    return Cut(np.where(cut.codes < 0, len(cut.categories), cut.codes), [*cut.categories, NOT_RECORDED])


def without_impossible(table: pd.DataFrame, column: str, group_of: dict[str, str], name: str) -> pd.DataFrame:
    """Take out of a table cut by ethnic category the zeros of groups to which a category does not belong.

    A combination that has nobody of a group keeps one zero for it, under the group's first category, so that the
    other breakdowns stay complete.
    """
    others = [other for other in table.columns if other not in (column, "ethnic_group", name)]
    belongs = table[column].map(group_of).eq(table["ethnic_group"])
    kept = table[belongs | table[name].gt(0)]
    whole = table[[*others, "ethnic_group"]].drop_duplicates()
    missing = whole.merge(kept[[*others, "ethnic_group"]].drop_duplicates(), how="left", indicator="there")
    missing = missing[missing["there"] == "left_only"].drop(columns="there")
    first = {group: category for category, group in reversed(group_of.items())}
    zeros = missing.assign(**{column: missing["ethnic_group"].map(first), name: 0})
    return pd.concat([kept, zeros[list(table.columns)]], ignore_index=True)


def _together(cut: Cut, other: Cut | None) -> Cut:
    """Return two sets of people's codes under one list of categories, the first set first."""
    if other is None:
        return cut
    categories = list(dict.fromkeys([*other.categories, *cut.categories]))
    place = {category: position for position, category in enumerate(categories)}
    moved = [np.array([place[category] for category in one.categories], dtype=np.int64) for one in (cut, other)]
    return Cut(np.concatenate([moved[0][cut.codes] if len(cut.codes) else cut.codes, moved[1][other.codes]]), categories)

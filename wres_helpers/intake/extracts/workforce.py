"""The people on the staff list as counts tables need them, and the list's own two: headcount and workforce on the snapshot day."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from wres_helpers.intake.extracts.counting import Cuts, count_people, cut_of, without_impossible
from wres_helpers.intake.extracts.fields import STAFF_GROUPS
from wres_helpers.intake.extracts.reference_codes import GradeTable
from wres_helpers.intake.extracts.staff_list import Snapshot, StaffRows
from wres_helpers.settings.extract_settings import ExtractSettings
from wres_helpers.standard.columns import ETHNIC_CATEGORY


@dataclass(frozen=True)
class Workforce:
    """The staff list as the other extracts need it."""

    staff: StaffRows
    snapshot: Snapshot
    grades: GradeTable = field(repr=False)
    settings: ExtractSettings = field(repr=False)  # the whole ``extracts`` key

    def group_of(self, rows: np.ndarray) -> np.ndarray:
        """Return the ethnic group's position of some staff rows, -1 where it is not known or there is no row (-1)."""
        return np.append(self.staff.group, -1)[rows]

    def count(
        self, rows: np.ndarray, groups: np.ndarray, name: str, by: tuple[str, ...], *, everybody: bool = False, within: bool = False
    ) -> pd.DataFrame:
        """Count the people of some staff rows (-1: no row), of the given ethnic groups, by every breakdown that is carried.

        ``by`` names what of staff group and grade cuts them too. With ``everybody``, combinations that occur on the snapshot list stand
        as zeros; ``within`` counts people of a grade that is part of another one in that one too.
        """
        cuts = self._cuts(by)
        also = {column: cut[self.snapshot.rows] for column, cut in cuts.items()} if everybody else None
        table = count_people({column: cut.take(rows, allow_fill=True) for column, cut in cuts.items()}, groups, name, also)
        if within:
            table = _with_parts_counted(table, self.grades.parts)
        return without_impossible(table, self.staff.ethnicity.code_set.group_of(self.settings.keep_ethnic_category), name)

    def _cuts(self, cut_by: tuple[str, ...]) -> Cuts:
        """Return what the person of every staff row is by."""
        staff, level = self.staff, self.settings.keep_ethnic_category
        own = {"staff_group": (staff.staff_group, STAFF_GROUPS), "grade": (staff.grade, self.grades.names)}
        cuts = {name: pd.Categorical.from_codes(*own[name]) for name in cut_by}
        cuts |= {name: cut_of(column) for name, column in staff.breakdowns.items()}
        return cuts if level == "none" else {**cuts, ETHNIC_CATEGORY: staff.ethnicity.cut(level)}


def staff_tables(workforce: Workforce) -> dict[str, pd.DataFrame]:
    """Return the headcount, one row per combination of breakdowns and ethnic group; and the workforce, the same by staff group and grade."""
    staff, rows = workforce.staff, workforce.snapshot.rows
    known = (staff.grade[rows] >= 0) & (staff.staff_group[rows] >= 0)
    groups = np.where(known, staff.group[rows], -1)
    return {
        "headcount": workforce.count(rows, staff.group[rows], "headcount", workforce.settings.staff.also_cut_by),
        "workforce": workforce.count(rows, groups, "headcount", ("staff_group", "grade"), within=True),
    }


def _with_parts_counted(table: pd.DataFrame, parts: dict[str, str]) -> pd.DataFrame:
    """Return the workforce with the people of a part counted in the grade they belong to, as the table's rule has it."""
    inside = table[table["grade"].isin(parts)]
    if inside.empty:
        return table
    both = pd.concat([table, inside.assign(grade=inside["grade"].map(parts))], ignore_index=True)
    return both.groupby([name for name in table.columns if name != "headcount"], sort=False, as_index=False)["headcount"].sum()

"""The staff list's two tables: headcount and workforce on the snapshot day."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from wres_helpers.intake.extracts.counting import Cut, count_people, cut_of, with_not_recorded, without_impossible
from wres_helpers.intake.extracts.fields import STAFF_GROUPS
from wres_helpers.intake.extracts.people import Snapshot
from wres_helpers.intake.extracts.staff_extract import StaffRows
from wres_helpers.settings.extract_settings import ExtractSettings
from wres_helpers.standard.columns import ETHNIC_GROUPS

CATEGORY = "ethnic_category"


@dataclass(frozen=True)
class Workforce:
    """The staff list as the other extracts need it.

    Attributes
    ----------
    staff, snapshot
        Its rows, and who of them is on the snapshot list.
    grades
        Names of the grades by position.
    parts
        Grade whose people are counted in another grade too, to that other: senior medical managers are consultants.
    settings
        The whole ``extracts`` key.
    """

    staff: StaffRows
    snapshot: Snapshot
    grades: list[str] = field(repr=False)
    parts: dict[str, str] = field(repr=False)
    settings: ExtractSettings = field(repr=False)

    def cuts(self, rows: np.ndarray, grade_and_group: tuple[str, ...] = ()) -> dict[str, Cut]:
        """Return what the people of the given staff rows (-1: no row) are by every breakdown that is carried."""
        all_cuts = {
            "staff_group": Cut(self.staff.staff_group, list(STAFF_GROUPS)),
            "grade": Cut(self.staff.grade, self.grades),
        }
        chosen = {name: all_cuts[name] for name in grade_and_group} | {
            name: cut_of(column) for name, column in self.staff.breakdowns.items()
        }
        if self.settings.keep_ethnic_category != "none":
            codes, names = self.staff.ethnicity.names(self.settings.keep_ethnic_category)
            chosen[CATEGORY] = Cut(codes, names)
        nobody = rows < 0
        taken = {name: cut.take(rows) for name, cut in chosen.items()}
        if nobody.any():
            taken = {name: Cut(np.where(nobody, -1, cut.codes), cut.categories) for name, cut in taken.items()}
        return {name: with_not_recorded(cut) for name, cut in taken.items()}

    def group_of_category(self) -> dict[str, str]:
        """Return each ethnic category's group."""
        ethnicity = self.staff.ethnicity
        texts = ethnicity.code_set.sixteen if self.settings.keep_ethnic_category == "sixteen_plus_one" else ethnicity.code_set.labels
        groups = [ETHNIC_GROUPS[group] for group in ethnicity.code_set.groups]
        return dict(zip(reversed(texts), reversed(groups), strict=True))


def tidy_category(table: pd.DataFrame, group_of: dict[str, str], name: str) -> pd.DataFrame:
    """Return a table without impossible zeros where it is cut by ethnic category."""
    return without_impossible(table, CATEGORY, group_of, name) if CATEGORY in table else table


def headcount_table(workforce: Workforce) -> pd.DataFrame:
    """Return the headcount: one row per combination of breakdowns and ethnic group."""
    rows = workforce.snapshot.rows
    cuts = workforce.cuts(rows, workforce.settings.staff.also_cut_by)
    return tidy_category(count_people(cuts, workforce.staff.group[rows], "headcount"), workforce.group_of_category(), "headcount")


def workforce_table(workforce: Workforce) -> pd.DataFrame:
    """Return the workforce by staff group and grade: one row per combination that occurs and ethnic group."""
    rows = workforce.snapshot.rows
    groups = np.where((workforce.staff.grade[rows] < 0) | (workforce.staff.staff_group[rows] < 0), -1, workforce.staff.group[rows])
    cuts = workforce.cuts(rows, ("staff_group", "grade"))
    table = _with_parts_counted(count_people(cuts, groups, "headcount"), workforce.parts)
    return tidy_category(table, workforce.group_of_category(), "headcount")


def _with_parts_counted(table: pd.DataFrame, parts: dict[str, str]) -> pd.DataFrame:
    """Return the workforce with the people of a part counted in the grade they belong to, as the table's rule has it."""
    inside = table[table["grade"].isin(parts)]
    if inside.empty:
        return table
    both = pd.concat([table, inside.assign(grade=inside["grade"].map(parts))], ignore_index=True)
    return both.groupby([name for name in table.columns if name != "headcount"], sort=False, as_index=False)["headcount"].sum()

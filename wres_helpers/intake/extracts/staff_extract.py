"""Reads the staff list: what every row says of a person, and on which days it holds."""

from dataclasses import dataclass, field

import numpy as np

from wres_helpers.intake.extracts.column_mapping import Extract
from wres_helpers.intake.extracts.derived_fields import derived_breakdowns
from wres_helpers.intake.extracts.ethnicity_codes import Ethnicity
from wres_helpers.intake.extracts.fields import Days, counted_by_rules, dates_of, no_days, staff_group_of
from wres_helpers.intake.extracts.grade_codes import GradeTable, grade_of

#: Nobody at work today began before this day.
_EARLIEST_START = np.datetime64("1940-01-01", "D")


@dataclass(frozen=True)
class StaffRows:
    """What every row of the staff list was read as (one element a row).

    Attributes
    ----------
    person
        Number of the person among the staff list's persons.
    group, category, grade, staff_group
        Positions among the ethnic groups, the code set's rows, the grades and the staff groups; -1 not known.
    counted
        Whether the rules count the row (bank and agency left out).
    start, leave
        Days of start and leaving; NaT where empty.
    breakdowns
        Breakdown to codes and categories.
    """

    extract: Extract = field(repr=False)
    person: np.ndarray
    ethnicity: Ethnicity = field(repr=False)
    grade: np.ndarray
    staff_group: np.ndarray
    counted: np.ndarray
    start: Days
    leave: Days
    breakdowns: dict = field(repr=False)

    @property
    def group(self) -> np.ndarray:
        """Position of each row's ethnic group, -1 where not known."""
        return self.ethnicity.groups


def read_staff(extract: Extract, ethnicity: Ethnicity, known: GradeTable, month_first: bool, snapshot: np.datetime64) -> StaffRows:
    """Read every field of the staff list.

    Grades and staff groups are only asked of rows that may be counted: a bank worker's grade stops nobody.
    """
    start, leave = (
        dates_of(extract, name, month_first) if name in extract else no_days(len(extract)) for name in ("start_date", "leave_date")
    )
    counted = counted_by_rules(extract)
    here = counted & on_day(start, leave, snapshot)
    grade = grade_of(extract, known, only=here)
    medical = known.medical[grade] & (grade >= 0)
    staff_group = staff_group_of(extract, extract.settings.clinical, medical, here)
    _check_dates(extract, start, leave, snapshot)
    breakdowns = {name: extract.column(name) for name in extract.settings.breakdowns}
    breakdowns |= derived_breakdowns(extract, snapshot, month_first, here)
    return StaffRows(extract, extract.column("person").codes, ethnicity, grade, staff_group, counted, start, leave, breakdowns)


def on_day(start: Days, leave: Days, day: np.datetime64) -> np.ndarray:
    """Tell which assignments were held on a day: started on it or before, and not left before it.

    The leave date is the last day of work, so a person who leaves on the day is still there.
    """
    return start.ask(~(start.days > day)) & leave.ask(~(leave.days < day))


def _check_dates(extract: Extract, start: Days, leave: Days, snapshot: np.datetime64) -> None:
    unlikely = start.ask((start.days < _EARLIEST_START) | (start.days > snapshot + 365))
    found = "a start date before 1940 or more than a year after the snapshot day"
    extract.stop("an unlikely date", "start_date", unlikely, found, "the day the assignment began", "Mend the cell.")
    if "start_date" in extract:
        empty = extract.column("start_date").blank()
        extract.stop("an empty start date", "start_date", empty, "an empty cell", "a start date in every record", "Fill the cell.")
    left = np.flatnonzero(leave.ask(~np.isnat(leave.days)))
    turned = left[leave.of(left) < start.of(left)]
    expected, action = "a date on or after the start date", "Correct one of the two dates."
    extract.stop("left before the start", "leave_date", turned, "a date before the start date", expected, action)

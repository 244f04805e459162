"""Fields other than ethnicity and grade: dates, yes and no, values that count or are left out, clinical or not, age and working pattern."""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np

from wres_helpers.intake.counts.made_up_counts import longest_run_of
from wres_helpers.intake.extracts.coded_columns import Coded, coded
from wres_helpers.intake.extracts.extract_table import NOT_KNOWN, NOT_RECORDED, Extract
from wres_helpers.settings.extract_settings import DERIVED, AgeGroups, ClinicalRule, ExtractFile, WorkingPattern
from wres_helpers.standard.years import month_told
from wres_helpers.tables.cell_readers import Read, clean_text, key_of, whole_number
from wres_helpers.tables.record_readers import read_date, read_hours, read_share

#: No date: an empty cell.
NO_DATE = np.datetime64("NaT", "D")

CLINICAL, NON_CLINICAL, MEDICAL, NOT_SEPARATED = range(4)

#: Nobody at work today began, left or was trained before this day.
EARLIEST_DAY = np.datetime64("1940-01-01", "D")

#: Ages at which people work; any other comes from a wrong cell.
_AGES = (14, 100)


@dataclass(frozen=True)
class Window:
    """Days counted: from ``first`` to ``last``, both included."""

    first: np.datetime64
    last: np.datetime64

    def __str__(self) -> str:
        return f"{self.first} to {self.last}"


def years_up_to(snapshot: np.datetime64, years: int) -> Window:
    """Return so many years that end with the snapshot day: from 1 April for a snapshot on 31 March."""
    following = (snapshot + 1).item()
    return Window(np.datetime64(following.replace(year=following.year - years).isoformat(), "D"), snapshot)


class Kept:
    """Which records of an extract count, and why the others do not: each step leaves some out and says how many."""

    def __init__(self, records: int):
        self.mask = np.ones(records, dtype=bool)
        self.dropped: dict[str, int] = {}

    def leave_out(self, reason: str, where: np.ndarray) -> None:
        """Leave the records of a mask out, and note how many of them counted until now."""
        number = int((self.mask & where).sum())
        self.mask = self.mask & ~where
        if number:
            self.dropped[reason] = number


def read_values(extract: Extract, name: str, reader: Callable[[str], Read], expected: str, how: str) -> list[Read]:
    """Read every distinct date or number of a field; ``expected`` is what a good cell holds, ``how`` what was done with odd ones."""
    return extract.read(name, reader, lambda text: (expected, _CURES.get(reader(text).wrong, "Mend the cell.")), how)


#: What to do about one wrong cell: nobody edits an extract.
CORRECT_IT = "Mend the cell, or correct it in corrections.csv."

_CURES = {
    "suppressed": "Ask for the numbers unsuppressed: the pack hides small numbers itself.",
    "a percentage": "Map the column as 'percent' and its base as 'base', or ask for the numbers.",
    "no such day": f"There is no such day. {CORRECT_IT} If the file has the month first, say so with date_order in the master file.",
}


def dates_of(extract: Extract, name: str) -> np.ndarray:
    """Return each record's day; NaT where the field is not mapped, the cell is empty or could not be read (which is told)."""
    if name not in extract:
        return np.full(len(extract), NO_DATE)
    days = np.array([NO_DATE if read.value is None else read.value for read in read_dates(extract, name)], dtype="datetime64[D]")
    _tell_filled_down(extract, name, days)
    return extract.columns[name].spread(days)


def _tell_filled_down(extract: Extract, name: str, days: np.ndarray) -> None:
    """Ask about days (of each distinct text) that count up (or down) row by row in even steps, as a spreadsheet fills cells in."""
    months = days.astype("datetime64[M]")
    counted = (np.where(np.isnat(days), np.nan, units.astype(float)).astype(np.float32) for units in (days, months, days - months))
    day, month, of_month = map(extract.columns[name].spread, counted)
    by_day, by_month = np.diff(day), np.diff(month)
    ends = np.maximum(of_month[1:], of_month[:-1]) >= 27  # 31 January, 28 February, 31 March
    by_month[(np.diff(of_month) != 0) & ~ends] = np.nan
    for steps, least, unit in ((by_month, 6, "month"), (by_day, 10, "day")):  # so many come of no list of people
        steps[steps == 0] = np.nan
        first, length = longest_run_of(steps)
        if length >= least:
            step = int(abs(steps[first]))
            many, what = (step // 12, "year") if unit == "month" and step % 12 == 0 else (step, unit)
            apart = f"{'a' if many == 1 else many} {what}{'s' * (many > 1)}"
            found = f"{length} days one after another, each {apart} from the next"
            how = "read as they stand; check that no cell was filled down."
            extract.handle(name, np.arange(first, first + length), found, "the day of each record", how)
            return


def read_dates(extract: Extract, name: str) -> list[Read]:
    expected = "a date as " + ("month/day/year" if extract.month_first else "day/month/year")
    return read_values(extract, name, lambda text: read_date(text, extract.month_first), expected, "read as a date.")


def counted_by_rules(extract: Extract) -> np.ndarray:
    """Return a mask of the records that the master file's rules count; values no rule names are told."""
    counted = np.ones(len(extract), dtype=bool)
    for name, rule in extract.settings.rules.items():
        meanings = dict.fromkeys(rule.leave_out, 0) | dict.fromkeys(rule.count, 1)
        action = f"Add it to 'count' or 'leave_out' under extracts.{extract.name}.rules.{name} in the master file."
        counted &= values_to(extract, name, meanings, ("a value that the rule names", action)) != 0
    return counted


def keep_days(extract: Extract, kept: Kept, name: str, window: Window) -> np.ndarray:
    """Keep the records that the rules count and whose day the window holds; return each record's day."""
    kept.leave_out("left out by a rule", ~counted_by_rules(extract))
    days = dates_of(extract, name)
    empty = kept.mask & extract.columns[name].blank()
    extract.stop(name, empty, "an empty cell", "a date in every record that counts", "Fill the cell.")
    kept.mask &= ~np.isnat(days)  # which is told
    early = kept.mask & (days < EARLIEST_DAY)
    extract.stop(name, early, "a date before 1940", "the day it happened", "Mend the cell.")
    later = kept.mask & (days > window.last)
    to_come = later & (days > np.datetime64(date.today()))
    extract.handle(name, later & ~to_come, "a date after the end of the year", "dates up to the snapshot day", "left out.")
    # a closing date or a course that is booked may lie ahead; the beginning of a case may not, and of the others no day years ahead
    no_day = to_come & ((extract.name == "cases") | (days > np.datetime64(date.today()) + 365))
    extract.stop(name, no_day, "a date that is yet to come", "the day it happened", f"{CORRECT_IT} The year may be mistyped.")
    how = "left out; mend it if it was mistyped."
    extract.handle(name, to_come & ~no_day, "a date that is yet to come", "dates up to the snapshot day", how)
    outside = kept.mask & (days < window.first) | later
    away = kept.mask & (days < window.first - 365)
    if 0 < away.sum() < kept.mask.sum():
        years = np.unique(days[away].astype("datetime64[Y]").astype(str))
        found = f"a day more than a year before {window.first}, of " + " to ".join(dict.fromkeys((years[0], years[-1])))
        extract.handle(name, away, found, f"days from {window}", "left out; mend the year if it was mistyped.")
    if outside.any() and outside.sum() == kept.mask.sum():
        # a log of cases may tell of none in its years; nobody applied and no course was held in a whole year is another year's file
        handled, found = extract.name == "cases", f"no day from {window} in any record"
        action = f"{'none is counted; check' if handled else 'Check'} the year, and how the file writes dates."
        extract.stop(name, outside, found, "records of that time", action, handled)
    kept.leave_out(f"outside {window}", outside)
    _ask_of_months(extract, name, days[kept.mask], window)
    return days


def _ask_of_months(extract: Extract, name: str, days: np.ndarray, window: Window) -> None:
    """Ask about months of the window without a record where others have many: a month's file left out, or a file cut short."""
    first, following = (day.astype("datetime64[M]") for day in (window.first, window.last + 1))
    records = np.bincount((days.astype("datetime64[M]") - first).astype(int), minlength=int((following - first).astype(int)))
    empty = np.flatnonzero(records == 0)
    if len(empty) and records.mean() >= 20:  # of which none in a month is no chance
        named = ", ".join(filter(None, (month_told(str(first + month)) for month in empty)))
        expected = f"some in every month, as about {records.sum() / (records > 0).sum():,.0f} in each other"
        how = "read as it stands; if a file was left out, add it."
        extract.findings.handle(extract.at(name), f"no record of {named}", expected, how)


def truth_of(extract: Extract, name: str, only: np.ndarray | None = None) -> np.ndarray:
    """Return a yes/no field as 1, 0, or -1 where the cell says neither (which is told of records that matter, a mask of ``only`` those)."""
    meanings = dict.fromkeys(extract.settings.yes, 1) | dict.fromkeys(extract.settings.no, 0)
    expected = "yes or no: " + ", ".join(repr(text) for text in meanings) + f"; a day, where '{ANY_DATE}' stands under one of them"
    wrong = (expected, "Mend the cell, or add the value to 'yes' or 'no' in the master file.")
    return values_to(extract, name, meanings, wrong, only)


def values_to(extract: Extract, name: str, meanings: dict[str, int], wrong: tuple[str, str], only: np.ndarray | None = None) -> np.ndarray:
    """Return what the master file says each value means, -1 where it says nothing (which is told)."""
    return extract.numbers(name, extract.read(name, _reader(meanings, extract.month_first), lambda _: wrong, only=only))


#: Stands in the master file for every day that is written in a cell: systems write when somebody was shortlisted, not that they were.
ANY_DATE = "any date"


def _reader(meanings: dict[str, int], month_first: bool = False) -> Callable[[str], Read]:
    """Return what looks a value up whatever its capitals, and notes other capitals than the master file has."""
    cleaned = {clean_text(text)[0]: meaning for text, meaning in meanings.items()}
    keyed = {key_of(text): meaning for text, meaning in cleaned.items()}

    def read(text: str) -> Read:
        if ANY_DATE in keyed and key_of(text) not in keyed and read_date(text, month_first).value:
            return Read(keyed[ANY_DATE])
        meaning = keyed.get(key_of(text))
        return NOT_KNOWN if meaning is None else Read(meaning, "" if text in cleaned else "other capitals or dashes")

    return read


def staff_group_of(extract: Extract, rule: ClinicalRule | None, medical: np.ndarray, only: np.ndarray) -> np.ndarray:
    """Return each row's staff group as a position among the staff groups of the counts tables.

    Medical and dental staff are told by their grade; the others by staff group or by the longest matching beginning
    of their occupation code, as the master file has it.
    """
    if rule is None:
        return np.full(len(extract), NOT_SEPARATED, dtype=np.int32)
    meanings = dict.fromkeys(rule.clinical, CLINICAL) | dict.fromkeys(rule.non_clinical, NON_CLINICAL)
    by_name, beginnings = _reader(meanings), {key_of(text): meaning for text, meaning in meanings.items() if text}

    def read(text: str) -> Read:
        if rule.by == "staff_group":
            found = by_name(text)
            # the staff record writes "Staff Group|Job Role": the role decides where it is listed, else the group
            return by_name(text.partition("|")[0].strip()) if found.wrong and "|" in text else found
        fits = [beginning for beginning in beginnings if key_of(text).startswith(beginning)]
        return Read(beginnings[max(fits, key=len)]) if fits else NOT_KNOWN

    expected = "a value that extracts.staff.clinical names"
    action = "Mend the cell, or add it to 'clinical' or 'non_clinical' in the master file."
    reads = extract.read(rule.by, read, lambda _: (expected, action), only=only & ~medical)
    return np.where(medical, MEDICAL, extract.numbers(rule.by, reads)).astype(np.int32)


def breakdowns_of(extract: Extract, day: np.datetime64, counted: np.ndarray) -> dict[str, Coded]:
    """Return the breakdowns of an extract, mapped or made, by name: one category a record.

    Ages are taken on ``day``, the snapshot; only of the records that may be ``counted`` an unlikely age stops the run.
    """
    ages, pattern = (getattr(extract.settings, name, None) for name in DERIVED)
    breakdowns = {name: extract.columns[name] for name in extract.settings.breakdowns}
    if ages:
        breakdowns["age_group"] = _age_group(extract, ages, day, counted)
    if pattern:
        breakdowns["working_pattern"] = _working_pattern(extract, pattern)
    return breakdowns


def derived_in_words(settings: ExtractFile, day: np.datetime64) -> list[str]:
    ages, pattern = (getattr(settings, name, None) for name in DERIVED)
    words = []
    if ages:
        groups = ", ".join(_age_group_names(ages.starts))
        words.append(f"Age groups by {ages.by.replace('_', ' ')}, in whole years on {day}: {groups}.")
    if pattern:
        by = "full-time equivalent" if pattern.by == "fte" else "hours"
        words.append(f"Full time: {by} of {pattern.full_time_from:g} or more in the primary assignment.")
    return words


def _age_group_names(starts: tuple[int, ...]) -> list[str]:
    """Return the groups' names, which sort as they stand: ``24 and under``, ``25 to 34``, ..., ``65 and over``."""
    between = [f"{first} to {following - 1}" for first, following in pairwise(starts)]
    return [f"{starts[0] - 1} and under", *between, f"{starts[-1]} and over"]


def _age_group(extract: Extract, settings: AgeGroups, day: np.datetime64, counted: np.ndarray) -> Coded:
    if settings.by == "birth_date":
        born = [read.value for read in read_dates(extract, "birth_date")]
        on = day.item()  # who was born on 29 February is a year older on 1 March of other years
        ages = [birth and on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day)) for birth in born]
        found = "a date of birth that makes somebody younger than {} or older than {}".format(*_AGES)
    else:
        reads = read_values(extract, "age", lambda text: whole_number(text) if text else Read(), "an age in whole years", "read as an age.")
        ages = [read.value for read in reads]
        found = "an age below {} or above {}".format(*_AGES)
    column = extract.columns[settings.by]
    unlikely = np.array([age is not None and not _AGES[0] <= age <= _AGES[1] for age in ages], dtype=bool)
    wrong = column.spread(unlikely) & counted
    extract.stop(settings.by, wrong, found, "the age of somebody at work", "Mend the cell.")
    names = _age_group_names(settings.starts)
    return coded([NOT_RECORDED if age is None else names[bisect_right(settings.starts, age)] for age in ages], column.codes)


def _working_pattern(extract: Extract, settings: WorkingPattern) -> Coded:
    reader, expected = (read_share, "a number such as 0.6") if settings.by == "fte" else (read_hours, "hours a week such as 37.5")
    reads = read_values(extract, settings.by, reader, expected, f"read as {'a share' if settings.by == 'fte' else 'hours'}.")
    categories = {True: "Full time", False: "Part time"}
    values = [NOT_RECORDED if read.value is None else categories[read.value >= settings.full_time_from] for read in reads]
    return coded(values, extract.columns[settings.by].codes)

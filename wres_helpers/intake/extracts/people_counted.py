"""People counted by what they are; the staff list's own two tables; the logs of cases and courses, whose people are looked up in it, once each."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import pyarrow.compute as pc
from pandas.api.types import union_categoricals

from wres_helpers.intake.counts.counts_tables import STAFF_GROUPS
from wres_helpers.intake.extracts.coded_columns import Coded, bare_numbers
from wres_helpers.intake.extracts.extract_table import NOT_RECORDED, Extract
from wres_helpers.intake.extracts.fields import Kept, Window, keep_days, years_up_to
from wres_helpers.intake.extracts.reference_codes import CodeSet, Ethnicity, GradeTable, ethnicity_of
from wres_helpers.intake.extracts.staff_list import Snapshot, StaffRows
from wres_helpers.settings.extract_settings import ExtractSettings
from wres_helpers.standard.columns import ETHNIC_CATEGORY, ETHNIC_GROUPS, UNKNOWN
from wres_helpers.tables.cell_readers import key_of

#: What people are by each column of a counts table: one category a person, -1 where nothing is recorded.
Cuts = dict[str, pd.Categorical]


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
        groups = np.concatenate([np.full(len(next(iter(also.values()))), -1), groups])
    people = pd.DataFrame({group: groups == place for place, group in enumerate(ETHNIC_GROUPS)})
    kinds = [pd.Series(_recorded(cut), name=column) for column, cut in cuts.items()]
    counts = people.groupby(kinds, observed=True).sum() if cuts else people.sum().to_frame().T
    table = counts.rename_axis(columns="ethnic_group").stack().rename(name).reset_index()[[*cuts, "ethnic_group", name]]
    return table.astype(dict.fromkeys([*cuts, "ethnic_group"], "str") | {name: "int64"})


def count_parts(column: str, parts: dict[str, np.ndarray], cuts: Cuts, groups: np.ndarray, name: str) -> pd.DataFrame:
    """Count the people of each part (its mask of them, by name), one part after the other; a person may be in several."""
    tables = []
    for part, there in parts.items():
        table = count_people({key: cut[there] for key, cut in cuts.items()}, groups[there], name, cuts)
        table.insert(0, column, part)
        tables.append(table)
    return pd.concat(tables, ignore_index=True).astype({column: "str"})


def cut_of(column: Coded) -> pd.Categorical:
    """Return a breakdown with its categories in alphabetical order."""
    alphabetical = pd.Index(sorted(column.values, key=key_of), dtype="str")
    return pd.Categorical.from_codes(column.codes, column.values).reorder_categories(alphabetical)


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
        inside = table[table["grade"].isin(self.grades.parts)] if within else table.head(0)
        if len(inside):  # counted in the grade they belong to, too, as the table's rule has it
            both = pd.concat([table, inside.assign(grade=inside["grade"].map(self.grades.parts))], ignore_index=True)
            table = both.groupby([column for column in table.columns if column != name], sort=False, as_index=False)[name].sum()
        named = self.staff.ethnicity.code_set.named_groups(self.settings.keep_ethnic_category)
        return without_impossible(table, dict(named), name)

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


#: What is done with people who are not on the snapshot list, in words.
_RULES = {"include": "counted by rule", "leave_out": "left out by rule", "stop": "not allowed by rule"}


@dataclass(frozen=True)
class LogPeople:
    """The people of a log who are counted, one element a person; and what came before them."""

    events: int  # events that count
    dropped: dict[str, int]  # why records were left out, and how many
    away: np.ndarray  # records (counted from 0) of people who are not on the snapshot list, though no rule leaves them out; counted or not
    records: np.ndarray  # the record of each person: the first event
    staff_rows: np.ndarray  # the staff row that stands for each, -1 where there is none
    own: Ethnicity | None = field(repr=False)  # what the log itself says of ethnicity

    def table(self, workforce: Workforce, name: str) -> pd.DataFrame:
        """Count the people by breakdown and ethnic group, with zeros for every combination of the headcount.

        Ethnicity comes from the staff list; for people whom it does not have, from the log where the log records it.
        """
        own = ETHNIC_GROUPS.index(UNKNOWN) if self.own is None else self.own.groups[self.records]
        groups = np.where(self.staff_rows >= 0, workforce.group_of(self.staff_rows), own)
        return workforce.count(self.staff_rows, groups, name, workforce.settings.staff.also_cut_by, everybody=True)


def count_cases(extract: Extract, workforce: Workforce, known: CodeSet | None, snapshot: np.datetime64) -> Counted:
    """Count the people who entered a formal disciplinary process, by entry date in the years counted."""
    settings = extract.settings
    window = years_up_to(snapshot, settings.window_years)
    own = ethnicity_of(extract, known) if known and "ethnicity" in extract else None
    last_year = years_up_to(snapshot, 1).first if settings.people_counted_once_per == "year" else None
    people = _people_of(extract, workforce, ("entry_date", window), own, last_year)
    if own is not None:
        listed, blank = workforce.group_of(people.staff_rows), extract.columns["ethnicity"].blank()
        differs = (listed >= 0) & (own.groups[people.records] >= 0) & (own.groups[people.records] != listed) & ~blank[people.records]
        found = "another ethnic group than in the staff list"
        extract.handle("ethnicity", people.records[differs], found, "the same", "the staff list's is taken.")
    rows = ", ".join(map(str, pd.unique(extract.rows[people.away])))
    decisions = (
        f"Cases: {len(people.records):,} people entered from {window} ({people.events:,} cases that count); "
        f"a person counts once per {settings.people_counted_once_per}.",
        f"Cases: {len(people.away):,} of them not on the snapshot list: {_RULES[settings.not_on_snapshot]}{f' (row {rows} of the log)' * bool(rows)}.",
    )
    return Counted({"disciplinary": people.table(workforce, "entered")}, people.dropped, decisions)


def count_training(extract: Extract, workforce: Workforce, snapshot: np.datetime64) -> Counted:
    """Count the people who took up training in the year: course places become people."""
    window = years_up_to(snapshot, 1)
    people = _people_of(extract, workforce, ("date", window), None)
    decisions = (
        f"Training: {people.events:,} course places from {window} turned into people: {len(people.records):,}.",
        f"Training: people not on the snapshot list ({len(people.away):,}): {_RULES[extract.settings.not_on_snapshot]}.",
    )
    return Counted({"training": people.table(workforce, "accessed")}, people.dropped, decisions)


def _in_staff(extract: Extract, workforce: Workforce) -> tuple[np.ndarray, np.ndarray]:
    """Return, for every distinct person of the log, their number in the staff list, or -1; and whether nothing like it stands there."""
    staff, column = workforce.staff.extract.columns["person"], extract.columns["person"]
    numbers = pc.index_in(column.texts, value_set=staff.texts).fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    strangers = numbers < 0
    if strangers.any():
        again = pc.is_in(bare_numbers(column.texts), value_set=bare_numbers(staff.texts)).to_numpy(zero_copy_only=False) & strangers
        told = "a person's number that differs from the staff list's only by leading zeros, capitals or '.0'"
        where, action = column.spread(again), "Export both with the column as text, or correct it in corrections.csv."
        extract.stop("person", where, told, "the number as the staff list has it", action)
        strangers &= ~again
    return numbers, strangers


def _people_of(
    extract: Extract, workforce: Workforce, when: tuple[str, Window], own: Ethnicity | None, again_from: np.datetime64 | None = None
) -> LogPeople:
    """Return the people of the records that the rules count and the window holds: once each, or once more from a day on."""
    date_field, window = when
    kept = Kept(len(extract))
    days = keep_days(extract, kept, date_field, window)
    events, person = np.flatnonzero(kept.mask), extract.columns["person"].codes
    frame = pd.DataFrame({"person": person[events], "again": False if again_from is None else days[events] >= again_from})
    records = events[~frame.duplicated().to_numpy()]
    staff, strangers = (each[person[records]] for each in _in_staff(extract, workforce))
    if "person" not in extract.missing:
        _tell_strangers(extract, records, strangers)
    rows = workforce.snapshot.row_of_person[staff]
    by_rule = ~np.append(workforce.staff.counted, True)[rows]
    away = ~workforce.snapshot.on_list[staff] & ~by_rule
    chosen = np.ones(len(records), dtype=bool)
    for key, those, found in (
        ("not_on_snapshot", away, "a person who is not on the snapshot list"),
        ("left_out_by_rule", by_rule, "a person whom a rule leaves out of the staff list"),
    ):
        way = getattr(extract.settings, key)
        chosen &= ~those if way == "leave_out" else True
        if way != "stop" and key == "left_out_by_rule":
            extract.handle("person", records[those], found, "a person of the snapshot list", f"{_RULES[way]}, as {key} says.")
        elif way == "stop" and "person" not in extract.missing:
            action = f"Correct the number, or say in the master file what is done with such people ({key})."
            extract.stop("person", records[those], found, "people of the snapshot list only", action)
    return LogPeople(len(events), kept.dropped, records[away], records[chosen], rows[chosen], own)


def _tell_strangers(extract: Extract, records: np.ndarray, strangers: np.ndarray) -> None:
    """Tell people of a log who do not stand in the staff list, and how many they are; where all are, the two files number people differently."""
    way = extract.settings.not_on_snapshot
    if strangers.all() and len(strangers) >= 5:  # fewer may be so by chance
        action = "Export both files with the same kind of number, or map the column that holds it."
        extract.stop("person", records, "nobody of the staff list in any record", "people of the staff list", action)
    elif way != "stop":
        how = f"{_RULES[way]}{', with the ethnicity that the log has' * (way == 'include')}; correct the number in corrections.csv if it is wrong"
        how += f" ({strangers.sum():,} of the log's {len(strangers):,} people are not)."
        extract.handle("person", records[strangers], "a person who is not in the staff list", "a person of the staff list", how)

"""What the tables of one year say of one another: groups exchanged, another table's file, a stage or a side that is not there."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise

import pandas as pd

from wres_helpers.intake.counts.rows_left_out import is_unlikely
from wres_helpers.intake.counts.survey_questions import survey_of
from wres_helpers.intake.year_folder import table_place
from wres_helpers.problems import Problem
from wres_helpers.settings.parameters import Parameters
from wres_helpers.standard.columns import BME, ETHNIC_CATEGORY, ETHNIC_GROUPS, STAGES, UNKNOWN, WHITE
from wres_helpers.standard.grades import grades
from wres_helpers.standard.standards import Standard, read_standard
from wres_helpers.tables.cell_readers import is_hidden

#: A count further from another than so many standard errors of counts is not so by chance; one no further than so few may be the same.
FAR, NEAR = 5, 3

#: So many counts that jumped are told.
_TOLD = 3

#: Tables of the staff, by whose breakdowns the others are told.
OF_STAFF = ("headcount", "workforce")

#: Of so many people of a group some come through a stage, and some do not.
_HUNDREDS = 100

#: Bases of a survey's questions are so much alike where nearly all of a group answered them all.
_ALIKE = 1.05


@dataclass(frozen=True)
class YearsTables:
    """The counts tables of one of a report's years, as far as they could be read."""

    parameters: Parameters
    year: str
    tables: Mapping[str, pd.DataFrame] = field(repr=False)
    before: Mapping[str, pd.DataFrame] = field(repr=False)  # of the report's own year those of the year before; else none

    @property
    def standard(self) -> Standard:
        return read_standard(self.parameters.reference_folder)

    def asked(self, table: str, expected: str, action: str, found: str, column: str | None = None) -> Problem:
        """Return a question about one of the tables."""
        return Problem(table_place(self.parameters, self.year, table), expected, action, column=column, found=found)

    def people_of(self, item: tuple) -> pd.Series:
        """Return how many people an item of the standard has in each group."""
        table = self.tables[item.table]
        rows = table[table[item.where_column].eq(item.where_value)] if item.where_column else table
        return rows.groupby("ethnic_group")[item.count].sum()

    def staff(self) -> pd.Series:
        """Return the headcount of each group."""
        return self.tables["headcount"].groupby("ethnic_group")["headcount"].sum()


def moved(one: float, other: float, times: float = 2) -> bool:
    """Tell whether one of two counts is more than so many times the other, and not by chance."""
    return far(one, other) > FAR and times * min(one, other) < max(one, other)


def far(one: float, other: float) -> float:
    """Return how far two counts are apart, in standard errors of counts; a hidden one is no distance away."""
    return 0 if is_hidden(max(one, other)) else 2 * abs(math.sqrt(one) - math.sqrt(other))


def jumps_in_words(jumped: Sequence[tuple[str, float, float]], before: str) -> tuple[str, str]:
    """Return the counts of the year before, and those that jumped since, each with whose it is, as a question tells the first few of them."""
    numbers = [(f"{now:,.0f}" if not math.isnan(now) else "no row", whose, f"{then:,.0f}") for whose, now, then in jumped[:_TOLD]]
    more = f" and {len(jumped) - _TOLD:,} more" * (len(jumped) > _TOLD)
    found = "; ".join(f"{now} ({whose})" for now, whose, _ in numbers)
    return f"about the {', '.join(then for *_, then in numbers)} of {before}", found + more


def more_than_staff(year: YearsTables) -> Iterator[Problem]:
    """Ask where more of a group are counted than its staff, or appointed than half of them, and not by chance."""
    items = year.standard.items
    for item in items[items["counted_among"].eq("headcount") | items["item"].eq("appointed")].itertuples():
        if item.table in year.tables:
            staff, most = year.staff().drop(UNKNOWN, errors="ignore"), 0.5 if item.item == "appointed" else 1  # who started in one year
            for group, people in year.people_of(item).items():
                if people > (limit := most * staff.get(group, math.inf)) and far(people, limit) > FAR:
                    expected, found = f"some of the {staff[group]:,.0f} staff", f"{people:,.0f} ({year.standard.codes[str(group)]})"
                    action = "Check that people are counted, each once, and no total is among them."
                    yield year.asked(item.table, expected, action, found, item.count)


def odd_bases(year: YearsTables) -> Iterator[Problem]:
    """Ask about each question of the survey that a group answered far less, or more, often than its others: one survey asked them all.

    Where nearly all who answered one of the others answered them all, little is far, but of a base without those who do not know.
    """
    questions, table = survey_of(year.parameters, year.year).questions, year.tables["staff_survey"]
    some = [label for label, question in questions.items() if question.asked_of_some]
    without = [label for label, question in questions.items() if question.indicator == "7" and not question.needs_dont_know]
    answered = table[~table["question"].isin(some)].groupby(["ethnic_group", "question"], sort=False)["respondents"].sum()
    for (group, question), base in answered.items():
        others = answered[group].drop(question)
        usual, like = others.median(), others.drop(without, errors="ignore")
        alike = question not in without and len(like) > 1 and like.max() <= _ALIKE * like.min()
        apart = alike and far(base, like.median()) > NEAR and abs(base / like.median() - 1) > 2 * (_ALIKE - 1)
        if apart or (len(others) > 1 and moved(base, usual)):
            expected, action = f"about the {usual:,.0f} who answered the others", "Check its answers or its base; else leave it."
            found = f"{base:,.0f} who answered question {question} ({year.standard.codes[str(group)]})"
            yield year.asked("staff_survey", expected, action, found, "respondents")


def apart_from_their_grade(year: YearsTables) -> Iterator[Problem]:
    """Ask where the bands lack as many of each group as stand in a grade that is part of another: they were not counted in that one."""
    known = grades(year.parameters.reference_folder)
    whole_of = dict(known.loc[known["part_of"].ne(""), ["grade", "part_of"]].itertuples(index=False))
    by_grade = year.tables["workforce"].groupby(["ethnic_group", "grade"])["headcount"].sum().unstack(fill_value=0)
    lacking = year.staff().sub(by_grade.drop(columns=[*whole_of], errors="ignore").sum(axis=1), fill_value=0)
    for grade in (name for name in by_grade if name in whole_of):
        apart, whole = by_grade[grade].reindex(lacking.index, fill_value=0), whole_of[grade]
        if apart.any() and apart.eq(lacking).all():
            found = " and ".join(f"{people:,.0f} {year.standard.codes[group]}" for group, people in apart.items() if people)
            action = f"Add them to the rows of '{whole}', of which the total is."
            yield year.asked("workforce", f"'{grade}' among '{whole}', too", action, f"{found} apart from it", "grade")


def apart_in_answering(year: YearsTables) -> Iterator[Problem]:
    """Ask where of one ethnic group's staff more than twice as many in a hundred answered the survey as of the other's.

    Of people with a disability a survey always finds more than the staff records.
    """
    if year.standard.characteristic != "ethnicity":
        return
    answered = year.tables["staff_survey"].groupby(["ethnic_group", "question"])["respondents"].sum().groupby("ethnic_group").max()
    staff = year.staff()
    (one, other), (of_one, of_other) = ([each.get(group, math.inf) for group in (WHITE, BME)] for each in (answered, staff))
    if moved(one, other * of_one / of_other if of_other else math.inf):
        found = " and ".join(f"{answered[group]:,.0f} of {staff[group]:,.0f} ({year.standard.codes[group]})" for group in (WHITE, BME))
        expected, action = "groups that answer about equally often", "Check that they are not exchanged; else leave them."
        yield year.asked("staff_survey", expected, action, found, "respondents")


def lacking_parts(year: YearsTables) -> Iterator[Problem]:
    """Ask about each table without a stage, or without the other side of a part of the board, as one cut short is."""
    for name, table in year.tables.items():
        column, wanted = year.standard.tables[name][0], list(filter(None, year.standard.items_of[name]))
        there = set(table[column])
        if name == "board":
            wanted = [side.removeprefix("non_") if side.startswith("non_") else f"non_{side}" for side in sorted(there - {"total"})]
        if gone := [part for part in wanted if part not in there]:
            action = "Add the rows if somebody counted; as it stands they are not supplied."
            yield year.asked(name, "all that belong together", action, f"no {' or '.join(gone)}", column)


def counted_again(year: YearsTables) -> Iterator[Problem]:
    """Ask where the people of one thing are those of another, group by group: one of two files is the other's."""
    items, told = year.standard.items, {}
    among = set(items["counted_among"])
    for item in items.itertuples():
        if item.table not in year.tables or not (item.counted_among or item.item in among):
            continue
        sums = year.people_of(item)
        people, key = sums.sum(), tuple(sums.items())
        if key in told and people >= 20 and not is_hidden(people):  # fewer may be alike by chance
            action = "Check that it is not another table's file; if the same people are meant, leave it."
            found = f"as many of each group as {told[key]}, to the last number"
            yield year.asked(item.table, f"counts of {item.people}", action, found)
        told.setdefault(key, item.people)


def all_or_nobody_came_through(year: YearsTables) -> Iterator[Problem]:
    """Ask about each stage of recruitment to which nobody of hundreds came, or everybody: of all, or of a group."""
    for name, table in ((name, table) for name, table in year.tables.items() if "stage" in table):
        count = year.standard.tables[name][-1]
        people = table.groupby(["stage", "ethnic_group"])[count].sum().unstack(fill_value=0)
        stages = [stage for stage in STAGES if stage in people.index]
        # the undisclosed may have said since
        groups = {"all": people.sum(axis=1)} | {year.standard.codes[each]: people[each] for each in (WHITE, BME) if each in people}
        for before, stage in pairwise(stages):
            for whose, came in groups.items():
                nobody = came[stage] == 0 < came[before] and came[stages[0]] >= _HUNDREDS
                if (nobody or came[stage] == came[before] >= _HUNDREDS) and not is_hidden(came.sum()):
                    who, of = ("nobody", stages[0]) if nobody else ("everybody", before)
                    action = "Check that the outcomes are in the list, and were read as what they are; else leave it."
                    yield year.asked(name, f"some {stage}, and some not", action, f"{who} {stage} of {came[of]:,.0f} {of} ({whose})", count)
                    break  # of all: then of each group, too


def hardly_there(year: YearsTables) -> Iterator[Problem]:
    """Ask where hardly anybody of a group is among the people of a table who would be many by its staff: a column or two exchanged."""
    staff = year.staff()
    for name, table in year.tables.items() if not is_hidden(staff.sum()) else ():
        part, *_, count = year.standard.tables[name]
        for place, rows in table.groupby(part, sort=False) if part != "ethnic_group" else [("", table)]:
            people: Counter[str] = Counter()  # of a few hundred rows adding up is quicker than grouping
            for group, number in zip(rows["ethnic_group"], rows[count], strict=True):
                people[group] += number
            for group in ETHNIC_GROUPS[:2] if not is_hidden(people.total()) else ():  # a group without a row is none that is asked
                due = people.total() * staff.get(group, 0) / staff.sum()
                if group in people and people[group] < due / 10 and far(people[group], due) > FAR:
                    found = f"{people[group]:,.0f} {year.standard.codes[group]}" + (f" ({place})" if place else "")
                    action = "Check that no groups were exchanged; else leave it."
                    yield year.asked(name, f"about {due:,.0f}, as many as of the staff", action, found, count)


def nobody_of(year: YearsTables) -> Iterator[Problem]:
    """Ask about a group or an ethnic category of which a table has no row though many of it would be there, by the year before or by the staff.

    By the staff only of ethnic categories of one list, and of those who are disclosed: who says so to one system may not to another.
    """
    items, tables, codes, last = year.standard.items, year.tables, year.standard.codes, year.parameters.previous_year or ""
    among_staff = ["workforce", *items.loc[items["counted_among"].eq("headcount"), "table"].unique()]
    for name, table in tables.items():
        of_staff = among_staff if name == "headcount" else OF_STAFF if name in among_staff else ()
        beside = {f"{other}.csv": tables[other] for other in of_staff if {*table} & {*tables.get(other, ())} >= {ETHNIC_CATEGORY}}
        listed = set(_disclosed(table).get(ETHNIC_CATEGORY, ()))
        # a table of a year, and whose rows it is held to
        cases = [(year.year, table, file, _disclosed(other)) for file, other in beside.items() if listed <= set(other[ETHNIC_CATEGORY])]
        if name == "headcount" and "workforce" in tables and not beside:  # of the same people, the undisclosed among them
            cases.append((year.year, table, "workforce.csv", tables["workforce"]))
        if name in year.before:  # what only one of two years has may be missing in the other; an earlier year's print had no undisclosed
            own, earlier = _disclosed(table) if name in among_staff[1:] else table, year.before[name]
            cases += [(year.year, table, last, earlier), (last, earlier, year.year, own)]
        for of_year, counted, whose, other in cases:
            column = ETHNIC_CATEGORY if ETHNIC_CATEGORY in counted and ETHNIC_CATEGORY in other else "ethnic_group"
            here, there = (each.groupby(column)[each.select_dtypes("number").columns[0]].sum() for each in (counted, other))
            gone, known = there[~there.index.isin(here.index)], there[there.index.isin(here.index)].sum()
            odd = [] if is_hidden(here.sum() + there.sum()) else gone.index[is_unlikely(here.sum(), gone / known)]
            if len(odd):
                expected = f"some, as {whose} has " + ", ".join(f"{gone[each]:,.0f} '{codes.get(each, each)}'" for each in odd)
                heading = year.standard.group_column if column == "ethnic_group" else column
                action, place = "Add the rows, with 0 where nobody was counted; else leave it.", table_place(year.parameters, of_year, name)
                yield Problem(place, expected, action, column=heading, found="no row of theirs")


def _disclosed(table: pd.DataFrame) -> pd.DataFrame:
    return table[table["ethnic_group"].ne(UNKNOWN)]


def uncut_bases(year: YearsTables) -> Iterator[Problem]:
    """Ask about each breakdown of a table that the table of those it is counted among lacks: nothing can be told by it."""
    standard = year.standard
    holding = standard.items.set_index("item")["table"]
    for name, item in standard.items[["table", "counted_among"]].drop_duplicates().itertuples(index=False, name=None):
        whole = holding.get(item)
        bases = [year.tables[base] for base in {whole, "workforce" if whole == "headcount" else whole} & set(year.tables)]
        for column in year.tables.get(name, ()) if bases else ():
            if column not in {*standard.tables[name], *chain(*bases)}:
                action = f"Cut {whole}.csv by '{column}' too: until then nothing is told by it."
                yield year.asked(name, "a breakdown of both", action, f"a breakdown that {whole}.csv lacks", column)


#: What is asked of every year, and the tables without which it is not.
OF_ANY_YEAR = {
    more_than_staff: {"headcount"}, odd_bases: {"staff_survey"}, apart_from_their_grade: {*OF_STAFF},
    apart_in_answering: {"headcount", "staff_survey"}, all_or_nobody_came_through: set(), hardly_there: {"headcount"}, nobody_of: set(),
}  # fmt: skip
#: Of a year before these were asked then.
OF_THE_YEAR = dict.fromkeys((lacking_parts, counted_again), frozenset())

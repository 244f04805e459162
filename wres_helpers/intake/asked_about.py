"""What is asked about a report's input though nothing is wrong with it: cells, files, and what its tables say of one another."""

import math
from collections.abc import Iterator, Mapping
from itertools import chain, product

import numpy as np
import pandas as pd

from wres_helpers.intake.between_tables import FAR, apart_in_answering, counted_again, far, hardly_there, lacking_parts, moved
from wres_helpers.intake.counts.survey_questions import survey_of
from wres_helpers.intake.own_tables import own_notices
from wres_helpers.intake.printed.printed_register import register_notices
from wres_helpers.intake.supplied_counts import tables_as_read
from wres_helpers.intake.texts.action_plan import plan_notices
from wres_helpers.intake.texts.roles import persons_in_master_file
from wres_helpers.intake.year_folder import table_place, unread_files
from wres_helpers.problems import Problem
from wres_helpers.settings.extract_settings import DERIVED
from wres_helpers.settings.parameters import Parameters
from wres_helpers.standard.columns import ETHNIC_CATEGORY, UNKNOWN
from wres_helpers.standard.grades import grades
from wres_helpers.standard.reference_tables import reference_notices
from wres_helpers.standard.standards import read_standard
from wres_helpers.tables.cell_readers import is_hidden

#: Two counts are exchanged where each is what the other was, together within so many standard errors, and :func:`_far_likelier` that they were.
_NEAR = 3

#: Tables of the staff, by whose breakdowns the others are told.
_OF_STAFF = ("headcount", "workforce")

#: From one year to the next the staff grow or shrink less than so many times: a list cut at half has not all of them.
_STAFF_TURNS = 1.3

#: A group's starters of a year are fewer than this part of its staff.
_MOST_APPOINTED = 0.5

#: Bases of a survey's questions are so much alike where nearly all of a group answered them all.
_ALIKE = 1.05

#: So many counts, of so many people and more, that stand one after another as the year before had them are there by no accident.
_COPIED, _NO_ACCIDENT = 6, 10

#: So many counts of one table that are asked about are told.
_TOLD = 3


def input_notices(parameters: Parameters) -> list[Problem]:
    """Return what an input's owner should know though nothing is wrong, for ``wres check``.

    What was read although it was written otherwise, files that nobody reads, tables equal to the year before's, actions without a
    date that can be read, and persons where roles should stand. What cannot be read is told where it is read.
    """
    by_year, problems, notices = tables_as_read(parameters)
    refused = {problem.file for problem in problems}
    # what the staff's tables have nobody knows where one of them could not be read
    staffed = {
        year: tables for year, tables in by_year.items() if refused.isdisjoint(table_place(parameters, year, name) for name in _OF_STAFF)
    }
    notices += reference_notices(parameters.reference_folder)
    for told in (own_notices, plan_notices, register_notices, persons_in_master_file):
        notices += told(parameters)
    for asked in (
        _copied_tables,
        _doubtful_counts,
        _more_than_staff,
        _odd_bases,
        _apart_from_their_grade,
        apart_in_answering,
        lacking_parts,
        counted_again,
        hardly_there,
    ):
        notices += asked(by_year, parameters)
    notices += [*_two_names(staffed, parameters), *_uncut_bases(staffed, parameters)]
    notices += [notice for year in parameters.years for notice in unread_files(parameters, year)]
    return list(dict.fromkeys(notices))


def _doubtful_counts(by_year: Mapping[str, Mapping[str, pd.DataFrame]], parameters: Parameters) -> Iterator[Problem]:
    """Give a notice for each table with counts of groups far from the year before's.

    They are more than twice as many or less than half, and not by chance; or two of them are what the other was.
    """
    earlier, codes = by_year.get(parameters.previous_year or "", {}), read_standard(parameters.reference_folder).codes
    for name, table in by_year.get(parameters.year, {}).items():
        counted = next((column for column in table.select_dtypes("number") if column in earlier.get(name, ())), None)
        keys = [column for column in table if column != counted and column in earlier.get(name, ())]
        if counted is None or "ethnic_group" not in keys:
            continue
        # by row; where none stands out, what the rows of a group add up to, and of the staff (whose undisclosed may have said since) everybody
        cuts = [(keys, 2), (["ethnic_group"], 2), *[([], _STAFF_TURNS)] * (name in _OF_STAFF)]
        now, before = (each[each["ethnic_group"].ne(UNKNOWN) | (name not in _OF_STAFF)] for each in (table, earlier[name]))
        if jumped := next(filter(None, (_jumps(now, before, cut, counted, times) for cut, times in cuts)), []):
            whose = [", ".join(codes.get(str(part), str(part)) for part in category) for category, *_ in jumped[:_TOLD]]
            found = "; ".join(f"{now:,.0f} ({who})" for who, (_, now, _) in zip(whose, jumped, strict=False))
            more = f" and {len(jumped) - _TOLD} more" if len(jumped) > _TOLD else ""
            expected = f"about the {', '.join(f'{before:,.0f}' for *_, before in jumped[:_TOLD])} of {parameters.previous_year}"
            action = "Check them, and that no rows or groups were swapped or left out; else leave them."
            yield Problem(table_place(parameters, parameters.year, name), expected, action, column=counted, found=found + more)


def _jumps(now: pd.DataFrame, before: pd.DataFrame, keys: list[str], counted: str, times: float) -> list[tuple[tuple, float, float]]:
    """Return the categories of both years whose count jumped, or seems exchanged with another one's, with both counts."""
    sums, earlier = (table.groupby(keys or (lambda _: "everybody"), sort=False)[counted].sum().to_dict() for table in (now, before))
    both = [(key if isinstance(key, tuple) else (key,), count, earlier[key]) for key, count in sums.items() if key in earlier]
    of, was = (np.sqrt([np.nan if is_hidden(max(each[1:])) else each[at] for each in both]) for at in (1, 2))
    crossed, likelier = 2 * abs(np.subtract.outer(of, was)), -8 * np.subtract.outer(of, of) * np.subtract.outer(was, was)
    exchanged = (crossed + crossed.T < _NEAR) & (likelier > _far_likelier(len(both)))
    return [each for each, swapped in zip(both, exchanged.any(axis=1), strict=True) if swapped or moved(*each[1:], times)]


def _far_likelier(counts: int) -> float:
    """Return by how much, in twice the log of the likelihood, an exchange is likelier than that both moved: 7.5 of few counts, more where chance has more pairs."""
    return 10 * math.log(max(counts, 3)) - 3.5


def _more_than_staff(by_year: Mapping[str, Mapping[str, pd.DataFrame]], parameters: Parameters) -> Iterator[Problem]:
    """Give a notice where more of a group are counted than its staff, or appointed than half of them, and not by chance."""
    standard = read_standard(parameters.reference_folder)
    some = standard.items[standard.items["counted_among"].eq("headcount") | standard.items["item"].eq("appointed")]
    action = "Check that people are counted, each once, and no total is among them."
    for (year, tables), item in product(by_year.items(), some.itertuples()):
        if {"headcount", item.table} <= set(tables):
            table, most = tables[item.table], _MOST_APPOINTED if item.item == "appointed" else 1
            table = table[table[item.where_column].eq(item.where_value)] if item.where_column else table
            staff = tables["headcount"].groupby("ethnic_group")["headcount"].sum().drop(UNKNOWN, errors="ignore")
            for group, people in table.groupby("ethnic_group")[item.count].sum().items():
                if people > (limit := most * staff.get(group, math.inf)) and far(people, limit) > FAR:
                    expected, found = f"some of the {staff[group]:,.0f} staff", f"{people:,.0f} ({standard.codes[str(group)]})"
                    yield Problem(table_place(parameters, year, item.table), expected, action, column=item.count, found=found)


def _odd_bases(by_year: Mapping[str, Mapping[str, pd.DataFrame]], parameters: Parameters) -> Iterator[Problem]:
    """Give a notice for each question of the survey that a group answered far less, or more, often than its others: one survey asked them all.

    Where nearly all who answered one of the others answered them all, little is far, but of a base without those who do not know.
    """
    codes = read_standard(parameters.reference_folder).codes
    for year, table in ((year, tables["staff_survey"]) for year, tables in by_year.items() if "staff_survey" in tables):
        questions = survey_of(parameters, year).questions
        some = [label for label, question in questions.items() if question.asked_of_some]
        without = [label for label, question in questions.items() if question.indicator == "7" and not question.needs_dont_know]
        answered = table[~table["question"].isin(some)].groupby(["ethnic_group", "question"], sort=False)["respondents"].sum()
        for (group, question), base in answered.items():
            others = answered[group].drop(question)
            usual, like = others.median(), others.drop(without, errors="ignore")
            alike = question not in without and len(like) > 1 and like.max() <= _ALIKE * like.min()
            apart = alike and far(base, like.median()) > _NEAR and abs(base / like.median() - 1) > 2 * (_ALIKE - 1)
            if apart or (len(others) > 1 and moved(base, usual)):
                expected, action = f"about the {usual:,.0f} who answered the others", "Check its answers or its base; else leave it."
                found = f"{base:,.0f} who answered question {question} ({codes[str(group)]})"
                yield Problem(table_place(parameters, year, "staff_survey"), expected, action, column="respondents", found=found)


def _apart_from_their_grade(by_year: Mapping[str, Mapping[str, pd.DataFrame]], parameters: Parameters) -> Iterator[Problem]:
    """Give a notice where the bands lack as many of each group as stand in a grade that is part of another: they were not counted in that one."""
    known, codes = grades(parameters.reference_folder), read_standard(parameters.reference_folder).codes
    whole_of = dict(known.loc[known["part_of"].ne(""), ["grade", "part_of"]].itertuples(index=False))
    for year, tables in ((year, tables) for year, tables in by_year.items() if set(_OF_STAFF) <= set(tables)):
        by_grade = tables["workforce"].groupby(["ethnic_group", "grade"])["headcount"].sum().unstack(fill_value=0)
        within = by_grade.drop(columns=[name for name in by_grade if name in whole_of]).sum(axis=1)
        lacking = tables["headcount"].groupby("ethnic_group")["headcount"].sum().sub(within, fill_value=0)
        for grade in (name for name in by_grade if name in whole_of):
            apart = by_grade[grade].reindex(lacking.index, fill_value=0)
            if apart.any() and apart.eq(lacking).all():
                found = " and ".join(f"{people:,.0f} {codes[group]}" for group, people in apart.items() if people) + " apart from it"
                expected, action = (
                    f"'{grade}' among '{whole_of[grade]}', too",
                    f"Add them to the rows of '{whole_of[grade]}', of which the total is.",
                )
                yield Problem(table_place(parameters, year, "workforce"), expected, action, column="grade", found=found)


def _uncut_bases(by_year: Mapping[str, Mapping[str, pd.DataFrame]], parameters: Parameters) -> Iterator[Problem]:
    """Give a notice for each breakdown of a table that the table of those it is counted among lacks: nothing can be told by it."""
    standard = read_standard(parameters.reference_folder)
    holding = standard.items.set_index("item")["table"]
    among = standard.items[["table", "counted_among"]].drop_duplicates().itertuples(index=False, name=None)
    for (year, tables), (name, item) in product(by_year.items(), among):
        whole = holding.get(item)
        bases = [tables[base] for base in {whole, "workforce" if whole == "headcount" else whole} & set(tables)]
        for column in tables.get(name, ()) if bases else ():
            if column not in {*standard.tables[name], *chain(*bases)}:
                file, found = table_place(parameters, year, name), f"a breakdown that {whole}.csv lacks"
                expected, action = "a breakdown of both", f"Cut {whole}.csv by '{column}' too: until then nothing is told by it."
                yield Problem(file, expected, action, column=column, found=found)


def _two_names(by_year: Mapping[str, Mapping[str, pd.DataFrame]], parameters: Parameters) -> Iterator[Problem]:
    """Give a notice for each breakdown with categories that the staff have not, which may be two names of one place, or without some of theirs.

    The staff's own are held to those of the year before, where some of these are gone.
    """
    counted, codes = (getattr(read_standard(parameters.reference_folder), name) for name in ("tables", "codes"))
    for (year, tables), name in product(by_year.items(), counted):
        earlier = by_year.get(parameters.previous_year or "", {}) if year == parameters.year else {}  # a year before was asked about then
        cuts = set(tables.get(name, ())) - {*chain(*counted.values()), ETHNIC_CATEGORY, *DERIVED}
        for column in [*sorted(cuts), *(["ethnic_group"] if name == "workforce" in tables else [])]:  # the undisclosed stand in bands, too
            staff = next((whole for whole in _OF_STAFF if column in tables.get(whole, ())), name)
            others, whose = (earlier, parameters.previous_year) if staff == name else (tables, f"{staff}.csv")
            whole = others.get(staff, pd.DataFrame())
            there = whole[whole.select_dtypes("number").gt(0).any(axis=1)]  # of a place where nobody is nothing need be counted
            own, known, peopled = (dict.fromkeys(table[column]) if column in table else {} for table in (tables[name], whole, there))
            strange, spare = (
                [each for each in some if each not in beside and each != "Not recorded"] for some, beside in ((own, known), (peopled, own))
            )
            if strange and column in cuts and (spare or (known and staff != name)):
                found, theirs = (", ".join(f"'{each}'" for each in names[:5]) for names in (strange, spare or [*known]))
                expected = f"names that {whose} has, as {theirs}"
                action = "If these are two names of the same, write one in both (of extracts, in corrections.csv); else leave it."
                yield Problem(table_place(parameters, year, name), expected, action, column=column, found=found)
            elif spare and staff != name:
                gone = ", ".join(repr(codes.get(each, each)) for each in spare[:5])
                expected, found = f"every name that {whose} has", f"nothing for {gone}"
                action = "Add the rows, with 0 where nobody was counted: the sums of the table are without them."
                yield Problem(table_place(parameters, year, name), expected, action, column=column, found=found)


def _copied_tables(by_year: Mapping[str, Mapping[str, pd.DataFrame]], parameters: Parameters) -> Iterator[Problem]:
    """Give a notice for each table that says the same as the year before's to the last number, or does in several rows one after another."""
    previous, now = by_year.get(parameters.previous_year or "", {}), by_year.get(parameters.year, {})
    expected, last = f"the counts of {parameters.year}", f"the counts of {parameters.previous_year}"
    for name, table in now.items() if previous else ():
        count, file = read_standard(parameters.reference_folder).tables[name][-1], table_place(parameters, parameters.year, name)
        keys = [column for column in table if column != count]
        if len(table) < 2 or not {*keys, count} <= set(previous.get(name, ())):
            continue
        both = table.merge(previous[name].drop_duplicates(keys), "left", keys, suffixes=("", " before"))
        again = both[count].eq(both[f"{count} before"])
        if again.all() and len(table) == len(previous[name]):
            yield Problem(file, expected, "Check that it is not last year's file.", found=f"{last} to the last number")
            continue
        again = again[both[count].ge(_NO_ACCIDENT)]
        rows = again.groupby((~again).cumsum()).sum().max() if len(again) else 0
        if rows >= _COPIED:
            action = "Check that no rows of last year's file are among them; else leave them."
            yield Problem(file, expected, action, column=count, found=f"{rows} times running {last} to the last number")

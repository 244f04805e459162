"""What is asked about a report's input though nothing is wrong with it: cells, files, and what its tables say of one another."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from itertools import chain

import numpy as np
import pandas as pd

from wres_helpers.intake import between_tables
from wres_helpers.intake.between_tables import NEAR, OF_STAFF, YearsTables, jumps_in_words, moved
from wres_helpers.intake.own_tables import own_notices
from wres_helpers.intake.printed.printed_register import misplaced_figures, register_notices
from wres_helpers.intake.supplied_counts import tables_as_read
from wres_helpers.intake.texts.action_plan import plan_notices
from wres_helpers.intake.texts.roles import persons_in_master_file
from wres_helpers.intake.year_folder import table_place, unread_files
from wres_helpers.problems import Problem
from wres_helpers.settings.extract_settings import DERIVED
from wres_helpers.settings.master_file_reader import copied_organisations
from wres_helpers.settings.parameters import Parameters
from wres_helpers.small_tables import small_tables
from wres_helpers.standard.columns import ETHNIC_CATEGORY, UNKNOWN
from wres_helpers.standard.reference_tables import reference_notices
from wres_helpers.tables.cell_readers import is_hidden

#: A count of so many people and more stands by no accident where others of its like say the same.
_NO_ACCIDENT = 10


def input_notices(parameters: Parameters) -> list[Problem]:
    """Return what an input's owner should know though nothing is wrong, for ``wres check``.

    What was read although it was written otherwise, files that nobody reads, tables equal to the year before's, actions without a
    date that can be read, and persons where roles should stand. What cannot be read is told where it is read.
    """
    by_year, problems, notices = tables_as_read(parameters)
    notices += reference_notices(parameters.reference_folder)
    for told in (own_notices, plan_notices, register_notices, persons_in_master_file, copied_organisations):
        notices += told(parameters)
    notices += misplaced_figures(parameters, [table for tables in by_year.values() for table in tables.values()])
    before = by_year.get(parameters.previous_year or "", {})
    years = [YearsTables(parameters, year, tables, before if year == parameters.year else {}) for year, tables in by_year.items()]
    own = [each for each in years if each.year == parameters.year]
    # what the staff's tables have nobody knows where one of them could not be read
    refused = {problem.file for problem in problems}
    staffed = [each for each in years if refused.isdisjoint(table_place(parameters, each.year, name) for name in OF_STAFF)]
    of_any = dict.fromkeys((_copied_tables, _doubtful_counts), frozenset()) | between_tables.OF_ANY_YEAR
    of_staff = dict.fromkeys((_two_names, between_tables.uncut_bases), frozenset())
    notices += [*_asked(years, of_any), *_asked(own, between_tables.OF_THE_YEAR), *_asked(staffed, of_staff)]
    notices += [notice for year in parameters.years for notice in unread_files(parameters, year)]
    return list(dict.fromkeys(notices))


@small_tables
def _asked(years: list[YearsTables], questions: Mapping[Callable[[YearsTables], Iterable[Problem]], Set[str]]) -> list[Problem]:
    return [notice for ask, needed in questions.items() for year in years if needed <= set(year.tables) for notice in ask(year)]


def _doubtful_counts(year: YearsTables) -> Iterator[Problem]:
    """Ask about each table with counts of groups far from the year before's.

    They are more than twice as many or less than half, and not by chance; or two of them are what the other was.
    """
    for name, table in year.tables.items():
        earlier = year.before.get(name, pd.DataFrame())
        counted = next((column for column in table.select_dtypes("number") if column in earlier), None)
        keys = [column for column in table if column != counted and column in earlier]
        if counted is None or "ethnic_group" not in keys:
            continue
        # by row; where none stands out, what the rows of a group add up to, and of the staff (whose undisclosed may have said since) everybody:
        # a list of them that was cut at half is none that grew or shrank
        cuts = [(keys, 2), (["ethnic_group"], 2), *[([], 1.3)] * (name in OF_STAFF)]
        now, then = (each[each["ethnic_group"].ne(UNKNOWN) | (name not in OF_STAFF)] for each in (table, earlier))
        if jumped := next(filter(None, (_jumps(now, then, cut, counted, times) for cut, times in cuts)), []):
            named = [(", ".join(year.standard.codes.get(str(part), str(part)) for part in category), *both) for category, *both in jumped]
            action = "Check them, and that no rows or groups were swapped or left out; else leave them."
            expected, found = jumps_in_words(named, year.parameters.previous_year)
            yield year.asked(name, expected, action, found, counted)


def _jumps(now: pd.DataFrame, before: pd.DataFrame, keys: list[str], counted: str, times: float) -> list[tuple[tuple, float, float]]:
    """Return the categories of both years whose count jumped, or seems exchanged with another one's, with both counts."""
    sums, earlier = (table.groupby(keys or (lambda _: "everybody"), sort=False)[counted].sum().to_dict() for table in (now, before))
    named = [set(now[key]) for key in keys]  # a row that is not there any more, though each of its names is, counts nobody
    gone = [key for key in earlier if key not in sums and isinstance(key, tuple) and all(map(set.__contains__, named, key))]
    sums |= {key: 0 for key in gone if earlier[key] >= _NO_ACCIDENT}
    both = [(key if isinstance(key, tuple) else (key,), count, earlier[key]) for key, count in sums.items() if key in earlier]
    of, was = (np.sqrt([np.nan if is_hidden(max(each[1:])) else each[at] for each in both]) for at in (1, 2))
    # two counts are exchanged where each is what the other was, and that is far likelier than that both moved: the more pairs, the further
    crossed, likelier = 2 * abs(np.subtract.outer(of, was)), -8 * np.subtract.outer(of, of) * np.subtract.outer(was, was)
    exchanged = (crossed + crossed.T < NEAR) & (likelier > 10 * math.log(max(len(both), 3)) - 3.5)
    exchanged &= (exchanged & (np.add.outer(of**2, of**2) >= _NO_ACCIDENT)).any()  # where nobody and one change places it may be chance
    return [each for each, swapped in zip(both, exchanged.any(axis=1), strict=True) if swapped or moved(*each[1:], times)]


def _two_names(year: YearsTables) -> Iterator[Problem]:
    """Ask about each breakdown with categories that the staff have not, which may be two names of one place, or without some of theirs.

    The staff's own are held to those of the year before, where some of these are gone.
    """
    counted, codes = year.standard.tables, year.standard.codes
    for name, table in ((name, year.tables[name]) for name in counted if name in year.tables):
        cuts = set(table) - {*chain(*counted.values()), ETHNIC_CATEGORY, *DERIVED}
        for column in [*sorted(cuts), *(["ethnic_group"] if name == "workforce" else [])]:  # the undisclosed stand in bands, too
            staff = next((whole for whole in OF_STAFF if column in year.tables.get(whole, ())), name)
            others, whose = (year.before, year.parameters.previous_year) if staff == name else (year.tables, f"{staff}.csv")
            whole = others.get(staff, pd.DataFrame())
            there = whole[whole.select_dtypes("number").gt(0).any(axis=1)]  # of a place where nobody is nothing need be counted
            own, known, peopled = (dict.fromkeys(each[column]) if column in each else {} for each in (table, whole, there))
            both = (own, known), (peopled, own)
            strange, spare = ([each for each in some if each not in beside and each != "Not recorded"] for some, beside in both)
            if strange and column in cuts and (spare or (known and staff != name)):
                found, theirs = (", ".join(f"'{each}'" for each in names[:5]) for names in (strange, spare or [*known]))
                action = "If these are two names of the same, write one in both (of extracts, in corrections.csv); else leave it."
                yield year.asked(name, f"names that {whose} has, as {theirs}", action, found, column)
            elif spare and staff != name:
                gone = ", ".join(repr(codes.get(each, each)) for each in spare[:5])
                action = "Add the rows, with 0 where nobody was counted: the sums of the table are without them."
                yield year.asked(name, f"every name that {whose} has", action, f"nothing for {gone}", column)


def _running(counts: pd.Series, again: pd.Series) -> int:
    """Return how many counts stand one after another as the year before had them, six different ones or more: fewer may by accident."""
    runs = counts[again].groupby((~again).cumsum()[again]).agg(["size", "nunique"])
    return max(runs["size"][runs["nunique"].ge(6)], default=0)


def _copied_tables(year: YearsTables) -> Iterator[Problem]:
    """Ask about each table that says the same as the year before's to the last number, or does in several rows one after another, also of one group."""
    expected, last = f"the counts of {year.year}", f"the counts of {year.parameters.previous_year}"
    for name, table in year.tables.items():
        earlier, count = year.before.get(name, pd.DataFrame()), year.standard.tables[name][-1]
        keys = [column for column in table if column != count]
        if len(table) < 2 or not {*keys, count} <= set(earlier):
            continue
        both = table.merge(earlier.drop_duplicates(keys), "left", keys, suffixes=("", " before"))
        again = both[count].eq(both[f"{count} before"])
        if again.all() and len(table) == len(earlier):
            yield year.asked(name, expected, "Check that it is not last year's file.", f"{last} to the last number")
            continue
        there = both[both[count].ge(_NO_ACCIDENT)]
        orders = (there, *(there.sort_values(key, kind="stable") for key in keys))  # of one group, as a column of a sheet, too
        if rows := max(_running(each[count], again[each.index]) for each in orders):
            action = "Check that no rows of last year's file are among them; else leave them."
            yield year.asked(name, expected, action, f"{rows} times running {last} to the last number", count)

"""What is asked about a report's input though nothing is wrong with it: cells, files, and what its tables say of one another."""

from collections.abc import Iterator, Mapping
from itertools import chain, product

import pandas as pd

from wres_helpers.intake.action_plan import plan_notices
from wres_helpers.intake.own_tables import own_notices
from wres_helpers.intake.printed_register import register_notices
from wres_helpers.intake.roles import persons_in_master_file
from wres_helpers.intake.supplied_counts import tables_as_read
from wres_helpers.intake.year_folder import table_place, unread_files
from wres_helpers.problems import Problem
from wres_helpers.settings.extract_settings import DERIVED
from wres_helpers.settings.parameters import Parameters
from wres_helpers.standard.columns import ETHNIC_CATEGORY, UNKNOWN
from wres_helpers.standard.reference_tables import reference_notices
from wres_helpers.standard.standards import read_standard
from wres_helpers.tables.cell_readers import is_hidden

#: So few people may well become twice as many in a year.
_FEW = 50


def input_notices(parameters: Parameters) -> list[Problem]:
    """Return what an input's owner should know though nothing is wrong, for ``wres check``.

    What was read although it was written otherwise, files that nobody reads, tables equal to the year before's, actions without a
    date that can be read, and persons where roles should stand. What cannot be read is told where it is read.
    """
    by_year, _, notices = tables_as_read(parameters)
    notices += [*reference_notices(parameters.reference_folder), *own_notices(parameters), *plan_notices(parameters)]
    notices += [
        *register_notices(parameters),
        *persons_in_master_file(parameters),
        *_copied_tables(by_year, parameters),
        *_doubtful_headcount(by_year, parameters),
    ]
    notices += [*_two_names(by_year, parameters), *_two_headings(by_year, parameters), *_uncut_bases(by_year, parameters)]
    notices += [notice for year in parameters.years for notice in unread_files(parameters, year)]
    return list(dict.fromkeys(notices))


def _doubtful_headcount(by_year: Mapping[str, Mapping[str, pd.DataFrame]], parameters: Parameters) -> Iterator[Problem]:
    """Give a notice where a group of the headcount is twice the year before's, or half, and where the bands lack its undisclosed staff."""
    previous = by_year.get(parameters.previous_year or "", {}).get("headcount")
    now, workforce = (by_year.get(parameters.year, {}).get(name) for name in ("headcount", "workforce"))
    codes = read_standard(parameters.reference_folder).codes
    people, before = ({} if table is None else table.groupby("ethnic_group")["headcount"].sum() for table in (now, previous))
    for group, count in people.items():
        fewer, more = sorted((count, before.get(group, count)))
        if group != UNKNOWN and 0 < 2 * fewer < more and more > _FEW and not is_hidden(more):
            expected = f"about the {before[group]:,.0f} of {parameters.previous_year}"
            action = "Check it, and that no groups were swapped; else leave it."
            place, found = table_place(parameters, parameters.year, "headcount"), f"{count:,.0f} ({codes[group]})"
            yield Problem(place, expected, action, column="headcount", found=found)
    undisclosed = people.get(UNKNOWN, 0)
    if workforce is not None and undisclosed > 0 and not is_hidden(undisclosed) and workforce["ethnic_group"].ne(UNKNOWN).all():
        place, expected = table_place(parameters, parameters.year, "workforce"), f"the {undisclosed:,.0f} of headcount.csv by grade"
        action = "Add them: without them no band can be set beside the whole workforce."
        yield Problem(place, expected, action, column="ethnic_group", found=f"no row for {codes[UNKNOWN]}")


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
    """Give a notice for each breakdown with categories that the staff have not: they may be two names of one place.

    The staff's own are held to those of the year before, where some of these are gone.
    """
    counted = read_standard(parameters.reference_folder).tables
    for (year, tables), name in product(by_year.items(), counted):
        earlier = by_year.get(parameters.previous_year or "", {}) if year == parameters.year else {}  # a year before was asked about then
        for column in sorted(set(tables.get(name, ())) - {*chain(*counted.values()), ETHNIC_CATEGORY, *DERIVED}):
            staff = next((whole for whole in ("headcount", "workforce") if column in tables.get(whole, ())), name)
            others, whose = (earlier, parameters.previous_year) if staff == name else (tables, f"{staff}.csv")
            own, known = (dict.fromkeys(table[column]) if column in table else {} for table in (tables[name], others.get(staff, ())))
            strange, spare = (
                [each for each in some if each not in beside and each != "Not recorded"] for some, beside in ((own, known), (known, own))
            )
            if strange and (spare or (known and staff != name)):
                found, theirs = (", ".join(f"'{each}'" for each in names[:5]) for names in (strange, spare or [*known]))
                expected = f"names that {whose} has, as {theirs}"
                action = "If these are two names of the same, write one in both (of extracts, in corrections.csv); else leave it."
                yield Problem(table_place(parameters, year, name), expected, action, column=column, found=found)


def _two_headings(by_year: Mapping[str, Mapping[str, pd.DataFrame]], parameters: Parameters) -> Iterator[Problem]:
    """Give a notice for each breakdown whose categories stand in another table, or in that of the year before, under another heading."""
    known = {*chain(*read_standard(parameters.reference_folder).tables.values()), ETHNIC_CATEGORY, *DERIVED}
    earlier, now = (by_year.get(year or "", {}) for year in (parameters.previous_year, parameters.year))
    beside = [(name, f"{other}.csv", now[other]) for name in now for other in now if other < name]
    beside += [(name, f"that of {parameters.previous_year}", earlier[name]) for name in now if name in earlier]
    for name, whose, others in beside:
        for column, other in product(set(now[name]) - known - set(others), set(others) - known - set(now[name])):
            shared = sorted(set(now[name][column]) & set(others[other]) - {"Not recorded", "Yes", "No"})
            if len(shared) > 1:
                expected, action = f"'{other}', as {whose} calls it", "If they are one breakdown, give it one heading; else leave it."
                found = f"{len(shared)} of its categories, as '{shared[0]}'"
                yield Problem(table_place(parameters, parameters.year, name), expected, action, column=column, found=found)


def _copied_tables(by_year: Mapping[str, Mapping[str, pd.DataFrame]], parameters: Parameters) -> Iterator[Problem]:
    """Give a notice for each table that says the same as the year before's, to the last number."""
    previous, now = by_year.get(parameters.previous_year or "", {}), by_year.get(parameters.year, {})
    expected, found = f"the counts of {parameters.year}", f"the counts of {parameters.previous_year} to the last number"
    for name, table in now.items():
        both = [table, previous[name].reindex(columns=table.columns)] if len(table) > 1 and name in previous else []
        rows = [sorted(map(tuple, one.to_numpy())) for one in both]
        if rows and rows[0] == rows[1]:
            yield Problem(table_place(parameters, parameters.year, name), expected, "Check that it is not last year's file.", found=found)

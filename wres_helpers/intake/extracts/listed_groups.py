"""Lists of groups, whose rows stand for several people each: held to what tells groups apart, and turned into one row a person."""

import re
from dataclasses import replace

import numpy as np
import pandas as pd

from wres_helpers.intake.counts.counts_rules import tell_whole_cells
from wres_helpers.intake.counts.group_words import holds_numbers
from wres_helpers.intake.counts.made_up_counts import tell_made_up
from wres_helpers.intake.extracts.coded_columns import Coded, coded
from wres_helpers.intake.extracts.extract_table import Extract
from wres_helpers.intake.extracts.fields import read_values
from wres_helpers.standard.years import is_year
from wres_helpers.tables.cell_readers import bare_key, loose_key, whole_number
from wres_helpers.tables.declared import Reading

#: Headings of columns that say of which day or month a list of the staff is.
_OF_TIMES = re.compile(
    r"((reporting|snapshot|extract|effective|census|calendar|financial) )?(year|month|quarter|period|week|date)|as at( .*)?|snapshot"
)

#: No row of a table of groups stands for more people than a large trust employs.
_MOST_PEOPLE = 100_000


def one_row_a_person(extract: Extract) -> Extract:
    """Return a table of groups of people with one row a person; people have no number of their own."""
    reads = read_values(extract, "count", whole_number, "a whole number of people", "read as a number.")
    absent = "count" in extract.missing  # which is told; everything else wrong is told of one person a row
    counts = extract.columns["count"].spread(np.array([1 if absent else read.value or 0 for read in reads], dtype=np.int64))
    nobody = (counts == 0) & (not counts.any())
    extract.stop("count", nobody, "nobody in any row", "people in some rows", "Export the file again, or map the column that holds them.")
    _refuse_times(extract)
    _refuse_alike(extract, counts)
    too_many = counts > _MOST_PEOPLE
    extract.stop("count", too_many, f"more than {_MOST_PEOPLE:,} in one row", "a number of people", "Mend the cell.")
    counts[too_many] = 0
    _ask_of_counts(extract, counts)
    made = extract.taken(np.repeat(np.arange(len(counts)), counts), lambda name: name != "count")
    numbered = {name: coded([f"P{number}" for number in range(len(made))]) for name in ("person", "application")}
    headings = {**made.headings, **dict.fromkeys(numbered, extract.headings["count"])}
    return replace(made, columns={**numbered, **made.columns}, headings=headings)


def _refuse_times(extract: Extract) -> None:
    """Refuse a list of groups of several years, and of the staff one of several months: its people stand in each of them."""
    for name, column in extract.columns.items():
        of_times = extract.name == "staff" and _OF_TIMES.fullmatch(bare_key(extract.headings[name]))
        times = [value for value in column.values if value and (of_times or is_year(value.replace("/", "-")))]
        if len(times) > 1:
            action = f"Name the rows of {'one of them' if of_times else 'the year'} under only_rows in the master file."
            expected = "the rows of one day" if of_times else "the rows of one year"
            extract.findings.stop(extract.at(name), f"rows of {', '.join(map(extract.shown, sorted(times)[:3]))}", expected, action)


def _refuse_alike(extract: Extract, counts: np.ndarray) -> None:
    """Refuse rows of a list of groups that no column tells apart but for spaces and capitals; measures, and numbers of the rows, tell nothing."""
    columns = {name: column for name, column in extract.columns.items() if name != "count"}
    keys = {
        name: [*map(loose_key, column.values)] for name, column in columns.items() if name in extract.mapped() or not _is_measure(column)
    }
    parts = [extract.of_file] * (extract.name == "recruitment")  # each file may hold the applications of a month
    rows = pd.Series(counts).groupby([*parts, *(coded(keys[name], columns[name].codes).codes for name in keys)])
    alike = rows.transform("size").gt(1) & rows.transform("max").gt(0)
    expected = "one row for each combination of " + ", ".join(f"'{heading}'" for name in keys if (heading := extract.headings[name]))
    action = "Take one out if both hold the same people; if they are others, add the two up, or export the column that tells them apart."
    extract.stop("count", alike.to_numpy() & (not extract.missing), "a row that no column tells from another", expected, action)


def _is_measure(column: Coded) -> bool:
    """Tell whether a column holds numbers with decimals or percentages, or another whole number in each row."""
    used, numbers = column.used(), holds_numbers(pd.Series(column.values, dtype="str"))
    return numbers and (any(re.search("[.%]", value) for value in column.values) or used.max() == 1)


def _ask_of_counts(extract: Extract, counts: np.ndarray) -> None:
    """Ask of the numbers of a list of groups what is asked of those of a counts table."""
    fields = {"ethnic_group" if name == "ethnicity" else name: column for name, column in extract.mapped().items() if name != "count"}
    texts = {name: column.spread(np.array(column.values, dtype=object)) for name, column in fields.items()}
    reading = Reading(extract.file, pd.DataFrame({**texts, "count": counts}))
    tell_made_up(reading, "count")
    tell_whole_cells(reading, "count")
    for told in reading.notices:
        extract.pass_on("count", told)

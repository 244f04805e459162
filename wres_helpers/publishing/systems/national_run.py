"""``wres national``: the results of a whole system over many years, without notebooks, as Parquet and CSV."""

import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pandas as pd

from wres_helpers.analysis.national_results import national
from wres_helpers.analysis.status_rule import Method
from wres_helpers.intake import read_counts
from wres_helpers.intake.counts.counts_rules import LARGEST_BOARD, MEMBERSHIPS, OF_THE_BOARD
from wres_helpers.intake.counts.group_words import total_label
from wres_helpers.intake.counts.survey_questions import ANSWERS
from wres_helpers.intake.own_tables import read_breaks
from wres_helpers.intake.tidy_counts import read_tidy_counts
from wres_helpers.problems import InputProblems, Problem, collected, noted, told_together
from wres_helpers.publishing.files.swap import Workspace
from wres_helpers.publishing.systems.asked_of_a_system import asked_of_a_system
from wres_helpers.settings.master_file_reader import reports_in
from wres_helpers.settings.parameters import Parameters
from wres_helpers.standard.catalogue import ReferenceTables, read_reference_tables
from wres_helpers.standard.columns import OVERALL, UNKNOWN
from wres_helpers.standard.standard_folders import first_edition
from wres_helpers.standard.years import edition_of, year_of
from wres_helpers.tables.cell_readers import loose_key
from wres_helpers.tables.written_csv import escaped

#: The people of a year are at most so many times the staff on its last day, and of a small group these more.
_OF_A_YEAR, _LEAVERS = 1.2, 10

_OF_A_GROUP = ["organisation", "year", "ethnic_group"]

FOLDER = "_national"  # no organisation's code begins so


def national_command(params: Path, counts_file: Path | None) -> int:
    """Calculate and write the national tables, print where; return the exit code.

    The counts are those of a tidy file (Parquet or CSV), or without it of every organisation and year of the master file.

    Raises InputProblems: everything wrong in the counts of any organisation.
    """
    reports = reports_in(params)
    first = reports[0]
    breaks, *supplied = read_all(reports, read_breaks, *(() if counts_file else (read_counts,)))
    counts = supplied[0] if counts_file is None else _of_standard(read_tidy_counts(counts_file), counts_file.name, first)
    listed = [(report.organisation.code, report.year) for report in reports] if len(reports) > 1 else []
    for note in (
        told_together(asked_of_a_system(counts, counts_file.name, listed)) if counts_file else ()
    ):  # of folders `wres check` tells it
        print(noted(note), file=sys.stderr)
    reference = read_reference_tables(first.reference_folder).measured_by(first.survey.indicator_7_base)
    start = time.perf_counter()
    tables = national(counts, reference, Method.of(first), breaks)
    print(f"{len(tables['results']):,} comparisons calculated in {time.perf_counter() - start:.2f} s", file=sys.stderr)
    folder = first.project / first.folders.outputs / FOLDER / first.path.stem
    with Workspace(folder, first.shown(folder)) as workspace:
        write_tables(workspace.building, tables)
        workspace.publish()
    print("Nothing in these tables is protected: they are for analysts.", file=sys.stderr)
    print(first.shown(folder))
    return 0


def _of_standard(counts: pd.DataFrame, file: str, parameters: Parameters) -> pd.DataFrame:
    """Return the counts. Raises InputProblems with what is not of the standard, and would be left out or counted otherwise without a word."""
    edition, reference = first_edition(parameters.reference_folder), read_reference_tables(parameters.reference_folder)
    editions = counts["year"].map(edition_of)
    early, to_come = editions.lt(edition), editions.astype(str).add("-03-31").gt(date.today().isoformat())
    by_grade, survey = counts["breakdown"].str.match(r"grade\b"), counts["item"].eq("survey")
    board, membership = counts["item"].eq("board"), counts["breakdown"].eq("membership")
    items, known_grades = list(reference.standard.items["item"]), list(reference.grades["grade"])
    overall, everybody = (counts[name].eq(word) for name, word in zip(("breakdown", "category"), OVERALL, strict=True))
    spelled = counts["organisation"].map({name: loose_key(name) for name in counts["organisation"].unique()})
    twice = counts["organisation"].groupby(spelled).transform("nunique").gt(1)
    of_two = counts.assign(ethnic_group=counts["ethnic_group"].mask(counts["ethnic_group"].eq(UNKNOWN)))
    compared = [rows.groupby(["organisation", "year", "item"])["ethnic_group"].nunique() for rows in (of_two[overall], of_two)]
    alone = counts["organisation"].isin({place[0] for groups in compared for place in groups.index[groups.lt(2)]})
    wrong = (
        ("organisation", twice, "each organisation in one spelling", "Write one name for both."),
        ("organisation", spelled.map(total_label), "organisations, and not all of them together", "Take its rows out."),
        ("organisation", alone, "both groups in every item of an organisation and year", "Add a row with 0 where nobody was counted."),
        ("category", overall ^ everybody, "'all' where the breakdown is 'overall', and nowhere else", "Correct the two cells."),
        ("year", early, f"a reporting year from {year_of(edition)} on: the standard's first edition", "Take its rows out."),
        ("year", to_come, "a reporting year whose last day has been", "Correct the year, or take its rows out."),
        ("item", ~counts["item"].isin(items), "one of " + ", ".join(items), "Name what is counted so, or take its rows out."),
        ("category", survey & ~counts["category"].isin(ANSWERS), "one of " + ", ".join(ANSWERS), "Write the answer in the survey's words."),
        ("breakdown", board & ~membership, "'membership' of a board, whose category 'total' is the whole", "Correct the two cells."),
        (
            "category",
            membership & ~counts["category"].isin(MEMBERSHIPS),
            "one of " + ", ".join(MEMBERSHIPS),
            "Name the part of the board so.",
        ),
        ("count", board & counts["count"].gt(LARGEST_BOARD), f"at most {LARGEST_BOARD} members of a group", "Enter the number of members."),
        ("category", by_grade & ~counts["category"].isin(known_grades), "a grade of grades.csv", "Name the grade as the table has it."),
    )
    problems = [
        Problem(file, expected, action, column=column, found=repr(text) if isinstance(text, str) else f"{text:,}")
        for column, rows, expected, action in wrong
        for text in sorted(counts.loc[rows, column].unique())[:20]
    ]
    whole = overall & everybody | board & counts["category"].eq("total")
    more = _more_than_there_are(counts, whole, file, reference)
    InputProblems.raise_if_any([*problems, *more, *_boards_that_do_not_add_up(counts, file)])
    return counts


def _boards_that_do_not_add_up(counts: pd.DataFrame, file: str) -> Iterator[Problem]:
    """Give the boards whose parts do not make up their total, as where the labels stand in another order than the numbers."""
    board = counts[counts["breakdown"].eq("membership")].drop_duplicates([*_OF_A_GROUP, "category"])
    by_part = board.pivot(index=_OF_A_GROUP, columns="category", values="count")
    for parts, whole in OF_THE_BOARD:
        some = by_part.reindex(columns=[*parts, whole]).dropna()
        for place, *numbers, total in some[some[list(parts)].sum(axis=1).ne(some[whole])].head(20).itertuples(name=None):
            found = " and ".join(f"{number:,.0f} {part}" for number, part in zip(numbers, parts, strict=True))
            expected, action = f"parts of the {total:,.0f} of the board", "Correct the number or the label that is wrong."
            yield Problem(file, expected, action, column="count", found=f"{found} ({', '.join(place)})")


def _more_than_there_are(counts: pd.DataFrame, whole: pd.Series, file: str, reference: ReferenceTables) -> list[Problem]:
    """Return the counts that are larger than those they are part of, or counted among, as appointed of shortlisted people.

    People of a year are more than the staff on its last day where some have left, and never many times as many.
    """
    keys, wholes, cut = _OF_A_GROUP, counts[whole], ["breakdown", "category"]
    among = wholes.assign(item=wholes["item"].map(reference.standard.items.set_index("item")["counted_among"])).assign(of=wholes["item"])
    cuts = counts[~whole & counts["item"].ne("workforce")]  # whose rows stand inside one another, as of senior medical managers
    parts = pd.concat([cuts.assign(of=cuts["item"] + " (" + cuts["category"] + ")"), among]).drop(columns=cut)
    both = parts.merge(wholes.drop(columns=cut), on=[*keys, "item"], suffixes=("_of_part", "_of_all"))
    of_staff = both["item"].eq("headcount") & ~both["of"].str.endswith(")")
    most = both["count_of_all"].where(~of_staff, both["count_of_all"] * _OF_A_YEAR + _LEAVERS)
    return [
        Problem(file, f"at most the {row.count_of_all:,.0f} of {row.item}", "Correct whichever is wrong.", column="count",
                found=f"{row.count_of_part:,.0f} {row.of} ({row.organisation}, {row.year}, {row.ethnic_group})")
        for row in both[both["count_of_part"] > most].head(20).itertuples()
    ]  # fmt: skip


def read_all(reports: list[Parameters], *reads: Callable[[Parameters], pd.DataFrame]) -> list[pd.DataFrame]:
    """Return what each of some readers gives for many reports, as one table without repeated rows.

    Raises InputProblems: everything wrong in any of them.
    """
    found: list[list[pd.DataFrame]] = [[] for _ in reads]
    problems: list[Problem] = []
    for report in reports:
        for read, parts in zip(reads, found, strict=True):
            if (table := collected(problems, read, report)) is not None:
                parts.append(table)
    InputProblems.raise_if_any(problems)
    # a year is read as the report's own and as the year before of the next one
    return [pd.concat(parts, ignore_index=True).drop_duplicates(ignore_index=True) for parts in found]


def write_tables(folder: Path, tables: dict[str, pd.DataFrame]) -> None:
    """Write each table as Parquet (numbers as they are) and as CSV (text that a spreadsheet would run is escaped)."""
    for name, table in tables.items():
        table.to_parquet(folder / f"{name}.parquet", index=False)
        texts = table.select_dtypes(exclude=["number", "bool"])
        safe = table.assign(**{name: column.map({text: escaped(text) for text in column.unique()}) for name, column in texts.items()})
        safe.to_csv(folder / f"{name}.csv", index=False, lineterminator="\r\n")

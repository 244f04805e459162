"""The counts of a report: every table of every year as one tidy table, the only one analysis reads; of all people, or of some of them."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from wres_helpers.intake.counts.counts_tables import read_counts_table, words_of
from wres_helpers.intake.texts.written_together import refuse_half_written
from wres_helpers.intake.tidy_counts import HIDDEN_PLACE, as_history, known_counts, tidy_counts
from wres_helpers.intake.year_folder import is_blank, lost_inputs, outdated, table_files
from wres_helpers.problems import InputProblems, ParameterProblems, Problem, collected
from wres_helpers.remembered import remembered_by
from wres_helpers.settings.parameters import Parameters
from wres_helpers.small_tables import small_tables
from wres_helpers.standard.catalogue import reference_stamps
from wres_helpers.standard.columns import COUNT_COLUMNS
from wres_helpers.standard.grades import grades
from wres_helpers.standard.standards import read_standard
from wres_helpers.standard.years import shifted
from wres_helpers.tables.cell_readers import did_you_mean

#: What a year without a headcount lacks.
NO_HEADCOUNT = "the headcount by ethnic group"
#: Columns that the standard asks for and by which a table can be cut, as it can by any further one.
_CUTS = frozenset({"staff_group", "grade"})


def counts_key(parameters: Parameters) -> tuple:
    """Return what counts depend on: the master file, the years, time and size of every file they are read from, or by, and what is in vain there."""
    files = input_files(parameters)
    if parameters.extracts is not None:  # read directly, or held to what prepared tables were made from
        folder = parameters.data_folder()
        files += [path for path in sorted((*(folder / "extracts").rglob("*"), *folder.parent.glob("*.csv"))) if path.is_file()]
    stamps = tuple((path, path.stat().st_mtime_ns, path.stat().st_size) for path in files)
    settings = parameters.master.model_dump_json(include={"extracts", "survey", "terms"})
    read_by = reference_stamps(parameters.reference_folder)
    return parameters.path, settings, parameters.organisation, parameters.years, stamps, _lost(parameters), read_by


@remembered_by(counts_key)
def _read_once(parameters: Parameters) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the counts, and where some were hidden: read once, and again where a file was edited."""
    return _tidy(read_tables(parameters), parameters)


def read_counts(parameters: Parameters) -> pd.DataFrame:
    """Read all counts of a report.

    Returns
    -------
    pandas.DataFrame
        One row per organisation, year, item, breakdown, category and ethnic group, with the count of people. What was
        not supplied has no row; a zero is a zero that was supplied.

    Raises
    ------
    InputProblems
        With everything wrong in any file of any year.
    """
    refuse_half_written(parameters)
    return _read_once(parameters)[0]


def suppressed_counts(parameters: Parameters) -> pd.DataFrame:
    """Return where counts were hidden before the tables came in, so that what needs them can say why it is not calculable.

    One row per year, item and breakdown of which a count that a comparison needs is hidden (``ethnic_group`` is empty), or of which the
    undisclosed alone are; none where no counts can be read, which reading them says.
    """
    try:
        return _read_once(parameters)[1]
    except InputProblems:
        return pd.DataFrame(columns=HIDDEN_PLACE, dtype=object)


def input_files(parameters: Parameters) -> list[Path]:
    """Return the counts files that exist for the report's years, the earlier year first."""
    folders = [parameters.data_folder(year) for year in parameters.years]
    tables = read_standard(parameters.reference_folder).tables
    return [path for folder in folders for paths in table_files(folder, tables).values() for path in paths]


def no_counts(_: Parameters) -> pd.DataFrame:
    """Return counts without a row: there is nothing but a register of printed figures."""
    return pd.DataFrame(columns=list(COUNT_COLUMNS))


def read_tables(parameters: Parameters) -> dict[str, dict[str, pd.DataFrame]]:
    """Return the checked counts tables of a report by year and name, read from files or made from the extracts.

    Raises InputProblems with everything wrong in any file of any year.
    """
    by_year, problems, _ = tables_as_read(parameters)
    InputProblems.raise_if_any(problems)
    return by_year


def readable_counts(parameters: Parameters) -> pd.DataFrame:
    """Return the counts of those tables that nothing is wrong with, to be held to each other before the others are mended."""
    return _tidy(tables_as_read(parameters)[0], parameters)[0]


def tables_as_read(parameters: Parameters) -> tuple[dict[str, dict[str, pd.DataFrame]], list[Problem], list[Problem]]:
    """Return the tables that can be read, what is wrong with the others, and what was written otherwise than declared."""
    directly = parameters.extracts is not None and parameters.extracts.use == "directly"
    by_year, unread, notices = _read_years(parameters, tuple(year for year in parameters.years if not directly or year != parameters.year))
    problems = [*_lost(parameters), *(unread if directly else [*unread, *outdated(parameters)])]
    if directly and (made := collected(problems, _made_from_extracts, parameters)) is not None:
        by_year[parameters.year] = made[0]
    return by_year, problems, list(notices)


def _lost(parameters: Parameters) -> list[Problem]:
    """Return what stands in the folders of the report's years and holds nothing."""
    tables = read_standard(parameters.reference_folder).tables
    return [problem for year in parameters.years for problem in lost_inputs(parameters, year, tables)]


@remembered_by(lambda parameters, years: (counts_key(parameters), years, [parameters.data_folder(year).is_dir() for year in years]))
def _read_years(parameters: Parameters, years: tuple[str, ...]) -> tuple[dict[str, dict[str, pd.DataFrame]], tuple, tuple]:
    """Return what the files of some years hold, as :func:`_read_tables` does: read once, for the counts and for what is noted about them."""
    by_year, problems, notices = {}, [], []
    for year in years:
        by_year[year], year_problems, year_notices = _read_year(parameters, year)
        problems += year_problems
        notices += year_notices
    return by_year, tuple(problems), tuple(notices)


@remembered_by(counts_key)
def _made_from_extracts(parameters: Parameters) -> tuple[dict[str, pd.DataFrame], str]:
    """Return the tables that extracts became, and how, for people to read."""
    # imported here: most reports never read an extract
    from wres_helpers.intake.extracts.preparation_report import as_markdown
    from wres_helpers.intake.extracts.preparing import prepare

    preparation = prepare(parameters)
    return preparation.tables, as_markdown(preparation.report, parameters)


def preparation_report(parameters: Parameters) -> str | None:
    """Return how the extracts became counts, for people to read; None where counts are read from tables.

    Rows are named by file and row, never by who they are about. Raises as :func:`read_counts`.
    """
    directly = parameters.extracts is not None and parameters.extracts.use == "directly"
    return _made_from_extracts(parameters)[1] if directly else None


@small_tables
def _tidy(by_year: dict[str, dict[str, pd.DataFrame]], parameters: Parameters) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Turn checked counts tables into tidy counts, without what cannot be known for a hidden count; and return where that is."""
    known_grades, standard = grades(parameters.reference_folder), read_standard(parameters.reference_folder)
    read, code = [(year, *each) for year, tables in by_year.items() for each in tables.items()], parameters.organisation.code
    parts = [tidy_counts(table, name, code, year, known_grades, standard) for year, name, table in read]
    known, suppressed = known_counts(pd.concat(parts, ignore_index=True) if parts else no_counts(parameters))
    return as_history(known, parameters.history, known_grades), suppressed


@small_tables
def _read_year(parameters: Parameters, year: str) -> tuple[dict[str, pd.DataFrame], list[Problem], list[Problem]]:
    folder = parameters.data_folder(year)
    if not folder.is_dir():
        there = ", ".join(sorted(path.name for path in folder.parent.glob("20*") if path.is_dir()))
        found, action = f"only {there}" if there else "no year at all", _how_to_begin(parameters, year)
        return {}, [Problem(parameters.shown(folder), f"a folder with the counts of {year}", action, found=found)], []
    words = words_of(parameters, year)
    files = table_files(folder, words.standard.tables)
    tables, problems, notices = {}, [], []
    for name in words.standard.tables:
        paths = files.get(name, [])
        if len(paths) > 1:
            found = ", ".join(path.name for path in paths[1:]) + " beside it"
            problems.append(Problem(parameters.shown(paths[0]), f"one file for '{name}'", "Keep the right one.", found=found))
            continue
        if paths:
            reading = read_counts_table(paths[0], name, parameters.shown(paths[0]), words)
            of_headings = reading.problems and len(reading.table) and all((told.row or 1) == 1 for told in reading.problems)
            if of_headings and is_blank(paths[0], words.standard.tables[name]):
                action = "Fill it in; or delete it where nobody counted."
                reading.problems = [Problem(reading.file, "the numbers of the year", action, found="a blank table")]
            problems += reading.problems
            notices += reading.notices
            if not reading.problems and not reading.table.empty:
                tables[name] = reading.table.reset_index(drop=True)
            if reading.problems or name in tables:
                continue
        if name == "headcount":  # without it there is no report at all
            path = paths[0] if paths else folder / f"{name}.csv"
            action = "Fill in the numbers of the year." if paths else _how_to_supply(parameters, year)
            found = "only a header" if paths else "no such file"
            problems.append(Problem(parameters.shown(path), NO_HEADCOUNT, action, found=found))
    return tables, problems, notices


def _how_to_supply(parameters: Parameters, year: str) -> str:
    """Return how a year comes by its tables: made of its extracts by its own master file, where both are there."""
    master = parameters.path.with_name(f"{parameters.organisation.code}-{year}.yaml")
    if year != parameters.year and master.is_file() and (parameters.data_folder(year) / "extracts").is_dir():
        return f"`wres prepare {parameters.shown(master)}` makes it of the extracts of that year; or set previous_year to null."
    return "Supply the file; data/README.md shows its columns."


def _how_to_begin(parameters: Parameters, year: str) -> str:
    """Return the very command that makes a year's folder: rolled forward from the year before, or begun with blank tables."""
    before = parameters.path.with_name(f"{parameters.organisation.code}-{shifted(year, -1)}.yaml")
    if before.is_file() and parameters.data_folder(shifted(year, -1)).is_dir() and not parameters.path.samefile(before):
        return f"Take this master file away and run `wres new-year {parameters.shown(before)}`, which makes it and the folder."
    named = f'--code {parameters.organisation.code} --name "{parameters.organisation.name}" --kind other --year {year}'
    begin = f"`wres new-report {named}` makes the folder with blank tables; a master file that is there stays as it is."
    if year in parameters.history:
        return f"Take it out of history; {begin}"
    return begin if year == parameters.year else f"Set previous_year to a year that has data, or to null; {begin}"


def counts_where(
    tables: dict[str, dict[str, pd.DataFrame]], parameters: Parameters, chosen: Mapping[str, str | list[str]], years: Sequence[str]
) -> pd.DataFrame:
    """Return the tidy counts of the chosen people in some years, of tables that were read (:func:`read_tables`); all cuts are made as ever.

    ``chosen`` is a breakdown (or ``staff_group``, ``grade``) to the category or categories kept. Tables without one of the breakdowns
    cannot tell who is meant, so nothing of them is there; the headcount is then the sum of the workforce.

    Raises ParameterProblems: no table has all of the breakdowns together, or a breakdown has no such category.
    """
    wanted = {name: [values] if isinstance(values, str) else list(values) for name, values in chosen.items()}
    asked = {name: {*columns} - _CUTS for name, columns in read_standard(parameters.reference_folder).tables.items()}
    by_year = {year: {name: table for name, table in read.items() if {*wanted} <= {*table} - asked[name]} for year, read in tables.items()}
    cuts = {column for read in tables.values() for name, table in read.items() for column in {*table} - asked[name]}
    _check(wanted, [table for of_year in by_year.values() for table in of_year.values()], cuts, parameters)
    kept: dict[str, dict[str, pd.DataFrame]] = {}
    for year in (year for year in by_year if year in years):
        meant = {name: table[table[list(wanted)].isin(wanted).all(axis=1)].reset_index(drop=True) for name, table in by_year[year].items()}
        kept[year] = {name: table for name, table in _with_headcount(meant, parameters).items() if len(table)}
    return _tidy(kept, parameters)[0]


def _with_headcount(tables: dict[str, pd.DataFrame], parameters: Parameters) -> dict[str, pd.DataFrame]:
    """Return the tables with the headcount of those chosen: where only the workforce can tell who is meant, its sum."""
    workforce = tables.get("workforce")
    if "headcount" in tables or workforce is None:
        return tables
    inside_others = grades(parameters.reference_folder).query("part_of != ''")["grade"]
    people = workforce[~workforce["grade"].isin(inside_others)]
    keys = [name for name in people.columns if name not in {*_CUTS, "headcount"}]
    return {"headcount": people.groupby(keys, sort=False, as_index=False)["headcount"].sum(), **tables}


def _check(wanted: dict[str, list[str]], tables: list[pd.DataFrame], cuts: set[str], parameters: Parameters) -> None:
    if not tables:
        action = f"Choose breakdowns that one table carries together, of {', '.join(sorted(cuts)) or 'none, as no table has any'}."
        expected = f"a counts table with the columns {' and '.join(map(repr, wanted))}"
        raise ParameterProblems.of(parameters.file, expected, action, found="none")
    problems = []
    for name, values in wanted.items():
        there = sorted(set().union(*(table[name] for table in tables)))
        for value in values:
            if value not in there:
                action = f"{did_you_mean(value, there, '')} Choose one of: {', '.join(there[:20])}.".strip()
                problems.append(Problem(parameters.file, f"a category of the breakdown '{name}'", action, found=f"'{value}'"))
    ParameterProblems.raise_if_any(problems)


def categories_of(tables: dict[str, dict[str, pd.DataFrame]], breakdown: str, *beside: str) -> list[str]:
    """Return the categories of a breakdown in those counts tables, by year and name, that carry it (and others ``beside`` it)."""
    wanted = {breakdown, *beside}
    carrying = [table for of_year in tables.values() for table in of_year.values() if wanted <= set(table.columns)]
    return list(dict.fromkeys(value for table in carrying for value in table[breakdown]))

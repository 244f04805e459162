"""What an organisation says of itself beside its counts: breaks in its series, targets, its peers' figures, and the population it serves.

All are optional. The population stands in the year's folder; the others live for years and stand in the organisation's.
"""

from dataclasses import dataclass, field, replace
from functools import partial

import pandas as pd

from wres_helpers.intake.counts.group_words import group_words
from wres_helpers.intake.counts.table_shapes import into_groups, without_totals
from wres_helpers.intake.own_targets import TARGETS, YEAR, a_year, check_targets, share_or_value, with_numbers
from wres_helpers.intake.supplied_counts import suppressed_counts
from wres_helpers.intake.texts.narrative_texts import tell_placeholders
from wres_helpers.intake.texts.roles import tell_persons
from wres_helpers.intake.tidy_counts import HIDDEN_PLACE
from wres_helpers.problems import InputProblems, Problem
from wres_helpers.settings.parameters import Parameters
from wres_helpers.standard.catalogue import catalogue, in_force
from wres_helpers.standard.columns import BME, ETHNIC_GROUPS, UNKNOWN, WHITE
from wres_helpers.standard.reference_tables import read_reference
from wres_helpers.standard.standards import Standard, read_standard
from wres_helpers.standard.years import is_year, year_of
from wres_helpers.tables.cell_readers import Read, like, one_of, shown_cell, whole_number
from wres_helpers.tables.declared import DeclaredColumn, DeclaredTable, Reading, closed
from wres_helpers.tables.table_reader import read_table

BREAKS = DeclaredTable(
    "breaks",
    (
        DeclaredColumn("year", YEAR, a_year),
        DeclaredColumn("indicator", "an indicator of the standard, or nothing for all", filled=False),
        closed("kind", ("definition", "wording", "survey", "window", "merger", "restatement")),
        DeclaredColumn("reason", "a sentence that a page can print"),
        DeclaredColumn("source", "where that is written down", filled=False),
    ),
    one_row="a year from which on the organisation's figures are not comparable with those before",
    key=("year", "indicator", "kind"),
)
POPULATION = DeclaredTable(
    "population",
    (
        DeclaredColumn("area", "the area, as a page prints it"),
        closed("ethnic_group", ETHNIC_GROUPS),
        DeclaredColumn("people", "a whole number, 0 or more", whole_number),
        DeclaredColumn("source", "where the number is from"),
        DeclaredColumn("population_year", "the year the number is of, for example 2021", like(r".*\b20[0-4][0-9]\b(?!\.).*")),
    ),
    one_row="an ethnic group of the people the organisation serves",
    key=("area", "ethnic_group"),
)
PEERS = DeclaredTable(
    "peers",
    (
        DeclaredColumn("peers", "who they are, as a page prints it, for example ambulance trusts in England"),
        DeclaredColumn("indicator", "an indicator of the standard"),
        DeclaredColumn("measure", "which of the indicator's measures in benchmark_words.csv, or nothing where it has one", filled=False),
        DeclaredColumn("year", YEAR, a_year),
        closed("ethnic_group", (WHITE, BME), filled=False),
        DeclaredColumn("value", "a share such as 12% of one group, or a ratio such as 1.25 of neither", share_or_value),
        DeclaredColumn("source", "where it was published, as a page prints it"),
    ),
    one_row="a published figure of organisations like this one, which stands beside the national one",
    key=("peers", "indicator", "measure", "year", "ethnic_group"),
)

_TABLES = (BREAKS, TARGETS, PEERS, POPULATION)


@dataclass(frozen=True)
class OwnTables:
    """The organisation's own tables; each is empty where none was supplied."""

    #: One row per break: ``year`` (the first after it), ``indicator`` (empty: all), ``kind``, ``reason``.
    breaks: pd.DataFrame = field(default_factory=lambda: _empty(BREAKS))
    #: One row per target; shares, gaps and turnover are fractions, what is absent is NaN.
    targets: pd.DataFrame = field(default_factory=lambda: _empty(TARGETS))
    #: One row per figure of the peers: ``value`` is the kind (``share`` or ``ratio``) and the fraction or ratio.
    peers: pd.DataFrame = field(default_factory=lambda: _empty(PEERS))
    population: pd.DataFrame = field(default_factory=lambda: _empty(POPULATION))  # one row per area and ethnic group of the people served
    #: One row per year, item and breakdown of which the organisation's own counts tables hide a count.
    suppressed: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=HIDDEN_PLACE, dtype=object))


def read_own_tables(parameters: Parameters) -> OwnTables:
    """Read the organisation's own tables; raise InputProblems with everything wrong in any of them."""
    tables = _good_tables(parameters)
    if TARGETS.name in tables:
        tables[TARGETS.name] = with_numbers(tables[TARGETS.name])
    return OwnTables(**tables, suppressed=suppressed_counts(parameters))


def read_breaks(parameters: Parameters) -> pd.DataFrame:
    """Return the breaks of the organisation's own series with its ``organisation``; raise InputProblems with everything wrong in them."""
    breaks = _good_tables(parameters, BREAKS).get(BREAKS.name, _empty(BREAKS))
    return breaks.assign(organisation=parameters.organisation.code)


def _good_tables(parameters: Parameters, *tables: DeclaredTable) -> dict[str, pd.DataFrame]:
    """Return the tables that are named, or all, as far as they are there."""
    readings = {declared.name: reading for declared in tables or _TABLES if (reading := _reading(declared, parameters))}
    InputProblems.raise_if_any(problem for reading in readings.values() for problem in reading.problems)
    return {name: reading.table.reset_index(drop=True) for name, reading in readings.items()}


def own_notices(parameters: Parameters) -> list[Problem]:
    """Return what was odd in the organisation's own tables and read all the same, and owners of targets who seem to be persons."""
    readings = [reading for declared in _TABLES if (reading := _reading(declared, parameters)) and reading.told_apart]
    for reading in readings:
        tell_persons(reading, "owner_role")
    return [notice for reading in readings for notice in reading.notices]


def _reading(declared: DeclaredTable, parameters: Parameters) -> Reading | None:
    """Return what came of reading one of the tables, its indicators held to those of the standard; None where there is none."""
    year = parameters.data_folder()
    path = (year if declared is POPULATION else year.parent) / f"{declared.name}.csv"
    if not path.is_file():
        return None
    definitions = catalogue(parameters.reference_folder)
    standard = read_standard(parameters.reference_folder)

    def into_rows(reading: Reading, table: DeclaredTable) -> None:
        if declared is POPULATION:
            into_groups(reading, table, group_words(parameters), "people")
            without_totals(reading, [name for name in ("ethnic_group",) if name in reading.table], "people")

    table = _of_standard(declared, tuple(definitions["indicator"].unique()), standard)
    reading = read_table(path, parameters.shown(path), table, into_rows)
    if declared is POPULATION and not reading.problems:
        _check_population(reading, standard.codes)
    if declared is TARGETS and reading.told_apart:
        check_targets(reading, in_force(definitions, parameters.edition), parameters.standard)
    if declared is PEERS and not reading.problems:
        _check_peers(reading, read_reference(parameters.reference_folder, "benchmark_words"), standard.codes[BME])
    tell_placeholders(reading, parameters)
    _ask_other_years(reading, declared, year_of(int(definitions["edition_from"].min())), parameters.year)
    return reading.sorted()


def _ask_other_years(reading: Reading, declared: DeclaredTable, first: str, last: str) -> None:
    """Ask about a reporting year before the standard's first edition, or after the report's own; a goal may lie ahead."""
    names = [column.name for column in declared.columns if column.read is a_year and column.name in reading.table]
    for name in names if reading.told_apart else ():
        for row, year in reading.table[name].items():
            if is_year(year) and not (first <= year and (year <= last or name == "goal_year")):
                reading.told(f"a year from {first} to {last}", "Correct the year; else leave it.", f"'{year}'", int(row), name)


def _of_standard(declared: DeclaredTable, indicators: tuple[str, ...], standard: Standard) -> DeclaredTable:
    """Return a table whose indicators and groups are those of the standard; a group is read as the pack calls it inside."""
    inside, columns = {code: group for group, code in standard.codes.items()}, {column.name: column for column in declared.columns}

    def group(known: tuple[str, ...], text: str) -> Read:
        read = one_of(known)(text)
        return read._replace(value=inside.get(read.value))

    if indicator := columns.get("indicator"):
        holds = f"{indicator.holds}: {', '.join(indicators)}"
        columns["indicator"] = replace(indicator, holds=holds, read=one_of(indicators), choices=indicators)
    if of := columns.get("ethnic_group"):
        known = tuple(inside)[: None if of.filled else 2]  # a published figure is of one of the two groups, or of neither
        own = closed("ethnic_group", known, filled=of.filled, also=(standard.group_column,))
        columns["ethnic_group"] = replace(own, read=partial(group, known))
    return replace(declared, columns=tuple(columns.values()))


def _check_population(reading: Reading, codes: dict[str, str]) -> None:
    """Refuse an area of which no share can be told: a group is missing, nobody lives there, or its groups are of two counts of people."""
    for area, rows in reading.table.groupby("area", sort=False):
        number, there = int(rows.index[0]), set(rows["ethnic_group"])
        known = rows.loc[rows["ethnic_group"].ne(UNKNOWN), "people"].sum()
        for group in (WHITE, BME):
            if group not in there:
                reading.wrong(f"a row '{codes[group]}' of {area}", "Add the row.", "no such row", number, "ethnic_group")
        if len(rows[["source", "population_year"]].drop_duplicates()) > 1:
            action = "Take all groups of an area from one source and year."
            reading.wrong(f"one source and one year for {area}", action, "several", number, "source")
        if known in (0, 100):
            found = f"{known} people together, as of shares in per cent" if known else "nobody"
            reading.wrong(f"the people of {area}", "Enter the number of people, not their share.", found, number, "people")


def _check_peers(reading: Reading, words: pd.DataFrame, code: str) -> None:
    """Refuse a figure of which it is not certain what it measures, or whose it is; and name the measure of those that are certain."""
    words = words[words["says"].ne("")]
    for number, row in reading.table.iterrows():
        wrong, known = partial(reading.wrong, row=int(number)), words[words["indicator"].eq(row["indicator"])]
        named = known[known["measure"].eq(row["measure"])] if row["measure"] else known
        if len(named) != 1:
            listed = ", ".join(known["measure"]) or "none: no figure of it can be told"
            found = shown_cell(row["measure"])
            expected = f"a measure of indicator {row['indicator']} of benchmark_words.csv: {listed}"
            wrong(expected, "Use one of them.", found, column="measure")
            continue
        reading.table.loc[number, "measure"] = named["measure"].iloc[0]
        ratio, kind = "{group}" in named["says"].iloc[0], row["value"][0]
        if kind != ("ratio" if ratio else "share"):
            wrong("a ratio such as 1.25" if ratio else "a share such as 12%", "Give the figure so.", f"a {kind}", column="value")
        elif ratio == bool(row["ethnic_group"]):
            expected = "an empty cell, since a ratio is of both groups" if ratio else "whose share it is"
            wrong(expected, "Correct the cell.", "a group" if ratio else "an empty cell", column="ethnic_group")
        elif row["ethnic_group"] == WHITE and "{bme}" in named["lead"].iloc[0]:
            expected = f"'{code}': the measure is of that group alone"
            wrong(expected, "Correct the cell or the measure.", "the other group", column="ethnic_group")
    for _, rows in reading.table[reading.table["value"].str[0].eq("share")].groupby(["indicator", "measure"], sort=False):
        values = rows["value"].str[1].astype(float)
        for number, value in values[values.gt(0) & (50 * values).lt(values.max())].items():  # typed in another unit
            action = "Write hundredths as 24%, not 0.24%; else leave it."
            reading.told(f"a share beside the {values.max():.1%} of its like", action, f"{value:.2%}", int(number), "value")


def _empty(table: DeclaredTable) -> pd.DataFrame:
    names = [column.name for column in table.columns]
    return pd.DataFrame(columns=[*names, "of"] if table.name == TARGETS.name else names, dtype=object)

"""What an organisation says of itself beside its counts: breaks in its series, targets, its peers' figures, and the population it serves.

All are optional. The population stands in the year's folder; the others live for years and stand in the organisation's.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np
import pandas as pd

from wres_helpers.intake.roles import tell_persons
from wres_helpers.intake.supplied_counts import suppressed_counts
from wres_helpers.intake.table_shapes import group_words, into_groups, without_totals
from wres_helpers.intake.tidy_counts import HIDDEN_PLACE
from wres_helpers.problems import InputProblems, Problem
from wres_helpers.settings.parameters import Parameters
from wres_helpers.standard.catalogue import catalogue, in_force
from wres_helpers.standard.columns import BME, ETHNIC_GROUPS, OVERALL, UNKNOWN, WHITE
from wres_helpers.standard.reference_tables import read_reference
from wres_helpers.standard.standards import Standard, read_standard
from wres_helpers.standard.years import is_year
from wres_helpers.tables.cell_readers import Read, clean_text, did_you_mean, key_of, line_text, one_of, shown_cell, whole_number
from wres_helpers.tables.declared import DeclaredColumn, DeclaredTable, Reading, closed, read_table

BREAK_KINDS = ("definition", "wording", "survey", "window", "merger", "restatement")

_SHARE = re.compile(r"^(\d{1,3}(?:\.\d+)?) ?%$")
_POINTS = re.compile(r"^([+-]?\d{1,3}(?:\.\d+)?) (?:percentage )?points$")
_RATIO = re.compile(r"^\d{1,3}\.\d+$")


def a_year(text: str) -> Read:
    """Read a reporting year: ``2025-26``, or ``2025/26`` as pages print it."""
    year = clean_text(text)[0].replace("/", "-")
    return Read(year) if is_year(year) else Read(wrong="not a reporting year")


def share(text: str) -> Read:
    """Read ``12%`` as a share: the kind, and the fraction."""
    found = _SHARE.match(clean_text(text)[0])
    return Read(("share", float(found[1]) / 100)) if found and float(found[1]) <= 100 else Read(wrong="no share")


def share_or_value(text: str) -> Read:
    """Read ``12%`` as a share, ``1.25`` as a ratio and ``-2 points`` as a gap: the kind, and the value as a fraction or ratio."""
    clean = key_of(clean_text(text)[0])  # whatever dash stands for the minus
    if found := _POINTS.match(clean):
        return Read(("gap", float(found[1]) / 100))
    return Read(("ratio", float(clean))) if _RATIO.match(clean) else share(clean)


_YEAR = "a reporting year such as 2025-26"
_AMOUNT = "a share such as 12%, a ratio such as 1.25, or a gap such as -2 points"
BREAKS = DeclaredTable(
    "breaks",
    "a year from which on the organisation's figures are not comparable with those before",
    (
        DeclaredColumn("year", _YEAR, a_year),
        DeclaredColumn("indicator", "an indicator of the standard, or nothing for all", filled=False),
        closed("kind", BREAK_KINDS),
        DeclaredColumn("reason", "a sentence that a page can print"),
        DeclaredColumn("source", "where that is written down", filled=False),
    ),
    key=("year", "indicator", "kind"),
)
TARGETS = DeclaredTable(
    "targets",
    "a target that the organisation set itself, or the preset model_employer",
    (
        DeclaredColumn("target", "a short name"),
        DeclaredColumn("indicator", "an indicator of the standard"),
        DeclaredColumn("measure", "a measure of the indicator, or nothing for its headline", filled=False),
        DeclaredColumn("breakdown", "a breakdown, or nothing for the whole", filled=False),
        DeclaredColumn("category", "a category of the breakdown", filled=False),
        DeclaredColumn("start_year", _YEAR, a_year),
        DeclaredColumn("start", _AMOUNT, share_or_value, filled=False),
        DeclaredColumn("goal", _AMOUNT, share_or_value, filled=False),
        DeclaredColumn("goal_year", _YEAR, a_year, filled=False),
        DeclaredColumn(
            "turnover", "a share such as 11%: the posts that fall vacant in a year, where the goal is a share of posts", share, filled=False
        ),
        DeclaredColumn("owner_role", "a role, never a name", filled=False),
        DeclaredColumn("decided", "who decided it and when", filled=False),
    ),
    key=("target",),
)
POPULATION = DeclaredTable(
    "population",
    "an ethnic group of the people the organisation serves",
    (
        DeclaredColumn("area", "the area, as a page prints it"),
        closed("ethnic_group", ETHNIC_GROUPS),
        DeclaredColumn("people", "a whole number, 0 or more", whole_number),
        DeclaredColumn("source", "where the number is from"),
        DeclaredColumn("population_year", "the year the number is of", line_text),
    ),
    key=("area", "ethnic_group"),
)
PEERS = DeclaredTable(
    "peers",
    "a published figure of organisations like this one, which stands beside the national one",
    (
        DeclaredColumn("peers", "who they are, as a page prints it, for example ambulance trusts in England"),
        DeclaredColumn("indicator", "an indicator of the standard"),
        DeclaredColumn("measure", "which of the indicator's measures in benchmark_words.csv, or nothing where it has one", filled=False),
        DeclaredColumn("year", _YEAR, a_year),
        closed("ethnic_group", (WHITE, BME), filled=False),
        DeclaredColumn("value", "a share such as 12% of one group, or a ratio such as 1.25 of neither", share_or_value),
        DeclaredColumn("source", "where it was published, as a page prints it"),
    ),
    key=("peers", "indicator", "measure", "year", "ethnic_group"),
)
_TABLES = (BREAKS, TARGETS, PEERS, POPULATION)

#: A target that stands for the goals of the NHS strategy of 2019, one for each senior band.
MODEL_EMPLOYER = "model_employer"
_NEEDED = ("goal", "goal_year", "owner_role", "decided")
_OF_THE_PRESET = ("breakdown", "category", "start", "goal", "goal_year")
#: What each kind of comparison may have as a goal, beside a share of the compared group.
_GOALS = {
    "ratio": ("ratio", "a ratio such as 1.25"),
    "difference": ("gap", "a gap such as -2 points"),
    "none": ("share", "a share such as 12%"),
}


@dataclass(frozen=True)
class OwnTables:
    """The organisation's own tables; each is empty where none was supplied."""

    #: One row per break: ``year`` (the first after it), ``indicator`` (empty: all), ``kind``, ``reason``.
    breaks: pd.DataFrame = field(default_factory=lambda: _empty(BREAKS))
    #: One row per target; shares, gaps and turnover are fractions, what is absent is NaN.
    targets: pd.DataFrame = field(default_factory=lambda: _empty(TARGETS))
    #: One row per figure of the peers: ``value`` is the kind (``share`` or ``ratio``) and the fraction or ratio.
    peers: pd.DataFrame = field(default_factory=lambda: _empty(PEERS))
    #: One row per area and ethnic group of the people served.
    population: pd.DataFrame = field(default_factory=lambda: _empty(POPULATION))
    #: One row per year, item and breakdown of which the organisation's own counts tables hide a count.
    suppressed: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=HIDDEN_PLACE, dtype=object))


def read_own_tables(parameters: Parameters) -> OwnTables:
    """Read the organisation's own tables; raise InputProblems with everything wrong in any of them."""
    tables = _good_tables(_readings(parameters))
    if TARGETS.name in tables:
        tables[TARGETS.name] = _with_numbers(tables[TARGETS.name])
    return OwnTables(**tables, suppressed=suppressed_counts(parameters))


def read_breaks(parameters: Parameters) -> pd.DataFrame:
    """Return the breaks of the organisation's own series with its ``organisation``; raise InputProblems with everything wrong in them."""
    breaks = _good_tables(_readings(parameters, BREAKS)).get(BREAKS.name, _empty(BREAKS))
    return breaks.assign(organisation=parameters.organisation.code)


def _good_tables(readings: dict[str, Reading]) -> dict[str, pd.DataFrame]:
    InputProblems.raise_if_any(problem for reading in readings.values() for problem in reading.problems)
    return {name: reading.table.reset_index(drop=True) for name, reading in readings.items()}


def own_notices(parameters: Parameters) -> list[Problem]:
    """Return what was odd in the organisation's own tables and read all the same, and owners of targets who seem to be persons."""
    readings = _readings(parameters)
    if TARGETS.name in readings:
        tell_persons(readings[TARGETS.name], "owner_role")
    return [notice for reading in readings.values() if reading.told_apart for notice in reading.notices]


def _readings(parameters: Parameters, *tables: DeclaredTable) -> dict[str, Reading]:
    """Return what came of reading the tables that are named, or all, as far as they are there."""
    readings = {declared.name: _reading(declared, parameters) for declared in tables or _TABLES}
    return {name: reading for name, reading in readings.items() if reading is not None}


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
        _check_targets(reading, in_force(definitions, parameters.edition), parameters.standard)
    if declared is PEERS and not reading.problems:
        _check_peers(reading, read_reference(parameters.reference_folder, "benchmark_words"))
    return reading.sorted()


def _of_standard(declared: DeclaredTable, indicators: tuple[str, ...], standard: Standard) -> DeclaredTable:
    """Return a table whose indicators and groups are those of the standard; a group is read as the pack calls it inside."""
    codes, inside = tuple(standard.codes.values()), {code: group for group, code in standard.codes.items()}

    def group(known: tuple[str, ...], text: str) -> Read:
        read = one_of(known)(text)
        return read._replace(value=inside.get(read.value))

    def of_standard(column: DeclaredColumn) -> DeclaredColumn:
        if column.name == "indicator":
            return replace(column, holds=f"{column.holds}: {', '.join(indicators)}", read=one_of(indicators), choices=indicators)
        if column.name == "ethnic_group":
            known = codes if column.filled else codes[:2]  # a published figure is of one of the two groups, or of neither
            return replace(
                column, holds="one of " + ", ".join(known), read=partial(group, known), choices=known, also=(standard.group_column,)
            )
        return column

    return replace(declared, columns=tuple(map(of_standard, declared.columns)))


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


def _check_targets(reading: Reading, definitions: pd.DataFrame, standard: str) -> None:
    """Refuse a target that has no certain reading: what it lacks, what does not fit its measure, and what would be passed over."""
    reading.table = reading.table.reindex(columns=[column.name for column in TARGETS.columns]).fillna("")
    told = {(problem.row, problem.column) for problem in reading.problems}

    def tell(number: int, expected: str, action: str, found: str, column: str) -> None:
        if (number, column) not in told:
            reading.wrong(expected, action, found, number, column)

    for number, row in reading.table.iterrows():
        wrong = partial(tell, int(number))
        of_indicator = definitions[definitions["indicator"].eq(row["indicator"])]
        named = of_indicator["measure"].eq(row["measure"]) if row["measure"] else of_indicator["role"].eq("headline")
        if (number, "indicator") in told:
            continue  # nobody knows what the row is about
        if row["measure"] == MODEL_EMPLOYER:
            _check_preset(row, standard, wrong)
        elif not named.any():
            known = [*of_indicator["measure"]]
            expected, action = f"a measure of indicator {row['indicator']}: {', '.join(known)}", "Use one of them."
            wrong(expected, did_you_mean(row["measure"], known, action), repr(row["measure"]), column="measure")
        else:
            _check_target(row, of_indicator[named].iloc[0], wrong)
            if not row["measure"] and len(of_indicator) > 1:
                meant, others = of_indicator.loc[named, "measure"].iloc[0], ", ".join(of_indicator.loc[~named, "measure"])
                action = f"Taken as '{meant}', the indicator's headline; write the measure if one of {others} is meant."
                reading.told("a measure, where the indicator has several", action, "an empty cell", int(number), "measure")


def _check_peers(reading: Reading, words: pd.DataFrame) -> None:
    """Refuse a figure of which it is not certain what it measures, or whose it is; and name the measure of those that are certain."""
    for number, row in reading.table.iterrows():
        wrong, known = partial(reading.wrong, row=int(number)), words[words["indicator"].eq(row["indicator"])]
        named = known[known["measure"].eq(row["measure"])] if row["measure"] else known
        if len(named) != 1:
            listed = ", ".join(known["measure"]) or "none: no figure of it can be told"
            found = shown_cell(row["measure"])
            wrong(
                f"a measure of indicator {row['indicator']} of benchmark_words.csv: {listed}", "Use one of them.", found, column="measure"
            )
            continue
        reading.table.loc[number, "measure"] = named["measure"].iloc[0]
        ratio, kind = "{group}" in named["says"].iloc[0], row["value"][0]
        if kind != ("ratio" if ratio else "share"):
            wrong("a ratio such as 1.25" if ratio else "a share such as 12%", "Give the figure so.", f"a {kind}", column="value")
        elif ratio == bool(row["ethnic_group"]):
            expected, found = (
                ("an empty cell, since a ratio is of both groups", "a group") if ratio else ("whose share it is", "an empty cell")
            )
            wrong(expected, "Correct the cell.", found, column="ethnic_group")


def _check_preset(row: pd.Series, standard: str, wrong: Callable) -> None:
    if standard != "wres":
        expected = f"a measure, since the NHS goals of 2019 are of ethnicity and '{standard}' has none"
        action = "Write a target of your own: the measure, a breakdown and category, and its goal."
        wrong(expected, action, repr(row["measure"]), column="measure")
        return
    if row["indicator"] != "1":
        wrong("indicator 1, whose bands the preset is about", "Correct the indicator.", repr(row["indicator"]), column="indicator")
    for name in _OF_THE_PRESET:
        if row[name]:
            expected, action = "an empty cell, since the preset has its own", "Empty the cell, or name a measure instead of the preset."
            wrong(expected, action, "a value", column=name)


def _check_target(row: pd.Series, definition: pd.Series, wrong: Callable) -> None:
    for name in _NEEDED:
        if not row[name]:
            wrong("a value", "Fill the cell in.", "an empty cell", column=name)
    kinds, (kind, example) = {row[name][0] for name in ("start", "goal") if row[name]}, _GOALS[definition["comparison"]]
    if len(kinds) > 1:
        wrong("a start and a goal of one kind", "Give both as shares, or both as values.", "a share beside a value", column="goal")
    elif kinds - {"share", kind}:
        expected = f"{example}, or a share such as 12%" if kind != "share" else example
        wrong(expected, "Give start and goal so.", f"a {kinds.pop()}", column="goal")
    elif row["turnover"] and not (kinds == {"share"} and str(definition["direction"]).endswith("workforce")):
        expected = "an empty cell: turnover is of posts, and the goal is no share of posts"
        wrong(expected, "Empty the cell, or give the goal as a share of people in post.", "a turnover", column="turnover")
    if row["goal_year"] and row["goal_year"] <= row["start_year"]:
        wrong("a goal year after the start year", "Correct the years.", repr(row["goal_year"]), column="goal_year")
    for name, other in (("breakdown", "category"), ("category", "breakdown")):
        if row[name] and not row[other]:
            wrong(f"a {other} beside the {name}", "Fill the cell in, or leave both empty for the whole.", "an empty cell", column=other)


def _with_numbers(table: pd.DataFrame) -> pd.DataFrame:
    """Return targets with shares and values as numbers, and of which kind each is."""
    table["of"] = ["value" if row["goal"] and row["goal"][0] != "share" else "share" for _, row in table.iterrows()]
    for name in ("start", "goal", "turnover"):
        table[name] = [cell[1] if cell else np.nan for cell in table[name]]
    whole = table["breakdown"].eq("")
    table.loc[whole, ["breakdown", "category"]] = OVERALL
    return table


def _empty(table: DeclaredTable) -> pd.DataFrame:
    names = [column.name for column in table.columns]
    return pd.DataFrame(columns=[*names, "of"] if table.name == TARGETS.name else names, dtype=object)

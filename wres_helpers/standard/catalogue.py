"""The catalogue of indicators: what each measures, by edition. A definition that moved is a row, never an ``if``."""

from collections import defaultdict
from dataclasses import dataclass, replace
from math import inf
from pathlib import Path
from typing import Final

import pandas as pd

from wres_helpers.problems import InputProblems, Problem
from wres_helpers.remembered import remembered_by
from wres_helpers.small_tables import small_tables, told_tables
from wres_helpers.standard.grades import grades
from wres_helpers.standard.reference_tables import OPEN_END, TABLES, made_of, read_reference
from wres_helpers.standard.standard_folders import STANDARDS, place_of, shown_place
from wres_helpers.standard.standards import Standard, read_standard

#: The marks of the tables, in words; the technical guidance is the document that defines an indicator.
SEEN: Final = {
    "guidance": "seen in the standard's technical guidance",
    "secondary": "seen in a secondary source",
    "secondary_in_part": "seen in a secondary source in part, the rest from the memory of the pack's authors",
    "not_seen": "from the memory of the pack's authors or their own, and seen in no source",
}
#: One row per statement, as a report tells it; beside them the first and the last edition it is about, from 0 on of one about all.
PROVENANCE_COLUMNS: Final = ("statement", "indicator", "name", "seen", "source")


@dataclass(frozen=True)
class ReferenceTables:
    """What the standard says, as tables."""

    catalogue: pd.DataFrame  # one row per indicator measure and range of editions
    grades: pd.DataFrame  # one row per grade, in the order of pay
    benchmarks: pd.DataFrame  # one row per published national figure whose source was seen
    benchmark_words: pd.DataFrame  # one row per measure of them: how a page tells it, if one does, and what it is in words
    standard: Standard  # what the standard is called, its groups and what it counts
    peers: pd.DataFrame  # one row per kind of organisation outside the national report: who its peers are
    provenance: pd.DataFrame  # one row per definition, question label, grade and ethnic category: where it was seen

    def measured_by(self, base_of_indicator_7: str) -> "ReferenceTables":
        """Return the tables with the base of indicator 7 that a master file chose: see :func:`with_chosen_base`."""
        return replace(self, catalogue=with_chosen_base(self.catalogue, base_of_indicator_7))

    def __repr__(self) -> str:
        tables = {"catalogue": self.catalogue, "grades": self.grades, "benchmarks": self.benchmarks, "peers": self.peers}
        return told_tables("Reference tables of the standard", tables)


def reference_stamps(reference_folder: Path) -> tuple:
    """Return the folder, and time and size of every table a standard may be read from: its own, and those that all standards share."""
    folders = [reference_folder, *([reference_folder.parent.parent] if reference_folder.parent.name == STANDARDS else [])]
    files = [path for folder in folders for path in sorted(folder.glob("*.csv"))]
    return reference_folder, [(path, path.stat().st_mtime_ns, path.stat().st_size) for path in files]


@remembered_by(reference_stamps)
def read_reference_tables(reference_folder: Path) -> ReferenceTables:
    """Return the reference tables of a project; raise InputProblems where one of them is missing or wrong."""
    benchmarks = read_reference(reference_folder, "benchmarks")
    benchmarks["year"] = benchmarks["year"].astype(int)
    benchmarks["value"] = benchmarks["value"].astype(float)
    definitions, ladder, standard = catalogue(reference_folder), grades(reference_folder), read_standard(reference_folder)
    peers = read_reference(reference_folder, "peers")
    seen = provenance(reference_folder, definitions, question_labels(reference_folder), ladder, standard)
    told = place_of(Path(reference_folder), "benchmark_words").is_file()
    words = read_reference(reference_folder, "benchmark_words") if told else pd.DataFrame()
    words = words.reindex(columns=[*TABLES["benchmark_words"].needed, "in_words"], fill_value="")
    return ReferenceTables(definitions, ladder, benchmarks, words, standard, peers, seen)


@made_of("indicators", "words", "standard", "groups", "items")
@small_tables
def catalogue(reference_folder: Path) -> pd.DataFrame:
    """Return one row per indicator measure and range of editions with its words, editions and pooled years as numbers.

    Raises InputProblems where a table is missing or wrong, a measure holds twice in an edition, or has no words.
    """
    table = read_reference(reference_folder, "indicators")
    table = _with_editions(table)
    _refuse_overlap(table, shown_place(place_of(Path(reference_folder), "indicators")))
    table["years_pooled"] = table["years_pooled"].replace("", "1").astype(int)
    standard = read_standard(reference_folder)
    table["direction"] = table["direction"].map(standard.inside)
    words = read_reference(reference_folder, "words")[list(TABLES["words"].needed)]
    place = shown_place(place_of(Path(reference_folder), "words"))
    InputProblems.raise_if_any(
        Problem(place, f"a row with the words of the measure '{measure}'", "Add the row.", column="measure", found="no such row")
        for measure in table["measure"].unique()
        if measure not in set(words["measure"])
    )
    return table.merge(words, on="measure", how="left", validate="many_to_one")


def _refuse_overlap(table: pd.DataFrame, place: str) -> None:
    """Refuse a measure that holds twice in an edition, or in none."""
    problems = []
    for measure, rows in table.sort_values("edition_from").groupby("measure"):
        ends, starts = rows["edition_to"].to_list(), rows["edition_from"].to_list()
        for start, end, following in zip(starts, ends, [*starts[1:], inf], strict=True):
            if not start <= end < following:
                found = f"'{measure}' from {start} to {end}" + f", and again from {following}" * (following <= end)
                problems.append(Problem(place, "each edition of a measure once", "Correct the editions.", column="edition_to", found=found))
    InputProblems.raise_if_any(problems)


def provenance(
    reference_folder: Path, definitions: pd.DataFrame, labels: pd.DataFrame, ladder: pd.DataFrame, standard: Standard
) -> pd.DataFrame:
    """Return one row per statement: what it is, its name, where it was seen in words, and which source that is."""
    categories = read_reference(reference_folder, "ethnic_categories")
    parts = {
        "definition": (definitions, definitions["indicator"] + ". " + definitions["plain_title"] + ", from edition " + definitions["edition_from"].astype(str)),
        "question label": (labels, "Indicator " + labels["indicator"] + ": " + labels["label"]),
        "grade": (ladder, ladder["label"]),
        "ethnic category": (categories, categories["code_set"] + " " + categories["code"] + ": " + categories["label"]),
    }  # fmt: skip
    if standard.characteristic != "ethnicity":
        del parts["ethnic category"]
    columns = [*PROVENANCE_COLUMNS, "edition_from", "edition_to"]
    made = [
        table.assign(statement=kind, name=name, seen=table["seen"].map(SEEN)).reindex(columns=columns)
        for kind, (table, name) in parts.items()
    ]
    return pd.concat(made, ignore_index=True).fillna({"edition_from": 0, "edition_to": int(OPEN_END), "indicator": ""})


def question_labels(reference_folder: Path) -> pd.DataFrame:
    """Return question numbers and key-finding codes of the staff survey: one row per label, indicator and range of editions, as numbers."""
    return _with_editions(read_reference(reference_folder, "question_labels"))


def _with_editions(table: pd.DataFrame) -> pd.DataFrame:
    ends = table["edition_to"].replace("", OPEN_END)
    return table.assign(edition_from=table["edition_from"].astype(int), edition_to=ends.astype(int))


def in_force(catalogue_table: pd.DataFrame, edition: int) -> pd.DataFrame:
    """Return the rows of the catalogue that hold in an edition: one row per measure, in the order of the indicators."""
    held = catalogue_table["edition_from"].le(edition) & catalogue_table["edition_to"].ge(edition)
    return catalogue_table[held].reset_index(drop=True)


def pooled_years(reference_folder: Path, edition: int) -> int:
    """Return how many years of formal processes an edition puts together."""
    return int(in_force(catalogue(reference_folder), edition)["years_pooled"].max())


def with_chosen_base(catalogue_table: pd.DataFrame, choice: str) -> pd.DataFrame:
    """Return the catalogue as an organisation measures indicator 7: with "don't know" in its base in every edition, or in none.

    Parameters
    ----------
    catalogue_table
        All editions, as the standard has them.
    choice
        ``by_edition`` (nothing changes), ``include_dont_know`` or ``exclude_dont_know``.

    Returns
    -------
    pandas.DataFrame
        Rule and words of the base are those of an edition that has it, the definition says that it was chosen, and no series
        breaks where only the base of the edition changed.
    """
    yes_or_no = catalogue_table["indicator"].eq("7") & catalogue_table["base_rule"].str.startswith("answers:Yes|No")
    fits = catalogue_table["base_rule"].str.contains("Don't know") == (choice == "include_dont_know")
    chosen, other = catalogue_table[yes_or_no & fits], yes_or_no & ~fits
    if choice == "by_edition" or chosen.empty or not other.any():
        return catalogue_table
    table, model = catalogue_table.copy(), chosen.iloc[0]
    table.loc[other, "base_rule"] = model["base_rule"]
    table.loc[other, "definition"] = f"{model['definition']} The organisation chose this base; the edition has another."
    table.loc[yes_or_no, "break_note"] = ""
    return table


def headline_measures(catalogue_table: pd.DataFrame) -> dict[str, str]:
    """Return the measure that stands for each indicator."""
    found: dict[str, str] = {}
    for indicator, measure, role in zip(*(catalogue_table[name] for name in ("indicator", "measure", "role")), strict=True):
        if role == "headline":
            found.setdefault(indicator, measure)
    return found


def stages_of(catalogue_table: pd.DataFrame) -> dict[str, str]:
    """Return what each measure of a standard's catalogue is called beside others."""
    return catalogue_table.drop_duplicates("measure").set_index("measure")["stage"].to_dict()


def breaks_between(catalogue_table: pd.DataFrame, earlier: int, later: int) -> dict[str, str]:
    """Return, by measure, why the figures of two editions are not comparable; measures without a break are left out."""
    started = catalogue_table["edition_from"].gt(earlier) & catalogue_table["edition_from"].le(later)
    notes: dict[str, list[str]] = defaultdict(list)
    for measure, note in catalogue_table.loc[started & catalogue_table["break_note"].ne(""), ["measure", "break_note"]].to_numpy():
        notes[measure].append(note)
    return {measure: " ".join(each) for measure, each in notes.items()}

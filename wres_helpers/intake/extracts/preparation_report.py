"""What came of a preparation: what was read, kept, dropped and why; and how it is written, never over a table somebody made by hand."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from wres_helpers.intake.extracts.extract_table import Extract
from wres_helpers.intake.extracts.people_counted import Counted
from wres_helpers.intake.texts.written_together import write_together, writing
from wres_helpers.intake.year_folder import PREPARED, is_blank, made_from, prepared_facts, table_files
from wres_helpers.problems import InputProblems, Problem, noted, told_together
from wres_helpers.settings.parameters import Parameters
from wres_helpers.standard.columns import COUNTS_TABLES, ETHNIC_GROUPS
from wres_helpers.standard.standards import read_standard

#: One row per fact: of which extract, at which step, what, and how many records or people it concerns.
COLUMNS = ("extract", "step", "detail", "rows")
Fact = tuple[str, str, str, int | None]

_TITLES = {
    "read": "Records read",
    "skipped": "Rows that are no records",
    "corrected": "Corrections applied",
    "dropped": "Records left out, and why",
    "kept": "Counted",
    "ethnicity": "Ethnicity of those counted",
    "values": "How ethnic categories and grades were read, in records of the file",
    "decision": "Decisions",
    "note": "To be known",
    "handled": "Defects found and handled",
    "table": "Tables",
}


@dataclass(frozen=True)
class Preparation:
    """What came of a set of extracts."""

    #: Counts tables by name (those whose extract is mapped), with the columns of the standard and the breakdowns as further columns.
    tables: dict[str, pd.DataFrame]
    report: pd.DataFrame  # one row per fact: extract, step, detail, rows
    handled: tuple[Problem, ...] = ()  # defects that were found and handled
    notes: tuple[str, ...] = ()  # what nobody mapped and who counts therefore; tables that stand beside those made, by hand

    @property
    def told(self) -> tuple[str, ...]:
        """What ``wres prepare`` tells, as notes that a master file may settle."""
        return tuple(map(noted, (*told_together(self.handled), *self.notes)))


def read_facts(extract: Extract) -> Iterator[Fact]:
    for number, file in enumerate(extract.files):  # a row that counts people is one record
        yield extract.name, "read", file, len(pd.unique(extract.rows[extract.of_file == number]))
    for kind, number in extract.skipped.items():
        yield extract.name, "skipped", kind, number


def counted_facts(extract: str, counted: Counted) -> Iterator[Fact]:
    """Give how the tables made of an extract came about, and how many of those counted have a known ethnicity."""
    for what, read in counted.read.items():
        for meaning, records in read.items():
            yield extract, "values", f"{what}: {meaning}", records
    for reason, number in counted.dropped.items():
        yield extract, "dropped", reason, number
    for name, table in counted.tables.items():
        parts = {f" ({stage})": rows for stage, rows in table.groupby("stage", sort=False)} if name == "recruitment" else {"": table}
        for part, rows in parts.items() if name in ("headcount", "disciplinary", "training", "recruitment") else ():
            count = COUNTS_TABLES[name][-1]
            totals, everyone = rows.groupby("ethnic_group")[count].sum(), int(rows[count].sum())
            yield extract + part, "kept", count.replace("_", " "), everyone
            for group in ETHNIC_GROUPS:
                share = f" ({100 * totals.get(group, 0) / everyone:.1f}%)" if everyone else ""
                yield extract + part, "ethnicity", f"{group}{share}", int(totals.get(group, 0))


def closing_facts(tables: dict[str, pd.DataFrame], told: dict[str, Iterable[str]]) -> Iterator[Fact]:
    """Give the tables made (small cells make them personal data), and what is told: decisions, notes, and what was handled."""
    for name, table in tables.items():
        small = int(table[COUNTS_TABLES[name][-1]].between(1, 4).sum())
        warning = f"; {small:,} of its rows count fewer than 5 people: handle the file as personal data" if small else ""
        yield "", "table", f"{name}.csv{warning}; rows in all", len(table)
    yield from (("", step, words, None) for step, several in told.items() for words in several)


def as_markdown(report: pd.DataFrame, parameters: Parameters) -> str:
    lines = [
        f"# Preparation report: {parameters.organisation.name}, {parameters.year}", "",
        "How extracts became counts. It names files, rows and columns, never people; rows are numbered as a spreadsheet shows them.", "",
    ]  # fmt: skip
    for step, title in _TITLES.items():
        facts = report[report["step"] == step]
        if facts.empty:
            continue
        lines += [f"## {title}", ""]
        lines += [f"- {_line(fact.extract, fact.detail, fact.rows)}" for fact in facts.itertuples()]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _line(extract: str, detail: str, rows) -> str:
    # cells come from files: nothing of them may act as Markdown or HTML
    for character in "\\`*_<>[]|#":
        detail = detail.replace(character, "\\" + character)
    subject = f"{extract}: " if extract else ""
    # a whole sentence says itself in how many rows
    return f"{subject}{detail}" + ("" if pd.isna(rows) or detail.endswith(".") else f": {rows:,}")


def beside(tables: Iterable[str], parameters: Parameters) -> list[str]:
    """Return a note for each counts table of the year that no extract gives: a report may be made of both kinds."""
    counted, directly = read_standard(parameters.reference_folder).tables, parameters.extracts and parameters.extracts.use == "directly"
    notes = []
    for name, (path, *_) in table_files(parameters.data_folder(), counted).items():
        how = "it is blank: enter it by hand, or delete it" if is_blank(path, counted[name]) else "it is read as it stands, entered by hand"
        how = "it is not read, because the extracts are read directly (use: prepared reads both)" if directly else how
        notes += [] if name in tables else [f"{parameters.shown(path)}: no extract gives it; {how}."]
    return notes


def write_preparation(preparation: Preparation, parameters: Parameters, replace: bool = False) -> list[Path]:
    """Write the counts tables and the preparation report into the organisation's year.

    ``replace`` also takes the place of tables that ``wres prepare`` did not write.

    Returns
    -------
    list of Path
        The files written; tables first, then the report. A table that already has the same content is left alone.

    Raises
    ------
    InputProblems
        A table exists that was made or changed by hand and has other content; nothing is written then. A blank one is no such table.
    """
    texts = {f"{name}.csv": table.to_csv(index=False, lineterminator="\n") for name, table in preparation.tables.items()}
    folder = parameters.data_folder()
    with writing(folder, parameters.shown(folder)):
        foreign = [parameters.shown(folder / name) for name, text in texts.items() if not replace and _is_foreign(folder, name, text)]
        expected = "no table, or one that wres prepare wrote and nobody changed"
        found = "a table with other content, made or changed by hand"
        action = "If the extracts are right, write over it with --replace or move it away; if the table is, map no extract for it."
        InputProblems.raise_if_any(Problem(file, expected, action, found=found) for file in foreign)
        # the fingerprint of every table written, so that a later change by hand is seen; and of what it was made from
        written = [("written", f"{name} {_print(text)}") for name, text in texts.items()]
        sources = [("made from", fingerprint) for _, fingerprint in made_from(parameters)]
        prints = pd.DataFrame([*written, *sources], columns=["step", "detail"]).assign(extract="")
        texts[PREPARED] = pd.concat([preparation.report, prints], ignore_index=True).to_csv(index=False, lineterminator="\n")
        texts["preparation_report.md"] = as_markdown(preparation.report, parameters)
        files = {folder / name: text.encode() for name, text in texts.items()}
        files = {path: content for path, content in files.items() if not (path.is_file() and path.read_bytes() == content)}
        write_together(folder, files)
    return list(files)


def _print(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _is_foreign(folder: Path, name: str, text: str) -> bool:
    path = folder / name
    if not path.is_file():
        return False
    there = path.read_bytes().decode("utf-8", errors="replace").replace("\r\n", "\n")
    ours = is_blank(path, COUNTS_TABLES[path.stem]) or f"{name} {_print(there)}" in prepared_facts(folder, "written")
    return there != text and not ours

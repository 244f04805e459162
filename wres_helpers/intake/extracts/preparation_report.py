"""The preparation report: what was read, kept, dropped and why, and every decision taken on the way."""

import pandas as pd

from wres_helpers.intake.extracts.counting import Counted
from wres_helpers.intake.extracts.extract_findings import Finding
from wres_helpers.intake.extracts.extract_table import Extract
from wres_helpers.settings.parameters import Parameters
from wres_helpers.standard.columns import COUNTS_TABLES, ETHNIC_GROUPS

#: One row per fact: of which extract, at which step, what, and how many records or people it concerns.
COLUMNS = ("extract", "step", "detail", "rows")

_TITLES = {
    "read": "Records read",
    "skipped": "Rows that are no records",
    "corrected": "Corrections applied",
    "dropped": "Records left out, and why",
    "kept": "Counted",
    "ethnicity": "Ethnicity of those counted",
    "values": "How ethnic categories and grades were read, in records of the file",
    "decision": "Decisions",
    "handled": "Defects found and handled",
    "table": "Tables",
}


class Report:
    """Collects the facts of a preparation, one after the other."""

    def __init__(self) -> None:
        self.facts: list[tuple[str, str, str, int | None]] = []

    def add(self, extract: str, step: str, detail: str, rows: int | None = None) -> None:
        """Note one fact."""
        self.facts.append((extract, step, detail, rows))

    def add_read(self, extract: Extract) -> None:
        """Note what was read of an extract."""
        for part in extract.parts or (extract,):
            self.add(extract.name, "read", part.file, len(part))
        for kind, number in extract.skipped.items():
            self.add(extract.name, "skipped", kind, number)

    def add_counted(self, extract: str, counted: Counted) -> None:
        """Note how the tables made of an extract came about."""
        for what, read in counted.read.items():
            for meaning, records in read.items():
                self.add(extract, "values", f"{what}: {meaning}", records)
        for reason, number in counted.dropped.items():
            self.add(extract, "dropped", reason, number)
        for name, table in counted.tables.items():
            if name == "recruitment":
                for stage in table["stage"].unique():
                    self._add_groups(f"{extract} ({stage})", table[table["stage"] == stage], "people")
            elif name in ("headcount", "disciplinary", "training"):
                self._add_groups(extract, table, COUNTS_TABLES[name][-1])

    def _add_groups(self, extract: str, table: pd.DataFrame, count: str) -> None:
        """Note how many of those counted have a known ethnicity."""
        totals = table.groupby("ethnic_group")[count].sum()
        everyone = int(totals.sum())
        self.add(extract, "kept", count.replace("_", " "), everyone)
        for group in ETHNIC_GROUPS:
            share = f" ({100 * totals.get(group, 0) / everyone:.1f}%)" if everyone else ""
            self.add(extract, "ethnicity", f"{group}{share}", int(totals.get(group, 0)))

    def add_handled(self, findings: list[Finding]) -> None:
        """Note the defects that were handled."""
        for finding in findings:
            for problem in finding.problems():
                self.add("", "handled", problem.sentence(), finding.how_many or None)

    def add_tables(self, tables: dict[str, pd.DataFrame]) -> None:
        """Note the tables made, and how many of their cells are small: such tables are handled as personal data."""
        for name, table in tables.items():
            small = int(table[COUNTS_TABLES[name][-1]].between(1, 4).sum())
            warning = f"; {small:,} of its rows count fewer than 5 people: handle the file as personal data" if small else ""
            self.add("", "table", f"{name}.csv{warning}", len(table))

    def table(self) -> pd.DataFrame:
        """Return the facts as a table, one row per fact."""
        frame = pd.DataFrame(self.facts, columns=list(COLUMNS))
        return frame.astype({"extract": "str", "step": "str", "detail": "str", "rows": "Int64"})


def as_markdown(report: pd.DataFrame, parameters: Parameters) -> str:
    """Return the preparation report for people to read."""
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

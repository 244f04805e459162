"""``wres new-year``: the next year's parameter file and data folder, made from this year's; nothing is overwritten."""

import os
import sys
from pathlib import Path

import pandas as pd

from wres_helpers.commands.new_report import BLANK, NewReport, blank_files, csv_bytes, suppliers
from wres_helpers.commands.next_master_file import rolled_forward
from wres_helpers.intake.counts.counts_tables import Row, blank_tables, survey_keys
from wres_helpers.intake.counts.survey_percentages import read_percentage
from wres_helpers.intake.texts.action_plan import carried_over
from wres_helpers.intake.texts.narrative_texts import narrative_folder, read_narrative
from wres_helpers.intake.texts.written_together import stand, write_together, writing
from wres_helpers.intake.year_folder import TABLES_OF, WORKBOOK, table_files
from wres_helpers.problems import InputProblems, Problem
from wres_helpers.settings.extract_settings import EXTRACTS
from wres_helpers.settings.master_file_reader import load_parameters
from wres_helpers.settings.parameters import Parameters
from wres_helpers.standard.catalogue import breaks_between, catalogue, in_force
from wres_helpers.standard.standards import read_standard
from wres_helpers.standard.years import edition_of, shifted, spoken
from wres_helpers.tables.cell_readers import count_or_suppressed, loose_key
from wres_helpers.tables.declared import DeclaredColumn, DeclaredTable
from wres_helpers.tables.grids import bytes_of
from wres_helpers.tables.table_reader import grid_of


def new_year_command(params: Path) -> int:
    """Make the next year's files and print what was made; return the exit code."""
    parameters = load_parameters(params)
    for path in new_year(parameters):
        print(parameters.shown(path))
    year = shifted(parameters.year, 1)
    metric = read_standard(parameters.reference_folder).metric.capitalize()
    moved = moved_definitions(catalogue(parameters.reference_folder), parameters.edition, edition_of(year), metric)
    told = [f"Definitions that change from {spoken(parameters.year)} to {spoken(year)}:", *(moved or ["  none that is known of."])]
    told += ["Whom to ask for what:", *(f"  {what}: {who}" for what, who in suppliers(parameters.reference_folder, year).items())]
    print("\n".join([*told, *_left_to_do(parameters, year)]), file=sys.stderr)
    return 0


def _left_to_do(parameters: Parameters, year: str) -> list[str]:
    """Return what still speaks of this year in the next year's files, and who changes it."""
    own, folder = parameters.data_folder(), parameters.shown(parameters.data_folder(year))
    master, extracts, asked = parameters.shown(_next_master(parameters)), parameters.extracts, parameters.report.decisions
    named = {name: ", ".join(part.file) for name in EXTRACTS if (part := getattr(extracts, name, None))}
    files, made = "; ".join(f"{name}: {file}" for name, file in named.items()), [table for name in named for table in TABLES_OF[name]]
    tables, ending = read_standard(parameters.reference_folder).tables, "" if (own / WORKBOOK).is_file() else ".csv"
    new = sorted(f"{name}{ending}" for name in tables.keys() - table_files(own, tables).keys() - {*made})
    told = (
        (extracts, f"{master}: names last year's extracts ({files}). Put this year's into {folder}/extracts/, name them, wres prepare."),
        (extracts and extracts.corrections,
         f"{master}: names {extracts and extracts.corrections}. Put this year's corrections there, or take the key out."),
        (extracts and not (own / "headcount.csv").is_file(),
         f"The counts of {parameters.year}, to compare with, are not written yet: wres prepare {parameters.file}."),
        (extracts, f"{folder}: wres prepare makes {', '.join(f'{table}.csv' for table in made)}; what stands blank is entered by hand."),
        ((own / "action_plan.csv").is_file(),
         f"{folder}/action_plan.csv: write into 'progress' what became of each action; add new ones. What was done is out."),
        (new, f"{folder}: {', '.join(new)}: blank, though {parameters.year} had none. Enter or delete them."),
        (asked, f"{master}: report.decisions was taken out. Write what the board decides this year; last year: {'; '.join(asked)}"),
        (narrative_folder(parameters).is_dir(), f"{folder}/narrative/: each text begins with 'To be rewritten'."),
    )  # fmt: skip
    lines = [f"  {line}" for holds, line in told if holds]
    return ["What still speaks of the year before:", *lines] if lines else []


def moved_definitions(definitions: pd.DataFrame, earlier: int, later: int, metric: str = "Indicator") -> list[str]:
    """Return what changes in the definitions of the catalogue between two editions (years of the snapshots), a line each of its ``metric``."""
    before, after = (in_force(definitions, edition).set_index("measure") for edition in (earlier, later))
    breaks = breaks_between(definitions, earlier, later)
    lines = []
    for measure, row in after.iterrows():
        where = f"  {metric} {row['indicator']}, {row['plain_title'][:1].lower() + row['plain_title'][1:]}"
        if measure not in before.index:
            lines.append(f"{where}: new. {row['definition']}")
            continue
        asked, asked_before = str(row["survey_question"]), str(before.at[measure, "survey_question"])
        if asked != asked_before:
            lines.append(f"{where}: survey question {asked}, which was {asked_before}.")
        if measure in breaks:
            lines.append(f"{where}: {breaks[measure]}")
    gone = before[~before.index.isin(after.index)]
    return lines + [f"  {metric} {row['indicator']}, {row['plain_title']}: no longer asked." for _, row in gone.iterrows()]


def new_year(parameters: Parameters) -> list[Path]:
    """Write the next year's master file and data folder; return what was made.

    Counts tables have their keys and no count (the survey those of its edition); an action plan keeps its rows but what is done, so that
    what became of each can be entered; narrative texts carry a line that says they are still last year's.

    Raises InputProblems: something of the next year is there already, or the master file cannot be rolled forward with certainty.
    Nothing has been written.
    """
    text = rolled_forward(parameters)
    year = shifted(parameters.year, 1)
    master = _next_master(parameters)
    new = parameters.data_folder(year)
    files = {new / place: content for place, content in _year_files(parameters).items()}
    files[master] = text.encode("utf-8")  # the last: once it is there, so is everything it needs
    with writing(new, parameters.shown(new), completed := []):
        if completed and stand(files):
            return completed
        present = [path for path in (master, new) if os.path.lexists(path)]
        action = "Move it away, or go on with the files that are there."
        found = "files of the next year"
        InputProblems.raise_if_any(Problem(parameters.shown(path), "nothing there yet", action, found=found) for path in present)
        write_together(new, files)
    return [master, *(path for path in files if path != master)]


def _next_master(parameters: Parameters) -> Path:
    year = shifted(parameters.year, 1)
    named = parameters.path.with_name(parameters.path.name.replace(parameters.year, year))
    return named if named != parameters.path else named.with_name(f"{parameters.organisation.code}-{year}{named.suffix}")


def _year_files(parameters: Parameters) -> dict[Path, bytes]:
    """Return what the next year's data folder begins with, by its place in the folder."""
    old, whose, year = parameters.data_folder(), parameters.organisation, shifted(parameters.year, 1)
    mapped = [name for name in EXTRACTS if getattr(parameters.extracts, name, None)]
    made = {table for name in mapped for table in TABLES_OF[name]}  # by wres prepare: nobody fills a blank one in
    known = read_standard(parameters.reference_folder).tables | {"published": ()}
    there = {name: paths[0] for name, paths in table_files(old, known).items() if name not in made}
    blank = blank_tables(parameters.reference_folder, year, medical="trust" in whose.kind.casefold())
    tables = blank | {name: begun for name, path in there.items() if (begun := _begun(name, path, known[name], parameters))}
    tables = {name: table for name, table in tables.items() if name not in made}
    workbooks = {name for name, path in there.items() if path.name.lower() == WORKBOOK}
    sheets = [name for name in tables if workbooks and (name in workbooks or name not in there)]
    report = NewReport(whose.code, whose.name, whose.short_name, "other", year, parameters.standard)
    begun = blank_files(tables, sheets, report, parameters.reference_folder)
    files = {Path(name): content for name, content in begun.items() if name != "README.md"}
    if (plan := carried_over(parameters)) is not None:
        files[Path("action_plan.csv")] = csv_bytes(tuple(plan), plan.to_numpy().tolist())
    for name, text in read_narrative(parameters, complete=False).items():
        # said where everyone sees it, so that last year's words are not published again by oversight
        files[Path("narrative", f"{name}.md")] = f"*To be rewritten: this is the text of {parameters.year}.*\n\n{text}\n".encode()
    # one that tells how to fill blank tables is written for the next year, any other stays as it is
    texts = {path.relative_to(old): path.read_bytes() for path in sorted(old.rglob("README.md")) if "extracts" not in path.parts}
    return files | {path: begun["README.md"] if BLANK.encode() in text else text for path, text in texts.items()}


def _begun(name: str, path: Path, columns: tuple[str, ...], parameters: Parameters) -> tuple[Row, list[Row]] | None:
    """Return the headings and keys that the next year's table begins with, however this year's is set out; nothing of one without headings."""
    shown = parameters.shown(path)
    grid = grid_of(bytes_of(path, shown), shown, DeclaredTable(name, tuple(map(DeclaredColumn, columns))))
    rows = [cells for _, cells in grid.rows]
    keys = _keys(name, rows, parameters)
    return (tuple(rows[0]), [tuple(row) for row in keys]) if keys or (rows and not columns) else None


def _keys(name: str, rows: list[list[str]], parameters: Parameters) -> list[list[str]]:
    """Return the rows of a counts table of the report's standard, however it is set out, with its numbers taken out; none without headings."""
    standard = read_standard(parameters.reference_folder)
    columns, body = list(map(loose_key, rows[0] if rows else ())), [row for row in rows[1:] if len(row) == len(rows[0])]
    declared = [{"ethnic_group": standard.group_column}.get(column, column) for column in standard.tables.get(name, ())]
    if name == "staff_survey" and columns == declared and parameters.survey.kind == "national" and not parameters.survey.questions:
        return list(map(list, survey_keys(parameters.reference_folder, shifted(parameters.year, 1))))
    counts = [column not in declared[:-1] and any(_is_number(row[place]) for row in body) for place, column in enumerate(columns)]
    return [["" if count else cell for count, cell in zip(counts, row, strict=True)] for row in body if any(counts) and all(columns)]


def _is_number(cell: str) -> bool:
    """Tell whether a cell holds a number of people or a percentage, or hides one."""
    return not cell.isalpha() and not (count_or_suppressed(cell).wrong and read_percentage(cell).wrong)

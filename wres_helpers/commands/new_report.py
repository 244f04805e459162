"""``wres new-report``: a first report of one's own, with a short master file and every input as a blank table."""

import csv
import io
import json
import re
import sys
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from importlib import resources
from pathlib import Path

import click
from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from wres_helpers.intake.counts import survey_questions
from wres_helpers.intake.counts.counts_tables import Row, blank_tables
from wres_helpers.intake.texts.action_plan import ACTION_PLAN
from wres_helpers.intake.texts.narrative_texts import texts_of
from wres_helpers.intake.texts.written_together import stand, write_together, writing
from wres_helpers.intake.year_folder import WORKBOOK
from wres_helpers.problems import InputProblems, ParameterProblems, Problem
from wres_helpers.settings.master_file import OF_ANY_STANDARD, SECTIONS
from wres_helpers.settings.strict_keys import NONE_OF_WINDOWS
from wres_helpers.settings.yaml_files import as_yaml
from wres_helpers.standard.catalogue import catalogue, in_force, pooled_years
from wres_helpers.standard.standard_folders import STANDARDS, first_edition, known_standards
from wres_helpers.standard.standards import read_standard
from wres_helpers.standard.years import FIRST_EDITION, edition_of, is_year, shifted, spoken, year_of
from wres_helpers.tables.workbook_grids import save_workbook

#: Kinds of organisation that are told apart, and how a page calls each; a trust has medical and dental staff.
KINDS = {
    "trust": "NHS trust",
    "ambulance": "ambulance trust",
    "mental-health": "mental health trust",
    "community": "community trust",
    "icb": "integrated care board",
    "csu": "commissioning support unit",
    "other": "NHS organisation",
}

#: What the README of a report that begins with blank tables says first.
BLANK = "Blank tables: every key is there, every count is yet to be entered."


def suppliers(reference_folder: Path, year: str) -> dict[str, str]:
    """Return whom to ask for what, and for which days of a year."""
    last, pooled = edition_of(year), pooled_years(reference_folder, edition_of(year))
    window = f"1 April {last - pooled} to 31 March {last}{', both years together' * (pooled == 2)}"
    told = dict(line.split(" | ") for line in _template("suppliers.txt").format(last=last, first=last - 1, window=window).splitlines())
    counted = read_standard(reference_folder).items.groupby("table", sort=False)["people"].first().to_dict()
    of_tables = {what: who for what, who in told.items() if set(what.split(", ")) <= counted.keys()}
    others = {table: f"whoever counts {people}" for table, people in counted.items() if table not in ", ".join(of_tables).split(", ")}
    return of_tables | others | {what: told[what] for what in ("action_plan.csv", "narrative/")}


@dataclass(frozen=True)
class NewReport:
    """Whose report is begun, and for which year."""

    code: str
    name: str
    short_name: str
    kind: str
    year: str
    standard: str

    @property
    def master(self) -> Path:
        """The master file, seen from the project."""
        return Path("params") / f"{self.code}-{self.year}.yaml"

    @property
    def data(self) -> Path:
        """Folder of the year's data, seen from the project."""
        return Path("data") / self.code / self.year


def new_report_command(as_workbook: bool, **given: str | None) -> int:
    """Ask for what was not given, write the report's files and say what to do next; return the exit code."""
    report = _checked(_asked(given))
    for path in new_report(report, Path.cwd(), as_workbook=as_workbook):
        print(path.as_posix())
    where = report.data / "counts.xlsx" if as_workbook else report.data
    told = [f"\nNow enter the counts in {where.as_posix()}; its README.md says who supplies what. Then:"]
    told += [f"  wres check {report.master.as_posix()}", f"  wres run {report.master.as_posix()}"]
    if report.standard == "wres":  # records are read by ethnicity
        told += [f"Or start from staff lists and logs: put them into {report.data.as_posix()}/extracts/ (make the folder), then:"]
        told += [f"  wres prepare {report.master.as_posix()} --suggest"]
    click.echo("\n".join(told), err=True)
    return 0


def new_report(report: NewReport, project: Path, *, as_workbook: bool) -> list[Path]:
    """Write a report's master file and blank inputs; return what was made, seen from the project.

    Nothing that exists is written over, and a master file that is there stays.

    Raises InputProblems: the year's data folder is there already, or this is not the project's folder. Nothing has been written.
    """
    if not (project / "data" / "reference").is_dir() or not (project / "notebooks").is_dir():
        action = "Change to the folder that holds params/, data/ and notebooks/, then run the command again."
        raise InputProblems.of("wres new-report", "the pack's own folder", action, found="another folder")
    folder, reference = project / report.data, project / "data" / "reference" / STANDARDS / report.standard
    tables = blank_tables(reference, report.year, medical="trust" in KINDS[report.kind])
    begun = blank_files(tables, tables if as_workbook else (), report, reference)
    files = {report.data / name: content for name, content in begun.items()}
    master = {report.master: filled("new_report.yaml", report, reference)}  # the last: once it is there, so is everything it needs
    with writing(folder, report.data.as_posix(), completed := []):
        if completed and stand({project / path: content for path, content in (files | master).items()}):
            return [report.master, *files]
        if folder.exists():
            before = Path("params") / f"{report.code}-{shifted(report.year, -1)}.yaml"
            other = f" For the year after another one, use `wres new-year {before.as_posix()}`." if (project / before).is_file() else ""
            action = "Go on with what is there, or move it away first." + other
            begun = ", begun by a call that was broken off, with other words or forms, and complete now" if completed else ""
            raise InputProblems.of(report.data.as_posix(), "nothing there yet", action, found=f"files of this report{begun}")
        if not (project / report.master).exists():  # somebody who has a master file already asks for its tables
            files |= master
        write_together(folder, {project / path: content for path, content in files.items()})
    return sorted(files, key=lambda path: path != report.master)


def _asked(given: dict[str, str | None]) -> dict[str, str]:
    """Return what was given, and ask a person at a terminal for the rest."""
    questions = {
        "name": "Full name of the organisation",
        "code": "Short code in lower case, for file names (for example north-trust)",
        "kind": f"Kind ({', '.join(KINDS)})",
        "year": "Reporting year (for example 2025-26, which ends on 31 March 2026)",
        "standard": f"Standard ({', '.join(_standards())})",
    }
    defaults = {"kind": "trust", "standard": "wres"}
    missing = [key for key in questions if not given.get(key)]
    missing = [] if missing == ["standard"] else missing  # nearly every report is on WRES: asked only of somebody who is asked for the rest
    if missing and not sys.stdin.isatty():
        action = "Give them as options, or run the command in a terminal, where it asks."
        raise ParameterProblems.of("wres new-report", " ".join(f"--{key}" for key in missing if key != "standard"), action, found="nothing")
    answers = {key: _tidy(key, given[key] or "") for key in questions if given.get(key)}
    for key in missing:
        answers[key] = click.prompt(questions[key], default=defaults.get(key), value_proc=partial(_answer, key), err=True)
    return {"short_name": given.get("short_name") or answers["name"], "standard": "wres", **answers}


def _standards() -> list[str]:
    return known_standards(Path.cwd() / "data" / "reference") or ["wres"]


def _checked(answers: dict[str, str]) -> NewReport:
    first = first_edition(Path.cwd() / "data" / "reference" / STANDARDS / answers["standard"])
    ParameterProblems.raise_if_any(problem for key in ("code", "year", "kind", "standard") if (problem := _wrong(key, answers[key], first)))
    return NewReport(**answers)


def _wrong(key: str, answer: str, first: int = FIRST_EDITION) -> Problem | None:
    """Return what is wrong with an answer, or None; ``first`` is the first edition of the standard."""
    if key == "code" and (not re.fullmatch(r"[a-z0-9][a-z0-9-]*", answer) or NONE_OF_WINDOWS.fullmatch(answer)):
        likely = re.sub(r"[^a-z0-9]+", "-", answer.lower()).strip("-")
        likely += "-trust" * bool(NONE_OF_WINDOWS.fullmatch(likely))
        expected = "a code of small letters, digits and hyphens, which may name a folder on Windows, too"
        action = f"Use '{likely}'." if likely else "Use letters, for example north-trust."
    elif key == "year" and not (is_year(answer) and edition_of(answer) >= first):
        expected = f"a reporting year such as 2025-26, from {year_of(first)} on"
        likely = re.sub(r"^(?:20)?(\d\d)\W+(?:20)?(\d\d)$", r"20\1-\2", answer)
        action = f"Write it as {likely}." if likely != answer and is_year(likely) else "Give the financial year that ends on 31 March."
    elif key == "kind" and answer not in KINDS:
        expected, action = f"one of {', '.join(KINDS)}", "Choose the nearest; the text can be changed later."
    elif key == "standard" and answer not in _standards():
        expected, action = f"one of {', '.join(_standards())}", "Name a folder of data/reference/standards."
    else:
        return None
    return Problem(f"wres new-report --{key}", expected, action, found=repr(answer))


def _answer(key: str, text: str) -> str:
    """Return an answer typed at a terminal; one that is wrong is asked for again."""
    if problem := _wrong(key, _tidy(key, text)):
        raise click.UsageError(f"found {problem.found}; expected {problem.expected}. {problem.action}")
    return _tidy(key, text)


def _tidy(key: str, text: str) -> str:
    """Return an answer without spaces at its ends, and a kind or a standard in the letters of their lists."""
    return text.strip().lower() if key in ("kind", "standard") else text.strip()


def blank_files(tables: dict[str, tuple[Row, list[Row]]], sheets: Collection[str], report: NewReport, reference: Path) -> dict[str, bytes]:
    """Return what a year's folder begins with, by name: its README, a file a table or, of ``sheets``, one workbook, and a plan without actions."""
    files = {"README.md": filled("new_report.md", report, reference)}
    files |= {f"{name}.csv": csv_bytes(*table) for name, table in tables.items() if name not in sheets}
    if sheets:
        notes = filled("workbook_notes.txt", report, reference).decode()
        files[WORKBOOK] = workbook_bytes({name: table for name, table in tables.items() if name in sheets}, notes)
    return files | {"action_plan.csv": csv_bytes(tuple(column.name for column in ACTION_PLAN.columns if column.needed), [])}


def filled(template: str, report: NewReport, reference_folder: Path) -> bytes:
    """Return a file of a new report: its template with the report's own words in their places."""
    words = {name: as_yaml(" ".join(text.split())) for name, text in (("name_quoted", report.name), ("short_quoted", report.short_name))}
    words |= {"code": report.code, "name": " ".join(report.name.split()), "kind": KINDS[report.kind], "blank": BLANK}
    standard, first = read_standard(reference_folder), report.standard == "wres"
    words |= {"standard": standard.short_name, "characteristic": standard.characteristic, **standard.codes}
    words["standard_key"] = "" if first else f"standard: {report.standard}\n"
    words |= {"year": report.year, "spoken": spoken(report.year), "texts": _texts(SECTIONS if first else OF_ANY_STANDARD)}
    asked = in_force(catalogue(reference_folder), edition_of(report.year)).query("role == 'headline' and survey_question != ''")
    words["questions"] = json.dumps(dict(zip(asked["indicator"], asked["survey_question"], strict=True)))
    words["from_records"] = _template("from_records.md").format(**words) if first else ""  # records are read by ethnicity
    words["supplied"] = "\n".join(f"| {what} | {who} |" for what, who in suppliers(reference_folder, report.year).items())
    return _template(template).format(**words).encode()


def _template(name: str) -> str:
    return (resources.files("wres_helpers.commands") / "templates" / name).read_text(encoding="utf-8")


def _texts(sections: tuple[str, ...]) -> str:
    """Return the rows of the narrative's table: the files of each section, and what each is for."""
    opening = {"foreword": "the foreword, signed by a role", "about": "what a reader should know about the standard"}
    rows = [f"| `narrative/{name}.md` | {opening[name]} |" for name in texts_of(sections[0]) if name in opening]
    for section in sections:
        pair = [f"`narrative/{name}.md`" for name in texts_of(section) if name not in opening]
        subject = re.sub(r"^[\d_]+", "", section).replace("_", " ")
        rows += [f"| {', '.join(pair)} | {subject}: what was done, what is planned |"] if pair else []
    return "\n".join(rows)


def csv_bytes(headings: Row, rows: list[Row]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows([headings, *rows])
    return text.getvalue().encode("utf-8-sig")  # so that Excel opens it rightly


def workbook_bytes(tables: dict[str, tuple[Row, list[Row]]], notes_told: str) -> bytes:
    """Return the tables as an Excel workbook, the same all day; the first sheet holds the notes and is not a table."""
    book = Workbook()
    book.properties.created = datetime.combine(date.today(), datetime.min.time())  # so that a call broken off is known again by the next
    notes = book.active
    notes.title = "READ ME"
    for line in notes_told.splitlines():
        notes.append([line])
    notes["A1"].font = Font(bold=True, size=14)
    notes.column_dimensions["A"].width = 110
    for name, blank in tables.items():
        _add_table(book.create_sheet(name), *blank)
    stream = io.BytesIO()
    save_workbook(book, stream)
    return stream.getvalue()


def _add_table(sheet, headings: Row, rows: list[Row]) -> None:
    for row in [headings, *rows]:
        sheet.append([cell or None for cell in row])
    for place, (top, *cells) in enumerate(sheet.columns):
        top.font, words = Font(bold=True), [cell.value for cell in cells if cell.value]
        sheet.column_dimensions[top.column_letter].width = max(map(len, [headings[place], *words, " " * 12])) + 2
        if words:  # a survey may give one answer alone
            answers = [survey_questions.AT_LEAST_ONCE] if headings[place] == "response" else []
            _offer(sheet, top.column_letter, list(dict.fromkeys([*words, *answers])))
            continue
        for cell in cells:  # what is to be entered is marked
            cell.fill = PatternFill("solid", fgColor="FFF3CD")
        told = "Enter a number of people, 0 or more, or in the survey a percentage. Delete the row where nothing was supplied."
        numbers = "decimal" if headings[place] == "respondents" else "whole"  # a survey may have percentages there
        _hold(sheet, top.column_letter, type=numbers, operator="greaterThanOrEqual", formula1="0", allow_blank=True, error=told)
    sheet.freeze_panes = "A2"


def _offer(sheet, letter: str, choices: list[str]) -> None:
    """Offer the known values of a column as a drop-down list."""
    listed = ",".join(choices)
    if len(listed) <= 250 and not any("," in choice or '"' in choice for choice in choices):  # Excel's own limit
        _hold(sheet, letter, type="list", formula1=f'"{listed}"', allow_blank=False, error="Choose from the list.")


def _hold(sheet, letter: str, **rule) -> None:
    """Warn of what is no rule's and let it stand: another spelling or a mark of a hidden number is known to the reader, who tells the rest."""
    sheet.add_data_validation(held := DataValidation(errorStyle="warning", errorTitle="Is that right?", showErrorMessage=True, **rule))
    held.add(f"{letter}2:{letter}2000")

"""The folder of an organisation's year: which file holds which table, and which files nobody reads."""

import csv
import hashlib
import io
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from wres_helpers.intake.texts.narrative_texts import texts_of
from wres_helpers.problems import InputProblems, Problem, collected
from wres_helpers.settings.extract_settings import EXTRACTS
from wres_helpers.settings.master_file import SECTIONS
from wres_helpers.settings.parameters import Parameters
from wres_helpers.settings.yaml_files import read_yaml
from wres_helpers.standard.standards import read_standard
from wres_helpers.standard.years import is_year
from wres_helpers.tables.cell_readers import loose_key, nearest
from wres_helpers.tables.workbook_grids import opened

#: A workbook with a sheet for each counts table.
WORKBOOK = "counts.xlsx"

#: The counts tables that each extract becomes.
TABLES_OF = {
    "staff": ("headcount", "workforce"), "recruitment": ("recruitment",), "cases": ("disciplinary",), "training": ("training",),
    "survey": ("staff_survey",), "board": ("board",),
}  # fmt: skip

_TABLE_ENDINGS = (".csv", ".xlsx")
_WORKBOOKS = (".xls", ".xlsx", ".xlsm", ".xlsb", ".ods")


def table_files(folder: Path, tables: Mapping[str, tuple[str, ...]]) -> dict[str, list[Path]]:
    """Return, for each table of a standard (name to columns), the files of a year that hold it: more than one is for the reader to refuse.

    A table is a CSV or XLSX file of its name, whatever the capitals, or the sheet of its name in ``counts.xlsx``. A blank CSV file, as
    ``wres new-report`` and ``wres new-year`` make it, holds none where another file does.
    """
    if not folder.is_dir():
        return {}
    files = sorted(path for path in folder.iterdir() if path.is_file() and path.suffix.lower() in _TABLE_ENDINGS)
    found: dict[str, list[Path]] = {name: [] for name in tables}
    for path in files:
        if path.stem.lower() in found:
            found[path.stem.lower()].append(path)
        elif path.name.lower() == WORKBOOK:
            for sheet in _sheets(path):
                if sheet in found:
                    found[sheet].append(path)
    filled = {name: paths[1:] and [path for path in paths if not is_blank(path, tables[name])] for name, paths in found.items()}
    return {name: filled[name] or paths for name, paths in found.items() if paths}


def table_place(parameters: Parameters, year: str, name: str) -> str:
    """Return where a year's table stands as messages name it: its file, its sheet of ``counts.xlsx``, or the CSV file that it would be."""
    folder = parameters.data_folder(year)
    path = table_files(folder, {name: ()}).get(name, [folder / f"{name}.csv"])[0]
    return parameters.shown(path) + f", sheet '{name}'" * (path.name.lower() == WORKBOOK)


def is_blank(path: Path, columns: tuple[str, ...]) -> bool:
    """Tell whether a CSV file has headings and no number under them, in whatever columns, as ``wres new-report`` and ``new-year`` leave it."""
    if path.suffix.lower() != ".csv" or not columns:
        return False
    try:
        text = path.read_bytes().decode("utf-8-sig", errors="replace")
    except OSError:
        return False  # its reader says why
    headings, *lines = list(csv.reader(io.StringIO(text, newline=""))) or [[]]
    keys = {loose_key(column) for column in columns[:-1]}
    cells = [(heading, line[place].strip()) for place, heading in enumerate(headings) for line in lines if place < len(line)]
    entered = any(re.fullmatch(r"[\d.,]+ ?%?", cell) and loose_key(heading) not in keys for heading, cell in cells)
    return bool({heading for heading in headings if heading} - {heading for heading, cell in cells if cell}) and not entered


#: What ``wres prepare`` writes beside its tables: one row a fact.
PREPARED = "preparation_report.csv"


def prepared_facts(folder: Path, *steps: str) -> set[str]:
    """Return the details of some steps that the last ``wres prepare`` of a year noted."""
    path = folder / PREPARED
    lines = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8", errors="replace") if path.is_file() else "", newline=""))
    return {line.get("detail") or "" for line in lines if line.get("step") in steps}


def made_from(parameters: Parameters) -> Iterator[tuple[str, str]]:
    """Give what prepared tables are made from (the files that are there, and the key ``extracts``), each with the fingerprint of its content."""
    settings, folder = parameters.extracts, parameters.data_folder()
    if settings is None:
        return
    mapped = [part for extract in EXTRACTS if (part := getattr(settings, extract))]
    names = [*(name for part in mapped for name in part.file), settings.corrections]
    paths = [folder / "extracts" / name for name in names if name]
    paths += [folder.parent / name for name in (settings.grades, settings.ethnic_categories) if name]
    for path in filter(Path.is_file, dict.fromkeys(paths)):
        yield parameters.shown(path), f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}"
    mapping = settings.model_dump_json(exclude={"use"}, exclude_defaults=True)
    yield parameters.file, f"extracts {hashlib.sha256(mapping.encode()).hexdigest()}"


def outdated(parameters: Parameters) -> list[Problem]:
    """Return what was changed since ``wres prepare`` made the year's tables of it; an extract that was taken away since is none."""
    noted = prepared_facts(parameters.data_folder(), "made from")
    changed = [file for file, fingerprint in made_from(parameters) if fingerprint not in noted] if noted else []
    expected, action = "what wres prepare made the year's tables of", f"The tables are older: call `wres prepare {parameters.file}` again."
    found = {parameters.file: "another mapping under 'extracts'"}
    return [Problem(file, expected, action, found=found.get(file, "a file that was changed since")) for file in changed]


def _sheets(path: Path) -> dict[str, str]:
    """Return the sheets of a workbook by name, as tables are called; of what is none a headcount's, whose reader says why."""
    try:
        return {loose_key(name): name for name in opened(path.read_bytes(), path.name).sheet_names}
    except (InputProblems, OSError):
        return {"headcount": "headcount"}


def nearest_name(name: str, known: Sequence[str]) -> str:
    """Return the known file name that is nearest to one, or an empty text."""
    bare = {loose_key(Path(other).stem): other for other in known}
    stem = loose_key(Path(name).stem)
    holding = [other for key, other in bare.items() if key in stem]
    return max(holding, key=len, default="") or bare.get(nearest(stem, bare, 0.5), "")


#: Files of a year beside its tables: who adds an input adds its name here, and `wres check` knows it.
_OTHER_FILES = ("published.csv", "action_plan.csv", "population.csv", "README.md", PREPARED, "preparation_report.md")

#: Files of an organisation beside its years.
_OWN_FILES = ("breaks.csv", "targets.csv", "peers.csv")


#: A folder beside the years that is called as one is: a copy of it, or one that nobody finds.
_A_YEAR = re.compile(r".{0,12}20\d\d ?[-_./–]? ?(?:20)?\d\d")


def unread_files(parameters: Parameters, year: str) -> list[Problem]:
    """Return a notice for each file of a year, or nearly an own table beside it, that nobody reads, and for each table the report's year lacks."""
    folder = parameters.data_folder(year)
    if not folder.is_dir():
        return []
    standard = read_standard(parameters.reference_folder)
    tables, files = standard.tables, table_files(folder, standard.tables)
    read = {path for paths in files.values() for path in paths}
    own = [*_OWN_FILES, *((each.grades, each.ethnic_categories) if (each := parameters.extracts) else ()), *_named_beside(parameters)]
    beside = [path for path in folder.parent.iterdir() if path.is_file() and nearest_name(path.name, _OWN_FILES)]
    beside += [path for path in folder.parent.iterdir() if path.is_dir() and _A_YEAR.match(path.name) and not is_year(path.name)]
    own += [each for each in parameters.years if not parameters.data_folder(each).is_dir()]
    notices = _all_unread(parameters, beside, own) if year == parameters.year else []
    texts = [f"narrative/{name}.md" for section in SECTIONS for name in texts_of(section)]
    known = [*(f"{name}.csv" for name in tables), *_OTHER_FILES]
    for path in sorted(folder.iterdir()):
        if path.name.lower() == WORKBOOK and path.is_file() and _sheets(path):
            notices += _unread_sheets(parameters, path, list(tables))
            continue
        if path in read or path.name in _OTHER_FILES or _is_nobodys(path):
            continue
        if path.is_dir() and path.name == "narrative":
            notices += _all_unread(parameters, path.iterdir(), [Path(name).name for name in texts])
        elif path.is_dir() and path.name == "extracts":
            notices += _unread_extracts(parameters, path) if year == parameters.year else []
        else:
            of_tables = [*known, *([WORKBOOK] if path.suffix.lower() in _WORKBOOKS else [])]  # no text file is a workbook of all
            meant = [*texts, "README.md"] if path.suffix.lower() == ".md" else of_tables
            meant = ["narrative", "extracts"] if path.is_dir() else meant
            within = [each.name for each in sorted(path.rglob("*")) if nearest_name(each.name, of_tables)]
            notices.append(_unread(parameters, path, meant, [] if nearest_name(path.name, meant) else within))
    asked = year == parameters.year and not parameters.extracts
    for table, people in standard.items.groupby("table", sort=False)["people"] if asked else ():
        if table not in (*files, "headcount"):  # without a headcount there is no report, which is said where it is read
            place, action = parameters.shown(folder / f"{table}.csv"), "Add it if somebody counted; as it stands they are not supplied."
            notices.append(Problem(place, f"counts of {', '.join(dict.fromkeys(people))}", action, found="no such file"))
    return notices


def _named_beside(parameters: Parameters) -> list[str]:
    """Return the tables of its own that the organisation's other master files name, as last year's of a year that maps extracts."""
    names = []
    for path in parameters.path.parent.glob(f"{parameters.organisation.code}-*.yaml"):
        extracts = (collected([], read_yaml, path, parameters.project) or {}).get("extracts")
        names += [extracts.get(key) for key in ("grades", "ethnic_categories")] if isinstance(extracts, dict) else []
    return [name for name in names if isinstance(name, str)]


def lost_inputs(parameters: Parameters, year: str, tables: Iterable[str]) -> list[Problem]:
    """Return what stands in a year's folder and holds nothing: links that lead nowhere, folders called as a table is.

    Read as absent they would take a table, or every text, out of a report without a word.
    """
    folder = parameters.data_folder(year)
    if not folder.is_dir():
        return []
    narrative, beside = folder / "narrative", folder.parent
    names = {name + ending for name in tables for ending in _TABLE_ENDINGS} | {WORKBOOK, *_OTHER_FILES, *_OWN_FILES}
    problems, own = [], [beside / name for name in _OWN_FILES if year == parameters.year and os.path.lexists(beside / name)]
    for path in [*sorted(folder.iterdir()), *(sorted(narrative.iterdir()) if narrative.is_dir() else ()), *own]:
        if not path.exists() and not _is_nobodys(path):
            told = "a file or a folder", "Mend the link, or take it away.", "a link that leads nowhere"
        elif path.name.lower() in names and not path.is_file():
            told = "a file", "Rename it or move it away.", "a folder" if path.is_dir() else "a pipe or a device"
        else:
            continue
        shown = f"{parameters.shown(beside)}/{path.relative_to(beside).as_posix()}"
        expected, action, found = told
        problems.append(Problem(shown, expected, action, found=found))
    return problems


def _is_nobodys(path: Path) -> bool:
    return path.name.startswith((".", "~$")) or path.name.lower() in ("thumbs.db", "desktop.ini")


def _all_unread(parameters: Parameters, paths: Iterable[Path], known: Sequence[str]) -> list[Problem]:
    unread = [path for path in sorted(paths) if path.name not in (*known, "README.md") and not _is_nobodys(path)]
    return [_unread(parameters, path, known) for path in unread]


def _unread_extracts(parameters: Parameters, folder: Path) -> list[Problem]:
    settings = parameters.extracts
    mapped = [part for extract in EXTRACTS if settings and (part := getattr(settings, extract))]
    named = sorted({*(name for part in mapped for name in part.file), *filter(None, [settings and settings.corrections])})
    unread = _all_unread(parameters, folder.iterdir(), named)
    if settings or not unread:
        return unread
    action = "Map them under 'extracts' in the master file if counts are to be made of them."
    return [Problem(parameters.shown(folder), "files that are read", action, found=f"{len(unread)} that nobody reads")]


def _unread_sheets(parameters: Parameters, workbook: Path, tables: list[str]) -> list[Problem]:
    """Return a notice for each sheet of the workbook of counts that is no table's, with the table nearest to its name."""
    file, expected, leave = parameters.shown(workbook), "sheets called as the tables are", "Leave it, or take it out of the workbook."
    near = {name: nearest_name(sheet, tables) for sheet, name in sorted(_sheets(workbook).items()) if sheet not in (*tables, "read_me")}
    actions = {name: f"Name it '{close}' if it is that; else leave it." if close else leave for name, close in near.items()}
    return [Problem(file, expected, action, found=f"a sheet '{name}' that nobody reads") for name, action in actions.items()]


def _unread(parameters: Parameters, path: Path, known: Sequence[str], within: Sequence[str] = ()) -> Problem:
    close, ending = nearest_name(path.name, known), path.suffix.lower()
    if ending == ".xlsx" and close.endswith(".csv") and close not in (*_OTHER_FILES, *_OWN_FILES):
        close = Path(close).with_suffix(ending).name
    saved = "Name it" if ending in (Path(close).suffix, ".bak", ".csv", ".md", ".tsv", ".txt", "") else "Save it as"
    rename, leave = f"{saved} '{close}' if it is that; else leave it.", "Leave it, or take it out of the folder."
    action = rename if close not in ("", path.name) else leave
    found = f"a {'folder' if path.is_dir() else 'file'} that nobody reads"
    if within:
        found, action = f"{found}, with {', '.join(within[:3])} in it", "Move out of it what is to be read; else leave it."
    return Problem(parameters.shown(path), "files that are read", action, found=found)

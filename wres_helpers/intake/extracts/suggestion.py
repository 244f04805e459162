"""Guess, show, ask: a mapping of the files somebody holds, written into the master file as comments and never acted on."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from wres_helpers.intake.extracts.extract_findings import HIDDEN, Findings, identifies_people, shown
from wres_helpers.intake.extracts.reference_codes import categories_known, code_set, grade_table, read_category, read_grade
from wres_helpers.problems import InputProblems, Problem
from wres_helpers.settings.extract_settings import ExtractSettings
from wres_helpers.settings.key_problems import model_in
from wres_helpers.settings.parameters import Parameters
from wres_helpers.standard.catalogue import pooled_years
from wres_helpers.tables.cell_readers import clean_text, loose_key
from wres_helpers.tables.grids import Grid, bytes_of, text_grid
from wres_helpers.tables.workbook_grids import is_workbook, opened, sheet_grid, visible_sheets

BEGIN = (
    "# --- suggested by wres prepare --suggest: read each line, correct it, take the marks away; nothing is read from here until then ---"
)
END = "# --- end of the suggestion ---"

#: Headings met for each field, by extract; the first of a field's headings that a file has is taken.
_HEADINGS: dict[str, dict[str, tuple[str, ...]]] = {
    "staff": {
        "person": ("employee number", "employee no", "staff number", "person number", "payroll number", "employee id"),
        "assignment": ("assignment number",),
        "ethnicity": ("ethnic origin", "ethnicity", "ethnic group", "ethnic category", "ethnic origin description"),
        "grade": ("pay grade", "grade", "pay scale", "pay band", "band", "afc band"),
        "staff_group": ("staff group|job role", "staff group"),
        "occupation_code": ("occupation code", "occ code"),
        "employment_type": ("assignment category", "employment type", "contract type", "employee category"),
        "assignment_status": ("assignment status",),
        "start_date": ("latest start date", "start date", "hire date", "date started"),
        "leave_date": ("leave date", "leaving date", "termination date", "end date"),
        "primary": ("primary assignment", "primary"),
        "fte": ("fte", "contracted fte"),
        "count": ("headcount", "number of staff", "count"),
    },
    "recruitment": {
        "application": ("application id", "application number", "application reference", "applicant id", "applicant number",
            "application ref", "candidate reference", "candidate id"),
        "ethnicity": ("ethnic origin", "ethnicity", "ethnic group", "ethnic category"),
        "stage": ("stage", "furthest stage", "application status", "recruitment stage"),
        "shortlisted": ("shortlisted",),
        "appointed": ("appointed",),
        "status": ("status", "application status"),
        "date": ("date", "application date", "closing date", "date applied"),
    },
    "cases": {
        "person": ("employee number", "employee no", "staff number", "employee id"),
        "entry_date": ("entry date", "date entered", "date opened", "date of entry", "formal date"),
        "kind": ("case type", "kind", "type"),
        "status": ("case status", "status"),
        "ethnicity": ("ethnic origin", "ethnicity"),
    },
    "training": {
        "person": ("employee number", "employee no", "staff number", "employee id"),
        "date": ("course date", "date", "completion date", "date attended"),
        "kind": ("course type", "kind", "type", "mandatory"),
        "outcome": ("outcome", "completion status", "booking status", "enrolment status", "attendance"),
    },
    "survey": {
        "question": ("question", "question number", "measure"),
        "response": ("response", "answer"),
        "ethnicity": ("ethnicity", "ethnic group", "ethnic category", "ethnic origin"),
        "respondents": ("respondents", "count", "number", "n"),
        "percent": ("percent", "percentage", "%"),
        "base": ("base", "base n"),
    },
    "board": {
        "ethnicity": ("ethnic origin", "ethnicity", "ethnic group"),
        "voting": ("voting", "voting member", "voting rights"),
        "executive": ("executive", "executive member"),
        "status": ("status", "member status"),
    },
}  # fmt: skip

#: Fields whose headings tell one extract from the others; a board list is told by its members' rights.
_TELLING = {
    "staff": ("grade", "start_date", "fte", "assignment"), "recruitment": ("application", "stage", "shortlisted"), "cases": ("entry_date",),
    "training": ("outcome",), "survey": ("question", "response"), "board": ("voting", "executive"),
}  # fmt: skip
_RULED = ("employment_type", "assignment_status", "kind", "status", "outcome")
_OFFICE = re.compile(r"administrative|estates|ancillary|corporate", re.I)
_ROWS_LOOKED_AT = 5_000
_MOST_VALUES = 20


@dataclass(frozen=True)
class _Guess:
    """What one file may be: the extract, its headings, which of them is each field, and the rows below."""

    file: str
    extract: str
    head: list[str]
    places: dict[str, int]
    body: list[tuple[int, list[str]]] = field(repr=False)

    @property
    def columns(self) -> dict[str, str]:
        return {name: self.head[at] for name, at in self.places.items()}

    def cells(self, name: str) -> list[str]:
        """Return the filled cells of a field; none where the file has no such field."""
        at, rows = self.places.get(name), self.body[:_ROWS_LOOKED_AT]
        return [text for _, cells in rows if at is not None and at < len(cells) and (text := clean_text(cells[at])[0])]


def suggested_mapping(parameters: Parameters) -> str:
    """Return a mapping of the files in the extracts folder as lines of YAML, every one of them a comment.

    Raises InputProblems where no file there looks like an extract.
    """
    folder = parameters.data_folder() / "extracts"
    files = sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith((".", "~$"))) if folder.is_dir() else []
    guesses = [guess for path in files if (guess := _guess(path, parameters.shown(path)))]
    if not guesses:
        found = "no file that looks like an extract" if files else "no files"
        action = "Put the files there; data/README-extracts.md says which."
        raise InputProblems([Problem(parameters.shown(folder), "staff list, recruitment export and the like", action, found=found)])
    lines, most = ["extracts:", f"  {_code_set_line(guesses, parameters)}"], next(iter(_code_sets(guesses, parameters)))
    for guess in guesses:
        first, *rest = _lines(guess, parameters)
        known = _code_sets([guess], parameters)
        own = [f"    {_code_set_line([guess], parameters)}"] if known[most] < max(known.values()) else []
        lines += [first, *own, *rest]
    lines += _unmapped_grades(guesses, parameters)
    return "\n".join([BEGIN, *(f"# {line}".rstrip() for line in lines), END]) + "\n"


def write_suggestion(parameters: Parameters) -> None:
    """Write the suggestion at the end of the master file, in place of an earlier one; nothing else of the file changes."""
    suggestion = suggested_mapping(parameters)
    with parameters.path.open(encoding="utf-8", newline="") as stream:
        text = stream.read()
    kept = re.sub(rf"\n*{re.escape(BEGIN)}.*?{re.escape(END)}\r?\n?", "\n", text, flags=re.DOTALL)
    end = "\r\n" if "\r\n" in kept else "\n"
    temporary = parameters.path.with_name(f".{parameters.path.name}.part")
    try:
        temporary.write_text(kept.rstrip("\r\n") + end * 2 + suggestion.replace("\n", end), encoding="utf-8", newline="")
        temporary.replace(parameters.path)
    finally:
        temporary.unlink(missing_ok=True)


def _guess(path: Path, file: str) -> _Guess | None:
    try:
        grids = list(_grids(path, file))
    except InputProblems:
        return None
    best, most = None, 0
    for grid in grids:
        for place, (_, cells) in enumerate(grid.rows[:50]):
            for extract, fields in _HEADINGS.items():
                places = _matched([loose_key(cell) for cell in cells], fields)
                score = len(places) + 3 * any(name in places for name in _TELLING[extract])
                if len(places) >= 2 and score > most:
                    head = [clean_text(cell)[0] for cell in cells]
                    best, most = _Guess(path.name, extract, head, places, grid.rows[place + 1 :]), score
    return best


def _grids(path: Path, file: str) -> Iterator[Grid]:
    data = bytes_of(path, file)
    if is_workbook(data):
        workbook = opened(data, file)
        for sheet in visible_sheets(workbook):
            yield sheet_grid(data, workbook, sheet, file)
    else:
        yield text_grid(data, file, [heading for fields in _HEADINGS.values() for headings in fields.values() for heading in headings])


def _matched(keys: list[str], fields: dict[str, tuple[str, ...]]) -> dict[str, int]:
    """Return the column of each field whose heading stands in a row; a column is of one field only."""
    places: dict[str, int] = {}
    for name, headings in fields.items():
        at = next((keys.index(key) for key in map(loose_key, headings) if key in keys), None)
        if at is not None and at not in places.values() and not (name == "count" and "person" in places):
            places[name] = at
    return places


def _code_sets(guesses: list[_Guess], parameters: Parameters) -> dict[str, int]:
    """Return how many cells of some files each code set knows, the one that knows most first."""
    values = Counter(cell for guess in guesses for cell in guess.cells("ethnicity"))
    table, findings = categories_known(parameters.reference_folder, None, "", Findings()), Findings()
    sets = {name: code_set(table, name, parameters.file, findings) for name in table["code_set"].unique()}
    known = {name: sum(values[value] for value in values if read_category(value, codes)[0] >= 0) for name, codes in sets.items() if codes}
    return dict(sorted(known.items(), key=lambda pair: -pair[1]))


def _code_set_line(guesses: list[_Guess], parameters: Parameters) -> str:
    known, cells = _code_sets(guesses, parameters), sum(len(guess.cells("ethnicity")) for guess in guesses)
    best, *also = [name for name, count in known.items() if count == max(known.values())]
    note = f"; so do {', '.join(also)}: only you know which it is" if also else ""
    return f"ethnicity_codes: {best}   # it knows {known[best]:,} of the {cells:,} cells looked at{note}"


def _lines(guess: _Guess, parameters: Parameters) -> list[str]:
    lines = [f"  {guess.extract}:", f"    file: {_quoted(guess.file)}", "    columns:"]
    kind = model_in(ExtractSettings.model_fields[guess.extract].annotation)
    missing = [name for name in (kind.record, *kind.needed) if name and not {name, "count"} & set(guess.columns)]
    lines += [f'      {name}: "?"   # no heading looks like it: which is it?' for name in missing]
    lines += [f"      {name}: {_quoted(heading)}" for name, heading in guess.columns.items()]
    others = [heading for at, heading in enumerate(guess.head) if heading and at not in guess.places.values()]
    if others:
        lines.append(f"    # not mapped, and not read: {', '.join(others)}")
    if guess.extract == "cases":
        lines.append(
            f"    window_years: {pooled_years(parameters.reference_folder, parameters.edition)}   # as edition {parameters.edition} has it"
        )
    ruled = {name: _values(guess, name) for name in _RULED if name in guess.columns}
    if any(ruled.values()):
        lines.append("    rules:   # move to leave_out what does not count; every value must stand in one of the two")
        listed = {name: ", ".join(map(_quoted, values)) for name, values in ruled.items() if values}
        lines += [f"      {name}: {{count: [{values}], leave_out: []}}" for name, values in listed.items()]
    if guess.extract == "recruitment" and "stage" in guess.columns:
        lines.append("    stages:   # applied, shortlisted, appointed or left_out: what each value means")
        lines += [f"      {_quoted(value)}: {_stage(value)}" for value in _values(guess, "stage")]
    groups = _kinds([cell.split("|")[0] for cell in guess.cells("staff_group")])
    if groups:
        office = [group for group in groups if _OFFICE.search(group)]
        lines.append("    clinical:   # medical and dental staff are told by their grade; move what stands in the wrong list")
        lines += ["      by: staff_group", f"      clinical: [{', '.join(_quoted(group) for group in groups if group not in office)}]"]
        lines.append(f"      non_clinical: [{', '.join(map(_quoted, office))}]")
    return lines


def _stage(value: str) -> str:
    words = value.casefold()
    if "reject" in words or "not short" in words or "unsuccessful" in words:
        return "shortlisted" if "interview" in words else "applied"
    told = {
        "appoint": "appointed", "offer accepted": "appointed", "shortli": "shortlisted", "interview": "shortlisted", "applied": "applied",
    }  # fmt: skip
    return next((stage for sign, stage in told.items() if sign in words), '"?"')


def _values(guess: _Guess, name: str) -> list[str]:
    """Return the values of a field that names kinds, never those of a column that may name people."""
    return [] if identifies_people(guess.columns[name]) else _kinds(guess.cells(name))


def _kinds(cells: list[str]) -> list[str]:
    values = list(dict.fromkeys(cell for cell in cells if cell))
    return [] if len(values) > _MOST_VALUES or any(shown(value) == HIDDEN for value in values) else values


def _unmapped_grades(guesses: list[_Guess], parameters: Parameters) -> list[str]:
    known = grade_table(parameters.reference_folder, None, "", Findings())
    unknown = [cell for guess in guesses for cell in guess.cells("grade") if read_grade(cell, known)[0] < 0]
    strange = [value for value in dict.fromkeys(unknown) if shown(value, known_words=known.known_words) != HIDDEN]
    if not strange:
        return []
    head = f"  # grades: grades.csv   # {len(strange)} spellings nobody knows yet; where their rows count: a table beside your years, each with its grade"
    return [head, "  #   spelling,grade", *(f"  #   {_quoted(value) if ',' in value else value}," for value in strange[:100])]


def _quoted(text: str) -> str:
    plain = re.fullmatch(r"[A-Za-z][A-Za-z0-9 _.-]*", text) and text.casefold() not in ("yes", "no", "true", "false", "null", "y", "n")
    return text if plain else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

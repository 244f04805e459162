"""Guess, show, ask: a mapping of the files somebody holds, written into the master file as comments and never acted on."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from wres_helpers.intake.extracts.extract_findings import HIDDEN, Findings, identifies_people, shown
from wres_helpers.intake.extracts.known_headings import HEADINGS, LIKE, WITHOUT, WORDS
from wres_helpers.intake.extracts.reference_codes import categories_known, code_set, grade_table, read_category, read_grade
from wres_helpers.intake.roles import reads_like_a_person
from wres_helpers.problems import InputProblems, Problem
from wres_helpers.settings.extract_settings import RULED, ExtractSettings
from wres_helpers.settings.key_problems import model_in
from wres_helpers.settings.parameters import Parameters
from wres_helpers.settings.yaml_files import read_yaml
from wres_helpers.standard.catalogue import pooled_years
from wres_helpers.tables.cell_readers import bare_key, clean_text, loose_key
from wres_helpers.tables.grids import Grid, bytes_of, text_grid
from wres_helpers.tables.workbook_grids import is_workbook, opened, sheet_grid, visible_sheets

# two marks: where somebody takes one from every line, these two stay comments
BEGIN = "# # --- suggested by wres prepare --suggest: correct each line, then take the marks away; nothing is read until then ---"
END = "# # --- end of the suggestion ---"
_LINE = "(?:# ?)*{}"

#: Headings of columns that say who somebody is: no field is guessed from them.
_OF_NAMES = re.compile(r"\b(name|surname|forename|initials|e mail|email)\b")
_OFFICE = re.compile(r"administrative|estates|ancillary|corporate", re.I)
_ROWS_LOOKED_AT = 5_000
_MOST_VALUES, _FEW_VALUES = 20, 8


@dataclass(frozen=True)
class _Guess:
    """What one file may be: the extract, its headings, which of them is each field, and the rows below."""

    file: str
    extract: str
    head: list[str]
    places: dict[str, int]
    guessed: frozenset[str]  # fields whose headings only look like theirs
    body: list[tuple[int, list[str]]] = field(repr=False)

    @property
    def columns(self) -> dict[str, str]:
        return {name: self.head[at] for name, at in self.places.items()}

    def cells(self, name: str) -> list[str]:
        """Return the filled cells of a field; none where the file has no such field."""
        return self.cells_at(self.places[name]) if name in self.places else []

    def cells_at(self, at: int) -> list[str]:
        return [text for _, cells in self.body[:_ROWS_LOOKED_AT] if at < len(cells) and (text := clean_text(cells[at])[0])]


def suggested_mapping(parameters: Parameters) -> str:
    """Return a mapping of the files in the extracts folder as lines of YAML, every one of them a comment.

    What the master file maps already is taken from there, also where the mapping is not whole yet.

    Raises InputProblems where no file there looks like an extract.
    """
    folder = parameters.data_folder() / "extracts"
    files = sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith((".", "~$"))) if folder.is_dir() else []
    mapped = _mapped(parameters)
    guesses = [guess for path in files if (guess := _guess(path, parameters.shown(path), mapped))]
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
    if strange := [path.name for path in files if path.name not in {guess.file for guess in guesses}]:
        lines.append(
            f"  # not known, and not read: {', '.join(strange)}; map what is an extract yourself, under its name (staff, cases, training, ...)"
        )
    return "\n".join([BEGIN, *(f"# {line}".rstrip() for line in lines), END]) + "\n"


def write_suggestion(parameters: Parameters) -> None:
    """Write the suggestion at the end of the master file, in place of an earlier one; nothing else of the file changes."""
    suggestion = suggested_mapping(parameters)
    with parameters.path.open(encoding="utf-8", newline="") as stream:
        text = stream.read()
    kept = re.sub(
        rf"\n*{_LINE.format(re.escape(BEGIN[4:]))}(.*?){_LINE.format(re.escape(END[4:]))}\r?\n?", _confirmed, text, flags=re.DOTALL
    )
    end = "\r\n" if "\r\n" in kept else "\n"
    temporary = parameters.path.with_name(f".{parameters.path.name}.part")
    try:
        temporary.write_text(kept.rstrip("\r\n") + end * 2 + suggestion.replace("\n", end), encoding="utf-8", newline="")
        temporary.replace(parameters.path)
    finally:
        temporary.unlink(missing_ok=True)


def _confirmed(suggestion: re.Match) -> str:
    """Return what somebody took the marks from within an earlier suggestion: that is theirs, and stays."""
    lines = [line for line in suggestion[1].splitlines() if line.strip() and not line.startswith("#")]
    return "\n".join(["", *lines, ""])


def _mapped(parameters: Parameters) -> dict[str, dict[str, Any]]:
    """Return the parts of the key ``extracts`` as they stand in the master file, whole or not: extract to its keys."""
    given = read_yaml(parameters.path, parameters.project).get("extracts")
    parts = {name: part for name, part in given.items() if name in HEADINGS and isinstance(part, dict)} if isinstance(given, dict) else {}
    return {name: {"file": part.get("file"), "columns": _headings_given(part.get("columns"))} for name, part in parts.items()}


def _headings_given(columns: Any) -> dict[str, str]:
    known = columns.items() if isinstance(columns, dict) else ()
    return {name: str(heading) for name, heading in known if heading not in (None, "", "?")}


def _guess(path: Path, file: str, mapped: dict[str, dict[str, Any]]) -> _Guess | None:
    """Return what a file may be, by its headings and its name; None where nothing tells. What is mapped already is no guess."""
    meant = [name for name, part in mapped.items() if path.name in (part.get("file"), *(part.get("file") or ()))]
    try:
        grids = list(_grids(path, file))
    except InputProblems:
        return None
    best, most = None, 0.0
    for grid in grids:
        for place, (_, cells) in enumerate(grid.rows[:50]):
            for extract in meant or HEADINGS:
                own = mapped.get(extract, {}).get("columns", {})
                places = _matched(
                    [loose_key(cell) for cell in cells], {name: (own[name],) for name in own} | _not_in(HEADINGS[extract], own)
                )
                words = [bare_key(cell) for cell in cells]
                said = sum(bool(WORDS[extract].search(word)) for word in words)
                named = bool(WORDS[extract].search(bare_key(path.stem)))
                also = _alike(words, _not_in(LIKE[extract], places), places)
                score = len(places) + len(also) / 2 + 2 * said + 3 * named
                if len(places) + len(also) >= 2 and (len(places) >= 2 or said or named or meant) and score > most:
                    head = [clean_text(cell)[0] for cell in cells]
                    best = _Guess(path.name, extract, head, places | also, frozenset(also), grid.rows[place + 1 :])
                    most = score
    return best


def _not_in(fields: dict[str, Any], known: dict[str, Any]) -> dict[str, Any]:
    return {name: what for name, what in fields.items() if name not in known}


def _alike(words: list[str], fields: dict[str, str], taken: dict[str, int]) -> dict[str, int]:
    """Return the columns that fields may be by the words of their headings; a column is of one field only."""
    places: dict[str, int] = {}
    for name, pattern in fields.items():
        free = (at for at, word in enumerate(words) if at not in {*taken.values(), *places.values()} and not _OF_NAMES.search(word))
        at = next((at for at in free if re.search(pattern, words[at])), None)
        if at is not None:
            places[name] = at
    return places


def _grids(path: Path, file: str) -> Iterator[Grid]:
    data = bytes_of(path, file)
    if is_workbook(data):
        workbook = opened(data, file)
        for sheet in visible_sheets(workbook):
            yield sheet_grid(data, workbook, sheet, file)
    else:
        yield text_grid(data, file, [heading for fields in HEADINGS.values() for headings in fields.values() for heading in headings])


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
    ruled = {name: _values(guess, name) for name in RULED if name in guess.columns}
    lines += [f'      {name}: "?"   # needed: {why}' for name, why in _lacking(guess).items()]
    for name, heading in guess.columns.items():
        asked = "   # guessed from its words: is it?" if name in guess.guessed else ""
        unlisted = "# " if name in ruled and not ruled[name] else ""  # without a rule it may not be mapped
        lines.append(
            f"      {unlisted}{name}: {_quoted(heading)}{asked or (unlisted and '   # too many values to list, or some that may be names')}"
        )
    counted = {} if "count" in guess.columns else WITHOUT.get(guess.extract, {})
    lines += [f'      # {name}: "?"   # usually needed: without it {what}' for name, what in counted.items() if name not in guess.columns]
    lines += _unread_columns(guess)
    if guess.extract == "cases":
        pooled = pooled_years(parameters.reference_folder, parameters.edition)
        lines.append(
            f"    window_years: {pooled}   # as edition {parameters.edition} has it; entry_date is the day the formal process began"
        )
    if any(ruled.values()):
        lines.append("    rules:   # move to count what counts: nothing is prepared before; every value must stand in one of the two")
        listed = {name: ", ".join(map(_quoted, values)) for name, values in ruled.items() if values}
        lines += [f"      {name}: {{count: [], leave_out: [{values}]}}" for name, values in listed.items()]
    if guess.extract == "recruitment" and not {"shortlisted", "appointed"} <= set(guess.columns):
        lines.append("    stages:   # applied, shortlisted, appointed or left_out: what each value of the stage column means")
        values = _values(guess, "stage") if "stage" in guess.columns else []
        lines += [f"      {_quoted(value)}: {_stage(value)}" for value in values] or ['      "?": "?"   # once stage is mapped, ask again']
    return lines + _clinical(guess)


def _lacking(guess: _Guess) -> dict[str, str]:
    """Return the fields that an extract cannot do without and that no heading looks like, and what is said of each."""
    kind, there = model_in(ExtractSettings.model_fields[guess.extract].annotation), set(guess.columns)
    lacking = [name for name in (kind.record, *kind.needed) if name and not {name, "count"} & there]
    told = dict.fromkeys(lacking, "no heading looks like it: which is it?")
    if guess.extract == "recruitment" and "stage" not in there and not {"shortlisted", "appointed"} <= there:
        told["stage"] = "the furthest stage of each application; or shortlisted and appointed, yes or no"
    if guess.extract == "survey" and "respondents" not in there and not {"percent", "base"} <= there:
        told["respondents"] = "the number of people; or percent and base"
    return told


def _unread_columns(guess: _Guess) -> list[str]:
    """Return a line with the columns that no field is, and the kinds of value in those that have few."""
    others = []
    for at, heading in enumerate(guess.head):
        if heading and at not in guess.places.values():
            cells = guess.cells_at(at)
            kinds = [] if identifies_people(heading) or _OF_NAMES.search(bare_key(heading)) else _kinds(cells)
            few = 1 < len(kinds) <= min(_FEW_VALUES, len(cells) / 2)  # else each record has its own
            others.append(f"{heading} ({', '.join(kinds)})" if few else heading)
    return [f"    # not mapped, and not read: {', '.join(others)}"] if others else []


def _clinical(guess: _Guess) -> list[str]:
    groups = _kinds([cell.split("|")[0] for cell in guess.cells("staff_group")])
    office = [group for group in groups if _OFFICE.search(group)]
    if not groups:
        return []
    lines = ["    clinical:   # medical and dental staff are told by their grade; move what stands in the wrong list"]
    lines += ["      by: staff_group", f"      clinical: [{', '.join(_quoted(group) for group in groups if group not in office)}]"]
    return [*lines, f"      non_clinical: [{', '.join(map(_quoted, office))}]"]


def _stage(value: str) -> str:
    words = value.casefold()
    if re.search(r"\b(reject|not\b|unsuccess|fail|decline|never\b)|n['’]t\b", words):
        if re.search(r"appoint|offer|\bnot\b.*interview", words):
            return '"?"'
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
    like_names = 2 * sum(map(reads_like_a_person, values)) > len(values)  # "Fixed Term" is none
    return [] if len(values) > _MOST_VALUES or like_names or any(shown(value) == HIDDEN for value in values) else values


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

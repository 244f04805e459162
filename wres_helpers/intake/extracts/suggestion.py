"""Guess, show, ask: a mapping of the files somebody holds, written into the master file as comments and never acted on."""

import re
from collections import Counter
from functools import partial
from typing import Any

from wres_helpers.intake.counts.survey_questions import is_no_answer, read_answer, read_question, survey_of
from wres_helpers.intake.extracts import file_guess
from wres_helpers.intake.extracts.extract_findings import HIDDEN, identifies_people, shown
from wres_helpers.intake.extracts.headings import OF_ORGANISATIONS
from wres_helpers.intake.extracts.reference_codes import likely_grade, read_category, read_grade
from wres_helpers.intake.texts.roles import reads_like_a_person
from wres_helpers.intake.texts.written_together import write_together, writing
from wres_helpers.problems import InputProblems, Problem, collected
from wres_helpers.settings.extract_settings import CUT, EXTRACTS, RESERVED_NAMES, RULED, ExtractSettings
from wres_helpers.settings.key_problems import model_in
from wres_helpers.settings.parameters import Parameters
from wres_helpers.settings.yaml_files import SUGGESTED, as_yaml, read_yaml
from wres_helpers.standard.catalogue import pooled_years
from wres_helpers.tables.cell_readers import bare_key

# Each line is its YAML behind a bare '#', so that it is right whether somebody takes away '#' or '# '; these two stay comments then
BEGIN = f"## {SUGGESTED}: correct each line, then take one # from each of them; nothing is read until then ---"
END = "## --- end of the suggestion ---"
_MARKED = re.compile(
    r"\n*(?:# ?)*--- suggested by wres prepare --suggest[^\n]*\n(.*?)(?:# ?)*--- end of the suggestion ---\r?\n?", re.DOTALL
)


def suggested_mapping(parameters: Parameters, unread: list[Problem] | None = None) -> str:
    """Return a mapping of the files in the extracts folder as lines of YAML, every one of them a comment; add why others were ``unread``.

    What the master file maps already is taken from there, also where the mapping is not whole yet.

    Raises InputProblems where no file there looks like an extract.
    """
    folder = parameters.data_folder() / "extracts"
    files = sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith((".", "~$"))) if folder.is_dir() else []
    mapped, known = _mapped(parameters), file_guess.KnownCodes.of(parameters)
    problems: list[Problem] = []
    guesses = [made for path in files if (made := collected(problems, file_guess.guess, path, parameters.shown(path), mapped, known))]
    if not guesses:
        found = "no file that looks like an extract" if files else "no files"
        expected, action = "staff list, recruitment export and the like", "Put the files there; data/README-extracts.md says which."
        raise InputProblems([*problems, Problem(parameters.shown(folder), expected, action, found=found)])
    lines, most = ["extracts:", f"  {_code_set_line(guesses, known)}"], next(iter(_code_sets(guesses, known)))
    for made in guesses:
        first, *rest = _lines(made, parameters, known, mapped.get(made.extract, {}))
        knows = _code_sets([made], known)
        own = [f"    {_code_set_line([made], known)}"] if knows[most] < max(knows.values()) else []
        lines += [first, *own, *rest]
    lines += _unknown_cells(guesses, known)
    if strange := [path.name for path in files if path.name not in {made.file for made in guesses}]:
        action = "map what is an extract yourself, under its name (staff, cases, training, ...)"
        lines.append(f"  # not known, and not read: {', '.join(strange)}; {action}")
        names = {parameters.shown(folder / name) for name in strange} - {problem.file for problem in problems}
        problems += [Problem(name, "an extract that its headings tell", f"If it is one, {action}.", found="none") for name in sorted(names)]
        if unread is not None:
            unread += problems
    return "\n".join([BEGIN, *(f"#{line}".rstrip() for line in lines), END]) + "\n"


def write_suggestion(parameters: Parameters) -> list[Problem]:
    """Write the suggestion at the end of the master file, in place of an earlier one; nothing else changes. Return why files were not read."""
    suggestion = suggested_mapping(parameters, unread := [])
    kept = _MARKED.sub(_confirmed, parameters.path.read_bytes().decode())
    end = "\r\n" if "\r\n" in kept else "\n"
    written, year = kept.rstrip("\r\n") + end * 2 + suggestion.replace("\n", end), parameters.data_folder()
    with writing(year, parameters.shown(year)):
        write_together(year, {parameters.path: written.encode()})
    return unread


def _confirmed(suggestion: re.Match) -> str:
    """Return what somebody took the marks from within an earlier suggestion: that is theirs, and stays."""
    lines = [line for line in suggestion[1].splitlines() if line.strip() and not line.startswith("#")]
    return "\n".join(["", *lines, ""])


def _mapped(parameters: Parameters) -> dict[str, dict[str, Any]]:
    """Return the parts of the key ``extracts`` as they stand in the master file, whole or not: extract to its keys."""
    given = read_yaml(parameters.path, parameters.project).get("extracts")
    named = given if isinstance(given, dict) else {}
    parts = {name: dict(part) for name, part in named.items() if name in EXTRACTS and isinstance(part, dict)}
    for part in parts.values():
        columns = part["columns"] if isinstance(part.get("columns"), dict) else {}
        rules = part["rules"].items() if isinstance(part.get("rules"), dict) else ()
        part["counted"] = {name: rule["count"] for name, rule in rules if isinstance(rule, dict) and isinstance(rule.get("count"), list)}
        part["columns"] = {key: str(heading) for key, heading in columns.items() if heading not in (None, "", "?")}
    return parts


def _code_sets(guesses: list[file_guess.Guess], known: file_guess.KnownCodes) -> dict[str, int]:
    """Return how many cells of some files each code set knows, the one that knows most first."""
    values = Counter(cell for guess in guesses for cell in guess.cells("ethnicity"))
    sets = known.code_sets.items()
    knows = {name: sum(number for value, number in values.items() if not read_category(value, codes).wrong) for name, codes in sets}
    return dict(sorted(knows.items(), key=lambda pair: -pair[1]))


def _code_set_line(guesses: list[file_guess.Guess], known: file_guess.KnownCodes) -> str:
    knows, cells = _code_sets(guesses, known), sum(len(guess.cells("ethnicity")) for guess in guesses)
    best, *also = [name for name, count in knows.items() if count == max(knows.values())]
    note = f"; so do {', '.join(also)}: only you know which it is" if also else ""
    return f"ethnicity_codes: {best}   # it knows {knows[best]:,} of the {cells:,} cells looked at{note}"


def _lines(guess: file_guess.Guess, parameters: Parameters, known: file_guess.KnownCodes, mapped: dict[str, Any]) -> list[str]:
    lines = [f"  {guess.extract}:", f"    file: {as_yaml(guess.file)}", "    columns:"]
    ruled = {name: _values(guess, name) for name in RULED if name in guess.columns}
    days = {name for name in ruled if file_guess.DAYS & file_guess.kinds_of(guess.body, guess.places[name], known)}
    ruled |= {name: ["", "any date"] for name in days}  # of those who withdrew, on which day
    lines += [f'      {name}: "?"   # needed: {why}' for name, why in _lacking(guess).items()]
    for name, heading in guess.columns.items():
        asked = f"   # guessed from its {guess.guessed[name]}: is it?" if name in guess.guessed else ""
        unlisted = "#" if name in ruled and not ruled[name] else ""  # without a rule it may not be mapped
        note = asked or (unlisted and "   # too many values to list, or some that may be names")
        lines.append(f"      {unlisted}{name}: {as_yaml(heading)}{note}")
    usual, told = {} if "count" in guess.columns else file_guess.said_of_fields(guess.extract, "without"), (*guess.columns, "clinical")
    lines += [f'      #{name}: "?"   # usually needed: without it {what}' for name, what in usual.items() if name not in told]
    lines += _unread_columns(guess, known, parameters)
    if "appointed" in guess.places and file_guess.DAYS & file_guess.kinds_of(guess.body, guess.places["appointed"], known):
        lines += ['    yes: ["any date"]   # a day tells that the stage was reached', '    no: [""]']
    lines += _yes_and_no(guess)
    if guess.extract == "cases":
        said = f"as edition {parameters.edition} has it; entry_date is the day the formal process began"
        lines.append(f"    window_years: {pooled_years(parameters.reference_folder, parameters.edition)}   # {said}")
    if any(ruled.values()):
        lines.append("    rules:   # move to count what counts: nothing is prepared before; every value must stand in one of the two")
        for name in filter(ruled.get, ruled):
            counted = [value for value in ruled[name] if value in mapped.get("counted", {}).get(name, [""] * (name in days))]
            left_out = [value for value in ruled[name] if value not in counted]
            lines.append(f"      {name}: {{count: [{', '.join(map(as_yaml, counted))}], leave_out: [{', '.join(map(as_yaml, left_out))}]}}")
    if guess.extract == "recruitment" and not {"shortlisted", "appointed"} <= set(guess.columns):
        lines.append("    stages:   # applied, shortlisted, appointed or left_out: what each value of the stage column means")
        asked = "write each of its values" if "stage" in guess.columns else "once stage is mapped, ask again"
        lines += _meant(_values(guess, "stage"), "stages") or [f'      "?": "?"   # {asked}']
    return lines + (_survey_words(guess, parameters) if guess.extract == "survey" else _clinical(guess))


def _yes_and_no(guess: file_guess.Guess) -> list[str]:
    """Return what means yes and no in the columns that say either in words of their own (Exec, NED), as far as these say it."""
    kind = model_in(ExtractSettings.model_fields[guess.extract].annotation)
    usual = {value.casefold(): side for side in ("yes", "no") for value in kind.model_fields[side].default}
    sides: dict[str, dict[str, None]] = {"yes": {}, "no": {}, "": {}}
    for name in filter(guess.columns.__contains__, file_guess.said_of_fields(guess.extract, "says")):
        for value in _values(guess, name):
            sides[usual.get(value.casefold()) or file_guess.side_of(guess.extract, name, value)][value] = None
    if {value.casefold() for words in sides.values() for value in words} <= usual.keys():
        return []
    yes, no, others = (", ".join(map(as_yaml, words)) for words in sides.values())
    lines = [f"    yes: [{yes}]   # guessed from their words; move what stands in the wrong list", f"    no: [{no}]"]
    return [*lines, f"    # put into one of the two: {others}"] if others else lines


def _lacking(guess: file_guess.Guess) -> dict[str, str]:
    """Return the fields that an extract cannot do without and that no heading looks like, and what is said of each."""
    kind, there = model_in(ExtractSettings.model_fields[guess.extract].annotation), set(guess.columns)
    lacking = [name for name in (kind.record, *kind.needed) if name and not {name, "count"} & there]
    told = dict.fromkeys(lacking, "neither a heading nor values tell: which is it?")
    if guess.extract == "recruitment" and "stage" not in there and not {"shortlisted", "appointed"} <= there:
        told["stage"] = "the furthest stage of each application; or shortlisted and appointed, yes or no"
    if guess.extract == "survey" and "respondents" not in there and not {"percent", "base"} <= there:
        told["respondents"] = "the number of people; or percent and base"
    if guess.extract == "survey" and "ethnicity" not in there:
        told["ethnicity"] = (
            "a printed table, with a column or two for each group, is no extract: save it as staff_survey.csv in the year's folder"
        )
    return told


def _unread_columns(guess: file_guess.Guess, known: file_guess.KnownCodes, parameters: Parameters) -> list[str]:
    """Return a line that keeps one organisation's rows where a column names several, one with the columns that no field is, one with breakdowns."""
    others, cuts, lines = [], [], []
    for at, heading in enumerate(guess.head):
        if heading and at not in guess.places.values():
            cells = file_guess.cells_at(guess.body, at)
            values = [] if identifies_people(heading) or file_guess.OF_NAMES.search(bare_key(heading)) else _kinds(cells)
            if len(values) > 1 and OF_ORGANISATIONS.match(bare_key(heading)):
                ours = bare_key(parameters.organisation.name)  # the record writes its number before it
                own = [value for value in values if bare_key(value) in ours or ours in bare_key(value)]
                kept = as_yaml(own[0]) if len(own) == 1 else '"?"'
                lines.append(f"    only_rows: {{{as_yaml(heading)}: [{kept}]}}   # keep yours of {', '.join(values)}")
                continue
            few = 1 < len(values) <= min(8, len(cells) / 2)  # else each record has its own
            dates = ["dates"] if file_guess.DAYS & file_guess.kinds_of(guess.body, at, known) else []
            others.append(f"{heading} ({', '.join(dates or values)})" if few or dates else heading)
            name = bare_key(heading).replace(" ", "_")
            may_cut = guess.extract in CUT and not dates and name.isidentifier() and name not in RESERVED_NAMES
            cuts += [f"{name}: {as_yaml(heading)}"] if may_cut and 1 < len(values) <= len(cells) / 2 else []
    lines += [f"    # not mapped, and not read: {', '.join(others)}"] if others else []
    said = "   # to cut the counts by: keep those you want, under names of your own"
    return lines + ([f"    #breakdowns: {{{', '.join(cuts)}}}{said}"] if cuts else [])


def _clinical(guess: file_guess.Guess) -> list[str]:
    """Return who is clinical and who is not, as far as the names of the staff groups say so."""
    if guess.extract != "staff":
        return []
    sides, known = {"office": [], "clinical": [], "": []}, file_guess.known_fields()["values"]
    for group in _kinds([cell.split("|")[0].strip() for cell in guess.cells("staff_group")]):
        sides[next((side for side in ("office", "clinical") if re.search(known[side], group, re.I)), "")].append(group)
    clinical, office, others = (", ".join(map(as_yaml, sides[side])) for side in ("clinical", "office", ""))
    if not clinical + office:
        return [f"    #clinical:   # usually needed: without it {file_guess.said_of_fields('staff', 'without')['clinical']}"]
    lines = ["    clinical:   # medical and dental staff are told by their grade; move what stands in the wrong list"]
    lines += ["      by: staff_group", f"      clinical: [{clinical}]", f"      non_clinical: [{office}]"]
    return [*lines, f"      # put into one of the two: {others}"] if others else lines


def _survey_words(guess: file_guess.Guess, parameters: Parameters) -> list[str]:
    """Return the survey's questions and answers that no reader knows, each with what its own words say in the edition's."""
    survey, lines = survey_of(parameters, parameters.year), []
    for key, read in {"questions": partial(read_question, survey=survey), "responses": read_answer}.items():
        values = [value for value in _values(guess, key.removesuffix("s")) if read(value).wrong and not is_no_answer(value)]
        lines += [f"    {key}:   # what each of them is in the words of staff_survey.csv", *_meant(values, key)] if values else []
    return lines


def _meant(values: list[str], kind: str) -> list[str]:
    """Return a line for each value with what its words say; where they leave a question, or two are the same one, it is asked."""
    meant = {value: file_guess.meaning(kind, value) for value in values}
    twice = {name for name, times in Counter(meant.values()).items() if times > 1 and kind == "questions"}  # people would count twice
    told = {value: "?" if name in {"", *twice} else name for value, name in meant.items()}
    asked = {value: "" if name in ("?", value.casefold()) else "   # guessed from its words: is it?" for value, name in told.items()}
    return [f"      {as_yaml(value)}: {as_yaml(name)}{asked[value]}" for value, name in told.items()]


def _values(guess: file_guess.Guess, name: str) -> list[str]:
    """Return the values of a field that names kinds, never those of a column that may name people."""
    return [] if identifies_people(guess.columns.get(name, "")) else _kinds(guess.cells(name))


def _kinds(cells: list[str]) -> list[str]:
    values = list(dict.fromkeys(cell for cell in cells if cell))
    state = file_guess.known_fields()["values"]["state"]  # "Fixed Term" and "Active Assignment" are nobody
    like_names = 2 * sum(reads_like_a_person(value) and not re.search(state, value, re.IGNORECASE) for value in values) > len(values)
    private = any(shown(value) == HIDDEN and not file_guess.meaning("stages", value) for value in values)
    return [] if len(values) > 20 or like_names or private else values


def _unknown_cells(guesses: list[file_guess.Guess], known: file_guess.KnownCodes) -> list[str]:
    """Return tables of the organisation's own with the cells that no table knows, for their author to fill in; none that may name somebody."""
    spelled, categories, grades = {("spelling", "grade"): 0}, {("code_set", "code", "label", "group"): 0}, known.grades
    for guess in guesses:
        codes = known.code_sets[next(iter(_code_sets([guess], known)))]
        for cell in dict.fromkeys(guess.cells("grade")):
            if read_grade(cell, grades).wrong and shown(cell, known_words=grades.known_words) != HIDDEN:
                spelled[cell, likely_grade(cell, grades)] = 0
        for cell in dict.fromkeys(guess.cells("ethnicity")):
            if read_category(cell, codes).wrong and shown(cell, known_words=codes.known_words) != HIDDEN:
                categories[codes.name, cell, cell, ""] = 0
    lines, said = [], "spellings nobody knows yet; where their rows count: a table beside your years, each with its"
    asked = {"grades: grades.csv": (spelled, "grade (what stands there is guessed from its words: check it)")}
    asked["ethnic_categories: categories.csv"] = categories, "group: white, bme or unknown"
    for key, (rows, of) in asked.items():
        cells = [f"  #   {','.join(as_yaml(cell) if ',' in cell else cell for cell in row)}" for row in rows]
        lines += [f"  #{key}   # {len(rows) - 1} {said} {of}", *cells[:101]] if cells[1:] else []
    return lines

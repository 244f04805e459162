"""What is wrong with a key of a master file, by its form or by the standard it names, told so that its author can mend it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from wres_helpers.problems import ParameterProblems, Problem
from wres_helpers.settings.extract_settings import CUT
from wres_helpers.settings.master_file import OF_ANY_STANDARD, MasterFile
from wres_helpers.settings.parameters import Parameters
from wres_helpers.standard.standard_folders import first_edition, indicators_of, known_standards, said_by_standard
from wres_helpers.standard.years import edition_of, year_of
from wres_helpers.tables.cell_readers import did_you_mean, shown_cell

#: What a key should hold, in words, by the error that says it does not.
_KINDS = {
    "string_type": "text", "tuple_type": "a list", "dict_type": "keys below it", "model_type": "keys below it",
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float"), "a whole number"),
    **dict.fromkeys(("float_type", "float_parsing"), "a number"),
    **dict.fromkeys(("bool_type", "bool_parsing"), "true or false"),
    **dict.fromkeys(("date_type", "date_parsing", "date_from_datetime_parsing"), "a day, as 2020-09-30"),
}  # fmt: skip


def key_problems(error: ValidationError, file: str) -> list[Problem]:
    """Return what is wrong with the keys of a master file, with the key meant where one is close."""
    details = error.errors(include_url=False)
    # a list is too short only because what stands in it was refused, which is told
    told = [each for each in details if not (each["type"] == "too_short" and any(_inside(other["loc"], each["loc"]) for other in details))]
    problems: dict[tuple, Problem] = {}
    for problem in (_problem(detail, file) for detail in told):  # a key that may hold one thing or another is told once
        place = problem.column, problem.found, problem.action
        earlier = problems.get(place, problem)
        problems[place] = problem if earlier is problem else replace(earlier, expected=f"{earlier.expected}, or {problem.expected}")
    return list(problems.values())


def _belongs(key: str) -> str:
    """Return where a key belongs that stands under another one, where it is a key of one place; or nothing."""
    if key in MasterFile.model_fields:
        return f"It is no part of the key above it: begin the line with '{key}:', without a space."
    homes = [name for name, field in MasterFile.model_fields.items() if key in getattr(model_in(field.annotation), "model_fields", ())]
    return f"It belongs under '{homes[0]}:', which must stand above it, at the beginning of a line without #." if len(homes) == 1 else ""


def _inside(place: tuple, outer: tuple) -> bool:
    return len(place) > len(outer) and place[: len(outer)] == outer


def _problem(detail: Mapping[str, Any], file: str) -> Problem:
    # beside the keys pydantic names what it tried: 'int', 'tuple[str, ...]', '[key]'
    location = [str(part) for part in detail["loc"] if not re.fullmatch(r".*\[.*|(constrained-)?int", str(part))]
    key = ".".join(location) or None
    if detail["type"] == "extra_forbidden":
        if location[-1:] != [own := str(detail["loc"][-1])]:  # what somebody typed is a key, brackets and all
            location, key = [*location, own], ".".join([*location, own])
        known = list(getattr(_walked(location[:-1])[0], "model_fields", {}))
        action = _belongs(location[-1]) or did_you_mean(location[-1], known, "Remove the key, or see params/README.md for all keys.", 0.5)
        return Problem(file, "one of the keys " + ", ".join(known), action, column=key, found=f"unknown key '{location[-1]}'")
    if detail["type"] == "missing":
        return Problem(file, _described(location) or f"a value for '{key}'", "Add the key.", column=key, found="nothing")
    expected = _KINDS.get(detail["type"]) or detail["msg"].removeprefix("Value error, ").removeprefix("Input should be ")
    if detail["type"] in ("string_pattern_mismatch", "string_too_short"):  # nobody reads a pattern: what the key holds is said in words
        expected = _described(location) or "a text of another form"
    if detail["type"] == "string_too_long":
        expected = f"a text of at most {detail['ctx']['max_length']:,} characters"
    if detail["type"] == "too_short":
        expected = f"at least one: {_described(location)}"
    if detail["input"] is None and detail["type"] in ("dict_type", "model_type"):
        action = "Write them below it, further in; a line that begins with # is not read."
        return Problem(file, "the keys that belong to it", action, column=key, found="nothing below it")
    action = "Correct the value; params/README.md explains every key."
    if location[2:3] == ["columns"] and detail["type"] == "literal_error" and location[1] in CUT:
        mapped = f"extracts.{location[1]}.breakdowns: {{{location[-1]}: (its heading)}}"
        action = f"To cut the counts by it, map it as {mapped}; else take it out."
    if detail["type"] == "string_type" and isinstance(detail["input"], int | float):
        action = f'Write it in quotes: "{detail["input"]}".'
    return Problem(file, expected, action, column=key, found=_shown(detail["input"]))


def _shown(value: object) -> str:
    if isinstance(value, Mapping):
        return f"the keys {', '.join(map(str, value))}" if value else "no keys"
    if value == "":
        return "an empty text"
    return "nothing" if value is None else shown_cell(value) if isinstance(value, str) else repr(value)


def _described(location: list[str]) -> str:
    field = _walked(location)[1]
    description = " ".join(((field and field.description) or "").split()).rstrip(".")
    return description[:1].lower() + description[1:]


def _walked(location: list[str]) -> tuple[Any, FieldInfo | None]:
    """Return the model at a place in a master file (None for a plain value), and the last key on the way that is known."""
    model: Any = MasterFile
    known: FieldInfo | None = None
    for part in location:
        if not part.isdigit():
            field = getattr(model, "model_fields", {}).get(part)
            if field:  # else the name of one of several of a kind, such as a rule's
                known, model = field, model_in(field.annotation)
    return model, known


def model_in(annotation: Any) -> Any:
    """Return the model inside an annotation, or None where a key holds a plain value."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := model_in(part))), None)


def check_standard(parameters: Parameters) -> None:
    """Raise ParameterProblems where the standard is not known, or a year or an indicator is none of its own."""
    known = known_standards(parameters.shared_reference_folder)
    if known and parameters.standard not in known:
        action = did_you_mean(parameters.standard, known, "Name one of them, or add its folder to data/reference/standards.")
        expected = "one of the standards " + ", ".join(known)
        raise ParameterProblems([Problem(parameters.file, expected, action, column="standard", found=repr(parameters.standard))])
    held = _early_years, _unknown_indicators, _signed_before, _sections_of_wres, _extracts_of_ethnicity
    ParameterProblems.raise_if_any(problem for of_key in held for problem in of_key(parameters))


def _signed_before(parameters: Parameters) -> Iterator[Problem]:
    """Give the date and the signature of a final report that are older than what it tells of."""
    report, expected = parameters.report, f"a day after the snapshot of a final report, {parameters.snapshot}"
    action = "Enter this report's own day, or leave the key out; last year's is none of this year's."
    for key, day in {"date": report.date, "sign_off.date": report.sign_off.date}.items():
        if day and str(day) < parameters.snapshot and report.state == "final":
            yield Problem(parameters.file, expected, action, column=f"report.{key}", found=str(day))


def _sections_of_wres(parameters: Parameters) -> Iterator[Problem]:
    """Give the sections that speak of the indicators of WRES in a report on another standard."""
    action = "Take it out; without the key 'sections' a report has those of its standard."
    for section in parameters.sections if parameters.standard != "wres" else ():
        if section not in OF_ANY_STANDARD:
            expected = f"a section that speaks for the standard '{parameters.standard}': {', '.join(OF_ANY_STANDARD)}"
            yield Problem(parameters.file, expected, action, column="sections", found=f"'{section}', which speaks of indicators of WRES")


def _extracts_of_ethnicity(parameters: Parameters) -> Iterator[Problem]:
    """Give the extracts of a report that is not about ethnicity, by which alone their people are told apart."""
    about = said_by_standard(parameters.reference_folder, "characteristic") or "ethnicity"
    if parameters.extracts and about != "ethnicity":
        expected = f"no extracts, of which people are counted by ethnicity and not by {about}"
        yield Problem(parameters.file, expected, "Take the key out, and supply the counts tables.", column="extracts")


def _early_years(parameters: Parameters) -> Iterator[Problem]:
    edition = first_edition(parameters.reference_folder)
    listed = parameters.master.history if isinstance(parameters.master.history, tuple) else ()
    given = {"year": (parameters.year,), "previous_year": (parameters.previous_year,), "history": listed}
    expected = f"a reporting year from {year_of(edition)} on: the standard's first edition"
    for key, years in given.items():
        for year in years:
            if year and edition_of(year) < edition:
                yield Problem(parameters.file, expected, "Correct the year.", column=key, found=repr(year))


def _unknown_indicators(parameters: Parameters) -> Iterator[Problem]:
    asked = indicators_of(parameters.reference_folder)
    of_survey = [indicator for indicator, answered in asked.items() if answered]
    for group, given, known in (
        ("published_statuses", parameters.published_statuses, [*asked]),
        ("survey.questions", parameters.survey.questions, of_survey),
    ):
        for indicator in given if any(known) else ():
            if indicator not in known:
                expected = f"one of {', '.join(known)}: the standard's indicators{'' if group != 'survey.questions' else ' of the survey'}"
                found = f"unknown indicator '{indicator}'"
                yield Problem(parameters.file, expected, "Name one of them.", column=f"{group}.{indicator}", found=found)

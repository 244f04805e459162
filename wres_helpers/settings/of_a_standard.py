"""What a master file says that only its own standard can tell right from wrong: years and indicators."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from wres_helpers.problems import ParameterProblems, Problem
from wres_helpers.standard.standard_folders import first_edition, indicators_of, known_standards
from wres_helpers.standard.years import edition_of, year_of
from wres_helpers.tables.cell_readers import did_you_mean

if TYPE_CHECKING:
    from wres_helpers.settings.parameters import Parameters


def check_standard(parameters: Parameters) -> None:
    """Raise ParameterProblems where the standard is not known, or a year or an indicator is none of its own."""
    known = known_standards(parameters.shared_reference_folder)
    if known and parameters.standard not in known:
        action = did_you_mean(parameters.standard, known, "Name one of them, or add its folder to data/reference/standards.")
        expected = "one of the standards " + ", ".join(known)
        raise ParameterProblems([Problem(parameters.file, expected, action, column="standard", found=repr(parameters.standard))])
    ParameterProblems.raise_if_any([*_early_years(parameters), *_unknown_indicators(parameters)])


def _early_years(parameters: Parameters) -> Iterator[Problem]:
    edition = first_edition(parameters.reference_folder)
    given = {"year": (parameters.year,), "previous_year": (parameters.previous_year,), "history": parameters.history}
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
        for indicator in given if asked else ():
            if indicator not in known:
                expected = f"one of {', '.join(known)}: the standard's indicators{'' if group != 'survey.questions' else ' of the survey'}"
                yield Problem(
                    parameters.file, expected, "Name one of them.", column=f"{group}.{indicator}", found=f"unknown indicator '{indicator}'"
                )

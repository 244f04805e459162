"""Blank counts tables for a new report: every key that the year's edition asks for, and no number."""

from pathlib import Path

from wres_helpers.intake.counts_rules import MEMBERSHIPS
from wres_helpers.intake.counts_tables import STAGES
from wres_helpers.intake.survey_questions import FREQUENCIES, NEVER
from wres_helpers.standard.catalogue import catalogue, in_force
from wres_helpers.standard.columns import ETHNIC_GROUPS
from wres_helpers.standard.grades import grades
from wres_helpers.standard.years import edition_of

Row = tuple[str, ...]


def blank_tables(reference_folder: Path, year: str, *, separated: bool, medical: bool) -> dict[str, list[Row]]:
    """Return the keys of every counts table, without its count.

    Parameters
    ----------
    reference_folder
        The standard's reference tables: grades, and the questions of the edition.
    year
        Reporting year.
    separated
        Whether clinical and non-clinical staff are counted apart, as the standard asks.
    medical
        Whether there are medical and dental grades.

    Returns
    -------
    dict
        Table to its rows in the order in which somebody would fill them in; the count is left to be entered.
    """
    groups = tuple((group,) for group in ETHNIC_GROUPS)
    return {
        "headcount": list(groups),
        "workforce": _with_groups(_grades(reference_folder, separated=separated, medical=medical)),
        "recruitment": _with_groups((stage,) for stage in STAGES),
        "disciplinary": list(groups),
        "training": list(groups),
        "staff_survey": survey_keys(reference_folder, year),
        "board": _with_groups((membership,) for membership in MEMBERSHIPS),
    }


def survey_keys(reference_folder: Path, year: str) -> list[Row]:
    """Return question, answer and group for every question of the year's edition."""
    return _with_groups(_answers(reference_folder, year))


def _with_groups(keys) -> list[Row]:
    return [(*key, group) for key in keys for group in ETHNIC_GROUPS]


def _grades(reference_folder: Path, *, separated: bool, medical: bool) -> list[Row]:
    table = grades(reference_folder)
    table = table[table["part_of"].eq("")]
    paid = table.loc[table["kind"].isin(("agenda_for_change", "very_senior_manager")), "grade"]
    rows = [(group, grade) for group in (("clinical", "non_clinical") if separated else ("not_separated",)) for grade in paid]
    doctors = table.loc[table["kind"].eq("medical_and_dental"), "grade"]
    return rows + [("medical_and_dental", grade) for grade in doctors if medical]


def _answers(reference_folder: Path, year: str) -> list[Row]:
    asked = in_force(catalogue(reference_folder), edition_of(year))
    asked = asked[asked["role"].eq("headline") & asked["survey_question"].ne("")]
    rows = []
    for _, definition in asked.iterrows():
        rule = definition["base_rule"]
        answers = rule.removeprefix("answers:").split("|") if rule.startswith("answers:") else (NEVER, *FREQUENCIES)
        rows += [(definition["survey_question"].split("|")[0], answer) for answer in answers]
    return rows

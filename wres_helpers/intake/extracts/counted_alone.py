"""The extracts that need no staff list: applications by the furthest stage they reached, members of the board, answers to the survey."""

import re

import numpy as np
import pandas as pd

from wres_helpers.intake import survey_percentages, survey_questions
from wres_helpers.intake.extracts import fields
from wres_helpers.intake.extracts.extract_findings import Place
from wres_helpers.intake.extracts.extract_table import Extract
from wres_helpers.intake.extracts.people_counted import Counted, count_parts, cut_of, without_impossible
from wres_helpers.intake.extracts.reference_codes import CodeSet, Ethnicity, categories_read, ethnicity_of
from wres_helpers.intake.survey_questions import ANSWERS, SurveyQuestions
from wres_helpers.intake.table_shapes import total_label, without_totals
from wres_helpers.settings.extract_settings import ExtractSettings
from wres_helpers.standard.columns import ETHNIC_CATEGORY, ETHNIC_GROUPS, STAGES
from wres_helpers.tables.cell_readers import Read, key_of
from wres_helpers.tables.declared import Reading

_LEFT_OUT = len(STAGES)


def recruitment_table(extract: Extract, known: CodeSet, settings: ExtractSettings, window: fields.Window) -> Counted:
    """Count applications: one row per stage, combination of breakdowns and ethnic group."""
    ethnicity = ethnicity_of(extract, known)
    reached, kept, level = _reached(extract), fields.Kept(len(extract)), settings.keep_ethnic_category
    if "date" in extract:
        fields.keep_days(extract, kept, "date", window)
    else:
        kept.leave_out("left out by a rule", ~fields.counted_by_rules(extract))
    kept.leave_out("left out as the stages say", reached == _LEFT_OUT)
    counted = kept.mask
    _once_each(extract, kept, reached, ethnicity)
    rows = np.flatnonzero(kept.mask)
    cuts = {name: cut_of(column)[rows] for name, column in fields.breakdowns_of(extract, window.last, counted).items()}
    if level != "none":
        cuts[ETHNIC_CATEGORY] = ethnicity.cut(level)[rows]
    stages = {stage: reached[rows] >= position for position, stage in enumerate(STAGES)}
    table = count_parts("stage", stages, cuts, ethnicity.groups[rows], "people")
    table = without_impossible(table, dict(known.named_groups(level)), "people")
    decisions = (
        "Recruitment: applications are counted, each once by the furthest stage reached; who was appointed was shortlisted and had applied.",
        *(f"Recruitment: {words}" for words in fields.derived_in_words(extract.settings, window.last)),
    )
    return Counted({"recruitment": table}, kept.dropped, decisions, {"ethnicity": categories_read(extract, known)})


def _reached(extract: Extract) -> np.ndarray:
    """Return the furthest stage each record tells of: a position in STAGES, or _LEFT_OUT."""
    settings = extract.settings
    if "stage" in extract:
        meanings = {value: _LEFT_OUT if stage == "left_out" else STAGES.index(stage) for value, stage in settings.stages.items()}
        wrong = ("a stage that the master file names", "Add it under extracts.recruitment.stages in the master file.")
        reached = fields.values_to(extract, "stage", meanings, wrong)
        return np.maximum(reached, 0)
    shortlisted, appointed = fields.truth_of(extract, "shortlisted"), fields.truth_of(extract, "appointed")
    found, expected = "appointed, but not shortlisted", "an appointment only after shortlisting"
    skipped = (appointed == 1) & (shortlisted == 0)
    extract.stop("appointed", skipped, found, expected, "Correct one of the two cells.")
    return np.where(appointed == 1, 2, np.where(shortlisted == 1, 1, 0))


def _once_each(extract: Extract, kept: fields.Kept, reached: np.ndarray, ethnicity: Ethnicity) -> None:
    """Keep one row per application: the one that tells of the furthest stage."""
    kept.leave_out("repeated rows", extract.repeated(np.flatnonzero(kept.mask), "application", "each application once"))
    rows = np.flatnonzero(kept.mask)
    frame = pd.DataFrame({"application": extract.columns["application"].codes, "stage": -reached, "group": ethnicity.groups}).loc[rows]
    several = frame["application"].duplicated(keep=False).to_numpy()
    if not several.any():
        return
    if extract.settings.one_row_per == "application":
        found = "an application that other rows tell otherwise"
        action = "Keep the row that is right, or set one_row_per: application_and_stage in the master file."
        extract.stop("application", rows[several], found, "one row per application", action)
    mixed = frame.groupby("application")["group"].transform("nunique").to_numpy() > 1
    found, expected = "different ethnic groups in the rows of one application", "one ethnic category per application"
    extract.stop("ethnicity", rows[mixed], found, expected, "Correct it (corrections.csv).")
    furthest = frame.sort_values(["application", "stage"], kind="stable").drop_duplicates("application").index
    earlier = kept.mask.copy()
    earlier[furthest] = False
    kept.leave_out("earlier stages of applications counted once", earlier)


_SPLITS = {"voting": ("non_voting", "voting"), "executive": ("non_executive", "executive")}


def board_counts(extract: Extract, known: CodeSet) -> Counted:
    """Count members by membership and ethnic group; each split of the board adds up to its total."""
    counted = fields.counted_by_rules(extract)
    groups = ethnicity_of(extract, known, only=counted).groups
    memberships = {"total": counted}
    for name, (without, with_it) in _SPLITS.items():
        if name in extract:
            truth = fields.truth_of(extract, name)
            memberships |= {with_it: counted & (truth == 1), without: counted & (truth == 0)}
    for name, column in extract.columns.items():
        vacant = np.array([bool(re.search(r"^vacan|\bvacant\b", text.strip(), re.IGNORECASE)) for text in column.values], dtype=bool)
        action = "Take the row out; or map the column as 'status', with a rule that leaves it out."
        extract.stop(name, counted & column.spread(vacant), "a vacant post", "a member in every row", action)
    table, read = count_parts("membership", memberships, {}, groups, "members"), {"ethnicity": categories_read(extract, known)}
    return Counted({"board": table}, decisions=(f"Board: {int(counted.sum()):,} members.",), read=read)


_EXPECTED = "a whole number of respondents"
_TOTAL, _SILENT = "Total", "Not answered"
_FIELDS = ("question", "response", "percent", "base", "respondents")


def survey_table(extract: Extract, known: CodeSet, survey: SurveyQuestions) -> Counted:
    """Count respondents by question, response and ethnic group.

    A category that lacks an answer others gave stops: an answer left out cannot be told from nobody.
    """
    ethnicity = ethnicity_of(extract, known)
    counted = (ethnicity.groups >= 0) & fields.counted_by_rules(extract)
    frame = pd.DataFrame(
        {
            "question": _questions(extract, survey),
            "response": _responses(extract),
            "ethnic_group": np.array([*ETHNIC_GROUPS, ""], dtype=object)[ethnicity.groups],
            "category": ethnicity.categories,
            ETHNIC_CATEGORY: np.asarray(ethnicity.cut("as_recorded"), dtype=object),
            **_numbers(extract),
        }
    )
    _tell_repeated(extract, frame)
    reading = Reading(extract.file, frame[counted & frame["question"].ne("") & frame["response"].ne("")])
    if not extract.findings.problems and len(reading.table):
        _counted(reading, survey)
    _tell(extract, reading)
    if "respondents" not in reading.table:
        reading.table = reading.table.assign(respondents=0)
    table = reading.table[["question", "response", "ethnic_group", "respondents"]].reset_index(drop=True)
    return Counted({"staff_survey": table}, decisions=("Survey: respondents of all categories of a group are added up.",))


def _counted(reading: Reading, survey: SurveyQuestions) -> None:
    survey_questions.leave_out_unanswered(reading)
    if "respondents" in reading.table:
        reading.table = reading.table.astype({"respondents": str})
        without_totals(reading, ["response"], "respondents")
        reading.table = reading.table.astype({"respondents": "int64"})
    else:
        reading.table = reading.table[~reading.table["response"].map(total_label)]
    survey_questions.yes_and_no_of_frequencies(reading, survey)
    if "percent" in reading.table:
        survey_percentages.respondents_of_percentages(reading, survey)
    if not reading.problems:
        survey_questions.each_answers_all(reading, reading.table, ETHNIC_CATEGORY)
    if not reading.problems:
        summed = reading.table.groupby(["question", "response", "ethnic_group"], sort=False, as_index=False)["respondents"].sum()
        reading.table = summed.set_axis(reading.table.index[: len(summed)])
        survey_questions.check_answers(reading, survey)


def _questions(extract: Extract, survey: SurveyQuestions) -> np.ndarray:
    """Return each row's question by the edition's label; names of the master file come first."""
    named = {key_of(text): label for text, label in extract.settings.questions.items()}
    labels = list(survey.questions)

    def read(text: str) -> tuple[int, str]:
        said = survey_questions.read_question(named.get(key_of(text), text), survey)
        return (labels.index(said.value), "" if key_of(text) in named else said.note) if not said.wrong else (-1, "")

    def wrong(text: str) -> tuple[str, str]:
        cure = survey_questions.read_question(named.get(key_of(text), text), survey).cure if text else "Fill the cell."
        expected = "a question of this edition: " + survey.in_words()
        return expected, cure + " Other wordings: extracts.survey.questions."

    positions = extract.look_up("question", read, wrong)
    return np.array([*labels, ""], dtype=object)[positions]


def _responses(extract: Extract) -> np.ndarray:
    """Return each row's answer in the standard's words; totals and missing answers under names of their own."""
    words = [*ANSWERS, _TOTAL, _SILENT]
    named = {key_of(text): answer for text, answer in extract.settings.responses.items()}

    def read(text: str) -> tuple[int, str]:
        answer = survey_questions.read_answer(named.get(key_of(text), text))
        if not answer.wrong:
            return words.index(answer.value), "" if key_of(text) in named else answer.note
        special = _TOTAL if total_label(text) else _SILENT if survey_questions.is_no_answer(text) else ""
        return (words.index(special), "") if special else (-1, "")

    expected = "an answer of the survey or one that the master file names"
    wrong = (expected, "Add it under extracts.survey.responses in the master file.")
    return np.array([*words, ""], dtype=object)[extract.look_up("response", read, lambda _: wrong)]


def _numbers(extract: Extract) -> dict[str, np.ndarray]:
    if "respondents" in extract:
        return {"respondents": fields.whole_numbers_of(extract, "respondents", _EXPECTED)}
    reads = fields.read_values(extract, "percent", _read_percentage, "a percentage", "read as a percentage.")
    texts = np.array([read.value or "0" for read in reads], dtype=object)
    return {"percent": extract.columns["percent"].spread(texts), "base": fields.whole_numbers_of(extract, "base", _EXPECTED)}


def _read_percentage(text: str) -> Read:
    read = survey_percentages.read_percentage(text)
    return read._replace(note="a percentage as text" if not read.wrong and not text[-1:].isdigit() else "")


def _tell_repeated(extract: Extract, frame: pd.DataFrame) -> None:
    named = frame["ethnic_group"].ne("") & frame["question"].ne("")
    repeated = np.flatnonzero(named & frame.duplicated(["question", "response", "category"]))
    if len(repeated):
        found = "a question, response and ethnic category that stand in an earlier row"
        extract.findings.stop(extract.at("question", repeated), found, "each once", "Remove one of the rows.")


def _tell(extract: Extract, reading: Reading) -> None:
    """Pass what the survey's rules found on, at the file's own rows."""
    for problems, tell in ((reading.problems, extract.findings.stop), (reading.notices, extract.findings.handle)):
        for problem in problems:
            field = problem.column if problem.column in _FIELDS else "question"
            where = extract.at(field, [problem.row]) if field in extract and problem.row is not None else Place(extract.file)
            tell(where, problem.found or "", problem.expected, problem.action)

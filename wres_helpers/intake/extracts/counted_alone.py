"""The extracts that need no staff list: applications by the furthest stage they reached, members of the board, answers to the survey."""

import re
from dataclasses import replace

import numpy as np
import pandas as pd

from wres_helpers.intake.counts.counts_tables import Words, counts_of_text
from wres_helpers.intake.counts.group_words import total_label
from wres_helpers.intake.counts.survey_percentages import read_percentage
from wres_helpers.intake.extracts import fields
from wres_helpers.intake.extracts.extract_table import Extract
from wres_helpers.intake.extracts.file_guess import side_of
from wres_helpers.intake.extracts.headings import UNMAPPED
from wres_helpers.intake.extracts.people_counted import Counted, count_parts, cut_of, without_impossible
from wres_helpers.intake.extracts.reference_codes import CodeSet, Ethnicity, categories_read, ethnicity_of
from wres_helpers.problems import Problem
from wres_helpers.settings.extract_settings import ExtractSettings
from wres_helpers.standard.columns import ETHNIC_CATEGORY, ETHNIC_GROUPS, STAGES
from wres_helpers.tables.cell_readers import Read, is_suppressed, is_total, key_of, whole_number
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
    kept = fields.Kept(len(extract))
    kept.leave_out("left out by a rule", ~fields.counted_by_rules(extract))
    kept.leave_out("posts that nobody holds", _vacant(extract, kept.mask))
    counted = kept.mask
    groups = ethnicity_of(extract, known, only=counted).groups
    memberships = {"total": counted}
    for name, (without, with_it) in _SPLITS.items():
        if name in extract:
            truth = fields.truth_of(extract, name, only=counted)
            memberships |= {with_it: counted & (truth == 1), without: counted & (truth == 0)}
            _tell_posts(extract, name, truth, counted)
    _tell_blank(extract, counted)
    for name in extract.columns:
        totals = extract.columns[name].where(lambda text: total_label(text) or is_total(text))
        extract.stop(name, counted & totals, "a total", "a member in every row", "Take the row out.")
    if any(name.startswith(UNMAPPED) for name in extract.columns):  # two members may be alike in all that is mapped
        again = pd.DataFrame({name: column.codes for name, column in extract.columns.items()}).duplicated().to_numpy() & counted
        how = "counted again; take it out if it is the same person."
        extract.handle("ethnicity", again, "a row that repeats an earlier one", "each member once", how)
    table, read = count_parts("membership", memberships, {}, groups, "members"), {"ethnicity": categories_read(extract, known)}
    return Counted({"board": table}, kept.dropped, (f"Board: {int(counted.sum()):,} members.",), read)


def _vacant(extract: Extract, counted: np.ndarray) -> np.ndarray:
    """Return a mask of the posts that nobody holds, which are told; one that has somebody's category, too, says two things."""
    nobody, held = np.zeros(len(extract), dtype=bool), counted & ~extract.columns["ethnicity"].blank()
    for name in extract.columns:
        vacant = extract.columns[name].where(lambda text: bool(re.search(r"^\s*vacan|\bvacant\b", text, re.IGNORECASE))) & counted & ~nobody
        how = "left out, since nobody holds it; write the category of whoever does in corrections.csv (board.ethnicity)."
        extract.handle(name, vacant & ~held, "a vacant post", "a member in every row", how)
        action = "Correct the one that is wrong; in corrections.csv, board.ethnicity with the new value (empty) says that nobody holds it."
        extract.stop(name, vacant & held, "a vacant post with somebody's ethnic category", "a member in every row", action)
        nobody |= vacant
    return nobody


def _tell_posts(extract: Extract, name: str, truth: np.ndarray, counted: np.ndarray) -> None:
    """Ask about members whose post says otherwise than a yes or no beside it, as where only some columns of a list were sorted."""
    for post in (post for post in extract.columns if post.startswith(UNMAPPED) or post == "status"):
        odd = np.zeros(len(extract), dtype=bool)
        for side, otherwise in (("no", 1), ("yes", 0)):
            odd |= extract.columns[post].where(lambda text, side=side: side_of("board", name, text) == side) & (truth == otherwise)
        how = "counted as this column says; correct the cell, or the whole list if only some of its columns were sorted."
        extract.handle(name, odd & counted, f"another answer than '{extract.headings[post]}' gives", "what the post says", how)


def _tell_blank(extract: Extract, counted: np.ndarray) -> None:
    """Tell, of lists so short that each cell tells, where nobody's ethnicity stands; of others the report says how many there are."""
    how = "counted with those whose ethnicity is not known; write their category if they have one."
    extract.handle("ethnicity", counted & extract.columns["ethnicity"].blank(), "an empty cell", "a category in every row", how)


def survey_table(extract: Extract, known: CodeSet, words: Words) -> Counted:
    """Count respondents by question, response and ethnic group.

    The extract is held to what a counts table of the survey is held to, category by category, after the master file's own wordings.
    """
    ethnicity, own = ethnicity_of(extract, known), {"question": extract.settings.questions, "response": extract.settings.responses}
    counted = (ethnicity.groups >= 0) & fields.counted_by_rules(extract)
    _tell_blank(extract, np.ones(len(extract), dtype=bool))
    cells = {"ethnic_group": np.array([*ETHNIC_GROUPS, ""], dtype=object)[ethnicity.groups]}
    cells[ETHNIC_CATEGORY] = np.asarray(ethnicity.cut("as_recorded"), dtype=object)
    for name, named in own.items():
        column, meant = extract.columns[name], {key_of(text): word for text, word in named.items()}
        cells[name] = column.spread(np.array([meant.get(key_of(text), text) for text in column.values], dtype=object))
        counted &= ~column.blank()  # which is told
    for name in filter(extract.__contains__, _NUMBERS):
        reads = fields.read_values(extract, name, *_NUMBERS[name])
        # a number that is wrong is told; with any other in its place the rules would find what is not there
        cells[name] = extract.columns[name].spread(np.array(["[c]" if read.wrong else str(read.value) for read in reads], dtype=object))
    if "percent" in extract:  # the base says how many there are in all
        counted &= ~extract.columns["response"].spread(np.array([*map(total_label, extract.columns["response"].values)], dtype=bool))
    reading = Reading(extract.file, pd.DataFrame(cells)[counted])
    if not extract.missing and len(reading.table):
        reading = counts_of_text(reading, "staff_survey", words)
    for problem in (*reading.problems, *(notice for notice in reading.notices if "[c]" not in (notice.found or ""))):
        _pass_on(extract, problem, handled=problem in reading.notices)
    if extract.missing or reading.problems or reading.table.empty:
        return Counted({})
    table = reading.table.groupby(["question", "response", "ethnic_group"], sort=False, as_index=False)["respondents"].sum()
    return Counted({"staff_survey": table}, decisions=("Survey: respondents of all categories of a group are added up.",))


_PEOPLE = (whole_number, "a whole number of respondents", "read as a number.")
#: Fields of numbers: what reads them, what they hold, and what was done with odd ones.
_NUMBERS = {
    "respondents": _PEOPLE,
    "base": _PEOPLE,
    # hidden numbers, with which a report may begin, stop an extract
    "percent": (
        lambda text: Read(wrong="suppressed") if is_suppressed(text) else read_percentage(text),
        "a percentage, for example 24.57",
        "read as a percentage.",
    ),
}


def _pass_on(extract: Extract, problem: Problem, handled: bool) -> None:
    """Tell what the rules of the survey's counts table found, at the file's own rows and headings; no cell that may name somebody is shown."""
    field = "question" if problem.column is None else problem.column if problem.column in extract else "ethnicity"
    found, action = problem.found or "", problem.action
    if found.startswith("'") and found.endswith("'"):
        found = extract.shown(found[1:-1])
        action += f" Other wordings: extracts.survey.{field}s in the master file." if field in ("question", "response") else ""
    extract.pass_on(field, replace(problem, found=found, action=action), handled)

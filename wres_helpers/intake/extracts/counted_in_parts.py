"""Extracts whose records are counted in parts: applications by the furthest stage they reached, members of the board by membership."""

import numpy as np
import pandas as pd

from wres_helpers.intake.counts_tables import STAGES
from wres_helpers.intake.extracts.extract_table import Extract
from wres_helpers.intake.extracts.fields import (
    Kept,
    Window,
    counted_by_rules,
    derived_breakdowns,
    derived_in_words,
    keep_days,
    truth_of,
    values_to,
)
from wres_helpers.intake.extracts.people_counted import Counted, count_parts, cut_of, without_impossible
from wres_helpers.intake.extracts.reference_codes import CodeSet, Ethnicity, categories_read, ethnicity_of
from wres_helpers.settings.extract_settings import ExtractSettings
from wres_helpers.standard.columns import ETHNIC_CATEGORY

_LEFT_OUT = len(STAGES)


def recruitment_table(extract: Extract, known: CodeSet, settings: ExtractSettings, window: Window) -> Counted:
    """Count applications: one row per stage, combination of breakdowns and ethnic group."""
    ethnicity = ethnicity_of(extract, known)
    reached, kept, level = _reached(extract), Kept(len(extract)), settings.keep_ethnic_category
    if "date" in extract:
        keep_days(extract, kept, "date", window)
    else:
        kept.leave_out("left out by a rule", ~counted_by_rules(extract))
    kept.leave_out("left out as the stages say", reached == _LEFT_OUT)
    counted = kept.mask
    _once_each(extract, kept, reached, ethnicity)
    rows = np.flatnonzero(kept.mask)
    breakdowns = {name: extract.columns[name] for name in extract.settings.breakdowns}
    breakdowns |= derived_breakdowns(extract, window.last, counted)
    cuts = {name: cut_of(column)[rows] for name, column in breakdowns.items()}
    if level != "none":
        cuts[ETHNIC_CATEGORY] = ethnicity.cut(level)[rows]
    stages = {stage: reached[rows] >= position for position, stage in enumerate(STAGES)}
    table = count_parts("stage", stages, cuts, ethnicity.groups[rows], "people")
    table = without_impossible(table, dict(known.named_groups(level)), "people")
    decisions = (
        "Recruitment: applications are counted, each once by the furthest stage reached; who was appointed was shortlisted and had applied.",
        *(f"Recruitment: {words}" for words in derived_in_words(extract.settings, window.last)),
    )
    return Counted({"recruitment": table}, kept.dropped, decisions, {"ethnicity": categories_read(extract, known)})


def _reached(extract: Extract) -> np.ndarray:
    """Return the furthest stage each record tells of: a position in STAGES, or _LEFT_OUT."""
    settings = extract.settings
    if "stage" in extract:
        meanings = {value: _LEFT_OUT if stage == "left_out" else STAGES.index(stage) for value, stage in settings.stages.items()}
        wrong = ("a stage that the master file names", "Add it under extracts.recruitment.stages in the master file.")
        reached = values_to(extract, "stage", meanings, wrong)
        return np.maximum(reached, 0)
    shortlisted, appointed = truth_of(extract, "shortlisted"), truth_of(extract, "appointed")
    found, expected = "appointed, but not shortlisted", "an appointment only after shortlisting"
    skipped = (appointed == 1) & (shortlisted == 0)
    extract.stop("appointed", skipped, found, expected, "Correct one of the two cells.")
    return np.where(appointed == 1, 2, np.where(shortlisted == 1, 1, 0))


def _once_each(extract: Extract, kept: Kept, reached: np.ndarray, ethnicity: Ethnicity) -> None:
    """Keep one row per application: the one that tells of the furthest stage."""
    rows = np.flatnonzero(kept.mask)
    repeated = np.zeros(len(extract), dtype=bool)
    repeated[rows] = pd.DataFrame({name: column.codes[rows] for name, column in extract.mapped().items()}).duplicated()
    found, expected = "a row that repeats an earlier one", "each application once"
    extract.handle("application", repeated, found, expected, "counted once.")
    kept.leave_out("repeated rows", repeated)
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


def board_table(extract: Extract, known: CodeSet) -> Counted:
    """Count members by membership and ethnic group; each split of the board adds up to its total."""
    counted = counted_by_rules(extract)
    groups = ethnicity_of(extract, known, only=counted).groups
    memberships = {"total": counted}
    for name, (without, with_it) in _SPLITS.items():
        if name in extract:
            truth = truth_of(extract, name)
            memberships |= {with_it: counted & (truth == 1), without: counted & (truth == 0)}
    table = count_parts("membership", memberships, {}, groups, "members")
    return Counted({"board": table}, decisions=(f"Board: {int(counted.sum()):,} members.",))

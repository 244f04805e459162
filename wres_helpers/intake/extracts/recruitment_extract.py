"""The recruitment export: applications by the furthest stage they reached."""

import numpy as np
import pandas as pd

from wres_helpers.intake.extracts.column_mapping import Extract
from wres_helpers.intake.extracts.counting import Cut, count_people, cut_of, without_impossible
from wres_helpers.intake.extracts.derived_fields import derived_breakdowns, derived_in_words
from wres_helpers.intake.extracts.ethnicity_codes import CodeSet, Ethnicity, categories_read, ethnicity_of
from wres_helpers.intake.extracts.fields import Counted, Window, counted_by_rules, days_that_count, truth_of, values_to
from wres_helpers.intake.extracts.workforce_extract import CATEGORY
from wres_helpers.settings.extract_settings import ExtractSettings
from wres_helpers.standard.columns import ETHNIC_GROUPS

STAGES = ("applied", "shortlisted", "appointed")
_LEFT_OUT = len(STAGES)


def recruitment_table(extract: Extract, known: CodeSet, settings: ExtractSettings, window: Window, month_first: bool) -> Counted:
    """Count applications: one row per stage, combination of breakdowns and ethnic group."""
    ethnicity = ethnicity_of(extract, known, settings.blank_ethnicity == "unknown")
    reached = _reached(extract)
    if "date" in extract:
        _, counted, dropped = days_that_count(extract, "date", window, month_first)
    else:
        counted = counted_by_rules(extract)
        dropped = {"left out by a rule": int((~counted).sum())}
    dropped["left out as the stages say"] = int((counted & (reached == _LEFT_OUT)).sum())
    counted &= reached != _LEFT_OUT
    rows = _one_per_application(extract, np.flatnonzero(counted), reached, ethnicity, dropped)
    breakdowns = {name: extract.column(name) for name in extract.settings.breakdowns}
    breakdowns |= derived_breakdowns(extract, window.last, month_first, counted)
    cuts = {name: cut_of(column).take(rows) for name, column in breakdowns.items()}
    if settings.keep_ethnic_category != "none":
        codes, names = ethnicity.names(settings.keep_ethnic_category)
        cuts[CATEGORY] = Cut(codes[rows], names)
    table = _by_stage(cuts, ethnicity.groups[rows], reached[rows])
    if CATEGORY in table:
        texts = ethnicity.code_set.sixteen if settings.keep_ethnic_category == "sixteen_plus_one" else ethnicity.code_set.labels
        group_of = dict(zip(texts, (ETHNIC_GROUPS[group] for group in ethnicity.code_set.groups), strict=True))
        table = without_impossible(table, CATEGORY, group_of, "people")
    decisions = (
        "Recruitment: applications are counted, each once by the furthest stage reached; who was appointed was shortlisted and had applied.",
        *(f"Recruitment: {words}" for words in derived_in_words(extract.settings, window.last)),
    )
    return Counted({"recruitment": table}, dropped, decisions, {"ethnicity": categories_read(extract, known)})


def _by_stage(cuts: dict[str, Cut], groups: np.ndarray, reached: np.ndarray) -> pd.DataFrame:
    parts = []
    for position, stage in enumerate(STAGES):
        there = reached >= position
        part = count_people({name: cut.take(there) for name, cut in cuts.items()}, groups[there], "people", cuts)
        part.insert(0, "stage", stage)
        parts.append(part)
    return pd.concat(parts, ignore_index=True)


def _reached(extract: Extract) -> np.ndarray:
    """Return the furthest stage each record tells of: a position in STAGES, or _LEFT_OUT."""
    settings = extract.settings
    if "stage" in extract:
        meanings = {value: _LEFT_OUT if stage == "left_out" else STAGES.index(stage) for value, stage in settings.stages.items()}
        wrong = ("an unmapped stage", "a stage that the master file names", "Add it under extracts.recruitment.stages in the master file.")
        reached = values_to(extract, "stage", meanings, wrong)
        return np.maximum(reached, 0)
    shortlisted, appointed = truth_of(extract, "shortlisted"), truth_of(extract, "appointed")
    found, expected = "appointed, but not shortlisted", "an appointment only after shortlisting"
    skipped = (appointed == 1) & (shortlisted == 0)
    extract.stop("appointed without shortlisting", "appointed", skipped, found, expected, "Correct one of the two cells.")
    return np.where(appointed == 1, 2, np.where(shortlisted == 1, 1, 0))


def _one_per_application(
    extract: Extract, rows: np.ndarray, reached: np.ndarray, ethnicity: Ethnicity, dropped: dict[str, int]
) -> np.ndarray:
    """Return one row per application: the one that tells of the furthest stage."""
    frame = pd.DataFrame({name: column.codes_of(rows) for name, column in extract.table.columns.items()})
    repeated = frame.duplicated().to_numpy()
    found = "a row that repeats an earlier one"
    extract.handle("a repeated row", "application", rows[repeated], found, "each application once", "counted once.")
    dropped["repeated rows"] = int(repeated.sum())
    rows = rows[~repeated]
    several = pd.Series(extract.column("application").codes[rows]).duplicated(keep=False).to_numpy()
    if not several.any():
        return rows
    if extract.settings.one_row_per == "application":
        found = "an application that other rows tell otherwise"
        action = "Keep the row that is right, or set one_row_per: application_and_stage in the master file."
        extract.stop("one application told in two ways", "application", rows[several], found, "one row per application", action)
    return _furthest(extract, rows, reached, ethnicity, dropped)


def _furthest(extract: Extract, rows: np.ndarray, reached: np.ndarray, ethnicity: Ethnicity, dropped: dict[str, int]) -> np.ndarray:
    frame = pd.DataFrame(
        {"application": extract.column("application").codes[rows], "stage": -reached[rows], "row": rows, "group": ethnicity.groups[rows]}
    )
    mixed = frame.groupby("application")["group"].transform("nunique").to_numpy() > 1
    found, expected = "different ethnic groups in the rows of one application", "one ethnic category per application"
    extract.stop("conflicting ethnicity", "ethnicity", rows[mixed], found, expected, "Correct it (corrections.csv).")
    furthest = frame.sort_values(["application", "stage", "row"]).drop_duplicates("application")["row"].to_numpy()
    dropped["earlier stages of applications counted once"] = len(rows) - len(furthest)
    return np.sort(furthest)

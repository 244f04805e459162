"""From extracts to counts: reads every extract of a master file, tells everything wrong at once, and counts people."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

from wres_helpers.intake.counts.breakdown_categories import does_not_count
from wres_helpers.intake.counts.counts_tables import words_of
from wres_helpers.intake.extracts import preparation_report, reference_codes
from wres_helpers.intake.extracts.cleaning import apply_corrections, check_keys, cleaned, read_corrections
from wres_helpers.intake.extracts.counted_alone import board_counts, recruitment_table, survey_table
from wres_helpers.intake.extracts.extract_findings import ExtractFindings
from wres_helpers.intake.extracts.extract_table import Extract
from wres_helpers.intake.extracts.fields import derived_in_words, years_up_to
from wres_helpers.intake.extracts.file_guess import known_fields, meaning, said_of_fields
from wres_helpers.intake.extracts.people_counted import Counted, Workforce, count_cases, count_training, staff_tables
from wres_helpers.intake.extracts.read_extract import read_extract
from wres_helpers.intake.extracts.staff_list import read_staff, snapshot_in_words, take_snapshot
from wres_helpers.intake.year_folder import TABLES_OF
from wres_helpers.problems import InputProblems, ParameterProblems, Problem, collected, told_together
from wres_helpers.settings.extract_settings import EXTRACTS, ExtractFile, ExtractSettings
from wres_helpers.settings.parameters import Parameters
from wres_helpers.standard.catalogue import pooled_years
from wres_helpers.standard.columns import STAGES
from wres_helpers.tables.cell_readers import bare_key, key_of, shown_cell


@dataclass
class _Work:
    """What the steps of one preparation share."""

    parameters: Parameters
    settings: ExtractSettings
    findings: ExtractFindings = field(default_factory=ExtractFindings)
    facts: list[preparation_report.Fact] = field(default_factory=list)
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    decisions: list[str] = field(default_factory=list)
    code_sets: dict[str, reference_codes.CodeSet | None] = field(default_factory=dict)

    @property
    def snapshot(self) -> np.datetime64:
        return np.datetime64(self.parameters.snapshot, "D")

    def own_table(self, name: str | None) -> tuple[Path | None, str]:
        """Return where one of the organisation's own tables lies, if it names one, and how messages print that."""
        path = self.parameters.data_folder().parent / name if name else None
        return path, self.parameters.shown(path) if path else ""

    def codes(self, extract: ExtractFile) -> reference_codes.CodeSet | None:
        """Return the code set an extract declares, read once."""
        name = extract.ethnicity_codes or self.settings.ethnicity_codes
        if name not in self.code_sets:
            given = self.settings.blank_ethnicity == "unknown", self.own_table(self.settings.ethnic_categories)[1]
            self.code_sets[name] = reference_codes.code_set(self._categories, name, self.parameters.file, self.findings, *given)
        return self.code_sets[name]

    @cached_property
    def _categories(self) -> pd.DataFrame:
        own = self.own_table(self.settings.ethnic_categories)
        return reference_codes.categories_known(self.parameters.reference_folder, *own, self.findings)

    def record(self, name: str, counted: Counted) -> None:
        """Keep the tables made of an extract, and tell in the report how they came about."""
        self.facts += preparation_report.counted_facts(name, counted)
        self.tables |= counted.tables
        self.decisions += counted.decisions


def prepare(parameters: Parameters) -> preparation_report.Preparation:
    """Read the extracts of a report's year, as the master file's key ``extracts`` maps them, and count the people in them.

    Raises
    ------
    ParameterProblems
        The master file has no key ``extracts``.
    InputProblems
        With everything wrong in any extract: what stops the run first, then what would have been handled. Rows and
        columns are named, never people.
    """
    if parameters.extracts is None:
        action = "Say how the extracts are named and mapped; data/README-extracts.md shows how."
        raise ParameterProblems([Problem(parameters.file, "the key 'extracts'", action, found="no such key")])
    work = _Work(parameters, parameters.extracts)
    extracts = _read_all(work)
    _count_all(work, extracts)
    if work.findings.problems:
        raise InputProblems(work.findings.in_order())
    of_settings = (note for asked in (_not_mapped, _said_otherwise, _how_far_each) for note in asked(work.settings))
    notes = (*of_settings, *_in_no_row(extracts), *preparation_report.beside(work.tables, parameters))
    handled = tuple(dict.fromkeys(work.findings.notices))
    told = {"decision": work.decisions, "note": notes, "handled": told_together(handled)}
    work.facts += preparation_report.closing_facts(work.tables, told)
    columns = preparation_report.COLUMNS
    report = pd.DataFrame(work.facts, columns=list(columns)).astype(dict.fromkeys(columns[:3], "str") | {"rows": "Int64"})
    return preparation_report.Preparation(work.tables, report, handled, notes)


def _not_mapped(settings: ExtractSettings) -> Iterator[str]:
    """Give, for each usual field that an extract does not map, who counts because of that."""
    for name in EXTRACTS:
        if extract := getattr(settings, name):
            counted, stages = "count" in extract.columns, getattr(extract, "stages", {})
            for what, without in said_of_fields(name, "without").items():
                if counted and what != "clinical" and name != "recruitment":
                    continue  # a list of groups has been made of whoever counts
                if what == "status" and any("withdr" in value.casefold() for value, stage in stages.items() if stage == "left_out"):
                    continue  # the stages leave them out
                if what not in extract.columns and not getattr(extract, what, None) and not (what == "employment_type" and extract.rules):
                    yield f"{name}: no column is mapped for '{what}', so {without}."


def _said_otherwise(settings: ExtractSettings) -> Iterator[str]:
    """Give each outcome of an application that counts as another stage than its words say, and each value that by its words does not count."""
    for name, ruled, rule in ((name, *of) for name in EXTRACTS if (part := getattr(settings, name)) for of in part.rules.items()):
        words = said_of_fields(name, "not_count").get(ruled, "(?!)")
        for value in rule.count:
            said = re.search(rf"(?<!non )(?<!not ){words}", bare_key(value))
            if said or any(does_not_count(value, table) for table in TABLES_OF[name]):
                yield f"{name}: '{value}' counts, and by its words it does not: see rules.{ruled} in the master file."
    for value, stage in (settings.recruitment.stages if settings.recruitment else {}).items():
        if (said := meaning("stages", value)) and stage not in (said, "left_out"):
            yield f"recruitment: '{value}' counts as {stage}, and its words say {said}: see 'stages' in the master file."


def _how_far_each(settings: ExtractSettings) -> Iterator[str]:
    """Ask about a list of groups with one row a stage, as counts tables have it: there the first stage holds everybody, here those who came no further."""
    if settings.recruitment and "count" in settings.recruitment.columns:
        stages = sorted((STAGES.index(stage), value) for value, stage in settings.recruitment.stages.items() if stage in STAGES)
        if len(stages) > 1 and len({stage for stage, _ in stages}) == len(stages):
            yield (
                f"recruitment: '{stages[0][1]}' is read as those who came no further; if it holds all who came so far, the list is a counts table: save it "
                "as recruitment.csv in the year's folder, and take it out of 'extracts'."
            )


def _in_no_row(extracts: dict[str, Extract]) -> Iterator[str]:
    """Give the values of each rule that no row has: their rows may be missing, or they are called otherwise now."""
    for name, extract in extracts.items():
        named = {f"rules.{of}": (of, (*rule.count, *rule.leave_out)) for of, rule in extract.settings.rules.items()}
        named["stages"] = "stage", tuple(getattr(extract.settings, "stages", ()))
        rule = getattr(extract.settings, "clinical", None)
        if rule and rule.by == "staff_group":  # of occupation codes nobody has every beginning
            named["clinical"] = rule.by, (*rule.clinical, *rule.non_clinical)
            # a secretary may well be medical by name; clerks are clinical by no word
            office, clinical = (re.compile(known_fields()["values"][side], re.I).search for side in ("office", "clinical"))
            if odd := [shown_cell(each) for each in rule.clinical if office(each) and not clinical(each)]:
                yield f"staff: {', '.join(odd)} stand among the clinical: check that the two lists are not exchanged."
        for key, (of, values) in named.items():
            if of in extract and of not in extract.missing and len(extract):
                cells = [key_of(extract.columns[of].values[code]) for code in np.flatnonzero(extract.columns[of].used())]
                there = {*cells, *(cell.partition("|")[0].strip() for cell in cells)}
                if lacking := [shown_cell(value) for value in values if key_of(value) not in there]:
                    yield f"{name}: no row has {', '.join(lacking)}, which {key} names: check that no rows are missing."


def _read_all(work: _Work) -> dict[str, Extract]:
    folder, findings, named = work.parameters.data_folder() / "extracts", work.findings, work.settings.corrections
    shown = work.parameters.shown(folder)
    called = work.parameters.organisation
    own = {called.code, called.name, called.short_name, called.name.partition("(")[0], called.short_name.partition("(")[0]}
    corrections = named and read_corrections(folder / named, f"{shown}/{named}", findings)
    extracts = {}
    for name in EXTRACTS:
        settings = getattr(work.settings, name)
        month_first = settings and (settings.date_order or work.settings.date_order) == "month_first"
        extract = read_extract(name, folder, shown, settings, findings, month_first, own) if settings else None
        if extract is None:
            continue
        extract = cleaned(extract)
        work.facts += preparation_report.read_facts(extract)
        if corrections is not None:
            extract, told = apply_corrections(extract, corrections, f"{shown}/{named}")
            work.facts += [(name, "corrected", words, records) for words, records in told]
        check_keys(extract)
        extracts[name] = extract
    return extracts


def _count_all(work: _Work, extracts: dict[str, Extract]) -> None:
    workforce = _count_staff(work, extracts["staff"]) if "staff" in extracts else None
    for name, extract in extracts.items():
        known, snapshot = work.codes(extract.settings), work.snapshot
        if name == "training" and workforce:
            work.record(name, count_training(extract, workforce, snapshot))
        elif name == "cases" and workforce:
            collected(work.findings.problems, check_window, work.parameters, extract.settings.window_years)
            work.record(name, count_cases(extract, workforce, known, snapshot))
        elif known is None:
            continue  # which is told
        elif name == "recruitment":
            work.record(name, recruitment_table(extract, known, work.settings, years_up_to(snapshot, 1)))
        elif name == "survey":
            work.record(name, survey_table(extract, known, words_of(work.parameters, work.parameters.year)))
        elif name == "board":
            work.record(name, board_counts(extract, known))


def _count_staff(work: _Work, extract: Extract) -> Workforce | None:
    known = work.codes(extract.settings)
    if known is None:
        return None
    table = reference_codes.grade_table(work.parameters.reference_folder, *work.own_table(work.settings.grades), work.findings)
    ethnicity = reference_codes.ethnicity_of(extract, known)
    staff = read_staff(extract, ethnicity, table, work.snapshot)
    workforce = Workforce(staff, take_snapshot(staff, work.snapshot), table, work.settings)
    decisions = (
        f"Ethnic categories: code set '{known.name}', as the master file declares; an empty cell means {work.settings.blank_ethnicity}.",
        *snapshot_in_words(extract, work.snapshot),
        *derived_in_words(extract.settings, work.snapshot),
    )
    grades = extract.values_read("grade", lambda text: reference_codes.read_grade(text, table), table.names)
    read = {"ethnicity": reference_codes.categories_read(extract, known), "grade": grades}
    work.record("staff", Counted(staff_tables(workforce), workforce.snapshot.dropped, decisions, read))
    return workforce


def check_window(parameters: Parameters, window_years: int) -> None:
    """Raise ParameterProblems where more years of cases are counted than the edition puts together: the page states the edition's."""
    pooled = pooled_years(parameters.reference_folder, parameters.edition)
    if window_years > pooled:
        expected = f"{pooled}, the years that edition {parameters.edition} of the standard puts together"
        action, key = "Count the cases of that many years.", "extracts.cases.window_years"
        raise ParameterProblems([Problem(parameters.file, expected, action, column=key, found=str(window_years))])

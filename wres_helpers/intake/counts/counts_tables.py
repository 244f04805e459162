"""The counts tables, each declared once: columns, words, keys and rules; the shapes people hold are brought into them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pandas as pd

from wres_helpers.intake.counts import counts_rules, survey_percentages, survey_questions
from wres_helpers.intake.counts.group_words import GroupWords, group_words, holds_numbers
from wres_helpers.intake.counts.rows_left_out import check_left_out
from wres_helpers.intake.counts.survey_questions import FREQUENCIES, NEVER
from wres_helpers.intake.counts.table_shapes import into_groups, without_totals
from wres_helpers.intake.counts.words_across import words_across
from wres_helpers.intake.spellings import spellings
from wres_helpers.settings.parameters import Parameters
from wres_helpers.standard.catalogue import catalogue, in_force
from wres_helpers.standard.columns import BME, ETHNIC_CATEGORY, STAGES
from wres_helpers.standard.grades import grades
from wres_helpers.standard.reference_tables import read_reference
from wres_helpers.standard.standards import Standard, read_standard
from wres_helpers.standard.years import edition_of, year_of
from wres_helpers.tables.cell_readers import SUPPRESSED, Read, Reader, clean_text, count_or_suppressed, is_hidden, one_of
from wres_helpers.tables.declared import DeclaredColumn, DeclaredTable, Reading, closed
from wres_helpers.tables.table_reader import held_to, read_table

#: One row of a blank table: its keys, and an empty cell for each number to be entered.
Row = tuple[str, ...]

STAFF_GROUPS = ("clinical", "non_clinical", "medical_and_dental", "not_separated")

#: Columns of closed lists: their words and other spellings; and words that stand near these, mean something else, and what to do about them.
_CLOSED = {
    "stage": closed(
        "stage",
        STAGES,
        {word: stage for word, stage in spellings("item").items() if stage in STAGES},
        spellings("not a stage"),
        "No stage of the standard, which asks for those who applied, were shortlisted and were appointed: take its rows out.",
    ),
    "membership": closed(
        "membership",
        counts_rules.MEMBERSHIPS,
        spellings("membership"),
        spellings("not a part of the board"),
        "No part of the board by itself: add the chair to the non_executive members, chief executive and executive directors to the executive "
        "ones, one row a group, and all of them to the total.",
        spellings("word that a part of the board may have"),
        also=("board",),
    ),
    "staff_group": closed(
        "staff_group", STAFF_GROUPS, spellings("staff group"), absent=", with not_separated in every row where nobody knows it"
    ),
}
_NUMBER = "a whole number, 0 or more"
_COUNT_HEADINGS = ("count", "number", "people", "headcount", "staff", "n")


@dataclass(frozen=True)
class Words:
    """What the words of a year's tables mean."""

    standard: Standard  # the standard whose tables they are
    groups: GroupWords  # words and categories for the ethnic groups
    grades: tuple[str, ...]  # known grades
    spellings: dict[str, str]  # other spellings, and the grade each means
    kinds: dict[str, str]  # grade to its kind
    parts: list[tuple[tuple[str, ...], str]]  # grades that are counted inside another one, and that other
    survey: survey_questions.SurveyQuestions  # the year's survey questions
    names: tuple[str, ...] = ()  # the organisation's own


def words_of(parameters: Parameters, year: str) -> Words:
    """Return what the words of a year's counts tables mean, from the reference tables and the master file."""
    folder = parameters.reference_folder
    known = grades(folder)
    spelled = read_reference(folder, "grade_spellings")
    return Words(
        read_standard(folder),
        group_words(parameters),
        tuple(known["grade"]),
        dict(zip(spelled["spelling"], spelled["grade"], strict=True)),
        dict(zip(known["grade"], known["kind"], strict=True)),
        [((part,), whole) for part, whole in known.loc[known["part_of"].ne(""), ["grade", "part_of"]].itertuples(index=False)],
        survey_questions.survey_of(parameters, year),
        (parameters.organisation.name, parameters.organisation.short_name or "", parameters.organisation.code),
    )


def declared_table(name: str, words: Words) -> DeclaredTable:
    """Return the declaration of a counts table."""
    *keys, count = names = words.standard.tables[name]
    groups, of_count = tuple(words.standard.codes.values()), tuple(heading for heading in _COUNT_HEADINGS if heading not in names)
    of_which = ", with the answer that a row's number or percentage is of, such as 'At least once' or 'Yes'; where questions stand across, either says both"
    read_question = partial(survey_questions.read_question, survey=words.survey)
    known = _CLOSED | {
        "ethnic_group": DeclaredColumn("ethnic_group", "one of " + ", ".join(groups), _group_reader(words), choices=groups,
                                       also=("group", words.standard.group_column)),
        "grade": DeclaredColumn("grade", "a known value (data/reference/grades.csv lists them all)", one_of(words.grades, words.spellings),
                                choices=words.grades, also=("band", "pay_band")),
        "question": DeclaredColumn("question", "a question of this edition: " + words.survey.in_words(), read_question,
                                   choices=tuple(words.survey.questions)),
        "response": DeclaredColumn("response", "an answer", survey_questions.read_answer, choices=survey_questions.ANSWERS, also=("answer",),
                                   absent=of_which),
        count: DeclaredColumn(count, _NUMBER, count_or_suppressed, also=of_count),
    }  # fmt: skip
    return DeclaredTable(name, tuple(known.get(column, DeclaredColumn(column)) for column in names), key=tuple(keys), others="text")


def _group_reader(words: Words) -> Reader:
    """Return the reader of a group: the standard's own word for it, or another word with one certain meaning."""
    codes = words.standard.codes

    def read(text: str) -> Read:
        clean = clean_text(text)[0]
        group = words.groups.group_of(clean) if clean else None
        return Read(wrong="not in the list") if group is None else Read(group, f"read as '{codes[group]}'" if clean != codes[group] else "")

    return read


def read_counts_table(path: Path, name: str, shown: str, words: Words) -> Reading:
    """Read one counts table, whatever shape it has, and hold it to its declaration and rules.

    It lies in a CSV file, or an XLSX file with one sheet or a sheet of the table's name. The reading's table has one row per
    row of the file, counts as whole numbers; with problems it is not to be used.
    """
    reading = read_table(path, shown, _any_shape(name, words), partial(_reshape, words=words))
    return _checked_if_read(reading, name, words).in_own_headings()


def counts_of_text(reading: Reading, name: str, words: Words) -> Reading:
    """Hold raw text under the headings of a counts table, which came by another door, to its declaration and rules."""
    return _checked_if_read(held_to(reading, _any_shape(name, words), partial(_reshape, words=words)), name, words)


def _any_shape(name: str, words: Words) -> DeclaredTable:
    """Return the declaration of a counts table by which its cells are read, whose key is asked for later; a survey may give percentages."""
    table = declared_table(name, words)
    if name == "staff_survey":
        table = replace(table, columns=(*table.columns[:-1], replace(table.columns[-1], needed=False, filled=False), *_PERCENTAGES))
    return replace(table, key=())


def _checked_if_read(reading: Reading, name: str, words: Words) -> Reading:
    count = words.standard.tables[name][-1]
    if not (reading.cells_read and len(reading.table)) or any(problem.column != count or problem.row == 1 for problem in reading.problems):
        return reading
    if reading.problems:  # these counts are not known, and the rows are held to everything else all the same
        reading.table[count] = pd.Series([SUPPRESSED if cell == "" else cell for cell in reading.table[count]], reading.table.index, object)
    return checked(reading, name, words)


_PERCENTAGES = (
    DeclaredColumn("percent", "a percentage, for example 24.57", survey_percentages.read_percentage, needed=False, filled=False,
           also=("percentage", "%", "per_cent")),
    DeclaredColumn("base", _NUMBER, count_or_suppressed, needed=False, filled=False, also=("base_n", "number_of_respondents", "n_base")),
)  # fmt: skip


def _reshape(reading: Reading, table: DeclaredTable, words: Words) -> None:
    """Bring the raw text of a table that is set out otherwise into the declared columns."""
    count = words.standard.tables[table.name][-1]  # not the last declared: a survey may also give percentages
    raw, asked = reading.table, partial(survey_questions.looks_like_a_question, survey=words.survey)
    of_survey = table.name == "staff_survey"
    words_across(reading, table, words.groups, count, year_of(words.survey.edition), asked if of_survey else None)
    if of_survey:
        survey_percentages.without_everybody(reading, raw)
        if "question" not in raw and "question" in reading.table:
            survey_questions.leave_out_answers_of_others(reading, [name for name in (count, "percent") if name in reading.table])
        survey_percentages.measures_in_rows(reading, count)
        survey_percentages.refuse_exchanged(reading)
    into_groups(reading, table, words.groups, count)
    if table.name == "staff_survey" and {"question", "response"} <= set(reading.table.columns):
        survey_questions.leave_out_unanswered(reading)
    if "percent" not in reading.table.columns:
        further = [name for name in reading.table.columns if table.column(name) is None]
        shares = [name for name in further if holds_numbers(reading.table[name])]
        cuts = [name for name in further if name not in (*shares, ETHNIC_CATEGORY)]
        counts_rules.wholes_of_hidden_parts(reading, cuts, shares, count, words.groups)
        columns = [name for name in reading.table.columns if name not in ("membership", count, "base")]
        without_totals(reading, columns, count, shares, [name for name in cuts if name in columns], words.names)
        survey_percentages.without_shares(reading, shares, count)
    counts_rules.refuse_many_breakdowns(reading, table)


def checked(reading: Reading, name: str, words: Words) -> Reading:
    """Hold a table whose cells are read to the rules between its rows."""
    told = len(reading.problems)
    if name == "staff_survey":
        _complete_survey(reading, words)
        if len(reading.problems) > told:
            return reading.sorted()
    *declared, count = words.standard.tables[name]
    others = [column for column in reading.table.columns if column not in (*declared, count)]
    others = counts_rules.check_breakdowns(reading, others, name, count, year_of(words.survey.edition))
    keys = [*declared, *others]
    reading.check_key(keys)
    if len(reading.problems) > told:
        return reading.sorted()
    check_left_out(reading, name, words.standard, [label for label, question in words.survey.questions.items() if question.of_one_group])
    counts_rules.check_doubtful(reading, count, words.kinds)
    if name in ("headcount", "recruitment", "disciplinary", "training"):  # of others one large row may be half of everybody
        counts_rules.tell_whole_cells(reading, count)
    if name == "workforce":
        counts_rules.check_parts(reading, "grade", "headcount", words.parts, words.standard.codes)
        counts_rules.check_separated(reading)
    if name == "board":
        counts_rules.check_parts(reading, "membership", "members", counts_rules.OF_THE_BOARD, words.standard.codes)
    if name == "staff_survey":
        survey_questions.check_answers(reading, words.survey, words.standard.codes)
        if ETHNIC_CATEGORY in reading.table:
            survey_questions.each_answers_all(reading, reading.table, ETHNIC_CATEGORY)
    if not reading.problems:
        number = "float64" if reading.table[count].map(is_hidden).any() else "int64"
        reading.table = reading.table.astype(dict.fromkeys(keys, "str") | {count: number})
    return reading.sorted()


def _complete_survey(reading: Reading, words: Words) -> None:
    survey_questions.yes_and_no_of_frequencies(reading, words.survey)
    if survey_percentages.unnamed_measures(reading):
        return
    if {"respondents", "percent"} <= set(reading.table) and reading.table["respondents"].ne("").all():
        survey_percentages.settle_respondents(reading)
    table = reading.table
    if "respondents" in table and table["respondents"].ne("").all():
        reading.table = table.drop(columns=[column for column in ("percent", "base") if column in table])
    elif {"percent", "base"} <= set(table.columns) and table[["percent", "base"]].ne("").all(axis=None):
        reading.table = table.drop(columns=[column for column in ("respondents",) if column in table])
        survey_percentages.respondents_of_percentages(reading, words.survey)
    else:
        action = "Fill in 'respondents'; or 'percent' and 'base' in every row."
        begun = [name for name in ("percent", "base") if name in table and table[name].ne("").any()]
        for name in ("percent", "base") if begun else ("respondents",):
            for row in table.index[table[name].eq("")] if name in table else (1,):
                found = "an empty cell" if name in table else "no such column"
                reading.wrong("the number of respondents in every row", action, found, int(row), name)


def blank_tables(reference_folder: Path, year: str, *, medical: bool) -> dict[str, tuple[Row, list[Row]]]:
    """Return every counts table of a standard in the order in which somebody would fill it in: its columns, and its keys with an empty count.

    Clinical and non-clinical staff are apart, as the standard asks; ``medical`` says whether there are medical and dental grades.
    """
    standard, own = read_standard(reference_folder), {}
    for name, columns in standard.tables.items():
        keys: Iterable[Row] = ((value,) if value else () for value in standard.items_of[name])
        if name == "workforce":
            keys = _grades(reference_folder, medical=medical)
        elif name == "board":
            keys = ((membership,) for membership in counts_rules.MEMBERSHIPS)
        rows = [(*key, code, "") for key in keys for code in standard.codes.values()]
        headings = tuple(standard.group_column if column == "ethnic_group" else column for column in columns)
        own[name] = headings, survey_keys(reference_folder, year) if name == "staff_survey" else rows
    return own


def survey_keys(reference_folder: Path, year: str) -> list[Row]:
    """Return question, answer, code of a group and an empty count for every question of the year's edition, and every group that is asked it."""
    asked = in_force(catalogue(reference_folder), edition_of(year))
    asked = asked[asked["role"].eq("headline") & asked["survey_question"].ne("")]
    rows: list[Row] = []
    codes = read_standard(reference_folder).codes
    for definition in asked.itertuples():
        kind, _, named = definition.base_rule.partition(":")
        answers = named.split("|") if kind in ("answers", "asked") else (NEVER, *FREQUENCIES)
        groups = (codes[BME],) if definition.comparison == "none" else codes.values()
        rows += [(definition.survey_question.split("|")[0], answer, group, "") for answer in answers for group in groups]
    return rows


def _grades(reference_folder: Path, *, medical: bool) -> list[Row]:
    table = grades(reference_folder)
    table = table[table["part_of"].eq("")]
    paid = table.loc[table["kind"].isin(("agenda_for_change", "very_senior_manager")), "grade"]
    rows = [(group, grade) for group in ("clinical", "non_clinical") for grade in paid]
    doctors = table.loc[table["kind"].eq("medical_and_dental"), "grade"]
    return rows + [("medical_and_dental", grade) for grade in doctors if medical]

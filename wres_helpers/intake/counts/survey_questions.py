"""Staff survey counts held to the edition: which questions answer the indicators, which answers they have, who is in the base."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from wres_helpers.intake.spellings import spellings
from wres_helpers.settings.parameters import Parameters
from wres_helpers.standard.catalogue import catalogue, in_force, question_labels, with_chosen_base
from wres_helpers.standard.columns import BME
from wres_helpers.standard.reference_tables import made_of
from wres_helpers.standard.years import edition_of
from wres_helpers.tables.cell_readers import Read, clean_text, loose_key, one_of
from wres_helpers.tables.declared import Reading
from wres_helpers.tables.record_readers import made_a_date

NEVER, AT_LEAST_ONCE, YES, NO, DONT_KNOW = "Never", "At least once", "Yes", "No", "Don't know"
NO_OR_DONT_KNOW = "No or don't know"
#: Who said no to the question on which another depends, and so was not asked that other one.
NOT_ASKED = "Not asked"
FREQUENCIES = ("1-2 times", "3-5 times", "6-10 times", "More than 10 times")

#: Every answer a counts table may name.
ANSWERS = (NEVER, *FREQUENCIES, AT_LEAST_ONCE, YES, NO, DONT_KNOW, NO_OR_DONT_KNOW, NOT_ASKED)

_QUESTION = re.compile(r"^(?:question|q)?[ ._]*(\d{1,2} ?[a-z]?)(?:\.00?)?$")
_INDICATOR = re.compile(r"^(?:[\w-]+ )?(?:indicator|metric) (.+)$")

_read_answer = one_of(ANSWERS, spellings("answer"))
_NO_ANSWERS = frozenset(map(loose_key, spellings("no answer")))


@dataclass(frozen=True)
class Question:
    """What the edition asks of one question."""

    indicator: str  # the indicator it answers
    affected: bool  # whether the answers say how often something happened (and "Never" is the other side), or yes and no
    needs_dont_know: bool  # whether "Don't know" is in the base, and missed where nobody said so
    of_yes_and_no: bool  # whether the base is those who said yes or no, and nobody else
    asked_of_some: bool  # whether only those were asked who had said yes to another question
    optional: bool  # whether nobody misses it where it was not supplied
    of_one_group: bool  # whether only the group that the standard is about was asked, so that nothing is compared


@dataclass(frozen=True)
class SurveyQuestions:
    """The questions of a year."""

    edition: int
    questions: Mapping[str, Question]  # label of a question to what the edition asks of it
    elsewhere: Mapping[str, tuple[str, str]]  # label of a question of other editions to its indicator and the editions, in words
    key_findings: Mapping[str, str]  # key finding code to the edition's question

    def of_indicator(self, indicator: str) -> str:
        return next((label for label, question in self.questions.items() if question.indicator == indicator), "")

    def in_words(self) -> str:
        return ", ".join(f"{label} (indicator {question.indicator})" for label, question in self.questions.items())


def survey_of(parameters: Parameters, year: str) -> SurveyQuestions:
    """Return the questions that answer the indicators in a year, as the edition and the master file have them."""
    folder, own = parameters.reference_folder, tuple(parameters.survey.questions.items())
    return _survey_of(folder, edition_of(year), parameters.survey.indicator_7_base, own)


@made_of("indicators", "words", "question_labels", "standard", "groups", "items")
def _survey_of(reference_folder: Path, edition: int, base_of_indicator_7: str, chosen: tuple[tuple[str, str], ...]) -> SurveyQuestions:
    whole = with_chosen_base(catalogue(reference_folder), base_of_indicator_7)
    asked = in_force(whole[whole["base"].eq("survey")], edition).sort_values("role", key=lambda role: role.ne("headline"), kind="stable")
    own, questions = dict(chosen), {}
    for row in asked.itertuples():
        needs = DONT_KNOW in row.base_rule.removeprefix("answers:").split("|")
        for label in own.get(row.indicator, row.survey_question).split("|"):
            # a question of the headline keeps what the headline asks of it
            some, optional = row.base_rule.startswith("asked:"), row.role == "optional"
            affected, alone = row.numerator_rule.startswith("any_but"), row.comparison == "none" and row.role == "headline"
            needed, two = row.indicator == "7" and needs, row.base_rule.partition(":")[2] == f"{YES}|{NO}"
            questions.setdefault(label, Question(row.indicator, affected, needed, two, some, optional, alone))
    labels = question_labels(reference_folder)
    here = labels[labels["edition_from"].le(edition) & labels["edition_to"].ge(edition)]
    by_indicator = {question.indicator: label for label, question in questions.items()}
    findings = here[here["label"].str.startswith("KF") & here["indicator"].isin(by_indicator)]
    codes = dict(zip(findings["label"], findings["indicator"].map(by_indicator), strict=True))
    elsewhere = {row.label: (row.indicator, _editions(row)) for row in labels.itertuples() if row.label not in set(here["label"])}
    for row in whole[whole["survey_question"].ne("")].itertuples():
        if row.survey_question not in set(asked["survey_question"]):
            elsewhere.setdefault(row.survey_question, (row.indicator, _editions(row)))
    return SurveyQuestions(edition, questions, elsewhere, codes)


def _editions(row) -> str:
    return f"editions {row.edition_from} to {row.edition_to}" if row.edition_to < 9999 else f"editions from {row.edition_from} on"


def read_question(text: str, survey: SurveyQuestions) -> Read:
    """Return the edition's label of a question: ``Q14a`` is 14a, ``14b and 14c`` and ``q14b/c`` are 14b+14c, ``indicator 5`` its question."""
    clean = clean_text(text)[0]
    if clean in survey.questions:
        return Read(clean)
    key = clean.casefold()
    same = next((label for label in survey.questions if label.casefold() == key), "")
    code, match = clean.upper().replace(" ", ""), _INDICATOR.match(key.replace("_", " "))
    label = same or survey.key_findings.get(code) or (survey.of_indicator(match[1]) if match else "") or _canonical(key)
    if label in survey.questions:
        return Read(label, f"read as '{label}'")
    if (indicator := asked_in_words(clean)) and (meant := survey.of_indicator(indicator.removeprefix("indicator "))):
        cure = f"By its words it is {meant} ({indicator}): if so, write '{meant}' in its place; else take its rows out."
        return Read(wrong="not a question of this edition", cure=cure)
    return Read(wrong="not a question of this edition", cure=_question_cure(label, survey))


def looks_like_a_question(heading: str, survey: SurveyQuestions) -> bool:
    """Tell whether a heading is a question's number, of this edition or of another, or asks one in words."""
    text = heading.replace("_", " ")
    return not read_question(text, survey).wrong or bool(re.fullmatch(r"(q|question )?\d{1,2}[a-z]", text)) or bool(asked_in_words(text))


def letters_of(text: str) -> str:
    """Return the words of a text in small letters, without signs and numbers: ``don't`` is do not."""
    return " ".join(re.findall(r"[^\W\d_]+", re.sub(r"n['’]t\b", " not", text.casefold())))


def asked_in_words(text: str) -> str:
    """Return which indicator the words of a question ask about, the whole of them; "" where they leave a question: a guess, never acted on.

    Of managers or of other colleagues alone is half of a question.
    """
    words = letters_of(text)
    return next((indicator for pattern, indicator in spellings("question in words").items() if re.fullmatch(pattern, words)), "")


def _canonical(key: str) -> str:
    cells = [part.strip() for part in re.split(r"[+&,/]| and ", key)]
    number = re.search(r"\d{1,2}", cells[0])  # a letter alone is of the same number: 14b/c
    parts = [_QUESTION.match(number[0] + cell if number and re.fullmatch("[a-z]", cell) else cell) for cell in cells]
    return "+".join(part[1].replace(" ", "") for part in parts if part) if all(parts) else key


def _question_cure(label: str, survey: SurveyQuestions) -> str:
    joined = next((other for other in survey.questions if label in other.split("+") and "+" in other), None)
    if joined:
        number = survey.questions[joined].indicator
        return (
            f"Indicator {number} counts each person once over {joined}: ask for the two joined. A local survey with one question "
            f'names it in the master file: survey.questions: {{"{number}": {label}}}. Else take these rows out.'
        )
    if label in survey.elsewhere:
        indicator, editions = survey.elsewhere[label]
        now = survey.of_indicator(indicator)
        return f"'{label}' is the number of {editions}; edition {survey.edition} has {now}. Rename it if these are answers to {now}."
    return "Name the question in the master file (survey.questions) if it answers an indicator, or take its rows out."


def read_answer(text: str) -> Read:
    """Return an answer in the standard's words; what Excel made of ``1-2`` (``01-Feb``) has one reading, and is told."""
    read = _read_answer(text)
    if not read.wrong:
        return read
    if (pair := made_a_date(text)) and (said := "{}-{} times".format(*sorted(pair))) in FREQUENCIES:
        return Read(said, f"a date that Excel made of '{said}', read as that answer")
    return Read(wrong="not an answer", cure="Write the answer in the survey's words: " + ", ".join(ANSWERS) + ".")


def is_no_answer(text: str) -> bool:
    return loose_key(text) in _NO_ANSWERS


def leave_out_unanswered(reading: Reading) -> None:
    """Leave out those who did not answer a question: they are in no base; their rows are told."""
    silent = reading.table["response"].map(is_no_answer)
    if silent.any():
        rows = reading.table.index[silent]
        found = f"people who did not answer ({len(rows)} row{'s' * (len(rows) > 1)})"
        reading.told("answers", "Left out: who did not answer is in no base.", found, int(rows[0]), "response")
        reading.table = reading.table[~silent]


def leave_out_answers_of_others(reading: Reading, measures: list[str]) -> None:
    """Leave out the empty cells of questions across where nobody's answer to a question stands: the answer is another question's."""
    table = reading.table
    if measures and "response" in table:
        empty = table[measures].eq("").all(axis=1)
        reading.table = table[~empty.groupby([table["question"], table["response"]]).transform("all")]


def yes_and_no_of_frequencies(reading: Reading, survey: SurveyQuestions) -> None:
    """Read yes and no to a question on what happened as at least once and never; at least once as yes, where it is said of all questions alike."""
    table = reading.table
    affected = table["question"].map(lambda label: survey.questions[label].affected)
    ways = [(YES, AT_LEAST_ONCE, affected), (NO, NEVER, affected)]
    if affected.any() and table["response"].eq(AT_LEAST_ONCE).all():
        ways.append((AT_LEAST_ONCE, YES, ~affected))
    for said, meant, asked in ways:
        chosen = asked & table["response"].eq(said)
        if chosen.any():
            table.loc[chosen, "response"] = meant
            expected = "how often" if meant != YES else "yes or no"
            reading.told(expected, f"Read as '{meant}'.", f"'{said}'", int(table.index[chosen][0]), "response")


def check_answers(reading: Reading, survey: SurveyQuestions, codes: Mapping[str, str]) -> None:
    """Tell what is missing of a question: the other side of those affected, a group's answers, "Don't know" in the base.

    ``codes`` are the standard's words for the groups. Of a question that one group alone was asked, others have no answer, not even a zero.
    An indicator none of whose questions is there is told too: its figures are then not supplied.
    """
    asked = set(reading.table["question"])
    for indicator in dict.fromkeys(question.indicator for question in survey.questions.values()):
        labels = [label for label, question in survey.questions.items() if question.indicator == indicator and not question.optional]
        if not asked & set(labels):
            action = "Add its rows where the survey asked it; as it stands the indicator is not supplied."
            reading.told(f"answers for indicator {indicator}", action, f"no rows for question {' or '.join(labels)}", column="question")
    for label, rows in reading.table.groupby("question", sort=False):
        question, answers, first = survey.questions[str(label)], list(dict.fromkeys(rows["response"])), int(rows.index[0])
        for missing, why in _missing_answers(question, answers):
            reading.wrong(f"rows for {missing} to question {label}", why, "answers " + ", ".join(answers), first, "response")
        left_out = [answer for answer in FREQUENCIES if answer not in answers]
        if question.affected and 0 < len(left_out) < len(FREQUENCIES):
            action = "Read as answers that nobody gave or the survey did not offer; if somebody gave them, add their rows."
            reading.told(f"every answer to question {label}", action, f"no rows for {', '.join(map(repr, left_out))}", first, "response")
        if question.of_yes_and_no and DONT_KNOW in answers and question.indicator != "7":  # of which other editions ask for it
            told = "Left out of the base, which is those who said yes or no."
            reading.told(f"'{YES}' or '{NO}' to question {label}", told, f"'{DONT_KNOW}'", first, "response")
        of_yes_and_no = (YES, NO, DONT_KNOW, NO_OR_DONT_KNOW, *([NOT_ASKED] if question.asked_of_some else []))
        allowed = (NEVER, *FREQUENCIES, AT_LEAST_ONCE) if question.affected else of_yes_and_no
        expected, action = f"an answer to question {label}: " + ", ".join(allowed), "Correct the question or the answer."
        for row, answer in rows.loc[~rows["response"].isin(allowed), "response"].items():
            reading.wrong(expected, action, f"'{answer}'", int(row), "response")
        for both in ((AT_LEAST_ONCE, FREQUENCIES), (NO_OR_DONT_KNOW, (NO, DONT_KNOW))):
            if both[0] in answers and set(both[1]) & set(answers):
                reading.wrong("each person in one answer", f"Keep '{both[0]}', or the answers it sums up.", "both", first, "response")
        others = rows["ethnic_group"].ne(BME) if question.of_one_group else rows["ethnic_group"].eq("")
        for row, group in rows.loc[others & rows["response"].ne(NOT_ASKED), "ethnic_group"].items():
            expected = f"answers to question {label} of {codes[BME]} alone: nobody else is asked it"
            reading.wrong(expected, "Take the row out: no answer is not 0.", f"an answer of {codes[group]}", int(row), "response")
        each_answers_all(reading, rows[~others], "ethnic_group", codes)


def _missing_answers(question: Question, answers: list[str]) -> list[tuple[str, str]]:
    """Return the answers that a question lacks, each with what to do about it."""
    there, both = set(answers), not question.affected
    no = both and not there.isdisjoint((NO, NO_OR_DONT_KNOW))
    # of which questions one of some answers must be there, what is missing where none is, and what to do
    needed = (
        (question.affected, {NEVER}, "'Never'", "Add them: without those never affected nobody can say out of how many."),
        (question.affected, {AT_LEAST_ONCE, *FREQUENCIES}, "those affected", "Add them, with 0 where nobody was."),
        (both, {YES}, "'Yes'", "Add them, with 0 where nobody said so."),
        (both and not no, {NO}, "'No'", "Add them: without them nobody can say out of how many."),
        (both and question.of_yes_and_no and NO_OR_DONT_KNOW in there, set(), "'No'",
         "Ask for them apart from those who do not know, who are in no base of this edition."),
        (no and question.needs_dont_know, {DONT_KNOW, NO_OR_DONT_KNOW}, '"Don\'t know"',
         "Add them (0 where nobody said so): they are in the base of this edition. Where the survey has no such answer, say so in the master file: "
         "survey.indicator_7_base: exclude_dont_know."),
        (both and question.asked_of_some and question.optional, {NOT_ASKED}, f"'{NOT_ASKED}'",
         "Add how many were not asked since they had met no discrimination: the few who were asked would else stand for all who answered the survey."),
    )  # fmt: skip
    return [(missing, action) for asked, some, missing, action in needed if asked and there.isdisjoint(some)]


def each_answers_all(reading: Reading, rows: pd.DataFrame, column: str, codes: Mapping[str, str] | None = None) -> None:
    """Tell a group (by its code) or a category that lacks an answer others gave: its people would be left out of the base as if nobody had given it."""
    answered = rows[~rows["response"].map(is_no_answer).astype(bool)]
    answers = {question: dict.fromkeys(given) for question, given in answered.groupby("question", sort=False)["response"]}
    for (question, name), own in answered.groupby(["question", column], sort=False):
        missing = [answer for answer in answers[question] if answer not in set(own["response"])]
        if missing:
            found = f"no row for {codes[str(name)] if codes else repr(name)} with {', '.join(map(repr, missing))}"
            action = "Add the rows, with 0 where nobody gave the answer."
            expected = f"a row for each answer to question {question} in each {'group' if codes else 'category'}"
            reading.wrong(expected, action, found, int(own.index[0]), "response")

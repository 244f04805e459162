"""Computed sentences of an indicator's page: what is measured, what it comes to in people, how sure we can be, and the rule of the status."""

import pandas as pd

from wres_helpers.analysis.evidence import Evidence
from wres_helpers.report.form import numbers, phrases
from wres_helpers.report.form.blocks import Notice, Prose
from wres_helpers.report.form.topics import topical
from wres_helpers.report.words import evidence_rows, vocabulary
from wres_helpers.report.words.beside_headlines import as_relative_likelihood
from wres_helpers.report.words.doubts import beside_status
from wres_helpers.report.words.evidence_rows import counted
from wres_helpers.report.words.headlines import NOTHING_SUPPLIED, reason_told
from wres_helpers.report.words.vocabulary import (
    characteristic,
    group_label,
    in_terms,
    indicators_told,
    people_of,
    period_label,
    period_told,
    spelled_out,
    wording,
    worse_for,
)
from wres_helpers.report.words.who_answered import responses
from wres_helpers.standard import statuses
from wres_helpers.standard.catalogue import SEEN

#: Measures whose definition stands before that of the headline, because the headline only sums them up.
_SUMMED_UP = {"senior_share": "share_of_grade"}


def definition(shown: Evidence, indicator: str) -> Prose:
    """Return what the indicator measures, which way is worse, and whether its definition was checked at the source."""
    row = evidence_rows.definition_of(shown, indicator)
    summed_up = evidence_rows.definition_of(shown, indicator, _SUMMED_UP[row["measure"]]) if row["measure"] in _SUMMED_UP else None
    paragraphs = [f"{title_sentence(shown, row)} {row['definition']} Here, {_worse_words(shown, row)}."]
    if summed_up is not None:
        paragraphs[:0] = [f"{title_sentence(shown, row)} {summed_up['definition']}"]
        paragraphs[1] = f"The headline. {row['definition']} Here, {_worse_words(shown, row)}."
    if str(row["survey_question"]):
        question = question_told(question_of(shown, indicator))
        kind = "a local staff survey" if shown.context.parameters.survey.kind == "local" else shown.context.reference.standard.survey
        paragraphs.append(f"The answers come from {question} of {kind}: they are the answers of those who replied, not of all staff.")
    paragraphs = [in_terms(shown, paragraph) for paragraph in paragraphs]
    of = row if summed_up is None else summed_up
    # by its name, for paper has once what is said twice word for word, and two definitions may have one source
    used = f"Definition of {indicators_told(shown, [indicator])} used for the {shown.context.edition} edition"
    edition = f"{used}, {SEEN[of['seen']]}: {of['source']}. Period: {period_told(shown, of)}."
    if summed_up is not None:
        edition += f" The headline: {SEEN[row['seen']]}."
    if row["direction"] == "board-workforce":
        edition += " The headline is that of the voting members where they were supplied, else of the whole board."
    own = question_of(shown, indicator)
    if str(row["survey_question"]) and own != row["survey_question"]:  # the source is of a question not asked
        asked, wanted = (question_told(question) for question in (own, str(row["survey_question"])))
        edition = (
            f"{used}, with a question of the organisation's own ({asked}). The standard asks "
            f"{wanted} of {shown.context.reference.standard.survey} ({SEEN[of['seen']]}: {of['source']}). Period: {period_told(shown, of)}."
        )
    return Prose(tuple(filter(None, (*paragraphs, edition, spelled_out(shown)))))


def question_told(question: str) -> str:
    """Return the question of a survey, or its several, with the word for them; nothing where none is known."""
    told = question.replace("+", " and ").split("|")[0]
    return told and f"question{'s' * ('+' in question)} {told}"


def title_sentence(shown: Evidence, row: pd.Series) -> str:
    """Return the indicator's title in the standard as a sentence: 'Indicator 2: ...'."""
    return f"{vocabulary.indicator_named(shown, row['indicator'])} of the standard: {phrases.small(phrases.sentence(str(row['title'])))}"


def _worse_words(shown: Evidence, row: pd.Series) -> str:
    if str(row["direction"]) == "bme-white":
        side = "higher" if str(row["adverse"]).startswith("above") else "lower"
        bme, white = group_label(shown, "bme"), group_label(shown, "white")
        return f"a {side} percentage among {bme} than among {white} respondents is worse for {bme} staff"
    return f"a value {worse_for(shown.context.terms, str(row['adverse']))}"


def who_answered_by_group(shown: Evidence, indicator: str) -> str:
    """Return how many of each group answered the survey beside how many are on record, and what follows if these are the same people.

    Said once, of the first indicator of the survey. Nobody's answer is tied to a record: those without a recorded ethnicity may have told one.
    """
    catalogue = shown.context.catalogue
    asked = catalogue.loc[catalogue["base"].eq("survey") & catalogue["role"].eq("headline"), "indicator"].astype(str)
    row = responses(shown)
    if indicator != asked.min() or row is None:
        return ""
    bme, white = (group_label(shown, group) for group in ("bme", "white"))
    answered, on_record = ([numbers.count(row[f"{group}_{what}"]) for group in ("bme", "white")] for what in ("count", "base"))
    told = f"The question that most answered has {answered[0]} {bme} and {answered[1]} {white} answers; "
    told += f"on record, of another day, are {on_record[0]} and {on_record[1]} staff. If these are the same people, "
    told += " and ".join(f"{numbers.percentage(row[f'{group}_rate'])} of {group_label(shown, group)}" for group in ("bme", "white"))
    told += " staff answered"
    if less := {"more": white, "less": bme}.get(phrases.more_or_less(row["value"]) if evidence_rows.is_clear(row) else ""):
        interval = numbers.points_range(row["lower"], row["upper"], "", "").strip()
        interval = f"{numbers.confidence(row['confidence'])} interval {interval.removesuffix(' percentage points')}"
        told += (
            f", {less} staff clearly less often (by {numbers.points(row['value'])}; {interval}), and the answers say less of all of them"
        )
    return topical(shown, f"{told}.", indicator, "headcount", tables=["results"])


def question_of(shown: Evidence, indicator: str) -> str:
    """Return the survey question that answers an indicator: the master file's, or else the edition's."""
    return str(shown.context.parameters.survey.questions.get(indicator) or evidence_rows.definition_of(shown, indicator)["survey_question"])


def in_people(shown: Evidence, indicator: str) -> Prose:
    """Return what stands beside the chart: rare events in people, and whom the figures leave out or cannot speak for."""
    row = evidence_rows.headline_row(shown, indicator)
    if row is None or row["status"] == statuses.NOT_SUPPLIED or row["direction"].endswith("workforce"):
        return Prose(())
    told = (
        _per_thousand_sentence(shown, row),
        _pooled_sentence(shown, indicator),
        who_answered_by_group(shown, indicator),
        _unknown_sentence(shown, row),
    )
    return Prose(tuple(topical(shown, text, indicator, rows=[row]) for text in told if text))


#: Below this share percentages tell little, and people in a thousand tell more.
_RARE = 0.01


def _per_thousand_sentence(shown: Evidence, row: pd.Series) -> str:
    """Return both groups' rates as people in a thousand, where one of them is so rare that percentages hide the difference."""
    if not evidence_rows.has(row, "white_rate", "bme_rate") or not 0 < min(row["white_rate"], row["bme_rate"]) < _RARE:
        return ""
    told = wording(shown, row["measure"])
    bme, white = (f"{numbers.per_thousand(row[f'{group}_rate'])} of a thousand {group_label(shown, group)}" for group in ("bme", "white"))
    return phrases.sentence(f"{bme} {told.people} {told.acted}, and {white} {told.again}")


def _pooled_sentence(shown: Evidence, indicator: str) -> str:
    """Return that the definition puts several years together, and which."""
    definition = evidence_rows.definition_of(shown, indicator)
    years, period = int(definition["years_pooled"]), period_label(shown.context.year, definition)
    return "" if years < 2 else f"The standard asks for {numbers.in_words(years)} years together here ({period})."


def _unknown_sentence(shown: Evidence, row: pd.Series) -> str:
    told = wording(shown, row["measure"])
    people = f"{told.people} who have not disclosed their {characteristic(shown)}"
    if evidence_rows.has(row, "unknown_base") and row["unknown_base"] == 0:
        return ""
    if evidence_rows.has(row, "unknown_count", "unknown_base"):
        return f"{counted(row, 'unknown')} {people} {told.in_short}; they belong to neither group."
    if evidence_rows.is_hidden(row, "unknown_count", "unknown_base"):
        return f"People who have not disclosed their {characteristic(shown)} belong to neither group; how many of them {told.acted} is hidden, at least in part."
    if evidence_rows.has(row, "unknown_base"):
        return f"{numbers.count(row['unknown_base'])} {people} belong to neither group."
    # Where their number was not supplied, the section on certainty says so, once.
    return ""


def certainty(shown: Evidence, indicator: str) -> Prose:
    """Return how sure we can be, beside the headline's interval and the table of the undisclosed: what one person weighs."""
    row = evidence_rows.headline_row(shown, indicator)
    if row is None or row["status"] == statuses.NOT_SUPPLIED:
        return Prose((NOTHING_SUPPLIED,))
    # a warning of small numbers, where one person in the smaller base is one percentage point or more
    if not evidence_rows.has(row, "bme_base", "one_person") or row["one_person"] < 0.01:
        return Prose(())
    people = people_of(shown, row)
    if not row["direction"].endswith("workforce"):
        people = f"{group_label(shown, 'bme')} {people}"
    base, one = numbers.count(row["bme_base"]), numbers.points(row["one_person"])
    return Prose((topical(shown, f"Among {base} {people}, one person is {one}, so single cases weigh heavily.", indicator),))


def how_status_is_given(shown: Evidence) -> Prose:
    """Return the rule that gives a comparison its status, with the numbers of the master file."""
    rule = shown.context.status_rule
    low, high = (numbers.ratio(end) for end in rule.no_adverse_range)
    confidence, error, one_side = rule.confidence, numbers.error(1 - rule.confidence), numbers.error((1 - rule.confidence) / 2)
    return Prose((
        f"Is a difference clear? It is, where its whole {numbers.confidence(confidence)} interval lies on one side of equality, the test of equal "
        f"rates (p at most {error}, two sides) and Fisher's exact test (p at most {one_side} on the side found, which bounds false alarms there "
        "whatever the true rate is) agree, and the test of equal rates still would with one person more or less; where Fisher's would not, the "
        "status stands, and that is said beside it.",
        f"Is it large? It is, where the relative likelihood, turned so that above 1 is worse for {shown.context.terms.bme} staff, is above {high}, "
        "on the answer or on its opposite (who was appointed, and who was not): the one farther from 1 decides; where the interval of that one "
        "reaches across this, whether large is uncertain.",
        "Clear and worse: large difference, or some difference where it is not large. Clear and better: difference the other way. Not clear: "
        f"equivalent where the whole intervals of both relative likelihoods lie between {low} and {high}, too few to judge where fewer than "
        f"{rule.minimum_expected:g} people would be expected in some group if the two fared alike, and else no clear difference. Borderline, "
        "said beside any of these three: the interval leaves out equality, and one of these tests, or one person, does not bear it; it then looks "
        "worse, or better, as counted. The status "
        "is that of the whole: chance weighs more in a part, and of several parts it now and then shows one as different.",
        "The range is a convention for screening, four fifths and its inverse, not a test in law. Differences and ratios are worked out before "
        f"rounding; one that would print as 1, {low} or {high} without being it has more decimals.",
    ))  # fmt: skip


def status_note(shown: Evidence, indicator: str) -> Notice:
    """Return the computed status beside the one published by hand, with the difference said."""
    row = evidence_rows.status_row(shown, indicator)
    if row is None:
        return Notice(title="Status", text=NOTHING_SUPPLIED)
    published = row["published_status"] if isinstance(row["published_status"], str) else ""
    by_hand = f"'{statuses.label_of_published(published)}'" if published else ""
    if row["status"] == statuses.PROTECTED:
        hidden = "The status that the rule gives is hidden, because it would give hidden numbers away."
        return Notice(title="Status by rule: hidden", text=f"{hidden}{f' Published by hand was {by_hand}.' if by_hand else ''}")
    headline = evidence_rows.headline_row(shown, indicator)
    why = reason_told(shown, row if headline is None else headline)
    ratio = "" if headline is None else as_relative_likelihood(shown, headline)
    given = filter(None, (f"'{row['label']}'{f', because {why}' if why else ''}", ratio, *beside_status(shown, headline)))
    computed = f"The rule gives {'; '.join(given)}."
    differs = bool(published and row["differs"])
    title = f"Status differs from {by_hand}, as published" if differs else f"Status by rule{', as published' * bool(published)}"
    told = topical(shown, computed, indicator, tables=("statuses", "asides"))
    return Notice(title=title, tone="warning" if differs else "information", text=told)

"""Computed sentences of an indicator's page: what is measured, what the data say, how sure we can be."""

import math
from typing import Any

import pandas as pd

from wres_helpers.definitions import statuses
from wres_helpers.presentation import numbers, phrases, rows
from wres_helpers.presentation.blocks import Notice, Prose
from wres_helpers.presentation.headlines import counted, counted_people
from wres_helpers.presentation.vocabulary import group_label, wording, worse_for

NOTHING_SUPPLIED = "The figures for this indicator were not supplied for this year."


def definition(shown: Any, indicator: str, parameters: Any) -> Prose:
    """Return what the indicator measures, which way is worse, and whether its definition was checked at the source."""
    row = rows.definition_of(shown, indicator)
    if row is None:
        return Prose((f"Indicator {indicator} is not part of the {shown.context.edition} edition of the standard.",))
    worse = worse_for(shown, str(row["adverse"]))
    checked = (
        "The definition was checked against the source named at the end of this page"
        if row["verified"]
        else "The definition rests in part on sources that could not be checked; they are named at the end of this page"
    )
    paragraphs = [
        f"{row['question']} {row['definition']}",
        f"Edition {shown.context.edition}; period counted: {row['period']}; a value {worse}. {checked}.",
    ]
    if str(row["survey_question"]):
        question = survey_question(parameters, indicator, row)
        kind = "a local staff survey" if parameters.survey.kind == "local" else "the NHS Staff Survey"
        paragraphs.append(f"The answers come from question {question} of {kind}; they are the answers of those who replied, not of all staff.")
    return Prose(tuple(paragraphs))


def survey_question(parameters: Any, indicator: str, row: pd.Series) -> str:
    """Return the survey question that answers an indicator: the master file's, or else the edition's."""
    return str(parameters.survey.questions.get(indicator, row["survey_question"])).replace("+", " and ").split("|")[0]


def reading(shown: Any, indicator: str) -> Prose:
    """Return what the data say, in sentences with counts and bases."""
    row = rows.headline_row(shown, indicator)
    if row is None or row["status"] == statuses.NOT_SUPPLIED:
        return Prose((NOTHING_SUPPLIED,))
    paragraphs = [_rates_sentence(shown, row), _comparison_sentence(shown, row), _unknown_sentence(shown, row)]
    return Prose(tuple(paragraph for paragraph in paragraphs if paragraph))


def _rates_sentence(shown: Any, row: pd.Series) -> str:
    told = wording(row["measure"])
    said = "said they " if row["direction"] == "bme-white" else ""
    parts = []
    for group in ("white", "bme"):
        rate = f" ({numbers.percentage(row[f'{group}_rate'])})" if rows.has(row, f"{group}_rate") else ""
        parts.append(f"{counted_people(shown, row, group)}{rate}")
    if row["direction"].endswith("workforce"):
        return phrases.sentence(f"of the {told.people}, {_parts_of_whole(shown, row)}")
    return phrases.sentence(f"{parts[0]} {said}{told.acted}, and so did {parts[1]}")


def _parts_of_whole(shown: Any, row: pd.Series) -> str:
    words = []
    for group in ("white", "bme", "unknown"):
        if group == "unknown" and not rows.has(row, "unknown_count"):
            continue
        rate = row[f"{group}_count"] / row[f"{group}_base"] if rows.has(row, f"{group}_count", f"{group}_base") and row[f"{group}_base"] else None
        share = "" if rate is None else f" ({numbers.percentage(rate)})"
        label = "have not disclosed their ethnicity" if group == "unknown" else f"are {group_label(shown, group)}"
        words.append(f"{counted(shown, row, group)}{share} {label}")
    return phrases.listed(words)


def _comparison_sentence(shown: Any, row: pd.Series) -> str:
    if not rows.has(row, "value"):
        return ""
    if row["comparison"] == "ratio":
        first, second = rows.RATIO_GROUPS[row["direction"]]
        if math.isinf(row["value"]) or row["value"] == 0:
            return "Since one group counts nobody here, the relative likelihood cannot be given as a multiple."
        words = phrases.likelihood_in_words(row["value"])
        link = "than" if words in ("more likely", "less likely") else "as"
        people, act = wording(row["measure"]).people, wording(row["measure"]).act
        return (
            f"The relative likelihood, {group_label(shown, first)} divided by {group_label(shown, second)}, is "
            f"{numbers.ratio(row['value'])}: {group_label(shown, first)} {people} were {words} {link} "
            f"{group_label(shown, second)} {people} to {act}."
        )
    return _gap_sentence(shown, row)


def _gap_sentence(shown: Any, row: pd.Series) -> str:
    bme = group_label(shown, "bme")
    amount = phrases.more_or_less(row["value"])
    if row["direction"] == "bme-white":
        white = group_label(shown, "white")
        if amount == "the same":
            return f"The percentage is the same for {bme} and {white} respondents."
        side = "higher" if amount == "more" else "lower"
        return f"The percentage is {numbers.points(row['value'])} {side} for {bme} than for {white} respondents."
    if amount == "the same":
        return f"The {bme} share is the same as in the whole workforce."
    side = "above" if amount == "more" else "below"
    return f"The {bme} share is {numbers.points(row['value'])} {side} the {bme} share of the whole workforce."


def _unknown_sentence(shown: Any, row: pd.Series) -> str:
    if row["direction"].endswith("workforce"):
        return ""
    if rows.has(row, "unknown_count", "unknown_base"):
        return (
            f"A further {counted(shown, row, 'unknown')} people whose ethnicity is not known belong to neither group and are "
            "left out of the comparison."
        )
    if rows.is_hidden(row, "unknown_count") or rows.is_hidden(row, "unknown_base"):
        return "People whose ethnicity is not known belong to neither group; their number is not shown in full."
    return "Figures for people whose ethnicity is not known were not supplied for this indicator."


def certainty(shown: Any, indicator: str) -> Prose:
    """Return how sure we can be: the interval in words, small numbers, the rule of the status, the undisclosed."""
    row = rows.headline_row(shown, indicator)
    if row is None or row["status"] == statuses.NOT_SUPPLIED:
        return Prose((NOTHING_SUPPLIED,))
    paragraphs = [_interval_sentence(shown, row), _few_sentence(shown, row), _bounds_sentence(shown, indicator), status_rule(shown)]
    return Prose(tuple(paragraph for paragraph in paragraphs if paragraph))


def _interval_sentence(shown: Any, row: pd.Series) -> str:
    if not rows.has(row, "lower", "upper"):
        hidden = rows.is_hidden(row, "lower") or rows.is_hidden(row, "value") or row["status"] == statuses.PROTECTED
        return "The range that chance allows is not shown, because it would give hidden numbers away." if hidden else ""
    level = numbers.confidence(row["confidence"])
    if row["comparison"] == "ratio":
        interval = numbers.ratio_interval(row["lower"], row["upper"])
        verdict = phrases.range_verdict(row["lower"], row["upper"], shown.context.status_rule.no_adverse_range)
        told = _RATIO_VERDICTS[verdict]
        return f"With numbers of this size, a true relative likelihood anywhere from {interval} would fit what was counted ({level} interval). {told}"
    interval = numbers.points_interval(row["lower"], row["upper"])
    told = _GAP_VERDICTS[phrases.gap_verdict(row["lower"], row["upper"])]
    return f"With numbers of this size, a true difference anywhere from {interval} would fit what was counted ({level} interval). {told}"


_RATIO_VERDICTS = {
    "equivalent": "All of it lies within the range of no adverse difference, so the two groups can be called equivalent.",
    "above": "All of it lies above 1, so chance alone is an unlikely explanation of the difference.",
    "below": "All of it lies below 1, so chance alone is an unlikely explanation of the difference.",
    "unclear": "It includes 1, so chance alone could explain the difference; that is not proof that there is none.",
}
_GAP_VERDICTS = {
    "above": "All of it lies above nothing, so chance alone is an unlikely explanation of the difference.",
    "below": "All of it lies below nothing, so chance alone is an unlikely explanation of the difference.",
    "unclear": "It includes no difference at all, so chance alone could explain what was found; that is not proof that there is none.",
}


def _few_sentence(shown: Any, row: pd.Series) -> str:
    if row["status"] == statuses.TOO_FEW_TO_JUDGE:
        return "The numbers are too small to judge: one person more or fewer would change the picture."
    if not rows.has(row, "bme_count", "bme_base", "bme_rate") or not row["bme_base"]:
        return ""
    one = 1 / row["bme_base"]
    if row["direction"] in rows.RATIO_GROUPS or row["direction"] == "bme-white":
        people = f"{group_label(shown, 'bme')} {wording(row['measure']).people}"
    else:
        people = wording(row["measure"]).people
    if one < 0.01:
        return ""
    return f"One person is {numbers.points(one)} among {numbers.count(row['bme_base'])} {people}, so single cases weigh heavily."


def _bounds_sentence(shown: Any, indicator: str) -> str:
    frame = rows.of_indicator(shown, "bounds", indicator, measure=rows.headline_measure(shown, indicator))
    row = rows.first(frame, category="total" if indicator == "9" else "all")
    return bounds_words(shown, row) if row is not None else ""


def bounds_words(shown: Any, row: pd.Series) -> str:
    """Return in a sentence what undisclosed ethnicity could change, or why that can't be said."""
    if not rows.has(row, "lower_bound", "upper_bound"):
        if row["status"] in (statuses.PROTECTED,) or rows.is_hidden(row, "lower_bound"):
            return "What undisclosed ethnicity could change is not shown, because it would give hidden numbers away."
        reason = row["reason"] if isinstance(row["reason"], str) and row["reason"] else ""
        return f"What undisclosed ethnicity could change cannot be said: {reason}." if reason else ""
    unknown = rows.words(row, "unknown_count", numbers.count)
    low, high = row["lower_bound"], row["upper_bound"]
    ratio = rows.of_indicator(shown, "results", row["indicator"], measure=row["measure"])["comparison"].eq("ratio").any()
    interval = numbers.ratio_interval(low, high) if ratio else numbers.points_interval(low, high)
    people = "1 person counted here has" if unknown == "1" else f"{unknown} people counted here have"
    return f"{people} no known ethnicity. Whatever theirs is, the value would lie from {interval}; this comes on top of chance."


def status_rule(shown: Any) -> str:
    """Return the rule that gives a comparison its status, with the numbers of the master file."""
    rule = shown.context.status_rule
    low, high = rule.no_adverse_range
    level = numbers.confidence(rule.confidence)
    fewest = f"{rule.minimum_expected:g}"
    return (
        f"How the status is given: 'requires focus' where the {level} interval lies wholly on the side that is worse for "
        f"{shown.context.terms.bme} staff and the relative likelihood is outside {numbers.ratio(low)} to {numbers.ratio(high)}; "
        f"'progressing' where only one of the two holds; 'achieving' where neither does; 'too few to judge' where the interval includes "
        f"no difference and fewer than {fewest} people would be expected in some group if there were none."
    )


def status_note(shown: Any, indicator: str) -> Notice:
    """Return the computed status beside the one published by hand, with the difference said."""
    row = rows.status_row(shown, indicator)
    if row is None:
        return Notice(title="Status", text=NOTHING_SUPPLIED)
    computed = f"The rule gives '{row['label']}'"
    reason = f", because {row['reason']}" if isinstance(row["reason"], str) and row["reason"] else ""
    published = row["published_status"] if isinstance(row["published_status"], str) else ""
    if not published:
        return Notice(title="Status by rule", text=f"{computed}{reason}.")
    by_hand = statuses.LABELS.get(published, published)
    if not row["differs"]:
        return Notice(title="Status by rule, as published", text=f"{computed}{reason}. The status published by hand was the same.")
    return Notice(
        title="Status differs from the one published", tone="warning", text=f"{computed}{reason}. The status published by hand was '{by_hand}'."
    )

"""Computed sentences of an indicator's page: what is measured, and what the data say."""

import math

import pandas as pd

from wres_helpers.analysis.evidence import Evidence
from wres_helpers.report import evidence_rows, numbers, phrases
from wres_helpers.report.blocks import Prose
from wres_helpers.report.headlines import (
    NOTHING_SUPPLIED,
    chance_words,
    counted,
    counted_people,
    of_all_who_answered,
    sides,
    with_rate,
)
from wres_helpers.report.vocabulary import group_label, in_terms, people_of, period_label, spelled_out, wording, worse_for
from wres_helpers.standard import statuses

#: Measures whose definition stands before that of the headline, because the headline only sums them up.
_SUMMED_UP = {"senior_share": "share_of_grade"}


def definition(shown: Evidence, indicator: str) -> Prose:
    """Return what the indicator measures, which way is worse, and whether its definition was checked at the source."""
    row = evidence_rows.definition_of(shown, indicator)
    if row is None:
        return Prose((f"Indicator {indicator} is not part of the {shown.context.edition} edition of the standard.",))
    summed_up = evidence_rows.definition_of(shown, indicator, _SUMMED_UP[row["measure"]]) if row["measure"] in _SUMMED_UP else None
    paragraphs = [f"{title_sentence(row)} {row['definition']} Here, {_worse_words(shown, row)}."]
    if summed_up is not None:
        paragraphs[:0] = [f"{title_sentence(row)} {summed_up['definition']}"]
        paragraphs[1] = f"The headline. {row['definition']} Here, {_worse_words(shown, row)}."
    if str(row["survey_question"]):
        question = survey_question(shown, indicator, row)
        kind = "a local staff survey" if shown.context.survey_kind == "local" else "the NHS Staff Survey"
        replied = _response_sentence(shown, indicator)
        paragraphs.append(
            f"The answers come from question {question} of {kind}: they are the answers of those who replied, not of all staff. {replied}".strip()
        )
    paragraphs = [in_terms(shown, paragraph) for paragraph in paragraphs]
    paragraphs[0] = f"{paragraphs[0]} {spelled_out(shown)}".strip()
    return Prose((*paragraphs, _edition_sentence(shown, row if summed_up is None else summed_up)))


def title_sentence(row: pd.Series) -> str:
    """Return the indicator's title in the standard as a sentence: 'Indicator 2: ...'."""
    return phrases.sentence(f"indicator {row['indicator']} of the standard: {str(row['title'])[0].lower()}{str(row['title'])[1:]}")


def _worse_words(shown: Evidence, row: pd.Series) -> str:
    if str(row["direction"]) == "bme-white":
        side = "higher" if str(row["adverse"]).startswith("above") else "lower"
        bme, white = group_label(shown, "bme"), group_label(shown, "white")
        return f"a {side} percentage among {bme} than among {white} respondents is worse for {bme} staff"
    return f"a value {worse_for(shown, str(row['adverse']))}"


def _edition_sentence(shown: Evidence, row: pd.Series) -> str:
    return f"Definition of the {shown.context.edition} edition, {_SEEN[row['seen']]}: {row['source']}. Period: {row['period']}."


#: Where a definition was seen; the technical guidance is the document that defines an indicator.
_SEEN = {
    "guidance": "seen in the standard's technical guidance",
    "secondary": "seen in a secondary source",
    "secondary_in_part": "seen in a secondary source in part, and in part from memory",
    "not_seen": "from memory or this pack's own, and seen in no source",
}


def _response_sentence(shown: Evidence, indicator: str) -> str:
    """Return how many of each group answered the survey, and whether one group clearly answered less often: once, on the first page."""
    if indicator not in ("5", "6"):
        return "How many of each group answered stands with indicator 5."
    row = evidence_rows.first(evidence_rows.of_indicator(shown, "results", "5", measure="survey_response"))
    if row is None or not evidence_rows.has(row, "white_rate", "bme_rate", "white_count", "bme_count"):
        return ""
    bme, white = (f"{with_rate(row, group)} of {group_label(shown, group)} staff" for group in ("bme", "white"))
    less = {"more": "white", "less": "bme"}.get(phrases.more_or_less(row["value"]) if evidence_rows.is_clear(row) else "")
    clear = f": {group_label(shown, less)} staff clearly answered less often" if less else ""
    return f"Of all staff, {bme} and {white} answered the survey, by the question that most of them answered{clear}."


def survey_question(shown: Evidence, indicator: str, row: pd.Series) -> str:
    """Return the survey question that answers an indicator: the master file's, or else the edition's."""
    return str(shown.context.questions.get(indicator, row["survey_question"])).replace("+", " and ").split("|")[0]


def reading(shown: Evidence, indicator: str) -> Prose:
    """Return what the data say: the percentages with counts, what they amount to, and who is left out."""
    row = evidence_rows.headline_row(shown, indicator)
    if row is None or row["status"] == statuses.NOT_SUPPLIED:
        return Prose((NOTHING_SUPPLIED,))
    if row["direction"].endswith("workforce"):
        paragraphs = [f"{_parts_sentence(shown, row)} {_gap_sentence(shown, row)}".strip()]
    else:
        paragraphs = [
            f"{_rates_sentence(shown, row)} {_comparison_sentence(shown, row)}".strip(),
            _left_out_sentence(shown, row),
            same_rate_sentence(shown, row),
            _pooled_sentence(shown, indicator),
            _unknown_sentence(shown, row),
        ]
    return Prose(tuple(paragraph for paragraph in paragraphs if paragraph))


def in_people(shown: Evidence, indicator: str) -> Prose:
    """Return what stands beside the chart: what the difference is in people, and whom the figures leave out.

    The percentages and the comparison are in the chart; :func:`reading` says them in full.
    """
    row = evidence_rows.headline_row(shown, indicator)
    if row is None or row["status"] == statuses.NOT_SUPPLIED or row["direction"].endswith("workforce"):
        return Prose(())
    told = (same_rate_sentence(shown, row), _pooled_sentence(shown, indicator), _unknown_sentence(shown, row))
    return Prose(tuple(text for text in told if text))


def _rates_sentence(shown: Evidence, row: pd.Series) -> str:
    told = wording(shown, row["measure"])
    white, bme = group_label(shown, "white"), group_label(shown, "bme")
    if evidence_rows.has(row, "white_rate", "bme_rate"):
        return (
            f"{numbers.percentage(row['white_rate'])} of {white} {told.people} {told.acted} ({counted(row, 'white')}), against "
            f"{numbers.percentage(row['bme_rate'])} of {bme} {told.again} ({counted(row, 'bme')})."
        )
    return phrases.sentence(f"{counted_people(shown, row, 'white')} {told.acted}, against {with_rate(row, 'bme')} {bme} {told.again}")


def _parts_sentence(shown: Evidence, row: pd.Series) -> str:
    words = []
    for group in ("white", "bme", "unknown"):
        if group == "unknown" and not (evidence_rows.has(row, "unknown_count") or evidence_rows.is_hidden(row, "unknown_count")):
            continue
        share = f" ({numbers.percentage(row[f'{group}_rate'])})" if evidence_rows.has(row, f"{group}_rate") else ""
        label = "did not disclose their ethnicity" if group == "unknown" else f"were {group_label(shown, group)}"
        words.append(f"{counted(row, group)}{share} {label}")
    return phrases.sentence(f"of the {people_of(shown, row)}, {phrases.listed(words)}")


def _comparison_sentence(shown: Evidence, row: pd.Series) -> str:
    if not evidence_rows.has(row, "value"):
        return ""
    if row["comparison"] != "ratio":
        return _gap_sentence(shown, row)
    if math.isinf(row["value"]) or row["value"] == 0:
        return "Since one group counts nobody here, the relative likelihood cannot be given as a multiple."
    first, second = evidence_rows.RATIO_GROUPS[row["direction"]]
    stated = (
        f"The relative likelihood, {group_label(shown, first)} divided by {group_label(shown, second)}, is {numbers.ratio(row['value'])}"
    )
    if row["status"] == statuses.TOO_FEW_TO_JUDGE:
        return f"{stated}, but the numbers are too small for it to mean much."
    words = phrases.likelihood_in_words(row["value"])
    link = "than" if words in ("more likely", "less likely") else "as"
    told = wording(shown, row["measure"])
    compared = f"{group_label(shown, first)} {told.people} were {words} {link} {group_label(shown, second)} {told.again} to {told.act}"
    return f"{stated}: {compared}{chance_words(row)}."


def _left_out_sentence(shown: Evidence, row: pd.Series) -> str:
    """Return whom the base of a survey indicator leaves out, and what the answers come to on all who answered the survey."""
    whole = of_all_who_answered(shown, row)
    if whole is None or not evidence_rows.has(whole, "white_rate", "bme_rate"):
        return ""
    own, all_of_them = ([numbers.count(found[f"{group}_base"]) for group in ("bme", "white")] for found in (row, whole))
    bme, white = group_label(shown, "bme"), group_label(shown, "white")
    said_yes = f"{with_rate(whole, 'bme')} of {bme} and {with_rate(whole, 'white')} of {white} respondents said yes"
    return (
        f"These are percentages of those who said yes or no, {own[0]} {bme} and {own[1]} {white} respondents. "
        f"The survey was answered by {all_of_them[0]} {bme} and {all_of_them[1]} {white} respondents; the others are left out. "
        f"Of all who answered the survey, {said_yes}."
    )


def _pooled_sentence(shown: Evidence, indicator: str) -> str:
    """Return that the definition puts several years together, and what hangs on how they were put together."""
    definition = evidence_rows.definition_of(shown, indicator)
    if int(definition["years_pooled"]) < 2:
        return ""
    return (
        f"The standard asks for {numbers.in_words(int(definition['years_pooled']))} years together here "
        f"({period_label(shown.context.year, definition)}). Where an average of the years is supplied in place of their sum, rounding can "
        "change the relative likelihood, and the interval is wider than that of the sum."
    )


def _gap_sentence(shown: Evidence, row: pd.Series) -> str:
    if not evidence_rows.has(row, "value"):
        return ""
    bme = group_label(shown, "bme")
    amount = phrases.more_or_less(row["value"])
    side = sides(row)[1 if amount == "more" else 0]
    if row["direction"] == "bme-white":
        white = group_label(shown, "white")
        if amount == "the same":
            return f"The percentage is the same for {bme} and {white} respondents."
        return f"That is {numbers.points(row['value'])} {side} among {bme} than among {white} respondents{chance_words(row)}."
    if amount == "the same":
        return f"The {bme} share is the same as in the whole workforce."
    return f"The {bme} share is {numbers.points(row['value'])} {side} the {bme} share of the whole workforce{chance_words(row)}."


def same_rate_sentence(shown: Evidence, row: pd.Series) -> str:
    """Return how many BME people the event would have met at the white rate: said only of a clear difference.

    The number is white rate times BME base, to the nearest person. It follows from counts that are shown; where any is
    not, nothing is said.
    """
    if not evidence_rows.is_clear(row) or not evidence_rows.has(row, "bme_expected", "bme_count", "bme_base"):
        return ""
    told = wording(shown, row["measure"])
    expected, base = numbers.count(row["bme_expected"]), numbers.count(row["bme_base"])
    bme, white = group_label(shown, "bme"), group_label(shown, "white")
    return (
        f"At the rate of {white} {told.again}, about {expected} of the {base} {bme} {told.people} would be expected here; "
        f"{numbers.count(row['bme_count'])} were counted."
    )


def _unknown_sentence(shown: Evidence, row: pd.Series) -> str:
    told = wording(shown, row["measure"])
    people = f"{told.people} who have not disclosed their ethnicity"
    if evidence_rows.has(row, "unknown_count", "unknown_base"):
        return f"{counted(row, 'unknown')} {people} {told.acted}; they belong to neither group and are left out."
    if evidence_rows.is_hidden(row, "unknown_count") or evidence_rows.is_hidden(row, "unknown_base"):
        return "People who have not disclosed their ethnicity belong to neither group; their number is not shown in full."
    if evidence_rows.has(row, "unknown_base"):
        base = numbers.count(row["unknown_base"])
        return f"{base} {people} belong to neither group; how many of them {told.acted} is not recorded."
    # Where their number was not supplied, the section on certainty says so, once.
    return ""

"""The status and the one sentence of each indicator that a board member can repeat."""

import math

import pandas as pd

from wres_helpers.analysis.evidence import Evidence
from wres_helpers.report import evidence_rows, numbers, phrases
from wres_helpers.report.blocks import Headline
from wres_helpers.report.vocabulary import group_label, part_of, people_of, snapshot_date, wording, worse_for
from wres_helpers.standard import statuses

NOTHING_SUPPLIED = "The figures for this indicator were not supplied, so nothing can be said about it this year."
NOT_SHOWN = "the comparison is not shown, so that nobody can be recognised"


def headline(shown: Evidence, indicator: str) -> Headline:
    """Return the indicator's status, its headline sentence, and how sure we are in one more."""
    row = evidence_rows.headline_row(shown, indicator)
    status = evidence_rows.status_row(shown, indicator)
    code = statuses.NOT_SUPPLIED if status is None else str(status["status"])
    label = statuses.LABELS[code] if status is None else str(status["label"])
    return Headline(text=headline_text(shown, row), detail=detail_text(shown, indicator, row), status=code, label=label)


def headline_text(shown: Evidence, row: pd.Series | None) -> str:
    """Return the headline sentence of a result; it says in words what is absent or hidden."""
    if row is None or row["status"] == statuses.NOT_SUPPLIED:
        return NOTHING_SUPPLIED
    if row["status"] == statuses.NOT_CALCULABLE and not evidence_rows.has(row, "bme_base"):
        return phrases.sentence(f"No comparison can be made, because {row['reason']}")
    if row["comparison"] == "ratio":
        return _ratio_text(shown, row)
    if row["direction"] == "bme-white":
        return _gap_text(shown, row)
    return _share_text(shown, row)


def detail_text(shown: Evidence, indicator: str, row: pd.Series | None) -> str:
    """Return what chance could do to the headline's value, and which way is worse; empty where there is no value."""
    definition = evidence_rows.definition_if_any(shown, indicator)
    if row is None or definition is None or not evidence_rows.has(row, "value", "lower", "upper"):
        return ""
    worse = phrases.sentence(worse_for(shown, str(definition["adverse"])))
    level = numbers.confidence(row["confidence"])
    if row["comparison"] == "ratio":
        interval = numbers.ratio_span(row["lower"], row["upper"])
        return f"Allowing for chance, a relative likelihood {interval} fits these counts ({level} interval). {worse}"
    interval = numbers.points_range(row["lower"], row["upper"], *sides(row))
    value = numbers.points(row["value"])
    return f"The difference is {value}; allowing for chance, anything from {interval} fits these counts ({level} interval)."


def chance_words(
    row: pd.Series, words: str = "; chance alone could explain the difference", unsure: str = "; the numbers are too small to be sure of it"
) -> str:
    """Return the words that a difference may be none: only where there is one, and it is known not to be clear.

    ``unsure`` is said where the interval leaves out equality, but an exact test or one person more or less would not.
    """
    if evidence_rows.is_clear(row) is not False or not _differs_as_printed(row):
        return ""
    return unsure if evidence_rows.excludes_equality(row) else words


def _differs_as_printed(row: pd.Series) -> bool:
    if row["comparison"] == "ratio":
        return not phrases.is_about_as_likely(row["value"])
    return phrases.more_or_less(row["value"]) != "the same"


def sides(row: pd.Series) -> tuple[str, str]:
    """Return the words for a difference below and above nothing."""
    return ("lower", "higher") if row["direction"] == "bme-white" else ("below", "above")


def counted(row: pd.Series, group: str) -> str:
    """Return '11 of 251', or what may be said where a number is hidden: 'fewer than 5 of 65'."""
    return f"{evidence_rows.words(row, f'{group}_count', numbers.count)} of {evidence_rows.words(row, f'{group}_base', numbers.count)}"


def counted_people(shown: Evidence, row: pd.Series, group: str) -> str:
    """Return '11 of 251 BME shortlisted candidates'."""
    return counted_among(row, group, f"{group_label(shown, group)} {wording(shown, row['measure']).people}")


def counted_among(row: pd.Series, group: str, people: str) -> str:
    """Return '1 of 6 voting board members', or '1 of a number that is not shown of voting board members'."""
    told = counted(row, group)
    return f"{told}{' of' if told.endswith(evidence_rows.HIDDEN_IN_WORDS) else ''} {people}"


def with_rate(row: pd.Series, group: str) -> str:
    """Return '4.4% (11 of 251)', or only the counts where the percentage is not shown."""
    if evidence_rows.has(row, f"{group}_rate"):
        return f"{numbers.percentage(row[f'{group}_rate'])} ({counted(row, group)})"
    return counted(row, group)


def _ratio_text(shown: Evidence, row: pd.Series) -> str:
    first, second = evidence_rows.RATIO_GROUPS[row["direction"]]
    told = wording(shown, row["measure"])
    both = f"{counted_people(shown, row, first)} and {counted_people(shown, row, second)} {told.acted}"
    if not evidence_rows.has(row, "value"):
        return phrases.sentence(f"{both}{without_value(row)}")
    if row["status"] == statuses.TOO_FEW_TO_JUDGE:
        return phrases.sentence(f"{both}: too few to judge whether the two groups fare differently")
    if math.isinf(row["value"]) or row["value"] == 0:
        return phrases.sentence(f"{both}, so no multiple can be given")
    return (
        f"{group_label(shown, first, starting=True)} {told.people} were {phrases.times_as_likely(row['value'])} "
        f"as {group_label(shown, second)} {told.again} to {told.act} ({counted(row, first)} against {counted(row, second)})"
        f"{chance_words(row)}."
    )


def without_value(row: pd.Series) -> str:
    """Return why a comparison has no value to show, as the end of a sentence that gave the counts.

    A hidden value may still be told as a range where disclosure control gave one, except where a hidden count is said to be
    small: such a range is narrower than what chance leaves, and would be read as if it were that.
    """
    hidden = evidence_rows.protection(row)
    if row["status"] == statuses.PROTECTED or "value" in hidden:
        few = any(hidden.get(f"{group}_count", "").startswith("fewer") for group in ("white", "bme"))
        told = "" if few else hidden.get("value", "")
        return (
            f"; depending on what is hidden, the comparison gives {told}"
            if told and not evidence_rows.is_marker(told)
            else f"; {NOT_SHOWN}"
        )
    reason = row["reason"] if isinstance(row["reason"], str) and row["reason"] else "the figures allow no result"
    return f"; no comparison can be made, because {reason}"


def _gap_text(shown: Evidence, row: pd.Series) -> str:
    told = wording(shown, row["measure"])
    bme, white = group_label(shown, "bme", starting=True), group_label(shown, "white")
    if not evidence_rows.has(row, "value", "white_rate", "bme_rate"):
        both = f"{counted_people(shown, row, 'bme')} and {counted_people(shown, row, 'white')} {told.acted}"
        return phrases.sentence(f"{both}{without_value(row)}")
    few = ": too few to judge whether the two groups differ" if row["status"] == statuses.TOO_FEW_TO_JUDGE else chance_words(row)
    return (
        f"{numbers.percentage(row['bme_rate'])} of {bme} {told.people}{who_answered(shown, row)} {told.acted}, against {numbers.percentage(row['white_rate'])} of "
        f"{white} {told.again} ({counted(row, 'bme')} against {counted(row, 'white')}){few}."
    )


_BME_COUNTS = ("bme_count", "bme_base")


def _share_text(shown: Evidence, row: pd.Series) -> str:
    whole = workforce_share(shown, "bme", row["year"])
    base = f"on {snapshot_date(row['year'])}, {counted_among(row, 'bme', people_of(shown, row))}"
    bme = group_label(shown, "bme")
    if not any(
        evidence_rows.has(row, name) or not evidence_rows.is_marker(evidence_rows.cell(row, name, numbers.count)) for name in _BME_COUNTS
    ):
        return phrases.sentence(f"the {bme} share of {part_of(shown, row)} is not shown, so that nobody can be recognised")
    if not evidence_rows.has(row, "value", "bme_rate") or whole is None:
        return phrases.sentence(f"{base} were {bme}{without_value(row)}")
    share = numbers.percentage(whole["rate"]) if evidence_rows.has(whole, "rate") else "a share that is not shown"
    workforce = f"{share} of the whole workforce"
    few = ": too few to judge whether this is more than chance" if row["status"] == statuses.TOO_FEW_TO_JUDGE else chance_words(row)
    return phrases.sentence(f"{base} ({numbers.percentage(row['bme_rate'])}) were {bme}, against {workforce}{few}")


def of_all_who_answered(shown: Evidence, row: pd.Series) -> pd.Series | None:
    """Return the same answers on all who answered the survey, where a survey indicator's own base leaves people out; else None."""
    frame = evidence_rows.of_indicator(shown, "results", row["indicator"], row["year"], f"{row['measure']}_of_all")
    whole, bases = evidence_rows.first(frame), ("white_base", "bme_base")
    if whole is None or not evidence_rows.has(row, *bases) or not evidence_rows.has(whole, *bases):
        return None
    return None if all(row[name] == whole[name] for name in bases) else whole


def who_answered(shown: Evidence, row: pd.Series) -> str:
    """Return ' who said yes or no' where a survey indicator's base leaves people out."""
    return "" if of_all_who_answered(shown, row) is None else " who said yes or no"


def workforce_share(shown: Evidence, group: str, year: str | None = None) -> pd.Series | None:
    """Return a group's share of the whole workforce, from the headcount."""
    return evidence_rows.share(shown, "headcount", group, year=year or shown.context.year)

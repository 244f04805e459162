"""Who answered a question of the survey, and whom the base of an indicator leaves out."""

import pandas as pd

from wres_helpers.analysis.cells import answers_in_base
from wres_helpers.analysis.clear_difference import undone_by
from wres_helpers.analysis.evidence import Evidence
from wres_helpers.report.form import numbers, phrases
from wres_helpers.report.form.topics import topical
from wres_helpers.report.words import evidence_rows
from wres_helpers.report.words.evidence_rows import with_rate
from wres_helpers.report.words.vocabulary import characteristic, group_label, wording
from wres_helpers.standard.catalogue import in_force
from wres_helpers.standard.columns import OVERALL
from wres_helpers.standard.years import edition_of


def left_out(shown: Evidence, row: pd.Series, *, short: bool = False) -> str:
    """Return whom the base of a survey indicator leaves out, and its percentages on all who answered; empty where it leaves out nobody.

    In short, how many answered, but where those percentages are another answer: a difference that is not as clear, or the other way.
    """
    whole = of_all_who_answered(shown, row)
    if whole is None:
        return ""
    people = [numbers.count(found[f"{group}_base"]) for found in (whole, row) for group in ("bme", "white")]
    bme, white = group_label(shown, "bme"), group_label(shown, "white")
    if short and _is_the_same_answer(row, whole):
        return f"{people[0]} {bme} and {people[1]} {white} respondents answered."
    told = f"this question was answered by {people[0]} {bme} and {people[1]} {white} respondents, of whom {people[2]} and {people[3]} "
    told += _said(shown, row)
    if evidence_rows.has(whole, "white_rate", "bme_rate"):
        told += f"; of all who answered it, {with_rate(whole, 'bme')} against {with_rate(whole, 'white')} said yes"
    return phrases.sentence(told)


def _is_the_same_answer(row: pd.Series, other: pd.Series) -> bool:
    """Tell whether two comparisons of the same people are clear alike and in the same direction."""
    if not (evidence_rows.has(row, "value") and evidence_rows.has(other, "value")):
        return False
    clear = evidence_rows.is_clear(row)
    return clear is not None and clear == evidence_rows.is_clear(other) and row["value"] * other["value"] > 0


@evidence_rows.found_once
def of_all_who_answered(shown: Evidence, row: pd.Series) -> pd.Series | None:
    """Return the same answers on all who answered the survey, where an answer given leaves people out of a survey indicator's base; else None."""
    frame = evidence_rows.of_indicator(shown, "results", row["indicator"], row["year"], f"{row['measure']}_of_all")
    whole, bases = evidence_rows.first(frame), ("white_base", "bme_base")
    if whole is None or not evidence_rows.has(row, *bases) or not evidence_rows.has(whole, *bases):
        return None
    return None if not _answers_of_base(shown, row) or all(row[name] == whole[name] for name in bases) else whole


@evidence_rows.found_once
def responses(shown: Evidence) -> pd.Series | None:
    """Return the year's answers to the survey among staff, the comparison of the two groups; None where either is not shown."""
    catalogue, results = shown.context.catalogue, evidence_rows.where(shown.results, {"year": shown.context.year})
    measures = catalogue.loc[catalogue["numerator"].eq("survey") & catalogue["base"].ne("survey"), "measure"]
    row = evidence_rows.first(results[results["measure"].isin(measures)])
    return row if evidence_rows.has(row, "white_rate", "bme_rate", "white_count", "bme_count") else None


def most_answered(shown: Evidence) -> pd.Series | None:
    """Return the question of the survey that most people answered, both groups together; None where none is shown."""
    catalogue, results = shown.context.catalogue, evidence_rows.where(shown.results, {"year": shown.context.year, "breakdown": OVERALL[0]})
    of_survey = results["measure"].isin(catalogue.loc[catalogue["base"].eq("survey"), "measure"])
    asked = results[of_survey].dropna(subset=["white_base", "bme_base"])
    return None if asked.empty else asked.loc[(asked["bme_base"] + asked["white_base"]).idxmax()]


def not_as_recorded(shown: Evidence) -> str:
    """Return that among those who answered the survey a group is far larger, or smaller, than among the staff on record; else nothing.

    Far: clearly, and beyond the range in which a relative likelihood is called alike, or more answered than are on record at all.
    """
    row = most_answered(shown)
    staff = [
        found["count"] for group in ("bme", "white") if evidence_rows.has(found := evidence_rows.workforce_share(shown, group), "count")
    ]
    if row is None or len(staff) < 2:
        return ""
    answered = [row["bme_base"], row["white_base"]]
    (bme, of), (known, of_known) = ((some[0], sum(some)) for some in (answered, staff))
    low, high = shown.context.status_rule.no_adverse_range
    apart = min(of, of_known, known) > 0 and not low <= bme * of_known / (of * known) <= high
    more = any(some > on_record for some, on_record in zip(answered, staff, strict=True))
    if not more and not (apart and not undone_by(bme, of, known, of_known, shown.context.status_rule.confidence)):
        return ""
    (said, others), (bme_known, white_known) = ([numbers.count(each) for each in some] for some in (answered, staff))
    text = (
        f"{said} respondents of the survey call themselves {group_label(shown, 'bme')} and {others} {group_label(shown, 'white')}; on record are "
        f"{bme_known} and {white_known} staff: not the same people."
    )
    return topical(shown, text, str(row["indicator"]), "headcount", tables=["results", "shares"])


def who_answered(shown: Evidence, row: pd.Series) -> str:
    """Return ' who said yes or no' where a survey indicator's base leaves out those who answered otherwise."""
    return "" if of_all_who_answered(shown, row) is None else f" who {_said(shown, row)}"


def no_large_difference(shown: Evidence, row: pd.Series) -> str:
    """Return of whom it is, and how sure, that a large difference does not fit: of no one whose group, or whose answer, is not known."""
    level = numbers.confidence(shown.context.status_rule.confidence)
    people = wording(shown, row["measure"]).again
    return f"among the {people} whose {characteristic(shown)} is known, a large difference does not fit these counts ({level})"


def _said(shown: Evidence, row: pd.Series) -> str:
    """Return 'said yes or no'."""
    return f"said {' or '.join(answer.lower() for answer in _answers_of_base(shown, row))}"


def _answers_of_base(shown: Evidence, row: pd.Series) -> list[str]:
    """Return the answers that put somebody in a survey indicator's base; none where every answer does."""
    of_year = in_force(shown.context.reference.catalogue, edition_of(row["year"]))
    found = answers_in_base(of_year[of_year["measure"].eq(row["measure"])].iloc[0]) or []
    return [] if "Don't know" in found else found

"""The status of an indicator, and what its comparison says in four lengths: headline, line of the scorecard, finding, title of a chart."""

import math
from typing import TypeGuard

import pandas as pd

from wres_helpers.analysis.cells import COMPARED_GROUPS
from wres_helpers.analysis.clear_difference import EQUAL_RATES, EXACT_TEST, ONE_PERSON, undone_by
from wres_helpers.analysis.evidence import Evidence
from wres_helpers.analysis.status_rule import FURTHER_TEST
from wres_helpers.report.form import numbers, phrases
from wres_helpers.report.form.blocks import Headline
from wres_helpers.report.form.topics import anchor_of, topical
from wres_helpers.report.words import evidence_rows
from wres_helpers.report.words.beside_headlines import counts_first, detail_text, highest_posts, how_few, qualified, rows_told, tables_told
from wres_helpers.report.words.doubts import borderline_in_short, four_counts, leaning
from wres_helpers.report.words.evidence_rows import counted_among, with_rate
from wres_helpers.report.words.vocabulary import group_label, in_terms, part_of, people_of, snapshot_date, wording
from wres_helpers.report.words.who_answered import no_large_difference, who_answered
from wres_helpers.standard import statuses

NOTHING_SUPPLIED = "The figures were not supplied, so nothing can be said this year."
#: What is said of a comparison that is hidden, or of which no more than a range is told.
_NOT_SHOWN = {False: "the comparison is hidden", True: "the comparison is hidden but for a range"}


def headline(shown: Evidence, indicator: str) -> Headline:
    """Return the indicator's status, its headline sentence, and how sure we are in one more."""
    row = evidence_rows.headline_row(shown, indicator)
    also = (detail_text(shown, indicator, row), _why_borderline(shown, row), _published_otherwise(shown, indicator))
    text, detail = headline_text(shown, row), " ".join(filter(None, also))
    text = topical(shown, text, indicator, tables=tables_told(shown, row), rows=rows_told(shown, row, text))
    detail = topical(shown, detail, indicator, tables=("results", "statuses", "asides", "bounds"), rows=rows_told(shown, row, detail))
    code, label = evidence_rows.status_of(shown, indicator)
    borderline = f" ({looks})" if (looks := borderline_in_short(shown, row)) else ""
    return Headline(text, detail, code, f"{label}{borderline}", anchor=anchor_of(indicator))


def _published_otherwise(shown: Evidence, indicator: str) -> str:
    """Return which status was published by hand, where the rule gives another that may be told."""
    row = evidence_rows.status_row(shown, indicator)
    if row is None or not row["differs"] or row["status"] == statuses.PROTECTED:
        return ""
    return f"{shown.context.parameters.organisation.short_name} rated this '{statuses.label_of_published(row['published_status'])}'."


def headline_text(shown: Evidence, row: pd.Series | None, *, short: bool = False) -> str:
    """Return the headline of a result, sentences that stand alone; they say in words what is absent or hidden.

    In short, a second answer (the highest posts, all who answered) is left out, except where it says something else.
    """
    if row is None or row["status"] == statuses.NOT_SUPPLIED:
        return NOTHING_SUPPLIED
    if row["status"] == statuses.NOT_CALCULABLE and not evidence_rows.has(row, "bme_base"):
        return phrases.sentence(f"No comparison can be made, because {row['reason']}")
    if row["comparison"] == "none":
        return phrases.sentence(_share_alone(shown, row))
    if nobody := _nobody(shown, row):
        return nobody
    if row["direction"].endswith("workforce"):
        return _share_text(shown, row, short=short)
    told = f"{counts_first(shown, row)}{chance_words(shown, row)}" if short and _has_a_line(row) else _two_groups(shown, row)
    return f"{phrases.sentence(told)} {qualified(shown, row, short=short)}".strip()


def _share_alone(shown: Evidence, row: pd.Series) -> str:
    """Return a share that is compared with nothing: '74.0% (37 of 50) of Disabled respondents who need adjustments had adequate adjustments'."""
    told, bme = people_of(shown, row), group_label(shown, "bme")
    people = told if told.startswith(bme) else f"{bme} {told}"
    counts = f"{with_rate(row, 'bme')} of {people}" if evidence_rows.has(row, "bme_rate") else counted_among(row, "bme", people)
    return f"{counts} {wording(shown, row['measure']).acted}"


def line(shown: Evidence, row: pd.Series | None, *, short: bool = False) -> str:
    """Return a result as one plain line without a full stop: of two groups what the headline says of them, else the headline itself.

    In short, beside a status that says what chance could do, the line leaves that out, but for whom a borderline difference looks worse.
    """
    borderline = f"; borderline: it {looks}" if (looks := leaning(shown, row)) else ""
    if not _has_a_line(row):
        told = headline_text(shown, row, short=short).rstrip(".")
        return f"{told.removesuffix(chance_words(shown, row))}{borderline}" if short and evidence_rows.has(row, "value") else told
    return f"{counts_first(shown, row)}{borderline}" if short else _two_groups(shown, row)


def _two_groups(shown: Evidence, row: pd.Series) -> str:
    """Return who fares how, both rates with their counts, and chance; where a value is hidden, missing or infinite both counts and why."""
    groups = COMPARED_GROUPS[row["direction"]]
    if _has_a_line(row):
        rates = " against ".join(with_rate(row, group) for group in groups)
        return f"{_who_fares(shown, row)}: {rates}{chance_words(shown, row)}"
    told = f"{' and '.join(counted_people(shown, row, group) for group in groups)} {wording(shown, row['measure']).acted}"
    if not evidence_rows.has(row, "value"):
        return f"{told}{without_value(row)}"
    return f"{told}{chance_words(shown, row) if row['status'] == statuses.TOO_FEW_TO_JUDGE else ', so no relative likelihood can be given'}"


def title(shown: Evidence, row: pd.Series) -> str:
    """Return what a chart shows, by its name: how many it would be at the white rate, that no difference is clear or large, or none shown."""
    name = str(evidence_rows.definition_of(shown, row["indicator"], row["measure"])["plain_title"])
    if row["status"] == statuses.NOT_SUPPLIED:
        return f"{name}: figures not supplied"
    if not evidence_rows.has(row, "value"):
        hidden = evidence_rows.is_hidden(row, "value") or row["status"] == statuses.PROTECTED
        return f"{name}: {_NOT_SHOWN[evidence_rows.is_ranged(row)] if hidden else 'no comparison possible'}"
    if row["status"] == statuses.TOO_FEW_TO_JUDGE:
        return f"{name}: too few to judge a difference"
    if not row["direction"].endswith("workforce"):
        if evidence_rows.is_clear(row):
            told = at_the_white_rate(shown, row)
            return f"{name}: {told}" if told else _who_fares(shown, row)
        found = "no large difference among those known" if row["status"] == statuses.EQUIVALENT else "no clear difference"
        return f"{name}: {f'borderline, {looks}' if (looks := leaning(shown, row)) else found}"
    sides = {"more": "larger than", "less": "smaller than", "the same": "the same as"}
    words = sides[phrases.more_or_less(row["value"])] if evidence_rows.is_clear(row) else "not clearly different from"
    return f"The {group_label(shown, 'bme')} share of {part_of(shown, row)} is {words} that of the whole workforce"


def at_the_white_rate(shown: Evidence, row: pd.Series) -> str:
    """Return how many BME people the event would have met at the white rate: said only of a clear difference.

    The number is white rate times BME base, to the nearest person. It follows from counts that are shown; where any is
    not, nothing is said.
    """
    if not evidence_rows.is_clear(row) or not evidence_rows.has(row, "bme_expected", "bme_count", "bme_base"):
        return ""
    told = wording(shown, row["measure"])
    base, bme, white = numbers.count(row["bme_base"]), group_label(shown, "bme"), group_label(shown, "white")
    exact = {0: f"none of the {base}", row["bme_base"]: f"all {base}"}
    about = f"about {numbers.count(row['bme_expected'])}" if row["bme_expected"] >= 0.5 else "fewer than one"
    expected = exact.get(row["bme_expected"], f"{about} of the {base}")
    found = numbers.count(row["bme_count"]) if row["bme_count"] else "none"
    return f"at the {white} rate {expected} {bme} {told.people}, not {found}"


def _has_a_line(row: pd.Series | None) -> TypeGuard[pd.Series]:
    """Tell whether a result is a comparison of two groups with a value that can be said in words."""
    if not evidence_rows.has(row, "value") or math.isinf(row["value"]):
        return False
    judged = row["status"] not in (statuses.NOT_SUPPLIED, statuses.TOO_FEW_TO_JUDGE)
    return judged and not row["direction"].endswith("workforce") and (row["comparison"] != "ratio" or row["value"] > 0)


def _who_fares(shown: Evidence, row: pd.Series) -> str:
    """Return a comparison of two groups in words: 'BME respondents reported harassment more often than white respondents'.

    Of two that are equivalent no side is named, whose word would stand against that of the status.
    """
    ratio, told, equivalent = row["comparison"] == "ratio", wording(shown, row["measure"]), row["status"] == statuses.EQUIVALENT
    side = "the same" if equivalent else phrases.more_or_less(row["value"])
    first, second = (group_label(shown, group, starting=not place) for place, group in enumerate(COMPARED_GROUPS[row["direction"]]))
    if ratio:
        return f"{first} and {second} {told.again} were similarly likely to {told.act}" if equivalent else _likelihood(shown, row)
    people = f"{told.people}{who_answered(shown, row)} {told.in_short}"
    alike = f"{first} and {second} {people} {'similarly' if equivalent else 'about equally'} often"
    return alike if side == "the same" else f"{first} {people} {side} often than {second} {told.again}"


def _nobody(shown: Evidence, row: pd.Series) -> str:
    """Return that there is nobody to compare; empty where each group has somebody, or where that is not known."""
    part = row["direction"].endswith("workforce")
    empty = [group for group in (("bme",) if part else ("white", "bme")) if row[f"{group}_base"] == 0]
    if not empty:
        return ""
    if part:
        return f"There are no {people_of(shown, row)}, so nothing can be compared."
    whose = " or ".join(group_label(shown, group) for group in empty)
    return f"There are no {whose} {people_of(shown, row)}, so the two groups cannot be compared."


def chance_words(shown: Evidence, row: pd.Series) -> str:
    """Return the words that a difference may be none: only where there is one, and it is known not to be clear.

    Where the interval alone would say that it is, the words say first for whom it looks worse, and then why it is not clear.
    """
    looks, small = leaning(shown, row), no_large_difference(shown, row)
    if row["status"] == statuses.TOO_FEW_TO_JUDGE:
        part = row["direction"].endswith("workforce")
        what = "this is more than chance" if part else f"the two groups {'fare differently' if row['comparison'] == 'ratio' else 'differ'}"
        return f": too few to judge whether {what}{f', although it {looks}' if looks else ''}"
    ratio = row["comparison"] == "ratio"
    alike = phrases.is_about_as_likely(row["value"]) if ratio else phrases.more_or_less(row["value"]) == "the same"
    if evidence_rows.is_clear(row) is not False or alike:
        return ""
    equivalent = row["status"] == statuses.EQUIVALENT
    if looks:
        return f"; it {looks}, but is borderline{f'; {small}' if equivalent else ''}"
    return f"; {small if equivalent else 'these counts are compatible with no difference, and with a large one'}"


_UNDONE = {
    EQUAL_RATES: "the test of equal rates does not confirm {}",
    EXACT_TEST: "a second test (Fisher's exact{asked}) does not confirm {}",
    ONE_PERSON: "one person more or less would undo {}",
}
_PLAINLY = "one person the other way would leave it plainly unclear"  # of what another test does not confirm nothing is left to undo


def _why_borderline(shown: Evidence, row: pd.Series | None) -> str:
    """Return why a difference whose interval leaves out equality is not clear; nothing of any other."""
    if row is None or not leaning(shown, row):
        return ""
    # one that is not equivalent and beyond equality has an interval that ends where a difference is large
    end = "" if row["status"] == statuses.EQUIVALENT else "; a large difference is not ruled out"
    return phrases.sentence(f"{_further_test(shown, row, 'the difference')}{end}")


def _further_test(shown: Evidence, row: pd.Series, what: str) -> str:
    """Return which test undoes a difference whose interval leaves out equality; that one of them does, where its counts are not all shown."""
    cells = four_counts(shown, row)
    found = undone_by(*cells, shown.context.status_rule.confidence) if cells else ()
    first = [_UNDONE[test].format(what, asked=_asked_of_fisher(shown, row)) for test in found[:1]]
    return " and ".join([*first, *[_PLAINLY] * len(found[1:])]) or FURTHER_TEST


def _asked_of_fisher(shown: Evidence, row: pd.Series) -> str:
    """Return ', on one side p = 0.0257 where 2.5% is asked' of a headline, as its status has it; of other comparisons no p-value is known here."""
    if not evidence_rows.has(found := evidence_rows.own_status(shown, row), "p_fisher"):
        return ""
    return f", on one side p = {numbers.p_value(found['p_fisher'])} where {numbers.error((1 - shown.context.status_rule.confidence) / 2)} is asked"


def reason_told(shown: Evidence, row: pd.Series) -> str:
    """Return why a comparison has its status, with which further test undoes a difference; empty where it has no reason."""
    reason = row["reason"] if isinstance(row["reason"], str) else ""
    named = reason.replace(FURTHER_TEST, _further_test(shown, row, "the difference")) if FURTHER_TEST in reason else reason
    few = how_few(shown, row)
    return in_terms(shown, f"{named}{f' ({few})' if few else ''}")


def counted_people(shown: Evidence, row: pd.Series, group: str) -> str:
    """Return '11 of 251 BME shortlisted candidates'."""
    return counted_among(row, group, f"{group_label(shown, group)} {wording(shown, row['measure']).people}")


def _likelihood(shown: Evidence, row: pd.Series) -> str:
    """Return a ratio in words: 'White candidates were 2.13 times as likely as BME candidates to be appointed'."""
    first, second = COMPARED_GROUPS[row["direction"]]
    told = wording(shown, row["measure"])
    people = f"{group_label(shown, first, starting=True)} {told.again}"
    others = f"{group_label(shown, second)} {told.again} to {told.act}"
    if math.isinf(row["value"]) or row["value"] == 0:  # one group counts nobody: there is no ratio
        return f"{people} were {'more' if row['value'] else 'less'} likely than {others}"
    return f"{people} were {phrases.times_as_likely(row['value'])} as {others}"


def without_value(row: pd.Series) -> str:
    """Return why a comparison has no value to show, as the end of a sentence that gave the counts.

    A hidden value may still be told as a range where disclosure control gave one, except where a hidden count is said to be
    small: such a range is narrower than what chance leaves, and would be read as if it were that.
    """
    hidden = evidence_rows.protection(row)
    if row["status"] == statuses.PROTECTED or "value" in hidden:
        few = any(hidden.get(f"{group}_count", "").startswith("fewer") for group in ("white", "bme"))
        told = "" if few else hidden.get("value", "")
        if not told or evidence_rows.is_marker(told):
            return f"; {_NOT_SHOWN[evidence_rows.is_ranged(row)]}, {phrases.UNRECOGNISED}"
        return f"; depending on what is hidden, the comparison gives {told}, before any allowance for chance"
    reason = row["reason"] if isinstance(row["reason"], str) and row["reason"] else "the figures allow no result"
    return f"; no comparison can be made, because {reason}"


def _share_text(shown: Evidence, row: pd.Series, *, short: bool = False) -> str:
    """Return the share of a part of the workforce or of the board beside the whole workforce's, and that of the highest posts.

    In short, the highest posts are told only where they differ clearly and their part does not.
    """
    whole = evidence_rows.workforce_share(shown, "bme", row["year"])
    told, compared = _part_text(shown, row, "" if short else f"on {snapshot_date(shown, row['year'])}, ")
    share = numbers.percentage(whole["rate"]) if evidence_rows.has(whole, "rate") else "a share that is hidden"
    beside = f", against {share} of the whole workforce{chance_words(shown, row)}" if compared else ""
    first = phrases.sentence(f"{told}{beside}")
    highest = highest_posts(shown, row) if row["direction"] == "grade-workforce" else None
    if highest is None or (short and (evidence_rows.is_clear(row) or not evidence_rows.is_clear(highest))):
        return first
    higher, compared_too = _part_text(shown, highest)
    if higher.endswith(phrases.UNRECOGNISED) and told.endswith(phrases.UNRECOGNISED):
        return first
    return f"{first} {phrases.sentence(higher + (chance_words(shown, highest) if compared_too else ''))}"


def _part_text(shown: Evidence, row: pd.Series, date: str = "") -> tuple[str, bool]:
    """Return how many of a part are BME (of nobody among a hidden number no percentage), and whether that can be set beside the whole workforce."""
    bme = group_label(shown, "bme")
    told = {name: evidence_rows.cell(row, name, numbers.count) for name in ("bme_count", "bme_base")}
    unknown = {name for name, text in told.items() if evidence_rows.is_hidden(row, name) and evidence_rows.is_marker(text)}
    if "bme_count" in unknown:
        which = "" if "bme_base" in unknown else f"{told['bme_base']} "
        return f"how many of the {which}{people_of(shown, row)} were {bme} is hidden, {phrases.UNRECOGNISED}", False
    counts = f"{date}{counted_among(row, 'bme', people_of(shown, row))}"
    were = "was" if row["bme_count"] == 1 else "were"
    untold = evidence_rows.is_hidden(row, "unknown_count") or (evidence_rows.has(row, "unknown_count") and row["unknown_count"] > 0)
    if untold and row["direction"] == "board-workforce":  # of so few, one who did not tell weighs
        were += " known to be"
    if not evidence_rows.has(row, "value", "bme_rate"):
        return f"{counts} {were} {bme}{without_value(row)}", False
    rate = f" ({numbers.percentage(row['bme_rate'])})" if row["bme_count"] or not evidence_rows.is_hidden(row, "bme_base") else ""
    return f"{counts}{rate} {were} {bme}", True

"""This year beside the year before; breaks in the series are said aloud."""

import math
from functools import partial

import pandas as pd

from wres_helpers.analysis.changes import CLEAR, DESCRIBED, NOT_CALCULABLE, WITHIN_CHANCE
from wres_helpers.analysis.evidence import Evidence
from wres_helpers.report.form import numbers, phrases
from wres_helpers.report.form.blocks import Prose
from wres_helpers.report.form.topics import last_two, topical
from wres_helpers.report.section import table_blocks
from wres_helpers.report.words import evidence_rows
from wres_helpers.report.words.beside_headlines import highest_posts
from wres_helpers.report.words.evidence_rows import with_rate
from wres_helpers.report.words.vocabulary import (
    characteristic,
    group_label,
    in_terms,
    indicators_told,
    part_of,
    people_of,
    wording,
    year_label,
)
from wres_helpers.standard import statuses

#: The two values of a change.
_BOTH_YEARS = ("previous_value", "value")


def change_row(shown: Evidence, indicator: str) -> pd.Series | None:
    """Return the change of the indicator's headline value, or None where no earlier year is compared."""
    frame = evidence_rows.of_indicator(shown, "changes", indicator, measure=evidence_rows.headline_measure(shown, indicator))
    result = evidence_rows.headline_row(shown, indicator)
    return None if result is None or frame.empty else evidence_rows.first(frame, category=result["category"])


def compared_with_last_year(shown: Evidence, *indicators: str) -> Prose:
    """Return how indicators moved since the year before, and whether that is clear.

    Those that cannot be compared stand together, each reason once; where several are told each sentence names its own.
    """
    previous = shown.context.previous_year
    if not previous:
        return Prose(("This report compares with no earlier year.",))
    told, without = [workforce_change(shown)] if "1" in indicators else [], dict[str, list[str]]()
    about = partial(topical, shown, tables=["changes"], years=last_two(shown))
    for indicator in indicators:
        row = change_row(shown, indicator)
        if why := why_no_change(shown, row, previous):
            without.setdefault(why, []).append(indicator)
            continue
        each = (tell(shown, indicator, row) for tell in (change_sentence, _status_then, _rates_change, _highest_then))
        sentences = " ".join(filter(None, each))
        text = f"{phrases.capital(indicators_told(shown, [indicator]))}: {sentences}" if len(indicators) > 1 else sentences
        told.append(about(text, indicator, tables=["changes", "results"], rows=_told_of(shown, indicator)))
    told += [about(phrases.sentence(why.format(who=indicators_told(shown, names))), *names) for why, names in without.items()]
    return Prose(tuple(paragraph for paragraph in told if paragraph))


def _told_of(shown: Evidence, indicator: str) -> list[pd.Series | None]:
    """Return the comparisons of which a sentence on two years tells: the headline's, and that of the highest posts."""
    row = evidence_rows.headline_row(shown, indicator)
    return [] if row is None else [row, highest_posts(shown, row) if row["direction"] == "grade-workforce" else None]


def _status_then(shown: Evidence, indicator: str, row: pd.Series) -> str:
    """Return that a status is another than the year before although nothing clearly changed; else nothing."""
    before, year = another_status_before(shown, indicator, row), year_label(row["previous_year"])
    return before and f"The status was '{before}' in {year}; no change of the figures is clear."


def another_status_before(shown: Evidence, indicator: str, row: pd.Series) -> str:
    """Return which status an indicator had the year before that has another now, although nothing clearly changed; else nothing."""
    (then, label), (now, _) = (evidence_rows.status_of(shown, indicator, year) for year in (row["previous_year"], row["year"]))
    known = {*statuses.FINDINGS, statuses.TOO_FEW_TO_JUDGE}
    another = row["verdict"] == WITHIN_CHANCE and then != now and {then, now} <= known
    return label.partition(" (")[0] if another else ""


def _highest_then(shown: Evidence, indicator: str, row: pd.Series) -> str:
    """Return the share of the highest posts in both years, where it is shown of both; else nothing."""
    heads = [evidence_rows.headline_row(shown, indicator, year) for year in (row["previous_year"], row["year"])]
    before, now = (None if head is None or head["direction"] != "grade-workforce" else highest_posts(shown, head) for head in heads)
    if not (evidence_rows.has(before, "bme_rate", "bme_count") and evidence_rows.has(now, "bme_rate", "bme_count")):
        return ""
    years = [f"{with_rate(each, 'bme')} in {year_label(each['year'])}" for each in (before, now)]
    return f"Of {people_of(shown, now)}, {phrases.listed(years)} were {group_label(shown, 'bme')}."


def why_no_change(shown: Evidence, row: pd.Series | None, previous: str) -> str:
    """Return why a change has no two values to tell, with a place for who it is; empty where it has."""
    before = year_label(previous)
    if row is None:
        return f"for {{who}} there are no figures of {before} to compare with"
    if row["verdict"] == statuses.NOT_COMPARABLE:
        return f"the figures of {before} for {{who}} are not comparable. {phrases.sentence(in_terms(shown, str(row['reason'])))}"
    if row["verdict"] == NOT_CALCULABLE:
        return f"{{who}} cannot be compared with {before}: {row['reason']}"
    for field, year in (("previous_value", before), ("value", year_label(row["year"]))):
        if not evidence_rows.is_there(row, field):
            definition = evidence_rows.definition_if_any(shown, row["indicator"], row["measure"])
            pooled = 1 if definition is None else int(definition["years_pooled"])
            what = f"{numbers.in_words(pooled)}-year figure ending in" if pooled > 1 else "figure of"
            return f"no {what} {year} was supplied for {{who}}"
    if told_as(row) == evidence_rows.HIDDEN:
        return f"the change of {{who}} since {before} is hidden, so that nobody can be recognised"
    return ""


def told_as(row: pd.Series | None) -> str:
    """Return the verdict on a change whose two values are shown; that it is hidden, where both are there; nothing where one is not."""
    if row is None or row["verdict"] in (statuses.NOT_COMPARABLE, NOT_CALCULABLE):
        return ""
    if evidence_rows.has(row, *_BOTH_YEARS) and row["verdict"] != statuses.PROTECTED:
        return str(row["verdict"])
    return evidence_rows.HIDDEN if all(evidence_rows.is_there(row, field) for field in _BOTH_YEARS) else ""


def change_sentence(shown: Evidence, indicator: str, row: pd.Series) -> str:
    """Return the change of a value in one sentence; it says why where there is none to tell."""
    if why := why_no_change(shown, row, str(row["previous_year"])):
        return phrases.sentence(why.format(who=indicators_told(shown, [indicator])))
    return f"{_values_sentence(shown, row)} {_verdict_sentence(shown, indicator, row)}"


def _values_sentence(shown: Evidence, row: pd.Series) -> str:
    """Return both years' values in words."""
    before, now = year_label(row["previous_year"]), year_label(row["year"])
    result, bme = table_blocks.result_of(shown, row), group_label(shown, "bme")
    ratio = table_blocks.style_of(shown, row).equality
    then_words, now_words = ((ratio_words if ratio else _difference)(row[field]) for field in ("previous_value", "value"))
    if ratio:
        if then_words == now_words:
            return f"The relative likelihood is {now_words}, as in {before} when rounded."
        return f"The relative likelihood was {then_words} in {before} and is {now_words} in {now}."
    share, whole = f"{bme} share of {part_of(shown, row)}", "that of the whole workforce"
    if result is not None and result["direction"] == "bme-white":
        share, whole = f"percentage of {bme} respondents", f"that of {group_label(shown, 'white')} respondents"
    if then_words == now_words:
        return f"The {share} is {now_words} {whole}, as in {before} when rounded."
    return f"The {share} was {then_words} {whole} in {before}, and is {now_words} it in {now}."


def ratio_words(value: float) -> str:
    """Return a relative likelihood in a sentence: '2.13', or that there is none because one group counts nobody."""
    return numbers.ratio(value or math.inf)


def _difference(value: float) -> str:
    """Return a difference as words before the thing compared with: '0.3 percentage points below'."""
    if phrases.more_or_less(value) == "the same":
        return "level with"
    return f"{numbers.points(value)} {'above' if value > 0 else 'below'}"


def direction_of_change(shown: Evidence, indicator: str, row: pd.Series) -> str:
    """Return 'better', 'worse' or 'no clear change' for BME staff, by the adverse side of the catalogue."""
    if told_as(row) != CLEAR:
        return "no clear change"
    definition = evidence_rows.definition_of(shown, indicator)
    rose = row["value"] > row["previous_value"]
    return "worse" if rose == str(definition["adverse"]).startswith("above") else "better"


def _verdict_sentence(shown: Evidence, indicator: str, row: pd.Series) -> str:
    if row["verdict"] == DESCRIBED:
        return f"That is described and not judged: {row['reason']}."
    direction, interval = direction_of_change(shown, indicator, row), _interval_of_change(shown, row)
    if direction != "no clear change":
        return f"That is clearly {direction} for {group_label(shown, 'bme')} staff{interval}."
    return f"No clear change: {ONE_WOULD_UNDO if undone_by_one(shown, row) else 'chance could explain it'}{interval}."


#: Why a change is not clear whose interval leaves out no change; all others are compatible with none.
ONE_WOULD_UNDO = "one person more or less would undo it"


def undone_by_one(shown: Evidence, row: pd.Series) -> bool:
    """Tell whether a change that is not clear has an interval that leaves out no change."""
    equality = table_blocks.style_of(shown, row).equality
    known = row["verdict"] == WITHIN_CHANCE and evidence_rows.has(row, "change_lower", "change_upper")
    return known and not row["change_lower"] <= equality <= row["change_upper"]


def _interval_of_change(shown: Evidence, row: pd.Series) -> str:
    """Return the change and its interval with what it takes for granted; nothing where they are not shown."""
    if not evidence_rows.has(row, "change", "change_lower", "change_upper"):
        return ""
    low, high, is_ratio = row["change_lower"], row["change_upper"], bool(table_blocks.style_of(shown, row).equality)
    if is_ratio and (math.isinf(low) or (math.isinf(high) and low == 0)):
        return " (how far chance could have moved it has no limits)"
    if is_ratio:
        change, span = f"later over earlier {numbers.ratio(row['change'])}", numbers.STYLES["ratio"].span(low, high)
    else:
        sides = ("lower", "higher")
        change = numbers.points_side(row["change"], *sides, unit=" percentage points")
        span = numbers.points_range(low, high, *sides, unit="")
    return f" ({change}; {numbers.confidence(shown.context.status_rule.confidence)} interval {span})"


def _rates_change(shown: Evidence, indicator: str, row: pd.Series) -> str:
    now, before = evidence_rows.headline_row(shown, indicator), evidence_rows.headline_row(shown, indicator, row["previous_year"])
    if now is None or before is None or row["verdict"] == statuses.NOT_COMPARABLE or now["direction"].endswith("workforce"):
        return ""
    parts = []
    for group in ("white", "bme"):
        field = f"{group}_rate"
        if not (evidence_rows.has(now, field) and evidence_rows.has(before, field)):
            return ""
        people = f"{group_label(shown, group)} {wording(shown, now['measure']).people}"
        then_rate, rate = numbers.percentage(before[field]), numbers.percentage(now[field])
        parts.append(f"{rate} of {people} in both" if then_rate == rate else f"{then_rate} and {rate} of {people}")
    return f"In {year_label(row['previous_year'])} and {year_label(row['year'])}: {'; '.join(parts)}."


def workforce_change(shown: Evidence) -> str:
    """Return how the workforce and its BME and undisclosed parts moved, as counts."""
    previous = shown.context.previous_year
    if not previous:
        return ""
    undisclosed = f"staff who have not disclosed their {characteristic(shown)}"
    whose = (("all", "staff"), ("bme", f"{group_label(shown, 'bme')} staff"), ("unknown", undisclosed))
    told = [f"of {label} {change}" for group, label in whose if (change := moved(shown, group))]
    if not told:
        return f"How the workforce changed since {year_label(previous)} is hidden or was not supplied."
    text = f"Since {year_label(previous)}, the number {phrases.listed([told[0], *(f'that {part}' for part in told[1:])])}."
    return topical(shown, text, "headcount", tables=["shares"], years=last_two(shown))


def moved(shown: Evidence, group: str) -> str:
    """Return how a group's staff moved since the year before: 'rose from 54 to 65 (4.5% to 4.9% of staff)'; empty where it is not shown."""
    now, before = (evidence_rows.workforce_share(shown, group, year) for year in (shown.context.year, shown.context.previous_year))
    if not (evidence_rows.has(now, "count") and evidence_rows.has(before, "count")):
        return ""
    told = phrases.counted_change(now["count"], before["count"])
    if group == "all" or not (evidence_rows.has(now, "rate") and evidence_rows.has(before, "rate")):
        return told
    then_share, share = numbers.percentage(before["rate"]), numbers.percentage(now["rate"])
    return f"{told} (still {share} of staff)" if then_share == share else f"{told} ({then_share} to {share} of staff)"

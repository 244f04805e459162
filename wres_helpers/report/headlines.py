"""The status and the one sentence of each indicator that a board member can repeat."""

import math

import pandas as pd

from wres_helpers.analysis.asides import OTHERS, WITHOUT_RECRUITS
from wres_helpers.analysis.cells import answers_in_base
from wres_helpers.analysis.evidence import Evidence
from wres_helpers.report import evidence_rows, numbers, phrases
from wres_helpers.report.blocks import Headline
from wres_helpers.report.vocabulary import characteristic, group_label, part_of, people_of, snapshot_date, wording, worse_for
from wres_helpers.standard import statuses
from wres_helpers.standard.catalogue import in_force
from wres_helpers.standard.years import edition_of

NOTHING_SUPPLIED = "The figures for this indicator were not supplied, so nothing can be said about it this year."
UNRECOGNISED = "so that nobody can be recognised"
NOT_SHOWN = f"the comparison is not shown, {UNRECOGNISED}"


def headline(shown: Evidence, indicator: str) -> Headline:
    """Return the indicator's status, its headline sentence, and how sure we are in one more."""
    row = evidence_rows.headline_row(shown, indicator)
    code, label = evidence_rows.status_of(shown, indicator)
    return Headline(text=headline_text(shown, row), detail=detail_text(shown, indicator, row), status=code, label=label)


def headline_text(shown: Evidence, row: pd.Series | None) -> str:
    """Return the headline sentence of a result; it says in words what is absent or hidden."""
    if row is None or row["status"] == statuses.NOT_SUPPLIED:
        return NOTHING_SUPPLIED
    if row["status"] == statuses.NOT_CALCULABLE and not evidence_rows.has(row, "bme_base"):
        return phrases.sentence(f"No comparison can be made, because {row['reason']}")
    if nobody := _nobody(shown, row):
        return nobody
    if row["direction"].endswith("workforce"):
        return _share_text(shown, row)
    text = _ratio_text(shown, row) if row["comparison"] == "ratio" else _gap_text(shown, row)
    return f"{text} {qualified(shown, row)}".strip()


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


def qualified(shown: Evidence, row: pd.Series) -> str:
    """Return what a reader must know beside a comparison: who is left out of its base, or whose part in it flatters it."""
    return _without_recruits(shown, row) if row["comparison"] == "ratio" else left_out(shown, row)


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
    told = f"The difference is {value}; allowing for chance, anything from {interval} fits these counts ({level} interval)."
    return " ".join((told, *_bases(shown, row)))


def _bases(shown: Evidence, row: pd.Series) -> list[str]:
    """Return whom the shares of a part of the workforce are shares of, and how far the highest posts are from everybody else's."""
    if row["direction"] != "grade-workforce":
        return []
    highest = highest_posts(shown, row)
    others = None if highest is None else _aside(shown, highest, OTHERS)
    told = f"Shares are of everybody, those whose {characteristic(shown)} is not disclosed included."
    if highest is None or not evidence_rows.has(others, "value"):
        return [told]
    bme = group_label(shown, "bme")
    return [told, f"Among all other staff the {bme} share is {numbers.ratio(others['value'])} times that of {part_of(shown, highest)}."]


def _aside(shown: Evidence, row: pd.Series, kind: str) -> pd.Series | None:
    return evidence_rows.first(evidence_rows.of_indicator(shown, "asides", row["indicator"], row["year"], row["measure"]), kind=kind)


def _without_recruits(shown: Evidence, row: pd.Series) -> str:
    """Return what a relative likelihood is without international recruits, where that is clearly worse; or that it is not shown."""
    aside = _aside(shown, row, WITHOUT_RECRUITS)
    if aside is None or row["status"] == statuses.NOT_SUPPLIED:
        return ""
    if not evidence_rows.has(aside, "white_count", "white_base", "bme_count", "bme_base"):
        return "International recruits are counted here; what the comparison is without them is not shown."
    if not aside["clearly_worse"]:
        return ""
    interval = f"{numbers.confidence(aside['confidence'])} interval {numbers.ratio_interval(aside['lower'], aside['upper'])}"
    counts = " against ".join(counted(aside, group) for group in evidence_rows.RATIO_GROUPS[row["direction"]])
    return f"Without international recruits it is clearly worse: {numbers.ratio(aside['value'])} times ({counts}; {interval})."


def highest_posts(shown: Evidence, row: pd.Series) -> pd.Series | None:
    """Return the comparison of the highest posts with the workforce, where senior posts have one of their own; else None."""
    frame = evidence_rows.of_indicator(shown, "results", row["indicator"], row["year"])
    higher = frame["direction"].eq("grade-workforce") & frame["breakdown"].eq("overall") & frame["measure"].ne(row["measure"])
    return evidence_rows.first(frame[higher & frame["status"].ne(statuses.NOT_SUPPLIED)])


def chance_words(
    row: pd.Series, words: str = "; chance alone could explain the difference", unsure: str = "; the numbers are too small to be sure of it"
) -> str:
    """Return the words that a difference may be none: only where there is one, and it is known not to be clear.

    ``unsure`` is said where the interval leaves out equality, but an exact test or one person more or less would not.
    """
    ratio = row["comparison"] == "ratio"
    alike = phrases.is_about_as_likely(row["value"]) if ratio else phrases.more_or_less(row["value"]) == "the same"
    if evidence_rows.is_clear(row) is not False or alike:
        return ""
    return unsure if evidence_rows.excludes_equality(row) else words


def sides(row: pd.Series) -> tuple[str, str]:
    """Return the words for a difference below and above nothing."""
    return ("lower", "higher") if row["direction"] == "bme-white" else ("below", "above")


def counted(row: pd.Series, group: str) -> str:
    """Return '11 of 251', or what may be said where a number is hidden or absent: 'fewer than 5 of 65', 'not supplied'."""
    count, base = (evidence_rows.words(row, f"{group}_{part}", numbers.count) for part in ("count", "base"))
    alone = count == base == evidence_rows.HIDDEN_IN_WORDS or count in evidence_rows.ABSENT
    return count if alone else f"{count} of {base}"


def counted_people(shown: Evidence, row: pd.Series, group: str) -> str:
    """Return '11 of 251 BME shortlisted candidates'."""
    return counted_among(row, group, f"{group_label(shown, group)} {wording(shown, row['measure']).people}")


def counted_among(row: pd.Series, group: str, people: str) -> str:
    """Return '1 of 6 voting board members', or '1 of a hidden number of voting board members'."""
    told = counted(row, group)
    return f"{told}{' of' if told.endswith(evidence_rows.HIDDEN_IN_WORDS) else ''} {people}"


def with_rate(row: pd.Series, group: str) -> str:
    """Return '4.4% (11 of 251)', or only the counts where the percentage is not shown."""
    if evidence_rows.has(row, f"{group}_rate"):
        return f"{numbers.percentage(row[f'{group}_rate'])} ({counted(row, group)})"
    return counted(row, group)


def _ratio_text(shown: Evidence, row: pd.Series) -> str:
    first, second = evidence_rows.RATIO_GROUPS[row["direction"]]
    both = _both(shown, row, (first, second))
    if not evidence_rows.has(row, "value"):
        return phrases.sentence(f"{both}{without_value(row)}")
    if row["status"] == statuses.TOO_FEW_TO_JUDGE:
        return phrases.sentence(f"{both}: too few to judge whether the two groups fare differently")
    if math.isinf(row["value"]) or row["value"] == 0:
        return phrases.sentence(f"{both}, so no multiple can be given")
    return f"{likelihood(shown, row)} ({counted(row, first)} against {counted(row, second)}){chance_words(row)}."


def _both(shown: Evidence, row: pd.Series, groups: tuple[str, str]) -> str:
    return f"{' and '.join(counted_people(shown, row, group) for group in groups)} {wording(shown, row['measure']).acted}"


def likelihood(shown: Evidence, row: pd.Series, *, short: bool = False) -> str:
    """Return a ratio in words: 'White shortlisted candidates were 2.13 times as likely as BME candidates to be appointed'."""
    first, second = evidence_rows.RATIO_GROUPS[row["direction"]]
    told = wording(shown, row["measure"])
    people = f"{group_label(shown, first, starting=True)} {told.again if short else told.people}"
    others = f"{group_label(shown, second)} {told.again} to {told.act}"
    if math.isinf(row["value"]) or row["value"] == 0:  # one group counts nobody: there is no multiple
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
            return f"; {NOT_SHOWN}"
        return f"; depending on what is hidden, the comparison gives {told}, before any allowance for chance"
    reason = row["reason"] if isinstance(row["reason"], str) and row["reason"] else "the figures allow no result"
    return f"; no comparison can be made, because {reason}"


def _gap_text(shown: Evidence, row: pd.Series) -> str:
    told = wording(shown, row["measure"])
    bme, white = group_label(shown, "bme", starting=True), group_label(shown, "white")
    if not evidence_rows.has(row, "value", "white_rate", "bme_rate"):
        return phrases.sentence(f"{_both(shown, row, ('bme', 'white'))}{without_value(row)}")
    few = ": too few to judge whether the two groups differ" if row["status"] == statuses.TOO_FEW_TO_JUDGE else chance_words(row)
    return phrases.sentence(
        f"{numbers.percentage(row['bme_rate'])} of {bme} {told.people}{who_answered(shown, row)} {told.acted}, against {numbers.percentage(row['white_rate'])} of "
        f"{white} {told.again} ({counted(row, 'bme')} against {counted(row, 'white')}){few}"
    )


def _share_text(shown: Evidence, row: pd.Series) -> str:
    """Return the share of a part of the workforce or of the board beside the whole workforce's, and that of the highest posts."""
    whole = evidence_rows.workforce_share(shown, "bme", row["year"])
    told, compared = _part_text(shown, row, f"on {snapshot_date(shown, row['year'])}, ")
    share = numbers.percentage(whole["rate"]) if evidence_rows.has(whole, "rate") else "a share that is not shown"
    beside = f", against {share} of the whole workforce" if compared else ""
    first = phrases.sentence(f"{told}{beside}{_unsure_of_share(row) if compared else ''}")
    highest = highest_posts(shown, row) if row["direction"] == "grade-workforce" else None
    if highest is None:
        return first
    higher, compared_too = _part_text(shown, highest)
    if higher.endswith(UNRECOGNISED) and told.endswith(UNRECOGNISED):
        return first
    return f"{first} {phrases.sentence(higher + (_unsure_of_share(highest) if compared_too else ''))}"


def _unsure_of_share(row: pd.Series) -> str:
    few = row["status"] == statuses.TOO_FEW_TO_JUDGE
    return ": too few to judge whether this is more than chance" if few else chance_words(row)


def _part_text(shown: Evidence, row: pd.Series, date: str = "") -> tuple[str, bool]:
    """Return how many of a part are BME, and whether that can be set beside the whole workforce."""
    bme = group_label(shown, "bme")
    told = {name: evidence_rows.cell(row, name, numbers.count) for name in ("bme_count", "bme_base")}
    unknown = {name for name, text in told.items() if evidence_rows.is_hidden(row, name) and evidence_rows.is_marker(text)}
    if "bme_count" in unknown:
        which = "" if "bme_base" in unknown else f"{told['bme_base']} "
        return f"how many of the {which}{people_of(shown, row)} were {bme} is not shown, {UNRECOGNISED}", False
    counts = f"{date}{counted_among(row, 'bme', people_of(shown, row))}"
    were = "was" if row["bme_count"] == 1 else "were"
    if not evidence_rows.has(row, "value", "bme_rate"):
        return f"{counts} {were} {bme}{without_value(row)}", False
    return f"{counts} ({numbers.percentage(row['bme_rate'])}) {were} {bme}", True


def left_out(shown: Evidence, row: pd.Series) -> str:
    """Return whom the base of a survey indicator leaves out, and its percentages on all who answered; empty where it leaves out nobody."""
    whole = of_all_who_answered(shown, row)
    if whole is None:
        return ""
    people = [numbers.count(found[f"{group}_base"]) for found in (whole, row) for group in ("bme", "white")]
    bme, white = group_label(shown, "bme"), group_label(shown, "white")
    told = f"the survey was answered by {people[0]} {bme} and {people[1]} {white} respondents, of whom {people[2]} and {people[3]} "
    told += _said(shown, row)
    if evidence_rows.has(whole, "white_rate", "bme_rate"):
        told += f"; of all who answered it, {with_rate(whole, 'bme')} against {with_rate(whole, 'white')} said yes"
    return phrases.sentence(told)


def of_all_who_answered(shown: Evidence, row: pd.Series) -> pd.Series | None:
    """Return the same answers on all who answered the survey, where an answer given leaves people out of a survey indicator's base; else None."""
    frame = evidence_rows.of_indicator(shown, "results", row["indicator"], row["year"], f"{row['measure']}_of_all")
    whole, bases = evidence_rows.first(frame), ("white_base", "bme_base")
    if whole is None or not evidence_rows.has(row, *bases) or not evidence_rows.has(whole, *bases):
        return None
    return None if not _answers_of_base(shown, row) or all(row[name] == whole[name] for name in bases) else whole


def who_answered(shown: Evidence, row: pd.Series) -> str:
    """Return ' who said yes or no' where a survey indicator's base leaves out those who answered otherwise."""
    return "" if of_all_who_answered(shown, row) is None else f" who {_said(shown, row)}"


def _said(shown: Evidence, row: pd.Series) -> str:
    """Return 'said yes or no'."""
    return f"said {' or '.join(answer.lower() for answer in _answers_of_base(shown, row))}"


def _answers_of_base(shown: Evidence, row: pd.Series) -> list[str]:
    """Return the answers that put somebody in a survey indicator's base; none where every answer does."""
    of_year = in_force(shown.context.reference.catalogue, edition_of(row["year"]))
    found = answers_in_base(of_year[of_year["measure"].eq(row["measure"])].iloc[0]) or []
    return [] if "Don't know" in found else found

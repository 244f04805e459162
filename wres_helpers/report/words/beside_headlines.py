"""What a headline must add: what chance could do, who is left out of its base, and whose part in it flatters it."""

import math

import pandas as pd

from wres_helpers.analysis.asides import JUDGED_BY, LARGE_GAP, OTHERS, WITHOUT_RECRUITS
from wres_helpers.analysis.cells import COMPARED_GROUPS, TWO_GROUPS
from wres_helpers.analysis.clear_difference import undone_by
from wres_helpers.analysis.evidence import Evidence
from wres_helpers.report.form import numbers, phrases
from wres_helpers.report.words import evidence_rows
from wres_helpers.report.words.doubts import UNSURE, beside_status, by_the_undisclosed, judged_by, size_told
from wres_helpers.report.words.evidence_rows import counted, with_rate
from wres_helpers.report.words.vocabulary import characteristic, group_label, part_of, wording, worse_for
from wres_helpers.report.words.who_answered import left_out, of_all_who_answered, responses, who_answered
from wres_helpers.standard import statuses
from wres_helpers.standard.columns import SHARE_OF_GRADE


def qualified(shown: Evidence, row: pd.Series, *, short: bool = False) -> str:
    """Return what a reader must know beside a comparison: who is left out of its base, or whose part in it flatters it."""
    return _without_recruits(shown, row) if row["comparison"] == "ratio" else left_out(shown, row, short=short)


def counts_first(shown: Evidence, row: pd.Series) -> str:
    """Return '35.1% (13 of 37) of BME respondents reported harassment; white: 13.8% (106 of 768)'."""
    told, (first, second) = wording(shown, row["measure"]), COMPARED_GROUPS[row["direction"]]
    people = f"{group_label(shown, first)} {told.again}{who_answered(shown, row)}"
    return f"{with_rate(row, first)} of {people} {told.in_short}; {group_label(shown, second)}: {with_rate(row, second)}"


def value_told(shown: Evidence, row: pd.Series | None) -> str:
    """Return by how much a chance or a share is larger or smaller, with its interval; nothing where one is not shown.

    'White 2.13 times as likely (1.19 to 3.86)', '7.3 points higher (3.3 lower to 23.0 higher)', '0.2 points above the workforce (...)'.
    """
    if not evidence_rows.has(row, "value", "lower", "upper") or math.isinf(row["value"]) or row["comparison"] == "none":
        return ""
    if row["comparison"] == "ratio":
        whose = group_label(shown, COMPARED_GROUPS[row["direction"]][0], starting=True)
        return f"{whose} {numbers.ratio(row['value'])} times as likely ({numbers.ratio_interval(row['lower'], row['upper'])})"
    below, above, _ = _SIDES[row["direction"] == "bme-white"] if row["lower"] < 0 < row["upper"] else ("", "", "")  # else the value says it
    return f"{points_told(row)} ({numbers.points_range(row['lower'], row['upper'], below, above, unit='').strip()})"


#: A gap on either side of equality, and on neither: of a share of the workforce, of two groups.
_SIDES = (("below", "above", "different from"), ("lower", "higher", "different"))


def points_told(row: pd.Series) -> str:
    """Return on which side a gap lies, in words for its sign: '7.3 points higher', '0.2 points above the workforce', '0.0 points different'."""
    two_groups = row["direction"] == "bme-white"
    return numbers.points_side(row["value"], *_SIDES[two_groups]) + " the workforce" * (not two_groups)


def detail_text(shown: Evidence, indicator: str, row: pd.Series | None) -> str:
    """Return what chance could do to the headline's value, and which way is worse; empty where there is no value."""
    definition = evidence_rows.definition_if_any(shown, indicator)
    if row is None or definition is None or not evidence_rows.has(row, "value", "lower", "upper"):
        return ""
    level = numbers.confidence(row["confidence"])
    if row["comparison"] == "ratio":
        # a headline that calls two groups equally likely has not said the value
        told = f"The relative likelihood is {numbers.ratio(row['value'])}. " * (row["status"] == statuses.EQUIVALENT)
        interval = numbers.ratio_interval(row["lower"], row["upper"])
        told += f"Allowing for chance, a relative likelihood of {interval} fits these counts ({level} interval). "
        told += phrases.sentence(which_is_worse(shown, definition))
    else:
        sides = ("lower", "higher") if row["direction"] == "bme-white" else ("below", "above")
        interval, value = numbers.points_range(row["lower"], row["upper"], *sides), numbers.points(row["value"])
        told = f"The difference is {value}; allowing for chance, {interval} fits these counts ({level} interval)."
    decided_by_few = phrases.sentence("; ".join(told for told in beside_status(shown, row) if told != UNSURE))
    few = "" if row["status"] == statuses.TOO_FEW_TO_JUDGE else phrases.sentence(how_few(shown, row))
    beside = (_how_large(shown, row), decided_by_few, few, _whoever_they_are(shown, row), _left_it_out(shown, row), *_bases(shown, row))
    return " ".join(filter(None, (told, *beside)))


def how_few(shown: Evidence, row: pd.Series) -> str:
    """Return how many people are expected where the fewest are, of a headline that is too few to judge, or clear in spite of so few; else nothing."""
    found, asked = evidence_rows.own_status(shown, row), shown.context.status_rule.minimum_expected
    if not evidence_rows.has(found, "fewest_expected"):
        return ""
    told = f"{numbers.expected(found['fewest_expected'])} expected in the smallest group"
    if row["status"] == statuses.TOO_FEW_TO_JUDGE:
        return f"{told}, {asked:g} asked"
    alike = f"single cases weigh heavily: {told} if the two fared alike"
    return alike if row["status"] in statuses.CLEAR and found["fewest_expected"] < asked else ""


def tables_told(shown: Evidence, row: pd.Series | None) -> tuple[str, ...]:
    """Return the tables that hold the figures of a headline's text: the results, and what is beside them where the text tells of that."""
    return ("results", "asides") if row is not None and row["comparison"] == "ratio" and qualified(shown, row) else ("results",)


def rows_told(shown: Evidence, row: pd.Series | None, text: str) -> list[pd.Series | None]:
    """Return the comparisons whose figures a text about a headline tells: its own, the whole it is set beside, the highest posts, who answered."""
    if row is None:
        return []
    found = [row]
    if str(row["direction"]).endswith("workforce"):
        whole = {"year": row["year"], "measure": SHARE_OF_GRADE, "breakdown": "overall"}
        found += [evidence_rows.first(shown.results, **whole), highest_posts(shown, row)]
    elif row["direction"] == "bme-white":
        found += [of_all_who_answered(shown, row)] if any(left_out(shown, row, short=short) in text for short in (False, True)) else []
        found += [responses(shown)] if (left := _left_it_out(shown, row)) and left in text else []
    return found


def _left_it_out(shown: Evidence, row: pd.Series) -> str:
    """Return how many respondents answered a question of the survey, where one group clearly left it out more often than the other; else nothing."""
    survey = responses(shown) if row["direction"] == "bme-white" else None
    if survey is None or of_all_who_answered(shown, row) is not None or not evidence_rows.has(row, *TWO_GROUPS):
        return ""
    cells = row["bme_base"], survey["bme_count"], row["white_base"], survey["white_count"]
    if undone_by(*cells, shown.context.status_rule.confidence):
        return ""
    (bme, of, white, of_white), names = map(numbers.count, cells), [group_label(shown, group) for group in ("bme", "white")]
    return f"Of at least {of} {names[0]} and {of_white} {names[1]} respondents, {bme} and {white} answered this question."


def _whoever_they_are(shown: Evidence, row: pd.Series) -> str:
    """Return that a status stands whatever the undisclosed are; nothing where it need not, where that is not known, and where nobody is."""
    could = by_the_undisclosed(shown, str(row["indicator"]))
    if row["status"] not in statuses.FINDINGS or row["unknown_base"] == 0 or could.becomes or could.untold:
        return ""
    own = evidence_rows.has(row, "unknown_base") and not str(row["direction"]).endswith("workforce")  # there it is the whole part
    people = wording(shown, row["measure"]).again
    which = f"{numbers.count(row['unknown_base'])} {people} who did not tell it" if own else "undisclosed"
    return f"Whatever the {characteristic(shown)} of the {which}, the status stands."


def as_relative_likelihood(shown: Evidence, row: pd.Series) -> str:
    """Return the relative likelihood by which a comparison is judged; empty where it is the comparison itself, and where it cannot be told."""
    found = judged_by(shown, row)
    if found is None:
        return ""
    turned = row["comparison"] == "ratio" and found["kind"] == JUDGED_BY
    adverse = str(evidence_rows.definition_of(shown, row["indicator"], row["measure"])["adverse"])
    if turned and adverse.startswith("above"):
        return ""
    interval = numbers.ratio_interval(found["lower"], found["upper"])
    told = f"{interval}, as one group counts nobody" if math.isinf(found["value"]) else f"{numbers.ratio(found['value'])} ({interval})"
    of = f", all other staff over those in {part_of(shown, row)}," if row["direction"].endswith("workforce") else ""
    return f"turned so that above 1 is worse it is {told}" if turned else f"judged {found['kind']}{of} it is {told}"


def which_is_worse(shown: Evidence, definition: pd.Series) -> str:
    """Return which way a value is worse, and of a likelihood that is worse above 1 where large begins: 'above 1 is worse for BME staff, above 1.25 large'."""
    adverse = str(definition["adverse"])
    large = f", above {_boundary(shown)} large" if definition["comparison"] == "ratio" and adverse.startswith("above") else ""
    return worse_for(shown.context.terms, adverse) + large


def _boundary(shown: Evidence) -> str:
    return numbers.ratio(shown.context.status_rule.no_adverse_range[1])


def judged_as(shown: Evidence, row: pd.Series) -> str:
    """Return what a gap is as a relative likelihood, and where large begins, in points, too; empty where the first is."""
    told = as_relative_likelihood(shown, row)
    return f"{told}; large begins above {_boundary(shown)}{_large_gap(shown, row, ' ({})')}" if told else ""


def _large_gap(shown: Evidence, row: pd.Series, pattern: str) -> str:
    """Return in a pattern from which gap on a difference is large, where that is known; else nothing."""
    gap = evidence_rows.aside(shown, row, LARGE_GAP)
    return pattern.format(numbers.points(gap["value"])) if evidence_rows.has(gap, "value") else ""


def _how_large(shown: Evidence, row: pd.Series) -> str:
    ratio, gap = as_relative_likelihood(shown, row), _large_gap(shown, row, " ({})")
    if size_told(shown, row) != UNSURE:
        return phrases.sentence(judged_as(shown, row)) if row["status"] in (statuses.EQUIVALENT, *statuses.WORSE) else ""
    return f"The difference is clear; {UNSURE}: {ratio}{', and ' * bool(ratio)}{_boundary(shown)}{gap}, where large begins, lies inside that interval."


def _bases(shown: Evidence, row: pd.Series) -> list[str]:
    """Return whom the shares of a part of the workforce are shares of, and how far the highest posts are from everybody else's."""
    if row["direction"] != "grade-workforce":
        return []
    highest = highest_posts(shown, row)
    others = None if highest is None else evidence_rows.aside(shown, highest, OTHERS)
    doctors = evidence_rows.of_indicator(shown, "results", row["indicator"], row["year"])["category"].eq("medical_and_dental").any()
    told = f"Shares are of everybody, those whose {characteristic(shown)} is not disclosed included"
    told += f"; doctors and dentists, consultants too, count in the workforce and not in {part_of(shown, row)}." if doctors else "."
    if highest is None or not evidence_rows.has(others, "value", "lower", "upper"):
        return [told]
    bme = group_label(shown, "bme")
    interval = f"{numbers.confidence(others['confidence'])} interval {numbers.ratio_interval(others['lower'], others['upper'])}"
    return [
        told,
        f"Among all other staff the {bme} share is {numbers.ratio(others['value'])} times that of {part_of(shown, highest)} ({interval}).",
    ]


def _without_recruits(shown: Evidence, row: pd.Series) -> str:
    """Return what a relative likelihood is without international recruits, where that is clearly worse; or that it is not shown."""
    aside = evidence_rows.aside(shown, row, WITHOUT_RECRUITS)
    if aside is None or row["status"] == statuses.NOT_SUPPLIED:
        return ""
    if not evidence_rows.has(aside, *TWO_GROUPS):
        if evidence_rows.has(aside, "low", "high"):
            told = f"among all others it is {numbers.ratio_range(aside['low'], aside['high'])} times"
            return f"International recruits are counted here; {told}, a range since counts are hidden, before any allowance for chance."
        return "International recruits are counted here; the comparison without them is hidden, but for what the table of recruits can say."
    if not aside["clearly_worse"]:
        return ""
    interval = f"{numbers.confidence(aside['confidence'])} interval {numbers.ratio_interval(aside['lower'], aside['upper'])}"
    counts = " against ".join(counted(aside, group) for group in COMPARED_GROUPS[row["direction"]])
    return f"Without international recruits it is clearly worse: {numbers.ratio(aside['value'])} times ({counts}; {interval})."


def worse_without_recruits(shown: Evidence, row: pd.Series | None) -> str:
    """Return the same only where it is worse without them: clearly, or, where its numbers are hidden, whatever they are."""
    if row is None or row["comparison"] != "ratio":
        return ""
    aside = evidence_rows.aside(shown, row, WITHOUT_RECRUITS)
    in_any_case = evidence_rows.has(aside, "low") and aside["low"] > max(row["value"], 1)
    return _without_recruits(shown, row) if in_any_case or evidence_rows.has(aside, *TWO_GROUPS) else ""


def ratio_without_recruits(shown: Evidence, row: pd.Series | None) -> str:
    """Return '2.53 without international recruits' where it is worse without them; nothing else.

    Of a range that hiding leaves the lower end alone is told: both ends would be read as an interval.
    """
    aside = evidence_rows.aside(shown, row, WITHOUT_RECRUITS) if row is not None and worse_without_recruits(shown, row) else None
    if aside is None:
        return ""
    if evidence_rows.has(aside, *TWO_GROUPS):
        return f"{numbers.ratio(aside['value'])} without international recruits"
    least = numbers.ratio_range(aside["low"], math.inf)
    return f"{least} without international recruits, chance not counted"


def highest_posts(shown: Evidence, row: pd.Series) -> pd.Series | None:
    """Return the comparison of the highest posts with the workforce, where senior posts have one of their own; else None."""
    frame = evidence_rows.of_indicator(shown, "results", row["indicator"], row["year"])
    higher = frame["direction"].eq("grade-workforce") & frame["breakdown"].eq("overall") & frame["measure"].ne(row["measure"])
    return evidence_rows.first(frame[higher & frame["status"].ne(statuses.NOT_SUPPLIED)])

"""What a headline must add: what chance could do, who is left out of its base, and whose part in it flatters it."""

import math

import pandas as pd

from wres_helpers.analysis.asides import JUDGED_BY, JUDGED_BY_OPPOSITE, OTHERS, WITHOUT_RECRUITS
from wres_helpers.analysis.cells import CELLS, COMPARED_GROUPS, TWO_GROUPS
from wres_helpers.analysis.clear_difference import rests_on_one_person, undone_by
from wres_helpers.analysis.evidence import Evidence
from wres_helpers.analysis.group_comparisons import two_groups, whole_workforce
from wres_helpers.report import evidence_rows, numbers, phrases
from wres_helpers.report.evidence_rows import counted
from wres_helpers.report.vocabulary import characteristic, group_label, part_of, worse_for, worse_off
from wres_helpers.report.who_answered import left_out, of_all_who_answered, responses
from wres_helpers.standard import statuses
from wres_helpers.standard.columns import COMPARISON_KEYS, SHARE_OF_GRADE


def qualified(shown: Evidence, row: pd.Series, *, short: bool = False) -> str:
    """Return what a reader must know beside a comparison: who is left out of its base, or whose part in it flatters it."""
    return _without_recruits(shown, row) if row["comparison"] == "ratio" else left_out(shown, row, short=short)


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
        told += phrases.sentence(worse_for(shown.context.terms, str(definition["adverse"])))
    else:
        sides = ("lower", "higher") if row["direction"] == "bme-white" else ("below", "above")
        interval, value = numbers.points_range(row["lower"], row["upper"], *sides), numbers.points(row["value"])
        told = f"The difference is {value}; allowing for chance, {interval} fits these counts ({level} interval)."
    decided_by_few = phrases.sentence("; ".join(told for told in beside_status(shown, row) if told != UNSURE))
    beside = (_how_large(shown, row), decided_by_few, _whoever_they_are(shown, row), _left_it_out(shown, row), *_bases(shown, row))
    return " ".join(filter(None, (told, *beside)))


def rows_told(shown: Evidence, row: pd.Series | None, text: str) -> list[pd.Series | None]:
    """Return the comparisons whose figures a text about a headline tells: its own, the whole it is set beside, the highest posts, who answered."""
    if row is None:
        return []
    found = [row]
    if str(row["direction"]).endswith("workforce"):
        whole = {"year": row["year"], "measure": SHARE_OF_GRADE, "breakdown": "overall"}
        found += [evidence_rows.first(shown.results, **whole), highest_posts(shown, row)]
    elif row["direction"] == "bme-white":
        found += [of_all_who_answered(shown, row)] if left_out(shown, row) in text else []
        found += [responses(shown)[0]] if (left := _left_it_out(shown, row)) and left in text else []
    return found


def _left_it_out(shown: Evidence, row: pd.Series) -> str:
    """Return how many respondents answered a question of the survey, where one group clearly left it out more often than the other; else nothing."""
    survey = responses(shown)[0] if row["direction"] == "bme-white" else None
    if survey is None or of_all_who_answered(shown, row) is not None or not evidence_rows.has(row, *TWO_GROUPS):
        return ""
    cells = row["bme_base"], survey["bme_count"], row["white_base"], survey["white_count"]
    if undone_by(*cells, shown.context.status_rule.confidence):
        return ""
    (bme, of, white, of_white), names = map(numbers.count, cells), [group_label(shown, group) for group in ("bme", "white")]
    return f"Of at least {of} {names[0]} and {of_white} {names[1]} respondents, {bme} and {white} answered this question."


UNSURE = "whether large is uncertain"


def is_size_unsure(shown: Evidence, row: pd.Series | None) -> bool:
    """Tell whether the interval of a clear difference reaches across the boundary where large begins. The one rule for it."""
    found = None if row is None or row["status"] not in WORSE else judged_by(shown, row)
    return found is not None and found["lower"] <= shown.context.status_rule.no_adverse_range[1] < found["upper"]


@evidence_rows.found_once
def is_on_one_person(shown: Evidence, row: pd.Series | None) -> bool:
    """Tell whether a clear difference rests on one person by the further test; of hidden counts it is not told."""
    cells = four_counts(shown, row) if row is not None and evidence_rows.is_clear(row) else None
    return cells is not None and rests_on_one_person(*cells, shown.context.status_rule.confidence)


#: What the undisclosed could do to a status, or that it is not known; that it is hidden has the word of all that is.
UNDO, CHANGE, NOT_KNOWN = "undo", "change", "not known (not supplied)"
#: What stands for a number of the undisclosed that was hidden before the tables came in: it is known at least that it is from none to all.
_ON_ENTRY = statuses.LABELS[statuses.NOT_CALCULABLE].lower()


@evidence_rows.found_once
def of_the_undisclosed(shown: Evidence, indicator: str) -> str:
    """Return what the undisclosed of one group could do to an indicator's status; empty where they could do nothing.

    They could undo a difference that was found, where equality is among what the comparison could be; or else make the status another.
    """
    row, (code, _) = evidence_rows.headline_row(shown, indicator), evidence_rows.status_of(shown, indicator)
    if row is None:
        return NOT_KNOWN
    found = evidence_rows.first(shown.bounds, **{name: row[name] for name in COMPARISON_KEYS[1:]})
    equality, ends = numbers.STYLES[row["comparison"]].equality, ("lower_bound", "upper_bound")
    if code in statuses.CLEAR and evidence_rows.has(found, *ends) and found[ends[0]] <= equality <= found[ends[1]]:
        return UNDO
    told = [evidence_rows.protection(row)]
    if str(row["direction"]).endswith("-workforce"):  # a part is set beside the whole workforce
        told.append(
            evidence_rows.protection(evidence_rows.first(shown.results, year=row["year"], measure=SHARE_OF_GRADE, breakdown="overall"))
        )
    if any(texts.get(name, _ON_ENTRY) != _ON_ENTRY for texts in told for name in CELLS) and indicator not in shown.whatever_is_hidden:
        return evidence_rows.HIDDEN
    possible = shown.possible_statuses.get(indicator)
    return NOT_KNOWN if not possible else CHANGE if possible - {code} else ""


def _whoever_they_are(shown: Evidence, row: pd.Series) -> str:
    """Return that a status stands whatever the undisclosed are; nothing where it need not, where that is not known, and where nobody is."""
    if row["status"] not in statuses.FINDINGS or row["unknown_base"] == 0 or of_the_undisclosed(shown, str(row["indicator"])):
        return ""
    return f"Whatever the {characteristic(shown)} of the undisclosed, the status stands."


def beside_status(shown: Evidence, row: pd.Series | None) -> list[str]:
    """Return what stands beside a headline's status wherever it is told: of its size, of one person, of the undisclosed."""
    told = [UNSURE] if is_size_unsure(shown, row) else []
    told += [RESTS_ON_ONE] if is_on_one_person(shown, row) else []
    if row is not None:
        could = of_the_undisclosed(shown, str(row["indicator"])) if row["status"] in statuses.FINDINGS else ""
        told += [THE_UNDISCLOSED.format("undo it")] if could == UNDO else []
        makes = {_ONE_PERSON: _in_words(made_by_one_person(shown, row))}
        makes["the undisclosed"] = other_statuses(shown, str(row["indicator"])) if could == CHANGE else ""
        for others in dict.fromkeys(filter(None, makes.values())):
            who = [one for one in makes if makes[one] == others]
            told.append(f"{', or '.join(who)}{',' * (len(who) > 1)} could make it {others}")
    return told


def made_by_one_person(shown: Evidence, row: pd.Series) -> set[str]:
    """Return which clear difference a headline without one would show with one person more or less; none where it would not."""
    headline = evidence_rows.headline_row(shown, str(row["indicator"]))
    own = headline is not None and all(row[name] == headline[name] for name in COMPARISON_KEYS[1:])
    return shown.clear_with_one_person.get(str(row["indicator"]), set()) if own else set()


def other_statuses(shown: Evidence, indicator: str) -> str:
    """Return which other statuses the undisclosed could make of an indicator's: "'some difference' or 'equivalent'"."""
    return _in_words(shown.possible_statuses.get(indicator, set()) - {evidence_rows.status_of(shown, indicator)[0]})


def _in_words(possible: set[str]) -> str:
    return " or ".join(f"'{phrases.small(statuses.LABELS[code].partition(' (')[0])}'" for code in statuses.LABELS if code in possible)


#: What a status may come to, in a few words; the last two where it is not told what the undisclosed could make of it.
NOT_CLEAR, NOT_LARGE, LARGE, SOME = "perhaps not clear", "perhaps not large", "perhaps large", "perhaps some difference"
BETTER, ALIKE, BORDERLINE = "perhaps better", "perhaps equivalent", "borderline"
UNTOLD = {NOT_KNOWN: "undisclosed not known", evidence_rows.HIDDEN: "undisclosed hidden"}


@evidence_rows.found_once
def doubt(shown: Evidence, indicator: str) -> str:
    """Return what chance, one person or the undisclosed may make of a status, the gravest in a few words; nothing of one that stands in any case."""
    row, (code, _) = evidence_rows.headline_row(shown, indicator), evidence_rows.status_of(shown, indicator)
    if row is None or row["status"] not in statuses.FINDINGS:
        return ""
    could = of_the_undisclosed(shown, indicator)
    others = set(shown.possible_statuses.get(indicator, ())) if could in (UNDO, CHANGE) else set()
    others |= {*WORSE} if is_size_unsure(shown, row) else set()
    found = judged_by(shown, row)  # a large difference may be among what chance allows
    reaches_large = found is not None and found["upper"] > shown.context.status_rule.no_adverse_range[1]
    others |= {statuses.LARGE_DIFFERENCE} if code == statuses.NO_CLEAR_DIFFERENCE and reaches_large else set()
    others |= {statuses.NO_CLEAR_DIFFERENCE} if could == UNDO or is_on_one_person(shown, row) else set()
    others = (others | made_by_one_person(shown, row)) - {code}
    words = (
        (NOT_CLEAR, (code in statuses.CLEAR and others - {*WORSE}) or others == {statuses.NO_CLEAR_DIFFERENCE}),
        (NOT_LARGE, code == statuses.LARGE_DIFFERENCE and others),
        (LARGE, statuses.LARGE_DIFFERENCE in others),
        (SOME, others & {*WORSE}),
        (BETTER, statuses.DIFFERENCE_OTHER_WAY in others),
        (ALIKE, statuses.EQUIVALENT in others),
        (BORDERLINE, leaning(shown, row)),
        (UNTOLD.get(could, ""), True),
    )
    return next((told for told, holds in words if holds), "")


THE_UNDISCLOSED, _ONE_PERSON = "the undisclosed could {}", "one person more or less"


#: The rule asks its own test to bear one person, and not Fisher's, which it asks of the counts as they are.
RESTS_ON_ONE = "with one person more or less a second test (Fisher's exact) would not confirm it"


@evidence_rows.found_once
def four_counts(shown: Evidence, row: pd.Series) -> tuple[float, float, float, float] | None:
    """Return count and base of the two groups that a comparison tells apart; None where one of them is not shown."""
    rows = pd.DataFrame([row]).join(whole_workforce(shown.results), on=["organisation", "year"])
    count, base, other_count, other_base = (math.nan if pd.isna(column.iloc[0]) else float(column.iloc[0]) for column in two_groups(rows))
    return None if math.isnan(count + base + other_count + other_base) else (count, base, other_count, other_base)


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


def judged_as(shown: Evidence, row: pd.Series) -> str:
    """Return what a gap is as a relative likelihood, and where large begins; empty where the first is."""
    told = as_relative_likelihood(shown, row)
    return f"{told}; large begins above {numbers.ratio(shown.context.status_rule.no_adverse_range[1])}" if told else ""


def judged_by(shown: Evidence, row: pd.Series) -> pd.Series | None:
    """Return the relative likelihood by which the size of a comparison is judged, above 1 the worse; None where it is not known."""
    found = (evidence_rows.aside(shown, row, kind) for kind in (JUDGED_BY, JUDGED_BY_OPPOSITE))
    return next((each for each in found if each is not None), None)


def _how_large(shown: Evidence, row: pd.Series) -> str:
    boundary, ratio = numbers.ratio(shown.context.status_rule.no_adverse_range[1]), as_relative_likelihood(shown, row)
    if not is_size_unsure(shown, row):
        return phrases.sentence(judged_as(shown, row)) if row["status"] in (statuses.EQUIVALENT, *WORSE) else ""
    return f"The difference is clear; {UNSURE}: {ratio}{', and ' * bool(ratio)}{boundary}, where large begins, lies inside that interval."


def _bases(shown: Evidence, row: pd.Series) -> list[str]:
    """Return whom the shares of a part of the workforce are shares of, and how far the highest posts are from everybody else's."""
    if row["direction"] != "grade-workforce":
        return []
    highest = highest_posts(shown, row)
    others = None if highest is None else evidence_rows.aside(shown, highest, OTHERS)
    doctors = evidence_rows.of_indicator(shown, "results", row["indicator"], row["year"])["category"].eq("medical_and_dental").any()
    told = f"Shares are of everybody, those whose {characteristic(shown)} is not disclosed{' and medical and dental staff' if doctors else ''} included."
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


#: Statuses by which people fare clearly worse.
WORSE = (statuses.LARGE_DIFFERENCE, statuses.SOME_DIFFERENCE)


def leaning(shown: Evidence, row: pd.Series | None) -> str:
    """Return 'looks worse for BME staff' of a difference that is not clear although its interval leaves out equality; else nothing."""
    if row is None or evidence_rows.is_clear(row) is not False or not evidence_rows.excludes_equality(row):
        return ""
    above = row["value"] > numbers.STYLES[row["comparison"]].equality
    adverse = above == str(evidence_rows.definition_of(shown, row["indicator"], row["measure"])["adverse"]).startswith("above")
    return f"looks {worse_off(shown, WORSE[-1] if adverse else statuses.DIFFERENCE_OTHER_WAY)}"


def highest_posts(shown: Evidence, row: pd.Series) -> pd.Series | None:
    """Return the comparison of the highest posts with the workforce, where senior posts have one of their own; else None."""
    frame = evidence_rows.of_indicator(shown, "results", row["indicator"], row["year"])
    higher = frame["direction"].eq("grade-workforce") & frame["breakdown"].eq("overall") & frame["measure"].ne(row["measure"])
    return evidence_rows.first(frame[higher & frame["status"].ne(statuses.NOT_SUPPLIED)])

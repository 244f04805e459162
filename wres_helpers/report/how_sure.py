"""How sure we can be: what chance allows, small numbers, undisclosed ethnicity, and the rule of the status."""

import pandas as pd

from wres_helpers.analysis.bounds import ANY_COUNTED
from wres_helpers.analysis.evidence import Evidence
from wres_helpers.report import evidence_rows, numbers
from wres_helpers.report.blocks import Notice, Prose
from wres_helpers.report.headlines import NOTHING_SUPPLIED, sides
from wres_helpers.report.vocabulary import characteristic, group_label, in_terms, people_of, wording
from wres_helpers.standard import statuses


def certainty(shown: Evidence, indicator: str) -> Prose:
    """Return how sure we can be: the interval in words, small numbers, and the undisclosed."""
    row = evidence_rows.headline_row(shown, indicator)
    if row is None or row["status"] == statuses.NOT_SUPPLIED:
        return Prose((NOTHING_SUPPLIED,))
    paragraphs = [interval_sentence(shown, row), few_sentence(shown, row), _bounds_sentence(shown, indicator)]
    return Prose(tuple(paragraph for paragraph in paragraphs if paragraph))


def interval_sentence(shown: Evidence, row: pd.Series) -> str:
    """Return the interval of a comparison in words, and whether it includes equality."""
    if not evidence_rows.has(row, "lower", "upper"):
        hidden = evidence_rows.is_hidden(row, "lower") or evidence_rows.is_hidden(row, "value") or row["status"] == statuses.PROTECTED
        return "The interval is not shown, because it would give hidden numbers away." if hidden else ""
    level = numbers.confidence(row["confidence"])
    if row["comparison"] == "ratio":
        interval = f"relative likelihood {numbers.ratio_span(row['lower'], row['upper'])}"
    else:
        interval = f"difference from {numbers.points_range(row['lower'], row['upper'], *sides(row))}"
    return f"With numbers of this size, a true {interval} would fit what was counted ({level} interval). {_verdict(row)}"


def _verdict(row: pd.Series) -> str:
    """Return what an interval says about equality, in the same terms as the status."""
    neutral = "1" if row["comparison"] == "ratio" else "0, which means equality"
    if evidence_rows.is_clear(row):
        return f"All of it lies on one side of {neutral}, so chance alone is an unlikely explanation of the difference."
    if evidence_rows.excludes_equality(row):
        return f"It leaves out {neutral}, but the difference does not withstand an exact test, or one person more or less."
    if row["status"] == statuses.EQUIVALENT:
        return "All of it lies within the range of no adverse difference, so the two groups can be called equivalent."
    return f"It includes {neutral}, so chance alone could explain what was found; that does not prove that there is no difference."


def few_sentence(shown: Evidence, row: pd.Series) -> str:
    """Return a warning of small numbers, by rule: one person in the smaller base is one percentage point or more."""
    too_few = "The numbers are too small to judge." if row["status"] == statuses.TOO_FEW_TO_JUDGE else ""
    if not evidence_rows.has(row, "bme_base") or not evidence_rows.has(row, "one_person") or row["one_person"] < 0.01:
        return too_few
    if row["bme_base"] == 1:
        return f"{too_few} Only one person is counted in the base.".strip()
    people = people_of(shown, row)
    if not row["direction"].endswith("workforce"):
        people = f"{group_label(shown, 'bme')} {people}"
    base, one = numbers.count(row["bme_base"]), numbers.points(row["one_person"])
    return f"{too_few} Among {base} {people}, one person is {one}, so single cases weigh heavily.".strip()


def _bounds_sentence(shown: Evidence, indicator: str) -> str:
    frame = evidence_rows.of_indicator(shown, "bounds", indicator, measure=evidence_rows.headline_measure(shown, indicator))
    result = evidence_rows.headline_row(shown, indicator)
    row = None if result is None else evidence_rows.first(frame, category=result["category"])
    return "" if row is None or result is None else bounds_words(shown, row, result)


def undisclosed_field(direction: str) -> str:
    """Return which count says how many people have not disclosed their ethnicity: among a share's people, or in a rate's base."""
    return "unknown_base" if direction in evidence_rows.RATIO_GROUPS or direction == "bme-white" else "unknown_count"


def bounds_words(shown: Evidence, row: pd.Series, result: pd.Series) -> str:
    """Return in a sentence what undisclosed ethnicity could change, or why that can't be said."""
    if not evidence_rows.has(row, "lower_bound", "upper_bound"):
        if (
            row["status"] == statuses.PROTECTED
            or evidence_rows.is_hidden(row, "lower_bound")
            or evidence_rows.is_hidden(row, "upper_bound")
        ):
            some = any(evidence_rows.has(row, field) for field in ("lower_bound", "upper_bound", "if_all_white", "if_all_bme"))
            shown_how = "not shown in full" if some else "not shown"
            return f"What undisclosed {characteristic(shown)} could change is {shown_how}, because it would give hidden numbers away."
        # Not supplied: the notice that stands in the place of the table says it.
        return ""
    field = undisclosed_field(result["direction"])
    if evidence_rows.has(row, field) and row[field] == 0:
        return f"Everybody's {characteristic(shown)} is known here, so nothing is left open on that side."
    unknown = evidence_rows.words(row, field, numbers.count)
    low, high = row["lower_bound"], row["upper_bound"]
    if result["comparison"] == "ratio":
        interval = f"relative likelihood {numbers.ratio_span(low, high)}"
    else:
        interval = f"difference from {numbers.points_range(low, high, *sides(result))}"
    who = "1 person has" if unknown == "1" else f"{unknown} people have"
    counted = ""
    if row["assumption"] == ANY_COUNTED:
        counted = f", and on how many of them {wording(shown, row['measure']).acted} (which is not recorded)"
    return (
        f"Here {who} not disclosed their {characteristic(shown)}. Depending on what it is{counted}, the counts would give a {interval}; "
        "what chance could do comes on top of that."
    )


def status_rule(shown: Evidence) -> str:
    """Return the rule that gives a comparison its status, with the numbers of the master file."""
    rule = shown.context.status_rule
    low, high = (numbers.ratio(end) for end in rule.no_adverse_range)
    level = numbers.confidence(rule.confidence)
    bme = shown.context.terms.bme
    return (
        "The status answers two questions about a difference. Is it clear? It is, where "
        f"its whole {level} interval lies on one side of equality, an exact test agrees, and one person more or less would not undo it. Is "
        f"it large? It is, where the relative likelihood, turned so that above 1 is worse for {bme} staff, is above {high}, on the answer or on "
        "its opposite (who was appointed, and who was not). Clear and worse: large difference, or some difference where it is not large. "
        "Clear and better: difference the other way. Not clear: equivalent where "
        f"the whole interval lies between {low} and {high}, too few to judge where fewer than {rule.minimum_expected:g} people would be "
        "expected in some group if the two fared alike, and else no clear difference. "
        "The range is a convention for screening, four fifths and its inverse, and not a test in law; what the rule amounts to stands in the pack's docs/methods.md."
    )


def how_status_is_given(shown: Evidence) -> Prose:
    """Return the rule of the status, for the one place where a report prints it."""
    return Prose((status_rule(shown),))


def status_note(shown: Evidence, indicator: str) -> Notice:
    """Return the computed status beside the one published by hand, with the difference said."""
    row = evidence_rows.status_row(shown, indicator)
    if row is None:
        return Notice(title="Status", text=NOTHING_SUPPLIED)
    published = row["published_status"] if isinstance(row["published_status"], str) else ""
    by_hand = f"The status published by hand was '{statuses.label_of_published(published)}'." if published else ""
    if row["status"] == statuses.PROTECTED:
        hidden = "The status that the rule gives is not shown, because it would give hidden numbers away."
        return Notice(title="Status by rule: not shown", text=f"{hidden} {by_hand}".strip())
    reason = f", because {in_terms(shown, row['reason'])}" if isinstance(row["reason"], str) and row["reason"] else ""
    computed = f"The rule gives '{row['label']}'{reason}."
    if not published:
        return Notice(title="Status by rule", text=computed)
    if not row["differs"]:
        return Notice(title="Status by rule, as published", text=f"{computed} {by_hand}")
    return Notice(title="Status differs from the one published", tone="warning", text=f"{computed} {by_hand}")

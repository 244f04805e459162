"""How sure we can be: small numbers, and the rule of the status."""

import pandas as pd

from wres_helpers.analysis.evidence import Evidence
from wres_helpers.report import evidence_rows, numbers
from wres_helpers.report.blocks import Notice, Prose
from wres_helpers.report.headlines import NOTHING_SUPPLIED
from wres_helpers.report.vocabulary import group_label, in_terms, people_of
from wres_helpers.standard import statuses


def certainty(shown: Evidence, indicator: str) -> Prose:
    """Return how sure we can be, beside the headline's interval and the table of the undisclosed: what one person weighs."""
    row = evidence_rows.headline_row(shown, indicator)
    if row is None or row["status"] == statuses.NOT_SUPPLIED:
        return Prose((NOTHING_SUPPLIED,))
    told = few_sentence(shown, row)
    return Prose((told,) if told else ())


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


def undisclosed_field(direction: str) -> str:
    """Return which count says how many people have not disclosed their ethnicity: among a share's people, or in a rate's base."""
    return "unknown_base" if direction in evidence_rows.RATIO_GROUPS or direction == "bme-white" else "unknown_count"


def how_status_is_given(shown: Evidence) -> Prose:
    """Return the rule that gives a comparison its status, with the numbers of the master file."""
    rule = shown.context.status_rule
    low, high = (numbers.ratio(end) for end in rule.no_adverse_range)
    level = numbers.confidence(rule.confidence)
    bme = shown.context.terms.bme
    rule_in_words = (
        "The status answers two questions about a difference. Is it clear? It is, where "
        f"its whole {level} interval lies on one side of equality, an exact test agrees, and one person more or less would not undo it. Is "
        f"it large? It is, where the relative likelihood, turned so that above 1 is worse for {bme} staff, is above {high}, on the answer or on "
        "its opposite (who was appointed, and who was not). Clear and worse: large difference, or some difference where it is not large. "
        "Clear and better: difference the other way. Not clear: equivalent where "
        f"the whole interval lies between {low} and {high}, too few to judge where fewer than {rule.minimum_expected:g} people would be "
        "expected in some group if the two fared alike, and else no clear difference. "
        "The range is a convention for screening, four fifths and its inverse, and not a test in law; what the rule amounts to stands in the pack's docs/methods.md."
    )
    return Prose((rule_in_words,))


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

"""Checks labels: indicator numbers, question numbers and key-finding codes that the edition does not have."""

import difflib
import re

import pandas as pd

from wres_helpers.checking.check_findings import AGREES, CANNOT_CHECK, CONTRADICTS, WORDING, Finding, finding_id
from wres_helpers.checking.claimed_figures import Claim
from wres_helpers.checking.explanations import Explanation, told
from wres_helpers.intake.register_words import LABEL

_INDICATOR = re.compile(r"\bindicators?\s*(\d+(?:\s*(?:/|,|-|and|&)\s*\d+)*)", re.IGNORECASE)
_CODE = re.compile(r"\b(?:(K[A-Z])\s*(\d+)|(?:Q(?:uestion)?\.?\s*)?(\d+)\s*([a-z])?\b)", re.IGNORECASE)


def check_label(claim: Claim, labels: pd.DataFrame, edition: int, own_questions: dict[str, str]) -> Finding:
    """Return the finding about one label.

    Parameters
    ----------
    claim
        The label as printed, with the indicator it stands at.
    labels
        Labels by indicator and range of editions.
    edition
        The edition of the report.
    own_questions
        Question numbers of the organisation's own survey, by indicator, as the master file states them.
    """
    blank = Finding(finding_id(claim.id, LABEL), WORDING, CANNOT_CHECK, claim.where, claim.text, "", "", claim=claim.id, rule=LABEL)
    if not claim.indicators:
        return blank.with_(arithmetic="Cannot be checked: the register does not say which indicator the label stands at.")
    if match := _INDICATOR.search(claim.text):
        return _indicator_number(blank, claim, re.findall(r"\d+", match[1]))
    code = _code(claim.text)
    if code is None:
        return blank.with_(arithmetic="Cannot be checked: the text holds no question number and no code.")
    return _question_label(blank, claim, code, labels, (edition, own_questions))


def _indicator_number(blank: Finding, claim: Claim, printed: list[str]) -> Finding:
    right = "Indicator " + "/".join(claim.indicators)
    arithmetic = f"the figures below are those of {right.lower()}; the label says {'/'.join(printed)}"
    if set(printed) == set(claim.indicators):
        return blank.with_(verdict=AGREES, expected=right, arithmetic=arithmetic)
    explained = [Explanation("stale_label", "the label of another table was left in place", right, 1)]
    return blank.with_(verdict=CONTRADICTS, expected=right, arithmetic=arithmetic, **told(explained))


def _code(text: str) -> str | None:
    match = _CODE.search(text)
    if match is None:
        return None
    return f"{match[1].upper()}{match[2]}" if match[1] else f"{match[3]}{(match[4] or '').lower()}"


def _question_label(blank: Finding, claim: Claim, code: str, labels: pd.DataFrame, report: tuple[int, dict[str, str]]) -> Finding:
    edition, own_questions = report
    of_indicator = labels[labels["indicator"].isin(claim.indicators)]
    held = of_indicator[of_indicator["edition_from"].le(edition) & of_indicator["edition_to"].ge(edition)]
    own = [part for indicator in claim.indicators for part in re.split(r"[+|]", own_questions.get(indicator, "")) if part]
    right = [*held["label"], *own]
    if not right:
        where = f"indicator {'/'.join(claim.indicators)}"
        return blank.with_(arithmetic=f"Cannot be checked: no label of {where} is known for edition {edition}.")
    expected = " or ".join(dict.fromkeys(right))
    arithmetic = f"edition {edition} knows {expected} for indicator {'/'.join(claim.indicators)}; printed {claim.text}"
    if code in right:
        return blank.with_(verdict=AGREES, expected=expected, arithmetic=arithmetic)
    explained = _why(code, claim, labels, of_indicator)
    return blank.with_(verdict=CONTRADICTS, expected=expected, arithmetic=arithmetic, **told(explained))


def _why(code: str, claim: Claim, labels: pd.DataFrame, of_indicator: pd.DataFrame) -> list[Explanation]:
    found = []
    for row in of_indicator.to_dict("records"):
        first, last = row["edition_from"], row["edition_to"]
        if row["label"] == code:
            until = f"editions {first} to {last}" if last < 9999 else f"edition {first} on"
            found.append(Explanation("stale_label", f"{code} is the label of {until}", "", 1))
        elif _near(code, row["label"]):
            found.append(Explanation("wrong_digit", f"{row['label']} was mistyped, a label that came with edition {first}", "", 2))
    for row in labels[labels["label"].eq(code) & ~labels["indicator"].isin(claim.indicators)].to_dict("records"):
        text = f"{code} is a question of indicator {row['indicator']} from edition {row['edition_from']}"
        found.append(Explanation("stale_label", text, "", 3))
    text = "the survey was a local one with numbers of its own; then name them under survey.questions in the master file"
    return [*found, Explanation("stale_label", text, "", 4)]


def _near(code: str, label: str) -> bool:
    """Tell whether a label may be a misprint of another: one character changed, added or lost (a lost letter aside)."""
    return _same_but_one(code, label) or (code.isdigit() and _same_but_one(code, label.rstrip("abc")) and not label[0].isalpha())


def _same_but_one(one: str, other: str) -> bool:
    same = sum(block.size for block in difflib.SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks())
    return max(len(one), len(other)) - same <= 1

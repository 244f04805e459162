"""The words each measure is spoken of with, once: who is counted, what may happen to them, what happened."""

import re
from dataclasses import dataclass
from typing import Any

from wres_helpers.report import phrases


@dataclass(frozen=True)
class Wording:
    """How a measure is put into sentences.

    Attributes
    ----------
    people
        Who is counted in the base ("shortlisted candidates").
    act
        What may happen, after "likely to" ("be appointed").
    acted
        What happened, after the people ("were appointed").
    again
        Who is counted, in short, where it has just been said in full ("candidates").
    stage
        Short noun for tables and chart labels ("Appointed from shortlisting").
    """

    people: str
    act: str
    acted: str
    stage: str
    again: str


WORDINGS: dict[str, Wording] = {
    "appointed_from_shortlisting": Wording(
        "shortlisted candidates", "be appointed", "were appointed", "Shortlisting to appointment", "candidates"
    ),
    "shortlisted_from_applied": Wording("applicants", "be shortlisted", "were shortlisted", "Application to shortlisting", "applicants"),
    "appointed_from_applied": Wording("applicants", "be appointed", "were appointed", "Application to appointment", "applicants"),
    "entering_disciplinary": Wording(
        "staff", "enter a formal disciplinary process", "entered a formal disciplinary process", "Formal disciplinary process", "staff"
    ),
    "accessing_training": Wording(
        "staff", "take up non-mandatory training", "took up non-mandatory training", "Non-mandatory training", "staff"
    ),
    "harassment_public": Wording(
        "respondents",
        "experience harassment, bullying or abuse from the public",
        "said they had experienced harassment, bullying or abuse from patients, relatives or the public in the last twelve months",
        "Harassment from the public",
        "respondents",
    ),
    "harassment_staff": Wording(
        "respondents",
        "experience harassment, bullying or abuse from colleagues",
        "said they had experienced harassment, bullying or abuse from managers or colleagues in the last twelve months",
        "Harassment from colleagues",
        "respondents",
    ),
    "equal_opportunities": Wording(
        "respondents",
        "believe that careers are fair here",
        "believed that the organisation acts fairly on career progression and promotion",
        "Fair careers",
        "respondents",
    ),
    "discrimination_staff": Wording(
        "respondents",
        "be discriminated against by a manager or colleague",
        "said they had been discriminated against at work by a manager or colleague in the last twelve months",
        "Discrimination by colleagues",
        "respondents",
    ),
    "senior_share": Wording("staff in Band 8a and above", "hold senior posts", "held senior posts", "Senior posts", "staff"),
    "leadership_share": Wording(
        "staff in Band 8c and above", "hold the highest posts", "held the highest posts", "Band 8c and above", "staff"
    ),
    "share_of_grade": Wording("staff", "work in a pay band", "worked in a pay band", "Whole workforce", "staff"),
    "board_share": Wording("board members", "sit on the board", "sat on the board", "Board", "members"),
}


def wording(measure: str) -> Wording:
    """Return the words of a measure.

    Raises
    ------
    KeyError
        The measure has no words yet: they are written here, once.
    """
    if measure not in WORDINGS:
        raise KeyError(f"Measure '{measure}' has no wording in vocabulary.py.")
    return WORDINGS[measure]


#: What a counted item is called, in the middle of a sentence and as a row of a table.
ITEMS: dict[str, tuple[str, str]] = {
    "headcount": ("staff in post", "Staff in post"),
    "workforce": ("staff by pay band", "Staff by pay band"),
    "applied": ("applicants", "Applicants"),
    "shortlisted": ("shortlisted candidates", "Shortlisted candidates"),
    "appointed": ("people appointed", "People appointed"),
    "entered_disciplinary": ("staff who entered a formal disciplinary process", "Staff entering a disciplinary process"),
    "accessed_training": ("staff who took up non-mandatory training", "Staff taking up non-mandatory training"),
    "survey": ("survey respondents", "Survey respondents"),
    "board": ("board members", "Board members"),
}

MEMBERSHIPS: dict[str, str] = {
    "total": "Whole board",
    "voting": "Voting members",
    "non_voting": "Non-voting members",
    "executive": "Executive members",
    "non_executive": "Non-executive members",
}


def group_label(shown: Any, group: str, *, starting: bool = False) -> str:
    """Return the label of a group in a sentence; 'White' is small in the middle of a sentence, names keep theirs."""
    terms = shown.context.terms
    label = {"white": terms.white, "bme": terms.bme, "unknown": terms.unknown, "all": "All"}[group]
    if not starting and label in ("White", "All"):
        return label.lower()
    return label


def in_terms(shown: Any, text: str) -> str:
    """Return a text of the catalogue or of the analysis with the organisation's own words for the two groups."""
    terms = shown.context.terms
    text = re.sub(r"\bBME\b", terms.bme, text)
    return text if terms.white == "White" else re.sub(r"\bwhite\b", terms.white, text)


def worse_for(shown: Any, adverse: str) -> str:
    """Return in words which way the value is worse: 'above 1 is worse for BME staff'."""
    side, limit = adverse.rsplit("_", 1)
    return f"{side} {limit} is worse for {shown.context.terms.bme} staff"


def year_label(year: str) -> str:
    """Return a reporting year as a page prints it: '2019-20' -> '2019/20'."""
    return year.replace("-", "/")


def period_label(year: str, definition: Any) -> str:
    """Return the years that a measure counts: '2019/20', or '2018/19 and 2019/20' where its definition puts two together."""
    first = int(year[:4])
    starts = range(first - int(definition["years_pooled"]) + 1, first + 1)
    return phrases.listed([f"{start}/{(start + 1) % 100:02d}" for start in starts])


def snapshot_date(year: str) -> str:
    """Return the day on which staff in post are counted: '2019-20' -> '31 March 2020'."""
    return f"31 March {int(year[:4]) + 1}"


#: Headings of the two counts of a measure: the people counted, and the people they are counted out of.
_HEADINGS: dict[str, tuple[str, str]] = {
    "appointed_from_shortlisting": ("Appointed", "Shortlisted"),
    "shortlisted_from_applied": ("Shortlisted", "Applied"),
    "appointed_from_applied": ("Appointed", "Applied"),
    "entering_disciplinary": ("Entered", "Staff in post"),
    "accessing_training": ("Took up training", "Staff in post"),
    "harassment_public": ("Experienced it", "Answered"),
    "harassment_staff": ("Experienced it", "Answered"),
    "equal_opportunities": ("Answered yes", "Answered"),
    "discrimination_staff": ("Answered yes", "Answered"),
    "senior_share": ("Staff in senior posts", "All in senior posts"),
    "leadership_share": ("Staff in Band 8c and above", "All in Band 8c and above"),
    "share_of_grade": ("Staff", "All staff of the band"),
    "board_share": ("Board members", "Whole board"),
}


def share_heading(measure: str) -> tuple[str, str]:
    """Return the headings of a measure's count and base."""
    return _HEADINGS[measure]

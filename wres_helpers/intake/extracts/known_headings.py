"""Headings that extracts were seen to have, and words that tell what a file is or what a column may hold, guesses that a person confirms;
and what happens where a usual column is not mapped.
"""

import re

#: Headings met for each field, by extract; the first of a field's headings that a file has is taken.
HEADINGS: dict[str, dict[str, tuple[str, ...]]] = {
    "staff": {
        "person": ("employee number", "employee no", "staff number", "person number", "payroll number", "employee id"),
        "assignment": ("assignment number",),
        "ethnicity": ("ethnic origin", "ethnicity", "ethnic group", "ethnic category", "ethnic origin description"),
        "grade": ("pay grade", "grade", "pay scale", "pay band", "band", "afc band"),
        "staff_group": ("staff group|job role", "staff group"),
        "occupation_code": ("occupation code", "occ code"),
        "employment_type": ("assignment category", "employment type", "contract type", "employee category"),
        "assignment_status": ("assignment status",),
        "start_date": ("latest start date", "start date", "hire date", "date started"),
        "leave_date": ("leave date", "leaving date", "termination date", "end date"),
        "primary": ("primary assignment", "primary"),
        "fte": ("fte", "contracted fte"),
        "count": ("headcount", "number of staff", "count"),
    },
    "recruitment": {
        "application": ("application id", "application number", "application reference", "applicant id", "applicant number",
            "application ref", "candidate reference", "candidate id"),
        "ethnicity": ("ethnic origin", "ethnicity", "ethnic group", "ethnic category"),
        "stage": ("stage", "furthest stage", "application status", "recruitment stage"),
        "shortlisted": ("shortlisted",),
        "appointed": ("appointed",),
        "status": ("status", "application status"),
        "date": ("date", "application date", "closing date", "date applied"),
    },
    "cases": {
        "person": ("employee number", "employee no", "staff number", "employee id"),
        "entry_date": ("entry date", "date entered", "date opened", "date of entry", "formal date"),
        "kind": ("case type", "kind", "type"),
        "status": ("case status", "status"),
        "ethnicity": ("ethnic origin", "ethnicity"),
    },
    "training": {
        "person": ("employee number", "employee no", "staff number", "employee id"),
        "date": ("course date", "date", "completion date", "date attended"),
        "kind": ("course type", "kind", "type", "mandatory"),
        "outcome": ("outcome", "completion status", "booking status", "enrolment status", "attendance"),
    },
    "survey": {
        "question": ("question", "question number", "measure"),
        "response": ("response", "answer"),
        "ethnicity": ("ethnicity", "ethnic group", "ethnic category", "ethnic origin"),
        "respondents": ("respondents", "count", "number", "n"),
        "percent": ("percent", "percentage", "%"),
        "base": ("base", "base n"),
    },
    "board": {
        "ethnicity": ("ethnic origin", "ethnicity", "ethnic group"),
        "voting": ("voting", "voting member", "voting rights"),
        "executive": ("executive", "executive member"),
        "status": ("status", "member status"),
    },
}  # fmt: skip

#: Fields that are usually needed, and what happens where none is mapped.
WITHOUT: dict[str, dict[str, str]] = {
    "staff": {
        "employment_type": "bank, agency and honorary staff count like everybody",
        "start_date": "whoever begins after the snapshot day counts",
        "leave_date": "whoever left before the snapshot day and is still on the list counts",
    },
    "recruitment": {"date": "applications of other years count"},
    "cases": {"kind": "every case counts, grievances and sickness too"},
    "training": {"kind": "mandatory courses count", "outcome": "places that nobody took up count"},
}

#: Words of headings and of file names that tell what an extract is, whatever its columns are called.
WORDS = {
    "staff": re.compile(r"staff (in post|list)|assignment|pay (grade|band|scale|point)|\b[fw]te\b|contract|occupation|directorate"),
    "recruitment": re.compile(r"\bappli|candidate|vacanc|shortlist|interview|appointed|recruit"),
    "cases": re.compile(r"disciplin|hearing|investigat|allegation|sanction|suspen|grievance|\bcases?\b|\ber\b|employee relations"),
    "training": re.compile(r"course|training|delegate|learning|module|\bcpd\b"),
    "survey": re.compile(r"survey|question|respon[sd]"),
    "board": re.compile(r"\bboard|voting|\bexec|non exec"),
}

_PERSON = r"\b(employee|staff|person|payroll|emp)\b.*\b(no|number|id|ref|reference)\b"
#: What a heading that nobody has met may be, by the words it holds.
LIKE = {
    "staff": {
        "person": _PERSON, "ethnicity": r"\bethnic|\bheritage", "grade": r"\b(grade|band|pay (scale|point))\b",
        "employment_type": r"contract|employment (type|status|category)|\bsubstantive", "start_date": r"\b(start|started|hire|hired|join|joined|joining)\b",
        "leave_date": r"\b(leav\w*|left|terminat\w*|end date)\b", "fte": r"\b[fw]te\b",
    },
    "recruitment": {
        "application": r"\b(appli\w*|candidate)\b.*\b(no|number|id|ref|reference)\b", "ethnicity": r"\bethnic|\bheritage",
        "stage": r"\bstage|furthest|reached|got to|outcome|result", "date": r"\bdate\b|\bapplied on\b|\bwhen\b",
    },
    "cases": {
        "person": _PERSON, "entry_date": r"\bdate\b.*(formal|hearing|open|enter|investigat|start|commenc)|(formal|hearing|opened|entry|start).*\bdate\b",
        "kind": r"\b(type|kind|category|nature)\b", "status": r"\bstatus\b",
    },
    "training": {
        "person": _PERSON, "date": r"\bdate\b|\bwhen\b", "kind": r"\b(type|category|mandatory)\b", "outcome": r"outcome|attend|status|complet|result",
    },
    "survey": {"ethnicity": r"\bethnic", "respondents": r"\b(count|number|respondents)\b"},
    "board": {"ethnicity": r"\bethnic", "voting": r"\bvot", "executive": r"\bexec"},
}  # fmt: skip

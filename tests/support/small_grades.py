"""Trusts of 6,000 that do not exist, with small grades, in twelve directorates: the shape of Harrowmere, and what Harrowmere has not.

A grade "Other" of about four people and a "Band 1" of about eight stand on the ladder beside bands of a thousand.
"""

import numpy as np
import pandas as pd

from support import invented_trust
from support.random_trusts import COLUMNS, GROUPS

STAFF, YEARS = 6000, ("2018-19", "2019-20")
DIRECTORATES = [f"Directorate {number:02d}" for number in range(1, 13)]
UNKNOWN = 0.045
QUESTIONS = ("13a", "13b+13c", "14", "15b")


def trust_of_6000(seed: int, years: int = 2, separated: bool = True) -> pd.DataFrame:
    """Return tidy counts; every seed is another trust.

    Parameters
    ----------
    separated
        Whether clinical, non-clinical and medical staff are counted apart.
    """
    draw, rows = np.random.default_rng(seed), []
    parts = draw.dirichlet(np.full(len(DIRECTORATES), 3.0))
    for year in YEARS[-years:]:
        rows += [("trust", year, *row) for row in _year(draw, parts, separated)]
    return pd.DataFrame(rows, columns=COLUMNS)


def _year(draw, parts, separated):
    people, rows = _people(draw, parts), []

    def add(item, breakdown, category, values):
        rows.extend((item, breakdown, category, group, int(value)) for group, value in zip(GROUPS, values, strict=True))

    def cut(item, breakdown, place, chosen=lambda key: True):
        for name in dict.fromkeys(key[place] for key in people if chosen(key)):
            add(item, breakdown, name, sum(values for key, values in people.items() if chosen(key) and key[place] == name))

    staff = {name: sum(values for key, values in people.items() if key[2] == name) for name in DIRECTORATES}
    for item in ("headcount", "workforce"):
        add(item, "overall", "all", sum(staff.values()))
        cut(item, "directorate", 2)
    cut("workforce", "grade", 1)
    if separated:
        cut("workforce", "staff_group", 0)
        for side in invented_trust.STAFF_GROUPS:
            cut("workforce", f"grade ({side})", 1, lambda key, side=side: key[0] == side)
    applied, shortlisted, appointed = np.transpose([invented_trust.RECRUITMENT[group] for group in GROUPS])
    counted = {
        "entered_disciplinary": {name: draw.binomial(here, list(invented_trust.DISCIPLINARY.values())) for name, here in staff.items()},
        "accessed_training": {name: draw.binomial(here, list(invented_trust.TRAINING.values())) for name, here in staff.items()},
        "applied": {name: draw.poisson(here * applied) for name, here in staff.items()},
    }
    counted["shortlisted"] = {name: draw.binomial(here, shortlisted) for name, here in counted["applied"].items()}
    counted["appointed"] = {name: draw.binomial(here, appointed) for name, here in counted["shortlisted"].items()}
    for item, here in counted.items():
        add(item, "overall", "all", sum(here.values()))
        for name in DIRECTORATES:
            add(item, "directorate", name, here[name])
    answered = draw.binomial(sum(staff.values()), list(invented_trust.RESPONSE.values()))
    for question, (answers, chances) in zip(QUESTIONS, invented_trust.ANSWERS.values(), strict=True):
        drawn = [draw.multinomial(number, chances[group]) for number, group in zip(answered, GROUPS, strict=True)]
        for place, answer in enumerate(answers):
            add("survey", question, answer, [own[place] for own in drawn])
    return rows + [("board", "membership", *row) for row in invented_trust._board(2025)]


def _people(draw, parts):
    """Return the people of each side, grade and directorate, by group."""
    found = {}
    for side, size in invented_trust.STAFF_GROUPS.items():
        further = {"clinical": {"Band 1": 8}, "non_clinical": {"Other": 4}}.get(side, {})
        grades = invented_trust.GRADES[side] | {grade: (few / size / STAFF, 0.2, 0.2) for grade, few in further.items()}
        for grade, (share, at_start, at_end) in grades.items():
            for directorate, part in zip(DIRECTORATES, parts, strict=True):
                bme = min(0.7, (at_start + at_end) / 2 * draw.gamma(8, 1 / 8))
                mean = STAFF * size * share * part * draw.gamma(8, 1 / 8)
                found[side, grade, directorate] = draw.poisson(mean * np.array([1 - bme - UNKNOWN, bme, UNKNOWN]))
    return found

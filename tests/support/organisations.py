"""Random organisations that do not exist, as tidy counts."""

import numpy as np
import pandas as pd

GRADES = ("Band 2", "Band 4", "Band 5", "Band 7", "Band 8a", "Band 8c", "Band 9", "VSM")
SCALE = ("Never", "1-2 times", "3-5 times", "6-10 times", "More than 10 times")


def organisation(seed: int, years: int = 1, sparse: float = 15.0, split: bool = False, grades: int = 6) -> pd.DataFrame:
    """Return tidy counts of an organisation that does not exist."""
    random = np.random.default_rng(seed)
    rows: list[tuple] = []
    for year in ("2018-19", "2019-20")[2 - years :]:
        rows += _year(random, year, sparse, split, grades)
    return pd.DataFrame(rows, columns=["organisation", "year", "item", "breakdown", "category", "ethnic_group", "count"])


def _year(random, year, sparse, split, grades):
    rows = []

    def add(item, breakdown, category, values):
        for group, value in zip(("white", "bme", "unknown"), values, strict=False):
            rows.append(("random", year, item, breakdown, category, group, int(value)))

    names = [GRADES[place] for place in sorted(random.choice(len(GRADES), grades, replace=False))]
    kinds = ("clinical", "non_clinical") if split else ("not_separated",)
    people = {(kind, grade): random.poisson(sparse * random.gamma(1, 1) * np.array([6, 1, 1])) for kind in kinds for grade in names}
    everyone = sum(people.values())
    add("headcount", "overall", "all", everyone)
    add("workforce", "overall", "all", everyone)
    for grade in names:
        add("workforce", "grade", grade, sum(people[kind, grade] for kind in kinds))
    for kind in kinds:
        add("workforce", "staff_group", kind, sum(people[kind, grade] for grade in names))
        for grade in names if split else ():
            add("workforce", f"grade ({kind})", grade, people[kind, grade])
    applied = random.poisson(sparse * 20 * np.array([6, 2, 0.5]))
    shortlisted = random.binomial(applied, 0.3)
    for item, values in (("applied", applied), ("shortlisted", shortlisted), ("appointed", random.binomial(shortlisted, 0.3))):
        add(item, "overall", "all", values[:2])
    add("entered_disciplinary", "overall", "all", random.binomial(everyone, 0.03)[:2])
    add("accessed_training", "overall", "all", random.binomial(everyone, 0.8)[:2])
    for question, answers, chances in (("13a", SCALE, (0.8, 0.1, 0.05, 0.03, 0.02)), ("15a", ("Yes", "No"), (0.1, 0.9))):
        drawn = [random.multinomial(random.binomial(number, 0.6), chances) for number in everyone[:2]]
        for place, answer in enumerate(answers):
            add("survey", question, answer, [one[place] for one in drawn])
    board = random.poisson([6, 1, 0.7])
    voting = random.binomial(board, 0.7)
    for membership, values in (("total", board), ("voting", voting), ("non_voting", board - voting)):
        add("board", "membership", membership, values)
    return rows

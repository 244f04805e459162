"""Random organisations that do not exist, with breakdowns in several staff tables, two years and a survey."""

import numpy as np
import pandas as pd

LADDER = (
    "Band 2",
    "Band 3",
    "Band 4",
    "Band 5",
    "Band 6",
    "Band 7",
    "Band 8a",
    "Band 8b",
    "Band 8c",
    "Band 8d",
    "Band 9",
    "VSM",
    "Consultant",
    "Other",
)
TIERS = {"lower": LADDER[:4], "middle": LADDER[4:6], "upper": LADDER[6:12], "no": LADDER[12:]}
MEDICAL = "medical_and_dental"
PLACES = ("North", "South", "East", "West", "Central", "Other places")
SCALE = ("Never", "1-2 times", "3-5 times", "6-10 times", "More than 10 times")
GROUPS = ("white", "bme", "unknown")
COLUMNS = ["organisation", "year", "item", "breakdown", "category", "ethnic_group", "count"]


#: Orders of magnitude of the number of staff: from 20 to 5,000, and from 15 to 300.
ANY_SIZE, SMALL = (1.3, 3.7), (1.18, 2.48)


def random_trust(
    seed: int, years: int = 2, two_groups: bool | None = None, size: tuple[float, float] = ANY_SIZE, medical: bool = False
) -> pd.DataFrame:
    """Return tidy counts of an organisation; every seed is another one.

    Parameters
    ----------
    medical
        Whether doctors are a third side, with grades of their own, where clinical and non-clinical staff are counted apart.
    """
    draw = np.random.default_rng(seed)
    size, rows = 10 ** draw.uniform(*size), []
    grades = [LADDER[place] for place in sorted(draw.choice(len(LADDER), draw.integers(2, len(LADDER)), replace=False))]
    places = list(PLACES[: draw.integers(2, len(PLACES) + 1)])
    sides = ("clinical", "non_clinical") if draw.random() < 0.4 else ("not_separated",)
    bme, unknown = draw.uniform(0.02, 0.4), draw.uniform(0, 0.2)
    weights = draw.dirichlet(np.full(len(grades) * len(places) * len(sides), 0.4))
    two = draw.random() < 0.15 if two_groups is None else two_groups
    tables = {table for table in ("headcount", "workforce", "training", "disciplinary", "recruitment") if draw.random() < 0.7}
    for year in ("2018-19", "2019-20")[2 - years :]:
        people = {}
        keys = [(grade, place, side) for grade in grades for place in places for side in sides]
        if medical and len(sides) > 1:
            keys = [(grade, place, MEDICAL if grade == "Consultant" else side) for grade, place, side in keys]
        for key, weight in zip(keys, weights, strict=True):
            mean = size * weight * draw.gamma(8, 1 / 8)
            people[key] = draw.poisson(mean * np.array([1 - bme - unknown, bme, unknown]))
        rows += [(year, *row) for row in _year(draw, people, grades, places, sides, tables)]
    made = pd.DataFrame([("random", *row) for row in rows], columns=COLUMNS)
    return made[made["ethnic_group"].ne("unknown")].reset_index(drop=True) if two else made


def _year(draw, people, grades, places, sides, tables):
    rows = []

    def add(item, breakdown, category, values):
        rows.extend((item, breakdown, category, group, int(value)) for group, value in zip(GROUPS, values, strict=False))

    def cut(item, breakdown, names, of):
        for name in names:
            add(item, breakdown, name, of(name))

    def total(chosen, counts=people):
        return sum((counts[key] for key in counts if chosen(key)), np.zeros(3, dtype=int))

    def within(place, counts):
        return lambda name: total(lambda key: key[place] == name, counts)

    add("headcount", "overall", "all", total(lambda key: True))
    add("workforce", "overall", "all", total(lambda key: True))
    cut("workforce", "grade", grades, lambda name: total(lambda key: key[0] == name))
    cut("workforce", "staff_group", dict.fromkeys(key[2] for key in people), lambda name: total(lambda key: key[2] == name))
    if len(sides) > 1:
        for side in dict.fromkeys(key[2] for key in people):
            names = [grade for grade in grades if any(key[::2] == (grade, side) for key in people)]
            cut(
                "workforce",
                f"grade ({side})",
                names,
                lambda name, side=side: total(lambda each: each[::2] == (name, side)),
            )
    for item in ("headcount", "workforce"):
        if item in tables:
            cut(item, "directorate", places, lambda name: total(lambda key: key[1] == name))
    if "workforce" in tables:
        for tier in [tier for tier, inside in TIERS.items() if set(inside) & set(grades)]:
            of_place = {name: total(lambda key, name=name, tier=tier: key[1] == name and key[0] in TIERS[tier]) for name in places}
            cut("workforce", f"directorate ({tier} tier)", places, of_place.get)
    if "headcount" in tables and draw.random() < 0.5:
        cut("headcount", "grade", grades, lambda name: total(lambda key: key[0] == name))
    for item, table, rate in (
        ("entered_disciplinary", "disciplinary", draw.uniform(0.005, 0.1)),
        ("accessed_training", "training", draw.uniform(0.1, 0.98)),
    ):
        counted = {key: draw.binomial(values, rate) for key, values in people.items()}
        add(item, "overall", "all", total(lambda key: True, counted))
        if table in tables:
            cut(item, "directorate", places, within(1, counted))
            if draw.random() < 0.3:
                cut(item, "grade", grades, within(0, counted))
    applied = {name: draw.poisson(total(lambda key, name=name: key[1] == name) * draw.uniform(0.2, 3)) for name in places}
    shortlisted = {name: draw.binomial(values, 0.35) for name, values in applied.items()}
    appointed = {name: draw.binomial(values, 0.3) for name, values in shortlisted.items()}
    for item, counted in (("applied", applied), ("shortlisted", shortlisted), ("appointed", appointed)):
        add(item, "overall", "all", sum(counted.values()))
        if "recruitment" in tables:
            cut(item, "directorate", places, lambda name, counted=counted: counted[name])
    _survey_and_board(draw, total(lambda key: True), add)
    return rows


def _survey_and_board(draw, staff, add):
    answered = draw.binomial(staff, draw.uniform(0.2, 0.7))
    for question, answers, chances in (("13a", SCALE, (0.8, 0.1, 0.05, 0.03, 0.02)), ("13b", SCALE, (0.8, 0.1, 0.05, 0.03, 0.02)),
                                       ("14", ("Yes", "No"), (0.7, 0.3)), ("15a", ("Yes", "No"), (0.1, 0.9))):  # fmt: skip
        drawn = [draw.multinomial(number, chances) for number in answered]
        for place, answer in enumerate(answers):
            add("survey", question, answer, [one[place] for one in drawn])
    board = draw.poisson([9, 1.5, 0.7])
    voting = draw.binomial(board, 0.7)
    for membership, values in (("total", board), ("voting", voting), ("non_voting", board - voting)):
        add("board", "membership", membership, values)

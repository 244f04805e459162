"""What is told of clinical, non-clinical and medical staff gives away nobody who is told with them only.

Witness: the counts put in, and an attacker who shares no line with the pack.
"""

import numpy as np
import pytest
from scipy.optimize import linprog
from support.board_attacker import exposed, questions_of
from support.staff_by_side import counts_of
from support.told_page import told_too_exactly

from wres_helpers.analysis.evidence import analyse
from wres_helpers.analysis.status_rule import Method
from wres_helpers.disclosure.auditing import protect_and_audit
from wres_helpers.disclosure.merging import Smallness
from wres_helpers.disclosure.sides_and_grades import _too_exact

NURSES = {"Band 5": (40, 12, 6), "Band 6": (30, 9, 7)}
OTHERS = {"Band 5": (60, 14, 8), "Band 6": (50, 12, 9), "Other": (8, 2, 1)}
#: Grades that are all of one side, beside those with which they were told together, or beside few people of that side in the grades it shares.
ONE_SIDE = {
    "one grade": {"medical_and_dental": {"Consultant": (20, 10, 6)}},
    "two grades": {"medical_and_dental": {"Consultant": (20, 4, 5), "Trainee grade": (15, 6, 5)}},
    "too few by themselves": {
        "medical_and_dental": {"Consultant": (20, 2, 6), "Non-consultant career grade": (20, 2, 6), "Trainee grade": (20, 1, 6)}
    },
    "one grade in the block in which it is told": {
        "medical_and_dental": {"Band 3": (30, 12, 8), "Band 7": (30, 9, 8)},
        "clinical": {"Band 2": (30, 3, 12), "Band 4": (30, 9, 8)},
        "non_clinical": {"Band 4": (30, 8, 8), "Band 7": (30, 9, 8)},
    },
    "rows of which some sides have all, beside rows told together that are only partly among them": {
        "medical_and_dental": {"Band 2": (13, 9, 0), "Band 4": (1, 13, 4), "Band 5": (38, 11, 6)},
        "clinical": {"Band 3": (33, 1, 0), "Band 4": (59, 14, 5), "Band 5": (2, 11, 3), "Band 8a": (40, 3, 5)},
        "non_clinical": {"Band 2": (5, 11, 10), "Consultant": (8, 8, 0), "Trainee grade": (44, 1, 11)},
    },
    "one grade of the others": {"clinical": {"Band 8a": (20, 10, 6), "Other": (8, 2, 1)}},
    "a grade that sides share, beside others told together of white and undisclosed people only": {
        "clinical": {"Band 3": (8, 1, 6), "Band 7": (33, 13, 5)},
        "non_clinical": {"Band 2": (37, 13, 11), "Trainee grade": (4, 10, 6)},
        "medical_and_dental": {"Band 3": (2, 8, 9), "Consultant": (20, 12, 1)},
    },
    "grades told together that sides have in common one by one, like the links of a chain": {
        "clinical": {"Band 2": (1, 7, 1), "Trainee grade": (36, 6, 8)},
        "non_clinical": {"Trainee grade": (17, 8, 8)},
        "medical_and_dental": {"Band 2": (17, 5, 6)},
    },
    "a side's grade with room for no more, since its BME people and its staff are told": {
        "clinical": {
            **{"Band 2": (190, 31, 7), "Band 3": (110, 29, 37), "Band 4": (0, 44, 9)},
            **{"Band 5": (32, 49, 25), "Band 8a": (200, 1, 39)},
        },
        "non_clinical": {
            **{"Band 3": (94, 55, 2), "Band 4": (188, 16, 6), "Band 5": (47, 9, 19)},
            **{"Band 8a": (193, 36, 28), "Consultant": (102, 33, 2)},
        },
        "medical_and_dental": {"Band 3": (59, 27, 22)},
    },
    "few of everybody in grades of a side": {
        "clinical": {"Band 3": (10, 2, 1), "Band 4": (13, 10, 1), "Band 5": (0, 5, 3)},
        "non_clinical": {"Band 7": (8, 5, 1)},
        "medical_and_dental": {"Band 3": (0, 2, 0), "Consultant": (4, 3, 3)},
    },
    "a grade that a side shares with one that has nobody of the group": {
        "clinical": {"Band 3": (4, 11, 0), "Other": (6, 4, 6)},
        "non_clinical": {"Band 4": (34, 18, 0), "Trainee grade": (46, 23, 0)},
        "medical_and_dental": {"Trainee grade": (57, 11, 10), "Other": (34, 28, 3)},
    },
}


@pytest.mark.parametrize("name", ONE_SIDE)
def test_grades_that_are_all_of_a_side_do_not_give_away_those_told_with_them(necs, reference, evidence, name):
    """Medical staff are told as a side: "Consultants and others, together: 12 of 47" beside "medical: 10 of 36" told of the other two.

    Of the last five, where what is told of sides and of grades leaves few places to count small numbers in, the whole report was refused
    or would be."""
    counts = counts_of({"clinical": NURSES, "non_clinical": OTHERS} | ONE_SIDE[name])
    assert told_too_exactly(counts, (reference, Method.of(necs), necs.disclosure), questions_of(evidence)) == []
    made = analyse(counts, necs, reference)
    assert exposed(made, [protect_and_audit(made, necs)], necs.disclosure) == []


def test_sides_are_hidden_where_their_grades_do_not_count_the_undisclosed(necs, reference, evidence):
    """Witness: the attacker, who took the consultants from those told with them where the rule for it was left out."""
    staff = {"clinical": NURSES, "non_clinical": OTHERS} | ONE_SIDE["one grade"]
    counts = counts_of(staff)
    counts = counts[~(counts["breakdown"].str.startswith("grade") & counts["ethnic_group"].eq("unknown"))]
    assert told_too_exactly(counts, (reference, Method.of(necs), necs.disclosure), questions_of(evidence)) == []


#: Sides with few people of a group, in all or beside the grades that hold the others.
FEW_OF_A_SIDE = {
    "three BME people of a side": {
        "clinical": {"Band 3": (3, 2, 11), "Band 5": (2, 7, 8), "Consultant": (54, 8, 10), "Trainee grade": (4, 4, 7)},
        "non_clinical": {"Band 3": (18, 2, 4), "Band 8a": (45, 0, 8), "Consultant": (22, 0, 3), "Trainee grade": (42, 1, 5)},
    },
    "four BME people of one of three sides": {
        "clinical": {"Band 2": (7, 2, 8), "Band 4": (18, 2, 7)},
        "non_clinical": {"Band 4": (48, 8, 1), "Band 7": (51, 5, 4)},
        "medical_and_dental": {"Band 6": (2, 9, 6), "Band 8a": (1, 2, 5), "Consultant": (1, 0, 0)},
    },
    "more people of a side than its other grades can hold": {
        "clinical": {"Band 5": (31, 7, 2)},
        "non_clinical": {"Band 4": (2, 6, 9), "Band 5": (2, 2, 0), "Other": (48, 10, 4)},
        "medical_and_dental": {"Band 4": (1, 6, 2)},
    },
    "one of a grade, in a block of which a side has one grade": {
        "clinical": {"Band 3": (5, 11, 2), "Band 4": (7, 7, 10)},
        "non_clinical": {"Band 3": (1, 9, 9), "Band 4": (40, 5, 0), "Band 5": (31, 12, 2), "Other": (4, 1, 8)},
        "medical_and_dental": {"Band 3": (56, 6, 11), "Band 6": (2, 6, 9)},
    },
    "a grade of few in a pay tier of its own": {
        "clinical": {"Band 4": (43, 9, 9), "Band 6": (57, 0, 5), "Band 8a": (7, 14, 0)},
        "non_clinical": {"Band 2": (43, 11, 9), "Band 5": (3, 1, 9), "Band 6": (56, 5, 5), "Consultant": (1, 9, 6), "Other": (8, 4, 4)},
        "medical_and_dental": {"Band 4": (6, 0, 6), "Other": (23, 12, 9)},
    },
}


@pytest.mark.parametrize("name", FEW_OF_A_SIDE)
def test_few_of_a_side_are_not_told_by_what_is_told_of_it(necs, reference, evidence, name):
    """Witness: the attacker, who found each of them where a rule for the sides was changed."""
    assert told_too_exactly(counts_of(FEW_OF_A_SIDE[name]), (reference, Method.of(necs), necs.disclosure), questions_of(evidence)) == []


@pytest.mark.parametrize("seed", range(21))
def test_a_place_has_too_few_values_where_linear_programming_finds_no_more(seed):
    """Witness: the fewest and most people of each place while every side, grade and part keeps its sum, by another method than flows."""
    draw, rule = np.random.default_rng(seed), Smallness(5, zeros=seed % 2 == 0)
    sums = [(("side", side), f"grade {grade}") for side in range(2) for grade in range(5)]
    sums += [(f"grade {grade}", ("part", grade // 2)) for grade in range(5)]
    people, fewer, more = draw.poisson(5, len(sums)), *draw.integers(0, 9, (2, len(sums)))
    limits = list(zip(np.maximum(people - fewer, 0), people + more, strict=True))
    kept = [[(end == other) - (end == one) for one, other in sums] for end in dict.fromkeys(end for pair in sums for end in pair)]

    def moved(place, sign):
        return round(linprog(sign * np.eye(len(sums))[place], A_eq=kept, b_eq=[0] * len(kept), bounds=limits - people[:, None]).fun)

    few = []
    for place, number in enumerate(people):
        fewest, most = number + moved(place, 1), number - moved(place, -1)
        few.append(fewest < 5 and most >= rule.least and most - max(fewest, rule.least) + 2 < 5)
    places = [(*pair, int(number), *map(int, ends)) for pair, number, ends in zip(sums, people, limits, strict=True)]
    assert _too_exact(places, rule) == any(few)

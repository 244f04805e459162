"""Counts that cannot be: more people appointed than shortlisted. Nothing can be calculated from them, so nothing is tried."""

import pandas as pd

from wres_helpers.checking.addresses import in_words, wholes_among
from wres_helpers.checking.reconcile import data_of
from wres_helpers.problems import Problem
from wres_helpers.settings.parameters import Parameters


def impossible_counts(counts: pd.DataFrame, parameters: Parameters) -> list[Problem]:
    """Return a problem for each count that exceeds what it is counted among.

    Parameters
    ----------
    counts
        Tidy counts of one organisation.
    """
    data = data_of(counts)
    problems = []
    for count, value in data.items():
        for whole in wholes_among(count):
            if whole in data and value > data[whole]:
                found = f"{value:,} {in_words(count)}"
                expected = f"at most {data[whole]:,}, the number of {in_words(whole)}"
                action = "Correct the counts: a part cannot exceed its whole."
                problems.append(Problem(parameters.shown(parameters.data_folder(count.year)), expected, action, found=found))
    return problems

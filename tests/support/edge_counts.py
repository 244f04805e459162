"""Counts at the edges: nobody, everybody, one person, a group that is missing, very many, equal once rounded, and the year before likewise."""

import pandas as pd

#: White and BME people, each as counted and base; None is a number that nobody supplied.
EDGES = {
    "none of one": ((30, 400), (0, 60)),
    "none of either": ((0, 400), (0, 60)),
    "all of one": ((300, 400), (60, 60)),
    "all of both": ((400, 400), (60, 60)),
    "none against all": ((0, 400), (60, 60)),
    "nobody in one group": ((30, 400), (0, 0)),
    "nobody in either": ((0, 0), (0, 0)),
    "one person": ((30, 400), (1, 1)),
    "one against one": ((1, 1), (0, 1)),
    "tiny": ((2, 100_000), (1, 20_000)),
    "huge": ((300_000, 1_000_000), (200_000, 500_000)),
    "equal": ((40, 400), (6, 60)),
    "equal once rounded": ((1000, 10_000), (2001, 20_000)),
    "the other way": ((100, 400), (2, 60)),
    "clearly worse": ((40, 400), (30, 60)),
    "count missing": ((30, 400), (None, 60)),
    "base missing": ((30, 400), (None, None)),
    "all missing": ((None, None), (None, None)),
    "small but clear": ((300, 90_000), (60, 9_000)),
}
_NAMES = list(EDGES)
#: Indicator to its item of people counted and its item of people they are counted out of; survey questions by their number.
_FLOWS = {"2": ("appointed", "shortlisted"), "3": ("entered_disciplinary", "headcount"), "4": ("accessed_training", "headcount")}
_QUESTIONS = {"5": "13a", "6": "13b", "7": "14", "8": "15a"}


def edge_counts(organisation: str, place: int, years: tuple[str, str]) -> pd.DataFrame:
    """Return tidy counts in which every indicator stands at another edge, and at another one the year before.

    Parameters
    ----------
    organisation
        Code of the organisation.
    place
        Which of the edges comes first; every place from 0 to the number of edges gives another combination.
    years
        The year before, and the year.
    """
    rows: list[tuple] = []
    for shift, year in zip((7, 0), years, strict=True):
        chosen = {
            name: EDGES[_NAMES[(place + shift + step) % len(_NAMES)]] for name, step in zip("2356789", (0, 3, 1, 5, 9, 13, 2), strict=True)
        }
        rows += [row for name, edge in chosen.items() for row in _rows(name, edge, year)]
    columns = ["year", "item", "breakdown", "category", "ethnic_group", "count"]
    table = pd.DataFrame(rows, columns=columns).dropna(subset="count")
    return table.assign(organisation=organisation, count=table["count"].astype(int))[["organisation", *columns]].reset_index(drop=True)


def _rows(indicator: str, edge: tuple, year: str) -> list[tuple]:
    found = []
    for group, (counted, base) in zip(("white", "bme"), edge, strict=True):
        if indicator in _QUESTIONS:
            no = None if base is None or counted is None else base - counted
            yes, not_so = ("1-2 times", "Never") if indicator in "56" else ("Yes", "No")
            found += [(year, "survey", _QUESTIONS[indicator], answer, group, count) for answer, count in ((yes, counted), (not_so, no))]
        elif indicator == "9":
            members = None if base is None else min(base, 9)
            found += [(year, "board", "membership", part, group, members) for part in ("total", "voting")]
        else:
            counted_as, out_of = _FLOWS[indicator]
            found += [(year, counted_as, "overall", "all", group, counted), (year, out_of, "overall", "all", group, base)]
            if indicator == "3":  # the same people are the base of indicator 4 and the workforce of indicators 1 and 9
                senior = None if base is None else base // 10
                found.append((year, "accessed_training", "overall", "all", group, base if counted == 0 else counted))
                found += [(year, "workforce", "grade", band, group, count) for band, count in _bands(base, senior)]
    return found


def _bands(base: int | None, senior: int | None) -> list[tuple[str, int | None]]:
    return [("Band 5", None if base is None else base - senior), ("Band 8a", senior)]

"""Counts of an organisation that does not exist, from its staff by side and grade."""

import numpy as np
import pandas as pd

YEAR = "2019-20"


def counts_of(staff, answers=(30, 9)):
    """Return tidy counts: staff by side and band (white, BME, undisclosed), and a survey with so many answers of each group."""
    rows = []

    def add(item, breakdown, category, values):
        rows.extend(("o", YEAR, item, breakdown, category, group, int(count))
                    for group, count in zip(("white", "bme", "unknown"), values, strict=False))  # fmt: skip

    everyone = np.sum([values for side in staff.values() for values in side.values()], axis=0)
    for item in ("headcount", "workforce"):
        add(item, "overall", "all", everyone)
    for side, bands in staff.items():
        add("workforce", "staff_group", side, np.sum(list(bands.values()), axis=0))
        for band, values in bands.items():
            add("workforce", f"grade ({side})", band, values)
    for band in dict.fromkeys(band for bands in staff.values() for band in bands):
        add("workforce", "grade", band, np.sum([(0, 0, 0), *(bands[band] for bands in staff.values() if band in bands)], axis=0))
    for question, names in (
        ("13a", ("Never", "1-2 times")),
        ("13b", ("Never", "1-2 times")),
        ("14", ("Yes", "No")),
        ("15a", ("Yes", "No")),
    ):
        add("survey", question, names[0], answers)
        add("survey", question, names[1], (answers[0] // 2, answers[1]))
    add("accessed_training", "overall", "all", everyone[:2] // 2)
    add("entered_disciplinary", "overall", "all", (1, 0))
    add("board", "membership", "total", (5, 1, 0))
    return pd.DataFrame(rows, columns=["organisation", "year", "item", "breakdown", "category", "ethnic_group", "count"])

"""Counts of organisations that do not exist: any size, any gaps, as tidy counts."""

import numpy as np
import pandas as pd

#: Each flow, and what it is a part of.
FLOWS = (
    ("shortlisted", "applied"),
    ("appointed", "shortlisted"),
    ("entered_disciplinary", "headcount"),
    ("accessed_training", "headcount"),
)
#: What an organisation may lack: a whole item, everybody of undisclosed ethnicity, the year before, or bands that add up.
LACKING = ("nothing", "nothing", "survey", "board", "accessed_training", "applied", "unknown", "year before", "sums", "sums")


def invented_counts(counts: pd.DataFrame, seed: int, year: str) -> pd.DataFrame:
    """Return counts of the same shape for an organisation a tenth to fifty times as large, with other rates everywhere.

    Parameters
    ----------
    counts
        Tidy counts to take the shape from.
    seed
        The organisation; the same seed gives the same counts.
    year
        The report's own year, kept where the year before is lacking.
    """
    draw = np.random.default_rng(seed)
    size = 10 ** draw.uniform(-1, 1.7)
    made = counts.assign(count=draw.poisson(counts["count"] * size * draw.lognormal(0, 0.5, len(counts))))
    lacking = draw.choice(LACKING)
    bands = made[made["item"].eq("workforce") & made["breakdown"].eq("grade")].groupby(["year", "ethnic_group"])["count"].sum()
    if lacking != "sums":
        made["count"] = _limited(made, "headcount", bands, exactly=True)
    for part, whole in FLOWS:
        people = made[made["item"].eq(whole) & made["breakdown"].eq("overall")].set_index(["year", "ethnic_group"])["count"]
        made["count"] = _limited(made, part, people)
    if lacking in ("unknown", "year before"):
        kept = made["year"].eq(year) if lacking == "year before" else made["ethnic_group"].ne("unknown")
    else:
        kept = made["item"].ne(lacking)
    return made[kept].reset_index(drop=True)


def _limited(table: pd.DataFrame, item: str, people: pd.Series, exactly: bool = False) -> list[int]:
    """Return the counts, those of one item set to, or held below, the people of its year and group."""
    most = [people.get((year, group)) for year, group in zip(table["year"], table["ethnic_group"], strict=True)]
    return [
        count if own != item or limit is None else (limit if exactly else min(count, limit))
        for own, count, limit in zip(table["item"], table["count"], most, strict=True)
    ]

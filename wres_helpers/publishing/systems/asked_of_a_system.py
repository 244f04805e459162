"""What is asked of the tidy counts of many organisations though nothing is wrong: another year's or organisation's numbers, counts far from the year before's."""

import math
from collections.abc import Collection, Iterator

import numpy as np
import pandas as pd

from wres_helpers.intake.between_tables import FAR, jumps_in_words
from wres_helpers.problems import Problem
from wres_helpers.standard.years import shifted

_WHOSE = ["organisation", "year"]
_PLACE = ["item", "breakdown", "category", "ethnic_group"]

#: Two counts of about as many people are equal about once in twice the root of pi times them; so much together (a logarithm) is no chance.
_NO_CHANCE = 25

#: So many years that are asked about are told.
_YEARS = 20


def asked_of_a_system(counts: pd.DataFrame, file: str, listed: Collection[tuple[str, str]] = ()) -> Iterator[Problem]:
    """Ask about each year of an organisation that has the numbers of another one, or counts far from those of the year before.

    ``listed`` are the codes and years of a list of organisations; where some of them are there, the others are asked about.
    """
    there = set(counts[_WHOSE].itertuples(index=False, name=None))
    gone = [f"{organisation} {year}" for organisation, year in listed if (organisation, year) not in there]
    if gone and len(gone) < len(listed):
        found = f"nothing of {', '.join(gone[:_YEARS])}" + (f" and {len(gone) - _YEARS:,} more" if len(gone) > _YEARS else "")
        action = "Add the rows; else leave it: nothing is told of them."
        yield Problem(file, "every organisation and year of the list", action, column="organisation", found=found)
    yield from _copied(counts, file)
    yield from _jumped(counts, file)


def _copied(counts: pd.DataFrame, file: str) -> Iterator[Problem]:
    """Ask about each year of an organisation whose counts, all or of one item, are those of another year, or all those of another organisation."""
    row = pd.util.hash_pandas_object(counts[[*_PLACE, "count"]], index=False)
    rare = np.log(2 * np.sqrt(np.pi * counts["count"].clip(lower=1 / 12)))
    wholly = set()
    for part, beside in (([], []), (["item"], ["organisation", "item"])):
        each = counts.assign(row=row, rare=rare).groupby([*_WHOSE, *part])[["row", "rare"]].sum().reset_index()
        same = each[each["rare"].gt(_NO_CHANCE)].groupby(["row", *beside])
        for first, *copies in (list(rows.itertuples()) for _, rows in same if len(rows) > 1):
            for copy in (each for each in copies if (each.organisation, each.year) not in wholly):
                wholly |= set() if part else {(copy.organisation, copy.year)}
                found = f"{copy.organisation} {copy.year} with the counts of {first.organisation} {first.year} to the last number"
                found += f" ({copy.item})" if part else ""
                yield Problem(file, "counts of its own", "Check that they are not those of the other.", column="count", found=found)


def _jumped(counts: pd.DataFrame, file: str) -> Iterator[Problem]:
    """Ask about each year with counts more than twice, or less than half, those of the year before, and not by chance; no row is nobody."""
    following = {shifted(year, -1): year for year in counts["year"].unique()}
    then = counts.assign(year=counts["year"].map(following)).dropna(subset="year")
    both = then.merge(counts, on=[*_WHOSE, *_PLACE], how="left", suffixes=("_then", ""))
    now, was = both["count"].fillna(0), both["count_then"]
    by_chance = max(FAR, 2 * math.sqrt(math.log(max(len(both), 1))))  # of many thousand counts some are further apart
    far = 2 * np.abs(np.sqrt(now) - np.sqrt(was)) > by_chance
    jumped = both[far & (2 * np.minimum(now, was) < np.maximum(now, was))]
    for (organisation, year), rows in [*jumped.groupby(_WHOSE)][:_YEARS]:
        named = [(", ".join((each.item, each.category, each.ethnic_group)), each.count, each.count_then) for each in rows.itertuples()]
        action = "Check that no rows, groups or years were exchanged or left out; else leave them."
        expected, found = jumps_in_words(named, shifted(year, -1))
        yield Problem(file, expected, action, column="count", found=f"{organisation} {year}: {found}")

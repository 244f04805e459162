"""The shipped report, attacked by somebody who shares no line with the pack; he attacks random organisations elsewhere."""

import json

import numpy as np
from support.outside_attacker import OutsideAttacker, narrowed

from wres_helpers.disclosure import protect


def test_he_cannot_narrow_a_small_count_of_the_shipped_report(evidence, necs):
    assert narrowed(evidence, protect(evidence, necs), necs.disclosure) == []


def test_he_succeeds_where_only_small_counts_are_hidden(evidence, necs):
    """The same attacker works out the one BME person of Band 2, and of Band 8c, from a report that hides small counts alone."""
    board, true = protect(evidence, necs), evidence.shares
    small = (true["count"] < 5) & (true["count"] > 0)
    said = np.where(small, json.dumps({"count": "fewer than 5"}), "")
    careless = true.assign(count=true["count"].where(~small), rate=true["rate"].where(~small), protection=said)
    counts = evidence.counts.assign(count=np.nan, protection="")
    nothing = evidence.results.head(0).assign(protection="")
    attacker = OutsideAttacker(board.with_tables(shares=careless, counts=counts, results=nothing), "2019-20")
    assert attacker.range("workforce", "grade", "Band 2", "bme") == (1, 1)
    assert attacker.range("workforce", "grade", "Band 8c", "bme") == (1, 1)

"""The shipped report, attacked by somebody who shares no line with the pack; he attacks random organisations elsewhere."""

import json

import numpy as np
import pytest
from support.board_attacker import BoardAttacker, as_published, exposed, questions_of

from wres_helpers.disclosure import protect


def test_he_cannot_narrow_a_small_count_of_the_shipped_report(evidence, necs):
    assert exposed(evidence, [protect(evidence, necs)], necs.disclosure) == []


@pytest.mark.parametrize("category", ["Band 2", "Band 8c"])
def test_he_succeeds_where_only_small_counts_are_hidden(evidence, necs, category):
    """The same attacker works out the one BME person of Band 2, and of Band 8c, from a report that hides small counts alone."""
    small = (evidence.counts["count"] < 5) & (evidence.counts["count"] > 0)
    careless = evidence.counts.assign(count=evidence.counts["count"].astype(float).mask(small), protection="")
    nothing = {name: [] for name in ("results", "shares", "completeness")}
    attacker = BoardAttacker(
        [nothing | {"counts": careless.to_dict("records")}], evidence.context.reference.grades.to_dict("records"), questions_of(evidence)
    )
    assert attacker.range(("2019-20", "workforce", "grade", "Band 5", "bme")) == (14, 14)
    whole = evidence.shares[["count", "rate"]].where(~((evidence.shares["count"] < 5) & (evidence.shares["count"] > 0)))
    shares = evidence.shares.assign(**whole, protection=np.where(whole["count"].isna(), json.dumps({"count": "fewer than 5"}), ""))
    published = as_published(protect(evidence, necs)) | {
        "counts": careless.to_dict("records"),
        "shares": shares.to_dict("records"),
        "results": [],
    }
    attacker = BoardAttacker([published], evidence.context.reference.grades.to_dict("records"), questions_of(evidence))
    assert attacker.range(("2019-20", "workforce", "grade", category, "bme")) == (1, 1)

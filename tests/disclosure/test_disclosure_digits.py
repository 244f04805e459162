"""The last digits of what is given out: errors of calculation, 6e-17 and the like, must not tell what a number was made from."""

import json

import numpy as np
import pandas as pd
import pytest

from wres_helpers.analysis import analyse
from wres_helpers.analysis.intervals import share_interval
from wres_helpers.disclosure import protect
from wres_helpers.disclosure.auditing import audit, failed
from wres_helpers.disclosure.counterfactual import TABLES, as_shown, significant
from wres_helpers.disclosure.protection import planned
from wres_helpers.page_model import Count


def test_intervals_of_nobody_and_of_everybody_do_not_tell_how_many_were_asked():
    """Witness: the formula. At 0 of n the Wilson interval starts at 0, at n of n it ends at 1, whatever n is."""
    base = np.arange(1, 3000)
    assert set(share_interval(0 * base, base)[0]) == {0.0}
    assert set(share_interval(base, base)[1]) == {1.0}


def test_size_of_the_board_is_not_in_the_last_digit(evidence, necs):
    """The board of "6 to 9" people, none of them BME, had an interval from 2.8e-17: it is that of 6 people and of no other number."""
    shown = protect(evidence, necs).shares
    row = shown[shown["item"].eq("board") & shown["ethnic_group"].eq("bme") & shown["of"].eq("category")].iloc[0]
    assert json.loads(row["protection"])["base"] == "6 to 9"
    assert row["lower"] == 0


def test_every_digit_is_the_same_for_all_counts_that_are_to_look_alike(evidence, necs):
    """Witness: counts of which the same is told, made into reports of their own, and written as text."""
    board, decision = protect(evidence, necs), planned(evidence, necs).decision
    keys = ["year", "item", "breakdown", "category", "ethnic_group"]
    for number in (0, 1, 100, 101):
        table = decision.table(number)
        counts = evidence.counts.assign(count=[table[Count(*key)] for key in evidence.counts[keys].itertuples(index=False, name=None)])
        other = as_shown(analyse(counts, necs, evidence.context.reference), necs)
        for name in TABLES:
            shown, made = getattr(board, name), other[name]
            assert _texts(shown) == _texts(made.where(shown[made.columns].notna())), name


def _texts(table: pd.DataFrame) -> str:
    return table[list(table.columns[table.dtypes.map(pd.api.types.is_float_dtype)])].to_csv(float_format=repr)


def test_a_very_small_p_value_is_hidden_with_its_count(necs, necs_counts, reference):
    """3 of 2,000 against 900 of 2,000: p is far below any decimal that is printed, and still tells the 3."""
    counts = necs_counts[necs_counts["year"].eq("2019-20")].copy()
    for item, group, count in (
        ("headcount", "white", 2000),
        ("headcount", "bme", 2000),
        ("accessed_training", "white", 900),
        ("accessed_training", "bme", 3),
    ):
        counts.loc[counts["item"].eq(item) & counts["ethnic_group"].eq(group), "count"] = count
    counts = counts[~counts["item"].eq("workforce")]
    evidence = analyse(counts, necs, reference)
    board = protect(evidence, necs)
    chosen = evidence.results["measure"].eq("accessing_training") & evidence.results["year"].eq("2019-20")
    assert 0 < evidence.results.loc[chosen, "p_value"].item() < 1e-100
    row = board.results[chosen].iloc[0]
    assert row[["bme_count", "bme_rate", "value", "p_value"]].isna().all()
    spoilt, said = board.results.copy(), json.loads(row["protection"])
    said.pop("p_value")
    spoilt.loc[chosen, "p_value"] = evidence.results.loc[chosen, "p_value"]
    spoilt.loc[chosen, "protection"] = json.dumps(said)
    assert failed(audit(evidence, board.with_tables(results=spoilt), necs))


@pytest.mark.parametrize(
    ("number", "printed"), [(0.0, 0.0), (-0.0, 0.0), (1.23456789012345e-40, 1.23456789e-40), (1.0, 1.0), (5e-300, 0.0)]
)
def test_significant_digits(number, printed):
    assert significant(np.array([number])).tolist() == pytest.approx([printed], rel=1e-15, abs=0)


def test_there_are_ten_significant_digits_at_every_size():
    """Witness: Python's own format, which counts digits in decimals."""
    numbers = np.random.default_rng(1).random(500) * 10.0 ** -(np.arange(500) % 12)
    assert significant(numbers) == pytest.approx([float(f"{number:.10g}") for number in numbers], rel=1e-15, abs=0)


def test_undefined_stays_undefined():
    assert np.isnan(significant(np.array([np.nan])))

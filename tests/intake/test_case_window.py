"""How many years of cases an edition puts together. Witness: the two-year rule ended with edition 2020 of the catalogue."""

from dataclasses import replace

import pytest

from wres_helpers.intake.extracts.preparing import check_window
from wres_helpers.problems import ParameterProblems


@pytest.mark.parametrize(
    ("year", "years", "refused"), [("2019-20", 2, False), ("2019-20", 1, False), ("2022-23", 1, False), ("2022-23", 2, True)]
)
def test_no_more_years_are_counted_than_the_page_states(necs, year, years, refused):
    parameters = replace(necs, master=necs.master.model_copy(update={"year": year}))
    if not refused:
        check_window(parameters, years)
        return
    with pytest.raises(ParameterProblems, match=r"window_years.*found 2; expected 1, the years that edition 2023"):
        check_window(parameters, years)

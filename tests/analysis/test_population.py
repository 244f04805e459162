"""The people a trust serves beside its staff. Witness: shares of a few people, by hand."""

import pandas as pd

from wres_helpers.analysis.derived import population_served


def test_the_share_of_staff_beside_the_people_is_of_the_whole_workforce():
    """By hand: 30 BME of 150 whose group is known is 20%, not the 1 of 2 of a band; of the area's people 100 of 400 are BME, 25%."""
    people = [("Town", "2021", "Census", "white", 300), ("Town", "2021", "Census", "bme", 100)]
    table = pd.DataFrame(people, columns=["area", "population_year", "source", "ethnic_group", "people"])
    staff = [("grade", "Band 9", 1.0, 1.0), ("overall", "all", 120.0, 30.0)]
    rows = pd.DataFrame(staff, columns=["breakdown", "category", "white_count", "bme_count"]).assign(measure="share_of_grade")
    made = population_served(table, rows).iloc[0]
    assert (made["rate"], made["staff_rate"]) == (0.25, 0.2)

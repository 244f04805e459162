"""What a report is about, and what follows from its results alone: years, pipeline, parity, contributions, targets, population.

These tables are made twice by the same lines: from the true results for the analyst, and from the protected ones for the board.
So whatever a board sees of them follows from what it is shown already, and nothing of them needs to be protected on its own.
"""

from dataclasses import dataclass

import pandas as pd

from wres_helpers.analysis.asides import asides
from wres_helpers.analysis.changes import since_first_comparable
from wres_helpers.analysis.contributions import contributions
from wres_helpers.analysis.history import history
from wres_helpers.analysis.parity import parity
from wres_helpers.analysis.pipeline import pipeline
from wres_helpers.analysis.status_rule import Method
from wres_helpers.analysis.targets import progress, with_presets
from wres_helpers.analysis.who_speaks import headline_rows
from wres_helpers.intake.own_tables import OwnTables
from wres_helpers.settings.disclosure_policy import DisclosurePolicy
from wres_helpers.settings.master_file import StatusRule, Terms
from wres_helpers.settings.parameters import Parameters
from wres_helpers.standard.catalogue import ReferenceTables
from wres_helpers.standard.columns import BME, OVERALL, SHARE_OF_GRADE, WHITE

#: One row per area of the population served.
POPULATION_COLUMNS = (
    "area", "population_year", "source", "bme_people", "known_people", "rate", "bme_headcount", "known_headcount", "staff_rate",
)  # fmt: skip


@dataclass(frozen=True)
class Context:
    """What a page needs to know about the report besides its figures."""

    year: str
    previous_year: str | None
    edition: int
    terms: Terms
    status_rule: StatusRule
    policy: DisclosurePolicy
    catalogue: pd.DataFrame
    reference: ReferenceTables
    own: OwnTables
    parameters: Parameters


def derived_tables(results: pd.DataFrame, context: Context, together: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the tables that follow from results, by name; ``together`` are the rows told together only, where results are protected."""
    rule, year, catalogue, own = context.status_rule, context.year, context.catalogue, context.own
    this_year = results[results["year"].eq(year)].reset_index(drop=True)
    headline = headline_rows(results, context.reference.catalogue)
    told_years = history(results, headline, context.reference.catalogue, own.breaks)
    if len(together):
        together = together[together["year"].eq(year)].assign(organisation=context.parameters.organisation.code)
    return {
        "history": told_years,
        "since_first": since_first_comparable(results[headline], context.reference.catalogue, told_years, year),
        "pipeline": pipeline(pd.concat([this_year, together]), rule.confidence),
        "parity": parity(this_year, catalogue, rule.no_adverse_range, rule.confidence),
        "contributions": contributions(this_year),
        "targets": progress(with_presets(own.targets, results, catalogue, context.reference.grades), results, year),
        "asides": asides(results, results[headline & results["year"].eq(year)], catalogue, Method.of(context.parameters)),
        "population": population_served(own.population, this_year),
    }


def population_served(table: pd.DataFrame, this_year: pd.DataFrame) -> pd.DataFrame:
    """Return the compared group's share of each area's people, and of staff, both of those whose group is known, with their counts."""
    if table.empty:
        return pd.DataFrame(columns=list(POPULATION_COLUMNS))
    people = table.pivot_table(index=["area", "population_year", "source"], columns="ethnic_group", values="people", aggfunc="sum")
    people = people.reindex(columns=[WHITE, BME]).reset_index()
    staff = this_year[this_year["measure"].eq(SHARE_OF_GRADE) & this_year["breakdown"].eq(OVERALL[0])][["white_count", "bme_count"]]
    white, bme = staff.iloc[0].astype(float) if len(staff) else (float("nan"), float("nan"))
    made = people.assign(
        bme_people=people[BME].astype(float), known_people=people[[WHITE, BME]].astype(float).sum(axis=1, skipna=False),
        bme_headcount=bme, known_headcount=white + bme,
    )  # fmt: skip
    return made.assign(rate=made["bme_people"] / made["known_people"], staff_rate=made["bme_headcount"] / made["known_headcount"])[
        list(POPULATION_COLUMNS)
    ]

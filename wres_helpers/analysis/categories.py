"""The drill-down by ethnic category: each category beside the white staff, or beside a category of the analyst's choice."""

from dataclasses import replace

import pandas as pd

from wres_helpers.analysis import intervals
from wres_helpers.analysis.group_comparisons import compare
from wres_helpers.analysis.status_rule import Method
from wres_helpers.problems import ParameterProblems
from wres_helpers.settings.parameters import Parameters
from wres_helpers.small_tables import as_small_table, small_tables
from wres_helpers.standard.catalogue import ReferenceTables
from wres_helpers.standard.columns import BME, COUNT_COLUMNS, ETHNIC_CATEGORY, OVERALL, WHITE
from wres_helpers.standard.statuses import CALCULATED, NOT_JUDGED
from wres_helpers.tables.cell_readers import did_you_mean

#: The name under which a category's people stand in for BME people, and the reference's people for white people.
_BESIDE = "beside the reference"

#: Items of the indicators that compare rates.
_RATE_ITEMS = ("headcount", "applied", "shortlisted", "appointed", "entered_disciplinary", "accessed_training")
_DIRECTIONS = {"white/bme": "reference/category", "bme/white": "category/reference"}
_KEYS = ["organisation", "year", "item"]
_NOT_JUDGED = "a single ethnic category is context: of twenty compared, one differs clearly by chance alone"

COLUMNS = (
    "organisation", "year", "indicator", "measure", "category", "ethnic_group",
    "category_count", "category_base", "category_rate", "category_lower", "category_upper",
    "reference", "reference_count", "reference_base", "reference_rate", "reference_lower", "reference_upper",
    "direction", "value", "lower", "upper", "confidence", "method", "p_value", "status", "reason",
)  # fmt: skip


@small_tables
def compare_categories(
    counts: pd.DataFrame, parameters: Parameters, reference: ReferenceTables, against: str | None = None
) -> pd.DataFrame:
    """Compare every ethnic category on indicators 1 to 4.

    For analysts: nothing is protected, and many categories hold few people.

    Parameters
    ----------
    counts
        With the breakdown ``ethnic_category`` (``keep_ethnic_category`` in the master file).
    against
        Category that the others are compared with, for example ``White - British``. By default a BME category (or one
        of unknown ethnicity) is compared with all white people, a white category with all other white people.

    Returns
    -------
    pandas.DataFrame
        One row per organisation, year, measure and category. Indicator 1: the category's share of all staff, with
        Wilson's interval. Indicators 2 to 4: the relative likelihood in the indicator's direction, with the score
        interval. Rates are fractions. No row where the counts hold no ethnic categories.

    Raises
    ------
    ParameterProblems
        ``against`` is no category of the counts.
    """
    method, counts = Method.of(parameters), as_small_table(counts)
    finer = counts[counts["breakdown"].eq(ETHNIC_CATEGORY)]
    # a category without anybody stands in a counts table only as the zero of its group
    finer = finer[finer.groupby("category")["count"].transform("sum").gt(0)]
    there = sorted(finer["category"].unique())
    if against is not None and there and against not in there:
        action = did_you_mean(against, there, "") + f" Choose one of: {', '.join(there)}."
        raise ParameterProblems.of("against", "an ethnic category of the counts", action.strip(), found=repr(against))
    overall = counts[counts["breakdown"].eq(OVERALL[0])]
    likelihoods = replace(reference, catalogue=reference.catalogue[reference.catalogue["comparison"].eq("ratio")])
    results = compare(pd.concat([overall, _beside(finer, against)], ignore_index=True), likelihoods, method)
    rates = results[results["breakdown"].eq(_BESIDE)]
    rates = rates.rename(columns=lambda name: name.replace("white_", "reference_").replace("bme_", "category_"))
    rates = rates.assign(direction=rates["direction"].map(_DIRECTIONS))
    calculated = rates["value"].notna()
    rates["status"] = rates["status"].mask(calculated, NOT_JUDGED)
    rates["reason"] = rates["reason"].mask(calculated, _NOT_JUDGED)
    table = pd.concat([_shares(finer, method.confidence), rates], ignore_index=True).reindex(columns=list(COLUMNS))
    group_of = finer.sort_values("count").drop_duplicates("category", keep="last").set_index("category")["ethnic_group"]
    table["ethnic_group"] = table["category"].map(group_of)
    table["reference"] = _reference_names(table, against)
    return table


def _beside(finer: pd.DataFrame, against: str | None) -> pd.DataFrame:
    """Return counts in which every category stands for the BME people, and its reference for the white people."""
    rows = finer[finer["item"].isin(_RATE_ITEMS)]
    people = rows.groupby([*_KEYS, "category"], sort=False)["count"].sum().reset_index()
    if against is None:
        white = rows[rows["ethnic_group"].eq(WHITE)]
        itself = white.groupby([*_KEYS, "category"])["count"].sum().rename("itself").reset_index()
        references = white.groupby(_KEYS)["count"].sum().rename("all").reset_index()
        references = people.merge(references, on=_KEYS).merge(itself, on=[*_KEYS, "category"], how="left")
        references["count"] = references["all"] - references["itself"].fillna(0).astype("int64")
    else:
        chosen = people[people["category"].eq(against)].drop(columns="category")
        people = people[people["category"].ne(against)]
        references = people.drop(columns="count").merge(chosen, on=_KEYS)
    both = pd.concat([people.assign(ethnic_group=BME), references.assign(ethnic_group=WHITE)], ignore_index=True)
    return both.assign(breakdown=_BESIDE)[list(COUNT_COLUMNS)]


def _shares(finer: pd.DataFrame, confidence: float) -> pd.DataFrame:
    """Return indicator 1: every category's share of all staff, of the headcount or else of the workforce table."""
    keys = ["organisation", "year"]
    staff = finer[finer["item"].isin(("headcount", "workforce"))]
    people = staff.groupby([*keys, "category", "item"], sort=False)["count"].sum().reset_index()
    people["base"] = people.groupby([*keys, "item"])["count"].transform("sum")
    people = people.sort_values("item", kind="stable").drop_duplicates([*keys, "category"])
    lower, upper = intervals.share_interval(people["count"], people["base"], confidence)
    share = (people["count"] / people["base"]).to_numpy()
    people = people.rename(columns={"count": "category_count", "base": "category_base"}).drop(columns="item")
    return people.assign(
        indicator="1", measure="share_of_workforce", category_rate=share, direction="none", value=share, lower=lower, upper=upper,
        category_lower=lower, category_upper=upper, confidence=confidence, method=intervals.SHARE_METHOD, status=CALCULATED, reason="",
    )  # fmt: skip


def _reference_names(table: pd.DataFrame, against: str | None) -> pd.Series:
    names = table["ethnic_group"].eq(WHITE).map({True: "all other white people", False: "all white people"})
    if against is not None:
        names = pd.Series(against, index=table.index)
    return names.mask(table["indicator"].eq("1"), "")

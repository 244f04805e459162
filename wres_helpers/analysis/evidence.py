"""Everything a report may say, as tables: made once from the counts, then protected once for the board."""

from dataclasses import dataclass, field, fields, replace
from functools import cached_property

import numpy as np
import pandas as pd

from wres_helpers.analysis.bounds import bounds
from wres_helpers.analysis.cells import GRADES, holds_others, question_of, without_ethnic_categories
from wres_helpers.analysis.changes import changes
from wres_helpers.analysis.derived import Context, derived_tables
from wres_helpers.analysis.group_comparisons import compare, whole_workforce
from wres_helpers.analysis.possible_statuses import findings_with_one_person, limits_told, statuses_possible
from wres_helpers.analysis.shares import completeness, shares
from wres_helpers.analysis.status_rule import SUPPRESSED, Method
from wres_helpers.analysis.who_speaks import headline_rows, headline_statuses
from wres_helpers.intake.own_tables import OwnTables
from wres_helpers.settings.parameters import Parameters
from wres_helpers.small_tables import as_small_table, small_tables, told_tables
from wres_helpers.standard.catalogue import PROVENANCE_COLUMNS, ReferenceTables, breaks_between, headline_measures, in_force
from wres_helpers.standard.columns import BENCHMARK_COLUMNS, OVERALL, UNKNOWN
from wres_helpers.standard.statuses import NOT_CALCULABLE, NOT_SUPPLIED
from wres_helpers.standard.years import edition_of


@dataclass(frozen=True, eq=False)  # one evidence is another only where it is the same: what pages find in it is kept by it
class Evidence:
    """The tables of one report; nothing that is not ``protected`` may reach a board."""

    counts: pd.DataFrame  # tidy counts: the input, without ethnic categories, which `compare_categories` compares
    results: pd.DataFrame  # one row per comparison
    shares: pd.DataFrame  # one row per category, ethnic group and kind of base
    bounds: pd.DataFrame  # one row per comparison: what it could be, whatever the undisclosed are
    changes: pd.DataFrame  # one row per comparison that also exists in the earlier year
    benchmarks: pd.DataFrame  # one row per published national figure for an indicator of the report
    completeness: pd.DataFrame  # one row per year and item: how many people's ethnicity is known
    statuses: pd.DataFrame  # one row per year and indicator
    context: Context  # what the figures are about
    # those that follow from results
    history: pd.DataFrame = field(default_factory=pd.DataFrame)  # one row per year and headline comparison, with the breaks between years
    since_first: pd.DataFrame = field(default_factory=pd.DataFrame)  # per indicator: how it moved since a first year before the year before
    pipeline: pd.DataFrame = field(default_factory=pd.DataFrame)  # per part of the staff and step between pay tiers: race disparity ratios
    #: Per comparison of the year: people to parity, and what could have been shown.
    parity: pd.DataFrame = field(default_factory=pd.DataFrame)
    contributions: pd.DataFrame = field(default_factory=pd.DataFrame)  # per comparison and part of a breakdown: the people it has in a gap
    targets: pd.DataFrame = field(default_factory=pd.DataFrame)  # one row per target of the organisation's own
    asides: pd.DataFrame = field(default_factory=pd.DataFrame)  # one row per figure that a headline adds
    population: pd.DataFrame = field(default_factory=pd.DataFrame)  # one row per area of the population served
    together: pd.DataFrame = field(default_factory=pd.DataFrame)  # parts of the staff that are told together only; empty unless protected
    protected: bool = False  # whether disclosure control has been applied

    def __repr__(self) -> str:
        kind = "protected: what a board may see" if self.protected else "before protection: a working copy, not for sharing"
        return told_tables(f"Evidence of {self.context.parameters.organisation.name}, {self.context.year}, {kind}", self.tables())

    def tables(self) -> dict[str, pd.DataFrame]:
        """Return the tables by name."""
        return {field.name: value for field in fields(self) if isinstance(value := getattr(self, field.name), pd.DataFrame)}

    @cached_property
    def possible_statuses(self) -> dict[str, set[str]]:
        """Which statuses each indicator of the year could have, whatever the undisclosed are; none where a number that takes is not known."""
        rows, zeros_shown = self.headlines, self.context.policy.show_zeros == "all"
        limits = [limits_told(texts, zeros_shown) for texts in rows.get("protection", [""] * len(rows))]
        return dict(zip(rows["indicator"], statuses_possible(rows, limits, Method.of(self.context.parameters)), strict=True))

    @cached_property
    def findings_with_one_person(self) -> dict[str, set[str]]:
        """Which other finding each indicator of the year without a clear difference would be with one person more or less."""
        rows = self.headlines
        return dict(zip(rows["indicator"], findings_with_one_person(rows, Method.of(self.context.parameters)), strict=True))

    @property
    def headlines(self) -> pd.DataFrame:
        """The comparisons of the year that speak for their indicators, with what :func:`statuses_possible` asks of them."""
        context, catalogue = self.context, self.context.reference.catalogue
        rows = self.results[headline_rows(self.results, catalogue) & self.results["year"].eq(context.year)]
        adverse = context.catalogue.drop_duplicates("measure").set_index("measure")["adverse"]
        return rows.join(whole_workforce(self.results), on=["organisation", "year"]).assign(
            adverse=rows["measure"].map(adverse), most=most_undisclosed(rows, context.own.suppressed, catalogue)
        )

    @property
    def provenance(self) -> pd.DataFrame:
        """Where each definition, question label, grade and ethnic category was seen, and whether this edition has it; none about later editions."""
        told = self.context.reference.provenance
        told = told[told["edition_from"].le(self.context.edition)]
        return told[list(PROVENANCE_COLUMNS)].assign(
            of_this_edition=told["edition_to"].ge(self.context.edition).map({True: "yes", False: "no"})
        )

    def with_tables(self, **tables: pd.DataFrame) -> "Evidence":
        """Return the same evidence with some tables replaced; what follows from results is made anew from the new ones.

        So no table that follows from the true results can stand beside protected ones.
        """
        if "results" in tables:
            tables = derived_tables(tables["results"], self.context, tables.get("together", self.together)) | tables
        return replace(self, **tables)


@small_tables
def analyse(counts: pd.DataFrame, parameters: Parameters, reference: ReferenceTables, own: OwnTables | None = None) -> Evidence:
    """Calculate everything a report may say; ``own`` are the organisation's own breaks, targets and population, None where it gave none."""
    own, reference = own or OwnTables(), reference.measured_by(parameters.survey.indicator_7_base)
    tables = counted_tables(counts, parameters, reference, own)
    evidence = Evidence(
        **tables,
        benchmarks=benchmarks(reference, parameters.edition, own.peers),
        statuses=headline_statuses(tables["results"], reference, parameters),
        context=Context(
            year=parameters.year,
            previous_year=parameters.previous_year,
            edition=parameters.edition,
            terms=parameters.terms,
            status_rule=parameters.status_rule,
            policy=parameters.disclosure,
            catalogue=in_force(reference.catalogue, parameters.edition),
            reference=reference,
            own=own,
            parameters=parameters,
        ),
    )
    return evidence.with_tables(**derived_tables(evidence.results, evidence.context, evidence.together))


@small_tables
def counted_tables(counts: pd.DataFrame, parameters: Parameters, reference: ReferenceTables, own: OwnTables) -> dict[str, pd.DataFrame]:
    """Return the tables of the evidence that are calculated from counts, and the counts; of any number of organisations."""
    counts, method = without_ethnic_categories(as_small_table(counts)), Method.of(parameters)
    results = in_report_order(compare(counts, reference, method), reference)
    results = with_reasons(results, counts, own.suppressed, reference, method)
    previous = {parameters.year: parameters.previous_year} if parameters.previous_year else {}
    return {
        "counts": counts,
        "results": results,
        "shares": shares(counts, method.confidence),
        "bounds": bounds(results, most_undisclosed(results, own.suppressed, reference.catalogue)),
        "changes": changes(results, reference.catalogue, previous, own.breaks),
        "completeness": completeness(counts, method.confidence),
    }


def in_report_order(results: pd.DataFrame, reference: ReferenceTables) -> pd.DataFrame:
    """Return results sorted as a report reads: by indicator, the whole before its parts, bands in the order of pay."""
    measures = {name: order for order, name in enumerate(reference.catalogue["measure"].unique())}
    grades = {name: order for order, name in enumerate([*reference.grades["grade"], *reference.grades["cluster"].unique()])}
    breakdowns = {name: order for order, name in enumerate(("overall", "cluster", "tier", "grade"))}
    parts = {name: order for order, name in enumerate(("total", "voting", "executive", "lower", "middle", "upper"))}
    order = pd.DataFrame(
        {
            "organisation": results["organisation"],
            "year": results["year"],
            "indicator": results["indicator"].map({name: order for order, name in enumerate(reference.catalogue["indicator"].unique())}),
            "measure": results["measure"].map(measures),
            "breakdown": results["breakdown"].map(breakdowns),
            "name": results["breakdown"],
            "category": results["category"].map(parts | grades),
            "text": results["category"],
        }
    )
    return results.loc[order.sort_values(list(order.columns)).index].reset_index(drop=True)


#: Why the share of the highest posts has no result in a year whose bands are told in groups, as those of the years before the last are.
UNDIVIDED = "the pay bands of that year are told in groups that hold other posts, too"


def with_reasons(
    results: pd.DataFrame, counts: pd.DataFrame, suppressed: pd.DataFrame, reference: ReferenceTables, method: Method
) -> pd.DataFrame:
    """Return results in which a comparison without figures, though it was supplied, says what it lacks: a hidden count, or bands of its own."""
    absent, of_everybody = results["status"].eq(NOT_SUPPLIED), suppressed[suppressed["ethnic_group"].eq("")]
    results.loc[absent & _of_mixed_bands(results, counts, reference), ["status", "reason"]] = [NOT_CALCULABLE, UNDIVIDED]
    if len(of_everybody):
        told = absent & rests_on(results, of_everybody, reference.catalogue, method)
        results.loc[told, ["status", "reason"]] = [NOT_CALCULABLE, SUPPRESSED]
    return results


def _of_mixed_bands(results: pd.DataFrame, counts: pd.DataFrame, reference: ReferenceTables) -> pd.Series:
    """Tell which shares of the highest posts are of a year of whose bands some hold other posts, too."""
    bands = counts[counts["item"].eq("workforce") & counts["breakdown"].eq("grade")]
    places, told = pd.MultiIndex.from_frame(results[["organisation", "year"]]), pd.Series(False, index=results.index)
    for _, definition in reference.catalogue[reference.catalogue["base_rule"].str.startswith(GRADES)].iterrows():
        held = bands.loc[holds_others(definition, bands, reference.grades), ["organisation", "year"]]
        told |= results["measure"].eq(definition["measure"]) & places.isin(pd.MultiIndex.from_frame(held))
    return told


def most_undisclosed(rows: pd.DataFrame, suppressed: pd.DataFrame, catalogue: pd.DataFrame) -> pd.Series:
    """Return how many of the undisclosed can be among the people each comparison counts, where that was hidden; else infinite."""
    if suppressed.empty:
        return pd.Series(np.inf, index=rows.index)
    numerator = dict(catalogue[["measure", "numerator"]].to_numpy())
    said = suppressed[suppressed["ethnic_group"].eq(UNKNOWN)].set_index(["year", "item", "breakdown"])["at_most"].to_dict()
    places = zip(rows["year"], rows["measure"].map(numerator), rows["breakdown"], strict=True)
    return pd.Series([said.get(place, np.inf) for place in places], index=rows.index, dtype=float)


def rests_on(rows: pd.DataFrame, places: pd.DataFrame, catalogue: pd.DataFrame, method: Method) -> pd.Series:
    """Tell which comparisons are made from counts in some places: year, item and breakdown."""
    some = set(places[["year", "item", "breakdown"]].itertuples(index=False, name=None))
    needed = {row["measure"]: _places_needed(row, method) for _, row in catalogue.iterrows()}
    # staff by a column that the headcount lacks are those of the workforce
    needed = {measure: places | ({("workforce", "")} if ("headcount", "") in places else set()) for measure, places in needed.items()}
    told = [
        any((row.year, item, breakdown or row.breakdown) in some for item, breakdown in needed[row.measure])
        for row in rows[["measure", "year", "breakdown"]].itertuples()
    ]
    return pd.Series(told, index=rows.index, dtype=bool)


def _places_needed(definition: pd.Series, method: Method) -> set[tuple[str, str]]:
    """Return the items and breakdowns a measure is made from; an empty breakdown is the comparison's own."""
    if definition["base"] == "survey":
        return {("survey", question_of(definition, method))}
    grades = {("workforce", "grade")} if definition["base_rule"].startswith(GRADES) else set()
    whole = {("headcount", OVERALL[0])} if definition["direction"].endswith("-workforce") else set()
    return {(definition["numerator"], ""), (definition["base"], ""), *grades, *whole}


def benchmarks(reference: ReferenceTables, edition: int, peers: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the published national figures nearest to the edition, and those of the peers, with what they can be compared with.

    One row per indicator, measure and group: of all editions of the same definition the nearest, the earlier one where two are equally near.
    A group of the ``peers`` has their name before it: ``ambulance trusts in England: white``.
    """
    published = _fit_to_show(reference.benchmarks)
    if peers is not None and len(peers):
        published = pd.concat([published, _of_peers(peers, reference)], ignore_index=True)
    table = _of_one_definition(published, reference.catalogue, edition)
    table["distance"] = (table["year"] - edition).abs()
    table = table.sort_values(["indicator", "measure", "group", "distance", "year", "published"], ascending=[True] * 5 + [False])
    nearest = table.drop_duplicates(["indicator", "measure", "group"]).copy()
    nearest["comparable"] = nearest["distance"].eq(0)
    nearest["reason"] = [_years_apart(int(year) - edition) for year in nearest["year"]]
    return nearest.reset_index(drop=True)[list(BENCHMARK_COLUMNS)]


def _of_peers(peers: pd.DataFrame, reference: ReferenceTables) -> pd.DataFrame:
    """Return figures of the peers with the columns of published national ones."""
    codes = reference.standard.codes
    ratios = dict(reference.catalogue.loc[reference.catalogue["comparison"].eq("ratio"), ["indicator", "direction"]].to_numpy())
    made = [
        {
            "year": edition_of(row["year"]), "indicator": row["indicator"], "measure": row["measure"],
            "group": f"{row['peers']}: " + "/".join(codes[part] for part in (row["ethnic_group"] or ratios[row["indicator"]]).split("/")),
            "value": row["value"][1] * (100 if row["value"][0] == "share" else 1),
            "unit": "percent" if row["value"][0] == "share" else "ratio",
            "source_kind": row["source"], "source_url": "", "restated": "false", "confidence_mark": "", "published": "",
        }
        for _, row in peers.iterrows()
    ]  # fmt: skip
    return pd.DataFrame(made)


def _of_one_definition(table: pd.DataFrame, catalogue: pd.DataFrame, edition: int) -> pd.DataFrame:
    """Return figures between whose edition and this one the indicator's definition did not change, or whose name says which base they have."""
    headlines = headline_measures(catalogue)
    broken = {year: breaks_between(catalogue, *sorted((year, edition))) for year in table["year"].unique()}
    other = [headlines.get(indicator, "") in broken[year] for indicator, year in zip(table["indicator"], table["year"], strict=True)]
    return table[~np.array(other, dtype=bool) | table["measure"].str.contains("_dk", regex=False)].copy()


def _fit_to_show(table: pd.DataFrame) -> pd.DataFrame:
    """Return figures that contradict no other, and national ones that no other organisation's report is the source of."""
    second_hand = table["source_kind"].eq("report of an organisation") & ~table["group"].str.contains(":")
    fit = table[table["conflict"].eq("") & ~second_hand]
    # two figures of one publication that differ contradict each other, whether somebody wrote so or not
    values = fit.groupby(["year", "indicator", "measure", "group", "published"])["value"].transform("nunique")
    return fit[values.eq(1)].copy()


def _years_apart(editions: int) -> str:
    if not editions:
        return ""
    return f"no figure of the same edition was seen; this is the nearest, {abs(editions)} year{'s' * (abs(editions) > 1)} {'later' if editions > 0 else 'earlier'}"

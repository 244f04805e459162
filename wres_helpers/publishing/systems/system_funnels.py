"""The organisations of a system in their funnels: one page for each audience, from what that audience may see."""

from dataclasses import replace
from typing import TYPE_CHECKING

from wres_helpers.settings.parameters import Parameters

if TYPE_CHECKING:
    import pandas as pd

    from wres_helpers.report.blocks import Block
    from wres_helpers.report.funnel_plots import Units

TITLE = "The organisations side by side"


def funnels_page(results: "pd.DataFrame", first: Parameters, audience: str) -> str:
    """Return the page as HTML: one funnel for each indicator whose organisations can be put beside one another.

    Parameters
    ----------
    results
        Results of all organisations; what is protected is missing.
    first
        The parameters of any of the reports: its year, its words, its standard.
    """
    from wres_helpers.publishing.pages.html_report import document_html
    from wres_helpers.publishing.pages.report_parts import Document, Section
    from wres_helpers.publishing.runs.whole_report import page_context

    organisations = results["organisation"].nunique()
    context = replace(page_context(first), organisation=f"{organisations} organisations", sign_off=(), corrections=())
    blocks = tuple(block.to_json() for block in _blocks(results, first))
    return document_html(Document(TITLE, context, audience, (Section("section", TITLE, blocks),), is_report=False))


def _blocks(results: "pd.DataFrame", first: Parameters) -> "list[Block]":
    from wres_helpers.analysis.funnel import DIRECTIONS
    from wres_helpers.report.blocks import Prose
    from wres_helpers.report.funnel_plots import FEWEST_DRAWN, funnel_plot
    from wres_helpers.standard.catalogue import headline_measures, in_force, read_reference_tables

    catalogue = in_force(read_reference_tables(first.reference_folder).catalogue, first.edition)
    headlines = catalogue[catalogue["measure"].isin(headline_measures(catalogue).values()) & catalogue["direction"].isin(DIRECTIONS)]
    found = [figure for _, definition in headlines.iterrows() for figure in funnel_plot(_units(results, definition, first))]
    told = (
        "Each picture puts the organisations beside what all of them show together. It is no ranking, and a report of an organisation says "
        "more than its place here."
    )
    few = f"For no indicator can {FEWEST_DRAWN} organisations be shown beside one another."
    return [Prose((told,)), *found] if found else [Prose((few,))]


def _units(results: "pd.DataFrame", definition: "pd.Series", first: Parameters) -> "Units":
    """Return the organisations of one indicator in the year of the reports, as a funnel is drawn from them."""
    from wres_helpers.report.funnel_plots import Units
    from wres_helpers.report.vocabulary import period_label

    terms = first.terms
    white = terms.white if terms.white_capital or terms.white != "White" else "white"
    here = results[results["year"].eq(first.year) & results["measure"].eq(definition["measure"]) & results["breakdown"].eq("overall")]
    what = {
        "white/bme": f"Relative likelihood, {white} \u00f7 {terms.bme}",
        "bme/white": f"Relative likelihood, {terms.bme} \u00f7 {white}",
        "bme-white": f"Gap, {terms.bme} minus {white}, percentage points",
    }
    side, limit = str(definition["adverse"]).rsplit("_", 1)
    return Units(
        id=f"indicator-{definition['indicator']}-funnel",
        one="organisation",
        many="organisations",
        subtitle=f"{definition['plain_title']}, by organisation, {period_label(first.year, definition)}",
        value_title=what[str(definition["direction"])],
        worse=f"{side.capitalize()} {limit} is worse for {terms.bme} staff.",
        white=terms.white,
        bme=terms.bme,
        confidence=first.status_rule.confidence,
        results=here,
    )

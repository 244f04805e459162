"""Which table stands on which sheet of the workbook. Apart from what writes it: the index of evidence names sheets, and a changed text loads no more."""

from typing import NamedTuple


class Sheet(NamedTuple):
    """One table of the workbook: the sheet's name, its title, what a row is, and the evidence table it shows, whole; in the words of any standard.

    ``found_by`` are the columns by which a claim's rows are found: of an indicator, a thing counted, a year.
    """

    name: str
    title: str
    row: str
    table: str
    found_by: tuple[str, ...] = ("indicator", "year")


SHEETS = (
    Sheet("Statuses", "Status of each {metric}", "One row per year and {metric}", "statuses"),
    Sheet("Results", "Comparisons between {white} and {bme} staff", "One row per comparison", "results"),
    Sheet("Shares", "Shares of each group", "One row per category and group", "shares", ("item", "year")),
    Sheet("Undisclosed", "What undisclosed {characteristic} could change", "One row per comparison", "bounds"),
    Sheet(
        "Beside headlines",
        "Figures that stand beside a headline",
        "One row per {metric} and figure; likelihoods are turned so that above 1 is worse for {bme} staff",
        "asides",
    ),
    Sheet("Changes", "Changes since the year before", "One row per comparison", "changes"),
    Sheet("Since first year", "Changes since the first year that can be compared", "One row per {metric}", "since_first"),
    Sheet("Years", "The years of each {metric} and the breaks between them", "One row per year and {metric}", "history"),
    Sheet(
        "Pay steps",
        "Disparity ratios between pay tiers",
        "One row per part of the staff and step from pay tier to pay tier",
        "pipeline",
        ("year",),
    ),
    Sheet("Targets", "Targets", "One row per target, the organisation's own or NHS England's for its bands", "targets", ("indicator",)),
    Sheet("Population", "The population served", "One row per area", "population", ()),
    Sheet("Benchmarks", "National figures for comparison", "One row per published national figure", "benchmarks", ("indicator",)),
    Sheet(
        "Completeness",
        "How many have disclosed their {characteristic}",
        "One row per year and item counted",
        "completeness",
        ("item", "year"),
    ),
    Sheet(
        "Provenance", "Where each statement of the standard was seen", "One row per definition, label, grade or category", "provenance", ()
    ),
)

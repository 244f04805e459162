"""Which table stands on which sheet of the workbook, and what its signs and columns mean.

Apart from what writes it: the index of evidence names sheets, and a changed text loads no more.
"""

from typing import NamedTuple


class Sheet(NamedTuple):
    """One table of the workbook: the sheet's name, its title, what a row is, and the evidence table it shows, whole; in the words of any standard.

    ``found_by`` are the columns by which a claim's rows are found: of an indicator, a thing counted, a year, a comparison.
    """

    name: str
    title: str
    row: str
    table: str
    found_by: tuple[str, ...] = ("indicator", "year")


_COMPARISON = ("indicator", "year", "measure", "breakdown", "category")
SHEETS = (
    Sheet("Statuses", "Status of each {metric}", "One row per year and {metric}", "statuses"),
    Sheet("Results", "Comparisons between {white} and {bme} staff", "One row per comparison", "results", _COMPARISON),
    Sheet("Told together", "Parts that are told together only", "One row per parts of a breakdown", "together", _COMPARISON),
    Sheet("Shares", "Shares of each group", "One row per category and group", "shares", ("item", "year")),
    Sheet("Undisclosed", "What undisclosed {characteristic} could change", "One row per comparison", "bounds", _COMPARISON),
    Sheet(
        "Beside headlines",
        "Figures that stand beside a headline",
        "One row per {metric} and figure; likelihoods are turned so that above 1 is worse for {bme} staff",
        "asides",
    ),
    Sheet("Changes", "Changes since the year before", "One row per comparison", "changes", _COMPARISON),
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
        "Provenance",
        "Where each statement of the standard was seen",
        "One row per definition, label, grade or category",
        "provenance",
        ("indicator",),
    ),
)

#: What stands where nothing is asked, and for an absent number of a table that is made from protected ones.
NOT_APPLICABLE, NOT_AVAILABLE = "[z]", "[x]"

#: Symbols and columns that a heading does not explain.
NOTES = (
    ("[c]", "Confidential: hidden so that no person can be recognised."),
    ("fewer than", "A count hidden for the same reason; the words give the range it lies in."),
    (NOT_APPLICABLE, "Not applicable, or not calculable; the column 'reason', where there is one, says why."),
    (NOT_AVAILABLE, "Not available: not supplied, or not calculable. What is made from a hidden number is confidential, too."),
    ("inf", "Infinitely large: a rate divided by a rate of zero."),
    ("Rates", "Rates and shares are fractions between 0 and 1; a difference between two shares is a fraction too."),
    ("in words, as printed", "Columns so headed say the column before them in words, or rounded as the pages print it."),
    (
        "Fewest expected",
        "The fewest people expected in a cell if the two groups fared alike; below the rule's minimum nothing unclear is judged.",
    ),
    (
        "P one moved, P fisher moved",
        "The p-value of the column before it with one person of either group moved towards equality; the larger of two, and 1 where that turns the direction.",
    ),
    (
        "P largest",
        "The largest of the p-values that the rule asks for (P value, P one moved, twice P fisher): the smaller it is, the surer the difference.",
    ),
    (
        "P ranked, P holm, P holm fisher, Stands",
        "The exact mid-p that ranks the year's comparisons; Holm's p-value of it, and that of twice P fisher; whether a clear difference stands by the first.",
    ),
    ("Differs", "Whether the status that the organisation published says something else."),
    (
        "Size, Undisclosed could",
        "How sure it is that a difference is large; what the undisclosed could make of the status. Of the report's own year.",
    ),
    ("Series", "The years of an indicator between two breaks, from 0: only those of one series are comparable."),
    ("Of", "What a share is a share of: everybody in the category, or everybody in the group."),
    ("Low, High", "Between which values a likelihood lies, whatever is hidden. Pages round them outwards."),
    ("Path", "Where a straight line from start to goal stands this year."),
    ("Turnover", "The part of posts that fall vacant in a year, as supplied with the target."),
    (
        "Chance at parity, Share needed",
        "The chance of reaching the goal if vacancies are filled at the workforce's share; the share that makes it 80%.",
    ),
    ("Actions, claims", "The actions of the plan stand in a file of data, each claim of the pages with its place in evidence.csv."),
    (
        "Group, Of whom",
        "Of whom, or of which groups one over the other, as printed; and where (CCG: clinical commissioning group; ALB: arm's length body).",
    ),
    ("Of this edition", "Whether a statement is of the edition that this report is made by; grades and categories are of all."),
    ("Year of a benchmark", "The edition it was published for: 2020 is the year 2019/20."),
    ("Confidence mark S", "The published figure was seen in the source that stands in its row. No figure without one is in this workbook."),
    ("{unknown}", "People whose {characteristic} is not disclosed are in neither group of a comparison."),
)

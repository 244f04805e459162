"""The columns of the tables that pass between rooms, once.

Every table's grain is given beside it: what one row is.
"""

import json
import re
from math import inf
from typing import Final

WHITE: Final = "white"
BME: Final = "bme"
UNKNOWN: Final = "unknown"
ALL: Final = "all"
ETHNIC_GROUPS: Final = (WHITE, BME, UNKNOWN)

OVERALL: Final = ("overall", "all")

#: The measure that every standard has: who holds each grade, and overall who works here.
SHARE_OF_GRADE: Final = "share_of_grade"

#: Parts of the board in the order in which they speak for it: the standard asks about voting members first.
PARTS_OF_THE_BOARD: Final = ("voting", "total", "executive")

#: Breakdown whose categories are parts of the ethnic groups: compared in a drill-down of its own, never group with group.
ETHNIC_CATEGORY: Final = "ethnic_category"

#: One row per organisation, year, item, breakdown, category and ethnic group.
COUNT_COLUMNS: Final = ("organisation", "year", "item", "breakdown", "category", "ethnic_group", "count")

#: What names one comparison.
COMPARISON_KEYS: Final = ("organisation", "year", "indicator", "measure", "breakdown", "category")

#: One row per comparison; the order is a contract with users of results.csv.
RESULT_COLUMNS: Final = (
    *COMPARISON_KEYS,
    "white_count", "white_base", "white_rate",
    "bme_count", "bme_base", "bme_rate",
    "unknown_count", "unknown_base",
    "comparison", "direction", "value", "lower", "upper", "confidence", "method", "p_value", "status", "reason",
    # each group alone: its Wilson interval; the share of the undisclosed; BME people expected at the rate of those they are
    # compared with; what one of them weighs; and whether the difference is clear
    "white_lower", "white_upper", "bme_lower", "bme_upper", "unknown_rate", "bme_expected", "one_person", "clear",
)  # fmt: skip

#: One row per organisation, year, item, breakdown, category, ethnic group and kind of base (``of``).
SHARE_COLUMNS: Final = (
    "organisation", "year", "item", "breakdown", "category", "ethnic_group", "of",
    "count", "base", "rate", "lower", "upper", "confidence", "method", "status", "reason",
)  # fmt: skip

#: One row per comparison: what the value could be, whatever the undisclosed are.
BOUND_COLUMNS: Final = (
    *COMPARISON_KEYS, "value", "lower_bound", "upper_bound", "if_all_white", "if_all_bme",
    "unknown_count", "unknown_base", "assumption", "status", "reason",
)  # fmt: skip

#: One row per comparison that exists in a year and in the year before.
CHANGE_COLUMNS: Final = (
    *COMPARISON_KEYS, "previous_year", "value", "previous_value", "change", "change_lower", "change_upper",
    "white_rate_change", "bme_rate_change", "method", "comparable", "verdict", "reason",
)  # fmt: skip

#: One row per organisation, year and item that was counted.
COMPLETENESS_COLUMNS: Final = (
    "organisation", "year", "item", "known", "unknown", "total", "unknown_share", "lower", "upper", "status", "reason",
)  # fmt: skip

#: One row per published national figure that stands beside an indicator.
BENCHMARK_COLUMNS: Final = (
    "indicator", "measure", "year", "group", "value", "unit", "confidence_mark", "source_kind", "source_url", "comparable", "reason", "restated",
)  # fmt: skip

#: What a status was asked by: the test of equal rates, the same with one person moved towards equality (the larger p-value of both
#: groups), Fisher's test of one side, and the same with one person moved; the largest of those that are asked, by which the surest comes first; the
#: exact mid-p by which all indicators of a year are ranked, their Holm's adjusted p-value, and the same of Fisher's test doubled.
P_VALUES: Final = ("p_value", "p_one_moved", "p_fisher", "p_fisher_moved", "p_largest", "p_ranked", "p_holm", "p_holm_fisher")

#: The same, and the smallest number of people that would be expected in a cell if the two groups fared alike.
ASKED_BY: Final = ("fewest_expected", *P_VALUES)

#: One row per organisation, year and indicator.
STATUS_COLUMNS: Final = (
    "organisation", "year", "indicator", "status", "label", "reason", *ASKED_BY, "stands", "published_status", "differs",
)  # fmt: skip

#: The stages of recruitment that the standard compares, the first first.
STAGES: Final = ("applied", "shortlisted", "appointed")

#: Columns every counts table must have; further columns are breakdowns.
COUNTS_TABLES: Final[dict[str, tuple[str, ...]]] = {
    "headcount": ("ethnic_group", "headcount"),
    "workforce": ("staff_group", "grade", "ethnic_group", "headcount"),
    "recruitment": ("stage", "ethnic_group", "people"),
    "disciplinary": ("ethnic_group", "entered"),
    "training": ("ethnic_group", "accessed"),
    "staff_survey": ("question", "response", "ethnic_group", "respondents"),
    "board": ("membership", "ethnic_group", "members"),
}


def hidden_texts(protection: object) -> dict[str, str]:
    """Return what stands in place of a row's hidden numbers, by field, of its ``protection`` (JSON); nothing where none is hidden."""
    return json.loads(protection) if isinstance(protection, str) and protection else {}


def range_told(text: str) -> tuple[float, float]:
    """Return between which counts a number lies by the text in place of it; a marker tells nothing."""
    if below := re.fullmatch(r"fewer than (\d+)", text):
        return 0, int(below[1]) - 1
    ends = re.fullmatch(r"(\d+) to (\d+)", text)
    return (int(ends[1]), int(ends[2])) if ends else (0, inf)

"""Which indicators a report has, which of them have a status, and in which order of weight; how one is named."""

import pandas as pd

from wres_helpers.analysis.evidence import Evidence
from wres_helpers.report.form.topics import Topic, Topical, anchor_of, found_by
from wres_helpers.report.words import evidence_rows
from wres_helpers.report.words.doubts import SURELY_LARGE, size_told
from wres_helpers.standard import statuses


@evidence_rows.found_once
def indicators(shown: Evidence) -> list[str]:
    """Return the indicators of the edition, in order."""
    catalogue = shown.context.catalogue
    names = catalogue.loc[catalogue["role"] == "headline", "indicator"].astype(str)
    return list(dict.fromkeys(names))


def compared(shown: Evidence) -> list[str]:
    """Return the indicators of which two groups, or a part and the whole, are compared: all but shares on their own."""
    catalogue = shown.context.catalogue
    alone = catalogue.loc[catalogue["role"].eq("headline") & catalogue["comparison"].eq("none"), "indicator"].astype(str)
    return [name for name in indicators(shown) if name not in set(alone)]


def with_status(shown: Evidence, code: str) -> list[str]:
    """Return the indicators that have a status."""
    return [name for name in indicators(shown) if evidence_rows.status_of(shown, name)[0] == code]


def named_indicator(shown: Evidence, indicator: str, *years: str) -> str:
    """Return '2. Being appointed after shortlisting', the name of a row about an indicator: of some years, or of the report's."""
    title = evidence_rows.definition_of(shown, indicator)["plain_title"]
    return Topical(
        f"{indicator}. {title}",
        Topic(
            (indicator,),
            years=years or (shown.context.year,),
            leads_to=(anchor_of(indicator),),
            rows=found_by([evidence_rows.headline_row(shown, indicator)]),
        ),
    )


@evidence_rows.found_once
def by_urgency(shown: Evidence) -> list[str]:
    """Return the judged indicators, the gravest status first, of one status those large beyond chance, and then the surest (:func:`_surety`)."""
    keyed: list[tuple[int, bool, float, int, str]] = []
    order = list(statuses.FINDINGS)
    for indicator in indicators(shown):
        row, (code, _) = evidence_rows.headline_row(shown, indicator), evidence_rows.status_of(shown, indicator)
        if row is None or code not in order:
            continue
        keyed.append((order.index(code), size_told(shown, row) != SURELY_LARGE, _surety(shown, row), len(keyed), indicator))
    return [indicator for *_, indicator in sorted(keyed)]


#: How sure one difference is beside another, in words and as :func:`_surety` has it.
SUREST = "those large beyond chance first, then the surest, by the largest p-value asked"


def _surety(shown: Evidence, row: pd.Series) -> float:
    """Return the largest p-value of the tests that a status is asked by, of two sides each; 1 where it is hidden.

    By one test alone five people could stand before eleven, although another test, and one person moved, find the eleven surer.
    """
    asked = evidence_rows.status_row(shown, str(row["indicator"]))
    found = next((each[name] for each, name in ((asked, "p_largest"), (row, "p_value")) if evidence_rows.has(each, name)), 1.0)
    return float(found)

"""What a figure named in a written text says on a page: from the evidence that may be shown, and only from it."""

import math
from collections.abc import Mapping

import pandas as pd

from wres_helpers.analysis.evidence import Evidence
from wres_helpers.intake.named_figures import NamedFigure, known_figures, with_named
from wres_helpers.report import evidence_rows, headlines, numbers
from wres_helpers.report.overview import short_label
from wres_helpers.report.vocabulary import people_of
from wres_helpers.standard import statuses

NOT_SHOWN = "a figure that is not shown"
NOT_SUPPLIED = "a figure that was not supplied"
NOT_CALCULABLE = "a figure that cannot be calculated"


def with_figures(texts: Mapping[str, str], shown: Evidence) -> dict[str, str]:
    """Return texts with every figure they name in braces written out.

    Parameters
    ----------
    texts
        What people wrote, by name (Markdown).
    shown
        Protected evidence. A count that is hidden reads as the board's pages have it ("fewer than 5"); of a rate, a value or
        an interval that is hidden nothing is said, since a range of it would be read as what chance allows.
    """
    context = shown.context
    known = known_figures(context.catalogue, context.terms, context.previous_year)
    return {name: with_named(text, lambda named: told(shown, known[named]) if named in known else None) for name, text in texts.items()}


def told(shown: Evidence, figure: NamedFigure) -> str:
    """Return one figure in words that fit into a sentence; also where it is hidden, absent or without limit."""
    year = shown.context.previous_year if figure.last_year else shown.context.year
    if year is None:
        return NOT_SUPPLIED
    if not figure.indicator:
        group, _, field = figure.field.partition("_")
        return _number(evidence_rows.share(shown, "headcount", group, year=year), field)
    if figure.field == "status":
        status = evidence_rows.status_row(shown, figure.indicator, year)
        return short_label(statuses.LABELS[statuses.NOT_SUPPLIED] if status is None else str(status["label"])).lower()
    row = evidence_rows.headline_row(shown, figure.indicator, year)
    if row is not None and row["status"] != statuses.NOT_SUPPLIED and figure.field == "counts":
        return _counts(shown, row)
    return _interval(row) if figure.field == "interval" else _number(row, figure.field)


def _number(row: pd.Series | None, field: str) -> str:
    if field.endswith(("count", "base")) and (evidence_rows.has(row, field) or evidence_rows.is_hidden(row, field)):
        words = evidence_rows.words(row, field, numbers.count)
        return NOT_SHOWN if words == evidence_rows.HIDDEN_IN_WORDS else words
    if row is None or not evidence_rows.has(row, field):
        return _absent(row, field)
    if field.endswith("rate"):
        return numbers.percentage(row[field])
    if row["comparison"] == "difference":
        return numbers.signed_points(row[field])
    return "no multiple, since one group counts nobody," if math.isinf(row[field]) else numbers.ratio(row[field])


def _interval(row: pd.Series | None) -> str:
    if row is None or not evidence_rows.has(row, "lower", "upper"):
        return _absent(row, "lower", "upper")
    between = numbers.points_interval if row["comparison"] == "difference" else numbers.ratio_interval
    return between(row["lower"], row["upper"])


def _counts(shown: Evidence, row: pd.Series) -> str:
    groups = evidence_rows.RATIO_GROUPS.get(row["direction"], ("bme", "white"))
    if row["direction"].endswith("workforce"):  # of everybody there, not of each group
        return headlines.counted_among(row, "bme", people_of(shown, row))
    return " against ".join(headlines.counted_people(shown, row, group) for group in groups)


def _absent(row: pd.Series | None, *fields: str) -> str:
    if row is None or row["status"] == statuses.NOT_SUPPLIED:
        return NOT_SUPPLIED
    hidden = row["status"] == statuses.PROTECTED or any(evidence_rows.is_hidden(row, field) for field in fields)
    return NOT_SHOWN if hidden else NOT_CALCULABLE

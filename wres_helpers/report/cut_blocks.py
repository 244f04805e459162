"""An indicator cut by what the counts carry: post band, directorate, working pattern, where applicants came from."""

import pandas as pd

from wres_helpers.analysis.evidence import Evidence
from wres_helpers.report import charts, evidence_rows, numbers, table_blocks
from wres_helpers.report.blocks import Column, Notice, Table
from wres_helpers.report.vocabulary import group_label, period_label
from wres_helpers.standard import statuses

#: Breakdowns that a page shows in its own way.
_SHOWN_ELSEWHERE = ("overall", "membership", "cluster", "tier")
PART_NOTE = "A part holds fewer people than the whole, so chance weighs more; the status of the indicator rests on the whole."


def cut_tables(shown: Evidence, indicator: str) -> tuple[Table | Notice, ...]:
    """Return one table for each breakdown that cuts a relative likelihood: one row per category; none where none does.

    Categories whose figures nobody supplied are left out; hidden ones stay, with what may be said of them.
    """
    frame = evidence_rows.of_indicator(shown, "results", indicator, measure=evidence_rows.headline_measure(shown, indicator))
    frame = frame[~frame["breakdown"].isin(_SHOWN_ELSEWHERE) & frame["status"].ne(statuses.NOT_SUPPLIED)]
    return tuple(_table(shown, indicator, str(name), part) for name, part in frame.groupby("breakdown", sort=False))


def _table(shown: Evidence, indicator: str, breakdown: str, part: pd.DataFrame) -> Table | Notice:
    label = breakdown.replace("_", " ")
    direction = table_blocks.value_title(shown, part.iloc[0]).removeprefix("Relative likelihood, ")
    columns = (
        Column("category", f"{label[0].upper()}{label[1:]}"),
        *(Column(group, group_label(shown, group, starting=True), "number") for group in ("white", "bme")),
        Column("value", f"{direction[0].upper()}{direction[1:]}", "number"),
        Column("interval", f"{numbers.confidence(shown.context.confidence)} interval", "number"),
    )
    body = [_row(shown, row) for _, row in part.iterrows()]
    definition = evidence_rows.definition_of(shown, indicator)
    caption = f"{definition['plain_title']}, by {label}, {period_label(shown.context.year, definition)}"
    name = "".join(character if character.isalnum() else "-" for character in breakdown).strip("-")
    return table_blocks.table_or_notice(shown, Table(f"indicator-{indicator}-by-{name}", caption, columns, tuple(body), notes=(PART_NOTE,)))


def _row(shown: Evidence, row: pd.Series) -> tuple[str, ...]:
    rates = [charts.group_mark(shown, row, group).text for group in ("white", "bme")]
    # nobody of either group among those counted: a ratio of nothing to nothing
    empty = not evidence_rows.has(row, "value") and not evidence_rows.is_hidden(row, "value")
    value = "not calculable" if empty else evidence_rows.cell(row, "value", numbers.ratio)
    if empty:
        # the interval of nothing to nothing reaches from nought without limit and tells nothing
        interval = value
    elif evidence_rows.has(row, "lower", "upper"):
        interval = numbers.ratio_interval(row["lower"], row["upper"])
    else:
        hidden = next((field for field in ("lower", "upper", "value") if evidence_rows.is_hidden(row, field)), "lower")
        interval = evidence_rows.cell(row, hidden, numbers.ratio)
    return (category_label(row["category"]), *rates, value, interval)


def category_label(category: str) -> str:
    """Return a category as a page prints it: the standard's own names without underscores."""
    return {"non_clinical": "Non-clinical", "clinical": "Clinical", "medical_and_dental": "Medical and dental"}.get(category, category)

"""Any standard's metrics as pages: made from its catalogue and its words for the groups, and from nothing that is said of one standard."""

import pandas as pd

from wres_helpers.analysis.evidence import Evidence
from wres_helpers.report import evidence_rows as rows
from wres_helpers.report import numbers, phrases
from wres_helpers.report.blocks import Block, Column, Headline, StatusCell, Table
from wres_helpers.report.table_blocks import status_cell
from wres_helpers.report.vocabulary import group_label, in_terms, share_heading, year_label
from wres_helpers.standard.statuses import LABELS

_SEEN = {
    "guidance": "in the guidance",
    "secondary": "in a secondary source",
    "secondary_in_part": "in part; the rest from memory",
    "not_seen": "not seen",
}


def metrics(shown: Evidence) -> tuple[Block, ...]:
    """Return every metric of the standard: what it found in one sentence each, all of them in one table, and their definitions."""
    found = [(definition, _spoken_for(shown, definition)) for _, definition in shown.context.catalogue.iterrows()]
    known = [(definition, row) for definition, row in found if row is not None]
    headlines = [_headline(shown, definition, row) for definition, row in known if definition["role"] == "headline"]
    return (*headlines, _table(shown, known), *_grades(shown), _definitions(shown))


def _spoken_for(shown: Evidence, definition: pd.Series) -> pd.Series | None:
    """Return the row that speaks for a measure: over everybody, or the whole board."""
    frame = rows.of_indicator(shown, "results", definition["indicator"], measure=definition["measure"])
    whole = rows.first(frame, breakdown="overall")
    return whole if whole is not None else rows.first(frame, category="total")


def _name(shown: Evidence, definition: pd.Series) -> str:
    metric = shown.context.reference.standard.metric
    return f"{metric[0].upper()}{metric[1:]} {definition['indicator']}"


def _headline(shown: Evidence, definition: pd.Series, row: pd.Series) -> Headline:
    value, interval = _value(row)
    told = f"{definition['plain_title']}: {_rates(shown, row)}"
    told += f"; {_what(shown, row)} {value} ({interval})" if rows.has(row, "value") else ""
    return Headline(
        phrases.sentence(told),
        phrases.sentence(in_terms(shown, str(row["reason"]))),
        row["status"],
        f"{_name(shown, definition)}: {LABELS[row['status']]}",
    )


def _rates(shown: Evidence, row: pd.Series) -> str:
    groups = ("bme",) if row["comparison"] == "none" or row["direction"].endswith("workforce") else ("white", "bme")
    return phrases.listed([f"{group_label(shown, group, starting=True)} {_rate(row, group)}" for group in groups])


def _rate(row: pd.Series, group: str) -> str:
    counted = f"{rows.words(row, f'{group}_count', numbers.count)} of {rows.words(row, f'{group}_base', numbers.count)}"
    return f"{counted} ({numbers.percentage(row[f'{group}_rate'])})" if rows.has(row, f"{group}_rate") else counted


def _what(shown: Evidence, row: pd.Series) -> str:
    white, bme = group_label(shown, "white", starting=True), group_label(shown, "bme", starting=True)
    return {
        "white/bme": f"relative likelihood, {white} over {bme},",
        "bme/white": f"relative likelihood, {bme} over {white},",
        "bme-white": f"{bme} minus {white}",
    }.get(row["direction"], f"{bme} share minus that of all staff")


def _value(row: pd.Series) -> tuple[str, str]:
    """Return a value and its interval as texts, or what stands for them."""
    if not rows.has(row, "value"):
        absent = "does not apply" if row["comparison"] == "none" else rows.cell(row, "value", numbers.ratio)
        return absent, absent
    ratio = row["comparison"] == "ratio"
    value = numbers.ratio(row["value"]) if ratio else numbers.signed_points(row["value"])
    if not rows.has(row, "lower", "upper"):
        return value, "not shown"
    span = numbers.ratio_interval if ratio else numbers.points_interval
    return value, f"{numbers.confidence(row['confidence'])} interval {span(row['lower'], row['upper'])}"


def _table(shown: Evidence, known: list[tuple[pd.Series, pd.Series]]) -> Table:
    white, bme = (group_label(shown, group, starting=True) for group in ("white", "bme"))
    metric = shown.context.reference.standard.metric
    columns = (
        Column("metric", f"{metric[0].upper()}{metric[1:]}"),
        Column("white", white, "number"),
        Column("bme", bme, "number"),
        Column("value", "Comparison", "number"),
        Column("interval", "Interval", "number"),
        Column("status", "Status", "status"),
    )
    caption = f"All metrics, {shown.context.organisation_name}, {year_label(shown.context.year)}"
    return Table("metrics", caption, columns, tuple(_row(shown, definition, row) for definition, row in known))


def _row(shown: Evidence, definition: pd.Series, row: pd.Series) -> tuple[str | StatusCell, ...]:
    alone = row["direction"].endswith("workforce") or row["comparison"] == "none"
    rates = ["does not apply" if alone and group == "white" else _rate(row, group) for group in ("white", "bme")]
    return (f"{definition['indicator']}. {definition['plain_title']}", *rates, *_value(row), status_cell(row["status"]))


def _grades(shown: Evidence) -> tuple[Table, ...]:
    """Return the groups of grades, where the standard compares them; nothing where none was supplied."""
    frame = rows.table(shown, "results")
    frame = frame[frame["measure"].eq("share_of_grade") & frame["breakdown"].eq("cluster") & frame["year"].eq(shown.context.year)]
    if frame.empty:
        return ()
    head, _ = share_heading(shown, "share_of_grade")
    groups = ("white", "bme", "unknown")
    columns = (
        Column("grade", "Grades"),
        *(Column(group, f"{group_label(shown, group, starting=True)}: {head.lower()}", "number") for group in groups),
    )
    body = [(row["category"], *(rows.cell(row, f"{group}_count", numbers.count) for group in groups)) for _, row in frame.iterrows()]
    return (Table("metric-grades", f"Staff by group of grades, {year_label(shown.context.year)}", columns, tuple(body)),)


def _definitions(shown: Evidence) -> Table:
    columns = (Column("metric", "Metric"), Column("definition", "Definition"), Column("source", "Source"), Column("seen", "Seen"))
    body = [
        (f"{row['indicator']}. {row['plain_title']}", row["definition"], row["source"], _SEEN[row["seen"]])
        for _, row in shown.context.catalogue.iterrows()
    ]
    return Table("metric-definitions", "How each metric is defined here", columns, tuple(body))

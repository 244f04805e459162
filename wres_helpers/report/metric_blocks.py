"""Any standard's metrics as pages: made from its catalogue and its words for the groups, and from nothing that is said of one standard."""

import pandas as pd

from wres_helpers.analysis.evidence import Evidence
from wres_helpers.report import evidence_rows as rows
from wres_helpers.report import numbers, phrases
from wres_helpers.report.blocks import Block, Headline, StatusCell, Table, columns_of
from wres_helpers.report.headlines import with_rate
from wres_helpers.report.table_blocks import status_cell, value_cells, value_text, value_title
from wres_helpers.report.vocabulary import group_label, in_terms, share_heading, year_label
from wres_helpers.standard.provenance import SEEN
from wres_helpers.standard.statuses import LABELS


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
    told = f"{definition['plain_title']}: {_rates(shown, row)}"
    told += f"; {_what(shown, row)}: {value_text(row)}" if rows.has(row, "value") else ""
    return Headline(
        phrases.sentence(told),
        phrases.sentence(in_terms(shown, str(row["reason"]))),
        row["status"],
        f"{_name(shown, definition)}: {LABELS[row['status']]}",
    )


def _what(shown: Evidence, row: pd.Series) -> str:
    if row["direction"].endswith("workforce"):
        return f"{group_label(shown, 'bme', starting=True)} share minus that of all staff"
    return value_title(shown, row)


def _rates(shown: Evidence, row: pd.Series) -> str:
    groups = ("bme",) if row["comparison"] == "none" or row["direction"].endswith("workforce") else ("white", "bme")
    return phrases.listed([f"{group_label(shown, group, starting=True)} {with_rate(row, group)}" for group in groups])


def _table(shown: Evidence, known: list[tuple[pd.Series, pd.Series]]) -> Table:
    white, bme = (group_label(shown, group, starting=True) for group in ("white", "bme"))
    metric = shown.context.reference.standard.metric
    columns = columns_of(
        (f"{metric[0].upper()}{metric[1:]}",),
        (white, bme, "Comparison", f"{numbers.confidence(shown.context.confidence)} interval"),
        ("Status",),
    )
    caption = f"All metrics, {shown.context.organisation_name}, {year_label(shown.context.year)}"
    return Table("metrics", caption, columns, tuple(_row(shown, definition, row) for definition, row in known))


def _row(shown: Evidence, definition: pd.Series, row: pd.Series) -> tuple[str | StatusCell, ...]:
    alone = row["direction"].endswith("workforce") or row["comparison"] == "none"
    rates = ["does not apply" if alone and group == "white" else with_rate(row, group) for group in ("white", "bme")]
    return (
        f"{definition['indicator']}. {definition['plain_title']}",
        *rates,
        *(("does not apply",) * 2 if row["comparison"] == "none" else value_cells(row)),
        status_cell(row["status"]),
    )


def _grades(shown: Evidence) -> tuple[Table, ...]:
    """Return the groups of grades, where the standard compares them; nothing where none was supplied."""
    frame = shown.results
    frame = frame[frame["measure"].eq("share_of_grade") & frame["breakdown"].eq("cluster") & frame["year"].eq(shown.context.year)]
    if frame.empty:
        return ()
    head, _ = share_heading(shown, "share_of_grade")
    groups = ("white", "bme", "unknown")
    columns = columns_of(("Grades",), [f"{group_label(shown, group, starting=True)}: {head.lower()}" for group in groups])
    body = [(row["category"], *(rows.cell(row, f"{group}_count", numbers.count) for group in groups)) for _, row in frame.iterrows()]
    return (Table("metric-grades", f"Staff by group of grades, {year_label(shown.context.year)}", columns, tuple(body)),)


def _definitions(shown: Evidence) -> Table:
    columns = columns_of(("Metric", "Definition", "Source", "Seen"))
    body = [
        (f"{row['indicator']}. {row['plain_title']}", row["definition"], row["source"], SEEN[row["seen"]])
        for _, row in shown.context.catalogue.iterrows()
    ]
    return Table("metric-definitions", "How each metric is defined here", columns, tuple(body))

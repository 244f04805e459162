"""Tables of an indicator's page; a hidden or absent number is always said in words."""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd

from wres_helpers.analysis.evidence import Evidence
from wres_helpers.report import evidence_rows, numbers, phrases
from wres_helpers.report.blocks import Notice, Prose, StatusCell, Table, columns_of
from wres_helpers.report.vocabulary import (
    ITEMS,
    MEMBERSHIPS,
    characteristic,
    group_label,
    part_of,
    period_label,
    share_heading,
    snapshot_day,
    wording,
    year_label,
)
from wres_helpers.standard import statuses

GROUPS = ("white", "bme", "unknown")
FIRST_QUESTION = "Survey respondents are those who answered the first question supplied; the other questions have bases of their own."
MARKER_NOTE = "[c] stands for a figure that is hidden so that nobody can be recognised."


def status_cell(code: str, label: str | None = None) -> StatusCell:
    """Return a cell that shows a status by its words."""
    return StatusCell(label or statuses.LABELS.get(code, code), code)


def with_marker_note(table_rows: list[tuple], notes: list[str], marker: str) -> tuple[str, ...]:
    """Return the notes of a table, with the marker explained where the table uses it."""
    texts = [cell if isinstance(cell, str) else cell.text for row in table_rows for cell in row]
    if any(marker in text for text in texts):
        notes = [*notes, MARKER_NOTE.replace("[c]", marker)]
    return tuple(note for note in notes if note)


def told_once(shown: Evidence, table: Table, names: int = 1) -> Table:
    """Return a table without the rows of which nothing is shown; a note names them once.

    ``names`` is how many cells of a row say what it is, or stand elsewhere too.
    """
    hidden = [all(cell in (marker(shown), "not shown") for cell in row[names:]) for row in table.rows]
    rows = tuple(row for row, gone in zip(table.rows, hidden, strict=True) if not gone)
    left_out = [row for row, gone in zip(table.rows, hidden, strict=True) if gone]
    in_part = {row[0] for row in rows}
    labels = dict.fromkeys(f"{row[0]} ({row[1]})" if row[0] in in_part and names > 1 else str(row[0]) for row in left_out)
    note = f"Too few to show, so that nobody can be recognised: {'; '.join(labels)}." if labels else ""
    return replace(table, rows=rows, notes=with_marker_note(list(rows), [*table.notes, note], marker(shown)))


def table_or_notice(shown: Evidence, table: Table, names: int = 1) -> Table | Notice:
    """Return a table as :func:`told_once` has it, or one sentence where none of its rows can be shown."""
    told = told_once(shown, table, names)
    return told if told.rows else Notice(title=f"{table.caption}: not shown", text=told.notes[-1])


def marker(shown: Evidence) -> str:
    """Return the marker of hidden figures in the policy in force."""
    return str(getattr(shown.context.policy, "marker", "[c]"))


def rate_interval(row: pd.Series, group: str) -> tuple[float, float] | None:
    """Return the Wilson interval of a group's rate, or None where it is not shown."""
    ends = f"{group}_lower", f"{group}_upper"
    return (float(row[ends[0]]), float(row[ends[1]])) if evidence_rows.has(row, *ends) else None


#: Where the share of the undisclosed among all people of a place is found: the item of the shares table, by measure.
_SHARE_ITEMS = {"share_of_grade": "workforce", "board_share": "board"}


def rate_cell(shown: Evidence, row: pd.Series, group: str) -> str:
    """Return a group's percentage for a table.

    A hidden one of the undisclosed may stand among the shares, where the percentage is a share of all people of a place.
    """
    if group != "unknown":
        return evidence_rows.cell(row, f"{group}_rate", numbers.percentage)
    if evidence_rows.has(row, "unknown_rate"):
        return numbers.percentage(row["unknown_rate"])
    if evidence_rows.has(row, "unknown_count", "unknown_base"):
        return "not calculable"
    if not (evidence_rows.is_hidden(row, "unknown_count") or evidence_rows.is_hidden(row, "unknown_base")):
        return evidence_rows.absence(row)
    item = _SHARE_ITEMS.get(row["measure"])
    if item is None:
        return marker(shown)
    item = "headcount" if row["breakdown"] == "overall" else item
    found = evidence_rows.share(shown, item, "unknown", year=row["year"], breakdown=row["breakdown"], category=row["category"])
    return marker(shown) if found is None else evidence_rows.cell(found, "rate", numbers.percentage)


def counts_and_shares(shown: Evidence, groups: tuple[str, ...] = GROUPS) -> list[str]:
    """Return the headings of each group's people and share."""
    labels = [group_label(shown, group, starting=True) for group in groups]
    return [heading for label in labels for heading in (label, f"{label}, share")]


def rates_table(shown: Evidence, indicator: str) -> Table:
    """Return one row per ethnic group: people counted, out of how many, the percentage and its interval."""
    row = evidence_rows.headline_row(shown, indicator)
    measure = evidence_rows.headline_measure(shown, indicator)
    definition = evidence_rows.definition_of(shown, indicator)
    level = numbers.confidence(shown.context.confidence)
    columns = columns_of(
        ("Group",), (share_heading(shown, measure)[0], share_heading(shown, measure)[1], "Percentage", f"{level} interval (Wilson)")
    )
    body = [_group_row(shown, row, group) for group in _groups_shown(row)]
    caption = f"{definition['plain_title']}, {period_label(shown.context.year, definition)}"
    notes = [value_note(shown, row)]
    if row is not None and "unknown" not in _groups_shown(row):
        notes.append(f"{group_label(shown, 'unknown', starting=True)}: not supplied, so what it could change cannot be worked out.")
    return Table(f"indicator-{indicator}-rates", caption, columns, tuple(body), notes=with_marker_note(body, notes, marker(shown)))


def _groups_shown(row: pd.Series | None) -> tuple[str, ...]:
    """Return the groups a table has rows for: the undisclosed only where something about them is known or hidden."""
    if row is None:
        return ()
    told = any(evidence_rows.has(row, field) or evidence_rows.is_hidden(row, field) for field in ("unknown_count", "unknown_base"))
    return GROUPS if told else GROUPS[:2]


#: The undisclosed are no group that is compared, so no interval is made for them.
NO_INTERVAL = "not calculated"


def _group_row(shown: Evidence, row: pd.Series, group: str) -> tuple[str, ...]:
    label = {"white": shown.context.terms.white, "bme": shown.context.terms.bme, "unknown": shown.context.terms.unknown}[group]
    count = evidence_rows.cell(row, f"{group}_count", numbers.count)
    base = evidence_rows.cell(row, f"{group}_base", numbers.count)
    interval = rate_interval(row, group)
    if interval:
        text = numbers.percentage_interval(*interval)
    else:
        text = (
            marker(shown)
            if evidence_rows.is_hidden(row, f"{group}_count") or evidence_rows.is_hidden(row, f"{group}_base")
            else (NO_INTERVAL if evidence_rows.has(row, f"{group}_rate") else evidence_rows.absence(row))
        )
    return label, count, base, rate_cell(shown, row, group), text


def value_note(shown: Evidence, row: pd.Series | None) -> str:
    """Return the value of a comparison and its interval as a note under its table."""
    if row is None:
        return ""
    title = value_title(shown, row)
    if not evidence_rows.has(row, "value"):
        text = evidence_rows.words(row, "value", numbers.ratio)
        if text == evidence_rows.HIDDEN_IN_WORDS:
            return f"{title}: not shown."
        depends = (
            ", depending on numbers that are hidden and without any allowance for chance" if evidence_rows.is_hidden(row, "value") else ""
        )
        return f"{title}: {text}{depends}."
    method = row.get("method")
    how = f"; method of the interval: {method}" if isinstance(method, str) and method and evidence_rows.has(row, "lower", "upper") else ""
    return f"{title}: {value_text(row)}{how}."


def value_title(shown: Evidence, row: pd.Series) -> str:
    """Return what the value of a comparison is, with its direction: 'Relative likelihood, white ÷ BME'."""
    bme = group_label(shown, "bme")
    if row["direction"] in evidence_rows.RATIO_GROUPS:
        top, bottom = evidence_rows.RATIO_GROUPS[row["direction"]]
        return f"Relative likelihood, {group_label(shown, top)} \u00f7 {group_label(shown, bottom)}"
    if row["direction"] == "bme-white":
        return f"Gap, {bme} minus {group_label(shown, 'white')}"
    part = part_of(shown, row).removeprefix("the ")
    return f"{bme} share: {part} minus whole workforce"


def value_cells(row: pd.Series) -> tuple[str, str]:
    """Return a value with its unit and its interval for two cells of a table, or what stands in their place."""
    ratio = row["comparison"] == "ratio"
    value = evidence_rows.cell(row, "value", numbers.ratio if ratio else numbers.signed_points)
    if not evidence_rows.has(row, "value"):  # the range that hiding leaves is no interval
        return value, "not shown" if evidence_rows.is_hidden(row, "value") and not evidence_rows.is_marker(value) else value
    style = numbers.ratio_interval if ratio else numbers.points_interval
    return value, style(row["lower"], row["upper"]) if evidence_rows.has(row, "lower", "upper") else "not shown"


def value_text(row: pd.Series) -> str:
    """Return a value with its unit and its interval: '2.13 (95% interval 1.19 to 3.86)'."""
    value, interval = value_cells(row)
    return f"{value} ({numbers.confidence(row['confidence'])} interval {interval})" if evidence_rows.has(row, "lower", "upper") else value


#: Measures that say how far a survey speaks for all; they stand in sentences.
_ABOUT_THE_SURVEY = ("survey_response", "equal_opportunities_of_all")


def undisclosed_table(shown: Evidence, indicator: str) -> Table | Notice | Prose:
    """Return what the value could be, whatever the ethnicity of the undisclosed; nothing where their number was not supplied."""
    frame = evidence_rows.of_indicator(shown, "bounds", indicator)
    frame = frame[frame["breakdown"].isin(["overall", "membership"]) & ~frame["measure"].isin(_ABOUT_THE_SURVEY)]
    open_rows = [row for _, row in frame.iterrows() if evidence_rows.has(row, "lower_bound") or evidence_rows.protection(row)]
    if not open_rows:
        return Prose(())
    columns = columns_of(
        ("Comparison",),
        (
            f"{characteristic(shown).capitalize()} not disclosed",
            "As counted",
            f"If all were {group_label(shown, 'white')}",
            f"If all were {group_label(shown, 'bme')}",
            "Lowest possible",
            "Highest possible",
        ),
    )
    body = [_bounds_row(shown, row) for row in open_rows]
    assumptions = list(dict.fromkeys(row["assumption"] for row in open_rows if isinstance(row["assumption"], str) and row["assumption"]))
    notes = [phrases.sentence(f"assumed: {text}") for text in assumptions] + ["What chance could do comes on top of that."]
    caption = f"What undisclosed {characteristic(shown)} could change, {year_label(shown.context.year)}"
    return table_or_notice(shown, Table(f"indicator-{indicator}-undisclosed", caption, columns, tuple(body), notes=tuple(notes)), names=2)


def undisclosed_field(direction: str) -> str:
    """Return which count says how many people have not disclosed their ethnicity: among a share's people, or in a rate's base."""
    return "unknown_base" if direction in evidence_rows.RATIO_GROUPS or direction == "bme-white" else "unknown_count"


def result_of(shown: Evidence, row: pd.Series) -> pd.Series | None:
    """Return the result that a row of bounds or changes belongs to."""
    frame = evidence_rows.of_indicator(shown, "results", row["indicator"], row["year"], row["measure"])
    return evidence_rows.first(frame, breakdown=row["breakdown"], category=row["category"])


def style_of(shown: Evidence, row: pd.Series) -> Callable[[float], str]:
    """Return how the value of a row is written: as a ratio, as a share, or in percentage points."""
    result = result_of(shown, row)
    comparison = "difference" if result is None else result["comparison"]
    styles: dict[str, Callable[[float], str]] = {"ratio": numbers.ratio, "none": numbers.percentage}
    return styles.get(comparison, numbers.signed_points)


def _bounds_row(shown: Evidence, row: pd.Series) -> tuple[str, ...]:
    style, result = style_of(shown, row), result_of(shown, row)
    label = wording(shown, row["measure"]).stage
    if row["breakdown"] == "membership":
        label = MEMBERSHIPS.get(row["category"], row["category"])
    field = undisclosed_field("" if result is None else result["direction"])
    values = [evidence_rows.cell(row, name, style) for name in ("value", "if_all_white", "if_all_bme", "lower_bound", "upper_bound")]
    return (label, evidence_rows.cell(row, field, numbers.count), *values)


def completeness_table(shown: Evidence) -> Table:
    """Return how complete ethnicity is: one row per thing counted, this year."""
    frame = shown.completeness
    frame = frame[frame["year"] == shown.context.year]
    columns = columns_of(
        ("Who was counted",), (f"{characteristic(shown).capitalize()} known", "Not disclosed", "All", "Share not disclosed")
    )
    body = []
    for _, row in frame.iterrows():
        cells = [evidence_rows.cell(row, field, numbers.count) for field in ("known", "unknown", "total")]
        label = ITEMS.get(row["item"], (row["item"], row["item"]))[1]
        body.append((label, *cells, evidence_rows.cell(row, "unknown_share", numbers.percentage)))
    caption = f"How complete {characteristic(shown)} records are, {year_label(shown.context.year)}"
    notes = [FIRST_QUESTION] if "survey" in set(frame["item"]) else []
    return Table("completeness", caption, columns, tuple(body), notes=with_marker_note(body, notes, marker(shown)))


def profile_table(shown: Evidence) -> Table:
    """Return the workforce by ethnic group in both years: headcount and percentage."""
    years = [year for year in (shown.context.previous_year, shown.context.year) if year]
    columns = columns_of(("Group",), [f"{what}, {year_label(year)}" for year in years for what in ("Staff", "Share")])
    labels = {**{group: group_label(shown, group, starting=True) for group in GROUPS}, "all": "All staff"}
    body = []
    for group, label in labels.items():
        cells = [label]
        for year in years:
            row = evidence_rows.workforce_share(shown, group, year)
            cells += [evidence_rows.cell(row, "count", numbers.count), evidence_rows.cell(row, "rate", numbers.percentage)]
        body.append(tuple(cells))
    return Table(
        "workforce-profile",
        f"Staff in post on {snapshot_day(shown)} by {characteristic(shown)}",
        columns,
        tuple(body),
        notes=with_marker_note(body, [], marker(shown)),
    )

"""Tables of an indicator's page; a hidden or absent number is always said in words, a comparison with its interval drawn, too."""

import math
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd

from wres_helpers.analysis.asides import JUDGED_BY_OPPOSITE
from wres_helpers.analysis.cells import COMPARED_GROUPS
from wres_helpers.analysis.evidence import Evidence
from wres_helpers.analysis.status_rule import SUPPRESSED
from wres_helpers.report.form import numbers, phrases
from wres_helpers.report.form.blocks import IntervalCell, Notice, Prose, Table
from wres_helpers.report.form.topics import topical
from wres_helpers.report.words import evidence_rows, vocabulary
from wres_helpers.report.words.beside_headlines import points_told, value_told
from wres_helpers.report.words.doubts import judged_by
from wres_helpers.report.words.evidence_rows import HIDDEN
from wres_helpers.report.words.made_tables import Field, number, of_groups, table_of, table_or_notice, words_field
from wres_helpers.report.words.vocabulary import (
    MEMBERSHIPS,
    characteristic,
    group_label,
    part_of,
    period_label,
    share_heading,
    wording,
    year_label,
)
from wres_helpers.report.words.who_answered import who_answered

GROUPS = ("white", "bme", "unknown")
LARGEST_BASE = "Survey respondents: of each group, those who answered the question that most of it answered."


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
    if not evidence_rows.is_hidden(row, "unknown_count", "unknown_base"):
        return evidence_rows.absence(row)
    item = _SHARE_ITEMS.get(row["measure"])
    if item is None:
        return _hidden_word(row)
    item = "headcount" if row["breakdown"] == "overall" else item
    found = evidence_rows.share(shown, item, "unknown", year=row["year"], breakdown=row["breakdown"], category=row["category"])
    return HIDDEN if found is None else evidence_rows.cell(found, "rate", numbers.percentage)


def _hidden_word(row: pd.Series) -> str:
    """Return what stands for a share of the undisclosed that is hidden: by the policy, or before the tables came in."""
    return "not calculable" if evidence_rows.hidden_on_entry(row) else HIDDEN


def with_interval(shown: Evidence, heading: str, cells: Callable[[Any], tuple[str, str]] | None = None) -> list[Field]:
    """Return the columns of a value and of its interval; by default those of a comparison."""
    both = cells or value_cells
    level = numbers.confidence(shown.context.status_rule.confidence)
    return [number(heading, lambda row: both(row)[0]), number(f"{level} interval", lambda row: both(row)[1])]


def counts_and_shares(shown: Evidence, groups: Iterable[str], count: Callable[..., str], share: Callable[..., str]) -> list[Field]:
    """Return the columns of each group's people and share, each cell made of a row and the ``group``."""
    both = zip(of_groups(shown, count, groups), of_groups(shown, share, groups, ", share"), strict=True)
    return [field for fields in both for field in fields]


def group_count(row: pd.Series, group: str) -> str:
    """Return a group's count for a table."""
    return evidence_rows.cell(row, f"{group}_count", numbers.count)


def rates_table(shown: Evidence, indicator: str) -> Table:
    """Return one row per ethnic group: people counted, out of how many, the percentage and its interval."""
    row = evidence_rows.headline_row(shown, indicator)
    definition = evidence_rows.definition_of(shown, indicator)
    counted, base = share_heading(shown, definition["measure"])
    base = base if row is None else phrases.capital(who_answered(shown, row).removeprefix(" who ")) or base
    told = any(
        evidence_rows.is_there(row, field) for field in ("unknown_count", "unknown_base")
    )  # the undisclosed, or that they are hidden
    groups = () if row is None else GROUPS if told else GROUPS[:2]
    fields = (
        words_field("Group", lambda group: group_label(shown, group, starting=True)),
        number(counted, partial(group_count, row)),
        number(base, lambda group: evidence_rows.cell(row, f"{group}_base", numbers.count)),
        number("Percentage", lambda group: rate_cell(shown, row, group)),
        number(f"{numbers.confidence(shown.context.status_rule.confidence)} interval (Wilson)", lambda group: _interval_cell(row, group)),
    )
    notes = [value_note(shown, row)]
    if row is not None and evidence_rows.hidden_on_entry(row):
        notes.append(f"Not calculable: {SUPPRESSED}.")
    if row is not None and "unknown" not in groups:
        notes.append(f"{group_label(shown, 'unknown', starting=True)}: not supplied, so what it could change cannot be worked out.")
    caption = f"{definition['plain_title']}, {period_label(shown.context.year, definition)}"
    return table_of(f"indicator-{indicator}-rates", caption, fields, groups, notes)


def _interval_cell(row: pd.Series, group: str) -> str:
    interval = rate_interval(row, group)
    if interval:
        return numbers.percentage_interval(*interval)
    if evidence_rows.is_hidden(row, f"{group}_count", f"{group}_base"):
        return _hidden_word(row) if group == "unknown" else HIDDEN
    # the undisclosed are no group that is compared, so no interval is made for them
    return "not calculated" if evidence_rows.has(row, f"{group}_rate") else evidence_rows.absence(row)


def value_note(shown: Evidence, row: pd.Series | None) -> str:
    """Return the value of a comparison and its interval as a note under its table."""
    if row is None:
        return ""
    title = value_title(shown, row)
    if not evidence_rows.has(row, "value"):
        text = evidence_rows.cell(row, "value", numbers.ratio)
        depends = evidence_rows.is_hidden(row, "value") and text != HIDDEN
        return f"{title}: {text}{', depending on numbers that are hidden and without any allowance for chance' if depends else ''}."
    method = row.get("method")
    how = f"; method of the interval: {method}" if isinstance(method, str) and method and evidence_rows.has(row, "lower", "upper") else ""
    return f"{title}: {value_text(row)}{how}."


def value_title(shown: Evidence, row: pd.Series) -> str:
    """Return what the value of a comparison is, with its direction: 'Relative likelihood, white divided by BME'."""
    if row["direction"] in COMPARED_GROUPS:
        return vocabulary.comparison_title(shown.context.terms, row["direction"])
    return f"{group_label(shown, 'bme')} share: {part_of(shown, row).removeprefix('the ')} minus whole workforce"


def value_cells(row: pd.Series) -> tuple[str, str]:
    """Return a value with its unit and its interval for two cells of a table, or what stands in their place."""
    style = numbers.STYLES[row["comparison"]]
    value = evidence_rows.cell(row, "value", style.value)
    if not evidence_rows.has(row, "value"):  # the range that hiding leaves is no interval
        return value, HIDDEN if evidence_rows.is_hidden(row, "value") else value
    return value, style.interval(row["lower"], row["upper"]) if evidence_rows.has(row, "lower", "upper") else HIDDEN


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
    # where nobody is undisclosed nothing could change, whatever is hidden
    open_rows = [row for row in open_rows if evidence_rows.has(row, "lower_bound") or _undisclosed(shown, row) != "0"]
    if not open_rows:
        return Prose(())
    white, bme = group_label(shown, "white"), group_label(shown, "bme")
    told = {"value": "As counted", "if_all_white": f"If all were {white}", "if_all_bme": f"If all were {bme}"}
    told |= {"lower_bound": "Lowest possible", "upper_bound": "Highest possible"}
    fields = [
        words_field("Comparison", partial(_bounds_label, shown)),
        number(f"{characteristic(shown).capitalize()} not disclosed", partial(_undisclosed, shown)),
        *(number(heading, partial(_bound, shown, field=field)) for field, heading in told.items()),
    ]
    assumptions = list(dict.fromkeys(row["assumption"] for row in open_rows if isinstance(row["assumption"], str) and row["assumption"]))
    notes = [phrases.sentence(f"assumed: {text}") for text in assumptions] + ["What chance could do comes on top of that."]
    named = vocabulary.indicator_named(shown, indicator)
    caption = f"{named}: what undisclosed {characteristic(shown)} could change, {year_label(shown.context.year)}"
    caption = topical(shown, caption, indicator, tables=["bounds"])
    return table_or_notice(table_of(f"indicator-{indicator}-undisclosed", caption, fields, open_rows, notes), names=2)


def result_of(shown: Evidence, row: pd.Series, year: str = "") -> pd.Series | None:
    """Return the result that a row of bounds, changes or targets is about, of its own year or another."""
    return evidence_rows.first(
        shown.results, year=year or row["year"], **{name: row[name] for name in ("indicator", "measure", "breakdown", "category")}
    )


def style_of(shown: Evidence, row: pd.Series) -> numbers.Style:
    """Return how the value of a row of bounds or changes is written."""
    result = result_of(shown, row)
    return numbers.STYLES["difference" if result is None else result["comparison"]]


def _bounds_label(shown: Evidence, row: pd.Series) -> str:
    whose = MEMBERSHIPS.get(row["category"], row["category"]) if row["breakdown"] == "membership" else wording(shown, row["measure"]).stage
    return f"{whose} (percentage points)" if style_of(shown, row) is numbers.STYLES["difference"] else whose


def _bound(shown: Evidence, row: pd.Series, field: str) -> str:
    return evidence_rows.cell(row, field, style_of(shown, row).bare).removesuffix(" percentage points")


def _undisclosed(shown: Evidence, row: pd.Series) -> str:
    result = result_of(shown, row)
    # among a share's people, or in a rate's base
    of_two_groups = result is not None and result["direction"] in COMPARED_GROUPS
    return evidence_rows.cell(row, "unknown_base" if of_two_groups else "unknown_count", numbers.count)


def completeness_table(shown: Evidence) -> Table:
    """Return how complete ethnicity is: one row per thing counted, this year."""
    frame = evidence_rows.where(shown.completeness, {"year": shown.context.year})
    fields = (
        words_field(
            "Who was counted", lambda row: topical(shown, shown.context.reference.standard.labels_of_items[row["item"]], row["item"])
        ),
        number(f"{characteristic(shown).capitalize()} known", "known"),
        number("Not disclosed", "unknown"),
        number("All", "total"),
        number("Share not disclosed", "unknown_share", numbers.percentage),
    )
    notes = [LARGEST_BASE] if "survey" in set(frame["item"]) else []
    caption = f"How complete {characteristic(shown)} records are, {year_label(shown.context.year)}"
    return table_of("completeness", caption, fields, frame, notes)


def profile_table(shown: Evidence) -> Table:
    """Return the workforce by ethnic group in both years: headcount and percentage."""
    years = [year for year in (shown.context.previous_year, shown.context.year) if year]
    fields = [words_field("Group", lambda group: "All staff" if group == "all" else group_label(shown, group, starting=True))]
    for year in years:
        for what, field, style in (("Staff", "count", numbers.count), ("Share", "rate", numbers.percentage)):
            shares = {group: evidence_rows.workforce_share(shown, group, year) for group in (*GROUPS, "all")}
            cells = {group: evidence_rows.cell(share, field, style) for group, share in shares.items()}
            fields.append(number(f"{what}, {year_label(year)}", cells.__getitem__))
    caption = f"Staff in post on {shown.context.reference.standard.snapshot} by {characteristic(shown)}"
    return table_of("workforce-profile", caption, fields, (*GROUPS, "all"))


#: Where the line of the scorecard ends: a ratio of four (and of a quarter), a gap of 40 percentage points.
_RATIO_END, _GAP_END = 4.0, 0.4


def interval_key(confidence: float) -> str:
    """Return what the marks of a column of intervals mean."""
    level = numbers.confidence(confidence)
    return f"Dot: comparison, right worse; bar: {level} interval; upright line: equality."


def interval_cell(row: pd.Series | None, adverse: str) -> IntervalCell | str:
    """Return a comparison with its interval on a line whose right side is worse; words alone where it has no value to show."""
    if row is None or not evidence_rows.has(row, "value", "lower", "upper"):
        hidden = evidence_rows.is_hidden(row, "value", "lower", "upper")
        if not hidden or not evidence_rows.has(row, "value"):
            return evidence_rows.HIDDEN if hidden else "no comparison"
        told = points_told(row) if row["comparison"] == "difference" else numbers.STYLES[row["comparison"]].value(row["value"])
        return f"{told} (interval {evidence_rows.HIDDEN})"
    ratio, style = row["comparison"] == "ratio", numbers.STYLES[row["comparison"]]
    sign = -1 if adverse.startswith("below") else 1
    value, low, high = (_place(row[field], sign, ratio=ratio) for field in ("value", "lower", "upper"))
    words = f"{style.value(row['value'])} ({style.span(row['lower'], row['upper'])})"
    return IntervalCell(words, value, min(low, high), max(low, high))


def with_ratio(shown: Evidence, row: pd.Series | None, cell: IntervalCell | str) -> IntervalCell | str:
    """Return the cell of a gap with the ratio by which it is judged and its interval, so that a column of points does not hide what is large."""
    found = judged_by(shown, row) if row is not None and row["comparison"] == "difference" else None
    if row is None or found is None or not isinstance(cell, IntervalCell) or math.isinf(found["value"]):
        return cell
    of = " of the opposite" if found["kind"] == JUDGED_BY_OPPOSITE else ""
    of += f", all other staff over {part_of(shown, row)}," if str(row["direction"]).endswith("workforce") else ""
    ratio = f"{numbers.ratio(found['value'])} ({numbers.STYLES['ratio'].span(found['lower'], found['upper'])})"
    return replace(cell, text=f"{value_told(shown, row)}; as a ratio{of} {ratio}")


def _place(value: float, sign: int, *, ratio: bool) -> float:
    """Return the place of a value on the scorecard's line, from 0 to 1, cut at its ends."""
    far = value / _GAP_END
    if ratio:
        far = -math.inf if value == 0 else math.log(value) / math.log(_RATIO_END)
    return 0.5 + 0.5 * max(-1.0, min(1.0, sign * float(far)))

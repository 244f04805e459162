"""An indicator over the years of the organisation's own data: one small line, and what may be compared along it."""

import numpy as np
import pandas as pd

from wres_helpers.analysis.changes import NOT_COMPARABLE
from wres_helpers.analysis.evidence import Evidence
from wres_helpers.analysis.history import comparable_since, joined, missing_years
from wres_helpers.report import evidence_rows as rows
from wres_helpers.report import numbers, phrases, year_lines
from wres_helpers.report.beside_other_figures import change_row, change_sentence
from wres_helpers.report.blocks import Block, Figure, Prose, YearsCell
from wres_helpers.report.vocabulary import group_label, in_terms, year_label

#: Years without which there is no line to draw: two are compared in words.
FEWEST_YEARS = 3


def years(shown: Evidence, indicator: str) -> tuple[Block, ...]:
    """Return the line of an indicator's years and its reading; nothing where fewer than three years have a figure."""
    frame = history_of(shown, indicator)
    if frame["value"].notna().sum() < FEWEST_YEARS:
        return ()
    return year_chart(shown, indicator, frame), Prose(tuple(_reading(shown, indicator, frame)))


def history_of(shown: Evidence, indicator: str) -> pd.DataFrame:
    """Return an indicator's years, the earliest first, from the first that has a figure on."""
    frame = rows.table(shown, "history")
    frame = frame[frame["indicator"].astype(str).eq(indicator)].reset_index(drop=True)
    known = np.flatnonzero(frame["value"].notna())
    return frame.iloc[known[0] :].reset_index(drop=True) if len(known) else frame.iloc[:0]


def year_marks(frame: pd.DataFrame) -> tuple[year_lines.YearMark, ...]:
    """Return the marks of a line: one for each row, absent where there is no figure."""
    together = joined(frame)
    return tuple(_mark(row, bool(together[place])) for place, row in frame.iterrows())


def _mark(row: pd.Series, joins: bool) -> year_lines.YearMark:
    value, lower, upper = (None if pd.isna(row[name]) or np.isinf(row[name]) else float(row[name]) for name in ("value", "lower", "upper"))
    text = _value(row) if value is not None else ""
    return year_lines.YearMark(year_label(row["year"])[2:], value, lower, upper, joins, text, bool(row["break_kind"]))


def with_years(shown: Evidence, indicator: str, words: str) -> YearsCell | str:
    """Return a cell of the scorecard with the line of years in small; the words alone where fewer than three years have a figure."""
    frame = history_of(shown, indicator)
    valued = frame["value"].notna() & ~np.isinf(frame["value"].astype(float))
    if valued.sum() < FEWEST_YEARS or not valued.iloc[-1]:
        return words
    low, high = frame.loc[valued, "value"].min(), frame.loc[valued, "value"].max()
    step, height = 1 / (len(frame) - 1), (high - low) or 1.0
    stretches: list[list[tuple[float, float]]] = []
    for place, (value, joins) in enumerate(zip(frame["value"], joined(frame), strict=True)):
        if not valued.iloc[place]:
            continue
        point = (round(place * step, 4), round(1 - (value - low) / height, 4))
        if joins and stretches:
            stretches[-1].append(point)
        else:
            stretches.append([point])
    return YearsCell(words, tuple(tuple(stretch) for stretch in stretches))


def year_chart(shown: Evidence, indicator: str, frame: pd.DataFrame) -> Figure:
    """Return the line of years as a figure: title, picture, alternative text and data from the same rows."""
    definition = rows.definition_of(shown, indicator)
    ratio = frame["comparison"].iloc[-1] == "ratio"
    what = _what(shown, frame.iloc[-1])
    first, last = year_label(frame["year"].iloc[0]), year_label(frame["year"].iloc[-1])
    subtitle = f"{definition['plain_title']}: {what}, {shown.context.organisation_name}, {first} to {last}"
    told = "; ".join(f"{year_label(row['year'])} {_told(row)}" for _, row in frame.iterrows())
    breaks = [year_label(year) for year in frame.loc[frame["break_kind"].ne(""), "year"]]
    where = f" The series breaks before {phrases.listed(breaks)}, so no line runs across." if breaks else ""
    level = numbers.confidence(shown.context.confidence)
    alt = f"Line chart of the years. {subtitle}. {told}.{where}"
    cells = [[year_label(row["year"]), *_data(row)] for _, row in frame.iterrows()]
    notes = [f"Upright strokes: {level} confidence intervals. Long ones end at the edge of the picture; the table has them whole."]
    notes += ["Figures of single years go up and down by chance; the strokes say how far."]
    notes += ["A dotted upright line is a break: figures on its two sides are not comparable."] if breaks else []
    neutral, words = (1.0, "1: equally likely") if ratio else (0.0, "0: no difference")
    return Figure(
        id=f"indicator-{indicator}-years",
        title=_finding(shown, frame),
        subtitle=subtitle,
        svg=year_lines.line(year_marks(frame), neutral, words),
        alt=alt,
        data={"columns": ["year", "value", "lower", "upper", "white", "bme", "break"], "rows": cells},
        notes=tuple(notes),
    )


def _what(shown: Evidence, row: pd.Series) -> str:
    white, bme = group_label(shown, "white"), group_label(shown, "bme")
    return {
        "white/bme": f"relative likelihood, {white} over {bme}",
        "bme/white": f"relative likelihood, {bme} over {white}",
        "bme-white": f"{bme} percentage minus {white}, in percentage points",
    }.get(row["direction"], f"{bme} share minus that of the whole workforce, in percentage points")


def _value(row: pd.Series) -> str:
    return numbers.ratio(row["value"]) if row["comparison"] == "ratio" else numbers.points_value(row["value"])


def _told(row: pd.Series) -> str:
    """Return a year's value and interval in words; that it is hidden or was not supplied, where it is not there."""
    if pd.isna(row["value"]):
        return "hidden" if rows.is_hidden(row, "value") or row["status"] == "protected" else "no figure"
    if pd.isna(row["lower"]) or pd.isna(row["upper"]):
        return _value(row)
    span = numbers.ratio_interval if row["comparison"] == "ratio" else numbers.points_span
    return f"{_value(row)} ({span(row['lower'], row['upper'])})"


def _data(row: pd.Series) -> list[str]:
    values = [_told(row) if pd.isna(row["value"]) else _value(row)]
    ends = numbers.ratio_ends if row["comparison"] == "ratio" else numbers.points_ends
    values += ["", ""] if pd.isna(row["lower"]) or pd.isna(row["upper"]) else ends(row["lower"], row["upper"])
    values += ["" if pd.isna(row[f"{group}_rate"]) else numbers.percentage(row[f"{group}_rate"]) for group in ("white", "bme")]
    return [*values, row["break_kind"].replace(";", ", ")]


def _finding(shown: Evidence, frame: pd.DataFrame) -> str:
    """Return how far the value moved in the years that may be compared with this one."""
    since = comparable_since(frame)
    stretch = frame[frame["year"].ge(since) & frame["value"].notna()]
    what = "relative likelihood" if frame["comparison"].iloc[-1] == "ratio" else "difference"
    if len(stretch) < 2 or pd.isna(frame["value"].iloc[-1]):
        return f"No earlier year can be compared with {year_label(frame['year'].iloc[-1])}"
    lowest, highest = (stretch.loc[place] for place in (stretch["value"].idxmin(), stretch["value"].idxmax()))
    low, high = _value(lowest), _value(highest)
    unit = "" if what == "relative likelihood" else " percentage points"
    if low == high:
        return f"Since {year_label(since)} the {what} has been {low}{unit} in every year"
    ends = [
        f"{end} at {value}{unit} ({year_label(row['year'])})" for end, value, row in (("lowest", low, lowest), ("highest", high, highest))
    ]
    return f"Since {year_label(since)} the {what} was {phrases.listed(ends)}"


def _reading(shown: Evidence, indicator: str, frame: pd.DataFrame) -> list[str]:
    told = []
    # a break before this very year is said where the year before is compared, just above
    change = change_row(shown, indicator)
    said_above = frame["year"].eq(shown.context.year) & (change is not None and change["verdict"] == NOT_COMPARABLE)
    for _, row in frame[frame["break_kind"].ne("") & ~said_above].iterrows():
        told.append(f"The series breaks before {year_label(row['year'])}. {phrases.sentence(in_terms(shown, str(row['break_reason'])))}")
    absent = missing_years(frame)
    if absent:
        label = phrases.listed([year_label(year) for year in absent])
        told.append(f"For {label} there is no figure that can be shown; the line leaves a gap there and does not run through it.")
    since = rows.of_indicator(shown, "since_first", indicator)
    if len(since):
        row = since.iloc[0]
        told.append(f"{year_label(row['previous_year'])} is the first year that can be compared. {change_sentence(shown, indicator, row)}")
    return told

"""An indicator over the years of the organisation's own data: one small line, and what may be compared along it."""

from typing import Any

import numpy as np
import pandas as pd

from wres_helpers.analysis.changes import NOT_COMPARABLE
from wres_helpers.analysis.evidence import Evidence
from wres_helpers.analysis.history import comparable_since, joined, missing_years, with_every_year
from wres_helpers.report.form import drawing, numbers, phrases
from wres_helpers.report.form.blocks import Block, Figure, Prose, Table, YearsCell
from wres_helpers.report.form.numbers import STYLES
from wres_helpers.report.form.topics import topical
from wres_helpers.report.section.beside_last_year import change_row, change_sentence
from wres_helpers.report.section.charts import alternative
from wres_helpers.report.section.table_blocks import value_title
from wres_helpers.report.words import evidence_rows as rows
from wres_helpers.report.words.beside_headlines import points_told
from wres_helpers.report.words.made_tables import number, of_groups, table_of, words_field
from wres_helpers.report.words.vocabulary import group_label, in_terms, indicator_named, part_of, year_label

#: Years without which there is no line to draw: two are compared in words.
FEWEST_YEARS = 3


def years(shown: Evidence, indicator: str) -> tuple[Block, ...]:
    """Return the line of an indicator's years and its reading, where it ends in a figure; of fewer than three how the first moved to this one."""
    frame = history_of(shown, indicator)
    if frame["value"].notna().sum() < FEWEST_YEARS or pd.isna(frame["value"].iloc[-1]):
        return (Prose((told,)),) if (told := _since_first(shown, indicator)) else ()
    return year_chart(shown, indicator, frame), Prose(tuple(_reading(shown, indicator, frame)))


@rows.found_once
def history_of(shown: Evidence, indicator: str) -> pd.DataFrame:
    """Return an indicator's years, the earliest first, each of them from the first that has a figure on."""
    return with_every_year(shown.history[shown.history["indicator"].astype(str).eq(indicator)])


def with_years(shown: Evidence, indicator: str, words: str) -> YearsCell | str:
    """Return a cell of the scorecard with the line of years in small, up where it is worse; the words alone where fewer than three years have a figure."""
    frame = history_of(shown, indicator)
    valued = frame["value"].notna() & ~np.isinf(frame["value"].astype(float))
    if valued.sum() < FEWEST_YEARS or not valued.iloc[-1]:
        return words
    sinks = str(rows.definition_of(shown, indicator)["adverse"]).startswith("below")
    values = frame["value"].where(valued) * (-1 if sinks else 1)
    above = (values - values.min()) / ((values.max() - values.min()) or 1.0)
    stretches: list[list[tuple[float, float]]] = []
    for place, (height, joins) in enumerate(zip(above, joined(frame), strict=True)):
        if valued.iloc[place]:
            stretches += [] if joins and stretches else [[]]
            stretches[-1].append((round(place / (len(frame) - 1), 4), round(1 - height, 4)))
    return YearsCell(words, tuple(map(tuple, stretches)))


def year_chart(shown: Evidence, indicator: str, frame: pd.DataFrame) -> Figure:
    """Return the line of years as a figure: title, picture, alternative text and data from the same rows."""
    definition = rows.definition_of(shown, indicator)
    what = value_title(shown, frame.iloc[-1])
    first, last = year_label(frame["year"].iloc[0]), year_label(frame["year"].iloc[-1])
    subtitle = f"{what}, {first} to {last}"
    broken = frame[frame["break_kind"].ne("")]
    breaks = phrases.listed([f"before {year_label(row['year'])} ({row['break_kind'].replace(';', ', ')})" for _, row in broken.iterrows()])
    apart = f"not comparable with years {breaks}" if breaks else ""
    neutral, words = (1.0, "1, equally likely") if frame["comparison"].iloc[-1] == "ratio" else (0.0, "0, no difference")
    intervals = f"{numbers.confidence(shown.context.status_rule.confidence)} intervals"
    has_intervals = frame[["lower", "upper"]].notna().all(axis=1).any()
    keys = [f"Dashed line: {words}."]
    keys += [f"Upright strokes: {intervals}{_going_on(frame, neutral)}."] if has_intervals else []
    keys += [f"Dotted line: {apart}."] if apart else []
    undrawn = "A year without a dot: one group counts nobody, so that there is no ratio, or there is no figure that can be shown."
    notes = keys + [undrawn] * bool(np.isinf(frame["value"].astype(float)).any())
    table = _numbers(shown, indicator, f"{indicator_named(shown, indicator)} by year, {first} to {last} ({what})", frame)
    finding = topical(shown, f"{definition['plain_title']}: {_finding(shown, frame)}", indicator, years=frame["year"])
    course = [_course(each) for each in (frame, frame[frame["year"].ge(comparable_since(frame))])]
    side = "\u2193 lower" if str(definition["adverse"]).startswith("below") else "\u2191 higher"
    picture = line(frame, neutral, f"{side} is worse for {group_label(shown, 'bme')} staff")
    unit = "of relative likelihoods" if neutral else "in percentage points"
    alt = alternative(f"Line chart {unit}", *course)
    return Figure(f"indicator-{indicator}-years", finding, subtitle, picture, alt, table, tuple(notes), keys=len(keys))


def _numbers(shown: Evidence, indicator: str, caption: str, frame: pd.DataFrame) -> Table:
    """Return the table behind a line of years: one row a year, value and interval, each group's percentage, and what breaks there."""
    value, of_part = "Relative likelihood" if frame["comparison"].iloc[-1] == "ratio" else "Percentage points", ""
    if frame["direction"].iloc[-1].endswith("-workforce"):  # whose own share has no column: of years before this it may be hidden
        value, of_part = (
            f"{value} from the workforce's {group_label(shown, 'bme')} share",
            f", {part_of(shown, frame.iloc[-1]).removeprefix('the ')}",
        )
    fields = (
        words_field("Year", lambda row: year_label(row["year"])),
        number(value, lambda row: _absent(row) if pd.isna(row["value"]) else STYLES[row["comparison"]].bare(row["value"])),
        number("Interval from", lambda row: _ends(row)[0]),
        number("Interval to", lambda row: _ends(row)[1]),
        *of_groups(shown, lambda row, group: rows.cell(row, f"{group}_rate", numbers.percentage), ending=of_part),
        words_field("Break", lambda row: row["break_kind"].replace(";", ", ") or "none"),
    )
    return table_of(f"indicator-{indicator}-years-numbers", caption, fields, frame)


def _course(frame: pd.DataFrame) -> str:
    """Return what each year has, as they are heard one after the other: the first, the last, and one before which the series breaks by name."""
    told = ""
    for place, (_, row) in enumerate(frame.iterrows()):
        value = _absent(row) if pd.isna(row["value"]) else STYLES[row["comparison"]].bare(row["value"])
        if row["break_kind"]:
            kind = row["break_kind"].replace(";", ", ")
            told += f"; from {year_label(row['year'])}, not comparable with before ({kind}), {value}"
        else:
            told += f", {value}" + f" in {year_label(row['year'])}" * (place in (0, len(frame) - 1))
    return told.lstrip(",; ")


def _absent(row: pd.Series) -> str:
    """Return what stands for a year's value that is not there: that it is hidden, or was not supplied."""
    return rows.HIDDEN if rows.is_hidden(row, "value") or row["status"] == "protected" else "no figure"


def _ends(row: pd.Series) -> list[str]:
    """Return both ends of a year's interval; of one that may be shown alone, that the other is hidden."""
    style = STYLES[row["comparison"]]
    if rows.has(row, "lower", "upper"):
        return list(style.ends(row["lower"], row["upper"]))
    return [rows.cell(row, end, style.bare) if rows.is_there(row, end) else "none" for end in ("lower", "upper")]


def _stretch(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the years with a value that may be compared with this one."""
    return frame[frame["year"].ge(comparable_since(frame)) & np.isfinite(frame["value"].astype(float))]


def _finding(shown: Evidence, frame: pd.DataFrame) -> str:
    """Return the value of the first year that may be compared with this one, and this year's; of a gap its side in words."""
    last, stretch = frame.iloc[-1], _stretch(frame)
    if np.isinf(last["value"]):
        return f"in {year_label(last['year'])} one group counts nobody, so that there is no ratio to set beside other years"
    if len(stretch) < 2:
        return f"no earlier year can be compared with {year_label(last['year'])}"
    values = [STYLES["ratio"].bare(row["value"]) if row["comparison"] == "ratio" else points_told(row) for _, row in stretch.iterrows()]
    whose = f" for {group_label(shown, 'bme')} staff" if last["direction"] == "bme-white" else ""
    first, now = f"{values[0]}{whose}", values[-1]
    if len(set(values)) == 1:
        return f"{first} in every year with a figure since {year_label(comparable_since(frame))}"
    then, when = f"in {year_label(stretch['year'].iloc[0])}", f"in {year_label(last['year'])}"
    return f"{first} {then}, {now} {when}" if values[0] != now else f"{first} {then} and, as rounded, {when}"


def shared_breaks(shown: Evidence) -> dict[str, str]:
    """Return the breaks that every indicator's series has, year to reason: a report says them once."""
    frame = shown.history
    found = {}
    for year, broken in frame[frame["break_kind"].ne("")].groupby("year"):
        reason = min(broken["break_reason"], key=len)
        if broken["indicator"].nunique() == frame["indicator"].nunique() > 1 and all(reason in each for each in broken["break_reason"]):
            found[str(year)] = reason
    return found


def _reading(shown: Evidence, indicator: str, frame: pd.DataFrame) -> list[str]:
    told, shared, named = [], shared_breaks(shown), indicator_named(shown, indicator)
    # a break before this very year is said where the year before is compared, just above
    change = change_row(shown, indicator)
    said_above = frame["year"].eq(shown.context.year) & (change is not None and change["verdict"] == NOT_COMPARABLE)
    for _, row in frame[frame["break_kind"].ne("") & ~said_above].iterrows():
        own = str(row["break_reason"]).replace(shared.get(row["year"], ""), "").strip()
        if own:  # the picture's key has the kind of each, and the table of the method what breaks them all
            text = f"{named}, before {year_label(row['year'])}: {phrases.sentence(in_terms(shown, own))}"
            told.append(topical(shown, text, "breaks", indicator, tables=["history"], years=[row["year"]]))
    absent = missing_years(frame)
    if absent:
        label = phrases.listed([year_label(year) for year in absent])
        text = f"For {label} there is no figure that can be shown; the line leaves a gap there and does not run through it."
        told.append(topical(shown, text, indicator, tables=["history"], years=absent))
    return [*told, since] if (since := _since_first(shown, indicator)) else told


def _since_first(shown: Evidence, indicator: str) -> str:
    """Return how an indicator moved since the first year that can be compared; empty where that is the year before, or is not told."""
    since = rows.of_indicator(shown, "since_first", indicator)
    if since.empty:
        return ""
    row = since.iloc[0]
    told = phrases.small(change_sentence(shown, indicator, row))
    text = f"{indicator_named(shown, indicator)} beside {year_label(row['previous_year'])}, the first year that can be compared: {told}"
    return topical(shown, text, indicator, tables=["since_first"], years=[row["previous_year"], row["year"]])


_HEIGHT = 2.05
_BOTTOM, _TOP = 0.34, 0.27
#: How much of the axis' length is kept above and below it for values that the title names.
_ROOM = 0.16
#: How much of the axis' length such a value is tall with its distance from the dot: 18 points.
_TALL = 18 / 72 / (_HEIGHT - _BOTTOM - _TOP) * (1 + 2 * _ROOM)
_MOST_LABELLED = 6


def line(frame: pd.DataFrame, neutral: float, worse: str) -> str:
    """Return a line of years as SVG: dots, intervals, a dashed line at equality, a dotted one where the series breaks, and which side is worse."""
    numbers_of = _drawn(frame)
    texts = [
        "" if pd.isna(value) else STYLES[row["comparison"]].bare(value)
        for (_, row), value in zip(frame.iterrows(), numbers_of["value"], strict=True)
    ]
    with drawing.board(_HEIGHT) as figure:
        right = max(drawing.text_width(text, drawing.SMALL) for text in texts) + 0.16
        axes = drawing.axes_in_inches(figure, 0.44, _BOTTOM, drawing.WIDTH - right - 0.56, _HEIGHT - _BOTTOM - _TOP)
        low, high = _limits(numbers_of, neutral)
        room = _ROOM * (high - low)
        axes.set_ylim(low - room, high + room)
        # equality always has its number, and the round ones stay clear of it
        ticks = sorted({neutral, *(tick for tick in drawing.round_ticks(low, high) if abs(tick - neutral) > 0.7 * _TALL * (high - low))})
        axes.set_yticks(ticks, [f"{tick:g}" if neutral else drawing.signed_tick(tick) for tick in ticks])
        axes.hlines(ticks, -0.4, len(frame) - 0.6, color=drawing.RANGE, lw=0.8, zorder=0)
        axes.set_xlim(-0.4, len(frame) - 0.6)
        axes.hlines([neutral], -0.4, len(frame) - 0.6, color=drawing.INK, lw=1.1, linestyles=(0, (4, 2.5)), zorder=1)
        values, together = numbers_of["value"], joined(frame)
        for place, (value, lower, upper) in enumerate(numbers_of.itertuples(index=False)):
            if frame["break_kind"].iloc[place]:
                axes.vlines([place - 0.5], low, high, color=drawing.QUIET, lw=1.2, linestyles=(0, (1, 2)), zorder=1)
            if pd.isna(value):
                continue
            if together[place] and place:
                axes.plot([place - 1, place], [values.iloc[place - 1], value], color=drawing.PALETTE[0], lw=1.8, zorder=3)
            if not pd.isna([lower, upper]).any():
                ends = [max(lower, low), min(upper, high)]
                axes.plot([place, place], ends, color=drawing.PALETTE[0], lw=2, alpha=0.6, solid_capstyle="butt", zorder=2)
                for end, shown, head in ((lower, ends[0], "v"), (upper, ends[1], "^")):
                    # an interval that goes on does so in an arrow head; without an end of its own one that ends there seemed to, too
                    axes.plot([place], [shown], head if end != shown else "_", ms=6, color=drawing.PALETTE[0], zorder=2, clip_on=False)
            axes.plot([place], [value], "o", ms=7, color=drawing.PALETTE[0], mec=drawing.GROUND, mew=1, zorder=4, clip_on=False)
        figure.text(0, 1 - 0.02 / _HEIGHT, worse, va="top", fontsize=drawing.SMALL, color=drawing.QUIET)
        # of many years every second, the last and the first among them
        labelled = sorted({0, *range(len(frame) - 1, 1, -1 if len(frame) <= _MOST_LABELLED else -2)})
        axes.set_xticks(labelled, [year_label(frame["year"].iloc[place])[2:] for place in labelled])
        _label_values(axes, frame, numbers_of, (low, high), texts, neutral)
        return drawing.to_svg(figure)


def _drawn(frame: pd.DataFrame) -> pd.DataFrame:
    """Return each year's value and interval as far as it has a place."""
    return frame[["value", "lower", "upper"]].astype(float).replace([np.inf, -np.inf], np.nan)


def _going_on(frame: pd.DataFrame, neutral: float) -> str:
    """Return of which years an interval goes on beyond the picture, and how far; empty where none does."""
    numbers_of = _drawn(frame)
    low, high = _limits(numbers_of, neutral)
    whole = numbers_of.notna().all(axis=1)
    beyond = [
        (field, row)
        for field, out in (("lower", numbers_of["lower"] < low), ("upper", numbers_of["upper"] > high))
        for _, row in frame[out & whole].iterrows()
    ]
    told = [f"to {STYLES[row['comparison']].bare(row[field])} in {year_label(row['year'])}" for field, row in beyond]
    return f"; arrow: goes on, {phrases.listed(told)}" if told else ""


def _limits(numbers_of: pd.DataFrame, neutral: float) -> tuple[float, float]:
    """Return the ends of the axis: all values and the neutral one, and of intervals as much as leaves the values legible."""
    values, ends = [*numbers_of["value"].dropna(), neutral], numbers_of[["lower", "upper"]].stack().dropna()
    low, high = min(values), max(values)
    reach = (high - low) or abs(neutral) * 0.2 or 0.05
    return max(min([*ends, low]), low - 1.5 * reach) - 0.06 * reach, min(max([*ends, high]), high + 1.5 * reach) + 0.06 * reach


def _label_values(
    axes: Any, frame: pd.DataFrame, numbers_of: pd.DataFrame, ends: tuple[float, float], texts: list[str], neutral: float
) -> None:
    """Write the values that the title names beside their dots, on the side that the line leaves free, not on the line of equality."""
    last, (low, high), values = len(frame) - 1, ends, numbers_of["value"].to_numpy()
    tall, together = _TALL * (high - low), joined(frame)
    stretch = _stretch(frame)  # of rows numbered by their places
    named = stretch.index[:1] if len(stretch) > 1 else ()
    style: dict[str, Any] = {"fontweight": "semibold", "zorder": 6, "backed": 0.8}
    for place in dict.fromkeys([*named, last]):
        value, lower, upper = numbers_of.iloc[place]
        if place == last and not pd.isna(value):
            drawing.words_at(axes, texts[place], (place, value), (9, 0), ha="left", va="center", **style)
        if place == last or pd.isna(value):
            continue
        # beyond the end of its interval, whose stroke would run through them
        above, below = (value if pd.isna(end) else min(max(end, low), high) for end in (upper, lower))
        spans = {"bottom": (value, above + tall), "top": (below - tall, value)}  # by which side of the words lies at the dot
        beside = [values[each] for each, joins in ((place - 1, together[place]), (place + 1, together[place + 1])) if joins]
        sides = ["bottom", "top"] if value >= np.mean([value, *beside]) else ["top", "bottom"]
        side = next((each for each in sides if not spans[each][0] <= neutral <= spans[each][1]), sides[0])
        end, away = (above, 6) if side == "bottom" else (below, -6)
        at_break = 5 if frame["break_kind"].iloc[place] else 0  # clear of the dotted line before it
        drawing.words_at(axes, texts[place], (place, end), (at_break, away), ha="center", va=side, **style)

"""The kinds of picture the report is made of: labelled bars, a value on its scale, and dots against a line.

Each takes marks that already carry their words and returns SVG. A value that may not be shown has no number here, so
neither a length nor the limit of an axis can give it away: it is drawn as a hatched stub that is always the same.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from wres_helpers.presentation import drawing, numbers
from wres_helpers.presentation.drawing import Category, Mark

_BAR = 0.27
_GAP = 0.34
_HEADING = 0.30
_BETWEEN = 0.16
_STUB = 0.32
_AXIS = 0.34


@dataclass(frozen=True)
class Scale:
    """One value with its interval on a line: a ratio against 1, or a gap against 0.

    Attributes
    ----------
    title
        What the line measures ("Relative likelihood, white ÷ BME").
    text
        The value and its interval, as printed.
    neutral
        Where there is no difference: 1 for a ratio, 0 for a gap.
    span
        Range of no adverse difference, shaded, or None.
    worse
        Words on the worse side, and which side that is ("right", "left" or "").
    """

    title: str
    text: str
    value: float
    lower: float
    upper: float
    neutral: float
    span: tuple[float, float] | None
    worse: str
    worse_side: str
    tick: Callable[[float], str]


def bars(categories: tuple[Category, ...], scale: Scale | None = None, *, focus: bool = False) -> str:
    """Return horizontal bars with their words beside them as SVG, and below them the scale if one is given.

    Parameters
    ----------
    categories
        Rows of the chart, each with one mark for each series (at most four); values are fractions 0..1.
    scale
        A value drawn on its own line under the bars.
    focus
        The series are not ethnic groups: the first is filled, the others are outlined to be compared with.
    """
    looks = _looks(drawing.series_of(categories), focus=focus)
    marks = [mark for category in categories for mark in category.marks]
    headed = any(category.label for category in categories)
    rows = len(marks) * _GAP + len(categories) * (_HEADING if headed else 0) + (len(categories) - 1) * _BETWEEN
    strip = _strip_height(scale)
    axis = _AXIS if _has_whiskers(marks) else 0.06
    height = 0.04 + rows + axis + strip
    with drawing.board(height) as figure:
        left = _label_room(figure, marks)
        right = max(drawing.text_width(figure, mark.text) for mark in marks) + 0.14
        width = max(drawing.WIDTH - left - right, 1.2)
        axes = _axes_in_inches(figure, left, strip + axis, width, rows)
        limit = _limit(marks, None)
        axes.set_xlim(0, limit)
        axes.set_ylim(rows, 0)
        # Every bar carries its number, so an axis is drawn only where there are intervals to be read off.
        ticks = _percent_ticks(axes, limit, width) if _has_whiskers(marks) else []
        _draw_rows(axes, categories, looks, (limit, width), headed=headed, ticks=ticks)
        if scale:
            _draw_scale(figure, scale)
        return drawing.to_svg(figure)


def dots(rows: tuple[Mark, ...], reference: tuple[float, str] | None) -> str:
    """Return one dot with its interval for each row, against a reference line, as SVG.

    Parameters
    ----------
    rows
        One mark for each row; `series` is the row's label.
    reference
        A value and its words, drawn as a dashed line through all rows.
    """
    gap = 0.33
    height = len(rows) * gap + _AXIS + 0.34
    with drawing.board(height) as figure:
        left = max(drawing.text_width(figure, mark.series) for mark in rows) + 0.14
        right = max(drawing.text_width(figure, mark.text, drawing.SMALL) for mark in rows) + 0.16
        width = max(drawing.WIDTH - left - right, 1.2)
        axes = _axes_in_inches(figure, left, _AXIS, width, len(rows) * gap)
        limit = _limit(list(rows), reference)
        axes.set_xlim(0, limit)
        axes.set_ylim(len(rows) * gap, 0)
        for place, mark in enumerate(rows):
            _draw_dot(axes, mark, (place + 0.5) * gap, limit, width, left)
        axes.vlines(_percent_ticks(axes, limit, width)[1:], 0, len(rows) * gap, color=drawing.FAINT, lw=0.8, zorder=0)
        axes.vlines([0], 0, len(rows) * gap, color=drawing.INK, lw=1, zorder=1)
        if reference:
            _draw_reference(axes, reference, len(rows) * gap)
        return drawing.to_svg(figure)


def scales(items: tuple[tuple[str, Scale | None, str], ...], span: tuple[float, float]) -> str:
    """Return several ratios one under the other on the same line, against the range of no adverse difference.

    Parameters
    ----------
    items
        One row each: label, the scale to draw or None, and the words that are written in its place.
    span
        Range of no adverse difference, shaded through all rows.
    """
    gap = 0.62
    drawn = [scale for _, scale, _ in items if scale]
    low, high = _ratio_limits([(s.lower, s.upper, s.value) for s in drawn], span)
    height = len(items) * gap + 0.66
    with drawing.board(height) as figure:
        axes = _axes_in_inches(figure, 0.12, 0.56, drawing.WIDTH - 0.24, len(items) * gap)
        axes.set_xscale("log")
        axes.set_xlim(low, high)
        axes.set_ylim(len(items) * gap, 0)
        axes.axhline(len(items) * gap, color=drawing.QUIET, lw=0.8, clip_on=False)
        axes.tick_params(length=3, color=drawing.QUIET)
        for place, (label, scale, words) in enumerate(items):
            y = place * gap
            axes.text(low, y + 0.18, label, fontweight="semibold", va="center", zorder=4)
            axes.text(high, y + 0.18, words, ha="right", va="center", zorder=4)
            # Range and line stand beside each interval only, so that they do not run through the words.
            axes.fill_between(span, y + 0.31, y + 0.55, color=drawing.RANGE, lw=0, zorder=0)
            axes.vlines([1], y + 0.31, y + 0.55, color=drawing.INK, lw=1.3, zorder=1)
            if scale:
                _draw_interval(axes, scale, y + 0.43, (low, high))
        _ratio_ticks(axes, low, high)
        _worse_words(figure, axes, drawn[0] if drawn else None)
        return drawing.to_svg(figure)


def _axes_in_inches(figure: Any, left: float, bottom: float, width: float, height: float) -> Any:
    whole_width, whole_height = figure.get_size_inches()
    axes = figure.add_axes((left / whole_width, bottom / whole_height, width / whole_width, height / whole_height))
    drawing.bare(axes)
    return axes


def _label_room(figure: Any, marks: list[Mark]) -> float:
    return max(drawing.text_width(figure, mark.series) for mark in marks) + 0.14


def _limit(marks: list[Mark], reference: tuple[float, str] | None) -> float:
    """Return the end of the axis: from values that are shown, and from nothing else."""
    ends = [value for mark in marks for value in (mark.value, mark.upper) if value is not None]
    if reference:
        ends.append(reference[0])
    return min(max([*ends, 0.01]) * 1.02, 1.0)


def _looks(series: list[str], *, focus: bool) -> dict[str, dict[str, Any]]:
    """Return how the bars of each series are drawn."""
    if not focus:
        return {name: {"color": colour} for name, colour in drawing.colours(series).items()}
    drawing.colours(series)
    outlined = {"facecolor": drawing.RANGE, "edgecolor": drawing.QUIET, "lw": 1}
    return {name: {"color": drawing.PALETTE[2]} if place == 0 else outlined for place, name in enumerate(series)}


def _has_whiskers(marks: list[Mark]) -> bool:
    return any(mark.lower is not None and mark.upper is not None for mark in marks)


def _draw_rows(
    axes: Any, categories: tuple[Category, ...], looks: dict, size: tuple[float, float], *, headed: bool, ticks: list[float]
) -> None:
    axes_y = 0.0
    for place, category in enumerate(categories):
        axes_y += _BETWEEN if place else 0.0
        if headed:
            axes_y += _HEADING
            axes.annotate(
                category.label, (0, axes_y - 0.11), xytext=(_label_offset(axes), 0), textcoords="offset points",
                fontweight="semibold", va="center", annotation_clip=False,
            )  # fmt: skip
        end = axes_y + len(category.marks) * _GAP
        # Lines stop where the bars do, so that none runs through a heading.
        axes.vlines([tick for tick in ticks if tick > 0], axes_y, end, color=drawing.FAINT, lw=0.8, zorder=0)
        axes.vlines([0], axes_y, end, color=drawing.INK, lw=1, zorder=5)
        for mark in category.marks:
            _draw_bar(axes, mark, axes_y + _GAP / 2, looks[mark.series], size)
            axes_y += _GAP


def _label_offset(axes: Any) -> float:
    """Return how far left of the axes the figure begins, in points."""
    figure_width = axes.figure.get_size_inches()[0]
    return -axes.get_position().x0 * figure_width * 72


def _draw_bar(axes: Any, mark: Mark, y: float, look: dict[str, Any], size: tuple[float, float]) -> None:
    axes.annotate(mark.series, (0, y), xytext=(_label_offset(axes), 0), textcoords="offset points", va="center", annotation_clip=False)
    end = _draw_value_bar(axes, mark, y, look) if mark.value is not None else _draw_stub(axes, mark, y, *size)
    axes.annotate(
        mark.text, (end, y), xytext=(7, 0), textcoords="offset points", va="center", annotation_clip=False, zorder=6,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.2},
    )  # fmt: skip


def _draw_value_bar(axes: Any, mark: Mark, y: float, look: dict[str, Any]) -> float:
    axes.barh(y, mark.value, height=_BAR, zorder=2, **look)
    if mark.lower is None or mark.upper is None:
        return mark.value
    _whisker(axes, mark.lower, mark.upper, y, 0.055)
    return max(mark.value, mark.upper)


def _whisker(axes: Any, lower: float, upper: float, y: float, cap: float) -> None:
    # A white line below the dark one keeps the whisker visible on a dark bar.
    for colour, thickness, order in (("white", 3.6, 3), (drawing.INK, 1.5, 4)):
        axes.plot([lower, upper], [y, y], color=colour, lw=thickness, solid_capstyle="butt", zorder=order, clip_on=False)
        for end in (lower, upper):
            axes.plot([end, end], [y - cap, y + cap], color=colour, lw=thickness, solid_capstyle="butt", zorder=order, clip_on=False)


def _draw_stub(axes: Any, mark: Mark, y: float, limit: float, width: float) -> float:
    """Draw the mark of a value that is not shown: hatched, and as long as every other one of its kind."""
    if not mark.hidden:
        return 0.0
    end = limit * _STUB / width
    axes.barh(y, end, height=_BAR, facecolor="white", edgecolor=drawing.QUIET, hatch="////", lw=0.8, zorder=2)
    return end


def _percent_ticks(axes: Any, limit: float, width: float) -> list[float]:
    """Label the axis with round percentages and return where they stand."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    found = MaxNLocator(nbins=max(2, min(5, int(width / 0.6))), steps=[1, 2, 5, 10]).tick_values(0, limit)
    ticks = [float(tick) for tick in found if -1e-9 <= tick <= limit + 1e-9]
    axes.set_xticks(ticks)
    decimals = 0 if all(abs(tick * 100 - round(tick * 100)) < 1e-6 for tick in ticks) else 1
    axes.xaxis.set_major_formatter(FuncFormatter(lambda tick, _: f"{tick * 100:.{decimals}f}%"))
    return ticks


def _draw_reference(axes: Any, reference: tuple[float, str], rows: float) -> None:
    value, words = reference
    axes.vlines([value], -0.04, rows, color=drawing.INK, lw=1.3, linestyles=(0, (4, 2.5)), zorder=1.5, clip_on=False)
    axes.annotate(
        words, (value, 0), xytext=(0, 5), textcoords="offset points", va="bottom", ha="left", fontsize=drawing.SMALL,
        annotation_clip=False,
    )  # fmt: skip


def _draw_dot(axes: Any, mark: Mark, y: float, limit: float, width: float, left: float) -> None:
    axes.annotate(mark.series, (0, y), xytext=(-left * 72, 0), textcoords="offset points", va="center", annotation_clip=False)
    if mark.value is None:
        _draw_stub(axes, mark, y, limit, width)
    else:
        if mark.lower is not None and mark.upper is not None:
            axes.plot([mark.lower, mark.upper], [y, y], color=drawing.PALETTE[0], lw=2, alpha=0.55, solid_capstyle="round", zorder=2)
        axes.plot([mark.value], [y], "o", ms=8, color=drawing.PALETTE[0], mec="white", mew=1, zorder=3, clip_on=False)
    axes.annotate(
        mark.text, (limit, y), xytext=(8, 0), textcoords="offset points", va="center", fontsize=drawing.SMALL, annotation_clip=False
    )


def _strip_height(scale: Scale | None) -> float:
    return 1.54 if scale else 0.0


def _draw_scale(figure: Any, scale: Scale) -> None:
    """Draw the value on its line in the lower strip of the figure."""
    width = drawing.WIDTH - 0.24
    axes = _axes_in_inches(figure, 0.12, 0.5, width, 0.36)
    if scale.neutral == 1:
        axes.set_xscale("log")
        low, high = _ratio_limits([(scale.lower, scale.upper, scale.value)], scale.span)
    else:
        low, high = _gap_limits(scale)
    axes.set_xlim(low, high)
    axes.set_ylim(0, 1)
    if scale.span:
        axes.axvspan(*scale.span, color=drawing.RANGE, lw=0, zorder=0)
    axes.axvline(scale.neutral, color=drawing.INK, lw=1.3, zorder=1)
    axes.axhline(0, color=drawing.QUIET, lw=0.8, zorder=0, clip_on=False)
    axes.tick_params(length=3, color=drawing.QUIET)
    _draw_interval(axes, scale, 0.5, (low, high))
    if scale.neutral == 1:
        _ratio_ticks(axes, low, high)
    else:
        _gap_ticks(axes, low, high, scale)
    height = figure.get_size_inches()[1]
    figure.text(0.0, 1.28 / height, scale.title, fontweight="semibold", va="center")
    figure.text(0.0, 1.06 / height, scale.text, va="center")
    _worse_words(figure, axes, scale)


def _ratio_limits(spans: list[tuple[float, float, float]], span: tuple[float, float] | None) -> tuple[float, float]:
    """Return the ends of a ratio's line: room for the range and the intervals, but never wider than 0.1 to 10."""
    finite = [value for item in spans for value in item if math.isfinite(value) and value > 0]
    low, high = span or (1, 1)
    return max(min([*finite, low, 0.66]) * 0.9, 0.1), min(max([*finite, high, 1.5]) * 1.12, 10)


def _gap_limits(scale: Scale) -> tuple[float, float]:
    reach = max(abs(scale.lower), abs(scale.upper), abs(scale.value), 0.05)
    low = min(scale.lower, scale.value, 0) - reach * 0.15
    high = max(scale.upper, scale.value, 0) + reach * 0.15
    return max(low, -1), min(high, 1)


def _draw_interval(axes: Any, scale: Scale, y: float, limits: tuple[float, float]) -> None:
    low, high = limits
    left, right = max(scale.lower, low), min(scale.upper, high)
    axes.plot([left, right], [y, y], color=drawing.PALETTE[0], lw=2.4, solid_capstyle="butt", zorder=2)
    for end, shown, marker in ((scale.lower, left, "<"), (scale.upper, right, ">")):
        # An interval that goes on beyond the line ends in an arrow head instead of a cap.
        axes.plot([shown], [y], marker if end != shown else "|", ms=9, mew=2.2, color=drawing.PALETTE[0], zorder=3, clip_on=False)
    if low <= scale.value <= high:
        axes.plot([scale.value], [y], "o", ms=10, color=drawing.PALETTE[0], mec="white", mew=1.2, zorder=4, clip_on=False)


def _ratio_ticks(axes: Any, low: float, high: float) -> None:
    from matplotlib.ticker import FixedLocator, NullLocator

    # 1.5 stands too near to 1 and 2 where the line is long.
    ticks = [tick for tick in (0.1, 0.2, 0.5, 1, 1.5, 2, 3, 5, 10) if low <= tick <= high and (tick != 1.5 or high < 3.2)]
    axes.xaxis.set_major_locator(FixedLocator(ticks))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_xticklabels(["1 (equal)" if tick == 1 else f"{tick:g}" for tick in ticks])


def _gap_ticks(axes: Any, low: float, high: float, scale: Scale) -> None:
    from matplotlib.ticker import MaxNLocator

    ticks = [tick for tick in MaxNLocator(nbins=5, steps=[1, 2, 5, 10]).tick_values(low, high) if low <= tick <= high]
    axes.set_xticks(ticks)
    axes.set_xticklabels([scale.tick(tick) for tick in ticks])


def _worse_words(figure: Any, axes: Any, scale: Scale | None) -> None:
    """Write under a line which side is worse, and what the shaded range is."""
    from matplotlib.patches import Rectangle

    if scale is None:
        return
    width, height = figure.get_size_inches()
    style = {"fontsize": drawing.SMALL, "color": drawing.QUIET, "va": "bottom"}
    y = 0.06 / height
    if scale.worse_side == "left":
        figure.text(0.005, y, f"\u2190 {scale.worse}", ha="left", **style)
    elif scale.worse_side == "right":
        figure.text(0.995, y, f"{scale.worse} \u2192", ha="right", **style)
    if scale.span:
        size = (0.2 / width, 0.13 / height)
        figure.add_artist(Rectangle((0.002, y + 0.015 / height), *size, facecolor=drawing.RANGE, edgecolor=drawing.QUIET, lw=0.6))
        low, high = (numbers.ratio(end) for end in scale.span)
        figure.text(0.28 / width, y, f"{low} to {high}: no adverse difference", ha="left", **style)


def signed_tick(value: float) -> str:
    """Return a tick of a line of gaps: '0', '+10', '−10' (percentage points)."""
    return "0" if abs(value) < 1e-9 else numbers.points_value(value).removesuffix(".0")

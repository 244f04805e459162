"""A value on its scale: a relative likelihood against 1, or a gap against nothing, with its interval."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from wres_helpers.report import drawing, numbers


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
        axes = drawing.axes_in_inches(figure, 0.12, 0.56, drawing.WIDTH - 0.24, len(items) * gap)
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


def strip_height(scale: Scale | None) -> float:
    return 1.54 if scale else 0.0


def draw_scale(figure: Any, scale: Scale) -> None:
    """Draw the value on its line in the lower strip of the figure."""
    width = drawing.WIDTH - 0.24
    axes = drawing.axes_in_inches(figure, 0.12, 0.5, width, 0.36)
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

"""A value on its scale: a relative likelihood against 1, or a gap against nothing, with its interval."""

import math
import re
from dataclasses import dataclass
from typing import Any

from wres_helpers.report.form import drawing, numbers

#: The height of the strip below bars that holds a scale.
STRIP = 1.3


@dataclass(frozen=True)
class Scale:
    """One value with its interval on a line: a ratio against 1, or a gap against 0."""

    title: str  # what the line measures: 'Relative likelihood, white divided by BME'
    text: str  # the value and its interval, as printed
    value: float
    lower: float
    upper: float
    neutral: float  # where there is no difference: 1 for a ratio, 0 for a gap
    span: tuple[float, float] | None  # the range of no adverse difference, shaded
    worse: str  # words on the worse side
    worse_side: str  # 'right' or 'left'


def draw_scale(figure: Any, scale: Scale) -> None:
    """Draw the value on its line in the lower strip of the figure."""
    width = drawing.WIDTH - 0.24
    axes = drawing.axes_in_inches(figure, 0.12, 0.48, width, 0.32)
    low, high = _limits(scale)
    if scale.neutral == 1:
        axes.set_xscale("log")
        # 1.5 stands too near to 1 and 2 where the line is long.
        ratios = [tick for tick in (0.1, 0.2, 0.5, 1, 1.5, 2, 3, 5, 10) if low <= tick <= high and (tick != 1.5 or high < 3.2)]
        ticks = {tick: "1 (equal)" if tick == 1 else f"{tick:g}" for tick in ratios}
    else:
        ticks = {tick: drawing.signed_tick(tick) for tick in drawing.round_ticks(low, high)}
    axes.set_xlim(low, high)
    axes.set_ylim(0, 1)
    if scale.span:
        axes.axvspan(*scale.span, color=drawing.RANGE, lw=0, zorder=0)
        axes.vlines(scale.span, 0, 1, color=drawing.QUIET, lw=0.8, zorder=0.5)
    axes.axvline(scale.neutral, color=drawing.INK, lw=1.3, zorder=1)
    axes.axhline(0, color=drawing.QUIET, lw=0.8, zorder=0, clip_on=False)
    axes.tick_params(length=3, color=drawing.QUIET)
    _draw_interval(axes, scale, 0.5, (low, high))
    axes.set_xticks(list(ticks), list(ticks.values()))
    axes.minorticks_off()
    height = figure.get_size_inches()[1]
    # the unit of a gap is said once, with what the line measures, so that both lines fit on a phone
    text = re.sub(r" percentage points?\b", "", scale.text)
    title = scale.title if text == scale.text else f"{scale.title}, percentage points"
    figure.text(0.0, 1.16 / height, title, fontweight="semibold", va="center")
    figure.text(0.0, 0.96 / height, text, va="center")
    _worse_words(figure, scale)


def _limits(scale: Scale) -> tuple[float, float]:
    """Return the ends of the line: room for the range and the interval, a ratio's never wider than 0.1 to 10, a gap's than all."""
    ends = [scale.lower, scale.upper, scale.value]
    if scale.neutral == 1:
        finite = [value for value in ends if math.isfinite(value) and value > 0]
        return max(min([*finite, *(scale.span or (1,)), 0.66]) * 0.9, 0.1), min(max([*finite, *(scale.span or (1,)), 1.5]) * 1.12, 10)
    room = max([*map(abs, ends), 0.05]) * 0.15
    return max(min([*ends, 0]) - room, -1), min(max([*ends, 0]) + room, 1)


def _draw_interval(axes: Any, scale: Scale, y: float, limits: tuple[float, float]) -> None:
    low, high = limits
    left, right = max(scale.lower, low), min(scale.upper, high)
    axes.plot([left, right], [y, y], color=drawing.PALETTE[0], lw=2.4, solid_capstyle="butt", zorder=2)
    for end, shown, marker in ((scale.lower, left, "<"), (scale.upper, right, ">")):
        # An interval that goes on beyond the line ends in an arrow head instead of a cap.
        axes.plot([shown], [y], marker if end != shown else "|", ms=9, mew=2.2, color=drawing.PALETTE[0], zorder=3, clip_on=False)
    if low <= scale.value <= high:
        axes.plot([scale.value], [y], "o", ms=10, color=drawing.PALETTE[0], mec=drawing.GROUND, mew=1.2, zorder=4, clip_on=False)


def _worse_words(figure: Any, scale: Scale) -> None:
    """Write under a line which side is worse, and what the shaded range is."""
    from matplotlib.patches import Rectangle

    width, height = figure.get_size_inches()
    style = {"fontsize": drawing.SMALL, "color": drawing.QUIET, "va": "bottom"}
    y = 0.06 / height
    place, words = (0.005, f"\u2190 {scale.worse}") if scale.worse_side == "left" else (0.995, f"{scale.worse} \u2192")
    figure.text(place, y, words, ha=scale.worse_side, **style)
    if scale.span:
        size = (0.2 / width, 0.13 / height)
        figure.add_artist(Rectangle((0.002, y + 0.015 / height), *size, facecolor=drawing.RANGE, edgecolor=drawing.QUIET, lw=0.6))
        low, high = (numbers.ratio(end) for end in scale.span)
        figure.text(0.28 / width, y, f"{low} to {high}: not large", ha="left", **style)

"""One small line of years: a dot for each year with its interval, joined only where two years may be compared."""

from dataclasses import dataclass
from typing import Any

from wres_helpers.report import drawing

_HEIGHT = 2.25
_BOTTOM, _TOP = 0.34, 0.36


@dataclass(frozen=True)
class YearMark:
    """One year of a line.

    Attributes
    ----------
    label
        The year as the axis prints it.
    value, lower, upper
        What was found and its interval; None where there is no figure, or none that may be shown.
    joined
        Whether a line joins it to the year before.
    text
        The value in words, written beside the first and the last year.
    broken
        Whether a break in the series falls before it.
    """

    label: str
    value: float | None
    lower: float | None
    upper: float | None
    joined: bool
    text: str
    broken: bool


def line(marks: tuple[YearMark, ...], neutral: float, neutral_words: str) -> str:
    """Return a line of years as SVG: dots, intervals, a dashed line at equality, and a dotted one where the series breaks."""
    with drawing.board(_HEIGHT) as figure:
        right = max(drawing.text_width(figure, mark.text, drawing.SMALL) for mark in marks) + 0.16
        axes = drawing.axes_in_inches(figure, 0.18, _BOTTOM, drawing.WIDTH - right - 0.3, _HEIGHT - _BOTTOM - _TOP)
        low, high = _limits(marks, neutral)
        axes.set_ylim(low, high)
        axes.set_xlim(-0.4, len(marks) - 0.6)
        axes.hlines([neutral], -0.4, len(marks) - 0.6, color=drawing.INK, lw=1.1, linestyles=(0, (4, 2.5)), zorder=1)
        axes.annotate(
            neutral_words, (-0.4, neutral), xytext=(0, 5), textcoords="offset points", fontsize=drawing.SMALL, color=drawing.QUIET,
            annotation_clip=False, bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.4},
        )  # fmt: skip
        for place, mark in enumerate(marks):
            _draw(axes, place, mark, marks[place - 1] if place else None, (low, high))
        _label_years(axes, marks)
        return drawing.to_svg(figure)


def _limits(marks: tuple[YearMark, ...], neutral: float) -> tuple[float, float]:
    """Return the ends of the axis: all values and the neutral one, and of intervals as much as leaves the values legible."""
    values = [mark.value for mark in marks if mark.value is not None]
    low, high = min([*values, neutral]), max([*values, neutral])
    reach = (high - low) or abs(neutral) * 0.2 or 0.05
    ends = [end for mark in marks for end in (mark.lower, mark.upper) if end is not None]
    return max(min([*ends, low]), low - 1.5 * reach) - 0.06 * reach, min(max([*ends, high]), high + 1.5 * reach) + 0.06 * reach


def _draw(axes: Any, place: int, mark: YearMark, before: YearMark | None, limits: tuple[float, float]) -> None:
    if mark.broken:
        axes.vlines([place - 0.5], *limits, color=drawing.QUIET, lw=1.2, linestyles=(0, (1, 2)), zorder=1)
    if mark.value is None:
        return
    if mark.joined and before is not None:
        axes.plot([place - 1, place], [before.value, mark.value], color=drawing.PALETTE[0], lw=1.8, zorder=3)
    if mark.lower is not None and mark.upper is not None:
        axes.plot([place, place], [mark.lower, mark.upper], color=drawing.PALETTE[0], lw=2, alpha=0.4, solid_capstyle="round", zorder=2)
    axes.plot([place], [mark.value], "o", ms=7, color=drawing.PALETTE[0], mec="white", mew=1, zorder=4, clip_on=False)


def _label_years(axes: Any, marks: tuple[YearMark, ...]) -> None:
    """Write every year below the axis, or every second one where they are many, and the first and last value beside their dots."""
    step = 1 if len(marks) <= 6 else 2
    places = [place for place in range(len(marks)) if (len(marks) - 1 - place) % step == 0]
    axes.set_xticks(places)
    axes.set_xticklabels([marks[place].label for place in places])
    valued = [place for place, mark in enumerate(marks) if mark.value is not None]
    for place in dict.fromkeys((valued[0], valued[-1])):
        at_end = place == valued[-1]
        axes.annotate(
            marks[place].text, (place, marks[place].value), xytext=(9, 0) if at_end else (0, 9), textcoords="offset points",
            ha="left" if at_end else "center", va="center" if at_end else "bottom", fontsize=drawing.SMALL, fontweight="semibold",
            annotation_clip=False, zorder=6, bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8, "alpha": 0.85},
        )  # fmt: skip

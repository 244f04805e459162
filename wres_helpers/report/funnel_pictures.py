"""The picture of a funnel: units as dots, the limits around their common value, and labels that do not stand on one another."""

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from wres_helpers.report import drawing, numbers

if TYPE_CHECKING:
    from wres_helpers.report.funnel_plots import Units

_HEIGHT, _BOTTOM, _TOP, _LINE = 2.7, 0.3, 0.14, 0.22


def funnel_picture(units: "Units") -> str:
    """Return the funnel as SVG: units as dots by how much their counts can tell, labelled where they are few or lie outside."""
    rows = units.drawn.assign(across=1 / units.drawn["standard_error"])
    labelled = rows if not units.has_limits else rows[rows["outside"].ne("")]
    together = f"all {units.written(rows['centre'].iloc[0])}"
    labels = [(float(row["value"]), str(row["organisation"]), float(row["across"])) for _, row in labelled.iterrows()]
    height = max(_HEIGHT, (len(labels) + 1) * _LINE + _BOTTOM + _TOP)
    with drawing.board(height) as figure:
        right = max(drawing.text_width(figure, text, drawing.SMALL) for text in (together, *(label[1] for label in labels))) + 0.34
        axes = drawing.axes_in_inches(figure, 0.44, _BOTTOM, max(drawing.WIDTH - 0.44 - right, 1.2), height - _BOTTOM - _TOP)
        grid = _ready(axes, units, rows)
        if units.has_limits:
            _draw_limits(axes, units, rows, grid)
        else:
            known = rows[rows["lower"].notna() & rows["upper"].notna()]
            low, high = axes.get_ylim()
            axes.vlines(
                known["across"], known["lower"].clip(low, high), known["upper"].clip(low, high), color=drawing.PALETTE[0], lw=2, alpha=0.4
            )
        axes.plot(rows["across"], rows["value"], "o", ms=6, color=drawing.PALETTE[0], mec="white", mew=0.8, zorder=4, ls="none")
        _draw_labels(axes, [*labels, (float(rows["centre"].iloc[0]), together, grid[-1])])
        style: dict[str, Any] = {"xycoords": "axes fraction", "ha": "right", "va": "top", "color": drawing.QUIET}
        drawing.words_at(axes, "more people counted \u2192", (1, 0), (0, -8), **style)
        return drawing.to_svg(figure)


def _ready(axes: Any, units: "Units", rows: pd.DataFrame) -> np.ndarray:
    """Set the two scales, draw equality and the common value, and return the places across from end to end."""
    from matplotlib.ticker import FixedLocator, MaxNLocator, NullLocator

    grid = np.linspace(rows["across"].min() * 0.85, rows["across"].max() * 1.05, 60)
    neutral, names = (1.0 if units.is_ratio else 0.0), ["lower_998", "upper_998"] if units.has_limits else ["lower", "upper"]
    ends = rows[[*names, "value"]].to_numpy(float).ravel()
    ends = np.append(ends[np.isfinite(ends) & ((ends > 0) | (not units.is_ratio))], neutral)
    if units.is_ratio:
        axes.set_yscale("log")
        low, high = max(ends.min() * 0.9, 0.05), min(ends.max() * 1.1, 20.0)
        ticks = [tick for tick in (0.1, 0.2, 0.5, 1, 2, 5, 10) if low <= tick <= high]
        axes.yaxis.set_minor_locator(NullLocator())
        texts = [f"{tick:g}" for tick in ticks]
    else:
        room = 0.06 * max(ends.max() - ends.min(), 0.02)
        low, high = ends.min() - room, ends.max() + room
        ticks = [tick for tick in MaxNLocator(nbins=5, steps=[1, 2, 5, 10]).tick_values(low, high) if low <= tick <= high]
        texts = [numbers.points_value(tick).removesuffix(".0") if abs(tick) > 1e-9 else "0" for tick in ticks]
    axes.yaxis.set_major_locator(FixedLocator(ticks))
    axes.set_yticklabels(texts)
    axes.set_ylim(low, high)
    axes.set_xlim(grid[0], grid[-1])
    axes.set_xticks([])
    axes.axhline(neutral, color=drawing.FAINT, lw=1.2, zorder=0)
    axes.axhline(rows["centre"].iloc[0], color=drawing.INK, lw=1.2, linestyle=(0, (4, 2.5)), zorder=1)
    return grid


def _draw_limits(axes: Any, units: "Units", rows: pd.DataFrame, grid: np.ndarray) -> None:
    """Draw the narrow and the wide limits, each named where it begins."""
    centre, widened = float(rows["centre"].iloc[0]), float(np.sqrt(rows["overdispersion"].iloc[0]))
    for width, name, style in ((1.959964, "95%", "-"), (3.090232, "99.8%", (0, (1, 1.2)))):
        for sign in (-1, 1):
            reach = sign * width * widened / grid
            limit = centre * np.exp(reach) if units.is_ratio else centre + reach
            axes.plot(grid, limit, color=drawing.QUIET, lw=1.1, linestyle=style, zorder=2)
            if sign > 0:
                place = (grid[0], min(limit[0], axes.get_ylim()[1]))
                drawing.words_at(axes, name, place, (4, 0), backed=0.4, va="bottom", color=drawing.QUIET)


def _draw_labels(axes: Any, labels: list[tuple[float, str, float]]) -> None:
    """Write labels in a column at the right, in the order of their values, far enough apart, each joined to its dot by a thin line."""
    inches = axes.get_position().height * axes.figure.get_size_inches()[1]
    low, high = (axes.transScale.transform((1, end))[1] for end in axes.get_ylim())
    ordered = sorted(labels)
    places = [(axes.transScale.transform((1, value))[1] - low) / (high - low) * inches for value, _, _ in ordered]
    for at in range(1, len(places)):
        places[at] = max(places[at], places[at - 1] + _LINE)
    over = max(places[-1] - inches, 0.0)
    places[-1] -= over
    for at in range(len(places) - 2, -1, -1):
        places[at] = min(places[at], places[at + 1] - _LINE)
    leader = {"arrowstyle": "-", "color": drawing.HATCH, "lw": 0.7, "relpos": (0, 0.5), "shrinkA": 2}
    for (value, text, across), place in zip(ordered, places, strict=True):
        axes.annotate(
            text, (across, value), xytext=(1.03, place / inches), textcoords=axes.transAxes, xycoords="data", va="center", ha="left",
            fontsize=drawing.SMALL, annotation_clip=False, arrowprops=leader,
        )  # fmt: skip

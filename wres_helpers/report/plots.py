"""The kinds of picture the report is made of: labelled bars, a value on its scale, and dots against a line.

Each takes marks that already carry their words and returns SVG. A value that may not be shown has no number here, so
neither a length nor the limit of an axis can give it away: it is drawn as a hatched lane that is always the same.
"""

from typing import Any

from wres_helpers.report import drawing
from wres_helpers.report.drawing import Category, Mark
from wres_helpers.report.scales import Scale, draw_scale, strip_height

_BAR = 0.27
_GAP = 0.34
_HEADING = 0.30
_BETWEEN = 0.16
_AXIS = 0.34


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
    strip = strip_height(scale)
    axis = _AXIS if _has_whiskers(marks) else 0.06
    height = 0.04 + rows + axis + strip
    with drawing.board(height) as figure:
        left = _label_room(figure, marks)
        right = _text_room(figure, marks, drawing.BODY) + 0.14
        width = max(drawing.WIDTH - left - right, 1.2)
        axes = drawing.axes_in_inches(figure, left, strip + axis, width, rows)
        limit = _limit(marks, None)
        axes.set_xlim(0, limit)
        axes.set_ylim(rows, 0)
        # Every bar carries its number, so an axis is drawn only where there are intervals to be read off.
        ticks = _percent_ticks(axes, limit, width) if _has_whiskers(marks) else []
        if not ticks:
            axes.set_xticks([])
        _draw_rows(axes, categories, looks, (limit, width), ticks)
        if scale:
            draw_scale(figure, scale)
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
        right = _text_room(figure, list(rows), drawing.SMALL) + 0.16
        width = max(drawing.WIDTH - left - right, 1.2)
        axes = drawing.axes_in_inches(figure, left, _AXIS, width, len(rows) * gap)
        limit = _limit(list(rows), reference)
        axes.set_xlim(0, limit)
        axes.set_ylim(len(rows) * gap, 0)
        for place, mark in enumerate(rows):
            _draw_dot(axes, mark, (place + 0.5) * gap, (limit, width))
        axes.vlines(_percent_ticks(axes, limit, width)[1:], 0, len(rows) * gap, color=drawing.FAINT, lw=0.8, zorder=0)
        axes.vlines([0], 0, len(rows) * gap, color=drawing.INK, lw=1, zorder=1)
        if reference:
            _draw_reference(axes, reference, len(rows) * gap)
        return drawing.to_svg(figure)


def _label_room(figure: Any, marks: list[Mark]) -> float:
    return max(drawing.text_width(figure, mark.series) for mark in marks) + 0.14


def _text_room(figure: Any, marks: list[Mark], size: float) -> float:
    """Return the room that texts need to the right of the bars; those of hidden values stand inside their lanes."""
    return max((drawing.text_width(figure, mark.text, size) for mark in marks if not mark.hidden), default=0.4)


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
    axes: Any, categories: tuple[Category, ...], looks: dict[str, dict[str, Any]], size: tuple[float, float], ticks: list[float]
) -> None:
    axes_y = 0.0
    for place, category in enumerate(categories):
        axes_y += _BETWEEN if place else 0.0
        if category.label:
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
    if mark.hidden:
        _draw_lane(axes, mark, y, size[0], drawing.BODY)
        return
    end = 0.0 if mark.value is None else _draw_value_bar(axes, mark, y, look)
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


def _draw_lane(axes: Any, mark: Mark, y: float, limit: float, size: float) -> None:
    """Draw a value that is not shown: a hatched lane across the whole chart, the same for every such value."""
    axes.barh(y, limit, height=_BAR * 0.8, facecolor="white", edgecolor=drawing.HATCH, hatch="////", lw=0, zorder=1.8)
    axes.annotate(
        mark.text, (0, y), xytext=(9, 0), textcoords="offset points", va="center", fontsize=size, annotation_clip=False, zorder=6,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 2.2},
    )  # fmt: skip


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


def _draw_dot(axes: Any, mark: Mark, y: float, size: tuple[float, float]) -> None:
    axes.annotate(mark.series, (0, y), xytext=(_label_offset(axes), 0), textcoords="offset points", va="center", annotation_clip=False)
    if mark.hidden:
        _draw_lane(axes, mark, y, size[0], drawing.SMALL)
        return
    if mark.value is not None:
        if mark.lower is not None and mark.upper is not None:
            axes.plot([mark.lower, mark.upper], [y, y], color=drawing.PALETTE[0], lw=2, alpha=0.55, solid_capstyle="round", zorder=2)
        axes.plot([mark.value], [y], "o", ms=8, color=drawing.PALETTE[0], mec="white", mew=1, zorder=3, clip_on=False)
    axes.annotate(
        mark.text, (size[0], y), xytext=(8, 0), textcoords="offset points", va="center", fontsize=drawing.SMALL, annotation_clip=False
    )

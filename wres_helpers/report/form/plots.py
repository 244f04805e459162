"""The kinds of picture the report is made of: labelled bars, dots against a line, answers in one bar a group, people in a row.

Each takes marks that already carry their words and returns SVG. A value that may not be shown has no number here. Where the
range it lies in is told on the page, a thick stroke shows that range; otherwise only words stand in its place.
"""

import textwrap
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from wres_helpers.report.form import drawing
from wres_helpers.report.form.drawing import Category, Mark
from wres_helpers.report.form.scales import STRIP, Scale, draw_scale

_BAR = 0.24
_GAP = 0.30
_DOT_GAP = 0.24
_HEADING = 0.28
_BETWEEN = 0.14
_AXIS = 0.30
_POINTED = 0.22
#: A part of a bar of answers below this has no room for its figure.
_NARROW = 0.04
#: So many letters of a row's name stand in one line: a longer one would leave its dots no room on a telephone.
_NAME = 18


def bars(categories: tuple[Category, ...], scale: Scale | None = None, *, focus: bool = False) -> str:
    """Return horizontal bars with their words beside them as SVG, and below them the scale if one is given.

    A category is a row, with a mark a series (four at most; fractions 0..1). With ``focus`` the series are no ethnic groups: the first is
    filled, the others are outlined to be compared with.
    """
    outlined = {"facecolor": drawing.RANGE, "edgecolor": drawing.QUIET, "lw": 1}
    filled: list[dict[str, Any]] = [{"color": drawing.QUIET}, outlined] if focus else [{"color": colour} for colour in drawing.PALETTE]
    looks = dict(zip(drawing.series_of(categories), filled, strict=False))  # more series than a reader can tell apart have no look
    marks = [mark for category in categories for mark in category.marks]
    whiskers = any(mark.lower is not None for mark in marks)
    strip, axis = STRIP if scale else 0.0, _AXIS if whiskers else 0.06
    rows = _rows_height(categories, _GAP) + _POINTED * any(mark.expected for mark in marks)
    with drawing.board(0.04 + rows + axis + strip) as figure:
        axes, limit, width = _row_axes(figure, marks, (strip + axis, rows), drawing.BODY, None)
        # Every bar carries its number, so an axis is drawn only where there are intervals to be read off.
        ticks = _percent_ticks(limit, width) if whiskers else {}
        axes.set_xticks(list(ticks), list(ticks.values()))
        _draw_rows(axes, categories, _GAP, ([*ticks], 5), lambda mark, y: _draw_bar(axes, mark, y, looks[mark.series]))
        if scale:
            draw_scale(figure, scale)
        return drawing.to_svg(figure)


def dots(panels: tuple[Category, ...], reference: tuple[float, str] | None) -> str:
    """Return one dot with its interval for each mark, a category a panel, against a dashed line at a reference value, as SVG."""
    panels = tuple(
        replace(panel, marks=tuple(replace(mark, series=textwrap.fill(mark.series, _NAME)) for mark in panel.marks)) for panel in panels
    )
    marks = [mark for panel in panels for mark in panel.marks]
    rows = _rows_height(panels, _DOT_GAP)
    with drawing.board(rows + _AXIS + 0.34) as figure:
        axes, limit, width = _row_axes(figure, marks, (_AXIS, rows), drawing.SMALL, reference)
        ticks = _percent_ticks(limit, width)
        axes.set_xticks([])
        stretches = _draw_rows(axes, panels, _DOT_GAP, ([*ticks], 1), lambda mark, y: _draw_dot(axes, mark, y, limit))
        for _, end in stretches:  # below each panel: all together are taller than a screen
            for tick, words in ticks.items():
                drawing.words_at(axes, words, (tick, end), (0, -2), ha="center", va="top", color=drawing.QUIET)
        if reference:
            for top, end in stretches:
                axes.vlines([reference[0]], top, end, color=drawing.INK, lw=1.3, linestyles=(0, (4, 2.5)), zorder=1.5)
            place = axes.get_position()
            room = drawing.WIDTH * (1 - place.x0 - place.width * reference[0] / limit)
            side = "left" if drawing.text_width(reference[1], drawing.SMALL) < room else "right"
            drawing.words_at(axes, reference[1], (reference[0], 0), (0, 5), va="bottom", ha=side)
        return drawing.to_svg(figure)


def answer_bars(groups: tuple[Category, ...], rest: str) -> str:
    """Return one bar a group, cut into its answers in their order, and below it which colour is which answer, as SVG.

    Hidden answers make up what is left of the bar together, which is called ``rest``.
    """
    names = drawing.series_of(groups)
    colours = dict(zip(names, drawing.shades(len(names)), strict=True))
    rested = any(mark.value is None for group in groups for mark in group.marks)
    narrow = any(mark.value and mark.value < _NARROW for group in groups for mark in group.marks)
    legend = [(name, colours[name]) for name in names] + [(rest, drawing.RANGE)] * rested + [("No figure: see the numbers", "")] * narrow
    top, bar, line = 0.27, 0.27, 0.22
    rows, (places, lines) = len(groups) * (top + bar), _key_places([name for name, _ in legend])
    with drawing.board(rows + 0.14 + lines * line) as figure:
        axes = drawing.axes_in_inches(figure, 0.02, lines * line + 0.1, drawing.WIDTH - 0.04, rows)
        axes.set_xlim(0, 1)
        axes.set_ylim(rows, 0)
        axes.set_xticks([])
        for place, group in enumerate(groups):
            y = place * (top + bar)
            axes.text(0, y + top - 0.05, group.label, fontweight="semibold", va="bottom")
            _draw_answers(axes, group, colours, (y + top, bar))
        height = figure.get_size_inches()[1]
        for (name, colour), (left, down) in zip(legend, places, strict=True):
            drawing.swatch(figure, colour, (left, (lines - down - 0.5) * line / height), name)
        return drawing.to_svg(figure)


def _key_places(names: list[str]) -> tuple[list[tuple[float, int]], int]:
    """Return where the keys of a legend stand that follow one another (inches from the left, and on which line), and how many lines they take."""
    places, left, down = list[tuple[float, int]](), 0.02, 0
    for name in names:
        width = 0.25 + drawing.text_width(name, drawing.SMALL)
        if places and left + width > drawing.WIDTH:
            left, down = 0.02, down + 1
        places.append((left, down))
        left += width + 0.2
    return places, down + 1


def people_dots(groups: tuple[Category, ...]) -> str:
    """Return every person as a dot, one row a group: full for the first group, coloured for the second, a ring for the rest."""
    row, most = 0.36, max((int(group.marks[0].value or 0) for group in groups), default=1)
    with drawing.board(len(groups) * row + 0.04) as figure:
        left = max(drawing.text_width(group.label) for group in groups) + 0.2
        right = max(drawing.text_width(group.marks[0].text) for group in groups) + 0.16
        axes = drawing.axes_in_inches(figure, left, 0.02, max(drawing.WIDTH - left - right, 1.0), len(groups) * row)
        axes.set_xlim(0, max(most, 8))
        axes.set_ylim(len(groups) * row, 0)
        axes.set_xticks([])
        size = min(10.0, 60 * (drawing.WIDTH - left - right) / max(most, 8))
        for place, group in enumerate(groups):
            y, count = (place + 0.5) * row, int(group.marks[0].value or 0)
            colour = (*drawing.PALETTE[:1], drawing.PALETTE[2], drawing.GROUND)[min(place, 2)]
            axes.plot(
                [each + 0.5 for each in range(count)], [y] * count, "o", ms=size, color=colour, mec=drawing.INK, mew=1.2, clip_on=False
            )
            drawing.label_left(axes, group.label, y)
            _beside(axes, group.marks[0].text, max(count, 0.2), y, drawing.BODY)
        return drawing.to_svg(figure)


def _rows_height(categories: tuple[Category, ...], gap: float) -> float:
    headings = sum(bool(category.label) for category in categories) * _HEADING
    return sum(_row_height(mark, gap) for category in categories for mark in category.marks) + headings + (len(categories) - 1) * _BETWEEN


def _row_height(mark: Mark, gap: float) -> float:
    return gap * (1 + 0.8 * mark.series.count("\n"))


def _draw_rows(
    axes: Any, categories: tuple[Category, ...], gap: float, lines: tuple[list[float], float], draw: Callable[[Mark, float], None]
) -> list[tuple[float, float]]:
    """Draw each category with its heading, its lines at the ticks and at nought (in their order of drawing), and its marks.

    Returns where each begins and ends, downwards in inches: lines stop where the marks do, so that none runs through a heading.
    """
    (ticks, order), places, y = lines, list[tuple[float, float]](), 0.0
    for category in categories:
        top = y + (_BETWEEN if places else 0.0) + (_HEADING if category.label else 0.0)
        heights = [_row_height(mark, gap) for mark in category.marks]
        y = top + sum(heights)
        places.append((top, y))
        if category.label:
            drawing.label_left(axes, category.label, top - 0.13, fontweight="semibold")
        axes.vlines([tick for tick in ticks if tick > 0], top, y, color=drawing.FAINT, lw=0.8, zorder=0)
        axes.vlines([0], top, y, color=drawing.INK, lw=1, zorder=order)
        for place, mark in enumerate(category.marks):
            draw(mark, top + sum(heights[:place]) + heights[place] / 2)
    return places


def _row_axes(
    figure: Any, marks: list[Mark], upright: tuple[float, float], size: float, reference: tuple[float, str] | None
) -> tuple[Any, float, float]:
    """Return axes with room for labels on the left and words on the right, the end of their values, and their width."""
    left = max(drawing.text_width(line, size) for mark in marks for line in mark.series.split("\n")) + 0.14
    right = max(drawing.text_width(mark.words, size) for mark in marks) + 0.16
    width = max(drawing.WIDTH - left - right, 1.0)
    axes = drawing.axes_in_inches(figure, left, upright[0], width, upright[1])
    limit = _limit(marks, reference)
    axes.set_xlim(0, limit)
    axes.set_ylim(upright[1], 0)
    return axes, limit, width


def _limit(marks: list[Mark], reference: tuple[float, str] | None) -> float:
    """Return the end of the axis: from values that are shown, and ranges that are told, and from nothing else."""
    told = [value for mark in marks for value in (mark.value, mark.upper, *(mark.known or ()), *(mark.expected or ())[:1])]
    told += reference[:1] if reference else ()
    return min(max([0.01, *(value for value in told if value is not None)]) * 1.02, 1.0)


def _draw_bar(axes: Any, mark: Mark, y: float, look: dict[str, Any]) -> None:
    drawing.label_left(axes, mark.series, y)
    end = 0.0
    if mark.known:
        _draw_known(axes, mark.known, y)
        end = mark.known[1]
    elif mark.value is not None:
        axes.barh(y, mark.value, height=_BAR, zorder=2, **look)
        end = mark.value
        if mark.lower is not None and mark.upper is not None:
            # A white line below the dark one keeps the whisker visible on a dark bar.
            for colour, thickness, order in ((drawing.GROUND, 3.6, 3), (drawing.INK, 1.5, 4)):
                style = {"color": colour, "lw": thickness, "solid_capstyle": "butt", "zorder": order, "clip_on": False}
                axes.plot([mark.lower, mark.upper], [y, y], **style)
                for cap in (mark.lower, mark.upper):
                    axes.plot([cap, cap], [y - 0.055, y + 0.055], **style)
            end = max(end, mark.upper)
    if mark.expected:
        place, words = mark.expected
        axes.plot([place, place], [y - _BAR / 2 - 0.03, y + _BAR / 2 + 0.05], color=drawing.INK, lw=1.8, zorder=5)
        drawing.words_at(axes, words, (place, y + _BAR / 2 + 0.05), (0, -3), ha="center", va="top")
        end = max(end, place)
    _beside(axes, mark.words, end, y, drawing.BODY)


def _draw_dot(axes: Any, mark: Mark, y: float, limit: float) -> None:
    drawing.label_left(axes, mark.series, y, fontsize=drawing.SMALL)
    if mark.known:
        _draw_known(axes, mark.known, y)
    elif mark.value is not None:
        if mark.lower is not None and mark.upper is not None:
            axes.plot([mark.lower, mark.upper], [y, y], color=drawing.INK, lw=1.5, solid_capstyle="butt", zorder=2)
        shape, colour = ("D", drawing.PALETTE[2]) if mark.stands_out else ("o", drawing.PALETTE[0])
        axes.plot([mark.value], [y], shape, ms=6, color=colour, mec=drawing.GROUND, mew=0.6, zorder=3, clip_on=False)
    _beside(axes, mark.words, limit, y, drawing.SMALL)


def _draw_known(axes: Any, known: tuple[float, float], y: float) -> None:
    """Draw the range that a hidden value is told to lie in, as a thick stroke."""
    axes.plot(known, [y, y], color=drawing.HATCH, lw=9, solid_capstyle="butt", zorder=2, clip_on=False)


def _beside(axes: Any, text: str, end: float, y: float, size: float) -> None:
    drawing.words_at(axes, text, (end, y), (7, 0), backed=1.2, va="center", fontsize=size, zorder=6)


def _draw_answers(axes: Any, group: Category, colours: dict[str, str], place: tuple[float, float]) -> None:
    """Draw one group's bar: its shown answers in their order, and what is left of it in the colour of a range.

    A figure that has no room within stands above its part; of parts so narrow that it would stand above another, the table behind has it.
    """
    (y, height), begin, free = place, 0.0, 0.0
    for mark in group.marks:
        if not mark.value:
            continue
        axes.barh(y + height / 2, mark.value, left=begin, height=height, color=colours[mark.series], edgecolor=drawing.GROUND, lw=1.2)
        middle, half = begin + mark.value / 2, drawing.text_width(mark.words, drawing.SMALL) / drawing.WIDTH / 2
        if mark.value > 2 * half + 0.025:
            ink = drawing.ink_on(colours[mark.series])
            axes.text(middle, y + height / 2, mark.words, color=ink, ha="center", va="center", fontsize=drawing.SMALL)
        elif mark.value > half and free <= middle - half and middle + half <= 1:
            axes.text(middle, y - 0.03, mark.words, ha="center", va="bottom", fontsize=drawing.SMALL)
            free = middle + half + 0.02
        begin += mark.value
    if begin < 0.999 and any(mark.value is None for mark in group.marks):
        axes.barh(y + height / 2, 1 - begin, left=begin, height=height, color=drawing.RANGE, edgecolor=drawing.GROUND, lw=1.2)
    axes.barh(y + height / 2, 1, height=height, facecolor="none", edgecolor=drawing.QUIET, lw=0.8)  # the palest answer has an end, too


def _percent_ticks(limit: float, width: float) -> dict[float, str]:
    """Return round percentages for an axis, by where they stand."""
    ticks = drawing.round_ticks(0, limit, max(2, min(5, int(width / 0.45))))
    decimals = 0 if all(abs(tick * 100 - round(tick * 100)) < 1e-6 for tick in ticks) else 1
    return {tick: f"{tick * 100:.{decimals}f}%" for tick in ticks}

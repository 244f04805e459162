"""Funnel plots: the parts of an organisation, or the organisations of a system, beside what all of them show together.

Units stand by how much their counts can tell, never by their value: it is no league table. A funnel is drawn from a stated number
of units on; fewer stand in a table with their own intervals and without a judgement.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import numpy as np
import pandas as pd

from wres_helpers.analysis.cells import TWO_GROUPS
from wres_helpers.analysis.derived import Context
from wres_helpers.analysis.funnel import FEWEST_UNITS, WIDTHS, funnel
from wres_helpers.report.form import drawing, numbers, phrases
from wres_helpers.report.form.blocks import Cell, Figure, Table
from wres_helpers.report.form.topics import Topic, Topical
from wres_helpers.report.section import charts, table_blocks
from wres_helpers.report.section.table_blocks import interval_cell
from wres_helpers.report.words import evidence_rows
from wres_helpers.report.words.made_tables import Field, number, table_of, words_field
from wres_helpers.report.words.vocabulary import comparison_title, period_label, worse_for
from wres_helpers.settings.parameters import Parameters

#: Units without which there is nothing to put beside one another.
FEWEST_DRAWN = 3
#: Longer than this, names of units are counted in a title and not given.
LONGEST_NAMES = 50
#: Headings of the limits, by the ending of their fields.
LIMITS = {"_95": "95% limits", "_998": "99.8% limits"}


@dataclass(frozen=True)
class Units:
    """What a funnel is drawn from."""

    id: str
    topic: Topic
    one: str  # what a unit is called: 'directorate'
    many: str  # and several: 'directorates'
    subtitle: str  # what is compared, of whom, and when
    value_title: str  # what the value is, with its direction; also the heading of its column
    worse: str  # which way the value is worse, as a sentence
    white: str
    bme: str
    results: pd.DataFrame  # one result row a unit, named by its `organisation`; what is protected is missing

    @cached_property
    def placed(self) -> pd.DataFrame:
        """The units whose counts are all known, with their places and counts."""
        own = self.results[["organisation", "white_count", "bme_count"]]
        return funnel(self.results.assign(breakdown="overall")).merge(own, on="organisation")

    @cached_property
    def drawn(self) -> pd.DataFrame:
        """The units that have a place."""
        return self.placed[self.placed["standard_error"].notna() & self.placed["value"].notna()]

    @property
    def has_limits(self) -> bool:
        """Whether there are enough units for limits."""
        return len(self.drawn) >= FEWEST_UNITS

    @property
    def told(self) -> str:
        """What those that are drawn are called: ' shown' behind their name where some have no place."""
        return " shown" * (len(self.drawn) < self.results["organisation"].nunique())

    @property
    def is_ratio(self) -> bool:
        """Whether the value is a ratio, and not a difference."""
        return bool(self.placed["scale"].eq("logarithm").any())

    @property
    def style(self) -> numbers.Style:
        """How the value is written."""
        return numbers.STYLES["ratio" if self.is_ratio else "difference"]

    def span(self, row: pd.Series, ending: str) -> str:
        """Return the limits whose fields have an ending."""
        return self.style.span(row[f"lower{ending}"], row[f"upper{ending}"])


def units_of(about: Context | Parameters, results: pd.DataFrame, definition: pd.Series, one: str, many: str) -> Units:
    """Return the units of a funnel from a result row each, named by its `organisation`, and the definition of what they are compared by."""
    direction = str(definition["direction"])
    return Units(
        id=f"indicator-{definition['indicator']}-funnel-{one}",
        topic=Topic((str(definition["indicator"]),), years=(about.year,)),
        one=one,
        many=many,
        subtitle=f"{definition['plain_title']}, by {one}, {period_label(about.year, definition)}",
        value_title=comparison_title(about.terms, direction) + ", percentage points" * (direction == "bme-white"),
        worse=phrases.sentence(worse_for(about.terms, str(definition["adverse"]))),
        white=about.terms.named("white", starting=True),
        bme=about.terms.named("bme", starting=True),
        results=results.assign(adverse=str(definition["adverse"])),
    )


def funnel_plot(units: Units) -> tuple[Figure | Table, ...]:
    """Return the units in their funnel, as one figure; too few for limits as a table, and nothing where fewer than three can be shown."""
    if len(units.drawn) < FEWEST_DRAWN:
        return ()
    table, subtitle = _table(units), f"{units.subtitle}. {units.value_title}"
    if not units.has_limits:
        return (table,)
    finding = Topical(_finding(units), units.topic)
    named = [f"{row['organisation']}: {units.style.bare(row['value'])}" for _, row in units.drawn.sort_values("value").iterrows()]
    alt = charts.alternative("Funnel plot", "; ".join(named), f"lowest {named[0]}; highest {named[-1]}")
    return (Figure(units.id, finding, subtitle, funnel_picture(units), alt, table, _notes(units)),)


def _who(units: Units, names: list[str]) -> str:
    """Return a few names, or how many they are where a title has no room for them."""
    told = phrases.listed(names)
    if len(told) <= LONGEST_NAMES:
        return told
    return f"{numbers.in_words(len(names)).capitalize()} {units.one if len(names) == 1 else units.many}"


def _finding(units: Units) -> str:
    """Return what the funnel says by rule: who lies outside the limits, or that nobody does."""
    far, near = (_names(units.drawn[units.drawn["outside"].eq(outside)]) for outside in ("998", "95"))
    if far:
        differ = "differs" if len(far) == 1 else "differ"
        return f"{_who(units, far)} {differ} from the other {units.many} by more than chance and ordinary variety would explain"
    if near:
        lie = "lies" if len(near) == 1 else "lie"
        return f"No {units.one}{units.told} lies outside the wide limits; {_who(units, near)} {lie} outside the narrow ones"
    return f"No {units.one}{units.told} differs from the others by more than chance and ordinary variety would explain"


def _names(frame: pd.DataFrame) -> list[str]:
    return frame["organisation"].astype(str).tolist()


def _notes(units: Units) -> tuple[str, ...]:
    unit, many = "" if units.is_ratio else " percentage points", units.many
    together = f"{units.style.bare(units.drawn['centre'].iloc[0])}{unit}"
    whose = (
        f"all {many} shown"
        if len(units.drawn) == len(units.placed)
        else f"all {many}, also of those of which one group counts nobody or everybody"
    )
    told = [
        f"The dashed line is the value of {whose}, taken together ({together}).",
        _what_limits_are(units),
        f"Further right: more people counted, and less room for chance. The order says nothing else and is no ranking. {units.worse}",
    ]
    return (*told, *_left_out(units))


def _left_out(units: Units) -> Iterator[str]:
    """Give who has no place, reason by reason."""
    known = units.results[units.results[TWO_GROUPS].notna().all(axis=1)]
    for why, frame, kept in (
        ("the figures are hidden or were not supplied", units.results, known),
        ("one group has nobody to be counted from", known, units.placed),
        ("one group counts nobody or everybody", units.placed, units.drawn),
    ):
        if left_out := _names(frame[~frame["organisation"].isin(kept["organisation"])]):
            yield f"Left out, because {why}: {phrases.listed(left_out)}."


def _what_limits_are(units: Units) -> str:
    widened, many = float(np.sqrt(units.drawn["overdispersion"].iloc[0])), units.many
    told = f"Of {many} that differ from the common value no more than is usual here, 19 in 20 would lie between the narrow limits (95%) and all but "
    told += "2 in 1,000 between the wide ones (99.8%). Outside the wide ones is a reason to ask why, and no verdict."
    if widened < 1.005:
        return f"{told} On the whole the {many}{units.told} differ by no more than chance would make them, so the limits are those of chance alone."
    reason = f"because {many} differ for many ordinary reasons"
    return f"{told} The limits are {numbers.ratio(widened)} times as wide as those of chance alone, {reason}."


def interval_field(value_title: str, confidence: float) -> Field:
    """Return the column of comparisons with their intervals, each drawn on one line whose right side is worse; of rows with an ``adverse`` side."""

    def cell(row: pd.Series) -> Cell:
        drawn = evidence_rows.has(row, "value", "lower", "upper")
        return interval_cell(row, row["adverse"]) if drawn else table_blocks.value_cells(row)[0]

    return f"{value_title} ({numbers.confidence(confidence)} interval)", "interval", cell


def _table(units: Units) -> Table:
    """Return one row per unit that is drawn, in the order of their names: with its limits, or of too few with its own interval."""
    fields: list[Field] = [words_field(units.one.capitalize(), lambda row: str(row["organisation"]))]
    fields += [
        number(label, partial(evidence_rows.with_rate, group=group)) for group, label in (("white", units.white), ("bme", units.bme))
    ]
    if units.has_limits:
        fields += [number(units.value_title, lambda row: units.style.bare(row["value"]))]
        fields += [number(heading, partial(units.span, ending=ending)) for ending, heading in LIMITS.items()]
        return table_of(f"{units.id}-table", units.subtitle, fields, units.drawn.sort_values("organisation"))
    fields += [interval_field(units.value_title, units.results["confidence"].iloc[0])]
    rows = units.results[units.results["organisation"].isin(units.drawn["organisation"])].sort_values("organisation")
    return table_of(f"{units.id}-table", units.subtitle, fields, rows, [*_left_out(units)])


_HEIGHT, _BOTTOM, _TOP, _LINE = 2.9, 0.5, 0.14, 0.22


def funnel_picture(units: Units) -> str:
    """Return the funnel as SVG: units as dots by how much their counts can tell, labelled where they are few or lie outside."""
    rows = units.drawn.assign(across=1 / units.drawn["standard_error"])
    labelled = rows[rows["outside"].ne("")]
    together = f"- - all {units.style.bare(rows['centre'].iloc[0])}"
    labels = [(float(row["value"]), str(row["organisation"]), float(row["across"])) for _, row in labelled.iterrows()]
    height = max(_HEIGHT, (len(labels) + 1) * _LINE + _BOTTOM + _TOP)
    with drawing.board(height) as figure:
        right = max(drawing.text_width(text, drawing.SMALL) for text in (together, *(label[1] for label in labels))) + 0.34
        axes = drawing.axes_in_inches(figure, 0.44, _BOTTOM, max(drawing.WIDTH - 0.44 - right, 1.2), height - _BOTTOM - _TOP)
        grid = _ready(axes, units, rows)
        _draw_limits(axes, units, rows, grid)
        axes.plot(rows["across"], rows["value"], "o", ms=6, color=drawing.PALETTE[0], mec=drawing.GROUND, mew=0.8, zorder=4, ls="none")
        if labels:
            _draw_labels(axes, labels)
        style: dict[str, Any] = {"xycoords": "axes fraction", "va": "top", "color": drawing.QUIET}
        drawing.words_at(axes, together, (1.03, 0), (14, -20), **style)
        drawing.words_at(axes, "more people counted \u2192", (1, 0), (0, -20), ha="right", **style)
        return drawing.to_svg(figure)


def _ready(axes: Any, units: Units, rows: pd.DataFrame) -> np.ndarray:
    """Set the two scales, draw equality and the common value, and return the places across from end to end."""
    grid = np.linspace(rows["across"].min() * 0.85, rows["across"].max() * 1.05, 60)
    ends = rows[["lower_998", "upper_998", "value"]].to_numpy(float).ravel()
    ends = np.append(ends[np.isfinite(ends) & ((ends > 0) | (not units.is_ratio))], units.style.equality)
    if units.is_ratio:
        axes.set_yscale("log")
        low, high = max(ends.min() * 0.9, 0.05), min(ends.max() * 1.1, 20.0)
        ticks = {tick: f"{tick:g}" for tick in (0.1, 0.2, 0.5, 1, 2, 5, 10) if low <= tick <= high}
    else:
        room = 0.06 * max(ends.max() - ends.min(), 0.02)
        low, high = ends.min() - room, ends.max() + room
        ticks = {tick: drawing.signed_tick(tick) for tick in drawing.round_ticks(low, high)}
    axes.set_yticks(list(ticks), list(ticks.values()))
    axes.minorticks_off()
    axes.set_ylim(low, high)
    axes.set_xlim(grid[0], grid[-1])
    ends_across = rows.loc[list(dict.fromkeys((rows["across"].idxmin(), rows["across"].idxmax())))]
    axes.set_xticks(ends_across["across"], [numbers.count(people) for people in ends_across["white_base"] + ends_across["bme_base"]])
    axes.axhline(units.style.equality, color=drawing.FAINT, lw=1.2, zorder=0)
    axes.axhline(rows["centre"].iloc[0], color=drawing.INK, lw=1.2, linestyle=(0, (4, 2.5)), zorder=1)
    return grid


def _draw_limits(axes: Any, units: Units, rows: pd.DataFrame, grid: np.ndarray) -> None:
    """Draw the narrow and the wide limits, each named where it begins."""
    centre, widened = float(rows["centre"].iloc[0]), float(np.sqrt(rows["overdispersion"].iloc[0]))
    for width, name, style in ((WIDTHS["95"], "95%", "-"), (WIDTHS["998"], "99.8%", (0, (1, 1.2)))):
        for sign in (-1, 1):
            reach = sign * width * widened / grid
            limit = centre * np.exp(reach) if units.is_ratio else centre + reach
            axes.plot(grid, limit, color=drawing.QUIET, lw=1.1, linestyle=style, zorder=2)
            if sign > 0:
                place = (grid[0], min(limit[0], axes.get_ylim()[1]))
                drawing.words_at(axes, name, place, (4, 0), backed=0.4, va="bottom", color=drawing.QUIET)


def _draw_labels(axes: Any, labels: list[tuple[float, str, float]]) -> None:
    """Write labels in a column at the right, far enough apart, each joined to its dot by a thin line.

    Which place is whose makes the lines as short as they can be together: of two that cross, the ends changed round would be shorter.
    """
    from scipy.optimize import linear_sum_assignment

    box, line = axes.bbox, _LINE * axes.figure.dpi
    dots = axes.transData.transform([(across, value) for value, _, across in labels])
    places = sorted(dots[:, 1])
    for at in range(1, len(places)):
        places[at] = max(places[at], places[at - 1] + line)
    places[-1] = min(places[-1], box.y1)
    for at in range(len(places) - 2, -1, -1):
        places[at] = min(places[at], places[at + 1] - line)
    lengths = np.hypot(box.x0 + 1.03 * box.width - dots[:, :1], np.array(places) - dots[:, 1:])
    leader = {"arrowstyle": "-", "color": drawing.HATCH, "lw": 0.7, "relpos": (0, 0.5), "shrinkA": 2}
    for (value, text, across), at in zip(labels, linear_sum_assignment(lengths)[1], strict=True):
        axes.annotate(
            text, (across, value), xytext=(1.03, (places[at] - box.y0) / box.height), textcoords=axes.transAxes, xycoords="data",
            va="center", ha="left", fontsize=drawing.SMALL, annotation_clip=False, arrowprops=leader,
        )  # fmt: skip

"""Charts of an indicator's page. Title, picture, alternative text and data come from the same marks."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pandas as pd

from wres_helpers.analysis.evidence import Evidence
from wres_helpers.report.form import numbers, phrases, plots, scales
from wres_helpers.report.form.blocks import Figure, Notice
from wres_helpers.report.form.drawing import Category, Mark
from wres_helpers.report.form.topics import topical
from wres_helpers.report.section import table_blocks
from wres_helpers.report.words import evidence_rows
from wres_helpers.report.words.doubts import judged_by
from wres_helpers.report.words.evidence_rows import with_rate
from wres_helpers.report.words.headlines import NOTHING_SUPPLIED, title
from wres_helpers.report.words.vocabulary import group_label, period_label
from wres_helpers.standard import statuses

#: Of fewer words a picture's text says hardly more than that there is one.
FEWEST_WORDS = 8
#: So many letters are heard in half a minute; a digit, or a per cent, is a word that has so many more than one.
HALF_A_MINUTE, _LETTERS_OF_A_DIGIT = 590, 8
THICK_STROKES = "Thick strokes: known only as a range, so that nobody can be recognised."
NO_CHART = "No chart: figures not supplied"


def rates_chart(shown: Evidence, indicator: str) -> Figure | Notice:
    """Return both groups' percentages as bars, with the comparison on its own line below; a notice without figures."""
    row = evidence_rows.headline_row(shown, indicator)
    if row is None or row["status"] == statuses.NOT_SUPPLIED:
        return Notice(title=NO_CHART, text=NOTHING_SUPPLIED)
    white, bme = (group_mark(shown, row, group) for group in ("white", "bme"))
    expected = _expected(shown, row)
    categories, scale = (Category("", (white, replace(bme, expected=expected))),), scale_of(shown, indicator, row)
    definition, table = evidence_rows.definition_of(shown, indicator), table_blocks.rates_table(shown, indicator)
    in_file = (table_blocks.value_title(shown, row), "", "", *table_blocks.value_cells(row))
    people = [numbers.count(row[name]) for name in ("bme_expected", "bme_base")] if expected else []
    at_that_rate = [(f"{bme.series} at the {group_label(shown, 'white')} rate", *people, "", "")] if expected else []
    table = replace(table, file_rows=(*at_that_rate, in_file))
    return drawn(
        shown, "Bar chart", plots.bars(categories, scale), categories,
        *([f"{scale.title}: {scale.text}"] if scale else []), id=f"indicator-{indicator}-chart", numbers=table,
        title=topical(shown, title(shown, row), indicator), subtitle=f"Percentage of each group, {period_label(shown.context.year, definition)}",
    )  # fmt: skip


def _expected(shown: Evidence, row: pd.Series) -> tuple[float, str] | None:
    """Return where the BME bar would end at the white rate, and how many people that would be: only of a clear difference of two groups.

    A part of the workforce is held against the whole of it, and the people expected there are not those of a white rate.
    """
    against_the_whole = row["direction"].endswith("-workforce")
    if against_the_whole or not evidence_rows.is_clear(row) or not evidence_rows.has(row, "white_rate", "bme_expected"):
        return None
    return float(row["white_rate"]), f"{numbers.count(row['bme_expected'])} at the {group_label(shown, 'white')} rate"


def group_mark(shown: Evidence, row: pd.Series, group: str, label: str = "") -> Mark:
    """Return one group's rate as a mark, with its words and interval; a hidden rate has words only."""
    label = label or group_label(shown, group, starting=True)
    if evidence_rows.has(row, f"{group}_rate"):
        lower, upper = table_blocks.rate_interval(row, group) or (None, None)
        return Mark(label, float(row[f"{group}_rate"]), with_rate(row, group), lower, upper)
    return absent_mark(label, row, f"{group}_count", f"{group}_rate", f"{group}_base")


_RANGE_TOLD = re.compile(r"([\d.]+)% to ([\d.]+)%")


def absent_mark(label: str, row: pd.Series, count_field: str, rate_field: str, base_field: str | None) -> Mark:
    """Return the mark of a rate that is not shown: its words, and the range that is told of it, where one is."""
    told = _RANGE_TOLD.fullmatch(evidence_rows.protection(row).get(rate_field, ""))
    known = (float(told[1]) / 100, float(told[2]) / 100) if told else None
    return Mark(label, None, _absent_text(row, count_field, rate_field, base_field), known=known, short=told[0] if told else "")


def _absent_text(row: pd.Series, count_field: str, rate_field: str, base_field: str | None) -> str:
    hidden = evidence_rows.protection(row)
    rate, count = (hidden.get(field, "") for field in (rate_field, count_field))
    base = evidence_rows.words(row, base_field, numbers.count) if base_field else evidence_rows.HIDDEN_IN_WORDS
    if count and base not in (evidence_rows.HIDDEN_IN_WORDS, *evidence_rows.ABSENT) and not evidence_rows.is_marker(count):
        count = f"{count} of {base}"
    counts = f" ({count})" if count and not evidence_rows.is_marker(count) else ""
    if rate and not evidence_rows.is_marker(rate):
        return f"{rate}{counts}"
    if not counts and base_field and hidden and evidence_rows.has(row, count_field):
        # the count may be told; only what it is a part of is hidden, and so the percentage
        return f"{numbers.count(row[count_field])} of {base}" if base not in evidence_rows.ABSENT else numbers.count(row[count_field])
    if evidence_rows.hidden_on_entry(row):
        return f"{evidence_rows.absence(row)}{counts}"
    return f"{evidence_rows.HIDDEN}{counts}" if hidden or row["status"] == statuses.PROTECTED else evidence_rows.absence(row)


def scale_of(shown: Evidence, indicator: str, row: pd.Series) -> scales.Scale | None:
    """Return the comparison as a value on its line, a gap as the ratio by which it is judged; None where it has no value to show."""
    if not evidence_rows.has(row, "value", "lower", "upper") or row["value"] in (0, float("inf")):
        return None
    adverse = str(evidence_rows.definition_of(shown, indicator, row["measure"])["adverse"])
    what, side = table_blocks.value_title(shown, row), "left" if adverse.startswith("below") else "right"
    judged = None if row["comparison"] == "ratio" else judged_by(shown, row)
    if evidence_rows.has(judged, "value", "lower", "upper") and 0 < judged["value"] < float("inf"):
        # the range in which no difference is large is one of ratios
        row, what, side = pd.Series({**judged, "comparison": "ratio"}), f"Judged {judged['kind']}", "right"
    value, lower, upper = (float(row[name]) for name in ("value", "lower", "upper"))
    neutral, span = (1, shown.context.status_rule.no_adverse_range) if row["comparison"] == "ratio" else (0, None)
    worse = f"worse for {shown.context.terms.bme} staff"
    return scales.Scale(what, table_blocks.value_text(row), value, lower, upper, neutral, span, worse, side)


def drawn(
    shown: Evidence, kind: str, svg: str, categories: tuple[Category, ...], *also: str, notes: Iterable[str] = (), **words: Any
) -> Figure:
    """Return a figure of its ``id``, ``title``, ``subtitle`` and ``numbers``; its alternative text is made from the marks it was drawn from.

    ``kind`` says in that text what is drawn ("Bar chart"), ``also`` what stands beside the marks; notes say what thin and thick lines mean.
    """
    # a mark in a category names it too: 'BME, 2018/19: 4.5% (54)'
    told = [f"{each.label}, {mark.series}".removeprefix(", ") + f": {mark.text}" for each in categories for mark in each.marks]
    marks = [mark for category in categories for mark in category.marks]
    level = numbers.confidence(shown.context.status_rule.confidence)
    keys = [f"Thin lines: {level} intervals."] if any(mark.lower is not None for mark in marks) else []
    strokes = [THICK_STROKES] if any(mark.known for mark in marks) else []
    alt = alternative(kind, *("; ".join([*way, *also]) for way in (told, _by_series(categories), _ends(categories))))
    return Figure(svg=svg, alt=alt, notes=(*keys, *notes, *strokes), keys=len(keys), **words)


def alternative(kind: str, *ways: str) -> str:
    """Return what stands for a picture: what is drawn, and its values in the first of several ways, from all to a few, that is heard in half a minute.

    What it is of and what is found are the caption's, which is heard before it.
    """
    behind = " The table of its numbers has every value that may be shown."
    said = [phrases.heard(f"{kind}: {phrases.sentence(way)}") for way in ways]
    if len(said) > 1:  # the last of several ways leaves values out
        said[-1] += behind
    fits = (each for each in said if len(each) + _LETTERS_OF_A_DIGIT * len(re.findall(r"[\d%]", each)) <= HALF_A_MINUTE)
    told = next(fits, f"{kind}.{behind}")
    return told if len(told.split()) >= FEWEST_WORDS else told + behind


def _by_series(categories: tuple[Category, ...]) -> list[str]:
    """Return the percentages of each series, which is named once: 'Never: White 78.6%, BME 72.5%'."""
    found: dict[str, list[str]] = {}
    for each in categories:
        for mark in each.marks:
            found.setdefault(mark.series, []).append(f"{each.label} {mark.words.partition(' (')[0]}".lstrip())
    return [f"{series}: {', '.join(values)}" for series, values in found.items()]


def _ends(categories: tuple[Category, ...]) -> list[str]:
    """Return the highest and the lowest value shown of the first category that has any: a panel of the whole stands before those of its parts."""
    first = next((each for each in categories if any(mark.value is not None for mark in each.marks)), None)
    if first is None:
        return []
    by_height = sorted((mark for mark in first.marks if mark.value is not None), key=lambda mark: mark.value or 0)
    highest = f"{first.label}, highest" if len(categories) > 1 and first.label else "highest"
    return [f"{name}: {mark.series}, {mark.words}" for name, mark in ((highest, by_height[-1]), ("lowest", by_height[0]))]


def share_mark(label: str, row: pd.Series | None) -> Mark:
    """Return one share as a mark: its percentage with the count; a hidden one has words only."""
    if row is None:
        return Mark(label, None, "not supplied")
    if not evidence_rows.has(row, "rate"):
        return absent_mark(label, row, "count", "rate", None)
    return Mark(label, float(row["rate"]), f"{numbers.percentage(row['rate'])} ({evidence_rows.words(row, 'count', numbers.count)})")

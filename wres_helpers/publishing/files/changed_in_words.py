"""What changed between two reports, or two versions of one, in the words of the pages: a line for each figure and each part."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import product

from wres_helpers.analysis.evidence import Evidence
from wres_helpers.publishing.files.versions import Change, Key, Rows
from wres_helpers.report.form import numbers, phrases
from wres_helpers.report.section.part_blocks import part_named
from wres_helpers.report.words import evidence_rows, which_indicators
from wres_helpers.report.words.vocabulary import STAFF_GROUPS, in_terms
from wres_helpers.standard.catalogue import stages_of
from wres_helpers.standard.standards import Standard
from wres_helpers.standard.statuses import LABELS

#: What a change is of where a whole part came, went or is called otherwise.
_OF_WHOLE_PARTS = ("comparison", "category")


def changed_lines(
    figures: Sequence[tuple[Key, Change]], rows: Sequence[Rows], standard: Standard, stages: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Give the indicator and a line for each figure that reads otherwise, statuses first; a count and its rate are one line.

    `rows` are those of both reports; `stages` as of :func:`.stages_of`.
    """
    lines = {}
    for key, change in sorted(figures, key=lambda each: each[1]["field"] != "status"):
        figure = change["field"].partition("_")[0]
        if change["field"] not in _OF_WHOLE_PARTS and (said := was_and_is([side[key] for side in rows], figure)):
            lines[change["indicator"], f"{_comparison_named(key, stages)}, {_label(figure, change['direction'], standard)}: {said}"] = None
    yield from lines


def superseded(shown: Evidence, changed: Sequence[tuple[Key, Change]], rows: Sequence[Rows]) -> list[str]:
    """Return a line for each figure of a headline that a correction superseded and for each target that turned; the others are counted."""
    standard, order = shown.context.reference.standard, which_indicators.indicators(shown)
    in_words = partial(changed_lines, rows=rows, standard=standard, stages=stages_of(shown.context.reference.catalogue))
    heads = set()
    for indicator, year in product(order, {"", *(key[-1] for key, _ in changed)}):
        if (row := evidence_rows.headline_row(shown, indicator, year or None)) is not None:
            heads.add((indicator, row["measure"], row["breakdown"], row["category"], year))
    told = [each for each in changed if each[0] in heads or each[0][1] == "target"]
    lines = [
        in_terms(shown, f"{phrases.capital(standard.metric)} {indicator}: {line}.")
        for indicator, line in sorted(in_words(told), key=lambda each: order.index(each[0]))
    ]
    # what became of an earlier year's figure follows from both
    left = [each for each in changed if each not in told and not each[0][-1].startswith("since")]
    if others := len([*in_words(left)]) + sum(change["field"] in _OF_WHOLE_PARTS for _, change in left):
        counted = f"{numbers.count(others)} {'further ' * bool(lines)}figure{'s' * (others > 1)}"
        lines.append(f"{counted} of board/data/results.csv.")
    return lines


def parts_that_came_or_went(figures: Sequence[tuple[Key, Change]], standard: Standard, old: str, new: str) -> Iterator[str]:
    """Give a line for all parts or years that stand in the old or the new report only, or are called otherwise, of the same indicators."""
    parts, alike = defaultdict[tuple[str, str], dict[str, None]](dict), defaultdict[tuple[str, str], list[str]](list)
    for (_, _, breakdown, category, year), change in figures:
        if change["field"] in _OF_WHOLE_PARTS:
            whole, _, staff = breakdown.removesuffix(")").partition(" (")
            cut = breakdown if staff in STAFF_GROUPS else whole  # a part by pay tier is the same part
            named = "everybody" if breakdown == "overall" else _part_named(cut, category)
            renamed, now = change["field"] == "category", f" is '{change['new']}'"
            which = "Called otherwise, with the same figures" if renamed else f"Only in {old if change['new'] == 'absent' else new}"
            parts[which, ", ".join(filter(None, [named + now * renamed, year.replace("-", "/")]))][change["indicator"]] = None
    for (which, part), of in parts.items():
        alike[which, phrases.listed([*of])].append(part)
    for (which, of), several in alike.items():
        yield f"{which}, of {standard.metric} {of}: {'; '.join(several)}"


def _label(figure: str, direction: str, standard: Standard) -> str:
    """Return what a figure is called within a line: a group, the status, or the value by its kind."""
    of_value = "difference" if "-" in direction else "relative likelihood"
    label = standard.labels.get(figure) or ("status" if figure == "status" else of_value)
    return label if label.isupper() else phrases.small(label)


def _comparison_named(key: Key, stages: Mapping[str, str]) -> str:
    """Return what a comparison is of, as tables of pages name it: 'Band 5, clinical'; 'Shortlisting to appointment, City (locality)'."""
    _, measure, breakdown, category, year = key
    part = "" if breakdown == "overall" else _part_named(breakdown, category)
    stage = "" if part and measure in ("share_of_grade", "board_share") else stages.get(measure, measure.replace("_", " "))
    return phrases.capital(", ".join(filter(None, [stage, part, year.replace("-", "/")])))


def _part_named(breakdown: str, category: str) -> str:
    return part_named(breakdown, category, beside_others=True) if category else breakdown  # a target has a name alone


def was_and_is(rows: Sequence[Mapping[str, str]], figure: str) -> str:
    """Return what stood and what stands as pages print it, with as many decimals as tell the two apart; nothing of another base of hidden people."""
    pairs = ([_figure(row, figure, more) for row in rows] for more in range(8))
    was, now = next((pair for pair in pairs if pair[0] != pair[1]), [row.get(figure, "") for row in rows])
    return f"was {was}, is {now}" if was != now else ""


def _figure(row: Mapping[str, str], figure: str, more: int) -> str:
    """Return a group's people and rate, a value with its interval, or a status, with some more decimals than pages print."""
    if f"{figure}_count" in row:
        count, base = (_number(row.get(f"{figure}_{part}", ""), numbers.count) for part in ("count", "base"))
        rate = _number(row.get(f"{figure}_rate", ""), lambda rate: numbers.percentage(rate, 1 + more))
        counted = count if "hidden" in (count, base) or base == "not supplied" else f"{count} of {base}"
        return f"{rate} ({counted})" if rate[-1] == "%" else counted
    if figure == "status":
        return LABELS.get(row[figure], row[figure]) or "not supplied"
    points = "-" in row.get("direction", "")
    style, decimals = (numbers.points_value, 1) if points else (numbers.ratio, 2)
    value, *ends = (_number(row.get(part, ""), lambda number: style(number, decimals + more)) for part in ("value", "lower", "upper"))
    told = value + " points" * (points and value[-1].isdigit())
    return f"{told} ({' to '.join(ends)})" if all(end[-1].isdigit() for end in ends) else told


def _number(text: str, style: Callable[[float], str]) -> str:
    """Return a cell of the results as pages print it; what stands in place of a number in words."""
    try:
        return style(float(text))
    except ValueError:
        return "hidden" if text.startswith("[") else text or "not supplied"

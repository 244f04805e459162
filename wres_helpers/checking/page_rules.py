"""What is true of every page: groups and categories add up, no part exceeds its whole, shares of one whole make 100."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import NamedTuple

from wres_helpers.checking.addresses import (
    JOINED,
    adds_up,
    bands_in,
    counts_in,
    is_on_ladder,
    is_open_ended,
    is_single,
    name_of,
    rest_of,
    whole_of,
    wholes_among,
)
from wres_helpers.intake.printed.register_words import BOARD, HEADCOUNT, KNOWN, NOT_WHITE, SURVEY, WORKFORCE
from wres_helpers.page_model import Amount, Count, Quotient, Statement, Unknown, at_most, between, share, total
from wres_helpers.standard.columns import ALL, ETHNIC_GROUPS, UNKNOWN

BOARD_SPLITS = (("voting", "non voting"), ("executive", "non executive"))


class CompleteColumn(NamedTuple):
    """The parts of a column that are all there are, and what they are the parts of."""

    parts: tuple[str, ...]
    whole: Count


def rules(unknowns: Iterable[Amount], columns: Mapping[Count, CompleteColumn]) -> list[Statement]:
    """Return the rules that bear on what a page speaks of, the definitions first, then the orders.

    ``columns`` are those of tables whose parts are all known.
    """
    unknowns = list(dict.fromkeys(unknowns))
    counts = dict.fromkeys(count for unknown in unknowns for count in counts_in(unknown))
    made: dict[tuple, Statement] = {}
    open_counts = list(counts)
    while open_counts:
        count = open_counts.pop(0)
        for rule in _of_count(count, counts, columns):
            made.setdefault((rule.terms, rule.low, rule.high), rule)
            for each, _ in rule.terms:
                if isinstance(each, Count) and each not in counts:
                    counts[each] = None
                    open_counts.append(each)
    found = [*made.values(), *_of_ladders(counts, columns)]
    return [*found, *_of_shares(found, unknowns), *(rule for count in counts for rule in orders(count, counts))]


def _of_count(count: Count, known: Mapping[Count, None], columns: Mapping[Count, CompleteColumn]) -> Iterator[Statement]:
    if not adds_up(count):
        return
    if count.ethnic_group in JOINED:
        groups = [count._replace(ethnic_group=group) for group in JOINED[count.ethnic_group]]
        yield total(f"groups of {name_of(count)}", count, groups, given=True)
        yield from _of_two_groups(count, known)
    if " + " in count.category:
        yield total(f"sum {name_of(count)}", count, [count._replace(category=each) for each in count.category.split(" + ")], given=True)
    elif left_out := rest_of(count.category):
        yield total(f"rest {name_of(count)}", whole_of(count), [count, count._replace(category=left_out)], given=True)
    elif bands := bands_in(count.category):
        yield from _of_bands(count, bands, known, columns)
    elif count.item == BOARD and count.category == "total":
        for split in BOARD_SPLITS:
            members = [count._replace(category=part) for part in split]
            if all(part in known for part in members):
                yield total(f"board of {split[0]} and {split[1]} {count.ethnic_group} {count.year}", count, members, given=True)
    elif count.breakdown.startswith("grade (") and count.category == ALL:
        group = count._replace(breakdown="staff_group", category=count.breakdown[7:-1])
        yield total(f"all of {name_of(group)}", count, [group], given=True)
    for column, (parts, whole) in columns.items():
        if count in (whole, whole_of(column)):
            cells = [column._replace(category=part) for part in parts]
            yield total(f"column {name_of(column)} by {column.breakdown}", count, cells, given=True)


def _of_two_groups(count: Count, known: Mapping[Count, None]) -> Iterator[Statement]:
    """Everybody is who is white and who is not, who has told a group and who has not, where a page speaks of them so."""
    for joined in (KNOWN, NOT_WHITE) if count.ethnic_group == ALL else ():
        if (most := count._replace(ethnic_group=joined)) in known:
            rest = [count._replace(ethnic_group=group) for group in ETHNIC_GROUPS if group not in JOINED[joined]]
            yield total(f"groups of {name_of(count)}, {name_of(most)} together", count, [most, *rest], given=True)


def _of_bands(count: Count, bands: list[str], known: Mapping[Count, None], columns: Mapping[Count, CompleteColumn]) -> Iterator[Statement]:
    """A range of bands is their sum where they are all known, and no less than those that are."""
    column = columns.get(count._replace(category=ALL))
    listed = column.parts if column else ()
    # band 1 closed in 2018: where a table has no line for it nobody is in it
    inside = [band for band in bands if band in listed] or [band for band in bands if count._replace(category=band) in known]
    parts = [count._replace(category=band) for band in inside]
    all_known = any(band in listed for band in bands) or set(bands) <= {*inside, "band 1"}
    if parts and all_known and not is_open_ended(count.category):
        yield total(f"range {name_of(count)}", count, parts, given=True)
    elif parts:
        yield Statement(f"range {name_of(count)}", (*((part, 1) for part in parts), (count, -1)), high=0, given=True)


def _of_ladders(counts: Mapping[Count, None], columns: Container[Count]) -> Iterator[Statement]:
    """Nobody is in two bands: those that are known together are no more than the staff, whether there are others or not."""
    ladders: dict[Count, list[Count]] = defaultdict(list)
    for count in counts:
        if count.item == WORKFORCE and count.breakdown == "grade" and is_on_ladder(count.category):
            ladders[count._replace(category=ALL)].append(count)
    for column, cells in ladders.items():
        if len(cells) > 1 and column not in columns and (whole := whole_of(column)) in counts:
            terms = (*((cell, 1) for cell in cells), (whole, -1))
            yield Statement(f"bands of {name_of(whole)}", terms, high=0, given=True)


def _of_shares(definitions: list[Statement], unknowns: list[Amount]) -> Iterator[Statement]:
    """Say of shares of one base what is said of the counts themselves, so that percentages alone can be checked too."""
    bases: dict[Count, dict[Count, None]] = defaultdict(dict)
    for count, base in _shares_in(unknowns):
        bases[base][count] = None
    for rule in definitions:
        terms = [(count, factor) for count, factor in rule.terms if isinstance(count, Count)]
        for base, counted in bases.items():
            named = [count for count, _ in terms if count in counted or count == base]
            if len(named) > 1 and rule.low == rule.high == 0:
                constant = sum(100 * factor for count, factor in terms if count == base)
                of_base: dict[Unknown, int] = {share(count, base): factor for count, factor in terms if count != base}
                yield Statement(f"shares: {rule.name}", tuple(of_base.items()), -constant, -constant, given=True)
    for base, counted in bases.items():
        for count in counted:
            same_column = whole_of(count) == whole_of(base) or count._replace(ethnic_group=base.ethnic_group) == base
            if same_column or base in wholes_of(count):
                yield between(f"part of {name_of(base)}", share(count, base), 0, 100, given=True)


def _shares_in(amounts: Iterable[Amount]) -> Iterator[tuple[Count, Count]]:
    for amount in amounts:
        if not isinstance(amount, Count):
            one, two = amount[:2]
            if isinstance(amount, Quotient) and isinstance(one, Count) and isinstance(two, Count):
                # 1.59 white people for each BME person are no share of them
                yield from [(one, two)] if amount.scale == 100 else ()
            else:
                yield from _shares_in((one, two))


def orders(count: Count, known: Container[Count]) -> Iterator[Statement]:
    """Return what a count must not exceed; a report may break it, which has a finding of its own."""
    if not adds_up(count):
        return
    for whole in wholes_of(count):
        if whole in known:
            yield at_most(f"order {name_of(count)} in {name_of(whole)}", count, whole)
    if count.item == SURVEY and count.category == ALL and count.ethnic_group != UNKNOWN:
        staff = Count(count.year, HEADCOUNT, "overall", ALL, count.ethnic_group)
        if staff in known:
            # in a survey people may say what the staff record does not
            undisclosed = () if count.ethnic_group in JOINED else ((staff._replace(ethnic_group=UNKNOWN), -1),)
            yield Statement(f"respondents {name_of(count)}", ((count, 1), (staff, -1), *undisclosed), high=0)


def wholes_of(count: Count) -> Iterator[Count]:
    """Give the counts a count is a part of."""
    yield from wholes_among(count)
    if count != whole_of(count) and (is_single(count.category) or count.item == BOARD):
        yield whole_of(count)

"""Checks tables, in print and in the data: that columns add up, no part exceeds its whole, and percentages of one whole make 100."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, pairwise

from wres_helpers.checking.addresses import GROUP_WORDS, ITEM_WORDS, bands_in, name_of, title_of, whole_of
from wres_helpers.checking.check_findings import CheckFinding, Explanation, finding_id
from wres_helpers.checking.claimed_figures import PrintedFigure
from wres_helpers.checking.page_rules import orders
from wres_helpers.checking.printed_numbers import grouped, people, plain, transpositions
from wres_helpers.checking.printed_page import PrintedPage
from wres_helpers.checking.printed_tables import OFTEN_ALIKE, PrintedSum, supplied_columns
from wres_helpers.checking.reckoning import Measured
from wres_helpers.checking.slips import slips
from wres_helpers.checking.supplied_tables import slips_between
from wres_helpers.checking.tried_slips import Case
from wres_helpers.intake.printed.register_words import SURVEY, WORKFORCE
from wres_helpers.page_model import Count
from wres_helpers.standard.columns import ALL


def table_findings(page: PrintedPage, tables: Mapping[Count, int]) -> list[CheckFinding]:
    """Check the sums, orders and distributions of printed tables and of the data, whose ``tables`` have each count under the item it came as."""
    said = [(column.key, column.cells) for column in page.columns]
    supplied = [
        column for column in supplied_columns(page.supplied)
        if (len(column.cells) > 1 or column.key.item != WORKFORCE) and (column.key, column.cells) not in said
    ]  # fmt: skip
    sums = [_sum_finding(column, columns, page, tables) for columns in (page.columns, _told_once(supplied)) for column in columns]
    added_up = {column.key for column in (*page.columns, *supplied_columns(page.supplied))}
    return [*sums, *_order_findings(page, added_up), *_of_percentages(page)]


def _told_once(supplied: list[PrintedSum]) -> list[PrintedSum]:
    """Return the columns of the data without those that say of the same people, cut otherwise, that as many are too many or too few."""
    first: dict[tuple, PrintedSum] = {}
    for column in supplied:
        first.setdefault((column.key.item, column.key.ethnic_group, column.key.year, column.total, column.surplus), column)
    return [column for column in supplied if not column.surplus or column in first.values()]


def _sum_finding(column: PrintedSum, beside: list[PrintedSum], page: PrintedPage, tables: Mapping[Count, int]) -> CheckFinding:
    key, total, whose = column.key, sum(column.cells.values()), GROUP_WORDS[column.key.ethnic_group]
    two_tables = not column.claim and key.item == WORKFORCE  # no other table's total is supplied apart from its rows
    files = f"headcount.csv and workforce.csv {key.year}, {whose} staff" if two_tables else f"{key.item} {key.year}"
    found = _of_data("parts", key, grouped(column.total), column.where if column.claim else files)
    if column.claim:
        found = found.with_(id=finding_id(column.claim, "parts"), claim=column.claim)
    name = f"{whose} {ITEM_WORDS.get(key.item, key.item)} by {key.breakdown}".replace("_", " ")
    sums = f"{name}: {' + '.join(map(grouped, column.cells.values()))} = {grouped(total)}"
    if not column.surplus:
        return found.judged(True, grouped(total), sums)
    found = found.judged(False, grouped(total), f"{sums}, not {grouped(column.total)}")
    if told := _told_by_itself(column, page):
        return found.with_(diagnosis=told)
    table = [other for other in beside if (other.where, other.key._replace(ethnic_group=key.ethnic_group)) == (column.where, key)]
    others = [other for other in table if other.surplus and other is not column]
    cells = slips_between(tables, key.year, key.ethnic_group, int(column.surplus)) if two_tables and key.breakdown == "grade" else ()
    why = (*_between(column, others, page.columns), *cells, *_of_one_figure(column, page, cells=not two_tables))
    found = found.explained(why)
    if not two_tables:
        return found
    both = {"printed": f"{grouped(column.total)} in headcount.csv", "expected": f"{grouped(total)}, the sum of workforce.csv"}
    text = f"{found.arithmetic}, as headcount.csv has it; which of the two tables is wrong cannot be known from them"
    return found.with_(**both, arithmetic=text)


def _told_by_itself(column: PrintedSum, page: PrintedPage) -> str:
    """Say which figures of a sum have findings of their own, where it adds up with what they should be; one slip is explained once."""
    wrong = [figure for figure in column.figures if figure.id in page.doubted]
    right = [page.without(figure).value(figure.unknown) for figure in wrong]
    off = [figure.printed.value - each.value for figure, each in zip(wrong, right, strict=True) if each]
    less = sum((-each if figure is column.whole else each for figure, each in zip(wrong, off, strict=False)), Fraction(0))
    if not wrong or None in right or abs(column.surplus - less) > column.slack:
        return ""
    named = " and ".join(f"{figure.id} ({figure.text})" for figure in wrong)
    own = "has a finding of its own" if len(wrong) == 1 else "have findings of their own"
    return f"It adds up with what {named} should be, which {own}."


def _of_one_figure(column: PrintedSum, page: PrintedPage, cells: bool) -> Iterator[Explanation]:
    """Try what makes the total, or one of the cells, follow from the other figures of the column."""

    def tried(figure: PrintedFigure, right: Fraction) -> Iterator[Explanation]:
        for each in slips(Case(replace(figure, id=""), Measured(right, right, grouped(right)), page.best, page)):
            yield replace(each, corrected=each.corrected or grouped(right))

    if column.whole:
        for each in tried(column.whole, column.total + column.surplus):
            yield replace(each, tier=4) if each.kind == "wrong_digit" else each
    for (above, copied), (category, value) in pairwise(column.cells.items()):
        if copied == value >= OFTEN_ALIKE and value > column.surplus:
            text = f"in {title_of(category)}, the figure of {title_of(above)}, the row above, was printed once more"
            yield Explanation("other_category", text, 1, grouped(value - column.surplus))
    for figure in column.parts if cells else ():
        right = figure.printed.value - column.surplus
        for each in tried(figure, right) if right >= 0 else ():
            # that it is like another cell, or one digit off, says nothing among so many
            if each.kind in ("transposed_digits", "last_year", "halved_counts"):
                text = f"in {title_of(figure.count.category)}, {each.text}"
                # among so many cells one is often like last year's or half of what is missing
                yield replace(each, text=text, tier=each.tier + (each.kind != "transposed_digits"))
    if column.surplus < 0:
        verb, them = ("stands", "that person") if column.surplus == -1 else ("stand", "them")
        cut = "answer" if column.key.item == SURVEY else column.key.breakdown.partition(" (")[0].replace("_", " ")
        text = f"{people(column.surplus)} in the total {verb} in none of the rows, for example because no {cut} was recorded"
        yield Explanation("left_out", text, 4, f"{grouped(column.total)}, with a row for {them}")


def _between(column: PrintedSum, others: list[PrintedSum], printed: list[PrintedSum]) -> Iterator[Explanation]:
    """As many people too many in this column as there are too few in one of another group of the same table."""
    for other in (each for each in others if each.surplus == -column.surplus):
        over, under = (column, other) if column.surplus > 0 else (other, column)
        block = _block(over, printed)
        inside = bands_in(block) or ()
        cells = [title_of(name) for name, value in over.cells.items() if value >= over.surplus and (not block or name in inside)]
        here, there = GROUP_WORDS[over.key.ethnic_group], GROUP_WORDS[under.key.ethnic_group]
        where = f" of {title_of(block)}, as the table by groups of bands shows," if block else ""
        sums = [f"{name} {word} {grouped(each.total + each.surplus)} for {grouped(each.total)}"
                for name, word, each in ((here, "adds up to", over), (there, "to", under))]  # fmt: skip
        text = f"{people(over.surplus)}{where} counted under {here} instead of {there}: {', '.join(sums)}"
        if over.total + over.surplus == under.total:
            yield Explanation("swapped_groups", f"the columns of {here} and {there} were swapped: {', '.join(sums)}", 0, "")
        fix = f"{people(over.surplus)} fewer in {'one of ' * (len(cells) > 1)}{', '.join(cells) or 'several rows'} under {here} and as many more under {there}"
        yield Explanation("wrong_column", text, 0 if block else 1, f"{grouped(column.total)}, with {fix}")


def _block(over: PrintedSum, printed: list[PrintedSum]) -> str:
    """Find the range of categories in which a coarser table has the people elsewhere."""
    for coarse in printed:
        for category, value in coarse.cells.items() if coarse.key == over.key and coarse.cells != over.cells else ():
            inside = bands_in(category) or ()
            if inside and sum(cell for name, cell in over.cells.items() if name in inside) - value == over.surplus:
                return category
    return ""


def _order_findings(page: PrintedPage, added_up: set[Count]) -> Iterator[CheckFinding]:
    """No part is more than its whole; where data and print agree the print is named. Cells of columns that are added up are held to the sum."""
    prints = {count: figures for count, figures in page.prints.items() if isinstance(count, Count)} if not page.round_to else {}
    values = {count: [int(figure.printed.value) for figure in figures] for count, figures in prints.items()}
    known = {count: max(each, key=each.count) for count, each in values.items()} | dict(page.supplied)
    respondents: Counter[Count] = Counter()
    for count, value in page.supplied.items():
        if count.item == SURVEY and count.category != ALL:
            respondents[whole_of(count)] += value
    sides: list[tuple[Count, int, PrintedFigure | None]] = []
    sides += [(count, int(figure.printed.value), figure) for count, figures in prints.items() for figure in figures]
    sides += [(count, value, None) for count, value in {**respondents, **page.supplied}.items() if value not in values.get(count, ())]
    for count, value, figure in sides:
        for rule in orders(count, known) if count.category == ALL or count._replace(category=ALL) not in added_up else ():
            wholes = [whole for whole, sign in rule.terms if sign < 0 and isinstance(whole, Count) and whole in known]
            # a total that is known to be wrong has a finding of its own
            least = sum(page.best.bounds(whole)[0] for whole in wholes) if count.category != ALL else 0
            if value > (most := sum(known[whole] for whole in wholes)) and least <= most:
                named = " and ".join(map(name_of, wholes))
                text = f"{name_of(count)}: {grouped(value)}, but {named}: {grouped(most)}; a part cannot exceed its whole"
                text += ": it is too many, or that too few" if figure and not page.supplied.keys() & wholes else ""
                of_data = _of_data("order", count, grouped(value), f"data of {count.year}", count.category)
                yield (CheckFinding.of(figure, "order") if figure else of_data).judged(False, f"at most {grouped(most)}", text)


def _of_data(rule: str, count: Count, supplied: str, where: str, *more: str) -> CheckFinding:
    """Return the finding about a count, or a column of counts, as supplied."""
    named = ("data", rule, count.item, count.breakdown, *more, count.ethnic_group, count.year)
    return CheckFinding(finding_id(*named), where=where, printed=supplied, rule=rule)


def _of_percentages(page: PrintedPage) -> Iterator[CheckFinding]:
    """Percentages of one whole add up to 100, as far as rounding allows; in one table, or spread over a report."""
    told: set[str] = set()
    for of_whole in page.percentages:
        surplus, slack, names = of_whole.surplus, of_whole.slack, {figure.id for figure in of_whole.parts}
        fits = -2 * slack <= surplus <= slack  # a whole unit less each, where they were cut off
        # what stands in one table is told once; what is spread over a report only where it is wrong
        if not of_whole.where and (fits or names <= told):
            continue
        told |= names
        decimals = max(figure.printed.decimals for figure in of_whole.parts)
        sums = f"{' + '.join(figure.printed.digits for figure in of_whole.parts)} = {plain(100 + surplus, decimals)}%"
        found = CheckFinding.of(min(of_whole.parts, key=lambda each: each.id), "distribution").with_(printed=sums)
        rounding = "within rounding" if fits else f"not 100%; rounding explains at most {plain(slack, 2)} points"
        found = found.judged(fits, "100%", f"{sums}, {rounding}")
        why = [
            Explanation("transposed_digits", f"the digits of {each.id} ({each.text}) were transposed", 1, f"{digits}%")
            for each in of_whole.parts for digits in transpositions(each.printed.digits) if not fits
            if -2 * slack <= surplus - each.printed.value + Fraction(digits) <= slack
        ]  # fmt: skip
        why += [
            Explanation("other_category", f"{one.id} and {other.id} ({one.text}): one of them is the other's figure once more", 1, "")
            for one, other in combinations(of_whole.parts, 2) if not fits and one.printed.value == other.printed.value > surplus
        ]  # fmt: skip
        by_itself = "" if fits else _told_by_itself(of_whole, page)
        # where several would do, each may be chance
        yield found.with_(diagnosis=by_itself) if by_itself else found.explained(why if len(why) == 1 else ())

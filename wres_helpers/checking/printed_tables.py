"""Columns of tables, in print and in the data: which parts are all there are, and whether they add up."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from wres_helpers.checking.addresses import GROUP_WORDS, ITEM_WORDS, adds_up, bands_in, in_words, is_single, whole_of
from wres_helpers.checking.check_findings import AGREES, CONTRADICTS, NUMBER, Finding, finding_id
from wres_helpers.checking.claimed_figures import Claim
from wres_helpers.checking.page_rules import BOARD_SPLITS, orders
from wres_helpers.checking.printed_numbers import grouped, plain
from wres_helpers.intake.register_words import BOARD, COUNT, SHARE, SURVEY, WORKFORCE
from wres_helpers.page_model import Count
from wres_helpers.standard.columns import ALL, ETHNIC_GROUPS


@dataclass(frozen=True)
class Column:
    """One column of a table: how many people of one group are in each category.

    Attributes
    ----------
    where
        The printed table; empty for the data.
    key
        Item, breakdown, group and year; all categories.
    cells
        Category to number, in the order of the table.
    total
        The number they should add up to, where one is known.
    claim
        Identifier of the printed total, or of the first cell.
    """

    where: str
    key: Count
    cells: dict[str, int]
    total: int | None
    claim: str

    @property
    def surplus(self) -> int:
        """How many people the cells have more than the total."""
        return sum(self.cells.values()) - (self.total or 0)


def data_columns(data: Mapping[Count, int]) -> list[Column]:
    """Return the columns of the counts as supplied."""
    cells: dict[Count, dict[str, int]] = defaultdict(dict)
    for count, value in data.items():
        if count.breakdown != "overall" and count.item != BOARD:
            cells[count._replace(category=ALL)][count.category] = value
    return [Column("", key, parts, _data_total(key, data), "") for key, parts in cells.items()]


def _data_total(key: Count, data: Mapping[Count, int]) -> int | None:
    if key.item == SURVEY:
        return None
    if key.breakdown.startswith("grade ("):
        return data.get(key._replace(breakdown="staff_group", category=key.breakdown[7:-1]))
    return data.get(whole_of(key))


def printed_columns(claims: Iterable[Claim], data: Mapping[Count, int]) -> list[Column]:
    """Return the printed columns of which all parts are printed as exact numbers and should add up to a total.

    A total stands in the same table, or the parts are ranges of bands, or the data have the same categories. A text that
    mentions a few bands is no table.
    """
    claims = [claim for claim in claims if claim.kind == COUNT and claim.count and claim.printed and adds_up(claim.count)]
    tables: dict[tuple[str, Count], dict[str, Claim]] = defaultdict(dict)
    for claim in claims:
        if claim.column.breakdown != "overall" and claim.count.item != BOARD:
            tables[claim.where, claim.column].setdefault(claim.count.category, claim)
    supplied = {column.key: list(column.cells) for column in data_columns(data)}
    found = []
    for (where, key), cells in tables.items():
        total = cells.get(ALL)
        parts = partition([category for category in cells if category != ALL])
        if not all(cells[part].printed.exact for part in parts) or not (total is None or total.printed.exact):
            continue
        if len(parts) > 1 and _adds_up(parts, total, supplied.get(key, []), key):
            number = int(total.printed.value) if total else _total_elsewhere(whole_of(key), claims, data)
            values = {part: int(cells[part].printed.value) for part in parts}
            found.append(Column(where, key, values, number, total.id if total else min(cells[part].id for part in parts)))
    return [column for column in found if column.total is not None]


def _adds_up(parts: list[str], total: Claim | None, supplied: list[str], key: Count) -> bool:
    ranges = [set(bands_in(part) or ()) for part in parts]
    covered = bool(supplied) and all(each in parts or any(each in bands for bands in ranges) for each in supplied)
    if total:
        return not supplied or covered or 2 * len(parts) > len(supplied)
    # answers to a question without a printed total are held against the respondents, where those are printed
    return key.item != SURVEY and (covered if supplied else sum(map(bool, ranges)) > 1)


def _total_elsewhere(whole: Count, claims: list[Claim], data: Mapping[Count, int]) -> int | None:
    if whole in data:
        return data[whole]
    values = [int(claim.printed.value) for claim in claims if claim.unknown == whole and claim.printed.exact]
    return max(values, key=values.count) if values else None


def partition(categories: list[str]) -> list[str]:
    """Choose categories that do not overlap: ranges with what lies outside them, or else the single ones."""
    singles = [each for each in categories if is_single(each)]
    ranges = [each for each in categories if bands_in(each)]
    return singles if any(each in bands_in(whole) for each in singles for whole in ranges) else [*ranges, *singles]


def complete_columns(claims: list[Claim], data: Mapping[Count, int]) -> dict[Count, tuple[str, ...]]:
    """Return the columns whose parts are known to be all there are, so that their sum is the whole.

    They are those of the data, printed tables with a total, and those whose percentages make 100.
    """
    found = {column.key: tuple(column.cells) for column in data_columns(data) if not column.key.breakdown.startswith("grade (")}
    tables: dict[tuple[str, Count], dict[str, list[Claim]]] = defaultdict(lambda: defaultdict(list))
    for claim in claims:
        if claim.column and claim.printed and claim.kind in (COUNT, SHARE) and not claim.pair and claim.column.breakdown != "overall":
            tables[claim.where, claim.column][claim.count.category].append(claim)
    for (_, key), cells in tables.items():
        parts = partition([category for category in cells if category != ALL])
        if key in found or len(parts) < 2 or key.item == BOARD:
            continue
        if any(claim.kind == COUNT for claim in cells.get(ALL, [])) or _make_hundred([cells[part] for part in parts], key):
            found[key] = tuple(parts)
    return found


def _make_hundred(cells: list[list[Claim]], key: Count) -> bool:
    shares = [
        next((c for c in claims if c.kind == SHARE and c.printed.exact and c.unknown.denominator == whole_of(key)), None)
        for claims in cells
    ]
    if None in shares:
        return False
    return abs(sum(claim.printed.value for claim in shares) - 100) <= sum(claim.printed.step for claim in shares) / 2


def table_findings(
    claims: list[Claim], printed: list[Column], data: Mapping[Count, int], complete: Mapping[Count, tuple[str, ...]]
) -> list[Finding]:
    """Check the sums, orders and distributions of printed tables and of the data."""
    told = {(column.key, frozenset(column.cells.items())) for column in printed}
    supplied = [
        column for column in data_columns(data)
        if column.total is not None and (len(column.cells) > 1 or column.key.item != WORKFORCE)
        and (column.key, frozenset(column.cells.items())) not in told
    ]  # fmt: skip
    sums = [_sum_finding(column, printed if column.claim else supplied, printed) for column in [*printed, *supplied]]
    return [*sums, *_order_findings(claims, data), *_board_findings(data), *_distribution_findings(claims, complete)]


def _sum_finding(column: Column, beside: list[Column], printed: list[Column]) -> Finding:
    from wres_helpers.checking.slips_in_columns import explained

    total, key = sum(column.cells.values()), column.key
    name = f"{GROUP_WORDS[key.ethnic_group]} {ITEM_WORDS.get(key.item, key.item)} by {key.breakdown}"
    sums = f"{name}: {' + '.join(grouped(value) for value in column.cells.values())} = {grouped(total)}"
    found = _of_data("parts", key, grouped(column.total), column.where or f"{key.item}.csv {key.year}")
    found = found.with_(expected=grouped(total), arithmetic=sums)
    if column.claim:
        found = found.with_(id=finding_id(column.claim, "parts"), claim=column.claim)
    if total == column.total:
        return found
    text = f"{sums}, not {grouped(column.total)}"
    return found.with_(verdict=CONTRADICTS, arithmetic=text, **explained(column, beside, printed))


def _order_findings(claims: list[Claim], data: Mapping[Count, int]) -> list[Finding]:
    """No part is more than its whole; where data and print agree the print is named."""
    exact = [
        claim for claim in claims if claim.kind == COUNT and claim.printed and claim.printed.exact and isinstance(claim.unknown, Count)
    ]
    values: dict[Count, list[int]] = defaultdict(list)
    for claim in exact:
        values[claim.unknown].append(int(claim.printed.value))
    supplied = {**_respondents(data), **data}
    known = {**{count: max(each, key=each.count) for count, each in values.items()}, **data}
    sides = [(claim.unknown, int(claim.printed.value), claim) for claim in exact]
    sides += [(count, value, None) for count, value in supplied.items() if value not in values.get(count, ())]
    findings = []
    for count, value, claim in sides:
        # the cells of a table are held to its total as a sum
        for rule in orders(count, known) if count.category == ALL or count.item == BOARD or count.item not in (SURVEY, WORKFORCE) else ():
            wholes = [whole for whole, sign in rule.relations[0].terms if sign < 0 and whole in known]
            most = sum(known[whole] for whole in wholes)
            if value > most:
                findings.append(_order_finding(count, value, claim, " and ".join(map(in_words, wholes)), most))
    return findings


def _respondents(data: Mapping[Count, int]) -> dict[Count, int]:
    answers: dict[Count, int] = defaultdict(int)
    for count, value in data.items():
        if count.item == SURVEY and count.category != ALL:
            answers[whole_of(count)] += value
    return answers


def _order_finding(count: Count, value: int, claim: Claim | None, named: str, most: int) -> Finding:
    text = f"{in_words(count)}: {grouped(value)}, but {named}: {grouped(most)}; a part cannot exceed its whole"
    found = Finding.of(claim, "order") if claim else _of_data("order", count, grouped(value), f"data of {count.year}", count.category)
    return found.with_(verdict=CONTRADICTS, expected=f"at most {grouped(most)}", arithmetic=text)


def _of_data(rule: str, count: Count, supplied: str, where: str, *more: str) -> Finding:
    """Return the finding about a count, or a column of counts, as supplied."""
    identity = finding_id("data", rule, count.item, count.breakdown, *more, count.ethnic_group, count.year)
    return Finding(identity, NUMBER, AGREES, where, supplied, "", "", rule=rule)


def _board_findings(data: Mapping[Count, int]) -> list[Finding]:
    findings = []
    for count, value in data.items():
        for split in BOARD_SPLITS if count.item == BOARD and count.category == "total" else ():
            parts = [data.get(count._replace(category=part)) for part in split]
            if None not in parts and sum(parts) != value:
                sums = f"{split[0]} {parts[0]} + {split[1]} {parts[1]} = {sum(parts)}, not {value}"
                found = _of_data("board", count, grouped(value), f"board {count.year}", split[0])
                findings.append(found.with_(verdict=CONTRADICTS, expected=grouped(sum(parts)), arithmetic=sums))
    return findings


def _distribution_findings(claims: list[Claim], complete: Mapping[Count, tuple[str, ...]]) -> list[Finding]:
    """Percentages of one whole add up to 100, as far as rounding allows."""
    tables: dict[tuple, dict[str, Claim]] = defaultdict(dict)
    for claim in claims:
        if claim.kind != SHARE or not claim.printed or not claim.printed.exact or claim.sides or not isinstance(claim.unknown, tuple):
            continue
        count, base = claim.unknown[:2]
        if base == count._replace(ethnic_group=ALL) and count.ethnic_group in ETHNIC_GROUPS:
            tables[claim.where, base, "groups"].setdefault(count.ethnic_group, claim)
        elif base == whole_of(count) != count and count.category not in (ALL, "total"):
            tables[claim.where, claim.column, "categories"].setdefault(count.category, claim)
    return [finding for key, shares in tables.items() if (finding := _distribution(key, shares, complete.get(key[1], ())))]


def _distribution(key: tuple[str, Count, str], shares: dict[str, Claim], complete: tuple[str, ...]) -> Finding | None:
    parts = [group for group in ETHNIC_GROUPS if group in shares] if key[2] == "groups" else partition(list(shares))
    chosen = [shares[part] for part in parts]
    total, slack = sum(claim.printed.value for claim in chosen), sum(claim.printed.step for claim in chosen)
    whole = len(chosen) == len(ETHNIC_GROUPS) if key[2] == "groups" else bool(complete) and set(complete) == set(parts)
    over = total > 100 + slack / 2
    if len(chosen) < 2 or (not whole and not over and abs(total - 100) > slack / 2):
        return None
    sums = f"{' + '.join(claim.printed.digits for claim in chosen)} = {plain(total, max(claim.printed.decimals for claim in chosen))}%"
    first = min(chosen, key=lambda claim: claim.id)
    found = Finding.of(first, "distribution").with_(printed=sums, expected="100%")
    # each figure may be half a unit of its last place out (a whole unit, where it was truncated)
    if not over and total >= 100 - slack:
        return found.with_(verdict=AGREES, arithmetic=f"{sums}, within rounding")
    text = f"{sums}, not 100%; rounding explains at most {plain(Fraction(slack) / 2, 2)} points"
    return found.with_(verdict=CONTRADICTS, arithmetic=text)

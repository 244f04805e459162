"""Rules that need no claim about them: parts add up to totals, and distributions to 100."""

from collections import defaultdict

from wres_helpers.checking.addresses import GROUP_WORDS, ITEM_WORDS, Address, band_position, range_ends
from wres_helpers.checking.check_findings import AGREES, CANNOT_CHECK, CONTRADICTS, NUMBER, Finding, finding_id
from wres_helpers.checking.claimed_figures import Claim
from wres_helpers.checking.diagnosis.explanations import told
from wres_helpers.checking.diagnosis.wrong_columns import Column, explain_column
from wres_helpers.checking.ledger import Ledger
from wres_helpers.checking.orders import check_orders
from wres_helpers.checking.printed_numbers import grouped, plain
from wres_helpers.checking.recalculation import Calculator, rate_of
from wres_helpers.intake.register_words import ALL_GROUPS, BOARD, COUNT, HEADCOUNT, SHARE, SURVEY, WORKFORCE
from wres_helpers.standard.columns import ALL, ETHNIC_GROUPS


def check_tables(claims: list[Claim], calculator: Calculator) -> list[Finding]:
    """Check the sums, orders and distributions of the printed tables and of the data."""
    printed = _printed_columns(claims, calculator.ledger)
    supplied = _data_columns(calculator.ledger)
    told = {(column.key, frozenset(column.cells.items())) for column in printed if column.total is not None}
    supplied = [column for column in supplied if (column.key, frozenset(column.cells.items())) not in told]
    findings = [
        _sum_finding(column, printed if column.claim else supplied, printed) for column in [*printed, *supplied] if column.total is not None
    ]
    return [*findings, *check_orders(calculator.ledger), *_distribution_findings(claims, calculator)]


def _printed_columns(claims: list[Claim], ledger: Ledger) -> list[Column]:
    tables: dict[tuple, dict[str, Claim]] = defaultdict(dict)
    for claim in claims:
        address = claim.address
        if claim.kind == COUNT and address and claim.printed and not claim.printed.qualifier and address.breakdown != "overall":
            tables[claim.where, address.item, address.breakdown, address.group, address.year].setdefault(address.category, claim)
    columns = []
    for (where, item, breakdown, group, year), cells in tables.items():
        address = Address(item, breakdown, ALL, group, year)
        parts = _partition([category for category in cells if category not in (ALL, "total")])
        total_claim = cells.get(ALL)
        supplied = ledger.supplied_categories(address)
        # answers to a question without a printed total are held against the respondents, where those are printed
        is_table = _is_table(parts, supplied) if total_claim else item != SURVEY and _complete(parts, supplied)
        if parts and item != BOARD and is_table:
            total = int(total_claim.printed.value) if total_claim else _printed_total(address, ledger)
            # the printed total names the finding, or else the first cell by identifier: never the order of the rows
            named = total_claim.id if total_claim else min(cells[part].id for part in parts)
            columns.append(
                Column(
                    where,
                    address,
                    {part: int(cells[part].printed.value) for part in parts},
                    total,
                    named,
                    tuple(cells[part].id for part in parts),
                )
            )
    return columns


def _partition(categories: list[str]) -> list[str]:
    """Choose categories that do not overlap: ranges with what lies outside them, or else the single ones."""
    plain_ones = [each for each in categories if " + " not in each and not each.startswith("not ")]
    ranges = [each for each in plain_ones if range_ends(each)]
    singles = [each for each in plain_ones if not range_ends(each)]
    inside = [each for each in singles if any(_within(each, whole) for whole in ranges)]
    chosen = singles if inside else [*ranges, *singles]
    return chosen if len(chosen) > 1 else []


def _within(category: str, whole: str) -> bool:
    at, ends = band_position(category), range_ends(whole)
    return at is not None and ends[0] <= at <= ends[1]


def _is_table(parts: list[str], supplied: list[str]) -> bool:
    """Tell whether parts that stand beside a total are a table of it, not a few of them mentioned in a text."""
    return not supplied or _complete(parts, supplied) or 2 * len(parts) > len(supplied)


def _complete(parts: list[str], supplied: list[str]) -> bool:
    """Tell whether parts without a printed total should add up: they cover the data's categories, or are groups of bands.

    A text that mentions a few bands is no table; without data nothing says that it names them all.
    """
    ranges = [part for part in parts if range_ends(part)]
    if not supplied:
        return len(ranges) > 1
    return len(parts) > 1 and all(each in parts or any(_within(each, whole) for whole in ranges) for each in supplied)


def _printed_total(address: Address, ledger: Ledger) -> int | None:
    known = ledger.best(address.total())
    return None if known is None else known.value


def _data_columns(ledger: Ledger) -> list[Column]:
    columns = {}
    for address, value in ledger.supplied():
        if address.item not in (SURVEY, BOARD, HEADCOUNT) and address.breakdown != "overall":
            columns.setdefault(address.of(category=ALL), {})[address.category] = value
    found = []
    for address, cells in columns.items():
        total = ledger.data(_total_in_data(address))
        if len(cells) > 1 or address.item != WORKFORCE:
            found.append(Column("", address, cells, total.value if total else None, ""))
    return found


def _total_in_data(address: Address) -> Address:
    """Return what a column of the data adds up to: staff of the staff group it is of, or everyone."""
    if address.breakdown.startswith("grade ("):
        return Address(WORKFORCE, "staff_group", address.breakdown[7:-1], address.group, address.year)
    return address.total()


def _sum_finding(column: Column, beside: list[Column], printed: list[Column]) -> Finding:
    total = sum(column.cells.values())
    place = column.where or f"{column.address.item}.csv {column.address.year}"
    name = f"{GROUP_WORDS[column.address.group]} {ITEM_WORDS[column.address.item]} by {column.address.breakdown}"
    sums = f"{' + '.join(grouped(value) for value in column.cells.values())} = {grouped(total)}"
    identity = (
        (column.claim, "parts")
        if column.claim
        else ("data", "parts", column.address.item, column.address.breakdown, column.address.group, column.address.year)
    )
    finding = Finding(
        finding_id(*identity),
        NUMBER,
        AGREES,
        place,
        grouped(column.total),
        grouped(total),
        f"{name}: {sums}",
        claim=column.claim,
        rule="parts",
        about=column.members,
    )
    if total == column.total:
        return finding
    explained = explain_column(column, beside, printed)
    return finding.with_(
        verdict=CONTRADICTS,
        arithmetic=f"{name}: {sums}, not {grouped(column.total)}",
        **told(explained),
    )


def supported_by_sums(findings: list[Finding], tables: list[Finding], claims: list[Claim], calculator: Calculator) -> list[Finding]:
    """Let a count that is printed once, in a column or row that adds up, agree: its sum is what it can be checked by."""
    sums = {
        claim: f"its column adds up ({table.arithmetic})"
        for table in tables
        if table.rule == "parts" and table.verdict == AGREES
        for claim in table.about
    }
    agreeing = {finding.claim for finding in findings if finding.verdict == AGREES}
    for claim in claims:
        if claim.kind == COUNT and claim.id in agreeing and claim.address and claim.address.group == ALL:
            known = calculator.known(claim.address, without=claim.id)
            for part in known.source.split(", ") if known and "=" in known.text else ():
                sums.setdefault(part, f"its row adds up ({known.text})")
    return [
        finding.with_(verdict=AGREES, expected=finding.printed, arithmetic=sums[finding.claim])
        if finding.verdict == CANNOT_CHECK and finding.rule == COUNT and finding.claim in sums
        else finding
        for finding in findings
    ]


def _distribution_findings(claims: list[Claim], calculator: Calculator) -> list[Finding]:
    """Percentages of one whole add up to 100, as far as rounding allows."""
    tables: dict[tuple, dict[str, Claim]] = defaultdict(dict)
    for claim in claims:
        rate = rate_of(claim) if claim.kind == SHARE and claim.printed and not claim.pair and not claim.printed.qualifier else None
        if rate is None:
            continue
        address = rate.count
        if claim.base == ALL_GROUPS and address.group != ALL:
            tables[claim.where, rate.base, "groups"].setdefault(address.group, claim)
        elif rate.base == address.total() and address.category not in (ALL, "total"):
            tables[claim.where, address.of(category=ALL), "categories"].setdefault(address.category, claim)
    return [finding for key, shares in tables.items() if (finding := _distribution(key, shares, calculator.ledger))]


def _distribution(key: tuple, shares: dict[str, Claim], ledger: Ledger) -> Finding | None:
    where, address, over = key
    parts = list(ETHNIC_GROUPS) if over == "groups" else _partition(list(shares)) or list(shares)
    known = list(ETHNIC_GROUPS) if over == "groups" else ledger.categories(address)
    chosen = [shares[part] for part in parts if part in shares]
    whole = bool(known) and all(part in shares for part in known)
    total = sum(claim.printed.value for claim in chosen)
    # each figure may be half a unit of its last place out (a whole unit, where it was truncated)
    slack = sum(claim.printed.step for claim in chosen)
    if len(chosen) < 2 or (not whole and total <= 100 + slack / 2):
        return None
    sums = f"{' + '.join(claim.printed.digits for claim in chosen)} = {plain(total, max(claim.printed.decimals for claim in chosen))}%"
    named = min(claim.id for claim in chosen)
    finding = Finding(
        finding_id(named, "distribution"), NUMBER, AGREES, where, sums, "100%", f"{sums}, within rounding", claim=named, rule="distribution"
    )
    if 100 - slack <= total <= 100 + slack / 2:
        return finding
    return finding.with_(verdict=CONTRADICTS, arithmetic=f"{sums}, not 100%; rounding explains at most {plain(slack / 2, 2)} points")

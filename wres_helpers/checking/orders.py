"""Rules that need no claim: no part is more than its whole, in print and in the data."""

from dataclasses import dataclass

from wres_helpers.checking.addresses import Address
from wres_helpers.checking.check_findings import CONTRADICTS, NUMBER, Finding, finding_id
from wres_helpers.checking.claimed_figures import Claim
from wres_helpers.checking.ledger import Ledger
from wres_helpers.checking.printed_numbers import grouped
from wres_helpers.intake.register_words import BOARD, HEADCOUNT, SURVEY
from wres_helpers.standard.columns import ALL

#: Each pair: what must not be more than what, among the same people in the same year.
_AT_MOST = (("appointed", "shortlisted"), ("shortlisted", "applied"), ("appointed", "applied"),
            ("entered_disciplinary", HEADCOUNT), ("accessed_training", HEADCOUNT))  # fmt: skip
_BOARD_SPLITS = (("voting", "non_voting"), ("executive", "non_executive"))


@dataclass(frozen=True)
class _Side:
    """A count with the claim that prints it, if any."""

    value: int
    claim: Claim | None
    address: Address


def check_orders(ledger: Ledger) -> list[Finding]:
    """Check, in print and in the data, that no part is more than its whole and that the parts of a board add up."""
    findings = []
    questions = [address.of(category=ALL) for address in ledger.addresses() if address.item == SURVEY]
    for address in dict.fromkeys([*ledger.addresses(), *questions]):
        for side in _sides(address, ledger):
            near = side.claim.where if side.claim else ""
            findings += [_order_finding(side, named, most) for named, most in _limits(address, near, ledger) if side.value > most]
    return findings + _board_findings(ledger)


def _sides(address: Address, ledger: Ledger) -> list[_Side]:
    prints = [_Side(value, claim, address) for value, claim in ledger.prints(address)]
    known = ledger.data(address)
    told = known is None or any(side.value == known.value for side in prints)
    return prints if told else [*prints, _Side(known.value, None, address)]


def _limits(address: Address, near: str, ledger: Ledger) -> list[tuple[str, int]]:
    """Return what a count must not be more than: its name and its number of people."""
    if address.item == SURVEY:
        return _most_respondents(address, near, ledger) if address.category == ALL else []
    wholes = [address.of(item=more) for less, more in _AT_MOST if less == address.item]
    if address.item == BOARD and address.category != "total":
        wholes = [address.of(category="total")]
    return [(whole.in_words(), known.value) for whole in wholes if (known := ledger.best(whole, near))]


def _most_respondents(address: Address, near: str, ledger: Ledger) -> list[tuple[str, int]]:
    """Return the staff of a group, with those of undisclosed ethnicity: in a survey they may say what the records do not."""
    staff = Address(HEADCOUNT, "overall", ALL, address.group, address.year)
    known, undisclosed = ledger.best(staff, near), ledger.best(staff.of(group="unknown"), near)
    if known is None or address.group == "unknown":
        return []
    if address.group == ALL or undisclosed is None:
        return [(staff.in_words(), known.value)]
    return [(f"{staff.in_words()} and all of undisclosed ethnicity", known.value + undisclosed.value)]


def _order_finding(side: _Side, named: str, most: int) -> Finding:
    address = side.address
    claim = side.claim.id if side.claim else ""
    identity = (
        (claim, "order") if claim else ("data", "order", address.item, address.breakdown, address.category, address.group, address.year)
    )
    arithmetic = f"{address.in_words()}: {grouped(side.value)}, but {named}: {grouped(most)}; a part cannot exceed its whole"
    where = side.claim.where if side.claim else f"data of {address.year}"
    printed = side.claim.text if side.claim else grouped(side.value)
    return Finding(
        finding_id(*identity), NUMBER, CONTRADICTS, where, printed, f"at most {grouped(most)}", arithmetic, claim=claim, rule="order"
    )


def _board_findings(ledger: Ledger) -> list[Finding]:
    findings = []
    totals = [address for address in ledger.addresses() if address.item == BOARD and address.category == "total"]
    for address in totals:
        total = ledger.best(address)
        for split in _BOARD_SPLITS:
            parts = [ledger.best(address.of(category=part.replace("_", " "))) or ledger.best(address.of(category=part)) for part in split]
            if None not in parts and sum(part.value for part in parts) != total.value:
                sums = f"{split[0]} {parts[0].value} + {split[1]} {parts[1].value} = {parts[0].value + parts[1].value}, not {total.value}"
                identity = finding_id("data", "board", split[0], address.group, address.year)
                findings.append(
                    Finding(
                        identity,
                        NUMBER,
                        CONTRADICTS,
                        f"board {address.year}",
                        grouped(total.value),
                        grouped(sum(part.value for part in parts)),
                        sums,
                        rule="parts",
                    )
                )
    return findings

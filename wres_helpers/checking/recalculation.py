"""What a claim should have printed: the count, share, ratio, gap or change, calculated again with its arithmetic."""

from dataclasses import dataclass
from fractions import Fraction

from wres_helpers.checking.addresses import Address, year_before
from wres_helpers.checking.claimed_figures import Claim
from wres_helpers.checking.ledger import Known, Ledger
from wres_helpers.checking.printed_numbers import grouped, plain
from wres_helpers.intake.register_words import (
    ALL_CATEGORIES,
    ALL_GROUPS,
    BOARD,
    CHANGE,
    COUNT,
    GAP,
    HEADCOUNT,
    RATIO,
    SHARE,
    SURVEY,
    WORKFORCE,
)
from wres_helpers.standard.columns import ALL


@dataclass(frozen=True)
class Measured:
    """A value calculated again.

    Attributes
    ----------
    value
        In the unit of print: people, per cent, percentage points or times.
    text
        The arithmetic.
    low, high
        What the value can be where it was calculated from rounded figures; both equal ``value`` where it is exact.
    """

    value: Fraction
    text: str
    low: Fraction
    high: Fraction

    @property
    def exact(self) -> bool:
        """True where nothing rounded went into the value."""
        return self.low == self.high

    def size(self) -> "Measured":
        """Return a value below nought without its sign."""
        return Measured(-self.value, f"{self.text}; the size of it", -self.high, -self.low)


@dataclass(frozen=True)
class Missing:
    """Why something cannot be calculated."""

    reason: str


def exactly(value: Fraction, text: str) -> Measured:
    """Return a value that rests on whole numbers."""
    return Measured(value, text, value, value)


@dataclass(frozen=True)
class Rate:
    """A share: who is counted, of whom."""

    count: Address
    base: Address

    def of(self, **changes: str) -> "Rate":
        """Return the rate of another group, year or category; the base follows where it has the same cut."""
        same_cut = self.base.breakdown == self.count.breakdown != "overall"
        follows = {
            "year": True,
            "group": self.base.group == self.count.group,
            "category": same_cut and self.base.category == self.count.category,
        }
        base_changes = {key: value for key, value in changes.items() if follows.get(key)}
        return Rate(self.count.of(**changes), self.base.of(**base_changes))


class Calculator:
    """Calculates claims again, from data first and from printed counts where there are none.

    Parameters
    ----------
    ledger
        What is known of each address.
    claims
        All claims: a ratio of groups whose counts are not known can be calculated from printed rates.
    no_adverse_range
        Range of the ratio in which no adverse difference is seen, from the status rule.
    """

    def __init__(self, ledger: Ledger, claims: list[Claim], no_adverse_range: tuple[float, float] = (0.80, 1.25)):
        self.ledger = ledger
        self.no_adverse_range = no_adverse_range
        self._rates: dict[Rate, list[Claim]] = {}
        for claim in claims:
            if claim.kind == SHARE and claim.printed and claim.pair is None and (rate := rate_of(claim)) and not claim.printed.qualifier:
                self._rates.setdefault(rate, []).append(claim)

    def measure(self, claim: Claim, source: str = "best") -> Measured | Missing:
        """Calculate a claim again; ``source`` is ``best``, ``data`` or ``printed``."""
        if claim.address is None:
            return Missing("the register does not say which figures it speaks of")
        near = claim.where
        if claim.kind == CHANGE:
            return self.change(claim, near, source)
        # a count is held against whatever is printed of it anywhere; a rate is made from the figures beside it
        return self.quantity(claim, "" if claim.kind == COUNT else near, source)

    def quantity(self, claim: Claim, near: str = "", source: str = "best", **changes: str) -> Measured | Missing:
        """Calculate the quantity of a claim: a ratio or gap for two groups, a share where there is a base, else a count."""
        address = claim.address.of(**changes)
        rate = rate_of(claim, address)
        if claim.pair:
            groups = claim.pair if "group" not in changes else (changes["group"], changes["group"])
            sides = [_for_group(address, rate, group) for group in groups]
            return self.compared(sides[0], sides[1], claim.sign, near, source)
        if claim.kind in (GAP, RATIO) and claim.other:
            return self.compared(rate or address, self.other_side(claim, rate, address), claim.sign, near, source)
        return self.rate(rate, near, source) if rate else self.count(address, near, source, claim.id)

    def other_side(self, claim: Claim, rate: Rate | None, address: Address) -> Rate | Address:
        """Return what a claim compares itself with: the same quantity with the stated parts changed."""
        changes = {key: value for key, value in claim.other.items() if key in ("group", "year", "category", "breakdown")}
        item = claim.other.get("item")
        if item and item != address.item:
            changed = Address(item, "overall", ALL, address.group, address.year).of(**changes)
            return Rate(changed, changed.of(group=ALL)) if rate else changed
        return rate.of(**changes) if rate else address.of(**changes)

    def count(self, address: Address, near: str = "", source: str = "best", without: str = "") -> Measured | Missing:
        """Return a count."""
        known = self.known(address, near, source, without)
        if known is None:
            return Missing(f"the number of {address.in_words()} is neither in the data nor printed elsewhere")
        return exactly(Fraction(known.value), known.text)

    def known(self, address: Address, near: str = "", source: str = "best", without: str = "") -> Known | None:
        """Look a count up."""
        if source == "data":
            return self.ledger.data(address)
        return (self.ledger.best if source == "best" else self.ledger.printed)(address, near, without)

    def rate(self, rate: Rate, near: str = "", source: str = "best") -> Measured | Missing:
        """Return a share in per cent."""
        count, base = self.known(rate.count, near, source), self.known(rate.base, near, source)
        if count is None or base is None:
            missing = (rate.count if count is None else rate.base).in_words()
            return Missing(f"the number of {missing} is neither in the data nor printed")
        if base.value == 0:
            return Missing(f"nobody is in the base ({rate.base.in_words()})")
        value = Fraction(100 * count.value, base.value)
        sums = "".join(f" ({known.text})" for known in (count, base) if "=" in known.text)
        return exactly(value, f"{grouped(count.value)} of {grouped(base.value)}{sums} = {shown(value)}%")

    def compared(
        self, first: Rate | Address, second: Rate | Address, sign: str, near: str = "", source: str = "best"
    ) -> Measured | Missing:
        """Return the ratio or the gap of two rates (or counts); from printed rates where counts are not known."""
        sides = [self._side(each, near, source) for each in (first, second)]
        for side in sides:
            if isinstance(side, Missing):
                return side
        one, two = sides
        if sign == "-":
            value = one.value - two.value
            return Measured(
                value,
                f"{one.text}; {two.text}; {shown(one.value)} - {shown(two.value)} = {shown(value)}",
                one.low - two.high,
                one.high - two.low,
            )
        if two.value <= 0 or two.low <= 0:
            return Missing("the ratio divides by zero")
        value = one.value / two.value
        return Measured(
            value,
            f"{one.text}; {two.text}; {shown(one.value)} / {shown(two.value)} = {shown(value)}",
            one.low / two.high,
            one.high / two.low,
        )

    def _side(self, side: Rate | Address, near: str, source: str) -> Measured | Missing:
        if isinstance(side, Address):
            return self.count(side, near, source)
        found = self.rate(side, near, source)
        return self.printed_rate(side, near) or found if isinstance(found, Missing) else found

    def printed_rate(self, rate: Rate, near: str = "") -> Measured | None:
        """Return a rate as printed, with what its rounding leaves open."""
        claims = sorted(self._rates.get(rate, []), key=lambda claim: (claim.where != near, -claim.printed.decimals))
        if not claims:
            return None
        printed = claims[0].printed
        half = printed.step / 2
        return Measured(printed.value, f"{printed.digits}% as printed", printed.value - half, printed.value + half)

    def change(self, claim: Claim, near: str = "", source: str = "best") -> Measured | Missing:
        """Return growth against an earlier year: in per cent for counts, in points for shares."""
        earlier = claim.other.get("year") or year_before(claim.address).year
        now, before = self.quantity(claim, near, source), self.quantity(claim, near, source, year=earlier)
        for side in (now, before):
            if isinstance(side, Missing):
                return side
        if (claim.printed and claim.printed.unit == "people") or (rate_of(claim) and claim.printed and claim.printed.unit == "points"):
            value = now.value - before.value
            return Measured(
                value,
                f"{now.text}; {before.text}; {shown(now.value)} - {shown(before.value)} = {shown(value)}",
                now.low - before.high,
                now.high - before.low,
            )
        if before.value == 0:
            return Missing("growth from zero has no percentage")
        value = 100 * (now.value - before.value) / before.value
        return exactly(value, f"({shown(now.value)} - {shown(before.value)}) / {shown(before.value)} = {shown(value)}%")


def rate_of(claim: Claim, address: Address | None = None) -> Rate | None:
    """Return the share a claim speaks of, or None if it speaks of a count."""
    address = address or claim.address
    if address is None or not claim.base:
        return None
    return Rate(address, base_address(address, claim.base))


def base_address(address: Address, base: str) -> Address:
    """Return the base of a share."""
    if base == ALL_GROUPS:
        return address.of(group=ALL)
    if base == ALL_CATEGORIES:
        return address.total()
    if base == HEADCOUNT and address.breakdown != "overall" and address.item not in (SURVEY, BOARD):
        return address.of(item=WORKFORCE)
    if base in (SURVEY, BOARD) or base == address.item:
        return address.total()
    if base == HEADCOUNT:
        return Address(HEADCOUNT, "overall", ALL, address.group, address.year)
    return address.of(item=base)


def _for_group(address: Address, rate: Rate | None, group: str) -> Rate | Address:
    return rate.of(group=group) if rate else address.of(group=group)


def shown(value: Fraction) -> str:
    """Write a calculated value with as many places as help to see its rounding (at most four), without trailing zeros."""
    if value.denominator == 1:
        return grouped(value)
    places = 4 if abs(value) < 10 else 3
    return plain(value, places).rstrip("0").rstrip(".")

"""What a report owes its reader: figures the definitions ask for and nobody prints, and years said not to be available."""

from wres_helpers.checking.addresses import Address
from wres_helpers.checking.check_findings import AGREES, CANNOT_CHECK, CONCLUSION, CONTRADICTS, NUMBER, WORDING, Finding, finding_id
from wres_helpers.checking.claimed_figures import Claim
from wres_helpers.checking.printed_numbers import plain
from wres_helpers.checking.recalculation import Calculator, Measured, Rate, base_address
from wres_helpers.checking.sayings import saying_of
from wres_helpers.intake.register_words import BOARD, ENTERED, FIGURES, GAP, HEADCOUNT, RATIO, SHARE, STATUS, UNAVAILABLE, WORDS, WORKFORCE
from wres_helpers.standard.columns import ALL

#: The indicators that are a relative likelihood: who is counted, of whom, and which group over which.
_RATIOS = {
    "2": ("appointed", "shortlisted", ("white", "bme")),
    "3": (ENTERED, HEADCOUNT, ("bme", "white")),
    "4": ("accessed_training", HEADCOUNT, ("white", "bme")),
}
_RULE = "required"


def check_required(claims: list[Claim], calculator: Calculator, year: str) -> list[Finding]:
    """Return a finding for each figure a definition asks for that a reported indicator never prints.

    Only indicators the report gives a status are held to it: a register of a single page owes nothing else.
    """
    reported = {indicator for claim in claims if claim.kind == STATUS for indicator in claim.indicators}
    findings = [_missing_ratio(indicator, claims, calculator, year) for indicator in _RATIOS if indicator in reported]
    if "1" in reported:
        findings += [_missing_band_shares(claims), _missing_staff_groups(claims, calculator)]
    if "9" in reported:
        findings += [_missing_board_gap(part, claims) for part in ("voting", "executive")]
    return [finding for finding in findings if finding]


def _owed(indicator: str, name: str, rank: str, expected: str, arithmetic: str) -> Finding:
    where = f"Indicator {indicator} (nowhere in the report)"
    return Finding(finding_id("required", f"indicator-{indicator}", name), rank, CONTRADICTS, where, "", expected, arithmetic, rule=_RULE)


def _missing_ratio(indicator: str, claims: list[Claim], calculator: Calculator, year: str) -> Finding | None:
    item, base, (first, second) = _RATIOS[indicator]
    if any(claim.kind == RATIO and claim.address and claim.address.item == item and claim.base in (base, "") for claim in claims):
        return None
    address = Address(item, "overall", ALL, first, year)
    rates = [Rate(address.of(group=group), base_address(address.of(group=group), base)) for group in (first, second)]
    measured = calculator.compared(rates[0], rates[1], "/")
    known = isinstance(measured, Measured)
    expected = f"{plain(measured.value, 2)} times ({first}/{second})" if known else f"a ratio {first}/{second}"
    arithmetic = "the definition is a relative likelihood, one group's rate divided by the other's; the report never prints it"
    return _owed(
        indicator, "relative-likelihood", CONCLUSION, expected,
        arithmetic + (f": {measured.text}" if known else ""),
    )  # fmt: skip


def _missing_band_shares(claims: list[Claim]) -> Finding | None:
    if any(
        claim.kind in (SHARE, GAP) and claim.address and claim.address.item == WORKFORCE and claim.address.category != ALL
        for claim in claims
    ):
        return None
    text = "the definition asks for the percentage of staff in each band, beside the percentage in the workforce; only counts are printed"
    return _owed("1", "percentages-by-band", NUMBER, "a percentage for each band", text)


def _missing_staff_groups(claims: list[Claim], calculator: Calculator) -> Finding | None:
    known = [*calculator.ledger.addresses(), *(claim.address for claim in claims if claim.address)]
    if any("clinical" in text for address in known for text in (address.breakdown, address.category)):
        return None
    text = "the definition asks for clinical and non-clinical staff to be calculated separately; the figures hold both together"
    return _owed("1", "clinical-and-non-clinical", NUMBER, "two tables, clinical and non-clinical", text)


def _missing_board_gap(part: str, claims: list[Claim]) -> Finding | None:
    printed = (claim.address for claim in claims if claim.kind in (GAP, SHARE) and claim.address)
    if any(address.item == BOARD and address.category == part for address in printed):
        return None
    text = f"the definition compares the {part} members of the board with the workforce; neither their share nor the difference is printed"
    return _owed("9", f"board-{part}", NUMBER, f"the share of {part} members minus the share of the workforce, in points", text)


def check_unavailable(claim: Claim, claims: list[Claim], calculator: Calculator) -> Finding:
    """Return the finding about a sentence that says figures were not available."""
    blank = Finding(
        finding_id(claim.id, UNAVAILABLE), NUMBER, CANNOT_CHECK, claim.where, claim.text, "", "", claim=claim.id, rule=UNAVAILABLE
    )
    if claim.address is None:
        return blank.with_(arithmetic="Cannot be checked: the register does not say which figures were not available.")
    item, year = claim.address.item, claim.address.year
    printed = [
        other for other in claims if other.kind in FIGURES and other.address and (other.address.item, other.address.year) == (item, year)
    ]
    supplied = [address for address in calculator.ledger.addresses() if (address.item, address.year) == (item, year)]
    if not printed and not supplied:
        return blank.with_(verdict=AGREES, arithmetic=f"no figure of {claim.address.in_words()} is printed or supplied")
    places = ", ".join(f"{other.id} ({other.text})" for other in printed) or "the data"
    text = f"figures of {year} are there all the same: {places}"
    note = "Possibly they were not available when last year's report was written and were collected since; then say so beside the column."
    return blank.with_(
        verdict=CONTRADICTS, expected="no figures of that year, or a word on where they come from", arithmetic=text, diagnosis=note
    )


def check_every_indicator(claim: Claim, owed: list[Finding]) -> Finding | None:
    """Return the finding about a sentence that says that every indicator is reported on, or None for other sentences."""
    saying = saying_of(claim.says, claim.text) if claim.kind == WORDS else None
    if saying is None or saying.kind != "every indicator":
        return None
    blank = Finding(
        finding_id(claim.id, WORDS),
        WORDING,
        AGREES,
        claim.where,
        claim.text,
        "every figure the definitions ask for",
        "",
        claim=claim.id,
        rule=WORDS,
    )
    if not owed:
        return blank
    missing = "; ".join(f"{finding.where.split(' (')[0]}: {finding.expected}" for finding in owed)
    return blank.with_(verdict=CONTRADICTS, arithmetic=f"not printed anywhere: {missing}")

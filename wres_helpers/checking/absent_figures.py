"""What a report owes its reader: figures the definitions ask for and nobody prints, and years said not to be available."""

from wres_helpers.checking.addresses import in_words
from wres_helpers.checking.check_findings import AGREES, CANNOT_CHECK, CONCLUSION, CONTRADICTS, NUMBER, WORDING, Finding, finding_id
from wres_helpers.checking.claimed_figures import Claim, amount_of
from wres_helpers.checking.printed_numbers import plain
from wres_helpers.checking.printed_page import PrintedPage
from wres_helpers.checking.reckoning import Missing
from wres_helpers.intake.register_words import BOARD, ENTERED, FIGURES, GAP, HEADCOUNT, RATIO, SHARE, STATUS, UNAVAILABLE, WORDS, WORKFORCE
from wres_helpers.page_model import Count, ratio
from wres_helpers.standard.columns import ALL

#: The indicators that are a relative likelihood: who is counted, of whom, and which group over which.
_RATIOS = {
    "2": ("appointed", "shortlisted", ("white", "bme")),
    "3": (ENTERED, HEADCOUNT, ("bme", "white")),
    "4": ("accessed_training", HEADCOUNT, ("white", "bme")),
}
_RULE = "required"


def check_required(page: PrintedPage, year: str) -> list[Finding]:
    """Return a finding for each figure a definition asks for that a reported indicator never prints.

    Only indicators the report gives a status are held to it: a register of a single page owes nothing else. An absent
    figure contradicts nothing; that it is absent is the finding.
    """
    reported = {indicator for claim in page.claims if claim.kind == STATUS for indicator in claim.indicators}
    findings = [_missing_ratio(indicator, page, year) for indicator in _RATIOS if indicator in reported]
    if "1" in reported:
        findings += [_missing_band_shares(page.claims), _missing_staff_groups(page)]
    if "9" in reported:
        findings += [_missing_board_gap(part, page.claims) for part in ("voting", "executive")]
    return [finding for finding in findings if finding]


def _owed(indicator: str, name: str, rank: str, expected: str, arithmetic: str) -> Finding:
    where = f"Indicator {indicator} (nowhere in the report)"
    text = f"Cannot be checked, because it is not printed: {arithmetic}"
    return Finding(finding_id(_RULE, f"indicator-{indicator}", name), rank, CANNOT_CHECK, where, "", expected, text, rule=_RULE)


def _missing_ratio(indicator: str, page: PrintedPage, year: str) -> Finding | None:
    item, base, groups = _RATIOS[indicator]
    if any(claim.kind == RATIO and claim.count and claim.count.item == item and claim.base in (base, "") for claim in page.claims):
        return None
    sides = [amount_of(Count(year, item, "overall", ALL, group), base) for group in groups]
    text = "the definition is a relative likelihood, one group's rate divided by the other's; the report never prints it"
    pair = "/".join(groups)
    try:
        measured = page.best.measure(ratio(*sides))
    except Missing:
        return _owed(indicator, "relative-likelihood", CONCLUSION, f"a ratio {pair}", text)
    readings = [f"{plain(measured.value, 2)} times ({pair}) by the counts"]
    printed = [next((c.printed for c in page.figures if c.unknown == side and c.printed.exact), None) for side in sides]
    if all(printed) and printed[1].value > printed[1].step:
        (low, high), (least, most) = (each.ends(whole=False) for each in printed)
        if not low / most <= measured.value <= high / least:
            readings.append(f"{plain(printed[0].value / printed[1].value, 2)} by the rates as printed")
    return _owed(indicator, "relative-likelihood", CONCLUSION, ", ".join(readings), f"{text}: {measured.text}")


def _missing_band_shares(claims: list[Claim]) -> Finding | None:
    if any(
        claim.kind in (SHARE, GAP) and claim.count and claim.count.item == WORKFORCE and claim.count.category != ALL for claim in claims
    ):
        return None
    text = "the definition asks for the percentage of staff in each band, beside the percentage in the workforce; only counts are printed"
    return _owed("1", "percentages-by-band", NUMBER, "a percentage for each band", text)


def _missing_staff_groups(page: PrintedPage) -> Finding | None:
    known = [*page.data, *(claim.count for claim in page.claims if claim.count)]
    if any("clinical" in text for count in known for text in (count.breakdown, count.category)):
        return None
    text = "the definition asks for clinical and non-clinical staff to be calculated separately; the figures hold both together"
    return _owed("1", "clinical-and-non-clinical", NUMBER, "two tables, clinical and non-clinical", text)


def _missing_board_gap(part: str, claims: list[Claim]) -> Finding | None:
    if any(claim.kind in (GAP, SHARE) and claim.count and (claim.count.item, claim.count.category) == (BOARD, part) for claim in claims):
        return None
    text = f"the definition compares the {part} members of the board with the workforce; neither their share nor the difference is printed"
    return _owed("9", f"board-{part}", NUMBER, f"the share of {part} members minus the share of the workforce, in points", text)


def check_unavailable(claim: Claim, page: PrintedPage) -> Finding:
    """Return the finding about a sentence that says figures were not available."""
    blank = Finding(
        finding_id(claim.id, UNAVAILABLE), NUMBER, CANNOT_CHECK, claim.where, claim.text, "", "", claim=claim.id, rule=UNAVAILABLE
    )
    if claim.count is None:
        return blank.with_(arithmetic="Cannot be checked: the register does not say which figures were not available.")
    item, year = claim.count.item, claim.count.year
    printed = [each for each in page.claims if each.kind in FIGURES and each.count and (each.count.item, each.count.year) == (item, year)]
    supplied = any((count.item, count.year) == (item, year) for count in page.data)
    if not printed and not supplied:
        return blank.with_(verdict=AGREES, arithmetic=f"no figure of {in_words(claim.count)} is printed or supplied")
    places = ", ".join(f"{each.id} ({each.text})" for each in printed) or "the data"
    note = "Possibly they were not available when last year's report was written and were collected since; then say so beside the column."
    return blank.with_(
        verdict=CONTRADICTS, expected="no figures of that year, or a word on where they come from",
        arithmetic=f"figures of {year} are there all the same: {places}", diagnosis=note,
    )  # fmt: skip


def check_every_indicator(claim: Claim, owed: list[Finding]) -> Finding | None:
    """Return the finding about a sentence that says that every indicator is reported on, or None for other sentences."""
    if claim.kind != WORDS or claim.says != "every indicator":
        return None
    blank = Finding(
        finding_id(claim.id, WORDS), WORDING, AGREES, claim.where, claim.text, "every figure the definitions ask for", "",
        claim=claim.id, rule=WORDS,
    )  # fmt: skip
    if not owed:
        return blank
    missing = "; ".join(f"{finding.where.split(' (')[0]}: {finding.expected}" for finding in owed)
    return blank.with_(verdict=CONTRADICTS, arithmetic=f"not printed anywhere: {missing}")

"""What a report says of the standard itself: statuses, labels, figures it owes its reader, and years said not to be available."""

import difflib
import re
from collections.abc import Iterator

import pandas as pd

from wres_helpers.checking.addresses import name_of, rest_of
from wres_helpers.checking.check_findings import CONCLUSION, NUMBER, WORDING, CheckFinding, Explanation, finding_id
from wres_helpers.checking.claimed_figures import COUNTED, Claim, PlacedClaim, amount_of
from wres_helpers.checking.printed_numbers import plain
from wres_helpers.checking.printed_page import PrintedPage
from wres_helpers.checking.reckoning import Missing
from wres_helpers.intake.printed import register_words as register  # fmt: skip
from wres_helpers.page_model import Count, ratio
from wres_helpers.standard import statuses
from wres_helpers.standard.columns import ALL

#: From best to worst; an indicator pair is as its worse one.
_ORDER = (
    statuses.EQUIVALENT, statuses.DIFFERENCE_OTHER_WAY, statuses.NO_CLEAR_DIFFERENCE, statuses.SOME_DIFFERENCE, statuses.LARGE_DIFFERENCE,
)  # fmt: skip
_INDICATOR = re.compile(r"\bindicators?\s*(\d+(?:\s*(?:/|,|-|and|&)\s*\d+)*)", re.IGNORECASE)
_CODE = re.compile(r"\b(?:(K[A-Z])\s*(\d+)|(?:Q(?:uestion)?\.?\s*)?(\d+)\s*([a-z])?\b)", re.IGNORECASE)


def check_required(page: PrintedPage, year: str, catalogue: pd.DataFrame) -> list[CheckFinding]:
    """Return a finding for each figure a definition asks for that a reported indicator never prints.

    Only indicators the report gives a status are held to it: a register of a single page owes nothing else. An absent
    figure contradicts nothing; that it is absent is the finding.
    """
    reported = {indicator for claim in page.claims if claim.kind == register.STATUS for indicator in claim.indicators}
    grounded = [claim for claim in page.claims if isinstance(claim, PlacedClaim)]
    compared = [claim.count for claim in grounded if claim.kind in (register.SHARE, register.GAP)]
    likelihoods = catalogue[catalogue["comparison"].eq("ratio") & catalogue["role"].eq("headline") & catalogue["indicator"].isin(reported)]
    likelihoods = likelihoods[likelihoods["numerator"].isin(register.USUAL_BASES)]  # of what a register has words for
    findings = [_missing_ratio(row, page, year) for row in likelihoods.to_dict("records")]
    if "1" in reported and not any(count.item == register.WORKFORCE and count.category != ALL for count in compared):
        text = "the percentage of staff in each band, beside the percentage in the workforce; only counts are printed"
        findings.append(_owed("1", "percentages-by-band", NUMBER, "a percentage for each band", f"the definition asks for {text}"))
    known = [*page.data, *(claim.count for claim in grounded)]
    if "1" in reported and not any("clinical" in text for count in known for text in (count.breakdown, count.category)):
        text = "the definition asks for clinical and non-clinical staff to be calculated separately; the figures hold both together"
        findings.append(_owed("1", "clinical-and-non-clinical", NUMBER, "two tables, clinical and non-clinical", text))
    for part in ("voting", "executive") if "9" in reported else ():
        if not any((count.item, count.category) == (register.BOARD, part) for count in compared):
            text = f"the {part} members of the board with the workforce; neither their share nor the difference is printed"
            right = f"the share of {part} members minus the share of the workforce, in points"
            findings.append(_owed("9", f"board-{part}", NUMBER, right, f"the definition compares {text}"))
    return [finding for finding in findings if finding]


def _owed(indicator: str, name: str, rank: str, expected: str, arithmetic: str) -> CheckFinding:
    identity = finding_id("required", f"indicator-{indicator}", name)
    found = CheckFinding(identity, rank, where=f"Indicator {indicator} (nowhere in the report)", rule="required")
    return found.with_(expected=expected).cannot(arithmetic, ", because it is not printed")


def _missing_ratio(definition: dict, page: PrintedPage, year: str) -> CheckFinding | None:
    indicator, item, base, pair = (definition[name] for name in ("indicator", "numerator", "base", "direction"))
    ratios = [claim for claim in page.claims if claim.kind == register.RATIO and isinstance(claim, PlacedClaim)]
    if any(claim.count.item == item and claim.base in (base, "") for claim in ratios):
        return None
    one, two = (amount_of(Count(year, item, "overall", ALL, group), base) for group in pair.split("/"))
    text = "the definition is a relative likelihood, one group's rate divided by the other's; the report never prints it"
    try:
        measured = page.best.measure(ratio(one, two))
    except Missing:
        return _owed(indicator, "relative-likelihood", CONCLUSION, f"a ratio {pair}", text)
    readings = [f"{plain(measured.value, 2)} times ({pair}) by the counts"]
    first, second = page.print_of(one), page.print_of(two)
    if first and second and second.value > second.step:
        (low, high), (least, most) = (each.ends(whole=False) for each in (first, second))
        if not low / most <= measured.value <= high / least:
            readings.append(f"{plain(first.value / second.value, 2)} by the rates as printed")
    return _owed(indicator, "relative-likelihood", CONCLUSION, ", ".join(readings), f"{text}: {measured.text}")


def better_of(claim: Claim, catalogue: pd.DataFrame, own_questions: dict[str, str]) -> int:
    """Return 1 where more of what a claim speaks of is good for people by the catalogue, -1 where less is, nought where it does not say.

    Of the answers to a question those are meant that its indicator counts, or the rest.
    """
    if not isinstance(claim, PlacedClaim):
        return 0
    count, found = claim.count, set()
    for row in catalogue.to_dict("records"):
        asked = re.split(r"[+|]", own_questions.get(row["indicator"]) or row["survey_question"])
        answered = count.item == register.SURVEY  # of a survey the row without a rule is of everybody who answered
        is_asked = row["numerator_rule"] and (row["indicator"] in claim.indicators or count.breakdown in asked)
        if row["numerator"] != count.item or (answered and not is_asked):
            continue
        rule, _, answer = row["numerator_rule"].lower().partition(":")
        left_out = rest_of(count.category)
        is_answer = (left_out or count.category) == answer
        turned = count.item == register.SURVEY and count.category != COUNTED and is_answer != ((rule == "is") == (left_out is None))
        found.add({"higher": 1, "lower": -1}.get(row["better"], 0) * (-1 if turned else 1))
    return found.pop() if len(found) == 1 else 0


def check_unavailable(claim: Claim, page: PrintedPage) -> CheckFinding:
    """Return the finding about a sentence that says figures were not available."""
    blank = CheckFinding.of(claim, register.UNAVAILABLE)
    if not isinstance(claim, PlacedClaim):
        return blank.cannot("the register does not say which figures were not available")
    item, year = claim.count.item, claim.count.year
    figures = [each for each in page.claims if each.kind in register.FIGURES and isinstance(each, PlacedClaim)]
    printed = [each for each in figures if each.count[:2] == (year, item)]
    if not printed and not any(count[:2] == (year, item) for count in page.data):
        return blank.judged(True, "", f"no figure of {name_of(claim.count)} is printed or supplied")
    places = ", ".join(f"{each.id} ({each.text})" for each in printed) or "the data"
    note = "Possibly they were not available when last year's report was written and were collected since; then say so beside the column."
    right, text = "no figures of that year, or a word on where they come from", f"figures of {year} are there all the same: {places}"
    return blank.judged(False, right, text).with_(diagnosis=note)


def check_every_indicator(claim: Claim, owed: list[CheckFinding]) -> CheckFinding | None:
    """Return the finding about a sentence that says that every indicator is reported on, or None for other sentences."""
    if claim.says != "every indicator":
        return None
    missing = "; ".join(f"{finding.where.split(' (')[0]}: {finding.expected}" for finding in owed)
    text = f"not printed anywhere: {missing}" if owed else ""
    return CheckFinding.of(claim, register.WORDS, WORDING).judged(not owed, "every figure the definitions ask for", text)


def check_status(claim: Claim, results: pd.DataFrame) -> CheckFinding:
    """Return the finding about one status, given the overall comparison of each indicator (a row each, columns of results.csv)."""
    blank = CheckFinding.of(claim, register.STATUS, CONCLUSION)
    texts = [text for text in (claim.says, claim.text.lower()) if text]
    said = (status for text in texts for words, status in register.STATUS_WORDS.items() if words in text)
    stated, rows = next(said, None), results[results["indicator"].isin(claim.indicators)]
    if stated is None or rows.empty:
        return blank.cannot("the words name none of the three statuses" if stated is None else "no indicator with figures is named")
    arithmetic = "; ".join(_in_words(row) for row in rows.to_dict("records"))
    judged = [status for status in rows["status"] if status in _ORDER]
    if not judged:
        return blank.with_(arithmetic=f"Cannot be checked: the numbers do not allow a judgement. {arithmetic}")
    worst = max(judged, key=_ORDER.index)
    right = statuses.LABELS[worst]
    why = Explanation("hand_status", "the status was given by hand, without the rule")
    return blank.judged(statuses.fits(stated, worst), right, arithmetic, [why])


def _in_words(row: dict) -> str:
    sides = [
        f"{name} {row[f'{group}_count']:,.0f} of {row[f'{group}_base']:,.0f}"
        for group, name in (("bme", "BME"), ("white", "white"))
        if pd.notna(row[f"{group}_base"])
    ]
    value = ""
    if pd.notna(row["value"]):
        of_ratio = row["comparison"] == "ratio"
        low, high = (f"{limit:.2f}" if of_ratio else f"{100 * limit:.1f}" for limit in (row["lower"], row["upper"]))
        shown = f"{row['value']:.2f}" if of_ratio else f"{100 * row['value']:.1f} points"
        value = f", {row['direction']} {shown} (interval {low} to {high})"
    status = statuses.LABELS.get(row["status"], row["status"])
    counts = f"{', '.join(sides)}{value}: " if sides else ""
    reason = row["reason"].replace("the compared group", "BME staff")
    return f"indicator {row['indicator']}: {counts}{status} ({reason})"


def check_label(claim: Claim, labels: pd.DataFrame, edition: int, own_questions: dict[str, str]) -> CheckFinding:
    """Return the finding about one label, given those of each indicator by edition and the numbers of the organisation's own survey."""
    blank, where = CheckFinding.of(claim, register.LABEL, WORDING), f"indicator {'/'.join(claim.indicators)}"
    if not claim.indicators:
        return blank.cannot("the register does not say which indicator the label stands at")
    if match := _INDICATOR.search(claim.text):
        printed = re.findall(r"\d+", match[1])
        text = f"the figures below are those of {where}; the label says {'/'.join(printed)}"
        why = Explanation("stale_label", "the label of another table was left in place")
        return blank.judged(set(printed) == set(claim.indicators), where.capitalize(), text, [why])
    match = _CODE.search(claim.text)
    if match is None:
        return blank.cannot("the text holds no question number and no code")
    code = f"{match[1].upper()}{match[2]}" if match[1] else f"{match[3]}{(match[4] or '').lower()}"
    of_indicator = labels[labels["indicator"].isin(claim.indicators)]
    held = of_indicator[of_indicator["edition_from"].le(edition) & of_indicator["edition_to"].ge(edition)]
    own = [part for indicator in claim.indicators for part in re.split(r"[+|]", own_questions.get(indicator, "")) if part]
    right = list(dict.fromkeys([*held["label"], *own]))
    if not right:
        return blank.cannot(f"no label of {where} is known for edition {edition}")
    expected = " or ".join(right)
    text = f"edition {edition} knows {expected} for {where}; printed {claim.text}"
    return blank.judged(code in right, expected, text, _why(code, of_indicator))


def _why(code: str, of_indicator: pd.DataFrame) -> Iterator[Explanation]:
    for row in of_indicator.to_dict("records"):
        first, last = row["edition_from"], row["edition_to"]
        if row["label"] == code:
            until = f"editions {first} to {last}" if last < 9999 else f"edition {first} on"
            yield Explanation("stale_label", f"{code} is the label of {until}", corrected="")
        elif difflib.get_close_matches(code, [row["label"]]):
            yield Explanation("wrong_digit", f"{row['label']} was mistyped, a label that came with edition {first}", 2, "")
    text = "the survey was a local one with numbers of its own; then name them under survey.questions in the master file"
    yield Explanation("stale_label", text, 4, "")

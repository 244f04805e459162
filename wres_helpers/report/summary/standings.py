"""Where each indicator stands: one list, the indicators together by what is to be thought of them and how sure that is, the gravest first."""

from wres_helpers.analysis.evidence import Evidence
from wres_helpers.report.form import numbers, phrases
from wres_helpers.report.form.blocks import Alike, Standing, Standings
from wres_helpers.report.form.topics import Topic, Topical, anchor_of, topical
from wres_helpers.report.words import evidence_rows, which_indicators
from wres_helpers.report.words.beside_headlines import ratio_without_recruits, value_told
from wres_helpers.report.words.doubts import CHANCE, ONE_PERSON, WORSE, borderline_in_short, could_be, of_indicator, size_told
from wres_helpers.report.words.made_tables import short_label
from wres_helpers.report.words.vocabulary import group_label, metric
from wres_helpers.standard import statuses

#: From what asks most for action to what cannot be judged.
_ORDER = (*WORSE, statuses.NO_CLEAR_DIFFERENCE, statuses.EQUIVALENT, statuses.DIFFERENCE_OTHER_WAY, *statuses.LABELS)
#: Statuses whose label says all.
_SAID_ALREADY = (statuses.TOO_FEW_TO_JUDGE, statuses.PROTECTED, statuses.NOT_SUPPLIED)


#: What is heard before brackets, which many a voice leaves out.
HEARD = "interval"


def standings(shown: Evidence) -> Standings:
    """Return every indicator below its status and what that means, with its comparison; of a share that is compared with nothing, the share."""
    names = which_indicators.indicators(shown)
    alike: dict[tuple[str, str, str], list[str]] = {}
    for name in names:
        alike.setdefault((*evidence_rows.status_of(shown, name), meaning(shown, name)), []).append(name)
    order = [*which_indicators.by_urgency(shown), *names]
    groups = tuple(
        Alike(code, short_label(label), topical(shown, means, *some, tables=["statuses"]), tuple(_standing(shown, name) for name in some))
        for (code, label, means), some in sorted(alike.items(), key=lambda each: (_ORDER.index(each[0][0]), min(map(order.index, each[1]))))
    )
    which = f"{numbers.in_words(len(names))} " * (len(names) > 1) + metric(shown, len(names))
    return Standings(f"The {which}, for {group_label(shown, 'bme')} staff", _how_to_read(shown, names), groups)


def meaning(shown: Evidence, indicator: str) -> str:
    """Return what an indicator's status says of the two groups, and how sure that is; nothing where its label says all."""
    code, row = evidence_rows.status_of(shown, indicator)[0], evidence_rows.headline_row(shown, indicator)
    told = phrases.capital(statuses.MEANINGS[code].replace(" for the compared group", ""))
    if size := size_told(shown, row):
        return f"{told.partition(',')[0]}, {size}"
    large = any(doubt.cause == CHANCE and statuses.LARGE_DIFFERENCE in doubt.becomes for doubt in of_indicator(shown, indicator))
    if code == statuses.NO_CLEAR_DIFFERENCE:
        looks = phrases.capital(borderline_in_short(shown, row))
        return f"{looks or told.partition(',')[0]}{'; large is not ruled out' * large}"
    return "" if code in _SAID_ALREADY else told


def _standing(shown: Evidence, indicator: str) -> Standing:
    """Return an indicator's line: what was found, whether it is borderline, and what one person more or less could make of its status."""
    definition, row = evidence_rows.definition_of(shown, indicator), evidence_rows.headline_row(shown, indicator)
    name = Topical(f"{indicator}. {definition['plain_title']}", Topic((), (), leads_to=(anchor_of(indicator),)))
    compared, others = value_told(shown, row), ratio_without_recruits(shown, row)
    person = [
        f"one person could make it {' or '.join(could_be(evidence_rows.status_of(shown, indicator)[0], doubt.becomes))}"
        for doubt in of_indicator(shown, indicator)
        if doubt.cause == ONE_PERSON
    ]
    borderline = borderline_in_short(shown, row) * (
        evidence_rows.status_of(shown, indicator)[0] != statuses.NO_CLEAR_DIFFERENCE
    )  # its group says it
    told = "; ".join(filter(None, (compared, others, borderline, *person)))
    if row is not None and row["comparison"] == "none" and evidence_rows.has(row, "bme_rate"):  # no status speaks for it
        told = f"{numbers.percentage(row['bme_rate'])}, {evidence_rows.counted(row, 'bme')}"
    beside = topical(shown, told, indicator, tables=["results", *["asides"] * bool(others), *["statuses"] * bool(person)], rows=[row])
    return Standing(name, beside, HEARD * bool(compared))


def _how_to_read(shown: Evidence, names: list[str]) -> str:
    """Return what stands in brackets, what points are, and where large begins, before the first of them."""
    rule, heads = shown.context.status_rule, [evidence_rows.headline_row(shown, name) for name in names]
    values = {name: value for name, row in zip(names, heads, strict=True) if (value := value_told(shown, row))}
    judged, (low, high) = which_indicators.by_urgency(shown), map(numbers.ratio, rule.no_adverse_range)
    told = [
        f"In brackets: {numbers.confidence(rule.confidence)} intervals, what chance leaves open." * bool(values),
        "Points: percentage points." * any(" points " in value for value in values.values()),
        f"Large (ratio above {high} or below {low}) requires focus." * bool(judged),
    ]
    return topical(shown, " ".join(filter(None, told)), *(values or judged), tables=["results", "asides"])

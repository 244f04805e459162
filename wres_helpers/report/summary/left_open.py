"""What the figures leave open: the undisclosed and what they could change, who did not answer, and what definitions rest on."""

from wres_helpers.analysis.evidence import Evidence
from wres_helpers.report.form import numbers, phrases
from wres_helpers.report.form.topics import topical
from wres_helpers.report.words import evidence_rows
from wres_helpers.report.words.vocabulary import characteristic, group_label, indicators_told, metric
from wres_helpers.report.words.who_answered import most_answered


def undisclosed(shown: Evidence) -> str:
    """Return how many staff have not disclosed to which group they belong, beside the number of BME staff where they are more."""
    unknown, bme = evidence_rows.workforce_share(shown, "unknown"), evidence_rows.workforce_share(shown, "bme")
    count, of = evidence_rows.words(unknown, "count", numbers.count), characteristic(shown)
    rate = f" ({numbers.percentage(unknown['rate'])})" if evidence_rows.has(unknown, "rate") else ""
    text = f"{count} staff{rate} {'has' if count == '1' else 'have'} not disclosed their {of}"
    if not evidence_rows.is_there(unknown, "count"):
        text = f"how many staff have not disclosed their {of} was not supplied"
    elif evidence_rows.has(unknown, "count") and unknown["count"] == 0:
        text = f"all staff have disclosed their {of}"
    elif evidence_rows.has(unknown, "count") and evidence_rows.has(bme, "count") and unknown["count"] > bme["count"]:
        text += f", more than the {numbers.count(bme['count'])} recorded as {group_label(shown, 'bme')}"
    return topical(shown, phrases.sentence(text), "headcount")


def gravest_unknown(shown: Evidence) -> tuple[str, ...]:
    """Return for page one who is not heard in the survey, and that the official guidance was not seen."""
    return tuple(filter(None, (_who_is_not_heard(shown), guidance_seen(shown))))


def _who_is_not_heard(shown: Evidence) -> str:
    """Return how many of the compared group answered the survey, beside how many are on record: the two need not be the same people."""
    asked, bme = most_answered(shown), evidence_rows.workforce_share(shown, "bme")
    if asked is None or not evidence_rows.has(bme, "count"):
        return ""
    group, answered, on_record = group_label(shown, "bme"), numbers.count(asked["bme_base"]), numbers.count(bme["count"])
    catalogue, more = shown.context.catalogue, bool(asked["bme_base"] > bme["count"])
    rest = list(dict.fromkeys(catalogue.loc[catalogue["role"].eq("headline") & catalogue["base"].eq("survey"), "indicator"].astype(str)))
    told = f"At least {answered} answered the survey as {group}; only {on_record} are on record: records leave some out."
    if not more:
        rests = f"{phrases.capital(metric(shown, len(rest)))} {phrases.in_runs_listed(rest)} rest{'s' * (len(rest) == 1)}"
        each = [row["bme_base"] for name in rest if evidence_rows.has(row := evidence_rows.headline_row(shown, name), "bme_base")]
        least = f"{numbers.count(min(each))} to " if each and min(each) < asked["bme_base"] else ""
        told = f"{rests} on {least}{answered} {group} answers{' each' * bool(least)}; {on_record} are on record."
    return topical(shown, told, *rest, "headcount", tables=["results", "shares"])


def guidance_seen(shown: Evidence) -> str:
    """Return that the official guidance was not seen, of which indicators where it was of some; nothing where all was."""
    heads = shown.context.catalogue[shown.context.catalogue["role"].eq("headline")]
    seen = set(heads.loc[heads["seen"].eq("guidance"), "indicator"])
    unseen = [name for name in heads["indicator"].unique() if name not in seen]
    whose = f" on {indicators_told(shown, unseen)}" if seen else ""
    told = f"The official guidance{whose} was not seen: definitions could differ."
    return topical(shown, told, *unseen, tables=["provenance"]) if unseen else ""

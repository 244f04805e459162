"""What the figures leave open: the undisclosed and what they could change, who did not answer, and what definitions rest on."""

from wres_helpers.analysis.evidence import Evidence
from wres_helpers.report.form import numbers, phrases
from wres_helpers.report.form.topics import topical
from wres_helpers.report.words import evidence_rows
from wres_helpers.report.words.vocabulary import characteristic, group_label, indicators_told
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
    """Return for page one what share the undisclosed leave open, of whom the survey does not tell, and whether the official guidance was seen."""
    share = _share_in_any_case(shown)
    first = topical(shown, share, "headcount", tables=["shares", "bounds"]) if share else undisclosed(shown)
    return tuple(filter(None, (first, _answers_and_records(shown), guidance_seen(shown))))


def _answers_and_records(shown: Evidence) -> str:
    """Return how many of the compared group answered the survey, beside how many are on record: the two need not be the same people."""
    asked, bme = most_answered(shown), evidence_rows.workforce_share(shown, "bme")
    if asked is None or not evidence_rows.has(bme, "count"):
        return ""
    told = f"At least {numbers.count(asked['bme_base'])} answered the survey as {group_label(shown, 'bme')}; {numbers.count(bme['count'])} on record."
    return topical(shown, told, str(asked["indicator"]), "headcount", tables=["results", "shares"])


def guidance_seen(shown: Evidence) -> str:
    """Return that the official guidance was not seen, of which indicators where it was of some; nothing where all was."""
    heads = shown.context.catalogue[shown.context.catalogue["role"].eq("headline")]
    seen = set(heads.loc[heads["seen"].eq("guidance"), "indicator"])
    unseen = [name for name in heads["indicator"].unique() if name not in seen]
    whose = f" on {indicators_told(shown, unseen)}" if seen else ""
    return topical(shown, f"The official guidance{whose} was not seen.", *unseen, tables=["provenance"]) if unseen else ""


def _share_in_any_case(shown: Evidence) -> str:
    """Return where the BME share of the workforce lies, whatever the undisclosed are."""
    frame = evidence_rows.of_indicator(shown, "bounds", "1", measure="share_of_grade")
    row = evidence_rows.first(frame, breakdown="overall")
    if not evidence_rows.has(row, "lower_bound", "upper_bound") or row["lower_bound"] == row["upper_bound"]:
        return ""
    low, high = (numbers.percentage(row[end]) for end in ("lower_bound", "upper_bound"))
    share = low if low == high else f"{low} to {high}"
    return f"{group_label(shown, 'bme')} share with the undisclosed: {share}."

"""What the figures leave open: the undisclosed and what they could change, who did not answer, and what definitions rest on."""

from wres_helpers.analysis.evidence import Evidence
from wres_helpers.report import evidence_rows, numbers, overview, phrases
from wres_helpers.report.beside_headlines import CHANGE, NOT_KNOWN, THE_UNDISCLOSED, UNDO, of_the_undisclosed, other_statuses
from wres_helpers.report.evidence_rows import HIDDEN
from wres_helpers.report.topics import topical
from wres_helpers.report.vocabulary import characteristic, group_label, indicators_told
from wres_helpers.report.who_answered import not_as_recorded, responses
from wres_helpers.standard import statuses


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


def not_known(shown: Evidence) -> tuple[str, ...]:
    """Return what page one has no room for: the undisclosed and the statuses that they could change. What a status says alone stands beside it."""
    return tuple(filter(None, (undisclosed(shown), not_as_recorded(shown), _undone(shown))))


def gravest_unknown(shown: Evidence) -> tuple[str, ...]:
    """Return for page one how many are undisclosed, what share that leaves open, and which definitions nobody has seen; the rest tiles mark."""
    share = _share_in_any_case(shown)
    known = f"Undisclosed {characteristic(shown)}: {share}."
    first = topical(shown, known, "headcount", tables=["shares", "bounds"]) if share else undisclosed(shown)
    survey, _ = responses(shown)
    silent = ""
    if survey is not None:
        # of the survey's own question, beside the records: the two need not tell of the same people
        answers, staff = (numbers.count(survey[name]) for name in ("bme_count", "bme_base"))
        told = f"Survey: at least {answers} {group_label(shown, 'bme')} answers beside {staff} staff."
        silent = topical(shown, told, survey["indicator"], "headcount")
    catalogue = shown.context.catalogue
    heads = catalogue[catalogue["role"].eq("headline")]
    unseen = list(heads.loc[~heads["seen"].isin(["guidance", "secondary"]), "indicator"].unique())
    # where the guidance was seen of some, the others are named; how each was seen elsewhere stands with its method
    whose = f" of {phrases.listed(unseen)}" if heads["seen"].eq("guidance").any() else ""
    defined = topical(shown, f"The official definitions{whose}: not seen.", *unseen, tables=["provenance"]) if unseen else ""
    return tuple(filter(None, (first, silent, defined)))


def _share_in_any_case(shown: Evidence) -> str:
    """Return where the BME share of the workforce lies, whatever the undisclosed are."""
    frame = evidence_rows.of_indicator(shown, "bounds", "1", measure="share_of_grade")
    row = evidence_rows.first(frame, breakdown="overall")
    if not evidence_rows.has(row, "lower_bound", "upper_bound") or row["lower_bound"] == row["upper_bound"]:
        return ""
    low, high = (numbers.percentage(row[end]) for end in ("lower_bound", "upper_bound"))
    return f"{group_label(shown, 'bme')} share {f'is {low}' if low == high else f'{low} to {high}'}"


def _undone(shown: Evidence) -> str:
    """Return which statuses the undisclosed could change, and of which that cannot be worked out; empty where nobody is undisclosed."""
    judged = [name for name in overview.indicators(shown) if evidence_rows.status_of(shown, name)[0] in statuses.FINDINGS]
    could = {name: of_the_undisclosed(shown, name) for name in judged}
    apart, other = ([name for name in judged if could[name] == kind] for kind in (UNDO, CHANGE))
    told = [f"undo the difference{'s' * (len(apart) > 1)} found for {indicators_told(shown, apart)}"] if apart else []
    alike: dict[str, list[str]] = {}
    for name in other:
        alike.setdefault(other_statuses(shown, name), []).append(name)
    told += [f"make {indicators_told(shown, names)} {others}" for others, names in alike.items()]
    points = [THE_UNDISCLOSED.format("; ".join(told))] if told else []
    absent, hidden = ([name for name in judged if could[name] == kind] for kind in (NOT_KNOWN, HIDDEN))
    for names, why in ((absent, NOT_KNOWN), (hidden, HIDDEN)):
        who = indicators_told(shown, names)
        points += ([f"for {who} that is {why}"] if points else [f"what the undisclosed could change for {who} is {why}"]) if names else []
    return topical(
        shown,
        phrases.sentence("; ".join(points)),
        *judged,
        tables=["bounds", "statuses"],
        rows=[evidence_rows.headline_row(shown, name) for name in judged],
    )

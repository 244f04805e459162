"""What the figures leave open: the undisclosed and what they could change, and what is hidden, too few, or was not supplied."""

from wres_helpers.analysis import bounds
from wres_helpers.analysis.cells import CELLS
from wres_helpers.analysis.evidence import Evidence, most_undisclosed
from wres_helpers.analysis.group_comparisons import whole_workforce
from wres_helpers.analysis.method import Method
from wres_helpers.report import evidence_rows, numbers, overview, phrases
from wres_helpers.report.headlines import hidden_side, is_ranged
from wres_helpers.report.topics import topical
from wres_helpers.report.vocabulary import indicators_told
from wres_helpers.report.workforce_blocks import undisclosed_sentence
from wres_helpers.standard import statuses
from wres_helpers.standard.columns import SHARE_OF_GRADE


def undisclosed(shown: Evidence) -> str:
    """Return how many have not disclosed to which group they belong."""
    return topical(shown, phrases.sentence(overview.unknown_finding(shown)), "headcount")


def undisclosed_could_undo(shown: Evidence, indicator: str) -> bool:
    """Tell whether a difference that was found could be none, were the undisclosed of one group: equality is among what the comparison could be."""
    row, (code, _) = evidence_rows.headline_row(shown, indicator), evidence_rows.status_of(shown, indicator)
    if row is None:
        return False
    frame = evidence_rows.of_indicator(shown, "bounds", indicator, measure=row["measure"])
    found = evidence_rows.first(frame, breakdown=row["breakdown"], category=row["category"])
    if not evidence_rows.has(found, "lower_bound", "upper_bound"):
        return False
    return code in overview.CLEAR and bool(found["lower_bound"] <= numbers.STYLES[row["comparison"]].equality <= found["upper_bound"])


def possible_statuses(shown: Evidence, indicator: str) -> set[str]:
    """Return which statuses the indicator could have, whatever the undisclosed are, its own among them; empty where that cannot be worked out."""
    row, (code, _) = evidence_rows.headline_row(shown, indicator), evidence_rows.status_of(shown, indicator)
    if row is None or _undisclosed_are_hidden(shown, indicator):
        return set()
    whole = whole_workforce(shown.results).reindex([(row["organisation"], row["year"])]).iloc[0]
    adverse = str(evidence_rows.definition_of(shown, indicator)["adverse"])
    most = most_undisclosed(row.to_frame().T, shown.context.own.suppressed, shown.context.reference.catalogue).iloc[0]
    found = bounds.statuses_possible(row, whole, adverse, Method.of(shown.context.parameters), most)
    return found | {code} if found else found


#: What stands for a number of the undisclosed that was hidden before the tables came in.
_ON_ENTRY = statuses.LABELS[statuses.NOT_CALCULABLE].lower()
#: Statuses that leave an indicator open, and what is said of it.
_OPEN = (
    (statuses.TOO_FEW_TO_JUDGE, "rests on too few people to judge", "rest on too few people to judge"),
    (statuses.PROTECTED, "is hidden, so that nobody can be recognised", "are hidden, so that nobody can be recognised"),
    (statuses.NOT_SUPPLIED, "was not supplied", "were not supplied"),
    (statuses.NOT_CALCULABLE, "cannot be calculated from the figures given", "cannot be calculated from the figures given"),
)


def not_known(shown: Evidence) -> tuple[str, ...]:
    """Return what the figures leave open: the undisclosed and what they could change, what is hidden, too few, or was not supplied."""
    points = [undisclosed(shown)]
    points += [text for text in (undisclosed_sentence(shown), _undone(shown)) if text]
    for code, one, several in _OPEN:
        found = overview.with_status(shown, code)
        if found:
            sides = [side for name in found if (side := hidden_side(shown, evidence_rows.headline_row(shown, name)))]
            told = f"; {sides[0]}" if len(sides) == len(found) == 1 else ""
            ranged = all(is_ranged(evidence_rows.headline_row(shown, name)) for name in found)
            is_open = (one if len(found) == 1 else several).replace("hidden", "known only as a range" if ranged else "hidden")
            text = phrases.sentence(f"{indicators_told(shown, found)} {is_open}{told}")
            points.append(topical(shown, text, *found, tables=["statuses"]))
    return tuple(points)


def _undone(shown: Evidence) -> str:
    """Return which statuses the undisclosed could change, and of which that cannot be worked out; empty where nobody is undisclosed."""
    judged = [name for name in overview.indicators(shown) if evidence_rows.status_of(shown, name)[0] in statuses.FINDINGS]
    apart = [name for name in judged if undisclosed_could_undo(shown, name)]
    possible = {name: possible_statuses(shown, name) for name in judged if name not in apart}
    other = [name for name, found in possible.items() if len(found) > 1]
    unknown = [name for name, found in possible.items() if not found]
    hidden = [name for name in unknown if _undisclosed_are_hidden(shown, name)]
    absent = [name for name in unknown if name not in hidden]
    told = [f"undo the difference{'s' * (len(apart) > 1)} found for {indicators_told(shown, apart)}"] if apart else []
    told += [f"change the status of {indicators_told(shown, other)}"] if other else []
    points = [f"the undisclosed could {' and '.join(told)}"] if told else []
    for names, why in ((absent, "not known (not supplied)"), (hidden, "hidden")):
        who = indicators_told(shown, names)
        points += ([f"for {who} that is {why}"] if points else [f"what the undisclosed could change for {who} is {why}"]) if names else []
    return topical(shown, phrases.sentence("; ".join(points)), *judged, tables=["bounds"])


def _undisclosed_are_hidden(shown: Evidence, indicator: str) -> bool:
    row = evidence_rows.headline_row(shown, indicator)
    rows = [row]
    if row is not None and str(row["direction"]).endswith("-workforce"):  # a part is set beside the whole workforce
        rows.append(evidence_rows.first(shown.results, year=row["year"], measure=SHARE_OF_GRADE, breakdown="overall"))
    # of what was hidden before the tables came in it is known at least that it is somewhere from none to all
    told = [evidence_rows.protection(each) for each in rows]
    return any(texts.get(name, _ON_ENTRY) != _ON_ENTRY for texts in told for name in CELLS)

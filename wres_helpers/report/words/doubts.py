"""What a status may come to, and through which cause: the one list that page one, the overview, the sections and the files draw on."""

import math
from dataclasses import dataclass

import pandas as pd

from wres_helpers.analysis.asides import JUDGED_BY, JUDGED_BY_OPPOSITE
from wres_helpers.analysis.cells import CELLS
from wres_helpers.analysis.clear_difference import rests_on_one_person
from wres_helpers.analysis.evidence import Evidence
from wres_helpers.analysis.group_comparisons import two_groups, whole_workforce
from wres_helpers.report.form import numbers, phrases
from wres_helpers.report.words import evidence_rows
from wres_helpers.report.words.vocabulary import worse_off
from wres_helpers.standard import statuses
from wres_helpers.standard.columns import COMPARISON_KEYS, SHARE_OF_GRADE

#: Statuses by which people fare clearly worse.
WORSE = (statuses.LARGE_DIFFERENCE, statuses.SOME_DIFFERENCE)
#: What may make a status another.
CHANCE, ONE_PERSON, UNDISCLOSED = "chance", "one person", "the undisclosed"
#: Why it is not told what the undisclosed could do to a status.
NOT_KNOWN = "not known (not supplied)"


@dataclass(frozen=True)
class Doubt:
    """One cause that may make a status another: which statuses it could make of it, or why that is not told."""

    cause: str
    becomes: frozenset[str] = frozenset()
    untold: str = ""


@evidence_rows.found_once
def doubts(shown: Evidence, row: pd.Series | None) -> tuple[Doubt, ...]:
    """Return what may make the status of a headline another, cause by cause; nothing of one that stands in any case, or is not a finding.

    Of an indicator that is too few to judge it is told what one person would make of it.
    """
    if row is None or row["status"] not in (*statuses.FINDINGS, statuses.TOO_FEW_TO_JUDGE):
        return ()
    made = {CHANCE: _by_chance(shown, row), ONE_PERSON: _by_one_person(shown, row)}
    found = [Doubt(cause, frozenset(others - {row["status"]})) for cause, others in made.items()]
    if row["status"] in statuses.FINDINGS:
        found.append(by_the_undisclosed(shown, str(row["indicator"])))
    return tuple(each for each in found if each.becomes or each.untold)


def of_indicator(shown: Evidence, indicator: str) -> tuple[Doubt, ...]:
    """Return the doubts of the headline of an indicator."""
    return doubts(shown, evidence_rows.headline_row(shown, indicator))


def _by_chance(shown: Evidence, row: pd.Series) -> set[str]:
    """Return what chance could make of a status: a difference that is clear as large or not large, one that is not clear large on either side."""
    found, (low, high) = judged_by(shown, row), shown.context.status_rule.no_adverse_range
    if found is None or row["status"] not in (*WORSE, statuses.NO_CLEAR_DIFFERENCE):
        return set()
    if row["status"] in WORSE:
        return set(WORSE) if found["lower"] <= high < found["upper"] else set()
    sides = {statuses.LARGE_DIFFERENCE: found["upper"] > high, statuses.DIFFERENCE_OTHER_WAY: found["lower"] < low}
    return {code for code, reached in sides.items() if reached}


def is_size_unsure(shown: Evidence, row: pd.Series | None) -> bool:
    """Tell whether the interval of a clear difference reaches across the boundary where large begins."""
    return row is not None and row["status"] in WORSE and bool(_by_chance(shown, row))


def _by_one_person(shown: Evidence, row: pd.Series) -> set[str]:
    """Return what one person more or less would make of a status: no clear difference by the further test, or another finding; of hidden counts nothing."""
    cells = four_counts(shown, row) if evidence_rows.is_clear(row) else None
    if cells is not None and rests_on_one_person(*cells, shown.context.status_rule.confidence):
        return {statuses.NO_CLEAR_DIFFERENCE}
    headline = evidence_rows.headline_row(shown, str(row["indicator"]))
    own = headline is not None and all(row[name] == headline[name] for name in COMPARISON_KEYS[1:])
    return shown.findings_with_one_person.get(str(row["indicator"]), set()) if own else set()


@evidence_rows.found_once
def by_the_undisclosed(shown: Evidence, indicator: str) -> Doubt:
    """Return what the undisclosed of one group could make of an indicator's status; with no other status where they could do nothing.

    They could undo a difference that was found, where equality is among what the comparison could be; or else make the status another.
    """
    row, (code, _) = evidence_rows.headline_row(shown, indicator), evidence_rows.status_of(shown, indicator)
    if row is None:
        return Doubt(UNDISCLOSED, untold=NOT_KNOWN)
    possible = frozenset(shown.possible_statuses.get(indicator, ()))
    bounds = evidence_rows.first(shown.bounds, **{name: row[name] for name in COMPARISON_KEYS[1:]})
    equality, ends = numbers.STYLES[row["comparison"]].equality, ("lower_bound", "upper_bound")
    if code in statuses.CLEAR and evidence_rows.has(bounds, *ends) and bounds[ends[0]] <= equality <= bounds[ends[1]]:
        return Doubt(UNDISCLOSED, possible - {code} | {statuses.NO_CLEAR_DIFFERENCE})
    told = [evidence_rows.protection(row)]
    if str(row["direction"]).endswith("-workforce"):  # a part is set beside the whole workforce
        told.append(
            evidence_rows.protection(evidence_rows.first(shown.results, year=row["year"], measure=SHARE_OF_GRADE, breakdown="overall"))
        )
    hidden = any(texts.get(name, statuses.HIDDEN_ON_ENTRY) != statuses.HIDDEN_ON_ENTRY for texts in told for name in CELLS)
    if hidden and not possible:
        return Doubt(UNDISCLOSED, untold=evidence_rows.HIDDEN)
    return Doubt(UNDISCLOSED, possible - {code}) if possible else Doubt(UNDISCLOSED, untold=NOT_KNOWN)


@evidence_rows.found_once
def four_counts(shown: Evidence, row: pd.Series) -> tuple[float, float, float, float] | None:
    """Return count and base of the two groups that a comparison tells apart; None where one of them is not shown."""
    rows = pd.DataFrame([row]).join(whole_workforce(shown.results), on=["organisation", "year"])
    count, base, other_count, other_base = (math.nan if pd.isna(column.iloc[0]) else float(column.iloc[0]) for column in two_groups(rows))
    return None if math.isnan(count + base + other_count + other_base) else (count, base, other_count, other_base)


def judged_by(shown: Evidence, row: pd.Series) -> pd.Series | None:
    """Return the relative likelihood by which the size of a comparison is judged, above 1 the worse; None where it is not known."""
    found = (evidence_rows.aside(shown, row, kind) for kind in (JUDGED_BY, JUDGED_BY_OPPOSITE))
    return next((each for each in found if each is not None), None)


def leaning(shown: Evidence, row: pd.Series | None) -> str:
    """Return 'looks worse for BME staff' of a difference that is not clear although its interval leaves out equality; else nothing."""
    if row is None or evidence_rows.is_clear(row) is not False or not evidence_rows.excludes_equality(row):
        return ""
    above = row["value"] > numbers.STYLES[row["comparison"]].equality
    adverse = above == str(evidence_rows.definition_of(shown, row["indicator"], row["measure"])["adverse"]).startswith("above")
    return f"looks {worse_off(shown, WORSE[-1] if adverse else statuses.DIFFERENCE_OTHER_WAY)}"


#: The words of a section for what one person, or the undisclosed, would undo. The rule asks its own test to bear one person, and not Fisher's,
#: which it asks of the counts as they are.
UNSURE = "whether large is uncertain"
_UNDONE = {
    ONE_PERSON: "with one person more or less a second test (Fisher's exact) would not confirm it",
    UNDISCLOSED: "the undisclosed could undo it",
}


def undoes(code: str, becomes: frozenset[str]) -> bool:
    """Tell whether a cause that could make a status these could leave a difference that was found no longer clear."""
    return code in statuses.CLEAR and not becomes <= {*statuses.CLEAR, statuses.TOO_FEW_TO_JUDGE}


def beside_status(shown: Evidence, row: pd.Series | None) -> list[str]:
    """Return what stands beside a headline's status in its section: of its size, of one person, of the undisclosed."""
    told, makes = [UNSURE] if is_size_unsure(shown, row) else [], dict[str, list[str]]()
    for doubt in doubts(shown, row):
        if doubt.cause in _UNDONE and row is not None and undoes(str(row["status"]), doubt.becomes):
            told.append(_UNDONE[doubt.cause])
        elif doubt.cause != CHANCE and doubt.becomes:
            cause = "one person more or less" if doubt.cause == ONE_PERSON else doubt.cause
            makes.setdefault(in_words(doubt.becomes), []).append(cause)
    return told + [f"{', or '.join(causes)}{',' * (len(causes) > 1)} could make it {others}" for others, causes in makes.items()]


def in_words(possible: frozenset[str]) -> str:
    """Return which statuses there could be: "'some difference' or 'equivalent'"."""
    return " or ".join(f"'{phrases.small(statuses.LABELS[code].partition(' (')[0])}'" for code in statuses.LABELS if code in possible)


#: What page one says first of the indicators of a standing, in its order: of one and of several.
_STANDS = (
    "{who} holds all over its {level} interval, whoever the undisclosed are",
    "{who} hold all over their {level} intervals, whoever the undisclosed are",
)
_WORSE, _BETTER = (("{who} is clearly " + side, "{who} are clearly " + side) for side in ("worse", "better"))
_EITHER = ("for {who} neither no difference nor a large one is ruled out",) * 2
_NEITHER = ("{who} shows no clear difference", "{who} show no clear difference")
_ALIKE = ("{who} is equivalent among those known", "{who} are equivalent among those known")
_FEW = ("{who} counts too few to judge", "{who} count too few to judge")
_LEANS = {
    side: ("{who} looks " + side + " but is borderline", "{who} look " + side + " but are borderline") for side in ("worse", "better")
}
_ORDER = (_STANDS, _WORSE, *_LEANS.values(), _EITHER, _NEITHER, _ALIKE, _BETTER, _FEW)
_STANDING = dict.fromkeys(WORSE, _WORSE) | {
    statuses.DIFFERENCE_OTHER_WAY: _BETTER,
    statuses.EQUIVALENT: _ALIKE,
    statuses.TOO_FEW_TO_JUDGE: _FEW,
}


def _standing(shown: Evidence, indicator: str) -> tuple[str, str] | None:
    """Return what page one says first of an indicator; nothing of one without a finding, or too few to judge whatever one person did."""
    row, (code, _) = evidence_rows.headline_row(shown, indicator), evidence_rows.status_of(shown, indicator)
    found = {doubt.cause: doubt.becomes for doubt in doubts(shown, row)}
    if row is None or not found:
        return _STANDS if code in statuses.FINDINGS else None
    if code != statuses.NO_CLEAR_DIFFERENCE:
        return _STANDING[code]
    if looks := leaning(shown, row):
        worse = looks.partition("looks ")[2] == worse_off(shown, WORSE[0])
        return _LEANS["worse" if worse else "better"]
    return _EITHER if statuses.LARGE_DIFFERENCE in found.get(CHANCE, ()) else _NEITHER


#: What a cause could take from a difference that was found.
_NOT_LARGE, _NOT_CLEAR, _NOT_EVEN_CLEAR = "leave {0} not large", "leave {0} not clear", "leave {0} not even clear"
#: How page one calls what a status could be made: a difference, the gravest first, and what is none.
_A_DIFFERENCE = {statuses.LARGE_DIFFERENCE: "large", statuses.SOME_DIFFERENCE: "some difference"}
_NONE = {
    statuses.NO_CLEAR_DIFFERENCE: "no clear difference",
    statuses.EQUIVALENT: "equivalent",
    statuses.TOO_FEW_TO_JUDGE: "too few to judge",
}


def _outcome(code: str, becomes: frozenset[str]) -> str:
    """Return what a cause could make of a status, the gravest on each side: 'leave {0} not clear', 'make {0} large or the other way'.

    What lies between two that are told is not told: with a difference on one side alone it is told that the two may be equivalent.
    """
    if code == statuses.LARGE_DIFFERENCE and becomes == {statuses.SOME_DIFFERENCE}:
        return _NOT_LARGE
    undone = undoes(code, becomes)
    graver = WORSE[: WORSE.index(code)] if undone and code in WORSE else WORSE  # a smaller one than was found is told by that
    worse = [_A_DIFFERENCE[status] for status in graver if status in becomes][:1]
    other_way = ["the other way" if worse or undone else "a difference the other way"] * (statuses.DIFFERENCE_OTHER_WAY in becomes)
    if undone:
        return " or ".join([_NOT_CLEAR, *other_way, *(f"make {{0}} {words}" for words in worse)])
    sides = [*worse, *other_way]
    between = (statuses.NO_CLEAR_DIFFERENCE, statuses.EQUIVALENT)[: len(sides)]
    return f"make {{0}} {' or '.join([*sides, *(words for status, words in _NONE.items() if status in becomes and status not in between)])}"


def _through(shown: Evidence, indicator: str) -> dict[str, str]:
    """Return the causes by what they could make of an indicator, but for what its standing says already.

    A cause that could undo a difference could leave it not large as well, which is said where another could do that alone.
    """
    code, standing = evidence_rows.status_of(shown, indicator)[0], _standing(shown, indicator)
    said = (CHANCE,) if standing in (_EITHER, *_LEANS.values()) else ()
    causes: dict[str, list[str]] = {}
    for doubt in of_indicator(shown, indicator):
        if doubt.becomes and doubt.cause not in said:
            causes.setdefault(_outcome(code, doubt.becomes), []).append(doubt.cause)
    if small := causes.pop(_NOT_LARGE, []):
        graver = [cause for outcome, some in causes.items() if outcome.startswith(_NOT_CLEAR) for cause in some]
        told = {outcome.replace(_NOT_CLEAR, _NOT_EVEN_CLEAR): some for outcome, some in causes.items()}
        causes = {_NOT_LARGE: [each for each in (CHANCE, ONE_PERSON, UNDISCLOSED) if each in small + graver]} | told
    return {outcome: phrases.listed(some).replace(" and ", " or ") for outcome, some in causes.items()}


def told_together(shown: Evidence, indicators: list[str]) -> list[str]:
    """Return how sure the statuses of indicators are: those of one standing in one sentence, with what may come of them and why.

    Last stands of which it is not told what the undisclosed could change.
    """
    standings: dict[tuple[str, str], list[str]] = {}
    for name in indicators:
        if standing := _standing(shown, name):
            standings.setdefault(standing, []).append(name)
    told = [
        phrases.sentence("; ".join((_stand(shown, words, names), *_ways(shown, names))))
        for words, names in sorted(standings.items(), key=lambda item: _ORDER.index(item[0]))
    ]
    return [*told, *_untold(shown, indicators)]


def _stand(shown: Evidence, words: tuple[str, str], names: list[str]) -> str:
    """Return what the indicators of one standing have in common, and of which of them it is so either way, or among those who answered."""
    level = numbers.confidence(shown.context.status_rule.confidence)
    told = words[len(names) > 1].format(who=_listed(names), level=level)
    if words == _STANDS:
        some = [name for name in names if evidence_rows.definition_of(shown, name)["base"] == "survey"]
        aside = "among those who answered"
    else:
        some = [name for name in names if any(statuses.DIFFERENCE_OTHER_WAY in doubt.becomes for doubt in of_indicator(shown, name)[:1])]
        some, aside = some if words == _EITHER else [], "either way"
    return f"{told} ({'' if some == names else f'for {_listed(some)} '}{aside})" if some else told


def _listed(names: list[str]) -> str:
    return phrases.listed(phrases.in_runs(names))


def _ways(shown: Evidence, names: list[str]) -> list[str]:
    """Return what may come of the indicators of one standing, a clause for each cause."""
    through: dict[str, dict[str, list[str]]] = {}
    for name in names:
        for outcome, causes in _through(shown, name).items():
            through.setdefault(causes, {}).setdefault(outcome, []).append(name)

    def who(some: list[str]) -> str:
        return _listed(some) if some != names else "them" if len(names) > 1 else "it"

    told = []
    for causes, outcomes in through.items():
        clauses = [outcome.format(who(some)) for outcome, some in outcomes.items()]
        verb = clauses[0].partition(" ")[0]  # said once: 'make 4 large and 5 some difference'
        told.append(f"{causes} could {phrases.listed([clauses[0], *(clause.removeprefix(f'{verb} ') for clause in clauses[1:])])}")
    return told


def _untold(shown: Evidence, names: list[str]) -> list[str]:
    """Return of which indicators it is not told what the undisclosed could change, and why, in one sentence; nothing where it is of all."""
    reasons = {NOT_KNOWN: "was not supplied", evidence_rows.HIDDEN: "is hidden"}
    of = {why: [name for name in names if any(doubt.untold == why for doubt in of_indicator(shown, name))] for why in reasons}
    told = [f"in {_listed(some)} {reasons[why]}" for why, some in of.items() if some]
    return [f"What the undisclosed could change {phrases.listed(told)}."] if told else []

"""What a status may come to, and through which cause: the one list that page one, the overview, the sections and the files draw on."""

import math
from dataclasses import dataclass

import pandas as pd

from wres_helpers.analysis.asides import ANSWERED_UNDISCLOSED, AS_ANSWERED, JUDGED_BY, JUDGED_BY_OPPOSITE
from wres_helpers.analysis.cells import CELLS
from wres_helpers.analysis.clear_difference import rests_on_one_person
from wres_helpers.analysis.evidence import Evidence
from wres_helpers.analysis.group_comparisons import two_groups, whole_workforce
from wres_helpers.report.form import numbers, phrases
from wres_helpers.report.words import evidence_rows
from wres_helpers.report.words.vocabulary import characteristic, group_label, worse_off
from wres_helpers.standard import statuses
from wres_helpers.standard.columns import COMPARISON_KEYS, SHARE_OF_GRADE
from wres_helpers.standard.statuses import WORSE

#: What may make a status another.
CHANCE, ONE_PERSON, UNDISCLOSED = "chance", "one person", "the undisclosed"
#: Why it is not told what the undisclosed could do to a status.
NOT_KNOWN = "not known (not supplied)"
#: The columns of the least and the most that a comparison could be, whoever the undisclosed are.
_BOUNDS = ("lower_bound", "upper_bound")


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


#: How sure the size of a clear difference is, in the words of page one, of the sections and of the workbook.
SURELY_LARGE, UNSURE = "large beyond chance", "whether large is uncertain"


@evidence_rows.found_once
def size_told(shown: Evidence, row: pd.Series | None) -> str:
    """Return how sure it is that a difference which is clearly worse is large, or is not; nothing of any other.

    Uncertain where its interval reaches across the boundary where large begins; large beyond chance where the whole interval is shown to lie
    above that, and one person more or less would not undo the status; else it is large, or not large, as counted.
    """
    if row is None or row["status"] not in WORSE:
        return ""
    if _by_chance(shown, row):
        return UNSURE
    if row["status"] == statuses.SOME_DIFFERENCE:
        return "not large as counted"
    sure = evidence_rows.has(judged_by(shown, row), "lower", "upper") and not _by_one_person(shown, row)
    return SURELY_LARGE if sure else "large as counted"


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
    if code in statuses.CLEAR and evidence_rows.has(bounds, *_BOUNDS) and _may_be_equal(row, bounds):
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


def borderline_in_short(shown: Evidence, row: pd.Series | None) -> str:
    """Return 'borderline, looks worse', to stand beside a status, of a difference that is not clear although its interval leaves out equality."""
    return f"borderline, {looks.partition(' for ')[0]}" if (looks := leaning(shown, row)) else ""


#: The words of a section for what one person, or the undisclosed, would undo. The rule asks its own test to bear one person, and not Fisher's,
#: which it asks of the counts as they are.
_UNDONE = "with one person more or less a second test (Fisher's exact) would not confirm it"


def undoes(code: str, becomes: frozenset[str]) -> bool:
    """Tell whether a cause that could make a status these could leave a difference that was found no longer clear."""
    return code in statuses.CLEAR and not becomes <= {*statuses.CLEAR, statuses.TOO_FEW_TO_JUDGE}


def beside_status(shown: Evidence, row: pd.Series | None) -> list[str]:
    """Return what stands beside a headline's status in its section: of its size, of one person, of the undisclosed, of who is not on record."""
    told, makes = [UNSURE] if size_told(shown, row) == UNSURE else [], dict[str, list[str]]()
    of = f"knowing the {characteristic(shown)} of the undisclosed"
    for doubt in doubts(shown, row):
        if doubt.cause == ONE_PERSON and row is not None and undoes(str(row["status"]), doubt.becomes):
            told.append(_UNDONE)
        elif doubt.cause != CHANCE and doubt.becomes:
            cause = "one person more or less" if doubt.cause == ONE_PERSON else of
            makes.setdefault(in_words(doubt.becomes) + _still_so(shown, row, doubt), []).append(cause)
    told += [f"{', or '.join(causes)}{',' * (len(causes) > 1)} could make it {others}" for others, causes in makes.items()]
    return [*told, *filter(None, [_as_answered(shown, row)])]


def _as_answered(shown: Evidence, row: pd.Series | None) -> str:
    """Return that more answered the survey as one of the group than are on record, and what the value would be of so many; else nothing.

    Whence they would be taken is said, and both where it makes of the difference a clear one or none.
    """
    if row is None or not evidence_rows.has(row, "bme_base"):
        return ""
    made, answered = dict[bool, str](), ""
    for kind, whom in ((AS_ANSWERED, f"{group_label(shown, 'white')} staff"), (ANSWERED_UNDISCLOSED, "the undisclosed")):
        other = evidence_rows.aside(shown, row, kind)
        if evidence_rows.has(other, "value", "lower", "upper"):
            answered, clear = numbers.count(other["bme_base"]), bool(other["clearly_worse"])
            found = f"{numbers.ratio(other['value'])} ({numbers.ratio_interval(other['lower'], other['upper'])})"
            made.setdefault(clear, f"{found}, {'clearly worse as counted' if clear else 'not clear by the rule'}, if taken from {whom}")
    bme = group_label(shown, "bme")
    told = (
        f"the base is the {numbers.count(row['bme_base'])} {bme} staff on record, while at least {answered} answered the survey as {bme}: "
        f"of so many, without a further case, it would be {', and '.join(made.values())}"
    )
    return told if made else ""


def _still_so(shown: Evidence, row: pd.Series | None, doubt: Doubt) -> str:
    """Return that a difference which the undisclosed could leave unclear would as counted still be worse, or better, whoever they are; else nothing."""
    bounds = None if row is None else evidence_rows.first(shown.bounds, **{name: row[name] for name in COMPARISON_KEYS[1:]})
    stays = evidence_rows.has(bounds, *_BOUNDS) and row is not None and not _may_be_equal(row, bounds)
    if row is None or not stays or not undoes(str(row["status"]), doubt.becomes):
        return ""
    return f", though as counted it would still be {worse_off(shown, str(row['status']))}"


def _may_be_equal(row: pd.Series, bounds: pd.Series) -> bool:
    """Tell whether equality is among what a comparison could be, whoever the undisclosed are."""
    return bool(bounds[_BOUNDS[0]] <= numbers.STYLES[row["comparison"]].equality <= bounds[_BOUNDS[1]])


#: What a cause could make of a status, in the short words of page one; the gravest first.
_COULD_BE = {
    statuses.LARGE_DIFFERENCE: "large",
    statuses.SOME_DIFFERENCE: "clearly worse",
    statuses.NO_CLEAR_DIFFERENCE: "unclear",
    statuses.DIFFERENCE_OTHER_WAY: "clearly better",
    statuses.EQUIVALENT: "equivalent",
    statuses.TOO_FEW_TO_JUDGE: "too few to judge",
}


def could_be(code: str, becomes: frozenset[str]) -> list[str]:
    """Return the gravest that a cause could make of a status, in short words, and the other side: of a large difference less; one no longer clear."""
    undone = [_COULD_BE[statuses.NO_CLEAR_DIFFERENCE]] * undoes(code, becomes)
    if code == statuses.LARGE_DIFFERENCE:
        return undone or ["no longer large"] * bool(becomes)
    better = [_COULD_BE[statuses.DIFFERENCE_OTHER_WAY]] * (statuses.DIFFERENCE_OTHER_WAY in becomes)
    return list(dict.fromkeys([*[words for other, words in _COULD_BE.items() if other in becomes][:1], *undone, *better]))


def in_words(possible: frozenset[str]) -> str:
    """Return which statuses there could be: "'some difference' or 'equivalent'"."""
    return " or ".join(f"'{phrases.small(statuses.LABELS[code].partition(' (')[0])}'" for code in statuses.LABELS if code in possible)

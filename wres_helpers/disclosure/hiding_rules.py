"""The policy applied to cells: what is sensitive, what must stay, and what a reader loses with each number."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from wres_helpers.disclosure.published_cells import UNLIMITED, CellSystem, relations
from wres_helpers.disclosure.universe import CLUSTER, INDICATOR, OTHERS, SENIOR, TIER, WHOLE, Cell, Universe
from wres_helpers.settings.disclosure_policy import DisclosurePolicy
from wres_helpers.standard.columns import ALL, BME, OVERALL, UNKNOWN, WHITE

#: What a reader loses with a number, by what the number is about; only the proportions matter.
_HEADLINE: Final = 1000.0
_BY_GROUP: Final = {WHITE: 3.0, BME: 6.0, UNKNOWN: 2.0, ALL: 12.0}
_SUMS_OF_GROUPS: Final = 20.0
_ANSWERS_OF_ALL: Final = 1.0
_LATER: Final = 1.02


def system_of(universe: Universe, policy: DisclosurePolicy, year: str) -> CellSystem:
    """Return the cells of a universe under a policy.

    Parameters
    ----------
    universe
        Cells and relations.
    policy
        The organisation's rules.
    year
        Year of the report; numbers of other years are dearer to the reader of this one only by half.
    """
    names = tuple(universe.values)
    places = {name: number for number, name in enumerate(names)}
    values = np.array([universe.values[name] for name in names], dtype=np.int64)
    kinds = _kinds(universe, names, values, policy)
    sensitive, certain_zero, never_shown = kinds.sensitive, kinds.certain_zero, kinds.never_shown
    may_be_zero = kinds.hidden_zero | kinds.in_small_base | never_shown | (policy.show_zeros != "all")
    floor = np.where(certain_zero | may_be_zero, 0, 1)
    ceiling = np.where(certain_zero, 0, UNLIMITED)
    rounded = _rounded(values, policy) if policy.method == "round" else (values, values)
    matrix, low, high = relations(
        len(names), ((_at(places, cells), coefficients, least, most) for cells, coefficients, least, most in universe.relations)
    )
    return CellSystem(
        names=names,
        values=values,
        floor=floor,
        ceiling=ceiling,
        shown_low=rounded[0],
        shown_high=rounded[1],
        label_low=np.where(sensitive | never_shown | certain_zero, floor, policy.minimum_count),
        label_high=np.where(never_shown, ceiling, _label_high(kinds, policy)),
        sensitive=sensitive,
        required=_required(sensitive, never_shown, certain_zero, policy),
        # of two choices equally good the earlier one is taken, so that the choice tells nothing of the counts
        loss=np.where(certain_zero, np.inf, [_loss(name, year) for name in names]) * np.linspace(1, _LATER, len(names)),
        visible=~never_shown,
        matrix=matrix,
        low=low,
        high=high,
    )


@dataclass(frozen=True)
class _Kinds:
    """What the policy makes of each cell (truth values).

    Attributes
    ----------
    in_small_base
        It tells of a group in which fewer answered than the policy asks.
    is_base
        It is the total of such a group.
    never_shown
        It stands in no table.
    hidden_zero, certain_zero
        It is a zero that is hidden; one that everybody may see.
    sensitive
        The policy hides it for itself.
    """

    in_small_base: np.ndarray
    is_base: np.ndarray
    never_shown: np.ndarray
    hidden_zero: np.ndarray
    certain_zero: np.ndarray
    sensitive: np.ndarray


def _kinds(universe: Universe, names: tuple[Cell, ...], values: np.ndarray, policy: DisclosurePolicy) -> _Kinds:
    small_bases, tell_of_few = _small_survey_groups(universe, policy)
    # an answer that nobody at all gave tells nothing of a few
    nobody = np.array([universe.values.get(name._replace(ethnic_group=ALL), 1) == 0 for name in names])
    in_small_base = np.array([name in tell_of_few for name in names]) & ~nobody
    never_shown = np.array([name.breakdown.startswith(OTHERS) for name in names])
    hidden_zero = (values == 0) & (in_small_base | _zeros_hidden(universe, names, policy)) & ~never_shown
    sensitive = ((values > 0) & (values < policy.minimum_count)) | hidden_zero | in_small_base
    certain_zero = (values == 0) & ~sensitive & ~never_shown
    is_base = np.array([name in small_bases for name in names])
    return _Kinds(in_small_base, is_base, never_shown, hidden_zero, certain_zero, sensitive)


def _at(places: dict[Cell, int], cells: list[Cell]) -> list[int]:
    return [places[cell] for cell in cells]


def _small_survey_groups(universe: Universe, policy: DisclosurePolicy) -> tuple[set[Cell], set[Cell]]:
    """Return the totals of groups in which somebody, but fewer than the policy asks, answered; and all cells on them."""
    small = [(base, cells) for base, cells in universe.survey_groups if 0 < universe.values[base] < policy.minimum_survey_base]
    return {base for base, _ in small}, {cell for _, cells in small for cell in cells}


def _zeros_hidden(universe: Universe, names: tuple[Cell, ...], policy: DisclosurePolicy) -> np.ndarray:
    if policy.show_zeros == "all":
        return np.zeros(len(names), dtype=bool)
    if policy.show_zeros == "none":
        return np.ones(len(names), dtype=bool)
    return np.array([universe.values.get(name._replace(ethnic_group=ALL), universe.values[name]) > 0 for name in names])


def _rounded(values: np.ndarray, policy: DisclosurePolicy) -> tuple[np.ndarray, np.ndarray]:
    """Return the smallest and largest count that rounds to what is shown for each count."""
    shown = rounded(values, policy.round_to)
    # halves go upwards: to the nearest 10, 5 to 14 become 10
    below, above = policy.round_to // 2, (policy.round_to - 1) // 2
    low, high = np.maximum(shown - below, np.minimum(values, policy.minimum_count)), shown + above
    return np.where(values == 0, 0, np.minimum(low, values)), np.where(values == 0, 0, np.maximum(high, values))


def rounded(values: np.ndarray, base: int) -> np.ndarray:
    """Return counts rounded to the nearest multiple of the base, halves upwards."""
    return (np.asarray(values) * 2 + base) // (2 * base) * base


def _label_high(kinds: _Kinds, policy: DisclosurePolicy) -> np.ndarray:
    label = np.where(kinds.sensitive, policy.minimum_count - 1, UNLIMITED)
    label = np.where(kinds.in_small_base, np.where(kinds.is_base, policy.minimum_survey_base - 1, UNLIMITED), label)
    return np.where(kinds.certain_zero, 0, label)


def _required(sensitive: np.ndarray, never_shown: np.ndarray, certain_zero: np.ndarray, policy: DisclosurePolicy) -> np.ndarray:
    needed = sensitive | (~never_shown & (policy.method == "suppress"))
    return np.where(needed & ~certain_zero, policy.width, 0)


def _loss(name: Cell, year: str) -> float:
    loss = _loss_in_year(name)
    return loss if name.year == year else loss / 2


def _loss_in_year(name: Cell) -> float:  # noqa: PLR0911 - one line for each kind of number
    group = _BY_GROUP.get(name.ethnic_group, _SUMS_OF_GROUPS)
    main = name.ethnic_group in (WHITE, BME)
    if name.item in ("headcount", "workforce") and (name.breakdown == OVERALL[0] or name.category == WHOLE):
        return 2 * _HEADLINE
    if name.breakdown == SENIOR:
        return _HEADLINE * (1 if main or name.ethnic_group == ALL else 0.2)
    if name.breakdown in (CLUSTER, "staff_group") or name.breakdown.startswith(TIER):
        return 10 * group
    if name.item == "survey":
        headline = name.breakdown.startswith(INDICATOR) or name.category == WHOLE
        # no page prints the answers of all groups together: better hide those than the answers of white respondents
        return (_HEADLINE if main else _SUMS_OF_GROUPS) if headline else group if main else _ANSWERS_OF_ALL
    if name.item == "board":
        return 5 * group
    if name.item == "workforce":
        return group * (0.7 if name.breakdown.startswith("grade (") else 1)
    return _HEADLINE if main and name.breakdown == OVERALL[0] else group if main else _SUMS_OF_GROUPS

"""Which printed figures cannot stand: the fewest, and the least relied on, that must be wrong for the rest to fit.

Conflicts are collected one by one, and after each the cheapest set of figures is chosen that meets all of them, until
what is left fits. (In the literature: implicit hitting sets over irreducible infeasible subsets.) A figure that other
figures rest on is doubted last: a count before a share would be, a share before a ratio. Where two are equally in doubt
nothing tells which is wrong, and both are named.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from wres_helpers.page_model.questions import ModelledPage, smallest_conflict
from wres_helpers.page_model.statements import Statement

_MOST_CONFLICTS = 400
#: Of figures equally in doubt the first is taken, until their rivals are found.
_HAIR = 1e-6
#: So many statements that hang together are also put to the solver, where bounds alone find no conflict.
_MOST_TO_SOLVE = 60


@dataclass
class Doubts:
    """What cannot stand: names of statements that must go, and of each the others that could go instead and those it cannot stand with."""

    wrong: set[str] = field(default_factory=set)
    rivals: dict[str, tuple[str, ...]] = field(default_factory=dict)
    conflicts: dict[str, tuple[str, ...]] = field(default_factory=dict)


def doubtful(claimed: Sequence[Statement], given: Sequence[Statement], weights: Mapping[str, float]) -> Doubts:
    """Return which claimed statements cannot stand, the given ones fitting together; ``weights`` say how much speaks for each, by name."""
    cores: list[tuple[str, ...]] = []
    wrong: set[str] = set()
    while len(cores) < _MOST_CONFLICTS:
        fresh = _conflicts(claimed, given, wrong)
        if not fresh:
            break
        cores += fresh
        wrong = _cheapest(cores, weights)
    doubts = Doubts(wrong, conflicts={name: next(core for core in cores if name in core) for name in sorted(wrong)})
    for name in sorted(wrong):
        _find_rivals(name, doubts, cores, weights, [*given, *claimed])
    return doubts


def _conflicts(claimed: Sequence[Statement], given: Sequence[Statement], left_out: set[str]) -> list[tuple[str, ...]]:
    """Collect conflicts that share no statement, as the names of what is claimed in them."""
    gone: set[str] = set(left_out)
    found: list[tuple[str, ...]] = []
    while True:
        said = [*given, *(each for each in claimed if each.name not in gone)]
        core = smallest_conflict(said, thorough=False) or (smallest_conflict(said) if len(said) <= _MOST_TO_SOLVE else ())
        names = tuple(each.name for each in core if not each.given)
        if not names:
            return found
        found.append(names)
        gone |= set(names)


def _cheapest(cores: list[tuple[str, ...]], weights: Mapping[str, float]) -> set[str]:
    """Choose the cheapest names that meet every core; among equally cheap ones those first by name."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    names = sorted({name for core in cores for name in core}, key=lambda each: (weights[each], each))
    meets = np.array([[name in core for name in names] for core in map(set, cores)], dtype=float)
    costs = np.array([weights[name] for name in names]) + _HAIR * np.arange(len(names))
    answer = milp(costs, integrality=np.ones(len(names)), bounds=Bounds(0, 1), constraints=LinearConstraint(meets, lb=1))
    return {name for name, chosen in zip(names, answer.x, strict=True) if chosen > 0.5}


def _find_rivals(
    name: str, doubts: Doubts, cores: list[tuple[str, ...]], weights: Mapping[str, float], everything: Sequence[Statement]
) -> None:
    """Name the statements that could go in place of one; where there are many, and a rule or a sum could, that goes."""
    alone = [core for core in cores if set(core) & doubts.wrong == {name}]
    shared = set.intersection(*(set(core) for core in alone)) - {name} if alone else set()
    equal = [each for each in sorted(shared) if weights[each] <= weights[name] + 1e-9]
    left = doubts.wrong - {name}
    rivals = tuple(each for each in equal if _fit(everything, left | {each}))
    if len(rivals) > 1:
        cheaper = {min(core, key=lambda each: (weights[each], each)) for core in alone}
        if all(weights[each] < weights[name] for each in cheaper) and _fit(everything, left | cheaper):
            doubts.wrong -= {name}
            doubts.wrong |= cheaper
            doubts.conflicts |= {each: next(core for core in alone if each in core) for each in cheaper}
            return
    if rivals:
        doubts.rivals[name] = rivals


def _fit(everything: Iterable[Statement], left_out: set[str]) -> bool:
    said = [each for each in everything if each.name not in left_out]
    return ModelledPage(said).fits(thorough=len(said) <= _MOST_TO_SOLVE)

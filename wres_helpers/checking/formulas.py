"""Arithmetic over printed figures: ``N035 + N036``, ``N122 / N121``, ``N137 - N140``, as the register's ``refers_to``."""

import ast
import operator
import re
from fractions import Fraction
from functools import cached_property
from typing import Final

from wres_helpers.checking.claimed_figures import Claim
from wres_helpers.checking.printed_numbers import shown
from wres_helpers.checking.reckoning import Measured, Missing
from wres_helpers.intake.printed.register_words import COUNT

_OPERATIONS: Final = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}
_Ends = tuple[Fraction, Fraction, Fraction]


class Formulas:
    """Evaluates formulas over the printed figures of a register; identifiers of claims are the names a formula may use."""

    def __init__(self, claims: list[Claim]):
        self._claims = {claim.id: claim for claim in claims}

    @cached_property
    def _name(self) -> re.Pattern[str]:
        longest_first = sorted(map(re.escape, self._claims), key=len, reverse=True)
        return re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)")  # whole names only: A1 does not stand in A10

    def claims_in(self, text: str) -> list[Claim]:
        """Return the claims a formula names, in order."""
        return [self._claims[name] for name in self._name.findall(text)]

    def evaluate(self, text: str, unit: str) -> Measured:
        """Calculate a formula in the unit of the claim that makes it.

        Counts divided by counts give per cent where the claim is in per cent or points; printed percentages are taken
        with what their rounding leaves open. Raises Missing, with the reason, where it cannot be calculated.
        """
        named, known, ends = self.claims_in(text), {}, {}
        if not named:
            raise Missing(f"'{text}' names no figure of the register")
        for claim in named:
            if claim.printed is None or not claim.printed.exact:
                raise Missing(f"{claim.id} holds no single number")
            known[claim.id], value, half = claim.printed, claim.printed.value, 0 if claim.kind == COUNT else claim.printed.step / 2
            ends[claim.id] = (value, value - half, value + half)
        names = list(known)
        try:
            plain = self._name.sub(lambda match: f"claim_{names.index(match[0])}", text)
            value, low, high = _calculated(ast.parse(plain, mode="eval").body, [*ends.values()])
        except ZeroDivisionError:
            raise Missing(f"'{text}' divides by nought") from None
        except (SyntaxError, ValueError, IndexError, RecursionError):
            unknown = re.findall(r"[A-Za-z]\w*", self._name.sub(" ", text))
            named_wrong = f"no row has the identifier {', '.join(unknown)}; " if unknown else ""
            raise Missing(f"'{text}' cannot be calculated: {named_wrong}use identifiers of other rows, + - * / and brackets") from None
        scale = 100 if unit in ("percent", "points") and all(claim.kind == COUNT for claim in named) else 1
        written = self._name.sub(lambda match: known[match[0]].digits, text)
        text = f"{written} = {shown(value * scale)}{'%' if unit == 'percent' else ''} ({', '.join(names)})"
        return Measured(low * scale, high * scale, text, as_printed=value * scale)


def _calculated(node: ast.expr, known: list[_Ends]) -> _Ends:
    """Return the value of a part of a formula, and its ends where printed figures may be rounded."""
    if isinstance(node, ast.Name) and node.id.startswith("claim_"):
        return known[int(node.id.removeprefix("claim_"))]
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return (Fraction(str(node.value)),) * 3
    if not isinstance(node, ast.BinOp) or type(node.op) not in _OPERATIONS:
        raise ValueError("not arithmetic")
    operation, one, two = _OPERATIONS[type(node.op)], _calculated(node.left, known), _calculated(node.right, known)
    if isinstance(node.op, ast.Div) and two[1] <= 0 <= two[2]:
        raise ZeroDivisionError
    ends = [operation(first, second) for first in one[1:] for second in two[1:]]
    return operation(one[0], two[0]), min(ends), max(ends)

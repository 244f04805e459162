"""A model of a printed page: statements about whole numbers of people, and what can be known from them.

The checker asks whether any counts fit everything that is printed; the attacker asks which counts a hidden cell may
have. Both ask :class:`ModelledPage`, which holds the same statements.
"""

from wres_helpers.page_model.questions import ModelledPage, apart, smallest_conflict
from wres_helpers.page_model.statements import (
    Amount,
    Count,
    Difference,
    Quotient,
    Statement,
    Unknown,
    at_most,
    between,
    exactly,
    ratio,
    share,
    total,
)

__all__ = [
    "Amount", "Count", "Difference", "ModelledPage", "Quotient", "Statement", "Unknown", "apart", "at_most", "between", 
    "exactly", "ratio", "share", "smallest_conflict", "total",
]  # fmt: skip

"""A model of a printed page: statements about whole numbers of people, and what can be known from them.

The checker asks whether any counts fit everything that is printed; the attacker asks which counts a hidden cell may
have. Both ask :class:`Page`, which holds the same statements.
"""

from wres_helpers.page_model.questions import Page, Range, apart, feasible, mended_by, range_of, smallest_conflict
from wres_helpers.page_model.statements import (
    Relation,
    Statement,
    above,
    at_most,
    between,
    combined,
    exactly,
    fewer_than,
    hidden,
    reach,
    rounded,
    total,
)
from wres_helpers.page_model.unknowns import Count, Difference, Quotient, Unknown, ratio, share

__all__ = [
    "Count", "Difference", "Page", "Quotient", "Range", "Relation", "Statement", "Unknown", "above", "apart", "at_most", "between", "combined",
    "exactly", "feasible", "fewer_than", "hidden", "mended_by", "range_of", "ratio", "reach", "rounded", "share", "smallest_conflict", "total",
]  # fmt: skip

"""The rule that gives a comparison its status. It is printed on every report, and set in the master file.

Two questions are asked of every difference. Is it *clear*: could neither chance nor one person's case explain it
(:mod:`wres_helpers.analysis.clear_difference`)? And is it *large*: does the relative likelihood lie beyond the range of no
adverse difference, on the answer or on its complement? A relative likelihood of two large shares can hardly leave the range
(99% against 80% is 1.24), while the same answers counted as "no" show what they mean (20% against 1% is 20).

1. Nothing supplied: *not supplied*. Figures that allow no result: *not calculable*.
2. Clear, and worse for BME staff: *large difference* where it is large, else *some difference*.
3. Clear, and better for BME staff: *difference the other way*.
4. Not clear, and fewer people expected in some cell than the minimum, were there no difference: *too few to judge*.
5. Not clear, and the whole interval of the relative likelihood inside the range, on the answer and on its complement:
   *equivalent*.
6. Otherwise *no clear difference*, which does not show that there is none.

The range is a convention for screening (four fifths and its inverse; NHS England used it for its targets of 2019), not a
legal test. What the rule amounts to, in false alarms and in differences found, is tabulated in ``docs/methods.md``.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pandas as pd

from wres_helpers.settings.master_file import StatusRule
from wres_helpers.settings.parameters import Parameters
from wres_helpers.standard import statuses as status

#: Said where it may not be told which test it was, or is not known.
FURTHER_TEST: Final = "at least one further test (Fisher's exact test, one person more or less) undoes the difference"
_UNDONE: Final = f"the interval leaves out equality, but {FURTHER_TEST}"
#: The cases in the order in which they are asked: when it is one, the status, and why it is given, without a number: a reason stands also where
#: numbers are protected. What is none of them is the last.
_CASES: Final[tuple[tuple[Callable[[pd.DataFrame], pd.Series], str, str], ...]] = (
    (lambda rows: ~rows["supplied"], status.NOT_SUPPLIED, "the figures for this comparison were not supplied"),
    (lambda rows: ~rows["based"], status.NOT_CALCULABLE, "one of the groups compared has nobody in its base"),
    (lambda rows: ~rows["within"], status.NOT_CALCULABLE, "more people are counted than the base holds"),
    (lambda rows: rows["comparison"].eq("none"), status.CALCULATED, "a share on its own; nothing is compared"),
    (lambda rows: rows["measure"].eq("survey_response"), status.NOT_JUDGED,
     "who answers a survey is no outcome for the groups: it says how far the answers speak for all"),
    (lambda rows: ~rows["judged"], status.NOT_JUDGED,
     "a single grade is not judged: a low share is adverse only in senior posts, which are judged together"),
    (lambda rows: rows["clear"] & rows["worse"] & rows["beyond"], status.LARGE_DIFFERENCE,
     "the difference is clear, worse for the compared group, and as counted beyond the range of no adverse difference"),
    (lambda rows: rows["clear"] & rows["worse"], status.SOME_DIFFERENCE,
     "the difference is clear and worse for the compared group, and not large as counted"),
    (lambda rows: rows["clear"], status.DIFFERENCE_OTHER_WAY, "the difference is clear, and better for the compared group"),
    (lambda rows: ~rows["counted"], status.TOO_FEW_TO_JUDGE, "nobody in either group is counted, so the groups cannot be compared"),
    (lambda rows: ~rows["uncounted"], status.TOO_FEW_TO_JUDGE, "everybody in both groups is counted, which is too few others to compare"),
    (lambda rows: rows["too_few"] & rows["excluded"], status.TOO_FEW_TO_JUDGE, f"{_UNDONE}, and the numbers are too small to judge"),
    (lambda rows: rows["too_few"], status.TOO_FEW_TO_JUDGE, "the difference is not clear, and the numbers are too small to judge"),
    (lambda rows: rows["inside"], status.EQUIVALENT, "the whole interval lies inside the range of no adverse difference"),
    (lambda rows: rows["excluded"], status.NO_CLEAR_DIFFERENCE, _UNDONE),
    (lambda rows: ~rows["excluded"], status.NO_CLEAR_DIFFERENCE, "the interval includes equality"),
)  # fmt: skip

#: Why a comparison without figures is not calculable whose counts came in hidden.
SUPPRESSED: Final = "a count it needs was hidden in the tables supplied, and nobody here knows it"


@dataclass(frozen=True)
class Method:
    """How comparisons are made and judged: what a calculation needs to know of a master file besides the counts."""

    rule: StatusRule = field(default_factory=StatusRule)  # of the status
    questions: dict[str, str] = field(default_factory=dict)  # of the survey by indicator, where it is not the edition's

    @classmethod
    def of(cls, parameters: Parameters) -> "Method":
        """Return the method a master file asks for."""
        return cls(parameters.status_rule, dict(parameters.survey.questions.items()))

    @property
    def confidence(self) -> float:
        """Confidence of every interval."""
        return self.rule.confidence


def judge(rows: pd.DataFrame, rule: StatusRule) -> pd.DataFrame:
    """Give every comparison its status and the reason for it.

    Parameters
    ----------
    rows
        One row per comparison with ``measure``, ``comparison``, ``clear`` (whether the difference is), ``excluded`` (whether the interval
        leaves out equality), ``relative`` and ``relative_complement`` (relative likelihoods of the answer and of its
        complement, turned so that above 1 is adverse to BME staff), ``inside`` (whether both their intervals lie in the
        range), ``expected`` (smallest expected cell), and the truth values ``supplied``, ``based`` (nobody's base is
        empty), ``within`` (no count above its base), ``counted`` (somebody is), ``uncounted`` (somebody is not) and
        ``judged`` (the rule applies).

    Returns
    -------
    pandas.DataFrame
        Columns ``status`` and ``reason``, same rows.
    """
    relative = rows["relative"].to_numpy(float)
    asked = rows.assign(
        worse=relative > 1,
        beyond=np.fmax(relative, rows["relative_complement"].to_numpy(float)) > rule.no_adverse_range[1],
        too_few=rows["expected"].to_numpy(float) < rule.minimum_expected,
    )
    conditions = [when(asked).to_numpy(bool) for when, *_ in _CASES]
    case = pd.Series(np.select(conditions, range(len(_CASES)), len(_CASES) - 1), index=rows.index)
    return pd.DataFrame({
        "status": case.map({at: given for at, (_, given, _) in enumerate(_CASES)}),
        "reason": case.map({at: why for at, (*_, why) in enumerate(_CASES)}),
    })  # fmt: skip

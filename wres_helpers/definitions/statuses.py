"""Every status a row may carry, once. The README's list is checked against this one."""

from typing import Final

ACHIEVING: Final = "achieving"
PROGRESSING: Final = "progressing"
REQUIRES_FOCUS: Final = "requires_focus"
TOO_FEW_TO_JUDGE: Final = "too_few_to_judge"
NOT_SUPPLIED: Final = "not_supplied"
NOT_CALCULABLE: Final = "not_calculable"
NOT_COMPARABLE: Final = "not_comparable"
NOT_JUDGED: Final = "not_judged"
CALCULATED: Final = "calculated"
PROTECTED: Final = "protected"

#: Statuses a comparison between the two groups can be given by the status rule, as a board reads them.
JUDGEMENTS: Final[dict[str, str]] = {
    ACHIEVING: "Achieving",
    PROGRESSING: "Progressing",
    REQUIRES_FOCUS: "Requires focus",
    TOO_FEW_TO_JUDGE: "Too few to judge",
    NOT_SUPPLIED: "Not supplied",
}

#: Statuses that say why a number is absent, or that a row is context and is not judged.
OTHER_STATUSES: Final[dict[str, str]] = {
    NOT_CALCULABLE: "Not calculable",
    NOT_COMPARABLE: "Not comparable",
    NOT_JUDGED: "Context, not judged",
    CALCULATED: "Calculated",
    PROTECTED: "Too few to publish",
}

#: What each judgement says about the two groups.
MEANINGS: Final[dict[str, str]] = {
    ACHIEVING: "no adverse difference for BME staff was found",
    PROGRESSING: "some difference, which chance alone could explain or which is small",
    REQUIRES_FOCUS: "a large difference that chance alone does not explain",
    TOO_FEW_TO_JUDGE: "the numbers are too small to tell a difference from chance",
    NOT_SUPPLIED: "the data for this indicator were not supplied",
    NOT_CALCULABLE: "the figures given do not allow a result",
    NOT_COMPARABLE: "the two figures rest on different definitions",
    NOT_JUDGED: "shown for context; the status rule is not applied",
    CALCULATED: "a calculated figure that the status rule does not judge",
    PROTECTED: "hidden so that no person can be recognised",
}

LABELS: Final[dict[str, str]] = JUDGEMENTS | OTHER_STATUSES

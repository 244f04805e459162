"""Every status a row may carry, once; the list of docs/numbers.md is checked against this one."""

from typing import Final

LARGE_DIFFERENCE: Final = "large_difference"
SOME_DIFFERENCE: Final = "some_difference"
NO_CLEAR_DIFFERENCE: Final = "no_clear_difference"
EQUIVALENT: Final = "equivalent"
DIFFERENCE_OTHER_WAY: Final = "difference_other_way"
TOO_FEW_TO_JUDGE: Final = "too_few_to_judge"
NOT_SUPPLIED: Final = "not_supplied"
NOT_CALCULABLE: Final = "not_calculable"
NOT_COMPARABLE: Final = "not_comparable"
NOT_JUDGED: Final = "not_judged"
CALCULATED: Final = "calculated"
PROTECTED: Final = "protected"

#: Each status as a board reads it, and what it says about the two groups.
_SAID: Final[dict[str, tuple[str, str]]] = {
    LARGE_DIFFERENCE: ("Large difference (requires focus)", "clearly worse for the compared group, and large as counted"),
    SOME_DIFFERENCE: ("Some difference (progressing)", "clearly worse for the compared group, and not large as counted"),
    DIFFERENCE_OTHER_WAY: ("Difference the other way", "clearly better for the compared group"),
    NO_CLEAR_DIFFERENCE: ("No clear difference", "chance could explain it, which does not show that the groups fare alike"),
    EQUIVALENT: ("Equivalent", "no large difference either way, beyond chance"),
    TOO_FEW_TO_JUDGE: ("Too few to judge", "too few people to tell a difference from chance"),
    NOT_SUPPLIED: ("Not supplied", "the data were not supplied"),
    NOT_CALCULABLE: ("Not calculable", "the figures given do not allow a result"),
    NOT_COMPARABLE: ("Not comparable", "the two figures rest on different definitions"),
    NOT_JUDGED: ("Context, not judged", "shown for context; the status rule is not applied"),
    CALCULATED: ("Calculated", "a calculated figure that the status rule does not judge"),
    PROTECTED: ("Hidden to protect people", "hidden so that no person can be recognised"),
}  # fmt: skip
LABELS: Final[dict[str, str]] = {status: label for status, (label, _) in _SAID.items()}
MEANINGS: Final[dict[str, str]] = {status: meaning for status, (_, meaning) in _SAID.items()}

#: What stands on a page for a number that rests on a count hidden before the tables came in.
HIDDEN_ON_ENTRY: Final = LABELS[NOT_CALCULABLE].lower()

#: Findings of the status rule about two groups, from the gravest to none; the order in which a board reads them.
FINDINGS: Final = (LARGE_DIFFERENCE, SOME_DIFFERENCE, DIFFERENCE_OTHER_WAY, NO_CLEAR_DIFFERENCE, EQUIVALENT)

#: Those that say that there is a difference.
CLEAR: Final = (LARGE_DIFFERENCE, SOME_DIFFERENCE, DIFFERENCE_OTHER_WAY)

#: Those by which people fare clearly worse.
WORSE: Final = (LARGE_DIFFERENCE, SOME_DIFFERENCE)

#: Statuses the status rule can give a comparison; all others say why a number is absent, or that a row is context and is not judged.
JUDGEMENTS: Final = (*FINDINGS, TOO_FEW_TO_JUDGE, NOT_SUPPLIED)

#: The three words with which organisations have published statuses by hand (2019/20), and the finding each of them fits.
PUBLISHED_WORDS: Final[dict[str, str]] = {
    "achieving": EQUIVALENT,
    "progressing": SOME_DIFFERENCE,
    "requires_focus": LARGE_DIFFERENCE,
}


def label_of_published(published: str) -> str:
    """Return how a status published by hand is printed: 'requires_focus' -> 'Requires focus'; other statuses by their label."""
    return published.replace("_", " ").capitalize() if published in PUBLISHED_WORDS else LABELS.get(published, published)


def fits(published: str, computed: str) -> bool:
    """Tell whether a status published by hand says what the computed one says.

    None of the three words of 2019/20 fits 'no clear difference' or 'difference the other way'.
    """
    return finding_of(published) == computed


def finding_of(published: str) -> str:
    """Return the status that a word published by hand stands for; of a status itself that status."""
    return PUBLISHED_WORDS.get(published, published)

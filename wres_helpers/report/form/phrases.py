"""Words that are chosen by rule from numbers. Each rule is stated once, here, and tested at its edges.

The rules look at the number as it is printed (a ratio with two decimals, a share with one), so that words and
figures on a page can never disagree.
"""

import math
import re
from decimal import Decimal

from wres_helpers.report.form import numbers

#: Why a number is hidden.
UNRECOGNISED = "so that nobody can be recognised"
ABOUT_AS_LIKELY = (Decimal("0.95"), Decimal("1.05"))


def is_about_as_likely(value: float) -> bool:
    """Tell whether a ratio, as printed, lies from 0.95 to 1.05."""
    return not math.isinf(value) and ABOUT_AS_LIKELY[0] <= numbers.ratio_as_printed(value) <= ABOUT_AS_LIKELY[1]


def times_as_likely(value: float) -> str:
    """Return the words for a ratio, to be followed by 'as' and the other group.

    0.95 to 1.05 'about as likely'; above '2.13 times as likely'; below '0.80 times as likely (that is, less likely)'.
    """
    if is_about_as_likely(value):
        return "about as likely"
    if numbers.ratio_as_printed(value) < 1:
        return f"{numbers.ratio(value)} times as likely (that is, less likely)"
    return f"{numbers.ratio(value)} times as likely"


def counted_change(now: float, before: float) -> str:
    """Return how a plain count moved: 'rose from 54 to 65', 'fell from ...', 'stayed at 65'."""
    if now == before:
        return f"stayed at {numbers.count(now)}"
    verb = "rose" if now > before else "fell"
    return f"{verb} from {numbers.count(before)} to {numbers.count(now)}"


def more_or_less(fraction: float) -> str:
    """Return 'more', 'less' or 'the same' for a difference of two shares; less than half of a tenth of a point is none."""
    return "the same" if abs(fraction) < 0.0005 else ("more" if fraction > 0 else "less")


def listed(items: list[str]) -> str:
    """Return 'a', 'a and b', 'a, b and c'."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def in_runs(names: list[str]) -> list[str]:
    """Return names with three or more that follow each other without a gap as one: '2 to 4', 'A2 to A4'."""
    runs: list[list[str]] = []
    for name in names:
        if runs and re.sub(r"\d+$", lambda digits: str(int(digits[0]) + 1).zfill(len(digits[0])), runs[-1][-1]) == name != runs[-1][-1]:
            runs[-1].append(name)
        else:
            runs.append([name])
    return [name for run in runs for name in (run if len(run) < 3 else [f"{run[0]} to {run[-1]}"])]


def in_runs_listed(names: list[str]) -> str:
    """Return names in a sentence, those that follow each other as one: '1, 2 and 6 to 8'."""
    return listed(in_runs(names))


def small(text: str) -> str:
    """Return text with a small letter at its start, for the middle of a sentence."""
    return text[:1].lower() + text[1:]


def capital(text: str) -> str:
    """Return text with a capital at its start, and all else as it is."""
    return text[:1].upper() + text[1:]


def heard(text: str) -> str:
    """Return a text as it is heard: some voices leave out the signs of what is below nought and of what is divided."""
    return re.sub(r"−(?=\d)", "minus ", text).replace(" ÷ ", " divided by ")


def sentence(text: str) -> str:
    """Return text with a capital at its start and one full stop at its end."""
    text = text.strip()
    return capital(text) + ("" if text.endswith((".", "!", "?")) or not text else ".")

"""How far an action has come, by what was reported of it."""

import re

#: How a report begins what it last knew of an action: the year before's words are not this year's progress.
LAST_YEARS = "Last reported for "


def is_silent(progress: str) -> bool:
    """Tell whether nothing was reported of an action this year: nothing at all, or what a plan that was rolled forward says of the last."""
    said = progress.strip()
    return said.casefold() in ("", "not reported", "none", "not stated") or said.startswith(LAST_YEARS)


def is_begun(progress: str) -> bool:
    """Tell whether what was reported of an action says more than that it is not begun."""
    return not is_silent(progress) and not re.match(r"not (yet )?(started|begun)", progress, re.I)


def is_done(progress: str) -> bool:
    """Tell whether what was reported of an action says that it is done; done in part, or to be done by a day, is not."""
    said = progress.strip().casefold()
    done = re.match(r"(done|complete|completed|finished|closed|achieved)\b", said)
    return bool(done) and not re.match(r"complete (by|when|once|if)\b|\w+,? (in part|partly|partially|except|but)\b", said)


def is_given_up(progress: str) -> bool:
    return re.match(r"(stopped|given up|withdrawn|cancelled|dropped|superseded)\b", progress.strip().casefold()) is not None

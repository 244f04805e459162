"""How many examples a test draws: few in the suite, all of them with ``make thorough``."""

import os

#: Whether every drawn example is run.
THOROUGH = os.environ.get("WRES_EXAMPLES") == "all"


def examples(whole):
    """Return how many of a test's examples are drawn now: all, or one in ten of them and at least ten."""
    return whole if THOROUGH else min(whole, max(10, whole // 10))

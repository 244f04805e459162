"""Reporting years: ``2019-20`` runs from 1 April 2019 to its snapshot on 31 March 2020, which names the edition."""

import re

YEAR_PATTERN = re.compile(r"^(20\d\d)-(\d\d)$")

#: The first edition with all nine indicators.
FIRST_EDITION = 2016


def is_year(text: str) -> bool:
    """Tell whether the text is a reporting year such as ``2019-20``."""
    match = YEAR_PATTERN.match(text)
    return match is not None and (int(match[1]) + 1) % 100 == int(match[2])


def edition_of(year: str) -> int:
    """Return the WRES edition of a reporting year: the calendar year of its snapshot.

    >>> edition_of("2019-20")
    2020
    """
    return int(year[:4]) + 1


def shifted(year: str, by: int) -> str:
    """Return the reporting year so many years later (or earlier, if negative).

    >>> shifted("1999-00", 1), shifted("2019-20", -1)
    ('2000-01', '2018-19')
    """
    start = int(year[:4]) + by
    return f"{start}-{(start + 1) % 100:02d}"


def spoken(year: str) -> str:
    """Return the year as a report prints it: ``2019/20``."""
    return year.replace("-", "/")

"""Reporting years: ``2019-20`` runs from 1 April 2019 to its snapshot on 31 March 2020, which names the edition."""

import re
from datetime import date

YEAR_PATTERN = re.compile(r"^(20[0-4]\d)-(\d\d)$")

#: Years of these are written; 2072 and 1920 are slips of typing.
WRITTEN_YEARS = range(2000, 2050)

#: The first edition of any standard: that of WRES with all nine indicators.
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


def year_of(edition: int) -> str:
    """Return the reporting year of an edition.

    >>> year_of(2020)
    '2019-20'
    """
    return f"{edition - 1}-{edition % 100:02d}"


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


def day_told(day: date | str) -> str:
    """Return a day (or its ISO form) as pages print it.

    >>> day_told("2020-08-31")
    '31 August 2020'
    """
    day = date.fromisoformat(day) if isinstance(day, str) else day
    return f"{day.day} {day:%B %Y}"


def month_told(month: str) -> str | None:
    """Return a month (``2026-09``) as pages print it; None for a text that is none, or that reads as a reporting year."""
    if is_year(month) or not re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", month):
        return None
    return f"{date.fromisoformat(f'{month}-01'):%B %Y}"

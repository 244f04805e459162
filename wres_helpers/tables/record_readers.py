"""What stands in a cell of a list of records: a day, a share of a full-time post, hours of work."""

import re
from contextlib import suppress
from datetime import date

from wres_helpers.tables.cell_readers import Read, clean_text, is_suppressed

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMERIC = re.compile(r"^(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})$")
_YEAR_FIRST = re.compile(r"^(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})$")
_NAMED_MONTH = re.compile(r"^(\d{1,2})(?:st|nd|rd|th)?[ /.\-]([a-z]{3,9})[ /.\-,]{1,2}(\d{4}|\d{2})$")
_COMPACT = re.compile(r"^(19|20)(\d\d)(\d\d)(\d\d)$")
_TIME = re.compile(r"[ T](\d{1,2}):(\d\d)(:\d\d(\.\d+)?)?( ?[ap]m)?(Z)?$", re.IGNORECASE)
_SERIAL = re.compile(r"^([1-9]\d{4})(\.\d+)?$")

#: What Excel makes of "1-2" or "1.2": the first of February, as it shows or as a workbook holds it.
_AS_DATE = re.compile(r"^(?:(\d{1,2})[- /]([a-z]{3})(?:[- /]\d{2,4})?|(?:\d{4}-)?(\d{2})[-/](\d{2})(?:/\d{4})?)$")

#: Excel counts days from here (its serial 1 is 1 January 1900, with the false leap day of 1900 counted).
_EXCEL_EPOCH = date(1899, 12, 30).toordinal()

#: Nobody works more than two full-time posts; a larger number is something else.
_LARGEST_SHARE = 2

_DECIMAL = re.compile(r"^\d{1,9}(\.\d{1,12})?$")
_PERCENT = re.compile(r"^(\d{1,3}(?:[.,]\d{1,6})?)\s*(%|per ?cent)$", re.IGNORECASE)


def read_date(text: str, month_first: bool = False) -> Read:
    """Read a date (None for an empty cell) written in any of the ways extracts have it, or as Excel's serial number.

    Whether dates in numbers have the month first is declared, never guessed.
    """
    if text == "":
        return Read()
    body = _TIME.sub("", text).strip()
    parts = _date_parts(body.casefold(), month_first)
    if parts is None:
        serial = _SERIAL.match(text)
        return Read(date.fromordinal(_EXCEL_EPOCH + int(serial[1])), "an Excel serial number") if serial else Read(wrong="not a date")
    year, month, day, note = parts
    with suppress(ValueError):
        if year >= 1900:  # nobody at work was born earlier: 0019 is mistyped
            return Read(date(year, month, day), note)
    return Read(wrong="no such day")


def written_day(text: str, month_first: bool = False) -> tuple[int, ...] | None:
    """Return year, month and day as a cell writes them, also of a day that there is not; None where it writes none."""
    parts = _date_parts(_TIME.sub("", text).strip().casefold(), month_first)
    return parts and parts[:3]


def _date_parts(body: str, month_first: bool) -> tuple[int, int, int, str] | None:
    if match := _YEAR_FIRST.match(body):
        return int(match[1]), int(match[2]), int(match[3]), ""
    if (match := _NUMERIC.match(body)) or ((match := _NAMED_MONTH.match(body)) and match[2][:3] in _MONTHS):
        day, month, year = match[1], match[2] if match[2].isdigit() else _MONTHS.index(match[2][:3]) + 1, int(match[3])
        day, month = (month, day) if month_first and match[2].isdigit() else (day, month)
        if len(match[3]) == 4:
            return year, int(month), int(day), ""
        # nobody on a staff list started before 1950
        return (1900 if year >= 50 else 2000) + year, int(month), int(day), "a year of two digits"
    if match := _COMPACT.match(body):
        return int(match[1] + match[2]), int(match[3]), int(match[4]), ""
    return None


def made_a_date(text: str) -> tuple[int, int] | None:
    """Return the two numbers of which a spreadsheet made a day of a year; None of any other text.

    >>> made_a_date("01-Feb"), made_a_date("2026-02-01"), made_a_date("A1")
    ((1, 2), (1, 2), None)
    """
    match = _AS_DATE.match(clean_text(text)[0].casefold())
    if not match or (match[2] or "jan") not in _MONTHS:
        return None
    return (int(match[1]), _MONTHS.index(match[2]) + 1) if match[2] else (int(match[4]), int(match[3]))


def read_share(text: str) -> Read:
    """Read a full-time equivalent or a share: ``0.6``, ``0,60`` of a system with decimal commas, or ``60%`` as text."""
    percent = _PERCENT.match(text)
    number, largest = (percent[1], 100 * _LARGEST_SHARE) if percent else (text, _LARGEST_SHARE)
    read = _decimal(number, largest, "not a share of a full-time post", places=12)
    return Read(read.value / 100, "a percentage as text") if percent and not read.wrong else read


def read_hours(text: str) -> Read:
    """Read hours a week: ``37.5``."""
    return _decimal(text, 100, "not hours a week")


def _decimal(text: str, largest: float, too_large: str, places: int = 2) -> Read:
    """Read a number; a comma before so few ``places`` parts no thousands (a share has none, hours of a year in the wrong column may)."""
    if text == "":
        return Read()
    comma = re.fullmatch(rf"\d{{1,3}},\d{{1,{places}}}", text)
    if not (comma or _DECIMAL.match(text)):
        return Read(wrong="suppressed" if is_suppressed(text) else "not a number")
    number = float(text.replace(",", "."))
    return Read(number, "a decimal comma" * bool(comma)) if number <= largest else Read(wrong=too_large)

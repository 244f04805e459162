"""What all parts of a master file have in common: unknown keys are errors, values never change after reading, days exist."""

import datetime
import re
from typing import Annotated, Any, ClassVar, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator, model_validator

from wres_helpers.standard.years import WRITTEN_YEARS, is_year
from wres_helpers.tables.cell_readers import Read, in_words, loose_key


def _in_words(value: Any) -> Any:
    if isinstance(value, list):
        return list(map(_in_words, value))
    return str(value).lower() if isinstance(value, bool) else value


class Strict(BaseModel):
    """A part of the master file."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, str_max_length=1_000, defer_build=True)
    apart: ClassVar[tuple[str, str] | None] = None  # two lists of which no value, whatever its capitals, may stand in both

    @model_validator(mode="before")
    @classmethod
    def _no_number_is_true(cls, given: Any) -> Any:
        """Give ``true`` as the word it is where a number is expected: Python would take it for a 1."""
        if not isinstance(given, dict):
            return given
        numbers = {name for name, field in cls.model_fields.items() if re.search(r"\b(int|float)\b(?!.*\bbool\b)", str(field.annotation))}
        return {name: _in_words(value) if name in numbers else value for name, value in given.items()}

    @model_validator(mode="after")
    def _in_one_list(self) -> Self:
        one, other = (getattr(self, name) for name in self.apart or ("apart", "apart"))
        if both := [value for value in one or () if loose_key(value) in set(map(loose_key, other))]:
            raise ValueError(f"each value in one list; '{both[0]}' stands in two")
        return self


_QUOTED = re.compile("[“„«‘‚`´].*[”“»’‘`´]")


class Printed(Strict):
    """A part of the master file whose texts a page prints."""

    @field_validator("*")
    @classmethod
    def _of_words(cls, value: Any) -> Any:
        """Refuse what no table takes as words either: letters of two alphabets, markup, signs alone; and the quotation marks of a letter round them."""
        for text in value if isinstance(value, tuple) else (value,):
            if isinstance(text, str) and (_QUOTED.fullmatch(text) or not in_words(Read(text)).value):
                raise ValueError("words, in letters of one alphabet and without markup")
        return value


def _a_day(value: str) -> str:
    try:
        year = datetime.date.fromisoformat(value).year
    except ValueError:
        year = 0
    if year not in WRITTEN_YEARS:
        raise ValueError(f"a day that exists, such as 2020-09-30, of a year from {min(WRITTEN_YEARS)} to {max(WRITTEN_YEARS)}")
    return value


#: A day as text, year-month-day.
Day = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$"), AfterValidator(_a_day)]


def _a_year(value: str) -> str:
    if not is_year(value):
        raise ValueError("a reporting year such as 2019-20")
    return value


#: A reporting year; that it is one of the standard's is asked with the standard.
Year = Annotated[str, AfterValidator(_a_year)]

#: Names that no folder or file of Windows has: those it keeps for itself, whatever ends them, and those with an end it leaves off.
NONE_OF_WINDOWS = re.compile(r"(?:con|prn|aux|nul|(?:com|lpt)[0-9])(?:\..*)?|(?!\.{1,2}$).*(?:[. ]|[<>\"|?*\x00-\x1f].*)", re.IGNORECASE)


def of_every_system(path: str) -> str:
    """Return a path of which every part can be made on Windows, too; raise ValueError of another."""
    if wrong := next(filter(NONE_OF_WINDOWS.fullmatch, re.split(r"[/\\]", path)), ""):
        raise ValueError(f"a name that a folder may have on every system; on Windows none is called {wrong!r}")
    return path


#: A folder, or a word that names one.
Folder = Annotated[str, AfterValidator(of_every_system)]

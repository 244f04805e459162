"""What all parts of a master file have in common: unknown keys are errors, values never change after reading, days exist."""

import datetime
from typing import Annotated, ClassVar, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from wres_helpers.tables.cell_readers import loose_key


class Strict(BaseModel):
    """A part of the master file."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, defer_build=True)
    apart: ClassVar[tuple[str, str] | None] = None  # two lists of which no value, whatever its capitals, may stand in both

    @model_validator(mode="after")
    def _in_one_list(self) -> Self:
        one, other = (getattr(self, name) for name in self.apart or ("apart", "apart"))
        if both := [value for value in one or () if loose_key(value) in set(map(loose_key, other))]:
            raise ValueError(f"each value in one list; '{both[0]}' stands in two")
        return self


def _a_day(value: str) -> str:
    try:
        datetime.date.fromisoformat(value)
    except ValueError:
        raise ValueError("a day that exists, such as 2020-09-30") from None
    return value


#: A day as text, year-month-day.
Day = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$"), AfterValidator(_a_day)]

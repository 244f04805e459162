"""What all parts of a master file have in common: unknown keys are errors, values never change after reading, days exist."""

import datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field


class Strict(BaseModel):
    """A part of the master file."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


def _a_day(value: str) -> str:
    try:
        datetime.date.fromisoformat(value)
    except ValueError:
        raise ValueError("a day that exists, such as 2020-09-30") from None
    return value


#: A day as text, year-month-day.
Day = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$"), AfterValidator(_a_day)]

"""Findings that somebody has seen and accepts: the ``acknowledgements`` key of a master file."""

import datetime

from pydantic import BaseModel, ConfigDict, Field


class Acknowledgement(BaseModel):
    """One finding, accepted for a reason by a role on a date."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(description="Identifier of the finding as `wres check` prints it.")
    reason: str = Field(min_length=1, description="Why the finding is accepted.")
    role: str = Field(min_length=1, description="Role of the person who accepts it; never a name.")
    date: datetime.date = Field(description="When it was accepted.")

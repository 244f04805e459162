"""What the board's copy may show: the disclosure policy of a master file."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class DisclosurePolicy(BaseModel):
    """The organisation's rules for small numbers; the defaults are the pack's."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    minimum_count: int = Field(5, ge=1, description="Smallest count of people that may be shown.")
    minimum_survey_base: int = Field(11, ge=1, description="Smallest group of survey respondents that may be shown.")
    method: Literal["suppress", "round"] = Field("suppress", description="How small numbers are protected.")
    marker: str = Field("[c]", description="What stands where a number is hidden.")
    owner_role: str = Field("Information governance lead", description="Role that owns this policy.")

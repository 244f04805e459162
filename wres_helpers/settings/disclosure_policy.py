"""What the board's copy may show: the disclosure policy of a master file."""

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator


class DisclosurePolicy(BaseModel):
    """The organisation's rules for small numbers; the defaults are the pack's.

    Every key is described with its source. "From memory" marks a source that was recalled and not seen.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    minimum_count: int = Field(
        5,
        ge=2,
        le=100,
        description="Smallest count of people, other than a permitted zero, that may be shown. Source: NHS England's GP Patient "
        "Survey analysis tool hides counts below 5; NHS workforce statistics the same, from memory.",
    )
    minimum_survey_base: int = Field(
        11,
        ge=2,
        le=100,
        description="Smallest number of respondents of one group to one question that may be shown; below it the whole group of that "
        "question is hidden. Source: GOV.UK Ethnicity facts and figures leaves out groups with fewer than 11 respondents to "
        "the NHS Staff Survey.",
    )
    show_zeros: Literal["all", "empty_categories", "none"] = Field(
        "all",
        description="Which zeros may be shown: all; only those of categories in which nobody is counted at all; or none, so that "
        "'fewer than' includes zero. Source: the GP Patient Survey rule above shows zeros.",
    )
    method: Literal["suppress", "round"] = Field(
        "suppress",
        description="suppress: hide small counts and as few others as make them safe. round: counts to the nearest round_to, small ones "
        "hidden, rates from rounded counts, totals rounded on their own. Source of the second: NHS Digital's method for "
        "Hospital Episode Statistics since September 2018 (its exact numbers from memory).",
    )
    round_to: int = Field(
        5,
        ge=3,
        le=100,
        description="Base of rounding where method is round, at most twice minimum_count, so that no shown count is rounded to 0. "
        "Source: the ONS 10-5 rule rounds to the nearest 5.",
    )
    marker: str = Field(
        "[c]",
        min_length=1,
        max_length=20,
        description="What stands where a number is hidden and nothing coarser may be said. Source: shorthand of the Government "
        "Statistical Service for confidential figures.",
    )
    protection_width: int | None = Field(
        None,
        ge=2,
        le=100,
        description="How many different values a hidden count must still be able to have for somebody who solves everything published. "
        "Left out: minimum_count minus 1, that is 1, 2, 3 and 4 for 'fewer than 5'. Source: protection interval as in the "
        "literature of cell suppression; the number is the pack's own choice.",
    )
    owner_role: str = Field(
        "Information governance lead",
        min_length=1,
        description="Role that owns this policy and is named in the receipt. Source: the organisation.",
    )

    @model_validator(mode="after")
    def _nobody_means_nobody(self) -> Self:
        if self.method == "round" and self.round_to > 2 * self.minimum_count:
            raise ValueError("a round_to of at most twice minimum_count, or a count that may be shown would be rounded to 0")
        return self

    @property
    def width(self) -> int:
        """How many values a hidden count must still be able to have: at least two, or it would be told."""
        return self.protection_width or max(2, self.minimum_count - 1)

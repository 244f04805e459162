"""What the board's copy may show: the disclosure policy of a master file."""

from typing import Annotated, Any, Final, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from wres_helpers.settings.strict_keys import Strict

#: What a policy by name fills in where the master file says nothing itself.
PRESETS: Final[dict[str | None, dict[str, Any]]] = {
    "five": {"minimum_count": 5},
    "ten": {"minimum_count": 10},
    "surveys": {"minimum_count": 11, "minimum_survey_base": 11},
    "national_hospital_statistics": {"minimum_count": 8, "method": "round", "round_to": 5},
}


#: A number of people or of values that a policy asks for.
_Number = Annotated[int, Field(ge=2, le=100)]


class DisclosurePolicy(Strict):
    """The organisation's rules for small numbers; the defaults are the pack's.

    Every key is described with its source. "From memory" marks a source that was recalled and not seen.
    """

    model_config = ConfigDict(use_attribute_docstrings=True)

    preset: Literal["five", "ten", "surveys", "national_hospital_statistics"] | None = None
    """A policy by name; keys given beside it win. five: the pack's default, counts below 5 hidden. ten: below 10 (smallest number in many
    published workforce reports, from memory). surveys: below 11, as GOV.UK Ethnicity facts and figures leaves out groups with fewer
    than 11 respondents. national_hospital_statistics: 1 to 7 hidden, all else to the nearest 5, as NHS Digital does for Hospital
    Episode Statistics since September 2018 (from memory); small counts are merged with their neighbours besides."""
    minimum_count: _Number = 5
    """Smallest count of people, other than a permitted zero, that may be shown. Source: NHS England's GP Patient Survey analysis tool
    hides counts below 5; NHS workforce statistics the same, from memory."""
    minimum_survey_base: _Number = 11
    """Smallest number of respondents of one group to one question that may be shown; below it the whole group of that question is hidden.
    Source: GOV.UK Ethnicity facts and figures leaves out groups with fewer than 11 respondents to the NHS Staff Survey."""
    show_zeros: Literal["all", "empty_categories", "none"] = "all"
    """Which zeros may be shown: all; only those of categories in which nobody is counted at all; or none, so that 'fewer than' includes
    zero. Source: the GP Patient Survey rule above shows zeros."""
    show_everybody: Literal["all", "none"] = "none"
    """Whether it may be shown that everybody of a group is counted (12 of 12 harassed). none: hidden, together with counts that leave
    fewer than minimum_count over. all: shown. Source: group disclosure as in the GSS guidance on published tables, from memory; the
    careful default is the pack's own choice."""
    public: tuple[Literal["board"], ...] = ()
    """Items that are public already and are shown as they are, such as the board, whose members are named on the website; needs
    public_decided_by and public_reason. Source: the organisation."""
    set_by: str | None = None
    """Role or body that set these numbers, with the day if it is known; 'not told' where it is empty. Source: the organisation."""
    public_decided_by: str | None = None
    """Role that decided that those items are public. Source: the organisation."""
    public_reason: str | None = None
    """Why they are public. Source: the organisation."""
    wholes_beside_parts: bool = False
    """Whether an organisation that others of the list are parts of (part_of) gets pages for the board beside theirs. False: its pages are
    for analysts, since its counts less those of one part are what another part's report hides. Source: the pack's own choice."""
    method: Literal["suppress", "round"] = "suppress"
    """suppress: hide small counts and as few others as make them safe. round: counts to the nearest round_to, small ones hidden, rates
    from rounded counts, totals rounded on their own. Source of the second: NHS Digital's method for Hospital Episode Statistics since
    September 2018 (its exact numbers from memory)."""
    round_to: int = Field(5, ge=3, le=100)
    """Base of rounding where method is round, at most twice minimum_count, so that no shown count is rounded to 0. Source: the ONS 10-5
    rule rounds to the nearest 5."""
    marker: str = Field("[c]", min_length=1, max_length=20)
    """What stands in data files and the workbook where a number is hidden and nothing coarser may be said; pages say 'hidden'. Source:
    shorthand of the Government Statistical Service for confidential figures."""
    protection_width: _Number | None = None
    """How many different values a hidden count must still be able to have for somebody who solves everything published. Left out:
    minimum_count minus 1, that is 1, 2, 3 and 4 for 'fewer than 5'. Source: protection interval as in the literature of cell
    suppression; the number is the pack's own choice."""
    owner_role: str = Field("Information governance lead", min_length=1)
    """Role that owns this policy and is named in the receipt. Source: the organisation."""

    @model_validator(mode="before")
    @classmethod
    def _preset_fills_what_is_not_given(cls, given: Any) -> Any:
        return PRESETS.get(given.get("preset"), {}) | given if isinstance(given, dict) else given

    @model_validator(mode="after")
    def _public_has_a_reason(self) -> Self:
        if self.public and not (self.public_decided_by and self.public_reason):
            raise ValueError("who decided that something is public (public_decided_by, a role) and why (public_reason)")
        return self

    @model_validator(mode="after")
    def _nobody_means_nobody(self) -> Self:
        if self.method == "round" and self.round_to > 2 * self.minimum_count:
            raise ValueError("a round_to of at most twice minimum_count, or a count that may be shown would be rounded to 0")
        return self

    @property
    def smallest(self) -> int:
        """Smallest count that is told, so that every hidden one can still have as many values as are asked for."""
        return max(self.minimum_count, self.width + 1)

    @property
    def width(self) -> int:
        """How many values a hidden count must still be able to have: at least two, or it would be told."""
        return self.protection_width or max(2, self.minimum_count - 1)

"""The schema of a master parameter file: every key, its meaning and its default."""

import datetime
import os
import re
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from wres_helpers.settings.disclosure_policy import DisclosurePolicy
from wres_helpers.settings.extract_settings import ExtractSettings
from wres_helpers.settings.strict_keys import Day, Folder, Printed, Strict, Year
from wres_helpers.standard.statuses import JUDGEMENTS, PUBLISHED_WORDS
from wres_helpers.standard.years import day_told

#: Sections of a report in the order of printing; the names of notebooks and of pages.
SECTIONS = (
    "00_overview", "01_workforce", "02_recruitment", "03_disciplinary", "04_training", "05_06_harassment", "07_08_opportunity", "09_board",
    "10_action_plan",
)  # fmt: skip

#: Sections that a report may have beside those: a page that not every organisation needs, and the page of another standard.
FURTHER_SECTIONS = ("11_improvement_plan", "metrics")

#: Sections of a report on another standard, which speak of whatever its catalogue holds; all others speak of the indicators of WRES.
OF_ANY_STANDARD = ("00_overview", "metrics", "10_action_plan")

#: What is said of the version of a report that is not final: only final ones are counted.
NO_VERSION = "none before the report is final"


class Organisation(Printed):
    """Whose report it is."""

    code: Folder = Field(
        max_length=50, pattern=r"^[a-z0-9][a-z0-9-]*$", description="Short code in lower case; names the data and output folders."
    )
    name: str = Field(min_length=1, description="Full name, as a page prints it.")
    short_name: str = Field(min_length=1, description="Name used inside sentences.")
    kind: str = Field(
        "NHS organisation",
        description="Kind of organisation, for example 'commissioning support unit'; peers.csv (data/reference/README.md) tells by it who the peers are.",
    )


class SignOff(Printed):
    """Who answers for the report, and how a reader reaches the next one; every key is printed where it is given."""

    role: str | None = Field(
        None, description="Role of the board's lead who signs the report, or has signed it where there is a date; never a person's name."
    )
    date: Day | None = Field(None, description="Day of the signature (year-month-day).")
    committees: tuple[str, ...] = Field((), description="Committees the report has passed, in their order.")
    web_address: str | None = Field(None, pattern=r"^https?://\S+$", description="Where the report is published.")
    contact: str | None = Field(None, description="Whom to ask for another format: a role or an office with its address.")
    next_edition: str | None = Field(None, description="When the next report is due, in words.")


class Report(Printed):
    """What the report says about itself."""

    title: str = Field("", min_length=1, description="Title of the whole report; default: the name of the standard, and 'report'.")
    state: Literal["draft", "in_review", "final"] = Field(
        "draft", description="Draft, in review or final; what is not final says so on every page."
    )
    sign_off: SignOff = Field(default_factory=SignOff, description="Who signed the report, and how to reach the next one.")
    prepared_by: str = Field("EDI lead", description="Role that prepared the report; never a person's name.")
    restates: str | None = Field(
        None,
        description="The published report whose figures this one works out anew, as 'the report of August 2020'; printed with the sources, on "
        "every page beside its day, and beside a first version.",
    )
    restated_on: Day | None = Field(
        None,
        description="Day on which the figures of such a report were worked out anew (year-month-day); where none is given, that is said.",
    )
    decisions: tuple[str, ...] = Field(
        (), description="What the board is asked to decide, beside what follows from the action plan; printed on page one."
    )
    correction: str | None = Field(
        None,
        description="What was corrected and why, in a sentence; asked for where a figure of a final report changes, and printed with what it "
        "supersedes.",
    )
    date: Day | None = Field(
        None, description="Day that stands on the report and by which an action is overdue (year-month-day); default: the day of the run."
    )

    @property
    def restated(self) -> str:
        """What this report works out anew, and on which day, in words; empty of any other report."""
        on = f"on {day_told(self.restated_on)}" if self.restated_on else "on a day that was not told"
        return f"{self.restates}, with figures worked out anew {on}" if self.restates else ""

    @property
    def marking(self) -> str:
        """What every page, and the cover of the workbook, says of a report that is not final."""
        return {"draft": "Draft", "in_review": "In review", "final": ""}[self.state]


class Terms(Printed):
    """The words the report uses for the groups it compares."""

    white: str = Field("White", min_length=1, description="Label of the white group.")
    bme: str = Field("BME", min_length=1, description="Label of the Black and minority ethnic group, for example BME or Global Majority.")
    bme_long: str = Field("Black and minority ethnic", min_length=1, description="The same, spelled out once on each page.")
    white_capital: bool = Field(
        False, description="Write 'White' with a capital inside sentences, as the NHS service manual does; GOV.UK writes it small."
    )
    unknown: str = Field("Not disclosed", min_length=1, description="Label of staff who have not disclosed their ethnicity.")

    @model_validator(mode="after")
    def _told_apart(self) -> Self:
        if len({label.casefold() for label in (self.white, self.bme, self.unknown)}) < 3:
            raise ValueError("three labels that differ, for white, bme and unknown")
        return self

    def in_words(self, text: str) -> str:
        """Return a text that says BME and white with these words for the two groups."""
        return re.sub(r"\bwhite\b", self.named("white"), re.sub(r"\bBME\b", self.bme, text))

    def named(self, group: str, *, starting: bool = False) -> str:
        """Return the label of a group in a sentence, or at its start; 'White' is small in the middle of a sentence, names keep theirs."""
        label = {"white": self.white, "bme": self.bme, "unknown": self.unknown, "all": "All"}[group]
        if starting:
            return label[:1].upper() + label[1:]
        return label.lower() if label == "All" or (label == "White" and not self.white_capital) else label


class StatusRule(Strict):
    """How a status is computed from a comparison; printed beside every status."""

    no_adverse_range: tuple[float, float] = Field(
        (0.80, 1.25), description="Range of the relative likelihood within which no adverse difference is seen (the four-fifths range)."
    )
    confidence: float = Field(0.95, gt=0.5, lt=1, description="Confidence of every interval.")
    minimum_expected: float = Field(
        5,
        ge=0,
        allow_inf_nan=False,
        description="Fewest people expected in either group, were there no difference, for a judgement where no difference is clear (see `docs/methods.md`).",
    )

    @model_validator(mode="after")
    def _range_in_order(self) -> Self:
        low, high = self.no_adverse_range
        if not 0 < low <= 1 <= high <= 10:
            raise ValueError(
                "the range of no adverse difference must be two numbers, the first above 0 and at most 1, the second at least 1 and at most 10"
            )
        return self


class Survey(Strict):
    """Where the four staff survey indicators come from."""

    kind: Literal["national", "local"] = Field(
        "national", description="The national NHS Staff Survey, or a local survey that asks the same questions."
    )
    questions: dict[str, str] = Field(
        default_factory=dict,
        description="Question that answers each indicator of the survey, where it differs from the edition's (a local survey).",
    )
    indicator_7_base: Literal["by_edition", "exclude_dont_know", "include_dont_know"] = Field(
        "by_edition", description="Whether 'Don't know' answers are in the base of indicator 7; by default as the edition has it."
    )


class Folders(Strict):
    """Where files live, seen from the project's folder."""

    data: Folder = Field("data", min_length=1, description="Folder of the data.")
    outputs: Folder = Field("outputs", min_length=1, description="Folder of the outputs.")
    allow_outside_project: bool = Field(False, description="Allow folders outside the project; off unless you mean it.")


class Acknowledgement(Strict):
    """One finding, accepted for a reason by a role on a date."""

    id: str = Field(description="Identifier of the finding as `wres check` prints it.")
    reason: str = Field(min_length=1, description="Why the finding is accepted.")
    role: str = Field(min_length=1, description="Role of the person who accepts it; never a name.")
    date: datetime.date = Field(ge=datetime.date(2000, 1, 1), lt=datetime.date(2050, 1, 1), description="When it was accepted.")


class RunSettings(Strict):
    """Workers, engine and patience of a run."""

    jobs: int | None = Field(None, ge=1, le=64, description="Notebooks executed side by side; default: one a processor core.")
    engine: Literal["automatic", "warm", "standard"] = Field(
        "automatic",
        description="warm: each notebook in a fork of a process that has already imported everything; standard: papermill's own "
        "kernels; automatic: warm where forking is safe (Linux), else standard.",
    )
    cell_timeout: int = Field(120, ge=1, description="Seconds one notebook cell may take.")

    def workers(self, given: int | None = None) -> int:
        """Return how many notebooks run side by side: as given for this run, else as set, else one a core (at most 8)."""
        return given or self.jobs or min(8, available_cores())


def available_cores() -> int:
    """Return the number of cores this process may use (a container may allow fewer than the machine has)."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class MasterFile(Strict):
    """A master parameter file: what to run, for whom, by which rules."""

    organisation: Organisation = Field(description="Whose report it is.")
    standard: str = Field(
        "wres", pattern=r"^[a-z0-9][a-z0-9-]*$", description="The standard reported on: a folder of data/reference/standards."
    )
    year: Year = Field(description="Reporting year, for example 2019-20 (snapshot 31 March 2020).")
    previous_year: Literal["auto"] | Year | None = Field(
        "auto", description="Year to compare with; 'auto' takes the year before where its data exist; null compares with none."
    )
    history: Literal["auto"] | Annotated[int, Field(ge=0)] | tuple[Year, ...] | None = Field(
        "auto",
        description="Years on the lines of years: 'auto' takes all that have data, a number the last so many (its own included), a list "
        "those years; null or 0 draws none.",
    )
    audience: Literal["board", "analyst", "both"] = Field(
        "both", description="Whose pages are written: board (protected), analyst (working copy) or both."
    )
    sections: tuple[Literal[(*SECTIONS, *FURTHER_SECTIONS)], ...] = Field(  # type: ignore[valid-type] # the names stand once, above
        SECTIONS, min_length=1, description=f"Sections to run, in the order of printing; of another standard {', '.join(OF_ANY_STANDARD)}."
    )
    report: Report = Field(default_factory=Report, description="What the report says about itself.")
    terms: Terms = Field(default_factory=Terms, description="The words for the groups compared.")
    status_rule: StatusRule = Field(default_factory=StatusRule, description="How a status is computed.")
    survey: Survey = Field(default_factory=Survey, description="Where the staff survey indicators come from.")
    disclosure: DisclosurePolicy = Field(default_factory=DisclosurePolicy, description="What the board's copy may show.")
    published_statuses: dict[str, Literal[(*PUBLISHED_WORDS, *JUDGEMENTS)]] = Field(  # type: ignore[valid-type] # stand once, in statuses
        default_factory=dict, description="Statuses of indicators that were published by hand, shown beside the computed ones."
    )
    acknowledgements: tuple[Acknowledgement, ...] = Field((), description="Findings that are known and accepted.")
    settled: tuple[str, ...] = Field(
        (),
        description="Notes of `wres check` and `wres prepare` that need nothing, by the short name at their end, for example [n3f9a2]: told as a count. "
        "A note in which a number changes has another name, and is told again.",
    )
    extracts: ExtractSettings | None = Field(None, description="Record-level extracts, where counts are made from them.")
    folders: Folders = Field(default_factory=Folders, description="Where files live.")
    run: RunSettings = Field(default_factory=RunSettings, description="How the run is carried out.")

    @model_validator(mode="after")
    def _earlier(self) -> Self:
        if self.previous_year not in (None, "auto") and self.previous_year >= self.year:
            raise ValueError(f"a previous_year before {self.year}")
        if isinstance(self.history, tuple) and max(self.history, default="") > self.year:
            raise ValueError(f"a history of no year after {self.year}")
        return self

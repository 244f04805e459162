"""How record-level extracts are read: the ``extracts`` key of a master file.

Vendor headings are not public and differ from trust to trust, so none is built in: each extract names its own columns.
"""

from collections.abc import Iterable, Iterator
from itertools import chain, pairwise
from typing import Annotated, ClassVar, Literal, Self

from pydantic import ConfigDict, Field, field_validator, model_validator

from wres_helpers.settings.strict_keys import Day, Strict
from wres_helpers.standard.columns import COUNT_COLUMNS, COUNTS_TABLES, ETHNIC_CATEGORY, OVERALL

#: Extracts in the order of reading; the staff list comes first because the others look people up in it.
EXTRACTS = ("staff", "recruitment", "cases", "training", "survey", "board")

#: Extracts whose further columns may be carried into the counts.
CUT = ("staff", "recruitment")

#: Columns of the counts tables that a breakdown may not be called.
RESERVED_NAMES = frozenset({*COUNT_COLUMNS, *chain(*COUNTS_TABLES.values()), OVERALL[0], ETHNIC_CATEGORY, "cluster"})

#: The name of a file and no path: what a master file names cannot lie in another folder.
FileName = Annotated[str, Field(min_length=1, pattern=r"^[^/\\]+$")]


class ExtractPart(Strict):
    """A part of the ``extracts`` key: values of a file's cells, so that a number stands for its text."""

    model_config = ConfigDict(coerce_numbers_to_str=True)


class ValueRule(ExtractPart):
    """Which values of a column are counted and which are left out; a value in neither list stops the run."""

    apart = ("count", "leave_out")
    count: tuple[str, ...] = Field(min_length=1, description="Values whose rows are counted.")
    leave_out: tuple[str, ...] = Field((), description="Values whose rows are left out, for example Bank and Agency.")


class ClinicalRule(ExtractPart):
    """How clinical staff are told from non-clinical staff."""

    apart = ("clinical", "non_clinical")
    by: Literal["staff_group", "occupation_code"] = Field(
        description="Field that tells them apart; an occupation code is matched by its longest listed beginning."
    )
    clinical: tuple[str, ...] = Field(description="Values (or beginnings of occupation codes) of clinical staff.")
    non_clinical: tuple[str, ...] = Field(description="Values (or beginnings of occupation codes) of non-clinical staff.")


class AgeGroups(ExtractPart):
    """Age groups, made of dates of birth or ages; carried into the counts as the breakdown ``age_group``."""

    by: Literal["birth_date", "age"] = Field(description="Field that tells the age; dates of birth are read, never shown or written.")
    starts: tuple[int, ...] = Field((25, 35, 45, 55, 65), min_length=1, description="First age of each group but the youngest.")

    @field_validator("starts")
    @classmethod
    def _ascending(cls, value: tuple[int, ...]) -> tuple[int, ...]:
        if any(later <= earlier for earlier, later in pairwise(value)) or not 0 < value[0] <= value[-1] <= 100:
            raise ValueError("ages in ascending order, for example [25, 35, 45, 55, 65]")
        return value


class WorkingPattern(ExtractPart):
    """Full time or part time, carried into the counts as the breakdown ``working_pattern``."""

    by: Literal["fte", "hours"] = Field(description="Field that tells full time from part time.")
    full_time_from: float = Field(
        gt=0, allow_inf_nan=False, description="Full-time equivalent (1) or hours a week (37.5) from which a post is full time."
    )


#: Breakdowns that are made and not mapped: the key that makes them.
DERIVED = ("age_group", "working_pattern")


#: Fields that are read for nothing but a rule: mapped without one, every row would count, whatever it says.
RULED = ("kind", "outcome", "status", "employment_type", "assignment_status")


class ExtractFile(ExtractPart):
    """One record-level file and how its columns are named."""

    apart = ("yes", "no")
    needed: ClassVar[tuple[str, ...]] = ("ethnicity",)  # fields that must be mapped
    record: ClassVar[str | None] = None  # the field of a record's number, where a row may also stand for several ('count')

    file: tuple[FileName, ...] = Field(
        min_length=1, description="File name in the extracts folder: CSV, TSV, XLSX or Parquet; or a list of files with the same columns."
    )
    sheet: str | None = Field(None, description="Sheet of a workbook; needed where it has more than one.")
    encoding: Literal["detect", "utf-8", "windows-1252", "utf-16"] = Field("detect", description="Encoding of a text file.")
    separator: Literal["detect", "comma", "semicolon", "tab", "bar"] = Field("detect", description="Separator of a text file.")
    header_row: int | None = Field(None, ge=1, description="Row of the headings; by default the row that holds the mapped ones.")
    expected_rows: int | None = Field(
        None, ge=0, description="Number of records the system reported, of all files together; a different number stops the run."
    )
    only_rows: dict[str, tuple[str, ...]] = Field(
        default_factory=dict, description="Heading to the values of this organisation's rows, where a file holds several organisations."
    )
    ethnicity_codes: str | None = Field(None, description="Code set of this file, where it differs from extracts.ethnicity_codes.")
    date_order: Literal["day_first", "month_first"] | None = Field(None, description="Date order of this file, where it differs.")
    breakdowns: dict[str, str] = Field(default_factory=dict, description="Breakdown name to heading: carried into the counts.")
    rules: dict[str, ValueRule] = Field(default_factory=dict, description="Field to the values that count and that are left out.")
    yes: tuple[str, ...] = Field(("Yes", "Y", "True", "1"), description="What means yes in yes/no columns.")
    no: tuple[str, ...] = Field(("No", "N", "False", "0"), description="What means no; list an empty text if blank means no.")

    @field_validator("file", mode="before")
    @classmethod
    def _one_or_several(cls, value: object) -> object:
        return value if isinstance(value, list | tuple) else (value,)

    @model_validator(mode="after")
    def _names_make_sense(self) -> Self:
        if wanted := [*self._wanted(getattr(self, "columns", {})), *self._wanted_too()]:
            raise ValueError("; and ".join(wanted))
        return self

    def _wanted(self, columns: dict[str, str]) -> Iterator[str]:
        """Give everything that an extract of any kind wants and does not have."""
        for name in self.breakdowns:
            if name in RESERVED_NAMES or not name.isidentifier() or name != name.lower():
                yield f"breakdown '{name}' needs another name: lower case letters, digits and _, and no column of the counts tables"
        for made in DERIVED:
            settings = getattr(self, made, None)
            if settings and settings.by not in columns:
                yield f"columns that map '{settings.by}', of which {made} is made"
            if settings and made in self.breakdowns:
                yield f"'{made}' either mapped under breakdowns or made, not both"
        yield from (f"columns that map '{name}', of which a rule speaks" for name in self.rules if name not in columns)
        for name in RULED:
            if name in columns and name not in self.rules:
                yield f"rules for '{name}', which is mapped: its values that count, and those that are left out"
        if self.record and (self.record in columns) == ("count" in columns):
            yield f"columns that map '{self.record}', or 'count' where a row stands for several, and not both"
        yield from self._lacking(*self.needed)

    def _wanted_too(self) -> Iterable[str]:
        """Give what an extract of this kind wants besides."""
        return ()

    def _lacking(self, *fields: str, instead: str = "") -> Iterator[str]:
        missing = [field for field in fields if field not in getattr(self, "columns", {})]
        if missing:
            yield "columns that map " + " and ".join(f"'{field}'" for field in missing) + instead


#: What is done with people of a log who are not on the snapshot list.
OnSnapshot = Literal["include", "leave_out", "stop"]
LeftOutByRule = Annotated[
    OnSnapshot,
    Field(description="People whom a rule leaves out of the staff list (bank, agency, career break): leave out, include, or stop."),
]


class StaffFile(ExtractFile):
    """The staff list: one row per assignment."""

    needed = ("ethnicity", "grade")
    record = "person"
    columns: dict[
        Literal["person", "assignment", "ethnicity", "grade", "staff_group", "occupation_code", "employment_type",
                "assignment_status", "start_date", "leave_date", "primary", "fte", "hours", "birth_date", "age", "count"], str
    ] = Field(description="Field to the file's own heading.")  # fmt: skip
    snapshot: Day | None = Field(None, description="Snapshot day; default: 31 March that ends the year.")
    primary_assignment: tuple[Literal["flag", "highest_fte", "highest_grade", "earliest_start", "latest_start", "first_row"], ...] = Field(
        ("flag", "highest_fte", "highest_grade", "earliest_start", "first_row"),
        description="Which assignment stands for a person who has several: rules in order; one whose column is not mapped is passed over.",
    )
    conflicting_ethnicity: Literal["stop", "primary"] = Field(
        "stop", description="Where one person's rows name different ethnic categories: stop, or take the primary assignment's."
    )
    also_cut_by: tuple[Literal["staff_group", "grade"], ...] = Field(
        (), description="Columns carried into headcount, disciplinary and training, so that indicators 3 and 4 can be cut by them."
    )
    age_group: AgeGroups | None = Field(None, description="Age groups as a breakdown, on the snapshot day.")
    working_pattern: WorkingPattern | None = Field(None, description="Full time or part time as a breakdown.")
    clinical: ClinicalRule | None = Field(None, description="How clinical staff are told apart; without it the groups are not separated.")

    def _wanted_too(self) -> Iterable[str]:
        return self._lacking(self.clinical.by) if self.clinical else ()


class RecruitmentFile(ExtractFile):
    """The recruitment export: one row per application, or one per application and stage."""

    record = "application"
    columns: dict[
        Literal["application", "ethnicity", "stage", "shortlisted", "appointed", "date", "status", "birth_date", "age", "count"], str
    ] = Field(description="Field to the file's own heading; either 'stage', or 'shortlisted' and 'appointed'.")
    age_group: AgeGroups | None = Field(None, description="Age groups as a breakdown, on 31 March that ends the year.")
    stages: dict[str, Literal["applied", "shortlisted", "appointed", "left_out"]] = Field(
        default_factory=dict, description="Value of the stage column to the furthest stage it means."
    )
    one_row_per: Literal["application", "application_and_stage"] = Field("application", description="What one row is.")

    def _wanted_too(self) -> Iterator[str]:
        if "stage" not in self.columns:
            yield from self._lacking("shortlisted", "appointed", instead="; or 'stage', the stage that each application reached")
        elif not self.stages:
            yield "stages that say what each value of the stage column means (wres prepare --suggest lists them)"
        if "stage" in self.columns and {"shortlisted", "appointed"} & set(self.columns):
            yield "columns that map either 'stage', or 'shortlisted' and 'appointed', not both"


class CasesFile(ExtractFile):
    """The employee relations case log: one row per case."""

    needed = ("person", "entry_date")
    columns: dict[Literal["person", "ethnicity", "entry_date", "kind", "status"], str] = Field(
        description="Field to the file's own heading."
    )
    window_years: Literal[1, 2] = Field(description="Years of entry counted, up to the snapshot: 2 where the edition pools two years.")
    people_counted_once_per: Literal["window", "year"] = Field(
        "window", description="A person with several cases counts once in the whole window, or once in each of its years."
    )
    not_on_snapshot: OnSnapshot = Field(
        "include", description="People with a case who are not on the snapshot list (leavers): include, leave out, or stop."
    )
    left_out_by_rule: LeftOutByRule = "leave_out"


class TrainingFile(ExtractFile):
    """The training log: one row per course place."""

    needed = ("person", "date")
    columns: dict[Literal["person", "date", "kind", "outcome"], str] = Field(description="Field to the file's own heading.")
    not_on_snapshot: OnSnapshot = Field(
        "leave_out", description="People trained who are not on the snapshot list (leavers): include, leave out, or stop."
    )
    left_out_by_rule: LeftOutByRule = "leave_out"


class SurveyFile(ExtractFile):
    """Staff survey results by ethnicity: one row per question, response and ethnic category."""

    needed = ("question", "response", "ethnicity")
    columns: dict[Literal["question", "response", "ethnicity", "respondents", "percent", "base"], str] = Field(
        description="Field to the file's own heading; 'respondents', or 'percent' and 'base'."
    )
    questions: dict[str, str] = Field(default_factory=dict, description="The file's name of a question to its number.")
    responses: dict[str, str] = Field(default_factory=dict, description="The file's wording of a response to the standard's.")

    def _wanted_too(self) -> Iterable[str]:
        return () if "respondents" in self.columns else self._lacking("percent", "base", instead="; or 'respondents'")


class BoardFile(ExtractFile):
    """The board register: one row per member."""

    columns: dict[Literal["ethnicity", "voting", "executive", "status"], str] = Field(description="Field to the file's own heading.")


class ExtractSettings(ExtractPart):
    """Which extracts there are, how their columns are named, and by which rules rows become people."""

    use: Literal["prepared", "directly"] = Field(
        "prepared", description="'prepared': wres run reads the counts tables that wres prepare wrote; 'directly': it reads the extracts."
    )
    ethnicity_codes: str = Field(
        min_length=1,
        description="Code set of the ethnic categories, a code_set of data/reference/ethnic_categories.csv; declared, never guessed.",
    )
    blank_ethnicity: Literal["unknown", "stop"] = Field("unknown", description="An empty ethnicity cell: not recorded, or an error.")
    date_order: Literal["day_first", "month_first"] = Field("day_first", description="Order of dates written with numbers; never guessed.")
    keep_ethnic_category: Literal["none", "sixteen_plus_one", "as_recorded"] = Field(
        "none", description="Carry the ethnic category into the counts as a column: at 16+1 level, or as fine as it was recorded."
    )
    grades: FileName | None = Field(
        None, description="Your own table of grade spellings (columns spelling, grade), beside the extracts folder."
    )
    ethnic_categories: FileName | None = Field(
        None, description="Your own table of ethnic categories (columns code_set, code, label, group), beside the extracts folder."
    )
    corrections: FileName | None = Field(None, description="Table of corrections in the extracts folder, usually corrections.csv.")
    staff: StaffFile | None = Field(None, description="The staff list.")
    recruitment: RecruitmentFile | None = Field(None, description="The recruitment export.")
    cases: CasesFile | None = Field(None, description="The employee relations case log.")
    training: TrainingFile | None = Field(None, description="The training log.")
    survey: SurveyFile | None = Field(None, description="Staff survey results by ethnicity.")
    board: BoardFile | None = Field(None, description="The board register.")

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if not any(getattr(self, name) for name in EXTRACTS):
            raise ValueError("at least one extract: " + ", ".join(EXTRACTS))
        for name in ("cases", "training"):
            if getattr(self, name) and not (self.staff and "person" in self.staff.columns):
                raise ValueError(f"'staff' with a column 'person' beside '{name}', whose people are looked up in the staff list")
        return self

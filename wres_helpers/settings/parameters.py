"""One report to make: a master file resolved for one organisation and one year, frozen; every value knows where it came from."""

import datetime
from dataclasses import dataclass, field
from pathlib import Path

from wres_helpers.problems import shown_path
from wres_helpers.settings import master_file
from wres_helpers.settings.disclosure_policy import DisclosurePolicy
from wres_helpers.settings.extract_settings import ExtractSettings
from wres_helpers.standard.standard_folders import STANDARDS, first_edition, group_labels, said_by_standard
from wres_helpers.standard.years import edition_of, is_year, shifted

#: Where a value comes from that was changed for one look, without editing the file.
CHANGED = "changed for this run"


@dataclass(frozen=True)
class Parameters:
    """One report to make: a master file resolved for one organisation and one year.

    Every key of the master file is an attribute here too, resolved once: a folder that comes or goes later changes nothing.
    """

    project: Path  # folder that holds ``params/``, ``data/`` and ``notebooks/``
    path: Path  # the master file
    master: master_file.MasterFile  # its validated content
    origins: dict[str, str]  # key (dotted) to the place its value came from: the file, the command, or the pack's default
    wholes: tuple[str, ...] | None = None  # the organisations of its list that others are parts of; None of a file for one organisation
    # the keys of the master file, filled from it and never given apart
    organisation: master_file.Organisation = field(init=False, repr=False)
    standard: str = field(init=False, repr=False)
    year: str = field(init=False, repr=False)
    previous_year: str | None = field(init=False, repr=False)  # the year compared with, or None where there is none
    history: tuple[str, ...] = field(init=False, repr=False)  # the years before that one which a line of years shows, the earliest first
    audience: str = field(init=False, repr=False)
    sections: tuple[str, ...] = field(init=False, repr=False)
    report: master_file.Report = field(init=False, repr=False)
    terms: master_file.Terms = field(init=False, repr=False)
    status_rule: master_file.StatusRule = field(init=False, repr=False)
    survey: master_file.Survey = field(init=False, repr=False)
    disclosure: DisclosurePolicy = field(init=False, repr=False)
    published_statuses: dict[str, str] = field(init=False, repr=False)
    acknowledgements: tuple[master_file.Acknowledgement, ...] = field(init=False, repr=False)
    settled: tuple[str, ...] = field(init=False, repr=False)
    extracts: ExtractSettings | None = field(init=False, repr=False)
    folders: master_file.Folders = field(init=False, repr=False)
    run: master_file.RunSettings = field(init=False, repr=False)

    def __repr__(self) -> str:
        """Return what matters of a report in a few lines; ``origins`` and ``master`` hold the rest."""
        own = (key.split(".")[0] for key, origin in self.origins.items() if origin != "default of the pack")
        return (
            f"{self.organisation.name} ({self.organisation.code}), {self.year}, for {self.audience}: {self.file}\n"
            f"  years {', '.join(self.years)}; {len(self.sections)} sections; standard {self.standard}\n"
            f"  set by hand: {', '.join(dict.fromkeys(own))}"
        )

    def __post_init__(self) -> None:
        for key in master_file.MasterFile.model_fields:
            object.__setattr__(self, key, getattr(self.master, key))
        object.__setattr__(self, "terms", self._terms())
        if self.standard != "wres" and "sections" not in self.master.model_fields_set:
            object.__setattr__(self, "sections", master_file.OF_ANY_STANDARD)
        if not self.report.title:
            title = f"{said_by_standard(self.reference_folder, 'name') or self.standard} report"
            object.__setattr__(self, "report", self.report.model_copy(update={"title": title}))
        object.__setattr__(self, "previous_year", self._year_compared_with())
        object.__setattr__(self, "history", self._earlier_years())

    def _year_compared_with(self) -> str | None:
        if self.master.previous_year != "auto":
            return self.master.previous_year
        before = shifted(self.year, -1)
        return before if edition_of(before) >= first_edition(self.reference_folder) and self.data_folder(before).is_dir() else None

    def _terms(self) -> master_file.Terms:
        """Return the words for the groups: the master file's, or else those of the standard."""
        labels = {} if self.standard == "wres" else group_labels(self.reference_folder)
        own = {} if set(labels) < {"reference", "compared", "unknown"} else {
            "white": labels["reference"]["label"], "bme": labels["compared"]["label"], "bme_long": labels["compared"]["label_long"],
            "unknown": labels["unknown"]["label"],
        }  # fmt: skip
        return master_file.Terms(**(own | self.master.terms.model_dump(exclude_unset=True)))

    def _earlier_years(self) -> tuple[str, ...]:
        wanted, first = self.master.history, self.previous_year
        if first is None or wanted is None:
            return ()
        if isinstance(wanted, tuple):
            return tuple(sorted(year for year in wanted if year < first))
        there = [path for path in self.data_folder().parent.glob("20*-*") if is_year(path.name) and any(path.glob("*.[cx][sl]*"))]
        earliest = first_edition(self.reference_folder)
        found = sorted(path.name for path in there if edition_of(path.name) >= earliest and path.name < first)
        return tuple(found if wanted == "auto" else found[max(len(found) + 2 - wanted, 0) :])

    @property
    def file(self) -> str:
        """The master file's name, seen from the project."""
        return shown_path(self.path, self.project)

    @property
    def edition(self) -> int:
        """WRES edition: the calendar year of the snapshot."""
        return edition_of(self.year)

    @property
    def dated(self) -> datetime.date:
        """Day that stands on the report, and by which an action is overdue: the master file's, or the day of the run."""
        return datetime.date.fromisoformat(self.report.date) if self.report.date else datetime.datetime.now().astimezone().date()

    @property
    def snapshot(self) -> str:
        """The day whose staff are counted (year-month-day): that of the staff list, or the last of the year."""
        staff = self.extracts and self.extracts.staff
        return (staff and staff.snapshot) or f"{self.edition}-03-31"

    @property
    def years(self) -> tuple[str, ...]:
        """The years of the report, the earliest first: its history, the year compared with, and its own."""
        return (*self.history, *(year for year in (self.previous_year, self.year) if year))

    @property
    def data_root(self) -> Path:
        return self.project / self.folders.data

    @property
    def shared_reference_folder(self) -> Path:
        """Folder of all reference tables: those that standards share, and in it a folder for each standard."""
        return self.data_root / "reference" if (self.data_root / "reference").is_dir() else self.project / "data" / "reference"

    @property
    def reference_folder(self) -> Path:
        """Folder of the standard's own reference tables."""
        return self.shared_reference_folder / STANDARDS / self.standard

    @property
    def output_folder(self) -> Path:
        return self.project / self.folders.outputs / self.organisation.code / self.year

    @property
    def audiences(self) -> tuple[str, ...]:
        return ("board", "analyst") if self.audience == "both" else (self.audience,)

    @property
    def given(self) -> dict[str, str | None]:
        """What a notebook of the report is given, as a master file's own values go before it."""
        return {"params_file": self.file, "organisation": self.organisation.code, "year": self.year, "audience": self.audience}

    def data_folder(self, year: str | None = None) -> Path:
        """Folder of the organisation's data for a year (default: the year of the report)."""
        return self.data_root / self.organisation.code / (year or self.year)

    def shown(self, path: Path) -> str:
        """A path as messages and receipts print it: seen from the project, never from the machine's root."""
        return shown_path(path, self.project)

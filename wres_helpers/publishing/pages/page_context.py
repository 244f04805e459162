"""What stands on every page beside its content: who, which year, when, and how it may be used."""

from dataclasses import dataclass
from datetime import date

WORKING_COPY = "Working copy - not for sharing"


@dataclass(frozen=True)
class PageContext:
    """The furniture of a page.

    Parameters
    ----------
    organisation
        Name of the organisation.
    year
        The year as a reader writes it, e.g. ``2019/20``.
    generated
        Date of the run; the only date in the outputs, so that the same run gives the same bytes.
    version
        Version of the pack.
    report_title
        Title of the whole report.
    marking
        A line every page carries, e.g. ``Synthetic data``; empty for none. A working copy is marked in any case.
    sign_off
        Who answers for the report and how to reach the next one: label and words, only what is known.
    corrections
        The version of a corrected report, what was corrected and what that superseded: label and words; empty of a first version.
    """

    organisation: str
    year: str
    generated: date
    version: str
    report_title: str = "Workforce Race Equality Standard report"
    marking: str = ""
    sign_off: tuple[tuple[str, str], ...] = ()
    corrections: tuple[tuple[str, str], ...] = ()

    def markings(self, audience: str) -> tuple[str, ...]:
        """Return the lines that every page for this audience carries."""
        corrected = f"Corrected: version {self.corrections[0][1]}" if self.corrections else ""
        lines = (WORKING_COPY if audience == "analyst" else "", self.marking, corrected)
        return tuple(line for line in lines if line)

    @property
    def closing_lines(self) -> tuple[tuple[str, str], ...]:
        """What stands at the end of every page: label and words."""
        return (*self.corrections, *self.sign_off)

    @property
    def imprint(self) -> str:
        """How the page came about, in one sentence."""
        day = f"{self.generated.day} {self.generated:%B %Y}"
        return f"Made on {day} with the WRES pack, version {self.version}."

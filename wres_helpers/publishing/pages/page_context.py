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
    """

    organisation: str
    year: str
    generated: date
    version: str
    report_title: str = "Workforce Race Equality Standard report"
    marking: str = ""
    sign_off: tuple[tuple[str, str], ...] = ()

    def markings(self, audience: str) -> tuple[str, ...]:
        """Return the lines that every page for this audience carries."""
        lines = (WORKING_COPY if audience == "analyst" else "", self.marking)
        return tuple(line for line in lines if line)

    @property
    def imprint(self) -> str:
        """How the page came about, in one sentence."""
        day = f"{self.generated.day} {self.generated:%B %Y}"
        return f"Made on {day} with the WRES pack, version {self.version}."

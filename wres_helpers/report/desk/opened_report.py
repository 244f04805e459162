"""One report, opened: everything a run and its notebooks need, before protection.

What it gives out is lazy: nothing is read before it is asked for, and what was calculated for one notebook of a run is
remembered for the next. Notebooks get it with answers to questions (:mod:`.asked_report`).
"""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from wres_helpers import analysis, checking, disclosure, intake
from wres_helpers.analysis import Evidence
from wres_helpers.settings.parameters import Parameters
from wres_helpers.standard.catalogue import ReferenceTables, read_reference_tables
from wres_helpers.tables.cell_readers import is_hidden

# what an analyst shows of it is shown whole: no column left out, no text cut; a longer table than this would stop the browser
pd.set_option("display.max_columns", None, "display.max_colwidth", None, "display.max_rows", 2_000)


@dataclass(frozen=True)
class OpenReport:
    """A report before protection: for the analyst, never for sharing."""

    parameters: Parameters  # the resolved master file

    @cached_property
    def counts(self) -> pd.DataFrame:
        """Tidy counts: one row per organisation, year, item, breakdown, category and ethnic group."""
        return intake.read_counts(self.parameters)

    @cached_property
    def tables(self) -> dict[str, dict[str, pd.DataFrame]]:
        """The checked counts tables by year and name, as they were read or made from extracts."""
        return intake.read_tables(self.parameters)

    def supplied(self, table: str) -> pd.DataFrame:
        """Return a counts table as it was supplied for the year of the report, for example ``"recruitment"``; a hidden count is missing.

        Raises
        ------
        KeyError
            No such table was supplied; the message names those that were.
        """
        tables = self.tables[self.parameters.year]
        if table not in tables:
            raise KeyError(f"no table {table!r} for {self.parameters.year}; supplied were {', '.join(tables)}")
        supplied = tables[table]
        marked = supplied.map(is_hidden)
        return supplied.mask(marked, pd.NA).astype(dict.fromkeys(supplied.columns[marked.any()], "Int64"))

    @cached_property
    def reference(self) -> ReferenceTables:
        """The standard's own tables: indicators by edition, grades, published figures."""
        return read_reference_tables(self.parameters.reference_folder).measured_by(self.parameters.survey.indicator_7_base)

    @cached_property
    def evidence(self) -> Evidence:
        """Every table a report is made from, calculated and not protected."""
        return analysis.analyse(self.counts, self.parameters, self.reference, intake.read_own_tables(self.parameters))

    @cached_property
    def texts(self) -> dict[str, str]:
        """What people wrote, by the name of the file, with the figures it names as they may be shown."""
        from wres_helpers.intake.texts.named_figures import holds_figures
        from wres_helpers.report.words.figures_in_texts import with_figures

        texts = intake.read_narrative(self.parameters)
        return with_figures(texts, self.protected()) if holds_figures(texts) else texts

    @cached_property
    def actions(self) -> pd.DataFrame:
        """What will be done: the action plan, one row per action, without those of the year before that are done or given up."""
        return intake.read_actions(self.parameters)[0]

    @cached_property
    def actions_before(self) -> pd.DataFrame:
        """The actions of the year compared with, or else of the year before, and what became of them; empty where there was no plan."""
        return intake.read_actions(self.parameters)[1]

    @cached_property
    def findings(self) -> pd.DataFrame:
        """Printed figures against the data and each other, one row per finding, the gravest first."""
        register = intake.read_register(self.parameters)
        return checking.reconcile(self.counts, register, self.parameters, results=self.evidence.results)

    @cached_property
    def audit(self) -> pd.DataFrame:
        """What an attacker could work out: one row per hidden count, with the range he is left with."""
        return disclosure.audit(self.evidence, self.protected(), self.parameters)

    def protected(self) -> Evidence:
        """Return the evidence as a board may see it: all that a page for a board is made from."""
        return self._protected

    @cached_property
    def _protected(self) -> Evidence:
        return disclosure.protect(self.evidence, self.parameters)

    def __repr__(self) -> str:
        whose = self.parameters
        return f"{whose.organisation.name}, {whose.year} ({whose.file})\nbefore protection: a working copy, not for sharing"

"""One report, opened: everything a notebook needs, before protection.

``open_report`` is the one door for notebooks. What it gives out is lazy: nothing is read before it is asked for, and what
was calculated for one notebook of a run is remembered for the next.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd

from wres_helpers import analysis, checking, disclosure, intake
from wres_helpers.analysis import Evidence
from wres_helpers.settings.parameters import Parameters
from wres_helpers.standard.catalogue import ReferenceTables, read_reference_tables
from wres_helpers.standard.columns import ETHNIC_GROUPS
from wres_helpers.tables.cell_readers import is_hidden

if TYPE_CHECKING:  # a batch that asks nothing does not import it
    from wres_helpers.report.explore import Answer

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
        from wres_helpers.intake.named_figures import holds_figures
        from wres_helpers.report.figures_in_texts import with_figures

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

    def counts_of(self, indicator: str) -> pd.DataFrame:
        """Return the counts an indicator's headline is made from, or of ``"workforce"``, as they were supplied, for the year of the report.

        Returns
        -------
        pandas.DataFrame
            One row per ethnic group (``white``, ``bme``, ``unknown``); people counted and people they are counted out of,
            headed as the report heads them. What was not supplied is missing, never zero.
        """
        from wres_helpers.report import evidence_rows, vocabulary  # a batch does without the words

        if indicator == "workforce":
            rows = evidence_rows.of_indicator(self.evidence, "results", "1", measure="share_of_grade")
            row, counted, base = evidence_rows.first(rows, breakdown="overall"), "staff", "all_staff"
        else:
            row, measure = evidence_rows.headline_row(self.evidence, indicator), evidence_rows.headline_measure(self.evidence, indicator)
            counted, base = (name.lower().replace(" ", "_") for name in vocabulary.share_heading(self.evidence, measure))
        cells = {
            group: [pd.NA if row is None or pd.isna(row[f"{group}_{kind}"]) else int(row[f"{group}_{kind}"]) for kind in ("base", "count")]
            for group in ETHNIC_GROUPS
        }
        return pd.DataFrame.from_dict(cells, orient="index", columns=[base, counted]).astype("Int64").rename_axis("ethnic_group")

    def ask(
        self,
        indicator: str,
        by: str | tuple[str, str] | None = None,
        where: Mapping[str, str | list[str]] | None = None,
        years: str | list[str] | None = None,
        measure: str | None = None,
        against: str | None = None,
    ) -> "Answer":
        """Answer a question of one indicator; the answer shows itself as table and chart.

        Parameters
        ----------
        indicator
            Its number, ``"2"``.
        by
            A breakdown that the counts carry (``"directorate"``), two of them crossed (``("band", "post_type")``),
            ``"ethnic_category"``, or ``"everything"``; None asks for the whole organisation.
        where
            Only these people: breakdown to the category or categories kept, ``{"source": ["Internal", "External"]}``.
        years
            Reporting years, or ``"all"``; by default the year of the report.
        measure
            One measure of the catalogue; by default the indicator's headline, and for the whole organisation all of them.
        against
            With ``by="ethnic_category"``: the category that the others are compared with.
        """
        from wres_helpers.report.explore import ask

        return ask(self, indicator, by, where, years, measure, against)

    def what_if(self, indicator: str, **changes: int) -> "Answer":
        """Compare an indicator as counted with other counts (see :func:`wres_helpers.report.explore.what_if`)."""
        from wres_helpers.report.explore import what_if

        return what_if(self, indicator, **changes)

    def choose(self) -> Any:
        """Return the same questions as drop-down lists (see :func:`wres_helpers.report.question_picker.choose`)."""
        from wres_helpers.report.question_picker import choose

        return choose(self)

    def __repr__(self) -> str:
        whose = self.parameters
        return f"{whose.organisation.name}, {whose.year} ({whose.file})\nbefore protection: a working copy, not for sharing"

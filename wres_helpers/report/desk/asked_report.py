"""A report as a notebook has it: opened, and asked an analyst's questions, typed or chosen from drop-down lists. Never for a board."""

import json
from typing import Any

import pandas as pd

from wres_helpers.intake.supplied_counts import categories_of
from wres_helpers.report.desk import explore
from wres_helpers.report.desk.explore import EVERYTHING, cuts_of
from wres_helpers.report.desk.opened_report import OpenReport
from wres_helpers.report.form import phrases
from wres_helpers.report.form.blocks import Notice
from wres_helpers.report.section.part_blocks import category_label
from wres_helpers.report.words import evidence_rows
from wres_helpers.report.words.vocabulary import cut_named, metric, share_heading
from wres_helpers.standard.columns import ETHNIC_CATEGORY, ETHNIC_GROUPS

_WITHOUT = (
    'Lists are drawn by ipywidgets and, where JupyterLab runs, jupyterlab-widgets. A line asks the same: report.ask("2", by="everything").'
)


class AskedReport(OpenReport):
    """A report before protection that answers questions: for the analyst, never for sharing."""

    ask = explore.ask
    what_if = explore.what_if

    def counts_of(self, indicator: str) -> pd.DataFrame:
        """Return the counts an indicator's headline is made from, or of ``"workforce"``, as they were supplied, for the year of the report.

        Returns
        -------
        pandas.DataFrame
            One row per ethnic group (``white``, ``bme``, ``unknown``); people counted and people they are counted out of,
            headed as the report heads them. What was not supplied is missing, never zero.
        """
        if indicator == "workforce":
            rows = evidence_rows.of_indicator(self.evidence, "results", "1", measure="share_of_grade")
            row, counted, base = evidence_rows.first(rows, breakdown="overall"), "staff", "all_staff"
        else:
            row, measure = evidence_rows.headline_row(self.evidence, indicator), evidence_rows.headline_measure(self.evidence, indicator)
            counted, base = (name.lower().replace(" ", "_") for name in share_heading(self.evidence, measure))
        cells = {
            group: [pd.NA if row is None or pd.isna(row[f"{group}_{kind}"]) else int(row[f"{group}_{kind}"]) for kind in ("base", "count")]
            for group in ETHNIC_GROUPS
        }
        return pd.DataFrame.from_dict(cells, orient="index", columns=[base, counted]).astype("Int64").rename_axis("ethnic_group")

    def choose(self) -> Any:
        """Return drop-down lists (ipywidgets) over the same questions, with the answer and the line that asks it below them.

        Where there is no such package: a notice with the line to type.
        """
        try:
            import ipywidgets
        except ImportError:
            return Notice("Nothing to choose from", _WITHOUT)

        class Lists(ipywidgets.VBox):
            def _repr_mimebundle_(self, **asked: Any) -> dict[str, Any]:  # where nothing draws them its text is all that is seen
                return super()._repr_mimebundle_(**asked) | {"text/plain": _WITHOUT}

        headlines = self.evidence.context.catalogue.query("role == 'headline'").drop_duplicates("indicator")
        titles = [(f"{row.indicator}. {row.plain_title}", row.indicator) for row in headlines.itertuples()]
        years = [("this year", ""), *((year, year) for year in self.evidence.results["year"].unique()), ("all years", "all")]
        lists = {
            name: ipywidgets.Dropdown(options=options, description=label, layout={"width": "26em"})
            for name, label, options in (
                ("indicator", phrases.capital(metric(self.evidence)), titles), ("by", "Cut by", [("whole organisation", "")]),
                ("where", "Only", [("everybody", "")]), ("years", "Years", years),
            )
        }  # fmt: skip

        def offer(_: object = None) -> None:
            cuts = cuts_of(self, lists["indicator"].value)
            further = [*cuts, ETHNIC_CATEGORY] if self.counts["breakdown"].eq(ETHNIC_CATEGORY).any() else cuts
            lists["by"].options = [("whole organisation", ""), *((cut_named(cut), cut) for cut in further), ("every cut", EVERYTHING)]
            chosen = [
                (f"{category_label(name)} ({cut_named(cut)})", {cut: name}) for cut in cuts for name in categories_of(self.tables, cut)
            ]
            lists["where"].options = [("everybody", ""), *chosen]

        lists["indicator"].observe(offer, "value")
        offer()
        answer = ipywidgets.interactive_output(lambda **asked: _answered(self, **asked), lists)
        return Lists([ipywidgets.HBox(list(lists.values()), layout={"flex_flow": "row wrap"}), answer])


def _answered(report: OpenReport, indicator: str, **asked: Any) -> None:
    from IPython.display import display

    said = {name: value for name, value in asked.items() if value}
    words = [json.dumps(indicator), *(f"{name}={json.dumps(value, ensure_ascii=False)}" for name, value in said.items())]
    print(f"report.ask({', '.join(words)})")
    display(explore.ask(report, indicator, **said))

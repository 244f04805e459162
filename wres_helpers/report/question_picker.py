"""Drop-down lists over an analyst's question, for whoever would rather choose than type; each choice shows the line that asks the same."""

import json
from typing import TYPE_CHECKING, Any

from wres_helpers.intake.supplied_counts import categories_of
from wres_helpers.report import phrases
from wres_helpers.report.blocks import Notice
from wres_helpers.report.explore import EVERYTHING, cuts_of
from wres_helpers.report.part_blocks import category_label
from wres_helpers.report.vocabulary import cut_named, metric
from wres_helpers.standard.columns import ETHNIC_CATEGORY

if TYPE_CHECKING:
    from wres_helpers.report.opened_report import OpenReport

_WITHOUT = (
    'Lists are drawn by ipywidgets and, where JupyterLab runs, jupyterlab-widgets. A line asks the same: report.ask("2", by="everything").'
)


def choose(report: "OpenReport") -> Any:
    """Return drop-down lists (ipywidgets) with the answer below them; a notice with the line to type where there is no such package."""
    try:
        import ipywidgets
    except ImportError:
        return Notice("Nothing to choose from", _WITHOUT)

    class Lists(ipywidgets.VBox):
        def _repr_mimebundle_(self, **asked: Any) -> dict[str, Any]:  # where nothing draws them its text is all that is seen
            return super()._repr_mimebundle_(**asked) | {"text/plain": _WITHOUT}

    headlines = report.evidence.context.catalogue.query("role == 'headline'").drop_duplicates("indicator")
    titles = [(f"{row.indicator}. {row.plain_title}", row.indicator) for row in headlines.itertuples()]
    years = [("this year", ""), *((year, year) for year in report.evidence.results["year"].unique()), ("all years", "all")]
    lists = {
        name: ipywidgets.Dropdown(options=options, description=label, layout={"width": "26em"})
        for name, label, options in (
            ("indicator", phrases.capital(metric(report.evidence)), titles), ("by", "Cut by", [("whole organisation", "")]),
            ("where", "Only", [("everybody", "")]), ("years", "Years", years),
        )
    }  # fmt: skip

    def offer(_: object = None) -> None:
        cuts = cuts_of(report, lists["indicator"].value)
        further = [*cuts, ETHNIC_CATEGORY] if report.counts["breakdown"].eq(ETHNIC_CATEGORY).any() else cuts
        lists["by"].options = [("whole organisation", ""), *((cut_named(cut), cut) for cut in further), ("every cut", EVERYTHING)]
        chosen = [(f"{category_label(name)} ({cut_named(cut)})", {cut: name}) for cut in cuts for name in categories_of(report.tables, cut)]
        lists["where"].options = [("everybody", ""), *chosen]

    lists["indicator"].observe(offer, "value")
    offer()
    answer = ipywidgets.interactive_output(lambda **asked: _answered(report, **asked), lists)
    return Lists([ipywidgets.HBox(list(lists.values()), layout={"flex_flow": "row wrap"}), answer])


def _answered(report: "OpenReport", indicator: str, **asked: Any) -> None:
    from IPython.display import display

    said = {name: value for name, value in asked.items() if value}
    words = [json.dumps(indicator), *(f"{name}={json.dumps(value, ensure_ascii=False)}" for name, value in said.items())]
    print(f"report.ask({', '.join(words)})")
    display(report.ask(indicator, **said))

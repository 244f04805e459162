"""A page that says everything the pack can say, for tests that hold all of it to the rows."""

from html import escape

import pytest
from matplotlib.text import Text

from wres_helpers import report
from wres_helpers.report.form import drawing
from wres_helpers.report.form.block_html import block_html

PER_INDICATOR = (
    "headline",
    "rates_chart",
    "rates_table",
    "in_people",
    "certainty",
    "undisclosed_table",
    "compared_with_last_year",
    "compared_with_benchmark",
)
OVERVIEW = (
    "band_chart",
    "band_table",
    "band_reading",
    "board_chart",
    "board_table",
    "profile_chart",
    "profile_table",
    "completeness_table",
    "scorecard",
    "key_facts",
    "top_findings",
    "recruitment_funnel",
)


#: Tables that a reader opens behind a chart; without charts they are asked for by themselves.
BEHIND_CHARTS = ("rates_table", "band_table", "board_table", "profile_table")


def blocks_of(shown, charts: bool = True) -> list[dict]:
    """Return the blocks of such a page as JSON, under the headings a section has."""
    made = []
    for indicator in "123456789":
        made.append({"kind": "heading", "level": 2, "text": f"Indicator {indicator}: what it says"})
        made += [getattr(report, name)(shown, indicator).to_json() for name in _names(PER_INDICATOR, charts)]
    made.append({"kind": "heading", "level": 2, "text": "Overview"})
    for name in _names(OVERVIEW, charts):
        blocks = getattr(report, name)(shown)
        made += [block.to_json() for block in (blocks if isinstance(blocks, tuple) else (blocks,))]
    return made


def _names(names: tuple[str, ...], charts: bool) -> list[str]:
    return [name for name in names if (name not in BEHIND_CHARTS if charts else "chart" not in name)]


def page_of(shown, charts: bool = True) -> tuple[str, dict]:
    """Return a page that says everything the pack can say, with or without charts, and the tables behind its charts."""
    return said_of(shown, charts)[:2]


def said_of(shown, charts: bool = True) -> tuple[str, dict, list[dict]]:
    """Return the same with the blocks of the page, as :func:`blocks_of` has them."""
    html, figures, blocks, drawn = [], {}, [], []

    def head(text: str) -> None:
        html.append(f"<h2>{text}</h2>")
        blocks.append({"kind": "heading", "level": 2, "text": text})

    def add(*made) -> None:
        # letters in a chart are drawn as shapes, which no reading of the page sees: read them as they are drawn
        html.extend(f"<p>{escape(text)}</p>" for text in drawn)
        drawn.clear()
        for block in made:
            content = block.to_json()
            html.append(block_html(content))
            blocks.append(content)
            if content["kind"] == "figure":
                figures[content["id"]] = content["numbers"]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(drawing, "to_svg", _listening(drawn))
        for indicator in "123456789":
            head(f"Indicator {indicator}: what it says")
            for name in _names(PER_INDICATOR, charts):
                add(getattr(report, name)(shown, indicator))
        head("Overview")
        for name in _names(OVERVIEW, charts):
            made = getattr(report, name)(shown)
            add(*(made if isinstance(made, tuple) else (made,)))
    return "\n".join(html), figures, blocks


def _listening(drawn: list[str]):
    """Return what keeps the texts of a chart that is laid out; to set it is most of its time, and the shipped report does it."""

    def to_svg(figure) -> str:
        drawn.extend(text.get_text() for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip())
        return "<svg/>"

    return to_svg

"""Small notebooks made by hand, as papermill would leave them after a run."""

from collections.abc import Callable
from datetime import date

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from wres_helpers.publishing.pages.report_parts import PageContext

MIME_TYPE = "application/vnd.wres.block+json"
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 60" width="200" height="60">'
    '<rect width="120" height="20" fill="#12436D"/><rect y="30" width="60" height="20" fill="#28A197"/></svg>'
)
ALTERNATIVE = "Bar chart of two bars: 9.3% of white and 4.4% of BME shortlisted applicants were appointed."


@pytest.fixture
def context() -> PageContext:
    return PageContext("Example NHS Trust", "2019/20", date(2026, 11, 23), "0.1.0")


@pytest.fixture
def text_cell() -> Callable[..., NotebookNode]:
    def make(source: str, *tags: str) -> NotebookNode:
        return new_markdown_cell(source, metadata={"tags": list(tags or ("board",))})

    return make


@pytest.fixture
def block_cell() -> Callable[..., NotebookNode]:
    """A code cell that shows blocks, given as their JSON."""

    def make(*blocks: dict, tags: tuple[str, ...] = ("board",)) -> NotebookNode:
        outputs = [new_output("display_data", data={MIME_TYPE: block, "text/html": "x", "text/plain": "(block)"}) for block in blocks]
        return new_code_cell("show(evidence)", outputs=outputs, metadata={"tags": list(tags)}, execution_count=1)

    return make


@pytest.fixture
def figure() -> Callable[..., dict]:
    def make(identifier: str = "chart", **changes: object) -> dict:
        block = {
            "kind": "figure",
            "id": identifier,
            "title": "Fewer BME applicants were appointed",
            "subtitle": "Share of shortlisted applicants appointed, 2019/20",
            "svg": SVG,
            "alt": ALTERNATIVE,
            "numbers": {
                "kind": "table",
                "id": f"{identifier}-numbers",
                "caption": "Appointed, by ethnic group",
                "columns": [{"label": "Group", "kind": "text"}, {"label": "Appointed", "kind": "number"}],
                "rows": [["White", "9.3%"], ["BME", "4.4%"]],
            },
            "notes": ["People of unknown ethnicity are in neither bar."],
        }
        return block | changes

    return make


@pytest.fixture
def table() -> Callable[..., dict]:
    def make(identifier: str = "rates", **changes: object) -> dict:
        block = {
            "kind": "table",
            "id": identifier,
            "caption": "Appointed from shortlisting, 2019/20",
            "columns": [
                {"key": "group", "label": "Ethnic group", "kind": "text"},
                {"key": "people", "label": "People", "kind": "number"},
                {"key": "status", "label": "Status", "kind": "status"},
            ],
            "rows": [
                ["White", "1,605", {"text": "Achieving", "status": "equivalent"}],
                ["BME", "251", {"text": "Requires focus", "status": "large_difference"}],
            ],
            "row_header": True,
            "notes": ["Source: recruitment system."],
        }
        return block | changes

    return make


@pytest.fixture
def every_block(figure: Callable[..., dict], table: Callable[..., dict]) -> list[dict]:
    """One block of every kind, two tables (one without row headings) and two figures."""
    return [
        {"kind": "headline", "status": "large_difference", "label": "Requires focus", "text": "White people fared better.", "detail": "A."},
        {"kind": "headline", "status": None, "label": "", "text": "A headline without a status.", "detail": ""},
        {"kind": "facts", "items": [{"label": "Shortlisted", "value": "1,921", "note": "of 4,000"}, {"label": "Ratio", "value": "2.13"}]},
        {"kind": "prose", "paragraphs": ["First computed sentence.", "Second computed sentence."]},
        figure(),
        table(),
        {"kind": "markdown", "title": "What we did", "source": WRITTEN},
        figure("chart-2"),
        table("rates-2", row_header=False, notes=[]),
        {"kind": "notice", "tone": "warning", "title": "Definition changed", "text": "The years are not comparable."},
        {"kind": "notice", "tone": "information", "title": "Small numbers", "text": "Counts below 5 are hidden."},
    ]


@pytest.fixture
def make_notebook(text_cell: Callable[..., NotebookNode], block_cell: Callable[..., NotebookNode]) -> Callable[..., NotebookNode]:
    """A whole notebook: a title, a set-up cell, a heading, the blocks given, and a cell for the analyst."""

    def make(*blocks: dict, title: str = "Indicator 2: Appointment", cells: tuple[NotebookNode, ...] = ()) -> NotebookNode:
        working = new_code_cell(
            "frame.head()",
            metadata={"tags": ["analyst"]},
            execution_count=3,
            outputs=[new_output("execute_result", execution_count=3, data={"text/html": DATA_FRAME, "text/plain": "frame"})],
        )
        parts = [text_cell(f"# {title}"), new_code_cell("secret_setup = 1", execution_count=1), text_cell("## What the data say")]
        return new_notebook(cells=[*parts, block_cell(*(blocks or (SENTENCE,))), *cells, text_cell("## Working notes", "analyst"), working])

    return make


WRITTEN = "We **trained** people:\n\n- one\n- two\n\n1. first\n2. [page](https://example.org/a?b=1&c=2)"
SENTENCE = {"kind": "prose", "paragraphs": ["A computed sentence."]}
DATA_FRAME = (
    "<div><style scoped>.x{}</style><table border='1' class='dataframe'><thead><tr><th></th><th>white</th><th>bme</th></tr>"
    "<tr><th>grade</th><th></th><th></th></tr></thead><tbody><tr><th>Band 1</th><td>12</td><td>3</td></tr></tbody></table>"
    "<script>alert(1)</script></div>"
)

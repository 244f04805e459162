"""Makes one section: executes its notebook, then writes its page, its PDF and the figures behind its charts."""

import json
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wres_helpers.definitions.parameters import Parameters
from wres_helpers.definitions.problems import InputProblems, Problem

MADE = "made"
FAILED = "failed"
REUSED = "reused"
LEFT_OUT = "left out"


@dataclass(frozen=True)
class SectionOrder:
    """What a worker needs to make one section.

    Attributes
    ----------
    prove
        Holds a board page to its rows where the figures are at hand (see :meth:`Backend.prove_page`).
    """

    section: str
    parameters: Parameters
    building: Path
    engine: str
    context: Any
    key: str
    prove: Callable[..., list[Problem]]

    @property
    def source(self) -> Path:
        """The notebook."""
        return notebook_of(self.section, self.parameters)

    @property
    def executed(self) -> Path:
        """The executed notebook."""
        return executed_notebook(self.building, self.section)


@dataclass(frozen=True)
class SectionMade:
    """What became of a section.

    Attributes
    ----------
    outcome
        ``made``, ``reused``, ``failed`` or ``left out``.
    seconds
        How long it took.
    message
        Why it failed or was left out; empty otherwise.
    files
        What was written, as seen from the report's folder.
    key
        What it was made from (see ``incremental.py``).
    pages
        The page as read for each audience, for the whole report.
    ended
        Whether it failed because a process was ended from outside.
    """

    section: str
    outcome: str
    seconds: float = 0.0
    message: str = ""
    files: tuple[str, ...] = ()
    key: str = ""
    pages: Any = None
    ended: bool = False

    @property
    def present(self) -> bool:
        """Whether the report has this section."""
        return self.outcome in (MADE, REUSED)


def notebook_of(section: str, parameters: Parameters) -> Path:
    """Return the notebook of a section."""
    return parameters.project / "notebooks" / f"{section}.ipynb"


def title_of(section: str, parameters: Parameters) -> str:
    """Return what a section's page would be called, from its notebook; its name where that has no title."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        for cell in json.loads(notebook_of(section, parameters).read_text(encoding="utf-8"))["cells"]:
            lines = "".join(cell["source"]).splitlines()
            if cell["cell_type"] == "markdown" and lines and lines[0].startswith("# "):
                return lines[0].removeprefix("# ").strip()
    return section


def executed_notebook(folder: Path, section: str) -> Path:
    """Return the executed notebook of a section in a report's folder."""
    return folder / "analyst" / "notebooks" / f"{section}.ipynb"


def audiences(parameters: Parameters) -> tuple[str, ...]:
    """Return the audiences pages are written for."""
    return ("board", "analyst") if parameters.audience == "both" else (parameters.audience,)


def make_section(order: SectionOrder) -> SectionMade:
    """Execute and render one section. A failure is told in the answer, never raised."""
    from wres_helpers.publishing.runs.execution import execute

    start = time.perf_counter()
    order.executed.parent.mkdir(parents=True, exist_ok=True)
    executed = execute(order.source, order.executed, order.parameters, order.engine)
    if executed.failure:
        return SectionMade(order.section, FAILED, time.perf_counter() - start, executed.failure, ended=executed.ended)
    try:
        files, pages = _rendered(order, executed.notebook)
    except InputProblems as error:
        return SectionMade(order.section, FAILED, time.perf_counter() - start, str(error))
    return SectionMade(order.section, MADE, time.perf_counter() - start, files=files, key=order.key, pages=pages)


def _rendered(order: SectionOrder, notebook: Any) -> tuple[tuple[str, ...], dict[str, Any]]:
    from wres_helpers.publishing.files.results_files import write_figure_data
    from wres_helpers.publishing.pages.html_report import document_html
    from wres_helpers.publishing.pages.page import read_page
    from wres_helpers.publishing.pages.report_parts import section_document
    from wres_helpers.publishing.pages.typst_data import document_data
    from wres_helpers.publishing.pages.typst_document import document_pdf

    pages = {audience: read_page(notebook, audience, order.section) for audience in audiences(order.parameters)}
    if "board" not in pages:
        return _seen_from(order, [order.executed]), pages
    board = order.building / "board"
    document = section_document(pages["board"], order.context)
    written = [board / "sections" / f"{order.section}.html", board / "sections" / f"{order.section}.pdf"]
    written[0].parent.mkdir(parents=True, exist_ok=True)
    html, pdf = document_html(document), []
    page = {"html": html, "document": document_data(document), "figures": pages["board"].figures}
    # the page is proved in another process; its PDF is set meanwhile, and thrown away where the proof fails
    problems = order.prove(order.section, page, order.parameters, lambda: pdf.append(document_pdf(document)))
    if problems:
        raise InputProblems(problems)
    written[0].write_text(html, encoding="utf-8")
    written[1].write_bytes(pdf[0])
    for identifier, data in pages["board"].figures.items():
        written.append(write_figure_data(board / "data", {"id": identifier, "data": data}))
    return _seen_from(order, [order.executed, *written]), pages


def _seen_from(order: SectionOrder, paths: list[Path]) -> tuple[str, ...]:
    return tuple(path.relative_to(order.building).as_posix() for path in paths)


def read_again(building: Path, section: str, audience: str) -> Any:
    """Return the page of a section whose executed notebook is taken over from the last run."""
    import nbformat

    from wres_helpers.publishing.pages.page import read_page

    return read_page(nbformat.read(executed_notebook(building, section), as_version=4), audience, section)

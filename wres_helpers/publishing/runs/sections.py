"""Makes one section: executes its notebook, then writes its page, its PDF and the figures behind its charts."""

import json
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from wres_helpers.problems import InputProblems, Problem
from wres_helpers.settings.parameters import Parameters

MADE = "made"
FAILED = "failed"
REUSED = "reused"
LEFT_OUT = "left out"
NEW_TEXTS = "new texts"


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
        ``made``, ``new texts`` (put into the notebook executed last time), ``reused``, ``failed`` or ``left out``.
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
        return self.outcome in (MADE, NEW_TEXTS, REUSED)


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


def show_new_texts(order: SectionOrder, files: tuple[str, ...]) -> SectionMade:
    """Render a section whose executed notebook stands there with new texts; ``files`` are those it had before."""
    from wres_helpers.publishing.pages.html_report import document_html
    from wres_helpers.publishing.pages.report_parts import section_document
    from wres_helpers.publishing.pages.typst_document import document_pdf

    start = time.perf_counter()
    made = SectionMade(order.section, NEW_TEXTS, files=files, key=order.key)
    try:
        if "board" in audiences(order.parameters):
            # what it says beside the texts was proved when it was executed
            page = page_of(made, order.building, "board")
            document = section_document(page, order.context)
            _write_board_page(order, document_html(document), document_pdf(document))
    except InputProblems as error:
        return SectionMade(order.section, FAILED, time.perf_counter() - start, str(error))
    return replace(made, seconds=time.perf_counter() - start)


def _rendered(order: SectionOrder, notebook: Any) -> tuple[tuple[str, ...], dict[str, Any]]:
    from wres_helpers.publishing.files.results_files import write_figure_data

    pages = _pages(order, notebook)
    written = [order.executed]
    if "board" in pages:
        written += _write_board_page(order, *_proved(order, pages["board"]))
        for identifier, data in pages["board"].figures.items():
            written.append(write_figure_data(order.building / "board" / "data", {"id": identifier, "data": data}))
    return tuple(path.relative_to(order.building).as_posix() for path in written), pages


def _pages(order: SectionOrder, notebook: Any) -> dict[str, Any]:
    from wres_helpers.publishing.pages.page import read_page

    return {audience: read_page(notebook, audience, order.section) for audience in audiences(order.parameters)}


def _proved(order: SectionOrder, page: Any) -> tuple[str, bytes]:
    """Return a board page as HTML and PDF. Raises InputProblems where it says what no row holds."""
    from wres_helpers.publishing.pages.html_report import document_html
    from wres_helpers.publishing.pages.report_parts import section_document, without_written
    from wres_helpers.publishing.pages.typst_data import document_data
    from wres_helpers.publishing.pages.typst_document import document_pdf

    document, pdf = section_document(page, order.context), []
    own = without_written(document)
    said = {"html": document_html(own), "document": document_data(own), "figures": page.figures}
    # the page is proved in another process; its PDF is set meanwhile, and thrown away where the proof fails
    problems = order.prove(order.section, said, order.parameters, lambda: pdf.append(document_pdf(document)))
    if problems:
        raise InputProblems(problems)
    return document_html(document), pdf[0]


def _write_board_page(order: SectionOrder, html: str, pdf: bytes) -> list[Path]:
    folder = order.building / "board" / "sections"
    folder.mkdir(parents=True, exist_ok=True)
    written = [folder / f"{order.section}.html", folder / f"{order.section}.pdf"]
    written[0].write_text(html, encoding="utf-8")
    written[1].write_bytes(pdf)
    return written


#: The pages read last, by section and audience, each with the key of what it was made from.
_read: dict[tuple[str, str], tuple[str, Any]] = {}


def page_of(section: SectionMade, building: Path, audience: str) -> Any:
    """Return the page of a section that is there: as it was made, or read from its executed notebook (once)."""
    if section.pages is not None:
        return section.pages[audience]
    name = section.section, audience
    if name not in _read or _read[name][0] != section.key:
        from wres_helpers.publishing.files.executed_notebooks import read_executed
        from wres_helpers.publishing.pages.page import read_page

        _read[name] = section.key, read_page(read_executed(executed_notebook(building, section.section)), audience, section.section)
    return _read[name][1]

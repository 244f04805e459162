"""Makes one section: executes its notebook, then writes its page, its PDF and the figures behind its charts.

What people wrote is looked up by name when a page is made. So new texts need no execution: the page is made again from the
notebook executed last time.
"""

import json
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from wres_helpers.intake.texts.named_figures import holds_figures
from wres_helpers.problems import InputProblems
from wres_helpers.publishing.files.results_files import write_table
from wres_helpers.publishing.files.run_log import without_paths
from wres_helpers.publishing.pages.html_report import document_html
from wres_helpers.publishing.pages.page import read_executed, read_page
from wres_helpers.publishing.pages.report_parts import file_of, is_of_figures, section_document
from wres_helpers.publishing.pages.typst_document import document_pdf
from wres_helpers.settings.parameters import Parameters

MADE = "made"
FAILED = "failed"
REUSED = "reused"
LEFT_OUT = "left out"
NEW_TEXTS = "new texts"


@dataclass(frozen=True)
class SectionOrder:
    """What a worker needs to make one section; `texts` are those that people wrote, by name."""

    section: str
    parameters: Parameters
    building: Path
    engine: str
    context: Any
    key: str
    texts: Mapping[str, str]

    @property
    def executed(self) -> Path:
        return self.building / "analyst" / "notebooks" / f"{self.section}.ipynb"


@dataclass(frozen=True)
class SectionMade:
    """What became of a section: ``made``, ``new texts`` (on the pages of the notebook executed last time), ``reused``, ``failed``, ``left out``.

    `message` says why it failed or was left out; `files` are those written, as seen from the report's folder; `key` tells what its
    notebook was executed from (see ``incremental.py``); `pages` are those read, by audience, for the whole report.
    """

    section: str
    outcome: str
    seconds: float = 0.0
    message: str = ""
    files: tuple[str, ...] = ()
    key: str = ""
    pages: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def present(self) -> bool:
        return self.outcome in (MADE, NEW_TEXTS, REUSED)

    @property
    def told(self) -> dict[str, Any]:
        """What a receipt says of it."""
        told = {"section": self.section, "outcome": self.outcome, "seconds": round(self.seconds, 2)}
        return told | {"reused": self.outcome == REUSED, "message": self.message}


def notebook_of(section: str, parameters: Parameters) -> Path:
    return parameters.project / "notebooks" / f"{section}.ipynb"


def title_of(section: str, parameters: Parameters) -> str:
    """Return what a section's page would be called, from its notebook; its name where that has no title."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        for cell in json.loads(notebook_of(section, parameters).read_text(encoding="utf-8"))["cells"]:
            lines = "".join(cell["source"]).splitlines()
            if cell["cell_type"] == "markdown" and lines and lines[0].startswith("# "):
                return lines[0].removeprefix("# ").strip()
    return section


class NotebookFailed(Exception):
    """Why a notebook failed, in one sentence a person can act on."""


def make_section(order: SectionOrder, read: SectionMade | None = None) -> SectionMade:
    """Execute and render one section. A failure is told in the answer, never raised.

    Where its pages were `read` from the notebook executed last time, with today's texts, the board's page alone is made anew: what it says
    beside the texts was proved then.
    """
    start = time.perf_counter()
    try:
        made = read or _executed(order)
        written = _write_board_page(order, made.pages["board"]) if "board" in made.pages else []
    except (InputProblems, NotebookFailed) as error:
        return SectionMade(order.section, FAILED, time.perf_counter() - start, str(error))
    files = tuple(dict.fromkeys((*made.files, *(path.relative_to(order.building).as_posix() for path in written))))
    return replace(made, seconds=time.perf_counter() - start, files=files)


def _executed(order: SectionOrder) -> SectionMade:
    """Return a section with its notebook executed, and its pages read and proved."""
    from wres_helpers.publishing.runs.prepared_report import prove_page

    pages = read_pages(order, execute(order))
    if "board" in pages:
        prove_page(order.section, pages["board"].blocks, order.parameters)
    return SectionMade(order.section, MADE, files=(order.executed.relative_to(order.building).as_posix(),), key=order.key, pages=pages)


def read_pages(order: SectionOrder, notebook: Any = None) -> dict[str, Any]:
    """Return the pages of a section by audience, from its executed notebook and today's texts. Raises InputProblems."""
    notebook = read_executed(order.executed) if notebook is None else notebook
    texts = order.texts
    if holds_figures(texts):
        from wres_helpers.publishing.runs.prepared_report import prepared_for
        from wres_helpers.report.words.figures_in_texts import with_figures

        texts = with_figures(texts, prepared_for(order.parameters).report.protected())
    in_words = order.parameters.terms.in_words
    return {audience: read_page(notebook, audience, order.section, texts, in_words) for audience in order.parameters.audiences}


def _write_board_page(order: SectionOrder, page: Any) -> list[Path]:
    document = section_document(page, order.context)
    html, pdf = document_html(document), document_pdf(document)
    folder = order.building / "board" / "sections"
    folder.mkdir(parents=True, exist_ok=True)
    written = [folder / f"{order.section}.html", folder / f"{order.section}.pdf"]
    written[0].write_text(html, encoding="utf-8")
    written[1].write_bytes(pdf)
    data = order.building / "board" / "data"
    return written + [write_table(data / file_of(block, order.section), block) for block in page.blocks if is_of_figures(block)]


def execute(order: SectionOrder) -> Any:
    """Execute a section's notebook from the project's folder, write it where the order says, failed or not, and return it.

    Where its process was ended from outside, which says nothing about the notebook, it is executed once more. Raises NotebookFailed.
    """
    import nbformat
    import papermill
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill.exceptions import PapermillExecutionError

    from wres_helpers.publishing.engine import PYTHON_KERNEL, engine_doors

    engine_doors.register()
    parameters, target = order.parameters, order.executed
    target.parent.mkdir(parents=True, exist_ok=True)
    source = notebook_of(order.section, parameters)
    made: list[Any] = []
    places = (str(path).replace("{", "{{").replace("}", "}}") for path in (source, target))  # papermill takes braces for parameters
    run = partial(
        papermill.execute_notebook, *places, parameters=parameters.given, engine_name=order.engine,
        kernel_name=PYTHON_KERNEL, language="python",  # whatever the machine that saved it called them, if it called them anything
        cwd=str(parameters.project), progress_bar=False, request_save_on_cell_execute=False,
        execution_timeout=parameters.run.cell_timeout, finish=lambda notebook: made.append(_cleaned(notebook, source, parameters)),
    )  # fmt: skip
    try:
        try:
            return run()
        except DeadKernelError:
            return run()
    except PapermillExecutionError as error:
        told = error.ename in ("InputProblems", "ParameterProblems")
        failure = error.evalue if told else f"cell In [{error.exec_count}] stopped with {error.ename}: {error.evalue}"
    except DeadKernelError:
        failure = "the process that executed the notebook was ended from outside"
    except CellTimeoutError:
        failure = f"a cell took longer than {parameters.run.cell_timeout} seconds (run.cell_timeout in the master file)"
    except Exception as error:  # noqa: BLE001 a broken notebook is one section's failure, whatever its type
        failure = f"{type(error).__name__}: {error}"
    nbformat.write(made[-1] if made else nbformat.v4.new_notebook(), target)
    raise NotebookFailed(without_paths(failure, parameters.project))


def _cleaned(notebook: Any, source: Path, parameters: Parameters) -> Any:
    """Return an executed notebook with the machine's paths taken out of it, and with the place where it belongs."""
    record = notebook.metadata.get("papermill")
    if record is not None:
        record["input_path"] = parameters.shown(source)
        record["output_path"] = f"analyst/notebooks/{source.name}"
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                output.evalue = without_paths(output.evalue, parameters.project)
                output.traceback = [without_paths(line, parameters.project) for line in output.traceback]
            elif output.output_type == "stream":
                output.text = without_paths(output.text, parameters.project)
    return notebook

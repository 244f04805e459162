"""How a run works: its process imports and knows everything and forks its workers, or they are spawned and know nothing."""

import functools
import gc
import io
import pkgutil
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from multiprocessing import parent_process

from wres_helpers.problems import collected
from wres_helpers.publishing.engine.engine_doors import STANDARD, WARM
from wres_helpers.publishing.engine.workers import Done, Job, can_be_warm, run_jobs, use_inline_pictures
from wres_helpers.publishing.pages import html_report
from wres_helpers.report.form.block_html import macros
from wres_helpers.settings.parameters import Parameters

#: What notebooks and pages import only when they first need it.
_MET_LATE = (
    *("IPython.core.completerlib", "IPython.core.crashhandler", "IPython.core.logger", "IPython.core.oinspect", "bdb"),
    *("pandas.core.methods.to_dict", "pandas.core.reshape.reshape", "pandas.io.formats.html", "pandas.io.formats.string"),
    *("lxml.html", "matplotlib.backends.backend_agg", "matplotlib.backends.backend_svg", "openpyxl", "openpyxl.packaging.extended"),
    *("wres_helpers.publishing.engine.notebook_shell", "wres_helpers.publishing.engine.papermill_engines"),
    *("wres_helpers.publishing.pages.word_document", "wres_helpers.publishing.files.workbook", "wres_helpers.intake.texts.action_plan"),
)


class Backend:
    """What a run needs of the machine: so many workers, warm where they are forks of this process.

    A fork inherits what was imported and calculated here, so nothing is imported or read twice; but it must not be made beside
    threads, so nothing here calculates or sets a page.
    """

    def __init__(self, warm: bool, workers: int):
        self.engine = WARM if warm else STANDARD
        self.workers = workers
        self._warm = warm
        self._prepared_for = ""
        use_inline_pictures()

    def warm_up(self, pages_alone: bool = False) -> None:
        """Import what workers will need (or only what makes their pages), where they inherit it."""
        if self._warm:
            import_pages() if pages_alone else import_everything()

    def prepare(self, parameters: Parameters, key: str) -> bool:
        """Read and calculate everything, unless that was done for the same key; tell whether it was not. Raises InputProblems: all that is wrong."""
        if self._warm:
            import_what_calculates()
        from wres_helpers.publishing.runs import prepared_report

        collected([], prepared_report.read_reference_tables, parameters.reference_folder)  # inherited by who calculates
        is_new = key != self._prepared_for
        job = Job("figures", prepared_report.calculated if is_new else prepared_report.check_texts, (parameters,))
        # solver and compiler start threads, so they run in a process of their own where this one forks
        result = next(run_jobs([job], 1, "fork" if self._warm else "inline", import_everything)).wanted()
        if is_new:
            prepared_report.adopt_results(result)
        self._prepared_for = key
        return is_new

    def run(self, jobs: list[Job]) -> Iterator[Done]:
        """Run jobs side by side; each is given back as it finishes."""
        # a spawned worker among others does its own jobs one after the other
        way = "fork" if self._warm else "inline" if parent_process() is not None else "spawn"
        return run_jobs(jobs, self.workers, way)


def backend_for(parameters: Parameters, jobs: int | None) -> Backend:
    warm = parameters.run.engine != "standard" and can_be_warm()
    return Backend(warm, parameters.run.workers(jobs))


# What follows imports for forked workers, which inherit it. What cannot be imported is left to the worker or the notebook that
# needs it, which says so.


def import_what_calculates() -> None:
    with suppress(Exception):
        import scipy.optimize.elementwise  # noqa: F401 and with it scipy.special

        from wres_helpers.intake import own_tables, supplied_counts  # noqa: F401
        from wres_helpers.publishing.runs import prepared_report  # noqa: F401


def import_pages() -> None:
    """Import Typst and make the type of pages, which takes longest. Nothing is set by Typst here: it starts threads when it first compiles."""
    with suppress(Exception):
        import typst  # noqa: F401

        html_report.page_template()
        html_report.style_sheet()
        macros()


@functools.cache  # a second report of this process, or of one that it was forked from, finds it done
def import_everything() -> None:
    """Import all that notebooks and pages need; check one notebook, read one text and draw one picture nobody sees, for what that compiles and caches."""
    import_what_calculates()
    import_pages()
    for name in _MET_LATE:
        with suppress(Exception):
            import_module(name)
    with suppress(Exception):
        import nbformat
        from matplotlib.figure import Figure

        from wres_helpers import report

        for part in pkgutil.walk_packages(report.__path__, f"{report.__name__}."):  # imported when first used; here that is now
            import_module(part.name)
        nbformat.validate(nbformat.v4.new_notebook())
        report.form.limited_markdown.parse_markdown("*warm*")
        figure = Figure()  # not through pyplot, which would choose the backend here; the inline one has to meet its notebook first
        figure.subplots().set_title("warm")
        figure.savefig(io.BytesIO(), format="svg")
    gc.collect()
    gc.freeze()  # so that the collector of a child does not touch, and so copy, every page it shares with us

"""How a run works: its process imports and knows everything and forks its workers, or they are spawned and know nothing."""

from collections.abc import Iterator
from multiprocessing import parent_process

from wres_helpers.publishing.engine.engine_doors import STANDARD, WARM
from wres_helpers.publishing.engine.warm_up import import_everything, import_what_calculates, keep_single_threaded, use_inline_pictures
from wres_helpers.publishing.engine.workers import Done, Job, begun, can_be_warm, run_jobs
from wres_helpers.publishing.runs import prepared_report
from wres_helpers.publishing.runs.warm_pages import import_pages, warm_pages
from wres_helpers.settings.parameters import Parameters


class Backend:
    """What a run needs of the machine.

    Parameters
    ----------
    warm
        Whether workers are forks of this process. A fork inherits what was imported and calculated here, so nothing is
        imported or read twice; but it must not be made beside threads, so nothing here calculates or sets a page.
    workers
        Jobs done side by side.
    """

    def __init__(self, warm: bool, workers: int):
        self.engine = WARM if warm else STANDARD
        self.workers = workers
        self._warm = warm
        self._prepared_for = ""
        use_inline_pictures()
        if warm:
            keep_single_threaded()

    def import_pages(self) -> None:
        """Import what makes pages, where workers inherit it."""
        if self._warm:
            import_pages()

    def warm(self, parameters: Parameters) -> None:
        """Import everything, where workers inherit it, before many reports are made by workers of this process."""
        if self._warm:
            import_everything()
            warm_pages(parameters)

    def prepare(self, parameters: Parameters, key: str) -> None:
        """Read and calculate everything once, unless that was done for the same key.

        Raises
        ------
        InputProblems
            Everything wrong in any input.
        """
        if key == self._prepared_for:
            prepared_report.check_texts(parameters)
        elif self._warm:
            import_what_calculates()
            with begun(Job("figures", prepared_report.calculated, (parameters,))) as figures:
                self.warm(parameters)  # meanwhile
                prepared_report.adopt(figures.result())
        else:
            prepared_report.prepare(parameters)
        self._prepared_for = key

    def run(self, jobs: list[Job]) -> Iterator[Done]:
        """Run jobs side by side; each is given back as it finishes."""
        # a spawned worker among others does its own jobs one after the other
        way = "fork" if self._warm else "inline" if parent_process() is not None else "spawn"
        return run_jobs(jobs, self.workers, way)


def backend_for(parameters: Parameters, jobs: int | None) -> Backend:
    """Return the backend the master file asks for, as far as the machine has it."""
    warm = parameters.run.engine != "standard" and can_be_warm()
    return Backend(warm, parameters.run.workers(jobs))

"""How a run works: with a warm server and forked workers, or with spawned workers and ordinary kernels."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

from wres_helpers.definitions.parameters import Parameters
from wres_helpers.publishing import preparation
from wres_helpers.publishing.warm_pages import warm_pages
from wres_helpers.publishing.workers import Done, Job, run_jobs

WARM = "wres-warm"
STANDARD = "wres-standard"


class Backend(Protocol):
    """What a run needs of the machine."""

    engine: str
    workers: int

    def __enter__(self) -> "Backend": ...

    def __exit__(self, *reason: Any) -> None: ...

    def prepare(self, parameters: Parameters) -> preparation.Prepared:
        """Read and calculate everything once; raises InputProblems."""

    def write_figures(self, building: Path, parameters: Parameters) -> tuple[str, ...]:
        """Write the files made from figures alone and name them; may be called in a worker."""

    def run(self, jobs: list[Job]) -> Iterator[Done]:
        """Run jobs side by side."""

    def forget(self) -> None:
        """Let go of what was prepared, so that another report can be."""


class StandardBackend:
    """Ordinary kernels; workers are spawned processes, as everywhere without a safe fork."""

    engine = STANDARD

    def __init__(self, workers: int):
        self.workers = workers
        self.write_figures = preparation.write_figures

    def __enter__(self) -> "StandardBackend":
        return self

    def __exit__(self, *reason: Any) -> None:
        pass

    def forget(self) -> None:
        """See :class:`Backend`."""
        preparation.forget()

    def prepare(self, parameters: Parameters) -> preparation.Prepared:
        """See :class:`Backend`."""
        return preparation.prepare(parameters)

    def run(self, jobs: list[Job]) -> Iterator[Done]:
        """See :class:`Backend`."""
        return run_jobs(jobs, self.workers, fork=False)


class WarmBackend:
    """A warm server forks the kernels; workers are forks of this process, which imports no data package itself."""

    engine = WARM

    def __init__(self, workers: int):
        from wres_helpers.publishing import warm_engine

        self.workers = workers
        self._engine = warm_engine
        self._server = None
        self._of_report = None

    def __enter__(self) -> "WarmBackend":
        return self

    def __exit__(self, *reason: Any) -> None:
        self.forget()
        self._engine.end_server()

    def forget(self) -> None:
        """See :class:`Backend`."""
        if self._of_report is not None:
            self._engine.use_server(self._server)
            self._of_report.close()
            self._of_report = None

    def prepare(self, parameters: Parameters) -> preparation.Prepared:
        """See :class:`Backend`. The notebooks are forked from a server that has done this, and inherit it."""
        first = self._server is None
        self._server = self._engine.warm_server()
        self._of_report, prepared = self._server.prepared(
            "wres_helpers.publishing.preparation:prepare", parameters, meanwhile=(lambda: warm_pages(parameters)) if first else None
        )
        self._engine.use_server(self._of_report)
        return prepared

    def write_figures(self, building: Path, parameters: Parameters) -> tuple[str, ...]:
        """See :class:`Backend`."""
        return self._of_report.call("wres_helpers.publishing.preparation:write_figures", building, parameters)

    def run(self, jobs: list[Job]) -> Iterator[Done]:
        """See :class:`Backend`."""
        return run_jobs(jobs, self.workers, fork=True)


def backend_for(parameters: Parameters, jobs: int | None) -> Backend:
    """Return the backend the master file asks for, as far as the machine has it."""
    from wres_helpers.publishing.warm_engine import can_be_warm

    workers = parameters.run.workers(jobs)
    if parameters.run.engine == "standard" or not can_be_warm():
        return StandardBackend(workers)
    return WarmBackend(workers)

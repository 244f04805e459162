"""How a run works: with a warm server and forked workers, or with spawned workers and ordinary kernels."""

import importlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol

from wres_helpers.problems import Problem
from wres_helpers.publishing.engine.engine_doors import STANDARD, WARM
from wres_helpers.publishing.engine.warm_server import WarmServer, end_server, use_server, warm_server
from wres_helpers.publishing.engine.warm_up import keep_single_threaded
from wres_helpers.publishing.engine.workers import Done, Job, can_be_warm, run_jobs
from wres_helpers.publishing.runs import prepared_report
from wres_helpers.publishing.runs.early_start import OF_A_RUN
from wres_helpers.publishing.runs.warm_pages import import_pages, warm_pages
from wres_helpers.settings.parameters import Parameters


class Backend(Protocol):
    """What a run needs of the machine."""

    engine: str
    workers: int

    def __enter__(self) -> "Backend": ...

    def __exit__(self, *reason: Any) -> None: ...

    def warm(self, parameters: Parameters) -> None:
        """Import everything before many reports are made by workers of this process."""

    def call(self, function: str, *arguments: Any) -> Any:
        """Call a function (``module:name``) where the data packages are imported."""

    def prepare(self, parameters: Parameters, key: str) -> None:
        """Read and calculate everything once, unless that was done for the same key; raises InputProblems."""

    def write_figures(self, building: Path, parameters: Parameters) -> prepared_report.Figures:
        """Write the files made from figures alone and name them; may be called in a worker."""

    def prove_page(self, name: str, page: Mapping[str, Any], parameters: Parameters, meanwhile: Callable[[], None]) -> list[Problem]:
        """Name the numbers of a board page that lead to no row; ``meanwhile`` is done too. May be called in a worker."""

    def run(self, jobs: list[Job]) -> Iterator[Done]:
        """Run jobs side by side."""

    def start_again(self) -> None:
        """Let go of everything, after a process was ended from outside; what is needed next is started anew."""

    def only_pages(self, audiences: tuple[str, ...]) -> tuple[str, ...]:
        """Be told that this report needs no figures, only what makes pages; tell whose pages are best read beforehand."""

    def forget(self) -> None:
        """Let go of what was prepared, so that another report can be."""


class StandardBackend:
    """Ordinary kernels; workers are spawned processes, as everywhere without a safe fork."""

    engine = STANDARD

    def __init__(self, workers: int, inline: bool = False, keep: bool = False):
        self.workers = workers
        self.write_figures = prepared_report.write_figures
        self._way = "inline" if inline else "spawn"

    def __enter__(self) -> "StandardBackend":
        end_server()  # one was started before it was known that it would not be needed
        return self

    def __exit__(self, *reason: Any) -> None:
        pass

    def start_again(self) -> None:
        """See :class:`Backend`. Kernels and workers are started anew for every piece of work."""

    def only_pages(self, audiences: tuple[str, ...]) -> tuple[str, ...]:
        """See :class:`Backend`. Spawned workers import and read for themselves."""
        return ()

    def forget(self) -> None:
        """See :class:`Backend`."""
        prepared_report.forget()

    def prepare(self, parameters: Parameters, key: str) -> None:
        """See :class:`Backend`."""
        prepared_report.prepare(parameters)

    def warm(self, parameters: Parameters) -> None:
        """See :class:`Backend`. Spawned workers import for themselves."""

    def call(self, function: str, *arguments: Any) -> Any:
        """See :class:`Backend`."""
        module, _, name = function.partition(":")
        return getattr(importlib.import_module(module), name)(*arguments)

    def prove_page(self, name: str, page: Mapping[str, Any], parameters: Parameters, meanwhile: Callable[[], None]) -> list[Problem]:
        """See :class:`Backend`."""
        meanwhile()
        return prepared_report.prove_page(name, page, parameters)

    def run(self, jobs: list[Job]) -> Iterator[Done]:
        """See :class:`Backend`."""
        return run_jobs(jobs, self.workers, self._way)


class WarmBackend:
    """A warm server forks the kernels; workers are forks of this process, which imports no data package itself."""

    engine = WARM

    def __init__(self, workers: int, inline: bool = False, keep: bool = False):
        keep_single_threaded()  # this process forks its workers
        self.workers = workers
        self._way = "inline" if inline else "fork"
        self._keep = keep
        self._server: WarmServer | None = None
        self._of_report: WarmServer | None = None
        self._prepared_for = ""

    def __enter__(self) -> "WarmBackend":
        return self

    def __exit__(self, *reason: Any) -> None:
        self._let_go()
        end_server()

    def start_again(self) -> None:
        """See :class:`Backend`."""
        self._let_go()
        end_server()
        self._server = None
        self._prepared_for = ""

    def only_pages(self, audiences: tuple[str, ...]) -> tuple[str, ...]:
        """See :class:`Backend`. Workers inherit what is imported and read here.

        The board's pages are read for two of them. The analyst's are worth it only where they are kept for the next time.
        """
        if self._way != "fork":
            return ()
        import_pages()
        return audiences if self._keep else audiences[:1]

    def forget(self) -> None:
        """See :class:`Backend`. A backend that keeps what was prepared lets go when the next report needs other figures."""
        if not self._keep:
            self._let_go()

    def _let_go(self) -> None:
        if self._of_report is not None:
            use_server(self._server)
            self._of_report.close()
            self._of_report = None

    def prepare(self, parameters: Parameters, key: str) -> None:
        """See :class:`Backend`. The notebooks are forked from a server that knows the results, and inherit them."""
        if self._of_report is not None and key == self._prepared_for:
            self._of_report.call("wres_helpers.publishing.runs.prepared_report:check_texts", parameters)
            return
        self._let_go()
        first = self._server is None and self._way == "fork"
        self._server = warm_server(*OF_A_RUN)
        packed = self._server.call(
            "wres_helpers.publishing.runs.prepared_report:calculated",
            parameters,
            meanwhile=(lambda: warm_pages(parameters)) if first else None,
        )
        self._of_report = self._server.prepared("wres_helpers.publishing.runs.prepared_report:adopt", parameters, packed)
        self._prepared_for = key
        use_server(self._of_report)

    def warm(self, parameters: Parameters) -> None:
        """See :class:`Backend`."""
        self._server = warm_server(*OF_A_RUN)
        warm_pages(parameters)

    def call(self, function: str, *arguments: Any) -> Any:
        """See :class:`Backend`."""
        return warm_server(*OF_A_RUN).call(function, *arguments)

    def write_figures(self, building: Path, parameters: Parameters) -> prepared_report.Figures:
        """See :class:`Backend`."""
        return self._of_report.call("wres_helpers.publishing.runs.prepared_report:write_figures", building, parameters)

    def prove_page(self, name: str, page: Mapping[str, Any], parameters: Parameters, meanwhile: Callable[[], None]) -> list[Problem]:
        """See :class:`Backend`."""
        prove = "wres_helpers.publishing.runs.prepared_report:prove_page"
        return self._of_report.call(prove, name, page, parameters, meanwhile=meanwhile)

    def run(self, jobs: list[Job]) -> Iterator[Done]:
        """See :class:`Backend`."""
        return run_jobs(jobs, self.workers, self._way)


def backend_for(parameters: Parameters, jobs: int | None, keep: bool = False) -> Backend:
    """Return the backend the master file asks for, as far as the machine has it.

    ``keep`` lets it keep what was prepared from one report to the next of the same figures.
    """
    return _backend(parameters)(parameters.run.workers(jobs), keep=keep)


def inline_backend(parameters: Parameters) -> Backend:
    """Return the same for a report that is made in a worker among others: it does everything in its own process."""
    return _backend(parameters)(1, inline=True)


def _backend(parameters: Parameters) -> type[StandardBackend] | type[WarmBackend]:
    return StandardBackend if parameters.run.engine == "standard" or not can_be_warm() else WarmBackend

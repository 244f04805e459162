"""How a run is carried out: the ``run`` key of a master file."""

import os
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class RunSettings(BaseModel):
    """Workers, engine and patience of a run."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    jobs: int | None = Field(None, ge=1, le=64, description="Notebooks executed side by side; default: one a processor core.")
    engine: Literal["automatic", "warm", "standard"] = Field(
        "automatic",
        description="warm: each notebook in a fork of a process that has already imported everything; standard: papermill's own "
        "kernels; automatic: warm where forking is safe (Linux), else standard.",
    )
    cell_timeout: int = Field(120, ge=1, description="Seconds one notebook cell may take.")

    def workers(self, given: int | None = None) -> int:
        """Return how many notebooks run side by side: as given for this run, else as set, else one a core (at most 8)."""
        return given or self.jobs or min(8, available_cores())


def available_cores() -> int:
    """Return the number of cores this process may use (a container may allow fewer than the machine has)."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

"""How a run is carried out: the ``run`` key of a master file."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class RunSettings(BaseModel):
    """Workers, engine and patience of a run."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    jobs: int | None = Field(None, ge=1, description="Notebooks executed side by side; default: one a processor core.")
    engine: Literal["warm", "standard"] = Field("warm", description="Warm forks where the machine allows, or papermill's own kernels.")
    cell_timeout: int = Field(120, ge=1, description="Seconds one notebook cell may take.")

"""How record-level extracts are read: the ``extracts`` key of a master file."""

from pydantic import BaseModel, ConfigDict


class ExtractSettings(BaseModel):
    """Which extracts there are and how their columns are named."""

    model_config = ConfigDict(extra="forbid", frozen=True)

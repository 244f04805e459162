"""Starts the warm process before anything else is imported here, where it is sure to be needed: both import side by side."""

from wres_helpers.publishing.engine.warm_server import warm_server
from wres_helpers.publishing.engine.workers import can_be_warm

#: What a run calls in the warm process, besides what notebooks need.
OF_A_RUN = (
    "wres_helpers.publishing.runs.prepared_report",
    "wres_helpers.publishing.safeguards.proof",
    "wres_helpers.publishing.files.workbook",
    "wres_helpers.publishing.files.results_files",
    "wres_helpers.disclosure.auditing",
)


def start_early() -> None:
    """Start the warm process where there can be one. It ends with this process, whether it was needed or not."""
    if can_be_warm():
        warm_server(*OF_A_RUN)

"""The numbers. Pure: tables in, tables out; nothing here reads a file or draws.

``analyse`` makes the evidence of a report from its counts; ``protect`` makes what a board may see of it.
"""

from wres_helpers.analysis.disclosure.protection import protect
from wres_helpers.analysis.evidence import Evidence, analyse

__all__ = ["Evidence", "analyse", "protect"]

"""The numbers. Pure: tables in, tables out; nothing here reads a file or draws.

``analyse`` makes the evidence of a report from its counts; ``protect`` makes what a board may see of it.
"""

from wres_helpers.analysis import evidence as _evidence
from wres_helpers.analysis.disclosure import protection as _protection
from wres_helpers.analysis.evidence import Evidence
from wres_helpers.analysis.remembered import remembered

analyse = remembered(_evidence.analyse)
protect = remembered(_protection.protect)

__all__ = ["Evidence", "analyse", "protect"]

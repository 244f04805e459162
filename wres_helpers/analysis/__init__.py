"""The numbers. Pure: tables in, tables out; nothing here reads a file or draws.

``analyse`` makes the evidence of a report from its counts.
"""

from wres_helpers.analysis import evidence as _evidence
from wres_helpers.analysis.categories import compare_categories
from wres_helpers.analysis.evidence import Evidence
from wres_helpers.remembered import remembered

analyse = remembered(_evidence.analyse)

__all__ = ["Evidence", "analyse", "compare_categories"]

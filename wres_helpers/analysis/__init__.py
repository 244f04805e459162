"""The numbers. Pure: tables in, tables out; nothing here reads a file or draws.

``analyse`` makes the evidence of a report from its counts; ``protect`` makes what a board may see of it, and gives out
nothing that does not withstand ``audit``, the attack on what would be published.
"""

from wres_helpers.analysis import evidence as _evidence
from wres_helpers.analysis.categories import compare_categories
from wres_helpers.analysis.disclosure import audit as _audit
from wres_helpers.analysis.evidence import Evidence
from wres_helpers.analysis.remembered import remembered

analyse = remembered(_evidence.analyse)
protect = remembered(_audit.protect_and_audit)
audit = remembered(_audit.audit)

__all__ = ["Evidence", "analyse", "audit", "compare_categories", "protect"]

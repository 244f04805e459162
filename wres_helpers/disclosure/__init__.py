"""Disclosure control: what the board's copy may show, and the proof that the rest cannot be worked out.

``protect`` makes what a board may see of the evidence, and gives out nothing that does not withstand ``audit``, the attack
on what would be published.
"""

from wres_helpers.disclosure import auditing
from wres_helpers.remembered import remembered

protect = remembered(auditing.protect_and_audit)
audit = auditing.audit

__all__ = ["audit", "protect"]

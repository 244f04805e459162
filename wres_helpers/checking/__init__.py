"""Checking: no printed figure that contradicts another stays unseen, and each contradiction comes with what probably happened."""

from wres_helpers.checking.check_findings import FINDING_COLUMNS, blocking
from wres_helpers.checking.reconcile import reconcile

__all__ = ["FINDING_COLUMNS", "blocking", "reconcile"]

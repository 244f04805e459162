"""What a report is about, for its pages and for the tables that follow from its results."""

from dataclasses import dataclass

import pandas as pd

from wres_helpers.intake.own_tables import OwnTables
from wres_helpers.settings.disclosure_policy import DisclosurePolicy
from wres_helpers.settings.master_file import StatusRule, Terms
from wres_helpers.settings.parameters import Parameters
from wres_helpers.standard.catalogue import ReferenceTables


@dataclass(frozen=True)
class Context:
    """What a page needs to know about the report besides its figures."""

    year: str
    previous_year: str | None
    edition: int
    terms: Terms
    status_rule: StatusRule
    confidence: float
    policy: DisclosurePolicy
    catalogue: pd.DataFrame
    reference: ReferenceTables
    own: OwnTables
    parameters: Parameters

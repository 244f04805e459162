"""Where each statement of a standard was seen: its definitions, question labels, grades and ethnic categories, in one table."""

from pathlib import Path
from typing import Final

import pandas as pd

from wres_helpers.standard.reference_tables import ethnic_categories
from wres_helpers.standard.standards import Standard

#: The marks of the tables, in words; the technical guidance is the document that defines an indicator.
SEEN: Final = {
    "guidance": "seen in the standard's technical guidance",
    "secondary": "seen in a secondary source",
    "secondary_in_part": "seen in a secondary source in part, and in part from memory",
    "not_seen": "from memory or this pack's own, and seen in no source",
}
#: One row per statement.
PROVENANCE_COLUMNS: Final = ("statement", "name", "seen", "source")


def provenance(
    reference_folder: Path, catalogue: pd.DataFrame, labels: pd.DataFrame, grades: pd.DataFrame, standard: Standard
) -> pd.DataFrame:
    """Return one row per statement: what it is, its name, where it was seen in words, and which source that is."""
    categories = ethnic_categories(reference_folder)
    parts = {
        "definition": (catalogue, catalogue["indicator"] + ". " + catalogue["plain_title"] + ", from edition " + catalogue["edition_from"].astype(str)),
        "question label": (labels, "Indicator " + labels["indicator"] + ": " + labels["label"]),
        "grade": (grades, grades["label"]),
        "ethnic category": (categories, categories["code_set"] + " " + categories["code"] + ": " + categories["label"]),
    }  # fmt: skip
    if standard.characteristic != "ethnicity":
        del parts["ethnic category"]
    made = [
        pd.DataFrame({"statement": kind, "name": name, "seen": table["seen"].map(SEEN), "source": table["source"]})
        for kind, (table, name) in parts.items()
    ]
    return pd.concat(made, ignore_index=True)[list(PROVENANCE_COLUMNS)]

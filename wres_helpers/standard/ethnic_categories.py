"""Ethnic categories and the three groups WRES compares: white, BME and unknown, as a table with declared code sets."""

from pathlib import Path

import pandas as pd

from wres_helpers.standard.reference_tables import read_reference


def ethnic_categories(reference_folder: Path) -> pd.DataFrame:
    """Return one row per code set and code, with its label and its group (white, bme or unknown).

    A code means nothing without its code set: B is Irish in England and Gypsy or Traveller in the Welsh set.
    """
    return read_reference(reference_folder, "ethnic_categories", ("code_set", "code", "label", "group", "source", "seen"))

"""Question numbers and key-finding codes of the staff survey indicators, by edition."""

from pathlib import Path

import pandas as pd

from wres_helpers.standard.reference_tables import read_reference

LABEL_COLUMNS = ("label", "indicator", "edition_from", "edition_to", "survey", "source", "seen")

_OPEN_END = 9999


def question_labels(reference_folder: Path) -> pd.DataFrame:
    """Return one row per label, indicator and range of editions; editions are numbers.

    Raises
    ------
    InputProblems
        The table is missing, or lacks a column.
    """
    table = read_reference(reference_folder, "question_labels", LABEL_COLUMNS)
    table["edition_from"] = table["edition_from"].astype(int)
    table["edition_to"] = table["edition_to"].replace("", str(_OPEN_END)).astype(int)
    return table

"""Ethnic categories as extracts write them, under a declared code set; what is not in the set stops the run."""

import re
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from wres_helpers.intake.extracts.column_mapping import NOT_RECORDED, Extract
from wres_helpers.intake.extracts.extract_findings import Findings, place, vocabulary
from wres_helpers.standard.columns import ETHNIC_GROUPS, UNKNOWN
from wres_helpers.standard.ethnic_categories import ethnic_categories
from wres_helpers.tables.cell_readers import key_of, one_of
from wres_helpers.tables.declared import Column, Table, read_table

TABLE = "data/reference/ethnic_categories.csv"


@dataclass(frozen=True)
class CodeSet:
    """One declared code set.

    Attributes
    ----------
    name
        As ``code_set`` in the table.
    groups
        Row of the table to the position of its group in white, bme, unknown.
    sixteen, labels
        Row of the table to its 16+1 category, and to the category as recorded.
    rows
        Key of a code or a label to its row of the table.
    exact
        Codes and labels as the table writes them.
    codes, exact_labels
        The set's codes by row, and the labels of all sets, as the table writes them.
    labels_of
        Key of a label, bare of dashes and commas, to the rows it may stand for.
    known_words
        Words of the labels.
    elsewhere
        Key of a code or label to another code set that has it.
    """

    name: str
    groups: np.ndarray
    sixteen: list[str]
    labels: list[str]
    rows: dict[str, int] = field(repr=False)
    exact: frozenset[str] = field(repr=False)
    codes: list[str] = field(repr=False)
    exact_labels: frozenset[str] = field(repr=False)
    labels_of: dict[str, set[tuple[str, str]]] = field(repr=False)
    known_words: frozenset[str] = field(repr=False)
    elsewhere: dict[str, str] = field(repr=False)


@dataclass(frozen=True)
class Ethnicity:
    """The ethnicity of an extract's rows: the group (-1 not known) and the row of the code set (-1 not known)."""

    groups: np.ndarray
    categories: np.ndarray
    code_set: CodeSet

    def names(self, level: str) -> tuple[np.ndarray, list[str]]:
        """Return the categories' names at a level (``sixteen_plus_one`` or ``as_recorded``) as codes and texts."""
        texts = self.code_set.sixteen if level == "sixteen_plus_one" else self.code_set.labels
        texts = [*texts, NOT_RECORDED]
        distinct = list(dict.fromkeys(texts))
        moved = np.array([distinct.index(text) for text in texts], dtype=np.int32)
        return moved[self.categories], distinct


def _bare(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", key_of(text).replace("&", " and ")).strip()


OWN_CATEGORIES = Table(
    "ethnic_categories",
    "a code of a code set",
    (
        Column("code_set"),
        Column("code"),
        Column("label"),
        Column("group", "one of white, bme, unknown", one_of(ETHNIC_GROUPS), choices=ETHNIC_GROUPS),
        Column("category_16", needed=False, filled=False),
    ),
    key=("code_set", "code"),
    others="kept",
)


def categories_known(reference_folder: Path, own: Path | None, own_shown: str, findings: Findings) -> pd.DataFrame:
    """Return the shipped ethnic categories and, over them, the organisation's own."""
    shipped = ethnic_categories(reference_folder)
    if own is None:
        return shipped
    reading = read_table(own, own_shown, OWN_CATEGORIES)
    findings.stop_all("an unreadable table", reading.problems)
    if reading.problems:
        return shipped
    both = pd.concat([reading.table.astype("str"), shipped], ignore_index=True).fillna("")
    return both.drop_duplicates(["code_set", "code"]).reset_index(drop=True)


def code_set(table: pd.DataFrame, name: str, file: str, findings: Findings) -> CodeSet | None:
    """Return a declared code set of the known categories, or None (told) where there is no such set."""
    if name not in set(table["code_set"]):
        findings.stop(
            "no such code set",
            place(file, "ethnicity_codes"),
            f"'{name}'",
            "one of " + ", ".join(table["code_set"].unique()),
            "Declare the code set in the master file.",
        )
        return None
    own = table[table["code_set"] == name].reset_index(drop=True)
    sixteen = own.get("category_16", own["label"])
    unknown = own["group"] == "unknown"
    sixteen = sixteen.where(sixteen.ne(""), own["label"]).mask(unknown, "Not known or not stated")
    return CodeSet(
        name=name,
        groups=np.array([ETHNIC_GROUPS.index(group) for group in own["group"]], dtype=np.int32),
        sixteen=list(sixteen),
        labels=list(own["label"]),
        rows=_rows(own),
        exact=frozenset(own["code"]) | frozenset(own["label"]),
        codes=list(own["code"]),
        exact_labels=frozenset(table["label"]),
        labels_of=_labels_of(table),
        known_words=vocabulary(table["label"]),
        elsewhere=_elsewhere(table[table["code_set"] != name]),
    )


def _rows(own: pd.DataFrame) -> dict[str, int]:
    rows: dict[str, int] = {}
    for column in ("code", "label"):
        for position, text in enumerate(own[column]):
            rows.setdefault(key_of(text), position)
    return rows


def _labels_of(table: pd.DataFrame) -> dict[str, set[tuple[str, str]]]:
    """Return, for every label bare of punctuation, what it means: its group and its 16+1 category."""
    meant: dict[str, set[tuple[str, str]]] = {}
    for label, group, sixteen in zip(table["label"], table["group"], table.get("category_16", table["label"]), strict=True):
        meant.setdefault(_bare(label), set()).add((group, sixteen))
    return meant


def _elsewhere(others: pd.DataFrame) -> dict[str, str]:
    return {key_of(text): name for column in ("label", "code") for text, name in zip(others[column], others["code_set"], strict=True)}


def read_category(text: str, known: CodeSet, blank_is_unknown: bool = True) -> tuple[int, str]:
    """Return the row of the code set a cell means (-1: none) and what was odd about the cell.

    A cell may hold the code, the label, or both ("A White - British"); where both stand they must mean the same.
    An empty cell is the position after the last row: not recorded.
    """
    if text == "":
        return (len(known.labels) if blank_is_unknown else -1), ""
    key = key_of(text)
    if key in known.rows:
        return known.rows[key], "" if text in known.exact else "other capitals"
    row, rest = _code_and_label(key, known)
    if row >= 0 and rest and _agree(row, rest, known):
        return row, _note(text, known.codes[row], text[len(text) - len(rest) :], known)
    bare = [position for position, label in enumerate(known.labels) if _bare(label) == _bare(text)]
    return (bare[0], "other punctuation") if bare and known.name != "wales" else (-1, "")


def _code_and_label(key: str, known: CodeSet) -> tuple[int, str]:
    """Return the row of the code a cell begins with (-1: none) and the label behind it."""
    code, _, rest = key.partition(" ")
    return known.rows.get(code.rstrip("-:."), -1), rest.lstrip("-:. ")


def _note(text: str, code: str, label: str, known: CodeSet) -> str:
    """Return what is odd about a cell of code and label: nothing where both are written as the table writes them."""
    if not text.startswith(code) or label not in known.exact_labels:
        same = {known_label.casefold() for known_label in known.exact_labels}
        return "other capitals" if label.casefold() in same else "other punctuation"
    return ""


def _agree(row: int, label: str, known: CodeSet) -> bool:
    """Tell whether the label behind a code means what the code means.

    Other wordings of the same 16+1 category agree with its main code. Parts of one category ("White Italian" and "White
    Gypsy/Romany" are both other white backgrounds) contradict each other, though both count as white.
    """
    said, own = _bare(label), _bare(known.labels[row])
    if said == own:
        return True
    group = ETHNIC_GROUPS[known.groups[row]]
    meant = known.labels_of.get(said, set())
    if not meant or not all(one == group and (not sixteen or sixteen == known.sixteen[row]) for one, sixteen in meant):
        return False
    main = _bare(known.sixteen[row])
    if group == UNKNOWN or said == main:
        return True
    if own == main:
        return said not in {_bare(other) for other in known.labels}
    return set(said.split()) <= set(own.split()) or set(own.split()) <= set(said.split())


def categories_read(extract: Extract, known: CodeSet) -> dict[str, int]:
    """Return how each ethnicity cell was read and in how many records, for the preparation report."""

    def meaning(value: str) -> str | None:
        row = read_category(value, known)[0]
        if value == "":
            return "not recorded (unknown)"
        return f"{known.labels[row]} ({ETHNIC_GROUPS[known.groups[row]]})" if 0 <= row < len(known.labels) else None

    return extract.values_read("ethnicity", meaning)


def ethnicity_of(extract: Extract, known: CodeSet, blank_is_unknown: bool, only: np.ndarray | None = None) -> Ethnicity:
    """Return the ethnicity of an extract's rows; cells that are not in the code set stop the run, all told at once."""

    def wrong(value: str) -> tuple[str, str, str]:
        row, rest = _code_and_label(key_of(value), known)
        if row >= 0 and rest and key_of(known.codes[row]) != key_of(known.labels[row]):
            contradicted = (
                f"a label that agrees with the code: '{known.codes[row]}' is '{known.labels[row]}' in the code set '{known.name}'"
            )
            return "a code and a label that differ", contradicted, "Correct the one that is wrong (corrections.csv)."
        other = known.elsewhere.get(key_of(value)) if value else None
        hint = f"The code set '{other}' knows it: declare the set the file uses, or m" if other else "M"
        expected = f"a category of the code set '{known.name}'"
        defect = "unmapped ethnic category" if value else "an empty ethnicity"
        return defect, expected, f"{hint}end the cell, or add the category with its group to {TABLE}."

    rows = extract.look_up("ethnicity", lambda text: read_category(text, known, blank_is_unknown), wrong, known.known_words, only)
    groups = np.append(known.groups, ETHNIC_GROUPS.index("unknown")).astype(np.int32)
    return Ethnicity(np.where(rows < 0, -1, groups[rows]), rows, known)

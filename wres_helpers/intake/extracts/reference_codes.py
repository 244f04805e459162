"""Ethnic categories and grades as extracts write them; what no declared code set and no table knows stops the run."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import accumulate
from pathlib import Path

import numpy as np
import pandas as pd

from wres_helpers.intake.extracts.extract_findings import ExtractFindings, Place, long_words, vocabulary
from wres_helpers.intake.extracts.extract_table import NOT_KNOWN, NOT_RECORDED, Extract
from wres_helpers.standard.columns import ETHNIC_GROUPS, UNKNOWN
from wres_helpers.standard.grades import grades
from wres_helpers.standard.reference_tables import read_reference, refuse_two_meanings
from wres_helpers.tables.cell_readers import Read, bare_key, key_of, nearest, one_of
from wres_helpers.tables.declared import DeclaredColumn, DeclaredTable, closed
from wres_helpers.tables.table_reader import read_table

#: Where an organisation adds what its files say otherwise than the pack's tables, where it has no table of its own yet.
_BEGIN_ONE = "a table of your own beside your years, named by extracts.{} in the master file"
#: The row it gets for a category; the cell itself, which may be a name, is told or hidden where it was found.
_ROW = "under code_set,code,label,group the row {},(the cell),(the cell),(white, bme or unknown), and nothing else"


@dataclass(frozen=True)
class CodeSet:
    """One declared code set; lists have one element a row of its table."""

    name: str  # as ``code_set`` in the table
    codes: list[str]
    labels: list[str]  # categories as recorded
    sixteen: list[str]  # the 16+1 category of each
    groups: np.ndarray  # positions of their groups in white, bme, unknown
    rows: dict[str, int] = field(repr=False)  # key of a code or a label to its row of the table
    #: Label of any set, bare of dashes and commas, to group and 16+1 category.
    labels_of: dict[str, set[tuple[str, str]]] = field(repr=False)
    exact_labels: frozenset[str] = field(repr=False)  # the labels of all sets, as the table writes them
    known_words: frozenset[str] = field(repr=False)  # words of the labels
    elsewhere: dict[str, set[str]] = field(repr=False)  # key of a code or label to the other code sets that have it
    blank_is_unknown: bool = True  # whether an empty cell means not recorded, and is no error
    own_table: str = ""  # the organisation's own table of categories; empty where it has none

    @cached_property
    def bare_labels(self) -> dict[str, int]:
        """Each label, bare of dashes and commas, to its first row."""
        return {bare_key(label): row for row, label in reversed([*enumerate(self.labels)])}

    def named_groups(self, level: str) -> list[tuple[str, str]]:
        """Return each category's name at a level (``sixteen_plus_one`` or ``as_recorded``) and its group, in the order of the table."""
        names = self.sixteen if level == "sixteen_plus_one" else self.labels
        return list(zip(names, (ETHNIC_GROUPS[group] for group in self.groups), strict=True))


@dataclass(frozen=True)
class Ethnicity:
    """The ethnicity of an extract's rows: the group (-1 not known) and the row of the code set (-1 not known)."""

    groups: np.ndarray
    categories: np.ndarray
    code_set: CodeSet

    def cut(self, level: str) -> pd.Categorical:
        """Return every row's category at a level, as a column to count by."""
        codes, distinct = pd.factorize(pd.Index([*(name for name, _ in self.code_set.named_groups(level)), NOT_RECORDED], dtype="str"))
        return pd.Categorical.from_codes(codes[self.categories], distinct)


OWN_CATEGORIES = DeclaredTable(
    "ethnic_categories",
    (
        *map(DeclaredColumn, ("code_set", "code", "label")),
        closed("group", ETHNIC_GROUPS),
        DeclaredColumn("category_16", needed=False, filled=False),
    ),
    key=("code_set", "code"),
    others="kept",
)


def categories_known(reference_folder: Path, own: Path | None, own_shown: str, findings: ExtractFindings) -> pd.DataFrame:
    """Return the shipped ethnic categories and, over them, the organisation's own."""
    shipped = read_reference(reference_folder, "ethnic_categories")
    rows = None if own is None else _own_rows(own, own_shown, OWN_CATEGORIES, findings)
    if rows is None:
        return shipped.drop_duplicates(["code_set", "code"]).reset_index(drop=True)
    sets = {key_of(name): name for name in shipped["code_set"]}
    rows["code_set"] = [sets.get(key_of(name), name) for name in rows["code_set"]]
    for row, name in rows.loc[~rows["code_set"].isin(shipped["code_set"]), "code_set"].items():
        if near := nearest(name, sets, 0.7):
            how = "read as a set of its own; mend it if it is a slip."
            findings.handle(Place(own_shown, "code_set", [row]), f"'{name}'", f"'{near}', or a set that ethnicity_codes declares", how)
    groups_of = shipped.groupby(shipped["label"].map(bare_key))["group"].agg(set)
    for row, label, group in rows[["label", "group"]].itertuples():
        begun = [" ".join(words) for words in accumulate(([word] for word in bare_key(label).split()), list.__add__)]
        known = next((groups_of[text] for text in reversed(begun) if text in groups_of), {group})
        if known != {group} and len(known) == 1:
            _ask_of_own(findings, Place(own_shown, "group", [row]), f"'{group}' for '{label}'", *known)
    both = pd.concat([rows.astype("str"), shipped], ignore_index=True).fillna("")
    return both.drop_duplicates(["code_set", "code"]).reset_index(drop=True)


def _ask_of_own(findings: ExtractFindings, where: Place, found: str, said: str) -> None:
    """Ask about a row of an organisation's own table of which the pack's would say something else by its words."""
    findings.handle(where, found, f"'{said}', as its words say", "read as the table says; correct the row if it is a slip.")


def code_set(
    table: pd.DataFrame, name: str, file: str, findings: ExtractFindings, blank_is_unknown: bool = True, own_table: str = ""
) -> CodeSet | None:
    """Return a declared code set of the known categories, or None (told) where there is no such set."""
    if name not in set(table["code_set"]):
        where, expected = Place(file, "ethnicity_codes"), "one of " + ", ".join(table["code_set"].unique())
        findings.stop(where, f"'{name}'", expected, "Declare the code set in the master file.")
        return None
    own, others = table[table["code_set"] == name], table[table["code_set"] != name]
    sixteen = own["category_16"].where(own["category_16"].ne(""), own["label"]).mask(own["group"].eq(UNKNOWN), "Not known or not stated")
    codes, labels = list(own["code"]), list(own["label"])
    # the first row that has it, and a code before a label
    rows = {key_of(text): row for texts in (labels, codes) for row, text in reversed([*enumerate(texts)])}
    meant: dict[str, set[tuple[str, str]]] = {}
    for row in table.itertuples():
        meant.setdefault(bare_key(row.label), set()).add((row.group, row.category_16))
    elsewhere: dict[str, set[str]] = {}
    for column in ("label", "code"):
        for text, other in zip(others[column], others["code_set"], strict=True):
            elsewhere.setdefault(key_of(text), set()).add(other)
    groups = np.array([ETHNIC_GROUPS.index(group) for group in own["group"]], dtype=np.int32)
    exact, label_words = frozenset(table["label"]), vocabulary(table["label"])
    return CodeSet(name, codes, labels, list(sixteen), groups, rows, meant, exact, label_words, elsewhere, blank_is_unknown, own_table)


def read_category(text: str, known: CodeSet) -> Read:
    """Return the row of the code set a cell means, and what was odd about the cell.

    A cell may hold the code, the label, or both ("A White - British"); where both stand they must mean the same.
    An empty cell is the position after the last row: not recorded.
    """
    if text == "":
        return Read(len(known.labels)) if known.blank_is_unknown else NOT_KNOWN
    key, odd = key_of(text), "other capitals or punctuation"
    if key in known.rows:
        return Read(known.rows[key], "" if text in known.codes or text in known.labels else odd)
    row, rest = _code_and_label(key, known)
    if row >= 0 and rest and _agree(row, rest, known):
        return Read(row, "" if text.startswith(known.codes[row]) and text[len(text) - len(rest) :] in known.exact_labels else odd)
    bare = known.bare_labels.get(bare_key(text))
    return NOT_KNOWN if bare is None or known.name == "wales" else Read(bare, odd)


def _code_and_label(key: str, known: CodeSet) -> tuple[int, str]:
    """Return the row of the code a cell begins with (-1: none) and the label behind it."""
    code, _, rest = key.partition(" ")
    return known.rows.get(code.rstrip("-:."), -1), rest.lstrip("-:. ")


def _agree(row: int, label: str, known: CodeSet) -> bool:
    """Tell whether the label behind a code means what the code means.

    Other wordings of the same 16+1 category agree with its main code. Parts of one category ("White Italian" and "White
    Gypsy/Romany" are both other white backgrounds) contradict each other, though both count as white.
    """
    said, own = bare_key(label), bare_key(known.labels[row])
    if said == own:
        return True
    group = ETHNIC_GROUPS[known.groups[row]]
    meant = known.labels_of.get(said, set())
    if not meant or not all(one == group and (not sixteen or sixteen == known.sixteen[row]) for one, sixteen in meant):
        return False
    main = bare_key(known.sixteen[row])
    if group == UNKNOWN or said == main:
        return True
    if own == main:
        return said not in known.bare_labels
    return set(said.split()) <= set(own.split()) or set(own.split()) <= set(said.split())


def categories_read(extract: Extract, known: CodeSet) -> dict[str, int]:
    """Return how each ethnicity cell was read and in how many records, for the preparation report."""
    meanings = [f"{label} ({group})" for label, group in known.named_groups("as_recorded")]
    return extract.values_read("ethnicity", lambda text: read_category(text, known), [*meanings, "not recorded (unknown)"])


def ethnicity_of(extract: Extract, known: CodeSet, only: np.ndarray | None = None) -> Ethnicity:
    """Return the ethnicity of an extract's rows; cells that are not in the code set stop the run, all told at once."""

    def wrong(value: str) -> tuple[str, str]:
        row, rest = _code_and_label(key_of(value), known)
        if row >= 0 and rest and key_of(known.codes[row]) != key_of(known.labels[row]):
            meant = f"'{known.codes[row]}' is '{known.labels[row]}' in the code set '{known.name}'"
            return f"a label that agrees with the code: {meant}", "Correct the one that is wrong (corrections.csv)."
        hint = f"The code set '{better}' knows all cells of the file: declare it if the file uses it, or m" if better else "M"
        table = known.own_table or _BEGIN_ONE.format("ethnic_categories")
        return f"a category of the code set '{known.name}'", f"{hint}end the cell, or add it to {table}: {_ROW.format(known.name)}."

    know = [known.elsewhere.get(key_of(value), set()) for value in extract.columns["ethnicity"].values if value] or [set()]
    better = next(iter(sorted(set.intersection(*know))), "")  # one that lacks another cell would send people round in a circle
    reads = extract.read("ethnicity", lambda text: read_category(text, known), wrong, known_words=known.known_words, only=only)
    rows = extract.numbers("ethnicity", reads)
    if "count" in extract.settings.columns:
        extract.ask_of_two_names("ethnicity", reads, known.known_words)
    groups = np.append(known.groups, ETHNIC_GROUPS.index("unknown")).astype(np.int32)
    return Ethnicity(np.where(rows < 0, -1, groups[rows]), rows, known)


#: Words of pay scales: a wrong grade that has one of them is no name of a person.
_PAY_WORDS = long_words(
    "band grade scale range pay review body spot salary local trust executive apprentice senior "
    "consultant medical director manager registrar doctor officer"
)


@dataclass(frozen=True)
class GradeTable:
    """The known grades and their spellings; lists have one element a grade."""

    names: list[str]  # in the order of pay
    medical: np.ndarray  # whether each is a medical or dental grade
    spellings: dict[str, int] = field(repr=False)  # key of a spelling to the position of its grade
    exact: frozenset[str] = field(repr=False)  # spellings as the tables write them
    own_table: str  # the organisation's own table, where to add a spelling; empty where it has none
    known_words: frozenset[str] = field(repr=False)  # words of the spellings
    parts: dict[str, str] = field(repr=False)  # grade that is counted inside another one, to that other


def grade_table(reference_folder: Path, own: Path | None, own_shown: str, findings: ExtractFindings) -> GradeTable:
    """Return the grade table: the shipped spellings and, over them, the organisation's own."""
    known, shipped = grades(reference_folder), read_reference(reference_folder, "grade_spellings")
    names = list(known["grade"])
    meant = dict(zip(names, names, strict=True)) | dict(zip(shipped["spelling"], shipped["grade"], strict=True))
    medical = (known["kind"] == "medical_and_dental").to_numpy()
    parts = dict(known.loc[known["part_of"].ne(""), ["grade", "part_of"]].itertuples(index=False))
    pay_words = vocabulary([*shipped["spelling"]]) | _PAY_WORDS
    table = GradeTable(names, medical, _positions(meant, names), frozenset(meant), own_shown, pay_words, parts)
    asked = DeclaredColumn("grade", "a grade of data/reference/grades.csv", one_of(names), choices=tuple(names))
    declared = DeclaredTable("grades", (DeclaredColumn("spelling"), asked))
    if own is None or (rows := _own_rows(own, own_shown, declared, findings, refuse_two_meanings)) is None:
        return table
    for row, spelling, grade in rows[["spelling", "grade"]].itertuples():
        if (said := likely_grade(spelling, table)) not in ("", grade):
            _ask_of_own(findings, Place(own_shown, "grade", [row]), f"'{grade}' for '{spelling}'", said)
    meant |= dict(rows[["spelling", "grade"]].itertuples(index=False))
    return replace(table, spellings=_positions(meant, names), exact=frozenset(meant))


def _positions(meant: dict[str, str], names: list[str]) -> dict[str, int]:
    return {key_of(spelling): names.index(grade) for spelling, grade in meant.items()}


def _own_rows(path: Path, shown: str, table: DeclaredTable, findings: ExtractFindings, *rules: Callable) -> pd.DataFrame | None:
    """Return a table of the organisation's own; None (told) where something is wrong with it."""
    reading = read_table(path, shown, table)
    for rule in () if reading.problems else rules:
        rule(reading, path)
    findings.problems += reading.problems
    return None if reading.problems else reading.table


def read_grade(text: str, known: GradeTable) -> Read:
    """Return the position of the grade a cell means.

    The staff record writes pay system, code and label in one cell ("NHS|YC72|Consultant"): codes change every year, so the
    parts that are known decide, where they mean one grade.
    """
    whole = known.spellings.get(key_of(text))
    if whole is not None:
        return Read(whole, "" if text in known.exact else "other capitals or dashes")
    meant = {known.spellings[key] for part in text.split("|") if (key := key_of(part.strip())) in known.spellings}
    return Read(meant.pop()) if "|" in text and len(meant) == 1 else NOT_KNOWN


def likely_grade(text: str, known: GradeTable) -> str:
    """Return the one grade whose spelling stands in a text, as Band 5 in ``XR05 Band 5``, to be suggested and never acted on; or nothing.

    A number is no grade, and neither is one word ("Consultant") unless nothing but codes and brackets stand beside it; ``Band 5/6`` is two.
    """
    whole, found = key_of(text), {}
    words = [word for word in re.sub(r"\(.*?\)", "", whole).split() if not re.search(r"\d", word)]
    for spelling in sorted(known.spellings, key=len, reverse=True):
        alone = spelling.isdigit() or (spelling.isalpha() and words != [spelling])
        holds = re.search(rf"(?<!\w){re.escape(spelling)}(?!\w|\)? *(?:[-/&]|to|or|and) *\d)", whole)
        if holds and not alone and not any(spelling in longer for longer in found):
            found[spelling] = known.names[known.spellings[spelling]]
    return found.popitem()[1] if len(set(found.values())) == 1 else ""


def grade_of(extract: Extract, known: GradeTable, only: np.ndarray | None = None) -> np.ndarray:
    """Return the position of each row's grade in the grade table; unmapped grades stop the run, all told at once."""

    def wrong(_: str) -> tuple[str, str]:
        action = f"Mend the cell, or add it to {known.own_table or _BEGIN_ONE.format('grades')}: under spelling,grade the row (the cell),(its grade)."
        return "a grade that the tables of grades know", action

    reads = extract.read("grade", lambda text: read_grade(text, known), wrong, known_words=known.known_words, only=only)
    return extract.numbers("grade", reads)

"""What words mean an ethnic group or category, and which mean all of them together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from wres_helpers.intake.spellings import spellings
from wres_helpers.settings.parameters import Parameters
from wres_helpers.standard.columns import BME, UNKNOWN, WHITE
from wres_helpers.standard.reference_tables import made_of, read_reference
from wres_helpers.standard.standards import read_standard
from wres_helpers.tables.cell_readers import bare_key, is_suppressed, loose_key

CATEGORY_HEADINGS = spellings("heading of a category")
_TOTALS = frozenset(map(loose_key, spellings("total")))


@dataclass(frozen=True)
class GroupWords:
    """What words mean which ethnic group."""

    words: Mapping[str, str]  # another word for a group, as loose_key has it, to the group
    categories: Mapping[str, tuple[str, str]] = field(repr=False)  # a category's label that means one group in all code sets, bare, to both

    def group_of(self, text: str) -> str | None:
        """Return the group a word means, or None; words that only say that it is one do not count: ``Staff from all other ethnic groups* combined``."""
        bare = [word for word in bare_key(text).split() if word not in spellings("word that a group may have")]
        return self.words.get(loose_key(text)) or self.words.get("_".join(bare))

    def category_of(self, text: str) -> tuple[str, str] | None:
        """Return the group and the label of an ethnic category, or None."""
        return self.categories.get(bare_key(text))


def group_words(parameters: Parameters) -> GroupWords:
    """Return the words for the groups: the pack's, the master file's terms, and the labels of the ethnic categories.

    In a standard about something else ethnic words mean nothing: white staff are not its reference group.
    """
    terms, folder = parameters.terms, parameters.reference_folder
    own = ((terms.white, WHITE), (terms.bme, BME), (terms.bme_long, BME), (terms.unknown, UNKNOWN))
    return _group_words(folder, own)


@made_of("ethnic_categories", "standard", "groups", "items")
def _group_words(reference_folder: Path, own: tuple[tuple[str, str], ...]) -> GroupWords:
    table = read_reference(reference_folder, "ethnic_categories")
    meant: dict[str, set[str]] = {}
    labels: dict[str, str] = {}
    for code, label, group in table[["code", "label", "group"]].itertuples(index=False):
        for said in (label, f"{code} {label}"):  # a letter alone means nothing without its code set
            meant.setdefault(bare_key(said), set()).add(group)
            labels.setdefault(bare_key(said), label)
    certain = {key: (groups.pop(), labels[key]) for key, groups in meant.items() if len(groups) == 1}
    standard = read_standard(reference_folder)
    codes = {word: group for words in (standard.codes, standard.labels) for group, word in words.items()}
    ethnic = standard.characteristic == "ethnicity"
    words = {word: group for word, group in spellings("group").items() if ethnic or group == UNKNOWN} | dict(own) | codes
    return GroupWords({loose_key(word): words[word] for word in reversed(words)}, certain if ethnic else {})


def holds_numbers(cells: pd.Series, least: float = 1) -> bool:
    """Tell whether the cells of a column that are neither empty nor hidden are numbers, all or at least such a part of them, so that it is no breakdown."""
    filled = cells[cells.ne("") & ~cells.map(is_suppressed).astype(bool)]
    return len(filled) > 0 and bool(filled.str.fullmatch(r"[-+]?[0-9,]*\.?[0-9]+ ?%?").mean() >= least)


def total_label(text: str) -> bool:
    return loose_key(text) in _TOTALS

"""What a check says: one finding per claim and rule, with identifiers that stay the same from run to run."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

import pandas as pd

from wres_helpers.checking.claimed_figures import Claim
from wres_helpers.settings.master_file import Acknowledgement, Terms

AGREES: Final = "agrees"
AFTER_ROUNDING: Final = "agrees_after_rounding"
CONTRADICTS: Final = "contradicts"
CANNOT_CHECK: Final = "cannot_check"
VERDICTS: Final = (CONTRADICTS, CANNOT_CHECK, AFTER_ROUNDING, AGREES)

CONCLUSION: Final = "conclusion"
NUMBER: Final = "number"
WORDING: Final = "wording"
RANKS: Final = (CONCLUSION, NUMBER, WORDING)

#: The contract of ``wres check --json``, then what the analyst's page shows besides.
CONTRACT_COLUMNS: Final = ("id", "rank", "verdict", "where", "printed", "expected", "arithmetic", "diagnosis")
FINDING_COLUMNS: Final = (*CONTRACT_COLUMNS, "claim", "rule", "explanations", "acknowledged", "reason")


@dataclass(frozen=True)
class Explanation:
    """One way in which a contradiction may have come about: one word for it, and half a sentence.

    Of all explanations that fit, only those of the lowest tier, the least far-fetched, are given. ``corrected`` is what would then be
    printed, where that is not what is expected anyway; empty where it is nothing.
    """

    kind: str
    text: str
    tier: int = 1
    corrected: str | None = None


@dataclass(frozen=True)
class CheckFinding:
    """What one rule says about one claim, or about one table of the data.

    The identifier is made of claim (or table) and rule, and depends on no order and no other finding; ``expected`` is the text that
    would be right, ``diagnosis`` what may have happened, ``explanations`` its kinds, joined by ``;``.
    """

    id: str
    rank: str = NUMBER
    verdict: str = CANNOT_CHECK
    where: str = ""
    printed: str = ""
    expected: str = ""
    arithmetic: str = ""
    diagnosis: str = ""
    claim: str = ""
    rule: str = ""
    explanations: str = ""

    @classmethod
    def of(cls, claim: Claim, rule: str, rank: str = NUMBER) -> "CheckFinding":
        """Return the finding about one claim by one rule, with nothing found as yet."""
        return cls(finding_id(claim.id, rule), rank, where=claim.where, printed=claim.text, claim=claim.id, rule=rule)

    def with_(self, **changes: Any) -> "CheckFinding":
        """Return the finding with some parts changed."""
        return replace(self, **changes)

    def judged(self, holds: bool, expected: str, arithmetic: str, why: Iterable[Explanation] = ()) -> "CheckFinding":
        """Return the finding with its verdict; why it may be wrong is asked for only where it is."""
        found = replace(self, verdict=AGREES if holds else CONTRADICTS, expected=expected, arithmetic=arithmetic)
        return found if holds else found.explained(why)

    def explained(self, why: Iterable[Explanation], most: int = 4) -> "CheckFinding":
        """Return the finding with the simplest explanations, each said as a possibility, with the value that would follow from it."""
        found = [replace(each, corrected=self.expected) if each.corrected is None else each for each in why]
        lowest = min((each.tier for each in found), default=0)
        by_kind: dict[tuple[str, str | None], Explanation] = {}
        for each in found:
            if each.tier == lowest:
                by_kind.setdefault((each.kind, each.corrected), each)
        given = list(by_kind.values())[:most]
        parts = [f"{each.text} (it would be {each.corrected})" if each.corrected else each.text for each in given]
        diagnosis = "Possibly " + "; or ".join(parts) + "." if parts else ""
        return replace(self, diagnosis=diagnosis, explanations=";".join(dict.fromkeys(each.kind for each in given)))

    def in_words(self, terms: Terms) -> "CheckFinding":
        """Return the finding with the organisation's own words for the two groups; what was printed stays."""
        where = self.where if self.claim else terms.in_words(self.where)  # of a claim, where it is printed
        expected, arithmetic, diagnosis = map(terms.in_words, (self.expected, self.arithmetic, self.diagnosis))
        return replace(self, where=where, expected=expected, arithmetic=arithmetic, diagnosis=diagnosis)

    def cannot(self, reason: Any, why: str = "") -> "CheckFinding":
        """Return the finding as one that cannot be checked, with the reason."""
        return replace(self, verdict=CANNOT_CHECK, arithmetic=f"Cannot be checked{why}: {reason}.")


def finding_id(named: str, *parts: str) -> str:
    """Join the parts of an identifier: the register's own, kept as it is (two rows must never share one), then letters, digits and hyphens."""
    words = [re.sub(r"[^a-z0-9A-Z]+", "-", part).strip("-") for part in parts]
    return ".".join(word for word in ("-".join(named.split()), *words) if word)


def findings_table(findings: list[CheckFinding], acknowledgements: Iterable[Acknowledgement] = ()) -> pd.DataFrame:
    """Return findings, given in the order of the register, as a table, the gravest first."""
    reasons = {each.id: f"{each.reason} ({each.role}, {each.date})" for each in acknowledgements}
    table = pd.DataFrame([vars(finding) for finding in findings], columns=list(FINDING_COLUMNS[:-2]))
    table["acknowledged"], table["reason"] = table["id"].isin(reasons), [reasons.get(each, "") for each in table["id"]]
    gravity = table["verdict"].map(VERDICTS.index) * len(RANKS) + table["rank"].map(RANKS.index)
    # of findings with one identifier the gravest stays
    return table.iloc[gravity.argsort(kind="stable")].drop_duplicates("id").reset_index(drop=True)


def blocking(findings: pd.DataFrame) -> pd.DataFrame:
    """Return the contradictions that nobody has acknowledged and that change a conclusion, or set supplied tables against each other.

    ``wres check`` then ends with 1. Of two tables nobody knows which figures of the report are right.
    """
    of_tables = findings["id"].str.startswith("data.") & findings["claim"].eq("")
    grave = findings["rank"].eq(CONCLUSION) | of_tables
    return findings[findings["verdict"].eq(CONTRADICTS) & grave & ~findings["acknowledged"].astype(bool)]

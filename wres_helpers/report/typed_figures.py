"""Figures that people typed into their texts by hand and that no row of the section's indicators holds."""

import re
from collections.abc import Callable, Iterator, Mapping

import pandas as pd

from wres_helpers.analysis.evidence import Evidence
from wres_helpers.problems import Problem
from wres_helpers.report import evidence_rows, numbers

_NUMBER = r"(\d[\d,]*(?:\.\d+)?)"
_PART_OF = re.compile(rf"(?<![\d.,]){_NUMBER} (?:out )?of (?:the )?{_NUMBER}(?![\d.,]*\d|%| to )")
_LIKELIHOOD = re.compile(rf"(?<![\d.,]){_NUMBER} times (?:as|more|less) likely|relative likelihood (?:of|is|was) {_NUMBER}")
_GROUPS = ("white", "bme", "unknown")


def typed_figures(texts: Mapping[str, str], file_of: Callable[[str], str], evidence: Callable[[], Evidence]) -> Iterator[Problem]:
    """Give each typed "13 of 37" whose base is one of the section's and whose count is not, and each typed relative likelihood of no row.

    Parameters
    ----------
    texts
        What people wrote, by name; the numbers of a section's name are its indicators.
    file_of
        The file of a text.
    evidence
        What was counted; asked only where a text types such a figure.
    """
    for name, text in texts.items():
        indicators = [str(int(number)) for number in re.findall(r"\d+", name)]
        for row, line in enumerate(text.splitlines(), start=1):
            if not (_PART_OF.search(line) or _LIKELIHOOD.search(line)):
                continue
            results = evidence().results
            results = results[results["indicator"].isin(indicators)]
            for typed, given in (*_parts(line, results), *_likelihoods(line, results)):
                action = "Mend it, or name the figure in braces and let the pack write it ({indicator 2: relative likelihood})."
                yield Problem(file_of(name), f"a figure the data give ({given})", action, row=row, found=f"'{typed}'")


def _parts(line: str, results: pd.DataFrame) -> Iterator[tuple[str, str]]:
    """Give each "13 of 37" that contradicts the counts of that base, with what they are."""
    for match in _PART_OF.finditer(line):
        count, base = (float(number.replace(",", "")) for number in match.groups())
        known = {row[f"{group}_count"] for group in _GROUPS for _, row in results[results[f"{group}_base"].eq(base)].iterrows()}
        known = {each for each in known if not pd.isna(each)}
        if known and count not in known:
            yield match[0], " or ".join(f"{numbers.count(each)} of {numbers.count(base)}" for each in sorted(known)[:3])


def _likelihoods(line: str, results: pd.DataFrame) -> Iterator[tuple[str, str]]:
    """Give each relative likelihood that is that of no comparison, either way round, to as many decimals as it has."""
    ratios = [
        row["value"] for _, row in results.iterrows() if row["comparison"] == "ratio" and evidence_rows.has(row, "value") and row["value"]
    ]
    for match in _LIKELIHOOD.finditer(line) if ratios else ():
        typed = match[1] or match[2]
        decimals = len(typed.partition(".")[2])
        known = (round(each, decimals) for value in ratios for each in (value, 1 / value))
        if float(typed.replace(",", "")) not in known:
            yield match[0], ", ".join(numbers.ratio(value) for value in ratios[:3])

"""``wres compare``: the calculator."""

import json
import math
import re

from wres_helpers.analysis.calculator import compare_two
from wres_helpers.problems import ParameterProblems, Problem
from wres_helpers.report.form import numbers
from wres_helpers.standard.statuses import LABELS

_MOST = 10**8  # more people than any comparison has, and few enough for the exact test to end
_COUNT = r"\s*(\d{1,3}(?:,\d{3}){1,3}|\d{1,12})\s*"
_FRACTION = re.compile(f"{_COUNT}/{_COUNT}", re.ASCII)


def compare_command(white: str, bme: str, direction: str, confidence: float, as_json: bool) -> int:
    """Print the comparison of two groups; return the exit code.

    Raises ParameterProblems: an argument is not count/base, or a count exceeds its base.
    """
    groups, problems = [], []
    for name, text in (("WHITE", white), ("BME", bme)):
        match = _FRACTION.fullmatch(text)
        count, base = (int(part.replace(",", "")) for part in match.groups()) if match else (0, 0)
        if not match or count > base or base > _MOST:
            expected = f"count/base with the count not above the base and the base at most {_MOST:,}, for example 11/251"
            problems.append(Problem(name, expected, "Give the group again.", found=repr(text[:40])))
        groups += [count, base]
    if math.isnan(confidence):
        problems.append(Problem("--confidence", "a number between 0.5 and 1", "Give it again, or leave it out.", found="nan"))
    ParameterProblems.raise_if_any(problems)
    result = compare_two(*groups, direction=direction, confidence=confidence)
    told = {key: "inf" if value == math.inf else value for key, value in result.items()}
    print(json.dumps(told, indent=2) if as_json else _sentence(result))
    return 0


def _sentence(result: dict) -> str:
    opposite = "/".join(reversed(result["direction"].split("/")))
    ends = result["lower"], result["upper"]
    interval = "not defined" if None in ends else numbers.ratio_interval(*ends)
    ratio, other = ("not defined" if value is None else numbers.ratio(value) for value in (result["ratio"], result["complement_ratio"]))
    p_value = result["p_value"]  # never told as 0.0000, because nothing is impossible
    chance = "not defined" if p_value is None else f"{'below 0.0001' if p_value < 0.0001 else f'{p_value:.4f}'} ({result['p_value_test']})"
    rates = {group: f" ({numbers.percentage(rate)})" for group in ("white", "bme") if (rate := result[f"{group}_rate"]) is not None}
    lines = [
        f"White: {result['white_count']:,} of {result['white_base']:,}{rates.get('white', '')}",
        f"BME:   {result['bme_count']:,} of {result['bme_base']:,}{rates.get('bme', '')}",
        f"Relative likelihood ({result['direction']}): {ratio}",
        f"{numbers.confidence(result['confidence'])} interval: {interval} ({result['method']})",
        f"p-value that the two rates are equal: {chance}",
        f"Relative likelihood of not being counted ({opposite}): {other}",
        f"Status: {LABELS.get(result['status'], result['status'])}" + (f" ({result['reason']})" if result["reason"] else ""),
    ]
    return "\n".join(lines)

"""Staff survey results by ethnicity: counts by category become counts by group."""

import numpy as np
import pandas as pd

from wres_helpers.intake.extracts.column_mapping import Extract
from wres_helpers.intake.extracts.ethnicity_codes import CodeSet, ethnicity_of
from wres_helpers.intake.extracts.fields import counted_by, read_values, values_to, whole_numbers_of
from wres_helpers.intake.extracts.values import count_from_percentage, read_percentage
from wres_helpers.standard.columns import ETHNIC_GROUPS

_EXPECTED = "a whole number of respondents"
#: Responses of the standard's questions; a file with other words says what they mean under ``responses``.
RESPONSES = ("Never", "1-2 times", "3-5 times", "6-10 times", "More than 10 times", "Yes", "No", "Don't know")


def survey_table(extract: Extract, known: CodeSet, blank_is_unknown: bool) -> tuple[pd.DataFrame, list[str]]:
    """Return respondents by question, response and ethnic group, and decisions.

    A group that answered a question has a row for each of its responses, zero where the file has none.
    """
    ethnicity = ethnicity_of(extract, known, blank_is_unknown)
    counted = np.ones(len(extract), dtype=bool)
    for name, rule in extract.settings.rules.items():
        counted &= counted_by(extract, name, rule) != 0
    questions = _named(extract, "question", extract.settings.questions)
    responses = _named(extract, "response", extract.settings.responses)
    numbers = _respondents(extract)
    _tell_repeated(extract, ethnicity.categories)
    frame = pd.DataFrame({"question": questions, "response": responses, "group": ethnicity.groups, "respondents": numbers})[counted]
    frame = frame[frame["group"] >= 0]
    return _completed(frame), ["Survey: respondents of all categories of a group are added up."]


def _completed(frame: pd.DataFrame) -> pd.DataFrame:
    totals = frame.groupby(["question", "response", "group"], sort=False)["respondents"].sum()
    parts = []
    for question, answers in frame.groupby("question", sort=False):
        groups = sorted(answers["group"].unique())
        keys = pd.MultiIndex.from_product([[question], list(dict.fromkeys(answers["response"])), groups], names=totals.index.names)
        parts.append(totals.reindex(keys, fill_value=0))
    table = pd.concat(parts).reset_index() if parts else totals.reset_index()
    table["ethnic_group"] = table.pop("group").map(dict(enumerate(ETHNIC_GROUPS))).astype("str")
    return table[["question", "response", "ethnic_group", "respondents"]].astype({"respondents": "int64"})


def _named(extract: Extract, name: str, names: dict[str, str]) -> np.ndarray:
    """Return questions or responses under the standard's names; questions stay as they are where no names are given."""
    column = extract.column(name)
    if name == "response":
        names = {response: response for response in RESPONSES} | names
    if not names:
        return np.array([*column.values, ""], dtype=object)[column.codes]
    wrong = (f"an unmapped {name}", f"a {name} that the master file names", f"Add it under extracts.survey.{name}s in the master file.")
    positions = values_to(extract, name, {text: position for position, text in enumerate(names)}, wrong)
    return np.array([*names.values(), ""], dtype=object)[positions]


def _respondents(extract: Extract) -> np.ndarray:
    if "respondents" in extract:
        return whole_numbers_of(extract, "respondents", _EXPECTED)
    bases = whole_numbers_of(extract, "base", _EXPECTED)
    column = extract.column("percent")
    reads = read_values(extract, "percent", read_percentage, "a percentage", "read as a percentage.")
    numbers = np.zeros(len(extract), dtype=np.int64)
    for row, code in enumerate(column.codes):
        if reads[code].value is None:
            continue
        count = count_from_percentage(*reads[code].value, int(bases[row]))
        if count is None:
            where, value = extract.at("percent", [row]), extract.shown(column.values[code])
            expected = f"a percentage that fits one count of the base {bases[row]:,}"
            action = "Ask for the number of respondents, or for more decimals."
            extract.findings.stop("a percentage that fits no single count", where, value, expected, action)
        numbers[row] = count or 0
    return numbers


def _tell_repeated(extract: Extract, categories: np.ndarray) -> None:
    columns = {name: extract.column(name).codes for name in ("question", "response")} | {"category": categories}
    repeated = np.flatnonzero(pd.DataFrame(columns).duplicated().to_numpy() & (categories >= 0))
    if len(repeated):
        extract.findings.stop(
            "an answer told twice",
            extract.at("question", repeated),
            "a question, response and ethnic category that stand in an earlier row",
            "each once",
            "Remove one of the rows.",
        )

"""Staff survey results by ethnicity: counts by category become counts by group."""

import numpy as np
import pandas as pd

from wres_helpers.definitions.schema import ETHNIC_GROUPS
from wres_helpers.intake.extracts.columns import Extract
from wres_helpers.intake.extracts.ethnicity import CodeSet, ethnicity_of
from wres_helpers.intake.extracts.fields import counted_by
from wres_helpers.intake.extracts.values import Read, clean_text, count_from_percentage, key_of, read_percentage, read_whole_number

_EXPECTED = "a whole number of respondents"
_ACTIONS = {
    "suppressed": ("a suppressed cell", "Ask for the numbers unsuppressed: the pack hides small numbers itself."),
    "percentage": ("a percentage for a count", "Map the column as 'percent' and its base as 'base', or ask for the numbers."),
}


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
    """Return questions or responses under the standard's names, where the master file gives any."""
    column = extract.column(name)
    if not names:
        return np.array([*column.values, ""], dtype=object)[column.codes]
    keyed = {key_of(clean_text(text)[0]): position for position, text in enumerate(names)}
    expected = f"a {name} that the master file names"
    wrong = (f"an unmapped {name}", expected, f"Add it under extracts.survey.{name}s in the master file.")
    positions = extract.look_up(name, lambda text: (keyed.get(key_of(text), -1), ""), lambda _: wrong)
    return np.array([*names.values(), ""], dtype=object)[positions]


def _respondents(extract: Extract) -> np.ndarray:
    if "respondents" in extract:
        return _whole_numbers(extract, "respondents")
    bases = _whole_numbers(extract, "base")
    column = extract.column("percent")
    reads = [read_percentage(text) for text in column.values]
    _tell(extract, "percent", reads)
    numbers = np.zeros(len(extract), dtype=np.int64)
    for row, code in enumerate(column.codes):
        if reads[code].value is None:
            continue
        count = count_from_percentage(*reads[code].value, int(bases[row]))
        if count is None:
            extract.findings.stop(
                "a percentage that fits no single count", extract.at("percent", [row]), extract.shown(column.values[code]), f"a percentage that fits one count of the base {bases[row]:,}",
                "Ask for the number of respondents, or for more decimals.",
            )  # fmt: skip
        numbers[row] = count or 0
    return numbers


def _whole_numbers(extract: Extract, name: str) -> np.ndarray:
    column = extract.column(name)
    reads = [read_whole_number(text) for text in column.values]
    _tell(extract, name, reads)
    return column.spread(np.array([read.value if read.value is not None else 0 for read in reads], dtype=np.int64))


def _tell(extract: Extract, name: str, reads: list[Read]) -> None:
    column = extract.column(name)
    if extract.lacks(name):
        return
    expected = "a percentage" if name == "percent" else _EXPECTED
    for position, read in enumerate(reads):
        where = extract.at(name, column.where(position))
        value = extract.shown(column.values[position])
        if read.wrong:
            defect, action = _ACTIONS.get(read.wrong, ("not a count", "Mend the cell."))
            extract.findings.stop(defect, where, value, expected, action)
        elif read.note:
            extract.findings.handle(read.note, where, f"{value} ({read.note})", expected, "read as a number.")


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

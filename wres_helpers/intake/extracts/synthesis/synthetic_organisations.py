"""Makes a staff list of any size, up to the whole NHS: for measuring time and memory. Nobody in it exists."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from wres_helpers.intake.extracts.synthesis import invented_plan
from wres_helpers.standard.columns import ETHNIC_GROUPS

HEADINGS = (
    "Employee Number", "Assignment Number", "Ethnic Origin", "Pay Grade", "Staff Group", "Assignment Category",
    "Primary", "FTE", "Latest Start Date", "Leave Date", "Directorate", "Gender",
)  # fmt: skip

_SNAPSHOT = np.datetime64("2020-03-31", "D")


def write_national(path: Path, rows: int = 1_500_000, seed: int = 1) -> dict[str, int]:
    """Write a staff list of so many assignments and return how many people of each ethnic group are on its snapshot list.

    Three in a hundred rows are second assignments, five bank or agency, four leavers; 1.5 million rows are about the whole NHS
    in England. The counts come from the drawing itself and are a witness independent of the reading; the same seed gives the
    same file.
    """
    random = np.random.default_rng(seed)
    second = int(rows * 0.03)
    people = rows - second
    group = random.choice(3, people, p=[0.70, 0.25, 0.05])
    kind = random.choice(3, people, p=[0.91, 0.05, 0.04])
    columns = _people_columns(random, group, kind)
    # a second assignment repeats a person who is there, and is not the primary one
    repeated = random.choice(np.flatnonzero(kind == 0), second, replace=False)
    twice = {name: column.take(pa.array(repeated)) for name, column in columns.items()}
    twice["Assignment Number"] = pc.binary_join_element_wise(_numbers(repeated), "2", "-")
    twice["Primary"] = _taken(["No"], np.zeros(second, dtype=int))
    table = pa.table({name: pa.concat_arrays([columns[name], twice[name]]) for name in HEADINGS})
    with path.open("wb") as stream:
        stream.write((",".join(HEADINGS) + "\n").encode())
        arrow_csv.write_csv(
            table.take(pa.array(random.permutation(rows))), stream, arrow_csv.WriteOptions(include_header=False, quoting_style="none")
        )
    return {name: int(((group == position) & (kind == 0)).sum()) for position, name in enumerate(ETHNIC_GROUPS)}


def _people_columns(random: np.random.Generator, group: np.ndarray, kind: np.ndarray) -> dict[str, pa.Array]:
    people = len(group)
    numbers = _numbers(np.arange(people))
    fixed_term = random.random(people) < 0.1
    return {
        "Employee Number": numbers,
        "Assignment Number": numbers,
        "Ethnic Origin": _ethnicity(random, group),
        "Pay Grade": _drawn(random, people, [spelling for spellings in invented_plan.SPELLINGS.values() for spelling in spellings]),
        "Staff Group": _drawn(random, people, [name for name, _ in invented_plan.STAFF_GROUPS]),
        "Assignment Category": _taken(["Permanent", "Fixed Term Temp", "Bank"], np.where(kind == 1, 2, fixed_term)),
        "Primary": _taken(["Yes"], np.zeros(people, dtype=int)),
        "FTE": _drawn(random, people, ["1.00", "0.80", "0.60", "0.40"]),
        "Latest Start Date": _days(random.integers(301, 12_000, people)),
        "Leave Date": _days(np.where(kind == 2, random.integers(1, 300, people), 0)),
        "Directorate": _drawn(random, people, [f"Directorate {number:02d}" for number in range(1, 41)]),
        "Gender": _drawn(random, people, [name for name, _ in invented_plan.GENDERS]),
    }


def _numbers(people: np.ndarray) -> pa.Array:
    return pa.array(20_000_000 + people).cast(pa.string())


def _taken(choices: list[str], codes: np.ndarray) -> pa.Array:
    return pa.array(choices, pa.string()).take(pa.array(codes.astype(np.int64)))


def _drawn(random: np.random.Generator, people: int, choices: list[str]) -> pa.Array:
    return _taken(choices, random.integers(0, len(choices), people))


def _ethnicity(random: np.random.Generator, group: np.ndarray) -> pa.Array:
    texts, codes = [], np.zeros(len(group), dtype=int)
    for position, categories in enumerate(invented_plan.CATEGORIES):
        chosen = np.flatnonzero(group == position)
        weights = np.array([weight for _, weight in categories], dtype=float)
        codes[chosen] = len(texts) + random.choice(len(categories), len(chosen), p=weights / weights.sum())
        texts += [text for text, _ in categories]
    return _taken(texts, codes)


def _days(days_before: np.ndarray) -> pa.Array:
    """Return days before the snapshot as British dates; none for 0."""
    days = np.datetime_as_string(_SNAPSHOT - np.arange(days_before.max() + 1))
    return _taken(["", *(f"{day[8:10]}/{day[5:7]}/{day[:4]}" for day in days[1:])], days_before)

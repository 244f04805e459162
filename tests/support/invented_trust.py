"""Makes the ten years of Harrowmere, a trust that does not exist, as the counts tables that ship in ``data/harrowmere``.

    python -m tests.support.invented_trust data/harrowmere

Staff are a stock that people leave and join: every year about one in nine of a cell leaves, and the joiners bring the cell to
its size, so that years next to each other share most of their people as real ones do. Everything else is drawn from rates
set down here. The same seed gives the same files; a test holds the shipped files to this program.
"""

import csv
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np

SEED = 20260331
FIRST_START, NUMBER_OF_YEARS = 2016, 10
#: Years for which directorates and international recruitment are told apart.
DETAILED_FROM = 2023
MERGER = 2021
GROUPS = ("white", "bme", "unknown")
LEAVERS = 0.11

#: Part of the whole trust that works in each directorate, by staff group. Community services joined with the merger.
DIRECTORATES = {
    "clinical": {"Medicine": 0.33, "Surgery": 0.29, "Women and children": 0.2, "Clinical support": 0.18},
    "non_clinical": {"Medicine": 0.1, "Surgery": 0.09, "Women and children": 0.06, "Clinical support": 0.15, "Corporate": 0.6},
    "medical_and_dental": {"Medicine": 0.42, "Surgery": 0.34, "Women and children": 0.17, "Clinical support": 0.07},
}
COMMUNITY = "Community services"
STAFF_GROUPS = {"clinical": 0.64, "non_clinical": 0.27, "medical_and_dental": 0.09}

#: Grade: part of the staff group, BME share at the start, BME share among the people who join at the end.
GRADES = {
    "clinical": {
        "Band 2": (0.165, 0.14, 0.32), "Band 3": (0.1, 0.12, 0.27), "Band 4": (0.06, 0.1, 0.22), "Band 5": (0.27, 0.24, 0.58),
        "Band 6": (0.215, 0.13, 0.33), "Band 7": (0.115, 0.09, 0.2), "Band 8a": (0.045, 0.06, 0.15), "Band 8b": (0.016, 0.05, 0.11),
        "Band 8c": (0.008, 0.04, 0.1), "Band 8d": (0.004, 0.0, 0.08), "Band 9": (0.0015, 0.0, 0.1), "VSM": (0.0005, 0.0, 0.1),
    },
    "non_clinical": {
        "Band 2": (0.34, 0.09, 0.21), "Band 3": (0.2, 0.08, 0.17), "Band 4": (0.15, 0.07, 0.15), "Band 5": (0.08, 0.07, 0.15),
        "Band 6": (0.08, 0.06, 0.14), "Band 7": (0.06, 0.06, 0.12), "Band 8a": (0.036, 0.05, 0.1), "Band 8b": (0.02, 0.04, 0.09),
        "Band 8c": (0.014, 0.03, 0.08), "Band 8d": (0.008, 0.0, 0.08), "Band 9": (0.005, 0.0, 0.07), "VSM": (0.007, 0.0, 0.1),
    },
    "medical_and_dental": {
        "Consultant": (0.46, 0.31, 0.46), "Non-consultant career grade": (0.16, 0.52, 0.66), "Trainee grade": (0.38, 0.34, 0.5),
    },
}  # fmt: skip

#: Undisclosed among the people who join, at the start and at the end.
UNKNOWN = (0.07, 0.03)

#: By group: applicants for each member of staff, part shortlisted, part of these appointed.
RECRUITMENT = {"white": (2.0, 0.3, 0.235), "bme": (5.2, 0.21, 0.152), "unknown": (1.6, 0.26, 0.19)}
#: International recruits, apart from the others in the detailed years: applicants in a directorate, part shortlisted, part of these appointed.
INTERNATIONAL = {"white": (2, 0.6, 0.6), "bme": (19, 0.66, 0.72), "unknown": (1, 0.5, 0.5)}
DISCIPLINARY = {"white": 0.0068, "bme": 0.0112, "unknown": 0.008}
TRAINING = {"white": 0.365, "bme": 0.352, "unknown": 0.3}
RESPONSE = {"white": 0.47, "bme": 0.4, "unknown": 0.3}

SCALE = ("Never", "1-2 times", "3-5 times", "6-10 times", "More than 10 times")
ANSWERS = {
    "5": (
        SCALE,
        {"white": (0.735, 0.16, 0.06, 0.02, 0.025), "bme": (0.7, 0.17, 0.07, 0.03, 0.03), "unknown": (0.72, 0.16, 0.07, 0.02, 0.03)},
    ),
    "6": (
        SCALE,
        {"white": (0.785, 0.15, 0.04, 0.01, 0.015), "bme": (0.735, 0.17, 0.05, 0.02, 0.025), "unknown": (0.75, 0.16, 0.05, 0.02, 0.02)},
    ),
    "7": (("Yes", "No", "Don't know"), {"white": (0.59, 0.14, 0.27), "bme": (0.46, 0.26, 0.28), "unknown": (0.44, 0.22, 0.34)}),
    "8": (("Yes", "No"), {"white": (0.066, 0.934), "bme": (0.158, 0.842), "unknown": (0.12, 0.88)}),
}
#: The questions of the national survey, by the first edition they hold for.
QUESTIONS = {2016: ("15a", "15b+15c", "16", "17b"), 2019: ("13a", "13b+13c", "14", "15b"), 2022: ("14a", "14b+14c", "15", "16b")}

#: Voting executives and non-executives, and executives without a vote, of each group, by the first year they hold for.
BOARDS = {
    2016: {"white": (5, 7, 2), "bme": (0, 0, 0), "unknown": (0, 0, 0)},
    2019: {"white": (5, 6, 2), "bme": (0, 1, 0), "unknown": (0, 0, 0)},
    2022: {"white": (5, 5, 2), "bme": (0, 2, 0), "unknown": (0, 0, 0)},
    2025: {"white": (4, 5, 2), "bme": (1, 2, 0), "unknown": (0, 0, 0)},
}

Row = tuple[str | int, ...]
Stock = dict[tuple[str, str, str], np.ndarray]


def tables() -> dict[tuple[str, str], list[Row]]:
    """Return every table's rows, the heading first, by year and name of the table."""
    draw, stock, made = np.random.default_rng(SEED), {}, {}
    for start in range(FIRST_START, FIRST_START + NUMBER_OF_YEARS):
        stock = _moved_on(stock, start, draw)
        year = f"{start}-{(start + 1) % 100:02d}"
        for name, rows in _tables_of(stock, start, draw).items():
            made[year, name] = rows
    return made


def write(folder: Path) -> None:
    """Write all tables below the folder."""
    for (year, name), rows in tables().items():
        path = folder / year / f"{name}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(as_csv(rows), encoding="utf-8", newline="")


def as_csv(rows: list[Row]) -> str:
    """Return rows as the text of a CSV file."""
    lines: list[str] = []

    class Lines:
        write = staticmethod(lines.append)

    csv.writer(Lines, lineterminator="\n").writerows(rows)
    return "".join(lines)


def _sizes(start: int) -> dict[tuple[str, str, str], int]:
    """Return how many people each cell (staff group, directorate, grade) has in a year."""
    whole = 5000 + 70 * (start - FIRST_START)
    community = 0 if start < MERGER else 430
    sizes: dict = defaultdict(int)
    for staff_group, part in STAFF_GROUPS.items():
        homes = {**{name: size * whole for name, size in DIRECTORATES[staff_group].items()}, COMMUNITY: community}
        for directorate, people in homes.items():
            for grade, (share, _, _) in GRADES[staff_group].items():
                sizes[staff_group, directorate, grade] = round(people * part * share)
    return {cell: size for cell, size in sizes.items() if size}


def _moved_on(stock: Stock, start: int, draw: np.random.Generator) -> Stock:
    progress = (start - FIRST_START) / (NUMBER_OF_YEARS - 1)
    moved = {}
    for cell, size in _sizes(start).items():
        staff_group, directorate, grade = cell
        _, at_start, at_end = GRADES[staff_group][grade]
        share = at_start + (at_end - at_start) * (0.35 + 0.65 * progress if cell in stock else 0)
        share *= 0.6 if directorate == COMMUNITY else 1.12 if directorate == "Medicine" else 1
        unknown = UNKNOWN[0] + (UNKNOWN[1] - UNKNOWN[0]) * progress
        chances = [1 - share - unknown, share, unknown]
        stayed = stock[cell] - draw.binomial(stock[cell], LEAVERS) if cell in stock else np.zeros(3, dtype=int)
        moved[cell] = stayed + draw.multinomial(max(size - stayed.sum(), 0), chances)
    return moved


def _tables_of(stock: Stock, start: int, draw: np.random.Generator) -> dict[str, list[Row]]:
    detailed = start >= DETAILED_FROM
    staff: dict = defaultdict(lambda: np.zeros(3, dtype=int))
    for (_, directorate, _), people in stock.items():
        staff[directorate if detailed else ""] += people
    head = ("directorate",) if detailed else ()
    return {
        "headcount": [("ethnic_group", "headcount"), *((group, int(sum(staff.values())[place])) for place, group in enumerate(GROUPS))],
        "workforce": [("staff_group", "grade", *head, "ethnic_group", "headcount"), *_workforce(stock, detailed)],
        "recruitment": [("stage", *head, *(("recruits",) if detailed else ()), "ethnic_group", "people"), *_recruitment(staff, detailed, draw)],
        "disciplinary": [(*head, "ethnic_group", "entered"), *_drawn(staff, DISCIPLINARY, draw)],
        "training": [(*head, "ethnic_group", "accessed"), *_drawn(staff, TRAINING, draw)],
        "staff_survey": [("question", "response", "ethnic_group", "respondents"), *_survey(sum(staff.values()), start + 1, draw)],
        "board": [("membership", "ethnic_group", "members"), *_board(start)],
    }  # fmt: skip


def _workforce(stock: Stock, detailed: bool) -> list[Row]:
    cells: dict = defaultdict(lambda: np.zeros(3, dtype=int))
    for (staff_group, directorate, grade), people in stock.items():
        cells[(staff_group, grade, directorate) if detailed else (staff_group, grade)] += people
    return [(*cell, group, int(people[place])) for cell, people in cells.items() for place, group in enumerate(GROUPS)]


def _named(directorate: str) -> tuple[str, ...]:
    return (directorate,) if directorate else ()


def _drawn(staff: dict[str, np.ndarray], rates: dict[str, float], draw: np.random.Generator) -> list[Row]:
    return [
        (*_named(directorate), group, int(draw.binomial(people[place], rates[group])))
        for directorate, people in staff.items()
        for place, group in enumerate(GROUPS)
    ]


def _recruitment(staff: dict[str, np.ndarray], detailed: bool, draw: np.random.Generator) -> list[Row]:
    counts: dict = {}
    for directorate, people in staff.items():
        for place, group in enumerate(GROUPS):
            each, shortlisted, appointed = RECRUITMENT[group]
            counts[directorate, "home", group] = _flow(round(people[place] * each * 0.9), shortlisted, appointed, draw)
            applied, *chances = INTERNATIONAL[group]
            counts[directorate, "international", group] = _flow(applied if detailed else applied * 5, *chances, draw)
    if not detailed:
        counts = {
            ("", "", group): tuple(np.add(counts["", "home", group], counts["", "international", group]).tolist()) for group in GROUPS
        }
    return [
        (stage, *_named(directorate), *((route,) if detailed else ()), group, flow[place])
        for place, stage in enumerate(("applied", "shortlisted", "appointed"))
        for (directorate, route, group), flow in counts.items()
    ]


def _flow(applied: int, shortlisted: float, appointed: float, draw: np.random.Generator) -> tuple[int, int, int]:
    reached = int(draw.binomial(applied, shortlisted))
    return applied, reached, int(draw.binomial(reached, appointed))


def _survey(staff: np.ndarray, edition: int, draw: np.random.Generator) -> list[Row]:
    questions = QUESTIONS[max(first for first in QUESTIONS if first <= edition)]
    rows: list[Row] = []
    for question, (answers, chances) in zip(questions, ANSWERS.values(), strict=True):
        drawn = {}
        for place, group in enumerate(GROUPS):
            drawn[group] = draw.multinomial(draw.binomial(staff[place], RESPONSE[group]), chances[group])
        rows += [(question, answer, group, int(drawn[group][place])) for place, answer in enumerate(answers) for group in GROUPS]
    return rows


def _board(start: int) -> list[Row]:
    board = BOARDS[max(first for first in BOARDS if first <= start)]
    parts = {
        "total": lambda executive, others, advising: executive + others + advising,
        "voting": lambda executive, others, advising: executive + others,
        "non_voting": lambda executive, others, advising: advising,
        "executive": lambda executive, others, advising: executive + advising,
        "non_executive": lambda executive, others, advising: others,
    }
    return [(name, group, count(*board[group])) for name, count in parts.items() for group in GROUPS]


if __name__ == "__main__":
    write(Path(sys.argv[1]))

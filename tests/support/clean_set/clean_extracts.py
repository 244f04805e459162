"""Makes the clean set: record-level files that, prepared, give exactly the planned counts, and no finding.

They hold what real extracts hold and what is no defect: people with several assignments, bank and agency workers,
leavers and joiners, repeated cases, mandatory courses, offers declined.
"""

import csv
import io
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

from support.clean_set import invented_plan
from wres_helpers.standard.columns import ETHNIC_GROUPS

SNAPSHOT = date(2020, 3, 31)
Rows = list[list[str]]

STAFF_HEADINGS = [
    "Employee Number", "Assignment Number", "Surname", "Forename", "Ethnic Origin", "Pay Grade", "Staff Group", "Assignment Category",
    "Primary", "FTE", "Latest Start Date", "Leave Date", "Directorate", "Gender", "Age Band", "Working Pattern",
]  # fmt: skip
RECRUITMENT_HEADINGS = [
    "Application Ref", "Ethnic Group", "Furthest Stage", "Application Status", "Date Applied", "Post Band", "Post Type", "Applicant Source",
]  # fmt: skip


@dataclass(frozen=True)
class Assignment:
    """One row of the invented staff list."""

    number: int
    suffix: str
    group: int
    ethnicity: str
    grade: str
    staff_group: str
    category: str
    primary: str
    fte: str
    start: date
    leave: date | None
    directorate: str
    gender: str
    age_band: str

    @property
    def employee(self) -> str:
        return f"S{self.number:07d}"

    def cells(self) -> list[str]:
        """Return the row's cells in the order of the headings; names say that nobody exists."""
        leave = _written(self.leave) if self.leave else ""
        pattern = "Full time" if self.fte == "1.00" else "Part time"
        name = f"Invented{self.number:05d}"
        return [
            self.employee, self.employee + self.suffix, name, "Nobody", self.ethnicity, self.grade, self.staff_group, self.category,
            self.primary, self.fte, _written(self.start), leave, self.directorate, self.gender, self.age_band, pattern,
        ]  # fmt: skip


def _written(day: date) -> str:
    return day.strftime("%d/%m/%Y")


def drawn(random: Random, choices: Sequence[tuple[str, int]]) -> str:
    return random.choices([text for text, _ in choices], [weight for _, weight in choices])[0]


def staff_list(random: Random) -> list[Assignment]:
    people = list(_on_snapshot(random))
    rows = people + _second_assignments(random, people) + _bank_and_agency(random, people) + _away(random, len(people))
    random.shuffle(rows)
    return rows


def _on_snapshot(random: Random) -> Iterator[Assignment]:
    number = 1
    for grade, groups in invented_plan.GRADES.items():
        for group, how_many in enumerate(groups):
            for _ in range(how_many):
                yield _person(random, number, group, grade)
                number += 1


def _person(random: Random, number: int, group: int, grade: str) -> Assignment:
    fte = random.choices(["1.00", "0.80", "0.60"], [75, 15, 10])[0]
    start = SNAPSHOT - timedelta(days=random.randint(20, 9000))
    leave = SNAPSHOT + timedelta(days=random.randint(0, 300)) if random.random() < 0.04 else None
    return Assignment(
        number, "", group, drawn(random, invented_plan.CATEGORIES[group]), random.choice(invented_plan.SPELLINGS[grade]), drawn(random, invented_plan.STAFF_GROUPS),
        random.choices(["Permanent", "Fixed Term Temp"], [88, 12])[0], "Yes", fte, start, leave,
        drawn(random, invented_plan.DIRECTORATES), drawn(random, invented_plan.GENDERS), drawn(random, invented_plan.AGE_BANDS),
    )  # fmt: skip


def _second_assignments(random: Random, people: list[Assignment]) -> list[Assignment]:
    second = []
    for person in random.sample(people, 38):
        second.append(replace(person, suffix="-2", grade="Band 6", primary="No", fte="0.20", start=person.start + timedelta(days=5)))
    return second


def _bank_and_agency(random: Random, people: list[Assignment]) -> list[Assignment]:
    # some work on the bank besides their post; others only there, and agency workers, are not in the workforce
    rows = [replace(person, suffix="-B", grade="Bank", category="Bank", primary="No", fte="0.00") for person in random.sample(people, 26)]
    for number in range(5001, 5071):
        person = _person(random, number, random.choices([0, 1, 2], [60, 30, 10])[0], "Band 3")
        category = "Bank" if number < 5050 else "Agency"
        rows.append(replace(person, category=category, grade=category, fte="0.00"))
    return rows


def _away(random: Random, people: int) -> list[Assignment]:
    rows = []
    for number in range(people + 1, people + 96):
        person = _person(random, number, random.choices([0, 1, 2], [80, 8, 12])[0], random.choice(list(invented_plan.GRADES)))
        leave = SNAPSHOT - timedelta(days=random.randint(1, 700))
        rows.append(replace(person, start=leave - timedelta(days=random.randint(200, 3000)), leave=leave))
    for number in range(people + 96, people + 113):
        person = _person(random, number, random.choices([0, 1, 2], [80, 12, 8])[0], "Band 5")
        rows.append(replace(person, start=SNAPSHOT + timedelta(days=random.randint(1, 40)), leave=None))
    return rows


def staff_rows(staff: list[Assignment]) -> Rows:
    return [list(STAFF_HEADINGS), *(assignment.cells() for assignment in staff)]


def recruitment_rows(random: Random) -> Rows:
    """Return the recruitment export: one row per application."""
    records = []
    for group, how_many in enumerate(zip(*invented_plan.STAGES.values(), strict=True)):
        applied, shortlisted, appointed = how_many
        for number in range(applied):
            reached = "Appointed" if number < appointed else "Interviewed"
            if number >= shortlisted:
                reached = random.choice(["Applied", "Rejected at shortlisting"])
            records.append([drawn(random, invented_plan.WORDED[group]), reached, "Submitted"])
    records += [[drawn(random, invented_plan.WORDED[0]), "Applied", "Withdrawn before closing"] for _ in range(120)]
    random.shuffle(records)
    rows = [list(RECRUITMENT_HEADINGS)]
    for number, (ethnicity, stage, status) in enumerate(records, start=1):
        day = date(2019, 4, 1) + timedelta(days=random.randint(0, 365))
        band = drawn(random, (("Band 2 to 4", 40), ("Band 5 to 7", 45), ("Band 8a and above", 15)))
        kind = drawn(random, (("Non-clinical", 93), ("Clinical", 7)))
        source = drawn(random, (("External", 82), ("Internal", 15), ("International", 3)))
        rows.append([f"AP{number:06d}", ethnicity, stage, status, _written(day), band, kind, source])
    return rows


def case_rows(random: Random, staff: list[Assignment]) -> Rows:
    """Return the case log: formal disciplinary cases and others, some outside the two years, one person twice."""
    rows = [["Case Ref", "Employee Number", "Case Type", "Date Entered", "Ethnic Origin"]]
    formal, chosen = "Disciplinary - formal investigation", []
    for group, how_many in enumerate(invented_plan.ENTERED):
        chosen += _some(random, _candidates(staff, group), how_many)
    # two of the white people have left since: the rule in the master file counts them
    chosen[:2] = [one for one in _leavers(staff) if one.group == 0][:2]
    cases = [(one, formal, _day(random, 720)) for one in (*chosen, chosen[5])]
    others = [one for one in staff if one.primary == "Yes" and one.category == "Permanent" and one not in chosen][:60]
    cases += [(one, kind, _day(random, 720)) for one, kind in zip(others, ["Grievance", "Capability", "Sickness"] * 14, strict=False)]
    cases += [(one, formal, date(2018, 3, 31) - timedelta(days=random.randint(0, 400))) for one in others[45:52]]
    cases.sort(key=lambda case: case[2])
    for number, (one, kind, day) in enumerate(cases, start=1):
        rows.append([f"ER{number:04d}", one.employee, kind, _written(day), one.ethnicity])
    return rows


def _is_employed(one: Assignment) -> bool:
    there = one.start <= SNAPSHOT and (one.leave is None or one.leave >= SNAPSHOT)
    return there and one.category in ("Permanent", "Fixed Term Temp")


def _candidates(staff: list[Assignment], group: int) -> list[Assignment]:
    """Return the people of a group in their main posts on the snapshot day, one row each, in the order of their numbers."""
    there = {one.number: one for one in staff if one.group == group and one.primary == "Yes" and _is_employed(one)}
    return [there[number] for number in sorted(there)]


def _leavers(staff: list[Assignment]) -> list[Assignment]:
    return sorted((one for one in staff if one.leave and one.leave < SNAPSHOT), key=lambda one: one.number)


def _some(random: Random, people: list[Assignment], how_many: int) -> list[Assignment]:
    return random.sample(people, min(how_many, len(people) // 2))


def _day(random: Random, days: int) -> date:
    return SNAPSHOT - timedelta(days=random.randint(0, days))


def training_rows(random: Random, staff: list[Assignment]) -> Rows:
    """Return the training log: one row per course place, mandatory courses and declined offers among them."""
    rows = [["Employee Number", "Course", "Course Type", "Booking Status", "Course Date"]]
    places = []
    for group, how_many in enumerate(invented_plan.ACCESSED):
        candidates = _candidates(staff, group)
        chosen = _some(random, candidates, how_many)
        for one in chosen:
            places += [(one, "Continuing professional development", "Attended")] * random.choice([1, 1, 1, 2, 3])
        others = [one for one in candidates if one not in chosen]
        places += [(one, "Mandatory", "Attended") for one in random.sample(others, len(others) * 2 // 3)]
        places += [(one, "Continuing professional development", "Declined") for one in random.sample(others, len(others) // 12)]
    places += [(one, "Continuing professional development", "Attended") for one in _leavers(staff)[:9]]
    random.shuffle(places)
    for one, kind, status in places:
        day = date(2019, 4, 1) + timedelta(days=random.randint(0, 365))
        course = "Invented course " + random.choice("ABCDEF")
        rows.append([one.employee, course, kind, status, _written(day)])
    return rows


def survey_rows() -> Rows:
    """Return the survey's results: one row per question, response and ethnic category."""
    rows = [["Question", "Response", "Ethnic Group", "Respondents"]]
    asked = [(question, response, groups) for question, answers in invented_plan.SURVEY.items() for response, groups in answers.items()]
    for question, response, groups in asked:
        for group, respondents in enumerate(groups):
            categories = [category for category, _ in invented_plan.WORDED[group][:2]]
            small = respondents // 12
            for category, number in zip(categories, (respondents - small, small), strict=True):
                rows.append([question, response, category, str(number)])
    return rows


def board_rows() -> Rows:
    members = [[f"Invented post {number}", *member] for number, member in enumerate(invented_plan.BOARD, start=1)]
    return [["Post", "Ethnic Origin", "Voting", "Executive"], *members]


def clean_set(seed: int = 20200331) -> dict[str, Rows]:
    """Return the clean extracts by file name; the same seed gives the same files."""
    random = Random(seed)
    staff = staff_list(random)
    return {
        "staff.csv": staff_rows(staff),
        "recruitment.csv": recruitment_rows(random),
        "cases.csv": case_rows(random, staff),
        "training.csv": training_rows(random, staff),
        "survey.csv": survey_rows(),
        "board.csv": board_rows(),
    }


def csv_text(rows: Sequence[Sequence[str]], separator: str = ",") -> str:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=separator, lineterminator="\n").writerows(rows)
    return stream.getvalue()


def write_clean(data: Path, seed: int = 20200331) -> None:
    """Write the clean set below a data folder: ``synthetic/2019-20/extracts`` and the counts of ``synthetic/2018-19``."""
    year, before = data / "synthetic" / "2019-20", data / "synthetic" / "2018-19"
    texts = {year / "extracts" / name: csv_text(rows) for name, rows in clean_set(seed).items()}
    for name, column in (("headcount", "headcount"), ("training", "accessed")):
        groups = zip(("white", "bme", "unknown"), invented_plan.PREVIOUS[name], strict=False)
        rows = [["ethnic_group", column], *([group, str(number)] for group, number in groups)]
        texts[before / f"{name}.csv"] = csv_text(rows)
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")


def people_of_national(rows: int, seed: int = 20200331) -> dict[str, int]:
    """Return how many people of each group stand on the snapshot list that ``wres synthesise --national`` writes with so many rows.

    The clean list over and over, and the beginning of it once more. The counts come from the drawing itself and are a witness
    independent of the reading.
    """
    staff = staff_list(Random(seed))
    copies, rest = divmod(rows, len(staff))
    whole, part = _people_by_group(staff), _people_by_group(staff[:rest])
    return {name: copies * whole[group] + part[group] for group, name in enumerate(ETHNIC_GROUPS)}


def _people_by_group(staff: list[Assignment]) -> Counter[int]:
    return Counter({one.number: one.group for one in staff if _is_employed(one)}.values())


if __name__ == "__main__":
    write_clean(Path(sys.argv[1]))

"""What a file may be, and which field each of its columns: by headings that were met, by their words, by the values below. Never acted on."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import yaml

from wres_helpers.intake.counts.survey_questions import asked_in_words, letters_of
from wres_helpers.intake.extracts import reference_codes
from wres_helpers.intake.extracts.extract_findings import ExtractFindings
from wres_helpers.settings.extract_settings import EXTRACTS
from wres_helpers.settings.parameters import Parameters
from wres_helpers.tables.cell_readers import bare_key, clean_text, loose_key
from wres_helpers.tables.grids import Grid, bytes_of, text_grid
from wres_helpers.tables.heading_row import ROWS_SEARCHED, heading_row
from wres_helpers.tables.record_readers import read_date
from wres_helpers.tables.workbook_grids import is_workbook, opened, sheet_grid, visible_sheets

#: Headings of columns that say who somebody is or where they work: no field is guessed from them.
OF_NAMES = re.compile(r"\b(name|surname|forename|initials|e mail|email|manager)\b")
_NO_FIELD = re.compile(OF_NAMES.pattern + r"|\b(born|birth|dob|age|phone|directorate|division|department|team|site|insurance)\b")
_ROWS_FOR_KINDS = 500
DAYS = {"day", "day_of_some"}

Row = tuple[int, list[str]]


@cache
def known_fields() -> dict[str, Any]:
    """Return ``known_fields.yaml``: extract to its words and its fields, and the kinds of value by name."""
    return yaml.load(Path(__file__).with_name("known_fields.yaml").read_bytes(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def said_of_fields(extract: str, what: str) -> dict[str, Any]:
    """Return what is known of each field of an extract: ``headings``, ``words``, ``values``, what it ``says``, or what happens ``without`` it."""
    return {name: known[what] for name, known in known_fields()[extract]["fields"].items() if what in known}


def meaning(kind: str, value: str) -> str:
    """Return which of the ``stages``, ``questions`` or ``responses`` the words of a value say, the whole of them; "" where they leave a question."""
    if kind == "questions":
        return asked_in_words(value)
    return next((name for name, pattern in known_fields()[kind].items() if re.fullmatch(pattern, letters_of(value))), "")


def side_of(extract: str, name: str, text: str) -> str:
    """Return whether the words of a cell say yes or no to a field, for example a post to whether it is an executive one; "" where they say neither."""
    said = said_of_fields(extract, "says").get(name, {})
    return next((side for side in ("no", "yes") if side in said and re.search(said[side], text.strip(), re.IGNORECASE)), "")


@dataclass(frozen=True)
class KnownCodes:
    """The code sets and grades of the reference tables."""

    code_sets: dict[str, reference_codes.CodeSet]
    grades: reference_codes.GradeTable

    @property
    def readers(self) -> dict[str, Callable[[str], bool]]:
        """Return what tells whether a cell is a category or a grade by itself: a bare number may be anything."""
        of_sets = self.code_sets.values()
        return {
            "ethnicity": lambda text: not text.isdigit() and any(not reference_codes.read_category(text, codes).wrong for codes in of_sets),
            "grade": lambda text: not text.isdigit() and not reference_codes.read_grade(text, self.grades).wrong,
        }

    @classmethod
    def of(cls, parameters: Parameters) -> "KnownCodes":
        folder, beside, own = parameters.reference_folder, parameters.data_folder().parent, parameters.extracts
        categories, spellings = (beside / name if own and (name := getattr(own, key)) else None for key in ("ethnic_categories", "grades"))
        table = reference_codes.categories_known(folder, categories, "", ExtractFindings())
        sets = {name: reference_codes.code_set(table, name, parameters.file, ExtractFindings()) for name in table["code_set"].unique()}
        grades = reference_codes.grade_table(folder, spellings, "", ExtractFindings())
        return cls({name: codes for name, codes in sets.items() if codes}, grades)


@dataclass(frozen=True)
class Guess:
    """What one file may be: the extract, its headings, which of them is each field, and the rows below."""

    file: str
    extract: str
    head: list[str]
    places: dict[str, int]
    guessed: dict[str, str]  # fields whose headings are not known, and by what each was guessed
    body: list[Row] = field(repr=False)
    score: float  # how much tells so

    @property
    def columns(self) -> dict[str, str]:
        return {name: self.head[at] for name, at in self.places.items()}

    def cells(self, name: str) -> list[str]:
        """Return the filled cells of a field; none where the file has no such field."""
        return cells_at(self.body, self.places[name]) if name in self.places else []


def cells_at(body: list[Row], at: int) -> list[str]:
    return [text for _, cells in body[:5_000] if at < len(cells) and (text := clean_text(cells[at])[0])]


def guess(path: Path, file: str, mapped: dict[str, dict[str, Any]], known: KnownCodes) -> Guess | None:
    """Return what a file may be; None where nothing tells. What is ``mapped`` already (extract to its keys) is no guess."""
    meant = [name for name, part in mapped.items() if path.name in (part.get("file"), *(part.get("file") or ()))]
    made = [told for grid in _grids(path, file) if (told := _of_grid(grid, path, meant, mapped, known))]
    return max(made, key=lambda told: told.score, default=None)


def _of_grid(grid: Grid, path: Path, meant: list[str], mapped: dict[str, dict[str, Any]], known: KnownCodes) -> Guess | None:
    """Return what a table may be, one of the extracts that are ``meant`` if any are: by the row that tells most."""
    rows = [cells for _, cells in grid.rows[:ROWS_SEARCHED]]
    widest = max(range(len(rows)), key=lambda at: len([*filter(None, rows[at])]), default=0)
    made: dict[int, Guess] = {}

    def told(at: int) -> float:
        columns, most = _Columns(rows[at], grid.rows[at + 1 :] if at == widest else [], known), 0.0
        for extract in meant or EXTRACTS:
            places, guessed, telling = columns.matched(extract, mapped.get(extract, {}).get("columns", {}))
            named = bool(re.search(known_fields()[extract]["words"], bare_key(path.stem)))
            score = len(places) - len(guessed) / 2 + 2 * telling + 3 * named
            certain = len(places) - len(guessed) >= 2 or telling or named or meant
            if len(places) >= 2 and certain and score > most:
                head, most = [clean_text(cell)[0] for cell in rows[at]], score
                made[at] = Guess(path.name, extract, head, places, guessed, grid.rows[at + 1 :], score)
        return most

    return made.get(heading_row(rows, told)[0])


def _grids(path: Path, file: str) -> Iterator[Grid]:
    data = bytes_of(path, file)
    if is_workbook(data):
        workbook = opened(data, file)
        for sheet in visible_sheets(workbook):
            yield sheet_grid(data, workbook, sheet, file)
    else:
        headings = [said_of_fields(extract, "headings").values() for extract in EXTRACTS]
        yield text_grid(data, file, [heading for fields in headings for names in fields for heading in names])


@dataclass(frozen=True)
class _Columns:
    """The columns below a row that may hold the headings."""

    cells: list[str]
    body: list[Row]
    known: KnownCodes

    @cached_property
    def words(self) -> list[str]:
        return [bare_key(cell) for cell in self.cells]

    @cached_property
    def kinds(self) -> dict[int, set[str]]:
        """Return the kinds of value of each column."""
        return {at: kinds_of(self.body, at, self.known) for at in range(len(self.cells))} if self.body else {}

    def matched(self, extract: str, own: dict[str, str]) -> tuple[dict[str, int], dict[str, str], int]:
        """Return the column of each field, by what some were guessed, and how much tells that it is this extract; a column is of one field."""
        keys, places, guessed = [loose_key(cell) for cell in self.cells], {}, {}
        for name, headings in (said_of_fields(extract, "headings") | {name: (heading,) for name, heading in own.items()}).items():
            at = next((keys.index(key) for key in map(loose_key, headings) if key in keys), None)
            if at is not None and at not in places.values() and not (name == "count" and places.keys() & {"person", "application"}):
                places[name] = at
        only, kinds, by_day = (said_of_fields(extract, what) for what in ("only", "values", "by_day"))
        for name, pattern in sorted(said_of_fields(extract, "words").items(), key=lambda pair: pair[0] not in only):
            called = (at for at in self._free(places) if re.search(pattern, self.words[at]))
            dated = by_day.get(name, "(?!)")
            alike = [at for at in called if self._may_be(only.get(name), kinds.get(name), at) or re.search(dated, self.words[at])]
            if name not in places and alike and not (name == "count" and places.keys() & {"person", "application"}):
                places[name], guessed[name] = alike[0], "words"
        for name, kind in kinds.items():
            fitting = [at for at in self._free(places) if kind in self.kinds.get(at, ())]
            # of two dates nobody knows which is meant; people who come counted have no number
            if name not in places and len(fitting) == 1 and not ("count" in places and name in ("person", "application")):
                places[name], guessed[name] = fitting[0], "values"
        if extract == "recruitment" and "stage" not in places:  # that a stage was reached may be told by its day
            days, words = [at for at in self._free(places) if DAYS & self.kinds.get(at, set())], said_of_fields(extract, "words")
            dated = {name: at for name in only for at in days if re.search(words[name], self.words[at])}
            if dated.keys() == only.keys():
                places |= dated
                guessed |= dict.fromkeys(dated, "words")
        told = {kinds[name] for name, at in places.items() if name in kinds and kinds[name] in self.kinds.get(at, ())}
        telling = len(told.intersection(known_fields()["telling"]))
        telling += sum(bool(re.search(known_fields()[extract]["words"], word)) for word in self.words)
        return {name: places[name] for name in known_fields()[extract]["fields"] if name in places}, guessed, telling

    def _may_be(self, only: str | None, usual: str | None, at: int) -> bool:
        """Tell whether the cells of a column leave it what its heading's words say: days are a date and nothing else is one."""
        kinds = self.kinds.get(at, set())
        if only or usual not in DAYS:
            return only in kinds if only else not kinds & DAYS
        cells = cells_at(self.body[:_ROWS_FOR_KINDS], at)
        return not cells or any(read_date(cell).value for cell in cells)

    def _free(self, places: dict[str, int]) -> list[int]:
        return [at for at, word in enumerate(self.words) if word and at not in places.values() and not _NO_FIELD.search(word)]


def kinds_of(body: list[Row], at: int, known: KnownCodes) -> set[str]:
    """Return the kinds of value that most filled cells of a column are; a date in few of the rows is a ``day_of_some``."""
    rows = body[:_ROWS_FOR_KINDS]
    cells = Counter(cells_at(rows, at))
    few = len(cells) <= 60
    patterns = {kind: pattern for kind, pattern in known_fields()["values"].items() if few or kind == "number"}
    fits = {kind: re.compile(pattern, re.I).search for kind, pattern in patterns.items()} | (known.readers if few else {})
    fits["day"] = lambda text: not text.isdigit() and read_date(text).value
    kinds = set()
    for kind in {"truth", *(kind for extract in EXTRACTS for kind in said_of_fields(extract, "values").values())}:
        readers = [fits[part] for part in kind.split(" or ") if part in fits]
        if 3 * sum(number for text, number in cells.items() if any(fit(text) for fit in readers)) >= 2 * cells.total() > 2:
            kinds.add(kind)
    if "number" in kinds and 5 * len(cells) <= cells.total():
        kinds.remove("number")  # nobody's own
    if "day" in kinds and 2 * cells.total() < len(rows):
        kinds = kinds - {"day"} | {"day_of_some"}
    return {"truth"} if "truth" in kinds else kinds  # Y and N are codes of ethnic categories, too

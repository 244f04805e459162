"""Which numbers the rows of a report allow a page to print, by kind and as pages write them."""

import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from itertools import pairwise

from support.prose_reader.written_numbers import as_rate, as_ratio, exactly, numbers_in, per_thousand, percent_of, plain_number
from wres_helpers.analysis.intervals import share_interval
from wres_helpers.standard.statuses import FINDINGS

#: Columns that hold people; every other numeric column holds a rate, a ratio, a difference or a probability.
_PEOPLE = re.compile(r"(^|_)(count|base|known|unknown|total|headcount|people|members|respondents)$")
#: Columns of limits that are printed as a range, "from one to the other".
_RANGES = (("lower", "upper"), ("lower_bound", "upper_bound"), ("change_lower", "change_upper"), ("previous_value", "value"))
#: Columns whose words are sources and addresses, not words of a page.
_UNREAD = frozenset({"source", "source_url", "note", "confidence_mark"})
#: What a rate is the rate of, apart from the year.
_KEYS = ("organisation", "indicator", "measure", "item", "breakdown", "category", "ethnic_group", "of")
_YEARLY = ("white_rate", "bme_rate", "rate", "unknown_share")
#: Marks of an axis, which need no row: round parts of a hundred and of one, and small numbers.
_AXIS = frozenset(
    [*map(str, range(0, 101, 5)), "1", "2", "3", "4", "6", "8", "0.2", "0.25", "0.4", "0.5", "0.6", "0.75", "0.8", "1.5", "2.5"]
)


@dataclass
class Traceable:
    """The numbers that lead to a row.

    Attributes
    ----------
    people
        Whole numbers of people.
    rates
        What may stand before ``%`` or ``percentage points``.
    ratios
        Decimals that may stand alone.
    words
        Numbers in the words of the tables and of people's texts.
    wholes, parts
        Numbers of people that stand in one row, by the part and by the whole.
    beside
        A number of people and a rate that stand in one row.
    ranges
        Two limits that stand in one row.
    confidences
        Confidence of the intervals, in per cent.
    multiples
        Whole numbers that say a ratio roughly: "about 12 times", "more than 3 times".
    exact
        Rates, ratios and differences to six digits, and to four places, as the data behind a chart may hold them.
    """

    people: set[str] = field(default_factory=set)
    rates: set[str] = field(default_factory=set)
    ratios: set[str] = field(default_factory=set)
    thousands: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    wholes: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    parts: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    beside: set[tuple[str, str]] = field(default_factory=set)
    ranges: set[tuple[str, str]] = field(default_factory=set)
    confidences: set[str] = field(default_factory=set)
    multiples: set[str] = field(default_factory=set)
    exact: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, tables: Mapping[str, Sequence[Mapping]]) -> "Traceable":
        """Collect the numbers of tables, each a list of rows."""
        traceable = cls()
        for rows in tables.values():
            for row in rows:
                traceable._take_row(row)
            traceable._take_years(rows)
            traceable._take_sums(rows)
            # "4 of 9 indicators": how many rows have each status, how many indicators there are, and how many could be judged
            judged_rows = [row for row in rows if "indicator" in row and "status" in row]
            for year in {None, *(row.get("year") for row in judged_rows)} if judged_rows else ():
                traceable._take_statuses([row for row in judged_rows if year in (None, row.get("year"))])
        traceable._take_people(list(_left_over(tables.get("results", ()), tables.get("shares", ()))))
        return traceable

    def with_words(self, words: Iterable[str]) -> "Traceable":
        """Return the same numbers, and those in the words of people's texts."""
        return replace(self, words=self.words | set(words))

    def _take_row(self, row: Mapping) -> None:
        people: dict[str, list[str]] = defaultdict(list)
        rates: set[str] = set()
        in_percent = str(row.get("unit", "")).startswith("percent")
        row = {**row, "protection": _shown_instead(row.get("protection"))}
        for column, value in row.items():
            if isinstance(value, str):
                if column not in _UNREAD:
                    self.words |= numbers_in(value)
            elif isinstance(value, bool) or not _is_number(value):
                continue
            elif _PEOPLE.search(str(column)):
                people[_whose(str(column))].append(str(int(value)))
            else:
                rates |= self._take_measure(float(value) / 100 if in_percent else float(value))
                if str(column).startswith("p_"):  # a page prints a p-value to four places
                    self.ratios.add(plain_number(f"{value:.4f}"))
        # a hidden number stands as "fewer than 5" or "6 to 9": its limits belong to the row as the number would
        hidden = [number for number in numbers_in(row["protection"]) if "." not in number]
        for numbers in people.values() if people else [[]]:
            self._take_people([*numbers, *hidden])
            self.beside |= {(number, rate) for number in numbers for rate in rates}
        self._take_limits(row)

    def _take_statuses(self, rows: list[Mapping]) -> None:
        sizes = Counter(str(row["status"]) for row in rows)
        judged = sum(size for status, size in sizes.items() if status in FINDINGS)
        for size in (0, *sizes.values()):
            self._take_people([str(size), str(judged), str(len({str(row["indicator"]) for row in rows}))])

    def _take_people(self, people: list[str]) -> None:
        self.people.update(people)
        for one in people:
            self.wholes[one].update(people)
            self.parts[one].update(people)

    def _take_measure(self, value: float) -> set[str]:
        rates = as_rate(abs(value))
        self.rates |= rates
        self.ratios |= as_ratio(abs(value))
        self.thousands |= per_thousand(abs(value))
        self.exact |= {f"{abs(value):.6g}", f"{round(abs(value), 4):.6g}"}
        if math.isfinite(value) and value >= 1.95:
            self.multiples.add(str(int(exactly(value).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP) + Decimal("0.05"))))
        return rates

    def _take_limits(self, row: Mapping) -> None:
        for one, two in _RANGES:
            if _is_number(row.get(one)) and _is_number(row.get(two)):
                self._take_range(float(row[one]), float(row[two]))
        if not _is_number(row.get("confidence")):
            return
        self.confidences |= {plain_number(f"{100 * row['confidence']:.2f}")}
        for group in ("white", "bme", "unknown"):
            # a page prints each group's own rate with its interval, and what one person weighs; they follow from the counts
            count, base = row.get(f"{group}_count"), row.get(f"{group}_base")
            if _is_number(base) and base > 0:
                self._take_measure(1 / base)
                if _is_number(count):
                    self._take_measure(count / base)
                    self._take_range(*_interval(float(count), float(base), float(row["confidence"])))
        self._take_expected(row)

    def _take_expected(self, row: Mapping) -> None:
        """Take how many people would be counted in one group at the other group's rate."""
        for group, other in (("white", "bme"), ("bme", "white")):
            rate, base = row.get(f"{group}_rate"), row.get(f"{other}_base")
            if _is_number(rate) and _is_number(base):
                self._take_people([str(int(exactly(rate * base).quantize(Decimal(1), rounding=ROUND_HALF_UP))), str(int(base))])

    def _take_range(self, lower: float, upper: float) -> None:
        if math.isfinite(lower) and math.isfinite(upper):
            self._take_measure(lower)
            self._take_measure(upper)
            for forms in (as_rate, as_ratio):
                self.ranges |= {(one, two) for one in forms(abs(lower)) for two in forms(abs(upper))}

    def _take_years(self, rows: list[dict]) -> None:
        """Take what a rate was in one year and in another: a page says that it moved from the one to the other."""
        for rate in _YEARLY:
            years: dict[tuple, list[float]] = defaultdict(list)
            for row in rows:
                if "year" in row and _is_number(row.get(rate)):
                    years[tuple(row.get(key) for key in _KEYS)].append(float(row[rate]))
            for values in years.values():
                for one, two in pairwise(values):
                    self._take_range(one, two)

    def _take_sums(self, rows: list[dict]) -> None:
        """Take how many people there are in all ethnic groups together."""
        everyone: dict[tuple, list[int]] = defaultdict(list)
        for row in rows:
            if "ethnic_group" in row and "of" not in row and _is_number(row.get("count")):
                everyone[tuple(row.get(key) for key in ("year", "item", "breakdown", "category"))].append(int(row["count"]))
        for counts in everyone.values():
            self._take_people([*map(str, counts), str(sum(counts))])

    def pair(self, part: str, whole: str) -> bool:
        """Tell whether two numbers stand in one row, or in the words of a table or a text."""
        return part in self.parts[whole] or (part in self.words and whole in self.words)

    def range(self, lower: str, upper: str) -> bool:
        """Tell whether two limits stand in one row, or in the words of a table or a text."""
        return (lower, upper) in self.ranges or (upper, lower) in self.ranges or (lower in self.words and upper in self.words)

    def share(self, part: str, share: str) -> bool:
        """Tell whether a percentage is one of a number of people: some whole in a row of the number gives it."""
        return part in self.words or any(percent_of(part, whole, share) for whole in self.wholes[part])

    def row(self, number: str, share: str) -> bool:
        """Tell whether a number of people and a percentage may stand in one row of a table."""
        if (number, plain_number(share)) in self.beside or self.share(number, share):
            return True
        return any(percent_of(part, number, share) for part in self.parts[number])

    def confidence(self, confidence: str) -> bool:
        """Tell whether intervals were calculated with this confidence, in per cent."""
        return not self.confidences or confidence in self.confidences

    def value(self, value: float) -> bool:
        """Tell whether a value of a chart's table is that of a row, as it is or in per cent, rounded or not."""
        if value == int(value) and str(int(abs(value))) in self.people | self.words:
            return True
        if {f"{abs(value):.6g}", f"{abs(value) / 100:.6g}"} & self.exact:
            return True
        if abs(value) != round(abs(value), 3):
            # not rounded for a page, so it has to be a row's own value
            return False
        forms = as_rate(abs(value)) | as_rate(abs(value) / 100) | as_ratio(abs(value))
        return bool(forms & (self.rates | self.ratios))

    def why_not(self, number: str, unit: str, alone: bool) -> str:
        """Say why a number may not be printed; nothing if it may."""
        plain = plain_number(number)
        if plain in self.words or (alone and plain in _AXIS):
            return ""
        if unit.strip() == "times" and "." not in number:
            return "" if plain in self.multiples else "no ratio is so many times"
        if unit.strip() == "of a thousand":
            return "" if plain in self.thousands else "no rate is so many in a thousand"
        if unit.strip() not in ("", "times"):
            return "" if plain in self.rates or plain in ("0", "100") else "no row has this percentage or difference"
        if "." in number:
            return "" if plain in self.ratios or plain in self.rates else "no row has this value"
        known = plain in self.people or (alone and plain in self.rates) or plain in ("0", "1", "2")
        return "" if known else "no row has this number of people"


def _left_over(results: Iterable[Mapping], shares: Iterable[Mapping]) -> Iterator[str]:
    """Give how many people the bands of a group have more or fewer than its headcount: a page says so where they do not add up."""
    whole = {
        (row["year"], row["ethnic_group"]): row["count"] for row in shares if row["item"] == "headcount" and row["breakdown"] == "overall"
    }
    in_bands: dict[tuple, float] = defaultdict(float)
    for row in results:
        if str(row["indicator"]) == "1" and row["breakdown"] in ("cluster", "grade"):
            for group in ("white", "bme", "unknown"):
                in_bands[row["year"], row["breakdown"], group] += row[f"{group}_count"]  # a hidden count hides the sum
    for (year, _, group), people in in_bands.items():
        over = people - whole.get((year, group), math.nan)
        if _is_number(over):
            yield str(abs(int(over)))


def _shown_instead(protection: object) -> str:
    """Return the texts that stand for a row's hidden numbers; as JSON, a minus sign before a number would read as digits."""
    return "; ".join(map(str, json.loads(protection).values())) if isinstance(protection, str) and protection else ""


def _whose(column: str) -> str:
    """Return whose people a column counts: ``white`` for ``white_base``; nothing where it does not say."""
    return column.rpartition("_")[0] if column.rpartition("_")[0] in ("white", "bme", "unknown", "whole") else ""


@lru_cache(maxsize=5_000)
def _interval(count: float, base: float, confidence: float) -> tuple[float, float]:
    lower, upper = share_interval(count, base, confidence)
    return float(lower), float(upper)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and math.isfinite(value)

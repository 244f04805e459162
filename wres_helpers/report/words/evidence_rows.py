"""How a row of evidence is read: which rows belong to an indicator, and what a hidden or absent number says."""

import re
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, Concatenate, ParamSpec, TypeGuard, TypeVar
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd

from wres_helpers.analysis.evidence import Evidence
from wres_helpers.analysis.status_rule import SUPPRESSED
from wres_helpers.analysis.who_speaks import speaking_rows
from wres_helpers.report.form import numbers
from wres_helpers.standard import statuses
from wres_helpers.standard.columns import COMPARISON_KEYS, OVERALL, hidden_texts

#: What pages say in place of a hidden number, whatever the marker of the data files is (such as [c], which means nothing when read aloud).
HIDDEN = "hidden"
HIDDEN_IN_WORDS = f"a {HIDDEN} number"
#: What stands in place of a number that is not there and not hidden either.
ABSENT = ("not supplied", "not calculable", "not comparable")


Given = ParamSpec("Given")
Found = TypeVar("Found")
#: What was found in each evidence, as long as there is that evidence: by function and arguments, with the arguments.
_found: WeakKeyDictionary[Evidence, dict[tuple, tuple]] = WeakKeyDictionary()


def found_once(find: Callable[Concatenate[Evidence, Given], Found]) -> Callable[Concatenate[Evidence, Given], Found]:
    """Let a function find the same only once in an evidence, whose pages ask for it again and again; nobody changes what it returns.

    A row among its arguments is known as the very row that it is.
    """

    @wraps(find)
    def finding(shown: Evidence, *given: Given.args, **named: Given.kwargs) -> Found:
        if type(shown).__hash__ is None:
            return find(shown, *given, **named)
        known: dict[tuple, Any] = _found.setdefault(shown, {})
        key = (find, *(id(each) if isinstance(each, pd.Series) else each for each in given), *named.items())
        if key not in known:
            known[key] = given, find(shown, *given, **named)
        return known[key][1]

    return finding


@found_once
def of_indicator(shown: Evidence, name: str, indicator: str, year: str | None = None, measure: str | None = None) -> pd.DataFrame:
    """Return the rows of one indicator in one table, for the report's year unless another is asked for."""
    conditions = {"indicator": indicator, "year": year or shown.context.year}
    return where(getattr(shown, name), conditions | ({"measure": measure} if measure is not None else {}))


def where(frame: pd.DataFrame, conditions: dict[str, str]) -> pd.DataFrame:
    """Return the rows that meet all conditions."""
    return frame.iloc[_places(frame, conditions)]


def first(frame: pd.DataFrame, **conditions: str) -> pd.Series | None:
    """Return the first row that meets all conditions, or None."""
    places = _places(frame, conditions)
    return frame.iloc[int(places[0])] if len(places) else None


def _places(frame: pd.DataFrame, conditions: dict[str, str]) -> np.ndarray:
    """Return where all conditions are met. Pages ask often: texts are compared as they are, and nothing is copied."""
    chosen = np.ones(len(frame), dtype=bool)
    for column, wanted in conditions.items():
        chosen &= frame[column].to_numpy(dtype=object) == wanted
    return np.flatnonzero(chosen)


def definition_of(shown: Evidence, indicator: str, measure: str | None = None) -> pd.Series:
    """Return the catalogue's row of the headline measure, or of the measure asked for. Raises KeyError where there is none in force."""
    row = definition_if_any(shown, indicator, measure)
    if row is None:
        raise KeyError(f"The catalogue has no {measure or 'headline measure'} for indicator {indicator}.")
    return row


@found_once
def definition_if_any(shown: Evidence, indicator: str, measure: str | None = None) -> pd.Series | None:
    """Return the catalogue's row as :func:`definition_of`, or None where the catalogue in force has none."""
    wanted = {"measure": measure} if measure else {"role": "headline"}
    return first(shown.context.catalogue, indicator=indicator, **wanted)


def headline_measure(shown: Evidence, indicator: str) -> str:
    """Return the name of the indicator's headline measure in the edition in force."""
    return str(definition_of(shown, indicator)["measure"])


@found_once
def headline_row(shown: Evidence, indicator: str, year: str | None = None) -> pd.Series | None:
    """Return the result that speaks for the indicator, or None where there is none."""
    measure = headline_measure(shown, indicator)
    wanted = {"indicator": indicator, "year": year or shown.context.year, "measure": measure}
    if (overall := first(shown.results, breakdown="overall", **wanted)) is not None:  # it always speaks
        return overall
    frame = where(shown.results, wanted)
    speaking = frame[speaking_rows(frame)] if len(frame) else frame
    return speaking.iloc[0] if len(speaking) else (None if frame.empty else frame.iloc[0])


def aside(shown: Evidence, row: pd.Series, kind: str) -> pd.Series | None:
    """Return the figure of a kind that stands beside a comparison, or None where there is none."""
    return first(of_indicator(shown, "asides", row["indicator"], row["year"], row["measure"]), kind=kind)


@found_once
def status_row(shown: Evidence, indicator: str, year: str | None = None) -> pd.Series | None:
    """Return the indicator's status, or None where none was computed."""
    return first(shown.statuses, year=year or shown.context.year, indicator=indicator)


def own_status(shown: Evidence, row: pd.Series) -> pd.Series | None:
    """Return the status of the indicator that a comparison speaks for; None of any other comparison."""
    head, found = (of(shown, row["indicator"], row["year"]) for of in (headline_row, status_row))
    return None if head is None or any(head[name] != row[name] for name in COMPARISON_KEYS) else found


def status_of(shown: Evidence, indicator: str, year: str | None = None) -> tuple[str, str]:
    """Return the code and the label of the indicator's status: that it was not supplied, where none was computed."""
    row = status_row(shown, indicator, year)
    code = statuses.NOT_SUPPLIED if row is None else str(row["status"])
    return code, statuses.LABELS[code] if row is None else str(row["label"])


@found_once
def spoken_of(results: pd.DataFrame, said: str) -> "pd.Series[bool]":
    """Tell of each result whether words can be meant to speak of it: it is over everybody, or they name its category."""
    named = results["category"].map(lambda category: str(category).casefold() in said.casefold()).astype(bool)
    return results["breakdown"].eq(OVERALL[0]) | results["category"].eq("total") | named


def share(shown: Evidence, item: str, group: str, **conditions: str) -> pd.Series | None:
    """Return one share: of an item's category, or of a group, in the report's year unless a year is given."""
    wanted = {"year": shown.context.year, "breakdown": "overall", "category": "all", "of": "category"} | conditions
    return first(shown.shares, item=item, ethnic_group=group, **wanted)


def workforce_share(shown: Evidence, group: str, year: str | None = None) -> pd.Series | None:
    """Return a group's share of the whole workforce, from the headcount."""
    return share(shown, "headcount", group, year=year or shown.context.year)


def protection(row: pd.Series | None) -> dict[str, str]:
    """Return field to text for the hidden numbers of a row; empty where nothing is hidden."""
    if row is None or "protection" not in row.index:
        return {}
    return as_printed(row["protection"])


@lru_cache(maxsize=10_000)
def as_printed(protection: object) -> dict[str, str]:
    """Return the texts of hidden numbers as a page prints them, with commas at the thousands: '1,494 to 1,511'."""
    return {
        field: re.sub(r"(?<![\d.,])\d{4,}(?![\d.,])", lambda number: f"{int(number[0]):,}", told)
        for field, told in hidden_texts(protection).items()
    }


def is_hidden(row: pd.Series | None, *fields: str) -> bool:
    """Tell whether a number of the row, in any of the fields, is hidden to protect people."""
    return not protection(row).keys().isdisjoint(fields)


def is_there(row: pd.Series | None, field: str) -> bool:
    """Tell whether the row has a number there, be it one that may be shown or one that is hidden: what is not there was not supplied."""
    return has(row, field) or is_hidden(row, field)


def is_ranged(row: pd.Series | None) -> bool:
    """Tell whether a comparison that is hidden is told as a range somewhere."""
    told = protection(row).get("value", "")
    return bool(told) and not is_marker(told)


def hidden_on_entry(row: pd.Series) -> bool:
    """Tell whether numbers of a result rest on counts that were hidden before the tables came in."""
    return row["reason"] == SUPPRESSED or statuses.LABELS[statuses.NOT_CALCULABLE].lower() in protection(row).values()


def has(row: pd.Series | None, *fields: str) -> TypeGuard[pd.Series]:
    """Tell whether all the row's fields hold a number that may be shown."""
    return row is not None and all(field in row.index and not pd.isna(row[field]) and not is_hidden(row, field) for field in fields)


def is_clear(row: pd.Series) -> bool | None:
    """Tell whether a comparison's difference is clear by the status rule; None where that or its interval is not shown."""
    return bool(row["clear"]) if has(row, "lower", "upper", "clear") else None


def excludes_equality(row: pd.Series) -> bool:
    """Tell whether the interval that is shown leaves out equality."""
    equality = numbers.STYLES[row["comparison"]].equality
    return has(row, "lower", "upper") and bool(row["lower"] > equality or row["upper"] < equality)


def cell(row: pd.Series | None, field: str, style: Callable[[float], str]) -> str:
    """Return a number for a table cell, or the text that stands for it: a range or 'hidden', not supplied, not calculable."""
    hidden = protection(row)
    if field in hidden:
        return HIDDEN if is_marker(hidden[field]) and hidden[field] not in ABSENT else hidden[field]
    if has(row, field):
        return style(row[field])
    return absence(row, field)


def absence(row: pd.Series | None, field: str = "") -> str:
    """Return in words why a number that is not hidden is absent from a row (a hidden one carries its own text)."""
    status = "" if row is None else str(row.get("status", ""))
    # nobody counted in either group, say, of bases that may be hidden: supplied, and without a value
    if status in (statuses.NOT_CALCULABLE, statuses.TOO_FEW_TO_JUDGE) or (status == statuses.PROTECTED and field == "value"):
        return "not calculable"
    if status == statuses.NOT_COMPARABLE:
        return "not comparable"
    return "not supplied"


def words(row: pd.Series | None, field: str, style: Callable[[float], str]) -> str:
    """Return a number for a sentence, or the words that stand for it (never a bare marker)."""
    text = cell(row, field, style)
    return HIDDEN_IN_WORDS if text == HIDDEN else text


def is_marker(text: str) -> bool:
    """Tell whether a protected text is only the policy's marker, whatever that is: a range or a limit names a number."""
    return not any(letter.isdigit() for letter in text)


def counted(row: pd.Series, group: str) -> str:
    """Return '11 of 251', or what may be said where a number is hidden or absent: 'fewer than 5 of 65', 'not supplied'."""
    count, base = (words(row, f"{group}_{part}", numbers.count) for part in ("count", "base"))
    alone = count == base == HIDDEN_IN_WORDS or count in ABSENT
    return count if alone else f"{count} of {base}"


def counted_among(row: pd.Series, group: str, people: str) -> str:
    """Return '1 of 6 voting board members', or '1 of a hidden number of voting board members'."""
    told = counted(row, group)
    return f"{told}{' of' if told.endswith(HIDDEN_IN_WORDS) else ''} {people}"


def with_rate(row: pd.Series, group: str) -> str:
    """Return '4.4% (11 of 251)', or only the counts where the percentage is not shown."""
    if has(row, f"{group}_rate"):
        return f"{numbers.percentage(row[f'{group}_rate'])} ({counted(row, group)})"
    return counted(row, group)

"""What a sentence, a title or a row is about: said by who makes it, so that nobody has to guess it from its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, is_dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from wres_helpers.analysis.evidence import Evidence


@dataclass(frozen=True)
class Topic:
    """What a text is about.

    ``of`` names what its figures are made from: indicators, things counted ("headcount"), or other inputs ("targets"); ``tables`` are
    those of the evidence that hold them; ``years`` as in folders; ``leads_to`` the anchors of what it names ("action-A1", "finding-2");
    ``rows`` by which columns and values its comparisons are found, where it tells of fewer than there are.
    """

    of: tuple[str, ...]
    tables: tuple[str, ...] = ("results",)
    years: tuple[str, ...] = ()
    leads_to: tuple[str, ...] = ()
    rows: tuple[tuple[str, tuple[str, ...]], ...] = ()


class Topical(str):
    """A text like any other that carries its topic to the block that prints it. Joined to other text it is a plain one again."""

    topic: Topic

    def __new__(cls, text: str, topic: Topic) -> Topical:
        """Return the text with its topic."""
        made = super().__new__(cls, text)
        made.topic = topic
        return made


def anchor_of(indicator: str) -> str:
    """Return where on a page the finding of an indicator stands: 'finding-2', 'finding-4a-i'."""
    return f"finding-{indicator.replace(' ', '-')}"


def topical(
    shown: Evidence,
    text: str,
    *of: str,
    tables: Iterable[str] = ("results",),
    years: Iterable[str] | None = None,
    rows: Iterable[pd.Series | None] = (),
) -> str:
    """Return a text that knows what it is about, of the report's year unless other years are named; one that knows already, or is empty, stays.

    ``rows`` are the comparisons that it tells of.
    """
    if not text or isinstance(text, Topical):
        return text
    return Topical(text, Topic(of, tuple(tables), (shown.context.year,) if years is None else tuple(years), rows=found_by(rows)))


def found_by(rows: Iterable[pd.Series | None]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return by which columns and values some comparisons are found."""
    known = [row for row in rows if row is not None]
    names = ("indicator", "measure", "breakdown", "category") if known else ()
    return tuple((name, tuple(dict.fromkeys(str(row[name]) for row in known))) for name in names)


def last_two(shown: Evidence) -> tuple[str, ...]:
    """Return the year before, where the report compares with one, and the report's own."""
    return tuple(year for year in (shown.context.previous_year, shown.context.year) if year)


def topics_in(value: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give every text inside a block that has a topic, with that topic as plain values."""
    if isinstance(value, Topical):
        yield str(value), vars(value.topic)
    elif is_dataclass(value):
        yield from topics_in(tuple(vars(value).values()))
    elif isinstance(value, tuple):
        for each in value:
            yield from topics_in(each)

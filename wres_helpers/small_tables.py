"""How small tables hold their text."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    import pandas as pd

Given = ParamSpec("Given")
Result = TypeVar("Result")


def small_tables(function: Callable[Given, Result]) -> Callable[Given, Result]:
    """Let the tables that a function makes hold text as Python strings.

    pandas holds text in Arrow arrays, which pays off from some hundred thousand rows on. The tables of a report have a few
    hundred; every step on an Arrow array of that size costs more than the work itself, and a report takes twice as long.
    What is calculated is the same.
    """

    @functools.wraps(function)
    def with_python_strings(*arguments: Given.args, **options: Given.kwargs) -> Result:
        import pandas as pd  # not at the top: a run that makes no table does without it

        with pd.option_context("mode.string_storage", "python"):
            return function(*arguments, **options)

    return with_python_strings


def told_tables(title: str, tables: Mapping[str, pd.DataFrame]) -> str:
    """Return some tables in a few lines, as a notebook shows them: what each is called, its size and its first columns."""
    most = max(map(len, tables), default=0)
    lines = (f"  {name:<{most}}  {len(table):>5,} rows: {', '.join(map(str, table.columns[:5]))}, ..." for name, table in tables.items())
    return "\n".join([title, *lines])


def as_small_table(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table that holds its text as Python strings, whatever it held it as."""
    import pandas as pd

    texts = [column for column, kind in table.dtypes.items() if isinstance(kind, pd.StringDtype)]
    return table.astype(dict.fromkeys(texts, pd.StringDtype("python", na_value=float("nan"))))

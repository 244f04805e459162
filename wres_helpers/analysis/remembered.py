"""Remembers what was calculated, so that the notebooks of one report, forked from one process, calculate it once.

Each notebook still calls ``analyse`` and ``protect`` in the open and works alone: where nothing is remembered, it is
calculated. What is remembered is found by content, never by a name or a time, so it cannot be stale; callers get copies,
so that nobody changes what another will see.
"""

import functools
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import PurePath
from typing import Any, ParamSpec, Protocol, TypeVar, cast

import pandas as pd
from pydantic import BaseModel

_KEPT = 2

Given = ParamSpec("Given")
Result = TypeVar("Result")
Made_co = TypeVar("Made_co", covariant=True)


class Remembering(Protocol[Given, Made_co]):
    """A function that remembers its last results."""

    #: Keep a result that was calculated elsewhere, with the arguments that lead to it.
    remember: Callable[..., None]
    #: Let go of all.
    forget: Callable[[], None]

    def __call__(self, *arguments: Given.args, **options: Given.kwargs) -> Made_co: ...


def remembered(function: Callable[Given, Result]) -> Remembering[Given, Result]:
    """Return a function that remembers its last results by the content of its arguments.

    Parameters
    ----------
    function
        A pure function whose arguments are tables, dataclasses, models, paths and plain values, and whose result is a
        table or a dataclass of tables.

    Returns
    -------
    Remembering
        The same function, with two functions of its own: ``remember(result, *arguments)`` and ``forget()``.
    """
    results: OrderedDict[bytes, Result] = OrderedDict()

    def remember(result: Result, *arguments: Any, **options: Any) -> None:
        results[fingerprint((arguments, options))] = result
        while len(results) > _KEPT:
            results.popitem(last=False)

    @functools.wraps(function)
    def remembering(*arguments: Given.args, **options: Given.kwargs) -> Result:
        key = fingerprint((arguments, options))
        if key not in results:
            remember(function(*arguments, **options), *arguments, **options)
        results.move_to_end(key)
        return copied(results[key])

    made = cast("Remembering[Given, Result]", remembering)  # a function until it has the two of its own
    made.remember, made.forget = remember, results.clear
    return made


def copied(result: Any) -> Any:
    """Return a copy of a table, or a dataclass with copies of its tables."""
    if isinstance(result, pd.DataFrame):
        return result.copy()
    return replace(
        result, **{part.name: value.copy() for part in fields(result) if isinstance(value := getattr(result, part.name), pd.DataFrame)}
    )


def fingerprint(content: Any) -> bytes:
    """Return a digest of a value's content.

    Raises
    ------
    TypeError
        The value is of a kind whose content cannot be told.
    """
    digest = hashlib.sha256()
    for part in _parts(content):
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.digest()


def _parts(value: Any) -> Iterator[bytes]:
    yield type(value).__qualname__.encode()
    if isinstance(value, pd.DataFrame):
        yield repr([(name, str(kind)) for name, kind in value.dtypes.items()]).encode()
        if len(value):
            yield pd.util.hash_pandas_object(value, index=True, categorize=False).to_numpy().tobytes()
    elif isinstance(value, BaseModel):
        yield value.model_dump_json().encode()
    elif is_dataclass(value):
        for part in fields(value):
            yield part.name.encode()
            yield from _parts(getattr(value, part.name))
    elif isinstance(value, dict):
        yield from _parts(sorted(value.items(), key=lambda item: str(item[0])))
    elif isinstance(value, set | frozenset):
        yield from _parts(sorted(value, key=str))
    elif isinstance(value, list | tuple):
        yield str(len(value)).encode()
        for item in value:
            yield from _parts(item)
    elif isinstance(value, str | int | float | bool | PurePath) or value is None:
        yield repr(value).encode()
    else:
        raise TypeError(f"the content of a {type(value).__name__} cannot be told")

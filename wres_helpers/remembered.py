"""The one store of what a process has read and calculated, so that the notebooks of a report, forked from it, do so once.

Each notebook still reads, analyses and protects in the open and works alone: where nothing is remembered, it is calculated. What is
remembered is found by the content of what it was made from (of files: by their time and size), never by a name, so it can't
be stale; callers get copies, so that nobody changes what another will see.
"""

import functools
import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from pathlib import Path, PurePath
from typing import Any, ParamSpec, TypeVar

import numpy as np
import pandas as pd
from pydantic import BaseModel

#: How many results of one function are kept.
_KEPT = 2
#: Values that their text tells.
_PLAIN = (str, int, float, PurePath, type(None))

Given = ParamSpec("Given")
Result = TypeVar("Result")
#: What each function has made, by the digest of what it was made from.
Store = dict[str, OrderedDict[bytes, Any]]

_store: Store = {}


def remembered(function: Callable[Given, Result]) -> Callable[Given, Result]:
    """Let a pure function remember its last results by the content of its arguments.

    Its arguments are tables, dataclasses, models, paths and plain values; its result is made of tables and plain values.
    """
    return remembered_by(lambda *given, **options: (given, options))(function)


def remembered_by(key: Callable[Given, Any]) -> Callable[[Callable[Given, Result]], Callable[Given, Result]]:
    """Return what lets a function remember its last results by a key of its arguments, which tells all they depend on."""

    def decorated(function: Callable[Given, Result]) -> Callable[Given, Result]:
        name = _name(function)

        @functools.wraps(function)
        def remembering(*given: Given.args, **options: Given.kwargs) -> Result:
            results = _store.setdefault(name, OrderedDict())
            digest = fingerprint(key(*given, **options))
            if digest not in results:
                results[digest] = function(*given, **options)
                while len(results) > _KEPT:
                    results.popitem(last=False)
            results.move_to_end(digest)
            return copied(results[digest])

        return remembering

    return decorated


def _name(function: Callable[..., Any]) -> str:
    return f"{function.__module__}.{function.__qualname__}"


def store(without: Callable[..., Any]) -> Store:
    """Return what this process remembers, to be adopted by another, without what one function made for this process alone."""
    return {name: results for name, results in _store.items() if name != _name(without)}


def adopt(others: Store) -> None:
    """Know what another process remembers, and nothing else."""
    forget()
    _store.update(others)


def forget() -> None:
    """Let go of everything."""
    _store.clear()


def copied(result: Any) -> Any:
    """Return a result with copies of the tables in it."""
    if isinstance(result, pd.DataFrame):
        return result.copy()
    if isinstance(result, dict):
        return {name: copied(value) for name, value in result.items()}
    if isinstance(result, tuple):
        return tuple(copied(value) for value in result)
    if is_dataclass(result) and not isinstance(result, type):
        tables = ((part.name, getattr(result, part.name)) for part in fields(result))
        return replace(result, **{name: table.copy() for name, table in tables if isinstance(table, pd.DataFrame)})
    return result


def stamp(path: Path) -> tuple[int, ...]:
    """Return the time and size by which a file's content is known; nothing where there is no file."""
    told = path.stat() if path.is_file() else None
    return (told.st_mtime_ns, told.st_size) if told else ()


def fingerprint(content: Any) -> bytes:
    """Return a digest of a value's content. Raises TypeError: the value is of a kind whose content cannot be told."""
    parts: list[bytes] = []
    _tell(content, parts.append)
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.digest()


def _tell(value: Any, tell: Callable[[bytes], None]) -> None:
    tell(type(value).__qualname__.encode())
    if isinstance(value, _PLAIN):
        tell(repr(value).encode())
    elif isinstance(value, list | tuple):
        tell(str(len(value)).encode())
        for item in value:
            _tell(item, tell)
    elif isinstance(value, dict | set | frozenset):
        _tell(sorted(value.items() if isinstance(value, dict) else value, key=str), tell)
    elif isinstance(value, pd.DataFrame):
        tell(repr([(name, str(kind)) for name, kind in value.dtypes.items()]).encode())
        for cells in (value.index, *(column for _, column in value.items())):
            in_memory = isinstance(cells.dtype, np.dtype) and cells.dtype.kind in "biuf"  # plain numbers; a list's text costs them more
            tell(cells.to_numpy().tobytes() if in_memory else repr(cells.to_numpy(dtype=object).tolist()).encode())
    elif isinstance(value, BaseModel):
        tell(value.model_dump_json().encode())
    elif is_dataclass(value):
        for part in fields(value):
            tell(part.name.encode())
            _tell(getattr(value, part.name), tell)
    else:
        raise TypeError(f"the content of a {type(value).__name__} cannot be told")

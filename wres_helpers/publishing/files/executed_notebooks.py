"""Reads and writes executed notebooks of our own making, without the import and the checks of nbformat.

The receipt's checksum says that a notebook is as it was written; nbformat, which wrote it, has checked it then.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

#: Texts that are stored as a list of lines, as Jupyter's format asks.
_IN_LINES = ("source", "text")


def read_executed(path: Path) -> dict[str, Any]:
    """Return an executed notebook (nbformat 4) as plain dictionaries, its texts in one piece."""
    return _changed(json.loads(path.read_text(encoding="utf-8")), list, "".join)


def write_executed(path: Path, notebook: dict[str, Any]) -> None:
    """Write a notebook as nbformat does: texts line by line, keys in order. The notebook given is not changed."""
    split = _changed(notebook, str, lambda text: text.splitlines(keepends=True))
    path.write_text(json.dumps(split, ensure_ascii=False, indent=1, sort_keys=True), encoding="utf-8", newline="\n")


def _changed(notebook: dict[str, Any], kind: type, change: Callable[[Any], Any]) -> dict[str, Any]:
    """Return a notebook whose texts of one kind are changed: those of cells, of streams, and in the data of displays."""

    def part(content: dict[str, Any]) -> dict[str, Any]:
        return {name: change(value) if isinstance(value, kind) and _is_text(name) else value for name, value in content.items()}

    def output(content: dict[str, Any]) -> dict[str, Any]:
        return part(content) | ({"data": part(content["data"])} if "data" in content else {})

    def cell(content: dict[str, Any]) -> dict[str, Any]:
        return part(content) | ({"outputs": [output(each) for each in content["outputs"]]} if "outputs" in content else {})

    return {**notebook, "cells": [cell(each) for each in notebook["cells"]]}


def _is_text(name: str) -> bool:
    return name in _IN_LINES or ("/" in name and not name.endswith("json"))

"""Reads executed notebooks of our own making, without the import and the checks of nbformat.

The receipt's checksum says that a notebook is as it was written; nbformat, which wrote it, has checked it then.
"""

import json
from pathlib import Path
from typing import Any


def read_executed(path: Path) -> dict[str, Any]:
    """Return an executed notebook (nbformat 4) as plain dictionaries; texts that are stored as lines are in one piece."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    return {**notebook, "cells": [_cell(cell) for cell in notebook["cells"]]}


def _cell(cell: dict[str, Any]) -> dict[str, Any]:
    outputs = {"outputs": [_output(output) for output in cell["outputs"]]} if "outputs" in cell else {}
    return _joined(cell, "source") | outputs


def _output(output: dict[str, Any]) -> dict[str, Any]:
    data = output.get("data", {})
    whole = _joined(data, *(kind for kind in data if not kind.endswith("json")))
    return _joined(output, "text") | ({"data": whole} if "data" in output else {})


def _joined(content: dict[str, Any], *names: str) -> dict[str, Any]:
    return content | {name: "".join(content[name]) for name in names if isinstance(content.get(name), list)}

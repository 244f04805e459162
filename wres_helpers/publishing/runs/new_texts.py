"""Puts new texts into a section that was made before, where nothing else of it has changed.

A cell that shows a text needs nothing but the texts. So only such cells are executed anew, here and without a kernel; all
others keep what they showed in the last run, and what they said is proved already (a proof looks at no text that people
wrote). Where it is not plain which cells these are, the section is executed as a whole.
"""

from collections.abc import Mapping
from typing import Any

from wres_helpers.publishing.runs.dependencies import places_of_texts
from wres_helpers.report.blocks import MIME_TYPE
from wres_helpers.report.narrative_blocks import narrative

#: What a text is shown as: itself, or the notice that nobody has written it yet.
_KINDS = ("markdown", "notice")


def with_new_texts(notebook: Mapping[str, Any], texts: Mapping[str, str]) -> dict[str, Any] | None:
    """Return an executed notebook as it would be with these texts, or None where only an execution can tell.

    Parameters
    ----------
    notebook
        Executed notebook (nbformat 4) of the same code, parameters and data.
    texts
        The texts of today, by name, as intake reads them.
    """
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    places = places_of_texts([cell["source"] for cell in code])
    if places is None:
        return None
    showing = [(cell, blocks) for cell, blocks in zip(code, places, strict=True) if blocks]
    if not all(_fit(cell["outputs"], blocks) for cell, blocks in showing):
        return None
    anew = {id(cell): _shown_anew(cell, blocks, texts) for cell, blocks in showing}
    return {**notebook, "cells": [anew.get(id(cell), cell) for cell in notebook["cells"]]}


def _fit(outputs: list[dict[str, Any]], blocks: list[str | None]) -> bool:
    """Tell whether a cell has shown one output for each of its blocks, and a text where it should."""
    if len(outputs) != len(blocks):
        return False
    kinds = [output.get("data", {}).get(MIME_TYPE, {}).get("kind") for output in outputs]
    return all(kind in _KINDS for kind, name in zip(kinds, blocks, strict=True) if name is not None)


def _shown_anew(cell: dict[str, Any], blocks: list[str | None], texts: Mapping[str, str]) -> dict[str, Any]:
    outputs = [
        output if name is None else {**output, "data": narrative(texts, name)._repr_mimebundle_()}
        for output, name in zip(cell["outputs"], blocks, strict=True)
    ]
    return {**cell, "outputs": outputs}

"""Finds files of the last report that another program has open, before a run begins: Windows would refuse the swap at its end."""

import os
import sys
from pathlib import Path

from wres_helpers.problems import InputProblems, Problem
from wres_helpers.settings.parameters import Parameters


def check_nothing_is_open(parameters: Parameters) -> None:
    """Raise where a file of the last report is open in Acrobat, Excel or the like (Windows alone locks it).

    Raises
    ------
    InputProblems
        With every such file, so that all can be closed at once. Nothing has been changed.
    """
    if sys.platform != "win32":
        return
    action = "Close it in the program that shows it, then run again."
    locked = [path for path in sorted((parameters.output_folder / "board").rglob("*")) if path.is_file() and _is_locked(path)]
    if locked:
        raise InputProblems(
            Problem(parameters.shown(path), "a file that no other program has open", action, found="a file in use") for path in locked
        )


def _is_locked(path: Path) -> bool:
    try:
        os.close(os.open(path, os.O_RDWR))
    except PermissionError:
        return True
    return False

"""Lets a package name functions whose modules are imported only when one is first used."""

import importlib
import sys
from collections.abc import Callable, Mapping
from typing import Any


def names_in(homes: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return all names that stand in the homes (module to names), for a package's ``__all__``."""
    return sorted(name for names in homes.values() for name in names)


def looked_up(package: str, homes: Mapping[str, tuple[str, ...]]) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """Return ``__getattr__`` and ``__dir__`` of a package: the one imports the module in which a name lives and returns what bears it."""
    home_of = {name: module for module, names in homes.items() for name in names}

    def look_up(name: str) -> Any:
        if name not in home_of:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(importlib.import_module(f"{package}.{home_of[name]}"), name)

    return look_up, lambda: [*vars(sys.modules[package]), *home_of]

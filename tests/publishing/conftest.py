"""Whole runs of a small project."""

from support.small_project import made, place, small
from support.small_system import system

__all__ = ["made", "place", "small", "system"]

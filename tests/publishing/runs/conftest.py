"""Whole runs of a small project."""

from support.small_project import made, small

__all__ = ["made", "small"]

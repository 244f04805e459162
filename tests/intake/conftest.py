"""What tests of the doors write stands in one place, where the reference tables are known."""

from support.one_place import tmp_path

__all__ = ["tmp_path"]

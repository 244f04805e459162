"""Other words for the words the pack knows, and words that tell what a heading is: one table, ``spellings.csv``."""

import csv
from functools import cache
from pathlib import Path


@cache
def spellings(which: str) -> dict[str, str]:
    """Return one of the lists: each word to what it means, in the order of the table; to nothing where the list alone says it."""
    with Path(__file__).with_name("spellings.csv").open(encoding="utf-8", newline="") as stream:
        return {word: means for asked, word, means in csv.reader(stream) if asked == which}

"""The words of every page of a PDF as pypdf reads them, once for the same bytes: it takes a second for a whole report."""

from functools import lru_cache
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader


def pages_of_pdf(path: Path) -> tuple[str, ...]:
    """Return the words of each page."""
    return _pages(path.read_bytes())


@lru_cache(maxsize=4)
def _pages(content: bytes) -> tuple[str, ...]:
    return tuple(page.extract_text() for page in PdfReader(BytesIO(content)).pages)

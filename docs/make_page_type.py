"""Writes the type of the HTML pages: Source Sans cut down to the signs of pages, as style rules that hold it.

Run ``python docs/make_page_type.py`` when a page needs another sign; a test holds the written type to the font it is cut from. Its licence
(SIL Open Font License 1.1, beside the written file) lets a page embed a part of it, and keeps the font's own name for the whole.
"""

import base64
from io import BytesIO
from pathlib import Path

from fontTools import subset

from wres_helpers.publishing.pages import html_report, page_fonts

#: Latin letters and what pages print between them.
SIGNS = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *map(ord, "\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026\u2190\u2192\u2212\u2264\u2265\u20ac"),
)
WRITTEN = Path(html_report.__file__).parent / "templates" / "wres" / "page_type.css"


def font_face(name: str, weight: str) -> str:
    """Return one weight of the font as a style rule."""
    options = subset.Options(flavor="woff", hinting=False, name_IDs=[], layout_features=["kern", "liga", "tnum", "lnum"])
    font = subset.load_font(str(Path(page_fonts.font_paths()[0]) / f"SourceSansPro-{name}.ttf"), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=SIGNS)
    cutter.subset(font)
    content = BytesIO()
    subset.save_font(font, content, options)
    data = base64.b64encode(content.getvalue()).decode("ascii")
    return f'@font-face {{ font-family: "WRES pages"; font-weight: {weight}; src: url(data:font/woff;base64,{data}) format("woff"); }}\n'


if __name__ == "__main__":
    WRITTEN.write_text(font_face("Regular", "400") + font_face("Semibold", "600 700"), encoding="utf-8")

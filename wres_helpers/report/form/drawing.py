"""The drawing board: one look for every chart, and SVG that is the same for the same rows.

Figures are drawn with matplotlib's object interface (no global state, no screen). Text becomes paths, so a page
looks alike everywhere; the words that stand for the picture are the block's alternative text. Comments, dates and
metadata are taken out: what the page does not show, its pictures must not carry.
"""

import functools
import importlib.util
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wres_helpers.report.form import numbers

#: Government Analysis Function palette for categorical data; neighbours differ by a contrast of 3 to 1 or more.
PALETTE = ("#12436D", "#28A197", "#801650", "#F46A25")
INK = "#212B32"
QUIET = "#4C6272"
FAINT = "#D8DDE0"
RANGE = "#D3DADF"
HATCH = "#75828C"
GROUND = "#FFFFFF"
#: Words within a bar, whose colour is the same on a dark page: whichever of the two stands out more.
WITHIN = ("#FEFEFE", "#000000")
#: What a colour becomes on a dark page; the others stand out from both grounds.
DARK = {
    GROUND: "#12181E", INK: "#E8EDF1", QUIET: "#B3C0CB", FAINT: "#4A5865", RANGE: "#3D4C59", HATCH: "#8796A3",
    PALETTE[0]: "#7DB5EA", PALETTE[2]: "#F5A9D0",
}  # fmt: skip
#: The package of Source Sans, the type of every page and picture.
MAIN_FONT = "font_source_sans_pro"

#: Narrow enough that type stays readable when the picture fills a phone.
WIDTH = 4.0
BODY = 12.5
SMALL = 12.0


@dataclass(frozen=True)
class Mark:
    """One value of a chart: where it stands, what is written beside it, and how sure it is.

    A `value` of None is a value that may not be shown or does not exist. `known` is the range a hidden one is told to lie in, and
    `short` what is written in the picture where the whole text is too long for it. What the picture's finding is about is pointed at:
    `expected` is where a bar would end if nothing differed, with its words; a dot `stands_out`.
    """

    series: str
    value: float | None
    text: str
    lower: float | None = None
    upper: float | None = None
    known: tuple[float, float] | None = None
    short: str = ""
    expected: tuple[float, str] | None = None
    stands_out: bool = False

    @property
    def words(self) -> str:
        """What is written beside the mark in the picture; the alternative text has the whole."""
        return self.short or self.text


@dataclass(frozen=True)
class Category:
    """One row of a chart: its label and its marks, one for each series."""

    label: str
    marks: tuple[Mark, ...]


def series_of(categories: tuple[Category, ...]) -> list[str]:
    """Return the names of all series in the order of their first mark."""
    return list(dict.fromkeys(mark.series for category in categories for mark in category.marks))


@functools.cache
def font_folder(package: str = MAIN_FONT) -> Path | None:
    """Return where the files of a package of fonts are, None where it is not installed."""
    spec = importlib.util.find_spec(package)
    return Path(spec.origin).parent / "files" if spec and spec.origin else None


@functools.cache
def _font_family() -> str:
    """Register Source Sans where there is any; otherwise matplotlib's own DejaVu Sans is used."""
    from matplotlib import font_manager

    folder = font_folder()
    if folder is None:
        return "DejaVu Sans"
    for weight in ("Regular", "Semibold"):
        font_manager.fontManager.addfont(str(folder / f"SourceSansPro-{weight}.ttf"))
    return "Source Sans Pro"


#: What a theme may set of a chart's looks.
_LOOKS = (
    "axes", "figure", "font", "grid", "hatch", "legend", "lines", "mathtext", "patch", "path", "savefig", "svg", "text", "xtick", "ytick"
)  # fmt: skip


@contextmanager
def board(height: float) -> Iterator[Any]:
    """Give a figure to draw on; all settings hold inside the block only."""
    import matplotlib
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    # from the library's own settings: a theme that somebody set in a notebook for charts of their own changes none of ours
    settings: dict[Any, Any] = {name: value for name, value in matplotlib.rcParamsDefault.items() if name.startswith(_LOOKS)}
    settings |= {
        "font.family": [_font_family()],
        "font.size": BODY,
        "text.color": INK,
        "axes.edgecolor": QUIET,
        "xtick.color": QUIET,
        "ytick.color": QUIET,
        "svg.fonttype": "path",
        "svg.hashsalt": "wres",
        "path.simplify": False,
    }
    with matplotlib.rc_context(settings):
        figure = Figure(figsize=(WIDTH, height))
        FigureCanvasSVG(figure)
        yield figure


@functools.cache
def _dark_style() -> str:
    """Return the rules by which a picture turns dark with the page it stands on; paper and Word know none of them."""
    turned = ((part, light.lower(), dark.lower()) for light, dark in DARK.items() for part in ("fill", "stroke"))
    rules = "".join(f'[style*="{part}: {light}"]{{{part}:{dark}!important}}' for part, light, dark in turned)
    return f"@media screen and (prefers-color-scheme:dark){{{rules}}}"


def to_svg(figure: Any) -> str:
    """Return a figure as SVG without comments, dates or metadata; equal figures give equal text."""
    stream = io.StringIO()
    figure.savefig(stream, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None}, facecolor=GROUND)
    svg = stream.getvalue().replace("</style>", f"{_dark_style()}</style>", 1)
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<!--.*?-->\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r"<metadata>.*?</metadata>\s*", "", svg, flags=re.DOTALL)
    return re.sub(r"\n\s*", "\n", svg).strip() + "\n"


def text_width(text: str, size: float = BODY) -> float:
    """Return the width of a text in inches, so that labels can be given the room they need."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    if not text:
        return 0.0
    properties = FontProperties(family=_font_family(), size=size)
    width, _, _ = text_to_path.get_text_width_height_descent(text, properties, ismath=False)
    return width / 72


def axes_in_inches(figure: Any, left: float, bottom: float, width: float, height: float) -> Any:
    """Return axes placed by inches from the lower left corner; without frame, ticks and background, what remains is what is drawn on purpose."""
    whole_width, whole_height = figure.get_size_inches()
    axes = figure.add_axes((left / whole_width, bottom / whole_height, width / whole_width, height / whole_height))
    for side in axes.spines.values():
        side.set_visible(False)
    axes.tick_params(length=0, labelsize=SMALL)
    axes.set_yticks([])
    axes.patch.set_alpha(0)
    return axes


def round_ticks(low: float, high: float, most: int = 5) -> list[float]:
    """Return round numbers for the ticks of an axis between its ends."""
    from matplotlib.ticker import MaxNLocator

    ticks = MaxNLocator(nbins=most, steps=[1, 2, 5, 10]).tick_values(low, high)
    return [float(tick) for tick in ticks if low - 1e-9 <= tick <= high + 1e-9]


def signed_tick(value: float) -> str:
    """Return a tick of a line of gaps: '0', '+10', '−10' (percentage points)."""
    return "0" if abs(value) < 1e-9 else numbers.points_value(value).removesuffix(".0")


def shades(number: int) -> tuple[str, ...]:
    """Return colours for answers in their order, from dark blue by green to pale yellow: each as much lighter than the one before, in grey, too."""
    import numpy as np
    from matplotlib.colors import LinearSegmentedColormap, to_hex

    ramp = LinearSegmentedColormap.from_list("answers", ["#1D68A8", "#35A0C4", "#8FD0B4", "#F5F3C4"])(np.linspace(0, 1, 101))
    steps = np.log([luminance(to_hex(colour)) + 0.05 for colour in ramp])
    wanted = np.linspace(steps[0], steps[-1], max(number, 2))[:number]
    return tuple(to_hex(ramp[round(place)]) for place in np.interp(wanted, steps, range(101)))


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, by which WCAG measures contrast."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ink_on(colour: str) -> str:
    """Return white or black, whichever stands out more from a colour: one of the two does so by 4.5 to 1 from any."""
    return WITHIN[luminance(colour) > 0.179]


def words_at(axes: Any, text: str, place: tuple[Any, Any], points: tuple[float, float], backed: float | None = None, **style: Any) -> None:
    """Write small words so many points from a place of the axes; `backed` is how far a white ground reaches around them."""
    ground = None if backed is None else {"facecolor": GROUND, "edgecolor": "none", "pad": backed}
    given = {"fontsize": SMALL, "annotation_clip": False, "bbox": ground} | style
    axes.annotate(text, place, xytext=points, textcoords="offset points", **given)


def label_left(axes: Any, text: str, y: float, **style: Any) -> None:
    """Write a label at the left edge of the figure, at a height of the axes."""
    edge = -axes.get_position().x0 * axes.figure.get_size_inches()[0] * 72
    words_at(axes, text, (0, y), (edge, 0), va="center", **{"fontsize": BODY} | style)


def swatch(figure: Any, colour: str, place: tuple[float, float], text: str) -> None:
    """Draw what a colour stands for: a small field of it, and its name; words that stand with such without a colour."""
    from matplotlib.patches import Rectangle

    width, height = figure.get_size_inches()
    x, y = place
    size = (0.16 / width, 0.16 / height)
    if colour:
        figure.add_artist(Rectangle((x / width, y - size[1] / 2), *size, facecolor=colour, edgecolor=QUIET, lw=0.6))
    figure.text((x + 0.25 * bool(colour)) / width, y, text, va="center", fontsize=SMALL)

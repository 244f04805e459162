"""Colours of the pages in light, dark and forced colours. Witness: the formula of WCAG 2.2 (relative luminance), written out here."""

import re
from importlib.resources import files

import pytest

CSS = (files("wres_helpers.publishing.pages") / "templates" / "wres" / "page.css").read_text(encoding="utf-8")
#: Colours of words, and what they stand on: everything a page may set upon another thing.
WORDS = ("ink", "quiet", "link", "furniture-deep", "good", "some", "bad", "even")
GROUNDS = ("page", "tint")
ON_THEIR_OWN = [("on-furniture", "furniture"), *((tone, f"{tone}-tint") for tone in ("good", "some", "bad", "even"))]
#: Lines and shapes that carry meaning: three to one is asked.
SHAPES = ("even", "good", "some", "bad", "ink", "rule", "quiet")
#: What only adorns, or has its own pair of colours written out (skip link, marking).
ADORNMENT = {"line", "focus", "furniture"}


def colours(css, mode):
    light, dark = (
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})", block))
        for block in (css[: css.index("@media screen and (prefers-color-scheme: dark)")], css[css.index("prefers-color-scheme: dark") :])
    )
    return light if mode == "light" else light | dark


def luminance(colour):
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    channels = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def too_faint(css, mode):
    """Return each pair of colours that a reader could not tell apart well enough."""
    found = colours(css, mode)
    asked = [(word, ground, 4.5) for word in WORDS for ground in GROUNDS] + [(word, ground, 4.5) for word, ground in ON_THEIR_OWN]
    asked += [(shape, ground, 3.0) for shape in SHAPES for ground in GROUNDS]
    return [(one, other) for one, other, least in asked if contrast(found[one], found[other]) < least]


def test_the_formula_gives_the_known_ratios():
    assert contrast("#fff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#fff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_word_stands_out_from_what_it_stands_on(mode):
    assert too_faint(CSS, mode) == []


@pytest.mark.parametrize(("name", "mode"), [("quiet", "light"), ("bad", "dark"), ("on-furniture", "light"), ("good-tint", "dark")])
def test_a_planted_faint_colour_is_found(name, mode):
    before = colours(CSS, mode)[name]
    planted = CSS.replace(f"--{name}: {before}", f"--{name}: #777777")
    assert too_faint(planted, mode)


def test_no_rule_sets_words_or_grounds_in_a_colour_the_table_above_does_not_know():
    used = set(re.findall(r"(?<![\w-])(?:color|background|border-color)\s*:\s*var\(--([\w-]+)\)", CSS))
    known = {*WORDS, *GROUNDS, *SHAPES, *(name for pair in ON_THEIR_OWN for name in pair), *ADORNMENT}
    assert used <= known
    written = re.findall(r"background: (#\w+); color: (#\w+)", CSS)
    assert all(contrast(ground, word) >= 4.5 for ground, word in written)
    assert len(written) == len(re.findall(r"(?<![\w-])color: #", CSS))


def test_forced_colours_are_the_readers_own():
    """Inside that query no colour of ours is set, and every tinted box gets a border in place of its ground."""
    forced = re.search(r"@media \(forced-colors: active\) \{(.*?)\n\}", CSS, re.DOTALL)[1]
    assert not re.search(r"#[0-9a-f]{3}|var\(", forced)
    for box in (".wres-status", ".wres-facts__item", ".wres-panels__item"):
        assert box in forced
    for framed in (".wres-headline", ".wres-contents"):  # whose grounds are gone
        assert framed in forced


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_frames_and_rules_stand_out_from_the_page(mode):
    """Those of sections and boxes were 2.1 to 1 on a dark page. Witness: the formula above, of every border that takes a colour of the table."""
    found = colours(CSS, mode)
    lines = set(re.findall(r"border(?:-[\w-]+)?:[^;{}]*var\(--([\w-]+)\)", CSS)) | set(re.findall(r"stroke: var\(--([\w-]+)\)", CSS))
    faint = {line for line in lines for ground in GROUNDS if contrast(found[line], found[ground]) < 3.0}
    assert "rule" in lines
    assert faint <= ({"line"} if mode == "light" else set())  # the hair lines between rows say nothing that the rows do not

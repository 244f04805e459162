"""A sign that no font of the page has is told before a page is made. Witness: the compiler, and the text as written."""

import base64
import re
from importlib import resources
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from wres_helpers.problems import InputProblems
from wres_helpers.publishing.pages import page_fonts
from wres_helpers.settings.master_file_reader import load_parameters


def spoiled(project, text):
    path = project / "data" / "necs" / "2019-20" / "narrative" / "about.md"
    path.write_text(f"First line.\n\n{text}\n", encoding="utf-8")
    return load_parameters(project / "params" / "necs-2019-20.yaml")


@pytest.mark.parametrize("text", ["Plain", "Łódź, café – “quoted” • £5 → ✓", "Ελλάδα и Москва"])
def test_signs_that_the_fonts_have_stop_nobody(spoilable, text):
    page_fonts.check_signs(spoiled(spoilable, text))


@pytest.mark.parametrize(
    ("text", "said"),
    [("Well done \U0001f600", "U+1F600 grinning face"), ("ਪੰਜਾਬੀ", "U+0A2A gurmukhi letter pa"), ("1\ufe0f\u20e3", "U+FE0F")],
)
def test_a_sign_that_no_font_has_is_named_with_file_and_line(spoilable, text, said):
    with pytest.raises(InputProblems) as caught:
        page_fonts.check_signs(spoiled(spoilable, text))
    assert "narrative/about.md, row 3: found" in str(caught.value)
    assert said in str(caught.value)


def test_a_sign_in_the_action_plan_is_named_with_its_action(spoilable):
    path = spoilable / "data" / "necs" / "2019-20" / "action_plan.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([lines[0], lines[1].replace(lines[1].split(",")[2], "\U0001f600", 1), *lines[2:]]) + "\n", encoding="utf-8")
    with pytest.raises(InputProblems, match=r"action_plan\.csv, action"):
        page_fonts.check_signs(load_parameters(spoilable / "params" / "necs-2019-20.yaml"))


def test_other_scripts_are_shown_where_their_package_is_installed():
    assert page_fonts.unshowable({"বাংলা"}) == set()


@pytest.mark.parametrize("name", ["Regular", "Semibold"])
def test_the_type_of_the_pages_is_that_of_the_font_it_was_cut_from(name):
    # witness: the font of the package, sign by sign; the written type has a rule for each weight in this order
    style = (resources.files("wres_helpers.publishing.pages") / "templates" / "wres" / "page_type.css").read_text(encoding="utf-8")
    held = re.findall(r"base64,([^)]+)\)", style)[("Regular", "Semibold").index(name)]
    cut, whole = TTFont(BytesIO(base64.b64decode(held))), TTFont(Path(page_fonts.font_paths()[0]) / f"SourceSansPro-{name}.ttf")
    signs = cut.getBestCmap()
    assert {*range(0x20, 0x7F), *range(0xC0, 0x17F), *map(ord, "\u2013\u2019\u201c\u2192\u2212\u2264\u00a3\u20ac")} <= signs.keys()
    for sign, glyph in signs.items():
        assert cut["hmtx"][glyph] == whole["hmtx"][whole.getBestCmap()[sign]], chr(sign)
    assert not cut["name"].names  # the font's own name is for the whole

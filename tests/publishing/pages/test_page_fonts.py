"""A sign that no font of the page has is told before a page is made. Witness: the compiler, and the text as written."""

import base64
import os
import re
import shutil
import subprocess
import sys
from importlib import resources
from io import BytesIO
from pathlib import Path

import matplotlib
import pytest
from fontTools.ttLib import TTFont

from wres_helpers.problems import InputProblems
from wres_helpers.publishing.pages import page_fonts
from wres_helpers.publishing.runs.prepared_report import check_texts
from wres_helpers.settings.master_file_reader import load_parameters


def spoiled(project, text):
    path = project / "data" / "necs" / "2019-20" / "narrative" / "about.md"
    path.write_text(f"First line.\n\n{text}\n", encoding="utf-8")
    return load_parameters(project / "params" / "necs-2019-20.yaml")


@pytest.mark.parametrize("text", ["Plain", "Łódź, café – “quoted” • £5 → ✓", "Ελλάδα и Москва"])
def test_signs_that_the_fonts_have_stop_nobody(spoilable, text):
    page_fonts.check_signs(spoiled(spoilable, text))


@pytest.fixture(autouse=True)
def no_fonts_of_the_machine(monkeypatch):
    """What is refused here, and what told, is the same on every machine: none has fonts of its own but where a test gives it some."""
    asked = page_fonts._is_shown
    monkeypatch.setattr(page_fonts, "_is_shown", lambda word, machine: asked(word, False) or (machine and not set(word) & set(NO_FONT)))


#: Letters that no font has here; all others are taken as those of a font of the machine.
NO_FONT = "\U0001f600ਪੰਜਾਬੀ\u20e3"


def test_what_a_font_of_this_machine_has_is_printed_and_told(spoilable):
    parameters = spoiled(spoilable, "ગુજરાતી staff network")
    page_fonts.check_signs(parameters)
    (told,) = page_fonts.sign_notices(parameters)
    assert "narrative/about.md, row 3: found 'ગ' (U+0A97 gujarati letter ga)" in told.sentence()
    assert "another machine" in told.sentence()


def test_a_font_of_the_machine_is_found(tmp_path):
    """Witness: one letter of Tifinagh, which the pack's fonts lack, and a home with a font that has it; the compiler looks when it starts."""
    for folder in (tmp_path / ".fonts", tmp_path / ".local" / "share" / "fonts"):
        folder.mkdir(parents=True)
        shutil.copy(Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf", folder)
    asked = "from wres_helpers.publishing.pages.page_fonts import unshowable as u; print(u({'\u2d30'}), u({'\u2d30'}, machine=True))"
    environment = {**os.environ, "HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / ".local" / "share"), "PYTHONIOENCODING": "utf-8"}
    told = subprocess.run([sys.executable, "-c", asked], env=environment, capture_output=True, encoding="utf-8", check=True).stdout
    assert told.strip() == "{'\u2d30'} set()"


@pytest.mark.parametrize(
    ("text", "said"),
    [("Well done \U0001f600", "U+1F600 grinning face"), ("ਪੰਜਾਬੀ", "U+0A2A gurmukhi letter pa"), ("1\ufe0f\u20e3", "U+FE0F")],
)
def test_a_sign_that_no_font_has_is_named_with_file_and_line(spoilable, text, said):
    with pytest.raises(InputProblems) as caught:
        page_fonts.check_signs(spoiled(spoilable, text))
    assert "narrative/about.md, row 3: found" in str(caught.value)
    assert said in str(caught.value)


def test_a_private_sign_of_a_text_is_told_once(spoilable):
    """It was told where texts are read, and once more as a sign with 'no name'. Witness: a sign of Word's own beside one that no font has."""
    parameters = spoiled(spoilable, "Well \ue123 done \ue124\U0001f600")
    with pytest.raises(InputProblems) as caught:
        check_texts(parameters)
    told = str(caught.value)
    assert (told.count("U+E123"), told.count("U+E124"), told.count("U+1F600"), "no name" in told) == (1, 1, 1, False)


def test_a_sign_in_a_printed_figure_is_named_with_its_identifier(spoilable):
    """It fell out of the page of findings. Witness: a sign in where a figure is printed."""
    path = spoilable / "data" / "necs" / "2019-20" / "published.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",Our workforce", ",Our \U0001f600 workforce", 1), encoding="utf-8")
    with pytest.raises(InputProblems, match=r"published\.csv, id 'N001': found '\U0001f600'"):
        page_fonts.check_signs(load_parameters(spoilable / "params" / "necs-2019-20.yaml"))


def test_a_sign_in_the_action_plan_is_named_with_its_action(spoilable):
    path = spoilable / "data" / "necs" / "2019-20" / "action_plan.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([lines[0], lines[1].replace(lines[1].split(",")[2], "\U0001f600", 1), *lines[2:]]) + "\n", encoding="utf-8")
    with pytest.raises(InputProblems, match=r"action_plan\.csv, action"):
        page_fonts.check_signs(load_parameters(spoilable / "params" / "necs-2019-20.yaml"))


@pytest.mark.parametrize(
    ("file", "content", "place"),
    [
        (
            "data/necs/2019-20/training.csv",
            "team,ethnic_group,accessed\nOne \U0001f600,white,218\nOne \U0001f600,bme,9\n",
            "training.csv, column 'team'",
        ),
        ("data/necs/breaks.csv", "year,indicator,kind,reason,source\n2019-20,2,merger,\U0001f600 joined,Board\n", "data/necs/breaks.csv"),
        ("params/necs-2019-20.yaml", "\nterms:\n  bme: \U0001f600 staff\n", "necs-2019-20.yaml"),
    ],
)
def test_a_sign_in_whatever_a_page_prints_is_named_with_its_file(spoilable, file, content, place):
    """Witness: a directorate in Thai, of which `wres check` said nothing, and whose section no PDF could hold."""
    path = spoilable / file
    path.write_text((path.read_text() if "params" in file else "") + content, encoding="utf-8")
    with pytest.raises(InputProblems) as caught:
        page_fonts.check_signs(load_parameters(spoilable / "params" / "necs-2019-20.yaml"))
    assert f"{place}: found '\U0001f600'" in str(caught.value)


@pytest.mark.parametrize("text", ["বাংলায় কাজ", "ہم سب کے لیے منصفانہ کام", "العمل العادل", "सबके लिए", "தமிழ் மொழி"])
def test_other_scripts_that_staff_read_are_shown(text):
    assert page_fonts.unshowable(text.split()) == set()


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

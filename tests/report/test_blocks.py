"""Blocks: their JSON form, what they refuse, and their HTML. Witness: the block contract and the HTML standard."""

import base64
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from wres_helpers.report.form import blocks, phrases
from wres_helpers.report.form.block_html import block_html
from wres_helpers.report.section import charts

SVG = '<svg xmlns="http://www.w3.org/2000/svg"></svg>'
ALT = "Bar chart: white 10.0% (40 of 400) and BME 5.0% (5 of 100)."
HOSTILE = '<script>alert("x")</script>'


def figure(**more):
    return blocks.Figure(**({"id": "f", "title": "T", "subtitle": "S", "svg": SVG, "alt": ALT, "numbers": table()} | more))


def table(cell="1", **more):
    columns = (blocks.Column("Group"), blocks.Column("People", "number"))
    return blocks.Table(**({"id": "t", "caption": "C", "columns": columns, "rows": (("White", cell),)} | more))


@pytest.mark.parametrize("accident", ["nan", "the value is nan.", "NaN to 3", "inf", "-inf", "<NA>", "NaT", "None"])
def test_a_missing_value_never_gets_into_a_block(accident):
    with pytest.raises(blocks.BlockError, match="missing value"):
        blocks.Prose((accident,))
    with pytest.raises(blocks.BlockError, match="missing value"):
        table(accident)


@pytest.mark.parametrize("word", ["Information", "financial", "Nancy", "inferred", "non-inf"])
def test_words_that_only_look_like_it_are_allowed(word):
    assert blocks.Prose((word,)).paragraphs == (word,)


@pytest.mark.parametrize("alt", ["", "too short", "T", None])
def test_a_figure_needs_words_of_its_own(alt):
    with pytest.raises(blocks.BlockError):
        figure(alt=alt)


def test_a_figure_may_not_repeat_its_title_as_its_words():
    with pytest.raises(blocks.BlockError):
        figure(title=ALT)


def test_a_picture_with_comments_is_refused():
    with pytest.raises(blocks.BlockError, match="comments"):
        figure(svg="<svg><!-- 11 of 251 --></svg>")


def test_a_ragged_table_is_refused():
    with pytest.raises(blocks.BlockError, match="cells in each row"):
        table(rows=(("White",),))


EVERY_KIND = [
    blocks.Headline("Text 12", "detail 13", "equivalent", "Achieving"),
    blocks.Prose(("One 1.",)),
    blocks.Markdown("Written 5"),
    table(),
    figure(),
    blocks.Facts((blocks.Fact("Staff", "65", "of 1,315"),)),
    blocks.Notice("Title", "Text 7", "warning"),
    blocks.Findings((blocks.Finding("Found 8", "indicator 2"),)),
    blocks.Standings("All", "In brackets 6", (blocks.Alike("equivalent", "Achieving", "Alike 4", (blocks.Standing("2. Appointment"),)),)),
    blocks.Panels((blocks.Panel("To decide", ("Point 9",)),)),
    blocks.Cards((blocks.Card("A1", "Do it", "done", "Done", (("Due", "2020"),)),), "actions", table()),
]


def test_every_kind_of_block_is_tried_here():
    assert {block.kind for block in EVERY_KIND} == set(blocks.KINDS)


@pytest.mark.parametrize("block", EVERY_KIND, ids=lambda block: block.kind)
def test_every_block_offers_its_json_and_a_plain_text_without_numbers(block):
    bundle = block._repr_mimebundle_()
    assert bundle[blocks.MIME_TYPE]["kind"] == block.kind
    assert not any(letter.isdigit() for letter in bundle["text/plain"])
    assert f"wres-{block.kind}" in bundle["text/html"]


@pytest.mark.parametrize(
    "block",
    [
        blocks.Headline(HOSTILE, HOSTILE, "equivalent", HOSTILE),
        blocks.Prose((HOSTILE,)),
        blocks.Markdown(f"{HOSTILE}\n\n[click](javascript:alert(1)) ![p](http://outside.example/p.png) <img src=x onerror=alert(1)>"),
        table(HOSTILE, caption=HOSTILE, notes=(HOSTILE,)),
        figure(title=HOSTILE, subtitle=HOSTILE, alt=f'{HOSTILE} " onerror=alert(1) and more words to be long enough'),
        blocks.Facts((blocks.Fact(HOSTILE, HOSTILE, HOSTILE),)),
        blocks.Notice(HOSTILE, HOSTILE),
    ],
    ids=lambda block: block.kind,
)
def test_hostile_text_stays_text(block):
    soup = BeautifulSoup(block_html(block.to_json()), "html.parser")
    assert soup.find("script") is None
    assert not [tag for tag in soup.find_all(True) if any(name.startswith("on") for name in tag.attrs)]
    assert not [tag for tag in soup.find_all("a") if tag["href"].startswith("javascript")]
    assert all(tag["src"].startswith("data:image/svg+xml;base64,") for tag in soup.find_all("img"))


def test_a_table_has_caption_scopes_and_number_cells():
    soup = BeautifulSoup(block_html(table().to_json()), "html.parser")
    assert soup.caption.get_text() == "C"
    assert [cell["scope"] for cell in soup.thead.find_all("th")] == ["col", "col"]
    assert soup.tbody.find("th")["scope"] == "row"
    assert "wres-table__cell--number" in soup.tbody.find("td")["class"]


def test_a_status_is_told_in_words_as_well_as_by_class():
    block = table(blocks.StatusCell("Requires focus", "large_difference"))
    status = BeautifulSoup(block_html(block.to_json()), "html.parser").find(class_="wres-status")
    assert status.get_text() == "Requires focus"
    assert "wres-status--bad" in status["class"]
    assert status.svg["aria-hidden"] == "true"


def test_a_figure_carries_its_words_and_its_picture():
    soup = BeautifulSoup(block_html(figure().to_json()), "html.parser")
    assert soup.img["alt"] == ALT
    assert base64.b64decode(soup.img["src"].split(",")[1]).decode() == SVG
    assert soup.figcaption.find(class_="wres-figure__title").get_text() == "T"


def test_who_listens_hears_a_subject_once_and_no_key_of_a_drawing():
    """Witness: a screen reader's listener, who heard each title as the name of the figure, as its caption, in the picture's text and twice of the fold."""
    shown = figure(notes=("Thin lines: intervals.", "Not drawn: Band 1."), keys=1)
    page = BeautifulSoup(block_html(shown.to_json()), "html.parser")
    assert page.figure["aria-label"] == "Chart"
    assert [each.get_text() for each in page.select("[aria-hidden=true]")] == ["Thin lines: intervals."]
    long = replace(shown, numbers=replace(shown.numbers, rows=shown.numbers.rows * 7))
    for block, seen in ((shown, "Numbers by group"), (long, "Numbers by group (7 rows)")):
        fold = BeautifulSoup(block_html(block.to_json()), "html.parser").summary
        assert fold.get_text() == f"{seen} (C)", "in a list of folds each has its own name"
        fold.select_one(".wres-heard").extract()
        assert fold.get_text() == seen, "the eye has the chart right above; 13 screens of a telephone, and nothing said so"


def test_a_status_that_its_heading_has_is_heard_there_alone():
    """Witness: a listener, who heard it of the heading and of the paragraph below it."""
    shown = blocks.Headline("Found.", status="large_difference", label="Large difference").to_json()
    for block, hidden in ((shown, None), (shown | {"in_heading": True}, "true")):
        assert BeautifulSoup(block_html(block), "html.parser").select_one(".wres-headline__status").get("aria-hidden") == hidden


def test_who_listens_hears_on_which_side_a_value_is_drawn():
    cells = [blocks.IntervalCell("1.44", value, 0.4, 0.8) for value in (0.6, 0.3, 0.5)]
    html = (block_html(table(cell).to_json()) for cell in cells)
    said = [BeautifulSoup(each, "html.parser").find("td").get_text() for each in html]
    assert said == ["1.44 (worse side)", "1.44 (better side)", "1.44"]


def test_a_title_with_signs_is_heard_once_and_in_words():
    """A voice that leaves out '−' told a fall of 24.8 points as a rise, and '÷' as nothing. Witness: the words of an ear, written here."""
    assert phrases.heard("−24.8 (−47.3 to −8.4), white ÷ BME") == "minus 24.8 (minus 47.3 to minus 8.4), white divided by BME"
    told = charts.alternative("Bar chart", "white ÷ BME in all of the years, −2.0 points")
    assert told == "Bar chart: White divided by BME in all of the years, minus 2.0 points."
    shown = BeautifulSoup(block_html(replace(figure(), title="−2.0 points", alt=told).to_json()), "html.parser")
    assert [each.get_text() for each in shown.select_one(".wres-figure__title")] == ["−2.0 points", "minus 2.0 points"]
    assert shown.select_one(".wres-figure__title [aria-hidden=true]").get_text() == "−2.0 points"


def test_a_warning_has_a_sign_beside_the_frame_that_forced_colours_leave_alike():
    said = [blocks.Notice("Words.", "Title", tone) for tone in ("warning", "information")]
    signs = [
        len(BeautifulSoup(block_html(each.to_json()), "html.parser").select(".wres-notice__title svg[aria-hidden=true]")) for each in said
    ]
    assert signs == [1, 0]


def test_a_link_is_called_what_it_shows_and_a_bare_number_what_stands_there():
    """Witness: a screen reader's listener, who heard "A02 Fair & open A02 Fair & open"; a link "Agree A01" that was called "A01 Fair & open"."""
    names = {"action-A01": "A01 Fair & open", "action-A02": "A02 Fair & open", "finding-2": "Indicator 2: being appointed"}
    anchors = {anchor: (anchor, name) for anchor, name in names.items()}
    texts = {
        "A01 and A02 Fair & open (HR).": ["action-A01", "action-A02"],
        "2. Being appointed": ["finding-2"],
        "Indicator 2": ["finding-2"],
        "Agree A01, posts (HR).": ["action-A01"],
        "indicator 2, autumn 2025": ["finding-2"],
    }
    about = {text: {"of": [], "tables": [], "years": [], "leads_to": leads} for text, leads in texts.items()}
    page = BeautifulSoup(block_html({"kind": "prose", "paragraphs": list(texts), "about": about}, anchors), "html.parser")
    called = [(link.get_text(), link.get("aria-label")) for link in page.find_all("a")]
    more = [("A01", None), ("indicator 2", "Indicator 2: being appointed")]
    assert called == [("A01", None), ("A02 Fair & open", None), ("2. Being appointed", None), ("Indicator 2", None), *more]
    assert [each.get_text() for each in page.find_all("p")] == list(texts)


def test_an_unknown_kind_is_an_error():
    with pytest.raises(ValueError, match="Unknown kind"):
        block_html({"kind": "pie"})


def test_a_table_that_stacks_on_a_phone_stays_a_table_to_a_screen_reader():
    """Parts set in blocks lose their meaning in browsers unless each says its role."""
    columns = tuple(blocks.Column(*column) for column in (("Indicator",), ("Status", "status"), ("What was found",)))
    stacked = blocks.Table("scorecard", "Nine", columns, (("1. Senior posts", blocks.StatusCell("Achieving", "equivalent"), "5.1%"),))
    page = BeautifulSoup(block_html(stacked.to_json()), "html.parser")
    roles = [part.get("role") for part in page.select("table, thead, tbody, tr, th, td")]
    assert roles == ["table", "rowgroup", "row", *["columnheader"] * 3, "rowgroup", "row", "rowheader", "cell", "cell"]
    assert [cell["data-label"] for cell in page.select("td")] == ["Status", "What was found"]

"""Every page of the shipped reports in a browser: the rules of axe, the keyboard, and the width of a telephone.

``make accessible`` runs this file; it needs Chromium (or Chrome, or Edge), found on the path or named by ``WRES_BROWSER``. Witness: axe-core, which
shares nothing with the pack, over WCAG 2.2 A and AA and best practice; and violations planted here, each of which it must name.
"""

import shutil
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Page
from support.indexed_claims import claims_on_other_pages, keys_that_lead_nowhere, not_in_the_dictionary, not_in_the_index, numbers_in_no_row
from support.spoken_words import spoken_words
from support.warm_wres import wres

REPORTS = ("necs-2019-20", "synthetic-2019-20", "harrowmere-2025-26", "harrowmere-wdes-2025-26", "ashcombe-2025-26")
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = {
    "light": {"color_scheme": "light", "forced_colors": "none"},
    "dark": {"color_scheme": "dark", "forced_colors": "none"},
    "forced": {"color_scheme": "dark", "forced_colors": "active"},
}
WIDTHS = (320, 1280)


@pytest.fixture(scope="session", params=REPORTS)
def board(request, project, tmp_path_factory) -> Path:
    """The board's folder of one shipped report."""
    place = tmp_path_factory.mktemp(request.param)
    for folder in ("params", "data", "notebooks"):
        shutil.copytree(project / folder, place / folder)
    run = wres(place, "run", f"params/{request.param}.yaml")
    assert run.returncode == 0, run.stdout + run.stderr
    (folder,) = place.glob("outputs/*/*/board")
    return folder


def pages(board: Path) -> list[Path]:
    return sorted(board.rglob("*.html"))


def opened(browser, path: Path, width: int = 1280, **colours: str) -> Page:
    page = browser.new_page(viewport={"width": width, "height": 900}, bypass_csp=True)
    page.emulate_media(**colours)
    page.goto(path.as_uri())
    return page


def broken_rules(page: Page) -> tuple[dict[str, list[str]], list[str]]:
    """Return the rules that are broken, each with the elements, and the elements whose contrast could not be decided."""
    page.evaluate("source => { window.module = undefined; (0, eval)(source) }", AXE)
    found = page.evaluate("rules => axe.run({runOnly: rules})", RULES)
    broken = {each["id"]: [str(node["target"]) for node in each["nodes"]] for each in found["violations"]}
    undecided = [str(node["target"]) for each in found["incomplete"] if each["id"] == "color-contrast" for node in each["nodes"]]
    return broken, undecided


def test_what_the_index_and_the_dictionary_say_of_a_report_is_so(board):
    """Here because here every shipped report is made; witness: its files, opened as an inspector opens them."""
    assert not_in_the_index(board) == [] and not_in_the_dictionary(board) == []
    assert keys_that_lead_nowhere(board) == [] and claims_on_other_pages(board) == [] and numbers_in_no_row(board) == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("colours", COLOURS)
def test_no_rule_of_accessibility_is_broken_and_every_contrast_is_decided(browser, board, width, colours):
    said = {}
    for path in pages(board):
        page = opened(browser, path, width, **COLOURS[colours])
        broken, undecided = broken_rules(page)
        page.close()
        if broken or undecided:
            said[path.name] = broken, undecided
    assert said == {}


def test_nothing_but_an_analysts_table_scrolls_sideways_on_a_telephone(browser, board):
    wide = {}
    for path in pages(board):
        page = opened(browser, path, 320)
        across = page.evaluate("document.documentElement.scrollWidth")
        page.close()
        wide |= {path.name: across} if across > 320 else {}
    assert wide == {}


def test_nothing_scrolls_sideways_on_a_telephone_whose_letters_are_twice_as_large(browser, board):
    """At twice the size four tiles made a page 452 pixels wide. Witness: the width that Chromium lays out."""
    page = opened(browser, board / "report.html", 320)
    page.evaluate(
        "document.documentElement.style.fontSize = '200%'; document.querySelectorAll('details').forEach(each => each.open = true)"
    )
    wide = page.evaluate("""() => [document.documentElement.scrollWidth, [...document.querySelectorAll('main *')]
        .filter(each => !each.closest('thead') && each.getBoundingClientRect().right > 321).slice(0, 5).map(each => each.outerHTML.slice(0, 120))]""")
    page.close()
    assert wide[0] <= 320, wide[1]


def test_everything_to_tap_has_room_for_a_thumb_on_a_telephone(browser, board):
    """Links of one number were 8 by 20 pixels. Witness: the boxes that Chromium lays out; WCAG 2.2 asks for 24 by 24."""
    page = opened(browser, board / "report.html", 320)
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    small = page.evaluate("""() => [...document.querySelectorAll('main a, main summary, footer a')].filter(each => each.checkVisibility())
        .map(each => [each.textContent, each.getClientRects()[0]]).filter(([_, box]) => box.width < 23.5 || box.height < 23.5)
        .map(([words, box]) => [words, box.width, box.height])""")
    page.close()
    assert small == []


def test_the_values_of_a_tables_rows_begin_at_one_place_on_a_telephone_and_charts_have_legible_words(browser, board):
    """Long labels pushed their values to the other side. Witness: where Chromium sets the first words of each cell, and how wide a chart is.

    In tables of years the values of a year run on in lines, as words do.
    """
    page = opened(browser, board / "report.html", 320)
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    begins, ragged = (
        page.evaluate("""() => { const places = (table, cells) => [...new Set([...table.querySelectorAll(cells)].filter(cell => cell.offsetWidth > 1)
        .map(cell => { const words = document.createRange(); words.selectNodeContents(cell);
        return Math.round(Math.min(...[...words.getClientRects()].filter(box => box.width > 2).map(box => box.left))); }))];
        const tables = [...document.querySelectorAll('table.wres-table')], folded = table => table.closest('.wres-numbers');
        return [tables.filter(table => !folded(table)).map(table => [table.id, places(table, 'tbody td')])
            .filter(([_, found]) => Math.max(...found) - Math.min(...found) > 10),
            tables.filter(folded).map(table => [table.id, places(table, 'tbody td.wres-table__cell--number')]).filter(([_, found]) => found.length > 3)]; }""")
    )
    charts = page.evaluate("[...document.querySelectorAll('.wres-figure img')].map(each => each.getBoundingClientRect().width * 12 / 288)")
    page.close()
    assert (begins, ragged) == ([], [])
    assert [height for height in charts if height < 11.9] == []


def test_no_row_of_a_working_page_is_90_pixels_tall_and_no_table_of_it_is_cut_off(browser, board):
    """The scorecard had rows of 174 pixels beside an empty half of the window. Witness: the heights and widths that Chromium measures."""
    page = opened(browser, board.parent / "analyst" / "report.html")
    page.evaluate("document.querySelectorAll('details:not(.wres-folded)').forEach(each => each.open = true)")
    tall, wide = page.evaluate("""() => [[...document.querySelectorAll('tr')].filter(each => each.getBoundingClientRect().height >= 90),
        [...document.querySelectorAll('.wres-table__scroll')].filter(each => each.scrollWidth > each.clientWidth + 2)]
        .map(found => found.map(each => each.textContent.slice(0, 80)))""")
    page.close()
    assert (tall, wide) == ([], [])


def test_the_keyboard_reaches_everything_in_the_order_of_the_page_and_is_always_seen(browser, board):
    page = opened(browser, board / "report.html")
    wanted = page.evaluate("""() => [...document.querySelectorAll('a[href], summary, [tabindex="0"]')]
        .filter(each => each.checkVisibility()).length""")
    stops = []
    for _ in range(wanted):
        page.keyboard.press("Tab")
        stops.append(
            page.evaluate("""() => { const at = document.activeElement, box = at.getBoundingClientRect(), look = getComputedStyle(at);
            const order = [...document.querySelectorAll('*')].indexOf(at);
            const seen = look.outlineStyle !== 'none' && box.width > 0 && box.bottom > 0 && box.top < innerHeight;
            return [at.tagName, order, seen]; }""")
        )
    page.close()
    assert [stop for stop in stops if not stop[2]] == []
    assert [order for _, order, _ in stops] == sorted({order for _, order, _ in stops})


def heard(page: Page) -> list[tuple[str, str, str]]:
    """Return what a screen reader is given of a page, in order: role, name, and what it is in."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    roles = {node["nodeId"]: node.get("role", {}).get("value", "") for node in nodes}
    told = [node for node in nodes if not node["ignored"]]
    return [(roles[node["nodeId"]], node.get("name", {}).get("value", ""), roles.get(node.get("parentId"), "")) for node in told]


def test_every_picture_is_heard_and_none_for_more_than_half_a_minute(browser, board):
    """Witness: Chromium's tree of a page; 85 words are half a minute of speech at the pace of a listener who is not used to it."""
    page = opened(browser, board / "report.html")
    names = [name for role, name, _ in heard(page) if role == "image"]
    drawn = page.evaluate("document.querySelectorAll('img').length")
    page.close()
    assert len(names) == drawn
    assert drawn or board.parents[1].name == "ashcombe"  # whose one page of metrics has no chart
    assert [name for name in names if len(name) < 40 or spoken_words(name) > 85] == []


def test_what_opens_and_what_holds_a_table_is_called_what_it_holds(browser, board):
    """Witness: Chromium's tree of a page: a list of what can be opened, in which no two are called the same."""
    page = opened(browser, board / "report.html")
    told = heard(page)
    page.close()
    opens = [name for role, name, _ in told if role == "DisclosureTriangle"]
    assert opens and sorted(set(opens)) == sorted(opens)
    assert [name for role, name, _ in told if role == "link" and not name] == []


PLANTED = {
    "image-alt": "document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"data:,\">')",
    "html-has-lang": "document.documentElement.removeAttribute('lang')",
    "color-contrast": "document.querySelector('main p').style.cssText = 'color: #999; background: #aaa'",
    "heading-order": "document.querySelector('h2').outerHTML = '<h5>Planted</h5>'",
    "link-name": "document.querySelector('main').insertAdjacentHTML('beforeend', '<p><a href=\"#here\"></a></p>')",
    "list": "document.querySelector('main').insertAdjacentHTML('beforeend', '<ul><p>Planted</p></ul>')",
    "label": "document.querySelector('main').insertAdjacentHTML('beforeend', '<input>')",
    "empty-heading": "document.querySelector('main').insertAdjacentHTML('beforeend', '<h2></h2>')",
    "region": "document.body.insertAdjacentHTML('beforeend', '<div>Planted outside every landmark</div>')",
}


@pytest.mark.parametrize("rule", PLANTED)
def test_a_violation_planted_on_a_page_is_named(browser, board, rule):
    page = opened(browser, board / "report.html")
    page.evaluate(PLANTED[rule])
    broken, _ = broken_rules(page)
    page.close()
    assert rule in broken


def test_no_two_tables_of_a_report_bear_one_caption(browser, board):
    page = opened(browser, board / "report.html")
    captions = page.evaluate("[...document.querySelectorAll('caption')].map(caption => caption.textContent.trim())")
    page.close()
    assert captions and sorted(set(captions)) == sorted(captions)

"""Every function a notebook calls, on ordinary and on extreme data: no accident of a missing value reaches a reader.

Blocks refuse such accidents themselves (test_blocks); here they get every chance to happen.
"""

import json
import re

import pytest
from bs4 import BeautifulSoup
from support.everything_said import without_pictures

from wres_helpers import intake, report
from wres_helpers.analysis import analyse
from wres_helpers.disclosure import protect
from wres_helpers.report.form import drawing
from wres_helpers.report.form.block_html import block_html

pytestmark = pytest.mark.slow

PER_INDICATOR = (
    "headline", "status_note", "rates_chart", "rates_table", "in_people", "certainty", "undisclosed_table", "compared_with_last_year",
    "compared_with_benchmark",
)  # fmt: skip
ONCE = (
    "band_chart", "band_parts", "band_table", "band_reading", "board_chart", "board_table", "recruitment_funnel", "profile_chart",
    "profile_table", "completeness_table", "scorecard", "key_facts", "top_findings", "standings", "how_to_read", "how_sure", "beside_other_figures",
    "how_status_is_given", "about_national_figures",
)  # fmt: skip


def without(counts, **groups):
    column, values = next(iter(groups.items()))
    return counts[~counts[column].isin(values)]


def with_counts(counts, chosen, value):
    changed = counts.copy()
    changed.loc[chosen(counts), "count"] = value
    return changed


EXTREMES = {
    "as shipped": lambda counts: counts,
    "headcount alone": lambda counts: counts[counts["item"].eq("headcount")],
    "nobody is BME": lambda counts: with_counts(counts, lambda c: c["ethnic_group"].eq("bme"), 0),
    "nobody at all": lambda counts: with_counts(counts, lambda c: c["count"].ge(0), 0),
    "infinite ratio and ratio of nothing": lambda counts: with_counts(
        counts,
        lambda c: (
            c["item"].eq("appointed") & c["ethnic_group"].eq("bme") | c["item"].eq("accessed_training") & c["ethnic_group"].eq("white")
        ),
        0,
    ),
    "no white counts": lambda counts: without(counts, ethnic_group=["white"]),
    "no undisclosed counts": lambda counts: without(counts, ethnic_group=["unknown"]),
    "the year before alone": lambda counts: counts[counts["year"].eq("2018-19")],
    "this year alone": lambda counts: counts[counts["year"].eq("2019-20")],
}
#: Of which the sentences as counted are read at every such edge (test_edge_sentences): here as a board has them.
OF_NOBODY = ("nobody is BME", "nobody at all", "infinite ratio and ratio of nothing")


def every_block(shown, parameters):
    texts, plan = intake.read_narrative(parameters), intake.read_action_plan(parameters)
    for indicator in "123456789":
        yield report.definition(shown, indicator)
        for name in PER_INDICATOR:
            yield getattr(report, name)(shown, indicator)
        yield report.actions(shown, plan, indicator)
    yield report.at_a_glance(shown, plan)
    for indicator in "5678":
        yield from report.answers_chart(shown, indicator)
        yield report.answers_table(shown, indicator)
    for name in ONCE:
        made = getattr(report, name)(shown)
        yield from made if isinstance(made, tuple) else (made,)
    yield from report.sources(shown, "00_overview")
    yield report.action_plan(shown, plan)
    yield report.narrative(texts, "foreword")


@pytest.fixture(scope="module", params=list(EXTREMES))
def blocks(request, necs, necs_counts, reference):
    evidence = analyse(EXTREMES[request.param](necs_counts), necs, reference)
    shown = protect(evidence, necs)
    if request.param == "as shipped":
        return [*every_block(evidence, necs), *every_block(shown, necs)]
    with pytest.MonkeyPatch.context() as patch:
        # What a board sees is laid out, but turning it into SVG is most of the time and is tested where figures are ordinary.
        patch.setattr(drawing, "to_svg", lambda figure: "<svg/>")
        told = [*every_block(shown, necs)]
    if request.param in OF_NOBODY:
        return told
    with without_pictures():
        return [*every_block(evidence, necs), *told]


def test_no_accident_of_a_missing_value_reaches_a_reader(blocks):
    for block in blocks:
        page = BeautifulSoup(block_html(block.to_json()), "html.parser")
        words = page.get_text(" ") + " ".join(image["alt"] for image in page.find_all("img"))
        found = re.search(r"(?<![\w-])(nan|NaN|None|inf|NaT|<NA>)(?![\w-])| [,.;:] |\.\.|\( *\)", re.sub(r"\s+", " ", words))
        assert not found, f"{found.group()!r} in {words[:300]}"


def test_every_block_is_json_and_every_sentence_ends(blocks):
    for block in blocks:
        content = json.loads(json.dumps(block.to_json()))
        for paragraph in content.get("paragraphs", []):
            assert paragraph[-1] in ".!?", paragraph
            assert paragraph[0].isupper() or paragraph[0].isdigit(), paragraph


def test_percentage_points_are_never_called_percent(blocks):
    """Differences are told in percentage points: '7.3 points' and 'a gap of 7.3%' would both be wrong."""
    for block in blocks:
        words = json.dumps({key: value for key, value in block.to_json().items() if key != "svg"}, ensure_ascii=False)
        assert not re.search(r"\d points\b(?! (lower|higher|below|above|different))", words), (
            "but on page one, where that is said of a side"
        )
        assert not re.search(r"(gap|difference) (is|of) [\d.]+%", words)


def test_every_picture_has_words_of_its_own(blocks):
    for block in (block for block in blocks if block.kind == "figure"):
        assert len(block.alt.split()) >= 8
        assert block.alt != block.title
        assert len(block.title) <= 140, block.title


def test_every_function_that_is_offered_exists():
    assert all(callable(getattr(report, name)) for name in report.__all__)

"""Every sentence a report can say, at the edges of counts, as counted and as protected.

``EDGE_SENTENCES=build/edges.txt`` writes them all to a file, to be read by somebody: what no rule can tell, a reader can.
Witness of what must never occur: the list of accidents below, each of which was once on a page.
"""

import os
import re
from pathlib import Path

import pytest
from support.edge_counts import EDGES, edge_counts
from support.everything_said import texts_of, without_pictures
from support.examples import THOROUGH

from wres_helpers import report
from wres_helpers.analysis import analyse
from wres_helpers.disclosure import protect
from wres_helpers.intake import read_action_plan
from wres_helpers.report.words.which_indicators import indicators

pytestmark = pytest.mark.slow

#: What no reader may meet, and why.
NEVER = {
    "an accident of a missing or infinite number": r"(?<![\w-])(nan|NaN|None|inf|-inf|NaT|<NA>)(?![\w-])",
    "a limit that is none": r"without limit|no number or more|no number times|no multiple times|any number times",
    "a range whose ends print alike": r"(?<![\d.,+−])([+−]?[\d.,]+%?) to \1(?![\d.,])",
    "a move between figures that print alike": r"(?:from|was) ([+−]?[\d.,]+%?)(?: percentage points)? (?:to|, now) \1(?![\d.,])|(?<![\d.,])([\d.,]+%) and \2 of",
    "one as several": r"(?<![\d,.])1 (?:were|have|staff (?:were|have)|respondents (?:were|have))\b|\b1 (?:people|indicators|years)\b"
    r"|(?<![\d,])1 of [\d,]+ [^.;(]*(?:\([^)]*\) )?were (?:BME|white)",
    "words for nothing": r"not (?:supplied|calculable) of|of not supplied|of no multiple|hidden number of a hidden|anything from nothing|\b0 of 0 in"
    r"|hidden number (?:staff|people|respondents|members|candidates)",
    "a doubled word": r"\b(\w+) \1\b(?<!that that)(?<!had had)",
    "spaces and stops that stand wrong": r"  +| [,.;:](?: |$)|\.\.|,,|;;",
    "a place that was not filled": r"[{}]",
    "a verdict without a number": r"clearly (?:better|worse) for [^.;]*(?:hidden|not supplied|no number)",
    "less or more than nobody": r"fewer than 1 |less than 0%|more than 100%",
}
_WHOLE = ("key_facts", "top_findings", "standings", "how_to_read", "how_sure",
    "beside_other_figures", "scorecard", "method_table", "parity_table", "completeness_table",
          "profile_chart", "band_chart", "band_reading", "board_chart", "recruitment_funnel", "improvement_plan", "pipeline", "about_national_figures")  # fmt: skip
_EACH = ("headline", "in_people", "certainty", "status_note", "rates_table", "rates_chart", "undisclosed_table", "answers_chart",
         "compared_with_last_year", "compared_with_benchmark", "years")  # fmt: skip


def said(shown, actions):
    """Give every text with the block that says it."""
    made = [(name, getattr(report, name)(shown)) for name in _WHOLE] + [("at_a_glance", report.at_a_glance(shown, actions))]
    made += [(f"{name} {indicator}", getattr(report, name)(shown, indicator)) for indicator in indicators(shown) for name in _EACH]
    made.append(("compared_with_last_year all", report.compared_with_last_year(shown, *indicators(shown))))
    for name, found in made:
        for block in found if isinstance(found, tuple) else (found,):
            for text in texts_of(block.to_json()):
                yield name, text


@pytest.fixture(scope="module")
def sentences(necs, reference):
    """Every text at every edge, by where it is said."""
    found: dict[tuple[str, str], str] = {}
    actions = read_action_plan(necs)
    with without_pictures():
        for place, edge in list(enumerate(EDGES))[:: 1 if THOROUGH else 3]:  # at each place every indicator stands at two edges
            evidence = analyse(edge_counts(necs.organisation.code, place, ("2018-19", "2019-20")), necs, reference)
            for kind, shown in (("counted", evidence), *((("protected", protect(evidence, necs)),) if place % 2 else ())):
                for name, text in said(shown, actions):
                    found.setdefault((name, text), f"{edge}, {kind}")
    if path := os.environ.get("EDGE_SENTENCES"):
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_text("\n".join(f"{name} ({where}): {text}" for (name, text), where in sorted(found.items())), encoding="utf-8")
    return found


@pytest.mark.parametrize("why", NEVER)
def test_no_edge_makes_a_sentence_say(sentences, why):
    pattern = re.compile(NEVER[why])
    wrong = [f"{name} ({where}): {text}" for (name, text), where in sentences.items() if pattern.search(text)]
    assert wrong[:10] == []


def test_every_headline_begins_with_a_capital_or_a_figure(sentences):
    """The word 'less' of 'less than 0.1%' once began a page; codes of statuses are told with the headline and are no sentence."""
    wrong = [
        text
        for name, text in sentences
        if name.startswith(("headline", "at_a_glance", "top_findings")) and text.endswith(".") and text[0].islower()
    ]
    assert wrong == []


def test_the_edges_reach_every_block(sentences):
    """A generator that reaches nothing would find nothing wrong."""
    assert len(sentences) > 1_500
    assert {name.split()[0] for name, _ in sentences} >= {*_WHOLE, *_EACH} - {"years", "pipeline"}

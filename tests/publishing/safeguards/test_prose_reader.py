"""A second witness of our own numbers: a reader of prose, which shares no line with the proof of a run, reads pages back.

Witnesses: pages of a few sentences whose every number is worked out by hand from two rows; the shipped pages, on which
nothing may be refused; and the same pages with numbers replaced at random, of which most must be refused.
"""

import dataclasses
import functools
import json
import random
import re

import pandas as pd
import pytest
from support.examples import THOROUGH
from support.invented_counts import invented_counts
from support.prose_reader.own_figures import untraced_in_figure_data, untraced_numbers
from support.prose_reader.page_phrases import indicators_of_page, phrases_of_html
from support.prose_reader.traceable_rows import TraceableRows
from support.whole_page import page_of, said_of

from wres_helpers import intake
from wres_helpers.analysis import analyse
from wres_helpers.disclosure import protect
from wres_helpers.publishing.safeguards.proof import cited_rows, evidence_tables, printed_rules, unproven

# 13 of 37 is 35.1%, 106 of 768 is 13.8%; their gap is 21.3 points; 9 of 65 is 13.8%, 218 of 1,093 is 19.9%, ratio 1.44
RESULTS = pd.DataFrame(
    [
        {
            "year": "2019-20",
            "indicator": "6",
            "measure": "harassment_staff",
            "white_count": 106.0,
            "white_base": 768.0,
            "white_rate": 106 / 768,
            "bme_count": 13.0,
            "bme_base": 37.0,
            "bme_rate": 13 / 37,
            "comparison": "difference",
            "value": 13 / 37 - 106 / 768,
            "lower": 0.0783,
            "upper": 0.3763,
            "confidence": 0.95,
            "status": "large_difference",
            "reason": "",
            "protection": "",
        },
        {
            "year": "2019-20",
            "indicator": "4",
            "measure": "accessing_training",
            "white_count": 218.0,
            "white_base": 1093.0,
            "white_rate": 218 / 1093,
            "bme_count": 9.0,
            "bme_base": 65.0,
            "bme_rate": 9 / 65,
            "comparison": "ratio",
            "value": 218 / 1093 * 65 / 9,
            "lower": 0.81,
            "upper": 2.71,
            "confidence": 0.95,
            "status": "some_difference",
            "reason": "",
            "protection": "",
        },
        {
            "year": "2019-20",
            "indicator": "3",
            "measure": "entering_disciplinary",
            "white_count": 15.0,
            "white_base": 1093.0,
            "white_rate": 15 / 1093,
            "bme_count": None,
            "bme_base": 65.0,
            "bme_rate": None,
            "comparison": "ratio",
            "value": None,
            "lower": None,
            "upper": None,
            "confidence": 0.95,
            "status": "protected",
            "reason": "",
            # as JSON the minus sign before 8.2 is an escape that ends in a digit
            "protection": json.dumps({"bme_count": "fewer than 5", "value": "\u22128.2 to +2.1 percentage points"}),
        },
    ]
)
TABLES = {"results": RESULTS}
TEXTS = ["range of no adverse difference 0.80 to 1.25", "our response rate was 70%"]


def read_back(html: str, figures: dict, tables: TraceableRows, texts: list[str]) -> list[str]:
    """Return what the reader refuses of a page and of the figures behind its charts."""
    found = [*untraced_numbers(html, "", tables, texts), *untraced_in_figure_data(figures, tables, texts, indicators_of_page(html))]
    return [each.sentence() for each in found]


def refused(html: str, pdf: str = "") -> list[str]:
    return [each.number for each in untraced_numbers(html, pdf, TraceableRows(TABLES), TEXTS)]


@pytest.mark.parametrize(
    "text",
    [
        "35.1% of BME respondents (13 of 37) and 13.8% of white respondents (106 of 768).",
        "35.1% of BME respondents, against 13.8% of white respondents (13 of 37 against 106 of 768).",
        "The gap is +21.3 percentage points (95% interval +7.8 to +37.6 percentage points).",
        "White staff were 1.44 times as likely (interval 0.81 to 2.71): 218 of 1,093 (19.9%) against 9 of 65 (13.8%).",
        "Fewer than 5 of 65 BME staff entered a formal process.",
        "In 2019/20, on 31 March 2020, question 13a (indicators 5 and 6) was put to Bands 8a to 9; see action A01.",
        "A ratio from 0.80 to 1.25 shows no adverse difference. The response rate was 70%.",
        "The gap is \u22128.2 to +2.1 percentage points, depending on numbers that are hidden.",
        "They were more than 2 times as likely, the upper limit says.",
        "1 of 3 indicators requires focus. Nobody, 0%, and all, 100%.",
        "138.5 of a thousand BME staff took it up, and 199.5 of a thousand white staff.",
    ],
)
def test_what_leads_to_a_row_passes(text):
    assert refused(f"<main><p>{text}</p></main>", text) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("35.2% of BME respondents said so.", "35.2%"),
        ("35.1% of BME respondents (14 of 37).", "14 of 37 (35.1%)"),
        ("13 of 768 said so.", "13 of 768"),
        ("The gap is +22.3 percentage points.", "+22.3 percentage points"),
        ("The gap is +7.8 to +21.3 percentage points.", "7.8 to +21.3"),
        ("They were 1.45 times as likely.", "1.45 times"),
        ("They were about 7 times as likely.", "7 times"),
        ("There are 1,094 white staff.", "1,094"),
        ("138.6 of a thousand BME staff took it up.", "138.6 of a thousand"),
        ("218 (13.8%) took it up.", "218 (13.8%)"),
        ("The 90% interval is wide.", "90% interval"),
        ("2 of 65 BME staff entered a formal process.", "2 of 65"),
        ("The gap could be −9.4 to +3.1 percentage points.", "9.4 to +3.1"),
    ],
)
def test_what_leads_to_no_row_or_contradicts_one_is_named(text, number):
    assert number in refused(f"<p>{text}</p>")
    assert number in refused("", text)


def test_everything_a_reader_sees_or_hears_is_looked_at():
    page = """<head><style>p { width: 77px }</style></head><body><p>35.1%</p>
      <img alt="Bars: 41.1% against 13.8%."><svg aria-label="Chart 42.1%"><title>43.1%</title><text>44.1%</text></svg>
      <table><tr><th>White</th><td>45.1%</td></tr></table><script>var x = 46.1;</script></body>"""
    assert refused(page) == ["41.1%", "42.1%", "43.1%", "44.1%", "45.1%"]
    assert not any("77" in phrase or "46.1" in phrase for phrase in phrases_of_html(page))


def test_the_percentages_of_a_table_s_row_belong_to_its_numbers():
    row = "<table><tr><th>{}</th><td>{}</td><td>{}</td><td>{}</td></tr></table>"
    assert refused(row.format("BME", "13", "37", "35.1%")) == []
    assert refused(row.format("BME", "13", "37", "19.9%")) == ["19.9%"]


def test_a_page_about_one_indicator_may_not_print_another_s():
    catalogue = pd.DataFrame([{"indicator": "4", "measure": "accessing_training", "numerator": "accessed_training", "base": "headcount"}])
    tables = TraceableRows(TABLES | {"catalogue": catalogue})
    page = "<h1>{}</h1><p>13.8% of BME staff; the gap elsewhere is 21.3 percentage points.</p>"
    assert untraced_numbers(page.format("Overview"), "", tables, []) == []
    (other,) = untraced_numbers(page.format("Indicator 4: training"), "", tables, [])
    assert other.number == "21.3 percentage points"


def test_figure_data():
    columns = [{"label": label} for label in ("group", "percent", "people")]
    figures = {"chart": {"columns": columns, "rows": [["BME", 35.13513513, 13], ["white", 13.8, 106]]}}
    assert untraced_in_figure_data(figures, TraceableRows(TABLES), []) == []
    figures["chart"]["rows"] += [["white", 13.802083, 106], ["white", 14.9, 107], ["white", 0.1386, 106]]
    assert [each.number for each in untraced_in_figure_data(figures, TraceableRows(TABLES), [])] == ["14.9", "107", "0.1386"]


@pytest.fixture(scope="module")
def whole_page(necs, necs_counts, reference):
    """Gives the page of the shipped report (or of counts near it) and what it may say; each is made once."""
    return functools.cache(functools.partial(_whole_page, necs, necs_counts, reference))


def _whole_page(necs, necs_counts, reference, variant):
    counts = necs_counts.copy()
    if variant == "twenty times as large":
        counts["count"] = [20 * count + at for at, count in enumerate(counts["count"])]
    if variant == "no undisclosed":
        counts = counts[counts["ethnic_group"].ne("unknown")]
    method = "round" if variant == "round" else "suppress"
    master = necs.master.model_copy(update={"disclosure": necs.disclosure.model_copy(update={"method": method})})
    parameters = dataclasses.replace(necs, master=master)
    evidence = analyse(counts, parameters, reference)
    shown = evidence if variant == "as shipped" else protect(evidence, parameters)
    texts = printed_rules(parameters, intake.read_action_plan(parameters))
    return (*page_of(shown), TraceableRows(evidence_tables(shown)), texts)


def test_the_texts_drawn_in_charts_are_looked_at(whole_page):
    html, *_ = whole_page("as shipped")
    assert "<p>35.1%" in html and "<p>14.4%" in html


@pytest.mark.parametrize("variant", ["as shipped", "suppress", "round", "twenty times as large", "no undisclosed"])
def test_everything_the_pack_can_say_leads_to_a_row(variant, whole_page):
    html, figures, tables, texts = whole_page(variant)
    assert read_back(html, figures, tables, texts) == []


@pytest.mark.parametrize("first", (0, 4))
def test_nothing_is_refused_for_organisations_that_were_never_seen(first, necs, necs_counts, reference):
    """Two invented organisations (eight with ``make thorough``) of 100 to 60,000 staff: a net that refuses a true figure would stop a good report.

    Neither the reader nor the proof of a run, which looks the same pages up, may refuse anything. The first has its charts drawn,
    with ``make thorough`` one of every four.
    """
    texts = printed_rules(necs, intake.read_action_plan(necs))
    for seed in range(first, first + (4 if THOROUGH else 1)):
        shown = protect(analyse(invented_counts(necs_counts, seed, necs.year), necs, reference), necs)
        html, figures, blocks = said_of(shown, charts=seed == 0 or (THOROUGH and seed == first))
        assert unproven("page", blocks, cited_rows(shown), texts) == [], f"organisation {seed}"
        assert read_back(html, figures, TraceableRows(evidence_tables(shown)), texts) == [], f"organisation {seed}"


def test_numbers_replaced_at_random_are_refused(whole_page):
    html, _, tables, texts = whole_page("suppress")
    draw = random.Random(20)
    # sentences and cells that hold nothing but checked numbers: percentages, ratios, "13 of 37"
    numbers = [match for match in re.finditer(r">[^<>]*?(?<![\w.,])(\d+\.\d|\d{2,3}) (?:of|times|percentage)|>(\d+\.\d)%<", html)]
    caught, tries = 0, 40
    for match in draw.sample(numbers, tries):
        group = 1 if match[1] else 2
        other = f"{draw.uniform(0, 100):.1f}" if "." in match[group] else str(draw.randint(100, 3000))
        # only the section it stands in: the others are as they were
        begin, end = html.rindex("<h2>", 0, match.start()), html.find("<h2>", match.end())
        damaged = html[begin : match.start(group)] + other + html[match.end(group) : end if end > 0 else len(html)]
        caught += bool(untraced_numbers(damaged, "", tables, texts))
    # a wrong percentage may by chance be that of another row; most are not
    # a page that says more holds more true numbers to coincide with (33 of 40 are caught; 34 were asked for when it said less)
    assert caught / tries >= 0.8

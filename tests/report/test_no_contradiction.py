"""Random counts, with nobody, missing groups and hidden numbers: status, sentence, chart, table and alternative text agree.

Witness: the rule as docs/numbers.md states it, applied to the status and to the interval that is printed beside it.
"""

import json
import re
from types import SimpleNamespace

import numpy as np
import pytest
from support.examples import THOROUGH
from support.invented_counts import invented_counts

from wres_helpers import report
from wres_helpers.analysis import analyse
from wres_helpers.disclosure import protect
from wres_helpers.report.form import plots
from wres_helpers.report.words import doubts, evidence_rows
from wres_helpers.standard import statuses

pytestmark = pytest.mark.slow

SEEDS = range(15 if THOROUGH else 9)
CLEAR = {statuses.LARGE_DIFFERENCE, statuses.SOME_DIFFERENCE, statuses.DIFFERENCE_OTHER_WAY}
UNSURE = re.compile(
    r"[Bb]orderline|compatible with no difference|does not confirm|would undo|undoes|is (not )?ruled out|does not fit these counts"
)
#: What no reader may meet: accidents of missing or infinite numbers, and ends that print alike.
FORBIDDEN = re.compile(
    r"(?<![\w-])(nan|NaN|None|inf|NaT|<NA>)(?![\w-])|without limit or|of without limit|0\.00 or more|(?<![\d.,])([\d.,]+%?) to \2(?![\d.,])"
    r"|not supplied people|  +| [,.;:] |\.\."
)


def extreme(counts, seed):
    """Return invented counts in which, by the seed, many counts are nobody or everybody, or a group is missing in a table."""
    draw = np.random.default_rng(1_000 + seed)
    made = invented_counts(counts, seed, "2019-20")
    if seed % 3 == 1:
        small = made["item"].isin(["appointed", "entered_disciplinary", "accessed_training", "board"])
        made.loc[small & (draw.random(len(made)) < 0.5), "count"] = 0
    if seed % 3 == 2:
        item, group = draw.choice(["appointed", "shortlisted", "entered_disciplinary", "survey"]), draw.choice(["white", "bme"])
        made = made[~(made["item"].eq(item) & made["ethnic_group"].eq(group))].reset_index(drop=True)
    return made


@pytest.fixture(scope="module")
def reports(necs, necs_counts, reference):
    """Evidence of every seed, as counted and, for every fourth, as protected."""
    made = []
    for seed in SEEDS:
        evidence = analyse(extreme(necs_counts, seed), necs, reference)
        made.append(evidence)
        if seed % 4 == 0:
            made.append(protect(evidence, necs))
    assert len(made) > len(SEEDS) > 0
    return made


@pytest.fixture(autouse=True)
def undrawn(monkeypatch):
    """Words are what is tested: no picture is drawn."""
    for name in ("bars", "dots", "answer_bars", "people_dots"):
        monkeypatch.setattr(plots, name, lambda *given, **more: "<svg/>")


_TOLD: dict = {}


def told_of(shown, indicator):
    """Return what every block of an indicator's page says, made once for all tests of it."""
    key = id(shown), indicator
    if key not in _TOLD:
        _TOLD[key] = _told_of(shown, indicator)
    return _TOLD[key]


def _told_of(shown, indicator):
    chart = report.rates_chart(shown, indicator) if indicator not in "19" else None
    blocks = {
        "headline": report.headline(shown, indicator),
        "in_people": report.in_people(shown, indicator),
        "certainty": report.certainty(shown, indicator),
        "table": report.rates_table(shown, indicator),
        "undisclosed": report.undisclosed_table(shown, indicator),
        "change": report.compared_with_last_year(shown, indicator),
        "note": report.status_note(shown, indicator),
    } | ({"chart": chart} if chart is not None else {})
    said = {name: json.dumps(block.to_json() | {"svg": ""}, ensure_ascii=False) for name, block in blocks.items()}
    return SimpleNamespace(**blocks, said=said, everything=" ".join(said.values()))


def test_nothing_that_no_reader_may_meet_is_said(reports):
    for shown in reports:
        pages = [told_of(shown, indicator).everything for indicator in "123456789"]
        once = [json.dumps(getattr(report, name)(shown).to_json() | {"svg": ""}, ensure_ascii=False)
                for name in ("scorecard", "key_facts", "top_findings", "standings")]  # fmt: skip
        for text in (*pages, *once):
            found = FORBIDDEN.search(text)
            assert not found, text[max(0, found.start() - 150) : found.end() + 80]


def test_status_sentence_chart_and_table_agree(reports):
    seen = set()
    for shown in reports:
        for indicator in "123456789":
            row = evidence_rows.headline_row(shown, indicator)
            page = told_of(shown, indicator)
            status = page.headline.status
            seen.add(status)
            # what a headline adds has a base of its own
            said = page.headline.text.partition(". ")[0]
            if not evidence_rows.has(row, "value", "lower", "upper") or status == statuses.PROTECTED:
                assert not UNSURE.search(said)
                continue
            assert str(page.note.title).startswith("Status")
            neutral = 1 if row["comparison"] == "ratio" else 0
            outside = row["lower"] > neutral or row["upper"] < neutral
            unsure = bool(UNSURE.search(said))
            assert ("too few to judge" in said) == (status == statuses.TOO_FEW_TO_JUDGE)
            if status in CLEAR:
                assert outside and not unsure
            if hasattr(page, "chart") and hasattr(page.chart, "title"):
                assert status in CLEAR or "at the rate of" not in page.chart.title
                assert bool(UNSURE.search(page.chart.title)) <= (status not in CLEAR)
                if status in (statuses.NO_CLEAR_DIFFERENCE, statuses.EQUIVALENT):
                    assert re.search("orderline|no clear difference$|no large difference among those known$", page.chart.title)
                value = report.rates_table(shown, indicator).notes[0]
                assert re.search(r"[\d.]+", value).group() in page.said["table"]
                printed = re.findall(r"\d[\d,]* of \d[\d,]*", said)
                assert [count for count in printed if count not in page.chart.alt] == []
    assert seen >= CLEAR | {
        statuses.NO_CLEAR_DIFFERENCE,
        statuses.EQUIVALENT,
        statuses.TOO_FEW_TO_JUDGE,
        statuses.NOT_SUPPLIED,
        statuses.PROTECTED,
    }


def test_the_overview_tells_the_statuses_of_the_pages(reports):
    for shown in reports:
        given = {indicator: report.headline(shown, indicator).status for indicator in "123456789"}
        facts = {item.label: (item.value, item.note) for item in report.key_facts(shown).items}
        worse = [indicator for indicator, code in given.items() if code in doubts.WORSE]
        judged = sum(code in statuses.FINDINGS for code in given.values())
        value, note = facts["Clearly worse for BME staff"]
        assert value == (str(len(worse)) if judged else "not known")
        assert note.startswith(f"of {judged} judged" if judged else "no indicator could be judged")
        assert {line[0].split(".")[0]: line[1].status for line in report.scorecard(shown).rows} == given

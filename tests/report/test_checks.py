"""The analyst's first page: what stands in the way, what somebody has accepted, what could not be checked.

Witness: a table of findings written by hand.
"""

import re

import pandas as pd

from wres_helpers.report.desk.working_checks import contradictions
from wres_helpers.report.form.block_html import block_html

COLUMNS = ("id", "rank", "verdict", "printed", "diagnosis", "acknowledged", "reason", "rule")


def table(*rows: tuple) -> pd.DataFrame:
    found = pd.DataFrame([dict(zip(COLUMNS, row, strict=True)) for row in rows], columns=list(COLUMNS))
    return found.assign(claim=found["id"], where="Page 2", expected="65", arithmetic="1 + 64 = 65")


ACCEPTED = ("A.count", "conclusion", "contradicts", "66", "Possibly a slip.", True, "A misprint (EDI lead, 2026-11-23)", "count")
OPEN = ("B.count", "number", "contradicts", "67", "", False, "", "count")
UNCHECKED = ("C.share", "number", "cannot_check", "5%", "", False, "", "share")
STALE = ("acknowledgement.X.count", "wording", "cannot_check", "X.count", "", False, "", "acknowledgement")


def test_accepted_findings_stand_last_with_their_reason():
    notice, shown = contradictions(table(ACCEPTED, OPEN))
    assert notice.tone == "information"
    assert "0 of them change a conclusion" in notice.text and "1 are acknowledged" in notice.text
    assert [row[0] for row in shown.rows] == ["B.count", "A.count"]
    assert shown.rows[0][-1] == "No simple explanation found: 1 + 64 = 65"
    assert shown.rows[1][-1].startswith("Acknowledged: A misprint (EDI lead, 2026-11-23).")


def test_a_long_reason_is_folded_behind_its_first_words_and_whole_when_opened():
    reason = "Possibly " + "the two-year total was halved and rounded, " * 8
    _, shown = contradictions(table(("A.count", "number", "contradicts", "66", reason, False, "", "count")))
    html = block_html(shown.to_json())
    begun, whole = re.search(r"<details class=.wres-folded.><summary>(.*?)</summary>(.*?)</details>", html).groups()
    assert whole == reason and begun.endswith(" ...") and reason.startswith(begun[:-4]) and len(begun) <= 60


def test_what_stands_in_the_way_is_never_cut_off():
    grave = [(f"G{at}.count", "conclusion", "contradicts", "1", "Possibly.", False, "", "count") for at in range(30)]
    notice, shown = contradictions(table(*grave, OPEN))
    assert notice.tone == "warning" and "30 of them change a conclusion" in notice.text
    assert len(shown.rows) == 30 and shown.notes[0].startswith("The first 30 of 31.")


def test_what_could_not_be_checked_and_stale_acknowledgements_are_told():
    (notice,) = contradictions(table(UNCHECKED, STALE))
    assert "1 could not be checked" in notice.text
    assert "acknowledges what is no finding: X.count" in notice.text

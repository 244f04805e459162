"""A final report has versions; one whose figures change says what was corrected. Witness: 11 of 251 is 4.4%, 150/1605 over it 2.13."""

import pickle
import re

import pytest
from support.leak_pdf import pdf_texts
from support.small_project import PARAMS, REPORT, receipt, wres
from support.warm_wres import KNOWN

from wres_helpers import remembered
from wres_helpers.commands.check_command import check_command
from wres_helpers.disclosure.protection import planned
from wres_helpers.problems import InputProblems

DATA = "data/necs/2019-20"
NOTE = "Two appointments had been left out of the return."


def as_final(project, more=""):
    """Make the master file's report final, with more keys under 'report'."""
    master = project / PARAMS
    content, found = re.subn(r"  state: (draft|final)\n", f"  state: final\n{more}", master.read_text())
    assert found == 1
    master.write_text(content)


def with_appointed(project, old, new):
    counts = project / DATA / "recruitment.csv"
    assert f"appointed,bme,{old}" in counts.read_text()
    counts.write_text(counts.read_text().replace(f"appointed,bme,{old}", f"appointed,bme,{new}"))


@pytest.fixture
def let_know(small):
    """Gives what lets calls of ``wres`` remember what this process has calculated of the same inputs; later tests find what was known before."""
    known = small.parent / KNOWN
    before = known.read_bytes()
    yield lambda: known.write_bytes(pickle.dumps(remembered.store(without=planned)))
    known.write_bytes(before)


def test_a_changed_figure_of_a_final_report_asks_for_a_note_and_prints_it_with_what_it_superseded(small, let_know):
    assert receipt(small)["versions"] == []  # the small project is a draft
    as_final(small)
    assert wres(small, "run", PARAMS).returncode == 0
    assert [each["version"] for each in receipt(small)["versions"]] == [1]
    before = {path: path.read_bytes() for path in sorted((small / REPORT).rglob("*")) if path.is_file()}
    with_appointed(small, 11, 13)
    with pytest.raises(
        InputProblems, match=r"report\.correction.*indicator 2: Shortlisting to appointment, status: was Large .*after 1 corrected count"
    ):  # so that a check is never content before it
        check_command(small / PARAMS, False)
    let_know()
    refused = wres(small, "run", PARAMS)
    assert refused.returncode == 1
    assert "key 'report.correction'" in refused.stderr
    assert "BME: was 0.6% (11 of 1,880), is 0.7% (13 of 1,880)" in refused.stderr
    assert {path: path.read_bytes() for path in sorted((small / REPORT).rglob("*")) if path.is_file()} == before
    as_final(small, f"  correction: {NOTE}\n")
    assert check_command(small / PARAMS, False) == 0  # a note is no longer asked for
    let_know()
    done = wres(small, "run", PARAMS)
    assert done.returncode == 0 and "Run it again" not in done.stderr, done.stderr
    versions = receipt(small)["versions"]
    assert [each["version"] for each in versions] == [1, 2]
    # the report is dated, and signed perhaps, in 2020; the correction is of today
    assert versions[0]["date"] == "2020-08-31" and versions[1]["date"] > "2026-01-01"
    page = (small / REPORT / "board/report.html").read_text(encoding="utf-8")
    paper = " ".join(" ".join(text for where, text, seen in pdf_texts((small / REPORT / "board/report.pdf").read_bytes())).split())
    for said in (page, paper):
        assert "Corrected: version 2" in said
        assert f"Corrected in version 2: {NOTE}" in said
        assert "Indicator 2: Shortlisting to appointment, BME: was 4.4% (11 of 251), is 5.2% (13 of 251)." in said
        assert "Shortlisting to appointment, relative likelihood: was 2.13 (" in said
    again = wres(small, "run", PARAMS)
    assert "Nothing has changed" in again.stderr
    # the note of one correction is none for the next
    with_appointed(small, 13, 14)
    refused = wres(small, "run", PARAMS)
    assert refused.returncode == 1
    assert "the note is that of an earlier version" in refused.stderr
    # a figure of the year before is one of the report, and what became of it is, too
    with_appointed(small, 14, 13)
    training = small / "data/necs/2018-19/training.csv"
    training.write_text(training.read_text().replace("bme,13", "bme,12"))
    with pytest.raises(InputProblems, match=r"indicator 4: Non-mandatory training, 2018/19, BME: was 24\.1% \(13 of 54\), is 22\.2%"):
        check_command(small / PARAMS, False)

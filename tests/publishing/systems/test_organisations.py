"""Many organisations in one run: failures collected, finished work kept after a kill, one table of all."""

import shutil
import signal
import sys
import time

import pytest
from bs4 import BeautifulSoup
from support.small_project import contents, wres
from support.small_system import MASTER, only, outcomes, rows
from support.warm_wres import started

THREE = ("alpha", "beta", "gamma")


def test_one_failure_never_stops_the_rest_and_a_second_run_repeats_nothing(system):
    only(system, *THREE)
    done = wres(system, "run", MASTER)
    assert done.returncode == 1
    assert "gamma 2019-20: FAILED" in done.stderr
    assert "headcount.csv, row 2" in done.stderr
    assert outcomes(system) == {"alpha": "complete", "beta": "complete", "gamma": "failed"}
    results = rows(system / "outputs/_overview/system/analyst/results.csv")
    assert {row["organisation"] for row in results} == {"alpha", "beta"}
    for code in ("alpha", "beta"):
        own = rows(system / f"outputs/{code}/2019-20/analyst/data/results.csv")
        assert [row for row in results if row["organisation"] == code] == own
    before = contents(system / "outputs/beta")
    again = wres(system, "run", MASTER)
    assert again.returncode == 1
    assert outcomes(system) == {"alpha": "unchanged", "beta": "unchanged", "gamma": "failed"}
    assert contents(system / "outputs/beta") == before
    shutil.copyfile(system / "data/beta/2019-20/headcount.csv", system / "data/gamma/2019-20/headcount.csv")
    mended = wres(system, "run", MASTER)
    assert (mended.returncode, mended.stdout.strip()) == (0, "outputs/_overview/system")
    assert outcomes(system) == {"alpha": "unchanged", "beta": "unchanged", "gamma": "complete"}
    places_each_organisation_in_the_funnel(system)


def places_each_organisation_in_the_funnel(system):
    funnel = rows(system / "outputs/_overview/system/analyst/funnel.csv")
    recruitment = {
        row["organisation"]: row for row in funnel if (row["year"], row["measure"]) == ("2019-20", "appointed_from_shortlisting")
    }
    assert set(recruitment) == set(THREE)
    # three equal organisations: each has the centre's value, and the centre is the printed 2.13
    assert {round(float(row["value"]), 2) for row in recruitment.values()} == {2.13}
    assert {round(float(row["centre"]), 2) for row in recruitment.values()} == {2.13}
    assert {row["outside"] for row in recruitment.values()} == {""}
    for audience in ("board", "analyst"):
        page = (system / "outputs/_overview/system" / audience / "funnels.html").read_text(encoding="utf-8")
        # too few for a funnel: each stands in a table with its own interval
        told = [" ".join(row.get_text(" ").split()) for row in BeautifulSoup(page, "html.parser").select("tr")]
        for code in THREE:
            assert [row for row in told if row.startswith(f"{code} ") and "2.13" in row and "1.19 to 3.86" in row], (code, told)


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_killed_run_is_resumed_without_repeating_finished_reports(system):
    only(system, "alpha", "beta")
    finished = system / "outputs/alpha/2019-20/receipt.json"
    with started(system, "run", MASTER, "--jobs", "1") as process:
        while process.poll() is None and not finished.is_file():
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
        process.wait(30)
    before = contents(system / "outputs/alpha/2019-20")
    assert not (system / "outputs/beta/2019-20").exists()
    wres(system, "run", MASTER)
    assert outcomes(system)["alpha"] == "unchanged"
    assert contents(system / "outputs/alpha/2019-20") == before
    assert outcomes(system)["beta"] == "complete"


def test_a_mistake_in_the_master_file_stops_everything_at_once(system):
    with (system / "params/list.csv").open("a") as file:
        file.write("Bad Code,Organisation,bad,trust\n")
    done = wres(system, "run", MASTER)
    assert (done.returncode, done.stdout) == (2, "")
    assert "organisation.code" in done.stderr
    assert not (system / "outputs").exists()

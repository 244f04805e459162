"""``wres run`` on a small project: the output tree, failures, kills and what a receipt may say."""

import csv
import dataclasses
import getpass
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import openpyxl
import pytest
from support.small_project import FAILED_REPORT, PARAMS, REPORT, SECTIONS, command, contents, files, notebook, receipt, wres
from support.warm_wres import python, started

from wres_helpers.intake.texts.written_together import locked
from wres_helpers.publishing.runs.backends import backend_for
from wres_helpers.publishing.runs.sections import FAILED, MADE, REUSED
from wres_helpers.standard.columns import RESULT_COLUMNS


def test_the_output_tree_is_the_contract(made):
    expected = {
        "receipt.json",
        "run.log",
        "board/report.html",
        "board/report.pdf",
        "board/report.docx",
        "board/workbook.xlsx",
        "board/evidence.csv",
        "board/data/results.csv",
        "board/data/dictionary.csv",
    }
    expected |= {"analyst/report.html", "analyst/data/results.csv", "analyst/findings.csv"}
    for name in SECTIONS:
        expected |= {
            f"board/sections/{name}.html",
            f"board/sections/{name}.pdf",
            f"board/data/chart-of-{name}.csv",
            f"board/data/{name.replace('_', '-')}-rows.csv",
            f"analyst/notebooks/{name}.ipynb",
        }
    assert files(made / REPORT) == expected


def test_results_have_the_columns_of_the_contract_and_the_board_sees_fewer_numbers(made):
    tables = {}
    for audience in ("board", "analyst"):
        with (made / REPORT / audience / "data" / "results.csv").open(newline="", encoding="utf-8") as file:
            rows = list(csv.reader(file))
        assert rows[0] == list(RESULT_COLUMNS)
        tables[audience] = rows[1:]
    assert len(tables["board"]) == len(tables["analyst"]) > 30
    recruitment = [row for row in tables["analyst"] if row[1:4] == ["2019-20", "2", "appointed_from_shortlisting"]]
    assert [row[6:8] + row[9:11] for row in recruitment] == [["150", "1605", "11", "251"]]  # as printed in the report
    assert tables["board"] != tables["analyst"]  # the shipped data hold counts of one and two people
    assert any("protected" in row for row in tables["board"])


def test_text_that_a_spreadsheet_would_run_is_only_text(made):
    text = (made / REPORT / "board" / "data" / "chart-of-02_recruitment.csv").read_text(encoding="utf-8")
    assert text.splitlines() == ["group,rate", "'=1+1,most", "1,'-"]


def test_the_workbook_is_accessible(made):
    book = openpyxl.load_workbook(made / REPORT / "board" / "workbook.xlsx")
    assert book.sheetnames[:3] == ["Cover", "Contents", "Notes"]
    seen = {tuple(cell.value for cell in row) for row in book["Provenance"].iter_rows(min_row=4)}
    assert (
        "grade",
        "[z]",
        "Band 8a",
        "seen in a secondary source",
        "Pay bands named in the standard and printed in the NECS report",
        "yes",
    ) in seen
    assert {row[0] for row in seen} == {"definition", "question label", "grade", "ethnic category"}
    assert book.properties.title
    assert book.properties.creator == "North of England Commissioning Support"  # as of PDF and Word file
    assert f"{book.properties.created:%d %B %Y}" == "31 August 2020"  # the report's day, as of the PDF and the Word file
    for sheet in book.worksheets:
        assert sheet["A1"].value, sheet.title
        assert not sheet.merged_cells.ranges, sheet.title
        assert len(sheet.tables) == (0 if sheet.title == "Cover" else 1), sheet.title
        for table in sheet.tables.values():
            cells = [cell for row in sheet[table.ref] for cell in row]
            assert all(cell.value not in (None, "") for cell in cells), sheet.title
            assert all(cell.data_type != "f" for cell in cells), sheet.title


def test_the_receipt_tells_everything_and_nothing_of_the_machine(made):
    content = receipt(made)
    assert content["outcome"] == "complete"
    assert [section["section"] for section in content["sections"]] == SECTIONS
    assert {section["outcome"] for section in content["sections"]} == {MADE}
    assert content["inputs"].keys() >= {
        PARAMS,
        "data/necs/2019-20/recruitment.csv",
        "data/necs/2018-19/headcount.csv",
        "data/reference/standards/wres/indicators.csv",
    }
    assert content["packages"]["pandas"]
    assert content["parameters"]["origins"]["year"] == PARAMS
    assert content["outputs"].keys() == files(made / REPORT) - {"receipt.json", "run.log"}


def test_no_file_names_the_machine_or_the_user(made):
    secrets = [str(made), f"{Path.home()}/", f"/{getpass.getuser()}/", sys.prefix]
    secrets += [socket.gethostname()] if len(socket.gethostname()) > 5 else []  # shorter names stand in compressed bytes by chance
    for name, content in contents(made / REPORT).items():
        for secret in secrets:
            assert secret.encode() not in content, (name, secret)


def test_two_sections_whose_charts_share_a_file_are_named_and_the_last_report_stays(small):
    path = small / "notebooks" / "03_disciplinary.ipynb"
    path.write_text(path.read_text().replace("chart-of-03_disciplinary", "chart-of-02_recruitment"))
    before = contents(small / REPORT)
    done = wres(small, "run", PARAMS)
    assert "02_recruitment and 03_disciplinary: each has a chart 'chart-of-02_recruitment'" in done.stderr
    assert done.returncode == 1 and contents(small / REPORT) == before


def test_a_failed_section_is_named_and_the_others_come_out(small):
    page = notebook("Failing", ("raise KeyError('no such column at ' + __import__('os').getcwd())", "board"))
    nbformat.write(page, small / "notebooks" / "03_disciplinary.ipynb")
    before = contents(small / REPORT)
    done = wres(small, "run", PARAMS)
    assert done.returncode == 1
    assert "03_disciplinary: FAILED" in done.stderr
    assert "no such column" in done.stderr
    assert "Traceback" not in done.stderr
    assert [section["outcome"] for section in receipt(small, FAILED_REPORT)["sections"]] == [REUSED, FAILED, REUSED]
    assert not (small / FAILED_REPORT / "board/sections/03_disciplinary.html").exists()
    assert (small / FAILED_REPORT / "board/sections/02_recruitment.html").is_file()
    board, analyst = ((small / FAILED_REPORT / audience / "report.html").read_text() for audience in ("board", "analyst"))
    assert "no such column" not in board  # a message may quote the data
    assert "Failing" in board  # the title of the page that is missing
    assert "no such column" in analyst
    for content in contents(small / FAILED_REPORT).values():
        assert str(small).encode() not in content
    assert contents(small / REPORT) == before  # a complete report is not replaced by an incomplete one ...
    assert "complete and stays, because this one is not. With --force this one takes its place as it is" in done.stderr
    assert wres(small, "run", PARAMS, "--force").returncode == 1
    assert [section["outcome"] for section in receipt(small)["sections"]] == [MADE, FAILED, MADE]  # ... unless somebody wants it
    assert not (small / FAILED_REPORT).exists()


def test_the_page_leads_to_no_form_of_the_report_that_was_refused(small):
    """Witness: the files that lie beside the page. The Word file of the whole report is refused here, as a PDF may be."""
    refusing = (
        "import sys\n"
        "from wres_helpers.publishing.pages import word_document\n"
        "def refuse(document):\n    raise ValueError('refused')\n"
        "word_document.document_docx = refuse\n"
        f"sys.argv = ['wres', 'run', {PARAMS!r}, '--force']\n"
        "from wres_helpers.cli import main\nmain()\n"
    )
    done = python(small, refusing)
    assert done.returncode == 1 and "board/report.docx: FAILED" in done.stderr
    board = small / REPORT / "board"
    linked = re.findall(r'href="([^"#:]+)"', (board / "report.html").read_text(encoding="utf-8"))
    assert "report.pdf" in linked and "evidence.csv" in linked
    assert [file for file in linked if not (board / file).is_file()] == []
    assert wres(small, "run", PARAMS).returncode == 0 and 'href="report.docx"' in (board / "report.html").read_text(encoding="utf-8")


def test_where_no_section_comes_out_the_last_report_stays(small):
    before = contents(small / REPORT)
    for name in SECTIONS:
        nbformat.write(notebook("Failing", ("1 / 0", "board")), small / "notebooks" / f"{name}.ipynb")
    done = wres(small, "run", PARAMS)
    assert done.returncode == 1
    assert contents(small / REPORT) == before
    assert (small / "outputs/necs/2019-20-failed/run.log").is_file()


@pytest.mark.skipif(sys.platform != "linux", reason="limits a forked process")
@pytest.mark.parametrize(("largest_file", "told"), [(5_000, "a file as large as needed"), (60_000, "free space on the disk")])
def test_a_disk_that_takes_no_more_is_told_and_the_last_report_stays(small, largest_file, told):
    before = contents(small / REPORT)
    with (small / "data/necs/2019-20/recruitment.csv").open("a") as file:
        file.write("\n")
    done = wres(small, "run", PARAMS, largest_file=largest_file)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert told in done.stderr
    assert contents(small / REPORT) == before


@pytest.mark.parametrize(
    ("spoil", "code", "said"),
    [
        (lambda folder: (folder / PARAMS).write_text((folder / PARAMS).read_text() + "\nsektions: []\n"), 2, "Did you mean 'sections'?"),
        (lambda folder: (folder / PARAMS).unlink(), 2, "no such file"),
        (lambda folder: shutil.rmtree(folder / "data/necs/2019-20"), 1, "2019-20"),
        (
            lambda folder: (folder / "data/necs/2019-20/headcount.csv").write_text("ethnic_group,headcount\nwhite,many\n"),
            1,
            "headcount.csv, row 2",
        ),
        (lambda folder: (folder / "notebooks/02_recruitment.ipynb").unlink(), 1, "notebooks/02_recruitment.ipynb"),
        (lambda folder: (folder / "data/necs/2019-20/narrative/foreword.md").write_bytes(b"\xff\xfe\xff"), 1, "foreword.md"),
    ],
)
def test_input_mistakes_are_told_before_any_kernel_starts(small, spoil, code, said):
    before = contents(small / REPORT)
    spoil(small)
    done = wres(small, "run", PARAMS)
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert contents(small / REPORT) == before


def test_an_unknown_section_is_wrong_usage(small):
    done = wres(small, "run", PARAMS, "--only", "02")
    assert done.returncode == 2
    assert "02_recruitment" in done.stderr


def test_a_part_of_a_report_never_takes_the_place_of_a_complete_one(small):
    """Witness: one changed text of the plan and one section asked for left a board's report with that section alone."""
    counts = small / "data/necs/2019-20/training.csv"
    counts.write_text(counts.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    before = contents(small / REPORT)
    done = wres(small, "run", PARAMS, "--only", "02_recruitment")
    assert (done.returncode, contents(small / REPORT)) == (1, before)
    assert "has only some of its sections, since the others changed and were not asked for (--only)" in done.stderr
    assert (small / FAILED_REPORT / "board/sections/02_recruitment.html").is_file()
    forced = wres(small, "run", PARAMS, "--audience", "board", "--only", "02_recruitment", "--force")
    assert forced.returncode == 0, forced.stderr
    assert receipt(small)["outcome"] == "incomplete"
    assert (small / REPORT / "board/report.pdf").is_file()  # of the audience that was asked for, and of no other
    assert not (small / REPORT / "analyst/report.html").exists() and not (small / REPORT / "analyst/data").exists()
    assert wres(small, "run", PARAMS).returncode == 0 and receipt(small)["outcome"] == "complete"


def test_a_master_file_may_ask_for_the_ordinary_engine(necs):
    settings = necs.master.model_copy(update={"run": necs.run.model_copy(update={"engine": "standard"})})
    assert backend_for(dataclasses.replace(necs, master=settings), 1).engine == "wres-standard"


def test_a_machine_without_fork_gives_the_same_report(small, tmp_path):
    """As on Windows, where nothing can be forked and no file descriptor be sent: fresh processes, and papermill's own kernels."""
    before = contents(small / REPORT)
    (tmp_path / "sitecustomize.py").write_text("import os, socket\nfor module, name in ((os, 'fork'), (os, 'forkpty'), (socket, 'send_fds')):\n"
                                               "    if hasattr(module, name):\n        delattr(module, name)\n")  # fmt: skip
    again = command("run", PARAMS, "--force", "--only", "02_recruitment", "--jobs", "1")  # the section whose notebook calculates
    done = subprocess.run(again, cwd=small, env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, (str(tmp_path), os.environ.get("PYTHONPATH"))))},
                          capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert receipt(small)["engine"] == "wres-standard"
    after = contents(small / REPORT)
    assert after.keys() == before.keys()
    for name in before:
        if name.startswith("board/") and not name.endswith(".xlsx"):
            assert after[name] == before[name], name
    assert "encryption" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("kind", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_stopped_leaves_the_last_report_whole(small, kind):
    before = contents(small / REPORT)
    building = small / "outputs/necs/.wres"
    with started(small, "run", PARAMS, "--force") as process:
        while process.poll() is None and not list(building.glob("*.building-*/analyst/notebooks/*")):
            time.sleep(0.02)
        process.send_signal(kind)
        assert process.wait(30) != 0
    while (lock := locked(building / "2019-20.lock")) is None:  # its workers die a moment after it, and hold the lock until then
        time.sleep(0.02)
    lock.close()
    assert contents(small / REPORT) == before
    done = wres(small, "run", PARAMS)
    assert done.returncode == 0, done.stderr
    assert files(small / REPORT) == set(before)
    assert [path.name for path in building.iterdir() if "building" in path.name] == []


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_killed_worker_is_tried_again(small):
    killed = False
    with started(small, "run", PARAMS, "--force") as process:
        while process.poll() is None and not killed:
            for child in _children(process.pid):
                if list((small / "outputs/necs/.wres").glob("*.building-*")):
                    os.kill(child[0], signal.SIGKILL)
                    killed = True
                    break
            time.sleep(0.02)
        assert process.wait(100) == 0
    assert killed
    assert receipt(small)["outcome"] == "complete"


@pytest.mark.skipif(sys.platform != "linux", reason="forked notebooks")
def test_a_killed_notebook_and_a_killed_worker_are_tried_again(small):
    victims = {"03_disciplinary": "os.getpid()", "10_action_plan": "os.getppid()"}
    cell = ("from wres_helpers.report.form import blocks\nblocks.Prose(('It came out.',))", "board")
    for name, victim in victims.items():
        killing = f"""
import os, pathlib, signal
mark = pathlib.Path("killed-{name}")
first = not mark.exists()
mark.touch()
first and os.kill({victim}, signal.SIGKILL)
"""
        nbformat.write(notebook("Killed", (killing,), cell), small / f"notebooks/{name}.ipynb")
    done = wres(small, "run", PARAMS, "--force")
    assert done.returncode == 0, done.stderr
    assert receipt(small)["outcome"] == "complete"
    for name in victims:
        assert (small / f"killed-{name}").exists()
        assert "It came out." in (small / REPORT / f"board/sections/{name}.html").read_text(encoding="utf-8")


def _children(pid):
    done = subprocess.run(["ps", "-o", "pid=,args=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    return [(int(line.split(maxsplit=1)[0]), line) for line in done.stdout.splitlines()]

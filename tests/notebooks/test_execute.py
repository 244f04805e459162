"""Every notebook runs from top to bottom as opened, on its defaults, in an ordinary kernel; and by papermill with parameters.

The kernel is one for all and is emptied between them: what it imported and calculated stays, what a notebook named does not.
"""

import re
from pathlib import Path

import nbformat
import papermill
import pytest
from jupyter_client.manager import start_new_kernel
from support.known_results import kernels_that_know

from wres_helpers.standard import statuses

TESTS = Path(__file__).resolve().parents[1]
FOLDER = TESTS.parent / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
SHOWN = {"stream", "display_data", "execute_result", "error"}
CELL = re.compile(r"<td[^>]*>(.*?)</td>")


@pytest.fixture(scope="module")
def kernel():
    # the working folder is the notebook's own, as in JupyterLab
    manager, client = start_new_kernel(kernel_name="python3", cwd=str(FOLDER))
    try:
        run(client, "import gc\ngc.set_threshold(1_000_000, 20, 20)")  # as for the tests themselves
        # charts are laid out; turning them into SVG is most of the time, and the shipped report does it
        run(client, f"import sys\nsys.path.append({str(TESTS)!r})\nfrom support.known_results import share\nshare()")
        run(client, "from wres_helpers.report.form import drawing\ndrawing.to_svg = lambda figure: '<svg/>'")
        yield client
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def run(kernel, code):
    """Run code; return its count and what it showed. A kernel that never answers is a failure with a name, not a suite that waits for ever.

    The client asks its sockets again and again: nbclient's waits for a sign, which came two minutes late now and then.
    """
    shown = []
    reply = kernel.execute_interactive(code, output_hook=shown.append, allow_stdin=False, timeout=120)["content"]
    return reply.get("execution_count"), [nbformat.v4.output_from_msg(message) for message in shown if message["msg_type"] in SHOWN]


def executed(kernel, path, params=r"\g<0>"):
    """Return a notebook after a run from top to bottom in an emptied kernel, where it is said of another master file than its own."""
    run(kernel, "%reset -f")
    made = nbformat.read(path, as_version=4)
    for cell in made.cells:
        if cell.cell_type == "code":
            cell.execution_count, cell.outputs = run(kernel, re.sub(r"params/[\w-]+\.yaml", params, cell.source))
    return made


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])
def test_it_runs_on_its_defaults(path, kernel):
    code = [cell for cell in executed(kernel, path).cells if cell.cell_type == "code"]
    assert all(cell.execution_count for cell in code)
    shown = [cell for cell in code if "board" in cell.metadata.get("tags", [])]
    # where the counts are not cut into parts that may be shown, nothing is said of parts; of sources the first section speaks for all
    silent = [cell.source for cell in shown if not cell.outputs]
    assert [source for source in silent if "contributions(" not in source and "page.sources(" not in source] == []
    assert not [output for cell in code for output in cell.outputs if output.output_type == "error"]
    frames = [output["data"].get("text/html", "") for cell in code for output in cell.outputs if "data" in output]
    cells = [cell for frame in frames if 'class="dataframe"' in frame for cell in CELL.findall(frame)]
    # the metrics stood as counts of "4574.0", NaN and statuses by their codes; elsewhere the last column was cut
    raw = [cell for cell in cells if cell in {"NaN", *statuses.LABELS} or re.search(r"\d\.0$|\.\.\.$", cell)]
    assert raw == []


@pytest.mark.slow
def test_every_question_is_answered_of_a_report_from_counts_but_for_the_one_that_needs_a_staff_list(kernel):
    """An answer without rows could not be saved, and Run All stopped at the tenth question. Witness: the shipped report has counts and no extract."""
    made = executed(kernel, FOLDER / "questions.ipynb", "params/necs-2019-20.yaml")
    stopped = [cell for cell in made.cells for output in cell.get("outputs", ()) if output.output_type == "error"]
    assert [(cell.metadata.tags, "extracts.staff" in cell.source) for cell in stopped] == [(["raises-exception"], True)]


def test_papermill_runs_a_notebook_on_its_defaults(tmp_path, monkeypatch):
    for name, value in kernels_that_know(tmp_path).items():
        monkeypatch.setenv(name, value)
    made = papermill.execute_notebook(
        FOLDER / "10_action_plan.ipynb", tmp_path / "x.ipynb", cwd=FOLDER, kernel_name="python3", progress_bar=False
    )
    assert all(cell.execution_count for cell in made.cells if cell.cell_type == "code")


def test_an_organisation_the_master_file_does_not_name_stops_the_notebook(kernel):
    run(kernel, "%reset -f")
    code = [cell.source for cell in nbformat.read(FOLDER / "10_action_plan.ipynb", as_version=4).cells if cell.cell_type == "code"]
    shown = [run(kernel, source)[1] for source in (code[0], 'organisation = "nobody"', code[1])]
    assert [(output.ename, "an organisation this file names" in output.evalue) for output in shown[-1]] == [("ParameterProblems", True)]

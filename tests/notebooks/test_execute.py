"""Every notebook runs from top to bottom as opened, on its defaults, by papermill with an ordinary kernel."""

from pathlib import Path

import papermill
import pytest

FOLDER = Path(__file__).resolve().parents[2] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])
def test_it_runs_on_its_defaults(path, tmp_path):
    # the working folder is the notebook's own, as in JupyterLab
    made = papermill.execute_notebook(path, tmp_path / path.name, cwd=FOLDER, kernel_name="python3", progress_bar=False)
    code = [cell for cell in made.cells if cell.cell_type == "code"]
    assert all(cell.execution_count for cell in code)
    shown = [cell for cell in code if "board" in cell.metadata.tags]
    # where the counts are not cut into parts that may be shown, nothing is said of parts
    assert [cell.source for cell in shown if not cell.outputs and "contributions(" not in cell.source] == []
    assert not [output for cell in code for output in cell.outputs if output.output_type == "error"]


def test_an_organisation_the_master_file_does_not_name_stops_the_notebook(tmp_path):
    with pytest.raises(papermill.PapermillExecutionError, match="an organisation this file names"):
        papermill.execute_notebook(
            FOLDER / "10_action_plan.ipynb",
            tmp_path / "x.ipynb",
            {"organisation": "nobody"},
            cwd=FOLDER,
            kernel_name="python3",
            progress_bar=False,
        )

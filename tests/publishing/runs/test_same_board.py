"""Different people, the same board files to the last byte: the strongest proof that files do not give hidden counts away.

Whatever an attacker does with the files, by whatever route (text, geometry of charts, digits, sorting, sizes), he does
it with the same files for all of these counts.
"""

import shutil
import zipfile

import pytest
from support.warm_wres import wres

PARAMS = "params/necs-2019-20.yaml"
#: Line of a counts table, as shipped and as other counts of which the same is told: in every sum that is told of several
#: counts the people are divided otherwise, and what words say of a count is true of the other one.
OTHER_COUNTS = {
    "disciplinary.csv": [("bme,2", "bme,4")],
    "board.csv": [("total,unknown,1", "total,unknown,3")],
    "staff_survey.csv": [
        ("13a,1-2 times,bme,7", "13a,1-2 times,bme,4"),
        ("13a,3-5 times,bme,1", "13a,3-5 times,bme,4"),
        ("13b,3-5 times,bme,5", "13b,3-5 times,bme,2"),
        ("13b,6-10 times,bme,1", "13b,6-10 times,bme,4"),
        ("13b,6-10 times,white,2", "13b,6-10 times,white,4"),
        ("13b,More than 10 times,white,9", "13b,More than 10 times,white,7"),
    ],
    "workforce.csv": [
        ("Band 2,bme,1", "Band 2,bme,3"),
        ("Band 2,unknown,17", "Band 2,unknown,15"),
        ("Band 3,bme,6", "Band 3,bme,5"),
        ("Band 3,unknown,35", "Band 3,unknown,36"),
        ("Band 4,bme,3", "Band 4,bme,2"),
        ("Band 4,unknown,15", "Band 4,unknown,16"),
        ("Band 8b,bme,9", "Band 8b,bme,8"),
        ("Band 8b,unknown,7", "Band 8b,unknown,8"),
        ("Band 8c,bme,1", "Band 8c,bme,3"),
        ("Band 8c,unknown,6", "Band 8c,unknown,4"),
        ("Band 8d,white,24", "Band 8d,white,25"),
        ("Band 8d,unknown,3", "Band 8d,unknown,2"),
        ("Band 9,bme,2", "Band 9,bme,1"),
        ("Band 9,unknown,2", "Band 9,unknown,3"),
        ("VSM,white,6", "VSM,white,5"),
        ("VSM,unknown,2", "VSM,unknown,3"),
    ],
}


def board_of(folder, project, changes) -> dict[str, bytes]:
    """Return the board's files of a run, members of the workbook by themselves; its time of making is left out."""
    for part in ("params", "data", "notebooks"):
        shutil.copytree(project / part, folder / part)
    for name, lines in changes.items():
        path = folder / "data" / "necs" / "2019-20" / name
        text = path.read_text(encoding="utf-8")
        for shipped, other in lines:
            assert text.count(f"{shipped}\n") == 1, shipped
            text = text.replace(f"{shipped}\n", f"{other}\n")
        path.write_text(text, encoding="utf-8")
    done = wres(folder, "run", PARAMS, "--audience", "board")
    assert done.returncode == 0, done.stderr
    board = folder / "outputs" / "necs" / "2019-20" / "board"
    files = {path.relative_to(board).as_posix(): path.read_bytes() for path in board.rglob("*") if path.is_file()}
    with zipfile.ZipFile(board / "workbook.xlsx") as workbook:
        files |= {f"workbook.xlsx: {name}": workbook.read(name) for name in workbook.namelist() if name != "docProps/core.xml"}
    del files["workbook.xlsx"]
    return files


@pytest.mark.slow
def test_other_counts_make_the_same_files(tmp_path, project):
    shipped = board_of(tmp_path / "shipped", project, {})
    other = board_of(tmp_path / "other", project, OTHER_COUNTS)
    assert len(shipped) > 40
    assert shipped.keys() == other.keys()
    assert [name for name in shipped if shipped[name] != other[name]] == []

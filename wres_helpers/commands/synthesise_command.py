"""``wres synthesise``: the invented extracts that ship with the pack."""

from pathlib import Path

from wres_helpers.intake.written_together import write_together, writing
from wres_helpers.problems import InputProblems
from wres_helpers.settings.extract_settings import EXTRACTS

_FILES = ("2018-19/*.csv", "2019-20/extracts/*.csv")


def synthesise_command(data: Path) -> int:
    """Write them below a data folder, and print where; return the exit code.

    Raises InputProblems: some of the pack's own are gone.
    """
    own = Path(__file__).resolve().parents[2] / "data" / "synthetic"
    texts = {path.relative_to(own): path.read_bytes() for files in _FILES for path in sorted(own.glob(files))}
    if gone := [f"{name}.csv" for name in EXTRACTS if Path("2019-20", "extracts", f"{name}.csv") not in texts]:
        expected = "the invented extracts that ship with the pack, which this command copies and cannot make anew"
        action = "Take the folder from a fresh copy of the pack, or: git checkout -- data/synthetic."
        raise InputProblems.of("data/synthetic/2019-20/extracts", expected, action, found=f"no {', '.join(gone)}")
    year = data / "synthetic" / "2019-20"
    with writing(year, year.name):
        write_together(year, {data / "synthetic" / place: text for place, text in texts.items()})
    print(data / "synthetic")
    return 0

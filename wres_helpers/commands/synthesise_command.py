"""``wres synthesise``: the invented extracts that ship with the pack, and as many staff of them as somebody wants to try it with."""

from pathlib import Path

from wres_helpers.intake.texts.written_together import write_together, writing
from wres_helpers.problems import InputProblems
from wres_helpers.settings.extract_settings import EXTRACTS

_FILES = ("2018-19/*.csv", "2019-20/extracts/*.csv")


def synthesise_command(data: Path, rows: int | None) -> int:
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
    if rows:
        path = data / "synthetic-national" / "2019-20" / "extracts" / "staff.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        write_national(year / "extracts" / "staff.csv", path, rows)
        print(path)
    return 0


def write_national(staff: Path, path: Path, rows: int) -> None:
    """Write a staff list of so many assignments: an invented one over and over, each time with numbers of its own, in any order.

    1.5 million rows are about the whole NHS in England.
    """
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.csv as arrow_csv

    headings = staff.read_text(encoding="utf-8").partition("\n")[0].split(",")
    as_text = arrow_csv.ConvertOptions(column_types=dict.fromkeys(headings, pa.string()), strings_can_be_null=False)
    once = arrow_csv.read_csv(staff, convert_options=as_text)
    order = np.random.default_rng(1).permutation(rows)
    table = once.take(order % len(once))
    for place, heading in enumerate(headings[:2]):  # the person's number and the assignment's
        numbers = pc.binary_join_element_wise(pa.array(order // len(once)).cast(pa.string()), table[heading], "-")
        table = table.set_column(place, heading, numbers)
    with path.open("wb") as stream:
        stream.write((",".join(headings) + "\n").encode())
        arrow_csv.write_csv(table, stream, arrow_csv.WriteOptions(include_header=False, quoting_style="none"))

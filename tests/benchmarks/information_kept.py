"""How many exact numbers a board sees of the same counts, by the code as it is and by that of an earlier commit.

    python tests/benchmarks/information_kept.py 70207f8

The reports are the shipped one and two years of the invented trust of 6,000 with small grades. Counted are the numbers of the rows that both know:
counts, bases, shares, the comparison with its interval and p-value. Parts of the staff by pay tier are left out: the earlier code took them for
other people than the parts and the grades, and told what followed. The result goes to the terminal.
"""

import subprocess
import sys
import tarfile
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

PROJECT = Path(__file__).resolve().parents[2]
REPORTS = {"necs-2019-20": 1, "harrowmere-2025-26": 2}
ROW = ["year", "indicator", "measure", "breakdown", "category"]
NUMBERS = [f"{group}_{kind}" for group in ("white", "bme", "unknown") for kind in ("count", "base", "rate")]
NUMBERS += ["value", "lower", "upper", "p_value"]

#: Run in a folder of the pack: reads its counts, or those of a file, and writes what a board is shown of them.
_ONE_SIDE = """
import sys
from pathlib import Path
import pandas as pd
sys.path.insert(0, ".")
from wres_helpers import analysis, intake
try:
    from wres_helpers.disclosure.protection import protect
    from wres_helpers.settings.master_file_reader import load_parameters
    from wres_helpers.standard.catalogue import read_reference_tables
except ImportError:
    from wres_helpers.analysis.disclosure.protection import protect
    from wres_helpers.definitions.catalogue import read_reference_tables
    from wres_helpers.definitions.parameters import load_parameters
master, years, counts, shown = sys.argv[1:]
parameters = load_parameters(Path(master))
reference = read_reference_tables(parameters.reference_folder)
if Path(counts).is_file():
    table = pd.read_pickle(counts)
else:
    table = intake.read_counts(parameters)
    table = table[table["year"].isin(sorted(table["year"].unique())[-int(years):]) & ~table["breakdown"].str.contains(" tier)", regex=False)]
    table.reset_index(drop=True).to_pickle(counts)
protect(analysis.analyse(table, parameters, reference), parameters).results.to_pickle(shown)
"""


def kept(commit: str, report: str) -> pd.DataFrame:
    """Return by indicator and breakdown how many numbers a board sees before and now."""
    with TemporaryDirectory() as folder:
        before, counts = Path(folder), Path(folder) / "counts.pkl"
        archive = subprocess.run(["git", "archive", commit], cwd=PROJECT, check=True, capture_output=True).stdout
        with tarfile.open(fileobj=BytesIO(archive)) as files:
            files.extractall(before, filter="data")
        master = f"params/{report}.yaml"
        if not (before / master).is_file():
            # the earlier code may not know the report's keys; its own has the same policy, and questions that are not asked here
            own = (before / "params/necs-2019-20.yaml").read_text(encoding="utf-8").splitlines()
            first = own.index("survey:")
            (before / master).write_text("\n".join([*own[:first], *own[first + 8 :]]), encoding="utf-8")
        tables = []
        for place in (PROJECT, before):
            shown = Path(folder) / f"shown-{len(tables)}.pkl"
            asked = [sys.executable, "-c", _ONE_SIDE, master, str(REPORTS[report]), str(counts), str(shown)]
            subprocess.run(asked, cwd=place, check=True)
            tables.append(pd.read_pickle(shown).astype(dict.fromkeys(ROW, "str")).set_index(ROW))
    now, earlier = tables
    both, numbers = now.index.intersection(earlier.index), [name for name in NUMBERS if name in now and name in earlier]
    found = pd.DataFrame({name: table.loc[both, numbers].notna().sum(axis=1) for name, table in (("before", earlier), ("now", now))})
    found["of"] = len(numbers)
    return found.groupby(level=["indicator", "breakdown"]).sum()


if __name__ == "__main__":
    for name in REPORTS:
        table = kept(sys.argv[1], name)
        before, now = table["before"].sum(), table["now"].sum()
        print(f"{name}: {now:,} exact numbers for {before:,} ({now / before - 1:+.1%})\n{table.to_string()}\n")

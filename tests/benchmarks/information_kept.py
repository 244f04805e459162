"""How many exact numbers a board sees of the same counts, by the code as it is and by that of an earlier commit.

    python tests/benchmarks/information_kept.py 70207f8

The reports are the shipped one, two years of the invented trust of 6,000, and made-up trusts of 6,000 with small grades in twelve directorates
(``tests/support/small_grades.py``; those of even seed with clinical, non-clinical and medical staff apart). Counted are the numbers of the rows that
both know: counts, bases, shares, the comparison with its interval and p-value; beside them those of rows told together, which the earlier code had not,
and how many there would be if small counts were hidden and nothing else was, which everybody could undo. Beside the numbers, which count a band of ten
as much as one of a thousand, people are counted: how many are in a row whose comparison (or share of the workforce) a board sees.
Parts of the staff by pay tier are left out:
the earlier code took them for other people than the parts and the grades, and told what followed. The result goes to the terminal.
"""

import subprocess
import sys
import tarfile
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT / "tests"))

from support.small_grades import trust_of_6000  # noqa: E402

REPORTS = {"necs-2019-20": 1, "harrowmere-2025-26": 2}
TRUSTS = range(8)
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
evidence = analysis.analyse(table, parameters, reference)
evidence.results.to_pickle(shown + ".all")
protected = protect(evidence, parameters)
protected.results.to_pickle(shown)
getattr(protected, "together", pd.DataFrame()).to_pickle(shown + ".together")
"""


def kept(commit: str, report: str, supplied: pd.DataFrame | None = None) -> tuple[pd.DataFrame, int, int]:
    """Return by indicator and breakdown how many numbers a board sees before, now and at most, and how many people are in rows that tell what they are about.

    Beside them how many numbers, and people, the rows told together have now.

    Parameters
    ----------
    supplied
        Counts in place of the report's own.
    """
    with TemporaryDirectory() as folder:
        before, counts = Path(folder), Path(folder) / "counts.pkl"
        if supplied is not None:
            supplied.to_pickle(counts)
        archive = subprocess.run(["git", "archive", commit], cwd=PROJECT, check=True, capture_output=True).stdout
        with tarfile.open(fileobj=BytesIO(archive)) as files:
            files.extractall(before, filter="data")
        master = f"params/{report}.yaml"
        if not (before / master).is_file():
            # the earlier code may not know the report's keys; its own has the same policy, and questions that are not asked here
            own = (before / "params/necs-2019-20.yaml").read_text(encoding="utf-8").splitlines()
            first = own.index("survey:")
            (before / master).write_text("\n".join([*own[:first], *own[first + 8 :]]), encoding="utf-8")
        for place, shown in ((PROJECT, "now"), (before, "before")):
            asked = [sys.executable, "-c", _ONE_SIDE, master, str(REPORTS[report]), str(counts), str(Path(folder) / shown)]
            subprocess.run(asked, cwd=place, check=True)
        tables = [
            pd.read_pickle(Path(folder) / name).astype(dict.fromkeys(ROW, "str")).set_index(ROW) for name in ("now", "before", "now.all")
        ]
        together = pd.read_pickle(Path(folder) / "now.together")
    now, earlier, everything = tables
    both, numbers = now.index.intersection(earlier.index), [name for name in NUMBERS if name in now and name in earlier]
    found = pd.DataFrame({name: table.loc[both, numbers].notna().sum(axis=1) for name, table in (("before", earlier), ("now", now))})
    found["at_most"] = (everything.loc[both, numbers].notna() & ~_of_small_counts(everything.loc[both], numbers)).sum(axis=1)
    for name, table in (("people_before", earlier), ("people_now", now), ("people_at_most", everything)):
        found[name] = _people(everything.loc[both]) * _tells(table.loc[both])
    untold = ~_tells(now.loc[both])
    joined = (_people(everything.loc[both]) * (untold & _told_together(everything.loc[both], together))).sum()
    sums = found.groupby(level=["indicator", "breakdown"]).sum().round().astype(int)
    return sums, int(together[together.columns.intersection(numbers)].notna().sum().sum()), int(joined)


def _told_together(rows: pd.DataFrame, together: pd.DataFrame) -> pd.Series:
    """Return which rows are told with others': parts of the workforce their share of BME people, any other the comparison."""
    # without comparisons told together there is no column of them
    lines = together.reindex(columns=list(dict.fromkeys([*together.columns, *ROW, "bme_rate", "value"])))
    joined = lines[_tells(lines.set_index("measure", drop=False)).to_numpy()]
    place = ["year", "measure", "breakdown"]
    names = {(*(line[key] for key in place), name) for line in joined.to_dict("records") for name in line["category"].split(" + ")}
    keys = zip(*(rows.index.get_level_values(level) for level in (*place, "category")), strict=True)
    return pd.Series([key in names for key in keys], index=rows.index)


def _of_workforce(rows: pd.DataFrame) -> pd.Series:
    return pd.Series(rows.index.get_level_values("measure") == "share_of_grade", index=rows.index)


def _people(rows: pd.DataFrame) -> pd.Series:
    """Return the people of each row: all of a part of the workforce, or those of the two groups that are compared."""
    return rows["bme_base"].where(_of_workforce(rows), rows["white_base"] + rows["bme_base"]).fillna(0)


def _tells(rows: pd.DataFrame) -> pd.Series:
    """Return which rows tell what they are about: the share of BME people in a part of the workforce, else the comparison."""
    return rows["bme_rate"].where(_of_workforce(rows), rows["value"]).notna()


def _of_small_counts(rows: pd.DataFrame, numbers: list[str]) -> pd.DataFrame:
    """Return which numbers are made of a count below five."""
    small = {name: rows[name].between(1, 4) for name in numbers if name.endswith(("count", "base"))}
    part = rows.index.get_level_values("measure") == "share_of_grade"
    compared = small["bme_count"] | small["bme_base"] | (~part & (small["white_count"] | small["white_base"]))
    rates = {name: small[name.replace("rate", "count")] | small[name.replace("rate", "base")] for name in numbers if name.endswith("rate")}
    return pd.DataFrame({name: small.get(name, rates.get(name, compared)) for name in numbers})


def told(name: str, table: pd.DataFrame, together: int, joined: int) -> str:
    """Return two lines of the result."""
    lines = []
    for what, columns, more in (
        ("exact numbers", ["before", "now", "at_most"], together),
        ("people in rows that tell what they are about", ["people_before", "people_now", "people_at_most"], joined),
    ):
        before, now, most = table[columns].sum()
        shares = [f"{number:,} ({number / before - 1:+.1%})" for number in (now, now + more, most)]
        lines.append(f"{name}: {before:,} {what} before; now {shares[0]}, with rows told together {shares[1]}; at most {shares[2]}")
    return "\n".join(lines)


if __name__ == "__main__":
    for name in REPORTS:
        found = kept(sys.argv[1], name)
        print(f"{told(name, *found)}\n{found[0].to_string()}\n", flush=True)
    for seed in TRUSTS:
        found = kept(sys.argv[1], "necs-2019-20", trust_of_6000(seed, separated=seed % 2 == 0))
        print(told(f"made-up trust {seed}", *found), flush=True)

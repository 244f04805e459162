"""Attacks what is told of random organisations and of samples of the synthetic staff list: counts given away, and values left.

    python tests/benchmarks/attack.py small 0 300
    python tests/benchmarks/attack.py any 0 1000
    python tests/benchmarks/attack.py large 0 20
    python tests/benchmarks/attack.py staff 0 200
    python tests/benchmarks/attack.py minimality 0 100
    python tests/benchmarks/attack.py shipped 0 1
    python tests/benchmarks/attack.py refused 0 200

Progress and whatever is found go to the terminal; the result goes to results/attack.md.
"""

import shutil
import sys
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd

PROJECT = Path(__file__).resolve().parents[2]
RESULTS = Path(__file__).parent / "results" / "attack.md"
sys.path.insert(0, str(PROJECT / "tests"))

from support.board_attacker import questions_of  # noqa: E402
from support.random_trusts import ANY_SIZE, SMALL, random_trust  # noqa: E402
from support.same_page import KEYS, values_left  # noqa: E402
from support.small_grades import trust_of_6000  # noqa: E402
from support.told_page import told_too_exactly  # noqa: E402

from wres_helpers import analysis, intake  # noqa: E402
from wres_helpers.analysis.status_rule import Method  # noqa: E402
from wres_helpers.disclosure.auditing import protect_and_audit  # noqa: E402
from wres_helpers.disclosure.counterfactual import TABLES  # noqa: E402
from wres_helpers.disclosure.protection import protect  # noqa: E402
from wres_helpers.problems import InputProblems  # noqa: E402
from wres_helpers.settings.master_file_reader import load_parameters  # noqa: E402
from wres_helpers.standard.catalogue import read_reference_tables  # noqa: E402

MASTERS = {"staff": "params/synthetic-2019-20.yaml"}


@cache
def _standard(name: str):
    parameters = load_parameters(PROJECT / MASTERS.get(name, "params/necs-2019-20.yaml"))
    reference = read_reference_tables(parameters.reference_folder)
    return parameters, (reference, Method.of(parameters), parameters.disclosure)


@cache
def _questions(name: str):
    parameters, (reference, *_) = _standard(name)
    return questions_of(analysis.analyse(intake.read_counts(parameters), parameters, reference))


def _trust(name: str, seed: int) -> pd.DataFrame:
    if name == "large":
        return trust_of_6000(seed, separated=seed % 2 == 0)
    return random_trust(seed, years=1 if name == "minimality" else 2, size=ANY_SIZE if name == "any" else SMALL, medical=seed % 3 == 0)


def _sample(seed: int) -> pd.DataFrame:
    """Return the counts of some of the people of the synthetic staff list, prepared by the shipped master file."""
    draw, extracts = np.random.default_rng(seed), Path("data/synthetic/2019-20/extracts")
    share, master = draw.uniform(0.1, 1), MASTERS["staff"]
    with TemporaryDirectory() as folder:
        project = Path(folder)
        for part in ("data/reference", "data/synthetic"):
            shutil.copytree(PROJECT / part, project / part)
        (project / "params").mkdir()
        shutil.copyfile(PROJECT / master, project / master)
        chosen: set[str] = set()
        for name in ("staff", "recruitment", "survey", "training", "cases"):
            path = project / extracts / f"{name}.csv"
            table = pd.read_csv(path, dtype=str, keep_default_na=False)
            if name == "survey":
                table["Respondents"] = [str(draw.binomial(int(number), share)) for number in table["Respondents"]]
            elif name in ("staff", "recruitment"):
                people = table.iloc[:, 0].unique()
                drawn = set(people[draw.random(len(people)) < share])
                chosen |= drawn
                table = table[table.iloc[:, 0].isin(drawn)]
            else:
                # records are of people of the list
                table = table[table["Employee Number"].isin(chosen)]
            table.to_csv(path, index=False)
        return intake.read_counts(load_parameters(project / master))


def given_away(name: str, seed: int) -> list:
    """Return what the attacker can tell more exactly than the policy allows."""
    return told_too_exactly(_sample(seed) if name == "staff" else _trust(name, seed), _standard(name)[1], _questions(name))


def too_few_values(name: str, seed: int) -> list:
    """Return the small counts with fewer values left to whoever runs the program himself than the policy asks."""
    counts = intake.read_counts(_standard(name)[0]) if name == "shipped" else _trust(name, seed)
    left = values_left(counts, *_standard(name)[1], _questions(name), seed, _same_report(name, counts))
    return [(str(cell), sorted(values)) for cell, values in left.items() if len(values) < _standard(name)[1][2].width]


def _same_report(name: str, counts: pd.DataFrame) -> Callable[[dict], bool]:
    """Return what tells whether the board's report is the same, to the last digit, with other counts."""
    parameters, (reference, *_) = _standard(name)

    @cache
    def board(changed: tuple) -> tuple[dict[str, pd.DataFrame], dict[str, set[str]]]:
        numbers, keys = dict(changed), counts[KEYS].itertuples(index=False, name=None)
        other = counts.assign(count=[numbers.get(key, count) for key, count in zip(keys, counts["count"], strict=True)])
        shown = protect(analysis.analyse(other, parameters, reference), parameters)
        return {table: getattr(shown, table) for table in (*TABLES, "counts", "together")}, shown.possible_statuses

    def same(changed: dict) -> bool:
        (one, possible), (other, possible_there) = board(()), board(tuple(sorted((tuple(cell), count) for cell, count in changed.items())))
        return possible == possible_there and all(table.equals(other[name]) for name, table in one.items())

    return same


def refusal(name: str, seed: int) -> list:
    """Return what a whole report of an organisation of any size was refused for, protected and audited as in a run."""
    parameters, (reference, *_) = _standard(name)
    try:
        protect_and_audit(analysis.analyse(_trust("any", seed), parameters, reference), parameters)
    except InputProblems as error:
        return [str(error)]
    return []


ATTACKS: dict[str, Callable[[str, int], list]] = {"minimality": too_few_values, "shipped": too_few_values, "refused": refusal}


def main(name: str, first: int, number: int) -> None:
    """Run one kind of attack and add its line to the results."""
    attack = ATTACKS.get(name, given_away)
    start, found = time.process_time(), {}
    for seed in range(first, first + number):
        if bad := attack(name, seed):
            found[seed] = bad
            print(f"{seed}: {len(bad)} {bad[:4]}", flush=True)
        if seed % 5 == 0:
            print(f"at {seed}, {time.process_time() - start:.0f} processor seconds", flush=True)
    line = f"| {name} | {first} to {first + number - 1} | {number} | {len(found)} | {sum(map(len, found.values()))} |"
    print(f"{line} {time.process_time() - start:.0f} processor seconds", flush=True)
    lines = RESULTS.read_text(encoding="utf-8").splitlines() if RESULTS.is_file() else _HEAD
    kept = [each for each in lines if not each.startswith(line[: line.index("|", line.index("|", 2) + 1)])]
    RESULTS.write_text("\n".join([*kept, line]) + "\n", encoding="utf-8")


_HEAD = [
    "What is told of organisations that do not exist, attacked by somebody who shares no line with the pack; policy of the shipped report.",
    "",
    "| organisations | seeds | number | of them with a count told too exactly | such counts |",
    "| --- | --- | --- | --- | --- |",
]

if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))

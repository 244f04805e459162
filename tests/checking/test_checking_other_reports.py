"""Small registers as other organisations' reports would give them: every verdict, and what the explanation must say.

Witness: arithmetic by hand, written beside each case in ``reports_of_others.md``. The organisations are invented; the shapes are those seen in
published reports: percentages without a headcount, groups "known" and "not white", more stages of recruitment, things
that are not people, hidden cells, years beside each other.
"""

import re
from pathlib import Path

import pandas as pd
import pytest
from support.register_files import read_register_file

from wres_helpers.checking import FINDING_COLUMNS, blocking, reconcile
from wres_helpers.commands.check_command import print_findings
from wres_helpers.settings.master_file_reader import load_parameters

#: What no message may hold: a wrong number of a verb or a noun, an empty bracket, a value that is none, a doubled sign.
UNGRAMMATICAL = re.compile(
    r"(?<![\d.,])1 (?:people|persons|percentage points|points)\b|\bthe 1 [^.;]* were\b|  |\(\)|\b(?:None|nan|inf)\b|;;|\.\.|; ?\.|, ,|\bthe the\b"
)
CASES = Path(__file__).with_name("reports_of_others.md").read_text(encoding="utf-8").split("\n## ")[1:]


@pytest.fixture(scope="module")
def parameters(project):
    return load_parameters(project / "params" / "necs-2019-20.yaml")


def checked(parameters, path: Path, text: str) -> pd.DataFrame:
    path.write_text(text + "\n", encoding="utf-8")
    return reconcile(pd.DataFrame(), read_register_file(path, "published.csv"), parameters)


def gravest(findings: pd.DataFrame, claim: str) -> str:
    verdicts = set(findings.loc[findings["claim"].eq(claim), "verdict"])
    return next(sign for sign, words in (("x", ("contradicts",)), ("a", ("agrees", "agrees_after_rounding")), ("?", ("cannot_check",)))
                if verdicts & set(words))  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=[case.partition("\n")[0] for case in CASES])
def test_a_report_of_another_organisation(parameters, tmp_path, capsys, case):
    register = re.search(r"```csv\n(.*?)\n```", case, re.DOTALL)[1]
    findings = checked(parameters, tmp_path / "published.csv", register)
    expected = dict(each.rsplit(":", 1) for each in re.search(r"^verdicts: (.*)$", case, re.MULTILINE)[1].split())
    assert {claim: gravest(findings, claim) for claim in expected} == expected, findings.to_string()
    for claim, text in re.findall(r"^says (\S+): (.*)$", case, re.MULTILINE):
        rows = findings[findings["claim"].eq(claim)]
        said = " ".join(rows[["expected", "arithmetic", "diagnosis"]].to_numpy().ravel())
        assert text in said, said
    for text in findings[["arithmetic", "diagnosis"]].to_numpy().ravel():
        assert not UNGRAMMATICAL.search(text), text
        assert text.endswith(".") or not text.startswith(("Cannot be checked:", "Possibly")), text
    # nobody is told that all is in order where something contradicts, and what blocks contradicts
    print_findings(findings[list(FINDING_COLUMNS)].to_dict("records"))
    wrong = findings["verdict"].eq("contradicts").any()
    assert ("in order" in capsys.readouterr().out) != wrong
    assert wrong or blocking(findings).empty

"""Small registers as other organisations' reports would give them: every verdict, and what the explanation must say.

Witness: arithmetic by hand, in the comment of each case. The organisations are invented; the shapes are those seen in
published reports: percentages without a headcount, groups "known" and "not white", more stages of recruitment, things
that are not people, hidden cells, years beside each other.
"""

import re
from pathlib import Path

import pandas as pd
import pytest

from wres_helpers.checking import reconcile
from wres_helpers.intake.printed_register import read_register_file
from wres_helpers.settings.parameters import load_parameters

#: Name, register, verdicts (a: agrees, with or without rounding; x: contradicts; ?: cannot be checked), words a finding must hold.
CASES = [
    (
        # 2 + 8 = 10 is possible, and the only possibility
        "a hidden answer beside a total",
        "id,claim,printed,item,breakdown,category,ethnic_group\nY,count,<5,survey,15,Yes,bme\nN,count,8,survey,15,No,bme\nT,count,10,survey,15,all,bme",
        "Y:a N:a T:a",
        {"Y": "10 - 8 = 2"},
    ),
    (
        # 29 + (1 to 7) + (1 to 7) + 0 + 0 = 37: the two hidden ones add up to 8
        "a board table with ranges",
        "id,printed,item,breakdown,category,ethnic_group\nA,29,survey,13a,Never,bme\nB,1 to 7,survey,13a,1-2 times,bme\nC,1 to 7,survey,13a,3-5 times,bme\n"
        "D,0,survey,13a,6-10 times,bme\nE,0,survey,13a,More than 10 times,bme\nT,37,survey,13a,all,bme",
        "A:a B:a C:a D:a E:a T:a",
        {},
    ),
    (
        "an ethnic category called Not Stated",
        "id,printed,item,breakdown,category,ethnic_group\nW,258,headcount,ethnic_category,White British,white\nN,6,headcount,ethnic_category,Not Stated,unknown",
        "W:? N:?",
        {},
    ),
    (
        "an ethnic category called Not Stated, hidden",
        "id,printed,item,breakdown,category,ethnic_group\nW,258,headcount,ethnic_category,White British,white\nN,<5,headcount,ethnic_category,Not Stated,unknown",
        "W:? N:?",
        {},
    ),
    (
        # 1.3 million is 1,250,000 to 1,350,000; 425k and 425 000 are 424,500 to 425,499 and 425,000
        "large numbers",
        "id,printed,item,ethnic_group\nA,1.3 million,headcount,all\nB,\"1,298,112\",headcount,all\nC,425k,headcount,bme\nD,425 000,headcount,bme\nE,\"42,500\",headcount,unknown\nF,425k,headcount,unknown",
        "A:a B:a C:a D:a E:x F:x",
        {},
    ),
    (
        "numbers without a certain reading",
        "id,claim,printed,item,ethnic_group\nA,count,1.093,headcount,white\nB,count,\"1,09\",headcount,bme\nC,count,5%,headcount,unknown",
        "A:? B:? C:?",
        {"A": "no number that can be read"},
    ),
    (
        "the same percentage printed twice and differently",
        "id,where,printed,item,base,ethnic_group\nA,Page 3,78.5%,headcount,all groups,white\nB,Page 9,87.2%,headcount,all groups,white",
        "A:x B:x",
        {"A": "nothing tells which", "B": "A (78.5%)"},
    ),
    (
        "the same ratio printed twice and differently",
        "id,where,claim,printed,item,base,ethnic_group\nA,Page 3,ratio,1.74,entered_disciplinary,headcount,bme/white\nB,Page 9,ratio,2.24,entered_disciplinary,headcount,bme/white",
        "A:x B:x",
        {"A": "nothing tells which"},
    ),
    (
        # 78 to 76 is two points down
        "a change of printed shares",
        "id,claim,printed,item,breakdown,category,ethnic_group,year,compare_with\nA,share,78%,survey,15,Yes,white,2018-19,\nB,share,76%,survey,15,Yes,white,2019-20,\n"
        "C,change,increased by 2%,survey,15,Yes,white,2019-20,2018-19\nD,words,went up,survey,15,Yes,white,2019-20,2018-19",
        "A:? B:? C:x D:?",
        {},
    ),
    (
        "a change of printed shares, told rightly",
        "id,claim,printed,item,breakdown,category,ethnic_group,year,compare_with,says\nA,share,78%,survey,15,Yes,white,2018-19,,\nB,share,76%,survey,15,Yes,white,2019-20,,\n"
        "C,change,2 percentage points lower,survey,15,Yes,white,2019-20,2018-19,\nD,words,fell,survey,15,Yes,white,2019-20,2018-19,decreased\nE,words,rose,survey,15,Yes,white,2019-20,2018-19,increased",
        "A:a B:a C:a D:a E:x",
        {},
    ),
    (
        # 37 of 413 is 8.96%, 38 of 413 is 9.20%
        "a total and a percentage that no whole number gives",
        "id,claim,printed,item,base,ethnic_group\nT,count,413,headcount,,all\nS,share,9.09%,headcount,all groups,bme",
        "T:? S:x",
        {"S": "8.96% (37 of 413) or 9.20% (38 of 413)"},
    ),
    (
        # 19 of 165 is 11.52%
        "a total and a percentage that one number gives",
        "id,claim,printed,item,base,ethnic_group\nT,count,165,headcount,,all\nS,share,11.5%,headcount,all groups,bme",
        "T:? S:?",
        {"S": "only 19"},
    ),
    (
        # 37 of 407 is 9.09%, of 507 7.30%
        "a share of those whose ethnicity is known, said to be of everybody",
        "id,claim,printed,item,base,ethnic_group\nW,count,370,headcount,,white\nB,count,37,headcount,,bme\nU,count,100,headcount,,unknown\nS,share,9.1%,headcount,all groups,bme",
        "W:? B:? U:? S:x",
        {"S": "407 whose ethnicity is known"},
    ),
    (
        "a share of those whose ethnicity is known, said so",
        "id,claim,printed,item,base,ethnic_group\nW,count,370,headcount,,white\nB,count,37,headcount,,bme\nU,count,100,headcount,,unknown\nK,count,407,headcount,,known\nN,count,137,headcount,,not white\n"
        "S,share,9.1%,headcount,known ethnicity,bme\nR,share,27.0%,headcount,all groups,not white",
        "W:a B:a U:a K:a N:a S:a R:a",
        {"S": "37 of 407"},
    ),
    (
        "the same number printed twice and differently",
        "id,where,printed,item,ethnic_group\nA,Page 3,\"1,200\",headcount,all\nB,Page 9,\"1,250\",headcount,all",
        "A:x B:x",
        {"A": "nothing tells which", "B": "nothing tells which"},
    ),
    (
        # 5,000 applied, 900 longlisted, 700 shortlisted, 800 offered, 90 appointed: 800 offers of 700 shortlisted
        "more stages of recruitment",
        "id,printed,item,ethnic_group\nA,\"5,000\",applied,white\nL,900,longlisted,white\nS,700,shortlisted,white\nO,800,offered,white\nP,90,appointed,white",
        "A:? L:? S:? O:x P:?",
        {"O": "a part cannot exceed its whole"},
    ),
    (
        # 100 of 139 trusts is 71.9%
        "things that are not people",
        "id,claim,printed,item,base,ethnic_group,category\nT,count,139,trusts,,,\nA,count,100,trusts above 1.25,,,\nS,share,71.9%,trusts above 1.25,trusts,,\nW,share,79%,trusts above 1.25,trusts,,",
        "T:a A:a S:a W:x",
        {"S": "100 of 139"},
    ),
    (
        # 9.3 / 4.4 is 2.08 to 2.15; 1.52 / 0.59 is 2.55 to 2.61
        "percentages only, with the ratios they give",
        "id,printed,item,base,ethnic_group\nA,9.3%,appointed,shortlisted,white\nB,4.4%,appointed,shortlisted,bme\nR,2.13,appointed,shortlisted,white/bme\nQ,0.47,appointed,shortlisted,white/bme\n"
        "C,1.52%,appointed,applied,white\nD,0.59%,appointed,applied,bme\nP,2.6 times,appointed,applied,white/bme",
        "R:a Q:x P:a A:a B:a",
        {"Q": "inverted"},
    ),
    (
        # 16.3% of applicants shortlisted, 9.3% of those appointed: 1.52% of applicants, not 2.4%
        "percentages only, stage by stage",
        "id,printed,item,base,ethnic_group\nA,16.3%,shortlisted,applied,white\nB,9.3%,appointed,shortlisted,white\nC,2.4%,appointed,applied,white",
        "A:x B:x C:x",
        {"C": "nothing tells which"},
    ),
    (
        # 22% and 78% make 100; 22% and 74% do not
        "percentages only, an answer and the rest",
        "id,printed,item,breakdown,category,ethnic_group\nN,78%,survey,14a,Never,bme\nS,22%,survey,14a,not Never,bme\nM,74%,survey,14a,Never,white\nT,22%,survey,14a,not Never,white",
        "N:a S:a M:x T:x",
        {},
    ),
    (
        # 83 + 12 + 4 = 99 is rounding, 83 + 12 + 12 is not
        "percentages only, by group",
        "id,where,printed,item,base,ethnic_group\nA,2019,83%,headcount,all groups,white\nB,2019,12%,headcount,all groups,bme\nC,2019,4%,headcount,all groups,unknown\n"
        "D,2018,83%,board,all groups,white\nE,2018,12%,board,all groups,bme\nF,2018,12%,board,all groups,unknown",
        "A:a B:a C:a D:x",
        {},
    ),
    (
        # 34.9 - 28.3 = 6.6 points; 28.3 of 100 more is no "6.6%"
        "a gap of printed shares",
        "id,claim,printed,item,breakdown,category,ethnic_group\nA,share,34.9%,survey,14a,not Never,bme\nB,share,28.3%,survey,14a,not Never,white\nG,gap,6.6 percentage points,survey,14a,not Never,bme-white\n"
        "H,gap,6.6%,survey,14a,not Never,bme-white\nI,gap,5.6 points,survey,14a,not Never,bme-white",
        "G:a H:x I:x A:a B:a",
        {"H": "percentage points"},
    ),
    (
        # 4,210 + 612 + 178 = 5,000; 612 is 12.24%
        "a wide table with the groups across",
        "where,item,base,claim,White,BME,Unknown,Total\nTable 1,headcount,,count,\"4,210\",612,178,\"5,000\"\nTable 1,headcount,all groups,share,84.2%,12.2%,3.6%,100%\n"
        "Table 2,shortlisted,,count,200,100,,\nTable 2,appointed,,count,40,12,,\nTable 2,appointed,shortlisted,share,20%,21%,,",
        "row-2-white:a row-2-bme:a row-2-unknown:a row-2-all:a row-3-bme:a row-6-white:a row-6-bme:x",
        {"row-6-bme": "12 of 100"},
    ),
    (
        # 150 + 90 + 100 = 340 is printed as 350; 340 of 612 is 55.6%
        "bands with a total that does not add up",
        "id,where,printed,item,breakdown,category,ethnic_group\nA,T,150,workforce,grade,Band 2,bme\nB,T,90,workforce,grade,Band 3,bme\nC,T,100,workforce,grade,Band 4,bme\nD,T,272,workforce,grade,Band 5,bme\nS,T,622,workforce,grade,total,bme\n"
        "E,Text,612,headcount,,,bme",
        "S:x A:a B:a C:a D:a",
        {"S": "612"},
    ),
    (
        # three years: 306, 520, 612; 520 to 612 is 17.7%, 306 to 612 is 100%
        "three years",
        "id,claim,printed,item,ethnic_group,year,compare_with\nA,count,306,headcount,bme,2017-18,\nB,count,520,headcount,bme,2018-19,\nC,count,612,headcount,bme,2019-20,\nD,change,18%,headcount,bme,2019-20,2018-19\n"
        "E,change,doubled,headcount,bme,2019-20,2017-18\nF,change,70%,headcount,bme,2019-20,2018-19\nG,change,an increase of 92,headcount,bme,2019-20,2018-19",
        "D:a E:a F:x A:a G:a",
        {},
    ),
    (
        # 12 of 100 and 40 of 200: 1.67, not 3.33 (counts without bases)
        "a ratio of counts",
        "id,printed,item,base,ethnic_group\nA,200,shortlisted,,white\nB,100,shortlisted,,bme\nC,40,appointed,,white\nD,12,appointed,,bme\nR,3.33,appointed,shortlisted,white/bme",
        "R:x",
        {"R": "without their bases"},
    ),
    (
        # 5 or fewer of 12 is at most 41.7%
        "limits",
        "id,claim,printed,item,base,ethnic_group\nA,count,fewer than 5,appointed,,bme\nB,count,12,shortlisted,,bme\nC,share,50%,appointed,shortlisted,bme\nD,share,under 42%,appointed,shortlisted,bme",
        "C:x D:a",
        {},
    ),
    (
        # truncated: 8 of 37 is 21.62%
        "a figure cut off",
        "id,claim,printed,item,breakdown,category,ethnic_group\nA,count,8,survey,14a,not Never,bme\nB,count,37,survey,14a,all,bme\nC,share,21%,survey,14a,not Never,bme",
        "C:a",
        {"C": "truncated"},
    ),
]  # fmt: skip


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


@pytest.mark.parametrize(("name", "register", "verdicts", "words"), CASES, ids=[case[0] for case in CASES])
def test_a_report_of_another_organisation(parameters, tmp_path, name, register, verdicts, words):
    findings = checked(parameters, tmp_path / "published.csv", register)
    expected = dict(each.rsplit(":", 1) for each in verdicts.split())
    assert {claim: gravest(findings, claim) for claim in expected} == expected, findings.to_string()
    for claim, text in words.items():
        rows = findings[findings["claim"].eq(claim)]
        said = " ".join(rows[["expected", "arithmetic", "diagnosis"]].to_numpy().ravel())
        assert re.search(re.escape(text), said), said

"""A system beside its parts: in the board's overview the difference would give away what is hidden of a part.

Witness: 12 of the system less the 9 of one part are the 3 of the other, which its own report does not show.
"""

import json

import pandas as pd
import pytest
from support.small_system import rows

from wres_helpers.problems import InputProblems, ParameterProblems
from wres_helpers.publishing.systems.organisations import without_wholes
from wres_helpers.publishing.systems.system_overview import write_overview
from wres_helpers.settings.many_organisations import Listed
from wres_helpers.settings.master_file_reader import load_parameters, reports_in
from wres_helpers.standard.columns import RESULT_COLUMNS

#: Entered the process of white and BME staff, as the board's copy of each has them, and the staff.
NUMBERS = {
    "north": ((20, 9), (400, 80)),
    "south": ((15, "fewer than 5"), (300, 60)),
    "system": ((35, 12), (700, 140)),
    "far": ((8, 7), (90, 30)),
}


@pytest.fixture
def folders(tmp_path):
    """Reports of two trusts, of the system they are, and of a trust elsewhere."""
    made = []
    for code, ((white, bme), (white_base, bme_base)) in NUMBERS.items():
        given = {"organisation": code, "year": "2019-20", "indicator": "3", "measure": "entering_disciplinary", "breakdown": "overall",
                 "category": "all", "white_count": white, "bme_count": bme, "white_base": white_base, "bme_base": bme_base}  # fmt: skip
        for audience in ("board", "analyst"):
            path = tmp_path / code / "2019-20" / audience / "data" / "results.csv"
            path.parent.mkdir(parents=True)
            pd.DataFrame([given], columns=list(RESULT_COLUMNS)).to_csv(path, index=False)
        made.append(tmp_path / code / "2019-20")
    return made


def organisations(path):
    return [row["organisation"] for row in rows(path)]


def test_the_board_sees_the_parts_and_no_sum_beside_them(folders, tmp_path, necs):
    write_overview(tmp_path / "overview", [], folders, ("board", "analyst"), ["system"], necs)
    assert organisations(tmp_path / "overview/board/results.csv") == ["north", "south", "far"]
    assert organisations(tmp_path / "overview/analyst/results.csv") == list(NUMBERS)
    assert "system" not in organisations(tmp_path / "overview/analyst/funnel.csv"), "its people would be counted twice"


def test_a_sum_that_was_not_declared_is_refused_by_name(folders, tmp_path, necs):
    with pytest.raises(InputProblems, match="north and south the key 'part_of: system'"):
        write_overview(tmp_path / "overview", [], folders, ("board",), [], necs)
    write_overview(tmp_path / "without", [], [folders[0], folders[1], folders[3]], ("board",), [], necs)


def listed(**parts):
    return {
        "organisations": [{"code": code, "name": code} | ({"part_of": whole} if whole else {}) for code, whole in parts.items()],
        "year": "2019-20",
    }


def test_what_is_part_of_what_stands_in_the_list(tmp_path):
    content = listed(north="system", south="system", system="")
    found = Listed(content, "system.yaml", tmp_path)
    assert found.wholes == ("system",)
    assert "part_of" not in found.one_report("north", None)[0]


@pytest.mark.parametrize("content", [listed(north="sytem", system=""), listed(north="north"), listed(north="system", system="north")])
def test_a_part_of_nothing_in_the_list_or_of_itself_is_refused(tmp_path, content):
    with pytest.raises(ParameterProblems, match="part_of"):
        Listed(content, "system.yaml", tmp_path)


def a_list(tmp_path, **keys):
    """Write a master file of a system and its two trusts; return its path."""
    path = tmp_path / "params" / "system.yaml"
    path.parent.mkdir()
    whole = {"system": "", "north": "system", "south": "system"}
    organisations = [{"code": code, "name": code, "short_name": code} | ({"part_of": part} if part else {}) for code, part in whole.items()]
    path.write_text(json.dumps({"organisations": organisations, "year": "2019-20"} | keys), encoding="utf-8")
    return path


def test_a_whole_beside_its_parts_has_no_pages_for_the_board(tmp_path):
    path = a_list(tmp_path)
    reports = reports_in(path)
    assert [each.audience for each in reports] == ["analyst", "both", "both"]
    # the table of all follows an organisation that has such pages, wherever the whole stands in the list
    assert without_wholes(reports).organisation.code == "north"
    with pytest.raises(ParameterProblems, match=r"no pages for the board of 'system'.*wholes_beside_parts"):
        load_parameters(path, "system", audience="board")


def test_who_decides_on_disclosure_can_allow_both(tmp_path):
    path = a_list(tmp_path, disclosure={"wholes_beside_parts": True})
    assert load_parameters(path, "system").audience == "both"
    assert load_parameters(path, "system", audience="board").audience == "board"

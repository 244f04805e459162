"""The keys of a master file at the edge of what each may be. Witness: the documented limits, by hand."""

import datetime

import pytest
from pydantic import ValidationError

from wres_helpers.settings import master_file
from wres_helpers.settings.disclosure_policy import DisclosurePolicy
from wres_helpers.settings.extract_settings import AgeGroups, ExtractSettings, SurveyFile, ValueRule, WorkingPattern
from wres_helpers.settings.master_file import Acknowledgement, Folders, MasterFile, Organisation, Report, RunSettings, StatusRule, Terms

#: Model, key, values that are taken, values that are refused: the two sides of each edge.
EDGES = [
    (StatusRule, "no_adverse_range", [(0.001, 1), (1, 1), (0.8, 10), (1.0, 1.0001)], [(0, 1.25), (-0.8, 1.25), (1.001, 1.25), (0.8, 0.999), (0.8, 10.01)]),
    (StatusRule, "confidence", [0.501, 0.999], [0.5, 1, 95]),
    (StatusRule, "minimum_expected", [0, 5, 1000], [-0.001, float("inf"), float("nan")]),
    (DisclosurePolicy, "minimum_count", [2 + 1, 100], [1, 101]),
    (DisclosurePolicy, "minimum_survey_base", [2, 100], [1, 101]),
    (DisclosurePolicy, "protection_width", [None, 2, 100], [1, 101]),
    (DisclosurePolicy, "round_to", [3, 10], [2, 11]),
    (DisclosurePolicy, "marker", ["x", "x" * 20], ["", "x" * 21]),
    (DisclosurePolicy, "owner_role", ["x"], [""]),
    (Organisation, "code", ["x", "x" * 50], ["", "x" * 51, "X", "-x"]),
    *((Organisation, key, ["A", "A" * 1000], ["", "A" * 1001]) for key in ("name", "short_name")),
    (Report, "title", ["A"], [""]),
    *((Terms, key, ["A"], [""]) for key in ("white", "bme", "bme_long", "unknown")),
    (Terms, "unknown", ["Unknown"], ["white", "BME", "bMe"]),
    *((Folders, key, ["x"], [""]) for key in ("data", "outputs")),
    *((Acknowledgement, key, ["A"], [""]) for key in ("reason", "role")),
    (Acknowledgement, "date", [datetime.date(2000, 1, 1), datetime.date(2049, 12, 31)], [datetime.date(1999, 12, 31), datetime.date(2050, 1, 1)]),
    (RunSettings, "jobs", [1, 64, None], [0, 65]),
    (RunSettings, "cell_timeout", [1, 100_000], [0]),
    (MasterFile, "history", [0, 1, "auto", None, (), ("2025-26",), ("2016-17", "2025-26")], [-1, ("2026-27",), ("2016-17", "2026-27")]),
    (MasterFile, "previous_year", ["auto", None, "2024-25"], ["2025-26", "2026-27"]),
    (MasterFile, "sections", [("metrics",)], [()]),
    (ValueRule, "count", [("x",)], [()]),
    (AgeGroups, "starts", [(1,), (100,), (1, 2, 100)], [(), (0,), (0, 50), (101,), (50, 101), (25, 25), (25, 24), (25, 35, 30)]),
    (WorkingPattern, "full_time_from", [0.001, 1, 37.5], [0, -1, float("inf"), float("nan")]),
    (SurveyFile, "file", [("x",), ("a.csv", "b.csv")], [(), ("",), "", "a/b.csv"]),
    (SurveyFile, "header_row", [1, None], [0]),
    (SurveyFile, "expected_rows", [0, None], [-1]),
    (ExtractSettings, "ethnicity_codes", ["x"], [""]),
]  # fmt: skip

#: What else each model must have.
_SURVEY = {"file": ("survey.csv",), "columns": {"question": "Q", "response": "R", "ethnicity": "E", "respondents": "N"}}
BESIDE = {
    Organisation: {"code": "own", "name": "Own", "short_name": "Own"},
    Acknowledgement: {"id": "a1", "reason": "Known", "role": "Lead", "date": datetime.date(2025, 1, 1)},
    MasterFile: {"organisation": {"code": "own", "name": "Own", "short_name": "Own"}, "year": "2025-26"},
    **{AgeGroups: {"by": "age"}, WorkingPattern: {"by": "fte"}},
    **{SurveyFile: _SURVEY, ExtractSettings: {"survey": _SURVEY}},
}


@pytest.mark.parametrize(("model", "key", "taken", "refused"), EDGES, ids=[f"{model.__name__}.{key}" for model, key, *_ in EDGES])
def test_a_key_takes_what_lies_inside_its_limits_and_nothing_beyond(model, key, taken, refused):
    beside = {"method": "round"} if key == "round_to" else BESIDE.get(model, {})
    for value in taken:
        assert getattr(model(**beside | {key: value}), key) == value
    for value in refused:
        with pytest.raises(ValidationError):
            model(**beside | {key: value})


def test_what_is_not_given_has_the_default_that_is_written():
    """Witness: params/README.md, which prints each."""
    assert (RunSettings().jobs, RunSettings().cell_timeout, Folders().allow_outside_project) == (None, 120, False)
    assert AgeGroups(by="age").starts == (25, 35, 45, 55, 65)
    assert SurveyFile(**_SURVEY | {"file": "one.csv"}).file == ("one.csv",)
    assert ValueRule(count=[7, "x "], leave_out=[1.5]).model_dump() == {"count": ("7", "x"), "leave_out": ("1.5",)}


PERSON = {"person": "P", "ethnicity": "E", "grade": "G"}
APPLIED = {"application": "A", "ethnicity": "E"}
MEMBERS = {"columns": {"ethnicity": "E"}}


@pytest.mark.parametrize(
    ("kind", "given", "wanted"),
    [
        ("staff", {"columns": PERSON}, None),
        ("staff", {"columns": PERSON | {"count": "N"}}, "'person', or 'count' where a row stands for several, and not both"),
        ("staff", {"columns": {"count": "N", "ethnicity": "E", "grade": "G"}}, None),
        ("staff", {"columns": {"ethnicity": "E", "grade": "G"}}, "'person', or 'count'"),
        ("staff", {"columns": {"person": "P"}}, "columns that map 'ethnicity' and 'grade'"),
        ("staff", {"columns": PERSON, "breakdowns": {"site_2": "S"}}, None),
        *(("staff", {"columns": PERSON, "breakdowns": {name: "S"}}, f"breakdown '{name}' needs another name")
          for name in ("overall", "cluster", "headcount", "Site", "my site", "2nd", "ethnic_category")),
        ("staff", {"columns": PERSON, "breakdowns": {"all": "S"}}, None),
        ("staff", {"columns": PERSON, "age_group": {"by": "age"}}, "columns that map 'age', of which age_group is made"),
        ("staff", {"columns": PERSON | {"age": "A"}, "age_group": {"by": "age"}}, None),
        ("staff", {"columns": PERSON | {"age": "A"}, "age_group": {"by": "age"}, "breakdowns": {"age_group": "G"}},
         "either mapped under breakdowns or made, not both"),
        ("staff", {"columns": PERSON | {"age": "A"}, "breakdowns": {"age_group": "G"}}, None),
        ("staff", {"columns": PERSON, "rules": {"employment_type": {"count": ["x"]}}}, "columns that map 'employment_type', of which a rule speaks"),
        ("staff", {"columns": PERSON | {"employment_type": "T"}, "rules": {"employment_type": {"count": ["x"]}}}, None),
        ("staff", {"columns": PERSON | {"employment_type": "T"}}, "rules for 'employment_type', which is mapped"),
        ("recruitment", {"columns": APPLIED | {"stage": "S"}, "stages": {"x": "applied"}}, None),
        ("recruitment", {"columns": APPLIED | {"stage": "S"}}, "stages that say what each value of the stage column means"),
        ("recruitment", {"columns": APPLIED | {"shortlisted": "S", "appointed": "A"}}, None),
        ("recruitment", {"columns": APPLIED | {"shortlisted": "S"}}, "columns that map 'appointed'; or 'stage', the stage that each application reached"),
        ("recruitment", {"columns": APPLIED | {"stage": "S", "appointed": "A"}, "stages": {"x": "applied"}},
         "either 'stage', or 'shortlisted' and 'appointed', not both"),
        ("cases", {"columns": {"person": "P", "entry_date": "D"}, "window_years": 1}, "'staff' with a column 'person' beside 'cases'"),
        ("board", MEMBERS, None),
    ],
)  # fmt: skip
def test_an_extract_has_the_columns_that_its_people_are_counted_by(kind, given, wanted):
    """Witness: what each kind of extract needs, by the list in docs, one thing left out or given twice."""
    settings = {"ethnicity_codes": "esr", kind: {"file": "x.csv"} | given}
    if wanted is None:
        assert getattr(ExtractSettings(**settings), kind)
    else:
        with pytest.raises(ValidationError) as refused:
            ExtractSettings(**settings)
        assert wanted in str(refused.value)


def test_people_of_a_log_are_looked_up_in_a_staff_list_of_persons():
    cases = {"file": "c.csv", "columns": {"person": "P", "entry_date": "D"}, "window_years": 1}
    counted = {"file": "s.csv", "columns": {"count": "N", "ethnicity": "E", "grade": "G"}}
    staff = {"file": "s.csv", "columns": PERSON}
    assert (
        ExtractSettings(ethnicity_codes="esr", staff=staff, cases=cases).cases
        and ExtractSettings(ethnicity_codes="esr", staff=counted).staff
    )
    for kind, log in (("cases", cases), ("training", {"file": "t.csv", "columns": {"person": "P", "date": "D"}})):
        for beside in ({}, {"staff": counted}):
            with pytest.raises(ValidationError, match=f"'staff' with a column 'person' beside '{kind}'"):
                ExtractSettings(ethnicity_codes="esr", **{kind: log}, **beside)
    with pytest.raises(ValidationError, match="at least one extract: staff, recruitment, cases, training, survey, board"):
        ExtractSettings(ethnicity_codes="esr")


def test_rounding_reaches_no_further_than_twice_the_smallest_count():
    """To the nearest 100 half and more becomes 100: 50 may be the smallest count that is shown, 49 would become 0."""
    assert DisclosurePolicy(method="round", round_to=100, minimum_count=50).round_to == 100
    with pytest.raises(ValidationError, match="rounded to 0"):
        DisclosurePolicy(method="round", round_to=100, minimum_count=49)
    with pytest.raises(ValidationError):
        DisclosurePolicy(method="round", round_to=101, minimum_count=100)
    assert DisclosurePolicy(round_to=100).round_to == 100  # not asked for without rounding


@pytest.mark.parametrize(
    ("given", "minimum", "survey", "method", "base"),
    [
        ({}, 5, 11, "suppress", 5),
        ({"preset": "five"}, 5, 11, "suppress", 5),
        ({"preset": "ten"}, 10, 11, "suppress", 5),
        ({"preset": "surveys"}, 11, 11, "suppress", 5),
        ({"preset": "national_hospital_statistics"}, 8, 11, "round", 5),
        ({"preset": "surveys", "minimum_count": 7}, 7, 11, "suppress", 5),
        ({"preset": "national_hospital_statistics", "method": "suppress"}, 8, 11, "suppress", 5),
    ],
)
def test_a_preset_fills_in_what_is_not_given_and_nothing_else(given, minimum, survey, method, base):
    policy = DisclosurePolicy(**given)
    assert (policy.minimum_count, policy.minimum_survey_base, policy.method, policy.round_to) == (minimum, survey, method, base)
    assert (policy.show_zeros, policy.show_everybody, policy.public, policy.wholes_beside_parts, policy.marker) == (
        "all",
        "none",
        (),
        False,
        "[c]",
    )


@pytest.mark.parametrize(
    ("minimum", "width", "smallest", "values"),
    [(5, None, 5, 4), (2, None, 3, 2), (3, None, 3, 2), (4, None, 4, 3), (5, 4, 5, 4), (5, 5, 6, 5), (5, 9, 10, 9), (10, 2, 10, 2)],
)
def test_the_smallest_count_told_leaves_each_hidden_one_as_many_values_as_are_asked_for(minimum, width, smallest, values):
    """By hand: below 5 are 1, 2, 3 and 4. Of "fewer than 2" only 1 would be left, so 2 is hidden, too; nine values need 1 to 9."""
    policy = DisclosurePolicy(minimum_count=minimum, protection_width=width)
    assert (policy.smallest, policy.width) == (smallest, values)


@pytest.mark.parametrize("given", [{}, {"public_decided_by": "Chair"}, {"public_reason": "Names stand on the website"}])
def test_nothing_is_public_without_who_decided_it_and_why(given):
    with pytest.raises(ValidationError, match="who decided"):
        DisclosurePolicy(public=["board"], **given)
    assert DisclosurePolicy(**given).public == ()
    assert DisclosurePolicy(public=["board"], public_decided_by="Chair", public_reason="Names stand on the website").public == ("board",)
    with pytest.raises(ValidationError):
        DisclosurePolicy(public=["survey"], public_decided_by="Chair", public_reason="x")


def test_the_rule_is_the_printed_one_where_nothing_is_given():
    rule = StatusRule()
    assert (rule.no_adverse_range, rule.confidence, rule.minimum_expected) == ((0.80, 1.25), 0.95, 5)


@pytest.mark.parametrize(("cores", "most"), [(1, 1), (3, 3), (8, 8), (9, 8), (64, 8)])
def test_as_many_notebooks_run_side_by_side_as_are_given_else_set_else_a_core_has_up_to_eight(monkeypatch, cores, most):
    monkeypatch.setattr(master_file, "available_cores", lambda: cores)
    assert [RunSettings().workers(), RunSettings().workers(5), RunSettings(jobs=12).workers(), RunSettings(jobs=12).workers(5)] == [
        most,
        5,
        12,
        5,
    ]


def test_a_process_uses_the_cores_it_may_and_at_least_one(monkeypatch):
    monkeypatch.setattr(master_file.os, "sched_getaffinity", lambda _: {0, 3, 5}, raising=False)
    assert master_file.available_cores() == 3
    monkeypatch.delattr(master_file.os, "sched_getaffinity")
    for told, cores in ((6, 6), (1, 1), (None, 1)):
        monkeypatch.setattr(master_file.os, "cpu_count", lambda told=told: told)
        assert master_file.available_cores() == cores


@pytest.mark.parametrize(
    ("terms", "inside", "at_the_start"),
    [
        ({}, ("white", "BME", "Not disclosed", "all"), ("White", "BME", "Not disclosed", "All")),
        ({"white_capital": True}, ("White", "BME", "Not disclosed", "all"), ("White", "BME", "Not disclosed", "All")),
        ({"white": "White British", "bme": "Global Majority"}, ("White British", "Global Majority", "Not disclosed", "all"),
         ("White British", "Global Majority", "Not disclosed", "All")),
    ],
)  # fmt: skip
def test_a_label_is_small_inside_a_sentence_only_where_it_is_white_or_all(terms, inside, at_the_start):
    """Witness: the style guides of GOV.UK (small) and of the NHS (with a capital, where it is asked for); names keep theirs."""
    words, groups = Terms(**terms), ("white", "bme", "unknown", "all")
    assert tuple(words.named(group) for group in groups) == inside
    assert tuple(words.named(group, starting=True) for group in groups) == at_the_start
    assert words.in_words("BME and white staff, whiteboard") == f"{inside[1]} and {inside[0]} staff, whiteboard"

"""Figures and sentences as other organisations print them, for an invented trust: read rightly, or said not to be readable.

Witness: arithmetic by hand. White 40 of 200 appointed (20%), BME 12 of 100 (12%): 1.67 times, 8 points apart. BME staff
306, then 520, then 612 of 5,000 (12.24%); 340 of the 612 are in Bands 2 to 4 (55.6%).
"""

from fractions import Fraction

import pandas as pd
import pytest

from wres_helpers.checking import reconcile
from wres_helpers.checking.read_printed import parse_printed
from wres_helpers.settings.master_file_reader import load_parameters

APPOINTED = {"item": "appointed", "base": "shortlisted"}
STAFF = {"item": "headcount", "ethnic_group": "bme"}
BANDS = {"item": "workforce", "breakdown": "grade", "category": "Bands 2 to 4", "ethnic_group": "bme", "base": "all categories"}


@pytest.fixture(scope="module")
def parameters(project):
    return load_parameters(project / "params" / "synthetic-2019-20.yaml", year="2021-22")


def count(item: str, group: str, number: int, year: str = "2021-22", category: str = "") -> dict[str, str]:
    row = {"id": f"{item}.{group}.{year}.{category}", "where": "Tables", "claim": "count", "printed": f"{number:,}"}
    return row | {"item": item, "ethnic_group": group, "year": year, "category": category, "breakdown": "grade" if category else ""}


TABLES = [
    count("headcount", "white", 4210),
    count("headcount", "bme", 612),
    count("headcount", "unknown", 178),
    count("headcount", "bme", 520, "2020-21"),
    count("headcount", "bme", 306, "2019-20"),
    *(count("workforce", "bme", number, category=f"Band {band}") for band, number in ((2, 150), (3, 90), (4, 100), (5, 200), (6, 72))),
    count("shortlisted", "white", 200),
    count("appointed", "white", 40),
    count("shortlisted", "bme", 100),
    count("appointed", "bme", 12),
]


def verdict(parameters, claim: str, printed: str, tables=TABLES, **more: str) -> str:
    row = {"id": "X", "where": "Text", "claim": claim, "printed": printed} | more
    found = reconcile(pd.DataFrame(), pd.DataFrame([*tables, row]), parameters).set_index("id")
    return found.loc[f"X.{claim}", "verdict"].replace("_after_rounding", "")


FIGURES = [
    ("ratio", "1.7 times", APPOINTED | {"ethnic_group": "white/bme"}, "agrees"),
    ("ratio", "1.7", APPOINTED | {"ethnic_group": "white/bme"}, "agrees"),
    ("ratio", "1.67:1", APPOINTED | {"ethnic_group": "white/bme"}, "agrees"),
    ("ratio", "67% more likely", APPOINTED | {"ethnic_group": "white/bme"}, "agrees"),
    ("ratio", "40% less likely", APPOINTED | {"ethnic_group": "bme/white"}, "agrees"),
    ("ratio", "1.8 times", APPOINTED | {"ethnic_group": "white/bme"}, "contradicts"),
    ("ratio", "1:1.67", APPOINTED | {"ethnic_group": "white/bme"}, "cannot_check"),
    ("gap", "-8.0", APPOINTED | {"ethnic_group": "bme-white", "unit": "points"}, "agrees"),
    ("gap", "+8 points", APPOINTED | {"ethnic_group": "white-bme"}, "agrees"),
    ("gap", "8 percentage points lower", APPOINTED | {"ethnic_group": "bme-white"}, "agrees"),
    ("gap", "8 percentage points higher", APPOINTED | {"ethnic_group": "bme-white"}, "contradicts"),
    ("gap", "a difference of 8 percentage points", APPOINTED | {"ethnic_group": "bme-white"}, "agrees"),
    ("gap", "less than 9 points", APPOINTED | {"ethnic_group": "white-bme"}, "agrees"),
    ("gap", "over 7 points lower", APPOINTED | {"ethnic_group": "bme-white"}, "agrees"),
    ("share", "20%", APPOINTED | {"ethnic_group": "white"}, "agrees"),
    ("share", "1 in 5", APPOINTED | {"ethnic_group": "white"}, "agrees"),
    ("share", "one in four", APPOINTED | {"ethnic_group": "white"}, "contradicts"),
    ("share", "12 (12%)", APPOINTED | {"ethnic_group": "bme"}, "agrees"),
    ("share", "over half", BANDS, "agrees"),
    ("share", "at least 56%", BANDS, "contradicts"),
    ("share", "56% over the year", BANDS, "agrees"),
    ("share", "two thirds", BANDS, "contradicts"),
    ("count", "six hundred and twelve", STAFF, "agrees"),
    ("count", "612 (12%)", STAFF, "agrees"),
    ("count", "six hundred and eleven", STAFF, "contradicts"),
    ("change", "18%", STAFF | {"compare_with": "2020-21"}, "agrees"),
    ("change", "an increase of 92 people", STAFF | {"compare_with": "2020-21"}, "agrees"),
    ("change", "doubled", STAFF | {"compare_with": "2019-20"}, "agrees"),
    ("change", "doubled", STAFF | {"compare_with": "2020-21"}, "contradicts"),
    ("change", "41% lower", STAFF | {"year": "2019-20", "compare_with": "2020-21"}, "agrees"),
    ("change", "fell by 18%", STAFF | {"compare_with": "2020-21"}, "contradicts"),
]
SENTENCES = [
    ("increased", STAFF | {"compare_with": "2020-21"}, "agrees"),
    ("higher", STAFF | {"compare_with": "2020-21"}, "agrees"),
    ("decreased", STAFF | {"compare_with": "2020-21"}, "contradicts"),
    ("increased", STAFF, "agrees"),
    ("did not increase", STAFF, "cannot_check"),
    ("majority", BANDS, "agrees"),
    ("mainly", BANDS | {"category": "Bands 5 to 6"}, "contradicts"),
    ("1.7 times", APPOINTED | {"ethnic_group": "white/bme"}, "agrees"),
    ("about 1.5 times", APPOINTED | {"ethnic_group": "white/bme"}, "contradicts"),
    ("twice", APPOINTED | {"ethnic_group": "white/bme"}, "contradicts"),
    ("not 1.7 times", APPOINTED | {"ethnic_group": "white/bme"}, "cannot_check"),
    ("over 0.5 times", APPOINTED | {"ethnic_group": "bme/white"}, "agrees"),
    ("higher", APPOINTED | {"ethnic_group": "white/bme"}, "agrees"),
    ("no more likely", APPOINTED | {"ethnic_group": "white/bme"}, "cannot_check"),
    ("less likely", APPOINTED | {"ethnic_group": "bme/white"}, "agrees"),
    ("", APPOINTED | {"ethnic_group": "white/bme"}, "cannot_check"),
]
#: What a sentence may hold besides, as the figure that it is.
FIGURES_OF_SENTENCES = [
    ("change", "more than doubled", STAFF | {"compare_with": "2019-20"}, "contradicts"),
    ("change", "almost doubled", STAFF | {"compare_with": "2019-20"}, "agrees"),
    ("share", "less than half", BANDS, "contradicts"),
    ("share", "over 60%", BANDS, "contradicts"),
    ("share", "at least 55%", BANDS, "agrees"),
    ("share", "about a third", BANDS, "contradicts"),
    ("count", "none", BANDS | {"category": "Band 2", "base": ""}, "contradicts"),
    ("ratio", "half as likely", APPOINTED | {"ethnic_group": "bme/white"}, "contradicts"),
]


@pytest.mark.parametrize(
    ("claim", "printed", "more", "expected"),
    [*FIGURES, *FIGURES_OF_SENTENCES],
    ids=[f"{each[0]} {each[1]}" for each in (*FIGURES, *FIGURES_OF_SENTENCES)],
)
def test_figures_as_others_print_them(parameters, claim, printed, more, expected):
    assert verdict(parameters, claim, printed, **more) == expected


@pytest.mark.parametrize(("printed", "more", "expected"), SENTENCES, ids=[each[0] for each in SENTENCES])
def test_sentences_as_others_write_them(parameters, printed, more, expected):
    assert verdict(parameters, "words", "a sentence of the report", says=printed, **more) == expected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("forty-two", "42"),
        ("one hundred and eleven", "111"),
        ("two thousand three hundred", "2300"),
        ("five and six", "5"),
        ("one and a half times", "3/2"),
        ("no VSM", "0"),
        ("1\u202f315", "1315"),
    ],
)
def test_numbers_in_words(text, value):
    assert parse_printed(text).value == Fraction(value)


@pytest.mark.parametrize("printed", ["almost half", "nearly half", "just under half", "around half", "half"])
@pytest.mark.parametrize(("number", "expected"), [(45, "agrees"), (47, "agrees"), (43, "contradicts"), (58, "contradicts")])
def test_what_is_nearer_to_half_than_to_two_fifths_is_half(parameters, printed, number, expected):
    """Arithmetic: of 100 people 45 lie half way between two fifths (40) and half (50), 43 and 58 nearer to two and to three fifths."""
    tables = [count("shortlisted", "bme", 100), count("offered", "bme", number)]
    assert verdict(parameters, "share", printed, tables=tables, item="offered", ethnic_group="bme", base="shortlisted") == expected


@pytest.mark.parametrize(
    ("printed", "before", "now", "expected"),
    [
        ("fell by almost a tenth", 174, 158, "agrees"),  # -9.2%
        ("a decrease of just over one in ten", 200, 178, "agrees"),  # -11%
        ("down by a quarter", 400, 297, "agrees"),  # -25.75%
        ("fell by almost a tenth", 158, 174, "contradicts"),  # it rose
        ("up by almost a tenth", 174, 158, "contradicts"),
        ("fell by almost a tenth", 174, 165, "contradicts"),  # -5.2%: half of that
        ("changed by a quarter", 400, 297, "agrees"),  # its size only
    ],
)
def test_a_part_that_something_fell_by_is_below_nought(parameters, printed, before, now, expected):
    """Arithmetic, behind each case; a tenth lies nearer to 9.2 than an eighth or nothing does."""
    tables = [count("headcount", "unknown", before, "2020-21"), count("headcount", "unknown", now)]
    more = {"item": "headcount", "ethnic_group": "unknown", "compare_with": "2020-21"}
    assert verdict(parameters, "change", printed, tables=tables, **more) == expected


@pytest.mark.parametrize(
    ("printed", "bme", "expected"),
    [("about half as likely", 53, "agrees"), ("half as likely", 47, "agrees"), ("half as likely", 60, "contradicts")],
)
def test_half_as_likely_reaches_as_far_as_about_half_a_time(parameters, printed, bme, expected):
    """data/REGISTER.md: about reaches an eighth of N, so 0.4375 to 0.5625 of half."""
    tables = [count("shortlisted", group, 1000) for group in ("white", "bme")]
    tables += [count("appointed", "white", 1000), count("appointed", "bme", 10 * bme)]
    assert verdict(parameters, "ratio", printed, tables=tables, **APPOINTED, ethnic_group="bme/white") == expected


@pytest.mark.parametrize(
    ("printed", "bme", "expected"),
    [
        ("a third less likely", 67, "agrees"),
        ("a third less likely", 33, "contradicts"),
        ("over 40% less likely", 57, "agrees"),
        ("over 40% less likely", 63, "contradicts"),
        ("less than a third less likely", 70, "agrees"),
    ],
)
def test_a_part_less_likely_is_what_is_left_of_one(parameters, printed, bme, expected):
    """Arithmetic: a third less than 1 is 0.67, and over 40% less is under 0.6."""
    tables = [count("shortlisted", group, 1000) for group in ("white", "bme")]
    tables += [count("appointed", "white", 1000), count("appointed", "bme", 10 * bme)]
    assert verdict(parameters, "ratio", printed, tables=tables, **APPOINTED, ethnic_group="bme/white") == expected


def finding(parameters, tables, **row) -> pd.Series:
    row = {"id": "X", "where": "Text"} | row
    return reconcile(pd.DataFrame(), pd.DataFrame([*tables, row]), parameters).set_index("id").loc[f"X.{row['claim']}"]


def test_words_get_no_guess_of_a_slip(parameters):
    """Almost anything is about half: that the white 48% stand here would be chance."""
    tables = [
        count("shortlisted", "bme", 1000),
        count("offered", "bme", 430),
        count("offered", "white", 480),
        count("shortlisted", "white", 1000),
    ]
    found = finding(parameters, tables, claim="share", printed="almost half", item="offered", ethnic_group="bme", base="shortlisted")
    assert (found["verdict"], found["diagnosis"]) == ("contradicts", "")


@pytest.mark.parametrize(
    ("bme", "printed", "expected"),
    [(511, "more than twice as likely", "1.96 times"), (501, "over twice", "1.996 times"), (700, "over twice", "1.4 times")],
)
def test_what_a_limit_should_be_is_told_with_the_places_that_show_why(parameters, bme, printed, expected):
    """Arithmetic: 1,000 / 511 = 1.957, which 2.0 times would hide."""
    tables = [count("shortlisted", group, 1000) for group in ("white", "bme")]
    tables += [count("appointed", "white", 1000), count("appointed", "bme", bme)]
    found = finding(parameters, tables, claim="ratio", printed=printed, **APPOINTED, ethnic_group="white/bme")
    assert (found["verdict"], found["expected"]) == ("contradicts", expected)


RATES = {"item": "entered_disciplinary", "base": "headcount"}
PERCENTAGES = [
    {"id": group, "where": "Table", "claim": "share", "printed": rate, "ethnic_group": group} | RATES
    for group, rate in (("white", "1.05%"), ("bme", "1.99%"))
]


@pytest.mark.parametrize(
    ("claim", "printed", "pair", "expected", "why"),
    [
        ("ratio", "0.95", "bme/white", "1.88 to 1.91 times", "halved_counts"),
        ("ratio", "0.53", "bme/white", "1.88 to 1.91 times", "inverted_ratio"),
        ("ratio", "2.31", "bme/white", "1.88 to 1.91 times", ""),
        ("gap", "0.93 percentage points lower", "bme-white", "0.93 percentage points", "swapped_groups"),
        ("gap", "0.95 percentage points lower", "bme-white", "0.95 percentage points", "swapped_groups"),
    ],
)
def test_what_follows_from_rounded_percentages_is_told_as_a_range(parameters, claim, printed, pair, expected, why):
    """Arithmetic: 1.985 / 1.055 = 1.882 and 1.995 / 1.045 = 1.909; 1.99 - 1.05 is 0.93 to 0.95, so a printed size in it stands."""
    found = finding(parameters, PERCENTAGES, claim=claim, printed=printed, **RATES, ethnic_group=pair)
    assert (found["verdict"], found["expected"], found["explanations"]) == ("contradicts", expected, why)


@pytest.mark.parametrize("category", ["At least once", "not Never"])
@pytest.mark.parametrize(("printed", "expected"), [("37.2%", "agrees_after_rounding"), ("59.1%", "contradicts")])
def test_at_least_once_and_never_are_everybody_who_answered(parameters, category, printed, expected):
    """Arithmetic: 178 of 178 + 301 is 37.16%; who answered otherwise than never met it at least once."""
    place = {"where": "Text", "item": "survey", "breakdown": "14b", "ethnic_group": "bme"}
    tables = [
        place | {"id": name, "claim": "count", "printed": number, "category": name}
        for name, number in ((category, "178"), ("Never", "301"))
    ]
    found = finding(parameters, tables, claim="share", printed=printed, category=category, base="all categories", **place)
    assert (found["verdict"], found["expected"]) == (expected, "37.2%")


def test_a_share_of_an_unknown_number_of_known_ethnicity_names_no_number(parameters):
    """Arithmetic: 130 and 120 of 250 known, to the nearest 5: nobody knows whether 246 or 254, and they are not 0."""
    numbers = {"white": 130, "bme": 120, "unknown": 10}
    place = {"where": "Table", "item": "workforce", "breakdown": "medical", "category": "Consultants"}
    tables = [
        place | {"id": group, "claim": "count", "printed": f"{number} to the nearest 5", "ethnic_group": group}
        for group, number in numbers.items()
    ]
    tables.append(place | {"id": "all", "claim": "count", "printed": "260 to the nearest 5", "ethnic_group": "all"})
    found = finding(parameters, tables, claim="share", printed="48.0%", ethnic_group="bme", base="all groups", **place)
    assert "of those whose ethnicity is known" in found["diagnosis"]


def test_a_word_the_vocabulary_lacks_is_named_with_the_nearest(parameters):
    rows = [*TABLES, {"id": "X", "where": "Text", "claim": "words", "printed": "most", "says": "majorty"} | BANDS]
    found = reconcile(pd.DataFrame(), pd.DataFrame(rows), parameters).set_index("id")
    assert found.loc["X.words", "verdict"] == "cannot_check"
    assert "did you mean 'majority'" in found.loc["X.words", "arithmetic"]


def test_a_multiple_of_two_figures_is_a_ratio_of_them(parameters):
    # 40 appointed is 3.33 times 12, and not four times
    for words, expected in (("over 3 times", "agrees"), ("over 4 times", "contradicts")):
        row = {"id": "X", "where": "Text", "claim": "ratio", "printed": words}
        row["refers_to"] = "appointed.white.2021-22. / appointed.bme.2021-22."
        found = reconcile(pd.DataFrame(), pd.DataFrame([*TABLES, row]), parameters).set_index("id")
        assert found.loc["X.formula", "verdict"].replace("_after_rounding", "") == expected


def test_a_formula_names_whole_identifiers_only(parameters):
    rows = [{"id": "A1", "where": "T", "claim": "count", "printed": "7", "item": "applied", "ethnic_group": "bme"}]
    rows += [{"id": "B", "where": "T", "claim": "count", "printed": "70", "refers_to": "A10"}]
    found = reconcile(pd.DataFrame(), pd.DataFrame(rows), parameters).set_index("id")
    assert found.loc["B.formula", "verdict"] == "cannot_check"
    assert "A10" in found.loc["B.formula", "arithmetic"]


@pytest.mark.parametrize(("year", "label", "expected"), [("2016-17", "KF 25", "agrees"), ("2021-22", "KF 25", "contradicts")])
def test_reports_of_different_editions(project, year, label, expected):
    row = {"id": "L", "where": "Page 2", "claim": "label", "printed": label, "indicator": "5"}
    parameters = load_parameters(project / "params" / "synthetic-2019-20.yaml", year=year)
    assert reconcile(pd.DataFrame(), pd.DataFrame([row]), parameters).loc[0, "verdict"] == expected

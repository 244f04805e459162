"""National tables. Witness: the results of the single reports, and statsmodels' own score interval."""

import numpy as np
import pandas as pd
import pytest
from support.as_it_was import as_it_was
from support.warm_wres import wres

from wres_helpers.analysis.funnel import funnel
from wres_helpers.analysis.group_comparisons import compare
from wres_helpers.analysis.history import NO_BREAKS
from wres_helpers.analysis.intervals import ratio_interval
from wres_helpers.analysis.national_results import national
from wres_helpers.analysis.status_rule import Method
from wres_helpers.problems import InputProblems
from wres_helpers.publishing.systems.asked_of_a_system import asked_of_a_system
from wres_helpers.publishing.systems.national_run import _of_standard, read_tidy_counts, write_tables
from wres_helpers.settings.master_file_reader import load_parameters
from wres_helpers.standard.columns import COUNT_COLUMNS, RESULT_COLUMNS


@pytest.fixture(scope="module")
def system(necs_counts):
    """Five organisations over three years, drawn around the shipped counts."""
    random = np.random.default_rng(5)
    year = necs_counts[necs_counts["year"] == "2019-20"]
    parts = [year.assign(organisation=f"org-{number}", year=name) for number in range(5) for name in ("2017-18", "2018-19", "2019-20")]
    table = pd.concat(parts, ignore_index=True)
    table["count"] = random.binomial(table["count"] * 2, 0.5).astype("int64")
    return table


@pytest.fixture(scope="module")
def tables(system, reference, necs):
    """The system's national tables; nobody changes them."""
    return national(system, reference, Method.of(necs))


def test_a_system_at_once_gives_what_single_organisations_give(system, tables, reference, necs):
    method, together = Method.of(necs), tables["results"]
    for organisation, counts in system.groupby("organisation"):
        own = together[together["organisation"] == organisation].reset_index(drop=True)
        alone = compare(counts, reference, method)
        order = list(RESULT_COLUMNS[:6])
        pd.testing.assert_frame_equal(
            own.sort_values(order, ignore_index=True), alone.sort_values(order, ignore_index=True), check_dtype=False
        )


def test_every_table_is_there_with_every_organisation_and_year(system, tables):
    for name in ("results", "bounds", "statuses", "completeness", "funnel"):
        assert set(tables[name]["organisation"]) == set(system["organisation"]), name
        assert set(tables[name]["year"]) == set(system["year"]), name
    assert set(tables["changes"]["year"]) == {"2018-19", "2019-20"}
    assert len(tables["statuses"]) == 5 * 3 * 9


def test_a_merger_of_one_organisation_is_no_change_of_it_and_says_nothing_of_the_others(system, tables, reference, necs):
    merger = pd.DataFrame([("org-1", "2019-20", "", "merger", "It took over a hospice.")], columns=["organisation", *NO_BREAKS])
    without, with_it = tables["changes"], national(system, reference, Method.of(necs), merger)["changes"]
    touched = with_it["organisation"].eq("org-1") & with_it["year"].eq("2019-20")
    judged = ~without["verdict"].isin(["not_supplied", "not_comparable"])
    assert set(with_it.loc[touched & judged, "verdict"]) == {"not_comparable"}
    assert with_it.loc[touched & judged, ["change", "change_lower", "change_upper"]].isna().all(axis=None)
    assert with_it.loc[touched & judged, "reason"].str.contains("hospice").all()
    pd.testing.assert_frame_equal(with_it[~touched], without[~touched])


def test_the_vectorised_score_interval_is_that_of_statsmodels():
    # statsmodels looks for its limits one pair at a time; 6 digits are asked for
    from statsmodels.stats.proportion import confint_proportions_2indep

    random = np.random.default_rng(11)
    base_1, base_2 = random.integers(20, 4000, 60), random.integers(20, 20000, 60)
    count_1, count_2 = random.integers(1, base_1), random.integers(1, base_2)
    lower, upper = ratio_interval(count_1, base_1, count_2, base_2)
    for row in range(60):
        low, high = confint_proportions_2indep(count_1[row], base_1[row], count_2[row], base_2[row], compare="ratio", method="score")
        assert (lower[row], upper[row]) == pytest.approx((low, high), rel=1e-6)


def test_the_funnel_by_hand():
    # two organisations; centre: (30/300) / (20/400) = 2; the first alone: (20/100) / (10/200) = 4
    # and eight at the centre, so that there are as many as limits ask for
    rows = [("a", 20, 100, 10, 200), ("b", 10, 200, 10, 200), ("c", 0, 10, 0, 0)]
    rows += [(f"at the centre {number}", 30, 300, 20, 400) for number in range(8)]
    results = pd.DataFrame(rows, columns=["organisation", "white_count", "white_base", "bme_count", "bme_base"]).assign(
        year="2019-20",
        indicator="2",
        measure="m",
        breakdown="overall",
        comparison="ratio",
        direction="white/bme",
        value=[4.0, 1.0, np.nan, *[2.0] * 8],
        status="x",
    )
    table = funnel(results).set_index("organisation")
    assert list(table.index)[:2] == ["a", "b"]
    assert table["centre"].tolist() == pytest.approx([2] * 10)
    error = np.sqrt(1 / 20 - 1 / 100 + 1 / 10 - 1 / 200)
    assert table.loc["a", "standard_error"] == pytest.approx(error)
    assert table.loc["a", "upper_95"] == pytest.approx(2 * np.exp(1.959964 * error))
    assert table["outside"].tolist() == [""] * 10
    few = funnel(results.head(6))
    assert few[["lower_95", "upper_95"]].isna().all().all()
    assert few["value"].notna().all()


def test_limits_widen_where_organisations_differ_by_more_than_chance():
    # witness: values drawn around a centre with twice the standard deviation that chance alone would give
    draw = np.random.default_rng(8)
    true = 0.30 * np.exp(draw.normal(0, 0.12, 200))
    table = pd.DataFrame({"organisation": range(200), "white_count": draw.binomial(1000, 0.30, 200), "white_base": 1000,
                          "bme_count": draw.binomial(1000, np.clip(true, 0, 1)), "bme_base": 1000})  # fmt: skip
    named = dict(
        year="x", indicator="3", measure="m", breakdown="overall", comparison="ratio", direction="bme/white", value=1.0, status="x"
    )
    spread, alike = funnel(table.assign(**named)), funnel(table.assign(**named, bme_count=draw.binomial(1000, 0.30, 200)))
    assert spread["overdispersion"].iloc[0] > 2
    assert 1 <= alike["overdispersion"].iloc[0] < 1.3
    unwidened = (spread["position"] - np.log(spread["centre"])).abs() > 1.959964 * spread["standard_error"]
    assert spread["outside"].ne("").mean() < unwidened.mean() / 2


def test_tables_come_back_from_parquet_and_csv_is_safe(tmp_path, system, reference, necs):
    tables = national(system.assign(category=system["category"].replace("Band 5", "=1+1")), reference, Method.of(necs))
    write_tables(tmp_path, tables)
    pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "results.parquet"), tables["results"], check_dtype=False)
    text = (tmp_path / "results.csv").read_text(encoding="utf-8")
    assert text.splitlines()[0] == ",".join(RESULT_COLUMNS)
    assert ",=1+1" not in text


@pytest.mark.parametrize("form", ["parquet", "csv"])
def test_the_command_reads_tidy_counts(tmp_path, system, project, form):
    as_it_was(tmp_path, project, "params", "data/reference", "data/necs")
    path = tmp_path / f"counts.{form}"
    system.to_parquet(path, index=False) if form == "parquet" else system.to_csv(path, index=False)
    done = wres(tmp_path, "national", "params/necs-2019-20.yaml", "--counts", path.name)
    assert (done.returncode, done.stdout.strip()) == (0, "outputs/_national/necs-2019-20"), done.stderr
    assert len(pd.read_csv(tmp_path / "outputs/_national/necs-2019-20/statuses.csv")) == 135


def test_the_command_stops_changes_at_the_break_that_an_organisation_declared(tmp_path, project):
    as_it_was(tmp_path, project, "params", "data/reference", "data/necs")
    (tmp_path / "data/necs/breaks.csv").write_text(
        "year,indicator,kind,reason,source\n2019-20,4,merger,It took over a hospice.,board\n", encoding="utf-8"
    )
    done = wres(tmp_path, "national", "params/necs-2019-20.yaml")
    assert done.returncode == 0, done.stderr
    told = pd.read_csv(tmp_path / "outputs/_national/necs-2019-20/changes.csv", dtype={"indicator": "str"}).query("breakdown == 'overall'")
    told = told.set_index("measure")
    assert told.loc["accessing_training", ["verdict", "reason"]].tolist() == ["not_comparable", "It took over a hospice."]
    assert told.loc["share_of_grade", "verdict"] == "described"
    (tmp_path / "data/necs/breaks.csv").write_text(
        "year,indicator,kind,reason,source\n2019,4,fusion,It took over a hospice.,board\n", encoding="utf-8"
    )
    done = wres(tmp_path, "national", "params/necs-2019-20.yaml")
    assert done.returncode == 1
    assert "'2019'" in done.stderr and "'fusion'" in done.stderr


def test_the_command_refuses_counts_of_what_the_standard_has_not(tmp_path, system, project):
    as_it_was(tmp_path, project, "params", "data/reference", "data/necs")
    changed = {
        "year": {"2017-18": "2014-15"},
        "item": {"accessed_training": "accessed"},
        "category": {"Never": "Nevr", "Band 5": "Band 55", "all": "everybody"},
    }
    counts = system.replace(changed)
    counts.loc[counts["category"].eq("Yes").idxmax(), "category"] = "all"  # of one answer, which is not everybody
    counts.to_csv(tmp_path / "counts.csv", index=False)
    done = wres(tmp_path, "national", "params/necs-2019-20.yaml", "--counts", "counts.csv")
    assert done.returncode == 1
    assert "counts.csv, column 'category': found 'all'; expected 'all' where the breakdown is 'overall', and nowhere else" in done.stderr
    assert "counts.csv, column 'year': found '2014-15'; expected a reporting year from 2015-16 on" in done.stderr
    for column, text in (("item", "accessed"), ("category", "Nevr"), ("category", "Band 55"), ("category", "everybody")):
        assert f"counts.csv, column '{column}': found '{text}'" in done.stderr
    assert not (tmp_path / "outputs").exists()


def test_an_organisation_of_which_the_undisclosed_alone_are_counted_is_a_name_mistyped(tmp_path, system, project):
    """Witness: the name in one row of undisclosed people mistyped: an organisation of one row, and another's row lost."""
    counts, parameters = system[list(COUNT_COLUMNS)].head(30), load_parameters(project / "params" / "necs-2019-20.yaml")
    one = counts.index[counts["ethnic_group"].eq("unknown") & counts["breakdown"].eq("overall")][0]
    with pytest.raises(InputProblems) as caught:
        _of_standard(counts.assign(organisation=counts["organisation"].mask(counts.index == one, "Medicine")), "counts.csv", parameters)
    assert "column 'organisation': found 'Medicine'; expected both groups in every item" in str(caught.value)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda table: table.drop(columns="item"), "column 'item': found no such column"),
        (lambda table: table.assign(count=-1), "rows 2 to 31, column 'count'"),
        (lambda table: table.assign(count=0.5), "whole number"),
        (lambda table: table.assign(ethnic_group="purple"), "'purple'"),
        (lambda table: pd.concat([table, table.head(1)]), "a repeated row"),
    ],
)
def test_mistakes_in_tidy_counts_are_told(tmp_path, system, change, said):
    change(system[list(COUNT_COLUMNS)].head(30)).to_csv(tmp_path / "counts.csv", index=False)
    with pytest.raises(InputProblems) as caught:
        read_tidy_counts(tmp_path / "counts.csv")
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        # half of an organisation under another spelling
        (lambda table: table.assign(organisation=["R1"] * 3 + ["r1"] * 3), "found 'r1'; expected each organisation in one spelling"),
        (lambda table: table.assign(organisation="All"), "found 'All'; expected organisations, and not all of them together"),
        (
            lambda table: table[table["ethnic_group"].ne("bme")],
            "found 'R1'; expected both groups in every item of an organisation and year",
        ),
    ],
)
def test_tidy_counts_of_which_nobody_can_tell_whose_they_are_stop(necs, change, said):
    """Witness: a mutator's tidy counts, which gave an organisation without a word, or two for one."""
    groups = ["white", "bme", "unknown"] * 2
    place = {"organisation": "R1", "breakdown": "overall", "category": "all", "ethnic_group": groups}
    good = pd.DataFrame({**place, "year": "2019-20", "item": ["headcount"] * 3 + ["applied"] * 3, "count": 7})
    assert _of_standard(good, "counts.csv", necs) is good
    with pytest.raises(InputProblems) as caught:
        _of_standard(change(good), "counts.csv", necs)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("item", "count", "said"),
    [
        ("shortlisted", 8, "8 shortlisted (R1, 2019-20, white); expected at most the 7 of applied"),
        ("entered_disciplinary", 70, "70 entered"),
    ],
)
def test_tidy_counts_of_more_people_than_they_are_counted_among_stop(necs, item, count, said):
    """Witness: one cell typed ten times too large; seven staff and seven applicants."""
    groups = ["white", "bme", "unknown"] * 3
    place = {"organisation": "R1", "breakdown": "overall", "category": "all", "ethnic_group": groups, "year": "2019-20"}
    good = pd.DataFrame({**place, "item": ["headcount"] * 3 + ["applied"] * 3 + [item] * 3, "count": 7})
    assert _of_standard(good, "counts.csv", necs) is good
    with pytest.raises(InputProblems) as caught:
        _of_standard(good.assign(count=[7] * 6 + [count] * 3), "counts.csv", necs)
    assert said in str(caught.value)


def test_no_part_of_tidy_counts_is_larger_than_the_whole(necs):
    """Witness: the total of a board set to nothing beside its voting members."""
    groups = ["white", "bme", "unknown"]
    place = {"organisation": "R1", "ethnic_group": groups, "year": "2019-20", "item": "board"}
    whole = pd.DataFrame({**place, "breakdown": "membership", "category": "total", "count": [9, 1, 0]})
    voting = pd.DataFrame({**place, "breakdown": "membership", "category": "voting", "count": [6, 1, 0]})
    good = pd.concat([whole, voting], ignore_index=True)
    assert _of_standard(good, "counts.csv", necs) is good
    with pytest.raises(InputProblems, match="found 'voting\u00e9'; expected one of total, voting"):
        _of_standard(good.assign(category=[*good["category"][:-1], "voting\u00e9"]), "counts.csv", necs)
    with pytest.raises(InputProblems, match="column 'count': found 51; expected at most 50 members"):
        _of_standard(good.assign(count=[51, *good["count"][1:]]), "counts.csv", necs)
    good.loc[0, "count"] = 0
    with pytest.raises(InputProblems, match=r"6 board \(voting\) \(R1, 2019-20, white\); expected at most the 0 of board"):
        _of_standard(good, "counts.csv", necs)


def test_tidy_counts_of_a_board_whose_parts_do_not_make_up_the_total_stop(necs):
    """Witness: the five labels of a board in the order of the alphabet beside its numbers as they were; each was a possible count."""
    labels = ["total", "voting", "non_voting", "executive", "non_executive"]
    place = {"organisation": "R1", "year": "2019-20", "item": "board", "breakdown": "membership"}
    of_groups = {"white": [11, 9, 2, 5, 6], "bme": [3, 2, 1, 0, 3]}
    rows = [{**place, "category": label, "ethnic_group": group, "count": number}
            for group, numbers in of_groups.items() for label, number in zip(labels, numbers, strict=True)]  # fmt: skip
    good = pd.DataFrame(rows)
    assert _of_standard(good, "counts.csv", necs) is good
    with pytest.raises(
        InputProblems, match=r"found 6 voting and 2 non_voting \(R1, 2019-20, white\); expected parts of the 5 of the board"
    ):
        _of_standard(good.assign(category=sorted(labels) * 2), "counts.csv", necs)


def test_an_organisation_of_one_row_of_tidy_counts_stops(necs):
    """Witness: "of which women" typed as an organisation beside one band of another; it stood among the organisations."""
    place = {"organisation": "R1", "year": "2019-20", "item": "workforce", "breakdown": "grade", "category": "Band 5"}
    good = pd.DataFrame({**place, "ethnic_group": ["white", "bme"], "count": [40, 9]})
    assert _of_standard(good, "counts.csv", necs) is good
    women = pd.concat([good, good.head(1).assign(organisation="of which women", count=20)], ignore_index=True)
    with pytest.raises(InputProblems, match="found 'of which women'; expected both groups in every item of an organisation and year"):
        _of_standard(women, "counts.csv", necs)


def test_tidy_counts_of_a_year_that_is_yet_to_come_stop(necs):
    """Witness: a column of years filled down by one too many tens; an organisation's counts of 2033-34 stood among those of 2023-24."""
    good = pd.DataFrame({"organisation": "R1", "year": "2019-20", "item": "headcount", "breakdown": "overall", "category": "all"}, [0, 1])
    good = good.assign(ethnic_group=["white", "bme"], count=[40, 9])
    assert _of_standard(good, "counts.csv", necs) is good
    with pytest.raises(InputProblems, match="found '2133-34'; expected a reporting year whose last day has been"):
        _of_standard(good.assign(year="2133-34"), "counts.csv", necs)


def test_a_whole_board_that_tidy_counts_do_not_call_the_total_stops(necs):
    """Witness: its total written as the overall of everything else; indicator 9 was not supplied, and its parts were held to no total."""
    board = pd.DataFrame({"organisation": "R1", "year": "2019-20", "item": "board", "breakdown": "membership", "category": "total"}, [0, 1])
    board = board.assign(ethnic_group=["white", "bme"], count=[12, 3])
    assert _of_standard(board, "counts.csv", necs) is board
    with pytest.raises(InputProblems, match="found 'overall'; expected 'membership' of a board, whose category 'total' is the whole"):
        _of_standard(board.assign(breakdown="overall", category="all"), "counts.csv", necs)


def test_what_nobody_counted_in_a_system_is_asked_about(system):
    """Nothing was asked of tidy counts. Witness: a year that is last year's, another organisation's, ten times as large, without a group; and as drawn."""
    now, then, other = (system["organisation"].eq(name) & system["year"].eq(year) for name, year in
                        (("org-1", "2019-20"), ("org-1", "2018-19"), ("org-3", "2019-20")))  # fmt: skip

    def asked(table):
        return "\n".join(each.sentence() for each in asked_of_a_system(table, "counts.csv"))

    def with_counts(rows, numbers):
        table = system.copy()
        table.loc[rows, "count"] = np.asarray(numbers)
        return asked(table)

    assert asked(system) == ""
    assert with_counts(now, system[then]["count"]).count("org-1 2019-20 with the counts of org-1 2018-19 to the last number") == 1
    assert "org-3 2019-20 with the counts of org-1 2019-20 to the last number" in with_counts(other, system[now]["count"])
    assert "; expected about the " in (said := with_counts(now, system[now]["count"] * 10)) and "org-1 2019-20: " in said
    assert "org-1 2019-20: no row (" in asked(system[~(now & system["ethnic_group"].eq("bme"))])
    listed = [(f"org-{number}", "2019-20") for number in range(6)]
    said = "\n".join(each.sentence() for each in asked_of_a_system(system, "counts.csv", listed))
    assert said.startswith(
        "counts.csv, column 'organisation': found nothing of org-5 2019-20; expected every organisation and year of the list"
    )

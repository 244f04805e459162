"""An organisation that starts from its own suppressed tables gets a report; what nobody can know is said. Witness: worked by hand.

In the shipped report 1,093 white, 65 BME and 157 undisclosed staff are in post, and 15 and 2 entered a disciplinary process.
"""

import re

import pandas as pd
import pytest

from wres_helpers import analysis, disclosure, intake
from wres_helpers.analysis.evidence import rests_on
from wres_helpers.analysis.status_rule import Method
from wres_helpers.intake.asked_about import input_notices
from wres_helpers.intake.tidy_counts import known_counts
from wres_helpers.problems import InputProblems
from wres_helpers.report.desk.asked_report import AskedReport
from wres_helpers.report.section.table_blocks import rates_table
from wres_helpers.report.words.doubts import by_the_undisclosed, undoes
from wres_helpers.report.words.headlines import headline
from wres_helpers.settings.master_file_reader import load_parameters
from wres_helpers.standard.catalogue import in_force
from wres_helpers.standard.columns import COUNT_COLUMNS
from wres_helpers.tables.cell_readers import SUPPRESSED

pytestmark = pytest.mark.slow

HIDDEN = "a count it needs was hidden in the tables supplied, and nobody here knows it"


def parameters_of(project):
    return load_parameters(project / "params" / "necs-2019-20.yaml")


def change(project, table, old, new):
    path = project / "data" / "necs" / "2019-20" / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def evidence_of(project, reference):
    parameters = parameters_of(project)
    return analysis.analyse(intake.read_counts(parameters), parameters, reference, intake.read_own_tables(parameters)), parameters


def statuses(evidence):
    rows = evidence.statuses[evidence.statuses["year"].eq("2019-20")].set_index("indicator")
    return rows["status"].to_dict(), rows["reason"].to_dict()


@pytest.mark.parametrize("cell", ["<5", "*", "[c]", "fewer than 5", "5 or fewer", "Suppressed", "1-4", "1 \u2013 4", "1 to 4"])
def test_a_hidden_count_is_not_known_and_what_needs_it_is_not_calculable(spoilable, reference, cell):
    change(spoilable, "disciplinary", "bme,2", f"bme,{cell}")
    evidence, parameters = evidence_of(spoilable, reference)
    status, reason = statuses(evidence)
    assert (status["3"], reason["3"]) == ("not_calculable", HIDDEN)
    assert (status["2"], status["4"]) == ("large_difference", "no_clear_difference")
    entered = evidence.counts[evidence.counts["item"].eq("entered_disciplinary") & evidence.counts["year"].eq("2019-20")]
    assert entered.empty, "neither a zero nor a guess"
    told = "\n".join(notice.sentence() for notice in input_notices(parameters))
    assert f"disciplinary.csv, row 3, column 'entered': found '{cell}' (hidden by whoever made the table)" in told
    assert AskedReport(parameters).supplied("disciplinary")["entered"].isna().tolist() == [False, True]
    assert "not calculable, and says so" in told


def test_a_hidden_band_leaves_senior_posts_and_no_other_indicator_not_calculable(spoilable, reference):
    change(spoilable, "workforce", "Band 9,bme,2", "Band 9,bme,*")
    evidence, parameters = evidence_of(spoilable, reference)
    status, _ = statuses(evidence)
    assert [indicator for indicator, code in status.items() if code == "not_calculable"] == ["1"]
    shown = disclosure.protect(evidence, parameters)
    assert headline(shown, "1").text == f"No comparison can be made, because {HIDDEN}."
    assert headline(shown, "1").label == "Not calculable"
    assert AskedReport(parameters).ask("1", "grade").why == f"Indicator 1 by pay band is not calculable: {HIDDEN}."


def test_staff_by_a_column_that_the_headcount_lacks_rest_on_the_workforce(necs, reference):
    """Witness: the catalogue: training is counted among the headcount, whose directorates stand in the workforce alone."""
    rows = pd.DataFrame([{"measure": "accessing_training", "year": "2019-20", "breakdown": name} for name in ("directorate", "site")])
    hidden = pd.DataFrame([{"year": "2019-20", "item": "workforce", "breakdown": "directorate"}])
    assert list(rests_on(rows, hidden, in_force(reference.catalogue, 2020), Method.of(necs))) == [True, False]


def test_hidden_undisclosed_leave_the_two_groups_comparable_and_shares_of_everybody_unknown(spoilable, reference):
    change(spoilable, "headcount", "unknown,157", "unknown,<200")
    evidence, _ = evidence_of(spoilable, reference)
    status, _ = statuses(evidence)
    # 1, 3, 4 and 9 are out of the headcount, and of how many everybody is nobody knows
    assert [indicator for indicator, code in status.items() if code == "not_calculable"] == ["1", "3", "4", "9"]
    change(spoilable, "headcount", "unknown,<200", "unknown,157")
    path = spoilable / "data" / "necs" / "2019-20" / "training.csv"
    path.write_text(path.read_text(encoding="utf-8") + "unknown,<5\n", encoding="utf-8")
    evidence, parameters = evidence_of(spoilable, reference)
    row = evidence.results.query("indicator == '4' and year == '2019-20'").iloc[0]
    assert (row["white_count"], row["bme_count"]) == (218, 9)
    assert row["unknown_count"] != row["unknown_count"], "not known, so NaN"
    # nobody says of what was hidden that it was not supplied
    table = rates_table(disclosure.protect(evidence, parameters), "4")
    told = " ".join([*table.notes, *(str(cell) for cells in table.rows for cell in cells)])
    assert "not calculable" in told
    assert "not supplied" not in told
    assert HIDDEN in told


def test_a_hidden_answer_hides_its_question_and_a_hidden_category_its_group(spoilable, reference):
    change(spoilable, "staff_survey", "13b,Never,bme,24", "13b,Never,bme,[c]")
    path = spoilable / "data" / "necs" / "2019-20" / "board.csv"
    rows = "total,White - British,5\ntotal,Asian or Asian British - Indian,*\ntotal,White - Irish,1\n"
    path.write_text("membership,ethnic_category,members\n" + rows, encoding="utf-8")
    status, _ = statuses(evidence_of(spoilable, reference)[0])
    assert [indicator for indicator, code in status.items() if code == "not_calculable"] == ["6", "9"]


def test_a_hidden_band_of_one_side_of_the_staff_hides_every_cut_of_the_workforce_and_nothing_else():
    # what is told of the other side rests on what is told of both, which nobody knows
    cuts = {"overall": SUPPRESSED, "grade": SUPPRESSED, "grade (clinical)": SUPPRESSED, "grade (non_clinical)": 40.0}
    rows = [("trust", year, "workforce", cut, "Band 5", "bme", count) for year in ("2024-25", "2025-26") for cut, count in cuts.items()]
    rows = [(*row[:-1], 40.0) if row[1] == "2024-25" else row for row in rows]
    rows.append(("trust", "2025-26", "headcount", "overall", "all", "bme", 90.0))
    known, suppressed = known_counts(pd.DataFrame(rows, columns=list(COUNT_COLUMNS)))
    assert set(known[["year", "item"]].itertuples(index=False, name=None)) == {("2024-25", "workforce"), ("2025-26", "headcount")}
    assert suppressed["breakdown"].tolist() == list(cuts)


@pytest.mark.parametrize(("cell", "most"), [("<5", 4), ("5 or fewer", 5), ("*", None)])
def test_of_the_undisclosed_as_many_as_a_hidden_number_can_be_are_shared_out(spoilable, reference, cell, most):
    """Witness: every way of sharing 96 people out, one by one; '<5' was taken for anything up to 96, and told as something that could undo the rest."""
    path = spoilable / "data" / "necs" / "2019-20" / "recruitment.csv"
    path.write_text(path.read_text(encoding="utf-8") + f"shortlisted,unknown,96\nappointed,unknown,{cell}\n", encoding="utf-8")
    evidence, parameters = evidence_of(spoilable, reference)
    row = evidence.bounds.query("measure == 'appointed_from_shortlisting' and year == '2019-20' and breakdown == 'overall'").iloc[0]
    ways = [
        ((150 + white) / (1605 + white + white_not)) / ((11 + bme) / (251 + bme + bme_not))
        for counted in range((96 if most is None else most) + 1)
        for bme in range(counted + 1)
        for white in [counted - bme]
        for bme_not in range(96 - counted + 1)
        for white_not in [96 - counted - bme_not]
    ]
    assert (row["lower_bound"], row["upper_bound"]) == pytest.approx((min(ways), max(ways)))
    assert (f"at most {most} of them" if most else "from none to all") in row["assumption"]
    shown = disclosure.protect(evidence, parameters)
    could = by_the_undisclosed(shown, "2")
    assert (min(ways) <= 1 <= max(ways)) == (most is None)
    assert undoes("large_difference", could.becomes) and could.becomes == shown.possible_statuses["2"] - {"large_difference"}
    assert ("large_difference", "no_clear_difference")[most is None] in shown.possible_statuses["2"]
    answer = AskedReport(parameters).ask("2", measure="appointed_from_shortlisting")
    assert "not supplied" not in answer._repr_html_() and "not calculable" in answer._repr_html_()


@pytest.mark.parametrize(
    ("total", "status", "said"),
    [
        ("Total,218,9,12", "no_clear_difference", "found hidden counts beside totals"),
        # 7 and at most 4 more are no 20
        (
            "Total,218,20,12",
            None,
            "row 4, column 'white' or 'bme' or 'not_known': found '20'; expected a total that its parts can make",
        ),
        # without a total of every group the parts stay, and what they hide
        ("Total,218,,12", "not_calculable", "row 3, column 'white' or 'bme' or 'not_known': found '<5' (hidden by whoever made the table)"),
        ("", "not_calculable", "row 3, column 'white' or 'bme' or 'not_known': found '<5' (hidden by whoever made the table)"),
    ],
)
def test_a_total_beside_hidden_parts_is_taken_in_their_place(spoilable, reference, total, status, said):
    """Witness: the usual table of a learning team. Its total was left out ("the pack adds up itself"), and indicator 4 was lost with it."""
    rows = f"directorate,White,BME,Not known\nNorth,118,7,9\nSouth,100,<5,<5\n{total}\n"
    (spoilable / "data/necs/2019-20/training.csv").write_text(rows)
    parameters = parameters_of(spoilable)
    if status is None:
        with pytest.raises(InputProblems, match=re.escape(said)):
            intake.read_counts(parameters)
        return
    evidence, _ = evidence_of(spoilable, reference)
    assert statuses(evidence)[0]["4"] == status
    assert said in "\n".join(notice.sentence() for notice in input_notices(parameters))
    trained = evidence.counts[evidence.counts["item"].eq("accessed_training") & evidence.counts["year"].eq("2019-20")]
    assert list(trained["count"]) == ([218, 9, 12] if status == "no_clear_difference" else []) and set(trained["breakdown"]) <= {"overall"}


def test_undisclosed_alone_hidden_beside_a_total_leave_the_parts_of_the_two_groups(spoilable):
    rows = "directorate,White,BME,Not known\nNorth,118,7,9\nSouth,100,2,<5\nTotal,218,9,12\n"
    (spoilable / "data/necs/2019-20/training.csv").write_text(rows)
    counts = intake.read_counts(parameters_of(spoilable))
    assert "directorate" in set(counts.loc[counts["item"].eq("accessed_training"), "breakdown"])

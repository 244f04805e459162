"""What the undisclosed could make of a status is told beside hidden counts only where every count that may stand there gives the same."""

import math

import pytest
from support.examples import THOROUGH
from support.random_trusts import random_trust
from support.same_page import page_of

from wres_helpers.analysis import possible_statuses
from wres_helpers.analysis.evidence import analyse
from wres_helpers.analysis.possible_statuses import statuses_possible
from wres_helpers.analysis.status_rule import Method
from wres_helpers.disclosure.decision import decide
from wres_helpers.disclosure.protection import protect
from wres_helpers.intake.supplied_counts import read_counts
from wres_helpers.report.words.doubts import by_the_undisclosed
from wres_helpers.report.words.evidence_rows import HIDDEN
from wres_helpers.settings.master_file_reader import load_parameters
from wres_helpers.standard.catalogue import read_reference_tables

#: Two shipped reports: so many undisclosed are 1 to 4, and what every one of these counts can become by their ethnicity or disability status.
SHIPPED = {
    ("harrowmere-wdes", "3", "entered_capability"): {"large_difference", "no_clear_difference", "too_few_to_judge"},
    ("ashcombe", "9", "senior_managers"): {"no_clear_difference", "large_difference"},
}


def _undisclosed(counts, item, year):
    return counts[["item", "breakdown", "ethnic_group", "year"]].eq([item, "overall", "unknown", year]).all(axis=1)


@pytest.mark.parametrize(("report", "indicator", "item"), SHIPPED)
def test_it_is_told_of_the_shipped_reports_and_is_the_same_for_every_hidden_count(project, report, indicator, item):
    """Witness: the least and the most of the four counts, put in as the true one (each with ``make thorough``). 'Hidden' stood there, and page
    one called the status firm."""
    parameters = load_parameters(project / "params" / f"{report}-2025-26.yaml")
    reference, counts = read_reference_tables(parameters.reference_folder), read_counts(parameters)
    place = _undisclosed(counts, item, parameters.year)
    assert place.sum() == 1
    for count in range(1, 5) if THOROUGH else (1, 4):
        evidence = analyse(counts.assign(count=counts["count"].mask(place, count)), parameters, reference)
        shown = protect(evidence, parameters)
        assert evidence.possible_statuses[indicator] == shown.possible_statuses[indicator] == SHIPPED[report, indicator, item]
        assert by_the_undisclosed(shown, indicator).becomes


def test_it_is_hidden_for_all_where_one_hidden_count_would_give_another(project):
    """A set for each count would tell which it is: 1, 2, 3 or 4 of so many undisclosed."""
    parameters = load_parameters(project / "params" / "ashcombe-2025-26.yaml")
    shown = protect(analyse(read_counts(parameters), parameters, read_reference_tables(parameters.reference_folder)), parameters)
    row = shown.headlines.query("indicator == '9'")

    def told(limits):
        return statuses_possible(row, [{"unknown_count": limits}], Method.of(parameters))[0]

    of_each = [told((count, count)) for count in range(21)]
    assert told((1, 4)) == of_each[1] == of_each[4]
    assert len({frozenset(one) for one in of_each}) > 1 and told((0, 20)) == set()
    assert told((1, 40)) == told((0, math.inf)) == set(), "too many to try, and no limit told"
    assert by_the_undisclosed(shown, "1").untold == HIDDEN  # of the undisclosed in the two highest pay bands no limit is told


def test_of_a_random_organisation_other_counts_of_which_the_same_is_told_lead_to_the_same_sets(necs, reference):
    """Witness: the program, run on each other count of which the decision tells the very same; and the analyst's own set for each."""
    counts, standard = random_trust(11, years=1), (reference, Method.of(necs), necs.disclosure)
    told, place, sets = page_of(decide(counts, *standard)), _undisclosed(counts, "appointed", necs.year), []
    for count in range(6):
        other = counts.assign(count=counts["count"].mask(place, count))
        if page_of(decide(other, *standard)) == told:
            evidence = analyse(other, necs, reference)
            sets.append((protect(evidence, necs).possible_statuses["2"], evidence.possible_statuses["2"]))
    assert len(sets) == 4 and all(one == sets[0][0] for pair in sets for one in pair)


def test_more_counted_than_there_are_people_is_no_case_of_what_is_hidden(necs, reference):
    """Fewer than 5 of 2 undisclosed are 0, 1 or 2 of them: the page is made, and not ended by a number of people below none."""
    counts = random_trust(8, years=1)
    shown = analyse(counts, necs, reference)
    row = shown.headlines.query("indicator == '2'").assign(unknown_base=2.0)
    assert statuses_possible(row, [{"unknown_count": (0, 4)}], Method.of(necs)) == statuses_possible(
        row, [{"unknown_count": (0, 2)}], Method.of(necs)
    )


def test_one_count_between_that_would_give_another_is_not_overlooked(necs, reference, monkeypatch):
    """Witness: sets made up for each count, alike at both ends: where they differ the counts between are not tried, where they agree they are."""
    row = analyse(random_trust(8, years=1), necs, reference).headlines.query("indicator == '2'").assign(unknown_base=9.0)

    def told(*sets):
        monkeypatch.setattr(possible_statuses, "_of_each", lambda cases, _: [set(sets[int(case["unknown_count"])]) for case in cases])
        return statuses_possible.__wrapped__(row, [{"unknown_count": (0, 4)}], Method.of(necs))[0]

    assert told("a", "a", "a", "a", "a") == {"a"}
    assert told("a", "a", "b", "a", "a") == told("a", "a", "a", "a", "b") == set()

"""What pages find in an evidence they find once. Witness: how often it was really looked for, counted here."""

from dataclasses import replace

from wres_helpers.report.words.evidence_rows import found_once, headline_row


def test_the_same_is_found_once_in_an_evidence_and_anew_in_another(evidence):
    looked = []

    @found_once
    def how_many(shown, indicator, year=""):
        looked.append((indicator, year))
        return len(shown.results)

    other = replace(evidence, results=evidence.results.head(1))
    assert how_many(evidence, "2") == how_many(evidence, "2") == len(evidence.results) > how_many(other, "2") == 1
    assert how_many(evidence, "2", year="2018-19") == how_many(evidence, "3") == len(evidence.results)
    assert looked == [("2", ""), ("2", ""), ("2", "2018-19"), ("3", "")]


def test_a_row_is_known_as_the_very_row_that_it_is(evidence):
    """Witness: the same row with another number, of which the same was said when rows were known by the indicator."""

    @found_once
    def counted(shown, row):
        return row["bme_count"]

    row = headline_row(evidence, "2")
    other = row.copy()
    other["bme_count"] = row["bme_count"] + 1
    assert [counted(evidence, each) for each in (row, other, row)] == [11, 12, 11]

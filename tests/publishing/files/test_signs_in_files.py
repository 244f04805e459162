"""Numbers of a table as its file has them. Witness: the cells beside each test."""

import pandas as pd

from wres_helpers.publishing.files.results_files import write_table, written_rows


def test_a_file_has_no_plus_anywhere_so_that_a_value_and_its_interval_are_written_alike(tmp_path):
    cells = ["+21.3", "+21.3 percentage points (+7.8 to +37.6)", "\u22124.9 (\u22126.0 to +1.5)", "14b+14c"]
    table = {"columns": [{"label": name} for name in "abcd"], "rows": [cells]}
    (_, line) = write_table(tmp_path / "table.csv", table).read_text(encoding="utf-8-sig").splitlines()
    assert line == "21.3,21.3 percentage points (7.8 to 37.6),\u22124.9 (\u22126.0 to 1.5),14b+14c"


def test_nobody_and_one_person_are_written_as_whole_numbers_and_a_share_as_it_is():
    """Witness: pandas holds a column of counts as floats where one is missing; 0 and 1 are people there, and shares elsewhere."""
    table = pd.DataFrame({"bme_count": [0.0, 1.0, None], "white_base": [1.0, 402.0, 0.0], "bme_rate": [0.0, 1.0, 0.5]})
    told = written_rows(table, list(table.columns))
    assert [list(map(repr, row)) for row in told] == [["0", "1", "0.0"], ["1", "402", "1.0"], ["''", "0", "0.5"]]

"""Numbers of a table as its file has them. Witness: the cells beside each test."""

from wres_helpers.publishing.files.results_files import write_table


def test_a_file_has_no_plus_anywhere_so_that_a_value_and_its_interval_are_written_alike(tmp_path):
    cells = ["+21.3", "+21.3 percentage points (+7.8 to +37.6)", "\u22124.9 (\u22126.0 to +1.5)", "14b+14c"]
    table = {"columns": [{"label": name} for name in "abcd"], "rows": [cells]}
    (_, line) = write_table(tmp_path / "table.csv", table).read_text(encoding="utf-8-sig").splitlines()
    assert line == "21.3,21.3 percentage points (7.8 to 37.6),\u22124.9 (\u22126.0 to 1.5),14b+14c"

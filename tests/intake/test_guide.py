"""data/README.md prints the tables as they are declared."""

from wres_helpers.intake.counts_tables import guide


def test_the_guide_is_made_from_the_declarations(project):
    assert guide() in (project / "data" / "README.md").read_text(encoding="utf-8")

"""data/README.md prints the tables as they are declared."""

import runpy


def test_the_guide_is_made_from_the_declarations(project):
    made = runpy.run_path(str(project / "docs" / "make_readmes.py"))
    assert made["guide"]() in (project / "data" / "README.md").read_text(encoding="utf-8"), "run: python docs/make_readmes.py"


def test_the_organisations_own_tables_are_explained_column_by_column(project):
    made = runpy.run_path(str(project / "docs" / "make_readmes.py"))
    assert made["own_guide"]() in (project / "data" / "README.md").read_text(encoding="utf-8"), "run: python docs/make_readmes.py"

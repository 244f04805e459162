"""A run that would print a number of nobody's fails and names it, wherever on the page it stands.

Witness: numbers planted in the notebooks, none of which is in the data; and one pair of numbers that is, with a
percentage that is not theirs (11 of 251 is 4.4%).
"""

import nbformat
from support.small_project import CALCULATE, PARAMS, REPORT, SVG, notebook, wres

SAID = "blocks.Prose(('Of all candidates 47.3% came from elsewhere.',))"
TABLE = "blocks.Table('planted', 'Planted', (blocks.Column('a', 'Stage'), blocks.Column('b', 'Share')), (('appointed', '48.3%'),))"
CHART = (
    f"blocks.Figure('planted', 'Finding', 'Where and when', '{SVG}', 'A bar of 49.3% beside a bar that is not there', "
    "blocks.Table('behind', 'Behind it', (blocks.Column('group'), blocks.Column('rate')), (('white', '51.27%'),)))"
)
CONTRADICTING = "blocks.Prose(('11 of 251 BME candidates (5.4%) were appointed.',))"


def test_numbers_that_lead_to_no_row_fail_the_run(small):
    planted = {"02_recruitment": (SAID, TABLE), "03_disciplinary": (CHART,), "10_action_plan": (CONTRADICTING,)}
    for section, cells in planted.items():
        page = notebook("Indicator 2: planted", (CALCULATE,), *((cell, "board") for cell in cells))
        nbformat.write(page, small / "notebooks" / f"{section}.ipynb")
    done = wres(small, "run", PARAMS)
    assert done.returncode == 1
    for number in ("47.3", "48.3", "49.3", "51.27", "11 of 251", "5.4"):
        assert f"'{number}'" in done.stderr, done.stderr
    for section in planted:
        assert f"{section}: FAILED" in done.stderr
    # no section came out, so the last good report is still there, whole
    assert "47.3%" not in (small / REPORT / "board/report.html").read_text(encoding="utf-8")


def test_a_number_of_ours_is_not_excused_because_somebody_typed_it(small):
    """The same number, 47.3%, stands in a text that a person wrote (which may) and in a sentence of ours (which may not)."""
    text = small / "data/necs/2019-20/narrative/02_recruitment.done.md"
    text.write_text("We reached 47.3% of all managers.\n", encoding="utf-8")
    texts = "from wres_helpers import intake, report\ntexts = intake.read_narrative(parameters)"
    cells = [(CALCULATE,), (texts,), ("report.narrative(texts, '02_recruitment', 'done')", "board")]
    page = small / "notebooks/02_recruitment.ipynb"
    nbformat.write(notebook("Indicator 2: typed", *cells), page)
    assert wres(small, "run", PARAMS, "--only", "02_recruitment").returncode == 0
    assert "We reached 47.3%" in (small / REPORT / "board/sections/02_recruitment.html").read_text(encoding="utf-8")
    nbformat.write(notebook("Indicator 2: typed", *cells, (SAID, "board")), page)
    done = wres(small, "run", PARAMS, "--only", "02_recruitment")
    assert done.returncode == 1
    assert "'47.3'" in done.stderr

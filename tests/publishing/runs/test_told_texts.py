"""A figure that a text names says the same on every page.

Witness: 11 of 251 is 4.4% and 13 of 251 is 5.2%, by hand; fewer than 5 BME staff entered a disciplinary process.
"""

import docx
import nbformat
from support.leak_pdf import pdf_texts
from support.small_project import CALCULATE, PARAMS, REPORT, notebook, receipt, wres

DATA = "data/necs/2019-20"
SHOW = "from wres_helpers import intake, report\nreport.narrative(intake.read_narrative(parameters), '02_recruitment', 'done')"


def pages(project):
    """Return what each form of the report says, with the spaces between words made alike."""
    board = project / REPORT / "board"
    found = {name: (board / name).read_text(encoding="utf-8") for name in ("report.html", "sections/02_recruitment.html")}
    found["report.pdf"] = " ".join(text for where, text, seen in pdf_texts((board / "report.pdf").read_bytes()) if where.startswith("page"))
    found["report.docx"] = "\n".join(part.text for part in docx.Document(str(board / "report.docx")).paragraphs)
    return {name: " ".join(text.split()) for name, text in found.items()}


def test_a_named_figure_reaches_html_pdf_and_word_and_follows_the_data(small):
    nbformat.write(notebook("Recruitment", (CALCULATE,), (SHOW, "board")), small / "notebooks/02_recruitment.ipynb")
    assert wres(small, "run", PARAMS).returncode == 0
    text = small / DATA / "narrative/02_recruitment.done.md"
    text.write_text(r"We appointed {indicator 2: BME rate}, {indicator 3: BME count} were disciplined, and \{meant}.", encoding="utf-8")
    done = wres(small, "run", PARAMS)
    assert done.returncode == 0, done.stderr
    # nothing but a text changed: the figures of the last run are calculated again, and no notebook runs
    assert {each["section"]: each["outcome"] for each in receipt(small)["sections"]}["02_recruitment"] == "new texts"
    for name, said in pages(small).items():
        assert "We appointed 4.4%, fewer than 5 were disciplined, and {meant}." in said, name
    counts = small / DATA / "recruitment.csv"
    counts.write_text(counts.read_text().replace("appointed,bme,11", "appointed,bme,13"))
    assert wres(small, "run", PARAMS).returncode == 0
    for name, said in pages(small).items():
        assert "We appointed 5.2%, fewer than 5 were disciplined, and {meant}." in said, name
    before = (small / REPORT / "receipt.json").read_bytes()
    text.write_text("We appointed {indicator 2: BME rat}.", encoding="utf-8")
    refused = wres(small, "run", PARAMS)
    assert refused.returncode == 1
    assert "02_recruitment.done.md, row 1: found '{indicator 2: BME rat}'" in refused.stderr
    assert (small / REPORT / "receipt.json").read_bytes() == before


def test_a_run_tells_what_a_check_notes_of_the_inputs_and_of_a_new_text_alone(small):
    """A typed '13 of 251' was printed without a word where nobody had run `wres check` again. Witness: 11 of 251 were appointed, by the counts."""
    nbformat.write(notebook("Recruitment", (CALCULATE,), (SHOW, "board")), small / "notebooks/02_recruitment.ipynb")
    text = small / DATA / "narrative/02_recruitment.done.md"
    (small / DATA / "Costs.csv").write_text("room,pounds\n1,2\n", encoding="utf-8")
    text.write_text("We appointed 13 of 251 BME candidates.", encoding="utf-8")
    first, noted = wres(small, "run", PARAMS), wres(small, "check", PARAMS).stderr
    notes = [line for line in noted.splitlines() if line.startswith("Note: ")]
    for said in ("'13 of 251'; expected a figure the data give (11 of 251)", "Costs.csv"):
        assert any(said in note for note in notes)
    assert [line for line in first.stderr.splitlines() if line.startswith("Note: ")] == notes
    assert all(note in (small / REPORT / "run.log").read_text(encoding="utf-8") for note in notes)
    # a text that is new is held to the rows although no figure is made anew; what is known of the other inputs is not said again
    text.write_text("We appointed 12 of 251 BME candidates.", encoding="utf-8")
    again = [line for line in wres(small, "run", PARAMS).stderr.splitlines() if line.startswith("Note: ")]
    assert len(again) == 1 and "'12 of 251'" in again[0]
    (small / DATA / "narrative/04_training.done.md").write_text("Everybody came.", encoding="utf-8")
    assert "Note: " not in wres(small, "run", PARAMS).stderr

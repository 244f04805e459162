"""The shipped report, made by the command and read as its readers get it: golden values, access, nothing lost, nothing leaked."""

import csv
import itertools
import json
import os
import re
import shutil
import zipfile
from collections import Counter
from pathlib import Path

import docx
import page as page_validation
import pikepdf
import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader
from support.indexed_claims import (
    claims_of_index,
    claims_on_other_pages,
    keys_that_lead_nowhere,
    not_in_the_dictionary,
    not_in_the_index,
    numbers_in_no_row,
    without_signs,
)
from support.leaks import find_leaks, hidden_numbers
from support.page_one_words import MOST_WORDS_OF_PAGE_ONE, words_of_page_one
from support.pdf_pages import pages_of_pdf
from support.spoken_words import spoken_words
from support.warm_wres import python, wres

from wres_helpers import __version__
from wres_helpers.disclosure import protect
from wres_helpers.settings.master_file import SECTIONS

PARAMS = "params/necs-2019-20.yaml"

#: What a board must read, by section; typed from the printed counts by hand (see tests/analysis/test_printed_figures.py).
GOLDEN = {
    "00_overview": ["1,315", "157 of 1,315", "11.9%"],
    "02_recruitment": ["2.13 times", "150 of 1,605", "11 of 251", "1.19 to 3.86"],
    "04_training": ["1.44 times", "218 of 1,093", "9 of 65", "1.03"],
    "05_06_harassment": ["8 of 37", "111 of 773", "13 of 37", "106 of 768", "35.1%", "13.8%", "21.6%", "14.4%"],
    "07_08_opportunity": ["13 of 19", "481 of 516", "68.4%", "93.2%", "5 of 37", "26 of 771"],
    "09_board": ["4.9 percentage points"],
}


def make(folder, *arguments):
    return wres(folder, "run", PARAMS, *arguments)


@pytest.fixture(scope="module")
def made(tmp_path_factory, project):
    """A copy of the project in which the shipped report has been made."""
    folder = tmp_path_factory.mktemp("shipped")
    for part in ("params", "data", "notebooks"):
        shutil.copytree(project / part, folder / part)
    done = make(folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def output(made):
    return made / "outputs" / "necs" / "2019-20"


def html_of(output, name):
    return BeautifulSoup((output / "board" / "sections" / f"{name}.html").read_text(encoding="utf-8"), "html.parser")


def words_of_html(output, name):
    page = html_of(output, name)
    for part in page(["style"]):
        part.decompose()
    return re.sub(r"\s+", " ", page.get_text(" "))


def words_of_pdf(output, name):
    return re.sub(r"\s+", " ", " ".join(pages_of_pdf(output / "board" / "sections" / f"{name}.pdf")))


@pytest.mark.parametrize("name", GOLDEN)
def test_golden_values_stand_on_both_pages(output, name):
    for words in (words_of_html(output, name), words_of_pdf(output, name)):
        assert [value for value in GOLDEN[name] if value not in words] == []


def test_everything_that_a_run_leaves_is_told_to_whoever_signs_it_off(output, project):
    """Witness: the folder itself; what lies there without a word is shared, or kept, by oversight."""
    governance, listed = ((project / name).read_text(encoding="utf-8") for name in ("docs/information-governance.md", "outputs/README.md"))
    left = {f"{path.name}{'/' * path.is_dir()}" for path in output.iterdir()}
    assert [name for name in left if f"{name}`" not in governance] == []
    inside = left | {f"{path.name}{'/' * path.is_dir()}" for path in output.glob("*/*") if path.name != "data"}
    assert [name for name in inside if name not in listed] == []


PAGE_ONE = Path(__file__).parent / "page_one.txt"


def test_page_one_reads_word_for_word_as_it_was_last_read_aloud(output):
    """Whoever changes a word of the board's first page reads the page: WRITE_PAGE_ONE=1 writes the file anew."""
    main = html_of(output, "00_overview").main
    for part in main.select("nav, .wres-back"):
        part.decompose()
    lines = [re.sub(r"\s+", " ", text).strip() for text in main.get_text("\n").split("\n")]
    found = "\n".join(line for line in lines[: lines.index("Foreword")] if line) + "\n"
    if os.environ.get("WRITE_PAGE_ONE"):
        PAGE_ONE.write_text(found, encoding="utf-8")
    assert found.splitlines() == PAGE_ONE.read_text(encoding="utf-8").splitlines()


def test_a_board_reads_page_one_in_a_minute_of_two_years_and_of_ten(made, output, tmp_path):
    """Witness: the words of the page between spaces, 674 and 741 once. Red with the definitions named one by one."""
    assert words_of_page_one(output / "board" / "report.pdf") <= MOST_WORDS_OF_PAGE_ONE
    for part in ("params", "data", "notebooks"):
        shutil.copytree(made / part, tmp_path / part)
    # without the workbook of ten years and the files beside it, which the first page does not read
    pages_alone = (
        "import sys\n"
        "from wres_helpers.publishing.runs import prepared_report\n"
        "prepared_report.write_figures = lambda building, parameters: ((), {})\n"
        "sys.argv = ['wres', 'run', 'params/harrowmere-2025-26.yaml', '--only', '00_overview', '--only', '10_action_plan', '--audience', 'board']\n"
        "from wres_helpers.cli import main\nmain()\n"
    )
    done = python(tmp_path, pages_alone)
    assert done.returncode == 0, done.stderr
    page = tmp_path / "outputs/harrowmere/2025-26/board/sections/00_overview.pdf"
    assert words_of_page_one(page, of_the_section=True) <= MOST_WORDS_OF_PAGE_ONE


#: What a board reads who opens nothing that is folded (issue 16, 3).
MOST_OPEN_WORDS = 5_000


def test_a_board_that_opens_nothing_reads_at_most_five_thousand_words(output):
    """Witness: the words of the web page outside everything that is folded, counted between spaces; what is folded is counted with it elsewhere."""
    page = BeautifulSoup((output / "board" / "report.html").read_text(encoding="utf-8"), "html.parser")
    for part in page(["head", "svg", "details"]):
        part.decompose()
    assert len(page.get_text(" ").split()) <= MOST_OPEN_WORDS


def test_a_clear_difference_is_never_called_equivalent(output):
    words = words_of_html(output, "05_06_harassment").lower()
    assert "requires focus" in words
    assert "can be called equivalent" not in words
    assert not html_of(output, "05_06_harassment").select(".wres-status--equivalent")


def test_every_relative_likelihood_names_its_direction(output):
    for name in ("02_recruitment", "04_training"):
        assert "above 1 is worse for BME staff" in words_of_html(output, name)


@pytest.mark.parametrize("name", [*SECTIONS, "report"])
def test_every_pdf_conforms_to_the_checkable_rules_of_pdf_ua(output, name):
    folder = output / "board" / ("" if name == "report" else "sections")
    result = page_validation.validate_pdf(str(folder / f"{name}.pdf"), profile="ua1")
    assert result.is_compliant, str(result)


@pytest.mark.parametrize("name", SECTIONS)
def test_every_page_can_be_read_by_everybody(output, name):
    page = html_of(output, name)
    levels = [int(heading.name[1]) for heading in page.find_all(re.compile(r"^h[1-6]$"))]
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in itertools.pairwise(levels))
    for image in page.find_all("img"):
        assert len(image["alt"].split()) >= 8 and spoken_words(image["alt"]) <= 85, "heard for more than half a minute"
        assert "No description" not in image["alt"]
    for table in page.find_all("table"):
        assert table.caption.get_text(strip=True)
        assert all(cell.get("scope") in ("col", "row") for cell in table.find_all("th"))
    assert page.html["lang"] == "en-GB"
    assert page.find("script") is None
    assert not [tag for tag in page.find_all(src=True) if not tag["src"].startswith("data:")]
    assert not page.find_all("link", href=True)


def board_blocks(notebook, kind):
    blocks = []
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code" and "board" in cell["metadata"].get("tags", []):
            shown = [output.get("data", {}).get("application/vnd.wres.block+json") for output in cell["outputs"]]
            blocks += [block for block in shown if block and block["kind"] == kind]
    return blocks


@pytest.mark.parametrize("name", SECTIONS)
def test_tables_and_figures_are_counted_in_and_out(output, name):
    notebook = json.loads((output / "analyst" / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))
    page = html_of(output, name)
    figures = board_blocks(notebook, "figure")
    # behind each chart stands the table of its numbers
    assert len(page.find_all("table")) == len(board_blocks(notebook, "table")) + len(figures)
    assert len(page.find_all("img")) == len(figures)
    assert [figure["id"] for figure in figures if not (output / "board" / "data" / f"{figure['id']}.csv").is_file()] == []


def test_whole_report_has_every_section_and_page_numbers(output):
    page = BeautifulSoup((output / "board" / "report.html").read_text(encoding="utf-8"), "html.parser")
    titles = [heading.get_text().strip() for heading in page.select(".wres-section > h2:first-child")]
    assert len(titles) == len(SECTIONS)
    outline = [entry.title for entry in PdfReader(output / "board" / "report.pdf").outline if not isinstance(entry, list)]
    assert [title for title in titles if title not in " ".join(outline)] == []
    pages = pages_of_pdf(output / "board" / "report.pdf")
    assert f"Page {len(pages)} of {len(pages)}" in pages[-1]


def test_the_contents_of_the_pdf_are_of_one_size(output):
    """Witness: the letters of page two; entries as large as their headings once stood on one another."""
    letters = []
    page = PdfReader(output / "board" / "report.pdf").pages[1]
    page.extract_text(visitor_text=lambda text, _, __, ___, size: letters.append((text.strip(), round(size, 1))))
    told = [text for text, _ in letters]
    entries = letters[told.index("Contents") + 1 : told.index("All in one table") - 2]
    assert len([text for text, _ in entries if text.startswith("Indicator ")]) == 9
    last = next(place for place, (text, _) in enumerate(entries) if text == "Method and numbers")
    assert {size for text, size in entries[: last + 1] if text} == {8.5}


def test_one_person_in_a_band_cannot_be_read(output):
    # printed in 2020: exactly one BME person in Band 2 and one in Band 8c
    rows = list(csv.DictReader((output / "board" / "data" / "results.csv").open(encoding="utf-8-sig")))
    found = {row["category"]: row["bme_count"] for row in rows if row["year"] == "2019-20" and row["breakdown"] == "grade"}
    assert not {found["Band 2"], found["Band 8c"]} & {"1", "1.0"}
    disciplinary = next(row for row in rows if row["indicator"] == "3" and row["year"] == "2019-20")
    assert (disciplinary["bme_count"], disciplinary["status"]) == ("fewer than 5", "protected")
    analyst = list(csv.DictReader((output / "analyst" / "data" / "results.csv").open(encoding="utf-8-sig")))
    assert float(next(row for row in analyst if row["indicator"] == "3" and row["year"] == "2019-20")["bme_count"]) == 2


def test_a_changed_input_is_followed_by_sentence_table_chart_data_and_alternative_text(made, output, tmp_path):
    folder = tmp_path / "changed"
    shutil.copytree(made, folder, ignore=shutil.ignore_patterns("outputs"))
    (folder / "data" / "necs" / "2019-20" / "training.csv").write_text("ethnic_group,accessed\nwhite,218\nbme,13\n")
    assert make(folder, "--only", "04_training", "--audience", "board").returncode == 0
    changed = folder / "outputs" / "necs" / "2019-20"
    # by hand: 13 of 65 is 20.0%, and (218/1093)/(13/65) is 1.00
    words = words_of_html(changed, "04_training")
    assert "13 of 65" in words
    assert "9 of 65" not in words
    assert any("13 of 65" in image["alt"] for image in html_of(changed, "04_training").find_all("img"))
    assert "20.0%" in (changed / "board" / "data" / "indicator-4-chart.csv").read_text(encoding="utf-8-sig")
    table = html_of(changed, "04_training").find("table").get_text(" ")
    assert "13" in table
    assert "20.0%" in table


def test_no_hidden_number_is_given_away_anywhere_below_board(output, evidence, necs, tmp_path):
    hidden = hidden_numbers(evidence, protect(evidence, necs))
    log = tmp_path / "run.log"  # without the seconds of a section, which now and then are the digits of a hidden ratio
    log.write_text(re.sub(r"\b(in|after) [\d.]+ s\b", "", (output / "run.log").read_text(encoding="utf-8")), encoding="utf-8")
    leaks = find_leaks(output / "board", hidden=hidden, also=[output / "receipt.json", log])
    assert [leak.sentence() for leak in leaks] == []


def _texts_of(board):
    """Return the words of the page, of the PDF and of the Word file."""
    word = docx.Document(str(board / "report.docx"))
    cells = (cell.text for table in word.tables for row in table.rows for cell in row.cells)
    return {
        "html": BeautifulSoup((board / "report.html").read_text(encoding="utf-8"), "html.parser").get_text(" "),
        "pdf": " ".join(pages_of_pdf(board / "report.pdf")),
        "docx": " ".join([*(paragraph.text for paragraph in word.paragraphs), *cells]),
    }


NUMBER = re.compile(r"(?<![\w.,])[+\u2212]?\d[\d,]*(?:\.\d+)?%?(?!\w)")


def numbers_in(text):
    return {number.rstrip(",") for number in NUMBER.findall(" ".join(text.split()))}


def test_page_pdf_and_word_file_print_the_same_numbers(output):
    """Every number of one form stands in each other one; only the pages of the PDF have numbers of their own."""
    board = output / "board"
    found = {form: numbers_in(text) for form, text in _texts_of(board).items()}
    pages = {str(page) for page in range(len(pages_of_pdf(board / "report.pdf")) + 1)}
    assert found["html"] == found["docx"]
    assert found["html"] <= found["pdf"] <= found["html"] | pages
    told = found["html"] | {
        number.removeprefix("+") for number in found["html"]
    }  # in a file no cell begins with a plus, and a minus is a hyphen
    for path in set((board / "data").glob("*.csv")) - {board / "data" / name for name in ("results.csv", "dictionary.csv")}:
        with path.open(encoding="utf-8-sig", newline="") as file:
            cells = [re.sub(r"^-(?=\d)", "\u2212", cell) for row in list(csv.reader(file))[1:] for cell in row]
        assert numbers_in(" ".join(cells)) <= told, path.name


#: The rows of results.csv that speak for the nine indicators; of 1 and 9 the share itself is compared, with that of the workforce.
SPEAKING = ("white/bme", "bme/white", "bme-white", "grade-workforce", "board-workforce")


def test_every_headline_of_results_csv_stands_in_every_form_and_in_the_workbook(output):
    """Witness: the cells of results.csv, written here by hand as a page writes them."""
    import openpyxl

    board = output / "board"
    texts = {form: " ".join(text.split()) for form, text in _texts_of(board).items()}
    book = openpyxl.load_workbook(board / "workbook.xlsx", read_only=True)
    _, _, headings, *statuses = book["Statuses"].iter_rows(values_only=True)
    asked = {
        (row["Year"], row["Indicator"]): (row["Stands"], row["Differs"])
        for row in (dict(zip(headings, each, strict=True)) for each in statuses)
    }
    # of what is not clear nobody asks whether it stands, of what nobody published whether it differs
    assert (asked["2019-20", "2"], asked["2019-20", "4"], asked["2018-19", "4"]) == (("true", "false"), ("[z]", "true"), ("[z]", "[z]"))
    # what a page says beside a status: sections of indicators 2 and 4, and where nothing was supplied or nothing is judged
    beside = {
        row["Indicator"]: (row["Size"], row["Undisclosed could"])
        for row in map(dict, (zip(headings, each, strict=True) for each in statuses))
        if row["Year"] == "2019-20"
    }
    assert beside["2"] == ("whether large is uncertain", "not known (not supplied)") and beside["9"] == ("[z]", "[z]")
    assert beside["4"] == ("[z]", "make it 'large difference' or 'difference the other way'")
    assert "'large difference' or 'difference the other way'" in texts["html"]
    sheet = book["Results"]
    in_workbook = {cell for row in sheet.iter_rows(values_only=True) for cell in row}
    with (board / "data" / "results.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["year"] == "2019-20" and row["direction"] in SPEAKING]
    rows = [row for row in rows if (row["breakdown"], row["category"]) in (("overall", "all"), ("membership", "total"))]
    compared = set()
    for row in rows:
        printed = []
        for group in ("bme",) if row["direction"].endswith("workforce") else ("white", "bme"):
            count, base = row[f"{group}_count"], row[f"{group}_base"]
            if count.isdigit() and base.isdigit():
                printed.append(f"{int(count):,} of {int(base):,}")
                assert float(row[f"{group}_rate"]) in in_workbook
        if row["value"].lstrip("-")[:1].isdigit() and " to " not in row["value"]:
            points = f"{float(row['value']) * 100:+.1f}".replace("-", "\u2212")
            value = f"{float(row['value']):.2f}" if row["comparison"] == "ratio" else f"{points} percentage points"
            assert {float(row["value"]), value} <= in_workbook, row["measure"]
            printed.append(value.removesuffix(" percentage points"))
        if row["measure"].endswith(("_of_all", "survey_response", "leadership_share")):
            continue  # told in a sentence without its value
        for form, text in texts.items():
            assert not [each for each in printed if each not in text], f"{form}, indicator {row['indicator']}"
        compared |= {row["indicator"]} if printed else set()
    assert compared == set("123456789")


def test_the_workbook_says_which_test_gave_each_p_value(output):
    """Witness: scipy's expected numbers of the four cells, of each row of two groups: below five the exact test, else the score test."""
    import openpyxl
    from scipy.stats.contingency import expected_freq

    _, _, headings, *rows = openpyxl.load_workbook(output / "board/workbook.xlsx", read_only=True)["Results"].iter_rows(values_only=True)
    told = {}
    for row in (dict(zip(headings, each, strict=True)) for each in rows):
        assert isinstance(row["P value"], float) == row["P value test"].endswith("test")
        if isinstance(row["P value"], float) and not row["Direction"].endswith("workforce"):
            counts, bases = zip(*((row[f"{group} count"], row[f"{group} base"]) for group in ("White", "BME")), strict=True)
            few = expected_freq([counts, [base - count for count, base in zip(counts, bases, strict=True)]]).min() < 5
            told.setdefault(row["P value test"], set()).add(few)
    assert told == {"score test": {False}, "exact mid-p test": {True}}


def test_a_file_with_other_letters_than_ascii_opens_rightly_in_excel(output):
    """Excel takes a file without the mark for the code page of the machine, and shows an accented A before each division sign."""
    found = list((output / "board" / "data").glob("*.csv"))
    assert found
    for path in found:
        content = path.read_bytes()
        assert content.startswith(b"\xef\xbb\xbf") is not content.removeprefix(b"\xef\xbb\xbf").isascii(), path.name


def test_a_changed_sentence_leaves_the_index_of_evidence_as_it_was(made, tmp_path):
    """Witness: the file of the run that made every section, to the byte; a sentence as long as the old one moves no claim to another page."""
    folder = shutil.copytree(made, tmp_path / "project")
    text, index = folder / "data/necs/2019-20/narrative/02_recruitment.done.md", "outputs/necs/2019-20/board/evidence.csv"
    text.write_text(text.read_text(encoding="utf-8").replace("weight", "regard"), encoding="utf-8")
    done = make(folder)
    assert done.returncode == 0 and "1 of them with new texts" in done.stderr, done.stderr
    assert (folder / index).read_bytes() == (made / index).read_bytes()


#: The column of the index that names what its claims are made from.
INPUTS = "inputs_not_in_this_folder"


def test_every_claim_of_the_evidence_index_stands_where_it_says_and_has_its_file(output):
    board = output / "board"
    page = BeautifulSoup((board / "report.html").read_text(encoding="utf-8"), "html.parser")
    for link in page.main.select("a[href^='#']"):  # a link in a sentence parts no words
        link.unwrap()
    for side in page.select(
        "td .wres-heard, .wres-standings .wres-heard"
    ):  # on which side a value stands, and what is in brackets, is for who listens
        side.decompose()
    page.smooth()
    rows = claims_of_index(board)
    words, at = " ".join(page.get_text(" ").split()), {row["page"].rpartition("#")[2] for row in rows}
    assert len(rows) > 50
    for row in rows:
        assert (row["dated"], row["report_version"], row["pack_version"]) == ("2020-08-31", "1", __version__), row
        assert all((output.parents[2] / supplied).exists() for supplied in row[INPUTS].split("; ")), row
        element = page.find(id=row["page"].partition("#")[2])
        if element.name == "table":
            assert row["claim"] in claims_of(element), row
        else:
            assert without_signs(row["claim"]) in without_signs(words), row
    of_recruitment = [
        row[INPUTS]
        for row in rows
        if row["page"].startswith("report.html#section-02") and row["file"].startswith("data/") and "actions" not in row["file"]
    ]
    assert set(of_recruitment) == {"data/necs/2019-20/recruitment.csv"}
    supplied = {row["claim"]: row[INPUTS] for row in rows}
    assert not_in_the_index(board) == []
    # a row rests on its own indicator's counts, and on those of no other
    assert next(files for claim, files in supplied.items() if claim.startswith("What parity would take, 2019/20. 2. ")) == (
        "data/necs/2019-20/recruitment.csv"
    )
    judged = next(files for claim, files in supplied.items() if claim.startswith("Even with nine questions asked at once"))
    assert {"recruitment", "staff_survey"} == {Path(each).stem for each in judged.split("; ")}
    assert supplied["Indicator 4 did not clearly change since 2018/19."] == "; ".join(
        f"data/necs/{year}/{table}.csv" for year in ("2018-19", "2019-20") for table in ("headcount", "training")
    )
    national = [row[INPUTS] for row in rows if "workbook.xlsx#Benchmarks" in row["file"]]
    assert national and all("data/reference/standards/wres/benchmarks.csv" in supplied for supplied in national)
    assert supplied["Actions for indicators 5 and 6: A16 to A18."] == "data/necs/2019-20/action_plan.csv"
    # each action is a row of the file that it names, and a finding's words name one row of all comparisons
    actions = {row["rows"].removeprefix("Action "): row["claim"] for row in rows if row["page"].endswith("section-10-action-plan-actions")}
    with (board / "data" / "10-action-plan-actions.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {row["Action"] for row in csv.DictReader(file)} == set(actions) and len(actions) == 28
    # every table with a number or a status in it, but for those behind charts, which the chart's own claim stands for
    numbered = [
        table
        for table in page.select("table")
        if table.select("td[class$='--number'], td[class$='--status']") and not table.find_parent("figure")
    ]
    assert {table["id"] for table in numbered} <= at
    assert {"section-00-overview-what-parity-takes", "section-00-overview-scorecard"} <= at


def test_every_column_of_every_file_of_data_stands_in_the_dictionary_beside_it(output, tmp_path):
    """Witness: the first line of each file. No legend lay beside them, and 'one_person' or 'clear' was explained nowhere."""
    board = output / "board"
    assert not_in_the_dictionary(board) == []
    shutil.copytree(board / "data", tmp_path / "data")
    (tmp_path / "data" / "indicator-2-chart.csv").write_text("Group,Appointed,Weight\n", encoding="utf-8")
    assert "indicator-2-chart.csv: Weight" in not_in_the_dictionary(tmp_path)


def test_published_figures_and_statements_of_the_standard_say_what_and_whose_they_are(output):
    """Witness: rows read by hand. A share of Band 5 was "Senior posts", no row said whose it was, and none of Provenance which edition uses it."""
    import openpyxl

    book = openpyxl.load_workbook(output / "board/workbook.xlsx", read_only=True)
    _, _, headings, *body = book["Benchmarks"].iter_rows(values_only=True)
    told = {
        tuple(dict(zip(headings, row, strict=True))[name] for name in ("Measure", "Measure in words", "Group", "Of whom")) for row in body
    }
    shortlisting, nation = "Relative likelihood of being appointed from shortlisting", "NHS trusts in England"
    assert told >= {
        ("bme_share_band5", "BME share of Band 5", "BME", nation),
        ("bme_share_workforce", "BME share of the workforce", "ALB:CQC (480/3029)", "ALB CQC"),
        ("relative_likelihood", shortlisting, "region:London", f"{nation}, region London"),
        ("relative_likelihood", shortlisting, "CCG:Gloucestershire white/BME", "CCG Gloucestershire"),
        ("trusts_in_0.80_1.25", "Share of trusts with a relative likelihood from 0.80 to 1.25", "trusts", nation),
    }
    with (output / "board/data/dictionary.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {row[0] for row in told} <= {row["column"] for row in csv.DictReader(file)}
    _, _, headings, *body = book["Provenance"].iter_rows(values_only=True)
    used = {row[headings.index("Name")]: row[headings.index("Of this edition")] for row in body}
    asked = [f"6. Harassment from managers or colleagues, from edition {year}" for year in (2016, 2019)]
    assert [used[name] for name in (*asked, "Indicator 6: KF26", "Indicator 6: 13b", "Band 5")] == ["no", "yes", "no", "yes", "yes"]


def test_every_claim_of_the_evidence_index_leads_to_its_rows_its_page_and_files_that_hold_its_numbers(output):
    """Witness: the files, filtered and read as an inspector does, and pypdf; the same is asked of another standard and, with the browser, of all reports.

    'headcount' of results.csv was in no row, one claim in four stood overleaf, and the pages' p-values and ranges were in files that were not named.
    """
    board = output / "board"
    rows = claims_of_index(board)
    assert keys_that_lead_nowhere(board) == [] and claims_on_other_pages(board) == [] and numbers_in_no_row(board) == []
    begins = ("BME respondents reported harassment", "White candidates were 2.13", "35.1% (13 of 37)", "9.3% (150 of 1,605)")
    one = [row["rows"] for row in rows if row["claim"].startswith(begins)]
    assert len(one) == 5 and all("measure " in key and "category all" in key for key in one)
    assert len({row["pdf_page"] for row in rows if row["page"].split("#")[1] != "summary"}) > 10
    # it led to all of Provenance, where an inspector looked through 372 rows for it
    assert {row["rows"] for row in rows if row["claim"].startswith("The official guidance was not seen")} == {
        "Indicator 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9"
    }
    named = {name for row in rows for name in row["file"].split("; ")}
    assert named >= {"workbook.xlsx#Statuses", "workbook.xlsx#Benchmarks", "workbook.xlsx#Changes", "data/10-action-plan-actions.csv"}


def test_what_the_index_of_evidence_says_wrongly_is_found(output, tmp_path):
    """Witness: the shipped index with a page, a row and a number changed by hand."""
    for name in ("data", "report.html", "report.pdf", "workbook.xlsx"):
        (tmp_path / name).symlink_to(output / "board" / name)
    rows = claims_of_index(output / "board")
    rows[-1] = rows[-1] | {"pdf_page": "1", "rows": "Action Z9", "claim": f"{rows[-1]['claim']} 987654"}
    with (tmp_path / "evidence.csv").open("w", encoding="utf-8", newline="") as file:
        written = csv.DictWriter(file, rows[0])
        written.writeheader()
        written.writerows(rows)
    found = keys_that_lead_nowhere(tmp_path), claims_on_other_pages(tmp_path), numbers_in_no_row(tmp_path)
    assert [len(each) for each in found] == [1, 1, 1]


def test_a_status_stands_on_the_page_of_its_chart(output):
    """Witness: the order of the web page, and the words of each page of the PDF."""
    pages = [" ".join(page.split()) for page in pages_of_pdf(output / "board" / "report.pdf")]
    web = BeautifulSoup((output / "board" / "report.html").read_text(encoding="utf-8"), "html.parser")
    *charted, board = web.select(".wres-headline__text")
    assert len(charted) == 8 and board.find_next(class_="wres-figure__title") is None  # a hidden board has a table and no chart
    for status in charted:
        told, title = (" ".join(each.get_text().split()) for each in (status, status.find_next(class_="wres-figure__title")))
        assert any(told in page and title in page for page in pages), told


def test_a_sentence_that_names_actions_leads_to_their_cards_and_those_to_their_indicators_and_repeated_headings_say_whose_they_are(output):
    page = BeautifulSoup((output / "board" / "report.html").read_text(encoding="utf-8"), "html.parser")
    (sentence,) = [each for each in page.find_all("p") if each.get_text() == "Actions for indicator 1: A01 and A02."]
    leads = {link.get_text(): link["href"] for link in sentence.find_all("a")}
    assert leads == {"A01": "#action-A01", "A02": "#action-A02"}
    card = page.find(id="action-A02")
    assert card.get_text().startswith("A02 ")
    assert {link.get_text(): link["href"] for link in card.find_all("a")} == {"1": "#section-01-workforce", "9": "#section-09-board"}
    assert "BME, against 4.9% of the whole workforce" in page.find(id="finding-1").get_text()
    headings = [heading for heading in page.find_all(re.compile("h[2-6]")) if heading.get_text() == "What the data say"]
    assert len({heading["aria-label"] for heading in headings}) == len(headings) > 1
    files = [link["href"] for link in page.footer.find_all("a")]
    assert files and all((output / "board" / name).is_file() for name in files)


FOCUS = {
    "Indicator 2: appointment after shortlisting",
    "Indicator 6: harassment, bullying or abuse from managers or colleagues",
    "Indicator 7: fair careers",
    "Indicator 8: discrimination by managers or colleagues",
}


def test_a_list_of_headings_tells_which_indicators_require_focus_in_the_page_the_pdf_its_bookmarks_and_word(output):
    """Witness: the headings as BeautifulSoup, pikepdf and python-docx list them; none of 92 said a status."""
    page = BeautifulSoup((output / "board" / "report.html").read_text(encoding="utf-8"), "html.parser")
    heard = [heading.get("aria-label") or heading.get_text() for heading in page.find_all(re.compile("^h[2-6]$"))]
    with pikepdf.open(output / "board" / "report.pdf") as pdf:
        with pdf.open_outline() as outline:
            marks = [str(each.title) for item in outline.root for each in (item, *item.children)]
        tree = [
            str(element.get("/ActualText", ""))
            for element in pdf.objects
            if isinstance(element, pikepdf.Dictionary) and "/ActualText" in element
        ]
    word = [part.text for part in docx.Document(output / "board" / "report.docx").paragraphs if part.style.name.startswith("Heading")]
    for listed in (heard, marks, tree, word):
        pairs = [text for text in listed if text.startswith("Indicators ")]  # titles, which by themselves tell of both
        named = [re.search(r"(\d(?: and \d)?) large difference \(requires focus\)", text)[1] for text in pairs]
        assert named == ["6", "7 and 8"]
        told = {text for text in listed if "requires focus" in text}.difference(pairs)
        assert {text.removesuffix(": large difference (requires focus)") for text in told} == FOCUS
    assert "What the data say, indicator 2" in tree  # as on the page, where several have one wording


def test_links_of_one_name_lead_to_one_place_and_say_where(output):
    """Witness: each link's name as who listens hears it. 'Indicator 2: ...' led to a heading and to a box below it; 19 links were 'Section, page 15'."""
    page = BeautifulSoup((output / "board" / "report.html").read_text(encoding="utf-8"), "html.parser")
    places: dict[str, set[str]] = {}
    for link in page.find_all("a"):
        places.setdefault(link.get("aria-label") or link.get_text(), set()).add(link["href"])
    assert {name: found for name, found in places.items() if len(found) > 1} == {}
    assert all(page.find(id=place[1:]) for found in places.values() for place in found if place.startswith("#"))
    pages = PdfReader(output / "board" / "report.pdf").pages
    told = [[note.get_object().get("/Contents", "") for note in page.get("/Annots", ())] for page in pages]
    assert not [name for names in told for name in names if name.startswith("Section, ")]
    assert {name.rpartition(", page ")[0] for name in told[0]} >= FOCUS  # from page one to each indicator


def test_the_pdf_says_on_which_side_each_comparison_of_the_scorecard_stands(output):
    """Witness: pypdf reads the words in their order; the eye has a dot right or left of a line. As texts of pictures they came before the figures."""
    said = " ".join("".join(pages_of_pdf(output / "board" / "report.pdf")).split())
    page = BeautifulSoup((output / "board" / "report.html").read_text(encoding="utf-8"), "html.parser")
    heard = [each.get_text().strip(" ()") for each in page.select("td .wres-heard") if "side" in each.get_text()]
    sides = re.findall(r"\d\)? ?\((worse side|better side)\)", said)
    assert len(heard) > 3 and Counter(sides) == Counter(heard)


def claims_of(table) -> list[str]:
    """Return rows and notes of a table as who hears it has them: the caption, then a note, or the row's heading and each cell after its own."""
    said, (_, *headings) = table.caption.get_text(), [cell.get_text() for cell in table.thead.find_all("th")]
    rows = [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in table.tbody.find_all("tr")]
    notes = [f"{said}. {note.get_text()}" for note in table.find_parent(class_="wres-table-block").select(".wres-note")]
    return [f"{said}. {first}: {'; '.join(map(': '.join, zip(headings, cells, strict=True)))}" for first, *cells in rows] + notes


#: Line of a counts table, as shipped and as other counts of which the same is told: in every sum that is told of several
#: counts the people are divided otherwise, and what words say of a count is true of the other one.
OTHER_COUNTS = {
    "disciplinary.csv": [("bme,2", "bme,4")],
    "board.csv": [("total,unknown,1", "total,unknown,3")],
    "staff_survey.csv": [
        ("13a,1-2 times,bme,7", "13a,1-2 times,bme,4"),
        ("13a,3-5 times,bme,1", "13a,3-5 times,bme,4"),
        ("13b,3-5 times,bme,5", "13b,3-5 times,bme,2"),
        ("13b,6-10 times,bme,1", "13b,6-10 times,bme,4"),
        ("13b,6-10 times,white,2", "13b,6-10 times,white,4"),
        ("13b,More than 10 times,white,9", "13b,More than 10 times,white,7"),
    ],
    "workforce.csv": [
        ("Band 2,bme,1", "Band 2,bme,3"),
        ("Band 2,unknown,17", "Band 2,unknown,15"),
        ("Band 3,bme,6", "Band 3,bme,5"),
        ("Band 3,unknown,35", "Band 3,unknown,36"),
        ("Band 4,bme,3", "Band 4,bme,2"),
        ("Band 4,unknown,15", "Band 4,unknown,16"),
        ("Band 8b,bme,9", "Band 8b,bme,8"),
        ("Band 8b,unknown,7", "Band 8b,unknown,8"),
        ("Band 8c,bme,1", "Band 8c,bme,3"),
        ("Band 8c,unknown,6", "Band 8c,unknown,4"),
        ("Band 8d,white,24", "Band 8d,white,25"),
        ("Band 8d,unknown,3", "Band 8d,unknown,2"),
        ("Band 9,bme,2", "Band 9,bme,1"),
        ("Band 9,unknown,2", "Band 9,unknown,3"),
        ("VSM,white,6", "VSM,white,5"),
        ("VSM,unknown,2", "VSM,unknown,3"),
    ],
}


def board_files(folder) -> dict[str, bytes]:
    """Return the board's files of a run, members of the workbook by themselves."""
    board = folder / "outputs" / "necs" / "2019-20" / "board"
    files = {path.relative_to(board).as_posix(): path.read_bytes() for path in board.rglob("*") if path.is_file()}
    with zipfile.ZipFile(board / "workbook.xlsx") as workbook:
        return files | {f"workbook.xlsx: {name}": workbook.read(name) for name in workbook.namelist()}


def test_other_counts_make_the_same_files(made, tmp_path, project):
    """Different people, the same board files to the last byte: the strongest proof that files do not give hidden counts away.

    Whatever an attacker does with the files, by whatever route (text, geometry of charts, digits, sorting, sizes), he does
    it with the same files for all of these counts.
    """
    for part in ("params", "data", "notebooks"):
        shutil.copytree(project / part, tmp_path / part)
    for name, lines in OTHER_COUNTS.items():
        path = tmp_path / "data" / "necs" / "2019-20" / name
        text = path.read_text(encoding="utf-8")
        for shipped, other in lines:
            assert text.count(f"{shipped}\n") == 1, shipped
            text = text.replace(f"{shipped}\n", f"{other}\n")
        path.write_text(text, encoding="utf-8")
    done = make(tmp_path, "--audience", "board")
    assert done.returncode == 0, done.stderr
    shipped, other = board_files(made), board_files(tmp_path)
    assert len(shipped) > 40
    assert shipped.keys() == other.keys()
    assert [name for name in shipped if shipped[name] != other[name]] == []

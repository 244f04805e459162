"""A report on another standard needs its one key, and no word of it is about race. Witness: the shipped and typed counts of the disability standard."""

import re
import shutil
import zipfile
from functools import cache

import pytest
from bs4 import BeautifulSoup
from support.indexed_claims import claims_on_other_pages, keys_that_lead_nowhere, not_in_the_dictionary, not_in_the_index, numbers_in_no_row
from support.page_one_words import MOST_WORDS_OF_PAGE_ONE, words_of_page_one
from support.pdf_pages import pages_of_pdf
from support.warm_wres import wres

pytestmark = pytest.mark.slow

#: Words of the first standard; the pack's own name is none of the report's.
FOREIGN = re.compile(r"(?i)\b(white|bme|ethnic\w*|rac(e|ial|ism)|WRES(?! pack))\b|white_|bme_")


@pytest.fixture(scope="module")
def board(tmp_path_factory, project):
    """The board's files of the shipped report on the disability standard, whose master file names the standard and nothing that follows from it."""
    folder = tmp_path_factory.mktemp("wdes")
    for part in ("params", "data", "notebooks"):
        shutil.copytree(project / part, folder / part)
    done = wres(folder, "run", "params/harrowmere-wdes-2025-26.yaml", "--audience", "board")
    assert done.returncode == 0, done.stderr
    return folder / "outputs" / "harrowmere-wdes" / "2025-26" / "board"


@cache
def text_of(path):
    """Return what a reader of a file reads, whatever kind of file it is."""
    if path.suffix == ".pdf":
        return " ".join(pages_of_pdf(path))
    if path.suffix in (".docx", ".xlsx"):
        with zipfile.ZipFile(path) as parts:
            names = [name for name in parts.namelist() if name.endswith(".xml") and "theme" not in name and "styles" not in name]
            return " ".join(BeautifulSoup(parts.read(name), "xml").get_text(" ") for name in names)
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".html":
        return text
    page = BeautifulSoup(text, "html.parser")
    told = [page.title.get_text(), *(value for tag in page.find_all(True) for name in ("alt", "aria-label") if (value := tag.get(name)))]
    for hidden in page(["style", "script"]):
        hidden.decompose()
    return " ".join([*told, page.get_text(" ")])


def test_no_file_of_the_board_has_a_word_of_the_first_standard(board):
    files = [path for path in board.rglob("*") if path.is_file()]
    assert {path.suffix for path in files} >= {".html", ".pdf", ".docx", ".xlsx", ".csv"}
    assert {path.name: found[0] for path in files if (found := FOREIGN.search(text_of(path).replace("\n", " ")))} == {}
    assert "Workforce Disability Equality Standard report, 2025/26" in text_of(board / "report.pdf").replace("\n", " ")


def test_page_one_is_as_short_of_another_standard(board):
    """Witness: the words of the page between spaces, 572 once."""
    assert words_of_page_one(board / "report.pdf") <= MOST_WORDS_OF_PAGE_ONE


def test_the_index_of_evidence_names_every_sentence_with_a_figure(board):
    """Witness: the sentences of the page itself."""
    assert not_in_the_index(board) == []
    assert not_in_the_dictionary(board) == []
    assert keys_that_lead_nowhere(board) == [] and claims_on_other_pages(board) == [] and numbers_in_no_row(board) == []


def test_what_the_standard_calls_a_metric_is_never_called_an_indicator(board):
    """Witness: the standard's own word (`metric` of `standard.csv`). Tables for programs keep one heading for all standards."""
    files = [path for path in board.rglob("*") if path.suffix in (".html", ".pdf", ".docx")]
    assert [path.name for path in files if re.search("(?i)indicator", text_of(path))] == []
    assert "Ten metrics, 2025/26" in text_of(board / "report.html")


def test_a_figure_that_one_group_alone_is_asked_for_stands_on_page_one_and_in_the_scorecard(board):
    """268 of the 364 Disabled respondents who need adjustments have them (the survey's rows): nobody else was asked, and nothing is compared."""
    page_one, *_ = pages_of_pdf(board / "report.pdf")
    assert "73.6%, 268 of 364" in " ".join(page_one.split()), "in brackets stand intervals alone"
    told = "73.6% (268 of 364) of Disabled respondents who need adjustments had adequate adjustments"
    assert told in " ".join(text_of(board / "sections" / "00_overview.html").split())
    assert "cannot be compared" not in text_of(board / "report.html")

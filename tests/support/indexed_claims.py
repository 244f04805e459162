"""What a board's page says in figures, what of it the index of evidence does not name, and what the index says that is not so."""

import csv
import math
import re
from functools import cache
from pathlib import Path

import openpyxl
from bs4 import BeautifulSoup

from wres_helpers.publishing.pages.evidence_index import ALL_ROWS

from .pdf_pages import pages_of_pdf

#: Where the pack's own sentences stand; what people wrote, and what folded methods quote of the standard, claims nothing.
_SENTENCES = (
    ".wres-facts__item", ".wres-findings li", ".wres-panels li", ".wres-headline__text", ".wres-headline__detail", ".wres-figure__title",
    ".wres-notice__text", ".wres-prose p", ".wres-table-block .wres-note",
)  # fmt: skip
#: Numbers of questions, actions and files, which are names.
_NAMES = re.compile(r"\bA\d+\b|indicators? \d|95% interval|^Not answered .*|.* has not been supplied.*")


def without_signs(text: str) -> str:
    """Return a text without the signs that part what a page sets apart by type."""
    return re.sub("[:()]", "", text)


def not_in_the_index(board: Path) -> list[str]:
    """Return the sentences of the whole report with a figure in them that no claim of the index holds."""
    page = BeautifulSoup((board / "report.html").read_text(encoding="utf-8"), "html.parser")
    with (board / "evidence.csv").open(encoding="utf-8-sig", newline="") as file:
        claims = {without_signs(row["claim"]) for row in csv.DictReader(file)}
    for beside in page.select(".wres-findings__source, .wres-figure__title .wres-heard"):  # a title's signs in words are the title again
        beside.decompose()
    for numbers in page.select("figure .wres-numbers"):  # the chart is the claim, with its numbers as a file
        numbers.decompose()
    for link in page.main.select("a[href^='#']"):  # a link in a sentence parts no words
        link.unwrap()
    page.smooth()
    told = [
        each
        for each in page.select(", ".join(_SENTENCES))
        if not (each.find_parent("details") and "wres-prose" in str(each.parent.get("class")))
    ]
    said = [without_signs(" ".join(each.get_text(" ").split())) for each in told]
    assert len(said) > 20
    claimed = "\n".join(claims)
    return [each for each in said if re.search(r"\d", _NAMES.sub("", each)) and each not in claimed]


def not_in_the_dictionary(board: Path) -> list[str]:
    """Return what of the board's data is not in its dictionary: a column without a row, a row that says nothing of it, a row of no column."""
    held = {
        (path.name, column)
        for path in [*sorted((board / "data").glob("*.csv")), *board.glob("evidence.csv")]
        if path.name != "dictionary.csv"
        for column in next(csv.reader(path.open(encoding="utf-8-sig", newline="")))
    }
    with (board / "data" / "dictionary.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    told = {(row["file"], row["column"]): row["meaning"] for row in rows}
    unsaid = [f"{name}: {column}" for (name, column), meaning in told.items() if "nothing more is declared" in meaning]
    absent = {place for place in told if place[1] != "(note)" and place[0] != "every file"} ^ held
    return sorted({*unsaid, *(f"{name}: {column}" for name, column in absent)})


def claims_of_index(board: Path) -> list[dict[str, str]]:
    """Return the rows of the index of evidence."""
    with (board / "evidence.csv").open(encoding="utf-8-sig", newline="") as file:
        # an apostrophe keeps a spreadsheet from reading "+0.2 points" as a formula
        return [row | {"claim": row["claim"].removeprefix("'")} for row in csv.DictReader(file)]


class Files:
    """The files of figures of a board's folder as an inspector opens them, the sheets of the workbook behind a hash."""

    def __init__(self, board: Path):
        self._board, self._book = board, openpyxl.load_workbook(board / "workbook.xlsx", read_only=True)

    @cache  # noqa: B019 (as long as a test)
    def rows(self, name: str) -> list[list[str]]:
        """Return the rows of a file or a sheet, its headings first."""
        place, _, part = name.partition("#")
        if part:
            return [[str(cell) for cell in row] for row in list(self._book[part].iter_rows(values_only=True))[2:]]
        with (self._board / place).open(encoding="utf-8-sig", newline="") as file:
            return list(csv.reader(file))

    @cache  # noqa: B019
    def found(self, name: str, key: str) -> list[list[str]]:
        """Return the rows that columns and values find in a file, a column after the other; nothing where one of them, or one value, finds nothing."""
        head, *body = self.rows(name)
        if key == ALL_ROWS:
            return body
        head = [cell.casefold() for cell in head]
        told = f", {key.casefold()}"
        columns = sorted({place for place in head if f", {place} " in told}, key=lambda place: told.index(f", {place} "))
        if not columns:
            return []
        ends, wanted = [told.index(f", {column} ") for column in columns[1:]] + [len(told)], list[tuple[int, set[str]]]()
        for column, end in zip(columns, ends, strict=True):
            asked = {value.replace("||", "|") for value in key[told.index(f", {column} ") + len(column) + 1 : end - 2].split(" | ")}
            body = [cells for cells in body if cells[head.index(column)] in asked]
            wanted.append((head.index(column), asked))
        return body if all({cells[place] for cells in body} == asked for place, asked in wanted) else []

    @cache  # noqa: B019
    def numbers(self, name: str, key: str) -> set[str]:
        """Return every number of those rows as pages may write it: a fraction is the percentage it rounds to, or so many of a thousand; ends outwards."""
        held = set(re.findall(r"\d+(?:\.\d+)?", " ".join(self.rows(name)[0])))
        for cell in (cell for row in self.found(name, key) for cell in row):
            try:
                sizes = [abs(float(cell)) * scale for scale in (1, 100, 1000)]
            except ValueError:
                held |= set(re.findall(r"\d+(?:\.\d+)?", cell.replace(",", "")))
            else:
                held |= {f"{size + 1e-9:.{decimals}f}" for size in sizes if size < 1e9 for decimals in range(5)}
                held |= (
                    {f"{end / 100:.2f}" for end in (math.ceil(sizes[1] - 1e-9), math.floor(sizes[1] + 1e-9))} if sizes[1] < 1e9 else set()
                )
        return held


def keys_that_lead_nowhere(board: Path) -> list[tuple[str, ...]]:
    """Return the claims of the index whose columns and values find no row of a file that they name; of one with a single row, no column."""
    files, lost = Files(board), []
    for row in claims_of_index(board):
        names, keys = row["file"].split("; "), row["rows"].split("; ")
        assert len(names) == len(keys), row
        for name, key in zip(names, keys, strict=True):
            head, *body = files.rows(name)
            named = key == ALL_ROWS or any(f", {cell.casefold()} " in f", {key.casefold()}" for cell in head)
            if not named or (len(body) > 1 and not files.found(name, key)):
                lost.append((row["claim"], name, key))
    return lost


def claims_on_other_pages(board: Path) -> list[tuple[str, str]]:
    """Return the claims of the index that do not begin on the page of the PDF that it names, as pypdf reads it."""
    pages = ["".join(page.split()) for page in pages_of_pdf(board / "report.pdf")]
    captions = {
        table["id"]: " ".join(table.caption.get_text(" ").split())
        for table in BeautifulSoup((board / "report.html").read_text(encoding="utf-8"), "html.parser").select("table[id]")
        if table.caption
    }
    lost = []
    for row in claims_of_index(board):
        place = row["page"].partition("#")[2]
        first = row["claim"].removeprefix(f"{captions.get(place, '')}. ")  # a row, or a note: behind the caption of its table
        if place.endswith("action-plan-actions"):
            first = row["rows"].partition(" ")[2]
        begin = "".join(re.split(r": | \(", first)[0].split())[:30]
        here = pages[int(row["pdf_page"]) - 1]
        overleaf = begin[:12] in here and not any(begin in page for page in pages)  # it begins in the last line
        if begin not in here and not overleaf:
            lost.append((row["claim"], row["pdf_page"]))
    return lost


#: Names and levels in a claim, which are no figures: years and days, indicators, bands, levels, what is shown of no one, hosts of addresses.
NAMES = re.compile(
    r"\d{4}/\d\d|\b\d{1,2} [A-Z][a-z]+ \d{4}|survey of (?:autumn )?\d{4}|edition \d{4}"
    r"|(?:[Ii]ndicators?|[Mm]etrics?) \d\w*(?: i+\b)?(?:(?:, | and )\d\w*(?: i+\b)?)*|95% interval"
    r"|Bands? \d\w?(?:(?:, | to | and )\d\w?)*|onecall24|reaches across 1\.25|large begins above 1\.25|1\.25(?=(?: \([^)]*\))?, where large begins)"
    r"|where 2\.5% is asked|asks of the first two .* 2\.5%|is (?:at most|above) 5%|\b1 is parity|above 1\b|leave out 1\b"
)


def numbers_in_no_row(board: Path) -> list[tuple[str, str, str, tuple[str, ...]]]:
    """Return the claims of the index with a number that stands in none of the rows that they name, and those numbers."""
    files, lost = Files(board), []
    for row in claims_of_index(board):
        places = [place for place in zip(row["file"].split("; "), row["rows"].split("; "), strict=True) if "report.html" not in place[0]]
        figures = set(re.findall(r"(?<![\w.])A?\d+(?:\.\d+)?", NAMES.sub("", row["claim"]).replace(",", "")))
        lacking = {figure.lstrip("A") for figure in figures} - set().union(*(files.numbers(*place) for place in places))
        if lacking:
            lost.append((row["claim"], row["file"], row["rows"], tuple(sorted(lacking))))
    return lost

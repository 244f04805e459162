"""What a board's page says in figures, and what of it the index of evidence does not name."""

import csv
import re
from pathlib import Path

from bs4 import BeautifulSoup

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
    for source in page.select(".wres-findings__source"):
        source.decompose()
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
        for path in sorted((board / "data").glob("*.csv"))
        if path.name != "dictionary.csv"
        for column in next(csv.reader(path.open(encoding="utf-8-sig", newline="")))
    }
    with (board / "data" / "dictionary.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    told = {(row["file"], row["column"]): row["meaning"] for row in rows}
    unsaid = [f"{name}: {column}" for (name, column), meaning in told.items() if "nothing more is declared" in meaning]
    absent = {place for place in told if place[1] != "(note)" and place[0] != "every file"} ^ held
    return sorted({*unsaid, *(f"{name}: {column}" for name, column in absent)})

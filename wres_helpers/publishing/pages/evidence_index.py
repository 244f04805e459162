"""The index of evidence, for who inspects a report: each claim with the page and the file it stands in, and the inputs it is made from."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from wres_helpers.publishing.pages.page_checks import Block, words_of
from wres_helpers.publishing.pages.report_parts import SUMMARY, Document, file_of, is_of_figures
from wres_helpers.standard.catalogue import indicators_named
from wres_helpers.standard.years import spoken

EVIDENCE_COLUMNS = ("claim", "section", "page", "file", "supplied", "dated", "version")


class Topic(NamedTuple):
    """What a sentence is about: words of it, where its figures stand (a file, a sheet of the workbook), and what these are made from.

    ``made_from`` has the counts of the indicators concerned (COUNTS), a table of counts, or a table of another kind.
    """

    words: re.Pattern[str]
    file: str
    made_from: tuple[str, ...]


COUNTS, RESULTS, PLAN = "counts", "data/results.csv", "10-action-plan"
_YEAR = r"\d{4}/\d\d"
_TOPICS = tuple(Topic(re.compile(words), file, made_from) for words, file, *made_from in (
    (r"^Actions for ", PLAN, "action_plan"),
    (r"published by hand", "Statuses", COUNTS, "master_file"),
    (r"^Indicators? [\w, ]+ (is|are|was|were|rests?|cannot be calculated) |questions are asked at once|^No clear difference was found for", "Statuses", COUNTS),
    (rf"^(\w+ \w+: )?[^.:]+, {_YEAR}( \(\w+ years? (earlier|later)\))?: |no national figure", "Benchmarks", "benchmarks"),
    (r"The national figure lies", "Benchmarks", "benchmarks"),
    (r"The national figure lies|\. [^.:]+: [\d.]+% of .+ respondents\.$", RESULTS, COUNTS),
    (r"first year that can be compared", "Since first year", COUNTS),
    (r"^The series breaks", "Years", "breaks"),
    (r"clear change|clearly (better|worse) for|Not judged: mostly|described and not judged|^No comparison with", "Changes", COUNTS),
    (r"^No figures? of|^The change of|^Hidden, so that|^The figures of|^(?!The series).*not comparable|cannot be compared with|no figures of", "Changes", COUNTS),
    (rf"In {_YEAR} and {_YEAR}: |not judged: .*\d of \d", RESULTS, COUNTS),
    (r"^The number of|, the number of", "Shares", "headcount"),
    (r"^Whatever the", "Undisclosed", "headcount"),
    (r"could undo|could change", "Undisclosed", COUNTS),
    (r"^[\d,]+ staff \(.*have not disclosed", RESULTS, "headcount"),
    (r"own target|target of its own", "Targets", "targets"),
    (r"of the people of", "Population", "population", "headcount"),
    (r"^At (the|no) steps? ", "Pay steps", "workforce"),
    (r"[Ii]nternational recruits", "Beside headlines", COUNTS),
))  # fmt: skip
#: Words on how something is worked out, or on what is not read at all: no table holds anything of them.
_NO_CLAIM = re.compile(
    r"^(How likely a share|Not answered from|The standard asks|A workforce is not drawn|Clinical and non-clinical staff were)"
)


class Inputs:
    """The inputs of a report as its receipt tells them; none where its figures failed."""

    def __init__(self, supplied: Mapping[str, Any]):
        self.tables: Mapping[str, list[str]] = supplied.get("tables", {})
        self._years: Mapping[str, Mapping[str, list[str]]] = supplied.get("years", {})
        self._others: Mapping[str, list[str]] = supplied.get("others", {})
        self._last_two: list[str] = supplied.get("last_two", [])

    def made_from(self, topics: Iterable[Topic], indicators: Iterable[str], years: Iterable[str]) -> str:
        """Return the files that a claim on some topics is made from, of every year it is about."""
        names = {name for topic in topics for name in topic.made_from}
        if COUNTS in names:
            named = [self.tables[indicator] for indicator in indicators if indicator in self.tables]
            names = names.union(*(named or self.tables.values()))
        found = [self._others.get(name, ()) for name in names] + [self._years[year].get(name, ()) for year in years for name in names]
        return "; ".join(sorted(set().union(*found)))

    def years_of(self, claim: str, topics: Iterable[Topic], is_of_years: bool) -> list[str]:
        """Return the years that a claim is about: the report's own, those it names, and the one before where it tells of a change."""
        changed = any(topic.file in ("Changes", "Shares") for topic in topics)
        about = self._last_two if changed else self._last_two[-1:]
        return [year for year in self._years if is_of_years or year in about or spoken(year) in claim]


def evidence_rows(document: Document, supplied: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    """Give one row a claim: a computed sentence, the finding that heads a chart, or a row of a table.

    `file` names what holds its figures, as seen from the index, a sheet of the workbook behind a hash; `supplied` what they are made from.
    """
    inputs = Inputs(supplied)
    plan = next((f"report.html#{section.id}" for section in document.sections if section.id.endswith(PLAN) and not section.failure), "")
    for title, place, own, indicators, block in _placed(document, inputs.tables):
        for claim, source in _claims(block):
            topics = [topic for topic in _TOPICS if topic.words.search(claim) and not own] or [
                Topic(re.compile(""), own or RESULTS, (COUNTS,))
            ]
            files = dict.fromkeys(_place(topic.file, plan) for topic in topics)
            named = indicators_named(f"{claim} {source}", inputs.tables) or indicators
            years = inputs.years_of(claim, topics, own.endswith("-years.csv"))
            yield (
                claim, title, f"report.html#{place}", "; ".join(files), inputs.made_from(topics, named, years),
                document.context.generated.isoformat(), document.context.version,
            )  # fmt: skip


def _place(file: str, plan: str) -> str:
    return plan if file == PLAN else file if file.endswith(".csv") else f"workbook.xlsx#{file}"


def _placed(document: Document, known: Iterable[str]) -> Iterator[tuple[str, str, str, list[str], Block]]:
    """Give each block with its section's title, its place in the page, the file of its own, and the indicators of its section."""
    for block in document.summary:
        yield SUMMARY, "summary", "", [], block
    for section in document.sections:
        heading, about = section.id, []
        of_section = [name for block in section.blocks for name in re.findall(r"indicator-([^-]+)-", block.get("id", ""))]
        for block in section.blocks:
            if block["kind"] == "heading":
                heading, about = block["id"], indicators_named(block["text"], known)
            # in a whole report an identifier begins with that of its section
            place = block.get("id", heading)
            own = f"data/{file_of(block | {'id': place.removeprefix(f'{section.id}-')}, section.id)}" if is_of_figures(block) else ""
            yield section.title, place, own, about or of_section, block


def _claims(block: Block) -> Iterator[tuple[str, str]]:
    """Give each claim of a block with what it says of where it comes from."""
    if block["kind"] in ("headline", "figure"):
        yield block["text" if block["kind"] == "headline" else "title"], ""
    elif block["kind"] == "prose" and not block.get("method"):
        yield from ((text, "") for text in block["paragraphs"] if not _NO_CLAIM.match(text))
    elif block["kind"] == "findings":
        yield from ((item["text"], item["source"]) for item in block["items"])
    elif block["kind"] == "panels":
        yield from ((point, "") for panel in block["items"][:-1] for point in panel["points"])  # what is asked of the board is no claim
    elif is_of_figures(block):
        for first, *cells in block["rows"]:
            told = "; ".join(f"{column['label']}: {words_of(cell)}" for column, cell in zip(block["columns"][1:], cells, strict=True))
            yield f"{block['caption']}. {words_of(first)}: {told}", ""

"""A section or a whole report as one structure that the pages, the PDF, the Word file and the index of evidence are all made from."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from wres_helpers.publishing.pages.page import Page, slug
from wres_helpers.publishing.pages.page_checks import Block
from wres_helpers.report.form import phrases
from wres_helpers.settings.master_file import NO_VERSION
from wres_helpers.standard.years import day_told

WORKING_COPY = "Working copy - not for sharing"


@dataclass(frozen=True)
class PageContext:
    """The furniture of a page: who, which year as a reader writes it, when and by which version, and how it may be used.

    The day of the run is the only date in the outputs, so that the same run gives the same bytes. `marking` is a line every page carries;
    a working copy is marked in any case. `sign_off` says who answers for the report and how to reach the next one (label and words, only
    what is known), `corrections` of which version it is, what was corrected and what that superseded; empty of a first version; `formats` what the
    board's whole report leads to beside it, where it was made (name and file).
    """

    organisation: str
    year: str
    generated: date
    version: str
    report_title: str = "Workforce Race Equality Standard report"
    marking: str = ""
    restates: str = ""
    sign_off: tuple[tuple[str, str], ...] = ()
    corrections: tuple[tuple[str, str], ...] = ()
    formats: tuple[tuple[str, str], ...] = ()

    @property
    def closing_lines(self) -> tuple[tuple[str, str], ...]:
        """What stands at the end of every page: label and words; beside who answers also the version, what it restates, that nothing was corrected."""
        restated = (("Restates", self.restates),) if self.restates else ()
        # of what was published before: what that said is not taken for what this says
        corrected = f"nothing{' of this version' if restated else ''} so far"
        first = (("Version", NO_VERSION if self.marking else "1"), *restated, ("Corrected", corrected)) if self.sign_off else ()
        return (*(self.corrections or first), *self.sign_off)

    @property
    def dated(self) -> str:
        day = day_told(self.generated)
        return f"As of {day}, restated" if self.restates else f"Dated {day}"

    @property
    def imprint(self) -> str:
        """How the page came about, in one sentence."""
        return f"{self.dated}, made with the WRES pack, version {self.version}."


SUMMARY = "Summary"


@dataclass(frozen=True)
class Part:
    """Blocks of a section that follow one another; `method` parts are folded, each heading and what it heads by itself."""

    method: bool
    title: str
    blocks: tuple[Block, ...]


MEASURED = "How this is measured"


@dataclass(frozen=True)
class Section:
    """One part of a document: its identifier, title and blocks; `failure` says why it is missing.

    `spoken` is its title as who goes from heading to heading hears it, with the status of its finding; empty where that is the title.
    """

    id: str
    title: str
    blocks: tuple[Block, ...]
    failure: str = ""
    spoken: str = ""

    @property
    def headings(self) -> tuple[Block, ...]:
        """Headings one level below the section's title, and findings that head what follows, for its contents list."""
        below = [block for block in self.blocks if block["kind"] == "heading" and not block.get("method")]
        top = min((block["level"] for block in below), default=0)
        heads = (block | {"id": block["anchor"], "text": block["label"]} if block.get("heads") else block for block in self.blocks)
        return tuple(block for block in heads if block.get("heads") or (block in below and block["level"] == top))

    @property
    def findings(self) -> tuple[tuple[Block | None, Block], ...]:
        """The headings of one status each, and the finding that has it; none for one under the section's title."""
        found: dict[str, tuple[Block | None, Block]] = {}
        heading = None
        for block in self.blocks:
            heading = block if block["kind"] == "heading" else heading
            if block["kind"] == "headline" and block.get("label") and not block.get("heads"):
                found.setdefault(heading["id"] if heading else "", (heading, block))
        return tuple(found.values())

    @property
    def listed(self) -> tuple[Block, ...]:
        """The headings of findings where a section has several: the contents of a report name them below its title."""
        headings = tuple(heading for heading, _ in self.findings if heading)
        return headings if len(headings) > 1 else ()

    @property
    def named(self) -> str:
        """What the contents call a section: of one whose findings follow there the name alone, without what it is about."""
        return self.title.partition(":")[0] if self.listed else self.title

    @property
    def called(self) -> str:
        """What other headings call a section, without what it is about: 'indicators 5 and 6'."""
        return phrases.small(self.title.partition(":")[0])

    def heard_of(self, title: str) -> str:
        """What the heading of a folded part is called where its section is far, or not seen, unless it names that itself."""
        return title if self.called.split()[-1] in title.split() else f"{title}: {self.called}"

    @property
    def parts(self) -> tuple[Part, ...]:
        """The blocks in runs that are folded and runs that are not."""
        found: list[Part] = []
        for block in self.blocks:
            method = bool(block.get("method"))
            if method and block["kind"] == "heading":
                found.append(Part(True, block["text"], ()))
                continue
            if not found or found[-1].method != method:
                found.append(Part(method, MEASURED, ()))
            found[-1] = replace(found[-1], blocks=(*found[-1].blocks, block))
        return tuple(found)


@dataclass(frozen=True)
class Document:
    """What is rendered: one section on its own, or a report of several, whose `summary` stands on page one before the contents."""

    title: str
    context: PageContext
    audience: str
    sections: tuple[Section, ...]
    is_report: bool
    summary: tuple[Block, ...] = ()

    @property
    def markings(self) -> tuple[str, ...]:
        """Lines that every page carries."""
        context = self.context
        corrected = f"Corrected: version {context.corrections[0][1]}" if context.corrections else ""
        return tuple(filter(None, (WORKING_COPY if self.audience == "analyst" else "", context.marking, corrected)))

    @property
    def anchors(self) -> dict[str, tuple[str, str]]:
        """Where sentences may lead: the place of a page and what it is called, by findings of indicators and cards of actions.

        The first finding under a heading is found at that, where the contents lead, too, by the same name.
        """
        found = {}
        for section in self.sections:
            at, heading = section.id, section.title
            for block in section.blocks:
                if block["kind"] == "heading":
                    at, heading = block["id"], block["text"]
                elif block.get("anchor"):
                    found[block["anchor"]] = (block["anchor"], block["label"]) if block.get("heads") else (at or block["anchor"], heading)
                    at = ""  # a second one has its own place
                if block.get("led_to"):
                    found[block["led_to"]] = (section.id, phrases.small(section.title))
                found |= {
                    card["anchor"]: (card["anchor"], f"Action {card['title']}")
                    for card in (block["items"] if block["kind"] == "cards" else ())
                    if card.get("anchor")
                }
        return found

    @property
    def missing(self) -> tuple[Section, ...]:
        return tuple(section for section in self.sections if section.failure)


def failed_section(reason: str, title: str) -> Section:
    """Return a section that did not come out: why, in words that a board may read, and what it would have been called."""
    return Section("", title, (), failure=phrases.sentence(reason) or "No reason is known.")


def section_document(page: Page, context: PageContext) -> Document:
    section = Section("section", page.title, page.blocks[1:])
    return Document(page.title, context, page.audience, (section,), is_report=False)


def report_document(parts: Sequence[tuple[str, Page | Section]], audience: str, context: PageContext) -> Document:
    """Return all sections as one document: the report's title above, the sections' headings one level lower.

    `parts` are name and page of each section in reading order; a failed section stands where one did not come out.
    """
    sections, summary = [], []
    pages = [part for _, part in parts if isinstance(part, Page)]
    said = Counter(block["text"] for page in pages for block in page.blocks if block["kind"] == "heading")
    for name, part in parts:
        identifier = f"section-{slug(name)}"
        if isinstance(part, Section):
            sections.append(replace(part, id=identifier))
            continue
        # identifiers that are unique in the report, and headings one level lower
        own = ({"id": f"{identifier}-{block['id']}"} if "id" in block else {} for block in part.blocks[1:])
        blocks = [block | named | _moved(block, 1) for block, named in zip(part.blocks[1:], own, strict=True)]
        # who goes from heading to heading by ear hears whose it is, where several sections have the same
        section = Section(identifier, part.title, tuple(block for block in blocks if not block.get("summary")))
        # below the heading of page one, wherever in its notebook it stands
        summary += [block | ({"level": 3} if "level" in block else {}) for block in blocks if block.get("summary")]
        again = (
            block | {"spoken": f"{block['text']}, {section.called}"} if said[block.get("text")] > 1 else block for block in section.blocks
        )
        sections.append(_with_statuses(replace(section, blocks=tuple(again))))
    return Document(context.report_title, context, audience, tuple(sections), is_report=True, summary=tuple(summary))


def _with_statuses(section: Section) -> Section:
    """Return a section whose headings are heard with the status of the finding below them, which a list of headings then answers for."""
    told = {heading["id"] if heading else "": f": {phrases.small(finding['label'])}" for heading, finding in section.findings}
    heard = [finding for _, finding in section.findings]
    blocks = (
        block | {"spoken": block["text"] + told[block["id"]]} if block.get("id") in told
        else block | {"in_heading": True} if any(block is each for each in heard) else block
        for block in section.blocks
    )  # fmt: skip
    # the title of several says that of each, one of all once, as who steps from title to title hears no other
    each = {heading["text"].partition(":")[0].split()[-1]: told[heading["id"]].removeprefix(": ") for heading in section.listed}
    among = (f"{phrases.listed([name for name in each if each[name] == label])} {label}" for label in dict.fromkeys(each.values()))
    own = told.get("", f": {', '.join(among)}" if each else "")
    return replace(section, blocks=tuple(blocks), spoken=section.title + own if own else "")


def _moved(block: Block, levels: int) -> Block:
    return {"level": block["level"] + levels} if "level" in block else {}


def summary_document(report: Document) -> Document:
    """Return a report's page one as a document of its own, to be handed round; what is missing of the report is said there, too."""
    section = Section("summary", SUMMARY, tuple(block | _moved(block, -1) for block in report.summary))
    return Document(f"{report.title}: summary", report.context, report.audience, (section, *report.missing), is_report=False)


def file_of(block: Block, section: str) -> str:
    """Return the name of the file of a chart's figures, or of a table's, which two sections may call alike."""
    of_section = block["kind"] != "figure" or block["id"] == "results"  # results.csv holds all comparisons
    own = block["id"] if not of_section else f"{slug(section).removeprefix('section-')}-{block['id']}"
    return f"{own}.csv"


def is_of_figures(block: Block) -> bool:
    """Tell whether a block is a chart, actions, or a table that holds more than words: such have a file of their own."""
    return block["kind"] in ("figure", "cards") or (
        block["kind"] == "table" and any(column.get("kind", "text") != "text" for column in block["columns"])
    )

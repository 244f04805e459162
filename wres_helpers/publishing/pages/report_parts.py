"""A section or a whole report as one structure that the HTML page and the PDF are both made from."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from wres_helpers.publishing.pages.page import Page
from wres_helpers.publishing.pages.page_checks import Block
from wres_helpers.publishing.pages.page_context import PageContext

LAST_INDICATOR = 9
SUMMARY = "The report on one page"


@dataclass(frozen=True)
class SectionFailure:
    """A section that did not come out.

    Parameters
    ----------
    reason
        Why, in plain words that a board may read.
    title
        What the section would have been called; by default it is worked out from the section's name.
    """

    reason: str
    title: str = ""

    @property
    def sentence(self) -> str:
        """The reason, written as a sentence."""
        reason = self.reason.strip() or "No reason is known"
        return reason[0].upper() + reason[1:] + ("" if reason.endswith((".", "!", "?")) else ".")


@dataclass(frozen=True)
class Part:
    """Blocks of a section that follow one another; `method` parts are folded, under their own first heading if they have one."""

    method: bool
    title: str
    blocks: tuple[Block, ...]


MEASURED = "How this is measured"


@dataclass(frozen=True)
class Section:
    """One part of a document: its identifier, title and blocks; `failure` says why it is missing."""

    id: str
    title: str
    blocks: tuple[Block, ...]
    failure: str = ""

    @property
    def headings(self) -> tuple[Block, ...]:
        """Headings one level below the section's title, for its contents list."""
        below = [block for block in self.blocks if block["kind"] == "heading" and not block.get("method")]
        top = min((block["level"] for block in below), default=0)
        return tuple(block for block in below if block["level"] == top)

    @property
    def parts(self) -> tuple[Part, ...]:
        """The blocks in runs that are folded and runs that are not."""
        runs = ((method, list(run)) for method, run in groupby(self.blocks, key=lambda block: bool(block.get("method"))))
        return tuple(_part(method, run) for method, run in runs)


def _part(method: bool, blocks: list[Block]) -> Part:
    headed = method and blocks[0]["kind"] == "heading"
    return Part(method, blocks[0]["text"] if headed else MEASURED, tuple(blocks[1:] if headed else blocks))


@dataclass(frozen=True)
class Document:
    """What is rendered: one section on its own, or a report of several.

    Attributes
    ----------
    summary
        What stands on the report's page one, before the contents.
    """

    title: str
    context: PageContext
    audience: str
    sections: tuple[Section, ...]
    is_report: bool
    summary: tuple[Block, ...] = ()

    @property
    def markings(self) -> tuple[str, ...]:
        """Lines that every page carries."""
        return self.context.markings(self.audience)

    @property
    def missing(self) -> tuple[Section, ...]:
        """Sections that did not come out."""
        return tuple(section for section in self.sections if section.failure)


def section_document(page: Page, context: PageContext) -> Document:
    """Return one page as a document of its own; its title is the document's title."""
    section = Section("section", page.title, page.blocks[1:])
    return Document(page.title, context, page.audience, (section,), is_report=False)


def report_document(parts: Sequence[tuple[str, Page | SectionFailure]], audience: str, context: PageContext) -> Document:
    """Return all sections as one document: the report's title above, the sections' headings one level lower.

    Parameters
    ----------
    parts
        Name and page of each section in reading order; a failure stands where a section did not come out.
    """
    sections = [_section(name, part) for name, part in parts]
    summary = tuple(block for section in sections for block in section.blocks if block.get("summary"))
    kept = tuple(replace(section, blocks=tuple(block for block in section.blocks if not block.get("summary"))) for section in sections)
    return Document(context.report_title, context, audience, kept, is_report=True, summary=summary)


def summary_document(report: Document) -> Document:
    """Return a report's page one as a document of its own, to be handed round."""
    blocks = tuple({**block, "level": block["level"] - 1} if "level" in block else block for block in report.summary)
    section = Section("summary", SUMMARY, blocks)
    return Document(f"{report.title}: summary", report.context, report.audience, (section,), is_report=False)


def title_from_name(name: str) -> str:
    """Return what a section is called when its page is missing: ``05_06_harassment`` is `Indicators 5 and 6: harassment`."""
    numbers, words = [], []
    for part in name.split("_"):
        (numbers if part.isdigit() and not words else words).append(part)
    subject = " ".join(words) or name
    indicators = [str(int(number)) for number in numbers if 1 <= int(number) <= LAST_INDICATOR]
    if not indicators:
        return subject[0].upper() + subject[1:]
    return f"Indicator{'s' if len(indicators) > 1 else ''} {' and '.join(indicators)}: {subject}"


def _section(name: str, part: Page | SectionFailure) -> Section:
    identifier = "section-" + re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")
    if isinstance(part, SectionFailure):
        return Section(identifier, part.title or title_from_name(name), (), failure=part.sentence)
    return Section(identifier, part.title, tuple(_belonging_to(identifier, part.blocks[1:])))


def _belonging_to(identifier: str, blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield blocks with identifiers that are unique in the report and headings one level lower."""
    for block in blocks:
        changed = {**block, "id": f"{identifier}-{block['id']}"} if "id" in block else dict(block)
        if "level" in block:
            changed["level"] = block["level"] + 1
        yield changed

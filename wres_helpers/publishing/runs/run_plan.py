"""Decides what of a report is taken over from the last run, what only shows new texts, and what is made."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from wres_helpers.problems import InputProblems
from wres_helpers.publishing.engine.workers import Job
from wres_helpers.publishing.runs import sections as parts
from wres_helpers.publishing.runs.incremental import Keys, Previous, has_same_texts
from wres_helpers.settings.parameters import Parameters

FIGURES = "figures"
INPUTS = "inputs"
REPORTS = "reports"


class Plan:
    """What is to be done for one report: ``executions`` need the figures, ``renewals`` only show new texts and need none.

    `made` is what is known of the sections beforehand (of those with new texts, what they are if nothing fails), `entries` the
    receipt's entry of each part that stands, `texts` what people wrote, by name.
    """

    def __init__(
        self, parameters: Parameters, context: Any, building: Path, engine: str, texts: Mapping[str, str], wanted: list[str], force: bool
    ):
        self._parameters = parameters
        self._context = context
        self._building = building
        self._engine = engine
        self.texts = texts
        self.keys = Keys(parameters, context)
        self.previous = Previous.of(parameters.output_folder)
        self.made: dict[str, parts.SectionMade] = {}
        self.entries: dict[str, dict[str, Any]] = {INPUTS: {"key": self.keys.inputs(), "texts": self.keys.texts(), "files": []}}
        self.executions: list[Job] = []
        self.renewals: list[Job] = []
        for name in parameters.sections:
            key = self.keys.section(name)
            if self.taken_over(name, key, force and name in wanted):
                outcome = parts.REUSED if has_same_texts(self.entries[name], self.keys) else parts.NEW_TEXTS
                self.made[name] = parts.SectionMade(name, outcome, files=tuple(self.entries[name]["files"]), key=key)
            elif name in wanted:
                self.executions.append(Job(name, parts.make_section, (self._order(name),)))
            else:
                self.made[name] = parts.SectionMade(name, parts.LEFT_OUT, message="it was not asked for in this run (--only)")
        if not self.taken_over(FIGURES, self.keys.figures(), force):
            from wres_helpers.publishing.runs.prepared_report import write_figures

            # the longest job first, so that no worker waits for it at the end
            self.executions.insert(0, Job(FIGURES, write_figures, (building, parameters)))

    def read_pages(self) -> list[parts.SectionMade]:
        """Read the pages of the sections whose notebooks were executed before, with today's texts, for the whole report.

        Returns the sections whose texts cannot be shown.
        """
        failed = []
        for name, made in self.made.items():
            if not made.present:
                continue
            order = self._order(name)
            try:
                read = replace(made, pages=parts.read_pages(order))
            except InputProblems as error:
                failed.append(parts.SectionMade(name, parts.FAILED, message=str(error)))
                continue
            self.made[name] = read
            if read.outcome == parts.NEW_TEXTS:
                self.renewals.append(Job(name, parts.make_section, (order, read)))
        return failed

    def taken_over(self, part: str, key: str, anew: bool = False) -> bool:
        """Take a part over from the last report if it was made with the same key and is whole; tell whether it was."""
        entry = None if anew else self.previous.part(part, key)
        if entry is None:
            return False
        self.previous.take(entry, self._building)
        self.entries[part] = entry
        return True

    def stands(self, part: str, key: str, files: list[str], **more: Any) -> None:
        """Note for the receipt that a part stands, made with this key."""
        self.entries[part] = {"key": key, **more, "files": files}

    def take(self, made: parts.SectionMade) -> None:
        """Note what became of a section, and for the receipt the texts it shows."""
        before = self.made.get(made.section)
        self.made[made.section] = made
        if made.present:
            names = sorted({name for page in made.pages.values() for name in page.text_names})
            self.stands(made.section, made.key, list(made.files), texts=self.keys.texts(names))
        elif before is not None:
            for file in before.files:  # pages of the last run never stand beside a report that lacks the section
                (self._building / file).unlink(missing_ok=True)
            self.entries.pop(made.section, None)

    @property
    def texts_changed(self) -> bool:
        """Whether any text differs from those of the last report, also one that no page shows."""
        return self.previous.receipt.get("parts", {}).get(INPUTS, {}).get("texts") != self.entries[INPUTS]["texts"]

    @property
    def more_than_texts_changed(self) -> bool:
        """Whether an input differs that is not a text."""
        return self.previous.key_of(INPUTS) != self.entries[INPUTS]["key"]

    def _order(self, name: str) -> parts.SectionOrder:
        return parts.SectionOrder(name, self._parameters, self._building, self._engine, self._context, self.keys.section(name), self.texts)

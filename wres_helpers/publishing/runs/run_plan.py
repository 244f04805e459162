"""Decides what of a report is taken over from the last run, what only gets new texts, and what is made."""

from pathlib import Path
from typing import Any

from wres_helpers.publishing.engine.workers import Job
from wres_helpers.publishing.runs import sections as parts
from wres_helpers.publishing.runs.backends import Backend
from wres_helpers.publishing.runs.incremental import Keys, Previous
from wres_helpers.settings.parameters import Parameters

FIGURES = "figures"
INPUTS = "inputs"
REPORTS = "reports"


class Plan:
    """What is to be done for one report.

    Attributes
    ----------
    made
        What is known of the sections beforehand; of those that get new texts, what they are if nothing fails.
    entries
        The receipt's entry of each part that stands.
    executions
        Work that needs the figures: executing notebooks, writing tables.
    renewals
        Work that needs none: rendering sections into which new texts were put.
    """

    def __init__(self, parameters: Parameters, context: Any, building: Path, backend: Backend):
        self._parameters = parameters
        self._context = context
        self._building = building
        self._backend = backend
        self.keys = Keys(parameters, context)
        self.previous = Previous.of(parameters.output_folder)
        self.made: dict[str, parts.SectionMade] = {}
        self.entries: dict[str, dict[str, Any]] = {
            INPUTS: {"key": self.keys.inputs(), "but_texts": self.keys.but_texts(), "files": []},
        }
        self.executions: list[Job] = []
        self.renewals: list[Job] = []

    def decide(self, wanted: list[str], force: bool) -> None:
        """Decide for every section and for the figures. Raises InputProblems where a text that changed cannot be read."""
        for name in self._parameters.sections:
            anew, key = force and name in wanted, self.keys.section(name)
            if self.taken_over(name, key, anew):
                self.made[name] = parts.SectionMade(name, parts.REUSED, key=key)
            elif name not in wanted:
                self.made[name] = parts.SectionMade(name, parts.LEFT_OUT, message="it was not asked for in this run (--only)")
            elif anew or not self._renewed(name, key):
                self.executions.append(Job(name, parts.make_section, (self._order(name, key),)))
        if not self.taken_over(FIGURES, self.keys.figures(), force):
            # the longest job first, so that no worker waits for it at the end
            self.executions.insert(0, Job(FIGURES, self._backend.write_figures, (self._building, self._parameters)))

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
        if part in self._parameters.sections:
            self.entries[part]["but_texts"] = self.keys.but_texts(part)

    @property
    def inputs_changed(self) -> bool:
        """Whether any input differs from those of the last report, also one that no page shows."""
        return self.previous.key_of(INPUTS) != self.entries[INPUTS]["key"]

    @property
    def more_than_texts_changed(self) -> bool:
        """Whether an input differs that is not a text."""
        return self.previous.key_of(INPUTS, "but_texts") != self.entries[INPUTS]["but_texts"]

    def _order(self, name: str, key: str) -> parts.SectionOrder:
        return parts.SectionOrder(
            name, self._parameters, self._building, self._backend.engine, self._context, key, self._backend.prove_page
        )

    def _renewed(self, name: str, key: str) -> bool:
        """Put new texts into a section that is otherwise as it was; False where it has to be executed."""
        entry = self.previous.part_but_texts(name, self.keys.but_texts(name))
        if entry is None:
            return False
        # not at the top: where a section is executed this process needs none of it
        from wres_helpers.intake import read_narrative
        from wres_helpers.publishing.files.executed_notebooks import read_executed, write_executed
        from wres_helpers.publishing.runs.new_texts import with_new_texts

        before = parts.executed_notebook(self.previous.folder, name)
        notebook = with_new_texts(read_executed(before), read_narrative(self._parameters)) if before.is_file() else None
        if notebook is None:
            return False
        self.previous.take(entry, self._building)
        order = self._order(name, key)
        write_executed(order.executed, notebook)
        files = tuple(entry["files"])
        self.made[name] = parts.SectionMade(name, parts.NEW_TEXTS, files=files, key=key)
        self.renewals.append(Job(name, parts.show_new_texts, (order, files)))
        return True

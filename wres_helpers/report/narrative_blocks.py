"""What people write for a section, as a block."""

from collections.abc import Mapping

from wres_helpers.report.blocks import Markdown, Notice


def narrative(texts: Mapping[str, str], section: str, part: str | None = None) -> Markdown | Notice:
    """Return the text people wrote for a section; a notice where nobody wrote one.

    The block carries the text's name, and a page shows what stands under this name when the page is made: a changed
    sentence needs no notebook to run.

    Parameters
    ----------
    texts
        Texts by the name of their file, as intake reads them.
    section
        Name of the section ("02_recruitment") or of a text of its own ("foreword").
    part
        "done" or "planned", where the section has parts.
    """
    name = f"{section}.{part}" if part else section
    source = texts.get(name, "").strip()
    if source:
        return Markdown(source, text_name=name)
    return Notice(title="Nothing written yet", text=f"The text '{name}.md' has not been supplied.", text_name=name)

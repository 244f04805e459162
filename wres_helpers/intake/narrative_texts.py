"""The narrative: what people write for each section of a year's report, one file a text."""

from pathlib import Path

from wres_helpers.intake.named_figures import figure_problems
from wres_helpers.intake.narrative_rules import from_word, missing_texts, text_problems
from wres_helpers.problems import InputProblems, Problem, system_problem
from wres_helpers.settings.parameters import Parameters


def narrative_folder(parameters: Parameters) -> Path:
    """Folder of the year's narrative."""
    return parameters.data_folder() / "narrative"


def read_narrative(parameters: Parameters, complete: bool | None = None) -> dict[str, str]:
    """Return the text people wrote for this year, by the name of its file without ending.

    ``02_recruitment.done`` is what was done about recruitment, ``02_recruitment.planned`` what will be. Text nobody
    wrote is simply not there; the page says so. Figures named in braces stand as typed; a page writes them out.

    Parameters
    ----------
    parameters
        The report whose texts are read.
    complete
        Whether every text must be there and none may be a placeholder; None asks it of a final report.

    Raises
    ------
    InputProblems
        A file or the folder cannot be read, or a text holds Markdown or signs that no page prints, or names
        a figure there is none of; in a final report, also a
        placeholder, or a text that its sections show and nobody wrote.
    """
    texts, problems = {}, []
    final = parameters.report.state == "final" if complete is None else complete
    for path in _text_files(parameters):
        shown = parameters.shown(path)
        try:
            text = from_word(path.read_text(encoding="utf-8-sig"))
        except UnicodeDecodeError:
            problems.append(Problem(shown, "text in UTF-8", "Save the file as UTF-8.", found="other bytes"))
        except OSError as error:
            problems.append(system_problem(error, shown))
        else:
            problems += text_problems(text, shown, final) + figure_problems(text, shown, parameters)
            texts[path.name.removesuffix(".md")] = text.strip()
    if final and not problems:
        problems += missing_texts(texts, parameters.sections, parameters.shown(narrative_folder(parameters)))
    if problems:
        raise InputProblems(problems)
    return texts


def _text_files(parameters: Parameters) -> list[Path]:
    folder = narrative_folder(parameters)
    try:  # not glob: it passes over a folder that may not be read, and every text would be gone without a word
        files = sorted(folder.iterdir())
    except FileNotFoundError:
        return []
    except OSError as error:
        raise InputProblems([system_problem(error, parameters.shown(folder))]) from None
    return [path for path in files if path.name.endswith(".md") and path.name != "README.md"]

"""The narrative: what people write for each section of a year's report, one file a text."""

from pathlib import Path

from wres_helpers.problems import InputProblems, Problem, system_problem
from wres_helpers.settings.parameters import Parameters


def narrative_folder(parameters: Parameters) -> Path:
    """Folder of the year's narrative."""
    return parameters.data_folder() / "narrative"


def read_narrative(parameters: Parameters) -> dict[str, str]:
    """Return the text people wrote for this year, by the name of its file without ending.

    ``02_recruitment.done`` is what was done about recruitment, ``02_recruitment.planned`` what will be. Text nobody
    wrote is simply not there; the page says so.

    Raises
    ------
    InputProblems
        A file is not UTF-8 text, or it or the folder cannot be read.
    """
    texts, problems = {}, []
    for path in _text_files(parameters):
        try:
            texts[path.name.removesuffix(".md")] = path.read_text(encoding="utf-8-sig").strip()
        except UnicodeDecodeError:
            problems.append(Problem(parameters.shown(path), "text in UTF-8", "Save the file as UTF-8.", found="other bytes"))
        except OSError as error:
            problems.append(system_problem(error, parameters.shown(path)))
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

"""Makes the notebooks of a report from the texts beside it, so that what several pages share is written once.

Run ``python notebooks/source/make_notebooks.py`` after a change; a test holds the notebooks to their source. A text is cut
into cells by lines that begin with ``%%``: ``%% board`` is prose with that tag, ``%% code board method`` is code with two.
"""

import json
from pathlib import Path

import jinja2

SOURCE = Path(__file__).resolve().parent
NOTEBOOKS = SOURCE.parent

_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def texts() -> list[Path]:
    """Return the text of every notebook: one file each, those that only lend parts begin with an underscore."""
    return [path for path in sorted(SOURCE.glob("*.md")) if not path.name.startswith("_")]


def notebook(path: Path) -> str:
    """Return the notebook of one text as JSON, ready to be written."""
    loader = jinja2.FileSystemLoader(SOURCE)
    environment = jinja2.Environment(loader=loader, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    cells = [_cell(text, f"{path.stem.replace('_', '-')}-{place:02d}") for place, text in enumerate(_parts(environment, path))]
    content = {"cells": cells, "metadata": _METADATA, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def _parts(environment: jinja2.Environment, path: Path) -> list[str]:
    whole = "\n" + environment.get_template(path.name).render()
    return [part for part in whole.split("\n%%")[1:]]


def _cell(text: str, identity: str) -> dict:
    head, _, body = text.partition("\n")
    kind, tags = ("code", head.split()[1:]) if head.split()[:1] == ["code"] else ("markdown", head.split())
    cell = {
        "cell_type": kind,
        "id": identity,
        "metadata": {"tags": tags} if tags else {},
        "source": body.strip("\n").splitlines(keepends=True),
    }
    return cell if kind == "markdown" else {**cell, "execution_count": None, "outputs": []}


def main() -> None:
    """Write every notebook."""
    for path in texts():
        (NOTEBOOKS / f"{path.stem}.ipynb").write_text(notebook(path), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()

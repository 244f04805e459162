"""A project's inputs, or a finished report, as one archive that travels over a network."""

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path

from wres_helpers.publishing.files.receipt import input_files
from wres_helpers.settings.parameters import Parameters

#: The same content gives the same archive.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


def packed(folder: Path, files: Iterable[Path]) -> bytes:
    """Return files below a folder as an archive, named as seen from the folder."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for path in files:
            archive.writestr(zipfile.ZipInfo(path.relative_to(folder).as_posix(), _NO_TIME), path.read_bytes(), zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def unpacked(archive: bytes, folder: Path) -> None:
    """Write an archive's files below a folder.

    Raises
    ------
    ValueError
        A name in it leads out of the folder.
    """
    root = folder.resolve()
    with zipfile.ZipFile(io.BytesIO(archive)) as content:
        for name in content.namelist():
            target = (root / name).resolve()
            if not target.is_relative_to(root):
                raise ValueError(f"the archive names a file outside its folder: {name!r}")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content.read(name))


def project_archive(parameters: Parameters) -> bytes:
    """Return everything one report is made from: master file and list, notebooks, its data and the reference tables."""
    project = parameters.project
    files = {path for path in input_files(parameters) if path.is_relative_to(project)}
    files |= {
        path for path in (project / "notebooks").rglob("*") if path.suffix in (".ipynb", ".py") and ".ipynb_checkpoints" not in path.parts
    }
    files |= set(parameters.path.parent.glob("*.csv"))
    if parameters.extracts is not None:
        files |= {path for year in parameters.years for path in (parameters.data_folder(year) / "extracts").rglob("*") if path.is_file()}
    return packed(project, sorted(files))

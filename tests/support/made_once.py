"""What several tests need is made once in a run of the suite, by the process that needs it first; the others wait for it."""

import os
import shutil
import time

from wres_helpers.intake.texts.written_together import locked


def made_once(tmp_path_factory, name, make):
    """Return a folder that ``make`` has filled, which is given an empty one; who changes anything in it changes a copy."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "made-once" / name
    folder.parent.mkdir(exist_ok=True)
    while (lock := locked(folder.with_name(f"{name}.lock"))) is None:
        time.sleep(0.1)
    with lock:
        if not folder.exists():
            making = folder.with_name(f"{name}.making")
            shutil.rmtree(making, ignore_errors=True)  # what somebody who was stopped had begun
            making.mkdir()
            make(making)
            making.rename(folder)
    return folder

"""The warm papermill engine: a clean forked child for each notebook."""

import sys
from typing import Final

# which JupyterLab brings: for a format that no notebook has, jsonschema would have its grammar compiled for a second of every process
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

#: The name under which every environment with ipykernel has its own Python.
PYTHON_KERNEL: Final = "python3"

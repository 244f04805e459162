"""The warm papermill engine: a clean forked child for each notebook."""

from typing import Final

#: The name under which every environment with ipykernel has its own Python.
PYTHON_KERNEL: Final = "python3"

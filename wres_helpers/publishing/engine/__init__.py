"""The warm papermill engine: a clean forked child for each notebook."""

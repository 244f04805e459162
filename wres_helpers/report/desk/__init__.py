"""A report opened for an analyst, and asked: answers as tables, charts and files. Never for a board."""

"""Words, tables and charts for the report, each made from rows that may be shown."""

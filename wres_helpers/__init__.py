"""Helpers of the WRES pack: from counts of staff to a report a board can act on.

The rooms, in the order in which they may know one another:

standard      what the Workforce Race Equality Standard means: indicators by edition, grades, ethnic categories
settings      what a master file may say
intake        the doors in: counts tables and record-level extracts become one tidy counts table
analysis      the numbers: comparisons, status, bounds, change
checking      printed figures against the data and against each other
disclosure    what the board's copy may show, and the proof of it
report        the words and pictures, made from rows that may be shown
publishing    the doors out: papermill batch, HTML, PDF, workbook, receipt
commands      what each command says

Nothing is imported here, so that ``wres --help`` stays quick; notebooks import the rooms they use by name.
"""

__version__ = "0.1.0"

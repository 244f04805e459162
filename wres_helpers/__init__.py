"""Helpers of the WRES pack: from counts of staff to a report a board can act on.

The rooms, in the order in which they may know one another:

definitions   what the Workforce Race Equality Standard means, and what a master file may say
intake        the doors in: counts tables and record-level extracts become one tidy counts table
analysis      the numbers: comparisons, status, bounds, change, reconciliation, disclosure control
presentation  the words and pictures, made from rows that may be shown
publishing    the doors out: papermill batch, HTML, PDF, workbook, receipt

Nothing is imported here, so that ``wres --help`` stays quick; notebooks import the rooms they use by name.
"""

__version__ = "0.1.0"

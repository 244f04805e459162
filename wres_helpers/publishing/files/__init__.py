"""The files of a report and how they reach their place: results, workbook, receipt, log; written beside, swapped in whole."""

"""The numbers. Pure: tables in, tables out; nothing here reads a file or draws.

``analyse`` makes the evidence of a report from its counts. What functions here are given has one name and one meaning:

counts      tidy counts: one row per organisation, year, item, breakdown, category and ethnic group
results     one row per comparison, protected or not, any number of years; a count that is hidden or was not supplied is missing
row, rows   one comparison, or some, of ``results``
catalogue   the catalogue, which says of each measure which side of a comparison is adverse; of one edition or of all, as each says
reference   the standard's reference tables
parameters  the resolved master file
method      confidence of the intervals, the status rule, and the survey questions where they differ from the edition's
confidence  of every interval, as a fraction

Rates, shares and differences are fractions, counts are people. A docstring speaks of a parameter where there is more to say.
"""

from wres_helpers.analysis import evidence as _evidence
from wres_helpers.analysis.categories import compare_categories
from wres_helpers.analysis.evidence import Evidence
from wres_helpers.remembered import remembered

analyse = remembered(_evidence.analyse)

__all__ = ["Evidence", "analyse", "compare_categories"]

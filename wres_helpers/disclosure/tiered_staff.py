"""Parts of the staff by pay tier: what may be told of them, beside what is told of the parts and of the tiers.

The people of each part and those of each tier are told already, so of each ethnic group this is a table whose margins are known. Of
white and of BME people, who are compared tier by tier, a part with a small number in any tier is told together with its neighbours, in
all tiers; of the undisclosed, a tier with a small number of any part is told together with its neighbours, for all parts, so that parts
keep their base in the others. Either way every number told is a sum that may be told, and what is left of the margins is such a sum, too.
How many a part has in a tier in all is told nowhere else, so a group of which nothing can be told takes no other with it.
"""

from collections.abc import Mapping

import numpy as np

from wres_helpers.disclosure.merging import Smallness, connected, merged, strand
from wres_helpers.disclosure.split import Split
from wres_helpers.disclosure.tables_of_people import PeopleTable
from wres_helpers.standard.columns import UNKNOWN


def tiered_staff(table: PeopleTable, parts: Split, grades: Split, tiers: Mapping[str, str], rule: Smallness) -> Split:
    """Decide what may be told of one group of the parts of the staff by pay tier.

    Parameters
    ----------
    table
        The tiers as layers, those of no tier among them, over the parts.
    parts, grades
        What is told of the parts and of the grades; a tier of which the grades do not tell is not told by this table either.
    tiers
        The tier of each grade.
    """
    [group], places = table.groups, {name: place for place, name in enumerate(table.rows)}
    of_parts, of_grades = parts.named(group), grades.named(group)
    if of_grades is None or any(len({tiers.get(name, "") for name in names}) > 1 for names in of_grades):
        return Split(table, {group: None})
    units = connected([[places[name] for name in names if name in places] for names in of_parts or ()], range(len(table.rows)))
    if of_parts is None or (group == UNKNOWN and len(units) < len(table.rows)):
        return Split(table, {group: [list(range(len(table.rows)))]})
    if group == UNKNOWN:
        table, units = table.turned(), [[tier] for tier in range(len(table.cells))]
    people = np.stack([table.values[:, unit, 0].sum(axis=1) for unit in units], axis=1)
    blocks = merged([strand(own, rule.smallest, people.sum(axis=0), rule.zeros) for own in people]) or [list(range(len(units)))]
    return Split(table, {group: [[row for number in block for row in units[number]] for block in blocks]})

"""Parts of the staff by pay tier: what may be told of them, beside what is told of the parts and of the tiers.

The people of each part and those of each tier are told already, so of each ethnic group this is a table whose margins are known. A
part with a small number in any tier is told together with its neighbours, in all tiers, so that every number told is a sum that may
be told, and what is left of the margins is such a sum, too. How many a part has in a tier in all is told nowhere, so a group of
which nothing can be told takes no other with it.
"""

from collections.abc import Mapping

import numpy as np

from wres_helpers.disclosure.merging import Smallness, connected, merged, strand
from wres_helpers.disclosure.split import Split
from wres_helpers.disclosure.tables_of_people import PeopleTable
from wres_helpers.standard.columns import UNKNOWN


def tiered_staff(table: PeopleTable, parts: Split, grades: Split, tiers: Mapping[str, str], rule: Smallness) -> Split:
    """Decide what may be told of parts of the staff by pay tier, group by group.

    Parameters
    ----------
    table
        The tiers as layers, those of no tier among them, over the parts.
    parts, grades
        What is told of the parts and of the grades; a tier of which the grades do not tell is not told by this table either.
    tiers
        The tier of each grade.
    """
    told = ((group, parts.named(group), grades.named(group)) for group in table.groups)
    return Split(table, {group: _blocks(table, group, of_parts, of_grades, tiers, rule) for group, of_parts, of_grades in told})


def _blocks(
    table: PeopleTable, group: str, parts: list[list[str]] | None, grades: list[list[str]] | None, tiers: Mapping[str, str], rule: Smallness
) -> list[list[int]] | None:
    if grades is None or any(len({tiers.get(name, "") for name in names}) > 1 for names in grades):
        return None
    places, own = {name: place for place, name in enumerate(table.rows)}, table.values[:, :, table.groups.index(group)]
    units = connected([[places[name] for name in names if name in places] for names in parts or ()], range(len(table.rows)))
    people = np.stack([own[:, unit].sum(axis=1) for unit in units], axis=1)
    blocks = merged([strand(tier, rule.smallest, people.sum(axis=0), rule.zeros) for tier in people])
    # sums of the undisclosed would only blur of whom there are sums of the two groups
    if parts is None or blocks is None or (group == UNKNOWN and len(blocks) < len(table.rows)):
        return [list(range(len(table.rows)))]
    return [[row for number in block for row in units[number]] for block in blocks]

"""How the people of each row of a table fall into ethnic groups: what of it may be told, and what only of rows together.

A row is a pay band, a directorate, an age group. Its total is told wherever it can be. Where many are undisclosed, a small BME count is
hidden with the undisclosed of its row, a small undisclosed count with the white ones. Where few are, or fewer than half as many as BME
people, which is asked of what is told anyway, BME people are told among the staff of a row, as who was appointed is among those shortlisted,
and the undisclosed among the rest of them: so a row keeps its share of BME people however few are undisclosed. Rows in which a count is
small are merged with their neighbours, and the sum over them is told. Zeros stay visible where the policy says so.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np

from wres_helpers.disclosure.merging import Smallness, Strand, blocks_of, connected, merged_in_sections, strand
from wres_helpers.disclosure.split import Split, group_split
from wres_helpers.disclosure.tables_of_people import PeopleTable
from wres_helpers.standard.columns import BME, ETHNIC_GROUPS, UNKNOWN, WHITE


def ethnic_split(
    table: PeopleTable,
    rule: Smallness,
    sections: Sequence[Sequence[int]] = (),
    secret: Collection[str] = (),
    apart: Sequence[Sequence[int]] = (),
) -> Split:
    """Decide what may be told of a table.

    Parameters
    ----------
    sections
        Rows that are better kept together, such as the senior grades, in order; none is one section.
    apart
        Rows that stand beside the others on no ladder, such as doctors: told as one where row by row nothing could be told of anybody.
    secret
        Groups whose total of all rows is hidden elsewhere, so that it must not be told by this table either.
    """
    sums = table.values.sum(axis=1)
    if secret or len(table.groups) < len(ETHNIC_GROUPS) or any(rule.hides(count) for count in sums.ravel()):
        return group_split(table, rule, secret)
    everything = list(range(len(table.rows)))
    sections = sections or [everything]
    totals = _totals(table, rule, sections)
    white, bme, unknown = sums.T
    # twice the smallest count a row, were they spread evenly; where few are white, BME people and undisclosed are the rest of one another
    few = np.minimum(unknown, white) < 2 * rule.smallest * len(table.rows)
    # BME people who are hidden with the undisclosed find room among half as many of these, and no further
    if totals is None or (few | (2 * unknown < bme)).any():
        return _told_among(table, rule, sections, totals or [everything])
    units = _units(table, rule, sections, totals)
    for section in apart:
        own = [rows for rows in units if rows[0] in section and table.values[:, rows].any()]
        if len(own) > 1 and _told(table, rule, own, [section]) is None:
            units = connected([*units, [row for rows in own for row in rows]], everything)
    # else nobody is left to be told together with
    return Split(table, _told(table, rule, units, sections) or {group: [everything] for group in ETHNIC_GROUPS}, totals)


def _totals(table: PeopleTable, rule: Smallness, sections: Sequence[Sequence[int]]) -> list[list[int]] | None:
    """Return rows in parts whose totals are no small numbers."""
    people = table.values.sum(axis=2)
    used = [[row for row in section if people[:, row].any() or not rule.zeros] for section in sections]
    told = merged_in_sections(used, [strand(layer, rule.smallest, zero_shown=rule.zeros) for layer in people])
    return None if told is None else connected(told, range(len(table.rows)))


def _told_among(table: PeopleTable, rule: Smallness, sections: Sequence[Sequence[int]], totals: list[list[int]]) -> Split:
    of_bme, of_unknown = (table.values[:, :, table.groups.index(group)] for group in (BME, UNKNOWN))
    staff = table.values.sum(axis=2)
    bme = sorted(told_among(of_bme, staff, totals, rule, sections))
    rest = sorted(told_among(of_unknown, staff - of_bme, bme, rule, sections))
    return Split(table, {WHITE: rest, BME: bme, UNKNOWN: rest}, totals)


def told_among(
    people: np.ndarray, wholes: np.ndarray, units: list[list[int]], rule: Smallness, sections: Sequence[Sequence[int]], sides: bool = False
) -> list[list[int]]:
    """Return units of rows in parts whose sums may be told, and so may what is left of them: sections first, then what is in them.

    The sum of all units is told elsewhere.

    Parameters
    ----------
    people, wholes
        People of a group, and those among whom they are told, by layer and row.
    sides
        Whether the layers are parts of a table that is told already, so that of each the others make up the rest.
    """

    def strands(parts: Sequence[list[int]], joined: bool) -> list[Strand]:
        inside = np.array([[row in rows for rows in parts] for row in range(people.shape[1])])
        own, room = people @ inside, wholes @ inside
        # of how many units somebody is counted is told of no section, so it is asked of those in which somebody works
        rows = np.array([sum(wholes[:, unit].any() for unit in units if unit[0] in part) for part in parts]) if joined else None
        found = []
        for side, here in zip(own, room, strict=True):
            for amounts, of_all in ((side, own.sum(axis=0)), (here - side, (room - own).sum(axis=0))):
                most = np.minimum(here, of_all) if sides else here
                least = np.maximum(of_all - room.sum(axis=0) + here, 0) if sides else np.zeros(len(here))
                found.append(Strand(amounts, most.astype(float), rule.smallest, rule.zeros, least, rows))
        return found

    def in_parts(parts: list[list[int]], joined: bool) -> list[list[int]]:
        staffed = [rows for rows in parts if wholes[:, rows].any()]
        if not staffed:
            return parts
        somebody = np.array([people[:, rows].any() or not rule.zeros for rows in staffed])
        blocks = blocks_of(somebody, strands(staffed, joined), whole_told=True)
        together = [range(len(staffed))] if blocks is None else blocks
        return _joined(parts, [[parts.index(staffed[one]) for one in part] for part in together])

    tiers = [tier for section in sections if (tier := sorted(row for rows in units if rows[0] in section for row in rows))]
    # that a section is too small by itself is told where several are told together, so its units ask for as many people as it does
    return [
        rows for tier in in_parts(tiers, joined=len(tiers) > 1)
        for rows in in_parts([rows for rows in units if rows[0] in tier], joined=tier not in tiers)
    ]  # fmt: skip


def _merged(units: list[list[int]], within: Sequence[Sequence[int]], strands: Sequence[Strand]) -> list[list[int]] | None:
    """Return units of rows in parts, those of each section as far as they take part, or None where not even all together can be told."""
    blocks = merged_in_sections(within, strands)
    return None if blocks is None else _joined(units, blocks)


def _joined(units: list[list[int]], blocks: Sequence[Sequence[int]]) -> list[list[int]]:
    """Return units of rows with those of a block in one."""
    rows = [row for unit in units for row in unit]
    return connected([*units, *([row for number in block for row in units[number]] for block in blocks)], rows)


def _told(
    table: PeopleTable, rule: Smallness, units: list[list[int]], sections: Sequence[Sequence[int]]
) -> dict[str, Sequence[list[int]] | None] | None:
    """Return by group what may be told of units of rows, or None where there is not even enough for all of them together."""
    people = np.stack([table.values[:, rows].sum(axis=1) for rows in units], axis=1)
    white, bme, unknown = (table.groups.index(group) for group in ETHNIC_GROUPS)
    within = [
        [number for number, rows in enumerate(units) if rows[0] in section and (people[:, number, bme].any() or not rule.zeros)]
        for section in sections
    ]
    of_bme = _merged(units, within, _bme_strands(people, (white, bme, unknown), rule, np.array([len(rows) for rows in units])))
    if of_bme is None:
        return None
    alone = [rows for rows in units if rows in of_bme]
    others, of_all = [rows for rows in units if rows not in alone], table.values.sum(axis=2)
    rest = told_among(table.values[:, :, unknown], of_all - table.values[:, :, bme], alone, rule, sections)
    of_white = told_among(table.values[:, :, white], of_all, others, rule, sections)
    together = [rows for rows in of_bme if rows not in alone]
    told: dict[str, Sequence[list[int]] | None] = {BME: of_bme, UNKNOWN: sorted([*rest, *together]), WHITE: sorted([*rest, *of_white])}
    # what is left of the whole beside rows told together must be no small number either
    small = [group for group, parts in told.items() for rows in parts or ()
             if any(rule.hides(count) for count in table.values[:, rows, table.groups.index(group)].sum(axis=1))]  # fmt: skip
    whole = [sorted(row for rows in units for row in rows)]
    return told | ({UNKNOWN: whole, WHITE: whole} if small else {})


def _units(table: PeopleTable, rule: Smallness, sections: Sequence[Sequence[int]], totals: list[list[int]]) -> list[list[int]]:
    """Return rows joined until no two groups together are a small number."""
    strands = _pairs(table, totals, rule)
    taking_part = [place for place in range(len(totals)) if any(one.amounts[place] or not one.alone(place) for one in strands)]
    within = [[place for place in taking_part if totals[place][0] in section] for section in sections]
    units = _merged(totals, within, strands)
    return units or [list(range(len(table.rows)))]


def _pairs(table: PeopleTable, units: list[list[int]], rule: Smallness) -> list[Strand]:
    """Return those who are not white, where some of them are BME and they or the white people of the row must be few."""
    bme, unknown = table.groups.index(BME), table.groups.index(UNKNOWN)
    strands: list[Strand] = []
    for layer in np.stack([table.values[:, rows].sum(axis=1) for rows in units], axis=1) if units else []:
        total = layer.sum(axis=1)
        some_bme = (layer[:, bme] > 0) | ((not rule.zeros) & (total > 0))
        not_white = np.where(some_bme, layer[:, bme] + layer[:, unknown], 0)
        # of so few people in all, either side would be a small number
        few = some_bme & (total < 2 * rule.smallest - 1)
        strands.append(strand(np.where(few, np.minimum(not_white, rule.smallest - 1), not_white), rule.smallest, total))
    return strands


def _bme_strands(people: np.ndarray, places: tuple[int, int, int], rule: Smallness, rows: np.ndarray) -> list[Strand]:
    white, bme, unknown = places
    found = []
    for layer, total in zip(people, people.sum(axis=2), strict=True):
        few_white = (layer[:, white] > 0) & (layer[:, white] < rule.smallest)
        # the room beside few white people is not told; it is at least this
        least = np.maximum(total - rule.smallest + 1, layer[:, bme])
        beside = np.where(few_white, least, layer[:, bme] + layer[:, unknown])
        # rows without BME people are joined with none, where that they have none is told
        own = strand(layer[:, bme], rule.smallest, beside, rule.zeros)
        # where the others of a row are few, its BME people tell of them
        others = strand(np.where(layer[:, bme] > 0, total - layer[:, bme], 0), rule.smallest, total)
        # how many undisclosed a block has follows from its BME and white people
        undisclosed = replace(strand(layer[:, unknown], rule.smallest, zero_shown=rule.zeros), follows=True)
        found += [replace(own, rows=rows) if rule.zeros else own, others, undisclosed]
    return found

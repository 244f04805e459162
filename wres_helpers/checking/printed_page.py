"""A report's printed figures on the model of a page: which of them cannot stand, and what each should be."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from itertools import combinations

from wres_helpers.checking.addresses import JOINED, bands_in, counts_in, is_single
from wres_helpers.checking.claimed_figures import Claim, PlacedClaim, PrintedFigure, only_difference
from wres_helpers.checking.formulas import Formulas
from wres_helpers.checking.page_rules import rules
from wres_helpers.checking.printed_numbers import Printed
from wres_helpers.checking.printed_tables import PrintedSum, PrintedTables, percentages_of_one_whole
from wres_helpers.checking.reckoning import Reckoning
from wres_helpers.intake.printed.register_words import COUNT, SHARE
from wres_helpers.page_model import Amount, Count, ModelledPage, Statement, Unknown, apart, between, exactly, smallest_conflict
from wres_helpers.page_model.doubtful_statements import Doubts, doubtful
from wres_helpers.page_model.statements import is_whole
from wres_helpers.standard.columns import ALL

#: How much speaks for a printed figure: others rest on counts, few on shares, hardly any on ratios and on sums.
_WEIGHTS = {COUNT: 1.4, SHARE: 1.0}
_WEIGHT_OF_A_SUM, _WEIGHT_OF_ANOTHER, _WEIGHT_OF_A_RULE = 1.2, 0.6, 0.54
#: And for a count that is that of a figure before it in the table: less than for anything else printed.
_WEIGHT_OF_A_COPY = 0.55
#: How much it adds that a figure is printed once more.
_AGAIN = 0.2
#: How much it adds that a figure stands in a table of which all parts are printed.
_IN_A_TABLE = 0.1
#: Where one print of a thing begins as another ends, the lower one ends this part of its width earlier: halves are rounded up.
_TIE = 1000


class PrintedPage:
    """All claims of a register beside the data, which may be empty.

    ``round_to`` is what all printed counts are rounded to, each on its own, and rates calculated from; nought where they are exact.
    """

    def __init__(self, claims: list[Claim], data: Mapping[Count, int], round_to: int = 0):
        self.claims, self.supplied, self.round_to, self.formulas = claims, data, round_to, Formulas(claims)
        half = 2 * round_to
        self.data = {count: (2 * value + round_to) // half * round_to for count, value in data.items()} if round_to else data
        self.figures = [claim for claim in claims if isinstance(claim, PrintedFigure)]
        tables = PrintedTables(claims, data)
        self.prints, self.complete, self._copies = tables.prints, tables.complete, tables.copies()
        self.columns = [] if round_to else tables.columns()
        grounded = [claim for claim in claims if isinstance(claim, PlacedClaim)]
        given = {claim.id: (claim.unknown,) for claim in self.figures}
        self.unknowns = list(dict.fromkeys(each for claim in grounded for each in (*given.get(claim.id, ()), *claim.amounts)))
        found = _loosened(rules(self.unknowns, self.complete), round_to)
        self._rules = [rule for rule in found if rule.given]
        self._breakable = [rule for rule in found if not rule.given]
        self.given = self._known()
        #: What follows from the data alone.
        self.settled = Reckoning(self.given, self.unknowns)
        self._doubt()

    @cached_property
    def categories(self) -> dict[Count, tuple[str, ...]]:
        """The rows known of each column."""
        found: dict[Count, dict[str, None]] = defaultdict(dict)
        cells = [(count._replace(category=ALL), count.category) for count in self.data if count.breakdown != "overall"]
        for claim in self.claims:
            if isinstance(claim, PlacedClaim):
                groups = claim.pair or (claim.column.ethnic_group,)
                cells += [(claim.column._replace(ethnic_group=group), claim.count.category) for group in groups]
        for column, part in cells:
            found[column] |= {part: None} if is_single(part) or bands_in(part) else {}
        return {column: tuple(parts) for column, parts in found.items()}

    @cached_property
    def stated(self) -> dict[Amount, PrintedFigure]:
        """The printed shares, ratios, gaps and changes that stand, the most exact print of each."""
        standing = [claim for claim in self.figures if claim.kind != COUNT and claim.printed.exact and claim.id not in self.doubted]
        return {claim.unknown: claim for claim in sorted(standing, key=lambda claim: claim.printed.decimals)}

    @cached_property
    def percentages(self) -> list[PrintedSum]:
        """The printed shares of one whole that make 100: of its groups, or of the categories of a table that has all."""
        of_wholes = [each for each in self._rules if each.name.startswith(("shares: groups", "shares: column")) and abs(each.low) == 100]
        return percentages_of_one_whole(of_wholes, self.figures)

    def print_of(self, amount: Amount, where: str = "") -> Printed | None:
        """Return what is printed of an amount as a single number, best in a certain place, with most decimals."""
        prints = [each for each in self.figures if each.unknown == amount and each.printed.exact]
        return min(prints, key=lambda each: (each.where != where, -each.printed.decimals)).printed if prints else None

    @cached_property
    def best(self) -> Reckoning:
        """What follows from the data and from every printed figure that stands."""
        return Reckoning([*self.given, *self._standing], self.unknowns, self.stated, self.data)

    def _known(self) -> list[Statement]:
        """Return the data that bear on the claims, and the rules they keep."""
        mentioned = dict.fromkeys(count for rule in self._rules for each, _ in rule.terms for count in counts_in(each))
        mentioned |= dict.fromkeys(count for unknown in self.unknowns for count in counts_in(unknown))
        known = [exactly(f"data {count}", count, self.data[count], given=True) for count in mentioned if count in self.data]
        kept = list(self._rules)
        while conflict := smallest_conflict([*known, *kept], thorough=False):
            broken = [each for each in conflict if each in kept]
            if not broken:
                break
            kept.remove(broken[-1])
        return [*known, *kept]

    def _doubt(self) -> None:
        """Find the printed figures that cannot stand beside the data and one another."""
        self._by_name: dict[str, list[PrintedFigure]] = {}
        self._names_about: dict[Unknown, set[str]] = defaultdict(set)
        self._claimed: list[Statement] = []
        merged: dict[tuple, list[PrintedFigure]] = defaultdict(list)
        for claim in self.figures:
            if not self.is_settled(claim) and claim.printed.limit != "hidden":
                merged[(claim.unknown, *_ends(claim))].append(claim)
        begin = {(unknown, low) for (unknown, low, _), claims in merged.items() if claims[0].printed.exact}
        for (unknown, low, high), claims in merged.items():
            # 12% and 13% are not the same number printed twice, though 12.5% may become either
            meets = low < high and claims[0].printed.exact and (unknown, high) in begin
            end = high - (high - low) / _TIE if meets else high
            self._by_name[claims[0].id] = claims
            self._names_about[unknown].add(claims[0].id)
            self._claimed.append(between(claims[0].id, unknown, low, end))
        self._name_of = {claim.id: name for name, claims in self._by_name.items() for claim in claims}
        weights = {name: self._weight(claims) for name, claims in self._by_name.items()}
        soft = [*self._breakable, *self._broken_rules()] if self._claimed else []
        weights |= {rule.name: _WEIGHT_OF_A_RULE for rule in soft}
        hard = [each for each in self.given if each.name not in weights]
        self._everything = [*hard, *self._claimed, *soft]
        #: Between which ends the figures lie that were cut off instead of rounded.
        self._cut: dict[str, tuple] = {}
        self.doubts = doubts = Doubts()
        for part in apart(self._everything):
            found = doubtful([each for each in part if each.name in weights], [each for each in part if each.name not in weights], weights)
            found = self._cut_off(part, found) or self._changed_places(part, found) or found
            doubts.wrong |= found.wrong
            doubts.rivals |= found.rivals
            doubts.conflicts |= found.conflicts
        self._claimed, self._everything = (_with_ends(said, self._cut) for said in (self._claimed, self._everything))
        self.cut_off = {claim.id for name in self._cut for claim in self._by_name[name]}
        self.involved = set(doubts.wrong) | {rival for rivals in doubts.rivals.values() for rival in rivals}
        self.doubted = {claim.id for name in self.involved for claim in self._by_name.get(name, ())}
        self.given = hard
        # where a total follows from figures of which one cannot stand, the column is right
        standing = [_added(rule) for rule in soft if rule.name not in self.involved]
        self.columns = [each for each in self.columns if each.whole or each.unknowns not in standing]
        self._standing = [each for each in [*self._claimed, *soft] if each.name not in self.involved]

    def _cut_off(self, part: list[Statement], found: Doubts) -> Doubts | None:
        """Doubt nothing where all that is wrong is a percentage that was cut off instead of rounded, beside its own count or base."""
        shares = [self._by_name[name][0] for name in found.wrong if name in self._by_name]
        if len(found.wrong) > 1 or not shares or shares[0].kind != SHARE or not shares[0].printed.exact:
            return None
        figure = shares[0]
        names = {*found.conflicts.get(figure.id, ())} & self._by_name.keys() - {figure.id}
        value, step = figure.printed.value, figure.printed.step
        ends = {figure.id: (value, value + step)}
        if not {self._by_name[name][0].unknown for name in names} <= {*counts_in(figure.unknown)} or not _fit(part, ends, thorough=True):
            return None
        self._cut |= ends
        return Doubts()

    def _changed_places(self, part: list[Statement], found: Doubts) -> Doubts | None:
        """Doubt two figures of a table instead, where all that is wrong is that they changed places."""
        alone = {name for name, claims in self._by_name.items() if len(claims) == 1}
        near = sorted(alone.intersection(name for core in found.conflicts.values() for name in core))
        # not only what is doubted: of two rows that lost as many as two others won nothing tells which
        for one, other in combinations(near, 2) if len(found.wrong) > 1 else ():
            figures = self._by_name[one][0], self._by_name[other][0]
            if only_difference(*figures) and _fit(part, {one: _ends(figures[1]), other: _ends(figures[0])}):
                return Doubts({one, other}, conflicts=dict.fromkeys((one, other), (one, other)))
        return None

    def is_settled(self, figure: PrintedFigure) -> bool:
        """Tell whether the data alone say what a figure should be."""
        found = self.settled.value(figure.unknown) if self.data else None
        return found is not None and found.exact

    def _weight(self, claims: list[PrintedFigure]) -> float:
        claim = claims[0]
        cell = claim.kind == COUNT and claim.printed.limit not in ("about", "over")  # those are words of a text
        weight = _WEIGHTS.get(claim.kind, _WEIGHT_OF_ANOTHER) if claim.printed.exact or cell else _WEIGHT_OF_A_RULE
        if cell:
            summed = not is_single(claim.count.category) and claim.count.category not in ("all", "total")
            weight = _WEIGHT_OF_A_SUM if summed or claim.count.ethnic_group in JOINED else weight
            in_table = any(each.column in self.complete and each.count.category in self.complete[each.column].parts for each in claims)
            weight += _IN_A_TABLE if in_table else 0
        if claim.id in self._copies:
            # what rests on rounded shares is as likely to be wrong as one of them that is last year's
            weight = _WEIGHT_OF_A_COPY if claim.kind == COUNT else _WEIGHT_OF_ANOTHER
        return weight + _AGAIN * (len(claims) - 1)

    def _broken_rules(self) -> list[Statement]:
        """Return the sums of columns and of percentages that printed figures break by themselves: they have findings of their own."""
        sums = [each for each in (*self.columns, *self.percentages) if abs(each.surplus) > each.slack]
        broken = [each.unknowns for each in sums]
        return [replace(rule, given=False) for rule in self.given if _added(rule) in broken]

    def without(self, claim: PrintedFigure) -> Reckoning:
        """Return what follows from everything that stands but one figure (and with what cannot stand beside it)."""
        name = self._name_of.get(claim.id, claim.id)
        rivals = self.involved.intersection(self._rivals(name), self._by_name)
        # a count is borne out by being printed again; a share or a ratio only by what it is made of
        alone = claim.kind != COUNT or len(self._by_name.get(name, ())) == 1 or name in self.involved
        of_it = self._names_about[claim.unknown] if claim.kind != COUNT else {name}
        same, own = (of_it, self.stated.get(claim.unknown)) if alone else (set(), None)
        stated = {unknown: each for unknown, each in self.stated.items() if each is not own} if own else self.stated
        gone = self.involved.union(same) - rivals
        if rivals and (made := Reckoning((each for each in self._everything if each.name not in gone), self.unknowns, stated)).fits:
            return made
        return self.best.without(same, stated)

    def beside(self, claim: Claim) -> list[PrintedFigure]:
        """Return the figures a figure cannot stand with."""
        conflicts = self.doubts.conflicts
        names = conflicts.get(claim.id) or next((core for core in conflicts.values() if claim.id in core), ())
        return [self._by_name[name][0] for name in names if name != claim.id and name in self._by_name]

    def fits_with(self, *changed: PrintedFigure, thorough: bool = False) -> bool:
        """Tell whether everything that stands, with what some figures cannot stand with, fits where they are printed otherwise.

        Percentages of bases that nobody prints are asked of the solver, if the question is ``thorough``.
        """
        ends = {self._name_of.get(claim.id, ""): _ends(claim) for claim in changed}
        beside = {self._name_of[each.id] for claim in changed for each in self.beside(claim)}
        about = {claim.unknown for claim in changed}
        left_out = self.involved - beside - ends.keys()
        # a sum that the figures break as they are printed must hold as well
        left_out -= {each.name for each in self._everything if each.name not in self._by_name and about.intersection(dict(each.terms))}
        return "" not in ends and _fit([each for each in self._everything if each.name not in left_out], ends, thorough)

    def _rivals(self, name: str) -> list[str]:
        return [*self.doubts.rivals.get(name, ()), *(each for each, rivals in self.doubts.rivals.items() if name in rivals)]

    def rivals(self, claim: Claim) -> list[PrintedFigure]:
        """Return the figures of which one or this is wrong, and nothing tells which."""
        name = self._name_of.get(claim.id, "")
        return [self._by_name[each][0] for each in dict.fromkeys(self._rivals(name)) if each in self._by_name and each != name]


def _added(rule: Statement) -> set[Unknown]:
    """Return what a rule adds up."""
    return {unknown for unknown, factor in rule.terms if factor > 0}


def _fit(said: list[Statement], ends: Mapping[str, tuple], thorough: bool = False) -> bool:
    """Tell whether statements fit together, of which some have other ends."""
    return ModelledPage(_with_ends(said, ends)).fits(thorough)


def _with_ends(said: list[Statement], ends: Mapping[str, tuple]) -> list[Statement]:
    """Return statements, some of them with other ends."""
    return [between(each.name, each.terms[0][0], *ends[each.name]) if each.name in ends else each for each in said]


def _loosened(found: list[Statement], round_to: int) -> list[Statement]:
    """Let sums of rounded numbers be off by what rounding may do; what follows for shares follows no more."""
    if not round_to:
        return found
    made = []
    for each in found:
        off = round_to * len(each.terms) / 2 if each.low == each.high and all(is_whole(unknown) for unknown, _ in each.terms) else 0
        made += [] if each.name.startswith("shares:") else [replace(each, low=each.low - off, high=each.high + off)]
    return made


def _ends(claim: PrintedFigure) -> tuple:
    low, high = claim.printed.ends(whole=is_whole(claim.unknown))
    if claim.printed.unsigned:
        low = -high
    return low + claim.less, high + claim.less

"""Bases somebody might have divided by in place of the one that is meant, and counts of two years over the base of one."""

from collections.abc import Iterator

from wres_helpers.checking import addresses
from wres_helpers.checking.addresses import ITEM_WORDS, exchanged, whole_of
from wres_helpers.checking.claimed_figures import compared
from wres_helpers.checking.printed_numbers import grouped
from wres_helpers.checking.tried_slips import Case, Slip
from wres_helpers.intake.printed.register_words import ENTERED, HEADCOUNT, KNOWN, STAGES, SURVEY
from wres_helpers.page_model import Amount, Count, Quotient, share
from wres_helpers.standard.columns import ALL, BME, WHITE
from wres_helpers.standard.years import shifted

#: What is counted over a year, so that two years of it can be put together.
_POOLED = ("applied", *STAGES, ENTERED, "accessed_training", SURVEY)


def two_years(case: Case, count: Amount) -> int | None:
    """Return the people of a year and of the year before, of what is counted over a year."""
    now, before = case.number(count), case.number(exchanged(count, year={case.figure.count.year: case.before}))
    return now + before if now is not None and before and case.figure.count.item in _POOLED else None


def other_bases(case: Case) -> Iterator[Slip]:
    """The shares are of another base, on both sides of a comparison alike."""
    figure = case.figure
    amounts = [each[:2] for each in (figure.sides or (figure.unknown,)) if isinstance(each, Quotient)]
    shares = [(count, base) for count, base in amounts if isinstance(count, Count) and isinstance(base, Count)]
    for tried in zip(*(_bases_at_hand(*each) for each in shares), strict=True):
        others = [share(count, base) for (count, _), base in zip(shares, tried, strict=True)]
        base, named = tried[0], shares[0][1]
        known = base.ethnic_group == KNOWN
        if len(shares) == 1 and not figure.sides:
            number = case.number(base)
            whose = f"{f'the {grouped(number)}' if number else 'those'} whose ethnicity is known" if known else addresses.name_of(base)
            yield "other_base", f"it is a share of {whose} instead of {addresses.name_of(named)}", others[0], 0 if known else 1
        elif len(shares) == 2 and tried[0] != tried[1]:
            name = "people whose ethnicity is known" if known else ITEM_WORDS.get(base.item, base.item)
            text = f"the rates are of {name} instead of {ITEM_WORDS.get(named.item, named.item)}"
            yield "other_base", text, compared(figure, *others)[0], 1


def _bases_at_hand(count: Count, base: Count) -> list[Count]:
    """Return the bases somebody might have taken for a share, the commonest first."""
    whole = whole_of(count)
    bases = [*(count._replace(ethnic_group=group) for group in (KNOWN, ALL, WHITE, BME)), whole, whole._replace(ethnic_group=ALL)]
    bases += [base._replace(year=shifted(base.year, -1)), base._replace(ethnic_group=KNOWN if base.ethnic_group == ALL else ALL)]
    bases += [count._replace(item=item) for item in STAGES if item != count.item and count.item in STAGES]
    bases += [Count(count.year, HEADCOUNT, "overall", ALL, group) for group in (count.ethnic_group, ALL)]
    return [each if each not in (base, count) else count._replace(year="no such base") for each in bases]

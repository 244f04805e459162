"""Page one: where each indicator stands, the findings that matter most, what changed, what is not known, what to decide."""

from collections.abc import Iterable
from functools import partial

import pandas as pd

from wres_helpers.analysis.changes import CLEAR, DESCRIBED, WITHIN_CHANCE
from wres_helpers.analysis.evidence import Evidence
from wres_helpers.analysis.targets import BEHIND, MISSED, NO_FIGURE, OF_ENGLAND
from wres_helpers.report import beside_last_year, evidence_rows, numbers, overview, phrases, table_blocks, written_blocks
from wres_helpers.report.beside_headlines import (
    RESTS_ON_ONE,
    WORSE,
    leaning,
    on_one_person,
    qualifications,
    responses,
    worse_without_recruits,
)
from wres_helpers.report.blocks import Finding, Findings, Panel, Panels, Prose, Standing, Strip
from wres_helpers.report.headlines import finding
from wres_helpers.report.left_open import not_known, undisclosed
from wres_helpers.report.made_tables import short_label
from wres_helpers.report.parity_blocks import beside_verdict
from wres_helpers.report.topics import last_two, topical
from wres_helpers.report.vocabulary import group_label, indicator_named, indicators_told, metric, part_of, worse_off, year_label
from wres_helpers.standard import statuses

NOTHING_TO_JUDGE = "Nothing can be judged this year, because the numbers are too small, are missing, or may not be shown."


def standings(shown: Evidence) -> Strip:
    """Return every indicator with its name, its status, and for whom things are worse; of a share that is compared with nothing, the share."""
    items = []
    for indicator in overview.indicators(shown):
        code, label = evidence_rows.status_of(shown, indicator)
        title = str(evidence_rows.definition_of(shown, indicator)["plain_title"])
        row = evidence_rows.headline_row(shown, indicator)
        alone = evidence_rows.has(row, "bme_rate") and row["comparison"] == "none"  # no status speaks for it: '74.0% (111 of 150)'
        looks = leaning(shown, row)
        worse = f"borderline: {looks}" if looks else worse_off(shown, code)
        beside = topical(shown, evidence_rows.with_rate(row, "bme"), indicator) if alone else worse
        items.append(Standing(indicator, title, code, short_label(label), beside))
    return Strip(tuple(items))


def looked_at_together(shown: Evidence) -> Prose:
    """Return which clear differences stand although many questions are asked at once, which are worse without recruits, and what was published otherwise."""
    above = _told_above(shown)  # a finding above says so itself
    flattered = [
        topical(shown, f"{indicator_named(shown, name)}: {phrases.small(told)}", name, tables=["asides", "results"])
        for name in overview.indicators(shown)
        if name not in above and (told := worse_without_recruits(shown, evidence_rows.headline_row(shown, name)))
    ]
    row, answered = responses(shown)
    silent = "" if row is None else topical(shown, f"The survey was answered by {answered}.", row["indicator"], "headcount")
    return Prose(tuple(filter(None, (_still_standing(shown, above), *flattered, silent, _published_otherwise(shown)))))


def _still_standing(shown: Evidence, above: list[str]) -> str:
    """Return which clear differences stand by which test; nothing where none is clear. The findings ``above`` say themselves on whom they rest.

    A status that is hidden is not counted, and of the others no more is said than what is shown of them.
    """
    found = {indicator: evidence_rows.status_row(shown, indicator) for indicator in overview.indicators(shown)}
    clear = {name: row for name, row in found.items() if row is not None and row["status"] in statuses.CLEAR}
    if not clear:
        return ""
    stand = [name for name, row in clear.items() if bool(row["stands"])]
    weaker = [name for name in clear if name not in stand]
    if any(evidence_rows.is_hidden(row, "stands") for row in clear.values()):
        told = "Which of those found here still stand when that is allowed for is hidden, because it would give hidden numbers away"
    elif not stand:
        told = f"Allowing for that, none of what was found ({indicators_told(shown, weaker)}) is certain: the next year will tell more"
    else:
        less = f"; {indicators_told(shown, weaker)} {'are' if len(weaker) > 1 else 'is'} less certain" if weaker else ""
        edge = [name for name in stand if name not in above and on_one_person(shown, evidence_rows.headline_row(shown, name))]
        frail = f"; {RESTS_ON_ONE.format(indicators_told(shown, edge))}" if edge else ""
        told = f"Allowing for that, there still is a difference for {indicators_told(shown, stand)}, whatever its size{frail}{less}"
    judged = [name for name, row in found.items() if row is not None and row["status"] in statuses.FINDINGS]
    # each shows a clear difference against one group by chance alone in at most half of what two sides may have
    by_chance = 1 - (1 - (1 - shown.context.confidence) / 2) ** len(judged)
    often = numbers.in_words(min(max(round(1 / by_chance), 2), 12))
    which = f", {numbers.in_words(len(judged))} judged" if len(judged) < len(found) else ""
    by_luck = f"chance alone would show {group_label(shown, 'bme')} staff clearly worse off in at least one"
    asked = (
        f"{numbers.in_words(len(found)).capitalize()} questions are asked at once{which}; in up to about one year in {often}, {by_luck}."
    )
    return topical(shown, f"{asked} {told}.", *judged, tables=["statuses"])


def _published_otherwise(shown: Evidence) -> str:
    """Return for which indicators the organisation published another status by hand, and which."""
    rows = shown.statuses[shown.statuses["year"].eq(shown.context.year)]
    rows = rows[rows["differs"].astype(bool) & rows["status"].ne(statuses.PROTECTED)]
    by_hand = [statuses.label_of_published(told).lower() for told in rows["published_status"]]
    named = [f"{name} ({told})" for name, told in zip(rows["indicator"], by_hand, strict=True)]
    whose = f"{phrases.capital(indicators_told(shown, named))} {'have' if len(named) > 1 else 'has'}"
    told = f"{whose} another status than was published by hand (in brackets): here one rule gives them all, and it allows for chance."
    return topical(shown, told, *rows["indicator"], "master_file", tables=["statuses"]) if named else ""


def top_findings(shown: Evidence) -> Findings:
    """Return the findings that matter most, at most three, each with where it comes from.

    The rule: that none shows a clear difference, where none does; then the judged indicators by status, the gravest first, and of one
    status the surest first (smallest p-value; a hidden one counts as the least sure). How many have not disclosed their ethnicity
    takes a place only where no indicator with a difference claims it.
    """
    items = _no_clear_difference(shown)
    items += [_finding(shown, indicator) for indicator in _told_above(shown)]
    if not items:
        text = topical(shown, NOTHING_TO_JUDGE, *overview.indicators(shown), tables=["statuses"])
        items.append(Finding(text, f"all {metric(shown, 2)}"))
    if len(items) < overview.FINDINGS:
        items.append(Finding(undisclosed(shown), "staff records"))
    return Findings(tuple(items))


def _told_above(shown: Evidence) -> list[str]:
    """Return the indicators of the findings: those by which BME staff fare clearly worse, or else any that are judged, the gravest first."""
    order = overview.by_urgency(shown)
    grave = [indicator for indicator in order if evidence_rows.status_of(shown, indicator)[0] in WORSE]
    return (grave or order)[: overview.FINDINGS - len(_no_clear_difference(shown))]


def _no_clear_difference(shown: Evidence) -> list[Finding]:
    """Return that no indicator shows a clear difference, where several were judged and none does: before any of them is told."""
    judged = overview.by_urgency(shown)
    codes = [evidence_rows.status_of(shown, indicator)[0] for indicator in judged]
    if len(codes) < 2 or any(code in statuses.CLEAR for code in codes):
        return []
    told = f"No clear difference was found for the {numbers.in_words(len(codes))} {metric(shown, 2)} that could be judged"
    told += " and whose status may be shown" if overview.with_status(shown, statuses.PROTECTED) else ""
    if statuses.NO_CLEAR_DIFFERENCE in codes:
        told += "; that does not show that there is none"
    return [Finding(topical(shown, f"{told}.", *judged, tables=["statuses"]), indicators_told(shown, sorted(judged)))]


def _finding(shown: Evidence, indicator: str) -> Finding:
    label = short_label(evidence_rows.status_of(shown, indicator)[1]).lower()
    row = evidence_rows.headline_row(shown, indicator)
    text = topical(shown, finding(shown, row), indicator)
    return Finding(text, f"{indicators_told(shown, [indicator])}: {label}{qualifications(shown, row)}")


def at_a_glance(shown: Evidence, actions: pd.DataFrame, asked: Iterable[str] | None = None) -> Panels:
    """Return three panels: what changed since the year before, what is not known, and what the board is asked to decide.

    It is asked to agree the action plan and to fill what that leaves open, and before it what ``asked`` says in the organisation's own
    words (by default ``report.decisions`` of the master file).
    """
    asked = shown.context.parameters.report.decisions if asked is None else asked
    names = () if actions.empty else actions["action_id"]
    decisions = (
        *asked,
        *(written_blocks.about_actions(text, names, () if actions.empty else ("action_plan",)) for text in _decisions(shown, actions)),
    )
    panels = (
        ("What changed" if shown.targets.empty else "What changed, and targets", _changed(shown)),
        ("What we do not know", not_known(shown)),
        ("What the board is asked to decide", decisions),
    )
    return Panels(tuple(Panel(title, points) for title, points in panels))


def _changed(shown: Evidence) -> tuple[str, ...]:
    previous = shown.context.previous_year
    beside = _since(shown, previous) if previous else ["This report compares with no earlier year."]
    return (*beside, *_targets_behind(shown))


def _since(shown: Evidence, previous: str) -> list[str]:
    """Return what the indicators did since the year before: clear changes, none, not judged, hidden; and how many staff there are now."""
    rows = {indicator: beside_last_year.change_row(shown, indicator) for indicator in overview.indicators(shown)}
    kinds = {indicator: beside_last_year.told_as(row) for indicator, row in rows.items()}
    of_kind = (CLEAR, WITHIN_CHANCE, DESCRIBED, evidence_rows.HIDDEN, "")
    clear, unclear, described, hidden, others = ([name for name, kind in kinds.items() if kind == each] for each in of_kind)
    about, points = partial(topical, shown, tables=["changes"], years=last_two(shown)), []
    for indicator in clear:
        named = f"{indicator_named(shown, indicator)} ({str(evidence_rows.definition_of(shown, indicator)['plain_title']).lower()})"
        fares = (
            f"is clearly {beside_last_year.direction_of_change(shown, indicator, rows[indicator])} for {group_label(shown, 'bme')} staff"
        )
        points.append(about(f"{named} {fares}: {overview.change_values(shown, rows[indicator])}.", indicator))
    if unclear:
        undone = [name for name in unclear if beside_last_year.undone_by_one(shown, rows[name])]
        why = f"; for {indicators_told(shown, undone)}, because {beside_last_year.ONE_WOULD_UNDO}" if undone else ""
        many = f"Not one of the {numbers.in_words(len(unclear))} {metric(shown, 2)} that could be judged beside {year_label(previous)} changed clearly"
        named = f"No clear change since {year_label(previous)} in {indicators_told(shown, unclear)}"
        points.append(about(f"{named if clear or len(unclear) < 3 else many}{why}.", *unclear))
    if described:
        values = "; ".join(
            f"{indicator_named(shown, name)} ({_value_told(shown, rows[name])}): {overview.change_values(shown, rows[name])}"
            for name in described
        )
        points.append(about(f"{values}. Not judged: mostly the same posts or cases are counted in both years.", *described))
    if others:
        which = f"any {metric(shown)}" if len(others) == len(rows) > 1 else indicators_told(shown, others)
        reasons = list(dict.fromkeys(overview.change_cell(shown, name) for name in others))
        why = "not supplied" if all(reason.startswith("No figure") for reason in reasons) else "; ".join(map(phrases.small, reasons))
        points.append(about(f"No comparison with {year_label(previous)} for {which} ({why}).", *others))
    if hidden := [name for name in hidden if evidence_rows.status_of(shown, name)[0] != statuses.PROTECTED]:
        points.append(about(f"Hidden, so that nobody can be recognised: how {indicators_told(shown, hidden)} changed.", *hidden))
    moved = beside_last_year.moved(shown, "bme")
    staff = moved and f"The number of {group_label(shown, 'bme')} staff {moved}."
    return [*points, *filter(None, [topical(shown, staff, "headcount", tables=["shares"], years=last_two(shown))])]


def _value_told(shown: Evidence, row: pd.Series) -> str:
    """Return what an indicator's value is of: a share beside that of all staff, or what its title says."""
    result = table_blocks.result_of(shown, row)
    if result is not None and result["direction"].endswith("workforce"):
        return f"{group_label(shown, 'bme')} share of {part_of(shown, result)} beside that of all staff"
    return str(evidence_rows.definition_of(shown, row["indicator"])["plain_title"]).lower()


def _targets_behind(shown: Evidence) -> list[str]:
    """Return how many targets stand where, of the organisation's own and of England's for it: if one is late, or its verdict hides something."""
    if shown.targets.empty:
        return []
    every = shown.targets.assign(late=shown.targets["verdict"].isin([BEHIND, MISSED]))
    every = every.assign(beside=[beside_verdict(shown, row) for _, row in every.iterrows()])
    of_england = every["decided"].str.endswith(OF_ENGLAND)
    kinds = {"own target": every[~of_england], "Model Employer goal": every[of_england]}
    return [_standing(shown, some, what) for what, some in kinds.items() if (some["late"] | some["beside"].ne("")).any()]


def _standing(shown: Evidence, some: pd.DataFrame, what: str) -> str:
    late, others = some.loc[some["late"], "target"], some.loc[~some["late"], "verdict"]
    others = others.replace(NO_FIGURE, "without a figure that can be shown").value_counts(sort=False)
    alone = some.loc[some["late"] & some["beside"].eq(""), "target"]
    told = [f"{numbers.in_words(len(late))} behind{f' ({phrases.listed(list(alone))})' if len(alone) else ''}"] if len(late) else []
    told += [f"{numbers.in_words(many)} {verdict}" for verdict, many in others.items()]
    text = f"Of {numbers.in_words(len(some))} {what}{'s' * (len(some) > 1)}: {'; '.join(told)}."
    each = [f"{row['target']}: {row['verdict']}{row['beside']}." for _, row in some[some["beside"].ne("")].iterrows()]
    return topical(shown, " ".join((text, *each)), "targets", *some["indicator"].unique(), tables=["targets", "results"])


def _decisions(shown: Evidence, actions: pd.DataFrame) -> Iterable[str]:
    if actions.empty:
        yield "Ask for an action plan: none was supplied."
        return
    done, given_up = (written_blocks.names_in_order(actions[actions[state].astype(bool)]) for state in ("done", "given_up"))
    names = [name for name in written_blocks.names_in_order(actions) if name not in (*done, *given_up)]
    if not names:
        ended = " or ".join([*["done"] * bool(done), *["given up"] * bool(given_up)])
        yield f"Ask for the next actions: every action of the plan is {ended}."
        return
    if done or given_up:
        gone = {"done": done, "given up": given_up}
        told = [f"{written_blocks.named(some)} {'is' if len(some) == 1 else 'are'} {how}" for how, some in gone.items() if some]
        yield f"Agree the open actions: {_many(actions, names)} ({'; '.join(told)})."
    else:
        yield f"Agree the action plan, {numbers.in_words(len(names))} action{'s' * (len(names) > 1)}: {_many(actions, names)}."
    unserved = [indicator for indicator in overview.indicators(shown) if written_blocks.serving(actions, indicator).empty]
    grave = overview.with_status(shown, statuses.LARGE_DIFFERENCE)
    missing = [indicator for indicator in overview.by_urgency(shown) if indicator in unserved and indicator in grave]
    if missing:
        verb = "requires" if len(missing) == 1 else "require"
        yield f"Ask for actions on {indicators_told(shown, missing)}, which {verb} focus and {'has' if len(missing) == 1 else 'have'} none."
    fares_well = (statuses.EQUIVALENT, statuses.DIFFERENCE_OTHER_WAY)
    others = [name for name in unserved if name not in missing and evidence_rows.status_of(shown, name)[0] not in fares_well]
    hidden = [name for name in others if evidence_rows.status_of(shown, name)[0] == statuses.PROTECTED]
    for asked, some in (("Decide", [name for name in others if name not in hidden]), ("Ask those who may see the hidden figures", hidden)):
        if some:
            yield f"{asked} whether {indicators_told(shown, some)} {'needs' if len(some) == 1 else 'need'} an action: the plan has none."
    overdue = written_blocks.overdue(actions)
    if len(overdue) == len(names) > 1:
        yield "Ask the owners for new dates: every open action is overdue."
        overdue = []
    soon, carried_over = (actions[actions[state].astype(bool)] for state in ("due_soon", "carried_over"))
    unreported, before = written_blocks.without_progress(soon), written_blocks.without_progress(carried_over)
    for of, asked in (
        (overdue, "for a new date: {they_are} overdue"),
        ([name for name in written_blocks.names_in_order(soon) if name not in unreported], "what is in the way: {they_are} due within three months and not begun"),
        (unreported, "for {their} progress: {they_are} due within three months, and none has been reported"),
        # a new action has no progress yet, and nobody is asked for it twice
        ([name for name in before if name not in unreported], "for {their} progress: none has been reported"),
    ):  # fmt: skip
        if of:
            words = {"their": "their", "they_are": "they are"} if len(of) > 1 else {"their": "its", "they_are": "it is"}
            yield f"Ask the owner{'s' * (len(of) > 1)} of {_many(actions, of)} {asked.format(**words)}."


def _many(actions: pd.DataFrame, names: list[str]) -> str:
    """Return actions by number and area where they are three at most, and one by its owner, else by number: 'A02 Fair recruitment (Chair)'."""
    if len(names) > 3 or any(name[:1].isdigit() for name in names):
        return written_blocks.named(names)
    rows = actions.set_index("action_id").loc[names]
    owner = f" ({rows['owner_role'].iloc[0]})" if len(names) == 1 else ""
    return phrases.listed([f"{name} {area}".strip() for name, area in rows["area"].items()]) + owner

"""How far it is: what parity would take, and the organisation's own targets with what turnover would allow."""

from collections.abc import Callable
from functools import partial

import numpy as np
import pandas as pd

from wres_helpers.analysis.changes import WITHIN_CHANCE
from wres_helpers.analysis.evidence import Evidence
from wres_helpers.analysis.history import breaks_between_years
from wres_helpers.analysis.targets import BEHIND, MISSED, NOT_IN_DATA, NOT_YET, OF_ENGLAND, ON_PATH, OWN, SHARE
from wres_helpers.report.form import numbers, phrases
from wres_helpers.report.form.blocks import Block, Prose, Table
from wres_helpers.report.form.topics import topical
from wres_helpers.report.section.beside_last_year import ratio_words
from wres_helpers.report.section.table_blocks import result_of
from wres_helpers.report.words import evidence_rows as rows
from wres_helpers.report.words.made_tables import number, table_of, words_field
from wres_helpers.report.words.vocabulary import group_label, indicators_told, metric, part_of, year_label
from wres_helpers.report.words.which_indicators import indicators, named_indicator
from wres_helpers.standard.columns import OVERALL, SHARE_OF_GRADE

#: Of people or a chance that cannot be worked out; why, a note says.
UNKNOWN = "not known"
LOSING_GROUND = "losing ground"


def parity_table(shown: Evidence) -> Table:
    """Return one row per indicator: people to the range, people to equality, and the smallest difference that would have been shown."""
    low, high = (numbers.ratio(end) for end in shown.context.status_rule.no_adverse_range)
    place = ("year", "indicator", "measure", "breakdown", "category")
    parity: dict[str, pd.Series | None] = {}
    for indicator in indicators(shown):
        headline = rows.headline_row(shown, indicator)
        # a share that is compared with nothing has no row
        parity[indicator] = headline if headline is None else rows.first(shown.parity, **{name: headline[name] for name in place})

    def told(cell: Callable[[pd.Series], str]) -> Callable[[str], str]:
        return lambda indicator: _said(parity[indicator], rows.headline_row(shown, indicator)) or cell(parity[indicator])

    fields = (
        words_field(phrases.capital(metric(shown)), partial(named_indicator, shown)),
        words_field(
            "For parity", told(lambda row: f"{row['aim']} {group_label(shown, 'bme')} people" if row["to_equal_people"] else "none")
        ),
        number("People, to be equal", told(lambda row: numbers.count(row["to_equal_people"]))),
        number(
            f"People, only to be no longer large ({low} to {high})",
            told(lambda row: "no whole number enters it" if pd.isna(row["to_range_people"]) else numbers.count(row["to_range_people"])),
        ),
        number("Smallest true difference found in eight years of ten", told(lambda row: _smallest(shown, row))),
    )
    notes = [
        "People: by how many those counted would have to be more or fewer, with all others, and the workforce, as now: the nearest whole "
        f"number for equality; the fewest for a relative likelihood of {low} to {high}, which is not yet equality.",
        f"Found in eight years of ten: by the whole rule of the status, worse for {group_label(shown, 'bme')} staff, with the other rate as counted; a smaller "
        "difference is found less often, and then tends to be overstated; it can be there and not be "
        "found, so that no clear difference does not mean none.",
    ]
    reasons = dict.fromkeys(
        row["reason"] for name, row in parity.items() if row is not None and _said(row, rows.headline_row(shown, name)) == UNKNOWN
    )
    notes += [phrases.sentence(f"{UNKNOWN}: {reason}") for reason in reasons]
    return table_of("what-parity-takes", f"What parity would take, {year_label(shown.context.year)}", fields, parity, notes)


def _said(row: pd.Series | None, headline: pd.Series | None) -> str:
    """Return what stands in place of an indicator's figures; empty where there are some."""
    if row is None:
        return "not supplied" if headline is None else "does not apply"
    if not pd.isna(row["to_equal_people"]):
        return ""
    return rows.HIDDEN if rows.protection(headline) and not rows.hidden_on_entry(headline) else UNKNOWN


def _smallest(shown: Evidence, row: pd.Series) -> str:
    smallest = row["smallest_shown"]
    if pd.isna(smallest):
        return "none, however large"
    if np.isinf(smallest):
        return "only one where a group counts nobody"
    result = rows.headline_row(shown, row["indicator"])
    ratio = result is not None and result["comparison"] == "ratio"
    return f"a relative likelihood of {numbers.ratio(smallest)}" if ratio else numbers.points(smallest)


NO_TARGETS = "The organisation supplied no target of its own; England's figures are not targets."


def targets(shown: Evidence) -> tuple[Block, ...]:
    """Return the targets as a table; a sentence where the organisation set none. What turnover would allow stands in the workbook."""
    frame = shown.targets
    if frame.empty:
        return (Prose((topical(shown, NO_TARGETS, "targets", tables=["targets"]),)),)
    bme = group_label(shown, "bme")
    fields = (
        words_field("Target", lambda row: topical(shown, row["target"], "targets", row["indicator"], tables=["targets"])),
        words_field("Of what, whose, decided", partial(_set_by, shown)),
        words_field("Goal", _goal),
        number("Now (line)", _now),
        words_field(
            "Progress", lambda row: "Goal not known" if pd.isna(row["goal"]) else row["verdict"].capitalize() + beside_verdict(shown, row)
        ),
        number(f"{bme} people to the goal", _more_people),
    )
    notes = [
        "Line: where a straight line to the goal stands this year, from the start that was supplied with the target. "
        "Progress is that of the figures as they are; where chance could undo it, the interval is given.",
        f"{bme} people to the goal: how many more or fewer with as many people in the base as today.",
    ]
    notes += [*_model_employer(shown, frame), *_for_the_same_posts(frame)]
    known, absent = frame[frame["now"].notna()], frame[frame["now"].isna()]
    if len(known) and len(absent):  # in the table they would be rows of words for nothing
        told = "; ".join(f"{row['target']}: {_goal(row)}" for _, row in absent.iterrows())
        of = dict.fromkeys(absent["indicator"])
        notes.append(topical(shown, f"Without a figure that can be shown: {told}.", "targets", *of, tables=["targets"]))
    return (table_of("targets", f"Targets, {year_label(shown.context.year)}", fields, known if len(known) else frame, notes),)


def _model_employer(shown: Evidence, frame: pd.DataFrame) -> list[str]:
    """Return where the goals of NHS England come from, and what broke the series since."""
    goals = frame[frame["whose"].eq(OF_ENGLAND) & frame["goal"].notna()]
    if goals.empty:
        return []
    row, since = goals.iloc[0], goals["start_year"].iloc[0]
    kinds = _breaks(shown, row, since)
    apart = f", not comparable with today ({phrases.listed([*kinds])})" if kinds else ""
    return [f"Model Employer: the goal of every band is the {group_label(shown, 'bme')} share of all staff in {year_label(since)}{apart}."]


def _for_the_same_posts(frame: pd.DataFrame) -> list[str]:
    """Return the organisation's own goals for senior posts beside that of NHS England for their bands, where both are known and differ."""
    known = frame[frame["goal"].notna() & frame["of"].eq(SHARE)]
    england, own = known[known["whose"].eq(OF_ENGLAND)], known[known["whose"].eq(OWN)]
    told, sides = [], {"goal": ("lower", "higher"), "goal_year": ("sooner", "later")}
    for _, goal in england.head(1).iterrows():
        same_posts = own["indicator"].eq(goal["indicator"]) & (own["breakdown"].eq(OVERALL[0]) | own["category"].isin(england["category"]))
        for _, row in own[same_posts].iterrows():
            apart = [below if row[name] < goal[name] else above for name, (below, above) in sides.items() if row[name] != goal[name]]
            told += [f"{row['target']}, {_goal_alone(row)}, is {' and '.join(apart)}"] if apart else []
    if not told:
        return []
    asks = f"For senior posts NHS England asks for {_goal_alone(england.iloc[0])}; of the organisation's own goals"
    return [f"{asks} {'; '.join(told)}. Which of them binds is for the board to say."]


def asked_of_targets(shown: Evidence, *, short: bool = False) -> list[str]:
    """Return what a board is asked to decide of each of its own targets that is behind or was missed; in short without goal and chance."""
    if shown.targets.empty:
        return []
    asked = []
    about = partial(topical, shown, tables=["targets", "results"])
    behind = shown.targets["verdict"].isin([BEHIND, MISSED]) & shown.targets["whose"].eq(OWN)
    for _, row in shown.targets[behind].iterrows():
        goal = "" if short else f"goal {_amount(row, 'goal')} by {year_label(row['goal_year'])}"
        known = ", ".join(filter(None, (row["owner_role"], goal, "date open" if row["owner_role"] else "owner, date open")))
        short_of = "goal" if row["verdict"] == MISSED else "path"
        told = f"it {'was' if row['verdict'] == MISSED else 'is'} {row['verdict']}"
        if not short:
            told += near_the_line(shown, row)
        elif row[["now", short_of]].notna().all():
            told += f", {_amount(row, 'now')} now, where {_amount(row, short_of)} was due"
        text = f"Decide what follows for the target {row['target']}: {told} ({known})."
        asked.append(about(text, "targets", row["indicator"], rows=[result_of(shown, row, shown.context.year)]))
    if _for_the_same_posts(shown.targets):
        asked.append(
            about("Decide whose goals for senior posts bind, NHS England's or the organisation's own (owner, date open).", "targets")
        )
    return asked


def beside_verdict(shown: Evidence, row: pd.Series) -> str:
    """Return what the verdict on a target alone would hide, to stand behind it. Nothing is compared across a break of the series."""
    return "".join(tell(shown, row) for tell in (_receded, _widened, near_the_line, _across_a_break, _below_the_whole))


def near_the_line(shown: Evidence, row: pd.Series) -> str:
    """Return that a figure is away from its line, or without one from its goal, by less than one person, or by less than chance could be."""
    share, near = row["of"] == SHARE, "path" if row["verdict"] in (ON_PATH, BEHIND) else "goal"
    if pd.isna(row[["now", near]]).any():
        return ""
    few = "; less than one person from its line" if share and near == "path" and abs(row["now"] - row["path"]) * row["base"] < 1 else ""
    low, high = ("bme_lower", "bme_upper") if share else ("lower", "upper")
    result = result_of(shown, row, shown.context.year)
    if not rows.has(result, low, high) or not result[low] <= row[near] <= result[high]:
        return few
    interval = (numbers.percentage_interval if share else numbers.STYLES[row["comparison"]].span)(result[low], result[high])
    return f"{few}; chance could change that (interval {interval})"


def _receded(shown: Evidence, row: pd.Series) -> str:
    """Return that a target's figure is farther from its goal than it was the year before: by one person, by no more than chance, or losing ground."""
    before, figure = shown.context.previous_year, "bme_rate" if row["of"] == SHARE else "value"
    then = result_of(shown, row, before) if before and not _breaks(shown, row, before) else None
    if not before or row["verdict"] not in (ON_PATH, NOT_YET) or not rows.has(then, figure):
        return ""
    was, now = map(_style(row), (then[figure], row["now"]))
    farther = abs(row["goal"] - row["now"]) > abs(row["goal"] - then[figure]) and was != now
    moved = "fell" if row["now"] < then[figure] else "rose"
    if not farther:
        return ""
    if row["of"] == SHARE and round(abs(row["now"] - then[figure]) * row["base"]) <= 1:
        counts = (
            f"{rows.counted(then, 'bme')} in {year_label(before)}, now {rows.counted(result_of(shown, row, shown.context.year), 'bme')}"
        )
        return f"; it {moved} by one person ({counts})"
    place = {name: row[name] for name in ("measure", "breakdown", "category")}
    changed = None if row["of"] == SHARE else rows.first(shown.changes, year=shown.context.year, **place)
    told = f"it {moved} (from {was} to {now} since {year_label(before)})"
    by_chance = changed is not None and changed["verdict"] == WITHIN_CHANCE
    return f"; {told}, by no more than chance" if by_chance else f", but {LOSING_GROUND}: {told}"


def _widened(shown: Evidence, row: pd.Series) -> str:
    """Return that a share rose towards its target more slowly than that of all staff, since the first year that can be compared.

    Only where it fell behind as a part of theirs, too: of two small shares the gap grows while they come nearer each other.
    """
    years = sorted(year for year in shown.results["year"].unique() if row["start_year"] <= year and not _breaks(shown, row, year))
    then, now = (result_of(shown, row, year) for year in (*years[:1], shown.context.year))
    figures = "value", "bme_rate"
    if row["of"] != SHARE or not (rows.has(then, *figures) and rows.has(now, *figures)):
        return ""
    if not (now["value"] < min(then["value"], 0) and now["value"] * then["bme_rate"] < then["value"] * now["bme_rate"]):
        return ""
    before, today = (numbers.points_value(each["value"]) for each in (then, now))
    return (
        f", but {LOSING_GROUND}: the gap to the whole workforce grew (from {before} in {year_label(years[0])} to {today} percentage points)"
    )


def _across_a_break(shown: Evidence, row: pd.Series) -> str:
    """Return that a target's line starts where figures are not comparable with those of today, and what broke the series."""
    kinds = () if row[["start", "path"]].isna().all() else _breaks(shown, row, row["start_year"])
    return f"; where its line starts is not comparable with today ({phrases.listed([*kinds])})" if kinds else ""


def _below_the_whole(shown: Evidence, row: pd.Series) -> str:
    """Return that the organisation's own goal of a share is below the share of the whole workforce: who reaches it has not reached equality."""
    whole = rows.first(shown.results, year=shown.context.year, measure=SHARE_OF_GRADE, breakdown="overall")
    own = row["of"] == SHARE and row["whose"] == OWN and not row["goal"] < row["start"]
    if not own or not rows.has(whole, "bme_rate") or not row["goal"] < whole["bme_rate"]:
        return ""
    place = {name: row[name] for name in ("measure", "breakdown", "category")}
    parity = rows.first(shown.parity, year=shown.context.year, **place) if len(shown.parity) else None
    equal = f" ({numbers.count(parity['to_equal_people'])} more people would be equality)" if rows.has(parity, "to_equal_people") else ""
    return f"; but the goal itself is below the {numbers.percentage(whole['bme_rate'])} of the whole workforce{equal}"


def _breaks(shown: Evidence, row: pd.Series, since: str) -> dict[str, None]:
    """Return what broke the series of a target's figure since a year."""
    between = breaks_between_years(shown.context.reference.catalogue, shown.context.own.breaks)
    place = (shown.context.parameters.organisation.name, since, shown.context.year, row["indicator"], row["measure"])
    return dict.fromkeys(kind for kind, _ in between(*place))


def _set_by(shown: Evidence, row: pd.Series) -> str:
    """Return what a target is of, whose it is, and who decided it: its name, such as '8%', may tell nothing of it."""
    share = f"{group_label(shown, 'bme')} share"
    what = share if row["of"] == SHARE else {"ratio": "relative likelihood", "difference": "gap"}.get(row["comparison"], "value")
    whole = row["breakdown"] in (OVERALL[0], "membership")
    part = part_of(shown, row) if whole else f"by {row['breakdown'].replace('_', ' ')}"
    about = f"{indicators_told(shown, [row['indicator']])}, {part}: {what}"
    return "; ".join(part for part in (about, row["owner_role"], row["decided"]) if part)


def _goal(row: pd.Series) -> str:
    return _goal_alone(row) + ("" if pd.isna(row["start"]) else f", from {_amount(row, 'start')} in {year_label(row['start_year'])}")


def _goal_alone(row: pd.Series) -> str:
    return f"{_amount(row, 'goal')} by {year_label(row['goal_year'])}"


def _amount(row: pd.Series, name: str) -> str:
    return UNKNOWN if pd.isna(row[name]) else _style(row)(row[name])


def _style(row: pd.Series) -> Callable[[float], str]:
    return numbers.percentage if row["of"] == SHARE else numbers.STYLES[row["comparison"]].bare


def _now(row: pd.Series) -> str:
    now = ("not in the data" if row["reason"] == NOT_IN_DATA else rows.HIDDEN) if pd.isna(row["now"]) else _amount(row, "now")
    if row["of"] != "share" and row["comparison"] == "ratio":
        now = now if pd.isna(row["now"]) else ratio_words(row["now"])
    return now if pd.isna(row["path"]) else f"{now} (line {_amount(row, 'path')})"


def _more_people(row: pd.Series) -> str:
    if pd.isna(row["more_people"]):
        return "does not apply" if row["of"] != "share" else UNKNOWN if pd.isna(row["goal"]) else rows.HIDDEN
    return f"{numbers.count(abs(row['more_people']))} {'fewer' if row['more_people'] < 0 else 'more'}" if row["more_people"] else "none"

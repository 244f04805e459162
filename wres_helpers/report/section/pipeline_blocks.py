"""The pay pipeline: race disparity ratios by step, for all staff and for the parts that the data tell apart."""

from dataclasses import replace
from functools import partial

import pandas as pd

from wres_helpers.analysis.evidence import Evidence
from wres_helpers.analysis.pipeline import ABSENT, EMPTY
from wres_helpers.disclosure.tables_of_people import TOGETHER
from wres_helpers.report.form import numbers, phrases
from wres_helpers.report.form.blocks import Block, Notice, Prose, Table
from wres_helpers.report.form.topics import topical
from wres_helpers.report.section.part_blocks import category_label
from wres_helpers.report.section.table_blocks import with_interval
from wres_helpers.report.words.evidence_rows import HIDDEN
from wres_helpers.report.words.made_tables import number, of_groups, table_of, table_or_notice, words_field
from wres_helpers.report.words.vocabulary import characteristic, group_label, snapshot_date

STEPS = {"lower_to_middle": "Lower to middle", "middle_to_upper": "Middle to upper", "lower_to_upper": "Lower to upper"}


def pipeline(shown: Evidence) -> tuple[Block, ...]:
    """Return the race disparity ratios as a reading and tables; nothing where no band was supplied or none may be shown."""
    frame = shown.pipeline
    frame = frame[frame["year"].eq(shown.context.year)].reset_index(drop=True)
    if frame["value"].isna().all():
        return ()
    whole = frame["breakdown"].isin(("overall", "staff_group"))
    parts = [parts_table(shown, str(name), part) for name, part in frame[~whole].groupby("breakdown", sort=False)]
    reading = Prose((topical(shown, _reading(shown, frame[whole]), "workforce", tables=["pipeline"]),))
    tables = (pipeline_table(shown, frame[whole]), *parts)
    return reading, *(replace(table, behind=True) if isinstance(table, Table) else table for table in tables)


def parts_table(shown: Evidence, breakdown: str, frame: pd.DataFrame) -> Table | Notice:
    """Return one row per directorate or other part of the staff, by name: people by tier and the three ratios with their intervals."""
    parts = {str(name): part.set_index("step") for name, part in frame.groupby("category")}
    members = {name: name.split(TOGETHER) for name in parts if TOGETHER in name and set(name.split(TOGETHER)) <= set(parts)}
    alone = [name for name in parts if name not in members]
    # parts of which only the sum is told; the sum of all parts is all staff
    sums = [name for name, found in members.items() if len(found) < len(alone) and parts[name]["value"].notna().any()]
    # a part without a ratio of its own stands in such a sum
    only_there = {name for whole in sums for name in members[whole] if parts[name]["value"].isna().all()}
    names = {name: category_label(name) for name in (*alone, *members)}
    label = breakdown.replace("_", " ")
    fields = (
        words_field(phrases.capital(label), lambda steps: names[steps["category"].iloc[0]]),
        *of_groups(
            shown,
            lambda steps, group: _people(_tiers(steps, group), steps.at["lower_to_upper", "reason"]),
            ending=", in the lower, middle and upper tier",
        ),
        *(number(words, partial(_ratio, step=step)) for step, words in STEPS.items()),
    )
    level, bme = numbers.confidence(shown.context.status_rule.confidence), group_label(shown, "bme")
    notes = (
        f"In brackets the {level} interval. 1 is parity; above 1, {bme} staff are fewer in the upper of the two tiers.",
        "Of many ratios some leave out 1 by chance alone.",
    )
    caption = topical(shown, f"{name(shown)}s by {label}, {snapshot_date(shown, shown.context.year)}", "workforce")
    told = (parts[name] for name in (*alone, *sums) if name not in only_there)
    return table_or_notice(table_of(f"indicator-1-pipeline-{breakdown.replace('_', '-')}", caption, fields, told, notes), names=3)


def _tiers(steps: pd.DataFrame, group: str) -> list[float]:
    """Return the people of a group in the lower, middle and upper tier."""
    whole = steps.loc["lower_to_upper"]
    return [whole[f"{group}_lower_count"], steps.at["lower_to_middle", f"{group}_upper_count"], whole[f"{group}_upper_count"]]


def _ratio(steps: pd.DataFrame, step: str) -> str:
    """Return the ratio of a step and its interval, which is not divided at the end of a line; or why there is none."""
    value, interval = _values(steps.loc[step])
    ends = interval.replace(" ", "\u00a0")
    return value if pd.isna(steps.at[step, "value"]) else f"{value} ({ends})"


def name(shown: Evidence) -> str:
    """Return what the ratio is called: of race by those who use it, of another characteristic without one."""
    return "Race disparity ratio" if characteristic(shown) == "ethnicity" else "Disparity ratio"


def pipeline_table(shown: Evidence, frame: pd.DataFrame) -> Table | Notice:
    """Return one row per part of the staff and step: people of each group in the two tiers, the ratio and its interval."""
    fields = (
        words_field("Step", lambda row: f"{_staff(row['category'])}, {phrases.small(STEPS[row['step']])}"),
        *of_groups(
            shown,
            lambda row, group: _people([row[f"{group}_lower_count"], row[f"{group}_upper_count"]], row["reason"]),
            ending=", lower and upper of the two tiers",
        ),
        *with_interval(shown, name(shown), _values),
    )
    rows = (row for _, part in frame.groupby("category", sort=False) for _, row in part.iterrows())
    note = f"1 is parity; above 1, {group_label(shown, 'bme')} staff are fewer in the upper of the two tiers."
    caption = topical(shown, f"{name(shown)}s, {snapshot_date(shown, shown.context.year)}", "workforce")
    return table_or_notice(table_of("indicator-1-pipeline", caption, fields, rows, [note]), names=3)


def _staff(category: str) -> str:
    return "All staff" if category == "all" else category_label(category)


def _values(row: pd.Series) -> tuple[str, str]:
    if pd.isna(row["value"]):
        return ({EMPTY: "not calculable", ABSENT: "not supplied"}.get(row["reason"], HIDDEN),) * 2
    return numbers.ratio(row["value"]), numbers.ratio_interval(row["lower"], row["upper"])


def _people(tiers: list[float], reason: str) -> str:
    missing = "not supplied" if reason == ABSENT else HIDDEN
    if all(pd.isna(count) for count in tiers):
        return missing
    return phrases.listed([missing if pd.isna(count) else numbers.count(count) for count in tiers])


def _reading(shown: Evidence, frame: pd.DataFrame) -> str:
    """Return where in the pipeline the groups part, of the steps of all staff that are clearly away from parity."""
    steps = frame[frame["category"].eq("all") & frame["step"].ne("lower_to_upper") & frame["value"].notna()]
    bme = group_label(shown, "bme")
    if steps.empty:
        return " ".join(["The ratios of all staff are hidden or cannot be calculated.", *_empty_tiers(shown, frame)])
    white = group_label(shown, "white")
    told = []
    for apart, amount in ((steps["clear"] & steps["value"].gt(1), "fewer"), (steps["clear"] & steps["value"].lt(1), "more")):
        if apart.any():
            names = [f"from {STEPS[step].lower()}" for step in steps.loc[apart, "step"]]
            step = f"at the step{'s' * (len(names) > 1)} {phrases.listed(names)}"
            than = f"than if they were spread like {white} staff"
            told.append(phrases.sentence(f"{step}, clearly {amount} {bme} staff are in the higher of the two tiers {than}"))
    every = "from one tier to the next" if len(steps) == len(STEPS) - 1 else "whose ratio can be calculated and shown"
    told = told or [f"At no step {every} is the spread of {bme} staff clearly different from that of {white} staff."]
    return " ".join([*told, *_empty_tiers(shown, frame)])


def _empty_tiers(shown: Evidence, frame: pd.DataFrame) -> list[str]:
    """Return that nobody of a group is in a tier of all staff, which a ratio cannot tell, beside those of the other group who are."""
    whole = frame[frame["category"].eq("all")].set_index("step")
    tiers = {group: dict(zip(("lower", "middle", "upper"), _tiers(whole, group), strict=True)) for group in ("white", "bme")}
    return [
        f"No {group_label(shown, group)} staff are in the {tier} tier, where {numbers.count(tiers[other][tier])} {group_label(shown, other)} staff are."
        for group, other in (("white", "bme"), ("bme", "white"))
        for tier, count in tiers[group].items()
        if count == 0 and tiers[other][tier] > 0
    ]


def formula(shown: Evidence) -> str:
    """Return how the ratios are made, and of which tiers; empty of a report that shows none."""
    if shown.pipeline.empty or shown.pipeline.loc[shown.pipeline["year"].eq(shown.context.year), "value"].isna().all():
        return ""
    white, bme = group_label(shown, "white"), group_label(shown, "bme")
    tiers = shown.context.reference.standard.tiers or "those of the standard's table of grades"
    return (
        f"The tiers are {tiers}. The ratio of a step is {white} staff in the upper over {white} staff in the lower "
        f"of its two tiers, divided by the same for {bme} staff: our own formula, since no official one was seen. It describes who is in post, "
        "not who was promoted."
    )

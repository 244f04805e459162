"""The pay pipeline: race disparity ratios by step, for all staff and for the parts that the data tell apart."""

import pandas as pd

from wres_helpers.analysis.evidence import Evidence
from wres_helpers.report import numbers, phrases
from wres_helpers.report.blocks import Block, Notice, Prose, Table, columns_of
from wres_helpers.report.part_blocks import category_label
from wres_helpers.report.table_blocks import table_or_notice
from wres_helpers.report.vocabulary import characteristic, group_label, snapshot_date

STEPS = {"lower_to_middle": "Lower to middle", "middle_to_upper": "Middle to upper", "lower_to_upper": "Lower to upper"}
TIERS = "The tiers are lower (up to Band 5), middle (Bands 6 and 7) and upper (Band 8a and above, very senior managers included)"


def pipeline(shown: Evidence) -> tuple[Block, ...]:
    """Return the race disparity ratios as a reading and a table; nothing where no band was supplied or none may be shown."""
    frame = shown.pipeline
    frame = frame[frame["year"].eq(shown.context.year)].reset_index(drop=True)
    if frame["value"].isna().all():
        return ()
    return Prose((_reading(shown, frame), _formula(shown))), pipeline_table(shown, frame)


def _name(shown: Evidence) -> str:
    """Return what the ratio is called: of race by those who use it, of another characteristic without one."""
    return "Race disparity ratio" if characteristic(shown) == "ethnicity" else "Disparity ratio"


def pipeline_table(shown: Evidence, frame: pd.DataFrame) -> Table | Notice:
    """Return one row per part of the staff and step: people of each group in the two tiers, the ratio and its interval."""
    white, bme = (group_label(shown, group, starting=True) for group in ("white", "bme"))
    columns = columns_of(
        ("Staff", "Step"),
        (
            f"{white}, lower and upper of the two tiers",
            f"{bme}, lower and upper of the two tiers",
            _name(shown),
            f"{numbers.confidence(shown.context.confidence)} interval",
        ),
    )
    body = [_row(row) for _, part in frame.groupby("category", sort=False) for _, row in part.iterrows()]
    caption = f"{_name(shown)}s, {snapshot_date(shown, shown.context.year)}"
    note = f"1 is parity; above 1, {bme} staff are fewer in the upper of the two tiers than the spread of {group_label(shown, 'white')} staff would have it."
    return table_or_notice(shown, Table("indicator-1-pipeline", caption, columns, tuple(body), notes=(note,)), names=4)


def _row(row: pd.Series) -> tuple[str, ...]:
    people = [_people(row[f"{group}_lower_count"], row[f"{group}_upper_count"]) for group in ("white", "bme")]
    if pd.isna(row["value"]):
        values = ["not calculable" if row["reason"].startswith("nobody") else "not shown"] * 2
    else:
        values = [numbers.ratio(row["value"]), numbers.ratio_interval(row["lower"], row["upper"])]
    return ("All staff" if row["category"] == "all" else category_label(row["category"]), STEPS[row["step"]], *people, *values)


def _people(lower: float, upper: float) -> str:
    if pd.isna(lower) and pd.isna(upper):
        return "not shown"
    return " and ".join("not shown" if pd.isna(count) else numbers.count(count) for count in (lower, upper))


def _reading(shown: Evidence, frame: pd.DataFrame) -> str:
    """Return where in the pipeline the groups part, of the steps of all staff whose interval leaves out parity."""
    steps = frame[frame["category"].eq("all") & frame["step"].ne("lower_to_upper") & frame["value"].notna()]
    bme = group_label(shown, "bme")
    if steps.empty:
        return "The ratios of all staff are not shown or cannot be calculated."
    fewer = [f"from {STEPS[row['step']].lower()}" for _, row in steps.iterrows() if row["lower"] > 1]
    more = [f"from {STEPS[row['step']].lower()}" for _, row in steps.iterrows() if row["upper"] < 1]
    white = group_label(shown, "white")
    if not fewer and not more:
        step = (
            "At no step from one tier to the next" if len(steps) == len(STEPS) - 1 else "At no step whose ratio can be calculated and shown"
        )
        return f"{step} is the spread of {bme} staff clearly different from that of {white} staff."
    told = []
    for names, amount in ((fewer, "fewer"), (more, "more")):
        if names:
            step = f"at the step{'s' * (len(names) > 1)} {phrases.listed(names)}"
            told.append(
                f"{step}, {bme} staff are clearly {amount} in the higher of the two tiers than {white} staff's spread would have it"
            )
    return " ".join(phrases.sentence(text) for text in told)


def _formula(shown: Evidence) -> str:
    white, bme = group_label(shown, "white"), group_label(shown, "bme")
    return (
        f"{TIERS}; medical and dental staff are in none. The ratio of a step is {white} staff in the upper over {white} staff in the lower "
        f"of its two tiers, divided by the same for {bme} staff: our own formula, since no official one was seen. It describes who is in post, "
        "not who was promoted."
    )

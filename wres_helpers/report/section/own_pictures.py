"""What one section alone shows: the steps of recruitment, the answers of the survey, the board beside the workforce."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pandas as pd

from wres_helpers.analysis.evidence import Evidence
from wres_helpers.report.form import numbers, phrases, plots
from wres_helpers.report.form.blocks import Figure, Notice, Table
from wres_helpers.report.form.drawing import Category, Mark
from wres_helpers.report.form.topics import last_two, topical
from wres_helpers.report.section import charts, table_blocks
from wres_helpers.report.words import evidence_rows
from wres_helpers.report.words.headlines import NOTHING_SUPPLIED, title
from wres_helpers.report.words.made_tables import number, of_groups, table_of, words_field
from wres_helpers.report.words.sentences import question_of, question_told
from wres_helpers.report.words.vocabulary import MEMBERSHIPS, characteristic, group_label, snapshot_date, wording, year_label
from wres_helpers.standard import statuses

WHOLE_WAY = "appointed_from_applied"
STAGES = ("shortlisted_from_applied", "appointed_from_shortlisting", WHOLE_WAY)
ONLY_ONE_STEP = "Only the step from shortlisting to appointment is indicator 2; the others are context."


def _stage_rows(shown: Evidence) -> list[pd.Series]:
    frame = evidence_rows.of_indicator(shown, "results", "2")
    found = (evidence_rows.first(frame, measure=measure, breakdown="overall") for measure in STAGES)
    return [row for row in found if row is not None]


def recruitment_funnel(shown: Evidence) -> tuple[Figure | Notice, ...]:
    """Return each step of recruitment as bars with its table; only the middle step is the indicator."""
    found = _stage_rows(shown)
    if all(row["status"] == statuses.NOT_SUPPLIED for row in found):
        return (Notice(title=charts.NO_CHART, text="The stages of recruitment were not supplied for this year."),)
    categories = tuple(
        Category(wording(shown, row["measure"]).stage, tuple(charts.group_mark(shown, row, group) for group in ("white", "bme")))
        for row in found
    )
    subtitle = f"Percentage of each group that passed each step of recruitment, {year_label(shown.context.year)}"
    found_out, table = topical(shown, _finding_of_steps(shown, found), "2"), steps_table(shown)
    told = partial(charts.drawn, shown, id="indicator-2-stages", title=found_out, subtitle=subtitle, numbers=table, notes=[ONLY_ONE_STEP])
    return (told("Bar chart", plots.bars(categories), categories),)


def _finding_of_steps(shown: Evidence, found: list[pd.Series]) -> str:
    """Return at which of the two steps a group fared clearly better, as far as values are shown; the whole way is no third step."""
    known = [row for row in found if row["measure"] != WHOLE_WAY and evidence_rows.has(row, "value")]
    told: list[str] = []
    for group in ("white", "bme"):
        clear = [row for row in known if evidence_rows.is_clear(row) and row["value"] != 1 and (row["value"] > 1) == (group == "white")]
        at = phrases.listed([f"from {phrases.small(wording(shown, row['measure']).stage)}" for row in clear])
        told += [f"{group_label(shown, group, starting=not told)} candidates {at}"] if clear else []
    said = " and ".join(told).replace(" candidates ", " candidates fared clearly better ", 1)
    return said or "At no step that can be compared is there a clear difference"


def steps_table(shown: Evidence) -> Table:
    """Return one row per step: each group's percentage with count and base, and the relative likelihood."""
    ratio = f"{group_label(shown, 'white', starting=True)} divided by {group_label(shown, 'bme')}"
    fields = (
        words_field("Step", lambda row: wording(shown, row["measure"]).stage),
        *of_groups(shown, lambda row, group: charts.group_mark(shown, row, group).text),
        *table_blocks.with_interval(shown, ratio),
    )
    caption = f"Recruitment step by step: percentage that passed, {year_label(shown.context.year)}"
    return table_of("indicator-2-stages-table", caption, fields, _stage_rows(shown))


#: What is left of a bar where answers are hidden.
REST = "answers that are hidden one by one"


def _told(answer: str) -> str:
    """Return an answer as it is printed and heard: '1-2 times' is 'one two times' in many a voice."""
    return re.sub(r"(?<=\d)-(?=\d)", " to ", answer)


def answers(shown: Evidence, indicator: str) -> pd.DataFrame:
    """Return one row per response and group: the share of the group's respondents who gave it."""
    question = {"item": "survey", "year": shown.context.year, "breakdown": question_of(shown, indicator), "of": "group"}
    frame = evidence_rows.where(shown.shares, question)
    return frame[frame["ethnic_group"].isin(["white", "bme"])]


def answers_chart(shown: Evidence, indicator: str) -> tuple[Figure | Notice, ...]:
    """Return how each group answered as one bar a group; a notice where answers are missing, nothing where all are or there were two only."""
    frame, headline = answers(shown, indicator), evidence_rows.headline_row(shown, indicator)
    if headline is None or headline["status"] == statuses.NOT_SUPPLIED:
        return ()  # the chart of its percentages says so
    if frame.empty:
        return (Notice(title=charts.NO_CHART, text="Not all answers to the question were supplied for this year."),)
    if frame["category"].nunique() <= 2:
        return ()
    groups = []
    for group in ("white", "bme"):
        shares = {
            str(answer): evidence_rows.first(frame, category=answer, ethnic_group=group) for answer in dict.fromkeys(frame["category"])
        }
        marks = (charts.share_mark(_told(answer), row) for answer, row in shares.items())
        # within a bar is room for the percentage alone, and for no range of a hidden one
        short = (replace(mark, short="" if mark.value is None else numbers.percentage(mark.value), known=None) for mark in marks)
        groups.append(Category(group_label(shown, group, starting=True), tuple(short)))
    subtitle = f"Answers to {question_told(question_of(shown, indicator))}: percentage of each group, {year_label(shown.context.year)}"
    finding = topical(shown, _first_answer(shown, indicator, [group.marks[0] for group in groups]), indicator)
    told = partial(charts.drawn, shown, id=f"indicator-{indicator}-answers", title=finding, subtitle=subtitle)
    kind, bars = "Stacked bars", plots.answer_bars(tuple(groups), REST)
    return (told(kind, bars, tuple(groups), numbers=answers_table(shown, indicator)),)


def _first_answer(shown: Evidence, indicator: str, marks: list[Mark]) -> str:
    """Return who gave the question's first answer (Never, Yes) as the finding, where both groups' percentage may be shown."""
    if any(mark.value is None for mark in marks):
        return f"How each group answered {question_told(question_of(shown, indicator))}"
    white, bme = (f"{mark.short} of {group_label(shown, group)}" for mark, group in zip(marks, ("white", "bme"), strict=True))
    return f"'{marks[0].series}' was the answer of {white} and {bme} respondents"


def answers_table(shown: Evidence, indicator: str) -> Table:
    """Return one row per response: respondents and percentage of each group; and all who answered, where every answer names the same base."""
    frame = answers(shown, indicator)

    def cell(response: str, group: str, field: str, style: Callable[[float], str]) -> str:
        return evidence_rows.cell(evidence_rows.first(frame, category=response, ethnic_group=group), field, style)

    count = partial(cell, field="count", style=numbers.count)
    fields = [
        words_field("Answer", _told),
        *table_blocks.counts_and_shares(shown, ("white", "bme"), count, partial(cell, field="rate", style=numbers.percentage)),
    ]
    question = question_told(question_of(shown, indicator))
    caption = f"Answers to {question}, {year_label(shown.context.year)}" if question else "Answers: not supplied"
    responses = dict.fromkeys(frame["category"])
    return table_of(f"indicator-{indicator}-answers-table", caption, fields, responses, ending=_all_who_answered(frame))


def _all_who_answered(frame: pd.DataFrame) -> list[tuple[str, ...]]:
    if frame.empty:
        return []
    cells = ["All who answered"]
    for group in ("white", "bme"):
        row = evidence_rows.first(frame, ethnic_group=group)
        base = evidence_rows.cell(row, "base", numbers.count)
        cells += [base, numbers.percentage(1) if evidence_rows.has(row, "base") and row["base"] else base]
    return [tuple(cells)]


#: The comparison of a board with the workforce, whichever indicator asks for it.
BOARD = "board-workforce"
#: Why a board is hidden that is as small as most are, and what would show it.
HIDDEN_BOARD = (
    "The board knows its members; to others a count of so few could point to a person. What is public already may be shown, if the "
    "organisation decides so."
)


def board_chart(shown: Evidence) -> Figure | Table | Notice:
    """Return the board's members as dots; where not all of their numbers may be shown why, and what would show them."""
    boards = shown.context.catalogue.loc[shown.context.catalogue["direction"].eq(BOARD), "indicator"]
    row = evidence_rows.headline_row(shown, boards.iloc[0]) if len(boards) else None
    if row is None or row["status"] == statuses.NOT_SUPPLIED:
        return Notice(title=charts.NO_CHART, text=NOTHING_SUPPLIED)
    of, table = characteristic(shown), board_table(shown)
    groups = [group for group in table_blocks.GROUPS if group != "unknown" or evidence_rows.is_there(row, "unknown_count")]
    if not all(evidence_rows.has(row, f"{group}_count") for group in groups):
        return table
    part = "Board" if row["category"] == "total" else MEMBERSHIPS[row["category"]]  # whom the headline counts
    marks = [Mark(part, float(row[f"{group}_count"]), table_blocks.group_count(row, group)) for group in groups]
    categories = tuple(Category(group_label(shown, group, starting=True), (mark,)) for group, mark in zip(groups, marks, strict=True))
    members = "Board members" if row["category"] == "total" else f"{part} of the board"
    subtitle = f"{members} by {of}, one dot each, {snapshot_date(shown, shown.context.year)}"
    found = topical(shown, title(shown, row), str(row["indicator"]))
    told = partial(charts.drawn, shown, id="indicator-9-chart", title=found, subtitle=subtitle, numbers=table)
    return told("Chart of one dot for each person", plots.people_dots(categories), categories)


def board_table(shown: Evidence) -> Table:
    """Return one row per part of the board (whole, voting, executive) and one for the workforce."""
    bme, groups = group_label(shown, "bme"), table_blocks.GROUPS
    fields = (
        words_field("Part of the board", lambda row: MEMBERSHIPS.get(row["category"], row["category"])),
        *of_groups(shown, table_blocks.group_count, groups),
        number("All", "bme_base"),
        number(f"{bme} share", lambda row: table_blocks.rate_cell(shown, row, "bme")),
        number(f"{bme} share minus workforce", "value", numbers.signed_points),
    )
    whole = {group: evidence_rows.workforce_share(shown, group) for group in (*groups, "all")}
    counts = [evidence_rows.cell(row, "count", numbers.count) for row in whole.values()]
    workforce = ("Whole workforce", *counts, evidence_rows.cell(whole["bme"], "rate", numbers.percentage), "basis of comparison")
    parts = evidence_rows.where(shown.results, {"year": shown.context.year, "direction": BOARD})
    of, caption = parts["indicator"].unique(), f"The board by {characteristic(shown)}, {snapshot_date(shown, shown.context.year)}"
    absent = parts["status"].eq(statuses.NOT_SUPPLIED)
    names = [MEMBERSHIPS.get(name, name) for name in parts.loc[absent, "category"]]
    notes = [phrases.sentence(f"not supplied: {phrases.small('; '.join(names))}")] if names else []
    table = table_of("indicator-9-board", topical(shown, caption, *of), fields, parts[~absent], notes, [workforce])
    # rows whose BME people are hidden say nothing of them: a note names them, and the file has them
    hidden = tuple(tuple(map(str, row)) for row in table.rows[1:] if row[2] == evidence_rows.HIDDEN)
    which = "; ".join(phrases.small(row[0]) for row in hidden)
    named = [f"Hidden, so that nobody can be recognised: how many {bme} people are among {which}."] if hidden else []
    named += [HIDDEN_BOARD] if any(evidence_rows.protection(row) for _, row in parts.iterrows()) else []
    return replace(table, rows=tuple(row for row in table.rows if row not in hidden), file_rows=hidden, notes=(*table.notes, *named))


def profile_chart(shown: Evidence) -> Figure:
    """Return each ethnic group's share of staff in post, this year and the year before, as bars."""
    years, bars = [year for year in (shown.context.year, shown.context.previous_year) if year], []
    for group in table_blocks.GROUPS:
        marks = (charts.share_mark(year_label(year), evidence_rows.workforce_share(shown, group, year)) for year in years)
        bars.append(Category(group_label(shown, group, starting=True), tuple(marks)))
    days = " and ".join(snapshot_date(shown, year) for year in reversed(years))
    subtitle = f"Staff in post by {characteristic(shown)}, {days}"
    finding = topical(shown, _profile_finding(shown), "headcount", tables=["shares"], years=last_two(shown))
    told = partial(charts.drawn, shown, id="workforce-profile-chart", title=finding, subtitle=subtitle)
    return told("Bar chart", plots.bars(tuple(bars), focus=True), tuple(bars), numbers=table_blocks.profile_table(shown))


def _profile_finding(shown: Evidence) -> str:
    bme, unknown = evidence_rows.workforce_share(shown, "bme"), evidence_rows.workforce_share(shown, "unknown")
    if not (evidence_rows.has(bme, "rate") and evidence_rows.has(unknown, "rate")):
        return f"Who works at {shown.context.parameters.organisation.short_name}"
    known, open_share = numbers.percentage(bme["rate"]), numbers.percentage(unknown["rate"])
    return f"{known} of staff are {group_label(shown, 'bme')}; {open_share} have not disclosed their {characteristic(shown)}"

"""Staff survey: how the answers to a question are distributed in each group."""

from collections.abc import Callable
from functools import partial

import pandas as pd

from wres_helpers.analysis.evidence import Evidence
from wres_helpers.report import charts, evidence_rows, numbers, plots, table_blocks
from wres_helpers.report.blocks import Figure, Notice, Table
from wres_helpers.report.drawing import Category
from wres_helpers.report.made_tables import named, table_of
from wres_helpers.report.vocabulary import group_label, year_label

#: What is left of a bar where answers are hidden.
REST = "answers that are not shown one by one"


def question_of(shown: Evidence, indicator: str) -> str:
    """Return the label of the survey question that answers an indicator: the organisation's own, or the edition's."""
    definition = evidence_rows.definition_of(shown, indicator)
    return str(shown.context.questions.get(indicator) or definition["survey_question"])


def answers(shown: Evidence, indicator: str) -> pd.DataFrame:
    """Return one row per response and group: the share of the group's respondents who gave it."""
    question = {"item": "survey", "year": shown.context.year, "breakdown": question_of(shown, indicator), "of": "group"}
    frame = evidence_rows.where(shown.shares, question)
    return frame[frame["ethnic_group"].isin(["white", "bme"])]


def answers_chart(shown: Evidence, indicator: str) -> tuple[Figure | Notice, ...]:
    """Return how each group answered as one bar a group; a notice where nothing was supplied, nothing where there were two answers only."""
    frame = answers(shown, indicator)
    if frame.empty:
        return (Notice(title=charts.NO_CHART, text="Not all answers to the question of this indicator were supplied for this year."),)
    if frame["category"].nunique() <= 2:
        return ()
    groups = []
    for group in ("white", "bme"):
        shares = {
            str(answer): evidence_rows.first(frame, category=answer, ethnic_group=group) for answer in dict.fromkeys(frame["category"])
        }
        marks = tuple(charts.share_mark(answer, row, short=True) for answer, row in shares.items())
        groups.append(Category(group_label(shown, group, starting=True), marks))
    subtitle = f"Answers to question {question_of(shown, indicator)}: percentage of each group, {year_label(shown.context.year)}"
    plot = charts.Plot(f"indicator-{indicator}-answers", _finding(shown, indicator, frame), subtitle, answers_table(shown, indicator))
    return (
        charts.drawn(plot, "Stacked bar chart, one bar for each group", plots.answers(tuple(groups), REST), tuple(groups), strokes=False),
    )


def _finding(shown: Evidence, indicator: str, frame: pd.DataFrame) -> str:
    """Return the commonest answer of each group as the finding, where what is shown settles which one that is."""
    white_most, bme_most = (_commonest(frame[frame["ethnic_group"] == group]) for group in ("white", "bme"))
    if white_most is None or bme_most is None:
        return f"How each group answered question {question_of(shown, indicator)}"
    (white_answer, white_rate), (bme_answer, bme_rate) = white_most, bme_most
    white, bme = group_label(shown, "white"), group_label(shown, "bme")
    if white_answer == bme_answer:
        return f"'{white_answer}' was the answer of {white_rate} of {white} and {bme_rate} of {bme} respondents"
    return f"The commonest answer was '{white_answer}' among {white} and '{bme_answer}' among {bme} respondents"


def _commonest(answers_of_group: pd.DataFrame) -> tuple[str, str] | None:
    """Return a group's commonest answer and its percentage; None where hidden answers could be commoner."""
    known = [row for _, row in answers_of_group.iterrows() if evidence_rows.has(row, "rate")]
    if not known:
        return None
    top = max(known, key=lambda row: row["rate"])
    if len(known) < len(answers_of_group) and top["rate"] <= 0.5:
        return None
    return str(top["category"]), numbers.percentage(top["rate"])


def answers_table(shown: Evidence, indicator: str) -> Table:
    """Return one row per response: respondents and percentage of each group; and all who answered, where every answer names the same base."""
    frame = answers(shown, indicator)

    def cell(response: str, group: str, field: str, style: Callable[[float], str]) -> str:
        return evidence_rows.cell(evidence_rows.first(frame, category=response, ethnic_group=group), field, style)

    count = partial(cell, field="count", style=numbers.count)
    fields = [
        named("Answer", str),
        *table_blocks.counts_and_shares(shown, ("white", "bme"), count, partial(cell, field="rate", style=numbers.percentage)),
    ]
    question = question_of(shown, indicator)
    caption = f"Answers to question {question}, {year_label(shown.context.year)}" if question else "Answers: not supplied"
    responses = dict.fromkeys(frame["category"])
    return table_of(shown, f"indicator-{indicator}-answers-table", caption, fields, responses, ending=_bases(frame))


def _bases(frame: pd.DataFrame) -> list[tuple[str, ...]]:
    if frame.empty:
        return []
    cells = ["All who answered"]
    for group in ("white", "bme"):
        row = evidence_rows.first(frame, ethnic_group=group)
        base = evidence_rows.cell(row, "base", numbers.count)
        cells += [base, numbers.percentage(1) if evidence_rows.has(row, "base") and row["base"] else base]
    return [tuple(cells)]

"""Metrics as tables: any standard's, made from its catalogue alone; and those of the NHS improvement plan (June 2023) that our counts answer."""

from functools import partial
from typing import Final

import pandas as pd

from wres_helpers.analysis.evidence import Evidence
from wres_helpers.report.form import numbers, phrases
from wres_helpers.report.form.blocks import Block, Cell, Headline, Prose, Table
from wres_helpers.report.form.topics import anchor_of, topical
from wres_helpers.report.section import table_blocks
from wres_helpers.report.section.beside_national_figures import national_cell, national_heading, national_note
from wres_helpers.report.section.table_blocks import GROUPS, group_count, value_cells, value_text, value_title
from wres_helpers.report.summary import overview
from wres_helpers.report.summary.how_sure import how_sure, how_to_read
from wres_helpers.report.summary.left_open import gravest_unknown
from wres_helpers.report.summary.standings import standings
from wres_helpers.report.words import evidence_rows as rows
from wres_helpers.report.words import vocabulary
from wres_helpers.report.words.beside_headlines import judged_as, rows_told, which_is_worse
from wres_helpers.report.words.doubts import beside_status
from wres_helpers.report.words.evidence_rows import counted, with_rate
from wres_helpers.report.words.headlines import chance_words, line, reason_told
from wres_helpers.report.words.made_tables import Field, number, of_groups, status_cell, table_of, words_field
from wres_helpers.report.words.vocabulary import grade_label, group_label, share_heading, spelled_out, worse_off, year_label
from wres_helpers.standard.catalogue import SEEN
from wres_helpers.standard.columns import SHARE_OF_GRADE
from wres_helpers.standard.statuses import FINDINGS, LABELS

DOES_NOT_APPLY = "does not apply"
#: Directions of a comparison without a second group: a share that is compared with nothing, or with the whole.
_ALONE = ("none", "grade-workforce", "board-workforce")


def metrics(shown: Evidence) -> tuple[Block, ...]:
    """Return every metric of the standard: what it found in one sentence each, and all of them in one table."""
    known, headlines = [], []
    for _, definition in shown.context.catalogue.iterrows():
        frame = rows.of_indicator(shown, "results", definition["indicator"], measure=definition["measure"])
        # the row that speaks for it: over everybody, or the whole board
        for _, row in frame[frame["breakdown"].eq("overall") | frame["category"].eq("total")].head(1).iterrows():
            known.append(row)
            headlines += [_headline(shown, definition, row)] if definition["role"] == "headline" else []
    return (
        *(() if "00_overview" in shown.context.parameters.sections else (standings(shown), how_to_read(shown))),
        *headlines,
        _left_open(shown),
        _table(shown, known),
        *_grades(shown),
    )


def _left_open(shown: Evidence) -> Prose:
    """Return what the overview says of how sure this is and of what is not known, where the report has none; and which metrics are not among these."""
    unanswered = shown.context.reference.standard.unanswered
    said_above = "00_overview" in shown.context.parameters.sections
    blocks = () if said_above else (how_sure(shown), overview.beside_other_figures(shown), Prose(gravest_unknown(shown)))
    told = [paragraph for block in blocks for paragraph in block.paragraphs]
    return Prose((*told, *([f"Not answered here: {unanswered}."] if unanswered else [])))


def _headline(shown: Evidence, definition: pd.Series, row: pd.Series) -> Headline:
    value = ""
    if rows.has(row, "value"):
        share = f"{group_label(shown, 'bme')} share minus that of all staff"
        what = share if row["direction"].endswith("workforce") else phrases.small(value_title(shown, row))
        value = f"{what}: {value_text(row)}; {which_is_worse(shown, definition)}"
    label = (
        f"{vocabulary.indicator_named(shown, definition['indicator'])}, {phrases.small(definition['plain_title'])}: {LABELS[row['status']]}"
    )
    label += f", {worse}" if (worse := worse_off(shown, row["status"])) else ""
    reason = "; ".join(filter(None, [reason_told(shown, row), judged_as(shown, row), *beside_status(shown, row)]))
    indicator = definition["indicator"]
    told, detail = phrases.sentence(line(shown, row)), f"{phrases.sentence(value)} {phrases.sentence(reason)}".strip()
    text = topical(shown, told, indicator, rows=rows_told(shown, row, told))
    tables = ("results", "statuses", "asides", "bounds")
    detail = topical(shown, detail, indicator, tables=tables, rows=rows_told(shown, row, detail))
    return Headline(text, detail, row["status"], label, anchor=anchor_of(indicator), heads=True)


def _table(shown: Evidence, known: list[pd.Series]) -> Table:
    fields: tuple[Field, ...] = (
        words_field(phrases.capital(vocabulary.metric(shown)), partial(_name, shown)),
        *of_groups(shown, lambda row, group: DOES_NOT_APPLY if group == "white" and row["direction"] in _ALONE else with_rate(row, group)),
        ("Comparison", "interval", partial(_comparison, shown)),
        ("Status", "status", lambda row: status_cell(row["status"])),
    )
    national = {row["measure"]: national_cell(shown, row) for row in known}
    if any(national.values()):
        beside = words_field(national_heading(shown), lambda row: national[row["measure"]] or "not known")
        fields = (*fields[:-1], beside, fields[-1])
    notes = (
        table_blocks.interval_key(shown.context.status_rule.confidence),
        overview.meanings(shown, {row["status"] for row in known}),
        national_note(shown, [row["indicator"] for row in known if national[row["measure"]]]),
        spelled_out(shown),
    )
    caption = f"The metrics side by side, {shown.context.parameters.organisation.name}, {year_label(shown.context.year)}"
    return table_of("metrics", caption, fields, known, notes, keys=1)


def _comparison(shown: Evidence, row: pd.Series) -> Cell:
    if not rows.has(row, "value", "lower", "upper"):
        return DOES_NOT_APPLY if row["comparison"] == "none" else value_cells(row)[0]
    return table_blocks.interval_cell(row, str(rows.definition_of(shown, row["indicator"], row["measure"])["adverse"]))


def _name(shown: Evidence, row: pd.Series) -> str:
    title = rows.definition_of(shown, row["indicator"], row["measure"])["plain_title"]
    title = "Share of the whole workforce" if row["measure"] == SHARE_OF_GRADE else title
    of = ("benchmarks", row["indicator"]) if national_cell(shown, row) else (row["indicator"],)
    return topical(shown, f"{row['indicator']}. {title}", *of, tables=["results", "benchmarks"][: len(of)])


def _grades(shown: Evidence) -> tuple[Table, ...]:
    """Return the groups of grades, where the standard compares them; nothing where none was supplied."""
    frame = rows.where(shown.results, {"measure": "share_of_grade", "breakdown": "cluster", "year": shown.context.year})
    if frame.empty:
        return ()
    ending = f": {share_heading(shown, 'share_of_grade')[0].lower()}"
    fields = (words_field("Grades", lambda row: grade_label(shown, row["category"])), *of_groups(shown, group_count, GROUPS, ending))
    caption = topical(shown, f"Staff by group of grades, {year_label(shown.context.year)}", "workforce")
    return (table_of("metric-grades", caption, fields, frame),)


def metric_definitions(shown: Evidence) -> Table:
    """Return how each metric of the standard is defined, where that stands, and whether it was seen there."""
    fields = (
        words_field(phrases.capital(vocabulary.metric(shown)), lambda row: f"{row['indicator']}. {row['plain_title']}"),
        words_field("Definition", lambda row: row["definition"]),
        words_field("Period", partial(_period, shown)),
        words_field("Source", lambda row: row["source"]),
        words_field("Seen", lambda row: SEEN[row["seen"]]),
    )
    return table_of("metric-definitions", f"How each {vocabulary.metric(shown)} is defined here", fields, shown.context.catalogue)


def _period(shown: Evidence, row: pd.Series) -> str:
    """Return the time a metric covers; of answers to a survey that the standard dates no nearer, that no date was supplied and whose they are."""
    told = vocabulary.period_told(shown, row)
    undated = row["base"] == "survey" and "survey" not in told
    return f"{told}; answers of those who replied, to a survey whose date was not supplied" if undated else told


#: Metrics that rest on data the pack does not read, and what they need. Source: the plan's metrics as an integrated care system lists them.
ELSEWHERE: Final = {
    "1a": "yearly appraisal of chair and chief executive on these objectives: written by the board",
    "2f": "the combined score of the National Education and Training Survey",
    "3a": "pay gaps by gender, race and disability: pay is not read",
    "4a": "a survey question on wellbeing that is not among those read",
    "5a and 5b": "belonging and bullying of international recruits: the survey is not told apart by them",
}
FIRST_EDITION: Final = 2024


def improvement_plan(shown: Evidence) -> tuple[Block, ...]:
    """Return the plan's metrics with this year's figure, counts, interval and status; and which metrics are not answered here.

    The plan measures race equality by the indicators of WRES; of another standard there is nothing to show.
    """
    if shown.context.reference.standard.short_name != "WRES":
        return ()
    fields = (
        words_field("Metric", lambda metric: topical(shown, metric[0], metric[3])),
        words_field("What it asks", lambda metric: metric[1]),
        number("Figure", lambda metric: _plan_cells(shown, metric[2])[0]),
        number("Counts", lambda metric: _plan_cells(shown, metric[2])[1]),
        number(f"{numbers.confidence(shown.context.status_rule.confidence)} interval", lambda metric: _plan_cells(shown, metric[2])[2]),
        ("Status", "status", lambda metric: status_cell("not_supplied" if metric[2] is None else metric[2]["status"])),
    )
    caption = f"Success metrics of the improvement plan, {year_label(shown.context.year)}"
    note = (
        "The status follows from the rule of this report, which is not part of the plan. 2b is answered in part: one question of those it names. "
        "2c and 2e compare no two groups (indicator 2 does); 2d is a part of indicator 1, and no further large difference of page one."
    )
    found = _metrics(shown)
    codes = {row["status"] for _, _, row, _ in found if row is not None}
    worse = [f"{LABELS[code].partition(' (')[0]}: {whose}" for code in LABELS if code in codes and (whose := worse_off(shown, code))]
    table = table_of("improvement-plan", caption, fields, found, [phrases.sentence("; ".join(worse)), note])
    elsewhere = phrases.sentence("Not answered from these data: " + "; ".join(f"{name} ({needs})" for name, needs in ELSEWHERE.items()))
    before = shown.context.edition < FIRST_EDITION
    early = ("The plan was published in June 2023, after this reporting year; its metrics are applied backwards here.",) if before else ()
    return table, Prose((*early, elsewhere))


def _metrics(shown: Evidence) -> list[tuple[str, str, pd.Series | None, str]]:
    """Return the plan's metrics: name, what each asks, the row that answers it, and what that is about."""
    bme, start = group_label(shown, "bme"), group_label(shown, "bme", starting=True)
    leading = rows.first(rows.of_indicator(shown, "results", "1", measure="leadership_share"), breakdown="overall")
    ground = rows.first(rows.of_indicator(shown, "results", "8", measure="discrimination_on_ethnic_ground"), breakdown="overall")
    told = [
        ("2a", "Relative likelihood of being appointed from shortlisting", rows.headline_row(shown, "2"), "2"),
        ("2b in part", "Believing that careers are fair here", rows.headline_row(shown, "7"), "7"),
        ("2c", f"{start} share of the workforce", rows.workforce_share(shown, "bme"), "headcount"),
        ("2d", f"{bme} share of Band 8c and above, beside the workforce", leading, "1"),
        ("2e", f"{start} share of shortlisted candidates", rows.share(shown, "shortlisted", "bme"), "shortlisted"),
        ("6a", "Harassment from managers or colleagues", rows.headline_row(shown, "6"), "6"),
        ("6b", "Discrimination by managers or colleagues", rows.headline_row(shown, "8"), "8"),
        ("Beside 6b", f"{start} staff who met discrimination and named their ethnic background as a ground", ground, "8"),
    ]
    return told if ground is not None else told[:-1]


def _plan_cells(shown: Evidence, row: pd.Series | None) -> tuple[str, str, str]:
    """Return a metric's figure, its counts and its interval."""
    if row is None:
        return "not supplied", "not supplied", "not supplied"
    if "direction" not in row or row["comparison"] == "none":  # a share, which is compared with nothing
        count, base, rate, *ends = [f"{'bme_' if 'direction' in row else ''}{name}" for name in ("count", "base", "rate", "lower", "upper")]
        counts = f"{rows.words(row, count, numbers.count)} of {rows.words(row, base, numbers.count)}"
        counts = rows.HIDDEN if rows.is_hidden(row, base) else counts
        interval = numbers.percentage_interval(row[ends[0]], row[ends[1]]) if rows.has(row, *ends) else rows.HIDDEN
        return rows.cell(row, rate, numbers.percentage), counts, interval
    groups = ("bme",) if row["direction"].endswith("workforce") else ("bme", "white")
    counts = "; ".join(f"{group_label(shown, group, starting=group == 'bme')} {counted(row, group)}" for group in groups)
    value, interval = value_cells(row)
    return value, f"{counts}{chance_words(shown, row) if row['status'] in FINDINGS else ''}", interval

"""The overview: all indicators at a glance, each result as one plain line, the key facts, and what a board should know first."""

import pandas as pd

from wres_helpers.analysis.changes import DESCRIBED
from wres_helpers.analysis.evidence import Evidence
from wres_helpers.report.form import numbers, phrases
from wres_helpers.report.form.blocks import Fact, Facts, Prose, Table, YearsCell
from wres_helpers.report.form.topics import last_two, topical
from wres_helpers.report.section import beside_last_year, table_blocks
from wres_helpers.report.section.beside_national_figures import of_the_same_year
from wres_helpers.report.section.table_blocks import interval_cell, interval_key, with_ratio
from wres_helpers.report.section.year_blocks import history_of, with_years
from wres_helpers.report.words import evidence_rows, headlines, vocabulary
from wres_helpers.report.words.beside_headlines import ratio_without_recruits, worse_without_recruits
from wres_helpers.report.words.doubts import WORSE
from wres_helpers.report.words.made_tables import Field, status_cell, table_of, words_field
from wres_helpers.report.words.vocabulary import characteristic, group_label, in_terms, snapshot_date, spelled_out, year_label
from wres_helpers.report.words.which_indicators import indicators, named_indicator, with_status
from wres_helpers.standard import statuses

NO_EARLIER_YEAR = "No earlier year"
#: How a change that is not clear begins, whose meaning stands once below.
_UNCLEAR = "No clear change"


def scorecard(shown: Evidence) -> Table:
    """Return all indicators at a glance: status, one plain line, the interval on a line, and the change since last year."""
    rows = {indicator: evidence_rows.headline_row(shown, indicator) for indicator in indicators(shown)}
    given = {indicator: evidence_rows.status_of(shown, indicator) for indicator in rows}
    adverse = {indicator: str(evidence_rows.definition_of(shown, indicator)["adverse"]) for indicator in rows}
    since = {indicator: with_years(shown, indicator, change_cell(shown, indicator)) for indicator in rows}
    years = {name: last_two(shown) if isinstance(told, str) else history_of(shown, name)["year"] for name, told in since.items()}
    fields: list[Field] = [
        words_field(phrases.capital(vocabulary.metric(shown)), lambda indicator: named_indicator(shown, indicator, *years[indicator])),
        ("Status", "status", lambda indicator: status_cell(*given[indicator])),
        words_field("What was found", lambda indicator: _found(shown, rows[indicator])),
        ("Comparison", "interval", lambda each: with_ratio(shown, rows[each], interval_cell(rows[each], adverse[each]))),
    ]
    lines = [indicator for indicator, told in since.items() if isinstance(told, YearsCell)]
    if any(told != NO_EARLIER_YEAR for told in since.values()):
        previous = shown.context.previous_year
        heading = f"Since {year_label(previous)}" if previous else "Earlier years"
        fields.append((heading, "years" if lines else "text", since.__getitem__))
    caption = f"{numbers.in_words(len(rows)).capitalize()} {vocabulary.metric(shown, len(rows))}, {year_label(shown.context.year)}"
    sunk = phrases.in_runs_listed([indicator for indicator in lines if adverse[indicator].startswith("below")])
    turned = f" ({sunk} turned over)" if sunk else ""
    years_key = f" Small line: the years, up is worse{turned}; a gap: years on its two sides cannot be compared." if lines else ""
    key = interval_key(shown.context.status_rule.confidence) + years_key
    used = {code for code, _ in given.values()}
    hidden = statuses.PROTECTED in used or any(evidence_rows.is_hidden(row, "value", "lower", "upper") for row in rows.values())
    notes = (
        key,
        "No clear change: chance is not ruled out, which does not show that nothing changed." * (_UNCLEAR in str([*since.values()])),
        "Hidden: with these figures somebody could be recognised." * hidden,
    )
    return table_of("scorecard", caption, fields, rows, notes, keys=1)


def _found(shown: Evidence, row: pd.Series | None) -> str:
    """Return a result's line, with how much wider the difference is without international recruits, where the line does not say it."""
    told, worse = headlines.line(shown, row, short=True), worse_without_recruits(shown, row)
    return f"{told}; {ratio_without_recruits(shown, row)}" if worse and worse.rstrip(".") not in told else told


def meanings(shown: Evidence, used: set[str]) -> str:
    """Return what the statuses that are used say about the two groups; that of what is hidden stands where it is hidden."""
    known = (code for code in statuses.MEANINGS if code in used - {statuses.PROTECTED})
    told = "; ".join(f"{statuses.LABELS[code].partition(' (')[0]}: {in_terms(shown, statuses.MEANINGS[code])}" for code in known)
    return phrases.sentence(told)


def change_cell(shown: Evidence, indicator: str) -> str:
    """Return the change of an indicator for the scorecard, in words with both values."""
    if not shown.context.previous_year:
        return NO_EARLIER_YEAR
    row = beside_last_year.change_row(shown, indicator)
    if row is None:
        return "No figure"
    if row["verdict"] in (statuses.NOT_COMPARABLE, statuses.NOT_CALCULABLE):
        return statuses.LABELS[row["verdict"]]
    years = {"previous_value": row["previous_year"], "value": row["year"]}
    untold = [field for field in years if not evidence_rows.has(row, field)]
    absent = [field for field in untold if not evidence_rows.is_hidden(row, field)]
    if untold:
        # that of the year before is what the heading of the column names
        told = "No figure" if "previous_value" in absent else f"No figure for {year_label(row['year'])}"
        return told if absent else phrases.capital(evidence_rows.HIDDEN)
    moved = change_values(shown, row)
    if row["verdict"] == DESCRIBED:
        return f"Not judged: {moved}"
    words = beside_last_year.direction_of_change(shown, indicator, row)
    whose = "" if words == "no clear change" else f" for {group_label(shown, 'bme')} staff"
    why = f" ({beside_last_year.ONE_WOULD_UNDO})" if beside_last_year.undone_by_one(shown, row) else ""
    return f"{phrases.capital(words)}{whose}{why}: {moved}"


def change_values(shown: Evidence, row: pd.Series) -> str:
    """Return both years' values of a change, without their unit: 'was 1.03, now 1.44', 'still 1.03'.

    Not '1.03 to 1.44', which beside intervals would be read as one.
    """
    bare = beside_last_year.ratio_words if table_blocks.style_of(shown, row).equality else numbers.points_value
    before, now = bare(row["previous_value"]), bare(row["value"])
    return f"still {now}" if before == now else f"was {before}, now {now}"


def key_facts(shown: Evidence) -> Facts:
    """Return the few figures a board needs first: staff, BME staff, undisclosed, and how many indicators are clearly worse."""
    bme_label = group_label(shown, "bme")
    whole, bme, unknown = (evidence_rows.workforce_share(shown, group) for group in ("all", "bme", "unknown"))
    of_all_staff = f"of {evidence_rows.words(whole, 'count', numbers.count)}"
    judged = [name for code in statuses.FINDINGS for name in with_status(shown, code)]
    worse = [name for name in indicators(shown) if evidence_rows.status_of(shown, name)[0] in WORSE]
    disclosed = f"{characteristic(shown).capitalize()} not disclosed"
    people = f"{bme_label} staff{spelled_out(shown, ' ({})')}"
    staff = [("Staff in post", evidence_rows.cell(whole, "count", numbers.count), snapshot_date(shown, shown.context.year))]
    for label, row in ((people, bme), (disclosed, unknown)):
        count = evidence_rows.words(row, "count", numbers.count)
        told = count if count in evidence_rows.ABSENT else f"{count} {of_all_staff}"
        staff.append((label, evidence_rows.cell(row, "rate", numbers.percentage), told))
    which = vocabulary.metric(shown, len(judged))
    told = f"of {len(judged)} judged" if judged else f"no {which} could be judged"
    of_all = topical(shown, f"Clearly worse for {bme_label} staff", *indicators(shown), tables=["statuses"])
    facts = [Fact(topical(shown, label, "headcount", tables=["shares"]), *figures) for label, *figures in staff]
    return Facts((*facts, Fact(of_all, str(len(worse)) if judged else "not known", told)))


def beside_other_figures(shown: Evidence) -> Prose:
    """Return for the scorecard what is worse without recruits, and what the nation and the organisation published."""
    rows = {name: evidence_rows.headline_row(shown, name) for name in indicators(shown)}
    flattered = [
        topical(shown, f"{vocabulary.indicator_named(shown, name)}: {told}", name, tables=["asides", "results"])
        for name, row in rows.items()
        if (told := worse_without_recruits(shown, row))
    ]
    otherwise = _published_otherwise(shown)
    return Prose(tuple(filter(None, (*flattered, *of_the_same_year(shown), otherwise))))


def _published_otherwise(shown: Evidence) -> str:
    """Return the statuses that the organisation published by hand beside those of this report, the gravest here first; nothing where none differs."""
    rows = shown.statuses[shown.statuses["year"].eq(shown.context.year) & shown.statuses["published_status"].fillna("").ne("")]
    if not (rows["differs"].astype(bool) & rows["status"].ne(statuses.PROTECTED)).any():
        return ""
    order = list(statuses.LABELS)
    told = []
    for by_hand, some in sorted(rows.groupby("published_status"), key=lambda each: min(map(order.index, each[1]["status"]))):
        here = [
            f"{phrases.in_runs_listed(list(alike['indicator']))} ({phrases.small(statuses.LABELS[code].partition(' (')[0])})"
            for code, alike in sorted(some.groupby("status"), key=lambda each: order.index(each[0]))
        ]
        told.append(f"'{statuses.label_of_published(by_hand)}' {', '.join(here)}")
    text = f"The organisation's own ratings (in brackets: by the one rule here): {'; '.join(told)}."
    return topical(shown, text, *rows["indicator"], "master_file", tables=["statuses"])

"""An analyst's own questions: one indicator, cut and chosen as asked, as a table, a chart and a file. Never for a board.

Every row says what of it may be shown outside: that is read from the protected evidence, not guessed. A row that the report
does not publish (a selection of people, two breakdowns crossed) is never for sharing, because it could be set against rows
that are published.
"""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from wres_helpers.analysis import Evidence, compare_categories
from wres_helpers.analysis.evidence import in_report_order, rests_on
from wres_helpers.analysis.group_comparisons import compare
from wres_helpers.analysis.status_rule import SUPPRESSED, Method
from wres_helpers.disclosure.protection import with_hidden_on_entry
from wres_helpers.intake.supplied_counts import categories_of, counts_where
from wres_helpers.problems import ParameterProblems
from wres_helpers.report.desk.answers import IN_PART, Answer
from wres_helpers.report.desk.opened_report import OpenReport
from wres_helpers.report.form import phrases
from wres_helpers.report.words import evidence_rows
from wres_helpers.report.words.vocabulary import cut_named, group_label, indicator_named, metric, wording, year_label
from wres_helpers.settings.parameters import CHANGED
from wres_helpers.small_tables import as_small_table, small_tables
from wres_helpers.standard.columns import COMPARISON_KEYS, ETHNIC_CATEGORY, ETHNIC_GROUPS
from wres_helpers.standard.standards import read_standard
from wres_helpers.standard.statuses import NOT_SUPPLIED

#: What a question may say in place of one breakdown: every row the report has of the indicator.
EVERYTHING = "everything"

_WHOLE = ("overall", "membership")
_NO = "no"

#: What a question is cut by, whom it is asked of, and of which years; see :func:`ask`.
By = str | tuple[str, str] | None
Where = Mapping[str, str | list[str]] | None
Years = str | list[str] | None


def ask(
    report: OpenReport,
    indicator: str,
    by: By = None,
    where: Where = None,
    years: Years = None,
    measure: str | None = None,
    against: str | None = None,
) -> Answer:
    """Answer a question of one indicator; the answer shows itself as table and chart.

    Parameters
    ----------
    indicator
        Its number, ``"2"``.
    by
        A breakdown that the counts carry (``"directorate"``), two of them crossed (``("band", "post_type")``),
        ``"ethnic_category"``, or ``"everything"``; None asks for the whole organisation.
    where
        Only these people: breakdown to the category or categories kept, ``{"source": ["Internal", "External"]}``.
    years
        Reporting years, or ``"all"``; by default the year of the report.
    measure
        One measure of the catalogue; by default the indicator's headline, and for the whole organisation all of them.
    against
        With ``by="ethnic_category"``: the category that the others are compared with.
    """
    try:
        return _answered(report, str(indicator), by or None, where, years, measure, against)  # 2 is asked as often as "2"
    except ParameterProblems as wrong:  # people that the tables cannot tell apart
        told = " ".join(f"Found {problem.found}; expected {problem.expected}. {problem.action}" for problem in wrong.problems)
        return Answer.nothing(report.evidence, told)


def _answered(report: OpenReport, indicator: str, by: By, where: Where, years: Years, measure: str | None, against: str | None) -> Answer:
    catalogue = report.reference.catalogue
    known = catalogue.loc[catalogue["indicator"].eq(indicator), "measure"].unique()
    if not len(known):
        there = ", ".join(catalogue["indicator"].unique())
        return Answer.nothing(report.evidence, f"There is no {metric(report.evidence)} {indicator!r}; the standard has {there}.")
    if measure not in (None, *known):
        why = f"{indicator_named(report.evidence, indicator)} has no measure {measure!r}; it has {', '.join(known)}."
        return Answer.nothing(report.evidence, why)
    if where is not None and not isinstance(where, Mapping):
        return Answer.nothing(report.evidence, 'Say of which breakdown whom is kept, as in where={"source": ["Internal", "External"]}.')
    every = list(report.evidence.results["year"].unique())
    given = every if years == "all" else [years or report.parameters.year] if years is None or isinstance(years, str) else years
    asked = [year.replace("/", "-") for year in given]  # pages write 2019/20, and so do people
    cuts = () if by is None else (by,) if isinstance(by, str) else tuple(by)
    named = " and ".join(cuts)  # as the rows of crossed breakdowns have it
    if by == ETHNIC_CATEGORY:
        rows = _categories(report, indicator, where, against, measure)
    else:
        rows = _cut(report, indicator, cuts, dict(where or {}), asked)
        rows = with_hidden_on_entry(rows.assign(protection=""), report.evidence, report.parameters)
        rows = rows[_measures_asked(rows, report.evidence, indicator, measure, whole=by in (None, EVERYTHING))]
        # with a change of anything but the rule of judging the report is not what is published
        changed = [key for key, origin in report.parameters.origins.items() if origin == CHANGED]
        published = not where and len(cuts) < 2 and all(key.startswith("status_rule.") for key in changed)
        rows = _with_outside(rows, report) if published else rows.assign(outside=_NO)
    rows = rows[rows["year"].isin(asked)]
    supplied = rows[rows["status"].ne(NOT_SUPPLIED)] if len(rows) else rows
    if supplied.empty:
        return Answer.nothing(report.evidence, _why_nothing(report, indicator, named, where, years, measure))
    beside, cut = (named, "") if by == ETHNIC_CATEGORY else ("", named if len(cuts) == 1 and not where else "")
    whole = f"all of the same {cut_named(cuts[-1])}" if len(cuts) == 2 else "all who were chosen" if where else Answer.whole
    every = _cut(report, indicator, (), dict(where or {}), asked) if by not in (None, EVERYTHING, ETHNIC_CATEGORY) else rows.head(0)
    left = _in_no_row(supplied, every[every["breakdown"].eq("overall") & every["year"].isin(asked)], report.evidence)
    return Answer(supplied.reset_index(drop=True), report.evidence, _told(named, where), beside, cut, whole, left=left)


def _in_no_row(rows: pd.DataFrame, whole: pd.DataFrame, evidence: Evidence) -> str:
    """Return who is counted in the whole and in none of the rows it was cut into; nothing where a row's number is not known."""
    told = []
    for _, row in whole.iterrows():
        parts = rows[rows["year"].eq(row["year"]) & rows["measure"].eq(row["measure"])]
        # of a share the base is everybody, of all groups
        kinds = ("count",) if parts["direction"].str.endswith("workforce").any() else ("count", "base")
        for name in [f"{group}_{kind}" for group in ETHNIC_GROUPS for kind in kinds] if len(parts) else ():
            if (left := row[name] - parts[name].sum(skipna=False)) > 0:
                told.append(f"{left:,.0f} of {row[name]:,.0f} ({_in_terms(evidence, name)}, {year_label(row['year'])})")
    return f"In the whole, but in none of these rows: {phrases.listed(told)}." if told else ""


def cuts_of(report: OpenReport, indicator: str) -> list[str]:
    """Return the breakdowns that an indicator can be asked by."""
    rows = report.evidence.results[report.evidence.results["indicator"].eq(indicator)]
    return [name for name in rows["breakdown"].unique() if name not in _WHOLE]


def what_if(report: OpenReport, indicator: str, **changes: int) -> Answer:
    """Compare an indicator made from counts of people (2, 3 or 4) as counted with the same indicator were some counts others.

    The changes are people more (or, negative, fewer) by group and kind: ``bme_count=2`` is two more BME people appointed.
    """
    indicator = str(indicator)
    definition = evidence_rows.definition_if_any(report.evidence, indicator)
    if definition is None or definition["comparison"] != "ratio":
        return Answer.nothing(report.evidence, "Ask what if of indicators 2, 3 and 4, which are made from counts of people.")
    counts = report.counts.copy()
    for name, more in changes.items():
        group, _, kind = name.partition("_")
        if group not in ETHNIC_GROUPS or kind not in ("count", "base") or not isinstance(more, int):
            return Answer.nothing(report.evidence, f"{name}={more} is no count; say for example bme_count=2 or white_base=-10.")
        item = definition["numerator" if kind == "count" else "base"]
        place = counts["item"].eq(item) & counts["breakdown"].eq("overall") & counts["ethnic_group"].eq(group)
        counts.loc[place & counts["year"].eq(report.parameters.year), "count"] += more
    otherwise = replace(report.evidence, results=_compared(counts[counts["year"].eq(report.parameters.year)], report, indicator))
    table = pd.DataFrame([evidence_rows.headline_row(each, indicator) for each in (report.evidence, otherwise)]).reset_index(drop=True)
    people = [(table.at[1, f"{group}_count"], table.at[1, f"{group}_base"]) for group in ETHNIC_GROUPS]
    if impossible := [f"{count:,.0f} of {base:,.0f}" for count, base in people if count < 0 or count > base]:
        why = f"That would be {phrases.listed(impossible)}, which cannot be counted: ask of a smaller change."
        return Answer.nothing(report.evidence, why)
    told = ", ".join(f"{_in_terms(report.evidence, name)} {more:+d}" for name, more in changes.items())
    return Answer(table.assign(category=["as counted", told], outside=["see the report", _NO]), report.evidence, f"what if {told}")


def _cut(
    report: OpenReport, indicator: str, cuts: tuple[str, ...], where: dict, years: list[str], results: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return an indicator's results in the categories of its cuts, those chosen by ``where`` only."""
    if results is None:
        results = _chosen(report, indicator, [where], years)[0] if where else report.evidence.results
    rows = results[results["indicator"].eq(indicator)]
    if not cuts:
        return rows[rows["breakdown"].isin(_WHOLE)]
    if cuts == (EVERYTHING,):
        return rows
    if len(cuts) == 1 and rows["breakdown"].eq(cuts[0]).any():
        return rows[rows["breakdown"].eq(cuts[0])]
    *others, last = cuts
    categories = categories_of(_tables_of(report, indicator), last, *others, *where)
    choices = [where | {last: category} for category in categories]
    chosen = zip(choices, _chosen(report, indicator, choices, years), strict=True)
    parts = [_cut(report, indicator, tuple(others), choice, years, found) for choice, found in chosen]
    named = [
        part.assign(category=category if not others else part["category"] + ", " + category, breakdown=" and ".join(cuts))
        for part, category in zip(parts, categories, strict=True)
    ]
    return pd.concat(named, ignore_index=True) if named else rows.head(0)


def _tables_of(report: OpenReport, indicator: str) -> dict[str, dict[str, pd.DataFrame]]:
    """Return the counts tables, by year and name, that hold the people an indicator counts: what they cannot be cut by it cannot."""
    catalogue, items = report.reference.catalogue, read_standard(report.parameters.reference_folder).items
    names = set(items.loc[items["item"].isin(catalogue.loc[catalogue["indicator"].eq(indicator), "numerator"]), "table"])
    return {year: {name: table for name, table in tables.items() if name in names} for year, tables in report.tables.items()}


@small_tables
def _chosen(report: OpenReport, indicator: str, choices: list[dict], years: list[str]) -> list[pd.DataFrame]:
    """Return an indicator's comparisons of the people of each choice, which are calculated in one pass as if each were an organisation."""
    if not choices:
        return []
    names = [f"{number:06d}" for number in range(len(choices))]
    counts = [counts_where(report.tables, report.parameters, choice, years) for choice in choices]
    every = pd.concat([each.assign(organisation=name) for name, each in zip(names, counts, strict=True)], ignore_index=True)
    results, code = _compared(every, report, indicator), report.parameters.organisation.code
    return [results[results["organisation"].eq(name)].assign(organisation=code).reset_index(drop=True) for name in names]


@small_tables
def _compared(counts: pd.DataFrame, report: OpenReport, indicator: str) -> pd.DataFrame:
    """Return an indicator's comparisons of some counts, in the order of a report; nothing else of the evidence is needed for a question."""
    if counts.empty:
        return report.evidence.results.head(0)
    catalogue = report.reference.catalogue
    asked = replace(report.reference, catalogue=catalogue[catalogue["indicator"].eq(indicator)])
    return in_report_order(compare(as_small_table(counts), asked, Method.of(report.parameters)), report.reference)


def _measures_asked(rows: pd.DataFrame, evidence: Evidence, indicator: str, measure: str | None, *, whole: bool) -> pd.Series:
    if measure is None and whole:
        return pd.Series(True, index=rows.index)
    headline = evidence_rows.headline_measure(evidence, indicator)
    # indicator 1 sums bands up in its headline; band by band it is another measure
    one = measure or (headline if rows["measure"].eq(headline).any() else rows["measure"].iloc[0] if len(rows) else headline)
    return rows["measure"].eq(one)


def _with_outside(rows: pd.DataFrame, report: OpenReport) -> pd.DataFrame:
    """Return rows with what of each may be shown outside, as the protected evidence has it."""
    keys = list(COMPARISON_KEYS)
    hidden = report.protected().results.set_index(keys)["protection"].to_dict()
    return rows.assign(outside=[_outside(report.evidence, hidden.get(place)) for place in rows[keys].itertuples(index=False, name=None)])


def _outside(evidence: Evidence, protection: str | None) -> str:
    if protection is None:
        return _NO
    hidden = {name: text for name, text in evidence_rows.as_printed(protection).items() if text not in evidence_rows.ABSENT}
    if not hidden:
        return "yes"
    # counts say it shortest; what else of the row is hidden is said too, or it would read as free to be shown
    told = [
        f"{_in_terms(evidence, name).removesuffix(' count')} {evidence_rows.HIDDEN if evidence_rows.is_marker(text) else text}"
        for name, text in hidden.items()
        if name.endswith("_count")
    ]
    bases = {text for name, text in hidden.items() if name.endswith("_base")}
    told += [f"of {evidence_rows.HIDDEN_IN_WORDS if evidence_rows.is_marker(text) else text}" for text in sorted(bases)]
    told += ["no comparison"] if hidden.keys() & {"value", "lower", "upper"} else []
    nothing_left = len(told) == len(ETHNIC_GROUPS) + 2 and all(map(evidence_rows.is_marker, hidden.values()))
    return _NO if nothing_left else f"{IN_PART}: {'; '.join(told)}"


def _in_terms(evidence: Evidence, name: str) -> str:
    """Return the name of a count in the report's words: ``bme_count`` is 'BME count', or 'Global Majority count'."""
    group, _, kind = name.partition("_")
    return f"{group_label(evidence, group)} {kind}"


def _categories(report: OpenReport, indicator: str, where: Where, against: str | None, measure: str | None) -> pd.DataFrame:
    """Return the drill-down by ethnic category, with the columns a question's rows have."""
    counts = counts_where(report.tables, report.parameters, where, report.parameters.years) if where else report.counts
    table = compare_categories(counts, report.parameters, report.reference, against)
    rows = table[table["indicator"].eq(indicator)]
    rows = rows[_measures_asked(rows, report.evidence, indicator, measure, whole=False)]
    comparison = rows["direction"].map(lambda direction: "none" if direction == "none" else "ratio")
    return rows.assign(breakdown=ETHNIC_CATEGORY, comparison=comparison, outside=_NO)


def _told(by: str, where: Where) -> str:
    told = ["every cut" if by == EVERYTHING else f"by {cut_named(by)}"] if by else []
    for name, values in (where or {}).items():
        told.append(f"{cut_named(name)}: {' or '.join([values] if isinstance(values, str) else values)} only")
    return ", ".join(told)


def _why_nothing(report: OpenReport, indicator: str, by: str, where: Where, years: Years, measure: str | None) -> str:
    rows = report.evidence.results[report.evidence.results["indicator"].eq(indicator)]
    rows = rows[rows["measure"].eq(measure)] if measure is not None else rows
    stages = phrases.listed(list(dict.fromkeys(wording(report.evidence, name).stage for name in rows["measure"])))
    if by and _rests_on_hidden_counts(report, indicator, by):
        return f"{indicator_named(report.evidence, indicator)} by {cut_named(by)} is not calculable: {SUPPRESSED}."
    named = f"{metric(report.evidence)} {indicator} ({measure or stages})"
    nothing = f"Nothing was supplied for {named}"
    if by == ETHNIC_CATEGORY and not report.counts["breakdown"].eq(by).any():
        carried = "Counts tables by ethnic category carry it; of extracts, `keep_ethnic_category: as_recorded` (or sixteen_plus_one) under"
        return f"{nothing} by ethnic category. {carried} 'extracts' in the master file, and `wres prepare` once more."
    supplied = ", ".join(rows.loc[rows["status"].ne(NOT_SUPPLIED), "year"].unique()) or "none"
    cuts = cuts_of(report, indicator)
    there = f"It can be asked by {', '.join(cuts)}." if cuts else "Its counts carry no column to cut it by."
    asked = f" by {cut_named(by)}" if by and by != EVERYTHING else ""
    if where and supplied != "none":
        return f"The counts of {named} cannot be asked{asked} of {_told('', where)}, or nobody of them is counted. {there}"
    if asked and by not in cuts:
        return f"{nothing}{asked}. {there}"
    return f"{nothing}{asked}{f' in {years}' if years else ''}; the years supplied are {supplied}."


def _rests_on_hidden_counts(report: OpenReport, indicator: str, by: str) -> bool:
    """Tell whether a cut that has no rows lacks them because counts of everybody came in hidden."""
    context = report.evidence.context
    asked = context.catalogue.loc[context.catalogue["indicator"].eq(indicator), ["measure"]].assign(year=context.year, breakdown=by)
    hidden = context.own.suppressed
    return rests_on(asked, hidden[hidden["ethnic_group"].eq("")], context.catalogue, Method.of(context.parameters)).any()

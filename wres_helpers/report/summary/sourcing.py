"""Where figures come from and how they were made; and the analyst's tables before protection."""

import wres_helpers
from wres_helpers.analysis import clear_difference
from wres_helpers.analysis.evidence import Evidence
from wres_helpers.report.form import numbers, phrases
from wres_helpers.report.form.blocks import Block, Column, Prose, Table
from wres_helpers.report.section import pipeline_blocks
from wres_helpers.report.section.year_blocks import shared_breaks
from wres_helpers.report.summary.left_open import guidance_seen
from wres_helpers.report.words import evidence_rows, which_indicators
from wres_helpers.report.words.made_tables import number, table_of, words_field
from wres_helpers.report.words.sentences import how_status_is_given
from wres_helpers.report.words.vocabulary import characteristic, group_label, metric, snapshot_date, spelled_out, year_label
from wres_helpers.standard.years import day_told

NOTHING_PUBLISHED = "No status that the organisation itself published for this year was supplied, so none is compared here."
CHANCE = (
    "The counts are of everybody on record (or everybody who answered), not of a sample. "
    "The intervals say how far chance alone could move such figures if each person were counted independently of all others. They "
    "are not: cases with one cause, and somebody who applies twice, usually make an interval too narrow; candidates for one post may make it too "
    "narrow or too wide. Who did not answer a survey, or left a question out, is outside every interval."
)
CHANGES = (
    "A change is clear where its interval leaves out none (0, or a ratio of 1) and one person more or less would not undo it. "
    "Their intervals take the two years as independent. Many staff are there in both: what stays with them makes an interval too wide, so "
    "that 'no clear change' is said more readily than it should be. Where few are (candidates), and where cases have one cause, it may be too narrow. "
    "Who is in which post is nearly the same in both years: there it would find nothing, and the change is described and not judged."
)


def sources(shown: Evidence, section: str) -> tuple[Block, ...]:
    """Return the rule of the status and the method in full in the report's first section; in all others that counts are rounded, where they are."""
    if section == shown.context.parameters.sections[0]:
        together = section in ("00_overview", "metrics")  # and not where a report begins with the section of one indicator
        return how_status_is_given(shown), *((p_values(shown),) if together else ()), method_table(shown)
    return (Prose((rounding,)),) if (rounding := _rounding(shown).strip()) else ()


def p_values(shown: Evidence) -> Table:
    """Return one row per indicator: the p-values its status was asked by, and that of all of them together."""
    error, asked = 1 - shown.context.status_rule.confidence, which_indicators.compared(shown)
    fields = (
        words_field(phrases.capital(metric(shown)), lambda row: which_indicators.named_indicator(shown, row["indicator"])),
        number("Equal rates, two sides", "p_value", numbers.p_value),
        number("Equal rates, one person moved", "p_one_moved", numbers.p_value),
        number("Fisher's exact, one side", "p_fisher", numbers.p_value),
        number("Fisher's, one person moved", "p_fisher_moved", numbers.p_value),
        number("Largest asked", "p_largest", numbers.p_value),
        number("Exact mid-p, for Holm", "p_ranked", numbers.p_value),
        *(
            number(f"All {numbers.in_words(len(asked))} together (Holm{by})", column, numbers.p_value)
            for by, column in (("", "p_holm"), (", by Fisher's", "p_holm_fisher"))
        ),
    )
    notes = (
        f"A clear difference asks of the first two at most {numbers.error(error)} and of Fisher's {numbers.error(error / 2)}, beside an interval "
        "that leaves out equality; of two people moved, one in each group, the larger is given, 1 where that turns the direction; with one moved nothing is asked "
        "of Fisher's, and what it would undo is said beside the status. "
        f"Test of equal rates: {clear_difference.SCORE} (Miettinen-Nurminen variance); "
        f"{clear_difference.EXACT} (both sides by probability) where fewer than five people are expected in some cell.",
        "Largest asked: of equal rates, the same with one person moved, and twice Fisher's; the smaller it is, the surer the difference.",
        f"Of many questions at once those still stand whose p-value by Holm's method is at most {numbers.error(error)}: over all "
        "comparisons of the table, judged or not, by the exact mid-p of two groups; by Fisher's test, doubled, fewer may. Where one is hidden, the "
        "others are the largest that they can be. No status depends on it."
        + f" Page one tells the gravest status first, of one status {which_indicators.SUREST}."
        * ("00_overview" in shown.context.parameters.sections),
    )
    rows = [row for indicator in asked if (row := evidence_rows.status_row(shown, indicator)) is not None]
    return table_of("p-values", f"p-values, {year_label(shown.context.year)}", fields, rows, notes)


def method_table(shown: Evidence) -> Table:
    """Return in full where the report's figures come from, how they were made, when and by which version."""
    context = shown.context
    later = f" (restates {restated})" if (restated := context.parameters.report.restated) else ""
    overview = "00_overview" in context.parameters.sections  # has the scorecard and the disparity ratios
    body = (
        ("Data", _data(shown)),
        *(("Break in the series", f"Before {year_label(year)}: {reason}") for year, reason in shared_breaks(shown).items()),
        ("Definitions", _definitions(shown)),
        ("Method", _method(shown)),
        ("What the intervals mean", CHANCE),
        *(((f"{pipeline_blocks.name(shown)}s", told),) if overview and (told := pipeline_blocks.formula(shown)) else ()),
        *((("Changes between years", CHANGES),) if context.previous_year else ()),
        *((("Published before", NOTHING_PUBLISHED),) if not context.parameters.published_statuses else ()),
        ("Small numbers", _policy(shown)),
        ("Words", _words(shown)),
        (
            "Evidence",
            "evidence.csv beside this report lists each claim that was computed: the page of the PDF on which it begins, the files that hold its figures, for "
            "each (in the same order) the columns and values that find its rows, and the inputs behind it, which lie in the organisation's project and not beside "
            "this report. data/dictionary.csv says what every column of the data means.",
        ),
        ("Date, version", f"{day_told(context.parameters.dated)}{later}; WRES pack {wres_helpers.__version__}"),
    )
    return Table("sources", "Sources, method, date and version", (Column("What"), Column("How it was done")), body)


def _definitions(shown: Evidence) -> str:
    """Return the edition, and that each definition names its source; that the guidance was not seen, where it was not."""
    return f"{shown.context.reference.standard.name}, edition {shown.context.edition}; each definition names its source. {guidance_seen(shown)}".strip()


def _words(shown: Evidence) -> str:
    """Return a short note on language: which words the two groups bear, and why."""
    bme, white = group_label(shown, "bme"), group_label(shown, "white")
    told = f"{spelled_out(shown)} The standard compares {white} with {bme} staff and uses these words"
    if characteristic(shown) == "ethnicity":
        told += "; the NHS service manual prefers to write of ethnic minorities"
    return f"{told}. Each of the two groups holds many, whose experiences differ.".strip()


def _data(shown: Evidence) -> str:
    parameters, year = shown.context.parameters, shown.context.year
    named = [year_label(each) for each in sorted(parameters.years)]
    followed = len(named) > 2 and int(max(parameters.years)[:4]) - int(min(parameters.years)[:4]) == len(named) - 1
    told = f"every year from {named[0]} to {named[-1]}" if followed else phrases.listed(named)
    folder = parameters.shown(parameters.data_folder(year).parent)
    restated = parameters.report.restates
    source = f"taken from {restated}" if restated else "supplied by the organisation"
    return f"Counts {source} for {told} ({folder}, a folder a year); staff in post are those of {snapshot_date(shown, year)}."


#: What an interval is an interval of, by the direction of its comparison.
_INTERVALS_OF = {
    "white/bme": "relative likelihoods",
    "bme/white": "relative likelihoods",
    "bme-white": "gaps between two groups",
    "grade-workforce": "a part of the workforce",
    "board-workforce": "the board beside the workforce",
}


def _method(shown: Evidence) -> str:
    """Return how the intervals were calculated, for each kind of comparison in the report."""
    results = shown.results
    told = ["for percentages, Wilson"]
    for direction, method in zip(results["direction"], results["method"], strict=True):
        if isinstance(method, str) and method:
            told.append(f"for {_INTERVALS_OF.get(direction, direction)}, {method}")
    changed, steps = shown.changes, shown.pipeline if pipeline_blocks.formula(shown) else shown.pipeline.head(0)
    of_these = (
        (f"{pipeline_blocks.name(shown).lower()}s", steps),
        ("changes between years", changed[changed["year"].eq(shown.context.year)]),
    )
    for what, table in of_these:
        methods = table["method"].dropna().unique() if len(table) else ()
        told += [f"for {what}, {' or '.join(filter(None, methods))}"] if any(methods) else []
    return phrases.sentence(f"methods of the intervals: {'; '.join(dict.fromkeys(told))}")


#: What a policy hides for being small, by the zeros it shows.
_SMALL = {
    "all": "1 to {last}",
    "empty_categories": "fewer than {minimum}, but for the zeros of categories that nobody is in,",
    "none": "fewer than {minimum}, zero among them,",
}


def _policy(shown: Evidence) -> str:
    policy = shown.context.policy
    if not shown.protected:
        return "Not protected: a working copy that is not for sharing."
    small = _SMALL[policy.show_zeros].format(minimum=policy.minimum_count, last=policy.minimum_count - 1)
    return (
        f"Counts of {small} people and groups of fewer than {policy.minimum_survey_base} survey respondents "
        f"are hidden, and so is anything they could be worked out from; {policy.marker} stands for them in results.csv and the workbook, "
        f"'{evidence_rows.HIDDEN}' in the other data files. "
        f"{_rounding(shown)}What is hidden follows from these numbers by one rule, and nobody chose a single case.{_public(shown)} "
        f"Owner of the policy: {policy.owner_role}; who set these numbers: {policy.set_by or 'not told'}."
    )


def _public(shown: Evidence) -> str:
    """Return what is shown because it is public already, who decided that and why, as a sentence with its space; else nothing."""
    policy = shown.context.policy
    return (
        f" Public already, as decided by {policy.public_decided_by}: the {phrases.listed([*policy.public])} ({policy.public_reason})."
        if policy.public
        else ""
    )


def _rounding(shown: Evidence) -> str:
    """Return that counts are rounded, where they are, as a sentence with its space; else nothing."""
    policy = shown.context.policy
    if not shown.protected or policy.method != "round":
        return ""
    return (
        f"Counts are rounded to the nearest {policy.round_to}, each on its own, so that rows need not add up; "
        "percentages, comparisons and intervals are calculated from the rounded counts, statuses are judged on the exact ones, "
        "so that rounding alone never makes a finding. "
    )

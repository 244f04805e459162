"""The workforce: who works here, and indicator 1: the share of each pay band beside the share of the whole workforce."""

from dataclasses import replace
from functools import partial

import pandas as pd

from wres_helpers.analysis.evidence import Evidence
from wres_helpers.analysis.status_rule import SUPPRESSED
from wres_helpers.disclosure.tables_of_people import TOGETHER
from wres_helpers.report.form import numbers, phrases, plots
from wres_helpers.report.form.blocks import Figure, Notice, Prose, Table
from wres_helpers.report.form.drawing import Category
from wres_helpers.report.form.topics import topical
from wres_helpers.report.section import charts, part_blocks, table_blocks
from wres_helpers.report.words import evidence_rows
from wres_helpers.report.words.evidence_rows import with_rate
from wres_helpers.report.words.made_tables import number, table_of, table_or_notice, told_once, words_field
from wres_helpers.report.words.vocabulary import (
    STAFF_GROUPS,
    abbreviations,
    characteristic,
    grade_called,
    grade_label,
    grades_listed,
    group_label,
    snapshot_date,
    wording,
)

MEASURE = "share_of_grade"
_MEDICAL = "medical_and_dental"
INDICATOR = "1"
#: So many bands a title names; of more it says how many.
_NAMED_BANDS = 4
MANY_AT_ONCE = (
    "Diamonds: clearly different by itself, dots: not; of many bands at once, chance alone will now and then show one as different."
)


def grade_rows(shown: Evidence, breakdown: str = "grade") -> pd.DataFrame:
    """Return the result rows of indicator 1 in one breakdown, in the order of pay; grades nobody holds are left out."""
    frame = evidence_rows.of_indicator(shown, "results", INDICATOR, measure=MEASURE)
    return frame[(frame["breakdown"] == breakdown) & frame["bme_base"].ne(0)]


def _hidden_on_entry(shown: Evidence) -> bool:
    suppressed = shown.context.own.suppressed
    return bool((suppressed["item"].eq("workforce") & suppressed["year"].eq(shown.context.year)).any())


def band_chart(shown: Evidence) -> Figure | Table | Notice:
    """Return the BME share of each pay band as dots with intervals, against their share of the whole workforce.

    Where no share can be drawn the table stands in place of an empty picture.
    """
    frame = grade_rows(shown)
    if frame.empty:
        if _hidden_on_entry(shown):
            return Notice(title="No chart: not calculable", text=phrases.sentence(f"The pay bands cannot be told, because {SUPPRESSED}"))
        return Notice(title=charts.NO_CHART, text="No whole table of the workforce by pay band was supplied for this year.")
    bme, whole = group_label(shown, "bme"), evidence_rows.workforce_share(shown, "bme")
    # the finding is of all staff, so they come first; the grades of medical and dental staff are theirs alone and stand among them
    apart = {phrases.capital(STAFF_GROUPS[group]): grade_rows(shown, f"grade ({group})") for group in ("clinical", "non_clinical")}
    apart = {label: rows for label, rows in apart.items() if len(rows)}
    every = tuple(_panel(shown, label, rows) for label, rows in {"All staff" if apart else "": frame, **apart}.items())
    told = (replace(panel, marks=tuple(mark for mark in panel.marks if mark.value is not None or mark.known)) for panel in every)
    panels = tuple(panel for panel in told if panel.marks)
    drawn = {mark.series for panel in panels for mark in panel.marks}
    if not panels:
        return table_or_notice(band_table(shown))
    of_whole = f"whole workforce {evidence_rows.cell(whole, 'rate', numbers.percentage)}"
    reference = (float(whole["rate"]), of_whole) if evidence_rows.has(whole, "rate") else None
    (finding, whose), subtitle = _finding(shown), f"{bme} share of each pay band, {snapshot_date(shown, shown.context.year)}"
    notes = (
        whose,
        abbreviations(shown, [name for name in frame["category"] if grade_called(shown, name) in drawn]),
        _not_drawn_note(shown, every, panels),
        "" if finding.startswith("No ") else f"{MANY_AT_ONCE} {part_blocks.how_many_still(frame, ' of all staff' * bool(apart))}".strip(),
    )
    return charts.drawn(
        shown, "Dot chart", plots.dots(panels, reference), panels, of_whole, id="indicator-1-bands", title=topical(shown, finding, INDICATOR),
        subtitle=subtitle, numbers=band_table(shown), notes=filter(None, notes),
    )  # fmt: skip


def _panel(shown: Evidence, label: str, frame: pd.DataFrame) -> Category:
    marks = []
    for _, row in frame.iterrows():
        mark = charts.group_mark(shown, row, "bme")
        short = mark.short if mark.value is None else numbers.percentage(mark.value)
        marks.append(replace(mark, series=grade_called(shown, row["category"]), short=short, stands_out=bool(evidence_rows.is_clear(row))))
    return Category(label, tuple(marks))


def _not_drawn_note(shown: Evidence, every: tuple[Category, ...], drawn: tuple[Category, ...]) -> str:
    """Return which bands have no row in the chart, and why: their share is hidden, or was not supplied."""
    kept = {(panel.label, mark.series) for panel in drawn for mark in panel.marks}
    told = dict[str, list[str]]()
    for panel in every:
        absent = [mark for mark in panel.marks if (panel.label, mark.series) not in kept]
        whys = [mark.words if mark.words in evidence_rows.ABSENT else evidence_rows.HIDDEN for mark in absent]
        for why in dict.fromkeys(whys):
            names = [mark.series for mark, reason in zip(absent, whys, strict=True) if reason == why]
            which = "of every band" if len(names) == len(panel.marks) else grades_listed(shown, names)
            told.setdefault(why, []).append(f"{panel.label.lower()} {which}".strip())
    return " ".join(f"Not drawn, because {why}: {'; '.join(which)}." for why, which in told.items())


def _finding(shown: Evidence) -> tuple[str, str]:
    """Return the finding of the bands by rule, in a line: where the share is clearly away from the workforce's, or nowhere; and of whom it is true."""
    frame, bme = grade_rows(shown), group_label(shown, "bme")
    known = _with_intervals(frame)
    part = "" if len(known) == len(frame) else f" whose {bme} share is shown"
    if (sides := _sides(shown, known, ends=False)) and (ends := _sides(shown, known)):
        whose = ["of all staff together"] if any(len(grade_rows(shown, f"grade ({group})")) for group in STAFF_GROUPS) else []
        whose += [f"of the bands{part}"] if part else []
        of_whom = filter(None, (phrases.capital(phrases.listed(whose)), ends.removeprefix("clearly ") if ends != sides else ""))
        return f"Band by band, the {bme} share is {sides} than in the whole workforce", phrases.sentence(": ".join(of_whom))
    if known.empty:
        return f"No pay band's {bme} share can be set beside that of the workforce", ""
    return f"No pay band{f'{part} has one' if part else f' has a {bme} share'} clearly different from that of the workforce", ""


def band_table(shown: Evidence) -> Table:
    """Return each group's headcount and share: a row per pay band, cluster, the workforce, and staff group."""
    return _bands(shown, _labelled_rows(shown))


def band_parts(shown: Evidence) -> tuple[Table, ...]:
    """Return the bands of clinical, non-clinical, and medical and dental staff, each as a table of its own behind the chart; without counts none."""
    apart = {group: _with_merged_rows(shown, f"grade ({group})") for group in STAFF_GROUPS}
    # the grades of medical and dental staff are theirs alone and stand among all grades already
    shared, whole = {row.name for group in apart if group != _MEDICAL for row in apart[group]}, {row.name for row in _labelled_rows(shown)}
    apart[_MEDICAL] = [row for row in apart[_MEDICAL] if row.name in shared or row.name not in whole]
    return tuple(table for group, found in apart.items() if found and (table := _bands(shown, found, group)).rows)


def _bands(shown: Evidence, found: list[pd.Series], group: str = "") -> Table:
    fields = (
        words_field("Pay band", lambda row: row.name),
        *table_blocks.counts_and_shares(shown, table_blocks.GROUPS, table_blocks.group_count, partial(table_blocks.rate_cell, shown)),
        number("All", "bme_base"),
    )
    whose = phrases.capital(f"{STAFF_GROUPS[group]} staff") if group else "Staff"
    caption = f"{whose} by pay band and {characteristic(shown)}, {snapshot_date(shown, shown.context.year)}"
    notes = ("Shares are of everyone in the band, undisclosed included.",)
    name = f"indicator-1-bands{f'-{group}'.replace('_', '-') if group else '-table'}"
    return replace(told_once(table_of(name, topical(shown, caption, INDICATOR), fields, found, notes), sizes=1), behind=bool(group))


def _labelled_rows(shown: Evidence) -> list[pd.Series]:
    """Return every row of the band table, named by its label, in the order of reading."""
    bands = grade_rows(shown)
    found = _with_merged_rows(shown, "grade")
    # A cluster of one band (very senior managers) would print that band twice.
    clusters = grade_rows(shown, "cluster")
    clusters = clusters[~clusters["category"].isin(set(bands["category"]))]
    found += [row.rename(f"{row['category']}, together") for _, row in clusters.iterrows()]
    found += [row.rename("Whole workforce") for _, row in grade_rows(shown, "overall").iterrows()]
    told = {_people_in_words(row) for _, row in clusters.iterrows()}
    staff_groups = grade_rows(shown, "staff_group")
    groups = set(staff_groups["category"])
    for _, row in staff_groups.iterrows():
        if row["category"] != _MEDICAL or _people_in_words(row) not in told:  # a cluster of grades too, of the same people
            without = ", medical and dental apart" if row["category"] == "clinical" and _MEDICAL in groups else ""
            found.append(row.rename(f"All {STAFF_GROUPS.get(row['category'], row['category'])} staff{without}"))
    return found


def _people_in_words(row: pd.Series) -> tuple[str, ...]:
    return tuple(evidence_rows.cell(row, field, numbers.count) for field in ("white_count", "bme_count", "unknown_count", "bme_base"))


def _with_merged_rows(shown: Evidence, breakdown: str) -> list[pd.Series]:
    """Return the bands of a breakdown, named by their labels, and after the last of several that are told together only, their sum."""
    frame = grade_rows(shown, breakdown)
    found, order = [row.rename(grade_label(shown, row["category"])) for _, row in frame.iterrows()], frame["category"].tolist()
    if not len(shown.together.columns):
        return found
    merged = evidence_rows.where(shown.together, {"year": shown.context.year, "measure": MEASURE, "breakdown": breakdown})
    places = [[order.index(name) for name in category.split(TOGETHER) if name in order] for category in merged["category"]]
    for place, (_, row) in sorted(zip(places, merged.iterrows(), strict=True), key=lambda pair: max(pair[0], default=0), reverse=True):
        labels = [grade_label(shown, order[at]) for at in place]
        if len(place) > 1:
            ladder = place == list(range(place[0], place[-1] + 1))
            name = f"{labels[0]} to {labels[-1]}" if ladder and len(place) > 2 else phrases.listed(labels)
            found.insert(max(place) + 1, row.rename(f"{name}, together"))
    return found


def _with_intervals(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[[evidence_rows.is_clear(row) is not None and evidence_rows.has(row, "bme_rate") for _, row in frame.iterrows()]]


def _sides(shown: Evidence, known: pd.DataFrame, *, ends: bool = True) -> str:
    """Return where the share is clearly away from the workforce's: 'clearly larger in Band 5, and smaller in Bands 7 and 8a'; else nothing."""
    away = {"larger": known[known["clear"] & known["lower"].gt(0)], "smaller": known[known["clear"] & known["upper"].lt(0)]}
    few = sum(map(len, away.values())) <= _NAMED_BANDS
    told = [
        f"{side} in {grades_listed(shown, list(rows['category'])) if few else _counted(shown, rows, side if ends else '')}"
        for side, rows in away.items()
        if len(rows)
    ]
    return f"clearly {', and '.join(told)}" if told else ""


def _counted(shown: Evidence, rows: pd.DataFrame, side: str) -> str:
    """Return how many bands there are, and of a side the one farthest away: 'four bands (highest: Band 5, 38.0%)'."""
    many = f"{numbers.in_words(len(rows))} bands"
    end, name = (-1, "highest") if side == "larger" else (0, "lowest")
    row = rows.sort_values("bme_rate").iloc[end]
    return f"{many} ({name}: {grade_called(shown, row['category'])}, {numbers.percentage(row['bme_rate'])})" if side else many


def _apart(shown: Evidence) -> str:
    """Return where clinical and non-clinical staff, as the standard asks for them, are clearly away from the workforce, and of which bands that is known."""
    frames = {name: grade_rows(shown, f"grade ({group})") for group, name in STAFF_GROUPS.items() if group != _MEDICAL}
    known = {name: _with_intervals(frame) for name, frame in frames.items() if len(frame)}
    if not any(map(len, known.values())):
        return "Clinical and non-clinical staff were counted apart; no band of either may be shown, so that nobody can be recognised."
    told = [
        f"{_sides(shown, frame) or 'nowhere clearly different'} among {name} staff{_of_them_all(shown, name)}"
        if len(frame)
        else f"not shown of any band of {name} staff"
        for name, frame in known.items()
    ]
    part = "" if all(len(known[name]) == len(frames[name]) for name in known) else " (of the bands where it is shown)"
    bme = group_label(shown, "bme")
    return f"Counted apart, as the standard asks, the {bme} share beside that of the whole workforce{part} is {'; '.join(told)}."


def _of_them_all(shown: Evidence, name: str) -> str:
    """Return the share of a whole staff group, which its bands may be above while they are below the workforce: ' (12.7% of them all)'; or nothing."""
    group = next(group for group, words in STAFF_GROUPS.items() if words == name)
    row = evidence_rows.first(grade_rows(shown, "staff_group"), category=group)
    return f" ({numbers.percentage(row['bme_rate'])} of them all)" if evidence_rows.has(row, "bme_rate") else ""


def band_reading(shown: Evidence) -> Prose:
    """Return what the bands say: groups of bands, the bands without BME staff, and whether clinical staff are counted apart."""
    # bands whose counts are hidden stand below the chart
    empty = [row["category"] for _, row in grade_rows(shown).iterrows() if evidence_rows.has(row, "bme_count") and row["bme_count"] == 0]
    none = f"No {group_label(shown, 'bme')} staff are recorded in {grades_listed(shown, empty)}." if empty else ""
    frame = evidence_rows.of_indicator(shown, "results", INDICATOR, measure=MEASURE)
    apart = "The standard asks for clinical and non-clinical staff apart; the data supplied do not separate them."
    if (split := frame["breakdown"].str.startswith("grade (").any()) or _hidden_on_entry(shown):
        apart = _apart(shown) if split else ""  # how the workforce was supplied cannot be told
    whole = evidence_rows.first(frame, breakdown="overall"), evidence_rows.headline_row(shown, INDICATOR)
    clusters = topical(shown, _clusters(shown), INDICATOR, rows=[*whole, *(row for _, row in grade_rows(shown, "cluster").iterrows())])
    return Prose(tuple(topical(shown, sentence, INDICATOR) for sentence in (clusters, none, apart) if sentence))


def _clusters(shown: Evidence) -> str:
    parts, hidden, bme = [], dict[str, str](), group_label(shown, "bme")
    for _, row in grade_rows(shown, "cluster").iterrows():
        base, label = evidence_rows.words(row, "bme_base", numbers.count), grade_label(shown, row["category"])
        cluster = label if label == row["category"] else phrases.small(label)
        whole = base != evidence_rows.HIDDEN_IN_WORDS
        if evidence_rows.words(row, "bme_count", numbers.count) == evidence_rows.HIDDEN_IN_WORDS:
            hidden[row["category"]] = f"{cluster} ({base} staff)" if whole else cluster
        elif evidence_rows.has(row, "bme_count") or evidence_rows.protection(row):
            told = with_rate(row, "bme") if whole else evidence_rows.words(row, "bme_count", numbers.count)
            if whole or row["bme_count"] != 0:  # nobody, of nobody knows how many, is told with the grades that have none
                parts.append(f"{told} in {cluster}")
    told = f"By group of bands, {bme} staff are {phrases.listed(parts)}.{_clusters_sum(shown)} " if parts else ""
    not_shown = f"{_what_of_them_is_hidden(shown, list(hidden))} {phrases.listed(list(hidden.values()))} is hidden, so that nobody can be recognised."
    return f"{told}{not_shown if hidden else ''}".strip()


def _what_of_them_is_hidden(shown: Evidence, clusters: list[str]) -> str:
    """Return what of groups of bands is hidden: of the senior posts, whose number is the headline, no more than how they are divided."""
    senior, grades = evidence_rows.headline_row(shown, INDICATOR), shown.context.reference.grades
    of_senior = grades.loc[grades["senior"] & grades["part_of"].eq(""), "cluster"]
    bme = group_label(shown, "bme")
    if senior is not None and evidence_rows.has(senior, "bme_count") and len(clusters) > 1 and set(clusters) == set(of_senior):
        return f"How the {numbers.count(senior['bme_count'])} {bme} {wording(shown, senior['measure']).people} are divided between"
    return f"How many {bme} staff are in"


def _clusters_sum(shown: Evidence) -> str:
    """Return that the groups of bands do not add up to the workforce, where every count that says so is shown."""
    clusters, whole = grade_rows(shown, "cluster"), evidence_rows.workforce_share(shown, "bme")
    if not evidence_rows.has(whole, "count") or not all(evidence_rows.has(row, "bme_count") for _, row in clusters.iterrows()):
        return ""
    over = int(clusters["bme_count"].sum() - whole["count"])
    if not over:
        return ""
    bme, side = group_label(shown, "bme"), "more" if over > 0 else "fewer"
    # a large difference is no row of its own and is not counted out: both totals stand on the page
    counted_out = f"{numbers.in_words(abs(over))} {bme} {'person' if abs(over) == 1 else 'people'} {side}"
    told = counted_out if abs(over) < len(numbers.WORDS) else f"{side} {bme} people"
    count = numbers.count(whole["count"])
    return f" Together that is {told} than the {count} of the whole workforce: the two tables supplied do not agree, and 'all others' are of these {count}."

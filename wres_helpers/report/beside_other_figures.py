"""This year beside the year before, and beside published national figures; breaks in the series are said aloud."""

import math

import pandas as pd

from wres_helpers.analysis.changes import CLEAR, DESCRIBED, NOT_CALCULABLE
from wres_helpers.analysis.evidence import Evidence
from wres_helpers.report import evidence_rows, numbers, phrases, table_blocks
from wres_helpers.report.blocks import Prose
from wres_helpers.report.vocabulary import group_label, in_terms, part_of, wording, year_label
from wres_helpers.settings.master_file import Organisation
from wres_helpers.standard import statuses


def change_row(shown: Evidence, indicator: str) -> pd.Series | None:
    """Return the change of the indicator's headline value, or None where no earlier year is compared."""
    frame = evidence_rows.of_indicator(shown, "changes", indicator, measure=evidence_rows.headline_measure(shown, indicator))
    result = evidence_rows.headline_row(shown, indicator)
    return None if result is None or frame.empty else evidence_rows.first(frame, category=result["category"])


def compared_with_last_year(shown: Evidence, indicator: str) -> Prose:
    """Return how the indicator moved since the year before, and whether chance alone could have moved it."""
    previous = shown.context.previous_year
    if not previous:
        return Prose(("This report compares with no earlier year.",))
    row = change_row(shown, indicator)
    if row is None:
        return Prose((f"For indicator {indicator} there are no figures of {year_label(previous)} to compare with.",))
    paragraphs = [change_sentence(shown, indicator, row), _rates_change(shown, indicator, row)]
    if indicator == "1":
        paragraphs = [workforce_change(shown), *paragraphs, coarser_bands_note(shown)]
    return Prose(tuple(paragraph for paragraph in paragraphs if paragraph))


def change_sentence(shown: Evidence, indicator: str, row: pd.Series) -> str:
    """Return the change of a value in one sentence; it says why where there is none to tell."""
    before = year_label(row["previous_year"])
    if row["verdict"] == statuses.NOT_COMPARABLE:
        return (
            f"For indicator {indicator} the figures of {before} are not comparable. {phrases.sentence(in_terms(shown, str(row['reason'])))}"
        )
    if not evidence_rows.has(row, "value", "previous_value") or row["verdict"] == NOT_CALCULABLE:
        return no_change_words(row)
    return f"{_values_sentence(shown, row)} {_verdict_sentence(shown, indicator, row)}"


def no_change_words(row: pd.Series) -> str:
    """Return why a change has no two values to tell: one was not supplied, or one is hidden."""
    before, now = year_label(row["previous_year"]), year_label(row["year"])
    if row["verdict"] == NOT_CALCULABLE:
        return f"Indicator {row['indicator']} cannot be compared with {before}: {row['reason']}."
    for field, year in (("previous_value", before), ("value", now)):
        if not evidence_rows.has(row, field) and not evidence_rows.is_hidden(row, field):
            return f"Indicator {row['indicator']} cannot be compared with the year before: no figure for {year} was supplied."
    return f"The change of indicator {row['indicator']} since {before} is not shown, so that nobody can be recognised."


def _values_sentence(shown: Evidence, row: pd.Series) -> str:
    """Return both years' values in words."""
    before, now = year_label(row["previous_year"]), year_label(row["year"])
    result = table_blocks.result_of(shown, row)
    bme = group_label(shown, "bme")
    if result is not None and result["comparison"] == "ratio":
        return _ratios_sentence(row, before, now)
    if numbers.points_value(row["previous_value"]) == numbers.points_value(row["value"]):
        return f"The difference is {numbers.points(row['value'])}, as in {before}, to the first decimal."
    then_words, now_words = (_difference(row[field]) for field in ("previous_value", "value"))
    if result is not None and result["direction"] == "bme-white":
        white = group_label(shown, "white")
        return (
            f"The percentage of {bme} respondents was {then_words} that of {white} respondents in {before}, and is {now_words} it in {now}."
        )
    part = part_of(shown, row)
    return f"The {bme} share of {part} was {then_words} that of the whole workforce in {before}, and is {now_words} it in {now}."


def _ratios_sentence(row: pd.Series, before: str, now: str) -> str:
    """Return both years' relative likelihoods in words; where one group counts nobody there is no multiple."""
    then_words, now_words = (ratio_words(row[field]) for field in ("previous_value", "value"))
    if then_words == now_words:
        return f"The relative likelihood is {now_words}, as in {before}, to the second decimal."
    return f"The relative likelihood was {then_words} in {before} and is {now_words} in {now}."


def ratio_words(value: float) -> str:
    """Return a relative likelihood in a sentence: '2.13', or that there is none because one group counts nobody."""
    return "no number (one group counts nobody)" if math.isinf(value) or value == 0 else numbers.ratio(value)


def _difference(value: float) -> str:
    """Return a difference as words before the thing compared with: '0.3 percentage points below'."""
    if phrases.more_or_less(value) == "the same":
        return "level with"
    return f"{numbers.points(value)} {'above' if value > 0 else 'below'}"


def direction_of_change(shown: Evidence, indicator: str, row: pd.Series) -> str:
    """Return 'better', 'worse' or 'no clear change' for BME staff, by the adverse side of the catalogue."""
    if row["verdict"] != CLEAR or not evidence_rows.has(row, "value", "previous_value"):
        return "no clear change"
    definition = evidence_rows.definition_of(shown, indicator)
    rose = row["value"] > row["previous_value"]
    return "worse" if rose == str(definition["adverse"]).startswith("above") else "better"


def _verdict_sentence(shown: Evidence, indicator: str, row: pd.Series) -> str:
    if row["verdict"] == DESCRIBED:
        return f"That is a description and no more: {row['reason']}."
    direction = direction_of_change(shown, indicator, row)
    interval = _interval_of_change(shown, row)
    if direction == "no clear change":
        return f"That shows no clear change{interval}."
    return f"That is clearly {direction} for {group_label(shown, 'bme')} staff; chance alone is an unlikely explanation{interval}."


def _interval_of_change(shown: Evidence, row: pd.Series) -> str:
    """Return the interval of a change with what it takes for granted; nothing where it is not shown."""
    if not evidence_rows.has(row, "change_lower", "change_upper"):
        return ""
    low, high = row["change_lower"], row["change_upper"]
    result = table_blocks.result_of(shown, row)
    if result is not None and result["comparison"] == "ratio":
        told = f"the later figure could be {numbers.ratio_interval(low, high)} times the earlier one"
    else:
        told = f"the difference has moved by {numbers.points_interval(low, high)}"
    level = numbers.confidence(shown.context.confidence)
    return f": allowing for chance, {told} ({level} interval, which takes the two years as independent)"


def _rates_change(shown: Evidence, indicator: str, row: pd.Series) -> str:
    now, before = evidence_rows.headline_row(shown, indicator), evidence_rows.headline_row(shown, indicator, row["previous_year"])
    if now is None or before is None or row["verdict"] == statuses.NOT_COMPARABLE or now["direction"].endswith("workforce"):
        return ""
    parts = []
    for group in ("white", "bme"):
        field = f"{group}_rate"
        if not (evidence_rows.has(now, field) and evidence_rows.has(before, field)):
            return ""
        people = f"{group_label(shown, group)} {wording(shown, now['measure']).people}"
        then_rate, rate = numbers.percentage(before[field]), numbers.percentage(now[field])
        parts.append(f"stayed at {rate} of {people}" if then_rate == rate else f"moved from {then_rate} to {rate} of {people}")
    return f"The percentages {phrases.listed(parts)}."


def workforce_change(shown: Evidence) -> str:
    """Return how the workforce and its BME and undisclosed parts moved, as counts."""
    previous = shown.context.previous_year
    if not previous:
        return ""
    parts: list[str] = []
    bme = group_label(shown, "bme")
    for group, label in (("all", "staff"), ("bme", f"{bme} staff"), ("unknown", "staff who have not disclosed their ethnicity")):
        now, before = (evidence_rows.share(shown, "headcount", group, year=year) for year in (shown.context.year, previous))
        if evidence_rows.has(now, "count") and evidence_rows.has(before, "count"):
            what = f"the number of {label}" if not parts else f"that of {label}"
            parts.append(
                f"{what} {phrases.counted_change(now['count'], before['count'])}{'' if group == 'all' else share_change(now, before)}"
            )
    if not parts:
        return f"How the workforce changed since {year_label(previous)} is not shown or was not supplied."
    return phrases.sentence(f"since {year_label(previous)}, {phrases.listed(parts)}")


def share_change(now: pd.Series, before: pd.Series) -> str:
    """Return how a share of staff moved, in brackets after its count: ' (4.5% to 4.9% of staff)'; empty where it is not shown."""
    if not (evidence_rows.has(now, "rate") and evidence_rows.has(before, "rate")):
        return ""
    then_share, share = numbers.percentage(before["rate"]), numbers.percentage(now["rate"])
    return f" (still {share} of staff)" if then_share == share else f" ({then_share} to {share} of staff)"


def coarser_bands_note(shown: Evidence) -> str:
    """Return that single bands cannot be compared, where the year before was supplied by groups of bands."""
    previous = shown.context.previous_year
    if not previous:
        return ""
    graded = [evidence_rows.of_indicator(shown, "results", "1", year, "share_of_grade") for year in (previous, shown.context.year)]
    before, now = (set(frame.loc[frame["breakdown"] == "grade", "category"]) for frame in graded)
    same = before & now
    if not before or not now or same == now:
        return ""
    only = f" except {phrases.listed(sorted(same))}" if same else ""
    return f"The figures of {year_label(previous)} are by groups of bands, so single bands cannot be compared{only}."


#: The published measure that stands beside each indicator, and what it is called in a sentence.
BENCHMARKS: dict[str, tuple[tuple[str, str], ...]] = {
    "1": (
        ("bme_share_workforce", "{group} staff were {value} of the workforce"),
        ("bme_share_vsm", "{group} staff were {value} of very senior managers"),
    ),
    "2": (("relative_likelihood", "the relative likelihood, {group}, was {value}"),),
    "3": (("relative_likelihood", "the relative likelihood, {group}, was {value}"),),
    "4": (("relative_likelihood", "the relative likelihood, {group}, was {value}"),),
    "5": (("hba_public", "{who} respondents reported harassment from the public"),),
    "6": (("hba_staff", "{who} respondents reported harassment from colleagues"),),
    "7": (("equal_opportunities_excl_dk", "{who} respondents believed that careers are fair"),),
    "8": (("discrimination_staff", "{who} respondents reported discrimination by colleagues"),),
    "9": (("bme_share_board", "{group} people were {value} of boards"),),
}
_DONT_KNOW_IN_BASE = {"7": (("equal_opportunities_incl_dk", "{who} respondents believed that careers are fair"),)}
NATIONAL_GROUPS = ("white", "BME", "white/BME", "BME/white")


def compared_with_benchmark(shown: Evidence, *indicators: str) -> Prose:
    """Return the published national figures nearest to this year, with the organisation's own beside them."""
    frames = {indicator: _national(shown, indicator) for indicator in indicators}
    paragraphs = [text for indicator, frame in frames.items() for text in _national_sentences(shown, indicator, frame)]
    return Prose(tuple(paragraph for paragraph in paragraphs if paragraph))


def about_national_figures(shown: Evidence) -> Prose:
    """Return how far national figures can be compared, for the one place where a report says so."""
    nearest = f"Where no national figure for {year_label(shown.context.year)} was seen at its source, the nearest year is given."
    return Prose((f"{nearest} {_scope_note(shown)}".strip(),))


def _national_sentences(shown: Evidence, indicator: str, frame: pd.DataFrame) -> list[str]:
    """Return the national figures of one indicator, a sentence for each year, and the organisation's own beside them."""
    if frame.empty:
        return [f"For indicator {indicator} no national figure whose source was seen is at hand, so none is shown."]
    told = []
    for edition, group in frame.groupby("year", sort=True):
        words = phrases.listed([_benchmark_words(shown, indicator, rows) for _, rows in group.groupby("measure", sort=False)])
        told.append(f"NHS trusts in England, {_year_of_edition(int(edition))}{_apart(shown, int(edition))}: {words}.")
    return told + [text for text in (_own_rates(shown, indicator), _inside_interval(shown, indicator, frame)) if text]


def _apart(shown: Evidence, edition: int) -> str:
    """Return in words how far a figure's year is from the report's: ' (three years earlier)'; nothing where it is the same."""
    years = abs(edition - shown.context.edition)
    side = "earlier" if edition < shown.context.edition else "later"
    return f" ({numbers.in_words(years)} year{'s' if years > 1 else ''} {side})" if years else ""


def _year_of_edition(edition: int) -> str:
    """Return the reporting year of an edition, which bears the year of its 31 March: 2019 -> '2018/19'."""
    return year_label(f"{edition - 1}-{edition % 100:02d}")


def _national(shown: Evidence, indicator: str) -> pd.DataFrame:
    frame = evidence_rows.table(shown, "benchmarks")
    definition = evidence_rows.definition_if_any(shown, indicator)
    with_dont_know = definition is not None and "Don't know" in str(definition["base_rule"])
    wanted = (_DONT_KNOW_IN_BASE if with_dont_know and indicator in _DONT_KNOW_IN_BASE else BENCHMARKS).get(indicator, ())
    chosen = (
        frame["indicator"].astype(str).eq(indicator)
        & frame["measure"].isin([name for name, _ in wanted])
        & frame["group"].isin(NATIONAL_GROUPS)
    )
    frame = frame[chosen]
    # Two groups of one measure are set side by side: only of the same year, and of all years the nearest.
    distance = (frame["year"].astype(int) - shown.context.edition).abs()
    return frame[distance.eq(distance.groupby(frame["measure"]).transform("min"))]


def _benchmark_words(shown: Evidence, indicator: str, rows: pd.DataFrame) -> str:
    """Return one published measure in words: of both groups in one clause, where both were published."""
    templates = {name: text for known in (BENCHMARKS, _DONT_KNOW_IN_BASE) for name, text in known.get(indicator, ())}
    groups = {"white": group_label(shown, "white"), "BME": group_label(shown, "bme")}
    told = [
        (_benchmark_value(row), " divided by ".join(groups[part] for part in str(row["group"]).split("/"))) for _, row in rows.iterrows()
    ]
    who = phrases.listed([f"{value} of {label}" for value, label in told])
    return templates[rows.iloc[0]["measure"]].format(who=who, value=told[0][0], group=told[0][1])


def _benchmark_value(row: pd.Series) -> str:
    if row["unit"] == "ratio":
        return numbers.ratio(row["value"])
    return numbers.percentage(row["value"] / 100, 0 if row["unit"] == "percent_rounded" else 1)


def _own_rates(shown: Evidence, indicator: str) -> str:
    """Return the organisation's own percentages, where the national figures are percentages too."""
    row = evidence_rows.headline_row(shown, indicator)
    if row is None or row["comparison"] == "ratio":
        return ""
    name = shown.context.short_name
    if row["direction"] == "bme-white" and evidence_rows.has(row, "white_rate", "bme_rate"):
        bme, white = (f"{numbers.percentage(row[f'{group}_rate'])} of {group_label(shown, group)}" for group in ("bme", "white"))
        return phrases.sentence(f"{name}: {bme} and {white} respondents")
    return ""


def _inside_interval(shown: Evidence, indicator: str, frame: pd.DataFrame) -> str:
    """Return whether the national ratio lies within the interval of the organisation's own."""
    row = evidence_rows.headline_row(shown, indicator)
    ratios = frame[frame["unit"] == "ratio"]
    if row is None or ratios.empty or not evidence_rows.has(row, "value", "lower", "upper") or math.isinf(row["value"]):
        return ""
    inside = row["lower"] <= ratios.iloc[0]["value"] <= row["upper"]
    where = "within" if inside else "outside"
    end = "so chance alone could explain the distance" if inside else "so chance alone is an unlikely explanation of the distance"
    if not inside and not ratios.iloc[0]["comparable"]:
        end += "; the years between the two may explain it"
    own = f"{shown.context.short_name}'s own figure is {numbers.ratio(row['value'])}"
    return phrases.sentence(f"{own}; the national one lies {where} its {numbers.confidence(row['confidence'])} interval, {end}")


def _scope_note(shown: Evidence) -> str:
    kind = str(getattr(shown.context, "kind", ""))
    if "trust" in kind.lower():
        return ""
    if kind in ("", Organisation.model_fields["kind"].default):
        return "The national figures are those of NHS trusts in England."
    article = "an" if kind[:1].lower() in "aeiou" or kind.startswith("NHS") else "a"
    name = shown.context.short_name
    background = f"{name} is {article} {kind}, and the national figures are of trusts, so they are a background and not a yardstick"
    return " ".join(phrases.sentence(text) for text in (background, _peers(shown, kind)) if text)


def _peers(shown: Evidence, kind: str) -> str:
    """Return who the peers of a kind of organisation are, where the standard's table knows."""
    reference = getattr(shown.context, "reference", None)
    found = None if reference is None else evidence_rows.first(reference.peers, kind=kind.lower())
    return "" if found is None else str(found["peers"])

"""The workforce: who works here, this year and the year before."""

from wres_helpers.analysis.evidence import Evidence
from wres_helpers.report import charts, evidence_rows, numbers, table_blocks
from wres_helpers.report.blocks import Figure
from wres_helpers.report.drawing import Category, Mark
from wres_helpers.report.headlines import workforce_share
from wres_helpers.report.vocabulary import characteristic, group_label, snapshot_date, year_label


def _years(shown: Evidence) -> list[str]:
    return [year for year in (shown.context.year, shown.context.previous_year) if year]


def profile_chart(shown: Evidence) -> Figure:
    """Return each ethnic group's share of staff in post, this year and the year before, as bars."""
    categories = tuple(
        Category(group_label(shown, group, starting=True), tuple(_mark(shown, group, year) for year in _years(shown)))
        for group in table_blocks.GROUPS
    )
    data = [_data_row(shown, group, year) for group in table_blocks.GROUPS for year in _years(shown)]
    columns = ["group", "year", "count", "base", "percentage"]
    days = " and ".join(snapshot_date(shown, year) for year in reversed(_years(shown)))
    subtitle = f"Staff in post by {characteristic(shown)}, {days}"
    plot = charts.Plot(
        "workforce-profile-chart", _finding(shown), subtitle, {"columns": columns, "rows": data}, numbers=table_blocks.profile_table(shown)
    )
    return charts.bars_of(plot, categories, focus=True)


def _data_row(shown: Evidence, group: str, year: str) -> list[str]:
    row = workforce_share(shown, group, year)
    counts = [evidence_rows.cell(row, field, numbers.count) for field in ("count", "base")]
    return [group_label(shown, group, starting=True), year_label(year), *counts, evidence_rows.cell(row, "rate", numbers.percentage)]


def _mark(shown: Evidence, group: str, year: str) -> Mark:
    row = workforce_share(shown, group, year)
    if row is None:
        return Mark(year_label(year), None, "not supplied")
    if evidence_rows.has(row, "rate"):
        text = f"{numbers.percentage(row['rate'])} ({evidence_rows.words(row, 'count', numbers.count)})"
        return Mark(year_label(year), float(row["rate"]), text)
    return charts.absent_mark(year_label(year), row, "count", "rate")


def _finding(shown: Evidence) -> str:
    bme, unknown = workforce_share(shown, "bme"), workforce_share(shown, "unknown")
    if not (evidence_rows.has(bme, "rate") and evidence_rows.has(unknown, "rate")):
        return f"Who works at {shown.context.short_name}"
    known, open_share = numbers.percentage(bme["rate"]), numbers.percentage(unknown["rate"])
    return f"{known} of staff are {group_label(shown, 'bme')}; {open_share} have not disclosed their {characteristic(shown)}"


def undisclosed_sentence(shown: Evidence) -> str:
    """Return what undisclosed ethnicity could change about the BME share of the workforce."""
    frame = evidence_rows.of_indicator(shown, "bounds", "1", measure="share_of_grade")
    row = evidence_rows.first(frame, breakdown="overall")
    if not evidence_rows.has(row, "lower_bound", "upper_bound"):
        return ""
    label = group_label(shown, "bme")
    interval = numbers.percentage_interval(row["lower_bound"], row["upper_bound"])
    text = f"Whatever the {characteristic(shown)} of the undisclosed is, the {label} share of the workforce lies from {interval}."
    bme, unknown = workforce_share(shown, "bme"), workforce_share(shown, "unknown")
    if evidence_rows.has(bme, "count") and evidence_rows.has(unknown, "count") and unknown["count"] > bme["count"]:
        open_count, known = numbers.count(unknown["count"]), numbers.count(bme["count"])
        text += f" More staff have not disclosed theirs ({open_count}) than are recorded as {label} ({known})."
    return text

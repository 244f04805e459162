"""The workforce: who works here, this year and the year before."""

from wres_helpers.analysis.evidence import Evidence
from wres_helpers.report import charts, evidence_rows, numbers, plots, table_blocks
from wres_helpers.report.blocks import Figure
from wres_helpers.report.drawing import Category
from wres_helpers.report.headlines import workforce_share
from wres_helpers.report.vocabulary import characteristic, group_label, snapshot_date, year_label


def _years(shown: Evidence) -> list[str]:
    return [year for year in (shown.context.year, shown.context.previous_year) if year]


def profile_chart(shown: Evidence) -> Figure:
    """Return each ethnic group's share of staff in post, this year and the year before, as bars."""
    bars = tuple(
        Category(
            group_label(shown, group, starting=True),
            tuple(charts.share_mark(year_label(year), workforce_share(shown, group, year)) for year in _years(shown)),
        )
        for group in table_blocks.GROUPS
    )
    days = " and ".join(snapshot_date(shown, year) for year in reversed(_years(shown)))
    subtitle = f"Staff in post by {characteristic(shown)}, {days}"
    plot = charts.Plot("workforce-profile-chart", _finding(shown), subtitle, table_blocks.profile_table(shown))
    return charts.drawn(plot, "Bar chart", plots.bars(bars, focus=True), bars)


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
    return f"Whatever the {characteristic(shown)} of the undisclosed is, the {label} share of the workforce lies from {interval}."

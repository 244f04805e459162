"""Words, tables and charts for the report, each made from rows that may be shown.

Notebooks call the functions named here; each takes the evidence first and returns a block (see `blocks.py`).
"""

from wres_helpers.presentation.bands import band_chart, band_reading, band_table
from wres_helpers.presentation.blocks import Block, show
from wres_helpers.presentation.board import board_chart, board_table
from wres_helpers.presentation.certainty import certainty, status_note
from wres_helpers.presentation.charts import rates_chart
from wres_helpers.presentation.comparisons import compared_with_benchmark, compared_with_last_year
from wres_helpers.presentation.headlines import headline
from wres_helpers.presentation.profile import profile_chart, profile_reading
from wres_helpers.presentation.recruitment import recruitment_funnel
from wres_helpers.presentation.scorecard import key_facts, likelihood_chart, scorecard, top_findings
from wres_helpers.presentation.sentences import definition, reading
from wres_helpers.presentation.sourcing import notice, sources, working_tables
from wres_helpers.presentation.survey import answers_chart, answers_table
from wres_helpers.presentation.tables import completeness_table, profile_table, rates_table, undisclosed_table
from wres_helpers.presentation.texts import action_plan_table, actions, narrative

__all__ = [
    "Block",
    "action_plan_table",
    "actions",
    "answers_chart",
    "answers_table",
    "band_chart",
    "band_reading",
    "band_table",
    "board_chart",
    "board_table",
    "certainty",
    "compared_with_benchmark",
    "compared_with_last_year",
    "completeness_table",
    "definition",
    "headline",
    "key_facts",
    "likelihood_chart",
    "narrative",
    "notice",
    "profile_chart",
    "profile_reading",
    "profile_table",
    "rates_chart",
    "rates_table",
    "reading",
    "recruitment_funnel",
    "scorecard",
    "show",
    "sources",
    "status_note",
    "top_findings",
    "undisclosed_table",
    "working_tables",
]

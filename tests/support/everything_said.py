"""Every word that a report can say, block by block, in this process and without a picture."""

from unittest.mock import patch

from wres_helpers import report
from wres_helpers.report.form import plots
from wres_helpers.report.words.which_indicators import indicators


def without_pictures():
    """Return what keeps pictures from being laid out, which is most of the time of what is said; their titles, words and tables are made."""
    return patch.multiple(plots, **dict.fromkeys(("bars", "dots", "answer_bars", "people_dots"), lambda *given, **more: "<svg/>"))


def everything_said(shown, actions) -> str:
    """Return every word of every block of every section; the keys of columns and pictures are no words."""
    with without_pictures():
        return _everything_said(shown, actions)


def _everything_said(shown, actions) -> str:
    whole = ("key_facts", "top_findings", "standings", "how_to_read", "how_sure",
    "beside_other_figures", "scorecard", "how_status_is_given", "method_table", "metrics",
             "about_national_figures", "parity_table", "completeness_table", "improvement_plan", "targets", "population_served", "pipeline",
             "profile_table", "profile_chart", "band_chart", "band_reading", "band_table", "board_chart", "board_table", "recruitment_funnel")  # fmt: skip
    each = ("headline", "definition", "in_people", "certainty", "status_note", "rates_table", "rates_chart", "undisclosed_table", "answers_chart",
            "compared_with_last_year", "compared_with_benchmark", "years", "cut_tables", "contributions", "funnel_of_parts")  # fmt: skip
    made = [getattr(report, name)(shown) for name in whole] + [report.at_a_glance(shown, actions)]
    made += [getattr(report, name)(shown, indicator) for indicator in indicators(shown) for name in each]
    blocks = [block for found in made for block in (found if isinstance(found, tuple) else (found,))]
    return " ".join(word for block in blocks for word in texts_of(block.to_json()))


def texts_of(value, key=""):
    """Give every text of a block (its JSON form) by itself; keys of columns, pictures and codes are no words."""
    if isinstance(value, str) and key not in ("key", "svg", "name", "data", "id", "kind", "status", "tone", "seen"):
        yield value
    elif isinstance(value, dict) and "leads_to" not in value:  # what a sentence is about is no sentence
        for name, part in value.items():
            yield from texts_of(part, name)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from texts_of(part, key)

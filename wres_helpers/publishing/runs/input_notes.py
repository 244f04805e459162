"""What is told of a report's inputs though nothing stops: by ``wres check`` of all of them, by ``wres run`` of what it makes anew."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

from wres_helpers import intake
from wres_helpers.analysis.cells import COMPARED_GROUPS
from wres_helpers.analysis.targets import NOT_IN_DATA, SHARE
from wres_helpers.intake.narrative_texts import narrative_folder, texts_and_problems, yet_to_be_written
from wres_helpers.intake.own_targets import MODEL_EMPLOYER
from wres_helpers.problems import InputProblems, Problem, collected, told_together
from wres_helpers.publishing.pages.page_fonts import sign_notices
from wres_helpers.report.evidence_rows import where
from wres_helpers.report.figures_in_texts import absent_figures, typed_figures
from wres_helpers.report.opened_report import OpenReport
from wres_helpers.report.typed_and_hidden import hidden_figures
from wres_helpers.settings.parameters import Parameters
from wres_helpers.standard.columns import OVERALL
from wres_helpers.standard.years import day_told, edition_of

#: As many files as one note names.
_NAMED = 6


def notes(report: OpenReport, against: Mapping[str, Mapping[str, int]], texts: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """Return the notes about a report's inputs as sentences, as far as these can be read; of figures only where all inputs can.

    `against` tells how many counts were corrected since each of the organisation's final reports; with `texts`, only the figures in them
    are looked at.
    """
    if texts is not None:
        return _sentences(_figures_in_texts(report, texts))
    parameters, texts = report.parameters, {}
    notices: list[Problem] = collected([], intake.input_notices, parameters) or []
    with suppress(InputProblems):  # a folder that cannot be read
        texts = texts_and_problems(parameters)[0]
        notices += sign_notices(parameters)
    if parameters.report.state != "final" and (waiting := yet_to_be_written(texts)):  # of a final report that is wrong
        found, action = f"{len(waiting)} still to be written: {', '.join(waiting)}", "Write them; a draft may wait."
        notices.append(Problem(parameters.shown(narrative_folder(parameters)), "the texts of a final report", action, found=found))
    notices += _year_to_come(parameters, date.today())
    with suppress(InputProblems):
        notices += [*_figures_in_texts(report, texts), *_doubtful_targets(report), *_other_answers(report)]
    return _sentences([*notices, *_corrected_since(against)])


def _sentences(notices: Iterable[Problem]) -> tuple[str, ...]:
    """Return notices as sentences; what is the same of several files is told once."""
    files: dict[Problem, list[str]] = {}
    for each in notices:
        files.setdefault(replace(each, file=""), []).append(each.file)
    several = {
        each: ", ".join(names[:_NAMED]) + f" and {len(names) - _NAMED} more" * (len(names) > _NAMED) for each, names in files.items()
    }
    return tuple(f"Note: {told}" for told in told_together(replace(each, file=names) for each, names in several.items()))


def _figures_in_texts(report: OpenReport, texts: Mapping[str, str]) -> Iterator[Problem]:
    folder = report.parameters.shown(narrative_folder(report.parameters))
    for doubtful in (typed_figures, absent_figures):
        yield from doubtful(texts, lambda name: f"{folder}/{name}.md", lambda: report.evidence)
    yield from hidden_figures(texts, lambda name: f"{folder}/{name}.md", report.parameters.terms, lambda: report.evidence, report.protected)


def _other_answers(report: OpenReport) -> Iterator[Problem]:
    """Give shares of a survey that are far from the nearest national figure, and near to what it leaves: most likely those of the other answer."""
    evidence, year = report.evidence, report.parameters.year
    published = evidence.benchmarks[evidence.benchmarks["unit"].str.startswith("percent")]
    rows = where(evidence.results, {"year": year, "direction": "bme-white", "breakdown": OVERALL[0]})
    for (_, row), group in product(rows.iterrows(), COMPARED_GROUPS["bme-white"]):
        known = published[published["indicator"].eq(row["indicator"]) & published["group"].str.lower().eq(group)]
        apart = (known["year"].astype(int) - edition_of(year)).abs()
        nation, told = known.loc[apart.eq(apart.min()), "value"].median() / 100, row[f"{group}_rate"]
        bases = rows.loc[rows["measure"].ne("survey_response"), f"{group}_base"]
        if bases.max() > _NO_OTHER_QUESTION * bases.min():
            continue  # one of them is another group's, of which its own note tells: no share of them is anybody's
        if abs(told - nation) > _FAR and abs(1 - told - nation) < _NEAR:
            found = f"{told:.1%} of {report.parameters.terms.named(group)} respondents for indicator {row['indicator']}"
            expected = f"a share of the answer that is asked for ({nation:.0%} nationally)"
            action = "Is it the share of those who answered otherwise? Then correct it; else leave it."
            yield Problem(report.parameters.shown(report.parameters.data_folder()), expected, action, column="staff_survey", found=found)


#: How far from a national figure, and how near to the rest of it, a share is doubted.
_FAR, _NEAR = 0.5, 0.2

#: Of one survey no question has so many times the respondents of another; some leave out who does not know.
_NO_OTHER_QUESTION = 3


def _corrected_since(against: Mapping[str, Mapping[str, int]]) -> Iterator[Problem]:
    """Give the organisation's final reports that told a board other numbers than the data have now."""
    action = "Run it again with a note of what was corrected (report.correction), or restore the data."
    for folder, told in against.items():
        if corrected := told.get("corrected_since"):
            found = f"a final report made before {corrected} corrected count{'s' * (corrected > 1)}"
            yield Problem(folder, "a report of today's counts", action, found=found)


def _year_to_come(parameters: Parameters, today: date) -> list[Problem]:
    """Return a year whose staff nobody can have counted yet, since its snapshot is still to come."""
    day, staff = parameters.snapshot, parameters.extracts and parameters.extracts.staff
    key = "extracts.staff.snapshot" if staff and staff.snapshot else "year"
    if day <= today.isoformat():
        return []
    found = f"{parameters.year}, whose snapshot of {day_told(day)} is still to come"
    action = "Check the year, and of which day the counts are."
    return [Problem(parameters.file, "a year whose snapshot has been taken", action, column=key, found=found)]


def _doubtful_targets(report: OpenReport) -> Iterator[Problem]:
    """Give targets about a part that this year's data do not have, starts that the data of their year have otherwise, and goals that lead away.

    Bands of the preset may be without one another.
    """
    path = report.parameters.data_folder().parent / "targets.csv"
    if not path.is_file():
        return
    shown, results, own = report.parameters.shown(path), report.evidence.results, report.evidence.context.own.targets
    named = set(own.loc[own["measure"].ne(MODEL_EMPLOYER), "target"])
    better = report.evidence.context.catalogue.drop_duplicates("measure").set_index("measure")["better"]
    for row in report.evidence.targets.itertuples():
        place = {"year": row.start_year, "measure": row.measure, "breakdown": row.breakdown, "category": row.category}
        began = where(results, place)
        if began.empty and row.start_year in report.parameters.history and row.start == row.start:  # its bands are grouped there
            master = report.parameters.master.model_copy(update={"previous_year": row.start_year, "history": ()})
            began = where(OpenReport(replace(report.parameters, master=master)).evidence.results, place)
        began = began["bme_rate" if row.of == SHARE else "value"]
        ratio = row.of != SHARE and row.comparison == "ratio"
        if row.reason == NOT_IN_DATA and row.target in named:
            expected, action = "a breakdown and a category of this year's data", "Correct the two cells, or leave both empty for the whole."
            found = f"'{row.category}' of '{row.breakdown}' for '{row.target}'"
            yield Problem(shown, expected, action, column="category", found=found)
            continue
        if row.target in named and _leads_away(row, better.get(row.measure) == "lower"):
            goal, start = (f"{value:.2f}" if ratio else f"{value:.1%}" for value in (row.goal, row.start))
            expected, action = f"a goal that is better than its start ({start})", "Correct whichever was mistyped."
            yield Problem(shown, expected, action, column="goal", found=f"{goal} for '{row.target}'")
        # a start may have been typed to one decimal or a whole percentage, or else to the digits of a page
        coarse, fine = (0.05, 0.01) if ratio else (0.005, 0.001)
        apart = coarse if round(row.start, 1 if ratio else 2) == row.start else fine
        if len(began) and abs(began.iloc[0] - row.start) > apart:
            was, typed = (f"{value:.2f}" if ratio else f"{value:.1%}" for value in (began.iloc[0], row.start))
            expected = f"{was}, as the data of {row.start_year} have it"
            action = "Correct the start, or its year: the path to the goal begins there."
            yield Problem(shown, expected, action, column="start", found=f"{typed} for '{row.target}'")


def _leads_away(target: Any, less_is_better: bool) -> bool:
    """Tell whether a goal is worse than its start: a smaller share (a larger one, where less is better), or a value farther from equality."""
    if target.of == SHARE:
        return target.goal > target.start if less_is_better else target.goal < target.start
    if target.comparison != "ratio":
        return abs(target.goal) > abs(target.start)
    return max(target.goal, 1 / target.goal) > max(target.start, 1 / target.start) if target.goal > 0 < target.start else False

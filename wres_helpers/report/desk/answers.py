"""The answer to an analyst's question: a table that can be read, a chart, and a file with title, source and notes in it."""

from dataclasses import dataclass, field, replace
from functools import partial
from html import escape
from itertools import pairwise
from pathlib import Path

import pandas as pd

from wres_helpers import report
from wres_helpers.analysis import Evidence
from wres_helpers.analysis.history import breaks_between_years
from wres_helpers.analysis.status_rule import FURTHER_TEST
from wres_helpers.problems import InputProblems, system_problem
from wres_helpers.report.desk.answer_files import SavedFile, written
from wres_helpers.report.form import block_html, numbers, phrases, plots
from wres_helpers.report.form.blocks import Figure, Notice, Table
from wres_helpers.report.form.drawing import Category
from wres_helpers.report.section import charts
from wres_helpers.report.section.part_blocks import part_named
from wres_helpers.report.section.table_blocks import GROUPS, value_title, with_interval
from wres_helpers.report.words import evidence_rows
from wres_helpers.report.words.evidence_rows import with_rate
from wres_helpers.report.words.made_tables import number, status_cell, table_of, words_field
from wres_helpers.report.words.vocabulary import group_label, in_terms, indicator_named, period_label, wording, year_label
from wres_helpers.standard import statuses

UNPROTECTED = (
    f"{report.UNPROTECTED} What the report does not publish (chosen people, crossed breakdowns, ethnic "
    "categories) may not be shown outside, because it could be set against what it does."
)
_LAST_COLUMN = "The last column says what of a row may be shown outside."

#: What of a row may be shown outside begins so where it is neither all nor nothing; what is hidden of it follows a colon.
IN_PART = "in part"

#: More rows than this make a chart that nobody can read.
_MOST_IN_A_CHART = 12


@dataclass(frozen=True)
class Answer:
    """What an analyst asked, answered; a notebook shows it as table and chart."""

    rows: pd.DataFrame  # one a comparison: the columns of results.csv and `outside`, what of it may be shown outside
    evidence: Evidence = field(repr=False)  # what it was asked of
    told: str = ""  # the question's cut and choice in words
    beside: str = ""  # 'ethnic_category' where categories stand beside a reference
    cut: str = ""  # the one breakdown by which everybody is cut
    whole: str = "whole workforce"  # what a part's share is set beside: with people chosen it is those, not everybody
    left: str = ""  # who is in the whole and in none of the rows
    why: str = ""  # why there are no rows, where there are none

    @classmethod
    def nothing(cls, evidence: Evidence, why: str) -> "Answer":
        """Return an answer without rows that says why it has none."""
        return cls(pd.DataFrame(columns=["status"]), evidence, why=why)

    def to_frame(self) -> pd.DataFrame:
        """Return the rows as they are: what each is of in words, whole counts, rates as fractions, value, interval, status, reason, outside.

        By ethnic category the columns are ``category_count`` and ``reference_count`` (and base, rate): a category is of any group.
        """
        rows = self.rows.astype({name: "Int64" for name in self.rows if name.endswith(("_count", "_base"))})
        rows.insert(0, "of", self._in_words() if len(rows) else "")
        return rows

    @property
    def title(self) -> str:
        """What was asked, in words."""
        if self.rows.empty:
            return "No answer"
        indicator, measure = self.rows["indicator"].iloc[0], self.rows["measure"].iloc[0]
        definition = evidence_rows.definition_if_any(self.evidence, indicator, measure)
        if definition is None:  # a drill-down may have a measure of its own
            name, told = measure.replace("_", " "), [year_label(year) for year in self.rows["year"].unique()]
        else:
            name, told = definition["plain_title"], [period_label(year, definition) for year in self.rows["year"].unique()]
        return ", ".join(part for part in (f"{indicator_named(self.evidence, indicator)}: {name}", self.told, phrases.listed(told)) if part)

    @property
    def source(self) -> str:
        """Where the figures come from and how their intervals are made."""
        methods = phrases.listed(sorted({method for method in self.rows["method"].dropna() if method}))
        how = f" Intervals: {methods}." if methods else ""
        return f"{self.evidence.context.parameters.organisation.name}: counts of the organisation, calculated by the WRES pack.{how}"

    def table(self) -> Table | Notice:
        """Return the rows as a table of few columns, rounded and headed in words; without rows the reason."""
        return Notice("Nothing to show", self.why) if self.rows.empty else self._table()

    def _table(self) -> Table:
        leading = self._told_apart()
        fields = [
            *(words_field(heading, partial(lambda words, row: str(words[row.name]), words)) for heading, words in leading.items()),
            *(number(heading, partial(_with_whose, group=group)) for group, heading in self._groups().items()),
            *with_interval(self.evidence, self._value_heading(), _value),
            ("Status", "status", lambda row: status_cell(row["status"])),
            ("May be shown outside", "folded", lambda row: row["outside"]),
        ]
        return table_of(
            "answer", self.title, fields, self.rows, (UNPROTECTED, *filter(None, [self.left, self._breaks()]), _LAST_COLUMN, self.source)
        )

    def _figures(self) -> list[tuple[str, str, pd.Series]]:
        """Return the columns of the table with every figure as a number in a cell of its own: heading, number format, cells."""
        rows, by = self.to_frame(), 100 if self.rows["comparison"].iloc[0] == "difference" else 1
        form = {"ratio": "0.00", "difference": "+0.0;-0.0;0.0", "none": "0.0%"}[self.rows["comparison"].iloc[0]]
        made = [(heading, "", words) for heading, words in self._told_apart().items()]
        for group, heading in self._groups().items():
            told = {f"{heading}, counted": ("count", "#,##0"), f"{heading}, of": ("base", "#,##0"), f"{heading}, rate": ("rate", "0.0%")}
            made += [(words, how, rows[f"{group}_{kind}"]) for words, (kind, how) in told.items()]
            made += [(f"{heading}, who", "", rows["reference"])] if group == "reference" else []
        level = numbers.confidence(self.evidence.context.status_rule.confidence)
        ends = {"value": self._value_heading(), "lower": f"{level} interval, lower end", "upper": f"{level} interval, upper end"}
        made += [(heading, form, rows[name] * by) for name, heading in ends.items()]
        return [*made, ("Status", "", rows["status"].map(statuses.LABELS)), ("May be shown outside", "", rows["outside"])]

    def drivers(self) -> Table | Notice:
        """Return each part's people in the gap; a notice where people were chosen, or the parts can't be added up to the whole."""
        asked = self.cut and self.rows["year"].eq(self.evidence.context.year).all()
        made = report.contributions(self.evidence, self.rows["indicator"].iloc[0], (self.cut,)) if asked else ()
        return made[0] if made else Notice("No parts", "Only one cut of everybody, in the year of the report, adds up to the whole.")

    def chart(self) -> Figure | Notice:
        """Return both groups' rates, a row of bars for each row of the answer; a notice where there are too many."""
        shown = self.rows[self.rows["category_rate" if self.beside else "bme_rate"].notna()] if len(self.rows) else self.rows
        if shown.empty or len(shown) > _MOST_IN_A_CHART:
            return Notice("No chart", "No rate to draw." if shown.empty else f"{len(shown)} rows are too many for one chart: ask of fewer.")
        left_out = ("unknown", "white") if self._of_a_whole() else ("unknown",)
        compared = {group: heading for group, heading in self._groups().items() if group not in left_out}
        labels = self._in_words()
        made = []
        for place, row in shown.iterrows():
            marks = (replace(charts.group_mark(self.evidence, row, group, name), series=name) for group, name in compared.items())
            made.append(Category(labels[place], tuple(marks)))
        bars = tuple(made)
        svg = plots.bars(bars, focus=bool(self.beside) or self._of_a_whole())  # white's dark blue is no other's
        told = partial(charts.drawn, self.evidence, id="answer-chart", title=self.title, subtitle="Percentage of each group, unprotected")
        return told("Bar chart", svg, bars, numbers=self._table())

    def save(self, path: str | Path) -> SavedFile:
        """Write the answer to a file: a chart (.png, .svg, .pdf) or a table (.xlsx, .csv), each with title, source and notes.

        A bare name is written below ``outputs/answers/``, which never enters git; a path with a folder is taken as it is. Raises ValueError:
        the ending is another, or the answer has no rows; InputProblems: the system does not take the file, as on a full disk.
        """
        path, parameters = Path(path), self.evidence.context.parameters
        if self.rows.empty:
            raise ValueError(f"There is nothing to save. {self.why}")
        path = path if len(path.parts) > 1 else parameters.project / parameters.folders.outputs / "answers" / path
        try:
            return written(path, self._table(), self.chart(), self._figures())
        except OSError as error:
            raise InputProblems([system_problem(error)]) from None

    def __repr__(self) -> str:
        return self.why or f"{self.title}: {len(self.rows)} row{'s' if len(self.rows) != 1 else ''}, unprotected"

    def _repr_html_(self) -> str:
        if self.rows.empty:
            return block_html.in_notebook(self.table().to_json())
        chart = (self.chart(),) if len(self.rows) <= _MOST_IN_A_CHART else ()
        parts = (self.table(), *chart, *([parts] if isinstance(parts := self.drivers(), Table) else []))
        reasons = dict.fromkeys(reason for reason in self.rows["reason"] if isinstance(reason, str) and reason)
        items = "".join(f"<li>{escape(in_terms(self.evidence, phrases.sentence(reason)))}</li>" for reason in reasons)
        # a clear interval beside "no clear difference" is a contradiction to who does not see why
        is_open = " open" if any(FURTHER_TEST in reason for reason in reasons) else ""
        why = f"<details{is_open}><summary>Why each has its status</summary><ul>{items}</ul></details>" if items else ""
        return block_html.in_notebook(*(part.to_json() for part in parts)) + why

    def _of_a_whole(self) -> bool:
        """Tell whether the rows set a part beside the workforce it belongs to, and not one group beside the other."""
        return bool(self.rows["direction"].isin(("grade-workforce", "board-workforce", "none")).all())

    def _groups(self) -> dict[str, str]:
        if self.beside:  # a share of all staff is compared with nothing
            return {"category": "Category"} | ({} if self._of_a_whole() else {"reference": "Compared with"})
        return {group: group_label(self.evidence, group, starting=True) for group in GROUPS}

    def _breaks(self) -> str:
        """Return between which years of the answer its figures cannot be compared, and why."""
        context, years, told = self.evidence.context, sorted(self.rows["year"].unique()), []
        between = breaks_between_years(context.reference.catalogue, context.own.breaks)
        code, indicator = self.rows["organisation"].iloc[0], self.rows["indicator"].iloc[0]
        for before, year in pairwise(years):
            found = [between(code, before, year, indicator, measure) for measure in self.rows["measure"].unique()]
            if reasons := dict.fromkeys(in_terms(self.evidence, phrases.sentence(reason)) for each in found for _, reason in each):
                told.append(f"The figures from {year_label(year)} on cannot be compared with those before. {' '.join(reasons)}")
        return " ".join(told)

    def _value_heading(self) -> str:
        row = self.rows.iloc[0]
        if self.beside:
            return "Relative likelihood" if row["comparison"] == "ratio" else "Share of all staff"
        if self._of_a_whole():
            return f"{group_label(self.evidence, 'bme', starting=True)} share minus {self.whole} (points)"
        return value_title(self.evidence, row) + ("" if row["comparison"] == "ratio" else " (points)")

    def _who(self, row: pd.Series) -> str:
        if row["breakdown"] == "overall":
            return row["category"] if row["category"] != "all" else "Everybody"
        return part_named(row["breakdown"], row["category"], beside_others=self.rows["breakdown"].nunique() > 1)

    def _in_words(self) -> pd.Series:
        """Return what tells each row from the others, as one text."""
        return pd.DataFrame(dict(reversed(self._told_apart().items()))).agg(", ".join, axis=1)

    def _told_apart(self) -> dict[str, pd.Series]:
        """Return what tells the rows apart, by its heading; what all share is left out, since the title says it."""
        words = {
            name: wording(self.evidence, name).stage for name in set(self.rows["measure"]) & set(self.evidence.context.catalogue["measure"])
        }
        stages = self.rows["measure"].map(lambda measure: words.get(measure, measure.replace("_", " ")))  # a drill-down has one of its own
        stages = stages.replace("Whole workforce", phrases.capital(self.whole))
        who = self.rows.apply(self._who, axis=1)
        if self._of_a_whole():  # a part of the workforce is told by its own name: senior posts, Band 2
            who, stages = who.where(who.ne("Everybody"), stages), stages.map(lambda _: "")
        told = {"Year": self.rows["year"].map(year_label), "What": stages, "Who": who}
        shared = [name for name, words in told.items() if words.nunique() == 1 and (name != "Who" or words.iloc[0] == "Everybody")]
        return {name: words for name, words in told.items() if name not in shared} or {"Who": told["Who"]}


def _with_whose(row: pd.Series, group: str) -> str:
    """Return a group's rate with its counts; of a reference, which is another for each category, also who that is."""
    return f"{with_rate(row, group)}, {row['reference']}" if group == "reference" else with_rate(row, group)


def _value(row: pd.Series) -> tuple[str, str]:
    """Return the value of a row and its interval, without the unit its heading gives."""
    if not evidence_rows.has(row, "value"):
        return {statuses.NOT_SUPPLIED: "not supplied", statuses.CALCULATED: "does not apply"}.get(row["status"], "not calculable"), ""
    style = numbers.STYLES[row["comparison"]]
    return style.bare(row["value"]), style.span(row["lower"], row["upper"]) if evidence_rows.has(row, "lower", "upper") else ""

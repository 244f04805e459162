"""What every column of every file in the board's folder of data means: made from the blocks that the files are written from.

What a heading means is declared here once, for whatever groups, years and breakdowns stand in it; a heading that nobody declared says so.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from wres_helpers.publishing.pages.evidence_index import placed
from wres_helpers.publishing.pages.page_checks import Block, words_of
from wres_helpers.publishing.pages.report_parts import Document

DICTIONARY: Final = "dictionary.csv"
DICTIONARY_COLUMNS: Final = ("file", "column", "meaning", "unit")
AS_HEADED: Final = "as its heading says; nothing more is declared of it"
EVERY_FILE, NOTE, FIRST = "every file", "(note)", "what the row is about"

#: How figures are written in the files.
_WRITTEN: Final = {
    "hidden; fewer than 5; 7 to 10": "a number that is hidden so that no person can be recognised, alone or as the range that may be told of it",
    "[c]": "the same in results.csv and in the workbook, or whatever marker the master file sets",
    "not supplied; not calculable; not known": "a number that is not hidden and not there",
    "does not apply; none; no comparison": "nothing is asked there",
    "borderline; looks worse": "not clear although the interval leaves out equality: a further test, or one person, does not bear it",
    "(empty)": "in results.csv: there is no such number, as no interval of a share that is compared with nothing; the column 'reason' says why",
    "signs": "a number alone has a hyphen below 0, in words a minus sign; no plus is written, which a spreadsheet takes for a formula",
    "commas": "thousands have a comma and such cells stand in quotes; in results.csv no number has one",
    "first bytes": "a file with letters beyond ASCII begins with the mark by which Excel knows UTF-8",
    "rows": "a file may have rows that the page tells in a note; a row of which nothing is shown stands in the note of its table alone",
}

_PEOPLE, _SHARE, _POINTS, _RATIO, _WORDS, _CODE, _CHANCE = (
    "people", "per cent", "percentage points", "ratio", "words", "code", "probability from 0 to 1"
)  # fmt: skip
_FRACTION: Final = "fraction from 0 to 1"
_VALUE: Final = "ratio, or percentage points where the cell says so"

#: Meaning and unit by heading, with GROUP for the groups of the standard, KIND for what they are told apart by, N for numbers, YEAR for years.
_MEANINGS: Final = {
    "N interval": ("between what values chance leaves the figure, at this level", _VALUE),
    "N interval (Wilson)": ("the interval of the percentage by Wilson's method", _SHARE),
    "Smallest true difference found in eight years of ten": (
        "the smallest, worse for the compared group, that the whole rule would call clear, with the other group's rate as counted", _VALUE
    ),
    "All": ("everybody counted, those who have not disclosed included", _PEOPLE),
    "All N together (Holm)": ("the p-value of Holm's method over all comparisons of the table", _CHANCE),
    "All N together (Holm, by Fisher's)": ("the same of Fisher's p-value doubled", _CHANCE),
    "Largest asked": ("the largest p-value that the rule asks for, Fisher's doubled: the smaller, the surer", _CHANCE),
    "Area": ("the theme of the action, in the organisation's words", _WORDS),
    "As counted": ("the figure without those who have not disclosed", _VALUE),
    "GROUP": ("of this group: people, their percentage, or both, as its cells are written", "as written"),
    "GROUP people counted": ("how many of the group were counted, of how many", _PEOPLE),
    "GROUP people to the goal": ("how many more or fewer would reach the goal today", _PEOPLE),
    "GROUP share": ("the group's percentage of everybody in the row", _SHARE),
    "GROUP share minus workforce": ("that percentage minus the group's percentage of the whole workforce", _POINTS),
    "GROUP ÷ GROUP": ("relative likelihood: the first group's percentage over the second's", _RATIO),
    "GROUP ÷ GROUP (N interval)": ("relative likelihood: the first group's percentage over the second's; in brackets its interval", _RATIO),
    "GROUP, in the lower, middle and upper tier": ("staff of the group in the three pay tiers", _PEOPLE),
    "GROUP, lower and upper of the two tiers": ("staff of the group in the two tiers of the step", _PEOPLE),
    "GROUP, share": ("the group's percentage of everybody in the row; of answers, the answer's percentage of the group", _SHARE),
    "GROUP: GROUP": ("people of the group", _PEOPLE),
    "Beyond the GROUP rate": ("how many more or fewer people of the compared group are counted than at the other group's rate", _PEOPLE),
    "Break": ("what broke the series before this year: years on its two sides are not comparable", _WORDS),
    "Comparison": ("the figure of the comparison; with its interval in brackets where one stands there", _VALUE),
    "Counts": ("how many of how many, by group", _PEOPLE),
    "Difference, percentage points": ("the compared share minus the other", _POINTS),
    "Disparity ratio": ("the other group's spread over two pay tiers over the compared group's: 1 is alike", _RATIO),
    "Due": ("when the action is to be done", "month or reporting year"),
    "Equal rates, one person moved": ("the same test with one person of either group moved towards equality, the larger p-value", _CHANCE),
    "Equal rates, two sides": ("p-value of the test that both groups have one rate", _CHANCE),
    "Exact mid-p, for Holm": ("the exact mid-p by which the comparisons are ranked", _CHANCE),
    "Fisher's exact, one side": ("Fisher's exact p-value of the side found", _CHANCE),
    "Fisher's, one person moved": ("the same with one person of either group moved towards equality, the larger p-value", _CHANCE),
    "Figure": ("this year's figure", _VALUE),
    "For parity": ("which way the people counted would have to change", _WORDS),
    "Goal": ("the figure aimed at, by when, and where its line begins", _VALUE),
    "Highest possible": ("the highest that the undisclosed could make of the figure", _VALUE),
    "If all were GROUP": ("the figure if all undisclosed were of this group", _VALUE),
    "Indicators": ("which of the standard the action serves", _CODE),
    "Interval from": ("lower end of the interval", _VALUE),
    "Interval to": ("upper end of the interval", _VALUE),
    "KIND known": ("people who disclosed it", _PEOPLE),
    "KIND not disclosed": ("people who did not disclose it", _PEOPLE),
    "Lower to middle": ("disparity ratio of this step, with its interval", _RATIO),
    "Lower to upper": ("disparity ratio of this step, with its interval", _RATIO),
    "Middle to upper": ("disparity ratio of this step, with its interval", _RATIO),
    "Lowest possible": ("the lowest that the undisclosed could make of the figure", _VALUE),
    "Measure of success": ("how one will see that the action worked", _WORDS),
    "Milestone": ("the next step of the action", _WORDS),
    "NATION": ("the published figure of the nation or of peers and its year", _VALUE),
    "Now (line)": ("this year's figure; in brackets where a straight line from start to goal stands", _VALUE),
    "Of what, whose, decided": ("which figure the target is of, whose it is, and who decided it when", _WORDS),
    "Owner": ("the role that answers for the action", _WORDS),
    "Owners": ("the roles that answer for the action", _WORDS),
    "People, to be equal": ("by how many people the compared group's count would have to change to be equal", _PEOPLE),
    "People, only to be no longer large (N to N)": ("the fewest by which it would have to change to be in the range that a screening calls alike", _PEOPLE),
    "Percentage": ("of the base of the row, the percentage that was counted", _SHARE),
    "Progress": ("where the action, or the target, stands", _WORDS),
    "Relative likelihood": ("the rate of the one group over that of the other, in the order that the file's title has", _RATIO),
    "Share not disclosed": ("of everybody counted, the percentage that did not disclose it", _SHARE),
    "Share, YEAR": ("percentage of all staff", _SHARE),
    "Since YEAR": ("the change since the year before, with both values", _VALUE),
    "Staff, YEAR": ("staff in post", _PEOPLE),
    "Status": ("what the status rule found", _WORDS),
    "Step": ("from which pay tier to which", _WORDS),
    "What is done": ("the action", _WORDS),
    "What it asks": ("what the metric measures", _WORDS),
    "What was found": ("the finding in one line", _WORDS),
}  # fmt: skip

#: The columns of results.csv, under the pack's own names.
_OF_RESULTS: Final = {
    "organisation": ("code of the organisation", _CODE),
    "year": ("reporting year", "year from April to March"),
    "indicator": ("of the standard", _CODE),
    "measure": ("which figure of the indicator", _CODE),
    "breakdown": ("by what everybody is divided; overall: by nothing", _CODE),
    "category": ("which part of the breakdown; all: everybody", _CODE),
    "GROUP_count": ("people of the group to whom it happened", _PEOPLE),
    "GROUP_base": ("people of the group to whom it could have happened; of a share, everybody in the part", _PEOPLE),
    "GROUP_rate": ("count over base", _FRACTION),
    "comparison": ("ratio: one rate over the other; difference: one minus the other; none: a share alone", _CODE),
    "direction": ("which group over, or minus, which; grade-workforce and board-workforce: a part's share minus that of all staff", _CODE),
    "value": ("the comparison", "ratio, or difference of two fractions"),
    "lower": ("lower end of its interval", "as value"),
    "upper": ("upper end of its interval", "as value"),
    "confidence": ("level of all intervals of the row", _FRACTION),
    "method": ("how the interval of the comparison was made", _WORDS),
    "p_value": ("test of equal rates, two sides: score test, or exact mid-p test where few are expected (the workbook says which)", _CHANCE),
    "status": ("what the rule gives this row taken alone: of a part (directorate, site) pages print the status of the whole", _CODE),
    "reason": ("why it has that status, or no figure; 'compared group' is the one whose share or rate is judged", _WORDS),
    "GROUP_lower": ("lower end of the interval (Wilson) of the group's rate", _FRACTION),
    "GROUP_upper": ("upper end of the interval (Wilson) of the group's rate", _FRACTION),
    "GROUP_expected": ("people of the compared group if it had the rate of the other", _PEOPLE),
    "one_person": ("what one person weighs in the compared group's rate", _FRACTION),
    "clear": ("whether the row's difference is clear by the conditions of the rule", "true or false"),
}  # fmt: skip


def dictionary_rows(document: Document, supplied: Mapping[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    """Give one row a column of each file of data, and what stands in its notes; those of the results first, and before all how numbers are written.

    ``supplied`` has the ``groups`` as pages and as files call them, ``kind``, ``nation``, the columns of ``results`` and the ``meanings`` of codes.
    """
    yield from ((EVERY_FILE, name, meaning, "") for name, meaning in _WRITTEN.items())
    yield from ((EVERY_FILE, code, meaning, _CODE) for code, meaning in supplied["meanings"])
    codes = sorted(supplied["codes"], key=len, reverse=True)
    for column in supplied["results"]:
        own = next((column.replace(code, "GROUP", 1) for code in codes if column.startswith(f"{code}_")), column)
        yield ("results.csv", column, *_OF_RESULTS.get(own, (AS_HEADED, "")))
    for _, _, _, own, block in placed(document):
        if own:
            yield from _of_a_file(own.removeprefix("data/"), block, supplied)


def _of_a_file(file: str, block: Block, supplied: Mapping[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    table = block.get("numbers") or block
    labels = [column["label"] for column in table["columns"]]
    for place, label in enumerate(labels):
        found = (FIRST, _WORDS) if place == 0 else _MEANINGS.get(_plain(label, supplied), (AS_HEADED, ""))
        if place in (1, 2) and labels[3:4] == ["Percentage"]:  # headed by what happened, and to whom it could
            found = (("people to whom it happened", "people who could be counted: the base of the percentage")[place - 1], _PEOPLE)
        yield (file, label, *found)
    told = [f"{table['caption']}."] if "caption" in table else []
    yield file, NOTE, " ".join(words_of(text) for text in (*told, *table.get("notes", ()))), ""


def _plain(label: str, supplied: Mapping[str, Any]) -> str:
    """Return a heading without whom, when and how many it is about."""
    label = label.replace(supplied["nation"], "NATION") if supplied["nation"] else label
    label = label.replace(supplied["kind"], "KIND")
    for group in sorted(supplied["groups"], key=len, reverse=True):
        label = re.sub(rf"(?<!\w){re.escape(group)}(?!\w)", "GROUP", label)
    label = re.sub(r"\d{4}/\d{2}", "YEAR", label)
    label = re.sub(r"\d+(?:\.\d+)?%?", "N", label)
    label = re.sub(r"^All \w+ together", "All N together", label)
    return re.sub(r"^GROUP: .*", "GROUP: GROUP", label.removeprefix("Race ").replace("disparity ratio", "Disparity ratio"))

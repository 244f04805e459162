"""The versions of a final report, as its receipt carries them from run to run: what was corrected, and the figures of the last."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from wres_helpers import __version__
from wres_helpers.problems import InputProblems, Problem
from wres_helpers.publishing.files.receipt import read_receipt
from wres_helpers.settings.master_file import Report
from wres_helpers.settings.parameters import Parameters
from wres_helpers.standard.years import day_told

#: What names a comparison in a report; the year is "" of its own, and "since 2018-19" of what became of an earlier year's.
COMPARISON = ("indicator", "measure", "breakdown", "category", "year")
#: What is compared of it: its counts, its rates, its value with its interval, and its status.
COMPARED = (
    "white_count", "white_base", "white_rate", "bme_count", "bme_base", "bme_rate", "unknown_count", "unknown_base", "direction", "value",
    "lower", "upper", "status",
)  # fmt: skip

#: What a comparison is called: what stands under COMPARISON, in that order.
Key = tuple[str, ...]
#: The rows of a report by what they compare; fields as texts.
Rows = Mapping[Key, Mapping[str, str]]
#: What differs of one comparison: ``indicator``, ``where``, ``year``, ``direction``, ``field``, ``old`` and ``new``.
Change = dict[str, str]


def by_comparison(rows: Iterable[Mapping[str, str]]) -> dict[Key, Mapping[str, str]]:
    return {tuple(row[name] for name in COMPARISON): row for row in rows}


def changed_figures(old: Rows, new: Rows, one_report: bool = True) -> Iterator[tuple[Key, Change]]:
    """Give each comparison with a change for each of its fields that differs, and for each that came, went or, of `one_report`, has another name."""
    renamed = _renamed(old, new) if one_report else {}
    for key in sorted({*old, *new} - {*renamed.values()}):
        before, after = old.get(key), new.get(key)
        where = {"indicator": key[0], "where": " ".join(part for part in key[1:-1] if part not in ("overall", "all", "")), "year": key[-1]}
        where["direction"] = (after or before or {}).get("direction", "")
        if key in renamed:
            fields = {"category": (key[3], renamed[key][3])}
        elif before is None or after is None:
            fields = {"comparison": ("there", "absent") if before else ("absent", "there")}
        else:
            fields = {field: (before.get(field, ""), after.get(field, "")) for field in COMPARED}
        yield from ((key, where | {"field": field, "old": was, "new": now}) for field, (was, now) in fields.items() if was != now)


def _renamed(old: Rows, new: Rows) -> dict[Key, Key]:
    """Return the comparisons of which the category alone is called otherwise, each to its new name: as many went as came with these figures."""
    alike: dict[Key, tuple[list, list]] = {}
    for side, (rows, others) in enumerate(((old, new), (new, old))):
        for key in sorted(rows.keys() - others.keys()):
            figures = (*key[:3], key[4], *(rows[key].get(field, "") for field in COMPARED))
            alike.setdefault(figures, ([], []))[side].append(key)
    return {key: name for went, came in alike.values() if len(went) == len(came) for key, name in zip(went, came, strict=True)}


#: One version: ``version``, ``date``, ``correction`` and ``superseded`` (both empty of the first); the last one also ``figures``.
Version = dict[str, Any]
#: Says in words what changed from some rows to others, or what that superseded, a line a figure.
InWords = Callable[[list[tuple[Key, Change]], list[Rows]], list[str]]
#: As many changed figures as the message of a missing note names.
_NAMED = 3


def versions_of(folder: Path) -> list[Version]:
    """Return the versions that the report in an output folder had as a final report, the first first."""
    return read_receipt(folder).get("versions", [])


def corrections_told(versions: list[Version]) -> tuple[tuple[str, str], ...]:
    """Return what a page says of its version: label and words; nothing of a first version."""
    if len(versions) < 2:
        return ()
    told = [("Version", f"{versions[-1]['version']}, {day_told(versions[-1]['date'])}")]
    for each in versions[1:]:
        told.append((f"Corrected in version {each['version']}", each["correction"]))
        told += [("Superseded", line) for line in each["superseded"]]
    return tuple(told)


def sign_off_told(report: Report) -> tuple[tuple[str, str], ...]:
    """Return who prepared a report, who signed it and when, and how to reach the next one: label and words."""
    signed = report.sign_off
    told = {
        "Prepared by": report.prepared_by,
        "Signed by" if signed.date else "To be signed by": signed.role or "not told",
        "Signed on": day_told(signed.date) if signed.date else "not told" if report.state == "final" else "not yet",
        "Passed by": "; ".join(signed.committees) or ("not told" if report.state == "final" else "no committee yet"),
        "Published at": signed.web_address,
        "For another format": signed.contact,
        "Next report": signed.next_edition,
    }
    return tuple((label, words) for label, words in told.items() if words)


def next_versions(
    versions: list[Version],
    figures: list[dict[str, str]],
    told: InWords,
    in_words: InWords,
    parameters: Parameters,
    day: date,
    counts: int | None = None,
    policy: str = "",
) -> list[Version]:
    """Return the versions of a final report that has these figures: the board's results of every year and its changes, a row for each.

    `told` says in words what changes superseded, `in_words` what changed; `day` is printed as the day of a new version; `counts` is how many of those
    it was made from were corrected, None where nobody can tell; `policy` says what of the disclosure policy is another than of the last run.

    Raises InputProblems: a figure of the last version changed, and the master file does not say what was corrected.
    """
    if not versions:
        return [_version(1, day) | {"figures": figures}]
    *earlier, last = versions
    if not any(row["measure"] == "target" for row in last["figures"]):  # receipts up to 0.5.0 know no targets
        last = last | {"figures": [*last["figures"], *(row for row in figures if row["measure"] == "target")]}
    note = (parameters.report.correction or "").strip()
    is_new = bool(note) and all(note != each["correction"] for each in versions)
    rows = [by_comparison(last["figures"]), by_comparison(figures)]
    changed = [(key, change) for key, change in changed_figures(*rows) if not _alike(change)]
    if changed and not is_new:
        raise InputProblems([_without_note(in_words(changed, rows) or ["hidden ones"], last, note, parameters, counts, policy)])
    if changed:
        done = {key: value for key, value in last.items() if key != "figures"}
        return [*earlier, done, _version(last["version"] + 1, day, note, told(changed, rows)) | {"figures": figures}]
    # a note may still be put into better words
    return [*earlier, last | {"correction": note} if is_new and earlier else last]


def _version(number: int, day: date, note: str = "", superseded: Sequence[str] = ()) -> Version:
    return {"version": number, "date": day.isoformat(), "correction": note, "superseded": list(superseded)}


def _alike(change: Change) -> bool:
    """Tell whether two figures are the same to four decimals: digits that no page prints, or another name of a category, are no correction."""
    try:
        return change["field"] == "category" or round(float(change["old"]), 4) == round(float(change["new"]), 4)
    except ValueError:
        return False


def _without_note(lines: list[str], last: Version, note: str, parameters: Parameters, counts: int | None, policy: str) -> Problem:
    figures = "a figure" if len(lines) == 1 else f"{len(lines)} figures"
    more = f"; and {len(lines) - _NAMED} more" if len(lines) > _NAMED else ""
    found = f"{figures} other than in version {last['version']}, which was final ({'; '.join(lines[:_NAMED])}{more})"
    old_note = f", and the note is that of an earlier version ('{note[:60]}')" if note else ""
    expected, asked, what = "corrected", "was wrong", "data"
    after = f", after {counts} corrected count{'s' * (counts > 1)}" if counts else ""
    if counts == 0 and policy:  # nothing was wrong: somebody decided to show more, or less
        expected, asked, what, after = "decided", "was decided", "policy", f", as another policy shows them ({policy})"
    elif counts == 0:  # a newer pack may judge the same counts otherwise
        after = f", and no count it told was corrected: hidden counts, settings or rules are others (pack {__version__} now; see its CHANGELOG.md)"
    action = f"Say in a sentence what {asked} and why; pages print it. If nothing was to change, restore the {what}."
    told = f"{found}{after}{old_note}"
    return Problem(parameters.file, f"a new note of what was {expected}", action, column="report.correction", found=told)

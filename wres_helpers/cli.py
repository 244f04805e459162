"""The command ``wres``. Messages go to standard error, results to standard output.

Exit codes: 0 done, 1 the work failed (or an input is wrong), 2 wrong usage (or a wrong master file). Every command
imports what it needs when it runs, so that ``wres --help`` answers at once.
"""

import atexit
import functools
import gc
import logging
import os
import sys
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from wres_helpers import __version__

AUDIENCES = ("board", "analyst", "both")
_CALCULATING = ("run", "check", "prepare", "national", "synthesise", "compare", "diff")
_LEAST_MEMORY = 800 * 2**20  # with less a library ends the process in words of its own
_PATH = click.Path(path_type=Path)
_FILE = click.Path(path_type=Path, dir_okay=False)
_FOLDER = click.Path(path_type=Path, file_okay=False)
PARAMS_TOLD = "PARAMS is the master file of a report, for example params/necs-2019-20.yaml."


def main() -> None:
    """Run the command line."""
    gc.set_threshold(50_000)  # what a command loads and reads stays: to look through it every 700 objects took a tenth of `wres check`,
    atexit.register(gc.freeze)  # and to look through it once more as Python ends took another
    _open_closed_streams()
    logging.getLogger("matplotlib").setLevel(logging.ERROR)  # where it keeps its cache in a home that nobody may write to is no news
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")  # a Windows console may be set to something older
    sys.exit(_code("", _called))


def _called() -> None:
    """Let click call a command, unless what was given holds signs that no name has and no file can tell again."""
    from wres_helpers.problems import ParameterProblems

    if odd := next((given for given in sys.argv[1:] if any(unicodedata.category(sign) in ("Cc", "Cf", "Cs") for sign in given)), None):
        raise ParameterProblems.of(
            "wres", "letters, digits and signs", "Type it again.", found=f"a control character or odd byte in {odd!a}"
        )
    commands(prog_name="wres")


def _open_closed_streams() -> None:
    """Give a process that was started without standard streams somewhere to write, so that no file takes their numbers."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free, which is this one
    sys.stdout = sys.stdout or open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 stays open as long as the process
    sys.stderr = sys.stderr or open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115


def _code(name: str, command: Callable[[], int | None]) -> int:
    """Call a command; return its exit code: what a user can mend, or the system refused, is told and is no traceback."""
    from wres_helpers.problems import InputProblems, Problem, system_problem, told_together

    try:
        if name in _CALCULATING:
            _refuse_too_little_memory()
        code = command() or 0
        sys.stdout.flush()  # a result that cannot be written is a failure, told here and not when Python ends
        return code
    except InputProblems as error:
        _say(*told_together(error.problems), *error.notes)
        return error.exit_code
    except BrokenPipeError:
        _say()  # whoever read the output has seen enough
    except OSError as error:
        _say(system_problem(error).sentence())
    except (MemoryError, ImportError) as error:
        if isinstance(error, ImportError) and "failed to map" not in str(
            error
        ):  # a library that got no memory, told otherwise on each system
            raise
        _say(Problem("this machine", "more free memory", "Close other programs, or use --jobs 1.", found="too little").sentence())
    except KeyboardInterrupt:
        _say("Stopped. The last report is untouched.")
    return 1


def _refuse_too_little_memory() -> None:
    """Stop before compiled libraries do, which end a process that gets no memory without a word."""
    from wres_helpers.problems import InputProblems

    if sys.platform == "win32":
        return
    import resource

    limit = resource.getrlimit(resource.RLIMIT_AS)[0]
    if 0 <= limit < _LEAST_MEMORY:
        found = f"a limit of {limit // 2**20} MB for one process"
        raise InputProblems.of("this machine", f"at least {_LEAST_MEMORY // 2**20} MB", "Ask for a higher limit (ulimit -v).", found=found)
    if limit >= 0:  # Arrow's own store takes a gigabyte at once, and another library waits for ever for what is left of the limit
        os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")


def _say(*sentences: str) -> None:
    """Write to standard error what can be written there; what is left for an output that fails is dropped."""
    with suppress(OSError):
        for sentence in sentences:
            click.echo(sentence, err=True)
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="wres")
def commands() -> None:
    """Make a Workforce Race Equality Standard report from counts of staff."""


@commands.group()
def narrative() -> None:
    """Send the report's texts out as one Word file, and take back what reviewers changed."""


def declare(
    name: str, module: str, function: str, told: str, *parameters: Callable[[Any], Any], group: click.Group = commands, **more: Any
) -> None:
    """Declare a command of which all that is given is passed on to a function of a module, which is imported when it runs."""

    def done(**given: Any) -> None:
        sys.exit(_code(name, lambda: getattr(import_module(f"wres_helpers.{module}"), function)(**given)))

    command = functools.reduce(lambda made, parameter: parameter(made), reversed(parameters), done)
    group.command(name, help=told, epilog=PARAMS_TOLD if _PARAMS in parameters else None, **more)(command)


_PARAMS = click.argument("params", type=_PATH)
_FLAG = functools.partial(click.option, is_flag=True)

declare("run", "commands.run_command", "run_command", "Execute the notebooks and write the report.", _PARAMS,
    click.option("--only", "only", multiple=True, metavar="SECTION", help="Run only this section; may be given more than once."),
    click.option("--jobs", type=click.IntRange(1, 64), help="Notebooks executed side by side; default: one a processor core."),
    click.option("--audience", type=click.Choice(AUDIENCES), help="Whose pages are written; default: as in the master file (both)."),
    _FLAG("--force", help="Make every section anew, also where nothing has changed; publish also an incomplete report in place of a "
        "complete one."),
    _FLAG("--watch", "watching", help="Stay, and make the report again whenever one of its files is saved."),
    click.option("--scheduler", metavar="ADDRESS", help="Make the reports on a Dask cluster, for example tcp://10.0.0.5:8786."),
    click.option("--to", "target", metavar="FOLDER",
        help="With --scheduler: write reports to a shared folder (any fsspec address) and do not bring them back."))  # fmt: skip
declare("check", "commands.check_command", "check_command",
    "Validate parameters and data, and reconcile printed figures. Executes no notebook.", _PARAMS,
    _FLAG("--json", "as_json", help="Print the findings, and all notes, as JSON."),
    _FLAG("--all", "tell_all", help="Tell settled notes, too."),
    _FLAG("--disclosure", help="Tell instead what the board's copy hides, with what, and what other policies would cost."),
    click.option("--policy", multiple=True, metavar="KEY=VALUE", help="With --disclosure: try another value of a key of the policy."),
    click.option("--against", type=_PATH, metavar="FOLDER", help="With --disclosure: a report's folder that was published before."))  # fmt: skip
declare("prepare", "commands.prepare_command", "prepare_command", "Turn record-level extracts into counts tables.", _PARAMS,
    _FLAG("--replace", help="Replace counts tables that were made or changed by hand."),
    _FLAG("--suggest", help="Only look at the files: write a mapping to confirm into the master file, as comments."))  # fmt: skip
declare("new-report", "commands.new_report", "new_report_command",
    "Begin a report of your own: a short master file and every input as a blank table. Asks for what is not given.",
    click.option("--code", help="Short code in lower case; names the files, for example north-trust."),
    click.option("--name", help="Full name of the organisation."),
    click.option("--short-name", help="Name used inside sentences; default: the full name."),
    click.option("--kind", help="trust, ambulance, mental-health, community, icb, csu or other."),
    click.option("--year", help="Reporting year, for example 2025-26."),
    click.option("--standard", help="The standard reported on: wres (the default), wdes or another folder of data/reference/standards."),
    _FLAG("--workbook", "as_workbook", help="One Excel workbook with a sheet a table, in place of CSV files."),
    short_help="Begin a report of your own: a master file and blank tables.")  # fmt: skip
declare("list", "commands.list_command", "list_command", "Show the resolved sections, parameters and inputs, and where each value came from.",
    _PARAMS, short_help="Show what would run, from what, and where each value came from.")  # fmt: skip
declare("synthesise", "commands.synthesise_command", "synthesise_command", "Write invented extracts, to try the pack with. Nobody in them exists.",
    click.option("--data", type=_FOLDER, default=Path("data"), show_default=True, help="Folder to write into."),
    click.option("--national", "rows", type=click.IntRange(1000), metavar="ROWS",
        help="Also write a staff list of so many rows (1500000: the whole NHS)."))  # fmt: skip
declare("compare", "commands.compare_command", "compare_command",
    "Compare two groups, each given as count/base: wres compare 150/1605 11/251 --direction white/bme.",
    click.argument("white"), click.argument("bme"),
    click.option("--direction", required=True, type=click.Choice(("white/bme", "bme/white")), help="Whose rate is divided by whose."),
    click.option("--confidence", default=0.95, show_default=True, type=click.FloatRange(0.5, 1, min_open=True, max_open=True),
        help="Confidence of the interval."),
    _FLAG("--json", "as_json", help="Print the result as JSON."), short_help="Compare two groups: the relative likelihood with its interval.")  # fmt: skip
declare("export", "commands.narrative_command", "export_command", "Write all texts of the report into one Word file.",
    _PARAMS, click.argument("target", type=_FILE, metavar="FILE"), group=narrative)  # fmt: skip
declare("import", "commands.narrative_command", "import_command", "Show what the Word file says otherwise, text by text, and write those confirmed.",
    _PARAMS, click.argument("source", type=_FILE, metavar="FILE"),
    click.option("--take", multiple=True, metavar="NAME", help="Write this text as the file has it; may be given more than once."),
    _FLAG("--take-all", help="Write every text that changed."), group=narrative)  # fmt: skip
declare("diff", "commands.diff_command", "diff_command", "Say which figures, statuses and headlines changed from one finished report's folder to another's.",
    click.argument("old", type=_PATH), click.argument("new", type=_PATH), _FLAG("--json", "as_json", help="Print the changes as JSON."),
    short_help="Say what changed between two finished reports.")  # fmt: skip
declare("national", "publishing.systems.national_run", "national_command",
    "Calculate every organisation and year of a master file at once, without notebooks, as Parquet and CSV.",
    _PARAMS, click.option("--counts", "counts_file", type=_PATH, help="Tidy counts (Parquet or CSV) in place of the folders of the master file."),
    short_help="Calculate all organisations and years at once, without notebooks.")  # fmt: skip
declare("new-year", "commands.new_year", "new_year_command", "Roll the parameter file and the data folder forward to the next year.",
    _PARAMS, short_help="Roll a report forward to the next year.")  # fmt: skip
declare("doctor", "commands.doctor", "doctor_command", "Say what this machine has and lacks, in plain words.")

"""The command line's contract: exit codes, streams, JSON keys, speed of the help."""

import csv
import json
import os
import shutil
import subprocess
import sys

import pytest
from support.warm_wres import PROJECT
from support.warm_wres import wres as warm_wres

from wres_helpers import cli
from wres_helpers.commands import synthesise_command
from wres_helpers.problems import InputProblems
from wres_helpers.settings.master_file_reader import load_parameters

PARAMS = "params/necs-2019-20.yaml"
COMPARE_KEYS = [
    "white_count", "white_base", "white_rate", "bme_count", "bme_base", "bme_rate", "direction", "ratio", "lower", "upper",
    "confidence", "method", "p_value", "p_value_test", "complement_ratio", "status", "reason",
]  # fmt: skip


def wres(*arguments, folder=PROJECT):
    return warm_wres(folder, *arguments)


@pytest.mark.parametrize("command", ["run", "check", "list", "prepare", "compare", "new-year", "doctor", "synthesise"])
def test_every_command_has_help(command):
    done = wres(command, "--help")
    assert done.returncode == 0
    assert "Usage: wres " + command in done.stdout


def test_the_help_imports_nothing_heavy():
    # the budget is 0.3 s of import; what is imported is steadier than a clock on a busy machine
    script = (
        "import sys\n"
        "from click.testing import CliRunner\n"
        "from wres_helpers.cli import commands\n"
        "assert CliRunner().invoke(commands, ['--help']).exit_code == 0\n"
        "heavy = {'pandas', 'numpy', 'matplotlib', 'papermill', 'nbconvert', 'pydantic', 'scipy', 'yaml', 'IPython'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "arguments", [[], ["nonsense"], ["run"], ["run", PARAMS, "--jobs", "0"], ["compare", "1/2"], ["run", PARAMS, "--audience", "all"]]
)
def test_wrong_usage_ends_with_2(arguments):
    done = wres(*arguments)
    assert done.returncode == 2
    assert done.stderr
    assert "Traceback" not in done.stderr


def test_compare_gives_the_printed_indicator_2():
    # the 2019/20 report: 150 of 1,605 white and 11 of 251 BME applicants appointed from shortlisting, 2.13 times
    done = wres("compare", "150/1605", "11/251", "--direction", "white/bme", "--json")
    assert done.returncode == 0
    result = json.loads(done.stdout)
    assert list(result) == COMPARE_KEYS
    assert result["ratio"] == pytest.approx(2.13, abs=0.005)
    assert (result["lower"], result["upper"]) == pytest.approx((1.19, 3.86), abs=0.005)
    assert result["white_rate"] == pytest.approx(150 / 1605)


@pytest.mark.parametrize(
    ("groups", "direction", "expected"),
    [
        (("0/40", "12/600"), "white/bme", {"ratio": 0.0, "lower": 0.0}),
        (("3/40", "0/600"), "white/bme", {"ratio": "inf", "upper": "inf"}),
        (("0/0", "12/600"), "white/bme", {"ratio": None, "lower": None, "upper": None, "p_value": None, "white_rate": None}),
        (("40/40", "600/600"), "bme/white", {"ratio": 1.0, "p_value": None}),
        (("4,000/20,000", "4000/20000"), "white/bme", {"ratio": 1.0, "p_value": 1.0}),
    ],
)
def test_compare_answers_at_every_edge(groups, direction, expected):
    done = wres("compare", *groups, "--direction", direction, "--json")
    assert done.returncode == 0
    result = json.loads(done.stdout)
    assert "NaN" not in done.stdout
    assert {key: result[key] for key in expected} == pytest.approx(expected, abs=1e-9)
    if None in expected.values() and "ratio" in expected and expected["ratio"] is None:
        assert result["reason"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        # 99.0% against 80.0%: 1% against 20% go without, 20 times
        (("990/1000", "800/1000", "--direction", "white/bme"), ("not being counted (bme/white): 20.00", "equal: below 0.0001")),
        (("100/100", "100/100", "--direction", "white/bme"), ("not being counted (bme/white): not defined", "equal: not defined")),
        (("0/0", "1/5", "--direction", "bme/white"), ("95% interval: not defined (",)),
        (("50/100", "51/100", "--direction", "bme/white", "--confidence", "0.999"), ("99.9% interval",)),
        (("1/1000", "1/1", "--direction", "bme/white"), ("Too few to judge (the interval leaves out equality, but",)),
    ],
)
def test_what_compare_says_is_never_contradicted_by_its_numbers(arguments, said):
    """No p-value of nothing, no level rounded to 100%, the complement beside a large difference, an interval that is none in one word."""
    printed = wres("compare", *arguments).stdout
    assert all(part in printed for part in said), printed
    assert not any(part in printed for part in ("0.0000", "100% interval", "not defined to", "nan", "None"))


@pytest.mark.parametrize("group", ["150", "150/0x", "-1/5", "6/5", "1.5/3", "/", "1/1,0,9", "١/٢", "1/10000000000"])
def test_compare_refuses_what_is_no_count_and_base(group):
    done = wres("compare", group, "11/251", "--direction", "white/bme")
    assert done.returncode == 2
    assert "count/base" in done.stderr or "Usage" in done.stderr
    assert done.stdout == ""


def test_compare_refuses_a_confidence_that_is_no_number():
    done = wres("compare", "1/2", "11/251", "--direction", "white/bme", "--confidence", "nan")
    assert (done.returncode, done.stdout) == (2, "")
    assert "--confidence: found nan" in done.stderr


def test_list_says_where_each_value_came_from(project):
    done = wres("list", PARAMS, folder=project)
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert any(line.startswith("organisation.code") and "necs" in line and PARAMS in line for line in lines)
    assert any(line.startswith("status_rule.confidence") and "0.95" in line and "default" in line for line in lines)
    assert any("data/necs/2019-20/recruitment.csv" in line for line in lines)
    assert any("notebooks/02_recruitment.ipynb" in line for line in lines)


def test_check_gives_findings_as_json(project):
    done = wres("check", PARAMS, "--json", folder=project)
    findings = json.loads(done.stdout)
    assert done.returncode in (0, 1)
    keys = ["id", "rank", "verdict", "where", "printed", "expected", "arithmetic", "diagnosis"]
    assert all(list(finding)[: len(keys)] == keys for finding in findings)
    assert {finding["verdict"] for finding in findings} <= {"agrees", "agrees_after_rounding", "contradicts", "cannot_check"}
    assert {finding["rank"] for finding in findings} <= {"conclusion", "number", "wording"}
    # the report prints 1.74 where its own counts give 2.24
    assert any(finding["verdict"] == "contradicts" and "Indicator 3" in finding["where"] for finding in findings)


def test_check_tells_all_mistakes_at_once(spoilable):
    (spoilable / "data/necs/2019-20/headcount.csv").write_text("ethnic_group,headcount\nwhite,many\n")
    (spoilable / "data/necs/2019-20/board.csv").write_text("membership,ethnic_group,members\ntotal,purple,1\n")
    done = wres("check", PARAMS, folder=spoilable)
    assert (done.returncode, done.stdout) == (1, "")
    assert "headcount.csv, row 2" in done.stderr
    assert "board.csv, row 2" in done.stderr


def test_new_year_rolls_forward_and_never_over_anything(spoilable):
    done = wres("new-year", PARAMS, folder=spoilable)
    assert done.returncode == 0, done.stderr
    made = done.stdout.split()
    assert "params/necs-2020-21.yaml" in made
    assert all((spoilable / name).is_file() for name in made)
    after = load_parameters(spoilable / "params/necs-2020-21.yaml")
    assert (after.year, after.previous_year, after.edition) == ("2020-21", "2019-20", 2021)
    assert after.report.state == "draft"
    assert after.published_statuses == {}
    assert after.survey == load_parameters(spoilable / PARAMS).survey
    with (spoilable / "data/necs/2020-21/recruitment.csv").open(newline="", encoding="utf-8-sig") as file:
        header, *keys = csv.reader(file)
    assert header == ["stage", "ethnic_group", "people"]
    assert ["shortlisted", "bme", ""] in keys  # the keys stay, every count is to be entered
    assert {row[-1] for row in keys} == {""}
    text = (spoilable / "data/necs/2020-21/narrative/02_recruitment.done.md").read_text(encoding="utf-8")
    assert text.startswith("*To be rewritten")
    before = {path: path.read_bytes() for path in spoilable.rglob("*") if path.is_file()}
    again = wres("new-year", PARAMS, folder=spoilable)
    assert again.returncode == 1
    assert "2020-21" in again.stderr
    assert {path: path.read_bytes() for path in spoilable.rglob("*") if path.is_file()} == before


def test_a_new_year_without_data_is_told_and_not_reported(spoilable):
    wres("new-year", PARAMS, folder=spoilable)
    done = wres("run", "params/necs-2020-21.yaml", folder=spoilable)
    assert done.returncode == 1
    assert "headcount.csv" in done.stderr
    assert not (spoilable / "outputs/necs/2020-21").exists()


def test_doctor_finds_this_machine_able(project):
    done = wres("doctor", folder=project)
    assert done.returncode == 0, done.stdout
    assert "A report can be made here." in done.stdout
    assert "MISSING" not in done.stdout


def test_prepare_and_synthesise_on_invented_extracts(spoilable):
    made = wres("synthesise", "--data", "elsewhere", folder=spoilable)
    assert made.returncode == 0, made.stderr
    assert (spoilable / "elsewhere/synthetic/2019-20/extracts/staff.csv").is_file()
    done = wres("prepare", "params/synthetic-2019-20.yaml", folder=spoilable)
    assert done.returncode == 0, done.stderr
    assert (spoilable / "data/synthetic/2019-20/headcount.csv").is_file()
    again = wres("prepare", "params/synthetic-2019-20.yaml", folder=spoilable)
    assert (again.stdout, "unchanged: headcount.csv, workforce.csv, recruitment.csv" in again.stderr) == ("", True)
    messy = wres("prepare", "params/synthetic-messy-2019-20.yaml", folder=spoilable)
    assert (messy.returncode, messy.stdout) == (1, "")
    planted = (spoilable / "data/synthetic-messy/2019-20/extracts/manifest.csv").read_text(encoding="utf-8").splitlines()
    row = next(line.split(",")[1] for line in planted if "staff.csv" in line and "unmapped grade" in line)
    assert f"staff.csv, row {row}, column 'Pay Grade'" in messy.stderr


def test_what_is_only_spelled_otherwise_is_one_line_a_file_when_prepared(spoilable):
    """Witness: two columns of one file with cells in other capitals."""
    staff = spoilable / "data/synthetic/2019-20/extracts/staff.csv"
    staff.write_text(staff.read_text().replace("Permanent", "PERMANENT", 3).replace("Nursing and Midwifery", "NURSING AND Midwifery", 2))
    done = wres("prepare", "params/synthetic-2019-20.yaml", "--replace", folder=spoilable)
    told = [line for line in done.stderr.splitlines() if "staff.csv" in line]
    assert len(told) == 1 and "other capitals, spaces or punctuation in 'Assignment Category', 'Staff Group'" in told[0]


def test_extracts_that_were_deleted_are_not_made_anew_and_the_command_says_so(monkeypatch, tmp_path):
    module = tmp_path / "wres_helpers" / "commands" / "synthesise_command.py"
    monkeypatch.setattr(synthesise_command, "__file__", str(module))
    with pytest.raises(InputProblems, match=r"found no staff\.csv, .*cannot make anew.*git checkout"):
        synthesise_command.synthesise_command(tmp_path, None)


@pytest.mark.parametrize(
    ("redirected", "code", "told"),
    [(">/dev/full", 1, "expected free space on the disk"), (">&-", 0, ""), (">&- 2>&- <&-", 0, ""), ("| head -0", 0, "")],
)
@pytest.mark.skipif(sys.platform != "linux", reason="redirections of a Linux shell")
def test_an_output_that_fails_or_is_closed_ends_without_a_traceback(project, redirected, code, told):
    line = f"{sys.executable} -m wres_helpers compare 150/1605 11/251 --direction white/bme {redirected}"
    done = subprocess.run(["bash", "-c", line], cwd=project, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (code, "")
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr


@pytest.mark.parametrize(
    ("limit", "told", "call"), [(300_000, 292, f"check {PARAMS}"), (700_000, 683, "compare 150/1605 11/251 --direction white/bme")]
)
def test_too_little_memory_is_told_before_a_library_hangs_for_want_of_it(project, limit, told, call):
    """Witness: the system's own limits, under which compiled libraries came to no end, or could not be loaded, which was a traceback."""
    line = f"ulimit -v {limit}; exec {sys.executable} -m wres_helpers {call}"
    done = subprocess.run(["bash", "-c", line], cwd=project, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1 and f"a limit of {told} MB for one process" in done.stderr and "Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="limits of Unix")
@pytest.mark.parametrize(("limit", "store"), [(1_500_000 * 1024, "system"), (-1, None)])
def test_under_a_limit_no_library_takes_so_much_at_once_that_another_waits_for_ever(monkeypatch, limit, store):
    """Witness: `wres check` under `ulimit -v 1500000`, which came to no end; it does with this setting of Arrow's."""
    monkeypatch.setenv("ARROW_DEFAULT_MEMORY_POOL", "")
    monkeypatch.delenv("ARROW_DEFAULT_MEMORY_POOL")
    monkeypatch.setattr("resource.getrlimit", lambda _: (limit, -1))
    cli._refuse_too_little_memory()
    assert os.environ.get("ARROW_DEFAULT_MEMORY_POOL") == store


_OF_SHELL = pytest.mark.skipif(sys.platform != "linux", reason="redirections and limits of a Linux shell")


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        ("--help >/dev/full", 1, "expected free space on the disk"),
        ("check $(printf 'x%.0s' {1..5000})", 1, "xxx...: found File name too long; expected a name of at most 255 bytes"),
        ("compare 1/$(printf '9%.0s' {1..5000}) 11/251 --direction white/bme", 2, "WHITE: found '1/9999"),
        (r"new-report --code x --name $'caf\xe9' --kind trust --year 2025-26", 2, r"odd byte in 'caf\udce9'"),
        (r"compare 150/1605 11/251 $'\xe2\x80\xae'", 2, r"control character or odd byte in '\u202e'"),
        (r"new-report --code x --name $'a\ab' --kind trust --year 2025-26", 2, r"control character or odd byte in 'a\x07b'"),
    ],
)
@_OF_SHELL
def test_what_no_command_can_take_or_tell_ends_in_a_sentence(project, line, code, told):
    """Witness: a stranger's four tracebacks (a full disk under the help, 5,000 digits, bytes of no text, a bell)."""
    done = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m wres_helpers {line}"], cwd=project, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (code, ""), done.stderr
    assert told in done.stderr and "Traceback" not in done.stderr


@_OF_SHELL
def test_a_blank_workbook_that_the_disk_does_not_take_is_told(spoilable):
    """openpyxl writes its sheets to the folder for temporary files first. Witness: a limit of 4 KB for a file (under which no bytecode is kept)."""
    line = f"ulimit -f 4; exec {sys.executable} -B -m wres_helpers new-report --code x --name X --kind trust --year 2025-26 --workbook"
    done = subprocess.run(["bash", "-c", line], cwd=spoilable, capture_output=True, text=True, check=False)
    assert done.returncode == 1 and "expected free space on the disk" in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize("kind", ["a file in place of the folder", "a folder in place of a text", "a link to itself"])
def test_texts_that_cannot_be_read_are_told_and_never_simply_gone(spoilable, kind):
    folder = spoilable / "data/necs/2019-20/narrative"
    if kind == "a folder in place of a text":
        (folder / "foreword.md").unlink(missing_ok=True)
        (folder / "foreword.md").mkdir()
    else:
        shutil.rmtree(folder)
        folder.symlink_to("narrative") if kind == "a link to itself" else folder.write_text("all texts")
    done = wres("check", PARAMS, folder=spoilable)
    assert done.returncode == 1
    assert "data/necs/2019-20/narrative" in done.stderr
    assert "Traceback" not in done.stderr


@_OF_SHELL
def test_a_home_that_nobody_may_write_to_is_no_news(project):
    """matplotlib told in its own words where it keeps its cache then. Witness: a home that is not there, and the drawing of nothing."""
    script = "import atexit, sys; sys.argv = ['wres', '--version']; atexit.register(lambda: __import__('matplotlib.font_manager'))"
    script += "; from wres_helpers.cli import main; main()"
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MPL", "XDG"))} | {"HOME": "/proc/none"}
    done = subprocess.run([sys.executable, "-c", script], cwd=project, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")

"""The warm engine against papermill's own kernels, on the same notebooks: the witness is the plain executed notebook."""

import json
import os
import re
import subprocess
import sys
import textwrap
from contextlib import ExitStack
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from support.warm_wres import forker, started

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the warm engine forks")

KERNEL = {"name": "python3", "language": "python", "display_name": "Python 3"}

#: Cells that show everything an engine can lose: streams in order, displays, pictures, awaited code, magics, updates.
VARIED = [
    "number = 1  # parameters",
    "import sys\nprint('first')\nprint('problem', file=sys.stderr)\nprint('second')\nnumber",
    "import pandas as pd\npd.DataFrame({'white': [1, 2], 'bme': [3, 4]})",
    "import matplotlib.pyplot as plt\n_ = plt.plot([1, 2, 3])",
    "figure, axes = plt.subplots()\naxes.bar(['a', 'b'], [1, 2])\nplt.show()\nprint('after the picture')",
    "import asyncio\nawait asyncio.sleep(0.01)\n'awaited'",
    "from IPython.display import HTML, clear_output, display\nhandle = display('old', display_id=True)\nhandle.update('new')",
    "print('gone')\nclear_output()\nprint('stays')",
    "display(HTML('<p>text</p>'), metadata={'text/html': {'alt': 'words'}})",
    "%config InlineBackend.figure_format = 'svg'\nplt.rcParams['svg.hashsalt'] = 'fixed'\n_ = plt.plot([3, 1])",
    "!echo from the shell",
    "get_ipython().__class__.__name__ != '', __name__, sys.argv[1:] != None",
    "import warnings\nwarnings.warn('careful')",
    "_2, In[1][:6], len(Out)",
]


def written(path, sources, tags=None):
    cells = [new_markdown_cell("# Page")]
    cells += [new_code_cell(source, metadata={"tags": (tags or {}).get(place, [])}) for place, source in enumerate(sources)]
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": KERNEL}), path)
    return path


def executed(folder, engine, names, parameters=None, **options):
    """Execute notebooks one after another in one fresh process, as a batch does; return notebooks and exceptions."""
    return executed_by((engine,), folder, names, parameters, **options)[engine]


def executed_by(engines, folder, names, parameters=None, **options):
    """Return the same of several engines, which work side by side: what waits for a kernel leaves its core to the other."""
    with ExitStack() as stack:
        begun = {}
        for engine in engines:
            script = textwrap.dedent(
                f"""
                import json, papermill
                from wres_helpers.publishing.engine import engine_doors
                engine_doors.register()
                ended = {{}}
                for name in {names!r}:
                    try:
                        papermill.execute_notebook(name + ".ipynb", name + ".{engine}.ipynb", {parameters!r}, engine_name={engine!r},
                                                   progress_bar=False, **{options!r})
                        ended[name] = None
                    except Exception as error:
                        ended[name] = type(error).__name__
                print(json.dumps(ended))
                """
            )
            for name in names:
                (folder / f"{name}.{engine}.ipynb").unlink(missing_ok=True)  # what a run did not write must not be taken for its work
            begun[engine] = stack.enter_context(started(folder, "-c", script))
        found = {}
        for engine, process in begun.items():
            code, (out, errors) = process.wait(), process.said()
            assert code == 0, errors
            notebooks = {name: nbformat.read(folder / f"{name}.{engine}.ipynb", as_version=4) for name in names}
            found[engine] = notebooks, json.loads(out.splitlines()[-1])
    return found


def neutral(output):
    """Return an output without what differs between any two runs or shells: addresses, process numbers, names of code, colours."""
    text = json.dumps(output, sort_keys=True)
    text = re.sub(r"\\u001b\[[0-9;]*m", "", text)
    text = re.sub(r"<ipython-input-\d+-\w+>|\b\d+\.py", "cell.py", text)
    text = re.sub(r"0x[0-9a-f]+", "0x", text)
    text = re.sub(r"(/\w+)+/ipykernel_\d+/cell\.py", "cell.py", text)
    return re.sub(r"<dc:date>.*?</dc:date>", "", text)


def without_frames(output):
    # where a refusal of input() was raised is told by different files; the refusal itself is the same
    return (
        {key: value for key, value in output.items() if key != "traceback"} if output.get("ename") == "StdinNotImplementedError" else output
    )


def outputs_of(cell):
    merged = []  # an ordinary kernel sends its two streams in turns, ours keeps them in the order of printing
    for output in cell.get("outputs", []):
        before = [other for other in merged if other.get("name") == output.get("name")] if output.output_type == "stream" else []
        if before and all(other.output_type == "stream" for other in merged[merged.index(before[-1]) :]):
            before[-1].text += output.text
        else:
            merged.append(output.copy())
    return [neutral(without_frames(output)) for output in merged]


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    folder = tmp_path_factory.mktemp("engines")
    written(folder / "varied.ipynb", VARIED, {0: ["parameters"]})
    written(folder / "failing.ipynb", ["1", "print('before')\n1 / 0", "2"])
    written(folder / "allowed.ipynb", ["1 / 0", "'goes on'"], {0: ["raises-exception"]})
    written(folder / "unparsable.ipynb", ["x = = 1"])
    written(folder / "asking.ipynb", ["input('?')"])
    written(folder / "leaving.ipynb", ["import sys\nsys.exit(3)", "1"])
    names = ["varied", "failing", "allowed", "unparsable", "asking", "leaving"]
    return executed_by(("wres-standard", "wres-warm"), folder, names, {"number": 65})


NOTEBOOKS = ("varied", "failing", "allowed", "unparsable", "asking", "leaving")


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_same_outputs_as_an_ordinary_kernel(both, name):
    plain, warm = (both[engine][0][name] for engine in ("wres-standard", "wres-warm"))
    assert len(plain.cells) == len(warm.cells)
    for there, here in zip(plain.cells, warm.cells, strict=True):
        assert outputs_of(here) == outputs_of(there), there.source


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_same_counts_metadata_and_exceptions(both, name):
    plain, warm = (both[engine][0][name] for engine in ("wres-standard", "wres-warm"))
    assert both["wres-standard"][1] == both["wres-warm"][1]
    assert warm.metadata.keys() == plain.metadata.keys()
    assert warm.metadata.language_info == plain.metadata.language_info
    assert warm.metadata.papermill.parameters == plain.metadata.papermill.parameters
    assert warm.metadata.papermill.keys() == plain.metadata.papermill.keys()
    for there, here in zip(plain.cells, warm.cells, strict=True):
        assert here.get("execution_count") == there.get("execution_count")
        assert here.metadata.keys() == there.metadata.keys() - {"execution"}  # times of messages; there are none here
        if "papermill" in here.metadata:
            assert here.metadata.papermill.status == there.metadata.papermill.status
            assert here.metadata.papermill.exception == there.metadata.papermill.exception


def test_no_picture_is_lost(both):
    # three cells draw; an engine that prepares matplotlib too early shows only their names
    for engine in ("wres-standard", "wres-warm"):
        kinds = [set(output.get("data", {})) for cell in both[engine][0]["varied"].cells for output in cell.get("outputs", [])]
        assert sum("image/png" in kind for kind in kinds) == 2
        assert sum("image/svg+xml" in kind for kind in kinds) == 1


def test_parameters_reach_the_notebook(both):
    texts = [
        output.data["text/plain"] for cell in both["wres-warm"][0]["varied"].cells for output in cell.get("outputs", []) if "data" in output
    ]
    assert "65" in texts


STATE = """
import os, random, sys
import matplotlib.pyplot as plt, numpy as np, pandas as pd
print(pd.get_option('display.max_rows'), plt.rcParams['figure.dpi'], os.environ.get('WRES_LEAK'), pd.DataFrame.head.__name__,
      'leak' in sys.modules, os.getcwd() == sys.path[0], 'secret' in globals(), plt.get_fignums())
pd.set_option('display.max_rows', 7)
plt.rcParams['figure.dpi'] = 31
os.environ['WRES_LEAK'] = 'yes'
def spoiled(self): pass
pd.DataFrame.head = spoiled
sys.modules['leak'] = sys
secret = 1
plt.ioff(); plt.figure(); os.chdir('/')
"""
RANDOM = "import random, numpy as np\nprint(random.random(), np.random.random(), np.random.default_rng().random())"


def test_no_state_passes_from_one_notebook_to_the_next(tmp_path):
    for name in ("one", "two", "three"):
        written(tmp_path / f"{name}.ipynb", [STATE, RANDOM])
    notebooks, ended = executed(tmp_path, "wres-warm", ["one", "two", "three"])
    assert set(ended.values()) == {None}
    state = {name: notebook.cells[1].outputs[0].text for name, notebook in notebooks.items()}
    assert len(set(state.values())) == 1, state
    drawn = [notebook.cells[2].outputs[0].text for notebook in notebooks.values()]
    assert len(set(" ".join(drawn).split())) == 9  # forks that share a random state would draw the same numbers


def test_slow_cells_and_killed_processes_end_as_with_an_ordinary_kernel(tmp_path):
    written(tmp_path / "slow.ipynb", ["'before'", "import time\ntime.sleep(60)"])
    written(tmp_path / "killed.ipynb", ["'before'", "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "'after'"])
    written(tmp_path / "next.ipynb", ["'still works'"])
    names = ["slow", "killed", "next"]
    found = executed_by(("wres-standard", "wres-warm"), tmp_path, names, execution_timeout=2)
    assert found["wres-warm"][1] == found["wres-standard"][1] == {"slow": "CellTimeoutError", "killed": "DeadKernelError", "next": None}
    for name in names:
        plain, warm = (found[engine][0][name] for engine in ("wres-standard", "wres-warm"))
        assert [outputs_of(cell) for cell in warm.cells] == [outputs_of(cell) for cell in plain.cells]


def test_what_compiled_code_and_child_processes_print_is_kept(tmp_path):
    # an ordinary kernel keeps it too, but loses it now and then; so it is not compared with one
    written(tmp_path / "one.ipynb", ["import os\nprint('python')\n_ = os.system('echo child')\n_ = os.write(2, b'raw')"])
    notebooks, _ = executed(tmp_path, "wres-warm", ["one"])
    texts = {output.name: output.text for output in notebooks["one"].cells[1].outputs}
    assert sorted(texts["stdout"].split()) == ["child", "python"]
    assert texts["stderr"] == "raw"


def test_a_cell_that_never_ends_leaves_no_process_behind(tmp_path):
    written(tmp_path / "slow.ipynb", ["import os\nopen('pid', 'w').write(str(os.getpid()))", "while True: pass"])
    executed(tmp_path, "wres-warm", ["slow"], execution_timeout=1)
    pid = int((tmp_path / "pid").read_text())
    status = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout.strip()
    assert status in ("", "Z")


def test_what_forks_has_one_thread(project):
    """Witness: the kernel's list of threads, of a process that has imported everything a run imports, and of the command when it ends."""
    assert len(list(Path(f"/proc/{forker()}/task").iterdir())) == 1
    counting = "import atexit; from pathlib import Path; atexit.register(lambda: print(len(list(Path('/proc/self/task').iterdir()))))\n"
    run = "import sys; from wres_helpers.cli import main; sys.argv = ['wres', 'run', 'params/none.yaml']; main()"
    done = subprocess.run([sys.executable, "-c", counting + run], cwd=project, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "1", done.stderr


@pytest.mark.parametrize("name", ["wres_helpers.publishing.runs.backends", "wres_helpers.publishing.engine.workers"])
def test_no_grammar_that_nobody_asks_for_is_compiled_before_a_report(project, name):
    """In what forks, and in what is spawned. Witness: what Python knows of the module: that it is not to be had, wherever it is installed."""
    script = f"import {name}, sys\nprint(sys.modules.get('rfc3987_syntax', 'free to be imported'), 'jsonschema' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], cwd=project, capture_output=True, text=True, check=False)
    assert done.stdout == "None False\n", done.stderr


def test_papermill_finds_the_engine_by_name(tmp_path):
    written(tmp_path / "one.ipynb", ["6 * 7"])
    command = [sys.executable, "-m", "papermill", "--engine", "wres-warm", "one.ipynb", "out.ipynb"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert nbformat.read(tmp_path / "out.ipynb", as_version=4).cells[1].outputs[0].data["text/plain"] == "42"


HOSTILE = {"MPLBACKEND": "nonsense", "IPYTHONDIR": "/dev/null/none", "MATPLOTLIBRC": "settings/matplotlibrc"}
OF_ANOTHER_MACHINE = {"name": "conda-env-wres-py", "language": "python", "display_name": "Python [conda env:wres]"}


@pytest.mark.parametrize("engine", ["wres-warm", "wres-standard"])
def test_a_users_settings_and_a_kernels_name_change_nothing(tmp_path, engine):
    """Settings that ended a run: a backend that does not exist, LaTeX for every text, a profile that cannot be written."""
    folder = tmp_path / "a {brace} d"
    folder.mkdir()
    (folder / "settings").mkdir()
    (folder / "settings/matplotlibrc").write_text("text.usetex: true\nfont.size: 40\n")
    cells = [new_code_cell(source) for source in ("import matplotlib.pyplot as plt\n_ = plt.plot([1])", "plt.rcParams['font.size']")]
    metadata = {} if engine == "wres-warm" else {"kernelspec": OF_ANOTHER_MACHINE}  # some programs save none
    cells.insert(0, new_code_cell("year = 1", metadata={"tags": ["parameters"]}))
    nbformat.write(new_notebook(cells=cells, metadata=metadata), folder / "n.ipynb")
    script = f"""
        from pathlib import Path
        from types import SimpleNamespace
        from wres_helpers.publishing.engine.workers import use_inline_pictures
        from wres_helpers.publishing.runs import sections
        use_inline_pictures()
        here = Path.cwd()
        sections.notebook_of = lambda name, parameters: here / "n.ipynb"
        parameters = SimpleNamespace(given={{"year": 2}}, project=here, run=SimpleNamespace(cell_timeout=60), shown=lambda path: path.name)
        sections.execute(SimpleNamespace(section="n", executed=here / "out.ipynb", parameters=parameters, engine={engine!r}))
        """
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    environment = {**os.environ, **HOSTILE, "TMPDIR": str(temporary)}
    command = [sys.executable, "-c", textwrap.dedent(script)]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    picture, size = (cell.outputs[0].data for cell in nbformat.read(folder / "out.ipynb", as_version=4).cells[-2:])
    assert "image/png" in picture
    assert size["text/plain"] == "10.0"
    if engine == "wres-warm":
        assert not list(temporary.iterdir())

"""Every notebook run in JupyterLab in a browser, 1280 pixels wide: no error, no row 90 pixels tall, no column cut off.

``make accessible`` runs this file too; beside a browser it needs JupyterLab, and without it is passed over. ``WRES_PICTURES`` names a folder for
what was seen. Witness: the heights and widths that Chromium measures; a style sheet without the widths of columns, which turns it red.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

pytest.importorskip("jupyterlab")

NOTEBOOKS = sorted(path.stem for path in (Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
TALLEST = 90
#: No notebook is shown in parts only, and nothing is asked of whoever opens it.
SETTINGS = {
    "notebook-extension/tracker": '{"windowingMode": "none"}',
    "apputils-extension/notification": '{"fetchNews": "false", "checkForUpdates": false}',
}
#: What stands beside each cell of code: '[3]:' once it has run, '[*]:' while it waits, '[ ]:' before; beside text nothing stands.
PROMPTS = "[...document.querySelectorAll('.jp-InputPrompt')].map(each => each.textContent.trim()).filter(each => each)"
OUTPUT = "[...document.querySelectorAll('.jp-OutputArea-output')]"
ROWS = f"""() => {OUTPUT}.flatMap(output => [...output.querySelectorAll('tr')])
    .map(row => [Math.round(row.getBoundingClientRect().height), row.closest('table').id + ': ' + row.textContent.slice(0, 60)])"""
WIDE = f"() => {OUTPUT}.filter(each => each.scrollWidth > each.clientWidth + 2).map(each => each.textContent.slice(-80))"
ERRORS = '() => [...document.querySelectorAll(\'[data-mime-type$=".error"], [data-mime-type$=".stderr"]\')].map(each => each.textContent)'


@pytest.fixture(scope="module")
def lab(project, tmp_path_factory):
    """The address of a JupyterLab in a copy of the project, whose kernel is this Python."""
    place = tmp_path_factory.mktemp("lab")
    for folder in ("params", "data", "notebooks"):
        shutil.copytree(project / folder, place / folder)
    for name, text in SETTINGS.items():
        file = place / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True)
        file.write_text(text, encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folders = {f"JUPYTERLAB_{name.upper()}_DIR": str(place / name) for name in ("settings", "workspaces")}
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}", "--IdentityProvider.token="]
    environment = os.environ | folders | {"PYTHONPATH": os.pathsep.join([str(project), *sys.path])}
    server = subprocess.Popen(command, cwd=place, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    for _ in range(120):
        try:
            urllib.request.urlopen(f"{address}/api").close()
            break
        except OSError:
            time.sleep(0.5)
    yield address
    server.terminate()
    server.wait()


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_runs_and_its_tables_can_be_read(browser, lab, name):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{lab}/lab/workspaces/{name}/tree/notebooks/{name}.ipynb?reset", wait_until="domcontentloaded")
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status=idle]", state="attached", timeout=90_000)
    until = time.monotonic() + 240
    while not page.evaluate(f"{PROMPTS}.length > 0 && {PROMPTS}.every(each => /[0-9]/.test(each))"):
        assert time.monotonic() < until, page.evaluate(PROMPTS)
        if page.locator(".jp-Dialog .jp-mod-accept").count():  # a machine that is slow to name its kernels asks which
            page.locator(".jp-Dialog .jp-mod-accept").last.click()
        elif not page.evaluate(f"{PROMPTS}.some(each => /[0-9*]/.test(each))"):  # a click before the kernel is there asks nothing
            page.locator(".lm-MenuBar-itemLabel", has_text="Run").first.click()
            page.get_by_text("Run All Cells", exact=True).first.click()
        page.wait_for_timeout(3_000)
    page.evaluate("document.querySelectorAll('details:not(.wres-folded)').forEach(each => each.open = true)")
    rows, wide, errors = (page.evaluate(asked) for asked in (ROWS, WIDE, ERRORS))
    if folder := os.environ.get("WRES_PICTURES"):  # of all of it
        page.set_viewport_size({"width": 1280, "height": 12_000})
        page.evaluate("document.querySelectorAll('.jp-WindowedPanel-outer, .jp-Notebook').forEach(each => { each.scrollTop = 0 })")
        page.wait_for_timeout(2_000)
        page.screenshot(path=Path(folder) / f"{name}.png")
    page.close()
    assert errors == []
    assert [row for row in rows if row[0] >= TALLEST] == []
    assert wide == []

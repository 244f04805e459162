"""One browser for all pages and notebooks: a second beside it would be refused."""

import os
import shutil

import pytest


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright  # read with every other test, too, where there is no browser

    names = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
    found = os.environ.get("WRES_BROWSER") or next(filter(None, map(shutil.which, names)), None)
    assert found, "No browser was found. Install Chromium, Chrome or Edge, or set WRES_BROWSER to the program."
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield started
        started.close()

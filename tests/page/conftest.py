"""A browser for the tests of this folder, and the pages they open."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from pathwaylang.render.page import render_page
from tests.page.support import HERE, compiled, liver_artifact


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def liver_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the liver pathway as a file."""
    return render_page(liver_artifact(), tmp_path_factory.mktemp("liver"))


@pytest.fixture(scope="session")
def sample_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the small pathway in this folder."""
    return render_page(compiled(HERE / "sample.pw"), tmp_path_factory.mktemp("sample"))


@pytest.fixture
def desk(browser: Browser) -> Iterator[Page]:
    """An empty tab of a desktop; any error of a script, and any request but the file's, fails."""
    yield from _tab(browser, 1280, 900)


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """An empty tab of the width of a phone."""
    yield from _tab(browser, 390, 844)


def _tab(browser: Browser, width: int, height: int) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": width, "height": height})
    tab = context.new_page()
    tab.set_default_timeout(10_000)
    faults: list[str] = []
    requests: list[str] = []
    tab.on("pageerror", lambda error: faults.append(str(error)))
    tab.on("console", lambda message: faults.append(message.text))
    tab.on("request", lambda request: requests.append(request.url))
    yield tab
    context.close()
    assert faults == []
    assert [url for url in requests if not url.startswith(("file:", "about:", "data:"))] == []

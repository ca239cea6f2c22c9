"""A real service with the embedded engines, and Debian's Chromium that shows its page."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Page,
    Request,
    Response,
    expect,
    sync_playwright,
)

from tests.browser.chromium import chromium
from tests.e2e.conftest import Service, start_service, wait_until_up
from tests.studio.made import ask, chosen

SECONDS = 60
"""How long a page may take for what it does at once; a machine that is busy is slow."""

expect.set_options(timeout=1000 * SECONDS)


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory, models: Path) -> Path:
    """The data of a service that has stored the checkout's samples and made their previews."""
    place = tmp_path_factory.mktemp("furnished")
    with _started(place, models) as service:
        chosen(service)
        deadline = time.monotonic() + SECONDS
        while not all(_is_furnished(ask(service, "GET", path)["items"]) for path in KEPT):
            assert time.monotonic() < deadline
            time.sleep(0.5)
    return place / "data"


KEPT = ("/avatars", "/voices")


def _is_furnished(stored: list[dict[str, Any]]) -> bool:
    return all(each["preview_state"] != "running" for each in stored)


@contextmanager
def _started(place: Path, models: Path) -> Iterator[Service]:
    log = place / "service.log"
    more = {
        "VIDEOLECTURE_STORAGE__SAMPLES": "true",
        "VIDEOLECTURE_SERVER__EXAMINE_SECONDS": "60",
    }
    with start_service(place, models, log, more=more) as service:
        wait_until_up(service, log)
        yield service


@pytest.fixture(scope="module")
def service(
    tmp_path_factory: pytest.TempPathFactory, models: Path, furnished: Path
) -> Iterator[Service]:
    """With the checkout's samples and nothing else; it has time on a slow machine."""
    place = tmp_path_factory.mktemp("studio")
    shutil.copytree(furnished, place / "data")
    with _started(place, models) as service:
        yield service


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Ends with the module: its event loop runs in the thread of all tests."""
    options = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=options)
        yield started
        started.close()


@pytest.fixture
def forgiven() -> list[str]:
    """Parts of complaints that a test wants to see, because it breaks something.

    A service that has too much to do says so, and the page asks again.
    """
    return ["503 (SERVICE UNAVAILABLE)"]


@pytest.fixture
def page(browser: Browser, service: Service, forgiven: list[str]) -> Iterator[Page]:
    """A page in a browser that was never here; in the end it must have had nothing to complain of.

    Whatever it says of a failure, and each request to another host, fails the test.
    """
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            complaints.append(message.text)

    def see(request: Request) -> None:
        if not request.url.startswith((service.url, "blob:", "data:")):
            complaints.append(f"asks another host: {request.url}")

    context = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(1000 * SECONDS)
    page = context.new_page()
    page.on("console", hear)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", see)
    yield page
    context.close()
    assert [each for each in complaints if not any(part in each for part in forgiven)] == []


def is_heard(answer: Response) -> bool:
    """Whether a sentence was said; before, a service that has much to do says when to ask again."""
    return answer.url.endswith("/speech") and answer.status == 200

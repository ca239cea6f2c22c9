"""What axe-core finds on each page, in both themes and languages, on phones and on desks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import RENDER_SECONDS, Service
from tests.studio.looks import EVERY, PAIRS, Looks, looks
from tests.studio.made import ask, asked, finished

pytestmark = pytest.mark.slow

PATHS = ("/", "/studio/lectures", "/studio/library", "/studio/service", "/studio/nothing")
LANGUAGE = {"en": "Language", "ru": "Язык"}


@pytest.mark.parametrize("looks", looks(PAIRS, EVERY))
@pytest.mark.parametrize("path", PATHS)
def test_nothing_keeps_anybody_from_using_it(
    page: Page, service: Service, path: str, looks: Looks
) -> None:
    opened(page, service.url + path, looks)
    if path == "/":
        expect(page.get_by_role("radio")).to_have_count(4)  # three faces and a voice
    if path == "/studio/service":
        expect(page.get_by_role("heading", level=4).first).to_be_visible()  # an engine
        expect(page.get_by_role("table")).to_be_visible()
    if path == "/studio/library":
        expect(page.get_by_role("heading", level=3)).to_have_count(4)
    looks.check(page)


def opened(page: Page, address: str, looks: Looks) -> None:
    looks.begin(page)
    page.goto(address)
    expect(page.get_by_label(LANGUAGE[looks.language])).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


@pytest.fixture(scope="module")
def finished_lecture(service: Service) -> Iterator[str]:
    lecture = finished(service)
    yield lecture
    ask(service, "DELETE", f"/lectures/{lecture}")


@pytest.fixture(scope="module")
def running_lecture(service: Service) -> Iterator[str]:
    """One that is being made for as long as anybody looks."""
    lecture = asked(service, *(f"Number {n} of very many sentences." for n in range(200)))
    yield lecture
    ask(service, "DELETE", f"/lectures/{lecture}")


@pytest.mark.parametrize("looks", looks(PAIRS, EVERY))
def test_a_finished_lecture_can_be_used_by_anybody(
    page: Page, service: Service, finished_lecture: str, looks: Looks
) -> None:
    opened(page, f"{service.url}/studio/lectures/{finished_lecture}", looks)
    expect(page.locator(".passage")).to_have_count(2)
    looks.check(page)
    page.locator("[data-edit='2']").click()
    expect(page.get_by_role("textbox")).to_be_focused()
    looks.check(page)


@pytest.mark.parametrize("looks", looks(PAIRS, EVERY))
def test_a_lecture_that_is_being_made_can_be_used_by_anybody(
    page: Page, service: Service, running_lecture: str, looks: Looks
) -> None:
    opened(page, f"{service.url}/studio/lectures/{running_lecture}", looks)
    expect(page.locator(".slide")).to_have_count(200)
    expect(page.locator(".fragment:enabled").first).to_be_visible(timeout=1000 * RENDER_SECONDS)
    looks.check(page)
    page.goto(f"{service.url}/studio/lectures")
    expect(page.locator(".lecture progress")).to_be_visible()
    looks.check(page)

"""The whole first lecture by keyboard alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import RENDER_SECONDS, Service
from tests.process.family import wait_until
from tests.studio.conftest import is_heard

pytestmark = pytest.mark.slow

FOCUSED = """
(() => {
  const it = document.activeElement;
  const label = it.labels?.[0]?.innerText ?? "";
  return (it.getAttribute("aria-label") || label || it.innerText || it.value || "").trim();
})()
"""

MOST_KEYS = 80


def go_to(page: Page, name: str) -> int:
    """Press Tab until something of that name has the focus; tells how often."""
    for pressed in range(1, MOST_KEYS):
        page.keyboard.press("Tab")
        if re.search(name, str(page.evaluate(FOCUSED))):
            outline = "getComputedStyle(document.activeElement).outlineStyle"
            ring = "document.activeElement.matches(':focus-visible')"
            assert page.evaluate(ring) or page.evaluate(outline) != "none"
            return pressed
    raise AssertionError(f"nothing called {name!r} was met")


def test_a_lecture_is_made_heard_and_watched_without_a_mouse(page: Page, service: Service) -> None:
    page.goto(service.url)
    expect(page.get_by_role("button", name="Make the lecture")).to_be_enabled()
    assert go_to(page, "Skip to the content") == 1
    page.keyboard.press("Enter")
    go_to(page, "^Woman$")  # the group of faces: arrows choose
    page.keyboard.press("ArrowRight")
    go_to(page, "Text of slide 1")
    page.keyboard.press("Control+A")
    page.keyboard.type("Packets travel. They arrive in order.")
    with page.expect_response(is_heard, timeout=1000 * RENDER_SECONDS):
        page.keyboard.press("Control+Enter")
    go_to(page, "Remove slide 2")
    page.keyboard.press("Enter")
    go_to(page, "Make the lecture")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/studio/lectures/lec_"))
    expect(page.get_by_role("link", name="Video (MP4)")).to_be_visible(
        timeout=1000 * RENDER_SECONDS
    )
    go_to(page, "^Packets travel")
    page.keyboard.press("Enter")
    seconds = "document.querySelector('video').currentTime"
    wait_until(lambda: float(page.evaluate(seconds)) > 0.2, RENDER_SECONDS)

"""A lecturer opens the page and has a lecture."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import RENDER_SECONDS, Service
from tests.process.family import wait_until
from tests.studio.conftest import SECONDS

pytestmark = pytest.mark.slow

MINUTES = 1000 * RENDER_SECONDS

VIDEO = "document.querySelector('video')"


def playing(page: Page) -> float:
    """Seconds; the policy of the page keeps Playwright from waiting inside it."""
    return float(page.evaluate(f"{VIDEO}.currentTime"))


def test_one_click_makes_a_lecture_that_plays_while_it_is_made(
    page: Page, service: Service
) -> None:
    page.goto(service.url)
    page.get_by_role("button", name="Make the lecture").click()
    expect(page).to_have_url(re.compile("/studio/lectures/lec_"))
    first = page.get_by_label("Play fragment 1")
    expect(first).to_be_visible(timeout=MINUTES)
    wait_until(lambda: playing(page) > 0.2, RENDER_SECONDS)
    expect(page.get_by_role("status").filter(has_text="%")).to_be_visible()

    whole = page.get_by_label("Good morning, and welcome.")
    expect(whole).to_be_visible(timeout=MINUTES)
    wait_until(lambda: float(page.evaluate(f"{VIDEO}.duration") or 0) > 3, SECONDS)
    expect(page.get_by_role("link", name="Video (MP4)")).to_be_visible()


def test_a_corrected_word_makes_one_fragment_anew(page: Page, service: Service) -> None:
    page.goto(f"{service.url}/studio/lectures")
    page.get_by_role("link", name="Good morning, and welcome.").click()
    page.get_by_role("button", name="Edit Slide 1").click()
    written = page.get_by_label("Text of slide 1")
    expect(written).to_have_value(re.compile("^Good morning, and welcome"))
    expect(page.get_by_role("button", name="Save")).to_be_disabled()
    written.fill("Good evening, and welcome.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    expect(page.get_by_role("button", name="Good evening, and welcome.")).to_be_visible(
        timeout=MINUTES
    )
    lecture = page.url.rpartition("/")[2]
    told = page.request.get(f"{service.url}/v1/lectures/{lecture}").json()
    assert (told["version"], told["steps_total"] - told["steps_reused"]) == (2, 4)


def test_a_text_that_was_typed_is_there_again(page: Page, service: Service) -> None:
    page.goto(service.url)
    page.get_by_label("Text of slide 2").fill("Nobody loses this.")
    page.get_by_role("button", name="Add a slide").click()
    page.reload()
    expect(page.get_by_label("Text of slide 2")).to_have_value("Nobody loses this.")
    expect(page.get_by_label("Text of slide 3")).to_have_value("")


def test_a_service_that_is_gone_is_told_where_it_happens_and_the_text_stays(
    page: Page, service: Service, forgiven: list[str]
) -> None:
    forgiven.append("ERR_FAILED")
    page.goto(service.url)
    page.get_by_label("Text of slide 1").fill("This must not be lost.")
    page.route("**/v1/lectures", lambda route: route.abort())
    page.get_by_role("button", name="Make the lecture").click()
    told = page.get_by_role("alert")
    expect(told).to_contain_text("cannot be reached")
    expect(page.get_by_label("Text of slide 1")).to_have_value("This must not be lost.")


def test_the_same_page_speaks_russian(page: Page, service: Service) -> None:
    page.goto(service.url)
    page.get_by_label("Language").select_option("ru")
    expect(page.get_by_role("button", name="Создать лекцию")).to_be_enabled()
    assert page.evaluate("document.documentElement.lang") == "ru"
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_contain_text("лекция")

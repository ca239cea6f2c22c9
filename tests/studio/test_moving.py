"""Stored faces are seen to move and stored voices heard, as workers have tried them."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import RENDER_SECONDS, Service
from tests.process.family import wait_until
from tests.studio.conftest import SECONDS

pytestmark = pytest.mark.slow

WATCHED = """
window.heard = new Set();
const play = HTMLMediaElement.prototype.play;
HTMLMediaElement.prototype.play = function () {
  heard.add(this);
  return play.call(this);
};
window.furthest = 0;
addEventListener(
  "timeupdate",
  (event) => (furthest = Math.max(furthest, event.target.currentTime)),
  true,
);
"""
"""Notes what plays: sounds are not in the page's document."""

SOUNDING = "[...heard].filter((each) => !each.paused && !each.muted).length"


@pytest.fixture
def library(page: Page, service: Service) -> Page:
    """The page of everything, once all previews are there."""
    deadline = time.monotonic() + RENDER_SECONDS
    while previews(page, service) < 4:
        assert time.monotonic() < deadline
        time.sleep(1.0)
    page.add_init_script(WATCHED)
    page.goto(f"{service.url}/studio/library")
    expect(page.get_by_role("button", name="Show how")).to_have_count(3)
    expect(page.get_by_role("button", name="A sentence")).to_have_count(1)
    return page


def previews(page: Page, service: Service) -> int:
    """How many faces and voices have one."""
    lists = [page.request.get(f"{service.url}/v1/{kind}") for kind in ("avatars", "voices")]
    return sum(bool(each["preview"]) for told in lists for each in told.json()["items"])


def moves(page: Page) -> bool:
    """Whether the clip has come further than its first picture."""
    return float(page.evaluate("furthest")) > 0.2


def picture(page: Page, name: str) -> Locator:
    """Of the face that is called so."""
    named = page.get_by_role("heading", level=3, name=name, exact=True)
    return page.get_by_role("listitem").filter(has=named).locator(".moving")


def test_nothing_is_asked_for_when_all_previews_are_there(library: Page) -> None:
    asked: list[str] = []
    library.on("request", lambda request: asked.append(request.url))
    library.wait_for_timeout(5000)
    assert [url for url in asked if "/v1/avatars?" in url or "/v1/voices?" in url] == []


def test_a_face_moves_when_its_button_is_pressed_and_comes_to_rest(library: Page) -> None:
    library.emulate_media(reduced_motion="reduce")
    library.get_by_role("button", name="Show how Woman moves").press("Enter")
    clip = library.locator("video")
    expect(clip).to_have_count(1)
    assert clip.evaluate("clip => clip.muted")
    wait_until(lambda: moves(library), SECONDS)
    expect(clip).to_have_count(0)  # at its end
    library.get_by_role("button", name="Show how Man moves").press("Enter")
    library.get_by_role("button", name="Stop Man").press("Enter")
    expect(clip).to_have_count(0)


def test_a_face_moves_while_a_mouse_is_over_it_unless_motion_is_unwelcome(library: Page) -> None:
    picture(library, "Woman").hover()
    clip = library.locator("video")
    expect(clip).to_have_count(1)
    wait_until(lambda: moves(library), SECONDS)
    library.get_by_role("heading", level=1).hover()
    expect(clip).to_have_count(0)

    library.emulate_media(reduced_motion="reduce")
    picture(library, "Woman").hover()
    library.wait_for_timeout(500)
    expect(clip).to_have_count(0)


def test_a_press_on_what_moves_already_does_not_stop_it(library: Page) -> None:
    library.get_by_role("button", name="Show how Woman moves").click()
    expect(library.locator("video")).to_have_count(1)
    library.get_by_role("heading", level=1).hover()
    expect(library.locator("video")).to_have_count(1)
    expect(library.get_by_role("button", name="Stop Woman")).to_be_visible()


def test_one_sound_is_heard_at_a_time(library: Page) -> None:
    sample = library.get_by_role("button", name="Sample Woman's voice")
    sentence = library.get_by_role("button", name="A sentence Woman's voice")
    sample.click()
    expect(library.get_by_role("button", name="Stop Woman's voice")).to_have_count(1)
    wait_until(lambda: moves(library) or library.evaluate(SOUNDING) == 1, SECONDS)
    sentence.click()
    expect(sample).to_be_visible()
    expect(sentence).to_be_hidden()
    wait_until(lambda: library.evaluate(SOUNDING) == 1, SECONDS)
    library.get_by_role("button", name="Stop Woman's voice").click()
    wait_until(lambda: library.evaluate(SOUNDING) == 0, SECONDS)
    expect(sentence).to_be_visible()


def test_a_sound_that_the_browser_cannot_play_can_be_downloaded(library: Page) -> None:
    library.route("**/sample", lambda route: route.fulfill(body="no sound", status=200))
    library.get_by_role("button", name="Sample Woman's voice").click()
    told = library.get_by_role("alert")
    expect(told).to_contain_text("cannot play it")
    expect(told.get_by_role("link", name="Download the file")).to_be_visible()


def test_it_is_silent_when_somebody_goes_elsewhere(library: Page) -> None:
    library.get_by_role("button", name="Sample Woman's voice").click()
    wait_until(lambda: library.evaluate(SOUNDING) == 1, SECONDS)
    library.get_by_role("link", name="New lecture").click()
    expect(library.get_by_role("button", name="Make the lecture")).to_be_visible()
    assert library.evaluate(SOUNDING) == 0


def test_the_chosen_face_of_a_new_lecture_moves(library: Page, service: Service) -> None:
    library.goto(service.url)
    chosen = library.get_by_role("radio", name="Woman", exact=True)
    expect(library.get_by_role("radio")).to_have_count(4)
    other = library.get_by_text("Man", exact=True)
    clip = library.locator("video")
    library.get_by_text("Woman", exact=True).click()
    expect(chosen).to_be_checked()
    expect(clip).to_have_count(1)
    assert clip.evaluate("clip => clip.muted")
    wait_until(lambda: moves(library), SECONDS)
    other.hover()
    expect(clip).to_have_count(0)

    library.get_by_role("heading", level=1).hover()
    library.get_by_label("Text of slide 1").focus()
    chosen.focus()
    expect(clip).to_have_count(1)
    library.get_by_label("Text of slide 1").focus()
    expect(clip).to_have_count(0)

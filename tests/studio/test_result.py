"""A finished lecture: watched, corrected, compared with what it was, handed on."""

from __future__ import annotations

import json
import re
import signal
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, Request, Route, expect

from tests.e2e.conftest import RENDER_SECONDS, Service, start_service, wait_until_up
from tests.process.family import wait_until
from tests.services.programs import free_port
from tests.studio.conftest import SECONDS
from tests.studio.made import TEXTS, ask, asked, finished, store, wait_until_done

pytestmark = pytest.mark.slow

MINUTES = 1000 * RENDER_SECONDS

VIDEO = "document.querySelector('.seen video')"


@pytest.fixture
def lecture(service: Service) -> str:
    """A finished lecture of one's own; the first is rendered, of others all is there already."""
    return finished(service)


def watch(page: Page, service: Service, lecture: str) -> None:
    """Open its page, and wait until all of it is there."""
    page.goto(f"{service.url}/studio/lectures/{lecture}")
    expect(page.get_by_role("button", name=TEXTS[1])).to_be_visible()
    wait_until(lambda: of_video(page, "readyState") >= 1, SECONDS)


def of_video(page: Page, what: str) -> float:
    """A number of the player; the policy of the page keeps Playwright from waiting inside it."""
    return float(page.evaluate(f"{VIDEO}?.{what} || 0"))


def look_again(page: Page) -> None:
    """As somebody does who comes back to the window; not at once after they left it."""
    page.wait_for_timeout(2500)
    page.evaluate("dispatchEvent(new Event('focus'))")


def typed(page: Page, number: int, text: str) -> Locator:
    """The field of a slide's text, open, with another text in it."""
    page.get_by_role("button", name=f"Edit Slide {number}").click()
    field = page.get_by_label(f"Text of slide {number}")
    field.fill(text)
    return field


def test_the_speed_that_somebody_chose_is_kept_for_all_lectures(
    page: Page, service: Service, lecture: str
) -> None:
    watch(page, service, lecture)
    assert of_video(page, "playbackRate") == 1
    page.get_by_label("Speed").select_option("1.5")
    wait_until(lambda: of_video(page, "playbackRate") == 1.5, SECONDS)
    page.reload()
    expect(page.get_by_label("Speed")).to_have_value("1.5")
    wait_until(lambda: of_video(page, "playbackRate") == 1.5, SECONDS)


def test_chapters_lead_to_their_slides_and_the_transcript_goes_along(
    page: Page, service: Service, lecture: str
) -> None:
    ask(service, "PATCH", f"/lectures/{lecture}", {"slides": [{"number": 2, "title": "Routers"}]})
    wait_until_done(service, lecture)
    watch(page, service, lecture)
    chapters = page.get_by_role("navigation", name="Chapters")
    expect(chapters.get_by_role("button")).to_have_count(2)
    chapter = chapters.get_by_role("button", name=re.compile("^Routers"))
    chapter.click()
    expect(chapter).to_have_attribute("aria-current", "true")
    expect(page.get_by_role("button", name=TEXTS[1])).to_have_attribute("aria-current", "true")


def test_what_is_heard_is_scrolled_into_view_unless_somebody_works_there(
    page: Page, service: Service
) -> None:
    page.set_viewport_size({"width": 1280, "height": 320})
    lecture = finished(service, *TEXTS, *TEXTS)
    watch_first = page.get_by_role("button", name=TEXTS[1])
    page.goto(f"{service.url}/studio/lectures/{lecture}")
    expect(watch_first).to_have_count(2)
    box = ".transcript"
    assert page.evaluate(f"document.querySelector('{box}').scrollTop") == 0
    # The moment of a chapter is heard, and nobody is in the box.
    last = page.get_by_role("navigation", name="Chapters").get_by_role("button").last
    last.click()
    wait_until(lambda: page.evaluate(f"document.querySelector('{box}').scrollTop") > 20, SECONDS)
    # Somebody reads the beginning again: it stays there while the lecture goes on.
    page.evaluate(f"document.querySelector('{box}').scrollTop = 0")
    page.locator(".passage").first.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    page.evaluate(f"{VIDEO}.currentTime = {VIDEO}.duration - 0.5; {VIDEO}.play()")
    page.wait_for_timeout(1500)
    assert page.evaluate(f"document.querySelector('{box}').scrollTop") == 0


def test_enter_opens_a_passage_at_its_place_and_nothing_typed_is_lost(
    page: Page, service: Service, lecture: str
) -> None:
    watch(page, service, lecture)
    page.locator(".passage").nth(1).focus()
    page.keyboard.press("Enter")
    field = page.get_by_label("Text of slide 2")
    expect(field).to_be_focused()
    page.keyboard.type("Indeed: ")
    expect(field).to_have_value("Indeed: Routers hand them on.")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Edit Slide 2")).to_be_focused()
    expect(page.get_by_text("not saved yet")).to_be_visible()
    page.reload()
    expect(page.get_by_text("not saved yet")).to_be_visible()
    page.get_by_role("button", name="Edit Slide 2").click()
    expect(field).to_have_value("Indeed: Routers hand them on.")
    page.get_by_role("button", name="Leave it as it was").click()
    expect(page.get_by_text("not saved yet")).to_be_hidden()
    page.get_by_role("button", name="Edit Slide 2").click()
    expect(field).to_have_value("Routers hand them on.")


def test_a_changed_sentence_is_heard_before_it_is_saved(
    page: Page, service: Service, lecture: str
) -> None:
    watch(page, service, lecture)
    field = typed(page, 1, "Packets travel alone. They come in order.")
    field.press("End")
    with page.expect_response("**/speech", timeout=MINUTES) as spoken:
        page.get_by_role("button", name="Hear it").click()
    sent = json.loads(spoken.value.request.post_data or "")
    assert sent == {"text": "They come in order.", "language": "en"}
    voice = ask(service, "GET", f"/lectures/{lecture}")["voice"]
    assert f"/voices/{voice}/" in spoken.value.url
    assert spoken.value.status == 200
    expect(page.get_by_role("button", name="Hear it")).to_be_visible()


def test_a_change_is_made_beside_the_old_lecture_and_compared_with_it(
    page: Page, service: Service, lecture: str
) -> None:
    watch(page, service, lecture)
    field = typed(page, 2, "Routers know the way.")
    field.press("Control+Enter")
    # The old one can be watched meanwhile, and what is made anew is marked.
    expect(page.get_by_text("This is the lecture as it was")).to_be_visible()
    expect(page.get_by_text("being made anew", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name=TEXTS[1])).to_be_visible()
    assert page.evaluate(f"{VIDEO}.src").startswith("blob:")
    wait_until(lambda: of_video(page, "duration") > 2, SECONDS)

    expect(page.get_by_text("made anew", exact=True)).to_be_visible(timeout=MINUTES)
    expect(page.get_by_role("button", name="Routers know the way.")).to_be_visible()
    expect(page.get_by_role("button", name="Compare Slide 1")).to_be_hidden()
    page.get_by_role("button", name="Compare Slide 2").click()
    pair = page.get_by_role("region", name="Slide 2 before and after")
    expect(pair.get_by_label("Before")).to_have_attribute("src", re.compile("^blob:"))
    expect(pair).to_contain_text(TEXTS[1])
    expect(pair).to_contain_text("Routers know the way.")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    played = "[...document.querySelectorAll('.compare video')].map((each) => each.played.length)"
    assert page.evaluate(played) == [0, 0]
    pair.get_by_role("button", name="Play both, one after the other").click()
    wait_until(lambda: page.evaluate(played) == [1, 0], SECONDS)
    wait_until(lambda: page.evaluate(played) == [1, 1], SECONDS)
    expect(pair.get_by_role("button", name="Play both, one after the other")).to_be_visible()

    # In another theme and language it is the same; loaded anew it has nothing to compare with.
    page.get_by_role("button", name="Theme: system").click()
    expect(page.get_by_role("button", name="Compare Slide 2")).to_be_visible()
    page.get_by_label("Language").select_option("ru")
    expect(page.get_by_role("button", name="Сравнить Слайд 2")).to_be_visible()
    page.get_by_label("Язык").select_option("en")
    expect(page.get_by_role("button", name="Compare Slide 2")).to_be_visible()
    page.reload()
    expect(page.get_by_text("There is nothing to compare with any more")).to_be_visible()


def test_who_watches_the_old_lecture_decides_when_to_see_the_new_one(
    page: Page, service: Service, lecture: str
) -> None:
    watch(page, service, lecture)
    page.evaluate(f"{VIDEO}.muted = true; {VIDEO}.loop = true; {VIDEO}.play()")
    typed(page, 2, "Routers are never tired.").press("Control+Enter")
    expect(page.get_by_text("This is the lecture as it was")).to_be_visible()
    page.evaluate(f"{VIDEO}.loop = true; {VIDEO}.play()")
    expect(page.get_by_text("The new lecture is ready.")).to_be_visible(timeout=MINUTES)
    assert page.evaluate(f"{VIDEO}.src").startswith("blob:")
    page.get_by_role("button", name="Show it").click()
    expect(page.get_by_role("button", name="Routers are never tired.")).to_be_visible()
    wait_until(lambda: "lecture.mp4" in page.evaluate(f"{VIDEO}.src"), SECONDS)


@pytest.mark.proof
def test_a_former_clip_that_cannot_be_kept_is_said_and_the_change_is_made(
    page: Page, service: Service, lecture: str, forgiven: list[str]
) -> None:
    forgiven.append("ERR_FAILED")
    watch(page, service, lecture)
    page.route("**/files/slide-2.mp4", lambda route: route.abort())
    typed(page, 2, "Routers never sleep.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("made anew", exact=True)).to_be_visible(timeout=MINUTES)
    page.unroute("**/files/slide-2.mp4")
    page.get_by_role("button", name="Compare Slide 2").click()
    expect(page.get_by_text("There is no former clip")).to_be_visible()
    expect(page.get_by_label("Now", exact=True)).to_be_visible()


def test_what_another_window_has_changed_is_not_overwritten_and_nothing_typed_is_lost(
    page: Page, service: Service, lecture: str, forgiven: list[str]
) -> None:
    forgiven.append("412 (PRECONDITION")
    watch(page, service, lecture)
    field = typed(page, 2, "Routers hand on what I typed.")
    other = {"slides": [{"number": 2, "text": "Routers hand on what others typed."}]}
    ask(service, "PATCH", f"/lectures/{lecture}", other)
    wait_until_done(service, lecture)
    page.get_by_role("button", name="Save").click()
    told = page.get_by_role("alert")
    expect(told).to_contain_text("Somebody has changed this lecture meanwhile.")
    expect(field).to_have_value("Routers hand on what I typed.")
    told.get_by_role("button", name="Load what it is now").click()
    expect(page.get_by_text("Routers hand on what others typed.")).to_be_visible()
    expect(field).to_have_value("Routers hand on what I typed.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("button", name="Routers hand on what I typed.")).to_be_visible(
        timeout=MINUTES
    )


def test_a_change_of_another_window_is_seen_by_whoever_comes_back(
    page: Page, service: Service, lecture: str
) -> None:
    watch(page, service, lecture)
    ask(service, "PATCH", f"/lectures/{lecture}", {"title": "Networks, second edition"})
    look_again(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Networks, second edition")


def test_a_lecture_that_is_removed_elsewhere_is_said_to_be(
    page: Page, service: Service, lecture: str, forgiven: list[str]
) -> None:
    forgiven.append("404 (NOT FOUND)")
    watch(page, service, lecture)
    typed(page, 2, "Nobody loses this.")
    ask(service, "DELETE", f"/lectures/{lecture}")
    look_again(page)
    expect(page.get_by_role("alert")).to_contain_text("This lecture is not there")
    expect(page.get_by_label("Text of slide 2")).to_have_value("Nobody loses this.")
    page.get_by_role("link", name="All lectures").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lectures")


def test_a_title_is_changed_in_place(page: Page, service: Service, lecture: str) -> None:
    watch(page, service, lecture)
    page.get_by_role("button", name="Edit Slide 2").click()
    page.get_by_role("button", name="Change the title").click()
    field = page.get_by_label("Title", exact=True)
    expect(field).to_be_focused()
    field.fill("Routers and packets")
    field.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Routers and packets")
    expect(page.get_by_role("button", name="Change the title")).to_be_focused()
    assert ask(service, "GET", f"/lectures/{lecture}")["title"] == "Routers and packets"
    # The text that was open meanwhile can still be saved: that change was one's own.
    page.get_by_label("Text of slide 2").fill("Routers hand on.")
    page.get_by_role("button", name="Save and make anew").click()
    expect(page.get_by_role("button", name="Routers hand on.")).to_be_visible(timeout=MINUTES)


@pytest.mark.proof
def test_a_title_of_another_window_is_shown_before_it_is_overwritten(
    page: Page, service: Service, lecture: str, forgiven: list[str]
) -> None:
    forgiven.append("412 (PRECONDITION")
    watch(page, service, lecture)
    page.get_by_role("button", name="Change the title").click()
    page.get_by_label("Title", exact=True).fill("Mine")
    ask(service, "PATCH", f"/lectures/{lecture}", {"title": "Theirs"})
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("it is called “Theirs” now")
    page.get_by_role("button", name="Save the title").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mine")


def test_addresses_are_copied_to_be_handed_on(page: Page, service: Service, lecture: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    watch(page, service, lecture)
    page.get_by_role("button", name="Copy the address of this page").click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    page.get_by_role("button", name="Copy the address of the video").click()
    address = f"{service.url}/v1/lectures/{lecture}/files/lecture.mp4"
    wait_until(lambda: page.evaluate("navigator.clipboard.readText()") == address, SECONDS)
    assert page.request.get(address).headers["content-type"] == "video/mp4"


def test_where_a_browser_does_not_copy_the_address_is_there_to_be_copied(
    page: Page, service: Service, lecture: str
) -> None:
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    watch(page, service, lecture)
    page.get_by_role("button", name="Copy the address of this page").click()
    field = page.get_by_label("The browser does not copy by itself here.")
    expect(field).to_have_value(page.url)
    expect(field).to_be_focused()


def test_a_lecture_that_is_stopped_says_what_is_kept_and_goes_on(
    page: Page, service: Service
) -> None:
    lecture = asked(service, *(f"This is sentence number {n}." for n in range(8)))
    page.goto(f"{service.url}/studio/lectures/{lecture}")
    expect(page.get_by_label(re.compile("^Fragment 1: done"))).to_be_enabled(timeout=MINUTES)
    page.get_by_role("button", name="Stop").click()
    answered = page.get_by_text(re.compile("^(Stopping|Cancelled)"))
    expect(answered).to_be_visible(timeout=1000)
    status = page.get_by_role("status").filter(has_text="Cancelled.")
    expect(status).to_contain_text(re.compile(r"Finished and kept: [1-7] of 8 fragments\."))
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("button", name="Stop")).to_be_enabled()
    page.goto("about:blank")
    ask(service, "DELETE", f"/lectures/{lecture}")


def test_a_failed_lecture_says_where_why_and_what_to_do(page: Page, service: Service) -> None:
    """The service is made to tell a failure: none of the embedded engines fails on demand."""
    lecture = asked(service, "One two three.", "Four five six.")
    ask(service, "POST", f"/lectures/{lecture}/cancel")
    error = {"code": "fragment_not_spoken", "message": "not spoken: five", "step": "speech_2"}

    def tell(route: Route, request: Request) -> None:
        answer = route.fetch()
        told: dict[str, Any] = {**answer.json(), "state": "failed", "error": error}
        route.fulfill(response=answer, json=told)

    page.route(f"**/v1/lectures/{lecture}", tell)
    page.goto(f"{service.url}/studio/lectures/{lecture}")
    expect(page.get_by_text("Fragment 2 could not be spoken.")).to_be_visible()
    expect(page.get_by_text("not spoken: five")).to_be_visible()
    expect(page.get_by_text("Write these words otherwise")).to_be_visible()
    expect(page.get_by_role("button", name="Go on")).to_be_enabled()
    page.unroute(f"**/v1/lectures/{lecture}")
    typed(page, 2, "Four, five, six.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    slides = ask(service, "GET", f"/lectures/{lecture}/source")["slides"]
    assert slides[1]["text"] == "Four, five, six."
    page.goto("about:blank")
    ask(service, "DELETE", f"/lectures/{lecture}")


def test_a_service_that_restarts_is_said_to_be_away_and_is_followed_again(
    page: Page, tmp_path: Path, models: Path, forgiven: list[str]
) -> None:
    forgiven += ["asks another host", "ERR_CONNECTION", "ERR_INCOMPLETE_CHUNKED", "ERR_EMPTY"]
    port, log = free_port(), tmp_path / "service.log"
    with ExitStack() as running:
        own = running.enter_context(
            start_service(tmp_path, models, log, command="serve", port=port)
        )
        wait_until_up(own, log)
        store(own)
        lecture = asked(own)
        page.goto(f"{own.url}/studio/lectures/{lecture}")
        expect(page.get_by_text("Waiting for a free worker")).to_be_visible()
        children = own.processes()
        own.process.send_signal(signal.SIGKILL)
        for child in children:
            child.kill()
        expect(page.get_by_text("The connection to the service is lost.")).to_be_visible()
        again = running.enter_context(
            start_service(tmp_path, models, log, command="serve", port=port)
        )
        wait_until_up(again, log)
        expect(page.get_by_text("The connection to the service is lost.")).to_be_hidden()
        ask(again, "POST", f"/lectures/{lecture}/cancel")
        expect(page.get_by_text("Cancelled. What was finished is kept.")).to_be_visible()

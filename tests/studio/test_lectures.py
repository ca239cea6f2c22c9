"""The list of lectures: looked for, followed, removed with a way back, made once more."""

from __future__ import annotations

import json
import re
import urllib.error
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Request, expect

from tests.e2e.conftest import SAMPLES, Service, start_service, wait_until_up
from tests.process.family import wait_until
from tests.studio.conftest import SECONDS
from tests.studio.made import ask, asked, store

pytestmark = pytest.mark.slow

UNDO_SECONDS = 8


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, models: Path) -> Iterator[Service]:
    """Without a worker: what is asked for waits, for as long as a test needs it."""
    place = tmp_path_factory.mktemp("lectures")
    log = place / "service.log"
    with start_service(place, models, log, command="serve") as service:
        wait_until_up(service, log)
        store(service)
        yield service


@pytest.fixture(autouse=True)
def nothing_is_left(service: Service) -> Iterator[None]:
    """Each test has a list of its own."""
    yield
    for each in ask(service, "GET", "/lectures?limit=100")["items"]:
        if each["id"].startswith("lec_"):
            ask(service, "DELETE", f"/lectures/{each['id']}")


def the_list(page: Page, service: Service, query: str = "") -> Locator:
    """Lectures of the page, once they are there."""
    page.goto(f"{service.url}/studio/lectures{query}")
    rows = page.get_by_role("list", name="Lectures").get_by_role("listitem")
    expect(rows.first).to_be_visible()
    return rows


def is_there(service: Service, lecture: str) -> bool:
    try:
        ask(service, "GET", f"/lectures/{lecture}")
    except urllib.error.HTTPError as error:
        assert error.code == 404
        return False
    return True


def test_a_part_of_a_title_is_enough_and_back_leads_to_what_was_asked(
    page: Page, service: Service
) -> None:
    for title in ("Optics", "Networks", "Neural networks"):
        asked(service, title=title)
    rows = the_list(page, service)
    expect(rows).to_have_count(3)
    page.get_by_label("Search in titles").press_sequentially("network")
    expect(rows).to_have_count(2)
    expect(page.get_by_text("2 lectures")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/studio/lectures\?q=network$"))
    page.get_by_role("link", name="Neural networks").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Neural networks")
    page.go_back()
    expect(page.get_by_label("Search in titles")).to_have_value("network")
    expect(rows).to_have_count(2)
    page.go_back()
    expect(rows).to_have_count(3)


def test_what_is_in_no_title_is_said_with_a_way_out(page: Page, service: Service) -> None:
    asked(service, title="Optics")
    rows = the_list(page, service)
    page.get_by_label("Search in titles").fill("zebra")
    expect(page.get_by_text("No lecture has “zebra” in its title.")).to_be_visible()
    page.get_by_role("button", name="Show all lectures").click()
    expect(rows).to_have_count(1)
    expect(page.get_by_label("Search in titles")).to_have_value("")


def test_only_those_in_one_state_are_shown(page: Page, service: Service) -> None:
    asked(service, title="Waits")
    ask(service, "POST", f"/lectures/{asked(service, title='Stopped')}/cancel")
    rows = the_list(page, service)
    expect(rows).to_have_count(2)
    page.get_by_label("State").select_option("cancelled")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("Stopped")
    page.reload()
    expect(page.get_by_label("State")).to_have_value("cancelled")
    expect(rows).to_have_count(1)
    page.get_by_label("State").select_option("failed")
    expect(page.get_by_text("No lecture is in this state.")).to_be_visible()
    page.get_by_role("button", name="Show all lectures").click()
    expect(page.get_by_label("State")).to_have_value("")
    expect(rows).to_have_count(2)


def test_more_leads_on_and_the_focus_goes_with_it(page: Page, service: Service) -> None:
    for number in range(23):
        asked(service, title=f"Number {number}.")
    rows = the_list(page, service)
    expect(rows).to_have_count(20)
    expect(page.get_by_text("The newest 20 lectures")).to_be_visible()
    page.get_by_role("button", name="More").click()
    expect(rows).to_have_count(23)
    expect(page.get_by_role("link", name="Number 2.")).to_be_focused()
    expect(page.get_by_role("button", name="More")).to_be_hidden()


def test_what_happens_is_seen_without_asking_again_and_leaves_connections_free(
    page: Page, service: Service
) -> None:
    lectures = [asked(service, title=f"Number {number}.") for number in range(5)]
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url))

    def followed() -> int:
        page.wait_for_timeout(100)  # Playwright tells of requests while it waits
        return len([url for url in seen if url.endswith("/events")])

    rows = the_list(page, service)
    expect(rows).to_have_count(5)
    first = rows.filter(has_text="Number 4.")
    expect(first).to_contain_text("waiting")
    expect(first).to_contain_text("about 0:0")
    wait_until(lambda: followed() == 3, SECONDS)
    ask(service, "POST", f"/lectures/{lectures[4]}/cancel")
    expect(first).to_contain_text("stopped")
    expect(first.get_by_role("progressbar")).to_be_hidden()
    # The place that became free is for the next one; the list itself was read once.
    wait_until(lambda: followed() == 4, SECONDS)
    assert len([url for url in seen if "/v1/lectures?" in url]) == 1


def test_what_is_removed_can_be_had_back(page: Page, service: Service) -> None:
    asked(service, title="Older")
    lecture = asked(service, title="Optics")
    rows = the_list(page, service)
    page.get_by_role("button", name="Remove: Optics").click()
    expect(rows).to_have_count(1)
    expect(page.get_by_role("link", name="Older")).to_be_focused()
    expect(page.get_by_role("status").filter(has_text="“Optics” is removed.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(rows).to_have_count(2)
    page.wait_for_timeout(1000 * (UNDO_SECONDS + 1))
    assert is_there(service, lecture)


@pytest.mark.proof
def test_what_is_not_had_back_is_gone(page: Page, service: Service) -> None:
    lecture = asked(service, title="Optics")
    the_list(page, service)
    page.get_by_role("button", name="Remove: Optics").click()
    expect(page.get_by_text("There is no lecture yet.")).to_be_visible()
    # Nor does it come back when the page is shown anew, while the service does not know yet.
    page.get_by_role("link", name="New lecture").click()
    page.get_by_role("link", name="Lectures").click()
    expect(page.get_by_text("There is no lecture yet.")).to_be_visible()
    wait_until(lambda: not is_there(service, lecture), SECONDS)


def test_a_page_that_is_left_removes_at_once(page: Page, service: Service) -> None:
    lecture = asked(service, title="Optics")
    the_list(page, service)
    page.get_by_role("button", name="Remove: Optics").click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    page.goto("about:blank")
    wait_until(lambda: not is_there(service, lecture), UNDO_SECONDS - 1)


@pytest.mark.proof
def test_what_somebody_else_has_changed_is_not_removed(
    page: Page, service: Service, forgiven: list[str]
) -> None:
    forgiven.append("412 (PRECONDITION")
    lecture = asked(service, title="Optics")
    rows = the_list(page, service)
    with page.expect_response(f"**/v1/lectures/{lecture}"):
        page.get_by_role("button", name="Remove: Optics").click()
    ask(service, "PATCH", f"/lectures/{lecture}", {"title": "Optics, by somebody else"})
    told = rows.get_by_role("alert")
    expect(told).to_contain_text("somebody has changed it meanwhile")
    assert is_there(service, lecture)


def test_another_lecture_begins_with_what_one_was_made_from(page: Page, service: Service) -> None:
    sent: list[str] = []

    def see(request: Request) -> None:
        if request.method == "POST" and request.url.endswith("/v1/lectures"):
            sent.append(request.post_data or "")

    page.on("request", see)
    asked(service, "One.", "Two.", title="Optics", still=True)
    the_list(page, service)
    page.get_by_role("button", name="Duplicate: Optics").click()
    expect(page.get_by_label("Text of slide 1")).to_have_value("One.")
    expect(page.get_by_label("Text of slide 2")).to_have_value("Two.")
    page.get_by_label("Text of slide 2").fill("Three.")
    page.reload()
    page.get_by_role("button", name="Make the lecture").click()
    expect(page).to_have_url(re.compile("/studio/lectures/lec_"))
    body = json.loads(sent[0])
    assert [each["text"] for each in body["slides"]] == ["One.", "Three."]
    assert (body["size"], body["still"], body["language"]) == (256, True, "en")


def test_an_unfinished_text_is_kept_beside_the_copy(page: Page, service: Service) -> None:
    asked(service, "One.", title="Optics")
    page.goto(service.url)
    page.get_by_label("Text of slide 1").fill("I have thought about this for an hour.")
    page.get_by_role("link", name="Lectures").click()
    page.get_by_role("button", name="Duplicate: Optics").click()
    expect(page.get_by_label("Text of slide 1")).to_have_value("One.")
    expect(page.get_by_label("Title")).to_have_value("Optics")
    page.get_by_role("button", name="Drafts…").click()
    page.get_by_role("button", name="I have thought about this for an hour.", exact=True).click()
    expect(page.get_by_label("Text of slide 1")).to_have_value(re.compile("for an hour"))


def test_what_an_lms_has_asked_for_offers_nothing_that_is_refused(
    page: Page, service: Service
) -> None:
    text = service.place / "lecture.txt"
    text.write_text("Packets travel alone.", encoding="utf-8")
    service.post(
        {
            "id": 7,
            "face_path": str(SAMPLES / "lecturer-woman.jpg"),
            "voice_path": str(SAMPLES / "voice.wav"),
            "lecture_text_path": str(text),
            "generated_dir_path": str(service.place / "out"),
            "language": "en",
        }
    )
    rows = the_list(page, service)
    row = rows.filter(has_text="Lecture 7 of the LMS")
    expect(row).to_be_visible()
    expect(row.get_by_role("button")).to_have_count(0)
    row.get_by_role("link").click()
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_text("An LMS has asked for this lecture")).to_be_visible()
    expect(page.get_by_role("button", name="Go on")).to_be_hidden()
    expect(page.get_by_role("button", name="Change the title")).to_be_hidden()

"""Nothing that was typed is lost."""

from __future__ import annotations

import json
import time

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Service
from tests.process.family import wait_until
from tests.studio.conftest import SECONDS

pytestmark = pytest.mark.slow


def kept(page: Page, service: Service) -> list[str]:
    """What is in the drafts that the service keeps; asked now and then, as callers are bounded."""
    time.sleep(0.5)
    listed = page.request.get(f"{service.url}/v1/drafts").json()["items"]
    drafts = [page.request.get(f"{service.url}/v1/drafts/{each['id']}").json() for each in listed]
    there = [each["content"] for each in drafts if "content" in each]  # and not removed meanwhile
    return [json.loads(each)["slides"][0]["text"] for each in there]


def test_what_is_typed_is_there_after_a_reload(page: Page, service: Service) -> None:
    page.goto(service.url)
    page.get_by_label("Text of slide 1").fill("Typed and left.")
    page.reload()
    expect(page.get_by_label("Text of slide 1")).to_have_value("Typed and left.")


def test_it_is_there_on_another_machine(
    page: Page, service: Service, browser: Browser, forgiven: list[str]
) -> None:
    forgiven.append("412 (PRECONDITION FAILED)")  # the other one has written it
    page.goto(service.url)
    page.get_by_label("Title").fill("On the train")
    page.get_by_label("Text of slide 1").fill("Typed on the train.")
    wait_until(lambda: "Typed on the train." in kept(page, service), SECONDS)
    other = browser.new_context(locale="en-GB").new_page()
    other.goto(service.url)
    other.get_by_role("button", name="Drafts…").click()
    other.get_by_role("button", name="On the train", exact=True).click()
    expect(other.get_by_label("Text of slide 1")).to_have_value("Typed on the train.")
    other.get_by_label("Text of slide 1").fill("Gone on with at home.")
    wait_until(lambda: "Gone on with at home." in kept(page, service), SECONDS)
    page.get_by_label("Text of slide 1").fill("Gone on with on the train.")
    both = {"Gone on with at home.", "Gone on with on the train."}
    wait_until(lambda: both <= set(kept(page, service)), SECONDS)
    other.context.close()


def test_two_tabs_have_a_draft_each(page: Page, service: Service) -> None:
    page.goto(service.url)
    page.get_by_label("Text of slide 1").fill("In the first tab.")
    other = page.context.new_page()
    other.goto(service.url)
    expect(other.get_by_label("Text of slide 1")).not_to_have_value("In the first tab.")
    other.get_by_label("Text of slide 1").fill("In the second tab.")
    other.get_by_role("button", name="Drafts…").click()
    dialog = other.get_by_role("dialog", name="Drafts")
    dialog.get_by_role("button", name="Good morning, and welcome", exact=False).first.is_visible()
    other.reload()
    page.reload()
    expect(page.get_by_label("Text of slide 1")).to_have_value("In the first tab.")
    expect(other.get_by_label("Text of slide 1")).to_have_value("In the second tab.")


def test_a_draft_that_has_become_a_lecture_is_gone(
    page: Page, service: Service, forgiven: list[str]
) -> None:
    forgiven.append("404 (NOT FOUND)")  # the lecture is removed while it is shown
    page.goto(service.url)
    page.get_by_label("Text of slide 1").fill("It becomes a lecture.")
    wait_until(lambda: "It becomes a lecture." in kept(page, service), SECONDS)
    with page.expect_response(lambda each: each.url.endswith("/v1/lectures")) as made:
        page.get_by_role("button", name="Make the lecture").click()
    wait_until(lambda: "It becomes a lecture." not in kept(page, service), SECONDS)
    page.request.delete(f"{service.url}/v1/lectures/{made.value.json()['id']}")


def test_without_the_service_it_is_in_the_browser(
    page: Page, service: Service, forgiven: list[str]
) -> None:
    forgiven.append("ERR_FAILED")
    page.goto(service.url)
    page.route("**/v1/**", lambda route: route.abort())
    page.get_by_label("Text of slide 1").fill("Typed without a network.")
    page.wait_for_timeout(1000)
    page.unroute("**/v1/**")
    page.reload()
    expect(page.get_by_label("Text of slide 1")).to_have_value("Typed without a network.")
    wait_until(lambda: "Typed without a network." in kept(page, service), SECONDS)

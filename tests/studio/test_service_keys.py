"""An administrator makes the first key, and others; nobody is locked out by it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Service, start_service, wait_until_up
from tests.studio.looks import check_looks

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, models: Path) -> Iterator[Service]:
    """Without a worker, and without a key until a test makes one."""
    place = tmp_path_factory.mktemp("keys")
    log = place / "service.log"
    with start_service(place, models, log, command="serve") as running:
        wait_until_up(running, log)
        yield running


@pytest.fixture
def page(page: Page, forgiven: list[str]) -> Page:
    """One that may use the clipboard; that a worker is missing is told at each look."""
    forgiven.append("503 (SERVICE UNAVAILABLE)")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return page


ADMINS: list[str] = []
"""The key that the first test makes, for those after it."""


def section(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name)


def test_what_is_missing_is_named_with_what_to_do(page: Page, service: Service) -> None:
    page.goto(f"{service.url}/studio/service")
    health = section(page, "How it is")
    expect(health.get_by_role("status")).to_contain_text("Something is missing.")
    workers = health.get_by_role("listitem").filter(has=page.get_by_text("Workers", exact=True))
    expect(workers).to_contain_text("not in order")
    expect(workers).to_contain_text("python -m app worker")
    expect(section(page, "Queues and workers").get_by_text("There is none.")).to_be_visible()


def test_whoever_makes_the_first_key_is_signed_in_with_it(page: Page, service: Service) -> None:
    page.goto(f"{service.url}/studio/service")
    keys = section(page, "Keys")
    expect(keys.get_by_text("There is no key yet.")).to_be_visible()
    keys.get_by_role("button", name="New key").click()
    dialog = page.get_by_role("dialog", name="New key")
    expect(dialog.get_by_text("This is the first key")).to_be_visible()
    expect(dialog.get_by_label("Administrator")).to_be_checked()
    check_looks(page)
    dialog.get_by_label("Name").fill("Anna's")
    page.keyboard.press("Enter")
    shown = keys.get_by_role("group", name="Key “Anna's”")
    secret = shown.get_by_role("textbox").input_value()
    assert secret.startswith("vl_")
    ADMINS.append(secret)
    expect(shown.get_by_role("button", name="Copy")).to_be_focused()
    page.keyboard.press("Enter")
    expect(shown.get_by_role("status")).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == secret
    check_looks(page)
    shown.get_by_role("button", name="I have it").click()
    assert secret not in page.content()
    expect(keys.get_by_role("listitem").filter(has_text="Anna's")).to_be_visible()

    # From now on everybody else needs a key; this browser has one.
    session = page.request.get(f"{service.url}/v1/session").json()
    assert (session["signed_in"], session["scopes"]) == (True, ["admin"])
    page.reload()
    expect(keys.get_by_role("listitem").filter(has_text="Anna's")).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)


def enter(page: Page, service: Service, key: str) -> None:
    """Sign in, and look at the page."""
    page.goto(f"{service.url}/studio/service")
    dialog = page.get_by_role("dialog", name="Sign in")
    dialog.get_by_label("Key").fill(key)
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()


def test_a_key_is_made_shown_once_and_revoked_after_a_question(
    page: Page, service: Service, forgiven: list[str]
) -> None:
    forgiven += ["401 (UNAUTHORIZED)", "422 (UNPROCESSABLE"]
    enter(page, service, ADMINS[0])
    keys = section(page, "Keys")
    keys.get_by_role("button", name="New key").click()
    dialog = page.get_by_role("dialog", name="New key")
    dialog.get_by_label("Name").fill("LMS")
    dialog.get_by_label("Read").check()
    dialog.get_by_label("Counts until").fill("2020-01-01")
    dialog.get_by_role("button", name="Make the key").click()
    expect(dialog.get_by_role("alert")).to_contain_text("a time to come")
    expect(dialog.get_by_label("Name")).to_have_value("LMS")
    dialog.get_by_label("Counts until").fill("2090-01-01")
    dialog.get_by_role("button", name="Make the key").click()
    shown = keys.get_by_role("group", name="Key “LMS”")
    secret = shown.get_by_role("textbox").input_value()
    shown.get_by_role("button", name="I have it").click()
    one = keys.get_by_role("listitem").filter(has_text="LMS")
    for told in ("Read", "never used", "ends Jan 1, 2090"):
        expect(one).to_contain_text(told)

    headers = {"Authorization": f"Bearer {secret}"}
    engines = f"{service.url}/v1/engines"
    assert page.request.get(engines, headers=headers).status == 200
    one.get_by_role("button", name="Revoke").click()
    question = page.get_by_role("dialog", name="Revoke the key “LMS”?")
    check_looks(page)
    page.keyboard.press("Enter")  # what has the focus is the way out
    expect(question).to_be_hidden()
    assert page.request.get(engines, headers=headers).status == 200
    one.get_by_role("button", name="Revoke").click()
    question.get_by_role("button", name="Revoke").click()
    expect(question).to_be_hidden()
    expect(keys.get_by_role("heading", name="Keys")).to_be_focused()
    assert page.request.get(engines, headers=headers).status == 401
    keys.get_by_text("1 key that no longer counts").click()
    expect(one).to_contain_text("revoked")
    expect(one.get_by_role("button")).to_have_count(0)


def test_whoever_may_not_is_told_in_a_sentence(
    page: Page, service: Service, forgiven: list[str]
) -> None:
    forgiven += ["401 (UNAUTHORIZED)", "403 (FORBIDDEN)"]
    headers = {"Authorization": f"Bearer {ADMINS[0]}"}
    body = {"name": "Boris's", "scopes": ["render"]}
    made = page.request.post(f"{service.url}/v1/keys", headers=headers, data=body)
    enter(page, service, made.json()["key"])
    for name in ("Keys", "Queues and workers"):
        expect(section(page, name).get_by_text("This is for administrators")).to_be_visible()
    webhooks = section(page, "Webhooks")
    expect(webhooks.get_by_text("Only administrators change webhooks")).to_be_visible()
    expect(webhooks.get_by_role("button")).to_have_count(0)
    expect(section(page, "What you have stored").get_by_text("are used.")).to_be_visible()
    check_looks(page)

"""A service that needs keys: whoever has one signs in, over whatever page is shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import config
from app import bootstrap
from app.access.keys import Scope
from tests.e2e.conftest import Service, start_service, wait_until_up

pytestmark = pytest.mark.slow

SECRETS: dict[str, str] = {}
"""Keys by the services that they are for."""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, models: Path) -> Iterator[Service]:
    """Without a worker: nothing is made here."""
    place = tmp_path_factory.mktemp("keys")
    log = place / "service.log"
    settings = config.load(
        paths={"roots": [str(place)], "data": str(place / "data"), "models": str(models)},
        jobs={"database_url": f"sqlite:///{place / 'data' / 'jobs.db'}"},
    )
    services = bootstrap.services(settings)
    services.store.migrate()
    _, secret = services.keys.create("default", "Anna's", [Scope.RENDER])
    services.store.close()
    with start_service(place, models, log, command="serve") as service:
        wait_until_up(service, log)
        SECRETS[service.url] = secret
        yield service


def test_a_key_is_asked_for_once_and_a_wrong_one_is_told(
    page: Page, service: Service, forgiven: list[str]
) -> None:
    forgiven.append("401 (UNAUTHORIZED)")
    page.goto(f"{service.url}/studio/lectures")
    dialog = page.get_by_role("dialog", name="Sign in")
    expect(dialog).to_be_visible()
    dialog.get_by_label("Key").fill("vl_something")
    dialog.get_by_role("button", name="Sign in").click()
    expect(dialog.get_by_role("alert")).to_contain_text("does not count")
    dialog.get_by_label("Key").fill(SECRETS[service.url])
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    expect(page.get_by_text("There is no lecture yet.")).to_be_visible()
    page.reload()
    expect(page.get_by_text("There is no lecture yet.")).to_be_visible()
    assert page.evaluate("document.cookie") == ""


def test_who_is_signed_out_meanwhile_signs_in_and_loses_nothing(
    page: Page, service: Service, forgiven: list[str]
) -> None:
    forgiven.append("401 (UNAUTHORIZED)")
    page.goto(service.url)
    dialog = page.get_by_role("dialog", name="Sign in")
    dialog.get_by_label("Key").fill(SECRETS[service.url])
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    page.get_by_label("Text of slide 1").fill("Typed before the session was over.")
    page.context.clear_cookies()
    expect(dialog).to_be_visible()  # the page asks for examples again and again
    dialog.get_by_label("Key").fill(SECRETS[service.url])
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    written = page.get_by_label("Text of slide 1")
    expect(written).to_have_value("Typed before the session was over.")

"""An administrator sees what the service has and does, and has webhooks told of lectures."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from standardwebhooks import Webhook

from tests.e2e.conftest import Service, start_service, wait_until_up
from tests.process.family import wait_until
from tests.services.programs import free_port
from tests.studio.conftest import SECONDS
from tests.studio.looks import check_looks

pytestmark = pytest.mark.slow

MISSING = "503 (SERVICE UNAVAILABLE)"
"""What the console says while the worker is still starting."""


@dataclass
class Receiver:
    """An LMS that is told of lectures."""

    url: str
    status: int = 204
    """What it answers."""
    heard: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    """Headers and bodies."""


@pytest.fixture(scope="module")
def receiver() -> Iterator[Receiver]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            told.heard.append((dict(self.headers), body))
            self.send_response(told.status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Tests are quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", free_port()), Handler)
    told = Receiver(f"http://127.0.0.1:{server.server_port}/hook")
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield told
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def service(
    tmp_path_factory: pytest.TempPathFactory, models: Path, receiver: Receiver
) -> Iterator[Service]:
    """One that may tell the receiver, and gives a message up after one try."""
    more = {
        "VIDEOLECTURE_NOTIFY__ALLOWED_HOSTS": json.dumps([receiver.url.split("/")[2]]),
        "VIDEOLECTURE_NOTIFY__PAUSES": "[0]",
        "VIDEOLECTURE_LIMITS__STORAGE_GIGABYTES": "2",
    }
    place = tmp_path_factory.mktemp("service")
    log = place / "service.log"
    with start_service(place, models, log, more=more) as running:
        wait_until_up(running, log)
        yield running


@pytest.fixture
def page(page: Page, service: Service, forgiven: list[str]) -> Page:
    """The page for administrators."""
    forgiven.append(MISSING)
    page.goto(f"{service.url}/studio/service")
    return page


def section(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name)


def test_it_tells_by_itself_when_all_is_there(page: Page) -> None:
    health = section(page, "How it is")
    expect(health.get_by_role("status")).to_have_text("Everything that the service needs is there.")
    database = health.get_by_role("listitem").filter(has_text="Database")
    expect(database).to_contain_text("in order")
    expect(health.get_by_text("not in order")).to_have_count(0)


@pytest.mark.proof
def test_it_looks_again_only_while_somebody_sees_it(page: Page) -> None:
    looks: list[str] = []
    expect(section(page, "How it is").get_by_text("Renewed by itself")).to_be_visible()
    page.on("request", lambda request: looks.append(request.url))

    def ready() -> int:
        return len([url for url in looks if url.endswith(("/v1/ready", "/v1/service"))])

    with page.expect_request("**/v1/ready"):
        pass
    hide(page, hidden=True)
    page.wait_for_timeout(1000)  # what was asked before has been answered
    before = ready()
    page.wait_for_timeout(11_000)  # twice as long as it usually waits
    assert ready() == before
    with page.expect_request("**/v1/ready", timeout=2000):
        hide(page, hidden=False)


def hide(page: Page, *, hidden: bool) -> None:
    """As when another tab is shown."""
    told = "true" if hidden else "false"
    page.evaluate(
        f"Object.defineProperty(document, 'hidden', {{configurable: true, value: {told}}});"
        "document.dispatchEvent(new Event('visibilitychange'))"
    )


def test_queues_workers_and_the_disk_are_told(page: Page) -> None:
    work = section(page, "Queues and workers")
    speech = work.get_by_role("row").filter(has_text="speech")
    expect(speech.get_by_role("cell")).to_have_text(["0", "0", "1"])
    worker = work.get_by_role("listitem").filter(has_text="Serves: joining, faces, speech.")
    expect(worker).to_contain_text("heard of")
    expect(worker).to_contain_text("Has nothing to do.")
    expect(work.get_by_role("meter", name="Disk")).to_be_visible()
    expect(work.get_by_text("are free.")).to_be_visible()


def test_what_is_stored_is_told_here_and_beside_the_lectures(page: Page) -> None:
    storage = section(page, "What you have stored")
    expect(storage.get_by_text("0 bytes of 2 GB are used.")).to_be_visible()
    page.get_by_role("link", name="Lectures", exact=True).click()
    expect(section(page, "Storage").get_by_text("0 bytes of 2 GB are used.")).to_be_visible()


def test_engines_are_told_with_what_they_lack(page: Page, service: Service) -> None:
    engines = section(page, "Engines")
    meshwarp = engines.get_by_role("listitem").filter(has_text="meshwarp")
    expect(meshwarp).to_contain_text("default")
    expect(meshwarp).to_contain_text("can run here")
    told = page.request.get(f"{service.url}/v1/engines").json()["items"]
    (lacking,) = [each for each in told if each["name"] == "sadtalker"]
    sadtalker = engines.get_by_role("listitem").filter(has_text="sadtalker")
    expect(sadtalker).to_contain_text("cannot run here")
    expect(sadtalker).to_contain_text(lacking["lacks"])
    kokoro = engines.get_by_role("listitem").filter(has_text="kokoro")
    kokoro.get_by_text("languages").click()
    expect(kokoro).to_contain_text("Russian")


def test_an_address_that_is_refused_is_told_at_its_field_and_nothing_typed_is_lost(
    page: Page, forgiven: list[str]
) -> None:
    forgiven.append("422 (UNPROCESSABLE")
    section(page, "Webhooks").get_by_role("button", name="New webhook").click()
    dialog = page.get_by_role("dialog", name="New webhook")
    address = dialog.get_by_label("Address")
    expect(address).to_be_focused()
    address.fill("http://10.0.0.1/hook")
    dialog.get_by_label("What it is for").fill("the library")
    dialog.get_by_label("a lecture is begun").uncheck()
    dialog.get_by_role("button", name="Add the webhook").click()
    expect(dialog.get_by_role("alert")).to_contain_text("notify.allowed_hosts")
    expect(address).to_have_attribute("aria-invalid", "true")
    expect(address).to_be_focused()
    expect(dialog.get_by_label("What it is for")).to_have_value("the library")
    expect(dialog.get_by_label("a lecture is begun")).not_to_be_checked()
    check_looks(page)
    page.keyboard.press("Escape")
    expect(section(page, "Webhooks").get_by_role("button", name="New webhook")).to_be_focused()


@pytest.fixture
def webhook(page: Page, service: Service, receiver: Receiver) -> Iterator[dict[str, Any]]:
    """One that leads to the receiver, made on the page; and gone in the end."""
    receiver.heard.clear()
    receiver.status = 204
    webhooks = section(page, "Webhooks")
    webhooks.get_by_role("button", name="New webhook").click()
    dialog = page.get_by_role("dialog", name="New webhook")
    dialog.get_by_label("Address").fill(receiver.url)
    dialog.get_by_role("button", name="Add the webhook").click()
    shown = webhooks.get_by_role("group", name=f"Secret of {receiver.url}")
    secret = shown.get_by_role("textbox").input_value()
    expect(shown.get_by_role("button", name="Copy")).to_be_focused()
    shown.get_by_role("button", name="I have it").click()
    expect(shown).to_have_count(0)
    (made,) = page.request.get(f"{service.url}/v1/webhooks").json()["items"]
    yield {**made, "secret": secret}
    page.request.delete(f"{service.url}/v1/webhooks/{made['id']}")


def test_a_test_arrives_signed_by_the_secret_that_was_shown(
    page: Page, webhook: dict[str, Any], receiver: Receiver
) -> None:
    webhooks = section(page, "Webhooks")
    webhooks.get_by_role("button", name="Send a test").click()
    message = webhooks.locator("[data-message]")
    expect(message).to_contain_text("arrived")
    expect(message).to_contain_text("answered with 204")
    ((headers, body),) = receiver.heard
    told = Webhook(webhook["secret"]).verify(body, {k.lower(): v for k, v in headers.items()})
    assert told["type"] == "webhook.test"
    message.get_by_text("All of it").click()
    expect(message.get_by_label("What the message says")).to_contain_text("webhook.test")
    check_looks(page)


@pytest.mark.proof
def test_a_message_that_was_given_up_is_sent_again(
    page: Page, webhook: dict[str, Any], receiver: Receiver
) -> None:
    receiver.status = 500
    webhooks = section(page, "Webhooks")
    webhooks.get_by_role("button", name="Send a test").click()
    message = webhooks.locator("[data-message]")
    expect(message).to_contain_text("given up")
    expect(message).to_contain_text("answered with 500")
    receiver.status = 204
    message.get_by_role("button", name="Send again").click()
    expect(message).to_contain_text("arrived")
    expect(message).to_have_count(1)
    assert len(receiver.heard) == 2


def test_it_is_switched_off_and_on(page: Page, service: Service, webhook: dict[str, Any]) -> None:
    def enabled() -> bool:
        told = page.request.get(f"{service.url}/v1/webhooks/{webhook['id']}")
        return bool(told.json()["enabled"])

    webhooks = section(page, "Webhooks")
    webhooks.get_by_role("button", name="Switch off").click()
    expect(webhooks.get_by_text("Switched off")).to_be_visible()
    expect(webhooks.get_by_role("button", name="Send a test")).to_be_disabled()
    assert not enabled()
    expect(webhooks.get_by_role("button", name="Switch on")).to_be_focused()
    page.keyboard.press("Enter")
    expect(webhooks.get_by_role("button", name="Send a test")).to_be_enabled()
    assert enabled()


def test_one_that_is_removed_can_be_had_back_for_a_while(
    page: Page, service: Service, webhook: dict[str, Any]
) -> None:
    def there() -> list[Any]:
        items: list[Any] = page.request.get(f"{service.url}/v1/webhooks").json()["items"]
        return items

    webhooks = section(page, "Webhooks")
    address = webhooks.get_by_role("heading", name=webhook["url"])
    webhooks.get_by_role("button", name="Remove").click()
    expect(address).to_have_count(0)
    expect(webhooks.get_by_role("heading", name="Webhooks")).to_be_focused()
    page.get_by_role("button", name="Undo").click()
    expect(address).to_be_visible()
    assert there()
    webhooks.get_by_role("button", name="Remove").click()
    wait_until(lambda: not there(), SECONDS)
    expect(webhooks.get_by_text("There is no webhook yet.")).to_be_visible()


def test_a_page_that_cannot_reach_the_service_says_so_in_each_part_and_goes_on(
    page: Page, forgiven: list[str]
) -> None:
    forgiven.append("ERR_FAILED")
    health = section(page, "How it is")
    expect(health.get_by_role("status")).to_be_visible()
    page.route("**/v1/**", lambda route: route.abort())
    expect(health.get_by_role("alert")).to_contain_text("cannot be reached")
    page.unroute("**/v1/**")
    health.get_by_role("button", name="Try again").click()
    expect(health.get_by_role("alert")).to_have_count(0)

"""A page of another origin starts, reads and stops nothing, whatever it does in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.chromium import opened
from tests.browser.conftest import NAME, Site
from tests.process.family import wait_until

pytestmark = pytest.mark.slow

STRANGER = "stranger.example"

ARRIVE = frozenset(
    {
        *(
            f"GET /generate/cancel {wanted}".rstrip()
            for wanted in (
                "audio", "document", "embed", "empty", "iframe", "image", "object", "script",
                "style", "video",
            )
        ),
        "GET /generate/cancel websocket",
        "HEAD /generate/cancel empty",
        "OPTIONS /generate/cancel empty",
        "POST /generate/cancel empty",
        "POST /generate/cancel iframe",
        "OPTIONS /generate empty",
        "POST /generate empty",
        "POST /generate iframe",
        *(
            f"GET /generate/status {wanted}"
            for wanted in ("document", "empty", "iframe", "script", "style")
        ),
    }
)  # fmt: skip
"""What has to reach the service, so that it is the service that refuses."""

ARRIVE_UNDER_A_NAME = frozenset(
    {
        "GET /generate/cancel",
        "GET /generate/cancel websocket",
        "POST /generate/cancel",
        "POST /generate",
        "GET /generate/status",
    }
)
"""Browsers send no ``Sec-Fetch-`` headers where there is neither TLS nor a name of the loopback."""


@pytest.mark.parametrize(
    ("page", "service"),
    [
        ("127.0.0.1", "127.0.0.1"),  # only the port is another, which browsers call the same site
        ("localhost", "127.0.0.1"),
        (STRANGER, "127.0.0.1"),
        (STRANGER, "localhost"),
    ],
)
def test_a_page_of_another_origin_starts_reads_and_stops_nothing(
    page: str, service: str, site: Site
) -> None:
    site.stranger.pages["/attempts"] = site.page(f"http://{service}:{site.relay.port}")
    url = f"http://{page}:{site.stranger.port}/attempts"
    assert site.attempt(url, STRANGER, until=ARRIVE) == []
    assert site.states() == dict.fromkeys(site.queued, "queued")
    assert site.accepted() == []


def test_nor_does_a_file_that_somebody_sent(site: Site, tmp_path: Path) -> None:
    file = tmp_path / "attempts.html"
    file.write_text(site.page(f"http://127.0.0.1:{site.relay.port}"), encoding="utf-8")
    assert site.attempt(file.as_uri(), until=ARRIVE) == []
    assert site.states() == dict.fromkeys(site.queued, "queued")
    assert site.accepted() == []


@pytest.mark.parametrize("name", ["rebound.example", "127.0.0.1.rebound.example"])
def test_nor_does_a_page_whose_name_became_the_services(name: str, site: Site) -> None:
    origin = f"http://{name}:{site.relay.port}"
    site.stranger.pages["/attempts"] = site.page(origin)
    url = f"{origin}/attempts"
    assert site.attempt(url, name, until=ARRIVE_UNDER_A_NAME) == []
    assert site.states() == dict.fromkeys(site.queued, "queued")
    assert site.accepted() == []


def test_a_service_with_a_name_and_without_tls_starts_and_tells_nothing(named_site: Site) -> None:
    """A ``GET`` without a referrer looks there as a backend's does: it may stop lectures."""
    site = named_site
    site.stranger.pages["/attempts"] = site.page(f"http://{NAME}:{site.relay.port}")
    url = f"http://{STRANGER}:{site.stranger.port}/attempts"
    assert site.attempt(url, STRANGER, NAME, until=ARRIVE_UNDER_A_NAME) == []
    assert set(site.states()) == set(site.queued)
    assert set(site.accepted()) <= {"GET /generate/cancel", "GET /generate/cancel/"}


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
def test_whoever_types_the_address_himself_stops_his_lectures(name: str, site: Site) -> None:
    with opened(f"http://{name}:{site.relay.port}/generate/cancel"):
        wait_until(lambda: set(site.states().values()) == {"cancelled"})
    (asked,) = (
        each.request for each in site.relay.exchanges() if "cancel" in each.request.lines[0]
    )
    assert asked.header("Sec-Fetch-Site") == "none"

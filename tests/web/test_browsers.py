"""Pages of other sites, and names that lead here by a trick, are refused."""

from __future__ import annotations

import logging

import pytest
from flask.testing import FlaskClient

import config
from app import create_app
from tests.web.conftest import Lms, envelope

OTHER_SITES = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "something-new"},
    {"Origin": "http://elsewhere.example"},
    {"Origin": "https://localhost:8443"},
    {"Origin": "http://localhost:3000"},
    {"Origin": "http://127.0.0.1"},
    {"Origin": "null"},
    {"Origin": ""},
    {"Origin": "http://localhost.elsewhere.example"},
    {"Origin": "http://localhost@elsewhere.example"},
    {"Origin": "http://[", "Sec-Fetch-Site": "same-origin"},
    {"Referer": "http://elsewhere.example/page"},
    {"Referer": "http://localhost:3000/"},
]

BACKENDS = [
    {},
    {"Sec-Fetch-Site": "none"},
    {"Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"},
    {"Origin": "http://localhost"},
    {"Origin": "http://localhost:80"},
    {"Referer": "http://localhost/"},
    {"Sec-Fetch-Site": "same-origin", "Referer": "http://localhost/page"},
]

ROUTES = [
    ("POST", "/generate"),
    ("GET", "/generate/cancel"),
    ("POST", "/generation/cancel/"),
    ("GET", "/generate/status?id=7"),
    ("HEAD", "/generate/status?id=7"),
]


def client_of(settings: config.Settings, lms: Lms, **server: object) -> FlaskClient:
    """A client of the same service, otherwise configured."""
    changed = settings.server.model_copy(update=server)
    return create_app(settings.model_copy(update={"server": changed}), lms.services).test_client()


@pytest.mark.parametrize("headers", OTHER_SITES, ids=str)
def test_a_page_of_another_origin_does_and_learns_nothing(
    lms: Lms, headers: dict[str, str]
) -> None:
    lms.post()
    for method, url in ROUTES:
        response = lms.client.open(url, method=method, headers=headers, json=lms.body(id=8))
        assert response.status_code == 403
        if method != "HEAD":
            assert envelope(response)["code"] == "cross_site"
    assert [job.id for job in lms.services.store.active("lms")] == [7]


@pytest.mark.parametrize("headers", BACKENDS, ids=str)
def test_backends_and_the_service_s_own_pages_notice_nothing(
    lms: Lms, headers: dict[str, str]
) -> None:
    lms.post()
    assert lms.client.get("/generate/status?id=7", headers=headers).status_code == 200
    assert envelope(lms.client.get("/generate/cancel", headers=headers))["result"] is True


def test_an_address_that_is_only_being_typed_stops_nothing(lms: Lms) -> None:
    lms.post()
    asked = {"Sec-Fetch-Site": "none", "Sec-Purpose": "prefetch;prerender"}
    assert lms.client.get("/generate/cancel", headers=asked).status_code == 403
    assert len(lms.services.store.active("lms")) == 1


def test_a_sign_of_life_is_given_to_everybody(lms: Lms) -> None:
    for headers in OTHER_SITES:
        named = {**headers, "Host": "elsewhere.example"}
        assert envelope(lms.client.get("/ping", headers=named))["result"] is True


@pytest.mark.parametrize(
    "host",
    ["localhost", "localhost:54547", "LOCALHOST", "localhost.", "lms.localhost", "127.0.0.1:80",
     "127.8.9.1", "[::1]", "[::1]:54547", "localhost:"],
)  # fmt: skip
def test_on_the_loopback_its_own_names_are_served(lms: Lms, host: str) -> None:
    response = lms.client.get("/generate/status?id=7", headers={"Host": host})
    assert response.status_code == 404


@pytest.mark.parametrize(
    "host",
    ["elsewhere.example", "elsewhere.example:54547", "localhost.elsewhere.example", "10.0.0.1",
     "127.0.0.1.elsewhere.example", "elsewhere.example@localhost", "localhost@elsewhere.example",
     "localhost#.elsewhere.example", "[::2]", "[::1", "0.0.0.0", " ", "localhost:54547:1",
     "2130706433"],
)  # fmt: skip
def test_on_the_loopback_no_other_name_is_served(lms: Lms, host: str) -> None:
    for method, url in ROUTES:
        response = lms.client.open(url, method=method, headers={"Host": host}, json=lms.body())
        assert response.status_code == 403
        if method != "HEAD":
            assert envelope(response)["code"] == "foreign_host"
    assert lms.services.store.active("lms") == []


def test_a_name_of_the_settings_is_served(lms: Lms, settings: config.Settings) -> None:
    for host in ("127.0.0.1", "0.0.0.0"):
        client = client_of(settings, lms, host=host, hosts=("Lectures.example",))
        asked = {"Host": "lectures.EXAMPLE:8080"}
        assert client.get("/generate/status?id=7", headers=asked).status_code == 404
        other = {"Host": "elsewhere.example"}
        assert client.get("/generate/status?id=7", headers=other).status_code == 403


def test_a_page_by_a_name_of_the_settings_is_the_service_s_own(
    lms: Lms, settings: config.Settings
) -> None:
    client = client_of(settings, lms, hosts=("lectures.example",))
    asked = {"Origin": "https://lectures.example", "Sec-Fetch-Site": "same-origin"}
    assert client.get("/generate/status?id=7", headers=asked).status_code == 404


def test_elsewhere_every_name_is_served_with_a_warning(
    lms: Lms, settings: config.Settings, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        client = client_of(settings, lms, host="0.0.0.0")
    assert "server.hosts" in caplog.text
    asked = {"Host": "elsewhere.example"}
    assert client.get("/generate/status?id=7", headers=asked).status_code == 404
    assert client.get("/generate/cancel", headers={"Origin": "http://a.example"}).status_code == 403


def test_on_the_loopback_nothing_is_warned_of(
    lms: Lms, settings: config.Settings, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        client_of(settings, lms)
    assert caplog.text == ""


def test_no_page_may_embed_or_keep_an_answer(lms: Lms) -> None:
    for url in ("/ping", "/generate/status", "/nowhere"):
        headers = lms.client.get(url).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert headers["Cache-Control"] == "no-store"
        assert not [name for name, _ in headers if name.startswith("Access-Control")]


FORWARDED = {
    "X-Forwarded-Host": "elsewhere.example",
    "X-Forwarded-Prefix": "/generate",
    "X-Forwarded-For": "9.9.9.9",
    "X-Forwarded-Proto": "https",
}


def test_forwarded_headers_of_strangers_are_as_if_not_sent(lms: Lms) -> None:
    response = lms.client.get("/generate/status?id=7", headers=FORWARDED)
    assert response.status_code == 404
    lms.post()
    asked = lms.client.get("/cancel", headers=FORWARDED | {"Script-Name": "/generate"})
    assert asked.status_code == 404
    trick = lms.client.get("/cancel", environ_overrides={"SCRIPT_NAME": "/generate"})
    assert trick.status_code == 404
    assert len(lms.services.store.active("lms")) == 1


def test_forwarded_headers_of_a_trusted_proxy_count(lms: Lms, settings: config.Settings) -> None:
    proxies = config.Server.model_validate({"trusted_proxies": ["10.0.0.0/8"]}).trusted_proxies
    client = client_of(settings, lms, trusted_proxies=proxies)
    for peer, status in (("10.1.2.3", 403), ("::ffff:10.1.2.3", 403), ("11.1.2.3", 404)):
        response = client.get(
            "/generate/status?id=7", headers=FORWARDED, environ_base={"REMOTE_ADDR": peer}
        )
        assert response.status_code == status, peer

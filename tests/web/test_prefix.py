"""A service below another path."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

import config
from app import create_app
from app.errors import ConfigError
from tests.web.conftest import Lms, envelope
from tests.web.v1.conftest import problem

PREFIX = "/videolecture"
PROXY = {"REMOTE_ADDR": "10.0.0.1"}


def client_of(lms: Lms, **server: Any) -> FlaskClient:
    settings = lms.services.settings
    changed = settings.model_copy(update={"server": config.Server.model_validate(server)})
    return create_app(changed, lms.services).test_client()


@pytest.fixture
def client(lms: Lms) -> FlaskClient:
    return client_of(lms, prefix=PREFIX, trusted_proxies=["10.0.0.0/8"])


def made(client: FlaskClient, path: str, **more: Any) -> TestResponse:
    return client.post(path, json={"name": "LMS", "scopes": ["admin"]}, **more)


@pytest.mark.parametrize("before", ["", PREFIX])
def test_it_is_served_whether_a_proxy_takes_the_prefix_off_or_not(
    client: FlaskClient, before: str
) -> None:
    assert client.get(f"{before}/v1/health").status_code == 200
    assert envelope(client.get(f"{before}/ping"))["code"] == "ok"
    assert envelope(client.get(f"{before}/generate/status?id=7"))["code"] == "job_not_found"


@pytest.mark.parametrize("before", ["", PREFIX])
def test_every_link_begins_with_it(client: FlaskClient, before: str) -> None:
    location = made(client, f"{before}/v1/keys").headers["Location"]
    assert location.startswith(f"{PREFIX}/v1/keys/key_")
    document = client.get(f"{before}/v1/openapi.json").get_json()
    assert document["servers"] == [{"url": f"{PREFIX}/v1"}]
    page = client.get(f"{before}/v1/docs").text
    assert f'href="{PREFIX}/v1/docs/style.css"' in page
    assert f"curl http://localhost{PREFIX}/v1/engines" in page


def test_a_lecture_of_an_lms_is_started_below_it(client: FlaskClient, lms: Lms) -> None:
    answer = client.post(f"{PREFIX}/generate", json=lms.body())
    assert envelope(answer)["result"] == [[1], [], [2]]


def test_a_trusted_proxy_may_tell_another_one(client: FlaskClient) -> None:
    headers = {"X-Forwarded-Prefix": "/school/", "X-Forwarded-For": "192.0.2.1"}
    document = client.get("/v1/openapi.json", headers=headers, environ_base=PROXY).get_json()
    assert document["servers"] == [{"url": "/school/v1"}]
    for path in ("/school/v1/health", f"{PREFIX}/v1/health", "/v1/health"):
        assert client.get(path, headers=headers, environ_base=PROXY).status_code == 200


@pytest.mark.parametrize("told", ["//elsewhere.example", "/a b", "https://x", "/..", "/<b>"])
def test_what_is_no_prefix_is_not_taken_for_one(client: FlaskClient, told: str) -> None:
    headers = {"X-Forwarded-Prefix": told}
    document = client.get("/v1/openapi.json", headers=headers, environ_base=PROXY).get_json()
    assert document["servers"] == [{"url": f"{PREFIX}/v1"}]


def test_a_stranger_tells_none(client: FlaskClient) -> None:
    headers = {"X-Forwarded-Prefix": "/school", "Script-Name": "/school"}
    document = client.get("/v1/openapi.json", headers=headers).get_json()
    assert document["servers"] == [{"url": f"{PREFIX}/v1"}]


def test_a_path_that_only_begins_alike_is_another_one(client: FlaskClient) -> None:
    for path in (f"{PREFIX}2/v1/health", f"{PREFIX}{PREFIX}/v1/health"):
        assert envelope(client.get(path))["code"] == "not_found"
    assert problem(client.get(f"{PREFIX}/v1/nowhere"))["code"] == "not_found"


def test_the_page_for_people_is_below_it_with_all_that_it_loads(client: FlaskClient) -> None:
    for path in (PREFIX, f"{PREFIX}/"):
        page = client.get(path).text
        assert f'data-prefix="{PREFIX}"' in page
        loaded = re.findall(r'(?:src|href)="([^"]+)"', page)
        assert all(each.startswith(f"{PREFIX}/") for each in loaded)
        assert all(client.get(each).status_code == 200 for each in loaded)


def test_pages_of_other_sites_are_refused_below_it_too(client: FlaskClient) -> None:
    answer = client.get(f"{PREFIX}/generate/cancel", headers={"Sec-Fetch-Site": "cross-site"})
    assert envelope(answer)["code"] == "cross_site"


def test_without_a_setting_nothing_is_taken_off(lms: Lms) -> None:
    client = client_of(lms)
    assert client.get(f"{PREFIX}/v1/health").status_code == 404
    assert made(client, "/v1/keys").headers["Location"].startswith("/v1/keys/key_")


@pytest.mark.parametrize("prefix", ["videolecture", "/", "/a/", "//a", "/a b", "/..", "/a?b"])
def test_a_prefix_has_a_form(prefix: str) -> None:
    with pytest.raises(ConfigError, match="prefix"):
        config.load(server={"prefix": prefix})

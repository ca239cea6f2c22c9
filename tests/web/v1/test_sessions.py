"""Signing in: a key that is shown once becomes a cookie."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from app.access.keys import Scope
from app.access.tables import api_session
from tests.web.v1.conftest import Place, problem

OWN = {"X-Requested-With": "Studio"}


@pytest.fixture
def key(place: Place) -> str:
    _, secret = place.services.keys.create("school", "Anna's", [Scope.RENDER])
    return secret


@pytest.fixture
def browser(place: Place) -> FlaskClient:
    """Keeps its cookies."""
    return place.client.application.test_client()


def signed_in(browser: FlaskClient, key: str) -> str:
    """The cookie as it was set."""
    answer = browser.post("/v1/session", json={"key": key}, headers=OWN)
    assert answer.status_code == 200, answer.text
    return answer.headers["Set-Cookie"]


def test_a_browser_calls_by_a_cookie_that_no_script_and_no_other_site_has(
    browser: FlaskClient, key: str
) -> None:
    assert browser.get("/v1/lectures").status_code == 401
    cookie = signed_in(browser, key)
    assert re.search(r"; HttpOnly; .*SameSite=Strict", cookie)
    assert key not in cookie
    assert browser.get("/v1/lectures").status_code == 200
    told = browser.get("/v1/session").get_json()
    assert told == {
        "signed_in": True,
        "needs_key": False,
        "name": "Anna's",
        "tenant": "school",
        "scopes": ["render"],
    }


def test_by_a_proxy_with_tls_it_is_sent_by_tls_alone(browser: FlaskClient, key: str) -> None:
    answer = browser.post(
        "/v1/session", json={"key": key}, headers=OWN, base_url="https://localhost"
    )
    assert "; Secure" in answer.headers["Set-Cookie"]


def test_what_acts_needs_a_header_beside_it(browser: FlaskClient, key: str) -> None:
    signed_in(browser, key)
    assert problem(browser.post("/v1/lectures:estimate", json={"text": "Hello."}))["status"] == 403
    answer = browser.post("/v1/lectures:estimate", json={"text": "Hello."}, headers=OWN)
    assert answer.status_code == 200, answer.text


def test_it_allows_what_its_key_allows(browser: FlaskClient, key: str) -> None:
    signed_in(browser, key)
    assert problem(browser.get("/v1/keys"))["code"] == "forbidden"


def test_who_signs_out_is_nobody(browser: FlaskClient, key: str) -> None:
    signed_in(browser, key)
    answer = browser.delete("/v1/session", headers=OWN)
    assert (answer.status_code, "Max-Age=0" in answer.headers["Set-Cookie"]) == (204, True)
    assert browser.get("/v1/lectures").status_code == 401


def test_a_cookie_that_was_kept_counts_no_longer_after_signing_out(
    place: Place, browser: FlaskClient, key: str
) -> None:
    kept = signed_in(browser, key).partition(";")[0]
    browser.delete("/v1/session", headers=OWN)
    assert place.client.get("/v1/lectures", headers={"Cookie": kept}).status_code == 401


def test_a_key_that_is_revoked_ends_its_sessions(
    place: Place, browser: FlaskClient, key: str
) -> None:
    signed_in(browser, key)
    place.services.keys.create("school", "another", [Scope.READ])
    place.services.keys.revoke(place.services.keys.of("school")[0].id)
    assert problem(browser.get("/v1/lectures"))["status"] == 401


def test_a_session_that_is_over_counts_no_longer_and_is_forgotten(
    place: Place, browser: FlaskClient, key: str
) -> None:
    signed_in(browser, key)
    with place.services.store.database.write() as connection:
        connection.execute(update(api_session).values(expires=1.0))
    assert problem(browser.get("/v1/lectures"))["status"] == 401
    assert browser.get("/v1/session").get_json()["needs_key"] is True
    place.services.sessions.forget_old()
    with place.services.store.database.read() as connection:
        assert connection.execute(api_session.select()).all() == []


def test_a_key_that_is_wrong_signs_nobody_in(browser: FlaskClient, key: str) -> None:
    for wrong in (f"{key}x", "vl_", "vs_a", "a"):
        answer = browser.post("/v1/session", json={"key": wrong}, headers=OWN)
        assert (problem(answer)["status"], "Set-Cookie" in answer.headers) == (401, False)


def test_a_session_is_no_key(browser: FlaskClient, place: Place, key: str) -> None:
    secret = signed_in(browser, key).partition(";")[0].partition("=")[2]
    headers = {"Authorization": f"Bearer {secret}"}
    assert place.client.get("/v1/lectures", headers=headers).status_code == 401


def test_where_nobody_needs_a_key_an_old_cookie_is_no_hindrance(place: Place) -> None:
    headers = {"Cookie": "videolecture=vs_from_another_time"}
    assert place.client.get("/v1/lectures", headers=headers).status_code == 200
    told = place.client.get("/v1/session", headers=headers).get_json()
    assert (told["signed_in"], told["needs_key"], len(told["scopes"])) == (False, False, 3)

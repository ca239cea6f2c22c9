"""Who asks too often is told when to ask again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

import config
from app import bootstrap, create_app
from app.access.keys import Scope
from app.errors import TooMany, Unauthenticated
from app.web.v1.callers import check_may_send
from tests import stores
from tests.web.conftest import StandInExaminer
from tests.web.v1.conftest import Place, Program, problem

STRANGER = {"REMOTE_ADDR": "192.0.2.1"}


@pytest.fixture
def bounds() -> dict[str, Any]:
    return {"requests_per_minute": 3, "failures_per_minute": 3}


@pytest.fixture
def place(settings: config.Settings, bounds: dict[str, Any]) -> Iterator[Place]:
    bounded = settings.model_copy(update={"limits": config.Limits(**bounds)})
    examiner = StandInExaminer()
    store = stores.opened(bounded)
    services = bootstrap.Services(bounded, store, examiner)  # type: ignore[arg-type]  # stand-in
    yield Place(services, examiner, create_app(bounded, services).test_client())
    store.close()


def test_what_is_left_is_told_with_every_answer(place: Place) -> None:
    program = place.program()
    answer = program.get("/engines")
    assert answer.headers["RateLimit-Policy"] == '"default";q=3;w=60'
    assert answer.headers["RateLimit"] == '"default";r=2;t=20'
    assert program.get("/keys/key_0000000000007").headers["RateLimit"].startswith('"default";r=1')


def test_who_asks_too_often_is_refused_for_a_while(place: Place) -> None:
    program = place.program()
    for _ in range(3):
        assert program.get("/engines").status_code == 200
    answer = program.get("/engines")
    told = problem(answer)
    assert (told["status"], told["code"]) == (429, "too_many_requests")
    assert answer.headers["Retry-After"] == "20"
    assert answer.headers["RateLimit"] == '"default";r=0;t=20'


def test_all_keys_of_a_tenant_have_one_quota_and_other_tenants_theirs(place: Place) -> None:
    for _ in range(3):
        place.program("acme").get("/engines")
    assert place.program("acme").get("/engines").status_code == 429
    assert place.program("other").get("/engines").status_code == 200


def test_a_sign_of_life_is_always_given(place: Place) -> None:
    answers = [place.anonymous.get("/health") for _ in range(10)]
    assert {answer.status_code for answer in answers} == {200}
    assert "RateLimit" not in answers[0].headers


def test_who_guesses_keys_is_not_listened_to_for_a_while(place: Place) -> None:
    place.program()
    codes = [
        Program(place.client, f"vl_{number}").get("/engines", environ_base=STRANGER).status_code
        for number in range(5)
    ]
    assert codes == [401, 401, 401, 429, 429]


def test_who_calls_without_a_key_is_neither(place: Place) -> None:
    place.program()
    codes = [place.anonymous.get("/engines").status_code for _ in range(4)]
    assert codes == [401, 401, 401, 429]


def test_a_good_key_passes_while_others_guess_from_its_address(place: Place) -> None:
    program = place.program("acme", Scope.READ)
    assert program.get("/engines", environ_base=STRANGER).status_code == 200
    for number in range(5):
        Program(place.client, f"vl_{number}").get("/engines", environ_base=STRANGER)
    assert program.get("/engines", environ_base=STRANGER).status_code == 200


def test_who_guesses_behind_a_proxy_keeps_nobody_else_from_large_bodies(place: Place) -> None:
    server = config.Server.model_validate({"trusted_proxies": ["127.0.0.1"]})
    settings = place.services.settings.model_copy(update={"server": server})
    services = replace(place.services, settings=settings)

    def send(address: str, secret: str) -> None:
        told = {"HTTP_X_FORWARDED_FOR": address, "HTTP_AUTHORIZATION": f"Bearer {secret}"}
        check_may_send(services, {"REMOTE_ADDR": "127.0.0.1", **told})

    for number in range(3):
        with pytest.raises(Unauthenticated):
            send("192.0.2.1", f"vl_{number}")
    with pytest.raises(TooMany):
        send("192.0.2.1", "vl_9")
    send("192.0.2.2", place.program().key or "")


def test_what_a_key_does_not_allow_is_counted_too(place: Place) -> None:
    answer = place.program("acme", Scope.READ).get("/keys")
    assert answer.status_code == 403 and answer.headers["RateLimit"].startswith('"default";r=2')


def test_the_lms_is_not_counted(place: Place) -> None:
    for _ in range(10):
        answer = place.client.get("/generate/status?id=1")
    assert answer.status_code == 404 and "RateLimit" not in answer.headers


@pytest.mark.parametrize("bounds", [{"requests_per_minute": None}])
def test_where_nothing_is_bounded_nothing_is_told(place: Place) -> None:
    assert "RateLimit" not in place.program().get("/engines").headers

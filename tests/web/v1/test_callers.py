"""Who may call the API."""

from __future__ import annotations

import io
from contextlib import ExitStack
from ipaddress import IPv4Network
from typing import Any

import pytest

import config
from app import bootstrap, create_app
from app.access.keys import Keys, Scope
from app.web.problem import Malformed
from app.web.proxies import TrustedProxies, address_of
from app.web.v1.call import Call, read
from app.web.v1.callers import Caller
from app.web.v1.operation import Body, Model, Operation, Reply
from tests import stores
from tests.web.conftest import StandInExaminer
from tests.web.v1.conftest import Place, Program, problem


def test_without_keys_this_machine_needs_none(place: Place) -> None:
    assert place.anonymous.get("/engines").status_code == 200


def test_with_a_key_in_the_world_everybody_needs_one(place: Place) -> None:
    place.program()
    told = problem(place.anonymous.get("/engines"))
    assert (told["status"], told["code"]) == (401, "unauthenticated")


def test_who_comes_by_a_proxy_needs_a_key(place: Place) -> None:
    answer = place.anonymous.get("/engines", headers={"X-Forwarded-For": "192.0.2.1"})
    assert problem(answer)["code"] == "unauthenticated"
    assert answer.headers["WWW-Authenticate"].startswith("Bearer ")


def test_who_calls_from_another_machine_needs_a_key(place: Place) -> None:
    answer = place.anonymous.get("/engines", environ_base={"REMOTE_ADDR": "192.0.2.1"})
    assert problem(answer)["code"] == "unauthenticated"


def test_an_administrator_may_open_it_to_everybody(settings: config.Settings) -> None:
    opened = settings.model_copy(
        update={"server": settings.server.model_copy(update={"allow_anonymous": True})}
    )
    store = stores.opened(opened)
    services = bootstrap.Services(opened, store, StandInExaminer())  # type: ignore[arg-type]  # stand-in
    client = create_app(opened, services).test_client()
    answer = client.get("/v1/engines", environ_base={"REMOTE_ADDR": "192.0.2.1"})
    assert answer.status_code == 200


def test_a_key_opens_the_api(place: Place) -> None:
    assert place.program("acme", Scope.READ).get("/engines").status_code == 200


def test_where_none_is_needed_what_other_services_call_a_key_does_no_harm(place: Place) -> None:
    answer = place.anonymous.get("/engines", headers={"Authorization": "Bearer sk-none"})
    assert answer.status_code == 200


def test_a_key_that_is_none_of_ours_opens_nothing_even_there(place: Place) -> None:
    answer = place.anonymous.get("/engines", headers={"Authorization": "Bearer vl_unknown"})
    assert problem(answer)["code"] == "unauthenticated"


@pytest.mark.parametrize(
    "told", ["Bearer", "Bearer ", "Basic dTpw", "vl_x", "Bearer vl_unknown", "Bearer sk-none"]
)
def test_what_is_no_known_key_opens_nothing(place: Place, told: str) -> None:
    place.program()
    answer = place.anonymous.get("/engines", headers={"Authorization": told})
    assert problem(answer)["code"] == "unauthenticated"


def test_a_revoked_key_opens_nothing(place: Place) -> None:
    program = place.program()
    (key,) = place.services.keys.of()
    place.services.keys.revoke(key.id)
    assert problem(program.get("/engines"))["detail"] == "the key was revoked"


def test_a_sign_of_life_needs_no_key(place: Place) -> None:
    place.program()
    assert place.anonymous.get("/health").get_json()["status"] == "alive"


def test_a_sign_of_life_waits_for_no_database(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise AssertionError("somebody asked")

    monkeypatch.setattr(Keys, "verified", fail)
    monkeypatch.setattr(Keys, "any_valid", fail)
    assert Program(place.client, "vl_x").get("/health").status_code == 200


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "192.0.2.1", "10.0.0.1"])
@pytest.mark.parametrize(
    "told",
    [
        {},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_X_FORWARDED_FOR": "192.0.2.7"},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1, 192.0.2.7"},
        {"HTTP_X_FORWARDED_FOR": ""},
        {"HTTP_X_FORWARDED_PROTO": "https"},
        {"HTTP_FORWARDED": "for=127.0.0.1"},
        {"HTTP_X_REAL_IP": "127.0.0.1"},
    ],
)
def test_the_server_knows_a_caller_of_this_machine_as_the_application_does(
    address: str, told: dict[str, str]
) -> None:
    """The server looks before forwarded headers are believed or dropped."""
    environ = {"REMOTE_ADDR": address, "HTTP_HOST": "localhost", **told}
    seen: list[Caller] = []

    def application(environ: dict[str, Any], _: object) -> list[bytes]:
        seen.append(Caller.of(environ))
        return []

    proxies = [IPv4Network("10.0.0.0/8")]
    before = Caller.of(environ)
    TrustedProxies(application, proxies)(dict(environ), lambda *_: None)  # type: ignore[arg-type]  # as little of WSGI as it needs
    (behind,) = seen
    assert address_of(environ, proxies) == behind.address
    assert before.came_by_proxy == behind.came_by_proxy == bool(told)
    assert told or before == behind


def test_a_body_of_another_kind_is_refused_before_it_is_read(place: Place) -> None:
    class Unread(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise AssertionError(f"{size} were read")

    body = Body(json=Model)
    operation = Operation(
        "POST", "/x", "", lambda call: Reply(None), "x", Scope.RENDER, answers={}, body=body
    )
    app = place.client.application
    with app.test_request_context(
        "/v1/x",
        method="POST",
        content_type="audio/wav",
        input_stream=Unread(b"RIFF"),
    ):
        call = Call(place.services, operation, "default", None)
        with pytest.raises(Malformed) as refused:
            read(call, ExitStack())
    assert refused.value.status == 415


def test_what_is_not_there_is_a_problem(place: Place) -> None:
    told = problem(place.anonymous.get("/nowhere", headers={"Accept-Language": "ru"}))
    assert (told["code"], told["title"]) == ("not_found", "Ничего не найдено")


def test_another_method_is_a_problem_that_names_the_right_one(place: Place) -> None:
    answer = place.anonymous.post("/health")
    assert problem(answer)["code"] == "method_not_allowed"
    assert "GET" in answer.headers["Allow"]


def test_a_program_with_another_scheme_is_told_how(place: Place) -> None:
    place.program()
    told = problem(Program(place.client, "x y").get("/engines"))
    assert told["code"] == "unauthenticated"

"""Who may call the API."""

from __future__ import annotations

import pytest

import config
from app import bootstrap, create_app
from app.access.keys import Scope
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
    store = bootstrap.store(opened)
    store.migrate()
    services = bootstrap.Services(opened, store, StandInExaminer())  # type: ignore[arg-type]  # stand-in
    client = create_app(opened, services).test_client()
    answer = client.get("/v1/engines", environ_base={"REMOTE_ADDR": "192.0.2.1"})
    assert answer.status_code == 200


def test_a_key_opens_the_api(place: Place) -> None:
    assert place.program("acme", Scope.READ).get("/engines").status_code == 200


@pytest.mark.parametrize("told", ["Bearer", "Bearer ", "Basic dTpw", "vl_x", "Bearer vl_unknown"])
def test_what_is_no_known_key_opens_nothing(place: Place, told: str) -> None:
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


def test_what_is_not_there_is_a_problem(place: Place) -> None:
    told = problem(place.anonymous.get("/nowhere", headers={"Accept-Language": "ru"}))
    assert (told["code"], told["title"]) == ("not_found", "Ничего не найдено")


def test_another_method_is_a_problem_that_names_the_right_one(place: Place) -> None:
    answer = place.anonymous.post("/health")
    assert problem(answer)["code"] == "method_not_allowed"
    assert "GET" in answer.headers["Allow"]


def test_a_program_with_another_scheme_is_told_how(place: Place) -> None:
    told = problem(Program(place.client, "x y").get("/engines"))
    assert told["code"] == "unauthenticated"

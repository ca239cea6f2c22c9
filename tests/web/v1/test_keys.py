"""Keys by the API."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.access.keys import Scope
from tests.web.v1.conftest import Place, Program, problem

READER = {"name": "a reader's", "scopes": ["read"]}


def made(program: Program, **body: Any) -> dict[str, Any]:
    answer = program.post("/keys", json=READER | body)
    assert answer.status_code == 201, answer.data
    told: dict[str, Any] = answer.get_json()
    return told


def test_a_key_is_made_and_opens_what_it_is_for(place: Place) -> None:
    told = made(place.program())
    assert told["key"].startswith("vl_") and told["scopes"] == ["read"]
    reader = Program(place.client, told["key"])
    assert reader.get("/engines").status_code == 200
    assert problem(reader.get("/keys"))["code"] == "forbidden"


def test_its_address_is_told(place: Place) -> None:
    admin = place.program()
    answer = admin.post("/keys", json=READER)
    found = place.client.get(
        answer.headers["Location"], headers={"Authorization": f"Bearer {admin.key}"}
    )
    assert found.get_json()["id"] == answer.get_json()["id"]


def test_it_is_told_once(place: Place) -> None:
    admin = place.program()
    told = made(admin)
    for path in ("/keys", f"/keys/{told['id']}"):
        assert told["key"] not in admin.get(path).text


def test_who_needs_no_key_makes_the_first_and_needs_one_then(place: Place) -> None:
    told = made(place.anonymous, scopes=["admin"])
    assert problem(place.anonymous.post("/keys", json=READER))["code"] == "unauthenticated"
    assert Program(place.client, told["key"]).get("/keys").status_code == 200


def test_it_belongs_to_the_tenant_of_the_key_that_made_it(place: Place) -> None:
    told = made(place.program("acme"))
    assert place.services.keys.verified(told["key"]).tenant == "acme"


def test_another_tenants_keys_do_not_exist(place: Place) -> None:
    told = made(place.program("acme"))
    other = place.program("other")
    assert told["id"] not in other.get("/keys").text
    for call in (other.get, other.delete):
        assert problem(call(f"/keys/{told['id']}"))["code"] == "not_found"
    assert place.services.keys.verified(told["key"])


def test_a_revoked_key_counts_no_longer_and_is_still_listed(place: Place) -> None:
    admin = place.program()
    told = made(admin)
    assert admin.delete(f"/keys/{told['id']}").status_code == 204
    reader = Program(place.client, told["key"])
    assert problem(reader.get("/engines"))["code"] == "unauthenticated"
    assert admin.get(f"/keys/{told['id']}").get_json()["revoked_at"] is not None


def test_the_last_key_may_revoke_itself_and_nothing_opens_the_service_then(place: Place) -> None:
    admin = place.program()
    (mine,) = admin.get("/keys").get_json()["items"]
    assert admin.delete(f"/keys/{mine['id']}").status_code == 204
    assert problem(admin.get("/keys"))["code"] == "unauthenticated"


def test_an_expiry_is_told_as_it_was_wanted(place: Place) -> None:
    wanted = (datetime.now(UTC) + timedelta(days=1)).replace(microsecond=0)
    told = made(place.program(), expires_at=wanted.isoformat())
    assert datetime.fromisoformat(told["expires_at"]) == wanted


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"name": None}, "/name"),
        ({"name": ""}, "/name"),
        ({"name": "a" * 201}, "/name"),
        ({"name": "a\0b"}, "/name"),
        ({"scopes": []}, "/scopes"),
        ({"scopes": ["root"]}, "/scopes/0"),
        ({"scopes": "read"}, "/scopes"),
        ({"expires_at": "2020-01-01T00:00:00Z"}, "/expires_at"),
        ({"expires_at": "0001-01-01T00:00:00+23:59"}, "/expires_at"),
        ({"expires_at": "9999-12-31T23:59:59-23:59"}, "/expires_at"),
        ({"expires_at": "tomorrow"}, "/expires_at"),
        ({"expires_at": "2999-01-01T00:00:00"}, "/expires_at"),
        ({"tenant": "other"}, "/tenant"),
    ],
)
def test_what_makes_no_key_is_named(place: Place, change: dict[str, Any], where: str) -> None:
    admin = place.program()
    told = problem(admin.post("/keys", json=READER | change))
    assert (told["status"], told["errors"][0]["where"]) == (422, where)
    assert len(place.services.keys.of()) == 1


def test_who_may_render_makes_no_keys(place: Place) -> None:
    answer = place.program("default", Scope.RENDER).post("/keys", json=READER)
    assert problem(answer)["code"] == "forbidden"

"""Webhooks, made and looked at by programs."""

from __future__ import annotations

from typing import Any

import pytest
from standardwebhooks import Webhook as Standard

import config
from app import ids
from app.access.keys import Scope
from app.errors import InputError
from app.notify import queue
from app.notify.clock import Clock
from app.notify.configured import allowed
from app.notify.deliveries import Try
from app.notify.webhooks import Webhooks
from tests.web.v1.conftest import Place, Program, problem

URL = "https://93.184.216.34/hook"


@pytest.fixture
def program(place: Place) -> Program:
    return place.program("acme", Scope.ADMIN)


def _made(program: Program, **more: Any) -> dict[str, Any]:
    response = program.post("/webhooks", json={"url": URL, **more})
    assert response.status_code == 201, response.data
    return dict(response.get_json())


def test_the_secret_is_told_once(program: Program) -> None:
    made = _made(program, description="LMS")
    Standard(made["secret"])
    for path in ("/webhooks", f"/webhooks/{made['id']}"):
        response = program.get(path)
        assert response.status_code == 200
        assert made["secret"] not in response.text
        assert "secret" not in response.text


def test_a_webhook_is_told_of_everything_unless_it_says_of_what(program: Program) -> None:
    events = ["lecture.started", "lecture.done", "lecture.failed", "lecture.cancelled"]
    assert _made(program)["events"] == events
    assert _made(program, events=["lecture.failed", "lecture.done"])["events"] == events[1:3]


def test_it_is_found_where_the_answer_says(program: Program) -> None:
    response = program.post("/webhooks", json={"url": URL})
    where = response.headers["Location"]
    assert where == f"/v1/webhooks/{response.get_json()['id']}"
    found = program.get(where.removeprefix("/v1")).get_json()
    assert (found["url"], found["enabled"], found["disabled_at"]) == (URL, True, None)


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({}, "/url"),
        ({"url": 7}, "/url"),
        ({"url": "http://127.0.0.1/"}, "/url"),
        ({"url": "http://localhost:54547/generate"}, "/url"),
        ({"url": "http://169.254.169.254/latest/"}, "/url"),
        ({"url": "https://[::1]/"}, "/url"),
        ({"url": "https://u:p@93.184.216.34/"}, "/url"),
        ({"url": "ftp://93.184.216.34/"}, "/url"),
        ({"url": "https://93.184.216.34/" + "x" * 2000}, "/url"),
        ({"url": URL, "events": []}, "/events"),
        ({"url": URL, "events": ["lecture.eaten"]}, "/events/0"),
        ({"url": URL, "events": ["webhook.test"]}, "/events/0"),
        ({"url": URL, "events": "lecture.done"}, "/events"),
        ({"url": URL, "description": "two\nlines"}, "/description"),
        ({"url": URL, "description": "x" * 201}, "/description"),
        ({"url": URL, "description": "nul\x00"}, "/description"),
        ({"url": URL, "secret": "whsec_short"}, "/secret"),
        ({"url": URL, "secret": "geheim" * 8}, "/secret"),
        ({"url": URL, "tenant": "other"}, "/tenant"),
    ],
)
def test_what_is_wrong_is_named(program: Program, body: dict[str, Any], where: str) -> None:
    response = program.post("/webhooks", json=body)
    assert response.status_code == 422
    assert where in [fault["where"] for fault in problem(response)["errors"]]
    assert program.get("/webhooks").get_json()["items"] == []


def test_a_refused_secret_is_not_told_back(program: Program) -> None:
    response = program.post("/webhooks", json={"url": URL, "secret": "whsec_geheim"})
    assert response.status_code == 422
    assert "geheim" not in response.text


def test_a_secret_of_the_callers_own_is_taken(program: Program) -> None:
    secret = "whsec_" + "A" * 32
    assert _made(program, secret=secret)["secret"] == secret


def test_it_is_changed_in_parts(program: Program) -> None:
    made = _made(program)
    path = f"/webhooks/{made['id']}"
    response = program.patch(path, json={"description": "the other LMS", "url": None})
    assert response.status_code == 200
    changed = response.get_json()
    assert (changed["description"], changed["url"]) == ("the other LMS", URL)
    assert changed["secret"] is None
    assert program.patch(path, json={"url": "https://8.8.8.8/"}).get_json()["url"] == (
        "https://8.8.8.8/"
    )
    assert program.patch(path, json={"url": "https://10.0.0.1/"}).status_code == 422


def test_a_secret_is_replaced_by_one_that_is_made_or_given(program: Program) -> None:
    made = _made(program)
    path = f"/webhooks/{made['id']}"
    rotated = program.patch(path, json={"rotate_secret": True}).get_json()["secret"]
    assert rotated not in (None, made["secret"])
    given = "whsec_" + "A" * 32
    assert program.patch(path, json={"secret": given}).get_json()["secret"] == given
    both = program.patch(path, json={"secret": given, "rotate_secret": True})
    assert both.status_code == 422


def test_disabled_it_sends_nothing_until_it_is_enabled(program: Program) -> None:
    path = f"/webhooks/{_made(program)['id']}"
    disabled = program.patch(path, json={"enabled": False}).get_json()
    assert (disabled["enabled"], disabled["disabled_reason"]) == (False, "the tenant disabled it")
    assert problem(program.post(f"{path}/test"))["code"] == "conflict"
    assert program.patch(path, json={"enabled": True}).get_json()["disabled_reason"] is None
    assert program.post(f"{path}/test").status_code == 202


def test_a_test_is_a_delivery_like_others(program: Program) -> None:
    webhook = _made(program)["id"]
    sent = program.post(f"/webhooks/{webhook}/test").get_json()
    assert (sent["event"], sent["state"], sent["log"]) == ("webhook.test", "pending", [])
    assert sent["payload"]["data"] == {"webhook": {"id": webhook}}
    assert program.get(f"/webhooks/{webhook}/deliveries/{sent['id']}").get_json() == sent
    assert program.get(f"/webhooks/{webhook}/deliveries").get_json()["items"] == [sent]


def test_every_try_is_told_and_a_message_is_sent_again_when_asked(
    place: Place, program: Program
) -> None:
    webhook = _made(program)["id"]
    path = f"/webhooks/{webhook}/deliveries"
    number = program.post(f"/webhooks/{webhook}/test").get_json()["id"]
    assert program.post(f"{path}/{number}/retry").status_code == 202
    with place.services.store.database.write() as connection:
        (due,) = queue.claim(connection, Clock(), owner="w", lease_seconds=60, places=1)
    assert problem(program.post(f"{path}/{number}/retry"))["code"] == "conflict"
    with place.services.store.database.write() as connection:
        tried = Try(1_800_000_000.0, 12, 500, "bad_status")
        queue.not_delivered(connection, Clock(), due, tried, pause=None)
    found = program.get(f"{path}/{number}").get_json()
    assert found["log"] == [
        {"at": "2027-01-15T08:00:00.000Z", "milliseconds": 12, "status": 500, "error": "bad_status"}
    ]
    assert (found["state"], found["next_try_at"], found["tries"]) == ("failed", None, 1)
    again = program.post(f"{path}/{number}/retry").get_json()
    assert (again["state"], again["tries"], len(again["log"])) == ("pending", 0, 1)


def test_deliveries_come_in_pages_newest_first(program: Program) -> None:
    webhook = _made(program)["id"]
    sent = [program.post(f"/webhooks/{webhook}/test").get_json()["id"] for _ in range(7)]
    found: list[str] = []
    cursor = ""
    while True:
        page = program.get(f"/webhooks/{webhook}/deliveries?limit=3{cursor}").get_json()
        found += [each["id"] for each in page["items"]]
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    assert found == sorted(sent, reverse=True)


def test_deliveries_are_chosen_by_state(program: Program) -> None:
    webhook = _made(program)["id"]
    program.post(f"/webhooks/{webhook}/test")
    path = f"/webhooks/{webhook}/deliveries"
    assert len(program.get(f"{path}?state=pending").get_json()["items"]) == 1
    assert program.get(f"{path}?state=delivered").get_json()["items"] == []
    for query in ("state=lost", "limit=0", "limit=101", "cursor=7", "cursor=", "page=2"):
        assert program.get(f"{path}?{query}").status_code == 422, query


def test_what_is_removed_is_gone_with_its_messages(program: Program) -> None:
    path = f"/webhooks/{_made(program)['id']}"
    program.post(f"{path}/test")
    assert program.delete(path).status_code == 204
    for call in (program.get(path), program.delete(path), program.get(f"{path}/deliveries")):
        assert problem(call)["status"] == 404


def test_another_tenant_finds_nothing(place: Place, program: Program) -> None:
    webhook = _made(program)["id"]
    delivery = program.post(f"/webhooks/{webhook}/test").get_json()["id"]
    other = place.program("other", Scope.ADMIN)
    path = f"/webhooks/{webhook}"
    for method, where in (
        ("GET", path),
        ("PATCH", path),
        ("DELETE", path),
        ("POST", f"{path}/test"),
        ("GET", f"{path}/deliveries"),
        ("GET", f"{path}/deliveries/{delivery}"),
        ("POST", f"{path}/deliveries/{delivery}/retry"),
    ):
        body: dict[str, Any] = {"json": {}} if method == "PATCH" else {}
        assert problem(other.call(method, where, **body))["code"] == "not_found", (method, where)
    assert other.get("/webhooks").get_json()["items"] == []


def test_a_delivery_of_another_webhook_is_not_found(program: Program) -> None:
    one, other = _made(program)["id"], _made(program)["id"]
    delivery = program.post(f"/webhooks/{one}/test").get_json()["id"]
    assert program.get(f"/webhooks/{other}/deliveries/{delivery}").status_code == 404
    assert program.post(f"/webhooks/{other}/deliveries/{delivery}/retry").status_code == 404


def test_who_may_only_render_looks_and_changes_nothing(place: Place, program: Program) -> None:
    webhook = _made(program)["id"]
    renderer = place.program("acme", Scope.RENDER)
    assert renderer.get(f"/webhooks/{webhook}").status_code == 200
    assert renderer.get(f"/webhooks/{webhook}/deliveries").status_code == 200
    for response in (
        renderer.post("/webhooks", json={"url": URL}),
        renderer.patch(f"/webhooks/{webhook}", json={}),
        renderer.delete(f"/webhooks/{webhook}"),
        renderer.post(f"/webhooks/{webhook}/test"),
    ):
        assert problem(response)["code"] == "forbidden"


def test_a_tenant_has_a_hundred_at_most(place: Place, program: Program) -> None:
    for _ in range(100):
        place.services.webhooks.create("acme", URL)
    assert problem(program.post("/webhooks", json={"url": URL}))["code"] == "quota_exceeded"


def test_ids_that_are_none_are_not_found(program: Program) -> None:
    for shown in ("wh_1", "msg_0000000000007", ids.told("wh", 7), "wh_zzzzzzzzzzzzz", "..", "%00"):
        assert program.get(f"/webhooks/{shown}").status_code == 404, shown


def test_an_allowed_host_is_taken(place: Place) -> None:
    database = place.services.store.database
    settings = config.load(notify=config.Notify(allowed_hosts=("LocalHost",)))
    webhooks = Webhooks(database, allowed(settings.notify))
    assert webhooks.create("acme", "http://localhost:9000/hook")[0].url
    with pytest.raises(InputError, match=r"notify\.allowed_hosts"):
        webhooks.create("acme", "http://127.0.0.1:9000/")

"""``Idempotency-Key``, asked of every operation that can be repeated, from the document."""

from __future__ import annotations

from typing import Any

import pytest

from tests.web.v1.conftest import Place, Program, problem
from tests.web.v1.everything import (
    Called,
    document,
    filled,
    one_of_each,
    operations,
    settings,
    things,
)
from tests.web.v1.files import TUS

__all__ = ["settings"]

HEADER = "Idempotency-Key"

NEVER_REPEATED = {
    "create_key": "its answer, with a secret, is kept nowhere",
    "create_webhook": "the same",
    "create_speech": "the same again is found made",
    "create_openai_speech": "the same; and OpenAI's clients know no such key",
    "create_session": "its answer sets a cookie, which is kept nowhere",
    "estimate_text": "nothing is made",
    "read_text": "the same",
    "override_upload_method": "offsets say what was done, as PATCH and DELETE have it",
    "retry_delivery": "a message arrives at least once anyhow",
    "test_webhook": "the same",
}
"""POSTs that take no key, and why."""

OTHER: dict[str, dict[str, Any]] = {
    "create_avatar": {"json": {"name": "Other"}},
    "create_voice": {"json": {"name": "Other"}},
    "create_recording": {"json": {"name": "Other"}},
    "create_lecture": {"json": {"title": "Other"}},
    "create_draft": {"json": {"content": "Other"}},
    "create_upload": {"headers": {"Upload-Length": "7"}},
    "cancel_lecture": {"query_string": {"x": "1"}},
    "restart_lecture": {"query_string": {"x": "1"}},
}
"""What makes another request of each."""


@pytest.fixture
def program(place: Place) -> Program:
    return place.program("acme")


@pytest.fixture
def names(place: Place, program: Program) -> dict[str, str]:
    return one_of_each(place, program)


def repeatable(place: Place) -> list[Called]:
    return [
        each
        for each in operations(document(place))
        if HEADER in [one["name"] for one in each.told["parameters"]]
    ]


def ask(each: Called, program: Program, names: dict[str, str], *, other: bool = False) -> Any:
    """With a key of its own, the usual request or another one."""
    change = OTHER[each.name] if other else {}
    more = dict(change) if not each.takes_json else {"json": filled(each, names)}
    if each.takes_json:
        more["json"] |= change.get("json", {})
    tus = {**TUS, "Upload-Length": "5"} if each.name == "create_upload" else {}
    headers = {HEADER: each.name, **tus, **change.get("headers", {})}
    return each.call(program, names, **more | {"headers": headers})


def test_every_post_is_repeatable_or_has_a_reason(place: Place) -> None:
    posts = {each.name for each in operations(document(place)) if each.method == "POST"}
    assert {each.name for each in repeatable(place)} == posts - NEVER_REPEATED.keys()
    assert posts >= NEVER_REPEATED.keys()


def test_the_same_again_is_answered_the_same_and_done_once(
    place: Place, program: Program, names: dict[str, str]
) -> None:
    for each in repeatable(place):
        first = ask(each, program, names)
        assert first.status_code < 300, (each, first.text)
        before = things(program)
        again = ask(each, program, names)
        assert (again.status_code, again.data) == (first.status_code, first.data), each
        assert again.headers.get("Location") == first.headers.get("Location")
        assert again.headers["Idempotency-Replayed"] == "true"
        assert things(program) == before


def test_another_request_with_the_same_key_is_refused(
    place: Place, program: Program, names: dict[str, str]
) -> None:
    for each in repeatable(place):
        assert ask(each, program, names).status_code < 300
        before = things(program)
        answer = ask(each, program, names, other=True)
        told = problem(answer)
        assert (told["status"], told["code"]) == (422, "idempotency_key_reused"), each
        assert things(program) == before


def test_a_key_of_another_tenant_is_another_key(
    place: Place, program: Program, names: dict[str, str]
) -> None:
    other = place.program("other")
    own = one_of_each(place, other)
    for each in repeatable(place):
        ask(each, program, names)
        answer = ask(each, other, own)
        assert answer.status_code < 300, each
        assert "Idempotency-Replayed" not in answer.headers

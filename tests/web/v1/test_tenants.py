"""What a tenant has is there for nobody else, whatever there will be: asked of every operation."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from app.access.keys import Scope
from tests.web.v1.conftest import Place, Program, problem
from tests.web.v1.everything import (
    Called,
    document,
    filled,
    one_of_each,
    operations,
    remove,
    settings,
    things,
)

__all__ = ["settings"]

OPEN = {
    "create_session",
    "delete_session",
    "describe_uploads",
    "get_docs",
    "get_docs_style",
    "get_health",
    "get_openapi",
    "get_ready",
    "get_session",
}
"""Operations that need no key."""

CHANGES_NOTHING = {"create_session", "delete_session", "estimate_text", "read_text"}
"""Operations that are no GET, and yet only read."""

MADE_BY_WORKERS = {"get_avatar_preview", "get_avatar_thumbnail", "get_voice_preview"}
"""What these fetch is not there in these tests."""

ELSEWHERE = {"environ_base": {"REMOTE_ADDR": "203.0.113.9"}}
"""A caller that is not on this machine."""


@pytest.fixture
def mine(place: Place) -> Program:
    return place.program("acme")


@pytest.fixture
def names(place: Place, mine: Program) -> dict[str, str]:
    return one_of_each(place, mine)


def named(place: Place) -> list[Called]:
    """Operations on something that an id names: looking first, and removing last."""
    order = ("HEAD", "GET", "POST", "PATCH", "DELETE")
    found = [each for each in operations(document(place)) if each.parameters]
    return sorted(found, key=lambda each: order.index(each.method))


def test_something_of_every_kind_that_is_named_is_tried(
    place: Place, names: dict[str, str]
) -> None:
    assert {one for each in named(place) for one in each.parameters} == set(names)


def test_it_is_there_for_its_tenant(place: Place, mine: Program, names: dict[str, str]) -> None:
    """Else there would be nothing to keep from others."""
    there = [each for each in named(place) if each.name not in MADE_BY_WORKERS]
    statuses = {each.name: each.call(mine, names).status_code for each in there}
    assert {name for name, status in statuses.items() if status in (404, 422)} == set()


@pytest.mark.parametrize("tenant", ["other", "default"])
def test_it_is_not_there_for_another(place: Place, names: dict[str, str], tenant: str) -> None:
    other = place.program(tenant)
    for each in named(place):
        answer = each.call(other, names)
        assert answer.status_code == 404, each
        if each.method != "HEAD":
            told = problem(answer)
            assert told["code"] in ("not_found", "job_not_found")


def test_another_has_done_nothing_to_it(place: Place, mine: Program, names: dict[str, str]) -> None:
    looks = [each for each in named(place) if each.method in ("GET", "HEAD")]
    before = [each.call(mine, names).status_code for each in looks]
    other = place.program("other")
    for each in named(place):
        each.call(other, names)
    assert [each.call(mine, names).status_code for each in looks] == before


def test_it_is_not_there_once_it_is_removed(
    place: Place, mine: Program, names: dict[str, str]
) -> None:
    removed = remove(mine, names)
    for each in named(place):
        if removed & set(each.parameters):
            assert each.call(mine, names).status_code == 404, each


def test_no_list_shows_it(place: Place, mine: Program, names: dict[str, str]) -> None:
    other = place.program("other")
    shown = set()
    for each in operations(document(place)):
        if each.method == "GET" and not each.parameters and not each.is_open:
            hidden = set(names.values()) - {names["file_name"]}
            assert not hidden & _texts(each.call(other, {}).get_json(silent=True)), each
            shown |= hidden & _texts(each.call(mine, {}).get_json(silent=True))
    lists = (
        "avatar_id",
        "voice_id",
        "recording_id",
        "lecture_id",
        "draft_id",
        "webhook_id",
        "key_id",
    )
    assert shown == {names[each] for each in lists}


def _texts(told: Any) -> set[str]:
    """Every text in JSON."""
    if isinstance(told, dict):
        return set().union(*map(_texts, told.values()))
    if isinstance(told, list):
        return set().union(*map(_texts, told))
    return {told} if isinstance(told, str) else set()


IDS = {"av": "avatar_id", "vo": "voice_id", "rec": "recording_id", "up": "upload_id"}
"""Parameters by the prefixes of what they take."""

BY_NAME = {"create_openai_speech": ["voice"]}
"""Fields that take ids although the document does not say so: other names are taken as well."""


def references(place: Place) -> Iterator[tuple[Called, str, str]]:
    """Operations with each field of their JSON that takes an id, and the parameter for it."""
    told = document(place)
    for each in operations(told):
        schema = each.schema("application/json") if each.takes_json else {}
        for field, pattern in _patterns(schema, told):
            prefix = pattern.removeprefix("^").partition("_")[0]
            if prefix in IDS:
                yield each, field, IDS[prefix]
        yield from ((each, field, "voice_id") for field in BY_NAME.get(each.name, ()))


def _patterns(schema: dict[str, Any], told: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Fields that must match something, as pointers in which lists have one item."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        schema = told["components"]["schemas"][name]
    if "pattern" in schema:
        yield "", schema["pattern"]
    for name, part in schema.get("properties", {}).items():
        yield from ((f"/{name}{rest}", pattern) for rest, pattern in _patterns(part, told))
    if "items" in schema:
        yield from ((f"/0{rest}", pattern) for rest, pattern in _patterns(schema["items"], told))
    for part in schema.get("anyOf", ()):
        yield from _patterns(part, told)


def _set(body: dict[str, Any], pointer: str, value: str) -> dict[str, Any]:
    first, *rest = pointer.strip("/").split("/")
    return {**body, first: [{rest[-1]: value}] if rest else value}


def test_nothing_is_made_of_what_belongs_to_another(place: Place, names: dict[str, str]) -> None:
    other = place.program("other")
    own = one_of_each(place, other)
    before = things(other)
    tried = set()
    for each, field, parameter in references(place):
        body = _set(filled(each, own), field, names[parameter])
        if "audio" in field:
            body.pop("text", None)
        answer = each.call(other, own, json=body)
        tried.add((each.name, field))
        if each.name in BY_NAME:
            assert (answer.status_code, answer.get_json()["error"]["param"]) == (400, field)
            continue
        told = problem(answer)
        assert (told["status"], told["errors"][0]["where"]) == (422, field), each
    assert tried >= {
        ("create_avatar", "/upload"),
        ("create_lecture", "/avatar"),
        ("create_lecture", "/slides/0/audio"),
        ("change_lecture", "/voice"),
        ("estimate_text", "/audio"),
        ("read_text", "/audio"),
        ("create_openai_speech", "voice"),
    }
    assert things(other) == before


def test_whoever_may_only_read_changes_nothing(place: Place, names: dict[str, str]) -> None:
    reader = place.program("acme", Scope.READ)
    for each in operations(document(place)):
        changes = each.method not in ("GET", "HEAD", "OPTIONS") and each.name not in CHANGES_NOTHING
        if changes:
            answer = each.call(reader, names)
            assert (answer.status_code, _code(answer)) == (403, "forbidden"), each


def test_whoever_may_render_does_nothing_that_needs_more(
    place: Place, names: dict[str, str]
) -> None:
    renderer = place.program("acme", Scope.RENDER)
    for each in operations(document(place)):
        refused = each.call(renderer, names).status_code == 403
        assert refused == (each.told.get("x-scope") == "admin"), each


def test_without_a_key_only_what_is_open_is_answered(place: Place, names: dict[str, str]) -> None:
    answered = set()
    for each in operations(document(place)):
        answer = each.call(place.anonymous, names, **ELSEWHERE)
        if answer.status_code != 401:
            answered.add(each.name)
            assert each.is_open
        elif each.method != "HEAD":
            assert _code(answer) == "unauthenticated"
    assert answered == OPEN - {"create_session"}  # which judges the key that it is sent


def _code(answer: Any) -> str:
    told = json.loads(answer.data)
    return str(told.get("code") or told["error"]["code"])

"""Drafts."""

from __future__ import annotations

import pytest

from app.requests import drafts
from tests.web.v1.conftest import Place, problem

DRAFT = {"title": "Networks", "content": '{"slides": ["Hello."]}'}


def test_a_draft_is_kept_until_it_is_removed(place: Place) -> None:
    program = place.anonymous
    made = program.post("/drafts", json=DRAFT)
    assert (made.status_code, made.get_json()["title"]) == (201, "Networks")
    path = f"/drafts/{made.get_json()['id']}"
    assert made.headers["Location"] == f"/v1{path}"
    assert program.get(path).get_json()["content"] == DRAFT["content"]
    assert program.delete(path).status_code == 204
    assert problem(program.get(path))["status"] == 404
    assert program.get("/drafts").get_json()["items"] == []


def test_the_list_begins_with_the_latest_change_and_has_no_contents(place: Place) -> None:
    program = place.anonymous
    first, second = (program.post("/drafts", json=DRAFT).get_json()["id"] for _ in range(2))
    program.patch(f"/drafts/{first}", json={"content": "changed"})
    listed = program.get("/drafts").get_json()["items"]
    assert [each["id"] for each in listed] == [first, second]
    assert set(listed[0]) == {"id", "title", "created_at", "changed_at"}


def test_two_who_write_the_same_do_not_overwrite_each_other(place: Place) -> None:
    program = place.anonymous
    made = program.post("/drafts", json=DRAFT)
    path, tag = f"/drafts/{made.get_json()['id']}", made.headers["ETag"]
    changed = program.patch(path, json={"content": "mine"}, headers={"If-Match": tag})
    assert changed.status_code == 200
    late = program.patch(path, json={"content": "theirs"}, headers={"If-Match": tag})
    assert problem(late)["status"] == 412
    assert program.get(path).get_json()["content"] == "mine"
    again = {"If-Match": changed.headers["ETag"]}
    assert program.patch(path, json={"content": "both"}, headers=again).status_code == 200


def test_who_has_it_is_not_told_again(place: Place) -> None:
    program = place.anonymous
    path = f"/drafts/{program.post('/drafts', json=DRAFT).get_json()['id']}"
    tag = program.get(path).headers["ETag"]
    assert program.get(path, headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize(
    "body", [{}, {"content": 7}, {"content": "a\0"}, {"content": "x" * (drafts.LONGEST + 1)}]
)
def test_what_is_no_draft_is_refused(place: Place, body: dict[str, object]) -> None:
    assert problem(place.anonymous.post("/drafts", json=body))["status"] == 422


def test_there_is_a_most(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "MOST", 2)
    program = place.anonymous
    for _ in range(2):
        assert program.post("/drafts", json=DRAFT).status_code == 201
    assert problem(program.post("/drafts", json=DRAFT))["status"] == 429

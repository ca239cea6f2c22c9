"""Stored faces, as programs see them."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest

from app import ids
from app.access.keys import Scope
from app.errors import NotFound, PictureSeen
from app.library.items import Item, Kind, Wanted
from app.library.library import Library
from tests.web.v1.conftest import Place, problem, stored
from tests.web.v1.files import (
    A_PICTURE,
    a_form,
    an_avatar,
    an_upload,
    kept,
    sha256,
)


def test_a_stored_face_tells_what_was_seen_of_it(place: Place) -> None:
    answer = place.anonymous.post("/avatars", **a_form(name="Me.jpg", tags="law, 2026,law"))
    told = answer.get_json()
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"/v1/avatars/{told['id']}"
    assert re.fullmatch("av_[0-9a-z]{13}", told["id"])
    assert (told["name"], told["tags"], told["bytes"]) == ("Me", ["law", "2026"], len(A_PICTURE))
    assert (told["media_type"], told["origin"]) == ("image/jpeg", "upload")
    assert told["seen"]["box"] == [250, 300, 300, 350]
    assert told["created"].endswith("Z")
    assert "meshwarp" in told["engines"]


def test_it_is_found_again_with_its_picture(place: Place) -> None:
    told = an_avatar(place.anonymous)
    again = place.anonymous.get(f"/avatars/{told['id']}")
    picture = place.anonymous.get(f"/avatars/{told['id']}/image")
    assert again.get_json() == told
    assert (picture.data, picture.mimetype) == (A_PICTURE, "image/jpeg")
    assert sha256(A_PICTURE) in picture.headers["ETag"]
    assert picture.headers["X-Content-Type-Options"] == "nosniff"


def test_part_of_its_picture_can_be_fetched(place: Place) -> None:
    told = an_avatar(place.anonymous)
    answer = place.anonymous.get(f"/avatars/{told['id']}/image", headers={"Range": "bytes=4-6"})
    assert (answer.status_code, answer.data) == (206, A_PICTURE[4:7])


def test_its_picture_can_be_stored_by_a_name_and_only_as_it_is(place: Place) -> None:
    path = f"/avatars/{an_avatar(place.anonymous)['id']}"
    answer = place.anonymous.get(f"{path}/image")
    name = f"{path.rpartition('/')[2]}-image.jpg"
    assert answer.headers["Content-Disposition"] == f'inline; filename="{name}"'
    other = place.anonymous.get(f"{path}/image", headers={"If-Match": '"other"'})
    assert problem(other)["code"] == "precondition_failed"


def test_a_part_that_its_picture_does_not_have_is_told(place: Place) -> None:
    told = an_avatar(place.anonymous)
    answer = place.anonymous.get(f"/avatars/{told['id']}/image", headers={"Range": "bytes=99-"})
    assert problem(answer)["code"] == "range_not_satisfiable"


def test_a_picture_that_is_refused_is_not_kept(place: Place) -> None:
    place.examiner.refused["face"] = "no face can be seen"
    told = problem(place.anonymous.post("/avatars", **a_form()))
    assert (told["status"], told["code"]) == (422, "bad_source_image")
    assert told["errors"] == [{"where": "image", "message": "no face can be seen"}]
    assert kept(place) == []


def test_what_is_seen_in_a_refused_picture_is_told_to_programs(place: Place) -> None:
    place.examiner.refused["face"] = "the picture shows 2 faces"
    place.examiner.seen = PictureSeen(800, 600, ((50, 80, 200, 220), (500, 90, 190, 210)))
    told = problem(place.anonymous.post("/avatars", **a_form()))
    assert (told["code"], told["reason"]) == ("bad_source_image", "several_faces")
    assert (told["width"], told["height"]) == (800, 600)
    assert told["faces"] == [[50, 80, 200, 220], [500, 90, 190, 210]]


def test_so_it_is_where_a_lecture_is_asked_for_with_the_picture(place: Place) -> None:
    place.examiner.refused["face"] = "the picture shows 2 faces"
    place.examiner.seen = PictureSeen(800, 600, ((50, 80, 200, 220), (500, 90, 190, 210)))
    form = a_form(voice=stored(place, Kind.VOICE), text="Hello.", language="en")
    told = problem(place.anonymous.post("/lectures", **form))
    assert (told["code"], told["reason"]) == ("bad_source_image", "several_faces")
    assert len(told["faces"]) == 2


def test_that_no_face_is_seen_is_an_empty_list(place: Place) -> None:
    place.examiner.refused["face"] = "no face can be seen"
    place.examiner.seen = PictureSeen(800, 600)
    assert problem(place.anonymous.post("/avatars", **a_form()))["faces"] == []


def test_of_a_picture_that_cannot_be_read_nothing_is_seen(place: Place) -> None:
    place.examiner.refused["face"] = "the picture is damaged"
    told = problem(place.anonymous.post("/avatars", **a_form()))
    assert not told.keys() & {"reason", "width", "height", "faces"}


def test_it_is_stored_from_an_upload(place: Place) -> None:
    upload = an_upload(place.anonymous, A_PICTURE, **{"Upload-Metadata": "filename bWUuanBn"})
    answer = place.anonymous.post("/avatars", json={"upload": upload, "tags": ["a"]})
    assert answer.status_code == 201, answer.text
    assert (answer.get_json()["name"], answer.get_json()["tags"]) == ("me", ["a"])


def test_an_upload_of_a_refused_picture_is_named(place: Place) -> None:
    upload = an_upload(place.anonymous, A_PICTURE)
    place.examiner.refused["face"] = "no face can be seen"
    told = problem(place.anonymous.post("/avatars", json={"upload": upload}))
    assert told["errors"][0]["where"] == "/upload"


def test_an_upload_that_is_not_complete_cannot_be_used(place: Place) -> None:
    begun = place.anonymous.post(
        "/uploads", headers={"Tus-Resumable": "1.0.0", "Upload-Length": "5"}
    )
    upload = begun.headers["Location"].removeprefix("/v1/uploads/")
    told = problem(place.anonymous.post("/avatars", json={"upload": upload}))
    assert (told["status"], told["errors"][0]["where"]) == (422, "/upload")
    assert "lacks 5 bytes" in told["detail"]


@pytest.mark.parametrize("whose", ["another tenant's", "a removed one's"])
def test_an_upload_that_is_not_the_callers_does_not_exist(place: Place, whose: str) -> None:
    mine, other = place.program("acme"), place.program("other")
    upload = an_upload(other if whose == "another tenant's" else mine, A_PICTURE)
    if whose == "a removed one's":
        mine.delete(f"/uploads/{upload}", headers={"Tus-Resumable": "1.0.0"})
    told = problem(mine.post("/avatars", json={"upload": upload}))
    assert (told["status"], told["code"]) == (422, "bad_input")
    assert told["errors"][0]["where"] == "/upload"


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({}, "/upload"),
        ({"upload": 7}, "/upload"),
        ({"upload": "up_1"}, "/upload"),
        ({"upload": "av_0000000000007"}, "/upload"),
        ({"upload": "up_0000000000007", "name": ""}, "/name"),
        ({"upload": "up_0000000000007", "name": "  "}, "/name"),
        ({"upload": "up_0000000000007", "name": "x" * 201}, "/name"),
        ({"upload": "up_0000000000007", "name": "a\nb"}, "/name"),
        ({"upload": "up_0000000000007", "name": ["a"]}, "/name"),
        ({"upload": "up_0000000000007", "tags": "a"}, "/tags"),
        ({"upload": "up_0000000000007", "tags": ["x" * 51]}, "/tags/0"),
        ({"upload": "up_0000000000007", "tags": ["a,b"]}, "/tags/0"),
        ({"upload": "up_0000000000007", "tags": ["t"] * 21}, "/tags"),
        ({"upload": "up_0000000000007", "colour": "red"}, "/colour"),
        ([], ""),
    ],
)
def test_what_is_wrong_with_a_body_is_named(place: Place, body: Any, where: str) -> None:
    told = problem(place.anonymous.post("/avatars", json=body))
    assert told["status"] == 422
    assert told["errors"][0]["where"] == where


def test_a_list_begins_with_the_newest_and_goes_on_by_its_cursor(place: Place) -> None:
    ids = [an_avatar(place.anonymous, name=f"{number}.jpg")["id"] for number in range(5)]
    seen: list[str] = []
    query = "?limit=2"
    for _ in range(3):
        page = place.anonymous.get(f"/avatars{query}").get_json()
        seen += [item["id"] for item in page["items"]]
        query = f"?limit=2&cursor={page['next_cursor']}"
    assert page["next_cursor"] is None
    assert seen == sorted(ids, reverse=True)


def test_a_list_can_be_searched(place: Place) -> None:
    an_avatar(place.anonymous, name="Straße 100%.jpg", tags="Law")
    an_avatar(place.anonymous, name="Anna.jpg", tags="law")

    def names(query: str) -> list[str]:
        page = place.anonymous.get(f"/avatars?{query}").get_json()
        return [item["name"] for item in page["items"]]

    assert names("q=STRASSE") == ["Straße 100%"]
    assert names("q=0%25") == ["Straße 100%"]
    assert names("q=_") == []
    assert names("tag=law") == ["Anna"]
    assert names("tag=none") == []


@pytest.mark.parametrize(
    "query",
    [
        *("limit=0", "limit=101", "limit=x", "limit=", "cursor=x", "cursor=__________8"),
        *("cursor=AAAAAAAAAA=", "cursor=", "q=", "q=%00", "q=a%0Ab", f"q={'x' * 201}", "tag=%00"),
        *("colour=red", "limit=1&limit=2", f"tag={'x' * 51}"),
    ],
)
def test_what_is_wrong_with_a_query_is_named(place: Place, query: str) -> None:
    told = problem(place.anonymous.get(f"/avatars?{query}"))
    assert told["status"] == 422
    assert told["errors"][0]["where"] == query.partition("=")[0]


def test_a_face_is_given_another_name(place: Place) -> None:
    told = an_avatar(place.anonymous)
    path = f"/avatars/{told['id']}"
    answer = place.anonymous.patch(path, json={"name": "Other"})
    assert (answer.status_code, answer.get_json()["name"]) == (200, "Other")
    assert place.anonymous.get(path).get_json()["name"] == "Other"
    assert answer.get_json()["tags"] == told["tags"]


def test_a_change_of_what_has_changed_is_refused(place: Place) -> None:
    path = f"/avatars/{an_avatar(place.anonymous)['id']}"
    tag = place.anonymous.get(path).headers["ETag"]
    first = place.anonymous.patch(path, json={"tags": ["a"]}, headers={"If-Match": tag})
    late = place.anonymous.patch(path, json={"tags": ["b"]}, headers={"If-Match": tag})
    removed = place.anonymous.delete(path, headers={"If-Match": tag})
    assert first.status_code == 200
    assert problem(late)["code"] == problem(removed)["code"] == "precondition_failed"
    new = place.anonymous.delete(path, headers={"If-Match": first.headers["ETag"]})
    assert new.status_code == 204


def test_who_has_it_already_is_told_so(place: Place) -> None:
    path = f"/avatars/{an_avatar(place.anonymous)['id']}"
    tag = place.anonymous.get(path).headers["ETag"]
    answer = place.anonymous.get(path, headers={"If-None-Match": tag})
    assert (answer.status_code, answer.data, answer.headers["ETag"]) == (304, b"", tag)
    image = place.anonymous.get(f"{path}/image")
    again = place.anonymous.get(f"{path}/image", headers={"If-None-Match": image.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_a_removed_face_leaves_nothing(place: Place) -> None:
    path = f"/avatars/{an_avatar(place.anonymous)['id']}"
    assert place.anonymous.delete(path).status_code == 204
    assert kept(place) == []
    for answer in (
        place.anonymous.get(path),
        place.anonymous.get(f"{path}/image"),
        place.anonymous.patch(path, json={}),
        place.anonymous.delete(path),
    ):
        assert problem(answer)["code"] == "not_found"


def test_a_face_that_lectures_use_stays(place: Place) -> None:
    def used(_item: Item) -> list[str]:
        return [f"lms-{number}" for number in range(7)]

    library = place.services.library
    place.services.__dict__["library"] = Library(library.database, library.folder, users_of=used)
    told = an_avatar(place.anonymous)
    answer = problem(place.anonymous.delete(f"/avatars/{told['id']}"))
    assert (answer["status"], answer["code"]) == (409, "in_use")
    assert "7 (lms-0, lms-1, lms-2, lms-3, lms-4, ...)" in answer["detail"]
    assert answer["lectures"] == ["lms-0", "lms-1", "lms-2", "lms-3", "lms-4"]
    assert place.anonymous.get(f"/avatars/{told['id']}").status_code == 200


def test_another_tenant_sees_nothing_of_it(place: Place) -> None:
    mine, other = place.program("acme"), place.program("other")
    path = f"/avatars/{an_avatar(mine)['id']}"
    for answer in (
        other.get(path),
        other.get(f"{path}/image"),
        other.get(f"{path}/thumbnail"),
        other.get(f"{path}/preview"),
        other.patch(path, json={"name": "x"}),
        other.delete(path),
    ):
        assert problem(answer)["status"] == 404
    assert other.get("/avatars").get_json() == {"items": [], "next_cursor": None}


def test_the_same_picture_of_two_tenants_is_one_file(place: Place) -> None:
    mine, other = place.program("acme"), place.program("other")
    first, second = an_avatar(mine)["id"], an_avatar(other)["id"]
    contents = place.services.library.contents.folder
    assert len(list(contents.iterdir())) == 1
    mine.delete(f"/avatars/{first}")
    assert other.get(f"/avatars/{second}/image").data == A_PICTURE
    other.delete(f"/avatars/{second}")
    assert kept(place) == []


def test_who_may_only_read_stores_and_removes_nothing(place: Place) -> None:
    told = an_avatar(place.program())
    reader = place.program("default", Scope.READ)
    assert reader.get(f"/avatars/{told['id']}").status_code == 200
    for answer in (
        reader.post("/avatars", **a_form()),
        reader.patch(f"/avatars/{told['id']}", json={}),
        reader.delete(f"/avatars/{told['id']}"),
    ):
        assert problem(answer)["code"] == "forbidden"


def test_a_preview_is_made_later(place: Place) -> None:
    told = an_avatar(place.anonymous)
    assert (told["preview_state"], told["preview"], told["thumbnail"]) == ("running", None, None)
    path = f"/avatars/{told['id']}"
    for name in ("thumbnail", "preview"):
        answer = place.anonymous.get(f"{path}/{name}")
        assert problem(answer)["code"] == "not_found"
        assert int(answer.headers["Retry-After"]) > 0
    library = place.services.library
    (item,) = library.page(Kind.AVATAR, "default", Wanted())
    (library.preview(item) / "thumbnail.jpg").write_bytes(A_PICTURE)
    (library.preview(item) / "preview.mp4").write_bytes(b"clip")
    told = place.anonymous.get(path).get_json()
    assert told["preview_state"] == "ready"
    assert place.client.get(told["thumbnail"], buffered=True).mimetype == "image/jpeg"
    assert place.client.get(told["preview"], buffered=True).data == b"clip"


def test_a_preview_that_nobody_makes_is_not_waited_for(place: Place) -> None:
    told = an_avatar(place.anonymous)
    place.services.store.cancel("default")
    answer = place.anonymous.get(f"/avatars/{told['id']}/preview")
    assert problem(answer)["status"] == 404
    assert "Retry-After" not in answer.headers


def test_a_removed_face_is_not_shown_any_more(place: Place) -> None:
    told = an_avatar(place.anonymous)
    number = ids.number_of("av", told["id"])
    inputs = place.services.settings.paths.data / "inputs"
    assert number is not None
    assert place.services.store.find("default", number) is not None
    assert list(inputs.iterdir()) != []
    place.anonymous.delete(f"/avatars/{told['id']}")
    assert place.services.store.find("default", number) is None
    assert list(inputs.iterdir()) == []


@pytest.mark.parametrize(
    "content",
    [
        A_PICTURE + b"PK\x03\x04 and a ZIP archive",
        A_PICTURE + b"<html><script>alert(1)</script></html>",
    ],
)
def test_a_file_of_two_kinds_is_what_its_first_bytes_say(place: Place, content: bytes) -> None:
    told = an_avatar(place.anonymous, content=content, name="page.html")
    image = place.anonymous.get(f"/avatars/{told['id']}/image")
    assert (image.mimetype, image.data) == ("image/jpeg", content)
    assert image.headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_a_lying_content_type_counts_for_nothing(place: Place) -> None:
    form = {"image": (io.BytesIO(b"<html>"), "x.png", "image/png")}
    answer = place.anonymous.post("/avatars", data=form, content_type="multipart/form-data")
    assert answer.get_json()["media_type"] == "application/octet-stream"


@pytest.mark.parametrize("shown", ["av_1", "vo_0000000000007", "av_8000000000000", "..%2F..", "x"])
def test_what_is_no_id_names_nothing(place: Place, shown: str) -> None:
    assert problem(place.anonymous.get(f"/avatars/{shown}"))["code"] == "not_found"


def test_what_a_tenant_has_stored_is_counted(place: Place) -> None:
    mine = place.program("acme")
    an_avatar(mine)
    an_avatar(mine)
    an_avatar(mine, content=b"GIF89a")
    an_avatar(place.program("other"), content=b"BM of somebody else")
    assert place.services.library.bytes_of("acme") == len(A_PICTURE) + 6


def test_what_is_removed_while_it_is_looked_for_is_not_there(place: Place) -> None:
    an_avatar(place.anonymous)
    (item,) = place.services.library.page(Kind.AVATAR, "default", Wanted())
    item.path.unlink()
    with pytest.raises(NotFound):
        place.services.library.find(Kind.AVATAR, "default", item.id + 1)
    answer = place.anonymous.get(f"/avatars/{ids.told('av', item.id)}/image")
    assert problem(answer)["code"] == "not_found"

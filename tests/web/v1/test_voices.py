"""Stored voices, as programs see them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.library.items import Kind, Wanted
from tests.web.v1.conftest import Place, problem
from tests.web.v1.files import A_RECORDING, a_form, an_avatar, an_upload, kept


def a_voice(place: Place, **more: Any) -> dict[str, Any]:
    answer = place.anonymous.post(
        "/voices", **a_form(**{"part": "sample", "content": A_RECORDING, "name": "Me.wav", **more})
    )
    assert answer.status_code == 201, answer.text
    told: dict[str, Any] = answer.get_json()
    return told


def test_a_stored_voice_tells_what_was_heard_of_it(place: Place) -> None:
    told = a_voice(place, language="en")
    assert (told["name"], told["language"], told["media_type"]) == ("Me", "en", "audio/wav")
    assert told["heard"]["pitch_hz"] == 118.0
    assert (told["profile"], told["preview_state"]) == (None, "running")


@pytest.mark.parametrize(
    ("start", "media_type"),
    [
        (b"\x1aE\xdf\xa3", "audio/webm"),
        (b"OggS\0", "audio/ogg"),
        (b"\0\0\0\x1cftypM4A ", "audio/mp4"),
        (b"ID3\x04", "audio/mpeg"),
        (b"fLaC", "audio/flac"),
        (b"<html>", "application/octet-stream"),
    ],
)
def test_its_kind_is_told_by_its_bytes(place: Place, start: bytes, media_type: str) -> None:
    told = a_voice(place, content=start, name="recording.wav")
    answer = place.anonymous.get(f"/voices/{told['id']}/sample")
    assert (told["media_type"], answer.mimetype, answer.data) == (media_type, media_type, start)


def test_a_recording_that_is_refused_is_not_kept(place: Place) -> None:
    place.examiner.refused["voice"] = "nobody speaks"
    told = problem(place.anonymous.post("/voices", **a_form(part="sample", name="a.wav")))
    assert (told["status"], told["code"]) == (422, "bad_voice_sample")
    assert told["errors"] == [{"where": "sample", "message": "nobody speaks"}]
    assert kept(place) == []


def test_it_is_stored_from_an_upload(place: Place) -> None:
    upload = an_upload(place.anonymous, A_RECORDING)
    body = {"upload": upload, "name": "Anna", "language": "ru"}
    told = place.anonymous.post("/voices", json=body).get_json()
    assert (told["name"], told["language"]) == ("Anna", "ru")


@pytest.mark.parametrize("language", ["EN", "eng", "", 7, "e1"])
def test_a_language_that_is_none_is_refused(place: Place, language: Any) -> None:
    body = {"upload": "up_0000000000007", "language": language}
    told = problem(place.anonymous.post("/voices", json=body))
    assert told["errors"][0]["where"] == "/language"


def test_its_language_can_be_told_and_taken_back(place: Place) -> None:
    path = f"/voices/{a_voice(place)['id']}"
    told = place.anonymous.patch(path, json={"language": "it"}).get_json()
    same = place.anonymous.patch(path, json={"name": "Anna"}).get_json()
    none = place.anonymous.patch(path, json={"language": None}).get_json()
    assert (told["language"], same["language"], none["language"]) == ("it", "it", None)
    assert none["name"] == "Anna"


def test_a_face_is_no_voice(place: Place) -> None:
    face = an_avatar(place.anonymous)["id"]
    voice = face.replace("av_", "vo_")
    assert problem(place.anonymous.get(f"/voices/{voice}"))["code"] == "not_found"
    assert place.anonymous.get("/voices").get_json()["items"] == []


def test_what_was_found_out_by_a_trial_is_told(place: Place) -> None:
    path = f"/voices/{a_voice(place)['id']}"
    library = place.services.library
    (item,) = library.page(Kind.VOICE, "default", Wanted())
    profile = {
        "engine": "kokoro",
        "language": "en",
        "fidelity": "preset_matched",
        "nearest": "af_heart",
        "similarity": 0.9,
        "seconds": 4.0,
    }
    (library.preview(item) / "profile.json").write_text(json.dumps(profile))
    (library.preview(item) / "preview.wav").write_bytes(b"RIFF")
    told = place.anonymous.get(path).get_json()
    assert told["profile"] == profile
    assert place.anonymous.get(f"{path}/preview").data == b"RIFF"


def test_a_removed_voice_leaves_nothing(place: Place) -> None:
    path = f"/voices/{a_voice(place)['id']}"
    assert place.anonymous.delete(path).status_code == 204
    assert kept(place) == []
    assert problem(place.anonymous.get(path))["code"] == "not_found"

"""Bad input: a stable code, a sentence that names the thing and the value, nothing written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.errors import PictureSeen
from tests.web.conftest import Lms, envelope


@pytest.fixture
def untouched(lms: Lms) -> Iterator[Lms]:
    """Checks afterwards that nothing was written where results go, and no job begun."""
    before = sorted(lms.folder.rglob("*"))
    yield lms
    assert sorted(p for p in lms.folder.rglob("*") if not p.name.startswith("odd")) == before
    assert not (lms.folder / "out").exists()
    assert lms.services.store.active("lms") == []
    inputs = lms.services.settings.paths.data / "inputs"
    assert not inputs.exists() or list(inputs.iterdir()) == []


def refused(lms: Lms, code: str, **changes: Any) -> str:
    response = lms.post(**changes)
    answer = envelope(response)
    assert response.status_code == 400
    assert answer["code"] == code
    assert answer["result"] is None
    message: str = answer["message"]
    return message


@pytest.mark.parametrize("name", ["face_path", "voice_path", "lecture_text_path"])
@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("missing", "no file at"),
        ("directory", "is a directory"),
        ("fifo", "not a regular file"),
        ("link out", "outside the allowed folders"),
        ("outside", "outside the allowed folders"),
        ("empty", "is empty"),
    ],
)
def test_a_path_that_names_no_usable_file(
    untouched: Lms, tmp_path: Path, name: str, kind: str, said: str
) -> None:
    odd = untouched.folder / "odd"
    match kind:
        case "directory":
            odd.mkdir()
        case "fifo":
            os.mkfifo(odd)
        case "link out":
            odd.symlink_to("/etc/hostname")
        case "empty":
            odd.touch()
        case "outside":
            odd = tmp_path / "odd"
            odd.write_text("x")
    message = refused(untouched, "bad_path", **{name: odd})
    assert name in message and said in message and str(odd) in message


@pytest.mark.parametrize(
    "name", ["face_path", "voice_path", "lecture_text_path", "generated_dir_path"]
)
def test_a_relative_path(untouched: Lms, name: str) -> None:
    message = refused(untouched, "bad_input", **{name: "some/where"})
    assert name in message and "absolute" in message and "some/where" in message


def test_a_path_outside_says_how_to_allow_it(untouched: Lms, tmp_path: Path) -> None:
    (tmp_path / "face.jpg").write_text("x")
    assert "paths.roots" in refused(untouched, "bad_path", face_path=tmp_path / "face.jpg")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfea\0b", "UTF-16 that is damaged"),
        (rb"{\rtf1\ansi Hello.}", "Rich Text Format"),
        ("Il va à Paris.".encode("cp850"), "save it as plain text in UTF-8"),
        (b" \n\t ", "nothing to speak"),
        (b"_;_; _;", "nothing to speak"),
        ("\ufeff ".encode(), "nothing to speak"),
    ],
)
def test_a_text_that_cannot_be_spoken(untouched: Lms, content: bytes, said: str) -> None:
    odd = untouched.folder / "odd.txt"
    odd.write_bytes(content)
    message = refused(untouched, "bad_lecture_text", lecture_text_path=odd)
    assert said in message and str(odd) in message


def test_a_text_of_two_megabytes(untouched: Lms) -> None:
    odd = untouched.folder / "odd.txt"
    odd.write_bytes(b"word " * 400_000)
    message = refused(untouched, "bad_path", lecture_text_path=odd)
    assert "2,000,000 bytes; at most 1,000,000" in message


@pytest.mark.parametrize(
    ("what", "field", "code"),
    [("face", "face_path", "bad_source_image"), ("voice", "voice_path", "bad_voice_sample")],
)
def test_a_file_that_the_examiner_refuses(untouched: Lms, what: str, field: str, code: str) -> None:
    untouched.examiner.refused[what] = "it shows two of them"
    message = refused(untouched, code)
    assert field in message and "it shows two of them" in message
    assert untouched.body()[field] in message


def test_what_is_seen_in_a_refused_picture_is_not_for_an_lms(untouched: Lms) -> None:
    untouched.examiner.refused["face"] = "the picture shows 2 faces"
    untouched.examiner.seen = PictureSeen(800, 600, ((0, 0, 50, 50), (90, 0, 50, 50)))
    face = untouched.body()["face_path"]
    assert envelope(untouched.post()) == {
        "error": True,
        "message": f"Invalid data: face_path {face}: the picture shows 2 faces",
        "result": None,
        "code": "bad_source_image",
    }


def test_an_output_directory_that_is_a_file(untouched: Lms) -> None:
    odd = untouched.folder / "odd"
    odd.touch()
    assert "not a directory" in refused(untouched, "bad_path", generated_dir_path=odd)


def test_an_output_directory_outside(untouched: Lms, tmp_path: Path) -> None:
    assert "outside" in refused(untouched, "bad_path", generated_dir_path=tmp_path / "elsewhere")


def test_an_output_directory_without_a_parent(untouched: Lms) -> None:
    missing = untouched.folder / "no" / "such"
    assert "parent" in refused(untouched, "bad_path", generated_dir_path=missing)


def test_an_unknown_speech_engine(untouched: Lms) -> None:
    message = refused(untouched, "bad_input", speech_engine="parrot")
    assert "'parrot'" in message and "kokoro" in message


def test_an_unknown_face_engine(untouched: Lms) -> None:
    message = refused(untouched, "bad_input", face_engine="mask")
    assert "'mask'" in message and "meshwarp" in message


def test_a_language_that_nobody_speaks(untouched: Lms) -> None:
    message = refused(untouched, "bad_language", language="zz")
    assert "'zz'" in message and "en, es, fr, it, ru" in message


def test_a_language_that_only_an_engine_not_configured_speaks(untouched: Lms) -> None:
    message = refused(untouched, "bad_language", language="de")
    assert "'de'" in message and "speech engines that do:" in message and "xtts" in message


def test_a_way_to_show_the_face_that_its_engine_does_not_know(untouched: Lms) -> None:
    message = refused(untouched, "bad_input", face_engine="meshwarp", preprocess="extcrop")
    assert "'meshwarp' cannot do this: preprocess" in message


def test_a_language_that_the_wanted_engine_does_not_speak(untouched: Lms) -> None:
    message = refused(untouched, "bad_language", language="ru", speech_engine="hibari")
    assert "hibari cannot speak language 'ru'" in message and "kokoro" in message


def test_a_detected_language_that_nobody_speaks(untouched: Lms) -> None:
    untouched.examiner.language = "de"
    assert "'de'" in refused(untouched, "bad_language")


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"id": None}, "id"),
        ({"id": "seven"}, "id"),
        ({"id": 2**63}, "id"),
        ({"id": [1]}, "id"),
        ({"face_path": None}, "face_path"),
        ({"face_path": 5}, "face_path"),
        ({"face_path": "/a\0b"}, "face_path"),
        ({"face_path": "/a\ud800b"}, "face_path"),
        ({"face_path": ""}, "face_path"),
        ({"language": "english"}, "language"),
        ({"size": 300}, "size"),
        ({"preprocess": "zoom"}, "preprocess"),
        ({"split": "lines"}, "split"),
        ({"restart": "perhaps"}, "restart"),
    ],
)
def test_a_wrong_value_is_named(untouched: Lms, changes: dict[str, Any], named: str) -> None:
    assert named in refused(untouched, "bad_input", **changes)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"not json", "not valid JSON"),
        (b"\xff\xff", "not valid JSON"),
        (b"[" * 100_000, "not valid JSON"),
        (b"{}", "JSON object"),
        (b"[]", "JSON object"),
        (b"null", "JSON object"),
        (b'"text"', "JSON object"),
        (b"", "JSON object"),
    ],
)
def test_a_body_that_is_no_object(untouched: Lms, body: bytes, said: str) -> None:
    response = untouched.client.post("/generate", data=body, content_type="application/json")
    answer = envelope(response)
    assert response.status_code == 400
    assert answer["code"] == "bad_input"
    assert said in answer["message"]


def test_a_body_that_does_not_claim_to_be_json(untouched: Lms) -> None:
    response = untouched.client.post("/generate", data=b"id=7")
    assert response.status_code == 415
    assert envelope(response)["code"] == "not_json"


def test_a_body_of_twenty_megabytes(untouched: Lms) -> None:
    response = untouched.client.post(
        "/generate", data=b'"' + b"x" * 20_000_000 + b'"', content_type="application/json"
    )
    assert response.status_code == 413
    assert envelope(response)["code"] == "body_too_large"


@pytest.mark.parametrize("value", ["seven", "", "1.5", "9" * 30])
def test_a_wrong_id_in_the_query(untouched: Lms, value: str) -> None:
    response = untouched.client.get(f"/generate/cancel?id={value}")
    assert response.status_code == 400
    assert envelope(response)["code"] == "bad_input"


def test_an_unknown_route(untouched: Lms) -> None:
    response = untouched.client.get("/nothing/here")
    assert response.status_code == 404
    assert envelope(response)["code"] == "not_found"


def test_a_wrong_method_says_which_are_right(untouched: Lms) -> None:
    response = untouched.client.delete("/generate")
    assert response.status_code == 405
    assert envelope(response)["code"] == "method_not_allowed"
    assert "POST" in response.headers["Allow"]


def test_a_question_about_options_is_answered_in_an_envelope(untouched: Lms) -> None:
    assert envelope(untouched.client.options("/generate"))["code"] == "method_not_allowed"


def test_an_unexpected_error_shows_no_text(untouched: Lms) -> None:
    def explode(*_: object) -> None:
        raise RuntimeError("a secret")

    untouched.examiner._look = explode  # type: ignore[method-assign, assignment]  # a fault
    response = untouched.post()
    answer = envelope(response)
    assert response.status_code == 500
    assert answer["code"] == "internal"
    assert "secret" not in response.get_data(as_text=True)


def test_weights_that_are_missing_are_told(untouched: Lms) -> None:
    for file in untouched.services.settings.paths.models.rglob("*.*"):
        file.unlink()
    response = untouched.post()
    answer = envelope(response)
    assert response.status_code == 503
    assert answer["code"] == "engine_unavailable"
    assert "python -m app setup" in answer["message"]

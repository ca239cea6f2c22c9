"""What is too much for one lecture, or at one time."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

import config
from app import create_app
from app.errors import Busy
from tests.web.conftest import Lms, envelope


def refused(lms: Lms, **changes: Any) -> str:
    response = lms.post(**changes)
    answer = envelope(response)
    assert (response.status_code, answer["code"]) == (400, "bad_lecture_text")
    assert not (lms.folder / "out").exists()
    message: str = answer["message"]
    return message


@pytest.fixture
def narrow(lms: Lms, settings: config.Settings) -> Lms:
    """A service with small bounds."""
    rules = settings.lecture.model_copy(
        update={"max_slides": 3, "max_fragments": 2, "max_seconds": 60.0}
    )
    services = replace(lms.services, settings=settings.model_copy(update={"lecture": rules}))
    lms.client = create_app(services.settings, services).test_client()
    return lms


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("One._;Two._;Three._;Four.", "4 slides, for '_;' separates them; at most 3 are made"),
        ("One._;Two._;Three.", "3 or more fragments; at most 2 are made of one text"),
        ("word " * 1000, "about 0.1 h of speech; at most 0.0 h are made of one text"),
    ],
)
def test_a_text_beyond_a_bound_is_told_with_what_was_found(
    narrow: Lms, text: str, told: str
) -> None:
    path = narrow.folder / "lecture.txt"
    path.write_text(text)
    message = refused(narrow)
    assert f"lecture_text_path {path}: {told}" in message
    assert "divide it into several lectures" in message


@pytest.mark.parametrize("text", ["[" * 5000, "[" * 450 + "]" * 450, "en: &a {b: c}", "{" * 990])
def test_a_lexicon_that_is_made_to_hurt_is_refused_with_its_line(lms: Lms, text: str) -> None:
    path = lms.folder / "lexicon.yaml"
    path.write_text(text)
    assert f"lexicon_path {path}: line 1: " in refused(lms, lexicon_path=path)


def test_deep_json_is_no_json(lms: Lms) -> None:
    response = lms.client.post("/generate", data=b"[" * 100_000, content_type="application/json")
    assert response.status_code == 400
    assert envelope(response)["code"] == "bad_input"


def test_when_too_many_ask_a_caller_is_told_when_to_come_again(
    lms: Lms, monkeypatch: pytest.MonkeyPatch
) -> None:
    def check_face(*_: object, **__: object) -> None:
        raise Busy("too many files are being examined", retry_after=9.5)

    monkeypatch.setattr(lms.examiner, "check_face", check_face)
    response = lms.post()
    assert (response.status_code, envelope(response)["code"]) == (503, "busy")
    assert response.headers["Retry-After"] == "10"
    assert not (lms.folder / "out").exists()

"""One of everything that operations can name, and calls of every operation, from the document."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from werkzeug.test import TestResponse

import config
from tests.web.v1 import made
from tests.web.v1.conftest import Place, Program
from tests.web.v1.files import A_PICTURE, A_RECORDING, PORTION, TUS, a_form, an_upload
from tests.web.v1.speaking import speakers

URL = "https://93.184.216.34/hook"
"""An address of the internet, which nothing is sent to."""

_REMOVABLE = {
    "lecture_id": "/lectures/{}",
    "webhook_id": "/webhooks/{}",
    "avatar_id": "/avatars/{}",
    "voice_id": "/voices/{}",
    "recording_id": "/recordings/{}",
    "upload_id": "/uploads/{}",
    "draft_id": "/drafts/{}",
}
"""How a thing is removed, by the parameter; a lecture before what it uses."""

_BODIES: dict[str, dict[str, str]] = {
    "create_avatar": {"upload": "{upload_id}"},
    "create_voice": {"upload": "{upload_id}"},
    "create_recording": {"upload": "{upload_id}"},
    "create_lecture": {
        "avatar": "{avatar_id}",
        "voice": "{voice_id}",
        "text": "Hello.",
        "language": "en",
    },
    "create_draft": {"content": "Hello."},
    "change_draft": {"content": "Hello."},
    "estimate_text": {"text": "Hello.", "language": "en"},
    "read_text": {"text": "Hello.", "language": "en"},
    "create_session": {"key": "vl_unknown"},
    "create_speech": {"text": "Hello."},
    "create_openai_speech": {"model": "tts-1", "input": "Hello.", "voice": "{voice_id}"},
    "create_webhook": {"url": URL},
    "create_key": {"name": "a test's", "scopes": ["read"]},  # type: ignore[dict-item]  # kept
}
"""Of operations that take JSON, where it may not be empty: texts are filled with names."""

_HEADERS = {
    "get_upload": TUS,
    "delete_upload": TUS,
    "continue_upload": {**PORTION, "Upload-Offset": "0"},
    "override_upload_method": {**TUS, "X-HTTP-Method-Override": "HEAD"},
}


@pytest.fixture
def settings(settings: config.Settings) -> config.Settings:
    """Those who ask so often are not told to wait."""
    limits = settings.limits.model_copy(
        update={"failures_per_minute": None, "requests_per_minute": None}
    )
    return settings.model_copy(update={"limits": limits})


@dataclass(frozen=True)
class Called:
    """An operation as the document has it."""

    method: str
    path: str
    told: dict[str, Any]

    @property
    def name(self) -> str:
        return str(self.told["operationId"])

    @property
    def parameters(self) -> list[str]:
        """Names of the parts of its path."""
        return [each["name"] for each in self.told["parameters"] if each["in"] == "path"]

    @property
    def is_open(self) -> bool:
        """Whether it is told to need no key."""
        return not self.told["security"]

    @property
    def is_like_openai(self) -> bool:
        """Whether failures are told as OpenAI does."""
        return "application/json" in self.told["responses"]["400"]["content"]

    @property
    def takes_json(self) -> bool:
        return "application/json" in self._content

    @property
    def takes_form(self) -> bool:
        return "multipart/form-data" in self._content

    def schema(self, media_type: str) -> dict[str, Any]:
        """Of the body."""
        schema: dict[str, Any] = self._content[media_type]["schema"]
        return schema

    @property
    def _content(self) -> dict[str, Any]:
        content: dict[str, Any] = self.told.get("requestBody", {}).get("content", {})
        return content

    def call(self, program: Program, names: dict[str, str], **more: Any) -> TestResponse:
        """Call it in a way that is right but for what the path names."""
        if self.takes_json:
            more.setdefault("json", filled(self, names))
        if more.get("json", 0) is None:
            del more["json"]
        headers = {**_HEADERS.get(self.name, {}), **more.pop("headers", {})}
        path = self.path.format_map(names)
        return program.call(self.method, path, headers=headers, **more)


def filled(each: Called, names: dict[str, str]) -> dict[str, Any]:
    """A good body."""
    body = _BODIES.get(each.name, {})
    return {
        key: value.format_map(_Kept(names)) if isinstance(value, str) else value
        for key, value in body.items()
    }


class _Kept(dict[str, str]):
    """What is not known stays as it is."""

    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"


def things(program: Program) -> str:
    """Everything that a caller has."""
    lists = ("/avatars", "/voices", "/recordings", "/lectures", "/drafts", "/webhooks", "/keys")
    kept = [program.get(each).get_json()["items"] for each in lists]
    for key in kept[-1]:
        del key["last_used_at"]
    return json.dumps(kept)


def operations(document: dict[str, Any]) -> Iterator[Called]:
    """Everything in it."""
    for path, methods in document["paths"].items():
        for method, told in methods.items():
            yield Called(method.upper(), path, told)


def document(place: Place) -> dict[str, Any]:
    told: dict[str, Any] = place.anonymous.get("/openapi.json").get_json()
    return told


def one_of_each(place: Place, program: Program) -> dict[str, str]:
    """Names of things that a caller has just made, by the parameters that take them."""

    def make(path: str, **more: Any) -> str:
        answer = program.post(path, **more)
        assert answer.status_code in (200, 201, 202), (path, answer.text)
        return str(answer.get_json()["id"])

    avatar = make("/avatars", **a_form("image", A_PICTURE))
    voice = make("/voices", **a_form("sample", A_RECORDING, "Me.wav"))
    text = {"text": "Hello.", "language": "en", "avatar": avatar, "voice": voice}
    lecture = make("/lectures", json=text)
    made.finish_all(place.services.store)
    webhook = make("/webhooks", json={"url": URL})
    with speakers(place):
        speech = make(f"/voices/{voice}/speech?timings=json", json={"text": "Hello."})
    return {
        "avatar_id": avatar,
        "voice_id": voice,
        "recording_id": make("/recordings", **a_form("sound", A_RECORDING, "Me.wav")),
        "upload_id": an_upload(program, A_PICTURE),
        "draft_id": make("/drafts", json={"content": "Hello."}),
        "lecture_id": lecture,
        "file_name": "lecture.mp4",
        "webhook_id": webhook,
        "delivery_id": make(f"/webhooks/{webhook}/test"),
        "speech_id": speech,
        "key_id": make("/keys", json={"name": "another", "scopes": ["read"]}),
    }


def remove(program: Program, names: dict[str, str]) -> set[str]:
    """Remove what can be; tells by which parameters it was named."""
    for parameter, path in _REMOVABLE.items():
        answer = program.delete(path.format(names[parameter]), headers=TUS)
        assert answer.status_code == 204, (path, answer.text)
    return set(_REMOVABLE)

"""Lectures that tests look at: asked for by the API, as another program would."""

from __future__ import annotations

import json
import time
import urllib.request
from typing import Any

from tests.e2e.conftest import RENDER_SECONDS, SAMPLES, START_SECONDS, Service

TEXTS = ("Packets travel alone. They arrive in order.", "Routers hand them on.")

_CHOSEN: dict[str, tuple[str, str]] = {}
"""By the addresses of services."""


def ask(
    service: Service,
    method: str,
    path: str,
    body: dict[str, Any] | None = None,
    **headers: str,
) -> dict[str, Any]:
    """The answer to a call below ``/v1``; empty where it has no body.

    Raises:
        urllib.error.HTTPError: It was refused.
    """
    data = None if body is None else json.dumps(body).encode()
    fields = {"Content-Type": "application/json"} if data else {}
    request = urllib.request.Request(f"{service.url}/v1{path}", data, method=method)
    for name, value in {**fields, **headers}.items():
        request.add_header(name.replace("_", "-"), value)
    with urllib.request.urlopen(request, timeout=60) as response:
        raw = response.read()
    told: dict[str, Any] = json.loads(raw) if raw else {}
    return told


def store(service: Service) -> None:
    """A face and a voice, where no worker stores the examples."""
    for path, part, name in (
        ("/avatars", "image", "lecturer-woman.jpg"),
        ("/voices", "sample", "voice.wav"),
    ):
        content = (SAMPLES / name).read_bytes()
        head = f'--x\r\nContent-Disposition: form-data; name="{part}"; filename="{name}"\r\n\r\n'
        body = head.encode() + content + b"\r\n--x--\r\n"
        request = urllib.request.Request(f"{service.url}/v1{path}", body)
        request.add_header("Content-Type", "multipart/form-data; boundary=x")
        with urllib.request.urlopen(request, timeout=60) as response:
            assert response.status == 201


def asked(service: Service, *texts: str, title: str = "Networks", **wishes: Any) -> str:
    """The id of a new lecture, a slide for each text; small, for it may have to be made."""
    avatar, voice = chosen(service)
    body = {
        "title": title,
        "slides": [{"text": text} for text in texts or TEXTS],
        "avatar": avatar,
        "voice": voice,
        "size": 256,
        "language": "en",
        **wishes,
    }
    return str(ask(service, "POST", "/lectures", body)["id"])


def finished(service: Service, *texts: str, **more: Any) -> str:
    """The id of a lecture that is done; of texts that were made before it is at once."""
    lecture = asked(service, *texts, **more)
    wait_until_done(service, lecture)
    return lecture


def wait_until_done(service: Service, lecture: str) -> None:
    deadline = time.monotonic() + RENDER_SECONDS
    while (told := ask(service, "GET", f"/lectures/{lecture}"))["state"] != "done":
        assert told["state"] in ("queued", "running"), told
        assert time.monotonic() < deadline, told
        time.sleep(0.5)


def chosen(service: Service) -> tuple[str, str]:
    """A face and a voice, always the same: what is made of them is made once."""
    if service.url not in _CHOSEN:
        _CHOSEN[service.url] = _first(service, "/avatars"), _first(service, "/voices")
    return _CHOSEN[service.url]


def _first(service: Service, path: str) -> str:
    """The first that there is; workers keep the examples when they start."""
    deadline = time.monotonic() + START_SECONDS
    while not (found := ask(service, "GET", f"{path}?limit=1")["items"]):
        assert time.monotonic() < deadline, path
        time.sleep(0.5)
    return str(found[0]["id"])

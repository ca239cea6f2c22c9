"""What .NET's ``HttpClient`` sends, as Microsoft documents it: Debian does not package .NET.

``PostAsJsonAsync`` streams its body in one chunk, without a length, with everything beyond ASCII
escaped; ``StringContent`` has a length and a charset; headers of the request come before those of
its content, ``User-Agent`` and ``Accept`` are sent by whoever sets them only.

Source: learn.microsoft.com, "Make HTTP requests with the HttpClient class", ``JsonContent``,
``HttpRequestHeaders.ExpectContinue``; the public source of ``SocketsHttpHandler``.
"""

from __future__ import annotations

import json
import re
from typing import Any

from tests.clients.clients import COOKIE
from tests.services.wire import Message

NAME = "dotnet_httpclient"

SOURCE = "written from the documentation of .NET 8, not recorded"

_FOLDER = "Лекция №7"


def calls() -> list[tuple[str, Message]]:
    """Each call's name and request, with the words of :mod:`tests.clients.recording`."""
    place, first = "@PLACE@", 80
    plain = _lecture(first, place, "face.jpg", "voice.wav", "lecture.txt")
    russian = (f"{place}/{_FOLDER}", "лицо.jpg", "голос.wav", "текст.txt")
    fourth = {"id": first + 3}
    return [
        ("ping", _get("/ping")),
        ("start", _as_json("/generate", plain)),
        ("again", _as_json("/generate/", plain)),
        ("former", _string("/generation/", _lecture(str(first + 1), *russian), _RUSSIAN)),
        ("chunked", _as_json("/generation", _lecture(first + 2, *russian))),
        ("status", _get(f"/generate/status?id={first}")),
        ("conflict", _string("/generate", plain | {"lecture_text_path": f"{place}/other.txt"})),
        ("incomplete", _as_json("/generate", fourth, _RUSSIAN)),
        (
            "no_such_file",
            _as_json("/generate", plain | fourth | {"voice_path": f"{place}/nobody.wav"}),
        ),
        ("empty", _nothing("/generate")),
        ("stop_one", _get(f"/generate/cancel?id={first}")),
        ("stop_one_again", _get(f"/generation/cancel/?id={first}")),
        ("stop_all", _get("/generate/cancel")),
        ("nothing_to_stop", _nothing("/generate/cancel")),
        (
            "expected",
            _as_json("/generate", plain | fourth, "Expect: 100-continue", f"Cookie: {COOKIE}"),
        ),
        ("stop_in_body", _form("/generate/cancel", f"id={first + 3}")),
        (
            "stop_all_again",
            _get("/generation/cancel/", "Accept-Language: ru-RU, ru; q=0.9, en; q=0.5"),
        ),
        ("wrong_method", _get("/generate")),
        ("no_such_route", _get("/generated")),
    ]


_RUSSIAN = "Accept-Language: ru"


def _lecture(number: int | str, folder: str, *names: str) -> dict[str, Any]:
    face, voice, text = names
    return {
        "id": number,
        "face_path": f"{folder}/{face}",
        "voice_path": f"{folder}/{voice}",
        "lecture_text_path": f"{folder}/{text}",
        "generated_dir_path": f"{folder}/out",
    }


def _get(path: str, *headers: str) -> Message:
    return Message((f"GET {path} HTTP/1.1", "Host: @HOST@", *headers))


def _as_json(path: str, value: dict[str, Any], *headers: str) -> Message:
    """``PostAsJsonAsync``."""
    text = re.sub(r"\\u[0-9a-f]{4}", _upper, json.dumps(value, separators=(",", ":")))
    content = ("Transfer-Encoding: chunked", "Content-Type: application/json; charset=utf-8")
    return Message((*_post(path), *headers, *content), (text.encode(),), "X")


def _upper(escaped: re.Match[str]) -> str:
    return "\\u" + escaped[0][2:].upper()


def _string(path: str, value: dict[str, Any], *headers: str) -> Message:
    """``PostAsync`` with ``StringContent``."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _sized(path, text, "application/json; charset=utf-8", *headers)


def _form(path: str, text: str) -> Message:
    """``PostAsync`` with ``FormUrlEncodedContent``."""
    return _sized(path, text, "application/x-www-form-urlencoded")


def _sized(path: str, text: str, kind: str, *headers: str) -> Message:
    lines = (*_post(path), *headers, f"Content-Type: {kind}", "Content-Length: 0")
    return Message(lines, (text.encode(),)).fitted()


def _nothing(path: str) -> Message:
    """``PostAsync`` with ``null``."""
    return Message((*_post(path), "Content-Length: 0"))


def _post(path: str) -> tuple[str, str]:
    return f"POST {path} HTTP/1.1", "Host: @HOST@"

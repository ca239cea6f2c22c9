"""Files that callers send, and what is left of them."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import Any

from tests.web.v1.conftest import Place, Program

A_PICTURE = b"\xff\xd8\xff\xe0 a picture"
A_RECORDING = b"RIFF\x10\x00\x00\x00WAVEfmt "
TUS = {"Tus-Resumable": "1.0.0"}
PORTION = {**TUS, "Content-Type": "application/offset+octet-stream"}


def a_form(
    part: str = "image", content: bytes = A_PICTURE, name: str = "Me.jpg", **fields: Any
) -> dict[str, Any]:
    """Arguments of a call with a file."""
    form = {part: (io.BytesIO(content), name), **fields}
    return {"data": form, "content_type": "multipart/form-data"}


def a_raw_form(*parts: tuple[str, bytes], end: bytes = b"--") -> dict[str, Any]:
    """The same by hand, of what Content-Disposition says of each part, and its bytes."""
    body = b"".join(
        b"--limit\r\nContent-Disposition: form-data"
        + head.encode()
        + b"\r\n\r\n"
        + content
        + b"\r\n"
        for head, content in parts
    )
    body += b"--limit" + end + b"\r\n"
    return {"data": body, "content_type": "multipart/form-data; boundary=limit"}


def an_avatar(program: Program, **more: Any) -> dict[str, Any]:
    """One that is stored now."""
    answer = program.post("/avatars", **a_form(**more))
    assert answer.status_code == 201, answer.text
    told: dict[str, Any] = answer.get_json()
    return told


def an_upload(program: Program, content: bytes, **headers: str) -> str:
    """The id of one that is complete."""
    begun = program.post("/uploads", headers={**TUS, "Upload-Length": str(len(content)), **headers})
    assert begun.status_code == 201, begun.text
    path = begun.headers["Location"].removeprefix("/v1")
    done = program.patch(path, headers={**PORTION, "Upload-Offset": "0"}, data=content)
    assert done.status_code == 204, done.text
    return path.removeprefix("/uploads/")


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def kept(place: Place) -> list[Path]:
    """Every file of the library."""
    folder = place.services.settings.paths.data / "library"
    return sorted(path for path in folder.rglob("*") if path.is_file())

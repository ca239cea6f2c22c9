"""Drafts as no door of the service makes them: of content alone."""

from __future__ import annotations

import hashlib
from pathlib import Path

from app.intake.draft import Content, Draft, Wishes
from app.intake.staging import Staging


def content(path: Path, written: bytes) -> Content:
    """Bytes in a file, as a source of content leaves them."""
    path.write_bytes(written)
    return Content(path, hashlib.sha256(written).hexdigest())


def a_draft(
    folder: Path, output: Path, *, text: bytes | None = b"Hello._;Bye.", **changes: object
) -> Draft:
    """A good draft whose content lies in a folder of its own."""
    copies = folder / "inputs" / "copies"
    copies.mkdir(parents=True, exist_ok=True)
    fields: dict[str, object] = {
        "id": 7,
        "wishes": Wishes(),
        "face_engine": "meshwarp",
        "output": output,
        "copies": Staging(copies),
        "face": content(copies / "a-face", b"a face"),
        "voice": content(copies / "a-voice", b"a voice"),
        "text": None if text is None else content(copies / "a-text", text),
    }
    return Draft(**fields | changes)  # type: ignore[arg-type]  # by name, for tests only

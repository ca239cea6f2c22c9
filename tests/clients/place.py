"""The files of an LMS, as the clients' programs name them."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.e2e.conftest import SAMPLES

TEXT = "Packets travel alone. Each has a number._;_;Thank you."


def furnish(place: Path) -> None:
    """Put pictures, recordings and texts there, also under names that are not ASCII."""
    russian = place / "Лекция №7"
    russian.mkdir(parents=True)
    for name in (place / "face.jpg", russian / "лицо.jpg"):
        shutil.copy(SAMPLES / "lecturer-woman.jpg", name)
    for name in (place / "voice.wav", russian / "голос.wav"):
        shutil.copy(SAMPLES / "voice.wav", name)
    for name in (place / "lecture.txt", russian / "текст.txt"):
        name.write_text(TEXT, encoding="utf-8")
    (place / "other.txt").write_text("Another text.", encoding="utf-8")

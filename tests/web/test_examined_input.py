"""Pictures and recordings that the real examiner refuses, through the real web application."""

from __future__ import annotations

import json
import wave
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from PIL import Image, ImageDraw, ImageFilter

import config
from app import bootstrap, create_app
from app.examiner import Examiner
from app.steps import lecture_of
from tests.web.conftest import SAMPLES, Lms, envelope

WOMAN, MAN = SAMPLES / "lecturer-woman.jpg", SAMPLES / "lecturer-man.jpg"


@pytest.fixture(scope="module")
def examiner() -> Iterator[Examiner]:
    examiner = Examiner()
    yield examiner
    examiner.close()


@pytest.fixture
def examined(lms: Lms, settings: config.Settings, examiner: Examiner) -> Lms:
    """The LMS with the real examiner, and a voice that it accepts."""
    (lms.folder / "voice.wav").write_bytes((SAMPLES / "voice.wav").read_bytes())
    services = bootstrap.Services(settings, lms.services.store, examiner)
    lms.client = create_app(settings, services).test_client()
    return lms


def refused(lms: Lms, field: str, path: Path, code: str) -> str:
    """The message for a file, once it is sure that nothing was written."""
    changes: dict[str, Any] = {field: path}
    response = lms.post(**changes)
    answer = envelope(response)
    assert (response.status_code, answer["code"]) == (400, code)
    assert field in answer["message"] and str(path) in answer["message"]
    assert not (lms.folder / "out").exists()
    assert lms.services.store.active("lms") == []
    message: str = answer["message"]
    return message


def pdf(path: Path) -> None:
    path.write_bytes(b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n")


def truncated(path: Path) -> None:
    path.write_bytes(WOMAN.read_bytes()[:40_000])


def beyond_two_hundred_megapixels(path: Path) -> None:
    """A PNG of a few kilobytes that claims 20001 x 10000 pixels."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        checksum = zlib.crc32(kind + content).to_bytes(4, "big")
        return len(content).to_bytes(4, "big") + kind + content + checksum

    head = (20_001).to_bytes(4, "big") + (10_000).to_bytes(4, "big") + b"\x08\x02\0\0\0"
    pixels = zlib.compress(bytes(1000))
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + parts)


def without_a_face(path: Path) -> None:
    Image.linear_gradient("L").resize((600, 600)).convert("RGB").save(path, "PNG")


def a_group(path: Path) -> None:
    both = Image.new("RGB", (2048, 1024))
    for place, picture in enumerate((WOMAN, MAN)):
        both.paste(Image.open(picture), (1024 * place, 0))
    both.save(path, "PNG")


def a_cut_face(path: Path) -> None:
    Image.open(MAN).crop((0, 0, 1024, 560)).save(path, "PNG")


def in_the_dark(path: Path) -> None:
    Image.open(MAN).point(lambda value: value // 8).save(path, "PNG")


def burnt_out(path: Path) -> None:
    Image.open(WOMAN).point(lambda value: min(value * 3, 255)).save(path, "PNG")


def out_of_focus(path: Path) -> None:
    Image.open(MAN).filter(ImageFilter.GaussianBlur(20)).save(path, "PNG")


def behind_a_mask(path: Path) -> None:
    picture = Image.open(WOMAN)
    outline = [(380, 500), (512, 450), (644, 500), (620, 660), (512, 720), (404, 660)]
    ImageDraw.Draw(picture).polygon(outline, fill=(150, 190, 215))
    picture.save(path, "PNG")


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (in_the_dark, "too dark"),
        (burnt_out, "too bright"),
        (out_of_focus, "blurred"),
        (behind_a_mask, "mouth is covered"),
        (pdf, "pdf document"),
        (truncated, "truncated"),
        (beyond_two_hundred_megapixels, "megapixel"),
        (without_a_face, "no face"),
        (a_group, "2 faces"),
        (a_cut_face, "face"),
    ],
)
def test_a_picture_that_cannot_speak(examined: Lms, make: object, said: str) -> None:
    path = examined.folder / "odd.png"
    assert callable(make)
    make(path)
    assert said in refused(examined, "face_path", path, "bad_source_image").lower()


def recording(path: Path, seconds: float, sample: bytes) -> None:
    with wave.open(str(path), "wb") as target:
        target.setnchannels(1)
        target.setsampwidth(2)
        target.setframerate(16000)
        target.writeframes(sample * int(8000 * seconds))


@pytest.mark.parametrize(
    ("seconds", "sample", "said"),
    [
        (5.0, b"\0\0\0\0", "silent"),
        (0.1, b"\x00\x40\x00\xc0", "0.10 s"),
        (5.0, b"\x00\x40\x00\xc0", "no speech"),
    ],
)
def test_a_recording_that_is_no_voice(
    examined: Lms, seconds: float, sample: bytes, said: str
) -> None:
    path = examined.folder / "odd.wav"
    recording(path, seconds, sample)
    assert said in refused(examined, "voice_path", path, "bad_voice_sample")


@pytest.mark.parametrize(("reader", "said"), [("en", "Please note"), ("ru", "Обратите внимание")])
def test_a_noisy_voice_is_used_and_its_sender_told(examined: Lms, reader: str, said: str) -> None:
    path = examined.folder / "noisy.wav"
    sound, rate = soundfile.read(SAMPLES / "voice.wav")
    soundfile.write(path, sound + np.random.default_rng(0).normal(0, 0.03, sound.size), rate)
    body = json.dumps(examined.body(voice_path=path))
    language = {"Accept-Language": reader}
    answer = envelope(
        examined.client.post(
            "/generate", data=body, content_type="application/json", headers=language
        )
    )
    assert answer["code"] == "ok" and answer["result"] == [[1], [], [2]]
    assert said in answer["message"]
    assert f"voice_path {path}: the speech is only" in answer["message"]


def test_a_picture_as_the_voice(examined: Lms) -> None:
    path = examined.folder / "face.jpg"
    assert "no sound" in refused(examined, "voice_path", path, "bad_voice_sample")


def test_good_files_pass(examined: Lms) -> None:
    assert envelope(examined.post())["result"] == [[1], [], [2]]
    job = examined.services.store.find("lms", 7)
    assert job is not None and lecture_of(job.content).language == "en"

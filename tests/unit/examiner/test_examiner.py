"""Examining what a caller sends, in a child process."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest
import soundfile

import config
from app.errors import SourceImageError, VoiceSampleError
from app.examiner import Examiner

SAMPLES = config.ROOT / "samples"


@pytest.fixture
def examiner() -> Iterator[Examiner]:
    examiner = Examiner()
    yield examiner
    examiner.close()


def children() -> list[psutil.Process]:
    return [
        child
        for child in psutil.Process(os.getpid()).children()
        if "app.examiner.serve" in child.cmdline()
    ]


def test_the_samples_pass(examiner: Examiner) -> None:
    for picture in SAMPLES.glob("*.jpg"):
        examiner.check_face(picture, picture.name)
    examiner.check_voice(SAMPLES / "voice.wav", "voice")
    assert examiner.language_of(SAMPLES / "lecture-ru.txt", "ru", ["en", "ru"]) == "ru"


def test_a_text_is_no_picture_and_a_picture_is_no_voice(examiner: Examiner) -> None:
    with pytest.raises(SourceImageError):
        examiner.check_face(SAMPLES / "lecture-en.txt", "text")
    with pytest.raises(VoiceSampleError):
        examiner.check_voice(SAMPLES / "lecturer-man.jpg", "picture")


def test_a_noisy_sample_passes_with_a_caution(examiner: Examiner, tmp_path: Path) -> None:
    sound, rate = soundfile.read(SAMPLES / "voice.wav")
    hiss = np.random.default_rng(0).normal(0, 0.03, sound.size)
    soundfile.write(tmp_path / "noisy.wav", sound + hiss, rate)
    assert examiner.check_voice(SAMPLES / "voice.wav", "clear") == ""
    for _ in range(2):
        assert "above the noise" in examiner.check_voice(tmp_path / "noisy.wav", "noisy")


def test_one_child_answers_every_question_and_ends_with_the_examiner(examiner: Examiner) -> None:
    examiner.check_voice(SAMPLES / "voice.wav", "one")
    [child] = children()
    examiner.check_voice(SAMPLES / "voice.wav", "two")
    assert children() == [child]
    examiner.close()
    assert not child.is_running()


def test_the_same_bytes_are_examined_once(examiner: Examiner, tmp_path: Path) -> None:
    examiner.check_voice(SAMPLES / "voice.wav", "hash")
    examiner.close()
    examiner.check_voice(tmp_path / "gone", "hash")
    assert children() == []


def test_a_child_that_was_killed_is_replaced(examiner: Examiner) -> None:
    examiner.check_voice(SAMPLES / "voice.wav", "one")
    [child] = children()
    child.kill()
    child.wait()
    examiner.check_voice(SAMPLES / "voice.wav", "two")
    assert children() != [child]


def test_a_picture_without_a_face_says_so(examiner: Examiner, tmp_path: Path) -> None:
    from PIL import Image

    Image.new("RGB", (300, 300), "grey").save(tmp_path / "wall.png")
    with pytest.raises(SourceImageError, match="face"):
        examiner.check_face(tmp_path / "wall.png", "wall")

"""Examining what a caller sends, in a child process."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np
import psutil
import pytest
import soundfile
from PIL import Image

import config
from app.errors import Busy, LectureTextError, SourceImageError, VoiceSampleError
from app.examiner import Examiner
from app.examiner.asked import TextQuestion
from app.lecture.bounds import NO_BOUNDS
from app.steps.speak import texts_read
from tests.process.family import family_of, runs, wait_until

SAMPLES = config.ROOT / "samples"


@pytest.fixture(scope="module")
def examiner() -> Iterator[Examiner]:
    """For whoever leaves it as it is: to load what it needs takes seconds."""
    examiner = Examiner()
    yield examiner
    examiner.close()


class Alone:
    """An examiner of a single test, and its child."""

    def __init__(self) -> None:
        self.examiner = Examiner()
        self._others = _children()

    @property
    def children(self) -> list[psutil.Process]:
        return [child for child in _children() if child not in self._others]


def _children() -> list[psutil.Process]:
    return [
        child
        for child in psutil.Process(os.getpid()).children()
        if "app.examiner.serve" in child.cmdline()
    ]


@pytest.fixture
def alone() -> Iterator[Alone]:
    alone = Alone()
    yield alone
    alone.examiner.close()


def question(folder: Path, text: bytes) -> TextQuestion:
    """What the intake asks of a text in that folder."""
    path = folder / "lecture-text"
    path.write_bytes(text)
    return TextQuestion(path, "_;", "compat", NO_BOUNDS, language=None, spoken=("en", "ru"))


def test_the_samples_pass(examiner: Examiner) -> None:
    for picture in SAMPLES.glob("*.jpg"):
        examiner.check_face(picture, picture.name)
    examiner.check_voice(SAMPLES / "voice.wav", "voice")


def test_a_text_is_read_and_its_language_told(examiner: Examiner, tmp_path: Path) -> None:
    asked = question(tmp_path, (SAMPLES / "lecture-ru.txt").read_bytes())
    read = examiner.read_text(asked, ["ru"])
    assert read.language == "ru" and len(read.slides) > 1
    assert read.read == texts_read(read.slides, read.lexicon, "ru")
    assert list(tmp_path.iterdir()) == [asked.text]


def test_a_text_that_is_refused_is_not_read_again(examiner: Examiner, tmp_path: Path) -> None:
    asked = question(tmp_path, b"%PDF-1.7")
    for _ in range(2):
        with pytest.raises(LectureTextError, match="PDF") as refusal:
            examiner.read_text(asked, ["pdf"])
        assert refusal.value.field == "text"
        asked.text.unlink(missing_ok=True)
    other = replace(question(tmp_path, b"Hello."), delimiter=";;")
    assert examiner.read_text(other, ["pdf"]).language == "en"


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


def test_a_face_is_described_as_people_see_it(examiner: Examiner) -> None:
    for _ in range(2):  # the second time from memory
        seen = examiner.see_face(SAMPLES / "lecturer-woman.jpg", "described")
    with Image.open(SAMPLES / "lecturer-woman.jpg") as picture:
        assert (seen.width, seen.height) == picture.size
    left, top, width, height = seen.box
    assert 0 < left < left + width < seen.width and 0 < top < top + height < seen.height
    assert abs(seen.yaw) < 15 and abs(seen.roll) < 15
    assert seen.warnings == ()


def test_what_could_be_better_about_a_face_is_told(examiner: Examiner, tmp_path: Path) -> None:
    with Image.open(SAMPLES / "lecturer-woman.jpg") as picture:
        picture.reduce(picture.width // 200).save(tmp_path / "small.png")
    seen = examiner.see_face(tmp_path / "small.png", "small")
    assert f"the face is small: {seen.box[2]} pixels wide; 200 are good" in seen.warnings


def test_a_voice_is_described(examiner: Examiner) -> None:
    for _ in range(2):
        heard = examiner.hear_voice(SAMPLES / "voice.wav", "heard")
    whole = soundfile.info(SAMPLES / "voice.wav").duration
    assert heard.seconds == pytest.approx(whole, abs=0.1)
    assert 5.0 < heard.speech_seconds < heard.seconds
    assert -40.0 < heard.level_db < -10.0
    assert heard.snr_db is not None and heard.snr_db > 12.0
    assert heard.pitch_hz is not None and 65.0 < heard.pitch_hz < 400.0
    assert heard.warnings == ()


def test_a_voice_that_was_described_is_not_listened_to_again(alone: Alone, tmp_path: Path) -> None:
    alone.examiner.hear_voice(SAMPLES / "voice.wav", "hash")
    alone.examiner.close()
    assert alone.examiner.check_voice(tmp_path / "gone", "hash") == ""


def test_what_cannot_be_described_says_why_and_of_which_field(examiner: Examiner) -> None:
    with pytest.raises(SourceImageError):
        examiner.see_face(SAMPLES / "lecture-en.txt", "text of a face")
    with pytest.raises(VoiceSampleError):
        examiner.hear_voice(SAMPLES / "lecture-en.txt", "text of a voice")


def test_one_child_answers_every_question_and_ends_with_the_examiner(alone: Alone) -> None:
    seen = []
    for name in ("one", "two"):
        alone.examiner.check_voice(SAMPLES / "voice.wav", name)
        seen.append(alone.children)
    [child] = seen[0]
    assert seen[1] == [child]
    alone.examiner.close()
    assert not child.is_running()


def test_the_same_bytes_are_examined_once(alone: Alone, tmp_path: Path) -> None:
    alone.examiner.check_voice(SAMPLES / "voice.wav", "hash")
    alone.examiner.close()
    alone.examiner.check_voice(tmp_path / "gone", "hash")
    assert alone.children == []


def test_a_child_that_was_killed_is_replaced(alone: Alone) -> None:
    alone.examiner.check_voice(SAMPLES / "voice.wav", "one")
    [child] = alone.children
    child.kill()
    child.wait()
    alone.examiner.check_voice(SAMPLES / "voice.wav", "two")
    assert alone.children != [child]


@pytest.mark.slow
@pytest.mark.parametrize("spoken", [("en",), ("en", "ru", "fr", "es")])
def test_what_is_forked_has_one_thread(
    alone: Alone, tmp_path: Path, spoken: tuple[str, ...]
) -> None:
    """A fork has none of the others, and would wait for ever for one that computes."""
    for text in (b"Good morning, and welcome.", b"Good evening to all of you."):
        asked = replace(question(tmp_path, text), spoken=spoken)
        assert alone.examiner.read_text(asked, [text.decode()]).language == "en"
    [reaper] = alone.children
    [server] = reaper.children()
    # onnxruntime's own, which waits for a device to appear, and computes nothing.
    assert server.num_threads() <= 2


def test_a_picture_without_a_face_says_so(examiner: Examiner, tmp_path: Path) -> None:
    from PIL import Image

    Image.new("RGB", (300, 300), "grey").save(tmp_path / "wall.png")
    with pytest.raises(SourceImageError, match="face"):
        examiner.check_face(tmp_path / "wall.png", "wall")


def test_faces_of_a_refused_picture_are_remembered(examiner: Examiner, tmp_path: Path) -> None:
    with (
        Image.open(SAMPLES / "lecturer-woman.jpg") as one,
        Image.open(SAMPLES / "lecturer-man.jpg") as other,
    ):
        group = Image.new("RGB", (one.width + other.width, max(one.height, other.height)))
        group.paste(one, (0, 0))
        group.paste(other, (one.width, 0))
    group.save(tmp_path / "group.jpg")
    for _ in range(2):  # the second time from memory
        with pytest.raises(SourceImageError) as refusal:
            examiner.see_face(tmp_path / "group.jpg", "group")
        assert refusal.value.reason == "several_faces" and refusal.value.seen is not None
        assert (refusal.value.seen.width, refusal.value.seen.height) == group.size
        left, right = refusal.value.seen.faces
        assert left[0] + left[2] < one.width < right[0]
        (tmp_path / "group.jpg").unlink(missing_ok=True)


def test_of_what_is_no_picture_nothing_is_seen(examiner: Examiner) -> None:
    with pytest.raises(SourceImageError) as refusal:
        examiner.see_face(SAMPLES / "lecture-en.txt", "text without a picture")
    assert (refusal.value.reason, refusal.value.seen) == (None, None)


MINUTES_OF_WORK = b"\xff\xf1\x50\x80\x01\x7f\xfc" * 3_000_000
"""Headers of sound frames without any sound, over each of which the decoder thinks."""


@pytest.fixture
def laborious(tmp_path: Path) -> Path:
    path = tmp_path / "headers.aac"
    path.write_bytes(MINUTES_OF_WORK)
    return path


def decoders() -> list[psutil.Process]:
    """Living ones that this process, or what it has started, has started."""
    found = []
    for each in family_of(os.getpid()):
        with suppress(psutil.NoSuchProcess):
            if "ffmpeg" in each.name() and runs(each):
                found.append(each)
    return found


ANCESTORS = ["its reaper", "the examiner", "the look", "its own reaper"]
"""Of a decoder, outermost first."""


def begun_decoder() -> tuple[psutil.Process, list[psutil.Process]]:
    """The decoder, and those of its ancestors that this process has started, outermost first."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        for decoder in decoders():
            with suppress(psutil.NoSuchProcess):  # the one that only tells what formats there are
                family = family_of(os.getpid())
                above = [each for each in decoder.parents() if each in family]
                if len(above) == len(ANCESTORS):
                    return decoder, above[::-1]
    raise AssertionError("no decoder within 60 s")


@pytest.mark.slow
def test_a_decoder_does_not_outlive_its_deadline(laborious: Path) -> None:
    examiner = Examiner(seconds=8.0, own_seconds=2.0)
    begun = time.monotonic()
    with pytest.raises(VoiceSampleError, match="takes too long to examine"):
        examiner.check_voice(laborious, "laborious")
    assert time.monotonic() - begun < 9.0
    wait_until(lambda: decoders() == [], 1.0)
    examiner.close()


@pytest.mark.slow
@pytest.mark.parametrize("number", range(len(ANCESTORS)), ids=ANCESTORS)
def test_a_decoder_does_not_outlive(number: int, laborious: Path) -> None:
    examiner = Examiner(seconds=60.0)
    thread = threading.Thread(target=_refused, args=(examiner, laborious))
    thread.start()
    try:
        decoder, above = begun_decoder()
        os.kill(above[number].pid, signal.SIGKILL)
        begun = time.monotonic()
        wait_until(lambda: not runs(decoder))
        assert time.monotonic() - begun < 1.0
    finally:
        examiner.close()
        thread.join(20)
    assert decoders() == []


def _refused(examiner: Examiner, sample: Path) -> None:
    with pytest.raises((VoiceSampleError, Busy)):
        examiner.check_voice(sample, "laborious")

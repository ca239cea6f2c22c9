from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import EngineUnavailable
from app.media import FfmpegMedia
from app.media.probe import probe
from app.ports.media import Chapter, Media, SpokenSlide
from app.ports.speech import Word
from tests.unit.media.conftest import MakeClip, Never, speech, tone


@pytest.fixture
def media() -> Media:
    return FfmpegMedia()


def test_a_wrong_ffmpeg_is_noticed_at_the_start(tmp_path: Path) -> None:
    with pytest.raises(EngineUnavailable, match="no ffmpeg program"):
        FfmpegMedia(tmp_path / "ffmpeg")


def test_every_file_of_a_lecture_is_written(
    tmp_path: Path, media: Media, make_clip: MakeClip
) -> None:
    clip = make_clip("clip", 32)
    chapters = [Chapter("One", 0.0, 1.28)]
    assert media.write_speech(speech(tone(0.99)), clip.sound) == 1.28
    assert media.join([clip], tmp_path / "all.mp4", cancel=Never(), chapters=chapters) == 1.28
    media.write_captions([SpokenSlide([Word("Hello.", 0.0, 0.9)], 0.0, 1.28)], tmp_path / "all.srt")
    media.write_chapters(chapters, tmp_path / "chapters.vtt")
    shapes = media.visemes_from_sound(clip.sound, "Ah", "it")
    assert probe(tmp_path / "all.mp4").audio_codec == "aac"
    assert "Hello." in (tmp_path / "all.srt").read_text()
    assert "One" in (tmp_path / "chapters.vtt").read_text()
    assert (shapes[0].start, shapes[-1].end) == (0.0, 1.28)

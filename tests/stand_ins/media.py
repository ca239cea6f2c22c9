"""Media tools that need no ffmpeg: real files, whose content is no video."""

from __future__ import annotations

import wave
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from app.lecture import Passage
from app.phonetics import Viseme
from app.ports.media import Chapter, Clip, SpokenSlide
from app.ports.speech import Speech
from app.ports.work import Cancel


class PlainMedia:
    """Files without ffmpeg; satisfies :class:`app.ports.media.Media`."""

    def write_speech(self, speech: Speech, target: Path) -> float:
        with wave.open(str(target), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(speech.rate)
            file.writeframes((speech.samples * 32767).astype("<i2").tobytes())
        return len(speech.samples) / speech.rate

    def at_speed(self, speech: Speech, speed: float, *, cancel: Cancel) -> Speech:
        return replace(speech, rate=round(speech.rate * speed))

    def write_passage(self, recording: Path, passage: Passage, target: Path) -> float:
        with wave.open(str(target), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(24000)
            file.writeframes(bytes(2 * round(passage.seconds * 24000)))
        return passage.seconds

    def visemes_from_sound(self, sound: Path, text: str, language: str) -> tuple[Viseme, ...]:
        return (Viseme("sil", 0.0, 0.04),)

    def join(
        self,
        clips: Sequence[Clip],
        target: Path,
        *,
        cancel: Cancel,
        chapters: Sequence[Chapter] = (),
    ) -> float:
        with target.open("wb") as file:
            for clip in clips:
                file.write(clip.video.read_bytes())
        return 0.04 * len(clips)

    def write_captions(self, slides: Sequence[SpokenSlide], *targets: Path) -> None:
        words = [word.text for slide in slides for word in slide.words]
        for target in targets:
            target.write_text(" ".join(words), encoding="utf-8")

    def write_chapters(self, chapters: Sequence[Chapter], target: Path) -> None:
        target.write_text(" ".join(chapter.title for chapter in chapters), encoding="utf-8")

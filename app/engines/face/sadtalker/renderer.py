"""What the two ways of running SadTalker have in common."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from app.engines.face.sadtalker.face import DrivingAudio, Face
from app.engines.face.sadtalker.options import SadTalkerOptions
from app.media.encoder import VideoWriter
from app.ports.work import Cancel, Progress


@dataclass(frozen=True, slots=True)
class References:
    """Videos at 25 frames per second that lend their movements."""

    eyeblink: Path | None
    pose: Path | None


@dataclass(frozen=True, slots=True)
class Clip:
    """What is made from what."""

    face: Face
    sound: DrivingAudio
    original: Path
    """The sound that the clip gets."""
    references: References
    target: Path
    private: Path
    """Folder for whatever is needed meanwhile; its path holds nothing a caller named."""
    options: SadTalkerOptions


class Renderer(Protocol):
    """One way of running SadTalker."""

    def load(self, options: SadTalkerOptions) -> None:
        """Bring the models into memory, where that is of use."""

    def analyse(self, face: Face, options: SadTalkerOptions) -> None:
        """Find the face in its picture."""

    def render(self, clip: Clip, cancel: Cancel, progress: Progress) -> None:
        """Make the clip."""

    def close(self) -> None:
        """End every process."""


def encoder(clip: Clip, width: int, height: int) -> VideoWriter:
    """The writer of a clip whose frames are at most one pixel larger each way."""
    return VideoWriter(
        clip.target,
        width=width & ~1,
        height=height & ~1,
        sound=clip.original,
        crf=clip.options.crf,
        preset=clip.options.preset,
        ffmpeg=clip.options.ffmpeg,
    )

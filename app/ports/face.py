"""Pictures that speak."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol, runtime_checkable

from pydantic import BaseModel

from app.phonetics import Viseme
from app.ports.work import Cancel, Progress

FRAMES_PER_SECOND = 25
"""Of every clip."""


@runtime_checkable
class FaceEngine(Protocol):
    """Animation of a still face by driving audio."""

    def load(self) -> None:
        """Bring the model into memory, or start the process that holds it."""

    def prepare(self, source_image: Path) -> object:
        """Find and analyse the face, once per image.

        Raises:
            SourceImageError: The image cannot be read or shows no usable face.
        """

    def animate(
        self,
        face: object,
        driving_audio: Path,
        visemes: Sequence[Viseme],
        target: Path,
        *,
        cancel: Cancel,
        progress: Progress,
    ) -> None:
        """Write the clip of one fragment, sound included; it starts and ends at rest.

        Args:
            face: What :meth:`prepare` returned.
            driving_audio: Mono WAV of a whole number of frames.
            visemes: Timed mouth shapes; engines that work from mel ignore them.
            target: MP4 to write, H.264 and AAC, as many frames as the sound has.
            cancel: Checked at least five times per second.
        """

    def close(self) -> None:
        """Give the memory back, end every process.  Safe to call twice."""


@runtime_checkable
class AdaptableFaceEngine(FaceEngine, Protocol):
    """A face engine whose models in memory can serve other options.

    Lectures take turns: without it, two of them that show faces differently would have
    the models loaded anew for every fragment.
    """

    def adapt(self, options: BaseModel) -> bool:
        """Serve these options from now on; ``False``, and nothing changed, when it cannot."""

"""The embedded face engine: one picture, warped; no neural network draws a pixel."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from app.engines.face.meshwarp.calibration import natural_opening
from app.engines.face.meshwarp.curves import mouth_curves
from app.engines.face.meshwarp.framing import frame_picture
from app.engines.face.meshwarp.idle import idle_motion
from app.engines.face.meshwarp.options import MeshWarpOptions
from app.engines.face.meshwarp.planes import Planes
from app.engines.face.meshwarp.prosody import prosody_of
from app.engines.face.meshwarp.puppet import Puppet, Renderer, Score, make_puppet
from app.errors import EngineError, EngineUnavailable, MediaError, SourceImageError
from app.media.audio import read_wav
from app.media.encoder import VideoWriter
from app.phonetics import Viseme
from app.portrait import FaceFinder, read_picture
from app.ports.face import FRAMES_PER_SECOND
from app.ports.work import Cancel, Progress

_PUPPETS_KEPT = 8
"""About 3 MB each at 512 pixels, 9 MB at 1080."""

_FRAMES_PER_CHECK = 4
_FRAMES_PER_REPORT = 10


class MeshWarp:
    """Talking head by warping the source image with visemes."""

    def __init__(self, options: MeshWarpOptions) -> None:
        self._options = options
        self._finder: FaceFinder | None = None
        self._puppets: OrderedDict[str, Puppet] = OrderedDict()

    def load(self) -> None:
        """Read the landmark model and bind OpenCV to one thread."""
        # Threads of OpenCV times workers oversubscribe the machine.
        cv2.setNumThreads(1)
        self._finder = FaceFinder()

    def prepare(self, source_image: Path) -> Puppet:
        """Find the face and make the picture ready to move; kept for the last eight pictures.

        Raises:
            SourceImageError: The image cannot be read or shows no usable face.
            EngineUnavailable: :meth:`load` was not called.
        """
        if self._finder is None:
            raise EngineUnavailable("the face engine meshwarp is not loaded")
        key = _digest(source_image)
        if key in self._puppets:
            self._puppets.move_to_end(key)
            return self._puppets[key]
        picture = read_picture(source_image)
        face = self._finder.find(picture)
        framed = frame_picture(
            picture, face.landmarks, self._options.preprocess, self._options.size
        )
        puppet = make_puppet(framed)
        puppet = replace(puppet, opening=natural_opening(puppet, self._finder))
        self._puppets[key] = puppet
        if len(self._puppets) > _PUPPETS_KEPT:
            self._puppets.popitem(last=False)
        return puppet

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
        """Write the clip of one fragment; it starts and ends at rest.

        At rest is the picture, but for lips that are slightly apart in it: they are together
        throughout, or they would part and meet again in every pause.

        The same picture, sound, visemes and options give the same frames, bit for bit.

        Raises:
            EngineError: ``face`` is not of this engine.
            MediaError: The sound cannot be read or is empty, or ffmpeg failed.
        """
        if not isinstance(face, Puppet):
            raise EngineError(f"meshwarp cannot animate a {type(face).__name__}")
        cancel.check()
        samples, rate = read_wav(driving_audio)
        if not len(samples):
            raise MediaError(f"{driving_audio.name} holds no sound")
        score = self._score(face, visemes, samples, rate)
        height, width = face.picture.shape[:2]
        renderer, planes = Renderer(face), Planes(width, height)
        with VideoWriter(
            target,
            width=width,
            height=height,
            sound=driving_audio,
            crf=self._options.crf,
            preset=self._options.preset,
            pixel_format="yuv420p",
            ffmpeg=self._options.ffmpeg,
        ) as writer:
            for index in range(len(score)):
                if index % _FRAMES_PER_CHECK == 0:
                    cancel.check()
                drawn = renderer.render(score, index)
                writer.write(planes.update(drawn.frame, drawn.changed))
                if index % _FRAMES_PER_REPORT == _FRAMES_PER_REPORT - 1:
                    progress((index + 1) / len(score))
        progress(1.0)

    def close(self) -> None:
        """Forget the model and the pictures."""
        self._finder = None
        self._puppets.clear()

    def _score(
        self,
        face: Puppet,
        visemes: Sequence[Viseme],
        samples: npt.NDArray[np.float32],
        rate: int,
    ) -> Score:
        n_frames = -(-len(samples) * FRAMES_PER_SECOND // rate)
        mouth = mouth_curves(visemes, samples, rate, n_frames)
        if face.slightly_parted:
            mouth = replace(mouth, speaking=np.ones_like(mouth.speaking))
        idle = idle_motion(
            prosody_of(mouth.loudness, visemes),
            seed=_seed(samples),
            amount=self._options.head_motion,
            motion="still" if self._options.still else self._options.motion,
            blink=self._options.blink,
        )
        return Score(mouth, idle, self._options.expression_scale, face.opening)


def _seed(samples: npt.NDArray[np.float32]) -> int:
    """A number of its own for every driving audio."""
    return int.from_bytes(hashlib.sha256(samples.tobytes()).digest()[:8], "big")


def _digest(source_image: Path) -> str:
    try:
        with source_image.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError as error:
        raise SourceImageError("the picture is missing or cannot be read") from error

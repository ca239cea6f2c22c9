"""SadTalker as a face engine."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from pydantic import BaseModel

from app.engines.face.sadtalker.face import Face, keep_face, keep_reference, lengthen_sound
from app.engines.face.sadtalker.oneshot import Oneshot
from app.engines.face.sadtalker.options import SadTalkerOptions
from app.engines.face.sadtalker.renderer import Clip, References, Renderer
from app.engines.face.sadtalker.surroundings import Surroundings
from app.engines.face.sadtalker.warm import Warm
from app.errors import EngineError, EngineUnavailable, OutOfDeviceMemory
from app.phonetics import Viseme
from app.ports.work import Cancel, Progress

log = logging.getLogger(__name__)

_PER_CLIP = (
    *("preprocess", "still", "expression_scale", "pose_style"),
    *("input_yaw", "input_pitch", "input_roll", "batch_size", "rest_frames", "seed"),
    *("crf", "preset"),
)
"""Options that SadTalker is told with every clip; the others decide what is loaded."""


class SadTalker:
    """Talking head by SadTalker, in a process with an interpreter of its own."""

    def __init__(self, options: SadTalkerOptions) -> None:
        self._options = options
        self._resources = ExitStack()
        self._around: Surroundings | None = None
        self._renderer: Renderer | None = None
        self._references = References(None, None)

    def load(self) -> None:
        """Make the working folder, start the process and load the models.

        Raises:
            CheckpointMissing: A file of weights is not there.
            WrongInterpreter: The interpreter is missing or not Python 3.8.
            EngineUnavailable: The checkout is not set, or its packages are not installed.
            MediaError: A reference video cannot be read.
        """
        self.close()
        around = Surroundings(self._options)
        self._resources.callback(around.close)
        try:
            self._references = References(
                self._reference(self._options.ref_eyeblink, around),
                self._reference(self._options.ref_pose, around),
            )
            warm = self._options.mode == "warm"
            renderer: Renderer = Warm(around, self._options) if warm else Oneshot(around)
            self._resources.callback(renderer.close)
            renderer.load(self._options)
        except BaseException:
            self.close()
            raise
        self._around, self._renderer = around, renderer

    def prepare(self, source_image: Path) -> Face:
        """Find and analyse the face; kept on the disk for the last two hundred pictures.

        Raises:
            SourceImageError: The picture cannot be read.
            NoFaceError: No face is found in it.
            SeveralFacesError: More than one is.
            EngineUnavailable: :meth:`load` was not called.
        """
        around, renderer = self._loaded()
        options = self._options
        kind = f"{options.preprocess}-{options.size}"
        face = keep_face(source_image, around.cache / "faces", kind)
        renderer.analyse(face, options)
        return face

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
        """Write the clip of one fragment.

        Warm, the same picture, sound, seed and options give the same frames on the same device.

        Raises:
            EngineError: ``face`` is not of this engine, or the model failed.
            EngineCrashed: The process died; the next call starts another.
            EngineStalled: It said nothing for ``stall_seconds``.
            OutOfDeviceMemory: Half the batch did not fit either.
            MediaError: The sound cannot be read or is empty, or ffmpeg failed.
        """
        if not isinstance(face, Face):
            raise EngineError(f"sadtalker cannot animate a {type(face).__name__}")
        around, renderer = self._loaded()
        cancel.check()
        with around.private_folder() as private:
            folder = Path(private)
            sound = lengthen_sound(driving_audio, folder / "audio.wav", self._options.seed)
            clip = Clip(face, sound, driving_audio, self._references, target, folder, self._options)
            rising = _Rising(progress)
            try:
                renderer.render(clip, cancel, rising)
            except OutOfDeviceMemory:
                half = clip.options.batch_size // 2
                if half == 0:
                    raise
                log.warning("out of device memory, trying batches of %d", half)
                halved = clip.options.model_copy(update={"batch_size": half})
                renderer.render(replace(clip, options=halved), cancel, rising)
        progress(1.0)

    def adapt(self, options: BaseModel) -> bool:
        """Serve other options with the models in memory, where they need no others."""
        if self._around is None or not isinstance(options, SadTalkerOptions):
            return False
        if options.mode == "oneshot":
            return False  # a new engine costs nothing, and sees whether its weights are there
        kept = {name: getattr(self._options, name) for name in _PER_CLIP}
        if options.model_copy(update=kept) != self._options:
            return False
        self._options = options
        return True

    def close(self) -> None:
        """End the process and remove its working folder."""
        self._around = self._renderer = None
        self._resources.close()

    def _loaded(self) -> tuple[Surroundings, Renderer]:
        if self._around is None or self._renderer is None:
            raise EngineUnavailable("the face engine sadtalker is not loaded")
        return self._around, self._renderer

    def _reference(self, video: Path | None, around: Surroundings) -> Path | None:
        if video is None:
            return None
        return keep_reference(video, around.cache / "references", self._options.ffmpeg)


class _Rising:
    """Tells progress on, but never less than before: a second attempt starts below."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._told = 0.0

    def __call__(self, share: float) -> None:
        if share > self._told:
            self._told = min(share, 1.0)
            self._progress(self._told)

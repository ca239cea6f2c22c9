"""The models of one picture size, and the faces they know; importing this imports SadTalker."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Iterator, Optional, Tuple

from sadtalker_bridge.errors import BridgeError
from sadtalker_bridge.memory import ran_out
from sadtalker_bridge.protocol import Job
from sadtalker_bridge.sadtalker import analysis, motion, paste, upstream
from sadtalker_bridge.sadtalker.analysis import Analyst, Face
from sadtalker_bridge.sadtalker.checkpoints import Checkpoints, missing, upstream_paths
from sadtalker_bridge.sadtalker.render import Renderer
from sadtalker_bridge.sadtalker.requests import Animate, Load, Options

if TYPE_CHECKING:
    from sadtalker_bridge.sadtalker.enhance import Enhancer


class Models:
    """Everything that is loaded once and used for every clip."""

    def __init__(self, checkout: str, wanted: Load, checkpoints: Checkpoints, size: int) -> None:
        """Read the networks into the memory of the device.

        Raises:
            BridgeError: ``bad_request`` for a device that is not here, ``checkpoint_missing``
                for a file that cannot be read.
        """
        self.size = size
        self.wanted = wanted
        self.device = upstream.choose_device(wanted.device)
        upstream.make_repeatable()
        self._checkpoints = checkpoints
        self._enhancer: Optional[Enhancer] = None
        config = os.path.join(checkout, "src", "config")
        paths = upstream_paths(checkpoints, config, size)
        with upstream.building():
            try:
                self._analyst = Analyst(paths, self.device)
                self._audio_to_coefficients = upstream.Audio2Coeff(paths, self.device)
                self._renderer = Renderer(checkpoints, config, size, self.device)
            except (BridgeError, ImportError):
                raise
            except Exception as error:
                if ran_out(error):
                    raise
                name = os.path.basename(checkpoints.talker(size))
                raise missing(name, "checkpoints") from error

    def prepare(self, preprocess: str) -> None:
        """Read the network that only this kind of clip needs."""
        self._renderer.prepare(full="full" in preprocess)

    def face(
        self, image: str, folder: str, preprocess: str, size: int, job: Job
    ) -> Tuple[Face, bool]:
        """The analysis of a picture, and whether it was there already."""
        face = analysis.stored(folder, preprocess, size)
        if face is not None:
            return face, True
        self._analyst.analyse(image, folder, preprocess, size, job)
        face = analysis.stored(folder, preprocess, size)
        if face is None:
            raise BridgeError("failed", "the analysis cannot be stored in its folder")
        return face, False

    def require_enhancer(self, enhancer: str, background: Optional[str]) -> Enhancer:
        """The enhancers' networks, imported once.

        Raises:
            BridgeError: ``checkpoint_missing``, or ``bad_request`` for a background enhancer
                on a processor, where SadTalker would leave it out.
        """
        if background and not self.device.startswith("cuda"):
            raise BridgeError("bad_request", f"background_enhancer {background} needs CUDA")
        self._checkpoints.require_enhancer(enhancer, background)
        if self._enhancer is None:
            from sadtalker_bridge.sadtalker.enhance import Enhancer

            self._enhancer = Enhancer(self.device)
        return self._enhancer

    def render(self, asked: Animate, folder: str, job: Job) -> Iterator[Any]:
        """Frames of a clip, uint8 RGB, in time order; ``folder`` is for SadTalker's files."""
        options = asked.options
        if options.enhancer:
            self.require_enhancer(options.enhancer, options.background_enhancer)
        face, _ = self.face(asked.image, asked.folder, options.preprocess, options.size, job)
        references = self._references(options, job)
        upstream.seed(asked.seed)
        moved = motion.follow_sound(
            asked,
            face,
            audio_to_coefficients=self._audio_to_coefficients,
            device=self.device,
            folder=folder,
            references=references,
            job=job,
        )
        frames = self._renderer.frames(
            moved,
            full=options.full,
            batch_size=options.batch_size,
            rest_frames=options.rest_frames,
            job=job,
        )
        return self._finished(frames, face, asked, job)

    def _finished(
        self, frames: Iterator[Any], face: Face, asked: Animate, job: Job
    ) -> Iterator[Any]:
        options = asked.options
        if options.full:
            frames = paste.into_picture(frames, asked.image, face.box, asked.n_frames, job)
        else:
            frames = paste.in_proportion(frames, face.box, options.size)
        if options.enhancer is None:
            return frames
        enhancer = self.require_enhancer(options.enhancer, options.background_enhancer)
        return enhancer.frames(
            frames, asked.n_frames, options.enhancer, options.background_enhancer, job
        )

    def _references(self, options: Options, job: Job) -> Tuple[Optional[str], Optional[str]]:
        def coefficients(video: Optional[str], folder: Optional[str]) -> Optional[str]:
            if video is None:
                return None
            if folder is None:
                raise BridgeError("bad_request", "a reference video needs a folder")
            return self._analyst.follow(video, folder, options.preprocess, job)

        return (
            coefficients(options.ref_eyeblink, options.ref_eyeblink_folder),
            coefficients(options.ref_pose, options.ref_pose_folder),
        )

"""SadTalker kept in memory by ``sadtalker_bridge``."""

from __future__ import annotations

import logging
import os
from contextlib import ExitStack
from typing import Any

from app.engines.bridge import Animated, Bridge, Event, Loaded, Picture, Progressed
from app.engines.face.sadtalker.face import Face, only_one
from app.engines.face.sadtalker.frames import FramePipe, even
from app.engines.face.sadtalker.options import PYTHON, SadTalkerOptions
from app.engines.face.sadtalker.renderer import Clip, encoder
from app.engines.face.sadtalker.surroundings import BRIDGE_ROOT, Surroundings
from app.errors import EngineCrashed
from app.ports.work import Cancel, Progress

log = logging.getLogger(__name__)

_ENGINE = "sadtalker"
_PROGRAM = ("-m", "sadtalker_bridge", _ENGINE, "--checkout")

_START_SECONDS = 60.0
"""For the interpreter to say that it runs; it needs a second on a busy disk."""

_FIRST_FRAME = 0.06
_LAST_FRAME = 0.97
"""Shares of the work between which the frames come; the rest is analysis and encoding."""

_BEFORE_FRAMES = {"landmarks": 0.0, "analysis": 0.01, "mel": 0.02, "expression": 0.04}
"""Share at which a stage begins, for those that precede the first frame."""

_STAGE_SHARE = 0.01


class _NoStop:
    """For what the port gives no cancellation to; the worker ends this process if it must."""

    def check(self) -> None: ...


class Warm:
    """A bridge process that is started when needed and serves one fragment after another."""

    def __init__(self, around: Surroundings, options: SadTalkerOptions) -> None:
        assert options.python is not None and options.checkout is not None
        self._bridge = Bridge(
            (options.python, *_PROGRAM, options.checkout),
            cwd=around.work,
            env={**around.environment(), "PYTHONPATH": str(BRIDGE_ROOT)},
            name="the SadTalker bridge",
        )
        self._jobs = 0
        self._fragments = 0

    def load(self, options: SadTalkerOptions) -> None:
        """Start the process and load the models."""
        self._ensure_loaded(options, _NoStop())

    def analyse(self, face: Face, options: SadTalkerOptions) -> None:
        """Find the face and its coefficients, in the models' process, once per picture."""
        self._ensure_loaded(options, _NoStop())
        request = {
            "do": "prepare",
            "job": self._next_job(),
            "image": str(face.image),
            "folder": str(face.analysis),
            "size": options.size,
            "preprocess": options.preprocess,
        }
        with only_one(face):
            self._bridge.ask(request, patience=options.stall_seconds, cancel=_NoStop())

    def render(self, clip: Clip, cancel: Cancel, progress: Progress) -> None:
        """Have the frames made and encode each one as it comes."""
        self._ensure_loaded(clip.options, cancel)
        with ExitStack() as resources:
            fifo = clip.private / "frames.rgb"
            fifo.unlink(missing_ok=True)
            frames = resources.enter_context(FramePipe(fifo))
            n_frames = clip.sound.n_frames

            def hear(event: Event) -> None:
                match event:
                    case Picture(width=width, height=height):
                        writer = encoder(clip, width, height)
                        resources.enter_context(writer)
                        frames.begin(width, height, lambda frame: writer.write(even(frame)))
                    case Progressed(stage=stage, done=done, total=total):
                        progress(_share(stage, done, total, frames.taken, n_frames))

            answer = self._bridge.ask(
                self._request(clip, fifo=str(fifo)),
                patience=clip.options.stall_seconds,
                cancel=cancel,
                hear=hear,
                frames=frames,
            )
            frames.drain()
            if frames.taken != n_frames:
                self._bridge.close()
                raise EngineCrashed(
                    f"the SadTalker bridge sent {frames.taken} frames, not {n_frames}"
                )
            progress(_LAST_FRAME)
        self._recycle(answer, clip.options)

    def close(self) -> None:
        """End the process."""
        self._bridge.close()

    def _ensure_loaded(self, options: SadTalkerOptions, cancel: Cancel) -> None:
        if self._bridge.is_running:
            return
        self._fragments = 0
        self._bridge.start(engine=_ENGINE, python=PYTHON, patience=_START_SECONDS, cancel=cancel)
        checkpoints = options.checkpoint_dir and str(options.checkpoint_dir.absolute())
        request = {
            "do": "load",
            "size": options.size,
            "preprocess": options.preprocess,
            "device": options.device,
            "checkpoint_dir": checkpoints,
            "enhancer": options.enhancer,
        }
        try:
            answer = self._bridge.ask(request, patience=options.load_seconds, cancel=cancel)
        except BaseException:
            self._bridge.close()
            raise
        if isinstance(answer, Loaded):
            log.info("bridge loaded device=%s seconds=%.1f", answer.device, answer.seconds)

    def _request(self, clip: Clip, *, fifo: str) -> dict[str, Any]:
        options, references = clip.options, clip.references
        return {
            "do": "animate",
            "job": self._next_job(),
            "image": str(clip.face.image),
            "folder": str(clip.face.analysis),
            "sound": str(clip.sound.wav),
            "frames": fifo,
            "n_frames": clip.sound.n_frames,
            "seed": clip.sound.seed,
            "options": {
                "preprocess": options.preprocess,
                "size": options.size,
                "still": options.still,
                "expression_scale": options.expression_scale,
                "enhancer": options.enhancer,
                "background_enhancer": options.background_enhancer,
                "pose_style": options.pose_style,
                "input_yaw": options.input_yaw,
                "input_pitch": options.input_pitch,
                "input_roll": options.input_roll,
                "batch_size": options.batch_size,
                "rest_frames": options.rest_frames,
                "ref_eyeblink": references.eyeblink and str(references.eyeblink),
                "ref_pose": references.pose and str(references.pose),
                **_reference_folders(clip),
            },
        }

    def _next_job(self) -> str:
        self._jobs += 1
        return str(self._jobs)

    def _recycle(self, answer: Event, options: SadTalkerOptions) -> None:
        """End a process that has served long or grown large; memory leaks are not ours to mend."""
        self._fragments += 1
        rss = answer.rss if isinstance(answer, Animated) else 0
        used_up = self._fragments >= options.recycle_fragments
        if used_up or rss > options.recycle_rss_gigabytes * 1e9:
            log.info("bridge recycled fragments=%d rss=%d", self._fragments, rss)
            self._bridge.close()


def _reference_folders(clip: Clip) -> dict[str, str | None]:
    """Folders beside the references, in which the bridge keeps what it finds in them."""
    folders: dict[str, str | None] = {}
    pairs = (("eyeblink", clip.references.eyeblink), ("pose", clip.references.pose))
    for name, video in pairs:
        folder = None if video is None else video.with_suffix("")
        if folder is not None:
            folder.mkdir(exist_ok=True)
        folders[f"ref_{name}_folder"] = None if folder is None else os.fspath(folder)
    return folders


def _share(stage: str, done: int, total: int, taken: int, n_frames: int) -> float:
    """Share of the work that is done: by the frames, once they come."""
    if not taken:
        begin = _BEFORE_FRAMES.get(stage)
        return _FIRST_FRAME if begin is None else begin + _STAGE_SHARE * done / max(total, 1)
    return _FIRST_FRAME + (_LAST_FRAME - _FIRST_FRAME) * taken / n_frames

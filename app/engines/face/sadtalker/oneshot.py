"""SadTalker's own program, run once per fragment."""

from __future__ import annotations

import logging
import os
import re
import selectors
import subprocess
import time
from collections.abc import Generator
from contextlib import closing
from pathlib import Path

from app.engines.face.sadtalker.face import Face
from app.engines.face.sadtalker.failures import failure_told_by
from app.engines.face.sadtalker.frames import Frame, even
from app.engines.face.sadtalker.options import SadTalkerOptions
from app.engines.face.sadtalker.preflight import lacks_files
from app.engines.face.sadtalker.printed import Printed
from app.engines.face.sadtalker.renderer import Clip, encoder
from app.engines.face.sadtalker.surroundings import Surroundings
from app.errors import (
    CheckpointMissing,
    EngineCrashed,
    EngineError,
    EngineStalled,
    MediaError,
    OutOfDeviceMemory,
)
from app.media.pictures import pictures_of
from app.ports.work import Cancel, Progress
from app.process.child import CHECK_EVERY, Child

log = logging.getLogger(__name__)

_RENDERED = 0.9
"""Share of the work that is done when the program ends; what follows is encoding."""

_END_SECONDS = 5.0
"""Between the end of its outputs and its own."""

_NAMED = re.compile(r"^The generated video is named: (.+)$", re.MULTILINE)


class Oneshot:
    """Starts SadTalker, waits, reads its video, encodes it with the original sound."""

    def __init__(self, around: Surroundings) -> None:
        self._around = around

    def load(self, options: SadTalkerOptions) -> None:
        """Nothing to load: only see that all is there.

        Raises:
            CheckpointMissing: A file of weights is not there; SadTalker would fetch it.
        """
        if lacks := lacks_files(options):
            raise CheckpointMissing(lacks)

    def analyse(self, face: Face, options: SadTalkerOptions) -> None:
        """Nothing: the program analyses the picture anew for each fragment."""

    def render(self, clip: Clip, cancel: Cancel, progress: Progress) -> None:
        """Run the program and take over the frames of its video."""
        results = clip.private / f"results-{clip.options.batch_size}"
        results.mkdir()
        command = self._command(clip, results)
        video = self._around.work / self._run(command, clip.options.stall_seconds, cancel, progress)
        if results not in video.resolve().parents:
            raise EngineCrashed("SadTalker named a video outside its result folder")
        self._encode(video, clip, cancel, progress)

    def close(self) -> None:
        """Nothing outlives a fragment."""

    def _command(self, clip: Clip, results: Path) -> list[str]:
        """The program and its options; every path is relative and of our own names.

        SadTalker puts paths into shell commands, so not even the cache's may be among them.
        """
        options = clip.options
        values: dict[str, object] = {
            "driven_audio": self._named(clip.sound.wav, clip, "audio.wav"),
            "source_image": self._named(clip.face.image, clip, "face.png"),
            "result_dir": results.relative_to(self._around.work),
            "checkpoint_dir": "checkpoints",
            "preprocess": options.preprocess,
            "size": options.size,
            "expression_scale": options.expression_scale,
            "pose_style": options.pose_style,
            "batch_size": options.batch_size,
            "enhancer": options.enhancer,
            "background_enhancer": options.background_enhancer,
            "ref_eyeblink": self._named(clip.references.eyeblink, clip, "eyeblink.mp4"),
            "ref_pose": self._named(clip.references.pose, clip, "pose.mp4"),
        }
        command = [str(options.python), str(options.inference)]
        for name, value in values.items():
            command += [f"--{name}", str(value)] if value is not None else []
        for name in ("input_yaw", "input_pitch", "input_roll"):
            angles = getattr(options, name)
            command += [f"--{name}", *map(str, angles)] if angles else []
        command += ["--still"] if options.still else []
        command += ["--cpu"] if options.device == "cpu" else []
        return command

    def _named(self, path: Path | None, clip: Clip, name: str) -> Path | None:
        """A link of that name to a file, as seen from the working folder."""
        if path is None:
            return None
        link = clip.private / name
        if link != path:
            link.unlink(missing_ok=True)
            link.symlink_to(path)
        return link.relative_to(self._around.work)

    def _run(self, command: list[str], patience: float, cancel: Cancel, progress: Progress) -> Path:
        """The video that the program says it has made, as seen from the working folder.

        Raises:
            EngineCrashed: It died of a signal.
            EngineStalled: It said nothing for too long.
            LectureError: What its error output tells.
        """
        env = self._around.environment()
        printed = Printed(lambda share: progress(_RENDERED * share))
        with Child(
            command,
            name="SadTalker",
            cwd=self._around.work,
            env=env,
            stdin=subprocess.DEVNULL,
            errors=subprocess.PIPE,
        ) as process:
            _listen(process, printed, patience, cancel)
            status = process.wait(_END_SECONDS)
        named = _NAMED.findall(printed.output)
        if status == 0 and named:
            return Path(named[-1])
        for line in printed.complaints():
            log.info("child pid=%d %s", process.pid, line)
        if status is not None and status > 128:
            raise EngineCrashed(f"SadTalker {process.ending()}")
        raise failure_told_by(printed.tail) or EngineError(
            f"SadTalker ended with status {status} and named no video"
        )

    def _encode(self, video: Path, clip: Clip, cancel: Cancel, progress: Progress) -> None:
        """Take over as many frames as the sound has; the last one stays when there are fewer."""
        n_frames = clip.sound.n_frames
        with closing(_frames_of(video, clip.options.ffmpeg)) as frames:
            last = next(frames, None)
            if last is None:
                raise EngineCrashed("SadTalker made a video without a picture")
            height, width = last.shape[:2]
            with encoder(clip, width, height) as writer:
                for index in range(n_frames):
                    cancel.check()
                    writer.write(last)
                    last = next(frames, last)
                    progress(_RENDERED + (1.0 - _RENDERED) * index / n_frames)


def _listen(process: Child, printed: Printed, patience: float, cancel: Cancel) -> None:
    heard = time.monotonic()
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ, printed.take_output)
        selector.register(process.stderr, selectors.EVENT_READ, printed.take_errors)
        while selector.get_map():
            cancel.check()
            for key, _ in selector.select(CHECK_EVERY):
                heard = time.monotonic()
                if block := os.read(key.fd, 1 << 16):
                    key.data(block)
                else:
                    selector.unregister(key.fileobj)
            if printed.waits_for_memory:
                raise OutOfDeviceMemory("the device has too little memory for the face")
            if time.monotonic() - heard > patience:
                raise EngineStalled(f"SadTalker said nothing for {patience:g} s")


def _frames_of(video: Path, ffmpeg: Path | None) -> Generator[Frame]:
    """The pictures of a video of even size.

    Raises:
        EngineCrashed: It is missing or cannot be read.
    """
    try:
        with closing(pictures_of(video, ffmpeg=ffmpeg)) as pictures:
            for picture in pictures:
                yield even(picture)
    except MediaError as error:
        raise EngineCrashed("SadTalker's video cannot be read") from error

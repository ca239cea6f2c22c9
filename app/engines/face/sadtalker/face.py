"""Source images and reference videos as SadTalker takes them, kept in the cache."""

from __future__ import annotations

import fcntl
import hashlib
import logging
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from app.errors import MediaError, SourceImageError
from app.media.audio import read_wav, resample, write_pcm
from app.media.ffmpeg import run
from app.portrait import read_picture
from app.ports.face import FRAMES_PER_SECOND
from app.ports.sound import SAMPLE_RATE

log = logging.getLogger(__name__)

_LEAST_SECONDS = 0.92
"""SadTalker crashes at exactly 21 frames and below 3 (its issues 470 and 939)."""

_SPARE_SECONDS = 0.08
"""It drops an incomplete frame, and its mel windows look ahead."""

_LONGEST_SIDE = 1920
"""Pixels; with ``full`` it is that of the clip, and a face is rendered at 512 at most."""

_FACES_KEPT = 200
"""A picture and its analysis are a few megabytes."""

_TRANSCODE_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class Face:
    """A picture that SadTalker can read."""

    image: Path
    """PNG, upright RGB."""
    analysis: Path
    """Folder for what the bridge finds in it; of one way of cutting and one size."""


@dataclass(frozen=True, slots=True)
class DrivingAudio:
    """A sound as SadTalker takes it."""

    wav: Path
    """Mono, 24 kHz, longer than the clip will be."""
    n_frames: int
    """Of the clip: those of the original sound."""
    seed: int
    """For blinks and poses: its own for every sound."""


def keep_face(source_image: Path, faces: Path, analysis: str) -> Face:
    """Read a picture and keep it as a PNG, once per content.

    Args:
        source_image: Any picture that :func:`app.portrait.read_picture` reads.
        faces: Folder of the cache; the least recently used pictures are removed from it.
        analysis: Name of the folder for its analysis.

    Raises:
        SourceImageError: The picture cannot be read.
    """
    folder = faces / _digest(source_image)
    image = folder / "face.png"
    if not image.is_file():
        picture = Image.fromarray(read_picture(source_image))
        picture.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE), Image.Resampling.LANCZOS)
        _once(image, lambda part: picture.save(part, format="PNG", compress_level=1))
        _remove_oldest(faces)
    os.utime(folder)
    (folder / analysis).mkdir(exist_ok=True)
    return Face(image, folder / analysis)


@contextmanager
def only_one(face: Face) -> Iterator[None]:
    """Keep other engines waiting: whoever comes second finds the analysis of the first."""
    with (face.analysis / ".lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def keep_reference(video: Path, references: Path, ffmpeg: Path | None) -> Path:
    """Bring a reference video to 25 frames per second, once per content.

    SadTalker takes its frames one for one and would otherwise run out of step (its issue 795).

    Raises:
        MediaError: It is missing or holds no picture.
    """
    try:
        digest = _sha256(video)
    except OSError as error:
        raise MediaError(f"cannot read the reference video {video.name}") from error
    kept = references / f"{digest}.mp4"
    if not kept.is_file():
        # A file of whoever runs the service, not of a caller.
        arguments = ["-i", f"file:{video}", "-an", "-r", str(FRAMES_PER_SECOND)]
        arguments += ["-c:v", "libx264", "-crf", "12", "-pix_fmt", "yuv420p"]
        arguments += ["-vf", "scale=trunc(iw/2)*2:trunc(ih/2)*2", "-f", "mp4", "-y"]
        _once(
            kept,
            lambda part: run(
                [*arguments, f"file:{part}"],
                purpose=f"reading {video.name}",
                timeout=_TRANSCODE_SECONDS,
                ffmpeg=ffmpeg,
            ),
        )
    return kept


def lengthen_sound(driving_audio: Path, target: Path, seed: int) -> DrivingAudio:
    """Write the sound for the model: silence follows until it is long enough to be safe.

    Raises:
        MediaError: It cannot be read or is empty.
    """
    samples, rate = read_wav(driving_audio)
    if not len(samples):
        raise MediaError(f"{driving_audio.name} holds no sound")
    n_frames = -(-len(samples) * FRAMES_PER_SECOND // rate)
    seconds = max(_LEAST_SECONDS, n_frames / FRAMES_PER_SECOND + _SPARE_SECONDS)
    heard = resample(samples, rate, SAMPLE_RATE)
    padded = np.pad(heard, (0, max(0, round(seconds * SAMPLE_RATE) - len(heard))))
    write_pcm(np.rint(np.clip(padded, -1.0, 1.0) * 32767.0).astype("<i2"), target)
    digest = hashlib.sha256(seed.to_bytes(8, "big") + samples.tobytes()).digest()
    return DrivingAudio(target, n_frames, int.from_bytes(digest[:4], "big"))


def _digest(source_image: Path) -> str:
    try:
        return _sha256(source_image)
    except OSError as error:
        raise SourceImageError("the picture is missing or cannot be read") from error


def _sha256(path: Path) -> str:
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _once(target: Path, write: Callable[[Path], object]) -> None:
    """Write a file under a name of its own and rename it: others may be at the same."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(prefix=".new-", dir=target.parent) as folder:
        part = Path(folder) / target.name
        write(part)
        part.replace(target)


def _remove_oldest(faces: Path) -> None:
    """Keep the pictures used last.  A removed one is made again when it is asked for."""
    by_use = sorted(faces.iterdir(), key=lambda folder: folder.stat().st_mtime, reverse=True)
    for folder in by_use[_FACES_KEPT:]:
        shutil.rmtree(folder, ignore_errors=True)
        log.info("removed an old face from the cache folder=%s", folder.name[:8])

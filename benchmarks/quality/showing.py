"""The face part: every portrait says the same, and the finished MP4 is judged."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np

import config
from app.engines import registry
from app.errors import LectureError
from app.media import FfmpegMedia
from app.portrait import FaceFinder, read_picture
from app.portrait.face import Face
from app.ports.face import FaceEngine
from app.ports.media import Clip
from app.ports.work import untold
from benchmarks.quality.driving import Fragment, GoOn, over_all
from benchmarks.quality.judges.identity import FaceEncoder, judge_identity
from benchmarks.quality.judges.mouth import judge_mouth, opening
from benchmarks.quality.judges.sharpness import face_in, sharpness_left
from benchmarks.quality.judges.sighting import Floats, Frame, Sightings, frames_of, sight
from benchmarks.quality.judges.steadiness import judge_steadiness
from benchmarks.quality.judges.telling import telling_frames
from benchmarks.quality.keeping import Place, identity_of, sources

PICTURES = frozenset({".jpg", ".jpeg", ".png", ".webp"})
ENGINE = "meshwarp"
"""Whose commanded opening is known, see :mod:`benchmarks.quality.commanded`."""
_USUAL_SIZE = 512
SAMPLES = config.ROOT / "samples"
_FRONTAL_YAW, _FRONTAL_PITCH = 12.0, 20.0
"""Degrees.  Turned further, the mouth is seen from the side and openings mean something else."""


@dataclass(frozen=True, slots=True)
class Studio:
    """What is loaded once for all portraits."""

    place: Place
    fragments: tuple[Fragment, ...]
    engine: FaceEngine
    finder: FaceFinder
    encoder: FaceEncoder


def portraits(folder: Path | None) -> list[Path]:
    """The committed samples, then every picture in a folder, by name."""
    folders = [SAMPLES, *([folder] if folder else [])]
    return [
        picture
        for each in folders
        for picture in sorted(each.iterdir())
        if picture.suffix.lower() in PICTURES
    ]


def show(
    place: Place,
    pictures: list[Path],
    fragments: tuple[Fragment, ...],
    *,
    size: int = 512,
    preprocess: str = "crop",
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Render and judge each picture, unless that is done; its name and what was found.

    Args:
        place: Where everything is kept.
        pictures: Of one face each; one that the service refuses is reported with the reason.
        fragments: What they say.
        size: As the engine's option; what is not 512 is part of the name.
        preprocess: The same; ``crop`` is not.
    """
    options = {"size": size, "preprocess": preprocess}
    places = {"models_dir": config.ROOT / "models"}
    engine: FaceEngine = registry.create("face", ENGINE, options, places)
    engine.load()
    studio = Studio(place, fragments, engine, FaceFinder(), FaceEncoder())
    suffix = ("" if preprocess == "crop" else f"-{preprocess}") + (
        "" if size == _USUAL_SIZE else f"-{size}"
    )
    program = sources("app/engines/face", "app/portrait", "benchmarks/quality/judges")
    program += identity_of(Path(__file__))
    try:
        for picture in pictures:
            sounds = [fragment.sound for fragment in fragments]
            identity = identity_of(picture, *sounds, more=f"{options} {program}")
            name = picture.stem + suffix
            found = place.kept("face", name, identity)
            if found is None:
                found = _one(studio, picture, name)
                place.keep("face", name, identity, found)
            yield name, found
    finally:
        engine.close()


def _one(studio: Studio, picture: Path, name: str) -> dict[str, Any]:
    try:
        photo = read_picture(picture)
        face = studio.finder.find(photo)
        clip, cpu = _render(studio, picture, name)
    except LectureError as reason:
        return {"refused": f"{type(reason).__name__}: {reason}"}
    return _judge(studio, clip, photo, face) | {"render_cpu_seconds": cpu}


def _render(studio: Studio, picture: Path, name: str) -> tuple[Path, float]:
    """The finished MP4, joined as the service joins, and the CPU seconds of drawing it."""
    folder = studio.place.of("clips")
    begun = time.process_time()
    prepared = studio.engine.prepare(picture)
    clips = []
    for number, fragment in enumerate(studio.fragments):
        part = folder / f"{name}.{number}.mp4"
        studio.engine.animate(
            prepared,
            fragment.sound,
            fragment.visemes,
            part,
            cancel=GoOn(),
            progress=untold,
        )
        clips.append(Clip(video=part, sound=fragment.sound))
    cpu = time.process_time() - begun
    target = folder / f"{name}.mp4"
    FfmpegMedia().join(clips, target, cancel=GoOn())
    for part_clip in clips:
        part_clip.video.unlink()
    return target, round(cpu, 2)


def _judge(studio: Studio, clip: Path, photo: Frame, face: Face) -> dict[str, Any]:
    commanded = np.concatenate([fragment.commanded() for fragment in studio.fragments])
    _, visemes, starts = over_all(studio.fragments)
    landmarks = face.landmarks.astype(np.float64)
    sightings = sight(frames_of(clip), len(commanded), studio.finder)
    if not sightings.found.any():
        return {"figures": {"frames_without_face": len(sightings)}}
    figures: dict[str, float] = {
        **asdict(judge_mouth(sightings, commanded, visemes)),
        **asdict(judge_steadiness(sightings, starts[1:])),
        **_identity(sightings, photo, landmarks, studio.encoder),
        "sharpness": sharpness_left(
            sightings.sharpness, face_in(photo, landmarks), sightings.face_height
        ),
        "yaw": face.yaw,
        "pitch": face.pitch,
        "frontal": abs(face.yaw) <= _FRONTAL_YAW and abs(face.pitch) <= _FRONTAL_PITCH,
        "face_pixels": float(np.ptp(landmarks[:, 1])),
        "seconds": sightings.seconds,
    }
    _keep_pictures(studio.place.of("frames", clip.stem), photo, clip, telling_frames(sightings))
    curves = {"seen": _rounded(opening(sightings)), "commanded": _rounded(commanded)}
    (studio.place.of("curves") / f"{clip.stem}.json").write_text(
        json.dumps(curves), encoding="utf-8"
    )
    return {"figures": {name: _short(value) for name, value in figures.items()}}


def _identity(
    sightings: Sightings, photo: Frame, landmarks: Floats, encoder: FaceEncoder
) -> dict[str, float]:
    seen = [
        encoder.encode(frame, sightings.landmarks[index])
        for index, frame in sightings.kept
        if sightings.found[index]
    ]
    if not seen:
        return {"identity_mean": math.nan, "identity_largest": math.nan}
    judged = judge_identity(encoder.encode(photo, landmarks), seen)
    return {"identity_mean": judged.mean, "identity_largest": judged.largest}


def _keep_pictures(folder: Path, photo: Frame, clip: Path, chosen: dict[str, int]) -> None:
    """The photograph and the chosen frames as JPEG, for the contact sheet and at full size."""
    _write(folder / "photo.jpg", photo)
    for index, frame in enumerate(frames_of(clip)):
        for name, wanted in chosen.items():
            if index == wanted:
                _write(folder / f"{name}.jpg", frame)


def _write(target: Path, picture: Frame) -> None:
    bgr = cv2.cvtColor(picture, cv2.COLOR_RGB2BGR)
    cv2.imwrite(str(target), bgr, [cv2.IMWRITE_JPEG_QUALITY, 92])


def _rounded(curve: Floats) -> list[float | None]:
    return [round(float(n), 4) if math.isfinite(n) else None for n in curve]


def _short(value: float) -> float | bool:
    return value if isinstance(value, bool) else round(float(value), 4)

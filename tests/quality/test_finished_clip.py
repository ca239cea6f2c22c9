"""The judges of the face on a real clip, and on what can be wrong with one."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import config
from app.engines.face.meshwarp.engine import MeshWarp
from app.engines.face.meshwarp.options import MeshWarpOptions
from app.portrait import FaceFinder, read_picture
from app.ports.work import untold
from benchmarks.quality.driving import Fragment, GoOn
from benchmarks.quality.judges.identity import FaceEncoder, judge_identity
from benchmarks.quality.judges.mouth import judge_mouth
from benchmarks.quality.judges.sighting import Sightings, frames_of, sight
from benchmarks.quality.judges.steadiness import judge_steadiness
from tests.unit.meshwarp.speaking import SENTENCE, sound_of, speak, write_wav

pytestmark = pytest.mark.slow

SECONDS = 4.4


@pytest.fixture(scope="module")
def finder() -> FaceFinder:
    return FaceFinder()


@pytest.fixture(scope="module")
def fragment(tmp_path_factory: pytest.TempPathFactory) -> Fragment:
    visemes = speak(SENTENCE)
    sound = tmp_path_factory.mktemp("sound") / "speech.wav"
    return Fragment(write_wav(sound_of(visemes, SECONDS), sound), visemes)


@pytest.fixture(scope="module")
def clip(fragment: Fragment) -> Path:
    engine = MeshWarp(MeshWarpOptions(size=256, preset="ultrafast"))
    engine.load()
    face = engine.prepare(config.ROOT / "samples" / "lecturer-woman.jpg")
    target = fragment.sound.with_suffix(".mp4")
    engine.animate(face, fragment.sound, fragment.visemes, target, cancel=GoOn(), progress=untold)
    engine.close()
    return target


@pytest.fixture(scope="module")
def sightings(clip: Path, finder: FaceFinder) -> Sightings:
    return sight(frames_of(clip), round(SECONDS * 25), finder)


def test_the_embedded_engine_does_what_is_commanded(
    sightings: Sightings, fragment: Fragment
) -> None:
    mouth = judge_mouth(sightings, fragment.commanded(), fragment.visemes)

    assert mouth.correlation >= 0.85
    assert mouth.lag == 0
    assert judge_steadiness(sightings, []).cut_frames == 0


def test_a_sound_track_shifted_by_five_frames_is_found(
    sightings: Sightings, fragment: Fragment
) -> None:
    early = replace(sightings, landmarks=np.roll(sightings.landmarks, -5, axis=0))

    assert judge_mouth(early, fragment.commanded(), fragment.visemes).lag == -5


def test_a_clip_that_shows_one_frame_for_ever_fails(
    clip: Path, finder: FaceFinder, fragment: Fragment
) -> None:
    first = next(frames_of(clip))
    frozen = sight(itertools.repeat(first, 110), 110, finder)

    mouth = judge_mouth(frozen, fragment.commanded(), fragment.visemes)

    assert mouth.correlation < 0.9
    assert mouth.width < 0.01
    assert judge_steadiness(frozen, []).blinks_per_minute == 0


def test_a_clip_of_somebody_else_is_not_the_photograph(
    sightings: Sightings, finder: FaceFinder
) -> None:
    encoder = FaceEncoder()
    seen = [encoder.encode(frame, sightings.landmarks[index]) for index, frame in sightings.kept]
    distances = {}
    for name in ("lecturer-woman", "lecturer-man"):
        photo = read_picture(config.ROOT / "samples" / f"{name}.jpg")
        landmarks = finder.find(photo).landmarks.astype(np.float64)
        distances[name] = judge_identity(encoder.encode(photo, landmarks), seen)

    assert distances["lecturer-woman"].mean < 0.3
    assert distances["lecturer-man"].mean > 0.5

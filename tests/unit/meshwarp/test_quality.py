from __future__ import annotations

from pathlib import Path

import pytest

from app.engines.face.meshwarp.curves import mouth_curves
from app.engines.face.meshwarp.engine import MeshWarp
from app.engines.face.meshwarp.options import MeshWarpOptions
from app.media.audio import read_wav
from tests.unit.meshwarp.measure import Measures, measure, read_clip
from tests.unit.meshwarp.speaking import SENTENCE, sound_of, speak, write_wav
from tests.unit.meshwarp.test_engine import Go

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def measured(portrait: Path, tmp_path_factory: pytest.TempPathFactory) -> Measures:
    """A clip of the sample at 512 pixels: 4 s with a second of silence at its end."""
    visemes = speak(SENTENCE)
    folder = tmp_path_factory.mktemp("quality")
    wav = write_wav(sound_of(visemes, 4.4), folder / "speech.wav")
    engine = MeshWarp(MeshWarpOptions())
    engine.load()
    clip = folder / "speech.mp4"
    engine.animate(
        engine.prepare(portrait), wav, visemes, clip, cancel=Go(), progress=lambda _: None
    )
    engine.close()
    frames = read_clip(clip)
    samples, rate = read_wav(wav)
    return measure(frames, mouth_curves(visemes, samples, rate, len(frames)), visemes)


def test_the_mouth_opens_as_wide_as_people_do(measured: Measures) -> None:
    assert 0.10 <= measured.opening <= 0.22


def test_the_mouth_follows_the_visemes(measured: Measures) -> None:
    assert measured.agreement >= 0.95


def test_the_mouth_is_neither_early_nor_late(measured: Measures) -> None:
    assert measured.best_lag == 0


def test_the_mouth_is_wide_or_narrow_by_the_sound(measured: Measures) -> None:
    assert measured.width >= 0.06


def test_p_b_and_m_close_the_lips(measured: Measures) -> None:
    assert measured.closure >= 0.97


def test_the_mouth_is_quiet_in_silence(measured: Measures) -> None:
    assert measured.silence < 0.002


def test_rigid_points_do_not_tremble(measured: Measures) -> None:
    assert measured.jitter <= 3e-3


def test_the_face_stays_sharp(measured: Measures) -> None:
    assert measured.sharpness >= 0.85

from __future__ import annotations

import numpy as np
import pytest

from app.engines.face.meshwarp.curves import PARTS, MouthCurves, ease_in_out, mouth_curves
from app.phonetics import Viseme, VisemeName
from app.ports.face import FRAMES_PER_SECOND
from app.ports.sound import SAMPLE_RATE
from tests.unit.meshwarp.speaking import sound_of, speak

JAW, PRESS, TUCK, PUCKER = (PARTS.index(name) for name in ("jaw", "press", "tuck", "pucker"))


def curves_of(*names: VisemeName) -> tuple[MouthCurves, tuple[Viseme, ...]]:
    visemes = speak(names)
    seconds = visemes[-1].end + 0.3
    n_frames = round(seconds * FRAMES_PER_SECOND)
    return mouth_curves(visemes, sound_of(visemes, seconds), SAMPLE_RATE, n_frames), visemes


def frames_of(viseme: Viseme) -> slice:
    """Frames that show a viseme; the lips are a frame ahead of the sound."""
    first = int(viseme.start * FRAMES_PER_SECOND) - 1
    return slice(first, int(viseme.end * FRAMES_PER_SECOND) + 1)


def test_the_mouth_is_at_rest_in_the_first_and_the_last_frame() -> None:
    visemes = (Viseme("aa", 0.0, 1.0),)
    curves = mouth_curves(visemes, sound_of(visemes, 1.0), SAMPLE_RATE, 25)
    assert not curves.parts[[0, -1]].any()
    assert not curves.speaking[[0, -1]].any()


def test_an_open_vowel_opens_the_jaw() -> None:
    curves, visemes = curves_of("sil", "aa", "aa", "sil")
    assert curves.parts[frames_of(visemes[2]), JAW].max() > 0.7


def test_a_close_vowel_opens_less_than_an_open_one() -> None:
    (open_vowel, _), (close_vowel, _) = curves_of("aa", "aa"), curves_of("Y", "Y")
    assert close_vowel.parts[:, JAW].max() < 0.5 * open_vowel.parts[:, JAW].max()


def test_u_rounds_the_lips() -> None:
    curves, visemes = curves_of("aa", "U", "aa")
    assert curves.parts[frames_of(visemes[1]), PUCKER].max() > 0.5


@pytest.mark.parametrize("before", ["aa", "O", "E"])
def test_a_bilabial_closes_the_mouth_between_vowels(before: VisemeName) -> None:
    curves, visemes = curves_of(before, "PP", "aa")
    held = curves.parts[frames_of(visemes[1])]
    assert held[:, JAW].min() < 0.02
    assert held[:, PRESS].max() > 0.95


def test_a_closure_shorter_than_a_frame_is_still_shown() -> None:
    for offset in np.arange(0.0, 0.04, 0.005):
        visemes = (
            Viseme("aa", 0.2, 0.5 + offset),
            Viseme("PP", 0.5 + offset, 0.53 + offset),
            Viseme("aa", 0.53 + offset, 0.9),
        )
        curves = mouth_curves(visemes, sound_of(visemes, 1.2), SAMPLE_RATE, 30)
        assert curves.parts[8:20, JAW].min() < 0.05


def test_a_labiodental_tucks_the_lower_lip() -> None:
    curves, visemes = curves_of("aa", "FF", "aa")
    assert curves.parts[frames_of(visemes[1]), TUCK].max() > 0.9


def test_a_loud_vowel_opens_wider_than_a_soft_one() -> None:
    visemes = (Viseme("aa", 0.3, 0.6), Viseme("sil", 0.6, 1.0), Viseme("aa", 1.0, 1.3))
    samples = sound_of(visemes, 1.6)
    samples[SAMPLE_RATE * 9 // 10 :] *= 0.1
    jaw = mouth_curves(visemes, samples, SAMPLE_RATE, 40).parts[:, JAW]
    assert jaw[:20].max() > 1.15 * jaw[20:].max()


def test_nobody_sings_however_loud_the_vowel() -> None:
    visemes = (Viseme("aa", 0.0, 1.0),)
    sound = sound_of(visemes, 1.0)
    quiet_then_loud = sound * np.linspace(0.05, 1.0, len(sound), dtype=np.float32)
    curves = mouth_curves(visemes, quiet_then_loud, SAMPLE_RATE, 25)
    assert 0.85 < curves.parts[:, JAW].max() < 0.96


def test_silence_keeps_the_mouth_closed() -> None:
    curves = mouth_curves((), np.zeros(SAMPLE_RATE, np.float32), SAMPLE_RATE, 25)
    assert not curves.parts.any()
    assert not curves.speaking.any()


@pytest.mark.parametrize(("pause", "least", "most"), [(0.3, 0.95, 1.0), (1.6, 0.0, 0.05)])
def test_only_a_long_pause_gives_the_picture_its_own_mouth_back(
    pause: float, least: float, most: float
) -> None:
    visemes = (Viseme("aa", 0.3, 1.0), Viseme("aa", 1.0 + pause, 1.7 + pause))
    seconds = 2.0 + pause
    n_frames = round(seconds * FRAMES_PER_SECOND)
    curves = mouth_curves(visemes, sound_of(visemes, seconds), SAMPLE_RATE, n_frames)
    middle = curves.speaking[round((1.0 + pause / 2.0) * FRAMES_PER_SECOND)]
    assert least <= middle <= most


def test_an_empty_sound_has_no_frames() -> None:
    curves = mouth_curves((), np.zeros(0, np.float32), SAMPLE_RATE, 0)
    assert curves.parts.shape == (0, len(PARTS))


def test_every_viseme_has_a_shape() -> None:
    from app.phonetics import VISEMES

    curves, _ = curves_of(*VISEMES)
    assert np.isfinite(curves.parts).all()


def test_the_ease_of_a_fragment_shorter_than_itself_starts_and_ends_at_nothing() -> None:
    window = ease_in_out(3, 0.4)
    assert window[0] == window[-1] == 0.0

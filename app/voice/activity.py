"""Where somebody speaks, told by Silero's voice activity detector.

The model is that of silero-vad 6.2.3 (MIT), ``silero_vad_16k_sequence.onnx``, unchanged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np
import numpy.typing as npt

from app.voice.network import network

if TYPE_CHECKING:
    from app.ports.sound import Samples

RATE = 16000
"""Hertz, of the sound that the model was trained on."""

FRAME = 512
"""Samples, 32 ms, for which it gives one answer."""

FRAME_SECONDS = FRAME / RATE
FLOOR_DB = -120.0

_CONTEXT = 64
"""Samples before a frame that it hears once more."""

_STATE = (1, 1, 128)
_HEARD_LEVEL = -20.0
"""dBFS that the loudest of some seconds is brought to."""

_MOST_GAIN = 75.0
"""Decibels; speech at -80 dBFS is within the last bits of 16."""

_LEVELLED_FRAMES = 94
"""Three seconds: a door that slams does not make the sentence after it inaudible."""

_SMOOTHED_FRAMES = 5
_SPOKEN = 0.5

Levels = npt.NDArray[np.float64]
Spoken = npt.NDArray[np.bool_]
Frames = npt.NDArray[np.int_]


def levels_of(samples: Samples) -> Levels:
    """Level of each frame in dBFS, at least -120; the last one is filled with silence.

    >>> levels_of(np.ones(600, np.float32)).round().tolist()
    [0.0, -8.0]
    """
    squares = np.zeros(-(-samples.size // FRAME) * FRAME)
    np.square(samples, out=squares[: samples.size], dtype=np.float64)
    power = np.mean(squares.reshape(-1, FRAME), axis=1)
    return cast("Levels", np.maximum(10 * np.log10(np.maximum(power, 1e-30)), FLOOR_DB))


def spoken_frames(samples: Samples, levels: Levels, frames: Frames | None = None) -> Spoken:
    """Frames in which somebody speaks, however quietly, over noise and music too.

    Takes 2 ms per second of sound on an idle core, 5 ms on a busy one.

    Args:
        samples: At :data:`RATE`, without an offset.
        levels: Of its frames, by :func:`levels_of`.
        frames: Numbers of those to listen to, in order, as if they followed each other; all
            when not given.
    """
    if frames is None:
        frames = np.arange(levels.size)
    if not frames.size:
        return np.zeros(0, np.bool_)
    silent = np.zeros(_STATE, np.float32)
    (probabilities,) = network("app.voice", "silero_vad.onnx").run(
        ["speech_probs"], {"input": _levelled(samples, levels, frames), "h": silent, "c": silent}
    )
    from scipy.ndimage import uniform_filter1d

    smoothed = uniform_filter1d(probabilities.reshape(-1).astype(np.float64), _SMOOTHED_FRAMES)
    return cast("Spoken", smoothed > _SPOKEN)


def _levelled(samples: Samples, levels: Levels, frames: Frames) -> Samples:
    """Frames with their contexts, the loudest moments of some seconds alike."""
    from scipy.ndimage import maximum_filter1d, uniform_filter1d

    loudest = uniform_filter1d(maximum_filter1d(levels, _LEVELLED_FRAMES), _LEVELLED_FRAMES)
    gains = np.minimum(_HEARD_LEVEL - loudest, _MOST_GAIN)
    middles = np.arange(levels.size) * FRAME + FRAME // 2
    places = frames[:, None] * FRAME + np.arange(-_CONTEXT, FRAME)
    gain = 10 ** (np.interp(places, middles, gains) / 20)
    padded = np.pad(samples, (_CONTEXT, -samples.size % FRAME))
    levelled: Samples = np.clip(padded[places + _CONTEXT] * gain, -1.0, 1.0).astype(np.float32)
    return levelled

"""Speaker embeddings: a vector that is similar for sounds of the same voice.

The encoder is that of resemblyzer 0.1.4 (Apache-2.0; Wan et al., "Generalized
end-to-end loss for speaker verification", ICASSP 2018), exported to ONNX by
``tools/export_speaker_encoder.py``.  Two recordings of one person have a cosine
of about 0.93, two people one of 0.55 on average (eight and many pairs, 2026-11-20).
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, cast

import numpy as np
import numpy.typing as npt

from app.engines.speech.common.sample import RATE
from app.voice.network import network

if TYPE_CHECKING:
    from app.ports.sound import Samples

Embedding = npt.NDArray[np.float32]

_MEAN_LEVEL = -30.0
_FFT, _HOP, _MELS = 400, 160, 40
_PARTIAL_FRAMES = 160
_PARTIALS_PER_SECOND = 1.3
_LEAST_COVERAGE = 0.75


def embed(speech: Samples) -> Embedding:
    """Speaker embedding of speech at 16 kHz: mean over stretches of 1.6 s, of length 1.

    Takes about 20 ms per second of speech on one core.

    Returns:
        float32, shape (256,), not negative; its dot product with another is their cosine.
    """
    mels = mel_power(_padded(_normalised(speech)))
    starts = _partials(speech.size)
    batch = np.stack([mels[start : start + _PARTIAL_FRAMES] for start in starts])
    encoder = network("app.engines.speech.common", "speaker_encoder.onnx")
    (embeddings,) = encoder.run(["embeddings"], {"mels": batch})
    mean = np.mean(embeddings, axis=0)
    embedding: Embedding = (mean / np.linalg.norm(mean)).astype(np.float32)
    return embedding


def mel_power(samples: Samples) -> npt.NDArray[np.float32]:
    """Mel power spectrogram as the encoder was trained on: not logarithmic.

    Windows of 25 ms every 10 ms, the first centred on the first sample.

    Returns:
        float32, shape (n_frames, 40).

    Source: ``wav_to_mel_spectrogram`` of resemblyzer 0.1.4, which calls librosa with its defaults.
    """
    padded = np.pad(samples, _FFT // 2)
    frames = np.lib.stride_tricks.sliding_window_view(padded, _FFT)[::_HOP]
    window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(_FFT) / _FFT)
    power = np.abs(np.fft.rfft(frames * window, axis=1)) ** 2
    return cast("npt.NDArray[np.float32]", (power @ _mel_weights().T).astype(np.float32))


def _normalised(speech: Samples) -> Samples:
    """Quiet speech raised to -30 dBFS RMS; louder speech as it is."""
    rms = float(np.sqrt(np.mean(speech.astype(np.float64) ** 2)))
    return (speech * max(1.0, 10 ** (_MEAN_LEVEL / 20) / max(rms, 1e-9))).astype(np.float32)


def _padded(speech: Samples) -> Samples:
    needed = (_partials(speech.size)[-1] + _PARTIAL_FRAMES) * _HOP
    return np.pad(speech, (0, max(0, needed - speech.size)))


def _partials(size: int) -> list[int]:
    """First mel frames of the stretches that ``size`` samples are embedded in."""
    step = round(RATE / _PARTIALS_PER_SECOND / _HOP)
    frames = -(-(size + 1) // _HOP)
    starts = list(range(0, max(1, frames - _PARTIAL_FRAMES + step + 1), step))
    covered = (size / _HOP - starts[-1]) / _PARTIAL_FRAMES
    return starts[:-1] if covered < _LEAST_COVERAGE and len(starts) > 1 else starts


@lru_cache(maxsize=1)
def _mel_weights() -> npt.NDArray[np.float64]:
    """Slaney's 40 triangles of equal area from 0 to 8 kHz, shape (40, 201)."""
    edges = _hertz(np.linspace(0.0, _mel(RATE / 2), _MELS + 2))
    bins = np.linspace(0.0, RATE / 2, _FFT // 2 + 1)
    rising = (bins - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    falling = (edges[2:, None] - bins) / (edges[2:] - edges[1:-1])[:, None]
    triangles = np.maximum(0.0, np.minimum(rising, falling))
    return cast("npt.NDArray[np.float64]", triangles * (2 / (edges[2:] - edges[:-2]))[:, None])


_BEND_HERTZ, _BEND_MEL = 1000.0, 15.0
_LOG_STEP = np.log(6.4) / 27.0
"""Slaney's scale is linear up to 1 kHz, 200/3 Hz a mel, and logarithmic above."""


def _mel(hertz: float) -> float:
    return float(_BEND_MEL + np.log(hertz / _BEND_HERTZ) / _LOG_STEP)


def _hertz(mels: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    above = _BEND_HERTZ * np.exp(_LOG_STEP * (mels - _BEND_MEL))
    return np.where(mels < _BEND_MEL, mels * (200.0 / 3.0), above)

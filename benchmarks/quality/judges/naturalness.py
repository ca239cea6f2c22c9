"""How good a listener would find the sound: DNSMOS P.835.

Unit: mean opinion score, 1 (bad) to 5 (excellent), for the speech itself, the background
and both together.  It hears noise, distortion and clipping rather than whether speech is
natural: a robot's clean voice scores high.

Source: Reddy et al., "DNSMOS P.835", ICASSP 2022; network and polynomials of the package
speechmos 0.0.1.1 (MIT).
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import onnxruntime as ort
import soxr

from app.ports.speech import Speech

if TYPE_CHECKING:
    from app.ports.sound import Samples

_RATE = 16000
_WINDOW = 144160
"""Samples, 9.01 s, that the network takes."""
_HOP = 3 * _RATE
_NETWORK = ("dnsmos_models", "sig_bak_ovr.onnx")
_POLYNOMIALS = (
    (-0.08397278, 1.22083953, 0.0052439),
    (-0.13166888, 1.60915514, -0.39604546),
    (-0.06766283, 1.11546468, 0.04602535),
)
"""Of speech, background, both: from the network's numbers to scores."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """Scores of one sound."""

    speech: float
    background: float
    overall: float


class Critic:
    """DNSMOS; loads its network once (1.2 MB)."""

    def __init__(self) -> None:
        options = ort.SessionOptions()
        options.intra_op_num_threads = 1
        network = resources.files("speechmos").joinpath(*_NETWORK).read_bytes()
        self._session = ort.InferenceSession(network, options, ["CPUExecutionProvider"])

    def judge(self, speech: Speech) -> Opinion:
        """Mean over windows of 9 s, 3 s apart; a shorter sound is repeated."""
        sound = soxr.resample(speech.samples, speech.rate, _RATE).astype(np.float32)
        sound = np.tile(sound, -(-_WINDOW // sound.size)) if sound.size < _WINDOW else sound
        starts = range(0, sound.size - _WINDOW + 1, _HOP)
        raw = np.concatenate([self._raw(sound[start : start + _WINDOW]) for start in starts])
        scores = [
            float(np.polyval(polynomial, column).mean())
            for polynomial, column in zip(_POLYNOMIALS, raw.T, strict=True)
        ]
        return Opinion(*scores)

    def _raw(self, window: Samples) -> npt.NDArray[np.float32]:
        """The network's three numbers, shape (1, 3); one window at a time, for the memory."""
        (raw,) = self._session.run(None, {"input_1": np.clip(window, -1.0, 1.0)[None]})
        return np.asarray(raw)

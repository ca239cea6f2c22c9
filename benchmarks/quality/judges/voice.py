"""How like the sample's voice the speech is, and how like strangers are.

Unit: cosine of the service's speaker embeddings.  Two recordings of one person have about
0.93, two people about 0.55; so a similarity means something only beside the floor, the
mean similarity of the sample to all built-in voices but the one that speaks.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soxr

from app.engines.speech.common.sample import RATE, only_speech, read_sample
from app.engines.speech.common.speaker import embed
from app.engines.speech.kokoro.presets import presets
from app.ports.speech import Speech

Embedding = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Likeness:
    """Of a speech to a voice sample."""

    similarity: float
    """To the sample."""
    floor: float
    """Of strangers to the sample."""
    overstated: float
    """What the engine says of its similarity, less what is measured; NaN when it says nothing."""


def of_sample(sample: Path) -> Embedding:
    """Embedding of a voice sample."""
    return embed(read_sample(sample))


def of_speech(speech: Speech) -> Embedding:
    """Embedding of speech that was made."""
    sound = soxr.resample(speech.samples, speech.rate, RATE).astype(np.float32)
    return embed(only_speech(sound))


def judge_voice(speech: Speech, sample: Embedding) -> Likeness:
    """Compare a speech with the sample that its voice was chosen by or cloned from."""
    measured = float(of_speech(speech) @ sample)
    strangers = [p.embedding @ sample for p in presets() if p.name != speech.voice.preset]
    said = speech.voice.similarity
    return Likeness(
        similarity=measured,
        floor=float(np.mean(strangers)),
        overstated=float("nan") if said is None else said - measured,
    )

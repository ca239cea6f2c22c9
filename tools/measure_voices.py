"""Measure the 54 Kokoro voices for :mod:`app.engines.speech.common.known_voices`.

Of each its speaker embedding and pitch.

Each voice says the same three English sentences; run again when the encoder or the model changes:

    python -m tools.measure_voices --models models

Takes about four minutes on one core.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import soxr

from app.engines.speech.common.known_voices import REFERENCES
from app.engines.speech.common.rendering import RATE as MODEL_RATE
from app.engines.speech.common.sample import RATE, only_speech
from app.engines.speech.common.speaker import embed
from app.engines.speech.g2p.english import phonemize_english
from app.engines.speech.kokoro.engine import KokoroModel
from app.voice.pitch import median_pitch

SENTENCES = (
    "The results surprised us, because nobody knew what to expect.",
    "Every summer we would walk along the river and watch the boats go by.",
    "Please think about this question until we meet again on Thursday.",
)


class NeverCancelled:
    def check(self) -> None:
        pass


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--models", type=Path, required=True)
    model = KokoroModel(parser.parse_args().models, threads=1, length_scale=1.0)
    spoken = [" ".join(word.phonemes for word in phonemize_english(line)) for line in SENTENCES]
    embeddings, pitches = [], []
    for name in model.voices:
        parts = [model.render(line, name, NeverCancelled()).samples for line in spoken]
        sound = soxr.resample(np.concatenate(parts), MODEL_RATE, RATE).astype(np.float32)
        embeddings.append(embed(only_speech(sound)))
        pitches.append(median_pitch(sound, RATE) or 0.0)
        print(f"{name} {pitches[-1]:.0f} Hz", flush=True)
    np.savez(
        REFERENCES,
        allow_pickle=False,
        names=np.array(model.voices),
        embeddings=np.stack(embeddings).astype(np.float16),
        pitches=np.array(pitches, np.float32),
    )
    print(f"{REFERENCES.name}: {REFERENCES.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()

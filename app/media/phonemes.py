"""When each phoneme of a recording is heard, by pocketsphinx.

The US English model in the pocketsphinx wheel does both: forced alignment to a known
English text, and recognition of bare phonemes, whatever the language.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from pocketsphinx import Decoder, get_model_path

from app.media.letter_sounds import pronunciation

if TYPE_CHECKING:
    from app.ports.sound import Samples

RATE = 16000
"""Hertz, of the model's training data."""
_STEPS_PER_SECOND = 100


@dataclass(frozen=True, slots=True)
class Heard:
    """A phoneme in ARPAbet without stress, ``SIL``, or a noise in plus signs; in seconds."""

    phoneme: str
    start: float
    end: float


def align(samples: Samples, words: Sequence[str]) -> tuple[Heard, ...]:
    """Phonemes of English words in order, each when it is heard, in steps of 10 ms.

    Words that the model's dictionary lacks get a pronunciation by letter-to-sound rules.
    Loading the model takes 0.1 s, aligning about 0.03 s per second of sound.

    Args:
        samples: 16 kHz.
        words: What is said in them, at least one; small letters and apostrophes.

    Returns:
        Empty when the words do not fit the sound.
    """
    decoder = _aligner(words)
    sound = _pcm(samples)
    _listen(decoder, sound)
    if decoder.hyp() is None:
        return ()
    # The second pass divides the words that the first one placed.
    decoder.set_alignment()
    _listen(decoder, sound)
    return tuple(
        Heard(
            phoneme.name,
            phoneme.start / _STEPS_PER_SECOND,
            (phoneme.start + phoneme.duration) / _STEPS_PER_SECOND,
        )
        for word in decoder.get_alignment() or ()
        for phoneme in word
    )


def recognize(samples: Samples) -> tuple[Heard, ...]:
    """Phonemes heard in speech of any language, as an English ear takes them.

    Takes about 0.04 s per second of sound.

    Args:
        samples: 16 kHz.

    Returns:
        In order; empty when nothing is heard.
    """
    decoder = Decoder(
        hmm=_model("en-us"),
        allphone=_model("en-us-phone.lm.bin"),
        # Weight of the phoneme grammar, and beams, as pocketsphinx's own guide has them.
        lw=2.0,
        beam=1e-20,
        pbeam=1e-20,
        loglevel="FATAL",
    )
    _listen(decoder, _pcm(samples))
    return tuple(
        Heard(
            segment.word,
            segment.start_frame / _STEPS_PER_SECOND,
            (segment.end_frame + 1) / _STEPS_PER_SECOND,
        )
        for segment in decoder.seg() or ()
    )


def _aligner(words: Sequence[str]) -> Decoder:
    decoder = Decoder(
        hmm=_model("en-us"),
        dict=_model("cmudict-en-us.dict"),
        lm=None,
        bestpath=False,
        loglevel="FATAL",
    )
    for word in dict.fromkeys(words):
        if decoder.lookup_word(word) is None:
            decoder.add_word(word, " ".join(pronunciation(word)), update=False)
    decoder.set_align_text(" ".join(words))
    return decoder


def _model(name: str) -> str:
    return str(Path(get_model_path()) / "en-us" / name)


def _pcm(samples: Samples) -> bytes:
    pcm: bytes = np.rint(np.clip(samples, -1.0, 1.0) * 32767.0).astype("<i2").tobytes()
    return pcm


def _listen(decoder: Decoder, sound: bytes) -> None:
    decoder.start_utt()
    decoder.process_raw(sound, full_utt=True)
    decoder.end_utt()

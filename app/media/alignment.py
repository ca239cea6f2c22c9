"""Mouth shapes for a recording whose speech engine told none.

English is aligned to its text; in other languages, and where an English text does not
fit the sound, the phonemes are recognized by an English model.  Measured against the
phoneme times of the embedded engines (10 ms steps: share that shows the right one of 19
shapes; closures of p, b, m within 60 ms):

============================================  ======  ========
sound, way                                    shapes  closures
============================================  ======  ========
English 29 s, aligned                         0.73    0.96
English 14 s, many unknown words, aligned     0.71    1.00
English 29 s, recognized                      0.61    0.69
Russian 11 s, recognized                      0.50    0.64
Italian and Spanish 8 s, recognized           0.43    0.62
Russian 11 s, rules on energy and spectrum    0.38    0.00
Italian and Spanish 8 s, the same rules       0.34    0.00
============================================  ======  ========

The last way, loudness for opening, formant bands for vowels, dips for closures, is
therefore not here.  One voice each: the figures show the order of the ways, not more.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from app.media.audio import peak_level, read_wav, resample
from app.media.phonemes import RATE, Heard, align, recognize
from app.phonetics import ARPABET, Viseme, VisemeName, spread
from app.text.verbalize import verbalize

log = logging.getLogger(__name__)

SHORTEST_REST = 0.06
"""Seconds; a shorter silence between sounds does not bring the mouth to rest."""
_SHORTEST = 0.02
"""Seconds; what is shorter than half a frame is left to its neighbour."""
_SILENCE = -50.0
"""dBFS; below this peak there is nobody speaking."""
_UNCLEAR: tuple[VisemeName, ...] = ("V",)
"""Shape for speech that the model takes for noise."""
_ENGLISH_WORD = re.compile(r"[a-z]+(?:'[a-z]+)*")


def visemes_from_sound(sound: Path, english_words: Sequence[str] = ()) -> tuple[Viseme, ...]:
    """Mouth shapes in time order, from 0 to the end of the sound without gaps.

    Args:
        sound: WAV of ours.
        english_words: What is said in it, in small letters and as it is spoken; none when
            that is not known or is another language.

    Raises:
        MediaError: The sound cannot be read.
    """
    samples, rate = read_wav(sound)
    length = samples.size / rate
    if peak_level(samples) < _SILENCE:
        return (Viseme("sil", 0.0, length),)
    at_model_rate = resample(samples, rate, RATE)
    heard = align(at_model_rate, english_words) if english_words else ()
    if not heard:
        if english_words:
            log.warning("text does not fit sound, phonemes recognized instead sound=%s", sound.name)
        heard = recognize(at_model_rate)
    return timeline(heard, length)


def english_words(text: str) -> list[str]:
    """What is said for an English text, as the model's dictionary has it: small Latin letters.

    >>> " ".join(english_words("In 1974, 95% of HTTP-servers didn't."))
    "in nineteen seventy four ninety five percent of h t t p servers didn't"
    """
    spoken = " ".join(word for piece in verbalize(text, "en") for word in piece.words)
    letters = unicodedata.normalize("NFKD", spoken.replace("’", "'")).lower()
    return _ENGLISH_WORD.findall("".join(c for c in letters if not unicodedata.combining(c)))


def timeline(heard: Iterable[Heard], length: float) -> tuple[Viseme, ...]:
    """Mouth shapes of phonemes: no gaps, no overlaps, neighbours differ.

    Args:
        heard: In time order.
        length: Seconds that the shapes must cover.
    """
    shapes = [shape for phoneme in heard for shape in _shapes(phoneme)]
    return tuple(_without_short_rests(_joined(_covering(shapes, length))))


def _shapes(heard: Heard) -> tuple[Viseme, ...]:
    if heard.phoneme == "SIL":
        return ()
    return spread(ARPABET.get(heard.phoneme, _UNCLEAR), heard.start, heard.end)


def _covering(shapes: Sequence[Viseme], length: float) -> list[Viseme]:
    """The same shapes, cut to the sound, with rest wherever none is."""
    covering = []
    time = 0.0
    for shape in shapes:
        start, end = max(shape.start, time), min(shape.end, length)
        if end - start < _SHORTEST:
            continue
        if start > time:
            covering.append(Viseme("sil", time, start))
        covering.append(Viseme(shape.name, start, end))
        time = end
    if time < length:
        covering.append(Viseme("sil", time, length))
    return covering


def _without_short_rests(shapes: Sequence[Viseme]) -> list[Viseme]:
    """Short rests between sounds are given to the sound before."""
    kept: list[Viseme] = []
    for position, shape in enumerate(shapes):
        inside = kept and position + 1 < len(shapes)
        if inside and shape.name == "sil" and shape.end - shape.start < SHORTEST_REST:
            kept[-1] = replace(kept[-1], end=shape.end)
        else:
            kept.append(shape)
    return _joined(kept)


def _joined(shapes: Iterable[Viseme]) -> list[Viseme]:
    """Equal neighbours made one."""
    joined: list[Viseme] = []
    for shape in shapes:
        if joined and joined[-1].name == shape.name:
            joined[-1] = replace(joined[-1], end=shape.end)
        else:
            joined.append(shape)
    return joined

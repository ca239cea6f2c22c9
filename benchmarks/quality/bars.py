"""The figures that are held against a bar, and the bars."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

Part = Literal["face", "speech", "drill"]
PARTS: tuple[Part, ...] = ("face", "speech", "drill")


@dataclass(frozen=True, slots=True)
class Bar:
    """What a figure must reach."""

    figure: str
    """Its name in ``figures.json``."""
    meaning: str
    least: float = -math.inf
    most: float = math.inf
    only_where: str = ""
    """Name of a figure that is true where the bar holds; empty: everywhere."""
    languages: frozenset[str] | None = None
    """ISO 639-1 codes for which it holds; ``None``: all, or it is not about speech."""
    engines: frozenset[str] | None = None
    """For whose speech it holds; ``None``: everybody's."""
    aim: bool = False
    """Worth striving for; the others hold."""

    def reached(self, value: float) -> bool:
        """Whether a value is within the bar; a value that is no number is not."""
        return self.least <= value <= self.most

    def __str__(self) -> str:
        if self.least > -math.inf and self.most < math.inf:
            return f"{self.least:g} to {self.most:g}"
        return f"≥ {self.least:g}" if self.least > -math.inf else f"≤ {self.most:g}"


_WORDS, _LETTERS = "words heard wrongly, %", "letters heard wrongly, %"
_RUSSIAN = frozenset({"ru"})
_RHVOICE, _KOKORO = frozenset({"rhvoice"}), frozenset({"kokoro"})
"""RHVoice was made for Russian, Kokoro never heard it; festival and espeak-ng have no bar."""

BARS: Mapping[Part, tuple[Bar, ...]] = {
    "face": (
        Bar("correlation", "mouth seen and commanded, at the best lag", least=0.90),
        Bar("lag", "frames by which the picture is late", least=-1, most=1),
        Bar("closure", "p, b, m that close the lips", least=0.97),
        Bar(
            "opening",
            "95th percentile of the opening / eye distance, frontal faces",
            least=0.10,
            most=0.22,
            only_where="frontal",
        ),
        Bar("width", "deviation of the mouth's width / mean", least=0.06, aim=True),
        Bar("silence", "deviation of the opening in silences of 0.4 s", most=0.01),
        Bar("identity_mean", "distance of the face to the photograph, mean", most=0.28),
        Bar("identity_largest", "the same, largest", most=0.50),
        Bar("sharpness", "10th percentile / photograph", least=0.80),
        Bar("jitter", "second difference of rigid points / eye distance", most=4e-3),
        Bar("jitter", "the same", most=3e-3, aim=True),
        Bar("blinks_per_minute", "blinks per minute", least=8, most=25),
        Bar("cut_frames", "frames that cut the mouth or the chin", most=0),
        Bar("frames_without_face", "frames in which no face is found", most=0),
        Bar("join_jump", "largest step across a join / median step", most=3),
    ),
    "speech": (
        Bar("wer", _WORDS, most=5.0, languages=frozenset({"en"})),
        Bar("wer", _WORDS, most=8.0, languages=_RUSSIAN, engines=_RHVOICE),
        Bar("cer", _LETTERS, most=2.5, languages=_RUSSIAN, engines=_RHVOICE),
        Bar("wer", _WORDS, most=15.0, languages=_RUSSIAN, engines=_KOKORO, aim=True),
        Bar("cer", _LETTERS, most=4.5, languages=_RUSSIAN, engines=_KOKORO, aim=True),
        Bar("wer", _WORDS, most=12.0, languages=frozenset({"es", "fr", "it"})),
        Bar("sentences_dropped", "sentences of which less than half is heard", most=0),
        Bar("sentences_cut", "sentences whose last two words are not heard", most=0),
        Bar("loudness_error", "largest distance of a fragment from -16 LUFS, dB", most=1.0),
        Bar("lecture_loudness_error", "distance of all together from -16 LUFS, dB", most=1.0),
        Bar("true_peak", "highest true peak, dBTP", most=-1.0),
    ),
    "drill": (
        Bar("sentences_dropped", "sentences of which less than half is heard", most=0),
        Bar("sentences_cut", "sentences whose last two words are not heard", most=0),
    ),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """One bar held against one subject."""

    bar: Bar
    subject: str
    """A portrait's name, or engine and language."""
    value: float
    reached: bool


def verdicts(part: Part, subject: str, figures: Mapping[str, float]) -> Iterable[Verdict]:
    """Hold the figures of one subject against every bar that concerns it.

    A bar whose figure is missing or not a number is missed: nothing was measured.
    """
    engine, _, language = subject.rpartition("/")
    for bar in BARS[part]:
        if bar.only_where and not figures.get(bar.only_where):
            continue
        if bar.languages is not None and language not in bar.languages:
            continue
        if bar.engines is not None and engine not in bar.engines:
            continue
        value = figures.get(bar.figure, math.nan)
        yield Verdict(bar, subject, value, bar.reached(value))

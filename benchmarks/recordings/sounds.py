"""Sounds that are no speech: notes, noise, tones and what is heard in halls and streets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

import numpy as np
import numpy.typing as npt

RATE = 16000
"""Hertz, of all sounds here."""

Sound = npt.NDArray[np.float64]

_SCALE = (0, 2, 4, 5, 7, 9, 11, 12)
_OPEN_VOWEL = ((730.0, 90.0), (1090.0, 110.0), (2440.0, 170.0))
"""Hertz and width of the formants of "ah"."""


def at_peak(sound: Sound, peak: float = 0.5) -> Sound:
    """The sound with its largest sample there."""
    return sound * (peak / float(np.abs(sound).max()))


def noise(seconds: float, slope: float = 0.0, seed: int = 0) -> Sound:
    """Random sound; its power falls by 3 dB an octave per unit of slope."""
    count = round(seconds * RATE)
    hertz = np.maximum(np.fft.rfftfreq(count, 1 / RATE), 1.0)
    spectrum = np.fft.rfft(np.random.default_rng(seed).normal(size=count))
    return at_peak(np.fft.irfft(spectrum * hertz ** (-slope / 2), count))


def tone(seconds: float, hertz: float = 440.0) -> Sound:
    """A sine."""
    return 0.5 * np.sin(2 * np.pi * hertz * _time(seconds))


def hum(seconds: float) -> Sound:
    """What the mains leaves in a bad cable."""
    overtones = (np.sin(2 * np.pi * 50 * n * _time(seconds)) / n for n in range(1, 12))
    return at_peak(_together(overtones))


def siren(seconds: float) -> Sound:
    """A tone that rises and falls."""
    hertz = 700 + 300 * np.sin(np.pi * _time(seconds))
    return 0.5 * np.sin(2 * np.pi * np.cumsum(hertz) / RATE)


def ringing(seconds: float) -> Sound:
    """A telephone."""
    time = _time(seconds)
    bell = np.sin(2 * np.pi * 440 * time) + np.sin(2 * np.pi * 480 * time)
    return at_peak(bell * (np.sin(2 * np.pi * 20 * time) > 0) * (time % 0.6 < 0.4))


def applause(seconds: float, seed: int = 0) -> Sound:
    """Many hands."""
    random = np.random.default_rng(seed)
    sound = np.zeros(round(seconds * RATE) + 600)
    for start in random.integers(0, sound.size - 600, round(150 * seconds)):
        fall = np.exp(-np.arange(600) / RATE * random.uniform(120, 300))
        sound[start : start + 600] += random.normal(size=600) * fall * random.uniform(0.2, 1.0)
    return at_peak(sound[: round(seconds * RATE)])


def typing(seconds: float, seed: int = 0) -> Sound:
    """Keys of a keyboard."""
    random = np.random.default_rng(seed)
    sound = np.zeros(round(seconds * RATE) + 300)
    for start in random.integers(0, sound.size - 300, round(5 * seconds)):
        sound[start : start + 300] += random.normal(size=300) * np.exp(-np.arange(300) / 60)
    return at_peak(sound[: round(seconds * RATE)])


def buzzing(seconds: float) -> Sound:
    """A buzzer, on and off as often as syllables come."""
    time = _time(seconds)
    return 0.5 * np.sign(np.sin(2 * np.pi * 120 * time)) * (np.sin(2 * np.pi * 4 * time) > 0)


def drums(seconds: float, seed: int = 0) -> Sound:
    """Bass drum, snare and cymbal."""
    random, time = np.random.default_rng(seed), np.arange(RATE // 4) / RATE
    sound = np.zeros(round(seconds * RATE) + time.size)
    for beat, start in enumerate(range(0, sound.size - time.size, RATE // 4)):
        if beat % 4 == 0:
            hit = np.sin(2 * np.pi * 60 * time * np.exp(-3 * time)) * np.exp(-15 * time)
        else:
            loud, fall = (0.5, 25) if beat % 4 == 2 else (0.2, 70)
            hit = random.normal(0, loud, time.size) * np.exp(-fall * time)
        sound[start : start + time.size] += hit
    return at_peak(sound[: round(seconds * RATE)])


Note = Callable[[float, float], Sound]
"""A note of so many hertz and seconds."""


def organ(hertz: float, seconds: float) -> Sound:
    """Pipes: a few strong overtones, as loud as long."""
    time = _time(seconds)
    pipes = (np.sin(2 * np.pi * hertz * n * time) / n for n in (1, 2, 3, 4, 6, 8))
    return _together(pipes) * np.minimum(1, time / 0.02)


def piano(hertz: float, seconds: float) -> Sound:
    """Strings that are struck and die away."""
    time = _time(seconds)
    strings = (
        np.sin(2 * np.pi * hertz * n * (1 + 4e-4 * n * n) * time) * np.exp(-time * (2 + n)) / n
        for n in range(1, 9)
    )
    return _together(strings)


def violins(hertz: float, seconds: float) -> Sound:
    """Strings that are bowed, with vibrato."""
    return _overtones(hertz, seconds, 15, lambda each: hertz / each)


def sung(hertz: float, seconds: float) -> Sound:
    """A vowel that is held, by no human voice."""
    return _overtones(
        hertz,
        seconds,
        int(7000 / hertz),
        lambda each: sum(1 / (1 + ((each - peak) / width) ** 2) for peak, width in _OPEN_VOWEL),
    )


def melody(
    seconds: float, note: Note, *, base: float = 220.0, chords: bool = False, seed: int = 0
) -> Sound:
    """Notes of a scale at random, one or three at a time."""
    random, sound, place = np.random.default_rng(seed), np.zeros(round(seconds * RATE)), 0
    while sound.size - place > RATE // 10:
        length = 0.4 * int(random.choice([1, 1, 2]))
        root = base * 2 ** (int(random.choice(_SCALE)) / 12)
        for step in (0, 4, 7) if chords else (0,):
            played = note(root * 2 ** (step / 12), length)[: sound.size - place]
            sound[place : place + played.size] += played
        place += round(length * RATE)
    return at_peak(sound)


def band(seconds: float) -> Sound:
    """Drums, a bass and chords above."""
    parts = (
        drums(seconds),
        melody(seconds, piano, base=110.0, seed=5),
        melody(seconds, violins, base=330.0, chords=True, seed=6),
    )
    return at_peak(_together(parts))


def choir(seconds: float) -> Sound:
    """Four voices that hold vowels."""
    voices = enumerate((110.0, 165.0, 220.0, 330.0))
    parts = [melody(seconds, sung, base=base, seed=seed) for seed, base in voices]
    return at_peak(_together(parts))


NO_SPEECH: Mapping[str, Callable[[float], Sound]] = {
    "white noise": noise,
    "pink noise": partial(noise, slope=1.0),
    "wind": partial(noise, slope=2.5),
    "a tone": tone,
    "a siren": siren,
    "mains hum": hum,
    "a buzzer": buzzing,
    "a telephone": ringing,
    "applause": applause,
    "typing": typing,
    "drums": drums,
    "an organ": partial(melody, note=organ),
    "organ chords": partial(melody, note=organ, chords=True),
    "a piano": partial(melody, note=piano),
    "violins": partial(melody, note=violins, chords=True),
    "a held vowel": partial(melody, note=sung, base=130.0),
    "a choir": choir,
    "a band": band,
}
"""What nobody may take for a voice, by name; each makes so many seconds of it."""


def _time(seconds: float) -> Sound:
    return np.arange(round(seconds * RATE)) / RATE


def _overtones(
    hertz: float, seconds: float, count: int, loudness: Callable[[float], float]
) -> Sound:
    """A tone with vibrato and so many overtones, each as loud as its frequency says."""
    time = _time(seconds)
    phase = np.cumsum(hertz * (1 + 0.007 * np.sin(2 * np.pi * 5.5 * time))) / RATE
    tones = (
        loudness(hertz * n) * np.sin(2 * np.pi * n * phase)
        for n in range(1, count + 1)
        if hertz * n < RATE / 2
    )
    ends = np.minimum(1, np.minimum(time, seconds - time) / 0.05)
    return _together(tones) * ends


def _together(sounds: Iterable[Sound]) -> Sound:
    total: Sound = np.sum(list(sounds), axis=0)
    return total

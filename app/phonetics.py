"""Phonemes, the mouth shapes they are seen as, and how the two correspond."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

VisemeName = Literal[
    "sil",  # mouth at rest
    "PP",  # p b m: lips closed
    "FF",  # f v: lower lip at the upper teeth
    "TH",  # θ ð: tongue between the teeth
    "DD",  # t d n
    "SS",  # s z
    "CH",  # ʃ ʒ tʃ dʒ
    "kk",  # k g ŋ x
    "RR",  # r
    "LL",  # l
    "aa",  # a ɑ
    "ae",  # æ
    "E",  # ɛ e
    "I",  # ɪ ɨ
    "Y",  # i j
    "O",  # o ɔ
    "U",  # u w
    "V",  # ə ʌ
    "HH",  # h
]
"""The shapes of the mouth that a face engine must be able to show."""

VISEMES: tuple[VisemeName, ...] = get_args(VisemeName)


@dataclass(frozen=True, slots=True)
class Viseme:
    """A mouth shape and when it is shown."""

    name: VisemeName
    start: float
    """Seconds from the start of the fragment."""
    end: float


_IPA_BY_VISEME: Mapping[VisemeName, str] = {
    "PP": "p b m ɓ",
    "FF": "f v ɱ ʋ",
    "TH": "θ ð",
    "DD": "t d n ɾ ɖ ʈ ɳ ʔ ɲ",
    "SS": "s z ʦ ʣ ts dz",
    "CH": "ʃ ʒ ʧ ʤ tʃ dʒ ʂ ʐ ɕ ʑ ʨ ʥ tɕ dʑ",
    "kk": "k g ɡ ŋ x ɣ q χ ç",
    "RR": "ɹ r ɚ ɜ ʁ ɻ",
    "LL": "l ɫ ʎ ɬ",
    "aa": "a ɑ ɐ ɒ",
    "ae": "æ",
    "E": "ɛ e œ ø",
    "I": "ɪ ᵻ ɨ ʏ",
    "Y": "i j y",
    "O": "ɔ o",
    "U": "u ʊ w ʉ ɯ",
    "V": "ə ʌ ɤ ɘ ᵊ ɵ",
    "HH": "h ɦ",
}

IPA: Mapping[str, VisemeName] = {
    symbol: name for name, symbols in _IPA_BY_VISEME.items() for symbol in symbols.split()
}
"""Viseme of each IPA consonant and simple vowel, without marks of stress or length."""

ARPABET: Mapping[str, tuple[VisemeName, ...]] = {
    "AA": ("aa",), "AE": ("ae",), "AH": ("V",), "AO": ("O",), "AW": ("aa", "U"), "AY": ("aa", "I"),
    "B": ("PP",), "CH": ("CH",), "D": ("DD",), "DH": ("TH",), "EH": ("E",), "ER": ("RR",),
    "EY": ("E", "Y"), "F": ("FF",), "G": ("kk",), "HH": ("HH",), "IH": ("I",), "IY": ("Y",),
    "JH": ("CH",), "K": ("kk",), "L": ("LL",), "M": ("PP",), "N": ("DD",), "NG": ("kk",),
    "OW": ("O", "U"), "OY": ("O", "I"), "P": ("PP",), "R": ("RR",), "S": ("SS",), "SH": ("CH",),
    "T": ("DD",), "TH": ("TH",), "UH": ("U",), "UW": ("U",), "V": ("FF",), "W": ("U",),
    "Y": ("Y",), "Z": ("SS",), "ZH": ("CH",),
}  # fmt: skip
"""Visemes of each ARPAbet phoneme, two for a diphthong; stress digits left out."""

_FIRST_HALF = 0.55
"""Share of a diphthong that shows its first vowel."""


def spread(names: tuple[VisemeName, ...], start: float, end: float) -> tuple[Viseme, ...]:
    """Visemes of one phoneme: one shape, or two for a diphthong.

    >>> spread(("O", "U"), 0.0, 1.0)
    (Viseme(name='O', start=0.0, end=0.55), Viseme(name='U', start=0.55, end=1.0))
    """
    if len(names) == 1:
        return (Viseme(names[0], start, end),)
    middle = start + _FIRST_HALF * (end - start)
    return Viseme(names[0], start, middle), Viseme(names[1], middle, end)

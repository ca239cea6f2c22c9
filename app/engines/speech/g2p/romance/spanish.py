"""Pronunciation of Spanish by rule, Castilian as Kokoro learnt it.

Spanish spelling tells everything but a few loans, so no lexicon is needed.  The
rules of syllables and stress are those of the Real Academia ("Ortografía", 2010).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from app.text.tables import meanings, words

UNSTRESSED = frozenset(
    words(
        """
        el la los las de del a al en con por que y e o u si se me te le lo les nos os su sus mi
        mis tu tus como sin ni pero desde hacia sobre entre hasta para donde cuando aunque
        porque pues san
        """
    )
)
"""Words that lean on the next one."""

_RESPELT = meanings(
    """
    theta:zeta; software:sófuer; hardware:járduer; web:ueb; online:onláin; email:iméil; mail:meil;
    google:gúguel; facebook:féisbuk; twitter:tuíter; python:páiton; java:yava;
    javascript:yavaescript; windows:uíndous; linux:línux; wifi:uifi; whatsapp:uatsap; guasap:uasap;
    marketing:márquetin; feedback:fídbak; deep:dip; learning:lerning; machine:mashín;
    streaming:estrímin; podcast:pódkast; smartphone:esmárfoun; jazz:yas; rock:rok; show:shou;
    new:niú; york:york; shakespeare:shékspir; newton:niúton; newtons:niútons; einstein:áinstain;
    darwin:dárwin; hegel:jéguel; kant:kant; freud:froid; nietzsche:niche; goethe:guete; bach:baj;
    mozart:mótsart; wagner:vágner; euler:óiler; gauss:gaus; kelvin:kélvin; kelvins:kélvins;
    hertz:jerts; watt:uat; watts:uats; joule:yul; joules:yuls; fahrenheit:fárenjait; pixel:píxel;
    iphone:áifon; github:guítjab; youtube:yutub; test:test; tests:tests
    """
)
"""Words of other languages, spelt as Spanish speakers say them."""
_BYTE = re.compile("byte(?=s?$)")

_Role = Literal["consonant", "nucleus", "onglide", "offglide"]

_LETTERS = re.compile(
    r"ch|ll|rr|qu(?=[eéií])|gu(?=[eéií])|g(?=[eéií])|sc(?=[eéií])|c(?=[eéií])|^ps|."
)
_CONSONANTS = {
    "b": "b", "c": "k", "d": "d", "f": "f", "g": "ɡ", "h": "", "j": "x", "k": "k", "l": "l",
    "m": "m", "n": "n", "ñ": "ɲ", "p": "p", "q": "k", "r": "ɾ", "s": "s", "t": "t", "v": "b",
    "w": "w", "x": "ks", "y": "ʝ", "z": "θ", "ç": "s", "ch": "ʧ", "ll": "ʎ", "rr": "r",
    "qu": "k", "gu": "ɡ", "sc": "sθ", "ps": "s",
}  # fmt: skip
_BEFORE_FRONT = {"g": "x", "c": "θ"}
_VOWELS = dict(zip("aeiouüáéíóúàèìòù", "aeiouuaeiouaeiou", strict=True))
_ACCENTED = "áéíóúàèìòù"
_WEAK = "iuü"
_DIPHTHONGS = {"aɪ": "I", "aʊ": "W", "eɪ": "A"}
"""Those for which Kokoro has one symbol."""
_SOFTENED = {"b": "β", "d": "ð", "ɡ": "ɣ"}
_NASALS = "mnɲŋ"


@dataclass(frozen=True, slots=True)
class _Sound:
    symbol: str
    letter: str
    role: _Role = "consonant"


def pronounce(word: str, *, previous: str = "", following: str = "") -> str:
    """Kokoro symbols of a lower-case word.

    >>> pronounce("agua"), pronounce("lección"), pronounce("dedo", previous="a")
    ('ˈaɣwa', 'lekθjˈon', 'ðˈeðo')

    Args:
        word: Spanish letters only.
        previous: Symbols of the word before, if no pause lies between.
        following: Symbol that follows without a pause, if known.
    """
    word = _BYTE.sub("bait", _RESPELT.get(word, word))
    sounds = _with_roles(_sounds(word))
    nuclei = [place for place, sound in enumerate(sounds) if sound.role == "nucleus"]
    stressed = None if word in UNSTRESSED or not nuclei else _stressed(word, sounds, nuclei)
    sounds = _assimilated(sounds, stressed, previous, following)
    out = ""
    for place, sound in enumerate(sounds):
        if place == stressed:
            out += "ˈ"
        elif stressed is not None and place == nuclei[0] and nuclei.index(stressed) > 1:
            out += "ˌ"
        out += sound.symbol
    if word.endswith(("áis", "éis")):
        return out
    for pair, symbol in _DIPHTHONGS.items():
        out = out.replace(pair, symbol)
    return out


def _sounds(word: str) -> list[_Sound]:
    sounds = []
    for match in _LETTERS.finditer(word):
        letters = match.group()
        after = word[match.end() : match.end() + 1]
        if letters in _VOWELS:
            sounds.append(_Sound(_VOWELS[letters], letters, "nucleus"))
        elif letters == "y" and after not in _VOWELS:
            sounds.append(_Sound("i", "i", "nucleus"))
        elif letters in _BEFORE_FRONT and after != "" and after in "eéií":
            sounds.append(_Sound(_BEFORE_FRONT[letters], letters))
        elif letters == "r" and (not sounds or sounds[-1].symbol in ("n", "l", "s")):
            sounds.append(_Sound("r", letters))
        elif letters == "x" and not sounds:
            sounds.append(_Sound("s", letters))
        elif letters in _CONSONANTS:
            sounds.append(_Sound(_CONSONANTS[letters], letters))
    return sounds


def _with_roles(sounds: list[_Sound]) -> list[_Sound]:
    """Sort vowels into nuclei and glides: unaccented i and u beside a vowel are glides."""
    result: list[_Sound] = []
    for place, sound in enumerate(sounds):
        before = result[-1].role if result else "consonant"
        after = sounds[place + 1].role if place + 1 < len(sounds) else "consonant"
        result.append(_glide(sound, before, after))
    return result


def _glide(sound: _Sound, before: _Role, after: _Role) -> _Sound:
    if sound.role != "nucleus" or sound.letter not in _WEAK:
        return sound
    if after == "nucleus":
        return replace(sound, role="onglide", symbol="j" if sound.symbol == "i" else "w")
    if before == "nucleus":
        return replace(sound, role="offglide", symbol="ɪ" if sound.symbol == "i" else "ʊ")
    return sound


def _stressed(word: str, sounds: list[_Sound], nuclei: list[int]) -> int:
    accented = [place for place in nuclei if sounds[place].letter in _ACCENTED]
    if accented:
        return accented[0]
    if len(nuclei) > 1 and (word[-1] in "ns" or word[-1] in _VOWELS):
        return nuclei[-2]
    return nuclei[-1]


def _assimilated(
    sounds: list[_Sound], stressed: int | None, previous: str, following: str
) -> list[_Sound]:
    """Soften b, d, g between open sounds and fit n to the consonant after it."""
    result: list[_Sound] = []
    before, last = previous, len(sounds) - 1
    for place, sound in enumerate(sounds):
        symbol = sound.symbol
        after = next((s.symbol for s in sounds[place + 1 :] if s.symbol), following)
        closed = not before or before[-1] in _NASALS or (symbol == "d" and before[-1] == "l")
        if symbol in _SOFTENED and not closed and place < last:
            symbol = _SOFTENED[symbol]
        elif symbol == "n" and after[:1] in ("p", "b", "m"):
            symbol = "m"
        elif symbol == "n" and after[:1] in ("k", "ɡ", "x"):
            symbol = "ŋ"
        elif symbol == "e" and place == stressed and _closed_by_n(sounds[place + 1 :]):
            symbol = "ɛ"
        result.append(replace(sound, symbol=symbol))
        before = symbol or before
    return result


def _closed_by_n(after: list[_Sound]) -> bool:
    return len(after) > 1 and after[0].symbol == "n" and after[1].role == "consonant"

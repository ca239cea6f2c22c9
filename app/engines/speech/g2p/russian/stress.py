"""Where a Russian word is stressed, and where its е is a ё."""

from __future__ import annotations

import base64
import re
import sqlite3
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import pycrfsuite

from app.engines.speech.g2p.russian.exceptions import STRESSED
from app.errors import EngineUnavailable

VOWELS = "аеёиоуыэюя"
_ALPHABET = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
_RANK = {ord(letter): chr(0x400 + place) for place, letter in enumerate(_ALPHABET)}
_NOT_A_LETTER = re.compile(r"[^а-яё]")
_ACUTE = "\u0301"
"""Marks a stressed vowel that the author of the text wants."""
STRESSES = Path(__file__).with_name("stresses.txt")
"""Words whose stress is another than the lexicon's first; its head says where from."""
_CONTEXT = 3
"""Letters on either side that the statistical model sees."""


class Stressed(NamedTuple):
    """A word and its stressed vowel."""

    word: str
    """Lower case, ё restored."""
    vowel: int | None
    """Which vowel bears the stress, counted from 0; ``None`` for a word without vowels."""


@lru_cache(maxsize=20_000)
def stress(word: str) -> Stressed:
    """Stress of a lower-case Russian word.

    Hand-made exceptions come first, then ``stresses.txt``, the lexicon of
    gruut-lang-ru (545 000 forms) and its statistical model.

    >>> stress("ещё"), stress("елка")
    (Stressed(word='ещё', vowel=1), Stressed(word='ёлка', vowel=0))

    Raises:
        EngineUnavailable: The package gruut-lang-ru is missing.
    """
    if _ACUTE in word:
        return _marked(word.replace(_ACUTE, "+", 1).replace(_ACUTE, ""))
    vowels = [letter for letter in word if letter in VOWELS]
    marked = STRESSED.get(word) or _chosen().get(word)
    if marked:
        return _marked(marked)
    if "ё" in vowels:
        return Stressed(word, vowels.index("ё"))
    return first_listed(word)


def first_listed(word: str) -> Stressed:
    """Stress of a word as the lexicon lists it first, or as the model guesses it.

    Of the stresses of a homograph the lexicon lists the one nearest to the start first.
    """
    vowels = [letter for letter in word if letter in VOWELS]
    found = _lexicon().stress(word)
    if found is not None:
        return found
    if len(vowels) < 2:
        return Stressed(word, 0 if vowels else None)
    return Stressed(word, _guess(word, len(vowels)))


def _marked(text: str) -> Stressed:
    """Read a word whose stressed vowel is followed by ``+``.

    >>> _marked("эне+ргия")
    Stressed(word='энергия', vowel=1)
    """
    before, _, after = text.partition("+")
    return Stressed(before + after, sum(letter in VOWELS for letter in before) - 1)


class _Lexicon:
    """Pronunciations of gruut-lang-ru, read where they lie.

    The table has no index on the word, but its rows stand in alphabetical order,
    so a word is found by halving: about twenty reads instead of half a million.
    """

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, check_same_thread=False)
        (self._size,) = self._db.execute("SELECT max(id) FROM word_phonemes").fetchone()

    def stress(self, word: str) -> Stressed | None:
        for spelling in (word, *_with_one_yo(word)):
            vowel = self._vowel(spelling)
            if vowel is not None:
                return Stressed(spelling, vowel)
        return None

    def _vowel(self, word: str) -> int | None:
        key = word.translate(_RANK)
        low, high = 1, self._size
        while low < high:
            middle = (low + high) // 2
            if _sort_key(self._row(middle)[0]) < key:
                low = middle + 1
            else:
                high = middle
        while low <= self._size and _sort_key((row := self._row(low))[0]) == key:
            if row[0] == word:
                return _long_vowel(row[1].split())
            low += 1
        return None

    @lru_cache(maxsize=4096)  # noqa: B019 - the one lexicon lives as long as the process
    def _row(self, number: int) -> tuple[str, str]:
        row: tuple[str, str] = self._db.execute(
            "SELECT word, phonemes FROM word_phonemes WHERE id = ?", (number,)
        ).fetchone()
        return row


def _sort_key(word: str) -> str:
    """Key of the table's order: hyphens and the numbers of variants do not count."""
    return _NOT_A_LETTER.sub("", word).translate(_RANK)


def _with_one_yo(word: str) -> list[str]:
    return [word[:i] + "ё" + word[i + 1 :] for i, letter in enumerate(word) if letter == "е"]


def _long_vowel(phonemes: list[str]) -> int | None:
    """Number of the vowel that the lexicon writes long, which is how it marks stress."""
    vowels = [phoneme for phoneme in phonemes if phoneme[0] in "aoueiɨ"]
    return next((i for i, phoneme in enumerate(vowels) if phoneme.endswith("ː")), None)


def _guess(word: str, vowel_count: int) -> int:
    """Stressed vowel of an unknown word by the statistical model."""
    labels = (
        _decode(label) for label in _model().tag([_features(word, i) for i in range(len(word))])
    )
    phonemes = [phoneme for label in labels for phoneme in label.split("|")]
    vowel = _long_vowel([phoneme for phoneme in phonemes if phoneme != "_"])
    if vowel is None:
        # Most long Russian words bear it on the last vowel but one.
        return max(0, vowel_count - 2)
    return min(vowel, vowel_count - 1)


def _features(word: str, place: int) -> dict[str, str | bool | float]:
    """Features of one letter, as the model of gruut-lang-ru was trained (gruut 2.4.0, g2p.py)."""
    features: dict[str, str | bool | float] = {"bias": 1.0, "grapheme": _encode(word[place])}
    if place == 0:
        features["begin"] = True
    if place == len(word) - 1:
        features["end"] = True
    for distance in range(1, _CONTEXT + 1):
        if place >= distance:
            features[f"grapheme-{distance}"] = _encode(word[place - distance])
        if place + distance < len(word):
            features[f"grapheme+{distance}"] = _encode(word[place + distance])
    return features


def _encode(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def _decode(text: str) -> str:
    return base64.b64decode(text).decode()


@cache
def _chosen() -> dict[str, str]:
    """Words of ``stresses.txt`` by their spelling without ё, which a text may leave out."""
    lines = STRESSES.read_text(encoding="utf-8").splitlines()
    marked = [line for line in lines if not line.startswith("#")]
    return {line.replace("+", "").replace("ё", "е"): line for line in marked}


@cache
def _lexicon() -> _Lexicon:
    return _Lexicon(_data() / "lexicon.db")


@cache
def _model() -> pycrfsuite.Tagger:
    tagger = pycrfsuite.Tagger()
    tagger.open(str(_data() / "g2p" / "model.crf"))
    return tagger


def _data() -> Path:
    package = find_spec("gruut_lang_ru")
    if package is None or package.origin is None:
        raise EngineUnavailable("Russian needs the package gruut-lang-ru; install it with pip")
    return Path(package.origin).parent

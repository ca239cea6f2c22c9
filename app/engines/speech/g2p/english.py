"""English words to Kokoro's symbols, with hibari's reader.

The reader knows words in their context ("the live show", "I live") and guesses
those it does not know; numbers, signs and abbreviations reach it written out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from app.engines.speech.g2p import Phonemized
from app.text.tokens import LONG_A, Verbalized
from app.text.verbalize import verbalize

if TYPE_CHECKING:
    from hibari.g2p import G2P

_DASHES = str.maketrans({"–": "—", "―": "—", "‒": "—", "«": "“", "»": "”", "„": "“", "‟": "“"})
_MARKS = frozenset(';:,.!?—…"“”()')
_VOWEL_LETTERS = re.compile(r"[aeiouy]+", re.IGNORECASE)
_VOWELS = frozenset("AIOQWYaiouæɑɐɒɔəɚɛɜɪʊʌᵊᵻ")
_STRESS = "ˈ"
_ZEE = re.compile("z([ˈˌ]?)iː")
"""The American name of the letter, which the reader knows only; no other one sounds so."""


def phonemize_english(text: str, *, british: bool = False) -> list[Phonemized]:
    """Symbols of each word of a sentence.

    Args:
        text: One sentence.
        british: Read and counted as in London rather than in New York.

    Returns:
        One entry for each whitespace-delimited token of ``text``, in order; a
        number has the symbols of all its words, a lone dash those of a pause.
        About 1 ms a sentence once the reader is loaded (0.5 s).
    """
    return phonemize_verbalized(verbalize(text, "en", british=british), british=british)


def phonemize_verbalized(
    sentence: Sequence[Verbalized], *, british: bool = False
) -> list[Phonemized]:
    """Symbols of each piece of a sentence whose words are known already."""
    reader = _reader(british=british)
    shares = [list(_pieces(verbalized, reader)) for verbalized in sentence]
    pieces = [piece for share in shares for piece in share]
    symbols = iter(_read_aloud(reader, pieces))
    return [
        Phonemized(verbalized.written, " ".join(next(symbols) for _ in share).strip())
        for verbalized, share in zip(sentence, shares, strict=True)
    ]


@lru_cache(maxsize=2)
def _reader(*, british: bool) -> G2P:
    from hibari.g2p import G2P

    return G2P(british=british)


def load_reader(*, british: bool = False) -> None:
    """Bring the lexicon into memory, so that the first sentence does not wait for it."""
    _reader(british=british)


def _read_aloud(reader: G2P, pieces: Sequence[str]) -> list[str]:
    """Symbols of each piece."""
    symbols = _by_spaces(reader, " ".join(pieces)) if pieces else []
    if len(symbols) == len(pieces):
        return symbols
    # The reader took a space for part of a word: each piece is read on its own.
    return ["".join(_by_spaces(reader, piece)) for piece in pieces]


def _by_spaces(reader: G2P, text: str) -> list[str]:
    words = [""]
    for token in reader.phonemize_tokens(reader.tokenize(text)):
        words[-1] += token.phonemes or ""
        if token.whitespace:
            words.append("")
    return words


def _pieces(verbalized: Verbalized, reader: G2P) -> Iterator[str]:
    """What the reader is given for a token: no piece has a space in it."""
    opening, closing = _marks(verbalized.opening), _marks(verbalized.closing)
    words = list(_grouped(verbalized.words))
    if not words and opening + closing:
        yield opening + closing
    for index, word in enumerate(words):
        first, last = index == 0, index + 1 == len(words)
        yield (opening if first else "") + _readable(word, reader) + (closing if last else "")


def _marks(punctuation: str) -> str:
    """Marks that shape the prosody, each once in a row."""
    known = (mark for mark in punctuation.translate(_DASHES) if mark in _MARKS)
    return re.sub(r"\.{2,}", "…", re.sub(r"([^.])\1+", r"\1", "".join(known)))


def _grouped(words: Sequence[str]) -> Iterator[str]:
    """Words; letters of one acronym together, for they have one stress between them.

    >>> list(_grouped(["H", "T", "M", "L", "five"])), list(_grouped(["x", "squared"]))
    (['HTML', 'five'], ['x', 'squared'])
    """
    run = ""
    for word in words:
        if re.fullmatch(r"[A-ZÁ](?:'s)?", word):
            run += word
            continue
        if run:
            yield run
        run = ""
        yield word
    if run:
        yield run


def _readable(word: str, reader: G2P) -> str:
    """The word as the reader takes it; with its sounds where it would guess wrong."""
    if reader.british and word in ("Z", "z"):
        return "zed"
    if re.fullmatch(r"[A-ZÁ]{2,}(?:'s)?", word) or word == LONG_A:
        return _linked(word, _letters(word, reader))
    composed = unicodedata.normalize("NFC", word)
    accented = unicodedata.normalize("NFD", word)
    known = composed.lower() in reader.lexicon.golds or composed.lower() in reader.lexicon.silvers
    if accented.count("\u0301") == 1 and not known:
        bare = accented.replace("\u0301", "")
        vowel = len(_VOWEL_LETTERS.findall(accented[: accented.index("\u0301")])) - 1
        return _linked(bare, _stressed("".join(_by_spaces(reader, bare)), vowel))
    return composed


def _letters(word: str, reader: G2P) -> str:
    letters = word.replace(LONG_A, "A").removesuffix("'s")
    symbols: str = reader.lexicon.get_NNP(letters)[0]
    if reader.british:
        symbols = _ZEE.sub(r"z\1ɛd", symbols)
    return symbols + ("s" if symbols[-1] in "ptkfθ" else "z") if "'" in word else symbols


def _stressed(symbols: str, vowel: int) -> str:
    """Symbols of a word with the main stress before its n-th vowel, counted from 0.

    >>> _stressed("ɹˈɛkəɹd", 1)
    'ɹɛkˈəɹd'
    """
    bare = symbols.replace(_STRESS, "").replace("ˌ", "")
    places = [place for place, symbol in enumerate(bare) if symbol in _VOWELS]
    if not places:
        return symbols
    place = places[min(vowel, len(places) - 1)]
    return bare[:place] + _STRESS + bare[place:]


def _linked(word: str, symbols: str) -> str:
    """The reader's own notation for a word whose sounds are given."""
    return f"[{word}](/{symbols}/)"

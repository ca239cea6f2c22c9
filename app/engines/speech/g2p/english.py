"""English words to Kokoro's symbols, with hibari's reader.

The reader knows words in their context ("the live show", "I live") and guesses
those it does not know; numbers, signs and abbreviations reach it written out.
Where its tables or its guess are wrong, :mod:`app.engines.speech.g2p.english_words`
gives it the sounds.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from app.engines.speech.g2p import Phonemized
from app.engines.speech.g2p.english_words.homographs import Word, is_verb, reading
from app.engines.speech.g2p.english_words.names import name, with_s
from app.text.characters import without_accents
from app.text.tokens import INNER_PAUSE, LONG_A, Verbalized
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
        About 3 ms a sentence once the reader is loaded (0.5 s).
    """
    return phonemize_verbalized(verbalize(text, "en", british=british), british=british)


def phonemize_verbalized(
    sentence: Sequence[Verbalized], *, british: bool = False
) -> list[Phonemized]:
    """Symbols of each piece of a sentence whose words are known already."""
    reader = _reader(british=british)
    shares = [
        list(_pieces(verbalized, sounds, reader))
        for verbalized, sounds in zip(sentence, _known_sounds(sentence, reader), strict=True)
    ]
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


def _known_sounds(sentence: Sequence[Verbalized], reader: G2P) -> list[list[str]]:
    """For each word of each piece the sounds that its neighbours or a table tell; else empty."""
    words = [word for verbalized in sentence for word in _in_context(verbalized)]
    sounds = iter([_sounds(words, place, reader) for place in range(len(words))])
    return [[next(sounds) for _ in verbalized.words] for verbalized in sentence]


def _in_context(verbalized: Verbalized) -> Iterator[Word]:
    """The words of a piece; letters that are spelt out are none that others take their sound from.

    >>> [word.text for word in _in_context(Verbalized("AI", ("Á", "I")))]
    ['', '']
    """
    last = len(verbalized.words) - 1
    for place, word in enumerate(verbalized.words):
        spelt = last > 0 and re.fullmatch(r"[A-ZÁ](?:'s)?", word) is not None
        parted = place < last and verbalized.words[place + 1] == INNER_PAUSE
        yield Word(
            "" if spelt or word == INNER_PAUSE else word,
            begins=place == 0 and bool(verbalized.opening),
            ends=word == INNER_PAUSE or parted or (place == last and bool(verbalized.closing)),
        )


def _sounds(words: Sequence[Word], place: int, reader: G2P) -> str:
    word = words[place].text
    told = reading(words, place)
    if not told.isascii():
        american, _, british = told.partition("|")
        return british if reader.british and british else american
    entry = reader.lexicon.golds.get(word.lower())
    if isinstance(entry, dict) and told:
        return str(entry.get(told, entry["DEFAULT"]))
    verb = _verb(word, reader) if is_verb(words, place) else ""
    return verb or name(word, british=reader.british) or _joined_names(word, reader)


def _verb(word: str, reader: G2P) -> str:
    """Sounds of a word as a verb, "we project", "it projects"; empty where that says nothing."""
    small = word.lower()
    for stem, ending in ((small, ""), (small.removesuffix("s"), "s")):
        entry = reader.lexicon.golds.get(stem)
        if isinstance(entry, dict) and ("VERB" in entry or "NOUN" in entry):
            sounds = str(entry.get("VERB") or entry["DEFAULT"])
            return with_s(sounds, british=reader.british) if ending and stem != small else sounds
    return ""


def _joined_names(word: str, reader: G2P) -> str:
    """Sounds of names that a hyphen joins, "Cauchy-Schwarz", if one of them is in the table."""
    parts = word.split("-")
    known = [name(part, british=reader.british) for part in parts] if len(parts) > 1 else []
    if not any(known) or not all(parts):
        return ""
    return "".join(
        sounds or "".join(_by_spaces(reader, part))
        for sounds, part in zip(known, parts, strict=True)
    )


def _pieces(verbalized: Verbalized, sounds: Sequence[str], reader: G2P) -> Iterator[str]:
    """What the reader is given for a token: no piece has a space in it."""
    opening, closing = _marks(verbalized.opening), _marks(verbalized.closing)
    words = [
        _linked(word, known) if known else _readable(word, reader)
        for word, known in _grouped(verbalized.words, sounds)
    ]
    if not words and opening + closing:
        yield opening + closing
    for index, word in enumerate(words):
        first, last = index == 0, index + 1 == len(words)
        yield (opening if first else "") + word + (closing if last else "")


def _marks(punctuation: str) -> str:
    """Marks that shape the prosody, each once in a row."""
    known = (mark for mark in punctuation.translate(_DASHES) if mark in _MARKS)
    return re.sub(r"\.{2,}", "…", re.sub(r"([^.])\1+", r"\1", "".join(known)))


def _grouped(words: Sequence[str], sounds: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Words and their sounds; letters of one acronym together, for they have one stress.

    >>> [word for word, _ in _grouped(["H", "T", "M", "L", "five"], [""] * 5)]
    ['HTML', 'five']
    """
    run = ""
    for word, known in zip(words, sounds, strict=True):
        if re.fullmatch(r"[A-ZÁ](?:'s)?", word):
            run += word
            continue
        if run:
            yield run, ""
        run = ""
        yield word, known
    if run:
        yield run, ""


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
        bare = unicodedata.normalize("NFC", accented.replace("\u0301", ""))
        vowel = len(_VOWEL_LETTERS.findall(accented[: accented.index("\u0301")])) - 1
        return _linked(bare, _stressed("".join(_by_spaces(reader, bare)), vowel))
    return composed if known else _as_listed(composed, reader)


def _as_listed(word: str, reader: G2P) -> str:
    """A word without its accents if the lexicon has it so, "rôle"; names stay: "Hölder"."""
    if not word.islower():
        return word
    plain = without_accents(word)
    listed = plain.lower() in reader.lexicon.golds or plain.lower() in reader.lexicon.silvers
    return plain if listed else word


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

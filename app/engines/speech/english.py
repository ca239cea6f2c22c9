"""English text to Kokoro's symbols, word by word, with hibari's reader.

The reader normalises a whole sentence first ("5 January" becomes "the fifth of
January") and may add, drop or reorder words.  Captions need the words of the
author, so the normalised words are aligned with the original ones.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING

from app.engines.speech.g2p import Phonemized

if TYPE_CHECKING:
    from hibari.g2p import G2P

_READABLE = str.maketrans({"[": "(", "]": ")", "⁄": "/", "²": " squared", "³": " cubed"})
"""The reader takes ``[word](/symbols/)`` for an instruction; authors do not mean it."""


def phonemize_english(text: str, *, british: bool = False) -> list[Phonemized]:
    """Symbols of each word of a sentence.

    Args:
        text: One sentence.
        british: Read as in London rather than in New York.

    Returns:
        One entry for each whitespace-delimited token of ``text``, in order; a
        number has the symbols of all its words, a lone dash those of a pause.
        About 1 ms a sentence once the reader is loaded (0.5 s).
    """
    from hibari.g2p.normalize import normalize

    tokens = text.split()
    spoken = normalize(_readable(" ".join(tokens)))
    words, symbols = spoken.split(), _read_aloud(spoken, british=british)
    if len(symbols) != len(words):
        # The reader took a space for part of a word: only the order is known.
        return list(map(Phonemized, tokens, _deal(tokens, symbols, symbols)))
    result: list[Phonemized] = []
    for mine, theirs in _groups(tokens, words):
        shares = _deal(tokens[mine], words[theirs], symbols[theirs])
        result += map(Phonemized, tokens[mine], shares)
    return result


def _readable(text: str) -> str:
    """Text with the typographer's letters and digits made plain: ``½`` is ``1/2``.

    The reader fails on digits that are no decimals, of which some have no plain form.
    """
    plain = unicodedata.normalize("NFKC", text.translate(_READABLE)).translate(_READABLE)
    return "".join(" " if c.isdigit() and not c.isdecimal() else c for c in plain)


@lru_cache(maxsize=2)
def _reader(*, british: bool) -> G2P:
    from hibari.g2p import G2P

    return G2P(british=british)


def load_reader(*, british: bool = False) -> None:
    """Bring the lexicon into memory, so that the first sentence does not wait for it."""
    _reader(british=british)


def _read_aloud(spoken: str, *, british: bool) -> list[str]:
    """Symbols of each whitespace-delimited word of normalised text."""
    reader = _reader(british=british)
    words = [""]
    for token in reader.phonemize_tokens(reader.tokenize(spoken)):
        words[-1] += token.phonemes or ""
        if token.whitespace:
            words.append("")
    return words if spoken else []


def _groups(tokens: Sequence[str], words: Sequence[str]) -> Iterator[tuple[slice, slice]]:
    """Stretches of tokens and the words they are spoken as; together all of both, in order.

    >>> [(a.stop, b.stop) for a, b in _groups(["5", "May", "is"], ["the", "fifth", "May", "is"])]
    [(1, 2), (2, 3), (3, 4)]
    """
    mine = theirs = 0
    for token_end, word_end in _borders(tokens, words):
        yield slice(mine, token_end), slice(theirs, word_end)
        mine, theirs = token_end, word_end


def _borders(tokens: Sequence[str], words: Sequence[str]) -> list[tuple[int, int]]:
    """Ends of the stretches: each has a token, words added go to the one before them."""
    ends: list[tuple[int, int]] = []
    matcher = SequenceMatcher(None, tokens, words, autojunk=False)
    for kind, _, token_end, word_start, word_end in matcher.get_opcodes():
        if kind == "equal":
            length = word_end - word_start
            ends += [(token_end - left, word_end - left) for left in range(length - 1, -1, -1)]
        elif kind == "insert" and ends:
            ends[-1] = (token_end, word_end)
        elif kind != "insert":
            ends.append((token_end, word_end))
    if ends and ends[-1][1] < len(words):
        ends[-1] = (len(tokens), len(words))
    return ends


def _deal(tokens: Sequence[str], words: Sequence[str], symbols: Sequence[str]) -> list[str]:
    """Symbols for each token: one to one when there are as many words, else by length.

    >>> _deal(["7:30", "pm."], ["seven", "thirty", "P.M."], ["sˈɛvən", "θˈɜɹTi", "pˌi ˈɛm."])
    ['sˈɛvən θˈɜɹTi', 'pˌi ˈɛm.']
    """
    if len(tokens) == len(words):
        return list(symbols)
    shares: list[list[str]] = [[] for _ in tokens]
    borders = _shares_up_to([_spoken_length(token) for token in tokens])
    ends = _shares_up_to([len(word) for word in words])
    for start, end, sound in zip([0.0, *ends], ends, symbols, strict=False):
        owner = next(index for index, border in enumerate(borders) if (start + end) / 2 <= border)
        shares[owner].append(sound)
    return [" ".join(share) for share in shares]


def _shares_up_to(lengths: Sequence[int]) -> list[float]:
    total = sum(lengths)
    return [sum(lengths[: index + 1]) / total for index in range(len(lengths))]


def _spoken_length(token: str) -> int:
    """About the letters it is spoken with: a digit takes four."""
    return sum(4 if letter.isdigit() else 1 for letter in token)

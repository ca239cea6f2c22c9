"""English numerals as the British say them: with "and" before the last tens."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from app.text.english.numerals import ordinal
from app.text.tables import words
from app.text.tokens import Token, Verbalized

_SCALES = frozenset(words("hundred thousand million billion trillion"))
_SCALE_ORDINALS = frozenset(scale + "th" for scale in _SCALES)
_BELOW_HUNDRED = frozenset(
    words(
        """
        one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
        sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
        """
    )
)
_ORDINALS = frozenset(
    word + plural
    for number in range(1, 100)
    for word in ordinal(number)[-1:]
    for plural in ("", "s")
)
_LAST_GROUP = re.compile(r"0[1-9]\d|00[1-9]")
"""Digits behind a space that stand for thousands, "12 045"."""


def with_ands(tokens: Sequence[Token], american_words: Sequence[Verbalized]) -> list[Verbalized]:
    """The words of a sentence with the "and" of its numerals.

    Args:
        tokens: As written.
        american_words: The same in American words.
    """
    result: list[Verbalized] = []
    before = ""
    for token, american in zip(tokens, american_words, strict=True):
        spoken = in_numeral(american.words)
        if before in _SCALES and _LAST_GROUP.fullmatch(token.core):
            spoken = ["and", *spoken]
        result.append(replace(american, words=tuple(spoken)))
        before = "" if american.closing else (spoken[-1] if spoken else before)
    return result


def in_numeral(spoken: Sequence[str]) -> list[str]:
    """Words of one token with "and" where a numeral goes on below a hundred.

    >>> " ".join(in_numeral("two thousand one hundred five point one".split()))
    'two thousand one hundred and five point one'
    >>> " ".join(in_numeral("two thousand five".split()))
    'two thousand and five'
    >>> " ".join(in_numeral("one thousand one hundredth".split()))
    'one thousand one hundredth'
    """
    result: list[str] = []
    for place, word in enumerate(spoken):
        after_scale = place > 0 and spoken[place - 1] in _SCALES
        if after_scale and _is_below_hundred(spoken, place):
            result.append("and")
        result.append(word)
    return result


def _is_below_hundred(spoken: Sequence[str], place: int) -> bool:
    """Whether the rest of the numeral is below a hundred; behind "hundred" it always is."""
    if spoken[place] not in _BELOW_HUNDRED | _ORDINALS:
        return False
    if spoken[place - 1] == "hundred":
        return True
    end = place
    while end < len(spoken) and spoken[end] in _BELOW_HUNDRED:
        end += 1
    return end == len(spoken) or spoken[end] not in _SCALES | _SCALE_ORDINALS

"""Japanese numbers in kanji; whatever else stands in a text stays."""

from __future__ import annotations

import re

from app.text.grouping import ungrouped
from app.text.tokens import Verbalized

_NUMBER = re.compile(r"(\d+)(?:\.(\d+))?")
_DIGITS = "〇一二三四五六七八九"
_MYRIADS = ("", "万", "億", "兆")
_MOST_DIGITS = 4 * len(_MYRIADS)
_TENS = ((1000, "千"), (100, "百"), (10, "十"))


def in_words(text: str) -> list[Verbalized]:
    """Pieces of a text with their numbers in kanji.

    >>> [piece.spoken for piece in in_words("1,974年、3.14%、100000")]
    ['千九百七十四年、三点一四パーセント、十万']
    """
    return [Verbalized(piece, (_spoken(piece),)) for piece in text.split()]


def _spoken(piece: str) -> str:
    return _NUMBER.sub(_number, ungrouped(piece).replace("%", "パーセント"))


def _number(found: re.Match[str]) -> str:
    if len(found[1]) > _MOST_DIGITS:
        return "".join(_DIGITS[int(digit)] for digit in found[1])
    value, written = int(found[1]), ""
    for myriad in _MYRIADS:
        value, group = divmod(value, 10000)
        written = _below_myriad(group) + myriad + written if group else written
    decimals = "".join(_DIGITS[int(digit)] for digit in found[2] or "")
    return (written or "零") + (f"点{decimals}" if decimals else "")


def _below_myriad(value: int) -> str:
    """A number up to 9999; no one is said before ten, hundred and thousand."""
    written = ""
    for ten, name in _TENS:
        times, value = divmod(value, ten)
        if times:
            written += (_DIGITS[times] if times > 1 else "") + name
    return written + (_DIGITS[value] if value else "")

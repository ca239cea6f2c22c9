"""Which encoding a Chinese, Japanese or Korean text is in, told by its commonest characters."""

from __future__ import annotations

from collections.abc import Mapping

from app.text.plain.letters import may_be_written

_CHINESE = frozenset(
    "的一是不了在人有我他这这個个们們中来來上大为為和国國地到以说說时時要就出会會可也你对對生能而子那得于於着下自之年"
    "过過发發后後作里用道行所然家种種事成方多经經么么去法学學如都同现現当當没沒动動面起看定天分还還进進好小部其些主样樣"
)
"""About half of the characters of any Chinese text."""
_KOREAN = frozenset(
    "이다는을에의가고하지로기를은리어사자도인서한나시그있대아정들해스적게만여것수보"
)

CODECS: Mapping[str, str] = {
    "cp932": "ja",
    "euc_jp": "ja",
    "gb18030": "zh",
    "big5": "zh",
    "cp949": "ko",
}
"""Language by Python's name of the encoding."""

_LEAST = 12
"""Characters beyond ASCII; with fewer several encodings can look right."""


def east_asian_codec_of(content: bytes) -> str | None:
    """Python's name of the only such encoding in which the content is a likely text.

    >>> east_asian_codec_of("今日はネットワークの仕組みを見ていきます。".encode("cp932"))
    'cp932'
    >>> east_asian_codec_of("Olá, você já lê?".encode("cp1252")) is None
    True
    """
    found = [codec for codec, language in CODECS.items() if _is_likely(content, codec, language)]
    return found[0] if len(found) == 1 else None


def _is_likely(content: bytes, codec: str, language: str) -> bool:
    try:
        text = content.decode(codec)
    except UnicodeDecodeError:
        return False
    beyond = [character for character in text if not character.isascii()]
    letters = [character for character in beyond if character.isalpha()]
    if len(letters) < _LEAST or not all(map(may_be_written, beyond)):
        return False
    if language == "ja":
        kana = sum("\u3041" <= character <= "\u309f" for character in letters)
        narrow = sum("\uff61" <= character <= "\uff9f" for character in beyond)
        return 3 * kana > len(letters) and 50 * narrow < len(letters)
    if language == "ko":
        syllables = sum("\uac00" <= character <= "\ud7a3" for character in letters)
        return 10 * syllables > 9 * len(letters) and _share(letters, _KOREAN) > 0.25
    written = sum("\u4e00" <= character <= "\u9fff" for character in letters)
    return 10 * written > 9 * len(letters) and _share(letters, _CHINESE) > 0.2


def _share(letters: list[str], common: frozenset[str]) -> float:
    return sum(character in common for character in letters) / len(letters)

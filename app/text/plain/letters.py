"""How odd a text would be in a language, judged by its letters."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOREIGN = 16.0
"""Bits of a letter that the language does not have."""
NOBODYS = 22.0
"""Bits of a letter that no language writes: small and joined ones."""
OF_ENGLISH = 5.0
"""Bits of an English letter in a language of other letters, which has whole words of them."""
ODD_CAPITAL = 16.0
"""Bits of a capital behind a small letter."""
FIRST_CAPITAL = 2.0
ODD_SIGN = 14.0
DRAWN = 24.0
"""Bits of what DOS drew boxes with, and of the sign of no currency."""
ODD_PLACE = 16.0
"""Bits of a sign that touches a letter and should not, such as a closing quote before one."""
BESIDE_DIGIT = 10.0
"""Bits of a letter beyond ASCII that touches a digit."""
TIGHT_DASH = 6.0
"""Bits of a dash between two letters, which some write and most set apart."""

_SIGNS = {
    **dict.fromkeys("’–—«»“”„…", 3.0),
    **dict.fromkeys("‘‚№°§·•\u00a0", 5.0),
    **dict.fromkeys("€£©®™±×²³µªº½¿¡", 7.0),
}
"""Bits of the signs that texts have."""
_BEHIND_LETTERS = frozenset("’”»“‘…–—·™®ªº²³\u00a0")
_BEFORE_LETTERS = frozenset("’“«„‘‚–—…·¿¡§№µ°\u00a0")
_TABLE = Path(__file__).with_name("letters.txt")
"""A line per language, written by ``tools/count_letters.py``: its code, its letters (the first is
the space for the end of a word), and for each of them behind each of them half bits."""


@dataclass(slots=True)
class Cost:
    """Bits: the more, the odder."""

    bits: float = 0.0
    letters: int = 0
    """How many letters, and signs beyond ASCII, were judged."""
    odd: int = 0
    """How many of them no text of the language should have."""

    def add(self, bits: float, *, odd: bool = False) -> None:
        """Count one more letter or sign."""
        self.bits += bits
        self.letters += 1
        self.odd += odd


@dataclass(frozen=True, slots=True)
class Letters:
    """What is usual in one language."""

    numbers: Mapping[str, int]
    """Of each letter; 0 is the space."""
    bits: tuple[tuple[float, ...], ...]
    """Of each letter behind each letter."""

    def cost(self, words: Iterable[str]) -> Cost:
        """How odd words would be that are written like these."""
        cost = Cost()
        for word in words:
            self._judge(word, cost)
        return cost

    def _judge(self, word: str, cost: Cost) -> None:
        before, place = "", 0
        for character, after in zip(word, [*word[1:], ""], strict=True):
            if _is_letter(character):
                place = self._judge_letter(character, before, place, cost)
                if not character.isascii() and (before.isdigit() or after.isdigit()):
                    cost.bits += BESIDE_DIGIT
            else:
                cost.bits += self.bits[place][0] if place else 0.0
                place = 0
                if not character.isascii():
                    _judge_sign(character, before, after, cost)
            before = character
        cost.bits += self.bits[place][0] if place else 0.0

    def _judge_letter(self, letter: str, before: str, place: int, cost: Cost) -> int:
        """Returns the number of the letter, 0 for one of another language."""
        number = self.numbers.get(letter.lower()[0])
        odd = number is None and (not letter.isascii() or place > 0)
        bits = self.bits[place][number] if number else _foreign(letter) if odd else OF_ENGLISH
        if letter.isupper() and not letter.isascii() and not before.isupper():
            odd = odd or before.islower()
            bits += ODD_CAPITAL if before.islower() else FIRST_CAPITAL
        cost.add(bits, odd=odd)
        return number or 0


def _foreign(letter: str) -> float:
    joined = unicodedata.decomposition(letter).startswith("<") or letter == "ƒ"
    return NOBODYS if joined else FOREIGN


def _judge_sign(sign: str, before: str, after: str, cost: Cost) -> None:
    behind, in_front = _is_letter(before), _is_letter(after)
    misplaced = (behind and sign not in _BEHIND_LETTERS) or (
        in_front and sign not in _BEFORE_LETTERS
    )
    unusual = DRAWN if sign == "¤" or "\u2500" <= sign <= "\u25ff" else ODD_SIGN
    bits = _SIGNS.get(sign, unusual) + (ODD_PLACE if misplaced else 0.0)
    tight = behind and in_front and sign in "—–"
    cost.add(bits + (TIGHT_DASH if tight else 0.0), odd=misplaced or sign not in _SIGNS)


def _is_letter(character: str) -> bool:
    return character.isalpha() and character not in _SIGNS


def may_be_written(character: str) -> bool:
    """Whether it may stand in a text: it is no control character, and Unicode has a use for it."""
    return unicodedata.category(character) not in ("Cc", "Cn", "Co")


def letters_of(language: str) -> Letters:
    """What is usual in a language of :data:`app.text.plain.code_pages.CODE_PAGES`."""
    return _all()[language]


@cache
def _all() -> Mapping[str, Letters]:
    found = {}
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        code, letters, digits = line.split("\t")
        size = len(letters)
        bits = [int(digit, 24) / 2 for digit in digits]
        rows = tuple(tuple(bits[at : at + size]) for at in range(0, len(bits), size))
        found[code] = Letters({letter: n for n, letter in enumerate(letters)}, rows)
    return found

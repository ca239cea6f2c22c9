"""Finds words and phrases of a lexicon in a text, however many there are."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

_BEGIN = re.compile(r"(?<![\w\u0301])(?:[\w\u0301]+|[^\w\s])")
"""Where a phrase may begin, up to the end of the word there.  A combining mark belongs to the
letter before it, as a letter of the word does."""
_SPACE_IN_PARAGRAPH = r"(?:[^\S\n]|\n(?![^\S\n]*\n))+"


@dataclass(slots=True)
class _Alike:
    """Phrases whose first words may be the same."""

    keys: list[str] = field(default_factory=list)
    pattern: re.Pattern[str] | None = None
    """Made when a text has such a word; most lexicons are larger than the texts."""

    def compiled(self) -> re.Pattern[str]:
        if self.pattern is None:
            self.keys.sort(key=len, reverse=True)
            phrases = "|".join(f"({_phrase(key)})" for key in self.keys)
            self.pattern = re.compile(rf"(?:{phrases})(?![\w\u0301])", re.IGNORECASE)
        return self.pattern


class Phrases:
    """Phrases by their first words, so that a text is gone through once."""

    def __init__(self, keys: Iterable[str]) -> None:
        """Nothing is compiled yet.

        Args:
            keys: In small letters, "е" for "ё", single spaces between words.
        """
        self._alike: defaultdict[str, _Alike] = defaultdict(_Alike)
        for key in keys:
            found = _BEGIN.match(key)
            if found is not None:
                self._alike[_folded(found.group())].keys.append(key)

    def found(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Start, end and key of every phrase in a text, none within another.

        Letter case does not matter, "е" is "ё" too, as in print.  Between words there is any
        white space but a blank line.  Of several phrases that begin at one place the longest is
        found.
        """
        done = 0
        for begin in _BEGIN.finditer(text) if self._alike else ():
            alike = self._alike.get(_folded(begin.group()))
            if begin.start() < done or alike is None:
                continue
            match = alike.compiled().match(text, begin.start())
            if match is not None and match.lastindex is not None:
                done = match.end()
                yield begin.start(), done, alike.keys[match.lastindex - 1]


def _phrase(key: str) -> str:
    words: Sequence[str] = [re.escape(word).replace("е", "[её]") for word in key.split()]
    return _SPACE_IN_PARAGRAPH.join(words)


def _folded(word: str) -> str:
    """Equal for words that differ in letter case as :mod:`re` sees it; perhaps for others, too."""
    return word.casefold().replace("i\u0307", "i").replace("ı", "i").replace("ё", "е")

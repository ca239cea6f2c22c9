"""A text that remembers where in the original each of its characters comes from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat

Span = tuple[int, int]
"""Start and end of a stretch of the text that is being changed; it is kept as it is."""

Replacement = str | Callable[[re.Match[str]], "Sequence[str | Span]"]
"""What a match becomes: the same words always, or words of its own and stretches that are kept."""


@dataclass(frozen=True, slots=True)
class Traced:
    """A text in the course of being cleaned.

    Whoever cuts the original can then tell to which part each cleaned word belongs.
    """

    text: str
    origins: tuple[int, ...]
    """Of each character its position in the original; they never go back."""

    @classmethod
    def of(cls, original: str) -> Traced:
        """A text that nothing has been done to."""
        return cls(original, tuple(range(len(original))))

    def sub(self, pattern: re.Pattern[str], replacement: Replacement) -> Traced:
        """The text with every match replaced; new characters come from where the match began.

        >>> cleaned = Traced.of("a **b** c").sub(re.compile(r"[*]{2}"), "")
        >>> cleaned.text, cleaned.origins
        ('a b c', (0, 1, 4, 7, 8))
        """
        return self.replaced(
            (match.start(), match.end(), _parts(replacement, match))
            for match in pattern.finditer(self.text)
        )

    def without(self, spans: Iterable[Span]) -> Traced:
        """The text without some stretches of it, given in order."""
        return self.replaced((start, end, ()) for start, end in spans)

    def replaced(self, changes: Iterable[tuple[int, int, Sequence[str | Span]]]) -> Traced:
        """The text with some stretches, given in order, replaced by words or other stretches."""
        texts: list[str] = []
        origins: list[int] = []
        done = 0
        for start, end, parts in changes:
            texts.append(self.text[done:start])
            origins.extend(self.origins[done:start])
            for part in parts:
                if isinstance(part, str):
                    texts.append(part)
                    origins.extend(repeat(self._origin(start, origins), len(part)))
                else:
                    texts.append(self.text[slice(*part)])
                    origins.extend(self.origins[slice(*part)])
            done = end
        if not texts:
            return self
        texts.append(self.text[done:])
        origins.extend(self.origins[done:])
        return Traced("".join(texts), tuple(origins))

    def words(self) -> Iterator[tuple[str, int]]:
        """Each word between white space, and where its first character comes from."""
        for match in re.finditer(r"\S+", self.text):
            yield match.group(), self.origins[match.start()]

    def _origin(self, position: int, so_far: Sequence[int]) -> int:
        """Of a new character, not before what stands there already."""
        own = self.origins[position] if position < len(self.origins) else 0
        return max(own, so_far[-1]) if so_far else own


def _parts(replacement: Replacement, match: re.Match[str]) -> Sequence[str | Span]:
    return (replacement,) if isinstance(replacement, str) else replacement(match)


def kept(*groups: int | str) -> Callable[[re.Match[str]], list[str | Span]]:
    r"""A replacement by groups of the match; those that took no part are left out.

    >>> Traced.of("[here](there)").sub(re.compile(r"\[(.*?)\]\(.*?\)"), kept(1)).text
    'here'
    """

    def spans(match: re.Match[str]) -> list[str | Span]:
        return [match.span(group) for group in groups if match[group] is not None]

    return spans


def pairs(text: str, opening: re.Pattern[str], closing: re.Pattern[str]) -> Iterator[Span]:
    """Stretches from an opening to its closing, in one pass however many are left open.

    >>> list(pairs("a <!-- b --> c <!-- d", re.compile("<!--"), re.compile("-->")))
    [(2, 12)]
    """
    begun = opening.search(text)
    while begun and (ended := closing.search(text, begun.end())):
        yield begun.start(), ended.end()
        begun = opening.search(text, ended.end())


_PROTECTED = 0xE000
"""Private characters from here on stand for ASCII signs that are meant as they are, "\\*"."""
_PROTECTED_SIGN = re.compile("[\ue000-\ue07f]")


def protected(sign: str) -> str:
    """What stands for an escaped ASCII sign while marks are looked for."""
    return chr(_PROTECTED + ord(sign))


def released(text: Traced) -> Traced:
    """The text with its escaped signs as they are meant.

    >>> released(Traced.of(f"2 {protected('*')} 3")).text
    '2 * 3'
    """
    return text.sub(_PROTECTED_SIGN, lambda found: [chr(ord(found.group()) - _PROTECTED)])

"""Words that were broken at the end of a line, and the hyphens that belong to a word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from app.text.cleaning.traced import Span
from app.text.tables import words

_BROKEN = re.compile(
    r"(?<![^\W\d_])(?P<first>[^\W\d_]+(?:['’-][^\W\d_]+)*)(?P<break>[-‐‑¬⸗]\n[^\S\n]*)(?P<rest>[^\W\d_]+)"
)
_NUMBERED = re.compile(r"(?<=\d)(?P<break>[-‐‑][^\S\n]*\n[^\S\n]*)(?=[^\W\d_])")
_KEEPS_BEFORE = frozenset(
    words(
        """
        self well non ex all half high low long short mid cross anti semi quasi pseudo post pre
        two three four five six seven eight nine ten twenty thirty forty fifty sixty seventy eighty
        ninety first second third full part real state open closed old new good best hard
        кое кой по во из как северо юго вице экс пол контр обер унтер штаб мини медиа веб
        est dit peut celui celle ceux lui elle eux moi toi nous vous soi avant après demi mi sous
        sur quelques grand arrière contre vice là rendez
        socio físico teórico histórico franco hispano
        tecnico scientifico italo
        """
    )
)
"""Parts before a hyphen that words keep."""
_KEEPS_BEHIND = frozenset(
    words(
        """
        known based like free level dimensional time term scale order called defined oriented in up
        off out old made wide side line year day part way
        то либо нибудь таки ка за под над ли же го й я е х ми м
        ce je tu il elle on nous vous ils elles t là ci même mêmes moi toi le la les lui leur en y
        être dessus dessous
        """
    )
)
"""Parts behind a hyphen that words keep."""


def joined_words(text: str) -> Iterator[tuple[int, int, Sequence[str | Span]]]:
    r"""Changes that make broken words whole; a hyphen of the word itself stays.

    A word that stands elsewhere in the text, with the hyphen or without, decides for itself.

    >>> [parts for _, _, parts in joined_words("an exam-\nple of a self-\nmade one")]
    [('',), ('-',)]
    """
    known = _known(text) if _BROKEN.search(text) else frozenset()
    changes = [
        (found.start("break"), found.end("break"), ("-" if _keeps(found, known) else "",))
        for found in _BROKEN.finditer(text)
        if found["rest"][0].islower() or _is_capital_word(found)
    ]
    changes += [(*found.span("break"), ("-",)) for found in _NUMBERED.finditer(text)]
    yield from sorted(changes)


def _known(text: str) -> frozenset[str]:
    """Words of the text that are not broken, hyphens included, in small letters."""
    return frozenset(re.findall(r"[^\W\d_]+(?:[-‐‑][^\W\d_]+)*(?![-‐‑]?\n)", text.lower()))


def _keeps(found: re.Match[str], known: frozenset[str]) -> bool:
    first, rest = found["first"].lower(), found["rest"].lower()
    if found["break"][0] == "¬":
        return False
    if not found["rest"][0].islower() and not found["first"].isupper():
        return True
    if f"{first}-{rest}" in known or f"{first}{rest}" in known:
        return f"{first}-{rest}" in known
    last = first.rpartition("-")[2]
    compound = last != first or len(last) == 1
    return compound or last in _KEEPS_BEFORE or rest in _KEEPS_BEHIND


def _is_capital_word(found: re.Match[str]) -> bool:
    """Whether both parts begin with capitals, "Saint-" and "Exupéry", or the word is shouted."""
    return found["first"][0].isupper()

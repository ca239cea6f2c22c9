"""Tokens of a text: what is spoken of them, the punctuation around it, and the words it becomes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from app.text.characters import is_spoken, legible
from app.text.lookalikes import is_cyrillic
from app.text.tables import words

LONG_A = "Á"
"""The letter among English words; without the accent it would be read as the article."""

INNER_PAUSE = "—"
"""Among the words of a piece the pause of a dash that stands within it."""

ENDLESS = re.compile(r"(?<!\d)(?<!\d[.,'’])(?>(?:[\d⁰¹²³⁴-⁹][.,'’]?){1000,})")
"""More digits than any number has, in groups or not; Python refuses to count beyond 4300."""

_OPENS_A_CORE = re.compile(r"[-.](?=\.?\d)|!=|->|:=")
_KNOWN = re.compile(r"\d|[A-Za-z\u00c0-\u024f\u0370-\u04ff\u1e00-\u1fff]")
_STOPS = '.,;:!?…»”"'
_FOOTNOTE = re.compile(
    rf"(?P<word>.*[^\W\d_]{{2}}[{_STOPS}]*)\[\d+(?:[,–-]\d+)*\](?P<stop>[{_STOPS}]*)"
)
_REFERENCE = re.compile(r"\d+(?:[,–-]\d+)*")
_BEFORE_A_REFERENCE = frozenset(
    words(
        """
        see in of by from and to with than cf ref refs eq fig at on is are or
        en de y e según ver véase selon voir et dans sur d'après l'intervalle intervalle segment di
        vedi secondo da nel nella
        см смотри в во из и по с со к от для о об или на рис табл работе статье
        """
    )
)


@dataclass(frozen=True, slots=True)
class Verbalized:
    """A piece of a text between white space, and what is said for it."""

    written: str
    """As it stands in the text."""
    words: tuple[str, ...]
    """Numbers, signs and abbreviations in words; empty for what is not spoken.

    Where a dash parts words of one piece, "old—which", :data:`INNER_PAUSE` stands between them.

    English letters that are spelt out are capitals and words of their own: ``H T T P``; the
    first of them is :data:`LONG_A`, ``a`` the article.
    """
    opening: str = ""
    closing: str = ""
    """Punctuation that stays; the full stop of an abbreviation does not."""

    @property
    def spoken(self) -> str:
        """The words with their punctuation, as text."""
        return f"{self.opening}{' '.join(self.words)}{self.closing}"


@dataclass(frozen=True, slots=True)
class Token:
    """One whitespace-delimited piece of a text."""

    text: str
    """As it stands in the text."""
    opening: str
    """Punctuation before the core."""
    core: str
    """What is spoken; empty for a lone dash or bullet."""
    closing: str
    """Punctuation after the core."""

    def said(
        self, words: Iterable[str], *, opening: str | None = None, closing: str | None = None
    ) -> Verbalized:
        """The token as these words; its punctuation stays unless other is given."""
        return Verbalized(
            self.text,
            tuple(words),
            self.opening if opening is None else opening,
            self.closing if closing is None else closing,
        )


Rule = Callable[[Sequence[Token], int], list[Verbalized]]
"""From the tokens of a sentence and the place of one to what is said; empty where it says none."""


def by_first(rules: Iterable[Rule], tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """What the first rule that knows the token makes of it; empty when none does."""
    for rule in rules:
        if found := rule(tokens, place):
            return found
    return []


def tokenize(text: str) -> list[Token]:
    """Tokens in order; their texts joined by spaces are the text with its spaces made single.

    Cores begin and end with what is spoken, signs of formulas included; pictures and invisible
    characters are not in them, letters of mathematical alphabets are plain, and the marks of
    footnotes and headings are left out.

    >>> [(t.opening, t.core, t.closing) for t in tokenize("«Да», — 5 %…")]
    [('«', 'Да', '»,'), ('—', '', ''), ('', '5', ''), ('', '%', '…')]
    >>> [t.core for t in tokenize("## 𝑥 is water.[1] 🎉")]
    ['', 'x', 'is', 'water', '']
    """
    cyrillic = is_cyrillic(text)
    tokens = [token_of(piece, cyrillic=cyrillic) for piece in text.split()]
    return [
        replace(token, core="") if _is_footnote(before, token) else token
        for before, token in zip([None, *tokens], tokens, strict=False)
    ]


def is_readable(tokens: Sequence[Token]) -> bool:
    """Whether a sentence has a digit or a letter that rules know: Latin, Greek, Cyrillic.

    Single letters of another script are named; a whole sentence of it is another language,
    and naming its signs one by one would help nobody.
    """
    text = "".join(token.core for token in tokens)
    return _KNOWN.search(text) is not None or not any(map(str.isalpha, text))


def shouted(tokens: Sequence[Token], place: int) -> bool:
    """Whether the token stands among at least three words in capitals."""
    first = last = place
    while first and _in_capitals(tokens[first - 1]):
        first -= 1
    while last + 1 < len(tokens) and _in_capitals(tokens[last + 1]):
        last += 1
    return last - first >= 2


def token_of(piece: str, *, cyrillic: bool = True) -> Token:
    """The token that a piece without white space is.

    Args:
        piece: It.
        cyrillic: Whether letters that look alike in both alphabets are rather Cyrillic.
    """
    text = legible(piece, cyrillic=cyrillic)
    start, end = 0, len(text)
    while start < end and not (is_spoken(text[start]) or _OPENS_A_CORE.match(text, start)):
        start += 1
    while end > start and not is_spoken(text[end - 1]):
        end -= 1
    return _unmarked(Token(piece, text[:start], text[start:end], text[end:]))


def _unmarked(token: Token) -> Token:
    """The token without the mark of a footnote, "water.[1]", or of a heading, "##"."""
    if token.core and set(token.core) == {"#"}:
        return replace(token, core="")
    match = _FOOTNOTE.fullmatch(token.core + token.closing)
    if match is None:
        return token
    core = match["word"].rstrip(_STOPS)
    return replace(token, core=core, closing=match["word"][len(core) :] + match["stop"])


def _is_footnote(before: Token | None, token: Token) -> bool:
    """Whether "[1]" stands behind a sentence or a name rather than for a noun: "see [1]"."""
    bracketed = token.opening.endswith("[") and token.closing.startswith("]")
    if before is None or not before.core[-1:].isalnum():
        # An interval behind a sign: "x ∈ [0,1]".
        return False
    if not bracketed or not _REFERENCE.fullmatch(token.core):
        return False
    return before.core.lower() not in _BEFORE_A_REFERENCE and not before.core.isdecimal()


def _in_capitals(token: Token) -> bool:
    return len(token.core) > 1 and token.core.isalpha() and token.core.isupper()

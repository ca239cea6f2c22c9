"""What the rules ask about the neighbours of a token."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.text.pieces import Piece
from app.text.romance.language import Language
from app.text.romance.numerals import Agreement, Form, Gender
from app.text.tokens import INNER_PAUSE, Token, Verbalized

MATHEMATICAL = frozenset("=+−×÷·<>≤≥≠≈≡∝±→⇒∞∈∉∪∩⊂⊆*^√∑∫∀∃∂∇∧∨")
"""Signs that only stand in formulas; beside them "y" is a variable, "-" a minus."""
_OPERAND = re.compile(
    r"[+−-]?(?:\d+(?:[.,]\d+)*)?(?:[A-Za-zΑ-ω](?:['′]|[²³⁰¹⁴-⁹ⁿ₀-₉]|[_^]\w+)*)?!?"
    r"|[+−-]?\d+[A-Za-z]{2,3}|[A-Za-z]{0,2}[Α-Ωα-ω][A-Za-z]?|.*[²³⁰¹⁴-⁹ⁿ₀-₉∞√].*"
)
_OPERATOR = re.compile(r"(?<=.)[/)+*]")
_ELISION = re.compile(r"\W*(?P<elided>[^\W\d_]+)['’ʼ]")
_SIGNED = re.compile(r"[+−±<>≤≥≈]\d")
_SIGNED_NAME = re.compile(r"[^\W\d_]\+\+")
_ALTERNATIVES = frozenset(["ou", "à", "o", "a", "u"])
"""Words between two numbers that count the same noun, in any of the languages."""
_FURTHEST = 2
"""How many words further on a noun is looked for when the first does not tell its gender."""


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a piece of a token, and whose words it wants."""

    before: Piece | None
    """In the same token."""
    after: Piece | None
    """There, too."""
    tokens: Sequence[Token]
    """Of the sentence."""
    place: int
    """Of the token of the piece."""
    language: Language

    @property
    def core(self) -> str:
        """Of the token."""
        return self.tokens[self.place].core


Rule = Callable[[Sequence[Token], int, Language], list[Verbalized]]
"""From the tokens of a sentence and the place of one to what is said; empty where it says none."""


def by_first(
    rules: Iterable[Rule], tokens: Sequence[Token], place: int, language: Language
) -> list[Verbalized]:
    """What the first rule that knows the token makes of it; empty when none does."""
    for rule in rules:
        if found := rule(tokens, place, language):
            return found
    return []


def clean(spoken: str) -> list[str]:
    """Words of a text in which spaces or hyphens part them.

    >>> clean("vingt-et-un  mille")
    ['vingt', 'et', 'un', 'mille']
    """
    return [word for word in re.split(r"[\s-]+", spoken) if word]


def word_before(tokens: Sequence[Token], place: int) -> str:
    """Lower-case core of the token before, if nothing parts them."""
    if place == 0 or tokens[place - 1].closing:
        return ""
    return tokens[place - 1].core.lower()


def leading(tokens: Sequence[Token], place: int) -> str:
    """What stands before a token in its phrase: an elision, or the word before."""
    token = tokens[place]
    return elision(token) or ("" if token.opening else word_before(tokens, place))


def word_after(tokens: Sequence[Token], place: int) -> str:
    """Core of the token after, if nothing parts them."""
    if place + 1 >= len(tokens) or tokens[place].closing or tokens[place + 1].opening:
        return ""
    return tokens[place + 1].core


def form(tokens: Sequence[Token], place: int, language: Language) -> tuple[Form, str]:
    """What a numeral at a token counts: the form that asks for, and the word that follows."""
    first = word_after(tokens, place)
    if not counts(first, language):
        second = word_after(tokens, place + 1)
        if first in _ALTERNATIVES and second.isdecimal():
            # "1 or 2 pages": the nearer number agrees with the noun, too.
            noun = word_after(tokens, place + 2)
            feminine = counts(noun, language) and language.nouns.gender(noun) == "feminine"
            return ("feminine" if feminine else "alone"), ""
        article = language.nouns.articles.get(leading(tokens, place))
        # "la 1": the noun is in the listener's mind.
        return ("feminine" if article and article.gender == "feminine" else "alone"), ""
    noun = first
    for step in range(_FURTHEST + 1):
        if not counts(noun, language):
            break
        gender = language.nouns.gender(noun)
        if gender is not None:
            return gender, first
        noun = word_after(tokens, place + step + 1)
    return "masculine", first


def counts(word: str, language: Language) -> bool:
    """Whether a word may be what a number counts."""
    return len(word) > 1 and word.isalpha() and word.islower() and word not in language.nouns.others


def gender_of(name: str, language: Language) -> Gender:
    """What a number agrees with before a name, whose first word is the noun."""
    return language.nouns.gender(clean(name)[0]) or "masculine"


def article_agreement(tokens: Sequence[Token], place: int, language: Language) -> Agreement | None:
    """What an ordinal at a token agrees with, when an article stands before it; else None."""
    articles, before = language.nouns.articles, leading(tokens, place)
    if before not in articles:
        return None
    gender = language.nouns.gender(word_after(tokens, place)) or "masculine"
    return articles[before] or Agreement(gender)


def in_formula(tokens: Sequence[Token], place: int) -> bool:
    """Whether a sign of mathematics stands beside the token or within it."""
    before, after = word_before(tokens, place), word_after(tokens, place)
    left = "" if _SIGNED_NAME.fullmatch(before) else before[-1:]
    right = "" if _SIGNED.match(after) else after[:1]
    return any(map(_is_mathematical, (left, right, tokens[place].core)))


@lru_cache(maxsize=256)
def _is_mathematical(core: str) -> bool:
    """Asked once for each sign of a token, which may have thousands."""
    return not MATHEMATICAL.isdisjoint(core)


def is_operand(core: str) -> bool:
    """Whether a token can stand beside a minus: a number, a variable, a power.

    >>> [is_operand(core) for core in ("2x", "n", "10⁻³", "word", "")]
    [True, True, True, False, False]
    """
    return bool(core) and _OPERAND.fullmatch(core) is not None


def between_operands(tokens: Sequence[Token], place: int) -> bool:
    """Whether numbers or variables stand on both sides of a token, and no codes: "00185"."""
    following = tokens[place + 1] if place + 1 < len(tokens) else None
    if following and re.match(r"0\d", following.core):
        return False
    right = following.core if following and following.opening in ("", "(") else ""
    before = tokens[place - 1] if place else None
    left = before.core if before and not before.closing.strip(")!'") else ""
    right = _OPERATOR.split(right.rstrip("|‖"), maxsplit=1)[0]
    return is_operand(left.rpartition("(")[2].lstrip("|‖")) and is_operand(right)


def beside_minus(tokens: Sequence[Token], place: int) -> bool:
    """Whether a lone hyphen between operands stands before or behind a token."""
    sides = [side for side in (place - 1, place + 1) if 0 < side < len(tokens)]
    return any(tokens[side].text in ("-", "–") and between_operands(tokens, side) for side in sides)


def is_last(tokens: Sequence[Token], place: int) -> bool:
    """Whether the token ends its sentence."""
    return place + 1 == len(tokens)


def said(token: Token, spoken: str, *, abbreviated: bool = False) -> Verbalized:
    """A token as these words; the full stop that only marks an abbreviation is left out."""
    closing = token.closing
    if abbreviated and closing.startswith(".") and not closing.startswith(".."):
        closing = closing[1:]
    return token.said(clean(spoken.strip(f"{INNER_PAUSE} ")), closing=closing)


def elision(token: Token) -> str:
    """What is elided before a token, in lower case: "l" of "l'80"; empty without."""
    match = _ELISION.match(token.text)
    elided = match["elided"].lower() if match else ""
    return "" if token.core.lower().startswith(f"{elided}'") else elided

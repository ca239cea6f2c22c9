"""English words for a word of a token: a variable, a function, an acronym, an identifier."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.text.english.abbreviations import abbreviation
from app.text.english.capitals import capitals, shouted, spelt_out
from app.text.english.context import in_formula, is_operand, word_after
from app.text.english.letters import letter, romanized
from app.text.english.signs import FUNCTIONS
from app.text.pieces import Piece
from app.text.tables import words
from app.text.tokens import LONG_A, Token

_HUMPS = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{2})")
_SHORT_WORDS = frozenset(
    words(
        """
        is in of at to by or if as an we no it on up so do be he me my us go am pi mu nu xi ln lg
        """
    )
)
_VOWELLESS = frozenset(words("hmm mm shh psst brr nth mth kth th st"))


def word(
    part: Piece,
    before: Piece | None,
    after: Piece | None,
    tokens: Sequence[Token],
    place: int,
) -> list[str]:
    """Words for a run of letters.

    Args:
        part: It.
        before: What stands before it in the same token.
        after: What stands behind it there.
        tokens: Of the sentence.
        place: Of its token.
    """
    text = part.text
    applied = after is not None and after.text == "("
    if text in FUNCTIONS and (applied or _has_argument(tokens, place, after)):
        return [*FUNCTIONS[text].split(), *(["of"] if applied else [])]
    if len(text) == 1:
        joint = ["times" if _is_factor(text, tokens[place].core) else "of"] if applied else []
        return [*_single(text, before, after, tokens, place), *joint]
    if (
        re.fullmatch(r"d[a-z]", text)
        and (before or place)
        and text not in ("do",)
        and len(text) == 2
    ):
        return ["D", text[1]]
    if _is_product(text, before, tokens, place):
        return [name for c in text for name in letter(c)]
    if text.isupper() or re.fullmatch(r"[A-Z]{2,}'?s", text):
        constant = any(part is not None and part.text in ("$", "_") for part in (before, after))
        if any(part is not None and part.text == "&" for part in (before, after)):
            return spelt_out(text)
        return capitals(text, shouted=constant or shouted(tokens, place))
    if not text.isascii():
        return romanized(text)
    return [word for hump in _HUMPS.split(text) for word in _hump(hump, text)]


def _is_factor(text: str, core: str) -> bool:
    """Whether a letter before a bracket is multiplied by it, for it stands there too: "n(n-1)"."""
    inner = core.partition(text + "(")[2].partition(")")[0]
    return text in re.split(r"[\W\d_]+", inner) and len(inner) > 1


def _is_product(text: str, before: Piece | None, tokens: Sequence[Token], place: int) -> bool:
    """Whether small letters are variables: two beside a sign, "y = ax + b", or behind digits."""
    if not text.islower() or not text.isascii() or text in _SHORT_WORDS:
        return False
    counted = before is not None and before.kind == "number"
    return len(text) < 4 if counted else len(text) == 2 and in_formula(tokens, place)


def _hump(hump: str, text: str) -> list[str]:
    if abbreviation([Token(hump, "", hump, "")], 0):
        return [*abbreviation([Token(hump, "", hump, "")], 0)[0].words]
    if hump != text and len(hump) > 1 and hump.isupper():
        return capitals(hump, shouted=False)
    if len(hump) == 1 and hump != text:
        return letter(hump)
    if (
        hump.isascii()
        and not re.search("[aeiouy]", hump.lower())
        and len(hump) < 5
        and hump.isalpha()
    ):
        return [hump] if hump.lower() in _VOWELLESS else [c.upper() for c in hump]
    return [hump]


def _has_argument(tokens: Sequence[Token], place: int, after: Piece | None) -> bool:
    """Whether "sin" is the sine: a variable, a number or an index follows."""
    if after is not None:
        return after.kind in ("sub", "super", "number")
    following = word_after(tokens, place)
    return is_operand(following) and (len(following) < 3 or following[0].isdigit())


def _single(
    text: str, before: Piece | None, after: Piece | None, tokens: Sequence[Token], place: int
) -> list[str]:
    """A letter alone: the article and the pronoun stay, anything else is its name."""
    alone = before is None and after is None
    if alone and text in ("I", "a", "A") and not in_formula(tokens, place):
        if text == "A" and _is_article(tokens, place):
            return ["a"]
        marker = place == 0 and tokens[place].closing.startswith(")")
        named_thing = text == "A" and (place > 0 or not word_after(tokens, place).islower())
        quoted = bool(tokens[place].opening) and bool(tokens[place].closing)
        return [LONG_A] if text != "I" and (marker or named_thing or quoted) else [text]
    return letter(text) if text.isascii() or not text.isalpha() else (letter(text) or [text])


def _is_article(tokens: Sequence[Token], place: int) -> bool:
    """Whether "A" stands in a line of capitals and before no vowel: "ONCE UPON A TIME"."""
    following = word_after(tokens, place)
    return following.isupper() and following[0] not in "AEIO" and shouted(tokens, place)

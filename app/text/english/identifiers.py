"""English words for a word of a token: a variable, a function, an acronym, an identifier."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.text.english.abbreviations import abbreviation
from app.text.english.capitals import capitals, shouted, spelt_out
from app.text.english.context import follows_operand, in_formula, is_operand, word_after
from app.text.english.letters import letter, romanized
from app.text.english.signs import FUNCTIONS, HALVES
from app.text.pieces import Piece, humps
from app.text.tables import words
from app.text.tokens import LONG_A, Token

_PARTICLES = frozenset(words("do de da di du"))
_NAMED_FACTORS = frozenset(words("pi mu nu xi le"))
_FAMILY = re.compile(r"(?:Mc|Mac|Fitz|De|Du|Le|La|Van|O')[A-Z][a-z]+(?:'s)?")
"""Names of one piece, though a capital stands within: "McCarthy"."""
_SHORT_WORDS = frozenset(
    words(
        """
        is in of at to by or if as an we no it on up so do be he me my us go am pi mu nu xi ln lg
        """
    )
)
_TERMS = frozenset(words("at as an am"))
"""Short words that behind a plus or a minus are two variables, "u + at"."""
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
    text = text.lower() if applied and text.lower() in FUNCTIONS else text
    if text in FUNCTIONS and (applied or _has_argument(tokens, place, after)):
        return [*FUNCTIONS[text].split(), *(["of"] if applied else [])]
    if len(text) == 1:
        joint = ["times" if _is_factor(text, tokens, place) else "of"] if applied else []
        joint = ["of"] if text == "E" and after is not None and after.text == "[" else joint
        return [*_single(text, before, after, tokens, place), *joint]
    differential = re.fullmatch(r"d[a-z]", text) is not None and (before or place > 0)
    if differential and (text not in _PARTICLES or in_formula(tokens, place)):
        return ["D", text[1]]
    if _is_product(text, before, after, tokens, place):
        return [name for c in text for name in letter(c)]
    if text.isupper() or re.fullmatch(r"[A-Z]{2,}'?s", text):
        constant = any(part is not None and part.text in ("$", "_") for part in (before, after))
        if any(part is not None and part.text == "&" for part in (before, after)):
            return spelt_out(text)
        if constant and re.search("[AEIOU]", text) and len(text) > 2:
            return [text.lower()]
        loud = shouted(tokens, place)
        if len(text) == 2 and not loud and (before or after or tokens[place].opening):
            return spelt_out(text)
        return capitals(text, shouted=loud)
    if not text.isascii():
        return romanized(text)
    if _FAMILY.fullmatch(text):
        return [text]
    return [word for hump in humps(text) for word in _hump(hump, text)]


def _is_factor(text: str, tokens: Sequence[Token], place: int) -> bool:
    """Whether a letter before a bracket is multiplied by it, for it stands there too: "n(n-1)".

    A sum in the bracket behind a letter of quantities tells as much: "n(a + b)".
    """
    core = tokens[place].core
    inner = core.partition(text + "(")[2].partition(")")[0]
    summed = word_after(tokens, place) in ("+", "−", "-") and ")" not in core
    if text in "abckmn" and summed:
        return True
    return text in re.split(r"[\W\d_]+", inner) and len(inner) > 1


def _is_product(
    text: str, before: Piece | None, after: Piece | None, tokens: Sequence[Token], place: int
) -> bool:
    """Whether small letters are variables: two beside a sign, "y = ax + b", or behind digits."""
    if re.fullmatch("[A-Z][a-z]", text):
        powered = after is not None and after.kind == "super"
        return (powered or in_formula(tokens, place)) and text.lower() not in _SHORT_WORDS
    if not text.islower() or not text.isascii() or len(text) > 3:
        return False
    if _is_counted(text, before, tokens[place].core):
        return True
    if text in _TERMS and place > 1 and tokens[place - 1].core in ("+", "−"):
        return follows_operand(tokens, place - 1)
    return len(text) == 2 and text not in _SHORT_WORDS and in_formula(tokens, place)


def _is_counted(text: str, before: Piece | None, core: str) -> bool:
    """Whether letters stand behind the digits of a factor, "4ac", not of a name, "best1bin"."""
    if before is None or (before.kind != "number" and before.text not in HALVES):
        return False
    if text in _NAMED_FACTORS or text in FUNCTIONS or core.partition(before.text)[0][-1:].isalpha():
        return False
    return len(text) == 2 or not re.search("[aeiou]", text)


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
    if tokens[place].core == "lim" and "→" in following:
        return True
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

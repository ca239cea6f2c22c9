"""Apostrophes that are typed for accents, "citta'", and elisions with a space, "l' acqua"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.text.romance.language import Language
from app.text.tokens import Token, Verbalized


def with_accents(tokens: Sequence[Token], language: Language) -> list[Token]:
    """Tokens in which such an apostrophe is the accent; all of them in other languages."""
    result: list[Token] = []
    quoted = False
    for place, token in enumerate(tokens):
        opens = "'" in token.opening
        closes = "'" in token.closing
        following = tokens[place + 1].core if place + 1 < len(tokens) else ""
        # "E'" before a word is the verb, elsewhere a point of a drawing.
        alone = len(token.core) == 1 and not (len(following) > 1 and following.isalpha())
        accented = token.closing.startswith("'") and not (quoted or opens or alone)
        result.append(_accented(token, language) if accented else token)
        quoted = (quoted or opens) and not closes
    return result


def spaced_elision(tokens: Sequence[Token], place: int, language: Language) -> list[Verbalized]:
    """What is elided before a space that does not belong there: "l' 80%"."""
    token = tokens[place]
    elided = token.core.lower() in language.letters.elisions and token.closing == "'"
    if not elided or place + 1 == len(tokens):
        return []
    return [token.said([f"{token.core.lower()}'"], closing="")]


def _accented(token: Token, language: Language) -> Token:
    before, mark, word = token.core.rpartition("'")
    accented = language.letters.accents(word.lower())
    if accented == word.lower():
        return token
    last = accented[-1].upper() if word.isupper() else accented[-1]
    return replace(token, core=f"{before}{mark}{word[:-1]}{last}", closing=token.closing[1:])

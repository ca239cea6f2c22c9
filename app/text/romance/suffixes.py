"""Words that begin with figures: Italian "18enne", "18-24enni"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.text.romance.context import leading, said
from app.text.romance.language import Language
from app.text.tokens import Token, Verbalized

_SUFFIXED = re.compile(r"(?:(?P<first>\d{1,3})[-–])?(?P<value>\d{1,3})-?(?P<ending>[^\W\d_]{3,5})")


def suffixed(tokens: Sequence[Token], place: int, language: Language) -> list[Verbalized]:
    """The numeral and the ending at a token as one word; empty where the language has none."""
    match = _SUFFIXED.fullmatch(tokens[place].core)
    say = language.numerals.suffixes.get(match["ending"]) if match else None
    if match is None or say is None:
        return []
    spoken = say(int(match["value"]), match["ending"])
    if match["first"]:
        first = language.numerals.cardinal(int(match["first"]))
        spoken = language.numerals.ranged(first, spoken, leading(tokens, place))
    return [said(tokens[place], spoken)]

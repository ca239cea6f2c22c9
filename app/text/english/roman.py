"""Roman numerals of an English text: chapters, rulers, centuries."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.text.english.context import in_formula, said, word_after, word_before
from app.text.english.numerals import cardinal, ordinal
from app.text.roman import roman_value
from app.text.tables import words
from app.text.tokens import Token, Verbalized

_ROMAN = re.compile(r"(?=[IVXLC])M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_NUMBERED = frozenset(
    words(
        """
        chapter part section volume book act scene type phase stage class article appendix figure
        table level grade war unit lecture lesson module theorem lemma title apollo case problem
        """
    )
)
_SAID_BY_ME = frozenset(
    words(
        """
        am was have had will would can could shall should may might must do did think thought know
        knew believe say said mean meant see saw want wanted like love hope guess suppose never
        """
    )
)
"""Words that make the "I" before them the speaker rather than a number."""
_RULERS = frozenset(
    words(
        """
        henry louis george edward charles james william richard john pius benedict elizabeth mary
        philip ferdinand napoleon nicholas alexander peter catherine paul gregory francis leo
        frederick wilhelm ivan innocent urban clement ptolemy ramses darius xerxes mehmed
        """
    )
)


def roman(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """A Roman numeral after the name of a ruler or of what is numbered, or before a century."""
    token, before = tokens[place], word_before(tokens, place)
    if not token.core or not _ROMAN.fullmatch(token.core.upper()) or in_formula(tokens, place):
        return []
    value = roman_value(token.core.upper())
    bracketed = token.opening.endswith("(") and token.closing.startswith(")") and place == 0
    if bracketed and token.core.islower() and token.core not in ("c", "d", "l", "m"):
        return [said(token, cardinal(value))]
    if not token.core.isupper():
        return []
    if word_after(tokens, place).lower() in ("century", "centuries", "c", "congress"):
        return [said(token, ordinal(value))]
    pronoun = token.core == "I" and word_after(tokens, place) in _SAID_BY_ME
    if before in _RULERS and not pronoun:
        return [said(token, ["the", *ordinal(value)])]
    if before in _NUMBERED or (place == 0 and token.closing.startswith((".", ")")) and value > 1):
        return [said(token, cardinal(value))]
    if before in _RULERS or (len(token.core) > 2 and tokens[place - 1].core.istitle() and place):
        return [said(token, ["the", *ordinal(value)])] if token.core != "I" else []
    return []

"""Exponents and indices in words."""

from __future__ import annotations

import re

from app.text.pieces import Piece, pieces
from app.text.romance.figures import spoken_number
from app.text.romance.language import Language
from app.text.romance.spelling import letter

_CHARGE = re.compile("[1-9][+−]")
"""Of an ion, "Fe³⁺"."""


def raised(text: str, before: Piece | None, language: Language) -> str:
    """An exponent; on a long word a footnote mark, which is silent."""
    formulas = language.formulas
    if before is None:
        return inner(text, language)
    if before.kind == "word" and len(before.text) > 3 and text.isdecimal():
        return ""
    if text in ("+", "−", "-"):
        return formulas.signs["−" if text == "-" else text]
    if _CHARGE.fullmatch(text):
        return inner(text, language)
    if before.text in formulas.functions and text in formulas.powers:
        joint = "" if before.text in formulas.unjoined else formulas.applied
        return f"{formulas.raised_functions.get(text, formulas.powers[text])} {joint}"
    if text in formulas.powers and (text != "T" or before.text.isupper()):
        return formulas.powers[text]
    return f"{formulas.power} {inner(text, language)}"


def lowered(text: str, before: Piece | None, language: Language) -> str:
    """An index; that of a logarithm is its base, that of an element has no word of its own."""
    formulas = language.formulas
    if before and before.text in ("log", "lg"):
        return f"{formulas.base} {inner(text, language)} {formulas.applied}"
    chemical = before is not None and before.text[:1].isupper() and text.isdecimal()
    return f"{'' if chemical else formulas.index} {inner(text, language)}".strip()


def inner(text: str, language: Language) -> str:
    """What stands in an exponent, an index or a bound."""
    spoken: list[str] = []
    for part in pieces(text):
        if part.kind == "number":
            spoken.append(spoken_number(part.text, language))
        elif part.kind == "word":
            letters = [letter(character, language) for character in part.text]
            spoken += letters if len(part.text) < 3 else [part.text.lower()]
        elif part.kind in ("super", "sub"):
            spoken.append(raised(part.text, Piece("word", "x"), language))
        else:
            sign = "−" if part.text == "-" else part.text
            spoken.append(language.formulas.signs.get(sign, ""))
    return " ".join(spoken)

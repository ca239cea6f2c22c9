"""Spanish, French and Italian numerals in words."""

from __future__ import annotations

import re

from g2p2 import expand_numbers

from app.text.romance.words import WORDS
from app.text.tables import words

_FRENCH_PLURALS = frozenset(words("vingts cents millions milliards"))


def spoken_number(digits: str, language: str) -> str:
    """A run of digits as one number; digit by digit if it is huge or begins with zero.

    >>> spoken_number("21", "es"), spoken_number("007", "fr")
    ('veintiuno', 'zéro zéro sept')
    """
    if len(digits) > 15 or (len(digits) > 1 and digits[0] == "0"):
        return " ".join(spoken_number(digit, language) for digit in digits)
    spoken: str = expand_numbers(str(int(digits)), language)
    return spoken


def decimals(digits: str, language: str) -> str:
    """Digits behind the comma: a short run as one number, a long one digit by digit.

    >>> decimals("25", "it"), decimals("125", "it")
    ('venticinque', 'uno due cinque')
    """
    if len(digits) <= 2 and digits[0] != "0":
        return spoken_number(digits, language)
    return " ".join(spoken_number(digit, language) for digit in digits)


def ordinal(value: int, language: str) -> str:
    """A masculine ordinal; beyond the tenth a Spanish lecturer says the cardinal.

    >>> ordinal(3, "es"), ordinal(20, "es"), ordinal(21, "fr")
    ('tercero', 'veinte', 'vingt-et-unième')
    """
    names = WORDS[language].ordinals
    if 1 <= value <= len(names):
        return names[value - 1]
    cardinal = spoken_number(str(value), language)
    if language == "fr":
        return _french_ordinal(cardinal)
    return _italian_ordinal(cardinal) if language == "it" else cardinal


def _french_ordinal(cardinal: str) -> str:
    """The ordinal of a cardinal beyond the first ten.

    >>> _french_ordinal("quatre-vingts"), _french_ordinal("cent cinq"), _french_ordinal("mille")
    ('quatre-vingtième', 'cent cinquième', 'millième')
    """
    *rest, last = re.split("(?<=[- ])", cardinal)
    singular = last.removesuffix("s") if last in _FRENCH_PLURALS else last
    ending = {"cinq": "cinqu", "neuf": "neuv"}
    return "".join(rest) + ending.get(last, singular.removesuffix("e")) + "ième"


def _italian_ordinal(cardinal: str) -> str:
    """The ordinal of a cardinal beyond the first ten.

    >>> _italian_ordinal("ventitré"), _italian_ordinal("ventuno"), _italian_ordinal("duemila")
    ('ventitreesimo', 'ventunesimo', 'duemillesimo')
    """
    if cardinal.endswith(("tré", "tre", "sei")):
        return (f"{cardinal[:-1]}e" if cardinal.endswith("é") else cardinal) + "esimo"
    singular = f"{cardinal[:-4]}mille" if cardinal.endswith("mila") else cardinal
    return singular[:-1] + "esimo"

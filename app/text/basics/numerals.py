"""Numerals in words, by the rules of Unicode's CLDR as unicode-rbnf has them."""

from __future__ import annotations

from functools import lru_cache

from unicode_rbnf import RbnfEngine

LONGEST = 15
"""Digits of a number; more of them are said one by one."""


@lru_cache(maxsize=8)
def _engine(language: str) -> RbnfEngine:
    return RbnfEngine.for_language(language)


def spelled(value: int, language: str, form: str = "spellout-numbering") -> str:
    """A number in one of the forms that CLDR knows for the language.

    >>> spelled(21, "de"), spelled(3, "de", "spellout-ordinal-n")
    ('einundzwanzig', 'dritten')
    """
    said = _engine(language).format_number(value, ruleset_names=[form]).text
    # Where a long German word may be broken CLDR leaves a soft hyphen.
    return said.replace("\u00ad", "")


def one_by_one(digits: str, language: str) -> str:
    """Digits, each by its name.

    >>> one_by_one("007", "pt")
    'zero zero sete'
    """
    return " ".join(spelled(int(digit), language) for digit in digits)


def cardinal(digits: str, language: str, form: str = "spellout-numbering") -> str:
    """A run of digits as one number; one by one when it is huge or begins with zero."""
    if len(digits) > LONGEST or (len(digits) > 1 and digits[0] == "0"):
        return one_by_one(digits, language)
    return spelled(int(digits), language, form)

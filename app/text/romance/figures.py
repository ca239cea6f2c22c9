"""Figures in words: whole numbers, decimals, digit after digit."""

from __future__ import annotations

import re
import unicodedata

from app.text.romance.language import Language
from app.text.romance.numerals import Form

PLAIN = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,}|\d*[.,]\d+|\d+"
"""Pattern of a number: full stops or commas part thousands, either parts the decimals."""
_GROUPED = re.compile(r"(?!0)\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_GROUPED_BY_COMMAS = re.compile(
    r"\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?|\d{1,3}(?:,\d{3})+\.\d+|[1-9]\d{0,2},000"
)
_LONGEST = 15
"""Digits of the largest number that is counted."""


def digits(text: str, language: Language) -> str:
    """Each digit of a text by its name."""
    values = (unicodedata.digit(character, None) for character in text)
    return " ".join(language.numerals.cardinal(value) for value in values if value is not None)


def is_one(text: str, language: Language) -> bool:
    """Whether a unit behind the number is singular: "1"; in French whatever is less than two."""
    if not language.numerals.singular_below_two:
        return text == "1"
    whole, _, _ = parted(text)
    return len(whole) == 1 and int(whole) < 2


def value_of(text: str) -> int | None:
    """The value of a whole number; None for decimals and for what is read digit by digit."""
    whole, _, decimals = parted(text)
    if decimals or len(whole) > _LONGEST or (whole[0] == "0" and len(whole) > 1):
        return None
    return int(whole)


def parted(text: str) -> tuple[str, str, str]:
    """Whole digits, the mark of the decimals, the decimals; the last two may be empty.

    >>> parted("1.250,5"), parted("3.14"), parted("1.250"), parted(",5")
    (('1250', ',', '5'), ('3', '.', '14'), ('1250', '', ''), ('0', ',', '5'))
    """
    if _GROUPED.fullmatch(text):
        whole, mark, decimals = text.replace(".", "").partition(",")
    elif _GROUPED_BY_COMMAS.fullmatch(text):
        whole, mark, decimals = text.replace(",", "").partition(".")
    else:
        mark = "," if "," in text else "."
        whole, mark, decimals = text.partition(mark)
    return whole or "0", mark, decimals


def spoken_number(text: str, language: Language, form: Form = "alone", following: str = "") -> str:
    """A number as it is written, in words.

    Args:
        text: It matches :data:`PLAIN`.
        language: Whose words.
        form: What a whole number agrees with.
        following: The word that is said next.
    """
    whole, mark, decimals = parted(text)
    if not (whole + decimals).isdecimal():
        return _with_both_marks(text, language)
    if not decimals:
        return whole_number(whole, language, form, following)
    name = language.numerals.comma if mark == "," else language.numerals.point
    return f"{whole_number(whole, language)} {name} {_decimals(decimals, language)}"


def signed(spoken: str, sign: str, language: Language) -> str:
    """A number in words behind the sign that it has, if any: "menos cinco", "unos veinte"."""
    if not sign:
        return spoken
    sign, formulas = sign.replace("-", "−"), language.formulas
    return f"{formulas.alone.get(sign) or formulas.signs[sign]} {spoken}"


def whole_number(text: str, language: Language, form: Form = "alone", following: str = "") -> str:
    """Digits as one number; one by one if they begin with zero or are too many to count."""
    if len(text) > _LONGEST or (len(text) > 1 and text[0] == "0"):
        return digits(text, language)
    return language.numerals.cardinal(int(text), form, following)


def _decimals(text: str, language: Language) -> str:
    """Digits behind the comma: zeros one by one, a short rest as one number, a long one not."""
    rest = text.lstrip("0")
    if not rest or len(rest) > language.numerals.long_decimals:
        return digits(text, language)
    zeros = digits("0" * (len(text) - len(rest)), language)
    return f"{zeros} {language.numerals.cardinal(int(rest))}".lstrip()


def _with_both_marks(text: str, language: Language) -> str:
    """Figures whose points and commas part no thousands, "9.05,21": each run by itself."""
    names = {",": language.numerals.comma, ".": language.numerals.point}
    pieces = re.split("([.,])", text)
    return " ".join(names.get(piece) or whole_number(piece, language) for piece in pieces if piece)

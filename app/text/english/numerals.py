"""English numerals in words, as American lecturers say them: without "and".

:mod:`app.text.english.british` adds it.
"""

from __future__ import annotations

from app.text.tables import words

LARGEST = 10**15 - 1
"""Larger numbers are read digit by digit."""

_SMALL = words(
    """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen
    """
)
_TENS = words("zero ten twenty thirty forty fifty sixty seventy eighty ninety")
_SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (10**3, "thousand"))
_ORDINALS = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth",
             "nine": "ninth", "twelve": "twelfth"}  # fmt: skip


def cardinal(number: int) -> list[str]:
    """Words of a whole number from 0 on; digit by digit beyond :data:`LARGEST`.

    >>> " ".join(cardinal(2_000_105))
    'two million one hundred five'
    """
    if number > LARGEST:
        return digits(str(number))
    result: list[str] = []
    for scale, name in _SCALES:
        count, number = divmod(number, scale)
        if count:
            result += [*_below_thousand(count), name]
    if number or not result:
        result += _below_thousand(number)
    return result


def ordinal(number: int) -> list[str]:
    """Words of an ordinal.

    >>> " ".join(ordinal(21)), " ".join(ordinal(100))
    ('twenty first', 'one hundredth')
    """
    *rest, last = cardinal(number)
    if last in _ORDINALS:
        return [*rest, _ORDINALS[last]]
    return [*rest, (last[:-1] + "ie" if last.endswith("y") else last) + "th"]


def year(number: int) -> list[str]:
    """Words of a year, by its hundreds.

    >>> [" ".join(year(number)) for number in (1905, 2005, 2021, 1900)]
    ['nineteen oh five', 'two thousand five', 'twenty twenty one', 'nineteen hundred']
    """
    hundreds, rest = divmod(number, 100)
    if not 10 <= hundreds <= 99 or (hundreds % 10 == 0 and rest < 10):
        return cardinal(number)
    if rest == 0:
        return [*cardinal(hundreds), "hundred"]
    return [*cardinal(hundreds), *(["oh"] if rest < 10 else []), *cardinal(rest)]


def digits(text: str) -> list[str]:
    """Each digit by its name."""
    return [_SMALL[int(digit)] for digit in text if digit.isdecimal()]


def spoken_number(text: str) -> list[str]:
    """A number as written: thousands parted by commas, a decimal point.

    A run of digits that is huge or begins with zero is read digit by digit.

    >>> " ".join(spoken_number("1,250.05")), " ".join(spoken_number("007"))
    ('one thousand two hundred fifty point zero five', 'zero zero seven')
    """
    whole, _, fraction = text.replace(",", "").partition(".")
    if not whole:
        spoken = []
    elif len(whole) > len(str(LARGEST)) or (len(whole) > 1 and whole[0] == "0"):
        spoken = digits(whole)
    else:
        spoken = cardinal(int(whole))
    return [*spoken, "point", *digits(fraction)] if fraction else spoken


def plural(word: str) -> str:
    """Plural of a numeral, for decades and parts.

    >>> plural("sixty"), plural("fifth"), plural("ten")
    ('sixties', 'fifths', 'tens')
    """
    return word[:-1] + "ies" if word.endswith("y") else word + "s"


def _below_thousand(number: int) -> list[str]:
    hundreds, rest = divmod(number, 100)
    result = [_SMALL[hundreds], "hundred"] if hundreds else []
    if rest >= 20:
        result.append(_TENS[rest // 10])
        rest %= 10
    return [*result, _SMALL[rest]] if rest or not result else result

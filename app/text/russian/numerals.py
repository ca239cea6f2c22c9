"""Russian numerals in words, in every case and gender."""

from __future__ import annotations

from typing import Literal

Case = Literal["nominative", "genitive", "dative", "accusative", "instrumental", "prepositional"]
Gender = Literal["masculine", "feminine", "neuter", "plural"]

CASES: tuple[Case, ...] = (
    "nominative", "genitive", "dative", "accusative", "instrumental", "prepositional",
)  # fmt: skip

LARGEST = 10**12 - 1
"""Larger numbers are read digit by digit."""

_ONE: dict[Gender, str] = {
    "masculine": "один одного одному один одним одном",
    "feminine": "одна одной одной одну одной одной",
    "neuter": "одно одного одному одно одним одном",
    "plural": "одни одних одним одни одними одних",
}
_TWO = "два двух двум два двумя двух"
_SMALL = {
    0: "ноль нуля нулю ноль нулём нуле",
    3: "три трёх трём три тремя трёх",
    4: "четыре четырёх четырём четыре четырьмя четырёх",
    8: "восемь восьми восьми восемь восемью восьми",
    40: "сорок сорока сорока сорок сорока сорока",
    90: "девяносто девяноста девяноста девяносто девяноста девяноста",
    100: "сто ста ста сто ста ста",
    200: "двести двухсот двумстам двести двумястами двухстах",
    300: "триста трёхсот трёмстам триста тремястами трёхстах",
    400: "четыреста четырёхсот четырёмстам четыреста четырьмястами четырёхстах",
}
_SOFT = {
    5: "пять", 6: "шесть", 7: "семь", 9: "девять", 10: "десять", 11: "одиннадцать",
    12: "двенадцать", 13: "тринадцать", 14: "четырнадцать", 15: "пятнадцать", 16: "шестнадцать",
    17: "семнадцать", 18: "восемнадцать", 19: "девятнадцать", 20: "двадцать", 30: "тридцать",
}  # fmt: skip
_ROOTS = {5: ("пять", "пяти", "пятью"), 6: ("шесть", "шести", "шестью"),
          7: ("семь", "семи", "семью"), 8: ("восемь", "восьми", "восемью"),
          9: ("девять", "девяти", "девятью")}  # fmt: skip
_SCALES: tuple[tuple[int, str, Gender], ...] = (
    (10**9, "миллиард миллиарда миллиардов", "masculine"),
    (10**6, "миллион миллиона миллионов", "masculine"),
    (10**3, "тысяча тысячи тысяч", "feminine"),
)
_SCALE_ENDINGS: dict[Gender, dict[Case, tuple[str, str]]] = {
    "masculine": {
        "dative": ("у", "ам"),
        "instrumental": ("ом", "ами"),
        "prepositional": ("е", "ах"),
    },
    "feminine": {
        "dative": ("е", "ам"),
        "instrumental": ("ей", "ами"),
        "prepositional": ("е", "ах"),
    },
}

_ORDINAL_STEMS = {
    0: "нулев", 1: "перв", 2: "втор", 3: "трет", 4: "четвёрт", 5: "пят", 6: "шест", 7: "седьм",
    8: "восьм", 9: "девят", 10: "десят", 11: "одиннадцат", 12: "двенадцат", 13: "тринадцат",
    14: "четырнадцат", 15: "пятнадцат", 16: "шестнадцат", 17: "семнадцат", 18: "восемнадцат",
    19: "девятнадцат", 20: "двадцат", 30: "тридцат", 40: "сороков", 50: "пятидесят",
    60: "шестидесят", 70: "семидесят", 80: "восьмидесят", 90: "девяност", 100: "сот",
    200: "двухсот", 300: "трёхсот", 400: "четырёхсот", 500: "пятисот", 600: "шестисот",
    700: "семисот", 800: "восьмисот", 900: "девятисот",
}  # fmt: skip
_STRESSED_ENDING = (0, 2, 6, 7, 8, 40)
_ORDINAL_ENDINGS: dict[Gender, str] = {
    "masculine": "ый ого ому ый ым ом",
    "feminine": "ая ой ой ую ой ой",
    "neuter": "ое ого ому ое ым ом",
    "plural": "ые ых ым ые ыми ых",
}
_THIRD: dict[Gender, str] = {
    "masculine": "ий ьего ьему ий ьим ьем",
    "feminine": "ья ьей ьей ью ьей ьей",
    "neuter": "ье ьего ьему ье ьим ьем",
    "plural": "ьи ьих ьим ьи ьими ьих",
}
_FRACTIONS = {1: "десят", 2: "сот", 3: "тысячн", 4: "десятитысячн"}


def cardinal(number: int, case: Case = "nominative", gender: Gender = "masculine") -> list[str]:
    """Words of a whole number from 0 on; digit by digit beyond :data:`LARGEST`.

    >>> " ".join(cardinal(2021)), " ".join(cardinal(45, "genitive"))
    ('две тысячи двадцать один', 'сорока пяти')
    """
    if number > LARGEST:
        return digits(str(number))
    words: list[str] = []
    for scale, forms, scale_gender in _SCALES:
        count, number = divmod(number, scale)
        if count:
            if count > 1:
                words += _below_thousand(count, case, scale_gender)
            words.append(_scale_word(count, forms.split(), case, scale_gender))
    if number or not words:
        words += _below_thousand(number, case, gender)
    return words


def digits(text: str) -> list[str]:
    """Each digit by its name."""
    return [word for digit in text if digit.isdecimal() for word in cardinal(int(digit))]


def spoken_number(text: str) -> list[str]:
    """A run of digits without context; digit by digit if it is huge or starts with 0.

    >>> " ".join(spoken_number("12")), " ".join(spoken_number("007"))
    ('двенадцать', 'ноль ноль семь')
    """
    if len(text) > len(str(LARGEST)) or (len(text) > 1 and text[0] == "0"):
        return digits(text)
    return cardinal(int(text))


def ends_in_one(number: int) -> bool:
    """Whether what is counted stands in the singular, as behind 21 and not behind 11."""
    return number % 10 == 1 and number % 100 != 11


def ends_in_few(number: int) -> bool:
    """Whether it ends in two to four, as 22 does and 12 does not."""
    return 2 <= number % 10 <= 4 and not 12 <= number % 100 <= 14


def agreeing(number: int, one: str, few: str, many: str, case: Case = "nominative") -> str:
    """The form of a counted noun: nominative, genitive singular, genitive plural.

    >>> agreeing(21, "год", "года", "лет"), agreeing(3, "год", "года", "лет")
    ('год', 'года')
    """
    direct = case in ("nominative", "accusative")
    if ends_in_one(number):
        return one if direct else few
    if direct and ends_in_few(number):
        return few
    return many


def ordinal(number: int, case: Case = "nominative", gender: Gender = "masculine") -> list[str]:
    """Words of an ordinal; only the last one is inflected.

    >>> " ".join(ordinal(1974, "prepositional")), " ".join(ordinal(2000, "genitive"))
    ('тысяча девятьсот семьдесят четвёртом', 'двухтысячного')
    """
    if number > LARGEST or (number >= 10**6 and number % 1000 == 0):
        return cardinal(number, case)  # "двухмиллионный" and the like are never written in digits
    if number and number % 1000 == 0:
        thousands = number // 1000
        prefix = "" if thousands == 1 else "".join(cardinal(thousands, "genitive"))
        return [f"{prefix}тысячн{_ordinal_ending(1000, case, gender)}"]
    last = number % 100 if number % 100 in _ORDINAL_STEMS else number % 10
    if number % 100 == 0:
        last = number % 1000
    rest = number - last
    words = cardinal(rest) if rest else []
    return [*words, _ORDINAL_STEMS[last] + _ordinal_ending(last, case, gender)]


def decimal(whole: int, fraction: str, case: Case = "nominative") -> list[str]:
    """Words of a decimal fraction, "две целых пять десятых"; long ones digit by digit."""
    if len(fraction) not in _FRACTIONS:
        return [*cardinal(whole), "запятая", *(cardinal(int(digit))[0] for digit in fraction)]
    parts = int(fraction)
    stem = _FRACTIONS[len(fraction)]
    return [
        *cardinal(whole, case, "feminine"), _fraction_word(whole, "цел", case),
        *cardinal(parts, case, "feminine"), _fraction_word(parts, stem, case),
    ]  # fmt: skip


def _fraction_word(number: int, stem: str, case: Case) -> str:
    one = {"nominative": "ая", "accusative": "ую"}.get(case, "ой")
    return stem + (
        one if ends_in_one(number) else {"dative": "ым", "instrumental": "ыми"}.get(case, "ых")
    )


def _below_thousand(number: int, case: Case, gender: Gender) -> list[str]:
    hundreds, rest = number // 100 * 100, number % 100
    words = [_form(hundreds, case, gender)] if hundreds else []
    if rest > 20 and rest % 10:
        return [*words, _form(rest // 10 * 10, case, gender), _form(rest % 10, case, gender)]
    return [*words, _form(rest, case, gender)] if rest or not words else words


def _form(number: int, case: Case, gender: Gender) -> str:
    place = CASES.index(case)
    if number == 1:
        return _ONE[gender].split()[place]
    if number == 2:
        direct = case in ("nominative", "accusative")
        return "две" if direct and gender == "feminine" else _TWO.split()[place]
    if number in _SMALL:
        return _SMALL[number].split()[place]
    if number in _SOFT:
        word = _SOFT[number]
        return (word, word[:-1] + "и", word[:-1] + "и", word, word + "ю", word[:-1] + "и")[place]
    nominative, genitive, instrumental = _ROOTS[number // (10 if number < 100 else 100)]
    tail, oblique, instrumental_tail = ("десят", "десяти", "десятью")
    if number >= 100:
        tail, oblique, instrumental_tail = ("сот", "сот", "стами")
    if case in ("nominative", "accusative"):
        return nominative + tail
    if case == "instrumental":
        return instrumental + instrumental_tail
    if number >= 100 and case != "genitive":
        return genitive + ("стам" if case == "dative" else "стах")
    return genitive + oblique


def _scale_word(count: int, forms: list[str], case: Case, gender: Gender) -> str:
    one, few, many = forms
    if case in ("nominative", "genitive", "accusative"):
        word = agreeing(count, one, few, many, case)
        return "тысячу" if case == "accusative" and word == "тысяча" else word
    single, plural = _SCALE_ENDINGS[gender][case]
    return one.rstrip("а") + (single if ends_in_one(count) else plural)


def _ordinal_ending(last: int, case: Case, gender: Gender) -> str:
    table = _THIRD if last == 3 else _ORDINAL_ENDINGS
    ending = table[gender].split()[CASES.index(case)]
    return "ой" if ending == "ый" and last in _STRESSED_ENDING else ending

"""Units of measurement in Russian words, in every case."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.text.pieces import Piece, pieces
from app.text.russian.numerals import Case, Gender, agreeing, ends_in_one
from app.text.russian.unit_names import LATIN, UNITS

_SCALES = {"C": "цельсия", "С": "цельсия", "F": "фаренгейта", "К": "кельвина", "K": "кельвина"}
_POWERS = {"2": ("квадратный", "квадратных"), "3": ("кубический", "кубических")}
SAID_POWERS = {"2": "в квадрате", "3": "в кубе"}
"""Of variables, and of units that are no lengths."""
_OF_TIME = frozenset(("с", "ч", "мин", "сут", "сек", "мс"))
_LENGTHS = frozenset(("м", "км", "см", "мм", "дм", "нм", "мкм"))
_MONEY = frozenset(("руб", "р", "₽", "$", "€", "£", "коп"))
_NEVER_ATTACHED = frozenset("AKВКАФНABFNJDEGHIPQRSTUXYZ")
"""One letter that, right behind digits, is rather a name: 4K, 5А."""

_HARD = {"dative": ("у", "ам"), "instrumental": ("ом", "ами"), "prepositional": ("е", "ах")}
_SOFT = {"dative": ("ю", "ям"), "instrumental": ("ем", "ями"), "prepositional": ("е", "ях")}
_FEMININE = {"dative": "е", "instrumental": "ой", "prepositional": "е"}
_ADJECTIVES: dict[str, dict[Case, tuple[str, str]]] = {
    "ый": {"genitive": ("ого", "ых"), "dative": ("ому", "ым"), "instrumental": ("ым", "ыми"),
           "prepositional": ("ом", "ых")},
    "ий": {"genitive": ("ого", "их"), "dative": ("ому", "им"), "instrumental": ("им", "ими"),
           "prepositional": ("ом", "их")},
    "ая": {"genitive": ("ой", "ых"), "dative": ("ой", "ым"), "instrumental": ("ой", "ыми"),
           "prepositional": ("ой", "ых")},
}  # fmt: skip


def is_unit(sign: str, *, attached: bool = False) -> bool:
    """Whether a sign after a number is a unit, powers and divisions included."""
    if attached and sign in _NEVER_ATTACHED:
        return False
    return bool(sign) and _parsed(sign) is not None


def gender(sign: str) -> Gender:
    """Gender of a unit, which one and two agree with."""
    return _head(sign)[3]


def unit(sign: str, number: int, case: Case = "nominative") -> list[str]:
    """Words of a unit after a whole number.

    >>> unit("кг/м³", 5), unit("°C", 100, "prepositional")
    (['килограммов', 'на', 'кубический', 'метр'], ['градусах', 'цельсия'])
    """
    parsed = _parsed(sign)
    assert parsed is not None  # asked with is_unit first
    (one, few, many, _), tail = parsed
    single = ends_in_one(number)
    feminine = one.endswith(("а", "я")) and one != few
    if case == "nominative" or (case == "accusative" and not feminine):
        return [*agreeing(number, one, few, many).split(), *tail]
    if case == "accusative":
        return [*(_accusative(one) if single else agreeing(number, one, few, many)).split(), *tail]
    return [*_declined(one, few, many, case, single=single), *tail]


def unit_after_fraction(sign: str) -> list[str]:
    """Words of a unit after a decimal fraction: always genitive singular.

    >>> unit_after_fraction("м²")
    ['квадратного', 'метра']
    """
    parsed = _parsed(sign)
    assert parsed is not None  # asked with is_unit first
    (one, few, many, _), tail = parsed
    return [*_declined(one, few, many, "genitive", single=True), *tail]


def is_length(sign: str) -> bool:
    """Whether a sign is that of a length, which "кв." and "куб." go with."""
    return LATIN.get(sign, sign) in _LENGTHS


def _accusative(one: str) -> str:
    endings = {"ая": "ую"}
    inflected = [
        word[:-2] + endings[word[-2:]]
        if word[-2:] in endings
        else re.sub("а$", "у", re.sub("я$", "ю", word))
        for word in one.split()
    ]
    return " ".join(inflected)


def _declined(one: str, few: str, many: str, case: Case, *, single: bool) -> list[str]:
    if " в " in one:
        (one, tail), *others = (form.split(" в ") for form in (one, few, many))
        few, many = (form[0] for form in others)
        return [*_declined(one, few, many, case, single=single), "в", *tail.split()]
    adjective, _, noun = one.rpartition(" ")
    if adjective:
        ending = _ADJECTIVES[adjective[-2:]][case][not single]
        return [
            adjective[:-2] + ending,
            *_noun(noun, few.rpartition(" ")[2], many.rpartition(" ")[2], case, single),
        ]
    return _noun(one, few, many, case, single)


def _noun(one: str, few: str, many: str, case: Case, single: bool) -> list[str]:
    if case == "genitive" or few == one:
        return [few if single else many]
    stem, last = few[:-1], few[-1]
    soft = last == "я" or (last == "и" and stem[-1] not in "гкхжшчщ")
    singular, plural = (_SOFT if soft else _HARD)[case]
    if single and last in "ыи":
        singular = _FEMININE[case]
    return [stem + (singular if single else plural)]


def _head(sign: str) -> tuple[str, str, str, Gender]:
    parsed = _parsed(sign)
    assert parsed is not None  # asked with is_unit first
    return parsed[0]


def _parsed(sign: str) -> tuple[tuple[str, str, str, Gender], list[str]] | None:
    """Forms of the unit counted, and the words that follow it unchanged."""
    sign = LATIN.get(sign, sign).replace("./", "/")
    if sign[:1] == "°" and sign[1:] in _SCALES:
        return UNITS["°"], [_SCALES[sign[1:]]]
    if sign in UNITS:
        return UNITS[sign], []
    above, stroke, below = sign.partition("/")
    below = re.sub(r"^\((.*?)\)?$", r"\1", below)
    head = _powered(pieces(above))
    if head is None:
        return None
    if not stroke:
        return head, []
    divisor = pieces(below)
    name = _powered(divisor)
    if name is None or not divisor:
        return None
    base = LATIN.get(divisor[0].text, divisor[0].text)
    preposition = "в" if base in _OF_TIME else "за" if above in _MONEY else "на"
    noun = _accusative(name[0]) if name[3] == "feminine" else name[0]
    power = SAID_POWERS.get(divisor[-1].text, "") if base in _OF_TIME else ""
    return head, [preposition, *noun.split(), *power.split()]


def _powered(parts: Sequence[Piece]) -> tuple[str, str, str, Gender] | None:
    """Forms of one unit, square or cubic when it is a length."""
    if not parts or (parts[0].kind != "word" and parts[0].text not in _MONEY):
        return None
    if len(parts) > 2 and parts[1].text in "·⋅*":
        return _product(parts[0].text, _powered(parts[2:]))
    sign = LATIN.get(parts[0].text, parts[0].text)
    if sign not in UNITS or len(parts) > 2:
        return None
    one, few, many, noun_gender = UNITS[sign]
    if len(parts) == 1:
        return one, few, many, noun_gender
    if parts[1].kind != "super" or parts[1].text not in _POWERS:
        return None
    if sign in _OF_TIME:
        return one, few, many, noun_gender
    if sign not in _LENGTHS:
        power = SAID_POWERS[parts[1].text]
        return f"{one} {power}", f"{few} {power}", f"{many} {power}", noun_gender
    adjective, plural = _POWERS[parts[1].text]
    return f"{adjective} {one}", f"{plural} {few}", f"{plural} {many}", noun_gender


def _product(
    first: str, below: tuple[str, str, str, Gender] | None
) -> tuple[str, str, str, Gender] | None:
    """Forms of two units that are multiplied: "джоуль-секунда"."""
    above = UNITS.get(LATIN.get(first, first))
    if above is None or below is None:
        return None
    one, few, many = (f"{above[0]}-{form}" for form in below[:3])
    return one, few, many, below[3]

"""French numerals in words."""

from __future__ import annotations

from app.text.romance.numerals import Agreement, Form, Numerals, ranged_by
from app.text.tables import words

_BELOW_TWENTY = words(
    """
    zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize
    dix-sept dix-huit dix-neuf
    """
)
_TENS = words("dix vingt trente quarante cinquante soixante")
_SCALES = words("million milliard billion billiard")
_PLURALS = frozenset(words("vingts cents millions milliards billions billiards"))
_INVARIABLE = frozenset(words("vingts cents"))
"""Without their s where the numeral says which: "page quatre-vingt"."""
_CHANGED = {"cinq": "cinqu", "neuf": "neuv"}
_BEFORE_A_NUMBER_IN_PARTS = frozenset(
    words("n° nº numéro loi décret ordonnance référence réf isbn")
)
_ASPIRATED = frozenset(words("héro haut homa hong holl haie hala hame hanc harp hase hibo"))
"""How nouns with an h that bars the elision begin."""


_NAMED_FRACTIONS = frozenset({*range(2, 11), 12, 16, 100, 1000, 10**6})
"""Denominators that are said as ordinals; before others stands "sur"."""
_FRACTIONS = {2: ("demi", "demis"), 3: ("tiers", "tiers"), 4: ("quart", "quarts")}


def cardinal(value: int, form: Form = "alone", following: str = "") -> str:
    """A number in words; only a last "un" agrees with what it counts.

    Behind what it numbers, "vingts" and "cents" lose their s: "page quatre-vingt".

    >>> cardinal(281), cardinal(21, "feminine"), cardinal(80_000)
    ('deux-cent-quatre-vingt-un', 'vingt-et-une', 'quatre-vingt-mille')

    Args:
        value: From zero, below 10¹⁸.
        form: What it agrees with.
        following: Makes no difference in French.
    """
    del following
    result = _parts(value)
    if form == "feminine" and result[-1] == "un":
        result[-1] = "une"
    if form == "which" and result[-1] in _INVARIABLE:
        result[-1] = result[-1].removesuffix("s")
    return "-".join(result)


def ordinal(value: int, agreement: Agreement = Agreement()) -> str:  # noqa: B008 (it is frozen)
    """An ordinal in words: only the first has a feminine, only the last word a plural.

    >>> ordinal(1, Agreement("feminine")), ordinal(21), ordinal(80, Agreement(plural=True))
    ('première', 'vingt-et-unième', 'quatre-vingtièmes')
    """
    ending = "s" if agreement.plural else ""
    if value == 1:
        return ("première" if agreement.gender == "feminine" else "premier") + ending
    *rest, last = _parts(value)
    singular = last.removesuffix("s") if last in _PLURALS else last
    stem = _CHANGED.get(singular, singular.removesuffix("e"))
    return "-".join([*rest, f"{stem}ième{ending}"])


def fraction(numerator: int, denominator: int) -> str:
    """A fraction in words, or what is said for a mark out of twenty.

    >>> fraction(3, 4), fraction(1, 8), fraction(15, 20)
    ('trois quarts', 'un huitième', 'quinze sur vingt')
    """
    above, plural = cardinal(numerator), numerator > 1
    if denominator in _FRACTIONS:
        return f"{above} {_FRACTIONS[denominator][plural]}"
    if denominator in _NAMED_FRACTIONS:
        return f"{above} {ordinal(denominator, Agreement(plural=plural))}"
    return f"{above} sur {cardinal(denominator)}"


def with_of(noun: str) -> str:
    """A noun behind "million": "d'euros", "de francs".

    >>> with_of("euros"), with_of("habitants"), with_of("héros")
    ("d'euros", "d'habitants", 'de héros')
    """
    elided = noun[:1] in "aàâeéèêëiîïoôuùûyœæ" or (noun[:1] == "h" and noun[:4] not in _ASPIRATED)
    return f"d'{noun}" if elided and noun[:2] not in ("ya", "ye", "yo") else f"de {noun}"


def _parts(value: int) -> list[str]:
    thousands, units = divmod(value % 10**6, 1000)
    result = _millions(value // 10**6)
    if thousands:
        result += [*(_below_thousand(thousands, plural=False) if thousands > 1 else []), "mille"]
    if units or not result:
        result += _below_thousand(units, plural=True)
    return result


def _millions(value: int) -> list[str]:
    """A number of millions, with the names of its groups."""
    result: list[str] = []
    for place in range(len(_SCALES) - 1, -1, -1):
        group = value // 1000**place % 1000
        if group:
            name = _SCALES[place] + ("s" if group > 1 else "")
            result += [*_below_thousand(group, plural=True), name]
    return result


def _below_thousand(value: int, *, plural: bool) -> list[str]:
    """A group of three digits; "vingt" and "cent" take their s only at its end."""
    hundreds, rest = divmod(value, 100)
    result = _below_twenty(hundreds) if hundreds > 1 else []
    if hundreds:
        result.append("cents" if plural and hundreds > 1 and not rest else "cent")
    if rest or not hundreds:
        result += _below_hundred(rest, plural=plural)
    return result


def _below_hundred(value: int, *, plural: bool) -> list[str]:
    if value < 20:
        return _below_twenty(value)
    if value >= 80:
        more = value - 80
        last = _below_twenty(more) if more else []
        return ["quatre", "vingts" if plural and not more else "vingt", *last]
    tens, ones = divmod(value, 10)
    if tens == 7:
        tens, ones = 6, ones + 10
    joined = ["et"] if ones in (1, 11) else []
    return [_TENS[tens - 1], *joined, *(_below_twenty(ones) if ones else [])]


def _below_twenty(value: int) -> list[str]:
    return _BELOW_TWENTY[value].split("-")


_FIRST, _FIRST_FEMININE = Agreement(), Agreement("feminine")
_PLURAL, _PLURAL_FEMININE = Agreement(plural=True), Agreement("feminine", plural=True)


NUMERALS = Numerals(
    cardinal=cardinal,
    ordinal=ordinal,
    fraction=fraction,
    endings={
        **dict.fromkeys(words("er e è ème eme ième ieme ᵉ ᵉʳ ᵉᵐᵉ"), _FIRST),
        **dict.fromkeys(words("re ère ʳᵉ"), _FIRST_FEMININE),
        **dict.fromkeys(words("ers es èmes emes ièmes ᵉˢ ᵉʳˢ"), _PLURAL),
        **dict.fromkeys(words("res ères"), _PLURAL_FEMININE),
    },
    comma="virgule",
    point="point",
    long_decimals=2,
    half={"masculine": "un demi", "feminine": "une demi"},
    feminine_halves={"½": "et demie"},
    halves={
        "½": ("un demi", "et demi"),
        "¼": ("un quart", "et quart"),
        "¾": ("trois quarts", "trois quarts"),
        "⅓": ("un tiers", "un tiers"),
        "⅔": ("deux tiers", "deux tiers"),
        "⅛": ("un huitième", "un huitième"),
    },
    scales={
        "k": ("mille", "mille"),
        "M": ("million", "millions"),
        "Md": ("milliard", "milliards"),
        "Mds": ("milliard", "milliards"),
    },
    large=frozenset(words("million millions milliard milliards billion billions")),
    of=with_of,
    to="à",
    ranged=ranged_by("à"),
    in_parts=_BEFORE_A_NUMBER_IN_PARTS,
    ratio="à",
    singular_below_two=True,
)

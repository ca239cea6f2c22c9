"""Italian numerals in words."""

from __future__ import annotations

import re

from app.text.romance.numerals import Agreement, Form, Numerals
from app.text.tables import words

_BELOW_TWENTY = words(
    """
    zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici
    quindici sedici diciassette diciotto diciannove
    """
)
_TENS = words("venti trenta quaranta cinquanta sessanta settanta ottanta novanta")
_SCALES = (("bilione", "bilioni"), ("miliardo", "miliardi"), ("milione", "milioni"))
"""From 10¹² down, a factor of a thousand apart."""
_ORDINALS = words("zeresimo primo secondo terzo quarto quinto sesto settimo ottavo nono decimo")
_MASCULINE = Agreement()
_ASKS_FOR_UNO = re.compile("s[^aeiouàèéìòù]|z|gn|pn|ps|x|y|i[aeou]")
"""Beginnings of the masculine nouns that take "uno"."""
_VOWELS = tuple("aeiouàèéìòù")
_ENDINGS = {
    Agreement(): "º ° o ᵒ mo esimo",
    Agreement("feminine"): "ª a ^ ᵃ ma esima",
    Agreement(plural=True): "mi esimi",
    Agreement("feminine", plural=True): "me esime",
}
_PREPOSITIONS = frozenset(
    words(
        """
        a al alla alle ai agli allo all con da dai dal dalla dalle dagli dall di del dei delle della
        dello degli dell in nel nei nella nelle nello negli nell su sul sui sulla sulle sugli sull
        per tra fra entro circa il lo la i gli le l un una uno ogni
        """
    )
)
"""Words behind which the ends of a range stand side by side: "in dieci quindici minuti"."""


def cardinal(value: int, form: Form = "alone", following: str = "") -> str:
    """A cardinal in words; only one agrees with its noun.

    >>> cardinal(21), cardinal(188), cardinal(2_300_000)
    ('ventuno', 'centottantotto', 'due milioni e trecentomila')
    >>> cardinal(1, "masculine", "studente"), cardinal(1, "feminine", "ora")
    ('uno', "un'")

    Args:
        value: From 0, below 10¹⁵.
        form: What it agrees with.
        following: The word that is said next.
    """
    if value == 1 and form in ("masculine", "feminine"):
        return _one(form, following)
    millions, below = divmod(value, 10**6)
    groups = [
        f"un {one}" if count == 1 else f"{_below_thousand(count)} {many}"
        for count, (one, many) in zip(_triples(millions), _SCALES, strict=True)
        if count
    ]
    if below or not groups:
        groups.append(_below_million(below))
    *before, last = groups
    return f"{' '.join(before)} e {last}" if before else last


def ordinal(value: int, agreement: Agreement = _MASCULINE) -> str:
    """An ordinal in words.

    >>> ordinal(8), ordinal(23, Agreement("feminine")), ordinal(2000, Agreement(plural=True))
    ('ottavo', 'ventitreesima', 'duemillesimi')
    """
    common = value < len(_ORDINALS)
    masculine = _ORDINALS[value] if common else _ordinal_of(cardinal(value))
    endings = ("a", "e") if agreement.gender == "feminine" else ("o", "i")
    return masculine[:-1] + endings[agreement.plural]


def fraction(numerator: int, denominator: int) -> str:
    """A fraction of two whole numbers, the lower one from 2.

    >>> fraction(1, 2), fraction(3, 4), fraction(1, 100)
    ('un mezzo', 'tre quarti', 'un centesimo')
    """
    plural = numerator != 1
    if denominator == 2:
        part = "mezzi" if plural else "mezzo"
    else:
        part = ordinal(denominator, Agreement(plural=plural))
    return f"{cardinal(numerator, 'masculine', part)} {part}"


def _one(form: Form, following: str) -> str:
    if form == "feminine":
        return "un'" if following.startswith(_VOWELS) else "una"
    return "uno" if _ASKS_FOR_UNO.match(following) else "un"


def _triples(millions: int) -> tuple[int, int, int]:
    billions, last = divmod(millions, 1000)
    return (*divmod(billions, 1000), last)


def _below_million(value: int) -> str:
    thousands, rest = divmod(value, 1000)
    if not thousands:
        return _below_thousand(rest)
    head = "mille" if thousands == 1 else f"{_below_thousand(thousands, accented=False)}mila"
    return head + (_accented(_below_thousand(rest)) if rest else "")


def _below_thousand(value: int, *, accented: bool = True) -> str:
    """Three digits as one word.

    Args:
        value: From 0 to 999.
        accented: Whether a "tre" at the end of the word bears its accent, "ventitré".
    """
    hundreds, rest = divmod(value, 100)
    word = _below_hundred(rest) if rest or not hundreds else ""
    if hundreds:
        hundred = "cento" if hundreds == 1 else f"{_BELOW_TWENTY[hundreds]}cento"
        # "Centotto" and "centottanta" share their o; "centoundici" keeps both vowels.
        word = (hundred[:-1] if word.startswith("ott") else hundred) + word
    return _accented(word) if accented and value > 3 else word.replace("é", "e")


def _below_hundred(value: int) -> str:
    if value < len(_BELOW_TWENTY):
        return _BELOW_TWENTY[value]
    ten, one = _TENS[value // 10 - 2], value % 10
    if not one:
        return ten
    return (ten[:-1] if one in (1, 8) else ten) + _BELOW_TWENTY[one]


def _accented(word: str) -> str:
    """The word with the accent that a "tre" bears at the end of a compound."""
    return f"{word[:-1]}é" if word.endswith("tre") else word


def _ordinal_of(cardinal_words: str) -> str:
    """The ordinal of a cardinal beyond ten: its last vowel falls, that of "tre" and "sei" stays.

    >>> _ordinal_of("ventitré"), _ordinal_of("ventuno"), _ordinal_of("un milione")
    ('ventitreesimo', 'ventunesimo', 'milionesimo')
    """
    stem = cardinal_words.removeprefix("un ") if " e " not in cardinal_words else cardinal_words
    if stem.endswith(("tré", " tre", "sei")):
        return f"{stem.removesuffix('é')}{'e' * stem.endswith('é')}esimo"
    if stem.endswith("mila"):
        return f"{stem.removesuffix('mila')}millesimo"
    return f"{stem[:-1]}esimo"


def _ranged(first: str, last: str, before: str = "", *, years: bool = False) -> str:
    """A range in words.

    >>> _ranged("dieci", "quindici"), _ranged("dieci", "quindici", "in")
    ('da dieci a quindici', 'dieci quindici')
    """
    if before in _PREPOSITIONS:
        return f"{first} {last}"
    of, to = ("dal", "al") if years else ("da", "a")
    return f"{of} {first} {to} {last}"


def _aged(value: int, ending: str) -> str:
    """Somebody of so many years, as one word.

    >>> _aged(18, "enne"), _aged(23, "enni")
    ('diciottenne', 'ventitreenni')
    """
    word = cardinal(value)
    stem = f"{word[:-1]}e" if word.endswith("é") else word.rstrip("aeiou")
    return stem + ending


NUMERALS = Numerals(
    cardinal=cardinal,
    ordinal=ordinal,
    fraction=fraction,
    endings={ending: form for form, each in _ENDINGS.items() for ending in each.split()},
    comma="virgola",
    point="punto",
    long_decimals=3,
    half={"masculine": "mezzo", "feminine": "mezza"},
    feminine_halves={"½": "e mezza"},
    halves={
        "½": ("mezzo", "e mezzo"),
        "¼": ("un quarto", "e un quarto"),
        "¾": ("tre quarti", "e tre quarti"),
        "⅓": ("un terzo", "e un terzo"),
        "⅔": ("due terzi", "e due terzi"),
        "⅛": ("un ottavo", "e un ottavo"),
    },
    scales={
        "k": ("mille", "mila"),
        "M": ("milione", "milioni"),
        "mila": ("mille", "mila"),
        "mln": ("milione", "milioni"),
        "mld": ("miliardo", "miliardi"),
        "Mld": ("miliardo", "miliardi"),
    },
    large=frozenset(
        words("milione milioni miliardo miliardi bilione bilioni mln mld migliaio migliaia")
    ),
    of=lambda noun: f"di {noun}",
    to="a",
    ranged=_ranged,
    ratio="a",
    suffixes={"enne": _aged, "enni": _aged},
    of_year="del",
    against="su",
    called=frozenset(words("tel telefono telefonare cell cellulare fax")),
)
"""How Italian says numbers."""

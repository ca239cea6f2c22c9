"""Spanish numerals in words."""

from __future__ import annotations

from app.text.romance.numerals import Agreement, Form, Numerals, ranged_by
from app.text.tables import forms, words

_UNITS = words(
    """
    cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince
    dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro
    veinticinco veintiséis veintisiete veintiocho veintinueve
    """
)
_TENS = words("- - - treinta cuarenta cincuenta sesenta setenta ochenta noventa")
_HUNDREDS = words(
    """
    - ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos
    novecientos
    """
)
_SCALES = ((10**12, "billón", "billones"), (10**6, "millón", "millones"))

_ORDINALS = words(
    "- primero segundo tercero cuarto quinto sexto séptimo octavo noveno décimo undécimo duodécimo"
)
_ORDINAL_TENS = words(
    """
    - décimo vigésimo trigésimo cuadragésimo quincuagésimo sexagésimo septuagésimo octogésimo
    nonagésimo
    """
)
_ORDINAL_HUNDREDS = words(
    """
    - centésimo ducentésimo tricentésimo cuadringentésimo quingentésimo sexcentésimo
    septingentésimo octingentésimo noningentésimo
    """
)
_LARGEST_ORDINAL = 1000
"""Beyond it, a Spanish lecturer says the cardinal."""

_UNSTRESSED = str.maketrans("éó", "eo")
_PARTS = {2: "medio", 3: "tercio"}


def cardinal(value: int, form: Form = "alone", following: str = "") -> str:
    """A cardinal, agreeing with the noun behind it.

    >>> cardinal(21), cardinal(21, "masculine"), cardinal(200, "feminine")
    ('veintiuno', 'veintiún', 'doscientas')
    >>> cardinal(1_001_000), cardinal(2_000_000_000)
    ('un millón mil', 'dos mil millones')
    """
    del following
    parts: list[str] = []
    rest = value
    for scale, one, many in _SCALES:
        count, rest = divmod(rest, scale)
        if count:
            parts.append(f"{cardinal(count, 'masculine')} {one if count == 1 else many}")
    thousands, rest = divmod(rest, 1000)
    if thousands:
        counted: Form = "feminine" if form == "feminine" else "masculine"
        parts.append("mil" if thousands == 1 else f"{_below_1000(thousands, counted)} mil")
    if rest or not parts:
        parts.append(_below_1000(rest, form))
    return " ".join(parts)


def _below_1000(value: int, form: Form) -> str:
    hundreds, rest = divmod(value, 100)
    if value == 100:
        return "cien"
    parts = []
    if hundreds:
        name = _HUNDREDS[hundreds]
        parts.append(name[:-2] + "as" if form == "feminine" and hundreds > 1 else name)
    if rest or not hundreds:
        parts.append(_below_100(rest, form))
    return " ".join(parts)


def _below_100(value: int, form: Form) -> str:
    if value < len(_UNITS):
        name = _UNITS[value]
    else:
        tens, one = divmod(value, 10)
        name = f"{_TENS[tens]} y {_UNITS[one]}" if one else _TENS[tens]
    if not name.endswith("uno") or form == "alone":
        return name
    if form == "feminine":
        return name[:-1] + "a"
    return "veintiún" if name == "veintiuno" else name[:-1]


def ordinal(value: int, agreement: Agreement = Agreement()) -> str:  # noqa: B008 - it is frozen
    """An ordinal; beyond the thousandth, the cardinal.

    >>> ordinal(3, Agreement(short=True)), ordinal(21, Agreement("feminine"))
    ('tercer', 'vigésima primera')
    >>> ordinal(13), ordinal(1500)
    ('decimotercero', 'mil quinientos')
    """
    if not 1 <= value <= _LARGEST_ORDINAL:
        return cardinal(value, agreement.gender)
    parts = _masculine_ordinal(value)
    if agreement.short and parts[-1].endswith(("primero", "tercero")):
        return " ".join([*parts[:-1], parts[-1][:-1]])
    ending = ("o" if agreement.gender == "masculine" else "a") + ("s" if agreement.plural else "")
    return " ".join(part[:-1] + ending for part in parts)


def _masculine_ordinal(value: int) -> list[str]:
    if value == _LARGEST_ORDINAL:
        return ["milésimo"]
    hundreds, rest = divmod(value, 100)
    parts = [_ORDINAL_HUNDREDS[hundreds]] if hundreds else []
    tens, one = divmod(rest, 10)
    if rest < len(_ORDINALS):
        return [*parts, _ORDINALS[rest]] if rest else parts
    if tens == 1:
        return [*parts, "decimo" + _ORDINALS[one]]
    return [*parts, _ORDINAL_TENS[tens], *([_ORDINALS[one]] if one else [])]


def fraction(numerator: int, denominator: int) -> str:
    """A fraction as it is said.

    >>> fraction(3, 4), fraction(1, 2), fraction(2, 3), fraction(5, 12), fraction(9, 1000)
    ('tres cuartos', 'un medio', 'dos tercios', 'cinco doceavos', 'nueve milésimos')
    """
    if denominator > 1000:
        return f"{cardinal(numerator)} sobre {cardinal(denominator)}"
    name = _part(denominator)
    return f"{cardinal(numerator, 'masculine')} {name if numerator == 1 else name + 's'}"


def _part(denominator: int) -> str:
    if denominator in _PARTS:
        return _PARTS[denominator]
    if denominator <= 10 or denominator in (100, 1000):
        return ordinal(denominator)
    spoken = cardinal(denominator).replace(" y ", "i").replace(" ", "").translate(_UNSTRESSED)
    if spoken.endswith("uno"):
        return spoken[:-1] + "avo"
    return spoken + ("vo" if spoken.endswith("a") else "avo")


_ENDINGS = {
    Agreement(): "º ° ro do to vo mo no ero",
    Agreement("feminine"): "ª ra da ta va ma na era",
    Agreement(short=True): "er ᵉʳ",
    Agreement(plural=True): "os ros dos tos",
    Agreement("feminine", plural=True): "as ras das tas",
}
"""What an ordinal in digits ends in."""

NUMERALS = Numerals(
    cardinal=cardinal,
    ordinal=ordinal,
    fraction=fraction,
    endings={ending: form for form, each in _ENDINGS.items() for ending in each.split()},
    comma="coma",
    point="punto",
    long_decimals=3,
    halves={
        "½": ("un medio", "y medio"),
        "¼": ("un cuarto", "y cuarto"),
        "¾": ("tres cuartos", "y tres cuartos"),
        "⅓": ("un tercio", "y un tercio"),
        "⅔": ("dos tercios", "y dos tercios"),
        "⅛": ("un octavo", "y un octavo"),
    },
    half={"masculine": "medio", "feminine": "media"},
    feminine_halves={"½": "y media"},
    apostrophe=True,
    of_year="de",
    called=frozenset(words("tel teléfono teléfonos tfno móvil fax whatsapp")),
    scales=forms("k:mil:mil; M:millón:millones; MM:mil millones:mil millones"),
    large=frozenset(words("millón millones billón billones millardo millardos")),
    of=lambda noun: f"de {noun}",
    to="a",
    ranged=ranged_by("a"),
    ratio="a",
)
"""Numbers in Spanish."""

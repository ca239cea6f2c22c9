"""French numerals in words."""

from __future__ import annotations

from app.text.tables import words

LARGEST = 10**18 - 1
"""The largest number that has a name here: beyond it, digits are said one by one."""

_BELOW_TWENTY = words(
    """
    zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize
    dix-sept dix-huit dix-neuf
    """
)
_TENS = words("dix vingt trente quarante cinquante soixante")
_SCALES = words("million milliard billion billiard")
_PLURALS = frozenset(words("vingts cents millions milliards billions billiards"))
_CHANGED = {"cinq": "cinqu", "neuf": "neuv"}


def cardinal(value: int, *, feminine: bool = False, counts: bool = True) -> list[str]:
    """A number in words, each part of a compound a word of its own.

    >>> " ".join(cardinal(281)), " ".join(cardinal(21, feminine=True))
    ('deux cent quatre vingt un', 'vingt et une')
    >>> " ".join(cardinal(200)), " ".join(cardinal(200, counts=False))
    ('deux cents', 'deux cent')

    Args:
        value: From zero to :data:`LARGEST`.
        feminine: Whether it counts a feminine noun, "une page"; only "un" has that form.
        counts: Whether it says how many rather than which: "quatre-vingts pages" but
            "page quatre-vingt".
    """
    thousands, units = divmod(value % 10**6, 1000)
    result = _millions(value // 10**6)
    if thousands:
        result += [*(_below_thousand(thousands, plural=False) if thousands > 1 else []), "mille"]
    if units or not result:
        result += _below_thousand(units, plural=counts)
    if feminine and units and result[-1] == "un":
        result[-1] = "une"
    return result


def ordinal(value: int, *, feminine: bool = False, plural: bool = False) -> list[str]:
    """An ordinal in words: only the first has a feminine, only the last word a plural.

    >>> ordinal(1, feminine=True), ordinal(21), ordinal(80, plural=True)
    (['première'], ['vingt', 'et', 'unième'], ['quatre', 'vingtièmes'])
    """
    ending = "s" if plural else ""
    if value == 1:
        return [("première" if feminine else "premier") + ending]
    *rest, last = cardinal(value)
    singular = last.removesuffix("s") if last in _PLURALS else last
    stem = _CHANGED.get(singular, singular.removesuffix("e"))
    return [*rest, f"{stem}ième{ending}"]


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

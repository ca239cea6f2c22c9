"""Units of measurement in words, compound ones too."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.text.pieces import Piece, pieces
from app.text.romance.language import Language
from app.text.romance.spelling import plain

_NEVER_ATTACHED = frozenset("AKBTtFLCNDJ")
"""One letter that, right behind digits, is rather a name: 4K, 3T, 2B."""
_TYPED_POWER = re.compile(r"(?<=[A-Za-zµΩ])-([1-4])(?!\d)")
"""A negative power as it is typed: "m.s-2"."""
_RAISED = {"1": "¹", "2": "²", "3": "³", "4": "⁴"}
_JOINING = frozenset("/·⋅.()")

_EXPONENT = re.compile(r"−?\d{1,2}")


def unit(sign: str, language: Language, *, many: bool, attached: bool = False) -> str:
    """Words of a unit; empty when the sign is none.

    Args:
        sign: As written, powers and divisions included.
        language: Whose words.
        many: Whether the first unit is in the plural.
        attached: Whether it stands right behind the digits.
    """
    names, sign = language.units.names, _as_listed(sign)
    if attached and sign in _NEVER_ATTACHED:
        return ""
    if sign[:1] == "°" and sign[1:] in language.units.scales:
        return f"{names['°'][many]} {language.units.scales[sign[1:]]}"
    if sign in names:
        return names[sign][many]
    if _TYPED_POWER.search(sign):
        sign = _TYPED_POWER.sub(lambda power: "⁻" + _RAISED[power[1]], sign)
    return _compound(pieces(sign), language, many=many)


def is_listed(sign: str, language: Language) -> bool:
    """Whether the language has a name for a sign as it stands, without powers and divisions."""
    return _as_listed(sign) in language.units.names


def _as_listed(sign: str) -> str:
    """The sign with that of a millionth, which tokens have as the Greek letter it looks like.

    The Greek letter would be a piece of its own, the sign of a millionth is none.
    """
    return sign.replace("\u03bc", "\u00b5")


def _compound(parts: Sequence[Piece], language: Language, *, many: bool) -> str:
    """Units with powers, joined by strokes and points: "kg/m³", "m·s⁻¹"."""
    units = language.units
    result: list[str] = []
    per, place = False, 0
    while place < len(parts):
        part = parts[place]
        if part.kind == "sign" and part.text in _JOINING:
            per = per or part.text == "/"
            place += 1
            continue
        forms = units.names.get(part.text)
        if not result:
            forms = units.currencies.get(part.text, forms)
        power = _power(parts, place)
        if per and result and forms is None and _is_word(part):
            # "€/mois"
            word = units.per(plain(part.text, language))
            return " ".join(text.lstrip("\t") for text in [*result, word])
        if len(power.lstrip("−")) > 1:
            return ""
        if forms is None or part.text in ("%", "‰", "°"):
            return ""
        if power and not _EXPONENT.fullmatch(power):
            return ""
        below = per or power.startswith("−")
        plural = many and not result and not below
        name = forms[plural]
        if power.lstrip("−") not in ("", "1"):
            if " " in name:
                # "mq" is square already.
                return ""
            name = units.powered(name, power.lstrip("−"), plural)
        first_below = below and not any(text.startswith("\t") for text in result)
        result.append("\t" + units.per(name) if first_below else name)
        place += 2 if power else 1
    return " ".join(text.lstrip("\t") for text in result)


def _is_word(part: Piece) -> bool:
    return part.kind == "word" and part.text.islower() and len(part.text) > 2


def _power(parts: Sequence[Piece], place: int) -> str:
    """The exponent behind a unit, with the true sign of a minus; empty when there is none."""
    following = parts[place + 1] if place + 1 < len(parts) else None
    if following is None:
        return ""
    if following.kind == "super" or (following.kind == "number" and following.text in ("2", "3")):
        return following.text.replace("-", "−")
    return ""

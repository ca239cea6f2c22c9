"""Measures of an English text whose unit stands apart: "in km/s", 5'11", "51.5° N", "10 sq ft"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.text.english.context import describes, said, word_after, word_before
from app.text.english.numerals import spoken_number
from app.text.english.units import unit
from app.text.tables import words
from app.text.tokens import Token, Verbalized

_NUMBER = r"\d+(?:\.\d+)?"
_ANGLE = re.compile(
    rf"(?P<degrees>[−-]?{_NUMBER})°(?:(?P<minutes>{_NUMBER})['′])?(?:(?P<seconds>{_NUMBER})[\"″])?"
    r"(?P<side>[NSEW])?"
)
_SIDES = {"N": "north", "S": "south", "E": "east", "W": "west"}
_HEIGHT = re.compile(r"(\d+)['′](\d{1,2})[\"″]?")
_TALL = frozenset(words("tall long wide thick deep high across by of apart away and or in"))
_CLEAR = frozenset(
    words(
        """
        km cm mm nm kg mg mL ml Hz kHz MHz GHz THz kB KB MB GB TB kW MW GW kWh mV kV mA kΩ kPa MPa
        hPa kJ MJ eV keV MeV GeV kcal mol dB °C °F km/h mph kbps Mbps Gbps fps rpm µm μm µs μs ms
        """
    )
)
"""Units that are nothing else, even without a number."""
_RATIOS = frozenset(
    words("m/s m/h m/s² m/s^2 J/K J/s N/m V/m W/m W/m² N/m² g/L g/l K/W C/s N/C W/K A/m J/T g/cm³")
)
_BEFORE_A_UNIT = frozenset(words("in of to into per as and or from unit units by than"))


def measure(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """A measure or a unit that the rules of numbers do not know; empty when it is none."""
    for rule in (_angle, _height, _inches, _square, _lone_unit):
        found = rule(tokens, place)
        if found:
            return found
    return []


def _angle(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """Degrees with their minutes and seconds, or of latitude and longitude."""
    token = tokens[place]
    core = token.core + token.closing if token.closing in ('"', "'") else token.core
    match = _ANGLE.fullmatch(core)
    if match is None:
        return []
    apart = word_after(tokens, place) if core == token.core else ""
    if not (match["minutes"] or match["side"] or apart in _SIDES):
        return []
    sign = ["minus"] if match["degrees"][0] in "−-" else []
    spoken = [*sign, *_counted(match["degrees"].lstrip("−-"), "°")]
    for name, mark in (("minutes", "′"), ("seconds", "″")):
        spoken += _counted(match[name], mark) if match[name] else []
    spoken += [_SIDES[match["side"]]] if match["side"] else []
    closing = "" if core != token.core else token.closing
    result = [token.said(spoken, closing=closing)]
    if apart in _SIDES:
        result.append(said(tokens[place + 1], [_SIDES[apart]]))
    return result


def _height(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """Feet and inches, 5'11"."""
    token = tokens[place]
    match = _HEIGHT.fullmatch(token.core)
    inches = match is not None and (token.core[-1] in '"″' or token.closing.startswith('"'))
    if match is None or not inches or int(match[2]) > 11:
        return []
    if describes(tokens, place, place):
        return [
            token.said([*spoken_number(match[1]), "foot", *spoken_number(match[2])], closing="")
        ]
    spoken = [*_counted(match[1], "ft"), *spoken_number(match[2])]
    name = "inch" if match[2] == "1" else "inches"
    return [token.said([*spoken, name], closing=token.closing.removeprefix('"'))]


def _inches(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """Inches: 12" where no quotation ends, "5 in. long", "5 ft 11 in"."""
    token = tokens[place]
    if not re.fullmatch(_NUMBER, token.core):
        return []
    quoted = sum((t.opening + t.core + t.closing).count('"') for t in tokens[:place]) % 2
    if token.closing[:1] == '"' and not quoted and '"' not in token.opening:
        rest = token.closing[1:]
        attribute = not rest and word_before(tokens, place) in ("a", "an")
        name = "inch" if attribute or token.core == "1" else "inches"
        return [token.said([*spoken_number(token.core), name], closing=rest)]
    if token.closing or place + 1 == len(tokens) or tokens[place + 1].core != "in":
        return []
    after = tokens[place + 2].core if place + 2 < len(tokens) else ""
    footed = word_before(tokens, place) in ("ft", "foot", "feet")
    if not footed and not (tokens[place + 1].closing == "." and after in _TALL):
        return []
    name = "inch" if token.core == "1" else "inches"
    return [
        said(token, spoken_number(token.core)),
        said(tokens[place + 1], [name], abbreviated=bool(after)),
    ]


def _square(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """The unit of an area or a volume behind "sq" or "cu": "10 sq ft"."""
    token = tokens[place]
    name = {"sq": "square", "cu": "cubic"}.get(token.core)
    if (
        name is None
        or place + 1 == len(tokens)
        or not re.search(r"\d$", word_before(tokens, place))
    ):
        return []
    following = tokens[place + 1]
    spoken = unit({"in": "inch"}.get(following.core, following.core), many=True)
    if following.core == "in":
        spoken = ["inches"]
    if not spoken:
        return []
    return [said(token, [name], abbreviated=True), said(following, spoken)]


def _lone_unit(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """A unit without a number: "in km/s", "mass (kg)"."""
    token = tokens[place]
    core = token.core
    bracketed = token.opening[-1:] in ("(", "[") and token.closing[:1] in (")", "]")
    before = tokens[place - 1].core.lower() if place and not tokens[place - 1].closing else ""
    introduced = bracketed or before in _BEFORE_A_UNIT
    ratio = "/" in core and len(core) > 3 and any(map(_CLEAR.__contains__, core.split("/")))
    if not (ratio or core in _RATIOS or (introduced and core in _CLEAR)):
        return []
    spoken = unit(core, many=before != "per")
    return [said(token, spoken)] if spoken else []


def _counted(number: str, sign: str) -> list[str]:
    return [*spoken_number(number), *unit(sign, many=number != "1")]

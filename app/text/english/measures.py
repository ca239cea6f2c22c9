"""Measures of an English text whose unit stands apart: "in km/s", 5'11", "51.5° N", "10 sq ft"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.text.english.context import core_after, describes, is_noun, said, word_after, word_before
from app.text.english.counts import SCALE_WORDS
from app.text.english.letters import letter
from app.text.english.numerals import cardinal, spoken_number, year
from app.text.english.units import unit
from app.text.tables import words
from app.text.tokens import Token, Verbalized, by_first

_NUMBER = r"\d+(?:\.\d+)?"
_ANGLE = re.compile(
    rf"(?P<degrees>[−-]?{_NUMBER})°(?:(?P<minutes>{_NUMBER})['′])?(?:(?P<seconds>{_NUMBER})[\"″])?"
    r"(?P<side>[NSEW])?"
)
_SIDES = {"N": "north", "S": "south", "E": "east", "W": "west"}
_HEIGHT = re.compile(r"(\d+)['′](\d{1,2})[\"″]?")
_SIZE = re.compile(r"\d{1,4}(?:[×x]\d{1,4}){1,2}")
_PICTURES = frozenset(words("pixel px display resolution screen video image monitor"))
_LENGTHS = frozenset(words("m cm mm km in ft inches feet meters metres px pixels"))
_TALL = frozenset(words("tall long wide thick deep high across by of apart away and or in"))
_ENDS = frozenset(
    words("end ends utr cap carbon position direction strand overhang splice site to")
)
_HIGH = frozenset(words("tall long wide thick deep high"))
_CLEAR = frozenset(
    words(
        """
        km cm mm nm kg mg mL ml Hz kHz MHz GHz THz kB KB MB GB TB kW MW GW kWh mV kV mA kΩ kPa MPa
        hPa kJ MJ eV keV MeV GeV kcal mol dB mmHg °C °F km/h mph kbps Mbps Gbps fps rpm µm μm
        µs μs ms
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
    return by_first(_RULES, tokens, place)


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
    if match is None and token.closing == "'" and "'" not in token.opening:
        high = core_after(tokens, place) in _HIGH and token.core.isdecimal()
        return [token.said(_counted(token.core, "ft"), closing="")] if high else []
    inches = match is not None and (token.core[-1] in '"″' or token.closing.startswith('"'))
    if match is None or not inches or int(match[2]) > 11:
        return []
    if describes(tokens, place, place):
        return [
            token.said([*spoken_number(match[1]), "foot", *spoken_number(match[2])], closing="")
        ]
    spoken = [*_counted(match[1], "ft"), *_counted_inches(match[2])]
    return [token.said(spoken, closing=token.closing.removeprefix('"'))]


def _prime(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """The ends of a strand of DNA, "the 5′ end", "5'-ATG-3'"."""
    token = tokens[place]
    following = core_after(tokens, place).lower()
    end = re.fullmatch(r"(\d)['′]", token.core + token.closing[:1])
    if end and following in _ENDS:
        return [token.said([*spoken_number(end[1]), "prime"], closing="")]
    strand = re.fullmatch(r"([35])['′]-([ACGTUN]+)-([35])['′]?", token.core)
    if strand is None:
        return []
    letters = [name for c in strand[2] for name in letter(c)]
    first, last = spoken_number(strand[1]), spoken_number(strand[3])
    return [token.said([*first, "prime", *letters, *last, "prime"], closing="")]


def _inches(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """Inches: 12" where no quotation ends, "5 in. long", "5 ft 11 in"."""
    token = tokens[place]
    if not re.fullmatch(_NUMBER, token.core):
        return []
    marked = token.closing[:1] == '"' and '"' not in token.opening
    if marked and not sum(each.text.count('"') for each in tokens[:place]) % 2:
        rest = token.closing[1:]
        attribute = not rest and word_before(tokens, place) in ("a", "an")
        return [token.said(_counted_inches(token.core, many=not attribute), closing=rest)]
    if token.closing or core_after(tokens, place) != "in":
        return []
    after = core_after(tokens, place + 1)
    footed = place > 0 and tokens[place - 1].core in ("ft", "foot", "feet")
    if not footed and not (tokens[place + 1].closing == "." and after in _TALL):
        return []
    *number, name = _counted_inches(token.core)
    return [said(token, number), said(tokens[place + 1], [name], abbreviated=bool(after))]


def _square(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """The unit of an area or a volume behind "sq" or "cu": "10 sq ft"."""
    token = tokens[place]
    name = {"sq": "square", "cu": "cubic"}.get(token.core)
    if name is None or not re.search(r"\d$", word_before(tokens, place)):
        return []
    sign = core_after(tokens, place)
    spoken = ["inches"] if sign == "in" else unit(sign, many=True)
    if not spoken:
        return []
    return [said(token, [name], abbreviated=True), said(tokens[place + 1], spoken)]


def _lone_unit(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """A unit without a number: "in km/s", "mass (kg)"."""
    token = tokens[place]
    core = token.core
    bracketed = token.opening[-1:] in ("(", "[") and token.closing[:1] in (")", "]")
    before = tokens[place - 1].core.lower() if place and not tokens[place - 1].closing else ""
    counted = before[-1:].isdecimal() or before in SCALE_WORDS
    introduced = bracketed or counted or before in _BEFORE_A_UNIT
    ratio = "/" in core and len(core) > 3 and any(map(_CLEAR.__contains__, re.split("[/·]", core)))
    if not (ratio or core in _RATIOS or (introduced and core in _CLEAR)):
        return []
    spoken = unit(core, many=before != "per")
    return [said(token, spoken)] if spoken else []


def _moment(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """Minutes between hours or seconds, "3h 20m"."""
    token = tokens[place]
    match = re.fullmatch(r"(\d+)m", token.core)
    hours = re.fullmatch(r"\d+h", word_before(tokens, place)) is not None
    seconds = re.fullmatch(r"\d+s", word_after(tokens, place)) is not None
    return [said(token, _counted(match[1], "min"))] if match and (hours or seconds) else []


def _sides(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """A product that tells a size, "a 3×3 matrix", "1920×1080 pixels"."""
    token, following = tokens[place], word_after(tokens, place)
    if not _SIZE.fullmatch(token.core) or not is_noun(following):
        return []
    pictured = following.rstrip("s") in _PICTURES
    spoken: list[str] = []
    for side in re.split("[×x]", token.core):
        name = year if pictured and len(side) == 4 else cardinal
        spoken += ["by", *name(int(side))]
    return [said(token, spoken[1:])]


def _apart(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """The sign between the sides of something measured, "10 × 10 m"."""
    token = tokens[place]
    if token.core not in ("×", "x") or place + 2 >= len(tokens):
        return []
    sides = (word_before(tokens, place), word_after(tokens, place))
    measured = tokens[place + 2].core in _LENGTHS
    equated = any("=" in each.core for each in tokens)
    if not measured or equated or not all(re.fullmatch(_NUMBER, side) for side in sides):
        return []
    return [said(token, ["by"])]


def _counted(number: str, sign: str) -> list[str]:
    return [*spoken_number(number), *unit(sign, many=number != "1")]


def _counted_inches(number: str, *, many: bool = True) -> list[str]:
    """Inches, whose sign is a word: no table has it."""
    return [*spoken_number(number), "inches" if many and number != "1" else "inch"]


_RULES = (_prime, _angle, _height, _inches, _square, _moment, _sides, _apart, _lone_unit)

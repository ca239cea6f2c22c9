"""Chemical formulas, ions and isotopes in English words: symbols letter by letter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from unicodedata import normalize

from app.text.english.context import said
from app.text.english.letters import letter
from app.text.english.numerals import cardinal
from app.text.english.units import unit
from app.text.tables import words
from app.text.tokens import Token, Verbalized

_SYMBOLS = words(
    """
    He Li Be Ne Na Mg Al Si Cl Ar Ca Sc Ti Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr Rb Sr Zr Nb Mo Tc
    Ru Rh Pd Ag Cd In Sn Sb Te Xe Cs Ba La Ce Pr Nd Sm Eu Gd Tb Dy Er Tm Yb Lu Hf Ta Re Os Ir Pt Au
    Hg Tl Pb Bi Po At Rn Fr Ra Ac Th Pa Np Pu Am H B C N O F P S K V Y I W U
    """
)
_SYMBOL = "|".join(_SYMBOLS)
_COUNT = r"\d{1,2}|[₀-₉]{1,2}"
_COMPOUND = re.compile(
    rf"(?P<many>\d{{0,2}})(?P<parts>(?:(?:{_SYMBOL})(?:{_COUNT})?|[()](?:{_COUNT})?)+)"
    r"(?P<charge>[²-⁹³]?[⁺⁻]|[+−])?"
)
_PIECE = re.compile(rf"(?P<symbol>{_SYMBOL})|(?P<count>{_COUNT})")
_PLURAL_OF_AN_ACRONYM = re.compile(r"[A-Z]{2,}s")
_ISOTOPE = re.compile(
    r"(U|Pu|Np|Am|Th|Ra|Po|Cs|I|Xe|Sr|Tc|Co|Rn|Cf|uranium|plutonium|thorium|radium|polonium"
    r"|caesium|cesium|iodine|xenon|americium)-(\d{3})",
    re.IGNORECASE,
)


def chemical(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """A compound, "NaCl", an ion, "Fe³⁺", or a heavy isotope, "U-235"; empty when it is none."""
    token = tokens[place]
    if isotope := _ISOTOPE.fullmatch(token.core):
        hundreds, rest = divmod(int(isotope[2]), 100)
        spoken = [isotope[1]] if len(isotope[1]) > 2 else _spelt(isotope[1])
        mass = [*cardinal(hundreds), *cardinal(rest)] if rest > 9 else cardinal(int(isotope[2]))
        return [said(token, [*spoken, *mass])]
    match = _COMPOUND.fullmatch(token.core)
    if match is None or not _is_compound(token.core, match) or unit(token.core, many=True):
        return []
    spoken = cardinal(int(match["many"])) if match["many"] else []
    for piece in _PIECE.finditer(match["parts"]):
        count = normalize("NFKC", piece["count"] or "")
        spoken += cardinal(int(count)) if count else _spelt(piece["symbol"])
    return [said(token, [*spoken, *_charge(match["charge"] or "")])]


def _is_compound(core: str, match: re.Match[str]) -> bool:
    """Whether small letters or a charge tell a formula from an acronym and from a word."""
    symbols = [piece["symbol"] for piece in _PIECE.finditer(match["parts"]) if piece["symbol"]]
    if not symbols or _PLURAL_OF_AN_ACRONYM.fullmatch(core):
        return False
    lowered = re.search(r"[₀-₉]", core) is not None
    charged = match["charge"] is not None and match["charge"] not in ("+", "−")
    mixed = len(symbols) > 1 and not match["parts"].isupper()
    counted = len(symbols) > 1 and any(character.isdigit() for character in match["parts"])
    plain_ion = match["charge"] in ("+", "−") and re.search(r"[a-z]\d?[+−]$", core) is not None
    return mixed or charged or plain_ion or (counted and lowered)


def _spelt(symbol: str) -> list[str]:
    return [name for character in symbol.upper() for name in letter(character)]


def _charge(charge: str) -> list[str]:
    number = normalize("NFKC", charge).rstrip("+−")
    sign = {"⁺": "plus", "+": "plus", "⁻": "minus", "−": "minus"}.get(charge[-1:])
    return [*(cardinal(int(number)) if number else []), *([sign] if sign else [])]
